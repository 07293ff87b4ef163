/* phase.h - two-phase sampling: of many paths that may charge somebody only some are played, more of those that look worse.

       phase 1: all N paths, bound U and surrogate u ─> bw_phase_strata: the passed ones in strata by u
       phase 2: n_h of the N_h paths of stratum h are played ─> weighted figures, each played path standing for N_h / n_h

   Strata    by falling u: the first is played whole, each further one is larger than the one before and gets an equal part of the
             half of the runs that are left, and one in proportion to its size of the other half. Which paths of a stratum: those with the least hash of (seed, number), so any run agrees
   Surrogate orders the paths and decides nothing else: a bad one makes intervals wide, never wrong
   Chance    S = sum of w_h k_h; interval of Fay and Feuer (interval.h), and above it, of the strata that were not played whole
             and have no hit, the largest W_h (1 - .025^(1/n_h)): a stratum without a hit is not a stratum without risk, and
             of all ways to have none in all of them, risk in the one of largest weight is the worst
   Levels    the least amount whose weighted count beyond is at most tail x N; interval by the same intervals of the count
   Means     weighted, with the variance within strata (none with fewer than 100 paths above 0)
   Holds     with every stratum played whole: the figures and intervals of plain counting, but for the interval's kind
   Source    double sampling: Neyman 1938; docs/stress-estimates.md */
#ifndef BW_STRESS_PHASE_H
#define BW_STRESS_PHASE_H

#include "stress/interval.h"
#include "stress/series.h"

enum { BW_PHASE_STRATA = 8 };

typedef struct bw_phase_stratum {
    uint64_t paths, played;          /* N_h, n_h */
    double least;                    /* its smallest u */
} bw_phase_stratum;

typedef struct bw_phase_plan {
    uint32_t count;
    bw_phase_stratum strata[BW_PHASE_STRATA];
} bw_phase_plan;

/* One path that passed. */
typedef struct bw_phase_path {
    uint64_t number;
    double u;
    uint32_t stratum;
    bool played;
} bw_phase_path;

/* Sorts the paths by falling u (ties: lower number), fills stratum and played; `runs` paths are played at most, >= 16. */
bw_phase_plan bw_phase_plan_of(bw_phase_path *paths, uint64_t count, uint64_t runs, uint64_t seed);

/* One played path: its amount and stratum. */
typedef struct bw_phase_amount {
    int64_t amount;
    uint32_t stratum, reserved;
} bw_phase_amount;

/* Rising by amount. */
void bw_phase_sort(bw_phase_amount *amounts, bw_phase_amount *room, uint64_t count);

typedef struct bw_phase_chance {
    double value, low, high;         /* of all `paths` */
    uint64_t hits;                   /* played paths that hit */
} bw_phase_chance;

/* Amounts above `above`, of all N paths. */
bw_phase_chance bw_phase_beyond(const bw_phase_plan *plan, const bw_phase_amount *rising, uint64_t count, uint64_t all,
                                int64_t above);
/* The level's VaR and, in *shortfall, its ES (without interval). */
bw_stress_figure bw_phase_quantile(const bw_phase_plan *plan, const bw_phase_amount *rising, uint64_t count, uint64_t all,
                                   int64_t tail, bw_stress_figure *shortfall);
bw_stress_figure bw_phase_mean(const bw_phase_plan *plan, const bw_phase_amount *amounts, uint64_t count, uint64_t all);

#endif
