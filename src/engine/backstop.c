/* backstop.c - desks take over lots of the closing set, at mark or at a discount, within their limits (R12). */
#include "engine/penalty.h"
#include "engine/round.h"

#include "engine/trigger.h"

#include "money/money.h"
#include "money/ppm.h"

/* Lots whose value is at most `notional` at the mark. */
static int64_t lots_within(const bw_market *market, int64_t notional)
{
    int64_t lots;
    if (notional <= 0)
        return 0;
    if (market->kind == BW_MARKET_LINEAR)
        return notional / market->unit;
    return bw_mul_div_floor_try(notional, market->mark, market->factor, &lots) ? lots : BW_SIZE_MAX;
}

static void window_advance(const bw_venue *venue, bw_desk *desk)
{
    if (desk->window_ns == 0 || venue->time_ns - desk->window_start_ns < desk->window_ns)
        return;
    desk->window_start_ns = venue->time_ns;
    desk->window_taken = 0;
}

/* Size, in the direction of the take-over, up to which the desk's margin lets its position grow. */
static int64_t size_by_margin(const bw_venue *venue, uint32_t account, uint32_t market, uint32_t own)
{
    const bw_market *at = bw_market_at(venue, market);
    bw_assessment now = bw_account_assess(venue, account);
    int64_t free = now.equity - now.im - bw_warm_at(venue, account)->order_margin;
    int64_t held = own ? bw_position_at(venue, own)->size : 0;
    if (held)
        free += bw_im(venue, market, bw_abs(bw_value(at, held)));
    return free <= 0 ? 0 : lots_within(at, bw_notional_for_im(venue, market, free));
}

/* What the desk can take of a closing position; `side` is the closed one's. */
static int64_t capacity(const bw_venue *venue, const bw_desk *desk, const bw_closing *closing, uint32_t side)
{
    const bw_market *market = bw_market_at(venue, closing->market);
    uint32_t own = bw_position_find(venue, desk->account, closing->market);
    if (own == 0 && !bw_position_room(venue, desk->account))
        return 0;
    int64_t held = own ? bw_value(market, bw_position_at(venue, own)->size) : 0;
    if ((market->kind == BW_MARKET_INVERSE) != (side == BW_SHORT))
        held = -held;
    int64_t size = own ? bw_position_at(venue, own)->size : 0;
    if (side == BW_SHORT)
        size = -size;
    int64_t lots = bw_min(closing->lots, bw_ppm_floor(closing->size, desk->share_ppm));
    lots = bw_min(lots, lots_within(market, desk->market_max - held));
    if (desk->window_max)
        lots = bw_min(lots, lots_within(market, desk->window_max - desk->window_taken));
    if (bw_hot_at(venue, desk->account)->flags & BW_HOT_MARGINLESS)
        return lots;
    return bw_min(lots, size_by_margin(venue, desk->account, closing->market, own) - size);
}

static void surplus_event(bw_writer *writer, const bw_case *at, uint32_t market, int64_t surplus, int64_t repaid,
                          int64_t fee, uint32_t cause)
{
    bw_venue *venue = writer->venue;
    bw_event *event = bw_emit(writer, BW_EVENT_SURPLUS, cause);
    event->account = bw_cold_at(venue, at->account)->id;
    event->market = (uint16_t)market;
    event->pool = bw_market_at(venue, market)->pool;
    event->surplus.surplus = surplus;
    event->surplus.repaid = repaid;
    event->surplus.fee = fee;
    event->surplus.balance = bw_warm_at(venue, at->account)->balance;
    bw_emit_done(writer, event);
}

/* Money the closed account gets for the lots: at mark if it is bankrupt, else at the discount, never below zero value and what
   the penalty takes. */
static int64_t proceeds(const bw_venue *venue, const bw_desk *desk, bw_case *at, uint32_t position, int64_t lots,
                        int64_t *zero)
{
    const bw_position *p = bw_position_at(venue, position);
    int64_t value = bw_value(bw_market_at(venue, p->market), p->size < 0 ? -lots : lots);
    *zero = bw_case_zero_value(venue, at, position, lots);
    if (at->flags & BW_CASE_BANKRUPT)
        return value;
    bw_penalty penalty = bw_penalty_of(venue, at->account, p->market, lots, desk->account);
    return bw_max(bw_penalty_least(&penalty, value, *zero), value - bw_ppm_ceil(bw_abs(value), desk->discount_ppm));
}

static void fee_take(bw_writer *writer, const bw_case *at, bw_loss *loss, uint32_t market, int64_t value,
                     int64_t surplus, uint32_t cause)
{
    bw_venue *venue = writer->venue;
    uint32_t rate = bw_pool_at(venue, bw_market_at(venue, market)->pool)->settings.liquidation_fee_ppm;
    int64_t repaid = bw_surplus_repay(writer, at->account, surplus);
    int64_t fee = bw_liquidation_fee(rate, value, surplus - repaid);
    bw_balance_add(venue, at->account, -repaid - fee);
    loss->surplus += fee;
    surplus_event(writer, at, market, surplus, repaid, fee, cause);
}

/* The desk takes `lots` of the closing entry. */
static void take_over(bw_writer *writer, uint32_t desk_number, bw_closing *closing, uint32_t side, int64_t lots)
{
    bw_venue *venue = writer->venue;
    bw_desk *desk = bw_at_desk(venue) + desk_number;
    bw_case *at = bw_at_cases(venue) + closing->case_number;
    bw_loss *loss = bw_loss_at(venue, closing->market, side);
    uint32_t position = bw_closing_position(venue, closing);
    int64_t zero, money = proceeds(venue, desk, at, position, lots, &zero), part = side == BW_SHORT ? -lots : lots;
    bw_round_touch(writer, desk->account);
    bw_leg closed = {position, at->event, bw_cold_at(venue, desk->account)->id, -part, -money, zero,
                     BW_VIA_BACKSTOP, true};
    uint32_t index = bw_leg_apply(writer, &closed);
    uint32_t own = bw_position_open(venue, desk->account, closing->market);
    bw_shadow_take(venue, own);
    bw_leg took = {own, index, bw_cold_at(venue, at->account)->id, part, money, 0, BW_VIA_BACKSTOP, false};
    bw_leg_apply(writer, &took);
    int64_t penalty = bw_penalty_round(writer, at, closing->market, side, lots, desk->account, index);
    closing->lots -= lots;
    loss->lots_left -= lots;
    desk->window_taken += bw_abs(money);
    if (at->flags & BW_CASE_BANKRUPT) {
        bw_at_desk_lots(venue)[(2u * closing->market + side) * venue->limits.desks + desk_number] += lots;
        loss->backstop_lots += lots;
    } else if (money - penalty > zero)
        fee_take(writer, at, loss, closing->market, money, money - penalty - zero, index);
}

static bool uses_backstop(const bw_venue *venue, uint32_t market)
{
    const uint8_t *quantity = bw_pool_at(venue, bw_market_at(venue, market)->pool)->settings.quantity;
    return quantity[0] == BW_QUANTITY_BACKSTOP || quantity[1] == BW_QUANTITY_BACKSTOP;
}

enum { AHEAD = 8 };

/* Asks memory for the accounts of this closing entry and those after it, a group at a time. at[3]: entries until then. */
static void closing_prefetch(const bw_venue *venue, uint32_t *at)
{
    uint32_t accounts[AHEAD], count = 0;
    if (at[3]-- > 0)
        return;
    for (uint32_t n = at[1]; n && count < AHEAD; n = bw_at_closing(venue)[n].next) {
        __builtin_prefetch(bw_at_cases(venue) + bw_at_closing(venue)[n].case_number, 1);
        accounts[count++] = bw_at_closing(venue)[n].account;
    }
    bw_accounts_prefetch(venue, accounts, count);
    at[3] = count - 1u;
}

/* One pair of closing entry and desk. at[0]: market and side, at[1]: closing entry, at[2]: desk + 1. */
bool bw_phase_backstop(bw_writer *writer)
{
    bw_venue *venue = writer->venue;
    uint32_t *at = bw_at_progress(venue)->at;
    if (at[0] >= 2u * venue->market_count)
        return true;
    uint32_t market = at[0] / 2u, side = at[0] % 2u;
    const bw_loss *loss = bw_loss_at(venue, market, side);
    uint32_t desk_first = bw_pool_at(venue, bw_market_at(venue, market)->pool)->desk_first;
    if (at[1] == 0) {
        at[1] = loss->lots_left && uses_backstop(venue, market) ? loss->closing_first : 0;
        at[3] = 0;
        at[2] = desk_first;
    }
    if (at[1] == 0) {
        at[0]++;
        return false;
    }
    bw_closing *closing = bw_at_closing(venue) + at[1];
    if (at[2] == desk_first)
        closing_prefetch(venue, at);
    /* a desk's own inventory is what ADL closes: no other desk takes it (R12) */
    bool of_desk = (bw_hot_at(venue, closing->account)->flags & BW_HOT_DESK) != 0;
    if (at[2] && closing->lots && !of_desk) {
        bw_desk *desk = bw_at_desk(venue) + at[2] - 1u;
        const bw_hot *hot = bw_hot_at(venue, desk->account);
        window_advance(venue, desk);
        bool able = bw_at_case_of(venue)[desk->account] == 0 && !(hot->flags & (BW_HOT_CLOSED | BW_HOT_WORKING));
        int64_t lots = able ? capacity(venue, desk, closing, side) : 0;
        if (lots > 0)
            take_over(writer, at[2] - 1u, closing, side, lots);
        at[2] = desk->next;
        return false;
    }
    at[1] = closing->next;
    at[2] = desk_first;
    if (at[1] == 0)
        at[0]++;
    return false;
}
