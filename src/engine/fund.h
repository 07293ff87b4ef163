/* fund.h - the insurance fund: buckets and a shared part, caps, early triggers, inflows that repay (R14, R17).

       inflow ──> carryover (its share) ──> bucket or shared part ──> claims, while the fund is high
       gap    ──> usable (frozen at the round's start) ──> bucket ──> shared part

   Units     minor units of the pool's settlement asset
   Rounding  shares of inflows are floored, the peak's kept part is rounded up
   Holds     I1; I5 buckets and shared part sum to the fund and none is negative, but for the shared part of a pool that may
             go negative; I6 carried = sum of accumulators */
#ifndef BW_ENGINE_FUND_H
#define BW_ENGINE_FUND_H

#include "engine/emit.h"
#include "engine/state.h"

/* Whether the pool's list has the shared part as a layer of its own; if not, layer `fund` draws on it too. */
bool bw_pool_names_shared(const bw_pool *pool);

static inline int64_t bw_fund_total(const bw_pool *pool) { return pool->shared_fund + pool->buckets; }

/* Whether the pool owes more than it has: loss is carried over, or a fund that may go negative has (R18). */
/* ... or will owe: a bankrupt account waits for offers (R11). */
static inline bool bw_loss_is_open(const bw_pool *pool)
{
    return pool->carried != 0 || bw_fund_total(pool) < 0 || pool->waiting != 0;
}

/* Moves the window's slots up to the venue's time and takes the balance now into the current one. Call before and
   after each change of the fund. Opens a new window when the old one is over. */
void bw_fund_advance(bw_venue *venue, uint32_t pool);

/* As if the fund had held all along what it holds now: window and highest balance begin with it, triggers are off. No command: for
   what-ifs of a laboratory on a copy. */
void bw_fund_rebase(bw_venue *venue, uint32_t pool);

/* Highest balance in the window (R14). */
int64_t bw_fund_peak(const bw_pool *pool);

/* What the fund may pay now: 0 while a trigger is set; above floor, reserved gaps and the peak's kept part; within the
   window's cap. */
int64_t bw_fund_usable(const bw_venue *venue, uint32_t pool);
/* The same if `more` came in. */
int64_t bw_fund_usable_with(const bw_venue *venue, uint32_t pool, int64_t more);

/* Most it pays for one fill of lots of `market` that are worth `notional`, by the caps per event, window and market alone. */
int64_t bw_fund_fill_cap(const bw_venue *venue, uint32_t market, int64_t notional);

/* Whether the pool's money list has a layer that draws on the fund. */
bool bw_pool_pays_from_fund(const bw_pool *pool);

/* What of an inflow is not taken for carryover. */
int64_t bw_fund_inflow(const bw_venue *venue, uint32_t pool, int64_t amount);

/* Most the fund pays for one loss of a round whose lots are worth `notional` (R14); BW_VALUE_MAX: no cap. */
int64_t bw_fund_event_cap(const bw_command_pool *settings, int64_t notional);

/* Sets and clears the two early triggers; emits TRIGGERED when one changes. */
void bw_fund_trigger(bw_writer *writer, uint32_t pool, uint32_t cause);

/* Money comes in: carryover first, the rest to the bucket of `market` or (BW_NONE16) the shared part. */
void bw_fund_credit(bw_writer *writer, uint32_t pool, uint32_t market, int64_t amount, uint32_t cause);

/* The fund pays `amount`, at most what bucket (market) or shared part (BW_NONE16) holds, unless it may go negative. */
void bw_fund_debit(bw_venue *venue, uint32_t pool, uint32_t market, int64_t amount);

/* Claims of the pool's accounts (R17), those that an index has made and nobody was met for yet among them. */
static inline int64_t bw_pool_claims(const bw_pool *pool) { return pool->claims + pool->unbooked; }

/* Loss nobody can pay now, of a market or (BW_NONE16) of the pool. */
void bw_carryover_add(bw_venue *venue, uint32_t pool, uint32_t market, int64_t amount);

/* Takes up to `amount` off the pool's carryover, oldest first; returns how much. */
int64_t bw_carryover_repay(bw_venue *venue, uint32_t pool, int64_t amount);

/* --- fund_desk.c: a desk whose balance is the fund (R12) ---

       gain at settle ──> shared part        loss ──> shared part above reserved gaps ──> the rest is a gap like others' */

/* The account of the pool's fund-desk; BW_NONE32 if it has none. */
uint32_t bw_fund_desk(const bw_venue *venue, uint32_t pool);

/* What the fund can give the account because it is the fund-desk: the shared part above the reserved gaps, not below 0; 0
   for any other account. */
int64_t bw_fund_desk_backing(const bw_venue *venue, uint32_t account);

/* Before a round's fund is frozen: the fund pays what the desk's equity is below 0, as far as its backing goes. Neither cap
   nor trigger binds it: the loss is the fund's own. Called again it finds nothing to pay or nothing to pay with. */
void bw_fund_desk_cover(bw_writer *writer, uint32_t pool);

/* If the account is the fund-desk: its balance goes to the shared part; one below 0 is paid by it, within its backing. The
   account is touched: it is re-armed at the round's end. */
void bw_fund_desk_sweep(bw_writer *writer, uint32_t account);

#endif
