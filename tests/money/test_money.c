#include "check.h"

#include "money/money.h"

static void sums_are_exact_or_stop(void **state)
{
    (void)state;
    bw_amount most = bw_amount_of(INT64_MAX);
    bw_amount one = bw_amount_of(1);
    assert_true(bw_amount_add(bw_amount_of(2), bw_amount_of(-5)).minor == -3);
    assert_true(bw_amount_sub(most, one).minor == INT64_MAX - 1);
    assert_true(bw_amount_add(bw_amount_of(INT64_MIN), most).minor == -1);
    check_stops((void)bw_amount_add(most, one));
    check_stops((void)bw_amount_sub(bw_amount_of(INT64_MIN), one));
    check_stops((void)bw_amount_negate(bw_amount_of(INT64_MIN)));
    bw_amount result = bw_amount_of(77);
    assert_false(bw_amount_add_try(most, one, &result));
    assert_true(result.minor == 77);  /* untouched */
    assert_true(bw_amount_add_try(one, one, &result) && result.minor == 2);
}

static void order_min_max_sign(void **state)
{
    (void)state;
    bw_size a = bw_size_of(-4);
    bw_size b = bw_size_of(3);
    assert_true(bw_size_compare(a, b) < 0 && bw_size_compare(b, a) > 0);
    assert_true(bw_size_compare(a, a) == 0);
    assert_true(bw_size_min(a, b).lots == -4 && bw_size_max(a, b).lots == 3);
    assert_true(bw_size_min(b, a).lots == -4 && bw_size_max(b, a).lots == 3);
    assert_true(bw_size_less(a, b) && !bw_size_less(a, a) && bw_size_equal(a, a));
    assert_int_equal(bw_size_sign(a), -1);
    assert_int_equal(bw_size_sign(bw_size_of(0)), 0);
    assert_int_equal(bw_size_sign(b), 1);
    assert_true(bw_size_negate(a).lots == 4);
    bw_price p = bw_price_add(bw_price_of(3), bw_price_of(4));
    bw_rate r = bw_rate_sub(bw_rate_of(3), bw_rate_of(4));
    assert_true(p.ticks == 7 && r.ppm == -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_exact_or_stop),
        cmocka_unit_test(order_min_max_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
