/* fund_covers.c - the stress set of single defaults as CSV. */
#include "app/fund.h"
#include "metrics/page.h"
#include "story/session.h"

typedef struct {
    bw_page page;
    uint32_t decimals;
} sheet;

static void put_row(sheet *s, const app_fund *fund, const char *item, uint32_t at, bool given)
{
    const bw_cover_reading *r = given ? &fund->rows[at].given : &fund->rows[at].endogenous;
    const int64_t amounts[] = {r->cover1, r->cover2, r->all};
    const uint64_t counts[] = {r->owners, r->half, r->most, r->first, r->second, 1};
    bw_page_put(&s->page, item);
    bw_page_put(&s->page, ",\"");
    bw_page_put(&s->page, fund->scenarios[at].name);
    bw_page_put(&s->page, given ? "\",given default" : "\",endogenous");
    for (uint32_t i = 0; i < 3; i++) {
        bw_page_char(&s->page, ',');
        bw_page_amount(&s->page, amounts[i], s->decimals);
    }
    for (uint32_t i = 0; i < 6; i++) {
        bw_page_char(&s->page, ',');
        bw_page_unsigned(&s->page, counts[i]);
    }
    bw_page_char(&s->page, ',');
    bw_page_amount(&s->page, fund->present, s->decimals);
    bw_page_char(&s->page, '\n');
}

size_t app_fund_covers_csv(const void *of, int64_t elapsed_ms, char *buffer, size_t size)
{
    const app_fund *fund = of;
    sheet s = {.page = bw_page_open(buffer, size), .decimals = fund->result.facts->decimals};
    (void)elapsed_ms;
    bw_page_put(&s.page, "# Stress losses of defaults, in ");
    bw_page_put(&s.page, fund->result.facts->asset);
    bw_page_put(&s.page, ": one snapshot of the book, so peak and mean are those of 1 day. Items as in the CPMI-IOSCO\n"
                         "# public quantitative disclosure: 4.4.3 is column cover1 of its line, 4.4.7 column cover2, \"all\" cover_all. Equity at\n"
                         "# the opening stands for initial margin, owners for participants with affiliates; the stress set is all lines\n"
                         "# without an item. Definitions: docs/stress-estimates.md.\n"
                         "item,scenario,reading,cover1,cover2,cover_all,owners_with_loss,owners_of_half,owners_of_nine_tenths,first_owner,"
                         "second_owner,days,prefunded\n");
    for (uint32_t given = 0; given < 2; given++) {
        put_row(&s, fund, "4.4.3", app_fund_worst(fund, given == 1, 1), given == 1);
        put_row(&s, fund, "4.4.7", app_fund_worst(fund, given == 1, 2), given == 1);
        put_row(&s, fund, "all", app_fund_worst(fund, given == 1, 0), given == 1);
    }
    for (uint32_t i = 0; i < fund->row_count; i++) {
        put_row(&s, fund, "", i, false);
        put_row(&s, fund, "", i, true);
    }
    return bw_page_end(&s.page);
}
