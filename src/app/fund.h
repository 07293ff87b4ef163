/* fund.h - `breakwater fund`: how large must the fund be? The same paths, played once for each size of the fund.

       book stands ─> bounds of all paths ─> size F: paths with U > T(F) ─> those with gap > T(F) played ─> point (F, p, e)
                       (once; screen.h)        ↑      played once, with the      with a fund of F                │
                                               │      largest fund: gap                                          │
                                               └───────────── bw_fund_next: until the target is found ───────────┘

   One shock: where the fund pays first, the fund's size changes no gap, and one set of paths gives every size (fund_shock.c).
   Common random numbers: every size meets the same prices. Where rules allow no bound, all paths are played for every size. */
#ifndef BW_APP_FUND_H
#define BW_APP_FUND_H

#include "app/reverse.h"
#include "app/variants.h"
#include "stress/covers.h"
#include "stress/fund.h"

enum { APP_FUND_SIZES = 32 };
#define APP_FUND_MOST INT64_C(500000000000000000)   /* minor units: what --fund takes too */

typedef struct app_fund {
    app_paths paths;               /* first: the story's host is given the run */
    int64_t sizes[APP_FUND_SIZES]; /* rising; asked for, or multiples of the present fund */
    uint32_t size_count;
    bool sizes_given;
    bw_fund_settings settings;
    app_screen bounds;
    bool screened;                 /* rules allow a bound */
    char unscreened[256];          /* why not */
    int64_t present, shared;       /* the fund in the story, and its shared part */
    int64_t setting;               /* size of the jobs under way */
    bw_fund_result result;         /* its points as they come */
    bw_hash hash;
    bool one_set;                  /* one set of paths: what traders pay without a fund, where known, rising */
    int64_t *borne;
    uint64_t borne_count;
    bool sensitivities, reverses, models;   /* asked for */
    bw_fund_model ranges[BW_FUND_MODELS];
    bw_reverse_row reverse[BW_REVERSE_ROWS];
    bw_paired pairs[BW_PAIRED_ROWS];
    struct app_fund_report *report; /* NULL: not asked for */
    bw_cover_scenario *scenarios;
    bw_cover_row *rows;
    uint32_t row_count;
} app_fund;

/* fund_play.c: what app_run calls when the book stands. */
bw_story_result app_fund_between(app_run *run, bw_story *story);
/* fund_shock.c: all sizes from one set of paths. */
bw_story_result app_fund_shock(app_fund *fund, bw_story *story, int64_t capital);
/* What a fund of this size is sure to pay: T(F). The book stands again afterwards. False: it cannot be set to the size. */
bool app_fund_paid(app_fund *fund, const bw_story *story, int64_t size, int64_t *paid);
/* The largest over the stress set: which row, by reading and by how many owners (1, 2; 0: all). */
uint32_t app_fund_worst(const app_fund *fund, bool given, uint32_t owners);
/* The stress set as CSV. */
size_t app_fund_covers_csv(const void *fund, int64_t elapsed_ms, char *buffer, size_t size);

#endif
