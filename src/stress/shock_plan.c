/* shock_plan.c - what an unhealthy account gives up: all, or the slices that bring back its initial margin (R11).

   The arithmetic of engine/liquidate.c on the overlay's figures. Slices go to the closing set of the round or, where the book
   is asked first, are reserved by orders that nobody fills. */
#include "stress/shock_work.h"

#include "engine/round.h"
#include "money/money.h"
#include "money/ppm.h"

static int64_t notional_of(const bw_shock *shock, const shock_position *at)
{
    return bw_abs(at->size * shock->unit[at->market]);
}

static void closing_add(bw_shock *shock, uint32_t number, int64_t lots)
{
    shock_position *at = &shock->position[number];
    shock_loss *loss = &shock->loss[2u * at->market + at->side];
    uint32_t closing = ++shock->closing_count;
    shock->closing[closing] = (shock_closing){.lots = lots, .entry = at->entry, .place = number};
    if (loss->closing_last)
        shock->closing[loss->closing_last].next = closing;
    else
        loss->closing_first = closing;
    loss->closing_last = closing;
    loss->lots += lots;
    loss->lots_left += lots;
    bw_shock_shadow_take(shock, number);
}

/* ------------------------------------------------------------------------------------------------------ slices */

static int64_t im_left(const bw_shock *shock, const shock_position *at, int64_t closed)
{
    int64_t left = bw_abs(at->size) - closed;
    return left == 0 ? 0 : bw_im(shock->venue, at->market, left * shock->unit[at->market]);
}

static int64_t lots_for_im(const bw_shock *shock, const shock_position *at, int64_t margin)
{
    int64_t n = bw_notional_for_im(shock->venue, at->market, margin), size = bw_abs(at->size);
    if (n < 0)
        return 0;
    int64_t lots = bw_min(n / shock->unit[at->market], size);
    while (lots && bw_im(shock->venue, at->market, lots * shock->unit[at->market]) > margin)
        lots--;
    return lots;
}

static int64_t slice_lots(const bw_shock *shock, const shock_position *at, int64_t im_rest, int64_t credit)
{
    int64_t size = bw_abs(at->size);
    if (notional_of(shock, at) < shock->pool.full_close_under || credit <= im_rest || shock->entry[at->entry].sliced)
        return size;
    int64_t close = size - lots_for_im(shock, at, credit - im_rest);
    return bw_min(size, bw_max(close, bw_max(1, bw_market_cold_at(shock->venue, at->market)->settings.min_slice)));
}

static int64_t book_lots(const bw_shock *shock, const shock_position *at, int64_t lots)
{
    int64_t size = bw_abs(at->size);
    if (shock->pool.slice_ppm == 0 || notional_of(shock, at) < shock->pool.slice_over)
        return lots;
    int64_t slice = bw_ppm_floor(size, shock->pool.slice_ppm);
    return bw_min(lots, bw_max(slice, bw_max(1, bw_market_cold_at(shock->venue, at->market)->settings.min_slice)));
}

static void close_lots(bw_shock *shock, uint32_t number, int64_t lots)
{
    if (!shock->waits) {
        closing_add(shock, number, lots);
        return;
    }
    shock_position *at = &shock->position[number];
    at->reserved = book_lots(shock, at, lots);
    shock->entry[at->entry].orders++;
}

/* ------------------------------------------------------------------------------------------------------- plans */

/* The position of largest MM that is not yet in `done`; ties: the earlier. UINT32_MAX if none is left. */
static uint32_t largest_position(const bw_shock *shock, const shock_entry *entry, const uint64_t done[16])
{
    uint32_t found = UINT32_MAX;
    int64_t most = -1;
    for (uint32_t i = 0; i < entry->count; i++) {
        const shock_position *at = &shock->position[shock->order[entry->first + i]];
        if (at->size == 0 || (done[i / 64u] >> i % 64u & 1u))
            continue;
        int64_t mm = bw_mm(shock->venue, at->market, notional_of(shock, at));
        if (mm > most) {
            most = mm;
            found = i;
        }
    }
    return found;
}

static void plan_solvent(bw_shock *shock, uint32_t number, int64_t equity)
{
    const shock_entry *entry = &shock->entry[number];
    int64_t credit = bw_mul_div_floor(equity, 1000000, 1000000 + (int64_t)shock->pool.buffer_ppm), im = 0;
    uint64_t done[16] = {0};
    for (uint32_t i = entry->first; i < entry->first + entry->count; i++)
        im += im_left(shock, &shock->position[shock->order[i]], 0);
    while (im > credit) {
        uint32_t i = largest_position(shock, entry, done);
        if (i == UINT32_MAX)
            return;
        uint32_t position = shock->order[entry->first + i];
        const shock_position *at = &shock->position[position];
        int64_t own = im_left(shock, at, 0), lots = slice_lots(shock, at, im - own, credit);
        im += im_left(shock, at, lots) - own;
        done[i / 64u] |= UINT64_C(1) << i % 64u;
        close_lots(shock, position, lots);
    }
}

void bw_shock_plan_orders(bw_shock *shock, uint32_t number)
{
    int64_t mm, equity = bw_shock_entry_health(shock, &shock->entry[number], &mm);
    if (equity >= 0 && equity < mm)
        plan_solvent(shock, number, equity);
}

/* Orders of a bankrupt account end, and it is closed whole. */
static void plan_bankrupt(bw_shock *shock, uint32_t number)
{
    shock_entry *entry = &shock->entry[number];
    entry->orders = 0;
    for (uint32_t i = entry->first; i < entry->first + entry->count; i++) {
        shock_position *at = &shock->position[shock->order[i]];
        at->reserved = 0;
        if (at->size)
            closing_add(shock, shock->order[i], bw_abs(at->size));
    }
}

void bw_shock_plan(bw_shock *shock, const shock_case *at)
{
    if (at->bankrupt)
        plan_bankrupt(shock, at->entry);
    else {
        plan_solvent(shock, at->entry, at->equity);
        if (shock->entry[at->entry].orders == 0)
            shock->entry[at->entry].sliced = 1;
    }
}
