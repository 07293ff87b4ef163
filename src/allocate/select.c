/* Who is served of those who compete: higher key first, until `need` is used up. Not by sorting: a
   histogram of the range finds the bucket in which `need` ends, and what the payers in that bucket
   really span is the next range; when one word is left, the next word tells them apart. A pass
   takes 12 bits off. A bucket with an eighth of all in the range is taken for a tie: the next pass
   counts by order, and is lost if it sees two different words. With 64 bits of key after the first
   histogram that is 6 passes, 5 lost and 6 by order, and 1 more for remainders above 64 bits: 18
   at most.

   The last ones go through the heap, which holds 1,024 candidates: where every amount is 1, the
   best `need` of those within the range; else all of them, once they are few enough. */
#include "allocate/select.h"

#include <string.h>

enum { BUCKET_BITS = 12, TIE_PART = 8 };
BW_STATIC_ASSERT(1u << BUCKET_BITS == BW_ALLOCATE_BUCKET_COUNT, "bits and buckets agree");

void bw_allocate_select_clear(const bw_allocate_call *call, uint32_t buckets)
{
    memset(call->scratch->bucket, 0, buckets * sizeof call->scratch->bucket[0]);
    memset(call->scratch->bucket_payers, 0, buckets * sizeof call->scratch->bucket_payers[0]);
}

static bw_allocate_side side_of(uint64_t word, uint64_t low, uint64_t high)
{
    return word > high ? BW_ALLOCATE_BETTER : word < low ? BW_ALLOCATE_WORSE : BW_ALLOCATE_WITHIN;
}

bw_allocate_side bw_allocate_select_side(const bw_allocation *machine, uint64_t high, uint64_t low,
                                         uint64_t order)
{
    uint64_t range_low = machine->range_low;
    uint64_t range_high = machine->range_high;
    if (machine->stage == BW_ALLOCATE_STAGE_HIGH)
        return side_of(high, range_low, range_high);
    if (high != machine->fixed_high)
        return side_of(high, machine->fixed_high, machine->fixed_high);
    if (machine->stage == BW_ALLOCATE_STAGE_LOW)
        return side_of(low, range_low, range_high);
    if (low != machine->fixed_low)
        return side_of(low, machine->fixed_low, machine->fixed_low);
    return side_of(order, range_low, range_high);
}

/* It exists, because those within the range ask for more than need. */
uint32_t bw_allocate_select_find(const bw_allocate_call *call)
{
    bw_allocation *machine = call->machine;
    for (uint32_t b = BW_ALLOCATE_BUCKET_COUNT; b-- > 0;) {
        if (call->scratch->bucket[b] > machine->need)
            return b;
        machine->need -= call->scratch->bucket[b];
    }
    BW_ASSERT(!"a bucket in which need ends");
}

/* One more pass, over the range as it is. */
static void select_begin(const bw_allocate_call *call)
{
    bw_allocation *machine = call->machine;
    uint64_t width = machine->range_high - machine->range_low;
    if (machine->stage == BW_ALLOCATE_STAGE_TIE)
        width = machine->order_high - machine->order_low;
    uint32_t bits = bw_wide_bit_length(bw_wide_of_u64(width));
    machine->bucket_shift = bits > BUCKET_BITS ? bits - BUCKET_BITS : 0;
    if (machine->stage < BW_ALLOCATE_STAGE_TIE) {
        machine->order_low = UINT64_MAX;
        machine->order_high = 0;
    }
    machine->seen_low = UINT64_MAX;
    machine->seen_high = 0;
    machine->seen_count = 0;
    machine->ahead = 0;
    bw_allocate_select_clear(call, BW_ALLOCATE_BUCKET_COUNT);
    machine->phase = BW_ALLOCATE_SELECT;
}

/* The range is one word: it is fixed, and the range is of the next. */
static void stage_next(bw_allocation *machine)
{
    if (machine->stage == BW_ALLOCATE_STAGE_HIGH) {
        machine->fixed_high = machine->range_low;
        machine->stage = BW_ALLOCATE_STAGE_LOW;
        machine->range_low = 0;
        machine->range_high = UINT64_MAX;
    } else {
        machine->fixed_low = machine->range_low;
        machine->stage = BW_ALLOCATE_STAGE_ORDER;
        machine->range_low = machine->order_low;
        machine->range_high = machine->order_high;
    }
}

void bw_allocate_select_go(const bw_allocate_call *call, bw_allocate_stage stage, uint64_t low,
                           uint64_t high, uint32_t payer_count)
{
    bw_allocation *machine = call->machine;
    const bw_allocate_row *row = bw_allocate_row_now(machine);
    int64_t kept = row->by_unit || machine->need == 0 ? machine->need : payer_count;
    bool tie = stage == BW_ALLOCATE_STAGE_TIE;
    machine->stage = tie ? BW_ALLOCATE_STAGE_LOW : (uint8_t)stage;
    machine->range_low = low;
    machine->range_high = high;
    if (kept <= (int64_t)BW_ALLOCATE_HEAP_COUNT) {
        machine->heap_max = (uint32_t)kept;
        machine->phase = (uint8_t)row->write;
        return;
    }
    if (low == high && stage == BW_ALLOCATE_STAGE_ORDER) {  /* equal ids: as they come */
        machine->heap_max = 0;
        machine->phase = (uint8_t)row->write;
        return;
    }
    if (low == high)
        stage_next(machine);
    else if (tie)
        machine->stage = BW_ALLOCATE_STAGE_TIE;
    select_begin(call);
}

/* The part of [low, high] that bucket b is. */
static void bucket_bounds(const bw_allocation *machine, uint32_t b, uint64_t *low, uint64_t *high)
{
    uint64_t last = (UINT64_C(1) << machine->bucket_shift) - 1;
    *low += (uint64_t)b << machine->bucket_shift;
    *high = *high - *low > last ? *low + last : *high;
}

/* Pass TIE. If all it saw are equal, it was a histogram of their orders. */
static void tie_end(const bw_allocate_call *call)
{
    bw_allocation *machine = call->machine;
    if (machine->seen_low != machine->seen_high) {
        machine->stage = BW_ALLOCATE_STAGE_LOW;
        machine->range_low = machine->seen_low;
        machine->range_high = machine->seen_high;
        select_begin(call);
        return;
    }
    uint32_t b = bw_allocate_select_find(call);
    uint64_t low = machine->order_low;
    uint64_t high = machine->order_high;
    bucket_bounds(machine, b, &low, &high);
    machine->fixed_low = machine->seen_low;
    bw_allocate_select_go(call, BW_ALLOCATE_STAGE_ORDER, low, high,
                          call->scratch->bucket_payers[b]);
}

void bw_allocate_select_end(const bw_allocate_call *call)
{
    bw_allocation *machine = call->machine;
    bw_allocate_stage stage = (bw_allocate_stage)machine->stage;
    if (stage == BW_ALLOCATE_STAGE_TIE) {
        tie_end(call);
        return;
    }
    if (machine->guess) {
        machine->need -= machine->ahead;
        machine->guess = 0;
    }
    uint32_t b = bw_allocate_select_find(call);
    uint64_t low = machine->range_low;
    uint64_t high = machine->range_high;
    bucket_bounds(machine, b, &low, &high);
    low = low < machine->seen_low ? machine->seen_low : low;
    high = high > machine->seen_high ? machine->seen_high : high;
    uint32_t payer_count = call->scratch->bucket_payers[b];
    if (stage == BW_ALLOCATE_STAGE_LOW && payer_count > machine->seen_count / TIE_PART)
        stage = BW_ALLOCATE_STAGE_TIE;
    bw_allocate_select_go(call, stage, low, high, payer_count);
}

/* The heap: the best `heap_max` candidates, the worst of them on top. */
static bool worse(const bw_allocation_candidate *a, const bw_allocation_candidate *b)
{
    return a->high != b->high     ? a->high < b->high
           : a->low != b->low     ? a->low < b->low
           : a->order != b->order ? a->order < b->order
                                  : a->index > b->index;
}

static void heap_up(bw_allocation_candidate *heap, uint32_t at, bw_allocation_candidate candidate)
{
    while (at > 0 && worse(&candidate, &heap[(at - 1) / 2])) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = candidate;
}

static void heap_down(bw_allocation_candidate *heap, uint32_t count,
                      bw_allocation_candidate candidate)
{
    uint32_t at = 0;
    for (uint32_t child = 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && worse(&heap[child + 1], &heap[child]))
            child++;
        if (!worse(&heap[child], &candidate))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = candidate;
}

void bw_allocate_heap_offer(const bw_allocate_call *call, bw_allocation_candidate candidate)
{
    bw_allocation *machine = call->machine;
    bw_allocation_candidate *heap = call->scratch->heap;
    if (machine->heap_count < machine->heap_max)
        heap_up(heap, machine->heap_count++, candidate);
    else if (machine->heap_count > 0 && worse(&heap[0], &candidate))
        heap_down(heap, machine->heap_count, candidate);
}

/* The best first: the worst on top goes to the end, again and again. */
void bw_allocate_heap_sort(const bw_allocate_call *call)
{
    bw_allocation_candidate *heap = call->scratch->heap;
    for (uint32_t n = call->machine->heap_count; n > 1; n--) {
        bw_allocation_candidate last = heap[n - 1];
        heap[n - 1] = heap[0];
        heap_down(heap, n - 1, last);
    }
}
