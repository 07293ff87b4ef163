/* random_make.h - what random_world.c and random_settings.c share: commands of a random world, made in *command. */
#ifndef BW_TEST_RANDOM_MAKE_H
#define BW_TEST_RANDOM_MAKE_H

#include "random_world.h"

/* Between 1 and `most`, every order of magnitude alike. */
int64_t world_magnitude(world *w, int64_t most);

/* 0 in zero_ppm of the cases, else some amount of the world's money. */
int64_t world_amount_or_zero(world *w, uint32_t zero_ppm);

/* A command of this type and size, zero but for its header. */
void *world_begin(world *w, world_command *c, uint16_t type, size_t size);

#define BEGIN(w, c, name, TYPE) ((bw_command_##name *)world_begin(w, c, BW_COMMAND_##TYPE, sizeof(bw_command_##name)))

/* Settings: new ones, or others for what is there. world_market_plan draws what may never change. */
const bw_command *world_pool_command(world *w, world_command *command, uint32_t pool);
const bw_command *world_market_command(world *w, world_command *command, uint32_t market);
void world_market_plan(world *w, uint32_t market);
const bw_command *world_brackets_command(world *w, world_command *command, uint32_t market);
const bw_command *world_collateral_command(world *w, world_command *command, uint32_t collateral);
const bw_command *world_account_command(world *w, world_command *command, uint32_t account);
const bw_command *world_desk_command(world *w, world_command *command, uint32_t account);

#endif
