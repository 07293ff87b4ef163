/* liquidate.c - what each unhealthy account gives up: collateral, then lots (R5a, R8, R11).

       bankrupt ──> its orders end ──> all collateral ──> every position, whole ──> closing set
       solvent  ──> collateral for its debt ──> slices, largest MM first ──> orders (book) or closing set */
#include "engine/round.h"

#include "engine/fund.h"
#include "engine/trigger.h"

#include "money/money.h"
#include "money/ppm.h"

/* ------------------------------------------------------------------------------------------------- convert */

/* The pool's first desk that is not the account itself; BW_NONE32 if there is none. */
static uint32_t converting_desk(const bw_venue *venue, uint32_t account)
{
    uint32_t desk = bw_pool_at(venue, bw_cold_at(venue, account)->pool)->desk_first;
    while (desk && bw_at_desk(venue)[desk - 1u].account == account)
        desk = bw_at_desk(venue)[desk - 1u].next;
    return desk ? bw_at_desk(venue)[desk - 1u].account : BW_NONE32;
}

/* The holding of largest value; ties: the earlier in the account's list. 0 if none is worth anything. */
static uint32_t largest_holding(const bw_venue *venue, uint32_t account, bool even_worthless)
{
    uint32_t found = 0;
    int64_t most = even_worthless ? -1 : 0;
    for (uint32_t h = bw_warm_at(venue, account)->holding; h; h = bw_holding_at(venue, h)->next) {
        const bw_holding *holding = bw_holding_at(venue, h);
        int64_t value = bw_collateral_value(bw_at_collateral(venue) + holding->collateral, holding->amount);
        if (holding->amount && value > most) {
            most = value;
            found = h;
        }
    }
    return found;
}

/* How much of a holding covers `debt`, rounded up; all of it if that is not enough. */
static int64_t amount_for(const bw_collateral *collateral, int64_t held, int64_t debt)
{
    int64_t needed;
    if (!bw_mul_div_ceil_try(debt, collateral->divisor, collateral->price * collateral->factor, &needed))
        return held;
    return bw_min(held, needed);
}

/* Takes `amount` of a holding over to the desk; the account's equity does not change (R5a). */
static void convert(bw_writer *writer, uint32_t account, uint32_t h, int64_t amount, uint32_t cause)
{
    bw_venue *venue = writer->venue;
    bw_holding *holding = bw_holding_at(venue, h);
    uint32_t kind = holding->collateral, desk = converting_desk(venue, account);
    const bw_collateral *collateral = bw_at_collateral(venue) + kind;
    int64_t value = bw_collateral_value(collateral, holding->amount) -
                    bw_collateral_value(collateral, holding->amount - amount);
    bw_round_touch(writer, desk);
    holding->amount -= amount;
    bw_holding_at(venue, bw_holding_open(venue, desk, kind))->amount += amount;
    bw_balance_add(venue, account, value);
    bw_balance_add(venue, desk, -value);
    bw_warm_at(venue, account)->period_base += value;
    bw_warm_at(venue, desk)->period_base -= value;
    bw_event *event = bw_emit(writer, BW_EVENT_CONVERTED, cause);
    event->account = bw_cold_at(venue, account)->id;
    event->other = bw_cold_at(venue, desk)->id;
    event->pool = collateral->pool;
    event->asset = collateral->asset;
    event->converted.amount = amount;
    event->converted.value = value;
    event->converted.balance = bw_warm_at(venue, account)->balance;
    bw_emit_done(writer, event);
}

bool bw_convertible(const bw_venue *venue, uint32_t account, bool worthless)
{
    uint32_t h = largest_holding(venue, account, worthless), desk = converting_desk(venue, account);
    if (h == 0 || desk == BW_NONE32)
        return false;
    return bw_holding_find(venue, desk, bw_holding_at(venue, h)->collateral) || venue->holding_free ||
           venue->holding_top < venue->limits.holdings;
}

/* One conversion of the case, if one is due. */
static bool convert_step(bw_writer *writer, const bw_case *at)
{
    bw_venue *venue = writer->venue;
    bool all = (at->flags & BW_CASE_BANKRUPT) != 0;
    int64_t debt = -bw_warm_at(venue, at->account)->balance;
    if (!(bw_hot_at(venue, at->account)->flags & BW_HOT_HOLDINGS) || (!all && debt <= 0) ||
        !bw_convertible(venue, at->account, all))
        return false;
    uint32_t h = largest_holding(venue, at->account, all);
    const bw_holding *holding = bw_holding_at(venue, h);
    const bw_collateral *collateral = bw_at_collateral(venue) + holding->collateral;
    convert(writer, at->account, h, all ? holding->amount : amount_for(collateral, holding->amount, debt), at->event);
    return true;
}

/* ---------------------------------------------------------------------------------------------- closing set */

static void closing_add(bw_venue *venue, uint32_t case_number, uint32_t position, int64_t lots)
{
    const bw_position *at = bw_position_at(venue, position);
    bw_loss *loss = bw_loss_at(venue, at->market, bw_side_of(at->size));
    uint32_t number = ++bw_at_progress(venue)->closing_count;
    bw_at_closing(venue)[number] = (bw_closing){
        .lots = lots, .size = bw_abs(at->size), .account = at->account, .case_number = case_number, .market = at->market};
    if (loss->closing_last)
        bw_at_closing(venue)[loss->closing_last].next = number;
    else
        loss->closing_first = number;
    loss->closing_last = number;
    loss->lots += lots;
    loss->lots_left += lots;
    bw_shadow_take(venue, position);
}

/* ---------------------------------------------------------------------------------------------- slice sizes */

/* The same for initial margin without the volatility factor. */
static int64_t notional_for_unscaled(const bw_venue *venue, uint32_t market, int64_t margin)
{
    const bw_bracket_line *line = bw_at_bracket(venue) + (uint64_t)market * BW_BRACKETS;
    uint32_t count = bw_market_at(venue, market)->bracket_count, k = 0;
    if (margin < bw_im_unscaled(venue, market, 0))
        return -1;
    while (k + 1u < count && bw_im_unscaled(venue, market, line[k + 1u].floor) <= margin)
        k++;
    int64_t top = k + 1u < count ? line[k + 1u].floor : BW_VALUE_MAX;
    int64_t n = top, whole;
    bw_wide scaled = bw_wide_add_mul(bw_wide_of(line[k].im_millionths), margin + line[k].im_deduction, 1000000);
    if (line[k].imr_ppm && bw_wide_to_int64_try(bw_wide_div_floor(scaled, bw_wide_of(line[k].imr_ppm)), &whole))
        n = bw_min(top, whole);
    while (n > line[k].floor && bw_im_unscaled(venue, market, n) > margin)
        n--;
    return n;
}

/* IM is n where the factor would ask for more than n, so a notional up to the margin always fits (R20). */
int64_t bw_notional_for_im(const bw_venue *venue, uint32_t market, int64_t margin)
{
    int64_t scale = bw_market_at(venue, market)->im_scale_ppm, n = notional_for_unscaled(venue, market, margin);
    if (scale == 1000000 || n <= margin)
        return n;
    int64_t scaled = notional_for_unscaled(venue, market, bw_mul_div_floor(margin, 1000000, scale));
    return bw_min(n, bw_max(margin, scaled));
}

/* Most lots of the position that may stay if its initial margin is to be at most `margin`. */
static int64_t lots_for_im(const bw_venue *venue, uint32_t position, int64_t margin)
{
    const bw_position *at = bw_position_at(venue, position);
    const bw_market *market = bw_market_at(venue, at->market);
    int64_t n = bw_notional_for_im(venue, at->market, margin), lots, size = bw_abs(at->size);
    if (n < 0)
        return 0;
    if (market->kind == BW_MARKET_LINEAR)
        lots = n / market->unit;
    else if (!bw_mul_div_floor_try(n, market->mark, market->factor, &lots))
        lots = size;
    lots = bw_min(lots, size);
    while (lots && bw_im(venue, at->market, bw_abs(bw_value(market, at->size < 0 ? -lots : lots))) > margin)
        lots--;
    return lots;
}

/* R11: lots of the position to close when the others need `im_rest` and `credit` is what initial margin may be. */
static int64_t slice_lots(const bw_venue *venue, uint32_t position, int64_t im_rest, int64_t credit)
{
    const bw_position *at = bw_position_at(venue, position);
    const bw_command_market *market = &bw_market_cold_at(venue, at->market)->settings;
    const bw_command_pool *pool = &bw_pool_at(venue, bw_market_at(venue, at->market)->pool)->settings;
    int64_t size = bw_abs(at->size), notional = bw_abs(bw_value(bw_market_at(venue, at->market), at->size));
    if (notional < pool->full_close_under || credit <= im_rest ||
        (bw_hot_at(venue, at->account)->flags & BW_HOT_SLICED))
        return size;
    int64_t close = size - lots_for_im(venue, position, credit - im_rest);
    return bw_min(size, bw_max(close, bw_max(1, market->min_slice)));
}

/* What goes out through the book at once: large positions in parts. */
static int64_t book_lots(const bw_venue *venue, uint32_t position, int64_t lots)
{
    const bw_position *at = bw_position_at(venue, position);
    const bw_command_pool *pool = &bw_pool_at(venue, bw_market_at(venue, at->market)->pool)->settings;
    int64_t size = bw_abs(at->size), notional = bw_abs(bw_value(bw_market_at(venue, at->market), at->size));
    if (pool->slice_ppm == 0 || notional < pool->slice_over)
        return lots;
    int64_t slice = bw_ppm_floor(size, pool->slice_ppm);
    return bw_min(lots, bw_max(slice, bw_max(1, bw_market_cold_at(venue, at->market)->settings.min_slice)));
}

/* ---------------------------------------------------------------------------------------------------- plan */

/* Margin that closing `lots` of the position frees, in the measure of the case (R8). */
static int64_t margin_part(const bw_venue *venue, const bw_case *at, uint32_t position, int64_t lots)
{
    const bw_position *p = bw_position_at(venue, position);
    const bw_market *market = bw_market_at(venue, p->market);
    int64_t left = bw_abs(p->size) - lots;
    int64_t n = bw_abs(bw_value(market, p->size)), n_left = bw_abs(bw_value(market, p->size < 0 ? -left : left));
    if (at->flags & BW_CASE_BY_NOTIONAL)
        return n - n_left;
    return bw_mm_plain(venue, p->market, n) - bw_mm_plain(venue, p->market, n_left);
}

bw_case bw_case_start(uint32_t account, const bw_assessment *now, uint32_t flags)
{
    bool by_notional = now->margin == 0;
    return (bw_case){.equity = now->equity, .frozen_equity = now->equity, .im = flags & BW_CASE_BANKRUPT ? 0 : now->im,
                     .account = account, .margin = by_notional ? now->notional : now->margin, .event = BW_NONE32,
                     .flags = by_notional ? flags | BW_CASE_BY_NOTIONAL : flags};
}

int64_t bw_case_zero_value(const bw_venue *venue, bw_case *at, uint32_t position, int64_t lots)
{
    const bw_position *p = bw_position_at(venue, position);
    int64_t part = margin_part(venue, at, position, lots);
    int64_t value = bw_value(bw_market_at(venue, p->market), p->size < 0 ? -lots : lots);
    int64_t zero = bw_zero_value(value, at->equity, part, at->margin);
    at->equity -= value - zero;
    at->margin -= part;
    return zero;
}

static bool goes_to_book(const bw_venue *venue, const bw_case *at, uint32_t market)
{
    const bw_pool *pool = bw_pool_at(venue, bw_cold_at(venue, at->account)->pool);
    return pool->settings.quantity[0] == BW_QUANTITY_BOOK && !(at->flags & BW_CASE_NO_BOOK) &&
           bw_market_at(venue, market)->status < BW_MARKET_HALTED;
}

/* Lots go out as an order, or, where there is no book for them, to the closing set of this round. */
static void close_lots(bw_writer *writer, uint32_t case_number, uint32_t position, int64_t lots)
{
    bw_venue *venue = writer->venue;
    bw_case *at = bw_at_cases(venue) + case_number;
    if (goes_to_book(venue, at, bw_position_at(venue, position)->market)) {
        bw_case before = *at;
        int64_t out = book_lots(venue, position, lots);
        if (bw_order_open(writer, position, out, bw_case_zero_value(venue, at, position, out), at->event))
            return;
        *at = before;
    }
    closing_add(venue, case_number, position, lots);
}

/* A slice is sized at mark; at a deep discount it may leave the account as unhealthy as it was. It is not sliced a second
   time in one command: rounds stay few (R11, R21). */
static void sliced(bw_venue *venue, uint32_t account)
{
    bw_hot *hot = bw_hot_at(venue, account);
    if (!(hot->flags & BW_HOT_WORKING))
        hot->flags |= BW_HOT_SLICED;
}

/* The position of largest MM that is not yet in `done`; ties: the earlier record. 0 if none is left. */
static uint32_t largest_position(const bw_venue *venue, uint32_t account, const uint64_t done[16])
{
    const bw_hot *hot = bw_hot_at(venue, account);
    uint32_t found = 0;
    int64_t most = -1;
    for (uint32_t i = 0; i < hot->count; i++) {
        const bw_position *at = bw_position_at(venue, hot->extent + i);
        if (at->size == 0 || (done[i / 64u] >> i % 64u & 1u))
            continue;
        int64_t mm = bw_mm(venue, at->market, bw_abs(bw_value(bw_market_at(venue, at->market), at->size)));
        if (mm > most) {
            most = mm;
            found = hot->extent + i;
        }
    }
    return found;
}

static int64_t im_of(const bw_venue *venue, uint32_t position, int64_t closed)
{
    const bw_position *at = bw_position_at(venue, position);
    int64_t left = bw_abs(at->size) - closed;
    if (left == 0)
        return 0;
    return bw_im(venue, at->market, bw_abs(bw_value(bw_market_at(venue, at->market), at->size < 0 ? -left : left)));
}

/* Solvent: positions by MM until equity covers initial margin with the buffer. */
static void plan_solvent(bw_writer *writer, uint32_t case_number)
{
    bw_venue *venue = writer->venue;
    const bw_case at = bw_at_cases(venue)[case_number];
    const bw_pool *pool = bw_pool_at(venue, bw_cold_at(venue, at.account)->pool);
    int64_t credit = bw_mul_div_floor(at.frozen_equity, 1000000, 1000000 + (int64_t)pool->settings.buffer_ppm);
    int64_t im = at.im;
    uint64_t done[16] = {0};
    while (im > credit) {
        uint32_t position = largest_position(venue, at.account, done);
        if (position == 0)
            return;
        uint32_t i = position - bw_hot_at(venue, at.account)->extent;
        int64_t own = im_of(venue, position, 0);
        int64_t lots = slice_lots(venue, position, im - own, credit);
        im += im_of(venue, position, lots) - own;
        done[i / 64u] |= UINT64_C(1) << i % 64u;
        close_lots(writer, case_number, position, lots);
    }
}

/* Lots that an ended order left unfilled go on to backstop and ADL; whatever else is needed comes after (R11). */
static void plan_ended(bw_venue *venue, uint32_t case_number)
{
    const bw_hot *hot = bw_hot_at(venue, bw_at_cases(venue)[case_number].account);
    for (uint32_t p = hot->extent; p < hot->extent + hot->count; p++)
        if (bw_position_at(venue, p)->ended)
            closing_add(venue, case_number, p, bw_min(bw_position_at(venue, p)->ended, bw_abs(bw_position_at(venue, p)->size)));
}

void bw_ended_forget(bw_venue *venue, uint32_t account)
{
    bw_hot *hot = bw_hot_at(venue, account);
    if (!(hot->flags & BW_HOT_ENDED))
        return;
    hot->flags &= (uint8_t)~BW_HOT_ENDED;
    for (uint32_t p = hot->extent; p < hot->extent + hot->count; p++)
        bw_position_at(venue, p)->ended = 0;
}

static void plan_bankrupt(bw_venue *venue, uint32_t case_number)
{
    const bw_hot *hot = bw_hot_at(venue, bw_at_cases(venue)[case_number].account);
    for (uint32_t i = 0; i < hot->count; i++)
        if (bw_position_at(venue, hot->extent + i)->size)
            closing_add(venue, case_number, hot->extent + i, bw_abs(bw_position_at(venue, hot->extent + i)->size));
}

/* Orders that ended have released their gaps, orders sent out have reserved theirs: the rest is what the fund may pay. All
   that is to be closed is known, and so are the caps per event. */
static void refreeze(const bw_venue *venue)
{
    for (uint32_t p = 0; p < venue->pool_count; p++)
        if (bw_at_pool_round(venue)[p].frozen)
            bw_at_pool_round(venue)[p].usable = bw_fund_usable(venue, p);
    for (uint32_t m = 0; m < venue->market_count; m++)
        for (uint32_t side = BW_LONG; side <= BW_SHORT; side++) {
            const bw_market *market = bw_market_at(venue, m);
            bw_loss *loss = bw_loss_at(venue, m, side);
            int64_t notional = loss->lots ? bw_abs(bw_value(market, loss->lots)) : 0;
            loss->event_left = bw_fund_event_cap(&bw_pool_at(venue, market->pool)->settings, notional);
        }
}

/* Book sync: all lots of a bankrupt account go out as orders and wait, if any can: then this round closes nothing of it. */
static bool bankrupt_waits(bw_writer *writer, uint32_t case_number)
{
    bw_venue *venue = writer->venue;
    bw_case *at = bw_at_cases(venue) + case_number;
    const bw_hot *hot = bw_hot_at(venue, at->account);
    bool waits = false;
    if (!bw_book_is_sync(venue, bw_cold_at(venue, at->account)->pool) || bw_sync_must_end(venue, at->account))
        return false;
    for (uint32_t p = hot->extent; p < hot->extent + hot->count; p++) {
        const bw_position *position = bw_position_at(venue, p);
        int64_t lots = bw_abs(position->size);
        if (lots == 0 || !goes_to_book(venue, at, position->market))
            continue;
        bw_case before = *at;
        bool sent = bw_order_open(writer, p, lots, bw_case_zero_value(venue, at, p, lots), at->event);
        if (!sent)
            *at = before;
        waits |= sent;
    }
    if (waits)
        at->flags &= ~(uint32_t)BW_CASE_BANKRUPT;
    return waits;
}

/* at[0]: cases done. */
bool bw_phase_plan(bw_writer *writer)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    if (progress->at[0] >= progress->case_count) {
        refreeze(venue);
        return true;
    }
    uint32_t number = progress->at[0] + 1u;
    const bw_case *at = bw_at_cases(venue) + number;
    if ((at->flags & BW_CASE_BANKRUPT) && (bw_hot_at(venue, at->account)->flags & BW_HOT_WORKING)) {
        bw_orders_end(writer, at->account, BW_ORDER_BANKRUPT, at->event);
        return false;
    }
    if (convert_step(writer, at))
        return false;
    if (at->flags & BW_CASE_BANKRUPT) {
        if (!bankrupt_waits(writer, number))
            plan_bankrupt(venue, number);
    } else if (at->flags & BW_CASE_DEBT)
        ;                                /* healthy: only its debt was converted */
    else if (at->flags & BW_CASE_NO_BOOK)
        plan_ended(venue, number);
    else {
        plan_solvent(writer, number);
        sliced(venue, at->account);
    }
    bw_ended_forget(venue, at->account);
    progress->at[0]++;
    return false;
}
