/* ppm.h - n x rate for rates in millionths (ppm) and billionths (ppb), in 64-bit arithmetic only.

       n = h x 10^6 + l      n x rate / 10^6 = h x rate + l x rate / 10^6, the last term < 10^6

   No 128-bit division: the divisors are constants, so a multiplication does it. For the paths that
   run per position: margins, haircuts of collateral, fees.

   Shapes    0 <= n < 2^62, 0 <= rate <= 10^6 (ppm) or 10^9 (ppb): asserted
   Rounding  in the name (R3); the result is at most n */
#ifndef BW_MONEY_PPM_H
#define BW_MONEY_PPM_H

#include "base/assert.h"
#include "base/types.h"

#define BW_PPM 1000000
#define BW_PPB 1000000000

static inline int64_t bw_ppm_floor(int64_t n, int64_t rate_ppm)
{
    BW_ASSERT((uint64_t)n >> 62 == 0 && (uint64_t)rate_ppm <= BW_PPM);
    uint64_t high = (uint64_t)n / BW_PPM;
    uint64_t low = (uint64_t)n % BW_PPM;
    return (int64_t)(high * (uint64_t)rate_ppm + low * (uint64_t)rate_ppm / BW_PPM);
}

static inline int64_t bw_ppm_ceil(int64_t n, int64_t rate_ppm)
{
    BW_ASSERT((uint64_t)n >> 62 == 0 && (uint64_t)rate_ppm <= BW_PPM);
    uint64_t high = (uint64_t)n / BW_PPM;
    uint64_t low = (uint64_t)n % BW_PPM;
    return (int64_t)(high * (uint64_t)rate_ppm + (low * (uint64_t)rate_ppm + BW_PPM - 1) / BW_PPM);
}

static inline int64_t bw_ppb_floor(int64_t n, int64_t rate_ppb)
{
    BW_ASSERT((uint64_t)n >> 62 == 0 && (uint64_t)rate_ppb <= BW_PPB);
    uint64_t high = (uint64_t)n / BW_PPB;
    uint64_t low = (uint64_t)n % BW_PPB;
    return (int64_t)(high * (uint64_t)rate_ppb + low * (uint64_t)rate_ppb / BW_PPB);
}

static inline int64_t bw_ppb_ceil(int64_t n, int64_t rate_ppb)
{
    BW_ASSERT((uint64_t)n >> 62 == 0 && (uint64_t)rate_ppb <= BW_PPB);
    uint64_t high = (uint64_t)n / BW_PPB;
    uint64_t low = (uint64_t)n % BW_PPB;
    return (int64_t)(high * (uint64_t)rate_ppb + (low * (uint64_t)rate_ppb + BW_PPB - 1) / BW_PPB);
}

#endif
