/* run.h - `breakwater run`: a story with a world around it, and what it came to.

       story ── its own commands ──────────────────────────────┐
         └ title, notes, generate, liquidity, path ─> world ───┴─> venue ──> events ──> metrics ──> screen, JSON, report
                                                                        └──> trace, --check

   Words     title WORDS...         what the screen calls the run
             notes FILE             paragraphs on calibration and misfit, for the report
             generate FILE [setting N]...     first command: markets of FILE (markets.csv), a book over them
             liquidity all|CLASS|MARKET [setting N]...     what the order book takes, and how that moves the price
             path FILE [measured FILE] [from TIME] [to TIME] [batch DURATION] [guard DURATION] [every N]
                                    opens the markets, loads the book, plays the prices of FILE (prices.csv)
   Files     beside the story that names them
   Errors    one line of message; FILE:LINE of the file at fault */
#ifndef BW_APP_RUN_H
#define BW_APP_RUN_H

#include <signal.h>

#include "app/files.h"
#include "app/message.h"
#include "metrics/metrics.h"
#include "world/play.h"

#define APP_RUN_GIVEN UINT64_MAX   /* of an option: not given */
#define APP_RUN_TEXT 512

typedef struct app_world {
    bool generated, played;
    bw_book_params book_params;
    bw_play_params play_params;
    bw_market_facts *markets;
    uint32_t market_count;
    bw_measured_fact *measured;
    uint32_t measured_count;
    bw_path *path;
    bw_book *book;
    bw_play *play;            /* NULL while none is played */
} app_world;

typedef struct app_progress {
    bool shown, line;         /* stderr is a terminal; a line stands there */
    int64_t begin_ns, next_ns;
} app_progress;

typedef struct app_run {
    app_sources sources;
    bw_story *story;
    uint64_t accounts, seed, threads;
    bool check;
    app_world world;
    app_progress progress;
    bw_metrics *metrics;
    bool metrics_begun;
    char title[APP_RUN_TEXT];
    char *notes;
    char message[APP_RUN_TEXT];   /* of trouble in a file that is no story; "" otherwise */
} app_run;

extern volatile sig_atomic_t app_run_interrupted;

/* run_world.c: the words above. */
extern const bw_story_directive APP_RUN_DIRECTIVES[];
/* run_play.c: plays what the words have set up. */
bw_story_result app_run_play(app_run *run, bw_story *story, const bw_path_params *path, bw_price_fact *prices,
                             uint32_t price_count);
/* Zeroed memory that lives as long as the run; NULL with the story's failure in *result. */
void *app_run_memory(app_run *run, bw_story *story, size_t bytes, bw_story_result *result);
/* The event starts now. */
void app_run_begin(app_run *run, int64_t time_ns);

/* run_progress.c: a line on a terminal, at most five times a second, with the time that is left. */
int64_t app_run_clock_ns(void);
void app_progress_begin(app_progress *progress);
void app_progress_show(app_progress *progress, const char *what, uint64_t done, uint64_t all);
void app_progress_end(app_progress *progress);

#endif
