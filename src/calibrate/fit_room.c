/* fit_room.c - the memory of a fit, its simulations, and its parameters. */
#include "calibrate/fit_work.h"

#include <math.h>
#include <string.h>

#include "calibrate/factor.h"
#include "world/real.h"

#define DAY_S 86400.0
#define PIECE_DAYS 60.0

const bw_free_row bw_free_rows[BW_FREES] = {
    {"tail", 1, 1.6}, {"vol-of-vol", .7, 1.7}, {"vol-reversion", 1.5, 1.4}, {"jumps", 1.5, 1.4}, {"jump-down-share", .7, 1},
    {"jump-down", .7, 1}, {"jump-up", .7, 1}, {"jump-spread", .7, 1},
};

bw_effort bw_effort_usual(void)
{
    return (bw_effort){.seed = 1, .simulated_times = 8, .simulated_min = 40000, .simulated_max = 240000, .steps = 6,
                       .resamples = 60, .replicates = 60};
}

/* ---- room ---- */

/* The next piece of a memory that may not be there yet: then only the lengths count. */
static void *carve(uintptr_t *at, size_t bytes)
{
    void *here = (void *)*at;
    *at += (bytes + 7) / 8 * 8;
    return here;
}

/* Histories as long as the data's, or the longest that is simulated: how long, how many. */
static uint32_t length_of(uint32_t rows, const bw_effort *effort)
{
    return rows < effort->simulated_max ? rows : effort->simulated_max;
}

static uint32_t times_of(uint32_t rows, const bw_effort *effort)
{
    uint32_t length = length_of(rows, effort), most = effort->simulated_max / length;
    uint32_t times = (effort->simulated_min + length - 1) / length;
    times = times > effort->simulated_times ? times : effort->simulated_times;
    times = times < most ? times : most;
    return times > 0 ? times : 1;
}

uint32_t bw_fit_piece_rows(double step_days)
{
    double rows = PIECE_DAYS / step_days;
    return rows < BW_MODEL_STEPS_MAX ? (uint32_t)(rows > 1 ? rows : 1) : BW_MODEL_STEPS_MAX;
}

static uintptr_t lay_out(uintptr_t at, bw_fit_room *room, const bw_grid *grid, uint32_t row_count, const bw_model_params *start,
                     const bw_effort *effort)
{
    uint32_t length = length_of(row_count, effort), simulated = length * times_of(row_count, effort);
    uint32_t rows = simulated > row_count ? simulated : row_count;
    size_t cells = (size_t)rows * grid->market_count;
    room->simulated_rows = simulated;
    room->length = length;
    room->series_rows = row_count;
    room->stats.row_max = rows;
    room->stats.column = carve(&at, cells * sizeof(double));
    room->stats.x = carve(&at, cells * sizeof(double));
    room->stats.scratch = carve(&at, rows * sizeof(double));
    room->stats.age = carve(&at, rows * sizeof(uint32_t));
    room->model = carve(&at, bw_model_footprint(start));
    room->piece = carve(&at, (size_t)bw_fit_piece_rows(grid->step_days) * grid->market_count * sizeof(double));
    room->move = carve(&at, cells * sizeof(double));
    room->replica = carve(&at, (size_t)effort->replicates * BW_FIT_COUNT(grid->market_count) * sizeof(double));
    room->starts = carve(&at, rows);
    return at;
}

size_t bw_fit_footprint(const bw_grid *grid, uint32_t row_count, const bw_model_params *start, const bw_effort *effort)
{
    bw_fit_room room;
    memset(&room, 0, sizeof room);
    return (size_t)lay_out(0, &room, grid, row_count, start, effort) + sizeof room + 8;
}

bw_fit_room *bw_fit_room_new(void *memory, const bw_grid *grid, uint32_t row_count, const bw_model_params *start,
                             const bw_effort *effort)
{
    bw_fit_room *room = memory;
    memset(room, 0, sizeof *room);
    lay_out((uintptr_t)memory + (sizeof *room + 7) / 8 * 8, room, grid, row_count, start, effort);
    room->grid = grid;
    room->start = *start;
    room->effort = *effort;
    return room;
}

bw_stats_room *bw_fit_stats_room(bw_fit_room *room)
{
    return &room->stats;
}

void *bw_fit_model_room(bw_fit_room *room)
{
    return room->model;
}

bool bw_fit_stopped(bw_fit *fit, const bw_fit_room *room, double done)
{
    fit->stopped |= room->effort.stop != NULL && room->effort.stop(room->effort.context, done);
    return fit->stopped;
}

/* ---- simulation ---- */

void bw_fit_simulate(const bw_model_params *params, double step_days, uint64_t seed, uint32_t row_count, void *memory,
                     double *scratch, double *move, uint8_t *starts)
{
    bw_model_params long_run = *params;
    bw_model_told told;
    uint32_t piece = bw_fit_piece_rows(step_days), count = params->market_count;
    piece = piece < row_count ? piece : row_count;
    long_run.step_count = piece;
    long_run.horizon_s = piece * step_days * DAY_S;
    for (uint32_t m = 0; m < count; m++) {   /* of a horizon of weeks, not of the day that the caps are for */
        long_run.item[m].horizon_low = -20;
        long_run.item[m].horizon_high = 5;
    }
    const bw_model *model = bw_model_new(memory, &long_run);
    for (uint32_t first = 0, path = 0; first < row_count; first += piece, path++) {
        bw_model_path(model, seed, path, scratch, &told);
        for (uint32_t i = 0; i < piece && first + i < row_count; i++) {
            starts[first + i] = i == 0;
            for (uint32_t m = 0; m < count; m++)
                move[(size_t)(first + i) * count + m] =
                    scratch[(size_t)i * count + m] - (i > 0 ? scratch[(size_t)(i - 1) * count + m] : 0);
        }
    }
}

bw_series bw_fit_simulation(bw_fit_room *room, const bw_model_params *params, uint64_t seed, uint32_t row_count)
{
    bw_fit_simulate(params, room->grid->step_days, seed, row_count, room->model, room->piece, room->move, room->starts);
    return (bw_series){row_count, room->move, room->starts};
}

/* ---- parameters ---- */

double bw_fit_value(const bw_model_params *start, bw_free which, uint32_t m, double at)
{
    const bw_model_setting *setting = bw_model_setting_find(bw_free_rows[which].word);
    double from = bw_model_setting_get(start, setting, m), ratio = bw_real_exp(at), value = from * ratio;
    if (which == BW_FREE_TAIL)
        value = 2 + (from - 2) * ratio;
    if (which == BW_FREE_DOWN_SHARE)
        value = from * ratio / (1 - from + from * ratio);
    return bw_fit_within(value, setting->low, setting->high);
}

/* A jump upwards must keep a mean price (model.h). */
static void keep_mean(bw_model_params *p)
{
    for (uint32_t m = 0; m < p->market_count; m++) {
        double beta = fabs(p->item[m].jump_beta), *mean = p->item[m].jump_beta > 0 ? &p->jump_up : &p->jump_down;
        if (beta * *mean > .95)
            *mean = .95 / beta;
    }
}

bw_model_params bw_fit_params_at(const bw_fit *fit, const bw_fit_room *room, const double *at)
{
    bw_model_params p = fit->params;
    uint32_t count = p.market_count, ref = fit->reference;
    double load[BW_MARKETS_MAX] = {0}, scale[BW_MARKETS_MAX] = {0};
    for (uint32_t m = 0; m < count; m++) {
        double e = bw_real_exp(2 * fit->load[m]);
        load[m] = bw_fit_within((e - 1) / (e + 1), -BW_FACTOR_MOST, BW_FACTOR_MOST);
        scale[m] = bw_fit_within(bw_real_exp(fit->ln_scale[m]), 1e-6, 4.9);
    }
    p.factor_sd = scale[ref] * (load[ref] > .01 ? load[ref] : .01);
    for (uint32_t m = 0; m < count; m++) {
        p.item[m].beta = bw_fit_within(scale[m] * load[m] / p.factor_sd, -20, 20);
        p.item[m].own_sd = scale[m] * sqrt(1 - load[m] * load[m]);
    }
    for (bw_free f = 0; f < BW_FREES; f++)
        for (uint32_t m = 0; m < count; m++)
            bw_model_setting_put(&p, bw_model_setting_find(bw_free_rows[f].word), m, bw_fit_value(&room->start, f, m, at[f]));
    keep_mean(&p);
    return p;
}
