#include "calibrate/fit.h"

#include <math.h>
#include <string.h>

#include "base/random_real.h"
#include "calibrate/factor.h"
#include "world/real.h"

#define DAY_S 86400.0
#define PIECE_DAYS 60.0
#define BLOCK_DAYS 14.0
#define STEP .2             /* of a slope */
#define STEP_MOST .8        /* of Gauss-Newton */
#define FAR 4.0             /* of the logarithms */
#define FLOOR .01           /* of an error */
#define WIDEN_MARKET 1.4    /* of the errors of a market's own numbers, as bw_free_row says */
#define ENOUGH .02          /* a step that betters the misfit by less is the last */

const bw_free_row bw_free_rows[BW_FREES] = {
    {"tail", 1, 1.6}, {"vol-of-vol", .7, 1.7}, {"vol-reversion", 1.5, 1.4}, {"jumps", 1.5, 1.4}, {"jump-down-share", .7, 1},
    {"jump-down", .7, 1}, {"jump-up", .7, 1}, {"jump-spread", .7, 1},
};

struct bw_fit_room {
    const bw_grid *grid;
    const bw_series *series;
    bw_model_params start;
    bw_effort effort;
    uint32_t simulated_rows, length, series_rows;   /* simulated: a multiple of length, which is the data's if it can be */
    bw_stats_room stats;
    void *model;
    double *piece, *move;        /* one piece; the last simulation or resample */
    double *replica;             /* figures of the replicates; not a number: not known */
    uint8_t *starts;
    bool loads_given;
    bw_stats scratch, slice;
    bw_fit before;
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

static bool stopped(bw_fit *fit, const bw_fit_room *room, double done)
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
                move[(size_t)(first + i) * count + m] = scratch[(size_t)i * count + m] - (i > 0 ? scratch[(size_t)(i - 1) * count + m] : 0);
        }
    }
}

bw_series bw_fit_simulation(bw_fit_room *room, const bw_model_params *params, uint64_t seed, uint32_t row_count)
{
    bw_fit_simulate(params, room->grid->step_days, seed, row_count, room->model, room->piece, room->move, room->starts);
    return (bw_series){row_count, room->move, room->starts};
}

/* ---- parameters ---- */

static double within(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

double bw_fit_value(const bw_model_params *start, bw_free which, uint32_t m, double at)
{
    const bw_model_setting *setting = bw_model_setting_find(bw_free_rows[which].word);
    double from = bw_model_setting_get(start, setting, m), ratio = bw_real_exp(at), value = from * ratio;
    if (which == BW_FREE_TAIL)
        value = 2 + (from - 2) * ratio;
    if (which == BW_FREE_DOWN_SHARE)
        value = from * ratio / (1 - from + from * ratio);
    return within(value, setting->low, setting->high);
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

/* The parameters of the fit, with the free numbers at `at`. */
static bw_model_params params_at(const bw_fit *fit, const bw_fit_room *room, const double *at)
{
    bw_model_params p = fit->params;
    uint32_t count = p.market_count, ref = fit->reference;
    double load[BW_MARKETS_MAX] = {0}, scale[BW_MARKETS_MAX] = {0};
    for (uint32_t m = 0; m < count; m++) {
        double e = bw_real_exp(2 * fit->load[m]);
        load[m] = within((e - 1) / (e + 1), -BW_FACTOR_MOST, BW_FACTOR_MOST);
        scale[m] = within(bw_real_exp(fit->ln_scale[m]), 1e-6, 4.9);
    }
    p.factor_sd = scale[ref] * (load[ref] > .01 ? load[ref] : .01);
    for (uint32_t m = 0; m < count; m++) {
        p.item[m].beta = within(scale[m] * load[m] / p.factor_sd, -20, 20);
        p.item[m].own_sd = scale[m] * sqrt(1 - load[m] * load[m]);
    }
    for (bw_free f = 0; f < BW_FREES; f++)
        for (uint32_t m = 0; m < count; m++)
            bw_model_setting_put(&p, bw_model_setting_find(bw_free_rows[f].word), m, bw_fit_value(&room->start, f, m, at[f]));
    keep_mean(&p);
    return p;
}

/* ---- misfit ---- */

static double error_of(const bw_fit *fit, const bw_fit_room *room, uint32_t figure)
{
    double times = 1 + (double)fit->data.valid_days / (room->simulated_rows * room->grid->step_days);
    double least = figure == BW_FIT_FOUND || figure == BW_FIT_DOWN || figure == BW_FIT_UP
                       ? 1 / sqrt((figure == BW_FIT_FOUND ? fit->data.found : figure == BW_FIT_DOWN ? fit->data.down : fit->data.up) + 1.0)
                       : FLOOR;
    double error = fit->block[figure] > least ? fit->block[figure] : least;
    return (error > fit->spread[figure] ? error : fit->spread[figure]) * sqrt(times);
}

static bool used(const bw_fit *fit, const bw_stats *model, uint32_t figure)
{
    return fit->data.known[figure] && model->known[figure];
}

static double misfit(const bw_fit *fit, const bw_fit_room *room, const bw_stats *model, const double *at)
{
    double sum = 0;
    for (uint32_t k = 0; k < BW_FITS; k++)
        if (used(fit, model, k)) {
            double z = (fit->data.figure[k] - model->figure[k]) / error_of(fit, room, k);
            sum += z * z;
        }
    for (bw_free f = 0; f < BW_FREES; f++)
        sum += at[f] * at[f] / (bw_free_rows[f].prior_sd * bw_free_rows[f].prior_sd);
    return sum;
}

static void add_slice(const bw_stats *slice, uint32_t count, uint32_t markets, double *seen, bw_stats *mean)
{
    for (uint32_t k = 0; k < count; k++)
        if (slice->known[k]) {
            seen[k]++;
            mean->figure[k] += slice->figure[k];
        }
    for (uint32_t m = 0; m < markets; m++)
        for (uint32_t k = 0; k < BW_MOMENTS; k++)
            mean->moment[m][k] += slice->moment[m][k];
    mean->valid_days += slice->valid_days;
    mean->found += slice->found;
    mean->down += slice->down;
    mean->up += slice->up;
}

/* Means over histories of the data's length: what is true of long ones only (a kurtosis, say) is not asked of short ones. */
static void mean_of(bw_fit_room *room, const bw_series *whole, bw_stats *mean)
{
    uint32_t markets = room->grid->market_count, count = BW_FIT_COUNT(markets), times = whole->row_count / room->length;
    double seen[BW_FIT_MAX] = {0};
    memset(mean, 0, sizeof *mean);
    for (uint32_t s = 0; s < times; s++) {
        size_t first = (size_t)s * room->length;
        bw_series series = {room->length, whole->move + first * markets, whole->starts + first};
        bw_stats_of(room->grid, &series, &room->stats, &room->slice);
        add_slice(&room->slice, count, markets, seen, mean);
    }
    for (uint32_t k = 0; k < count; k++) {
        mean->known[k] = seen[k] > 0;
        mean->figure[k] /= seen[k] > 0 ? seen[k] : 1;
    }
    for (uint32_t m = 0; m < markets; m++)
        for (uint32_t k = 0; k < BW_MOMENTS; k++)
            mean->moment[m][k] /= times;
}

static double evaluate(bw_fit *fit, bw_fit_room *room, const double *at, bw_stats *stats)
{
    bw_model_params p = params_at(fit, room, at);
    bw_series series = bw_fit_simulation(room, &p, room->effort.seed, room->simulated_rows);
    mean_of(room, &series, stats);
    fit->evaluations++;
    return misfit(fit, room, stats, at);
}

/* ---- one step ---- */

/* Solves a x = b of n unknowns, a symmetric and positive; a and b are used up. */
static void solve(double a[BW_FREES][BW_FREES], double *b, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = i + 1; k < n; k++) {
            double ratio = a[k][i] / a[i][i];
            for (uint32_t c = i; c < n; c++)
                a[k][c] -= ratio * a[i][c];
            b[k] -= ratio * b[i];
        }
    for (uint32_t i = n; i-- > 0;) {
        for (uint32_t c = i + 1; c < n; c++)
            b[i] -= a[i][c] * b[c];
        b[i] /= a[i][i];
    }
}

/* J'WJ and the prior's part; held numbers are alone on their diagonal. */
static void normal_matrix(const bw_fit *fit, const bw_fit_room *room, double a[BW_FREES][BW_FREES])
{
    for (bw_free f = 0; f < BW_FREES; f++)
        for (bw_free g = 0; g < BW_FREES; g++) {
            a[f][g] = f == g ? 1 / (bw_free_rows[f].prior_sd * bw_free_rows[f].prior_sd) : 0;
            for (uint32_t k = 0; k < BW_FITS && !fit->held[f] && !fit->held[g]; k++)
                if (used(fit, &fit->model, k)) {
                    double e = error_of(fit, room, k);
                    a[f][g] += fit->slope[k][f] * fit->slope[k][g] / (e * e);
                }
        }
}

/* J'W of differences of the figures. */
static void pull(const bw_fit *fit, const bw_fit_room *room, const double *difference, double *b)
{
    for (bw_free f = 0; f < BW_FREES; f++) {
        b[f] = 0;
        for (uint32_t k = 0; k < BW_FITS && !fit->held[f]; k++)
            if (used(fit, &fit->model, k)) {
                double e = error_of(fit, room, k);
                b[f] += fit->slope[k][f] * difference[k] / (e * e);
            }
    }
}

/* Mean over the markets of what a difference says of their scales. */
static double scale_part(const double *difference, uint32_t markets)
{
    double sum = 0;
    for (uint32_t m = 0; m < markets; m++)
        sum += difference[BW_FIT_SCALE + m] / markets;
    return sum;
}

/* How the figures answer a common change of all scales. */
static void find_scale_slope(bw_fit *fit, bw_fit_room *room)
{
    uint32_t markets = room->grid->market_count;
    for (uint32_t m = 0; m < markets; m++)
        fit->ln_scale[m] += STEP / 2;
    evaluate(fit, room, fit->at, &room->scratch);
    for (uint32_t m = 0; m < markets; m++)
        fit->ln_scale[m] -= STEP / 2;
    for (uint32_t k = 0; k < BW_FIT_COUNT(markets); k++)
        fit->scale_slope[k] = used(fit, &room->scratch, k) && fit->model.known[k]
                                  ? (room->scratch.figure[k] - fit->model.figure[k]) / (STEP / 2) : 0;
    double unit = scale_part(fit->scale_slope, markets);
    for (uint32_t k = 0; k < BW_FIT_COUNT(markets); k++)
        fit->scale_slope[k] /= unit > .1 ? unit : 1;
}

/* How the figures answer each free number; fit->model is what they are at fit->at. Those of all markets are taken with the scales
   moving along, so that the scales' own figures stay. */
static void find_slopes(bw_fit *fit, bw_fit_room *room)
{
    uint32_t markets = room->grid->market_count, count = BW_FIT_COUNT(markets);
    find_scale_slope(fit, room);
    for (bw_free f = 0; f < BW_FREES; f++) {
        double at[BW_FREES], slope[BW_FIT_MAX];
        memcpy(at, fit->at, sizeof at);
        double step = at[f] > 0 ? -STEP : STEP; /* towards the default: away from the ranges' ends */
        at[f] += step;
        if (!fit->held[f])
            evaluate(fit, room, at, &room->scratch);
        for (uint32_t k = 0; k < count; k++)
            slope[k] = !fit->held[f] && used(fit, &room->scratch, k) && fit->model.known[k]
                           ? (room->scratch.figure[k] - fit->model.figure[k]) / step : 0;
        double along = scale_part(slope, markets);
        for (uint32_t k = 0; k < count; k++)
            fit->slope[k][f] = slope[k] - (k < BW_FITS ? along * fit->scale_slope[k] : 0);
    }
}

/* Scale, loadings and betas of jumps by what the simulation shows of them. */
static void move_markets(bw_fit *fit, const bw_fit_room *room)
{
    uint32_t count = room->grid->market_count, ref = fit->reference;
    const double *data = fit->data.figure, *model = fit->model.figure;
    const double *jump = data + BW_FIT_JUMP(count), *jump_model = model + BW_FIT_JUMP(count);
    for (uint32_t m = 0; m < count; m++) {
        fit->ln_scale[m] += within(data[BW_FIT_SCALE + m] - model[BW_FIT_SCALE + m], -1, 1);
        if (!room->loads_given)
            fit->load[m] = within(fit->load[m] + data[BW_FIT_LOAD(count) + m] - model[BW_FIT_LOAD(count) + m], -2.9, 2.9);
        if (fit->hold_beta || !used(fit, &fit->model, BW_FIT_JUMP(count) + m))
            continue;
        double more = jump[m] - jump_model[m] - (jump[ref] - jump_model[ref]);
        double *beta = &fit->params.item[m].jump_beta;
        *beta = within(*beta * bw_real_exp(within(more, -1, 1)), .02, 30);
    }
}

/* The free numbers move by this, and the markets' so that their figures stay where they are. */
static void move_free(bw_fit *fit, const bw_fit_room *room, const double *by)
{
    uint32_t count = room->grid->market_count;
    double moved[BW_FREES];
    for (bw_free f = 0; f < BW_FREES; f++) {
        double to = within(fit->at[f] + within(by[f], -STEP_MOST, STEP_MOST), -FAR, FAR);
        moved[f] = to - fit->at[f];
        fit->at[f] = to;
    }
    for (uint32_t m = 0; m < count; m++)
        for (bw_free f = 0; f < BW_FREES; f++) {
            fit->ln_scale[m] -= fit->slope[BW_FIT_SCALE + m][f] * moved[f];
            if (!room->loads_given)
                fit->load[m] = within(fit->load[m] - fit->slope[BW_FIT_LOAD(count) + m][f] * moved[f], -2.9, 2.9);
        }
}

/* Figures, then markets by their own, and figures again. */
static void settle(bw_fit *fit, bw_fit_room *room)
{
    evaluate(fit, room, fit->at, &fit->model);
    move_markets(fit, room);
    fit->misfit = evaluate(fit, room, fit->at, &fit->model);
}

/* False: nothing along the way is better. */
static bool step_on(bw_fit *fit, bw_fit_room *room)
{
    double a[BW_FREES][BW_FREES], b[BW_FREES], difference[BW_FITS], by[BW_FREES];
    find_slopes(fit, room);
    for (uint32_t k = 0; k < BW_FITS; k++)
        difference[k] = fit->data.figure[k] - fit->model.figure[k];
    normal_matrix(fit, room, a);
    pull(fit, room, difference, b);
    for (bw_free f = 0; f < BW_FREES; f++)
        b[f] -= fit->held[f] ? 0 : fit->at[f] / (bw_free_rows[f].prior_sd * bw_free_rows[f].prior_sd);
    solve(a, b, BW_FREES);
    room->before = *fit;
    for (double part = 1; part > .1; part /= 2) {
        for (bw_free f = 0; f < BW_FREES; f++)
            by[f] = part * b[f];
        move_free(fit, room, by);
        settle(fit, room);
        if (fit->misfit < room->before.misfit)
            return room->before.misfit - fit->misfit > ENOUGH;
        uint32_t evaluations = fit->evaluations;
        *fit = room->before;
        fit->evaluations = evaluations;
    }
    return false;
}

void bw_fit_run(bw_fit *fit, uint32_t steps, double done_from, double done_to, bw_fit_room *room)
{
    settle(fit, room);
    settle(fit, room);
    for (uint32_t s = 0; s < steps; s++)
        if (stopped(fit, room, done_from + (done_to - done_from) * s / steps) || !step_on(fit, room))
            break;
    fit->params = params_at(fit, room, fit->at);
}

/* ---- beginning ---- */

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

static double sd_of(double sum, double squares, double count)
{
    double variance = count > 1 ? (squares - sum * sum / count) / (count - 1) : 0;
    return variance > 0 ? sqrt(variance) : 0;
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
        fit->block[k] = sd_of(sum.figure[k], square.figure[k], known[k]);
    for (uint32_t m = 0; m < room->grid->market_count; m++)
        for (uint32_t k = 0; k < BW_MOMENTS; k++)
            fit->block_moment[m][k] = sd_of(sum.moment[m][k], square.moment[m][k], times);
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

/* ---- afterwards ---- */

void bw_fit_count(bw_fit *fit, bw_fit_room *room)
{
    bw_model_params quiet = params_at(fit, room, fit->at);
    quiet.jumps = 0;
    bw_series series = bw_fit_simulation(room, &quiet, room->effort.seed, room->simulated_rows);
    mean_of(room, &series, &room->scratch);
    double with = fit->model.down + fit->model.up + .5, without = room->scratch.down + room->scratch.up;
    fit->quiet_share = without < with ? without / with : 1;
}

/* The free numbers' answer to differences of the figures. */
static void answer(const bw_fit *fit, const bw_fit_room *room, const double *difference, double *b)
{
    double a[BW_FREES][BW_FREES];
    normal_matrix(fit, room, a);
    pull(fit, room, difference, b);
    solve(a, b, BW_FREES);
}

/* What the prior adds: diagonal of H^-1 P H^-1, H = J'WJ + P. */
static void prior_part(const bw_fit *fit, const bw_fit_room *room, double *variance)
{
    for (bw_free f = 0; f < BW_FREES; f++) {
        double a[BW_FREES][BW_FREES], b[BW_FREES] = {0};
        normal_matrix(fit, room, a);
        b[f] = 1;
        solve(a, b, BW_FREES);
        variance[f] = 0;
        for (bw_free g = 0; g < BW_FREES; g++)
            variance[f] += b[g] * b[g] / (bw_free_rows[g].prior_sd * bw_free_rows[g].prior_sd);
    }
}

typedef struct {
    double squares[BW_FREES], beta[BW_MARKETS_MAX], own[BW_MARKETS_MAX], jump[BW_MARKETS_MAX], factor;
} error_sums;

/* d ln sqrt(1 - tanh^2 z) = -tanh z dz; d ln tanh z = (1 - tanh^2 z) / tanh z dz. */
static void add_replicate(const bw_fit *fit, const bw_fit_room *room, const double *difference, error_sums *sums)
{
    double b[BW_FREES], scale[BW_MARKETS_MAX], load[BW_MARKETS_MAX], jump[BW_MARKETS_MAX];
    uint32_t count = room->grid->market_count, ref = fit->reference;
    double along = scale_part(difference, count), still[BW_FITS];
    for (uint32_t k = 0; k < BW_FITS; k++)
        still[k] = difference[k] - along * fit->scale_slope[k];
    answer(fit, room, still, b);
    for (bw_free f = 0; f < BW_FREES; f++)
        sums->squares[f] += b[f] * b[f];
    for (uint32_t m = 0; m < count; m++) {
        scale[m] = difference[BW_FIT_SCALE + m];
        load[m] = difference[BW_FIT_LOAD(count) + m];
        jump[m] = difference[BW_FIT_JUMP(count) + m];
        for (bw_free f = 0; f < BW_FREES; f++) {
            scale[m] -= fit->slope[BW_FIT_SCALE + m][f] * b[f];
            load[m] -= fit->slope[BW_FIT_LOAD(count) + m][f] * b[f];
            jump[m] -= fit->slope[BW_FIT_JUMP(count) + m][f] * b[f];
        }
    }
    double factor = 0;
    for (uint32_t k = 0; k <= count; k++) { /* the reference first */
        uint32_t m = k == 0 ? ref : k - 1;
        double e = bw_real_exp(2 * fit->load[m]), t = (e - 1) / (e + 1);
        double up = scale[m] + (fabs(t) > .05 ? (1 - t * t) / t * load[m] : load[m] * 20), own = scale[m] - t * load[m];
        factor = k == 0 ? up : factor;
        if (k == 0)
            continue;
        sums->beta[m] += (up - factor) * (up - factor);
        sums->own[m] += own * own;
        sums->jump[m] += (jump[m] - jump[ref]) * (jump[m] - jump[ref]);
    }
    sums->factor += factor * factor;
}

/* Figures of histories of the data's length from the fitted model. How many were made. */
static uint32_t replicate(bw_fit *fit, double done_from, double done_to, uint32_t rows, bw_fit_room *room)
{
    uint32_t count = BW_FIT_COUNT(room->grid->market_count), times = room->effort.replicates, r = 0;
    for (; r < times && !stopped(fit, room, done_from + (done_to - done_from) * r / times); r++) {
        bw_series series = bw_fit_simulation(room, &fit->params, room->effort.seed + 1000 + r, rows);
        bw_stats_of(room->grid, &series, &room->stats, &room->scratch);
        for (uint32_t k = 0; k < count; k++)
            room->replica[(size_t)r * count + k] = room->scratch.known[k] ? room->scratch.figure[k] : (double)NAN;
    }
    return r;
}

static void find_spread(bw_fit *fit, const bw_fit_room *room, uint32_t times)
{
    uint32_t count = BW_FIT_COUNT(room->grid->market_count);
    double length = sqrt((double)room->length / room->series_rows);
    for (uint32_t k = 0; k < count; k++) {
        double sum = 0, square = 0, seen = 0;
        for (uint32_t r = 0; r < times; r++) {
            double x = room->replica[(size_t)r * count + k];
            seen += isnan(x) ? 0 : 1;
            sum += isnan(x) ? 0 : x;
            square += isnan(x) ? 0 : x * x;
        }
        fit->replica_mean[k] = seen > 0 ? sum / seen : 0;
        fit->spread[k] = length * sd_of(sum, square, seen);
    }
}

void bw_fit_spread(bw_fit *fit, double done_from, double done_to, bw_fit_room *room)
{
    find_spread(fit, room, replicate(fit, done_from, done_to, room->length, room));
    fit->misfit = misfit(fit, room, &fit->model, fit->at);
}

/* A replicate's deviations from the mean, larger where the data's own blocks say so; 0 where one is not known. */
static void deviate(const bw_fit *fit, const bw_fit_room *room, const double *replica, double *difference)
{
    double length = sqrt((double)room->length / room->series_rows);
    for (uint32_t k = 0; k < BW_FIT_COUNT(room->grid->market_count); k++) {
        double ratio = fit->spread[k] > 0 && fit->block[k] > fit->spread[k] ? fit->block[k] / fit->spread[k] : 1;
        difference[k] = isnan(replica[k]) ? 0 : length * ratio * (replica[k] - fit->replica_mean[k]);
    }
}

void bw_fit_errors(bw_fit *fit, double done_from, double done_to, bw_fit_room *room)
{
    double prior[BW_FREES], difference[BW_FIT_MAX];
    uint32_t count = BW_FIT_COUNT(room->grid->market_count);
    error_sums sums = {.factor = 0};
    find_slopes(fit, room);
    uint32_t times = replicate(fit, done_from, done_to, room->length, room);
    find_spread(fit, room, times);
    for (uint32_t r = 0; r < times; r++) {
        deviate(fit, room, room->replica + (size_t)r * count, difference);
        add_replicate(fit, room, difference, &sums);
    }
    double share = (1 + (double)room->series_rows / room->simulated_rows) / (times > 1 ? times - 1 : 1);
    prior_part(fit, room, prior);
    for (bw_free f = 0; f < BW_FREES; f++)
        fit->error[f] = fit->held[f] ? bw_free_rows[f].prior_sd : sqrt(bw_free_rows[f].widen * bw_free_rows[f].widen * share * sums.squares[f] + prior[f]);
    for (uint32_t m = 0; m < room->grid->market_count; m++) {
        fit->error_beta[m] = WIDEN_MARKET * sqrt(share * sums.beta[m]);
        fit->error_own[m] = WIDEN_MARKET * sqrt(share * sums.own[m]);
        fit->error_jump[m] = fit->hold_beta ? bw_free_rows[BW_FREE_DOWN].prior_sd : WIDEN_MARKET * sqrt(share * sums.jump[m]);
    }
    fit->error_factor = WIDEN_MARKET * sqrt(share * sums.factor);
}
