/* markets.c - picture 5 and two tables: ADL by market, measured and replayed; every market with where its prices come
   from; every measured figure beside the replayed one. */
#include "report/chart.h"

#define LEFT 110
#define RIGHT 590
#define ROW 26
#define TOP 36
#define ROWS 12

static bool measured_known(const bw_sheet *sheet)
{
    for (uint32_t m = 0; m < sheet->result->market_count; m++)
        if (sheet->result->facts->markets[m].measured_adl >= 0)
            return true;
    return false;
}

static double adl_value(const bw_sheet *sheet, int64_t amount)
{
    return bw_chart_value(amount, sheet->decimals);
}

/* A round for what was measured, a square for what was replayed, a line between them: the misfit. */
static void pair(const bw_sheet *sheet, bw_page *page, const bw_axis *x, double y, uint16_t number)
{
    const bw_metrics_market_facts *facts = &sheet->result->facts->markets[number];
    double replayed = bw_axis_at(x, adl_value(sheet, sheet->result->markets[number].flow.adl));
    bw_svg_text(page, LEFT - 12, y + 4, "label e", facts->name);
    bw_svg_line(page, LEFT, y, RIGHT, y, "hair");
    bw_page_put(page, "<g class=\"deleveraged\">");
    if (facts->measured_adl >= 0)
        bw_svg_line(page, bw_axis_at(x, adl_value(sheet, facts->measured_adl)), y, replayed, y, "misfit");
    bw_svg_rect(page, replayed - 5, y - 5, 10, 10, "square");
    bw_html_end(page, "g");
    if (facts->measured_adl >= 0)
        bw_svg_circle(page, bw_axis_at(x, adl_value(sheet, facts->measured_adl)), y, 5.5, "round");
    bw_svg_text_open(page, RIGHT + 12, y + 4, "value");
    bw_page_short(page, sheet->result->markets[number].flow.adl, sheet->decimals);
    bw_html_end(page, "text");
    if (facts->measured_adl < 0)
        return;
    bw_svg_text_open(page, RIGHT + 76, y + 4, "tick");
    bw_page_put(page, "of ");
    bw_page_short(page, facts->measured_adl, sheet->decimals);
    bw_html_end(page, "text");
}

static void pairs(const bw_sheet *sheet, bw_page *page, uint32_t rows)
{
    const bw_metrics_result *result = sheet->result;
    double most = 0;
    for (uint32_t i = 0; i < rows; i++) {
        double own = adl_value(sheet, result->markets[result->by_adl[i]].flow.adl);
        double real = adl_value(sheet, result->facts->markets[result->by_adl[i]].measured_adl);
        most = own > most ? own : most;
        most = real > most ? real : most;
    }
    bw_axis x = {0, bw_axis_top(most, 5), LEFT, RIGHT};
    double step = bw_axis_step(x.to, 5), bottom = TOP + (double)rows * ROW - 6;
    for (double value = 0; value <= x.to + step / 2; value += step) {
        bw_svg_line(page, bw_axis_at(&x, value), TOP - 12, bw_axis_at(&x, value), bottom, "grid");
        bw_svg_text_open(page, bw_axis_at(&x, value), bottom + 18, "tick m");
        bw_svg_tick(page, value);
        bw_html_end(page, "text");
    }
    bw_svg_circle(page, LEFT + 6, 10, 5.5, "round");
    bw_svg_text(page, LEFT + 18, 14, "tick", "measured on the real venue");
    bw_page_put(page, "<g class=\"deleveraged\">");
    bw_svg_rect(page, LEFT + 202, 5, 10, 10, "square");
    bw_page_put(page, "</g>");
    bw_svg_text(page, LEFT + 218, 14, "tick", "replayed here");
    for (uint32_t i = 0; i < rows; i++)
        pair(sheet, page, &x, TOP + (double)i * ROW, result->by_adl[i]);
}

/* ---------------------------------------------------------------------------------------------------------- tables */

static void price_cell(bw_page *page, int64_t ticks, int64_t tick_nano)
{
    bw_html_cell_open(page, true);
    if (ticks > 0)
        bw_page_price(page, ticks, tick_nano);
    else
        bw_page_put(page, "–");
    bw_html_end(page, "td");
}

/* A measured amount: it is known to 10,000, not to the last digit. */
static void known_amount(const bw_sheet *sheet, bw_page *page, int64_t amount)
{
    bw_html_cell_open(page, true);
    if (amount >= 0) {
        bw_page_scaled(page, amount, sheet->decimals, 6, 2);
        bw_page_char(page, 'M');
    } else {
        bw_page_put(page, "–");
    }
    bw_html_end(page, "td");
}

static void market_row(const bw_sheet *sheet, bw_page *page, uint16_t number)
{
    const bw_metrics_market *market = &sheet->result->markets[number];
    const bw_metrics_market_facts *facts = &sheet->result->facts->markets[number];
    bw_page_put(page, "<tr>");
    bw_html_cell(page, facts->name);
    bw_html_cell(page, facts->provenance);
    price_cell(page, market->mark_open, facts->tick_nano);
    price_cell(page, market->mark_low, facts->tick_nano);
    price_cell(page, market->mark_high, facts->tick_nano);
    price_cell(page, market->mark_end, facts->tick_nano);
    bw_html_amount(sheet, page, market->flow.liquidated);
    known_amount(sheet, page, facts->measured_liquidated);
    bw_html_amount(sheet, page, market->flow.adl);
    known_amount(sheet, page, facts->measured_adl);
    price_cell(page, market->adl_price_average, facts->tick_nano);
    bw_html_count(page, market->flow.adl_closes);
    bw_html_percent(page, (int64_t)market->flow.closes_whole, (int64_t)market->flow.adl_closes);
    bw_html_amount(sheet, page, market->flow.gap);
    bw_page_put(page, "</tr>\n");
}

static void market_table(const bw_sheet *sheet, bw_page *page)
{
    bw_details_open(page, "Every market, and where its prices come from");
    bw_table_open(page, true, "Markets, most ADL first. Prices: measured = the venue's own while it deleveraged; other venue = "
                        "candles of another exchange; shaped = through a few published prices, or made from the median path",
                  "Market|Prices|#Open|#Lowest|#Highest|#End|#Liquidated|#measured|#ADL|#measured|#ADL price, mean|#Closes|"
                  "#whole|#Gap");
    for (uint32_t i = 0; i < sheet->result->market_count; i++)
        market_row(sheet, page, sheet->result->by_adl[i]);
    bw_table_close(page);
    bw_details_close(page);
}

void bw_report_markets(bw_sheet *sheet)
{
    bw_page *page = &sheet->page;
    uint32_t rows = 0;
    bw_section_open(page, "markets", "Market by market");
    while (rows < sheet->result->market_count && rows < ROWS &&
           sheet->result->markets[sheet->result->by_adl[rows]].flow.adl > 0)
        rows++;
    if (rows > 0) {
        bw_page_put(page, "<figure>");
        bw_svg_open(page, TOP + rows * ROW + 20, "Notional closed by ADL per market, measured and replayed");
        pairs(sheet, page, rows);
        bw_page_put(page, "</svg></div><figcaption>Notional closed by ADL in ");
        bw_html_text(page, sheet->asset);
        bw_page_put(page, measured_known(sheet) ? "; the line between the two marks is the misfit.</figcaption></figure>\n"
                                                : ".</figcaption></figure>\n");
    }
    market_table(sheet, page);
    bw_html_end(page, "section");
}

/* ------------------------------------------------------------------------------------------- measured and replayed */

static void compared_row(const bw_sheet *sheet, bw_page *page, const bw_metrics_row *row)
{
    bw_page_put(page, "<tr><td>");
    bw_html_text(page, row->label);
    if (row->market != BW_NONE16) {
        bw_page_char(page, ' ');
        bw_html_text(page, sheet->result->facts->markets[row->market].name);
    }
    bw_page_put(page, "</td>");
    bw_html_cell(page, bw_metrics_unit(row->unit));
    bw_html_cell_open(page, true);
    bw_html_text(page, row->measured);
    bw_page_put(page, "</td><td class=\"n\">");
    bw_html_text(page, *row->replayed ? row->replayed : "–");
    bw_page_put(page, "</td><td class=\"n\">");
    if (row->ratio_ppm >= 0) {
        bw_page_put(page, "×");
        bw_page_scaled(page, row->ratio_ppm, 6, 0, 2);
    }
    bw_page_put(page, "</td>");
    bw_html_cell(page, row->source);
    bw_page_put(page, "</tr>\n");
}

/* Paragraphs split by newlines. */
static void notes(bw_page *page, const char *text)
{
    char one[2] = {0, 0};
    if (*text == 0)
        return;
    bw_page_put(page, "<p>");
    for (; *text; text++) {
        one[0] = *text;
        if (*text == '\n' && text[1])
            bw_page_put(page, "</p>\n<p>");
        else if (*text != '\n')
            bw_html_text(page, one);
    }
    bw_page_put(page, "</p>\n");
}

void bw_report_compared(bw_sheet *sheet)
{
    bw_page *page = &sheet->page;
    if (sheet->result->row_count == 0 && *sheet->result->facts->notes == 0)
        return;
    bw_section_open(page, "measured", "Measured against replayed");
    bw_page_put(page, "<p>Accounts and their positions are not public; the book is drawn from measured distributions. So the "
                      "replay is a model of the day, not the day. What it hits and what it misses stands here.</p>\n");
    notes(page, sheet->result->facts->notes);
    if (sheet->result->row_count > 0) {
        bw_table_open(page, false, "Each figure as measured of the real event, and as this run has it",
                      "Figure|Unit|#Measured|#Replayed|#Ratio|Source of the measurement");
        for (uint32_t i = 0; i < sheet->result->row_count; i++)
            compared_row(sheet, page, &sheet->result->rows[i]);
        bw_table_close(page);
    }
    bw_html_end(page, "section");
}
