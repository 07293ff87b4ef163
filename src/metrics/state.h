/* state.h - what the files of this room share: the sums behind a result, in the caller's memory.

   Holds     a record exists for every account something happened to; records stand in the order of first mention */
#ifndef BW_METRICS_STATE_H
#define BW_METRICS_STATE_H

#include "metrics/metrics.h"

#include "base/assert.h"
#include "base/table.h"
#include "money/wide.h"

/* One deleveraged position, as the next seconds need it: `lots` of its change were worth `value`. */
typedef struct bw_metrics_close {
    uint32_t record, batch;
    int64_t lots, value;
    uint16_t market, reserved[3];
} bw_metrics_close;

/* All closes of one account in one market, as the end needs them. */
typedef struct bw_metrics_pair {
    uint32_t record;
    uint16_t market, reserved;
    int64_t lots, value;
} bw_metrics_pair;

/* What a record lost by closes whose horizon is over; the charges not included. */
typedef struct bw_metrics_held {
    int64_t lost[BW_HORIZON_END];
} bw_metrics_held;

/* The price that ADL had in a market's latest batch: value / lots. */
typedef struct bw_metrics_price {
    uint32_t batch_plus_one;
    uint32_t reserved;
    int64_t lots, value;
} bw_metrics_price;

/* The close that the next leg may belong to. */
typedef struct bw_metrics_open_close {
    uint64_t seq, account;
    int64_t lots, size_before;     /* closed so far; the position before the first leg */
    uint64_t close_plus_one;       /* its number; 0: there was no room */
    uint32_t pair;
    uint16_t market;
    bool is_open;
} bw_metrics_open_close;

/* What one account had and paid: in the event, in the batch and in the round that last touched it (touch.c). */
typedef struct bw_metrics_touch {
    int64_t before, charged;       /* in the event */
    int64_t realised;              /* by ADL legs in the batch, gains only */
    int64_t profit;                /* largest profit at a round's start that a charge of the batch shows */
    int64_t charged_before;        /* the batch */
    int64_t round_charged;
    uint64_t round, round_seq;     /* the round of round_charged */
    uint32_t batch_plus_one, reserved;   /* 0: never touched */
} bw_metrics_touch;

/* One touched account: its profit and what was left of it. */
typedef struct bw_metrics_standing {
    int64_t before, after;
} bw_metrics_standing;

/* docs/metrics.md: rank_inversions, ptsr, pmr. */
typedef struct bw_metrics_ranks {
    uint64_t inversions, pairs;
    int64_t kept;                  /* of the account with the largest profit */
    bw_wide survived, profit;
    bool charged;                  /* anybody at all */
} bw_metrics_ranks;

/* One ADL close of the command under way, by owner and underlying (hedge.c). */
typedef struct bw_metrics_cut {
    uint64_t owner, account, underlying;   /* owner 0: the account alone */
    uint64_t close;
    uint32_t first;                        /* of his ring, plus one */
    uint16_t market, reserved;
} bw_metrics_cut;

/* A record's owner, asked of the venue once: where his ring begins (account number plus one; 0: he is alone). */
typedef struct bw_metrics_owner {
    uint64_t owner;
    uint32_t first;
    bool known;
} bw_metrics_owner;

/* Accounts of one owner, in a ring of account numbers plus one; 0: alone. */
typedef struct bw_metrics_owners {
    bw_table table;
    bw_table_slot *slots;
    uint32_t *next;
    uint32_t count;                /* accounts seen */
} bw_metrics_owners;

struct bw_metrics {
    bw_metrics_limits limits;
    bw_table table;
    bool begun;
    uint32_t record_count, pair_count, batch_count, desk_count, market_count;
    uint64_t close_count;          /* closes so far; close number n stands at n modulo limits.closes */
    uint64_t close_due[BW_HORIZON_END];   /* closes before this one are in `held`, horizon by horizon */
    uint64_t seq_seen, commands, events, rounds, lost_records;
    int64_t begin_ns, first_liquidation_ns, first_adl_ns;
    bw_metrics_open_close open_close;
    bw_table_slot *slots;
    bw_metrics_account *records;
    bw_metrics_close *closes;      /* a ring: those of the last seconds */
    bw_metrics_held *held;         /* one per record */
    bw_table pair_table;
    bw_table_slot *pair_slots;     /* record x 65,536 + market */
    bw_metrics_pair *pairs;
    bw_metrics_batch *batches;
    int64_t *marks;
    bw_metrics_market *markets;
    bw_wide *market_lots;          /* closed by ADL */
    bw_metrics_price *prices;
    bw_metrics_pool *pools;
    uint64_t *desks;
    int64_t *amounts;              /* scratch: one per record */
    bw_metrics_touch *touches;     /* one per record */
    bw_metrics_standing *standings;   /* scratch, twice one per record */
    bw_metrics_cut *cuts;          /* scratch: one per close */
    bw_metrics_owner *record_owners;   /* one per record */
    bw_market_view *views;         /* scratch: one per market */
    uint16_t *peers;               /* scratch: the next market of the same underlying, in a ring */
    bw_metrics_owners owners;
    uint64_t close_hedged;         /* closes before this one are in hedge_damage */
    int64_t fraction_equity, fraction_position, hedge_damage;
    uint16_t *by_adl;
    bw_metrics_result result;
    bw_metrics_collateral collaterals[BW_METRICS_COLLATERALS];
};

static inline bw_metrics_close *bw_metrics_close_at(const bw_metrics *metrics, uint64_t number)
{
    return &metrics->closes[number % metrics->limits.closes];
}

static inline int64_t bw_metrics_abs(int64_t x)
{
    return x < 0 ? -x : x;
}

/* *sum += amount; sums of a venue's amounts fit (R1's envelope), so a wrap is a bug. */
static inline void bw_metrics_sum(int64_t *sum, int64_t amount)
{
    bool overflow = __builtin_add_overflow(*sum, amount, sum);
    BW_ASSERT(!overflow);
}

/* part / whole in ppm, to the nearest, halves up; 0 of nothing is 0. */
static inline int64_t bw_metrics_ppm(int64_t part, int64_t whole)
{
    if (whole <= 0)
        return 0;
    bw_wide twice = bw_wide_add_int64(bw_wide_mul(part, 2000000), whole);
    return bw_wide_to_int64(bw_wide_div_floor(twice, bw_wide_mul(whole, 2)));
}

/* Sorts rising; nothing but the values decides. */
void bw_metrics_sort(int64_t *amounts, uint32_t count);
/* How `count` amounts are spread; sorts them. Amounts of 0 and below do not count. */
void bw_metrics_spread_of(int64_t *amounts, uint32_t count, bw_metrics_spread *spread);
/* metrics.c: a desk, as of now. */
bool bw_metrics_is_desk(const bw_metrics *metrics, uint64_t account);
/* holding.c: a close begins, and a leg of it. */
void bw_metrics_close_new(bw_metrics *metrics, uint32_t record, uint16_t market);
void bw_metrics_close_leg(bw_metrics *metrics, const bw_event *event);
/* The marks of the latest batch are complete: what its closes and earlier ones wait for is known. */
void bw_metrics_holding_due(bw_metrics *metrics, const bw_venue *venue);
/* What winners lost against holding, into the records and pools. */
void bw_metrics_holding(bw_metrics *metrics, const bw_venue *venue);
/* The value of lots at a price, as the engine values a position: down for inverse markets (R1). */
int64_t bw_metrics_value(const bw_market_view *market, int64_t lots, int64_t price);

/* touch.c: an ADL leg that closed a winner's lots, and a charge, in the batch that is open. */
void bw_metrics_touch_leg(bw_metrics *metrics, uint32_t record, const bw_event *event);
void bw_metrics_touch_charge(bw_metrics *metrics, uint32_t record, const bw_event *event);
/* Over all touched accounts; uses the scratch. */
bw_metrics_ranks bw_metrics_ranks_of(const bw_metrics *metrics);

/* hedge.c: an account was opened; and, when no round is open: what the closes since the last call did to net risks. */
void bw_metrics_owner_add(bw_metrics *metrics, const bw_event *event);
void bw_metrics_hedge(bw_metrics *metrics, const bw_venue *venue);

/* columns.c: all of them, once pools and records are finished. */
void bw_metrics_columns(const bw_metrics *metrics, bw_columns *columns);
/* The rows of measured.csv that this run can answer. */
void bw_metrics_compare(bw_metrics_result *result);

#endif
