/* hash.h - XXH3 of a block of memory, in 64 and 128 bits.

   The values are those of xxHash (frozen since 0.8.0), equal on every machine and in scalar and
   vector builds (tests/base/test_hash). Not cryptographic: they detect accidents and differences,
   not a forger. A chain is made by using one hash as part of the next input. */
#ifndef BW_BASE_HASH_H
#define BW_BASE_HASH_H

#include "base/types.h"

typedef struct {
    uint64_t low;
    uint64_t high;
} bw_hash;

/* data may be NULL when size is 0. */
uint64_t bw_hash64(const void *data, size_t size, uint64_t seed);
bw_hash bw_hash128(const void *data, size_t size, uint64_t seed);

static inline bool bw_hash_equal(bw_hash a, bw_hash b)
{
    return a.low == b.low && a.high == b.high;
}

#endif
