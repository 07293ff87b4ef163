/* index.h - haircuts by index: every lot of a side, or every unit of balance of a pool, is charged at once (R15).

       haircut layer ──raise──> steps of the market's sides, or of the pool
       account touched ──meet──> owed = floor((lots x steps since the last touch + own remainder) / 2^shift)
                                  raises the position's cost, or debits the balance; gives a claim; writes CHARGED

   Until it is met, what is owed already counts in effective cost, equity and balance: everybody reads them through
   bw_position_cost, bw_account_equity, bw_balance. Touching often or never comes to the same, to the unit, since the
   remainder is kept.

   Shapes    a market's side counts lots in 2^-index_shift minor units; a pool counts nominal balances in 2^-60
   Nominal   what a balance counts for: balance x 2^60 / (2^60 - steps) at its last change, floored: one multiplier
             (2^60 - steps) / 2^60 for everybody, whoever paid in when
   Rounding  the step as the layer says (floor-carry, ceil, half-up); what a step leaves is carried to the next, what it
             takes too much goes to dust in whole units; what is owed is floored
   Holds     I13: what was raised = what was met + what is owed + (own remainders + carried) / 2^shift
   Errors    none; a raise stops at a quarter of a lot's largest value, or when 1/1024 of the balances is left, and the layer
             passes on the rest
   Source    Drift v2, MCDEX v2 (size); Mango v4, marginfi (balance) */
#ifndef BW_ENGINE_INDEX_H
#define BW_ENGINE_INDEX_H

#include "engine/emit.h"
#include "engine/state.h"

#define BW_INDEX_BALANCES_SHIFT 60u

/* What a position owes for haircuts since it was last met, in minor units; what an account's balance owes. 0 or more. */
int64_t bw_position_owed(const bw_venue *venue, uint32_t position);
int64_t bw_balance_owed(const bw_venue *venue, uint32_t account);

/* ... and the fraction of a unit beyond that, in 2^-shift: so many steps less are needed until the next unit. */
int64_t bw_position_remainder(const bw_venue *venue, uint32_t position);
int64_t bw_balance_remainder(const bw_venue *venue, uint32_t account);

/* Whether anybody in the market can owe: one test before the above where speed matters. */
static inline bool bw_market_owed(const bw_market *market) { return (market->charges & BW_CHARGES_OWED) != 0; }

/* Settlement balance less what it owes. */
static inline int64_t bw_balance(const bw_venue *venue, uint32_t account)
{
    int64_t balance = bw_warm_at(venue, account)->balance;
    return venue->balances_owe ? balance - bw_balance_owed(venue, account) : balance;
}

/* The part of equity that no price moves: net of state.h, less what the balance owes. */
static inline int64_t bw_net(const bw_venue *venue, uint32_t account)
{
    int64_t net = bw_hot_at(venue, account)->net;
    return venue->balances_owe ? net - bw_balance_owed(venue, account) : net;
}

/* Books what is owed; nothing if nothing is. A position must be met before its size changes, a balance before it does
   (asserted there). */
void bw_position_meet(bw_writer *writer, uint32_t position);
void bw_balance_meet(bw_writer *writer, uint32_t account);

/* A position's size has changed from `before`, and it owes nothing: from here on it pays as a holder of its side; a remainder
   of the side it left is the market's again. */
void bw_position_index_follow(bw_venue *venue, uint32_t position, int64_t before);

/* A balance has changed, and owes nothing: it counts for what it is now; for nothing in a pool that does not charge balances
   so. */
void bw_balance_index_follow(bw_venue *venue, uint32_t account);

/* Digits of a market's charges: the most that keep its largest charge below 2^60; 0 where the venue has no indexes. */
uint32_t bw_index_shift(const bw_venue *venue, uint32_t market);

/* Largest value of one lot: funding offsets stay within half of it, haircuts by index within a quarter, so that R1's envelope
   bounds them. */
int64_t bw_lot_value_max(const bw_venue *venue, uint32_t market);

/* What is charged by index in a pool (BW_INDEXES_*), and that its markets and pools keep slack for it; true if that changed. */
bool bw_indexes_set(bw_venue *venue, uint32_t pool);
void bw_charges_set(bw_venue *venue, uint32_t market);

/* The whole units that no lot of a market, all of which are gone, can be charged any more; what is left of them is 0. */
int64_t bw_index_close(bw_venue *venue, uint32_t market);

/* I13. */
bool bw_indexes_valid(const bw_venue *venue, uint64_t *where);

static inline bw_wide bw_stored_wide(bw_stored a)
{
    return bw_wide_add(bw_wide_scale(bw_wide_power2(64), a.high), bw_wide_of_u64(a.low));
}

static inline bw_stored bw_stored_of(bw_wide a)
{
    bw_wide high = bw_wide_div_floor(a, bw_wide_power2(64));
    return (bw_stored){bw_wide_to_int64(high), bw_wide_shift_low(a, 0)};
}

#endif
