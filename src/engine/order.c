/* order.c - live liquidation orders: sent out, filled, ended (R9, R11). */
#include "engine/round.h"

#include "engine/commands.h"
#include "engine/fill.h"
#include "engine/fund.h"
#include "engine/trigger.h"

#include "money/money.h"
#include "money/ppm.h"

/* -------------------------------------------------------------------------------------------------- records */

static uint32_t record_take(uint32_t *free_first, uint32_t next, uint32_t *top, uint32_t limit)
{
    uint32_t record = *free_first;
    if (record) {
        *free_first = next;
        return record;
    }
    return *top < limit ? ++*top : 0;
}

static uint32_t order_take(bw_venue *venue)
{
    uint32_t next = venue->order_free ? bw_order_at(venue, venue->order_free)->next : 0;
    uint32_t order = record_take(&venue->order_free, next, &venue->order_top, venue->limits.orders);
    if (order)
        bw_order_at(venue, order)->next = 0;
    return order;
}

/* The account's memo of what was paid for it, opened if there is none; NULL if there is no room. */
static bw_work *work_open(bw_venue *venue, uint32_t account)
{
    bw_warm *warm = bw_warm_at(venue, account);
    if (warm->work == 0) {
        uint32_t next = venue->work_free ? bw_at_work(venue)[venue->work_free].next : 0;
        uint32_t work = record_take(&venue->work_free, next, &venue->work_top, venue->limits.orders);
        if (work == 0)
            return NULL;
        bw_at_work(venue)[work] = (bw_work){.account = account, .market = BW_NONE32};
        warm->work = work;
    }
    return &bw_at_work(venue)[warm->work];
}

void bw_work_close(bw_venue *venue, uint32_t account)
{
    bw_warm *warm = bw_warm_at(venue, account);
    if (warm->work == 0 || bw_at_work(venue)[warm->work].orders)
        return;
    bw_at_work(venue)[warm->work] = (bw_work){.next = venue->work_free};
    venue->work_free = warm->work;
    warm->work = 0;
}

/* Appends to the pool's list, which is in the order of expiry: an order never expires before the one ahead of it. */
static void order_append(bw_venue *venue, uint32_t pool_number, uint32_t order)
{
    bw_pool *pool = bw_pool_at(venue, pool_number);
    bw_order *at = bw_order_at(venue, order);
    at->previous = pool->order_last;
    if (pool->order_last) {
        bw_order *last = bw_order_at(venue, pool->order_last);
        at->expiry_ns = bw_max(at->expiry_ns, last->expiry_ns);
        last->next = order;
    } else
        pool->order_first = order;
    pool->order_last = order;
}

static void order_unlink(bw_venue *venue, uint32_t pool_number, uint32_t order)
{
    bw_pool *pool = bw_pool_at(venue, pool_number);
    bw_order *at = bw_order_at(venue, order);
    *(at->previous ? &bw_order_at(venue, at->previous)->next : &pool->order_first) = at->next;
    *(at->next ? &bw_order_at(venue, at->next)->previous : &pool->order_last) = at->previous;
}

/* ----------------------------------------------------------------------------------------------------- open */

/* The worst price at which `lots` of a position bring in `least` (of a long) or cost at most -least (of a short),
   rounded toward the account and clamped to a valid tick (R8). */
static int64_t limit_price(const bw_market *market, int64_t price_max, bool is_long, int64_t lots, int64_t least)
{
    int64_t unit = lots * market->factor, price;
    if (market->kind == BW_MARKET_LINEAR)
        price = is_long ? (least > 0 ? (least + unit - 1) / unit : 1) : (least < 0 ? -least / unit : 1);
    else if (is_long)
        price = least < 0 ? (unit + -least - 1) / -least : price_max;
    else
        price = least > 0 ? unit / least : price_max;
    return bw_min(bw_max(price, 1), price_max);
}

/* The gap an order may make: its share of the notional, within every cap of the fund that will pay it (R11, R14). */
static int64_t gap_allowance(const bw_venue *venue, uint32_t market, int64_t notional)
{
    uint32_t pool_number = bw_market_at(venue, market)->pool;
    const bw_pool *pool = bw_pool_at(venue, pool_number);
    const bw_market_cold *cold = bw_market_cold_at(venue, market);
    int64_t gap = bw_min(bw_ppm_floor(notional, pool->settings.order_gap_ppm), bw_fund_usable(venue, pool_number));
    gap = bw_min(gap, cold->fund + pool->shared_fund - pool->reserved_gap);
    gap = bw_min(gap, bw_fund_event_cap(&pool->settings, notional));
    if (pool->settings.market_cap)
        gap = bw_min(gap, pool->settings.market_cap - cold->window_paid - cold->reserved_gap);
    return bw_pool_pays_from_fund(pool) ? bw_max(0, gap) : 0;
}

/* What an order may bring in at least, and with it reserve: with book sync anything, for each offer is looked at when it
   comes. */
static void limit_set(bw_venue *venue, bw_order *order, int64_t zero)
{
    const bw_position *at = bw_position_at(venue, order->position);
    const bw_market *market = bw_market_at(venue, at->market);
    int64_t price_max = bw_market_cold_at(venue, at->market)->settings.price_max;
    bool is_long = at->size > 0;
    order->limit = is_long ? 1 : price_max;
    if (bw_book_is_sync(venue, market->pool))
        return;
    bw_penalty penalty = bw_penalty_of(venue, order->account, at->market, order->lots, BW_NONE32);
    order->gap_left = gap_allowance(venue, at->market, bw_abs(bw_value(market, is_long ? order->lots : -order->lots)));
    int64_t least = zero + penalty.fund + penalty.desk - order->gap_left;
    order->limit = limit_price(market, price_max, is_long, order->lots, least);
}

static void opened_event(bw_writer *writer, const bw_order *order, const bw_position *position, int64_t zero,
                         uint32_t cause)
{
    const bw_market *market = bw_market_at(writer->venue, position->market);
    bw_event *event = bw_emit(writer, BW_EVENT_ORDER_OPENED, cause);
    event->account = bw_cold_at(writer->venue, order->account)->id;
    event->other = order->id;
    event->market = position->market;
    event->pool = market->pool;
    event->order_opened.lots = position->size < 0 ? -order->lots : order->lots;
    event->order_opened.limit = order->limit;
    event->order_opened.max_gap = order->gap_left;
    event->order_opened.expiry_ns = order->expiry_ns;
    event->order_opened.zero_value = zero;
    event->order_opened.mark = market->mark;
    event->order_opened.size = position->size;
    bw_emit_done(writer, event);
}

bool bw_order_open(bw_writer *writer, uint32_t position, int64_t lots, int64_t zero, uint32_t cause)
{
    bw_venue *venue = writer->venue;
    bw_position *at = bw_position_at(venue, position);
    bw_work *work = work_open(venue, at->account);
    uint32_t number = work ? order_take(venue) : 0;
    if (number == 0)
        return false;
    const bw_market *market = bw_market_at(venue, at->market);
    bw_pool *pool = bw_pool_at(venue, market->pool);
    bw_order *order = bw_order_at(venue, number);
    *order = (bw_order){.position = position, .account = at->account, .lots = lots, .lots_left = lots};
    order->id = ++venue->order_serial << 24 | number;
    if (__builtin_add_overflow(venue->time_ns, pool->settings.order_life_ns, &order->expiry_ns))
        order->expiry_ns = INT64_MAX;
    limit_set(venue, order, zero);
    pool->reserved_gap += order->gap_left;
    bw_market_cold_at(venue, at->market)->reserved_gap += order->gap_left;
    order_append(venue, market->pool, number);
    venue->order_count++;
    work->orders++;
    bw_hot_at(venue, at->account)->flags |= BW_HOT_WORKING;
    at->order = number;
    opened_event(writer, order, at, zero, cause);
    return true;
}

/* ------------------------------------------------------------------------------------------------------ end */

void bw_order_end(bw_writer *writer, uint32_t number, uint32_t reason, uint32_t cause)
{
    bw_venue *venue = writer->venue;
    bw_order *order = bw_order_at(venue, number);
    bw_position *position = bw_position_at(venue, order->position);
    uint32_t account = order->account, pool = bw_cold_at(venue, account)->pool;
    bw_event *event = bw_emit(writer, BW_EVENT_ORDER_ENDED, cause);
    event->account = bw_cold_at(venue, account)->id;
    event->other = order->id;
    event->market = position->market;
    event->pool = (uint16_t)pool;
    event->order_ended.lots_filled = order->lots - order->lots_left;
    event->order_ended.lots_left = order->lots_left;
    event->order_ended.reason = reason;
    bw_emit_done(writer, event);
    bw_pool_at(venue, pool)->reserved_gap -= order->gap_left;
    bw_market_cold_at(venue, position->market)->reserved_gap -= order->gap_left;
    position->order = 0;
    order_unlink(venue, pool, number);
    *order = (bw_order){.next = venue->order_free};
    venue->order_free = number;
    venue->order_count--;
    bw_work *work = &bw_at_work(venue)[bw_warm_at(venue, account)->work];
    if (--work->orders)
        return;
    bw_hot_at(venue, account)->flags &= (uint8_t)~BW_HOT_WORKING;
    bw_pool_at(venue, pool)->waiting -= work->bankrupt;
    work->bankrupt = 0;
}

void bw_orders_end(bw_writer *writer, uint32_t account, uint32_t reason, uint32_t cause)
{
    const bw_hot *hot = bw_hot_at(writer->venue, account);
    for (uint32_t i = 0; i < hot->count; i++) {
        uint32_t order = bw_position_at(writer->venue, hot->extent + i)->order;
        if (order)
            bw_order_end(writer, order, reason, cause);
    }
}

void bw_order_unfilled(bw_writer *writer, uint32_t number, uint32_t reason)
{
    bw_venue *venue = writer->venue;
    const bw_order *order = bw_order_at(venue, number);
    uint32_t account = order->account;
    bw_position_at(venue, order->position)->ended = order->lots_left;
    bw_hot_at(venue, account)->flags |= BW_HOT_ENDED;
    bw_order_end(writer, number, reason, BW_NONE32);
    bw_round_visit(venue, account);
}

/* ---------------------------------------------------------------------------------------------------- fills */

/* The live order of an id; 0 if it has ended or never was. */
static uint32_t order_named(const bw_venue *venue, uint64_t id)
{
    uint32_t number = (uint32_t)(id & 0xffffffu);
    return number && number <= venue->order_top && bw_order_at(venue, number)->id == id ? number : 0;
}

static bw_status order_status(const bw_venue *venue, uint64_t id)
{
    uint64_t serial = id >> 24;
    return serial == 0 || serial > venue->order_serial ? BW_UNKNOWN_ORDER : BW_ORDER_ENDED;
}

static bw_fill fill_of(const bw_venue *venue, const bw_order *order, const bw_command_fill *c, uint32_t taker)
{
    return (bw_fill){.account = order->account, .market = bw_position_at(venue, order->position)->market,
                     .taker = taker, .lots = c->lots, .price = c->price, .order = order->id};
}

static bool beyond_limit(const bw_venue *venue, const bw_order *order, int64_t price)
{
    bool is_long = bw_position_at(venue, order->position)->size > 0;
    return is_long ? price < order->limit : price > order->limit;
}

/* An order without a life ends with the next marks, whenever they come. */
bool bw_order_is_late(const bw_venue *venue, const bw_order *order, int64_t time_ns)
{
    const bw_pool *pool = bw_pool_at(venue, bw_cold_at(venue, order->account)->pool);
    return pool->settings.order_life_ns && time_ns > order->expiry_ns;
}

bw_status bw_check_fill(const bw_venue *venue, const bw_command *command)
{
    const bw_command_fill *c = (const void *)command;
    uint32_t number = order_named(venue, c->order);
    if (number == 0)
        return order_status(venue, c->order);
    const bw_order *order = bw_order_at(venue, number);
    if (bw_book_is_sync(venue, bw_cold_at(venue, order->account)->pool))
        return BW_BOOK_MODE;
    const bw_position *position = bw_position_at(venue, order->position);
    bw_side_trade taker = {.market = position->market};
    bw_status status = bw_account_named(venue, command->account, &taker.account);
    if (status || (status = bw_price_check(venue, position->market, c->lots, c->price)))
        return status;
    if (taker.account == order->account)
        return BW_SELF_TRADE;
    if (bw_cold_at(venue, taker.account)->pool != bw_market_at(venue, position->market)->pool)
        return BW_WRONG_POOL;
    if (c->lots > order->lots_left || bw_order_is_late(venue, order, command->time_ns))
        return BW_ORDER_ENDED;
    bw_fill fill = fill_of(venue, order, c, taker.account);
    bw_fill_plan plan = bw_fill_planned(venue, &fill);
    if (beyond_limit(venue, order, c->price) || plan.gap > order->gap_left ||
        plan.gap > bw_fund_at_hand(venue, position->market))
        return BW_LIMIT_PRICE;
    /* nobody takes lots of his own at a price that makes the fund pay him */
    if (plan.gap && bw_cold_at(venue, taker.account)->owner == bw_cold_at(venue, order->account)->owner)
        return BW_SELF_TRADE;
    taker.lots = position->size < 0 ? -c->lots : c->lots;
    taker.value = -plan.value;
    return bw_side_check(venue, &taker);
}

/* After a fill: healthy again, out of lots, or working on. */
static void order_review(bw_writer *writer, uint32_t number, uint32_t cause)
{
    bw_venue *venue = writer->venue;
    const bw_order *order = bw_order_at(venue, number);
    uint32_t account = order->account;
    if (!bw_account_recovers(writer, account, cause) && order->lots_left == 0)
        bw_order_end(writer, number, BW_ORDER_FILLED, cause);
    bw_account_compact(venue, account);
    bw_account_rearm(venue, account);
}

/* What the order has reserved in the fund for a gap is free to pay it. */
static void gap_release(bw_venue *venue, bw_order *order, uint32_t market, int64_t gap)
{
    order->gap_left -= gap;
    bw_pool_at(venue, bw_market_at(venue, market)->pool)->reserved_gap -= gap;
    bw_market_cold_at(venue, market)->reserved_gap -= gap;
}

void bw_apply_fill(bw_writer *writer, const bw_command *command)
{
    const bw_command_fill *c = (const void *)command;
    bw_venue *venue = writer->venue;
    uint32_t number = order_named(venue, c->order), taker = 0;
    bw_order *order = bw_order_at(venue, number);
    bw_account_find(venue, command->account, &taker);
    bw_fill fill = fill_of(venue, order, c, taker);
    bw_fill_plan plan = bw_fill_planned(venue, &fill);
    bw_trigger_disarm(venue, order->account);
    order->lots_left -= c->lots;
    gap_release(venue, order, fill.market, plan.gap);
    order_review(writer, number, bw_fill_apply(writer, &fill, &plan));
}

bw_status bw_check_end_order(const bw_venue *venue, const bw_command *command)
{
    uint64_t id = ((const bw_command_end_order *)(const void *)command)->order;
    uint32_t number = order_named(venue, id);
    if (number == 0)
        return order_status(venue, id);
    return bw_book_is_sync(venue, bw_cold_at(venue, bw_order_at(venue, number)->account)->pool) ? BW_BOOK_MODE : BW_OK;
}

void bw_apply_end_order(bw_writer *writer, const bw_command *command)
{
    bw_venue *venue = writer->venue;
    uint32_t number = order_named(venue, ((const bw_command_end_order *)(const void *)command)->order);
    uint32_t account = bw_order_at(venue, number)->account;
    bw_trigger_disarm(venue, account);
    bw_order_unfilled(writer, number, BW_ORDER_WITHDRAWN);
}
