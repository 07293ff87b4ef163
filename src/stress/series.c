#include "stress/series.h"

#include "metrics/state.h"

const int64_t bw_stress_tails[BW_STRESS_LEVELS] = {50000000, 10000000, 1000000, 100000};
const char *const bw_stress_level_words[BW_STRESS_LEVELS] = {"95", "99", "99.9", "99.99"};

void bw_stress_sort(int64_t *amounts, uint64_t count)
{
    BW_ASSERT(count <= UINT32_MAX / 2);
    bw_metrics_sort(amounts, (uint32_t)count);
}

/* The rank-th largest, the largest being 1. */
static int64_t at_rank(bw_stress_amounts amounts, uint64_t rank)
{
    BW_ASSERT(rank >= 1 && rank <= amounts.count);
    return rank <= amounts.listed ? amounts.rising[amounts.listed - rank] : 0;
}

/* floor(tail x N): whole paths beyond the level. */
static uint64_t tail_paths(uint64_t count, int64_t tail)
{
    BW_ASSERT(tail > 0 && tail < BW_STRESS_ONE);
    return (uint64_t)bw_mul_div_floor((int64_t)count, tail, BW_STRESS_ONE);
}

static double share_of(int64_t tail)
{
    return (double)tail / BW_STRESS_ONE;
}

uint64_t bw_stress_paths_need(int64_t tail)
{
    return tail < BW_STRESS_ONE ? bw_interval_ranks_need(share_of(tail), BW_STRESS_LEVEL) : 1;
}

int64_t bw_stress_least_tail(uint64_t paths)
{
    int64_t low = 0, high = BW_STRESS_ONE - 1;      /* `high` can be bounded, if any can */
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        *(bw_stress_paths_need(middle) <= paths ? &high : &low) = middle;
    }
    return high;
}

/* Half a width in whole units, up. A width beyond what an amount can be is no width. */
static int64_t whole_up(double half)
{
    if (!(half < (double)BW_VALUE_MAX))
        return BW_VALUE_MAX;
    int64_t whole = (int64_t)half;
    return whole + ((double)whole < half);
}

/* Amounts are never negative, so neither is an end. */
static void bound(bw_stress_figure *figure, int64_t least, double half)
{
    int64_t width = whole_up(half);
    figure->low = least > width ? least - width : 0;
    if (__builtin_add_overflow(figure->value, width, &figure->high))
        figure->high = INT64_MAX;
    figure->bounded = true;
}

bw_stress_chance bw_stress_chance_of(uint64_t hits, uint64_t paths)
{
    bw_stress_chance chance = {.hits = hits, .paths = paths, .interval = {0, 1}};
    if (paths > 0)
        chance.interval = bw_interval_chance(hits, paths, BW_STRESS_LEVEL);
    return chance;
}

uint64_t bw_stress_count_beyond(bw_stress_amounts amounts, int64_t above)
{
    uint64_t low = 0, high = amounts.listed;      /* the first that is larger stands in low .. high */
    BW_ASSERT(above >= 0);
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (amounts.rising[middle] > above)
            high = middle;
        else
            low = middle + 1;
    }
    return amounts.listed - low;
}

bw_wide bw_stress_sum_beyond(bw_stress_amounts amounts, int64_t above)
{
    bw_wide sum = bw_wide_of(0);
    for (uint64_t i = amounts.listed; i-- > 0 && amounts.rising[i] > above;)
        sum = bw_wide_add_int64(sum, amounts.rising[i] - above);
    return sum;
}

bw_stress_figure bw_stress_mean_beyond(bw_stress_amounts amounts, int64_t above)
{
    bw_stress_figure figure = {.known = amounts.count > 0};
    if (amounts.count == 0)
        return figure;
    bw_interval_sums sums = bw_interval_sums_of(amounts.rising, amounts.listed, amounts.count, above);
    figure.value = bw_wide_to_int64(bw_wide_div_ceil(sums.sum, bw_wide_of((int64_t)amounts.count)));
    figure.paths = sums.positive;
    if (sums.positive >= BW_STRESS_TAIL_LEAST)
        bound(&figure, sums.centre, bw_interval_mean_half(&sums, BW_STRESS_LEVEL));
    return figure;
}

bw_stress_figure bw_stress_quantile(bw_stress_amounts amounts, int64_t tail)
{
    bw_interval_rank ranks;
    bw_stress_figure figure = {.paths = tail_paths(amounts.count, tail)};
    if (!bw_interval_ranks(amounts.count, share_of(tail), BW_STRESS_LEVEL, &ranks))
        return figure;
    figure.value = at_rank(amounts, figure.paths + 1);
    figure.low = at_rank(amounts, ranks.low);
    figure.high = at_rank(amounts, ranks.high);
    figure.known = figure.bounded = true;
    return figure;
}

/* VaR + (sum of (x - VaR)+) x ONE / (N x tail): the same as the mean of the largest tail x N, in whole numbers. */
bw_stress_figure bw_stress_shortfall(bw_stress_amounts amounts, int64_t tail)
{
    bw_stress_figure figure = bw_stress_quantile(amounts, tail);
    figure.bounded = false;
    if (!figure.known)
        return figure;
    int64_t var = figure.value;
    bw_interval_sums sums = bw_interval_sums_of(amounts.rising, amounts.listed, amounts.count, var);
    bw_wide beyond = bw_wide_scale(sums.sum, BW_STRESS_ONE), mass = bw_wide_mul((int64_t)amounts.count, tail);
    figure.value = var + bw_wide_to_int64(bw_wide_div_ceil(beyond, mass));
    figure.low = figure.high = 0;
    if (sums.positive >= BW_STRESS_TAIL_LEAST)
        bound(&figure, var + bw_wide_to_int64(bw_wide_div_floor(beyond, mass)),
              bw_interval_mean_half(&sums, BW_STRESS_LEVEL) / share_of(tail));
    return figure;
}

bw_stress_series bw_stress_series_of(bw_stress_amounts amounts)
{
    bw_stress_series series = {.paths = amounts.count, .largest = amounts.count > 0 ? at_rank(amounts, 1) : 0};
    series.positive = bw_stress_chance_of(bw_stress_count_beyond(amounts, 0), amounts.count);
    series.mean = bw_stress_mean_beyond(amounts, 0);
    for (uint32_t i = 0; i < BW_STRESS_LEVELS; i++) {
        series.var[i] = bw_stress_quantile(amounts, bw_stress_tails[i]);
        series.es[i] = bw_stress_shortfall(amounts, bw_stress_tails[i]);
    }
    return series;
}
