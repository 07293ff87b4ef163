/* breakwater calibrate: simulated prices come back as settings that a story takes; wrong input; outputs whole or not there. */
#include "shell.h"

static void prices_to_a_story(void **state)
{
    (void)state;
    must("breakwater calibrate --simulate 60 --markets JELLY:small --seed 3 --prices in.csv", 0);
    must("breakwater calibrate in.csv --effort 5 --json x.json --story in.model >screen", 0);
    must("grep -q 'ONE FOR ALL MARKETS' screen && grep -q 'OUT OF SAMPLE' screen && ! grep -q nan screen", 0);
    json_t *json = json_of("x.json");
    assert_string_equal(word(json, "schema"), "breakwater-calibrate/1");
    assert_int_equal(count(json, "moves"), 1440);
    assert_int_equal(count(json, "interval_seconds"), 3600);
    assert_int_equal(count(json, "gap_count"), 0);
    json_t *market = json_array_get(json_object_get(json, "markets"), 0);
    assert_string_equal(word(market, "market"), "JELLY");
    static const char *const MOMENTS[] = {"sd", "kurtosis", "kurtosis_day", "acf_hour", "acf_day", "acf_week", "quantile_0.1",
                                          "quantile_99.9", "mean_excess", "drawdown"};
    for (size_t i = 0; i < sizeof MOMENTS / sizeof *MOMENTS; i++) {
        const json_t *moment = json_object_get(json_object_get(market, "moments"), MOMENTS[i]);
        assert_true(word(moment, "data")[0] != 0 && word(moment, "model")[0] != 0 && word(moment, "se")[0] != 0);
    }
    assert_int_equal(json_array_size(json_object_get(market, "hill")), 3);
    assert_non_null(json_object_get(json_object_get(market, "falls_out_of_sample"), "99.9"));
    const json_t *days = json_object_get(json, "day_by_exogenous_share");
    assert_string_equal(word(json_array_get(days, 0), "exogenous_share"), "0.000000000");
    assert_string_equal(word(json_array_get(days, 2), "exogenous_share"), "1.000000000");
    json_decref(json);
    must("grep -c '^model' in.model", 0);
    assert_int_equal(atoi(out), 3);
    /* the lines are taken where a story generates its book, and change what it draws */
    must("sed '/^generate/r in.model' $R/2025-03-26-jelly.story >in.story && ln -s $R/2025-03-26-jelly . && ls", 0);
    must("breakwater stress in.story --accounts 500 --paths 20 --steps 24 --json a.json >/dev/null", 0);
    must("breakwater stress $R/2025-03-26-jelly.story --accounts 500 --paths 20 --steps 24 --json b.json >/dev/null", 0);
    json_t *a = json_of("a.json"), *b = json_of("b.json");
    assert_string_not_equal(word(a, "result_hash"), word(b, "result_hash"));
    json_decref(a);
    json_decref(b);
    must("rm -r in.csv in.model in.story x.json a.json b.json screen 2025-03-26-jelly", 0);
}

static void simulated_prices(void **state)
{
    (void)state;
    must("breakwater calibrate --simulate 3 --markets BTC,DOGE:mid --interval 30m --seed 9 >one && "
         "breakwater calibrate --simulate 3 --markets BTC,DOGE:mid --interval 30m --seed 9 --prices two && cmp one two", 0);
    must("grep -v '^#' one | wc -l", 0);
    assert_int_equal(atoi(out), 1 + 1 + 3 * 48);
    must("sed -n 2,4p one", 0);
    assert_non_null(strstr(out, "time,BTC,DOGE\n2024-01-01T00:00:00Z,100.0000000"));
    must("breakwater calibrate --simulate 3 --markets BTC,DOGE:mid --interval 30m --seed 8 | cmp -s - one", 1);
    must("rm one two", 0);
}

/* The share scales the story's jumps and nothing that was found. */
static void the_share_from_outside(void **state)
{
    (void)state;
    must("breakwater calibrate --simulate 40 --markets BTC --prices in.csv", 0);
    must("breakwater calibrate in.csv --effort 5 --story one >/dev/null && breakwater calibrate in.csv --effort 5 --story half --exogenous-share 0.5 >/dev/null && "
         "breakwater calibrate in.csv --effort 5 --story none --exogenous-share 0 >/dev/null", 0);
    must("for i in one half none; do sed -n 's/^model all .* jumps \\([0-9.]*\\) .*/\\1/p' $i; done", 0);
    double jumps[3];
    assert_int_equal(sscanf(out, "%lf %lf %lf", &jumps[0], &jumps[1], &jumps[2]), 3);
    assert_true(jumps[0] > 0 && jumps[2] == 0 && jumps[1] * 2 - jumps[0] < 3e-9 && jumps[0] - jumps[1] * 2 < 3e-9);
    must("grep -v -e jumps one >a; grep -v -e jumps half | cmp - a && rm one half none a in.csv", 0);
}

static void wrong_command_lines(void **state)
{
    static const char *const WRONG[] = {"", "a.csv b.csv", "in.csv --exogenous-share 1.5", "in.csv --exogenous-share x", "in.csv --seed x",
                                        "in.csv --json - --story -", "in.csv --json in.csv", "--simulate 0", "--simulate 3661",
                                        "--simulate 5 in.csv", "--simulate 5 --interval 2d", "--simulate 5 --interval 1500ms",
                                        "--simulate 5 --markets BTC,BTC", "--simulate 5 --markets BTC:huge", "--simulate 5 --markets ,",
                                        "--simulate 3660 --interval 1s", "in.csv --markets BTC", "in.csv --effort 4", "--simulate 5 --json x.json"};
    (void)state;
    must("breakwater calibrate --simulate 30 --markets BTC --prices in.csv", 0);
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        char line[256];
        snprintf(line, sizeof line, "breakwater calibrate %s", WRONG[i]);
        must(line, 2);
        one_line();
        assert_string_equal(out, "");
    }
    must("rm in.csv", 0);
    nothing_is_left();
}

static void wrong_prices(void **state)
{
    (void)state;
    must("breakwater calibrate nowhere.csv --json x.json", 3);
    one_line();
    must("breakwater calibrate --simulate 30 --markets BTC,ETH --prices in.csv", 0);
    must("sed '9s/,[0-9.]*$/,0/' in.csv >in.bad; breakwater calibrate in.bad --json x.json --story y", 3);
    assert_string_equal(err, "in.bad:9: ETH: found '0', expected a price above 0\n");
    must("head -300 in.csv | breakwater calibrate - --json x.json", 3);
    assert_string_equal(err, "-:300: line: found '297 moves from row to row', expected at least 500\n");
    must("printf 'market,BTC,ETH\\nBTC,1,0.5\\nETH,0.4,1\\n' >in.matrix; breakwater calibrate in.csv --correlation in.matrix --json x.json", 3);
    assert_string_equal(err, "in.matrix:3: BTC: found '0.4', expected the same number as in the other row of this pair\n");
    must("breakwater calibrate in.csv --correlation nowhere --json x.json", 3);
    one_line();
    must("breakwater calibrate in.csv --effort 5 --json /dev/full", 5);
    must("breakwater calibrate --simulate 3 --prices /dev/full", 5);
    must("rm in.csv in.bad in.matrix", 0);
    nothing_is_left();
}

static void ctrl_c_leaves_nothing(void **state)
{
    (void)state;
    must("breakwater calibrate --simulate 1500 --markets BTC,ETH,SOL,XRP --prices in.csv", 0);
    must("breakwater calibrate in.csv --json x.json --story y >/dev/null & sleep 1; kill -INT $!; wait $!", 130);
    must("rm in.csv", 0);
    nothing_is_left();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices_to_a_story), cmocka_unit_test(simulated_prices), cmocka_unit_test(the_share_from_outside),
        cmocka_unit_test(wrong_command_lines), cmocka_unit_test(wrong_prices), cmocka_unit_test(ctrl_c_leaves_nothing)};
    return cmocka_run_group_tests_name("app calibrate", tests, make_folder, remove_folder);
}
