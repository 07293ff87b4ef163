/* breakwater run --path N: what one simulated path comes to, alone, is what stress says of it. */
#include "shell.h"

#include "stress/outcome.h"

#define BOOK "$R/2025-03-26-jelly.story --accounts 300 "

enum { PATHS = 60, HEAD = 64 };    /* a shard's file: its head, then the outcomes (app/stress_result.h) */

/* Path `path` as stress plays it: the only one of its shard. */
static bw_stress_outcome stressed(long long path, const char *options)
{
    char line[512], name[256];
    bw_stress_outcome outcome;
    snprintf(line, sizeof line, "breakwater stress " BOOK "--paths %d %s --shard %lld/%d --out one.shard", PATHS, options, path + 1,
             PATHS);
    must(line, 0);
    snprintf(name, sizeof name, "%s/one.shard", folder);
    FILE *stream = fopen(name, "rb");
    assert_non_null(stream);
    assert_int_equal(fseek(stream, HEAD, SEEK_SET), 0);
    assert_int_equal(fread(&outcome, sizeof outcome, 1, stream), 1);
    fclose(stream);
    must("rm one.shard", 0);
    return outcome;
}

static void same_figures(long long path, const char *stress_options, const char *run_options)
{
    char line[512];
    bw_stress_outcome outcome = stressed(path, stress_options);
    snprintf(line, sizeof line, "breakwater run " BOOK "--path %lld %s --check --json x.json", path, run_options);
    must(line, 0);
    json_t *json = json_of("x.json");
    const json_t *paid = json_object_get(json, "paid_by_layer");
    assert_int_equal(money(json, "gap_total"), outcome.gap);
    assert_int_equal(money(paid, "fund") + money(paid, "shared_fund"), outcome.fund_use);
    assert_int_equal(money(paid, "capital") + money(paid, "backstop"), outcome.venue_paid);
    assert_int_equal(money(paid, "deleveraged"), outcome.deleveraged);
    assert_int_equal(money(paid, "haircut") + money(paid, "carryover"), outcome.socialized);
    assert_int_equal(money(json, "adl_notional"), outcome.adl_notional);
    assert_int_equal(count(json, "adl_accounts"), outcome.adl_accounts);
    assert_int_equal(count(json, "haircut_accounts"), outcome.haircut_accounts);
    assert_int_equal(count(json, "bankrupt_accounts"), outcome.bankrupt_accounts);
    assert_int_equal(count(json, "conservation_error"), 0);
    assert_int_equal(json_array_size(json_object_get(json, "measured_vs_replayed")), 0);
    json_decref(json);
    must("rm x.json", 0);
}

static void the_worst_path_again(void **state)
{
    (void)state;
    must("breakwater stress " BOOK "--paths 60 --json s.json", 0);
    json_t *json = json_of("s.json");
    long long worst = count(json, "worst_path");
    int64_t largest = money(json_object_get(json_object_get(json, "series"), "gap"), "largest");
    printf("# worst of %d paths (seed 1): path %lld\n", PATHS, worst);
    assert_int_equal(stressed(worst, "").gap, largest);
    assert_true(largest > 0 && stressed(worst, "").adl_legs > 0 && stressed(worst, "").socialized > 0);
    same_figures(worst, "", "");
    json_decref(json);
    must("rm s.json", 0);
}

/* Horizon, steps, seed and fund are those of the path; the book has its own seed. */
static void as_it_is_asked_for(void **state)
{
    (void)state;
    same_figures(7, "--seed 5 --horizon 6h --steps 50", "--path-seed 5 --horizon 6h --steps 50");
    same_figures(53, "--fund 3000000", "--fund 3000000");
    must("breakwater run " BOOK "--path 0 --json a.json && breakwater run " BOOK "--path 1 --json b.json", 0);
    json_t *a = json_of("a.json"), *b = json_of("b.json");
    assert_false(json_equal(json_object_get(a, "state_hash"), json_object_get(b, "state_hash")));
    json_decref(a);
    json_decref(b);
    must("rm a.json b.json", 0);
}

static void with_all_that_run_offers(void **state)
{
    (void)state;
    must("breakwater run " BOOK "--path 53 --trace t --report r.html --check", 0);
    assert_non_null(strstr(out, "simulated path 53"));
    must("grep -q 'is unhealthy' t", 0);
    must("grep -q -- '--accounts 300 --seed 1 --path 53 --horizon 1d --steps 240 --path-seed 1' r.html", 0);
    must("breakwater run $S --accounts 300 --path 2 --horizon 1h --steps 20 --json x.json --report r.html", 0);
    json_t *json = json_of("x.json");     /* what was measured on the day is nothing to compare with */
    assert_int_equal(json_array_size(json_object_get(json, "measured_vs_replayed")), 0);
    json_decref(json);
    must("rm t r.html x.json", 0);
}

static void wrong_command_lines(void **state)
{
    static const char *const WRONG[] = {"--path 100000000", "--path x", "--path 1 --horizon 0s", "--path 1 --steps 0",
                                        "--path 1 --path-seed 9223372036854775808", "--horizon 1d", "--steps 10", "--path-seed 1",
                                        "--path 1 --horizon 1s --steps 5000"};
    (void)state;
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        char line[256];
        snprintf(line, sizeof line, "breakwater run " BOOK "%s --json x.json", WRONG[i]);
        must(line, 2);
        one_line();
        assert_string_equal(out, "");
        must("! test -e x.json", 0);
    }
    must("breakwater run $R/adl-binance.story --path 1", 2);
    assert_non_null(strstr(err, "--path"));
    must("sed '/^path/i model all jumps 5000' $R/2025-03-26-jelly.story >wild.story; ln -s $R/2025-03-26-jelly 2025-03-26-jelly", 0);
    must("breakwater run wild.story --accounts 300 --path 1", 3);
    one_line();
    must("rm wild.story 2025-03-26-jelly", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_worst_path_again), cmocka_unit_test(as_it_is_asked_for),
                                       cmocka_unit_test(with_all_that_run_offers), cmocka_unit_test(wrong_command_lines)};
    return cmocka_run_group_tests_name("app run path", tests, make_folder, remove_folder);
}
