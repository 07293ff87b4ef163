/* shock_fund.c - what the fund may pay and pays in a shock (R14): engine/fund.c and fund_layer.c, without inflows.

   Time stands still in a shock: the window is that of its time, its peak the highest of the slots that are left of it
   and of what the fund holds at the start, since it only falls. */
#include "stress/shock_work.h"

#include "engine/fund.h"
#include "money/money.h"
#include "money/ppm.h"

#define DEFAULT_WINDOW_NS (INT64_C(8) * 3600 * 1000000000)

static int64_t total(const shock_fund *fund) { return fund->shared + fund->buckets; }

static int64_t peak_at(const bw_pool *pool, int64_t time_ns, int64_t length)
{
    uint32_t now = (uint32_t)(time_ns / bw_max(1, length / BW_WINDOW_SLOTS)), passed = now - pool->slot;
    int64_t peak = bw_fund_total(pool);
    for (uint32_t i = passed < BW_WINDOW_SLOTS ? passed : BW_WINDOW_SLOTS; i < BW_WINDOW_SLOTS; i++)
        peak = bw_max(peak, pool->slot_max[(now - i) % BW_WINDOW_SLOTS]);
    return peak;
}

void bw_shock_stand_at(bw_shock *shock, int64_t time_ns)
{
    const bw_venue *venue = shock->venue;
    const bw_pool *pool = bw_pool_at(venue, 0);
    int64_t length = pool->settings.window_ns ? pool->settings.window_ns : DEFAULT_WINDOW_NS;
    bool stands = bw_window_start(pool->window_start_ns, time_ns, length) == pool->window_start_ns;
    shock->fund_start = (shock_fund){
        .shared = pool->shared_fund, .buckets = pool->buckets, .capital = pool->capital, .carried = pool->carried,
        .peak = peak_at(pool, time_ns, length), .reserved_gap = pool->reserved_gap,
        .window_paid = stands ? pool->window_paid : 0, .window_fund = stands ? pool->window_fund : bw_fund_total(pool),
        .drawdown = pool->drawdown, .empty = pool->empty};
    for (uint32_t m = 0; m < shock->markets; m++) {
        shock->bucket_start[m] = bw_market_cold_at(venue, m)->fund;
        shock->market_paid_start[m] = stands ? bw_market_cold_at(venue, m)->window_paid : 0;
    }
}

static int64_t kept_part(const bw_shock *shock, int64_t fund)
{
    const bw_command_pool *set = &shock->pool;
    if (set->drawdown_set_ppm == 0 || fund <= set->drawdown_min)
        return 0;
    return bw_ppm_ceil(bw_max(shock->fund.peak, fund), 1000000 - (int64_t)set->drawdown_set_ppm);
}

static void trigger(bw_shock *shock)
{
    shock_fund *fund = &shock->fund;
    int64_t now = total(fund);
    fund->empty = now < 0 || (now == 0 && (fund->empty || fund->peak > 0));
    if (shock->pool.drawdown_set_ppm == 0)
        fund->drawdown = 0;
    else if (now > 0 && now <= kept_part(shock, now))
        fund->drawdown = 1;
    else if (fund->drawdown && fund->peak - now < bw_ppm_ceil(fund->peak, shock->pool.drawdown_clear_ppm))
        fund->drawdown = 0;
}

static int64_t window_cap(const bw_shock *shock)
{
    const bw_command_pool *set = &shock->pool;
    if (set->window_cap == 0 && set->window_cap_ppm == 0)
        return BW_FUND_UNCAPPED;
    int64_t share = set->window_cap_ppm ? bw_fund_share_cap(shock->fund.window_fund, set->window_cap_ppm, 1000000) : BW_VALUE_MAX;
    return bw_min(set->window_cap ? set->window_cap : BW_VALUE_MAX, share);
}

static int64_t usable(const bw_shock *shock)
{
    const shock_fund *fund = &shock->fund;
    int64_t now = total(fund), floor = bw_max(shock->pool.fund_floor + shock->pool.fund_reserved, kept_part(shock, now));
    if (fund->drawdown || fund->empty)
        return 0;
    bw_fund_caps caps = {.fund = now, .floor = floor, .reserved = fund->reserved_gap, .event_cap = BW_FUND_UNCAPPED,
                         .window_cap = window_cap(shock), .window_paid = fund->window_paid, .market_cap = BW_FUND_UNCAPPED};
    return bw_fund_room(&caps);
}

void bw_shock_fund_freeze(bw_shock *shock)
{
    trigger(shock);
    shock->fund.shared_usable = shock->fund.shared;
    for (uint32_t m = 0; m < shock->markets; m++)
        shock->bucket_usable[m] = shock->bucket[m];
    shock->loss[2u * shock->markets].event_left = shock->pool.event_cap ? shock->pool.event_cap : BW_VALUE_MAX;
}

void bw_shock_fund_refreeze(bw_shock *shock)
{
    shock->fund.usable = usable(shock);
    for (uint32_t i = 0; i < 2u * shock->markets; i++)
        shock->loss[i].event_left = bw_fund_event_cap(&shock->pool, shock->loss[i].lots * shock->unit[i / 2u]);
}

/* ------------------------------------------------------------------------------------------------------ layers */

static int64_t room_of(const bw_shock *shock, uint32_t number)
{
    bw_fund_caps caps = {.fund = shock->fund.usable, .event_cap = shock->loss[number].event_left,
                         .window_cap = BW_FUND_UNCAPPED, .market_cap = BW_FUND_UNCAPPED};
    if (shock->pool.market_cap && number < 2u * shock->markets) {
        caps.market_cap = shock->pool.market_cap;
        caps.market_paid = shock->market_paid[number / 2u];
    }
    return bw_fund_room(&caps);
}

/* `from_bucket`: of the loss's market. */
static void pay(bw_shock *shock, uint32_t number, bw_layer layer, bool from_bucket, int64_t amount)
{
    shock_fund *fund = &shock->fund;
    shock_loss *loss = &shock->loss[number];
    if (amount == 0)
        return;
    if (from_bucket) {
        shock->bucket[number / 2u] -= amount;
        shock->bucket_usable[number / 2u] -= amount;
        fund->buckets -= amount;
    } else {
        fund->shared -= amount;
        fund->shared_usable -= amount;
    }
    fund->usable -= amount;
    loss->event_left -= amount;
    fund->window_paid += amount;
    if (number < 2u * shock->markets)
        shock->market_paid[number / 2u] += amount;
    loss->left -= amount;
    loss->paid[layer] += amount;
    trigger(shock);
}

void bw_shock_fund_layer(bw_shock *shock, uint32_t number)
{
    int64_t bucket = number < 2u * shock->markets ? shock->bucket_usable[number / 2u] : 0;
    if (bucket)
        pay(shock, number, BW_LAYER_FUND, true, bw_min(shock->loss[number].left, bw_min(room_of(shock, number), bucket)));
}

void bw_shock_shared_layer(bw_shock *shock, bw_layer layer)
{
    shock->payers.count = 0;
    for (uint32_t i = 0; i <= 2u * shock->markets; i++) {
        int64_t left = shock->loss[i].left;
        bw_shock_payer_add(shock, i, left, left ? bw_min(left, room_of(shock, i)) : 0, 0, i);
    }
    bw_shock_allocate(shock, BW_RULE_CAPPED_PRO_RATA, bw_min(shock->fund.usable, shock->fund.shared_usable));
    for (uint32_t i = 0; i <= 2u * shock->markets; i++) {
        int64_t charge = bw_min(shock->payers.charge[i], bw_min(room_of(shock, i), shock->fund.shared_usable));
        if (shock->payers.charge[i])
            pay(shock, i, layer, false, bw_min(charge, shock->loss[i].left));
    }
}
