/* fund.h - how large the fund must be.

       a run per size F: outcomes ──> bw_fund_point_runs ──> points ──┬── bw_fund_result_runs ──> p(F), e(F), the least F for a
                     ↑                                                │                          target, the F of least cost
                     └──────────── the size to play next <── bw_fund_next

       one set of paths: gaps ──> bw_fund_result_of ──> the same, from p(F) = P(gap > F), e(F) = E max(0, gap - F)

   p(F) is the chance that traders pay for others at all when the fund holds F, e(F) what they pay on average: deleveraged below
   the mark, by haircut, or as a loss left open. In a cascade what the fund pays decides when deleveraging starts, and that
   changes later fills: one run per size, of the same paths (common random numbers). Only where the fund's size does not change
   the gap one set of paths does for all sizes.

   Units     minor units; chances and rates in 1e-9
   Rounding  as in series.h; the tail r / kappa down, so that the fund is not too small
   Fitted    from runs p(F) and e(F) need not fall with every F; the fitted curve is the nearest that does (least squares)
   Holds     one set: N (e(F) - e(F + 1)) = hits of p(F): what a unit more saves is the chance that it is needed; both fall with F
   Source    newsvendor: Arrow, Harris & Marschak 1951 */
#ifndef BW_STRESS_FUND_H
#define BW_STRESS_FUND_H

#include "stress/paired.h"
#include "stress/result.h"
#include "stress/reverse.h"

enum { BW_FUND_POINTS_MAX = 64 };

typedef struct bw_fund_point {
    int64_t fund;
    bw_stress_chance p_socialized;
    bw_stress_figure expected_socialized;
    double p_fitted, expected_fitted;
    uint64_t played;                 /* paths played for it; the others were proved to charge nobody */
} bw_fund_point;

typedef struct bw_fund_settings {
    int64_t target;                  /* chance of a loss beyond the fund that is accepted; 0: no smallest fund asked */
    int64_t capital_rate;            /* r: cost of a unit of fund, per year */
    int64_t shortfall_cost;          /* kappa: cost of a unit socialized, 1e-9; 0: no newsvendor asked */
    const int64_t *grid;             /* fund sizes, rising; NULL: bw_fund_grid chooses */
    uint32_t grid_count;
} bw_fund_settings;

/* The loss of the one or two owners whose default costs most, and of all (covers.h); not from paths. */
typedef struct bw_fund_covers {
    bool known;
    int64_t cover1, cover2, cover_all;                        /* given default */
    uint32_t half;                   /* so many owners make up half of cover_all */
    char scenario1[48], scenario2[48], scenario_all[48];      /* in which they arise */
} bw_fund_covers;

/* The present fund under another source of paths. */
typedef struct bw_fund_model {
    const char *name;
    bw_stress_chance p_socialized;
    bw_stress_figure expected_socialized;
} bw_fund_model;
enum { BW_FUND_MODELS = 8 };

typedef struct bw_fund_result {
    const bw_stress_facts *facts;
    bw_fund_settings settings;
    uint64_t paths;
    bool runs;                       /* a run per size; false: one set of paths */
    bool falls;                      /* p and e fall with every size as they came, without the fit */
    int64_t present;                 /* what the fund holds in the story; -1: not told */
    char unscreened[256];            /* why no path could be left out; "": bounds were used */
    uint64_t opened;                 /* paths that bounds left open: played once with a fund larger than all, or, one shock, whose gap
                                        was computed */
    uint32_t point_count;
    bw_fund_point points[BW_FUND_POINTS_MAX];
    double band;                     /* the true p lies within +- band of all points at once, at 95% */
    bw_stress_figure smallest, newsvendor;
    int64_t newsvendor_tail;         /* r / kappa of one horizon, 1e-9 */
    bw_fund_covers covers;
    const bw_paired *pairs;          /* the present fund under changed conditions; NULL: not asked */
    uint32_t pair_count, reverse_count, model_count;
    const bw_fund_model *models;     /* NULL: not asked */
    const bw_reverse_row *reverse;   /* smallest moves that exhaust the present fund; NULL: not asked */
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

/* ---------------------------------------------------------------------------------------------------- a run per size */

/* What traders paid for others on a path. */
static inline int64_t bw_fund_borne(const bw_stress_outcome *outcome)
{
    return outcome->deleveraged + outcome->socialized;
}

/* Of the `count` paths played when the fund held `fund`; on the rest of all `paths` nobody was charged. `scratch`: `count`. */
bw_fund_point bw_fund_point_runs(int64_t fund, const bw_stress_outcome *outcomes, uint64_t count, uint64_t paths,
                                 int64_t *scratch);

/* Puts it in its place; a size that is there is replaced. False: no room. */
bool bw_fund_points_add(bw_fund_point *points, uint32_t *count, bw_fund_point point);

/* The size to play next so that the least one with p <= tail becomes known to a twentieth; -1: it is. Within [least, most]. */
int64_t bw_fund_next(const bw_fund_point *points, uint32_t count, int64_t tail, int64_t least, int64_t most);

/* The least size of the points with p <= tail. low: the largest whose interval lies above the tail; high: the least whose
   interval lies at or below it. Not known: no size is large enough. */
bw_stress_figure bw_fund_least(const bw_fund_point *points, uint32_t count, int64_t tail);

/* `hash`: of all outcomes. points: fund->points[0 .. point_count), which the caller has filled. */
void bw_fund_result_runs(bw_fund_result *fund, const bw_stress_facts *facts, uint64_t paths, const bw_fund_settings *settings,
                         const bw_fund_covers *covers, bw_hash hash);

/* As in metrics.h. */
size_t bw_fund_screen(const bw_fund_result *fund, char *buffer, size_t size);
/* The part of it on reverse stress; of screen.c. */
struct bw_prose;
void bw_reverse_put(struct bw_prose *prose, const bw_fund_result *fund);
/* breakwater-fund/1 */
size_t bw_fund_json(const bw_fund_result *fund, int64_t elapsed_ms, char *buffer, size_t size);

#endif
