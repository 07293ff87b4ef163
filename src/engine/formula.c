/* formula.c - see formula.h. */
#include "engine/formula.h"

#include "engine/margin.h"
#include "money/ppm.h"

/* ---------------------------------------------------------------------------------- margin, zero value, trade rule */

bool bw_margin_at_rate(int64_t size, int64_t num, int64_t den, int64_t rate_ppm, int64_t *margin)
{
    bw_wide product, whole;
    if (den <= 0 || !bw_wide_scale_try(bw_wide_mul(bw_abs(size), num), rate_ppm, &product) ||
        !bw_wide_scale_try(bw_wide_of(den), BW_PPM, &whole))
        return false;
    return bw_wide_to_int64_try(bw_wide_div_ceil(product, whole), margin);
}

bool bw_zero_value_try(int64_t value, int64_t equity, int64_t margin_part, int64_t margin, int64_t *zero)
{
    int64_t part = equity;
    if (margin && !bw_mul_div_floor_try(equity, margin_part, margin, &part))
        return false;
    return bw_sub_checked(value, part, zero);
}

int64_t bw_zero_value(int64_t value, int64_t equity, int64_t margin_part, int64_t margin)
{
    int64_t zero = 0;
    bool fits = bw_zero_value_try(value, equity, margin_part, margin, &zero);
    BW_ASSERT(fits);
    return zero;
}

bw_fill_effect bw_fill_effect_of(int64_t cash, int64_t zero)
{
    int64_t better = cash - zero;
    return (bw_fill_effect){.surplus = bw_max(0, better), .gap = bw_max(0, -better)};
}

int64_t bw_liquidation_fee(uint32_t rate_ppm, int64_t value, int64_t surplus)
{
    return bw_min(bw_ppm_floor(bw_abs(value), rate_ppm), bw_max(0, surplus));
}

int64_t bw_gap_of(int64_t equity)
{
    return bw_max(0, -equity);
}

static bool ratio_falls(const bw_margins *before, const bw_margins *after)
{
    return bw_product_less(after->equity, before->mm, before->equity, after->mm);
}

bool bw_margin_allows(const bw_margins *before, const bw_margins *after, bool reduces)
{
    if (after->equity >= after->im)
        return true;
    return reduces && after->equity >= 0 && !ratio_falls(before, after);
}

bool bw_margin_allows_forced(const bw_margins *before, const bw_margins *after)
{
    if (after->equity >= after->im)
        return true;
    if (before->equity >= before->im)
        return false;
    if (after->mm == 0)
        return after->equity >= 0;
    return after->mm <= before->mm && !ratio_falls(before, after);
}

/* -------------------------------------------------------------------------------------------------------------- fund */

static int64_t capped(int64_t room, int64_t cap, int64_t paid)
{
    return cap < 0 ? room : bw_min(room, cap - paid);
}

int64_t bw_fund_room(const bw_fund_caps *caps)
{
    int64_t room = capped(caps->fund - caps->floor, caps->event_cap, 0);
    room = capped(room, caps->window_cap, caps->window_paid);
    room = capped(room, caps->market_cap, caps->market_paid);
    return bw_max(0, bw_max(0, room) - caps->reserved);
}

int64_t bw_fund_amount(int64_t asked, int64_t room, bool all_or_nothing, bool bottomless)
{
    if (bottomless || asked <= room)
        return asked;
    return all_or_nothing ? 0 : room;
}

int64_t bw_fund_share_cap(int64_t base, int64_t share, int64_t whole)
{
    bw_wide cap = bw_wide_div_floor(bw_wide_mul(bw_max(0, base), share), bw_wide_of(whole));
    return bw_wide_to_int64(bw_wide_min(cap, bw_wide_of((INT64_C(1) << 62) - 1)));
}

int64_t bw_window_start(int64_t start, int64_t time, int64_t length)
{
    return time < start ? start : time - (time - start) % length;
}

bool bw_fund_takeover_of(int64_t deficit, bw_wide num, bw_wide den, int64_t unit, int64_t fund, bw_fund_takeover *result)
{
    bw_wide price, whole, money, back;
    int64_t paid;
    if (unit <= 0 || bw_wide_sign(num) <= 0 || bw_wide_sign(den) <= 0 || !bw_wide_scale_try(num, deficit, &price) ||
        !bw_wide_scale_try(den, unit, &whole) || !bw_wide_scale_try(bw_wide_div_ceil(price, whole), unit, &money))
        return false;
    paid = bw_wide_to_int64(bw_wide_min(money, bw_wide_of(fund)));
    if (!bw_wide_scale_try(den, paid, &back))
        return false;
    bw_wide taken = bw_wide_min(bw_wide_of(deficit), bw_wide_div_floor(back, num));
    *result = (bw_fund_takeover){paid, bw_wide_to_int64(taken)};
    return true;
}

/* ----------------------------------------------------------------------------------------------------------- haircut */

int64_t bw_haircut_cap(int64_t base_left, int64_t equity, uint32_t fraction_ppm)
{
    return bw_ppm_floor(bw_max(0, bw_min(base_left, equity)), fraction_ppm);
}

int64_t bw_locked_profit(int64_t profit, int64_t released)
{
    return bw_max(0, bw_max(0, profit) - released);
}

bool bw_index_step(bw_step_rounding rounding, int64_t budget, bw_wide lots, bw_wide scale, bw_wide *carried, bw_wide *step)
{
    bw_wide product, dividend;
    if (bw_wide_sign(lots) <= 0 || !bw_wide_scale_try(scale, budget, &product) ||
        !bw_wide_add_try(product, *carried, &dividend))
        return false;
    bw_wide whole = bw_wide_div_floor(dividend, lots), rest = bw_wide_mod_floor(dividend, lots);
    bool up = rounding == BW_STEP_CEIL      ? bw_wide_sign(rest) > 0
              : rounding == BW_STEP_HALF_UP ? !bw_wide_less(rest, bw_wide_sub(lots, rest))
                                            : false;
    *step = up ? bw_wide_add_int64(whole, 1) : whole;
    *carried = up ? bw_wide_sub(rest, lots) : rest;
    return true;
}

bool bw_index_charge(int64_t size, bw_wide steps, bw_wide scale, bw_wide *remainder, int64_t *charge)
{
    bw_wide owed;
    if (bw_wide_sign(scale) <= 0 || !bw_wide_scale_try(steps, size, &owed) || !bw_wide_add_try(owed, *remainder, &owed) ||
        !bw_wide_to_int64_try(bw_wide_div_floor(owed, scale), charge))
        return false;
    *remainder = bw_wide_mod_floor(owed, scale);
    return true;
}

static int64_t at_most(bw_wide amount, int64_t most)
{
    return bw_wide_to_int64(bw_wide_min(amount, bw_wide_of(most)));
}

int64_t bw_dilution_floor(int64_t index, int64_t loss, int64_t total)
{
    return total <= 0 ? 0 : at_most(bw_wide_div_floor(bw_wide_mul(index, loss), bw_wide_of(total)), index);
}

int64_t bw_dilution_ceil(int64_t index, int64_t loss, int64_t total)
{
    return total <= 0 ? 0 : at_most(bw_wide_div_ceil(bw_wide_mul(index, loss), bw_wide_of(total)), index);
}

int64_t bw_backing_rate(int64_t assets, int64_t claims, int64_t scale)
{
    if (claims <= 0)
        return scale;
    return at_most(bw_wide_div_floor(bw_wide_mul(bw_max(0, assets), scale), bw_wide_of(claims)), scale);
}

int64_t bw_keep_factor(int64_t shortfall, int64_t positive, int64_t cut_max, int64_t scale)
{
    if (shortfall <= 0 || positive <= 0)
        return scale;
    bw_wide cut = bw_wide_div_floor(bw_wide_mul(shortfall, scale), bw_wide_of(positive));
    return bw_max(0, scale - at_most(cut, cut_max));
}

bool bw_scaled_floor(int64_t amount, int64_t num, int64_t den, int64_t *result)
{
    bw_wide shifted, product;
    if (den <= 0 || !bw_wide_scale_try(bw_wide_power2(64), num, &shifted) ||
        !bw_wide_scale_try(bw_wide_div_floor(shifted, bw_wide_of(den)), amount, &product))
        return false;
    return bw_wide_to_int64_try(bw_wide_div_floor(product, bw_wide_power2(64)), result);
}

/* -------------------------------------------------------------------------------------------------------------- ends */

int64_t bw_claim_due(int64_t face, int64_t num, int64_t den, int64_t paid)
{
    return bw_max(0, at_most(bw_wide_div_floor(bw_wide_mul(face, num), bw_wide_of(den)), face) - paid);
}

bool bw_terminal_price(int64_t net_base, int64_t net_quote, int64_t excess, int64_t target, int64_t scale, int64_t *price)
{
    int64_t best;
    if (net_base == 0) {
        *price = target;
        return true;
    }
    if (!bw_mul_div_zero_try(excess - net_quote, scale, net_base, &best) || bw_abs(best) >= INT64_C(1) << 62)
        return false;
    *price = net_base > 0 ? bw_min(best, target) - 1 : bw_max(best, target) + 1;
    return true;
}

int64_t bw_auction_value(int64_t value, int64_t requirement, int64_t elapsed, int64_t length)
{
    int64_t start = bw_min(value, 0);
    if (requirement >= 0)
        return 0;
    return elapsed >= length ? requirement : start + bw_mul_div_zero(requirement - start, elapsed, length);
}
