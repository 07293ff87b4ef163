/* timeline.c - picture 2: the cascade over time. Prices above; below, on one scale, what was liquidated, what desks took
   and what ADL closed; last the gap on its own scale. */
#include "report/chart.h"

#define LEFT 64
#define RIGHT 656
#define PRICE_TOP 62
#define PRICE_HEIGHT 170
#define LANE 78
#define LANE_GAP 30
#define LINES 5
#define BINS 80
#define TABLE_ROWS 24
#define LANES 4
#define LANES_TOP (PRICE_TOP + PRICE_HEIGHT + 40)
#define HEIGHT (LANES_TOP + LANES * LANE + (LANES - 1) * LANE_GAP + 30)

/* Batches from..until of a part of the time, summed. */
typedef struct {
    int64_t start_ns, end_ns;
    int64_t liquidated, book, backstop, adl, gap;
    uint32_t batch_last, batch_count;
} bin;

/* ------------------------------------------------------------------------------------------------------------ bins */

/* The least round number of ns that divides the time shown into at most `count` parts. */
static int64_t bin_width(const bw_sheet *sheet, uint32_t count)
{
    static const int64_t STEPS[] = {1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 21600, 86400};
    const bw_metrics_batch *batches = sheet->result->batches;
    int64_t range = batches[sheet->batch_last].time_ns - batches[sheet->batch_first].time_ns;
    for (uint32_t i = 0; i < sizeof STEPS / sizeof STEPS[0]; i++)
        if (range / 1000000000 / STEPS[i] < count)
            return STEPS[i] * 1000000000;
    return range / count + 1;
}

/* The bin that begins with batch *next; moves *next behind it. False at the end. */
static bool bin_take(const bw_sheet *sheet, int64_t width, uint32_t *next, bin *to)
{
    const bw_metrics_batch *batches = sheet->result->batches;
    if (*next > sheet->batch_last || sheet->result->batch_count == 0)
        return false;
    int64_t start = batches[*next].time_ns / width * width;
    *to = (bin){.start_ns = start, .end_ns = start + width};
    for (; *next <= sheet->batch_last && batches[*next].time_ns < start + width; ++*next) {
        const bw_metrics_flow *flow = &batches[*next].flow;
        to->liquidated += flow->liquidated;
        to->book += flow->book;
        to->backstop += flow->backstop;
        to->adl += flow->adl;
        to->gap += flow->gap;
        to->batch_last = *next;
        to->batch_count++;
    }
    return true;
}

/* ---------------------------------------------------------------------------------------------------------- prices */

/* A market, or in its place the first collateral. */
#define COLLATERAL BW_NONE16

static int64_t mark_of(const bw_sheet *sheet, uint32_t batch, uint16_t item)
{
    if (item == COLLATERAL)
        return sheet->result->batches[batch].collateral;
    return sheet->result->marks[(size_t)batch * sheet->result->mark_stride + item];
}

static const char *name_of(const bw_sheet *sheet, uint16_t item)
{
    const bw_metrics_facts *facts = sheet->result->facts;
    return item == COLLATERAL ? facts->collaterals[0].asset : facts->markets[item].name;
}

static int64_t tick_of(const bw_sheet *sheet, uint16_t item)
{
    const bw_metrics_facts *facts = sheet->result->facts;
    return item == COLLATERAL ? facts->collaterals[0].tick_nano : facts->markets[item].tick_nano;
}

/* The mark in percent of the opening. */
static double indexed(const bw_sheet *sheet, uint32_t batch, uint16_t item)
{
    int64_t open = item == COLLATERAL ? sheet->result->collaterals[0].price_open : sheet->result->markets[item].mark_open;
    return open > 0 ? 100.0 * (double)mark_of(sheet, batch, item) / (double)open : 100;
}

/* What is drawn: a collateral that moved, and the markets with most ADL. */
static uint32_t lines_of(const bw_sheet *sheet, uint16_t markets[LINES])
{
    uint32_t count = 0;
    if (sheet->result->collateral_count > 0 && sheet->result->facts->collaterals != NULL &&
        sheet->result->collaterals[0].price_open > 0)
        markets[count++] = COLLATERAL;
    for (uint32_t i = 0; i < sheet->result->market_count && count < LINES; i++)
        if (sheet->result->markets[sheet->result->by_adl[i]].mark_open > 0)
            markets[count++] = sheet->result->by_adl[i];
    return count;
}

static bw_axis price_axis(const bw_sheet *sheet, const uint16_t *markets, uint32_t count)
{
    double low = 100, high = 100;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t b = sheet->batch_first; b <= sheet->batch_last; b++) {
            double at = indexed(sheet, b, markets[i]);
            low = at < low && at > 0 ? at : low;
            high = at > high ? at : high;
        }
    double step = bw_axis_step(high - low + 1, 6), from = 100, to = 100;
    while (from > low)
        from -= step;
    while (to + step / 4 < high)
        to += step;
    return (bw_axis){from < 0 ? 0 : from, to, PRICE_TOP + PRICE_HEIGHT, PRICE_TOP};
}

static double time_of(const bw_sheet *sheet, const bw_axis *x, int64_t time_ns)
{
    return bw_axis_at(x, (double)(time_ns - sheet->result->batches[sheet->batch_first].time_ns) / 1e9);
}

static void price_line(const bw_sheet *sheet, bw_page *page, const bw_axis *x, const bw_axis *y, uint32_t line,
                       uint16_t market)
{
    char class[] = "line k0";
    class[6] = (char)('0' + line);
    bw_svg_path_open(page, class);
    double last = -1;
    for (uint32_t b = sheet->batch_first; b <= sheet->batch_last; b++) {
        double at = time_of(sheet, x, sheet->result->batches[b].time_ns);
        if (last >= 0 && at - last < 0.8 && b != sheet->batch_last)
            continue;
        bw_svg_path_point(page, last < 0 ? 'M' : 'L', at, bw_axis_at(y, indexed(sheet, b, market)));
        last = at;
    }
    bw_svg_path_close(page);
}

/* Names at the lines' ends, from the highest down, pushed apart so that none covers another. */
static void price_names(const bw_sheet *sheet, bw_page *page, const bw_axis *y, const uint16_t *markets, uint32_t count)
{
    uint32_t order[LINES];
    double at[LINES], last = -100;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t place = i;
        at[i] = bw_axis_at(y, indexed(sheet, sheet->batch_last, markets[i]));
        for (; place > 0 && at[order[place - 1]] > at[i]; place--)
            order[place] = order[place - 1];
        order[place] = i;
    }
    for (uint32_t n = 0; n < count; n++) {
        uint32_t i = order[n];
        char class[] = "name k0";
        class[6] = (char)('0' + i);
        last = at[i] < last + 15 ? last + 15 : at[i];
        bw_svg_line(page, RIGHT, at[i], RIGHT + 8, last, "lead");
        bw_svg_text_open(page, RIGHT + 11, last + 4, class);
        bw_html_text(page, name_of(sheet, markets[i]));
        bw_page_put(page, " ");
        int64_t tenths = (int64_t)(indexed(sheet, sheet->batch_last, markets[i]) * 10 - 1000 +
                                   (indexed(sheet, sheet->batch_last, markets[i]) < 100 ? -0.5 : 0.5));
        bw_page_put(page, tenths > 0 ? "+" : "");
        if (tenths < 1000)
            bw_page_amount(page, tenths, 1);
        else
            bw_page_integer(page, tenths / 10);
        bw_page_put(page, "%");
        bw_html_end(page, "text");
    }
}

static void prices(const bw_sheet *sheet, bw_page *page, const bw_axis *x)
{
    uint16_t markets[LINES];
    uint32_t count = lines_of(sheet, markets);
    bw_axis y = price_axis(sheet, markets, count);
    double step = bw_axis_step(y.to - y.from, 6);
    for (double value = y.from; value <= y.to + step / 2; value += step) {
        bw_svg_line(page, LEFT, bw_axis_at(&y, value), RIGHT, bw_axis_at(&y, value), value == 100 ? "zero" : "grid");
        bw_svg_text_open(page, LEFT - 6, bw_axis_at(&y, value) + 4, "tick e");
        bw_page_integer(page, (int64_t)(value + 0.5));
        bw_html_end(page, "text");
    }
    bw_svg_text(page, LEFT, PRICE_TOP - 10, "lane", "Prices, opening = 100");
    for (uint32_t i = 0; i < count; i++)
        price_line(sheet, page, x, &y, i, markets[i]);
    price_names(sheet, page, &y, markets, count);
}

/* ----------------------------------------------------------------------------------------------------------- lanes */

typedef struct {
    const char *name, *class;
    int64_t (*amount)(const bin *);
    int64_t total;
} lane;

static int64_t liquidated_of(const bin *b) { return b->liquidated; }
static int64_t backstop_of(const bin *b) { return b->backstop; }
static int64_t adl_of(const bin *b) { return b->adl; }
static int64_t gap_of(const bin *b) { return b->gap; }

static int64_t most(const bw_sheet *sheet, int64_t width, int64_t (*amount)(const bin *))
{
    int64_t most = 0;
    bin each;
    for (uint32_t next = sheet->batch_first; bin_take(sheet, width, &next, &each);)
        if (amount(&each) > most)
            most = amount(&each);
    return most;
}

static void lane_draw(const bw_sheet *sheet, bw_page *page, const bw_axis *x, const lane *of, double top, double most)
{
    int64_t width = bin_width(sheet, BINS);
    bw_axis y = {0, bw_axis_top(most, 3), top + LANE, top};
    bin each;
    bw_svg_amounts(page, &y, LEFT, RIGHT, 3);
    bw_svg_text(page, LEFT, top - 7, "lane", of->name);
    bw_svg_text_open(page, RIGHT + 11, top + LANE - 14, "tick");
    bw_page_put(page, "in all");
    bw_html_end(page, "text");
    bw_svg_text_open(page, RIGHT + 11, top + LANE, "value");
    bw_page_short(page, of->total, sheet->decimals);
    bw_html_end(page, "text");
    bw_page_put(page, "<g class=\"");
    bw_page_put(page, of->class);
    bw_page_put(page, "\">\n");
    for (uint32_t next = sheet->batch_first; bin_take(sheet, width, &next, &each);) {
        double value = bw_chart_value(of->amount(&each), sheet->decimals);
        double from = time_of(sheet, x, each.start_ns), until = time_of(sheet, x, each.end_ns);
        if (value <= 0)
            continue;
        from = from < LEFT ? LEFT : from;
        until = until > RIGHT ? RIGHT : until;
        double height = y.at - bw_axis_at(&y, value), wide = until - from - 1;
        bw_svg_rect(page, from, y.at - (height < 1 ? 1 : height), wide < 1.5 ? 1.5 : wide, height < 1 ? 1 : height, "bar");
    }
    bw_html_end(page, "g");
    bw_page_char(page, '\n');
}

static void lanes(const bw_sheet *sheet, bw_page *page, const bw_axis *x)
{
    const bw_metrics_flow *flow = &sheet->pool->flow;
    const lane lanes[LANES] = {
        {"Force-closed (liquidated)", "liquidated", liquidated_of, flow->liquidated},
        {"Taken over by backstop desks", "backstop", backstop_of, flow->backstop},
        {"Closed by auto-deleveraging (ADL)", "deleveraged", adl_of, flow->adl},
        {"The gap (own scale)", "gap", gap_of, flow->gap}};
    int64_t width = bin_width(sheet, BINS), common = 0;
    for (uint32_t i = 0; i + 1 < LANES; i++) {
        int64_t own = most(sheet, width, lanes[i].amount);
        common = own > common ? own : common;
    }
    for (uint32_t i = 0; i < LANES; i++) {
        int64_t scale = i + 1 < LANES ? common : most(sheet, width, gap_of);
        lane_draw(sheet, page, x, &lanes[i], LANES_TOP + (double)i * (LANE + LANE_GAP),
                  bw_chart_value(scale, sheet->decimals));
    }
}

/* ---------------------------------------------------------------------------------------------------------- moments */

static void moment(const bw_sheet *sheet, bw_page *page, const bw_axis *x, int64_t time_ns, const char *name, bool later)
{
    const bw_metrics_batch *batches = sheet->result->batches;
    if (time_ns < batches[sheet->batch_first].time_ns || time_ns > batches[sheet->batch_last].time_ns)
        return;
    double at = time_of(sheet, x, time_ns);
    bool left = at > (LEFT + RIGHT) / 2;
    bw_svg_line(page, at, later ? 18 : 2, at, HEIGHT - 30, "moment");
    bw_svg_text_open(page, left ? at - 4 : at + 4, later ? 28 : 12, left ? "moment-name e" : "moment-name");
    bw_page_put(page, name);
    bw_page_clock(page, time_ns, 0);
    if (later && sheet->result->first_liquidation_ns >= 0) {
        bw_page_put(page, ", ");
        bw_page_amount(page, (time_ns - sheet->result->first_liquidation_ns + 50000000) / 100000000, 1);
        bw_page_put(page, " s after the first liquidation");
    }
    bw_html_end(page, "text");
}

/* ----------------------------------------------------------------------------------------------------------- table */

static void table_names(const bw_sheet *sheet, bw_page *page, const uint16_t *markets, uint32_t count)
{
    bw_page_put(page, "<div class=\"scroll wide\"><table class=\"dense\"><caption>Amounts in ");
    bw_html_text(page, sheet->asset);
    bw_page_put(page, "; prices at the end of each part</caption><thead><tr><th scope=\"col\">from</th>");
    for (uint32_t i = 0; i < count; i++) {
        bw_page_put(page, "<th class=\"n\" scope=\"col\">");
        bw_html_text(page, name_of(sheet, markets[i]));
        bw_page_put(page, "</th>");
    }
    bw_page_put(page, "<th class=\"n\" scope=\"col\">liquidated</th><th class=\"n\" scope=\"col\">book</th>"
                      "<th class=\"n\" scope=\"col\">desks</th><th class=\"n\" scope=\"col\">ADL</th>"
                      "<th class=\"n\" scope=\"col\">gap</th></tr></thead><tbody>\n");
}

static void table_row(const bw_sheet *sheet, bw_page *page, const bin *each, const uint16_t *markets, uint32_t count)
{
    bw_page_put(page, "<tr><td>");
    bw_page_clock(page, each->start_ns, 0);
    bw_html_end(page, "td");
    for (uint32_t i = 0; i < count; i++) {
        bw_html_cell_open(page, true);
        bw_page_price(page, mark_of(sheet, each->batch_last, markets[i]), tick_of(sheet, markets[i]));
        bw_html_end(page, "td");
    }
    bw_html_amount(sheet, page, each->liquidated);
    bw_html_amount(sheet, page, each->book);
    bw_html_amount(sheet, page, each->backstop);
    bw_html_amount(sheet, page, each->adl);
    bw_html_amount(sheet, page, each->gap);
    bw_page_put(page, "</tr>\n");
}

static void table(const bw_sheet *sheet, bw_page *page)
{
    uint16_t markets[LINES];
    uint32_t count = lines_of(sheet, markets);
    bin each;
    count = count > 3 ? 3 : count;
    bw_details_open(page, "The figures behind it, part by part");
    table_names(sheet, page, markets, count);
    for (uint32_t next = sheet->batch_first; bin_take(sheet, bin_width(sheet, TABLE_ROWS), &next, &each);)
        table_row(sheet, page, &each, markets, count);
    bw_table_close(page);
    bw_details_close(page);
}

void bw_report_timeline(bw_sheet *sheet)
{
    bw_page *page = &sheet->page;
    bw_section_open(page, "timeline", "The cascade, moment by moment");
    if (sheet->result->batch_count == 0) {
        bw_page_put(page, "<p class=\"empty\">No prices were set.</p></section>\n");
        return;
    }
    bw_axis x = bw_time_axis(sheet, LEFT, RIGHT);
    bw_page_put(page, "<p>Prices move; accounts drop below their margin and are force-closed; what the book cannot take goes "
                      "to the desks; what they cannot take closes winners. Only the part of the run in which something "
                      "happened is shown.</p>\n<figure>");
    bw_svg_open(page, HEIGHT, "Timeline: prices, liquidations, backstop, auto-deleveraging and gap over time");
    bw_svg_times(sheet, page, &x, PRICE_TOP, HEIGHT - 30);
    moment(sheet, page, &x, sheet->result->first_liquidation_ns, "First liquidation ", false);
    moment(sheet, page, &x, sheet->result->first_adl_ns, "First ADL ", true);
    prices(sheet, page, &x);
    lanes(sheet, page, &x);
    bw_page_put(page, "</svg></div><figcaption>UTC. Each bar sums ");
    bw_page_integer(page, bin_width(sheet, BINS) / 1000000000);
    bw_page_put(page, " seconds, in ");
    bw_html_text(page, sheet->asset);
    bw_page_put(page, "; the first three lanes share one scale. Prices: a collateral that moved, and the markets with most ADL."
                      "</figcaption></figure>\n");
    table(sheet, page);
    bw_html_end(page, "section");
}
