/* Paired differences: by hand, and how often their interval holds the truth. */
#include "check.h"
#include "stress/paired.h"

enum { PATHS = 2000, RUNS = 400 };

static bw_stress_outcome a[PATHS], b[PATHS];

static bw_stress_outcome paying(int64_t amount)
{
    return (bw_stress_outcome){.gap = amount, .deleveraged = amount / 3, .socialized = amount - amount / 3};
}

static void by_hand(void **state)
{
    static const uint64_t of_a[] = {1, 4, 7, 8}, of_b[] = {4, 7, 9};
    (void)state;
    for (int64_t i = 0; i < 4; i++)
        a[i] = paying((i + 1) * 1024000);
    b[0] = paying(1024000);
    b[1] = paying(0);
    b[2] = paying(5120000);
    bw_paired p = bw_paired_of("x", (bw_paired_run){a, of_a, 4}, (bw_paired_run){b, of_b, 3}, 10);
    assert_int_equal(p.only_a, 3);           /* paths 1, 7, 8 */
    assert_int_equal(p.only_b, 1);           /* path 9 */
    assert_int_equal(p.both, 1);
    assert_true(p.difference > -.2000001 && p.difference < -.1999999 && p.low < -.4 && p.high > 0 && p.high < .4);
    assert_int_equal(p.mean_a, 1024000);
    assert_int_equal(p.mean_b, 614400);
    assert_int_equal(p.mean_difference, -409600);
    assert_false(p.mean_bounded);
    p = bw_paired_of("same", (bw_paired_run){a, of_a, 4}, (bw_paired_run){a, of_a, 4}, 1000);
    assert_true(p.difference == 0 && p.low == -p.high && p.high > .0036 && p.high < .0037);
    assert_string_equal(p.name, "same");
}

/* A charges on 5%; B on those of them that a coin keeps and on 1% besides: both ends over fresh draws. */
static void intervals_cover(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    uint32_t chance = 0, mean = 0, narrow = 0;
    for (uint32_t run = 0; run < RUNS; run++) {
        for (uint32_t i = 0; i < PATHS; i++) {
            bool hit = check_random_below(&random, 1000) < 100, kept = check_random_below(&random, 2) != 0;
            bool other = !hit && check_random_below(&random, 900) < 10;
            int64_t amount = 1000000 + (int64_t)check_random_below(&random, 1000000);
            a[i] = paying(hit ? amount : 0);
            b[i] = paying((hit && kept) || other ? amount : 0);
        }
        bw_paired p = bw_paired_of("", (bw_paired_run){a, NULL, PATHS}, (bw_paired_run){b, NULL, PATHS}, PATHS);
        double truth = .05 + .01 - .1, money = truth * 1499999.5;
        chance += p.low <= truth && truth <= p.high;
        mean += p.mean_bounded && (double)p.mean_low <= money && money <= (double)p.mean_high;
        narrow += p.high - p.low < (p.a.interval.high - p.a.interval.low) + (p.b.interval.high - p.b.interval.low);
    }
    printf("# of %d: chance %u, mean %u\n", RUNS, chance, mean);
    assert_true(chance >= .92 * RUNS && mean >= .92 * RUNS && narrow == RUNS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(intervals_cover)};
    return cmocka_run_group_tests_name("stress/paired", tests, NULL, NULL);
}
