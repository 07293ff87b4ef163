/* The figures of a history against their definitions said plainly, and against planted jumps. */
#include "check.h"

#include <math.h>

#include "calibrate/stats.h"

#define ROWS 3000u
#define MARKETS 3u

static double move[ROWS * MARKETS], column[ROWS * MARKETS], x[ROWS * MARKETS], scratch[ROWS];
static uint8_t starts[ROWS];
static uint32_t age[ROWS];
static bw_stats_room room = {ROWS, column, x, scratch, age};

static double normal(uint64_t *seed)
{
    double sum = 0;
    for (uint32_t i = 0; i < 12; i++)
        sum += (double)(check_random(seed) >> 11) * 0x1p-53;
    return sum - 6;
}

/* One factor, loadings .8; sd .01 times 1, 2, 3 of a row of an hour. */
static bw_grid made(uint64_t *seed)
{
    memset(starts, 0, sizeof starts);
    starts[0] = 1;
    for (uint32_t i = 0; i < ROWS; i++) {
        double z = normal(seed);
        for (uint32_t m = 0; m < MARKETS; m++)
            move[i * MARKETS + m] = .01 * (m + 1) * (.8 * z + .6 * normal(seed));
    }
    return bw_grid_of(MARKETS, ROWS, 1. / 24);
}

static void grids(void **state)
{
    (void)state;
    bw_grid grid = bw_grid_of(1, 26280, 1. / 24);
    assert_true(grid.window == 96 && grid.hour == 1 && grid.day == 24 && grid.week == 168 && grid.year == 8760);
    double n = 26280, root = sqrt(2 * log(n));           /* Lee and Mykland: C_n + S_n beta */
    assert_true(fabs(grid.threshold - (root - (log(M_PI) + log(log(n))) / (2 * root) - log(-log(.99)) / root)) < 1e-4);
    assert_true(grid.strong == 1.75 * grid.threshold);
    grid = bw_grid_of(1, 700, 1);
    assert_true(grid.window == 16 && grid.hour == 1 && grid.day == 1 && grid.week == 7 && grid.year == 365);
    assert_int_equal(bw_grid_of(1, 5000, 1. / 24).year, 5000);
}

/* Every standardised move by its definition: pairs of the window before it, within its piece. */
static void standardised_moves(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    bw_grid grid = made(&seed);
    starts[1000] = starts[1050] = starts[2000] = 1;
    bw_series series = {ROWS, move, starts};
    bw_stats_standardise(&grid, &series, &room);
    uint32_t begin = 0, none = 0;
    for (uint32_t i = 0; i < ROWS; i++) {
        begin = starts[i] ? i : begin;
        assert_int_equal(age[i], i - begin);
        for (uint32_t m = 0; m < MARKETS; m++) {
            double sum = 0, r = move[i * MARKETS + m];
            for (uint32_t j = i - grid.window + 1; i - begin >= grid.window && j < i; j++)
                sum += fabs(move[j * MARKETS + m] * move[(j - 1) * MARKETS + m]);
            double expected = i - begin >= grid.window ? r / sqrt(M_PI / 2 * sum / (grid.window - 1)) : 0;
            assert_true(fabs(x[m * ROWS + i] - expected) < 1e-9 * (1 + fabs(expected)));
            none += expected == 0;
        }
    }
    assert_int_equal(none, MARKETS * (3 * 96 + 50));     /* a window each; the piece of 50 rows has none at all */
}

static void moments(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    bw_grid grid = made(&seed);
    bw_series series = {ROWS, move, starts};
    bw_stats stats;
    bw_stats_of(&grid, &series, &room, &stats);
    for (uint32_t m = 0; m < MARKETS; m++) {
        const double *moment = stats.moment[m];
        double sd = .01 * (m + 1);
        assert_true(fabs(moment[BW_MOMENT_SD] / sd - 1) < .05 && fabs(moment[BW_MOMENT_KURTOSIS] - 3) < .4);
        assert_true(fabs(exp(stats.figure[BW_FIT_SCALE + m]) / (sd * sqrt(24)) - 1) < .07);
        assert_true(fabs(tanh(stats.figure[BW_FIT_LOAD(MARKETS) + m]) - .8) < .05);
        assert_true(fabs(moment[BW_MOMENT_ACF_HOUR]) < .06 && fabs(moment[BW_MOMENT_ACF_WEEK]) < .06);
        assert_true(moment[BW_MOMENT_LOW] < -2.6 * sd && moment[BW_MOMENT_HIGH] > 2.6 * sd);
        assert_true(moment[BW_MOMENT_DRAWDOWN] > 4 * sd && moment[BW_MOMENT_DRAWDOWN] < 25 * sd);
    }
    assert_true(fabs(stats.figure[BW_FIT_SHAPE_99] - log(2.576 / .6745)) < .08);
    assert_int_equal(stats.down + stats.up, 0);
    assert_false(stats.known[BW_FIT_SIZE_DOWN] || stats.known[BW_FIT_SPREAD]);
    assert_true(stats.known[BW_FIT_COMMON] && stats.known[BW_FIT_SCALE + 2] && stats.known[BW_FIT_LOAD(MARKETS) + 2]);
}

/* Moves that hang together: |r| of a day ago says something. */
static void clusters(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    bw_grid grid = made(&seed);
    for (uint32_t i = 0; i < ROWS * MARKETS; i++)
        move[i] *= i / MARKETS / 48 % 2 ? 3 : 1;         /* two days calm, two days wild */
    bw_series series = {ROWS, move, starts};
    bw_stats stats;
    bw_stats_of(&grid, &series, &room, &stats);
    double hour = stats.moment[0][BW_MOMENT_ACF_HOUR], day = stats.moment[0][BW_MOMENT_ACF_DAY];
    printf("# correlation of |r|: %.3f, %.3f\n", hour, day);
    assert_true(hour > .25 && day > -.1 && day < hour / 2);
    assert_true(stats.moment[0][BW_MOMENT_KURTOSIS] > 4);
}

/* 12 falls of all markets by .3, .6, .9 (30 sd); 5 rises; 4 moves of one market alone. */
static void planted_jumps(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    bw_grid grid = made(&seed);
    for (uint32_t k = 0; k < 21; k++) {
        double size = k < 12 || k >= 17 ? -.3 : .3;
        for (uint32_t m = 0; m < MARKETS; m++)
            move[(200 + 120 * k) * MARKETS + m] = k < 17 || m == 2 ? size * (m + 1) : .001;
    }
    bw_series series = {ROWS, move, starts};
    bw_stats stats;
    bw_stats_of(&grid, &series, &room, &stats);
    assert_int_equal(stats.down, 12);
    assert_int_equal(stats.up, 5);
    assert_true(stats.found >= 17 && stats.found <= 19);
    assert_true(stats.own[0] == 0 && stats.own[1] == 0 && stats.own[2] == 4);
    double scale = exp(stats.figure[BW_FIT_SCALE]) / sqrt(24);
    assert_true(fabs(stats.figure[BW_FIT_SIZE_DOWN] - log(.3 / scale)) < .1 && stats.known[BW_FIT_SIZE_UP]);
    assert_true(fabs(stats.figure[BW_FIT_DOWN] - log(12.5 / stats.valid_days)) < 1e-9);
    const double *more = stats.figure + BW_FIT_JUMP(MARKETS);
    assert_true(fabs(more[1] - more[0] - log(2)) < 1e-6 && fabs(more[2] - more[0] - log(3)) < 1e-6);
    assert_true(stats.figure[BW_FIT_SPREAD] < -10);      /* all move alike */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(grids), cmocka_unit_test(standardised_moves), cmocka_unit_test(moments),
                                       cmocka_unit_test(clusters), cmocka_unit_test(planted_jumps)};
    return cmocka_run_group_tests_name("calibrate stats", tests, NULL, NULL);
}
