/* Intervals against values computed with mpmath at 34 digits, and against sums over whole laws. */
#include "check.h"
#include "stress/interval.h"
#include "stress/law.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static void near(double got, double want, double tolerance)
{
    double error = got > want ? got - want : want - got;
    if (!(error <= tolerance * (want > 0 ? want : 1))) {
        printf("# got %.17g, want %.17g\n", got, want);
        fail();
    }
}

typedef struct {
    uint64_t hits, n;
    double low, high;
} row;

static void chances_are_as_computed(void **state)
{
    (void)state;
    static const row exact[] = {{0, 100000, 0, 3.6888114157924212e-5},
                                {1, 10000, 2.5317775934746866e-6, 5.5703699794704741e-4},
                                {3, 100, 6.2299715383063945e-3, 8.5176052974280035e-2},
                                {9, 1000, 4.1233956603424728e-3, 1.7015783069894589e-2},
                                {10, 10, 6.9150289218123918e-1, 1.0}, {9, 10, 5.5498388297180458e-1, 9.9747142145553822e-1}};
    static const row wilson[] = {{10, 100, 5.5229137060675085e-2, 1.7436566150491346e-1},
                                 {10, 100000, 5.4320734509630894e-5, 1.8408469545089213e-4},
                                 {120, 1000000, 1.003655545329078e-4, 1.434749675844618e-4},
                                 {50, 100, 4.0383153036599563e-1, 5.9616846963400437e-1}};
    for (size_t i = 0; i < LENGTH(exact); i++) {
        bw_interval got = bw_interval_clopper_pearson(exact[i].hits, exact[i].n, .95);
        near(got.low, exact[i].low, 1e-11);
        near(got.high, exact[i].high, 1e-11);
        got = bw_interval_chance(exact[i].hits, exact[i].n, .95);
        near(got.high, exact[i].high, 1e-11);
    }
    for (size_t i = 0; i < LENGTH(wilson); i++) {
        bw_interval got = bw_interval_chance(wilson[i].hits, wilson[i].n, .95);
        near(got.low, wilson[i].low, 1e-11);
        near(got.high, wilson[i].high, 1e-11);
    }
    near(bw_interval_chance_most(3, 100, .95), 7.5710793749830053e-2, 1e-11);
    near(bw_interval_chance_least(3, 100, .95), 8.2258291076526867e-3, 1e-11);
    assert_true(bw_interval_chance_least(0, 100, .95) == 0 && bw_interval_chance_most(100, 100, .95) == 1);
}

/* Few misses are as few hits. */
static void hits_and_misses_mirror(void **state)
{
    (void)state;
    for (uint64_t hits = 0; hits <= 40; hits++) {
        bw_interval a = bw_interval_chance(hits, 40, .95), b = bw_interval_chance(40 - hits, 40, .95);
        near(a.low, 1 - b.high, 1e-12);
        near(a.high, 1 - b.low, 1e-12);
        assert_true(a.low <= (double)hits / 40 && (double)hits / 40 <= a.high);
    }
}

/* The ranks are the tightest: one rank closer would miss more often than 2.5%. Summed here term by term. */
static void ranks_are_the_tightest(void **state)
{
    (void)state;
    static const struct { uint64_t n; double tail; } cases[] = {{80, .05}, {1000, .05}, {1000, .01}, {700, .01}, {9, .5}};
    for (size_t i = 0; i < LENGTH(cases); i++) {
        double term = 1, odds = cases[i].tail / (1 - cases[i].tail), below = 0;
        uint64_t n = cases[i].n, high = 0, low = 0;
        for (uint64_t k = 0; k < n; k++)
            term *= 1 - cases[i].tail;
        for (uint64_t k = 0; k <= n && low == 0; k++) {
            if (1 - below <= .025)
                low = k;                     /* P(B >= k) <= .025 */
            below += term;
            high = below <= .025 ? k + 1 : high;   /* P(B <= k) <= .025 */
            term *= odds * (double)(n - k) / ((double)k + 1);
        }
        bw_interval_rank ranks;
        assert_true(bw_interval_ranks(n, cases[i].tail, .95, &ranks));
        assert_int_equal(ranks.high, high);
        assert_int_equal(ranks.low, low);
    }
}

static void too_few_paths_are_refused(void **state)
{
    (void)state;
    bw_interval_rank ranks;
    assert_int_equal(bw_interval_ranks_need(.0001, .95), 36887);
    assert_int_equal(bw_interval_ranks_need(.05, .95), 72);
    assert_false(bw_interval_ranks(36886, .0001, .95, &ranks));
    assert_true(bw_interval_ranks(36887, .0001, .95, &ranks));
    assert_int_equal(ranks.high, 1);
    assert_false(bw_interval_ranks(71, .05, .95, &ranks));
    assert_false(bw_interval_ranks(0, .05, .95, &ranks));
}

static void means_are_as_by_hand(void **state)
{
    (void)state;
    static const int64_t values[] = {0, 0, 3, 5, 0, 10};
    bw_interval_sums sums = bw_interval_sums_of(values, 6, 6, 0);
    assert_int_equal(bw_wide_to_int64(sums.sum), 18);
    assert_int_equal(sums.centre, 3);
    assert_int_equal(sums.positive, 3);
    assert_int_equal(bw_wide_to_int64(sums.squares), 9 + 9 + 0 + 4 + 9 + 49);
    near(bw_interval_mean_half(&sums, .95), 1.9599639845400542 * 1.6329931618554521, 1e-12);   /* sqrt(80 / 5 / 6) */
    sums = bw_interval_sums_of(values, 6, 6, 4);                                                  /* 0 0 0 1 0 6 */
    assert_int_equal(bw_wide_to_int64(sums.sum), 7);
    assert_int_equal(sums.positive, 2);
    near(bw_interval_mean_half(&sums, .95), 1.9599639845400542 * 0.9803627446568496, 1e-12);      /* sqrt((37 - 49/6) / 5 / 6) */
    sums = bw_interval_sums_of(values, 1, 1, 0);
    assert_true(bw_interval_mean_half(&sums, .95) == 0);
}

/* Squares that do not fit 127 bits lose low bits, not their size. */
static void large_values_keep_their_spread(void **state)
{
    (void)state;
    int64_t values[1000];
    for (int i = 0; i < 1000; i++)
        values[i] = i % 2 ? (int64_t)1 << 62 : 0;
    bw_interval_sums sums = bw_interval_sums_of(values, 1000, 1000, 0);
    assert_true(sums.shift > 0);
    near(bw_interval_mean_half(&sums, .95), 1.9599639845400542 * 0x1p61 * .0316385998584166, 1e-9);   /* 1 / sqrt(999) */
    bw_wide large = bw_wide_scale(bw_wide_mul(INT64_MIN, (int64_t)1 << 40), 3);
    near(-bw_interval_real(large), 3 * 0x1p103, 0);
}

static void weighted_counts_are_as_computed(void **state)
{
    (void)state;
    bw_interval got = bw_interval_weighted(7e-3 + 3 * 5e-3, 7e-6 + 3 * 25e-6, 5e-3, .95);
    near(got.low, 7.9906275032290335e-3, 1e-11);
    near(got.high, 5.0732902928251253e-2, 1e-11);
    got = bw_interval_weighted(10, 10, 1, .95);            /* equal weights: the exact Poisson limits */
    near(got.low, 4.7953886961324336, 1e-11);
    near(got.high, 18.390356042017779, 1e-11);
    got = bw_interval_weighted(0, 0, .01, .95);            /* no hit: w chi square(.975, 2) / 2 */
    assert_true(got.low == 0);
    near(got.high, .01 * 3.6888794541139363, 1e-11);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chances_are_as_computed),        cmocka_unit_test(hits_and_misses_mirror),
        cmocka_unit_test(ranks_are_the_tightest),         cmocka_unit_test(too_few_paths_are_refused),
        cmocka_unit_test(means_are_as_by_hand),           cmocka_unit_test(large_values_keep_their_spread),
        cmocka_unit_test(weighted_counts_are_as_computed)};
    return cmocka_run_group_tests_name("stress/interval", tests, NULL, NULL);
}
