/* breakwater stress --report: the file that any number of processes writes alike, its figures those of the JSON and of the engine. */
#include "shell.h"

#define STRESS "breakwater stress $R/2025-03-26-jelly.story --accounts 300 --paths 60 "

static char text[1u << 20];

static void has(const char *word)
{
    if (strstr(text, word) == NULL)
        fail_msg("not in the report: %s", word);
}

static uint32_t times(const char *word)
{
    uint32_t count = 0;
    for (const char *at = text; (at = strstr(at, word)) != NULL; at++)
        count++;
    return count;
}

/* "1234567.89" as "1,234,567.89". */
static void group(const char *digits, char *grouped)
{
    size_t whole = strcspn(digits, ".");
    for (size_t i = 0; digits[i] != 0; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            *grouped++ = ',';
        *grouped++ = digits[i];
    }
    *grouped = 0;
}

static void figures_are_those_of_the_result(void **state)
{
    (void)state;
    must(STRESS "--report r.html --json s.json", 0);
    slurp("r.html", text, sizeof text);
    json_t *json = json_of("s.json");
    has(json_string_value(json_object_get(json, "result_hash")));
    has(json_string_value(json_object_get(json, "settings_hash")));
    char line[160];
    const long long worst = count(json, "worst_path");
    const json_t *gap = json_object_get(json_object_get(json, "series"), "gap");
    char grouped[40];
    snprintf(line, sizeof line, "<h3>1. Path %lld: a gap of %.3gM&nbsp;USDC", worst, (double)money(gap, "largest") / 1e12);
    has(line);
    group(word(gap, "largest"), grouped);
    snprintf(line, sizeof line, "<tr><td class=\"n\">%s</td><td class=\"n\">0%%</td>", grouped);   /* a fund of that size: sorted */
    has(line);
    has("<section id=\"shocks\">");
    has("<section id=\"ladder\">");
    has("<section id=\"owners\">");
    has("<section id=\"closing\">");
    has("jump-branching");
    assert_int_equal(times("class=\"h0\"") + times("class=\"h1\"") + times("class=\"h2\"") + times("class=\"h3\"") +
                     times("class=\"h4\"") + times("class=\"h5\""), 40);
    assert_null(strstr(text, "http"));
    json_decref(json);
    must("rm r.html s.json", 0);
}

/* The report's command plays the path that the report shows. */
static void a_worst_path_plays_again(void **state)
{
    (void)state;
    must(STRESS "--horizon 12h --steps 60 --fund 200000 --report r.html", 0);
    must("grep -o 'breakwater run [^<]*' r.html | head -1 >line && grep -o '1. Path [0-9]*: a gap of [^&]*' r.html | head -1", 0);
    char gap[64];
    snprintf(gap, sizeof gap, "%s", strstr(out, "gap of ") + 7);
    gap[strcspn(gap, "\n")] = 0;
    must("sh line", 0);
    printf("# worst gap: %s\n", gap);
    char said[96];
    snprintf(said, sizeof said, "the gap: %s USDC", gap);
    assert_non_null(strstr(out, said));
    must("rm r.html line", 0);
}

static void the_same_bytes_from_any_number_of_processes(void **state)
{
    (void)state;
    must(STRESS "--report one.html && " STRESS "--threads 3 --report three.html && cmp one.html three.html", 0);
    must(STRESS "--report - 2>screen | cmp - one.html && grep -q 'WHAT MAY HAPPEN' screen", 0);
    must(STRESS "--report risk.html --for risk && cmp one.html risk.html", 0);
    must(STRESS "--report other.html --for trader && ! cmp -s one.html other.html", 0);
    must("grep -q 'How likely am I touched' other.html && ! grep -q 'How likely am I touched' one.html", 0);
    must("breakwater stress $R/2025-03-26-jelly.story --accounts 300 --paths 60 --json with.json --report r.html", 0);
    must("breakwater stress $R/2025-03-26-jelly.story --accounts 300 --paths 60 --json without.json", 0);
    json_t *with = json_of("with.json"), *without = json_of("without.json");   /* the report's own plays leave no trace */
    assert_true(json_equal(json_object_get(with, "result_hash"), json_object_get(without, "result_hash")));
    json_decref(with);
    json_decref(without);
    must("rm one.html three.html risk.html other.html screen r.html with.json without.json", 0);
}

static void of_a_screened_run_too(void **state)
{
    (void)state;
    must("breakwater stress $R/reference.story --accounts 1000 --fund 5000000 --paths 300 --screen --control 50 --for engineer --report "
         "r.html", 0);
    slurp("r.html", text, sizeof text);
    has("none broke it");
    has("--screen --control 50");
    assert_int_equal(times(">calm<"), 0);
    must("rm r.html", 0);
}

/* Runs the reference book with all prices moved by `factor` within `minutes` of the opening, for good; its result in x.json. */
static json_t *moved(const char *factor, const char *minutes, const char *end, const char *batch, const char *liquidity)
{
    char line[2048];
    snprintf(line, sizeof line,
             "awk -F, -v f=%s 'BEGIN{OFS=\",\"} /^#/||/^market/{print;next} $2 ~ /01-05/{print; for (i = 0; i < 2; i++) "
             "printf \"%%s,2026-01-05T%%s:00Z,%%.10g,shaped\\n\", $1, i ? \"%s\" : \"%s\", $3 * f}' $R/reference/prices.csv >prices.csv",
             factor, end, minutes);
    must(line, 0);
    snprintf(line, sizeof line,
             "sed -e \"s|reference/markets.csv|$R/reference/markets.csv|; s|^path.*|%s\\npath prices.csv from 2026-01-05T00:00:00Z to "
             "2026-01-05T%s:00Z batch %s every 1|\" $R/reference.story >moved.story && breakwater run moved.story --accounts 1000 --json "
             "x.json",
             liquidity, end, batch);
    must(line, 0);
    json_t *json = json_of("x.json");
    must("rm x.json prices.csv moved.story", 0);
    return json;
}

/* The n-th number of the row of the ladder that begins with this percentage. */
static long long rung(const char *percent, int number)
{
    char row[64];
    snprintf(row, sizeof row, "<tr><td class=\"n\">%s</td>", percent);
    const char *at = strstr(strstr(text, "id=\"ladder\""), row);
    assert_non_null(at);
    for (at += strlen(row); number > 0; number--)
        at = strstr(at, "</td>") + 5;
    return atoll(at + strlen("<td class=\"n\">"));
}

/* Who is said to be liquidated by a move is liquidated by it on the engine, where liquidations move no price. */
static void the_ladder_is_what_the_engine_does(void **state)
{
    static const struct { const char *factor, *percent; int column; } MOVES[] = {{"0.9", "10%", 1}, {"0.8", "20%", 1}, {"0.7", "30%", 1},
                                                                                 {"1.1", "10%", 3}, {"1.2", "20%", 3}};
    (void)state;
    must("breakwater stress $R/reference.story --accounts 1000 --paths 2 --report r.html", 0);
    slurp("r.html", text, sizeof text);
    for (size_t i = 0; i < sizeof MOVES / sizeof *MOVES; i++) {
        json_t *json = moved(MOVES[i].factor, "00:01", "00:20", "60s", "liquidity all mark-share 0");
        printf("# x %s: %lld liquidated\n", MOVES[i].factor, count(json, "liquidated_accounts"));
        assert_int_equal(rung(MOVES[i].percent, MOVES[i].column), count(json, "liquidated_accounts"));
        json_decref(json);
    }
    must("rm r.html", 0);
}

/* A cell of the grid of shocks, at the story's own depth, is a run of the same prices. */
static void a_shock_is_a_run(void **state)
{
    static const struct { const char *factor; int column; } MOVES[] = {{"0.4", 0}, {"0.8", 2}, {"2.5", 7}};
    (void)state;
    must("breakwater stress $R/reference.story --accounts 1000 --paths 2 --report r.html", 0);
    must("sed -n '/id=\"shocks\"/,/<\\/svg>/p' r.html | grep -o 'class=\"value m\">[^<]*' | sed 's/.*>//' >cells", 0);
    slurp("cells", text, sizeof text);
    for (size_t i = 0; i < sizeof MOVES / sizeof *MOVES; i++) {
        json_t *json = moved(MOVES[i].factor, "01:00", "23:59", "360s", "");
        const char *at = text;
        for (int cell = 0; cell < 2 * 8 + MOVES[i].column; cell++)
            at = strchr(at, '\n') + 1;
        double shown = atof(at), gap = (double)money(json, "gap_total") / 1e12;      /* millions, three digits */
        printf("# x %s: a gap of %.3f million, the cell says %.*s\n", MOVES[i].factor, gap, (int)strcspn(at, "\n"), at);
        assert_true(gap > 1 && shown > .994 * gap && shown < 1.006 * gap);
        json_decref(json);
    }
    must("rm r.html cells", 0);
}

/* The fund's report: the paths with the present fund, and a curve from runs that says the same at that size. */
static void of_the_fund(void **state)
{
#define FUND "breakwater fund $R/2025-03-26-jelly.story --accounts 300 --paths 60 --sizes 100000,3000000,100000000 "
    (void)state;
    must(FUND "--report one.html --for trader && " FUND "--threads 3 --report three.html --for trader && cmp one.html three.html", 0);
    slurp("one.html", text, sizeof text);
    has("Every size was played on the same paths");
    has("How likely am I touched");
    must(FUND "--json with.json", 0);
    json_t *curve = json_of("with.json");
    long long hits = count(json_object_get(json_array_get(json_object_get(curve, "curve"), 0), "p_socialized"), "hits");
    char line[200];
    assert_true(hits > 0);
    snprintf(line, sizeof line, "<tr class=\"sum\"><td class=\"n\">100,000.000000</td><td class=\"n\">%.3g%%</td>", 100. * (double)hits / 60);
    has(line);
    snprintf(line, sizeof line, "traders money — a price below the mark, a haircut, a loss left open — on <strong>%.3g%%</strong>",
             100. * (double)hits / 60);
    has(line);
    json_decref(curve);
    has("breakwater run");
    must(FUND "--json with.json --report r.html && " FUND "--json without.json", 0);
    json_t *with = json_of("with.json"), *without = json_of("without.json");
    assert_true(json_equal(json_object_get(with, "curve"), json_object_get(without, "curve")));
    assert_true(json_equal(json_object_get(with, "result_hash"), json_object_get(without, "result_hash")));
    json_decref(with);
    json_decref(without);
    must(FUND "--for risk", 2);
    must(FUND "--report r.html --for riks", 2);
    assert_non_null(strstr(err, "did you mean 'risk'"));
    must(FUND "--report /dev/full", 5);
    must("rm one.html three.html r.html with.json without.json", 0);
}

static void wrong_command_lines(void **state)
{
    (void)state;
    must(STRESS "--report r.html --for trade", 2);
    one_line();
    assert_non_null(strstr(err, "did you mean 'trader'"));
    must(STRESS "--report r.html --for nobody-at-all", 2);
    one_line();
    must(STRESS "--for risk", 2);
    assert_non_null(strstr(err, "--report"));
    must(STRESS "--report r.html --json r.html", 2);
    must(STRESS "--report - --json -", 2);
    must(STRESS "--report r.html --shard 1/2 --out s", 2);
    must("! test -e r.html && ! test -e s", 0);
    must(STRESS "--report /dev/full", 5);
    must(STRESS "--report nowhere/r.html", 5);
    one_line();
}

static void ctrl_c_leaves_a_report(void **state)
{
    (void)state;
    must("breakwater stress $R/2025-03-26-jelly.story --accounts 300 --paths 900000 --threads 2 --report r.html >screen 2>/dev/null & "
         "sleep 2; kill -INT $!; wait $!", 130);
    slurp("r.html", text, sizeof text);
    has("Interrupted: not all paths were played");
    has("<section id=\"ladder\">");
    assert_null(strstr(text, "<section id=\"shocks\">"));
    has("</html>");
    must("rm r.html screen", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_those_of_the_result), cmocka_unit_test(a_worst_path_plays_again),
        cmocka_unit_test(the_same_bytes_from_any_number_of_processes), cmocka_unit_test(of_a_screened_run_too),
        cmocka_unit_test(the_ladder_is_what_the_engine_does), cmocka_unit_test(a_shock_is_a_run),
        cmocka_unit_test(of_the_fund),
        cmocka_unit_test(wrong_command_lines), cmocka_unit_test(ctrl_c_leaves_a_report)};
    return cmocka_run_group_tests_name("app stress report", tests, make_folder, remove_folder);
}
