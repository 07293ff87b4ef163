/* test_hedge.c - score hedge-aware against a twin that adds up an owner's whole risk twice, with the position and without
   it, from public queries alone, all accounts for every position (R13). Random worlds, all pools with that score. */
#include "random_world.h"
#include "witness.h"

#include "engine/adl.h"

enum { WORLDS = 60, COMMANDS = 200 };

typedef struct run {
    lab lab;
    world world;
    witness seen;
    uint64_t keys, hedged, shared, legs;
} run;

/* ---------------------------------------------------------------------------------------------------------- twin */

/* Where two markets stand: sizes before the command or now, marks always of now. */
typedef struct twin {
    const bw_venue *sizes, *marks;
} twin;

/* Signed notional of what an account holds in a market. */
static int64_t exposure(const twin *t, uint64_t id, uint16_t market)
{
    bw_position_view held = {0};
    bw_market_view now = {0};
    bw_position_get(t->sizes, id, market, &held);
    bw_market_get(t->marks, market, &now);
    if (held.size == 0)
        return 0;
    int64_t lots = held.size < 0 ? -held.size : held.size, value = lots * now.mark * now.tick_value;
    if (now.kind == BW_MARKET_INVERSE)               /* a long is worth -ceil, a short floor */
        value = (lots * now.tick_value + (held.size > 0 ? now.mark - 1 : 0)) / now.mark;
    return held.size < 0 ? -value : value;
}

static uint64_t underlying(const twin *t, uint16_t market)
{
    return bw_market_cold_at(t->marks, market)->settings.underlying;
}

/* Sum over underlyings of |sum over the accounts of the owner of `id` in its pool|, without `id`'s position in `left_out`. */
static int64_t risk(const twin *t, uint64_t id, uint16_t left_out)
{
    bw_venue_view venue;
    bw_account_view own, other;
    int64_t sum = 0;
    bw_venue_get(t->marks, &venue);
    bw_account_get(t->marks, id, &own);
    for (uint16_t u = 0; u < venue.markets; u++) {
        int64_t net = 0;
        bool first = true;                           /* of its underlying: each is counted once */
        for (uint16_t m = 0; m < u; m++)
            first &= underlying(t, u) == 0 || underlying(t, m) != underlying(t, u);
        for (uint32_t a = 0; first && a < venue.accounts; a++) {
            uint64_t other_id = bw_account_id(t->marks, a);
            bw_account_get(t->marks, other_id, &other);
            bool same = other_id == id || (own.owner && other.owner == own.owner);
            if (!same || other.pool != own.pool)
                continue;
            for (uint16_t m = 0; m < venue.markets; m++)
                if (m == u || (underlying(t, m) == underlying(t, u) && underlying(t, u)))
                    net += other_id == id && m == left_out ? 0 : exposure(t, other_id, m);
        }
        sum += net < 0 ? -net : net;
    }
    return sum;
}

static int64_t key_of(const twin *t, uint64_t id, uint16_t market)
{
    return risk(t, id, BW_NONE16) - risk(t, id, market);
}

/* -------------------------------------------------------------------------------------------------------- checks */

static void keys_check(run *r)
{
    twin now = {r->lab.venue, r->lab.venue};
    bw_venue_view venue;
    bw_venue_get(now.marks, &venue);
    for (uint32_t a = 0; a < venue.accounts; a++)
        for (uint16_t m = 0; m < venue.markets; m++) {
            uint32_t position = bw_position_find(now.marks, a, m);
            uint64_t id = bw_account_id(now.marks, a);
            if (position == 0)
                continue;
            int64_t key = bw_position_score(now.marks, position), part = exposure(&now, id, m);
            lab_check(key == key_of(&now, id, m), "account %llu, market %u: score %lld, twin %lld", (unsigned long long)id,
                      m, (long long)key, (long long)key_of(&now, id, m));
            r->keys++;
            r->hedged += key < 0;
            r->shared += key != (part < 0 ? -part : part);
        }
}

/* In the first round of a batch of marks a score reads the sizes of before it, whatever the round has closed since. */
static void legs_check(run *r)
{
    twin before = {lab_before(&r->lab), r->lab.venue};
    for (uint32_t i = 0; i < r->lab.count && r->lab.events[i].type != BW_EVENT_ROUND; i++) {
        const bw_event *e = r->lab.events + i;
        if (e->type != BW_EVENT_LEG || e->leg.closing || e->leg.via < BW_VIA_PROFIT)
            continue;
        int64_t key = key_of(&before, e->account, e->market);
        lab_check(e->leg.score == key, "account %llu was closed with score %lld, twin %lld", (unsigned long long)e->account,
                  (long long)e->leg.score, (long long)key);
        r->legs++;
    }
}

static void send(void *context, const bw_command *command)
{
    static world_command changed;
    run *r = context;
    lab_says("BW_WORLD=%llu (%s)", (unsigned long long)r->world.seed, bw_command_word(command->type));
    if (command->type == BW_COMMAND_POOL && command->size == sizeof(bw_command_pool)) {
        bw_command_pool *pool = (void *)&changed;
        memcpy(pool, command, sizeof *pool);
        pool->adl_score = BW_SCORE_HEDGE_AWARE;
        pool->adl_start = BW_START_FIRST;
        command = &pool->header;
    }
    bw_status status = lab_send(&r->lab, command);
    world_observe(&r->world, r->lab.events, r->lab.count);
    witness_command(&r->seen, &r->lab, command, status);
    if (status != BW_OK)
        return;
    keys_check(r);
    if (command->type == BW_COMMAND_MARKS)
        legs_check(r);
}

static void test_twin(void **state)
{
    (void)state;
    static run r;
    static world_command c;
    uint64_t seed = check_seed();
    for (uint64_t n = 0; n < WORLDS; n++) {
        witness_begin(&r.seen);
        world_new(&r.world, seed * 1000 + n);
        r.world.limits.owners = 1;
        lab_new(&r.lab, &r.world.limits);
        world_setup(&r.world, send, &r);
        for (uint32_t i = 0; i < COMMANDS; i++)
            send(&r, world_next(&r.world, r.lab.venue, &c));
        lab_free(&r.lab);
    }
    printf("# %llu keys, %llu of them of hedges, %llu that others of the owner change; %llu legs by the sizes of before\n",
           (unsigned long long)r.keys, (unsigned long long)r.hedged, (unsigned long long)r.shared, (unsigned long long)r.legs);
    assert_true(r.hedged > 1000 && r.shared > r.hedged && r.legs > 100);
}

/* ---------------------------------------------------------------------------------------------------------- pure */

static void test_key(void **state)
{
    (void)state;
    const int64_t most = INT64_C(1) << 62;
    assert_true(bw_hedge_key(-80, -80) == 80);       /* alone: all the risk goes */
    assert_true(bw_hedge_key(0, -100) == -100);      /* a full hedge: all of it comes back */
    assert_true(bw_hedge_key(30, 100) == -40);       /* 30 long becomes 70 short */
    assert_true(bw_hedge_key(70, 100) == 40);
    assert_true(bw_hedge_key(-30, 100) == -100);
    assert_true(bw_hedge_key(50, 0) == 0);
    assert_true(bw_hedge_key(INT64_MIN, INT64_MIN) == most && bw_hedge_key(INT64_MAX, INT64_MIN) == -most);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_key), cmocka_unit_test(test_twin)};
    return cmocka_run_group_tests_name("engine hedge", tests, NULL, NULL);
}
