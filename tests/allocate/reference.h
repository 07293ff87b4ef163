/* reference.h - R16 written as it reads, with plain 128-bit numbers and sorting: the twin that the
   fast machine must equal. Slow and short on purpose. Shared by the tests and the bench. */
#ifndef BW_ALLOCATE_REFERENCE_H
#define BW_ALLOCATE_REFERENCE_H

#include <stdlib.h>

#include "allocate/allocate.h"

typedef __int128 reference_wide;

typedef struct {
    int64_t weight;    /* of the rule; 0 takes no part */
    int64_t cap;
    int64_t rank;
    uint64_t id;
    uint32_t index;
    reference_wide remainder;
} reference_payer;

static int reference_by_rank(const void *left, const void *right)
{
    const reference_payer *a = left;
    const reference_payer *b = right;
    return a->rank != b->rank ? (a->rank < b->rank ? 1 : -1) : (a->id > b->id) - (a->id < b->id);
}

static int reference_by_level(const void *left, const void *right)
{
    const reference_payer *a = left;
    const reference_payer *b = right;
    reference_wide x = (reference_wide)a->cap * b->weight;
    reference_wide y = (reference_wide)b->cap * a->weight;
    return x != y ? (x > y) - (x < y) : (a->id > b->id) - (a->id < b->id);
}

static int reference_by_remainder(const void *left, const void *right)
{
    const reference_payer *a = left;
    const reference_payer *b = right;
    return a->remainder != b->remainder ? (a->remainder < b->remainder ? 1 : -1)
                                        : (a->id > b->id) - (a->id < b->id);
}

/* Those with a positive weight under the rule, and that weight. */
static uint32_t reference_take(bw_allocate_rule rule, const bw_payers *payers, reference_payer *out)
{
    reference_wide most = 0;
    for (uint32_t i = 0; i < payers->count && rule == BW_ALLOCATE_RISK_WEIGHTED; i++) {
        reference_wide product = (reference_wide)payers->weight[i] * payers->factor[i];
        most = product > most ? product : most;
    }
    int shift = 0;
    while (most >> shift >= (reference_wide)1 << 62)
        shift++;
    uint32_t count = 0;
    for (uint32_t i = 0; i < payers->count; i++) {
        reference_wide weight = payers->weight[i];
        if (weight > 0 && rule == BW_ALLOCATE_RISK_WEIGHTED) {
            reference_wide product = weight * payers->factor[i];
            weight = product > 0 && product >> shift == 0 ? 1 : product >> shift;
        } else if (weight > 0 && rule == BW_ALLOCATE_EQUAL) {
            weight = 1;
        } else if (weight > 0 && rule == BW_ALLOCATE_MIN_MAX) {
            weight = payers->cap[i];
        }
        if (weight > 0)
            out[count++] = (reference_payer){(int64_t)weight, payers->cap[i],
                                             payers->rank ? payers->rank[i] : 0, payers->id[i], i, 0};
    }
    return count;
}

static void reference_queue(int64_t left, reference_payer *payer, uint32_t count, int64_t *charge)
{
    qsort(payer, count, sizeof *payer, reference_by_rank);
    for (uint32_t n = 0; n < count; n++) {
        int64_t x = payer[n].cap < left ? payer[n].cap : left;
        charge[payer[n].index] = x;
        left -= x;
    }
}

/* Fixes those at the cap in the order of cap / weight, then divides the rest. */
static void reference_level(bool shares_on, int64_t rest, reference_payer *payer, uint32_t count,
                            int64_t *charge)
{
    reference_wide weight_sum = 0;
    for (uint32_t n = 0; n < count; n++)
        weight_sum += payer[n].weight;
    qsort(payer, count, sizeof *payer, reference_by_level);
    uint32_t fixed = 0;
    while (shares_on && fixed < count &&
           payer[fixed].cap <= (reference_wide)rest * payer[fixed].weight / weight_sum) {
        charge[payer[fixed].index] = payer[fixed].cap;
        rest -= payer[fixed].cap;
        weight_sum -= payer[fixed].weight;
        fixed++;
    }
    int64_t left = rest;
    for (uint32_t n = fixed; n < count; n++) {
        reference_wide product = (reference_wide)rest * payer[n].weight;
        payer[n].remainder = product % weight_sum;
        charge[payer[n].index] = (int64_t)(product / weight_sum);
        left -= charge[payer[n].index];
    }
    qsort(payer + fixed, count - fixed, sizeof *payer, reference_by_remainder);
    for (uint32_t n = fixed; n < count; n++) {
        int64_t *x = &charge[payer[n].index];
        *x += left > 0;
        left -= left > 0;
        if (*x > payer[n].cap)
            *x = payer[n].cap;  /* only where caps do not move the level */
    }
}

static int reference_by_id_down(const void *left, const void *right)
{
    const reference_payer *a = left;
    const reference_payer *b = right;
    return (a->id < b->id) - (a->id > b->id);
}

static bool reference_rounds_up(bw_allocate_rounding rounding)
{
    return rounding == BW_ALLOCATE_CEIL_CARRY || rounding == BW_ALLOCATE_CEIL_LAST ||
           rounding == BW_ALLOCATE_CEIL_RATIO16;
}

static bool reference_has_ratio(bw_allocate_rounding rounding)
{
    return rounding == BW_ALLOCATE_RATIO16 || rounding == BW_ALLOCATE_CEIL_RATIO16;
}

/* One share by the rounding; `ratio` is the level in 10^-16, 0 where it is not used. */
static int64_t reference_share(bw_allocate_rounding rounding, reference_wide product,
                               reference_wide weight_sum, int64_t weight, reference_wide ratio)
{
    bool up = reference_rounds_up(rounding), by_ratio = reference_has_ratio(rounding) && ratio != 0;
    if (!by_ratio)
        return (int64_t)((product + (up ? weight_sum - 1 : 0)) / weight_sum);
    /* weight x ratio / 10^16 in two halves of the ratio, so that 128 bits hold it */
    const reference_wide one = (reference_wide)10000000000000000;
    reference_wide high = ratio / one * weight, low = ratio % one * weight;
    return (int64_t)(high + (low + (up ? one - 1 : 0)) / one);
}

/* The compatibility roundings: shares of those below their caps, then the rest by id, the largest
   first, up to the cap; or, if there is too much, taken back in that order. */
static void reference_round(bool shares_on, bw_allocate_rounding rounding, int64_t rest,
                            reference_payer *payer, uint32_t count, int64_t *charge)
{
    reference_wide weight_sum = 0;
    for (uint32_t n = 0; n < count; n++)
        weight_sum += payer[n].weight;
    qsort(payer, count, sizeof *payer, reference_by_level);
    uint32_t fixed = 0;
    for (; shares_on && fixed < count &&
           payer[fixed].cap <= (reference_wide)rest * payer[fixed].weight / weight_sum; fixed++) {
        charge[payer[fixed].index] = payer[fixed].cap;
        rest -= payer[fixed].cap;
        weight_sum -= payer[fixed].weight;
    }
    reference_wide ratio = 0, left = rest;
    if (fixed < count && rest / weight_sum < 900)
        ratio = ((reference_wide)rest * 10000000000000000 * 2 + weight_sum - reference_rounds_up(rounding)) /
                (2 * weight_sum);
    for (uint32_t n = fixed; n < count; n++) {
        int64_t share = reference_share(rounding, (reference_wide)rest * payer[n].weight, weight_sum,
                                        payer[n].weight, ratio);
        int64_t x = share < payer[n].cap ? share : payer[n].cap;
        charge[payer[n].index] = x;
        bool cut = !shares_on && reference_rounds_up(rounding) && share > payer[n].cap;
        left -= shares_on ? x : cut ? (int64_t)((reference_wide)rest * payer[n].weight / weight_sum) : share;
    }
    if (rounding == BW_ALLOCATE_FLOOR_FUND || rounding == BW_ALLOCATE_CEIL_CARRY)
        return;
    if (left > 0 && !shares_on && reference_rounds_up(rounding))
        return;
    qsort(payer, count, sizeof *payer, reference_by_id_down);
    for (uint32_t n = 0; n < count && left != 0; n++) {
        int64_t *x = &charge[payer[n].index];
        reference_wide most = left > 0 ? payer[n].cap - *x : *x;
        reference_wide part = left > 0 ? (left < most ? left : most) : -(-left < most ? -left : most);
        *x += (int64_t)part;
        left -= part;
    }
}

static int64_t reference_allocate_rounded(bw_allocate_rule rule, bw_allocate_rounding rounding,
                                          int64_t budget, const bw_payers *payers, int64_t *charge)
{
    reference_payer *payer = malloc((payers->count + 1) * sizeof *payer);
    uint32_t count = reference_take(rule, payers, payer);
    reference_wide cap_sum = 0;
    for (uint32_t i = 0; i < payers->count; i++)
        charge[i] = 0;
    for (uint32_t n = 0; n < count; n++)
        cap_sum += payer[n].cap;
    int64_t target = rule == BW_ALLOCATE_PRO_RATA || budget < cap_sum ? budget : (int64_t)cap_sum;
    if (rule == BW_ALLOCATE_QUEUE)
        reference_queue(target, payer, count, charge);
    else if (rounding == BW_ALLOCATE_LARGEST_REMAINDER)
        reference_level(rule != BW_ALLOCATE_PRO_RATA, target, payer, count, charge);
    else
        reference_round(rule != BW_ALLOCATE_PRO_RATA, rounding, target, payer, count, charge);
    int64_t sum = 0;
    for (uint32_t i = 0; i < payers->count; i++)
        sum += charge[i];
    free(payer);
    return sum;
}

static inline int64_t reference_allocate(bw_allocate_rule rule, int64_t budget,
                                         const bw_payers *payers, int64_t *charge)
{
    return reference_allocate_rounded(rule, BW_ALLOCATE_LARGEST_REMAINDER, budget, payers, charge);
}

#endif
