/* machine.h - inside allocate: the passes of the machine and the table of rules.

   A pass looks at payers [from, to) of one call; when it has seen all, its end function draws the
   conclusion and names the next phase. A rule is a row of the table in allocate.c: what weighs,
   whether caps hold others responsible, where it goes after the sums, and who is served first. */
#ifndef BW_ALLOCATE_MACHINE_H
#define BW_ALLOCATE_MACHINE_H

#include "allocate/allocate.h"

/* A pass that is made several times, with constants for some of its parameters. */
#define BW_ALLOCATE_INLINE static inline __attribute__((always_inline))

typedef enum {
    BW_ALLOCATE_DONE,
    BW_ALLOCATE_MEASURE,      /* risk-weighted: the largest product */
    BW_ALLOCATE_SUM,
    BW_ALLOCATE_SUM_QUEUE,    /* and the first histogram of ranks */
    BW_ALLOCATE_LEVEL,
    BW_ALLOCATE_SELECT,       /* the histogram of the threshold range */
    BW_ALLOCATE_WRITE_FULL,   /* everyone pays the cap, or nothing */
    BW_ALLOCATE_WRITE_LEVEL,
    BW_ALLOCATE_WRITE_QUEUE,
    BW_ALLOCATE_WRITE_ROUNDED,
    BW_ALLOCATE_WRITE_REST,   /* what the rounding left */
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

typedef struct {
    const char *name;
    bw_allocate_weigh weigh;
    bool shares_on;           /* what a cap cuts off is shared among the others */
    bool by_unit;             /* those who compete for `need` take one unit each */
    bw_allocate_phase first;
    void (*plan)(const bw_allocate_call *call);
    void (*select)(const bw_allocate_call *call, uint32_t from, uint32_t to);
    bw_allocate_phase write;
} bw_allocate_row;

extern const bw_allocate_row bw_allocate_rows[BW_ALLOCATE_RULE_COUNT];
extern const bw_allocate_row bw_allocate_rest_row;

/* What those who compete now compete for. */
static inline const bw_allocate_row *bw_allocate_row_now(const bw_allocation *machine)
{
    return machine->rests ? &bw_allocate_rest_row : &bw_allocate_rows[machine->rule];
}

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
    int64_t factor = payers->factor[i];
    if (call->machine->weight_shift == 0)
        return (int64_t)((uint64_t)weight * (uint64_t)factor);
    int64_t kept = (int64_t)bw_wide_shift_low(bw_wide_mul(weight, factor),
                                              call->machine->weight_shift);
    return kept > 0 ? kept : weight > 0 && factor > 0;
}

/* Makes a pass once per kind of weight, so that its loop has no choice to make. */
typedef void bw_allocate_weighed_pass(const bw_allocate_call *call, uint32_t from, uint32_t to,
                                      bw_allocate_weigh weigh);

BW_ALLOCATE_INLINE void
bw_allocate_by_weigh(const bw_allocate_call *call, uint32_t from, uint32_t to,
                     bw_allocate_weighed_pass *pass)
{
    switch (bw_allocate_rows[call->machine->rule].weigh) {
    case BW_ALLOCATE_WEIGH_WEIGHT:
        pass(call, from, to, BW_ALLOCATE_WEIGH_WEIGHT);
        return;
    case BW_ALLOCATE_WEIGH_CAP:
        pass(call, from, to, BW_ALLOCATE_WEIGH_CAP);
        return;
    case BW_ALLOCATE_WEIGH_ONE:
        pass(call, from, to, BW_ALLOCATE_WEIGH_ONE);
        return;
    case BW_ALLOCATE_WEIGH_PRODUCT:
        pass(call, from, to, BW_ALLOCATE_WEIGH_PRODUCT);
    }
}

/* Sums in halves of 32 bits: 2^24 payers cannot overflow them, and they vectorise. */
typedef struct {
    uint64_t low;
    uint64_t high;
} bw_allocate_halves;

static inline void bw_allocate_halves_add(bw_allocate_halves *sum, uint64_t value)
{
    sum->low += (uint32_t)value;
    sum->high += value >> 32;
}

static inline bw_wide bw_allocate_halves_total(bw_allocate_halves sum)
{
    return bw_wide_add(bw_wide_of_u64(sum.low),
                       bw_wide_scale(bw_wide_of_u64(sum.high), INT64_C(1) << 32));
}

/* Bit 63 is set unless 0 <= number <= 2^62. */
static inline uint64_t bw_allocate_bad(int64_t number)
{
    return (uint64_t)number | ((uint64_t)BW_ALLOCATE_NUMBER_MAX - (uint64_t)number);
}

/* allocate.c */
void bw_allocate_sum_end(const bw_allocate_call *call);

/* level.c */
void bw_allocate_level_plan(const bw_allocate_call *call);
void bw_allocate_level_pass(const bw_allocate_call *call, uint32_t from, uint32_t to);
void bw_allocate_level_end(const bw_allocate_call *call);
void bw_allocate_level_select(const bw_allocate_call *call, uint32_t from, uint32_t to);
void bw_allocate_level_write(const bw_allocate_call *call, uint32_t from, uint32_t to);

/* False for a payer at his cap; else the floor of his share and its remainder. */
bool bw_allocate_level_share(const bw_allocate_call *call, uint32_t i, int64_t weight, int64_t *floor,
                             bw_wide *remainder);

/* rounding.c */
void bw_allocate_rounding_plan(const bw_allocate_call *call);
void bw_allocate_rounding_write(const bw_allocate_call *call, uint32_t from, uint32_t to);
void bw_allocate_rounding_write_end(const bw_allocate_call *call);
void bw_allocate_rest_write(const bw_allocate_call *call, uint32_t from, uint32_t to);

/* queue.c */
void bw_allocate_queue_sum(const bw_allocate_call *call, uint32_t from, uint32_t to);
void bw_allocate_queue_sum_end(const bw_allocate_call *call);
void bw_allocate_queue_plan(const bw_allocate_call *call);
void bw_allocate_queue_select(const bw_allocate_call *call, uint32_t from, uint32_t to);
void bw_allocate_queue_write(const bw_allocate_call *call, uint32_t from, uint32_t to);
void bw_allocate_queue_write_end(const bw_allocate_call *call);

#endif
