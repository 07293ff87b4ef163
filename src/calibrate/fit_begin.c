/* fit_begin.c - the data of a fit: their figures, how sure these are, and where the parameters start. */
#include "calibrate/fit_work.h"

#include <math.h>
#include <string.h>

#include "base/random_real.h"
#include "calibrate/factor.h"
#include "world/real.h"

#define DAY_S 86400.0
#define BLOCK_DAYS 14.0

/* Circular blocks of rows, all markets together. */
static bw_series resample(const bw_series *series, bw_fit_room *room, uint32_t which)
{
    uint32_t n = series->row_count, count = room->grid->market_count;
    double wanted = BLOCK_DAYS / room->grid->step_days;
    uint32_t block = wanted < n / 8 ? (uint32_t)wanted : n / 8;
    block = block > 0 ? block : 1;
    for (uint32_t i = 0; i < n; i++) {
        double u = bw_random_real(room->effort.seed ^ 0x626c6f636b73u, which, i / block);
        uint64_t from = ((uint64_t)(u * n) + i % block) % n;
        memcpy(room->move + (size_t)i * count, series->move + from * count, sizeof(double) * count);
        room->starts[i] = i == 0;
    }
    return (bw_series){n, room->move, room->starts};
}

static void block_errors(bw_fit *fit, const bw_series *series, bw_fit_room *room)
{
    static const bw_stats none;
    bw_stats sum = none, square = none;
    double known[BW_FIT_MAX] = {0};
    uint32_t count = BW_FIT_COUNT(room->grid->market_count), times = room->effort.resamples;
    for (uint32_t r = 0; r < times; r++) {
        bw_series made = resample(series, room, r);
        bw_stats_of(room->grid, &made, &room->stats, &room->scratch);
        for (uint32_t k = 0; k < count; k++) {
            sum.figure[k] += room->scratch.figure[k];
            square.figure[k] += room->scratch.figure[k] * room->scratch.figure[k];
            known[k] += room->scratch.known[k];
        }
        for (uint32_t m = 0; m < room->grid->market_count; m++)
            for (uint32_t k = 0; k < BW_MOMENTS; k++) {
                sum.moment[m][k] += room->scratch.moment[m][k];
                square.moment[m][k] += room->scratch.moment[m][k] * room->scratch.moment[m][k];
            }
    }
    for (uint32_t k = 0; k < count; k++)
        fit->block[k] = bw_fit_sd_of(sum.figure[k], square.figure[k], known[k]);
    for (uint32_t m = 0; m < room->grid->market_count; m++)
        for (uint32_t k = 0; k < BW_MOMENTS; k++)
            fit->block_moment[m][k] = bw_fit_sd_of(sum.moment[m][k], square.moment[m][k], times);
}

static uint32_t reference_of(const double *load, uint32_t count)
{
    uint32_t best = 0;
    for (uint32_t m = 0; m < count; m++) {
        if (load[m] > .3)
            return m;
        best = load[m] > load[best] ? m : best;
    }
    return best;
}

void bw_fit_begin(bw_fit *fit, const bw_grid *grid, const bw_series *series, const bw_model_params *start, const double *given,
                  const bw_effort *effort, bw_fit_room *room)
{
    uint32_t count = grid->market_count;
    double load[BW_MARKETS_MAX];
    memset(fit, 0, sizeof *fit);
    fit->params = *start;
    fit->params.step_count = grid->day;
    fit->params.horizon_s = grid->day * grid->step_days * DAY_S;
    fit->simulated_rows = room->simulated_rows;
    room->grid = grid;
    room->effort = *effort;
    room->loads_given = given != NULL;
    bw_stats_of(grid, series, &room->stats, &fit->data);
    for (uint32_t m = 0; m < count; m++) {
        fit->ln_scale[m] = fit->data.figure[BW_FIT_SCALE + m];
        fit->load[m] = fit->data.figure[BW_FIT_LOAD(count) + m];
    }
    if (given != NULL) {
        bw_factor_loadings(given, count, load);
        for (uint32_t m = 0; m < count; m++)
            fit->load[m] = .5 * bw_real_ln((1 + load[m]) / (1 - load[m]));
    }
    fit->reference = reference_of(fit->load, count);
    block_errors(fit, series, room);
}
