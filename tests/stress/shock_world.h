/* shock_world.h - random venues with open books for one shock, as pure functions of a seed.

   Small numbers, much leverage: most shocks make somebody bankrupt, empty the fund, close winners, and cut so much that there
   are further rounds. */
#ifndef BW_TEST_SHOCK_WORLD_H
#define BW_TEST_SHOCK_WORLD_H

#include "engine/lab.h"

enum { SHOCK_MARKETS = 4, SHOCK_ACCOUNTS = 160, SHOCK_ACCOUNTS_LARGE = 400 };

typedef struct shock_world {
    lab lab;
    uint64_t seed;
    uint32_t markets, accounts;
    int64_t mark[SHOCK_MARKETS], price_max[SHOCK_MARKETS];
    int64_t time_ns;
} shock_world;

/* A venue with positions, nobody unhealthy. The same seed: the same venue. `large`: sides of two markets that hold some hundred
   accounts with positions in both. */
void shock_world_new(shock_world *w, uint64_t seed, bool large);
void shock_world_free(shock_world *w);

/* Prices of a shock, a number a market. */
void shock_world_prices(shock_world *w, int64_t *ticks);

/* Marks of all markets in one command, with all its work; events in w->lab. */
void shock_world_mark(shock_world *w, const int64_t *ticks);

uint64_t shock_world_below(shock_world *w, uint64_t bound);

#endif
