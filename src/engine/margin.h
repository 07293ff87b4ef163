/* margin.h - what a position is worth and what margin it needs: pure arithmetic on one market's figures.

   Units     lots, ticks, minor units of the settlement asset
   Rounding  linear values are exact; inverse values are floored (R1); margins are rounded up (R3, R6)
   Errors    none: limits checked at configuration keep every result below 2^62 (R1) */
#ifndef BW_ENGINE_MARGIN_H
#define BW_ENGINE_MARGIN_H

#include "engine/state.h"
#include "money/money.h"

static inline int64_t bw_abs(int64_t x) { return x < 0 ? -x : x; }
static inline int64_t bw_min(int64_t a, int64_t b) { return a < b ? a : b; }
static inline int64_t bw_max(int64_t a, int64_t b) { return a > b ? a : b; }

/* -size x face / price, floored. */
static inline int64_t bw_value_inverse(int64_t face, int64_t size, int64_t price)
{
    int64_t amount = bw_abs(size) * face;
    return size < 0 ? amount / price : -((amount + price - 1) / price);
}

/* Value of `size` lots at `price` > 0 (R1). */
static inline int64_t bw_value_at(const bw_market *market, int64_t size, int64_t price)
{
    return market->kind == BW_MARKET_LINEAR ? size * price * market->factor
                                            : bw_value_inverse(market->factor, size, price);
}

/* Value of `size` lots at the mark, which must be set unless size is 0. */
static inline int64_t bw_value(const bw_market *market, int64_t size)
{
    if (market->kind == BW_MARKET_LINEAR)
        return size * market->unit;
    return size ? bw_value_inverse(market->factor, size, market->mark) : 0;
}

static inline const bw_bracket_line *bw_bracket_of(const bw_venue *venue, uint32_t market, int64_t notional)
{
    const bw_bracket_line *line = bw_at_bracket(venue) + (uint64_t)market * BW_BRACKETS;
    uint32_t count = bw_market_at(venue, market)->bracket_count;
    uint32_t k = 0;
    while (k + 1u < count && line[k + 1u].floor <= notional)
        k++;
    return line + k;
}

/* ceil(n x rate - deduction), the deduction in whole units and millionths; continuous over the brackets. */
static inline int64_t bw_margin_line(int64_t n, uint32_t rate_ppm, int64_t deduction, uint32_t millionths)
{
    int64_t whole = n / 1000000, rest = n % 1000000 * rate_ppm - millionths;
    int64_t part = rest > 0 ? (rest + 999999) / 1000000 : 0;   /* rest > -10^6: its ceiling is 0 when not positive */
    return whole * rate_ppm - deduction + part;
}

/* Maintenance margin of notional n without min_mm: the M of the zero value (R8). */
static inline int64_t bw_mm_plain(const bw_venue *venue, uint32_t market, int64_t n)
{
    const bw_bracket_line *line = bw_bracket_of(venue, market, n);
    return bw_margin_line(n, line->mmr_ppm, line->mm_deduction, line->mm_millionths);
}

/* Maintenance and initial margin of a position of notional n > 0 or size != 0 (R6). */
static inline int64_t bw_mm(const bw_venue *venue, uint32_t market, int64_t n)
{
    return bw_max(bw_market_at(venue, market)->min_mm, bw_mm_plain(venue, market, n));
}

/* No less than the maintenance margin of a notional n >= 0, without a look at its brackets: rates only rise (R6). */
static inline int64_t bw_mm_bound(const bw_market *market, int64_t n)
{
    return market->min_mm + ((n >> 20) + 1) * market->mm_step;
}

static inline int64_t bw_im_unscaled(const bw_venue *venue, uint32_t market, int64_t n)
{
    const bw_bracket_line *line = bw_bracket_of(venue, market, n);
    return bw_max(bw_mm(venue, market, n), bw_margin_line(n, line->imr_ppm, line->im_deduction, line->im_millionths));
}

/* Initial margin with the market's volatility factor (R20), rounded up; the factor alone never asks for more than n. */
static inline int64_t bw_im(const bw_venue *venue, uint32_t market, int64_t n)
{
    int64_t im = bw_im_unscaled(venue, market, n), scale = bw_market_at(venue, market)->im_scale_ppm;
    if (scale == 1000000 || im >= n)
        return im;
    int64_t extra = bw_mul_div_ceil(im, scale - 1000000, 1000000);
    return extra < n - im ? im + extra : n;
}

/* Value of a collateral balance at a price, haircut included, floored (R5). */
static inline int64_t bw_collateral_value_at(const bw_collateral *collateral, int64_t amount, int64_t price)
{
    return bw_mul_div_floor(amount, price * collateral->factor, collateral->divisor);
}
static inline int64_t bw_collateral_value(const bw_collateral *collateral, int64_t amount)
{
    return bw_collateral_value_at(collateral, amount, collateral->price);
}

#endif
