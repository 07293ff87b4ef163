/* The order book's model: convex sweep, concave impact, slices, limits, thinning, recovery. */
#include "check.h"

#include <math.h>

#include "world/liquidity.h"

#define SECOND ((int64_t)BW_NANO)
#define MARK 100000
#define LOT_USD .1 /* 100,000 ticks at tick_value 1 */

static bw_liquidity fresh(double participation)
{
    bw_liquidity state;
    bw_liquidity_params params = bw_liquidity_params_default(BW_MARKET_BTC);
    params.participation = participation;
    bw_liquidity_init(&state, &params, 1);
    bw_liquidity_advance(&state, 3 * SECOND, params.volatility);
    return state;
}

static bw_liquidity fresh_as(bw_execution execution, double exponent)
{
    bw_liquidity state;
    bw_liquidity_params params = bw_liquidity_params_default(BW_MARKET_BTC);
    params.execution = execution;
    params.impact_exponent = exponent;
    params.participation = 1000;
    bw_liquidity_init(&state, &params, 1);
    bw_liquidity_advance(&state, 3 * SECOND, params.volatility);
    return state;
}

static double distance(int64_t price)
{
    return fabs((double)price / MARK - 1);
}

static bool near(double a, double b, double relative)
{
    return fabs(a - b) <= relative * fabs(b);
}

/* D(1%) = D and the last price of a sweep of U is 1% (U/D)^1.49; the average is .40 of it. */
static void sweep_is_as_sourced(void **state)
{
    (void)state;
    bw_liquidity book = fresh(0);
    bw_liquidity_fill fill = bw_liquidity_take(&book, INT64_MAX, BW_TAKE_SELL, 99000, MARK);
    assert_true(near((double)fill.lots * LOT_USD, 20e6, 1e-6));
    assert_true(fabs(distance(fill.price_ticks) - .004012) < 1.5e-5);
    assert_int_equal(fill.value, fill.lots * fill.price_ticks);
    book = fresh(0);
    fill = bw_liquidity_take(&book, INT64_MAX, BW_TAKE_SELL, 99900, MARK); /* 10 bp: 10^-.67 of it */
    assert_true(near((double)fill.lots * LOT_USD, 20e6 * pow(.1, .67), 1e-6));
}

static void no_lot_beyond_the_limit(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    for (uint32_t i = 0; i < 20000; i++) {
        bw_liquidity book = i % 2 ? fresh(i % 3 ? 0 : 50) : fresh_as(i / 2 % BW_EXECUTIONS, i % 3 ? .5 : 1);
        bw_take_side side = check_random(&seed) & 1 ? BW_TAKE_BUY : BW_TAKE_SELL;
        for (uint32_t order = 0; order < 4; order++) {
            int64_t limit = 90000 + (int64_t)check_random_below(&seed, 20000);
            int64_t lots = (int64_t)check_random_bits(&seed, 40);
            bw_liquidity_fill fill = bw_liquidity_take(&book, lots, side, limit, MARK);
            assert_true(fill.lots >= 0 && fill.lots <= lots);
            assert_int_equal(fill.value, fill.lots * fill.price_ticks);
            if (fill.lots == 0)
                continue;
            assert_true(side == BW_TAKE_BUY ? fill.price_ticks <= limit && fill.price_ticks >= MARK
                                            : fill.price_ticks >= limit && fill.price_ticks <= MARK);
            assert_true(side == BW_TAKE_BUY ? limit > MARK : limit < MARK);
            if (order == 1)
                bw_liquidity_mark(&book);
        }
    }
}

static void prices_round_against_the_taker(void **state)
{
    (void)state;
    bw_liquidity book = fresh(0); /* 100 USD of 20 M: far less than a tick away */
    assert_int_equal(bw_liquidity_take(&book, 1000, BW_TAKE_BUY, 101000, MARK).price_ticks, MARK + 1);
    assert_int_equal(bw_liquidity_take(&book, 1000, BW_TAKE_SELL, 99000, MARK).price_ticks, MARK - 1);
}

/* The last lot, too: a larger order fills no more than what the limit leaves. */
static void the_limit_bounds_the_last_price(void **state)
{
    (void)state;
    bw_liquidity book = fresh(0);
    bw_liquidity_fill first = bw_liquidity_take(&book, INT64_MAX, BW_TAKE_SELL, 99500, MARK);
    assert_true(first.lots > 0);
    bw_liquidity_fill more = bw_liquidity_take(&book, INT64_MAX, BW_TAKE_SELL, 99500, MARK);
    assert_int_equal(more.lots, 0);
    more = bw_liquidity_take(&book, INT64_MAX, BW_TAKE_SELL, 99400, MARK);
    assert_true(more.lots > 0);
    assert_true(more.price_ticks <= 99500);
    assert_true(bw_liquidity_take(&book, 1000, BW_TAKE_BUY, 100500, MARK).lots == 1000);
}

/* One order or n slices at one moment: same lots, same mark, same money but for tick rounding. */
static void slices_are_consistent(void **state)
{
    (void)state;
    const int64_t total = 120000000; /* 12 M USD */
    bw_liquidity one = fresh(0);
    bw_liquidity_fill whole = bw_liquidity_take(&one, total, BW_TAKE_SELL, 90000, MARK);
    assert_int_equal(whole.lots, total);
    for (int64_t n = 2; n <= 4096; n *= 2) {
        bw_liquidity many = fresh(0);
        int64_t lots = 0, value = 0;
        for (int64_t i = 0; i < n; i++) {
            int64_t slice = total * (i + 1) / n - total * i / n;
            bw_liquidity_fill fill = bw_liquidity_take(&many, slice, BW_TAKE_SELL, 90000, MARK);
            lots += fill.lots;
            value += fill.value;
        }
        assert_int_equal(lots, total);
        assert_true(near(bw_liquidity_shift(&many), bw_liquidity_shift(&one), 1e-9));
        assert_true(near(many.used[BW_TAKE_SELL], one.used[BW_TAKE_SELL], 1e-9));
        assert_true(llabs(value - whole.value) <= total); /* a tick per lot */
    }
}

/* The same however liquidations come to the book, for the square root and for the straight line: what an order costs and how
   far it moves the mark does not depend on the number of its slices. */
static void splitting_changes_nothing(void **state)
{
    (void)state;
    const int64_t total = 120000000;
    for (uint32_t k = 0; k < 2 * BW_EXECUTIONS; k++) {
        bw_execution execution = k / 2;
        double exponent = k % 2 ? 1 : .5;
        bw_liquidity one = fresh_as(execution, exponent);
        bw_liquidity_fill whole = bw_liquidity_take(&one, total, BW_TAKE_SELL, 90000, MARK);
        assert_int_equal(whole.lots, total);
        for (int64_t n = 2; n <= 1024; n *= 8) {
            bw_liquidity many = fresh_as(execution, exponent);
            int64_t value = 0;
            for (int64_t i = 0; i < n; i++)
                value += bw_liquidity_take(&many, total * (i + 1) / n - total * i / n, BW_TAKE_SELL, 90000, MARK).value;
            assert_true(near(bw_liquidity_shift(&many), bw_liquidity_shift(&one), 1e-9));
            assert_true(near(many.net, one.net, 1e-9));
            assert_true(llabs(value - whole.value) <= total); /* a tick per lot */
        }
        printf("# %s, exponent %.1f: 12 M USD at %.4f%% on average, mark %+.4f%%\n", bw_execution_words[execution], exponent,
               100 * distance(whole.price_ticks), 100 * bw_liquidity_shift(&one));
    }
}

/* One order goes as far as the sweep and takes the mark with it; no share of the volume binds it. */
static void one_order_sweeps(void **state)
{
    (void)state;
    bw_liquidity book = fresh_as(BW_EXECUTION_ONE_ORDER, .5);
    book.params.permanent = 0;
    book.allowance = 1;
    bw_liquidity_fill fill = bw_liquidity_take(&book, INT64_MAX, BW_TAKE_SELL, 99000, MARK);
    assert_true(near((double)fill.lots * LOT_USD, 20e6, 1e-6));
    assert_true(fabs(distance(fill.price_ticks) - .004012) < 1.5e-5);
    assert_true(near(bw_liquidity_shift(&book), -.01, 1e-6));
    bw_liquidity_advance(&book, 15 * SECOND, .026);   /* refilled by 1 - 1/e: what is missing moves it still */
    assert_true(near(bw_liquidity_shift(&book), -.01 * pow(exp(-1), 1 / .67), 1e-6));
    bw_liquidity thinner = book;
    bw_liquidity_advance(&thinner, 0, 1000);          /* thinning alone does not */
    assert_true(near(bw_liquidity_shift(&thinner), bw_liquidity_shift(&book), 1e-12));
}

/* Sliced: the mean of the root is two thirds of its end, that of the line half. */
static void slices_pay_the_mean_of_the_impact(void **state)
{
    (void)state;
    for (uint32_t linear = 0; linear < 2; linear++) {
        bw_liquidity book = fresh_as(BW_EXECUTION_SLICED, linear ? 1 : .5);
        book.params.permanent = 0;
        book.params.impact = 20;
        bw_liquidity_fill fill = bw_liquidity_take(&book, 40000000, BW_TAKE_BUY, 150000, MARK);
        double last = bw_liquidity_shift(&book);
        assert_true(near(last, 20 * .026 * (linear ? 1e-4 : 1e-2), 1e-9));
        assert_true(fabs(distance(fill.price_ticks) - last * (linear ? 1. / 2 : 2. / 3)) <= 1e-5);
    }
    bw_liquidity book = fresh_as(BW_EXECUTION_SLICED, .5);
    assert_int_equal(bw_liquidity_slice(&book, 101, 101), 26);
    assert_int_equal(bw_liquidity_slice(&book, 101, 23), 23);
    book.params.execution = BW_EXECUTION_ONE_ORDER;
    assert_int_equal(bw_liquidity_slice(&book, 101, 101), 101);
}

/* What the mark has moved since is not paid again: two halves with a mark between them cost, from where the price was before,
   what the whole costs. */
static void a_mark_between_slices_changes_nothing(void **state)
{
    (void)state;
    static const bw_execution of[] = {BW_EXECUTION_ONE_ORDER, BW_EXECUTION_SLICED, BW_EXECUTION_PARTICIPATION};
    for (uint32_t i = 0; i < 3; i++) {
        bw_liquidity one = fresh_as(of[i], .5), two = fresh_as(of[i], .5);
        one.params.permanent = two.params.permanent = 0;
        one.params.impact = two.params.impact = 20;
        double whole = distance(bw_liquidity_take(&one, 80000000, BW_TAKE_SELL, 50000, MARK).price_ticks);
        double first = distance(bw_liquidity_take(&two, 40000000, BW_TAKE_SELL, 50000, MARK).price_ticks);
        double moved = -bw_liquidity_mark(&two);
        double second = distance(bw_liquidity_take(&two, 40000000, BW_TAKE_SELL, 50000, MARK).price_ticks);
        assert_true(moved > 4e-5);
        assert_true(fabs((first + second + moved) / 2 - whole) <= 2e-5);
        assert_true(bw_liquidity_take(&two, 1000, BW_TAKE_BUY, 150000, MARK).price_ticks >= MARK);
    }
}

static void shifts_are_bounded(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    for (uint32_t i = 0; i < 4000; i++) {
        bw_liquidity book = fresh_as(i % BW_EXECUTIONS, i % 3 ? .5 : 1);
        double taken = 0;
        for (uint32_t order = 0; order < 10; order++) {
            bw_take_side side = check_random(&seed) & 1 ? BW_TAKE_BUY : BW_TAKE_SELL;
            bw_liquidity_fill fill = bw_liquidity_take(&book, (int64_t)check_random_bits(&seed, 33), side,
                                                       side == BW_TAKE_BUY ? 150000 : 50000, MARK);
            taken += (double)fill.lots * LOT_USD;
            bw_liquidity_advance(&book, (int64_t)check_random_bits(&seed, 34), check_random(&seed) % 4 ? .026 : .5);
            assert_true(fabs(bw_liquidity_mark(&book)) <= bw_liquidity_shift_max(&book.params, taken) * (1 + 1e-12));
        }
    }
}

static void impact_is_a_square_root(void **state)
{
    (void)state;
    bw_liquidity_params params = bw_liquidity_params_default(BW_MARKET_BTC);
    bw_liquidity book = fresh(0);
    bw_liquidity_take(&book, 40000000, BW_TAKE_SELL, 50000, MARK); /* 4 M USD of 40,000 M a day */
    double permanent = .2 * .026 * 4e6 / 40e9, impact = .026 * sqrt(4e6 / 40e9);
    assert_true(near(bw_liquidity_shift(&book), -impact - permanent, 1e-9));
    assert_true(fabs(bw_liquidity_shift(&book)) <= bw_liquidity_shift_max(&params, 4e6));
    bw_liquidity_take(&book, 120000000, BW_TAKE_SELL, 50000, MARK); /* four times as much in all */
    assert_true(near(bw_liquidity_shift(&book), -2 * impact - 4 * permanent, 1e-9));
}

static void impact_decays_and_a_round_trip_is_free(void **state)
{
    (void)state;
    bw_liquidity book = fresh(0);
    bw_liquidity_take(&book, 40000000, BW_TAKE_SELL, 50000, MARK);
    double permanent = book.permanent_log, before = bw_liquidity_shift(&book);
    bw_liquidity_advance(&book, 80 * SECOND, .026); /* two times tau: the root decays by e */
    assert_true(near(bw_liquidity_shift(&book) - permanent, (before - permanent) / exp(1), 1e-9));
    bw_liquidity_take(&book, 40000000, BW_TAKE_BUY, 150000, MARK);
    assert_true(fabs(book.permanent_log) < 1e-18);
}

static void depth_thins_and_recovers(void **state)
{
    (void)state;
    bw_liquidity book = fresh(0);
    bw_liquidity_advance(&book, SECOND, 4 * .026);
    assert_true(near(book.thin, .25, 1e-12));
    bw_liquidity_advance(&book, SECOND, 1000);
    assert_true(near(book.thin, .05, 1e-12)); /* the floor */
    bw_liquidity thinned = book;
    assert_true(near((double)bw_liquidity_take(&thinned, INT64_MAX, BW_TAKE_SELL, 99000, MARK).lots,
                     1e6 / LOT_USD, 1e-5));
    bw_liquidity_advance(&book, 1800 * SECOND, .026);
    assert_true(near(book.thin, 1 - .95 / exp(1), 1e-9));
}

static void used_depth_refills(void **state)
{
    (void)state;
    bw_liquidity book = fresh(0);
    int64_t first = bw_liquidity_take(&book, INT64_MAX, BW_TAKE_SELL, 99000, MARK).lots;
    assert_int_equal(bw_liquidity_take(&book, INT64_MAX, BW_TAKE_SELL, 99000, MARK).lots, 0);
    bw_liquidity_advance(&book, 15 * SECOND, .026);
    int64_t second = bw_liquidity_take(&book, INT64_MAX, BW_TAKE_SELL, 99000, MARK).lots;
    assert_true(near((double)second, (double)first * (1 - 1 / exp(1)), 1e-6));
}

static void participation_limits_a_batch(void **state)
{
    (void)state;
    bw_liquidity book = fresh(.1); /* .1 x 40e9 x 3 s / 86,400 s = 138,889 USD */
    assert_int_equal(bw_liquidity_take(&book, 1000000, BW_TAKE_SELL, 90000, MARK).lots, 1000000);
    assert_int_equal(bw_liquidity_take(&book, 1000000, BW_TAKE_SELL, 90000, MARK).lots, 388888);
    assert_int_equal(bw_liquidity_take(&book, 1000000, BW_TAKE_BUY, 110000, MARK).lots, 0);
    bw_liquidity_advance(&book, 3 * SECOND, .026);
    assert_int_equal(bw_liquidity_take(&book, INT64_MAX, BW_TAKE_BUY, 110000, MARK).lots, 1388888);
}

static void parameters_are_judged(void **state)
{
    (void)state;
    for (int class = 0; class < BW_MARKET_CLASS_COUNT; class++) {
        bw_liquidity_params params = bw_liquidity_params_default((bw_market_class)class);
        assert_true(bw_liquidity_params_valid(&params));
        params.thin_floor = 0;
        assert_false(bw_liquidity_params_valid(&params));
        params.thin_floor = (double)NAN;
        assert_false(bw_liquidity_params_valid(&params));
        params = bw_liquidity_params_default((bw_market_class)class);
        params.participation = 0;
        assert_true(bw_liquidity_params_valid(&params));
        params.execution = BW_EXECUTION_PARTICIPATION;
        assert_false(bw_liquidity_params_valid(&params));
        params = bw_liquidity_params_default((bw_market_class)class);
        params.impact_exponent = 1.1;
        assert_false(bw_liquidity_params_valid(&params));
    }
}

static void volatility_is_weighted(void **state)
{
    (void)state;
    double now = .026;
    for (uint32_t i = 0; i < 1000; i++) /* 10 bp every 3 s is 17% a day */
        now = bw_volatility_update(now, i % 2 ? .001 : -.001, 3 * SECOND, 60);
    assert_true(near(now, .001 * sqrt(86400.0 / 3), 1e-9));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sweep_is_as_sourced),
        cmocka_unit_test(no_lot_beyond_the_limit),
        cmocka_unit_test(prices_round_against_the_taker),
        cmocka_unit_test(the_limit_bounds_the_last_price),
        cmocka_unit_test(slices_are_consistent),
        cmocka_unit_test(splitting_changes_nothing),
        cmocka_unit_test(one_order_sweeps),
        cmocka_unit_test(slices_pay_the_mean_of_the_impact),
        cmocka_unit_test(a_mark_between_slices_changes_nothing),
        cmocka_unit_test(shifts_are_bounded),
        cmocka_unit_test(impact_is_a_square_root),
        cmocka_unit_test(impact_decays_and_a_round_trip_is_free),
        cmocka_unit_test(depth_thins_and_recovers),
        cmocka_unit_test(used_depth_refills),
        cmocka_unit_test(participation_limits_a_batch),
        cmocka_unit_test(parameters_are_judged),
        cmocka_unit_test(volatility_is_weighted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
