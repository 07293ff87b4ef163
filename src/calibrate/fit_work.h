/* fit_work.h - what the files of a fit share: fit_room.c (memory, simulation, parameters), fit.c (misfit and steps), fit_begin.c
   (the data), fit_errors.c (intervals). */
#ifndef BW_CALIBRATE_FIT_WORK_H
#define BW_CALIBRATE_FIT_WORK_H

#include "calibrate/fit.h"

#define BW_FIT_FAR 4.0       /* a free number's logarithm at most */
#define BW_FIT_LOAD_MOST 2.9 /* artanh of a loading at most */

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

static inline double bw_fit_within(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

/* Asks the caller whether to go on. */
bool bw_fit_stopped(bw_fit *fit, const bw_fit_room *room, double done);

/* Standard deviation from sums. */
double bw_fit_sd_of(double sum, double squares, double count);

/* The fit's parameters with the free numbers at `at`. */
bw_model_params bw_fit_params_at(const bw_fit *fit, const bw_fit_room *room, const double *at);

/* Means over histories of the data's length: what is true of long ones only (a kurtosis, say) is not asked of short ones. */
void bw_fit_mean_of(bw_fit_room *room, const bw_series *whole, bw_stats *mean);

/* Figures of a simulation there; returns their misfit. */
double bw_fit_evaluate(bw_fit *fit, bw_fit_room *room, const double *at, bw_stats *stats);
double bw_fit_misfit(const bw_fit *fit, const bw_fit_room *room, const bw_stats *model, const double *at);

/* Solves a x = b of n unknowns, a symmetric and positive; a and b are used up. */
void bw_fit_solve(double a[BW_FREES][BW_FREES], double *b, uint32_t n);
/* J'WJ and the prior's part; held numbers are alone on their diagonal. */
void bw_fit_normal_matrix(const bw_fit *fit, const bw_fit_room *room, double a[BW_FREES][BW_FREES]);
/* J'W of differences of the figures. */
void bw_fit_pull(const bw_fit *fit, const bw_fit_room *room, const double *difference, double *b);
/* Mean over the markets of what a difference says of their scales. */
double bw_fit_scale_part(const double *difference, uint32_t markets);
/* How the figures answer each free number; fit->model is what they are at fit->at. Those of all markets are taken with the scales
   moving along, so that the scales' own figures stay. */
void bw_fit_find_slopes(bw_fit *fit, bw_fit_room *room);

#endif
