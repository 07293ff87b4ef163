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
    return (bw_fund_point){
        .fund = fund,
        .p_socialized = bw_stress_chance_of(bw_stress_count_beyond(gaps, fund), gaps.count),
        .expected_socialized = bw_stress_mean_beyond(gaps, fund)};
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
                             .band = band_of(gaps.count)};
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
