/* sums.h - sums over the events since the previous `mark`, for `expect`.

       bw_event ── bw_story_sums_add ──> (kind, account, market) += amount ── bw_story_sums_get ──> expect

   Shapes    a hash table of sum_max entries in the caller's memory
   Units     amounts of the event's pool, lots (magnitudes), or counts
   Errors    a full table loses entries and says so (`lost`): then no sum can be relied on */
#ifndef BW_STORY_SUMS_H
#define BW_STORY_SUMS_H

#include "breakwater.h"

typedef enum bw_story_sum_kind {
    BW_STORY_SUM_NONE,
    BW_STORY_SUM_GAP,                     /* market or pool */
    BW_STORY_SUM_PAID,                    /* + bw_layer; market or pool */
    BW_STORY_SUM_CHARGED = BW_STORY_SUM_PAID + BW_LAYERS,   /* + bw_layer; account */
    BW_STORY_SUM_SURPLUS = BW_STORY_SUM_CHARGED + BW_LAYERS,
    BW_STORY_SUM_FEE, BW_STORY_SUM_PENALTY, BW_STORY_SUM_REPAID, BW_STORY_SUM_CONVERTED,        /* account */
    BW_STORY_SUM_CLOSED,                  /* + bw_via, + BW_STORY_VIA_ALL for all; account and market */
    BW_STORY_SUM_TAKEN = BW_STORY_SUM_CLOSED + 8,
    BW_STORY_SUM_ORDER_LOTS = BW_STORY_SUM_TAKEN + 8,
    BW_STORY_SUM_ORDER_LIMIT, BW_STORY_SUM_ORDER_GAP,                     /* the last one, not a sum */
    BW_STORY_SUM_LIQUIDATED, BW_STORY_SUM_BANKRUPT, BW_STORY_SUM_ROUNDS,  /* counts */
    BW_STORY_SUM_LIQUIDATED_ACCOUNT,      /* account: 1 once it was counted */
} bw_story_sum_kind;

enum { BW_STORY_VIA_ALL = 7 };

typedef struct bw_story_sum {
    uint64_t key;          /* 0: free */
    uint64_t account;
    int64_t amount;
    uint64_t period;       /* entries of earlier periods are free */
} bw_story_sum;

typedef struct bw_story_sums {
    bw_story_sum *entries;
    uint32_t entry_max;    /* a power of two */
    uint32_t used;
    uint64_t period;
    bool lost;
} bw_story_sums;

uint32_t bw_story_sums_max(const bw_limits *limits);
void bw_story_sums_new(bw_story_sums *sums, bw_story_sum *memory, uint32_t entry_max);
/* A new period: everything is zero again. */
void bw_story_sums_clear(bw_story_sums *sums);
void bw_story_sums_add(bw_story_sums *sums, const bw_event *event);
/* market: a market, or BW_NONE16; a pool's sum is asked for with `pool` and BW_NONE16. What does not apply is 0. */
int64_t bw_story_sums_get(const bw_story_sums *sums, uint32_t kind, uint64_t account, uint16_t market, uint16_t pool);

#endif
