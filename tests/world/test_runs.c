/* Who leaves and when: everybody once, at the hazard that the fall of the fund sets, however time is cut. */
#include "check.h"

#include <math.h>

#include "world/runs.h"

#define HOUR (3600 * INT64_C(1000000000))
#define FUND INT64_C(1000000000)

static uint32_t leave_all(bw_runs *runs, uint8_t *seen)
{
    uint32_t trader, count = 0;
    while (bw_runs_next(runs, &trader)) {
        assert_true(trader < runs->count);
        if (seen != NULL)
            seen[trader]++;
        count++;
    }
    return count;
}

static void everybody_leaves_once(void **state)
{
    static const uint32_t COUNTS[] = {0, 1, 2, 3, 4, 5, 16, 17, 1000, 4097, 65537};
    static uint8_t seen[65537];
    bw_runs_params params = bw_runs_params_default();
    (void)state;
    params.hazard = 1e6;
    for (size_t i = 0; i < sizeof COUNTS / sizeof *COUNTS; i++) {
        bw_runs runs;
        memset(seen, 0, sizeof seen);
        bw_runs_begin(&runs, 7, i, COUNTS[i], FUND);
        bw_runs_pass(&runs, &params, -5, HOUR);
        assert_int_equal(leave_all(&runs, seen), COUNTS[i]);
        for (uint32_t t = 0; t < COUNTS[i]; t++)
            assert_int_equal(seen[t], 1);
        assert_int_equal(leave_all(&runs, NULL), 0);
    }
}

/* After the integral x a share 1 - e^-x is gone, whether time came in one piece or in many; half of the fund is lost. */
static void as_many_leave_as_the_hazard_says(void **state)
{
    enum { N = 20000 };
    (void)state;
    uint64_t seed = check_seed();
    for (uint32_t pieces = 1; pieces <= 1000; pieces *= 10) {
        bw_runs_params params = bw_runs_params_default();
        bw_runs runs;
        params.from = .2;
        params.hazard = 2;
        bw_runs_begin(&runs, seed, 3, N, FUND);
        uint32_t gone = 0;
        for (uint32_t i = 0; i < pieces; i++) {
            bw_runs_pass(&runs, &params, FUND / 2, HOUR / pieces);
            gone += leave_all(&runs, NULL);
        }
        double expected = 1 - exp(-2 * (.5 - .2) / .8), error = sqrt(expected * (1 - expected) / N);
        printf("# %u pieces: %.4f gone, expected %.4f +- %.4f\n", pieces, (double)gone / N, expected, error);
        assert_true(fabs((double)gone / N - expected) < 4 * error);
    }
}

static void nobody_leaves_without_reason(void **state)
{
    bw_runs_params params = bw_runs_params_default();
    bw_runs runs;
    (void)state;
    params.hazard = 1e6;
    bw_runs_begin(&runs, 1, 0, 100, FUND);
    bw_runs_pass(&runs, &params, FUND, HOUR);
    bw_runs_pass(&runs, &params, 2 * FUND, HOUR);
    bw_runs_pass(&runs, &params, FUND - FUND / 10, HOUR);   /* a tenth: just not more than `from` */
    assert_int_equal(leave_all(&runs, NULL), 0);
    assert_true(runs.integral == 0);                        /* good times do not make up for bad ones */
    bw_runs_pass(&runs, &params, 0, 0);
    assert_int_equal(leave_all(&runs, NULL), 0);
    bw_runs_begin(&runs, 1, 0, 100, 0);                     /* no fund to begin with */
    bw_runs_pass(&runs, &params, -FUND, HOUR);
    assert_int_equal(leave_all(&runs, NULL), 0);
}

/* Nobody is favoured: over the paths each is first, and last, as often as the others. */
static void places_are_fair(void **state)
{
    enum { N = 11, PATHS = 11000 };
    uint32_t first[N] = {0}, last[N] = {0};
    bw_runs_params params = bw_runs_params_default();
    (void)state;
    uint64_t seed = check_seed();
    params.hazard = 1e6;
    for (uint64_t path = 0; path < PATHS; path++) {
        bw_runs runs, again;
        uint32_t trader = 0, other = 0;
        bw_runs_begin(&runs, seed, path, N, FUND);
        bw_runs_pass(&runs, &params, 0, HOUR);
        again = runs;
        assert_true(bw_runs_next(&runs, &trader) && bw_runs_next(&again, &other));
        assert_int_equal(trader, other);
        first[trader]++;
        while (bw_runs_next(&runs, &trader))
            ;
        last[trader]++;
    }
    for (uint32_t t = 0; t < N; t++) {
        assert_true(abs((int)first[t] - PATHS / N) < 4.5 * sqrt((double)PATHS / N));
        assert_true(abs((int)last[t] - PATHS / N) < 4.5 * sqrt((double)PATHS / N));
    }
}

static void parameters_are_judged(void **state)
{
    bw_runs_params params = bw_runs_params_default();
    (void)state;
    assert_true(bw_runs_params_valid(&params));
    params.from = 1;
    assert_false(bw_runs_params_valid(&params));
    params = bw_runs_params_default();
    params.close = 1.01;
    assert_false(bw_runs_params_valid(&params));
    params = bw_runs_params_default();
    params.hazard = (double)NAN;
    assert_false(bw_runs_params_valid(&params));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_leaves_once),
        cmocka_unit_test(as_many_leave_as_the_hazard_says),
        cmocka_unit_test(nobody_leaves_without_reason),
        cmocka_unit_test(places_are_fair),
        cmocka_unit_test(parameters_are_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
