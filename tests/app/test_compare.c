/* `breakwater compare`: every row is the run of that venue alone, the same bytes, bad input, an end by Ctrl-C. */
#include "shell.h"

#include "metrics/columns.h"

/* Four venues with as different rules as there are, with numbers small enough for a test. */
#define VENUES "bitmex,breakwater,okex-2018,okx"
#define COMPARE "breakwater compare $S --folder $V --accounts 1500 "

static const char *text(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    if (value == NULL)
        fail_msg("no %s", key);
    return value;
}

/* The row of a venue. */
static const json_t *row(const json_t *json, const char *venue)
{
    size_t i;
    const json_t *found = NULL, *at;
    json_array_foreach(json_object_get(json, "venues"), i, at)
        if (strcmp(text(at, "venue"), venue) == 0)
            found = at;
    if (found == NULL)
        fail_msg("no row for %s", venue);
    return found;
}

static void the_json_is_the_contract(void **state)
{
    (void)state;
    must(COMPARE "--venues " VENUES " --json x.json", 0);
    json_t *json = json_of("x.json");
    assert_string_equal(json_string_value(json_object_iter_value(json_object_iter(json))), "breakwater-compare/1");
    assert_int_equal(strlen(text(json, "book_hash")), 32);
    assert_int_equal(count(json, "seed"), 1);
    assert_true(json_is_false(json_object_get(json, "partial")));
    assert_int_equal(json_array_size(json_object_get(json, "venues")), 4);
    size_t i;
    const json_t *at;
    json_array_foreach(json_object_get(json, "venues"), i, at) {
        long long paid = 0;
        for (uint32_t c = 0; c < BW_COLUMNS; c++) {
            const json_t *value = json_object_get(at, bw_column_rows[c].id);
            if (value == NULL || (bw_column_rows[c].kind == BW_COLUMN_COUNT && !json_is_integer(value)) ||
                (bw_column_rows[c].kind == BW_COLUMN_MONEY && !json_is_string(value)))
                fail_msg("%s of %s", bw_column_rows[c].id, text(at, "venue"));
            if (c >= BW_COL_PAID_FUND && c <= BW_COL_PAID_CARRYOVER)
                paid += money(at, bw_column_rows[c].id);
        }
        assert_int_equal(paid, money(at, "gap"));
        assert_int_equal(money(at, "overshoot"), money(at, "taken_0s") - money(at, "needed"));
        assert_int_equal(count(at, "conservation_error"), 0);
        assert_int_equal(count(at, "lost_records"), 0);
        assert_string_equal(text(at, "asset"), "USDC");
    }
    json_decref(json);
    must("rm x.json", 0);
}

/* A story whose pool has the venue's rules from the beginning comes to the same: loading the book loses nothing. */
static void a_row_is_the_run_of_its_rules(void **state)
{
    static const char *const VENUE[] = {"bitmex", "breakwater", "kraken-futures", "okx"};
    static const char *const SAME[][2] = {{"gap", "gap_total"}, {"carryover", "carryover"}, {"claims", "claims"},
                                          {"adl_notional", "adl_notional"},
                                          {"liquidated_notional", "liquidated_notional"}};
    static const char *const LAYERS[] = {"fund", "shared_fund", "capital", "backstop", "deleveraged", "haircut",
                                         "carryover"};
    (void)state;
    must(COMPARE "--venues bitmex,breakwater,kraken-futures,okx --json x.json", 0);
    json_t *json = json_of("x.json");
    for (size_t v = 0; v < sizeof VENUE / sizeof *VENUE; v++) {
        char line[1024], key[64];
        snprintf(line, sizeof line,
                 "mkdir -p in && cp -r $D in/ && { sed '/^pool/,$d' $S; sed '/^[#a]/d; /^ *$/d' $V/%s.story; "
                 "sed '1,/^  money/d' $S; } >in/run.story && breakwater run in/run.story --accounts 1500 --json y.json",
                 VENUE[v]);
        must(line, 0);
        json_t *alone = json_of("y.json");
        const json_t *of = row(json, VENUE[v]);
        for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++)
            if (money(of, SAME[i][0]) != money(alone, SAME[i][1]))
                fail_msg("%s: %s %s, run %s", VENUE[v], SAME[i][0], text(of, SAME[i][0]), text(alone, SAME[i][1]));
        for (size_t i = 0; i < sizeof LAYERS / sizeof *LAYERS; i++) {
            snprintf(key, sizeof key, "paid_%s", LAYERS[i]);
            assert_int_equal(money(of, key), money(json_object_get(alone, "paid_by_layer"), LAYERS[i]));
        }
        assert_int_equal(count(of, "bankrupt_accounts"), count(alone, "bankrupt_accounts"));
        assert_int_equal(money(of, "desks_result"), money(alone, "desks_after") - money(alone, "desks_before"));
        json_decref(alone);
    }
    assert_true(money(row(json, "kraken-futures"), "desks_result") < 0);
    assert_int_equal(money(row(json, "breakwater"), "desks_result"), 0);   /* it asks no desks */
    assert_true(money(row(json, "bitmex"), "gap") > 0 && money(row(json, "bitmex"), "paid_deleveraged") > 0);
    assert_int_equal(money(row(json, "okx"), "taken_0s"), 0);
    json_decref(json);
    must("rm -rf in x.json y.json", 0);
}

/* What was played before leaves no trace: order and company of the venues change no row. */
static void rows_know_nothing_of_each_other(void **state)
{
    (void)state;
    must(COMPARE "--venues " VENUES " --json a.json && " COMPARE "--venues okx,okex-2018,breakwater,bitmex --json b.json && "
         COMPARE "--venues okex-2018 --json c.json", 0);
    json_t *a = json_of("a.json"), *b = json_of("b.json"), *c = json_of("c.json");
    static const char *const VENUE[] = {"bitmex", "breakwater", "okex-2018", "okx"};
    for (size_t v = 0; v < 4; v++)
        assert_true(json_equal(row(a, VENUE[v]), row(b, VENUE[v])));
    assert_true(json_equal(row(a, "okex-2018"), row(c, "okex-2018")));
    assert_string_equal(text(a, "book_hash"), text(c, "book_hash"));
    assert_string_not_equal(text(row(a, "bitmex"), "state_hash"), text(row(a, "okx"), "state_hash"));
    json_decref(a);
    json_decref(b);
    json_decref(c);
    must("sed 's/\"elapsed_seconds\": [0-9.]*//' a.json >a.cut; " COMPARE "--venues " VENUES " --threads 2 --json - 2>screen | "
         "sed 's/\"elapsed_seconds\": [0-9.]*//' | cmp - a.cut && rm [abc].*", 0);
    must(COMPARE "--venues " VENUES " | cmp - screen && rm screen", 0);
}

/* What a period left open is settled out of its profits at the end. */
static void a_period_ends_with_the_day(void **state)
{
    (void)state;
    must(COMPARE "--venues okex-2018,okx --json x.json", 0);
    json_t *json = json_of("x.json");
    const json_t *settled = row(json, "okex-2018"), *open = row(json, "okx");
    assert_true(money(settled, "paid_carryover") > 0);
    assert_int_equal(money(settled, "carryover"), 0);
    assert_int_equal(money(settled, "taken_0s"), money(settled, "paid_carryover"));
    assert_int_equal(money(open, "carryover"), money(open, "paid_carryover"));
    json_decref(json);
    must("rm x.json", 0);
}

static void the_screen_and_the_report_tell_it(void **state)
{
    (void)state;
    must(COMPARE "--venues all --report r.html", 0);
    assert_string_equal(err, "");
    static const char *const SAID[] = {"the same book under the rules of", "WHO PAID FOR WHAT", "bitmex", "okex-2018",
                                       "hyperliquid-observed", "exact in every row", "docs/metrics.md",
                                       " accounts, 1,500 of them generated, ", "repaid only where refund-share is set",
                                       "A smaller gap is not a better rule", "lower is kinder", "higher is kinder"};
    for (size_t i = 0; i < sizeof SAID / sizeof *SAID; i++)
        assert_non_null(strstr(out, SAID[i]));
    for (uint32_t c = 0; c < BW_COLUMNS; c++)
        if (c != BW_COL_LIQUIDATED_NOTIONAL && strstr(out, bw_column_rows[c].words) == NULL &&
            strstr(strstr(out, "Not shown"), bw_column_rows[c].id) == NULL)
            fail_msg("the screen neither explains %s nor says that it is not shown", bw_column_rows[c].id);
    /* the venue has no capital in this story, under whatever rules */
    assert_non_null(strstr(strstr(out, "Not shown"), "paid_capital"));
    assert_null(strstr(out, bw_column_rows[BW_COL_PAID_CAPITAL].words));
    for (char *line = strtok(out, "\n"); line != NULL; line = strtok(NULL, "\n"))
        assert_true(strlen(line) <= 110);
    must("grep -q 'okex-2018</td><td>[^<]*settled after the last price' r.html && grep -q 'The gap went from' r.html", 0);
    must("grep -c '<svg viewBox' r.html; grep -c '<table' r.html; ! grep -q 'http[s]*:' r.html && rm r.html", 0);
    assert_int_equal(atoi(out), 3);
}

static void wrong_command_lines(void **state)
{
    (void)state;
    static const char *const LINES[] = {
        "breakwater compare", "breakwater compare $S", "breakwater compare $S --venues",
        "breakwater compare $S --venues bitmex,,okx --folder $V", "breakwater compare $S --venues okx,okx --folder $V",
        "breakwater compare $S --venues okx --folder $V --accounts 3", "breakwater compare $S --venue okx",
        "breakwater compare $S --venues okx --folder $V --json - --report -", "breakwater compare $S $S --venues okx",
        "breakwater compare $S --venues all,okx --folder $V",
    };
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        must(LINES[i], 2);
        assert_string_equal(out, "");
        one_line();
    }
    nothing_is_left();
}

/* One line, exit 3, nothing written. */
static void wrong(const char *line, const char *message)
{
    must(line, 3);
    assert_string_equal(out, "");
    one_line();
    if (strncmp(err, message, strlen(message)) != 0)
        fail_msg("%s: found '%s', expected it to begin with '%s'", line, err, message);
    must("rm -rf in", 0);
    nothing_is_left();
}

#define MINE(text) "mkdir -p in && printf '" text "' >in/mine.story && breakwater compare $S --accounts 300 --json x.json " \
                   "--report x.html --folder in --venues "
#define RULES "asset USDC decimals 6\\npool main asset USDC\\n"

static void wrong_venues(void **state)
{
    (void)state;
    wrong("breakwater compare $S --venues bitmx --folder $V --json x.json",
          "breakwater: compare: found 'bitmx', expected a venue of '");
    wrong("breakwater compare $S --venues BitMEX --folder $V --json x.json", "breakwater: compare: found 'BitMEX', expected a");
    must("breakwater compare $S --venues BitMEX --folder $V", 3);
    assert_non_null(strstr(err, "did you mean 'bitmex'?"));
    must("mkdir in && printf '" RULES "expect accounts 1\\n' >in/a.story && breakwater compare $S --venues all --folder in", 1);
    assert_string_equal(err, "in/a.story:3: found 0, expected accounts 1\n");
    must("rm -r in", 0);
    wrong("breakwater compare $S --venues all --folder none --json x.json",
          "breakwater: compare: the folder 'none' cannot be opened: No such file or directory");
    wrong("mkdir in; echo '{}' >in/a.json; breakwater compare $S --venues all --folder in --json x.json",
          "breakwater: compare: the folder 'in' holds no venue, expected files NAME.story");
    wrong("breakwater compare $S --venues none/mine.story --folder $V --json x.json", "none/mine.story: found a file that cannot be opened");
    wrong(MINE(RULES "  fund-flor 5\\n") "all",
          "in/mine.story:3: found 'fund-flor', expected a setting of a pool; did you mean 'fund-floor'?");
    wrong(MINE(RULES "  drawdown-set 0.2 drawdown-clear 0.3\\n") "mine", "in/mine.story:2: found ");
    wrong(MINE(RULES "  money fund\\n") "mine", "in/mine.story:2: found ");
    wrong(MINE(RULES "fund main deposit 5\\n") "mine", "in/mine.story:3: found 'fund', expected asset, pool or settle");
    wrong(MINE(RULES "pool other asset USDC\\n") "mine", "in/mine.story: found 2 pools, expected one");
    wrong(MINE("asset USDC decimals 2\\npool main asset USDC\\n") "mine",
          "in/mine.story:2: found an asset with 2 decimals, expected 6 as 'USDC' has in the story");
}

/* The second venue is wrong: the first is not played, nothing is written, and it does not take the time of a book. */
static void all_are_checked_before_the_first_is_played(void **state)
{
    (void)state;
    wrong("mkdir -p in; cp $V/okx.story in/a.story; printf '{\"schema\": 1}\\n' >in/b.story; timeout 5 breakwater compare $S "
          "--accounts 2000000 --venues all --folder in --json x.json", "in/b.story:1: found '{\"schema\":'");
}

static void wrong_stories(void **state)
{
    (void)state;
    wrong("mkdir in; echo 'asset USDC decimals 6' >in/s.story; breakwater compare in/s.story --venues okx --folder $V",
          "breakwater: in/s.story: found no 'path', expected a story that generates a book");
    wrong("breakwater compare none.story --venues okx --folder $V --json x.json", "none.story: found a file that cannot be opened");
    must(COMPARE "--venues okx --json /dev/full", 5);
    must(COMPARE "--venues okx --json none/x.json", 5);
    nothing_is_left();
}

static void ctrl_c_leaves_the_venues_that_were_finished(void **state)
{
    (void)state;
    must("timeout --preserve-status -s INT 4 breakwater compare $S --folder $V --venues bitmex,okx --accounts 5000 --check "
         "--json x.json", 130);
    json_t *json = json_of("x.json");
    assert_true(json_is_true(json_object_get(json, "partial")));
    assert_true(json_array_size(json_object_get(json, "venues")) < 2);
    json_decref(json);
    must("rm x.json", 0);
    nothing_is_left();
}

/* Stopped before the first venue was finished: nothing is claimed of rows that are not there. */
static void ctrl_c_before_a_venue(void **state)
{
    (void)state;
    must("timeout --preserve-status -s TERM 1 breakwater compare $S --folder $V --venues bitmex,okx --accounts 2000000 --json x.json "
         "--report x.html", 130);
    assert_non_null(strstr(out, ": INTERRUPTED before a venue was finished\n"));
    assert_null(strstr(out, "1970"));
    assert_null(strstr(out, "exact"));
    json_t *json = json_of("x.json");
    assert_true(json_is_null(json_object_get(json, "book_hash")));
    assert_true(json_is_true(json_object_get(json, "partial")));
    assert_int_equal(json_array_size(json_object_get(json, "venues")), 0);
    json_decref(json);
    must("grep -q 'No venue was finished' x.html && ! grep -q 1970 x.html && rm x.json x.html", 0);
    nothing_is_left();
}

static void a_long_name_keeps_the_columns(void **state)
{
    (void)state;
    must("mkdir in && cp $V/okx.story in/a-name-of-more-than-forty-letters-is-long-enough.story && cp $V/okx.story in/b.story && "
         "breakwater compare $S --accounts 300 --venues all --folder in | grep -E '^  (a-name|b )' | head -n 2 >in/two; "
         "awk '{ print length($0) }' in/two | uniq | wc -l", 0);
    assert_int_equal(atoi(out), 1);
    must("grep -q '^  a-name-of-more-tha\\.\\. ' in/two && rm -r in", 0);
}

static void every_rule_holds_all_the_way(void **state)
{
    (void)state;
    must("breakwater compare $S --accounts 20 --seed 3 --check --venues breakwater,okex-2018 --folder $V", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_json_is_the_contract),
        cmocka_unit_test(a_row_is_the_run_of_its_rules),
        cmocka_unit_test(rows_know_nothing_of_each_other),
        cmocka_unit_test(a_period_ends_with_the_day),
        cmocka_unit_test(the_screen_and_the_report_tell_it),
        cmocka_unit_test(every_rule_holds_all_the_way),
        cmocka_unit_test(wrong_command_lines),
        cmocka_unit_test(wrong_venues),
        cmocka_unit_test(all_are_checked_before_the_first_is_played),
        cmocka_unit_test(wrong_stories),
        cmocka_unit_test(ctrl_c_leaves_the_venues_that_were_finished),
        cmocka_unit_test(ctrl_c_before_a_venue),
        cmocka_unit_test(a_long_name_keeps_the_columns),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
