/* adl.h - auto-deleveraging: who is closed first (R13).

   Units     keys: quotients scaled by 2^20; no unit
   Rounding  each quotient floored in 128 bits, saturating at 2^62 */
#ifndef BW_ENGINE_ADL_H
#define BW_ENGINE_ADL_H

#include "engine/account.h"

/* Figures a score reads. */
typedef struct bw_score_input {
    int64_t upnl, cost, value;           /* of the position; cost effective, value at the mark */
    int64_t size;
    int64_t notional, equity;            /* of the account, all positions */
    int64_t balance, account_upnl, mm;   /* ... which only `binance` reads */
    int64_t part, net;                   /* signed notional; of the owner in the underlying: what `hedge-aware` reads */
    uint32_t account;                    /* number: the order of opening */
    uint32_t turn;                       /* when a visit comes to the account: what visit-order reads */
} bw_score_input;

/* The key of R13; higher is closed first. Pure (R24). */
int64_t bw_score_key(bw_score score, const bw_score_input *input);

/* By how much the risk |net| of an owner falls when he loses `part` of it: |net| - |net - part|, saturating at 2^62. Pure. */
int64_t bw_hedge_key(int64_t net, int64_t part);

/* How many accounts a visit of `count` accounts that starts at `start` meets before this one. Pure. */
static inline uint32_t bw_visit_turn(uint32_t account, uint32_t start, uint32_t count)
{
    return account >= start ? account - start : account + count - start;
}

/* The same for a position of the venue at the present marks, by its pool's settings; a visit that starts anywhere starts
   where that of the next command would. */
int64_t bw_position_score(const bw_venue *venue, uint32_t position);

/* Where a position stands in the ADL queue of its side, at the present marks. */
typedef struct bw_queue_place {
    uint32_t holders, in_profit;         /* of the side */
    uint32_t above, ties_before;         /* in profit: with a higher key; with the same, of an account opened earlier */
    int64_t notional_before;             /* of both, at the mark */
    bool wins;                           /* the position is in profit: else ADL does not close it */
} bw_queue_place;

/* False: there is no such position. Work: O(holders of the side). */
bool bw_queue_place_get(const bw_venue *venue, uint64_t account, uint16_t market, bw_queue_place *place);

#endif
