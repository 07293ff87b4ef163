/* shock.h - the waterfall of one shock, for many sets of prices at once: the accelerator of the stress laboratory.

       a venue that stands ──bw_shock_new──> book       prices ──find──> who cannot pay ──rounds──> outcome, charges
                                             (arrays)            64 scenarios at a time   one scenario at a time

   One shock is one `marks` command that moves all markets at once, with all the rounds it causes and nothing after it. What
   happens then is computed here from arrays instead of by bw_step, and is the same to the unit: every account's balance,
   sizes, costs, gap and charges, and the outcome of the path. A test proves it on random books. Never used by run, compare,
   conform.

   Book      With a list that starts with `book`, solvent accounts below maintenance margin send orders out and wait: nothing is
             filled, their lots are reserved. With `adl` alone their slices are closed against winners at once. Bankrupt accounts
             are closed whole in both
   Shapes    one pool, linear markets, up to BW_SHOCK_LANES scenarios at a time inside; memory from the caller, as large as the
             venue's books, of which pages are touched only as far as a scenario needs them
   Units     ticks, lots, minor units of the pool's asset
   Rounding  that of the rules, everywhere: the doubles and floats inside only say who need not be looked at
   Errors    bw_shock_fault says what the settings have that is not modelled; nothing else can fail
   Holds     the venue must live, unchanged, as long as the book does: its brackets and settings are read in place
   Order     an outcome depends on its prices alone, not on the scenarios beside it */
#ifndef BW_STRESS_SHOCK_H
#define BW_STRESS_SHOCK_H

#include "stress/outcome.h"

#define BW_SHOCK_LANES 64u

typedef struct bw_shock bw_shock;

/* NULL: this venue, as it stands, can be played. Otherwise a sentence: what it has that one shock does not model. */
const char *bw_shock_fault(const bw_venue *venue);

/* Bytes for a book of the venue; 64-byte aligned memory, zero, best mapped lazily. */
size_t bw_shock_footprint(const bw_venue *venue);
/* Reads the book. The venue must have no fault. Work: O(positions x log accounts). */
bw_shock *bw_shock_new(void *memory, const bw_venue *venue);

/* When the prices come: the venue's time if this is not called. A window of the fund (R14) may be over by then. */
void bw_shock_stand_at(bw_shock *shock, int64_t time_ns);

/* What one scenario came to. `charges`: sum over accounts of mix(number of the account, what it was charged) where that is not
   0, modulo 2^64, so that two programs can compare all charges by one number. */
typedef struct bw_shock_told {
    bw_stress_outcome outcome;           /* first_adl_ns is 0 where there was ADL: all is one moment */
    uint64_t charges;
    uint32_t rounds, judged;             /* rounds that did something; accounts that were judged exactly */
} bw_shock_told;

/* Called after each scenario, in order; the views below are of it until it returns. */
typedef void bw_shock_see(void *context, const bw_shock *shock, uint64_t scenario, const bw_shock_told *told);

/* Plays `count` scenarios; ticks[scenario x markets + m], each from 1 to the market's price_max (asserted). `see` is called for
   all of them; those in which nobody cannot pay cost almost nothing. */
void bw_shock_play(bw_shock *shock, const int64_t *ticks, uint64_t count, bw_shock_see *see, void *context);

/* The gaps of the same scenarios alone: no layer changes them. Costs two binary searches a market for all single positions
   together (with a list that starts with `book`), and the exact equity of those of the others that may be bankrupt. */
void bw_shock_gaps(bw_shock *shock, const int64_t *ticks, uint64_t count, int64_t *gaps);

/* Whether the fund and the venue's capital pay all gaps before any trader does, as far as they reach, so that traders pay max(0, gap
   - fund - *capital) in every scenario, whatever the fund holds. Not so with caps, floors, early triggers, parts that belong to one
   market, capital that comes after traders. */
bool bw_shock_fund_first(const bw_venue *venue, int64_t *capital);

/* What was done to an account by its number (bw_account_id). */
typedef struct bw_shock_account {
    int64_t balance, equity;             /* after it */
    int64_t gap, charged;                /* what it lacked; what it paid as deleveraged or by haircuts */
    int64_t liquidated, deleveraged;     /* notional closed because it was unhealthy; because others were */
    uint32_t touched, reserved;          /* 1: something of the above is not as before */
} bw_shock_account;
bw_shock_account bw_shock_account_of(const bw_shock *shock, uint32_t account);
/* Size and cost of its position in a market; 0 if it has none. */
int64_t bw_shock_size_of(const bw_shock *shock, uint32_t account, uint32_t market, int64_t *cost);

/* Accounts that this scenario touched, in no particular order: number i of bw_shock_touched. */
uint32_t bw_shock_touched(const bw_shock *shock);
uint32_t bw_shock_touched_at(const bw_shock *shock, uint32_t i);

#endif
