#include "check.h"

#include "base/table.h"

enum { KEY_RANGE = 600, COUNT_MAX = 500 };

static uint64_t key_of(uint32_t i)
{
    return i * UINT64_C(0x100000001) + (i % 3 == 0 ? UINT64_C(1) << 63 : 0);
}

static void same_as_an_array(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    bw_table table;
    bw_table_slot *slots = malloc(bw_table_footprint(COUNT_MAX));
    bw_table_new(&table, slots, COUNT_MAX);
    int64_t expected[KEY_RANGE];
    for (int i = 0; i < KEY_RANGE; i++)
        expected[i] = -1;
    for (int step = 0; step < 200000; step++) {
        uint32_t i = (uint32_t)check_random_below(&random, KEY_RANGE);
        uint32_t value = (uint32_t)check_random(&random) % BW_TABLE_VALUE_MAX;
        bool insert = (step / 20000) % 2 == 0;
        if (insert && table.count < COUNT_MAX) {
            assert_int_equal(bw_table_insert(&table, slots, key_of(i), value), expected[i] < 0);
            if (expected[i] < 0)
                expected[i] = value;
        } else if (!insert) {
            assert_int_equal(bw_table_remove(&table, slots, key_of(i)), expected[i] >= 0);
            expected[i] = -1;
        }
        uint32_t probe = (uint32_t)check_random_below(&random, KEY_RANGE);
        uint32_t found = 0;
        assert_int_equal(bw_table_find(&table, slots, key_of(probe), &found), expected[probe] >= 0);
        if (expected[probe] >= 0)
            assert_true(found == (uint32_t)expected[probe]);
    }
    for (uint32_t i = 0; i < KEY_RANGE; i++)
        bw_table_remove(&table, slots, key_of(i));
    assert_int_equal(table.count, 0);
    for (size_t i = 0; i < bw_table_footprint(COUNT_MAX); i++)
        assert_int_equal(((unsigned char *)slots)[i], 0);  /* freed slots are zero */
    free(slots);
}

static void the_limit_is_declared(void **state)
{
    (void)state;
    bw_table table;
    bw_table_slot slots[6];
    assert_int_equal(bw_table_footprint(3), sizeof slots);
    bw_table_new(&table, slots, 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_true(bw_table_insert(&table, slots, i, i));
    assert_false(bw_table_insert(&table, slots, 2, 9));
    check_stops(bw_table_insert(&table, slots, 3, 3));
    check_stops(bw_table_footprint(0));
    assert_true(bw_table_footprint(10000000) == 240000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_as_an_array),
        cmocka_unit_test(the_limit_is_declared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
