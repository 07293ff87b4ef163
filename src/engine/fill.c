/* fill.c - see fill.h. */
#include "engine/fill.h"

#include "engine/commands.h"
#include "engine/fund.h"
#include "engine/round.h"
#include "engine/trigger.h"

#include "money/money.h"
#include "money/ppm.h"

bw_fill_plan bw_fill_planned(const bw_venue *venue, const bw_fill *fill)
{
    uint32_t position = bw_position_find(venue, fill->account, fill->market);
    const bw_market *market = bw_market_at(venue, fill->market);
    bw_assessment now = bw_account_assess(venue, fill->account);
    bw_case at = bw_case_start(fill->account, &now, 0);
    int64_t part = bw_position_at(venue, position)->size < 0 ? -fill->lots : fill->lots;
    bw_fill_plan plan = {.value = -bw_value_at(market, part, fill->price)};
    plan.zero = bw_case_zero_value(venue, &at, position, fill->lots);
    plan.penalty = bw_penalty_of(venue, fill->account, fill->market, fill->lots, fill->taker);
    bw_fill_effect effect = bw_fill_effect_of(-plan.value - plan.penalty.fund - plan.penalty.desk, plan.zero);
    plan.surplus = effect.surplus;
    plan.gap = effect.gap;
    return plan;
}

int64_t bw_fund_at_hand(const bw_venue *venue, uint32_t market)
{
    return bw_market_cold_at(venue, market)->fund + bw_pool_at(venue, bw_market_at(venue, market)->pool)->shared_fund;
}

int64_t bw_surplus_repay(bw_writer *writer, uint32_t account, int64_t surplus)
{
    bw_venue *venue = writer->venue;
    uint32_t pool = bw_cold_at(venue, account)->pool;
    if (bw_warm_at(venue, account)->work == 0)
        return 0;
    bw_work *work = &bw_at_work(venue)[bw_warm_at(venue, account)->work];
    int64_t shared = bw_min(surplus, work->shared_fund);
    int64_t bucket = bw_min(surplus - shared, work->fund);
    work->shared_fund -= shared;
    work->fund -= bucket;
    bw_fund_credit(writer, pool, BW_NONE16, shared, BW_NONE32);
    bw_fund_credit(writer, pool, work->market, bucket, BW_NONE32);
    return shared + bucket;
}

static void surplus_post(bw_writer *writer, const bw_fill *fill, const bw_fill_plan *plan, uint32_t cause)
{
    bw_venue *venue = writer->venue;
    uint32_t market = fill->market, pool = bw_market_at(venue, market)->pool;
    int64_t repaid = bw_surplus_repay(writer, fill->account, plan->surplus);
    int64_t fee = bw_liquidation_fee(bw_pool_at(venue, pool)->settings.liquidation_fee_ppm, plan->value,
                                     plan->surplus - repaid);
    bw_balance_add(venue, fill->account, -repaid - fee);
    bw_event *event = bw_emit(writer, BW_EVENT_SURPLUS, cause);
    event->account = bw_cold_at(venue, fill->account)->id;
    event->other = fill->order;
    event->market = (uint16_t)market;
    event->pool = (uint16_t)pool;
    event->surplus.surplus = plan->surplus;
    event->surplus.repaid = repaid;
    event->surplus.fee = fee;
    event->surplus.balance = bw_warm_at(venue, fill->account)->balance;
    uint32_t index = bw_emit_done(writer, event);
    bw_fund_credit(writer, pool, market, fee, index);
}

static void paid_event(bw_writer *writer, uint32_t pool, uint32_t market, bw_layer layer, int64_t amount, uint32_t cause)
{
    bw_event *event = bw_emit(writer, BW_EVENT_PAID, cause);
    event->pool = (uint16_t)pool;
    event->market = (uint16_t)market;
    event->paid.amount = amount;
    event->paid.layer = layer;
    event->paid.left = bw_fund_total(bw_pool_at(writer->venue, pool));
    bw_emit_done(writer, event);
}

/* The fund pays the gap of a fill, bucket and shared part; the window of now counts it, the account remembers it (R9). */
static void gap_pay(bw_writer *writer, const bw_fill *fill, int64_t bucket, int64_t shared)
{
    bw_venue *venue = writer->venue;
    uint32_t pool_number = bw_market_at(venue, fill->market)->pool;
    bw_pool *pool = bw_pool_at(venue, pool_number);
    bw_work *work = &bw_at_work(venue)[bw_warm_at(venue, fill->account)->work];
    bw_fund_advance(venue, pool_number);
    pool->window_paid += bucket + shared;
    bw_market_cold_at(venue, fill->market)->window_paid += bucket + shared;
    bw_fund_debit(venue, pool_number, fill->market, bucket);
    bw_fund_debit(venue, pool_number, BW_NONE16, shared);
    work->fund += bucket;
    work->shared_fund += shared;
    work->market = fill->market;
    bw_balance_add(venue, fill->account, bucket + shared);
    bw_warm_at(venue, fill->account)->period_base += bucket + shared;
}

static void gap_post(bw_writer *writer, const bw_fill *fill, const bw_fill_plan *plan, uint32_t side, uint32_t cause)
{
    bw_venue *venue = writer->venue;
    uint32_t pool = bw_market_at(venue, fill->market)->pool;
    int64_t bucket = bw_min(plan->gap, bw_market_cold_at(venue, fill->market)->fund), shared = plan->gap - bucket;
    if (plan->gap == 0)
        return;
    gap_pay(writer, fill, bucket, shared);
    bool own_layer = bw_pool_names_shared(bw_pool_at(venue, pool));
    if (bucket)
        paid_event(writer, pool, fill->market, BW_LAYER_FUND, bucket, cause);
    if (shared)
        paid_event(writer, pool, BW_NONE16, own_layer ? BW_LAYER_SHARED_FUND : BW_LAYER_FUND, shared, cause);
    bw_event *event = bw_emit(writer, BW_EVENT_LOSS, cause);
    event->account = bw_cold_at(venue, fill->account)->id;
    event->pool = (uint16_t)pool;
    event->market = (uint16_t)fill->market;
    event->loss.gap = plan->gap;
    event->loss.mark = bw_market_at(venue, fill->market)->mark;
    event->loss.paid[BW_LAYER_FUND] = own_layer ? bucket : bucket + shared;
    event->loss.paid[BW_LAYER_SHARED_FUND] = own_layer ? shared : 0;
    event->loss.settings_hash_and_side = (venue->settings_hash & ~UINT64_C(1)) | side;
    bw_fund_trigger(writer, pool, bw_emit_done(writer, event));
}

/* The penalty is in the fund before the gap is paid, or after it. */
static void money_post(bw_writer *writer, const bw_fill *fill, const bw_fill_plan *plan, uint32_t side, uint32_t cause)
{
    bw_venue *venue = writer->venue;
    uint32_t pool = bw_market_at(venue, fill->market)->pool;
    bool first = bw_pool_at(venue, pool)->settings.penalty_first != 0;
    bw_penalty_take(writer, fill->account, fill->market, &plan->penalty, cause);
    if (first)
        bw_fund_credit(writer, pool, fill->market, plan->penalty.fund, cause);
    if (plan->surplus)
        surplus_post(writer, fill, plan, cause);
    else
        gap_post(writer, fill, plan, side, cause);
    if (!first)
        bw_fund_credit(writer, pool, fill->market, plan->penalty.fund, cause);
}

uint32_t bw_fill_apply(bw_writer *writer, const bw_fill *fill, const bw_fill_plan *plan)
{
    bw_venue *venue = writer->venue;
    uint32_t position = bw_position_find(venue, fill->account, fill->market);
    uint32_t side = bw_side_of(bw_position_at(venue, position)->size);
    uint32_t desk = plan->penalty.desk ? plan->penalty.taker : BW_NONE32;
    int64_t lots = side == BW_SHORT ? -fill->lots : fill->lots;
    bw_trigger_disarm(venue, fill->taker);
    bw_leg closed = {position, BW_NONE32, bw_cold_at(venue, fill->taker)->id, -lots, plan->value, plan->zero,
                     BW_VIA_BOOK, true};
    uint32_t index = bw_leg_apply(writer, &closed);
    bw_leg took = {bw_position_open(venue, fill->taker, fill->market), index, bw_cold_at(venue, fill->account)->id,
                   lots, -plan->value, 0, BW_VIA_BOOK, false};
    bw_leg_apply(writer, &took);
    money_post(writer, fill, plan, side, index);
    bw_account_compact(venue, fill->taker);
    bw_account_rearm(venue, fill->taker);
    if (desk != BW_NONE32 && desk != fill->taker)
        bw_account_touch(venue, desk);
    return index;
}

bool bw_account_recovers(bw_writer *writer, uint32_t account, uint32_t cause)
{
    bw_venue *venue = writer->venue;
    const bw_pool *pool = bw_pool_at(venue, bw_cold_at(venue, account)->pool);
    bw_assessment now = bw_account_assess(venue, account);
    if (now.equity < now.im + bw_ppm_ceil(now.im, pool->settings.buffer_ppm))
        return false;
    bw_event *event = bw_emit(writer, BW_EVENT_RECOVERED, cause);
    event->account = bw_cold_at(venue, account)->id;
    event->recovered.equity = now.equity;
    event->recovered.mm = now.mm;
    bw_emit_done(writer, event);
    bw_orders_end(writer, account, BW_ORDER_RECOVERED, cause);
    return true;
}
