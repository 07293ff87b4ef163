/* table.h - open-addressing table from 64-bit ids to 32-bit indices, over the caller's memory.

   Shapes    up to count_max keys, two slots per key, 12 bytes per slot: 24 bytes per key
   Order     linear probing; removal shifts the followers back, so there are no tombstones and the
             bytes depend only on the sequence of calls. A removed slot is zero again.
   Holds     memory of zeros is an empty table; the slots contain no pointers
   Errors    inserting beyond count_max stops the program: callers declare their limits

   Any key is allowed, 0 too; a value is at most BW_TABLE_VALUE_MAX. The slot of a key is
   mix(key) scaled to the slot count by a multiplication, so the count need not be a power of two
   (10,000,000 accounts take 240 MB, a power of two would take 403 MB). */
#ifndef BW_BASE_TABLE_H
#define BW_BASE_TABLE_H

#include "base/types.h"

#define BW_TABLE_VALUE_MAX (UINT32_MAX - 1u)
#define BW_TABLE_COUNT_MAX 0x40000000u

typedef struct {
    uint32_t slot_count;
    uint32_t count;
} bw_table;

typedef struct {
    uint32_t key_low;
    uint32_t key_high;
    uint32_t value_plus_one;  /* 0: the slot is free */
} bw_table_slot;

/* Bytes of the slots for count_max keys, 1 <= count_max <= BW_TABLE_COUNT_MAX. Alignment 4. */
size_t bw_table_footprint(uint32_t count_max);

/* An empty table for count_max keys; writes zeros over the footprint. */
void bw_table_new(bw_table *table, bw_table_slot *slots, uint32_t count_max);

/* True and the value if the key is there; *value may not be NULL and is untouched otherwise. */
bool bw_table_find(const bw_table *table, const bw_table_slot *slots, uint64_t key,
                   uint32_t *value);

/* Asks memory for the slot where a search for the key begins. */
void bw_table_prefetch(const bw_table *table, const bw_table_slot *slots, uint64_t key);

/* False, and nothing changes, if the key is there already. */
bool bw_table_insert(bw_table *table, bw_table_slot *slots, uint64_t key, uint32_t value);

/* False if the key is not there. */
bool bw_table_remove(bw_table *table, bw_table_slot *slots, uint64_t key);

#endif
