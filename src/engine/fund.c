/* fund.c - see fund.h. */
#include "engine/fund.h"

#include "engine/formula.h"
#include "engine/margin.h"
#include "money/money.h"

#define DEFAULT_WINDOW_NS (INT64_C(8) * 3600 * 1000000000)

bool bw_pool_names_shared(const bw_pool *pool)
{
    for (uint32_t i = 0; i < pool->settings.money_count; i++)
        if (pool->settings.money[i].kind == BW_LAYER_SHARED_FUND)
            return true;
    return false;
}

bool bw_pool_pays_from_fund(const bw_pool *pool)
{
    for (uint32_t i = 0; i < pool->settings.money_count; i++)
        if (pool->settings.money[i].kind <= BW_LAYER_SHARED_FUND)
            return true;
    return false;
}

static int64_t window_length(const bw_pool *pool)
{
    return pool->settings.window_ns ? pool->settings.window_ns : DEFAULT_WINDOW_NS;
}

static void window_restart(bw_venue *venue, uint32_t pool_number)
{
    bw_pool *pool = bw_pool_at(venue, pool_number);
    int64_t start = bw_window_start(pool->window_start_ns, venue->time_ns, window_length(pool));
    if (start == pool->window_start_ns)
        return;
    pool->window_start_ns = start;
    pool->window_paid = 0;
    pool->window_fund = bw_fund_total(pool);
    for (uint32_t m = 0; m < venue->market_count; m++)
        if (bw_market_at(venue, m)->pool == pool_number)
            bw_market_cold_at(venue, m)->window_paid = 0;
}

void bw_fund_advance(bw_venue *venue, uint32_t pool_number)
{
    bw_pool *pool = bw_pool_at(venue, pool_number);
    window_restart(venue, pool_number);
    int64_t fund = bw_fund_total(pool);
    uint32_t now = (uint32_t)(venue->time_ns / bw_max(1, window_length(pool) / BW_WINDOW_SLOTS));
    uint32_t passed = now - pool->slot;
    if (passed > BW_WINDOW_SLOTS)
        passed = BW_WINDOW_SLOTS;
    for (uint32_t i = 0; i < passed; i++)
        pool->slot_max[(now - i) % BW_WINDOW_SLOTS] = fund;
    pool->slot = now;
    int64_t *slot = &pool->slot_max[now % BW_WINDOW_SLOTS];
    *slot = bw_max(*slot, fund);
}

void bw_fund_rebase(bw_venue *venue, uint32_t pool_number)
{
    bw_pool *pool = bw_pool_at(venue, pool_number);
    bw_fund_advance(venue, pool_number);
    pool->window_fund = bw_fund_total(pool);
    for (uint32_t i = 0; i < BW_WINDOW_SLOTS; i++)
        pool->slot_max[i] = pool->window_fund;
    pool->drawdown = 0;
    pool->empty = pool->window_fund < 0;
}

int64_t bw_fund_peak(const bw_pool *pool)
{
    int64_t peak = bw_fund_total(pool);
    for (uint32_t i = 0; i < BW_WINDOW_SLOTS; i++)
        peak = bw_max(peak, pool->slot_max[i]);
    return peak;
}

/* What the drawdown rule keeps of a fund of `fund`: ceil(peak x (1 - set)), while it stands above drawdown_min. */
static int64_t kept_part(const bw_pool *pool, int64_t fund)
{
    const bw_command_pool *set = &pool->settings;
    if (set->drawdown_set_ppm == 0 || fund <= set->drawdown_min)
        return 0;
    return bw_ppm_ceil(bw_max(bw_fund_peak(pool), fund), 1000000 - (int64_t)set->drawdown_set_ppm);
}

/* A cap as an amount, as a share of `base`, or both; BW_FUND_UNCAPPED if neither is set. */
static int64_t fund_cap(int64_t amount, uint32_t share_ppm, int64_t base)
{
    int64_t share = share_ppm ? bw_fund_share_cap(base, share_ppm, 1000000) : BW_VALUE_MAX;
    return amount == 0 && share_ppm == 0 ? BW_FUND_UNCAPPED : bw_min(amount ? amount : BW_VALUE_MAX, share);
}

int64_t bw_fund_event_cap(const bw_command_pool *set, int64_t notional)
{
    int64_t cap = fund_cap(set->event_cap, set->event_cap_ppm, notional);
    return cap == BW_FUND_UNCAPPED ? BW_VALUE_MAX : cap;
}

static int64_t window_cap(const bw_pool *pool)
{
    return fund_cap(pool->settings.window_cap, pool->settings.window_cap_ppm, pool->window_fund);
}

int64_t bw_fund_usable_with(const bw_venue *venue, uint32_t pool_number, int64_t more)
{
    const bw_pool *pool = bw_pool_at(venue, pool_number);
    const bw_command_pool *set = &pool->settings;
    int64_t fund = bw_fund_total(pool) + more;
    if (pool->drawdown || (pool->empty && (more == 0 || fund <= 0)))
        return 0;
    int64_t floor = bw_max(set->fund_floor + set->fund_reserved, kept_part(pool, fund));
    bw_fund_caps caps = {.fund = fund, .floor = floor, .reserved = pool->reserved_gap, .event_cap = BW_FUND_UNCAPPED,
                         .window_cap = window_cap(pool), .window_paid = pool->window_paid,
                         .market_cap = BW_FUND_UNCAPPED};
    return bw_fund_room(&caps);
}

int64_t bw_fund_usable(const bw_venue *venue, uint32_t pool_number)
{
    return bw_fund_usable_with(venue, pool_number, 0);
}

int64_t bw_fund_fill_cap(const bw_venue *venue, uint32_t market, int64_t notional)
{
    const bw_pool *pool = bw_pool_at(venue, bw_market_at(venue, market)->pool);
    const bw_market_cold *cold = bw_market_cold_at(venue, market);
    bw_fund_caps caps = {.fund = BW_VALUE_MAX, .event_cap = bw_fund_event_cap(&pool->settings, notional),
                         .window_cap = window_cap(pool), .window_paid = pool->window_paid,
                         .market_cap = pool->settings.market_cap ? pool->settings.market_cap : BW_FUND_UNCAPPED,
                         .market_paid = cold->window_paid};
    return bw_fund_room(&caps);
}

void bw_fund_trigger(bw_writer *writer, uint32_t pool_number, uint32_t cause)
{
    bw_pool *pool = bw_pool_at(writer->venue, pool_number);
    int64_t fund = bw_fund_total(pool), peak = bw_fund_peak(pool);
    uint32_t drawdown = pool->drawdown, empty = fund < 0 || (fund == 0 && (pool->empty || peak > 0));
    if (pool->settings.drawdown_set_ppm == 0)
        drawdown = 0;
    else if (fund > 0 && fund <= kept_part(pool, fund))
        drawdown = 1;
    else if (drawdown && peak - fund < bw_ppm_ceil(peak, pool->settings.drawdown_clear_ppm))
        drawdown = 0;
    if (drawdown == pool->drawdown && empty == pool->empty)
        return;
    pool->drawdown = drawdown;
    pool->empty = empty;
    bw_event *event = bw_emit(writer, BW_EVENT_TRIGGERED, cause);
    event->pool = (uint16_t)pool_number;
    event->triggered.drawdown = drawdown;
    event->triggered.empty = empty;
    event->triggered.fund = fund;
    event->triggered.peak = peak;
    bw_emit_done(writer, event);
}

/* ----------------------------------------------------------------------------------------------- carryover */

void bw_carryover_add(bw_venue *venue, uint32_t pool_number, uint32_t market, int64_t amount)
{
    bw_pool *pool = bw_pool_at(venue, pool_number);
    bw_carryover *at = market == BW_NONE16 ? &pool->carryover : &bw_market_cold_at(venue, market)->carryover;
    if (at->amount == 0 && amount)
        at->since_ns = venue->time_ns;
    at->amount += amount;
    pool->carried += amount;
}

/* The open accumulator of the pool with the oldest unit; ties: markets by number, then the pool's own. */
static bw_carryover *oldest(bw_venue *venue, uint32_t pool_number)
{
    bw_carryover *found = NULL;
    for (uint32_t m = 0; m < venue->market_count; m++) {
        bw_carryover *at = &bw_market_cold_at(venue, m)->carryover;
        if (bw_market_at(venue, m)->pool == pool_number && at->amount && (!found || at->since_ns < found->since_ns))
            found = at;
    }
    bw_carryover *own = &bw_pool_at(venue, pool_number)->carryover;
    return own->amount && (!found || own->since_ns < found->since_ns) ? own : found;
}

int64_t bw_carryover_repay(bw_venue *venue, uint32_t pool_number, int64_t amount)
{
    bw_pool *pool = bw_pool_at(venue, pool_number);
    int64_t left = bw_min(amount, pool->carried);
    int64_t repaid = left;
    while (left) {
        bw_carryover *at = oldest(venue, pool_number);
        int64_t part = bw_min(left, at->amount);
        at->amount -= part;
        if (at->amount == 0)
            at->since_ns = 0;
        left -= part;
    }
    pool->carried -= repaid;
    return repaid;
}

/* ---------------------------------------------------------------------------------------------- in and out */

static int64_t *bucket_of(bw_venue *venue, uint32_t pool, uint32_t market)
{
    return market == BW_NONE16 ? &bw_pool_at(venue, pool)->shared_fund : &bw_market_cold_at(venue, market)->fund;
}

int64_t bw_fund_inflow(const bw_venue *venue, uint32_t pool_number, int64_t amount)
{
    const bw_pool *pool = bw_pool_at(venue, pool_number);
    return amount - bw_min(pool->carried, bw_ppm_floor(amount, pool->settings.carryover_share_ppm));
}

void bw_fund_credit(bw_writer *writer, uint32_t pool_number, uint32_t market, int64_t amount, uint32_t cause)
{
    bw_venue *venue = writer->venue;
    bw_pool *pool = bw_pool_at(venue, pool_number);
    if (amount == 0)
        return;
    bw_fund_advance(venue, pool_number);
    int64_t rest = bw_fund_inflow(venue, pool_number, amount);
    int64_t repaid = bw_carryover_repay(venue, pool_number, amount - rest);
    *bucket_of(venue, pool_number, market) += rest;
    if (market != BW_NONE16)
        pool->buckets += rest;
    if (bw_pool_claims(pool))
        pool->refund_inflow += rest;
    bw_fund_advance(venue, pool_number);
    bw_event *event = bw_emit(writer, BW_EVENT_CREDITED, cause);
    event->pool = (uint16_t)pool_number;
    event->market = (uint16_t)market;
    event->credited.amount = amount;
    event->credited.fund = bw_fund_total(pool);
    event->credited.carryover_repaid = repaid;
    bw_fund_trigger(writer, pool_number, bw_emit_done(writer, event));
}

void bw_fund_debit(bw_venue *venue, uint32_t pool_number, uint32_t market, int64_t amount)
{
    bw_pool *pool = bw_pool_at(venue, pool_number);
    int64_t *bucket = bucket_of(venue, pool_number, market);
    BW_ASSERT(amount >= 0 && (amount <= *bucket || (market == BW_NONE16 && pool->settings.may_go_negative)));
    bw_fund_advance(venue, pool_number);
    *bucket -= amount;
    if (market != BW_NONE16)
        pool->buckets -= amount;
    bw_fund_advance(venue, pool_number);
}
