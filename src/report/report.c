/* report.c - the one file: head, parts in order, end. */
#include "report/report.h"

#include "report/chart.h"

/* The part of the run in which something happened, with some calm around it. */
static void window(bw_sheet *sheet)
{
    const bw_metrics_result *result = sheet->result;
    uint32_t first = result->batch_count, last = 0;
    for (uint32_t b = 0; b < result->batch_count; b++) {
        const bw_metrics_flow *flow = &result->batches[b].flow;
        if (flow->liquidated == 0 && flow->adl == 0 && flow->gap == 0)
            continue;
        first = first == result->batch_count ? b : first;
        last = b;
    }
    sheet->batch_last = result->batch_count ? result->batch_count - 1 : 0;
    if (first == result->batch_count)
        return;
    uint32_t calm = (last - first) / 10 + 4;
    sheet->batch_first = first > calm ? first - calm : 0;
    sheet->batch_last = last + calm < result->batch_count ? last + calm : result->batch_count - 1;
}

void bw_report_head(bw_page *page, const char *title)
{
    bw_page_put(page, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    bw_html_text(page, title);
    bw_page_put(page, "</title>\n<style>\n");
    bw_page_put(page, bw_report_style);
    bw_page_put(page, "</style>\n</head>\n<body>\n");
    bw_page_put(page, bw_report_patterns);
    bw_page_put(page, "<main>\n");
}

void bw_report_tail(bw_page *page)
{
    bw_page_put(page, "</main>\n</body>\n</html>\n");
}

size_t bw_report_write(const bw_metrics_result *result, char *buffer, size_t size)
{
    bw_sheet sheet = {.page = bw_page_open(buffer, size), .result = result};
    bw_report_head(&sheet.page, result->facts->title);
    if (result->pool_count > 0) {
        sheet.pool = &result->pools[0];
        sheet.asset = result->facts->pools[0].asset;
        sheet.decimals = result->facts->pools[0].decimals;
        window(&sheet);
        bw_report_opening(&sheet);
        bw_report_waterfall(&sheet);
        bw_report_timeline(&sheet);
        bw_report_balances(&sheet);
        bw_report_concentration(&sheet);
        bw_report_holding(&sheet);
        bw_report_markets(&sheet);
        bw_report_compared(&sheet);
        bw_report_foot(&sheet);
    } else {
        bw_page_put(&sheet.page, "<p class=\"empty\">Nothing ran: the venue has no pool.</p>\n");
    }
    bw_report_tail(&sheet.page);
    return bw_page_end(&sheet.page);
}
