/* `breakwater run`: results that agree with each other, the same bytes, bad input, an end by Ctrl-C. */
#include "shell.h"

static void the_json_is_the_contract(void **state)
{
    static const char *const COUNTS[] = {"accounts", "liquidated_accounts", "bankrupt_accounts", "adl_accounts",
                                         "haircut_accounts", "rounds", "commands", "events", "seed"};
    static const char *const LAYERS[] = {"fund", "shared_fund", "capital", "backstop", "deleveraged", "haircut",
                                         "carryover"};
    long long sum = 0;
    (void)state;
    must("breakwater run $S --accounts 2000 --json x.json", 0);
    json_t *json = json_of("x.json");
    assert_string_equal(json_string_value(json_object_iter_value(json_object_iter(json))), "breakwater-run/1");
    for (size_t i = 0; i < sizeof COUNTS / sizeof *COUNTS; i++)
        assert_true(count(json, COUNTS[i]) >= 0);
    const json_t *paid = json_object_get(json, "paid_by_layer");
    assert_int_equal(json_object_size(paid), 7);
    for (size_t i = 0; i < sizeof LAYERS / sizeof *LAYERS; i++)
        sum += money(paid, LAYERS[i]);
    assert_int_equal(sum, money(json, "gap_total"));
    assert_int_equal(count(json, "conservation_error"), 0);
    assert_true(money(json, "adl_notional") > 0 && money(json, "carryover") >= 0 && money(json, "claims") >= 0);
    assert_int_equal(count(json, "seed"), 1);
    assert_true(json_is_false(json_object_get(json, "partial")));
    assert_true(json_is_number(json_object_get(json, "elapsed_seconds")));
    assert_int_equal(strlen(json_string_value(json_object_get(json, "state_hash"))), 32);
    assert_true(json_array_size(json_object_get(json, "measured_vs_replayed")) > 20);
    json_decref(json);
    must("rm x.json", 0);
}

static void the_screen_tells_it(void **state)
{
    (void)state;
    must("breakwater run $S --accounts 2000", 0);
    assert_string_equal(err, "");
    static const char *const SAID[] = {"WHAT HAPPENED", "WHO PAID THE GAP", "MEASURED AGAINST REPLAYED", "seed 1",
                                       "measured ", "other venue", "shaped", "conservation error 0"};
    for (size_t i = 0; i < sizeof SAID / sizeof *SAID; i++)
        assert_non_null(strstr(out, SAID[i]));
}

static void same_input_same_bytes(void **state)
{
    (void)state;
    must("breakwater run $S --accounts 2000 --json a.json >a.txt && breakwater run $S --accounts 2000 --threads 2 "
         "--json b.json --trace b.trace >b.txt && cmp a.txt b.txt && for f in a b; do sed 's/\"elapsed_seconds\": "
         "[0-9.]*//' $f.json >$f.cut; done; cmp a.cut b.cut", 0);
    must("breakwater run $S --accounts 2000 --seed 2 --json - 2>screen | grep -o '\"state_hash\": \"[0-9a-f]*\"' "
         ">c.hash; grep -o '\"state_hash\": \"[0-9a-f]*\"' a.json >a.hash; ! cmp -s a.hash c.hash", 0);
    must("grep -q 'seed 2' screen && test -s b.trace && rm -f a.* b.* c.* screen", 0);
}

static void outputs_on_stdout(void **state)
{
    (void)state;
    must("breakwater run $S --accounts 300 --json -", 0);
    assert_int_equal(out[0], '{');
    assert_non_null(strstr(err, "WHO PAID THE GAP"));
    must("breakwater run $S --accounts 300 --report -", 0);
    assert_memory_equal(out, "<!doctype html>", 15);
    must("breakwater run $S --accounts 300 --report r.html && test -s r.html && rm r.html", 0);
}

static void every_rule_holds_all_the_way(void **state)
{
    (void)state;
    must("breakwater run $S --accounts 100 --seed 3 --check", 0);
}

#define STORY                                                                                                         \
    "printf 'asset USDC decimals 6\\npool main asset USDC money fund | deleveraged price zero | carryover\\n"          \
    "market BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025\\nfund main deposit 10\\n"                     \
    "deposit alice 10 USDC\\ndeposit bob 50 USDC\\nmark BTC-PERP 100.0\\n"                                            \
    "trade BTC-PERP buy alice sell bob 1.5 @ 100.0\\nmark BTC-PERP 79.9\\nexpect fund paid "

static void a_plain_story_runs_too(void **state)
{
    (void)state;
    must(STORY "10.00\\n' | breakwater run - --check --json x.json", 0);
    json_t *json = json_of("x.json");
    assert_int_equal(money(json, "gap_total"), 20150000);
    assert_int_equal(money(json_object_get(json, "paid_by_layer"), "fund"), 10000000);
    assert_int_equal(money(json_object_get(json, "paid_by_layer"), "deleveraged"), 10150000);
    assert_int_equal(count(json, "bankrupt_accounts"), 1);
    json_decref(json);
    must("rm x.json", 0);
    must(STORY "11\\n' | breakwater run -", 1);
    one_line();
    assert_memory_equal(err, "-:10: ", 6);
    must(STORY "10.00\\n' | breakwater run - --accounts 50", 2);
}

static void wrong_command_lines(void **state)
{
    (void)state;
    static const char *const LINES[] = {
        "breakwater run", "breakwater run $S --acounts 5", "breakwater run $S --accounts 3",
        "breakwater run $S --accounts x", "breakwater run $S --threads 0", "breakwater run $S more",
        "breakwater run $S --json - --trace -", "breakwater run $S --accounts 99999999999",
    };
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        must(LINES[i], 2);
        assert_string_equal(out, "");
        one_line();
    }
    nothing_is_left();
}

/* A copy of the scenario's facts with one thing spoilt by sed. */
static void spoilt(const char *file, const char *sed, const char *message)
{
    char line[1024];
    snprintf(line, sizeof line,
             "mkdir -p in && cp $S in/ && cp -r $D in/ && sed '%s' $D/%s >in/2025-10-10/%s; breakwater run "
             "in/2025-10-10.story --accounts 300 --json x.json --report x.html --trace x.trace", sed, file, file);
    must(line, 3);
    assert_string_equal(out, "");
    one_line();
    if (strncmp(err, message, strlen(message)) != 0)
        fail_msg("found '%s', expected it to begin with '%s'", err, message);
    nothing_is_left();
}

static void wrong_files(void **state)
{
    (void)state;
    spoilt("markets.csv", "s/,class,tick_usd/,tick_usd/", "in/2025-10-10/markets.csv:6: header: ");
    spoilt("markets.csv", "s/^ETH,eth,0.01,/ETH,eht,0.01,/", "in/2025-10-10/markets.csv:8: class: found 'eht'");
    spoilt("prices.csv", "s/^BTC,2025-10-10T20:46:00Z,116975.8/BTC,2025-10-10T20:46:00Z,much/",
           "in/2025-10-10/prices.csv:11: price_usd: found 'much'");
    spoilt("measured.csv", "s/^adl_fills,count,34983/adl_fills,count/", "in/2025-10-10/measured.csv:5: ");
    spoilt("prices.csv", "/^ENA/d", "in/2025-10-10.story:");
    must("rm -rf in/*; breakwater run in/none.story --json x.json", 3);
    one_line();
    must("sed \"/^notes/d; s/markets.csv/market.csv/\" $S >in/s.story; breakwater run in/s.story", 3);
    assert_memory_equal(err, "in/s.story:6: found the file '2025-10-10/market.csv', which cannot be opened", 76);
    must("rm -rf in", 0);
    nothing_is_left();
}

static const struct {
    const char *story, *message;
} WRONG_WORDS[] = {
    {"generate in/m.csv acounts 5", "-:1: found 'acounts', expected a setting of the book; did you mean 'accounts'?"},
    {"generate", "-:1: found the end of the line, expected a file"},
    {"path x.csv", "-:1: found 'path', expected 'generate', an asset and a pool before it"},
    {"liquidity all depth 1", "-:1: found 'liquidity', expected 'generate' before it"},
    {"asset USDC decimals 6\\ngenerate in/m.csv", "-:2: found 'generate', expected it before the venue"},
    {"generate in/m.csv accounts 100\\nliquidity BTX depth 1", "-:2: found 'BTX', expected 'all', a class or a"},
    {"generate in/m.csv accounts 100\\nliquidity BTC dept 1",
     "-:2: found 'dept', expected a setting of the liquidity; did you mean 'depth'?"},
    {"generate in/m.csv accounts 100\\nliquidity BTC depth 0", "-:2: found a liquidity depth out of range"},
    {"model all tail 4", "-:1: found 'model', expected 'generate' before it"},
    {"generate in/m.csv accounts 100\\nmodel BTX tail 4", "-:2: found 'BTX', expected 'all', a class or a"},
    {"generate in/m.csv accounts 100\\nmodel collateral tail 4", "-:2: found 'collateral', expected 'all', a class or"},
    {"generate in/m.csv accounts 100 holder-share 0.1\\nmodel colateral tail 4",
     "-:2: found 'colateral', expected 'all', a class, a market of the scenario or 'collateral'; did you mean 'coll"},
    {"generate in/m.csv accounts 100\\nmodel BTC jump-spred 0.3",
     "-:2: found 'jump-spred', expected a setting of the model; did you mean 'jump-spread'?"},
    {"generate in/m.csv accounts 100\\nmodel all tail 4 tail 5", "-:2: found 'tail' again, expected it once"},
    {"generate in/m.csv accounts 100\\nmodel all tail", "-:2: found the end of the line, expected a number"},
    {"generate in/m.csv accounts 100\\nmodel all tail 2", "-:2: found tail 2, expected 2.1 to 100"},
    {"generate in/m.csv accounts 100\\nmodel SOL own-sd -0.1", "-:2: found own-sd -0.1, expected 0 to 5"},
    {"generate in/m.csv accounts 100\\nmodel all jump-branching 1", "-:2: found jump-branching 1, expected 0 to 0.95"},
    {"generate in/m.csv accounts 100\\nmodel BTC jumps 0.1",
     "-:2: found 'jumps', expected it after 'model all': it is one for all markets"},
    {"generate in/m.csv accounts 100\\nmodel all sector 16", "-:2: found '16', expected a sector from 0 to 15"},
    {"generate in/m.csv accounts 100\\nmodel all jump-up 0.15 jump-spread 0\\nmodel SOL jump-beta 7",
     "-:3: found jump-beta 7 with a mean jump upwards of 0.15, expected their product below 1"},
    {"generate in/m.csv accounts 100\\nasset USDC decimals 6\\npool main asset USDC\\npath $D/prices.csv evry 2",
     "-:4: found 'evry', expected measured, from, to, batch, guard, every or outage"},
    {"generate in/m.csv accounts 100\\nasset USDC decimals 6\\npool main asset USDC\\npath $D/prices.csv every 0",
     "-:4: found '0', expected 1 or more after every"},
    {"generate in/m.csv accounts 100\\nasset USDC decimals 6\\npool main asset USDC\\npath $D/prices.csv every 2 every 3",
     "-:4: found 'every' again, expected it once"},
    {"generate in/m.csv accounts 100\\nasset USDC decimals 6\\npool main asset USDC\\npath $D/prices.csv "
     "from 2025-10-10T21:20:00Z to 2025-10-10T21:10:00Z", "-:4: found a path that does not begin before it ends"},
    {"generate in/m.csv accounts 100\\nasset USDC decimals 6\\npool main asset USDC\\npath $D/prices.csv batch 1us",
     "-:4: found a batch too short"},
    {"generate in/m.csv accounts 100\\nasset USDC decimals 6\\npool main asset USDC\\nat 2025-10-10T22:00:00Z\\n"
     "path $D/prices.csv", "-:5: found a path from before the story's time"},
    {"generate in/m.csv accounts 100\\nasset USDC decimals 6\\npool main asset USDC\\npath $D/prices.csv "
     "outage 5", "-:4: found '5', expected 'from TIME for DURATION' after outage"},
    {"generate in/m.csv accounts 100\\nasset USDC decimals 6\\npool main asset USDC\\npath $D/prices.csv "
     "outage from 2025-10-10T21:00:00Z", "-:4: found the end of the line, expected 'for DURATION' after the beginning of the outage"},
    {"generate in/m.csv accounts 100\\nasset USDC decimals 6\\npool main asset USDC\\npath $D/prices.csv "
     "outage from 2025-10-10T21:00:00Z for 0s", "-:4: found '0s', expected a duration above 0"},
    {"generate in/m.csv accounts 100\\nasset USDC decimals 6\\npool main asset USDC\\npath $D/prices.csv "
     "outage from 2025-10-10T21:00:00Z for 50m", "-:4: found an outage that is not within the path"},
    {"generate in/m.csv accounts 100\\nasset USDC decimals 6\\npool main asset USDC\\npath $D/prices.csv "
     "outage from 2025-10-10T20:45:00Z for 5m", "-:4: found an outage that is not within the path"},
    {"generate in/m.csv accounts 100\\nliquidity BTC execution slice",
     "-:2: found 'slice', expected book, one-order, sliced or participation; did you mean 'sliced'?"},
    {"generate in/m.csv accounts 100\\nliquidity BTC execution sliced execution book",
     "-:2: found 'execution' again, expected it once"},
    {"generate in/m.csv accounts 100\\nliquidity BTC slice-share 1.5", "-:2: found a liquidity slice-share out of range"},
    {"generate in/m.csv accounts 100\\nliquidity BTC execution participation participation 0",
     "-:2: found a liquidity participation out of range"},
    {"runs", "-:1: found 'runs', expected 'generate' before it"},
    {"generate in/m.csv accounts 100\\nruns hazzard 1",
     "-:2: found 'hazzard', expected a setting of the runs; did you mean 'hazard'?"},
    {"generate in/m.csv accounts 100\\nruns from 1", "-:2: found '1', expected a share from 0 to 1 (from: below 1;"},
    {"generate in/m.csv accounts 100\\nruns close", "-:2: found the end of the line, expected a number"},
    {"generate in/m.csv accounts 100\\nruns slip 0.1 slip 0.2", "-:2: found 'slip' again, expected it once"},
    {"generate in/m.csv seed 1 seed 2", "-:1: found 'seed' again, expected it once"},
    {"generate in/m.csv short-share 0.1 short-share 0.2", "-:1: found 'short-share' again, expected it once"},
    {"generate in/m.csv accounts 100\\nliquidity BTC depth 1 depth 2", "-:2: found 'depth' again, expected it once"},
    {"generate in/m.csv accounts 100\\nasset USDC decimals 2\\npool main asset USDC\\npath $D/prices.csv",
     "-:4: found a pool whose asset has not 6 decimals"},
};

static void wrong_words(void **state)
{
    (void)state;
    must("mkdir -p in && cp $D/markets.csv in/m.csv", 0);
    for (size_t i = 0; i < sizeof WRONG_WORDS / sizeof *WRONG_WORDS; i++) {
        char line[1024];
        snprintf(line, sizeof line, "printf \"%s\\n\" | breakwater run - --json x.json", WRONG_WORDS[i].story);
        must(line, 3);
        one_line();
        if (strncmp(err, WRONG_WORDS[i].message, strlen(WRONG_WORDS[i].message)) != 0)
            fail_msg("found '%s', expected '%s'", err, WRONG_WORDS[i].message);
    }
    must("rm -rf in", 0);
    nothing_is_left();
}

/* What `model` says is for `stress`: the replay of a day is the same with it. */
static void a_model_does_not_touch_a_replay(void **state)
{
    (void)state;
    must("mkdir -p in && cp -r $D in/2025-10-10 && cp $S in/plain.story && "
         "sed '/^liquidity/a model all jumps 0.05 leverage-effect -0.5\\n  sector 3 sector-sd 0.03\\nmodel BTC beta -1.5 own-sd "
         "0.02\\nmodel large jump-beta 2.5 step-low -2' $S >in/model.story && "
         "test `grep -c '^model' in/model.story` = 3", 0);
    must("for f in plain model; do breakwater run in/$f.story --accounts 300 --json - 2>screen | "
         "grep -o '\"state_hash\": \"[0-9a-f]*\"' >$f.hash; done; test -s plain.hash && cmp plain.hash model.hash", 0);
    must("rm -rf in plain.hash model.hash screen", 0);
    nothing_is_left();
}

static void outputs_that_cannot_be_written(void **state)
{
    (void)state;
    must("breakwater run $S --accounts 300 --json none/x.json", 5);
    one_line();
    must("breakwater run $S --accounts 300 --report none/x.html --json x.json", 5);
    must("breakwater run $S --accounts 300 --json /dev/full", 5);
    must("breakwater run $S --accounts 300 >/dev/full", 5);
    must("breakwater run $S --accounts 300 --trace /dev/full", 5);
    nothing_is_left();
}

/* Wherever the signal finds it: exit 130 and a result that says it is a part. */
static void ctrl_c_leaves_a_partial_result(void **state)
{
    (void)state;
    must("timeout --preserve-status -s INT 4 breakwater run $S --accounts 20000 --check --json x.json", 130);
    json_t *json = json_of("x.json");
    assert_true(json_is_true(json_object_get(json, "partial")));
    assert_int_equal(count(json, "conservation_error"), 0);
    json_decref(json);
    must("rm x.json", 0);
    nothing_is_left();
}

/* Files as other systems write them. */
static void line_ends_and_marks(void **state)
{
    (void)state;
    must("mkdir -p in && cp -r $D in/ && { printf '\\357\\273\\277'; sed 's/$/\\r/' $S; } >in/2025-10-10.story && "
         "for f in in/2025-10-10/*.csv; do sed 's/$/\\r/' $f >in/x && mv in/x $f; done; "
         "breakwater run in/2025-10-10.story --accounts 300 --json x.json && breakwater run $S --accounts 300 --json y.json && "
         "grep -o '\"state_hash\": \"[0-9a-f]*\"' x.json y.json | sort -u -t: -k2 | wc -l", 0);
    assert_int_equal(atoi(strrchr(out, '\n') - 1), 1);
    must("rm -r in x.json y.json", 0);
}

/* Before there are markets, the figures are named all the same. */
static void stopped_early(void **state)
{
    (void)state;
    must("timeout --preserve-status -s INT 1 breakwater run $S --accounts 3000000", 130);
    assert_null(strstr(out, "_other_venue"));
    must("breakwater run $S --accounts 1000 --trace /dev/full", 5);
    one_line();
    assert_string_equal(err, "breakwater: '/dev/full' cannot be written: No space left on device\n");
    assert_string_equal(out, "");
    nothing_is_left();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_json_is_the_contract),
        cmocka_unit_test(the_screen_tells_it),
        cmocka_unit_test(same_input_same_bytes),
        cmocka_unit_test(outputs_on_stdout),
        cmocka_unit_test(every_rule_holds_all_the_way),
        cmocka_unit_test(a_plain_story_runs_too),
        cmocka_unit_test(wrong_command_lines),
        cmocka_unit_test(wrong_files),
        cmocka_unit_test(wrong_words), cmocka_unit_test(a_model_does_not_touch_a_replay),
        cmocka_unit_test(outputs_that_cannot_be_written),
        cmocka_unit_test(ctrl_c_leaves_a_partial_result),
        cmocka_unit_test(line_ends_and_marks),
        cmocka_unit_test(stopped_early),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
