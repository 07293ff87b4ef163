/* stress_book.c - the book and where its losses come from: markets at fault, owners, time to close. */
#include "report/stress_sheet.h"

/* ---------------------------------------------------------------------------------------------------------- causes */

enum { PAYERS = 4, SIDES = BW_STRESS_ORIGINS + 1 };

/* Of some paths: means of who paid. */
typedef struct {
    double paths, gap, paid[PAYERS];
} sharing;

static void share(sharing *to, const bw_stress_outcome *outcome)
{
    to->paths += 1;
    to->gap += (double)outcome->gap;
    to->paid[0] += (double)outcome->fund_use;
    to->paid[1] += (double)outcome->venue_paid;
    to->paid[2] += (double)outcome->deleveraged;
    to->paid[3] += (double)outcome->socialized;
}

static void payers_row(bw_page *page, const char *name, const sharing *of)
{
    bw_page_put(page, "<tr>");
    bw_html_cell(page, name);
    bw_html_count(page, (uint64_t)of->paths);
    for (uint32_t i = 0; i < PAYERS; i++) {
        bw_html_cell_open(page, true);
        if (of->gap > 0)
            bw_html_share(page, of->paid[i] / of->gap);
        else
            bw_page_put(page, "–");
        bw_page_put(page, "</td>");
    }
    bw_page_put(page, "</tr>\n");
}

/* The least gap of the worst hundredth of all paths, one at least; of a screened run perhaps fewer are known. */
static int64_t tail_begins(const bw_stress_sheet *at)
{
    bw_stress_amounts gap = at->report->gap;
    uint64_t rank = gap.count / 100;
    rank = rank < 1 ? 1 : rank > gap.listed ? gap.listed : rank;
    int64_t least = gap.listed > 0 ? gap.rising[gap.listed - rank] : 1;
    return least > 0 ? least : 1;
}

static void payers(const bw_stress_sheet *at, bw_page *page)
{
    const bw_stress_report *report = at->report;
    sharing all = {0}, tail = {0};
    int64_t least = tail_begins(at);
    for (uint64_t i = 0; i < report->outcome_count; i++) {
        if (report->outcomes[i].gap > 0)
            share(&all, &report->outcomes[i]);
        if (report->outcomes[i].gap >= least)
            share(&tail, &report->outcomes[i]);
    }
    bw_table_open(page, false, "Who paid the gaps, parts of their sum",
                  "Paths|#How many|#Insurance fund|#Venue and desks|#Deleveraged winners|#Socialized");
    payers_row(page, at->screened ? "played, with a gap" : "with a gap", &all);
    payers_row(page, "the worst", &tail);
    bw_table_close(page);
}

static void origin_row(const bw_stress_sheet *at, bw_page *page, const bw_stress_origin *origin, int64_t least)
{
    const bw_stress_report *report = at->report;
    uint64_t paths = 0;
    double gap = 0, all = 0;
    for (uint64_t i = 0; i < report->outcome_count; i++) {
        const bw_stress_outcome *outcome = &report->outcomes[i];
        bool same = outcome->origin == origin->market && !(outcome->flags & BW_STRESS_ORIGIN_SHORT) == !origin->shorts;
        if (outcome->gap < least)
            continue;
        all += (double)outcome->gap;
        paths += same;
        gap += same ? (double)outcome->gap : 0;
    }
    bw_page_put(page, "<tr><td>");
    bw_html_origin(at, page, origin->market, origin->shorts);
    bw_page_put(page, "</td>");
    bw_html_count(page, origin->paths);
    bw_html_cell_open(page, true);
    bw_page_percent(page, origin->share_ppm, 1);
    bw_page_put(page, "</td>");
    bw_html_count(page, paths);
    bw_html_cell_open(page, true);
    if (all > 0)
        bw_page_percent(page, (int64_t)(1e6 * gap / all + .5), 1);
    bw_page_put(page, "</td></tr>\n");
}

void bw_stress_causes(bw_stress_sheet *at)
{
    const bw_stress_result *result = at->result;
    bw_page *page = &at->sheet.page;
    int64_t least = tail_begins(at);
    bw_section_open(page, "causes", "Where the losses come from, and who pays them");
    if (result->origin_count == 0) {
        bw_page_put(page, "<p class=\"empty\">No gap on any of these paths.</p></section>\n");
        return;
    }
    bw_page_put(page, "<p>Every path is put down to the side of a market that lost most on it; the worst paths, at most a "
                      "hundredth (a gap of ");
    bw_html_money(&at->sheet, page, least);
    bw_page_put(page, " or more) is shown beside all, since the tail has causes of its own.</p>\n");
    bw_table_open(page, false, "Gaps by the side of a market that lost most on the path",
                  "Market and side|#Paths|#Part of all gaps|#Of the worst: paths|#part of their gaps");
    for (uint32_t i = 0; i < result->origin_count; i++)
        origin_row(at, page, &result->origins[i], least);
    bw_table_close(page);
    payers(at, page);
    if (at->screened)
        bw_page_put(page, "<p class=\"meta\">Of this screened run gaps that the fund surely pays count only on the paths played.</p>\n");
    bw_html_end(page, "section");
}

/* ---------------------------------------------------------------------------------------------------------- owners */

static void spread_row(const bw_stress_sheet *at, bw_page *page, const char *name, const bw_metrics_spread *spread)
{
    const int64_t amounts[] = {spread->total, spread->top_1, spread->top_10, spread->top_100};
    bw_page_put(page, "<tr>");
    bw_html_cell(page, name);
    bw_html_count(page, spread->accounts);
    for (uint32_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        bw_html_cell_open(page, true);
        bw_page_short(page, amounts[i], at->sheet.decimals);
        bw_page_put(page, "</td>");
    }
    bw_html_cell_open(page, true);
    bw_page_scaled(page, spread->gini_ppm < 0 ? 0 : spread->gini_ppm, 6, 0, 3);
    bw_page_put(page, "</td></tr>\n");
}

void bw_stress_owners(bw_stress_sheet *at)
{
    const bw_report_book *book = at->report->book;
    bw_page *page = &at->sheet.page;
    if (book == NULL || book->owner_interest.total <= 0)
        return;
    bw_section_open(page, "owners", "On how few owners it rests");
    bw_page_put(page, "<p>Whose default would be felt, and who could bear a loss: ");
    bw_page_grouped(page, (int64_t)book->owners);
    bw_page_put(page, " owners of ");
    bw_page_grouped(page, (int64_t)book->accounts);
    bw_page_put(page, " accounts. The ten with the largest positions have ");
    bw_html_strong_money(&at->sheet, page, book->owner_interest.top_10);
    bw_page_put(page, " of ");
    bw_html_money(&at->sheet, page, book->owner_interest.total);
    bw_page_put(page, " (both sides); the ten richest have ");
    bw_html_strong_money(&at->sheet, page, book->owner_equity.top_10);
    bw_page_put(page, " of ");
    bw_html_money(&at->sheet, page, book->owner_equity.total);
    bw_page_put(page, " equity. The further a curve sags below the straight line, the fewer hold the whole.</p>\n<figure>");
    bw_svg_open(page, BW_SPREAD_HEIGHT, "Concentration: Lorenz curves of owners' positions and equity");
    bw_spread_frame(page, "What the smallest owners have together", "owners, smallest first", "if all had the same");
    bw_spread_line(page, &book->owner_interest, "line closed");
    bw_spread_line(page, &book->owner_equity, "line charged");
    double y = bw_spread_bars(page, BW_SPREAD_TOP + 12, "Positions (notional)", "line closed", "deleveraged", &book->owner_interest,
                              " owners");
    bw_spread_bars(page, y, "Equity", "line charged", "haircut", &book->owner_equity, " owners");
    bw_page_put(page, "</svg></div><figcaption>Traders only: the venue’s desks and market makers are left out. An owner without "
                      "positions, or without equity, does not count in that curve.</figcaption></figure>\n");
    bw_details_open(page, "The figures");
    bw_table_open(page, false, "What rests on how many owners", "What|#Owners|#All|#Largest 1|#Largest 10|#Largest 100|#Gini");
    spread_row(at, page, "Positions, notional", &book->owner_interest);
    spread_row(at, page, "Equity", &book->owner_equity);
    bw_table_close(page);
    bw_details_close(page);
    bw_html_end(page, "section");
}

/* ---------------------------------------------------------------------------------------------------- time to close */

static double minutes_of(const bw_report_book *book, const bw_report_market *market, int64_t notional)
{
    double volume = (double)market->volume_daily * (double)book->participation_ppm / 1e6 / 1440;
    return volume > 0 ? (double)notional / volume : -1;
}

/* "0.4", "12", "1,234": minutes, three digits at most below the point. */
static void minutes(bw_page *page, double count)
{
    bw_html_cell_open(page, true);
    if (count < 0)
        bw_page_put(page, "–");
    else if (count < 10)
        bw_page_scaled(page, (int64_t)(count * 100 + .5), 2, 0, 1);
    else
        bw_page_grouped(page, (int64_t)(count + .5));
    bw_page_put(page, "</td>");
}

static void closing_row(const bw_stress_sheet *at, bw_page *page, const bw_report_market *market)
{
    const bw_report_book *book = at->report->book;
    bw_page_put(page, "<tr>");
    bw_html_cell(page, market->name);
    const int64_t sizes[] = {market->largest, market->flagged_longs, market->flagged_shorts, market->open_interest};
    for (uint32_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        bw_html_cell_open(page, true);
        bw_page_short(page, sizes[i], at->sheet.decimals);
        bw_page_put(page, "</td>");
        minutes(page, minutes_of(book, market, sizes[i]));
    }
    bw_page_put(page, "</tr>\n");
}

void bw_stress_closing(bw_stress_sheet *at)
{
    const bw_report_book *book = at->report->book;
    bw_page *page = &at->sheet.page;
    if (book == NULL || book->market_count == 0)
        return;
    bw_section_open(page, "closing", "How long closing takes");
    bw_page_put(page, "<p>Minutes to sell or buy back in the market without being more than ");
    bw_page_percent(page, book->participation_ppm, 0);
    bw_page_put(page, " of its normal volume: the largest position of one account, all longs that a fall of ");
    bw_page_percent(page, book->flagged_ppm, 0);
    bw_page_put(page, " liquidates, all shorts that a rise of as much liquidates, and one whole side. In a crash volume and depth "
                      "are another matter; a market with hours here cannot be left in a hurry.</p>\n");
    bw_table_open(page, true, "Size and minutes",
                  "Market|#Largest position|#min|#Longs flagged|#min|#Shorts flagged|#min|#One side|#min");
    for (uint32_t m = 0; m < book->market_count; m++)
        closing_row(at, page, &book->markets[m]);
    bw_table_close(page);
    bw_html_end(page, "section");
}
