/* chart.c - HTML text, SVG shapes, axes. */
#include "report/chart.h"

const char *const bw_layer_names[BW_LAYERS] = {"Insurance fund", "Shared fund", "Venue's own capital", "Backstop desks",
                                               "Deleveraged winners", "Haircut of winners", "Nobody yet: carried over"};
const char *const bw_layer_phrases[BW_LAYERS] = {
    "the insurance fund", "the shared fund", "the venue’s own capital", "the backstop desks", "the deleveraged winners",
    "a haircut of the winners’ profits", "a rest that nobody has paid yet"};
const char *const bw_layer_classes[BW_LAYERS] = {"fund", "shared", "capital", "backstop", "deleveraged", "haircut",
                                                 "carryover"};

/* ------------------------------------------------------------------------------------------------------------ HTML */

void bw_html_text(bw_page *page, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '&': bw_page_put(page, "&amp;"); break;
        case '<': bw_page_put(page, "&lt;"); break;
        case '>': bw_page_put(page, "&gt;"); break;
        case '"': bw_page_put(page, "&quot;"); break;
        case '\'': bw_page_put(page, "&#39;"); break;
        default: bw_page_char(page, *text); break;
        }
}

void bw_html_end(bw_page *page, const char *name)
{
    bw_page_put(page, "</");
    bw_page_put(page, name);
    bw_page_char(page, '>');
}

void bw_html_cell_open(bw_page *page, bool number)
{
    bw_page_put(page, number ? "<td class=\"n\">" : "<td>");
}

void bw_html_cell(bw_page *page, const char *text)
{
    bw_html_cell_open(page, false);
    bw_html_text(page, text);
    bw_html_end(page, "td");
}

void bw_html_count(bw_page *page, uint64_t value)
{
    bw_html_cell_open(page, true);
    bw_page_grouped(page, (int64_t)value);
    bw_html_end(page, "td");
}

void bw_html_amount(const bw_sheet *sheet, bw_page *page, int64_t amount)
{
    bw_html_cell_open(page, true);
    bw_page_amount_grouped(page, amount, sheet->decimals);
    bw_html_end(page, "td");
}

void bw_html_percent(bw_page *page, int64_t part, int64_t whole)
{
    int64_t ppm;
    bw_html_cell_open(page, true);
    if (whole > 0 && bw_mul_div_floor_try(part, 1000000, whole, &ppm))
        bw_page_percent(page, ppm, 1);
    else
        bw_page_put(page, "–");
    bw_html_end(page, "td");
}

void bw_table_open(bw_page *page, bool wide, const char *caption, const char *names)
{
    bool number = *names == '#';
    bw_page_put(page, wide ? "<div class=\"scroll wide\"><table class=\"dense\"><caption>"
                           : "<div class=\"scroll\"><table><caption>");
    bw_html_text(page, caption);
    bw_page_put(page, "</caption><thead><tr>");
    bw_page_put(page, number ? "<th class=\"n\" scope=\"col\">" : "<th scope=\"col\">");
    for (names += number; *names; names++) {
        if (*names != '|') {
            bw_page_char(page, *names);
            continue;
        }
        number = names[1] == '#';
        bw_page_put(page, number ? "</th><th class=\"n\" scope=\"col\">" : "</th><th scope=\"col\">");
        names += number;
    }
    bw_page_put(page, "</th></tr></thead><tbody>\n");
}

void bw_table_close(bw_page *page)
{
    bw_page_put(page, "</tbody></table></div>\n");
}

void bw_section_open(bw_page *page, const char *id, const char *heading)
{
    bw_page_put(page, "<section id=\"");
    bw_page_put(page, id);
    bw_page_put(page, "\"><h2>");
    bw_html_text(page, heading);
    bw_page_put(page, "</h2>\n");
}

void bw_details_open(bw_page *page, const char *summary)
{
    bw_page_put(page, "<details open><summary>");
    bw_html_text(page, summary);
    bw_page_put(page, "</summary>\n");
}

void bw_details_close(bw_page *page)
{
    bw_page_put(page, "</details>\n");
}

void bw_html_term(bw_page *page, const char *name)
{
    bw_page_put(page, "<dt>");
    bw_page_put(page, name);
    bw_page_put(page, "</dt><dd>");
}

void bw_html_money(const bw_sheet *sheet, bw_page *page, int64_t amount)
{
    bw_page_short(page, amount, sheet->decimals);
    bw_page_put(page, "&nbsp;");
    bw_html_text(page, sheet->asset);
}

/* ------------------------------------------------------------------------------------------------------------ axes */

double bw_axis_at(const bw_axis *axis, double value)
{
    if (axis->to == axis->from)
        return axis->at;
    return axis->at + (value - axis->from) / (axis->to - axis->from) * (axis->until - axis->at);
}

double bw_axis_step(double range, uint32_t count)
{
    static const double FACTORS[] = {1, 2, 5};
    double power = 1e-9;
    if (!(range > 0) || range > 1e18)
        return 1;
    for (;; power *= 10)
        for (uint32_t i = 0; i < 3; i++)
            if (range <= FACTORS[i] * power * (double)count)
                return FACTORS[i] * power;
}

double bw_axis_top(double value, uint32_t count)
{
    double step = bw_axis_step(value, count), top = step;
    while (top < value)
        top += step;
    return top;
}

double bw_chart_value(int64_t amount, uint32_t decimals)
{
    double value = (double)amount;
    while (decimals-- > 0)
        value /= 10;
    return value;
}

/* ------------------------------------------------------------------------------------------------------------- SVG */

void bw_svg_number(bw_page *page, double x)
{
    double tenths = x * 10;
    bw_page_amount(page, (int64_t)(tenths < 0 ? tenths - 0.5 : tenths + 0.5), 1);
}

static void attribute(bw_page *page, const char *name, double value)
{
    bw_page_char(page, ' ');
    bw_page_put(page, name);
    bw_page_put(page, "=\"");
    bw_svg_number(page, value);
    bw_page_char(page, '"');
}

static void class_of(bw_page *page, const char *class)
{
    bw_page_put(page, " class=\"");
    bw_page_put(page, class);
    bw_page_char(page, '"');
}

void bw_svg_open(bw_page *page, uint32_t height, const char *title)
{
    bw_page_put(page, "<div class=\"scroll\"><svg viewBox=\"0 0 ");
    bw_page_unsigned(page, BW_CHART_WIDTH);
    bw_page_char(page, ' ');
    bw_page_unsigned(page, height);
    bw_page_put(page, "\" role=\"img\" aria-label=\"");
    bw_html_text(page, title);
    bw_page_put(page, "\">\n");
}

void bw_svg_text_open(bw_page *page, double x, double y, const char *class)
{
    bw_page_put(page, "<text");
    attribute(page, "x", x);
    attribute(page, "y", y);
    class_of(page, class);
    bw_page_char(page, '>');
}

void bw_svg_text(bw_page *page, double x, double y, const char *class, const char *text)
{
    bw_svg_text_open(page, x, y, class);
    bw_html_text(page, text);
    bw_html_end(page, "text");
}

void bw_svg_line(bw_page *page, double x1, double y1, double x2, double y2, const char *class)
{
    bw_page_put(page, "<line");
    attribute(page, "x1", x1);
    attribute(page, "y1", y1);
    attribute(page, "x2", x2);
    attribute(page, "y2", y2);
    class_of(page, class);
    bw_page_put(page, "/>\n");
}

void bw_svg_rect(bw_page *page, double x, double y, double width, double height, const char *class)
{
    bw_page_put(page, "<rect");
    attribute(page, "x", x);
    attribute(page, "y", y);
    attribute(page, "width", width < 0 ? 0 : width);
    attribute(page, "height", height < 0 ? 0 : height);
    class_of(page, class);
    bw_page_put(page, "/>\n");
}

void bw_svg_circle(bw_page *page, double x, double y, double radius, const char *class)
{
    bw_page_put(page, "<circle");
    attribute(page, "cx", x);
    attribute(page, "cy", y);
    attribute(page, "r", radius);
    class_of(page, class);
    bw_page_put(page, "/>\n");
}

void bw_svg_path_open(bw_page *page, const char *class)
{
    bw_page_put(page, "<path");
    class_of(page, class);
    bw_page_put(page, " d=\"");
}

void bw_svg_path_point(bw_page *page, char command, double x, double y)
{
    bw_page_char(page, command);
    bw_svg_number(page, x);
    bw_page_char(page, ' ');
    bw_svg_number(page, y);
}

void bw_svg_path_close(bw_page *page)
{
    bw_page_put(page, "\"/>\n");
}

/* "15M", not "15.0M": zeros after the point are dropped. */
void bw_svg_tick(bw_page *page, double value)
{
    char bytes[BW_PAGE_WORD];
    uint32_t point = 0, end = 0;
    bw_page word = bw_page_open(bytes, sizeof bytes);
    bw_page_short(&word, (int64_t)(value < 0 ? value * 1e3 - 0.5 : value * 1e3 + 0.5), 3);
    bw_page_end(&word);
    while (bytes[end] && (bytes[end] < 'A' || bytes[end] > 'z'))
        end++;
    for (point = 0; bytes[point] && bytes[point] != '.';)
        point++;
    uint32_t kept = end;
    while (kept > point && (bytes[kept - 1] == '0' || bytes[kept - 1] == '.'))
        kept--;
    for (uint32_t i = 0; i < kept; i++)
        bw_page_char(page, bytes[i]);
    bw_page_put(page, bytes + end);
}

void bw_svg_amounts(bw_page *page, const bw_axis *y, double x1, double x2, uint32_t count)
{
    double step = bw_axis_step(y->to - y->from, count);
    double value = 0;
    while (value > y->from)
        value -= step;
    for (; value <= y->to + step / 1000; value += step) {
        if (value < y->from - step / 1000)
            continue;
        double at = bw_axis_at(y, value);
        bw_svg_line(page, x1, at, x2, at, value > -step / 2 && value < step / 2 ? "zero" : "grid");
        bw_svg_text_open(page, x1 - 6, at + 4, "tick e");
        bw_svg_tick(page, value);
        bw_html_end(page, "text");
    }
}

/* ------------------------------------------------------------------------------------------------------------ time */

bw_axis bw_time_axis(const bw_sheet *sheet, double at, double until)
{
    const bw_metrics_batch *batches = sheet->result->batches;
    if (sheet->result->batch_count == 0)
        return (bw_axis){0, 1, at, until};
    return (bw_axis){0, (double)(batches[sheet->batch_last].time_ns - batches[sheet->batch_first].time_ns) / 1e9, at,
                     until};
}

void bw_svg_times(const bw_sheet *sheet, bw_page *page, const bw_axis *x, double y1, double y2)
{
    static const int64_t STEPS[] = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400};
    uint32_t i = 0;
    while (i + 1 < sizeof STEPS / sizeof STEPS[0] && x->to > (double)STEPS[i] * 8)
        i++;
    if (sheet->result->batch_count == 0)
        return;
    int64_t start = (sheet->result->batches[sheet->batch_first].time_ns + 999999999) / 1000000000;
    int64_t second = (start + STEPS[i] - 1) / STEPS[i] * STEPS[i];
    int64_t start_ns = sheet->result->batches[sheet->batch_first].time_ns;
    for (; (double)(second * 1000000000 - start_ns) / 1e9 <= x->to; second += STEPS[i]) {
        double at = bw_axis_at(x, (double)(second * 1000000000 - start_ns) / 1e9);
        bw_svg_line(page, at, y1, at, y2 + 4, "grid");
        bw_svg_text_open(page, at, y2 + 18, "tick m");
        bw_page_clock(page, second * 1000000000, 0);
        bw_html_end(page, "text");
    }
}
