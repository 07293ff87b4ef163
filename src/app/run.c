/* run.c - `breakwater run`: options, the story's host, and the results. */
#include "app/run_path.h"

#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "app/options.h"
#include "app/signals.h"
#include "report/report.h"
#include "story/session.h"

static const char HELP[] =
    "usage: breakwater run STORY|- [--accounts N] [--seed N] [--fund AMOUNT] [--json FILE|-]\n"
    "                      [--report FILE.html] [--trace FILE|-] [--check] [--threads N]\n"
    "                      [--path N [--horizon DURATION] [--steps N] [--path-seed N]]\n"
    "\n"
    "Runs a story and says what happened and who paid. A story with 'generate' and 'path' plays a whole venue:\n"
    "a generated book of traders, real prices, an order book that takes only so much, and the loss waterfall.\n"
    "\n"
    "  --accounts N     traders of the generated book (4 to 16000000)\n"
    "  --seed N         of the generated book\n"
    "  --fund AMOUNT    so much of the pool's asset is deposited in the shared part of the insurance fund before the\n"
    "                   event begins, besides what the story deposits\n"
    "  --json FILE|-    the result as one JSON object (schema breakwater-run/1)\n"
    "  --report FILE    the result as one HTML file with pictures and tables\n"
    "  --trace FILE|-   every decision of the venue, one line each\n"
    "  --check          after every command (while loading: every group): conservation, all invariants, and that\n"
    "                   nobody unhealthy was missed\n"
    "  --threads N      accepted; one path is played by one thread\n"
    "  --path N         not the story's prices but simulated path N, as 'breakwater stress STORY' plays it with the same\n"
    "                   --horizon (1d), --steps (240) and, as its --seed, --path-seed (1)\n"
    "\n"
    "Ctrl-C ends the run after the command it is at and still writes the results, marked as partial.\n"
    "\n"
    "words of a story that only this command knows:\n"
    "  title WORDS...   notes FILE\n"
    "  generate FILE [known FILE] [accounts N] [seed N] [setting N]...\n"
    "           first of all; FILE: as scenarios/2025-10-10/markets.csv, known: scenarios/2025-03-26-jelly/known.csv\n"
    "  liquidity all|CLASS|MARKET [setting N]... [execution book|one-order|sliced|participation]\n"
    "  path FILE [measured FILE] [from TIME] [to TIME] [batch DURATION] [guard DURATION] [every N]\n"
    "           [outage from TIME for DURATION]\n"
    "  runs [setting N]...   traders leave as the fund falls (docs/runs.md)\n"
    "the settings are explained in docs/calibration.md and docs/liquidity.md\n"
    "\n"
    "exit codes: 0 done; 1 an expectation or --check failed; 2 the command line is wrong; 3 an input is wrong;\n"
    "5 an output cannot be written; 130 interrupted\n";

typedef struct {
    app_paths paths;           /* first: the story's host is given the run, its first member */
    app_output screen, json, report, trace;
    bool want_json, want_report, want_trace;
    const char *file;
    int64_t begin_ns;
} job;

static bool host_trace(void *context, const char *line, size_t length)
{
    job *work = context;
    return app_output_write(&work->trace, line, length);
}

/* ---- writing ---- */

static size_t write_screen(const void *result, int64_t elapsed_ms, char *buffer, size_t size)
{
    (void)elapsed_ms;
    return bw_metrics_screen(result, buffer, size);
}

static size_t write_report(const void *result, int64_t elapsed_ms, char *buffer, size_t size)
{
    (void)elapsed_ms;
    return bw_report_write(result, buffer, size);
}

static size_t write_json(const void *result, int64_t elapsed_ms, char *buffer, size_t size)
{
    return bw_metrics_json(result, elapsed_ms, buffer, size);
}

static app_exit write_results(job *work)
{
    app_run *run = &work->paths.run;
    app_run_facts told = {0};
    bool empty = run->story->venue == NULL || run->story->book.pool_count == 0;
    if (empty && app_interrupted)
        return APP_INTERRUPTED;
    if (empty)
        return app_say(APP_INPUT, "%s: the story has no pool, so there is nothing to tell", work->file);
    if (!run->metrics_begun)
        app_run_begin(run, bw_story_time(run->story));
    if (app_run_metrics(run) == NULL || !app_run_describe(run, work->file, &told)) {
        app_run_forget(&told);
        return app_say(APP_SYSTEM, "no memory for the result");
    }
    if (run->drawn)
        app_run_path_describe(&work->paths, &told);
    const bw_metrics_result *result = bw_metrics_finish(run->metrics, run->story->venue, &told.facts);
    int64_t elapsed_ms = (app_run_clock_ns() - work->begin_ns) / 1000000;
    app_output *const files[] = {&work->trace, &work->json, &work->report};
    bool good = (!work->want_json || app_output_write_text(&work->json, write_json, result, elapsed_ms)) &&
                (!work->want_report || app_output_write_text(&work->report, write_report, result, elapsed_ms));
    bool ready = good && app_outputs_ready(files, 3);   /* the screen comes when nothing else can fail */
    good = good && (!ready || app_output_write_text(&work->screen, write_screen, result, elapsed_ms));
    app_run_forget(&told);
    if (!good && !app_output_trouble(&work->json) && !app_output_trouble(&work->report) && !app_output_trouble(&work->screen))
        app_say(APP_SYSTEM, "no memory for the result");
    return good && ready ? APP_DONE : APP_SYSTEM;
}

static void drop_all(job *work)
{
    app_output_drop(&work->screen);
    app_output_drop(&work->json);
    app_output_drop(&work->report);
    app_output_drop(&work->trace);
}

/* A story that ran to its end, to a failed check or to Ctrl-C has a result; one that is wrong has none. */
static app_exit finish(job *work, app_exit end)
{
    app_run *run = &work->paths.run;
    if (end == APP_CHECK_FAILED || end == APP_INPUT || (end == APP_SYSTEM && !app_output_trouble(&work->trace)))
        app_say_at(end, run->message[0] ? run->message : bw_story_message(run->story));
    if (end == APP_INPUT || end == APP_SYSTEM) {
        drop_all(work);
        return end;
    }
    const char *unused = run->accounts != APP_RUN_GIVEN ? "--accounts" : run->seed != APP_RUN_GIVEN ? "--seed" : NULL;
    bool funded = run->fund_text != NULL && end != APP_INTERRUPTED;
    if ((unused != NULL && !run->world.generated) || ((funded || run->drawn) && end != APP_INTERRUPTED && !run->world.played)) {
        drop_all(work);
        return app_say(APP_USAGE, "run: found %s, but %s %s", unused != NULL ? unused : funded ? "--fund" : "--path", work->file,
                       run->world.generated ? "plays none ('path' is missing)" : "generates no book");
    }
    app_exit written = write_results(work);
    if (written != APP_DONE) {
        drop_all(work);
        return written;
    }
    app_output *const outputs[] = {&work->screen, &work->trace, &work->json, &work->report};
    return app_outputs_keep(outputs, 4) ? end : APP_SYSTEM;
}

static app_exit run_story(job *work)
{
    return finish(work, app_run_story(&work->paths.run, work->file, work->want_trace ? host_trace : NULL));
}

/* ---- the command line ---- */

static bool is_stdout(const char *path)
{
    return path != NULL && strcmp(path, "-") == 0;
}

/* With a result on stdout the screen gives way to stderr. */
static bool open_outputs(job *work, const char *json, const char *report, const char *trace)
{
    app_output_standard(&work->screen, is_stdout(json) || is_stdout(report) || is_stdout(trace) ? stderr : stdout);
    work->want_json = json != NULL;
    work->want_report = report != NULL;
    work->want_trace = trace != NULL;
    if ((json == NULL || app_output_open(&work->json, json)) &&
        (report == NULL || app_output_open(&work->report, report)) &&
        (trace == NULL || app_output_open(&work->trace, trace)))
        return true;
    drop_all(work);
    return false;
}

static app_exit run(int argc, char **argv)
{
    const char *json = NULL, *report = NULL, *trace = NULL;
    app_run_path_given path = {APP_RUN_GIVEN, APP_RUN_GIVEN, APP_RUN_GIVEN, NULL};
    job *work = calloc(1, sizeof *work);
    if (work == NULL)
        return app_say(APP_SYSTEM, "no memory for a run");
    work->begin_ns = app_run_clock_ns();
    work->paths.run.accounts = work->paths.run.seed = APP_RUN_GIVEN;
    work->paths.run.threads = 1;
    const app_option options[] = {
        {"--accounts", APP_OPTION_NUMBER, &work->paths.run.accounts}, {"--seed", APP_OPTION_NUMBER, &work->paths.run.seed},
        {"--threads", APP_OPTION_NUMBER, &work->paths.run.threads}, {"--fund", APP_OPTION_TEXT, &work->paths.run.fund_text},
        {"--json", APP_OPTION_TEXT, &json}, {"--report", APP_OPTION_TEXT, &report},
        {"--trace", APP_OPTION_TEXT, &trace}, {"--check", APP_OPTION_FLAG, &work->paths.run.check},
        {"--path", APP_OPTION_NUMBER, &path.number}, {"--horizon", APP_OPTION_TEXT, &path.horizon},
        {"--steps", APP_OPTION_NUMBER, &path.step_count}, {"--path-seed", APP_OPTION_NUMBER, &path.seed},
        {NULL, APP_OPTION_FLAG, NULL},
    };
    app_exit end = APP_USAGE;
    if (app_options_read("run", argc, argv, options, "STORY or -", &work->file, 1) &&
        app_outputs_apart("run", (const app_output_name[]){{"--json", json}, {"--report", report}, {"--trace", trace}}, 3,
                          &work->file, 1) &&
        app_run_numbers_valid("run", &work->paths.run) && app_run_path_valid(&work->paths, &path))
        end = open_outputs(work, json, report, trace) ? run_story(work) : APP_SYSTEM;
    app_paths_free(&work->paths);
    free(work);
    return end;
}

const app_command APP_RUN = {"run", "plays a crash and says who paid", HELP, run};
