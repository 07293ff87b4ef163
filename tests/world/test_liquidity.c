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
        bw_liquidity book = fresh(i % 3 ? 0 : 50);
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
