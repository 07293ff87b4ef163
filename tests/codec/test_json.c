/* test_json.c - places and their paths, numbers at their bounds, trees that are made. */
#include "check.h"

#include "codec/json.h"

static bw_json_node *parsed(const char *text)
{
    char message[128] = "";
    uint32_t line = 0;
    bw_json_node *node = bw_json_parse(text, strlen(text), message, sizeof message, &line);
    if (node == NULL)
        print_message("%u: %s\n", line, message);
    assert_non_null(node);
    return node;
}

static void refused(const char *text, uint32_t at)
{
    char message[128] = "";
    uint32_t line = 0;
    assert_null(bw_json_parse(text, strlen(text), message, sizeof message, &line));
    assert_int_equal(line, at);
    assert_true(message[0] != 0);
}

static void test_parse(void **unused)
{
    (void)unused;
    refused("", 1);
    refused("{\"a\": 1,\n\"a\": 2}", 2);
    refused("{\n\n\"a\": }", 3);
    refused("[1, 2", 1);
    refused("{} x", 1);
    refused("\"\xff\"", 1);
}

static void test_places(void **unused)
{
    (void)unused;
    char text[128];
    bw_json_node *tree = parsed("{\"a\": [{\"b c\": \"12\", \"d\": true}, null, 1.5, 7, \"x\\ny\"]}");
    bw_json root = bw_json_root(tree), a = bw_json_get(&root, "a"), first = bw_json_item(&a, 0);
    bw_json b = bw_json_get(&first, "b c"), d = bw_json_get(&first, "d"), none = bw_json_get(&b, "z");
    bw_json real = bw_json_item(&a, 2), whole = bw_json_item(&a, 3), odd = bw_json_item(&a, 4), beyond = bw_json_item(&a, 5);
    bool flag = false;
    assert_string_equal(bw_json_path(&b, text, sizeof text), "a[0].b c");
    assert_string_equal(bw_json_path(&none, text, sizeof text), "a[0].b c.z");
    assert_string_equal(bw_json_path(&root, text, sizeof text), "");
    assert_string_equal(bw_json_found(&none, text, sizeof text), "nothing");
    assert_string_equal(bw_json_found(&first, text, sizeof text), "an object");
    assert_string_equal(bw_json_found(&real, text, sizeof text), "a number");
    assert_string_equal(bw_json_found(&whole, text, sizeof text), "the number 7");
    assert_string_equal(bw_json_found(&odd, text, sizeof text), "'x?y'");
    assert_true(bw_json_boolean(&d, &flag) && flag);
    assert_false(bw_json_boolean(&b, &flag));
    assert_int_equal(bw_json_count(&a), 5);
    assert_int_equal(bw_json_kind_of(&beyond), BW_JSON_NOTHING);
    assert_null(bw_json_string(&d));
    bw_json_drop(tree);
}

static void check_digits(const char *digits)
{
    char text[BW_JSON_WIDE_TEXT];
    bw_wide value;
    assert_true(bw_json_wide_of(digits, &value));
    assert_string_equal(bw_json_digits(value, text), digits);
}

static void test_numbers(void **unused)
{
    (void)unused;
    static const char *const bad[] = {"", "-", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "--1", "1-",
                                      "1000000000000000000000000000000000000"};
    bw_wide value;
    check_digits("0");
    check_digits("-1");
    check_digits("9223372036854775808");
    check_digits("999999999999999999999999999999999999");
    check_digits("-999999999999999999999999999999999999");
    for (size_t n = 0; n < sizeof bad / sizeof bad[0]; n++)
        assert_false(bw_json_wide_of(bad[n], &value));
    assert_true(bw_json_is_integer(bad[10]));
    assert_false(bw_json_is_integer(bad[9]));
    char text[BW_JSON_WIDE_TEXT];
    bw_wide lowest = bw_wide_sub(bw_wide_negate(bw_wide_power2(126)), bw_wide_power2(126));
    assert_string_equal(bw_json_digits(lowest, text), "-170141183460469231731687303715884105728");
}

static void test_made(void **unused)
{
    (void)unused;
    bw_json_node *tree = bw_json_new_object();
    bw_json_put(bw_json_within(bw_json_within(tree, "a"), "b"), "c", bw_json_new_wide(bw_wide_of(-5)));
    bw_json_put(bw_json_within(tree, "a"), "d", bw_json_new_boolean(true));
    bw_json root = bw_json_root(tree), a = bw_json_get(&root, "a"), b = bw_json_get(&a, "b"), c = bw_json_get(&b, "c");
    assert_string_equal(bw_json_string(&c), "-5");
    assert_int_equal(bw_json_count(&a), 2);
    bw_json_drop(tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_parse), cmocka_unit_test(test_places),
                                       cmocka_unit_test(test_numbers), cmocka_unit_test(test_made)};
    return cmocka_run_group_tests_name("codec json", tests, NULL, NULL);
}
