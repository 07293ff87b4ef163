/* sync.c - book sync: lots wait for `liquidate` and its list of offers (R11).

       unhealthy, even bankrupt ──PLAN──> orders without limit ──> WAITS ──liquidate──> offers, in order ──> the rest
                                                                     └─────order-life, next marks─────────────┤
         healthy: its orders end <────────────────────────────────────────────────────────────────────────────┤
         solvent: backstop and ADL, or (sync-adl when-bankrupt) it waits on <─────────────────────────────────┤
         bankrupt: it waits while another of its orders lives, then is closed whole <─────────────────────────┘

   No price ends a wait. The trigger of a solvent account that waits says when it is bankrupt, which the pool counts: a loss
   is open (R18); a bankrupt one has none. */
#include "engine/commands.h"
#include "engine/fill.h"
#include "engine/fund.h"
#include "engine/round.h"
#include "engine/trigger.h"

#include "money/money.h"
#include "money/ppm.h"

/* ------------------------------------------------------------------------------------------------- who waits */

static uint32_t pool_of(const bw_venue *venue, uint32_t account)
{
    return bw_cold_at(venue, account)->pool;
}

/* It has lots in a market that is being paid out: its loss must be booked before. */
bool bw_sync_must_end(const bw_venue *venue, uint32_t account)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    for (uint32_t p = hot->extent; p < hot->extent + hot->count; p++) {
        const bw_position *at = bw_position_at(venue, p);
        if (at->size && bw_market_at(venue, at->market)->status == BW_MARKET_SETTLING)
            return true;
    }
    return false;
}

bool bw_sync_waits(bw_venue *venue, uint32_t account, int64_t equity)
{
    bw_hot *hot = bw_hot_at(venue, account);
    uint32_t pool = pool_of(venue, account);
    if (!bw_book_is_sync(venue, pool))
        return false;
    bool on = bw_pool_at(venue, pool)->settings.sync_adl == BW_SYNC_ADL_WHEN_BANKRUPT && equity >= 0;
    if (on)
        bw_ended_forget(venue, account);
    if (!(hot->flags & BW_HOT_WORKING) || (hot->flags & BW_HOT_ENDED && equity >= 0))
        return false;
    if (equity >= 0 || !bw_sync_must_end(venue, account))
        return true;
    hot->flags |= BW_HOT_ENDED;                            /* no other order for it in this command */
    return false;
}

bool bw_sync_bankrupt(bw_venue *venue, uint32_t account, int64_t equity)
{
    uint32_t pool = pool_of(venue, account), work = bw_warm_at(venue, account)->work;
    if (!(bw_hot_at(venue, account)->flags & BW_HOT_WORKING) || !bw_book_is_sync(venue, pool))
        return false;
    uint32_t *seen = &bw_at_work(venue)[work].bankrupt, now = equity < 0;
    bw_pool_at(venue, pool)->waiting += now - *seen;
    *seen = now;
    if (now)
        bw_trigger_disarm(venue, account);
    return now;
}

/* -------------------------------------------------------------------------------------------------- what waits */

/* The order whose life bounds the wait of the account's lots in the market: their own, or, of a bankrupt account, any;
   0 if none wait. */
static uint32_t waiting_order(const bw_venue *venue, uint32_t account, uint32_t market, bool bankrupt)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    uint32_t position = bw_position_find(venue, account, market);
    uint32_t order = position ? bw_position_at(venue, position)->order : 0;
    for (uint32_t p = hot->extent; position && bankrupt && !order && p < hot->extent + hot->count; p++)
        order = bw_position_at(venue, p)->order;
    return order;
}

bw_status bw_check_liquidate(const bw_venue *venue, const bw_command *command)
{
    const bw_command_liquidate *c = (const void *)command;
    uint32_t account;
    if (c->count > BW_OFFERS_MAX || command->size != sizeof *c + c->count * sizeof(bw_offer))
        return BW_BAD_COMMAND;
    bw_status status = bw_account_named(venue, command->account, &account);
    if (status)
        return status;
    if (c->market >= venue->market_count)
        return BW_UNKNOWN_MARKET;
    if (bw_market_at(venue, c->market)->pool != pool_of(venue, account))
        return BW_WRONG_POOL;
    if (!bw_book_is_sync(venue, pool_of(venue, account)))
        return BW_BOOK_MODE;
    uint32_t order = waiting_order(venue, account, c->market, bw_account_equity(venue, account) < 0);
    bool late = order && bw_order_is_late(venue, bw_order_at(venue, order), command->time_ns);
    return order == 0 || late ? BW_ORDER_ENDED : BW_OK;
}

/* ----------------------------------------------------------------------------------------------------- offers */

/* An account's lots that wait in a market, and what the fund may pay for them: frozen before the first offer, so that what
   one brings in cannot pay for the next (R14). */
typedef struct wait {
    uint32_t account, market;
    int64_t lots;
    int64_t money, caps;                 /* in the fund and usable; by the caps of event, window, market */
    bool bottomless;
} wait;

static wait wait_begin(bw_writer *writer, uint32_t account, uint32_t market)
{
    bw_venue *venue = writer->venue;
    uint32_t number = pool_of(venue, account), position = bw_position_find(venue, account, market);
    const bw_pool *pool = bw_pool_at(venue, number);
    const bw_position *at = bw_position_at(venue, position);
    wait w = {.account = account, .market = market, .lots = bw_abs(at->size)};
    if (bw_account_equity(venue, account) >= 0)
        w.lots = bw_order_at(venue, at->order)->lots_left;
    bw_fund_advance(venue, number);
    bw_fund_trigger(writer, number, BW_NONE32);
    if (!bw_pool_pays_from_fund(pool))
        return w;
    w.bottomless = pool->settings.may_go_negative;
    w.money = bw_min(bw_fund_usable(venue, number), bw_fund_at_hand(venue, market));
    w.caps = bw_fund_fill_cap(venue, market, bw_abs(bw_value(bw_market_at(venue, market), w.lots)));
    return w;
}

/* What of the penalty the fund may spend on the gap of the same fill, and of no other (penalty-first). */
static int64_t penalty_at_once(const bw_venue *venue, const wait *w, const bw_fill_plan *plan)
{
    uint32_t pool = pool_of(venue, w->account);
    const bw_pool *at = bw_pool_at(venue, pool);
    return at->settings.penalty_first && bw_pool_pays_from_fund(at) ? bw_fund_inflow(venue, pool, plan->penalty.fund) : 0;
}

static bool can_be_paid(const bw_venue *venue, const wait *w, const bw_fill_plan *plan)
{
    int64_t more = penalty_at_once(venue, w, plan);
    int64_t money = bw_min(w->money + more, bw_fund_usable_with(venue, pool_of(venue, w->account), more));
    return plan->gap == 0 || w->bottomless || plan->gap <= bw_min(money, w->caps);
}

/* Whether the offer is taken; BW_INSUFFICIENT, asked last: the fund cannot pay what it makes missing. */
static bw_status offer_check(const bw_venue *venue, const wait *w, const bw_offer *offer, bw_fill *fill, bw_fill_plan *plan)
{
    *fill = (bw_fill){.account = w->account, .market = w->market, .lots = bw_min(offer->lots, w->lots),
                      .price = offer->price};
    bw_status status = bw_account_named(venue, offer->taker, &fill->taker);
    if (status || (status = bw_price_check(venue, w->market, fill->lots, fill->price)))
        return status;
    if (fill->taker == w->account)
        return BW_SELF_TRADE;
    if (pool_of(venue, fill->taker) != pool_of(venue, w->account))
        return BW_WRONG_POOL;
    uint32_t position = bw_position_find(venue, w->account, w->market), order = bw_position_at(venue, position)->order;
    fill->order = order ? bw_order_at(venue, order)->id : 0;
    *plan = bw_fill_planned(venue, fill);
    /* nobody takes lots of his own at a price that makes the fund pay him */
    if (plan->gap && bw_cold_at(venue, fill->taker)->owner == bw_cold_at(venue, w->account)->owner)
        return BW_SELF_TRADE;
    bool is_short = bw_position_at(venue, position)->size < 0;
    bw_side_trade side = {fill->taker, w->market, is_short ? -fill->lots : fill->lots, -plan->value, 0};
    if ((status = bw_side_check(venue, &side)))
        return status;
    return can_be_paid(venue, w, plan) ? BW_OK : BW_INSUFFICIENT;
}

/* A bankrupt account's order may be for fewer lots than wait: those without order go first. */
static void offer_take(bw_writer *writer, wait *w, const bw_fill *fill, const bw_fill_plan *plan)
{
    bw_venue *venue = writer->venue;
    const bw_position *at = bw_position_at(venue, bw_position_find(venue, w->account, w->market));
    if (at->order) {
        bw_order *order = bw_order_at(venue, at->order);
        order->lots_left = bw_min(order->lots_left, w->lots - fill->lots);
    }
    w->lots -= fill->lots;
    w->money -= bw_max(0, plan->gap - penalty_at_once(venue, w, plan));
    w->caps -= plan->gap;
    bw_fill_apply(writer, fill, plan);
}

static void offer_refused(bw_writer *writer, const wait *w, const bw_offer *offer, uint32_t number, bw_status status)
{
    bw_event *event = bw_emit(writer, BW_EVENT_REFUSED, BW_NONE32);
    event->account = offer->taker;
    event->other = bw_cold_at(writer->venue, w->account)->id;
    event->market = (uint16_t)w->market;
    event->pool = (uint16_t)pool_of(writer->venue, w->account);
    event->refused.number = number;
    event->refused.status = status;
    event->refused.command = BW_COMMAND_LIQUIDATE;
    bw_emit_done(writer, event);
}

/* The offers in order, until no lots wait, the account is healthy again, or the fund cannot pay. */
static bool offers_take(bw_writer *writer, wait *w, const bw_command_liquidate *c)
{
    bool recovered = false;
    for (uint32_t n = 0; n < c->count && w->lots && !recovered; n++) {
        bw_fill fill;
        bw_fill_plan plan;
        bw_status status = offer_check(writer->venue, w, &c->offers[n], &fill, &plan);
        if (status)
            offer_refused(writer, w, &c->offers[n], n, status);
        else {
            offer_take(writer, w, &fill, &plan);
            recovered = bw_account_recovers(writer, w->account, BW_NONE32);
        }
        if (status == BW_INSUFFICIENT)
            break;
    }
    return recovered;
}

/* ------------------------------------------------------------------------------------------------------- after */

/* Whether what no offer took goes on to backstop and ADL; if not, it waits until its order's time is up. */
static bool goes_on(const bw_venue *venue, uint32_t account)
{
    bool always = bw_pool_at(venue, pool_of(venue, account))->settings.sync_adl == BW_SYNC_ADL_ALWAYS;
    int64_t mm, equity = bw_account_health(venue, account, &mm);
    return always || equity < 0 || equity >= mm;
}

static void wait_end(bw_writer *writer, const wait *w)
{
    bw_venue *venue = writer->venue;
    uint32_t order = bw_position_at(venue, bw_position_find(venue, w->account, w->market))->order;
    if (order && bw_order_at(venue, order)->lots_left == 0)
        bw_order_end(writer, order, BW_ORDER_FILLED, BW_NONE32);
    else if (order && goes_on(venue, w->account))
        bw_order_unfilled(writer, order, BW_ORDER_UNTAKEN);
    /* its last order is gone: a bankrupt account is closed whole, with what was left of others */
    if (!(bw_hot_at(venue, w->account)->flags & BW_HOT_WORKING) && bw_account_equity(venue, w->account) < 0)
        bw_hot_at(venue, w->account)->flags |= BW_HOT_ENDED;
}

void bw_apply_liquidate(bw_writer *writer, const bw_command *command)
{
    const bw_command_liquidate *c = (const void *)command;
    bw_venue *venue = writer->venue;
    uint32_t account = 0;
    bw_account_find(venue, command->account, &account);
    bw_trigger_disarm(venue, account);
    int64_t mm, equity = bw_account_health(venue, account, &mm);
    if (equity >= mm)
        bw_orders_end(writer, account, BW_ORDER_RECOVERED, BW_NONE32);
    else {
        wait w = wait_begin(writer, account, c->market);
        if (!offers_take(writer, &w, c))
            wait_end(writer, &w);
    }
    bw_account_compact(venue, account);
    bw_account_rearm(venue, account);
    bw_round_visit(venue, account);
}
