/* runs.h - a run on the venue: who leaves, and when, as the fund falls.

       fall of the fund ──> hazard, the same for all ──> its integral passes somebody's patience ──> he leaves, once

   Model     fall f = 1 - (fund less what nobody has paid) / the fund at the start, between 0 and 1; the hazard of leaving is
             0 up to `from`, then hazard x (f - from) / (1 - from) an hour. No fund at the start: no run
   Draws     everybody has a patience ~ Exp(1) and leaves when the integral of the hazard passes it. They are drawn in their order: the
             k-th least of n is the one before plus Exp(1) / (n - k), k from 0 (Renyi), and whose it is says a random
             permutation. So it costs only those who leave. A pure function of (seed, path)
   Units     hazard per hour, shares of 1, times ns, money minor units
   Errors    none; bw_runs_params_valid must hold
   Source    that a run feeds on itself: Diamond and Dybvig, J. Political Economy 91(3), 1983. Form and numbers are assumed [A]:
             docs/runs.md */
#ifndef BW_WORLD_RUNS_H
#define BW_WORLD_RUNS_H

#include "base/types.h"

typedef struct bw_runs_params {
    uint64_t enabled;        /* 0: nobody runs, and equity falls by prices and losses alone; 1: it may fall by withdrawals,
                                at most by what bw_account_get calls withdrawable */
    double from;             /* .1 [A] */
    double hazard;           /* an hour, when all of the fund is gone: .5 [A] */
    double withdraw;         /* of what may leave: 1 [A] */
    double close;            /* of each position, before that: .5 [A] */
    double slip;             /* how far from the mark he sells at most: .02 [A] */
} bw_runs_params;

bw_runs_params bw_runs_params_default(void);
/* from in [0, 1); hazard at most 1e6; the others in [0, 1]. */
bool bw_runs_params_valid(const bw_runs_params *params);

typedef struct bw_runs {
    uint64_t seed, path;
    uint32_t count, gone;    /* traders; those who have left */
    int64_t fund_start;
    double integral;         /* of the hazard */
    double patience;         /* of the next one to leave */
} bw_runs;

void bw_runs_begin(bw_runs *runs, uint64_t seed, uint64_t path, uint32_t count, int64_t fund_start);
/* Time passes while the fund stands at `fund` (below 0: a loss is open). */
void bw_runs_pass(bw_runs *runs, const bw_runs_params *params, int64_t fund, int64_t dt_ns);
/* The next trader, 0 .. count - 1, who leaves by now; false: nobody more. */
bool bw_runs_next(bw_runs *runs, uint32_t *trader);

#endif
