/* shock_loss.c - gaps and who pays them (R9, R10, R13, R15): engine/loss.c and haircut.c on the overlay.

   Payers are named by their place (haircuts of a market, deleveraged) or account (haircuts of the pool): only who is charged gets
   an entry. */
#include "stress/shock_work.h"

#include "money/money.h"

static uint32_t pool_loss(const bw_shock *shock) { return 2u * shock->markets; }

int64_t bw_shock_allocate(bw_shock *shock, bw_rule rule, int64_t budget)
{
    shock_payers *to = &shock->payers;
    const bw_payers payers = {.weight = to->weight, .cap = to->cap, .rank = to->rank, .factor = to->rank, .id = to->id,
                              .count = to->count};
    return bw_allocate((bw_allocate_rule)rule, BW_ALLOCATE_LARGEST_REMAINDER, budget, &payers, to->charge, shock->scratch);
}

/* ------------------------------------------------------------------------------------------------- attribution */

static int64_t part_of(const bw_shock *shock, const shock_position *at, bool by_mm)
{
    if (!at->shadowed)
        return 0;
    if (!by_mm)
        return bw_max(0, -at->upnl_before);
    return at->size_before ? bw_mm(shock->venue, at->market, bw_abs(at->size_before * shock->unit[at->market])) : 0;
}

static bool weights_of(bw_shock *shock, const shock_entry *entry, int64_t gap)
{
    bool found = false;
    for (uint32_t pass = shock->pool.attribution == BW_ATTRIBUTION_MM; pass < 2u && !found; pass++) {
        shock->payers.count = 0;
        for (uint32_t i = entry->first; i < entry->first + entry->count; i++) {
            int64_t weight = part_of(shock, &shock->position[shock->order[i]], pass == 1u);
            found |= weight > 0;
            bw_shock_payer_add(shock, shock->order[i], weight, gap, 0, i);
        }
    }
    return found;
}

static void attribute(bw_shock *shock, uint32_t number, int64_t gap)
{
    shock->loss[number].gap += gap;
    shock->loss[number].left += gap;
}

/* Ties: the lower id, as the watch of the engine's events has it (outcome.h). */
static void note_largest(bw_shock *shock, uint64_t account, int64_t gap)
{
    bw_stress_outcome *out = &shock->outcome;
    if (gap < out->largest || (gap == out->largest && account >= out->largest_account))
        return;
    out->largest = gap;
    out->largest_account = account;
}

static void attribute_gap(bw_shock *shock, const shock_entry *entry, int64_t gap)
{
    if (!weights_of(shock, entry, gap)) {
        attribute(shock, pool_loss(shock), gap);
        return;
    }
    bw_shock_allocate(shock, BW_RULE_CAPPED_PRO_RATA, gap);
    for (uint32_t n = 0; n < shock->payers.count; n++) {
        const shock_position *at = &shock->position[shock->payers.item[n]];
        if (shock->payers.charge[n])
            attribute(shock, 2u * at->market + bw_side_of(at->size_before), shock->payers.charge[n]);
    }
}

void bw_shock_zero(bw_shock *shock)
{
    for (uint32_t i = 0; i < shock->case_count; i++) {
        shock_entry *entry = &shock->entry[shock->cases[i].entry];
        int64_t gap = shock->cases[i].bankrupt ? bw_gap_of(bw_shock_entry_equity(shock, entry)) : 0;
        if (gap == 0)
            continue;
        entry->balance += gap;
        entry->gap += gap;
        attribute_gap(shock, entry, gap);
        note_largest(shock, shock->id[entry->account], gap);
    }
}

/* ----------------------------------------------------------------------------------------------------- charges */

static int64_t base_left(const bw_shock *shock, const shock_position *at)
{
    return at->shadowed ? at->upnl_before - at->charged : bw_shock_upnl(shock, at);
}

static int64_t upnl_before(const bw_shock *shock, const shock_position *at)
{
    return at->shadowed ? at->upnl_before : bw_shock_upnl(shock, at);
}

static void position_cut(bw_shock *shock, uint32_t number, int64_t charge)
{
    shock_position *at = &shock->position[number];
    bw_shock_shadow_take(shock, number);
    at->charged += charge;
    int64_t raised = at->size ? bw_min(charge, bw_max(0, bw_shock_upnl(shock, at))) : 0;
    at->cost += raised;
    shock->entry[at->entry].balance += raised - charge;
}

static void account_cut(bw_shock *shock, shock_entry *entry, int64_t charge)
{
    for (uint32_t i = entry->first; i < entry->first + entry->count && charge; i++) {
        int64_t part = bw_min(charge, bw_max(0, base_left(shock, &shock->position[shock->order[i]])));
        if (part)
            position_cut(shock, shock->order[i], part);
        charge -= part;
    }
    entry->balance -= charge;
}

static void charge_sum(bw_shock *shock, const bw_money_layer *layer, uint32_t loss, int64_t charge)
{
    shock->loss[loss].left -= charge;
    shock->loss[loss].paid[layer->kind] += charge;
    if (layer->kind == BW_LAYER_HAIRCUT)
        shock->outcome.flags |= BW_STRESS_HAIRCUT;
}

static void charge_note(bw_shock *shock, const bw_money_layer *layer, uint32_t loss, uint32_t number, int64_t charge)
{
    shock_entry *entry = &shock->entry[number];
    bw_shock_touch(shock, number);
    entry->charged += charge;
    entry->charged_round += charge;
    charge_sum(shock, layer, loss, charge);
    if (layer->kind != BW_LAYER_HAIRCUT)
        return;
    shock->outcome.haircut_accounts += (entry->met & 4u) == 0;
    entry->met |= 4u;
}

/* ------------------------------------------------------------------------------------------------- deleveraged */

static int64_t equity_cap(int64_t equity)
{
    return bw_min(BW_VALUE_MAX - 1, bw_max(0, equity));
}

static int64_t gained_since_previous(const bw_shock *shock, uint32_t loss, int64_t lots)
{
    int64_t part = loss % 2u == BW_SHORT ? -lots : lots;
    return bw_max(0, part * shock->previous_unit[loss / 2u] - part * shock->unit[loss / 2u]);
}

static void deleveraged_layer(bw_shock *shock, const bw_money_layer *layer, uint32_t loss)
{
    if (loss == pool_loss(shock) || layer->price == BW_ADL_PRICE_MARK)
        return;
    shock->payers.count = 0;
    for (uint32_t n = shock->loss[loss ^ 1u].shadow_first; n; n = shock->position[n].next_shadow) {
        const shock_position *at = &shock->position[n];
        const shock_entry *entry = &shock->entry[at->entry];
        if (at->lots_adl == 0)
            continue;
        int64_t cap = equity_cap(bw_shock_entry_equity(shock, entry));
        if (!layer->cap_equity)
            cap = bw_max(0, bw_min(cap, at->upnl_before - at->charged));
        if (layer->price == BW_ADL_PRICE_PREVIOUS_MARK)
            cap = bw_min(cap, gained_since_previous(shock, loss, at->lots_adl));
        bw_shock_payer_add(shock, n, at->lots_adl, cap, at->lots_adl, shock->id[entry->account]);
    }
    int64_t left = shock->loss[loss].left;
    bw_shock_allocate(shock, (bw_rule)layer->rule, layer->price == BW_ADL_PRICE_SPLIT ? bw_mul_div_floor(left, 2, 3) : left);
    for (uint32_t i = 0; i < shock->payers.count; i++) {
        shock_position *at = &shock->position[shock->payers.item[i]];
        int64_t charge = shock->payers.charge[i];
        if (charge == 0)
            continue;
        at->charged += charge;
        shock->entry[at->entry].balance -= charge;
        charge_note(shock, layer, loss, at->entry, charge);
    }
}

/* ----------------------------------------------------------------------------------------------------- haircut */

static void haircut_payer(bw_shock *shock, const bw_money_layer *layer, uint32_t item, uint32_t account, int64_t weight,
                          int64_t left, int64_t equity)
{
    if (layer->cap_equity)
        left = BW_VALUE_MAX;
    if (weight <= 0 || left <= 0)
        return;
    int64_t cap = bw_haircut_cap(left, equity_cap(equity), layer->fraction_ppm);
    weight = bw_min(weight, BW_VALUE_MAX);
    if (cap > 0)
        bw_shock_payer_add(shock, item, weight, cap, weight, shock->id[account]);
}

static void position_payer(bw_shock *shock, const bw_money_layer *layer, uint32_t number)
{
    const shock_position *at = &shock->position[number];
    const shock_entry *entry = &shock->entry[at->entry];
    int64_t size = at->shadowed ? at->size_before : at->size;
    bool profit = layer->base == BW_BASE_POSITIVE_UPNL;
    if (size)
        haircut_payer(shock, layer, at->place, entry->account, profit ? upnl_before(shock, at) : bw_abs(size),
                      profit ? base_left(shock, at) : BW_VALUE_MAX, bw_shock_entry_equity(shock, entry));
}

/* Accounts of places further on are asked for, and their lots. */
static void holders_ask(const bw_shock *shock, uint32_t place, uint32_t end)
{
    enum { AHEAD = 12 };
    if (place + 2u * AHEAD < end) {
        __builtin_prefetch(&shock->head[shock->account[place + 2u * AHEAD]]);
        __builtin_prefetch(&shock->light[shock->account[place + 2u * AHEAD]], 1);
    }
    if (place + AHEAD < end)
        __builtin_prefetch(&shock->lot[shock->head[shock->account[place + AHEAD]].first]);
}

/* Holders of one side of a market at the round's start. */
static void side_payers(bw_shock *shock, const bw_money_layer *layer, uint32_t number)
{
    const shock_side *side = &shock->side[number];
    bool profit = layer->base == BW_BASE_POSITIVE_UPNL;
    for (uint32_t n = shock->side_first[number]; n; n = shock->position[n].next_of_side)
        position_payer(shock, layer, n);
    for (uint32_t p = side->first; p < side->first + side->count; p++) {
        int64_t u = shock->size[p] * shock->unit[number / 2u] - shock->cost[p];
        holders_ask(shock, p, side->first + side->count);
        if (bw_shock_place_entered(shock, p) || (profit && u <= 0))
            continue;
        haircut_payer(shock, layer, p, shock->account[p], profit ? u : bw_abs(shock->size[p]),
                      profit ? u - shock->place_cut[p] : BW_VALUE_MAX, bw_shock_light_equity(shock, shock->account[p]));
    }
}

static int64_t profit_of(const bw_shock *shock, uint32_t account, int64_t *left)
{
    int64_t profit = 0;
    *left = 0;
    if (shock->mark[account] == 0) {
        for (uint32_t i = shock->head[account].first; i < shock->head[account].end; i++) {
            const shock_lot *lot = &shock->lot[i];
            int64_t u = lot->size * shock->unit[lot->market] - shock->cost[lot->place];
            profit += bw_max(0, u);
            *left += bw_max(0, u - shock->place_cut[lot->place]);
        }
        return profit;
    }
    const shock_entry *entry = &shock->entry[shock->mark[account] - 1u];
    for (uint32_t i = entry->first; i < entry->first + entry->count; i++) {
        const shock_position *at = &shock->position[shock->order[i]];
        profit += bw_max(0, upnl_before(shock, at));
        *left += bw_max(0, base_left(shock, at));
    }
    return profit;
}

static void pool_payers(bw_shock *shock, const bw_money_layer *layer)
{
    for (uint32_t a = 0; a < shock->accounts; a++) {
        const shock_entry *entry = shock->mark[a] ? &shock->entry[shock->mark[a] - 1u] : NULL;
        int64_t equity = entry ? bw_shock_entry_equity(shock, entry) : bw_shock_light_equity(shock, a), left = equity;
        int64_t weight = equity + (entry ? entry->charged_round : shock->light[a].paid);
        if (layer->base == BW_BASE_POSITIVE_UPNL)
            weight = profit_of(shock, a, &left);
        haircut_payer(shock, layer, a, a, weight, left, equity);
    }
}

/* Without an entry: the profit of a place, or of all places of the account in turn, or the balance pays. */
static void light_cut(bw_shock *shock, const bw_money_layer *layer, uint32_t item, uint32_t account, int64_t charge)
{
    bw_shock_light_pay(shock, account, charge);
    if (layer->base != BW_BASE_POSITIVE_UPNL) {
        shock->light[account].balance_cut += charge;
        return;
    }
    if (layer->scope == BW_SCOPE_MARKET) {
        bw_shock_light_cut(shock, item, charge);
        return;
    }
    for (uint32_t i = shock->head[account].first; i < shock->head[account].end && charge; i++) {
        const shock_lot *lot = &shock->lot[i];
        int64_t left = lot->size * shock->unit[lot->market] - shock->cost[lot->place] - shock->place_cut[lot->place];
        int64_t part = bw_min(charge, bw_max(0, left));
        bw_shock_light_cut(shock, lot->place, part);
        charge -= part;
    }
}

/* A charge beyond the profit (cap equity) takes more than one kind of money: the entry knows how. */
static void haircut_apply(bw_shock *shock, const bw_money_layer *layer, uint32_t loss, uint32_t i)
{
    uint32_t item = shock->payers.item[i];
    bool of_market = layer->scope == BW_SCOPE_MARKET;
    uint32_t account = of_market ? shock->account[item] : item;
    int64_t charge = shock->payers.charge[i];
    if (shock->mark[account] == 0 && !layer->cap_equity) {
        light_cut(shock, layer, item, account, charge);
        charge_sum(shock, layer, loss, charge);
        return;
    }
    uint32_t entry = bw_shock_enter(shock, account);
    if (layer->base != BW_BASE_POSITIVE_UPNL)
        shock->entry[entry].balance -= charge;
    else if (of_market)
        position_cut(shock, bw_shock_position_at(shock, entry, item), charge);
    else
        account_cut(shock, &shock->entry[entry], charge);
    charge_note(shock, layer, loss, entry, charge);
}

static void haircut_layer(bw_shock *shock, const bw_money_layer *layer, uint32_t loss)
{
    shock->payers.count = 0;
    if (layer->scope == BW_SCOPE_POOL)
        pool_payers(shock, layer);
    else if (loss != pool_loss(shock)) {
        side_payers(shock, layer, loss ^ 1u);
        if (layer->side == BW_SIDE_BOTH)
            side_payers(shock, layer, loss);
    }
    bw_shock_allocate(shock, (bw_rule)layer->rule, shock->loss[loss].left);
    for (uint32_t i = 0; i < shock->payers.count; i++)
        if (shock->payers.charge[i])
            haircut_apply(shock, layer, loss, i);
}

/* ------------------------------------------------------------------------------------------------------ layers */

static void layer_run(bw_shock *shock, const bw_money_layer *layer, uint32_t number)
{
    shock_loss *loss = &shock->loss[number];
    int64_t amount = loss->left;
    switch ((bw_layer)layer->kind) {
    case BW_LAYER_FUND: bw_shock_fund_layer(shock, number); break;
    case BW_LAYER_CAPITAL:
        amount = bw_min(amount, shock->fund.capital);
        shock->fund.capital -= amount;
        loss->left -= amount;
        loss->paid[BW_LAYER_CAPITAL] += amount;
        break;
    case BW_LAYER_DELEVERAGED: deleveraged_layer(shock, layer, number); break;
    case BW_LAYER_HAIRCUT: haircut_layer(shock, layer, number); break;
    case BW_LAYER_CARRYOVER:
        shock->fund.carried += amount;
        loss->left = 0;
        loss->paid[BW_LAYER_CARRYOVER] += amount;
        break;
    case BW_LAYER_SHARED_FUND: case BW_LAYER_BACKSTOP: break;
    }
}

static void loss_told(bw_shock *shock, shock_loss *loss)
{
    bw_stress_outcome *out = &shock->outcome;
    BW_ASSERT(loss->left == 0);
    out->gap += loss->gap;
    loss->gap_in_all += loss->gap;
    out->fund_use += loss->paid[BW_LAYER_FUND] + loss->paid[BW_LAYER_SHARED_FUND];
    out->venue_paid += loss->paid[BW_LAYER_CAPITAL];
    out->deleveraged += loss->paid[BW_LAYER_DELEVERAGED];
    out->socialized += loss->paid[BW_LAYER_HAIRCUT] + loss->paid[BW_LAYER_CARRYOVER];
    if (loss->paid[BW_LAYER_CARRYOVER] > 0)
        out->flags |= BW_STRESS_CARRYOVER;
}

static bool names_shared(const bw_command_pool *pool)
{
    for (uint32_t i = 0; i < pool->money_count; i++)
        if (pool->money[i].kind == BW_LAYER_SHARED_FUND)
            return true;
    return false;
}

void bw_shock_layers(bw_shock *shock)
{
    bool own_layer = names_shared(&shock->pool);
    for (uint32_t l = 0; l < shock->pool.money_count; l++) {
        const bw_money_layer *layer = &shock->pool.money[l];
        for (uint32_t i = 0; i <= pool_loss(shock); i++)
            if (shock->loss[i].left)
                layer_run(shock, layer, i);
        if (layer->kind == BW_LAYER_SHARED_FUND || (layer->kind == BW_LAYER_FUND && !own_layer))
            bw_shock_shared_layer(shock, (bw_layer)layer->kind);
    }
    for (uint32_t i = 0; i <= pool_loss(shock); i++)
        if (shock->loss[i].gap)
            loss_told(shock, &shock->loss[i]);
}
