/* query.c - read-only views of the venue, and the exhaustive scan (R7's oracle). */
#include "engine/account.h"
#include "engine/adl.h"
#include "engine/fund.h"
#include "engine/index.h"
#include "engine/loss.h"
#include "engine/stake.h"
#include "engine/trigger.h"
#include "engine/volatility.h"

#include "money/ppm.h"

#include <string.h>

static uint32_t state_of(const bw_hot *hot, int64_t equity, int64_t mm)
{
    if (hot->flags & BW_HOT_WORKING)
        return BW_WORKING;
    return bw_is_unhealthy(equity, mm) ? BW_UNHEALTHY : BW_HEALTHY;
}

static uint16_t desk_number(const bw_venue *venue, uint32_t account)
{
    for (uint32_t d = 0; d < venue->desk_count; d++)
        if (bw_at_desk(venue)[d].account == account)
            return (uint16_t)d;
    return BW_NONE16;
}

bool bw_account_get(const bw_venue *venue, uint64_t id, bw_account_view *view)
{
    uint32_t account;
    if (!bw_account_find(venue, id, &account))
        return false;
    const bw_hot *hot = bw_hot_at(venue, account);
    const bw_warm *warm = bw_warm_at(venue, account);
    const bw_cold *cold = bw_cold_at(venue, account);
    bw_assessment now = bw_account_assess(venue, account);
    int64_t health;
    if (now.mm == 0 || !bw_mul_div_floor_try(now.equity, 1000000, now.mm, &health))
        health = -1;
    *view = (bw_account_view){
        .id = id, .owner = cold->owner, .group = cold->group, .tag = cold->tag, .flags = cold->flags,
        .state = state_of(hot, now.equity, now.mm), .pool = cold->pool, .isolated = cold->isolated,
        .position_count = hot->count, .desk = desk_number(venue, account), .balance = bw_balance(venue, account),
        .equity = now.equity, .mm = now.mm, .im = now.im, .order_margin = warm->order_margin,
        .collateral_value = bw_account_collateral(venue, account), .upnl = bw_account_upnl(venue, account),
        .net_deposits = warm->net_deposits, .claim = cold->claim, .period_gain = bw_period_gain(venue, account),
        .withdrawable = hot->flags & BW_HOT_WORKING ? 0 : bw_account_withdrawable(venue, account, venue->time_ns).by_gate,
        .locked_profit = bw_account_locked(venue, account), .health_ppm = health,
        .shares = bw_account_shares(venue, account), .stake_value = bw_account_stake_value(venue, account),
        .owed = bw_balance_owed(venue, account)};
    return true;
}

bool bw_position_get(const bw_venue *venue, uint64_t id, uint16_t market, bw_position_view *view)
{
    uint32_t account;
    if (!bw_account_find(venue, id, &account))
        return false;
    uint32_t position = bw_position_find(venue, account, market);
    if (position == 0 || bw_position_at(venue, position)->size == 0)
        return false;
    const bw_position *at = bw_position_at(venue, position);
    int64_t value = bw_value(bw_market_at(venue, market), at->size), cost = bw_position_cost(venue, position);
    *view = (bw_position_view){
        .account = id, .order = at->order ? bw_order_at(venue, at->order)->id : 0, .market = market,
        .size = at->size, .cost = cost, .entry = bw_abs(cost) / bw_abs(at->size), .upnl = value - cost,
        .notional = bw_abs(value), .mm = bw_mm(venue, market, bw_abs(value)), .im = bw_im(venue, market, bw_abs(value)),
        .trigger = bw_at_node(venue)[bw_node_mark(position)].key, .owed = bw_position_owed(venue, position)};
    return true;
}

bool bw_market_get(const bw_venue *venue, uint16_t number, bw_market_view *view)
{
    if (number >= venue->market_count)
        return false;
    const bw_market *market = bw_market_at(venue, number);
    const bw_market_cold *cold = bw_market_cold_at(venue, number);
    *view = (bw_market_view){
        .pool = market->pool, .kind = market->kind, .status = market->status, .holders_long = cold->holders[BW_LONG],
        .holders_short = cold->holders[BW_SHORT], .tick_value = market->factor, .mark = market->mark,
        .previous_mark = cold->previous_mark, .index = cold->index, .open_interest = cold->open_interest,
        .offset_long = market->offset[BW_LONG], .offset_short = market->offset[BW_SHORT], .fund = cold->fund,
        .carryover = cold->carryover.amount, .volatility_ppm = bw_volatility_ppm(venue, number),
        .im_scale_ppm = market->im_scale_ppm, .underlying = cold->settings.underlying};
    memcpy(view->name, cold->settings.name, BW_NAME);
    return true;
}

static int64_t pool_dust(const bw_venue *venue, const bw_pool *pool)
{
    return bw_at_asset(venue)[pool->settings.asset].dust;
}

bool bw_pool_get(const bw_venue *venue, uint16_t number, bw_pool_view *view)
{
    if (number >= venue->pool_count)
        return false;
    const bw_pool *pool = bw_pool_at(venue, number);
    *view = (bw_pool_view){
        .asset = pool->settings.asset, .drawdown = (uint16_t)pool->drawdown, .empty = (uint16_t)pool->empty,
        .fund = bw_fund_total(pool), .shared_fund = pool->shared_fund, .capital = pool->capital, .fees = pool->fees,
        .dust = pool_dust(venue, pool), .carryover = pool->carried, .claims = pool->claims,
        .usable = bw_fund_usable(venue, number), .peak = bw_fund_peak(pool), .reserved_gap = pool->reserved_gap,
        .indexes = pool->indexes != 0, .shares = pool->shares, .staked = pool->staked, .ceil_carried = pool->ceil_carried,
        .waiting = pool->waiting};
    memcpy(view->name, pool->settings.name, BW_NAME);
    return true;
}

void bw_venue_get(const bw_venue *venue, bw_venue_view *view)
{
    const bw_progress *progress = bw_at_progress(venue);
    *view = (bw_venue_view){
        .seq = venue->seq, .round = venue->round, .settings_hash = venue->settings_hash, .time_ns = venue->time_ns,
        .assets = venue->asset_count, .pools = venue->pool_count, .markets = venue->market_count,
        .collaterals = venue->collateral_count, .accounts = venue->account_count, .positions = venue->position_count,
        .orders = venue->order_count, .desks = venue->desk_count, .open = progress->open,
        .visited = progress->host.visited, .chain_hash = {venue->chain.low, venue->chain.high}};
}

uint64_t bw_account_id(const bw_venue *venue, uint32_t index)
{
    BW_ASSERT(index < venue->account_count);
    return bw_cold_at(venue, index)->id;
}

int64_t bw_account_balance(const bw_venue *venue, uint64_t id, uint16_t asset)
{
    uint32_t account;
    if (!bw_account_find(venue, id, &account))
        return 0;
    if (bw_pool_at(venue, bw_cold_at(venue, account)->pool)->settings.asset == asset)
        return bw_balance(venue, account);
    for (uint32_t h = bw_warm_at(venue, account)->holding; h; h = bw_holding_at(venue, h)->next)
        if (bw_at_collateral(venue)[bw_holding_at(venue, h)->collateral].asset == asset)
            return bw_holding_at(venue, h)->amount;
    return 0;
}

/* Holders of the position's side in profit, and how many of them stand before it in the queue. */
static void queue_walk(const bw_venue *venue, uint32_t position, bw_queue_place *place)
{
    const bw_position *own = bw_position_at(venue, position);
    const bw_chunk *chunks = bw_at_chunk(venue);
    int64_t key = bw_position_score(venue, position);
    uint32_t chunk = bw_market_cold_at(venue, own->market)->chunk[bw_side_of(own->size)];
    for (; chunk; chunk = chunks[chunk].next)
        for (uint32_t i = 0; i < chunks[chunk].count; i++) {
            const bw_position *other = bw_position_at(venue, chunks[chunk].position[i]);
            place->holders++;
            if (bw_position_upnl(venue, chunks[chunk].position[i]) <= 0)
                continue;
            place->in_profit++;
            int64_t score = bw_position_score(venue, chunks[chunk].position[i]);
            bool tie = score == key && other->account < own->account;
            place->above += score > key;
            place->ties_before += tie;
            if (score > key || tie)
                place->notional_before += bw_abs(bw_value(bw_market_at(venue, own->market), other->size));
        }
}

bool bw_queue_place_get(const bw_venue *venue, uint64_t id, uint16_t market, bw_queue_place *place)
{
    uint32_t account;
    *place = (bw_queue_place){.above = 0};
    if (!bw_account_find(venue, id, &account))
        return false;
    uint32_t position = bw_position_find(venue, account, market);
    if (position == 0 || bw_position_at(venue, position)->size == 0)
        return false;
    queue_walk(venue, position, place);
    place->wins = bw_position_upnl(venue, position) > 0;
    return true;
}

uint16_t bw_position_light(const bw_venue *venue, uint64_t id, uint16_t market)
{
    bw_queue_place place;
    if (!bw_queue_place_get(venue, id, market, &place) || !place.wins)
        return 0;
    return (uint16_t)(5u - (uint32_t)((uint64_t)place.above * 5u / place.in_profit));
}

/* Whether equity covers even the bound of the margin: most accounts, at a glance. Who may owe for an index is not. */
static bool clearly_healthy(const bw_venue *venue, const bw_hot *hot)
{
    const bw_position *position = bw_position_at(venue, hot->extent), *end = position + hot->count;
    int64_t equity = hot->net, margin = 0;
    if (venue->balances_owe)
        return false;
    for (; position < end; position++) {
        const bw_market *market = bw_market_at(venue, position->market);
        int64_t value = bw_value(market, position->size);
        if (bw_market_owed(market))
            return false;
        equity += value - position->size * market->offset[bw_side_of(position->size)];
        margin += bw_mm_bound(market, bw_abs(value));
    }
    return equity >= margin;
}

uint32_t bw_scan(const bw_venue *venue, uint32_t *accounts, uint32_t max)
{
    uint32_t found = 0;
    for (uint32_t account = 0; account < venue->account_count; account++) {
        const bw_hot *hot = bw_hot_at(venue, account);
        if (account + 32u < venue->account_count) {
            __builtin_prefetch(bw_position_at(venue, hot[32].extent));
            __builtin_prefetch(bw_position_at(venue, hot[32].extent + 2u));
        }
        if (clearly_healthy(venue, hot))         /* collateral, left out here, is never negative */
            continue;
        int64_t mm, equity = bw_account_health(venue, account, &mm);
        if (!bw_is_unhealthy(equity, mm))
            continue;
        if (found < max)
            accounts[found] = account;
        found++;
    }
    return found;
}
