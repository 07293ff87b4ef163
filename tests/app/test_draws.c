/* Where prices come from: the model, t only, a history; wrong words and wrong files. */
#include "shell.h"

#define STRESS "breakwater stress $R/reference.story --accounts 300 --paths 60 "

static const char *const KINDS[] = {"", "--draw model", "--draw t-only", "--draw bootstrap --history h.csv --block 6h",
                                    "--draw worst-days --history h.csv", "--draw replay --history h.csv"};
enum { COUNT = sizeof KINDS / sizeof *KINDS };

static void make_history(void)
{
    must("breakwater calibrate --simulate 60 --markets BTC,ETH,SOL,XRP:large,DOGE:mid,SUI:mid,kPEPE:mid,LDO:small --prices h.csv", 0);
}

static void every_kind_is_a_run_of_its_own(void **state)
{
    char hashes[COUNT][40], settings[COUNT][40];
    (void)state;
    make_history();
    for (size_t i = 0; i < COUNT; i++) {
        char line[256], two[40];
        for (int threads = 1; threads <= 2; threads++) {
            snprintf(line, sizeof line, STRESS "%s --threads %d --json x.json", KINDS[i], threads);
            must(line, 0);
            json_t *json = json_of("x.json");
            snprintf(threads == 1 ? hashes[i] : two, 40, "%s", json_string_value(json_object_get(json, "result_hash")));
            snprintf(settings[i], 40, "%s", json_string_value(json_object_get(json, "settings_hash")));
            assert_int_equal(count(json, "paths"), i == 5 ? 1 : 60);
            assert_non_null(strstr(json_string_value(json_object_get(json, "reproduce")), KINDS[i]));
            json_decref(json);
        }
        assert_string_equal(hashes[i], two);
    }
    assert_string_equal(hashes[0], hashes[1]);
    assert_string_equal(settings[0], settings[1]);
    for (size_t i = 2; i < COUNT; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(settings[i], settings[k]);
    must("rm h.csv x.json", 0);
}

/* With a bound the same, and the range over models has all four. */
static void bounds_and_ranges(void **state)
{
    (void)state;
    make_history();
    must("breakwater stress $R/reference.story --accounts 300 --paths 200 --draw bootstrap --history h.csv --screen --control 200", 0);
    must("breakwater fund $R/reference.story --accounts 300 --paths 60 --sizes 50000000 --models --history h.csv --json x.json", 0);
    json_t *json = json_of("x.json");
    const json_t *models = json_object_get(json, "models");
    assert_int_equal(json_array_size(models), 4);
    assert_true(json_equal(json_object_get(json_array_get(models, 0), "p_socialized"),
                           json_object_get(json_array_get(json_object_get(json, "curve"), 0), "p_socialized")));
    json_decref(json);
    must("rm h.csv x.json", 0);
}

static void wrong_words_and_files(void **state)
{
    static const char *const WRONG[] = {"--draw bootstra", "--draw bootstrap", "--block 6h", "--history h.csv --block 0s",
                                        "--history h.csv --worst 0%", "--history h.csv --scale x", "--history h.csv", "--draw t-only --history h.csv"};
    (void)state;
    make_history();
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        char line[256];
        snprintf(line, sizeof line, STRESS "%s", WRONG[i]);
        must(line, 2);
        one_line();
    }
    must(STRESS "--draw bootstra --history h.csv", 2);
    assert_non_null(strstr(err, "did you mean 'bootstrap'?"));
    must(STRESS "--draw bootstrap --history none.csv", 3);
    one_line();
    must("head -200 h.csv >short.csv; breakwater stress $R/reference.story --accounts 300 --draw bootstrap --history short.csv", 3);
    assert_non_null(strstr(err, "500"));
    must("sed '300s/,[^,]*/,0/' h.csv >zero.csv; breakwater stress $R/reference.story --accounts 300 --draw bootstrap --history zero.csv", 3);
    assert_non_null(strstr(err, "zero.csv:300"));
    must("cut -d, -f1-4 h.csv >few.csv; breakwater stress $R/reference.story --accounts 300 --draw bootstrap --history few.csv", 3);
    assert_non_null(strstr(err, "few.csv"));
    must("rm h.csv short.csv zero.csv few.csv", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_kind_is_a_run_of_its_own), cmocka_unit_test(bounds_and_ranges),
                                       cmocka_unit_test(wrong_words_and_files)};
    return cmocka_run_group_tests_name("app draws", tests, make_folder, remove_folder);
}
