/* stress_shock.c - what one shock does at what depth of the order book, and whom a move reaches next. */
#include "report/stress_sheet.h"

#define LEFT 118
#define TOP 58
#define CELL 78
#define ROW 50

/* -------------------------------------------------------------------------------------------------------- heat map */

static const char *const HEAT[] = {"h0", "h1", "h2", "h3", "h4", "h5"};

/* Darker by decades of the gap, the largest of the grid darkest. */
static const char *heat_of(const bw_stress_sheet *at, int64_t gap, int64_t largest)
{
    if (gap <= 0)
        return HEAT[0];
    double below = bw_chart_log(bw_chart_value(largest, at->sheet.decimals)) - bw_chart_log(bw_chart_value(gap, at->sheet.decimals));
    return HEAT[below < .5 ? 5 : below < 1.5 ? 4 : below < 2.5 ? 3 : below < 3.5 ? 2 : 1];
}

static void cell(const bw_stress_sheet *at, bw_page *page, double x, double y, const bw_stress_outcome *outcome, int64_t largest)
{
    bool pays = bw_stress_charged(outcome);
    bw_svg_rect(page, x + 1, y + 1, CELL - 2, ROW - 2, heat_of(at, outcome->gap, largest));
    if (pays)
        bw_svg_rect(page, x + 3, y + 3, CELL - 6, ROW - 6, "pays");
    bw_svg_text_open(page, x + CELL / 2.0, y + 21, "value m");
    if (outcome->gap > 0)
        bw_page_short(page, outcome->gap, at->sheet.decimals);
    else
        bw_page_put(page, outcome->flags & BW_STRESS_LIQUIDATION ? "no gap" : "calm");
    bw_html_end(page, "text");
    bw_svg_text(page, x + CELL / 2.0, y + 37, "small m",
                pays ? "traders pay" : outcome->adl_legs > 0 ? "ADL" : outcome->fund_use > 0 ? "fund" : "");
}

static const bw_stress_outcome *cell_of(const bw_report_shocks *shocks, uint32_t depth, uint32_t move)
{
    return &shocks->cells[depth * shocks->move_count + move];
}

static void depth_name(bw_page *page, int64_t percent)
{
    bw_page_put(page, "×");
    bw_page_scaled(page, percent, 2, 0, percent % 100 == 0 ? 0 : percent % 10 == 0 ? 1 : 2);
}

static void heat_map(const bw_stress_sheet *at, bw_page *page)
{
    const bw_report_shocks *shocks = at->report->shocks;
    int64_t largest = 0;
    for (uint32_t i = 0; i < shocks->move_count * shocks->depth_count; i++)
        largest = shocks->cells[i].gap > largest ? shocks->cells[i].gap : largest;
    bw_svg_open(page, TOP + ROW * shocks->depth_count + 12, "Gap by move of all markets and depth of the order book");
    bw_svg_text(page, LEFT, 18, "lane", "All markets move by");
    bw_svg_text(page, LEFT - 12, TOP - 10, "lane e", "order book");
    for (uint32_t m = 0; m < shocks->move_count; m++) {
        bw_svg_text_open(page, LEFT + CELL * m + CELL / 2.0, TOP - 10, "label m");
        bw_html_move(page, shocks->move_ppm[m]);
        bw_html_end(page, "text");
    }
    for (uint32_t d = 0; d < shocks->depth_count; d++) {
        bw_svg_text_open(page, LEFT - 12, TOP + ROW * d + ROW / 2.0 + 4, "label e");
        depth_name(page, shocks->depth_percent[d]);
        bw_html_end(page, "text");
        for (uint32_t m = 0; m < shocks->move_count; m++)
            cell(at, page, LEFT + CELL * m, TOP + ROW * d, cell_of(shocks, d, m), largest);
    }
    bw_page_put(page, "</svg></div>");
}

static void heat_table(const bw_stress_sheet *at, bw_page *page)
{
    const bw_report_shocks *shocks = at->report->shocks;
    char bytes[256];
    bw_page head = bw_page_open(bytes, sizeof bytes);
    bw_page_put(&head, "#Order book");
    for (uint32_t m = 0; m < shocks->move_count; m++) {
        bw_page_put(&head, "|#");
        bw_html_move(&head, shocks->move_ppm[m]);
    }
    bw_page_end(&head);
    bw_details_open(page, "What traders pay of it");
    bw_table_open(page, false, "Deleveraged below the mark, cut by a haircut, or left open", bytes);
    for (uint32_t d = 0; d < shocks->depth_count; d++) {
        bw_page_put(page, "<tr>");
        bw_html_cell_open(page, true);
        depth_name(page, shocks->depth_percent[d]);
        bw_page_put(page, "</td>");
        for (uint32_t m = 0; m < shocks->move_count; m++) {
            bw_html_cell_open(page, true);
            bw_page_short(page, bw_fund_borne(cell_of(shocks, d, m)), at->sheet.decimals);
            bw_page_put(page, "</td>");
        }
        bw_page_put(page, "</tr>\n");
    }
    bw_table_close(page);
    bw_details_close(page);
}

void bw_stress_shocks(bw_stress_sheet *at)
{
    const bw_report_shocks *shocks = at->report->shocks;
    bw_page *page = &at->sheet.page;
    if (shocks == NULL)
        return;
    bw_section_open(page, "shocks", "What a shock does, by the depth of the order book");
    bw_page_put(page, "<p>Not drawn but asked: all markets move together within ");
    bw_html_duration(page, shocks->within_ns);
    bw_page_put(page, " and stay there; a collateral keeps its price. The order book takes a quarter of what the story says, half, as "
                      "much, twice, four times. Each cell is one play on the engine, with the gap it left.</p>\n<figure>");
    heat_map(at, page);
    bw_page_put(page, "<figcaption>Number: the gap; the fuller the colour, the larger, by factors of ten. A frame and “traders pay”: winners were "
                      "charged, or a loss left open. “ADL”: winners closed early, not charged. “fund”: the fund paid alone. “no gap”: "
                      "liquidations, and nothing lacking. “calm”: nobody was liquidated.</figcaption></figure>\n");
    heat_table(at, page);
    bw_html_end(page, "section");
}

/* ---------------------------------------------------------------------------------------------------------- ladder */

#define L1 74
#define R1 368
#define L2 446
#define R2 740
#define LTOP 34
#define LBOTTOM 234

static void side(const bw_stress_sheet *at, bw_page *page, const char *name, const bw_report_rung *rungs, double left, double right,
                 double top)
{
    bw_axis x = {0, BW_REPORT_RUNGS, left, right}, y = {0, bw_axis_top(top, 5), LBOTTOM, LTOP};
    bw_svg_text(page, left, LTOP - 14, "lane", name);
    bw_svg_amounts(page, &y, left, right, 5);
    for (uint32_t percent = 0; percent <= BW_REPORT_RUNGS; percent += 10) {
        bw_svg_text_open(page, bw_axis_at(&x, percent), LBOTTOM + 18, "tick m");
        bw_page_unsigned(page, percent);
        bw_page_put(page, "%</text>");
    }
    bw_page_put(page, "<g class=\"fund\">");
    for (int outline = 0; outline < 2; outline++) {      /* the area, then its edge */
        bw_svg_path_open(page, outline ? "edge" : "area");
        for (uint32_t i = 0; i <= BW_REPORT_RUNGS; i++) {
            double height = bw_axis_at(&y, bw_chart_value(rungs[i].notional, at->sheet.decimals));
            if (i > 0)
                bw_svg_path_point(page, 'L', bw_axis_at(&x, i),
                                  bw_axis_at(&y, bw_chart_value(rungs[i - 1].notional, at->sheet.decimals)));
            bw_svg_path_point(page, i == 0 ? 'M' : 'L', bw_axis_at(&x, i), height);
        }
        if (!outline) {
            bw_svg_path_point(page, 'L', right, LBOTTOM);
            bw_svg_path_point(page, 'L', left, LBOTTOM);
        }
        bw_svg_path_close(page);
    }
    bw_html_end(page, "g");
}

static void rung(const bw_stress_sheet *at, bw_page *page, const bw_report_rung *at_rung)
{
    bw_html_amount(&at->sheet, page, at_rung->notional);
    bw_html_count(page, at_rung->accounts);
}

static void rungs_table(const bw_stress_sheet *at, bw_page *page)
{
    static const uint32_t SHOWN[] = {1, 2, 3, 5, 10, 15, 20, 30, 40, 50, 60};
    const bw_report_ladder *ladder = at->report->ladder;
    bw_details_open(page, "The figures");
    bw_table_open(page, false, "Liquidated if all markets move by", "#Move|#On a fall: positions|#accounts|#On a rise: positions|#accounts");
    for (uint32_t i = 0; i < sizeof SHOWN / sizeof *SHOWN; i++) {
        bw_page_put(page, "<tr>");
        bw_html_cell_open(page, true);
        bw_page_unsigned(page, SHOWN[i]);
        bw_page_put(page, "%</td>");
        rung(at, page, &ladder->fall[SHOWN[i]]);
        rung(at, page, &ladder->rise[SHOWN[i]]);
        bw_page_put(page, "</tr>\n");
    }
    bw_table_close(page);
    bw_details_close(page);
}

static void next_table(const bw_stress_sheet *at, bw_page *page)
{
    const bw_report_ladder *ladder = at->report->ladder;
    if (ladder->next_count == 0)
        return;
    bw_details_open(page, "Who is nearest");
    bw_table_open(page, false, "The accounts that the smallest move liquidates",
                  "Account|#Liquidated at|Largest position|#Positions|#Equity");
    for (uint32_t i = 0; i < ladder->next_count; i++) {
        const bw_report_next *next = &ladder->next[i];
        bw_page_put(page, "<tr>");
        bw_html_cell(page, next->account);
        bw_html_cell_open(page, true);
        bw_page_put(page, next->move_ppm < 0 ? "−" : "+");
        bw_page_percent(page, next->move_ppm < 0 ? -next->move_ppm : next->move_ppm, 2);
        bw_page_put(page, "</td><td>");
        bw_html_text(page, next->market);
        bw_page_put(page, next->shorts ? " short</td>" : " long</td>");
        bw_html_amount(&at->sheet, page, next->notional);
        bw_html_amount(&at->sheet, page, next->equity);
        bw_page_put(page, "</tr>\n");
    }
    bw_table_close(page);
    bw_details_close(page);
}

static void ladder_words(const bw_stress_sheet *at, bw_page *page)
{
    const bw_report_ladder *ladder = at->report->ladder;
    bw_page_put(page, "<p>A fall of 5% of all markets liquidates ");
    bw_html_strong_money(&at->sheet, page, ladder->fall[5].notional);
    bw_page_put(page, " in ");
    bw_page_grouped(page, (int64_t)ladder->fall[5].accounts);
    bw_page_put(page, " accounts, one of 20% ");
    bw_html_strong_money(&at->sheet, page, ladder->fall[20].notional);
    bw_page_put(page, " in ");
    bw_page_grouped(page, (int64_t)ladder->fall[20].accounts);
    bw_page_put(page, "; a rise of 5% ");
    bw_html_strong_money(&at->sheet, page, ladder->rise[5].notional);
    bw_page_put(page, ", of 20% ");
    bw_html_strong_money(&at->sheet, page, ladder->rise[20].notional);
    bw_page_put(page, ". This is the book as it stands, before liquidations move prices further.</p>\n<figure>");
}

void bw_stress_ladder(bw_stress_sheet *at)
{
    const bw_report_ladder *ladder = at->report->ladder;
    bw_page *page = &at->sheet.page;
    if (ladder == NULL)
        return;
    int64_t fall = ladder->fall[BW_REPORT_RUNGS].notional, rise = ladder->rise[BW_REPORT_RUNGS].notional;
    double top = bw_chart_value(fall > rise ? fall : rise, at->sheet.decimals);
    bw_section_open(page, "ladder", "Who is next?");
    ladder_words(at, page);
    bw_svg_open(page, LBOTTOM + 44, "Ladder: positions liquidated by a fall and by a rise of all markets");
    side(at, page, "If all markets fall by", ladder->fall, L1, R1, top);
    side(at, page, "If all markets rise by", ladder->rise, L2, R2, top);
    bw_svg_text(page, R2, LBOTTOM + 38, "tick e", at->sheet.asset);
    bw_page_put(page, "</svg></div><figcaption>Positions of all accounts whose equity would be at or below their maintenance margin, "
                      "cumulated, at present prices. Maintenance margin is taken to grow and fall with prices; a collateral keeps its "
                      "value.</figcaption></figure>\n");
    rungs_table(at, page);
    next_table(at, page);
    bw_html_end(page, "section");
}
