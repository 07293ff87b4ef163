/* Random small worlds: the record of a path against bw_metrics on the same events. */
#include "engine/lab.h"
#include "engine/random_world.h"
#include "metrics/metrics.h"
#include "stress/outcome.h"

enum { RUNS = 60, COMMANDS = 300 };

typedef struct {
    lab lab;
    world world;
    bw_metrics *metrics;
    bw_stress_watch *watch;
    bool one_by_one;
    int64_t largest;                 /* of the bankrupt of pool 0, since the path began */
    uint64_t largest_account;
    bool begun;
} run;

static int64_t now(const run *r)
{
    bw_venue_view view;
    bw_venue_get(r->lab.venue, &view);
    return view.time_ns;
}

static void send(void *context, const bw_command *command)
{
    run *r = context;
    lab_send(&r->lab, command);
    world_observe(&r->world, r->lab.events, r->lab.count);
    bw_metrics_add(r->metrics, r->lab.venue, command, r->lab.events, r->lab.count);
    for (uint32_t i = 0; r->begun && i < r->lab.count; i++) {
        const bw_event *event = &r->lab.events[i];
        bool larger = event->bankrupt.gap > r->largest || (event->bankrupt.gap == r->largest && event->account < r->largest_account);
        if (event->type == BW_EVENT_BANKRUPT && event->pool == 0 && event->bankrupt.gap > 0 && larger) {
            r->largest = event->bankrupt.gap;
            r->largest_account = event->account;
        }
    }
    uint32_t step = r->one_by_one || r->lab.count == 0 ? 1 : r->lab.count;
    for (uint32_t i = 0; i < r->lab.count; i += step)
        bw_stress_watch_see(r->watch, now(r), r->lab.events + i, step);
}

static void *zeros(size_t bytes)
{
    bytes = (bytes + 63) / 64 * 64;
    void *memory = aligned_alloc(64, bytes);
    assert_non_null(memory);
    return memset(memory, 0, bytes);
}

static bw_stress_watch *watch_new(uint32_t accounts)
{
    bw_stress_watch_limits limits = {.accounts = accounts, .markets = WORLD_MARKETS, .desks = WORLD_ACCOUNTS};
    return bw_stress_watch_new(zeros(bw_stress_watch_footprint(&limits)), &limits);
}

static void run_new(run *r, uint64_t seed)
{
    bw_metrics_limits limits = {.accounts = WORLD_ACCOUNTS, .markets = WORLD_MARKETS, .pools = WORLD_POOLS,
                                .desks = WORLD_ACCOUNTS, .batches = COMMANDS + 1, .closes = 65536};
    world_new(&r->world, seed);
    lab_new(&r->lab, &r->world.limits);
    r->metrics = bw_metrics_new(zeros(bw_metrics_footprint(&limits)), &limits);
    world_setup(&r->world, send, r);
    bw_metrics_begin(r->metrics, r->lab.venue, now(r));
    bw_stress_watch_begin(r->watch, now(r));
    r->begun = true;
}

static bw_stress_outcome play(run *r, uint64_t seed)
{
    world_command command;
    run_new(r, seed);
    for (uint32_t i = 0; i < COMMANDS; i++)
        send(r, world_next(&r->world, r->lab.venue, &command));
    bw_stress_outcome outcome = bw_stress_watch_end(r->watch, r->lab.venue, 0);
    assert_int_equal(outcome.largest, r->largest);
    assert_int_equal(outcome.largest_account, r->largest_account);
    r->begun = false;
    r->largest = 0;
    r->largest_account = 0;
    return outcome;
}

static void end(run *r)
{
    free(r->metrics);
    lab_free(&r->lab);
}

static const bw_metrics_pool_facts POOLS[WORLD_POOLS] = {{"a", "X", 0}, {"b", "Y", 3}, {"c", "Z", 9}};
static bw_metrics_market_facts markets[WORLD_MARKETS];
static const bw_metrics_facts FACTS = {.title = "random", .reproduce = "", .rules = "", .notes = "", .pools = POOLS,
                                       .markets = markets};

static void check_sums(const bw_stress_outcome *out, const bw_metrics_pool *pool)
{
    const int64_t *paid = pool->flow.paid;
    assert_int_equal(out->gap, pool->flow.gap);
    assert_int_equal(out->fund_use, paid[BW_LAYER_FUND] + paid[BW_LAYER_SHARED_FUND]);
    assert_int_equal(out->venue_paid, paid[BW_LAYER_CAPITAL] + paid[BW_LAYER_BACKSTOP]);
    assert_int_equal(out->deleveraged, paid[BW_LAYER_DELEVERAGED]);
    assert_int_equal(out->socialized, paid[BW_LAYER_HAIRCUT] + paid[BW_LAYER_CARRYOVER]);
    assert_int_equal(out->gap, out->fund_use + out->venue_paid + out->deleveraged + out->socialized);
    assert_int_equal(out->adl_notional, pool->flow.adl);
    assert_int_equal(out->liquidated_notional, pool->flow.liquidated);
    assert_int_equal(out->carryover, pool->carryover);
    assert_int_equal(out->adl_legs, pool->flow.adl_legs);
    assert_int_equal(out->bankrupt_accounts, pool->bankrupt_accounts);
    assert_int_equal(out->adl_accounts, pool->adl_accounts);
    assert_int_equal(out->haircut_accounts, pool->haircut_accounts);
    assert_int_equal((out->flags & BW_STRESS_ADL) != 0, pool->flow.adl_legs > 0);
    assert_int_equal((out->flags & BW_STRESS_HAIRCUT) != 0, pool->haircut_accounts > 0);
    assert_int_equal((out->flags & BW_STRESS_CARRYOVER) != 0, paid[BW_LAYER_CARRYOVER] > 0);
    assert_int_equal(out->flags & BW_STRESS_INCOMPLETE, 0);
    assert_int_equal(out->first_adl_ns >= 0, pool->flow.adl_legs > 0);
}

/* The market with the largest gap of one side has at least half of the largest gap of a market. */
static void check_origin(const bw_stress_outcome *out, const bw_metrics_result *result)
{
    int64_t largest = 0;
    for (uint32_t m = 0; m < result->market_count; m++)
        if (result->markets[m].pool == 0 && result->markets[m].flow.gap > largest)
            largest = result->markets[m].flow.gap;
    if (out->gap == 0 || out->origin == BW_NONE16)
        return;
    assert_true(out->origin < result->market_count && result->markets[out->origin].pool == 0);
    assert_true(2 * result->markets[out->origin].flow.gap >= largest);
}

static void records_agree_with_metrics(void **state)
{
    (void)state;
    uint64_t gaps = 0, adl = 0, haircuts = 0, carried = 0, markets_named = 0;
    run r = {.watch = watch_new(WORLD_ACCOUNTS)};
    for (uint64_t seed = 1; seed <= RUNS; seed++) {
        free(r.watch);                                 /* another world has other desks */
        r.watch = watch_new(WORLD_ACCOUNTS);
        bw_stress_outcome out = play(&r, seed);
        const bw_metrics_result *result = bw_metrics_finish(r.metrics, r.lab.venue, &FACTS);
        check_sums(&out, &result->pools[0]);
        check_origin(&out, result);
        gaps += out.gap > 0;
        adl += out.adl_legs > 0;
        haircuts += out.haircut_accounts > 0;
        carried += (out.flags & BW_STRESS_CARRYOVER) != 0;
        markets_named += out.gap > 0 && out.origin != BW_NONE16;
        end(&r);
    }
    free(r.watch);
    printf("# of %d runs: gap %llu, ADL %llu, haircut %llu, carryover %llu, origin %llu\n", RUNS, (unsigned long long)gaps,
           (unsigned long long)adl, (unsigned long long)haircuts, (unsigned long long)carried,
           (unsigned long long)markets_named);
    assert_true(gaps > 10 && adl > 3 && haircuts > 3 && carried > 3 && markets_named > 5);
}

/* One watch for path after path gives what a new one gives; so do slices of one event. */
static void paths_do_not_see_each_other(void **state)
{
    (void)state;
    run again = {.watch = watch_new(WORLD_ACCOUNTS)}, fresh = {.one_by_one = true};
    bw_event none = {0};
    for (uint64_t seed = 1; seed <= 12; seed++) {
        fresh.watch = watch_new(WORLD_ACCOUNTS);
        bw_stress_outcome want = play(&fresh, 7);
        end(&fresh);
        free(fresh.watch);
        bw_stress_outcome got = play(&again, 7);       /* the same world, so the same desks */
        end(&again);
        assert_memory_equal(&got, &want, sizeof got);
        bw_stress_watch_see(again.watch, 0, &none, 0);
    }
    free(again.watch);
}

static void what_does_not_fit_is_said(void **state)
{
    (void)state;
    bool short_of_room = false;
    for (uint64_t seed = 1; seed <= 20 && !short_of_room; seed++) {
        run r = {.watch = watch_new(1)};
        bw_stress_outcome out = play(&r, seed);
        uint32_t met = out.bankrupt_accounts + out.adl_accounts + out.haircut_accounts;
        short_of_room = (out.flags & BW_STRESS_INCOMPLETE) != 0;
        assert_true(met <= 3);
        end(&r);
        free(r.watch);
    }
    assert_true(short_of_room);
    bw_stress_watch_limits none = {.accounts = 0, .markets = 1};
    assert_int_equal(bw_stress_watch_footprint(&none), 0);
}

int main(void)
{
    for (uint32_t m = 0; m < WORLD_MARKETS; m++)
        markets[m] = (bw_metrics_market_facts){.name = "M", .provenance = "", .tick_nano = 1, .measured_adl = -1,
                                               .measured_liquidated = -1};
    const struct CMUnitTest tests[] = {cmocka_unit_test(records_agree_with_metrics),
                                       cmocka_unit_test(paths_do_not_see_each_other),
                                       cmocka_unit_test(what_does_not_fit_is_said)};
    return cmocka_run_group_tests_name("stress/outcome", tests, NULL, NULL);
}
