/* kind_fund.c - fund-draw, bankruptcy-takeover, quantity-scale: what a fund pays under its caps (R14), a loss taken over for
   fund money (R14), sizes scaled down with the other side (a pure function: scaled sizes would break R2). */
#include <string.h>

#include "conform/trial.h"

#define BPS 10000
#define DAY_SECONDS 86400

/* ------------------------------------------------------------------------------------------------------ fund-draw */

enum { DAY, DAY_FUND, DAY_PAID, DRAWN };

/* The caps of `initial`: of the event's notional, of the fund at the day's start. One that is not there is none. */
static int64_t share_cap(bw_trial *trial, const char *key, bw_amount base)
{
    if (!bw_trial_has(&trial->initial, key))
        return BW_FUND_UNCAPPED;
    return bw_fund_share_cap(base.minor, bw_trial_get_least(trial, &trial->initial, key, 0).minor, BPS);
}

static void day_begin(bw_trial *trial)
{
    const bw_amount none = bw_amount_of(0);
    bw_amount time = bw_trial_get_or(trial, &trial->event, "now", none);
    bw_amount day = bw_amount_of(bw_window_start(0, bw_trial_positive(time).minor, DAY_SECONDS));
    if (bw_amount_sign(trial->now.more[DRAWN]) != 0 && bw_amount_equal(day, trial->now.more[DAY]))
        return;
    trial->now.more[DRAWN] = bw_amount_of(1);
    trial->now.more[DAY] = day;
    trial->now.more[DAY_FUND] = trial->now.fund;
    trial->now.more[DAY_PAID] = none;
}

static bool run_draw(bw_trial *trial, const char *type)
{
    const bw_amount none = bw_amount_of(0);
    if (strcmp(type, "draw") != 0)
        return false;
    bw_amount want = bw_trial_get_least(trial, &trial->event, "want", 0);
    bw_amount notional = bw_trial_get_or(trial, &trial->event, "event_notional", none);
    if (bw_trial_has(&trial->event, "fund"))
        trial->now.fund = bw_trial_get(trial, &trial->event, "fund");
    else
        bw_trial_need(trial, "fund ");
    if (bw_trial_has(&trial->initial, "event_cap_bps"))
        bw_trial_get(trial, &trial->event, "event_notional");
    day_begin(trial);
    bw_fund_caps caps = {.fund = trial->now.fund.minor, .event_cap = share_cap(trial, "event_cap_bps", notional),
                         .window_cap = share_cap(trial, "daily_cap_bps", trial->now.more[DAY_FUND]),
                         .window_paid = trial->now.more[DAY_PAID].minor, .market_cap = BW_FUND_UNCAPPED};
    bw_amount paid = bw_amount_of(bw_fund_amount(want.minor, bw_fund_room(&caps), false, false));
    trial->now.fund = bw_trial_sub(trial, trial->now.fund, paid);
    trial->now.more[DAY_PAID] = bw_trial_add(trial, trial->now.more[DAY_PAID], paid);
    bw_trial_put(trial, "paid", paid);
    bw_trial_put(trial, "value", paid);
    bw_trial_put(trial, "uncovered", bw_trial_sub(trial, want, paid));
    return true;
}

static void begin_draw(bw_trial *trial)
{
    trial->now.fund = bw_trial_get_or(trial, &trial->initial, "fund", bw_amount_of(0));
}

static void show_draw(bw_trial *trial)
{
    bw_trial_put(trial, "fund_after", trial->now.fund);
}

/* -------------------------------------------------------------------------------------------- bankruptcy-takeover */

static bw_amount given(bw_trial *trial, const char *key)
{
    return bw_trial_get_least(trial, &trial->initial, key, 0);
}

/* Fund money per unit of loss, his fee included: settle price x (1 + fee) / fund price. Takes what the liquidator may still
   take of the deficit; spreads the rest if the fund is empty after that. Returns what left the account. */
static bw_amount takeover_by_fund(bw_trial *trial, bw_amount deficit, bw_amount cap)
{
    bw_amount with_fee = bw_trial_add(trial, bw_amount_of(BW_PPM), given(trial, "fee_ppm"));
    bw_wide num = bw_wide_mul(given(trial, "settle_price").minor, with_fee.minor);
    bw_wide den = bw_wide_mul(given(trial, "fund_price").minor, BW_PPM);
    bw_fund_takeover effect = {0, 0};
    bool fits = bw_fund_takeover_of(bw_amount_min(deficit, cap).minor, num, den, given(trial, "fund_unit").minor,
                                    trial->now.fund.minor, &effect);
    bw_amount paid = bw_trial_keep(trial, fits, effect.paid), taken = bw_trial_keep(trial, fits, effect.taken);
    trial->now.fund = bw_trial_sub(trial, trial->now.fund, paid);
    bool empty = bw_amount_sign(trial->now.fund) == 0;
    bw_amount socialised = empty ? bw_trial_sub(trial, deficit, taken) : bw_amount_of(0);
    bw_trial_put(trial, "fund_paid", paid);
    bw_trial_put(trial, "taken", taken);
    bw_trial_put(trial, "socialised", socialised);
    return bw_trial_add(trial, taken, socialised);
}

static bool run_takeover(bw_trial *trial, const char *type)
{
    const bw_amount none = bw_amount_of(0);
    if (strcmp(type, "take-over-bankrupt") != 0)
        return false;
    bw_amount lost = given(trial, "negative_pnl"), settle_cap = given(trial, "settle_cap"), cap = given(trial, "liquidator_cap");
    bw_amount settled = bw_amount_min(bw_amount_min(settle_cap, cap), lost);
    bw_amount left = bw_trial_sub(trial, lost, settled);
    bw_amount deficit = bw_amount_min(left, given(trial, "amount_to_zero_health"));
    bw_trial_put(trial, "settled", settled);
    bw_trial_put(trial, "fund_paid", none);
    bw_trial_put(trial, "taken", none);
    bw_trial_put(trial, "socialised", none);
    if (bw_amount_equal(settled, settle_cap))
        left = bw_trial_sub(trial, left, takeover_by_fund(trial, deficit, bw_trial_sub(trial, cap, settled)));
    bw_trial_put(trial, "pnl_left", left);
    return true;
}

static void begin_takeover(bw_trial *trial)
{
    bw_trial_need(trial, "negative_pnl amount_to_zero_health settle_cap fund liquidator_cap fee_ppm settle_price fund_price "
                         "fund_unit ");
    trial->now.fund = given(trial, "fund");
    bw_trial_get_least(trial, &trial->initial, "settle_price", 1);
    bw_trial_get_least(trial, &trial->initial, "fund_price", 1);
    bw_trial_get_least(trial, &trial->initial, "fund_unit", 1);
}

/* ------------------------------------------------------------------------------------------------- quantity-scale */

#define SCALE_ONE INT64_C(1000000000000000)

enum { SCALE, OPEN_INTEREST = 2 };   /* each of longs, then of shorts */

/* |size| x scale / the scale when the size was last written (index_at), rounded up; with the sign of the size. */
static bw_amount effective(bw_trial *trial, const bw_party *party)
{
    bool is_short = bw_amount_sign(party->qty) < 0;
    if (bw_amount_sign(party->qty) == 0)
        return party->qty;
    bw_amount size = bw_trial_ceil(trial, bw_trial_size(party->qty), trial->now.more[SCALE + is_short], party->index_at);
    return is_short ? bw_trial_negate(size) : size;
}

static bool run_scale(bw_trial *trial, const char *type)
{
    if (strcmp(type, "shrink-side-without-trade") != 0)
        return false;
    bw_party *party = bw_trial_party(trial, &trial->event, "id");
    bw_amount less = bw_trial_get_least(trial, &trial->event, "qty", 0), size = effective(trial, party);
    uint32_t side = bw_amount_sign(size) < 0, other = !side;
    bw_amount *scale = &trial->now.more[SCALE], *open = &trial->now.more[OPEN_INTEREST];
    trial->refused = bw_amount_less(bw_trial_size(size), less) || bw_amount_less(open[side], less);
    if (trial->refused)
        return true;
    party->qty = side ? bw_trial_add(trial, size, less) : bw_trial_sub(trial, size, less);
    party->index_at = scale[side];
    open[side] = bw_trial_sub(trial, open[side], less);
    if (bw_amount_sign(open[other]) > 0)
        scale[other] = bw_trial_floor(trial, scale[other], open[side], open[other]);
    open[other] = open[side];
    return true;
}

static void begin_scale(bw_trial *trial)
{
    bw_trial_need(trial, "accounts ");
    trial->now.more[SCALE] = trial->now.more[SCALE + 1] = bw_amount_of(SCALE_ONE);
    for (uint32_t n = 0; n < trial->now.party_count; n++) {
        bw_amount *side = &trial->now.more[OPEN_INTEREST + (bw_amount_sign(trial->parties[n].qty) < 0)];
        trial->parties[n].index_at = bw_amount_of(SCALE_ONE);
        *side = bw_trial_add(trial, *side, bw_trial_size(trial->parties[n].qty));
    }
}

static void show_scale(bw_trial *trial)
{
    const bw_amount *more = trial->now.more;
    bw_json_within(trial->out, "effective");
    bw_trial_put(trial, "scale_long", more[SCALE]);
    bw_trial_put(trial, "scale_short", more[SCALE + 1]);
    bw_trial_put(trial, "open_interest_long", more[OPEN_INTEREST]);
    bw_trial_put(trial, "open_interest_short", more[OPEN_INTEREST + 1]);
    for (uint32_t n = 0; n < trial->now.party_count; n++)
        bw_trial_put_of(trial, "effective", &trial->parties[n], effective(trial, &trial->parties[n]));
}

const bw_kind BW_KIND_FUND_DRAW = {"fund-draw", NULL, begin_draw, run_draw, show_draw};
const bw_kind BW_KIND_BANKRUPTCY_TAKEOVER = {"bankruptcy-takeover", NULL, begin_takeover, run_takeover, show_draw};
const bw_kind BW_KIND_QUANTITY_SCALE = {"quantity-scale", "qty ", begin_scale, run_scale, show_scale};
