/* page.h - text built piece by piece: screen, JSON, report.

   Shapes    a buffer of `size` bytes; length counts all that was put, also what did not fit (as snprintf does)
   Units     an amount is minor units of an asset with `decimals` (0..9)
   Rounding  where digits are left out: to the nearest, halves away from zero
   Errors    none */
#ifndef BW_METRICS_PAGE_H
#define BW_METRICS_PAGE_H

#include "base/types.h"

typedef struct bw_page {
    char *buffer;
    size_t size, length;
    size_t line;           /* where the current line began */
} bw_page;

bw_page bw_page_open(char *buffer, size_t size);
/* Closes the text with a zero; returns its length. */
size_t bw_page_end(bw_page *page);

void bw_page_char(bw_page *page, char c);
void bw_page_put(bw_page *page, const char *text);
void bw_page_repeat(bw_page *page, char c, size_t count);
/* Blanks up to a column of the line, the first being 0; at least none. */
void bw_page_tab(bw_page *page, size_t column);
/* `text` ending before `column`. */
void bw_page_right(bw_page *page, const char *text, size_t column);

void bw_page_integer(bw_page *page, int64_t value);
void bw_page_unsigned(bw_page *page, uint64_t value);
void bw_page_hex(bw_page *page, uint64_t value);
/* 12,345,678 */
void bw_page_grouped(bw_page *page, int64_t value);
/* All decimals of the asset: 12345.600000, or 12,345.600000. */
void bw_page_amount(bw_page *page, int64_t amount, uint32_t decimals);
void bw_page_amount_grouped(bw_page *page, int64_t amount, uint32_t decimals);
/* amount / 10^(decimals + shift) with `places` decimals: shift 6 gives millions. */
void bw_page_scaled(bw_page *page, int64_t amount, uint32_t decimals, uint32_t shift, uint32_t places);
/* Three significant digits for people: 812, 3.21k, 45.6M, 2.10B; 0.052. */
void bw_page_short(bw_page *page, int64_t amount, uint32_t decimals);
/* 64.4%; ppm of the whole. */
void bw_page_percent(bw_page *page, int64_t ppm, uint32_t places);
/* ticks x tick_nano in as many decimals as the tick has. */
void bw_page_price(bw_page *page, int64_t ticks, int64_t tick_nano);
/* UTC: 21:16:04, with `places` decimals of the second; 2025-10-10. */
void bw_page_clock(bw_page *page, int64_t time_ns, uint32_t places);
void bw_page_date(bw_page *page, int64_t time_ns);

/* "-12.345" in units of 1e-9. False: not a decimal, more than 9 decimals, or too large. */
bool bw_page_parse_nano(const char *text, int64_t *nano);

/* A word being made for bw_page_right: bw_page word = bw_page_open(bytes, sizeof bytes). */
enum { BW_PAGE_WORD = 64 };

#endif
