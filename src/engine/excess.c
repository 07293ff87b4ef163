/* excess.c - what roundings that round up charge beyond a loss, and who has it (R16).

       charges ──> loss                      floor-fund: the fund's, credited at the round's end
              └──> excess < 1 unit a payer ──┤
                                             └──> ceil-carry: the pool holds it ──> lowers the next budget

   Holds     paid[layer] of a loss = its charges - its excess + what the pool held before for it; R2 names what the pool holds */
#include "engine/fund.h"
#include "engine/loss.h"

#include "money/money.h"

static uint32_t rounded_event(bw_writer *writer, const bw_layer_at *at, int64_t amount)
{
    bw_event *event = bw_emit(writer, BW_EVENT_ROUNDED, at->loss ? at->loss->event : BW_NONE32);
    event->pool = (uint16_t)at->pool;
    event->market = (uint16_t)at->market;
    event->rounded.amount = amount;
    event->rounded.held = bw_pool_at(writer->venue, at->pool)->ceil_carried;
    event->rounded.layer = at->layer->kind;
    event->rounded.rounding = at->layer->rounding;
    event->rounded.side = at->side;
    return bw_emit_done(writer, event);
}

int64_t bw_excess_use(bw_writer *writer, const bw_layer_at *at, int64_t budget)
{
    bw_pool *pool = bw_pool_at(writer->venue, at->pool);
    int64_t used = bw_at_progress(writer->venue)->payer_count ? bw_min(budget, pool->ceil_carried) : 0;
    if (used == 0)
        return budget;
    pool->ceil_carried -= used;
    if (at->loss) {
        at->loss->left -= used;
        at->loss->paid[at->layer->kind] += used;
    }
    rounded_event(writer, at, -used);
    return budget - used;
}

void bw_excess_place(bw_writer *writer, const bw_layer_at *at, int64_t excess)
{
    bool of_fund = at->layer->rounding == BW_ROUNDING_FLOOR_FUND;
    bw_pool *pool = bw_pool_at(writer->venue, at->pool);
    if (excess <= 0)
        return;
    if (at->loss) {
        at->loss->left += excess;
        at->loss->paid[at->layer->kind] -= excess;
        *(of_fund ? &at->loss->surplus : &pool->ceil_carried) += excess;
    } else if (of_fund)
        pool->ceil_carried -= excess;
    uint32_t index = rounded_event(writer, at, excess);
    if (of_fund && !at->loss)
        bw_fund_credit(writer, at->pool, at->market, excess, index);
}
