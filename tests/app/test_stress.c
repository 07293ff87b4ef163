/* breakwater stress: the same bytes from any number of processes, a prefix of the same paths, stopping, gates, wrong input. */
#include "shell.h"

#define STRESS "breakwater stress $R/2025-03-26-jelly.story --accounts 500 "

static json_t *json_of_run(const char *options)
{
    char line[512];
    snprintf(line, sizeof line, STRESS "%s --json x.json", options);
    must(line, 0);
    json_t *json = json_of("x.json");
    must("rm x.json", 0);
    return json;
}

static void any_number_of_processes(void **state)
{
    (void)state;
    must(STRESS "--paths 700 --threads 1 --json - 2>screen | sed 's/\"elapsed_seconds\":[^,}]*//' >one", 0);
    must(STRESS "--paths 700 --threads 2 --json - 2>/dev/null | sed 's/\"elapsed_seconds\":[^,}]*//' | cmp - one", 0);
    must(STRESS "--paths 700 --threads 5 --json - 2>/dev/null | sed 's/\"elapsed_seconds\":[^,}]*//' | cmp - one", 0);
    must("grep -q 'WHAT MAY HAPPEN' screen && rm one screen", 0);
}

static void the_contract(void **state)
{
    static const char *const SERIES[] = {"gap", "fund_use", "socialized"}, *const LEVELS[] = {"95", "99", "99.9", "99.99"};
    (void)state;
    json_t *json = json_of_run("--paths 400 --horizon 12h --steps 60");
    assert_string_equal(word(json, "schema"), "breakwater-stress/1");
    assert_int_equal(count(json, "paths"), 400);
    assert_int_equal(count(json, "seed"), 1);
    assert_string_equal(word(json, "asset"), "USDC");
    assert_int_equal(strlen(word(json, "result_hash")), 32);
    for (size_t i = 0; i < 3; i++) {
        const json_t *series = json_object_get(json_object_get(json, "series"), SERIES[i]);
        assert_non_null(json_object_get(json_object_get(series, "mean"), "value"));
        for (size_t k = 0; k < 4; k++)
            assert_non_null(json_object_get(json_object_get(series, "var"), LEVELS[k]));
        assert_true(json_is_null(json_object_get(json_object_get(series, "es"), "99.99")));
    }
    static const char *const CHANCES[] = {"p_adl", "p_haircut", "p_carryover"};
    for (size_t i = 0; i < 3; i++) {
        const json_t *chance = json_object_get(json, CHANCES[i]);
        assert_true(strcmp(word(chance, "low"), word(chance, "value")) <= 0 && strcmp(word(chance, "value"), word(chance, "high")) <= 0);
    }
    json_decref(json);
}

/* Another seed, horizon, fund: other paths or other outcomes; the same seed: the same. */
static void what_a_result_depends_on(void **state)
{
    static const char *const OPTIONS[] = {"--paths 60", "--paths 60 --seed 2", "--paths 60 --horizon 1h", "--paths 60 --steps 100",
                                          "--paths 61"};
    enum { COUNT = sizeof OPTIONS / sizeof *OPTIONS };
    char hashes[COUNT][40];
    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        json_t *json = json_of_run(OPTIONS[i]);
        snprintf(hashes[i], sizeof hashes[i], "%s", word(json, "result_hash"));
        json_decref(json);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(hashes[i], hashes[k]);
    }
    json_t *again = json_of_run("--paths 60 --seed 1 --horizon 24h");
    assert_string_equal(word(again, "result_hash"), hashes[0]);
    json_decref(again);
}

/* A larger fund pays more and leaves less to be socialized, on the same paths. */
static void a_fund_helps(void **state)
{
    (void)state;
    json_t *small = json_of_run("--paths 300"), *large = json_of_run("--paths 300 --fund 1000000000");
    const json_t *of_small = json_object_get(json_object_get(json_object_get(small, "series"), "socialized"), "mean");
    const json_t *of_large = json_object_get(json_object_get(json_object_get(large, "series"), "socialized"), "mean");
    printf("# socialized on average: %s, with a larger fund %s\n", word(of_small, "value"), word(of_large, "value"));
    assert_true(money(of_large, "value") < money(of_small, "value"));
    json_decref(small);
    json_decref(large);
}

/* After a block of paths, not after a path, and at the same block for any number of processes. */
static void it_stops_when_it_knows_enough(void **state)
{
    (void)state;
    json_t *one = json_of_run("--paths 4000 --until ci=60% --threads 1"), *two = json_of_run("--paths 4000 --until ci=60% --threads 3");
    printf("# stopped after %lld paths\n", count(one, "paths"));
    assert_true(count(one, "paths") < 4000 && count(one, "paths") % 512 == 0);
    assert_string_equal(word(one, "result_hash"), word(two, "result_hash"));
    json_decref(one);
    json_decref(two);
}

static void gates(void **state)
{
    (void)state;
    must(STRESS "--paths 50 --fail-if 'p_liquidation>0.5'", 4);
    one_line();
    must(STRESS "--paths 50 --fail-if 'p_liquidation<0.5'", 0);
    must(STRESS "--paths 50 --fail-if 'var_gap_99.99>0'", 4);
    assert_non_null(strstr(err, "too few paths"));
    must(STRESS "--paths 50 --fail-if 'p_liquidaton>0.5'", 2);
    assert_non_null(strstr(err, "p_liquidation"));
}

static void wrong_command_lines(void **state)
{
    static const char *const WRONG[] = {"--paths 0", "--paths 100000001", "--steps 0", "--horizon 0s", "--horizon day", "--horizon 367d",
                                        "--horizon 1s --steps 5000", "--until ci=0%", "--until 5%", "--fail-if p_adl",
                                        "--fail-if 'smallest_fund>1'", "--threads 0", "--seed 9223372036854775808", "--hurry"};
    (void)state;
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        char line[256];
        snprintf(line, sizeof line, STRESS "%s --json x.json", WRONG[i]);
        must(line, 2);
        one_line();
        assert_string_equal(out, "");
        must("! test -e x.json", 0);
    }
    must("breakwater stress", 2);
    must("breakwater stress nowhere.story", 3);
    one_line();
    must("printf 'asset USDC decimals 6\\npool main asset USDC\\n' >in.story && breakwater stress in.story", 3);
    assert_non_null(strstr(err, "found no 'path'"));
    must(STRESS "--paths 3 --json /dev/full", 5);
}

static void ctrl_c_keeps_what_was_played(void **state)
{
    (void)state;
    must(STRESS "--paths 1000000 --threads 2 --json x.json >screen 2>/dev/null & sleep 3; kill -INT $!; wait $!", 130);
    json_t *json = json_of("x.json");
    printf("# interrupted after %lld paths\n", count(json, "paths"));
    assert_true(count(json, "paths") > 0 && count(json, "paths") < 1000000 && json_is_true(json_object_get(json, "partial")));
    json_decref(json);
    must("rm x.json screen && ! pgrep -f '[s]tress.*--paths 1000000'", 0);
}

/* One run's bytes, from shards in any order; a shard that is cut, there twice, missing or of another run is refused. */
static void shards_make_the_same_result(void **state)
{
    (void)state;
    must(STRESS "--paths 130 --threads 2 --json - 2>/dev/null | sed 's/\"elapsed_seconds\":[^,}]*//' >whole", 0);
    for (int i = 1; i <= 3; i++) {
        char line[256];
        snprintf(line, sizeof line, STRESS "--paths 130 --shard %d/3 --out s%d", i, i);
        must(line, 0);
    }
    must("breakwater merge s3 s1 s2 --json - 2>/dev/null | sed 's/\"elapsed_seconds\":[^,}]*//' | cmp - whole", 0);
    must("breakwater merge s3 s1 s2 --fail-if 'p_liquidation>0.1' >/dev/null", 4);
    must("breakwater merge s1 s2", 3);
    one_line();
    must("breakwater merge s1 s2 s3 s2", 3);
    one_line();
    must("head -c 3000 s2 >cut && breakwater merge s1 cut s3", 3);
    assert_non_null(strstr(err, "expected a whole shard"));
    must(STRESS "--paths 130 --seed 2 --shard 2/3 --out other && breakwater merge s1 other s3", 3);
    one_line();
    must("breakwater merge whole", 3);
    must("breakwater merge nowhere", 3);
    must("breakwater merge", 2);
    must(STRESS "--paths 2 --shard 1/3 --out s4", 2);
    must(STRESS "--paths 9 --shard 4/3 --out s4", 2);
    must(STRESS "--paths 9 --shard 1/3", 2);
    must(STRESS "--paths 9 --shard 1/3 --out s4 --json x.json", 2);
    must("! test -e s4 && rm s1 s2 s3 cut other whole", 0);
}

/* The bound lets no path pass that charges anybody, on any story: the control is all paths, so it tries each of them; and then
   leaving paths out changes nothing that is said to rest on all of them. */
static void left_out_paths_charge_nobody(void **state)
{
    static const char *const RUNS[] = {
        "$R/reference.story --accounts 1000 --fund 5000000 --paths 400", "$R/2025-03-26-jelly.story --accounts 500 --paths 200",
        "$R/2025-10-10-usde.story --accounts 500 --paths 200", "$R/2025-10-10.story --accounts 300 --fund 20000000 --paths 100",
        "hedged.story --accounts 500 --fund 5000000 --paths 300", "$R/reference.story --accounts 1000 --paths 500 --steps 1 --horizon 1h",
        "collateral.story --accounts 500 --fund 5000000 --paths 200"};
    static const char *const KEYS[] = {"p_charged", "p_haircut", "p_carryover", "p_socialized"};
    (void)state;
    must("ln -s $R/reference reference && ln -s $R/2025-10-10-usde 2025-10-10-usde", 0);
    must("sed 's/seed 1/seed 1 hedge-share 0.8 position-share-max 0.05/' $R/reference.story >hedged.story", 0);
    must("sed '/^path/i model collateral own-jumps 2 own-jump-size 0.5' $R/2025-10-10-usde.story >collateral.story", 0);
    for (size_t i = 0; i < sizeof RUNS / sizeof *RUNS; i++) {
        char line[512];
        json_t *runs[3];
        static const char *const SCREENS[] = {"", "--screen --control 1000000", "--screen --control 1"};
        for (size_t k = 0; k < 3; k++) {
            snprintf(line, sizeof line, "breakwater stress %s %s --json x.json", RUNS[i], SCREENS[k]);
            must(line, 0);
            runs[k] = json_of("x.json");
        }
        for (size_t k = 0; k < sizeof KEYS / sizeof *KEYS; k++)
            for (size_t r = 1; r < 3; r++)
                assert_true(json_equal(json_object_get(runs[0], KEYS[k]), json_object_get(runs[r], KEYS[k])));
        const json_t *socialized = json_object_get(json_object_get(runs[0], "series"), "socialized");
        assert_true(json_equal(socialized, json_object_get(json_object_get(runs[2], "series"), "socialized")));
        int64_t left_out = count(runs[2], "paths") - count(json_object_get(runs[2], "screen"), "played_paths");
        assert_true(left_out > 0);
        for (size_t k = 0; k < 3; k++)
            json_decref(runs[k]);
    }
    must("rm x.json", 0);
}

/* Two-phase: fewer paths are played, the interval holds what all of them give, and any number of processes agrees. */
static void a_sample_of_those_that_pass(void **state)
{
    (void)state;
    json_t *runs[3];
    static const char *const OPTIONS[] = {"", "--runs 100", "--runs 100 --threads 3"};
    for (size_t k = 0; k < 3; k++) {
        char line[256];
        snprintf(line, sizeof line, "breakwater stress $R/reference.story --accounts 500 --paths 6000 --screen --control 20 %s --json x.json",
                 OPTIONS[k]);
        must(line, 0);
        runs[k] = json_of("x.json");
    }
    const json_t *all = json_object_get(runs[0], "p_charged"), *some = json_object_get(runs[1], "p_charged");
    printf("# of %lld that pass: all %s, 100 of them %s (%s to %s)\n", count(json_object_get(runs[0], "screen"), "passed_paths"),
           word(all, "value"), word(some, "value"), word(some, "low"), word(some, "high"));
    assert_true(count(json_object_get(runs[1], "screen"), "played_paths") <= 120);
    assert_true(count(json_object_get(runs[0], "screen"), "played_paths") > 130);
    double value = strtod(word(all, "value"), NULL);
    assert_true(strtod(word(some, "low"), NULL) <= value && value <= strtod(word(some, "high"), NULL));
    assert_true(json_equal(some, json_object_get(runs[2], "p_charged")));
    assert_string_equal(word(runs[1], "result_hash"), word(runs[2], "result_hash"));
    for (size_t k = 0; k < 3; k++)
        json_decref(runs[k]);
    must("rm x.json", 0);
    must(STRESS "--paths 10 --runs 200", 2);
    must(STRESS "--paths 10 --screen --runs 20", 2);
    must(STRESS "--paths 10 --screen --runs 200 --until ci=5%", 2);
}

/* Rules under which nothing is certain are refused with the reason. */
static void what_cannot_be_certified(void **state)
{
    (void)state;
    must("ln -sfn $R/reference reference", 0);
    must("sed 's/order-life 5s/order-life 5s penalty 0.01/' $R/reference.story >penalty.story", 0);
    must("breakwater stress penalty.story --accounts 500 --paths 10 --screen", 3);
    one_line();
    assert_non_null(strstr(err, "a penalty takes from accounts"));
    must("breakwater stress penalty.story --accounts 500 --paths 10 --control 5", 2);
    must("breakwater stress penalty.story --accounts 500 --paths 10 --screen --shard 1/2 --out x", 2);
    must("breakwater stress penalty.story --accounts 500 --paths 10 --screen --control 0", 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_processes), cmocka_unit_test(the_contract), cmocka_unit_test(what_a_result_depends_on),
        cmocka_unit_test(a_fund_helps), cmocka_unit_test(it_stops_when_it_knows_enough), cmocka_unit_test(gates),
        cmocka_unit_test(wrong_command_lines),
        cmocka_unit_test(shards_make_the_same_result), cmocka_unit_test(ctrl_c_keeps_what_was_played),
        cmocka_unit_test(left_out_paths_charge_nobody), cmocka_unit_test(a_sample_of_those_that_pass), cmocka_unit_test(what_cannot_be_certified)};
    return cmocka_run_group_tests_name("app stress", tests, make_folder, remove_folder);
}
