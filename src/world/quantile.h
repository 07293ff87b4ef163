/* quantile.h - distributions as measured: quantile tables that a normal score reads.

       u in (0,1) ──bw_normal_quantile──> score z ──correlate──> score ──bw_quantile_at──> value

   Shapes    between two points of a table ln value is linear in the normal score; above p95 it is
             linear in -ln(1-u), which is a Pareto tail of the two points' index; outside the table
             the last slope goes on, and values stop at the largest measured
   Rounding  that of real.h: the same on every machine
   Source    the measured quantiles of the 19,337 users deleveraged on 10 October 2025 */
#ifndef BW_WORLD_QUANTILE_H
#define BW_WORLD_QUANTILE_H

#include "base/types.h"

#define BW_QUANTILE_POINTS_MAX 12u

typedef struct {
    uint32_t count;
    double below[BW_QUANTILE_POINTS_MAX]; /* share of users below, rising */
    double value[BW_QUANTILE_POINTS_MAX]; /* rising, positive */
} bw_quantile_table;

/* Quantity closed per user, USD; account value, USD; notional/account value, within (0, 40];
   profit in percent of mark notional. Beyond p99.9 the point is the largest of 19,337. */
extern const bw_quantile_table bw_measured_notional;
extern const bw_quantile_table bw_measured_account_value;
extern const bw_quantile_table bw_measured_leverage;
extern const bw_quantile_table bw_measured_pnl_percent;

/* Value of a table at share u, 0 < u < 1. */
double bw_quantile_at(const bw_quantile_table *table, double u);

/* Correlation of normal scores that gives this Spearman correlation: 2 sin(pi r / 6). */
double bw_normal_correlation(double rank_correlation);

#endif
