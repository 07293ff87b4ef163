#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t bw_hash64(const void *data, size_t size, uint64_t seed)
{
    return XXH3_64bits_withSeed(data, size, seed);
}

bw_hash bw_hash128(const void *data, size_t size, uint64_t seed)
{
    XXH128_hash_t hash = XXH3_128bits_withSeed(data, size, seed);
    return (bw_hash){.low = hash.low64, .high = hash.high64};
}
