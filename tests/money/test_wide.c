#include "check.h"

#include "money/wide.h"

typedef __int128 naive;  /* tests may: the reference is the plain language */

static const int64_t edges[] = {INT64_MIN, INT64_MIN + 1, -(INT64_C(1) << 62), -1000003, -2, -1, 0,
                                1, 2, 3, 1000003, INT64_C(1) << 32, INT64_C(1) << 62,
                                INT64_MAX - 1, INT64_MAX};
enum { EDGE_COUNT = sizeof edges / sizeof *edges };

static naive floor_ref(naive p, naive c)
{
    naive q = p / c;
    return q - ((c > 0) ? q * c > p : q * c < p);
}

static void check_one(bool fits, const int64_t *got, naive want)
{
    assert_int_equal(fits, want >= INT64_MIN && want <= INT64_MAX);
    if (fits)
        assert_true(*got == want);
}

static void same(int64_t a, int64_t b, int64_t c)
{
    naive p = (naive)a * b;
    naive floor = floor_ref(p, c);
    naive ceil = floor + (floor * c != p);
    naive zero = floor < 0 ? ceil : floor;
    naive away = ceil > 0 ? ceil : floor;
    int64_t r = 0;
    check_one(bw_mul_div_floor_try(a, b, c, &r), &r, floor);
    check_one(bw_mul_div_ceil_try(a, b, c, &r), &r, ceil);
    check_one(bw_mul_div_zero_try(a, b, c, &r), &r, zero);
    check_one(bw_mul_div_away_try(a, b, c, &r), &r, away);
    if (bw_mul_div_floor_try(a, b, c, &r))
        assert_true(bw_mul_div_floor(a, b, c) == r);
    if (bw_mul_div_ceil_try(a, b, c, &r))
        assert_true(bw_mul_div_ceil(a, b, c) == r);
    if (bw_mul_div_zero_try(a, b, c, &r))
        assert_true(bw_mul_div_zero(a, b, c) == r);
    if (bw_mul_div_away_try(a, b, c, &r))
        assert_true(bw_mul_div_away(a, b, c) == r);
    if (c > 0) {
        bw_wide modulus = bw_wide_mod_floor(bw_wide_mul(a, b), bw_wide_of(c));
        assert_true(modulus.value == p - floor * c && modulus.value >= 0 && modulus.value < c);
    }
}

static void mul_div_at_the_edges(void **state)
{
    (void)state;
    for (int i = 0; i < EDGE_COUNT; i++)
        for (int j = 0; j < EDGE_COUNT; j++)
            for (int k = 0; k < EDGE_COUNT; k++)
                if (edges[k] != 0)
                    same(edges[i], edges[j], edges[k]);
    int64_t r = 5;
    assert_false(bw_mul_div_floor_try(1, 1, 0, &r));
    assert_false(bw_mul_div_away_try(INT64_MAX, 2, 1, &r));
    assert_int_equal(r, 5);
    check_stops((void)bw_mul_div_floor(1, 1, 0));
    check_stops((void)bw_mul_div_ceil(INT64_MAX, 2, 1));
}

static void mul_div_of_random_numbers(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (int i = 0; i < 1000000; i++) {
        int64_t a = (int64_t)check_random_bits(&random, 64);
        int64_t b = (int64_t)check_random_bits(&random, 64);
        int64_t c = (int64_t)check_random_bits(&random, 64);
        if (c != 0)
            same(check_random(&random) & 1 ? a : (int64_t)((uint64_t)0 - (uint64_t)a), b, c);
    }
}

static void fractions_compare_exactly(void **state)
{
    (void)state;
    for (int i = 0; i < EDGE_COUNT; i++)
        for (int j = 0; j < EDGE_COUNT; j++)
            for (int k = 0; k < EDGE_COUNT; k++) {
                naive left = (naive)edges[i] * edges[j];
                naive right = (naive)edges[k] * 3;
                assert_int_equal(bw_product_less(edges[i], edges[j], edges[k], 3), left < right);
                assert_int_equal(bw_product_compare(edges[i], edges[j], edges[k], 3),
                                 (left > right) - (left < right));
            }
}

static void sums_of_products(void **state)
{
    (void)state;
    bw_wide sum = bw_wide_of(0);
    for (int i = 0; i < EDGE_COUNT; i++)
        sum = bw_wide_add_mul(sum, edges[i], 7);
    naive want = 0;
    for (int i = 0; i < EDGE_COUNT; i++)
        want += (naive)edges[i] * 7;
    assert_true(sum.value == want);
    bw_wide top = bw_wide_add(bw_wide_sub(bw_wide_power2(126), bw_wide_of(1)), bw_wide_power2(126));
    check_stops((void)bw_wide_add_int64(top, 1));
    check_stops((void)bw_wide_sub(bw_wide_negate(top), bw_wide_of(2)));
    check_stops((void)bw_wide_scale(top, 2));
    check_stops((void)bw_wide_to_int64(bw_wide_power2(63)));
    assert_true(bw_wide_to_int64(bw_wide_negate(bw_wide_power2(63))) == INT64_MIN);
    assert_true(bw_wide_to_int64_saturated(bw_wide_power2(63)) == INT64_MAX);
    assert_true(bw_wide_to_int64_saturated(bw_wide_negate(top)) == INT64_MIN);
    assert_true(bw_wide_to_int64_saturated(bw_wide_of(-5)) == -5);
}

static void order_and_bits(void **state)
{
    (void)state;
    bw_wide small = bw_wide_mul(INT64_MIN, INT64_MAX);
    bw_wide large = bw_wide_power2(100);
    assert_true(bw_wide_less(small, large) && bw_wide_compare(large, small) > 0);
    assert_true(bw_wide_equal(bw_wide_min(small, large), small));
    assert_true(bw_wide_equal(bw_wide_max(small, large), large));
    assert_true(bw_wide_sign(small) == -1 && bw_wide_sign(bw_wide_of(0)) == 0);
    assert_int_equal(bw_wide_bit_length(bw_wide_of(0)), 0);
    for (uint32_t bits = 0; bits <= 126; bits++) {
        assert_int_equal(bw_wide_bit_length(bw_wide_power2(bits)), bits + 1);
        assert_true(bw_wide_shift_low(bw_wide_power2(bits), bits) == 1);
    }
    assert_true(bw_wide_of_u64(UINT64_MAX).value == (naive)UINT64_MAX);
    assert_true(bw_mul_high_u64(UINT64_MAX, UINT64_MAX) == UINT64_MAX - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mul_div_at_the_edges),
        cmocka_unit_test(mul_div_of_random_numbers),
        cmocka_unit_test(fractions_compare_exactly),
        cmocka_unit_test(sums_of_products),
        cmocka_unit_test(order_and_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
