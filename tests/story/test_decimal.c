/* Exact numbers: what is read, what is refused, what is written. */
#include "check.h"
#include "story/text.h"

static void numbers_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bw_story_number status;
        int64_t digits;
        int32_t scale;
    } CASES[] = {
        {"0", BW_STORY_NUMBER_OK, 0, 0}, {"-0.00", BW_STORY_NUMBER_OK, 0, 0}, {"79.9", BW_STORY_NUMBER_OK, 799, 1},
        {"+79.900", BW_STORY_NUMBER_OK, 799, 1}, {"-0.000001", BW_STORY_NUMBER_OK, -1, 6},
        {"007", BW_STORY_NUMBER_OK, 7, 0}, {"1000000", BW_STORY_NUMBER_OK, 1000000, 0},
        {"9223372036854775807", BW_STORY_NUMBER_OK, INT64_MAX, 0},
        {"9223372036854775808", BW_STORY_NUMBER_LARGE, 0, 0}, {"0.1234567890123456789", BW_STORY_NUMBER_FINE, 0, 0},
        {"0.1000000000000000000000000", BW_STORY_NUMBER_OK, 1, 1}, {"", BW_STORY_NUMBER_NONE, 0, 0},
        {"-", BW_STORY_NUMBER_NONE, 0, 0}, {".5", BW_STORY_NUMBER_NONE, 0, 0}, {"5.", BW_STORY_NUMBER_NONE, 0, 0},
        {"1.2.3", BW_STORY_NUMBER_NONE, 0, 0}, {"1e6", BW_STORY_NUMBER_NONE, 0, 0},
        {"--1", BW_STORY_NUMBER_NONE, 0, 0}, {"1,000", BW_STORY_NUMBER_NONE, 0, 0},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        bw_story_decimal value = {0};
        bw_story_number status = bw_story_decimal_parse(CASES[i].text, strlen(CASES[i].text), &value);
        if (status != CASES[i].status || value.digits != CASES[i].digits || value.scale != CASES[i].scale)
            fail_msg("'%s': status %d, %lld / 10^%d", CASES[i].text, (int)status, (long long)value.digits,
                     (int)value.scale);
    }
}

static void counts_of_units_are_exact(void **state)
{
    (void)state;
    static const struct {
        bw_story_decimal value;
        bw_story_unit unit;
        bw_story_number status;
        int64_t count;
    } CASES[] = {
        {{799, 1}, {1, -1}, BW_STORY_NUMBER_OK, 799},          /* 79.9 in ticks of 0.1 */
        {{15, 1}, {1, -3}, BW_STORY_NUMBER_OK, 1500},          /* 1.5 in lots of 0.001 */
        {{7995, 2}, {1, -1}, BW_STORY_NUMBER_FINE, 0},         /* 79.95 is no tick */
        {{100, 0}, {25, -2}, BW_STORY_NUMBER_OK, 400},         /* 100 in ticks of 0.25 */
        {{1001, 1}, {25, -2}, BW_STORY_NUMBER_FINE, 0},        /* 100.1 is none */
        {{300, 0}, {1, 2}, BW_STORY_NUMBER_OK, 3},             /* 300 in lots of 100 */
        {{350, 0}, {1, 2}, BW_STORY_NUMBER_FINE, 0},
        {{-3, 3}, {1, -3}, BW_STORY_NUMBER_OK, -3},
        {{0, 0}, {7, 5}, BW_STORY_NUMBER_OK, 0},
        {{1, 0}, {1, -18}, BW_STORY_NUMBER_OK, 1000000000000000000},
        {{10, 0}, {1, -18}, BW_STORY_NUMBER_LARGE, 0},
        {{1, 0}, {1, -30}, BW_STORY_NUMBER_LARGE, 0},
        {{1, 18}, {1, 9}, BW_STORY_NUMBER_FINE, 0},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int64_t count = 0;
        bw_story_number status = bw_story_decimal_count(CASES[i].value, CASES[i].unit, &count);
        if (status != CASES[i].status || (status == BW_STORY_NUMBER_OK && count != CASES[i].count))
            fail_msg("case %zu: status %d, count %lld", i, (int)status, (long long)count);
    }
}

static void units_are_normal(void **state)
{
    (void)state;
    bw_story_unit unit;
    assert_int_equal(bw_story_decimal_unit((bw_story_decimal){100, 0}, 999, &unit), BW_STORY_NUMBER_OK);
    assert_int_equal(unit.mantissa, 1);
    assert_int_equal(unit.exponent, 2);
    assert_int_equal(bw_story_decimal_unit((bw_story_decimal){25, 2}, 999, &unit), BW_STORY_NUMBER_OK);
    assert_int_equal(unit.mantissa, 25);
    assert_int_equal(unit.exponent, -2);
    assert_int_equal(bw_story_decimal_unit((bw_story_decimal){1001, 3}, 999, &unit), BW_STORY_NUMBER_LARGE);
    assert_int_equal(bw_story_decimal_unit((bw_story_decimal){0, 0}, 999, &unit), BW_STORY_NUMBER_LARGE);
    assert_int_equal(bw_story_decimal_unit((bw_story_decimal){-1, 0}, 999, &unit), BW_STORY_NUMBER_LARGE);
}

static void amounts_are_written(void **state)
{
    (void)state;
    static const struct {
        int64_t count;
        bw_story_unit unit;
        int32_t decimals_min;
        const char *text;
    } CASES[] = {
        {5000000, {1, -6}, 2, "5.00"}, {10150000, {1, -6}, 2, "10.15"}, {-1, {1, -6}, 2, "-0.000001"},
        {0, {1, -6}, 2, "0.00"}, {333333, {1, -6}, 2, "0.333333"}, {10, {1, -1}, 2, "1.0"}, {7, {1, 0}, 2, "7"},
        {1000, {1, -1}, 1, "100.0"}, {1500, {1, -3}, 0, "1.5"}, {2000, {1, -3}, 0, "2"}, {3, {1, 2}, 0, "300"},
        {0, {1, 2}, 0, "0"}, {401, {25, -2}, 2, "100.25"}, {INT64_MIN, {1, -9}, 2, "-9223372036.854775808"},
        {INT64_C(1) << 40, {999999, -6}, 6, "1099510528264.372224"}, {INT64_C(1) << 53, {999, -3}, 0,
        "8998192055486251.008"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        bw_story_text text = {0};
        bw_story_put_units(&text, CASES[i].count, CASES[i].unit, CASES[i].decimals_min);
        assert_string_equal(text.bytes, CASES[i].text);
    }
}

/* What is written can be read again, to the same count. */
static void written_and_read_agree(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (int i = 0; i < 20000; i++) {
        bw_story_unit unit = {(int64_t)check_random_below(&random, 999) + 1, (int32_t)check_random_below(&random, 12) - 9};
        if (unit.mantissa % 10 == 0)
            unit.mantissa++;
        int64_t count = (int64_t)check_random_bits(&random, 53) * (check_random_below(&random, 2) ? 1 : -1), back;
        if (unit.exponent > 0)
            count %= 1000000000000;
        bw_story_text text = {0};
        bw_story_decimal value;
        bw_story_put_units(&text, count, unit, (int32_t)check_random_below(&random, 4));
        assert_int_equal(bw_story_decimal_parse(text.bytes, text.length, &value), BW_STORY_NUMBER_OK);
        assert_int_equal(bw_story_decimal_count(value, unit, &back), BW_STORY_NUMBER_OK);
        assert_true(back == count);
    }
}

static void durations_and_times(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t ns;   /* -1: refused */
    } DURATIONS[] = {
        {"500ms", 500000000}, {"8h", INT64_C(28800000000000)}, {"30s", 30000000000}, {"1.5s", 1500000000},
        {"0s", 0}, {"2d", INT64_C(172800000000000)}, {"1m", 60000000000}, {"7ns", 7}, {"3us", 3000}, {"0.5ns", -1},
        {"-1s", -1}, {"s", -1}, {"5", -1}, {"5 s", -1}, {"5w", -1}, {"300000d", -1},
    };
    for (size_t i = 0; i < sizeof DURATIONS / sizeof *DURATIONS; i++) {
        int64_t ns = -1;
        bw_story_number status = bw_story_duration_parse(DURATIONS[i].text, strlen(DURATIONS[i].text), &ns);
        if ((status == BW_STORY_NUMBER_OK ? ns : -1) != DURATIONS[i].ns)
            fail_msg("'%s': status %d, %lld ns", DURATIONS[i].text, (int)status, (long long)ns);
    }
    const int64_t day = INT64_C(1760054400) * 1000000000;   /* 2025-10-10T00:00:00Z */
    static const struct {
        const char *text;
        int64_t seconds;   /* of the day; -1: refused */
    } TIMES[] = {
        {"2025-10-10T21:15:03Z", 76503}, {"21:15:03", 76503}, {"+3s", 3}, {"24:00:00", -1}, {"21:15", -1},
        {"2025-13-10T21:15:03Z", -1}, {"2025-02-29T00:00:00Z", -1}, {"2025-10-10", -1}, {"21:15:03.", -1},
        {"+", -1}, {"2025-10-11T00:00:01Z", 86401},
    };
    for (size_t i = 0; i < sizeof TIMES / sizeof *TIMES; i++) {
        int64_t ns = 0;
        bw_story_number status = bw_story_time_parse(TIMES[i].text, strlen(TIMES[i].text), day + 5, day, &ns);
        if ((status == BW_STORY_NUMBER_OK ? (ns - day) / 1000000000 : -1) != TIMES[i].seconds)
            fail_msg("'%s': status %d, %lld ns", TIMES[i].text, (int)status, (long long)(ns - day));
    }
    bw_story_text text = {0};
    bw_story_put_date(&text, day - 1);
    bw_story_put(&text, " ");
    bw_story_put_clock(&text, day + 76503250000000);
    assert_string_equal(text.bytes, "2025-10-09 21:15:03.25");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read), cmocka_unit_test(counts_of_units_are_exact),
        cmocka_unit_test(units_are_normal), cmocka_unit_test(amounts_are_written),
        cmocka_unit_test(written_and_read_agree), cmocka_unit_test(durations_and_times),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
