/* comparison.c - `compare` as a report: who paid, what was taken and needed, on whom it fell; venue by venue. */
#include <string.h>

#include "report/chart.h"
#include "report/report.h"

#define LEFT 150
#define RIGHT 690
#define TOP 30
#define ROW 24
#define BAR 14
#define VALUE_WIDTH 76         /* of a strip: for the figure beside its longest bar */
#define SHARE_WHOLE 1000000    /* ppm */

/* What every part reads. */
typedef struct {
    bw_sheet sheet;
    const bw_comparison *comparison;
} part;

static int64_t value_of(const bw_comparison_row *row, bw_column column)
{
    return row->columns.exists[column] ? row->columns.value[column] : 0;
}

static int64_t largest(const bw_comparison *comparison, const bw_column *columns, uint32_t count)
{
    int64_t most = 0;
    for (uint32_t i = 0; i < comparison->row_count; i++)
        for (uint32_t c = 0; c < count; c++)
            if (value_of(&comparison->rows[i], columns[c]) > most)
                most = value_of(&comparison->rows[i], columns[c]);
    return most;
}

static double height_of(const bw_comparison *comparison)
{
    return TOP + ROW * (double)comparison->row_count;
}

static void names(bw_page *page, const bw_comparison *comparison)
{
    for (uint32_t i = 0; i < comparison->row_count; i++) {
        double y = TOP + ROW * (double)i;
        bw_svg_text(page, LEFT - 10, y + 13, "label e", comparison->rows[i].venue);
        bw_svg_line(page, LEFT, y + ROW - 4, RIGHT, y + ROW - 4, "hair");
    }
}

/* Amounts along the bottom; the axis begins at 0. */
static bw_axis amounts(bw_page *page, const part *at, int64_t most)
{
    double top = bw_axis_top(bw_chart_value(most, at->sheet.decimals), 5), bottom = height_of(at->comparison);
    bw_axis x = {0, top, LEFT, RIGHT};
    double step = bw_axis_step(top, 5);
    for (double value = 0; value <= top + step / 1000; value += step) {
        double where = bw_axis_at(&x, value);
        bw_svg_line(page, where, TOP - 6, where, bottom, value < step / 2 ? "zero" : "grid");
        bw_svg_text_open(page, where, bottom + 18, "tick m");
        bw_svg_tick(page, value);
        bw_html_end(page, "text");
    }
    bw_svg_text(page, LEFT - 10, bottom + 18, "tick e", at->sheet.asset);
    return x;
}

/* ------------------------------------------------------------------------------------------------------ in a sentence */

static const bw_comparison_row *extreme(const bw_comparison *comparison, bw_column column, bool lowest)
{
    const bw_comparison_row *best = &comparison->rows[0];
    for (uint32_t i = 1; i < comparison->row_count; i++) {
        int64_t value = value_of(&comparison->rows[i], column), least = value_of(best, column);
        if (value != least && (value < least) == lowest)
            best = &comparison->rows[i];
    }
    return best;
}

static void shown_as(const bw_comparison *comparison, const bw_comparison_row *row, bw_column column,
                     char bytes[BW_PAGE_WORD])
{
    bw_page word = bw_page_open(bytes, BW_PAGE_WORD);
    bw_comparison_put(&word, comparison, &row->columns, column);
    bw_page_end(&word);
}

/* Rows besides this one that show the same. */
static uint32_t others_as(const bw_comparison *comparison, const bw_comparison_row *row, bw_column column)
{
    char own[BW_PAGE_WORD], other[BW_PAGE_WORD];
    uint32_t count = 0;
    shown_as(comparison, row, column, own);
    for (uint32_t i = 0; i < comparison->row_count; i++) {
        shown_as(comparison, &comparison->rows[i], column, other);
        count += &comparison->rows[i] != row && strcmp(own, other) == 0;
    }
    return count;
}

/* "3.58M USDC (bitmex and 2 more)" */
static void say_extreme(const part *at, bw_page *page, bw_column column, bool lowest)
{
    const bw_comparison_row *row = extreme(at->comparison, column, lowest);
    uint32_t others = others_as(at->comparison, row, column);
    bw_page_put(page, "<strong>");
    bw_comparison_put(page, at->comparison, &row->columns, column);
    if (bw_column_rows[column].kind == BW_COLUMN_MONEY) {
        bw_page_put(page, " ");
        bw_html_text(page, at->sheet.asset);
    }
    bw_page_put(page, "</strong> (");
    bw_html_text(page, row->venue);
    if (others > 0) {
        bw_page_put(page, " and ");
        bw_page_unsigned(page, others);
        bw_page_put(page, " more");
    }
    bw_page_put(page, ")");
}

static void say_range(const part *at, bw_page *page, const char *what, bw_column column)
{
    bw_page_put(page, what);
    if (at->comparison->row_count == 1) {
        say_extreme(at, page, column, true);
        return;
    }
    bw_page_put(page, "from ");
    say_extreme(at, page, column, true);
    bw_page_put(page, " to ");
    say_extreme(at, page, column, false);
}

static uint32_t rows_above(const part *at, bw_column column)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < at->comparison->row_count; i++)
        count += value_of(&at->comparison->rows[i], column) > 0;
    return count;
}

/* "under 3 of the 24 sets of rules" */
static void say_rows(const part *at, bw_page *page, uint32_t count)
{
    bw_page_put(page, "under ");
    if (count > 0)
        bw_page_unsigned(page, count);
    else
        bw_page_put(page, "none");
    bw_page_put(page, " of the ");
    bw_page_unsigned(page, at->comparison->row_count);
    bw_page_put(page, " sets of rules");
}

/* ---------------------------------------------------------------------------------------------------------- tables */

/* As short as on the screen: three digits; the JSON has all. */
static void cell(const part *at, bw_page *page, const bw_comparison_row *row, bw_column column)
{
    bw_html_cell_open(page, true);
    bw_comparison_put(page, at->comparison, &row->columns, column);
    bw_html_end(page, "td");
}

/* Of those columns the ones that tell the rows apart. */
static void table(const part *at, bw_page *page, const char *caption, const bw_column *all, uint32_t all_count)
{
    char bytes[512];
    bw_column columns[BW_COLUMNS];
    uint32_t count = 0;
    for (uint32_t c = 0; c < all_count; c++)
        if (bw_comparison_told(at->comparison, all[c]))
            columns[count++] = all[c];
    bw_page head = bw_page_open(bytes, sizeof bytes);
    bw_page_put(&head, "Venue");
    for (uint32_t c = 0; c < count; c++) {
        bw_page_put(&head, "|#");
        bw_page_put(&head, bw_column_rows[columns[c]].heading);
    }
    bw_page_end(&head);
    bw_details_open(page, "The figures");
    bw_table_open(page, true, caption, bytes);
    for (uint32_t i = 0; i < at->comparison->row_count; i++) {
        bw_page_put(page, "<tr>");
        bw_html_cell(page, at->comparison->rows[i].venue);
        for (uint32_t c = 0; c < count; c++)
            cell(at, page, &at->comparison->rows[i], columns[c]);
        bw_page_put(page, "</tr>\n");
    }
    bw_table_close(page);
    bw_page_put(page, "<dl class=\"glossary\">");
    for (uint32_t c = 0; c < count; c++) {
        bw_page_put(page, "<dt>");
        bw_html_text(page, bw_column_rows[columns[c]].heading);
        bw_page_put(page, "</dt><dd>");
        bw_html_text(page, bw_column_rows[columns[c]].words);
        bw_page_put(page, " <code>");
        bw_html_text(page, bw_column_rows[columns[c]].id);
        bw_page_put(page, "</code></dd>\n");
    }
    bw_html_end(page, "dl");
    bw_page_put(page, "<p class=\"meta\">Three digits of each amount; all of them are in the JSON (<code>--json</code>).");
    bw_page_put(page, count < all_count ? " Columns that are 0 in every row are not shown.</p>\n" : "</p>\n");
    bw_details_close(page);
}

/* -------------------------------------------------------------------------------------------------------- who paid */

static void paid_bar(const part *at, bw_page *page, const bw_axis *x, const bw_comparison_row *row, double y)
{
    int64_t paid = 0;
    for (uint32_t layer = 0; layer < BW_LAYERS; layer++) {
        int64_t amount = value_of(row, (bw_column)(BW_COL_PAID_FUND + layer));
        double from = bw_axis_at(x, bw_chart_value(paid, at->sheet.decimals));
        if (amount <= 0)
            continue;
        paid += amount;
        bw_page_put(page, "<g class=\"");
        bw_page_put(page, bw_layer_classes[layer]);
        bw_page_put(page, "\">");
        bw_svg_rect(page, from, y, bw_axis_at(x, bw_chart_value(paid, at->sheet.decimals)) - from, BAR, "bar");
        bw_html_end(page, "g");
    }
    bw_svg_text_open(page, bw_axis_at(x, bw_chart_value(paid, at->sheet.decimals)) + 6, y + 11, "value");
    bw_comparison_put(page, at->comparison, &row->columns, BW_COL_GAP);
    bw_html_end(page, "text");
}

/* One key per layer, in two rows. */
static void paid_key(bw_page *page, double y)
{
    for (uint32_t layer = 0; layer < BW_LAYERS; layer++) {
        double x = LEFT - 120 + 170.0 * (layer % 4), row = y + 22.0 * (layer / 4);
        bw_page_put(page, "<g class=\"");
        bw_page_put(page, bw_layer_classes[layer]);
        bw_page_put(page, "\">");
        bw_svg_rect(page, x, row, 22, 12, "bar");
        bw_html_end(page, "g");
        bw_svg_text(page, x + 28, row + 11, "label", bw_layer_names[layer]);
    }
}

/* What the picture shows, in words. */
static void say_paid(const part *at, bw_page *page)
{
    uint32_t unpaid = rows_above(at, BW_COL_CARRYOVER);
    say_range(at, page, "<p>The gap went ", BW_COL_GAP);
    bw_page_put(page, ". At the end some of it was still unpaid ");
    say_rows(at, page, unpaid);
    if (unpaid > 0) {
        bw_page_put(page, ", at most ");
        say_extreme(at, page, BW_COL_CARRYOVER, false);
    }
    bw_page_put(page, ". Winners paid part of it ");
    uint32_t paying = 0;
    for (uint32_t i = 0; i < at->comparison->row_count; i++)
        paying += value_of(&at->comparison->rows[i], BW_COL_PAID_DELEVERAGED) > 0 ||
                  value_of(&at->comparison->rows[i], BW_COL_PAID_HAIRCUT) > 0 ||
                  value_of(&at->comparison->rows[i], BW_COL_CLAIMS) > 0;
    say_rows(at, page, paying);
    bw_page_put(page, ".");
    if (bw_comparison_told(at->comparison, BW_COL_DESKS_RESULT))
        say_range(at, page, " What the desks took over changed their own equity: ", BW_COL_DESKS_RESULT);
    bw_page_put(page, bw_comparison_told(at->comparison, BW_COL_DESKS_RESULT) ? ".</p>\n" : "</p>\n");
}

static void who_paid(const part *at, bw_page *page)
{
    static const bw_column COLUMNS[] = {BW_COL_GAP, BW_COL_PAID_FUND, BW_COL_PAID_SHARED_FUND, BW_COL_PAID_CAPITAL,
                                        BW_COL_PAID_BACKSTOP, BW_COL_PAID_DELEVERAGED, BW_COL_PAID_HAIRCUT,
                                        BW_COL_PAID_CARRYOVER, BW_COL_CARRYOVER, BW_COL_CLAIMS, BW_COL_DESKS_RESULT};
    double bottom = height_of(at->comparison);
    bw_section_open(page, "paid", "Who paid");
    bw_page_put(page, "<p>Each bar is the gap that a venue’s rules left in the same crash: what bankrupt accounts lacked when "
                      "they were closed. Its parts are those who paid, in the order of the layers. Bars differ in length "
                      "because rules decide when and how positions are closed.</p>\n");
    say_paid(at, page);
    bw_page_put(page, "<figure>");
    bw_svg_open(page, (uint32_t)bottom + 80, "Who paid the gap, venue by venue");
    bw_axis x = amounts(page, at, largest(at->comparison, COLUMNS, 1));
    names(page, at->comparison);
    for (uint32_t i = 0; i < at->comparison->row_count; i++)
        paid_bar(at, page, &x, &at->comparison->rows[i], TOP + ROW * (double)i + 2);
    paid_key(page, bottom + 34);
    bw_page_put(page, "</svg></div><figcaption>In ");
    bw_html_text(page, at->comparison->asset);
    bw_page_put(page, "; beside each bar its whole. The insurance fund is split: its buckets belong to one market each, the "
                      "shared fund to all. Carried over: nobody could pay it at the time; where a period ends with the day, "
                      "winners may have paid it then (the column <em>owed</em> says what was left).</figcaption></figure>\n");
    table(at, page, "Who paid the gap", COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    bw_html_end(page, "section");
}

/* -------------------------------------------------------------------------------------------------- taken and needed */

/* Small enough to lie inside the round mark, and with an edge of paper to be seen on a bar. */
static void diamond(bw_page *page, double x, double y)
{
    const double half = 4.5;
    bw_svg_path_open(page, "square onbar");
    bw_svg_path_point(page, 'M', x, y - half);
    bw_svg_path_point(page, 'L', x + half, y);
    bw_svg_path_point(page, 'L', x, y + half);
    bw_svg_path_point(page, 'L', x - half, y);
    bw_svg_path_close(page);
}

static void taken_row(const part *at, bw_page *page, const bw_axis *x, const bw_comparison_row *row, double y)
{
    double needed = bw_axis_at(x, bw_chart_value(value_of(row, BW_COL_NEEDED), at->sheet.decimals));
    bw_page_put(page, "<g class=\"gap\">");
    bw_svg_rect(page, LEFT, y, needed - LEFT, BAR, "bar");
    bw_html_end(page, "g");
    bw_svg_circle(page, bw_axis_at(x, bw_chart_value(value_of(row, BW_COL_TAKEN_0S), at->sheet.decimals)), y + BAR / 2, 7,
                  "round");
    diamond(page, bw_axis_at(x, bw_chart_value(value_of(row, BW_COL_TAKEN_5S), at->sheet.decimals)), y + BAR / 2);
}

static void taken_key(bw_page *page, double y)
{
    bw_page_put(page, "<g class=\"gap\">");
    bw_svg_rect(page, LEFT, y, 22, 12, "bar");
    bw_html_end(page, "g");
    bw_svg_text(page, LEFT + 28, y + 11, "label", "needed");
    bw_svg_circle(page, LEFT + 121, y + 6, 7, "round");
    bw_svg_text(page, LEFT + 132, y + 11, "label", "taken, at once");
    diamond(page, LEFT + 261, y + 6);
    bw_svg_text(page, LEFT + 272, y + 11, "label", "taken, against holding on 5 seconds");
}

static void say_taken(const part *at, bw_page *page)
{
    uint32_t over = rows_above(at, BW_COL_OVERSHOOT_5S);
    say_range(at, page, "<p>Against holding on for five seconds winners lost ", BW_COL_TAKEN_5S);
    bw_page_put(page, ". That is more than was needed ");
    say_rows(at, page, over);
    if (over > 0) {
        bw_page_put(page, ", at most by ");
        say_extreme(at, page, BW_COL_OVERSHOOT_5S, false);
    }
    bw_page_put(page, ".</p>\n");
}

static void taken_needed(const part *at, bw_page *page)
{
    static const bw_column COLUMNS[] = {BW_COL_ACCOUNTS_TOUCHED, BW_COL_ADL_NOTIONAL, BW_COL_NEEDED, BW_COL_TAKEN_MARK,
                                        BW_COL_TAKEN_0S, BW_COL_TAKEN_1S, BW_COL_TAKEN_5S, BW_COL_OVERSHOOT,
                                        BW_COL_OVERSHOOT_1S, BW_COL_OVERSHOOT_5S};
    static const bw_column DRAWN[] = {BW_COL_NEEDED, BW_COL_TAKEN_0S, BW_COL_TAKEN_5S};
    double bottom = height_of(at->comparison);
    bw_section_open(page, "taken", "Taken and needed");
    bw_page_put(page, "<p>What others than the venue, its fund and its desks had to bear, and what accounts really lost: at "
                      "once, and compared with holding on for five more seconds. A mark beyond the end of its bar is money "
                      "that winners lost and that nobody needed; one short of it, a part that stayed unpaid.</p>\n");
    say_taken(at, page);
    bw_page_put(page, "<figure>");
    bw_svg_open(page, (uint32_t)bottom + 60, "Money needed and money taken, venue by venue");
    bw_axis x = amounts(page, at, largest(at->comparison, DRAWN, 3));
    names(page, at->comparison);
    for (uint32_t i = 0; i < at->comparison->row_count; i++)
        taken_row(at, page, &x, &at->comparison->rows[i], TOP + ROW * (double)i + 2);
    taken_key(page, bottom + 34);
    bw_page_put(page, "</svg></div><figcaption>In ");
    bw_html_text(page, at->comparison->asset);
    bw_page_put(page, ". Of every account only what it lost counts, never what being closed saved it.</figcaption></figure>\n");
    table(at, page, "What winners lost, and what was needed", COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    bw_html_end(page, "section");
}

/* ---------------------------------------------------------------------------------------------------- on whom it fell */

/* One strip of bars with its own scale, and the value beside each. Bars of shares end at 100%: a charge without a cap can
   take many times what an account has, and beside it no other bar would be seen. */
static void strip(const part *at, bw_page *page, double x, double width, const char *name, bw_column column)
{
    int64_t most = largest(at->comparison, &column, 1);
    if (bw_column_rows[column].kind == BW_COLUMN_SHARE && most > SHARE_WHOLE)
        most = SHARE_WHOLE;
    bw_svg_text(page, x, TOP - 12, "lane", name);
    for (uint32_t i = 0; i < at->comparison->row_count; i++) {
        const bw_comparison_row *row = &at->comparison->rows[i];
        double y = TOP + ROW * (double)i + 2;
        int64_t value = value_of(row, column);
        double wide = most > 0 ? (double)(value < most ? value : most) / (double)most * (width - VALUE_WIDTH) : 0;
        bw_page_put(page, "<g class=\"deleveraged\">");
        bw_svg_rect(page, x, y, wide, BAR, "bar");
        bw_html_end(page, "g");
        bw_svg_text_open(page, x + wide + 5, y + 11, "value");
        if (bw_column_rows[column].kind == BW_COLUMN_SHARE && value > 10 * SHARE_WHOLE)
            bw_page_put(page, "&gt;1,000%");
        else
            bw_comparison_put(page, at->comparison, &row->columns, column);
        bw_html_end(page, "text");
    }
}

static void say_whom(const part *at, bw_page *page)
{
    say_range(at, page, "<p>The number of accounts that were deleveraged or charged went ", BW_COL_ACCOUNTS_TOUCHED);
    if (bw_comparison_told(at->comparison, BW_COL_LARGEST_FRACTION_EQUITY))
        say_range(at, page, "; the most that one account lost of its equity at a stroke, ", BW_COL_LARGEST_FRACTION_EQUITY);
    bw_page_put(page, ".</p>\n");
}

/* "hedge damage, USDC" */
static void strip_of_money(const part *at, bw_page *page, double x, double width, const char *name, bw_column column)
{
    char bytes[96];
    bw_page title = bw_page_open(bytes, sizeof bytes);
    bw_page_put(&title, name);
    bw_page_put(&title, ", ");
    bw_page_put(&title, at->sheet.asset);
    bw_page_end(&title);
    strip(at, page, x, width, bytes, column);
}

static void on_whom(const part *at, bw_page *page)
{
    static const bw_column COLUMNS[] = {BW_COL_LARGEST_FRACTION_EQUITY, BW_COL_LARGEST_FRACTION_POSITION,
                                        BW_COL_TOP10_SHARE, BW_COL_GINI, BW_COL_HEDGE_DAMAGE, BW_COL_RANK_INVERSIONS,
                                        BW_COL_PTSR, BW_COL_PMR, BW_COL_LOST_NOT_IN_PROFIT, BW_COL_BANKRUPT_ACCOUNTS,
                                        BW_COL_LIQUIDATED_NOTIONAL};
    double bottom = height_of(at->comparison), width = (RIGHT + 60 - LEFT) / 4.0;
    bw_section_open(page, "whom", "On whom it fell");
    bw_page_put(page, "<p>The same money can be taken from many a little or from few a lot, and a winner’s position that is "
                      "closed may have been the hedge of another. Every strip has its own scale.</p>\n");
    say_whom(at, page);
    bw_page_put(page, "<figure>");
    bw_svg_open(page, (uint32_t)bottom + 10, "Accounts touched, concentration and hedges, venue by venue");
    names(page, at->comparison);
    strip(at, page, LEFT, width, "accounts touched", BW_COL_ACCOUNTS_TOUCHED);
    strip(at, page, LEFT + width, width, "top ten’s share", BW_COL_TOP10_SHARE);
    strip(at, page, LEFT + 2 * width, width, "worst loss of equity", BW_COL_LARGEST_FRACTION_EQUITY);
    strip_of_money(at, page, LEFT + 3 * width, width, "hedge damage", BW_COL_HEDGE_DAMAGE);
    bw_page_put(page, "</svg></div><figcaption>Top ten’s share: of all charges; worst loss of equity: of one account in one "
                      "round, more than 100% where rules charge without a cap (the bar ends at 100%); hedge damage: net "
                      "risk that closing one leg left with owners. A dash: nobody was charged.</figcaption></figure>\n");
    table(at, page, "How it fell on accounts", COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    bw_html_end(page, "section");
}

/* ----------------------------------------------------------------------------------------------------------- frame */

static void opening(const part *at, bw_page *page)
{
    const bw_comparison *comparison = at->comparison;
    bw_page_put(page, "<header><p class=\"kicker\">Breakwater compares loss rules</p>\n<h1>");
    bw_html_text(page, comparison->title);
    bw_page_put(page, "</h1>\n<p class=\"meta\">");
    if (comparison->row_count > 0) {
        bw_page_date(page, comparison->time_open_ns);
        bw_page_put(page, " ");
        bw_page_clock(page, comparison->time_open_ns, 0);
        bw_page_put(page, "–");
        bw_page_clock(page, comparison->time_end_ns, 0);
        bw_page_put(page, " UTC · ");
    }
    bw_page_grouped(page, (int64_t)comparison->accounts);
    bw_page_put(page, " accounts · ");
    bw_page_unsigned(page, comparison->market_count);
    bw_page_put(page, " markets · ");
    bw_page_unsigned(page, comparison->row_count);
    bw_page_put(page, " sets of rules</p></header>\n");
    if (comparison->partial)
        bw_page_put(page, "<p class=\"warning\">Interrupted: a partial result.</p>\n");
    bw_page_put(page, "<p>A trader with leverage can lose more than was deposited. What is then lacking, every venue covers "
                      "by rules of its own. Here the same traders, with the same positions, live through the same prices "
                      "and the same order book under each of them; the insurance fund, the venue’s capital and the "
                      "backstop desks are the same too. Only the rules differ.</p>\n");
}

static void foot(const part *at, bw_page *page)
{
    const bw_comparison *comparison = at->comparison;
    bw_section_open(page, "rules", "The rules, and how to compute this again");
    bw_table_open(page, false, "The two lists of every venue: who takes positions, who pays", "Venue|Rules");
    for (uint32_t i = 0; i < comparison->row_count; i++) {
        bw_page_put(page, "<tr>");
        bw_html_cell(page, comparison->rows[i].venue);
        bw_html_cell(page, comparison->rows[i].rules);
        bw_page_put(page, "</tr>\n");
    }
    bw_table_close(page);
    bw_page_put(page, "<p>Settings with their sources: <code>venues/</code>. Columns: <code>docs/metrics.md</code>. "
                      "<code>");
    bw_html_text(page, comparison->reproduce);
    bw_page_put(page, "</code>; the book has the hash <code>");
    bw_page_hex(page, comparison->book_hash[1]);
    bw_page_hex(page, comparison->book_hash[0]);
    bw_page_put(page, "</code>.</p></section>\n");
}

size_t bw_report_comparison(const bw_comparison *comparison, char *buffer, size_t size)
{
    part at = {.sheet = {.page = bw_page_open(buffer, size), .asset = comparison->asset,
                         .decimals = comparison->decimals}, .comparison = comparison};
    bw_page *page = &at.sheet.page;
    bw_report_head(page, comparison->title);
    opening(&at, page);
    if (comparison->row_count > 0) {
        who_paid(&at, page);
        taken_needed(&at, page);
        on_whom(&at, page);
        foot(&at, page);
    } else {
        bw_page_put(page, "<p class=\"empty\">No venue was finished.</p>\n");
    }
    bw_report_tail(page);
    return bw_page_end(page);
}
