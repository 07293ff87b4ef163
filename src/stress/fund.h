/* fund.h - how large the fund must be, from one set of paths: the gaps of result.h.

       sorted gaps ──┬── bw_fund_curve ──> for fund sizes F: p(F) = P(gap > F), e(F) = E max(0, gap - F)
                     ├── bw_fund_smallest ──> the least F with p(F) <= target
                     └── bw_fund_newsvendor ──> the F of least cost r F + kappa e(F)

   Holds only where the fund's size does not change the gap: one set of paths for all sizes. In a run where it does (what the
   fund pays decides when deleveraging starts, and that changes later fills) play one set per size instead.

   Units     minor units; chances and rates in 1e-9
   Rounding  as in series.h; the tail r / kappa down, so that the fund is not too small
   Holds     N (e(F) - e(F + 1)) = hits of p(F): what a unit more saves is the chance that it is needed; both fall with F
   Source    newsvendor: Arrow, Harris & Marschak 1951 */
#ifndef BW_STRESS_FUND_H
#define BW_STRESS_FUND_H

#include "stress/result.h"

enum { BW_FUND_POINTS_MAX = 64 };

typedef struct bw_fund_point {
    int64_t fund;
    bw_stress_chance p_socialized;
    bw_stress_figure expected_socialized;
} bw_fund_point;

typedef struct bw_fund_settings {
    int64_t target;                  /* chance of a loss beyond the fund that is accepted; 0: no smallest fund asked */
    int64_t capital_rate;            /* r: cost of a unit of fund, per year */
    int64_t shortfall_cost;          /* kappa: cost of a unit socialized, 1e-9; 0: no newsvendor asked */
    const int64_t *grid;             /* fund sizes, rising; NULL: bw_fund_grid chooses */
    uint32_t grid_count;
} bw_fund_settings;

/* Covers: the loss of the one or two owners whose default costs most (docs of the margin model); not from paths. */
typedef struct bw_fund_covers {
    bool known;
    int64_t cover1, cover2;
} bw_fund_covers;

typedef struct bw_fund_result {
    const bw_stress_facts *facts;
    bw_fund_settings settings;
    uint64_t paths;
    uint32_t point_count;
    bw_fund_point points[BW_FUND_POINTS_MAX];
    double band;                     /* the true p lies within +- band of all points at once, at 95% */
    bw_stress_figure smallest, newsvendor;
    int64_t newsvendor_tail;         /* r / kappa of one horizon, 1e-9 */
    bw_fund_covers covers;
    bw_hash hash;                    /* of the outcomes */
} bw_fund_result;

/* 0, the quantiles of the gaps at 50, 90, 95, 99, ... as far as the paths go, and the largest: rising, each once. Returns how
   many. */
uint32_t bw_fund_grid(bw_stress_amounts gaps, int64_t grid[BW_FUND_POINTS_MAX]);

bw_fund_point bw_fund_point_at(bw_stress_amounts gaps, int64_t fund);
/* 0 where even without a fund the target holds. Not known: too few paths for the target. */
bw_stress_figure bw_fund_smallest(bw_stress_amounts gaps, int64_t target);

/* The tail at which the fund costs least: rate x horizon / (365 days x kappa), down; at least 1. 0: a year's rate that is 0 or
   so dear that no fund pays (tail of 1 or more gives BW_STRESS_ONE). */
int64_t bw_fund_newsvendor_tail(int64_t capital_rate, int64_t shortfall_cost, int64_t horizon_ns);
bw_stress_figure bw_fund_newsvendor(bw_stress_amounts gaps, int64_t tail);

/* `gaps`: of stress->paths paths, as bw_stress_result_of leaves them. */
void bw_fund_result_of(bw_fund_result *fund, const bw_stress_result *stress, bw_stress_amounts gaps,
                       const bw_fund_settings *settings, const bw_fund_covers *covers);

/* As in metrics.h. */
size_t bw_fund_screen(const bw_fund_result *fund, char *buffer, size_t size);
/* breakwater-fund/1 */
size_t bw_fund_json(const bw_fund_result *fund, int64_t elapsed_ms, char *buffer, size_t size);

#endif
