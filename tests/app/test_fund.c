/* breakwater fund: the curve against `stress`, any number of processes, sizes and targets, the stress set, wrong input. */
#include <math.h>

#include "shell.h"

#define FUND "breakwater fund $R/reference.story --accounts 500 "

static json_t *json_of_run(const char *options)
{
    char line[512];
    snprintf(line, sizeof line, FUND "%s %s --json x.json", strstr(options, "--paths") ? "" : "--paths 150", options);
    must(line, 0);
    json_t *json = json_of("x.json");
    must("rm x.json", 0);
    return json;
}

/* A point of the curve is what `stress` says of a venue with that fund. */
static void a_point_is_a_run_of_stress(void **state)
{
    (void)state;
    json_t *fund = json_of_run("--sizes 50000000,60000000");
    const json_t *curve = json_object_get(fund, "curve");
    assert_int_equal(json_array_size(curve), 2);
    for (size_t i = 0; i < 2; i++) {
        must(i == 0 ? "breakwater stress $R/reference.story --accounts 500 --paths 150 --json y.json"
                    : "breakwater stress $R/reference.story --accounts 500 --paths 150 --fund 10000000 --json y.json", 0);
        json_t *stress = json_of("y.json");
        const json_t *point = json_array_get(curve, i);
        assert_true(json_equal(json_object_get(point, "p_socialized"), json_object_get(stress, "p_charged")));
        assert_true(count(point, "played_paths") < 60);
        json_decref(stress);
    }
    assert_string_equal(word(fund, "present_fund"), "50000000.000000");
    assert_string_equal(word(fund, "schema"), "breakwater-fund/1");
    json_decref(fund);
}

/* Also where a cap keeps the fund from paying all it has, and where fees flow into it on the way: what is left out is what charges nobody. */
static void other_rules_too(void **state)
{
    static const char *const RULES[] = {"event-cap 300000", "liquidation-fee 0.02", "window-cap 400000", "fund-floor 600000"};
    static const char *const FUNDS[] = {"", "--fund 1000000", "--fund 4000000"};
    (void)state;
    must("ln -sfn $R/reference reference", 0);
    for (size_t r = 0; r < sizeof RULES / sizeof *RULES; r++) {
        char line[512];
        snprintf(line, sizeof line, "sed 's/order-life 5s/order-life 5s %s/; s/deposit 50000000/deposit 1000000/' $R/reference.story >rules.story && breakwater fund rules.story "
                 "--accounts 500 --paths 150 --sizes 1000000,2000000,5000000 --json x.json", RULES[r]);
        must(line, 0);
        json_t *fund = json_of("x.json");
        for (size_t i = 0; i < 3; i++) {
            snprintf(line, sizeof line, "breakwater stress rules.story --accounts 500 --paths 150 %s --json y.json", FUNDS[i]);
            must(line, 0);
            json_t *stress = json_of("y.json");
            const json_t *point = json_array_get(json_object_get(fund, "curve"), i);
            if (!json_equal(json_object_get(point, "p_socialized"), json_object_get(stress, "p_charged")))
                fail_msg("%s, size %s", RULES[r], word(point, "fund"));
            if (i == 0)
                printf("# %s: %lld charged, %lld opened\n", RULES[r], count(json_object_get(point, "p_socialized"), "hits"),
                       count(fund, "opened_paths"));
            json_decref(stress);
        }
        json_decref(fund);
    }
    must("rm x.json y.json rules.story reference", 0);
}

/* A size counts as held all along: a point is what a story says that deposits it, where rules look back at what the fund held; and where
   the fund stands behind the traders, too. */
static void a_point_is_a_story_with_that_fund(void **state)
{
    static const char *const RULES[] = {"s/order-life 5s/order-life 5s window-cap-share 0.2/",
                                        "s/order-life 5s/order-life 5s drawdown-set 0.3 drawdown-clear 0.25 drawdown-min 1000/",
                                        "s/fund | shared-fund | capital/fund | capital/; s/| carryover$/| shared-fund | carryover/"};
    static const char *const MODES[] = {"--steps 40 --paths 150", "--one-shock --horizon 12h --paths 600", "--one-shock --horizon 6h --paths 600"};
    (void)state;
    must("ln -sfn $R/reference reference", 0);
    for (size_t r = 0; r < sizeof RULES / sizeof *RULES; r++) {
        char line[1024];
        long long hits = 0;
        snprintf(line, sizeof line, "sed '%s' $R/reference.story >rules.story && breakwater fund rules.story --accounts 500 %s "
                 "--sizes 1000000,5000000 --json x.json", RULES[r], MODES[r]);
        must(line, 0);
        json_t *fund = json_of("x.json");
        for (size_t i = 0; i < 2; i++) {
            snprintf(line, sizeof line, "sed 's/deposit 50000000/deposit %s/' rules.story >other.story && breakwater stress other.story "
                     "--accounts 500 %s --json y.json", i == 0 ? "1000000" : "5000000", MODES[r]);
            must(line, 0);
            json_t *stress = json_of("y.json");
            const json_t *point = json_array_get(json_object_get(fund, "curve"), i);
            hits += count(json_object_get(point, "p_socialized"), "hits");
            if (!json_equal(json_object_get(point, "p_socialized"), json_object_get(stress, "p_charged")))
                fail_msg("%s, size %s", RULES[r], word(point, "fund"));
            json_decref(stress);
        }
        printf("# %s: %lld hits\n", RULES[r], hits);
        assert_true(hits > 0);
        json_decref(fund);
    }
    must("rm x.json y.json rules.story other.story reference", 0);
}

static void any_number_of_processes(void **state)
{
    (void)state;
    json_t *one = json_of_run("--target 5% --threads 1"), *two = json_of_run("--target 5% --threads 3");
    assert_string_equal(word(one, "result_hash"), word(two, "result_hash"));
    assert_true(json_equal(json_object_get(one, "curve"), json_object_get(two, "curve")));
    assert_true(json_equal(json_object_get(one, "smallest_fund"), json_object_get(two, "smallest_fund")));
    const json_t *smallest = json_object_get(one, "smallest_fund");
    assert_true(json_is_null(json_object_get(one, "newsvendor")));          /* 150 paths cannot tell 0.0274% */
    assert_true(money(smallest, "value") > 0 && money(smallest, "low") <= money(smallest, "value"));
    json_decref(one);
    json_decref(two);
}

/* Capital so dear that no fund pays, and a fund as large as an amount can be; a venue without a fund has the size 0. */
static void limits_of_what_is_asked(void **state)
{
    (void)state;
    json_t *none = json_of_run("--paths 40 --capital-rate 100% --shortfall-cost 0.001 --horizon 2d");
    const json_t *least = json_object_get(none, "newsvendor");
    assert_true(money(least, "value") == 0 && money(least, "high") == 0);
    json_decref(none);
    json_decref(json_of_run("--paths 20 --fund 500000000000 --threads 2"));
    must("ln -sfn $R/reference reference && sed '/^fund/d' $R/reference.story >nofund.story", 0);
    must("breakwater fund nofund.story --accounts 300 --paths 60 --json x.json", 0);
    json_t *json = json_of("x.json");
    assert_string_equal(word(json_array_get(json_object_get(json, "curve"), 0), "fund"), "0.000000");
    assert_string_equal(word(json, "present_fund"), "0.000000");
    json_decref(json);
    must("rm x.json nofund.story reference", 0);
}

/* Dear capital wants a small fund: the size of least cost is the quantile at rate over cost. */
static void dear_capital_wants_a_small_fund(void **state)
{
    (void)state;
    json_t *cheap = json_of_run("--capital-rate 1000% --target 5%"), *dear = json_of_run("--capital-rate 4000% --target 5%");
    printf("# least cost at %s, where capital is dearer at %s\n", word(json_object_get(cheap, "newsvendor"), "value"),
           word(json_object_get(dear, "newsvendor"), "value"));
    assert_true(money(json_object_get(cheap, "newsvendor"), "value") > money(json_object_get(dear, "newsvendor"), "value"));
    json_decref(cheap);
    json_decref(dear);
    must(FUND "--paths 150 --capital-rate 1000% --fail-if 'newsvendor>1000'", 4);
    must(FUND "--paths 150 --capital-rate 1000% --fail-if 'newsvendor>100000000000'", 0);
    must(FUND "--paths 150 --fail-if 'newsvendor>1000'", 4);
    assert_non_null(strstr(err, "too few paths"));
}

static void the_stress_set_is_written(void **state)
{
    (void)state;
    must(FUND "--paths 150 --sizes 50000000 --covers c.csv >/dev/null && test $(grep -c '^4.4.3,' c.csv) = 2 && test $(grep -c '^4.4.7,' c.csv) = 2", 0);
    must("grep '^[^#]' c.csv | awk -F, '{ if (NF != 13) exit 1 }' && test $(grep -c '^,' c.csv) -ge 200", 0);
    json_t *json = json_of_run("--sizes 50000000");
    char line[256];
    snprintf(line, sizeof line, "grep -q '^4.4.3,.*given default,%s,' c.csv", word(json, "cover1"));
    must(line, 0);
    snprintf(line, sizeof line, "grep -q '^4.4.7,.*given default,[0-9.]*,%s,' c.csv", word(json, "cover2"));
    must(line, 0);
    json_decref(json);
    must("rm c.csv", 0);
}

/* One condition at a time, on the same paths: more jumps or less equity never help, and the base is the present fund's point. */
static void what_it_hangs_on(void **state)
{
    (void)state;
    json_t *json = json_of_run("--paths 400 --fund 1000000 --sizes 51000000 --sensitivities");
    const json_t *rows = json_object_get(json, "sensitivities"), *point = json_array_get(json_object_get(json, "curve"), 0);
    assert_int_equal(json_array_size(rows), 19);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        const char *difference = word(json_object_get(row, "p_difference"), "value");
        assert_true(json_equal(json_object_get(row, "p_base"), json_object_get(point, "p_socialized")));
        if (strcmp(word(row, "name"), "common jumps x 2") == 0) {
            printf("# twice the jumps: %s\n", difference);
            assert_true(strtod(difference, NULL) > 0);
        }
        if (strcmp(word(row, "name"), "fund +10%") == 0)
            assert_true(strtod(difference, NULL) <= 0);
    }
    json_decref(json);
}

static double down_of(const json_t *json, const char *name)
{
    const json_t *rows = json_object_get(json, "reverse");
    for (size_t i = 0; i < json_array_size(rows); i++)
        if (strcmp(word(json_array_get(rows, i), "name"), name) == 0)
            return json_is_true(json_object_get(json_array_get(rows, i), "exhausts"))
                       ? strtod(word(json_array_get(rows, i), "log_move"), NULL) : INFINITY;
    fail();
    return 0;
}

/* What exhausts a fund: a larger one needs no smaller move; the smallest move charges, and one a little smaller does not. */
static void what_exhausts_it(void **state)
{
    static const char *const NAMES[] = {"all markets down", "all markets up", "BTC down", "ETH up"};
    (void)state;
    json_t *small = json_of_run("--paths 50 --sizes 50000000 --reverse --threads 2");
    json_t *large = json_of_run("--paths 50 --sizes 250000000 --fund 200000000 --reverse");
    for (size_t i = 0; i < 4; i++) {
        printf("# %s: ln %.3f, with a larger fund %.3f\n", NAMES[i], down_of(small, NAMES[i]), down_of(large, NAMES[i]));
        assert_true(down_of(large, NAMES[i]) >= down_of(small, NAMES[i]));
    }
    assert_true(down_of(small, "all markets down") > .05 && down_of(small, "all markets down") < 1);
    assert_true(down_of(small, "all markets down") <= down_of(small, "BTC down"));
    json_decref(small);
    json_decref(large);
}

/* Rules without a bound: all paths are played for every size, and the screen says why. */
static void rules_without_a_bound(void **state)
{
    (void)state;
    must("ln -s $R/reference reference && sed 's/order-life 5s/order-life 5s penalty 0.01/' $R/reference.story >penalty.story", 0);
    must("breakwater fund penalty.story --accounts 300 --paths 40 --sizes 50000000 --json x.json", 0);
    assert_non_null(strstr(out, "penalty takes"));
    json_t *json = json_of("x.json");
    assert_int_equal(count(json_array_get(json_object_get(json, "curve"), 0), "played_paths"), 40);
    json_decref(json);
    must("rm x.json", 0);
}

static void wrong_command_lines(void **state)
{
    static const char *const WRONG[] = {"--sizes 5,5", "--sizes 1,x", "--sizes -1", "--target 0", "--target 101%",
                                        "--target x", "--capital-rate 0", "--shortfall-cost -1", "--fail-if p_adl>1", "--fail-if newsvendor",
                                        "--paths 0", "--covers x.json", "--shard 1/2"};
    (void)state;
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        char line[256];
        snprintf(line, sizeof line, FUND "%s --json x.json", WRONG[i]);
        must(line, 2);
        one_line();
        must("! test -e x.json", 0);
    }
    must("breakwater fund nowhere.story", 3);
    must(FUND "--paths 150 --sizes 1000000 --json /dev/full", 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_point_is_a_run_of_stress), cmocka_unit_test(other_rules_too), cmocka_unit_test(a_point_is_a_story_with_that_fund),
        cmocka_unit_test(any_number_of_processes),
        cmocka_unit_test(dear_capital_wants_a_small_fund), cmocka_unit_test(limits_of_what_is_asked), cmocka_unit_test(the_stress_set_is_written),
        cmocka_unit_test(what_it_hangs_on), cmocka_unit_test(what_exhausts_it), cmocka_unit_test(rules_without_a_bound), cmocka_unit_test(wrong_command_lines)};
    return cmocka_run_group_tests_name("app fund", tests, make_folder, remove_folder);
}
