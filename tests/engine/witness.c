/* witness.c - see witness.h. */
#include "witness.h"

#include "engine/account.h"

enum { WORLD_POOLS_MOST = 8 };

/* ------------------------------------------------------------------------------------------------------ state */

static void money_check(witness *w, const lab *l)
{
    bw_conservation c;
    for (uint16_t asset = 0; bw_conservation_get(l->venue, asset, &c); asset++) {
        lab_check(c.error == 0, "asset %u: conservation off by %lld", asset, (long long)c.error);
        lab_check(c.dust >= w->dust[asset], "asset %u: dust fell from %lld to %lld", asset,
                  (long long)w->dust[asset], (long long)c.dust);
        w->dust[asset] = c.dust;
    }
}

static const bw_command_pool *settings_of(const lab *l, uint32_t pool);

/* R11: nobody is unhealthy but who has a live order; bankrupt only who waits for offers, and the pool counts those (and one
   that a price has rescued, until it is touched). */
static void accounts_check(const lab *l)
{
    int64_t waiting[WORLD_POOLS_MOST] = {0};
    bw_pool_view pool;
    bw_venue_view venue;
    bw_venue_get(l->venue, &venue);
    lab_check(venue.open == 0, "a round is open");
    for (uint32_t a = 0; a < venue.accounts; a++) {
        bw_account_view view;
        bw_account_get(l->venue, bw_account_id(l->venue, a), &view);
        bool waits = view.state == BW_WORKING && settings_of(l, view.pool)->book_mode == BW_BOOK_SYNC;
        lab_check(view.equity >= 0 || waits, "account %llu has equity %lld", (unsigned long long)view.id,
                  (long long)view.equity);
        lab_check(view.equity >= 0 || view.withdrawable == 0, "account %llu may withdraw", (unsigned long long)view.id);
        waiting[view.pool] += view.equity < 0;
        lab_check(view.state != BW_UNHEALTHY, "account %llu is unhealthy: %lld below %lld",
                  (unsigned long long)view.id, (long long)view.equity, (long long)view.mm);
    }
    for (uint16_t p = 0; bw_pool_get(l->venue, p, &pool); p++)
        lab_check(pool.waiting >= waiting[p], "pool %u: %lld bankrupt accounts wait, it counts %lld", p,
                  (long long)waiting[p], (long long)pool.waiting);
}

void witness_begin(witness *w)
{
    memset(w->dust, 0, sizeof w->dust);
    memset(w->claim, 0, sizeof w->claim);
}

/* R17: every charge gives a claim, repayments take it back, never more. */
static void claims_check(witness *w, const lab *l)
{
    bw_venue_view venue;
    bw_venue_get(l->venue, &venue);
    for (uint32_t a = 0; a < venue.accounts && a < WITNESS_ACCOUNTS; a++) {
        bw_account_view view;
        uint64_t id = bw_account_id(l->venue, a);
        for (uint32_t i = 0; i < l->count; i++) {
            const bw_event *e = l->events + i;
            if (e->account == id && e->type == BW_EVENT_CHARGED)
                w->claim[a] += e->charged.charge;
            if (e->account == id && e->type == BW_EVENT_RATED)
                w->claim[a] += e->rated.loss;
            if (e->account == id && e->type == BW_EVENT_REPAID)
                w->claim[a] -= e->repaid.amount;
        }
        bw_account_get(l->venue, id, &view);
        lab_check(view.claim == w->claim[a] && view.claim >= 0, "account %llu: claim %lld, by the events %lld",
                  (unsigned long long)id, (long long)view.claim, (long long)w->claim[a]);
    }
}

static int64_t costs_of(const lab *l, uint64_t id, uint32_t markets)
{
    int64_t sum = 0;
    for (uint16_t market = 0; market < markets; market++) {
        bw_position_view view = {0};
        if (bw_position_get(l->venue, id, market, &view))
            sum += view.cost;
    }
    return sum;
}

/* R18: the customers' money that the pool's totals tell is what their accounts claim less what nobody has paid yet: carried
   over, or by a fund below zero, and what an index has not charged to anybody yet. */
static void customers_check(const lab *l)
{
    bw_venue_view venue;
    bw_pool_view pool;
    int64_t uncharged[16] = {0};
    bw_venue_get(l->venue, &venue);
    for (uint16_t p = 0; bw_pool_get(l->venue, p, &pool); p++) {
        int64_t claims = 0, money = bw_pool_customers_money(bw_pool_at(l->venue, p));
        for (uint32_t a = 0; a < venue.accounts; a++) {
            bw_account_view view;
            bw_account_get(l->venue, bw_account_id(l->venue, a), &view);
            if (view.pool == p)
                claims += view.balance - costs_of(l, view.id, venue.markets);
        }
        int64_t open = pool.carryover - (pool.fund < 0 ? pool.fund : 0);
        lab_check(money <= claims - open, "pool %u: customers' money %lld, claims %lld, open loss %lld", p,
                  (long long)money, (long long)claims, (long long)open);
        uncharged[pool.asset] += claims - open - money;
    }
    bw_conservation c;
    for (uint16_t asset = 0; asset < 16 && bw_conservation_get(l->venue, asset, &c); asset++)
        lab_check(c.uncharged == uncharged[asset], "asset %u: %lld short of the claims, uncharged %lld", asset,
                  (long long)uncharged[asset], (long long)c.uncharged);
}

static void scan_check(const lab *l)
{
    uint32_t found[256], count = bw_scan(l->venue, found, 256);
    for (uint32_t i = 0; i < count && i < 256; i++) {
        bw_account_view view;
        bw_account_get(l->venue, bw_account_id(l->venue, found[i]), &view);
        lab_check(view.state == BW_WORKING, "the scan finds account %llu, which no trigger found",
                  (unsigned long long)view.id);
    }
}

void witness_state(witness *w, const lab *l)
{
    uint64_t where = 0;
    money_check(w, l);
    scan_check(l);
    accounts_check(l);
    claims_check(w, l);
    customers_check(l);
    uint32_t broken = bw_venue_valid(l->venue, &where);
    lab_check(broken == 0, "I%u does not hold at %llu", broken, (unsigned long long)where);
}

/* ----------------------------------------------------------------------------------------------------- events */

typedef struct sums {
    int64_t bankrupt, attributed, gap;
    int64_t layer[BW_LAYERS], paid[BW_LAYERS];
} sums;

static void loss_add(sums *s, const bw_event *e)
{
    int64_t sum = 0;
    for (int layer = 0; layer < BW_LAYERS; layer++) {
        lab_check(e->loss.paid[layer] >= 0, "layer %d paid %lld", layer, (long long)e->loss.paid[layer]);
        sum += e->loss.paid[layer];
        s->layer[layer] += e->loss.paid[layer];
    }
    lab_check(sum == e->loss.gap, "a gap of %lld was paid with %lld", (long long)e->loss.gap, (long long)sum);
    if (e->account == 0)                              /* of a round, not of a fill */
        s->gap += e->loss.gap;
}

/* A charge by index that is met now (R15): no cap, no cause, and it changes nobody's equity. */
static bool is_met(const bw_event *e)
{
    return e->type == BW_EVENT_CHARGED && e->charged.cap == 0;
}

static void charge_add(sums *s, const bw_event *e)
{
    lab_check(e->charged.charge > 0 && (e->charged.charge <= e->charged.cap || is_met(e)), "account %llu: charge %lld, cap %lld",
              (unsigned long long)e->account, (long long)e->charged.charge, (long long)e->charged.cap);
    lab_check(e->charged.equity >= 0 || is_met(e), "account %llu was charged below zero", (unsigned long long)e->account);
    int64_t moved = e->charged.balance_before - e->charged.balance_after + e->charged.cost_after - e->charged.cost_before;
    bool of_one_position = e->charged.layer == BW_LAYER_DELEVERAGED || e->charged.cost_before || e->charged.cost_after;
    lab_check(moved == e->charged.charge || (!of_one_position && moved >= 0 && moved < e->charged.charge),
              "account %llu: charge %lld but balance and cost moved %lld", (unsigned long long)e->account,
              (long long)e->charged.charge, (long long)moved);
    if (e->cause != BW_NONE32)
        s->paid[e->charged.layer] += e->charged.charge;
}

static void paid_add(sums *s, const bw_event *e, bool bottomless)
{
    lab_check(e->paid.amount > 0 && (e->paid.left >= 0 || e->paid.layer == BW_LAYER_BACKSTOP || bottomless),
              "layer %lld paid %lld, left %lld", (long long)e->paid.layer, (long long)e->paid.amount, (long long)e->paid.left);
    s->paid[e->paid.layer] += e->paid.amount;
}

/* R16: what a layer took too much is less than a unit a payer, and is the fund's or held by the pool, which pays with it. */
static void rounded_add(sums *s, const lab *l, const bw_event *e)
{
    bw_venue_view venue;
    bw_venue_get(l->venue, &venue);
    bool carries = e->rounded.rounding == BW_ROUNDING_CEIL_CARRY;
    lab_check(e->rounded.amount != 0 && e->rounded.amount < (int64_t)venue.accounts && e->rounded.held >= 0,
              "rounded by %lld, held %lld", (long long)e->rounded.amount, (long long)e->rounded.held);
    lab_check(e->rounded.amount < 0 || carries || e->rounded.rounding == BW_ROUNDING_FLOOR_FUND,
              "rounding %lld takes %lld too much", (long long)e->rounded.rounding, (long long)e->rounded.amount);
    if (e->cause != BW_NONE32)
        s->paid[e->rounded.layer] -= e->rounded.amount;
}

/* What the pools hold for the next budget is what the events say. */
static void held_check(const lab *l)
{
    bw_pool_view now, before;
    for (uint16_t p = 0; bw_pool_get(l->venue, p, &now); p++) {
        int64_t held = bw_pool_get(lab_before(l), p, &before) ? before.ceil_carried : 0;
        for (uint32_t i = 0; i < l->count; i++) {
            const bw_event *e = l->events + i;
            if (e->type == BW_EVENT_ROUNDED && e->pool == p &&
                (e->rounded.amount < 0 || e->rounded.rounding == BW_ROUNDING_CEIL_CARRY))
                held += e->rounded.amount;
        }
        lab_check(now.ceil_carried == held, "pool %u holds %lld, by the events %lld", p, (long long)now.ceil_carried,
                  (long long)held);
    }
}

/* Every haircut payer of a loss that went to carryover gave all he could (but for plain pro-rata, which passes on). */
static void carryover_check(const lab *l, uint32_t at, const bw_command_pool *settings)
{
    const bw_event *loss = l->events + at;
    if (loss->loss.paid[BW_LAYER_CARRYOVER] == 0)
        return;
    for (uint32_t k = 0; k < settings->money_count; k++)
        if (settings->money[k].kind == BW_LAYER_HAIRCUT && settings->money[k].rule == BW_RULE_PRO_RATA)
            return;
    for (uint32_t i = 0; i < at; i++) {
        const bw_event *e = l->events + i;
        if (e->type == BW_EVENT_CHARGED && e->cause == loss->cause && e->charged.layer == BW_LAYER_HAIRCUT && !is_met(e))
            lab_check(e->charged.charge == e->charged.cap, "carryover, but account %llu gave %lld of %lld",
                      (unsigned long long)e->account, (long long)e->charged.charge, (long long)e->charged.cap);
    }
}

/* R9: a gap goes to the positions that lost; only where none did, to others. */
static void attributed_check(const lab *l, uint32_t at)
{
    const bw_event *e = l->events + at;
    for (uint32_t i = at; i > 0 && l->events[i - 1].type == BW_EVENT_ATTRIBUTED && l->events[i - 1].cause == e->cause; i--) {
        const bw_event *other = l->events + i - 1;
        lab_check((other->attributed.u < 0) == (e->attributed.u < 0), "account %llu: a gap shared by u %lld and u %lld",
                  (unsigned long long)e->account, (long long)other->attributed.u, (long long)e->attributed.u);
    }
}

/* R12: a solvent account gets at least its zero value from a desk; R13: ADL trades at mark, so it moves no equity. */
/* R11, R12: what a desk pays a solvent account leaves it the penalty, or is the mark: inverse, within the unit by which values are
   floored. */
static void discount_check(const lab *l, uint32_t leg)
{
    const bw_event *e = l->events + leg;
    int64_t money = -e->leg.value;
    for (uint32_t i = leg + 1; i < l->count; i++) {
        const bw_event *p = l->events + i;
        if (p->type != BW_EVENT_PENALTY || p->cause != leg)
            continue;
        int64_t value = money < 0 ? -p->penalty.value : p->penalty.value;
        bw_market_view market;
        bw_market_get(l->venue, e->market, &market);
        value -= market.kind == BW_MARKET_INVERSE;
        lab_check(money >= e->leg.score + p->penalty.fund + p->penalty.desk || money >= value,
                  "account %llu gets %lld of %lld from a desk, zero value %lld, and pays a penalty of %lld",
                  (unsigned long long)e->account, (long long)money, (long long)value, (long long)e->leg.score,
                  (long long)(p->penalty.fund + p->penalty.desk));
    }
}

static void leg_check(const lab *l, uint32_t at)
{
    const bw_event *e = l->events + at;
    if (e->leg.via == BW_VIA_BACKSTOP && e->leg.closing && e->cause != BW_NONE32 && !l->events[e->cause].unhealthy.bankrupt) {
        discount_check(l, at);
        lab_check(-e->leg.value >= e->leg.score, "account %llu gets %lld from a desk, zero value %lld",
                  (unsigned long long)e->account, (long long)-e->leg.value, (long long)e->leg.score);
    }
    int64_t moved = e->leg.cost_after - e->leg.cost_before - (e->leg.balance_after - e->leg.balance_before);
    lab_check(moved == e->leg.value, "account %llu: cost - balance moved %lld by a trade of %lld",
              (unsigned long long)e->account, (long long)moved, (long long)e->leg.value);
    lab_check(e->leg.size_after == e->leg.size_before + e->leg.lots, "account %llu: lots", (unsigned long long)e->account);
    bool adl = e->leg.via == BW_VIA_PROFIT || e->leg.via == BW_VIA_DESK || e->leg.via == BW_VIA_OTHER;
    if (adl || e->leg.closing)
        lab_check((e->leg.size_before < 0 ? -e->leg.size_before : e->leg.size_before) >=
                      (e->leg.lots < 0 ? -e->leg.lots : e->leg.lots) &&
                  (e->leg.size_before < 0) != (e->leg.lots < 0), "account %llu: closing grows or turns it",
                  (unsigned long long)e->account);
}

/* R15: payers of a haircut on the opposing side of a market held that side when the command came; R15, R16: a haircut
   of a first round reads what was there before it. */
static void payer_check(const lab *l, const bw_event *e, const bw_command_pool *settings)
{
    const bw_money_layer *only = NULL;
    for (uint32_t k = 0; k < settings->money_count; k++)
        if (settings->money[k].kind == BW_LAYER_HAIRCUT) {
            if (only)
                return;
            only = &settings->money[k];
        }
    bool opposing = only && only->scope == BW_SCOPE_MARKET && only->side == BW_SIDE_OPPOSING;
    if (!opposing || e->cause == BW_NONE32 || e->market == BW_NONE16)
        return;
    const bw_event *attributed = l->events + e->cause;
    bw_position_view view = {0};
    bw_account_view account = {.desk = 0};
    bw_account_get(l->venue, e->account, &account);
    if (attributed->type != BW_EVENT_ATTRIBUTED || account.desk != BW_NONE16)
        return;
    lab_check(bw_position_get(lab_before(l), e->account, e->market, &view), "account %llu pays without a position",
              (unsigned long long)e->account);
    lab_check((view.size < 0) == (attributed->attributed.side == 0), "account %llu pays for its own side",
              (unsigned long long)e->account);
}

static void round_check(const sums *s)
{
    lab_check(s->bankrupt == s->attributed, "gaps %lld, attributed %lld", (long long)s->bankrupt, (long long)s->attributed);
    lab_check(s->bankrupt == s->gap, "gaps %lld, losses %lld", (long long)s->bankrupt, (long long)s->gap);
    for (int layer = 0; layer < BW_LAYERS; layer++)
        lab_check(s->layer[layer] == s->paid[layer], "layer %d: losses say %lld, payers %lld", layer,
                  (long long)s->layer[layer], (long long)s->paid[layer]);
}

/* u that an account would have in a linear market with the position it held before the command, at the mark of now. */
static int64_t profit_before(const lab *l, uint64_t id, uint16_t market)
{
    bw_market_view now = {0};
    bw_position_view held = {0};
    bw_market_get(l->venue, market, &now);
    if (!bw_position_get(lab_before(l), id, market, &held) || now.kind != BW_MARKET_LINEAR)
        return 0;
    return held.size * now.mark * now.tick_value - held.cost;
}

static bool is_named(const lab *l, uint64_t id, uint16_t type)
{
    for (uint32_t i = 0; i < l->count; i++)
        if (l->events[i].type == type && l->events[i].account == id)
            return true;
    return false;
}

/* R15, R10: while loss is carried over, no winner of the opposing side goes free, closed by ADL or not. Asked where the
   one haircut layer takes whole profits of the market, of the first round of a batch of marks. */
static void escape_check(const lab *l, const bw_event *loss, const bw_command_pool *settings)
{
    bw_venue_view venue;
    uint32_t haircuts = 0;
    for (uint32_t k = 0; k < settings->money_count; k++) {
        const bw_money_layer *layer = &settings->money[k];
        if (layer->kind != BW_LAYER_HAIRCUT)
            continue;
        if (++haircuts > 1 || layer->base != BW_BASE_POSITIVE_UPNL || layer->scope != BW_SCOPE_MARKET ||
            layer->rule == BW_RULE_PRO_RATA || layer->fraction_ppm != 1000000)
            return;
    }
    if (haircuts == 0 || loss->market == BW_NONE16 || loss->loss.paid[BW_LAYER_CARRYOVER] == 0)
        return;
    bool shorts_pay = (loss->loss.settings_hash_and_side & 1u) == 0;
    bw_venue_get(l->venue, &venue);
    for (uint32_t a = 0; a < venue.accounts; a++) {
        uint64_t id = bw_account_id(l->venue, a);
        bw_position_view held = {0};
        bw_account_view now;
        bw_account_get(l->venue, id, &now);
        if (bw_position_get(lab_before(l), id, loss->market, &held) && (held.size < 0) == shorts_pay && now.equity > 0 &&
            profit_before(l, id, loss->market) > 0 && !is_named(l, id, BW_EVENT_UNHEALTHY))
            lab_check(is_named(l, id, BW_EVENT_CHARGED) || is_named(l, id, BW_EVENT_REPAID),
                      "loss is carried over, but account %llu keeps a profit of %lld", (unsigned long long)id,
                      (long long)profit_before(l, id, loss->market));
    }
}

/* R14: in the first round of a batch of marks the fund pays out of what it held before: not out of what the round
   itself brings in. `upto`: the event that ends the round. */
static void fund_check(const lab *l, uint32_t upto)
{
    bw_pool_view before = {0};
    for (uint16_t pool = 0; bw_pool_get(lab_before(l), pool, &before); pool++) {
        int64_t paid = 0;
        for (uint32_t i = 0; i < upto; i++)
            if (l->events[i].type == BW_EVENT_PAID && l->events[i].pool == pool &&
                l->events[i].paid.layer <= BW_LAYER_SHARED_FUND)
                paid += l->events[i].paid.amount;
        const bw_command_pool *set = settings_of(l, pool);
        lab_check(paid <= before.fund || set->may_go_negative || set->penalty_first,
                  "pool %u: the fund held %lld and paid %lld", pool, (long long)before.fund, (long long)paid);
    }
}

static void count(witness *w, const bw_event *e)
{
    w->rounds += e->type == BW_EVENT_ROUND;
    w->losses += e->type == BW_EVENT_LOSS;
    w->carryovers += e->type == BW_EVENT_LOSS && e->loss.paid[BW_LAYER_CARRYOVER];
    w->bankrupt += e->type == BW_EVENT_BANKRUPT;
    w->deleveraged += e->type == BW_EVENT_CHARGED && e->charged.layer == BW_LAYER_DELEVERAGED;
    w->charged += e->type == BW_EVENT_CHARGED && e->charged.layer == BW_LAYER_HAIRCUT;
    w->orders += e->type == BW_EVENT_ORDER_OPENED;
    w->fills += e->type == BW_EVENT_LEG && e->leg.via == BW_VIA_BOOK && e->leg.closing;
    w->desk_legs += e->type == BW_EVENT_LEG && e->leg.via == BW_VIA_BACKSTOP && e->leg.closing;
    w->surpluses += e->type == BW_EVENT_SURPLUS;
    w->converted += e->type == BW_EVENT_CONVERTED;
    w->repaid += e->type == BW_EVENT_REPAID;
    w->recovered += e->type == BW_EVENT_RECOVERED;
    w->triggered += e->type == BW_EVENT_TRIGGERED;
    w->settled += e->type == BW_EVENT_SETTLED;
    w->rated += e->type == BW_EVENT_RATED;
    w->rounded += e->type == BW_EVENT_ROUNDED && e->rounded.amount > 0;
    w->held_used += e->type == BW_EVENT_ROUNDED && e->rounded.amount < 0;
    w->penalties += e->type == BW_EVENT_PENALTY;
    w->untaken += e->type == BW_EVENT_ORDER_ENDED && e->order_ended.reason == BW_ORDER_UNTAKEN;
    w->offers_refused += e->type == BW_EVENT_REFUSED && e->refused.command == BW_COMMAND_LIQUIDATE;
}

void witness_events(witness *w, const lab *l, const bw_command *command)
{
    sums s = {0};
    uint64_t rounds = 0;
    for (uint32_t i = 0; i < l->count; i++) {
        const bw_event *e = l->events + i;
        lab_check(e->index == i && (e->cause == BW_NONE32 || e->cause < i), "event %u: index %u, cause %u", i, e->index,
                  e->cause);
        count(w, e);
        switch (e->type) {
        case BW_EVENT_BANKRUPT: s.bankrupt += e->bankrupt.gap; break;
        case BW_EVENT_ATTRIBUTED:
            s.attributed += e->attributed.gap;
            if (settings_of(l, e->pool)->attribution == BW_ATTRIBUTION_LOSS)
                attributed_check(l, i);
            break;
        case BW_EVENT_LEG: leg_check(l, i); break;
        case BW_EVENT_LOSS:
            loss_add(&s, e);
            carryover_check(l, i, settings_of(l, e->pool));
            if (rounds == 0 && command->type == BW_COMMAND_MARKS && e->account == 0)
                escape_check(l, e, settings_of(l, e->pool));
            break;
        case BW_EVENT_CHARGED:
            charge_add(&s, e);
            w->met += is_met(e);
            if (rounds == 0 && e->charged.layer == BW_LAYER_HAIRCUT)
                payer_check(l, e, settings_of(l, e->pool));
            break;
        case BW_EVENT_INDEXED:
            s.paid[BW_LAYER_HAIRCUT] += e->indexed.charge > 0 ? e->indexed.charge : 0;
            w->indexed++;
            break;
        case BW_EVENT_ROUNDED: rounded_add(&s, l, e); break;
        case BW_EVENT_PAID: paid_add(&s, e, settings_of(l, e->pool)->may_go_negative); break;
        case BW_EVENT_ROUND:
            round_check(&s);
            if (rounds == 0 && command->type == BW_COMMAND_MARKS)
                fund_check(l, i);
            s = (sums){0};
            rounds++;
            break;
        default: break;
        }
    }
    round_check(&s);
    held_check(l);
    w->rounds_most = rounds > w->rounds_most ? rounds : w->rounds_most;
    lab_check(rounds <= 20, "%s took %llu rounds", bw_command_word(command->type), (unsigned long long)rounds);
}

/* There is no public query of settings: the witness reads the record. */
static const bw_command_pool *settings_of(const lab *l, uint32_t pool)
{
    return &bw_pool_at(l->venue, pool)->settings;
}

void witness_command(witness *w, const lab *l, const bw_command *command, bw_status status)
{
    w->accepted += status == BW_OK;
    w->refused += status > BW_MORE;
    if (status > BW_MORE)
        return;
    witness_events(w, l, command);
    witness_state(w, l);
}

void witness_say(const witness *w)
{
    printf("# commands %llu accepted, %llu refused; rounds %llu, at most %llu per command; bankrupt %llu, losses %llu, "
           "carryovers %llu\n# charged: %llu deleveraged, %llu by haircut; orders %llu, fills %llu, desk legs %llu, "
           "surpluses %llu, conversions %llu, repaid %llu, recovered %llu, triggered %llu, settled %llu, rated %llu, rounded %llu, "
           "held used %llu, indexes raised %llu, met %llu, penalties %llu, untaken %llu, offers refused %llu\n",
           (unsigned long long)w->accepted, (unsigned long long)w->refused, (unsigned long long)w->rounds,
           (unsigned long long)w->rounds_most, (unsigned long long)w->bankrupt, (unsigned long long)w->losses,
           (unsigned long long)w->carryovers, (unsigned long long)w->deleveraged, (unsigned long long)w->charged,
           (unsigned long long)w->orders, (unsigned long long)w->fills, (unsigned long long)w->desk_legs,
           (unsigned long long)w->surpluses, (unsigned long long)w->converted, (unsigned long long)w->repaid,
           (unsigned long long)w->recovered, (unsigned long long)w->triggered, (unsigned long long)w->settled,
           (unsigned long long)w->rated, (unsigned long long)w->rounded, (unsigned long long)w->held_used,
           (unsigned long long)w->indexed, (unsigned long long)w->met, (unsigned long long)w->penalties,
           (unsigned long long)w->untaken, (unsigned long long)w->offers_refused);
}
