/* check.h - statistics of a tail, of a distribution, of clusters, and of exceedances: what a calibration is judged by.

   Shapes    values in any order unless said; scratch has room for as many
   Errors    none; what too few values cannot say has `known` false
   Source    Hill 1975; probability weighted moments: Hosking and Wallis 1987; Kolmogorov-Smirnov: Stephens 1970; Ljung and Box
             1978; Kupiec 1995; Christoffersen 1998 */
#ifndef BW_CALIBRATE_CHECK_H
#define BW_CALIBRATE_CHECK_H

#include "base/types.h"

typedef struct bw_hill {
    double index, low, high;    /* of the tail: P(|r| > x) ~ x^-index; +-1.96 index / sqrt(beyond), as if independent */
    uint32_t beyond;
    bool known;                 /* at least 10 beyond, all above 0 */
} bw_hill;

/* Of the largest `share` of |value|. Uses up scratch. */
bw_hill bw_hill_of(const double *value, uint32_t count, double share, double *scratch);

/* Shape xi of a generalised Pareto law of the excesses over that quantile of |value|: above 0 heavy, 1 / xi the index. */
double bw_gpd_shape(const double *value, uint32_t count, double share, double *scratch, bool *known);

/* Both sorted in place. Whether two samples may be of one law: the Kolmogorov-Smirnov distance and its p, as if independent. */
double bw_kolmogorov_p(double *a, uint32_t a_count, double *b, uint32_t b_count, double *distance);

/* Values in order of time, ages as in stats.h: pairs within pieces. P that so much correlation is chance. */
double bw_ljung_box_p(const double *value, const uint32_t *age, uint32_t count, uint32_t lags, double *q);

/* hit[i]: row i was beyond what should be exceeded with chance p. */
typedef struct bw_exceedances {
    uint32_t rows, hits;
    double p_count;             /* Kupiec: chance of a number as far off as this one */
    double p_apart;             /* Christoffersen: that hits follow hits no more often than others; 1 without a hit */
} bw_exceedances;
bw_exceedances bw_exceedances_of(const uint8_t *hit, uint32_t rows, double p);

/* Share of the rows in which both are below their edges, over the `share` that each is below: 0 apart, 1 always together. */
double bw_tail_dependence(const double *a, const double *b, double edge_a, double edge_b, uint32_t count, double share);

void bw_sort(double *value, uint32_t count);

#endif
