/* random.h - random numbers as pure functions of (seed, stream, counter): no state, any order, any
   number of threads, the same numbers everywhere.

       seed      the run                  stream    who draws: path, account, purpose
       counter   the how-manieth draw of that stream

   Two different (stream, counter) of one seed never share a block. Real numbers are in
   random_real.h, because this header must compile without floating point.
   Source    Philox4x32-10, Salmon et al. 2011 (Random123); key = seed, counter = (counter, stream) */
#ifndef BW_BASE_RANDOM_H
#define BW_BASE_RANDOM_H

#include <Random123/philox.h>

#include "base/mix.h"
#include "base/types.h"

typedef struct {
    uint64_t word[2];
} bw_random_block;

/* 128 random bits. */
static inline bw_random_block bw_random_block_at(uint64_t seed, uint64_t stream, uint64_t counter)
{
    philox4x32_key_t key = {{(uint32_t)seed, (uint32_t)(seed >> 32)}};
    philox4x32_ctr_t in = {{(uint32_t)counter, (uint32_t)(counter >> 32),
                            (uint32_t)stream, (uint32_t)(stream >> 32)}};
    philox4x32_ctr_t out = philox4x32_R(10, in, key);
    return (bw_random_block){{(uint64_t)out.v[0] | (uint64_t)out.v[1] << 32,
                              (uint64_t)out.v[2] | (uint64_t)out.v[3] << 32}};
}

/* 64 random bits: the first word of the block. */
static inline uint64_t bw_random_u64(uint64_t seed, uint64_t stream, uint64_t counter)
{
    return bw_random_block_at(seed, stream, counter).word[0];
}

/* 0 <= result < bound, bound > 0, every value equally likely: draws from the incomplete top of the
   range are thrown away; the next try takes the block's second word, then a derived seed. */
static inline uint64_t bw_random_below_u64(uint64_t seed, uint64_t stream, uint64_t counter,
                                           uint64_t bound)
{
    uint64_t refused_count = (0u - bound) % bound;
    for (;;) {
        bw_random_block block = bw_random_block_at(seed, stream, counter);
        if (block.word[0] >= refused_count)
            return block.word[0] % bound;
        if (block.word[1] >= refused_count)
            return block.word[1] % bound;
        seed = bw_mix_u64(seed + 0x9e3779b97f4a7c15u);
    }
}

#endif
