/* prose.h - a screen for people: paragraphs wrapped at 96 columns, and a table whose figures stand over their intervals.

       open ──> heading ──> put, money, chance ... ──> paragraph_end ──> row_begin, cell ... row_end

   Shapes    pieces of a paragraph add up to at most BW_PROSE_MOST bytes; what is longer is cut
   Units     money in minor units of `decimals`, three significant digits; chances in percent, three significant digits
   Order     same calls, same bytes */
#ifndef BW_STRESS_PROSE_H
#define BW_STRESS_PROSE_H

#include "metrics/page.h"
#include "stress/series.h"

enum { BW_PROSE_WIDTH = 96, BW_PROSE_INDENT = 2, BW_PROSE_MOST = 2048, BW_PROSE_LABEL = 24, BW_PROSE_CELL = 14 };

typedef struct bw_prose {
    bw_page page;
    bw_page words;                   /* the paragraph being made, in `bytes` */
    const char *asset;
    uint32_t decimals;
    char bytes[BW_PROSE_MOST];
} bw_prose;

void bw_prose_open(bw_prose *prose, char *buffer, size_t size, const char *asset, uint32_t decimals);
size_t bw_prose_close(bw_prose *prose);

/* A line of its own, an empty one before it. */
void bw_prose_heading(bw_prose *prose, const char *text);

/* Pieces of the paragraph. */
void bw_prose_put(bw_prose *prose, const char *text);
void bw_prose_count(bw_prose *prose, uint64_t value, const char *after);
void bw_prose_money(bw_prose *prose, int64_t amount);                    /* "12.3M USDC" */
void bw_prose_figure(bw_prose *prose, const bw_stress_figure *figure);   /* "12.3M USDC (11.9M to 12.8M)" */
void bw_prose_chance(bw_prose *prose, const bw_stress_chance *chance);   /* "1.12% of paths (1.05% to 1.19%)" */
void bw_prose_percent(bw_prose *prose, double x);
void bw_prose_duration(bw_prose *prose, int64_t time_ns);                /* "24 h", "1 h 30 min", "90 s", "1.5 s" */
void bw_prose_paragraph_end(bw_prose *prose);

/* A table: labels and five columns, a line of values and a line of intervals. */
void bw_prose_columns(bw_prose *prose, const char *label, const char *const *names, uint32_t count);
void bw_prose_row(bw_prose *prose, const char *label, const bw_stress_figure *const *figures, uint32_t count);

#endif
