/* fit_errors.c - how sure a fit is: false jumps, errors of the figures, intervals of the parameters. */
#include "calibrate/fit_work.h"

#include <math.h>
#include <string.h>

#include "world/real.h"

#define WIDEN_MARKET 1.4    /* of the errors of a market's own numbers, as bw_free_row says */

double bw_fit_sd_of(double sum, double squares, double count)
{
    double variance = count > 1 ? (squares - sum * sum / count) / (count - 1) : 0;
    return variance > 0 ? sqrt(variance) : 0;
}

void bw_fit_count(bw_fit *fit, bw_fit_room *room)
{
    bw_model_params quiet = bw_fit_params_at(fit, room, fit->at);
    quiet.jumps = 0;
    bw_series series = bw_fit_simulation(room, &quiet, room->effort.seed, room->simulated_rows);
    bw_fit_mean_of(room, &series, &room->scratch);
    double with = fit->model.down + fit->model.up + .5, without = room->scratch.down + room->scratch.up;
    fit->quiet_share = without < with ? without / with : 1;
}

/* The free numbers' answer to differences of the figures. */
static void answer(const bw_fit *fit, const bw_fit_room *room, const double *difference, double *b)
{
    double a[BW_FREES][BW_FREES];
    bw_fit_normal_matrix(fit, room, a);
    bw_fit_pull(fit, room, difference, b);
    bw_fit_solve(a, b, BW_FREES);
}

/* What the prior adds: diagonal of H^-1 P H^-1, H = J'WJ + P. */
static void prior_part(const bw_fit *fit, const bw_fit_room *room, double *variance)
{
    for (bw_free f = 0; f < BW_FREES; f++) {
        double a[BW_FREES][BW_FREES], b[BW_FREES] = {0};
        bw_fit_normal_matrix(fit, room, a);
        b[f] = 1;
        bw_fit_solve(a, b, BW_FREES);
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
    double along = bw_fit_scale_part(difference, count), still[BW_FITS];
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
    for (; r < times && !bw_fit_stopped(fit, room, done_from + (done_to - done_from) * r / times); r++) {
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
        fit->spread[k] = length * bw_fit_sd_of(sum, square, seen);
    }
}

void bw_fit_spread(bw_fit *fit, double done_from, double done_to, bw_fit_room *room)
{
    find_spread(fit, room, replicate(fit, done_from, done_to, room->length, room));
    fit->misfit = bw_fit_misfit(fit, room, &fit->model, fit->at);
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

/* Slopes of all free numbers, those that are held too. */
static void find_all_slopes(bw_fit *fit, bw_fit_room *room)
{
    bool held[BW_FREES];
    memcpy(held, fit->held, sizeof held);
    memset(fit->held, 0, sizeof fit->held);
    bw_fit_find_slopes(fit, room);
    memcpy(fit->held, held, sizeof held);
}

/* A number that is held may be elsewhere: what the others would answer to it, one sd of its prior away. */
static void add_held(const bw_fit *fit, const bw_fit_room *room, double share, error_sums *sums)
{
    uint32_t markets = room->grid->market_count, count = BW_FIT_COUNT(markets);
    for (bw_free h = 0; h < BW_FREES; h++) {
        double difference[BW_FIT_MAX], away = bw_free_rows[h].prior_sd / sqrt(share), along = 0;
        if (!fit->held[h])
            continue;
        for (uint32_t m = 0; m < markets; m++)
            along += fit->slope[BW_FIT_SCALE + m][h] / markets;
        for (uint32_t k = 0; k < count; k++)
            difference[k] = away * (fit->slope[k][h] + (k < BW_FITS ? along * fit->scale_slope[k] : 0));
        add_replicate(fit, room, difference, sums);
    }
}

void bw_fit_errors(bw_fit *fit, double done_from, double done_to, bw_fit_room *room)
{
    double prior[BW_FREES], difference[BW_FIT_MAX];
    uint32_t count = BW_FIT_COUNT(room->grid->market_count);
    error_sums sums = {.factor = 0};
    find_all_slopes(fit, room);
    uint32_t times = replicate(fit, done_from, done_to, room->length, room);
    find_spread(fit, room, times);
    for (uint32_t r = 0; r < times; r++) {
        deviate(fit, room, room->replica + (size_t)r * count, difference);
        add_replicate(fit, room, difference, &sums);
    }
    double share = (1 + (double)room->series_rows / room->simulated_rows) / (times > 1 ? times - 1 : 1);
    add_held(fit, room, share, &sums);
    prior_part(fit, room, prior);
    for (bw_free f = 0; f < BW_FREES; f++) {
        double widen = bw_free_rows[f].widen * bw_free_rows[f].widen;
        fit->error[f] = fit->held[f] ? bw_free_rows[f].prior_sd : sqrt(widen * share * sums.squares[f] + prior[f]);
    }
    for (uint32_t m = 0; m < room->grid->market_count; m++) {
        fit->error_beta[m] = WIDEN_MARKET * sqrt(share * sums.beta[m]);
        fit->error_own[m] = WIDEN_MARKET * sqrt(share * sums.own[m]);
        fit->error_jump[m] = fit->hold_beta ? bw_free_rows[BW_FREE_DOWN].prior_sd : WIDEN_MARKET * sqrt(share * sums.jump[m]);
    }
    fit->error_factor = WIDEN_MARKET * sqrt(share * sums.factor);
}
