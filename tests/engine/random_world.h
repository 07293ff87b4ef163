/* random_world.h - random small worlds and streams of commands for them, as pure functions of a seed.

       world_new(seed) ──> limits, how the world is made
       world_setup     ──> assets, pools, collateral, accounts, desks, markets, brackets, first money and marks
       world_next      ──> the next command, chosen by looking at the venue (its queries only)
       world_observe   ──> events, from which the live orders are known

   Small numbers make collisions of every kind likely: many commands are refused, many accounts die. */
#ifndef BW_TEST_RANDOM_WORLD_H
#define BW_TEST_RANDOM_WORLD_H

#include "breakwater.h"

enum { WORLD_POOLS = 3, WORLD_MARKETS = 6, WORLD_ACCOUNTS = 32, WORLD_COLLATERALS = 4, WORLD_ORDERS = 256 };

typedef union world_command {
    bw_command header;
    bw_command_asset asset;
    bw_command_pool pool;
    bw_command_collateral collateral;
    bw_command_market market;
    bw_command_brackets brackets;
    bw_command_desk desk;
    bw_command_status status;
    bw_command_account account;
    bw_command_flags flags;
    bw_command_deposit deposit;
    bw_command_withdraw withdraw;
    bw_command_transfer transfer;
    bw_command_adjust adjust;
    bw_command_trade trade;
    bw_command_trades trades;
    bw_command_reserve reserve;
    bw_command_marks marks;
    bw_command_funding funding;
    bw_command_fill fill;
    bw_command_end_order end_order;
    bw_command_fund fund;
    bw_command_settle settle;
    bw_command_touch touch;
    bw_command_expire expire;
    bw_command_resolve resolve;
    bw_command_convert convert;
    bw_command_stake stake;
    bw_command_unstake unstake;
    bw_command_liquidate liquidate;
    uint64_t words[8192];
} world_command;

typedef struct world {
    uint64_t seed, counter;
    bw_limits limits;
    uint32_t pools, markets, accounts, collaterals;    /* planned */
    int64_t money;                                     /* a usual deposit */
    int64_t price_max[WORLD_MARKETS], price_start[WORLD_MARKETS], tick_value[WORLD_MARKETS];
    uint8_t kind[WORLD_MARKETS];
    uint8_t market_pool[WORLD_MARKETS], account_pool[WORLD_ACCOUNTS], collateral_pool[WORLD_COLLATERALS];
    uint8_t desk[WORLD_ACCOUNTS], pool_asset[WORLD_POOLS];
    int64_t collateral_price[WORLD_COLLATERALS];
    int64_t time_ns;
    uint64_t orders[WORLD_ORDERS];
    uint32_t order_count, order_next;
    int64_t order_limit;                               /* of the last one */
    bool wild;                                         /* malformed and far-off commands too */
} world;

typedef void world_send(void *context, const bw_command *command);

void world_new(world *w, uint64_t seed);
void world_setup(world *w, world_send *send, void *context);
/* The next command of the stream, in *c; valid until the next call. */
const bw_command *world_next(world *w, const bw_venue *venue, world_command *c);
void world_observe(world *w, const bw_event *events, uint32_t count);

/* The id of account number `index` of a world. */
uint64_t world_account_id(uint64_t index);

/* 0 <= result < bound; a in ppm of the cases; low <= result <= high. */
uint64_t world_below(world *w, uint64_t bound);
bool world_chance(world *w, uint32_t ppm);
int64_t world_range(world *w, int64_t low, int64_t high);

#endif
