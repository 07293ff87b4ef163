#include "metrics/state.h"
#include "stress/exposure_state.h"

/* ---------------------------------------------------------------------------------------------------------- memory */

static void *take(char *base, size_t *at, uint64_t count, size_t size)
{
    *at = (*at + 63) / 64 * 64;
    void *taken = base ? base + *at : NULL;
    *at += count * size;
    return taken;
}

static size_t layout(bw_exposure_watch *to, char *base, const bw_exposure_book *book, uint32_t closes)
{
    size_t at = sizeof(bw_exposure_watch);
    to->touch_of = take(base, &at, book->account_count, sizeof *to->touch_of);
    to->touches = take(base, &at, book->account_count, sizeof *to->touches);
    to->closes = take(base, &at, closes, sizeof *to->closes);
    to->cuts = take(base, &at, closes, sizeof *to->cuts);
    to->markets = take(base, &at, book->market_count, sizeof *to->markets);
    to->waiting = take(base, &at, book->market_count, sizeof *to->waiting);
    return (at + 63) / 64 * 64;
}

size_t bw_exposure_watch_footprint(const bw_exposure_book *book, uint32_t closes)
{
    bw_exposure_watch measured;
    return closes > 0 && closes < UINT32_MAX ? layout(&measured, NULL, book, closes) : 0;
}

bw_exposure_watch *bw_exposure_watch_new(void *memory, const bw_exposure_book *book, uint32_t closes, int64_t half_spread_ppb)
{
    bw_exposure_watch *watch = memory;
    BW_ASSERT(bw_exposure_watch_footprint(book, closes) > 0 && (uintptr_t)memory % 64 == 0);
    *watch = (bw_exposure_watch){.book = book, .close_max = closes, .half_spread_ppb = half_spread_ppb};
    layout(watch, memory, book, closes);
    return watch;
}

void bw_exposure_watch_begin(bw_exposure_watch *watch)
{
    for (uint32_t i = 0; i < watch->touch_count; i++)
        watch->touch_of[watch->touches[i].number] = 0;
    watch->touch_count = watch->close_count = watch->cut_count = 0;
    watch->short_of_room = false;
    for (uint32_t m = 0; m < watch->book->market_count; m++) {
        watch->markets[m] = watch->book->markets[m];
        watch->waiting[m] = 0;
    }
}

/* --------------------------------------------------------------------------------------------------------- accounts */

/* From the opening mark to the present one. */
static uint32_t move_of(const bw_exposure_watch *watch, uint16_t market)
{
    if (market >= watch->book->market_count)
        return BW_EXPOSURE_NO_MOVE;
    int64_t open = watch->book->markets[market].mark, mark = watch->markets[market].mark, bp;
    if (open <= 0 || !bw_mul_div_floor_try(bw_metrics_abs(mark - open), 10000, open, &bp) || bp > INT32_MAX / 2)
        return BW_EXPOSURE_NO_MOVE;
    return 2 * (uint32_t)bp + (mark > open);
}

static bw_exposure_touch *touch_of(bw_exposure_watch *watch, const bw_event *event, uint32_t flags)
{
    uint32_t number;
    if (!bw_exposure_find(watch->book, event->account, &number))
        return NULL;
    if (watch->touch_of[number] == 0) {
        uint16_t market = event->market < watch->book->market_count ? event->market : watch->book->standings[number].market;
        watch->touches[watch->touch_count++] = (bw_exposure_touch){.number = number, .move = move_of(watch, market)};
        watch->touch_of[number] = watch->touch_count;
    }
    bw_exposure_touch *touch = &watch->touches[watch->touch_of[number] - 1];
    touch->flags |= flags;
    return touch;
}

/* The account's closes in a market; NULL: no room. */
static bw_exposure_close *close_of(bw_exposure_watch *watch, bw_exposure_touch *touch, uint16_t market)
{
    for (bw_exposure_close *close = bw_exposure_close_at(watch, touch->close_first); close;
         close = bw_exposure_close_at(watch, close->next))
        if (close->market == market)
            return close;
    if (watch->close_count == watch->close_max) {
        watch->short_of_room = true;
        return NULL;
    }
    bw_exposure_close *close = &watch->closes[watch->close_count++];
    *close = (bw_exposure_close){.touch = (uint32_t)(touch - watch->touches), .next = touch->close_first, .market = market};
    touch->close_first = watch->close_count;
    return close;
}

/* ----------------------------------------------------------------------------------------------------------- events */

static int64_t value_at_mark(const bw_exposure_watch *watch, uint16_t market, int64_t lots)
{
    const bw_market_view *view = &watch->markets[market];
    return view->mark > 0 ? bw_metrics_value(view, lots, view->mark) : 0;
}

static void see_adl(bw_exposure_watch *watch, bw_exposure_touch *touch, bw_exposure_close *close, const bw_event *event)
{
    int64_t lots = event->leg.lots, value = event->leg.value;
    bw_metrics_sum(&touch->slip, value - value_at_mark(watch, event->market, lots));
    bw_metrics_sum(&touch->adl_notional, bw_metrics_abs(value));
    if (close == NULL)
        return;
    bw_metrics_sum(&close->adl_lots, lots);
    bw_metrics_sum(&close->adl_value, value);
    if (close->waiting_lots == 0) {
        close->waiting_next = watch->waiting[event->market];
        watch->waiting[event->market] = (uint32_t)(close - watch->closes) + 1;
    }
    bw_metrics_sum(&close->waiting_lots, lots);
    bw_metrics_sum(&close->waiting_value, value);
    if (!watch->book->standings[touch->number].is_trader)
        return;                      /* a desk's net risk is the venue's */
    if (close->cut_lots == 0)
        watch->cuts[watch->cut_count++] = (uint32_t)(close - watch->closes);
    bw_metrics_sum(&close->cut_lots, lots);
}

static void see_leg(bw_exposure_watch *watch, const bw_event *event)
{
    uint32_t via = event->leg.via;
    bool adl = !event->leg.closing && (via == BW_VIA_PROFIT || via == BW_VIA_DESK || via == BW_VIA_OTHER);
    if (event->market >= watch->book->market_count || (!adl && !event->leg.closing))
        return;
    bw_exposure_touch *touch = touch_of(watch, event, adl ? BW_EXPOSURE_ADL : BW_EXPOSURE_LIQUIDATED);
    if (touch == NULL)
        return;
    bw_exposure_close *close = close_of(watch, touch, event->market);
    if (adl) {
        see_adl(watch, touch, close, event);
        return;
    }
    bw_metrics_sum(&touch->forced, event->leg.value - value_at_mark(watch, event->market, event->leg.lots));
    if (close != NULL)
        bw_metrics_sum(&close->forced_lots, bw_metrics_abs(event->leg.lots));
}

static void see_charge(bw_exposure_watch *watch, const bw_event *event)
{
    bool haircut = event->charged.layer == BW_LAYER_HAIRCUT;
    bw_exposure_touch *touch = touch_of(watch, event, haircut ? BW_EXPOSURE_CUT : BW_EXPOSURE_ADL);
    if (touch != NULL)
        bw_metrics_sum(haircut ? &touch->haircut : &touch->deleveraged, event->charged.charge);
}

/* Others bore what an account could not pay; `flags` of the event, if it is one that tells of him alone. */
static void see_forced(bw_exposure_watch *watch, const bw_event *event, uint32_t flags, int64_t amount)
{
    bw_exposure_touch *touch = event->account != 0 ? touch_of(watch, event, flags) : NULL;
    if (touch != NULL)
        bw_metrics_sum(&touch->forced, amount);
}

/* What waits in this market is opened again, at this mark and half a spread worse. */
static void reopen(bw_exposure_watch *watch, uint16_t market)
{
    bw_exposure_close *close = bw_exposure_close_at(watch, watch->waiting[market]);
    for (; close; close = bw_exposure_close_at(watch, close->waiting_next)) {
        int64_t value = value_at_mark(watch, market, close->waiting_lots);
        int64_t spread = bw_mul_div_ceil(bw_metrics_abs(value), watch->half_spread_ppb, 1000000000);
        bw_metrics_sum(&watch->touches[close->touch].reopened, close->waiting_value - value + spread);
        close->waiting_lots = close->waiting_value = 0;
    }
    watch->waiting[market] = 0;
}

static void see_mark(bw_exposure_watch *watch, const bw_event *event)
{
    if (event->marked.kind != BW_MARK_MARKET || event->marked.item < 0 || event->marked.item >= watch->book->market_count)
        return;
    uint16_t market = (uint16_t)event->marked.item;
    watch->markets[market].mark = event->marked.price;
    reopen(watch, market);
}

static void see_event(bw_exposure_watch *watch, const bw_event *event)
{
    switch (event->type) {
    case BW_EVENT_LEG: see_leg(watch, event); break;
    case BW_EVENT_CHARGED: see_charge(watch, event); break;
    case BW_EVENT_CONVERTED: touch_of(watch, event, BW_EXPOSURE_LIQUIDATED); break;
    case BW_EVENT_BANKRUPT: touch_of(watch, event, BW_EXPOSURE_BANKRUPT); break;
    case BW_EVENT_ATTRIBUTED: see_forced(watch, event, 0, -event->attributed.gap); break;
    case BW_EVENT_LOSS: see_forced(watch, event, 0, -event->loss.gap); break;
    case BW_EVENT_SURPLUS: see_forced(watch, event, 0, event->surplus.repaid + event->surplus.fee); break;
    case BW_EVENT_PENALTY: see_forced(watch, event, 0, event->penalty.fund + event->penalty.desk); break;
    default: break;
    }
}

void bw_exposure_watch_see(bw_exposure_watch *watch, const bw_venue *venue, const bw_event *events, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (events[i].type == BW_EVENT_MARKED)
            see_mark(watch, &events[i]);
        else if (events[i].pool == 0)
            see_event(watch, &events[i]);
    }
    bw_venue_view view;
    if (watch->cut_count == 0)
        return;
    bw_venue_get(venue, &view);
    if (!view.open)
        bw_exposure_delta(watch, venue);
}

/* -------------------------------------------------------------------------------------------------------------- end */

static int64_t more_than_nothing(int64_t amount)
{
    return amount > 0 ? amount : 0;
}

static uint32_t share_ppm(int64_t part, int64_t whole)
{
    int64_t ppm = whole > 0 ? bw_metrics_ppm(part, whole) : 0;
    return ppm > 1000000 ? 1000000u : (uint32_t)ppm;
}

/* Lots at the opening mark, without sign. */
static int64_t opening_value(const bw_exposure_watch *watch, uint16_t market, int64_t lots)
{
    const bw_market_view *view = &watch->book->markets[market];
    return view->mark > 0 ? bw_metrics_abs(bw_metrics_value(view, bw_metrics_abs(lots), view->mark)) : 0;
}

bw_exposure_path bw_exposure_watch_get(const bw_exposure_watch *watch, uint32_t number)
{
    if (watch->touch_of[number] == 0)
        return (bw_exposure_path){.flags = 0};
    const bw_exposure_touch *touch = &watch->touches[watch->touch_of[number] - 1];
    int64_t adl = 0, forced = 0, held = 0, notional = watch->book->standings[number].notional;
    for (const bw_exposure_close *close = bw_exposure_close_at(watch, touch->close_first); close;
         close = bw_exposure_close_at(watch, close->next)) {
        adl += opening_value(watch, close->market, close->adl_lots);
        forced += opening_value(watch, close->market, close->forced_lots);
        bw_metrics_sum(&held, close->adl_value - value_at_mark(watch, close->market, close->adl_lots));
    }
    bw_exposure_path path = {.haircut = touch->haircut, .adl_cost = more_than_nothing(touch->deleveraged + touch->slip),
                             .liquidation = more_than_nothing(touch->forced), .delta_left = touch->delta_left,
                             .adl_notional = touch->adl_notional,
                             .closed_ppm = share_ppm(adl, notional), .forced_ppm = share_ppm(forced, notional),
                             .move = touch->move, .flags = touch->flags};
    int64_t taken = touch->haircut + touch->deleveraged + path.liquidation;
    path.lost[BW_EXPOSURE_HOLD] = taken + held;
    path.lost[BW_EXPOSURE_REOPEN] = taken + touch->reopened;
    if (watch->short_of_room)
        path.flags |= BW_EXPOSURE_SHORT_OF_ROOM;
    return path;
}

void bw_exposure_watch_end(bw_exposure_watch *watch, bw_exposure_record *records, bw_exposure_bins *bins)
{
    for (uint16_t m = 0; m < watch->book->market_count; m++)
        reopen(watch, m);
    for (uint32_t i = 0; records != NULL && i < watch->touch_count; i++) {
        uint32_t number = watch->touches[i].number;
        bw_exposure_path path = bw_exposure_watch_get(watch, number);
        bw_exposure_add(&records[number], &bins[number], &path, bw_exposure_scale(&watch->book->standings[number]));
    }
}

uint32_t bw_exposure_watch_touched(const bw_exposure_watch *watch)
{
    return watch->touch_count;
}

uint32_t bw_exposure_watch_number(const bw_exposure_watch *watch, uint32_t index)
{
    BW_ASSERT(index < watch->touch_count);
    return watch->touches[index].number;
}
