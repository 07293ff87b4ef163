/* account.c - reading an account and changing its money. */
#include "engine/account.h"
#include "engine/index.h"

int64_t bw_account_collateral(const bw_venue *venue, uint32_t account)
{
    int64_t sum = 0;
    for (uint32_t h = bw_warm_at(venue, account)->holding; h; h = bw_holding_at(venue, h)->next) {
        const bw_holding *holding = bw_holding_at(venue, h);
        sum += bw_collateral_value(bw_at_collateral(venue) + holding->collateral, holding->amount);
    }
    return sum;
}

int64_t bw_account_equity(const bw_venue *venue, uint32_t account)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    const bw_position *position = bw_position_at(venue, hot->extent), *end = position + hot->count;
    int64_t equity = bw_net(venue, account);
    for (; position < end; position++) {
        const bw_market *market = bw_market_at(venue, position->market);
        equity += bw_value(market, position->size) - position->size * market->offset[bw_side_of(position->size)];
        if (bw_market_owed(market))
            equity -= bw_position_owed(venue, (uint32_t)(position - bw_position_at(venue, 0)));
    }
    return hot->flags & BW_HOT_HOLDINGS ? equity + bw_account_collateral(venue, account) : equity;
}

int64_t bw_account_health(const bw_venue *venue, uint32_t account, int64_t *mm)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    const bw_position *position = bw_position_at(venue, hot->extent);
    int64_t equity = bw_net(venue, account), margin = 0;
    for (uint32_t i = 0; i < hot->count; i++, position++) {
        const bw_market *market = bw_market_at(venue, position->market);
        int64_t value = bw_value(market, position->size);
        equity += value - position->size * market->offset[bw_side_of(position->size)];
        if (bw_market_owed(market))
            equity -= bw_position_owed(venue, hot->extent + i);
        if (position->size)
            margin += bw_mm(venue, position->market, bw_abs(value));
    }
    if (hot->flags & BW_HOT_HOLDINGS)
        equity += bw_account_collateral(venue, account);
    *mm = hot->flags & BW_HOT_MARGINLESS ? 0 : margin;
    return equity;
}

bw_assessment bw_account_assess(const bw_venue *venue, uint32_t account)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    bw_assessment result = {0};
    for (uint32_t i = 0; i < hot->count; i++) {
        const bw_position *position = bw_position_at(venue, hot->extent + i);
        if (position->size == 0)
            continue;
        int64_t notional = bw_abs(bw_value(bw_market_at(venue, position->market), position->size));
        result.notional += notional;
        result.margin += bw_mm_plain(venue, position->market, notional);
        result.im += bw_im(venue, position->market, notional);
    }
    result.equity = bw_account_health(venue, account, &result.mm);
    return result;
}

int64_t bw_position_cost(const bw_venue *venue, uint32_t position)
{
    const bw_position *at = bw_position_at(venue, position);
    const bw_position_cold *cold = bw_position_cold_at(venue, position);
    const bw_market *market = bw_market_at(venue, at->market);
    int64_t cost = cold->cost + at->size * (market->offset[bw_side_of(at->size)] - cold->snapshot);
    return bw_market_owed(market) ? cost + bw_position_owed(venue, position) : cost;
}

int64_t bw_position_upnl(const bw_venue *venue, uint32_t position)
{
    const bw_position *at = bw_position_at(venue, position);
    return bw_value(bw_market_at(venue, at->market), at->size) - bw_position_cost(venue, position);
}

int64_t bw_account_upnl(const bw_venue *venue, uint32_t account)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    int64_t sum = 0;
    for (uint32_t i = 0; i < hot->count; i++)
        sum += bw_position_upnl(venue, hot->extent + i);
    return sum;
}

/* The pool may free profits by age since, and did not when the loss was made: what is locked pays first, none of it aged. */
void bw_balance_charge(bw_venue *venue, uint32_t account, int64_t amount)
{
    bw_warm *warm = bw_warm_at(venue, account);
    warm->balance -= amount;
    bw_hot_at(venue, account)->net -= amount;
    warm->released = bw_min(warm->released, bw_profit(warm));
}

void bw_balance_add(bw_venue *venue, uint32_t account, int64_t amount)
{
    BW_ASSERT(amount == 0 || bw_balance_owed(venue, account) == 0);
    bw_warm *warm = bw_warm_at(venue, account);
    int64_t before = bw_profit(warm);
    warm->balance += amount;
    bw_hot_at(venue, account)->net += amount;
    bw_profit_follow(venue, account, before);
    if (venue->balances_count)
        bw_balance_index_follow(venue, account);
}

void bw_cost_add(bw_venue *venue, uint32_t position, int64_t amount)
{
    bw_position_cold_at(venue, position)->cost += amount;
    bw_hot_at(venue, bw_position_at(venue, position)->account)->net -= amount;
}

uint32_t bw_holding_find(const bw_venue *venue, uint32_t account, uint32_t collateral)
{
    uint32_t h = bw_warm_at(venue, account)->holding;
    while (h && bw_holding_at(venue, h)->collateral != collateral)
        h = bw_holding_at(venue, h)->next;
    return h;
}

static uint32_t holding_take(bw_venue *venue)
{
    uint32_t h = venue->holding_free;
    if (h) {
        venue->holding_free = bw_holding_at(venue, h)->next;
        return h;
    }
    return venue->holding_top < venue->limits.holdings ? ++venue->holding_top : 0;
}

uint32_t bw_holding_open(bw_venue *venue, uint32_t account, uint32_t collateral)
{
    uint32_t h = bw_holding_find(venue, account, collateral);
    if (h || (h = holding_take(venue)) == 0)
        return h;
    bw_warm *warm = bw_warm_at(venue, account);
    *bw_holding_at(venue, h) =
        (bw_holding){.account = account, .next = warm->holding, .collateral = (uint16_t)collateral};
    warm->holding = h;
    bw_hot_at(venue, account)->flags |= BW_HOT_HOLDINGS;
    venue->holding_count++;
    return h;
}

void bw_holding_compact(bw_venue *venue, uint32_t account)
{
    bw_warm *warm = bw_warm_at(venue, account);
    for (uint32_t *link = &warm->holding; *link;) {
        uint32_t h = *link;
        bw_holding *holding = bw_holding_at(venue, h);
        if (holding->amount) {
            link = &holding->next;
            continue;
        }
        *link = holding->next;
        *holding = (bw_holding){.next = venue->holding_free};
        venue->holding_free = h;
        venue->holding_count--;
    }
    if (warm->holding == 0)
        bw_hot_at(venue, account)->flags &= (uint8_t)~BW_HOT_HOLDINGS;
}

bool bw_account_find(const bw_venue *venue, uint64_t id, uint32_t *account)
{
    return bw_table_find(&venue->account_table, bw_at_account_slot(venue), id, account);
}
