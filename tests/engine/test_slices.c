/* test_slices.c - how a round is sliced and how slack is split changes nothing (R7, R21): the same stream of commands on
   six venues gives the same event bytes, the same chain hash, and for one split the same state. One of them is put to
   sleep and woken from its snapshot every few commands. */
#include "random_world.h"
#include "witness.h"

#include "engine/state.h"

enum { TWINS = 6 };

static const struct {
    uint32_t work_max;
    bw_split split;
} twins[TWINS] = {{4096, BW_SPLIT_MARGIN}, {1, BW_SPLIT_MARGIN},    {7, BW_SPLIT_MARGIN},
                  {0, BW_SPLIT_MARGIN},    {4096, BW_SPLIT_EQUAL}, {13, BW_SPLIT_FIRST}};

typedef struct run {
    lab labs[TWINS];
    world world;
    uint64_t command, calls, unequal_visits;
} run;

static void events_compare(const run *r, uint32_t t)
{
    const lab *a = &r->labs[0], *b = &r->labs[t];
    for (uint32_t i = 0; i < a->count && i < b->count; i++)
        lab_check(memcmp(a->events + i, b->events + i, sizeof(bw_event)) == 0, "twin %u: event %u differs: %s, %s", t, i,
                  bw_event_word(a->events[i].type), bw_event_word(b->events[i].type));
    lab_check(a->count == b->count, "twin %u: %u events, not %u", t, b->count, a->count);
}

static void states_compare(const run *r, uint32_t t)
{
    bw_venue_view a, b;
    uint64_t hash[2][2];
    bw_venue_get(r->labs[0].venue, &a);
    bw_venue_get(r->labs[t].venue, &b);
    lab_check(a.chain_hash[0] == b.chain_hash[0] && a.chain_hash[1] == b.chain_hash[1], "twin %u: chain hash", t);
    if (twins[t].split != twins[0].split)
        return;
    bw_state_hash(r->labs[0].venue, hash[0]);
    bw_state_hash(r->labs[t].venue, hash[1]);
    lab_check(memcmp(hash[0], hash[1], sizeof hash[0]) == 0, "twin %u: state hash", t);
}

/* What a snapshot holds is enough to go on: the scratch is dead between commands. */
static void restart(lab *l, uint32_t work_max, bw_split split)
{
    memset((char *)l->memory + l->persistent, 0, l->footprint - l->persistent);
    bw_venue_tune(l->venue, work_max, split);
}

static void send(void *context, const bw_command *command)
{
    run *r = context;
    bw_status first = BW_OK;
    lab_says("seed %llu command %llu (%s)", (unsigned long long)r->world.seed, (unsigned long long)r->command++,
             bw_command_word(command->type));
    for (uint32_t t = 0; t < TWINS; t++) {
        if (t == 2 && r->command % 5 == 0)
            restart(&r->labs[t], twins[t].work_max, twins[t].split);
        bw_status status = lab_send(&r->labs[t], command);
        if (t == 0)
            first = status;
        lab_check(status == first, "twin %u: %s, not %s", t, bw_status_word(status), bw_status_word(first));
        r->calls += r->labs[t].calls;
    }
    for (uint32_t t = 1; t < TWINS; t++) {
        events_compare(r, t);
        states_compare(r, t);
    }
    world_observe(&r->world, r->labs[0].events, r->labs[0].count);
}

static void world_run(run *r, uint64_t seed, uint32_t commands)
{
    static world_command c;
    world_new(&r->world, seed);
    r->command = 0;
    for (uint32_t t = 0; t < TWINS; t++) {
        bw_limits limits = r->world.limits;
        limits.work_max = twins[t].work_max;
        limits.split = twins[t].split;
        lab_new(&r->labs[t], &limits);
    }
    world_setup(&r->world, send, r);
    for (uint32_t i = 0; i < commands; i++)
        send(r, world_next(&r->world, r->labs[0].venue, &c));
    for (uint32_t t = 0; t < TWINS; t++)
        lab_free(&r->labs[t]);
}

static void test_twins(void **state)
{
    (void)state;
    static run r;
    const char *text = getenv("BW_WORLDS"), *one = getenv("BW_WORLD");
    uint64_t seed = check_seed(), worlds = text ? strtoull(text, NULL, 0) : 60;
    if (one)
        world_run(&r, strtoull(one, NULL, 0), 250);
    for (uint64_t i = 0; !one && i < worlds; i++)
        world_run(&r, seed * 1000 + 500 + i, 250);
    printf("# calls of bw_step: %llu\n", (unsigned long long)r.calls);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_twins)};
    return cmocka_run_group_tests_name("engine slices", tests, NULL, NULL);
}
