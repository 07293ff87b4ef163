/* valid.c - every invariant in one place: runtime, tests, fuzzers and proofs ask the same question (docs/invariants.md).

   Read-only; costs what exists. Inside an open round only I1, I2, I3, I5, I6, I9 are claimed. */
#include "engine/account.h"
#include "engine/extent.h"
#include "engine/fund.h"
#include "engine/hedge.h"
#include "engine/index.h"
#include "engine/round.h"
#include "engine/stake.h"
#include "engine/trigger.h"

typedef bool invariant(const bw_venue *venue, uint64_t *where);

/* I1: nothing is made or lost, per asset. */
static bool money_is_conserved(const bw_venue *venue, uint64_t *where)
{
    for (uint16_t asset = 0; asset < venue->asset_count; asset++) {
        bw_conservation c;
        *where = asset;
        if (!bw_conservation_get(venue, asset, &c) || c.error || c.dust < 0)
            return false;
    }
    return true;
}

/* A market that is being paid out closes its longs, then its shorts: inside that round its sizes do not match. */
static bool is_ending(const bw_venue *venue, uint32_t market)
{
    const bw_progress *progress = bw_at_progress(venue);
    return progress->open && bw_market_at(venue, market)->status == BW_MARKET_SETTLING &&
           progress->ending != BW_COMMAND_SETTLE && progress->ending != BW_COMMAND_TOUCH && progress->ending_item == market;
}

/* I2: sizes sum to zero per market; the long ones are the open interest. */
static bool sizes_match(const bw_venue *venue, uint64_t *where)
{
    for (uint32_t m = 0; m < venue->market_count; m++) {
        const bw_market_cold *market = bw_market_cold_at(venue, m);
        const bw_chunk *chunks = bw_at_chunk(venue);
        int64_t sum[2] = {0};
        *where = m;
        for (uint32_t side = 0; side < 2u; side++)
            for (uint32_t chunk = market->chunk[side]; chunk; chunk = chunks[chunk].next)
                for (uint32_t i = 0; i < chunks[chunk].count; i++)
                    sum[side] += bw_position_at(venue, chunks[chunk].position[i])->size;
        const bw_market *at = bw_market_at(venue, m);
        if (at->kind == BW_MARKET_LINEAR && at->unit != at->mark * at->factor)
            return false;
        if (sum[BW_LONG] != market->open_interest || (sum[BW_LONG] + sum[BW_SHORT] != 0 && !is_ending(venue, m)))
            return false;
    }
    return true;
}

/* I3: net is the balance less what the positions cost; positions belong to their account, one per market; accounts to
   their owner's ring. */
static bool accounts_add_up(const bw_venue *venue, uint64_t *where)
{
    uint32_t positions = 0;
    for (uint32_t a = 0; a < venue->account_count; a++) {
        const bw_hot *hot = bw_hot_at(venue, a);
        int64_t net = bw_warm_at(venue, a)->balance;
        *where = bw_cold_at(venue, a)->id;
        for (uint32_t p = hot->extent; p < hot->extent + hot->count; p++) {
            const bw_position *at = bw_position_at(venue, p);
            const bw_position_cold *cold = bw_position_cold_at(venue, p);
            net -= cold->cost - at->size * cold->snapshot;
            if (at->account != a || at->market >= venue->market_count || bw_position_find(venue, a, at->market) != p ||
                bw_market_at(venue, at->market)->pool != bw_cold_at(venue, a)->pool)
                return false;
        }
        positions += hot->count;
        uint32_t found;
        const bw_warm *warm = bw_warm_at(venue, a);
        if (warm->released < 0 || warm->released > bw_profit(warm))
            return false;
        if (net != hot->net || !bw_account_find(venue, *where, &found) || found != a)
            return false;
    }
    if (!bw_owners_valid(venue, where))
        return false;
    *where = positions;
    return positions == venue->position_count;
}

/* I4: a position is in its side's list exactly while it has a size. */
static bool holders_match(const bw_venue *venue, uint64_t *where)
{
    const bw_chunk *chunks = bw_at_chunk(venue);
    uint64_t listed = 0, sized = 0;
    for (uint32_t p = 1; p <= venue->position_top; p++) {
        const bw_position *at = bw_position_at(venue, p);
        sized += at->size != 0;
        *where = p;
        if (at->size && (at->slot == 0 || chunks[at->slot / 64u].position[at->slot % 64u] != p))
            return false;
    }
    for (uint32_t m = 0; m < venue->market_count; m++)
        for (uint32_t side = 0; side < 2u; side++) {
            uint32_t count = 0, chunk = bw_market_cold_at(venue, m)->chunk[side];
            for (; chunk; chunk = chunks[chunk].next)
                count += chunks[chunk].count;
            *where = m;
            if (count != bw_market_cold_at(venue, m)->holders[side])
                return false;
            listed += count;
        }
    return listed == sized;
}

/* I5: the parts of the fund are not negative; buckets add up; reserved gaps are those of the live orders. */
static bool fund_adds_up(const bw_venue *venue, uint64_t *where)
{
    for (uint32_t p = 0; p < venue->pool_count; p++) {
        const bw_pool *pool = bw_pool_at(venue, p);
        int64_t buckets = 0, reserved = 0, of_markets = 0;
        *where = p;
        for (uint32_t m = 0; m < venue->market_count; m++) {
            if (bw_market_at(venue, m)->pool != p)
                continue;
            int64_t bucket = bw_market_cold_at(venue, m)->fund;
            buckets += bucket;
            of_markets += bw_market_cold_at(venue, m)->reserved_gap;
            if (bucket < 0)
                return false;
        }
        for (uint32_t o = pool->order_first; o; o = bw_order_at(venue, o)->next)
            reserved += bw_order_at(venue, o)->gap_left;
        if ((pool->shared_fund < 0 && !pool->settings.may_go_negative) || pool->capital < 0 || pool->fees < 0 ||
            pool->ceil_carried < 0 || buckets != pool->buckets || reserved != pool->reserved_gap || of_markets != reserved)
            return false;
    }
    return true;
}

/* I6: carryover and claims are the sums of their parts; none is negative; an open accumulator has an age. */
static bool debts_add_up(const bw_venue *venue, uint64_t *where)
{
    for (uint32_t p = 0; p < venue->pool_count; p++) {
        const bw_pool *pool = bw_pool_at(venue, p);
        int64_t carried = pool->carryover.amount, claims = 0;
        *where = p;
        for (uint32_t m = 0; m < venue->market_count; m++) {
            const bw_carryover *at = &bw_market_cold_at(venue, m)->carryover;
            if (bw_market_at(venue, m)->pool == p)
                carried += at->amount;
            if (at->amount < 0 || (at->amount == 0 && at->since_ns != 0))
                return false;
        }
        for (uint32_t a = 0; a < venue->account_count; a++) {
            const bw_cold *cold = bw_cold_at(venue, a);
            if (cold->claim < 0)
                return false;
            if (cold->pool == p)
                claims += cold->claim;
        }
        if (carried != pool->carried || claims != pool->claims || pool->carryover.amount < 0)
            return false;
    }
    return true;
}

/* One list of a calendar or wheel: links two-way, every node counted; false on a broken link. */
static bool list_holds(const bw_venue *venue, uint32_t head, uint64_t *count)
{
    const bw_node *nodes = bw_at_node(venue);
    for (uint32_t node = head, previous = 0; node; previous = node, node = nodes[node].next, ++*count)
        if (nodes[node].key == 0 || nodes[node].previous != previous)
            return false;
    return true;
}

/* Summary bits are set exactly where their words are not zero. */
static bool levels_agree(const bw_bitmap_shape *shape, const uint64_t *bits)
{
    for (uint32_t level = 1; level < shape->level_count; level++) {
        const uint64_t *below = bits + shape->level_start[level - 1u], *summary = bits + shape->level_start[level];
        uint32_t words = shape->level_start[level] - shape->level_start[level - 1u];
        for (uint32_t w = 0; w < words; w++)
            if ((summary[w / 64u] >> (w % 64u) & 1u) != (below[w] != 0))
                return false;
    }
    return true;
}

/* The lists of one calendar that its bits name. */
static bool calendar_holds(const bw_venue *venue, const uint64_t *bits, const uint32_t *heads, uint64_t *listed)
{
    const bw_bitmap_shape *shape = &venue->bucket_shape;
    const bw_node *nodes = bw_at_node(venue);
    if (!levels_agree(shape, bits))
        return false;
    for (uint32_t b = bw_bitmap_next(shape, bits, 0); b != BW_BITMAP_NONE; b = bw_bitmap_next(shape, bits, b + 1u)) {
        if (heads[b] == 0 || !list_holds(venue, heads[b], listed))
            return false;
        for (uint32_t n = heads[b]; n; n = nodes[n].next)
            if (bw_bucket_of(venue->limits.trigger_bits, nodes[n].key) != b)
                return false;
    }
    return true;
}

/* No list stands where no bit is. */
static bool heads_are_bits(const bw_bitmap_shape *shape, const uint64_t *bits, const uint32_t *heads)
{
    for (uint32_t b = 0; b < shape->bit_count; b++)
        if (heads[b] != 0 && !bw_bitmap_test(shape, bits, b))
            return false;
    return true;
}

#define BUCKETS_AT_ONCE 65536u

/* I7: every armed trigger is in exactly one list, in the bucket of its key; bits and lists agree. A list without its bit
   would hold triggers that are armed and not counted here; that no dead head is left either is asked of all calendars where
   they are small, else of one after the other as commands go by: all their buckets cost more than all that exists. */
static bool triggers_are_listed(const bw_venue *venue, uint64_t *where)
{
    uint64_t listed = 0, armed = 0, buckets = bw_bucket_count(&venue->limits), calendars = bw_calendar_count(&venue->limits);
    const bw_node *nodes = bw_at_node(venue);
    bool small = calendars * buckets <= BUCKETS_AT_ONCE;
    for (uint32_t c = 0; c < calendars; c++) {
        const uint64_t *bits = bw_at_bucket_bits(venue) + (uint64_t)c * venue->bucket_shape.word_count;
        const uint32_t *heads = bw_at_bucket(venue) + (uint64_t)c * buckets;
        *where = c;
        if (!calendar_holds(venue, bits, heads, &listed) ||
            ((small || venue->seq % calendars == c) && !heads_are_bits(&venue->bucket_shape, bits, heads)))
            return false;
    }
    uint64_t wheels = bw_wheel_count(&venue->limits) * BW_WHEEL_SLOTS, count = bw_node_count(&venue->limits);
    for (uint64_t w = 0; w < wheels; w++)
        if (!list_holds(venue, bw_at_wheel(venue)[w], &listed))
            return false;
    for (uint64_t n = 1; n < count; n++)
        armed += nodes[n].key != 0;
    *where = armed;
    return armed == listed;
}

/* I8: outside a round every account is healthy, or solvent and WORKING, and its triggers bound its losses; or it waits for
   offers, seen bankrupt, and its pool counts it. */
static bool slack_is_covered(const bw_venue *venue, uint64_t *where)
{
    for (uint32_t p = 0; p < venue->pool_count; p++) {
        uint32_t waiting = 0;
        for (uint32_t o = bw_pool_at(venue, p)->order_first; o; o = bw_order_at(venue, o)->next) {
            *where = bw_order_at(venue, o)->id;
            const bw_work *work = &bw_at_work(venue)[bw_warm_at(venue, bw_order_at(venue, o)->account)->work];
            if (work->bankrupt > (uint32_t)bw_book_is_sync(venue, p))
                return false;
        }
        for (uint32_t w = 1; w <= venue->work_top; w++)
            waiting += bw_at_work(venue)[w].bankrupt && bw_cold_at(venue, bw_at_work(venue)[w].account)->pool == p;
        if (waiting != bw_pool_at(venue, p)->waiting)
            return false;
    }
    for (uint32_t a = 0; a < venue->account_count; a++) {
        int64_t slack = bw_account_slack(venue, a);
        *where = bw_cold_at(venue, a)->id;
        if (bw_sync_seen(venue, a))
            continue;
        if (slack < 0 || bw_trigger_loss_bound(venue, a) > slack)
            return false;
    }
    return true;
}

/* I9: orders, their positions, their accounts' cases and the pools' lists know each other. */
static bool orders_match(const bw_venue *venue, uint64_t *where)
{
    uint32_t listed = 0;
    for (uint32_t p = 0; p < venue->pool_count; p++) {
        uint32_t previous = 0;
        for (uint32_t o = bw_pool_at(venue, p)->order_first; o; previous = o, o = bw_order_at(venue, o)->next, listed++) {
            const bw_order *order = bw_order_at(venue, o);
            const bw_position *position = bw_position_at(venue, order->position);
            *where = order->id;
            if (order->previous != previous || position->order != o || position->account != order->account ||
                order->lots_left < 1 || order->lots_left > bw_abs(position->size) || order->gap_left < 0 ||
                bw_cold_at(venue, order->account)->pool != p ||
                !(bw_hot_at(venue, order->account)->flags & BW_HOT_WORKING))
                return false;
        }
    }
    *where = listed;
    return listed == venue->order_count;
}

/* I10: counters of free and used records hold; a freed position is zero but for what names its free extent. */
static bool records_are_clean(const bw_venue *venue, uint64_t *where)
{
    for (uint32_t p = 1; p <= venue->position_top; p++) {
        const bw_position *at = bw_position_at(venue, p);
        const bw_position_cold *cold = bw_position_cold_at(venue, p);
        const bw_hot *hot = bw_hot_at(venue, at->account);
        bool used = p >= hot->extent && p < hot->extent + hot->count;
        *where = p;
        bool tagged = bw_extent_free_length(venue, p) != 0;
        if (!used && (at->size || (at->slot && !tagged) || at->market || cold->cost || cold->snapshot))
            return false;
        if (used && (at->size == 0 || tagged))
            return false;
    }
    return bw_extents_valid(venue, where);
}

/* I11: the scratch that must be zero between rounds is. */
static bool scratch_is_zero(const bw_venue *venue, uint64_t *where)
{
    const bw_progress *progress = bw_at_progress(venue);
    uint64_t sum = progress->phase | progress->open | progress->case_count | progress->shadow_count |
                   progress->closing_count | progress->ending | progress->recheck_market | progress->recheck_pool |
                   progress->expire;
    *where = 0;
    for (uint64_t i = 0; i < bw_account_words(&venue->limits); i++)
        sum |= bw_at_crossed_bits(venue)[i] | bw_at_touched_bits(venue)[i] | bw_at_debt_bits(venue)[i];
    for (uint32_t i = 0; i < 4u * BW_DIRTY_WORDS; i++)
        sum |= bw_at_dirty(venue)[i];
    for (uint32_t a = 0; a < venue->account_count; a++)
        sum |= bw_at_case_of(venue)[a] | (uint64_t)bw_at_charged(venue)[a] |
               (bw_hot_at(venue, a)->flags & (BW_HOT_ENDED | BW_HOT_SLICED));
    for (uint32_t p = 0; p <= venue->position_top; p++)
        sum |= bw_at_shadow_of(venue)[p];
    for (uint32_t n = 0; n < 2u * venue->market_count; n++)
        sum |= (uint64_t)bw_at_loss(venue)[n].left | (uint64_t)bw_at_loss(venue)[n].gap |
               (uint64_t)bw_at_loss(venue)[n].lots | bw_at_loss(venue)[n].shadow_first;
    return sum == 0;
}

uint32_t bw_venue_valid(const bw_venue *venue, uint64_t *where)
{
    static const struct {
        invariant *holds;
        bool in_round;
    } invariants[] = {
        {money_is_conserved, true}, {sizes_match, true},          {accounts_add_up, true}, {holders_match, true},
        {fund_adds_up, true},       {debts_add_up, true},         {triggers_are_listed, false},
        {slack_is_covered, false},  {orders_match, true},         {records_are_clean, false},
        {scratch_is_zero, false},      {bw_stakes_valid, true}, {bw_indexes_valid, true},
    };
    bool open = bw_at_progress(venue)->open != 0;
    uint64_t ignored;
    for (uint32_t i = 0; i < sizeof invariants / sizeof invariants[0]; i++)
        if ((!open || invariants[i].in_round) && !invariants[i].holds(venue, where ? where : &ignored))
            return i + 1u;
    return 0;
}
