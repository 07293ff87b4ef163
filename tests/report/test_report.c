/* The report is well-formed, complete, escaped, without references to the outside, and the same each time. */
#include "check.h"

#include "fixture.h"
#include "html.h"
#include "metrics/page.h"
#include "report/report.h"

static char *written(const bw_metrics_result *result)
{
    size_t length = bw_report_write(result, NULL, 0);
    char *text = malloc(length + 1);
    assert_int_equal(bw_report_write(result, text, length + 1), length);
    assert_int_equal(strlen(text), length);
    return text;
}

static fixture *fixture_get(void)
{
    fixture *f = malloc(sizeof *f);
    fixture_new(f);
    return f;
}

static void every_element_is_closed(void **state)
{
    (void)state;
    fixture *f = fixture_get();
    char *text = written(&f->result);
    check_tags(text);
    check_places(text);
    free(text);
    free(f);
}

static void nothing_is_fetched(void **state)
{
    (void)state;
    fixture *f = fixture_get();
    char *text = written(&f->result);
    check_nothing_fetched(text);
    free(text);
    free(f);
}

/* --------------------------------------------------------------------------------------------------------- complete */

static void every_picture_has_its_table(void **state)
{
    (void)state;
    static const char *const SECTIONS[] = {"waterfall", "timeline", "fund", "concentration", "markets"};
    fixture *f = fixture_get();
    char *text = written(&f->result);
    assert_int_equal(times(text, "role=\"img\""), 5);
    assert_int_equal(times(text, "<figure>"), 5);
    assert_int_equal(times(text, "<figcaption>"), 5);
    for (size_t i = 0; i < sizeof SECTIONS / sizeof SECTIONS[0]; i++) {
        char id[64];
        snprintf(id, sizeof id, "<section id=\"%s\">", SECTIONS[i]);
        char *from = strstr(text, id);
        if (from == NULL)
            fail_msg("no %s", id);
        char *until = strstr(from, "</section>"), *table = strstr(from, "<table");
        char *picture = strstr(from, "<svg");
        assert_true(picture && picture < until && table && table < until);
        assert_true(strstr(from, "<details open>") < until);
    }
    free(text);
    free(f);
}

static void figures_stand_in_it(void **state)
{
    (void)state;
    fixture *f = fixture_get();
    char *text = written(&f->result), exact[64];
    static const char *const WANTED[] = {
        "<h1>The crash of 10 October 2025</h1>", "breakwater run scenarios/2025-10-10.story --seed 1",
        "0123456789abcdef", "99aabbccddeeff001122334455667788", "prefers-color-scheme:dark", "@media print", "LAUNCHCOIN",
        "other venue", "shaped", "102701", "Lowest ADL price BTC", "×0.89", "First liquidation 21:15:05",
        "62.0 s after the first liquidation", "Gini 0.96", "error 0", "18,211", "Figures of this fixture are invented.</p>"};
    for (size_t i = 0; i < sizeof WANTED / sizeof WANTED[0]; i++)
        if (strstr(text, WANTED[i]) == NULL)
            fail_msg("not in the report: %s", WANTED[i]);
    for (uint32_t layer = 0; layer <= BW_LAYERS; layer++) {   /* the exact figures, as bw_page writes them */
        int64_t amount = layer < BW_LAYERS ? f->pool.flow.paid[layer] : f->pool.flow.gap;
        bw_page page = bw_page_open(exact, sizeof exact);
        bw_page_put(&page, ">");
        bw_page_amount_grouped(&page, amount, 6);
        bw_page_end(&page);
        assert_non_null(strstr(text, exact));
    }
    free(text);
    free(f);
}

static void names_are_escaped(void **state)
{
    (void)state;
    fixture *f = fixture_get();
    f->facts.title = "<b>\"A&B\"</b>";
    f->facts.reproduce = "run 'x' > y & z";
    f->facts.rules = "a<b";
    f->facts.notes = "1 < 2\n3 & 4";
    f->pool_facts.asset = "U<D";
    f->market_facts[0].name = "<script>";
    f->market_facts[1].provenance = "\"&\"";
    f->result.rows[0].label = "<i>";
    f->result.rows[0].source = "a&b";
    char *text = written(&f->result);
    check_tags(text);
    assert_null(strstr(text, "<script"));
    assert_null(strstr(text, "<b>"));
    assert_null(strstr(text, "<i>"));
    assert_non_null(strstr(text, "<h1>&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;</h1>"));
    assert_non_null(strstr(text, "run &#39;x&#39; &gt; y &amp; z"));
    assert_non_null(strstr(text, "<p>1 &lt; 2</p>\n<p>3 &amp; 4</p>"));
    free(text);
    free(f);
}

static void the_same_bytes_each_time(void **state)
{
    (void)state;
    fixture *f = fixture_get(), *g = fixture_get();
    char *a = written(&f->result), *b = written(&g->result);
    assert_string_equal(a, b);
    free(a);
    free(b);
    free(f);
    free(g);
}

static void nothing_happened_is_a_report_too(void **state)
{
    (void)state;
    fixture *f = fixture_get();
    f->pool = (bw_metrics_pool){.adl_spread = {.gini_ppm = -1}, .charge_spread = {.gini_ppm = -1}};
    for (uint32_t m = 0; m < FIXTURE_MARKETS; m++)
        f->markets[m] = (bw_metrics_market){.pool = 0};
    memset(f->batches, 0, sizeof f->batches);
    f->result.first_adl_ns = f->result.first_liquidation_ns = -1;
    for (uint32_t batches = 0; batches < 3; batches++) {
        f->result.batch_count = batches;
        char *text = written(&f->result);
        check_tags(text);
        assert_non_null(strstr(text, "There was no gap"));
        free(text);
    }
    f->result.pool_count = 0;
    char *text = written(&f->result);
    check_tags(text);
    free(text);
    free(f);
}

/* Negative balances, a huge and a tiny amount. */
static void odd_amounts_stay_on_the_page(void **state)
{
    (void)state;
    static const int64_t HIGH[] = {INT64_MAX / 4, FIXTURE_MUSD, -FIXTURE_MUSD, 0};
    fixture *f = fixture_get();
    for (size_t i = 0; i < sizeof HIGH / sizeof HIGH[0]; i++) {
        for (uint32_t b = 0; b < FIXTURE_BATCHES; b++) {
            f->batches[b].desks = b % 3 ? -5 * FIXTURE_MUSD : HIGH[i];
            f->batches[b].fund = b;
            f->batches[b].capital = f->batches[b].carryover = 0;   /* the desks' panel is the last */
            f->batches[b].flow.gap = 1;
        }
        char *text = written(&f->result);
        check_tags(text);
        check_places(text);
        assert_null(strstr(text, "nan"));
        free(text);
    }
    free(f);
}

/* ------------------------------------------------------------------------------------------------------- comparison */

/* A charge without a cap that takes a hundred times what an account has leaves the other bars to be seen. */
static void a_share_beyond_the_whole_ends_its_bar(void **state)
{
    static const int64_t WORST[] = {500000, 1000000, 106043000};
    static bw_comparison_row rows[3];
    (void)state;
    for (uint32_t i = 0; i < 3; i++) {
        snprintf(rows[i].venue, sizeof rows[i].venue, "venue-%u", i);
        rows[i].columns.value[BW_COL_LARGEST_FRACTION_EQUITY] = WORST[i];
        rows[i].columns.exists[BW_COL_LARGEST_FRACTION_EQUITY] = true;
    }
    bw_comparison comparison = {.title = "t", .reproduce = "r", .asset = "USDC", .decimals = 6, .rows = rows, .row_count = 3};
    size_t length = bw_report_comparison(&comparison, NULL, 0);
    char *text = malloc(length + 1);
    assert_int_equal(bw_report_comparison(&comparison, text, length + 1), length);
    check_tags(text);
    assert_int_equal(times(text, "width=\"74.0\" height=\"14.0\" class=\"bar\""), 2);
    assert_int_equal(times(text, "width=\"37.0\" height=\"14.0\" class=\"bar\""), 1);
    assert_int_equal(times(text, "class=\"value\">&gt;1,000%<"), 1);   /* the table has it whole */
    assert_non_null(strstr(text, "10,604.3%"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_element_is_closed), cmocka_unit_test(nothing_is_fetched),
        cmocka_unit_test(every_picture_has_its_table), cmocka_unit_test(figures_stand_in_it),
        cmocka_unit_test(names_are_escaped), cmocka_unit_test(the_same_bytes_each_time),
        cmocka_unit_test(nothing_happened_is_a_report_too), cmocka_unit_test(odd_amounts_stay_on_the_page),
        cmocka_unit_test(a_share_beyond_the_whole_ends_its_bar)};
    return cmocka_run_group_tests_name("report/report", tests, NULL, NULL);
}
