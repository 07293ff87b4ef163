/* stress.h - a result of the stress laboratory as one HTML file: no network, no script; light, dark and printed.

       outcomes, sorted amounts ─┐
       result (figures)          ├─> page one, for one reader ──> pictures, each with its table ──> method, inputs, hashes
       plays of single shocks    │
       the book that stands      │
       worst paths, step by step ┘

   Everything arrives as plain data, played and counted elsewhere; what is NULL or has no rows is left out with its section.

   Shapes    about 100 to 300 KB, whatever the number of paths: curves are drawn from at most some 200 points
   Holds     as report.h: the same data give the same bytes, names are escaped, no reference leaves the file. Every figure is that
             of the screen and of the JSON
   Rounding  pictures and sentences for people (M, k); tables of money carry exact figures */
#ifndef BW_REPORT_STRESS_H
#define BW_REPORT_STRESS_H

#include "metrics/metrics.h"
#include "stress/fund.h"
#include "stress/result.h"

enum {
    BW_REPORT_MOVES = 8, BW_REPORT_DEPTHS = 5,      /* of the grid of shocks */
    BW_REPORT_RUNGS = 60,                           /* of the ladder: one a percent */
    BW_REPORT_NEXT = 10,
    BW_REPORT_WORST = 10, BW_REPORT_POINTS = 121, BW_REPORT_LINES = 3,
    BW_REPORT_WORD = 32
};

/* For whom page one is written. */
typedef enum bw_report_reader { BW_REPORT_RISK, BW_REPORT_TRADER, BW_REPORT_ENGINEER, BW_REPORT_READERS } bw_report_reader;
extern const char *const bw_report_readers[BW_REPORT_READERS];

/* All markets move together and stay there, with the order book deeper or thinner: one play each. */
typedef struct bw_report_shocks {
    uint32_t move_count, depth_count;
    int64_t move_ppm[BW_REPORT_MOVES];
    int64_t depth_percent[BW_REPORT_DEPTHS];        /* of the story's depth and volume */
    const bw_stress_outcome *cells;                 /* depth after depth */
    int64_t within_ns;                              /* time from the opening to the whole move */
} bw_report_shocks;

/* Who is liquidated when all markets move by 0, 1, ... BW_REPORT_RUNGS percent: cumulated. */
typedef struct bw_report_rung {
    int64_t notional;                               /* at the present marks, both sides' lots of the account */
    uint64_t accounts;
} bw_report_rung;
typedef struct bw_report_next {
    char account[BW_REPORT_WORD], market[BW_REPORT_WORD];   /* market of his largest position */
    bool shorts;
    int64_t move_ppm, notional, equity;
} bw_report_next;
typedef struct bw_report_ladder {
    bw_report_rung fall[BW_REPORT_RUNGS + 1], rise[BW_REPORT_RUNGS + 1];
    uint32_t next_count;
    bw_report_next next[BW_REPORT_NEXT];            /* nearest first */
} bw_report_ladder;

typedef struct bw_report_market {
    const char *name;
    int64_t open_interest, largest;                 /* of one side; the largest position; at the mark */
    int64_t flagged_longs, flagged_shorts;          /* of accounts that a move of flagged_ppm of all markets liquidates */
    int64_t volume_daily;                           /* what the order book is taken to turn over in normal times */
} bw_report_market;

typedef struct bw_report_book {
    uint64_t accounts, owners, positions;
    int64_t open_interest, equity, fund;            /* one side; of traders; all the fund's parts */
    bw_metrics_spread owner_equity, owner_interest;
    uint32_t market_count;
    const bw_report_market *markets;
    int64_t flagged_ppm, participation_ppm;
} bw_report_book;

/* A path, sampled: point i is the state after part i / (points - 1) of it. */
typedef struct bw_report_trace {
    uint64_t path;
    bw_stress_outcome outcome;
    const char *command;                            /* replays it */
    uint32_t point_count, line_count;
    int64_t gap[BW_REPORT_POINTS], liquidated[BW_REPORT_POINTS], adl[BW_REPORT_POINTS];   /* so far */
    const char *line_name[BW_REPORT_LINES];         /* markets */
    int64_t move_ppm[BW_REPORT_LINES][BW_REPORT_POINTS];
} bw_report_trace;

/* One figure with one input lower and higher, on the same paths. */
typedef struct bw_report_lever {
    const char *name, *low_name, *high_name;        /* "depth", "half", "double" */
    int64_t low, high;
} bw_report_lever;
typedef struct bw_report_tornado {
    const char *figure;                             /* "expected socialized loss" */
    int64_t base;
    uint32_t count;
    const bw_report_lever *levers;
} bw_report_tornado;

typedef struct bw_report_input {
    const char *name, *value, *tag, *meaning;
} bw_report_input;

typedef struct bw_stress_report {
    bw_report_reader reader;
    const bw_stress_result *result;
    const bw_stress_outcome *outcomes;              /* in path order; if screened, of the paths of its list */
    uint64_t outcome_count;
    /* Sorted, as bw_stress_result has them: of a screened run gap and borne over all paths, fund_use of the control. `borne` is
       what traders pay for others: deleveraged and socialized. */
    bw_stress_amounts gap, fund_use, socialized, borne;
    const bw_fund_result *fund;                     /* runs per size; NULL: sizes are read off the gaps */
    const bw_report_shocks *shocks;
    const bw_report_ladder *ladder;
    const bw_report_book *book;
    const bw_report_tornado *tornado;
    uint32_t trace_count;
    const bw_report_trace *traces;                  /* worst first */
    uint32_t input_count;
    const bw_report_input *inputs;
    const char *rules;                              /* of the pool, in words */
    uint64_t step_count;
} bw_stress_report;

/* As bw_report_write. */
size_t bw_report_stress(const bw_stress_report *report, char *buffer, size_t size);

#endif
