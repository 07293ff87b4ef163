/* stress_foot.c - how it was done, what the words mean, what went in, and how to get the same again. */
#include "report/stress_sheet.h"

static void method(const bw_stress_sheet *at, bw_page *page)
{
    bw_section_open(page, "method", "How it was done");
    bw_page_put(page, "<p>The story’s book of accounts is loaded into the venue. For each path the price model (jump diffusion with a "
                      "common factor, clustered common jumps and jumps of single markets; docs/stress.md) draws prices from seed and "
                      "number of the path alone; the engine that runs the venue plays them whole: marks, liquidation orders, what the "
                      "order book takes and how that moves the price, desks, ADL, and the layers that pay a loss. What a path came to "
                      "is one record of whole numbers, and every figure here is a function of those records.</p>\n<p>");
    if (at->screened) {
        bw_page_put(page, "A certified bound of each path’s gap decided which paths were played: where it is at most ");
        bw_html_money(&at->sheet, page, at->result->screened->paid);
        bw_page_put(page, ", the fund is sure to pay all of it, nobody is charged, and the path counts as an exact zero. ");
    }
    bw_page_put(page, "Defaults of the model are assumptions, tagged as such below. What comes out far in the tail is decided by the "
                      "jumps, and nobody has seen thirty of them.</p>\n");
    bw_html_end(page, "section");
}

static void words(bw_page *page)
{
    static const char *const WORDS[][2] = {
        {"Gap", "what the liquidated lacked: the sum over a path of all losses beyond their own money."},
        {"Fund use", "what the layers fund and shared fund paid of the gap."},
        {"Socialized", "what winners bore by a haircut, or what nobody has paid yet."},
        {"Traders pay", "deleveraged below the mark, or socialized, above zero."},
        {"ADL", "auto-deleveraging: winners’ positions are closed against one that nobody takes."},
        {"VaR 99%", "the least amount that at most 1% of paths exceed. Interval: order statistics, for every law of the losses."},
        {"ES 99%", "the mean of the largest 1% of amounts. Interval: normal; none with fewer than 100 paths beyond."},
        {"Chance", "paths with the mark over all paths. Interval: Clopper-Pearson below ten hits, else Wilson."},
        {"–", "too few paths to say so. 95% needs 72 paths, 99% 368, 99.9% 3,688, 99.99% 36,887."},
        {"Horizon", "simulated time of a path; part of every probability."}};
    bw_section_open(page, "words", "Words");
    bw_page_put(page, "<dl class=\"glossary\">");
    for (uint32_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        bw_html_term(page, WORDS[i][0]);
        bw_page_put(page, WORDS[i][1]);
        bw_page_put(page, "</dd>\n");
    }
    bw_page_put(page, "</dl><p class=\"meta\">All definitions, roundings and what the intervals cover: docs/stress-estimates.md.</p>"
                      "</section>\n");
}

static void inputs(const bw_stress_sheet *at, bw_page *page)
{
    const bw_stress_report *report = at->report;
    if (report->input_count == 0)
        return;
    bw_section_open(page, "inputs", "What went in");
    bw_page_put(page, "<p>Tags: [S] from a source, [C] computed, [A] assumed, [M] from memory of a paper, “story”: set by the story. "
                      "Where a setting is one a market, the least and the greatest are shown.</p>\n");
    bw_table_open(page, false, "Options, book and settings of the price model", "Input|Value|Tag|Meaning");
    for (uint32_t i = 0; i < report->input_count; i++) {
        const bw_report_input *input = &report->inputs[i];
        bw_page_put(page, "<tr>");
        bw_html_cell(page, input->name);
        bw_html_cell(page, input->value);
        bw_html_cell(page, input->tag);
        bw_html_cell(page, input->meaning);
        bw_page_put(page, "</tr>\n");
    }
    bw_table_close(page);
    bw_html_end(page, "section");
}

void bw_stress_foot(bw_stress_sheet *at)
{
    const bw_stress_result *result = at->result;
    bw_page *page = &at->sheet.page;
    method(at, page);
    words(page);
    inputs(at, page);
    bw_page_put(page, "<footer><h2>This run</h2><dl class=\"facts\">");
    bw_html_term(page, "Reproduce");
    bw_page_put(page, "<code>");
    bw_html_text(page, result->facts->reproduce);
    bw_page_put(page, "</code></dd>");
    bw_html_term(page, "Seed");
    bw_page_unsigned(page, result->facts->seed);
    bw_page_put(page, "</dd>");
    bw_html_term(page, "Paths");
    bw_page_grouped(page, (int64_t)result->paths);
    bw_page_put(page, ", played ");
    bw_page_grouped(page, (int64_t)result->played);
    bw_page_put(page, "; a move was cut by the model’s caps on ");
    bw_page_grouped(page, (int64_t)result->clipped);
    bw_page_put(page, ", which have ");
    bw_page_percent(page, result->clipped_share_ppm, 1);
    bw_page_put(page, " of the gaps</dd>");
    if (*at->report->rules) {
        bw_html_term(page, "Rules");
        bw_page_put(page, "<code>");
        bw_html_text(page, at->report->rules);
        bw_page_put(page, "</code></dd>");
    }
    bw_html_term(page, "Settings hash");
    bw_page_put(page, "<code>");
    bw_page_hex(page, result->facts->settings_hash);
    bw_page_put(page, "</code></dd>");
    bw_html_term(page, "Result hash");
    bw_page_put(page, "<code>");
    bw_page_hex(page, result->hash.high);
    bw_page_hex(page, result->hash.low);
    bw_page_put(page, "</code></dd></dl>\n<p class=\"meta\">The same story, options and seed give these very bytes, on any number of "
                      "processes.</p></footer>\n");
}
