/* Statistics of a calibration against laws whose figures are known. */
#include "check.h"

#include <math.h>

#include "calibrate/check.h"

#define COUNT 20000u

static double uniform(uint64_t *seed)
{
    return ((double)(check_random(seed) >> 12) + .5) * 0x1p-52;
}

static void sorting(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    double value[200];
    for (uint32_t round = 0; round < 500; round++) {
        uint32_t count = (uint32_t)check_random_below(&seed, 200);
        double sum = 0, after = 0;
        for (uint32_t i = 0; i < count; i++)
            sum += value[i] = (double)check_random_below(&seed, 50);
        bw_sort(value, count);
        for (uint32_t i = 0; i < count; i++) {
            after += value[i];
            assert_true(i == 0 || value[i - 1] <= value[i]);
        }
        assert_true(sum == after);
    }
}

/* Pareto of index 3: Hill 3, xi 1/3; both signs count. */
static void tails(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    static double value[COUNT], scratch[COUNT];
    bool known;
    for (uint32_t i = 0; i < COUNT; i++)
        value[i] = (i % 2 ? 1 : -1) * pow(uniform(&seed), -1. / 3);
    bw_hill hill = bw_hill_of(value, COUNT, .05, scratch);
    printf("# Hill %.3f (%.3f to %.3f)\n", hill.index, hill.low, hill.high);
    assert_int_equal(hill.beyond, 1000);
    assert_true(hill.known && hill.low < 3 && hill.high > 3 && fabs((hill.high - hill.low) / hill.index - 2 * 1.96 / sqrt(1000)) < 1e-12);
    double xi = bw_gpd_shape(value, COUNT, .05, scratch, &known);
    printf("# xi %.3f\n", xi);
    assert_true(known && fabs(xi - 1. / 3) < .12);
    for (uint32_t i = 0; i < COUNT; i++)                /* exponential: xi 0 */
        value[i] = -log(uniform(&seed));
    assert_true(fabs(bw_gpd_shape(value, COUNT, .05, scratch, &known)) < .12);
    assert_false(bw_hill_of(value, 100, .05, scratch).known);
    bw_gpd_shape(value, 100, .05, scratch, &known);
    assert_false(known);
}

static void distributions(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    static double a[2000], b[3000];
    uint32_t low = 0;
    double distance;
    for (uint32_t round = 0; round < 400; round++) {
        for (uint32_t i = 0; i < 2000; i++)
            a[i] = uniform(&seed);
        for (uint32_t i = 0; i < 3000; i++)
            b[i] = uniform(&seed);
        low += bw_kolmogorov_p(a, 2000, b, 3000, &distance) < .1;
    }
    printf("# p below 10%% in %u of 400\n", low);
    assert_true(low > 20 && low < 64);
    for (uint32_t i = 0; i < 3000; i++)
        b[i] = uniform(&seed) + .1;
    assert_true(bw_kolmogorov_p(a, 2000, b, 3000, &distance) < 1e-6 && fabs(distance - .1) < .06);
}

static void clusters(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    static double x[2000];
    static uint32_t age[2000];
    double q;
    uint32_t low = 0;
    for (uint32_t round = 0; round < 400; round++) {
        for (uint32_t i = 0; i < 2000; i++) {
            x[i] = uniform(&seed);
            age[i] = i % 1000;
        }
        low += bw_ljung_box_p(x, age, 2000, 10, &q) < .1;
    }
    printf("# p below 10%% in %u of 400\n", low);
    assert_true(low > 20 && low < 64);
    for (uint32_t i = 1; i < 2000; i++)
        x[i] = .2 * x[i - 1] + x[i];
    assert_true(bw_ljung_box_p(x, age, 2000, 10, &q) < 1e-6 && q > 40);
}

/* By the formulas, with the square root's tail of the normal law. */
static double above(double lr)
{
    return lr > 0 ? erfc(sqrt(lr / 2)) : 1;
}

static void exceedances(void **state)
{
    (void)state;
    static uint8_t hit[1000];
    memset(hit, 0, sizeof hit);
    bw_exceedances e = bw_exceedances_of(hit, 1000, .01);
    assert_true(e.hits == 0 && e.p_apart == 1 && fabs(e.p_count - above(-2 * 1000 * log(.99))) < 1e-9);
    for (uint32_t i = 0; i < 20; i++)
        hit[50 * i + 10] = 1;
    e = bw_exceedances_of(hit, 1000, .01);
    double kupiec = 2 * (20 * log(.02) + 980 * log(.98) - 20 * log(.01) - 980 * log(.99));
    assert_true(e.hits == 20 && fabs(e.p_count - above(kupiec)) < 1e-9 && e.p_apart > .2);
    memset(hit, 0, sizeof hit);
    memset(hit + 100, 1, 10);                            /* as many as there should be, but all at once */
    e = bw_exceedances_of(hit, 1000, .01);
    double together = 9 * log(.9) + log(.1) + log(1. / 989) + 988 * log(988. / 989), any = 10. / 999;
    double christoffersen = 2 * (together - 10 * log(any) - 989 * log(1 - any));
    printf("# p of number %.4f, of apartness %.3g\n", e.p_count, e.p_apart);
    assert_true(e.p_count > .99 && e.p_apart < 1e-9 && fabs(e.p_apart - above(christoffersen)) < 1e-9);
}

static void dependence(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    static double a[COUNT], b[COUNT];
    for (uint32_t i = 0; i < COUNT; i++) {
        a[i] = uniform(&seed);
        b[i] = uniform(&seed);
    }
    assert_true(fabs(bw_tail_dependence(a, a, .02, .02, COUNT, .02) - 1) < .2);
    double apart = bw_tail_dependence(a, b, .02, .02, COUNT, .02);
    printf("# of independent ones %.3f\n", apart);
    assert_true(apart < .06);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sorting), cmocka_unit_test(tails), cmocka_unit_test(distributions),
                                       cmocka_unit_test(clusters), cmocka_unit_test(exceedances), cmocka_unit_test(dependence)};
    return cmocka_run_group_tests_name("calibrate check", tests, NULL, NULL);
}
