/* balances.c - picture 3: what stood behind the traders, over time: the fund, the venue's capital, the desks' equity. */
#include "report/chart.h"

#define LEFT 64
#define RIGHT 640
#define TOP 30
#define PANEL 120
#define PANEL_GAP 46
#define PANELS_MAX 4
#define TABLE_ROWS 16

typedef struct {
    const char *name, *class;
    bool debt;                     /* its worst is its highest */
    int64_t (*amount)(const bw_metrics_batch *);
} balance;

static int64_t fund_of(const bw_metrics_batch *b) { return b->fund; }
static int64_t capital_of(const bw_metrics_batch *b) { return b->capital; }
static int64_t desks_of(const bw_metrics_batch *b) { return b->desks; }
static int64_t carryover_of(const bw_metrics_batch *b) { return b->carryover; }

static const balance BALANCES[PANELS_MAX] = {{"Insurance fund", "fund", false, fund_of},
                                             {"Backstop desks: equity", "backstop", false, desks_of},
                                             {"Venue's own capital", "capital", false, capital_of},
                                             {"Loss nobody has paid yet", "carryover", true, carryover_of}};

typedef struct {
    int64_t low, high, first, last;
} range;

static range range_of(const bw_sheet *sheet, const balance *of)
{
    const bw_metrics_batch *batches = sheet->result->batches;
    range r = {.low = of->amount(&batches[sheet->batch_first])};
    r.high = r.first = r.low;
    for (uint32_t b = sheet->batch_first; b <= sheet->batch_last; b++) {
        r.last = of->amount(&batches[b]);
        r.low = r.last < r.low ? r.last : r.low;
        r.high = r.last > r.high ? r.last : r.high;
    }
    return r;
}

static double time_of(const bw_sheet *sheet, const bw_axis *x, uint32_t batch)
{
    const bw_metrics_batch *batches = sheet->result->batches;
    return bw_axis_at(x, (double)(batches[batch].time_ns - batches[sheet->batch_first].time_ns) / 1e9);
}

/* Steps: a balance stands until it moves. */
static void steps(const bw_sheet *sheet, bw_page *page, const bw_axis *x, const bw_axis *y, const balance *of, bool area)
{
    const bw_metrics_batch *batches = sheet->result->batches;
    int64_t last = of->amount(&batches[sheet->batch_first]);
    double zero = bw_axis_at(y, 0);
    bw_svg_path_open(page, area ? "area" : "edge");
    if (area)
        bw_svg_path_point(page, 'M', LEFT, zero);
    bw_svg_path_point(page, area ? 'L' : 'M', LEFT, bw_axis_at(y, bw_chart_value(last, sheet->decimals)));
    for (uint32_t b = sheet->batch_first + 1; b <= sheet->batch_last; b++) {
        int64_t now = of->amount(&batches[b]);
        if (now == last)
            continue;
        double at = time_of(sheet, x, b);
        bw_svg_path_point(page, 'L', at, bw_axis_at(y, bw_chart_value(last, sheet->decimals)));
        bw_svg_path_point(page, 'L', at, bw_axis_at(y, bw_chart_value(now, sheet->decimals)));
        last = now;
    }
    bw_svg_path_point(page, 'L', RIGHT, bw_axis_at(y, bw_chart_value(last, sheet->decimals)));
    if (area)
        bw_svg_path_point(page, 'L', RIGHT, zero);
    bw_svg_path_close(page);
}

static void note(const bw_sheet *sheet, bw_page *page, double x, double y, const char *class, const char *word,
                 int64_t amount)
{
    bw_svg_text_open(page, x, y, class);
    bw_page_put(page, word);
    bw_page_short(page, amount, sheet->decimals);
    bw_html_end(page, "text");
}

static void panel(const bw_sheet *sheet, bw_page *page, const bw_axis *x, const balance *of, double top)
{
    range r = range_of(sheet, of);
    double high = bw_chart_value(r.high, sheet->decimals), low = bw_chart_value(r.low, sheet->decimals);
    double extent = (high > 0 ? high : 0) - (low < 0 ? low : 0);
    bw_axis y = {low < 0 ? -bw_axis_step(extent, 3) : 0, 0, top + PANEL, top};
    double step = bw_axis_step(extent, 3);
    for (y.to = step; y.to < high; y.to += step)
        ;
    for (; y.from > low && low < 0; y.from -= step)
        ;
    bw_svg_amounts(page, &y, LEFT, RIGHT, 4);
    bw_svg_text(page, LEFT, top - 9, "lane", of->name);
    bw_page_put(page, "<g class=\"");
    bw_page_put(page, of->class);
    bw_page_put(page, "\">\n");
    steps(sheet, page, x, &y, of, true);
    steps(sheet, page, x, &y, of, false);
    bw_html_end(page, "g");
    note(sheet, page, RIGHT + 10, top + 12, "tick", "before ", r.first);
    note(sheet, page, RIGHT + 10, top + 30, "tick", of->debt ? "highest " : "lowest ", of->debt ? r.high : r.low);
    note(sheet, page, RIGHT + 10, top + 48, "value", "after ", r.last);
    bw_page_char(page, '\n');
}

/* The panels that have anything to show; the fund always does. */
static uint32_t panels_of(const bw_sheet *sheet, const balance *panels[PANELS_MAX])
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < PANELS_MAX; i++) {
        range r = range_of(sheet, &BALANCES[i]);
        if (i == 0 || r.low != 0 || r.high != 0)
            panels[count++] = &BALANCES[i];
    }
    return count;
}

/* At most TABLE_ROWS batches: the first, the last, and after equal steps between those at which something moved. */
static void table(const bw_sheet *sheet, bw_page *page)
{
    const bw_metrics_batch *batches = sheet->result->batches;
    uint32_t steps = (sheet->batch_last - sheet->batch_first) / TABLE_ROWS + 1;
    bw_details_open(page, "The figures behind it");
    bw_table_open(page, false, "Balances after the batch", "Time|#Insurance fund|#Desks' equity|#Capital|#Carried over");
    for (uint32_t b = sheet->batch_first;;) {
        bw_page_put(page, "<tr><td>");
        bw_page_clock(page, batches[b].time_ns, 1);
        bw_html_end(page, "td");
        bw_html_amount(sheet, page, batches[b].fund);
        bw_html_amount(sheet, page, batches[b].desks);
        bw_html_amount(sheet, page, batches[b].capital);
        bw_html_amount(sheet, page, batches[b].carryover);
        bw_page_put(page, "</tr>\n");
        if (b == sheet->batch_last)
            break;
        b = sheet->batch_last - b <= steps ? sheet->batch_last : b + steps;
    }
    bw_table_close(page);
    bw_details_close(page);
}

void bw_report_balances(bw_sheet *sheet)
{
    bw_page *page = &sheet->page;
    const balance *panels[PANELS_MAX];
    bw_section_open(page, "fund", "The fund and the desks");
    if (sheet->result->batch_count == 0) {
        bw_page_put(page, "<p class=\"empty\">No prices were set.</p></section>\n");
        return;
    }
    bw_axis x = bw_time_axis(sheet, LEFT, RIGHT);
    uint32_t count = panels_of(sheet, panels);
    double bottom = TOP + (double)count * (PANEL + PANEL_GAP) - PANEL_GAP;
    bw_page_put(page, "<p>What stood between a bankrupt account and the other traders, and how much of it was left.</p>\n"
                      "<figure>");
    bw_svg_open(page, (uint32_t)bottom + 28, "Balances over time: insurance fund, backstop desks, capital, carried over");
    bw_svg_times(sheet, page, &x, TOP, bottom);
    for (uint32_t i = 0; i < count; i++)
        panel(sheet, page, &x, panels[i], TOP + (double)i * (PANEL + PANEL_GAP));
    bw_page_put(page, "</svg></div><figcaption>In ");
    bw_html_text(page, sheet->asset);
    bw_page_put(page, ", after each batch of prices; every panel has its own scale.</figcaption></figure>\n");
    table(sheet, page);
    bw_html_end(page, "section");
}
