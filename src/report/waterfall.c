/* waterfall.c - picture 1: the gap, and layer by layer who paid it. Each bar begins where the one above it ended. */
#include "report/chart.h"

#define ROW 34
#define TOP 8
#define LEFT 178
#define RIGHT 560
#define BAR 20

static void label(const bw_sheet *sheet, bw_page *page, double y, const char *name, int64_t amount)
{
    int64_t gap = sheet->pool->flow.gap, ppm = 0;
    bw_svg_text(page, LEFT - 12, y + 15, amount ? "label e" : "label e faint", name);
    bw_svg_text_open(page, RIGHT + 12, y + 15, amount ? "value" : "value faint");
    bw_page_short(page, amount, sheet->decimals);
    bw_page_put(page, " ");
    bw_html_text(page, sheet->asset);
    bw_html_end(page, "text");
    bw_svg_text_open(page, BW_CHART_WIDTH - 4, y + 15, amount ? "value e" : "value e faint");
    if (bw_mul_div_floor_try(amount, 1000000, gap, &ppm))
        bw_page_percent(page, ppm, 1);
    bw_html_end(page, "text");
}

static void bars(const bw_sheet *sheet, bw_page *page)
{
    const bw_metrics_flow *flow = &sheet->pool->flow;
    bw_axis x = {0, bw_chart_value(flow->gap, sheet->decimals), LEFT, RIGHT};
    double y = TOP;
    int64_t paid = 0;
    label(sheet, page, y, "The gap", flow->gap);
    bw_svg_rect(page, LEFT, y, RIGHT - LEFT, BAR, "bar gap");
    for (uint32_t layer = 0; layer < BW_LAYERS; layer++) {
        double from = bw_axis_at(&x, bw_chart_value(paid, sheet->decimals));
        paid += flow->paid[layer];
        double until = bw_axis_at(&x, bw_chart_value(paid, sheet->decimals));
        bw_svg_line(page, from, y + BAR, from, y + ROW, "joint");
        y += ROW;
        label(sheet, page, y, bw_layer_names[layer], flow->paid[layer]);
        bw_svg_line(page, LEFT, y + BAR + 7, BW_CHART_WIDTH - 4, y + BAR + 7, "hair");
        bw_page_put(page, "<g class=\"");
        bw_page_put(page, bw_layer_classes[layer]);
        bw_page_put(page, "\">");
        if (flow->paid[layer] > 0)
            bw_svg_rect(page, from, y, until - from > 1.5 ? until - from : 1.5, BAR, "bar");
        else
            bw_svg_line(page, from, y, from, y + BAR, "joint");
        bw_html_end(page, "g");
    }
}

static void table(const bw_sheet *sheet, bw_page *page)
{
    const bw_metrics_flow *flow = &sheet->pool->flow;
    bw_details_open(page, "The exact figures");
    bw_table_open(page, false, "Who paid, in the order of the layers", "Layer|#Paid|#Share of the gap");
    for (uint32_t layer = 0; layer < BW_LAYERS; layer++) {
        bw_page_put(page, "<tr>");
        bw_html_cell(page, bw_layer_names[layer]);
        bw_html_amount(sheet, page, flow->paid[layer]);
        bw_html_percent(page, flow->paid[layer], flow->gap);
        bw_page_put(page, "</tr>\n");
    }
    bw_page_put(page, "<tr class=\"sum\"><td>The gap: the exact sum</td>");
    bw_html_amount(sheet, page, flow->gap);
    bw_html_percent(page, flow->gap, flow->gap);
    bw_page_put(page, "</tr>\n");
    bw_table_close(page);
    bw_details_close(page);
}

void bw_report_waterfall(bw_sheet *sheet)
{
    bw_page *page = &sheet->page;
    bw_section_open(page, "waterfall", "Who paid for the gap");
    bw_page_put(page, "<p>The gap is what bankrupt accounts lacked when they were closed. Layer after layer was asked to pay "
                      "it; each took what it could and passed on the rest.</p>\n");
    if (sheet->pool->flow.gap > 0) {
        bw_page_put(page, "<figure>");
        bw_svg_open(page, TOP + ROW * (BW_LAYERS + 1), "Waterfall: the gap and the part each layer paid of it");
        bars(sheet, page);
        bw_page_put(page, "</svg></div><figcaption>Amounts in ");
        bw_html_text(page, sheet->asset);
        bw_page_put(page, ". The bars under the gap add up to it exactly.</figcaption></figure>\n");
    } else {
        bw_page_put(page, "<p class=\"empty\">There was no gap: every account that was closed could pay its own loss.</p>\n");
    }
    table(sheet, page);
    bw_html_end(page, "section");
}
