/* queue: by rank, the higher first, ties by lower id, each to the cap until the budget is used up
   (R16). Ranks are scores (R13) or any other order a venue has.

   Ranks may have any size, and few of them are large. So the first histogram, made with the sums,
   is of 32 buckets an octave, and needs to know nothing: a rank of n <= 6 bits is its own bucket,
   a longer one goes by its length and its 6 highest bits. Negative ones mirror that. */
#include "allocate/select.h"

enum {
    CODE_BITS = 5,
    CODE_HALF = BW_ALLOCATE_BUCKET_COUNT / 2,
    CODE_MAX = (57 << CODE_BITS) + 63        /* of 2^63 - 1 */
};

/* Of 0 <= size < 2^63; a larger size never has a smaller code. */
static inline uint32_t code_of(uint64_t size)
{
    uint32_t drop = (uint32_t)(63 - CODE_BITS - __builtin_clzll(size | 1u << CODE_BITS));
    return (drop << CODE_BITS) + (uint32_t)(size >> drop);
}

/* The smallest size with this code; 2^63 for CODE_MAX + 1. */
static uint64_t code_low(uint32_t code)
{
    if (code < 2u << CODE_BITS)
        return code;
    uint32_t drop = (code >> CODE_BITS) - 1;
    return (uint64_t)(code - (drop << CODE_BITS)) << drop;
}

static inline uint64_t word_of(int64_t rank)
{
    return (uint64_t)rank + (UINT64_C(1) << 63);
}

void bw_allocate_queue_sum(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    const bw_payers *payers = call->payers;
    uint64_t most = 0;
    if (from == 0)
        bw_allocate_select_clear(call, BW_ALLOCATE_BUCKET_COUNT);
    for (uint32_t i = from; i < to; i++) {
        uint64_t weight = (uint64_t)payers->weight[i];
        uint64_t cap = (uint64_t)payers->cap[i];
        int64_t rank = payers->rank[i];
        int64_t sign = rank >> 63;
        most = weight > most ? weight : most;
        most = cap > most ? cap : most;
        uint32_t code = code_of((uint64_t)(rank ^ sign)) + CODE_HALF;
        bw_allocate_bucket_add(call->scratch, code ^ (uint32_t)(sign & (2 * CODE_HALF - 1)),
                               weight > 0 ? (int64_t)cap : 0);
    }
    BW_ASSERT(most <= (uint64_t)BW_ALLOCATE_NUMBER_MAX);  /* none is negative either */
}

/* The sum of caps is that of the counters: where one has stopped, it is above any budget. */
void bw_allocate_queue_sum_end(const bw_allocate_call *call)
{
    bw_wide sum = bw_wide_of(0);
    for (uint32_t b = 0; b < BW_ALLOCATE_BUCKET_COUNT; b++)
        sum = bw_wide_add_int64(sum, call->scratch->bucket[b]);
    call->machine->cap_sum = sum;
    bw_allocate_sum_end(call);
}

void bw_allocate_queue_plan(const bw_allocate_call *call)
{
    const uint64_t zero = word_of(0);
    call->machine->need = call->machine->target;
    uint32_t b = bw_allocate_select_find(call);
    uint32_t payer_count = call->scratch->bucket_payers[b];
    uint32_t code = b < CODE_HALF ? CODE_HALF - 1 - b : b - CODE_HALF;
    uint64_t low = zero + code_low(code);
    uint64_t high = zero + code_low(code + 1) - 1;
    if (b < CODE_HALF)
        bw_allocate_select_go(call, BW_ALLOCATE_STAGE_LOW, ~high, ~low, payer_count);
    else
        bw_allocate_select_go(call, BW_ALLOCATE_STAGE_LOW, low, high, payer_count);
}

static inline bool queue_key(const bw_allocate_call *call, bw_allocate_weigh weigh, uint32_t i,
                             bw_allocate_key *key)
{
    const bw_payers *payers = call->payers;
    (void)weigh;
    *key = (bw_allocate_key){0, word_of(payers->rank[i]), payers->cap[i]};
    return payers->weight[i] > 0;
}

void bw_allocate_queue_select(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    bw_allocate_select_by_stage(call, from, to, queue_key, BW_ALLOCATE_WEIGH_WEIGHT);
}

/* The charge of a payer within the last range. */
static int64_t write_one(const bw_allocate_call *call, uint32_t i, const bw_allocate_key *key)
{
    bw_allocation *machine = call->machine;
    if (machine->heap_max > 0) {
        bw_allocation_candidate candidate = {0, key->low, ~call->payers->id[i], i, 0};
        bw_allocate_heap_offer(call, candidate);
        return 0;
    }
    int64_t charge = key->amount < machine->need ? key->amount : machine->need;
    machine->need -= charge;
    return charge;
}

void bw_allocate_queue_write(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    const bw_allocate_threshold threshold = bw_allocate_threshold_of(call->machine);
    int64_t charged = 0;
    for (uint32_t i = from; i < to; i++) {
        bw_allocate_key key;
        bool pays = queue_key(call, BW_ALLOCATE_WEIGH_WEIGHT, i, &key);
        bool within;
        bool better = bw_allocate_threshold_better(&threshold, key.low, &call->payers->id[i],
                                                   &within);
        int64_t charge = key.amount & -(int64_t)(pays & better);
        if (__builtin_expect(pays & within, 0))
            charge = write_one(call, i, &key);
        call->charge[i] = charge;
        charged += charge;
    }
    call->machine->charged += charged;
}

/* The candidates are charged in TOP_UP, the best first. */
void bw_allocate_queue_write_end(const bw_allocate_call *call)
{
    bw_allocate_heap_sort(call);
    call->machine->phase = BW_ALLOCATE_TOP_UP;
}
