/* covers.h - what the default of the worst one, two, or all owners would cost: cover-1, cover-2, cover-all.

       the book that stands x stress set of price moves ──> loss of each owner ──> per scenario: largest, two largest, all
                                                                                   over scenarios: their largest

   Loss      of an account with equity E(s) and positions of notionals n_j(s) at the moved prices: (C(s) - E(s))+, where closing
             costs C = sum 2/3 n_j Y s_j sqrt(n_j / V_j): the mean impact of an order of that size (world/liquidity.h) at normal
             depth. Of an owner: the sum over his accounts; none pays for another
   Readings  endogenous: only accounts whose E(s) is below their maintenance margin default. given default: every account of the
             owner is closed out, whatever its margin
   Form      CPMI-IOSCO public quantitative disclosure 4.4.3 (one participant and affiliates) and 4.4.7 (two): the largest
             aggregate stress loss in excess of initial margin under extreme but plausible conditions. A perpetual account posts
             equity, so equity at the opening stands for initial margin; owners for participants with affiliates
   Shapes    any number of accounts of pool 0, desks and makers left out; memory from the caller
   Units     minor units; moves relative to the opening price, above -1
   Rounding  losses up
   Errors    none
   Source    FIA CCP Tracker, peak stress loss (wording of the items); the text of CPMI-IOSCO d125 itself was not read */
#ifndef BW_STRESS_COVERS_H
#define BW_STRESS_COVERS_H

#include "breakwater.h"
#include "stress/bound.h"

enum { BW_COVER_NAME = 48, BW_COVER_SCENARIOS = 512 };

typedef struct bw_cover_scenario {
    char name[BW_COVER_NAME];
    double move[BW_BOUND_ITEMS];     /* markets, then the collateral */
} bw_cover_scenario;

typedef struct bw_cover_reading {
    int64_t cover1, cover2, all;
    uint64_t first, second;          /* owners of cover1 and of the other of cover2; 0: nobody loses */
    uint32_t owners;                 /* with a loss */
    uint32_t half, most;             /* so many owners make up half, nine tenths of `all` */
} bw_cover_reading;

typedef struct bw_cover_row {
    bw_cover_reading endogenous, given;
} bw_cover_row;

typedef struct bw_cover_params {
    const bw_venue *venue;
    uint16_t market_first, market_count;
    uint32_t collateral;             /* 1: item market_count is the collateral */
    const bw_liquidity_params *liquidity;
} bw_cover_params;

typedef struct bw_covers bw_covers;
size_t bw_covers_footprint(const bw_cover_params *params);
bw_covers *bw_covers_new(void *memory, const bw_cover_params *params);
/* O(accounts x positions). */
bw_cover_row bw_covers_of(bw_covers *covers, const bw_cover_scenario *scenario);

/* The stress set: all markets together and each alone, 10% to 60% down and up in steps of 10%; each of `sector_count` sectors;
   the collateral 10% to 90% down and to nothing. Returns how many, at most BW_COVER_SCENARIOS. */
uint32_t bw_cover_scenarios(const bw_cover_params *params, const char *const *names, const uint32_t *sectors,
                            bw_cover_scenario *scenarios);

#endif
