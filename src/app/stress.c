/* stress.c - `breakwater stress`: the command line, and the results. */
#include "app/screen.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "app/stress_report.h"
#include "story/session.h"

enum { CONTROL = 1000, RUNS_LEAST = 100 };

static const char HELP[] =
    "usage: breakwater stress STORY|- [--paths N] [--horizon DURATION] [--steps N] [--seed N] [--until ci=X%]\n"
    "                         [--screen [--control N] [--runs N]] [--fail-if EXPR] [--accounts N] [--fund AMOUNT]\n"
    "                         [--threads N] [--json FILE|-] [--report FILE.html [--for engineer|risk|trader]]\n"
    "                         [--shard I/N --out FILE] [--one-shock]\n"
    "\n"
    "How likely is it that losses are socialized here, how much, and on whom? Plays many simulated paths of prices on the\n"
    "book that the story makes, each of them whole: order book, impact of liquidations, desks, fund, ADL, haircut. The\n"
    "story is one for 'breakwater run', with 'generate' and 'path': prices begin where its path opens, and what follows\n"
    "is the model's (docs/stress.md), by 'model' lines of the story where it has some.\n"
    "\n"
    "  --paths N        simulated paths (1 to 100000000; 1000)\n"
    "  --horizon TIME   simulated time of a path, such as 1h or 1d (1d). Part of every probability\n"
    "  --steps N        steps of prices in it (1 to 100000; 240)\n"
    "  --seed N         of the paths (1); the book keeps that of the story\n"
    "  --one-shock      a path is a single move of all prices, as large as that of the horizon (1h then), and all that it sets off:\n"
    "                   what happens when prices jump and no order book is there. Many thousand paths a second (docs/shock.md)\n"
    "  --screen         for rare losses: first a certified upper bound of every path's gap; only paths where it is above what\n"
    "                   the fund is sure to pay are played. On the others nobody is charged, and they count as such\n"
    "  --control N      with --screen: paths that are played whatever their bound (1000). They show what the others do not,\n"
    "                   such as the chance of ADL, and try the bound\n"
    "  --runs N         with --screen: at most N of the paths that may charge somebody are played, most of them where the\n"
    "                   bound is worst, each standing for several (two-phase sampling); the intervals know it\n"
    "  --until ci=X%    stops once the 95% interval of P(traders pay for others) is within X% of its value\n"
    "  --fail-if EXPR   exit code 4 if it holds, such as 'p_haircut>0.001' or 'var_gap_99>1000000'\n"
    "  --accounts N     traders of the generated book (4 to 16000000)\n"
    "  --fund AMOUNT    so much is deposited in the shared part of the fund before, besides what the story deposits\n"
    "  --threads N      processes that play the paths (1); the result is the same for any number. So it is for any number of\n"
    "                   ranks: 'mpirun -n 16 breakwater stress STORY ...' splits the paths (docs/cluster.md)\n"
    "  --draw KIND      where prices come from: model (the story's; default), t-only (no jumps), and of a history: bootstrap,\n"
    "                   worst-days, replay (docs/stress.md)\n"
    "  --history FILE   prices as for 'breakwater calibrate'; --block TIME of a bootstrap (1d), --worst P% of days (1%) and\n"
    "                   --scale X of their moves (1.5)\n"
    "  --json FILE|-    the result as one JSON object (schema breakwater-stress/1)\n"
    "  --report FILE    the result as one HTML file with pictures and tables: besides what the paths came to, single shocks by\n"
    "                   the depth of the order book, who is liquidated next, and the worst paths, with commands to replay them\n"
    "  --for WHO        for whom its first page is written: engineer, risk or trader (risk)\n"
    "  --shard I/N      plays only part I of N of the paths and writes their outcomes to the file of --out, whole or not\n"
    "                   at all; 'breakwater merge' makes one result of the N files\n"
    "\n"
    "Every figure comes with its 95% interval; what too few paths cannot say is left out. docs/stress-estimates.md\n"
    "defines them. Ctrl-C ends after the paths that are under way and writes the result so far, marked as partial.\n"
    "\n"
    "exit codes: 0 done; 2 the command line is wrong; 3 an input is wrong; 4 --fail-if breached; 5 an output cannot be\n"
    "written; 130 interrupted\n";

typedef struct {
    app_paths paths;
    app_jobs jobs;
    bool screens;                  /* --screen */
    uint64_t control, runs;        /* runs: at most so many of the paths that pass; 0: all */
    app_screen bounds;
    bw_stress_screened screened;
    app_output screen, json, report, shard;
    bool want_json, want_report;
    app_stress_report told;        /* for the report */
    const char *until, *fail_if, *part, *out, *reader;
    int64_t until_part;            /* half-width of the interval over the value at which to stop, in 1e-9; 0: never */
    bw_condition condition;
    int64_t begin_ns;
} job;

static void drop_all(job *work)
{
    app_output_drop(&work->screen);
    app_output_drop(&work->json);
    app_output_drop(&work->report);
    app_output_drop(&work->shard);
}

/* ---- playing ---- */

/* Paths that the jobs done so far decide: of a screened run all before the next one of its list. */
static uint64_t decided(const job *work)
{
    const app_jobs *jobs = &work->jobs;
    if (jobs->list == NULL)
        return jobs->done;
    return jobs->done < jobs->count ? jobs->list[jobs->done] - work->paths.first : work->bounds.count;
}

static bool enough(const app_jobs *jobs)
{
    const job *work = jobs->context;
    uint64_t hits = 0;
    for (uint64_t j = 0; j < jobs->done; j++)
        hits += bw_stress_charged(&jobs->outcomes[j]);
    return bw_until_reached(hits, decided(work), work->until_part);
}

/* The bounds of all paths first: then only those that need it are played. */
static bw_story_result bound_paths(job *work, bw_story *story)
{
    app_screen *bounds = &work->bounds;
    *bounds = (app_screen){.first = work->paths.first, .count = work->jobs.count};
    bw_story_result result = app_screen_make(&work->paths, story, bounds);
    if (result == BW_STORY_DONE)
        result = app_screen_run(&work->paths, story, bounds);
    if (result == BW_STORY_DONE && !app_screen_choose(bounds, work->control, work->runs, work->paths.seed))
        result = bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the paths");
    work->jobs.list = bounds->list;
    work->jobs.count = bounds->listed;
    work->screened = (bw_stress_screened){bounds->control, bounds->passed, bounds->paid, bounds->list,
                                          bounds->plan.count > 0 ? &bounds->plan : NULL, bounds->strata};
    return result;
}

static bw_story_result play_paths(job *work, bw_story *story)
{
    char message[APP_RUN_TEXT];
    if (!app_jobs_make(&work->jobs))
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the paths");
    bw_story_result result = app_paths_play(&work->paths, story, &work->jobs);
    if (result == BW_STORY_DONE && work->screens && !app_screen_holds(&work->bounds, &work->jobs, message, sizeof message))
        return bw_story_fail(story, BW_STORY_FAILED, message);
    return result;
}

static app_stress_played played_of(const job *work)
{
    app_stress_played played = {work->jobs.outcomes, work->jobs.done, decided(work), work->screens ? &work->screened : NULL};
    if (work->screened.plan != NULL && work->jobs.done < work->jobs.count) {      /* strata half played weigh nothing */
        played.count = played.count < work->bounds.control ? played.count : work->bounds.control;
        played.paths = played.count;
        played.screened = NULL;
    }
    return played;
}

static bw_story_result between(app_run *run, bw_story *story)
{
    job *work = (void *)run;
    work->jobs = (app_jobs){.count = work->paths.end - work->paths.first, .first = work->paths.first, .what = "",
                            .enough = work->until_part > 0 ? enough : NULL, .context = work};
    bw_story_result result = app_paths_stand(&work->paths, story);
    if (result == BW_STORY_DONE && work->screens)
        result = bound_paths(work, story);
    if (result == BW_STORY_DONE)
        result = play_paths(work, story);
    const app_stress_played played = played_of(work);
    if (result == BW_STORY_DONE && work->want_report)
        result = app_stress_report_collect(&work->told, &work->paths, story, &played);
    app_paths_leave(&work->paths, story, result);
    return result;
}

/* ---- the result ---- */

/* The outcomes of a shard, for `merge`. */
static app_exit write_shard(job *work, const bw_stress_facts *facts, app_exit end)
{
    const app_paths *paths = &work->paths;
    const app_jobs *jobs = &work->jobs;
    if (end != APP_DONE || jobs->done < jobs->count) {
        drop_all(work);
        return end == APP_DONE ? APP_SYSTEM : end;
    }
    if (!app_shard_write(work->shard.stream, facts, paths->first, paths->count, jobs->outcomes, jobs->done) &&
        work->shard.error == 0)
        work->shard.error = errno != 0 ? errno : EIO;
    if (!app_outputs_ready((app_output *const[]){&work->shard}, 1))
        return APP_SYSTEM;
    fprintf(work->screen.stream, "paths %llu to %llu of %llu written to %s\n", (unsigned long long)paths->first,
            (unsigned long long)paths->end - 1, (unsigned long long)paths->count, work->out);
    return app_outputs_keep((app_output *const[]){&work->screen, &work->shard}, 2) ? APP_DONE : APP_SYSTEM;
}

static app_exit write_results(job *work, app_exit end)
{
    char reproduce[2 * BW_STORY_PATH];
    bw_stress_facts facts;
    if (work->out == NULL)
        work->paths.count = decided(work);     /* what was stopped is what a run of so many paths gives */
    app_paths_describe(&work->paths, &facts, reproduce, sizeof reproduce);
    size_t length = strlen(reproduce);
    if (work->screens)
        snprintf(reproduce + length, sizeof reproduce - length, " --screen --control %llu", (unsigned long long)work->control);
    length = strlen(reproduce);
    if (work->runs > 0)
        snprintf(reproduce + length, sizeof reproduce - length, " --runs %llu", (unsigned long long)work->runs);
    if (work->out != NULL)
        return write_shard(work, &facts, end);
    const app_stress_outputs outputs = {.screen = &work->screen, .json = work->want_json ? &work->json : NULL,
                                        .report = work->want_report ? &work->report : NULL, .told = &work->told,
                                        .fail_if = work->fail_if, .condition = &work->condition, .begin_ns = work->begin_ns};
    const app_stress_played played = played_of(work);
    return app_stress_tell(&outputs, &facts, &played, end);
}

static app_exit run_story(job *work)
{
    app_exit end = app_run_story(&work->paths.run, work->paths.file, NULL);
    if (!app_paths_finish(&work->paths, &end, work->jobs.done)) {
        drop_all(work);
        return end;
    }
    app_exit written = write_results(work, end);
    if (written == APP_SYSTEM)
        drop_all(work);
    return written;
}

/* ---- the command line ---- */

static bool screen_valid(job *work)
{
    if (!work->screens && (work->control != APP_RUN_GIVEN || work->runs != APP_RUN_GIVEN))
        app_say(APP_USAGE, "stress: found --%s without --screen, expected both", work->control != APP_RUN_GIVEN ? "control" : "runs");
    else if (work->runs != APP_RUN_GIVEN && work->runs < RUNS_LEAST)
        app_say(APP_USAGE, "stress: found --runs %llu, expected at least %d", (unsigned long long)work->runs, RUNS_LEAST);
    else if (work->runs != APP_RUN_GIVEN && work->until != NULL)
        app_say(APP_USAGE, "stress: found --until with --runs, expected one of them");
    else if (work->screens && work->part != NULL)
        app_say(APP_USAGE, "stress: found --screen with --shard, expected one of them");
    else if (work->screens && work->control == 0)
        app_say(APP_USAGE, "stress: found --control 0, expected at least 1 path");
    else {
        work->control = work->control == APP_RUN_GIVEN ? CONTROL : work->control;
        work->runs = work->runs == APP_RUN_GIVEN ? 0 : work->runs;
        return true;
    }
    return false;
}

static bool until_valid(job *work)
{
    char message[256];
    if (work->until == NULL || bw_until_parse(work->until, &work->until_part, message, sizeof message))
        return true;
    app_say(APP_USAGE, "stress: %s", message);
    return false;
}

/* --for is of a report. */
static bool reader_valid(job *work, const char *report)
{
    if (report != NULL && !app_stress_report_possible("stress", work->paths.shock.asked, work->runs > 0))
        return false;
    if (work->reader == NULL)
        return true;
    if (report == NULL)
        app_say(APP_USAGE, "stress: found --for without --report, expected both");
    return report != NULL && app_stress_report_reader("stress", work->reader, &work->told.data.reader);
}

static bool open_outputs(job *work, const char *json, const char *report)
{
    bool piped = (json != NULL && strcmp(json, "-") == 0) || (report != NULL && strcmp(report, "-") == 0);
    app_output_standard(&work->screen, piped ? stderr : stdout);
    work->want_json = json != NULL;
    work->want_report = report != NULL;
    if ((json == NULL || app_output_open(&work->json, json)) &&
        (report == NULL || app_output_open(&work->report, report)) && (work->out == NULL || app_output_open(&work->shard, work->out)))
        return true;
    drop_all(work);
    return false;
}

static app_exit stress(int argc, char **argv)
{
    const char *json = NULL, *report = NULL;
    job *work = calloc(1, sizeof *work);
    if (work == NULL)
        return app_say(APP_SYSTEM, "no memory for a run");
    app_paths *paths = &work->paths;
    work->begin_ns = app_run_clock_ns();
    paths->run.between = between;
    work->control = work->runs = APP_RUN_GIVEN;
    const app_option own[] = {
        {"--one-shock", APP_OPTION_FLAG, &paths->shock.asked}, {"--screen", APP_OPTION_FLAG, &work->screens}, {"--control", APP_OPTION_NUMBER, &work->control},
        {"--runs", APP_OPTION_NUMBER, &work->runs},
        {"--until", APP_OPTION_TEXT, &work->until}, {"--fail-if", APP_OPTION_TEXT, &work->fail_if},
        {"--json", APP_OPTION_TEXT, &json}, {"--report", APP_OPTION_TEXT, &report}, {"--for", APP_OPTION_TEXT, &work->reader},
        {"--shard", APP_OPTION_TEXT, &work->part},
        {"--out", APP_OPTION_TEXT, &work->out}, {NULL, APP_OPTION_FLAG, NULL},
    };
    app_option options[APP_PATHS_OPTIONS + sizeof own / sizeof *own];
    memcpy(options + app_paths_options(paths, "stress", options), own, sizeof own);
    app_exit end = APP_USAGE;
    if (app_options_read("stress", argc, argv, options, "STORY or -", &paths->file, 1) && app_paths_valid(paths) &&
        screen_valid(work) && until_valid(work) && app_condition_valid("stress", work->fail_if, false, &work->condition) &&
        app_paths_shard_valid(paths, work->part, work->out, json != NULL || report != NULL || work->until != NULL ||
                              work->fail_if != NULL) && reader_valid(work, report) &&
        app_outputs_apart("stress", (const app_output_name[]){{"--json", json}, {"--report", report}, {"--out", work->out}}, 3,
                          &paths->file, 1))
        end = open_outputs(work, json, report) ? run_story(work) : APP_SYSTEM;
    app_jobs_free(&work->jobs);
    app_screen_free(&work->bounds);
    app_stress_report_free(&work->told);
    app_paths_free(paths);
    free(work);
    return end;
}

const app_command APP_STRESS = {"stress", "plays many simulated paths: how likely are socialized losses, how large", HELP, stress};
