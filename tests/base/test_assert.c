#include "check.h"

#include "base/bytes.h"
#include "base/checked.h"

static void assert_stops_in_every_build(void **state)
{
    (void)state;
    check_stops(BW_ASSERT(1 + 1 == 3));
    BW_ASSERT(1 + 1 == 2);
}

static char heard[64];

static void listen(const char *file, int line, const char *text)
{
    (void)file;
    (void)line;
    snprintf(heard, sizeof heard, "%s", text);
    _exit(strcmp(heard, "2 < 1") == 0 ? 7 : 8);
}

static void the_hook_hears_the_text(void **state)
{
    (void)state;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        bw_assert_hook_set(listen);
        BW_ASSERT(2 < 1);
        _exit(9);
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 7);
}

static void checked_arithmetic_at_the_edges(void **state)
{
    (void)state;
    int64_t r = 0;
    assert_true(bw_add_checked(INT64_MAX - 1, 1, &r) && r == INT64_MAX);
    assert_false(bw_add_checked(INT64_MAX, 1, &r));
    assert_true(bw_sub_checked(INT64_MIN + 1, 1, &r) && r == INT64_MIN);
    assert_false(bw_sub_checked(INT64_MIN, 1, &r));
    assert_true(bw_mul_checked(INT64_C(1) << 31, -(INT64_C(1) << 32), &r) && r == INT64_MIN);
    assert_false(bw_mul_checked(INT64_C(1) << 31, INT64_C(1) << 32, &r));
    assert_true(bw_negate_checked(INT64_MAX, &r) && r == -INT64_MAX);
    assert_false(bw_negate_checked(INT64_MIN, &r));
    uint64_t u = 0;
    assert_true(bw_add_checked_u64(UINT64_MAX, 0, &u) && u == UINT64_MAX);
    assert_false(bw_add_checked_u64(UINT64_MAX, 1, &u));
    assert_false(bw_sub_checked_u64(0, 1, &u));
    assert_false(bw_mul_checked_u64(UINT64_C(1) << 32, UINT64_C(1) << 32, &u));
}

static void bytes_at_odd_addresses(void **state)
{
    (void)state;
    unsigned char bytes[16] = {0};
    bw_store_u64(bytes + 1, 0x0807060504030201u);
    for (int i = 0; i < 8; i++)
        assert_int_equal(bytes[i + 1], i + 1);
    assert_true(bw_load_u64(bytes + 1) == 0x0807060504030201u);
    bw_store_u32(bytes + 3, 0xaabbccddu);
    assert_int_equal(bytes[3], 0xdd);
    assert_true(bw_load_u32(bytes + 3) == 0xaabbccddu);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assert_stops_in_every_build),
        cmocka_unit_test(the_hook_hears_the_text),
        cmocka_unit_test(checked_arithmetic_at_the_edges),
        cmocka_unit_test(bytes_at_odd_addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
