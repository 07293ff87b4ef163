/* world.h - a set of payers that tests fill, shuffle and allocate to. */
#ifndef BW_ALLOCATE_TEST_WORLD_H
#define BW_ALLOCATE_TEST_WORLD_H

#include "check.h"

#include "reference.h"

enum { WORLD_MAX = 6000 };

static int64_t world_weight[WORLD_MAX];
static int64_t world_cap[WORLD_MAX];
static int64_t world_rank[WORLD_MAX];
static int64_t world_factor[WORLD_MAX];
static uint64_t world_id[WORLD_MAX];
static int64_t world_charge[WORLD_MAX];
static int64_t world_expected[WORLD_MAX];
static bw_allocation_scratch world_scratch;

static inline bw_payers world_payers(uint32_t count)
{
    return (bw_payers){world_weight, world_cap, world_rank, world_factor, world_id, count};
}

/* Numbers of very different sizes, many equal ones, some zeros; ids differ. */
static inline void world_fill(uint64_t *random, uint32_t count)
{
    uint32_t bits = 1 + (uint32_t)check_random_below(random, 62);
    uint32_t rank_bits = 1 + (uint32_t)check_random_below(random, 62);
    bool same_weight = check_random_below(random, 6) == 0;
    bool tight = check_random_below(random, 3) == 0;
    uint64_t id = check_random_bits(random, 63);
    for (uint32_t i = 0; i < count; i++) {
        world_weight[i] = (int64_t)(same_weight ? UINT64_C(1) << (bits - 1)
                                                : check_random_bits(random, bits));
        world_cap[i] = tight ? (int64_t)(check_random_bits(random, 3) +
                                         (uint64_t)world_weight[i] / 2)
                             : (int64_t)check_random_bits(random, bits);
        world_rank[i] = (int64_t)check_random_bits(random, rank_bits) - (rank_bits % 2 ? 5 : 0);
        world_factor[i] = (int64_t)check_random_bits(random, 1 + (uint32_t)(id % 40));
        id += 1 + check_random_bits(random, 20);
        world_id[i] = id;
    }
    for (uint32_t i = count; i > 1; i--) {
        uint32_t j = (uint32_t)check_random_below(random, i);
        uint64_t swap = world_id[i - 1];
        world_id[i - 1] = world_id[j];
        world_id[j] = swap;
    }
}

/* From nothing to more than all caps together. */
static inline int64_t world_budget(uint64_t *random, uint32_t count)
{
    unsigned __int128 sum = 0;
    for (uint32_t i = 0; i < count; i++)
        sum += (uint64_t)world_cap[i];
    uint64_t most = sum > (UINT64_C(1) << 62) ? UINT64_C(1) << 62 : (uint64_t)sum;
    switch (check_random_below(random, 8)) {
    case 0:
        return (int64_t)most;
    case 1:
        return (int64_t)(most - (most > 0));
    case 2:
        return (int64_t)check_random_bits(random, 62);
    default:
        return (int64_t)(check_random(random) % (most + 1));
    }
}

static inline int64_t world_allocate(bw_allocate_rule rule, int64_t budget, uint32_t count)
{
    bw_payers payers = world_payers(count);
    memset(world_charge, 0x55, sizeof world_charge);
    return bw_allocate(rule, BW_ALLOCATE_LARGEST_REMAINDER, budget, &payers, world_charge,
                       &world_scratch);
}

#endif
