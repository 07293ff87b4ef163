/* series.h - N amounts of money, one per path: mean, value at risk and expected shortfall, each with its interval and with
   the number of paths that it rests on.

       amounts ── bw_stress_sort ──> rising ──┬── bw_stress_series_of ──> mean, VaR, ES at four levels
                                              └── bw_stress_quantile, _shortfall: one level of the caller's

   Listed    only amounts above 0 need be listed: of rare losses among a hundred million paths these are few

   Levels    by their tail in 1e-9: 95% is 50,000,000. Exact: no level is a double
   VaR       the smallest amount that at most tail x N paths exceed: the (floor(tail x N) + 1)-th largest. Interval: order
             statistics, for every law of the amounts
   ES        mean of the largest tail x N amounts, the last of them in part where tail x N is not whole. Interval: normal, of
             VaR + (x - VaR)+ / tail
   Rounding  means and ES up, lower ends down, upper ends up: to whole minor units
   Nothing   VaR: as long as N cannot bound it from above (36,887 paths for 99.99%). ES: the same. Intervals of an ES
             with fewer than 100 paths above its VaR, of a mean with fewer than 100 above 0: the normal law fails there, and
             where hardly a path shows a loss a width of nothing would be a lie (docs/stress-estimates.md)
   Shapes    amounts >= 0; N < 2^31
   Holds     low <= value <= high; VaR and ES rise with the level; ES >= VaR */
#ifndef BW_STRESS_SERIES_H
#define BW_STRESS_SERIES_H

#include "stress/interval.h"

enum { BW_STRESS_LEVELS = 4, BW_STRESS_TAIL_LEAST = 100, BW_STRESS_TAIL_AMPLE = 1000 };

#define BW_STRESS_ONE 1000000000     /* all of the law, in the unit of tails */

/* 95, 99, 99.9, 99.99% */
extern const int64_t bw_stress_tails[BW_STRESS_LEVELS];
extern const char *const bw_stress_level_words[BW_STRESS_LEVELS];

typedef struct bw_stress_figure {
    int64_t value, low, high;        /* at 95% */
    uint64_t paths;                  /* that it rests on: beyond the level; of a mean: above 0 */
    bool known, bounded;             /* value; low and high */
} bw_stress_figure;

/* Of a probability: hits of N; weighted, each hit stands for several paths (phase.h) and the estimate is not hits / paths. */
typedef struct bw_stress_chance {
    uint64_t hits, paths;
    bw_interval interval;            /* at 95%; of no path at all: 0 to 1 */
    bool weighted;
    double estimate;                 /* weighted only */
} bw_stress_chance;

static inline double bw_stress_chance_value(const bw_stress_chance *chance)
{
    return chance->weighted ? chance->estimate : chance->paths > 0 ? (double)chance->hits / (double)chance->paths : 0;
}

/* `count` amounts, of which the `listed` ones stand at `rising` and all others are 0. */
typedef struct bw_stress_amounts {
    const int64_t *rising;
    uint64_t listed, count;
} bw_stress_amounts;

static inline bw_stress_amounts bw_stress_amounts_of(const int64_t *rising, uint64_t count)
{
    return (bw_stress_amounts){rising, count, count};
}

typedef struct bw_stress_series {
    uint64_t paths;
    int64_t largest;
    bw_stress_chance positive;       /* P(amount > 0) */
    bw_stress_figure mean, var[BW_STRESS_LEVELS], es[BW_STRESS_LEVELS];
} bw_stress_series;

/* Rising. Equal amounts cannot be told apart, so that the result is one. O(N log N), no memory. */
void bw_stress_sort(int64_t *amounts, uint64_t count);

bw_stress_series bw_stress_series_of(bw_stress_amounts amounts);

/* One tail, 0 < tail < BW_STRESS_ONE. */
bw_stress_figure bw_stress_quantile(bw_stress_amounts amounts, int64_t tail);
bw_stress_figure bw_stress_shortfall(bw_stress_amounts amounts, int64_t tail);
/* Mean of max(0, amount - above), above >= 0; the amounts in any order. */
bw_stress_figure bw_stress_mean_beyond(bw_stress_amounts amounts, int64_t above);
/* The sum of these, exact, and how many there are. */
bw_wide bw_stress_sum_beyond(bw_stress_amounts amounts, int64_t above);
uint64_t bw_stress_count_beyond(bw_stress_amounts amounts, int64_t above);
bw_stress_chance bw_stress_chance_of(uint64_t hits, uint64_t paths);

/* The least tail that so many paths can bound. */
int64_t bw_stress_least_tail(uint64_t paths);
/* Paths needed before a tail is shown. */
uint64_t bw_stress_paths_need(int64_t tail);

#endif
