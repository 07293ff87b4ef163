/* wide.h - 128-bit integers, and products and quotients of 64-bit ones through them.

   The only file of the project that names __int128: everything else goes through bw_wide, so that
   a prover which rejects the type has one file to replace.

   Rounding  in the name (R3): _floor toward minus infinity, _ceil toward plus infinity, _zero
             toward zero, _away from zero
   Errors    a result that does not fit stops the program; the _try forms return false instead and
             leave the result untouched
   Storage   bw_wide is 16 bytes, aligned to 16 */
#ifndef BW_MONEY_WIDE_H
#define BW_MONEY_WIDE_H

#include "base/assert.h"
#include "base/types.h"

typedef struct {
    __int128 value;
} bw_wide;

static inline bw_wide bw_wide_of(int64_t a)
{
    return (bw_wide){a};
}

static inline bw_wide bw_wide_of_u64(uint64_t a)
{
    return (bw_wide){(__int128)a};
}

/* a + b */
static inline bw_wide bw_wide_add(bw_wide a, bw_wide b)
{
    bw_wide sum;
    bool overflow = __builtin_add_overflow(a.value, b.value, &sum.value);
    BW_ASSERT(!overflow);
    return sum;
}

/* a - b */
static inline bw_wide bw_wide_sub(bw_wide a, bw_wide b)
{
    bw_wide difference;
    bool overflow = __builtin_sub_overflow(a.value, b.value, &difference.value);
    BW_ASSERT(!overflow);
    return difference;
}

static inline bw_wide bw_wide_negate(bw_wide a)
{
    return bw_wide_sub(bw_wide_of(0), a);
}

/* a x b, always exact: 64 by 64 bits. */
static inline bw_wide bw_wide_mul(int64_t a, int64_t b)
{
    return (bw_wide){(__int128)a * b};
}

/* a x b; the product must fit 128 bits. */
static inline bw_wide bw_wide_scale(bw_wide a, int64_t b)
{
    bw_wide product;
    bool overflow = __builtin_mul_overflow(a.value, (__int128)b, &product.value);
    BW_ASSERT(!overflow);
    return product;
}

/* The same, false when the result does not fit 128 bits. */
static inline bool bw_wide_add_try(bw_wide a, bw_wide b, bw_wide *result)
{
    bw_wide sum;
    if (__builtin_add_overflow(a.value, b.value, &sum.value))
        return false;
    *result = sum;
    return true;
}

static inline bool bw_wide_scale_try(bw_wide a, int64_t b, bw_wide *result)
{
    bw_wide product;
    if (__builtin_mul_overflow(a.value, (__int128)b, &product.value))
        return false;
    *result = product;
    return true;
}

/* sum + a x b: the usual step of a sum over positions. */
static inline bw_wide bw_wide_add_mul(bw_wide sum, int64_t a, int64_t b)
{
    return bw_wide_add(sum, bw_wide_mul(a, b));
}

static inline bw_wide bw_wide_add_int64(bw_wide a, int64_t b)
{
    return bw_wide_add(a, bw_wide_of(b));
}

/* Below 0, 0 or above 0 as a is less than, equal to or greater than b. */
static inline int bw_wide_compare(bw_wide a, bw_wide b)
{
    return (a.value > b.value) - (a.value < b.value);
}

static inline bool bw_wide_less(bw_wide a, bw_wide b)
{
    return a.value < b.value;
}

static inline bool bw_wide_equal(bw_wide a, bw_wide b)
{
    return a.value == b.value;
}

static inline bw_wide bw_wide_min(bw_wide a, bw_wide b)
{
    return b.value < a.value ? b : a;
}

static inline bw_wide bw_wide_max(bw_wide a, bw_wide b)
{
    return b.value > a.value ? b : a;
}

/* -1, 0 or 1 */
static inline int bw_wide_sign(bw_wide a)
{
    return (a.value > 0) - (a.value < 0);
}

static inline bool bw_wide_to_int64_try(bw_wide a, int64_t *result)
{
    int64_t low = (int64_t)a.value;
    if (low != a.value)
        return false;
    *result = low;
    return true;
}

static inline int64_t bw_wide_to_int64(bw_wide a)
{
    int64_t result = 0;
    bool fits = bw_wide_to_int64_try(a, &result);
    BW_ASSERT(fits);
    return result;
}

/* The nearest int64: for scores (R13), never for money. */
static inline int64_t bw_wide_to_int64_saturated(bw_wide a)
{
    return a.value > INT64_MAX ? INT64_MAX : a.value < INT64_MIN ? INT64_MIN : (int64_t)a.value;
}

/* floor(a / 2^bits) of a >= 0, as the low 64 bits; bits < 128. */
static inline uint64_t bw_wide_shift_low(bw_wide a, uint32_t bits)
{
    return (uint64_t)(a.value >> bits);
}

/* 2^bits, bits <= 126. */
static inline bw_wide bw_wide_power2(uint32_t bits)
{
    BW_ASSERT(bits <= 126);
    return (bw_wide){(__int128)1 << bits};
}

/* Bits needed for a >= 0: 0 for 0, 1 for 1, 2 for 2 and 3. */
static inline uint32_t bw_wide_bit_length(bw_wide a)
{
    uint64_t high = (uint64_t)(a.value >> 64);
    uint64_t low = (uint64_t)a.value;
    return high ? 128u - (uint32_t)__builtin_clzll(high)
                : low ? 64u - (uint32_t)__builtin_clzll(low) : 0u;
}

/* Upper half of the 128-bit product. */
static inline uint64_t bw_mul_high_u64(uint64_t a, uint64_t b)
{
    return (uint64_t)((unsigned __int128)a * b >> 64);
}

/* Quotients of wide numbers; b is not 0. One quotient does not exist: -2^127 / -1. */
static inline bw_wide bw_wide_div_zero(bw_wide a, bw_wide b)
{
    BW_ASSERT(b.value != 0);
    BW_ASSERT(!(b.value == -1 && a.value == (__int128)((unsigned __int128)1 << 127)));
    if (a.value == (int64_t)a.value && b.value == (int64_t)b.value && b.value > 0)
        return (bw_wide){(int64_t)a.value / (int64_t)b.value};
    return (bw_wide){a.value / b.value};
}

static inline bw_wide bw_wide_div_floor(bw_wide a, bw_wide b)
{
    bw_wide q = bw_wide_div_zero(a, b);
    bool exact = q.value * b.value == a.value;
    return (bw_wide){q.value - (!exact && (a.value < 0) != (b.value < 0))};
}

static inline bw_wide bw_wide_div_ceil(bw_wide a, bw_wide b)
{
    bw_wide q = bw_wide_div_zero(a, b);
    bool exact = q.value * b.value == a.value;
    return (bw_wide){q.value + (!exact && (a.value < 0) == (b.value < 0))};
}

static inline bw_wide bw_wide_div_away(bw_wide a, bw_wide b)
{
    return (a.value < 0) == (b.value < 0) ? bw_wide_div_ceil(a, b) : bw_wide_div_floor(a, b);
}

/* a - floor(a / b) x b: 0 <= result < b for b > 0. */
static inline bw_wide bw_wide_mod_floor(bw_wide a, bw_wide b)
{
    return (bw_wide){a.value - bw_wide_div_floor(a, b).value * b.value};
}

/* a x b / c in 128 bits, one rounding; c is not 0 and the result fits int64 (asserted). */
static inline int64_t bw_mul_div_floor(int64_t a, int64_t b, int64_t c)
{
    return bw_wide_to_int64(bw_wide_div_floor(bw_wide_mul(a, b), bw_wide_of(c)));
}

static inline int64_t bw_mul_div_ceil(int64_t a, int64_t b, int64_t c)
{
    return bw_wide_to_int64(bw_wide_div_ceil(bw_wide_mul(a, b), bw_wide_of(c)));
}

static inline int64_t bw_mul_div_zero(int64_t a, int64_t b, int64_t c)
{
    return bw_wide_to_int64(bw_wide_div_zero(bw_wide_mul(a, b), bw_wide_of(c)));
}

static inline int64_t bw_mul_div_away(int64_t a, int64_t b, int64_t c)
{
    return bw_wide_to_int64(bw_wide_div_away(bw_wide_mul(a, b), bw_wide_of(c)));
}

/* The same, false when c is 0 or the result does not fit. In money.c: not hot. */
bool bw_mul_div_floor_try(int64_t a, int64_t b, int64_t c, int64_t *result);
bool bw_mul_div_ceil_try(int64_t a, int64_t b, int64_t c, int64_t *result);
bool bw_mul_div_zero_try(int64_t a, int64_t b, int64_t c, int64_t *result);
bool bw_mul_div_away_try(int64_t a, int64_t b, int64_t c, int64_t *result);

/* Sign of a x b - c x d: compares the fractions a/d and c/b when d and b are positive. */
static inline int bw_product_compare(int64_t a, int64_t b, int64_t c, int64_t d)
{
    return bw_wide_compare(bw_wide_mul(a, b), bw_wide_mul(c, d));
}

/* a x b < c x d, exactly. */
static inline bool bw_product_less(int64_t a, int64_t b, int64_t c, int64_t d)
{
    return bw_product_compare(a, b, c, d) < 0;
}

#endif
