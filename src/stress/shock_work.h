/* shock_work.h - what the files of the one-shock evaluator share.

       by account   head ──> lots: size, market, place            E = net + sum(size x unit)
       by place     size, cost, account    places of a market's side lie together, in the order of the holders' list
       overlay      entries and their positions: copies of the accounts that a scenario changes

   A scenario changes nothing of the book but `list` and `slot` (the holders' lists, identity at the start), which are put back,
   and the overlay, which is forgotten. */
#ifndef BW_STRESS_SHOCK_WORK_H
#define BW_STRESS_SHOCK_WORK_H

#include "engine/account.h"
#include "engine/formula.h"
#include "stress/shock.h"

/* An account: equity = net + sum(size x unit) over lots [first, end). */
typedef struct shock_head {
    int64_t net;
    uint32_t first, end;
} shock_head;

typedef struct shock_lot {
    int64_t size;
    uint32_t place;
    uint16_t market, reserved;
} shock_lot;

/* A position of an account that the scenario changes. `before`: at the round's start (shadow). */
typedef struct shock_position {
    int64_t size, cost;
    int64_t upnl_before, size_before, charged, lots_adl;
    int64_t reserved;                    /* lots of its live order */
    uint32_t place, entry;
    uint32_t next_shadow, next_of_side;
    uint16_t market;
    uint8_t shadowed, side;              /* side as the book has it */
    uint32_t padding;
} shock_position;

typedef struct shock_entry {
    int64_t balance;
    int64_t charged_round, charged;      /* in this round; in all */
    int64_t gap, liquidated, deleveraged;
    uint32_t account, first, count;      /* order[first + i], i < count: its positions, those of size 0 gone after a round */
    uint32_t orders, round;              /* round: the last that touched it */
    uint8_t sliced, met, reserved[2];
} shock_entry;

typedef struct shock_light {
    int64_t paid, balance_cut;
    uint32_t at, reserved;               /* at: where in the list of payers + 1 */
} shock_light;

typedef struct shock_case {
    int64_t equity, im;
    uint32_t entry, bankrupt;
} shock_case;

typedef struct shock_closing {
    int64_t lots;
    uint32_t entry, place, next, reserved;
} shock_closing;

/* A (market, side) of the round, or (the last) the pool. Numbers of closings and positions count from 1. */
typedef struct shock_loss {
    int64_t gap, left, lots, lots_left, event_left;
    int64_t paid[BW_LAYERS];
    int64_t gap_in_all;
    uint32_t closing_first, closing_last, shadow_first, reserved;
} shock_loss;

typedef struct shock_fund {
    int64_t shared, buckets, capital, carried, peak;
    int64_t usable, shared_usable;       /* frozen at the round's start */
    int64_t window_paid, window_fund, reserved_gap;
    uint32_t drawdown, empty;
} shock_fund;

/* Of one market and side: places [first, first + count), and single accounts by the price that breaks them. */
typedef struct shock_side {
    uint32_t first, count, live;         /* live: holders left in the scenario */
    uint32_t single_first, single_count;
} shock_side;

typedef struct shock_payers {
    int64_t *weight, *cap, *rank, *charge;
    uint64_t *id;
    uint32_t *item;
    uint32_t count;
} shock_payers;

/* Something to be sorted by `order`: who gives lots; single accounts by their limit. */
typedef struct shock_winner {
    uint64_t order;
    int64_t lots;
    uint32_t place, reserved;
} shock_winner;

/* Of all single positions before one, in the order of `limit`: their net and their lots, unsigned. */
typedef struct shock_sum {
    bw_wide net;
    int64_t lots, reserved;
} shock_sum;

typedef struct shock_queued {
    int64_t key;
    uint64_t id;
    uint32_t payer, reserved;
} shock_queued;

/* Holders of a side with the least equity per notional first, and of each chunk of them what bounds their keys. */
typedef struct shock_ranked {
    double margin;                       /* singles: net per lot; others: equity per notional at the start */
    uint32_t place, account;
} shock_ranked;

/* Between which costs per lot positions were opened. */
typedef struct shock_entries {
    double low, high;
} shock_entries;

typedef struct shock_chunk {
    double margin;
    shock_entries entries;
} shock_chunk;

typedef struct shock_ranking {
    shock_entries entries;
    uint32_t first, count, chunk_first, reserved;
} shock_ranking;

/* What a scenario makes of an account that it does not change. */
typedef struct shock_figures {
    int64_t equity, notional;
    uint32_t account;
    uint16_t waits, known;               /* waits: with orders out; known: the others are set */
} shock_figures;

/* A lot of an account of high leverage; `next` of the same side. */
typedef struct shock_hot {
    uint32_t lot, figures, next;
} shock_hot;

struct bw_shock {
    const bw_venue *venue;
    bw_command_pool pool;
    bool waits;                          /* the list starts with `book` */
    bool mixed;                          /* ties by a mix of the sequence number */
    bool any_exempt;
    uint32_t markets, accounts, places, singles, multis;
    uint64_t seq;
    shock_fund fund_start, fund;
    /* the book */
    shock_head *head;
    int64_t *balance;
    uint32_t *place_of;                  /* by the venue's position, while the book is read */
    shock_lot *lot;                      /* up to four of an account lie in one cache line */
    int64_t *size, *cost;
    uint32_t *account;
    uint8_t *exempt;
    uint64_t *id;
    uint32_t *owner_next;
    shock_side *side;
    int64_t *bucket_start, *market_paid_start, *previous_unit;
    /* singles: breaks at a price of `limit` or beyond, sorted so that these come first (shorts: limit negated) */
    int64_t *limit;
    uint32_t *who;
    shock_sum *sum;                      /* filled where the book is asked first: limits are those of the bankrupt */
    shock_ranked *ranked;
    shock_chunk *chunk;
    shock_ranking *ranking;              /* 2 x side + (1: singles) */
    int64_t *bound;                      /* of a ranking's chunks, of the one and all behind it */
    uint32_t ranked_count, chunk_count;
    double largest_move, largest_rise;   /* of the scenario: |unit / unit before - 1|, unit / unit before */
    /* the others: a line that lies below equity less margin, and one below equity less thin x notional too, for prices up to
       price_bound */
    double thin[2];                      /* the second less; 0: nobody asks for those whose leverage is above the inverse */
    float *line_base, *line_need, *line_slope, *line_thin, *line_thinner;   /* need: more than the roundings of a line's value */
    uint32_t *line_account, *line_first, *line_lot;
    uint16_t *line_market;
    int64_t *price_bound, *price_start;
    uint64_t *thin_flags, *thinner_flags, *flags;        /* of a block: scenarios in which the lines of a flagged account are not above zero */
    uint32_t *thin_account, *thin_lot, *thin_at, *flagged;   /* the thin of the block: account, first lot, first of the sides */
    uint16_t *thin_side;                 /* ... of their lots */
    uint32_t thin_count, flagged_count;
    shock_figures *figures;
    shock_hot *hot;                      /* from 1 */
    uint32_t *hot_first, *hot_list;      /* 2 x side + (1: the thinner); those of one side */
    uint32_t figures_count, lane;        /* figures_count UINT32_MAX: not made for this round */
    float *row, *row_max;                /* [market][lane] */
    /* the scenario */
    int64_t *price, *unit;
    int64_t *bucket, *bucket_usable, *market_paid;
    uint64_t *bits;                      /* accounts to be judged */
    bw_bitmap_shape shape;
    uint64_t *place_bits;                /* places of entries */
    uint32_t *mark;                      /* account -> entry + 1 */
    uint32_t *list, *slot;
    uint32_t *journal;                   /* places and slots to put back, in pairs */
    uint32_t journal_count;
    shock_entry *entry;
    shock_position *position;            /* from 1; a record stays where it is */
    uint32_t *order;                     /* of an account's positions, by which ties are decided */
    shock_case *cases;
    shock_closing *closing;              /* from 1 */
    shock_loss *loss;                    /* 2 x markets + 1 */
    uint32_t *side_first;                /* positions of entries by the side they stand on in the book */
    uint32_t *touched;                   /* entries that the round touches */
    /* accounts that only paid haircuts and have no entry: what came off their balances and off the profit of each place */
    shock_light *light;                  /* by account */
    int64_t *place_cut;
    uint32_t *payer, *cut;               /* who they are; places whose cut is not 0 */
    uint32_t payer_count, cut_count;
    shock_payers payers;
    shock_winner *winners;
    bw_allocation_scratch *scratch;
    uint32_t entry_count, position_count, case_count, closing_count, touched_count, round, judged, rounds;
    int64_t carried_start;
    bw_stress_outcome outcome;
};

/* ---- find.c ---- */
void bw_shock_find_new(bw_shock *shock);
/* Whom no price in the block [scenario][market] can be certain of. */
void bw_shock_find_block(bw_shock *shock, const int64_t *ticks, uint32_t count);
/* Lots of the accounts that may have more leverage than 1 / thin in the lane, by side, where lots of the round are left to close;
   those that may have more than the inverse of the lesser apart. */
void bw_shock_find_thin(bw_shock *shock);
/* Sets the bits of those whom the prices of lane `lane` make unhealthy (or, if the book is asked first, bankrupt). */
void bw_shock_find(bw_shock *shock, uint32_t lane);

/* How many single positions of a side break at the scenario's price: the first ones. */
uint32_t bw_shock_singles_broken(const bw_shock *shock, uint32_t side);
void bw_shock_gap_new(bw_shock *shock);
void bw_shock_prices_set(bw_shock *shock, const int64_t *ticks);

/* ---- overlay (shock_state.c) ---- */
/* The entry of the account; made if there is none, without the orders that it may have out: they matter to who is asked for
   lots alone, and who is asked is looked at first. */
uint32_t bw_shock_enter(bw_shock *shock, uint32_t account);
void bw_shock_touch(bw_shock *shock, uint32_t entry);
/* Asks memory for what entering an account will need: `far` first, then what that leads to of `near`. BW_NONE32: nobody. */
static inline void bw_shock_ask(const bw_shock *shock, uint32_t far, uint32_t near)
{
    if (far != BW_NONE32) {
        __builtin_prefetch(&shock->head[far]);
        __builtin_prefetch(&shock->mark[far], 1);
        __builtin_prefetch(&shock->balance[far]);
        __builtin_prefetch(&shock->light[far]);
    }
    if (near != BW_NONE32)
        __builtin_prefetch(&shock->lot[shock->head[near].first]);
}
/* A haircut of an account without an entry; the caller says from what it came off: the balance, or the profit of a place. */
void bw_shock_light_pay(bw_shock *shock, uint32_t account, int64_t charge);
void bw_shock_light_cut(bw_shock *shock, uint32_t place, int64_t charge);
int64_t bw_shock_entry_equity(const bw_shock *shock, const shock_entry *entry);
int64_t bw_shock_entry_health(const bw_shock *shock, const shock_entry *entry, int64_t *mm);
/* The entry's position in its book place. */
uint32_t bw_shock_position_at(const bw_shock *shock, uint32_t entry, uint32_t place);
void bw_shock_shadow_take(bw_shock *shock, uint32_t position);
/* A close of `lots` (unsigned) at the mark. */
void bw_shock_reduce(bw_shock *shock, uint32_t position, int64_t lots);
void bw_shock_forget(bw_shock *shock);

static inline int64_t bw_shock_upnl(const bw_shock *shock, const shock_position *at)
{
    return at->size * shock->unit[at->market] - at->cost;
}
static inline int64_t bw_shock_base_equity(const bw_shock *shock, uint32_t account)
{
    int64_t equity = shock->head[account].net;
    for (uint32_t i = shock->head[account].first; i < shock->head[account].end; i++)
        equity += shock->lot[i].size * shock->unit[shock->lot[i].market];
    return equity;
}
static inline int64_t bw_shock_base_mm(const bw_shock *shock, uint32_t account)
{
    int64_t mm = 0;
    for (uint32_t i = shock->head[account].first; i < shock->head[account].end; i++)
        mm += bw_mm(shock->venue, shock->lot[i].market, bw_abs(shock->lot[i].size * shock->unit[shock->lot[i].market]));
    return mm;
}
/* Of an account without an entry, now. */
static inline int64_t bw_shock_light_equity(const bw_shock *shock, uint32_t account)
{
    return bw_shock_base_equity(shock, account) - shock->light[account].paid;
}
static inline bool bw_shock_place_entered(const bw_shock *shock, uint32_t place)
{
    return shock->place_bits[place / 64u] >> place % 64u & 1u;
}

/* ---- rounds ---- */
void bw_shock_plan_orders(bw_shock *shock, uint32_t entry);   /* shock_plan.c: of a solvent unhealthy account that waits */
void bw_shock_plan(bw_shock *shock, const shock_case *at);     /* ... a case of the round */
void bw_shock_net(bw_shock *shock);                           /* shock_adl.c */
void bw_shock_adl(bw_shock *shock);
/* A position that is not entered, as a payer of the queue; `profit`: if it is in profit. figures may be NULL. */
void bw_shock_candidate_consider(bw_shock *shock, uint32_t side, uint32_t place, bool profit, const shock_figures *figures);
/* Begins the candidates of a side with those of entered accounts. */
void bw_shock_entered_gather(bw_shock *shock, uint32_t side, bool profit);
shock_figures bw_shock_figures_of(const bw_shock *shock, uint32_t account);
/* Buckets of keys in their order: 12 bits, sign, length and five bits below. */
#define BW_SHOCK_BUCKETS 4096u
static inline uint32_t bw_shock_bucket_of(int64_t key)
{
    uint64_t size = (uint64_t)bw_abs(key);
    uint32_t bits = size ? 64u - (uint32_t)__builtin_clzll(size) : 0;
    uint32_t rank = bits > 5u ? bits * 32u + ((uint32_t)(size >> (bits - 6u)) & 31u) : (uint32_t)size;
    return key < 0 ? BW_SHOCK_BUCKETS / 2u - 1u - rank : BW_SHOCK_BUCKETS / 2u + rank;      /* rank < 64 x 32 */
}
/* shock_rank.c: whether the pool's queue can be cut short; gathers those whom its first `lots` can reach, and some others. */
bool bw_shock_ranks(const bw_shock *shock, bool profit);
void bw_shock_rank_new(bw_shock *shock);
void bw_shock_rank_scenario(bw_shock *shock);
void bw_shock_rank_gather(bw_shock *shock, uint32_t side, bool profit, int64_t lots);
void bw_shock_zero(bw_shock *shock);                          /* shock_loss.c */
void bw_shock_layers(bw_shock *shock);
void bw_shock_fund_freeze(bw_shock *shock);                   /* shock_fund.c */
void bw_shock_fund_refreeze(bw_shock *shock);
void bw_shock_fund_layer(bw_shock *shock, uint32_t loss);
void bw_shock_shared_layer(bw_shock *shock, bw_layer layer);

static inline void bw_shock_payer_add(bw_shock *shock, uint32_t item, int64_t weight, int64_t cap, int64_t rank, uint64_t id)
{
    shock_payers *payers = &shock->payers;
    uint32_t n = payers->count++;
    payers->item[n] = item;
    payers->weight[n] = weight;
    payers->cap[n] = cap;
    payers->rank[n] = rank;
    payers->id[n] = id;
}
int64_t bw_shock_allocate(bw_shock *shock, bw_rule rule, int64_t budget);

#endif
