/* state.c - sizes of the sections and the empty venue. */
#include "engine/state.h"

#include <string.h>

BW_STATIC_ASSERT(sizeof(bw_hot) == 16, "layout");
BW_STATIC_ASSERT(sizeof(bw_warm) == 48, "layout");
BW_STATIC_ASSERT(sizeof(bw_cold) == 64, "layout");
BW_STATIC_ASSERT(sizeof(bw_position) == 32, "layout");
BW_STATIC_ASSERT(sizeof(bw_position_cold) == 16, "layout");
BW_STATIC_ASSERT(sizeof(bw_node) == 16, "layout");
BW_STATIC_ASSERT(sizeof(bw_market) == 64, "layout");
BW_STATIC_ASSERT(sizeof(bw_chunk) == 256, "layout");
BW_STATIC_ASSERT(sizeof(bw_event) == 128, "layout");
BW_STATIC_ASSERT(sizeof(bw_command) == 48, "layout");

/* A mark and a charge trigger per position, one per holding, and per account where balances can be charged by index; number 0
   stays unused. */
uint64_t bw_node_count(const bw_limits *l)
{
    return 1u + 2u * ((uint64_t)l->positions + 1u) + l->holdings + (l->indexed ? l->accounts : 0u);
}

/* Both sides of each market, then the balances of each pool. */
uint64_t bw_wheel_count(const bw_limits *l)
{
    return 2u * (uint64_t)l->markets + (l->indexed ? l->pools : 0u);
}

/* Falling and rising marks of each market, falling prices of each collateral. */
uint64_t bw_calendar_count(const bw_limits *l)
{
    return 2u * (uint64_t)l->markets + l->collaterals;
}

/* Prices below 2^bits have a bucket each, above them 2^bits buckets per octave, up to 2^40 included. */
uint64_t bw_bucket_count(const bw_limits *l)
{
    return ((uint64_t)42u - l->trigger_bits) << l->trigger_bits;
}

uint64_t bw_bucket_words(const bw_limits *l)
{
    return bw_bitmap_shape_of((uint32_t)bw_bucket_count(l)).word_count;
}

uint64_t bw_account_words(const bw_limits *l)
{
    return bw_bitmap_shape_of(l->accounts).word_count;
}

uint64_t bw_chunk_count(const bw_limits *l)
{
    return 1u + l->positions / BW_CHUNK_ENTRIES + 1u + 2u * (uint64_t)l->markets;
}

/* Payers of one allocation: accounts and an index, or the positions of one, or losses of a pool, or desks. */
uint64_t bw_payer_max(const bw_limits *l)
{
    uint64_t most = (uint64_t)l->accounts + l->indexed;
    if (most < 2u * (uint64_t)l->markets + 1u)
        most = 2u * (uint64_t)l->markets + 1u;
    if (most < l->positions_per_account)
        most = l->positions_per_account;
    return most < l->desks ? l->desks : most;
}

static bool in_range(uint32_t value, uint32_t low, uint32_t high)
{
    return value >= low && value <= high;
}

static bool limits_valid(const bw_limits *l)
{
    return in_range(l->assets, 1, 4096) && in_range(l->pools, 1, 4096) && in_range(l->markets, 1, 4096) &&
           l->collaterals <= 4096 && in_range(l->accounts, 1, BW_ALLOCATE_COUNT_MAX) && in_range(l->positions, 1, 1u << 28) &&
           in_range(l->positions_per_account, 1, 1024) && l->holdings <= 1u << 28 && l->orders <= 1u << 24 &&
           l->desks <= 4096 && in_range(l->command_ids, 2, 1u << 20) && (l->command_ids & (l->command_ids - 1)) == 0 &&
           in_range(l->trigger_bits, 2, 12) && l->split <= BW_SPLIT_FIRST && l->stakes <= 1u << 24 && l->owners <= 1 &&
           l->aging <= 1 && l->indexed <= 1;
}

static uint64_t aligned(uint64_t size)
{
    return (size + 63u) & ~(uint64_t)63u;
}

/* Writes where each section starts; returns the footprint, 0 if the limits are refused. */
static uint64_t lay_out(const bw_limits *l, uint64_t at[BW_SECTION_COUNT], uint64_t *persistent)
{
    if (!limits_valid(l))
        return 0;
    uint64_t end = aligned(sizeof(bw_venue));
#define X(name, type, length)                                                                                         \
    at[BW_AT_##name] = end;                                                                                           \
    end = aligned(end + (uint64_t)(length) * sizeof(type));
    BW_PERSISTENT_SECTIONS(X)
    *persistent = end;
    BW_SCRATCH_SECTIONS(X)
#undef X
    return end;
}

size_t bw_venue_footprint(const bw_limits *limits)
{
    uint64_t at[BW_SECTION_COUNT], persistent;
    return (size_t)lay_out(limits, at, &persistent);
}

size_t bw_venue_persistent(const bw_limits *limits)
{
    uint64_t at[BW_SECTION_COUNT], persistent;
    return lay_out(limits, at, &persistent) ? (size_t)persistent : 0;
}

bw_venue *bw_venue_new(void *memory, const bw_limits *limits)
{
    uint64_t at[BW_SECTION_COUNT], persistent;
    uint64_t footprint = lay_out(limits, at, &persistent);
    if (footprint == 0 || ((uintptr_t)memory & 63u) != 0)
        return NULL;
    bw_venue *venue = memory;
    venue->magic = BW_MAGIC;
    venue->format = BW_FORMAT;
    venue->limits = *limits;
    venue->limits.work_max = 0;
    venue->limits.split = 0;
    venue->persistent = persistent;
    venue->footprint = footprint;
    memcpy(venue->at, at, sizeof at);
    venue->bucket_shape = bw_bitmap_shape_of((uint32_t)bw_bucket_count(limits));
    venue->account_shape = bw_bitmap_shape_of(limits->accounts);
    bw_table_new(&venue->account_table, bw_at_account_slot(venue), limits->accounts);
    bw_table_new(&venue->command_table, bw_at_command_slot(venue), limits->command_ids);
    if (limits->owners)
        bw_table_new(&venue->owner_table, bw_at_owner_slot(venue), limits->accounts);
    bw_venue_tune(venue, limits->work_max, (bw_split)limits->split);
    return venue;
}

void bw_venue_tune(bw_venue *venue, uint32_t work_max, bw_split split)
{
    bw_progress *progress = bw_at_progress(venue);
    progress->host.work_max = work_max;
    progress->host.split = split;
}

void bw_state_hash(const bw_venue *venue, uint64_t hash[2])
{
    bw_hash value = bw_hash128(venue, venue->persistent, 0);
    hash[0] = value.low;
    hash[1] = value.high;
}
