#include "stress/phase.h"

#include <math.h>
#include <string.h>

#include "base/assert.h"
#include "base/mix.h"
#include "stress/law.h"
#include "world/real.h"

/* -------------------------------------------------------------------------------------------------------------- the plan */

static bool before(const bw_phase_path *a, const bw_phase_path *b)
{
    return a->u != b->u ? a->u > b->u : a->number < b->number;
}

static void sift(bw_phase_path *paths, uint64_t root, uint64_t count)
{
    for (uint64_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && before(&paths[child], &paths[child + 1]))
            child++;
        if (!before(&paths[root], &paths[child]))
            return;
        bw_phase_path swap = paths[root];
        paths[root] = paths[child];
        paths[child] = swap;
    }
}

/* In place, whatever the order: by falling u. */
static void sort_paths(bw_phase_path *paths, uint64_t count)
{
    for (uint64_t i = count / 2; i-- > 0;)
        sift(paths, i, count);
    for (uint64_t end = count; end-- > 1;) {
        bw_phase_path swap = paths[0];
        paths[0] = paths[end];
        paths[end] = swap;
        sift(paths, 0, end);
    }
}

/* Where the n smallest of these hashes end: a sample that every run draws alike. */
static uint64_t hash_of(uint64_t seed, uint64_t number)
{
    return bw_mix_u64(bw_mix_u64(seed ^ UINT64_C(0x7068617365)) + number);
}

/* The hash below which about `wanted` of the paths lie, exactly: bisected. */
static uint64_t threshold(const bw_phase_path *paths, uint64_t count, uint64_t wanted, uint64_t seed)
{
    uint64_t low = 0, high = UINT64_MAX;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2, below = 0;
        for (uint64_t i = 0; i < count; i++)
            below += hash_of(seed, paths[i].number) <= middle;
        if (below >= wanted)
            high = middle;
        else
            low = middle + 1;
    }
    return high;
}

static void fill(bw_phase_plan *plan, bw_phase_path *paths, uint64_t count, uint64_t wanted, uint64_t seed)
{
    bw_phase_stratum *stratum = &plan->strata[plan->count];
    uint64_t most = wanted >= count ? UINT64_MAX : threshold(paths, count, wanted, seed);
    *stratum = (bw_phase_stratum){.paths = count, .least = paths[count - 1].u};
    for (uint64_t i = 0; i < count; i++) {
        paths[i].stratum = plan->count;
        paths[i].played = wanted >= count || hash_of(seed, paths[i].number) <= most;
        stratum->played += paths[i].played;
    }
    plan->count++;
}

bw_phase_plan bw_phase_plan_of(bw_phase_path *paths, uint64_t count, uint64_t runs, uint64_t seed)
{
    bw_phase_plan plan = {.count = 0};
    BW_ASSERT(runs >= 2 * BW_PHASE_STRATA);
    sort_paths(paths, count);
    if (count <= runs) {
        if (count > 0)
            fill(&plan, paths, count, count, seed);
        return plan;
    }
    uint64_t whole = runs / 2, rest = runs - whole, each = rest / 2 / (BW_PHASE_STRATA - 1), at = whole;
    double ratio = bw_real_power((double)count / (double)whole, 1. / (BW_PHASE_STRATA - 1));
    fill(&plan, paths, whole, whole, seed);
    for (uint32_t h = 1; h < BW_PHASE_STRATA && at < count; h++) {
        uint64_t end = h + 1 == BW_PHASE_STRATA ? count : (uint64_t)((double)whole * bw_real_power(ratio, h));
        end = end < at + each ? at + each : end;
        end = end > count || count - end < each ? count : end;
        fill(&plan, paths + at, end - at, each + rest / 2 * (end - at) / (count - whole), seed);
        at = end;
    }
    return plan;
}

/* ---------------------------------------------------------------------------------------------------------------- figures */

void bw_phase_sort(bw_phase_amount *amounts, bw_phase_amount *room, uint64_t count)
{
    bw_phase_amount *from = amounts, *to = room;
    for (uint64_t width = 1; width < count; width *= 2) {
        for (uint64_t first = 0; first < count; first += 2 * width) {
            uint64_t middle = first + width < count ? first + width : count, end = first + 2 * width < count ? first + 2 * width : count;
            for (uint64_t a = first, b = middle, k = first; k < end; k++)
                to[k] = a < middle && (b == end || from[a].amount <= from[b].amount) ? from[a++] : from[b++];
        }
        bw_phase_amount *other = from;
        from = to;
        to = other;
    }
    if (from != amounts)
        memcpy(amounts, from, count * sizeof *amounts);
}

static double weight(const bw_phase_plan *plan, uint32_t stratum)
{
    return (double)plan->strata[stratum].paths / (double)plan->strata[stratum].played;
}

/* Where amounts above `above` begin. */
static uint64_t first_beyond(const bw_phase_amount *rising, uint64_t count, int64_t above)
{
    uint64_t low = 0, high = count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (rising[middle].amount > above)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* The count of hits by stratum as a weighted chance with its interval. */
static bw_phase_chance chance_of(const bw_phase_plan *plan, const uint64_t *hits, uint64_t all)
{
    double sum = 0, squares = 0, largest = 0, unseen = 0, half = (1 - BW_STRESS_LEVEL) / 2, most;
    bw_phase_chance chance = {.hits = 0};
    for (uint32_t h = 0; h < plan->count; h++) {
        double w = weight(plan, h);
        sum += w * (double)hits[h];
        squares += w * w * (double)hits[h];
        chance.hits += hits[h];
        if (hits[h] > 0 && w > largest)
            largest = w;
        most = (double)plan->strata[h].paths * (1 - bw_real_power(half, 1 / (double)plan->strata[h].played));
        if (hits[h] == 0 && plan->strata[h].played < plan->strata[h].paths && most > unseen)
            unseen = most;               /* no hit in all of them: as likely when all risk lies in one of them */
    }
    bw_interval interval = bw_interval_weighted(sum, squares, largest > 0 ? largest : 1, BW_STRESS_LEVEL);
    chance.value = sum / (double)all;
    chance.low = interval.low / (double)all;
    chance.high = (interval.high + unseen) / (double)all;
    chance.high = chance.high < 1 ? chance.high : 1;
    return chance;
}

bw_phase_chance bw_phase_beyond(const bw_phase_plan *plan, const bw_phase_amount *rising, uint64_t count, uint64_t all,
                                int64_t above)
{
    uint64_t hits[BW_PHASE_STRATA] = {0};
    for (uint64_t i = first_beyond(rising, count, above); i < count; i++)
        hits[rising[i].stratum]++;
    return chance_of(plan, hits, all);
}

/* ES: VaR + weighted sum of what lies beyond it / (tail x N), up. */
static int64_t shortfall_of(const bw_phase_plan *plan, const bw_phase_amount *rising, uint64_t count, uint64_t all, double tail,
                            int64_t var)
{
    double sum = 0;
    for (uint64_t i = first_beyond(rising, count, var); i < count; i++)
        sum += weight(plan, rising[i].stratum) * (double)(rising[i].amount - var);
    return var + (int64_t)ceil(sum / (tail * (double)all));
}

/* The least amount (0 is one) at which `end` of the chance beyond is at most the tail; the chance falls with the amount. */
typedef double end_of(const bw_phase_chance *chance);

static double value_end(const bw_phase_chance *chance) { return chance->value; }
static double low_end(const bw_phase_chance *chance) { return chance->low; }
static double high_end(const bw_phase_chance *chance) { return chance->high; }

static bool least_amount(const bw_phase_plan *plan, const bw_phase_amount *rising, uint64_t count, uint64_t all, double tail,
                         end_of *end, int64_t *amount)
{
    bw_phase_chance chance = bw_phase_beyond(plan, rising, count, all, 0);
    uint64_t low = 0, high = count;
    *amount = 0;
    if (end(&chance) <= tail)
        return true;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        chance = bw_phase_beyond(plan, rising, count, all, rising[middle].amount);
        if (end(&chance) <= tail)
            high = middle;
        else
            low = middle + 1;
    }
    if (low == count)
        return false;
    *amount = rising[low].amount;
    return true;
}

bw_stress_figure bw_phase_quantile(const bw_phase_plan *plan, const bw_phase_amount *rising, uint64_t count, uint64_t all,
                                   int64_t tail, bw_stress_figure *shortfall)
{
    double share = (double)tail / BW_STRESS_ONE;
    bw_stress_figure figure = {.paths = (uint64_t)(share * (double)all)};
    *shortfall = (bw_stress_figure){.known = false};
    if (!least_amount(plan, rising, count, all, share, high_end, &figure.high) ||
        !least_amount(plan, rising, count, all, share, value_end, &figure.value) ||
        !least_amount(plan, rising, count, all, share, low_end, &figure.low))
        return (bw_stress_figure){.known = false};
    figure.known = figure.bounded = true;
    *shortfall = (bw_stress_figure){.known = true, .paths = figure.paths,
                                    .value = shortfall_of(plan, rising, count, all, share, figure.value)};
    return figure;
}

bw_stress_figure bw_phase_mean(const bw_phase_plan *plan, const bw_phase_amount *amounts, uint64_t count, uint64_t all)
{
    double sums[BW_PHASE_STRATA] = {0}, squares[BW_PHASE_STRATA] = {0}, mean = 0, within = 0, second = 0;
    bw_stress_figure figure = {.known = true};
    for (uint64_t i = 0; i < count; i++) {
        double x = (double)amounts[i].amount;
        sums[amounts[i].stratum] += x;
        squares[amounts[i].stratum] += x * x;
        figure.paths += amounts[i].amount > 0;
    }
    for (uint32_t h = 0; h < plan->count; h++) {
        const bw_phase_stratum *s = &plan->strata[h];
        double n = (double)s->played, w = weight(plan, h), own = sums[h] / n;
        mean += w * sums[h];
        second += w * squares[h];
        if (s->played > 1 && s->played < s->paths)
            within += (double)s->paths * ((double)s->paths - n) * ((squares[h] / n - own * own) / (n - 1));
    }
    mean /= (double)all;
    double between = second / (double)all - mean * mean, n = (double)all;
    double half = bw_law_normal_quantile(1 - (1 - BW_STRESS_LEVEL) / 2) * sqrt(within / n / n + (between > 0 ? between : 0) / n);
    figure.value = (int64_t)ceil(mean);
    figure.bounded = figure.paths >= BW_STRESS_TAIL_LEAST;
    if (figure.bounded) {
        figure.low = mean > half ? (int64_t)floor(mean - half) : 0;
        figure.high = (int64_t)ceil(mean + half);
    }
    return figure;
}
