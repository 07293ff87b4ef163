/* fit.h - simulated moments: the model's parameters with which simulations look like the data.

       data ──> figures, errors by moving blocks ─┐
       parameters ──> simulation ──> figures ─────┴─> misfit ──> Gauss-Newton step of the free ones; scale, loadings and
             ↑                                                   betas of jumps move by their own differences ──┐
             └──────────────────────────────────────────────────────────────────────────────────────────────────┘
       at the end: histories of the data's length from the fitted model ──> how far the same fit would be off ──> intervals

   Free      eight numbers, each as the logarithm of its ratio to the default (of the odds for jump-down-share): `tail` - 2 and
             jump-spread of all markets by one factor each, vol-of-vol, vol-reversion, jumps, jump-down-share, jump-down, jump-up
   Means     a simulation is cut into histories of the data's length, and figures are means over these: so a short sample's
             kurtosis is compared with that of short samples
   Prior     a normal one of `prior_sd` around the default on each: what the data do not tell stays there, and its interval is the
             prior's
   Held      a free number may be held at its default (few events): its interval is the prior's, and those of the others are as
             wide as not knowing it makes them
   Noise     all simulations of a fit have the same random numbers, so that differences are those of the parameters. They are made
             in pieces of 60 days: volatility and intensity begin anew in each, and nothing reaches over
   Shapes    memory from the caller, bw_fit_footprint bytes at an 8-byte boundary
   Errors    none; parameters are kept within their ranges (model.h)
   Holds     a pure function of (series, grid, effort, seed): the same bytes anywhere
   Source    McFadden 1989, Duffie and Singleton 1993 (simulated moments); Gourieroux, Monfort and Renault 1993 (indirect) */
#ifndef BW_CALIBRATE_FIT_H
#define BW_CALIBRATE_FIT_H

#include "calibrate/stats.h"
#include "world/model.h"

typedef enum {
    BW_FREE_TAIL,
    BW_FREE_VOL_OF_VOL,
    BW_FREE_VOL_REVERSION,
    BW_FREE_JUMPS,
    BW_FREE_DOWN_SHARE,
    BW_FREE_DOWN,
    BW_FREE_UP,
    BW_FREE_SPREAD,
    BW_FREES
} bw_free;

typedef struct bw_free_row {
    const char *word;          /* of the setting */
    double prior_sd;           /* of the logarithm */
    double widen;              /* of the error: the least misfit is not found exactly where simulations jump, and slopes are not
                                  straight; measured by the test of coverage (docs/calibrate.md) */
} bw_free_row;
extern const bw_free_row bw_free_rows[BW_FREES];

typedef struct bw_effort {
    uint64_t seed;
    uint32_t simulated_times;           /* rows of a simulation over the data's, and its bounds */
    uint32_t simulated_min, simulated_max;
    uint32_t steps;                     /* of Gauss-Newton */
    uint32_t resamples, replicates;     /* for the errors of the data's figures; for the intervals */
    bool in_sample_only;                /* bw_calibrate: no second fit of the first two thirds */
    bool (*stop)(void *context, double done);   /* asked now and then with the share done; true: give up. May be NULL */
    void *context;
} bw_effort;

/* 8 times the data, 40,000 to 240,000 rows; 6 steps; 60 resamples, 60 replicates; seed 1. */
bw_effort bw_effort_usual(void);

typedef struct bw_fit {
    bw_model_params params;             /* as fitted; horizon_s and step_count: one day in steps of the data's interval */
    double at[BW_FREES];                /* logarithm of the ratio to the default */
    double error[BW_FREES];             /* its standard error */
    bool held[BW_FREES], hold_beta;
    double ln_scale[BW_MARKETS_MAX], load[BW_MARKETS_MAX];   /* sd of a day's diffusion; artanh of the loading */
    double error_beta[BW_MARKETS_MAX], error_own[BW_MARKETS_MAX], error_jump[BW_MARKETS_MAX], error_factor;   /* of logarithms */
    uint32_t reference;                 /* the market whose beta is 1 */
    bw_stats data, model;
    double block[BW_FIT_MAX];           /* standard error of the data's figures by its blocks */
    double spread[BW_FIT_MAX];          /* the same by histories of the fitted model; 0: not asked yet */
    double replica_mean[BW_FIT_MAX];
    double block_moment[BW_MARKETS_MAX][BW_MOMENTS];
    double slope[BW_FIT_MAX][BW_FREES], scale_slope[BW_FIT_MAX];   /* answers of the figures; those to all scales together */
    double misfit;                      /* sum of squares over errors, with the prior's part */
    uint32_t simulated_rows, evaluations;
    double quiet_share;                 /* strong jumps that a simulation without common jumps shows, over those with: false ones */
    bool stopped;
} bw_fit;

typedef struct bw_fit_room bw_fit_room;
size_t bw_fit_footprint(const bw_grid *grid, uint32_t row_count, const bw_model_params *start, const bw_effort *effort);
bw_fit_room *bw_fit_room_new(void *memory, const bw_grid *grid, uint32_t row_count, const bw_model_params *start,
                             const bw_effort *effort);

/* The data's figures and their errors; the start: defaults of `start` with the data's scale and loadings. `given`: a correlation to
   take the loadings from in place of the data's, or NULL. */
void bw_fit_begin(bw_fit *fit, const bw_grid *grid, const bw_series *series, const bw_model_params *start, const double *given,
                  const bw_effort *effort, bw_fit_room *room);
/* Steps, from where the fit is. */
void bw_fit_run(bw_fit *fit, uint32_t steps, double done_from, double done_to, bw_fit_room *room);
/* Errors of the figures by histories of the model as it is fitted now: blocks of a history without a rare cluster know nothing
   of it. From then on the larger of the two errors counts. */
void bw_fit_spread(bw_fit *fit, double done_from, double done_to, bw_fit_room *room);
/* Share of false ones; events of a parameter that are no false ones. */
void bw_fit_count(bw_fit *fit, bw_fit_room *room);
/* Intervals. */
void bw_fit_errors(bw_fit *fit, double done_from, double done_to, bw_fit_room *room);

/* A free number's value of market m when its logarithm is `at` and the default is that of `start`. */
double bw_fit_value(const bw_model_params *start, bw_free which, uint32_t m, double at);

/* Moves of a model in rows of grid->step_days, pieces of 60 days at most; starts[i]: where one begins. scratch: row_max x
   market_count of bw_fit_piece_rows; model: room of bw_model_footprint. */
uint32_t bw_fit_piece_rows(double step_days);
void bw_fit_simulate(const bw_model_params *params, double step_days, uint64_t seed, uint32_t row_count, void *model,
                     double *scratch, double *move, uint8_t *starts);

/* Room for statistics. */
bw_stats_room *bw_fit_stats_room(bw_fit_room *room);
/* Memory for one model at a time. */
void *bw_fit_model_room(bw_fit_room *room);
/* A simulation of so many rows (at most the larger of data and simulation) of these parameters, in the room. */
bw_series bw_fit_simulation(bw_fit_room *room, const bw_model_params *params, uint64_t seed, uint32_t row_count);

#endif
