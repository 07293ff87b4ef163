/* outcome.h - what one simulated path came to: the venue's events in, one record of integers out.

       bw_stress_watch_new ──> see ... see ──> begin ──> see ... see ──> end ──> record
                               setting up      (desks    the path                  │
                               (desks are      known)                              │
                               noted)            ↑──────── the next path ──────────┘

   The record is all that is kept of a path: 112 bytes, no padding, the same bytes on every machine. Every figure of a result
   (result.h) is computed from records alone, so records of several processes are put side by side and nothing is lost.

   Shapes    pool 0 only, as the series of docs/metrics.md. A watch has the caller's memory, sized by its limits; begin and end
             cost what the path before touched, not what there is
   Units     minor units of the pool's asset; notional as in docs/metrics.md, never negative
   Rounding  none
   Errors    beyond a limit: the flag `incomplete`
   Holds     gap = fund_use + venue_paid + deleveraged + socialized (R10)
   Order     the same events give the same record, however the work was sliced */
#ifndef BW_STRESS_OUTCOME_H
#define BW_STRESS_OUTCOME_H

#include "base/assert.h"
#include "breakwater.h"

enum bw_stress_flag {
    BW_STRESS_LIQUIDATION = 1,       /* a trader's position was force-closed */
    BW_STRESS_ADL = 2,               /* an account was deleveraged */
    BW_STRESS_HAIRCUT = 4,           /* an account was charged by a haircut */
    BW_STRESS_CARRYOVER = 8,         /* of a loss something was left open, repaid later or not */
    BW_STRESS_CLIPPED = 16,          /* the price model cut a move of this path: set by the caller */
    BW_STRESS_INCOMPLETE = 32,       /* the path was not played to its end, or did not fit: its figures may be too low */
    BW_STRESS_ORIGIN_SHORT = 64,     /* `origin` is a market's shorts, not its longs */
    BW_STRESS_COMMON_JUMP = 128,     /* the price model had a common jump, one of a market alone: set by the caller */
    BW_STRESS_OWN_JUMP = 256
};

typedef struct bw_stress_outcome {
    int64_t gap;                     /* sum of the gaps of all losses (R9) */
    int64_t fund_use;                /* of it, paid by layers fund and shared fund */
    int64_t venue_paid;              /* by capital and backstop */
    int64_t deleveraged;             /* by those whose positions were closed */
    int64_t socialized;              /* by haircuts, or by nobody yet (carryover) */
    int64_t adl_notional;            /* closed by ADL against winners */
    int64_t liquidated_notional;     /* force-closed, desks' own not counted */
    int64_t carryover;               /* still open at the end */
    int64_t first_adl_ns;            /* since the beginning; -1: no ADL */
    int64_t largest;                 /* largest gap of one bankrupt account */
    uint64_t largest_account;        /* whose; ties: lower id; 0: nobody's */
    uint32_t bankrupt_accounts, adl_accounts, haircut_accounts;   /* each once */
    uint32_t adl_legs;
    uint32_t flags;                  /* bw_stress_flag */
    uint16_t origin;                 /* the market whose side had the largest part of the gap; BW_NONE16: none, or the pool */
    uint16_t reserved;
} bw_stress_outcome;

BW_STATIC_ASSERT(sizeof(bw_stress_outcome) == 112, "an outcome has no padding: it is hashed and written as it is");

/* Whether traders paid for others. */
static inline bool bw_stress_charged(const bw_stress_outcome *outcome)
{
    return outcome->deleveraged > 0 || outcome->socialized > 0;
}

typedef struct bw_stress_watch_limits {
    uint32_t accounts;               /* bankrupt, deleveraged or cut on one path, at most; all of them is always enough */
    uint32_t markets, desks;
} bw_stress_watch_limits;

typedef struct bw_stress_watch bw_stress_watch;

/* Bytes for these limits; memory must be 64-byte aligned. 0: accounts or markets is 0 or too large. */
size_t bw_stress_watch_footprint(const bw_stress_watch_limits *limits);
bw_stress_watch *bw_stress_watch_new(void *memory, const bw_stress_watch_limits *limits);

/* A path starts now: all sums are 0. Desks seen before the first `begin` are known to every path. */
void bw_stress_watch_begin(bw_stress_watch *watch, int64_t time_ns);
/* After every bw_step, `work` too, with the venue's time. Before the first `begin` only desks are noted. */
void bw_stress_watch_see(bw_stress_watch *watch, int64_t time_ns, const bw_event *events, uint32_t count);
/* The path is over. `flags` of the caller (clipped, incomplete) are added. */
bw_stress_outcome bw_stress_watch_end(const bw_stress_watch *watch, const bw_venue *venue, uint32_t flags);

#endif
