/* loss.h - from gaps to who pays (R9, R10, R13, R15, R17): what the payers of the layers have in common.

       bankrupt account ──ZERO──> gap ──attribution──> (market, side) or pool
       gap ──LAYERS, in list order──> fund | shared fund | capital | backstop | deleveraged | haircut | carryover

   A layer that charges accounts runs in stages: gather payers (weight, cap), allocate (R16), apply one by one. */
#ifndef BW_ENGINE_LOSS_H
#define BW_ENGINE_LOSS_H

#include "engine/round.h"

/* The place of a layer in the money list, the loss it works on; side: of the closed positions. */
typedef struct bw_layer_at {
    const bw_money_layer *layer;
    bw_loss *loss;
    uint32_t pool, market, side;         /* market BW_NONE16: the pool's own gap */
} bw_layer_at;

/* Loss number n of a pool: (market, side) in order, the last the pool's own; `at` gets all but its layer. False if the
   market is another pool's. */
bool bw_loss_of(const bw_venue *venue, uint32_t pool, uint32_t n, bw_layer_at *at);

/* `amount` of the loss is paid: by a desk (`account`: its id) or the venue (0), which has `left`. Writes PAID. */
void bw_layer_paid(bw_writer *writer, const bw_layer_at *at, bw_layer layer, int64_t amount, uint64_t account, int64_t left);

/* excess.c: what roundings up take too much (R16). `at->loss` NULL: a clawback, whose charges beyond the carryover the caller
   has put into the pool's ceil_carried. use: what the pool holds pays of `budget`, if there are payers; returns what is left
   to charge. place: the charges of the layer came to `excess` more than there was to pay. Both write ROUNDED. */
int64_t bw_excess_use(bw_writer *writer, const bw_layer_at *at, int64_t budget);
void bw_excess_place(bw_writer *writer, const bw_layer_at *at, int64_t excess);

/* fund_layer.c: one loss asks its market's bucket, or under all-or-nothing the whole fund. */
void bw_fund_layer(bw_writer *writer, const bw_layer_at *at);
/* Whether the shared part pays at the end of this layer, for all losses of the pool together: in the layer that is called so,
   or, where the list has none, after the buckets; never under all-or-nothing. */
bool bw_fund_pays_shared(const bw_venue *venue, const bw_layer_at *at);
/* It is allocated among what the pool's losses still lack: all of them are its payers. */
bool bw_shared_gather(bw_writer *writer, const bw_layer_at *at);
int64_t bw_shared_budget(const bw_venue *venue, uint32_t pool);
void bw_shared_apply(bw_writer *writer, const bw_layer_at *at, uint32_t n);

/* Takes `charge` from a payer and writes CHARGED. `position` is where a profit base is cut, 0: the balance. */
typedef struct bw_charge {
    uint32_t account, position;
    int64_t charge, weight, cap;
    uint32_t cause;
    bool of_profit;                      /* raises cost as far as there is profit, then debits the balance */
} bw_charge;
void bw_charge_apply(bw_writer *writer, const bw_layer_at *at, const bw_charge *charge);

/* Adds `gap` of an account, whose u there was `upnl` at the round's start, to the loss and writes ATTRIBUTED (R9). */
void bw_gap_attribute(bw_writer *writer, const bw_layer_at *at, uint32_t account, int64_t gap, int64_t upnl, uint32_t cause);

/* haircut.c: gathers payers, one step a call, true when all are seen. Cursors at[4..7] of the progress. */
bool bw_haircut_gather(bw_writer *writer, const bw_layer_at *at);
/* ... and charges payer n what the allocation gave it. */
void bw_haircut_apply(bw_writer *writer, const bw_layer_at *at, uint32_t n);

/* index_layer.c: the same for a layer that is applied by index. */
bool bw_index_gather(bw_writer *writer, const bw_layer_at *at);
void bw_index_apply(bw_writer *writer, const bw_layer_at *at, uint32_t n);

/* Profit of the account at the round's start: what its winning positions have won, each taken alone. */
int64_t bw_profit_before(const bw_venue *venue, uint32_t account);

/* A charge gives its payer a claim (R17). */
void bw_claim_add(bw_venue *venue, uint32_t account, int64_t amount);

/* Books all that an account owes for indexes: its positions' part and its balance's (R15). */
void bw_account_meet(bw_writer *writer, uint32_t account);

/* Most that an account can be charged now: its equity, not below 0, below 2^62 (R15, R16). */
int64_t bw_equity_cap(const bw_venue *venue, uint32_t account);

/* Notional over equity of an account at the round's start, scaled by 2^20, floored, at most 2^62 (R16 risk-weighted). */
int64_t bw_leverage_before(const bw_venue *venue, uint32_t account);

/* Lots of the position at the round's start, signed. */
int64_t bw_size_before(const bw_venue *venue, uint32_t position);

/* Profit of the account since the last settle (R15). */
int64_t bw_period_gain(const bw_venue *venue, uint32_t account);

#endif
