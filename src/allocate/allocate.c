#include "allocate/allocate.h"

#include "allocate/select.h"

/* A further rule is a row here and, if it is a new kind of thing, a plan, a key and a pass. */
#define LEVEL_ROW(name, weigh, shares_on, first)                                                \
    {name, weigh, shares_on, true, first, bw_allocate_level_plan, bw_allocate_level_select,        \
     BW_ALLOCATE_WRITE_LEVEL}

const bw_allocate_row bw_allocate_rows[BW_ALLOCATE_RULE_COUNT] = {
    [BW_ALLOCATE_QUEUE] = {"queue", BW_ALLOCATE_WEIGH_WEIGHT, true, false, BW_ALLOCATE_SUM_QUEUE,
                           bw_allocate_queue_plan, bw_allocate_queue_select,
                           BW_ALLOCATE_WRITE_QUEUE},
    [BW_ALLOCATE_PRO_RATA] = LEVEL_ROW("pro-rata", BW_ALLOCATE_WEIGH_WEIGHT, false,
                                       BW_ALLOCATE_SUM),
    [BW_ALLOCATE_CAPPED_PRO_RATA] = LEVEL_ROW("capped-pro-rata", BW_ALLOCATE_WEIGH_WEIGHT, true,
                                              BW_ALLOCATE_SUM),
    [BW_ALLOCATE_MIN_MAX] = LEVEL_ROW("min-max", BW_ALLOCATE_WEIGH_CAP, true, BW_ALLOCATE_SUM),
    [BW_ALLOCATE_EQUAL] = LEVEL_ROW("equal", BW_ALLOCATE_WEIGH_ONE, true, BW_ALLOCATE_SUM),
    [BW_ALLOCATE_RISK_WEIGHTED] = LEVEL_ROW("risk-weighted", BW_ALLOCATE_WEIGH_PRODUCT, true,
                                            BW_ALLOCATE_MEASURE),
};

const char *bw_allocate_rule_name(bw_allocate_rule rule)
{
    BW_ASSERT(rule < BW_ALLOCATE_RULE_COUNT);
    return bw_allocate_rows[rule].name;
}

const char *bw_allocate_rounding_name(bw_allocate_rounding rounding)
{
    static const char *const names[BW_ALLOCATE_ROUNDING_COUNT] = {"largest-remainder", "floor-last", "floor-fund",
                                                                  "ceil-carry", "ratio16", "ceil-last",
                                                                  "ceil-ratio16"};
    BW_ASSERT(rounding < BW_ALLOCATE_ROUNDING_COUNT);
    return names[rounding];
}

/* MEASURE: the largest product decides how many low bits all products lose. */
static void measure_pass(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    const bw_payers *payers = call->payers;
    bw_wide most = call->machine->product_max;
    for (uint32_t i = from; i < to; i++) {
        BW_ASSERT((uint64_t)payers->factor[i] <= (uint64_t)BW_ALLOCATE_NUMBER_MAX);
        most = bw_wide_max(most, bw_wide_mul(payers->weight[i], payers->factor[i]));
    }
    call->machine->product_max = most;
}

static void measure_end(const bw_allocate_call *call)
{
    uint32_t bits = bw_wide_bit_length(call->machine->product_max);
    call->machine->weight_shift = bits > 62 ? bits - 62 : 0;
    call->machine->phase = BW_ALLOCATE_SUM;
}

BW_ALLOCATE_INLINE void
sum_pass_as(const bw_allocate_call *call, uint32_t from, uint32_t to, bw_allocate_weigh weigh)
{
    bw_allocation *machine = call->machine;
    const bw_payers *payers = call->payers;
    bw_allocate_halves weight_sum = {0, 0};
    bw_allocate_halves cap_sum = {0, 0};
    int64_t weight_max = machine->weight_max;
    uint64_t bad = 0;
    for (uint32_t i = from; i < to; i++) {
        int64_t weight = bw_allocate_weight(weigh, call, i);
        int64_t cap = payers->cap[i];
        bad |= bw_allocate_bad(payers->weight[i]) | bw_allocate_bad(cap);
        weight_max = weight > weight_max ? weight : weight_max;
        bw_allocate_halves_add(&weight_sum, (uint64_t)weight);
        bw_allocate_halves_add(&cap_sum, weight > 0 ? (uint64_t)cap : 0);
    }
    BW_ASSERT(bad >> 63 == 0);  /* every weight and cap lies in [0, 2^62] */
    machine->weight_max = weight_max;
    machine->weight_sum = bw_wide_add(machine->weight_sum, bw_allocate_halves_total(weight_sum));
    machine->cap_sum = bw_wide_add(machine->cap_sum, bw_allocate_halves_total(cap_sum));
}

static void sum_pass(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    bw_allocate_by_weigh(call, from, to, sum_pass_as);
}

void bw_allocate_sum_end(const bw_allocate_call *call)
{
    bw_allocation *machine = call->machine;
    const bw_allocate_row *row = &bw_allocate_rows[machine->rule];
    bool all_caps = row->shares_on && !bw_wide_less(bw_wide_of(machine->budget), machine->cap_sum);
    bool nobody = !row->shares_on && bw_wide_sign(machine->weight_sum) == 0;
    machine->target = nobody ? 0 : machine->budget;
    if (all_caps)
        machine->target = bw_wide_to_int64(machine->cap_sum);
    if (machine->target == 0 || all_caps)
        machine->phase = BW_ALLOCATE_WRITE_FULL;
    else
        row->plan(call);
}

/* WRITE_FULL: there is enough to charge for every cap, or nothing to charge. */
static void full_write(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    bw_allocation *machine = call->machine;
    bw_allocate_weigh weigh = bw_allocate_rows[machine->rule].weigh;
    for (uint32_t i = from; i < to; i++) {
        bool pays = machine->target > 0 && bw_allocate_weight(weigh, call, i) > 0;
        call->charge[i] = pays ? call->payers->cap[i] : 0;
        machine->charged += call->charge[i];
    }
}

static void select_pass(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    bw_allocate_row_now(call->machine)->select(call, from, to);
}

static void write_end(const bw_allocate_call *call)
{
    call->machine->phase = BW_ALLOCATE_TOP_UP;
}

/* TOP_UP: the candidates in the heap get a unit each, or in a queue what they ask for and is left;
   under pro-rata not above the cap. */
static void top_up_pass(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    bw_allocation *machine = call->machine;
    bool by_unit = bw_allocate_row_now(machine)->by_unit;
    for (uint32_t n = from; n < to; n++) {
        uint32_t i = call->scratch->heap[n].index;
        int64_t room = machine->takes_back ? call->charge[i] : call->payers->cap[i] - call->charge[i];
        int64_t most = by_unit ? 1 : machine->need;
        int64_t more = room < most ? room : most;
        machine->need -= more;
        more = machine->takes_back ? -more : more;
        call->charge[i] += more;
        machine->charged += more;
    }
}

static void top_up_end(const bw_allocate_call *call)
{
    bw_allocation *machine = call->machine;
    bool all = machine->charged == machine->target;
    BW_ASSERT(all || (!bw_allocate_rows[machine->rule].shares_on &&
                      machine->charged < machine->target));
    machine->phase = BW_ALLOCATE_DONE;
}

typedef struct {
    void (*pass)(const bw_allocate_call *call, uint32_t from, uint32_t to);
    void (*end)(const bw_allocate_call *call);
} phase_row;

static const phase_row phases[BW_ALLOCATE_PHASE_COUNT] = {
    [BW_ALLOCATE_MEASURE] = {measure_pass, measure_end},
    [BW_ALLOCATE_SUM] = {sum_pass, bw_allocate_sum_end},
    [BW_ALLOCATE_SUM_QUEUE] = {bw_allocate_queue_sum, bw_allocate_queue_sum_end},
    [BW_ALLOCATE_LEVEL] = {bw_allocate_level_pass, bw_allocate_level_end},
    [BW_ALLOCATE_SELECT] = {select_pass, bw_allocate_select_end},
    [BW_ALLOCATE_WRITE_FULL] = {full_write, write_end},
    [BW_ALLOCATE_WRITE_LEVEL] = {bw_allocate_level_write, write_end},
    [BW_ALLOCATE_WRITE_QUEUE] = {bw_allocate_queue_write, bw_allocate_queue_write_end},
    [BW_ALLOCATE_WRITE_ROUNDED] = {bw_allocate_rounding_write, bw_allocate_rounding_write_end},
    [BW_ALLOCATE_WRITE_REST] = {bw_allocate_rest_write, bw_allocate_queue_write_end},
    [BW_ALLOCATE_TOP_UP] = {top_up_pass, top_up_end},
};

void bw_allocate_begin(bw_allocation *machine, bw_allocate_rule rule,
                       bw_allocate_rounding rounding, int64_t budget, uint32_t count)
{
    BW_ASSERT(rule < BW_ALLOCATE_RULE_COUNT && rounding < BW_ALLOCATE_ROUNDING_COUNT);
    BW_ASSERT(budget >= 0 && budget <= BW_ALLOCATE_NUMBER_MAX);
    BW_ASSERT(count <= BW_ALLOCATE_COUNT_MAX);
    *machine = (bw_allocation){
        .budget = budget,
        .count = count,
        .rule = (uint8_t)rule,
        .rounding = (uint8_t)rounding,
        .order_high = UINT64_MAX,
        .phase = (uint8_t)bw_allocate_rows[rule].first,
    };
}

bool bw_allocate_run(bw_allocation *machine, bw_allocation_scratch *scratch,
                     const bw_payers *payers, int64_t *charge, uint32_t *units)
{
    const bw_allocate_call call = {machine, scratch, payers, charge};
    BW_ASSERT(payers->count == machine->count);
    while (machine->phase != BW_ALLOCATE_DONE) {
        const phase_row *phase = &phases[machine->phase];
        uint32_t left = machine->phase == BW_ALLOCATE_TOP_UP ? machine->heap_count : machine->count;
        left -= machine->cursor;
        uint32_t step = *units < left ? *units : left;
        phase->pass(&call, machine->cursor, machine->cursor + step);
        machine->cursor += step;
        *units -= step;
        if (step < left)
            return false;
        machine->cursor = 0;
        machine->pass_count++;
        phase->end(&call);
    }
    return true;
}

int64_t bw_allocate(bw_allocate_rule rule, bw_allocate_rounding rounding, int64_t budget,
                    const bw_payers *payers, int64_t *charge, bw_allocation_scratch *scratch)
{
    bw_allocation machine;
    bw_allocate_begin(&machine, rule, rounding, budget, payers->count);
    uint32_t units;
    do
        units = UINT32_MAX;
    while (!bw_allocate_run(&machine, scratch, payers, charge, &units));
    return machine.charged;
}
