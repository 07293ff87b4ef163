/* calibrate.c - `breakwater calibrate`: the command line, and the results. */
#include "app/calibrate.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "app/files.h"
#include "app/message.h"
#include "app/options.h"
#include "app/run.h"
#include "app/signals.h"
#include "calibrate/matrix.h"
#include "story/decimal.h"
#include "world/csv.h"

#define ROWS_MOST UINT64_C(20000000)

static const char HELP[] =
    "usage: breakwater calibrate PRICES.csv|- [--json FILE|-] [--story FILE|-] [--correlation FILE.csv]\n"
    "                            [--exogenous-share X] [--prices FILE|-] [--seed N] [--effort N]\n"
    "       breakwater calibrate --simulate DAYS [--markets A,B,...] [--interval TIME] [--prices FILE|-] [--seed N]\n"
    "\n"
    "With which settings does the price model of 'stress' look like these prices? Finds volatility, common factor and tails of\n"
    "every market and the common jumps by simulated moments, says how sure each is and how well the model then fits, and writes\n"
    "the 'model' lines that a story takes. PRICES.csv: header 'time' and the markets' names, a row an interval (up to a day),\n"
    "times as 2025-10-10T21:00:00Z or Unix seconds, at least 500 moves (docs/calibrate.md).\n"
    "\n"
    "  --json FILE|-        the result as one JSON object (schema breakwater-calibrate/1)\n"
    "  --story FILE|-       lines 'model ...', to be included behind 'generate' of a story\n"
    "  --correlation FILE   correlations to be matched instead of those of the prices: header 'market' and names, a row a market\n"
    "  --exogenous-share X  how much of past jumps came from outside, 0 to 1 (1); the rest were liquidations, which a story whose\n"
    "                       liquidations move the marks makes again. Scales 'jumps' in the lines for the story\n"
    "  --prices FILE|-      a simulated history of the fitted model, as long as PRICES.csv\n"
    "  --seed N             of all simulations (1)\n"
    "  --effort N           simulated rows in percent of the usual (100; 5 to 400): less is faster and less sure\n"
    "  --simulate DAYS      no calibration: prices of the model's defaults, 1 to 3660 days\n"
    "  --markets A,B:CLASS  whose (BTC,ETH,SOL); classes btc, eth, large, mid, small\n"
    "  --interval TIME      between two rows, 1s to 1d (1h)\n"
    "\n"
    "exit codes: 0 done; 2 the command line is wrong; 3 an input is wrong or missing; 5 an output cannot be written;\n"
    "130 interrupted, and nothing is written\n";

typedef struct {
    const char *file, *json_path, *story_path, *prices_path, *correlation_path, *share_text, *markets, *interval;
    uint64_t seed, days, effort;
    double share;
    app_output screen, json, story, prices;
    app_progress progress;
    int64_t begin_ns;
    bw_prices *history;
    bw_calibrated *result;
    double correlation[BW_FACTOR_CELLS];
    void *history_memory;
} job;

/* ---- outputs ---- */

static void drop_all(job *work)
{
    app_output_drop(&work->screen);
    app_output_drop(&work->json);
    app_output_drop(&work->story);
    app_output_drop(&work->prices);
}

static bool is_stdout(const char *path)
{
    return path != NULL && strcmp(path, "-") == 0;
}

static bool open_outputs(job *work)
{
    bool piped = is_stdout(work->json_path) || is_stdout(work->story_path) || is_stdout(work->prices_path);
    app_output_standard(&work->screen, piped ? stderr : stdout);
    if ((work->json_path == NULL || app_output_open(&work->json, work->json_path)) &&
        (work->story_path == NULL || app_output_open(&work->story, work->story_path)) &&
        (work->prices_path == NULL || app_output_open(&work->prices, work->prices_path)))
        return true;
    drop_all(work);
    return false;
}

static size_t write_screen(const void *context, int64_t elapsed_ms, char *buffer, size_t size)
{
    const job *work = context;
    (void)elapsed_ms;
    return bw_calibrate_screen(work->result, work->file, buffer, size);
}

static size_t write_json(const void *context, int64_t elapsed_ms, char *buffer, size_t size)
{
    const job *work = context;
    return bw_calibrate_json(work->result, work->file, elapsed_ms, buffer, size);
}

static size_t write_story(const void *context, int64_t elapsed_ms, char *buffer, size_t size)
{
    const job *work = context;
    (void)elapsed_ms;
    return bw_calibrate_story(work->result, work->file, buffer, size);
}

static bool write_prices(job *work)
{
    const char *names[BW_MARKETS_MAX];
    const bw_prices *history = work->history;
    for (uint32_t m = 0; m < history->market_count; m++)
        names[m] = history->name[m];
    return app_calibrate_prices(&work->prices, &work->result->fit.params, names, history->first_ns, history->interval_ns,
                                history->row_count, work->seed);
}

static app_exit write_results(job *work)
{
    int64_t elapsed_ms = (app_run_clock_ns() - work->begin_ns) / 1000000;
    app_output *const all[] = {&work->screen, &work->json, &work->story, &work->prices};
    bool good = (work->json_path == NULL || app_output_write_text(&work->json, write_json, work, elapsed_ms)) &&
                (work->story_path == NULL || app_output_write_text(&work->story, write_story, work, elapsed_ms)) &&
                (work->prices_path == NULL || write_prices(work));
    bool ready = good && app_outputs_ready(all + 1, 3);   /* the screen comes when nothing else can fail */
    good = good && (!ready || app_output_write_text(&work->screen, write_screen, work, elapsed_ms));
    if (!good && !app_output_trouble(&work->json) && !app_output_trouble(&work->story) && !app_output_trouble(&work->prices) &&
        !app_output_trouble(&work->screen))
        app_say(APP_SYSTEM, "no memory for the result");
    if (good && ready && app_outputs_keep(all, 4))
        return APP_DONE;
    drop_all(work);
    return APP_SYSTEM;
}

/* ---- a calibration ---- */

static app_exit read_prices(job *work)
{
    size_t size;
    char message[512];
    bw_facts_error error;
    char *text = app_file_read(work->file, &size);
    if (text == NULL)
        return app_interrupted ? APP_INTERRUPTED : app_say(APP_INPUT, "%s: %s, expected a file of prices", work->file, strerror(errno));
    work->history_memory = calloc(1, bw_prices_footprint(text, size));
    bool good = work->history_memory != NULL &&
                bw_prices_read(text, size, BW_CALIBRATE_ROWS, work->history_memory, &work->history, &error);
    free(text);
    if (work->history_memory == NULL)
        return app_say(APP_SYSTEM, "no memory for the prices of %s", work->file);
    if (!good) {
        bw_facts_error_print(&error, work->file, message, sizeof message);
        return app_say_at(APP_INPUT, message);
    }
    char fault[256];
    if (bw_calibrate_fault(work->history, fault, sizeof fault) != NULL)
        return app_say(APP_INPUT, "%s: %s", work->file, fault);
    return APP_DONE;
}

static app_exit read_correlation(job *work)
{
    size_t size;
    char message[BW_MATRIX_MESSAGE];
    if (work->correlation_path == NULL)
        return APP_DONE;
    char *text = app_file_read(work->correlation_path, &size);
    if (text == NULL)
        return app_say(APP_INPUT, "%s: %s, expected a file of correlations", work->correlation_path, strerror(errno));
    bool good = bw_matrix_read(text, size, work->correlation_path, work->history, work->correlation, message);
    free(text);
    return good ? APP_DONE : app_say_at(APP_INPUT, message);
}

static bool stop(void *context, double done)
{
    app_progress_show(context, "calibrating", (uint64_t)(done * 1000), 1000);
    return app_interrupted != 0;
}

static uint32_t part_of(uint32_t usual, uint64_t percent, uint32_t least)
{
    uint64_t part = usual * percent / 100;
    return part > least ? (uint32_t)part : least;
}

static bw_effort effort_of(uint64_t percent)
{
    bw_effort effort = bw_effort_usual();
    effort.simulated_times = part_of(effort.simulated_times, percent, 1);
    effort.simulated_min = part_of(effort.simulated_min, percent, 4000);
    effort.simulated_max = part_of(effort.simulated_max, percent, 10000);
    effort.resamples = part_of(effort.resamples, percent, 10);
    effort.replicates = part_of(effort.replicates, percent, 10);
    effort.steps = part_of(effort.steps, percent < 100 ? 50 + percent / 2 : 100, 2);
    return effort;
}

static app_exit calibrate_all(job *work)
{
    bw_effort effort = effort_of(work->effort);
    effort.seed = work->seed;
    effort.stop = stop;
    effort.context = &work->progress;
    void *memory = calloc(1, bw_calibrate_footprint(work->history, &effort));
    work->result = calloc(1, sizeof *work->result);
    app_exit end = APP_DONE;
    if (memory == NULL || work->result == NULL)
        end = app_say(APP_SYSTEM, "no memory for the calibration");
    app_progress_begin(&work->progress);
    if (end == APP_DONE && !bw_calibrate(work->result, work->history, work->correlation_path != NULL ? work->correlation : NULL,
                                         work->share, &effort, memory))
        end = APP_INTERRUPTED;
    app_progress_end(&work->progress);
    free(memory);
    return end;
}

static app_exit calibrate_file(job *work)
{
    app_exit end = read_prices(work);
    if (end == APP_DONE)
        end = read_correlation(work);
    if (end == APP_DONE)
        end = calibrate_all(work);
    if (end == APP_DONE)
        return write_results(work);
    drop_all(work);
    return end;
}

/* ---- prices alone ---- */

static bool interval_valid(const job *work, int64_t *interval_ns)
{
    const char *text = work->interval != NULL ? work->interval : "1h";
    if (bw_story_duration_parse(text, strlen(text), interval_ns) == BW_STORY_NUMBER_OK && *interval_ns >= BW_NANO &&
        *interval_ns <= 86400 * (int64_t)BW_NANO && *interval_ns % BW_NANO == 0)
        return true;
    app_say(APP_USAGE, "calibrate: found --interval %s, expected whole seconds from 1s to 1d", text);
    return false;
}

static app_exit simulate(job *work)
{
    bw_model_params params;
    const char *names[BW_MARKETS_MAX];
    int64_t interval_ns;
    char *list = strdup(work->markets != NULL ? work->markets : "BTC,ETH,SOL");
    app_exit end = APP_USAGE;
    if (list == NULL)
        return app_say(APP_SYSTEM, "no memory for the markets");
    if (work->days < 1 || work->days > 3660)
        app_say(APP_USAGE, "calibrate: found --simulate %llu, expected 1 to 3660 days", (unsigned long long)work->days);
    else if (interval_valid(work, &interval_ns) && app_calibrate_markets(list, &params, names)) {
        uint64_t rows = work->days * 86400 / (uint64_t)(interval_ns / BW_NANO);
        app_output_standard(&work->screen, stderr);
        if (rows * params.market_count > ROWS_MOST)
            app_say(APP_USAGE, "calibrate: found %llu rows of %u markets, expected at most %llu prices", (unsigned long long)rows,
                    params.market_count, (unsigned long long)ROWS_MOST);
        else if (!app_output_open(&work->prices, work->prices_path != NULL ? work->prices_path : "-"))
            end = APP_SYSTEM;
        else if (app_calibrate_prices(&work->prices, &params, names, INT64_C(1704067200) * BW_NANO, interval_ns, (uint32_t)rows,
                                      work->seed) &&
                 app_output_keep(&work->prices))
            end = APP_DONE;
        else {
            app_output_trouble(&work->prices);
            app_output_drop(&work->prices);
            end = APP_SYSTEM;
        }
    }
    free(list);
    return end;
}

/* ---- the command line ---- */

static bool share_valid(job *work)
{
    int64_t nano = BW_NANO;
    const char *text = work->share_text;
    if (text != NULL && (!bw_csv_decimal_parse(text, strlen(text), 9, &nano) || nano < 0 || nano > BW_NANO)) {
        app_say(APP_USAGE, "calibrate: found --exogenous-share %s, expected a number from 0 to 1", text);
        return false;
    }
    work->share = (double)nano / BW_NANO;
    return true;
}

static bool simulates(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strncmp(argv[i], "--simulate", 10) == 0)
            return true;
    return false;
}

static app_exit run_file(job *work, int argc, char **argv)
{
    const app_option options[] = {
        {"--json", APP_OPTION_TEXT, &work->json_path}, {"--story", APP_OPTION_TEXT, &work->story_path},
        {"--correlation", APP_OPTION_TEXT, &work->correlation_path}, {"--exogenous-share", APP_OPTION_TEXT, &work->share_text},
        {"--prices", APP_OPTION_TEXT, &work->prices_path}, {"--seed", APP_OPTION_NUMBER, &work->seed},
        {"--effort", APP_OPTION_NUMBER, &work->effort}, {NULL, APP_OPTION_FLAG, NULL},
    };
    const char *inputs[2];
    if (!app_options_read("calibrate", argc, argv, options, "PRICES.csv or -", &work->file, 1) || !share_valid(work))
        return APP_USAGE;
    if (work->effort < 5 || work->effort > 400)
        return app_say(APP_USAGE, "calibrate: found --effort %llu, expected 5 to 400", (unsigned long long)work->effort);
    inputs[0] = work->file;
    inputs[1] = work->correlation_path;
    const app_output_name outputs[] = {{"--json", work->json_path}, {"--story", work->story_path}, {"--prices", work->prices_path}};
    if (!app_outputs_apart("calibrate", outputs, 3, inputs, 2))
        return APP_USAGE;
    return open_outputs(work) ? calibrate_file(work) : APP_SYSTEM;
}

static app_exit run_simulation(job *work, int argc, char **argv)
{
    const app_option options[] = {
        {"--simulate", APP_OPTION_NUMBER, &work->days}, {"--markets", APP_OPTION_TEXT, &work->markets},
        {"--interval", APP_OPTION_TEXT, &work->interval}, {"--prices", APP_OPTION_TEXT, &work->prices_path},
        {"--seed", APP_OPTION_NUMBER, &work->seed}, {NULL, APP_OPTION_FLAG, NULL},
    };
    return app_options_read("calibrate", argc, argv, options, " with --simulate", NULL, 0) ? simulate(work) : APP_USAGE;
}

static app_exit calibrate(int argc, char **argv)
{
    job *work = calloc(1, sizeof *work);
    if (work == NULL)
        return app_say(APP_SYSTEM, "no memory for a calibration");
    work->begin_ns = app_run_clock_ns();
    work->seed = 1;
    work->effort = 100;
    app_signals_catch();
    app_exit end = simulates(argc, argv) ? run_simulation(work, argc, argv) : run_file(work, argc, argv);
    free(work->history_memory);
    free(work->result);
    free(work);
    return end;
}

const app_command APP_CALIBRATE = {"calibrate", "finds the price model's settings from a history of prices", HELP, calibrate};
