/* Random small worlds through bw_step: the metrics against the plainest sums of the same events. */
#include "engine/lab.h"
#include "engine/random_world.h"
#include "metrics/metrics.h"

enum { RUNS = 60, COMMANDS = 400 };

typedef struct {
    int64_t gap, paid[BW_LAYERS], charged, liquidated, adl;
} plain;

typedef struct {
    lab lab;
    world world;
    bw_metrics *metrics;
    plain plain[WORLD_POOLS];
    bool one_by_one;
    bool zero_both;                      /* ADL of this run may not be at mark */
} run;

static void give(run *r, const bw_command *command)
{
    uint32_t step = r->one_by_one && r->lab.count > 0 ? 1 : r->lab.count;
    if (r->lab.count == 0)
        bw_metrics_add(r->metrics, r->lab.venue, command, r->lab.events, 0);
    for (uint32_t i = 0; i < r->lab.count; i += step)
        bw_metrics_add(r->metrics, r->lab.venue, command, r->lab.events + i, step);
}

static bool trades_at_zero(const bw_command *command)
{
    const bw_command_pool *c = (const void *)command;
    bool found = false;
    for (uint32_t i = 0; command->type == BW_COMMAND_POOL && i < c->money_count && i < BW_MONEY_LAYERS; i++)
        found |= c->money[i].kind == BW_LAYER_DELEVERAGED && c->money[i].price == BW_ADL_PRICE_ZERO_BOTH;
    return found;
}

static void send(void *context, const bw_command *command)
{
    run *r = context;
    lab_send(&r->lab, command);
    r->zero_both |= trades_at_zero(command);
    world_observe(&r->world, r->lab.events, r->lab.count);
    give(r, command);
}

static bool desk(const run *r, uint64_t account)
{
    bw_account_view view;
    return bw_account_get(r->lab.venue, account, &view) && view.desk != BW_NONE16;
}

static int64_t size_of(int64_t x)
{
    return x < 0 ? -x : x;
}

static void sum_plainly(run *r)
{
    for (uint32_t i = 0; i < r->lab.count; i++) {
        const bw_event *e = &r->lab.events[i];
        if (e->pool >= WORLD_POOLS)
            continue;
        plain *to = &r->plain[e->pool];
        for (uint32_t layer = 0; e->type == BW_EVENT_LOSS && layer < BW_LAYERS; layer++)
            to->paid[layer] += e->loss.paid[layer];
        to->gap += e->type == BW_EVENT_LOSS ? e->loss.gap : 0;
        to->charged += e->type == BW_EVENT_CHARGED ? e->charged.charge : 0;
        if (e->type == BW_EVENT_LEG && e->leg.closing && !desk(r, e->account))
            to->liquidated += size_of(e->leg.value);
        if (e->type == BW_EVENT_LEG && !e->leg.closing && e->leg.via >= BW_VIA_PROFIT)
            to->adl += size_of(e->leg.value);
    }
}

static void metrics_new(run *r)
{
    bw_metrics_limits limits = {.accounts = WORLD_ACCOUNTS, .markets = WORLD_MARKETS, .pools = WORLD_POOLS,
                                .desks = WORLD_ACCOUNTS, .batches = COMMANDS + 1, .closes = 65536};
    size_t bytes = (bw_metrics_footprint(&limits) + 63) / 64 * 64;
    void *memory = aligned_alloc(64, bytes);
    memset(memory, 0, bytes);
    r->metrics = bw_metrics_new(memory, &limits);
}

static const bw_metrics_result *play(run *r, uint64_t seed, const bw_metrics_facts *facts)
{
    world_command command;
    world_new(&r->world, seed);
    lab_new(&r->lab, &r->world.limits);
    metrics_new(r);
    world_setup(&r->world, send, r);
    bw_venue_view view;
    bw_venue_get(r->lab.venue, &view);
    bw_metrics_begin(r->metrics, r->lab.venue, view.time_ns);
    for (uint32_t i = 0; i < COMMANDS; i++) {
        send(r, world_next(&r->world, r->lab.venue, &command));
        sum_plainly(r);
    }
    return bw_metrics_finish(r->metrics, r->lab.venue, facts);
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

static void check_pool(const run *r, const bw_metrics_result *result, uint32_t p)
{
    const bw_metrics_pool *pool = &result->pools[p];
    int64_t paid = 0, of_markets = 0, of_batches = 0;
    for (uint32_t layer = 0; layer < BW_LAYERS; layer++) {
        paid += pool->flow.paid[layer];
        assert_int_equal(pool->flow.paid[layer], r->plain[p].paid[layer]);
    }
    assert_int_equal(paid, pool->flow.gap);
    assert_int_equal(pool->flow.gap, r->plain[p].gap);
    assert_int_equal(pool->charged, r->plain[p].charged);
    assert_int_equal(pool->charge_spread.total, pool->charged);
    assert_int_equal(pool->adl_spread.total, pool->flow.adl);
    assert_int_equal(pool->flow.liquidated, r->plain[p].liquidated);
    assert_int_equal(pool->flow.adl, r->plain[p].adl);
    assert_int_equal(pool->conservation_error, 0);
    assert_true(pool->flow.closes_whole <= pool->flow.adl_closes && pool->flow.adl_closes <= pool->flow.adl_legs);
    for (uint32_t m = 0; m < result->market_count; m++)
        of_markets += result->markets[m].pool == p ? result->markets[m].flow.adl : 0;
    assert_int_equal(of_markets, pool->flow.adl);
    for (uint32_t b = 0; b < result->batch_count; b++)
        of_batches += result->batches[b].flow.gap;
    if (p == 0)
        assert_int_equal(of_batches, pool->flow.gap);
}

static void sums_agree_with_plain_ones(void **state)
{
    (void)state;
    int64_t gaps = 0, adl = 0, charged = 0, one_price = 0;
    for (uint64_t seed = 1; seed <= RUNS; seed++) {
        run r = {.one_by_one = false};
        const bw_metrics_result *result = play(&r, seed, &FACTS);
        assert_int_equal(result->lost_records, 0);
        assert_true(r.zero_both || result->price_violations == 0);
        one_price += !r.zero_both && result->price_violations == 0;
        for (uint32_t p = 0; p < result->pool_count; p++) {
            check_pool(&r, result, p);
            gaps += result->pools[p].flow.gap;
            adl += result->pools[p].flow.adl;
            charged += result->pools[p].charged;
        }
        end(&r);
    }
    printf("# %d runs: gaps %lld, ADL %lld, charged %lld\n", RUNS, (long long)gaps, (long long)adl, (long long)charged);
    assert_true(gaps > 0 && adl > 0 && charged > 0 && one_price > RUNS / 4);
}

static void slices_change_nothing(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= RUNS / 6; seed++) {
        char *texts[2];
        for (int i = 0; i < 2; i++) {
            run r = {.one_by_one = i == 1};
            const bw_metrics_result *result = play(&r, seed, &FACTS);
            size_t length = bw_metrics_json(result, 0, NULL, 0);
            texts[i] = malloc(length + 1);
            bw_metrics_json(result, 0, texts[i], length + 1);
            end(&r);
        }
        assert_string_equal(texts[0], texts[1]);
        free(texts[0]);
        free(texts[1]);
    }
}

int main(void)
{
    for (uint32_t m = 0; m < WORLD_MARKETS; m++)
        markets[m] = (bw_metrics_market_facts){.name = "M", .provenance = "", .tick_nano = 1, .measured_adl = -1,
                                               .measured_liquidated = -1};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_agree_with_plain_ones), cmocka_unit_test(slices_change_nothing)};
    return cmocka_run_group_tests_name("metrics/random_runs", tests, NULL, NULL);
}
