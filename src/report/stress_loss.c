/* stress_loss.c - the distribution of losses, and whether there were enough paths. */
#include "report/stress_sheet.h"

#define LEFT 74
#define RIGHT 700
#define TOP 34
#define HIGH 300
#define BOTTOM (TOP + HIGH)
#define POINTS 160
#define DECADES 7

/* ----------------------------------------------------------------------------------------------------- exceedance */

typedef struct {
    bw_axis x, y;
    uint32_t decimals;
} plot;

static double x_of(const plot *in, int64_t amount)
{
    double value = bw_chart_value(amount, in->decimals);
    return bw_axis_at(&in->x, bw_axis_within(&in->x, value > 0 ? bw_chart_log(value) : in->x.from));
}

static double y_of(const plot *in, double chance)
{
    return bw_axis_at(&in->y, bw_axis_within(&in->y, chance > 0 ? bw_chart_log(chance) : in->y.from));
}

/* The `rank`-th largest; rank 1 is the largest. */
static int64_t ranked(bw_stress_amounts amounts, uint64_t rank)
{
    return amounts.rising[amounts.listed - rank];
}

/* Ranks to draw: every one at the tail, further apart where there are many. 0: no more. */
static uint64_t next_rank(bw_stress_amounts amounts, uint64_t rank)
{
    uint64_t next = rank + 1 + rank / (POINTS / 8);
    return next <= amounts.listed && ranked(amounts, next) > 0 ? next : 0;
}

static bool any(bw_stress_amounts amounts)
{
    return amounts.listed > 0 && ranked(amounts, 1) > 0;
}

static void curve(const plot *in, bw_page *page, bw_stress_amounts amounts, const char *class)
{
    if (!any(amounts))
        return;
    bw_svg_path_open(page, class);
    bw_svg_path_point(page, 'M', x_of(in, ranked(amounts, 1)), BOTTOM);
    for (uint64_t rank = 1; rank > 0; rank = next_rank(amounts, rank))
        bw_svg_path_point(page, 'L', x_of(in, ranked(amounts, rank)), y_of(in, (double)rank / (double)amounts.count));
    bw_svg_path_close(page);
}

/* Between the ends of the 95% interval of P at each amount: down one side, up the other. */
static void band(const plot *in, bw_page *page, bw_stress_amounts amounts)
{
    uint64_t ranks[2 * POINTS];
    uint32_t count = 0;
    if (!any(amounts))
        return;
    for (uint64_t rank = 1; rank > 0 && count < 2 * POINTS; rank = next_rank(amounts, rank))
        ranks[count++] = rank;
    bw_svg_path_open(page, "band");
    for (uint32_t i = 0; i < count; i++)
        bw_svg_path_point(page, i == 0 ? 'M' : 'L', x_of(in, ranked(amounts, ranks[i])),
                          y_of(in, bw_stress_chance_of(ranks[i], amounts.count).interval.low));
    for (uint32_t i = count; i-- > 0;)
        bw_svg_path_point(page, 'L', x_of(in, ranked(amounts, ranks[i])),
                          y_of(in, bw_stress_chance_of(ranks[i], amounts.count).interval.high));
    bw_svg_path_close(page);
}

/* VaR on the curve, ES beside it at the same height. */
static void marks(const bw_stress_sheet *at, const plot *in, bw_page *page)
{
    const bw_stress_series *gap = &at->result->gap;
    for (uint32_t level = 0; level < BW_STRESS_LEVELS; level++) {
        const bw_stress_figure *var = &gap->var[level], *es = &gap->es[level];
        double y = y_of(in, (double)bw_stress_tails[level] / BW_STRESS_ONE);
        if (!var->known || var->value == 0)
            continue;
        if (es->known) {
            bw_svg_line(page, x_of(in, var->value), y, x_of(in, es->value), y, "zero");
            bw_svg_rect(page, x_of(in, es->value) - 4, y - 4, 8, 8, "square");
        }
        bw_svg_circle(page, x_of(in, var->value), y, 5, "round");
        bw_svg_text_open(page, x_of(in, var->value) - 10, y + 4, "lane e");
        bw_page_put(page, bw_stress_level_words[level]);
        bw_page_put(page, "%</text>\n");
    }
}

static void picture(const bw_stress_sheet *at, bw_page *page)
{
    const bw_stress_report *report = at->report;
    const bw_stress_result *result = at->result;
    int64_t most = any(report->gap) ? ranked(report->gap, 1) : result->gap.largest;
    double high = bw_chart_value(most, at->sheet.decimals);
    double low = high / 1e5 > .01 ? high / 1e5 : .01;
    plot in = {bw_axis_of_powers(low, high, DECADES, LEFT, RIGHT),
               bw_axis_of_powers(1 / (double)result->paths, 1, 9, BOTTOM, TOP), at->sheet.decimals};
    bw_svg_open(page, BOTTOM + 44, "Distribution of losses: how often an amount is exceeded, both scales logarithmic");
    bw_svg_text(page, LEFT, TOP - 14, "lane", "Share of paths on which more is lost");
    bw_svg_powers_of_chances(page, &in.y, LEFT, RIGHT);
    bw_svg_powers_of_amounts(page, &in.x, TOP, BOTTOM);
    bw_svg_text(page, RIGHT, BOTTOM + 36, "tick e", at->sheet.asset);
    band(&in, page, report->gap);
    curve(&in, page, report->gap, "line k0");
    curve(&in, page, report->fund_use, "line k2");
    curve(&in, page, report->socialized, "line k1");
    double x = report->book != NULL && report->book->fund > 0 ? x_of(&in, report->book->fund) : LEFT;
    if (x > LEFT && x < RIGHT) {
        bw_svg_line(page, x, TOP, x, BOTTOM, "moment");
        bw_svg_text(page, x + 5, BOTTOM - 8, "moment-name", "the fund");
    }
    marks(at, &in, page);
    bw_svg_key(page, LEFT + 300, TOP - 14, "line k0", "gap");
    bw_svg_key(page, LEFT + 386, TOP - 14, "line k2", "paid by the fund");
    bw_svg_key(page, LEFT + 556, TOP - 14, "line k1", "socialized");
    bw_page_put(page, "</svg></div>");
}

static void row(const bw_stress_sheet *at, bw_page *page, const char *name, const bw_stress_figure *figure)
{
    bw_page_put(page, "<tr>");
    bw_html_cell(page, name);
    bw_html_figure_cells(&at->sheet, page, figure);
    bw_html_count(page, figure->paths);
    bw_page_put(page, "</tr>\n");
}

static void level_row(const bw_stress_sheet *at, bw_page *page, const char *what, uint32_t level, const bw_stress_figure *figure)
{
    char bytes[BW_PAGE_WORD];
    bw_page word = bw_page_open(bytes, sizeof bytes);
    bw_page_put(&word, what);
    bw_page_put(&word, bw_stress_level_words[level]);
    bw_page_put(&word, "%");
    bw_page_end(&word);
    row(at, page, bytes, figure);
}

static void series_rows(const bw_stress_sheet *at, bw_page *page, const char *name, const bw_stress_series *series)
{
    bw_page_put(page, "<tr class=\"sum\">");
    bw_html_cell(page, name);
    bw_page_put(page, "<td></td><td></td><td></td></tr>\n");
    row(at, page, "mean", &series->mean);
    for (uint32_t level = 0; level < BW_STRESS_LEVELS && series->var[level].known; level++) {
        level_row(at, page, "VaR ", level, &series->var[level]);
        level_row(at, page, "ES ", level, &series->es[level]);
    }
}

/* Levels that the table leaves out. */
static void too_few(const bw_stress_sheet *at, bw_page *page)
{
    uint32_t level = 0;
    while (level < BW_STRESS_LEVELS && at->result->gap.var[level].known)
        level++;
    for (uint32_t first = level; level < BW_STRESS_LEVELS; level++) {
        bw_page_put(page, level == first ? "<p class=\"meta\">Not shown, for want of paths: " : ", ");
        bw_page_put(page, bw_stress_level_words[level]);
        bw_page_put(page, "% (needs ");
        bw_page_grouped(page, (int64_t)bw_stress_paths_need(bw_stress_tails[level]));
        bw_page_put(page, level + 1 == BW_STRESS_LEVELS ? ").</p>\n" : ")");
    }
}

static void table(const bw_stress_sheet *at, bw_page *page)
{
    char bytes[128];
    bw_page head = bw_page_open(bytes, sizeof bytes);
    bw_page_put(&head, "Figure|#");
    bw_html_text(&head, at->sheet.asset);
    bw_page_put(&head, "|#95% interval|#Rests on paths");
    bw_page_end(&head);
    bw_details_open(page, "The exact figures");
    bw_table_open(page, false, "Amounts that are not exceeded (VaR) and the mean beyond them (ES)", bytes);
    series_rows(at, page, "Gap", &at->result->gap);
    series_rows(at, page, "Paid by the fund", &at->result->fund_use);
    series_rows(at, page, "Socialized", &at->result->socialized);
    bw_table_close(page);
    too_few(at, page);
    bw_details_close(page);
}

void bw_stress_losses(bw_stress_sheet *at)
{
    bw_page *page = &at->sheet.page;
    bw_section_open(page, "losses", "How much is lost, and how often");
    if (at->result->gap.largest == 0) {
        bw_page_put(page, "<p class=\"empty\">No gap on any of these paths: nothing was lost beyond what the liquidated had."
                          "</p></section>\n");
        return;
    }
    bw_page_put(page, "<p>Read a point as: more than this amount is lost on that share of paths. Three amounts, never added to one "
                      "another: the <em>gap</em> is what was lost beyond what the liquidated had; of it the <em>fund</em> pays a "
                      "part; what is <em>socialized</em> is taken from winners by a haircut or left open.</p>\n<figure>");
    picture(at, page);
    bw_page_put(page, "<figcaption>Both scales are logarithmic; the band is the 95% interval of the gap’s curve, point by point. "
                      "Circle: the amount not exceeded on so many paths (VaR). Square beside it: the mean beyond it (ES).");
    if (at->screened)
        bw_page_put(page, " Of this screened run the gap’s curve holds for amounts that the fund may not pay; smaller ones are left "
                          "out of it. What the fund pays, and levels and means below that amount, are those of the control.");
    bw_page_put(page, "</figcaption></figure>\n");
    table(at, page);
    bw_html_end(page, "section");
}

/* ------------------------------------------------------------------------------------------------------ convergence */

enum { STEPS = 150 };

typedef struct {
    uint32_t count;
    uint64_t paths[STEPS];
    bw_stress_chance chance[STEPS];
} progress;

/* Hits among the first paths, at up to STEPS sizes. A path that was not played charged nobody. */
static void run_of(const bw_stress_sheet *at, progress *to)
{
    const bw_stress_report *report = at->report;
    const uint64_t *list = at->screened ? at->result->screened->list : NULL;
    uint64_t all = at->result->paths, hits = 0, next = 0;
    for (uint32_t step = 1; step <= STEPS; step++) {
        uint64_t paths = all / STEPS * step + all % STEPS * step / STEPS;
        if (paths == 0 || (to->count > 0 && paths == to->paths[to->count - 1]))
            continue;
        for (; next < report->outcome_count && (list != NULL ? list[next] : next) < paths; next++)
            hits += bw_stress_charged(&report->outcomes[next]);
        to->paths[to->count] = paths;
        to->chance[to->count++] = bw_stress_chance_of(hits, paths);
    }
}

static double value_of(const bw_stress_chance *chance)
{
    return (double)chance->hits / (double)chance->paths;
}

/* Early intervals are wide; what they are above is cut. */
static double top_of(const progress *run)
{
    double top = 0;
    for (uint32_t i = 0; i < run->count; i++) {
        double high = i >= run->count / 5 ? run->chance[i].interval.high : value_of(&run->chance[i]);
        top = high > top ? high : top;
    }
    return top > 0 ? 100 * top : 1;
}

static double clipped(const bw_axis *y, double chance)
{
    return bw_axis_at(y, bw_axis_within(y, 100 * chance));
}

static void convergence_picture(const bw_stress_sheet *at, bw_page *page, const progress *run)
{
    const double height = 190, bottom = TOP + height;
    bw_axis x = {0, (double)at->result->paths, LEFT, RIGHT}, y = {0, bw_axis_top(top_of(run), 5), bottom, TOP};
    bw_svg_open(page, TOP + (uint32_t)height + 44, "Convergence: the chance that traders pay, as paths are added");
    bw_svg_text(page, LEFT, TOP - 14, "lane", "P(traders pay for others), % of paths so far");
    bw_svg_amounts(page, &y, LEFT, RIGHT, 5);
    double step = bw_axis_step(x.to, 6);
    for (double paths = step; paths <= x.to; paths += step) {
        bw_svg_text_open(page, bw_axis_at(&x, paths), bottom + 18, "tick m");
        bw_svg_tick(page, paths);
        bw_html_end(page, "text");
    }
    bw_svg_text(page, RIGHT, bottom + 36, "tick e", "paths");
    bw_svg_path_open(page, "band");
    for (uint32_t i = 0; i < run->count; i++)
        bw_svg_path_point(page, i == 0 ? 'M' : 'L', bw_axis_at(&x, (double)run->paths[i]), clipped(&y, run->chance[i].interval.low));
    for (uint32_t i = run->count; i-- > 0;)
        bw_svg_path_point(page, 'L', bw_axis_at(&x, (double)run->paths[i]), clipped(&y, run->chance[i].interval.high));
    bw_svg_path_close(page);
    bw_svg_path_open(page, "line k0");
    for (uint32_t i = 0; i < run->count; i++)
        bw_svg_path_point(page, i == 0 ? 'M' : 'L', bw_axis_at(&x, (double)run->paths[i]), clipped(&y, value_of(&run->chance[i])));
    bw_svg_path_close(page);
    bw_page_put(page, "</svg></div>");
}

static void convergence_table(bw_page *page, const progress *run)
{
    enum { ROWS = 10 };
    bw_details_open(page, "The figures");
    bw_table_open(page, false, "P(traders pay for others) among the first paths", "#Paths|#Hits|#Chance|#95% interval");
    for (uint32_t i = 1; i <= ROWS; i++) {
        uint32_t step = run->count * i / ROWS;
        if (step == 0 || step == run->count * (i - 1) / ROWS)
            continue;
        bw_page_put(page, "<tr>");
        bw_html_count(page, run->paths[step - 1]);
        bw_html_count(page, run->chance[step - 1].hits);
        bw_html_chance_cells(page, &run->chance[step - 1]);
        bw_page_put(page, "</tr>\n");
    }
    bw_table_close(page);
    bw_details_close(page);
}

void bw_stress_convergence(bw_stress_sheet *at)
{
    bw_page *page = &at->sheet.page;
    progress run = {0};
    run_of(at, &run);
    bw_section_open(page, "convergence", "Are these enough paths?");
    bw_page_put(page, "<p>The estimate after the first paths, in their order, and its 95% interval. It narrows with the square root "
                      "of their number: four times the paths for half the width.</p>\n<figure>");
    convergence_picture(at, page, &run);
    bw_page_put(page, "<figcaption>Line: estimate. Band: interval; its ends at few paths may lie beyond the picture.</figcaption>"
                      "</figure>\n");
    convergence_table(page, &run);
    bw_html_end(page, "section");
}
