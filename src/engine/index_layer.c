/* index_layer.c - the layer `haircut ... apply index` (R15): who holds pays by index; lots of the charged sides that the round
   has closed pay their part at once, so that nobody closed by ADL escapes.

       budget ──capped-pro-rata by lots──> closed lots (shadows), each at most the account's equity
                                       └─> the index, for all lots still held: no cap */
#include "engine/index.h"

#include "engine/formula.h"
#include "engine/loss.h"

/* An index that can be raised: one for every lot of its sides, or every unit of nominal balance. */
typedef struct target {
    bw_index *index[2];                  /* the second one NULL: one side */
    bw_wide units;
    int64_t room;                        /* steps that it can still rise by */
    uint32_t shift, side;                /* side: of the first */
} target;

static target balances_target(const bw_venue *venue, uint32_t number)
{
    bw_pool *pool = bw_pool_at(venue, number);
    int64_t scale = (int64_t)1 << BW_INDEX_BALANCES_SHIFT;
    return (target){.index = {&pool->haircut}, .units = bw_stored_wide(pool->nominal), .shift = BW_INDEX_BALANCES_SHIFT,
                    .room = scale - scale / 1024 - pool->haircut.steps};
}

/* Both sides hold the same lots. */
static target sizes_target(const bw_venue *venue, const bw_layer_at *at)
{
    bw_market_cold *cold = bw_market_cold_at(venue, at->market);
    uint32_t shift = bw_market_at(venue, at->market)->index_shift, side = 1u - at->side;
    int64_t most = bw_lot_value_max(venue, at->market) * ((int64_t)1 << shift) / 4;
    target t = {.index = {&cold->haircut[side]}, .units = bw_wide_of(cold->open_interest), .shift = shift, .side = side,
                .room = most - cold->haircut[side].steps};
    if (at->layer->side == BW_SIDE_BOTH) {
        t.index[1] = &cold->haircut[at->side];
        t.units = bw_wide_scale(t.units, 2);
        t.room = bw_min(t.room, most - cold->haircut[at->side].steps);
    }
    return t;
}

static target target_of(const bw_venue *venue, const bw_layer_at *at)
{
    return at->layer->base == BW_BASE_BALANCE ? balances_target(venue, at->pool) : sizes_target(venue, at);
}

static bw_wide carried_of(const target *t)
{
    bw_wide first = bw_stored_wide(t->index[0]->carried);
    return t->index[1] ? bw_wide_add(first, bw_stored_wide(t->index[1]->carried)) : first;
}

/* Most that raising it can bring besides what is carried: (room x units - carried) / 2^shift, floored. */
static int64_t cap_of(const target *t)
{
    if (t->room <= 0 || bw_wide_sign(t->units) <= 0)
        return 0;
    int64_t units = bw_wide_to_int64_saturated(t->units);
    bw_wide left = bw_wide_sub(bw_wide_mul(t->room, units), carried_of(t));
    int64_t most = bw_wide_to_int64_saturated(bw_wide_div_floor(left, bw_wide_power2(t->shift)));
    return bw_max(0, bw_min(most, BW_VALUE_MAX - 1));
}

/* ------------------------------------------------------------------------------------------------------------- gather */

/* Lots of a shadow's side that the round has closed. */
static int64_t closed_lots(const bw_venue *venue, const bw_shadow *shadow)
{
    int64_t now = bw_position_at(venue, shadow->position)->size;
    bool stays = now && bw_side_of(now) == bw_side_of(shadow->size);
    return bw_max(0, bw_abs(shadow->size) - (stays ? bw_abs(now) : 0));
}

/* One shadow of the charged sides. at[5]: begun, with a side more than that; at[7]: shadow. True when all were seen. */
static bool closed_gather(bw_venue *venue, const bw_layer_at *at)
{
    uint32_t *cursor = bw_at_progress(venue)->at, sides = at->layer->side == BW_SIDE_BOTH ? 2u : 1u;
    while (cursor[7] == 0) {
        if (cursor[5] == sides)
            return true;
        uint32_t side = cursor[5]++ ? at->side : 1u - at->side;
        cursor[7] = bw_loss_at(venue, at->market, side)->shadow_first;
    }
    const bw_shadow *shadow = bw_at_shadow(venue) + cursor[7];
    int64_t lots = closed_lots(venue, shadow), cap = lots ? bw_equity_cap(venue, shadow->account) : 0;
    if (cap)
        bw_round_payer_add(venue, shadow->position, lots, cap, 0, bw_cold_at(venue, shadow->account)->id);
    cursor[7] = shadow->next;
    return false;
}

bool bw_index_gather(bw_writer *writer, const bw_layer_at *at)
{
    bw_venue *venue = writer->venue;
    bool of_sizes = at->layer->base == BW_BASE_SIZE;
    if (of_sizes && at->market == BW_NONE16)
        return true;
    if (of_sizes && !closed_gather(venue, at))
        return false;
    target t = target_of(venue, at);
    int64_t cap = cap_of(&t), units = bw_min(bw_wide_to_int64_saturated(t.units), BW_VALUE_MAX);
    if (cap)
        bw_round_payer_add(venue, 0, units, cap, 0, UINT64_MAX);
    return true;
}

/* -------------------------------------------------------------------------------------------------------------- raise */

/* What the step took beyond the budget is residue: dust, in whole units. */
static void carried_set(bw_venue *venue, uint32_t number, const target *t, bw_wide carried)
{
    bw_pool *pool = bw_pool_at(venue, number);
    if (bw_wide_sign(carried) < 0) {
        bw_wide scale = bw_wide_power2(t->shift);
        int64_t units = bw_wide_to_int64(bw_wide_div_ceil(bw_wide_negate(carried), scale));
        carried = bw_wide_add(carried, bw_wide_scale(scale, units));
        pool->unbooked += units;
        bw_at_asset(venue)[pool->settings.asset].dust += units;
        pool->external -= units;
    }
    if (t->index[1])
        t->index[1]->carried = (bw_stored){0};
    t->index[0]->carried = bw_stored_of(carried);
}

static void indexed_event(bw_writer *writer, const bw_layer_at *at, const target *t, uint32_t n, int64_t step, int64_t charge)
{
    bool of_market = at->layer->base == BW_BASE_SIZE;
    bw_wide units = t->index[1] ? bw_wide_div_floor(t->units, bw_wide_of(2)) : t->units;
    bw_event *event = bw_emit(writer, BW_EVENT_INDEXED, at->loss->event);
    event->pool = (uint16_t)at->pool;
    event->market = of_market ? (uint16_t)at->market : BW_NONE16;
    event->indexed.step = step;
    event->indexed.lots = bw_wide_to_int64_saturated(units);
    event->indexed.charge = charge;
    event->indexed.carried = bw_wide_to_int64_saturated(carried_of(t));
    event->indexed.side = of_market ? (n ? 1u - t->side : t->side) : 0;
    event->indexed.shift = t->shift;
    bw_emit_done(writer, event);
}

/* Whoever has slack for it is looked at before the next round (R7). */
static void raised_note(bw_venue *venue, const bw_layer_at *at)
{
    uint64_t *dirty = bw_at_dirty(venue);
    if (at->layer->base == BW_BASE_SIZE) {
        bw_market_at(venue, at->market)->charges |= BW_CHARGES_OWED;
        dirty[at->market / 64u] |= UINT64_C(1) << at->market % 64u;
        return;
    }
    venue->balances_owe = 1;
    dirty[2u * BW_DIRTY_WORDS + at->pool / 64u] |= UINT64_C(1) << at->pool % 64u;
}

static void index_raise(bw_writer *writer, const bw_layer_at *at, int64_t budget)
{
    bw_venue *venue = writer->venue;
    target t = target_of(venue, at);
    bw_wide carried = carried_of(&t), step;
    bool fits = bw_index_step((bw_step_rounding)at->layer->step, budget, t.units, bw_wide_power2(t.shift), &carried, &step);
    BW_ASSERT(fits);
    int64_t steps = bw_wide_to_int64(step);
    carried_set(venue, at->pool, &t, carried);
    bw_pool_at(venue, at->pool)->unbooked += budget;
    bw_pool_at(venue, at->pool)->raised = 1;
    for (uint32_t n = 0; n < 2u && t.index[n]; n++) {
        t.index[n]->steps += steps;
        int64_t half = budget / 2, part = !t.index[1] ? budget : n ? half : budget - half;
        indexed_event(writer, at, &t, n, steps, part);
    }
    raised_note(venue, at);
    at->loss->left -= budget;
    at->loss->paid[BW_LAYER_HAIRCUT] += budget;
    bw_at_progress(venue)->charged++;
}

void bw_index_apply(bw_writer *writer, const bw_layer_at *at, uint32_t n)
{
    bw_venue *venue = writer->venue;
    uint32_t position = bw_at_payer_item(venue)[n];          /* 0: the index */
    int64_t charge = bw_at_payer_charge(venue)[n];
    if (charge == 0)
        return;
    if (position == 0) {
        index_raise(writer, at, charge);
        return;
    }
    bw_charge of_closed = {.account = bw_position_at(venue, position)->account, .charge = charge,
                           .weight = bw_at_payer_weight(venue)[n], .cap = bw_at_payer_cap(venue)[n],
                           .cause = at->loss->event};
    bw_charge_apply(writer, at, &of_closed);
}
