/* metrics.h - what a run came to: commands and events in, one exact result out.

       bw_metrics_new ──> add ... add ──> begin ──> add ... add ──> finish ──> screen, JSON, report
                          setting up                the event               (again after more, if wanted)

   Every figure is defined once, in docs/metrics.md, and read from here by everybody who shows it. Before `begin`
   only accounts, desks, commands, rounds and events are counted; `begin` says: the event starts now, these are the opening
   prices. A *batch* is one command of marks that moves a market, with all that follows up to the next one.

   Units     amounts in minor units of the pool's asset, prices in ticks, shares in parts per million, times in ns
   Sign      a notional is never negative; `lost` is positive where the winner would have had more by holding on
   Shapes    memory from the caller, sized by bw_metrics_limits. Only accounts that something happened to take a
             record. Series (batches) are of pool 0
   Rounding  shares to the nearest ppm, halves up; everything else exact
   Errors    beyond a limit nothing is written and `lost_records` counts it; shown wherever the result is shown
   Holds     sum of paid = gap, per batch, market and pool; sum over markets (and the pool's own) = pool
   Order     the same commands and events give the same bytes, however the work was sliced */
#ifndef BW_METRICS_METRICS_H
#define BW_METRICS_METRICS_H

#include "breakwater.h"
#include "metrics/columns.h"

typedef struct bw_metrics bw_metrics;

typedef struct bw_metrics_limits {
    uint32_t accounts;   /* with something to tell: at most all of them */
    uint32_t markets, pools, desks;
    uint32_t batches;
    uint32_t closes;     /* deleveraged positions, and closes within five seconds; 4 per account is ample */
    uint32_t owners;     /* accounts whose owners are kept, for the columns of compare; 0: those are not counted */
} bw_metrics_limits;

/* Bytes for these limits; memory must be zero and 64-byte aligned. 0: a limit is 0 or the sizes overflow. */
size_t bw_metrics_footprint(const bw_metrics_limits *limits);
bw_metrics *bw_metrics_new(void *memory, const bw_metrics_limits *limits);

/* After every bw_step, also refused and also `work`; `command` is the one that opened the round, or `work` itself. */
void bw_metrics_add(bw_metrics *metrics, const bw_venue *venue, const bw_command *command, const bw_event *events,
                    uint32_t event_count);

/* The event starts: opening marks, fund and desks are those of now. Once, after the book stands. */
void bw_metrics_begin(bw_metrics *metrics, const bw_venue *venue, int64_t time_ns);

/* ------------------------------------------------------------------------------------------------------------ facts
   What a venue does not know. Strings stay the caller's and must live as long as the result; none may be NULL. */
typedef struct bw_metrics_pool_facts {
    const char *name, *asset;
    uint32_t decimals;
} bw_metrics_pool_facts;

typedef struct bw_metrics_market_facts {
    const char *name;
    const char *provenance;        /* of its prices: "measured", "other venue", "shaped", or "" */
    int64_t tick_nano;             /* price of one tick in 1e-9 units of money */
    int64_t measured_adl;          /* amounts measured of the real event; -1: not known */
    int64_t measured_liquidated;
} bw_metrics_market_facts;

typedef struct bw_metrics_collateral_facts {
    const char *asset, *provenance;   /* as of a market */
    int64_t tick_nano;
} bw_metrics_collateral_facts;

/* One line of measured.csv, as written. */
typedef struct bw_metrics_measured {
    const char *metric, *unit, *value, *source;
} bw_metrics_measured;

/* A run on the venue, as the world played it. */
typedef struct bw_metrics_runs {
    uint64_t accounts;             /* traders who left */
    int64_t withdrawn, closed;     /* amounts: what they took with them; what they closed through the order book before */
} bw_metrics_runs;

typedef struct bw_metrics_facts {
    const char *title;             /* "The crash of 10 October 2025" */
    const char *reproduce;         /* the command line: "breakwater run ... --seed 1" */
    const char *rules;             /* the pool's money list in words, or "" */
    const char *notes;             /* paragraphs on calibration and misfit, split by newlines, or "" */
    uint64_t seed;
    bool partial;
    const bw_metrics_pool_facts *pools;       /* as many as the venue has */
    const bw_metrics_market_facts *markets;   /* as many as the venue has */
    const bw_metrics_collateral_facts *collaterals;   /* as many as the venue has; NULL: nothing to tell of them */
    const bw_metrics_measured *measured;
    uint32_t measured_count;
    const bw_metrics_runs *runs;   /* NULL: the story has no `runs` */
} bw_metrics_facts;

/* ----------------------------------------------------------------------------------------------------------- result */
enum { BW_METRICS_LORENZ = 100, BW_METRICS_ROWS = 64, BW_METRICS_COLLATERALS = 8 };
typedef enum bw_metrics_horizon {
    BW_HORIZON_NOW, BW_HORIZON_1S, BW_HORIZON_5S, BW_HORIZON_END, BW_HORIZONS
} bw_metrics_horizon;

/* How one quantity is spread over the accounts that have any of it. */
typedef struct bw_metrics_spread {
    uint64_t accounts;
    int64_t total, top_1, top_10, top_100;       /* amounts: of all, of the largest 1, 10, 100 */
    int64_t gini_ppm;                            /* 0 all equal, towards 1,000,000 one has all; -1: nobody has any */
    int64_t lorenz_ppm[BW_METRICS_LORENZ + 1];   /* what the smallest i% of them have together */
} bw_metrics_spread;

/* Flows of quantity and money: of a batch, a market or a pool. */
typedef struct bw_metrics_flow {
    int64_t liquidated;            /* positions force-closed, desks' own not counted: one side */
    int64_t book, backstop;        /* of what was closed: sold in the book; taken by desks */
    int64_t adl, adl_of_desks;     /* closed by ADL against winners; of it, to close a desk's inventory */
    int64_t gap, paid[BW_LAYERS];  /* R10; repayments out of later surplus not taken off */
    uint64_t adl_legs, adl_closes; /* a close: adjacent legs of one account */
    uint64_t closes_whole, closes_in_profit;
} bw_metrics_flow;

typedef struct bw_metrics_batch {
    int64_t time_ns;
    uint64_t seq;
    bw_metrics_flow flow;
    int64_t fund, capital, desks, carryover;     /* after the batch; desks: their equity */
    int64_t collateral;                          /* price of the first collateral then, ticks; 0: none was set */
} bw_metrics_batch;

typedef struct bw_metrics_market {
    bw_metrics_flow flow;
    int64_t mark_open, mark_low, mark_high, mark_end;
    int64_t adl_price_low, adl_price_high;       /* 0: none */
    int64_t adl_price_average;                   /* by lots, to the nearest tick */
    uint64_t adl_batches, adl_prices;            /* batches with ADL; prices in them: equal if one price each */
    uint16_t pool, reserved[3];
} bw_metrics_market;

/* Prices of a collateral since the beginning; all 0: none was set. */
typedef struct bw_metrics_collateral {
    int64_t price_open, price_low, price_end;
} bw_metrics_collateral;

typedef struct bw_metrics_pool {
    bw_metrics_flow flow;
    uint64_t accounts, liquidated_accounts, bankrupt_accounts, adl_accounts, haircut_accounts, charged_accounts;
    uint64_t liquidated_desks;
    int64_t converted;                           /* R5 value of collateral that desks took */
    int64_t liquidated_pnl, adl_pnl;             /* realised by the closed */
    int64_t charged;                             /* deleveraged and haircut layers, from the charges themselves */
    int64_t surplus, surplus_repaid;
    int64_t carryover, claims, conservation_error;
    int64_t fund_open, capital_open, desks_open, fund_end, capital_end, desks_end, fund_low;
    int64_t lost[BW_HORIZONS];                   /* winners against holding */
    uint64_t winners, winners_behind;            /* deleveraged or charged; of them with lost > 0 at the end */
    int64_t lost_most;                           /* of one account, at the end */
    bw_metrics_spread adl_spread, charge_spread;
} bw_metrics_pool;

/* One account's part; zeros for one to whom nothing happened. */
typedef struct bw_metrics_account {
    uint64_t id;
    uint16_t pool, flags;          /* flags: bw_metrics_flag */
    uint32_t reserved;
    int64_t liquidated, adl, charged, lost[BW_HORIZONS];
} bw_metrics_account;
enum bw_metrics_flag {
    BW_METRICS_LIQUIDATED = 1, BW_METRICS_BANKRUPT = 2, BW_METRICS_DELEVERAGED = 4, BW_METRICS_HAIRCUT = 8,
    BW_METRICS_CHARGED = 16, BW_METRICS_DESK = 32, BW_METRICS_NOT_IN_PROFIT = 64   /* charged without a profit */
};

typedef struct bw_metrics_row {
    const char *metric, *unit, *measured, *source;
    const char *label;             /* the metric in words */
    char replayed[32];             /* decimal; "": not replayed */
    int64_t ratio_ppm;             /* replayed / measured; -1: there is none */
    uint16_t market, reserved[3];  /* of one market: its number, else BW_NONE16 */
} bw_metrics_row;

typedef struct bw_metrics_result {
    const bw_metrics_facts *facts;
    uint64_t accounts, commands, events, rounds, settings_hash, state_hash[2], lost_records;
    int64_t time_open_ns, time_end_ns;
    int64_t first_liquidation_ns, first_adl_ns;  /* -1: none */
    uint64_t adl_batches, adl_seconds, price_violations;
    int64_t adl_top_3_markets;                   /* amount, pool 0 */
    uint32_t pool_count, market_count, batch_count, row_count;
    const bw_metrics_pool *pools;
    const bw_metrics_market *markets;
    const uint16_t *by_adl;                      /* markets, largest ADL notional first, ties: lower number */
    const bw_metrics_batch *batches;
    const int64_t *marks;                        /* [batch x mark_stride + market]; 0: not yet set */
    uint32_t mark_stride;
    uint32_t collateral_count;                   /* the first BW_METRICS_COLLATERALS of the venue's */
    const bw_metrics_collateral *collaterals;
    bw_columns columns;
    bw_metrics_row rows[BW_METRICS_ROWS];        /* measured against replayed */
} bw_metrics_result;

/* Everything so far. Asks the venue for conservation and hash: O(state). The result lives in the metrics' memory, until
   the next call. */
const bw_metrics_result *bw_metrics_finish(bw_metrics *metrics, const bw_venue *venue, const bw_metrics_facts *facts);

/* How far a market went from its opening, in ppm of it: to its lowest (below 0) or its highest, whichever is
   farther; 0 for less than 0.05%. */
int64_t bw_metrics_move_ppm(const bw_metrics_market *market);
/* How far a collateral fell at its lowest, in ppm of its opening. */
int64_t bw_metrics_fall_ppm(const bw_metrics_collateral *collateral);
/* "Prices fell, at their lowest", "... rose, at their highest" or "... moved, at their farthest": what holds for the first
   `most` markets by ADL that moved at all; NULL: none did. */
const char *bw_metrics_moves_word(const bw_metrics_result *result, uint32_t most);

/* A row's unit in words: "M USD" for musd; the unit itself where there is no other word. */
const char *bw_metrics_unit(const char *unit);

/* After finish. False: nothing happened to the account. */
bool bw_metrics_account_get(const bw_metrics *metrics, uint64_t account, bw_metrics_account *result);

/* ---------------------------------------------------------------------------------------------------------- writing
   Each writes at most `size` bytes with the closing zero and returns the length of the whole text without it (as
   snprintf does), so call it with size 0 to learn how much it needs. Same result, same bytes. */

/* The first screen: at most 100 columns, no colour, ends with a newline. */
size_t bw_metrics_screen(const bw_metrics_result *result, char *buffer, size_t size);
/* One object of schema breakwater-run/1, ends with a newline. */
size_t bw_metrics_json(const bw_metrics_result *result, int64_t elapsed_ms, char *buffer, size_t size);

#endif
