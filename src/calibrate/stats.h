/* stats.h - what a history of moves is described by: the figures that a fit compares, made alike of data and of simulations.

       moves ──> local volatility (bipower, the `window` rows before) ──> standardised moves x ──┬─> one-factor loadings
         │                                                                                       └─> jumps: more than half of
         └──> moments of each market, and their averages over the markets                            the markets beyond `strong`

   Local     sigma^2 of a row: pi/2 times the mean of |r_j||r_j-1| over the window before it, not a row after it or of another
             piece: a jump has no pair of large moves, so it hides nothing of itself. Rows without a whole window have none
   Jumps     a row is a common jump if more than half of the markets have x beyond the threshold on the same side; `found` with
             the Lee-Mykland threshold of so many rows at 1%, `strong` with 1.75 times it. Its size: the median over the markets of
             |r| / (scale sqrt(D)). Who moved more: ln |r| less its mean over the markets, +-2 at most
   Scale     of a market: the 75% quantile of |r| over a normal law's, for a day. Everything else is free of it, or divided by
             it. (A mean of bipower over all rows is not robust enough: two jumps may come within an hour, and it then has
             the square of them; its logarithm had an error of .23 in two years of hours, this one of .02)
   Pieces    nothing reaches over a row that `starts`: no window, no pair of a lag, no day
   Lags      an hour, a day, a week in rows, at least one
   Shapes    1 to BW_MARKETS_MAX markets; moves [row x market_count + m]
   Errors    none; a figure that does not exist (no jump found) is left at 0 and its `known` is false
   Source    bipower: Barndorff-Nielsen and Shephard 2004; threshold: Lee and Mykland 2008 */
#ifndef BW_CALIBRATE_STATS_H
#define BW_CALIBRATE_STATS_H

#include "world/facts.h"

/* Moments of one market, as shown. */
typedef enum {
    BW_MOMENT_SD,            /* of a row */
    BW_MOMENT_KURTOSIS,      /* of a row */
    BW_MOMENT_KURTOSIS_DAY,
    BW_MOMENT_ACF_HOUR,      /* of |r|, what is beyond its 99% quantile cut there: else a few jumps are all of it */
    BW_MOMENT_ACF_DAY,
    BW_MOMENT_ACF_WEEK,
    BW_MOMENT_LOW,           /* .1% quantile of r */
    BW_MOMENT_HIGH,          /* 99.9% */
    BW_MOMENT_EXCESS,        /* mean of |r| / sd - 4 where above 0 */
    BW_MOMENT_DRAWDOWN,      /* largest fall within a day, mean over years */
    BW_MOMENTS
} bw_moment;

/* What is fitted: averages over the markets of the moments (logarithms, but for the ACF), then figures of all markets. */
typedef enum {
    BW_FIT_COMMON = BW_MOMENTS, /* ln share of rows in which half of the markets are beyond their 99% of |r| */
    BW_FIT_SHAPE_99,            /* ln of 99% over the median of |r| */
    BW_FIT_SHAPE_90,
    BW_FIT_FOUND,               /* ln jumps a day by the lower threshold */
    BW_FIT_DOWN,                /* ln strong ones a day */
    BW_FIT_UP,
    BW_FIT_SIZE_DOWN,           /* mean ln size of the strong ones */
    BW_FIT_SIZE_UP,
    BW_FIT_SPREAD,              /* ln sd of who moved more */
    BW_FITS
} bw_fit_figure;

/* Then, of each market: ln scale, artanh of its loading, mean of who moved more. */
#define BW_FIT_SCALE BW_FITS
#define BW_FIT_LOAD(markets) (BW_FITS + (markets))
#define BW_FIT_JUMP(markets) (BW_FITS + 2 * (markets))
#define BW_FIT_COUNT(markets) (BW_FITS + 3 * (markets))
#define BW_FIT_MAX BW_FIT_COUNT(BW_MARKETS_MAX)

typedef struct bw_grid {
    uint32_t market_count;
    uint32_t window, hour, day, week, year;   /* in rows; year: at most all rows of the data */
    double step_days;
    double threshold, strong;
} bw_grid;

typedef struct bw_series {
    uint32_t row_count;
    const double *move;
    const uint8_t *starts;
} bw_series;

typedef struct bw_stats {
    double figure[BW_FIT_MAX];
    bool known[BW_FIT_MAX];
    double moment[BW_MARKETS_MAX][BW_MOMENTS];
    double valid_days;                        /* of rows with a local volatility */
    uint32_t found, down, up;                 /* common jumps; strong ones */
    uint32_t own[BW_MARKETS_MAX];             /* strong moves of one market in rows that are no common jump */
} bw_stats;

/* Room for series of up to row_max rows; the arrays are the caller's. */
typedef struct bw_stats_room {
    uint32_t row_max;
    double *column;     /* [m x row_count + i]: moves, by market */
    double *x;          /* the same, standardised; 0 where there is no local volatility */
    double *scratch;    /* row_max */
    uint32_t *age;      /* row_max: rows before it in its piece */
} bw_stats_room;

/* Lags and thresholds for data of so many rows. */
bw_grid bw_grid_of(uint32_t market_count, uint32_t row_count, double step_days);

void bw_stats_of(const bw_grid *grid, const bw_series *series, bw_stats_room *room, bw_stats *stats);

/* Only the standardised moves, in room->x, and ages: what bw_stats_of begins with. */
void bw_stats_standardise(const bw_grid *grid, const bw_series *series, bw_stats_room *room);

/* Pearson correlation of the standardised moves after bw_stats_standardise or bw_stats_of, each cut at +-3. */
void bw_stats_correlation(const bw_grid *grid, uint32_t row_count, const bw_stats_room *room, double *correlation);

#endif
