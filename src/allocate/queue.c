/* queue: by rank, the higher first, ties by lower id, each to the cap until the budget is used up
   (R16). Ranks are scores (R13) or any other order a venue has. */
#include "allocate/machine.h"

void bw_allocate_queue_plan(const bw_allocate_call *call)
{
    bw_allocation *machine = call->machine;
    machine->need = machine->target;
    machine->primary_low = bw_wide_of(INT64_MIN);
    machine->primary_high = bw_wide_of(INT64_MAX);
    machine->seen_low = machine->primary_high;
    machine->seen_high = machine->primary_low;
    machine->phase = BW_ALLOCATE_RANGE;
}

bool bw_allocate_queue_key(const bw_allocate_call *call, uint32_t i, bw_wide *primary,
                           int64_t *amount)
{
    const bw_payers *payers = call->payers;
    *primary = bw_wide_of(payers->rank[i]);
    *amount = payers->cap[i];
    return payers->weight[i] > 0;
}

void bw_allocate_queue_write(const bw_allocate_call *call, uint32_t from, uint32_t to)
{
    bw_allocation *machine = call->machine;
    bw_wide primary;
    int64_t cap;
    for (uint32_t i = from; i < to; i++) {
        int64_t charge = 0;
        if (bw_allocate_queue_key(call, i, &primary, &cap)) {
            bw_allocate_side side = bw_allocate_select_side(machine, primary, call->payers->id[i]);
            if (side == BW_ALLOCATE_BETTER) {
                charge = cap;
            } else if (side == BW_ALLOCATE_WITHIN) {
                charge = cap < machine->need ? cap : machine->need;
                machine->need -= charge;
            }
        }
        call->charge[i] = charge;
        machine->charged += charge;
    }
}
