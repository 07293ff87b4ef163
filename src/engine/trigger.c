/* trigger.c - splitting slack and turning a share into a price.

   All thresholds are computed in notional n first, where both kinds of market look alike:
   falling n loses (n - n') - (MM(n) - MM(n')), rising n loses (n' - n) + (MM(n') - MM(n)); both are monotone since MM
   is continuous with slope below 1. An estimate by bracket is then corrected to the exact tick. */
#include "engine/trigger.h"

typedef struct factor {
    const bw_venue *venue;
    const bw_market *market;
    uint32_t number;                     /* of the market */
    int64_t size, value, mm;             /* at the present mark */
    bool price_falls;                    /* the adverse direction of the mark */
    bool margin_counts;                  /* false for WORKING accounts: they keep no margin */
} factor;

/* WORKING accounts are visited when they go bankrupt, and desks that keep no margin likewise. */
static bool keeps_no_margin(const bw_venue *venue, uint32_t account)
{
    return (bw_hot_at(venue, account)->flags & (BW_HOT_WORKING | BW_HOT_MARGINLESS)) != 0;
}

static factor factor_of(const bw_venue *venue, uint32_t position)
{
    const bw_position *at = bw_position_at(venue, position);
    factor f = {.venue = venue, .market = bw_market_at(venue, at->market), .number = at->market, .size = at->size};
    f.value = bw_value(f.market, f.size);
    f.margin_counts = !keeps_no_margin(venue, at->account);
    f.mm = f.margin_counts ? bw_mm(venue, f.number, bw_abs(f.value)) : 0;
    f.price_falls = f.size > 0;
    return f;
}

/* Loss of the position, margin included, if the mark went to `price`. */
static int64_t loss_at(const factor *f, int64_t price)
{
    int64_t value = bw_value_at(f->market, f->size, price);
    int64_t mm = f->margin_counts ? bw_mm(f->venue, f->number, bw_abs(value)) : 0;
    return f->value - value + mm - f->mm;
}

/* a x 10^6 / b, floored, for a, b > 0; the result is only an estimate of where to look. */
static int64_t millions_over(int64_t a, int64_t b)
{
    return a < INT64_MAX / 1000000 ? a * 1000000 / b : bw_mul_div_floor(a, 1000000, b);
}

/* Estimate of the n' at which n' + MM(n') passes `limit`. */
static int64_t notional_above(const factor *f, int64_t limit)
{
    if (!f->margin_counts)
        return limit;
    const bw_bracket_line *line = bw_at_bracket(f->venue) + (uint64_t)f->number * BW_BRACKETS;
    uint32_t count = f->market->bracket_count, k = 0;
    while (k + 1u < count && line[k + 1u].floor + bw_mm(f->venue, f->number, line[k + 1u].floor) <= limit)
        k++;
    int64_t plain = millions_over(bw_max(limit + line[k].mm_deduction, 0), 1000000 + (int64_t)line[k].mmr_ppm);
    return bw_min(plain, limit - f->market->min_mm);
}

/* Estimate of the n' at which n' - MM(n') falls below `limit`. */
static int64_t notional_below(const factor *f, int64_t limit)
{
    if (!f->margin_counts)
        return limit;
    const bw_bracket_line *line = bw_at_bracket(f->venue) + (uint64_t)f->number * BW_BRACKETS;
    uint32_t count = f->market->bracket_count, k = 0;
    while (k + 1u < count && line[k + 1u].floor - bw_mm(f->venue, f->number, line[k + 1u].floor) < limit)
        k++;
    int64_t plain = millions_over(bw_max(limit - line[k].mm_deduction, 0), 1000000 - (int64_t)line[k].mmr_ppm);
    return bw_max(plain, limit + f->market->min_mm);
}

/* The price at which the position's notional is about n, clamped to the ticks on the adverse side of the mark. */
static int64_t price_of_notional(const factor *f, int64_t n, int64_t price_max)
{
    int64_t size = bw_abs(f->size), price;
    if (f->market->kind == BW_MARKET_LINEAR)
        price = n / (size * f->market->factor);
    else
        price = n > 0 ? size * f->market->factor / n : price_max;
    int64_t mark = f->market->mark;
    return f->price_falls ? bw_min(bw_max(price, 1), mark - 1) : bw_max(bw_min(price, price_max), mark + 1);
}

/* Whether the position loses more than `share` when the mark has moved `distance` ticks against it. */
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
    int64_t n = bw_abs(f->value);
    bool n_falls = f->price_falls == (f->market->kind == BW_MARKET_LINEAR);
    int64_t target = n_falls ? notional_below(f, n - f->mm - share) : notional_above(f, n + f->mm + share);
    int64_t estimate = bw_abs(price_of_notional(f, bw_max(target, 0), price_max) - mark);
    int64_t distance = exact_distance(f, estimate, range, share);
    return distance == 0 ? 0 : f->price_falls ? mark - distance : mark + distance;
}

int64_t bw_trigger_tick(const bw_venue *venue, uint32_t position, int64_t share)
{
    factor f = factor_of(venue, position);
    return f.size ? tick_of(&f, share) : 0;
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

static void arm_mark(bw_venue *venue, uint32_t position, const factor *f, int64_t share)
{
    int64_t tick = tick_of(f, share);
    if (tick)
        bw_calendar_arm(venue, calendar_of(f), bw_node_mark(position), tick);
}

static void arm_offset(bw_venue *venue, uint32_t position, const factor *f, int64_t share)
{
    uint32_t side = bw_side_of(f->size);
    int64_t charge = bw_charge_of(f->market, side);
    int64_t reach = bw_wheel_reach(bw_market_cold_at(venue, f->number), charge);
    int64_t key = bw_min(charge + share / bw_abs(f->size) + 1, reach);
    bw_wheel_arm(venue, f->number, side, bw_node_offset(venue, position), key);
}

static void arm_holding(bw_venue *venue, uint32_t h, int64_t share)
{
    const bw_holding *holding = bw_holding_at(venue, h);
    const bw_collateral *collateral = bw_at_collateral(venue) + holding->collateral;
    int64_t tick = collateral->price > 1 ? holding_tick(collateral, holding->amount, share) : 0;
    if (tick)
        bw_calendar_arm(venue, bw_calendar_collateral(venue, holding->collateral), bw_node_holding(venue, h), tick);
}

void bw_trigger_disarm_position(bw_venue *venue, uint32_t position)
{
    const bw_position *at = bw_position_at(venue, position);
    uint32_t side = bw_side_of(at->size);
    uint32_t mark = bw_node_mark(position), offset = bw_node_offset(venue, position);
    if (bw_node_armed(venue, mark))
        bw_calendar_disarm(
            venue, side == BW_LONG ? bw_calendar_falling(at->market) : bw_calendar_rising(at->market), mark);
    if (bw_market_at(venue, at->market)->funded && bw_node_armed(venue, offset))
        bw_wheel_disarm(venue, at->market, side, offset);
}

void bw_trigger_disarm(bw_venue *venue, uint32_t account)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    for (uint32_t i = 0; i < hot->count; i++)
        bw_trigger_disarm_position(venue, hot->extent + i);
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
} split;

static int64_t weight_mark(const split *s, const factor *f)
{
    return s->rule == BW_SPLIT_MARGIN ? WEIGHT_MARK * (bw_abs(f->value) / 1024 + 1) : 1;
}

static int64_t weight_offset(const split *s, const factor *f)
{
    return s->rule == BW_SPLIT_MARGIN ? bw_abs(f->value) / 1024 + 1 : 1;
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
    return f->market->funded != 0;
}

/* Calls for every factor that is not armed: first to add up the weights, then to arm. */
static uint32_t unarmed_visit(bw_venue *venue, uint32_t account, split *s, bool arm)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    uint32_t count = 0;
    for (uint32_t p = hot->extent; p < hot->extent + hot->count; p++) {
        factor f = factor_of(venue, p);
        if (f.size == 0)
            continue;
        if (!bw_node_armed(venue, bw_node_mark(p)) && ++count) {
            if (arm)
                arm_mark(venue, p, &f, share_take(s, weight_mark(s, &f)));
            else
                s->weight += weight_mark(s, &f);
        }
        if (has_offset(&f) && !bw_node_armed(venue, bw_node_offset(venue, p)) && ++count) {
            if (arm)
                arm_offset(venue, p, &f, share_take(s, weight_offset(s, &f)));
            else
                s->weight += weight_offset(s, &f);
        }
    }
    for (uint32_t h = bw_warm_at(venue, account)->holding; h; h = bw_holding_at(venue, h)->next) {
        const bw_holding *holding = bw_holding_at(venue, h);
        if (bw_node_armed(venue, bw_node_holding(venue, h)) || holding->amount == 0)
            continue;
        count++;
        if (arm)
            arm_holding(venue, h, share_take(s, weight_holding(s, venue, holding)));
        else
            s->weight += weight_holding(s, venue, holding);
    }
    return count;
}

static void arm_unarmed(bw_venue *venue, uint32_t account, int64_t slack)
{
    split s = {.slack = slack, .rule = bw_at_progress(venue)->host.split};
    unarmed_visit(venue, account, &s, false);
    unarmed_visit(venue, account, &s, true);
}

void bw_trigger_arm(bw_venue *venue, uint32_t account, int64_t slack)
{
    BW_ASSERT(slack >= 0);
    arm_unarmed(venue, account, slack);
}

/* ---------------------------------------------------------------------------------------------- lazy re-arm */

/* Loss up to the last safe price before the trigger; the whole range's if `ends` and the factor is unarmed. */
static int64_t mark_loss(const bw_venue *venue, uint32_t position, const factor *f, bool ends)
{
    int64_t key = bw_at_node(venue)[bw_node_mark(position)].key;
    if (key)
        return loss_at(f, f->price_falls ? key + 1 : key - 1);
    int64_t last = f->price_falls ? 1 : bw_market_cold_at(venue, f->number)->settings.price_max;
    return ends ? loss_at(f, last) : 0;
}

static int64_t offset_loss(const bw_venue *venue, uint32_t position, const factor *f)
{
    int64_t key = f->market->funded ? bw_at_node(venue)[bw_node_offset(venue, position)].key : 0;
    if (key == 0)
        return 0;
    return bw_abs(f->size) * ((key - 1) / 2 - 1 - bw_charge_of(f->market, bw_side_of(f->size)));
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
    if (left < 0 || left < slack / (2 * (int64_t)bw_max(1, factors))) {
        bw_trigger_disarm(venue, account);
        left = slack;
    }
    arm_unarmed(venue, account, left);
}

int64_t bw_account_slack(const bw_venue *venue, uint32_t account)
{
    int64_t mm, equity = bw_account_equity(venue, account, &mm);
    return keeps_no_margin(venue, account) ? equity : equity - mm;
}

uint32_t bw_node_account(const bw_venue *venue, uint32_t node)
{
    uint32_t positions = venue->limits.positions + 1u;
    if (node < positions)
        return bw_position_at(venue, node)->account;
    if (node < 2u * positions)
        return bw_position_at(venue, node - positions)->account;
    return bw_holding_at(venue, node - 2u * positions)->account;
}
