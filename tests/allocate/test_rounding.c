/* test_rounding.c - the compatibility roundings of R16 against the reference, and worked by hand. */
#include "world.h"

static int64_t allocate_rounded(bw_allocate_rule rule, bw_allocate_rounding rounding, int64_t budget, uint32_t count)
{
    bw_payers payers = world_payers(count);
    memset(world_charge, 0x55, sizeof world_charge);
    return bw_allocate(rule, rounding, budget, &payers, world_charge, &world_scratch);
}

static void set(uint32_t i, int64_t due)
{
    world_weight[i] = world_cap[i] = due;
    world_id[i] = i;
}

static void expect(bw_allocate_rounding rounding, int64_t budget, uint32_t count, const int64_t *charges, int64_t sum)
{
    assert_int_equal(allocate_rounded(BW_ALLOCATE_CAPPED_PRO_RATA, rounding, budget, count), sum);
    for (uint32_t i = 0; i < count; i++)
        assert_int_equal(world_charge[i], charges[i]);
}

static void worked(void **state)
{
    (void)state;
    set(0, 1400);
    set(1, 700);
    expect(BW_ALLOCATE_LARGEST_REMAINDER, 1600, 2, (int64_t[]){1067, 533}, 1600);   /* 1066.67, 533.33 */
    expect(BW_ALLOCATE_FLOOR_LAST, 1600, 2, (int64_t[]){1066, 534}, 1600);
    expect(BW_ALLOCATE_RATIO16, 1600, 2, (int64_t[]){1066, 534}, 1600);
    expect(BW_ALLOCATE_FLOOR_FUND, 1600, 2, (int64_t[]){1066, 533}, 1599);
    expect(BW_ALLOCATE_CEIL_CARRY, 1600, 2, (int64_t[]){1067, 534}, 1601);
    /* of the 500 that are missing, whoever is not the last loses ceil(333.33): he keeps floor(1066.67), as above */
    expect(BW_ALLOCATE_CEIL_LAST, 500, 2, (int64_t[]){334, 166}, 500);
    expect(BW_ALLOCATE_CEIL_RATIO16, 500, 2, (int64_t[]){334, 166}, 500);
    /* 2.4, 2.4, 2.4, 0.8: two units are left, of which the last can take one and the one before him the other */
    for (uint32_t i = 0; i < 4; i++)
        set(i, i == 3 ? 1 : 3);
    expect(BW_ALLOCATE_FLOOR_LAST, 8, 4, (int64_t[]){2, 2, 3, 1}, 8);
    expect(BW_ALLOCATE_FLOOR_FUND, 8, 4, (int64_t[]){2, 2, 2, 0}, 6);
    expect(BW_ALLOCATE_CEIL_CARRY, 8, 4, (int64_t[]){3, 3, 3, 1}, 10);
    expect(BW_ALLOCATE_CEIL_LAST, 8, 4, (int64_t[]){3, 3, 2, 0}, 8);
    /* two thirds are 0.6666666666666667 at 16 places: three payers of 10^16 get one unit too many in sum */
    for (uint32_t i = 0; i < 3; i++)
        set(i, INT64_C(10000000000000000));
    expect(BW_ALLOCATE_RATIO16, INT64_C(20000000000000000), 3,
           (int64_t[]){6666666666666667, 6666666666666667, 6666666666666666}, INT64_C(20000000000000000));
    expect(BW_ALLOCATE_FLOOR_LAST, INT64_C(20000000000000000), 3,
           (int64_t[]){6666666666666666, 6666666666666666, 6666666666666668}, INT64_C(20000000000000000));
}

static void equals_the_reference(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (int n = 0; n < 2500; n++) {
        uint32_t count = (uint32_t)check_random_below(&random, check_random_below(&random, 12) == 0 ? 5000 : 60);
        world_fill(&random, count);
        int64_t budget = world_budget(&random, count);
        bw_payers payers = world_payers(count);
        for (int k = 0; k < BW_ALLOCATE_RULE_COUNT * BW_ALLOCATE_ROUNDING_COUNT; k++) {
            bw_allocate_rule rule = (bw_allocate_rule)(k % BW_ALLOCATE_RULE_COUNT);
            bw_allocate_rounding rounding = (bw_allocate_rounding)(k / BW_ALLOCATE_RULE_COUNT);
            int64_t got = allocate_rounded(rule, rounding, budget, count);
            int64_t want = reference_allocate_rounded(rule, rounding, budget, &payers, world_expected);
            assert_memory_equal(world_charge, world_expected, count * sizeof *world_charge);
            assert_int_equal(got, want);
        }
    }
}

/* What floor-last and ratio16 pay out of the rest, ceil-last and ceil-ratio16 charge of the loss, unit by unit. */
static void both_sides_agree(void **state)
{
    (void)state;
    static const bw_allocate_rounding pairs[][2] = {{BW_ALLOCATE_FLOOR_LAST, BW_ALLOCATE_CEIL_LAST},
                                                    {BW_ALLOCATE_RATIO16, BW_ALLOCATE_CEIL_RATIO16}};
    uint64_t random = check_seed();
    int64_t kept[12];
    for (int n = 0; n < 20000; n++) {
        uint32_t count = 1 + (uint32_t)check_random_below(&random, 12);
        int64_t due = 1;
        for (uint32_t i = 0; i < count; i++) {
            set(i, (int64_t)check_random_below(&random, UINT64_C(1) << check_random_below(&random, 58)));
            due += world_cap[i];
        }
        int64_t budget = (int64_t)check_random_below(&random, (uint64_t)due);
        for (int pair = 0; pair < 2; pair++) {
            allocate_rounded(BW_ALLOCATE_CAPPED_PRO_RATA, pairs[pair][0], due - 1 - budget, count);
            memcpy(kept, world_charge, count * sizeof *kept);
            allocate_rounded(BW_ALLOCATE_CAPPED_PRO_RATA, pairs[pair][1], budget, count);
            for (uint32_t i = 0; i < count; i++)
                assert_int_equal(world_charge[i] + kept[i], world_cap[i]);
        }
    }
}

/* No charge above the cap or below 0; what is charged too much or too little is less than a unit a payer. */
static void bounds_hold(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (int n = 0; n < 2500; n++) {
        uint32_t count = 1 + (uint32_t)check_random_below(&random, 40);
        world_fill(&random, count);
        int64_t budget = world_budget(&random, count);
        int64_t exact = allocate_rounded(BW_ALLOCATE_CAPPED_PRO_RATA, BW_ALLOCATE_LARGEST_REMAINDER, budget, count);
        for (int rounding = 1; rounding < BW_ALLOCATE_ROUNDING_COUNT; rounding++) {
            int64_t sum = allocate_rounded(BW_ALLOCATE_CAPPED_PRO_RATA, (bw_allocate_rounding)rounding, budget, count);
            for (uint32_t i = 0; i < count; i++)
                assert_true(world_charge[i] >= 0 && world_charge[i] <= world_cap[i]);
            if (rounding == BW_ALLOCATE_FLOOR_FUND)
                assert_true(sum <= exact && exact - sum < (int64_t)count);
            else if (rounding == BW_ALLOCATE_CEIL_CARRY)
                assert_true(sum >= exact && sum - exact < (int64_t)count);
            else
                assert_int_equal(sum, exact);
        }
    }
}

static void slices_do_not_matter(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (int n = 0; n < 40; n++) {
        uint32_t count = n % 10 == 0 ? 3000 : 40, slice = n % 2 ? 7 : 1000;
        world_fill(&random, count);
        int64_t budget = world_budget(&random, count);
        bw_payers payers = world_payers(count);
        for (int rounding = 1; rounding < BW_ALLOCATE_ROUNDING_COUNT; rounding++) {
            bw_allocation machine;
            int64_t want = allocate_rounded(BW_ALLOCATE_PRO_RATA, (bw_allocate_rounding)rounding, budget, count);
            memcpy(world_expected, world_charge, sizeof world_expected);
            memset(world_charge, 0x66, sizeof world_charge);
            bw_allocate_begin(&machine, BW_ALLOCATE_PRO_RATA, (bw_allocate_rounding)rounding, budget, count);
            for (uint32_t units = slice; !bw_allocate_run(&machine, &world_scratch, &payers, world_charge, &units);)
                units = slice;
            assert_int_equal(machine.charged, want);
            assert_memory_equal(world_charge, world_expected, count * sizeof *world_charge);
        }
    }
}

static void names(void **state)
{
    (void)state;
    assert_string_equal(bw_allocate_rounding_name(BW_ALLOCATE_LARGEST_REMAINDER), "largest-remainder");
    assert_string_equal(bw_allocate_rounding_name(BW_ALLOCATE_RATIO16), "ratio16");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(worked), cmocka_unit_test(equals_the_reference),
                                       cmocka_unit_test(both_sides_agree),
                                       cmocka_unit_test(bounds_hold), cmocka_unit_test(slices_do_not_matter),
                                       cmocka_unit_test(names)};
    return cmocka_run_group_tests_name("allocate rounding", tests, NULL, NULL);
}
