/* play.h - plays one path: loads a generated book into a venue, then marks, liquidations, fills, batch after batch.

       book ──> accounts, deposits, debts, trades at the entry prices ──> venue at the opening level
       path + impact ──> marks ──> orders the venue opens ──> liquidity takes what it can ──> fills by the makers
            ^                                                       │ what it leaves expires in a later batch:
            └───────── impact of what was taken ────────────────────┘ backstop, then ADL, in the venue

   Clock     batch_ns of the path (3.1 s). Every `liquidation_every`-th batch sets new prices and so sends out
             liquidation orders (6.2 s; measured: about 6.3 s); the batches between set no price: orders whose
             life is over expire, so backstop and ADL come on the 3.1 s grid; live ones try the book again
   Outage    From outage_from_ns for outage_ns the venue stands still: no command at all. The first batch after it sets the
             prices as they are then
   Runs      Off unless params.runs says so. After each batch's orders those leave whose patience is at an end (runs.h): they
             close a part of every position through the order book, then withdraw; commands like others, refusals too
   Past      An entry price needs a trade at it. Everybody trades with one account per market that stands for the
             traders of the past: it ends flat, is emptied by a withdrawal and closed
   Debts     Who owes for collateral has borrowed from the past: he buys from it far above the market and sells back at
             the opening price, in the market with the smallest lot, in steps that his equity can margin, until the loss
             is his debt. So his profit since he came is below zero by as much
   Order     Of an account's positions those come first that add most equity above initial margin: then it is never
             below initial margin half-way, because it is not in the end
   Makers    Accounts that take the liquidation orders' lots, in turn; they must have capital. A fill that a maker's
             margin forbids goes to the next one. A pool with book sync gets what the book would take of an order as
             one list, 16 slices at most, each from the next maker; what it does not take has not used the book
   Commands  reach the venue through the host, who steps it, does the work of an open round and hands every event to
             bw_play_see; so the host may trace, check, measure and stop between any two commands
   Shapes    at most BW_MARKETS_MAX markets, BW_PLAY_MAKERS_MAX makers; order_max orders a batch (more expire unseen
             and are counted); memory from the caller, pointers to markets, path and book kept
   Units     ticks, lots, minor units, nanoseconds
   Errors    false: the host stopped, or a command that must be accepted was refused (bw_play_trouble says which)
   Holds     a pure function of book, path, parameters: the same commands on every machine */
#ifndef BW_WORLD_PLAY_H
#define BW_WORLD_PLAY_H

#include "breakwater.h"
#include "world/book.h"
#include "world/liquidity.h"
#include "world/path.h"
#include "world/runs.h"

#define BW_PLAY_MAKERS_MAX 64u

typedef struct bw_play_host {
    void *context;
    /* Sends one command and all the work it causes; false: stop here. *status may be a refusal. */
    bool (*send)(void *context, const bw_command *command, bw_status *status);
} bw_play_host;

typedef struct bw_play_params {
    uint16_t pool, asset;            /* where the markets are opened, what is deposited */
    uint16_t market_first;           /* number of the first market; the others follow */
    uint16_t collateral;             /* number of the collateral that users hold; BW_NONE16: none */
    uint16_t collateral_asset;
    uint32_t price_room;             /* highest price a market knows, over the highest of opening, path and entries: 4 */
    uint32_t market_count;           /* the collateral's price is the path's item after the markets */
    uint32_t liquidation_every;      /* batches per price and liquidation: 2 */
    double volatility_tau_s;         /* memory of the realised volatility that thins the book: 300 [A] */
    int64_t outage_from_ns, outage_ns;   /* 0 ns: none */
    bw_runs_params runs;
    uint64_t runs_seed, runs_path;   /* what those who leave are drawn by */
    uint64_t user_first;             /* account id of the book's first user; the others follow */
    uint64_t past_first;             /* id of the first market's past; the others follow */
    uint32_t maker_count;
    uint32_t order_max;
    uint64_t makers[BW_PLAY_MAKERS_MAX];
    bw_liquidity_params liquidity[BW_MARKETS_MAX];
} bw_play_params;

typedef struct bw_play_order {
    uint64_t account, order;
    int64_t lots, limit;             /* left; > 0: of a long, so they are sold */
    int64_t whole;                   /* lots when it was sent out */
    uint32_t market, reserved;       /* index into the facts */
} bw_play_order;

typedef struct bw_play_stats {
    uint64_t orders, orders_unseen;  /* sent out by the venue; beyond order_max */
    uint64_t fills, fills_refused;
    int64_t filled;                  /* minor units, at the fills' prices */
    int64_t ordered;                 /* the same of all orders, at the mark */
    uint64_t runs;                   /* traders who left */
    int64_t runs_closed, runs_withdrawn;   /* minor units: at the prices of those trades; what they took with them */
    uint32_t entries_refused;        /* of loading: 0, or the book does not fit the venue */
} bw_play_stats;

typedef struct bw_play_trouble {
    uint16_t command;                /* bw_command_type; 0: none (the host stopped) */
    uint16_t market;                 /* index, or BW_NONE16 */
    uint32_t status;                 /* bw_status */
    uint64_t account;
} bw_play_trouble;

typedef struct bw_play {
    bw_play_params params;
    bw_play_host host;
    const bw_venue *venue;
    const bw_market_facts *markets;
    const bw_path *path;
    const bw_book *book;
    bw_play_stats stats;
    bw_play_trouble trouble;
    int64_t time_ns;
    int64_t dark_ns;                 /* of an outage, since the last prices */
    uint32_t batch;                  /* batches played; the first is the opening */
    uint32_t order_count;
    uint32_t maker_next, entry_count;
    uint32_t sync, reserved;         /* 1: the pool has book sync: it takes lists of offers, not fills */
    int64_t sold;                    /* lots that the present list of offers sold */
    int64_t mark[BW_MARKETS_MAX];    /* of the markets, then of the collateral */
    double volatility[BW_MARKETS_MAX];
    bw_runs runs;
    bw_liquidity liquidity[BW_MARKETS_MAX];
    _Alignas(8) uint8_t command[65536];
    bw_play_order orders[];
} bw_play;

bw_play_params bw_play_params_default(void);
/* Of what decides how a path is played, the book and its numbers aside: order book, runs, outage. */
uint64_t bw_play_settings_hash(const bw_play_params *params);

size_t bw_play_footprint(uint32_t order_max);
/* The lots the venue must hold and the accounts it must have: limits for a book of so many accounts (all else 0 or the
   engine's measured choice). `extra` accounts are the caller's own. Balances of collateral: `holdings` besides. */
bw_limits bw_play_limits(uint32_t account_count, uint32_t market_count, uint32_t extra);

/* In zeroed memory of that footprint. The venue must exist, with pool and asset; makers may come later. */
bw_play *bw_play_new(void *memory, const bw_play_params *params, const bw_play_host *host, const bw_venue *venue,
                     const bw_market_facts *markets, const bw_path *path, const bw_book *book);

/* Every event of every command that was sent. */
void bw_play_see(bw_play *play, const bw_event *events, uint32_t event_count);

/* Opens the markets and sets them to the path's first prices. */
bool bw_play_open(bw_play *play);
/* Settings of market m as bw_play_open sends them. */
bw_command_market bw_play_market(const bw_play *play, uint32_t m);
/* Loads the users first .. first + count - 1 of the book; the caller asks for parts to show progress. */
bool bw_play_load(bw_play *play, uint32_t first, uint32_t count);
/* Before the first user and after the last: the past gets its money, and gives it back. */
bool bw_play_past_open(bw_play *play);
bool bw_play_past_close(bw_play *play);
/* The next batch of the path; the first call plays the one after the opening. */
bool bw_play_batch(bw_play *play);
bool bw_play_ended(const bw_play *play);
/* After the last batch: in pools that charge by index everybody is touched, so that events say what each was charged (R15). */
bool bw_play_touch(bw_play *play);

/* play_runs.c: before the first batch; after each. False: the host stopped. */
void bw_play_runs_begin(bw_play *play);
bool bw_play_runs(bw_play *play);
/* Lots of the order that the book is asked for in this batch. */
int64_t bw_play_order_slice(const bw_play *play, const bw_play_order *order);
/* play_offer.c: what the book takes of an order that waits for offers, in one list. False: the host stopped. */
bool bw_play_offer(bw_play *play, bw_play_order *order);

/* For play_load.c: sends; true if it was accepted. */
bool bw_play_send(bw_play *play, const bw_command *command, uint16_t market);
/* The same: the present marks in one command, or no entry at all: then it is only the clock that moves. */
bool bw_play_send_marks(bw_play *play, bool moved);

#endif
