/* shock_find.c - whom a set of prices leaves unhealthy, without a look at everybody.

       one position    breaks at one price, an integer: sorted by it, those that break are the first ones
       more            a line below equity less margin, in floats, 64 scenarios at a time; where it comes near zero, exactly

   The floats decide nothing: a line that stays above zero by more than all its roundings proves that the account is healthy. */
#include "stress/shock_work.h"

#include <stdlib.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* ------------------------------------------------------------------------------------------------------ singles */

static int64_t div_floor(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

static bool breaks(const bw_shock *shock, const shock_lot *lot, int64_t net, int64_t price)
{
    int64_t value = lot->size * bw_market_at(shock->venue, lot->market)->factor * price, equity = net + value;
    return equity < 0 || equity < bw_mm(shock->venue, lot->market, bw_abs(value));
}

/* The price at which a single position breaks, and beyond: for shorts the negative of it. Equity less margin never falls when
   the price moves the account's way, because margin rises by less than the notional does. */
static int64_t limit_of(const bw_shock *shock, const shock_lot *lot, int64_t net)
{
    int64_t lots = lot->size * bw_market_at(shock->venue, lot->market)->factor;
    if (shock->waits)
        return lots > 0 ? div_floor(-net - 1, lots) : -(div_floor(net, -lots) + 1);
    int64_t most = bw_market_cold_at(shock->venue, lot->market)->settings.price_max;
    int64_t well = lots > 0 ? most + 1 : 0, broken = lots > 0 ? 0 : most + 1;
    while (bw_abs(well - broken) > 1) {
        int64_t between = (well + broken) / 2;
        *(breaks(shock, lot, net, between) ? &broken : &well) = between;
    }
    return lots > 0 ? broken : -broken;
}

static int by_limit(const void *a, const void *b)
{
    int64_t x = ((const shock_winner *)a)->lots, y = ((const shock_winner *)b)->lots;
    return (x < y) - (x > y);
}

static void singles_new(bw_shock *shock, uint32_t number)
{
    shock_side *side = &shock->side[number];
    uint32_t count = 0;
    side->single_first = shock->singles;
    for (uint32_t p = side->first; p < side->first + side->count; p++) {
        uint32_t a = shock->account[p];
        if (shock->head[a].end - shock->head[a].first == 1u)
            shock->winners[count++] = (shock_winner){.lots = limit_of(shock, &shock->lot[shock->head[a].first], shock->head[a].net), .place = a};
    }
    qsort(shock->winners, count, sizeof *shock->winners, by_limit);
    for (uint32_t i = 0; i < count; i++) {
        shock->limit[shock->singles + i] = shock->winners[i].lots;
        shock->who[shock->singles + i] = shock->winners[i].place;
    }
    shock->singles += count;
    side->single_count = count;
}

/* How many of the side break: limits that are not below the price. */
uint32_t bw_shock_singles_broken(const bw_shock *shock, uint32_t number)
{
    const shock_side *side = &shock->side[number];
    const int64_t *limit = shock->limit + side->single_first;
    int64_t price = number % 2u ? -shock->price[number / 2u] : shock->price[number / 2u];
    uint32_t low = 0, high = side->single_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2u;
        if (limit[middle] >= price)
            low = middle + 1u;
        else
            high = middle;
    }
    return low;
}

/* -------------------------------------------------------------------------------------------------------- lines */

static double rate_of(const bw_shock *shock, uint32_t market, double lots)
{
    double n = lots * (double)shock->price_bound[market] + 1;
    int64_t notional = n < 4e18 ? (int64_t)n : INT64_MAX;
    return shock->waits ? 0 : (double)bw_bracket_of(shock->venue, market, notional)->mmr_ppm / 1e6;
}

/* Margin at a notional is at most that of the highest bracket it can reach, and min_mm and a unit of rounding more. What a line
   needs is more than all roundings of its value: numbers to floats, products, sums. */
static void line_make(bw_shock *shock, uint32_t line)
{
    uint32_t account = shock->line_account[line], at = shock->line_first[line];
    double base = (double)shock->head[account].net, sum = base < 0 ? -base : base;
    for (uint32_t i = shock->head[account].first; i < shock->head[account].end; i++, at++) {
        const bw_market *market = bw_market_at(shock->venue, shock->lot[i].market);
        double size = (double)shock->lot[i].size * (double)market->factor, lots = size < 0 ? -size : size;
        double rate = rate_of(shock, shock->lot[i].market, lots);
        sum += 2 * lots * (double)shock->price_bound[shock->lot[i].market];
        shock->line_slope[at] = (float)(size - lots * rate);
        shock->line_thin[at] = (float)(size - lots * (rate > shock->thin[0] ? rate : shock->thin[0]));
        shock->line_thinner[at] = (float)(size - lots * (rate > shock->thin[1] ? rate : shock->thin[1]));
        shock->line_market[at] = shock->lot[i].market;
        base -= shock->waits ? 0 : (double)market->min_mm + 1;
    }
    shock->line_base[line] = (float)base;
    shock->line_need[line] = (float)(sum * (at - shock->line_first[line] + 8u) / (1 << 23));
    shock->line_lot[line] = shock->head[account].first;
    shock->line_first[line + 1u] = at;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Equity per notional that one account in THIN_SHARE, or in THINNER_SHARE, does not have, of SAMPLES of them. The winners of a
   queue are mostly among these. */
static void thin_new(bw_shock *shock)
{
    enum { THIN_SHARE = 64, THINNER_SHARE = 320, SAMPLES = 16384 };
    double *all = (double *)(void *)shock->winners;     /* not in use yet */
    uint32_t count = 0, stride = shock->multis / SAMPLES + 1u;
    for (uint32_t i = 0; i < shock->multis; i += stride) {
        uint32_t account = shock->line_account[i];
        double notional = 0;
        for (uint32_t l = shock->head[account].first; l < shock->head[account].end; l++)
            notional += (double)bw_abs(shock->lot[l].size * shock->unit[shock->lot[l].market]);
        all[count++] = (double)bw_shock_base_equity(shock, account) / notional;
    }
    qsort(all, count, sizeof *all, by_value);
    for (uint32_t i = 0; i < 2u && count && bw_shock_ranks(shock, true); i++) {
        double thin = all[count / (i ? THINNER_SHARE : THIN_SHARE)];
        shock->thin[i] = thin > 0 ? thin : 0;
    }
}

void bw_shock_find_new(bw_shock *shock)
{
    for (uint32_t m = 0; m < shock->markets; m++) {
        shock->price_bound[m] = 2 * shock->price_start[m];
        shock->unit[m] = shock->previous_unit[m];
    }
    for (uint32_t side = 0; side < 2u * shock->markets; side++)
        singles_new(shock, side);
    for (uint32_t a = 0; a < shock->accounts; a++)
        if (shock->head[a].end - shock->head[a].first > 1u)
            shock->line_account[shock->multis++] = a;
    thin_new(shock);
    for (uint32_t i = 0; i < shock->multis; i++)
        line_make(shock, i);
}

/* Prices beyond what the lines were made for: they are made anew, for all. */
static void bounds_raise(bw_shock *shock)
{
    bool raised = false;
    for (uint32_t m = 0; m < shock->markets; m++)
        while ((double)shock->row_max[m] > (double)shock->price_bound[m]) {
            shock->price_bound[m] *= 2;
            raised = true;
        }
    for (uint32_t i = 0; raised && i < shock->multis; i++)
        line_make(shock, i);
}

static void rows_fill(bw_shock *shock, const int64_t *ticks, uint32_t count)
{
    for (uint32_t m = 0; m < shock->markets; m++) {
        float *row = shock->row + m * BW_SHOCK_LANES, most = 0;
        for (uint32_t s = 0; s < BW_SHOCK_LANES; s++) {
            int64_t price = s < count ? ticks[s * shock->markets + m] : shock->price_start[m];
            BW_ASSERT(price >= 1 && price <= bw_market_cold_at(shock->venue, m)->settings.price_max);
            row[s] = (float)price;
            most = row[s] > most ? row[s] : most;
        }
        shock->row_max[m] = most;
    }
}

/* Registers of sixteen scenarios, and of eight: four sums at a time fit a machine that has them; the compiler makes of it what
   there is. */
typedef float lanes16 __attribute__((vector_size(64)));
typedef float lanes8 __attribute__((vector_size(32)));
typedef uint32_t bits16 __attribute__((vector_size(64)));
typedef uint32_t bits8 __attribute__((vector_size(32)));
#define KERNEL static inline __attribute__((always_inline))

/* Lanes that are below zero, by their signs: compilers split comparisons of such vectors into scalars. */
static uint64_t lanes_below(const float value[BW_SHOCK_LANES])
{
    uint64_t below = 0;
#if defined(__SSE2__)
    for (uint32_t s = 0; s < BW_SHOCK_LANES; s += 4u)
        below |= (uint64_t)(uint32_t)_mm_movemask_ps(_mm_loadu_ps(value + s)) << s;
#else
    for (uint32_t s = 0; s < BW_SHOCK_LANES; s++)
        below |= (uint64_t)(value[s] < 0) << s;
#endif
    return below;
}

KERNEL bool any_sign(const void *bits, uint32_t words)
{
    uint64_t word, any = 0;
    for (uint32_t i = 0; i < words; i++) {
        memcpy(&word, (const char *)bits + 8u * i, sizeof word);
        any |= word;
    }
    return (any & UINT64_C(0x8000000080000000)) != 0;
}

/* base - need + sum(slope x row) of a line in all scenarios of the block; whether one is below zero. */
KERNEL bool line_wide(const bw_shock *shock, uint32_t line, const float *slopes, float out[BW_SHOCK_LANES])
{
    lanes16 value[4];
    for (uint32_t k = 0; k < 4u; k++)
        value[k] = (lanes16){0} + (shock->line_base[line] - shock->line_need[line]);
    for (uint32_t i = shock->line_first[line]; i < shock->line_first[line + 1u]; i++) {
        const lanes16 *row = (const lanes16 *)(const void *)(shock->row + shock->line_market[i] * BW_SHOCK_LANES);
        for (uint32_t k = 0; k < 4u; k++)
            value[k] += slopes[i] * row[k];
    }
    bits16 bits = (bits16)value[0] | (bits16)value[1] | (bits16)value[2] | (bits16)value[3];
    bool any = any_sign(&bits, 8);
    if (any)
        memcpy(out, value, sizeof value);
    return any;
}

/* The same of half the scenarios, from number `from` on. */
KERNEL bool line_half(const bw_shock *shock, uint32_t line, const float *slopes, uint32_t from, float out[BW_SHOCK_LANES])
{
    lanes8 value[4];
    for (uint32_t k = 0; k < 4u; k++)
        value[k] = (lanes8){0} + (shock->line_base[line] - shock->line_need[line]);
    for (uint32_t i = shock->line_first[line]; i < shock->line_first[line + 1u]; i++) {
        const lanes8 *row = (const lanes8 *)(const void *)(shock->row + shock->line_market[i] * BW_SHOCK_LANES + from);
        for (uint32_t k = 0; k < 4u; k++)
            value[k] += slopes[i] * row[k];
    }
    bits8 bits = (bits8)value[0] | (bits8)value[1] | (bits8)value[2] | (bits8)value[3];
    memcpy(out + from, value, sizeof value);
    return any_sign(&bits, 4);
}

KERNEL bool line_values(const bw_shock *shock, bool wide, uint32_t line, const float *slopes, float out[BW_SHOCK_LANES])
{
    if (wide)
        return line_wide(shock, line, slopes, out);
    bool first = line_half(shock, line, slopes, 0, out), second = line_half(shock, line, slopes, BW_SHOCK_LANES / 2u, out);
    return first | second;
}

/* What a scenario will ask of the account, side by side in memory. */
static void thin_note(bw_shock *shock, uint32_t thin, uint32_t line)
{
    uint32_t at = shock->thin_at[thin];
    for (uint32_t l = shock->line_first[line]; l < shock->line_first[line + 1u]; l++)
        shock->thin_side[at++] = (uint16_t)(2u * shock->line_market[l] + (shock->line_slope[l] < 0));
    shock->thin_at[thin + 1u] = at;
    shock->thin_account[thin] = shock->line_account[line];
    shock->thin_lot[thin] = shock->line_lot[line];
}

/* The lower line for all; the other one where that is not above zero. */
KERNEL void lines_run(bw_shock *shock, bool wide)
{
    float value[BW_SHOCK_LANES] __attribute__((aligned(64)));
    uint32_t thin = 0, count = 0;
    for (uint32_t line = 0; line < shock->multis; line++) {
        if (__builtin_expect(!line_values(shock, wide, line, shock->line_thin, value), 1))
            continue;
        thin_note(shock, thin, line);
        shock->thin_flags[thin] = lanes_below(value);
        shock->thinner_flags[thin++] = line_values(shock, wide, line, shock->line_thinner, value) ? lanes_below(value) : 0;
        if (!line_values(shock, wide, line, shock->line_slope, value))
            continue;
        shock->flags[count] = lanes_below(value);
        shock->flagged[count++] = line;
    }
    shock->thin_count = thin;
    shock->flagged_count = count;
}

static void lines_portable(bw_shock *shock) { lines_run(shock, false); }

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void lines_avx2(bw_shock *shock) { lines_run(shock, false); }
__attribute__((target("avx512f"))) static void lines_avx512(bw_shock *shock) { lines_run(shock, true); }

/* Who is flagged differs between them at most by those near zero, who are judged exactly: the result does not. */
static void lines_best(bw_shock *shock)
{
    if (__builtin_cpu_supports("avx512f"))
        lines_avx512(shock);
    else if (__builtin_cpu_supports("avx2"))
        lines_avx2(shock);
    else
        lines_portable(shock);
}
#else
static void lines_best(bw_shock *shock) { lines_portable(shock); }
#endif

void bw_shock_find_block(bw_shock *shock, const int64_t *ticks, uint32_t count)
{
    rows_fill(shock, ticks, count);
    bounds_raise(shock);
    lines_best(shock);
}

void bw_shock_find(bw_shock *shock, uint32_t lane)
{
    for (uint32_t number = 0; number < 2u * shock->markets; number++) {
        uint32_t broken = bw_shock_singles_broken(shock, number), first = shock->side[number].single_first;
        shock->judged += broken;
        for (uint32_t i = first; i < first + broken; i++)
            bw_bitmap_set(&shock->shape, shock->bits, shock->who[i]);
    }
    for (uint32_t i = 0; i < shock->flagged_count; i++) {
        if (!(shock->flags[i] >> lane & 1u))
            continue;
        uint32_t account = shock->line_account[shock->flagged[i]];
        int64_t equity = bw_shock_base_equity(shock, account);
        shock->judged++;
        if (equity < 0 || (!shock->waits && equity < bw_shock_base_mm(shock, account)))
            bw_bitmap_set(&shock->shape, shock->bits, account);
    }
}

void bw_shock_find_thin(bw_shock *shock)
{
    uint32_t hot = 0, count = 0;
    memset(shock->hot_first, 0, 4u * shock->markets * sizeof *shock->hot_first);
    for (uint32_t i = 0; i < shock->thin_count; i++) {
        uint32_t from = shock->thin_at[i], thinner = shock->thinner_flags[i] >> shock->lane & 1u;
        if (!(shock->thin_flags[i] >> shock->lane & 1u))
            continue;
        for (uint32_t l = from; l < shock->thin_at[i + 1u]; l++) {
            uint32_t side = shock->thin_side[l];
            if (shock->loss[side ^ 1u].lots_left == 0)
                continue;
            uint32_t *first = &shock->hot_first[2u * side + thinner];
            shock->hot[++hot] = (shock_hot){shock->thin_lot[i] + l - from, count, *first};
            *first = hot;
        }
        shock->figures[count++] = (shock_figures){.account = shock->thin_account[i]};
    }
    shock->figures_count = count;
}
