/* Prices at and between points, the joint of two venues, shaping, provenance. */
#include "scenario.h"

#include <math.h>

#include "base/hash.h"

#define SECOND ((int64_t)BW_NANO)

static int64_t at(int hour, int minute, int second)
{
    return (1760054400 + hour * 3600 + minute * 60 + second) * SECOND;
}

static int64_t price(const char *market, int64_t time_ns)
{
    const scenario *s = scenario_read();
    return bw_path_ticks(s->path, scenario_market(s, market), time_ns, 0);
}

static void points_are_met(void **state)
{
    (void)state;
    assert_int_equal(price("BTC", at(21, 15, 0)), 112138);  /* 112137.60, other venue, tick 1 */
    assert_int_equal(price("BTC", at(21, 17, 6)), 108416);  /* own */
    assert_int_equal(price("BTC", at(21, 20, 8)), 102959);
    assert_int_equal(price("SUI", at(21, 20, 43)), 83255);
    assert_int_equal(price("ADA", at(21, 25, 0)), 426000);
}

static void between_points_it_is_log_linear(void **state)
{
    (void)state;
    int64_t middle = price("SOL", at(21, 18, 27) + SECOND / 2); /* half way 21:17:47 to 21:19:08 */
    assert_int_equal(middle, llround(sqrt(168210.0 * 160580.0)));
    int64_t quarter = price("ADA", at(21, 26, 15)); /* 0.426 to 0.4609 in 300 s */
    assert_int_equal(quarter, llround(426000 * pow(460900.0 / 426000.0, .25)));
}

static void outside_it_stands_still(void **state)
{
    (void)state;
    assert_int_equal(price("BTC", 0), price("BTC", at(20, 45, 0)));
    assert_int_equal(price("BTC", at(23, 0, 0)), price("BTC", at(21, 45, 0)));
}

/* Within the venue's own fills its prices alone count; near the joints the other's are left out. */
static void venues_are_joined(void **state)
{
    (void)state;
    const scenario *s = scenario_read();
    uint32_t hype = scenario_market(s, "HYPE"), btc = scenario_market(s, "BTC");
    /* 29.505 at 21:20:00 on the other venue, 35 s after the last fill at 34.859, is no point */
    int64_t low, high;
    bw_path_range(s->path, hype, at(21, 16, 4), at(21, 25, 0), &low, &high);
    assert_int_equal(low, 339490);
    /* 107666 at 21:18:00 lies inside the fills */
    int64_t inside = price("BTC", at(21, 18, 0));
    assert_int_equal(inside, llround(107228 * pow(108202.0 / 107228.0, 13.0 / 81)));
    /* 108905.3 at 21:17:00, 6 s before the first fill, is no point; 111020.9 at 21:16:00 is */
    int64_t before = price("BTC", at(21, 17, 0));
    assert_int_equal(before, llround(111020.9 * pow(108416.0 / 111020.9, 60.0 / 66)));
    assert_int_equal(bw_path_source(s->path, btc, at(21, 16, 0)), BW_SOURCE_BINANCE_1M);
    assert_int_equal(bw_path_source(s->path, btc, at(21, 18, 0)), BW_SOURCE_HYPERLIQUID_ADL);
    assert_int_equal(bw_path_source(s->path, btc, at(21, 24, 0)), BW_SOURCE_BINANCE_1M);
    /* the size of what was blended: 34.859 against 35.891 -> 29.505 at 265 of 300 s */
    double other = log(35.891) + 265.0 / 300 * log(29.505 / 35.891);
    assert_true(fabs(s->path->market[hype].join_after - (log(34.859) - other)) < 1e-9);
    for (uint32_t m = 0; m < s->market_count; m++)
        if (s->path->market[m].join_before != 0)
            printf("# %s: own venue against the other: %+.1f%% at its first, %+.1f%% at its last fill\n",
                   s->market[m].name, 100 * expm1(s->path->market[m].join_before),
                   100 * expm1(s->path->market[m].join_after));
}

static void provenance_is_kept(void **state)
{
    (void)state;
    const scenario *s = scenario_read();
    for (uint32_t m = 0; m < s->market_count; m++)
        assert_int_equal(s->path->market[m].provenance, s->market[m].provenance);
    assert_string_equal(
        bw_provenance_word((bw_provenance)s->path->market[scenario_market(s, "PURR")].provenance),
        "shaped");
    assert_int_equal(bw_path_source(s->path, scenario_market(s, "PURR"), at(21, 20, 0)),
                     BW_SOURCE_SHAPED);
}

static void shaped_markets_keep_their_range(void **state)
{
    (void)state;
    const scenario *s = scenario_read();
    static const char *const shaped[] = {"PURR", "LAUNCHCOIN"};
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t m = scenario_market(s, shaped[i]);
        int64_t low, high, anchor = bw_path_ticks(s->path, m, at(21, 16, 4), 0);
        bw_path_range(s->path, m, at(20, 45, 0), at(21, 45, 0), &low, &high);
        assert_int_equal(low, s->market[m].adl_low_ticks);
        assert_in_range(anchor, s->market[m].adl_high_ticks * 999 / 1000,
                        s->market[m].adl_high_ticks * 1001 / 1000);
        assert_true(s->open_ticks[m] > anchor);
    }
}

static void shift_moves_the_price(void **state)
{
    (void)state;
    const scenario *s = scenario_read();
    assert_int_equal(bw_path_ticks(s->path, 0, at(21, 17, 6), log(.5)), 54208);
    assert_int_equal(bw_path_ticks(s->path, 0, at(21, 17, 6), -1000), 1);
    assert_int_equal(bw_path_ticks(s->path, 0, at(21, 17, 6), 1000), BW_PRICE_TICKS_MAX);
}

static void grid_is_the_events_clock(void **state)
{
    (void)state;
    const scenario *s = scenario_read();
    assert_int_equal(bw_path_batch_count(s->path), 1162);
    assert_int_equal(bw_path_batch_time(s->path, 0), at(20, 45, 0));
    assert_int_equal(bw_path_batch_time(s->path, 10) - bw_path_batch_time(s->path, 0), 31 * SECOND);
}

static void same_facts_same_prices(void **state)
{
    (void)state;
    const scenario *s = scenario_read();
    int64_t ticks[BW_MARKETS_MAX];
    uint64_t hash = 0;
    for (uint32_t b = 0; b < bw_path_batch_count(s->path); b++) {
        for (uint32_t m = 0; m < s->market_count; m++)
            ticks[m] = bw_path_ticks(s->path, m, bw_path_batch_time(s->path, b), 0);
        hash = bw_hash64(ticks, s->market_count * sizeof ticks[0], hash);
    }
    printf("# path hash %016llx\n", (unsigned long long)hash);
    assert_int_equal(hash, 0x6d2eb3693a940c94);
}

static void faults_are_refused(void **state)
{
    (void)state;
    const scenario *s = scenario_read();
    static bw_market_facts markets[BW_MARKETS_MAX];
    bw_path_params params = bw_path_params_default();
    size_t size = bw_path_footprint(&params, s->market, s->market_count, s->price_count) + 8;
    char *memory = malloc(size);
    bw_path *path;
    memcpy(markets, s->market, sizeof markets);
    assert_int_equal(bw_path_new(memory, size - 9, &params, markets, s->market_count, s->price,
                                 s->price_count, &path),
                     BW_PATH_MEMORY);
    assert_int_equal(bw_path_new(memory + 1, size - 1, &params, markets, s->market_count, s->price,
                                 s->price_count, &path),
                     BW_PATH_MEMORY);
    markets[0].provenance = BW_PROVENANCE_OTHER_VENUE; /* but it has fills of its own */
    assert_int_equal(bw_path_new(memory, size, &params, markets, s->market_count, s->price,
                                 s->price_count, &path),
                     BW_PATH_PROVENANCE);
    assert_null(path);
    markets[0].provenance = BW_PROVENANCE_SHAPED;
    assert_int_equal(bw_path_footprint(&params, markets, 1, 0) > 0, true);
    assert_int_equal(bw_path_new(memory, size, &params, markets, 1, NULL, 0, &path),
                     BW_PATH_UNSHAPEABLE);
    params.batch_ns = 0;
    assert_int_equal(bw_path_footprint(&params, markets, 1, 0), 0);
    assert_int_equal(bw_path_new(memory, size, &params, markets, 1, NULL, 0, &path), BW_PATH_PARAMS);
    free(memory);
}

/* Prices from elsewhere, a point a step: at the steps exact, between them log-linear, and the next fill leaves nothing of
   the last. */
static void steps_are_points(void **state)
{
    (void)state;
    const bw_market_facts markets[2] = {{.tick_nano = BW_NANO / 10}, {.tick_nano = BW_NANO / 1000}};
    const bw_path_params params = {.start_ns = at(1, 0, 0), .end_ns = at(1, 0, 30), .batch_ns = 2 * SECOND};
    const double open[2] = {log(100), log(.5)}, move[3][2] = {{.1, -.2}, {-.3, .4}, {.5, -9}}, none[3][2] = {{0}};
    size_t size = bw_path_steps_footprint(&params, 10 * SECOND, 2);
    bw_path *path;
    assert_int_equal(bw_path_steps_new(malloc(size), size, &params, 10 * SECOND, markets, 2, &path), BW_PATH_OK);
    assert_int_equal(bw_path_ticks(path, 0, at(1, 0, 17), 0), 10); /* 1 USD before the first fill */
    bw_path_steps_fill(path, open, move[0]);
    assert_int_equal(bw_path_batch_count(path), 16);
    assert_int_equal(bw_path_ticks(path, 0, params.start_ns, 0), 1000);
    assert_int_equal(bw_path_ticks(path, 0, at(1, 0, 10), 0), llround(1000 * exp(.1)));
    assert_int_equal(bw_path_ticks(path, 1, at(1, 0, 20), 0), llround(500 * exp(.4)));
    assert_int_equal(bw_path_ticks(path, 1, at(1, 0, 14), 0), llround(500 * exp(-.2 + .6 * .4)));
    assert_int_equal(bw_path_ticks(path, 1, at(2, 0, 0), 0), 1); /* at least a tick */
    assert_int_equal(bw_path_source(path, 1, at(1, 0, 11)), BW_SOURCE_SHAPED);
    assert_int_equal(path->market[1].provenance, BW_PROVENANCE_SHAPED);
    int64_t low, high;
    bw_path_range(path, 0, params.start_ns, params.end_ns, &low, &high);
    assert_int_equal(low, llround(1000 * exp(-.3)));
    assert_int_equal(high, llround(1000 * exp(.5)));
    bw_path_steps_fill(path, open, none[0]);
    bw_path_range(path, 0, params.start_ns, params.end_ns, &low, &high);
    assert_true(low == 1000 && high == 1000);
    free(path);
}

static void steps_that_cannot_be(void **state)
{
    (void)state;
    const bw_market_facts markets[2] = {{.tick_nano = 1}, {.tick_nano = 1}};
    bw_path_params params = {.start_ns = 0, .end_ns = 100, .batch_ns = 10};
    size_t size = bw_path_steps_footprint(&params, 10, 2);
    char *memory = malloc(size + 8);
    bw_path *path;
    assert_int_equal(bw_path_steps_new(memory, size - 1, &params, 10, markets, 2, &path), BW_PATH_MEMORY);
    assert_int_equal(bw_path_steps_new(memory + 1, size + 7, &params, 10, markets, 2, &path), BW_PATH_MEMORY);
    assert_null(path);
    assert_int_equal(bw_path_steps_new(memory, size, &params, 0, markets, 2, &path), BW_PATH_PARAMS);
    assert_int_equal(bw_path_steps_footprint(&params, 10, 0), 0);
    assert_int_equal(bw_path_steps_footprint(&params, 10, BW_MARKETS_MAX + 1), 0);
    params = (bw_path_params){.start_ns = 0, .end_ns = 100001, .batch_ns = 2};
    assert_true(bw_path_steps_footprint(&params, 2, 2) > 0);
    assert_int_equal(bw_path_steps_footprint(&params, 1, 2), 0); /* 100,002 points */
    free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_met),        cmocka_unit_test(between_points_it_is_log_linear),
        cmocka_unit_test(outside_it_stands_still), cmocka_unit_test(venues_are_joined),
        cmocka_unit_test(provenance_is_kept),    cmocka_unit_test(shaped_markets_keep_their_range),
        cmocka_unit_test(shift_moves_the_price), cmocka_unit_test(grid_is_the_events_clock),
        cmocka_unit_test(same_facts_same_prices), cmocka_unit_test(faults_are_refused),
        cmocka_unit_test(steps_are_points),      cmocka_unit_test(steps_that_cannot_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
