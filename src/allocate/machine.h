/* machine.h - inside allocate: the passes of the machine and the table of rules.

   A pass looks at payers [from, to) of one call; when it has seen all, its end function draws the
   conclusion and names the next phase. A rule is a row of the table in allocate.c: what weighs,
   whether caps hold others responsible, where it goes after the sums, and what orders its payers. */
#ifndef BW_ALLOCATE_MACHINE_H
#define BW_ALLOCATE_MACHINE_H

#include "allocate/allocate.h"

typedef enum {
    BW_ALLOCATE_DONE,
    BW_ALLOCATE_MEASURE,      /* risk-weighted: the largest product */
    BW_ALLOCATE_SUM,
    BW_ALLOCATE_LEVEL,
    BW_ALLOCATE_RANGE,        /* extremes of the keys in the threshold range */
    BW_ALLOCATE_SELECT,       /* their histogram */
    BW_ALLOCATE_WRITE_FULL,   /* everyone pays the cap, or nothing */
    BW_ALLOCATE_WRITE_LEVEL,
    BW_ALLOCATE_WRITE_QUEUE,
    BW_ALLOCATE_TOP_UP,       /* the last units, to the candidates in the heap */
    BW_ALLOCATE_PHASE_COUNT
} bw_allocate_phase;

typedef enum {
    BW_ALLOCATE_WEIGH_WEIGHT,
    BW_ALLOCATE_WEIGH_CAP,
    BW_ALLOCATE_WEIGH_ONE,
    BW_ALLOCATE_WEIGH_PRODUCT
} bw_allocate_weigh;

/* One call of bw_allocate_run: the stored machine and what the caller passed. */
typedef struct {
    bw_allocation *machine;
    bw_allocation_scratch *scratch;
    const bw_payers *payers;
    int64_t *charge;
} bw_allocate_call;

/* Primary key (higher first; ties by lower id) and amount of a payer who competes for `need`;
   false for one who does not. */
typedef bool bw_allocate_key(const bw_allocate_call *call, uint32_t i, bw_wide *primary,
                             int64_t *amount);

typedef struct {
    const char *name;
    bw_allocate_weigh weigh;
    bool shares_on;           /* what a cap cuts off is shared among the others */
    bool keep_candidates;     /* every amount is 1, so the last ones may go through the heap */
    void (*plan)(const bw_allocate_call *call);
    bw_allocate_key *key;
    bw_allocate_phase write;
} bw_allocate_row;

extern const bw_allocate_row bw_allocate_rows[BW_ALLOCATE_RULE_COUNT];

/* The payer's weight under the rule; 0 means that he takes no part. */
static inline int64_t bw_allocate_weight(bw_allocate_weigh weigh, const bw_allocate_call *call,
                                         uint32_t i)
{
    const bw_payers *payers = call->payers;
    int64_t weight = payers->weight[i];
    switch (weigh) {
    case BW_ALLOCATE_WEIGH_WEIGHT:
        return weight;
    case BW_ALLOCATE_WEIGH_CAP:
        return weight > 0 ? payers->cap[i] : 0;
    case BW_ALLOCATE_WEIGH_ONE:
        return weight > 0;
    case BW_ALLOCATE_WEIGH_PRODUCT:
        break;
    }
    bw_wide product = bw_wide_mul(weight, payers->factor[i]);
    if (bw_wide_sign(product) == 0)
        return 0;
    int64_t kept = (int64_t)bw_wide_shift_low(product, call->machine->weight_shift);
    return kept > 0 ? kept : 1;
}

/* level.c */
void bw_allocate_level_plan(const bw_allocate_call *call);
void bw_allocate_level_pass(const bw_allocate_call *call, uint32_t from, uint32_t to);
void bw_allocate_level_end(const bw_allocate_call *call);
void bw_allocate_level_write(const bw_allocate_call *call, uint32_t from, uint32_t to);
bw_allocate_key bw_allocate_level_key;

/* queue.c */
void bw_allocate_queue_plan(const bw_allocate_call *call);
void bw_allocate_queue_write(const bw_allocate_call *call, uint32_t from, uint32_t to);
bw_allocate_key bw_allocate_queue_key;

/* select.c */
typedef enum { BW_ALLOCATE_BETTER, BW_ALLOCATE_WITHIN, BW_ALLOCATE_WORSE } bw_allocate_side;
bw_allocate_side bw_allocate_select_side(const bw_allocation *machine, bw_wide primary,
                                         uint64_t id);
void bw_allocate_select_range(const bw_allocate_call *call, uint32_t from, uint32_t to);
void bw_allocate_select_range_end(const bw_allocate_call *call);
void bw_allocate_select_pass(const bw_allocate_call *call, uint32_t from, uint32_t to);
void bw_allocate_select_end(const bw_allocate_call *call);
void bw_allocate_select_clear(const bw_allocate_call *call);
void bw_allocate_heap_offer(const bw_allocate_call *call, bw_wide primary, uint32_t i);

#endif
