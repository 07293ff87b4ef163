/* exposure_detail.c - the paths of one account, so that tails and differences are exact. */
#include <math.h>

#include "metrics/state.h"
#include "stress/exposure_result.h"
#include "stress/law.h"

#define YEAR_NS (365. * 86400e9)

/* ------------------------------------------------------------------------------------- means that may be below zero */

/* Mean and half the width of its normal interval, summed in path order; `other`: how many are not 0. */
typedef struct {
    double mean, half;
    uint64_t other;
} mean;

typedef int64_t amount(const void *context, uint64_t path);

static mean mean_of(amount *of, const void *context, uint64_t count)
{
    bw_wide sum = bw_wide_of(0);
    double squares = 0;
    mean result = {.other = 0};
    for (uint64_t i = 0; i < count; i++)
        sum = bw_wide_add_int64(sum, of(context, i));
    result.mean = bw_interval_real(sum) / (double)count;
    for (uint64_t i = 0; i < count; i++) {
        double off = (double)of(context, i) - result.mean;
        squares += off * off;
        result.other += of(context, i) != 0;
    }
    if (count > 1)
        result.half = bw_law_normal_quantile(1 - (1 - BW_STRESS_LEVEL) / 2) * sqrt(squares / (double)(count - 1) / (double)count);
    return result;
}

static int64_t floor_of(double x)
{
    int64_t whole = x > -9e18 && x < 9e18 ? (int64_t)x : x > 0 ? INT64_MAX / 2 : INT64_MIN / 2;
    return whole - ((double)whole > x);
}

static int64_t ceil_of(double x)
{
    return -floor_of(-x);
}

/* ------------------------------------------------------------------------------------------------------------- drag */

typedef struct {
    const bw_exposure_path *paths;
    uint32_t counterfactual;
} losses;

static int64_t loss_at(const void *context, uint64_t path)
{
    const losses *of = context;
    return of->paths[path].lost[of->counterfactual];
}

static bw_exposure_drag drag_of(const bw_exposure_facts *facts, int64_t equity, const bw_exposure_path *paths, uint32_t counterfactual)
{
    const losses of = {paths, counterfactual};
    if (equity <= 0)
        return (bw_exposure_drag){.known = false};
    mean loss = mean_of(loss_at, &of, facts->paths);
    double year = 1e6 / (double)equity * (YEAR_NS / (double)facts->run->horizon_ns);
    return (bw_exposure_drag){.known = true, .bounded = loss.other >= BW_STRESS_TAIL_LEAST,
                              .value = floor_of(loss.mean * year + .5), .low = floor_of((loss.mean - loss.half) * year),
                              .high = ceil_of((loss.mean + loss.half) * year)};
}

/* ------------------------------------------------------------------------------------------------------------ pairs */

typedef struct {
    const bw_exposure_path *there, *here;
} pair;

static int64_t more_at(const void *context, uint64_t path)
{
    const pair *of = context;
    return bw_exposure_charge(&of->there[path]) - bw_exposure_charge(&of->here[path]);
}

bool bw_exposure_pair(const bw_exposure_path *there, const bw_exposure_path *here, uint64_t count, int64_t *more, int64_t *low,
                      int64_t *high)
{
    const pair of = {there, here};
    mean difference = mean_of(more_at, &of, count);
    *more = floor_of(difference.mean + .5);
    *low = floor_of(difference.mean - difference.half);
    *high = ceil_of(difference.mean + difference.half);
    return difference.other >= BW_STRESS_TAIL_LEAST;
}

/* ----------------------------------------------------------------------------------------------------------- detail */

typedef int64_t part(const bw_exposure_path *path);

static int64_t haircut_of(const bw_exposure_path *path)
{
    return path->haircut;
}

static int64_t adl_of(const bw_exposure_path *path)
{
    return path->adl_cost;
}

static int64_t liquidation_of(const bw_exposure_path *path)
{
    return path->liquidation;
}

static void collect(const bw_exposure_path *paths, uint64_t count, part *of, int64_t *amounts)
{
    for (uint64_t i = 0; i < count; i++)
        amounts[i] = of(&paths[i]);
}

static bw_stress_figure part_mean(const bw_exposure_path *paths, uint64_t count, part *of, int64_t *scratch)
{
    collect(paths, count, of, scratch);
    return bw_stress_mean_beyond(bw_stress_amounts_of(scratch, count), 0);
}

/* How far markets had gone when he was reached: the middle path of those. Sorted without its direction, which comes along. */
static uint32_t middle_move(const bw_exposure_path *paths, uint64_t count, int64_t *scratch)
{
    uint64_t reached = 0;
    for (uint64_t i = 0; i < count; i++)
        if (paths[i].flags != 0 && paths[i].move != BW_EXPOSURE_NO_MOVE)
            scratch[reached++] = paths[i].move;
    bw_stress_sort(scratch, reached);
    return reached > 0 ? (uint32_t)scratch[(reached - 1) / 2] : BW_EXPOSURE_NO_MOVE;
}

static void count_closes(bw_exposure_detail *detail, const bw_exposure_path *paths, uint64_t count)
{
    int64_t left = 0;
    for (uint64_t i = 0; i < count; i++) {
        const bw_exposure_path *path = &paths[i];
        detail->short_of_room += (path->flags & BW_EXPOSURE_SHORT_OF_ROOM) != 0;
        if (!(path->flags & BW_EXPOSURE_ADL))
            continue;
        uint32_t quarter = path->closed_ppm > 0 ? (path->closed_ppm - 1) / 250000 : 0;
        detail->closed_paths[quarter]++;
        detail->closed_whole += path->closed_ppm == 1000000;
        detail->delta_paths += path->delta_left > 0;
        bw_metrics_sum(&left, path->delta_left);
        detail->delta_most = path->delta_left > detail->delta_most ? path->delta_left : detail->delta_most;
    }
    if (detail->delta_paths > 0)
        detail->delta_mean = bw_wide_to_int64(bw_wide_div_ceil(bw_wide_of(left), bw_wide_of((int64_t)detail->delta_paths)));
}

static uint64_t worst_of(const bw_exposure_path *paths, uint64_t count)
{
    uint64_t worst = 0;
    for (uint64_t i = 1; i < count; i++)
        if (bw_exposure_charge(&paths[i]) > bw_exposure_charge(&paths[worst]))
            worst = i;
    return worst;
}

void bw_exposure_detail_of(bw_exposure_detail *detail, const bw_exposure_facts *facts, const bw_exposure_standing *standing,
                           const bw_exposure_path *paths, int64_t *scratch)
{
    uint64_t n = facts->paths;
    detail->haircut = part_mean(paths, n, haircut_of, scratch);
    detail->adl_cost = part_mean(paths, n, adl_of, scratch);
    detail->liquidation = part_mean(paths, n, liquidation_of, scratch);
    detail->move_middle = middle_move(paths, n, scratch);
    collect(paths, n, bw_exposure_charge, scratch);
    bw_stress_sort(scratch, n);
    detail->charge = bw_stress_series_of(bw_stress_amounts_of(scratch, n));
    for (uint32_t i = 0; i < BW_EXPOSURE_COUNTERFACTUALS; i++)
        detail->drag[i] = drag_of(facts, standing->equity, paths, i);
    count_closes(detail, paths, n);
    detail->worst_path = worst_of(paths, n);
}
