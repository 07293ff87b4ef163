/* exposure_delta.c - what ADL left unhedged, command by command, as in metrics/hedge.c:

       net risk of an owner = sum over underlyings of |sum over his accounts and markets of value(size, mark)|
       left by a command    = max(0, net risk after it - net risk with the lots ADL closed put back)

   Only underlyings in which ADL closed something differ between the two, so nothing else is valued. */
#include "metrics/state.h"
#include "stress/exposure_state.h"

typedef struct {
    bw_exposure_watch *watch;
    const bw_venue *venue;
    uint32_t first;                  /* account number of the owner's that was cut first */
    bw_wide before, after;           /* net value in one underlying */
} group;

/* The account's closes of this command in a market; NULL: none. */
static bw_exposure_close *cut_in(const group *at, uint32_t number, uint16_t market)
{
    const bw_exposure_watch *watch = at->watch;
    uint32_t touch = watch->touch_of[number];
    bw_exposure_close *close = touch ? bw_exposure_close_at(watch, watch->touches[touch - 1].close_first) : NULL;
    while (close != NULL && (close->market != market || close->cut_lots == 0))
        close = bw_exposure_close_at(watch, close->next);
    return close;
}

/* One account's part in the underlying; its closes there are done with. */
static void account_add(group *at, uint32_t number, uint16_t underlying)
{
    uint16_t m = underlying;
    do {
        const bw_market_view *market = &at->watch->markets[m];
        bw_exposure_close *cut = cut_in(at, number, m);
        bw_position_view position = {.size = 0};
        bw_position_get(at->venue, bw_account_id(at->venue, number), m, &position);
        int64_t before = position.size - (cut != NULL ? cut->cut_lots : 0);
        if (cut != NULL)
            cut->cut_lots = 0;
        if (market->mark > 0) {
            at->after = bw_wide_add_int64(at->after, bw_metrics_value(market, position.size, market->mark));
            at->before = bw_wide_add_int64(at->before, bw_metrics_value(market, before, market->mark));
        }
        m = at->watch->book->peers[m];
    } while (m != underlying);
}

static bw_wide magnitude(bw_wide a)
{
    return bw_wide_sign(a) < 0 ? bw_wide_negate(a) : a;
}

static bw_wide underlying_risk(group *at, uint16_t underlying)
{
    uint32_t number = at->first;
    at->before = at->after = bw_wide_of(0);
    do {
        account_add(at, number, underlying);
        number = at->watch->book->standings[number].next_of_owner;
    } while (number != at->first);
    return bw_wide_sub(magnitude(at->after), magnitude(at->before));
}

/* All underlyings in which this command closed something of the owner's. */
static void owner_add(group *at)
{
    bw_exposure_watch *watch = at->watch;
    bw_wide risk = bw_wide_of(0);
    uint32_t number = at->first;
    do {
        uint32_t touch = watch->touch_of[number];
        bw_exposure_close *close = touch ? bw_exposure_close_at(watch, watch->touches[touch - 1].close_first) : NULL;
        for (; close; close = bw_exposure_close_at(watch, close->next))
            if (close->cut_lots != 0)
                risk = bw_wide_add(risk, underlying_risk(at, close->market));
        number = watch->book->standings[number].next_of_owner;
    } while (number != at->first);
    if (bw_wide_sign(risk) > 0)
        bw_metrics_sum(&watch->touches[watch->touch_of[at->first] - 1].delta_left, bw_wide_to_int64(risk));
}

void bw_exposure_delta(bw_exposure_watch *watch, const bw_venue *venue)
{
    for (uint32_t i = 0; i < watch->cut_count; i++) {
        const bw_exposure_close *close = &watch->closes[watch->cuts[i]];
        group at = {.watch = watch, .venue = venue, .first = watch->touches[close->touch].number};
        if (close->cut_lots != 0)
            owner_add(&at);
    }
    watch->cut_count = 0;
}
