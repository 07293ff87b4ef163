/* stress_worst.c - what moves the result most, and the worst paths step by step. */
#include "report/stress_sheet.h"

/* --------------------------------------------------------------------------------------------------------- tornado */

#define NAMES 190
#define BARS_END 740
#define BAR 30
#define BARS_TOP 40

static void lever(const bw_stress_sheet *at, bw_page *page, const bw_axis *x, double y, const bw_report_lever *row, int64_t base)
{
    double middle = bw_axis_at(x, bw_chart_value(base, at->sheet.decimals));
    double low = bw_axis_at(x, bw_chart_value(row->low, at->sheet.decimals));
    double high = bw_axis_at(x, bw_chart_value(row->high, at->sheet.decimals));
    const struct { double end; const char *name, *class; } sides[] = {{low, row->low_name, "haircut"},
                                                                      {high, row->high_name, "deleveraged"}};
    bw_svg_text(page, NAMES - 12, y + 15, "label e", row->name);
    for (uint32_t i = 0; i < 2; i++) {
        double left = sides[i].end < middle ? sides[i].end : middle, right = sides[i].end < middle ? middle : sides[i].end;
        bw_page_put(page, "<g class=\"");
        bw_page_put(page, sides[i].class);
        bw_page_put(page, "\">");
        bw_svg_rect(page, left, y + 10 * i, right - left, 9, "bar");
        bw_html_end(page, "g");
    }
}

static void tornado_table(const bw_stress_sheet *at, bw_page *page)
{
    const bw_report_tornado *tornado = at->report->tornado;
    bw_details_open(page, "The figures");
    bw_table_open(page, false, "One input changed, all else and the paths the same", "Input|Lower|#Figure|Higher|#Figure");
    for (uint32_t i = 0; i < tornado->count; i++) {
        const bw_report_lever *row = &tornado->levers[i];
        bw_page_put(page, "<tr>");
        bw_html_cell(page, row->name);
        bw_html_cell(page, row->low_name);
        bw_html_amount(&at->sheet, page, row->low);
        bw_html_cell(page, row->high_name);
        bw_html_amount(&at->sheet, page, row->high);
        bw_page_put(page, "</tr>\n");
    }
    bw_table_close(page);
    bw_details_close(page);
}

void bw_stress_levers(bw_stress_sheet *at)
{
    const bw_report_tornado *tornado = at->report->tornado;
    bw_page *page = &at->sheet.page;
    if (tornado == NULL || tornado->count == 0)
        return;
    double top = bw_chart_value(tornado->base, at->sheet.decimals);
    for (uint32_t i = 0; i < tornado->count; i++) {
        double low = bw_chart_value(tornado->levers[i].low, at->sheet.decimals);
        double high = bw_chart_value(tornado->levers[i].high, at->sheet.decimals);
        top = low > top ? low : top;
        top = high > top ? high : top;
    }
    bw_axis x = {0, bw_axis_top(top, 6), NAMES, BARS_END};
    double bottom = BARS_TOP + BAR * (double)tornado->count;
    bw_section_open(page, "levers", "What moves it most");
    bw_page_put(page, "<p>The ");
    bw_html_text(page, tornado->figure);
    bw_page_put(page, " is ");
    bw_html_strong_money(&at->sheet, page, tornado->base);
    bw_page_put(page, "; each pair of bars shows where it goes when one input is lower and higher, on the same paths.</p>\n<figure>");
    bw_svg_open(page, (uint32_t)bottom + 34, "Sensitivities: the figure with each input lower and higher");
    double step = bw_axis_step(x.to, 6);
    for (double value = 0; value <= x.to + step / 1000; value += step) {
        bw_svg_line(page, bw_axis_at(&x, value), BARS_TOP - 10, bw_axis_at(&x, value), bottom, "grid");
        bw_svg_text_open(page, bw_axis_at(&x, value), bottom + 18, "tick m");
        bw_svg_tick(page, value);
        bw_html_end(page, "text");
    }
    for (uint32_t i = 0; i < tornado->count; i++)
        lever(at, page, &x, BARS_TOP + BAR * (double)i, &tornado->levers[i], tornado->base);
    double middle = bw_axis_at(&x, bw_chart_value(tornado->base, at->sheet.decimals));
    bw_svg_line(page, middle, BARS_TOP - 12, middle, bottom, "moment");
    bw_svg_text(page, middle + 5, BARS_TOP - 16, "moment-name", "as it is");
    bw_page_put(page, "</svg></div><figcaption>Upper bar of a pair: the input lower; lower bar: higher.</figcaption></figure>\n");
    tornado_table(at, page);
    bw_html_end(page, "section");
}

/* ----------------------------------------------------------------------------------------------------- worst paths */

#define LEFT 56
#define RIGHT 326
#define LEFT_2 440
#define RIGHT_2 700
#define TOP 30
#define BOTTOM 150

static bw_axis steps_axis(const bw_report_trace *trace, double at, double until)
{
    return (bw_axis){0, trace->point_count > 1 ? trace->point_count - 1 : 1, at, until};
}

/* Hours of the horizon below a picture, at most five of them. */
static void hours(const bw_stress_sheet *at, bw_page *page, const bw_axis *x)
{
    double all = (double)at->result->facts->horizon_ns / 3.6e12, unit = all >= 1 ? 1 : 60, step = bw_axis_step(all * unit, 6);
    if (unit < 2 && all > 5.9 && all < 25)
        step = all > 12 ? 6 : 3;
    for (double hour = 0; hour <= all * unit + step / 1000; hour += step) {
        double along = bw_axis_at(x, hour / unit / all * (x->to - x->from));
        bw_svg_line(page, along, TOP, along, BOTTOM + 3, "grid");
        bw_svg_text_open(page, along, BOTTOM + 17, "tick m");
        bw_svg_tick(page, hour);
        bw_page_put(page, unit < 2 ? " h" : " min");
        bw_html_end(page, "text");
    }
}

static void moves(const bw_stress_sheet *at, bw_page *page, const bw_report_trace *trace)
{
    static const char *const CLASSES[BW_REPORT_LINES] = {"line k0", "line k1", "line k2"};
    static const char *const NAMES_OF[BW_REPORT_LINES] = {"name k0", "name k1", "name k2"};
    double low = 0, high = 0, last = 0;
    for (uint32_t l = 0; l < trace->line_count; l++)
        for (uint32_t i = 0; i < trace->point_count; i++) {
            double percent = (double)trace->move_ppm[l][i] / 1e4;
            low = percent < low ? percent : low;
            high = percent > high ? percent : high;
        }
    double step = bw_axis_step(high - low > 1 ? high - low : 1, 4);
    bw_axis x = steps_axis(trace, LEFT, RIGHT), y = {-bw_axis_top(-low, 4), high > step / 10 ? bw_axis_top(high, 4) : 0, BOTTOM, TOP};
    bw_svg_text(page, LEFT, TOP - 12, "lane", "Prices, % since the opening");
    hours(at, page, &x);
    bw_svg_amounts(page, &y, LEFT, RIGHT, 4);
    for (uint32_t l = 0; l < trace->line_count; l++) {
        bw_svg_path_open(page, CLASSES[l]);
        for (uint32_t i = 0; i < trace->point_count; i++)
            bw_svg_path_point(page, i == 0 ? 'M' : 'L', bw_axis_at(&x, i), bw_axis_at(&y, (double)trace->move_ppm[l][i] / 1e4));
        bw_svg_path_close(page);
    }
    for (uint32_t l = 0; l < trace->line_count; l++) {   /* names beside the ends, none over another */
        uint32_t above = 0;
        double end = (double)trace->move_ppm[l][trace->point_count - 1];
        for (uint32_t k = 0; k < trace->line_count; k++) {
            double other = (double)trace->move_ppm[k][trace->point_count - 1];
            above += other > end || (!(other < end) && k < l);
        }
        last = TOP + 16 + 18 * (double)above;
        bw_svg_line(page, RIGHT + 8, last - 4, RIGHT + 26, last - 4, CLASSES[l]);
        bw_svg_text(page, RIGHT + 30, last, NAMES_OF[l], trace->line_name[l]);
    }
}

static void sums(const bw_stress_sheet *at, bw_page *page, const bw_report_trace *trace)
{
    static const char *const CLASSES[] = {"line k2", "line k3", "line k1"}, *const KEYS[] = {"liquidated", "ADL", "gap"};
    static const char *const NAMES_OF[] = {"name k2", "name k3", "name k1"};
    static const double KEY_AT[] = {LEFT_2 + 56, LEFT_2 + 154, LEFT_2 + 216};
    const int64_t *const series[] = {trace->liquidated, trace->adl, trace->gap};
    double top = 0;
    for (uint32_t s = 0; s < 3; s++) {
        double value = bw_chart_value(series[s][trace->point_count - 1], at->sheet.decimals);
        top = value > top ? value : top;
    }
    bw_axis x = steps_axis(trace, LEFT_2, RIGHT_2), y = {0, bw_axis_top(top, 4), BOTTOM, TOP};
    bw_svg_text(page, LEFT_2, TOP - 12, "lane", "So far");
    hours(at, page, &x);
    bw_svg_amounts(page, &y, LEFT_2, RIGHT_2, 4);
    for (uint32_t s = 0; s < 3; s++) {
        bw_svg_path_open(page, CLASSES[s]);
        for (uint32_t i = 0; i < trace->point_count; i++)
            bw_svg_path_point(page, i == 0 ? 'M' : 'L', bw_axis_at(&x, i),
                              bw_axis_at(&y, bw_chart_value(series[s][i], at->sheet.decimals)));
        bw_svg_path_close(page);
        bw_svg_line(page, KEY_AT[s], TOP - 16, KEY_AT[s] + 22, TOP - 16, CLASSES[s]);
        bw_svg_text(page, KEY_AT[s] + 26, TOP - 12, NAMES_OF[s], KEYS[s]);
    }
}

static void head(const bw_stress_sheet *at, bw_page *page, const bw_report_trace *trace, uint32_t rank)
{
    const bw_stress_outcome *outcome = &trace->outcome;
    bw_page_put(page, "<div class=\"path\"><h3>");
    bw_page_unsigned(page, rank);
    bw_page_put(page, ". Path ");
    bw_page_grouped(page, (int64_t)trace->path);
    bw_page_put(page, ": a gap of ");
    bw_html_money(&at->sheet, page, outcome->gap);
    bw_page_put(page, "</h3><p class=\"meta\">Mostly of ");
    bw_html_origin(at, page, outcome->origin, outcome->flags & BW_STRESS_ORIGIN_SHORT);
    bw_page_put(page, ". Paid by the fund ");
    bw_page_short(page, outcome->fund_use, at->sheet.decimals);
    bw_page_put(page, ", venue and desks ");
    bw_page_short(page, outcome->venue_paid, at->sheet.decimals);
    bw_page_put(page, ", deleveraged winners ");
    bw_page_short(page, outcome->deleveraged, at->sheet.decimals);
    bw_page_put(page, ", socialized ");
    bw_page_short(page, outcome->socialized, at->sheet.decimals);
    bw_page_put(page, "; ");
    bw_page_grouped(page, outcome->bankrupt_accounts);
    bw_page_put(page, " accounts bankrupt, ");
    bw_page_grouped(page, outcome->adl_accounts);
    bw_page_put(page, " deleveraged, ");
    bw_page_grouped(page, outcome->haircut_accounts);
    bw_page_put(page, outcome->flags & BW_STRESS_CLIPPED ? " cut. The model’s cap cut a move of this path." : " cut.");
    bw_page_put(page, " Play it again: <code>");
    bw_html_text(page, trace->command);
    bw_page_put(page, "</code></p>\n");
}

void bw_stress_worst(bw_stress_sheet *at)
{
    const bw_stress_report *report = at->report;
    bw_page *page = &at->sheet.page;
    if (report->trace_count == 0)
        return;
    bw_section_open(page, "worst", "The worst paths");
    bw_page_put(page, "<p>The paths with the largest gaps, played again and watched. Left: the prices of the market that lost most, of "
                      "the one that moved most, and of the first market, with the impact of liquidations in them. Right: what had been "
                      "liquidated, closed by ADL and lost by then.</p>\n");
    for (uint32_t i = 0; i < report->trace_count; i++) {
        const bw_report_trace *trace = &report->traces[i];
        char name[BW_PAGE_WORD];
        bw_page word = bw_page_open(name, sizeof name);
        bw_page_put(&word, "Prices and losses of path ");
        bw_page_unsigned(&word, trace->path);
        bw_page_end(&word);
        head(at, page, trace, i + 1);
        bw_svg_open(page, BOTTOM + 24, name);
        moves(at, page, trace);
        sums(at, page, trace);
        bw_page_put(page, "</svg></div></div>\n");
    }
    bw_html_end(page, "section");
}
