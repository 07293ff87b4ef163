/* mix.h - a fixed mixer of 64 bits: a bijection in which every input bit moves every output bit.

   Used for table slots and for ties that must not favour old or low ids (R13). Its values are
   part of the format: they never change.
   Source    finaliser of SplitMix64 (Steele, Lea, Flood 2014; constants of Stafford's variant 13) */
#ifndef BW_BASE_MIX_H
#define BW_BASE_MIX_H

#include "base/types.h"

static inline uint64_t bw_mix_u64(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

/* Of a pair, order matters: bw_mix_pair_u64(a, b) != bw_mix_pair_u64(b, a) in general. */
static inline uint64_t bw_mix_pair_u64(uint64_t a, uint64_t b)
{
    return bw_mix_u64(bw_mix_u64(a + 0x9e3779b97f4a7c15u) ^ b);
}

#endif
