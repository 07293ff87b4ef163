/* calendar.c - buckets by logarithm of the price, a wheel for offsets; lists through the nodes. */
#include "engine/calendar.h"

uint32_t bw_bucket_of(uint32_t bits, int64_t price)
{
    uint64_t p = (uint64_t)price;
    if (p >> bits == 0)
        return (uint32_t)p;
    uint32_t exponent = 63u - (uint32_t)__builtin_clzll(p);
    uint32_t octave = exponent - bits;
    return (octave << bits) + (uint32_t)(p >> octave);
}

static uint32_t *heads_of(const bw_venue *venue, uint32_t calendar)
{
    return bw_at_bucket(venue) + (uint64_t)calendar * bw_bucket_count(&venue->limits);
}

static uint64_t *bits_of(const bw_venue *venue, uint32_t calendar)
{
    return bw_at_bucket_bits(venue) + (uint64_t)calendar * venue->bucket_shape.word_count;
}

static void push(bw_node *nodes, uint32_t *head, uint32_t node, int64_t key)
{
    BW_ASSERT(nodes[node].key == 0 && key != 0);
    nodes[node] = (bw_node){.key = key, .next = *head, .previous = 0};
    if (*head)
        nodes[*head].previous = node;
    *head = node;
}

/* Takes a node out of its list; the record is zero afterwards. */
static void unlink_node(bw_node *nodes, uint32_t *head, uint32_t node)
{
    bw_node *at = &nodes[node];
    BW_ASSERT(at->key != 0);
    if (at->previous)
        nodes[at->previous].next = at->next;
    else {
        BW_ASSERT(*head == node);
        *head = at->next;
    }
    if (at->next)
        nodes[at->next].previous = at->previous;
    *at = (bw_node){0};
}

void bw_calendar_arm(bw_venue *venue, uint32_t calendar, uint32_t node, int64_t key)
{
    BW_ASSERT(key >= 1 && key <= BW_PRICE_MAX);
    uint32_t bucket = bw_bucket_of(venue->limits.trigger_bits, key);
    uint32_t *head = &heads_of(venue, calendar)[bucket];
    if (*head == 0)
        bw_bitmap_set(&venue->bucket_shape, bits_of(venue, calendar), bucket);
    push(bw_at_node(venue), head, node, key);
}

static void take(bw_venue *venue, uint32_t calendar, uint32_t bucket, uint32_t node)
{
    uint32_t *head = &heads_of(venue, calendar)[bucket];
    unlink_node(bw_at_node(venue), head, node);
    if (*head == 0)
        bw_bitmap_clear(&venue->bucket_shape, bits_of(venue, calendar), bucket);
}

void bw_calendar_disarm(bw_venue *venue, uint32_t calendar, uint32_t node)
{
    take(venue, calendar, bw_bucket_of(venue->limits.trigger_bits, bw_at_node(venue)[node].key), node);
}

bool bw_calendar_rekey(bw_venue *venue, uint32_t calendar, uint32_t node, int64_t key)
{
    bw_node *at = &bw_at_node(venue)[node];
    uint32_t bucket = bw_bucket_of(venue->limits.trigger_bits, at->key);
    if (bucket == bw_bucket_of(venue->limits.trigger_bits, key)) {
        at->key = key;
        return true;
    }
    take(venue, calendar, bucket, node);
    return false;
}

void bw_calendar_prefetch_head(const bw_venue *venue, uint32_t calendar, int64_t key)
{
    __builtin_prefetch(&heads_of(venue, calendar)[bw_bucket_of(venue->limits.trigger_bits, key)], 1);
}

void bw_calendar_prefetch_first(const bw_venue *venue, uint32_t calendar, int64_t key)
{
    uint32_t head = heads_of(venue, calendar)[bw_bucket_of(venue->limits.trigger_bits, key)];
    __builtin_prefetch(&bw_at_node(venue)[head], 1);
}

void bw_calendar_prefetch_links(const bw_venue *venue, uint32_t calendar, uint32_t node)
{
    const bw_node *at = &bw_at_node(venue)[node];
    if (at->key == 0)
        return;
    __builtin_prefetch(&bw_at_node(venue)[at->next], 1);
    if (at->previous)
        __builtin_prefetch(&bw_at_node(venue)[at->previous], 1);
    else
        bw_calendar_prefetch_head(venue, calendar, at->key);
}

static bool is_falling(const bw_venue *venue, uint32_t calendar)
{
    return calendar >= 2u * venue->limits.markets || calendar % 2u == 0;
}

/* The farthest bucket that has triggers, or BW_BITMAP_NONE if none reaches the price's own bucket. */
static uint32_t crossed_bucket(const bw_venue *venue, uint32_t calendar, bool falling, uint32_t own)
{
    const uint64_t *bits = bits_of(venue, calendar);
    if (falling) {
        uint32_t bucket = bw_bitmap_previous(&venue->bucket_shape, bits, UINT32_MAX);
        return bucket == BW_BITMAP_NONE || bucket < own ? BW_BITMAP_NONE : bucket;
    }
    uint32_t bucket = bw_bitmap_next(&venue->bucket_shape, bits, 0);
    return bucket == BW_BITMAP_NONE || bucket > own ? BW_BITMAP_NONE : bucket;
}

enum { AHEAD = 8 };

/* A node of a mark calendar has the number of its position. */
static void trigger_prefetch(const bw_venue *venue, uint32_t calendar, uint32_t node)
{
    __builtin_prefetch(&bw_at_node(venue)[node], 1);
    if (calendar < 2u * venue->limits.markets)
        __builtin_prefetch(bw_position_at(venue, node));
}

/* Asks memory for the heads of this bucket and the next crossed ones, then for their first triggers; the last of them. */
static uint32_t buckets_prefetch(const bw_venue *venue, uint32_t calendar, uint32_t bucket, uint32_t own)
{
    const uint64_t *bits = bits_of(venue, calendar);
    const uint32_t *heads = heads_of(venue, calendar);
    uint32_t group[AHEAD], count = 0;
    bool falling = is_falling(venue, calendar);
    while (count < AHEAD && bucket != BW_BITMAP_NONE && (falling ? bucket >= own : bucket <= own)) {
        group[count++] = bucket;
        __builtin_prefetch(&heads[bucket], 1);
        bucket = !falling ? bw_bitmap_next(&venue->bucket_shape, bits, bucket + 1u)
                 : bucket ? bw_bitmap_previous(&venue->bucket_shape, bits, bucket - 1u) : BW_BITMAP_NONE;
    }
    for (uint32_t i = 0; i < count; i++)
        trigger_prefetch(venue, calendar, heads[group[i]]);
    return group[count - 1u];
}

/* cursor[0]: the trigger of the price's own bucket to look at next, UINT32_MAX at its end; cursor[1]: one more than the last
   bucket that memory was asked for. */
bw_crossing bw_calendar_cross(bw_venue *venue, uint32_t calendar, int64_t price, uint32_t cursor[2], uint32_t *node)
{
    bool falling = is_falling(venue, calendar);
    uint32_t own = bw_bucket_of(venue->limits.trigger_bits, price);
    uint32_t candidate = cursor[0], bucket = own;
    if (candidate == UINT32_MAX)
        return BW_CROSSING_DONE;
    if (candidate == 0) {
        bucket = crossed_bucket(venue, calendar, falling, own);
        if (bucket == BW_BITMAP_NONE)
            return BW_CROSSING_DONE;
        if (cursor[1] == 0 || (falling ? bucket + 1u < cursor[1] : bucket + 1u > cursor[1]))
            cursor[1] = buckets_prefetch(venue, calendar, bucket, own) + 1u;
        candidate = heads_of(venue, calendar)[bucket];
    }
    const bw_node *at = &bw_at_node(venue)[candidate];
    uint32_t next = at->next;
    trigger_prefetch(venue, calendar, next);
    bool crossed = falling ? at->key >= price : at->key <= price;
    BW_ASSERT(crossed || bucket == own);
    if (bucket == own)
        cursor[0] = next ? next : UINT32_MAX;
    if (!crossed)
        return BW_CROSSING_KEPT;
    take(venue, calendar, bucket, candidate);
    *node = candidate;
    return BW_CROSSING_TAKEN;
}

/* ----------------------------------------------------------------------------------------------------- wheels */

enum { BALANCES_SHIFT = 46 };            /* slots of a pool's wheel: 2^-14 of its balances (index.h: 2^60 is all of them) */

static uint32_t *wheel_of(const bw_venue *venue, uint32_t wheel)
{
    return bw_at_wheel(venue) + (uint64_t)wheel * BW_WHEEL_SLOTS;
}

static bool is_of_market(const bw_venue *venue, uint32_t wheel)
{
    return wheel < 2u * venue->limits.markets;
}

static uint32_t shift_of(const bw_venue *venue, uint32_t wheel)
{
    return is_of_market(venue, wheel) ? bw_market_cold_at(venue, wheel / 2u)->wheel_shift : BALANCES_SHIFT;
}

static int64_t *collected_of(const bw_venue *venue, uint32_t wheel)
{
    return is_of_market(venue, wheel) ? &bw_market_cold_at(venue, wheel / 2u)->wheel_at[wheel % 2u]
                                      : &bw_pool_at(venue, wheel - 2u * venue->limits.markets)->wheel_at;
}

static uint32_t slot_of(uint32_t shift, int64_t charge)
{
    return (uint32_t)((uint64_t)(charge >> shift) % BW_WHEEL_SLOTS);
}

int64_t bw_wheel_charge(const bw_venue *venue, uint32_t wheel)
{
    if (!is_of_market(venue, wheel))
        return bw_pool_at(venue, wheel - 2u * venue->limits.markets)->haircut.steps;
    const bw_market *market = bw_market_at(venue, wheel / 2u);
    int64_t funding = wheel % 2u == BW_LONG ? market->offset[BW_LONG] : -market->offset[BW_SHORT];
    if (!venue->limits.indexed)
        return funding;
    return funding * ((int64_t)1 << market->index_shift) + bw_market_cold_at(venue, wheel / 2u)->haircut[wheel % 2u].steps;
}

int64_t bw_wheel_reach(const bw_venue *venue, uint32_t wheel, int64_t charge)
{
    return charge + ((int64_t)(BW_WHEEL_SLOTS - 2u) << shift_of(venue, wheel));
}

void bw_wheel_start(bw_venue *venue, uint32_t wheel)
{
    *collected_of(venue, wheel) = bw_wheel_charge(venue, wheel);
}

void bw_wheel_arm(bw_venue *venue, uint32_t wheel, uint32_t node, int64_t key)
{
    push(bw_at_node(venue), &wheel_of(venue, wheel)[slot_of(shift_of(venue, wheel), key)], node, 2 * key + 1);
}

static int64_t charge_of_key(int64_t key)
{
    return (key - 1) / 2;
}

void bw_wheel_disarm(bw_venue *venue, uint32_t wheel, uint32_t node)
{
    bw_node *nodes = bw_at_node(venue);
    uint32_t slot = slot_of(shift_of(venue, wheel), charge_of_key(nodes[node].key));
    unlink_node(nodes, &wheel_of(venue, wheel)[slot], node);
}

/* Slots from the last collected charge to the present one, both included; at most the whole wheel. */
static uint32_t slots_to_visit(uint32_t shift, int64_t from, int64_t charge)
{
    if (charge <= from)
        return 0;
    int64_t slots = (charge >> shift) - (from >> shift) + 1;
    return slots < (int64_t)BW_WHEEL_SLOTS ? (uint32_t)slots : BW_WHEEL_SLOTS;
}

bw_crossing bw_wheel_cross(bw_venue *venue, uint32_t wheel, uint32_t cursor[2], uint32_t *node)
{
    int64_t charge = bw_wheel_charge(venue, wheel), *collected = collected_of(venue, wheel);
    uint32_t shift = shift_of(venue, wheel);
    if (cursor[0] >= slots_to_visit(shift, *collected, charge)) {
        *collected = charge;
        return BW_CROSSING_DONE;
    }
    uint32_t slot = (slot_of(shift, *collected) + cursor[0]) % BW_WHEEL_SLOTS;
    uint32_t *head = &wheel_of(venue, wheel)[slot];
    uint32_t candidate = cursor[1] ? cursor[1] : *head;
    bw_node *nodes = bw_at_node(venue);
    uint32_t next = candidate ? nodes[candidate].next : 0;
    cursor[1] = next;
    if (next == 0)
        cursor[0]++;
    if (candidate == 0 || charge_of_key(nodes[candidate].key) > charge)
        return BW_CROSSING_KEPT;
    unlink_node(nodes, head, candidate);
    *node = candidate;
    return BW_CROSSING_TAKEN;
}
