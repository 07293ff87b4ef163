/* The report of the stress laboratory: one well-formed file, with every figure it was given, for each reader. Figures are
   invented. */
#include "check.h"

#include "html.h"
#include "metrics/page.h"
#include "report/stress.h"

#define USD INT64_C(1000000)
#define MUSD (1000000 * USD)

enum { PATHS = 2000, MARKETS = 3 };

typedef struct {
    bw_stress_facts facts;
    bw_stress_result result;
    bw_stress_outcome outcomes[PATHS], cells[BW_REPORT_MOVES * BW_REPORT_DEPTHS];
    int64_t scratch[PATHS], gap[PATHS], fund_use[PATHS], socialized[PATHS], borne[PATHS];
    bw_report_shocks shocks;
    bw_report_ladder ladder;
    bw_report_book book;
    bw_report_market markets[MARKETS];
    bw_report_lever levers[3];
    bw_report_tornado tornado;
    bw_report_trace traces[BW_REPORT_WORST];
    bw_report_input inputs[2];
    bw_stress_report report;
} fixture;

static const char *const NAMES[MARKETS] = {"BTC", "ETH", "JELLY"};
static const char *const COMMAND = "breakwater run crash.story --path 17";

static bw_stress_outcome outcome_of(int64_t gap)
{
    int64_t fund = gap < 5 * MUSD ? gap : 5 * MUSD;
    return (bw_stress_outcome){.gap = gap, .fund_use = fund, .deleveraged = (gap - fund) / 4, .socialized = gap - fund - (gap - fund) / 4,
                               .adl_notional = 9 * gap, .liquidated_notional = 20 * gap, .first_adl_ns = gap > 0 ? 7200 * INT64_C(1000000000) : -1,
                               .adl_accounts = gap > 0 ? 12 : 0, .haircut_accounts = gap > fund ? 5 : 0, .adl_legs = gap > 0,
                               .flags = gap > 0 ? BW_STRESS_LIQUIDATION | BW_STRESS_ADL | (gap > fund ? BW_STRESS_HAIRCUT : 0u) : 0,
                               .origin = gap > 0 ? 1 : BW_NONE16};
}

static void add_outcomes(fixture *f, int64_t scale)
{
    uint64_t seed = 7;
    for (uint32_t i = 0; i < PATHS; i++) {
        int64_t wild = (int64_t)check_random_below(&seed, 1000) + 1;
        f->outcomes[i] = outcome_of(check_random_below(&seed, 20) == 0 ? scale * USD / wild : 0);
        f->gap[i] = f->outcomes[i].gap;
        f->fund_use[i] = f->outcomes[i].fund_use;
        f->socialized[i] = f->outcomes[i].socialized;
        f->borne[i] = bw_fund_borne(&f->outcomes[i]);
    }
    bw_stress_sort(f->gap, PATHS);
    bw_stress_sort(f->fund_use, PATHS);
    bw_stress_sort(f->socialized, PATHS);
    bw_stress_sort(f->borne, PATHS);
}

static void add_book(fixture *f)
{
    for (uint32_t i = 0; i <= BW_REPORT_RUNGS; i++) {
        f->ladder.fall[i] = (bw_report_rung){i * i * MUSD, i * 3};
        f->ladder.rise[i] = (bw_report_rung){i * MUSD, i};
    }
    f->ladder.next_count = 2;
    f->ladder.next[0] = (bw_report_next){"u000048", "BTC", true, 13600, 5409677350, 142004679};
    f->ladder.next[1] = (bw_report_next){"whale", "JELLY", false, -21000, 271 * MUSD, 10 * MUSD};
    for (uint32_t m = 0; m < MARKETS; m++)
        f->markets[m] = (bw_report_market){NAMES[m], 1440 * MUSD, (m + 1) * 50 * MUSD, 100 * MUSD, 0, m == 2 ? 0 : 7200 * MUSD};
    bw_metrics_spread spread = {.accounts = 480, .total = 3000 * MUSD, .top_1 = 900 * MUSD, .top_10 = 2000 * MUSD,
                                .top_100 = 2900 * MUSD, .gini_ppm = 961400};
    for (int64_t i = 0; i <= BW_METRICS_LORENZ; i++)
        spread.lorenz_ppm[i] = i * i * i;
    f->book = (bw_report_book){.accounts = 500, .owners = 481, .positions = 853, .open_interest = 4320 * MUSD, .equity = 4000 * MUSD,
                               .fund = 5 * MUSD, .owner_equity = spread, .owner_interest = spread, .market_count = MARKETS,
                               .markets = f->markets, .flagged_ppm = 200000, .participation_ppm = 100000};
}

static void add_plays(fixture *f)
{
    f->shocks = (bw_report_shocks){.move_count = BW_REPORT_MOVES, .depth_count = BW_REPORT_DEPTHS, .cells = f->cells,
                                   .within_ns = INT64_C(3600000000000)};
    for (uint32_t m = 0; m < BW_REPORT_MOVES; m++)
        f->shocks.move_ppm[m] = 100000 * ((int64_t)m - 4);
    for (uint32_t d = 0; d < BW_REPORT_DEPTHS; d++) {
        f->shocks.depth_percent[d] = 25 << d;
        for (uint32_t m = 0; m < BW_REPORT_MOVES; m++)
            f->cells[d * BW_REPORT_MOVES + m] = outcome_of(m < 3 ? (int64_t)(3 - m) * 3 * MUSD : 0);
    }
    for (uint32_t t = 0; t < BW_REPORT_WORST; t++) {
        bw_report_trace *trace = &f->traces[t];
        *trace = (bw_report_trace){.path = 17 + t, .outcome = outcome_of((20 - t) * MUSD), .command = COMMAND,
                                   .point_count = BW_REPORT_POINTS, .line_count = 2, .line_name = {"ETH", "BTC"}};
        for (uint32_t i = 0; i < BW_REPORT_POINTS; i++) {
            trace->gap[i] = i * MUSD / 10;
            trace->liquidated[i] = i * MUSD;
            trace->move_ppm[0][i] = -3000 * (int64_t)i;
            trace->move_ppm[1][i] = t % 2 ? 40000 * (int64_t)i : 100 * (int64_t)i;
        }
    }
    f->levers[0] = (bw_report_lever){"depth", "half", "double", 3 * MUSD, MUSD / 2};
    f->levers[1] = (bw_report_lever){"fund", "none", "twice", 4 * MUSD, 0};
    f->levers[2] = (bw_report_lever){"jumps", "half", "double", MUSD, 5 * MUSD};
    f->tornado = (bw_report_tornado){"mean of what traders pay", 2 * MUSD, 3, f->levers};
}

static fixture *fixture_get(int64_t scale)
{
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->facts = (bw_stress_facts){.title = "A squeeze", .reproduce = "breakwater stress crash.story --paths 2000", .asset = "USDC",
                                 .decimals = 6, .seed = 1, .settings_hash = 0x1234, .horizon_ns = INT64_C(86400000000000),
                                 .markets = NAMES, .market_count = MARKETS};
    add_outcomes(f, scale);
    bw_stress_result_of(&f->result, &f->facts, f->outcomes, PATHS, f->scratch);
    add_book(f);
    add_plays(f);
    f->inputs[0] = (bw_report_input){"jumps", "0.03", "[M]", "common jumps a day"};
    f->inputs[1] = (bw_report_input){"beta", "1 to 1.5", "story", "diffusive move per move of the factor"};
    f->report = (bw_stress_report){
        .reader = BW_REPORT_RISK, .result = &f->result, .outcomes = f->outcomes, .outcome_count = PATHS,
        .gap = bw_stress_amounts_of(f->gap, PATHS), .fund_use = bw_stress_amounts_of(f->fund_use, PATHS),
        .socialized = bw_stress_amounts_of(f->socialized, PATHS), .borne = bw_stress_amounts_of(f->borne, PATHS),
        .shocks = &f->shocks, .ladder = &f->ladder, .book = &f->book, .tornado = &f->tornado, .trace_count = BW_REPORT_WORST,
        .traces = f->traces, .input_count = 2, .inputs = f->inputs, .rules = "fund | haircut", .step_count = 240};
    return f;
}

static char *written(const bw_stress_report *report)
{
    size_t length = bw_report_stress(report, NULL, 0);
    char *text = malloc(length + 1);
    assert_int_equal(bw_report_stress(report, text, length + 1), length);
    assert_int_equal(strlen(text), length);
    check_tags(text);
    check_places(text);
    check_nothing_fetched(text);
    return text;
}

static void has(const char *text, const char *word)
{
    if (strstr(text, word) == NULL)
        fail_msg("not in the report: %s", word);
}

static void has_amount(const char *text, int64_t amount)
{
    char exact[64];
    bw_page page = bw_page_open(exact, sizeof exact);
    bw_page_put(&page, ">");
    bw_page_amount_grouped(&page, amount, 6);
    bw_page_end(&page);
    has(text, exact);
}

static const char *const SECTIONS[] = {"losses", "coverage", "shocks", "ladder", "causes", "owners", "closing", "levers", "worst",
                                       "convergence", "method", "words", "inputs"};

static bool has_section(const char *text, const char *name)
{
    char id[64];
    snprintf(id, sizeof id, "<section id=\"%s\">", name);
    return strstr(text, id) != NULL;
}

static void every_part_is_there(void **state)
{
    (void)state;
    fixture *f = fixture_get(900000000);
    char *text = written(&f->report);
    for (size_t i = 0; i < sizeof SECTIONS / sizeof *SECTIONS; i++)
        if (!has_section(text, SECTIONS[i]))
            fail_msg("no %s", SECTIONS[i]);
    assert_int_equal(times(text, "role=\"img\""), 7 + BW_REPORT_WORST);
    free(text);
    free(f);
}

static void figures_stand_in_it(void **state)
{
    (void)state;
    fixture *f = fixture_get(900000000);
    char *text = written(&f->report), line[128];
    for (uint32_t level = 0; level < 2; level++) {       /* 2,000 paths show 95% and 99% */
        has_amount(text, f->result.gap.var[level].value);
        has_amount(text, f->result.gap.es[level].value);
        has_amount(text, f->result.socialized.var[level].value);
    }
    assert_false(f->result.gap.var[2].known);
    has(text, "99.9% (needs 3,688)");
    bw_page page = bw_page_open(line, sizeof line);     /* convergence ends where the result is */
    bw_page_put(&page, ">2,000</td><td class=\"n\">");
    bw_page_grouped(&page, (int64_t)f->result.p_charged.hits);
    bw_page_end(&page);
    has(text, line);
    bw_fund_point now = bw_fund_point_at(f->report.gap, 5 * MUSD);
    has(text, ">5,000,000.000000</td>");
    has_amount(text, now.expected_socialized.value);
    assert_int_equal(times(text, ">traders pay<"), 2 * BW_REPORT_DEPTHS);     /* 9 and 6 million, the fund has 5 */
    assert_int_equal(times(text, ">ADL</text>"), BW_REPORT_DEPTHS + BW_REPORT_WORST);
    has(text, "liquidates <strong>25.0M&nbsp;USDC</strong> in 15 accounts");
    has(text, ">100M</td><td class=\"n\">200</td>");     /* 10% of 7,200M a day is half a million a minute */
    has(text, ">1.44B</td><td class=\"n\">2,880</td>");
    has(text, "whale");
    has(text, "−2.10%");
    has(text, "Gini 0.96");
    has(text, "ETH longs");
    assert_int_equal(times(text, COMMAND), BW_REPORT_WORST);
    has(text, "0000000000001234");
    has(text, "1 to 1.5");
    free(text);
    free(f);
}

/* Page one: another kicker, another first question, the same tiles. */
static void page_one_is_for_its_reader(void **state)
{
    static const char *const FIRST[BW_REPORT_READERS] = {"<b>How large?</b>", "<b>How likely am I touched?</b>",
                                                         "<b>Is it the same again?</b>"};
    static const char *const LAST[BW_REPORT_READERS] = {"<b>Is the fund enough?</b>", "<b>How large?</b>", "<b>How likely?</b>"};
    (void)state;
    fixture *f = fixture_get(900000000);
    for (uint32_t reader = 0; reader < BW_REPORT_READERS; reader++) {
        f->report.reader = (bw_report_reader)reader;
        char *text = written(&f->report);
        const char *first = strstr(text, "<b>"), *head = strstr(text, "</header>");
        assert_memory_equal(first, FIRST[reader], strlen(FIRST[reader]));
        assert_true(strstr(text, LAST[reader]) != NULL && strstr(text, LAST[reader]) < head);
        free(text);
    }
    free(f);
}

static void names_are_escaped(void **state)
{
    static const char *const ODD[MARKETS] = {"<script>", "a&b", "\"'"};
    (void)state;
    fixture *f = fixture_get(900000000);
    f->facts.title = "<b>\"A&B\"</b>";
    f->facts.reproduce = "stress 'x' > y & z";
    f->facts.asset = "U<D";
    f->facts.markets = ODD;
    f->markets[0].name = "<i>";
    strcpy(f->ladder.next[0].account, "<a&");
    f->levers[0].name = "<u>";
    f->tornado.figure = "a<b";
    f->traces[0].command = "run <file>";
    f->traces[0].line_name[0] = "<q>";
    f->inputs[0].value = "<1";
    f->report.rules = "a<b";
    for (uint32_t reader = 0; reader < BW_REPORT_READERS; reader++) {
        f->report.reader = (bw_report_reader)reader;
        char *text = written(&f->report);
        assert_null(strstr(text, "<script"));
        assert_null(strstr(text, "<i>"));
        assert_null(strstr(text, "<q>"));
        has(text, "<h1>&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;</h1>");
        has(text, "stress &#39;x&#39; &gt; y &amp; z");
        free(text);
    }
    free(f);
}

static void the_same_bytes_each_time(void **state)
{
    (void)state;
    fixture *f = fixture_get(900000000), *g = fixture_get(900000000);
    char *a = written(&f->report), *b = written(&g->report);
    assert_string_equal(a, b);
    free(a);
    free(b);
    free(f);
    free(g);
}

/* What is not given has no section, what did not happen no picture; amounts of any size stay on the page. */
static void little_or_nothing_to_tell(void **state)
{
    static const int64_t SCALES[] = {0, 1, 30000, INT64_C(1000000000000)};
    (void)state;
    for (size_t i = 0; i < sizeof SCALES / sizeof *SCALES; i++) {
        fixture *f = fixture_get(SCALES[i]);
        char *text = written(&f->report);
        free(text);
        f->report.shocks = NULL;
        f->report.ladder = NULL;
        f->report.book = NULL;
        f->report.tornado = NULL;
        f->report.trace_count = f->report.input_count = 0;
        for (uint32_t reader = 0; reader < BW_REPORT_READERS; reader++) {
            f->report.reader = (bw_report_reader)reader;
            text = written(&f->report);
            static const char *const GONE[] = {"shocks", "ladder", "owners", "closing", "levers", "worst", "inputs"};
            for (size_t k = 0; k < sizeof GONE / sizeof *GONE; k++)
                assert_false(has_section(text, GONE[k]));
            free(text);
        }
        free(f);
    }
}

/* Of gaps that the fund surely pays a screened run knows only the control's: no curve, no size of the fund below. */
static void a_screened_run(void **state)
{
    static uint64_t list[PATHS];
    (void)state;
    fixture *f = fixture_get(900000000);
    uint64_t kept = 0;
    const int64_t paid = 4 * MUSD;
    for (uint64_t i = 0; i < PATHS; i++)
        if (i < 300 || f->outcomes[i].gap > paid) {
            list[kept] = i;
            f->outcomes[kept++] = f->outcomes[i];
        }
    bw_stress_screened screened = {.control = 300, .passed = kept, .paid = paid, .list = list};
    bw_stress_result_screened(&f->result, &f->facts, &screened, f->outcomes, kept, PATHS, f->scratch, NULL);
    uint64_t above = 0;
    while (above < PATHS && f->gap[PATHS - 1 - above] > paid)
        above++;
    f->report.outcome_count = kept;
    f->report.gap = (bw_stress_amounts){f->gap + PATHS - above, above, PATHS};
    char *text = written(&f->report);
    has(text, "Of this screened run");
    char *coverage = strstr(text, "<section id=\"coverage\">"), *shocks = strstr(text, "<section id=\"shocks\">");
    char *zero = strstr(coverage, "<tr><td class=\"n\">0.000000</td>");
    assert_true(zero == NULL || zero > shocks);
    f->report.reader = BW_REPORT_ENGINEER;
    char *other = written(&f->report);
    has(other, "none broke it");
    free(text);
    free(other);
    free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_part_is_there), cmocka_unit_test(figures_stand_in_it), cmocka_unit_test(page_one_is_for_its_reader),
        cmocka_unit_test(names_are_escaped), cmocka_unit_test(the_same_bytes_each_time),
        cmocka_unit_test(little_or_nothing_to_tell), cmocka_unit_test(a_screened_run)};
    return cmocka_run_group_tests_name("report/stress", tests, NULL, NULL);
}
