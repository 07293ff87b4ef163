/* stress.c - the report of the stress laboratory: its parts in order, and what they share. */
#include "report/stress.h"

#include "report/stress_sheet.h"
#include "stress/figures.h"
#include "world/real.h"

const char *const bw_report_readers[BW_REPORT_READERS] = {"risk", "trader", "engineer"};

/* -------------------------------------------------------------------------------------------------------- sentences */

void bw_html_strong_money(const bw_sheet *sheet, bw_page *page, int64_t amount)
{
    bw_page_put(page, "<strong>");
    bw_html_money(sheet, page, amount);
    bw_html_end(page, "strong");
}

void bw_html_figure(const bw_sheet *sheet, bw_page *page, const bw_stress_figure *figure)
{
    if (!figure->known) {
        bw_page_put(page, "an amount that so few paths do not show");
        return;
    }
    bw_html_strong_money(sheet, page, figure->value);
    if (!figure->bounded) {
        bw_page_put(page, " (too few such paths for a range)");
        return;
    }
    bw_page_put(page, " (");
    bw_page_short(page, figure->low, sheet->decimals);
    bw_page_put(page, " to ");
    bw_page_short(page, figure->high, sheet->decimals);
    bw_page_put(page, ")");
}

/* Percent: 1e-12 with ten decimals. */
static void percent(bw_page *page, int64_t pico)
{
    bw_page_short(page, pico, BW_CHANCE_PLACES - 2);
    bw_page_char(page, '%');
}

void bw_html_share(bw_page *page, double x)
{
    percent(page, (int64_t)(x * 1e12 + .5));
}

void bw_html_chance(bw_page *page, const bw_stress_chance *chance)
{
    if (chance->hits == 0) {
        bw_page_put(page, "on <strong>none</strong> of the ");
        bw_page_grouped(page, (int64_t)chance->paths);
        bw_page_put(page, chance->paths == 1 ? " path (at most " : " paths (at most ");
        percent(page, bw_chance_ceil(chance->interval.high));
        bw_page_put(page, ")");
        return;
    }
    bw_page_put(page, "on <strong>");
    percent(page, bw_chance_value(chance));
    bw_page_put(page, "</strong> of paths (");
    percent(page, bw_chance_floor(chance->interval.low));
    bw_page_put(page, " to ");
    percent(page, bw_chance_ceil(chance->interval.high));
    bw_page_put(page, ")");
}

void bw_html_duration(bw_page *page, int64_t time_ns)
{
    int64_t minutes = (time_ns + INT64_C(30000000000)) / INT64_C(60000000000);
    if (minutes < 10) {
        bw_page_scaled(page, time_ns, 9, 0, time_ns % 1000000000 == 0 ? 0 : 1);
        bw_page_put(page, "&nbsp;s");
        return;
    }
    if (minutes >= 60) {
        bw_page_grouped(page, minutes / 60);
        bw_page_put(page, "&nbsp;h");
    }
    if (minutes % 60 > 0) {
        bw_page_put(page, minutes >= 60 ? " " : "");
        bw_page_integer(page, minutes % 60);
        bw_page_put(page, "&nbsp;min");
    }
}

void bw_html_origin(const bw_stress_sheet *at, bw_page *page, uint16_t market, bool shorts)
{
    const bw_stress_facts *facts = at->result->facts;
    if (market == BW_NONE16) {
        bw_page_put(page, "the pool itself");
        return;
    }
    if (facts->markets != NULL && market < facts->market_count) {
        bw_html_text(page, facts->markets[market]);
    } else {
        bw_page_put(page, "market ");
        bw_page_unsigned(page, market);
    }
    bw_page_put(page, shorts ? " shorts" : " longs");
}

/* ----------------------------------------------------------------------------------------------------------- tables */

static void dash(bw_page *page)
{
    bw_page_put(page, "<td class=\"n\">–</td>");
}

void bw_html_figure_cells(const bw_sheet *sheet, bw_page *page, const bw_stress_figure *figure)
{
    if (figure->known)
        bw_html_amount(sheet, page, figure->value);
    else
        dash(page);
    if (!figure->known || !figure->bounded) {
        dash(page);
        return;
    }
    bw_html_cell_open(page, true);
    bw_page_short(page, figure->low, sheet->decimals);
    bw_page_put(page, " to ");
    bw_page_short(page, figure->high, sheet->decimals);
    bw_html_end(page, "td");
}

void bw_html_chance_cells(bw_page *page, const bw_stress_chance *chance)
{
    bw_html_cell_open(page, true);
    percent(page, bw_chance_value(chance));
    bw_page_put(page, "</td>");
    bw_html_cell_open(page, true);
    percent(page, bw_chance_floor(chance->interval.low));
    bw_page_put(page, " to ");
    percent(page, bw_chance_ceil(chance->interval.high));
    bw_html_end(page, "td");
}

void bw_html_move(bw_page *page, int64_t ppm)
{
    bw_page_put(page, ppm > 0 ? "+" : ppm < 0 ? "−" : "");
    bw_page_percent(page, ppm < 0 ? -ppm : ppm, ppm % 10000 == 0 ? 0 : 1);
}

/* ------------------------------------------------------------------------------------------------------------- axes */

double bw_chart_log(double x)
{
    return bw_real_ln(x) / bw_real_ln(10);
}

/* Whole numbers at or below, at or above. */
static int32_t floor_of(double x)
{
    int32_t whole = (int32_t)x;
    return whole - (x < whole - 1e-9);
}

static int32_t ceil_of(double x)
{
    int32_t whole = (int32_t)x;
    return whole + (x > whole + 1e-9);
}

bw_axis bw_axis_of_powers(double low, double high, uint32_t decades, double at, double until)
{
    int32_t to = high > 0 ? ceil_of(bw_chart_log(high)) : 0;
    int32_t from = low > 0 ? floor_of(bw_chart_log(low)) : to - 1;
    from = from >= to ? to - 1 : from;
    from = to - from > (int32_t)decades ? to - (int32_t)decades : from;
    return (bw_axis){from, to, at, until};
}

double bw_axis_within(const bw_axis *axis, double value)
{
    return value < axis->from ? axis->from : value > axis->to ? axis->to : value;
}

static double power_of(int32_t exponent)
{
    double power = 1;
    for (; exponent > 0; exponent--)
        power *= 10;
    for (; exponent < 0; exponent++)
        power /= 10;
    return power;
}

void bw_svg_powers_of_amounts(bw_page *page, const bw_axis *x, double y1, double y2)
{
    for (int32_t power = (int32_t)x->from; power <= (int32_t)x->to; power++) {
        double at = bw_axis_at(x, power);
        bw_svg_line(page, at, y1, at, y2 + 4, "grid");
        bw_svg_text_open(page, at, y2 + 18, "tick m");
        bw_svg_tick(page, power_of(power));
        bw_html_end(page, "text");
    }
}

void bw_svg_powers_of_chances(bw_page *page, const bw_axis *y, double x1, double x2)
{
    for (int32_t power = (int32_t)y->from; power <= (int32_t)y->to; power++) {
        double at = bw_axis_at(y, power);
        bw_svg_line(page, x1, at, x2, at, "grid");
        bw_svg_text_open(page, x1 - 6, at + 4, "tick e");
        if (power < -8)
            bw_page_put(page, "1e");
        if (power < -8)
            bw_page_integer(page, power);
        else
            bw_page_scaled(page, (int64_t)(power_of(power + 10) + .5), 8, 0, power < -2 ? (uint32_t)(-2 - power) : 0);
        bw_page_put(page, power < -8 ? "" : "%");
        bw_html_end(page, "text");
    }
}

void bw_svg_key(bw_page *page, double x, double y, const char *class, const char *name)
{
    bw_svg_line(page, x, y - 4, x + 28, y - 4, class);
    bw_svg_text(page, x + 36, y, "lane", name);
}

/* --------------------------------------------------------------------------------------------------------- the file */

size_t bw_report_stress(const bw_stress_report *report, char *buffer, size_t size)
{
    const bw_stress_result *result = report->result;
    bw_stress_sheet at = {.sheet = {.page = bw_page_open(buffer, size), .asset = result->facts->asset,
                                    .decimals = result->facts->decimals},
                          .report = report, .result = result, .screened = result->screened != NULL};
    at.plain = report->outcome_count;
    if (at.screened && result->screened->control < at.plain)
        at.plain = result->screened->control;
    bw_report_head(&at.sheet.page, result->facts->title);
    bw_stress_opening(&at);
    bw_stress_losses(&at);
    bw_stress_coverage(&at);
    bw_stress_shocks(&at);
    bw_stress_ladder(&at);
    bw_stress_causes(&at);
    bw_stress_owners(&at);
    bw_stress_closing(&at);
    bw_stress_levers(&at);
    bw_stress_worst(&at);
    bw_stress_convergence(&at);
    bw_stress_foot(&at);
    bw_report_tail(&at.sheet.page);
    return bw_page_end(&at.sheet.page);
}
