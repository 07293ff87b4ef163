/* zero_both.c - see zero_both.h. */
#include "engine/zero_both.h"

#include "engine/commands.h"
#include "engine/penalty.h"

const bw_money_layer *bw_zero_both_layer(const bw_venue *venue, uint32_t market)
{
    const bw_command_pool *pool = &bw_pool_at(venue, bw_market_at(venue, market)->pool)->settings;
    for (uint32_t i = 0; i < pool->money_count; i++)
        if (pool->money[i].kind == BW_LAYER_DELEVERAGED)
            return pool->money[i].price == BW_ADL_PRICE_ZERO_BOTH ? &pool->money[i] : NULL;
    return NULL;
}

int64_t bw_zero_both_value(const bw_venue *venue, const bw_case *at, uint32_t market, int64_t lots, int64_t value, int64_t zero)
{
    if (at->flags & BW_CASE_BANKRUPT)
        return zero;
    bw_penalty penalty = bw_penalty_of(venue, at->account, market, lots, BW_NONE32);
    return bw_penalty_least(&penalty, value, zero);
}

bool bw_zero_both_allows(const bw_venue *venue, const bw_closing *closing, uint32_t other, int64_t lots)
{
    bw_case left = bw_at_cases(venue)[closing->case_number];     /* a copy: nothing is closed yet */
    uint32_t position = bw_closing_position(venue, closing);
    const bw_position *at = bw_position_at(venue, other);
    int64_t part = bw_position_at(venue, position)->size < 0 ? -lots : lots;
    int64_t value = bw_value(bw_market_at(venue, at->market), part), zero = bw_case_zero_value(venue, &left, position, lots);
    bw_side_trade side = {at->account, at->market, part, bw_zero_both_value(venue, &left, at->market, lots, value, zero), 0};
    bw_assessment before = bw_account_assess(venue, at->account);
    bw_assessment after = bw_assess_after(venue, &side, &before, at->size);
    bw_margins from = {before.equity, before.mm, before.im}, to = {after.equity, after.mm, after.im};
    if (bw_hot_at(venue, at->account)->flags & BW_HOT_MARGINLESS)
        from.mm = from.im = to.mm = to.im = 0;
    return to.equity >= 0 && bw_margin_allows_forced(&from, &to);
}

void bw_zero_both_pay(bw_writer *writer, const bw_closing *closing, uint32_t other, int64_t lots, int64_t amount,
                      uint32_t cause)
{
    bw_venue *venue = writer->venue;
    bw_case *bankrupt = bw_at_cases(venue) + closing->case_number;
    const bw_shadow *shadow = bw_at_shadow(venue) + bw_at_shadow_of(venue)[bw_closing_position(venue, closing)];
    bw_layer_at at = {.layer = bw_zero_both_layer(venue, closing->market), .market = closing->market,
                      .pool = bw_market_at(venue, closing->market)->pool, .side = bw_side_of(shadow->size)};
    if (amount <= 0)
        return;
    at.loss = bw_loss_at(venue, at.market, at.side);
    bw_gap_attribute(writer, &at, closing->account, amount, shadow->upnl, cause);
    bw_balance_add(venue, closing->account, amount);
    bw_warm_at(venue, closing->account)->period_base += amount;
    bankrupt->covered += amount;
    uint32_t account = bw_position_at(venue, other)->account;
    bw_charge charge = {.account = account, .charge = amount, .weight = lots, .cap = bw_equity_cap(venue, account),
                        .cause = at.loss->event};
    bw_at_shadow(venue)[bw_at_shadow_of(venue)[other]].charged += amount;
    bw_charge_apply(writer, &at, &charge);
}
