/* comparison.c - the tables of `compare` on a screen, at most 110 columns wide. */
#include "metrics/comparison.h"

#include <string.h>

/* FIRST: where the first column's cell begins, behind names of up to 20 letters. */
enum { WIDTH = 110, NAME = 20, FIRST = 21, CELL = 8, UNTOLD = 28 };   /* UNTOLD: the longest id, and a comma */

/* One table: a heading, what it answers, and its columns. */
typedef struct {
    const char *heading;
    const bw_column *columns;
    uint32_t count;
    const char *note;              /* a line under the table; "": none */
} band;

static const bw_column PAID[] = {BW_COL_GAP, BW_COL_PAID_FUND, BW_COL_PAID_SHARED_FUND, BW_COL_PAID_CAPITAL,
                                 BW_COL_PAID_BACKSTOP, BW_COL_PAID_DELEVERAGED, BW_COL_PAID_HAIRCUT,
                                 BW_COL_PAID_CARRYOVER, BW_COL_CARRYOVER, BW_COL_CLAIMS,
                                 BW_COL_DESKS_RESULT};
static const bw_column TAKEN[] = {BW_COL_ACCOUNTS_TOUCHED, BW_COL_ADL_NOTIONAL, BW_COL_NEEDED, BW_COL_TAKEN_MARK,
                                  BW_COL_TAKEN_0S, BW_COL_TAKEN_1S, BW_COL_TAKEN_5S, BW_COL_OVERSHOOT,
                                  BW_COL_OVERSHOOT_1S, BW_COL_OVERSHOOT_5S};
static const bw_column FAIR[] = {BW_COL_LARGEST_FRACTION_EQUITY, BW_COL_LARGEST_FRACTION_POSITION, BW_COL_TOP10_SHARE,
                                 BW_COL_GINI, BW_COL_HEDGE_DAMAGE, BW_COL_RANK_INVERSIONS, BW_COL_PTSR, BW_COL_PMR,
                                 BW_COL_LOST_NOT_IN_PROFIT, BW_COL_BANKRUPT_ACCOUNTS};
#define COUNT(list) (uint32_t)(sizeof list / sizeof *list)
static const band BANDS[] = {
    {"WHO PAID FOR WHAT BANKRUPT ACCOUNTS LACKED", PAID, COUNT(PAID),
     "    A smaller gap is not a better rule: some venues close before bankruptcy, some add penalties to the gap.\n"},
    {"WHAT WINNERS LOST, AND WHAT WAS NEEDED", TAKEN, COUNT(TAKEN), ""},
    {"HOW IT FELL ON THEM", FAIR, COUNT(FAIR), ""},
};
#undef COUNT

void bw_comparison_put(bw_page *page, const bw_comparison *comparison, const bw_columns *columns, bw_column column)
{
    int64_t value = columns->value[column];
    if (!columns->exists[column]) {
        bw_page_char(page, '-');
        return;
    }
    switch (bw_column_rows[column].kind) {
    case BW_COLUMN_MONEY: bw_page_short(page, value, comparison->decimals); break;
    case BW_COLUMN_COUNT: bw_page_grouped(page, value); break;
    case BW_COLUMN_SHARE:
        if (column == BW_COL_GINI)
            bw_page_scaled(page, value, 6, 0, 2);
        else
            bw_page_percent(page, value, 1);
        break;
    case BW_COLUMN_RATIO: bw_page_short(page, value, 6); break;
    }
}

static void put_title(bw_page *page, const bw_comparison *comparison)
{
    bw_page_put(page, comparison->title);
    if (comparison->row_count == 0) {
        bw_page_put(page, ": INTERRUPTED before a venue was finished\n");
        return;
    }
    bw_page_put(page, ": the same book under the rules of ");
    bw_page_unsigned(page, comparison->row_count);
    bw_page_put(page, comparison->row_count == 1 ? " venue" : " venues");
    if (comparison->partial)
        bw_page_put(page, "  -- INTERRUPTED: a partial result");
    bw_page_char(page, '\n');
    bw_page_repeat(page, '=', WIDTH);
    bw_page_char(page, '\n');
    bw_page_grouped(page, (int64_t)comparison->accounts);
    bw_page_put(page, " accounts, ");
    if (comparison->generated > 0) {
        bw_page_grouped(page, (int64_t)comparison->generated);
        bw_page_put(page, " of them generated, ");
    }
    bw_page_unsigned(page, comparison->market_count);
    bw_page_put(page, " markets, ");
    bw_page_date(page, comparison->time_open_ns);
    bw_page_char(page, ' ');
    bw_page_clock(page, comparison->time_open_ns, 0);
    bw_page_put(page, " to ");
    bw_page_clock(page, comparison->time_end_ns, 0);
    bw_page_put(page, " UTC, seed ");
    bw_page_unsigned(page, comparison->seed);
    bw_page_put(page, ".\nAll began with the same positions, prices, order book, fund and desks; only the rules differ. "
                      "Money in ");
    bw_page_put(page, comparison->asset);
    bw_page_put(page, ".\n");
}

bool bw_comparison_told(const bw_comparison *comparison, bw_column column)
{
    for (uint32_t i = 0; i < comparison->row_count; i++) {
        const bw_columns *columns = &comparison->rows[i].columns;
        if (columns->exists[column] && columns->value[column] != 0)
            return true;
    }
    return false;
}

/* The columns that are shown. */
static uint32_t told_of(const bw_comparison *comparison, const band *at, bw_column told[BW_COLUMNS])
{
    uint32_t count = 0;
    for (uint32_t c = 0; c < at->count; c++)
        if (bw_comparison_told(comparison, at->columns[c]))
            told[count++] = at->columns[c];
    return count;
}

/* A name that is longer than its column is cut. */
static void put_name(bw_page *page, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < length && i < NAME; i++)
        bw_page_char(page, length > NAME && i >= NAME - 2 ? '.' : name[i]);
}

static void put_row(bw_page *page, const bw_comparison *comparison, const bw_column *told, uint32_t count,
                    const bw_comparison_row *row)
{
    char bytes[BW_PAGE_WORD];
    bw_page_put(page, "  ");
    put_name(page, row->venue);
    for (uint32_t c = 0; c < count; c++) {
        bw_page word = bw_page_open(bytes, sizeof bytes);
        bw_comparison_put(&word, comparison, &row->columns, told[c]);
        bw_page_end(&word);
        bw_page_char(page, ' ');
        bw_page_right(page, bytes, FIRST + CELL * (c + 1));
    }
    bw_page_char(page, '\n');
}

/* What the table's headings mean, one a line. */
static void put_legend(bw_page *page, const bw_column *told, uint32_t count)
{
    for (uint32_t c = 0; c < count; c++) {
        const bw_column_row *row = &bw_column_rows[told[c]];
        bw_page_put(page, "    ");
        bw_page_put(page, row->heading);
        bw_page_tab(page, 14);
        bw_page_put(page, row->words);
        bw_page_char(page, '\n');
    }
}

/* "    Not shown, because 0 or nothing in every row: paid_fund, claims" */
static void put_untold(bw_page *page, const bw_comparison *comparison, const band *at)
{
    bool first = true;
    for (uint32_t c = 0; c < at->count; c++) {
        if (bw_comparison_told(comparison, at->columns[c]))
            continue;
        bool full = !first && page->length - page->line > WIDTH - UNTOLD;
        bw_page_put(page, first ? "    Not shown, because 0 or nothing in every row: " : full ? ",\n    " : ", ");
        bw_page_put(page, bw_column_rows[at->columns[c]].id);
        first = false;
    }
    bw_page_put(page, first ? "" : "\n");
}

static void put_band(bw_page *page, const bw_comparison *comparison, const band *at)
{
    bw_column told[BW_COLUMNS];
    uint32_t count = told_of(comparison, at, told);
    bw_page_char(page, '\n');
    bw_page_put(page, at->heading);
    bw_page_put(page, "\n  venue");
    for (uint32_t c = 0; c < count; c++)
        bw_page_right(page, bw_column_rows[told[c]].heading, FIRST + CELL * (c + 1));
    bw_page_put(page, "\n  ");
    bw_page_repeat(page, '-', FIRST - 2 + CELL * count);
    bw_page_char(page, '\n');
    for (uint32_t i = 0; i < comparison->row_count; i++)
        put_row(page, comparison, told, count, &comparison->rows[i]);
    put_legend(page, told, count);
    bw_page_put(page, at->note);
    put_untold(page, comparison, at);
}

static void put_foot(bw_page *page, const bw_comparison *comparison)
{
    uint64_t lost = 0;
    bool kept = true;
    for (uint32_t i = 0; i < comparison->row_count; i++) {
        lost += comparison->rows[i].lost_records;
        kept = kept && comparison->rows[i].conservation_error == 0;
    }
    bw_page_put(page, "\nEvery column is defined in docs/metrics.md. Conservation of money: ");
    bw_page_put(page, kept ? "exact in every row" : "BROKEN");
    bw_page_put(page, ".\nThe book they began with: ");
    bw_page_hex(page, comparison->book_hash[1]);
    bw_page_hex(page, comparison->book_hash[0]);
    bw_page_char(page, '\n');
    if (lost > 0) {
        bw_page_grouped(page, (int64_t)lost);
        bw_page_put(page, " figures did not fit the memory given to the metrics: sums per account are short\n");
    }
}

size_t bw_comparison_screen(const bw_comparison *comparison, char *buffer, size_t size)
{
    bw_page page = bw_page_open(buffer, size);
    put_title(&page, comparison);
    for (uint32_t i = 0; i < sizeof BANDS / sizeof *BANDS && comparison->row_count > 0; i++)
        put_band(&page, comparison, &BANDS[i]);
    if (comparison->row_count > 0)
        put_foot(&page, comparison);
    return bw_page_end(&page);
}
