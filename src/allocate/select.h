/* select.h - inside allocate: who is served of those who compete, higher key first.

       key = words  high, low, order         compared in turn
         remainder  its halves (high is 0 as a rule), 2^64 - 1 - id
         rank       0, rank + 2^63,                   2^64 - 1 - id

   The machine holds a range of one word, its stage, and the words before it, which all within the
   range have in common. Who is above the range is served, who is below it is not. */
#ifndef BW_ALLOCATE_SELECT_H
#define BW_ALLOCATE_SELECT_H

#include "allocate/machine.h"

typedef enum {
    BW_ALLOCATE_STAGE_HIGH,
    BW_ALLOCATE_STAGE_LOW,
    BW_ALLOCATE_STAGE_TIE,    /* the range is of the low word, the histogram of the order */
    BW_ALLOCATE_STAGE_ORDER
} bw_allocate_stage;

typedef struct {
    uint64_t high;
    uint64_t low;
    int64_t amount;           /* what he takes at most */
} bw_allocate_key;

/* False for a payer who does not compete. */
typedef bool bw_allocate_key_of(const bw_allocate_call *call, bw_allocate_weigh weigh, uint32_t i,
                                bw_allocate_key *key);

typedef enum { BW_ALLOCATE_BETTER, BW_ALLOCATE_WITHIN, BW_ALLOCATE_WORSE } bw_allocate_side;

/* Where the last range puts a payer. */
bw_allocate_side bw_allocate_select_side(const bw_allocation *machine, uint64_t high, uint64_t low,
                                         uint64_t order);

/* The same in fast form, where the high word is 0: the range of the low word, and within it, if it
   is one word, that of the order. */
typedef struct {
    uint64_t low;
    uint64_t width;
    uint64_t order_low;
    uint64_t order_width;
} bw_allocate_threshold;

static inline bw_allocate_threshold bw_allocate_threshold_of(const bw_allocation *machine)
{
    uint64_t width = machine->range_high - machine->range_low;
    if (machine->stage == BW_ALLOCATE_STAGE_ORDER)
        return (bw_allocate_threshold){machine->fixed_low, 0, machine->range_low, width};
    return (bw_allocate_threshold){machine->range_low, width, 0, UINT64_MAX};
}

/* True for a payer above the range; *within for one in it. */
static inline bool bw_allocate_threshold_better(const bw_allocate_threshold *threshold,
                                                uint64_t low, const uint64_t *id, bool *within)
{
    *within = false;
    if (__builtin_expect(low - threshold->low > threshold->width, 1))
        return low > threshold->low;
    uint64_t order = ~*id;
    if (order - threshold->order_low > threshold->order_width)
        return order > threshold->order_low;
    *within = true;
    return false;
}

/* The bucket in which need ends; need loses what the better ones take. */
uint32_t bw_allocate_select_find(const bw_allocate_call *call);

/* The range is now [low, high], with so many payers in it: names the next phase. */
void bw_allocate_select_go(const bw_allocate_call *call, bw_allocate_stage stage, uint64_t low,
                           uint64_t high, uint32_t payer_count);

/* Zeroes the first counters. */
void bw_allocate_select_clear(const bw_allocate_call *call, uint32_t buckets);
void bw_allocate_select_end(const bw_allocate_call *call);
void bw_allocate_heap_offer(const bw_allocate_call *call, bw_allocation_candidate candidate);
void bw_allocate_heap_sort(const bw_allocate_call *call);

/* A counter stops at its largest value: need is far below it. */
static inline void bw_allocate_bucket_add(bw_allocation_scratch *scratch, uint64_t b,
                                          int64_t amount)
{
    int64_t sum;
    bool over = __builtin_add_overflow(scratch->bucket[b], amount, &sum);
    scratch->bucket[b] = __builtin_expect(over, 0) ? INT64_MAX : sum;
    scratch->bucket_payers[b]++;
}

static inline void bw_allocate_span_add(uint64_t *low, uint64_t *high, uint64_t word)
{
    *low = word < *low ? word : *low;
    *high = word > *high ? word : *high;
}

/* Whether the words before the order lie within the range. */
static inline bool bw_allocate_key_within(const bw_allocation *at, const bw_allocate_key *key,
                                          bw_allocate_stage stage)
{
    uint64_t width = at->range_high - at->range_low;
    if (stage == BW_ALLOCATE_STAGE_HIGH)
        return key->high - at->range_low <= width;
    if (stage == BW_ALLOCATE_STAGE_ORDER)
        return (key->high == at->fixed_high) & (key->low == at->fixed_low);
    return (key->high == at->fixed_high) & (key->low - at->range_low <= width);
}

/* Pass SELECT, made once per kind of key, weight and stage: the histogram of the range, and what
   of it the payers really span. */
BW_ALLOCATE_INLINE void
bw_allocate_select_as(const bw_allocate_call *call, uint32_t from, uint32_t to,
                      bw_allocate_key_of *key_of, bw_allocate_weigh weigh, bw_allocate_stage stage)
{
    bw_allocation *machine = call->machine;
    const uint64_t *id = call->payers->id;
    const bool seeks_order = stage < BW_ALLOCATE_STAGE_TIE;
    const bw_allocation at = *machine;
    bw_allocation seen = at;
    for (uint32_t i = from; i < to; i++) {
        bw_allocate_key key;
        bool competes = key_of(call, weigh, i, &key);
        if (stage == BW_ALLOCATE_STAGE_LOW)
            seen.ahead += competes & (key.low > at.range_high);
        if (!(competes & bw_allocate_key_within(&at, &key, stage)))
            continue;
        uint64_t order = ~id[i];
        uint64_t word = stage == BW_ALLOCATE_STAGE_HIGH    ? key.high
                        : stage == BW_ALLOCATE_STAGE_ORDER ? order
                                                           : key.low;
        uint64_t place = word - at.range_low;
        if (stage == BW_ALLOCATE_STAGE_ORDER && place > at.range_high - at.range_low)
            continue;
        if (stage == BW_ALLOCATE_STAGE_TIE)
            place = order - at.order_low;
        if (seeks_order)
            bw_allocate_span_add(&seen.order_low, &seen.order_high, order);
        bw_allocate_span_add(&seen.seen_low, &seen.seen_high, word);
        seen.seen_count++;
        bw_allocate_bucket_add(call->scratch, place >> at.bucket_shift, key.amount);
    }
    machine->ahead = seen.ahead;
    machine->seen_count = seen.seen_count;
    machine->seen_low = seen.seen_low;
    machine->seen_high = seen.seen_high;
    machine->order_low = seen.order_low;
    machine->order_high = seen.order_high;
}

/* The same for any stage. */
BW_ALLOCATE_INLINE void
bw_allocate_select_by_stage(const bw_allocate_call *call, uint32_t from, uint32_t to,
                            bw_allocate_key_of *key_of, bw_allocate_weigh weigh)
{
    switch (call->machine->stage) {
    case BW_ALLOCATE_STAGE_HIGH:
        bw_allocate_select_as(call, from, to, key_of, weigh, BW_ALLOCATE_STAGE_HIGH);
        return;
    case BW_ALLOCATE_STAGE_LOW:
        bw_allocate_select_as(call, from, to, key_of, weigh, BW_ALLOCATE_STAGE_LOW);
        return;
    case BW_ALLOCATE_STAGE_TIE:
        bw_allocate_select_as(call, from, to, key_of, weigh, BW_ALLOCATE_STAGE_TIE);
        return;
    default:
        bw_allocate_select_as(call, from, to, key_of, weigh, BW_ALLOCATE_STAGE_ORDER);
    }
}

#endif
