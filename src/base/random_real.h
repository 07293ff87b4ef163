/* random_real.h - uniform real numbers; not for base, money, allocate, engine (no float there).

   Rounding  none: the result is a multiple of 2^-53 and exact */
#ifndef BW_BASE_RANDOM_REAL_H
#define BW_BASE_RANDOM_REAL_H

#include "base/random.h"

/* The centre of one of 2^52 equal cells: 2^-53 <= result <= 1 - 2^-53. log() of it is finite. */
static inline double bw_random_real_of(uint64_t bits)
{
    return ((double)(bits >> 12) + 0.5) * 0x1p-52;
}

/* Uniform in (0, 1), both ends excluded. */
static inline double bw_random_real(uint64_t seed, uint64_t stream, uint64_t counter)
{
    return bw_random_real_of(bw_random_u64(seed, stream, counter));
}

#endif
