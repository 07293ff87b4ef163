/* index.c - haircuts by index: see index.h. */
#include "engine/index.h"

#include "engine/account.h"
#include "engine/formula.h"
#include "engine/loss.h"

enum { SHIFT_MAX = 40 };

/* ------------------------------------------------------------------------------------------------------ what is owed */

/* What a position stands at: charge since its last touch, and the remainder that is left of it, in steps. */
typedef struct due {
    int64_t charge, carried;
} due;

static due due_of(int64_t lots, int64_t steps, int64_t carried, uint32_t shift)
{
    bw_wide remainder = bw_wide_of(carried);
    due result = {0};
    bool fits = bw_index_charge(lots, bw_wide_of(steps), bw_wide_power2(shift), &remainder, &result.charge);
    BW_ASSERT(fits);
    result.carried = bw_wide_to_int64(remainder);
    return result;
}

static due position_due(const bw_venue *venue, uint32_t position)
{
    const bw_position *at = bw_position_at(venue, position);
    const bw_market *market = bw_market_at(venue, at->market);
    if (at->size == 0 || !bw_market_owed(market))
        return (due){0};
    const bw_position_index *own = bw_at_position_index(venue) + position;
    int64_t steps = bw_market_cold_at(venue, at->market)->haircut[bw_side_of(at->size)].steps - own->steps;
    return due_of(bw_abs(at->size), steps, own->carried, market->index_shift);
}

static due balance_due(const bw_venue *venue, uint32_t account)
{
    if (!venue->balances_owe)
        return (due){0};
    const bw_account_index *own = bw_at_account_index(venue) + account;
    if (own->nominal == 0)
        return (due){0};
    int64_t steps = bw_pool_at(venue, bw_cold_at(venue, account)->pool)->haircut.steps - own->steps;
    return due_of(own->nominal, steps, own->carried, BW_INDEX_BALANCES_SHIFT);
}

int64_t bw_position_owed(const bw_venue *venue, uint32_t position)
{
    return position_due(venue, position).charge;
}

int64_t bw_balance_owed(const bw_venue *venue, uint32_t account)
{
    return balance_due(venue, account).charge;
}

int64_t bw_position_remainder(const bw_venue *venue, uint32_t position)
{
    return position_due(venue, position).carried;
}

int64_t bw_balance_remainder(const bw_venue *venue, uint32_t account)
{
    return balance_due(venue, account).carried;
}

/* -------------------------------------------------------------------------------------------------------------- meet */

static bw_event *met_event(bw_writer *writer, uint32_t account, int64_t charge, int64_t weight)
{
    const bw_venue *venue = writer->venue;
    bw_event *event = bw_emit(writer, BW_EVENT_CHARGED, BW_NONE32);
    event->account = bw_cold_at(venue, account)->id;
    event->pool = bw_cold_at(venue, account)->pool;
    event->charged.charge = charge;
    event->charged.weight = weight;
    event->charged.layer = BW_LAYER_HAIRCUT;
    event->charged.balance_before = bw_balance(venue, account);
    event->charged.profit = bw_profit_before(venue, account);
    event->charged.equity = bw_account_equity(venue, account);
    return event;
}

static void claim_book(bw_venue *venue, uint32_t account, int64_t charge)
{
    bw_claim_add(venue, account, charge);
    bw_pool_at(venue, bw_cold_at(venue, account)->pool)->unbooked -= charge;
}

void bw_position_meet(bw_writer *writer, uint32_t position)
{
    bw_venue *venue = writer->venue;
    const bw_position *at = bw_position_at(venue, position);
    const bw_market *market = bw_market_at(venue, at->market);
    if (at->size == 0 || !bw_market_owed(market))
        return;
    due owed = position_due(venue, position);
    bw_event *event = owed.charge ? met_event(writer, at->account, owed.charge, bw_abs(at->size)) : NULL;
    if (event)
        event->charged.cost_before = bw_position_cost(venue, position) - owed.charge;
    bw_position_index *own = bw_at_position_index(venue) + position;
    own->steps = bw_market_cold_at(venue, at->market)->haircut[bw_side_of(at->size)].steps;
    own->carried = owed.carried;
    if (!event)
        return;
    bw_cost_add(venue, position, owed.charge);
    claim_book(venue, at->account, owed.charge);
    event->market = at->market;
    event->charged.balance_after = bw_balance(venue, at->account);
    event->charged.cost_after = bw_position_cost(venue, position);
    event->charged.claim = bw_cold_at(venue, at->account)->claim;
    bw_emit_done(writer, event);
}

void bw_balance_meet(bw_writer *writer, uint32_t account)
{
    bw_venue *venue = writer->venue;
    if (!venue->balances_owe)
        return;
    due owed = balance_due(venue, account);
    bw_account_index *own = bw_at_account_index(venue) + account;
    bw_event *event = owed.charge ? met_event(writer, account, owed.charge, own->nominal) : NULL;
    if (event)
        event->charged.balance_before += owed.charge;
    own->steps = bw_pool_at(venue, bw_cold_at(venue, account)->pool)->haircut.steps;
    own->carried = owed.carried;
    if (!event)
        return;
    bw_balance_charge(venue, account, owed.charge);
    claim_book(venue, account, owed.charge);
    event->charged.balance_after = bw_balance(venue, account);
    event->charged.claim = bw_cold_at(venue, account)->claim;
    bw_emit_done(writer, event);
}

void bw_account_meet(bw_writer *writer, uint32_t account)
{
    const bw_hot *hot = bw_hot_at(writer->venue, account);
    for (uint32_t p = hot->extent; p < hot->extent + hot->count; p++)
        bw_position_meet(writer, p);
    bw_balance_meet(writer, account);
}

/* ------------------------------------------------------------------------------------------------------------ follow */

static void carried_add(bw_index *index, int64_t steps)
{
    index->carried = bw_stored_of(bw_wide_add_int64(bw_stored_wide(index->carried), steps));
}

void bw_position_index_follow(bw_venue *venue, uint32_t position, int64_t before)
{
    const bw_position *at = bw_position_at(venue, position);
    bw_position_index *own = bw_at_position_index(venue) + position;
    bw_index *sides = bw_market_cold_at(venue, at->market)->haircut;
    if (before && (at->size == 0 || bw_side_of(before) != bw_side_of(at->size))) {
        carried_add(&sides[bw_side_of(before)], own->carried);
        own->carried = 0;
    }
    own->steps = at->size ? sides[bw_side_of(at->size)].steps : 0;
}

void bw_balance_index_follow(bw_venue *venue, uint32_t account)
{
    bw_pool *pool = bw_pool_at(venue, bw_cold_at(venue, account)->pool);
    bw_account_index *own = bw_at_account_index(venue) + account;
    int64_t scale = (int64_t)1 << BW_INDEX_BALANCES_SHIFT, balance = bw_max(0, bw_warm_at(venue, account)->balance);
    bw_wide worth = bw_wide_div_floor(bw_wide_mul(balance, scale), bw_wide_of(scale - pool->haircut.steps));
    int64_t nominal = bw_wide_to_int64(bw_wide_min(worth, bw_wide_of(BW_VALUE_MAX - 1)));
    if (!(pool->indexes & BW_INDEXES_BALANCES))
        nominal = 0;
    pool->nominal = bw_stored_of(bw_wide_add_int64(bw_stored_wide(pool->nominal), nominal - own->nominal));
    own->nominal = nominal;
    own->steps = nominal ? pool->haircut.steps : 0;
    if (nominal)
        return;
    carried_add(&pool->haircut, own->carried);
    own->carried = 0;
}

/* ---------------------------------------------------------------------------------------------------------- settings */

int64_t bw_lot_value_max(const bw_venue *venue, uint32_t number)
{
    const bw_market *market = bw_market_at(venue, number);
    int64_t price = market->kind == BW_MARKET_LINEAR ? bw_market_cold_at(venue, number)->settings.price_max : 1;
    return market->factor * price;
}

uint32_t bw_index_shift(const bw_venue *venue, uint32_t market)
{
    int64_t most = bw_lot_value_max(venue, market);
    uint32_t shift = 0;
    while (venue->limits.indexed && shift < SHIFT_MAX && most < (int64_t)1 << (59u - shift))
        shift++;
    return shift;
}

static uint32_t indexes_of(const bw_command_pool *settings)
{
    uint32_t indexes = 0;
    for (uint32_t i = 0; i < settings->money_count; i++) {
        const bw_money_layer *layer = &settings->money[i];
        if (layer->kind == BW_LAYER_HAIRCUT && layer->apply == BW_APPLY_INDEX)
            indexes |= layer->base == BW_BASE_SIZE ? BW_INDEXES_SIZES : BW_INDEXES_BALANCES;
    }
    return indexes;
}

void bw_charges_set(bw_venue *venue, uint32_t number)
{
    bw_market *market = bw_market_at(venue, number);
    bool kept = market->funded || (bw_pool_at(venue, market->pool)->indexes & BW_INDEXES_SIZES);
    market->charges = (uint8_t)(kept ? market->charges | BW_CHARGES_KEPT : market->charges & ~BW_CHARGES_KEPT);
}

bool bw_indexes_set(bw_venue *venue, uint32_t number)
{
    bw_pool *pool = bw_pool_at(venue, number);
    uint32_t before = pool->indexes;
    pool->indexes = indexes_of(&pool->settings);
    venue->balances_count += (pool->indexes & BW_INDEXES_BALANCES) != 0;
    venue->balances_count -= (before & BW_INDEXES_BALANCES) != 0;
    for (uint32_t m = 0; m < venue->market_count; m++)
        if (bw_market_at(venue, m)->pool == number)
            bw_charges_set(venue, m);
    return pool->indexes != before;
}

/* ------------------------------------------------------------------------------------------------------------- close */

int64_t bw_index_close(bw_venue *venue, uint32_t market)
{
    bw_index *sides = bw_market_cold_at(venue, market)->haircut;
    bw_wide carried = bw_wide_add(bw_stored_wide(sides[0].carried), bw_stored_wide(sides[1].carried));
    bw_wide scale = bw_wide_power2(bw_market_at(venue, market)->index_shift);
    BW_ASSERT(bw_wide_sign(bw_wide_mod_floor(carried, scale)) == 0);
    sides[0].carried = sides[1].carried = (bw_stored){0};
    int64_t units = bw_wide_to_int64(bw_wide_div_floor(carried, scale));
    bw_pool_at(venue, bw_market_at(venue, market)->pool)->unbooked -= units;
    return units;
}

/* --------------------------------------------------------------------------------------------------------- invariant */

/* Nobody is ahead of his side's steps or keeps a whole unit; what is carried is not below 0. */
static bool positions_valid(const bw_venue *venue, uint64_t *where)
{
    for (uint32_t p = 1; p <= venue->position_top; p++) {
        const bw_position *at = bw_position_at(venue, p);
        const bw_position_index *own = bw_at_position_index(venue) + p;
        const bw_market *market = bw_market_at(venue, at->market);
        *where = p;
        int64_t steps = at->size ? bw_market_cold_at(venue, at->market)->haircut[bw_side_of(at->size)].steps : 0;
        if (own->steps < 0 || own->steps > steps || own->carried < 0 || own->carried >> market->index_shift ||
            (at->size == 0 && own->carried))
            return false;
    }
    return true;
}

static bool balances_valid(const bw_venue *venue, uint32_t number, uint64_t *where)
{
    const bw_pool *pool = bw_pool_at(venue, number);
    bw_wide nominal = bw_wide_of(0);
    for (uint32_t a = 0; a < venue->account_count; a++) {
        const bw_account_index *own = bw_at_account_index(venue) + a;
        if (bw_cold_at(venue, a)->pool != number)
            continue;
        *where = bw_cold_at(venue, a)->id;
        nominal = bw_wide_add_int64(nominal, own->nominal);
        if (own->nominal < 0 || own->steps < 0 || own->steps > pool->haircut.steps || own->carried < 0 ||
            own->carried >> BW_INDEX_BALANCES_SHIFT || (own->nominal == 0 && own->carried))
            return false;
    }
    *where = number;
    return bw_wide_equal(nominal, bw_stored_wide(pool->nominal)) && bw_wide_sign(bw_stored_wide(pool->haircut.carried)) >= 0 &&
           pool->indexes == indexes_of(&pool->settings);
}

/* What holders of one side owe in all, in steps: whole units and fractions. */
static bw_wide due_of_side(const bw_venue *venue, uint32_t market, uint32_t side)
{
    const bw_index *index = &bw_market_cold_at(venue, market)->haircut[side];
    const bw_chunk *chunks = bw_at_chunk(venue);
    bw_wide sum = bw_stored_wide(index->carried);
    for (uint32_t chunk = bw_market_cold_at(venue, market)->chunk[side]; chunk; chunk = chunks[chunk].next)
        for (uint32_t i = 0; i < chunks[chunk].count; i++) {
            uint32_t position = chunks[chunk].position[i];
            const bw_position_index *own = bw_at_position_index(venue) + position;
            bw_wide steps = bw_wide_mul(bw_abs(bw_position_at(venue, position)->size), index->steps - own->steps);
            sum = bw_wide_add(sum, bw_wide_add_int64(steps, own->carried));
        }
    return sum;
}

static bw_wide due_of_balances(const bw_venue *venue, uint32_t number)
{
    const bw_index *index = &bw_pool_at(venue, number)->haircut;
    bw_wide sum = bw_stored_wide(index->carried);
    for (uint32_t a = 0; a < venue->account_count; a++) {
        const bw_account_index *own = bw_at_account_index(venue) + a;
        if (bw_cold_at(venue, a)->pool == number && own->nominal)
            sum = bw_wide_add(sum, bw_wide_add_int64(bw_wide_mul(own->nominal, index->steps - own->steps), own->carried));
    }
    return sum;
}

/* All that is owed comes to what was raised and not booked, to the unit. */
static bool unbooked_valid(const bw_venue *venue, uint32_t number, uint64_t *where)
{
    bw_wide all = due_of_balances(venue, number), scale = bw_wide_power2(BW_INDEX_BALANCES_SHIFT);
    bw_wide units = bw_wide_div_floor(all, scale), rest = bw_wide_mod_floor(all, scale);
    for (uint32_t m = 0; m < venue->market_count; m++) {
        if (bw_market_at(venue, m)->pool != number)
            continue;
        all = bw_wide_add(due_of_side(venue, m, BW_LONG), due_of_side(venue, m, BW_SHORT));
        scale = bw_wide_power2(bw_market_at(venue, m)->index_shift);
        units = bw_wide_add(units, bw_wide_div_floor(all, scale));
        rest = bw_wide_add(rest, bw_wide_mod_floor(all, scale));
    }
    *where = number;
    return bw_wide_sign(rest) == 0 && bw_wide_equal(units, bw_wide_of(bw_pool_at(venue, number)->unbooked));
}

bool bw_indexes_valid(const bw_venue *venue, uint64_t *where)
{
    if (!venue->limits.indexed)
        return true;
    if (!positions_valid(venue, where))
        return false;
    for (uint32_t m = 0; m < venue->market_count; m++) {
        const bw_index *sides = bw_market_cold_at(venue, m)->haircut;
        bw_wide carried = bw_wide_add(bw_stored_wide(sides[0].carried), bw_stored_wide(sides[1].carried));
        *where = m;
        if (bw_wide_sign(carried) < 0)
            return false;
    }
    for (uint32_t p = 0; p < venue->pool_count; p++)
        if (!balances_valid(venue, p, where) || !unbooked_valid(venue, p, where))
            return false;
    return true;
}
