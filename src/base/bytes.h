/* bytes.h - fixed-width integers at any address, little-endian (the only byte order, types.h).

   memcpy of a constant size compiles to one move and breaks neither alignment nor aliasing rules. */
#ifndef BW_BASE_BYTES_H
#define BW_BASE_BYTES_H

#include <string.h>

#include "base/types.h"

static inline uint32_t bw_load_u32(const void *at)
{
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static inline uint64_t bw_load_u64(const void *at)
{
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static inline void bw_store_u32(void *at, uint32_t value)
{
    memcpy(at, &value, sizeof value);
}

static inline void bw_store_u64(void *at, uint64_t value)
{
    memcpy(at, &value, sizeof value);
}

#endif
