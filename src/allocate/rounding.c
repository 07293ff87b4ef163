/* The compatibility roundings of the level rules (R16): how venues divide what does not divide.

       level ──> WRITE_ROUNDED: a share each ──> what is left ──> floor-last, ratio16: by id, from the largest down
                                                            ├──> floor-fund: nobody, the caller keeps it
                                                            ├──> ceil-carry: there is none, but an excess
                                                            └──> ceil-last, ceil-ratio16: taken back by id

   The rest goes to one payer after the other, each up to his cap; where shares of a rounded ratio came to more than there
   is, the excess is taken back in the same order. */
#include "allocate/select.h"

#define RATIO_ONE INT64_C(10000000000000000)
#define LEVEL_MAX 900

/* Which of them round up, and which leave what remains to the ids. */
static bool rounds_up(const bw_allocation *machine)
{
    return machine->rounding == BW_ALLOCATE_CEIL_CARRY || machine->rounding >= BW_ALLOCATE_CEIL_LAST;
}

static bool has_ratio(const bw_allocation *machine)
{
    return machine->rounding == BW_ALLOCATE_RATIO16 || machine->rounding == BW_ALLOCATE_CEIL_RATIO16;
}

static bool ends_by_id(const bw_allocation *machine)
{
    return machine->rounding != BW_ALLOCATE_FLOOR_FUND && machine->rounding != BW_ALLOCATE_CEIL_CARRY;
}

/* The level x 10^16, to the nearest: half up, or rounding up half down, so that it completes the ratio of the others to 1;
   0 if that would not fit: then shares are exact. */
static int64_t ratio_of(const bw_allocation *machine)
{
    if (machine->share.whole >= LEVEL_MAX)
        return 0;
    bw_wide sum = machine->share.weight_sum, product = bw_wide_scale(bw_wide_mul(machine->rest, RATIO_ONE), 2);
    bw_wide half = bw_wide_add_int64(sum, rounds_up(machine) ? -1 : 0);
    return bw_wide_to_int64(bw_wide_div_floor(bw_wide_add(product, half), bw_wide_scale(sum, 2)));
}

void bw_allocate_rounding_plan(const bw_allocate_call *call)
{
    bw_allocation *machine = call->machine;
    machine->ratio = has_ratio(machine) ? ratio_of(machine) : 0;
    machine->passing_floor = machine->passing_cap = bw_wide_of(0);
    machine->phase = BW_ALLOCATE_WRITE_ROUNDED;
}

/* The share of a payer below his cap, which may be above the cap by the rounding. */
static int64_t rounded(const bw_allocation *machine, int64_t weight, int64_t floor, bw_wide remainder)
{
    if (!rounds_up(machine))
        return machine->ratio ? bw_mul_div_floor(weight, machine->ratio, RATIO_ONE) : floor;
    return machine->ratio ? bw_mul_div_ceil(weight, machine->ratio, RATIO_ONE) : floor + (bw_wide_sign(remainder) != 0);
}

void bw_allocate_rounding_write(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    bw_allocation *machine = call->machine;
    bw_allocate_weigh weigh = bw_allocate_rows[machine->rule].weigh;
    bool shares_on = bw_allocate_rows[machine->rule].shares_on;
    for (uint32_t i = from; i < to; i++) {
        int64_t weight = bw_allocate_weight(weigh, call, i), cap = weight > 0 ? call->payers->cap[i] : 0;
        int64_t charge = cap, floor;
        bw_wide remainder;
        if (weight > 0 && bw_allocate_level_share(call, i, weight, &floor, &remainder)) {
            int64_t share = rounded(machine, weight, floor, remainder);
            charge = share < cap ? share : cap;
            int64_t counted = shares_on ? charge : share > cap && rounds_up(machine) ? floor : share;
            machine->passing_floor = bw_wide_add_int64(machine->passing_floor, counted);
        }
        machine->passing_cap = bw_wide_add_int64(machine->passing_cap, cap - charge);
        call->charge[i] = charge;
        machine->charged += charge;
    }
}

/* What is left goes to everybody who has room, to some of them by id, or to nobody. */
void bw_allocate_rounding_write_end(const bw_allocate_call *call)
{
    bw_allocation *machine = call->machine;
    int64_t left = bw_wide_to_int64(bw_wide_sub(bw_wide_of(machine->rest), machine->passing_floor));
    bool cut_off = left > 0 && rounds_up(machine) && !bw_allocate_rows[machine->rule].shares_on;
    if (!ends_by_id(machine) || left == 0 || cut_off) {
        machine->target = machine->charged;
        machine->phase = BW_ALLOCATE_TOP_UP;
        return;
    }
    if (!bw_wide_less(bw_wide_of(left), machine->passing_cap)) {
        machine->charged = 0;
        machine->target = bw_allocate_rows[machine->rule].shares_on ? machine->target : machine->budget;
        machine->phase = BW_ALLOCATE_WRITE_FULL;
        return;
    }
    machine->takes_back = left < 0;
    machine->need = left < 0 ? -left : left;
    machine->target = machine->charged + left;
    machine->rests = 1;
    bw_allocate_select_go(call, BW_ALLOCATE_STAGE_LOW, 0, UINT64_MAX, machine->count);
}

static inline bool rest_key(const bw_allocate_call *call, bw_allocate_weigh weigh, uint32_t i, bw_allocate_key *key)
{
    const bw_payers *payers = call->payers;
    *key = (bw_allocate_key){0, payers->id[i],
                             call->machine->takes_back ? call->charge[i] : payers->cap[i] - call->charge[i]};
    return bw_allocate_weight(weigh, call, i) > 0;
}

static void rest_select(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    bw_allocate_select_by_stage(call, from, to, rest_key, bw_allocate_rows[call->machine->rule].weigh);
}

const bw_allocate_row bw_allocate_rest_row = {"", BW_ALLOCATE_WEIGH_WEIGHT, true, false, BW_ALLOCATE_DONE, NULL,
                                              rest_select, BW_ALLOCATE_WRITE_REST};

/* What a payer within the last range gets of the rest. */
static int64_t rest_one(const bw_allocate_call *call, uint32_t i, const bw_allocate_key *key)
{
    bw_allocation *machine = call->machine;
    if (machine->heap_max > 0) {
        bw_allocation_candidate candidate = {0, key->low, ~call->payers->id[i], i, 0};
        bw_allocate_heap_offer(call, candidate);
        return 0;
    }
    int64_t amount = key->amount < machine->need ? key->amount : machine->need;
    machine->need -= amount;
    return amount;
}

void bw_allocate_rest_write(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    bw_allocation *machine = call->machine;
    const bw_allocate_threshold threshold = bw_allocate_threshold_of(machine);
    bw_allocate_weigh weigh = bw_allocate_rows[machine->rule].weigh;
    for (uint32_t i = from; i < to; i++) {
        bw_allocate_key key;
        bool within;
        if (!rest_key(call, weigh, i, &key))
            continue;
        bool better = bw_allocate_threshold_better(&threshold, key.low, &call->payers->id[i], &within);
        int64_t more = within ? rest_one(call, i, &key) : better ? key.amount : 0;
        more = machine->takes_back ? -more : more;
        call->charge[i] += more;
        machine->charged += more;
    }
}
