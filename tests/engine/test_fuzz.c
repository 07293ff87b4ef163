/* test_fuzz.c - random worlds, random commands; after every command everything that must hold is asked.

   BW_WORLDS, BW_COMMANDS: how many worlds and commands; BW_WORLD: only this one; BW_SEED: other worlds. */
#include "random_world.h"
#include "witness.h"

static uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text ? strtoull(text, NULL, 0) : otherwise;
}

typedef struct run {
    lab lab;
    world world;
    witness seen;
    uint64_t seed, command;
} run;

static void send(void *context, const bw_command *command)
{
    run *r = context;
    lab_says("BW_WORLD=%llu command %llu (%s)", (unsigned long long)r->seed, (unsigned long long)r->command++,
             bw_command_word(command->type));
    bw_status status = lab_send(&r->lab, command);
    world_observe(&r->world, r->lab.events, r->lab.count);
    witness_command(&r->seen, &r->lab, command, status);
}

static void world_run(run *r, uint64_t seed, uint64_t commands)
{
    static world_command c;
    static const uint32_t work[] = {0, 1, 2, 7, 50, 4096};
    r->seed = seed;
    r->command = 0;
    memset(r->seen.dust, 0, sizeof r->seen.dust);
    world_new(&r->world, seed);
    r->world.limits.work_max = work[1 + seed % 5];
    r->world.limits.split = (uint32_t)(seed / 5 % 3);
    lab_new(&r->lab, &r->world.limits);
    r->lab.watch_slices = seed % 7 == 0;
    world_setup(&r->world, send, r);
    for (uint64_t i = 0; i < commands; i++)
        send(r, world_next(&r->world, r->lab.venue, &c));
    lab_free(&r->lab);
}

static void test_worlds(void **state)
{
    (void)state;
    static run r;
    uint64_t seed = check_seed(), worlds = setting("BW_WORLDS", 250), commands = setting("BW_COMMANDS", 250);
    if (getenv("BW_WORLD"))
        world_run(&r, setting("BW_WORLD", 0), commands);
    else
        for (uint64_t i = 0; i < worlds; i++)
            world_run(&r, seed * 1000 + i, commands);
    witness_say(&r.seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_worlds)};
    return cmocka_run_group_tests_name("engine fuzz", tests, NULL, NULL);
}
