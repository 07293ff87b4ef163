/* The further days: what they say with few accounts, the same bytes, wrong facts; and a fund given on the command line. */
#include "shell.h"

static const char *const DAYS[] = {"2025-03-26-jelly", "2025-10-10-usde", "2020-03-12", "2020-03-13-outage", "2022-08-01-nomad",
                                   "2025-10-10-usde-hour"};
enum { DAY_COUNT = sizeof DAYS / sizeof *DAYS };

static int has_collateral(size_t i)
{
    return i == 1 || i == 4 || i == 5;
}

static void run_day(const char *day, const char *options, int code)
{
    char line[1024];
    snprintf(line, sizeof line, "breakwater run $R/%s.story %s", day, options);
    must(line, code);
}

static json_t *json_of_day(const char *day, const char *options)
{
    char line[256];
    snprintf(line, sizeof line, "--accounts 500 %s --json x.json", options);
    run_day(day, line, 0);
    json_t *json = json_of("x.json");
    must("rm x.json", 0);
    return json;
}

static void every_day_is_played(void **state)
{
    /* not the hash of the state, which every new field changes */
    static const char *const FIGURES[DAY_COUNT][4] = {
        {"131998.539279", "7198942.825631", "8979120.834445", "0.000000"},
        {"34349.606150", "277345810.261117", "258107936.578433", "148118228.726980"},
        {"185232.315421", "350239317.331752", "261335083.261955", "0.000000"},
        {"22576132.053520", "421627277.461960", "387198953.718233", "0.000000"},
        {"2966478.839374", "10887156.562073", "7033230.703471", "3699330.486697"},
        {"34349.606150", "277345810.261117", "258107936.578433", "148118228.726980"}};
    static const char *const KEYS[] = {"gap_total", "liquidated_notional", "adl_notional", "converted"};
    (void)state;
    for (size_t i = 0; i < DAY_COUNT; i++) {
        json_t *json = json_of_day(DAYS[i], "");
        assert_int_equal(count(json, "conservation_error"), 0);
        assert_int_equal(count(json, "lost_records"), 0);
        assert_true(money(json, "gap_total") > 0 && money(json, "fund_before") > 0);
        assert_true(money(json_object_get(json, "paid_by_layer"), "shared_fund") > 0);
        assert_true((money(json, "converted") > 0) == has_collateral(i));
        for (size_t k = 0; k < 4; k++) {
            const char *figure = json_string_value(json_object_get(json, KEYS[k]));
            printf("# %s %s %s\n", DAYS[i], KEYS[k], figure);
            assert_string_equal(figure, FIGURES[i][k]);
        }
        json_decref(json);
    }
}

static void the_screen_says_what_moved(void **state)
{
    static const char *const SAID[][4] = {
        {"Prices rose, at their highest: JELLY +31", "WHERE THE PRICES COME FROM\n  shaped       BTC ETH XRP JELLY", "ADL notional",
         "100,000.000000"},
        {"The collateral USDE fell, at its lowest by 31.6%, and ended at 104.2% of where it began.",
         "the desks took collateral that counted", "other venue  BTC ETH SOL \n  shaped       USDE", "20,000,000.000000"},
        {"Prices fell, at their lowest: BTC -48.6%, ETH -47.6%.", "other venue  BTC \n  shaped       ETH", "winners were closed at mark",
         "2020-03-12 10:00:00 to 03:30:00 UTC, 2,053 batches"},
        {"Prices rose, at their highest: BTC +33.7%, ETH +27.3%.", "10,000,000.000000", "deleveraged winners", "793 batches"},
        {"No price moved.", "The collateral MADUSDC fell, at its lowest by 100.0%, and ended at 0.0% of where it began.",
         "2,000,000.000000", "nobody yet (carried over)"},
        {"The collateral USDE fell, at its lowest by 31.6%, and ended at 104.2% of where it began.", "20,000,000.000000",
         "USDe at 0.65", "other venue  BTC ETH SOL"}};
    (void)state;
    for (size_t i = 0; i < DAY_COUNT; i++) {
        run_day(DAYS[i], i == 0 ? "" : "--accounts 5000", 0);
        assert_string_equal(err, "");
        for (size_t k = 0; k < 4; k++)
            if (strstr(out, SAID[i][k]) == NULL)
                fail_msg("%s: '%s' is not in\n%s", DAYS[i], SAID[i][k], out);
        for (char *line = strtok(out, "\n"); line != NULL; line = strtok(NULL, "\n"))
            assert_true(strlen(line) <= 140);
    }
}

/* The price that made the loss is among the lines drawn, whatever is deleveraged. */
static void the_report_draws_the_collateral(void **state)
{
    (void)state;
    run_day(DAYS[1], "--accounts 500 --report r.html", 0);
    must("grep -o '<text[^>]*name k[0-9][^>]*>USDE -[0-9.]*%' r.html | wc -l; ! grep -q 'http[s]*:' r.html && rm r.html", 0);
    assert_int_equal(atoi(out), 1);
}

static void every_rule_holds_all_the_way(void **state)
{
    (void)state;
    for (size_t i = 0; i < DAY_COUNT; i++)
        run_day(DAYS[i], "--accounts 300 --check", 0);
}

static void known_accounts_have_their_names(void **state)
{
    (void)state;
    run_day(DAYS[0], "--accounts 300 --trace t.txt", 0);
    must("grep -c 'short is unhealthy' t.txt && grep -q 'long-a is deleveraged' t.txt && rm t.txt", 0);
    assert_true(atoi(out) > 0);
}

/* The same prices without the outage: what the venue did not do in those minutes is the gap. */
static void the_outage_is_the_loss(void **state)
{
    (void)state;
    json_t *with = json_of_day(DAYS[3], "");
    must("mkdir in && cp -r $R/2020-03-13-outage in/ && sed '/^  outage/d' $R/2020-03-13-outage.story >in/2020-03-13-outage.story && "
         "breakwater run in/2020-03-13-outage.story --accounts 500 --json x.json && rm -r in", 0);
    json_t *without = json_of("x.json");
    printf("# gap %s, without the outage %s\n", json_string_value(json_object_get(with, "gap_total")),
           json_string_value(json_object_get(without, "gap_total")));
    assert_true(money(with, "gap_total") > 20 * money(without, "gap_total"));
    json_decref(with);
    json_decref(without);
    must("rm x.json", 0);
}

/* A collateral at nothing leaves nobody to take the loss from. */
static void a_worthless_collateral_has_no_winners(void **state)
{
    (void)state;
    json_t *json = json_of_day(DAYS[4], "");
    const json_t *paid = json_object_get(json, "paid_by_layer");
    int64_t winners = money(paid, "deleveraged") + money(paid, "haircut");
    assert_true(money(paid, "shared_fund") == 2000000000000 && money(json, "desks_after") < money(json, "desks_before"));
    assert_true(money(paid, "carryover") > 5 * winners);
    json_decref(json);
}

/* What a line before `path` adds to a day, in every command that plays one: the rules hold, and threads make no difference. */
static void every_way_of_playing(void **state)
{
    static const char *const ADDED[] = {"liquidity all execution one-order", "liquidity all execution sliced",
                                        "liquidity all execution participation participation 0.1",
                                        "liquidity all impact-exponent 1", "runs hazard 20 close 0.3 slip 0.05",
                                        "outage"};
    (void)state;
    must("mkdir in && cp -r $R/2025-03-26-jelly in/", 0);
    for (size_t i = 0; i < sizeof ADDED / sizeof *ADDED; i++) {
        char line[1024];
        const char *sed = strcmp(ADDED[i], "outage") == 0 ? "/^path/s/$/ outage from 2025-03-26T13:31:00Z for 20m/" : "/^path/i %s";
        int used = snprintf(line, sizeof line, "sed '");
        used += snprintf(line + used, sizeof line - (size_t)used, sed, ADDED[i]);
        snprintf(line + used, sizeof line - (size_t)used, "' $R/2025-03-26-jelly.story >in/2025-03-26-jelly.story");
        must(line, 0);
        must("breakwater run in/2025-03-26-jelly.story --accounts 500 --check --json x.json", 0);
        json_t *with = json_of("x.json"), *without = json_of_day(DAYS[0], "");
        printf("# %s: gap %s, without it %s\n", ADDED[i], json_string_value(json_object_get(with, "gap_total")),
               json_string_value(json_object_get(without, "gap_total")));
        assert_string_not_equal(json_string_value(json_object_get(with, "state_hash")),
                                json_string_value(json_object_get(without, "state_hash")));
        json_decref(with);
        json_decref(without);
        must("breakwater compare in/2025-03-26-jelly.story --venues okx,ftx --folder $V --accounts 300 --json x.json", 0);
        must("for t in 1 2; do breakwater stress in/2025-03-26-jelly.story --accounts 300 --paths 40 --threads $t --json - | "
             "sed 's/\"elapsed_seconds\":[^,}]*//' >$t.txt; done; cmp 1.txt 2.txt; rm x.json ?.txt", 0);
    }
    must("rm -r in", 0);
    nothing_is_left();
}

static void every_venue_is_compared(void **state)
{
    (void)state;
    for (size_t i = 0; i < DAY_COUNT; i++) {
        char line[1024];
        snprintf(line, sizeof line, "for t in 1 2; do breakwater compare $R/%s.story --venues all --folder $V --accounts 500 --threads $t "
                 "--json $t.json --report $t.html >$t.txt; done; cmp 1.txt 2.txt && cmp 1.html 2.html; ls $V/*.story | wc -l", DAYS[i]);
        must(line, 0);
        int venues = atoi(out);
        json_t *json = json_of("1.json");
        const json_t *rows = json_object_get(json, "venues"), *row;
        size_t n, paid = 0;
        assert_int_equal(json_array_size(rows), venues);
        json_array_foreach(rows, n, row) {
            assert_int_equal(count(row, "conservation_error"), 0);
            paid += money(row, "paid_shared_fund") > 0;
        }
        assert_true(paid > 0);
        json_decref(json);
        int desks = i != 2 && i != 3;
        must(desks ? "grep -q 'desk +-' 1.txt" : "! grep -q 'desk +-' 1.txt", 0);
        must("! grep -q 'http[s]*:' 1.html && rm 1.* 2.*", 0);
    }
}

/* ---- a fund from the command line ---- */

static void a_fund_is_deposited_besides(void **state)
{
    (void)state;
    json_t *plain = json_of_day(DAYS[0], ""), *more = json_of_day(DAYS[0], "--fund 1000000.5");
    assert_int_equal(money(more, "fund_before"), money(plain, "fund_before") + 1000000500000);
    assert_int_equal(count(more, "conservation_error"), 0);
    json_decref(plain);
    json_decref(more);
    must("breakwater run $S --accounts 300 --fund 3000000", 0);
    assert_non_null(strstr(out, "Fund: 3.00M USDC before"));
}

static void it_is_the_same_for_every_venue(void **state)
{
    (void)state;
    must("breakwater compare $S --venues bitmex,hyperliquid-doc,okx --folder $V --accounts 1500 --json x.json", 0);
    json_t *without = json_of("x.json");
    must("breakwater compare $S --venues bitmex,hyperliquid-doc,okx --folder $V --accounts 1500 --fund 50000000 --json x.json "
         "--report x.html", 0);
    json_t *with = json_of("x.json");
    const json_t *row;
    size_t n;
    json_array_foreach(json_object_get(without, "venues"), n, row)
        assert_int_equal(money(row, "paid_shared_fund"), 0);
    json_array_foreach(json_object_get(with, "venues"), n, row)
        if (n != 1)   /* there the desks and the deleveraged are asked first */
            assert_true(money(row, "paid_shared_fund") > 0 && money(row, "paid_shared_fund") <= 50000000000000);
    assert_string_not_equal(json_string_value(json_object_get(without, "book_hash")),
                            json_string_value(json_object_get(with, "book_hash")));
    must("grep -q -e '--seed 1 --fund 50000000' x.html && rm x.*", 0);
    json_decref(without);
    json_decref(with);
}

static void wrong_funds_are_refused(void **state)
{
    static const char *const WRONG[] = {"0", "-5", "+5", "x", "5e3", "1.1234567", "500000000000.000001", "99999999999999999999",
                                        "1,000", "5 USDC"};
    (void)state;
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        char line[512], message[256];
        for (int command = 0; command < 2; command++) {
            const char *name = command ? "compare" : "run";
            snprintf(line, sizeof line, "breakwater %s $S %s --accounts 300 --fund '%s' --json x.json", name,
                     command ? "--venues okx --folder $V" : "", WRONG[i]);
            snprintf(message, sizeof message, "breakwater: %s: found --fund %s, expected an amount above 0 and up to 500000000000, "
                     "with at most 6 decimals\n", name, WRONG[i]);
            must(line, 2);
            assert_string_equal(out, "");
            assert_string_equal(err, message);
        }
    }
    must("breakwater run $S --fund", 2);
    must("printf 'asset USDC decimals 6\\npool main asset USDC\\n' | breakwater run - --fund 5", 2);
    assert_string_equal(err, "breakwater: run: found --fund, but - generates no book\n");
    nothing_is_left();
}

/* ---- wrong facts ---- */

/* A copy of a day with one thing spoilt by sed: in the story, or in one of its files. */
static void spoilt(const char *day, const char *file, const char *sed, const char *message)
{
    char line[2048];
    snprintf(line, sizeof line, "rm -rf in; mkdir in && cp -r $R/%s $R/%s.story in/ && sed -i '%s' in/%s; breakwater run in/%s.story "
             "--accounts 500 --json x.json", day, day, sed, file, day);
    must(line, 3);
    assert_string_equal(out, "");
    one_line();
    if (strncmp(err, message, strlen(message)) != 0)
        fail_msg("found '%s', expected it to begin with '%s'", err, message);
    must("rm -rf in", 0);
    nothing_is_left();
}

static void wrong_facts_are_named(void **state)
{
    (void)state;
    const char *jelly = DAYS[0], *usde = DAYS[1];
    spoilt(jelly, "2025-03-26-jelly/known.csv", "s/398000000/398000050/",
           "in/2025-03-26-jelly/known.csv:6: coins: found '398000050', expected a whole number of the market");
    spoilt(jelly, "2025-03-26-jelly/known.csv", "s/,396000,/,296000,/",
           "in/2025-03-26-jelly/known.csv:6: equity_usd: found '296000.00', expected at least 368946.00, the initial margin");
    spoilt(jelly, "2025-03-26-jelly/known.csv", "s/^short,/vault,/", "in/2025-03-26-jelly.story:32: the book's names do not fit");
    spoilt(jelly, "2025-03-26-jelly.story", "s/known.csv/none.csv/", "in/2025-03-26-jelly.story:7: found the file");
    spoilt(jelly, "2025-03-26-jelly/markets.csv", "s/,users,/,user,/",
           "in/2025-03-26-jelly/markets.csv:6: header: found 'user', expected column 7 to be adl_musd or liquidated_musd or users");
    spoilt(jelly, "2025-03-26-jelly/prices.csv", "s/0.0103,published/0.0103,publishd/",
           "in/2025-03-26-jelly/prices.csv:15: source: found 'publishd', expected a source tag; did you mean 'published'?");
    spoilt(usde, "2025-10-10-usde.story", "/^collateral/d",
           "in/2025-10-10-usde.story:36: found holder-share and no collateral of the first pool, expected");
    spoilt(usde, "2025-10-10-usde.story", "s/holder-shar/holder-shr/",
           "in/2025-10-10-usde.story:8: found 'holder-shre', expected a setting of the book; did you mean 'holder-share'?");
    spoilt(usde, "2025-10-10-usde.story", "s/holder-to 5/holder-to 0.1/",
           "in/2025-10-10-usde.story:37: found a setting of the book out of range");
    spoilt(usde, "2025-10-10-usde.story", "s/amount-max 50000000000/amount-max 5000/",
           "in/2025-10-10-usde.story:37: found amount-max 5000 of the collateral USDE, expected at least the ");
    spoilt(usde, "2025-10-10-usde/prices.csv", "/^USDE/d",
           "in/2025-10-10-usde.story:37: found a market whose prices do not fit its provenance");
    spoilt(usde, "2025-10-10-usde/prices.csv", "s/^USDE,2025-10-10T21:40:00Z/USDX,2025-10-10T21:40:00Z/",
           "in/2025-10-10-usde/prices.csv:");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_is_played),
        cmocka_unit_test(the_screen_says_what_moved),
        cmocka_unit_test(the_report_draws_the_collateral),
        cmocka_unit_test(every_rule_holds_all_the_way),
        cmocka_unit_test(known_accounts_have_their_names),
        cmocka_unit_test(the_outage_is_the_loss),
        cmocka_unit_test(a_worthless_collateral_has_no_winners),
        cmocka_unit_test(every_way_of_playing),
        cmocka_unit_test(every_venue_is_compared),
        cmocka_unit_test(a_fund_is_deposited_besides),
        cmocka_unit_test(it_is_the_same_for_every_venue),
        cmocka_unit_test(wrong_funds_are_refused),
        cmocka_unit_test(wrong_facts_are_named),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
