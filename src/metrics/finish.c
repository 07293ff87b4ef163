/* finish.c - the sums become a result: once more from the sums each time it is called. */
#include "metrics/state.h"

#include <string.h>

/* ----------------------------------------------------------------------------------------------------------- pools */

static void pools_clear(bw_metrics *metrics)
{
    for (uint32_t p = 0; p < metrics->limits.pools; p++) {
        bw_metrics_pool *pool = &metrics->pools[p];
        pool->liquidated_accounts = pool->bankrupt_accounts = pool->adl_accounts = pool->haircut_accounts = 0;
        pool->charged_accounts = pool->liquidated_desks = pool->winners = pool->winners_behind = 0;
        pool->desks_end = pool->lost_most = 0;
        memset(pool->lost, 0, sizeof pool->lost);
    }
}

static void count_record(bw_metrics *metrics, const bw_metrics_account *record)
{
    if (record->pool >= metrics->limits.pools)
        return;
    bw_metrics_pool *pool = &metrics->pools[record->pool];
    bool liquidated = (record->flags & BW_METRICS_LIQUIDATED) != 0;
    pool->liquidated_accounts += liquidated;
    pool->liquidated_desks += liquidated && (record->flags & BW_METRICS_DESK);
    pool->bankrupt_accounts += (record->flags & BW_METRICS_BANKRUPT) != 0;
    pool->adl_accounts += (record->flags & BW_METRICS_DELEVERAGED) != 0;
    pool->haircut_accounts += (record->flags & BW_METRICS_HAIRCUT) != 0;
    pool->charged_accounts += (record->flags & BW_METRICS_CHARGED) != 0;
}

static void desks_mark(bw_metrics *metrics, const bw_venue *venue)
{
    bw_account_view account;
    uint32_t number;
    for (uint32_t i = 0; i < metrics->desk_count; i++) {
        if (bw_table_find(&metrics->table, metrics->slots, metrics->desks[i], &number))
            metrics->records[number].flags |= BW_METRICS_DESK;
        if (bw_account_get(venue, metrics->desks[i], &account) && account.pool < metrics->limits.pools)
            bw_metrics_sum(&metrics->pools[account.pool].desks_end, account.equity);
    }
}

static void pool_state(bw_metrics_pool *pool, const bw_venue *venue, uint16_t number)
{
    bw_pool_view view;
    bw_conservation sums;
    bw_pool_get(venue, number, &view);
    pool->fund_end = view.fund;
    pool->capital_end = view.capital;
    pool->carryover = view.carryover;
    pool->claims = view.claims;
    pool->conservation_error = bw_conservation_get(venue, view.asset, &sums) ? sums.error : 0;
}

/* Spread of one amount per account of the pool. */
static void pool_spread(bw_metrics *metrics, uint16_t number, bool charges)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < metrics->record_count; i++)
        if (metrics->records[i].pool == number)
            metrics->amounts[count++] = charges ? metrics->records[i].charged : metrics->records[i].adl;
    bw_metrics_pool *pool = &metrics->pools[number];
    bw_metrics_spread_of(metrics->amounts, count, charges ? &pool->charge_spread : &pool->adl_spread);
}

static void pools_finish(bw_metrics *metrics, const bw_venue *venue, uint32_t pool_count)
{
    pools_clear(metrics);
    desks_mark(metrics, venue);
    for (uint32_t i = 0; i < metrics->record_count; i++)
        count_record(metrics, &metrics->records[i]);
    bw_metrics_holding(metrics, venue);
    for (uint16_t p = 0; p < pool_count; p++) {
        pool_state(&metrics->pools[p], venue, p);
        pool_spread(metrics, p, false);
        pool_spread(metrics, p, true);
    }
    bw_metrics_pool *first = &metrics->pools[0];
    first->fund_low = metrics->batch_count ? metrics->batches[0].fund : first->fund_end;
    for (uint32_t b = 1; b < metrics->batch_count; b++)
        if (metrics->batches[b].fund < first->fund_low)
            first->fund_low = metrics->batches[b].fund;
}

/* --------------------------------------------------------------------------------------------------------- markets */

static void market_marks(bw_metrics *metrics, uint32_t number)
{
    bw_metrics_market *market = &metrics->markets[number];
    market->mark_open = market->mark_low = market->mark_high = market->mark_end = 0;
    for (uint32_t b = 0; b < metrics->batch_count; b++) {
        int64_t mark = metrics->marks[(size_t)b * metrics->limits.markets + number];
        if (mark == 0)
            continue;
        if (market->mark_open == 0)
            market->mark_open = market->mark_low = market->mark_high = mark;
        market->mark_low = mark < market->mark_low ? mark : market->mark_low;
        market->mark_high = mark > market->mark_high ? mark : market->mark_high;
        market->mark_end = mark;
    }
}

/* Notional over lots in ticks, to the nearest; for an inverse market lots x face over notional. */
static void market_average(bw_metrics *metrics, const bw_market_view *view, uint32_t number)
{
    bw_metrics_market *market = &metrics->markets[number];
    bw_wide lots = bw_wide_scale(metrics->market_lots[number], view->tick_value), value = bw_wide_of(market->flow.adl);
    bool inverse = view->kind == BW_MARKET_INVERSE;
    bw_wide num = inverse ? lots : value, den = inverse ? value : lots;
    market->adl_price_average = 0;
    if (bw_wide_sign(den) > 0)
        market->adl_price_average =
            bw_wide_to_int64(bw_wide_div_floor(bw_wide_add(bw_wide_scale(num, 2), den), bw_wide_scale(den, 2)));
}

/* Markets by ADL notional, largest first: insertion keeps equal ones in order. */
static void markets_rank(bw_metrics *metrics, uint32_t count)
{
    for (uint32_t n = 0; n < count; n++) {
        uint32_t at = n;
        for (; at > 0 && metrics->markets[metrics->by_adl[at - 1]].flow.adl < metrics->markets[n].flow.adl; at--)
            metrics->by_adl[at] = metrics->by_adl[at - 1];
        metrics->by_adl[at] = (uint16_t)n;
    }
}

static void markets_finish(bw_metrics *metrics, const bw_venue *venue, uint32_t count)
{
    bw_market_view view;
    for (uint16_t m = 0; m < count; m++) {
        bw_market_get(venue, m, &view);
        metrics->markets[m].pool = view.pool;
        market_marks(metrics, m);
        market_average(metrics, &view, m);
    }
    markets_rank(metrics, count);
}

/* ---------------------------------------------------------------------------------------------------------- result */

static void batches_count(const bw_metrics *metrics, bw_metrics_result *result)
{
    int64_t second_last = -1;
    for (uint32_t b = 0; b < metrics->batch_count; b++) {
        if (metrics->batches[b].flow.adl_legs == 0)
            continue;
        int64_t second = metrics->batches[b].time_ns / 1000000000;
        result->adl_batches++;
        result->adl_seconds += second != second_last;
        second_last = second;
    }
    for (uint32_t m = 0; m < result->market_count; m++)
        result->price_violations += metrics->markets[m].adl_prices - metrics->markets[m].adl_batches;
}

static int64_t adl_of_top(const bw_metrics_result *result, uint32_t count)
{
    int64_t sum = 0;
    for (uint32_t i = 0, taken = 0; i < result->market_count && taken < count; i++)
        if (result->markets[result->by_adl[i]].pool == 0) {
            bw_metrics_sum(&sum, result->markets[result->by_adl[i]].flow.adl);
            taken++;
        }
    return sum;
}

const bw_metrics_result *bw_metrics_finish(bw_metrics *metrics, const bw_venue *venue, const bw_metrics_facts *facts)
{
    bw_venue_view view;
    bw_metrics_result *result = &metrics->result;
    bw_venue_get(venue, &view);
    uint32_t pools = view.pools < metrics->limits.pools ? view.pools : metrics->limits.pools;
    uint32_t markets = view.markets < metrics->limits.markets ? view.markets : metrics->limits.markets;
    pools_finish(metrics, venue, pools);
    markets_finish(metrics, venue, markets);
    *result = (bw_metrics_result){
        .facts = facts, .accounts = view.accounts, .commands = metrics->commands, .events = metrics->events,
        .rounds = metrics->rounds, .settings_hash = view.settings_hash, .lost_records = metrics->lost_records,
        .time_open_ns = metrics->begun ? metrics->begin_ns : view.time_ns, .time_end_ns = view.time_ns,
        .first_liquidation_ns = metrics->first_liquidation_ns, .first_adl_ns = metrics->first_adl_ns,
        .pool_count = pools, .market_count = markets, .batch_count = metrics->batch_count,
        .pools = metrics->pools, .markets = metrics->markets, .by_adl = metrics->by_adl, .batches = metrics->batches,
        .marks = metrics->marks, .mark_stride = metrics->limits.markets,
        .collaterals = metrics->collaterals,
        .collateral_count = view.collaterals < BW_METRICS_COLLATERALS ? view.collaterals : BW_METRICS_COLLATERALS};
    bw_state_hash(venue, result->state_hash);
    batches_count(metrics, result);
    result->adl_top_3_markets = adl_of_top(result, 3);
    if (pools > 0)
        bw_metrics_columns(metrics, &result->columns);
    bw_metrics_compare(result);
    return result;
}

/* ----------------------------------------------------------------------------------------------------------- moves */

enum { MOVE_LEAST = 500 };   /* what is less is 0.0% */

int64_t bw_metrics_move_ppm(const bw_metrics_market *market)
{
    int64_t down = 0, up = 0;
    if (market->mark_open <= 0 ||
        !bw_mul_div_floor_try(market->mark_open - market->mark_low, 1000000, market->mark_open, &down) ||
        !bw_mul_div_floor_try(market->mark_high - market->mark_open, 1000000, market->mark_open, &up))
        return 0;
    int64_t move = up > down ? up : -down;
    return move >= MOVE_LEAST || move <= -MOVE_LEAST ? move : 0;
}

int64_t bw_metrics_fall_ppm(const bw_metrics_collateral *collateral)
{
    return bw_metrics_ppm(collateral->price_open - collateral->price_low, collateral->price_open);
}

const char *bw_metrics_moves_word(const bw_metrics_result *result, uint32_t most)
{
    uint32_t fell = 0, rose = 0;
    for (uint32_t i = 0; i < result->market_count && fell + rose < most; i++) {
        int64_t ppm = bw_metrics_move_ppm(&result->markets[result->by_adl[i]]);
        fell += ppm < 0;
        rose += ppm > 0;
    }
    if (fell + rose == 0)
        return NULL;
    return rose == 0 ? "Prices fell, at their lowest" : fell == 0 ? "Prices rose, at their highest"
                                                                  : "Prices moved, at their farthest";
}
