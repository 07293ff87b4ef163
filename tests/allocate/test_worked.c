/* Worked figures of papers about who is charged, whole: accounts, deficit, what each is left with; and identities that hold
   for every case, on random ones with their seed. (BitMEX's six accounts: test_allocate.c.) */
#include "world.h"

static void set(uint32_t i, int64_t profit, int64_t rank)
{
    world_weight[i] = world_cap[i] = profit;
    world_rank[i] = rank;
    world_factor[i] = 1;
    world_id[i] = i + 1;
}

/* Chitra et al. 2025 (arXiv 2512.01112), in cents: equities 10, 5, 1, -3, -12, profits 8, 4, 0.5 of the first three. D = 15, of
   which half is socialized: B = 7.5. Queue in the order 2, 1, 3: 0.4375, 1, 0, equity 6.5, 1, 1. Pro-rata: 0.6 of each,
   equity 5.2, 2.6, 0.7. */
static void five_accounts(void **state)
{
    (void)state;
    static const int64_t equity[] = {1000, 500, 100, -300, -1200}, profit[] = {800, 400, 50};
    int64_t deficit = 0;
    for (uint32_t i = 0; i < 5; i++)
        deficit += equity[i] < 0 ? -equity[i] : 0;
    assert_int_equal(deficit, 1500);
    for (uint32_t i = 0; i < 3; i++)
        set(i, profit[i], i == 1 ? 3 : i == 0 ? 2 : 1);
    assert_int_equal(world_allocate(BW_ALLOCATE_QUEUE, deficit / 2, 3), 750);
    static const int64_t queue_left[] = {650, 100, 100}, queue_ppm[] = {437500, 1000000, 0};
    for (uint32_t i = 0; i < 3; i++) {
        world_expected[i] = profit[i] * queue_ppm[i] / 1000000;
        assert_int_equal(world_charge[i], world_expected[i]);
        assert_int_equal(equity[i] - world_charge[i], queue_left[i]);
    }
    assert_int_equal(world_allocate(BW_ALLOCATE_CAPPED_PRO_RATA, deficit / 2, 3), 750);
    static const int64_t rata_left[] = {520, 260, 70};
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(equity[i] - world_charge[i], rata_left[i]);
        assert_int_equal(world_charge[i] * 10, profit[i] * 6);
    }
}

/* PTSR(pro-rata) - PTSR(queue) = theta (1 - w1/U), theta = B/D, for B <= w1 and the queue largest first. Times D U:
   (left by pro-rata - left by queue) U = B (U - w1). Weights times U, so that shares are whole and nothing is rounded. */
static void top_winner_survival_identity(void **state)
{
    (void)state;
    enum { CASES = 2000, MOST = 12 };
    uint64_t seed = 20251010;
    int64_t profit[MOST];
    printf("# seed %llu, %d cases\n", (unsigned long long)seed, CASES);
    uint64_t random = seed;
    for (int c = 0; c < CASES; c++) {
        uint32_t count = (uint32_t)check_random_below(&random, MOST - 1) + 2;
        int64_t sum = 0, first = 0;
        for (uint32_t i = 0; i < count; i++) {
            profit[i] = (int64_t)check_random_below(&random, 1000) + 1;
            sum += profit[i];
            first = profit[i] > first ? profit[i] : first;
        }
        uint32_t top = 0;
        for (uint32_t i = 0; i < count; i++)
            set(i, profit[i] * sum, profit[i]);
        while (profit[top] != first)
            top++;
        int64_t budget = (1 + (int64_t)check_random_below(&random, (uint64_t)first)) * sum;
        assert_int_equal(world_allocate(BW_ALLOCATE_CAPPED_PRO_RATA, budget, count), budget);
        int64_t left_pro_rata = world_weight[top] - world_charge[top];
        assert_int_equal(world_allocate(BW_ALLOCATE_QUEUE, budget, count), budget);
        int64_t left_queue = world_weight[top] - world_charge[top];
        if ((left_pro_rata - left_queue) * sum != budget * (sum - first))
            fail_msg("seed %llu case %d: %lld and %lld left of %lld, budget %lld", (unsigned long long)seed, c,
                     (long long)left_pro_rata, (long long)left_queue, (long long)first, (long long)budget);
    }
}

/* An account that is split, or two that are merged: pro-rata charges the person the same, to a unit of rounding, exactly where
   nothing is rounded; a queue does not. */
static void splitting_and_merging(void **state)
{
    (void)state;
    uint64_t seed = 7;
    uint32_t moved = 0;
    printf("# seed %llu\n", (unsigned long long)seed);
    uint64_t random = seed;
    for (int c = 0; c < 2000; c++) {
        int64_t a = (int64_t)check_random_below(&random, 1000) + 1, b = (int64_t)check_random_below(&random, 1000) + 1;
        int64_t other = (int64_t)check_random_below(&random, 1000) + 1, whole = c % 2 ? a + b + other : 1;
        int64_t budget = ((int64_t)check_random_below(&random, (uint64_t)(a + b + other)) + 1) * whole;
        int64_t split[2], merged[2];
        for (int rule = 0; rule < 2; rule++) {
            set(0, a * whole, a);
            set(1, b * whole, b);
            set(2, other * whole, other);
            world_allocate(rule ? BW_ALLOCATE_QUEUE : BW_ALLOCATE_CAPPED_PRO_RATA, budget, 3);
            split[rule] = world_charge[0] + world_charge[1];
            set(0, (a + b) * whole, a + b);
            set(1, other * whole, other);
            world_allocate(rule ? BW_ALLOCATE_QUEUE : BW_ALLOCATE_CAPPED_PRO_RATA, budget, 2);
            merged[rule] = world_charge[0];
        }
        int64_t apart = split[0] > merged[0] ? split[0] - merged[0] : merged[0] - split[0];
        if (apart > (whole == 1 ? 1 : 0))
            fail_msg("seed %llu case %d: pro-rata split %lld, merged %lld", (unsigned long long)seed, c,
                     (long long)split[0], (long long)merged[0]);
        moved += split[1] != merged[1];
    }
    assert_true(moved > 200);
    /* two of 60 behind one of 100: together they stand first */
    set(0, 60, 60);
    set(1, 60, 60);
    set(2, 100, 100);
    world_allocate(BW_ALLOCATE_QUEUE, 100, 3);
    assert_int_equal(world_charge[0] + world_charge[1], 0);
    set(0, 120, 120);
    set(1, 100, 100);
    world_allocate(BW_ALLOCATE_QUEUE, 100, 2);
    assert_int_equal(world_charge[0], 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(five_accounts), cmocka_unit_test(top_winner_survival_identity),
                                       cmocka_unit_test(splitting_and_merging)};
    return cmocka_run_group_tests_name("allocate/worked", tests, NULL, NULL);
}
