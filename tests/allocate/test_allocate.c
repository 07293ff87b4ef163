/* Worked examples and edges of R16. */
#include "world.h"

static void set(uint32_t i, int64_t weight, int64_t cap, int64_t rank)
{
    world_weight[i] = weight;
    world_cap[i] = cap;
    world_rank[i] = rank;
    world_factor[i] = 1;
    world_id[i] = i + 1;
}

static void expect(bw_allocate_rule rule, int64_t budget, uint32_t count, const int64_t *charge)
{
    int64_t sum = 0;
    int64_t got = world_allocate(rule, budget, count);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(world_charge[i], charge[i]);
        sum += charge[i];
    }
    assert_int_equal(got, sum);
}

/* Endowments 8, 4, 0.5 and a loss of 7.5, in thousandths [Chitra 2025]. */
static void endowments(void **state)
{
    (void)state;
    set(0, 8000, 8000, 2);
    set(1, 4000, 4000, 3);
    set(2, 500, 500, 1);
    int64_t sixty_percent[] = {4800, 2400, 300};
    expect(BW_ALLOCATE_CAPPED_PRO_RATA, 7500, 3, sixty_percent);
    expect(BW_ALLOCATE_PRO_RATA, 7500, 3, sixty_percent);
    expect(BW_ALLOCATE_MIN_MAX, 7500, 3, sixty_percent);
    expect(BW_ALLOCATE_RISK_WEIGHTED, 7500, 3, sixty_percent);
    expect(BW_ALLOCATE_QUEUE, 7500, 3, (int64_t[]){3500, 4000, 0});  /* 43.75%, 100%, 0 */
    expect(BW_ALLOCATE_EQUAL, 7500, 3, (int64_t[]){3500, 3500, 500});
}

/* Six accounts, 6 = first, a liquidation of 20 [BitMEX]. */
static void six_accounts(void **state)
{
    (void)state;
    static const int64_t size[] = {10, 10, 20, 30, 20, 10};
    static const int64_t rank[] = {3, 6, 1, 4, 5, 2};
    for (uint32_t i = 0; i < 6; i++)
        set(i, size[i], size[i], rank[i]);
    expect(BW_ALLOCATE_QUEUE, 20, 6, (int64_t[]){0, 10, 0, 0, 10, 0});
    expect(BW_ALLOCATE_QUEUE, 30, 6, (int64_t[]){0, 10, 0, 0, 20, 0});
    expect(BW_ALLOCATE_QUEUE, 1000, 6, size);
}

static void caps_move_the_level_but_not_of_pro_rata(void **state)
{
    (void)state;
    set(0, 1, 10, 0);
    set(1, 1, 100, 0);
    set(2, 2, 100, 0);
    expect(BW_ALLOCATE_CAPPED_PRO_RATA, 70, 3, (int64_t[]){10, 20, 40});
    expect(BW_ALLOCATE_PRO_RATA, 70, 3, (int64_t[]){10, 17, 35});  /* the odd unit is cut too */
    world_factor[2] = 3;
    expect(BW_ALLOCATE_RISK_WEIGHTED, 80, 3, (int64_t[]){10, 10, 60});
    world_factor[1] = 0;
    expect(BW_ALLOCATE_RISK_WEIGHTED, 80, 3, (int64_t[]){10, 0, 70});
}

static void ties_go_to_lower_ids(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 4; i++) {
        set(i, 5, 100, 7);
        world_id[i] = 4 - i;
    }
    expect(BW_ALLOCATE_CAPPED_PRO_RATA, 10, 4, (int64_t[]){2, 2, 3, 3});
    expect(BW_ALLOCATE_EQUAL, 5, 4, (int64_t[]){1, 1, 1, 2});
    expect(BW_ALLOCATE_QUEUE, 150, 4, (int64_t[]){0, 0, 50, 100});
    /* the largest remainder wins over the lower id */
    set(0, 1, 100, 0);
    set(1, 2, 100, 0);
    expect(BW_ALLOCATE_CAPPED_PRO_RATA, 1, 2, (int64_t[]){0, 1});
}

static void nothing_to_do(void **state)
{
    (void)state;
    for (int rule = 0; rule < BW_ALLOCATE_RULE_COUNT; rule++) {
        assert_int_equal(world_allocate((bw_allocate_rule)rule, 100, 0), 0);
        set(0, 5, 9, 1);
        set(1, 0, 9, 1);
        expect((bw_allocate_rule)rule, 0, 2, (int64_t[]){0, 0});
        expect((bw_allocate_rule)rule, 100, 2, (int64_t[]){9, 0});  /* weight 0 never pays */
        set(0, 5, 0, 1);
        expect((bw_allocate_rule)rule, 100, 2, (int64_t[]){0, 0});  /* all caps 0 */
        set(0, 0, 9, 1);
        expect((bw_allocate_rule)rule, 100, 2, (int64_t[]){0, 0});  /* all weights 0 */
    }
}

static void largest_numbers(void **state)
{
    (void)state;
    int64_t top = BW_ALLOCATE_NUMBER_MAX;
    for (uint32_t i = 0; i < 5000; i++)
        set(i, top - i, top - 3 * i, i);
    for (uint32_t i = 0; i < 5000; i++)
        world_factor[i] = top - 7 * i;
    bw_payers payers = world_payers(5000);
    for (int rule = 0; rule < BW_ALLOCATE_RULE_COUNT; rule++) {
        int64_t got = world_allocate((bw_allocate_rule)rule, top, 5000);
        assert_int_equal(got, top);
        reference_allocate((bw_allocate_rule)rule, top, &payers, world_expected);
        assert_memory_equal(world_charge, world_expected, 5000 * sizeof *world_charge);
    }
}

static uint32_t queue_passes(int64_t budget, uint32_t count)
{
    bw_payers payers = world_payers(count);
    bw_allocation machine;
    uint32_t units = UINT32_MAX;
    bw_allocate_begin(&machine, BW_ALLOCATE_QUEUE, BW_ALLOCATE_LARGEST_REMAINDER, budget, count);
    assert_true(bw_allocate_run(&machine, &world_scratch, &payers, world_charge, &units));
    reference_allocate(BW_ALLOCATE_QUEUE, budget, &payers, world_expected);
    assert_memory_equal(world_charge, world_expected, count * sizeof *world_charge);
    return machine.pass_count;
}

/* Sums, charges and the last ones suffice while the ranks are spread over a few octaves; one pass
   more finds a tie, one more its ids; the worst ranks have each pass miss. */
static void passes_of_a_queue(void **state)
{
    (void)state;
    const uint32_t count = 6000;
    for (uint32_t i = 0; i < count; i++)
        set(i, 1, 10, 1000000000 / (int64_t)(i + 1));
    assert_int_equal(queue_passes(605, count), 3);
    for (uint32_t i = 0; i < count; i++)
        set(i, 1, 10, 1000000000);
    assert_int_equal(queue_passes(20005, count), 5);
    for (uint32_t i = 0; i < count; i++)
        set(i, 1, 10, INT64_MAX - (INT64_C(1) << i % 57));
    for (int64_t budget = 5; budget < 60000; budget += 1000)
        assert_true(queue_passes(budget, count) <= 1 + 18 + 2);
}

/* Caps that let every pass fix few payers: 2^i against equal weights, and worse. */
static void caps_against_newton(void **state)
{
    (void)state;
    uint32_t count = 0;
    for (; count < 61; count++)
        set(count, 1, INT64_C(1) << count, 0);
    bw_payers payers = world_payers(count);
    for (uint32_t bits = 1; bits < 62; bits++) {
        int64_t budget = (INT64_C(1) << bits) - 1 + (int64_t)bits;
        bw_allocation machine;
        bw_allocate_begin(&machine, BW_ALLOCATE_CAPPED_PRO_RATA, BW_ALLOCATE_LARGEST_REMAINDER,
                          budget, count);
        uint32_t units = UINT32_MAX;
        assert_true(bw_allocate_run(&machine, &world_scratch, &payers, world_charge, &units));
        assert_true(machine.pass_count <= 1 + 118 + 18 + 1 + 1);
        reference_allocate(BW_ALLOCATE_CAPPED_PRO_RATA, budget, &payers, world_expected);
        assert_memory_equal(world_charge, world_expected, count * sizeof *world_charge);
    }
}

/* Against the contract, but nothing may be lost: equal ids go by the order of the array. */
static void equal_ids_still_sum(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 5; i++) {
        set(i, 1, 10, 1);
        world_id[i] = 9;
    }
    expect(BW_ALLOCATE_QUEUE, 25, 5, (int64_t[]){10, 10, 5, 0, 0});
    expect(BW_ALLOCATE_EQUAL, 7, 5, (int64_t[]){2, 2, 1, 1, 1});
    for (uint32_t i = 0; i < 5000; i++) {
        set(i, 1, 10, 1);
        world_id[i] = 9;
    }
    assert_int_equal(world_allocate(BW_ALLOCATE_EQUAL, 4000, 5000), 4000);
}

static void broken_preconditions_stop(void **state)
{
    (void)state;
    set(0, 1, 1, 1);
    check_stops(world_allocate(BW_ALLOCATE_QUEUE, -1, 1));
    check_stops(world_allocate(BW_ALLOCATE_QUEUE, BW_ALLOCATE_NUMBER_MAX + 1, 1));
    check_stops(world_allocate(BW_ALLOCATE_RULE_COUNT, 1, 1));
    set(0, -1, 1, 1);
    check_stops(world_allocate(BW_ALLOCATE_EQUAL, 1, 1));
    set(0, 1, -1, 1);
    check_stops(world_allocate(BW_ALLOCATE_EQUAL, 1, 1));
    set(0, BW_ALLOCATE_NUMBER_MAX + 1, 1, 1);
    check_stops(world_allocate(BW_ALLOCATE_PRO_RATA, 1, 1));
    assert_string_equal(bw_allocate_rule_name(BW_ALLOCATE_CAPPED_PRO_RATA), "capped-pro-rata");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(endowments),
        cmocka_unit_test(six_accounts),
        cmocka_unit_test(caps_move_the_level_but_not_of_pro_rata),
        cmocka_unit_test(ties_go_to_lower_ids),
        cmocka_unit_test(nothing_to_do),
        cmocka_unit_test(largest_numbers),
        cmocka_unit_test(passes_of_a_queue),
        cmocka_unit_test(caps_against_newton),
        cmocka_unit_test(equal_ids_still_sum),
        cmocka_unit_test(broken_preconditions_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
