/* prices.h - a history of prices from CSV text: log moves of all markets on one grid of time.

       time,BTC,ETH            row 0                     move[0] = ln p1 - ln p0
       2024-01-01T00:00:00Z,   row 1  ... one interval   move[1] = ...
       ...                     a missing row: bridged, if the move across it is no jump
                               more, or a jump: cut      starts[i] = 1, and no move across the gap

   Form      as in facts.h: UTF-8, every line ends with LF, '#' lines are comments; header `time` and the markets' names; times
             YYYY-MM-DDTHH:MM:SSZ or whole Unix seconds, strictly rising; prices plain decimals above 0 of at most 18 digits
   Shapes    1 to BW_MARKETS_MAX markets; memory from the caller, bw_prices_footprint bytes at an 8-byte boundary
   Units     moves: natural logarithms; times ns since the Unix epoch
   Interval  the commonest distance of two rows; all distances must be whole multiples of it
   Gaps      of two intervals (one row is missing): both get half of the move, unless a market moved more than 5 times what
             sqrt(2) of its usual moves would be (1.48 medians of |move|): a jump is never spread out. Wider ones: cut
   Errors    bw_facts_error, with the line; nothing is kept of a text that has one. A price more than 25 times the one before, or
             less than 1/25, is refused: no model of steps can mean it
   Source    the caller's file */
#ifndef BW_WORLD_PRICES_H
#define BW_WORLD_PRICES_H

#include "world/facts.h"

#define BW_PRICES_GAPS_SHOWN 32u

typedef struct bw_prices_gap {
    int64_t after_ns;            /* the last row before it */
    uint32_t missing;            /* rows */
    uint32_t bridged;            /* 1: its move was shared among two intervals; 0: cut */
} bw_prices_gap;

typedef struct bw_prices {
    uint32_t market_count;
    uint32_t row_count;          /* of moves */
    int64_t interval_ns, first_ns, last_ns;
    uint32_t gap_count, cut_count;   /* all gaps; those of them that were cut */
    uint32_t missing_count;      /* rows missing in all gaps */
    uint32_t reserved;
    bw_prices_gap gap[BW_PRICES_GAPS_SHOWN];   /* the first of them */
    char name[BW_MARKETS_MAX][BW_FACT_NAME_MAX];
    const int64_t *time_ns;      /* of row i: where the move ends */
    const double *move;          /* [i x market_count + m] */
    const uint8_t *starts;       /* 1: nothing joins the row to the one before it; row 0 has it too */
} bw_prices;

/* Enough for any text of that length with as many lines. */
size_t bw_prices_footprint(const char *text, size_t size);

/* *prices points into memory. False: error has the line. Fewer than move_min moves are refused. */
bool bw_prices_read(const char *text, size_t size, uint32_t move_min, void *memory, bw_prices **prices, bw_facts_error *error);

/* -1: no such market. */
int32_t bw_prices_find(const bw_prices *prices, const char *name);

/* A plain decimal above 0 of at most 18 digits, without exponent. */
bool bw_prices_number(const char *text, size_t size, double *value);

#endif
