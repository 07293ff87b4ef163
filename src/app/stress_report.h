/* stress_report.h - what the report of `stress` shows beside the result, collected while the book stands.

       paths are played ─> app_stress_report_collect ─┬─ the book: ladder, owners, time to close    (stress_report_book.c)
       book stands again                              ├─ plays of single shocks, move x depth       (stress_report_play.c)
                                                      └─ the worst paths again, step by step        (stress_report_play.c)
       result ─> app_stress_report_finish ─> bw_report_stress

   The plays are jobs like all others (paths.h): shared out among the processes, undone afterwards. After Ctrl-C they are left out
   and with them their sections.

   Errors    as app_paths_play; false: no memory */
#ifndef BW_APP_STRESS_REPORT_H
#define BW_APP_STRESS_REPORT_H

#include "app/paths.h"
#include "report/stress.h"

enum { APP_REPORT_INPUTS = 16 + BW_MODEL_SETTINGS, APP_REPORT_VALUE = 64, APP_REPORT_COMMAND = 2 * BW_STORY_PATH };

typedef struct app_stress_report {
    bw_stress_report data;
    bw_report_shocks shocks;
    bw_report_ladder ladder;
    bw_report_book book;
    bw_report_market markets[BW_MARKETS_MAX];
    app_jobs shock_jobs;                     /* the grid's outcomes */
    bw_report_trace *traces;
    char (*commands)[APP_REPORT_COMMAND];    /* of the traces */
    bw_report_input inputs[APP_REPORT_INPUTS];
    char values[APP_REPORT_INPUTS][APP_REPORT_VALUE];
    char rules[512];
    int64_t *amounts;                        /* the four sorted series, one behind the other */
} app_stress_report;

/* Set by --for; its default is "risk". False after a message with the nearest word. */
bool app_stress_report_reader(const char *command, const char *word, bw_report_reader *reader);

/* `played`: outcomes that stand, and which paths they are. */
bw_story_result app_stress_report_collect(app_stress_report *report, app_paths *paths, bw_story *story,
                                          const app_stress_played *played);
/* stress_report_book.c: the book that stands. False: no memory. */
bool app_stress_report_book(app_stress_report *report, const app_paths *paths, const bw_story *story);
/* stress_report_play.c */
bw_story_result app_stress_report_shocks(app_stress_report *report, app_paths *paths, bw_story *story);
bw_story_result app_stress_report_worst(app_stress_report *report, app_paths *paths, bw_story *story,
                                        const app_stress_played *played);

/* When the result is there: the sorted series. False: no memory. */
bool app_stress_report_finish(app_stress_report *report, const app_stress_played *played, const bw_stress_result *result);
/* The text, as app_output_write_text calls it. */
size_t app_stress_report_text(const void *report, int64_t elapsed_ms, char *buffer, size_t size);
void app_stress_report_free(app_stress_report *report);

/* Whether a report can be made of this run: not of a sample of paths (two-phase), whose parts stand for others, nor by several
   ranks, each of which would see only its own of the worst paths. False after a message. */
bool app_stress_report_possible(const char *command, bool one_shock, bool sampled);

#endif
