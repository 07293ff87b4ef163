/* reverse_text.c - reverse stress on the screen. */
#include <string.h>

#include "stress/fund.h"
#include "stress/prose.h"
#include "stress/reverse.h"
#include "world/real.h"

/* Text of a piece of prose, ending before a column. */
static void right(bw_prose *p, size_t column)
{
    bw_page_end(&p->words);
    bw_page_right(&p->page, p->bytes, column);
    p->words = bw_page_open(p->bytes, sizeof p->bytes);
}

/* "-37.2%": what the price of an item does at this size. */
static void put_move(bw_prose *p, double ln)
{
    double change = bw_real_exp(ln) - 1;
    bw_prose_put(p, change < 0 ? "-" : "+");
    bw_page_percent(&p->words, (int64_t)((change < 0 ? -change : change) * 1e6 + .5), 1);
}

static double unit_of(const bw_reverse_row *row)
{
    for (uint32_t i = 0; i < BW_BOUND_ITEMS; i++)
        if (row->unit[i] != 0)
            return row->unit[i];
    return 0;
}

static void put_row(bw_prose *p, const bw_reverse_row *row)
{
    bw_page_put(&p->page, "  ");
    bw_page_put(&p->page, row->name);
    for (size_t i = strlen(row->name); i < 20; i++)
        bw_page_char(&p->page, ' ');
    if (row->size <= 0) {
        bw_page_put(&p->page, "  none tried exhausts it\n");
        return;
    }
    put_move(p, unit_of(row) * row->size);
    right(p, 34);
    bw_page_short(&p->words, row->borne, p->decimals);
    right(p, 50);
    if (row->chance.paths > 0 && row->chance.hits > 0)
        bw_prose_percent(p, (double)row->chance.hits / (double)row->chance.paths);
    else if (row->chance.paths > 0)
        bw_prose_put(p, "0");
    right(p, 64);
    if (row->chance.paths > 0) {
        bw_prose_percent(p, row->chance.interval.low);
        bw_prose_put(p, " to ");
        bw_prose_percent(p, row->chance.interval.high);
    }
    right(p, 88);
    bw_page_put(&p->page, row->gap_above ? "  *\n" : "\n");
}

/* The joint direction that is shortest. */
static const bw_reverse_row *nearest(const bw_fund_result *fund)
{
    const bw_reverse_row *best = NULL;
    for (uint32_t i = 0; i < fund->reverse_count; i++) {
        const bw_reverse_row *row = &fund->reverse[i];
        if (row->joint && row->size > 0 && (best == NULL || row->size < best->size))
            best = row;
    }
    return best;
}

static void put_joint(bw_prose *p, const bw_fund_result *fund)
{
    const bw_reverse_row *row = nearest(fund);
    if (row == NULL)
        return;
    bw_prose_put(p, "Of joint moves as the model makes them, the shortest that exhausts the fund is ");
    bw_page_short(&p->words, (int64_t)(row->size * 1000), 3);
    bw_prose_put(p, " standard deviations of a day without jumps:");
    for (uint32_t m = 0; m < fund->facts->market_count && m < BW_MARKETS_MAX; m++) {
        bw_prose_put(p, m == 0 ? " " : ", ");
        bw_prose_put(p, fund->facts->markets[m]);
        bw_prose_put(p, " ");
        put_move(p, row->unit[m] * row->size);
    }
    bw_prose_put(p, ".");
    bw_prose_paragraph_end(p);
}

void bw_reverse_put(bw_prose *p, const bw_fund_result *fund)
{
    bool gap = false;
    if (fund->reverse_count == 0)
        return;
    bw_prose_heading(p, "WHAT EXHAUSTS IT");
    bw_prose_put(p, "The smallest move at once, of the present fund, after which traders pay for others; what they pay then; and how often "
                    "the model goes that far within the horizon, on average over the markets named.");
    bw_prose_paragraph_end(p);
    bw_page_put(&p->page, "\n  move                  smallest    traders pay       so far on               95% range\n");
    for (uint32_t i = 0; i < fund->reverse_count; i++) {
        gap |= fund->reverse[i].gap_above;
        if (!fund->reverse[i].joint)
            put_row(p, &fund->reverse[i]);
    }
    put_joint(p, fund);
    if (gap) {
        bw_prose_put(p, "* some larger move of the kind charges nobody: all were tried.");
        bw_prose_paragraph_end(p);
    }
}
