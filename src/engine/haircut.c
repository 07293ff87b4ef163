/* haircut.c - socialized loss: whose gains are cut, and how a cut is booked (R15).

   Bases are read as they were at the round's start: a position the round has changed is seen through its shadow, so a
   winner closed by ADL pays all the same. */
#include "engine/loss.h"

#include "engine/index.h"
#include "engine/trigger.h"

#include "money/money.h"

int64_t bw_period_gain(const bw_venue *venue, uint32_t account)
{
    const bw_warm *warm = bw_warm_at(venue, account);
    return bw_balance(venue, account) + bw_account_upnl(venue, account) - warm->period_base;
}

/* u of the position at the round's start. */
static int64_t upnl_before(const bw_venue *venue, uint32_t position)
{
    uint32_t shadow = bw_at_shadow_of(venue)[position];
    return shadow ? bw_at_shadow(venue)[shadow].upnl : bw_position_upnl(venue, position);
}

int64_t bw_profit_before(const bw_venue *venue, uint32_t account)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    int64_t profit = 0;
    for (uint32_t p = hot->extent; p < hot->extent + hot->count; p++)
        profit += bw_max(0, upnl_before(venue, p));
    return profit;
}

/* ---------------------------------------------------------------------------------------------------- charge */

/* Cuts one position: cost rises by what is still unrealised, the balance pays what was realised. */
static void position_cut(bw_venue *venue, uint32_t position, int64_t charge)
{
    const bw_position *at = bw_position_at(venue, position);
    bw_at_shadow(venue)[bw_shadow_take(venue, position)].charged += charge;
    int64_t raised = at->size ? bw_min(charge, bw_max(0, bw_position_upnl(venue, position))) : 0;
    if (raised)
        bw_cost_add(venue, position, raised);
    bw_balance_add(venue, at->account, raised - charge);
}

/* Cuts an account's profits position by position, the rest from its balance. */
static void account_cut(bw_venue *venue, uint32_t account, int64_t charge)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    for (uint32_t i = 0; i < hot->count && charge; i++) {
        int64_t part = bw_min(charge, bw_max(0, bw_shadow_base(venue, hot->extent + i)));
        if (part)
            position_cut(venue, hot->extent + i, part);
        charge -= part;
    }
    bw_balance_add(venue, account, -charge);
}

void bw_claim_add(bw_venue *venue, uint32_t account, int64_t amount)
{
    bw_cold *cold = bw_cold_at(venue, account);
    cold->claim += amount;
    bw_pool_at(venue, cold->pool)->claims += amount;
}

void bw_charge_apply(bw_writer *writer, const bw_layer_at *at, const bw_charge *charge)
{
    bw_venue *venue = writer->venue;
    uint32_t account = charge->account, position = charge->position;
    bw_round_touch_money(writer, account);
    int64_t balance = bw_warm_at(venue, account)->balance;
    bw_event *event = bw_emit(writer, BW_EVENT_CHARGED, charge->cause);
    event->account = bw_cold_at(venue, account)->id;
    event->pool = (uint16_t)at->pool;
    event->market = (uint16_t)at->market;
    event->charged.charge = charge->charge;
    event->charged.weight = charge->weight;
    event->charged.cap = charge->cap;
    event->charged.layer = at->layer->kind;
    event->charged.balance_before = balance;
    event->charged.profit = bw_profit_before(venue, account);
    event->charged.cost_before = position ? bw_position_cost(venue, position) : 0;
    if (charge->of_profit && position)
        position_cut(venue, position, charge->charge);
    else if (charge->of_profit)
        account_cut(venue, account, charge->charge);
    else
        bw_balance_add(venue, account, -charge->charge);
    bw_claim_add(venue, account, charge->charge);
    bw_at_charged(venue)[account] += charge->charge;
    event->charged.balance_after = bw_warm_at(venue, account)->balance;
    event->charged.cost_after = position ? bw_position_cost(venue, position) : 0;
    event->charged.equity = bw_account_equity(venue, account);
    event->charged.claim = bw_cold_at(venue, account)->claim;
    bw_emit_done(writer, event);
    bw_at_progress(venue)->charged++;
    if (at->loss) {
        at->loss->left -= charge->charge;
        at->loss->paid[at->layer->kind] += charge->charge;
    }
}

/* ---------------------------------------------------------------------------------------------------- gather */

int64_t bw_equity_cap(const bw_venue *venue, uint32_t account)
{
    return bw_min(BW_VALUE_MAX - 1, bw_max(0, bw_account_equity(venue, account)));
}

int64_t bw_size_before(const bw_venue *venue, uint32_t position)
{
    uint32_t shadow = bw_at_shadow_of(venue)[position];
    return shadow ? bw_at_shadow(venue)[shadow].size : bw_position_at(venue, position)->size;
}

int64_t bw_leverage_before(const bw_venue *venue, uint32_t account)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    int64_t leverage, notional = 0;
    int64_t equity = bw_account_equity(venue, account) + bw_at_charged(venue)[account];
    for (uint32_t p = hot->extent; p < hot->extent + hot->count; p++)
        notional += bw_abs(bw_value(bw_market_at(venue, bw_position_at(venue, p)->market), bw_size_before(venue, p)));
    bool fits = bw_mul_div_floor_try(notional, 1 << 20, bw_max(1, equity), &leverage) && leverage < BW_VALUE_MAX;
    return fits ? leverage : BW_VALUE_MAX;
}

/* Adds a payer. `weight`: its base at the round's start; `left`: what is left of the base, which caps the charge where
   the base is money, unless the layer's cap is equity alone. */
static void payer_add(bw_venue *venue, const bw_layer_at *at, uint32_t account, uint32_t item, int64_t weight, int64_t left)
{
    if (at->layer->cap_equity)
        left = BW_VALUE_MAX;
    if (weight <= 0 || left <= 0)
        return;
    int64_t cap = bw_haircut_cap(left, bw_equity_cap(venue, account), at->layer->fraction_ppm);
    weight = bw_min(weight, BW_VALUE_MAX);
    int64_t rank = at->layer->rule == BW_RULE_RISK_WEIGHTED ? bw_leverage_before(venue, account) : weight;
    if (cap > 0)
        bw_round_payer_add(venue, item, weight, cap, rank, bw_cold_at(venue, account)->id);
}

/* A position as a payer of a market: its profit or its size at the round's start. */
static void position_add(bw_venue *venue, const bw_layer_at *at, uint32_t position)
{
    uint32_t account = bw_position_at(venue, position)->account;
    if (at->layer->base == BW_BASE_POSITIVE_UPNL)
        payer_add(venue, at, account, position, upnl_before(venue, position), bw_shadow_base(venue, position));
    else
        payer_add(venue, at, account, position, bw_abs(bw_size_before(venue, position)), BW_VALUE_MAX);
}

/* Holders of one side, then its shadows. at[4]: chunk, at[5]: place, at[6]: 1 shadows + 2 x second side, at[7]: shadow. */
static bool side_gather(bw_venue *venue, const bw_layer_at *at, uint32_t side)
{
    uint32_t *cursor = bw_at_progress(venue)->at;
    const bw_chunk *chunks = bw_at_chunk(venue);
    if (cursor[6] & 1u) {
        uint32_t shadow = cursor[7];
        if (shadow == 0)
            return true;
        position_add(venue, at, bw_at_shadow(venue)[shadow].position);
        cursor[7] = bw_at_shadow(venue)[shadow].next;
        return cursor[7] == 0;
    }
    uint32_t chunk = cursor[4] ? cursor[4] : bw_market_cold_at(venue, at->market)->chunk[side];
    if (chunk) {
        uint32_t position = chunks[chunk].position[cursor[5]];
        bw_holders_prefetch(venue, chunk, cursor[5], false);
        if (bw_at_shadow_of(venue)[position] == 0)
            position_add(venue, at, position);
        cursor[4] = chunk;
        if (++cursor[5] < chunks[chunk].count)
            return false;
        cursor[5] = 0;
        cursor[4] = chunks[chunk].next;
    }
    if (cursor[4] == 0) {
        cursor[6] |= 1u;
        cursor[7] = bw_loss_at(venue, at->market, side)->shadow_first;
    }
    return false;
}

static bool market_gather(bw_venue *venue, const bw_layer_at *at)
{
    uint32_t *cursor = bw_at_progress(venue)->at;
    bool both = at->layer->side == BW_SIDE_BOTH;
    bool second = (cursor[6] & 2u) != 0;
    if (!side_gather(venue, at, second ? at->side : 1u - at->side))
        return false;
    if (!both || second)
        return true;
    cursor[4] = cursor[5] = cursor[7] = 0;
    cursor[6] = 2u;
    return false;
}

/* Base of an account at the round's start, and what is left of it: less what it was charged in the round, and not more than
   is there. Money on the balance counts as it was: what a close of the round realised is no part of it, and a charge makes
   no debt. */
static int64_t account_base(const bw_venue *venue, bw_base base, uint32_t account, int64_t *left)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    int64_t weight, charged = bw_at_charged(venue)[account];
    *left = 0;
    switch (base) {
    case BW_BASE_POSITIVE_UPNL:
        for (uint32_t p = hot->extent; p < hot->extent + hot->count; p++)
            *left += bw_max(0, bw_shadow_base(venue, p));
        return bw_profit_before(venue, account);
    case BW_BASE_LOCKED_PROFIT:
        weight = bw_round_start(venue, account).locked;
        *left = bw_min(weight - charged, bw_account_locked(venue, account));
        return weight;
    case BW_BASE_BALANCE:
        weight = bw_round_start(venue, account).balance;
        *left = bw_min(weight - charged, bw_balance(venue, account));
        return weight;
    default:
        *left = base == BW_BASE_EQUITY ? bw_account_equity(venue, account) : bw_period_gain(venue, account);
        return *left + charged;
    }
}

/* An account as a payer of the pool. Without positions it pays for what it holds (`equity`, `balance`, `locked-profit`), not
   for what it won; a settlement's clawback takes from all gains, also of those who have closed since (R15, R19). */
static void account_add(bw_venue *venue, const bw_layer_at *at, uint32_t account)
{
    bw_base base = (bw_base)at->layer->base;
    bool of_gains = base == BW_BASE_POSITIVE_UPNL || base == BW_BASE_PERIOD_GAINS;
    int64_t left;
    if (of_gains && bw_hot_at(venue, account)->count == 0 && at->loss)
        return;
    int64_t weight = account_base(venue, base, account, &left);
    payer_add(venue, at, account, account, weight, left);
}

bool bw_haircut_gather(bw_writer *writer, const bw_layer_at *at)
{
    bw_venue *venue = writer->venue;
    uint32_t *cursor = bw_at_progress(venue)->at;
    if (at->layer->apply == BW_APPLY_INDEX)
        return bw_index_gather(writer, at);
    if (at->layer->scope == BW_SCOPE_MARKET)
        return at->market == BW_NONE16 || market_gather(venue, at);
    uint32_t account = cursor[4]++;
    if (account >= venue->account_count)
        return true;
    if (bw_cold_at(venue, account)->pool == at->pool)
        account_add(venue, at, account);
    return false;
}

void bw_haircut_apply(bw_writer *writer, const bw_layer_at *at, uint32_t n)
{
    bw_venue *venue = writer->venue;
    uint32_t item = bw_at_payer_item(venue)[n];
    bool of_market = at->layer->scope == BW_SCOPE_MARKET;
    if (at->layer->apply == BW_APPLY_INDEX) {
        bw_index_apply(writer, at, n);
        return;
    }
    if (of_market)
        bw_payers_prefetch(venue, n);
    bw_charge charge = {.charge = bw_at_payer_charge(venue)[n], .weight = bw_at_payer_weight(venue)[n],
                        .cap = bw_at_payer_cap(venue)[n], .cause = at->loss ? at->loss->event : BW_NONE32};
    if (charge.charge == 0)
        return;
    charge.account = of_market ? bw_position_at(venue, item)->account : item;
    charge.position = of_market ? item : 0;
    charge.of_profit = at->layer->base == BW_BASE_POSITIVE_UPNL || at->layer->base == BW_BASE_PERIOD_GAINS;
    bw_charge_apply(writer, at, &charge);
}
