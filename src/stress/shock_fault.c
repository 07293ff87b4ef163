/* shock_fault.c - what a venue has that one shock does not model, as a sentence. */
#include "stress/shock_work.h"

#include "engine/fund.h"

static const char *layer_fault(const bw_money_layer *layer)
{
    if (layer->kind <= BW_LAYER_BACKSTOP || layer->kind == BW_LAYER_CARRYOVER)
        return NULL;
    if (layer->rounding != BW_ROUNDING_LARGEST_REMAINDER)
        return "one shock knows no rounding but largest-remainder";
    if (layer->rule == BW_RULE_RISK_WEIGHTED)
        return "one shock does not know allocate risk-weighted";
    if (layer->kind == BW_LAYER_DELEVERAGED)
        return layer->price == BW_ADL_PRICE_ZERO_BOTH ? "one shock does not know price zero-both" : NULL;
    if (layer->apply == BW_APPLY_INDEX)
        return "one shock does not know haircuts by index";
    if (layer->base > BW_BASE_EQUITY)
        return "one shock knows haircuts of positive-upnl, size and equity only";
    return NULL;
}

static const char *pool_fault(const bw_pool *pool)
{
    const bw_command_pool *set = &pool->settings;
    if (set->book_mode == BW_BOOK_SYNC)
        return "one shock does not know book sync";
    if (set->quantity[0] == BW_QUANTITY_BOOK && set->order_gap_ppm)
        return "one shock does not know order-gap";
    if (set->penalty_ppm || set->penalty_desk_ppm)
        return "one shock does not know penalties";
    if (set->all_or_nothing || set->may_go_negative)
        return "one shock does not know all-or-nothing and may-go-negative";
    if (set->settle_on == BW_SETTLE_ON_MARK)
        return "one shock does not know settle-on mark";
    if (pool->waiting || pool->ceil_carried)
        return "one shock begins without lots that wait for offers and without what ceil-carry holds";
    if (set->refund_share_ppm && pool->refund_inflow && bw_pool_claims(pool))
        return "one shock begins without inflows that wait to repay claims";
    for (uint32_t i = 0; i < set->money_count; i++) {
        const char *fault = layer_fault(&set->money[i]);
        if (fault)
            return fault;
    }
    return NULL;
}

static const char *market_fault(const bw_venue *venue, uint32_t number)
{
    const bw_market *market = bw_market_at(venue, number);
    if (market->kind != BW_MARKET_LINEAR)
        return "one shock knows linear markets only";
    if (market->status > BW_MARKET_REDUCE_ONLY)
        return "one shock knows open markets only";
    if (market->mark == 0)
        return "one shock begins when all markets have a mark";
    if (bw_market_cold_at(venue, number)->settings.vol_base_ppm || market->im_scale_ppm != 1000000)
        return "one shock does not know initial margin that follows volatility";
    if (market->charges & BW_CHARGES_OWED)
        return "one shock begins when nothing is owed for an index";
    return NULL;
}

const char *bw_shock_fault(const bw_venue *venue)
{
    const char *fault = NULL;
    if (venue->pool_count != 1 || venue->market_count == 0 || venue->account_count == 0)
        return "one shock knows venues with one pool, with markets and accounts";
    if (venue->holding_count)
        return "one shock does not know collateral: its users hold the settlement asset only";
    if (venue->desk_count)
        return "one shock does not know desks";
    if (venue->order_count)
        return "one shock begins without live orders";
    if (venue->balances_owe)
        return "one shock begins when nothing is owed for an index";
    fault = pool_fault(bw_pool_at(venue, 0));
    for (uint32_t m = 0; m < venue->market_count && !fault; m++)
        fault = market_fault(venue, m);
    return fault;
}

bool bw_shock_fund_first(const bw_venue *venue, int64_t *capital)
{
    const bw_pool *pool = bw_pool_at(venue, 0);
    const bw_command_pool *set = &pool->settings;
    bool fund = false, traders = false;
    *capital = 0;
    for (uint32_t i = 0; i < set->money_count; i++) {
        bw_layer kind = set->money[i].kind;
        traders |= kind == BW_LAYER_DELEVERAGED || kind == BW_LAYER_HAIRCUT;
        fund |= !traders && (kind == BW_LAYER_SHARED_FUND || (kind == BW_LAYER_FUND && !bw_pool_names_shared(pool)));
        if (kind == BW_LAYER_CAPITAL && pool->capital > 0 && traders)
            return false;
        *capital = kind == BW_LAYER_CAPITAL ? pool->capital : *capital;
    }
    return fund && pool->buckets == 0 && !pool->drawdown && !pool->empty && pool->reserved_gap == 0 && !set->event_cap &&
           !set->event_cap_ppm && !set->market_cap && !set->window_cap && !set->window_cap_ppm && !set->drawdown_set_ppm &&
           !set->fund_floor && !set->fund_reserved;
}
