/* gate.c - hash and random numbers again, compiled with the gate's flags under other names. */
#define bw_hash64 bw_gate_hash64
#define bw_hash128 bw_gate_hash128
#include "../../src/base/hash.c"

#include "base/random.h"

uint64_t bw_gate_random_u64(uint64_t seed, uint64_t stream, uint64_t counter);

uint64_t bw_gate_random_u64(uint64_t seed, uint64_t stream, uint64_t counter)
{
    return bw_random_u64(seed, stream, counter);
}
