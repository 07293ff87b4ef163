/* random_settings.c - the settings of random worlds: pools, markets, brackets, collateral, accounts, desks. */
#include "random_make.h"

#include <string.h>

int64_t world_magnitude(world *w, int64_t most)
{
    int bits = 0;
    while (bits < 62 && most >> bits)
        bits++;
    int64_t top = (int64_t)1 << world_below(w, (uint64_t)bits + 1u);
    return world_range(w, 1, top < most ? top : most);
}

void *world_begin(world *w, world_command *c, uint16_t type, size_t size)
{
    memset(c, 0, size);
    c->header = (bw_command){.size = (uint32_t)size, .type = type, .version = 1, .time_ns = w->time_ns};
    return c;
}

static uint32_t ppm_or_zero(world *w, uint32_t zero_ppm, uint32_t most)
{
    return world_chance(w, zero_ppm) ? 0 : 1u + (uint32_t)world_below(w, most);
}

/* A rounding that the layer's rule and price have use for (R16). */
static uint8_t rounding(world *w, const bw_money_layer *layer)
{
    bool takes_nothing = layer->kind == BW_LAYER_DELEVERAGED &&
                         (layer->price == BW_ADL_PRICE_MARK || layer->price == BW_ADL_PRICE_ZERO_BOTH);
    bool proportional = layer->rule == BW_RULE_PRO_RATA || layer->rule == BW_RULE_CAPPED_PRO_RATA;
    if (layer->rule == BW_RULE_QUEUE || takes_nothing || world_chance(w, 400000))
        return BW_ROUNDING_LARGEST_REMAINDER;
    return (uint8_t)world_below(w, proportional ? BW_ROUNDINGS : BW_ROUNDING_RATIO16);
}

static bw_money_layer haircut(world *w)
{
    static const uint8_t indexed_bases[] = {BW_BASE_SIZE, BW_BASE_BALANCE};
    bool index = w->limits.indexed && world_chance(w, 400000);
    uint8_t base = (uint8_t)world_below(w, BW_BASES);
    bw_money_layer layer = {.kind = BW_LAYER_HAIRCUT, .base = index ? indexed_bases[world_below(w, 2)] : base,
                            .side = (uint8_t)world_below(w, 2), .rule = (uint8_t)world_below(w, BW_RULES),
                            .fraction_ppm = world_chance(w, 600000) ? 1000000u : 1u + (uint32_t)world_below(w, 1000000)};
    layer.scope = (uint8_t)world_below(w, 2);
    layer.cap_equity = world_chance(w, 250000);
    if (layer.base != BW_BASE_POSITIVE_UPNL)
        layer.scope = BW_SCOPE_POOL;
    if (layer.base == BW_BASE_SIZE)
        layer.scope = BW_SCOPE_MARKET;
    if (layer.scope != BW_SCOPE_MARKET)
        layer.side = BW_SIDE_OPPOSING;
    bool can_index = layer.base == BW_BASE_SIZE || layer.base == BW_BASE_BALANCE;
    if (w->limits.indexed && can_index && world_chance(w, 700000)) {
        layer.apply = BW_APPLY_INDEX;
        layer.step = (uint8_t)world_below(w, BW_STEPS);
        layer.rule = BW_RULE_CAPPED_PRO_RATA;
        layer.fraction_ppm = 1000000;
        layer.cap_equity = 0;
    }
    if (!layer.apply)
        layer.rounding = rounding(w, &layer);
    return layer;
}

static void money_list(world *w, bw_command_pool *c)
{
    uint8_t kinds[] = {BW_LAYER_FUND, BW_LAYER_SHARED_FUND, BW_LAYER_CAPITAL, BW_LAYER_BACKSTOP,
                       BW_LAYER_DELEVERAGED, BW_LAYER_HAIRCUT, BW_LAYER_HAIRCUT};
    uint32_t n = sizeof kinds;
    for (uint32_t i = n - 1; i > 0; i--) {
        uint32_t j = (uint32_t)world_below(w, i + 1);
        uint8_t kind = kinds[i];
        kinds[i] = kinds[j];
        kinds[j] = kind;
    }
    for (uint32_t i = 0; i < n; i++) {
        bw_money_layer layer = {.kind = kinds[i]};
        if (world_chance(w, 350000))
            continue;
        if (layer.kind <= BW_LAYER_SHARED_FUND)
            layer.fraction_ppm = ppm_or_zero(w, 750000, 999999);
        if (layer.kind == BW_LAYER_DELEVERAGED) {
            layer = (bw_money_layer){.kind = BW_LAYER_DELEVERAGED, .price = (uint8_t)world_below(w, BW_ADL_PRICES),
                                     .cap_equity = (uint8_t)world_below(w, 2), .rule = (uint8_t)world_below(w, BW_RULES)};
            layer.rounding = rounding(w, &layer);
        }
        if (layer.kind == BW_LAYER_HAIRCUT)
            layer = haircut(w);
        c->money[c->money_count++] = layer;
    }
    c->money[c->money_count++].kind = BW_LAYER_CARRYOVER;
}

/* How `settle` takes what is carried: any haircut of the pool. */
static void clawback(world *w, bw_command_pool *c)
{
    bw_money_layer layer = haircut(w);
    if (layer.base == BW_BASE_SIZE || layer.apply || world_chance(w, 500000))
        return;
    layer.scope = BW_SCOPE_POOL;
    layer.side = BW_SIDE_OPPOSING;
    c->clawback = layer;
}

static void quantity_list(world *w, uint8_t quantity[3])
{
    uint32_t n = 0;
    if (world_chance(w, 600000))
        quantity[n++] = BW_QUANTITY_BOOK;
    if (world_chance(w, 500000))
        quantity[n++] = BW_QUANTITY_BACKSTOP;
    quantity[n] = BW_QUANTITY_ADL;
}

int64_t world_amount_or_zero(world *w, uint32_t zero_ppm)
{
    return world_chance(w, zero_ppm) ? 0 : world_magnitude(w, w->money);
}

/* A fund that pays whole losses has no shared part of its own layer: a haircut stands in its place. */
static void fund_whole(world *w, bw_command_pool *c)
{
    c->all_or_nothing = 1;
    for (uint32_t i = 0; i < c->money_count; i++)
        if (c->money[i].kind == BW_LAYER_SHARED_FUND)
            c->money[i] = haircut(w);
}

static void fund_bottomless(bw_command_pool *c)
{
    c->may_go_negative = 1;
    c->fund_floor = c->fund_reserved = c->event_cap = c->window_cap = c->market_cap = 0;
    c->event_cap_ppm = c->window_cap_ppm = c->drawdown_set_ppm = 0;
    if (c->withdraw_mode == BW_WITHDRAW_RATE)
        c->withdraw_mode = BW_WITHDRAW_OPEN;
}

static void fund_settings(world *w, bw_command_pool *c)
{
    c->fund_floor = world_amount_or_zero(w, 700000);
    c->event_cap = world_amount_or_zero(w, 600000);
    c->window_cap = world_amount_or_zero(w, 600000);
    c->market_cap = world_amount_or_zero(w, 600000);
    c->window_ns = world_chance(w, 300000) ? 0 : world_range(w, 1, 4000);
    c->unbonding_ns = world_chance(w, 500000) ? 0 : world_range(w, 1, 4000);
    c->drawdown_min = world_amount_or_zero(w, 500000);
    c->drawdown_set_ppm = ppm_or_zero(w, 500000, 1000000);
    c->drawdown_clear_ppm = (uint32_t)world_range(w, 1, c->drawdown_set_ppm);
    c->fee_share_ppm = ppm_or_zero(w, 300000, 1000000);
    c->carryover_share_ppm = world_chance(w, 500000) ? 1000000 : ppm_or_zero(w, 100000, 1000000);
    c->refund_share_ppm = ppm_or_zero(w, 400000, 1000000);
    c->refund_above = world_amount_or_zero(w, 600000);
    c->fund_reserved = world_amount_or_zero(w, 800000);
    c->event_cap_ppm = ppm_or_zero(w, 700000, 300000);
    c->window_cap_ppm = ppm_or_zero(w, 700000, 1000000);
    if (world_chance(w, 150000))
        fund_whole(w, c);
    else if (world_chance(w, 150000))
        fund_bottomless(c);
    c->debt_max = world_chance(w, 400000) ? -1 : world_amount_or_zero(w, 300000);
}

/* The book takes offers, not fills: then no order reserves a gap. And what closing costs whatever the surplus. */
static void book_settings(world *w, bw_command_pool *c)
{
    c->penalty_ppm = ppm_or_zero(w, 700000, world_chance(w, 800000) ? 20000 : 400000);
    c->penalty_desk_ppm = ppm_or_zero(w, 750000, 20000);
    c->penalty_first = c->penalty_ppm && world_chance(w, 400000);
    if (c->quantity[0] != BW_QUANTITY_BOOK || world_chance(w, 500000))
        return;
    c->book_mode = BW_BOOK_SYNC;
    c->sync_adl = (uint8_t)world_below(w, BW_SYNC_ADLS);
    c->order_gap_ppm = 0;
}

const bw_command *world_pool_command(world *w, world_command *command, uint32_t pool)
{
    bw_command_pool *c = BEGIN(w, command, pool, POOL);
    c->pool = (uint16_t)pool;
    c->asset = pool < WORLD_POOLS ? w->pool_asset[pool] : 0;
    quantity_list(w, c->quantity);
    money_list(w, c);
    clawback(w, c);
    c->adl_score = (uint8_t)world_below(w, w->limits.owners ? BW_SCORES : BW_SCORE_HEDGE_AWARE);
    c->adl_rule = (uint8_t)world_below(w, BW_RULE_RISK_WEIGHTED);
    c->adl_tie = (uint8_t)world_below(w, BW_TIES);
    c->adl_start = (uint8_t)(c->adl_score == BW_SCORE_VISIT_ORDER ? world_below(w, BW_STARTS) : BW_START_FIRST);
    c->attribution = (uint8_t)(world_chance(w, 750000) ? BW_ATTRIBUTION_LOSS : BW_ATTRIBUTION_MM);
    c->settle_on = (uint8_t)(world_chance(w, 750000) ? BW_SETTLE_ON_COMMAND : BW_SETTLE_ON_MARK);
    c->profit_release = (uint8_t)world_below(w, BW_PROFIT_RELEASES);
    c->profit_age_ns = c->profit_release == BW_PROFIT_AGING ? world_range(w, 1, world_chance(w, 500000) ? 3000 : 100000) : 0;
    c->withdraw_mode = (uint8_t)world_below(w, BW_WITHDRAW_MODES);
    c->buffer_ppm = ppm_or_zero(w, 300000, 300000);
    c->liquidation_fee_ppm = ppm_or_zero(w, 300000, 30000);
    c->order_gap_ppm = ppm_or_zero(w, 300000, world_chance(w, 500000) ? 1000000 : 50000);
    c->slice_ppm = ppm_or_zero(w, 500000, 1000000);
    c->slice_over = world_amount_or_zero(w, 500000);
    c->full_close_under = world_amount_or_zero(w, 600000);
    c->order_life_ns = world_chance(w, 200000) ? 0 : world_range(w, 1, world_chance(w, 500000) ? 3000 : 100000);
    fund_settings(w, c);
    book_settings(w, c);
    for (uint32_t i = 0; i < c->money_count; i++)
        if (c->money[i].kind == BW_LAYER_HAIRCUT && c->money[i].base == BW_BASE_LOCKED_PROFIT && !c->profit_release)
            c->profit_release = BW_PROFIT_SETTLEMENT;
    for (uint32_t i = 0; i < c->money_count; i++)
        if (c->money[i].apply && c->money[i].base == BW_BASE_BALANCE && c->profit_release == BW_PROFIT_AGING) {
            c->profit_release = BW_PROFIT_SETTLEMENT;
            c->profit_age_ns = 0;
        }
    if (c->clawback.base == BW_BASE_LOCKED_PROFIT && !c->profit_release)
        c->profit_release = BW_PROFIT_SETTLEMENT;
    return &c->header;
}

const bw_command *world_market_command(world *w, world_command *command, uint32_t market)
{
    bw_command_market *c = BEGIN(w, command, market, MARKET);
    c->market = (uint16_t)market;
    c->pool = w->market_pool[market];
    c->kind = w->kind[market];
    c->funded = (uint8_t)(w->seed >> market & 1u);
    c->tick_value = w->tick_value[market];
    c->underlying = world_below(w, 2);
    c->price_max = w->price_max[market];
    c->open_interest_max = w->kind[market] == BW_MARKET_LINEAR ? INT64_C(1) << 19 : 100000;
    c->position_max = world_chance(w, 700000) ? 0 : world_range(w, 1, 3000);
    c->min_slice = world_chance(w, 700000) ? 1 : world_range(w, 1, 40);
    c->min_mm = w->seed >> (8 + market) & 1u ? (int64_t)(w->seed >> 16) % (w->money / 100 + 2) : 0;
    if (c->min_mm < 0)
        c->min_mm = 0;
    c->band_ppm = ppm_or_zero(w, 600000, 500000);
    if (world_below(w, 3) == 0) {
        c->vol_window_ns = (int64_t)(1 + world_below(w, 86400)) * 1000000000;
        c->vol_base_ppm = (uint32_t)world_below(w, 2) * (1 + (uint32_t)world_below(w, 1000000));
        c->vol_step_ppm = 1 + (uint32_t)world_below(w, 500000);
        c->vol_max_ppm = 1000000 + (uint32_t)world_below(w, 5000000);
    }
    return &c->header;
}

void world_market_plan(world *w, uint32_t market)
{
    static const int64_t price_maxes[] = {8, 100, 4000, 1 << 20, INT64_C(1) << 40};
    bool huge = w->money > INT64_C(1) << 40;
    w->market_pool[market] = (uint8_t)(market < w->pools ? market : world_below(w, w->pools));
    w->kind[market] = world_chance(w, 300000) ? BW_MARKET_INVERSE : BW_MARKET_LINEAR;
    w->price_max[market] = price_maxes[world_below(w, huge ? 5 : 4)];
    w->tick_value[market] = 1 + (int64_t)world_below(w, world_chance(w, 500000) ? 1 : 50);
    if (w->price_max[market] == INT64_C(1) << 40)
        w->tick_value[market] = 1;
    w->price_start[market] = 1 + world_range(w, w->price_max[market] / 16, w->price_max[market] / 2);
    if (w->kind[market] == BW_MARKET_INVERSE)
        w->tick_value[market] = world_range(w, 1, 4) * w->price_start[market];
    if (w->kind[market] == BW_MARKET_INVERSE && huge)
        w->tick_value[market] = INT64_C(1) << 43;
}

const bw_command *world_brackets_command(world *w, world_command *command, uint32_t market)
{
    bw_command_brackets *c = BEGIN(w, command, brackets, BRACKETS);
    int64_t floor = 0;
    uint32_t imr = ppm_or_zero(w, 150000, 200000), mmr = (uint32_t)world_range(w, 0, imr);
    if (world_chance(w, 100000))
        mmr = 0;
    c->market = (uint16_t)market;
    c->count = (uint16_t)(1 + world_below(w, 4));
    for (uint32_t k = 0; k < c->count; k++) {
        c->brackets[k] = (bw_bracket){floor, imr, mmr};
        floor += world_magnitude(w, w->money * 4);
        imr += (uint32_t)world_range(w, 0, (1000000 - (int64_t)imr) / 2);
        mmr = (uint32_t)world_range(w, mmr, imr < 999999 ? imr : 999999);
    }
    return &c->header;
}

const bw_command *world_collateral_command(world *w, world_command *command, uint32_t collateral)
{
    bw_command_collateral *c = BEGIN(w, command, collateral, COLLATERAL);
    c->collateral = (uint16_t)collateral;
    c->pool = w->collateral_pool[collateral];
    c->asset = (uint16_t)((c->pool + 1u + collateral) % 6u);
    c->haircut_ppm = ppm_or_zero(w, 300000, 500000);
    c->tick_num = world_range(w, 1, 9);
    c->tick_den = 10 * world_range(w, 1, 9);
    c->price_max = 1000;
    c->amount_max = w->money * 100;
    return &c->header;
}

const bw_command *world_account_command(world *w, world_command *command, uint32_t account)
{
    bw_command_account *c = BEGIN(w, command, account, ACCOUNT);
    c->header.account = world_account_id(account);
    c->owner = 1u + account / 2u;
    c->pool = w->account_pool[account];
    c->isolated = BW_NONE16;
    if (!w->desk[account] && world_chance(w, 70000)) {
        uint32_t market = (uint32_t)world_below(w, w->markets);
        if (w->market_pool[market] == c->pool)
            c->isolated = (uint16_t)market;
    }
    c->flags = world_chance(w, 100000) ? BW_FLAG_ADL_EXEMPT : 0;
    return &c->header;
}

const bw_command *world_desk_command(world *w, world_command *command, uint32_t account)
{
    bw_command_desk *c = BEGIN(w, command, desk, DESK);
    c->header.account = world_account_id(account);
    c->share_ppm = world_chance(w, 400000) ? 1000000 : ppm_or_zero(w, 100000, 1000000);
    c->discount_ppm = ppm_or_zero(w, 300000, 200000);
    c->market_max = world_chance(w, 100000) ? 0 : world_magnitude(w, w->money * 20);
    c->window_max = world_chance(w, 500000) ? 0 : world_magnitude(w, w->money * 10);
    c->window_ns = world_range(w, 1, 5000);
    c->is_fund = world_chance(w, 300000);
    return &c->header;
}
