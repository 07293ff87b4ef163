/* settings.c - see settings.h. */
#include "engine/settings.h"

#include "engine/account.h"
#include "engine/fund.h"

#define MILLION 1000000u

/* ------------------------------------------------------------------------------------------------ the two lists */

static const char *quantity_fault(const uint8_t quantity[3])
{
    uint32_t i = 0;
    if (quantity[i] == BW_QUANTITY_BOOK)
        i++;
    if (quantity[i] == BW_QUANTITY_BACKSTOP)
        i++;
    bool valid = quantity[i] == BW_QUANTITY_ADL;
    while (valid && ++i < 3)
        valid = quantity[i] == BW_QUANTITY_END;
    return valid ? NULL : "quantity must be book, backstop, adl, in this order, the last always";
}

/* Only shares are rounded; only those in proportion to weights by a ratio. */
static const char *rounding_fault(const bw_money_layer *layer)
{
    bool proportional = layer->rule == BW_RULE_PRO_RATA || layer->rule == BW_RULE_CAPPED_PRO_RATA;
    bool takes_nothing = layer->price == BW_ADL_PRICE_MARK || layer->price == BW_ADL_PRICE_ZERO_BOTH;
    if (layer->rounding >= BW_ROUNDINGS)
        return "rounding is none of the five";
    if (layer->rounding == BW_ROUNDING_LARGEST_REMAINDER)
        return NULL;
    if (layer->rounding == BW_ROUNDING_RATIO16 && !proportional)
        return "rounding ratio16 needs allocate pro-rata or capped-pro-rata";
    if (layer->rule == BW_RULE_QUEUE)
        return "allocate queue has no shares to round: rounding must be largest-remainder";
    return layer->kind == BW_LAYER_DELEVERAGED && takes_nothing
               ? "price mark and zero-both share nothing: rounding must be largest-remainder" : NULL;
}

static const char *sharing_fault(const bw_money_layer *layer)
{
    if (layer->rule >= BW_RULES)
        return "allocate is no rule";
    if (layer->cap_equity > 1)
        return "cap must be profit or equity";
    return rounding_fault(layer);
}

/* By index there is no payer to be capped, ranked or rounded: each lot or unit of balance pays the same. */
static const char *index_fault(const bw_money_layer *layer)
{
    if (layer->apply >= BW_APPLIES || layer->step >= BW_STEPS)
        return "apply must be eager or index, step floor-carry, ceil or half-up";
    if (layer->apply == BW_APPLY_EAGER)
        return layer->step != BW_STEP_FLOOR_CARRY ? "step needs apply index" : NULL;
    if (layer->base != BW_BASE_SIZE && layer->base != BW_BASE_BALANCE)
        return "apply index needs base size or balance";
    if (layer->cap_equity || layer->fraction_ppm != MILLION)
        return "apply index has no cap: fraction must be 1 and cap profit";
    return layer->rule != BW_RULE_CAPPED_PRO_RATA || layer->rounding != BW_ROUNDING_LARGEST_REMAINDER
               ? "apply index shares by size: allocate must be capped-pro-rata, rounding largest-remainder" : NULL;
}

static const char *haircut_fault(const bw_money_layer *layer)
{
    bool of_pool = layer->base != BW_BASE_POSITIVE_UPNL && layer->base != BW_BASE_SIZE;
    if (layer->base >= BW_BASES || layer->scope >= BW_SCOPES || layer->side > BW_SIDE_BOTH)
        return "base, scope or side is none of the language's";
    if (layer->side == BW_SIDE_BOTH && layer->scope != BW_SCOPE_MARKET)
        return "side both is of a market: scope must be market";
    if (of_pool && layer->scope != BW_SCOPE_POOL)
        return "this base is the pool's: scope must be pool";
    if (layer->base == BW_BASE_SIZE && layer->scope == BW_SCOPE_POOL)
        return "base size is a market's: scope must be market";
    if (layer->fraction_ppm < 1 || layer->fraction_ppm > MILLION)
        return "fraction must be above 0 and at most 1";
    const char *fault = sharing_fault(layer);
    return fault ? fault : index_fault(layer);
}

static const char *layer_fault(const bw_money_layer *layer)
{
    switch (layer->kind) {
    case BW_LAYER_FUND: case BW_LAYER_SHARED_FUND:
        return layer->fraction_ppm < MILLION ? NULL : "fee of the fund must be below 1";
    case BW_LAYER_CAPITAL: case BW_LAYER_BACKSTOP:
        return NULL;
    case BW_LAYER_DELEVERAGED:
        return layer->price >= BW_ADL_PRICES ? "price is none of the language's" : sharing_fault(layer);
    case BW_LAYER_HAIRCUT:
        return haircut_fault(layer);
    default:
        return "carryover can only be the last layer";
    }
}

/* Carryover closes the list; every kind but haircut stands at most once. */
static const char *money_fault(const bw_command_pool *c)
{
    uint32_t seen = 0;
    if (c->money_count == 0 || c->money_count > BW_MONEY_LAYERS ||
        c->money[c->money_count - 1u].kind != BW_LAYER_CARRYOVER)
        return "money must end with carryover";
    for (uint32_t i = 0; i + 1u < c->money_count; i++) {
        const bw_money_layer *layer = &c->money[i];
        const char *fault = layer_fault(layer);
        if (fault)
            return fault;
        if (layer->kind != BW_LAYER_HAIRCUT && (seen >> layer->kind & 1u))
            return "each layer but haircut stands once";
        seen |= 1u << layer->kind;
    }
    if (c->clawback.kind == 0)
        return NULL;
    if (c->clawback.kind != BW_LAYER_HAIRCUT || c->clawback.apply)
        return "clawback must be a haircut, applied eager";
    const char *fault = haircut_fault(&c->clawback);
    return !fault && c->clawback.scope != BW_SCOPE_POOL ? "clawback is the pool's: scope must be pool" : fault;
}

/* ---------------------------------------------------------------------------------------------- amounts, choices */

static const char *amounts_fault(const bw_command_pool *c)
{
    const int64_t amounts[] = {c->slice_over, c->full_close_under, c->fund_floor, c->fund_reserved, c->event_cap,
                               c->window_cap, c->market_cap, c->drawdown_min, c->refund_above, c->order_life_ns,
                               c->window_ns, c->profit_age_ns, c->unbonding_ns};
    for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++)
        if (amounts[i] < 0 || amounts[i] >= BW_VALUE_MAX)
            return "an amount or duration is negative or too large";
    return c->debt_max < BW_VALUE_MAX ? NULL : "debt-max is too large";
}

static const char *rates_fault(const bw_command_pool *c)
{
    const uint32_t rates[] = {c->buffer_ppm, c->order_gap_ppm, c->slice_ppm, c->drawdown_set_ppm, c->drawdown_clear_ppm,
                              c->event_cap_ppm, c->window_cap_ppm, c->fee_share_ppm, c->carryover_share_ppm,
                              c->refund_share_ppm};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++)
        if (rates[i] > MILLION)
            return "a rate is above 1";
    if (c->liquidation_fee_ppm >= MILLION || c->penalty_ppm >= MILLION || c->penalty_desk_ppm >= MILLION)
        return "liquidation-fee, penalty and penalty-desk must be below 1";
    return c->drawdown_set_ppm && (c->drawdown_clear_ppm < 1 || c->drawdown_clear_ppm > c->drawdown_set_ppm)
               ? "drawdown-set needs a drawdown-clear above 0 and not above it" : NULL;
}

static const char *choices_fault(const bw_command_pool *c)
{
    bool known = c->adl_score < BW_SCORES && c->adl_tie < BW_TIES && c->adl_start < BW_STARTS &&
                 c->attribution < BW_ATTRIBUTIONS && c->profit_release < BW_PROFIT_RELEASES &&
                 c->withdraw_mode < BW_WITHDRAW_MODES && c->book_mode < BW_BOOK_MODES && c->sync_adl < BW_SYNC_ADLS &&
                 c->settle_on < BW_SETTLE_ONS && c->all_or_nothing <= 1 && c->may_go_negative <= 1 && c->penalty_first <= 1;
    if (!known)
        return "a choice is none of the language's";
    return c->adl_rule < BW_RULE_RISK_WEIGHTED ? NULL : "adl cannot allocate lots risk-weighted";
}

/* ----------------------------------------------------------------------------------------------- contradictions */

static bool takes_base(const bw_command_pool *c, bw_base base)
{
    bool found = c->clawback.kind == BW_LAYER_HAIRCUT && c->clawback.base == base;
    for (uint32_t i = 0; i < c->money_count; i++)
        found |= c->money[i].kind == BW_LAYER_HAIRCUT && c->money[i].base == base;
    return found;
}

/* A fund that pays whatever is asked has no caps; one that pays whole losses is asked once, as a whole. */
static const char *fund_contradiction(const bw_command_pool *c)
{
    bool capped = c->fund_floor || c->fund_reserved || c->event_cap || c->event_cap_ppm || c->window_cap ||
                  c->window_cap_ppm || c->market_cap || c->drawdown_set_ppm;
    if (c->all_or_nothing && c->may_go_negative)
        return "all-or-nothing and may-go-negative exclude each other";
    if (c->may_go_negative && capped)
        return "may-go-negative pays whatever is asked: it excludes floor, caps and drawdown";
    if (c->may_go_negative && c->withdraw_mode == BW_WITHDRAW_RATE)
        return "withdrawals rate shares what is carried over: a fund that may go negative carries nothing over";
    for (uint32_t i = 0; c->all_or_nothing && i < c->money_count; i++)
        if (c->money[i].kind == BW_LAYER_SHARED_FUND)
            return "all-or-nothing needs the fund as one layer: shared-fund cannot stand by itself";
    return NULL;
}

static const char *contradiction(const bw_command_pool *c)
{
    if (c->adl_start != BW_START_FIRST && c->adl_score != BW_SCORE_VISIT_ORDER)
        return "start mix needs score visit-order";
    if (c->sync_adl != BW_SYNC_ADL_ALWAYS && c->book_mode != BW_BOOK_SYNC)
        return "sync-adl needs book sync";
    if (c->book_mode == BW_BOOK_SYNC && c->quantity[0] != BW_QUANTITY_BOOK)
        return "book sync needs book in the quantity list";
    if (c->book_mode == BW_BOOK_SYNC && c->order_gap_ppm)
        return "order-gap reserves for orders: with book sync the fund's caps decide";
    if (c->penalty_first && c->penalty_ppm == 0)
        return "penalty-first needs a penalty";
    if (c->profit_release == BW_PROFIT_AGING && c->profit_age_ns == 0)
        return "profit aging needs a profit-age";
    if (c->profit_release == BW_PROFIT_IMMEDIATE && takes_base(c, BW_BASE_LOCKED_PROFIT))
        return "base locked-profit needs profit settlement or aging: under immediate nothing is locked";
    return fund_contradiction(c);
}

static bool indexes(const bw_command_pool *c, bw_base base)
{
    bool found = false;
    for (uint32_t i = 0; i < c->money_count; i++)
        found |= c->money[i].kind == BW_LAYER_HAIRCUT && c->money[i].apply == BW_APPLY_INDEX && c->money[i].base == base;
    return found;
}

/* What the venue that is there has to say. */
static const char *venue_fault(const bw_venue *venue, const bw_command_pool *c)
{
    const bw_limits *limits = &venue->limits;
    if (c->pool < venue->pool_count && bw_pool_at(venue, c->pool)->settings.asset != c->asset)
        return "a pool keeps its asset";
    if (c->pool < venue->pool_count && !c->may_go_negative && bw_pool_at(venue, c->pool)->shared_fund < 0)
        return "may-go-negative stays on while the fund is below zero";
    if (c->pool < venue->pool_count && bw_pool_at(venue, c->pool)->order_first &&
        bw_pool_at(venue, c->pool)->settings.book_mode != c->book_mode)
        return "the book is not changed while liquidation orders live";
    if (c->adl_score == BW_SCORE_HEDGE_AWARE && !limits->owners)
        return "score hedge-aware needs limits owners 1";
    if (c->profit_release == BW_PROFIT_AGING && !limits->aging)
        return "profit aging needs limits aging 1";
    if ((indexes(c, BW_BASE_SIZE) || indexes(c, BW_BASE_BALANCE)) && !limits->indexed)
        return "apply index needs limits indexed 1";
    if (c->unbonding_ns && !limits->stakes)
        return "unbonding needs limits stakes";
    if (c->profit_release == BW_PROFIT_AGING && indexes(c, BW_BASE_BALANCE))
        return "profit aging and apply index of base balance exclude each other: what is owed has no age";
    return NULL;
}

const char *bw_pool_fault(const bw_venue *venue, const bw_command_pool *c)
{
    const char *fault = quantity_fault(c->quantity);
    if (!fault)
        fault = money_fault(c);
    if (!fault)
        fault = amounts_fault(c);
    if (!fault)
        fault = rates_fault(c);
    if (!fault)
        fault = choices_fault(c);
    if (!fault)
        fault = contradiction(c);
    if (!fault)
        fault = venue_fault(venue, c);
    return fault;
}

const char *bw_desk_fault(const bw_venue *venue, const bw_command_desk *c)
{
    uint32_t account;
    if (c->marginless > 1 || c->is_fund > 1)
        return "marginless and fund-desk are 0 or 1";
    if (c->share_ppm > MILLION || c->discount_ppm >= MILLION)
        return "share must be at most 1, discount below 1";
    if (c->market_max < 0 || c->market_max >= BW_VALUE_MAX || c->window_max < 0 || c->window_max >= BW_VALUE_MAX)
        return "a limit of the desk is negative or too large";
    if (c->window_ns < 0 || (c->window_max && c->window_ns == 0))
        return "window-max needs a window";
    if (!bw_account_find(venue, c->header.account, &account))
        return NULL;                                       /* refused for that */
    if (bw_cold_at(venue, account)->isolated != BW_NONE16)
        return "a desk cannot be isolated to one market";
    uint32_t other = bw_fund_desk(venue, bw_cold_at(venue, account)->pool);
    return c->is_fund && other != BW_NONE32 && other != account ? "a pool has one fund-desk" : NULL;
}

const char *bw_end_fault(const bw_venue *venue, uint32_t market, uint32_t terminal)
{
    if (terminal > 1)
        return "terminal is 0 or 1";
    bool inverse = market < venue->market_count && bw_market_at(venue, market)->kind == BW_MARKET_INVERSE;
    return terminal && inverse ? "terminal needs a linear market" : NULL;
}

const char *bw_setting_fault(const bw_venue *venue, const bw_command *command)
{
    const void *c = command;
    if (command->type == BW_COMMAND_POOL)
        return bw_pool_fault(venue, c);
    const bw_command_expire *expire = c;
    const bw_command_resolve *resolve = c;
    switch (command->type) {
    case BW_COMMAND_DESK: return bw_desk_fault(venue, c);
    case BW_COMMAND_EXPIRE: return bw_end_fault(venue, expire->market, expire->terminal);
    case BW_COMMAND_RESOLVE: return bw_end_fault(venue, resolve->market, resolve->terminal);
    default: return NULL;
    }
}
