/* interval.h - how far from the truth an estimate may be.

       hits of n ──────────> Clopper-Pearson below 10 hits (or misses), Wilson from 10
       order statistics ───> ranks whose values enclose a quantile (binomial, holds for every law, lattices too)
       sum of squares ─────> normal interval of a mean
       weighted counts ────> Fay-Feuer

   Shapes    level: 0 < level < 1, two-sided unless said, half of the rest on either side
   Rounding  doubles of law.h
   Errors    an end that does not exist: false, or the figure that the law is bounded by (0 and 1)
   Source    Clopper & Pearson 1934; Wilson 1927; Fay & Feuer 1997; David & Nagaraja, "Order statistics", 7.1 */
#ifndef BW_STRESS_INTERVAL_H
#define BW_STRESS_INTERVAL_H

#include "base/types.h"
#include "money/wide.h"

#define BW_STRESS_LEVEL .95

enum { BW_STRESS_FEW_HITS = 10 };    /* below: Clopper-Pearson */

typedef struct bw_interval {
    double low, high;
} bw_interval;

/* Of P, when `hits` of `n` independent paths hit, n > 0. Without a hit low is 0 and high 1 - (a/2)^(1/n), a = 1 - level:
   3.69/n at 95%. */
bw_interval bw_interval_clopper_pearson(uint64_t hits, uint64_t n, double level);
bw_interval bw_interval_wilson(uint64_t hits, uint64_t n, double level);
bw_interval bw_interval_chance(uint64_t hits, uint64_t n, double level);
/* One-sided: P is at most (at least) this, with confidence `level`. */
double bw_interval_chance_most(uint64_t hits, uint64_t n, double level);
double bw_interval_chance_least(uint64_t hits, uint64_t n, double level);

/* Counted from the largest value, the largest being 1: the truth of the quantile that a share `tail` of the law lies beyond is
   at most the high-th and at least the low-th of n values, high < low. False: n is too small for it. */
typedef struct bw_interval_rank {
    uint64_t high, low;
} bw_interval_rank;
bool bw_interval_ranks(uint64_t n, double tail, double level, bw_interval_rank *ranks);
/* The least n for which bw_interval_ranks is true. */
uint64_t bw_interval_ranks_need(double tail, double level);

/* Exact sums of n values: for the mean and its error. */
typedef struct bw_interval_sums {
    uint64_t n, positive;            /* positive: values above 0 */
    bw_wide sum;
    int64_t centre;                  /* floor(sum / n) */
    bw_wide squares;                 /* of ((value - centre) >> shift) */
    uint32_t shift;                  /* 0 unless the squares of n such values would not fit 127 bits */
} bw_interval_sums;
/* Of max(0, value - above) of n values, n > 0: the `listed` ones, and n - listed that are 0, if there are any (above >= 0 then). */
bw_interval_sums bw_interval_sums_of(const int64_t *values, uint64_t listed, uint64_t n, int64_t above);
/* Half the width of the normal interval of the mean, in the unit of the values; 0 for one value. */
double bw_interval_mean_half(const bw_interval_sums *sums, double level);

/* Of S = sum of w_h k_h, counts k_h in strata of weight w_h: V = sum of w_h^2 k_h, `largest` the largest weight. */
bw_interval bw_interval_weighted(double sum, double squares, double largest, double level);

/* Nearest double of a wide number. */
double bw_interval_real(bw_wide a);

#endif
