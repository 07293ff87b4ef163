/* loss.c - the bankrupt are zeroed, their gaps attributed, and the layers asked in order (R9, R10, R17, R21 f-h). */
#include "engine/loss.h"

#include "engine/fund.h"
#include "engine/index.h"
#include "engine/trigger.h"

#include "money/money.h"
#include "money/ppm.h"

/* --------------------------------------------------------------------------------------------- attribution */

/* A position's part in its account's gap: what it had lost when the round started. */
static int64_t lost_by(const bw_venue *venue, uint32_t position)
{
    return bw_max(0, -bw_at_shadow(venue)[bw_at_shadow_of(venue)[position]].upnl);
}

static int64_t mm_before(const bw_venue *venue, uint32_t position)
{
    const bw_position *at = bw_position_at(venue, position);
    int64_t size = bw_at_shadow(venue)[bw_at_shadow_of(venue)[position]].size;
    return size ? bw_mm(venue, at->market, bw_abs(bw_value(bw_market_at(venue, at->market), size))) : 0;
}

/* Weights of the account's positions by loss, or by MM when nothing lost; with `attribution mm` by MM at once. False when
   there is neither. */
static bool weights_of(bw_venue *venue, uint32_t account, int64_t gap)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    bool found = false;
    bool by_mm = bw_pool_at(venue, bw_cold_at(venue, account)->pool)->settings.attribution == BW_ATTRIBUTION_MM;
    for (uint32_t pass = by_mm; pass < 2u && !found; pass++) {
        bw_at_progress(venue)->payer_count = 0;
        for (uint32_t p = hot->extent; p < hot->extent + hot->count; p++) {
            bool in_round = bw_at_shadow_of(venue)[p] != 0;
            int64_t weight = !in_round ? 0 : pass == 0 ? lost_by(venue, p) : mm_before(venue, p);
            found |= weight > 0;
            bw_round_payer_add(venue, p, weight, gap, 0, p);
        }
    }
    return found;
}

void bw_gap_attribute(bw_writer *writer, const bw_layer_at *at, uint32_t account, int64_t gap, int64_t upnl, uint32_t cause)
{
    bw_event *event = bw_emit(writer, BW_EVENT_ATTRIBUTED, cause);
    event->account = bw_cold_at(writer->venue, account)->id;
    event->pool = (uint16_t)at->pool;
    event->market = (uint16_t)at->market;
    event->attributed.gap = gap;
    event->attributed.u = upnl;
    event->attributed.side = at->side;
    uint32_t index = bw_emit_done(writer, event);
    if (at->loss->gap == 0)
        at->loss->event = index;
    at->loss->gap += gap;
    at->loss->left += gap;
}

static void attribute(bw_writer *writer, uint32_t account, uint32_t market, uint32_t side, int64_t gap, int64_t upnl,
                      uint32_t cause)
{
    bw_venue *venue = writer->venue;
    bw_layer_at at = {.pool = bw_cold_at(venue, account)->pool, .market = market, .side = side};
    at.loss = market == BW_NONE16 ? &(bw_at_pool_round(venue) + at.pool)->loss : bw_loss_at(venue, market, side);
    bw_gap_attribute(writer, &at, account, gap, upnl, cause);
}

/* The account's gap goes to the markets that made it; positions are few, so this is one unit. */
static void attribute_gap(bw_writer *writer, uint32_t account, int64_t gap, uint32_t cause)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    if (!weights_of(venue, account, gap)) {
        attribute(writer, account, BW_NONE16, BW_LONG, gap, 0, cause);
        return;
    }
    bw_payers payers = {.weight = bw_at_payer_weight(venue), .cap = bw_at_payer_cap(venue),
                        .id = bw_at_payer_id(venue), .count = progress->payer_count};
    bw_allocate(BW_ALLOCATE_CAPPED_PRO_RATA, BW_ALLOCATE_LARGEST_REMAINDER, gap, &payers, bw_at_payer_charge(venue),
                bw_at_payer_scratch(venue));
    for (uint32_t n = 0; n < progress->payer_count; n++) {
        uint32_t position = bw_at_payer_item(venue)[n];
        if (bw_at_payer_charge(venue)[n] == 0)
            continue;
        const bw_shadow *shadow = bw_at_shadow(venue) + bw_at_shadow_of(venue)[position];
        attribute(writer, account, bw_position_at(venue, position)->market, bw_side_of(shadow->size),
                  bw_at_payer_charge(venue)[n], shadow->upnl, cause);
    }
}

/* One bankrupt account, or one that a penalty took below zero: its equity becomes zero, what was missing a gap; what its
   counterparties paid already is attributed already. at[0]: cases done. */
bool bw_phase_zero(bw_writer *writer)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    if (progress->at[0] >= progress->case_count)
        return true;
    const bw_case *at = bw_at_cases(venue) + ++progress->at[0];
    if (!(at->flags & (BW_CASE_BANKRUPT | BW_CASE_PENALTY)))
        return false;
    int64_t rest = bw_gap_of(bw_account_equity(venue, at->account));
    int64_t gap = rest + (at->flags & BW_CASE_BANKRUPT ? at->covered : 0);
    if (gap == 0)
        return false;
    bw_event *event = bw_emit(writer, BW_EVENT_BANKRUPT, at->event);
    event->account = bw_cold_at(venue, at->account)->id;
    event->pool = bw_cold_at(venue, at->account)->pool;
    event->bankrupt.gap = gap;
    event->bankrupt.equity = at->frozen_equity;
    event->bankrupt.balance = bw_warm_at(venue, at->account)->balance;
    uint32_t index = bw_emit_done(writer, event);
    bw_balance_add(venue, at->account, rest);
    bw_warm_at(venue, at->account)->period_base += rest;
    progress->gap += gap;
    if (rest)
        attribute_gap(writer, at->account, rest, index);
    return false;
}

/* ------------------------------------------------------------------------------ layers of the venue's money */

void bw_layer_paid(bw_writer *writer, const bw_layer_at *at, bw_layer layer, int64_t amount, uint64_t account, int64_t left)
{
    at->loss->left -= amount;
    at->loss->paid[layer] += amount;
    bw_event *event = bw_emit(writer, BW_EVENT_PAID, at->loss->event);
    event->account = account;
    event->pool = (uint16_t)at->pool;
    event->market = (uint16_t)at->market;
    event->paid.amount = amount;
    event->paid.layer = layer;
    event->paid.left = left;
    event->paid.side = at->side;
    bw_emit_done(writer, event);
}

static void layer_capital(bw_writer *writer, const bw_layer_at *at)
{
    bw_pool *pool = bw_pool_at(writer->venue, at->pool);
    int64_t amount = bw_min(at->loss->left, pool->capital);
    if (amount == 0)
        return;
    pool->capital -= amount;
    bw_layer_paid(writer, at, BW_LAYER_CAPITAL, amount, 0, pool->capital);
}

static void layer_carryover(bw_writer *writer, const bw_layer_at *at)
{
    int64_t amount = at->loss->left;
    bw_carryover_add(writer->venue, at->pool, at->market, amount);
    bw_layer_paid(writer, at, BW_LAYER_CARRYOVER, amount, 0, bw_pool_at(writer->venue, at->pool)->carried);
}

/* ---------------------------------------------------------------------------------- layers of the accounts */

/* Desks that took lots of this loss pay by lots, up to their equity. */
static bool backstop_gather(bw_writer *writer, const bw_layer_at *at)
{
    bw_venue *venue = writer->venue;
    for (uint32_t d = 0; at->market != BW_NONE16 && d < venue->desk_count; d++) {
        int64_t lots = bw_at_desk_lots(venue)[(2u * at->market + at->side) * venue->limits.desks + d];
        uint32_t account = bw_at_desk(venue)[d].account;
        if (lots)
            bw_round_payer_add(venue, d, lots, bw_equity_cap(venue, account), 0, d);
    }
    return true;
}

static void backstop_apply(bw_writer *writer, const bw_layer_at *at, uint32_t n)
{
    bw_venue *venue = writer->venue;
    uint32_t account = bw_at_desk(venue)[bw_at_payer_item(venue)[n]].account;
    int64_t charge = bw_at_payer_charge(venue)[n];
    if (charge == 0)
        return;
    bw_round_touch_money(writer, account);
    bw_balance_add(venue, account, -charge);
    bw_layer_paid(writer, at, BW_LAYER_BACKSTOP, charge, bw_cold_at(venue, account)->id, bw_warm_at(venue, account)->balance);
}

/* What the closed account lost on `lots` since the previous mark, which is what a deleveraged one gained. */
static int64_t gained_since_previous(const bw_venue *venue, uint32_t market, uint32_t side, int64_t lots)
{
    const bw_market *at = bw_market_at(venue, market);
    int64_t part = side == BW_SHORT ? -lots : lots;
    int64_t previous = bw_value_at(at, part, bw_market_cold_at(venue, market)->previous_mark);
    return bw_max(0, previous - bw_value(at, part));
}

/* One shadow of the other side: an account closed by ADL in this round. at[4]: next shadow, at[5]: begun. */
static bool deleveraged_gather(bw_writer *writer, const bw_layer_at *at)
{
    bw_venue *venue = writer->venue;
    uint32_t *cursor = bw_at_progress(venue)->at;
    bool paid_before = at->layer->price == BW_ADL_PRICE_ZERO_BOTH;
    if (at->market == BW_NONE16 || at->layer->price == BW_ADL_PRICE_MARK || paid_before)
        return true;
    uint32_t number = cursor[5] ? cursor[4] : bw_loss_at(venue, at->market, 1u - at->side)->shadow_first;
    cursor[5] = 1;
    if (number == 0)
        return true;
    const bw_shadow *shadow = bw_at_shadow(venue) + number;
    cursor[4] = shadow->next;
    if (shadow->lots_adl == 0)
        return false;
    int64_t cap = bw_equity_cap(venue, shadow->account);
    if (!at->layer->cap_equity)
        cap = bw_max(0, bw_min(cap, shadow->upnl - shadow->charged));
    if (at->layer->price == BW_ADL_PRICE_PREVIOUS_MARK)
        cap = bw_min(cap, gained_since_previous(venue, at->market, at->side, shadow->lots_adl));
    int64_t rank = at->layer->rule == BW_RULE_RISK_WEIGHTED ? bw_leverage_before(venue, shadow->account)
                                                            : shadow->lots_adl;
    bw_round_payer_add(venue, shadow->position, shadow->lots_adl, cap, rank, bw_cold_at(venue, shadow->account)->id);
    return false;
}

static void deleveraged_apply(bw_writer *writer, const bw_layer_at *at, uint32_t n)
{
    bw_venue *venue = writer->venue;
    uint32_t position = bw_at_payer_item(venue)[n];
    bw_charge charge = {.account = bw_position_at(venue, position)->account, .charge = bw_at_payer_charge(venue)[n],
                        .weight = bw_at_payer_weight(venue)[n], .cap = bw_at_payer_cap(venue)[n],
                        .cause = at->loss->event};
    if (charge.charge == 0)
        return;
    bw_at_shadow(venue)[bw_at_shadow_of(venue)[position]].charged += charge.charge;
    bw_charge_apply(writer, at, &charge);
}

/* ---------------------------------------------------------------------------------------------------- stages */

enum { STAGE_GATHER, STAGE_BEGIN, STAGE_ALLOCATE, STAGE_APPLY, STAGES };

static bool gather(bw_writer *writer, const bw_layer_at *at)
{
    switch ((bw_layer)at->layer->kind) {
    case BW_LAYER_FUND: case BW_LAYER_SHARED_FUND: return bw_shared_gather(writer, at);
    case BW_LAYER_BACKSTOP: return backstop_gather(writer, at);
    case BW_LAYER_DELEVERAGED: return deleveraged_gather(writer, at);
    default: return bw_haircut_gather(writer, at);
    }
}

static void apply(bw_writer *writer, const bw_layer_at *at, uint32_t n)
{
    switch ((bw_layer)at->layer->kind) {
    case BW_LAYER_FUND: case BW_LAYER_SHARED_FUND: bw_shared_apply(writer, at, n); break;
    case BW_LAYER_BACKSTOP: backstop_apply(writer, at, n); break;
    case BW_LAYER_DELEVERAGED: deleveraged_apply(writer, at, n); break;
    default: bw_haircut_apply(writer, at, n); break;
    }
}

static int64_t budget_of(const bw_venue *venue, const bw_layer_at *at)
{
    if (at->layer->kind <= BW_LAYER_SHARED_FUND)
        return bw_shared_budget(venue, at->pool);
    if (at->layer->kind == BW_LAYER_DELEVERAGED && at->layer->price == BW_ADL_PRICE_SPLIT)
        return bw_mul_div_floor(at->loss->left, 2, 3);
    return at->loss->left;
}

/* Layers of the customers share as they are set, the others by what is asked or by lots. */
static void charge_begin(bw_writer *writer, const bw_layer_at *at)
{
    bw_venue *venue = writer->venue;
    int64_t budget = budget_of(venue, at);
    if (at->layer->kind == BW_LAYER_DELEVERAGED || at->layer->kind == BW_LAYER_HAIRCUT)
        bw_round_allocate_begin(venue, (bw_rule)at->layer->rule, (bw_rounding)at->layer->rounding,
                                bw_excess_use(writer, at, budget));
    else
        bw_round_allocate_begin(venue, BW_RULE_CAPPED_PRO_RATA, BW_ROUNDING_LARGEST_REMAINDER, budget);
}

/* Part of a layer that charges accounts, one of them a unit. at[3]: stage, at[4]: payer. True when the layer is done. */
static bool charge_step(bw_writer *writer, const bw_layer_at *at)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    uint32_t *cursor = progress->at;
    bool done = true;
    if (cursor[3] == STAGE_GATHER) {
        if ((cursor[4] | cursor[5] | cursor[6] | cursor[7]) == 0)
            progress->payer_count = 0;
        do
            done = gather(writer, at);
        while (!done && bw_unit_take(writer));
    } else if (cursor[3] == STAGE_BEGIN)
        charge_begin(writer, at);
    else if (cursor[3] == STAGE_ALLOCATE)
        done = bw_round_allocate_run(writer);
    else {
        while (cursor[4] < progress->payer_count && (done || bw_unit_take(writer))) {
            apply(writer, at, cursor[4]++);
            done = false;
        }
        done = cursor[4] == progress->payer_count;
        if (done)
            bw_excess_place(writer, at, -at->loss->left);
    }
    if (!done)
        return false;
    cursor[3]++;
    cursor[4] = cursor[5] = cursor[6] = cursor[7] = 0;
    return cursor[3] == STAGES;
}

static bool layer_step(bw_writer *writer, const bw_layer_at *at)
{
    switch ((bw_layer)at->layer->kind) {
    case BW_LAYER_FUND: bw_fund_layer(writer, at); return true;
    case BW_LAYER_CAPITAL: layer_capital(writer, at); return true;
    case BW_LAYER_CARRYOVER: layer_carryover(writer, at); return true;
    default: return charge_step(writer, at);
    }
}

/* The sum of a loss: R10's equation as an event. */
static void loss_event(bw_writer *writer, const bw_layer_at *at)
{
    bw_venue *venue = writer->venue;
    int64_t sum = 0;
    bw_event *event = bw_emit(writer, BW_EVENT_LOSS, at->loss->event);
    event->pool = (uint16_t)at->pool;
    event->market = (uint16_t)at->market;
    event->loss.gap = at->loss->gap;
    event->loss.lots = at->loss->lots;
    event->loss.mark = at->market == BW_NONE16 ? 0 : bw_market_at(venue, at->market)->mark;
    for (uint32_t layer = 0; layer < BW_LAYERS; layer++) {
        event->loss.paid[layer] = at->loss->paid[layer];
        sum += at->loss->paid[layer];
    }
    BW_ASSERT(sum == at->loss->gap && at->loss->left == 0);
    event->loss.settings_hash_and_side = (venue->settings_hash & ~UINT64_C(1)) | at->side;
    bw_emit_done(writer, event);
}

/* at[0]: pool, at[1]: place in its money list (its length: the closing events), at[2]: loss, one more for the shared
   part of the fund. */
bool bw_phase_layers(bw_writer *writer)
{
    bw_venue *venue = writer->venue;
    uint32_t *cursor = bw_at_progress(venue)->at;
    if (cursor[0] >= venue->pool_count)
        return true;
    const bw_command_pool *settings = &bw_pool_at(venue, cursor[0])->settings;
    if (!bw_at_pool_round(venue)[cursor[0]].frozen || cursor[1] > settings->money_count) {
        cursor[0]++;
        cursor[1] = 0;
        return false;
    }
    bool closing = cursor[1] == settings->money_count, done = true;
    bw_layer_at at = {.layer = &settings->money[closing ? 0 : cursor[1]]};
    bool ours = bw_loss_of(venue, cursor[0], cursor[2], &at);
    if (cursor[2] > 2u * venue->market_count)              /* after the last loss */
        done = closing || !bw_fund_pays_shared(venue, &at) || charge_step(writer, &at);
    else if (ours && closing && at.loss->gap)
        loss_event(writer, &at);
    else if (ours && !closing && at.layer->kind != BW_LAYER_SHARED_FUND && (at.loss->left || cursor[3]))
        done = layer_step(writer, &at);
    if (!done)
        return false;
    cursor[3] = cursor[4] = cursor[5] = cursor[6] = cursor[7] = 0;
    if (++cursor[2] > 2u * venue->market_count + 1u) {
        cursor[2] = 0;
        cursor[1]++;
    }
    return false;
}

/* ---------------------------------------------------------------------------------------------------- credit */

/* What inflows may give back to those who were charged, whose claims are `claims` (R17). */
static int64_t refund_budget(const bw_venue *venue, uint32_t number, int64_t claims)
{
    const bw_pool *pool = bw_pool_at(venue, number);
    int64_t above = bw_fund_total(pool) - pool->settings.refund_above;
    if (claims == 0 || pool->settings.refund_share_ppm == 0 || above <= 0 || pool->carried)
        return 0;
    int64_t budget = bw_ppm_floor(pool->refund_inflow, pool->settings.refund_share_ppm);
    int64_t free = bw_max(0, pool->shared_fund - pool->reserved_gap);
    return bw_min(bw_min(budget, above), bw_min(claims, free));
}

static void repay(bw_writer *writer, uint32_t pool, uint32_t account, int64_t amount)
{
    bw_venue *venue = writer->venue;
    bw_cold *cold = bw_cold_at(venue, account);
    if (amount == 0)
        return;
    bw_round_touch_money(writer, account);
    bw_fund_debit(venue, pool, BW_NONE16, amount);
    bw_balance_add(venue, account, amount);
    bw_warm_at(venue, account)->period_base += amount;
    cold->claim -= amount;
    bw_pool_at(venue, pool)->claims -= amount;
    bw_event *event = bw_emit(writer, BW_EVENT_REPAID, BW_NONE32);
    event->account = cold->id;
    event->pool = (uint16_t)pool;
    event->repaid.amount = amount;
    event->repaid.claim = cold->claim;
    event->repaid.balance = bw_warm_at(venue, account)->balance;
    bw_fund_trigger(writer, pool, bw_emit_done(writer, event));
}

/* Repays the claims of one pool, in stages. at[3]: stage, at[4]: account or payer. */
static bool refund_step(bw_writer *writer, uint32_t pool)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    uint32_t *cursor = progress->at;
    bool done = true;
    if (cursor[3] == STAGE_GATHER) {
        if (cursor[4] == 0 && refund_budget(venue, pool, bw_pool_claims(bw_pool_at(venue, pool))) == 0)
            return true;
        if (cursor[4] == 0)
            progress->payer_count = 0;
        uint32_t account = cursor[4]++;
        done = account >= venue->account_count;
        const bw_cold *cold = done ? NULL : bw_cold_at(venue, account);
        if (!done && cold->pool == pool)
            bw_account_meet(writer, account);              /* what is owed is a claim only once it is met */
        if (!done && cold->pool == pool && cold->claim)
            bw_round_payer_add(venue, account, cold->claim, cold->claim, 0, cold->id);
    } else if (cursor[3] == STAGE_BEGIN)
        bw_round_allocate_begin(venue, BW_RULE_CAPPED_PRO_RATA, BW_ROUNDING_LARGEST_REMAINDER,
                                refund_budget(venue, pool, bw_pool_at(venue, pool)->claims));
    else if (cursor[3] == STAGE_ALLOCATE)
        done = bw_round_allocate_run(writer);
    else if (cursor[4] < progress->payer_count) {
        uint32_t n = cursor[4]++;
        repay(writer, pool, bw_at_payer_item(venue)[n], bw_at_payer_charge(venue)[n]);
        done = false;
    }
    if (!done)
        return false;
    cursor[4] = 0;
    if (++cursor[3] < STAGES)
        return false;
    bw_pool_at(venue, pool)->refund_inflow = 0;
    return true;
}

/* Surplus of each loss to its bucket, a pool's own to the shared part, then claims of each pool. at[0]: losses, then pools. */
bool bw_phase_credit(bw_writer *writer)
{
    bw_venue *venue = writer->venue;
    uint32_t *cursor = bw_at_progress(venue)->at;
    uint32_t losses = 2u * venue->market_count, pool = cursor[0] - losses;
    if (cursor[0] < losses) {
        uint32_t market = cursor[0] / 2u;
        bw_loss *loss = bw_loss_at(venue, market, cursor[0]++ % 2u);
        int64_t surplus = loss->surplus;
        loss->surplus = 0;
        bw_fund_credit(writer, bw_market_at(venue, market)->pool, market, surplus, BW_NONE32);
        return false;
    }
    if (pool >= venue->pool_count)
        return true;
    int64_t *own = &bw_at_pool_round(venue)[pool].loss.surplus, surplus = *own;
    *own = 0;
    bw_fund_credit(writer, pool, BW_NONE16, surplus, BW_NONE32);
    if (refund_step(writer, pool)) {
        cursor[0]++;
        cursor[3] = cursor[4] = 0;
    }
    return false;
}
