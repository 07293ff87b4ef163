#include "check.h"

#include "money/share.h"

static void same(int64_t amount, bw_wide sum, int64_t weight)
{
    bw_share share = bw_share_of(amount, sum);
    bw_wide product = bw_wide_mul(weight, amount);
    bw_wide remainder = {-1};
    bw_wide floor = bw_share_floor(&share, weight, &remainder);
    assert_true(bw_wide_equal(floor, bw_wide_div_floor(product, sum)));
    assert_true(bw_wide_equal(remainder, bw_wide_mod_floor(product, sum)));
    if (!bw_share_is_narrow(&share, weight))
        return;
    uint64_t narrow_remainder = 1;
    int64_t narrow = bw_share_floor_narrow(&share, weight, &narrow_remainder);
    assert_true(bw_wide_equal(bw_wide_of(narrow), floor));
    assert_true(bw_wide_equal(bw_wide_of_u64(narrow_remainder), remainder));
}

static void same_as_one_division(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (int i = 0; i < 1000000; i++) {
        int64_t amount = (int64_t)check_random_bits(&random, 62);
        int64_t weight = (int64_t)check_random_bits(&random, 62);
        uint32_t shift = (uint32_t)check_random_below(&random, 28);
        int64_t sum = 1 + (int64_t)(check_random_bits(&random, 62) >> check_random_below(&random, 2));
        same(amount, bw_wide_of(sum), weight);
        same(amount, bw_wide_scale(bw_wide_of(sum), INT64_C(1) << shift), weight);
        same(amount, bw_wide_add_int64(bw_wide_of(sum), weight), weight);
    }
}

static void the_guess_is_corrected(void **state)
{
    (void)state;
    int64_t top = INT64_C(1) << 62;
    for (int64_t d = 0; d < 100; d++) {
        same(top - d, bw_wide_of(INT64_MAX), top);
        same(top - d, bw_wide_of(top), top - 1);
        same(top, bw_wide_power2(89), top - d);
        same(top, bw_wide_power2(63), top - d);
        same(d, bw_wide_of(1), d);
        same(1, bw_wide_of(3), 3 * d);  /* exact thirds: the guess is one too low */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_as_one_division),
        cmocka_unit_test(the_guess_is_corrected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
