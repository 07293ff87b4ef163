/* Random worlds: the machine equals the reference, and R16 holds. */
#include "world.h"

static uint32_t random_count(uint64_t *random)
{
    return (uint32_t)check_random_below(random, check_random_below(random, 20) == 0 ? 5000 : 60);
}

static void equals_the_reference(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (int n = 0; n < 3000; n++) {
        uint32_t count = random_count(&random);
        world_fill(&random, count);
        int64_t budget = world_budget(&random, count);
        bw_payers payers = world_payers(count);
        for (int rule = 0; rule < BW_ALLOCATE_RULE_COUNT; rule++) {
            int64_t got = world_allocate((bw_allocate_rule)rule, budget, count);
            int64_t want = reference_allocate((bw_allocate_rule)rule, budget, &payers,
                                              world_expected);
            assert_memory_equal(world_charge, world_expected, count * sizeof *world_charge);
            assert_int_equal(got, want);
        }
    }
}

/* Weights up to 2^52, where a guessed fraction is off by up to a whole bucket (level.c). */
static void guesses_at_their_limit(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (int n = 0; n < 2000; n++) {
        uint32_t count = 200 + (uint32_t)check_random_below(&random, 3500);
        world_fill(&random, count);
        for (uint32_t i = 0; i < count; i++) {
            world_weight[i] = (int64_t)(check_random(&random) >> 12);
            world_cap[i] = i % 8 ? INT64_C(1) << 53 : world_weight[i] / 2;
            world_weight[i] = i % 50 ? world_weight[i] : 0;
        }
        int64_t budget = (int64_t)(check_random(&random) >> 3);
        bw_payers payers = world_payers(count);
        bw_allocate_rule rule = n % 2 ? BW_ALLOCATE_PRO_RATA : BW_ALLOCATE_CAPPED_PRO_RATA;
        world_allocate(rule, budget, count);
        reference_allocate(rule, budget, &payers, world_expected);
        assert_memory_equal(world_charge, world_expected, count * sizeof *world_charge);
    }
}

/* A machine run in slices, moved in memory between them, as a snapshot would be. */
static uint32_t run_sliced(bw_allocate_rule rule, int64_t budget, const bw_payers *payers,
                           uint32_t slice, int64_t *charged)
{
    bw_allocation machines[2];
    static bw_allocation_scratch scratches[2];
    uint32_t calls = 0;
    uint32_t units = slice;
    bw_allocate_begin(&machines[0], rule, BW_ALLOCATE_LARGEST_REMAINDER, budget, payers->count);
    while (!bw_allocate_run(&machines[calls % 2], &scratches[calls % 2], payers, world_charge,
                            &units)) {
        assert_int_equal(units, 0);  /* all that was allowed was done */
        machines[(calls + 1) % 2] = machines[calls % 2];
        scratches[(calls + 1) % 2] = scratches[calls % 2];
        memset(&machines[calls % 2], 0x77, sizeof machines[0]);
        calls++;
        units = slice;
    }
    *charged = machines[calls % 2].charged;
    return calls;
}

/* One of a few values, or one near it, so that buckets hold ties and what only looks like one. */
static uint64_t clustered(uint64_t *random, const uint64_t *value, uint32_t value_count)
{
    uint64_t x = value[check_random_below(random, value_count)];
    return check_random_below(random, 4) == 0 ? x ^ check_random_bits(random, 20) : x;
}

/* More payers at the threshold than the heap holds: ties to the last, ids and ranks of any size;
   now and then in slices. */
static void ties_equal_the_reference(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (int n = 0; n < 600; n++) {
        uint32_t count = 2000 + (uint32_t)check_random_below(&random, WORLD_MAX - 2000);
        uint64_t value[4];
        uint32_t value_count = 1 + (uint32_t)check_random_below(&random, 4);
        for (uint32_t k = 0; k < 4; k++)
            value[k] = check_random_bits(&random, 1 + (uint32_t)check_random_below(&random, 62));
        world_fill(&random, count);
        uint64_t id_base = check_random_bits(&random, 64);
        uint64_t id_step = check_random(&random) | 1;  /* odd: all ids differ */
        for (uint32_t i = 0; i < count; i++) {
            world_weight[i] = (int64_t)clustered(&random, value, value_count);
            world_rank[i] = (int64_t)clustered(&random, value, value_count);
            world_rank[i] = n % 3 ? world_rank[i] : ~world_rank[i];
            world_factor[i] = 1;
            world_id[i] = id_base + i * (n % 2 ? id_step : 1);
        }
        world_rank[0] = INT64_MAX;
        world_rank[1] = INT64_MIN;
        int64_t budget = world_budget(&random, count);
        bw_payers payers = world_payers(count);
        for (int rule = 0; rule < BW_ALLOCATE_RULE_COUNT; rule++) {
            int64_t got = 0;
            if (n % 8 == 0)
                run_sliced((bw_allocate_rule)rule, budget, &payers, 1999, &got);
            else
                got = world_allocate((bw_allocate_rule)rule, budget, count);
            int64_t want = reference_allocate((bw_allocate_rule)rule, budget, &payers,
                                              world_expected);
            assert_memory_equal(world_charge, world_expected, count * sizeof *world_charge);
            assert_int_equal(got, want);
        }
    }
}

static void charges_keep_caps_and_the_sum(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (int n = 0; n < 3000; n++) {
        uint32_t count = random_count(&random);
        world_fill(&random, count);
        int64_t budget = world_budget(&random, count);
        for (int rule = 0; rule < BW_ALLOCATE_RULE_COUNT; rule++) {
            int64_t got = world_allocate((bw_allocate_rule)rule, budget, count);
            __int128 caps = 0;
            int64_t sum = 0;
            for (uint32_t i = 0; i < count; i++) {
                bool out = world_weight[i] == 0 ||
                           (rule == BW_ALLOCATE_RISK_WEIGHTED && world_factor[i] == 0);
                assert_true(world_charge[i] >= 0 && world_charge[i] <= (out ? 0 : world_cap[i]));
                caps += out ? 0 : world_cap[i];
                sum += world_charge[i];
            }
            assert_true(sum == got && got <= budget);
            if (rule != BW_ALLOCATE_PRO_RATA)
                assert_true(got == (budget < caps ? budget : caps));
        }
    }
}

static void order_of_the_arrays_does_not_matter(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    static int64_t before[WORLD_MAX];
    for (int n = 0; n < 1000; n++) {
        uint32_t count = 2 + random_count(&random);
        world_fill(&random, count);
        int64_t budget = world_budget(&random, count);
        bw_allocate_rule rule = (bw_allocate_rule)(n % BW_ALLOCATE_RULE_COUNT);
        world_allocate(rule, budget, count);
        memcpy(before, world_charge, sizeof before);
        for (uint32_t i = count; i > 1; i--) {
            uint32_t j = (uint32_t)check_random_below(&random, i);
            int64_t *array[] = {world_weight, world_cap, world_rank, world_factor, before};
            for (size_t a = 0; a < sizeof array / sizeof *array; a++) {
                int64_t swap = array[a][i - 1];
                array[a][i - 1] = array[a][j];
                array[a][j] = swap;
            }
            uint64_t id = world_id[i - 1];
            world_id[i - 1] = world_id[j];
            world_id[j] = id;
        }
        world_allocate(rule, budget, count);
        assert_memory_equal(world_charge, before, count * sizeof *before);
    }
}

static void slices_do_not_matter(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    static const uint32_t slices[] = {1, 7, 4096};
    for (int n = 0; n < 60; n++) {
        uint32_t count = n % 20 == 0 ? 5000 : 40;
        world_fill(&random, count);
        int64_t budget = world_budget(&random, count);
        bw_payers payers = world_payers(count);
        for (int rule = 0; rule < BW_ALLOCATE_RULE_COUNT; rule++) {
            int64_t want = world_allocate((bw_allocate_rule)rule, budget, count);
            memcpy(world_expected, world_charge, sizeof world_expected);
            for (int s = count > 100; s < 3; s++) {
                int64_t got = 0;
                memset(world_charge, 0x66, sizeof world_charge);
                uint32_t calls = run_sliced((bw_allocate_rule)rule, budget, &payers, slices[s],
                                            &got);
                assert_int_equal(got, want);
                assert_memory_equal(world_charge, world_expected, count * sizeof *world_charge);
                assert_true(slices[s] > 7 || calls >= count / slices[s]);
            }
        }
    }
}

/* Splitting a payer moves every other charge by at most one unit, and the two together pay what
   the one did, up to one unit each. Under pro-rata and capped-pro-rata only. */
static void splitting_an_account_gains_nothing(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (int n = 0; n < 3000; n++) {
        uint32_t count = 2 + (uint32_t)check_random_below(&random, 30);
        world_fill(&random, count);
        bw_allocate_rule rule = n % 2 ? BW_ALLOCATE_PRO_RATA : BW_ALLOCATE_CAPPED_PRO_RATA;
        uint32_t who = (uint32_t)check_random_below(&random, count);
        world_weight[who] &= ~INT64_C(1);
        world_cap[who] &= ~INT64_C(1);
        int64_t budget = world_budget(&random, count);
        world_allocate(rule, budget, count);
        memcpy(world_expected, world_charge, sizeof world_expected);
        world_weight[count] = world_weight[who] /= 2;
        world_cap[count] = world_cap[who] /= 2;
        world_id[count] = UINT64_MAX;
        world_allocate(rule, budget, count + 1);
        for (uint32_t i = 0; i < count; i++)
            if (i != who)
                assert_in_range(world_charge[i] - world_expected[i] + 1, 0, 2);
        assert_in_range(world_charge[who] + world_charge[count] - world_expected[who] + 2, 0, 4);
    }
}

/* More budget, no smaller real share: an integer charge may lose the one unit of a remainder. */
static void more_budget_never_means_a_smaller_share(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (int n = 0; n < 3000; n++) {
        uint32_t count = 1 + (uint32_t)check_random_below(&random, 40);
        world_fill(&random, count);
        int64_t budget = world_budget(&random, count);
        int64_t more = budget + (int64_t)check_random_bits(&random, 20);
        more = more > BW_ALLOCATE_NUMBER_MAX ? BW_ALLOCATE_NUMBER_MAX : more;
        for (int rule = 0; rule < BW_ALLOCATE_RULE_COUNT; rule++) {
            int64_t less_sum = world_allocate((bw_allocate_rule)rule, budget, count);
            memcpy(world_expected, world_charge, sizeof world_expected);
            int64_t more_sum = world_allocate((bw_allocate_rule)rule, more, count);
            int64_t slack = rule == BW_ALLOCATE_QUEUE ? 0 : 1;
            for (uint32_t i = 0; i < count; i++)
                assert_true(world_charge[i] >= world_expected[i] - slack);
            if (rule != BW_ALLOCATE_PRO_RATA)
                assert_true(more_sum >= less_sum);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_the_reference),
        cmocka_unit_test(guesses_at_their_limit),
        cmocka_unit_test(ties_equal_the_reference),
        cmocka_unit_test(charges_keep_caps_and_the_sum),
        cmocka_unit_test(order_of_the_arrays_does_not_matter),
        cmocka_unit_test(slices_do_not_matter),
        cmocka_unit_test(splitting_an_account_gains_nothing),
        cmocka_unit_test(more_budget_never_means_a_smaller_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
