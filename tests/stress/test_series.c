/* Series against the plainest code: every figure from its definition, on random laws with ties, lattices and zeros. */
#include "check.h"
#include "stress/fund.h"
#include "stress/series.h"

enum { PATHS = 40000 };

static int64_t values[PATHS], sorted[PATHS];

static void draw(uint64_t *random, uint32_t law)
{
    for (uint32_t i = 0; i < PATHS; i++) {
        uint64_t u = check_random_below(random, 1000000);
        int64_t heavy = (int64_t)check_random_bits(random, 40);
        values[i] = law == 0 ? heavy : law == 1 ? (u < 30000 ? 1000 : 0) : law == 2 ? (int64_t)(u / 1000) * 7
                                                                                    : (u < 200 ? heavy : 0);
        sorted[i] = values[i];
    }
    bw_stress_sort(sorted, PATHS);
}

static uint64_t count_above(int64_t x, int64_t limit_tail, bool *fits)
{
    uint64_t above = 0;
    for (uint32_t i = 0; i < PATHS; i++)
        above += values[i] > x;
    *fits = bw_wide_compare(bw_wide_mul((int64_t)above, BW_STRESS_ONE), bw_wide_mul(limit_tail, PATHS)) <= 0;
    return above;
}

static void quantiles_are_the_least_that_do(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (uint32_t law = 0; law < 4; law++) {
        draw(&random, law);
        for (uint32_t level = 0; level < BW_STRESS_LEVELS; level++) {
            bool fits;
            bw_stress_figure var = bw_stress_quantile(bw_stress_amounts_of(sorted, PATHS), bw_stress_tails[level]);
            assert_true(var.known && var.bounded && var.low <= var.value && var.value <= var.high);
            count_above(var.value, bw_stress_tails[level], &fits);
            assert_true(fits);
            if (var.value > 0) {
                count_above(var.value - 1, bw_stress_tails[level], &fits);
                assert_false(fits);
            }
        }
    }
}

/* ES x tail x N in ten-thousandths of a path: the largest one by one until the tail is full. */
static void shortfalls_are_the_mean_of_the_tail(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (uint32_t law = 0; law < 4; law++) {
        draw(&random, law);
        for (uint64_t n = PATHS - 3; n <= PATHS; n++) {
            for (uint32_t level = 0; level < BW_STRESS_LEVELS; level++) {
                bw_wide mass = bw_wide_mul((int64_t)n, bw_stress_tails[level]), left = mass, sum = bw_wide_of(0);
                for (uint64_t i = 0; bw_wide_sign(left) > 0; i++) {
                    bw_wide part = bw_wide_min(left, bw_wide_of(BW_STRESS_ONE));
                    sum = bw_wide_add(sum, bw_wide_scale(part, sorted[PATHS - 1 - i]));
                    left = bw_wide_sub(left, part);
                }
                bw_stress_figure es = bw_stress_shortfall(bw_stress_amounts_of(sorted + PATHS - n, n), bw_stress_tails[level]);
                assert_true(es.known);
                assert_int_equal(es.value, bw_wide_to_int64(bw_wide_div_ceil(sum, mass)));
                uint64_t above = bw_stress_count_beyond(bw_stress_amounts_of(sorted + PATHS - n, n),
                                                        bw_stress_quantile(bw_stress_amounts_of(sorted + PATHS - n, n), bw_stress_tails[level]).value);
                assert_int_equal(es.bounded, above >= 100);
                assert_true(!es.bounded || (es.low <= es.value && es.value <= es.high));
            }
        }
    }
}

static void series_are_ordered(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (uint32_t law = 0; law < 4; law++) {
        draw(&random, law);
        bw_stress_series s = bw_stress_series_of(bw_stress_amounts_of(sorted, PATHS));
        for (uint32_t i = 0; i < BW_STRESS_LEVELS; i++) {
            assert_true(s.es[i].value >= s.var[i].value && s.largest >= s.es[i].value);
            assert_true(i == 0 || (s.var[i].value >= s.var[i - 1].value && s.es[i].value >= s.es[i - 1].value));
        }
        assert_int_equal(s.mean.paths, s.positive.hits);
        assert_true(s.mean.known && s.mean.bounded == (s.positive.hits >= 100));
        assert_int_equal(s.es[3].bounded, false);      /* 4 paths beyond 99.99% */
    }
}

static void few_paths_show_little(void **state)
{
    (void)state;
    static const int64_t few[] = {0, 0, 1, 2, 3, 100};
    bw_stress_series s = bw_stress_series_of(bw_stress_amounts_of(few, 6));
    assert_int_equal(s.mean.value, 18);                /* 106 / 6, up */
    assert_true(s.mean.known && !s.mean.bounded);
    for (uint32_t i = 0; i < BW_STRESS_LEVELS; i++)
        assert_true(!s.var[i].known && !s.es[i].known);
    assert_int_equal(s.positive.hits, 4);
    assert_int_equal(bw_stress_paths_need(bw_stress_tails[3]), 36887);
    s = bw_stress_series_of(bw_stress_amounts_of(few, 1));                   /* one path without a loss */
    assert_true(s.mean.known && s.mean.value == 0 && s.positive.hits == 0);
    assert_true(s.positive.interval.low == 0 && s.positive.interval.high > .97);
}

static void sorting_is_sorting(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    draw(&random, 0);
    int64_t sum = 0;
    for (uint32_t i = 0; i < PATHS; i++)
        sum += values[i] - sorted[i];
    assert_int_equal(sum, 0);
    for (uint32_t i = 1; i < PATHS; i++)
        assert_true(sorted[i - 1] <= sorted[i]);
}

static void same_figure(const bw_stress_figure *a, const bw_stress_figure *b)
{
    assert_true(a->value == b->value && a->low == b->low && a->high == b->high && a->paths == b->paths && a->known == b->known &&
                a->bounded == b->bounded);
}

/* Amounts that are 0 need not be listed: every figure and every end is the same. */
static void zeros_need_not_be_listed(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (uint32_t law = 1; law < 4; law += 2) {
        uint32_t zeros = 0;
        draw(&random, law);
        while (zeros < PATHS && sorted[zeros] == 0)
            zeros++;
        bw_stress_amounts all = bw_stress_amounts_of(sorted, PATHS), listed = {sorted + zeros, PATHS - zeros, PATHS};
        bw_stress_series a = bw_stress_series_of(all), b = bw_stress_series_of(listed);
        assert_true(zeros > 0 && zeros < PATHS);
        assert_true(a.positive.hits == b.positive.hits && a.largest == b.largest);
        same_figure(&a.mean, &b.mean);
        for (uint32_t level = 0; level < BW_STRESS_LEVELS; level++) {
            same_figure(&a.var[level], &b.var[level]);
            same_figure(&a.es[level], &b.es[level]);
        }
        for (int64_t above = 0; above < 2000; above += 500) {
            bw_stress_figure c = bw_stress_mean_beyond(all, above), d = bw_stress_mean_beyond(listed, above);
            same_figure(&c, &d);
            assert_int_equal(bw_stress_count_beyond(all, above), bw_stress_count_beyond(listed, above));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zeros_need_not_be_listed),
        cmocka_unit_test(quantiles_are_the_least_that_do), cmocka_unit_test(shortfalls_are_the_mean_of_the_tail),
        cmocka_unit_test(series_are_ordered), cmocka_unit_test(few_paths_show_little), cmocka_unit_test(sorting_is_sorting)};
    return cmocka_run_group_tests_name("stress/series", tests, NULL, NULL);
}
