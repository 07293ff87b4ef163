/* calendar.h - the trigger index's memory: which positions and holdings must be visited when a price moves (R7).

       price ──> bucket (12 mantissa bits) ──> list of armed triggers       marks and collateral prices
       charge per lot ──> slot of a wheel  ──> list of armed triggers       funding, haircuts by index

   A falling calendar's trigger T is crossed when price <= T, a rising one's when price >= T; a wheel's when
   charge >= T. Arm and disarm are O(1); collecting costs the triggers crossed and those that share the last bucket.

   Shapes    calendars: 2 per market (falling, rising), then one per collateral (falling);
             wheels: 2 per market (long, short), then, where balances can be charged by index, one per pool
   Units     ticks; wheel of a market: 2^-index_shift minor units per lot; of a pool: steps of its index (R15)
   Errors    none: callers arm what is disarmed and disarm what is armed, asserted
   Holds     I7 links are two-way, a bucket's bit is set exactly when it has a list, keys lie in their bucket */
#ifndef BW_ENGINE_CALENDAR_H
#define BW_ENGINE_CALENDAR_H

#include "engine/state.h"

/* Calendar numbers. */
static inline uint32_t bw_calendar_falling(uint32_t market) { return 2u * market; }
static inline uint32_t bw_calendar_rising(uint32_t market) { return 2u * market + 1u; }
static inline uint32_t bw_calendar_collateral(const bw_venue *venue, uint32_t collateral)
{
    return 2u * venue->limits.markets + collateral;
}

/* Node numbers. */
static inline uint32_t bw_node_mark(uint32_t position) { return position; }
static inline uint32_t bw_node_offset(const bw_venue *venue, uint32_t position)
{
    return venue->limits.positions + 1u + position;
}
static inline uint32_t bw_node_holding(const bw_venue *venue, uint32_t holding)
{
    return 2u * venue->limits.positions + 2u + holding;
}

static inline uint32_t bw_node_balance(const bw_venue *venue, uint32_t account)
{
    return 2u * venue->limits.positions + 3u + venue->limits.holdings + account;
}

static inline bool bw_node_armed(const bw_venue *venue, uint32_t node) { return bw_at_node(venue)[node].key != 0; }

/* Bucket of a price 1..2^40: monotone in the price; exact below 2^bits. */
uint32_t bw_bucket_of(uint32_t bits, int64_t price);

void bw_calendar_arm(bw_venue *venue, uint32_t calendar, uint32_t node, int64_t key);
void bw_calendar_disarm(bw_venue *venue, uint32_t calendar, uint32_t node);

/* Gives an armed trigger a new key where it stands; false if that lies in another bucket: then it is disarmed. */
bool bw_calendar_rekey(bw_venue *venue, uint32_t calendar, uint32_t node, int64_t key);

/* Asks memory for what arming at `key` will touch, first the bucket's head, then the node it names. */
void bw_calendar_prefetch_head(const bw_venue *venue, uint32_t calendar, int64_t key);
void bw_calendar_prefetch_first(const bw_venue *venue, uint32_t calendar, int64_t key);

/* ... and for what taking an armed node out of its list will touch. */
void bw_calendar_prefetch_links(const bw_venue *venue, uint32_t calendar, uint32_t node);

typedef enum bw_crossing { BW_CROSSING_DONE, BW_CROSSING_KEPT, BW_CROSSING_TAKEN } bw_crossing;

/* Examines one trigger. TAKEN: *node was crossed by `price` and is disarmed now. KEPT: one was looked at and stands.
   DONE: none left. `cursor` is 0, 0 at first and belongs to the call until DONE; nothing may be armed in between. */
bw_crossing bw_calendar_cross(bw_venue *venue, uint32_t calendar, int64_t price, uint32_t cursor[2], uint32_t *node);

/* Wheel numbers. */
static inline uint32_t bw_wheel_side(uint32_t market, uint32_t side) { return 2u * market + side; }
static inline uint32_t bw_wheel_balances(const bw_venue *venue, uint32_t pool)
{
    return 2u * venue->limits.markets + pool;
}

/* The adverse charge of a wheel's holders, which rises when they pay: funding and haircuts per lot of a side, haircuts per unit
   of nominal balance of a pool. */
int64_t bw_wheel_charge(const bw_venue *venue, uint32_t wheel);

/* Farthest charge that the wheel can hold from `charge` on. */
int64_t bw_wheel_reach(const bw_venue *venue, uint32_t wheel, int64_t charge);
void bw_wheel_arm(bw_venue *venue, uint32_t wheel, uint32_t node, int64_t key);
void bw_wheel_disarm(bw_venue *venue, uint32_t wheel, uint32_t node);

/* Nothing is armed: collecting starts at the present charge. */
void bw_wheel_start(bw_venue *venue, uint32_t wheel);

/* As bw_calendar_cross, from where the wheel was last collected up to its charge now. `cursor[0]` counts slots, `cursor[1]` is
   the next node; both 0 at first. At DONE the wheel counts as collected. */
bw_crossing bw_wheel_cross(bw_venue *venue, uint32_t wheel, uint32_t cursor[2], uint32_t *node);

#endif
