/* words.c - what stands in sentences: the opening for a trader, the glossary, how to reproduce. */
#include "report/chart.h"

static void strong_money(const bw_sheet *sheet, bw_page *page, int64_t amount)
{
    bw_page_put(page, "<strong>");
    bw_html_money(sheet, page, amount);
    bw_html_end(page, "strong");
}

static void strong_count(bw_page *page, uint64_t count)
{
    bw_page_put(page, "<strong>");
    bw_page_grouped(page, (int64_t)count);
    bw_html_end(page, "strong");
}

static void tile(bw_page *page, const char *name)
{
    bw_page_put(page, "</dd></div>\n<div><dt>");
    bw_page_put(page, name);
    bw_page_put(page, "</dt><dd>");
}

static void tiles(const bw_sheet *sheet, bw_page *page)
{
    const bw_metrics_pool *pool = sheet->pool;
    bw_page_put(page, "<dl class=\"tiles\"><div><dt>The gap</dt><dd>");
    bw_html_money(sheet, page, pool->flow.gap);
    tile(page, "Force-closed");
    bw_html_money(sheet, page, pool->flow.liquidated);
    tile(page, "Winners closed (ADL)");
    bw_html_money(sheet, page, pool->flow.adl);
    tile(page, "Winners hit");
    bw_page_grouped(page, (int64_t)pool->winners);
    tile(page, "Charged to winners");
    bw_html_money(sheet, page, pool->charged);
    tile(page, "Not paid by anyone yet");
    bw_html_money(sheet, page, pool->carryover);
    bw_page_put(page, "</dd></div></dl>\n");
}

static void moves(const bw_sheet *sheet, bw_page *page)
{
    const bw_metrics_result *result = sheet->result;
    const char *word = bw_metrics_moves_word(result, 3);
    uint32_t shown = 0;
    for (uint32_t i = 0; i < result->market_count && shown < 3; i++) {
        int64_t ppm = bw_metrics_move_ppm(&result->markets[result->by_adl[i]]);
        if (ppm == 0)
            continue;
        bw_page_put(page, shown > 0 ? ", " : word);
        bw_page_put(page, shown++ > 0 ? "" : ": ");
        bw_html_text(page, result->facts->markets[result->by_adl[i]].name);
        bw_page_put(page, " by ");
        bw_page_percent(page, ppm < 0 ? -ppm : ppm, 1);
    }
    bw_page_put(page, shown ? ". " : "");
    for (uint32_t i = 0; i < result->collateral_count && result->facts->collaterals != NULL; i++) {
        const bw_metrics_collateral *at = &result->collaterals[i];
        if (at->price_open == 0)
            continue;
        bw_page_put(page, "The collateral ");
        bw_html_text(page, result->facts->collaterals[i].asset);
        bw_page_put(page, " fell by ");
        bw_page_percent(page, bw_metrics_fall_ppm(at), 1);
        bw_page_put(page, " at its lowest; for debts the desks took so much of it that it counted ");
        bw_html_money(sheet, page, sheet->pool->converted);
        bw_page_put(page, ". ");
    }
}

/* What the desks and the fund had, and what was left of it. */
static void before_after(const bw_sheet *sheet, bw_page *page)
{
    const bw_metrics_pool *pool = sheet->pool;
    bw_page_put(page, "The desks began with ");
    bw_html_money(sheet, page, pool->desks_open);
    bw_page_put(page, " of their own and ended with ");
    bw_html_money(sheet, page, pool->desks_end);
    if (pool->fund_open == 0 && pool->fund_end == 0) {
        bw_page_put(page, "; there was no insurance fund.");
        return;
    }
    bw_page_put(page, "; the insurance fund with ");
    bw_html_money(sheet, page, pool->fund_open);
    bw_page_put(page, " and ");
    bw_html_money(sheet, page, pool->fund_end);
    bw_page_put(page, ".");
}

static void happened(const bw_sheet *sheet, bw_page *page)
{
    const bw_metrics_pool *pool = sheet->pool;
    bw_page_put(page, "<p>");
    moves(sheet, page);
    strong_count(page, pool->liquidated_accounts);
    bw_page_put(page, " of ");
    bw_page_grouped(page, (int64_t)sheet->result->accounts);
    bw_page_put(page, " accounts no longer had the margin that their positions need, and ");
    strong_money(sheet, page, pool->flow.liquidated);
    bw_page_put(page, " of positions were force-closed. The order book took ");
    bw_html_money(sheet, page, pool->flow.book);
    bw_page_put(page, " of that, the venue’s backstop desks took over ");
    bw_html_money(sheet, page, pool->flow.backstop);
    bw_page_put(page, ".</p>\n<p>When nobody else was left to take a position, the venue closed traders on the winning side "
                      "against it, at the mark price. That is auto-deleveraging: ");
    strong_count(page, pool->adl_accounts);
    bw_page_put(page, " accounts, ");
    strong_money(sheet, page, pool->flow.adl);
    bw_page_put(page, " of positions, of which ");
    bw_html_money(sheet, page, pool->flow.adl_of_desks);
    bw_page_put(page, " went against what the desks had taken over before. ");
    before_after(sheet, page);
    bw_page_put(page, "</p>\n");
}

static void why(const bw_sheet *sheet, bw_page *page)
{
    const bw_metrics_pool *pool = sheet->pool;
    const bw_metrics_flow *flow = &pool->flow;
    uint32_t shown = 0;
    bw_page_put(page, "<p>Why anyone else pays: a trader with leverage can lose more than was deposited, and the winner on the "
                      "other side is owed that money all the same. ");
    strong_count(page, pool->bankrupt_accounts);
    bw_page_put(page, " accounts ended below zero and left a gap of ");
    strong_money(sheet, page, flow->gap);
    bw_page_put(page, ". ");
    for (uint32_t layer = 0; layer < BW_LAYERS; layer++) {
        if (flow->paid[layer] == 0)
            continue;
        bw_page_put(page, shown++ ? ", " : "It was borne by ");
        bw_page_put(page, bw_layer_phrases[layer]);
        bw_page_put(page, " (");
        bw_html_money(sheet, page, flow->paid[layer]);
        bw_page_put(page, ")");
    }
    bw_page_put(page, shown ? ". " : "");
    bw_page_put(page, pool->claims > 0 ? "Those who were charged hold claims of " : "No claims are open");
    if (pool->claims > 0)
        bw_html_money(sheet, page, pool->claims);
    bw_page_put(page, pool->claims > 0 ? " to be repaid when the fund recovers.</p>\n" : ".</p>\n");
    if (*sheet->result->facts->rules) {
        bw_page_put(page, "<p>The venue’s rule, in this order: <code>");
        bw_html_text(page, sheet->result->facts->rules);
        bw_page_put(page, "</code></p>\n");
    }
}

void bw_report_opening(bw_sheet *sheet)
{
    const bw_metrics_result *result = sheet->result;
    bw_page *page = &sheet->page;
    bw_page_put(page, "<header><p class=\"kicker\">Breakwater · who paid when traders went bankrupt</p><h1>");
    bw_html_text(page, result->facts->title);
    bw_page_put(page, "</h1>\n<p class=\"meta\">");
    bw_page_date(page, result->time_open_ns);
    bw_page_put(page, ", ");
    bw_page_clock(page, result->time_open_ns, 0);
    bw_page_put(page, " to ");
    bw_page_clock(page, result->time_end_ns, 0);
    bw_page_put(page, " UTC · ");
    bw_page_grouped(page, (int64_t)result->accounts);
    bw_page_put(page, " accounts · ");
    bw_page_unsigned(page, result->market_count);
    bw_page_put(page, " markets · seed ");
    bw_page_unsigned(page, result->facts->seed);
    bw_page_put(page, "</p>\n");
    if (result->facts->partial)
        bw_page_put(page, "<p class=\"warning\">Interrupted: this is a partial result. It is exact up to the last batch.</p>\n");
    if (result->lost_records > 0)
        bw_page_put(page, "<p class=\"warning\">Some figures per account did not fit the memory given to the metrics and are "
                          "missing.</p>\n");
    happened(sheet, page);
    why(sheet, page);
    tiles(sheet, page);
    bw_page_put(page, "</header>\n");
}

static void identity(const bw_sheet *sheet, bw_page *page)
{
    const bw_metrics_result *result = sheet->result;
    bw_page_put(page, "<dl class=\"facts\">");
    bw_html_term(page, "Reproduce");
    bw_page_put(page, "<code>");
    bw_html_text(page, result->facts->reproduce);
    bw_page_put(page, "</code></dd>");
    bw_html_term(page, "Seed");
    bw_page_unsigned(page, result->facts->seed);
    bw_page_put(page, "</dd>");
    bw_html_term(page, "Settings hash");
    bw_page_put(page, "<code>");
    bw_page_hex(page, result->settings_hash);
    bw_page_put(page, "</code></dd>");
    bw_html_term(page, "State hash");
    bw_page_put(page, "<code>");
    bw_page_hex(page, result->state_hash[1]);
    bw_page_hex(page, result->state_hash[0]);
    bw_page_put(page, "</code></dd>");
    bw_html_term(page, "Work");
    bw_page_grouped(page, (int64_t)result->commands);
    bw_page_put(page, " commands, ");
    bw_page_grouped(page, (int64_t)result->events);
    bw_page_put(page, " events, ");
    bw_page_grouped(page, (int64_t)result->rounds);
    bw_page_put(page, " rounds</dd>");
    bw_html_term(page, "Conservation");
    bw_page_put(page, "error ");
    bw_page_integer(page, sheet->pool->conservation_error);
    bw_page_put(page, " (money in the venue less money put in, to the last unit)</dd></dl>\n");
}

void bw_report_foot(bw_sheet *sheet)
{
    static const char *const WORDS[][2] = {
        {"Mark", "the price that values positions."},
        {"Liquidation", "forced closing of a position whose account lacks margin."},
        {"Gap", "what an account lacks when it is closed: its negative equity at that mark."},
        {"Backstop desk", "an account of the venue that takes over positions, with its own limited money."},
        {"ADL", "auto-deleveraging: winners’ positions are closed against the one nobody takes."},
        {"Haircut", "a cut of winners’ profits that pays what is left of the gap."},
        {"Carried over", "loss that nobody could pay yet; it is paid first when the fund takes in money."},
        {"Claim", "the right of one who was charged to be repaid."},
        {"Notional", "size times price of a position, without sign."},
        {"Gini", "0 when all bear the same, near 1 when one bears all."}};
    bw_page *page = &sheet->page;
    bw_page_put(page, "<footer><h2>Words</h2><dl class=\"glossary\">");
    for (uint32_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        bw_html_term(page, WORDS[i][0]);
        bw_page_put(page, WORDS[i][1]);
        bw_page_put(page, "</dd>\n");
    }
    bw_page_put(page, "</dl>\n<h2>This run</h2>");
    identity(sheet, page);
    bw_page_put(page, "<p class=\"meta\">The same settings and seed give these very bytes on every machine. Formulas, units and "
                      "signs of every figure: docs/metrics.md.</p></footer>\n");
}
