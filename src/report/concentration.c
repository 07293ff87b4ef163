/* concentration.c - picture 4: on how few accounts the closes and the charges fell; and what winners lost by it. */
#include "report/chart.h"

#define SIDE BW_SPREAD_SIDE
#define LEFT 52
#define TOP BW_SPREAD_TOP
#define BARS 420
#define BARS_END 690

static bool any(const bw_metrics_spread *spread)
{
    return spread->total > 0;
}

/* ---------------------------------------------------------------------------------------------------------- Lorenz */

static const bw_axis X = {0, 100, LEFT, LEFT + SIDE}, Y = {0, 100, TOP + SIDE, TOP};

void bw_spread_line(bw_page *page, const bw_metrics_spread *spread, const char *class)
{
    if (!any(spread))
        return;
    bw_svg_path_open(page, class);
    for (uint32_t i = 0; i <= BW_METRICS_LORENZ; i++)
        bw_svg_path_point(page, i == 0 ? 'M' : 'L', bw_axis_at(&X, (double)i),
                          bw_axis_at(&Y, (double)spread->lorenz_ppm[i] / 1e4));
    bw_svg_path_close(page);
}

void bw_spread_frame(bw_page *page, const char *name, const char *who, const char *even)
{
    bw_svg_text(page, LEFT, TOP - 9, "lane", name);
    for (int64_t percent = 0; percent <= 100; percent += 25) {
        double at = (double)percent;
        bw_svg_line(page, LEFT, bw_axis_at(&Y, at), LEFT + SIDE, bw_axis_at(&Y, at), "grid");
        bw_svg_text_open(page, LEFT - 6, bw_axis_at(&Y, at) + 4, "tick e");
        bw_page_integer(page, percent);
        bw_page_put(page, "%</text>");
        bw_svg_text_open(page, bw_axis_at(&X, at), TOP + SIDE + 18, "tick m");
        bw_page_integer(page, percent);
        bw_page_put(page, "%</text>");
    }
    bw_svg_text(page, LEFT + SIDE / 2, TOP + SIDE + 38, "tick m", who);
    bw_svg_line(page, LEFT, TOP + SIDE, LEFT + SIDE, TOP, "even");
    bw_svg_text(page, bw_axis_at(&X, 42), bw_axis_at(&Y, 50), "tick e", even);
}

/* ------------------------------------------------------------------------------------------------------------ bars */

static double bar(bw_page *page, double y, const char *name, const char *class, int64_t part, int64_t whole)
{
    int64_t ppm = 0;
    bw_mul_div_floor_try(part, 1000000, whole, &ppm);
    double wide = (double)ppm / 1e6 * (BARS_END - BARS);
    bw_svg_text(page, BARS - 8, y + 14, "label e", name);
    bw_page_put(page, "<g class=\"");
    bw_page_put(page, class);
    bw_page_put(page, "\">");
    bw_svg_rect(page, BARS, y, wide < 1 ? 1 : wide, 18, "bar");
    bw_html_end(page, "g");
    bw_svg_text_open(page, BARS + wide + 7, y + 14, "value");
    bw_page_percent(page, ppm, 1);
    bw_html_end(page, "text");
    return y + 26;
}

double bw_spread_bars(bw_page *page, double y, const char *name, const char *key, const char *class,
                      const bw_metrics_spread *spread, const char *who)
{
    if (!any(spread))
        return y;
    bw_svg_line(page, BARS - 78, y - 4, BARS - 50, y - 4, key);
    bw_svg_text(page, BARS - 42, y, "lane", name);
    y = bar(page, y + 12, "largest 1", class, spread->top_1, spread->total);
    y = bar(page, y, "10", class, spread->top_10, spread->total);
    y = bar(page, y, "100", class, spread->top_100, spread->total);
    bw_svg_text_open(page, BARS, y + 12, "tick");
    bw_page_put(page, "Gini ");
    bw_page_scaled(page, spread->gini_ppm, 6, 0, 2);
    bw_page_put(page, ", ");
    bw_page_grouped(page, (int64_t)spread->accounts);
    bw_page_put(page, who);
    bw_page_put(page, "</text>\n");
    return y + 46;
}

/* ----------------------------------------------------------------------------------------------------------- table */

static void table_row(const bw_sheet *sheet, bw_page *page, const char *name, const bw_metrics_spread *spread)
{
    bw_page_put(page, "<tr>");
    bw_html_cell(page, name);
    bw_html_count(page, spread->accounts);
    bw_html_amount(sheet, page, spread->total);
    bw_html_amount(sheet, page, spread->top_1);
    bw_html_amount(sheet, page, spread->top_10);
    bw_html_amount(sheet, page, spread->top_100);
    bw_html_cell_open(page, true);
    if (any(spread))
        bw_page_scaled(page, spread->gini_ppm, 6, 0, 3);
    else
        bw_page_put(page, "–");
    bw_page_put(page, "</td></tr>\n");
}

static void table(const bw_sheet *sheet, bw_page *page)
{
    bw_details_open(page, "The exact figures");
    bw_table_open(page, false, "What fell on how many accounts", "What|#Accounts|#All|#Largest 1|#Largest 10|#Largest 100|#Gini");
    table_row(sheet, page, "Closed by ADL, notional", &sheet->pool->adl_spread);
    table_row(sheet, page, "Charged (deleveraged and haircut)", &sheet->pool->charge_spread);
    bw_table_close(page);
    bw_details_close(page);
}

void bw_report_concentration(bw_sheet *sheet)
{
    const bw_metrics_pool *pool = sheet->pool;
    bw_page *page = &sheet->page;
    bw_section_open(page, "concentration", "On how few it fell");
    if (!any(&pool->adl_spread) && !any(&pool->charge_spread)) {
        bw_page_put(page, "<p class=\"empty\">Nobody was deleveraged or charged.</p></section>\n");
        return;
    }
    bw_page_put(page, "<p>Of the accounts that were closed or charged, how unequal was the burden? The further a curve sags "
                      "below the straight line, the fewer accounts carried the whole.</p>\n<figure>");
    bw_svg_open(page, BW_SPREAD_HEIGHT, "Concentration: Lorenz curves and shares of the largest accounts");
    bw_spread_frame(page, "What the smallest accounts bore together", "accounts, smallest first", "if all bore the same");
    bw_spread_line(page, &pool->adl_spread, "line closed");
    bw_spread_line(page, &pool->charge_spread, "line charged");
    double y = bw_spread_bars(page, TOP + 12, "Closed by ADL (notional)", "line closed", "deleveraged", &pool->adl_spread,
                              " accounts");
    bw_spread_bars(page, y, "Charged (money)", "line charged", "haircut", &pool->charge_spread, " accounts");
    bw_page_put(page, "</svg></div><figcaption>Shares of the notional closed by ADL and of the money charged; only accounts "
                      "that had any are counted.</figcaption></figure>\n");
    table(sheet, page);
    bw_html_end(page, "section");
}

/* --------------------------------------------------------------------------------------------------------- holding */

void bw_report_holding(bw_sheet *sheet)
{
    static const char *const NAMES[BW_HORIZONS] = {"at once (charges only)", "at the first price 1 second later or more",
                                                   "at the first price 5 seconds later or more",
                                                   "at the end of the run"};
    const bw_metrics_pool *pool = sheet->pool;
    bw_page *page = &sheet->page;
    if (pool->winners == 0)
        return;
    bw_section_open(page, "holding", "What winners lost against holding on");
    bw_page_put(page, "<p>A winner whose position is closed at mark is paid in full for that moment, and then misses what comes "
                      "after. The figure is the value of the closed lots at a later mark, less what they were closed for, plus "
                      "what was charged. Negative: being closed saved them money. Of ");
    bw_page_grouped(page, (int64_t)pool->winners);
    bw_page_put(page, " winners, ");
    bw_page_grouped(page, (int64_t)pool->winners_behind);
    bw_page_put(page, " stood worse at the end than had they held; the most for one account was ");
    bw_html_money(sheet, page, pool->lost_most);
    bw_page_put(page, ".</p>\n");
    bw_table_open(page, false, "Lost against holding, all winners together", "Compared with|#Lost");
    for (uint32_t h = 0; h < BW_HORIZONS; h++) {
        bw_page_put(page, "<tr>");
        bw_html_cell(page, NAMES[h]);
        bw_html_amount(sheet, page, pool->lost[h]);
        bw_page_put(page, "</tr>\n");
    }
    bw_table_close(page);
    bw_html_end(page, "section");
}
