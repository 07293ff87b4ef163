/* fill.h - what executing lots of a liquidation order against a taker means: value, surplus, penalty, gap (R8, R9, R11).

       lots @ price ──> cash - penalty ──> better than zero value: surplus ──> repays, fee, the account
                                          worse: gap ──> the fund pays it at once: bucket, then shared part

   Both books use it: a fill of an order (order.c), an offer of `liquidate` (sync.c); outside rounds only. */
#ifndef BW_ENGINE_FILL_H
#define BW_ENGINE_FILL_H

#include "engine/penalty.h"

typedef struct bw_fill {
    uint32_t account, market, taker;     /* taker: account number */
    int64_t lots, price;                 /* lots unsigned */
    uint64_t order;                      /* id, for the events; 0: none */
} bw_fill;

typedef struct bw_fill_plan {
    int64_t value;                       /* of the lots as the closed account trades them, cost - balance grows by it */
    int64_t surplus;                     /* better than zero value, or 0 */
    int64_t gap;                         /* worse, or 0. Equity now has earlier surplus in it, so that pays first (R9) */
    int64_t zero;
    bw_penalty penalty;
} bw_fill_plan;

/* What the fill would mean now. */
bw_fill_plan bw_fill_planned(const bw_venue *venue, const bw_fill *fill);

/* What bucket and shared part hold for a gap of the market. */
int64_t bw_fund_at_hand(const bw_venue *venue, uint32_t market);

/* Does it: the legs, penalty, surplus or gap, the taker's records and triggers. The closed account is WORKING, its triggers
   are disarmed, and whoever reserved the gap has released it. Returns the event of the closing leg. */
uint32_t bw_fill_apply(bw_writer *writer, const bw_fill *fill, const bw_fill_plan *plan);

/* If equity covers initial margin with the buffer: says so and ends the account's orders. */
bool bw_account_recovers(bw_writer *writer, uint32_t account, uint32_t cause);

#endif
