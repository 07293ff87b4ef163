#include "check.h"

#include "money/ppm.h"
#include "money/wide.h"

static const int64_t edges[] = {0, 1, 999999, 1000000, 1000001, 999999999, 1000000000, 1000000001,
                                (INT64_C(1) << 62) - 1, INT64_C(4611686018427000000)};
enum { EDGE_COUNT = sizeof edges / sizeof *edges };

static void same(int64_t n, int64_t ppm, int64_t ppb)
{
    assert_true(bw_ppm_floor(n, ppm) == bw_mul_div_floor(n, ppm, BW_PPM));
    assert_true(bw_ppm_ceil(n, ppm) == bw_mul_div_ceil(n, ppm, BW_PPM));
    assert_true(bw_ppb_floor(n, ppb) == bw_mul_div_floor(n, ppb, BW_PPB));
    assert_true(bw_ppb_ceil(n, ppb) == bw_mul_div_ceil(n, ppb, BW_PPB));
}

static void same_as_128_bits(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (int i = 0; i < EDGE_COUNT; i++)
        for (int j = 0; j < EDGE_COUNT; j++)
            same(edges[i], edges[j] % (BW_PPM + 1), edges[j] % (BW_PPB + 1));
    for (int i = 0; i < 1000000; i++) {
        int64_t n = (int64_t)check_random_bits(&random, 62);
        same(n, (int64_t)check_random_below(&random, BW_PPM + 1),
             (int64_t)check_random_below(&random, BW_PPB + 1));
    }
}

static void identities(void **state)
{
    (void)state;
    for (int i = 0; i < EDGE_COUNT; i++) {
        int64_t n = edges[i];
        assert_true(bw_ppm_floor(n, BW_PPM) == n && bw_ppm_ceil(n, BW_PPM) == n);
        assert_true(bw_ppb_floor(n, BW_PPB) == n && bw_ppb_ceil(n, BW_PPB) == n);
        assert_true(bw_ppm_ceil(n, 0) == 0 && bw_ppb_ceil(n, 0) == 0);
        /* what one side rounds up, the other rounds down */
        assert_true(bw_ppm_floor(n, 250001) + bw_ppm_ceil(n, 749999) == n);
        assert_true(bw_ppb_floor(n, 250001) + bw_ppb_ceil(n, BW_PPB - 250001) == n);
    }
}

static void outside_the_range_it_stops(void **state)
{
    (void)state;
    check_stops((void)bw_ppm_ceil(INT64_C(1) << 62, 1));
    check_stops((void)bw_ppm_floor(-1, 1));
    check_stops((void)bw_ppm_floor(1, -1));
    check_stops((void)bw_ppm_ceil(1, BW_PPM + 1));
    check_stops((void)bw_ppb_ceil(1, BW_PPB + 1));
    check_stops((void)bw_ppb_floor(INT64_C(1) << 62, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_as_128_bits),
        cmocka_unit_test(identities),
        cmocka_unit_test(outside_the_range_it_stops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
