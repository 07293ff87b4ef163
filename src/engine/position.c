/* position.c - position records: contiguous per account, listed per market and side, changed by trades.

   An account's records lie side by side in an extent (extent.h). The holders of a market's side are listed in chunks of
   62, dense, so that ADL reads them in sequence. */
#include "engine/account.h"
#include "engine/extent.h"
#include "engine/index.h"

#include <string.h>

/* ------------------------------------------------------------------------------------------------ holders */

static uint32_t chunk_take(bw_venue *venue)
{
    uint32_t chunk = venue->chunk_free;
    if (chunk) {
        venue->chunk_free = bw_at_chunk(venue)[chunk].next;
        bw_at_chunk(venue)[chunk].next = 0;
        return chunk;
    }
    BW_ASSERT(venue->chunk_top + 1u < bw_chunk_count(&venue->limits));
    return ++venue->chunk_top;
}

static void holder_add(bw_venue *venue, uint32_t position, uint32_t side)
{
    bw_position *at = bw_position_at(venue, position);
    bw_market_cold *market = bw_market_cold_at(venue, at->market);
    bw_chunk *chunks = bw_at_chunk(venue);
    uint32_t head = market->chunk[side];
    if (head == 0 || chunks[head].count == BW_CHUNK_ENTRIES) {
        uint32_t chunk = chunk_take(venue);
        chunks[chunk].next = head;
        market->chunk[side] = head = chunk;
    }
    uint32_t place = chunks[head].count++;
    chunks[head].position[place] = position;
    at->slot = head * 64u + place;
    market->holders[side]++;
}

static void holder_remove(bw_venue *venue, uint32_t position, uint32_t side)
{
    bw_position *at = bw_position_at(venue, position);
    bw_market_cold *market = bw_market_cold_at(venue, at->market);
    bw_chunk *chunks = bw_at_chunk(venue);
    uint32_t head = market->chunk[side];
    uint32_t last = --chunks[head].count;
    uint32_t moved = chunks[head].position[last];
    chunks[at->slot / 64u].position[at->slot % 64u] = moved;
    bw_position_at(venue, moved)->slot = at->slot;
    chunks[head].position[last] = 0;
    at->slot = 0;
    market->holders[side]--;
    if (last == 0) {
        market->chunk[side] = chunks[head].next;
        chunks[head].next = venue->chunk_free;
        venue->chunk_free = head;
    }
}

enum { AHEAD = 16 };

/* Holders of a list from `place` of a chunk on, AHEAD at most; the place may lie in a later chunk. Returns how many. */
static uint32_t holders_at(const bw_chunk *chunks, uint32_t chunk, uint32_t place, uint32_t holders[AHEAD])
{
    uint32_t count = 0;
    for (; chunk && place >= chunks[chunk].count; chunk = chunks[chunk].next)
        place -= chunks[chunk].count;
    while (chunk && count < AHEAD) {
        holders[count++] = chunks[chunk].position[place++];
        if (place == chunks[chunk].count) {
            chunk = chunks[chunk].next;
            place = 0;
        }
    }
    return count;
}

static void positions_prefetch(const bw_venue *venue, uint32_t chunk, uint32_t place, bool sizes_only)
{
    uint32_t holders[AHEAD], count = holders_at(bw_at_chunk(venue), chunk, place, holders);
    for (uint32_t i = 0; i < count; i++) {
        __builtin_prefetch(bw_position_at(venue, holders[i]), 1);
        if (!sizes_only)
            __builtin_prefetch(bw_position_cold_at(venue, holders[i]), 1);
    }
}

static void accounts_prefetch(const bw_venue *venue, uint32_t chunk, uint32_t place)
{
    uint32_t holders[AHEAD], count = holders_at(bw_at_chunk(venue), chunk, place, holders);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t account = bw_position_at(venue, holders[i])->account;
        __builtin_prefetch(bw_hot_at(venue, account), 1);
        __builtin_prefetch(bw_cold_at(venue, account), 1);
    }
}

static void extents_prefetch(const bw_venue *venue, uint32_t chunk, uint32_t place)
{
    uint32_t holders[AHEAD], count = holders_at(bw_at_chunk(venue), chunk, place, holders);
    for (uint32_t i = 0; i < count; i++) {
        const bw_hot *hot = bw_hot_at(venue, bw_position_at(venue, holders[i])->account);
        __builtin_prefetch(bw_position_at(venue, hot->extent));
        __builtin_prefetch(bw_position_at(venue, hot->extent + 2u));
    }
}

void bw_holders_prefetch(const bw_venue *venue, uint32_t chunk, uint32_t place, bool sizes_only)
{
    const bw_chunk *chunks = bw_at_chunk(venue);
    if (place % AHEAD)
        return;
    if (place == 0)
        for (uint32_t i = 0; i < BW_CHUNK_ENTRIES + 2u; i += 16u)
            __builtin_prefetch(&chunks[chunks[chunk].next].position[i]);
    positions_prefetch(venue, chunk, place + 3u * AHEAD, sizes_only);
    if (sizes_only)
        return;
    accounts_prefetch(venue, chunk, place + 2u * AHEAD);
    extents_prefetch(venue, chunk, place + AHEAD);
}

/* ------------------------------------------------------------------------------------------------ extents */

/* Everything that knows a position by its number learns the new one. */
static void position_move(bw_venue *venue, uint32_t from, uint32_t to)
{
    bw_position *target = bw_position_at(venue, to);
    *target = *bw_position_at(venue, from);
    *bw_position_cold_at(venue, to) = *bw_position_cold_at(venue, from);
    *bw_position_at(venue, from) = (bw_position){0};
    *bw_position_cold_at(venue, from) = (bw_position_cold){0};
    if (venue->limits.indexed) {
        bw_at_position_index(venue)[to] = bw_at_position_index(venue)[from];
        bw_at_position_index(venue)[from] = (bw_position_index){0};
    }
    if (target->slot)
        bw_at_chunk(venue)[target->slot / 64u].position[target->slot % 64u] = to;
    if (target->order)
        bw_order_at(venue, target->order)->position = to;
    uint32_t *shadow_of = bw_at_shadow_of(venue);
    if (shadow_of[from]) {
        bw_at_shadow(venue)[shadow_of[from]].position = to;
        shadow_of[to] = shadow_of[from];
        shadow_of[from] = 0;
    }
}

static bool extent_grow(bw_venue *venue, uint32_t account)
{
    bw_hot *hot = bw_hot_at(venue, account);
    uint32_t class = hot->extent ? hot->class + 1u : 0;
    uint32_t extent = class < BW_EXTENT_CLASSES ? bw_extent_take(venue, class) : 0;
    if (extent == 0)
        return false;
    for (uint32_t i = 0; i < hot->count; i++)
        position_move(venue, hot->extent + i, extent + i);
    if (hot->extent)
        bw_extent_give(venue, hot->class, hot->extent);
    hot->extent = extent;
    hot->class = (uint8_t)class;
    return true;
}

/* The class of extent that one position more of the account takes; BW_EXTENT_CLASSES if its own has room. */
static uint32_t class_needed(const bw_venue *venue, uint32_t account)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    if (hot->extent == 0)
        return 0;
    return hot->count < bw_extent_size(hot->class) ? BW_EXTENT_CLASSES : hot->class + 1u;
}

bool bw_position_room(const bw_venue *venue, uint32_t account)
{
    uint32_t class = class_needed(venue, account);
    if (bw_hot_at(venue, account)->count >= venue->limits.positions_per_account)
        return false;
    return class == BW_EXTENT_CLASSES || bw_extent_room(venue, class);
}

bool bw_position_room_both(const bw_venue *venue, uint32_t a, uint32_t b)
{
    uint32_t class_a = class_needed(venue, a), class_b = class_needed(venue, b);
    if (class_a == BW_EXTENT_CLASSES || class_b == BW_EXTENT_CLASSES)
        return true;
    return bw_extent_room_both(venue, class_a, class_b);
}

uint32_t bw_position_find(const bw_venue *venue, uint32_t account, uint32_t market)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    for (uint32_t i = 0; i < hot->count; i++)
        if (bw_position_at(venue, hot->extent + i)->market == market)
            return hot->extent + i;
    return 0;
}

uint32_t bw_position_open(bw_venue *venue, uint32_t account, uint32_t market)
{
    uint32_t position = bw_position_find(venue, account, market);
    if (position)
        return position;
    bw_hot *hot = bw_hot_at(venue, account);
    if (hot->count >= venue->limits.positions_per_account)
        return 0;
    if ((hot->extent == 0 || hot->count == bw_extent_size(hot->class)) && !extent_grow(venue, account))
        return 0;
    position = hot->extent + hot->count++;
    *bw_position_at(venue, position) = (bw_position){.account = account, .market = (uint16_t)market};
    venue->position_count++;
    return position;
}

bool bw_position_opening_moves(const bw_venue *venue, uint32_t account)
{
    const bw_hot *hot = bw_hot_at(venue, account);
    return hot->extent && hot->count == bw_extent_size(hot->class);
}

void bw_moves_prefetch(const bw_venue *venue, const uint32_t *accounts, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const bw_hot *hot = bw_hot_at(venue, accounts[i]);
        if (!bw_position_opening_moves(venue, accounts[i]) || hot->count > AHEAD)
            continue;
        for (uint32_t p = hot->extent; p < hot->extent + hot->count; p++) {
            uint32_t slot = bw_position_at(venue, p)->slot;
            __builtin_prefetch(&bw_at_chunk(venue)[slot / 64u].position[slot % 64u], 1);
        }
    }
}

void bw_account_compact(bw_venue *venue, uint32_t account)
{
    bw_hot *hot = bw_hot_at(venue, account);
    for (uint32_t i = 0; i < hot->count;) {
        bw_position *at = bw_position_at(venue, hot->extent + i);
        if (at->size || at->order) {
            i++;
            continue;
        }
        BW_ASSERT(at->slot == 0 && bw_position_cold_at(venue, hot->extent + i)->cost == 0);
        uint32_t last = hot->extent + --hot->count;
        *at = (bw_position){0};
        *bw_position_cold_at(venue, hot->extent + i) = (bw_position_cold){0};
        if (last != hot->extent + i)
            position_move(venue, last, hot->extent + i);
        venue->position_count--;
    }
    if (hot->count == 0 && hot->extent) {
        bw_extent_give(venue, hot->class, hot->extent);
        hot->extent = 0;
        hot->class = 0;
    }
}

/* ------------------------------------------------------------------------------------------------ trades */

/* Cost and snapshot of the position's side up to the present offset: cost - size x snapshot stays as it is. */
static void offset_settle(bw_venue *venue, uint32_t position)
{
    bw_position *at = bw_position_at(venue, position);
    bw_position_cold *cold = bw_position_cold_at(venue, position);
    cold->cost = bw_position_cost(venue, position);
    cold->snapshot = at->size ? bw_market_at(venue, at->market)->offset[bw_side_of(at->size)] : 0;
}

/* Cost that a change of `lots` against the position releases: cost x closed / size, toward zero. */
static int64_t released_cost(int64_t cost, int64_t size, int64_t lots)
{
    int64_t closed = bw_min(bw_abs(lots), bw_abs(size));
    return closed == bw_abs(size) ? cost : bw_mul_div_zero(cost, closed, bw_abs(size));
}

static void side_change(bw_venue *venue, uint32_t position, int64_t before, int64_t after)
{
    bw_market_cold *market = bw_market_cold_at(venue, bw_position_at(venue, position)->market);
    market->open_interest += bw_max(after, 0) - bw_max(before, 0);
    bool stays = before && after && bw_side_of(before) == bw_side_of(after);
    if (stays)
        return;
    if (before)
        holder_remove(venue, position, bw_side_of(before));
    if (after)
        holder_add(venue, position, bw_side_of(after));
}

void bw_position_change(bw_venue *venue, uint32_t position, int64_t lots, int64_t value)
{
    bw_position *at = bw_position_at(venue, position);
    bw_position_cold *cold = bw_position_cold_at(venue, position);
    bw_hot *hot = bw_hot_at(venue, at->account);
    BW_ASSERT(bw_position_owed(venue, position) == 0 && bw_balance_owed(venue, at->account) == 0);
    offset_settle(venue, position);
    int64_t before = at->size, after = before + lots, released = 0, opened = value, net_before;
    net_before = cold->cost - before * cold->snapshot;
    if (before && (before < 0) != (lots < 0)) {
        int64_t closed = bw_min(bw_abs(lots), bw_abs(before));
        released = released_cost(cold->cost, before, lots);
        opened = closed == bw_abs(lots) ? 0 : bw_mul_div_zero(value, bw_abs(lots) - closed, bw_abs(lots));
    }
    int64_t realised = -(value - opened) - released;
    cold->cost += opened - released;
    at->size = after;
    cold->snapshot = after ? bw_market_at(venue, at->market)->offset[bw_side_of(after)] : 0;
    bw_warm *warm = bw_warm_at(venue, at->account);
    int64_t profit = bw_profit(warm);
    warm->balance += realised;
    bw_profit_follow(venue, at->account, profit);
    hot->net += realised - (cold->cost - after * cold->snapshot - net_before);
    side_change(venue, position, before, after);
    if (bw_market_owed(bw_market_at(venue, at->market)))
        bw_position_index_follow(venue, position, before);
    if (venue->balances_count)
        bw_balance_index_follow(venue, at->account);
}
