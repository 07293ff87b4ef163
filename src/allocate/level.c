/* The level rules: x = min(cap, l x weight) with one level l; and pro-rata, whose caps do not move
   the level (R16).

   The level by Newton's method. f(l) = sum of min(cap, l x weight) is concave and piecewise
   linear. From a level that is not too high, the payers whose cap is reached are fixed at it and
   the rest is divided anew among the others: again not too high. When a pass fixes the same payers
   as the one before, the level is exact. With residual h = target - f and slope g, each step makes
   h'/h + g'/g <= 1, so h x g falls at least by 4; it starts below 2^(62+86) and, all numbers being
   integers over the last weight sum, cannot go below 2^-86: at most 118 passes, for any caps.

   cap <= l x weight is tested as cap <= floor(l x weight), the same for an integer cap, so one
   multiplication gives share, remainder and test (money/share.h). A payer below the cap has
   floor + 1 <= cap, so one unit more never exceeds it.

   The fast way. While every weight is at most 2^52, the fraction of weight x level is guessed with
   one multiplication, too low by less than 2^-12: its bucket, of 4,096, is the true one or the one
   below (bw_share_guess; where the guess could miss a whole unit, it is made exact). Let the units
   left end in guessed bucket b: at most as many payers as units have a guess above b, more have
   one from b up. Then whoever has a guess from b + 2 up gets a unit: all whose true bucket is
   b + 2 or higher have a guess above b. And nobody with a guess up to b - 2 does: all with a guess
   from b up are before them. The three buckets b - 1, b, b + 1 decide by exact remainders in the
   heap; if it is too small for them, the next pass divides their exact remainders again. */
#include "allocate/select.h"

enum { LEVEL_PASS_MAX = 118, OTHER_PASS_MAX = 2, GUESS_SHIFT = 52, FEW_BITS = 2 };

/* All of a few payers fit into the heap: their histogram is not asked. */
static bool few(const bw_allocation *machine)
{
    return machine->count <= BW_ALLOCATE_HEAP_COUNT;
}

static void level_begin(const bw_allocate_call *call, int64_t rest, bw_wide fixed_weight)
{
    bw_allocation *machine = call->machine;
    machine->fixed_weight = fixed_weight;
    machine->rest = rest;
    machine->share = bw_share_of(rest, bw_wide_sub(machine->weight_sum, fixed_weight));
    machine->narrow = bw_wide_bit_length(machine->weight_sum) <= 63 &&
                      bw_share_is_narrow(&machine->share, machine->weight_max);
    machine->guess = machine->narrow && machine->weight_max >> GUESS_SHIFT == 0 && !few(machine);
    uint32_t bits = bw_wide_bit_length(machine->share.weight_sum), used = few(machine) ? FEW_BITS : 12;
    machine->bucket_shift = bits > used ? bits - used : 0;
    machine->passing_cap = machine->passing_weight = machine->passing_floor = bw_wide_of(0);
    bw_allocate_select_clear(call, 1u << used);
    machine->phase = BW_ALLOCATE_LEVEL;
}

void bw_allocate_level_plan(const bw_allocate_call *call)
{
    level_begin(call, call->machine->target, bw_wide_of(0));
}

/* The exact floor, and the fraction as guessed: where a whole unit might be missed, its exact side
   of the unit. */
static inline int64_t guess_floor(const bw_share *share, int64_t weight, uint64_t *fraction)
{
    int64_t guess = bw_share_guess(share, weight, fraction);
    if (__builtin_expect(*fraction <= UINT64_MAX - (uint64_t)weight, 1))
        return guess;
    uint64_t remainder;
    int64_t floor = bw_share_floor_narrow(share, weight, &remainder);
    *fraction = floor == guess ? UINT64_MAX : 0;
    return floor;
}

/* In 64 bits: every product fits (narrow), and sums of charges are at most the target. Made once
   per kind of weight, so that the loop has no choice to make. */
BW_ALLOCATE_INLINE void
level_pass_narrow(const bw_allocate_call *call, uint32_t from, uint32_t to,
                  bw_allocate_weigh weigh, bool shares_on, bool guess)
{
    bw_allocation *machine = call->machine;
    const bw_share share = machine->share;
    const int64_t *cap = call->payers->cap;
    int64_t *bucket = call->scratch->bucket;
    uint32_t shift = guess ? GUESS_SHIFT : machine->bucket_shift;
    uint64_t fixed_cap = 0;
    uint64_t fixed_weight = 0;
    uint64_t floor_sum = 0;
    for (uint32_t i = from; i < to; i++) {
        int64_t weight = bw_allocate_weight(weigh, call, i);
        uint64_t remainder;
        int64_t floor = guess ? guess_floor(&share, weight, &remainder)
                              : bw_share_floor_narrow(&share, weight, &remainder);
        /* Without branches: whether a cap is reached is a coin toss. Who has weight 0 is counted
           with remainder 0, which no unit left reaches. */
        uint64_t fixed = shares_on && cap[i] <= floor ? UINT64_MAX : 0;
        fixed_cap += (uint64_t)cap[i] & fixed;
        fixed_weight += (uint64_t)weight & fixed;
        floor_sum += (uint64_t)floor & ~fixed;
        bucket[remainder >> shift] += (int64_t)(1 + fixed);
    }
    machine->passing_cap = bw_wide_add(machine->passing_cap, bw_wide_of_u64(fixed_cap));
    machine->passing_weight = bw_wide_add(machine->passing_weight, bw_wide_of_u64(fixed_weight));
    machine->passing_floor = bw_wide_add(machine->passing_floor, bw_wide_of_u64(floor_sum));
}

/* Fixed payers keep their cap; the others' share and remainder. Exact for any numbers. */
bool bw_allocate_level_share(const bw_allocate_call *call, uint32_t i, int64_t weight, int64_t *floor,
                        bw_wide *remainder)
{
    const bw_allocation *machine = call->machine;
    int64_t cap = call->payers->cap[i];
    if (machine->narrow) {
        uint64_t left;
        *floor = bw_share_floor_narrow(&machine->share, weight, &left);
        *remainder = bw_wide_of_u64(left);
        return cap > *floor || !bw_allocate_rows[machine->rule].shares_on;
    }
    bw_wide wide = bw_share_floor(&machine->share, weight, remainder);
    if (bw_allocate_rows[machine->rule].shares_on && !bw_wide_less(wide, bw_wide_of(cap)))
        return false;
    *floor = bw_wide_to_int64(wide);
    return true;
}

static void level_pass_wide(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    bw_allocation *machine = call->machine;
    bw_allocate_weigh weigh = bw_allocate_rows[machine->rule].weigh;
    for (uint32_t i = from; i < to; i++) {
        int64_t weight = bw_allocate_weight(weigh, call, i);
        int64_t floor;
        bw_wide remainder;
        if (weight == 0)
            continue;
        if (bw_allocate_level_share(call, i, weight, &floor, &remainder)) {
            machine->passing_floor = bw_wide_add_int64(machine->passing_floor, floor);
            call->scratch->bucket[bw_wide_shift_low(remainder, machine->bucket_shift)]++;
        } else {
            machine->passing_cap = bw_wide_add_int64(machine->passing_cap, call->payers->cap[i]);
            machine->passing_weight = bw_wide_add_int64(machine->passing_weight, weight);
        }
    }
}

BW_ALLOCATE_INLINE void
level_pass_as(const bw_allocate_call *call, uint32_t from, uint32_t to,
              bw_allocate_weigh weigh)
{
    bool shares_on = bw_allocate_rows[call->machine->rule].shares_on;
    if (!call->machine->guess)
        level_pass_narrow(call, from, to, weigh, shares_on, false);
    else if (shares_on)
        level_pass_narrow(call, from, to, weigh, true, true);
    else
        level_pass_narrow(call, from, to, weigh, false, true);
}

void bw_allocate_level_pass(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    if (call->machine->narrow)
        bw_allocate_by_weigh(call, from, to, level_pass_as);
    else
        level_pass_wide(call, from, to);
}

/* Where the units left end among the guesses. When the heap cannot hold the candidates, the exact
   remainders of the three buckets are divided again; how many are above them, that pass counts. */
static void guess_end(const bw_allocate_call *call)
{
    bw_allocation *machine = call->machine;
    const int64_t *bucket = call->scratch->bucket;
    int64_t need = machine->need;
    uint32_t b = BW_ALLOCATE_BUCKET_COUNT - 1;
    while (bucket[b] <= need)
        need -= bucket[b--];
    if (b + 1 < BW_ALLOCATE_BUCKET_COUNT)
        need += bucket[b + 1];
    if (need <= (int64_t)BW_ALLOCATE_HEAP_COUNT) {
        machine->need = machine->heap_max = (uint32_t)need;
        machine->guess_bucket = (uint16_t)b;
        machine->phase = BW_ALLOCATE_WRITE_LEVEL;
        return;
    }
    bw_wide low = bw_wide_scale(machine->share.weight_sum, b > 0 ? b - 1 : 0);
    bw_wide high = bw_wide_scale(machine->share.weight_sum, b + 2);
    bw_allocate_select_go(call, BW_ALLOCATE_STAGE_LOW, bw_wide_shift_low(low, 12),
                          bw_wide_shift_low(high, 12) + 1, machine->count);
}

/* The exact remainders of the bucket in which the units left end. */
static void exact_end(const bw_allocate_call *call)
{
    bw_allocation *machine = call->machine;
    uint32_t b = bw_allocate_select_find(call);
    bw_wide width = bw_wide_power2(machine->bucket_shift);
    bw_wide low = bw_wide_scale(width, b);
    bw_wide high = bw_wide_sub(bw_wide_add(low, width), bw_wide_of(1));
    machine->fixed_high = bw_wide_shift_low(low, 64);
    if (machine->fixed_high == bw_wide_shift_low(high, 64))
        bw_allocate_select_go(call, BW_ALLOCATE_STAGE_LOW, bw_wide_shift_low(low, 0),
                              bw_wide_shift_low(high, 0), machine->count);
    else
        bw_allocate_select_go(call, BW_ALLOCATE_STAGE_HIGH, machine->fixed_high,
                              bw_wide_shift_low(high, 64), machine->count);
}

/* The level stands when the fixed are those it was computed with. Then the histogram of this pass
   is that of the remainders, and the units left go by it. */
void bw_allocate_level_end(const bw_allocate_call *call)
{
    bw_allocation *machine = call->machine;
    if (!bw_wide_equal(machine->passing_weight, machine->fixed_weight)) {
        BW_ASSERT(machine->pass_count <= LEVEL_PASS_MAX + OTHER_PASS_MAX);
        bw_wide rest = bw_wide_sub(bw_wide_of(machine->target), machine->passing_cap);
        level_begin(call, bw_wide_to_int64(rest), machine->passing_weight);
        return;
    }
    if (machine->rounding != BW_ALLOCATE_LARGEST_REMAINDER) {
        bw_allocate_rounding_plan(call);
        return;
    }
    bw_wide left = bw_wide_sub(bw_wide_of(machine->rest), machine->passing_floor);
    machine->need = bw_wide_to_int64(left);
    if (few(machine))
        bw_allocate_select_go(call, BW_ALLOCATE_STAGE_HIGH, 0, UINT64_MAX, machine->count);
    else if (machine->guess)
        guess_end(call);
    else
        exact_end(call);
}

/* What he competes for is one unit; his key is the remainder. */
static inline bool level_key_narrow(const bw_allocate_call *call, bw_allocate_weigh weigh,
                                    uint32_t i, bw_allocate_key *key)
{
    const bw_allocation *machine = call->machine;
    int64_t weight = bw_allocate_weight(weigh, call, i);
    *key = (bw_allocate_key){.amount = 1};
    int64_t floor = bw_share_floor_narrow(&machine->share, weight, &key->low);
    bool below_cap = (call->payers->cap[i] > floor) | !bw_allocate_rows[machine->rule].shares_on;
    return (weight > 0) & below_cap;
}

static bool level_key_wide(const bw_allocate_call *call, bw_allocate_weigh weigh, uint32_t i,
                           bw_allocate_key *key)
{
    int64_t weight = bw_allocate_weight(weigh, call, i);
    int64_t floor;
    bw_wide remainder = bw_wide_of(0);
    bool competes = weight > 0 && bw_allocate_level_share(call, i, weight, &floor, &remainder);
    *key = (bw_allocate_key){bw_wide_shift_low(remainder, 64), bw_wide_shift_low(remainder, 0), 1};
    return competes;
}

BW_ALLOCATE_INLINE void
select_narrow(const bw_allocate_call *call, uint32_t from, uint32_t to,
              bw_allocate_weigh weigh)
{
    bw_allocate_select_by_stage(call, from, to, level_key_narrow, weigh);
}

void bw_allocate_level_select(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    bw_allocate_weigh weigh = bw_allocate_rows[call->machine->rule].weigh;
    if (call->machine->narrow)
        bw_allocate_by_weigh(call, from, to, select_narrow);
    else
        bw_allocate_select_by_stage(call, from, to, level_key_wide, weigh);
}

/* The unit more of a payer within the last range. */
static int64_t write_one(const bw_allocate_call *call, uint32_t i, uint64_t high, uint64_t low)
{
    bw_allocation *machine = call->machine;
    if (machine->heap_max > 0) {
        bw_allocation_candidate candidate = {high, low, ~call->payers->id[i], i, 0};
        bw_allocate_heap_offer(call, candidate);
        return 0;
    }
    bool served = machine->need > 0;
    machine->need -= served;
    return served;
}

/* The charge of a payer below his cap; pro-rata cuts it there. */
static int64_t write_wide(const bw_allocate_call *call, uint32_t i, int64_t floor,
                          bw_wide remainder)
{
    uint64_t high = bw_wide_shift_low(remainder, 64);
    uint64_t low = bw_wide_shift_low(remainder, 0);
    uint64_t order = ~call->payers->id[i];
    bw_allocate_side side = bw_allocate_select_side(call->machine, high, low, order);
    int64_t cap = call->payers->cap[i];
    int64_t charge = floor + (side == BW_ALLOCATE_BETTER);
    if (side == BW_ALLOCATE_WITHIN)
        charge += write_one(call, i, high, low);
    return charge < cap ? charge : cap;
}

/* Who has weight 0 has remainder 0, and never a unit: those left are fewer than the payers with
   a remainder above 0, so the threshold is above 0 or a range that starts there. */
BW_ALLOCATE_INLINE void
level_write_narrow(const bw_allocate_call *call, uint32_t from, uint32_t to,
                   bw_allocate_weigh weigh)
{
    bw_allocation *machine = call->machine;
    const bw_share share = machine->share;
    const int64_t *cap = call->payers->cap;
    const bw_allocate_threshold threshold = bw_allocate_threshold_of(machine);
    bool shares_on = bw_allocate_rows[machine->rule].shares_on;
    int64_t charged = 0;
    for (uint32_t i = from; i < to; i++) {
        int64_t weight = bw_allocate_weight(weigh, call, i);
        uint64_t remainder;
        bool within;
        int64_t floor = bw_share_floor_narrow(&share, weight, &remainder);
        int64_t charge = floor + bw_allocate_threshold_better(&threshold, remainder,
                                                              &call->payers->id[i], &within);
        if (within && weight > 0 && (floor < cap[i] || !shares_on))
            charge += write_one(call, i, 0, remainder);
        charge = charge < cap[i] ? charge : cap[i];
        call->charge[i] = charge;
        charged += charge;
    }
    machine->charged += charged;
}

/* The same by guessed fractions; those in the three buckets go to the heap with exact remainders. */
BW_ALLOCATE_INLINE void
level_write_guess(const bw_allocate_call *call, uint32_t from, uint32_t to,
                  bw_allocate_weigh weigh)
{
    bw_allocation *machine = call->machine;
    const bw_share share = machine->share;
    const int64_t *cap = call->payers->cap;
    int64_t bucket = machine->guess_bucket;
    bool shares_on = bw_allocate_rows[machine->rule].shares_on;
    int64_t charged = 0;
    for (uint32_t i = from; i < to; i++) {
        int64_t weight = bw_allocate_weight(weigh, call, i);
        uint64_t fraction;
        int64_t floor = guess_floor(&share, weight, &fraction);
        int64_t above = (int64_t)(fraction >> GUESS_SHIFT) - bucket;
        int64_t charge = floor + (above > 1);
        charge = charge < cap[i] ? charge : cap[i];
        if (__builtin_expect((uint64_t)(above + 1) <= 2, 0) && weight > 0 &&
            (floor < cap[i] || !shares_on)) {
            bw_allocation_candidate candidate = {.order = ~call->payers->id[i], .index = i};
            (void)bw_share_floor_narrow(&share, weight, &candidate.low);
            bw_allocate_heap_offer(call, candidate);
        }
        call->charge[i] = charge;
        charged += charge;
    }
    machine->charged += charged;
}

static void level_write_wide(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    bw_allocate_weigh weigh = bw_allocate_rows[call->machine->rule].weigh;
    for (uint32_t i = from; i < to; i++) {
        int64_t weight = bw_allocate_weight(weigh, call, i);
        int64_t charge = 0;
        int64_t floor;
        bw_wide remainder;
        if (weight > 0)
            charge = bw_allocate_level_share(call, i, weight, &floor, &remainder)
                         ? write_wide(call, i, floor, remainder)
                         : call->payers->cap[i];
        call->charge[i] = charge;
        call->machine->charged += charge;
    }
}

BW_ALLOCATE_INLINE void
level_write_as(const bw_allocate_call *call, uint32_t from, uint32_t to,
               bw_allocate_weigh weigh)
{
    if (call->machine->guess)
        level_write_guess(call, from, to, weigh);
    else
        level_write_narrow(call, from, to, weigh);
}

void bw_allocate_level_write(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    if (call->machine->narrow)
        bw_allocate_by_weigh(call, from, to, level_write_as);
    else
        level_write_wide(call, from, to);
}
