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
    lab other;                           /* for what-ifs */
    world world;
    witness seen;
    uint64_t seed, command, withdrawals;
    bool setting_up;
} run;

/* bw_trade_check foretells bw_step (R4a). */
static void trade_check(const lab *l, const bw_command *command, bw_status foretold, bw_status status)
{
    bool early = status == BW_DUPLICATE || status == BW_TIME_REVERSED || status == BW_BAD_COMMAND || status == BW_BAD_SEQUENCE;
    (void)l;
    if (command->type == BW_COMMAND_TRADE && !early)
        lab_check(foretold == status, "bw_trade_check says %s, bw_step %s", bw_status_word(foretold), bw_status_word(status));
}

/* R13's lights: fifths of the queue, none without profit. */
static void lights_check(const lab *l)
{
    bw_venue_view venue;
    bw_venue_get(l->venue, &venue);
    for (uint32_t n = 0; n < venue.accounts; n++)
        for (uint16_t market = 0; market < venue.markets; market++) {
            bw_position_view view = {0};
            uint64_t id = bw_account_id(l->venue, n);
            bool held = bw_position_get(l->venue, id, market, &view);
            uint16_t light = bw_position_light(l->venue, id, market);
            lab_check(light <= 5 && (light > 0) == (held && view.upnl > 0), "account %llu: light %u at u %lld",
                      (unsigned long long)id, light, (long long)view.upnl);
        }
}

static bool is_short(const run *r, uint16_t asset)
{
    bw_pool_view pool;
    for (uint16_t p = 0; bw_pool_get(r->other.venue, p, &pool); p++)
        if (pool.asset == asset && (pool.carryover || pool.fund < 0 || pool.waiting))
            return true;
    return false;
}

/* R18's theorem: where no pool of the asset has carryover, a fund below zero or a bankrupt account that waits, every withdrawal
   that is allowed can be paid, in any order, though profits are unrealised; and what is withdrawable is exactly that. */
static void withdraw_all(run *r)
{
    bw_venue_view venue;
    memcpy(r->other.memory, r->lab.memory, r->lab.footprint);
    bw_venue_get(r->lab.venue, &venue);
    for (uint32_t n = 0; n < venue.accounts; n++) {
        bw_account_view view;
        bw_pool_view pool;
        bw_account_get(r->other.venue, bw_account_id(r->other.venue, n), &view);
        bw_pool_get(r->other.venue, view.pool, &pool);
        if (view.flags & BW_FLAG_CLOSED)
            continue;
        bw_command_withdraw c = {.amount = view.withdrawable + 1, .asset = pool.asset};
        c.header = (bw_command){.size = sizeof c, .type = BW_COMMAND_WITHDRAW, .version = 1, .time_ns = venue.time_ns,
                                .account = view.id};
        lab_check(lab_send(&r->other, &c.header) > BW_MORE, "account %llu withdraws more than withdrawable",
                  (unsigned long long)view.id);
        c.amount--;
        if (c.amount == 0 || is_short(r, pool.asset))
            continue;
        bw_status status = lab_send(&r->other, &c.header);
        lab_check(status == BW_OK, "account %llu may withdraw %lld: %s", (unsigned long long)view.id,
                  (long long)view.withdrawable, bw_status_word(status));
        r->withdrawals++;
    }
}

static void send(void *context, const bw_command *command)
{
    run *r = context;
    lab_says("BW_WORLD=%llu command %llu (%s)", (unsigned long long)r->seed, (unsigned long long)r->command++,
             bw_command_word(command->type));
    bw_status foretold = command->type == BW_COMMAND_TRADE && command->size == sizeof(bw_command_trade)
                             ? bw_trade_check(r->lab.venue, &((const bw_command_trade *)(const void *)command)->trade, NULL)
                             : BW_OK;
    bw_status status = lab_send(&r->lab, command);
    trade_check(&r->lab, command, foretold, status);
    bool needed = command->type == BW_COMMAND_POOL || command->type == BW_COMMAND_MARKET || command->type == BW_COMMAND_BRACKETS;
    lab_check(!r->setting_up || !needed || status == BW_OK, "the world is not made: %s", bw_status_word(status));
    world_observe(&r->world, r->lab.events, r->lab.count);
    witness_command(&r->seen, &r->lab, command, status);
}

static void world_run(run *r, uint64_t seed, uint64_t commands)
{
    static world_command c;
    static const uint32_t work[] = {0, 1, 2, 7, 50, 4096};
    r->seed = seed;
    r->command = 0;
    witness_begin(&r->seen);
    world_new(&r->world, seed);
    r->world.limits.work_max = work[1 + seed % 5];
    r->world.limits.split = (uint32_t)(seed / 5 % 3);
    lab_new(&r->other, &r->world.limits);
    lab_new(&r->lab, &r->world.limits);
    r->lab.watch_slices = seed % 7 == 0;
    r->setting_up = true;
    world_setup(&r->world, send, r);
    r->setting_up = false;
    for (uint64_t i = 0; i < commands; i++) {
        send(r, world_next(&r->world, r->lab.venue, &c));
        if (i % 16 == 7)
            lights_check(&r->lab);
        if (i % 16 == 15 && r->world.collaterals == 0)
            withdraw_all(r);
    }
    lab_free(&r->lab);
    lab_free(&r->other);
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
    printf("# %llu allowed withdrawals paid\n", (unsigned long long)r.withdrawals);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_worlds)};
    return cmocka_run_group_tests_name("engine fuzz", tests, NULL, NULL);
}
