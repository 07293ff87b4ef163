#include "stress/fund.h"

#include <math.h>

#include "world/real.h"

#define YEAR_NS (365 * INT64_C(86400000000000))

static void grid_add(int64_t *grid, uint32_t *count, int64_t fund)
{
    if (*count == BW_FUND_POINTS_MAX || (*count > 0 && grid[*count - 1] >= fund))
        return;
    grid[(*count)++] = fund;
}

uint32_t bw_fund_grid(bw_stress_amounts gaps, int64_t grid[BW_FUND_POINTS_MAX])
{
    static const int64_t tails[] = {500000000, 200000000, 100000000, 50000000, 20000000, 10000000, 5000000, 2000000, 1000000,
                                    500000, 200000, 100000, 50000, 20000, 10000, 5000, 2000, 1000};
    uint32_t points = 0;
    grid_add(grid, &points, 0);
    for (uint32_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        bw_stress_figure quantile = bw_stress_quantile(gaps, tails[i]);
        if (quantile.known)
            grid_add(grid, &points, quantile.value);
    }
    grid_add(grid, &points, gaps.listed > 0 ? gaps.rising[gaps.listed - 1] : 0);
    return points;
}

bw_fund_point bw_fund_point_at(bw_stress_amounts gaps, int64_t fund)
{
    bw_fund_point point = {.fund = fund, .played = gaps.count,
                           .p_socialized = bw_stress_chance_of(bw_stress_count_beyond(gaps, fund), gaps.count),
                           .expected_socialized = bw_stress_mean_beyond(gaps, fund)};
    point.p_fitted = gaps.count > 0 ? (double)point.p_socialized.hits / (double)gaps.count : 0;
    point.expected_fitted = (double)point.expected_socialized.value;
    return point;
}

bw_stress_figure bw_fund_smallest(bw_stress_amounts gaps, int64_t target)
{
    if (target <= 0)
        return (bw_stress_figure){.known = false};
    if (target >= BW_STRESS_ONE)
        return (bw_stress_figure){.known = true, .bounded = true, .paths = gaps.count};
    return bw_stress_quantile(gaps, target);
}

int64_t bw_fund_newsvendor_tail(int64_t capital_rate, int64_t shortfall_cost, int64_t horizon_ns)
{
    if (capital_rate <= 0 || shortfall_cost <= 0 || horizon_ns <= 0)
        return 0;
    bw_wide cost = bw_wide_scale(bw_wide_mul(capital_rate, horizon_ns), BW_STRESS_ONE);
    bw_wide tail = bw_wide_div_floor(cost, bw_wide_mul(shortfall_cost, YEAR_NS));
    if (!bw_wide_less(tail, bw_wide_of(BW_STRESS_ONE)))
        return BW_STRESS_ONE;
    int64_t whole = bw_wide_to_int64(tail);
    return whole > 0 ? whole : 1;
}

bw_stress_figure bw_fund_newsvendor(bw_stress_amounts gaps, int64_t tail)
{
    return bw_fund_smallest(gaps, tail);
}

/* Dvoretzky, Kiefer, Wolfowitz with Massart's constant: sqrt(ln(2 / a) / 2 N). */
static double band_of(uint64_t count)
{
    return sqrt(bw_real_ln(2 / (1 - BW_STRESS_LEVEL)) / (2 * (double)count));
}

void bw_fund_result_of(bw_fund_result *fund, const bw_stress_result *stress, bw_stress_amounts gaps,
                       const bw_fund_settings *settings, const bw_fund_covers *covers)
{
    int64_t chosen[BW_FUND_POINTS_MAX];
    const int64_t *grid = settings->grid;
    *fund = (bw_fund_result){.facts = stress->facts, .settings = *settings, .paths = gaps.count, .hash = stress->hash,
                             .band = band_of(gaps.count), .falls = true, .present = -1};
    fund->point_count = settings->grid_count;
    if (grid == NULL) {
        fund->point_count = bw_fund_grid(gaps, chosen);
        grid = chosen;
    }
    BW_ASSERT(fund->point_count <= BW_FUND_POINTS_MAX);
    for (uint32_t i = 0; i < fund->point_count; i++)
        fund->points[i] = bw_fund_point_at(gaps, grid[i]);
    fund->smallest = bw_fund_smallest(gaps, settings->target);
    fund->newsvendor_tail = bw_fund_newsvendor_tail(settings->capital_rate, settings->shortfall_cost,
                                                    stress->facts->horizon_ns);
    fund->newsvendor = bw_fund_newsvendor(gaps, fund->newsvendor_tail);
    if (covers)
        fund->covers = *covers;
}

/* ---------------------------------------------------------------------------------------------------- a run per size */

bw_fund_point bw_fund_point_runs(int64_t fund, const bw_stress_outcome *outcomes, uint64_t count, uint64_t paths,
                                 int64_t *scratch)
{
    for (uint64_t i = 0; i < count; i++)
        scratch[i] = bw_fund_borne(&outcomes[i]);
    bw_stress_sort(scratch, count);
    bw_stress_amounts borne = {scratch, count, paths};
    bw_fund_point point = {.fund = fund, .played = count, .expected_socialized = bw_stress_mean_beyond(borne, 0),
                           .p_socialized = bw_stress_chance_of(bw_stress_count_beyond(borne, 0), paths)};
    return point;
}

bool bw_fund_points_add(bw_fund_point *points, uint32_t *count, bw_fund_point point)
{
    uint32_t at = *count;
    while (at > 0 && points[at - 1].fund >= point.fund)
        at--;
    if (at < *count && points[at].fund == point.fund) {
        points[at] = point;
        return true;
    }
    if (*count == BW_FUND_POINTS_MAX)
        return false;
    for (uint32_t i = (*count)++; i > at; i--)
        points[i] = points[i - 1];
    points[at] = point;
    return true;
}

/* hits / paths <= tail, exactly. */
static bool meets(const bw_stress_chance *chance, int64_t tail)
{
    return !bw_wide_less(bw_wide_mul((int64_t)chance->paths, tail), bw_wide_mul((int64_t)chance->hits, BW_STRESS_ONE));
}

int64_t bw_fund_next(const bw_fund_point *points, uint32_t count, int64_t tail, int64_t least, int64_t most)
{
    uint32_t first = 0;
    while (first < count && !meets(&points[first].p_socialized, tail))
        first++;
    int64_t below = first > 0 ? points[first - 1].fund : -1, above = first < count ? points[first].fund : -1;
    if (above < 0)
        return below >= most ? -1 : below < most / 2 ? (below > 0 ? 2 * below : most / 64 + 1) : most;
    if (below < 0)
        return above / 4 > least ? above / 4 : above > least ? least : -1;
    if (above - below <= above / 20)
        return -1;
    return below > 0 && above / below >= 4 ? below * 2 : below + (above - below) / 2;
}

bw_stress_figure bw_fund_least(const bw_fund_point *points, uint32_t count, int64_t tail)
{
    bw_stress_figure figure = {.bounded = false};
    double share = (double)tail / BW_STRESS_ONE;
    for (uint32_t i = count; i-- > 0;) {
        const bw_stress_chance *chance = &points[i].p_socialized;
        if (meets(chance, tail)) {
            figure.value = points[i].fund;
            figure.paths = chance->hits;
            figure.known = true;
        }
        if (chance->interval.high <= share) {
            figure.high = points[i].fund;
            figure.bounded = true;
        }
        if (chance->interval.low > share && points[i].fund > figure.low)
            figure.low = points[i].fund;
    }
    figure.bounded &= figure.known;
    return figure;
}

/* Pool adjacent violators: the falling values nearest to these, all of the same weight. True: they fell already. */
static bool fit_falling(double *values, uint32_t count)
{
    double mean[BW_FUND_POINTS_MAX];
    uint32_t size[BW_FUND_POINTS_MAX], blocks = 0;
    for (uint32_t i = 0; i < count; i++) {
        mean[blocks] = values[i];
        size[blocks++] = 1;
        for (; blocks > 1 && mean[blocks - 1] > mean[blocks - 2]; blocks--) {
            uint32_t both = size[blocks - 1] + size[blocks - 2];
            mean[blocks - 2] = (mean[blocks - 1] * size[blocks - 1] + mean[blocks - 2] * size[blocks - 2]) / both;
            size[blocks - 2] = both;
        }
    }
    bool fell = blocks == count;
    for (uint32_t b = 0, i = 0; b < blocks; b++)
        for (uint32_t k = 0; k < size[b]; k++)
            values[i++] = mean[b];
    return fell;
}

static void fit(bw_fund_result *fund)
{
    double p[BW_FUND_POINTS_MAX], e[BW_FUND_POINTS_MAX];
    for (uint32_t i = 0; i < fund->point_count; i++) {
        const bw_stress_chance *chance = &fund->points[i].p_socialized;
        p[i] = (double)chance->hits / (double)chance->paths;
        e[i] = (double)fund->points[i].expected_socialized.value;
    }
    fund->falls = fit_falling(p, fund->point_count);
    fund->falls &= fit_falling(e, fund->point_count);
    for (uint32_t i = 0; i < fund->point_count; i++) {
        fund->points[i].p_fitted = p[i];
        fund->points[i].expected_fitted = e[i];
    }
}

/* Not known where there are too few paths for the tail. */
static bw_stress_figure least_known(const bw_fund_result *fund, int64_t tail)
{
    if (tail <= 0 || fund->paths < bw_stress_paths_need(tail))
        return (bw_stress_figure){.known = false};
    if (tail >= BW_STRESS_ONE)             /* exceeded on every path is well enough: none is needed */
        return (bw_stress_figure){.known = true, .bounded = true, .paths = fund->paths};
    return bw_fund_least(fund->points, fund->point_count, tail);
}

void bw_fund_result_runs(bw_fund_result *fund, const bw_stress_facts *facts, uint64_t paths, const bw_fund_settings *settings,
                         const bw_fund_covers *covers, bw_hash hash)
{
    fund->facts = facts;
    fund->settings = *settings;
    fund->paths = paths;
    fund->runs = true;
    fund->hash = hash;
    fund->band = band_of(paths);
    fit(fund);
    fund->newsvendor_tail = bw_fund_newsvendor_tail(settings->capital_rate, settings->shortfall_cost, facts->horizon_ns);
    fund->smallest = least_known(fund, settings->target);
    fund->newsvendor = least_known(fund, fund->newsvendor_tail);
    if (covers)
        fund->covers = *covers;
}
