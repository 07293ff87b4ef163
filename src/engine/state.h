/* state.h - the layout of the venue's block: header, persistent sections, scratch sections.

       bw_venue │ assets pools markets ... │ accounts hot/warm/cold │ positions hot/cold │ triggers ... │ scratch
       header   └──────────── persistent: hashed, written, compared ───────────────────┘ └ zero between rounds

   Shapes    every section is an array whose length follows from bw_limits; all links are indices
   Holds     I10 no padding bytes that vary, freed records are zero; I11 scratch is all zero between rounds,
             but for bw_progress.host (work_max, split), which belong to the process, not to the market
   Index 0 of positions, holdings, orders, works, chunks means "none"; accounts, markets, pools count from 0. */
#ifndef BW_ENGINE_STATE_H
#define BW_ENGINE_STATE_H

#include "allocate/allocate.h"
#include "base/assert.h"
#include "base/bitmap.h"
#include "base/hash.h"
#include "base/table.h"
#include "base/types.h"
#include "breakwater.h"

#define BW_MAGIC UINT64_C(0x3152455441574b42)
#define BW_FORMAT 4u
#define BW_EXTENT_CLASSES 20u
#define BW_CHUNK_ENTRIES 62u
#define BW_WHEEL_SLOTS 1024u

enum { BW_LONG = 0, BW_SHORT = 1 };

/* Of a market: accounts keep slack for charges per lot (funding, haircuts by index); its holders may owe for an index. */
enum { BW_CHARGES_KEPT = 1, BW_CHARGES_OWED = 2 };

/* Of a pool: it charges sizes, balances by index. */
enum { BW_INDEXES_SIZES = 1, BW_INDEXES_BALANCES = 2 };

typedef struct bw_asset {
    char name[BW_NAME];
    int64_t dust;
    int64_t external;       /* in less out */
    uint8_t decimals, reserved[7];
} bw_asset;

/* A number of 128 bits as it is stored (bw_stored_wide in index.h). */
typedef struct bw_stored {
    int64_t high;
    uint64_t low;
} bw_stored;

/* A haircut by index (R15): steps so far, and what no lot or unit was charged yet, in steps too: the next raise starts with
   it. */
typedef struct bw_index {
    int64_t steps;
    bw_stored carried;
} bw_index;

/* Loss nobody could pay yet, and since when (R17). */
typedef struct bw_carryover {
    int64_t amount;
    int64_t since_ns;
} bw_carryover;

typedef struct bw_pool {
    bw_command_pool settings;
    int64_t shared_fund, buckets;        /* the fund is their sum; buckets: sum over the pool's markets */
    int64_t capital, fees, claims;
    int64_t reserved_gap;                /* max_gap of live orders (R11) */
    int64_t carried;                     /* open carryover, of the pool and of its markets together */
    int64_t refund_inflow;               /* inflows since claims were last repaid (R17) */
    bw_carryover carryover;              /* losses of no market */
    int64_t window_start_ns, window_paid;
    int64_t slot_max[BW_WINDOW_SLOTS];   /* peak balance per slot of the window (R14) */
    uint32_t drawdown, empty;            /* early triggers, set or not */
    uint32_t slot, desk_first;           /* desk_first: first desk of the pool + 1, or 0 */
    uint32_t order_first, order_last;    /* live orders by expiry */
    int64_t window_fund;                 /* what the fund held when the window began (R14) */
    int64_t external;                    /* in less out of this pool, transfers included, less its dust (R18) */
    int64_t shares, staked;              /* of the fund: all, and those that stakers have (R14) */
    int64_t ceil_carried;                /* what ceil-carry took beyond its budget (R16) */
    bw_stored nominal;                   /* sum of what balances count for in the haircut index (R15) */
    bw_index haircut;                    /* haircuts per unit of nominal balance */
    int64_t unbooked;                    /* what indexes of sizes and balances have taken over and nobody's claim has in it yet */
    int64_t wheel_at;                    /* steps up to which the wheel of balances was collected */
    uint32_t indexes, raised;            /* bw_indexes: what its money list charges by index; 1: one was raised once */
    uint32_t waiting, reserved3;         /* bankrupt accounts whose lots wait for offers (R11) */
} bw_pool;

typedef struct bw_collateral {
    int64_t factor, divisor;             /* value = floor(amount x price x factor / divisor), haircut included */
    int64_t price, price_max, amount, amount_max;
    uint32_t haircut_ppm;
    uint16_t pool, asset;
} bw_collateral;

/* What valuation and margin read: one cache line and its brackets. */
typedef struct bw_market {
    int64_t mark;                        /* 0: none yet */
    int64_t unit;                        /* linear: value of one lot at the mark */
    int64_t factor;                      /* linear: tick value; inverse: face */
    int64_t offset[2];                   /* accumulated funding per lot, by side (R4) */
    int64_t min_mm;
    uint8_t kind, bracket_count, status, funded;
    uint16_t pool;
    uint8_t charges;                     /* BW_CHARGES_KEPT, BW_CHARGES_OWED */
    uint8_t index_shift;                 /* a charge per lot is counted in 2^-index_shift minor units (R15) */
    uint32_t im_scale_ppm;               /* factor on initial margin (R20), at least 1,000,000 */
    uint32_t mm_step;                    /* no more than this maintenance margin per 2^20 of notional (bw_mm_bound) */
} bw_market;

/* Margin in the bracket: ceil(n x rate) less a deduction that makes it continuous at the floors; the deduction is
   exact: whole units and millionths (floored to whole units, margin would jump by one at a floor and a favourable
   move could cost an account its health: R6, R7). */
typedef struct bw_bracket_line {
    int64_t floor;
    int64_t im_deduction, mm_deduction;
    uint32_t imr_ppm, mmr_ppm;
    uint32_t im_millionths, mm_millionths;
} bw_bracket_line;

typedef struct bw_market_cold {
    bw_command_market settings;
    int64_t previous_mark, index, open_interest;
    int64_t variance, variance_ns;       /* R20: ppm squared per day, and as of when */
    int64_t fund, window_paid;           /* the bucket (R14) */
    int64_t reserved_gap;                /* max_gap of its live orders */
    int64_t funding_carried;             /* remainder of rate x value, 10^-9 minor units */
    bw_carryover carryover;
    uint32_t chunk[2], holders[2];       /* dense list of holders per side */
    int64_t wheel_at[2];                 /* charge per lot up to which the wheel of a side was collected */
    uint32_t wheel_shift, reserved;
    bw_index haircut[2];                 /* haircuts per lot, by side (R15) */
} bw_market_cold;

typedef struct bw_desk {
    uint32_t account, next;              /* next desk of the pool + 1 */
    uint32_t share_ppm, discount_ppm;
    int64_t market_max, window_max, window_ns, window_start_ns, window_taken;
    uint32_t is_fund, reserved;          /* its balance is the fund (R12) */
} bw_desk;

enum {
    BW_HOT_WORKING = 1, BW_HOT_DESK = 2, BW_HOT_HOLDINGS = 4, BW_HOT_CLOSED = 8, BW_HOT_EXEMPT = 16,
    BW_HOT_ENDED = 32,                   /* its order ended unfilled: this round goes on to backstop and ADL */
    BW_HOT_SLICED = 64,                  /* a slice was closed in this command: if that was not enough, all is */
    BW_HOT_MARGINLESS = 128              /* a desk that keeps no margin: unhealthy only when bankrupt (R12) */
};

/* equity = net + sum over positions(value(size, mark) - size x offset of its side) + collateral. */
typedef struct bw_hot {
    int64_t net;                         /* balance - sum(cost - size x snapshot) */
    uint32_t extent;                     /* first position */
    uint16_t count;
    uint8_t class, flags;
} bw_hot;

typedef struct bw_warm {
    int64_t balance, order_margin;
    int64_t net_deposits;
    int64_t period_base;                 /* period gain = balance + sum of u - this (R15) */
    int64_t released;                    /* profit that was free when it last changed; never more than it (R18) */
    uint32_t holding, work;              /* first collateral balance; open case of a WORKING account */
} bw_warm;

typedef struct bw_cold {
    uint64_t id, owner, group, tag;
    int64_t claim;
    uint16_t pool, isolated;
    uint32_t flags;
    uint32_t owner_next;                 /* ring of an owner's accounts: the next one + 1 (R13 hedge-aware) */
    uint32_t stake;                      /* its record of fund shares, or 0 (R14) */
    uint64_t reserved;
} bw_cold;

typedef struct bw_position {
    int64_t size;                        /* lots, long > 0; 0 only inside a round */
    uint32_t account;
    uint16_t market, reserved;
    uint32_t slot;                       /* its entry in the holders list: chunk x 64 + place */
    uint32_t order;
    int64_t ended;                       /* lots an order left unfilled; inside the command that ended it only */
} bw_position;

typedef struct bw_position_cold {
    int64_t cost, snapshot;
} bw_position_cold;

/* Optional sections, each there only if its limit says so: the steps up to which a position, or a balance of nominal size, has
   paid for an index, and the remainder of it in steps (R15); an account's shares of its pool's fund (R14). */
typedef struct bw_position_index {
    int64_t steps, carried;
} bw_position_index;

typedef struct bw_account_index {
    int64_t nominal, steps, carried;
} bw_account_index;

/* R18 aging: what is not in `released` becomes free in a straight line from `since` to `until`. */
typedef struct bw_aging {
    int64_t since_ns, until_ns;
} bw_aging;

typedef struct bw_stake {
    int64_t shares, asked, asked_value, asked_ns;
    uint32_t account, next;              /* next: free list */
} bw_stake;

/* One armed trigger: in a bucket of the log-price calendar (marks, collateral) or a slot of the offset wheel. */
typedef struct bw_node {
    int64_t key;                         /* calendar: tick; wheel: 2 x charge per lot + 1; 0: not armed */
    uint32_t next, previous;             /* previous 0: the bucket's head */
} bw_node;

/* A collateral balance. */
typedef struct bw_holding {
    int64_t amount;
    uint32_t account, next;
    uint16_t collateral, reserved[3];
} bw_holding;

/* A live liquidation order (R11). */
typedef struct bw_order {
    uint64_t id;
    uint32_t position, account;
    int64_t lots, lots_left;             /* unsigned sizes */
    int64_t limit, gap_left, expiry_ns;
    uint32_t next, previous;             /* pool's list by expiry */
} bw_order;

/* What the fund paid for an account since it was last healthy (R9). */
typedef struct bw_work {
    int64_t fund, shared_fund;           /* paid by a bucket and by the shared part */
    uint32_t account, orders;            /* WORKING while there are orders; the record stays until it is healthy */
    uint32_t market, next;               /* whose bucket paid last */
    uint32_t bankrupt, reserved;         /* book sync: 1: it was seen bankrupt and waits; no trigger is armed (R11) */
} bw_work;

typedef struct bw_chunk {
    uint32_t next, count;
    uint32_t position[BW_CHUNK_ENTRIES];
} bw_chunk;

/* ------------------------------------------------------------------------------------------- scratch of a round */
enum {
    BW_CASE_BANKRUPT = 1, BW_CASE_DEBT = 2, BW_CASE_NO_BOOK = 4, BW_CASE_BY_NOTIONAL = 8,
    BW_CASE_PENALTY = 16                 /* a penalty was taken: even a solvent account may end below zero (R11) */
};

/* One unhealthy account of the round: its frozen figures. */
typedef struct bw_case {
    int64_t equity, margin;              /* of what is not yet closed: MM without min_mm, or notional if that is 0 (R8) */
    int64_t frozen_equity;
    union {
        int64_t im;                      /* solvent */
        int64_t covered;                 /* bankrupt: of its gap, what counterparties paid already (price zero-both) */
    };
    uint32_t account, flags, event, reserved;
} bw_case;

/* What a position was at the round's start, once the round changes it. */
typedef struct bw_shadow {
    int64_t upnl, size, charged;         /* charged: what its holder paid on its account so far in the round */
    int64_t lots_adl;                    /* lots closed by ADL in the round */
    uint32_t position, account;
    uint32_t next, reserved;             /* next shadow of its market and side */
} bw_shadow;

typedef struct bw_closing {
    int64_t lots;                        /* left to close, unsigned */
    int64_t size;                        /* of the position at the round's start, unsigned */
    uint32_t account, case_number, next;
    uint16_t market, reserved;
} bw_closing;

/* One (market, side) of the round, or a pool's own gap. */
typedef struct bw_loss {
    int64_t gap, left;                   /* left: not yet paid by a layer */
    int64_t lots, lots_left;             /* of the closing set, and not yet taken by anyone */
    int64_t paid[BW_LAYERS];
    int64_t backstop_lots;
    uint32_t closing_first, closing_last, shadow_first, event;
    int64_t event_left;                  /* what is left of the fund's cap per event */
    int64_t surplus;                     /* fees to be credited to the bucket at the round's end */
} bw_loss;

/* An account's money at the round's start, kept by the first touch where its pool asks for it; means nothing for an
   account that is not touched. */
typedef struct bw_account_start {
    int64_t balance, locked;
} bw_account_start;

typedef struct bw_pool_round {
    int64_t usable;                      /* what the fund may still pay in the round, frozen at its start (R14) */
    int64_t shared_usable;               /* ... of it the shared part */
    uint32_t frozen;                     /* 1: the above are set */
    uint32_t keeps_start;                /* 1: a layer reads balances of the round's start: touches keep them */
    bw_loss loss;                        /* gap of no market */
} bw_pool_round;

/* Where the open round stands. `at` are the cursors of the phase, zero when it starts. */
#define BW_QUEUE_STEPS 496u              /* of keys up to 2^62 */

/* How far down the keys the lots of the ADL queue under way are found (adl.c). */
typedef struct bw_queue {
    uint32_t bounded, least;             /* 1: the score has a bound; the lowest step that is still needed */
    int64_t unit, found, lots_least;     /* key per lot at most; lots of the steps from `least` on; who holds fewer gets none */
    int64_t lots[BW_QUEUE_STEPS];        /* of the candidates, by step of their keys */
} bw_queue;

typedef struct bw_progress {
    struct { uint32_t work_max, split; uint64_t visited; } host;   /* visited: accounts judged, for benches */
    uint32_t phase, open;                /* open: a command's work is not finished */
    uint32_t at[8];
    int64_t residue;                     /* what rounding leaves while a market is paid out, for dust */
    uint64_t seq;                        /* of the command that opened the round */
    uint32_t event_index, rounds;
    uint32_t case_count, shadow_count, closing_count, payer_count;
    uint32_t reserved3;
    uint32_t recheck_market;             /* + 1: its brackets changed, all its accounts are visited */
    uint32_t recheck_pool, reserved4;    /* + 1: what it charges by index changed, all its accounts are armed anew */
    uint32_t ending, ending_item;        /* command type of settle, expire, resolve; pool or market */
    uint32_t refund, reserved;           /* 1: inflows may repay claims at the end */
    uint32_t expire, reserved2;          /* 1: marks came, so orders whose time is up end */
    int64_t unhealthy, bankrupt, gap, deleveraged, charged;
    bw_queue queue;
    bw_allocation machine;               /* the allocation in progress (R16) */
} bw_progress;

/* A bit per market, then a bit per collateral: its price moved, or what its lots are charged; then a bit per pool: its index of
   balances was raised; then a bit per pool: it is settled once the rounds are over. */
#define BW_DIRTY_WORDS 64u
#define BW_DIRTY_COLLECTED (3u * BW_DIRTY_WORDS)   /* words of what triggers wait for */

/* X(name, type, length): persistent sections, then scratch */
#define BW_PERSISTENT_SECTIONS(X)                                                                                     \
    X(asset, bw_asset, (uint64_t)l->assets)                                                                           \
    X(pool, bw_pool, (uint64_t)l->pools)                                                                              \
    X(collateral, bw_collateral, (uint64_t)l->collaterals)                                                            \
    X(market, bw_market, (uint64_t)l->markets)                                                                        \
    X(bracket, bw_bracket_line, (uint64_t)l->markets * BW_BRACKETS)                                                   \
    X(market_cold, bw_market_cold, (uint64_t)l->markets)                                                              \
    X(desk, bw_desk, (uint64_t)l->desks + 1u)                                                                         \
    X(command_id, uint64_t, (uint64_t)l->command_ids)                                                                 \
    X(command_slot, bw_table_slot, bw_table_footprint(l->command_ids) / sizeof(bw_table_slot))                        \
    X(hot, bw_hot, (uint64_t)l->accounts)                                                                             \
    X(warm, bw_warm, (uint64_t)l->accounts)                                                                           \
    X(cold, bw_cold, (uint64_t)l->accounts)                                                                           \
    X(account_slot, bw_table_slot, bw_table_footprint(l->accounts) / sizeof(bw_table_slot))                           \
    X(position, bw_position, (uint64_t)l->positions + 1u)                                                             \
    X(position_cold, bw_position_cold, (uint64_t)l->positions + 1u)                                                   \
    X(node, bw_node, bw_node_count(l))                                                                                \
    X(bucket, uint32_t, bw_calendar_count(l) * bw_bucket_count(l))                                                    \
    X(bucket_bits, uint64_t, bw_calendar_count(l) * bw_bucket_words(l))                                               \
    X(wheel, uint32_t, bw_wheel_count(l) * BW_WHEEL_SLOTS)                                                            \
    X(holding, bw_holding, (uint64_t)l->holdings + 1u)                                                                \
    X(order, bw_order, (uint64_t)l->orders + 1u)                                                                      \
    X(work, bw_work, (uint64_t)l->orders + 1u)                                                                        \
    X(chunk, bw_chunk, bw_chunk_count(l))                                                                             \
    X(owner_slot, bw_table_slot, l->owners ? bw_table_footprint(l->accounts) / sizeof(bw_table_slot) : 0u)            \
    X(aging, bw_aging, l->aging ? (uint64_t)l->accounts : 0u)                                                         \
    X(position_index, bw_position_index, l->indexed ? (uint64_t)l->positions + 1u : 0u)                               \
    X(account_index, bw_account_index, l->indexed ? (uint64_t)l->accounts : 0u)                                       \
    X(stake, bw_stake, l->stakes ? (uint64_t)l->stakes + 1u : 0u)

#define BW_SCRATCH_SECTIONS(X)                                                                                        \
    X(progress, bw_progress, 1u)                                                                                      \
    X(crossed_bits, uint64_t, bw_account_words(l))                                                                    \
    X(debt_bits, uint64_t, bw_account_words(l))                                                                       \
    X(touched_bits, uint64_t, bw_account_words(l))                                                                    \
    X(account_start, bw_account_start, (uint64_t)l->accounts)                                                         \
    X(case_of, uint32_t, (uint64_t)l->accounts)                                                                       \
    X(cases, bw_case, (uint64_t)l->accounts + 1u)                                                                     \
    X(charged, int64_t, (uint64_t)l->accounts)                                                                        \
    X(shadow_of, uint32_t, (uint64_t)l->positions + 1u)                                                               \
    X(shadow, bw_shadow, 2u * (uint64_t)l->positions + 1u)                                                            \
    X(closing, bw_closing, (uint64_t)l->positions + 1u)                                                               \
    X(loss, bw_loss, (uint64_t)l->markets * 2u)                                                                       \
    X(bucket_usable, int64_t, (uint64_t)l->markets)                                                                   \
    X(desk_lots, int64_t, (uint64_t)l->markets * 2u * l->desks + 1u)                                                  \
    X(dirty, uint64_t, 4u * BW_DIRTY_WORDS)                                                                           \
    X(pool_round, bw_pool_round, (uint64_t)l->pools)                                                                  \
    X(payer_weight, int64_t, bw_payer_max(l))                                                                         \
    X(payer_cap, int64_t, bw_payer_max(l))                                                                            \
    X(payer_rank, int64_t, bw_payer_max(l))                                                                           \
    X(payer_id, uint64_t, bw_payer_max(l))                                                                            \
    X(payer_charge, int64_t, bw_payer_max(l))                                                                         \
    X(payer_item, uint32_t, bw_payer_max(l))                                                                          \
    X(payer_scratch, bw_allocation_scratch, 1u)

enum {
#define X(name, type, length) BW_AT_##name,
    BW_PERSISTENT_SECTIONS(X)
    BW_PERSISTENT_COUNT,
    BW_BEFORE_SCRATCH = BW_PERSISTENT_COUNT - 1,
    BW_SCRATCH_SECTIONS(X)
#undef X
    BW_SECTION_COUNT
};

struct bw_venue {
    uint64_t magic;
    uint32_t format, reserved;
    bw_limits limits;                    /* work_max and split are 0 here */
    uint64_t persistent, footprint;
    uint64_t at[BW_SECTION_COUNT];
    bw_bitmap_shape bucket_shape, account_shape;
    uint64_t seq, round, order_serial;
    int64_t time_ns;
    uint64_t settings_hash;
    bw_hash chain;
    uint32_t asset_count, pool_count, collateral_count, market_count, desk_count, account_count;
    uint32_t position_count, position_top, holding_count, holding_top, holding_free;
    uint32_t order_count, order_top, order_free, work_top, work_free, chunk_top, chunk_free;
    uint32_t extent_free[BW_EXTENT_CLASSES];
    uint32_t command_next, stake_count, stake_top, stake_free;
    uint32_t balances_owe;               /* 1: some pool's index of balances was raised once (R15) */
    uint32_t balances_count;             /* pools that charge balances by index: what balances count for is kept */
    bw_table account_table, command_table, owner_table;
};

uint64_t bw_node_count(const bw_limits *l);
uint64_t bw_calendar_count(const bw_limits *l);
uint64_t bw_wheel_count(const bw_limits *l);
uint64_t bw_bucket_count(const bw_limits *l);
uint64_t bw_bucket_words(const bw_limits *l);
uint64_t bw_account_words(const bw_limits *l);
uint64_t bw_chunk_count(const bw_limits *l);
uint64_t bw_payer_max(const bw_limits *l);

/* bw_at_NAME(venue): the section's first element. */
#define X(name, type, length)                                                                                         \
    static inline type *bw_at_##name(const bw_venue *venue)                                                           \
    {                                                                                                                 \
        return (type *)(void *)((char *)(uintptr_t)venue + venue->at[BW_AT_##name]);                                  \
    }
BW_PERSISTENT_SECTIONS(X)
BW_SCRATCH_SECTIONS(X)
#undef X

/* Elements of records by number; asserted nowhere: callers hold valid numbers (bw_venue_valid checks them). */
static inline bw_market *bw_market_at(const bw_venue *venue, uint32_t market) { return bw_at_market(venue) + market; }
static inline bw_market_cold *bw_market_cold_at(const bw_venue *venue, uint32_t market)
{
    return bw_at_market_cold(venue) + market;
}
static inline bw_pool *bw_pool_at(const bw_venue *venue, uint32_t pool) { return bw_at_pool(venue) + pool; }
static inline bw_hot *bw_hot_at(const bw_venue *venue, uint32_t account) { return bw_at_hot(venue) + account; }
static inline bw_warm *bw_warm_at(const bw_venue *venue, uint32_t account) { return bw_at_warm(venue) + account; }
static inline bw_cold *bw_cold_at(const bw_venue *venue, uint32_t account) { return bw_at_cold(venue) + account; }
static inline bw_position *bw_position_at(const bw_venue *venue, uint32_t position)
{
    return bw_at_position(venue) + position;
}
static inline bw_position_cold *bw_position_cold_at(const bw_venue *venue, uint32_t position)
{
    return bw_at_position_cold(venue) + position;
}
static inline bw_holding *bw_holding_at(const bw_venue *venue, uint32_t holding)
{
    return bw_at_holding(venue) + holding;
}
static inline bw_order *bw_order_at(const bw_venue *venue, uint32_t order) { return bw_at_order(venue) + order; }
static inline bw_loss *bw_loss_at(const bw_venue *venue, uint32_t market, uint32_t side)
{
    return bw_at_loss(venue) + 2u * market + side;
}
static inline uint32_t bw_side_of(int64_t size) { return size < 0 ? BW_SHORT : BW_LONG; }

#endif
