#include "check.h"

#include "base/random.h"
#include "base/random_real.h"

/* Known answers of Random123 (kat_vectors, philox4x32 10 rounds). */
static void the_values_are_those_of_philox(void **state)
{
    (void)state;
    bw_random_block zero = bw_random_block_at(0, 0, 0);
    assert_true(zero.word[0] == 0xe169c58d6627e8d5u);
    assert_true(zero.word[1] == 0x9b00dbd8bc57ac4cu);
    bw_random_block ones = bw_random_block_at(UINT64_MAX, UINT64_MAX, UINT64_MAX);
    assert_true(ones.word[0] == 0x41c83b0e408f276du);
    assert_true(ones.word[1] == 0x6d5451fda20bc7c6u);
    assert_true(bw_random_u64(0, 0, 0) == zero.word[0]);
}

static void below_stays_below_and_is_even(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    uint32_t seen[7] = {0};
    for (uint64_t i = 0; i < 70000; i++)
        seen[bw_random_below_u64(seed, 1, i, 7)]++;
    for (int i = 0; i < 7; i++)
        assert_in_range(seen[i], 9500, 10500);  /* 5 standard deviations */
    for (uint64_t i = 0; i < 1000; i++) {
        assert_true(bw_random_below_u64(seed, 2, i, 1) == 0);
        assert_true(bw_random_below_u64(seed, 3, i, (UINT64_C(1) << 63) + 1) <= UINT64_C(1) << 63);
        assert_true(bw_random_below_u64(seed, 3, i, UINT64_MAX) < UINT64_MAX);
    }
}

/* With bound 3 x 2^62 a plain remainder would give the lowest third half of the draws. */
static void below_has_no_bias(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    uint64_t bound = 3 * (UINT64_C(1) << 62);
    uint32_t low = 0;
    for (uint64_t i = 0; i < 30000; i++)
        low += bw_random_below_u64(seed, 4, i, bound) < UINT64_C(1) << 62;
    assert_in_range(low, 9600, 10400);
}

static void real_numbers_exclude_both_ends(void **state)
{
    (void)state;
    assert_true(bw_random_real_of(0) == 0x1p-53);
    assert_true(bw_random_real_of(UINT64_MAX) == 1.0 - 0x1p-53);
    uint64_t seed = check_seed();
    double sum = 0;
    for (uint64_t i = 0; i < 100000; i++)
        sum += bw_random_real(seed, 5, i);
    assert_true(sum > 49500 && sum < 50500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_values_are_those_of_philox),
        cmocka_unit_test(below_stays_below_and_is_even),
        cmocka_unit_test(below_has_no_bias),
        cmocka_unit_test(real_numbers_exclude_both_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
