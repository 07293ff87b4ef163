/* commands.h - one pair of functions per command: check refuses or not and touches nothing; apply cannot fail.

       bw_step ──> bw_check_NAME ──refusal──> caller
                        │ ok
       ─────────────────┼───────────── from here on nothing can fail
                        └──> bw_apply_NAME ──> events, and work left for the round (round.h)

   Both get the whole command, whose size bw_step has compared with the type. */
#ifndef BW_ENGINE_COMMANDS_H
#define BW_ENGINE_COMMANDS_H

#include "engine/account.h"
#include "engine/emit.h"

/* X(name, TYPE): configure.c, postings.c, trade.c, prices.c, order.c, ends.c, stake.c, sync.c */
#define BW_HANDLERS(X)                                                                                                \
    X(asset, ASSET) X(pool, POOL) X(collateral, COLLATERAL) X(market, MARKET) X(brackets, BRACKETS) X(desk, DESK)     \
    X(status, STATUS) X(account, ACCOUNT) X(flags, FLAGS) X(deposit, DEPOSIT) X(withdraw, WITHDRAW)                   \
    X(transfer, TRANSFER) X(adjust, ADJUST) X(trade, TRADE) X(trades, TRADES) X(reserve, RESERVE) X(marks, MARKS)     \
    X(funding, FUNDING) X(fill, FILL) X(end_order, END_ORDER) X(fund, FUND) X(settle, SETTLE) X(expire, EXPIRE)       \
    X(resolve, RESOLVE) X(convert, CONVERT) X(stake, STAKE) X(unstake, UNSTAKE) X(liquidate, LIQUIDATE) X(touch, TOUCH)

#define X(name, TYPE)                                                                                                 \
    bw_status bw_check_##name(const bw_venue *venue, const bw_command *command);                                      \
    void bw_apply_##name(bw_writer *writer, const bw_command *command);
BW_HANDLERS(X)
#undef X

/* The account an id names, open for commands; UNKNOWN_ACCOUNT or ACCOUNT_CLOSED otherwise. */
bw_status bw_account_named(const bw_venue *venue, uint64_t id, uint32_t *account);

/* Whether money of an asset may leave the account (R18). */
bw_status bw_outgoing_check(const bw_venue *venue, uint32_t account, uint32_t asset, int64_t amount, int64_t time_ns);

/* Money in (amount > 0) or out of an account, deposits counted and triggers moved; the other side is the caller's. What its
   balance owes for an index is booked first (R15). */
void bw_account_post(bw_writer *writer, uint32_t account, uint32_t asset, int64_t amount);

/* Arms the account anew after a change that was no price; if it is not healthy now, leaves it for the round. */
void bw_account_rearm(bw_venue *venue, uint32_t account);

/* The same, but triggers of factors that did not change stand if they leave enough slack (lazy re-arm, R7). */
void bw_account_touch(bw_venue *venue, uint32_t account);

/* R4a for one side of a trade at a value: the same for a trade and for the taker of a fill. */
typedef struct bw_side_trade {
    uint32_t account, market;
    int64_t lots, value, fee;            /* lots signed; value signed as in bw_position_change */
} bw_side_trade;
bw_status bw_side_check(const bw_venue *venue, const bw_side_trade *side);
/* Equity, MM and IM of the account as they would be with `side` applied to its position of `size` lots (0: none). Only
   these three; `before` is what bw_account_assess says now. */
bw_assessment bw_assess_after(const bw_venue *venue, const bw_side_trade *side, const bw_assessment *before, int64_t size);
/* Market status, price, band, lots: what does not depend on the accounts. */
bw_status bw_price_check(const bw_venue *venue, uint32_t market, int64_t lots, int64_t price);

#endif
