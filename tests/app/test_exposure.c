/* breakwater exposure: the same bytes from any number of processes, one trader as among all, the paths of `stress`, other rules on the
   same paths, what an interrupted run means, wrong input. */
#include "shell.h"

#define STORY "$R/2025-03-26-jelly.story --accounts 500 "
#define EXPOSURE "breakwater exposure " STORY
#define SAME " --json - 2>/dev/null | sed 's/\"elapsed_seconds\":[^,}]*//' "

static json_t *json_of_run(const char *options)
{
    char line[512];
    snprintf(line, sizeof line, EXPOSURE "%s --json x.json", options);
    must(line, 0);
    json_t *json = json_of("x.json");
    must("rm x.json", 0);
    return json;
}

/* The row of a name. */
static json_t *row_of(const json_t *json, const char *name)
{
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(json, "accounts"), i, row)
        if (strcmp(word(row, "name"), name) == 0)
            return row;
    fail_msg("there is no row of %s", name);
    return NULL;
}

static long long hits(const json_t *row, const char *key)
{
    return count(json_object_get(row, key), "hits");
}

static void any_number_of_processes(void **state)
{
    static const char *const WHAT[] = {"--all --paths 150 --first-order 5000", "--account u000014 --paths 520 --no-moves --steps 24",
                                       "--account long-a --paths 20 --venues okx,bybit --folder $V --market JELLY"};
    (void)state;
    for (size_t i = 0; i < sizeof WHAT / sizeof *WHAT; i++) {
        char line[1024];
        snprintf(line, sizeof line, EXPOSURE "%s --threads 1" SAME ">one", WHAT[i]);
        must(line, 0);
        snprintf(line, sizeof line, EXPOSURE "%s --threads 3" SAME "| cmp - one", WHAT[i]);
        must(line, 0);
    }
    must("test -s one && rm one", 0);
}

static void the_contract(void **state)
{
    static const char *const CHANCES[] = {"p_liquidated", "p_adl", "p_haircut"};
    (void)state;
    json_t *json = json_of_run("--account u000014 --paths 400 --threads 2"), *row = row_of(json, "u000014");
    assert_string_equal(word(json, "schema"), "breakwater-exposure/1");
    assert_int_equal(count(json, "paths"), 400);
    assert_int_equal(strlen(word(json, "result_hash")), 32);
    assert_int_equal(json_array_size(json_object_get(json, "accounts")), 1);
    assert_true(count(row, "id") > 0);
    for (size_t i = 0; i < 3; i++) {
        const json_t *chance = json_object_get(row, CHANCES[i]);
        assert_true(strcmp(word(chance, "low"), word(chance, "value")) <= 0 && strcmp(word(chance, "value"), word(chance, "high")) <= 0);
    }
    assert_true(money(json_object_get(row, "expected_charge"), "value") > 0);
    const json_t *tail = json_object_get(row, "tail_charge"), *detail = json_object_get(json, "account");
    const json_t *exact = json_object_get(json_object_get(json_object_get(detail, "charge"), "es"), "99");
    printf("# mean of the worst 1%%: %s to %s, exactly %s\n", word(tail, "at_least"), word(tail, "value"), word(exact, "value"));
    assert_true(money(tail, "at_least") <= money(exact, "value") && money(exact, "value") <= money(tail, "value") + 1);
    assert_non_null(json_object_get(json_object_get(row, "drag_bp"), "value"));
    assert_int_equal(json_array_size(json_object_get(detail, "shocks")), 18);
    assert_int_equal(json_array_size(json_object_get(json, "venues")), 0);
    json_decref(json);
}

/* One trader's row is that of the run of all. */
static void one_is_as_among_all(void **state)
{
    static const char *const NAMES[] = {"u000014", "short", "u000500", "maker-a"};
    (void)state;
    json_t *all = json_of_run("--all --paths 100");
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        char options[128];
        snprintf(options, sizeof options, "--account %s --paths 100 --no-moves", NAMES[i]);
        json_t *one = json_of_run(options);
        assert_true(json_equal(row_of(all, NAMES[i]), row_of(one, NAMES[i])));
        snprintf(options, sizeof options, "--account %lld --paths 100 --no-moves", count(row_of(one, NAMES[i]), "id"));
        json_t *by_number = json_of_run(options);
        assert_true(json_equal(row_of(by_number, NAMES[i]), row_of(one, NAMES[i])));
        assert_string_equal(word(by_number, "result_hash"), word(one, "result_hash"));
        json_decref(by_number);
        json_decref(one);
    }
    json_decref(all);
}

/* The paths are those of `stress`: all haircuts of all traders are what it says was socialized, where nothing stayed open, and nobody
   is liquidated, or deleveraged, on more paths than it says somebody was. Each mean is rounded up to a whole unit. */
static void compare_with_stress(const char *options, int nothing_open)
{
    char line[512];
    long long haircuts = 0, most_liquidated = 0, most_adl = 0;
    size_t i;
    json_t *row;
    snprintf(line, sizeof line, "--all %s", options);
    json_t *all = json_of_run(line), *rows = json_object_get(all, "accounts");
    snprintf(line, sizeof line, "breakwater stress " STORY "%s --json y.json", options);
    must(line, 0);
    json_t *stress = json_of("y.json");
    json_array_foreach(rows, i, row) {
        haircuts += money(row, "expected_haircut");
        most_liquidated = hits(row, "p_liquidated") > most_liquidated ? hits(row, "p_liquidated") : most_liquidated;
        most_adl = hits(row, "p_adl") > most_adl ? hits(row, "p_adl") : most_adl;
    }
    const json_t *socialized = json_object_get(json_object_get(json_object_get(stress, "series"), "socialized"), "mean");
    long long want = money(socialized, "value"), rounding = (long long)json_array_size(rows) + 1;
    printf("# haircuts of all traders %lld, socialized %lld, rounding at most %lld\n", haircuts, want, rounding);
    assert_int_equal(hits(stress, "p_carryover") == 0, nothing_open);
    assert_true(want > 1000 * rounding && haircuts <= want + rounding);
    assert_true(!nothing_open || haircuts >= want - 1);
    assert_true(most_liquidated <= hits(stress, "p_liquidation") && most_adl <= hits(stress, "p_adl"));
    assert_true(nothing_open || (most_liquidated > 0 && most_adl > 0));
    json_decref(all);
    json_decref(stress);
    must("rm y.json", 0);
}

static void the_paths_are_those_of_stress(void **state)
{
    (void)state;
    compare_with_stress("--paths 300 --horizon 1h --threads 2", 1);
    compare_with_stress("--paths 200 --threads 2", 0);
}

/* The story's own rules as a venue: the same row, and no difference. Rules before it leave no trace. */
static void the_same_rules_are_the_same(void **state)
{
    size_t i;
    json_t *venue;
    (void)state;
    must("printf 'asset USDC decimals 6\\npool main asset USDC\\n  order-life 60s\\n  quantity book | backstop | adl score "
         "hyperliquid-observed allocate queue\\n  money fund | shared-fund | backstop | deleveraged price previous-mark | haircut "
         "base positive-upnl | carryover\\n' >in.story && cp in.story in2.story", 0);
    json_t *json = json_of_run("--account long-a --paths 200 --no-moves --threads 2 "
                               "--venues in.story,$V/okx.story,in2.story,$V/okex-2018.story");
    json_t *row = row_of(json, "long-a"), *venues = json_object_get(json, "venues");
    assert_int_equal(json_array_size(venues), 4);
    assert_true(hits(row, "p_adl") > 0);
    assert_true(hits(json_array_get(venues, 3), "p_haircut") > 0);   /* its clawback comes with the end of the period */
    json_array_foreach(venues, i, venue) {
        int own = i % 2 == 0;
        assert_int_equal(json_equal(json_object_get(venue, "p_adl"), json_object_get(row, "p_adl")), own);
        assert_int_equal(json_equal(json_object_get(venue, "expected_charge"), json_object_get(row, "expected_charge")), own);
        if (own)
            assert_string_equal(word(json_object_get(venue, "more_than_here"), "value"), "0.000000");
    }
    json_t *alone = json_of_run("--account long-a --paths 200 --no-moves --threads 2");
    assert_true(json_equal(row_of(alone, "long-a"), row));           /* whatever other rules there are */
    json_decref(alone);
    json_decref(json);
    must("rm in.story in2.story", 0);
    json = json_of_run("--account long-a --paths 2 --steps 24 --no-moves --venues all --folder $V");
    must("ls $V/*.story | wc -l", 0);
    assert_int_equal(json_array_size(json_object_get(json, "venues")), atoi(out));
    json_decref(json);
}

/* In a book so deep that no mark moves and every order is filled, prices alone decide: who has one position and is never charged for
   others is liquidated on just the paths on which his price is reached. */
static void first_order_is_exact_where_nothing_else_happens(void **state)
{
    size_t i;
    json_t *row;
    long long compared = 0, liquidated = 0;
    (void)state;
    must("ln -sfn $R/2025-03-26-jelly 2025-03-26-jelly && sed -e 's/^liquidity all.*/liquidity all mark-share 0 depth "
         "1000000000000 volume "
         "1000000000000000/' -e '/^liquidity JELLY/d' $R/2025-03-26-jelly.story >in.story", 0);
    must("breakwater exposure in.story --accounts 1000 --all --paths 150 --first-order 150 "
         "--fund 100000000000 --threads 2 --json x.json", 0);
    json_t *json = json_of("x.json");
    assert_int_equal(count(json, "first_order_paths"), 150);
    json_array_foreach(json_object_get(json, "accounts"), i, row) {
        if (json_is_null(json_object_get(row, "p_liquidated_first_order")) || hits(row, "p_adl") > 0 || hits(row, "p_haircut") > 0)
            continue;
        assert_int_equal(hits(row, "p_liquidated_first_order"), hits(row, "p_liquidated"));
        liquidated += hits(row, "p_liquidated");
        compared++;
    }
    printf("# %lld traders with one position compared, liquidated %lld times\n", compared, liquidated);
    assert_true(compared > 100 && liquidated > 20);
    json_decref(json);
    must("rm x.json in.story 2025-03-26-jelly", 0);
}

/* A larger move closes what a smaller one does not; a market that he does not hold does not reach him. */
static void moves_reach_whom_they_should(void **state)
{
    (void)state;
    json_t *json = json_of_run("--account short --paths 2 --market JELLY --threads 2");
    const json_t *shocks = json_object_get(json_object_get(json, "account"), "shocks");
    assert_string_equal(word(json_array_get(shocks, 0), "move"), "-0.8000");
    assert_string_equal(word(json_array_get(shocks, 17), "move"), "0.8000");
    assert_false(json_is_true(json_object_get(json_array_get(shocks, 0), "liquidated")));    /* a short gains by a fall */
    assert_false(json_is_true(json_object_get(json_array_get(shocks, 9), "liquidated")));
    assert_true(json_is_true(json_object_get(json_array_get(shocks, 17), "liquidated")));
    json_decref(json);
    json = json_of_run("--account short --paths 2 --market XRP --threads 2");
    shocks = json_object_get(json_object_get(json, "account"), "shocks");
    assert_false(json_is_true(json_object_get(json_array_get(shocks, 17), "liquidated")));
    json_decref(json);
}

/* Ctrl-C: the paths that were begun are whole, and they are the first ones: the result is that of a run of so many. */
static void an_interrupted_run_is_a_shorter_one(void **state)
{
    char options[64];
    (void)state;
    must(EXPOSURE "--all --paths 1000000 --threads 3 --json x.json >screen 2>/dev/null & sleep 1; kill -INT $!; wait $!", 130);
    json_t *cut = json_of("x.json");
    printf("# interrupted after %lld paths\n", count(cut, "paths"));
    assert_true(count(cut, "paths") > 0 && count(cut, "paths") < 1000000 && json_is_true(json_object_get(cut, "partial")));
    snprintf(options, sizeof options, "--all --threads 2 --paths %lld", count(cut, "paths"));
    json_t *shorter = json_of_run(options);
    assert_string_equal(word(shorter, "result_hash"), word(cut, "result_hash"));
    assert_true(json_equal(json_object_get(shorter, "accounts"), json_object_get(cut, "accounts")));
    json_decref(cut);
    json_decref(shorter);
    must("rm screen && ! pgrep -f '[b]reakwater exposure.*1000000'", 0);
}

/* One run's bytes, from shards in any order; a shard that is cut, there twice, missing, changed or of another run is refused. */
static void shards_make_the_same_result(void **state)
{
    static const char *const REFUSED[][2] = {
        {"2.shard 1.shard", "in none of the shards"}, {"1.shard 2.shard 3.shard 2.shard", "stand also in"},
        {"1.shard 2.shard cut.shard", "not whole"}, {"1.shard 2.shard bent.shard", "damaged"}, {"bent.shard", "damaged"},
        {"named.shard 2.shard 3.shard", "damaged"},
        {"1.shard 2.shard other.shard", "a shard of another run"}, {"1.shard 2.shard stress.shard", "found another file"},
        {"1.shard 2.shard wide.shard", "a shard of another run"}, {"1.shard nowhere", "found no file"}};
    (void)state;
    must("for i in 1 2 3; do " EXPOSURE "--all --paths 380 --threads 2 --shard $i/3 --out $i.shard || exit; done", 0);
    must(EXPOSURE "--all --paths 380 --fail-if 'p_adl>1%'" SAME ">one; test -s one", 0);
    must("breakwater merge 3.shard 1.shard 2.shard --json - 2>screen | sed 's/\"elapsed_seconds\":[^,}]*//' | cmp - one", 0);
    must(EXPOSURE "--all --paths 380 >whole && cmp whole screen", 0);
    must("breakwater merge [123].shard --fail-if 'p_liquidated>10%'", 4);
    assert_non_null(strstr(err, "holds for "));
    must("breakwater merge [123].shard --fail-if 'var_gap_99>1'", 2);
    must("head -c 5000 3.shard >cut.shard; cp 3.shard bent.shard; "
         "printf x | dd of=bent.shard bs=1 seek=9000 conv=notrunc 2>/dev/null; sed 's/squeeze/squeezE/' 1.shard >named.shard", 0);
    must(EXPOSURE "--all --paths 380 --seed 2 --shard 3/3 --out other.shard", 0);
    must(EXPOSURE "--all --paths 380 --half-spread 7 --shard 3/3 --out wide.shard", 0);
    must("breakwater stress " STORY "--paths 380 --shard 3/3 --out stress.shard", 0);
    for (size_t i = 0; i < sizeof REFUSED / sizeof *REFUSED; i++) {
        char line[256];
        snprintf(line, sizeof line, "breakwater merge %s --json x.json", REFUSED[i][0]);
        must(line, 3);
        one_line();
        if (strstr(err, REFUSED[i][1]) == NULL)
            fail_msg("%s: %s", REFUSED[i][0], err);
        must("! test -e x.json", 0);
    }
    must("breakwater merge stress.shard 1.shard", 3);
    must("rm *.shard one whole screen", 0);
}

static void it_stops_when_it_knows_enough(void **state)
{
    (void)state;
    json_t *one = json_of_run("--account short --no-moves --paths 2000 --steps 24 --until ci=20% --threads 1");
    json_t *two = json_of_run("--account short --no-moves --paths 2000 --steps 24 --until ci=20% --threads 3");
    assert_true(count(one, "paths") < 2000 && count(one, "paths") % 512 == 0);
    assert_string_equal(word(one, "result_hash"), word(two, "result_hash"));
    json_decref(one);
    json_decref(two);
}

static void gates(void **state)
{
    (void)state;
    must(EXPOSURE "--account short --no-moves --paths 50 --fail-if 'p_liquidated>10%'", 4);
    one_line();
    assert_non_null(strstr(err, "holds for short"));
    must(EXPOSURE "--account short --no-moves --paths 50 --fail-if 'p_liquidated<10%'", 0);
    must(EXPOSURE "--account maker-a --no-moves --paths 50 --fail-if 'p_liquidated_high>=0.08'", 0);
    must(EXPOSURE "--account maker-a --no-moves --paths 50 --fail-if 'p_liquidated_high>0.07'", 4);
    must(EXPOSURE "--all --paths 50 --fail-if 'p_liquidated>10%'", 4);
    assert_non_null(strstr(err, " others"));
    must(EXPOSURE "--all --paths 50 --fail-if 'drag_bp>100000000'", 0);
    must(EXPOSURE "--all --paths 50 --fail-if 'tail_charge>1000000000000'", 4);
    assert_non_null(strstr(err, "found too little to say so"));
    must(EXPOSURE "--account short --no-moves --paths 50 --fail-if 'expected_charge>1'", 4);
    must(EXPOSURE "--all --paths 50 --fail-if 'p_liquidted>0.5'", 2);
    assert_non_null(strstr(err, "did you mean 'p_liquidated'?"));
    must(EXPOSURE "--all --paths 50 --fail-if 'p_socialized>0.5'", 2);
}

static void screens_speak(void **state)
{
    (void)state;
    must(EXPOSURE "--account short --paths 300 --no-moves", 0);
    assert_non_null(strstr(out, "You were liquidated in "));
    assert_non_null(strstr(out, " of 300 paths ("));
    must(EXPOSURE "--account maker-a --paths 300 --no-moves", 0);
    assert_non_null(strstr(out, "You were liquidated in none of 300 paths (less than 1.22%)"));
    must(EXPOSURE "--all --paths 50 --top 3", 0);
    assert_non_null(strstr(out, "Picked from "));
    assert_non_null(strstr(out, "JELLY short"));
    must(EXPOSURE "--all --paths 50 --top 0", 0);
    assert_null(strstr(out, "THE LARGEST MEAN CHARGES"));
    must(EXPOSURE "--all --paths 20 --json - >in.json 2>in.screen && grep -q 'WHO IS REACHED' in.screen && rm in.json in.screen", 0);
}

static void wrong_command_lines(void **state)
{
    static const char *const WRONG[] = {
        "", "--all --account short", "--account short --top 1001", "--all --venues all", "--all --market JELLY", "--all --no-moves",
        "--all --until ci=5%", "--all --first-order 100000001", "--account short --shard 1/2 --out x.shard",
        "--all --shard 1/2", "--all --shard 3/2 --out x.shard",
        "--all --shard 1/2 --out x.shard --fail-if 'p_adl>1%'", "--all --shard 1/2 --out x.shard --first-order 10",
        "--account short --folder $V", "--account short --half-spread -1", "--account short --half-spread 10001",
        "--account short --counterfactual held", "--account short --until 5%", "--account short --venues okx,,bybit --folder $V",
        "--account short --paths 0", "--account short --horizon 0s", "--account short --hurry"};
    (void)state;
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        char line[256];
        snprintf(line, sizeof line, EXPOSURE "%s --json x.json", WRONG[i]);
        must(line, 2);
        one_line();
        assert_string_equal(out, "");
        must("! test -e x.json", 0);
    }
    must("breakwater exposure", 2);
}

static void wrong_names(void **state)
{
    static const char *const WRONG[][2] = {
        {"--account shrt", "did you mean 'short'?"}, {"--account nobody-at-all", "expected the name or number of a trader"},
        {"--account 99999", "expected the name or number"}, {"--account vault", "which is a desk"},
        {"--account past-JELLY", "which is closed"}, {"--account short --market JELY", "did you mean 'JELLY'?"},
        {"--account short --venues okex --folder $V", "exposure: found 'okex', expected a venue"},
        {"--account short --venues in.story", "found an asset with 2 decimals, expected 6"}};
    (void)state;
    must("printf 'asset USDC decimals 2\\npool main asset USDC\\n' >in.story", 0);
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        char line[256];
        snprintf(line, sizeof line, EXPOSURE "%s --paths 5 --json x.json", WRONG[i][0]);
        must(line, 3);
        one_line();
        if (strstr(err, WRONG[i][1]) == NULL)
            fail_msg("%s: %s", WRONG[i][0], err);
        must("! test -e x.json", 0);
    }
    must("breakwater exposure nowhere.story --all", 3);
    must(EXPOSURE "--all --paths 3 --json /dev/full", 5);
    one_line();
    nothing_is_left();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_processes),
        cmocka_unit_test(the_contract),
        cmocka_unit_test(one_is_as_among_all),
        cmocka_unit_test(the_paths_are_those_of_stress),
        cmocka_unit_test(the_same_rules_are_the_same),
        cmocka_unit_test(first_order_is_exact_where_nothing_else_happens),
        cmocka_unit_test(moves_reach_whom_they_should),
        cmocka_unit_test(an_interrupted_run_is_a_shorter_one),
        cmocka_unit_test(shards_make_the_same_result),
        cmocka_unit_test(it_stops_when_it_knows_enough),
        cmocka_unit_test(gates),
        cmocka_unit_test(screens_speak),
        cmocka_unit_test(wrong_command_lines),
        cmocka_unit_test(wrong_names),
    };
    return cmocka_run_group_tests_name("app exposure", tests, make_folder, remove_folder);
}
