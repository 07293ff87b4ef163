/* Who is served of those who compete: higher primary key first, ties by lower id, until `need` is
   used up. Not by sorting: a histogram of the key's range finds the bucket in which `need` ends;
   that bucket's own range is measured and divided again, first by primary key, then, among equal
   ones, by id. Each pair of passes takes 12 bits off, so 87 bits of key and 64 of id are 8 + 6
   pairs at most. When at most 1,024 units are left and every amount is 1, the charging pass keeps
   the best candidates in a heap instead. */
#include <string.h>

#include "allocate/machine.h"

enum { BUCKET_BITS = 12 };
BW_STATIC_ASSERT(1u << BUCKET_BITS == BW_ALLOCATE_BUCKET_COUNT, "bits and buckets agree");

void bw_allocate_select_clear(const bw_allocate_call *call)
{
    memset(call->scratch->bucket, 0, sizeof call->scratch->bucket);
}

bw_allocate_side bw_allocate_select_side(const bw_allocation *machine, bw_wide primary,
                                         uint64_t id)
{
    if (bw_wide_less(machine->primary_high, primary))
        return BW_ALLOCATE_BETTER;
    if (bw_wide_less(primary, machine->primary_low))
        return BW_ALLOCATE_WORSE;
    if (!machine->by_id || (id >= machine->id_low && id <= machine->id_high))
        return BW_ALLOCATE_WITHIN;
    return id < machine->id_low ? BW_ALLOCATE_BETTER : BW_ALLOCATE_WORSE;
}

/* The key that the current range is about. */
static bool key_within(const bw_allocate_call *call, uint32_t i, bw_wide *key, int64_t *amount)
{
    const bw_allocation *machine = call->machine;
    bw_wide primary;
    if (!bw_allocate_rows[machine->rule].key(call, i, &primary, amount))
        return false;
    uint64_t id = call->payers->id[i];
    if (bw_allocate_select_side(machine, primary, id) != BW_ALLOCATE_WITHIN)
        return false;
    *key = machine->by_id ? bw_wide_of_u64(id) : primary;
    return true;
}

/* Phase RANGE: the extremes of the keys within the range. */
static void range_begin(bw_allocation *machine)
{
    machine->seen_low = bw_wide_power2(126);
    machine->seen_high = bw_wide_negate(bw_wide_power2(126));
    machine->phase = BW_ALLOCATE_RANGE;
}

void bw_allocate_select_range(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    bw_allocation *machine = call->machine;
    bw_wide key;
    int64_t amount;
    for (uint32_t i = from; i < to; i++) {
        if (!key_within(call, i, &key, &amount))
            continue;
        machine->seen_low = bw_wide_min(machine->seen_low, key);
        machine->seen_high = bw_wide_max(machine->seen_high, key);
    }
}

static void range_set(bw_allocation *machine, bw_wide low, bw_wide high)
{
    if (machine->by_id) {
        machine->id_low = bw_wide_shift_low(low, 0);
        machine->id_high = bw_wide_shift_low(high, 0);
    } else {
        machine->primary_low = low;
        machine->primary_high = high;
    }
    uint32_t bits = bw_wide_bit_length(bw_wide_sub(high, low));
    machine->bucket_shift = bits > BUCKET_BITS ? bits - BUCKET_BITS : 0;
}

/* One key is left in the range: if a primary key, its payers are told apart by id. */
static void range_single(const bw_allocate_call *call)
{
    bw_allocation *machine = call->machine;
    if (machine->by_id) {
        machine->phase = (uint8_t)bw_allocate_rows[machine->rule].write;
        return;
    }
    machine->by_id = 1;
    machine->id_low = 0;
    machine->id_high = UINT64_MAX;
    range_begin(machine);
}

void bw_allocate_select_range_end(const bw_allocate_call *call)
{
    bw_allocation *machine = call->machine;
    range_set(machine, machine->seen_low, machine->seen_high);
    if (bw_wide_equal(machine->seen_low, machine->seen_high)) {
        range_single(call);
        return;
    }
    bw_allocate_select_clear(call);
    machine->phase = BW_ALLOCATE_SELECT;
}

/* Phase SELECT: the histogram. A counter stops at its largest value: need is far below it. */
void bw_allocate_select_pass(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    bw_allocation *machine = call->machine;
    bw_wide low = machine->by_id ? bw_wide_of_u64(machine->id_low) : machine->primary_low;
    bw_wide key;
    int64_t amount;
    for (uint32_t i = from; i < to; i++) {
        if (!key_within(call, i, &key, &amount))
            continue;
        int64_t *bucket = &call->scratch->bucket[bw_wide_shift_low(bw_wide_sub(key, low),
                                                                   machine->bucket_shift)];
        *bucket = *bucket > INT64_MAX - amount ? INT64_MAX : *bucket + amount;
    }
}

/* Serves whole buckets, best first; returns the one in which need ends. It exists, because those
   within the range ask for more than need. */
static uint32_t bucket_find(const bw_allocate_call *call)
{
    bw_allocation *machine = call->machine;
    for (uint32_t n = 0;; n++) {
        BW_ASSERT(n < BW_ALLOCATE_BUCKET_COUNT);
        uint32_t b = machine->by_id ? n : BW_ALLOCATE_BUCKET_COUNT - 1 - n;
        if (call->scratch->bucket[b] > machine->need)
            return b;
        machine->need -= call->scratch->bucket[b];
    }
}

void bw_allocate_select_end(const bw_allocate_call *call)
{
    bw_allocation *machine = call->machine;
    const bw_allocate_row *row = &bw_allocate_rows[machine->rule];
    uint32_t shift = machine->bucket_shift;
    bw_wide low = machine->by_id ? bw_wide_of_u64(machine->id_low) : machine->primary_low;
    low = bw_wide_add(low, bw_wide_scale(bw_wide_power2(shift), bucket_find(call)));
    bw_wide high = bw_wide_sub(bw_wide_add(low, bw_wide_power2(shift)), bw_wide_of(1));
    if (machine->by_id)
        high = bw_wide_min(high, bw_wide_of_u64(UINT64_MAX));
    range_set(machine, low, high);
    if (machine->need == 0 ||
        (row->keep_candidates && machine->need <= (int64_t)BW_ALLOCATE_HEAP_COUNT))
        machine->phase = (uint8_t)row->write;
    else if (shift == 0)
        range_single(call);
    else
        range_begin(machine);
}

/* The heap: the best `need` candidates, the worst of them on top. */
static bool worse(const bw_allocation_candidate *a, const bw_allocation_candidate *b)
{
    int order = bw_wide_compare(a->primary, b->primary);
    return order != 0 ? order < 0 : a->id != b->id ? a->id > b->id : a->index > b->index;
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

void bw_allocate_heap_offer(const bw_allocate_call *call, bw_wide primary, uint32_t i)
{
    bw_allocation *machine = call->machine;
    bw_allocation_candidate *heap = call->scratch->heap;
    bw_allocation_candidate candidate = {
        .primary = primary, .id = call->payers->id[i], .index = i};
    if (machine->heap_count < machine->need)
        heap_up(heap, machine->heap_count++, candidate);
    else if (machine->heap_count > 0 && worse(&heap[0], &candidate))
        heap_down(heap, machine->heap_count, candidate);
}
