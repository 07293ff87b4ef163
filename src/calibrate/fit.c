#include "calibrate/fit_work.h"

#include <math.h>
#include <string.h>

#include "world/real.h"

#define STEP .2             /* of a slope */
#define STEP_MOST .8        /* of Gauss-Newton */
#define FLOOR .01           /* of an error */
#define ENOUGH .02          /* a step that betters the misfit by less is the last */

/* ---- misfit ---- */

double bw_fit_error_of(const bw_fit *fit, const bw_fit_room *room, uint32_t figure)
{
    double times = 1 + (double)fit->data.valid_days / (room->simulated_rows * room->grid->step_days);
    double least = figure == BW_FIT_FOUND  ? 1 / sqrt(fit->data.found + 1.0)
                   : figure == BW_FIT_DOWN ? 1 / sqrt(fit->data.down + 1.0)
                   : figure == BW_FIT_UP   ? 1 / sqrt(fit->data.up + 1.0)
                                           : FLOOR;
    double error = fit->block[figure] > least ? fit->block[figure] : least;
    return (error > fit->spread[figure] ? error : fit->spread[figure]) * sqrt(times);
}

static bool used(const bw_fit *fit, const bw_stats *model, uint32_t figure)
{
    return fit->data.known[figure] && model->known[figure];
}

double bw_fit_misfit(const bw_fit *fit, const bw_fit_room *room, const bw_stats *model, const double *at)
{
    double sum = 0;
    for (uint32_t k = 0; k < BW_FITS; k++)
        if (used(fit, model, k)) {
            double z = (fit->data.figure[k] - model->figure[k]) / bw_fit_error_of(fit, room, k);
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

void bw_fit_mean_of(bw_fit_room *room, const bw_series *whole, bw_stats *mean)
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

double bw_fit_evaluate(bw_fit *fit, bw_fit_room *room, const double *at, bw_stats *stats)
{
    bw_model_params p = bw_fit_params_at(fit, room, at);
    bw_series series = bw_fit_simulation(room, &p, room->effort.seed, room->simulated_rows);
    bw_fit_mean_of(room, &series, stats);
    fit->evaluations++;
    return bw_fit_misfit(fit, room, stats, at);
}

/* ---- one step ---- */

void bw_fit_solve(double a[BW_FREES][BW_FREES], double *b, uint32_t n)
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

void bw_fit_normal_matrix(const bw_fit *fit, const bw_fit_room *room, double a[BW_FREES][BW_FREES])
{
    for (bw_free f = 0; f < BW_FREES; f++)
        for (bw_free g = 0; g < BW_FREES; g++) {
            a[f][g] = f == g ? 1 / (bw_free_rows[f].prior_sd * bw_free_rows[f].prior_sd) : 0;
            for (uint32_t k = 0; k < BW_FITS && !fit->held[f] && !fit->held[g]; k++)
                if (used(fit, &fit->model, k)) {
                    double e = bw_fit_error_of(fit, room, k);
                    a[f][g] += fit->slope[k][f] * fit->slope[k][g] / (e * e);
                }
        }
}

void bw_fit_pull(const bw_fit *fit, const bw_fit_room *room, const double *difference, double *b)
{
    for (bw_free f = 0; f < BW_FREES; f++) {
        b[f] = 0;
        for (uint32_t k = 0; k < BW_FITS && !fit->held[f]; k++)
            if (used(fit, &fit->model, k)) {
                double e = bw_fit_error_of(fit, room, k);
                b[f] += fit->slope[k][f] * difference[k] / (e * e);
            }
    }
}

double bw_fit_scale_part(const double *difference, uint32_t markets)
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
    bw_fit_evaluate(fit, room, fit->at, &room->scratch);
    for (uint32_t m = 0; m < markets; m++)
        fit->ln_scale[m] -= STEP / 2;
    for (uint32_t k = 0; k < BW_FIT_COUNT(markets); k++)
        fit->scale_slope[k] = used(fit, &room->scratch, k) && fit->model.known[k]
                                  ? (room->scratch.figure[k] - fit->model.figure[k]) / (STEP / 2) : 0;
    double unit = bw_fit_scale_part(fit->scale_slope, markets);
    for (uint32_t k = 0; k < BW_FIT_COUNT(markets); k++)
        fit->scale_slope[k] /= unit > .1 ? unit : 1;
}

void bw_fit_find_slopes(bw_fit *fit, bw_fit_room *room)
{
    uint32_t markets = room->grid->market_count, count = BW_FIT_COUNT(markets);
    find_scale_slope(fit, room);
    for (bw_free f = 0; f < BW_FREES; f++) {
        double at[BW_FREES], slope[BW_FIT_MAX];
        memcpy(at, fit->at, sizeof at);
        double step = at[f] > 0 ? -STEP : STEP; /* towards the default: away from the ranges' ends */
        at[f] += step;
        if (!fit->held[f])
            bw_fit_evaluate(fit, room, at, &room->scratch);
        for (uint32_t k = 0; k < count; k++)
            slope[k] = !fit->held[f] && used(fit, &room->scratch, k) && fit->model.known[k]
                           ? (room->scratch.figure[k] - fit->model.figure[k]) / step : 0;
        double along = bw_fit_scale_part(slope, markets);
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
        fit->ln_scale[m] += bw_fit_within(data[BW_FIT_SCALE + m] - model[BW_FIT_SCALE + m], -1, 1);
        if (!room->loads_given)
            fit->load[m] = bw_fit_within(fit->load[m] + data[BW_FIT_LOAD(count) + m] - model[BW_FIT_LOAD(count) + m], -BW_FIT_LOAD_MOST, BW_FIT_LOAD_MOST);
        if (fit->hold_beta || !used(fit, &fit->model, BW_FIT_JUMP(count) + m))
            continue;
        double more = jump[m] - jump_model[m] - (jump[ref] - jump_model[ref]);
        double *beta = &fit->params.item[m].jump_beta;
        *beta = bw_fit_within(*beta * bw_real_exp(bw_fit_within(more, -1, 1)), .02, 30);
    }
}

/* The free numbers move by this, and the markets' so that their figures stay where they are. */
static void move_free(bw_fit *fit, const bw_fit_room *room, const double *by)
{
    uint32_t count = room->grid->market_count;
    double moved[BW_FREES];
    for (bw_free f = 0; f < BW_FREES; f++) {
        double to = bw_fit_within(fit->at[f] + bw_fit_within(by[f], -STEP_MOST, STEP_MOST), -BW_FIT_FAR, BW_FIT_FAR);
        moved[f] = to - fit->at[f];
        fit->at[f] = to;
    }
    for (uint32_t m = 0; m < count; m++)
        for (bw_free f = 0; f < BW_FREES; f++) {
            fit->ln_scale[m] -= fit->slope[BW_FIT_SCALE + m][f] * moved[f];
            if (!room->loads_given)
                fit->load[m] = bw_fit_within(fit->load[m] - fit->slope[BW_FIT_LOAD(count) + m][f] * moved[f], -BW_FIT_LOAD_MOST, BW_FIT_LOAD_MOST);
        }
}

/* Figures, then markets by their own, and figures again. */
static void settle(bw_fit *fit, bw_fit_room *room)
{
    bw_fit_evaluate(fit, room, fit->at, &fit->model);
    move_markets(fit, room);
    fit->misfit = bw_fit_evaluate(fit, room, fit->at, &fit->model);
}

/* False: nothing along the way is better. */
static bool step_on(bw_fit *fit, bw_fit_room *room)
{
    double a[BW_FREES][BW_FREES], b[BW_FREES], difference[BW_FITS], by[BW_FREES];
    bw_fit_find_slopes(fit, room);
    for (uint32_t k = 0; k < BW_FITS; k++)
        difference[k] = fit->data.figure[k] - fit->model.figure[k];
    bw_fit_normal_matrix(fit, room, a);
    bw_fit_pull(fit, room, difference, b);
    for (bw_free f = 0; f < BW_FREES; f++)
        b[f] -= fit->held[f] ? 0 : fit->at[f] / (bw_free_rows[f].prior_sd * bw_free_rows[f].prior_sd);
    bw_fit_solve(a, b, BW_FREES);
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
        if (bw_fit_stopped(fit, room, done_from + (done_to - done_from) * s / steps) || !step_on(fit, room))
            break;
    fit->params = bw_fit_params_at(fit, room, fit->at);
}
