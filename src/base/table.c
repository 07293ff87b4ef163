#include "base/table.h"

#include <string.h>

#include "base/assert.h"
#include "base/mix.h"

BW_STATIC_ASSERT(sizeof(bw_table_slot) == 12, "slots have no padding");

static uint32_t slot_count_for(uint32_t count_max)
{
    BW_ASSERT(count_max >= 1 && count_max <= BW_TABLE_COUNT_MAX);
    return 2u * count_max;
}

size_t bw_table_footprint(uint32_t count_max)
{
    return (size_t)slot_count_for(count_max) * sizeof(bw_table_slot);
}

void bw_table_new(bw_table *table, bw_table_slot *slots, uint32_t count_max)
{
    *table = (bw_table){.slot_count = slot_count_for(count_max)};
    memset(slots, 0, bw_table_footprint(count_max));
}

static uint64_t slot_key(const bw_table_slot *slot)
{
    return (uint64_t)slot->key_high << 32 | slot->key_low;
}

static uint32_t slot_home(const bw_table *table, uint64_t key)
{
    return (uint32_t)((bw_mix_u64(key) >> 32) * table->slot_count >> 32);
}

static uint32_t slot_next(const bw_table *table, uint32_t at)
{
    return at + 1 == table->slot_count ? 0 : at + 1;
}

/* The slot of the key, or the free slot where it would go. Half the slots are free: it ends. */
static uint32_t slot_search(const bw_table *table, const bw_table_slot *slots, uint64_t key)
{
    uint32_t at = slot_home(table, key);
    while (slots[at].value_plus_one != 0 && slot_key(&slots[at]) != key)
        at = slot_next(table, at);
    return at;
}

void bw_table_prefetch(const bw_table *table, const bw_table_slot *slots, uint64_t key)
{
    __builtin_prefetch(&slots[slot_home(table, key)]);
}

bool bw_table_find(const bw_table *table, const bw_table_slot *slots, uint64_t key,
                   uint32_t *value)
{
    const bw_table_slot *slot = &slots[slot_search(table, slots, key)];
    if (slot->value_plus_one == 0)
        return false;
    *value = slot->value_plus_one - 1;
    return true;
}

bool bw_table_insert(bw_table *table, bw_table_slot *slots, uint64_t key, uint32_t value)
{
    BW_ASSERT(value <= BW_TABLE_VALUE_MAX);
    bw_table_slot *slot = &slots[slot_search(table, slots, key)];
    if (slot->value_plus_one != 0)
        return false;
    BW_ASSERT(table->count < table->slot_count / 2);
    *slot = (bw_table_slot){(uint32_t)key, (uint32_t)(key >> 32), value + 1};
    table->count++;
    return true;
}

static uint32_t slot_distance(const bw_table *table, uint32_t from, uint32_t to)
{
    return to >= from ? to - from : to + (table->slot_count - from);
}

bool bw_table_remove(bw_table *table, bw_table_slot *slots, uint64_t key)
{
    uint32_t hole = slot_search(table, slots, key);
    if (slots[hole].value_plus_one == 0)
        return false;
    /* A follower moves into the hole unless that would put it before its home. */
    for (uint32_t at = slot_next(table, hole); slots[at].value_plus_one != 0;
         at = slot_next(table, at)) {
        uint32_t home = slot_home(table, slot_key(&slots[at]));
        if (slot_distance(table, home, at) >= slot_distance(table, hole, at)) {
            slots[hole] = slots[at];
            hole = at;
        }
    }
    slots[hole] = (bw_table_slot){0, 0, 0};
    table->count--;
    return true;
}
