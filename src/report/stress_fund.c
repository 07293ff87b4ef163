/* stress_fund.c - the coverage curve: how often and how much a fund of some size does not cover. */
#include "report/stress_sheet.h"
#include "world/real.h"

#define LEFT 74
#define RIGHT 372
#define LEFT_2 452
#define RIGHT_2 750
#define TOP 34
#define BOTTOM 254
#define DECADES 6

typedef struct {
    const bw_stress_sheet *at;
    uint32_t count, drawn;
    bw_fund_point points[BW_FUND_POINTS_MAX];    /* of the table */
    bw_fund_point curve[BW_FUND_POINTS_MAX];     /* of the picture: those that were played, or closer ones */
    bool runs;
    int64_t present;               /* -1: not told */
} coverage;

/* Read off the gaps any size costs nothing: even steps of the logarithm, from the least size of the table to its largest. */
static void draw_closely(coverage *to)
{
    enum { STEPS = 60 };
    uint32_t first = 0;
    while (first < to->count && to->points[first].fund == 0)
        first++;
    if (first == to->count)
        return;
    int64_t low = to->points[first].fund, high = to->points[to->count - 1].fund;
    double step = bw_real_ln((double)high / (double)low) / STEPS;
    for (uint32_t i = 0; i <= STEPS; i++) {
        int64_t size = i == STEPS ? high : (int64_t)((double)low * bw_real_exp(step * i));
        bw_fund_points_add(to->curve, &to->drawn, bw_fund_point_at(to->at->report->gap, size));
    }
}

/* Sizes played, or quantiles of the gaps and the present fund. */
static void points_of(const bw_stress_sheet *at, coverage *to)
{
    const bw_stress_report *report = at->report;
    *to = (coverage){.at = at, .runs = report->fund != NULL, .present = report->book != NULL ? report->book->fund : -1};
    if (to->runs) {
        to->count = report->fund->point_count;
        to->drawn = to->count;
        for (uint32_t i = 0; i < to->count; i++)
            to->points[i] = to->curve[i] = report->fund->points[i];
        return;
    }
    int64_t grid[BW_FUND_POINTS_MAX];
    uint32_t count = bw_fund_grid(report->gap, grid);
    int64_t known = at->screened ? at->result->screened->paid : 0;   /* of gaps below it a screened run knows nothing */
    for (uint32_t i = 0; i < count; i++)
        if (grid[i] >= known)
            bw_fund_points_add(to->points, &to->count, bw_fund_point_at(report->gap, grid[i]));
    if (to->present > 0 && to->present >= known)
        bw_fund_points_add(to->points, &to->count, bw_fund_point_at(report->gap, to->present));
    draw_closely(to);
}

/* -------------------------------------------------------------------------------------------------------- pictures */

static double share_of(const bw_stress_chance *chance)
{
    return (double)chance->hits / (double)chance->paths;
}

static double size_at(const coverage *in, const bw_axis *x, int64_t fund)
{
    double value = bw_chart_value(fund, in->at->sheet.decimals);
    return bw_axis_at(x, bw_axis_within(x, value > 0 ? bw_chart_log(value) : x->from));
}

static double chance_at(const bw_axis *y, double chance)
{
    return bw_axis_at(y, bw_axis_within(y, chance > 0 ? bw_chart_log(chance) : y->from));
}

static bw_axis sizes_axis(const coverage *in, double at, double until)
{
    int64_t least = 0;
    for (uint32_t i = 0; i < in->count && least == 0; i++)
        least = in->points[i].fund;
    double high = bw_chart_value(in->points[in->count - 1].fund, in->at->sheet.decimals);
    double low = bw_chart_value(least, in->at->sheet.decimals);
    return bw_axis_of_powers(low > .01 ? low : .01, high > .1 ? high : .1, DECADES, at, until);
}

static void present_line(const coverage *in, bw_page *page, const bw_axis *x)
{
    double at = size_at(in, x, in->present);
    if (in->present <= 0)
        return;
    bw_svg_line(page, at, TOP, at, BOTTOM, "moment");
    bw_svg_text(page, at + 5, BOTTOM - 8, "moment-name", "now");
}

static void chances(const coverage *in, bw_page *page)
{
    bw_axis x = sizes_axis(in, LEFT, RIGHT), y = bw_axis_of_powers(1 / (double)in->at->result->paths, 1, 9, BOTTOM, TOP);
    bw_svg_text(page, LEFT, TOP - 14, "lane", "Share of paths on which it is not enough");
    bw_svg_powers_of_chances(page, &y, LEFT, RIGHT);
    bw_svg_powers_of_amounts(page, &x, TOP, BOTTOM);
    bw_svg_path_open(page, "band");
    for (uint32_t i = 0; i < in->drawn; i++)
        bw_svg_path_point(page, i == 0 ? 'M' : 'L', size_at(in, &x, in->curve[i].fund),
                          chance_at(&y, in->curve[i].p_socialized.interval.low));
    for (uint32_t i = in->drawn; i-- > 0;)
        bw_svg_path_point(page, 'L', size_at(in, &x, in->curve[i].fund), chance_at(&y, in->curve[i].p_socialized.interval.high));
    bw_svg_path_close(page);
    bw_svg_path_open(page, "line k0");
    for (uint32_t i = 0; i < in->drawn; i++)
        bw_svg_path_point(page, i == 0 ? 'M' : 'L', size_at(in, &x, in->curve[i].fund),
                          chance_at(&y, share_of(&in->curve[i].p_socialized)));
    bw_svg_path_close(page);
    for (uint32_t i = 0; i < in->count; i++)
        if (in->points[i].fund > 0 && in->points[i].p_socialized.hits > 0)
            bw_svg_circle(page, size_at(in, &x, in->points[i].fund), chance_at(&y, share_of(&in->points[i].p_socialized)), 3, "round");
    present_line(in, page, &x);
    bw_svg_text(page, RIGHT, BOTTOM + 36, "tick e", "size of the fund");
}

static void amounts(const coverage *in, bw_page *page)
{
    double top = 0;
    for (uint32_t i = 0; i < in->drawn; i++) {
        double value = bw_chart_value(in->curve[i].expected_socialized.value, in->at->sheet.decimals);
        top = value > top ? value : top;
    }
    bw_axis x = sizes_axis(in, LEFT_2, RIGHT_2), y = {0, bw_axis_top(top, 5), BOTTOM, TOP};
    bw_svg_text(page, LEFT_2, TOP - 14, "lane", "Left to traders on average, a path");
    bw_svg_amounts(page, &y, LEFT_2, RIGHT_2, 5);
    bw_svg_powers_of_amounts(page, &x, TOP, BOTTOM);
    bw_svg_path_open(page, "line k1");
    for (uint32_t i = 0; i < in->drawn; i++)
        bw_svg_path_point(page, i == 0 ? 'M' : 'L', size_at(in, &x, in->curve[i].fund),
                          bw_axis_at(&y, bw_chart_value(in->curve[i].expected_socialized.value, in->at->sheet.decimals)));
    bw_svg_path_close(page);
    present_line(in, page, &x);
    bw_svg_text(page, RIGHT_2, BOTTOM + 36, "tick e", "size of the fund");
}

/* ----------------------------------------------------------------------------------------------------------- table */

/* A unit of fund between two sizes; of runs by the nearest falling curve, as `fund` says it. */
static double saves(const coverage *in, const bw_fund_point *low, const bw_fund_point *high)
{
    double saved = in->runs ? low->expected_fitted - high->expected_fitted
                            : (double)(low->expected_socialized.value - high->expected_socialized.value);
    return saved / (double)(high->fund - low->fund);
}

static void table(const coverage *in, bw_page *page)
{
    bw_details_open(page, "The figures");
    bw_table_open(page, false, "Sizes of the fund", "#Fund|#Not enough on|#95% interval|#Left to traders, mean|#A unit more saves");
    for (uint32_t i = 0; i < in->count; i++) {
        const bw_fund_point *point = &in->points[i], *next = i + 1 < in->count ? point + 1 : NULL;
        bw_page_put(page, point->fund == in->present ? "<tr class=\"sum\">" : "<tr>");
        bw_html_amount(&in->at->sheet, page, point->fund);
        bw_html_chance_cells(page, &point->p_socialized);
        bw_html_amount(&in->at->sheet, page, point->expected_socialized.value);
        bw_html_cell_open(page, true);
        double saved = next != NULL ? saves(in, point, next) : 0;
        if (saved > 0)
            bw_html_share(page, saved);
        else
            bw_page_put(page, "–");
        bw_page_put(page, "</td></tr>\n");
    }
    bw_table_close(page);
    bw_details_close(page);
}

static void sentence(const coverage *in, bw_page *page)
{
    bw_page_put(page, "<p>");
    if (in->runs) {
        bw_page_put(page, "Every size was played on the same paths, so what a smaller fund sets off is in the curve: deleveraging "
                          "starts earlier, and changes who is there to be liquidated. ");
        return;
    }
    bw_page_put(page, "Read off the gaps of these paths: a fund of size F is not enough where the gap is above F. <strong>That takes "
                      "the fund’s size not to change the gap, and nobody else to pay before traders do.</strong> It is exact for one "
                      "shock; in a cascade a smaller fund deleverages earlier and the gap is another, and <code>breakwater fund"
                      "</code> plays every size. ");
}

void bw_stress_coverage(bw_stress_sheet *at)
{
    bw_page *page = &at->sheet.page;
    coverage in;
    points_of(at, &in);
    bw_section_open(page, "coverage", "How large must the fund be?");
    if (in.count == 0 || (!in.runs && at->result->gap.largest == 0)) {
        bw_page_put(page, "<p class=\"empty\">No gap on any of these paths: there is no size to read off.</p></section>\n");
        return;
    }
    sentence(&in, page);
    if (at->screened && !in.runs)
        bw_page_put(page, "Of this screened run only sizes that the fund surely has are known. ");
    if (in.present > 0)
        bw_page_put(page, "“now” marks the fund of the story.");
    bw_page_put(page, "</p>\n<figure>");
    bw_svg_open(page, BOTTOM + 44, "Coverage: chance and mean of what a fund of each size leaves to traders");
    chances(&in, page);
    amounts(&in, page);
    bw_page_put(page, "</svg></div><figcaption>Sizes on a logarithmic scale; the band is the 95% interval of each point. The steeper "
                      "the right curve falls, the more a unit in the fund is worth.</figcaption></figure>\n");
    table(&in, page);
    bw_html_end(page, "section");
}
