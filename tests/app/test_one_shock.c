/* --one-shock: the same as the engine where no order book stands between, one set of paths for every fund, wrong input. */
#include "shell.h"

#define STORY "shock.story --accounts 1500 "

/* The reference book, whose list of quantities is `adl` alone: nobody waits for an order book. $1: more of sed's. */
static void make_story(const char *more)
{
    char line[512];
    snprintf(line, sizeof line, "ln -sfn $R/reference reference && sed 's/book | adl/adl/; %s' $R/reference.story >shock.story", more);
    must(line, 0);
}

static json_t *json_of_run(const char *command)
{
    char line[512];
    snprintf(line, sizeof line, "breakwater %s --json x.json", command);
    must(line, 0);
    json_t *json = json_of("x.json");
    must("rm x.json", 0);
    return json;
}

static void same_key(const json_t *a, const json_t *b, const char *key)
{
    assert_non_null(json_object_get(a, key));
    if (!json_equal(json_object_get(a, key), json_object_get(b, key)))
        fail_msg("%s differs", key);
}

/* A path of one step, played on the engine and by the accelerator: every outcome the same. */
static void the_engine_says_the_same(void **state)
{
    (void)state;
    make_story("");
    json_t *engine = json_of_run("stress " STORY "--paths 1500 --horizon 12h --steps 1");
    json_t *one = json_of_run("stress " STORY "--paths 1500 --horizon 12h --one-shock");
    json_t *three = json_of_run("stress " STORY "--paths 1500 --horizon 12h --one-shock --threads 3");
    assert_true(count(json_object_get(engine, "p_haircut"), "hits") > 0);
    same_key(engine, one, "result_hash");
    same_key(engine, one, "series");
    same_key(one, three, "result_hash");
    assert_true(json_is_true(json_object_get(one, "one_shock")));
    json_decref(engine);
    json_decref(one);
    json_decref(three);
}

/* It stands at the end of its step, when a window of the fund may be over. */
static void at_the_end_of_its_step(void **state)
{
    (void)state;
    make_story("s/order-life 5s/order-life 5s window-cap 3000000 window-cap-share 0.1/; s/deposit 50000000/deposit 2000000/; "
               "/^at /a fund main deposit 3000000");       /* after the window began */
    for (int h = 6; h <= 24; h += 3) {
        char line[256];
        snprintf(line, sizeof line, "stress " STORY "--paths 300 --horizon %dh --steps 1", h);
        json_t *engine = json_of_run(line);
        snprintf(line, sizeof line, "stress " STORY "--paths 300 --horizon %dh --one-shock", h);
        json_t *one = json_of_run(line);
        assert_true(count(json_object_get(engine, "p_charged"), "hits") > 0);
        same_key(engine, one, "result_hash");
        json_decref(engine);
        json_decref(one);
    }
}

/* Paths that the gap itself leaves out charge nobody; a run that is screened counts the same. */
static void screened_it_counts_the_same(void **state)
{
    (void)state;
    make_story("");
    json_t *all = json_of_run("stress " STORY "--paths 3000 --horizon 6h --one-shock");
    json_t *some = json_of_run("stress " STORY "--paths 3000 --horizon 6h --one-shock --screen --control 10");
    static const char *const KEYS[] = {"p_charged", "p_haircut", "p_carryover", "p_socialized"};
    for (size_t i = 0; i < 4; i++)
        same_key(all, some, KEYS[i]);
    same_key(json_object_get(json_object_get(all, "series"), "socialized"), json_object_get(json_object_get(some, "series"), "socialized"),
             "var");
    long long hits = count(json_object_get(all, "p_charged"), "hits"), passed = count(json_object_get(some, "screen"), "passed_paths");
    printf("# %llu paths charge somebody, %lld passed\n", hits, passed);
    assert_true(hits > 0 && passed >= hits && passed <= hits + 2);
    json_decref(all);
    json_decref(some);
}

static void points_are_runs_of_stress(const char *word_of_method)
{
    static const char *const MORE[] = {"", " --fund 10000000", " --fund 70000000"};
    json_t *fund = json_of_run("fund " STORY "--paths 3000 --horizon 6h --one-shock --sizes 50000000,60000000,120000000");
    assert_string_equal(word(fund, "method"), word_of_method);
    for (size_t i = 0; i < 3; i++) {
        char line[256];
        snprintf(line, sizeof line, "stress " STORY "--paths 3000 --horizon 6h --one-shock%s", MORE[i]);
        json_t *stress = json_of_run(line);
        const json_t *point = json_array_get(json_object_get(fund, "curve"), i);
        printf("# fund of %s: %s\n", word(point, "fund"), word(json_object_get(point, "p_socialized"), "value"));
        assert_true(json_equal(json_object_get(point, "p_socialized"), json_object_get(stress, "p_charged")));
        json_decref(stress);
    }
    json_decref(fund);
}

/* One set of paths for all sizes; and where a cap makes the fund's size matter, each size by itself. */
static void every_fund_is_a_run_of_stress(void **state)
{
    (void)state;
    make_story("");
    points_are_runs_of_stress("one set of paths");
    make_story("s/order-life 5s/order-life 5s event-cap 20000000/");
    points_are_runs_of_stress("runs per size, common random numbers");
}

/* The size for a target is the quantile of what is borne, also far below the sizes that are shown. */
static void small_funds_are_found(void **state)
{
    (void)state;
    make_story("");
    json_t *fund = json_of_run("fund " STORY "--paths 3000 --horizon 6h --one-shock --target 5% --capital-rate 200%");
    json_t *more = json_of_run("fund " STORY "--paths 3000 --horizon 6h --one-shock --target 5% --capital-rate 200% --sizes 0,1000 --threads 2");
    printf("# 5%%: %s, least cost: %s\n", word(json_object_get(fund, "smallest_fund"), "value"),
           word(json_object_get(fund, "newsvendor"), "value"));
    assert_true(money(json_object_get(fund, "smallest_fund"), "value") < INT64_C(12500000) * 1000000);
    assert_true(money(json_object_get(fund, "smallest_fund"), "value") > 0);
    same_key(fund, more, "smallest_fund");
    same_key(fund, more, "newsvendor");
    json_decref(fund);
    json_decref(more);
}

/* What else a fund is asked: changed conditions, reverse stress, models, each on the book as it then stands. */
static void what_else_a_fund_is_asked(void **state)
{
    (void)state;
    make_story("");
    json_t *fund = json_of_run("fund " STORY "--paths 2000 --horizon 12h --one-shock --sizes 50000000 --sensitivities --models --reverse");
    json_t *stress = json_of_run("stress " STORY "--paths 2000 --horizon 12h --one-shock --fund 5000000");
    const json_t *rows = json_object_get(fund, "sensitivities"), *row = json_array_get(rows, 0);
    assert_string_equal(word(row, "name"), "fund +10%");
    assert_true(json_equal(json_object_get(row, "p_changed"), json_object_get(stress, "p_charged")));
    for (size_t i = 0; i < json_array_size(rows); i++) {      /* more equity: the accelerator reads the book again */
        row = json_array_get(rows, i);
        if (strcmp(word(row, "name"), "leverage x 0.9") == 0)
            assert_true(strtod(word(json_object_get(row, "p_difference"), "value"), NULL) < 0);
    }
    assert_int_equal(json_array_size(json_object_get(fund, "models")), 2);
    assert_true(json_array_size(json_object_get(fund, "reverse")) > 4);
    json_decref(fund);
    json_decref(stress);
}

/* Prices beyond what a market knows: refused by the engine, with the market and both prices; cut in one shock, which says so. */
static void prices_beyond_the_market(void **state)
{
    (void)state;
    make_story("/^path/i model all factor-sd 1 horizon-low -20 step-low -20 horizon-high 5 step-high 5");
    must("breakwater stress " STORY "--paths 300 --horizon 1d --steps 1", 3);
    one_line();
    assert_non_null(strstr(err, " ticks, expected at most "));
    json_t *one = json_of_run("stress " STORY "--paths 300 --horizon 1d --one-shock");
    assert_true(count(one, "clipped_paths") > 0);
    json_decref(one);
}

static void wrong_input(void **state)
{
    static const char *const WRONG[] = {"stress " STORY "--one-shock --steps 2", "stress " STORY "--one-shock --report x.html",
                                        "stress " STORY "--one-shock --shard 1/2 --out x.shard",
                                        "fund " STORY "--one-shock --report x.html", "exposure " STORY "--one-shock --account 5",
                                        "fund " STORY "--one-shock --steps 1"};
    (void)state;
    make_story("");
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        char line[256];
        snprintf(line, sizeof line, "breakwater %s", WRONG[i]);
        must(line, 2);
        one_line();
    }
    make_story("s/order-life 5s/order-life 5s penalty 0.01/");
    must("breakwater stress " STORY "--one-shock", 3);
    one_line();
    assert_non_null(strstr(err, "one shock does not know penalties"));
    must("breakwater fund " STORY "--one-shock --paths 10", 3);
    one_line();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_engine_says_the_same), cmocka_unit_test(at_the_end_of_its_step), cmocka_unit_test(screened_it_counts_the_same),
        cmocka_unit_test(every_fund_is_a_run_of_stress), cmocka_unit_test(small_funds_are_found),
        cmocka_unit_test(what_else_a_fund_is_asked), cmocka_unit_test(prices_beyond_the_market), cmocka_unit_test(wrong_input)};
    return cmocka_run_group_tests_name("app one shock", tests, make_folder, remove_folder);
}
