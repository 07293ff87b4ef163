/* share.h - weight x amount / weight_sum for many weights: exact, without a division each.

       level = amount / weight_sum = whole + rest / weight_sum,     0 <= rest < weight_sum
       floor(weight x level) = whole x weight + floor(weight x rest / weight_sum)

   The last quotient is guessed as weight x fraction / 2^64, fraction = floor(rest x 2^64 /
   weight_sum). The guess is too low by less than 1 + weight / 2^64 < 2, so it is the quotient or
   one less, and the remainder, computed exactly, says which. The rounded ratio is only a guess:
   the result is that of one division (R3).

   Shapes    0 <= amount <= 2^62, 0 < weight_sum < 2^90, 0 <= weight <= 2^62 */
#ifndef BW_MONEY_SHARE_H
#define BW_MONEY_SHARE_H

#include "base/types.h"
#include "money/wide.h"

typedef struct {
    bw_wide weight_sum;
    int64_t whole;
    int64_t rest;
    uint64_t fraction;
    uint64_t reserved;
} bw_share;

/* The level amount / weight_sum. One division. */
bw_share bw_share_of(int64_t amount, bw_wide weight_sum);

/* floor(weight x level); *remainder = weight x amount - that x weight_sum (mod weight_sum). */
bw_wide bw_share_floor(const bw_share *share, int64_t weight, bw_wide *remainder);

/* True when bw_share_floor_narrow may be used for weights up to weight_max. */
bool bw_share_is_narrow(const bw_share *share, int64_t weight_max);

/* The same as bw_share_floor, in 64 bits. */
static inline int64_t bw_share_floor_narrow(const bw_share *share, int64_t weight,
                                            uint64_t *remainder)
{
    uint64_t sum = bw_wide_shift_low(share->weight_sum, 0);
    uint64_t quotient = bw_mul_high_u64((uint64_t)weight, share->fraction);
    uint64_t left = (uint64_t)weight * (uint64_t)share->rest - quotient * sum;
    uint64_t more = left >= sum;
    *remainder = left - (more ? sum : 0);
    return (int64_t)((uint64_t)weight * (uint64_t)share->whole + quotient + more);
}

/* The guess alone, under the conditions of bw_share_floor_narrow, in one multiplication.
   *fraction is weight x level mod 1 in units of 2^-64, too low by less than weight units. So when
   *fraction <= UINT64_MAX - weight the result is the floor; otherwise it may be one too low. */
static inline int64_t bw_share_guess(const bw_share *share, int64_t weight, uint64_t *fraction)
{
    *fraction = (uint64_t)weight * share->fraction;
    return (int64_t)((uint64_t)weight * (uint64_t)share->whole +
                     bw_mul_high_u64((uint64_t)weight, share->fraction));
}

#endif
