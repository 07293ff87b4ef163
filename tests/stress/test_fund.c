/* The fund from one set of paths: the identities that hold exactly, and the newsvendor by trying every size. */
#include "check.h"
#include "stress/fund.h"

enum { PATHS = 20000 };

static bw_stress_outcome outcomes[PATHS];
static int64_t gaps[PATHS];
static bw_stress_result result;
static const bw_stress_facts FACTS = {.title = "t", .reproduce = "", .asset = "USD", .decimals = 2, .seed = 1,
                                      .horizon_ns = INT64_C(86400000000000)};

/* Gaps on about `chance` of a million paths; `lattice`: in steps. */
static void draw(uint64_t seed, uint64_t chance, int64_t lattice)
{
    for (uint32_t i = 0; i < PATHS; i++) {
        bool hit = check_random_below(&seed, 1000000) < chance;
        int64_t gap = hit ? (int64_t)check_random_bits(&seed, 20) / lattice * lattice : 0;
        outcomes[i] = (bw_stress_outcome){.gap = gap, .fund_use = gap, .first_adl_ns = -1, .origin = BW_NONE16};
    }
    bw_stress_result_of(&result, &FACTS, outcomes, PATHS, gaps);
}

/* N (e(F) - e(F + 1)) = hits of P(gap > F), unit by unit and at every size near a gap. */
static void one_unit_saves_its_chance(void **state)
{
    (void)state;
    draw(check_seed(), 200000, 3);
    for (uint32_t i = PATHS / 2; i < PATHS; i += 7)
        for (int64_t fund = gaps[i] > 1 ? gaps[i] - 2 : 0; fund <= gaps[i] + 1; fund++) {
            bw_wide saved = bw_wide_sub(bw_stress_sum_beyond(bw_stress_amounts_of(gaps, PATHS), fund), bw_stress_sum_beyond(bw_stress_amounts_of(gaps, PATHS), fund + 1));
            bw_fund_point point = bw_fund_point_at(bw_stress_amounts_of(gaps, PATHS), fund);
            assert_int_equal(bw_wide_to_int64(saved), point.p_socialized.hits);
        }
}

/* Cost of a size in 1e-9 of a unit and path: N x (r F + kappa e(F)) with r = tail, kappa = 1. */
static bw_wide cost(int64_t fund, int64_t tail)
{
    bw_wide beyond = bw_wide_scale(bw_stress_sum_beyond(bw_stress_amounts_of(gaps, PATHS), fund), BW_STRESS_ONE);
    return bw_wide_add(beyond, bw_wide_scale(bw_wide_mul(fund, tail), PATHS));
}

static void the_newsvendor_is_cheapest(void **state)
{
    (void)state;
    static const int64_t tails[] = {273972, 1000000, 9999999, 40000000, 123456789};
    uint64_t seed = check_seed();
    for (uint32_t t = 0; t < 5; t++) {
        draw(seed + t, 300000, t % 2 ? 1000 : 1);
        bw_stress_figure best = bw_fund_newsvendor(bw_stress_amounts_of(gaps, PATHS), tails[t]);
        assert_true(best.known);
        bw_wide least = cost(best.value, tails[t]);
        for (uint32_t i = 0; i < PATHS; i += i < PATHS - 500 ? 97 : 1) {   /* a least cost stands at a gap */
            assert_false(bw_wide_less(cost(gaps[i], tails[t]), least));
            if (gaps[i] < best.value)                                       /* and no smaller size costs as little */
                assert_true(bw_wide_less(least, cost(gaps[i], tails[t])) || bw_wide_equal(least, cost(gaps[i], tails[t])));
        }
        bw_stress_figure quantile = bw_stress_quantile(bw_stress_amounts_of(gaps, PATHS), tails[t]);
        assert_int_equal(best.value, quantile.value);
    }
}

static void rates_are_per_horizon(void **state)
{
    (void)state;
    const int64_t day = INT64_C(86400000000000), hour = day / 24;
    assert_int_equal(bw_fund_newsvendor_tail(100000000, BW_STRESS_ONE, day), 273972);        /* 10% / 365: 99.973% */
    assert_int_equal(bw_fund_newsvendor_tail(100000000, BW_STRESS_ONE, hour), 11415);
    assert_int_equal(bw_fund_newsvendor_tail(100000000, 2 * INT64_C(1000000000), day), 136986);
    assert_int_equal(bw_fund_newsvendor_tail(100000000, BW_STRESS_ONE, 365 * day), 100000000);
    assert_int_equal(bw_fund_newsvendor_tail(1, BW_STRESS_ONE, 1), 1);
    assert_int_equal(bw_fund_newsvendor_tail(BW_STRESS_ONE, 1, day), BW_STRESS_ONE);
    assert_int_equal(bw_fund_newsvendor_tail(0, BW_STRESS_ONE, day), 0);
    draw(1, 300000, 1);
    assert_int_equal(bw_fund_newsvendor(bw_stress_amounts_of(gaps, PATHS), BW_STRESS_ONE).value, 0);
    assert_false(bw_fund_newsvendor(bw_stress_amounts_of(gaps, PATHS), 0).known);
}

static void the_smallest_fund_meets_its_target(void **state)
{
    (void)state;
    draw(check_seed(), 100000, 1);
    static const int64_t targets[] = {500000, 1000000, 20000000, 99999999, 100000001};
    for (uint32_t t = 0; t < 5; t++) {
        bw_stress_figure fund = bw_fund_smallest(bw_stress_amounts_of(gaps, PATHS), targets[t]);
        assert_true(fund.known);
        bw_fund_point at = bw_fund_point_at(bw_stress_amounts_of(gaps, PATHS), fund.value);
        assert_true((double)at.p_socialized.hits / PATHS <= (double)targets[t] / BW_STRESS_ONE);
        if (fund.value > 0) {
            at = bw_fund_point_at(bw_stress_amounts_of(gaps, PATHS), fund.value - 1);
            assert_true((double)at.p_socialized.hits / PATHS > (double)targets[t] / BW_STRESS_ONE);
        }
    }
    assert_int_equal(bw_fund_smallest(bw_stress_amounts_of(gaps, PATHS), 100).known, false);     /* 1e-7 of 20,000 paths */
    assert_int_equal(bw_fund_smallest(bw_stress_amounts_of(gaps, PATHS), BW_STRESS_ONE).value, 0);
}

static void the_curve_falls(void **state)
{
    (void)state;
    bw_fund_result fund;
    bw_fund_settings settings = {.target = 1000000, .capital_rate = 100000000, .shortfall_cost = BW_STRESS_ONE};
    draw(check_seed(), 100000, 1);
    bw_fund_result_of(&fund, &result, bw_stress_amounts_of(gaps, result.paths), &settings, NULL);
    assert_true(fund.point_count > 5 && fund.points[0].fund == 0);
    assert_int_equal(fund.points[0].expected_socialized.value, result.gap.mean.value);
    assert_int_equal(fund.points[fund.point_count - 1].p_socialized.hits, 0);
    for (uint32_t i = 1; i < fund.point_count; i++) {
        assert_true(fund.points[i].fund > fund.points[i - 1].fund);
        assert_true(fund.points[i].p_socialized.hits <= fund.points[i - 1].p_socialized.hits);
        assert_true(fund.points[i].expected_socialized.value <= fund.points[i - 1].expected_socialized.value);
    }
    assert_true(fund.band > .0096 && fund.band < .00961);                  /* sqrt(ln 40 / 40000) */
    static const int64_t grid[] = {0, 5, 1000};
    settings.grid = grid;
    settings.grid_count = 3;
    bw_fund_result_of(&fund, &result, bw_stress_amounts_of(gaps, result.paths), &settings, &(bw_fund_covers){.known = true, .cover1 = 3, .cover2 = 4});
    assert_int_equal(fund.point_count, 3);
    assert_int_equal(fund.points[2].fund, 1000);
    draw(1, 0, 1);                                                         /* no gap at all */
    settings.grid = NULL;
    bw_fund_result_of(&fund, &result, bw_stress_amounts_of(gaps, result.paths), &settings, NULL);
    assert_int_equal(fund.point_count, 1);
    assert_int_equal(fund.smallest.value, 0);
}

/* Where the fund's size does not change the gap, a run per size gives what one set of paths gives. */
static void runs_agree_with_one_set(void **state)
{
    static bw_stress_outcome played[PATHS];
    static int64_t scratch[PATHS];
    (void)state;
    draw(check_seed(), 100000, 1);
    for (int64_t fund = 0; fund < 200000; fund += 30000) {
        uint64_t count = 0;
        for (uint64_t i = 0; i < PATHS; i++)
            if (gaps[i] > fund / 2)            /* some that need not be played are */
                played[count++] = (bw_stress_outcome){.gap = gaps[i], .deleveraged = gaps[i] > fund ? (gaps[i] - fund) / 3 : 0,
                                                      .socialized = gaps[i] > fund ? gaps[i] - fund - (gaps[i] - fund) / 3 : 0};
        bw_fund_point runs = bw_fund_point_runs(fund, played, count, PATHS, scratch);
        bw_fund_point one = bw_fund_point_at(bw_stress_amounts_of(gaps, PATHS), fund);
        assert_int_equal(runs.p_socialized.hits, one.p_socialized.hits);
        assert_int_equal(runs.expected_socialized.value, one.expected_socialized.value);
        assert_int_equal(runs.expected_socialized.high, one.expected_socialized.high);
        assert_int_equal(runs.played, count);
    }
}

/* Sizes are tried until the least that meets the target is known to a twentieth: against the quantile itself. */
static void the_search_finds_the_quantile(void **state)
{
    static const int64_t tails[] = {30000000, 10000000, 2000000};
    (void)state;
    draw(check_seed(), 100000, 1);
    for (uint32_t t = 0; t < 3; t++) {
        bw_fund_point points[BW_FUND_POINTS_MAX];
        uint32_t count = 0;
        bw_stress_figure quantile = bw_stress_quantile(bw_stress_amounts_of(gaps, PATHS), tails[t]);
        bw_fund_points_add(points, &count, bw_fund_point_at(bw_stress_amounts_of(gaps, PATHS), 1000));
        for (int64_t next; (next = bw_fund_next(points, count, tails[t], 10, INT64_C(1) << 40)) >= 0;) {
            assert_true(count < 40);
            assert_true(bw_fund_points_add(points, &count, bw_fund_point_at(bw_stress_amounts_of(gaps, PATHS), next)));
        }
        bw_stress_figure found = bw_fund_least(points, count, tails[t]);
        assert_true(found.known && found.value >= quantile.value && found.value <= quantile.value + quantile.value / 15);
        assert_true(found.low <= quantile.value && found.low < found.value && (!found.bounded || found.high >= found.value));
    }
}

static void the_fit_falls(void **state)
{
    static const uint64_t hits[] = {90, 95, 70, 75, 80, 10};
    static const double fitted[] = {.0925, .0925, .075, .075, .075, .01};
    bw_fund_result fund = {.point_count = 6};
    bw_stress_facts facts = {.horizon_ns = 1};
    (void)state;
    for (uint32_t i = 0; i < 6; i++)
        fund.points[i] = (bw_fund_point){.fund = i, .p_socialized = bw_stress_chance_of(hits[i], 1000)};
    bw_fund_result_runs(&fund, &facts, 1000, &(bw_fund_settings){.target = 80000000}, NULL, (bw_hash){0});
    for (uint32_t i = 0; i < 6; i++)
        assert_true(fund.points[i].p_fitted > fitted[i] - 1e-12 && fund.points[i].p_fitted < fitted[i] + 1e-12);
    assert_false(fund.falls);
    assert_int_equal(fund.smallest.value, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_agree_with_one_set), cmocka_unit_test(the_search_finds_the_quantile), cmocka_unit_test(the_fit_falls),
        cmocka_unit_test(one_unit_saves_its_chance), cmocka_unit_test(the_newsvendor_is_cheapest),
        cmocka_unit_test(rates_are_per_horizon), cmocka_unit_test(the_smallest_fund_meets_its_target),
        cmocka_unit_test(the_curve_falls)};
    return cmocka_run_group_tests_name("stress/fund", tests, NULL, NULL);
}
