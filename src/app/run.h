/* run.h - `breakwater run`: a story with a world around it, and what it came to.

       story ── its own commands ─────────────────────────────────────┐
         └ title, notes, generate, liquidity, runs, model, path ─> world ┴─> venue ──> events ──> metrics ──> screen, JSON, report
                                                                                      └──> trace, --check

   Words     title WORDS...         what the screen calls the run
             notes FILE             paragraphs on calibration and misfit, for the report
             generate FILE [known FILE] [setting N]...     first command: markets of FILE (markets.csv), a book over them
                                    with the accounts of the other FILE (known.csv) in it
             liquidity all|CLASS|MARKET [setting N]... [execution WORD]     what the order book takes, how liquidations come
                                    to it (book, one-order, sliced, participation), and how that moves the price
             runs [setting N]...    traders withdraw and close positions as the fund falls (docs/runs.md); without it nobody does
             model all|CLASS|MARKET|collateral [setting N]...   how prices are drawn, for `breakwater stress` (docs/stress.md)
             path FILE [measured FILE] [from TIME] [to TIME] [batch DURATION] [guard DURATION] [every N]
                                    [outage from TIME for DURATION]
                                    opens the markets, loads the book, plays the prices of FILE (prices.csv)
   Files     beside the story that names them
   Errors    one line of message; FILE:LINE of the file at fault */
#ifndef BW_APP_RUN_H
#define BW_APP_RUN_H

#include "app/files.h"
#include "app/message.h"
#include "app/signals.h"
#include "metrics/metrics.h"
#include "stress/outcome.h"
#include "story/story.h"
#include "world/model.h"
#include "world/play.h"

#define APP_RUN_GIVEN UINT64_MAX   /* of an option: not given */
#define APP_RUN_TEXT 512

typedef struct app_world {
    bool generated, played;
    bw_book_params book_params;
    bw_play_params play_params;
    bw_model_params model_params; /* of the markets' classes and what `model` said */
    bw_market_facts *markets;     /* and one more for the collateral's path, where the book holds some */
    uint32_t market_count;
    char known_path[BW_STORY_PATH];
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

typedef struct app_run app_run;
/* Called when the book stands and the event begins, in place of playing the path. */
typedef bw_story_result app_run_between(app_run *run, bw_story *story);

struct app_run {
    app_sources sources;
    bw_story *story;
    uint64_t accounts, seed, threads;
    const char *fund_text;        /* --fund as given; NULL: not */
    int64_t fund;                 /* minor units of six decimals, deposited in the shared part when the book stands */
    bool check;
    bw_story_result stopped;      /* what the last command that the world sent came to */
    app_world world;
    app_progress progress;
    bool stresses;                /* of commands that play paths: a watch takes the events in place of the metrics */
    void (*seen)(app_run *run, const bw_story_observation *observation);   /* and so does this; NULL: nobody */
    bw_stress_watch *watch;
    bw_metrics *metrics;
    bool metrics_begun;
    bool drawn;                   /* the prices to come are the model's, not those of the story's files */
    bool columns;                 /* count what the columns of `compare` need */
    app_run_between *between;     /* NULL: the path is played, once */
    char title[APP_RUN_TEXT];
    char *notes;
    char message[2 * BW_STORY_PATH];   /* of trouble in a file that is no story; "" otherwise */
};

/* run_host.c: plays the story of `file`, with --check if the run has it, and catches signals from then on. `trace` takes its
   lines, the context is the run; NULL: none. APP_SYSTEM with run->message: no memory for a story. */
app_exit app_run_story(app_run *run, const char *file, bool (*trace)(void *context, const char *line, size_t length));
/* Made when first asked for; NULL: no memory. */
bw_metrics *app_run_metrics(app_run *run);
/* The event starts now. */
void app_run_begin(app_run *run, int64_t time_ns);
app_exit app_run_exit(bw_story_result result);
/* --accounts, --seed, --threads, --fund in range; false with a message. */
bool app_run_numbers_valid(const char *command, app_run *run);

/* run_facts.c: what the metrics tell of the run by name. `file` is the story as it was asked for. False: no memory;
   forget it either way. */
typedef struct app_run_facts {
    bw_metrics_facts facts;
    bw_metrics_pool_facts *pools;
    bw_metrics_market_facts *markets;
    bw_metrics_measured *measured;
    bw_metrics_collateral_facts *collaterals;
    bw_metrics_runs runs;
    char rules[512], reproduce[BW_STORY_PATH + 256], title[APP_RUN_TEXT + 64], notes[512];
} app_run_facts;
bool app_run_describe(const app_run *run, const char *file, app_run_facts *told);
void app_run_forget(app_run_facts *told);
/* "quantity book | adl score pnl; money fund | deleveraged price zero | carryover" */
void app_run_rules(const bw_command_pool *pool, char *text, size_t size);

/* run_world.c: the words above. */
bw_story_result app_run_facts_wrong(app_run *run, const bw_facts_error *error, const char *path);
extern const bw_story_directive APP_RUN_DIRECTIVES[];
/* What words of a world have in common: a cursor behind the directive's own word; a decimal number; the nearest word to the
   next one; whether the market is meant by 'all', a class or its name; whether the next word means any ('collateral' may
   stand besides; else NULL), with the failure noted if not. */
bw_story_cursor app_run_words(bw_story *story, const bw_story_word *words, uint32_t count);
bool app_run_take_number(bw_story_cursor *cursor, double *value);
bw_story_nearest app_run_nearest(const bw_story_cursor *cursor);
bool app_run_concerns(const bw_market_facts *market, const char *word);
bool app_run_is_known(bw_story_cursor *cursor, const app_world *world, const char *besides);
/* Settings that are plain numbers, to a row without a word. The next word's row, stepped over; NULL with the nearest offered. */
typedef struct app_run_setting {
    const char *word;
    size_t offset;             /* of a double */
} app_run_setting;
const app_run_setting *app_run_accept(bw_story_cursor *cursor, const app_run_setting *settings, bw_story_nearest *nearest);
/* run_liquidity.c: the word `liquidity`. */
bw_story_result app_run_liquidity(void *context, bw_story *story, const bw_story_word *words, uint32_t count);
/* run_runs.c: the word `runs`. */
bw_story_result app_run_runs(void *context, bw_story *story, const bw_story_word *words, uint32_t count);
/* run_model.c: the word `model`. */
bw_story_result app_run_model(void *context, bw_story *story, const bw_story_word *words, uint32_t count);
/* run_collateral.c: the collateral that the book holds is the first of the story's; its price is the path's last item. */
bool app_run_has_collateral(const app_run *run);
/* A tick in 1e-9; false: it is finer, or does not fit. */
bool app_run_nano_of(bw_story_unit unit, int64_t *nano);
/* Its row behind the markets; false with the story's failure in *result: there is none, or its tick is too fine. */
bool app_run_collateral_find(app_run *run, bw_story *story, bw_story_result *result);
/* Where its prices come from, once they are read. */
void app_run_collateral_prices(app_run *run, const bw_price_fact *prices, uint32_t price_count);
/* What one unit counts at the opening price. */
void app_run_collateral_value(app_run *run, const bw_story *story);
/* Whether the pool may take in what the book holds; else the story's failure. */
bw_story_result app_run_collateral_room(const app_run *run, bw_story *story);
/* run_play.c: plays what the words have set up. */
bw_story_result app_run_play(app_run *run, bw_story *story, const bw_path_params *path, bw_price_fact *prices,
                             uint32_t price_count);
/* Zeroed memory that lives as long as the run; NULL with the story's failure in *result. */
void *app_run_memory(app_run *run, bw_story *story, size_t bytes, bw_story_result *result);
/* So much more (or, below 0, less) in the shared part of the fund. On simulated paths as if it had been there all along. */
bool app_run_fund(app_run *run, int64_t more);
/* The path from where it is to its end; false: the story, a check or Ctrl-C stopped it. Progress as part `part` of `parts`. */
bool app_run_play_path(app_run *run, const char *what, uint32_t part, uint32_t parts);
/* With --check: what it costs, and how long `parts` crashes take so. */
void app_run_say_check(const app_run *run, bw_story *story, uint32_t parts);
/* The event: metrics begin, the path is played to its end. */
bw_story_result app_run_play_event(app_run *run, bw_story *story);
/* Why app_run_play_path stopped. */
bw_story_result app_run_stopped(app_run *run, bw_story *story);

/* run_progress.c: a line on a terminal, at most five times a second, with the time that is left. */
int64_t app_run_clock_ns(void);
void app_progress_begin(app_progress *progress);
/* Whether a line would be shown now; how many were done a second. */
bool app_progress_due(const app_progress *progress);
double app_progress_rate(const app_progress *progress, uint64_t done);
void app_progress_show(app_progress *progress, const char *what, uint64_t done, uint64_t all);
void app_progress_end(app_progress *progress);

#endif
