/* breakwater.h - who pays when a leveraged trader goes bankrupt: the whole public interface.

   A *venue* holds accounts, positions, an insurance fund and the rules of a loss waterfall. Everything that can
   happen to it is a *command*; everything it did is an *event*. One function applies commands:

       bw_command ──> bw_step ──> bw_status (done, more, or a refusal) and bw_event[]

   The venue is one flat block of memory that the caller owns: no pointers, no padding, no clock, no randomness,
   no allocation, no I/O. Copy the block and you have a what-if; write it and you have a snapshot; the same commands
   give the same bytes on every machine. (A caller who wants many what-ifs from one state maps the block copy-on-write:
   going back then costs the pages that were touched.)

       memory = bw_venue_footprint(&limits) bytes, 64-byte aligned and zero: mmap, or aligned_alloc and memset
       venue = bw_venue_new(memory, &limits);
       for each command {
           status = bw_step(venue, &command.header, events, &event_count);          consume the events
           while (status == BW_MORE) status = bw_step(venue, &work, events, &event_count);    the same
       }

   States of the venue, and what takes each arrow:

       IDLE ── any accepted command, all work done in the call ──> IDLE                     BW_OK
       IDLE ── a command whose work exceeds work_max ──> OPEN                               BW_MORE
       OPEN ── BW_COMMAND_WORK ──> OPEN (BW_MORE) or IDLE (BW_OK);  any other command is refused: round_open
       any  ── a refused command ──> the same state; only the sequence number has moved

   Units     amounts: whole minor units of an asset (int64_t); prices: whole ticks, 1..2^40; sizes: whole lots,
             up to 2^53, long > 0; time: nanoseconds since the Unix epoch, never decreasing; rates: parts per million
             (_ppm) or per billion (_ppb). Every field name ends in its unit where it is not an amount.
   Rounding  requirements up, credits down, losses away from zero (rule R3); nothing is ever lost to rounding: the
             residue goes to the named balance `dust`.
   Errors    a refusal is a bw_status above BW_MORE and leaves the block bit-identical but for its sequence number
             (bad_sequence and no_round do not move that either); it has no events and is not in the chain hash.
             A bug stops the program (assert that stays on). There is no third kind.
   Rules     R1..R24 refer to docs/rulebook.md. */
#ifndef BREAKWATER_H
#define BREAKWATER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifndef BW_API
#define BW_API __attribute__((visibility("default")))
#endif

typedef struct bw_venue bw_venue;

/* ---------------------------------------------------------------------------------------------------------------
   Status: one frozen list; numbers are never reused. X(NAME, number, word, sentence) */
#define BW_STATUS_LIST(X)                                                                                             \
    X(OK, 0, "ok", "done")                                                                                            \
    X(MORE, 1, "more", "accepted; send BW_COMMAND_WORK until it returns ok")                                          \
    X(BAD_COMMAND, 2, "bad_command", "unknown command type or version, or a size that does not fit the type")         \
    X(BAD_SEQUENCE, 3, "bad_sequence", "the command's sequence number is not the venue's next one")                   \
    X(DUPLICATE, 4, "duplicate", "this command_id was seen among the last commands")                                  \
    X(TIME_REVERSED, 5, "time_reversed", "time lies before that of the previous command")                             \
    X(ROUND_OPEN, 6, "round_open", "a round is open: only work is accepted")                                          \
    X(NO_ROUND, 7, "no_round", "no round is open, so there is no work")                                               \
    X(BAD_SETTING, 8, "bad_setting", "a setting is out of range or contradicts another")                              \
    X(BAD_BRACKETS, 9, "bad_brackets", "brackets need rising floors and rates, imr >= mmr, mmr < 1")                  \
    X(LIMIT_ENVELOPE, 10, "limit_envelope", "max price x max open interest x tick value over markets reaches 2^62")    \
    X(UNKNOWN_ASSET, 11, "unknown_asset", "no such asset")                                                            \
    X(UNKNOWN_POOL, 12, "unknown_pool", "no such pool")                                                               \
    X(UNKNOWN_MARKET, 13, "unknown_market", "no such market")                                                         \
    X(UNKNOWN_ACCOUNT, 14, "unknown_account", "no such account")                                                      \
    X(UNKNOWN_ORDER, 15, "unknown_order", "no such order")                                                            \
    X(ACCOUNT_EXISTS, 16, "account_exists", "this account id is in use")                                              \
    X(CAPACITY, 17, "capacity", "a declared limit of the venue is reached")                                           \
    X(BAD_AMOUNT, 18, "bad_amount", "an amount, size or price is zero, negative or too large")                        \
    X(WRONG_POOL, 19, "wrong_pool", "account, market or asset belong to different pools")                             \
    X(NO_PRICE, 20, "no_price", "the market or collateral has no mark yet")                                           \
    X(MARKET_CLOSED, 21, "market_closed", "the market's status does not allow this")                                  \
    X(REDUCE_ONLY, 22, "reduce_only", "the market takes only reducing trades")                                        \
    X(PRICE_BAND, 23, "price_band", "the price lies outside the band around the mark")                                \
    X(INITIAL_MARGIN, 24, "initial_margin", "equity would be below initial margin, and the trade does not only reduce")\
    X(POSITION_LIMIT, 25, "position_limit", "the account's position limit in the market would be exceeded")           \
    X(OPEN_INTEREST_LIMIT, 26, "open_interest_limit", "the market's open interest limit would be exceeded")           \
    X(IN_LIQUIDATION, 27, "in_liquidation", "the account has a live liquidation order")                               \
    X(INSUFFICIENT, 28, "insufficient", "more than the account, fund or vault can give")                              \
    X(WITHDRAWAL_GATED, 29, "withdrawal_gated", "profits cannot leave while a loss is open")                          \
    X(PROFIT_LOCKED, 30, "profit_locked", "this profit is not yet released")                                          \
    X(ORDER_ENDED, 31, "order_ended", "the liquidation order has ended or has fewer lots left")                       \
    X(LIMIT_PRICE, 32, "limit_price", "the fill is worse than the order's limit")                                     \
    X(OWNER_DIFFERS, 33, "owner_differs", "a transfer needs two accounts of one owner")                               \
    X(ACCOUNT_CLOSED, 34, "account_closed", "the account is closed")                                                  \
    X(NOT_EMPTY, 35, "not_empty", "the account still has money, positions or orders")                                 \
    X(SELF_TRADE, 36, "self_trade", "both sides are one account, or one owner at the fund's expense")                 \
    X(VALUE_ZERO, 37, "value_zero", "the value of the trade rounds to zero")                                          \
    X(OFFSET_LIMIT, 38, "offset_limit", "accumulated funding per lot would leave its range")                          \
    X(NO_DESK, 39, "no_desk", "the pool takes collateral or uses the backstop but has no desk")                       \
    X(ISOLATED, 40, "isolated", "the account is isolated to another market")                                          \
    X(WORKING_MARGIN, 41, "working_margin", "order margin cannot be reserved or released to this amount") \
    X(UNBONDING, 42, "unbonding", "these shares of the fund are not free yet")                                        \
    X(LOSS_OPEN, 43, "loss_open", "nobody joins or leaves the fund while a loss is open")                             \
    X(BOOK_MODE, 44, "book_mode", "the pool's book takes liquidate and its offers, or fill and end_order, not both")

typedef enum bw_status {
#define X(name, number, word, sentence) BW_##name = number,
    BW_STATUS_LIST(X)
#undef X
} bw_status;

/* The status as its frozen word ("initial_margin") and as a sentence; never NULL ("unknown" for other numbers). */
BW_API const char *bw_status_word(bw_status status);
BW_API const char *bw_status_sentence(bw_status status);

/* ---------------------------------------------------------------------------------------------------------------
   Limits: declared once, they fix the size of the block. */
#define BW_LAYERS 7          /* money layers, in the order of bw_layer */
#define BW_BRACKETS 16       /* margin brackets per market, at most */
#define BW_MONEY_LAYERS 10   /* entries of a pool's money list, at most */
#define BW_WINDOW_SLOTS 16   /* slots of a fund window (R14) */
#define BW_PRICE_MAX ((int64_t)1 << 40)
#define BW_SIZE_MAX ((int64_t)1 << 53)
#define BW_VALUE_MAX ((int64_t)1 << 62)
#define BW_NAME 16
#define BW_NONE16 UINT16_MAX
#define BW_NONE32 UINT32_MAX

typedef struct bw_limits {
    uint32_t assets, pools, markets, collaterals;   /* collaterals: kinds over all pools; each up to 4,096 */
    uint32_t accounts;                /* up to 2^24 */
    uint32_t positions;               /* position records over all accounts, up to 2^28; growth leaves some unused */
    uint32_t positions_per_account;   /* up to 1,024 */
    uint32_t holdings;                /* collateral balances over all accounts */
    uint32_t orders;                  /* live liquidation orders */
    uint32_t desks;                   /* backstop desks over all pools */
    uint32_t command_ids;             /* remembered ids, power of two; 65,536 is the rule (R22) */
    uint32_t stakes;                  /* records of shares in the pools' funds (R14); 0: nobody can own a part */
    uint32_t owners;                  /* 1: the accounts of an owner can be found (score hedge-aware, R13); 24 B an account */
    uint32_t aging;                   /* 1: profits can be released by age (R18); 16 B an account */
    uint32_t indexed;                 /* 1: haircuts can be applied by index (R15); 16 B a position, 40 B an account */
    uint32_t trigger_bits;            /* mantissa bits of the trigger calendar, 2..12; 12 is the measured choice */
    uint32_t work_max;                /* units of work per call (R21), at least 1; 0 means unlimited.
                                         Not part of the state's meaning: results do not depend on it */
    uint32_t split;                   /* how slack is split over triggers (bw_split); results do not depend on it */
} bw_limits;

typedef enum bw_split { BW_SPLIT_MARGIN, BW_SPLIT_EQUAL, BW_SPLIT_FIRST } bw_split;

/* Bytes of the block for these limits; 0 if a limit is out of range or the sizes overflow. The count includes scratch
   memory that stays untouched (and so unmapped) until a round needs it. */
BW_API size_t bw_venue_footprint(const bw_limits *limits);
/* Bytes of the block that are state, without scratch: what a snapshot holds. */
BW_API size_t bw_venue_persistent(const bw_limits *limits);
/* An empty venue in `memory`, 64-byte aligned, bw_venue_footprint bytes, all zero. NULL if the limits are refused. */
BW_API bw_venue *bw_venue_new(void *memory, const bw_limits *limits);
/* Events one call can write at most: the size of the buffer that bw_step needs (R21). With work_max 0 a call does what
   65,536 units' worth of events have room for, and returns BW_MORE beyond. */
BW_API uint32_t bw_events_max(const bw_limits *limits);
/* Change work_max and split of a venue between commands; they belong to the host, not to the market. The events buffer
   must be that of the largest work_max in use. */
BW_API void bw_venue_tune(bw_venue *venue, uint32_t work_max, bw_split split);

/* ---------------------------------------------------------------------------------------------------------------
   Commands: a 48-byte header and a body, in one struct per type. */
typedef struct bw_command {
    uint32_t size;         /* bytes of header and body, at most 65,536 */
    uint16_t type;         /* bw_command_type */
    uint16_t version;      /* 1 */
    uint64_t seq;          /* the venue's next sequence number, or 0: take the next */
    uint64_t command_id;   /* 0: none; else repeated ids are refused as duplicate */
    int64_t time_ns;
    uint64_t account;      /* id of the account it concerns, or 0 */
    uint64_t reserved;     /* 0 */
} bw_command;

/* X(NAME, number, word) */
#define BW_COMMAND_LIST(X)                                                                                            \
    X(WORK, 1, "work") X(ASSET, 2, "asset") X(POOL, 3, "pool") X(COLLATERAL, 4, "collateral") X(MARKET, 5, "market")  \
    X(BRACKETS, 6, "brackets") X(DESK, 7, "desk") X(STATUS, 8, "status") X(ACCOUNT, 9, "account")                     \
    X(FLAGS, 10, "flags") X(DEPOSIT, 11, "deposit") X(WITHDRAW, 12, "withdraw") X(TRANSFER, 13, "transfer")           \
    X(ADJUST, 14, "adjust") X(TRADE, 15, "trade") X(TRADES, 16, "trades") X(RESERVE, 17, "reserve")                   \
    X(MARKS, 18, "marks") X(FUNDING, 19, "funding") X(FILL, 20, "fill") X(END_ORDER, 21, "end_order")                 \
    X(FUND, 22, "fund") X(SETTLE, 23, "settle") X(EXPIRE, 24, "expire") X(RESOLVE, 25, "resolve")                     \
    X(CONVERT, 26, "convert") X(LIQUIDATE, 27, "liquidate") X(STAKE, 28, "stake") X(UNSTAKE, 29, "unstake") \
    X(TOUCH, 30, "touch")

typedef enum bw_command_type {
#define X(name, number, word) BW_COMMAND_##name = number,
    BW_COMMAND_LIST(X)
#undef X
} bw_command_type;

/* work: go on with the open round. Takes no sequence number and enters no hash. */
typedef struct bw_command_work { bw_command header; } bw_command_work;

/* asset: define asset number `asset` (the next free one). */
typedef struct bw_command_asset {
    bw_command header;
    char name[BW_NAME];
    uint16_t asset;
    uint8_t decimals;      /* 0..9 */
    uint8_t reserved[5];
} bw_command_asset;

/* --- the loss waterfall's settings (R10-R18) --- */
typedef enum bw_quantity { BW_QUANTITY_END, BW_QUANTITY_BOOK, BW_QUANTITY_BACKSTOP, BW_QUANTITY_ADL } bw_quantity;

/* The order of `paid_by_layer`; also the kinds of a money list, which closes with BW_LAYER_CARRYOVER. */
typedef enum bw_layer {
    BW_LAYER_FUND, BW_LAYER_SHARED_FUND, BW_LAYER_CAPITAL, BW_LAYER_BACKSTOP,
    BW_LAYER_DELEVERAGED, BW_LAYER_HAIRCUT, BW_LAYER_CARRYOVER
} bw_layer;

/* R13: who is closed first. */
typedef enum bw_score {
    BW_SCORE_PNL_X_LEVERAGE, BW_SCORE_PNL, BW_SCORE_SIZE, BW_SCORE_VISIT_ORDER,
    BW_SCORE_HYPERLIQUID_DOC, BW_SCORE_HYPERLIQUID_OBSERVED, BW_SCORE_LEVERAGE, BW_SCORE_BINANCE, BW_SCORE_HEDGE_AWARE,
    BW_SCORES
} bw_score;

/* R13: who comes first among equal scores: a fixed mix of sequence number and account id, or the lower id. */
typedef enum bw_tie { BW_TIE_MIX, BW_TIE_ID, BW_TIES } bw_tie;

/* R13, score visit-order: the account a visit starts with: the first opened, or (sequence number mixed) modulo their
   number; it goes on in the order of opening, round the end. */
typedef enum bw_start { BW_START_FIRST, BW_START_MIX, BW_STARTS } bw_start;

/* R16: how a budget, a payout or lots are shared. */
typedef enum bw_rule {
    BW_RULE_QUEUE, BW_RULE_PRO_RATA, BW_RULE_CAPPED_PRO_RATA, BW_RULE_MIN_MAX, BW_RULE_EQUAL, BW_RULE_RISK_WEIGHTED,
    BW_RULES
} bw_rule;

/* R16: what becomes of the units that rounding leaves. All but the first floor what a payer keeps, as a venue does that pays
   winners out of what there is: so each charge is rounded up, which takes less than one unit a payer too much. */
typedef enum bw_rounding {
    BW_ROUNDING_LARGEST_REMAINDER,   /* charges floored, one unit more to the largest remainders, ties to the lower id */
    BW_ROUNDING_FLOOR_LAST,          /* the excess goes back to the largest id, down to a charge of 0, then to the next */
    BW_ROUNDING_FLOOR_FUND,          /* the excess is the fund's */
    BW_ROUNDING_CEIL_CARRY,          /* the excess lowers the next budget of the pool's layers */
    BW_ROUNDING_RATIO16,             /* what is kept by one ratio of 16 decimals, half up; the excess as in floor-last */
    BW_ROUNDINGS
} bw_rounding;

/* R13: what a deleveraged account pays of the gap. */
typedef enum bw_adl_price {
    BW_ADL_PRICE_ZERO, BW_ADL_PRICE_SPLIT, BW_ADL_PRICE_PREVIOUS_MARK, BW_ADL_PRICE_MARK, BW_ADL_PRICE_ZERO_BOTH,
    BW_ADL_PRICES
} bw_adl_price;

/* R15: whose gains are cut, and in proportion to what. */
typedef enum bw_base {
    BW_BASE_POSITIVE_UPNL, BW_BASE_SIZE, BW_BASE_EQUITY, BW_BASE_PERIOD_GAINS, BW_BASE_LOCKED_PROFIT, BW_BASE_BALANCE,
    BW_BASES
} bw_base;
typedef enum bw_scope { BW_SCOPE_MARKET, BW_SCOPE_POOL, BW_SCOPES } bw_scope;
typedef enum bw_side { BW_SIDE_OPPOSING, BW_SIDE_BOTH } bw_side;

/* R15: charged account by account, or by raising an index that each account meets at its next touch; and how the step of
   the index is rounded: down with the remainder carried, up, or to the nearest. */
typedef enum bw_apply { BW_APPLY_EAGER, BW_APPLY_INDEX, BW_APPLIES } bw_apply;
typedef enum bw_step_rounding { BW_STEP_FLOOR_CARRY, BW_STEP_CEIL, BW_STEP_HALF_UP, BW_STEPS } bw_step_rounding;

/* R9: a bankrupt account's gap falls to its markets by what was lost in each, or by maintenance margin. */
typedef enum bw_attribution { BW_ATTRIBUTION_LOSS, BW_ATTRIBUTION_MM, BW_ATTRIBUTIONS } bw_attribution;

/* R18: when profits may leave; what leaves while a loss is open. */
typedef enum bw_profit_release {
    BW_PROFIT_IMMEDIATE, BW_PROFIT_SETTLEMENT, BW_PROFIT_AGING, BW_PROFIT_RELEASES
} bw_profit_release;
typedef enum bw_withdraw_mode { BW_WITHDRAW_GATE, BW_WITHDRAW_OPEN, BW_WITHDRAW_RATE, BW_WITHDRAW_MODES } bw_withdraw_mode;

/* R11: orders that the embedder's book fills one by one; or orders of bankrupt accounts too, without limit, that wait for
   `liquidate` and its list of offers. Changed only while no order of the pool is live. */
typedef enum bw_book_mode { BW_BOOK_ORDERS, BW_BOOK_SYNC, BW_BOOK_MODES } bw_book_mode;
/* R11, book sync: lots that no offer took go on to backstop and ADL always, or only of a bankrupt account: a solvent one
   waits on. */
typedef enum bw_sync_adl { BW_SYNC_ADL_ALWAYS, BW_SYNC_ADL_WHEN_BANKRUPT, BW_SYNC_ADLS } bw_sync_adl;

/* R19: a pool is settled by command only, or after every batch of marks that moved one of its markets. */
typedef enum bw_settle_on { BW_SETTLE_ON_COMMAND, BW_SETTLE_ON_MARK, BW_SETTLE_ONS } bw_settle_on;

typedef struct bw_money_layer {
    uint8_t kind;            /* bw_layer; a later entry of the same kind is refused, but for several haircuts */
    uint8_t price;           /* deleveraged: bw_adl_price */
    uint8_t cap_equity;      /* deleveraged, haircut: 1: cap is the account's equity instead of min(base left, equity) */
    uint8_t base;            /* haircut: bw_base */
    uint8_t scope;           /* haircut: bw_scope; all bases but positive-upnl and size are of the pool */
    uint8_t side;            /* haircut, base size: bw_side */
    uint8_t rule;            /* deleveraged, haircut: bw_rule; queue ranks by size of the base, largest first */
    uint8_t rounding;        /* deleveraged, haircut: bw_rounding */
    uint32_t fraction_ppm;   /* haircut: largest fraction of its cap a payer gives; 1..1,000,000.
                                fund, shared-fund: fee of the desk that took the lots, on what the fund pays; below 1,000,000 */
    uint8_t apply;           /* haircut, bases size and balance: bw_apply */
    uint8_t step;            /* ... by index: bw_step_rounding */
    uint8_t reserved[2];
} bw_money_layer;

/* pool: define pool number `pool`, or change its settings (a later command with the same number and asset). */
typedef struct bw_command_pool {
    bw_command header;
    char name[BW_NAME];
    uint16_t pool, asset;            /* asset: the settlement asset, fixed for ever */
    uint8_t quantity[3];             /* bw_quantity, closes with ADL, then END */
    uint8_t money_count;
    bw_money_layer money[BW_MONEY_LAYERS];
    uint8_t adl_score, adl_rule;     /* R13 */
    uint8_t profit_release, withdraw_mode;   /* R18 */
    uint8_t adl_tie, adl_start;      /* R13: bw_tie, bw_start */
    uint8_t attribution;             /* R9: bw_attribution */
    uint8_t settle_on;               /* R19: bw_settle_on */
    uint8_t book_mode, sync_adl;     /* R11: bw_book_mode, bw_sync_adl */
    uint8_t all_or_nothing;          /* R14: 1: the fund pays a loss whole or not at all */
    uint8_t may_go_negative;         /* R14: 1: the shared part pays whatever is asked and may fall below 0 */
    uint8_t penalty_first;           /* R11: 1: the fund's penalty is in it before the layers, or a fill's gap, ask it */
    uint8_t reserved[3];
    /* R19: how open carryover is taken at `settle`: a haircut layer; all zero: period-gains, capped-pro-rata */
    bw_money_layer clawback;
    /* R11 liquidation */
    uint32_t buffer_ppm;             /* close until equity >= initial margin x (1 + buffer) */
    uint32_t liquidation_fee_ppm;    /* of the value closed, out of surplus only, to the fund */
    uint32_t order_gap_ppm;          /* gap an order may make, of its notional; reserved in the fund while it lives; not
                                        with book sync, where the fund's caps alone decide */
    uint32_t slice_ppm;              /* largest share of a position in one order; 0: no limit */
    uint32_t penalty_ppm;            /* of the value closed at mark, floored, whatever the surplus: to the bucket */
    uint32_t penalty_desk_ppm;       /* ... to the desk that took the lots, else the pool's first other, else the fund */
    int64_t slice_over;              /* ... which applies to positions of at least this notional */
    int64_t full_close_under;        /* positions of less notional are closed whole */
    int64_t order_life_ns;           /* an order ends this long after it went out; 0: with the next batch of marks */
    /* R14 fund */
    int64_t fund_floor;              /* the fund pays only what is above it */
    int64_t fund_reserved;           /* set aside besides: it pays nothing */
    int64_t event_cap;               /* most the fund pays in one round per market and side; 0: no cap */
    int64_t window_cap;              /* most it pays in one window; 0: no cap */
    int64_t market_cap;              /* most it pays per market in one window; 0: no cap */
    int64_t window_ns;               /* length of the window; 0: eight hours */
    int64_t drawdown_min;            /* the drawdown trigger works only while the fund stands above this */
    uint32_t drawdown_set_ppm;       /* usable = fund - peak x (1 - this); 0: no drawdown trigger; the rule: 300,000 */
    uint32_t drawdown_clear_ppm;     /* cleared when the drawdown is below this; the rule: 250,000 */
    uint32_t event_cap_ppm;          /* most it pays in one round per market and side, of the lots' value; 0: no cap */
    uint32_t window_cap_ppm;         /* most it pays in one window, of what it held when the window began; 0: no cap */
    uint32_t fee_share_ppm;          /* share of trading fees that goes to the fund */
    /* R17 */
    uint32_t carryover_share_ppm;    /* share of fund inflows that pays carryover first */
    uint32_t refund_share_ppm;       /* share of inflows that repays claims while the fund is above refund_above */
    uint32_t reserved2;
    int64_t refund_above;
    int64_t debt_max;                /* R5a: a larger debt is converted though the account is healthy; < 0: no limit */
    int64_t profit_age_ns;           /* R18 aging: all of a profit is free this long after it was made; at least 1 */
    int64_t unbonding_ns;            /* R14: shares of the fund are paid this long after they were asked for */
} bw_command_pool;

/* collateral: asset `asset` counts in pool `pool`: value = floor(amount x price x tick_num x (1 - haircut) / tick_den)
   in minor units of the settlement asset (R5). */
typedef struct bw_command_collateral {
    bw_command header;
    uint16_t collateral, pool, asset, reserved;
    uint32_t haircut_ppm, reserved2;
    int64_t tick_num, tick_den;      /* settlement minor units per tick per minor unit, as a fraction, both > 0 */
    int64_t price_max;               /* ticks; with the holding limit this keeps values below 2^62 */
    int64_t amount_max;              /* most of it that the pool takes in, minor units */
} bw_command_collateral;

typedef enum bw_market_kind { BW_MARKET_LINEAR, BW_MARKET_INVERSE } bw_market_kind;
typedef enum bw_market_status {
    BW_MARKET_ACTIVE, BW_MARKET_REDUCE_ONLY, BW_MARKET_HALTED, BW_MARKET_SETTLING, BW_MARKET_RESOLVED, BW_MARKET_STATUSES
} bw_market_status;

/* market: define market number `market`, or change its settings (not pool, kind, tick value, price_max). */
typedef struct bw_command_market {
    bw_command header;
    char name[BW_NAME];
    uint16_t market, pool;
    uint8_t kind;                    /* bw_market_kind */
    uint8_t funded;                  /* 1: funding moves its offsets, so accounts keep slack for them */
    uint8_t reserved[2];
    int64_t tick_value;              /* linear: minor units per tick per lot; inverse: face, minor units x ticks per lot */
    int64_t price_max;               /* ticks */
    int64_t open_interest_max;       /* lots, one side */
    int64_t position_max;            /* lots per account; 0: open_interest_max */
    int64_t min_slice;               /* least lots of a liquidation slice, at least 1 */
    int64_t min_mm;                  /* least maintenance margin of a position, amount */
    uint32_t band_ppm;               /* trades within mark x (1 +- band); 0: no band */
    uint32_t reserved2;
    int64_t expiry_ns;               /* dated future; 0: perpetual. Information: `expire` closes it */
    uint64_t underlying;             /* markets with the same number hedge each other */
    /* R20 volatility index: realised volatility of the mark per square root of a day, exponentially weighted */
    int64_t vol_window_ns;           /* its time constant, 1 s .. 30 days; 0: no index */
    uint32_t vol_base_ppm;           /* above this volatility initial margin grows with it; 0: it never does */
    uint32_t vol_step_ppm;           /* ... in steps of this (of the factor), at least 1 */
    uint32_t vol_max_ppm;            /* ... up to this factor, at least 1,000,000 */
    uint32_t reserved3;
} bw_command_market;

/* brackets: progressive margin (R6). `count` entries follow in order of their floors, the first floor 0. Re-arms and
   judges every account of the market. Until it was sent, the market's trades are refused. */
typedef struct bw_bracket {
    int64_t floor;                   /* notional from which the rates hold */
    uint32_t imr_ppm, mmr_ppm;
} bw_bracket;
typedef struct bw_command_brackets {
    bw_command header;
    uint16_t market, count;
    uint32_t reserved;
    bw_bracket brackets[BW_BRACKETS];   /* all sent; those from count on are zero */
} bw_command_brackets;

/* desk: make `header.account` a backstop desk of its pool (the first one also takes collateral, R5a), or change it. */
typedef struct bw_command_desk {
    bw_command header;
    uint32_t share_ppm;              /* largest share of each closed position that it takes */
    uint32_t discount_ppm;           /* it buys from solvent accounts at mark x (1 -/+ discount) */
    int64_t market_max;              /* largest notional it holds per market; 0: none at all */
    int64_t window_max;              /* largest notional it takes per window, all markets; 0: no limit */
    int64_t window_ns;
    uint8_t marginless;              /* 1: it takes beyond its initial margin and is closed only when it is bankrupt */
    uint8_t is_fund;                 /* 1: its balance is the fund: settle moves it there, or the fund pays it (R12, R19) */
    uint8_t reserved[6];
} bw_command_desk;

typedef struct bw_command_status {
    bw_command header;
    uint16_t market;
    uint8_t status;                  /* bw_market_status, but for settling and resolved */
    uint8_t reserved[5];
} bw_command_status;

enum { BW_FLAG_CLOSED = 1, BW_FLAG_ADL_EXEMPT = 2, BW_FLAG_MARKET_MAKER = 4 };   /* account flags */

/* account: open account header.account. */
typedef struct bw_command_account {
    bw_command header;
    uint64_t owner, group, tag;
    uint16_t pool, isolated;         /* isolated: the one market it may trade, or BW_NONE16: cross */
    uint32_t flags;
} bw_command_account;
typedef struct bw_command_flags { bw_command header; uint32_t flags, reserved; } bw_command_flags;

/* deposit, withdraw, adjust of header.account. Adjust is a posting by hand: amount may be negative (not below what
   the account has), reason is kept in the event; the other side of the posting is external. */
typedef struct bw_command_deposit { bw_command header; int64_t amount; uint16_t asset, reserved[3]; } bw_command_deposit;
typedef struct bw_command_withdraw { bw_command header; int64_t amount; uint16_t asset, reserved[3]; } bw_command_withdraw;
typedef struct bw_command_adjust {
    bw_command header; int64_t amount; uint64_t reason; uint16_t asset, reserved[3];
} bw_command_adjust;
typedef struct bw_command_transfer {
    bw_command header; uint64_t to; int64_t amount; uint16_t asset, reserved[3];
} bw_command_transfer;

/* trade: buyer and seller exchange lots at a price (R4a); fees are amounts, negative for a rebate within the other's
   fee. trades: `count` of them in one command; each entry is accepted or refused by itself (a refused one has a
   BW_EVENT_REFUSED and changes nothing). */
typedef struct bw_trade {
    uint64_t buyer, seller;
    int64_t lots, price, fee_buyer, fee_seller;
    uint16_t market, reserved[3];
} bw_trade;
typedef struct bw_command_trade { bw_command header; bw_trade trade; } bw_command_trade;
#define BW_TRADES_MAX 1024
typedef struct bw_command_trades { bw_command header; uint32_t count, reserved; bw_trade trades[]; } bw_command_trades;

/* reserve: order margin of header.account becomes `amount` (working orders of the embedder's own book). */
typedef struct bw_command_reserve { bw_command header; int64_t amount; } bw_command_reserve;

/* marks: set prices together and run the waterfall over what they cause (R21). */
typedef enum bw_mark_kind { BW_MARK_MARKET, BW_MARK_INDEX, BW_MARK_COLLATERAL } bw_mark_kind;
typedef struct bw_mark { int64_t price; uint16_t kind, item; uint32_t reserved; } bw_mark;   /* item: market or collateral */
#define BW_MARKS_MAX 4000
typedef struct bw_command_marks { bw_command header; uint32_t count, reserved; bw_mark marks[]; } bw_command_marks;

/* funding: longs pay rate x |value(1 lot, mark)| per lot to shorts, negative: shorts pay (R4). */
typedef struct bw_command_funding { bw_command header; int64_t rate_ppb; uint16_t market, reserved[3]; } bw_command_funding;

/* fill: `lots` of liquidation order `order` were executed at `price` against `header.account` (the taker of the lots).
   end_order: the order ends; its unfilled lots go on to backstop and ADL. Both not with book sync. */
typedef struct bw_command_fill { bw_command header; uint64_t order; int64_t lots, price; } bw_command_fill;
typedef struct bw_command_end_order { bw_command header; uint64_t order; } bw_command_end_order;

/* fund: money of the venue. Deposits are external in, withdrawals external out, moves stay inside. */
typedef enum bw_fund_move {
    BW_FUND_DEPOSIT, BW_FUND_WITHDRAW, BW_FUND_CAPITAL_DEPOSIT, BW_FUND_CAPITAL_WITHDRAW,
    BW_FUND_TO_MARKET /* shared part -> bucket */, BW_FUND_FROM_MARKET, BW_FUND_FEES_TO_FUND, BW_FUND_FEES_WITHDRAW,
    BW_FUND_MOVES
} bw_fund_move;
typedef struct bw_command_fund {
    bw_command header;
    int64_t amount;
    uint16_t pool, market;           /* market: the bucket, or BW_NONE16: the shared part */
    uint8_t move, reserved[3];
} bw_command_fund;

/* settle: end a period of the pool: every u moves from cost to balance; uncovered loss is allocated over the period's
   gains first (the clawback); locked profit is released. expire: end a market at a price, pay all. resolve: the same,
   and an open carryover of the market is taken from its profits first (R19). With terminal 1, `price` is a target: the
   end price is the nearest to it that desks and fund can pay to the market's other holders, moved one tick against their
   net side; linear markets only. */
typedef struct bw_command_settle { bw_command header; uint16_t pool, reserved[3]; } bw_command_settle;
/* touch: what everybody in the pool owes for haircuts by index is booked, with its CHARGED event and claim (R15). Changes
   nobody's equity. Work: O(accounts). */
typedef struct bw_command_touch { bw_command header; uint16_t pool, reserved[3]; } bw_command_touch;
typedef struct bw_command_expire {
    bw_command header; int64_t price; uint16_t market, terminal, reserved[2];
} bw_command_expire;
typedef struct bw_command_resolve {
    bw_command header; int64_t price; uint16_t market, terminal, reserved[2];
} bw_command_resolve;

/* convert: the desk sold collateral of its own outside: `amount` of `asset` leaves, `proceeds` of the settlement asset
   come in (R5a). */
typedef struct bw_command_convert {
    bw_command header; int64_t amount, proceeds; uint16_t asset, reserved[3];
} bw_command_convert;

/* liquidate: `count` offers, also none, for the lots of header.account that wait in market `market` of a pool with book
   sync: those of its live order, or of a bankrupt account all lots there. Taken in order, each as far as lots wait, at its
   price against its taker; one that its taker may not take is passed over, and the first that makes a gap which the fund
   cannot pay whole ends the list (both: BW_EVENT_REFUSED). The rest goes on, as `sync_adl` says (R11). An account that is
   healthy keeps its lots. */
typedef struct bw_offer { uint64_t taker; int64_t lots, price; } bw_offer;
#define BW_OFFERS_MAX 256
typedef struct bw_command_liquidate {
    bw_command header; uint16_t market, reserved; uint32_t count; bw_offer offers[];
} bw_command_liquidate;

/* stake: `amount` of header.account buys shares of its pool's fund at their value. unstake: asks for the value of `shares`;
   unbonding_ns later the same command again pays it, or their value then if that is less (R14). */
typedef struct bw_command_stake { bw_command header; int64_t amount; } bw_command_stake;
typedef struct bw_command_unstake { bw_command header; int64_t shares; } bw_command_unstake;

/* ---------------------------------------------------------------------------------------------------------------
   Events: 128 bytes each, in the order of (seq, index). `cause` is the index of the event of the same seq that
   brought this one about, or BW_NONE32. `account` is the account it concerns (its id), `other` the counterparty, desk
   or order. Fields that do not apply are 0; market, pool, asset are BW_NONE16. X(NAME, number, word) */
#define BW_EVENT_LIST(X)                                                                                              \
    X(CONFIGURED, 1, "configured") X(ACCOUNT, 2, "account") X(POSTED, 3, "posted") X(TRADED, 4, "traded")             \
    X(REFUSED, 5, "refused") X(RESERVED, 6, "reserved") X(MARKED, 7, "marked") X(FUNDED, 8, "funded")                 \
    X(UNHEALTHY, 9, "unhealthy") X(CONVERTED, 10, "converted") X(ORDER_OPENED, 11, "order_opened")                    \
    X(ORDER_ENDED, 12, "order_ended") X(LEG, 13, "leg") X(SURPLUS, 14, "surplus") X(BANKRUPT, 15, "bankrupt")         \
    X(ATTRIBUTED, 16, "attributed") X(LOSS, 17, "loss") X(CHARGED, 18, "charged") X(PAID, 19, "paid")                 \
    X(CREDITED, 20, "credited") X(REPAID, 21, "repaid") X(RECOVERED, 22, "recovered") X(SETTLED, 23, "settled")       \
    X(ROUND, 24, "round") X(TRIGGERED, 25, "triggered") X(INDEXED, 26, "indexed") X(STAKED, 27, "staked")             \
    X(RATED, 28, "rated") X(ROUNDED, 29, "rounded") X(PENALTY, 30, "penalty")

typedef enum bw_event_type {
#define X(name, number, word) BW_EVENT_##name = number,
    BW_EVENT_LIST(X)
#undef X
} bw_event_type;

BW_API const char *bw_event_word(uint16_t type);
BW_API const char *bw_command_word(uint16_t type);

/* How a leg of a liquidation came about. */
typedef enum bw_via { BW_VIA_BOOK, BW_VIA_BACKSTOP, BW_VIA_NETTED, BW_VIA_PROFIT, BW_VIA_DESK, BW_VIA_OTHER } bw_via;

/* Why a liquidation order ended. */
typedef enum bw_order_reason {
    BW_ORDER_FILLED, BW_ORDER_EXPIRED, BW_ORDER_WITHDRAWN, BW_ORDER_RECOVERED, BW_ORDER_BANKRUPT, BW_ORDER_DELEVERAGED,
    BW_ORDER_UNTAKEN                     /* no offer took the rest */
} bw_order_reason;

typedef struct bw_event {
    uint64_t seq;
    uint32_t index, cause;
    uint16_t type, pool, market, asset;
    uint64_t account, other;
    union {
        int64_t values[11];
        /* CONFIGURED: what (command type), number, hash of all settings after it */
        struct { int64_t command, number; uint64_t settings_hash; int64_t status; } configured;
        /* ACCOUNT: opened or flags changed */
        struct { int64_t flags, isolated; uint64_t owner, group, tag; } account_;
        /* POSTED: money in or out of an account. `command` says why. amount > 0 comes in. Command desk: between the fund
           and the desk whose balance it is (R12) */
        struct { int64_t amount, balance, equity, command; uint64_t reason; } posted;
        /* TRADED: account bought, other sold */
        struct { int64_t lots, price, value, fee_buyer, fee_seller, balance_buyer, balance_seller, size_buyer,
                         size_seller; } traded;
        /* REFUSED: entry `number` of a trades command; or (command liquidate) offer `number` of account, its taker, for
           the lots of other */
        struct { int64_t number, status, command; } refused;
        /* RESERVED: order margin */
        struct { int64_t amount; } reserved;
        /* MARKED: item and kind as in bw_mark; of a market also its volatility and the factor on initial margin (R20);
           target: what a terminal end price was asked to be (R19), else 0 */
        struct { int64_t price, previous, kind, item, volatility_ppm, im_scale_ppm, target; } marked;
        /* FUNDED: both offsets moved by `move` per lot */
        struct { int64_t rate_ppb, move, offset_long, offset_short, carried; } funded;
        /* UNHEALTHY: an account enters the round: frozen equity and margins; bankrupt 1 when equity < 0 */
        struct { int64_t equity, mm, im, bankrupt, balance, notional; } unhealthy;
        /* CONVERTED: `asset` of account taken by desk `other` at its R5 value */
        struct { int64_t amount, value, balance; } converted;
        /* ORDER_OPENED: other = order. lots to close (signed as the position), limit in ticks: the worst tick with book sync */
        struct { int64_t lots, limit, max_gap, expiry_ns, zero_value, mark, size; } order_opened;
        /* ORDER_ENDED: other = order; reason: bw_order_reason */
        struct { int64_t lots_filled, lots_left, reason; } order_ended;
        /* LEG: one account's side of a liquidation trade. `closing` 1: the liquidated account; 0: the one who takes.
           lots signed as the position's change; value: what the lots are worth in this trade. For a closing leg
           `score` is the zero value of the lots (R8), for a deleveraged one its ADL score (R13) */
        struct { int64_t lots, value, score, balance_before, balance_after, size_before, size_after, cost_before,
                         cost_after, equity; uint32_t via; uint32_t closing; } leg;
        /* SURPLUS: a fill was better than zero value: what it repaid to earlier payers, the fee it paid */
        struct { int64_t surplus, repaid, fee, balance; } surplus;
        /* BANKRUPT: the account's balance is set to zero; its gap becomes the venue's */
        struct { int64_t gap, equity, balance; } bankrupt;
        /* ATTRIBUTED: part of an account's gap charged to a market and side (side 0 long, 1 short; pool: BW_NONE16) */
        struct { int64_t gap, u, side; } attributed;
        /* LOSS: one (market, side) or the pool's own gap: who paid. gap = sum of paid (R10). The last field is the
           settings hash with its lowest bit replaced by the side: 0 long, 1 short */
        struct { int64_t gap, lots, mark, paid[BW_LAYERS]; uint64_t settings_hash_and_side; } loss;
        /* CHARGED: a payer of a haircut or a deleveraged account. cause: its LOSS's first event. profit: sum over the
           account's positions of max(0, u) at the round's start */
        struct { int64_t charge, weight, cap, layer, balance_before, balance_after, cost_before, cost_after, equity,
                         claim, profit; } charged;
        /* PAID: fund bucket, shared part, capital or desk (account) paid */
        struct { int64_t amount, layer, left, side; } paid;
        /* CREDITED: the fund (market: its bucket) or carryover took money in */
        struct { int64_t amount, fund, carryover_repaid, command; } credited;
        /* REPAID: a claim was repaid */
        struct { int64_t amount, claim, balance; } repaid;
        /* RECOVERED: a WORKING account is healthy again */
        struct { int64_t equity, mm; } recovered;
        /* SETTLED: an account's u of a market moved to its balance (size 0 after expire and resolve) */
        struct { int64_t moved, lots, balance; } settled;
        /* ROUND: a round ended */
        struct { int64_t round, unhealthy, bankrupt, gap, deleveraged, charged; } round;
        /* TRIGGERED: the fund's drawdown or empty trigger was set (1) or cleared (0) */
        struct { int64_t drawdown, empty, fund, peak; } triggered;
        /* INDEXED: a haircut raised an index by `step` per lot (market, side) or per unit of nominal balance (pool), counted
           in 2^-shift minor units; `lots` or units it counts for; charge: what it will bring; carried: steps that nobody was
           charged yet. Each holder's part is a CHARGED event when he is next touched. charge below 0, step 0: the market has
           ended, and so much that no lot was charged is carried over */
        struct { int64_t step, lots, charge, carried, side, shift; } indexed;
        /* STAKED: shares were bought (amount > 0), asked for (amount 0) or given for -amount (shares < 0); total: shares
           of all, after it */
        struct { int64_t shares, amount, total, fund; } staked;
        /* RATED: a withdrawal paid `paid` and lost `loss`, for which the account has a claim */
        struct { int64_t paid, loss, claim; } rated;
        /* ROUNDED: the charges of a layer came to `amount` more than there was to pay, which the fund gets (floor-fund) or
           the pool holds (ceil-carry); below 0: so much of what it held lowered the layer's budget. held: by the pool, after
           it. paid[layer] of the LOSS = its charges - its amounts. Clawback: no cause (R16) */
        struct { int64_t amount, held, layer, rounding, side; } rounded;
        /* PENALTY: taken from a closed account for lots worth `value` at the mark: `fund`, credited at once or at the
           round's end, and `desk`, paid to desk `other`; the balances of both accounts after it */
        struct { int64_t value, fund, desk, balance, desk_balance; } penalty;
    };
} bw_event;

/* ---------------------------------------------------------------------------------------------------------------
   The one function (R21, R22). `command` points to a whole command (header and body) of header.size bytes, 8-byte
   aligned. Writes at most bw_events_max events to `events` and their number to *event_count (0 after a refusal).
   Returns BW_OK, BW_MORE, or a refusal. Work: O(command entries + accounts crossed), at most work_max units. */
BW_API bw_status bw_step(bw_venue *venue, const bw_command *command, bw_event *events, uint32_t *event_count);

/* What contradicts or is out of range in a pool or desk command that bw_step would refuse with bad_setting, as a sentence
   in the words of the story language ("all-or-nothing and may-go-negative exclude each other"); NULL if nothing is. */
BW_API const char *bw_setting_fault(const bw_venue *venue, const bw_command *command);

/* Would this trade be accepted? The same checks as bw_step, nothing is done (R4a). `refused_account` (may be NULL) gets
   the id of the side that fails, or 0. */
BW_API bw_status bw_trade_check(const bw_venue *venue, const bw_trade *trade, uint64_t *refused_account);

/* ---------------------------------------------------------------------------------------------------------------
   Queries: read-only, allowed at any time between calls. */
typedef enum bw_state { BW_HEALTHY, BW_WORKING, BW_UNHEALTHY } bw_state;

typedef struct bw_account_view {
    uint64_t id, owner, group, tag;
    uint32_t flags, state;           /* state: bw_state */
    uint16_t pool, isolated;
    uint16_t position_count, desk;   /* desk: its number, or BW_NONE16 */
    int64_t balance, equity, mm, im, order_margin, collateral_value, upnl;
    int64_t net_deposits, claim, period_gain, withdrawable, locked_profit;
    int64_t health_ppm;              /* equity / mm; -1: none, since mm is 0 */
    int64_t shares, stake_value;     /* its shares of the pool's fund and what they are worth now (R14) */
    int64_t owed;                    /* for an index of balances: off the balance already, in no CHARGED event yet (R15) */
} bw_account_view;

typedef struct bw_position_view {
    uint64_t account, order;         /* order: its live liquidation order, or 0 */
    uint16_t market, reserved[3];
    int64_t size, cost, entry;       /* effective cost; entry: |cost| / |size| per lot, floored, amount */
    int64_t upnl, notional, mm, im, trigger;   /* trigger: tick at which the account is visited next; 0: none */
    int64_t owed;                    /* for an index of sizes: in the cost already, in no CHARGED event yet (R15) */
} bw_position_view;

typedef struct bw_market_view {
    char name[BW_NAME];
    uint16_t pool; uint8_t kind, status; uint32_t holders_long, holders_short;
    int64_t tick_value, mark, previous_mark, index, open_interest, offset_long, offset_short, fund, carryover;
    int64_t volatility_ppm, im_scale_ppm;
    uint64_t underlying;             /* as in bw_command_market */
} bw_market_view;

typedef struct bw_pool_view {
    char name[BW_NAME];
    uint16_t asset, drawdown, empty;
    uint16_t indexes;                /* 1: a haircut of its list is applied by index (R15) */
    int64_t fund, shared_fund, capital, fees, dust, carryover, claims, usable, peak, reserved_gap;
    int64_t shares, staked;          /* of the fund: all (0: nobody has any), and those of stakers (R14) */
    int64_t ceil_carried;            /* what ceil-carry took too much and holds for the next budget (R16) */
    int64_t waiting;                 /* accounts seen bankrupt whose lots wait for offers: a loss is open (R11, R18) */
} bw_pool_view;

typedef struct bw_venue_view {
    uint64_t seq, round, settings_hash;
    int64_t time_ns;
    uint32_t assets, pools, markets, collaterals, accounts, positions, orders, desks;
    uint32_t open;                   /* 1: a round is open */
    uint32_t reserved;
    uint64_t visited;                /* accounts judged since bw_venue_new or a restart; the host's figure, not state */
    uint64_t chain_hash[2];
} bw_venue_view;

/* Views by id or number; false if there is none (the view is then untouched). */
BW_API bool bw_account_get(const bw_venue *venue, uint64_t account, bw_account_view *view);
BW_API bool bw_position_get(const bw_venue *venue, uint64_t account, uint16_t market, bw_position_view *view);
BW_API bool bw_market_get(const bw_venue *venue, uint16_t market, bw_market_view *view);
BW_API bool bw_pool_get(const bw_venue *venue, uint16_t pool, bw_pool_view *view);
BW_API void bw_venue_get(const bw_venue *venue, bw_venue_view *view);
/* The id of the account opened as number `index` (0 .. accounts - 1). */
BW_API uint64_t bw_account_id(const bw_venue *venue, uint32_t index);
/* Balance of an asset: the settlement balance or a collateral holding; 0 if none. */
BW_API int64_t bw_account_balance(const bw_venue *venue, uint64_t account, uint16_t asset);
/* Place in the ADL queue of the position's side by fifths, 5 = closed first; 0: not in profit, or none (R13).
   Work: O(holders of the side). */
BW_API uint16_t bw_position_light(const bw_venue *venue, uint64_t account, uint16_t market);

/* Conservation (R2), per asset, by its own sums over the state, sharing no code with what posts:
       balances - costs + fund + capital + fees + ceil_carried + dust - carryover - uncharged - (external in - external out),
   which is 0, always. `uncharged`: what haircuts by index have taken over and not yet charged to anybody, since it is less
   than a unit for each holder (R15). Work: O(accounts + positions). */
typedef struct bw_conservation {
    int64_t balances, costs, fund, capital, fees, ceil_carried, dust, carryover, uncharged, external;
    int64_t error;
} bw_conservation;
BW_API bool bw_conservation_get(const bw_venue *venue, uint16_t asset, bw_conservation *result);

/* Every invariant of docs/invariants.md (I1..In). Returns 0 if all hold, else the number of the first that does not;
   `*where` (may be NULL) gets the account, market or asset at which. Work: O(everything). */
BW_API uint32_t bw_venue_valid(const bw_venue *venue, uint64_t *where);

/* The exhaustive exact check (R7's oracle): which accounts are unhealthy at the present marks, by visiting every account
   and no trigger. Writes up to `max` account numbers (indices) in rising order; returns how many there are. */
BW_API uint32_t bw_scan(const bw_venue *venue, uint32_t *accounts, uint32_t max);

/* XXH3-128 of header and persistent part (R23); the chain hash is in bw_venue_view. Work: O(persistent bytes). */
BW_API void bw_state_hash(const bw_venue *venue, uint64_t hash[2]);

#endif
