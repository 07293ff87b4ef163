/* calibrate.h - from a history of prices to the model's parameters, and how well the model then fits.

       prices ──> moves less their usual size at that time of the week ──> fit (fit.h) ──> few events? held at the default, again
                                      │                                                        └─> intervals
                                      ├─> tails, distribution, clusters, correlations: data beside the model (check.h)
                                      └─> the first two thirds alone: fitted again; exceedances counted in the last third

   Times     of the week: hours (or intervals, if longer) by the mean |x| there over all; shrunk towards 1 by as much as chance
             alone would spread them. The model has none, so it is fitted to moves without
   Classes   a market whose name begins with BTC or XBT is btc, with ETH eth; others by the scale of a day (stats.h): below 4.5% large,
             below 8% mid, else small. They decide where the fit starts and what is kept where there are no data
   Events    strong common jumps (stats.h) less the share that a simulation without jumps shows too. Behind jump-down the falls,
             behind jump-up the rises, behind the others both; fewer than BW_CALIBRATE_EVENTS: held at the default
   Shapes    1 to BW_MARKETS_MAX markets, interval 1 s to 1 day, at least BW_CALIBRATE_ROWS moves; memory from the caller
   Holds     same prices and effort: same bytes
   Source    docs/stress.md, docs/calibrate.md */
#ifndef BW_CALIBRATE_CALIBRATE_H
#define BW_CALIBRATE_CALIBRATE_H

#include "calibrate/check.h"
#include "calibrate/factor.h"
#include "calibrate/fit.h"
#include "world/prices.h"

enum { BW_CALIBRATE_ROWS = 500, BW_CALIBRATE_EVENTS = 30, BW_CALIBRATE_TAILS = 3, BW_CALIBRATE_LEVELS = 2, BW_CALIBRATE_LAGS = 24 };
#define BW_CALIBRATE_SLOTS 168u

/* Shares of the tails looked at; exceedances' chances. */
extern const double bw_calibrate_tails[BW_CALIBRATE_TAILS];      /* .05 .025 .01 */
extern const double bw_calibrate_levels[BW_CALIBRATE_LEVELS];    /* .01 .001 */

typedef struct bw_calibrated_market {
    bw_market_class class;
    bw_hill hill[BW_CALIBRATE_TAILS], hill_model[BW_CALIBRATE_TAILS];
    double gpd, gpd_model;                   /* of the 2.5% */
    bool gpd_known, gpd_model_known;
    double pit_p, pit_distance;              /* of standardised moves against the model's */
    double ljung_box_q, ljung_box_p;         /* of |r| */
    double ljung_box_x_q, ljung_box_x_p;     /* of |x|: what the local volatility leaves */
    bw_exceedances fall[BW_CALIBRATE_LEVELS], rise[BW_CALIBRATE_LEVELS];   /* out of sample */
} bw_calibrated_market;

/* A day at the jumps that are outside news: none, what was asked for, all. */
typedef struct bw_calibrated_share {
    double share, jumps_a_day, sd, kurtosis, worst_in_1000;   /* of the reference market */
} bw_calibrated_share;

typedef struct bw_calibrated {
    const bw_prices *prices;
    bw_grid grid;
    bw_fit fit;
    bw_model_params start;                   /* defaults of the classes */
    double slot[BW_CALIBRATE_SLOTS];         /* usual size by time of the week, mean 1 */
    uint32_t slot_count;
    double events, events_down, events_up;   /* without false ones */
    bool few[BW_FREES];                      /* held: prior, not data */
    double exogenous_share;
    bw_calibrated_share day[3];
    bool out_of_sample;                      /* the first two thirds sufficed for a fit */
    uint32_t out_rows;
    double correlation[BW_FACTOR_CELLS], correlation_model[BW_FACTOR_CELLS];
    double tail[BW_FACTOR_CELLS], tail_model[BW_FACTOR_CELLS];             /* dependence of the lowest 2% */
    uint32_t worst_pair[2], worst_tail_pair[2];                            /* largest misfits */
    bool correlation_given;
    bw_calibrated_market market[BW_MARKETS_MAX];
} bw_calibrated;

/* usual_day: scale of a day, as in stats.h. */
bw_market_class bw_calibrate_class(const char *name, double usual_day);

/* NULL: the prices can be calibrated; otherwise why not. */
const char *bw_calibrate_fault(const bw_prices *prices, char *buffer, size_t buffer_size);

size_t bw_calibrate_footprint(const bw_prices *prices, const bw_effort *effort);

/* given: a correlation to be matched by the loadings, or NULL. False: stopped. */
bool bw_calibrate(bw_calibrated *result, const bw_prices *prices, const double *given, double exogenous_share,
                  const bw_effort *effort, void *memory);

/* 95% interval of a setting of market m (BW_MODEL_OF_ALL: any m): where it comes from, or false if it was not calibrated. */
typedef struct bw_calibrated_value {
    double value, low, high;
    double events;               /* behind it; -1: it is no jump's */
    bool prior;                  /* held at the default, the interval is assumed */
} bw_calibrated_value;
bool bw_calibrated_of(const bw_calibrated *result, const bw_model_setting *setting, uint32_t m, bw_calibrated_value *value);

/* As in metrics.h: at most size bytes with the closing zero; returns the whole length. */
size_t bw_calibrate_screen(const bw_calibrated *result, const char *title, char *buffer, size_t size);
size_t bw_calibrate_json(const bw_calibrated *result, const char *title, int64_t elapsed_ms, char *buffer, size_t size);
/* Lines `model ...` for a story, behind its `generate`. */
size_t bw_calibrate_story(const bw_calibrated *result, const char *title, char *buffer, size_t size);

#endif
