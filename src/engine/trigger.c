/* trigger.c - splitting slack and turning a share into a price or a charge.

   All thresholds are computed in notional n first, where both kinds of market look alike:
   falling n loses (n - n') - (MM(n) - MM(n')), rising n loses (n' - n) + (MM(n') - MM(n)); both are monotone since MM
   is continuous with slope below 1. An estimate by the slope of n's bracket is then corrected to the exact tick. */
#include "engine/trigger.h"

#include "engine/index.h"

/* A position as a factor of its account's health. */
typedef struct factor {
    const bw_venue *venue;
    const bw_market *market;
    const bw_bracket_line *line;         /* the bracket of its notional; NULL: no margin counts */
    uint32_t number;                     /* of the market */
    int64_t size, value, mm;             /* at the present mark */
    bool price_falls;                    /* the adverse direction of the mark */
    bool keeps_margin;
} factor;

/* WORKING accounts are visited when they go bankrupt, and desks that keep no margin likewise. */
static bool keeps_no_margin(const bw_venue *venue, uint32_t account)
{
    return (bw_hot_at(venue, account)->flags & (BW_HOT_WORKING | BW_HOT_MARGINLESS)) != 0;
}

/* Without the margin, which not every use needs: margin_add completes it. */
static factor factor_of(const bw_venue *venue, uint32_t position)
{
    const bw_position *at = bw_position_at(venue, position);
    factor f = {.venue = venue, .market = bw_market_at(venue, at->market), .number = at->market, .size = at->size};
    f.value = bw_value(f.market, f.size);
    f.price_falls = f.size > 0;
    f.keeps_margin = !keeps_no_margin(venue, at->account);
    return f;
}

static int64_t margin_at(const factor *f, const bw_bracket_line *line, int64_t n)
{
    return bw_max(f->market->min_mm, bw_margin_line(n, line->mmr_ppm, line->mm_deduction, line->mm_millionths));
}

static void margin_add(factor *f)
{
    if (!f->keeps_margin)
        return;
    f->line = bw_bracket_of(f->venue, f->number, bw_abs(f->value));
    f->mm = margin_at(f, f->line, bw_abs(f->value));
}

/* Loss of the position, margin included, if the mark went to `price`. */
static int64_t loss_at(const factor *f, int64_t price)
{
    int64_t value = bw_value_at(f->market, f->size, price), loss = f->value - value;
    return f->line ? loss + bw_mm(f->venue, f->number, bw_abs(value)) - f->mm : loss;
}

/* Change of the notional by which the position loses about `share`, margin included: exact but for a unit while the
   notional stays in its bracket. */
static int64_t notional_change(const factor *f, bool n_falls, int64_t share)
{
    if (!f->line || (n_falls && f->mm == f->market->min_mm))
        return share;
    int64_t slope = n_falls ? 1000000 - (int64_t)f->line->mmr_ppm : 1000000 + (int64_t)f->line->mmr_ppm, change;
    if (share < INT64_MAX / 1000000)
        return share * 1000000 / slope;
    return bw_mul_div_floor_try(share, 1000000, slope, &change) ? change : BW_VALUE_MAX;
}

/* The distance of the price at which the notional is n from the mark, toward the mark; beyond all prices for n <= 0. */
static int64_t distance_of(const factor *f, int64_t n)
{
    int64_t size = bw_abs(f->size), mark = f->market->mark;
    if (f->market->kind == BW_MARKET_LINEAR)
        return f->price_falls ? mark - (n + size * f->market->factor - 1) / (size * f->market->factor)
                              : n / (size * f->market->factor) - mark;
    if (n <= 0)
        return BW_PRICE_MAX;
    return f->price_falls ? mark - size * f->market->factor / n - 1 : size * f->market->factor / n - mark;
}

static bool loses(const factor *f, int64_t distance, int64_t share)
{
    return loss_at(f, f->market->mark + (f->price_falls ? -distance : distance)) > share;
}

/* From an estimate to the least adverse distance 1..range at which it loses more than `share`; 0 if there is none.
   Gallops from the estimate, then halves: the loss is monotone in the distance. */
static int64_t exact_distance(const factor *f, int64_t estimate, int64_t range, int64_t share)
{
    int64_t safe = 0, lost = estimate, step = 1;
    if (loses(f, estimate, share)) {
        for (safe = lost - 1; safe > 0 && loses(f, safe, share); step *= 2) {
            lost = safe;
            safe = bw_max(0, safe - step);
        }
    } else {
        for (safe = estimate; ; step *= 2) {
            if (safe == range)
                return 0;
            lost = step < range - safe ? safe + step : range;
            if (loses(f, lost, share))
                break;
            safe = lost;
        }
    }
    while (lost - safe > 1) {
        int64_t middle = safe + (lost - safe) / 2;
        *(loses(f, middle, share) ? &lost : &safe) = middle;
    }
    return lost;
}

static int64_t tick_of(const factor *f, int64_t share)
{
    int64_t price_max = bw_market_cold_at(f->venue, f->number)->settings.price_max;
    int64_t mark = f->market->mark, range = f->price_falls ? mark - 1 : price_max - mark;
    if (range == 0)
        return 0;
    bool n_falls = f->price_falls == (f->market->kind == BW_MARKET_LINEAR);
    int64_t n = bw_abs(f->value), change = notional_change(f, n_falls, share);
    int64_t estimate = bw_max(1, bw_min(range, distance_of(f, n_falls ? n - change : n + change)));
    int64_t distance = exact_distance(f, estimate, range, share);
    return distance == 0 ? 0 : f->price_falls ? mark - distance : mark + distance;
}

/* First price of a collateral at which the holding has lost more than `share`; 0 if none. */
static int64_t holding_tick(const bw_collateral *collateral, int64_t amount, int64_t share)
{
    int64_t keep = bw_collateral_value(collateral, amount) - share;
    if (keep <= 0)
        return 0;
    int64_t price = bw_mul_div_ceil(keep, collateral->divisor, bw_max(1, amount)) / collateral->factor;
    price = bw_min(bw_max(price, 1), collateral->price - 1);
    while (price < collateral->price - 1 && bw_collateral_value_at(collateral, amount, price + 1) < keep)
        price++;
    return price;
}

/* ------------------------------------------------------------------------------------------- arm and disarm */

static uint32_t calendar_of(const factor *f)
{
    return f->price_falls ? bw_calendar_falling(f->number) : bw_calendar_rising(f->number);
}

/* Triggers of marks to be armed together, so that memory serves their buckets at once. */
enum { PENDING_MAX = 8 };
typedef struct pending {
    struct { int64_t key; uint32_t calendar, node; } at[PENDING_MAX];
    uint32_t count;
} pending;

static void pending_arm(bw_venue *venue, pending *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        bw_calendar_prefetch_first(venue, list->at[i].calendar, list->at[i].key);
    for (uint32_t i = 0; i < list->count; i++)
        bw_calendar_arm(venue, list->at[i].calendar, list->at[i].node, list->at[i].key);
    list->count = 0;
}

static void arm_mark(bw_venue *venue, uint32_t position, factor *f, int64_t share, pending *list)
{
    margin_add(f);
    int64_t tick = tick_of(f, share);
    uint32_t node = bw_node_mark(position);
    if (tick == 0 && bw_node_armed(venue, node))
        bw_calendar_disarm(venue, calendar_of(f), node);
    if (tick == 0 || (bw_node_armed(venue, node) && bw_calendar_rekey(venue, calendar_of(f), node, tick)))
        return;
    bw_calendar_prefetch_head(venue, calendar_of(f), tick);
    list->at[list->count].key = tick;
    list->at[list->count].calendar = calendar_of(f);
    list->at[list->count++].node = node;
    if (list->count == PENDING_MAX)
        pending_arm(venue, list);
}

/* What a wheel charges: so many lots or units of balance, per 2^shift steps one minor unit each; a remainder stands already. */
typedef struct charged {
    uint32_t wheel, node, shift;
    int64_t units, remainder;
} charged;

static charged charged_lots(const bw_venue *venue, uint32_t position, const factor *f)
{
    return (charged){.wheel = bw_wheel_side(f->number, bw_side_of(f->size)), .node = bw_node_offset(venue, position),
                     .shift = f->market->index_shift, .units = bw_abs(f->size),
                     .remainder = bw_market_owed(f->market) ? bw_position_remainder(venue, position) : 0};
}

static charged charged_balance(const bw_venue *venue, uint32_t account, int64_t nominal)
{
    return (charged){.wheel = bw_wheel_balances(venue, bw_cold_at(venue, account)->pool),
                     .node = bw_node_balance(venue, account), .shift = BW_INDEX_BALANCES_SHIFT, .units = nominal,
                     .remainder = bw_balance_remainder(venue, account)};
}

/* c steps take floor((units x c + remainder) / 2^shift): the last c that takes no more than `share` is
   floor(((share + 1) x 2^shift - 1 - remainder) / units). */
static void arm_charge(bw_venue *venue, const charged *of, int64_t share)
{
    int64_t charge = bw_wheel_charge(venue, of->wheel), reach = bw_wheel_reach(venue, of->wheel, charge);
    int64_t steps = share / of->units;
    if (of->shift) {
        bw_wide most = bw_wide_sub(bw_wide_mul(share + 1, (int64_t)1 << of->shift), bw_wide_of(1 + of->remainder));
        steps = bw_wide_to_int64_saturated(bw_wide_div_floor(most, bw_wide_of(of->units)));
    }
    if (bw_node_armed(venue, of->node))
        bw_wheel_disarm(venue, of->wheel, of->node);
    bw_wheel_arm(venue, of->wheel, of->node, steps < reach - charge ? charge + steps + 1 : reach);
}

static void arm_offset(bw_venue *venue, uint32_t position, const factor *f, int64_t share)
{
    charged of = charged_lots(venue, position, f);
    arm_charge(venue, &of, share);
}

/* What a balance counts for in its pool's index, if that can take anything of an account whose health matters; else 0. */
static int64_t indexed_balance(const bw_venue *venue, uint32_t account)
{
    if (!venue->limits.indexed || bw_hot_at(venue, account)->count == 0)
        return 0;
    bool indexes = (bw_pool_at(venue, bw_cold_at(venue, account)->pool)->indexes & BW_INDEXES_BALANCES) != 0;
    return indexes ? bw_at_account_index(venue)[account].nominal : 0;
}

static void arm_balance(bw_venue *venue, uint32_t account, int64_t nominal, int64_t share)
{
    charged of = charged_balance(venue, account, nominal);
    arm_charge(venue, &of, share);
}

static void arm_holding(bw_venue *venue, uint32_t h, int64_t share)
{
    const bw_holding *holding = bw_holding_at(venue, h);
    const bw_collateral *collateral = bw_at_collateral(venue) + holding->collateral;
    int64_t tick = collateral->price > 1 ? holding_tick(collateral, holding->amount, share) : 0;
    uint32_t calendar = bw_calendar_collateral(venue, holding->collateral), node = bw_node_holding(venue, h);
    if (bw_node_armed(venue, node))
        bw_calendar_disarm(venue, calendar, node);
    if (tick)
        bw_calendar_arm(venue, calendar, node, tick);
}

void bw_trigger_disarm_position(bw_venue *venue, uint32_t position)
{
    const bw_position *at = bw_position_at(venue, position);
    uint32_t side = bw_side_of(at->size);
    uint32_t mark = bw_node_mark(position), offset = bw_node_offset(venue, position);
    if (bw_node_armed(venue, mark))
        bw_calendar_disarm(
            venue, side == BW_LONG ? bw_calendar_falling(at->market) : bw_calendar_rising(at->market), mark);
    if (bw_node_armed(venue, offset))
        bw_wheel_disarm(venue, bw_wheel_side(at->market, side), offset);
}

void bw_trigger_disarm(bw_venue *venue, uint32_t account)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    for (uint32_t i = 0; i < hot->count; i++)
        bw_trigger_disarm_position(venue, hot->extent + i);
    if (venue->limits.indexed && bw_node_armed(venue, bw_node_balance(venue, account)))
        bw_wheel_disarm(venue, bw_wheel_balances(venue, bw_cold_at(venue, account)->pool), bw_node_balance(venue, account));
    if (!(hot->flags & BW_HOT_HOLDINGS))
        return;
    for (uint32_t h = bw_warm_at(venue, account)->holding; h; h = bw_holding_at(venue, h)->next)
        if (bw_node_armed(venue, bw_node_holding(venue, h)))
            bw_calendar_disarm(venue, bw_calendar_collateral(venue, bw_holding_at(venue, h)->collateral),
                               bw_node_holding(venue, h));
}

/* --------------------------------------------------------------------------------------------------- split */

enum { WEIGHT_MARK = 64 };

/* Slack goes out in proportion to these weights; what is left after a factor is for those after it. */
typedef struct split {
    int64_t slack, weight;               /* left */
    uint32_t rule;
    bool all;                            /* armed factors take part too: they move */
} split;

static int64_t weight_mark(const split *s, const factor *f)
{
    return s->rule == BW_SPLIT_MARGIN ? WEIGHT_MARK * (bw_abs(f->value) / 1024 + 1) : 1;
}

static int64_t weight_offset(const split *s, const factor *f)
{
    return s->rule == BW_SPLIT_MARGIN ? bw_abs(f->value) / 1024 + 1 : 1;
}

static int64_t weight_balance(const split *s, int64_t nominal)
{
    return s->rule == BW_SPLIT_MARGIN ? nominal / 1024 + 1 : 1;
}

static int64_t weight_holding(const split *s, const bw_venue *venue, const bw_holding *holding)
{
    int64_t value = bw_collateral_value(bw_at_collateral(venue) + holding->collateral, holding->amount);
    return s->rule == BW_SPLIT_MARGIN ? WEIGHT_MARK * (value / 1024 + 1) : 1;
}

static int64_t share_take(split *s, int64_t weight)
{
    int64_t share, product;
    if (s->rule == BW_SPLIT_FIRST || weight == s->weight)
        share = s->slack;
    else if (!__builtin_mul_overflow(s->slack, weight, &product))
        share = product / s->weight;
    else
        share = bw_mul_div_floor(s->slack, weight, s->weight);
    s->slack -= share;
    s->weight -= weight;
    return share;
}

static bool has_offset(const factor *f)
{
    return (f->market->charges & BW_CHARGES_KEPT) != 0;
}

static bool takes_part(const bw_venue *venue, const split *s, uint32_t node)
{
    return s->all || !bw_node_armed(venue, node);
}

/* Calls for every factor that takes part: first to add up the weights, then to arm. */
static void factors_visit(bw_venue *venue, uint32_t account, split *s, bool arm)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    pending list = {.count = 0};
    for (uint32_t p = hot->extent; p < hot->extent + hot->count; p++) {
        factor f = factor_of(venue, p);
        if (f.size == 0)
            continue;
        if (takes_part(venue, s, bw_node_mark(p))) {
            if (arm)
                arm_mark(venue, p, &f, share_take(s, weight_mark(s, &f)), &list);
            else
                s->weight += weight_mark(s, &f);
        }
        if (has_offset(&f) && takes_part(venue, s, bw_node_offset(venue, p))) {
            if (arm)
                arm_offset(venue, p, &f, share_take(s, weight_offset(s, &f)));
            else
                s->weight += weight_offset(s, &f);
        }
    }
    pending_arm(venue, &list);
    int64_t nominal = indexed_balance(venue, account);
    if (nominal && takes_part(venue, s, bw_node_balance(venue, account))) {
        if (arm)
            arm_balance(venue, account, nominal, share_take(s, weight_balance(s, nominal)));
        else
            s->weight += weight_balance(s, nominal);
    }
    if (!(hot->flags & BW_HOT_HOLDINGS))
        return;
    for (uint32_t h = bw_warm_at(venue, account)->holding; h; h = bw_holding_at(venue, h)->next) {
        const bw_holding *holding = bw_holding_at(venue, h);
        if (!takes_part(venue, s, bw_node_holding(venue, h)) || holding->amount == 0)
            continue;
        if (arm)
            arm_holding(venue, h, share_take(s, weight_holding(s, venue, holding)));
        else
            s->weight += weight_holding(s, venue, holding);
    }
}

static void arm(bw_venue *venue, uint32_t account, int64_t slack, bool all)
{
    split s = {.slack = slack, .rule = bw_at_progress(venue)->host.split, .all = all};
    factors_visit(venue, account, &s, false);
    factors_visit(venue, account, &s, true);
}

void bw_trigger_arm(bw_venue *venue, uint32_t account, int64_t slack)
{
    BW_ASSERT(slack >= 0);
    arm(venue, account, slack, true);
}

/* ---------------------------------------------------------------------------------------------- lazy re-arm */

/* Loss up to the last safe price before the trigger; the whole range's if `ends` and the factor is unarmed. */
static int64_t mark_loss(const bw_venue *venue, uint32_t position, factor *f, bool ends)
{
    int64_t key = bw_at_node(venue)[bw_node_mark(position)].key;
    if (key == 0 && !ends)
        return 0;
    int64_t last = f->price_falls ? 1 : bw_market_cold_at(venue, f->number)->settings.price_max;
    margin_add(f);
    return loss_at(f, key == 0 ? last : f->price_falls ? key + 1 : key - 1);
}

/* What the last charge before the trigger takes. */
static int64_t charge_loss(const bw_venue *venue, const charged *of)
{
    int64_t key = bw_at_node(venue)[of->node].key;
    if (key == 0)
        return 0;
    int64_t steps = (key - 1) / 2 - 1 - bw_wheel_charge(venue, of->wheel);
    if (of->shift == 0)
        return of->units * steps;
    bw_wide taken = bw_wide_add_int64(bw_wide_mul(of->units, steps), of->remainder);
    return bw_wide_to_int64_saturated(bw_wide_div_floor(taken, bw_wide_power2(of->shift)));
}

static int64_t offset_loss(const bw_venue *venue, uint32_t position, const factor *f)
{
    if (!has_offset(f))
        return 0;
    charged of = charged_lots(venue, position, f);
    return charge_loss(venue, &of);
}

static int64_t balance_loss(const bw_venue *venue, uint32_t account, int64_t nominal)
{
    charged of = charged_balance(venue, account, nominal);
    return charge_loss(venue, &of);
}

static int64_t holding_loss(const bw_venue *venue, uint32_t h, bool ends)
{
    const bw_holding *holding = bw_holding_at(venue, h);
    const bw_collateral *collateral = bw_at_collateral(venue) + holding->collateral;
    int64_t key = bw_at_node(venue)[bw_node_holding(venue, h)].key;
    if (key == 0 && !ends)
        return 0;
    int64_t safe = key ? bw_min(key + 1, collateral->price) : 1;
    return bw_collateral_value(collateral, holding->amount) -
           bw_collateral_value_at(collateral, holding->amount, bw_min(safe, bw_max(collateral->price, 1)));
}

static int64_t loss_bound(const bw_venue *venue, uint32_t account, bool ends, uint32_t *factors)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    int64_t loss = 0;
    *factors = 0;
    for (uint32_t p = hot->extent; p < hot->extent + hot->count; p++) {
        factor f = factor_of(venue, p);
        if (f.size == 0)
            continue;
        *factors += has_offset(&f) ? 2 : 1;
        loss += bw_max(0, mark_loss(venue, p, &f, ends)) + bw_max(0, offset_loss(venue, p, &f));
    }
    int64_t nominal = indexed_balance(venue, account);
    if (nominal) {
        loss += bw_max(0, balance_loss(venue, account, nominal));
        ++*factors;
    }
    if (!(hot->flags & BW_HOT_HOLDINGS))
        return loss;
    for (uint32_t h = bw_warm_at(venue, account)->holding; h; h = bw_holding_at(venue, h)->next, ++*factors)
        loss += bw_max(0, holding_loss(venue, h, ends));
    return loss;
}

int64_t bw_trigger_loss_bound(const bw_venue *venue, uint32_t account)
{
    uint32_t factors;
    return loss_bound(venue, account, true, &factors);
}

void bw_trigger_touch(bw_venue *venue, uint32_t account, int64_t slack)
{
    uint32_t factors;
    int64_t left = slack - loss_bound(venue, account, false, &factors);
    bool all = left < 0 || left < slack / (2 * (int64_t)bw_max(1, factors));
    arm(venue, account, all ? slack : left, all);
}

int64_t bw_account_slack(const bw_venue *venue, uint32_t account)
{
    int64_t mm, equity = bw_account_health(venue, account, &mm);
    return keeps_no_margin(venue, account) ? equity : equity - mm;
}

enum { PREFETCH_POSITIONS = 8 };

static uint32_t prefetched(const bw_hot *hot)
{
    return hot->count < PREFETCH_POSITIONS ? hot->count : PREFETCH_POSITIONS;
}

void bw_accounts_prefetch(const bw_venue *venue, const uint32_t *accounts, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        __builtin_prefetch(bw_hot_at(venue, accounts[i]), 1);
        __builtin_prefetch(bw_warm_at(venue, accounts[i]), 1);
        __builtin_prefetch(bw_cold_at(venue, accounts[i]), 1);
    }
    for (uint32_t i = 0; i < count; i++) {
        const bw_hot *hot = bw_hot_at(venue, accounts[i]);
        for (uint32_t p = hot->extent; p < hot->extent + prefetched(hot); p += 2u) {
            __builtin_prefetch(bw_position_at(venue, p), 1);
            __builtin_prefetch(bw_position_cold_at(venue, p), 1);
            __builtin_prefetch(bw_at_node(venue) + bw_node_mark(p), 1);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        const bw_hot *hot = bw_hot_at(venue, accounts[i]);
        for (uint32_t p = hot->extent; p < hot->extent + prefetched(hot); p++) {
            const bw_position *at = bw_position_at(venue, p);
            uint32_t calendar = at->size > 0 ? bw_calendar_falling(at->market) : bw_calendar_rising(at->market);
            bw_calendar_prefetch_links(venue, calendar, bw_node_mark(p));
        }
    }
}

uint32_t bw_node_account(const bw_venue *venue, uint32_t node)
{
    uint32_t positions = venue->limits.positions + 1u;
    if (node < positions)
        return bw_position_at(venue, node)->account;
    if (node < 2u * positions)
        return bw_position_at(venue, node - positions)->account;
    if (node <= 2u * positions + venue->limits.holdings)
        return bw_holding_at(venue, node - 2u * positions)->account;
    return node - bw_node_balance(venue, 0);
}
