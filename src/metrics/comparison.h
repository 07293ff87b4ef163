/* comparison.h - one book under many rules: rows of columns, and what the screen and the JSON make of them.

       row per venue: its bw_columns ──> screen (two tables and what they mean), JSON (breakwater-compare/1), report

   Shapes    any number of rows, in the order in which they were asked for
   Units     money: minor units of `asset` with `decimals`
   Rounding  the screen is rounded for people (45.6M); the JSON is exact
   Errors    none */
#ifndef BW_METRICS_COMPARISON_H
#define BW_METRICS_COMPARISON_H

#include "metrics/metrics.h"
#include "metrics/page.h"

typedef struct bw_comparison_row {
    char venue[64];
    char rules[512];               /* its two lists in words */
    bw_columns columns;
    uint64_t state_hash[2], settings_hash, rounds, commands, lost_records;
    int64_t conservation_error;
} bw_comparison_row;

typedef struct bw_comparison {
    const char *title, *reproduce, *asset;   /* none may be NULL */
    uint32_t decimals, market_count;
    uint64_t accounts, seed;
    uint64_t generated;            /* of the accounts: traders of the generated book; 0: not told */
    uint64_t book_hash[2];         /* of the venue when its book stood: every row began there */
    int64_t time_open_ns, time_end_ns;
    bool partial;                  /* stopped before all rows were there */
    const bw_comparison_row *rows;
    uint32_t row_count;
} bw_comparison;

/* As bw_metrics_screen and bw_metrics_json: at most `size` bytes with the closing zero; the whole length is returned. */
size_t bw_comparison_screen(const bw_comparison *comparison, char *buffer, size_t size);
size_t bw_comparison_json(const bw_comparison *comparison, int64_t elapsed_ms, char *buffer, size_t size);

/* A column's value for people: "45.6M", "12,345", "12.3%", "0.48"; "-" where there is none. */
void bw_comparison_put(bw_page *page, const bw_comparison *comparison, const bw_columns *columns, bw_column column);
/* Whether a column tells the rows apart: it is not 0, or nothing, in all of them. Only such columns are shown. */
bool bw_comparison_told(const bw_comparison *comparison, bw_column column);

#endif
