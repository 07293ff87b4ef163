/* Top shares, Gini and Lorenz against hand-made results and plain definitions. */
#include "check.h"

#include "metrics/state.h"

static void known_results(void **state)
{
    (void)state;
    bw_metrics_spread spread;
    int64_t even[] = {5, 5, 5, 5};
    bw_metrics_spread_of(even, 4, &spread);
    assert_int_equal(spread.gini_ppm, 0);
    assert_int_equal(spread.top_1, 5);
    assert_int_equal(spread.top_10, 20);
    assert_int_equal(spread.lorenz_ppm[50], 500000);
    int64_t two[] = {16000, 0, 1600, -3};   /* 0 and below do not count */
    bw_metrics_spread_of(two, 4, &spread);
    assert_int_equal(spread.accounts, 2);
    assert_int_equal(spread.total, 17600);
    assert_int_equal(spread.top_1, 16000);
    assert_int_equal(spread.gini_ppm, 409091);
    assert_int_equal(spread.lorenz_ppm[49], 0);
    assert_int_equal(spread.lorenz_ppm[50], 90909);
    assert_int_equal(spread.lorenz_ppm[100], 1000000);
    int64_t three[] = {150, 120, 80};
    bw_metrics_spread_of(three, 3, &spread);
    assert_int_equal(spread.gini_ppm, 133333);
}

static void nobody_has_anything(void **state)
{
    (void)state;
    bw_metrics_spread spread;
    int64_t none[] = {0, 0};
    bw_metrics_spread_of(none, 2, &spread);
    assert_int_equal(spread.accounts, 0);
    assert_int_equal(spread.gini_ppm, -1);
    assert_int_equal(spread.lorenz_ppm[100], 0);
}

static void sorting_is_sorting(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    for (uint32_t count = 0; count < 200; count++) {
        int64_t amounts[200], sum = 0;
        for (uint32_t i = 0; i < count; i++)
            sum += amounts[i] = (int64_t)check_random_below(&seed, 50) - 10;
        bw_metrics_sort(amounts, count);
        for (uint32_t i = 0; i < count; i++) {
            assert_true(i == 0 || amounts[i - 1] <= amounts[i]);
            sum -= amounts[i];
        }
        assert_int_equal(sum, 0);
    }
}

/* Gini by its definition: half the mean absolute difference over the mean; the curve rises and sags. */
static void spread_equals_its_definition(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    for (uint32_t turn = 0; turn < 50; turn++) {
        uint32_t count = 1 + (uint32_t)check_random_below(&seed, 60);
        int64_t amounts[60], copy[60];
        bw_metrics_spread spread;
        for (uint32_t i = 0; i < count; i++)
            copy[i] = amounts[i] = 1 + (int64_t)check_random_bits(&seed, 40);
        bw_metrics_spread_of(amounts, count, &spread);
        double apart = 0, sum = 0;
        for (uint32_t i = 0; i < count; i++) {
            sum += (double)copy[i];
            for (uint32_t j = 0; j < count; j++)
                apart += copy[i] > copy[j] ? (double)(copy[i] - copy[j]) : (double)(copy[j] - copy[i]);
        }
        double gini = 1e6 * apart / (2 * count * sum);
        assert_true((double)spread.gini_ppm - gini < 0.6 && gini - (double)spread.gini_ppm < 0.6);
        for (uint32_t i = 1; i <= BW_METRICS_LORENZ; i++) {
            assert_true(spread.lorenz_ppm[i] >= spread.lorenz_ppm[i - 1]);
            assert_true(spread.lorenz_ppm[i] <= (int64_t)i * 10000 + 1);
        }
        assert_true(spread.top_1 <= spread.top_10 && spread.top_10 <= spread.top_100 && spread.top_100 == spread.total);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_results), cmocka_unit_test(nobody_has_anything), cmocka_unit_test(sorting_is_sorting),
        cmocka_unit_test(spread_equals_its_definition)};
    return cmocka_run_group_tests_name("metrics/spread", tests, NULL, NULL);
}
