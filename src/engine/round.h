/* round.h - the round: everything a batch causes, in bounded slices (R21).

       EXPIRE ─> COLLECT ─> RECHECK ─> JUDGE ─> PLAN ─> BACKSTOP ─> NET ─> ADL ─> ZERO ─> LAYERS ─> CREDIT ─> REARM
                                        ↑ (a)    (b,c,d)   (e)                      (f)     (g)       (h)      (i) │
                                        └──────────── newly unhealthy accounts: the next round ───────────────────┘
                                                                                 nobody left ─> END (R19) ─> idle

   One call of a phase does about one unit: an account judged, a holder scored, a fill, a payer charged. All progress
   is in the state's scratch, so a call may end after any unit, and where it ends changes nothing. */
#ifndef BW_ENGINE_ROUND_H
#define BW_ENGINE_ROUND_H

#include "engine/account.h"
#include "engine/emit.h"
#include "engine/formula.h"

/* Events one unit can write at most, for these limits. */
uint32_t bw_events_per_unit(const bw_limits *limits);

/* Leaves an account to the round of this command: it is judged exactly. */
void bw_round_visit(bw_venue *venue, uint32_t account);

/* The same for a healthy account whose money has changed, if its debt is now due for conversion (R5a). A visit that a
   trigger brought about does not ask: which triggers are crossed depends on how slack is split. */
void bw_round_visit_debt(bw_venue *venue, uint32_t account);

/* The account's positions or holdings are about to change inside the round: it is re-armed, or judged again, at the
   round's end. Its triggers are disarmed. */
void bw_round_touch(bw_writer *writer, uint32_t account);

/* The same where only its money changes: its triggers stand until then. What its balance owes for an index is booked (R15). */
void bw_round_touch_money(bw_writer *writer, uint32_t account);

/* Balance and locked profit (R18) of an account at the round's start, in a pool with a base that reads them. */
bw_account_start bw_round_start(const bw_venue *venue, uint32_t account);

/* Orders whose time is up end in the round of this command. */
void bw_round_expire_orders(bw_venue *venue);

/* Starts a round if the command left anything to do; false if not. */
bool bw_round_open(bw_venue *venue);

/* Works until the round is finished (true) or the call's units or events are used up (false). */
bool bw_round_run(bw_writer *writer);

/* --- what the phases share --- */

/* The position's figures at the round's start, kept once the round changes it; the record's number. */
uint32_t bw_shadow_take(bw_venue *venue, uint32_t position);

/* u of a position at the round's start, less what its holder was charged on it since. */
int64_t bw_shadow_base(const bw_venue *venue, uint32_t position);

/* One account's side of a liquidation trade, with its event; returns the event's index. */
typedef struct bw_leg {
    uint32_t position, cause;
    uint64_t other;                      /* id of the counterparty */
    int64_t lots, value, score;
    bw_via via;
    bool closing;
} bw_leg;
uint32_t bw_leg_apply(bw_writer *writer, const bw_leg *leg);

/* The closing entry's position; 0 once it is gone. */
static inline uint32_t bw_closing_position(const bw_venue *venue, const bw_closing *closing)
{
    return bw_position_find(venue, closing->account, closing->market);
}

/* The allocation in progress over the payers gathered in the scratch (R16): begin, then run until true. `factor` of
   risk-weighted is the payers' rank array. `rounding` as of a money layer: it is of what the payers keep. */
void bw_round_allocate_begin(bw_venue *venue, bw_rule rule, bw_rounding rounding, int64_t budget);
bool bw_round_allocate_run(bw_writer *writer);

/* Where payers are positions: asks memory for the accounts of those after number n, 16 at a time, since charging or closing them
   will touch all of it. (Payers that are accounts come in the order of memory: asking ahead costs more than it brings.) */
void bw_payers_prefetch(const bw_venue *venue, uint32_t n);

/* Adds a payer of the present gathering. */
void bw_round_payer_add(bw_venue *venue, uint32_t item, int64_t weight, int64_t cap, int64_t rank, uint64_t id);

/* Phases, each in its file; true: the phase is done. */
bool bw_phase_plan(bw_writer *writer);       /* liquidate.c: convert, orders, closing set */
bool bw_phase_backstop(bw_writer *writer);   /* backstop.c */
bool bw_phase_net(bw_writer *writer);        /* adl.c: opposite lots of the closing set */
bool bw_phase_adl(bw_writer *writer);        /* adl.c */
bool bw_phase_zero(bw_writer *writer);       /* loss.c: the bankrupt, attribution */
bool bw_phase_layers(bw_writer *writer);     /* loss.c: who pays */
bool bw_phase_credit(bw_writer *writer);     /* loss.c: surplus, claims repaid */
bool bw_phase_end(bw_writer *writer);        /* ends.c: settle, expire, resolve */

/* Whether something ends now that the rounds are over: what the command asks for, else the settlement of the next pool that
   its marks made due, which is begun here (R19). */
bool bw_ending_next(bw_venue *venue);

/* Whether some desk can take collateral of the account; `worthless`: even of no value. */
bool bw_convertible(const bw_venue *venue, uint32_t account, bool worthless);

/* --- pricing of what is closed --- */

/* Largest notional whose initial margin is at most `margin`, by bracket (IM is monotone in n, R6); -1 if none. */
int64_t bw_notional_for_im(const bw_venue *venue, uint32_t market, int64_t margin);

/* Equity and margin of an account as a case starts with them: margin without min_mm, or notional where that is 0 (R8). */
bw_case bw_case_start(uint32_t account, const bw_assessment *now, uint32_t flags);

/* The zero value of `lots` of a position of the case, from what is left of its frozen equity and margin, which shrink
   by this part: the last part takes the rest. */
int64_t bw_case_zero_value(const bw_venue *venue, bw_case *at, uint32_t position, int64_t lots);

/* --- orders (order.c) --- */
/* Sends an order out for `lots` of the position at zero value `zero` (money of those lots); false if there is no room. */
bool bw_order_open(bw_writer *writer, uint32_t position, int64_t lots, int64_t zero, uint32_t cause);
/* Ends an order: its lots and reserved gap are free again; the account stops WORKING with its last order. */
void bw_order_end(bw_writer *writer, uint32_t order, uint32_t reason, uint32_t cause);
/* Ends an order whose unfilled lots go on to backstop and ADL in this command's round (R11). */
void bw_order_unfilled(bw_writer *writer, uint32_t order, uint32_t reason);
/* Forgets what was paid for an account: it is healthy, or its gap has been booked. Nothing while it has orders. */
void bw_work_close(bw_venue *venue, uint32_t account);
/* Surplus of a fill first repays what the fund paid for the account, the shared part before the bucket (R9); returns how
   much, which the caller takes from the account. */
int64_t bw_surplus_repay(bw_writer *writer, uint32_t account, int64_t surplus);
/* Forgets the lots that ended orders of the account left: they are planned, or the account is healthy. */
void bw_ended_forget(bw_venue *venue, uint32_t account);
/* Ends all orders of the account. */
void bw_orders_end(bw_writer *writer, uint32_t account, uint32_t reason, uint32_t cause);
/* Whether the order's time is up. One without a life ends with the next marks, whenever they come. */
bool bw_order_is_late(const bw_venue *venue, const bw_order *order, int64_t time_ns);

/* --- book sync (sync.c) --- */
static inline bool bw_book_is_sync(const bw_venue *venue, uint32_t pool)
{
    return bw_pool_at(venue, pool)->settings.book_mode == BW_BOOK_SYNC;
}
/* Whether the account, judged at `equity`, waits for offers: it has a live order, and none that ended sends its lots on.
   Forgets lots of ended orders that are to wait on. */
bool bw_sync_waits(bw_venue *venue, uint32_t account, int64_t equity);
/* Whether an account that is not unhealthy by the above waits though it is bankrupt: the pool counts it, it has no
   triggers. */
bool bw_sync_bankrupt(bw_venue *venue, uint32_t account, int64_t equity);
/* Whether it was seen bankrupt while it waits. */
static inline bool bw_sync_seen(const bw_venue *venue, uint32_t account)
{
    uint32_t work = bw_warm_at(venue, account)->work;
    return work && bw_at_work(venue)[work].bankrupt;
}
/* Whether it has lots in a market that is being paid out, so that its loss must be booked first. */
bool bw_sync_must_end(const bw_venue *venue, uint32_t account);

#endif
