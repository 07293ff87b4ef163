/* test_shock.c - the one-shock evaluator against the engine: random books with all layers, every account to the unit. */
#include "shock_world.h"

#include "base/mix.h"
#include "stress/shock.h"

enum { BOOKS = 1000, SHOCKS_MAX = 4 };

/* What the books had in them, so that a test that sees nothing fails. */
typedef struct things {
    uint64_t shocks, bankrupt, adl, deleveraged, haircut, carryover, fund, capital, rounds[5], waits;
} things;

typedef struct trial {
    shock_world world;
    void *kept;
    bw_stress_watch *watch;
    bw_shock *shock;
    const int64_t *ticks;
    things *seen;
} trial;

static void *zeros(size_t bytes)
{
    bytes = (bytes + 63) / 64 * 64;
    void *memory = aligned_alloc(64, bytes);
    assert_non_null(memory);
    return memset(memory, 0, bytes);
}

/* ------------------------------------------------------------------------------------------------ comparison */

typedef struct account_sums {
    int64_t gap, charged, liquidated, deleveraged;
} account_sums;

static int64_t absolute(int64_t x) { return x < 0 ? -x : x; }

static account_sums sums_of(const lab *l, uint64_t id)
{
    account_sums sums = {0};
    for (uint32_t i = 0; i < l->count; i++) {
        const bw_event *e = &l->events[i];
        if (e->account != id)
            continue;
        if (e->type == BW_EVENT_BANKRUPT)
            sums.gap += e->bankrupt.gap;
        else if (e->type == BW_EVENT_CHARGED)
            sums.charged += e->charged.charge;
        else if (e->type == BW_EVENT_LEG)
            *(e->leg.closing ? &sums.liquidated : &sums.deleveraged) += absolute(e->leg.value);
    }
    return sums;
}

static void same_positions(const trial *t, const bw_shock *shock, uint32_t account, uint64_t id)
{
    for (uint16_t m = 0; m < t->world.markets; m++) {
        bw_position_view view = {0};
        int64_t cost, size = bw_shock_size_of(shock, account, m, &cost);
        bw_position_get(t->world.lab.venue, id, m, &view);
        lab_check(size == view.size && cost == view.cost, "account %llu market %u: size %lld cost %lld, engine %lld %lld",
                  (unsigned long long)id, m, (long long)size, (long long)cost, (long long)view.size, (long long)view.cost);
    }
}

static uint64_t same_accounts(const trial *t, const bw_shock *shock)
{
    uint64_t charges = 0;
    for (uint32_t a = 0; a < t->world.accounts; a++) {
        uint64_t id = bw_account_id(t->world.lab.venue, a);
        bw_shock_account ours = bw_shock_account_of(shock, a);
        account_sums engine = sums_of(&t->world.lab, id);
        bw_account_view view = {0};
        bw_account_get(t->world.lab.venue, id, &view);
        lab_check(ours.gap == engine.gap && ours.charged == engine.charged, "account %llu: gap %lld charged %lld, engine %lld %lld",
                  (unsigned long long)id, (long long)ours.gap, (long long)ours.charged, (long long)engine.gap,
                  (long long)engine.charged);
        lab_check(ours.balance == view.balance && ours.equity == view.equity, "account %llu: balance %lld, engine %lld",
                  (unsigned long long)id, (long long)ours.balance, (long long)view.balance);
        lab_check(ours.liquidated == engine.liquidated && ours.deleveraged == engine.deleveraged,
                  "account %llu: closed %lld %lld, engine %lld %lld", (unsigned long long)id, (long long)ours.liquidated,
                  (long long)ours.deleveraged, (long long)engine.liquidated, (long long)engine.deleveraged);
        same_positions(t, shock, a, id);
        if (engine.charged)
            charges += bw_mix_pair_u64(a, (uint64_t)engine.charged);
    }
    return charges;
}

static void outcome_seen(things *seen, const bw_stress_outcome *out, uint32_t rounds)
{
    seen->shocks++;
    seen->bankrupt += out->bankrupt_accounts > 0;
    seen->adl += out->adl_legs > 0;
    seen->deleveraged += out->deleveraged > 0;
    seen->haircut += out->haircut_accounts > 0;
    seen->carryover += (out->flags & BW_STRESS_CARRYOVER) != 0;
    seen->fund += out->fund_use > 0;
    seen->capital += out->venue_paid > 0;
    seen->rounds[rounds < 4 ? rounds : 4]++;
}

/* The same prices in the engine, from the venue as it stood. */
static void same_as_engine(void *context, const bw_shock *shock, uint64_t scenario, const bw_shock_told *told)
{
    trial *t = context;
    lab *l = &t->world.lab;
    bw_stress_watch_begin(t->watch, t->world.time_ns);
    shock_world_mark(&t->world, t->ticks + scenario * t->world.markets);
    bw_stress_watch_see(t->watch, t->world.time_ns, l->events, l->count);
    bw_stress_outcome engine = bw_stress_watch_end(t->watch, l->venue, 0);
    uint64_t charges = same_accounts(t, shock);
    lab_check(memcmp(&engine, &told->outcome, sizeof engine) == 0,
              "gap %lld/%lld fund %lld/%lld socialized %lld/%lld adl %lld/%lld liquidated %lld/%lld origin %u/%u",
              (long long)told->outcome.gap, (long long)engine.gap, (long long)told->outcome.fund_use, (long long)engine.fund_use,
              (long long)told->outcome.socialized, (long long)engine.socialized, (long long)told->outcome.adl_notional,
              (long long)engine.adl_notional, (long long)told->outcome.liquidated_notional,
              (long long)engine.liquidated_notional, told->outcome.origin, engine.origin);
    lab_check(charges == told->charges, "sum of charges");
    outcome_seen(t->seen, &engine, told->rounds);
    memcpy(l->memory, t->kept, l->footprint);
}

/* ----------------------------------------------------------------------------------------------------- trials */

static void trial_play(uint64_t seed, things *seen)
{
    trial t = {.seen = seen};
    int64_t ticks[SHOCKS_MAX * SHOCK_MARKETS];
    lab_says("book of seed %llu", (unsigned long long)seed);
    shock_world_new(&t.world, seed);
    lab *l = &t.world.lab;
    if (bw_shock_fault(l->venue) != NULL) {                  /* orders went out at once */
        seen->waits++;
        shock_world_free(&t.world);
        return;
    }
    bw_stress_watch_limits limits = {.accounts = t.world.accounts, .markets = t.world.markets, .desks = 1};
    void *memory = zeros(bw_shock_footprint(l->venue));
    t.watch = bw_stress_watch_new(zeros(bw_stress_watch_footprint(&limits)), &limits);
    t.kept = zeros(l->footprint);
    memcpy(t.kept, l->memory, l->footprint);
    t.shock = bw_shock_new(memory, l->venue);
    uint64_t count = 1 + shock_world_below(&t.world, SHOCKS_MAX);
    for (uint64_t i = 0; i < count; i++)
        shock_world_prices(&t.world, ticks + i * t.world.markets);
    t.ticks = ticks;
    bw_shock_play(t.shock, ticks, count, same_as_engine, &t);
    free(t.kept);
    free(t.watch);
    free(memory);
    shock_world_free(&t.world);
}

static void equals_the_engine(void **state)
{
    (void)state;
    things seen = {0};
    uint64_t seed = check_seed();
    for (uint64_t i = 0; i < BOOKS; i++)
        trial_play(bw_mix_pair_u64(seed, i), &seen);
    printf("# %llu shocks of %u books: %llu bankrupt, %llu ADL, %llu fund, %llu capital, %llu deleveraged paid, %llu haircut, "
           "%llu carryover; rounds 1: %llu, 2: %llu, 3: %llu, more: %llu; %llu books began with orders\n",
           (unsigned long long)seen.shocks, BOOKS, (unsigned long long)seen.bankrupt, (unsigned long long)seen.adl,
           (unsigned long long)seen.fund, (unsigned long long)seen.capital, (unsigned long long)seen.deleveraged,
           (unsigned long long)seen.haircut, (unsigned long long)seen.carryover, (unsigned long long)seen.rounds[1],
           (unsigned long long)seen.rounds[2], (unsigned long long)seen.rounds[3], (unsigned long long)seen.rounds[4],
           (unsigned long long)seen.waits);
    assert_true(seen.shocks > BOOKS && seen.bankrupt > BOOKS && seen.adl > BOOKS);
    assert_true(seen.fund > 100 && seen.capital > 100 && seen.deleveraged > 100 && seen.haircut > 100 && seen.carryover > 100);
    assert_true(seen.rounds[2] > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_the_engine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
