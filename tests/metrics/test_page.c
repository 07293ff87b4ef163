/* Numbers and times as people read them. */
#include "check.h"

#include "metrics/page.h"

static const char *text(const bw_page *page)
{
    static char bytes[256];
    bw_page copy = *page;
    bw_page_end(&copy);
    memcpy(bytes, copy.buffer, copy.length + 1);
    return bytes;
}

#define expect(call, wanted)                                   \
    do {                                                       \
        char bytes[256];                                       \
        bw_page page = bw_page_open(bytes, sizeof bytes);      \
        call;                                                  \
        assert_string_equal(text(&page), wanted);              \
    } while (0)

static void short_numbers_have_three_digits(void **state)
{
    (void)state;
    expect(bw_page_short(&page, 0, 6), "0");
    expect(bw_page_short(&page, 2103100000000000, 6), "2.10B");
    expect(bw_page_short(&page, 45600000000000, 6), "45.6M");
    expect(bw_page_short(&page, -812400000, 6), "-812");
    expect(bw_page_short(&page, 999600000, 6), "1.00k");
    expect(bw_page_short(&page, 999499999, 6), "999");
    expect(bw_page_short(&page, 5231, 0), "5.23k");
    expect(bw_page_short(&page, 52, 0), "52");
    expect(bw_page_short(&page, 52341, 6), "0.0523");
    expect(bw_page_short(&page, 7, 6), "0.000007");
    expect(bw_page_short(&page, 999999, 6), "1.00");
    expect(bw_page_short(&page, 1230000, 6), "1.23");
    expect(bw_page_short(&page, INT64_MAX, 0), "9,223,372T");
    expect(bw_page_short(&page, INT64_MIN, 6), "-9.22T");
}

static void exact_numbers_keep_every_digit(void **state)
{
    (void)state;
    expect(bw_page_amount(&page, 12345600000, 6), "12345.600000");
    expect(bw_page_amount_grouped(&page, -12345600000, 6), "-12,345.600000");
    expect(bw_page_amount(&page, -5, 6), "-0.000005");
    expect(bw_page_amount(&page, INT64_MIN, 0), "-9223372036854775808");
    expect(bw_page_grouped(&page, 1000), "1,000");
    expect(bw_page_grouped(&page, 999), "999");
    expect(bw_page_hex(&page, 0xabc), "0000000000000abc");
}

static void rounding_is_to_the_nearest(void **state)
{
    (void)state;
    expect(bw_page_percent(&page, 644500, 1), "64.5%");
    expect(bw_page_percent(&page, 644499, 1), "64.4%");
    expect(bw_page_percent(&page, -499, 1), "0.0%");
    expect(bw_page_scaled(&page, 2103149999, 6, 0, 1), "2,103.1");
    expect(bw_page_scaled(&page, 2103150000, 6, 0, 1), "2,103.2");
    expect(bw_page_scaled(&page, 1874204999999999, 6, 6, 2), "1,874.20");
    expect(bw_page_scaled(&page, 5, 0, 0, 2), "5");
}

static void prices_have_the_decimals_of_their_tick(void **state)
{
    (void)state;
    expect(bw_page_price(&page, 107400, 1000000000), "107,400");
    expect(bw_page_price(&page, 346790, 10000000), "3,467.90");
    expect(bw_page_price(&page, 3, 1), "0.000000003");
    expect(bw_page_price(&page, INT64_MAX, 999999999), "?");
}

static void times_are_utc(void **state)
{
    (void)state;
    const int64_t at = INT64_C(1760130964061700000);
    expect(bw_page_clock(&page, at, 0), "21:16:04");
    expect(bw_page_clock(&page, at, 1), "21:16:04.0");
    expect(bw_page_clock(&page, at, 4), "21:16:04.0617");
    expect(bw_page_date(&page, at), "2025-10-10");
    expect(bw_page_date(&page, 0), "1970-01-01");
    expect(bw_page_date(&page, INT64_C(951782400000000000)), "2000-02-29");
    expect(bw_page_date(&page, INT64_C(951868800000000000)), "2000-03-01");
    expect(bw_page_date(&page, INT64_C(1767139200000000000)), "2025-12-31");
}

static void columns_line_up(void **state)
{
    (void)state;
    expect((bw_page_put(&page, "ab\nc"), bw_page_tab(&page, 4), bw_page_put(&page, "d")), "ab\nc   d");
    expect((bw_page_put(&page, "c"), bw_page_right(&page, "12", 6)), "c   12");
    expect((bw_page_put(&page, "longer"), bw_page_right(&page, "12", 6)), "longer12");
}

static void what_does_not_fit_is_counted(void **state)
{
    (void)state;
    char bytes[4] = "xyz";
    bw_page page = bw_page_open(bytes, 3);
    bw_page_put(&page, "hello");
    assert_int_equal(bw_page_end(&page), 5);
    assert_string_equal(bytes, "he");
    page = bw_page_open(NULL, 0);
    bw_page_put(&page, "hello");
    assert_int_equal(bw_page_end(&page), 5);
}

static void decimals_are_parsed_exactly(void **state)
{
    int64_t nano;
    (void)state;
    assert_true(bw_page_parse_nano("2103.1", &nano) && nano == 2103100000000);
    assert_true(bw_page_parse_nano("-566.1", &nano) && nano == -566100000000);
    assert_true(bw_page_parse_nano("1", &nano) && nano == 1000000000);
    assert_false(bw_page_parse_nano("", &nano));
    assert_false(bw_page_parse_nano(".", &nano));
    assert_false(bw_page_parse_nano("1.0000000001", &nano));
    assert_false(bw_page_parse_nano("1e5", &nano));
    assert_false(bw_page_parse_nano("99999999999", &nano));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_numbers_have_three_digits), cmocka_unit_test(exact_numbers_keep_every_digit),
        cmocka_unit_test(rounding_is_to_the_nearest), cmocka_unit_test(prices_have_the_decimals_of_their_tick),
        cmocka_unit_test(times_are_utc), cmocka_unit_test(columns_line_up),
        cmocka_unit_test(what_does_not_fit_is_counted), cmocka_unit_test(decimals_are_parsed_exactly)};
    return cmocka_run_group_tests_name("metrics/page", tests, NULL, NULL);
}
