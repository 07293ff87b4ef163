/* stress_report.c - what goes into the report: collected, and made ready when the result is there. */
#include "app/stress_report.h"

#include <stdlib.h>
#include <string.h>

#include "app/ranks.h"
#include "story/session.h"

bool app_stress_report_reader(const char *command, const char *word, bw_report_reader *reader)
{
    bw_story_nearest nearest;
    bw_story_nearest_new(&nearest, word);
    for (uint32_t i = 0; i < BW_REPORT_READERS; i++) {
        *reader = (bw_report_reader)i;
        if (strcmp(word, bw_report_readers[i]) == 0)
            return true;
        bw_story_nearest_offer(&nearest, bw_report_readers[i]);
    }
    if (nearest.best != NULL)
        app_say(APP_USAGE, "%s: found --for %s, expected engineer, risk or trader; did you mean '%s'?", command, word, nearest.best);
    else
        app_say(APP_USAGE, "%s: found --for %s, expected engineer, risk or trader", command, word);
    return false;
}

/* ---- inputs ---- */

static char *add_input(app_stress_report *report, const char *name, const char *tag, const char *meaning)
{
    uint32_t i = report->data.input_count++;
    report->inputs[i] = (bw_report_input){name, report->values[i], tag, meaning};
    return report->values[i];
}

static void add_whole(app_stress_report *report, const char *name, const char *meaning, uint64_t value)
{
    snprintf(add_input(report, name, "", meaning), APP_REPORT_VALUE, "%llu", (unsigned long long)value);
}

/* Least and greatest over the markets; the tag of the defaults, or "story" where one is not the default. */
static void add_setting(app_stress_report *report, const bw_model_setting *setting, const bw_model_params *params,
                        const bw_model_params *usual)
{
    uint32_t items = params->market_count + params->collateral;
    double low = bw_model_setting_get(params, setting, 0), high = low;
    bool story = false;
    for (uint32_t i = 0; i < items; i++) {
        double value = bw_model_setting_get(params, setting, i), other = bw_model_setting_get(usual, setting, i);
        low = value < low ? value : low;
        high = value > high ? value : high;
        story |= value < other || value > other;
    }
    char *text = add_input(report, setting->word, story ? "story" : setting->tag, setting->meaning);
    if (low < high)
        snprintf(text, APP_REPORT_VALUE, "%.6g to %.6g", low, high);
    else
        snprintf(text, APP_REPORT_VALUE, "%.6g", low);
}

static void add_inputs(app_stress_report *report, const app_paths *paths)
{
    const app_world *world = &paths->run.world;
    add_whole(report, "--paths", "simulated paths asked for", paths->count);
    snprintf(add_input(report, "--horizon", "", "simulated time of a path"), APP_REPORT_VALUE, "%s", paths->horizon);
    add_whole(report, "--steps", "steps of prices in it", paths->step_count);
    add_whole(report, "--seed", "of the paths", paths->seed);
    add_whole(report, "--accounts", "traders of the generated book", world->book_params.account_count);
    add_whole(report, "seed", "of the book", world->book_params.seed);
    if (paths->run.fund_text != NULL)
        snprintf(add_input(report, "--fund", "", "deposited in the shared fund before"), APP_REPORT_VALUE, "%s", paths->run.fund_text);
    add_whole(report, "positions", "of the book that stands", report->book.positions);
    add_whole(report, "owners", "of its accounts", report->book.owners);
    snprintf(add_input(report, "open interest", "", "of one side, at the opening"), APP_REPORT_VALUE, "%lld",
             (long long)(report->book.open_interest / 1000000));
    snprintf(add_input(report, "equity", "", "of all traders, at the opening"), APP_REPORT_VALUE, "%lld",
             (long long)(report->book.equity / 1000000));
    bw_model_params usual = bw_model_params_default(world->markets, world->model_params.market_count, world->model_params.collateral);
    for (uint32_t i = 0; i < BW_MODEL_SETTINGS; i++)
        add_setting(report, &bw_model_settings[i], &world->model_params, &usual);
    report->data.inputs = report->inputs;
}

/* ---- all of it ---- */

bw_story_result app_stress_report_collect(app_stress_report *report, app_paths *paths, bw_story *story,
                                          const app_stress_played *played)
{
    if (played->count == 0)
        return BW_STORY_DONE;
    if (!app_stress_report_book(report, paths, story))
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the report");
    add_inputs(report, paths);
    app_run_rules(&story->book.pools[0].command, report->rules, sizeof report->rules);
    report->data.rules = report->rules;
    report->data.step_count = paths->step_count;
    report->data.ladder = &report->ladder;
    report->data.book = &report->book;
    bw_story_result result = app_interrupted ? BW_STORY_DONE : app_stress_report_shocks(report, paths, story);
    if (result == BW_STORY_DONE && !app_interrupted)
        result = app_stress_report_worst(report, paths, story, played);
    return result;
}

/* ---- when the result is there ---- */

typedef int64_t amount_of(const bw_stress_outcome *outcome);

static int64_t gap_of(const bw_stress_outcome *outcome)
{
    return outcome->gap;
}

static int64_t fund_use_of(const bw_stress_outcome *outcome)
{
    return outcome->fund_use;
}

static int64_t socialized_of(const bw_stress_outcome *outcome)
{
    return outcome->socialized;
}

/* Those above `above` of the first `count` outcomes, of `all` paths. */
static bw_stress_amounts sorted(int64_t *room, const bw_stress_outcome *outcomes, uint64_t count, uint64_t all, int64_t above,
                                amount_of *of)
{
    uint64_t kept = 0;
    for (uint64_t i = 0; i < count; i++)
        if (of(&outcomes[i]) > above)
            room[kept++] = of(&outcomes[i]);
    bw_stress_sort(room, kept);
    return (bw_stress_amounts){room, kept, all};
}

bool app_stress_report_finish(app_stress_report *report, const app_stress_played *played, const bw_stress_result *result)
{
    const bw_stress_screened *screened = played->screened;
    uint64_t count = played->count, paths = played->paths;
    uint64_t plain = screened != NULL && screened->control < count ? screened->control : count;
    bw_stress_report *data = &report->data;
    report->amounts = malloc((4 * count + 1) * sizeof *report->amounts);
    if (report->amounts == NULL)
        return false;
    const bw_stress_outcome *outcomes = played->outcomes;
    data->gap = sorted(report->amounts, outcomes, count, paths, screened != NULL ? screened->paid : 0, gap_of);
    data->fund_use = sorted(report->amounts + count, outcomes, plain, plain, 0, fund_use_of);
    data->socialized = sorted(report->amounts + 2 * count, outcomes, count, paths, 0, socialized_of);
    data->borne = sorted(report->amounts + 3 * count, outcomes, count, paths, 0, bw_fund_borne);
    data->result = result;
    data->outcomes = outcomes;
    data->outcome_count = count;
    return true;
}

size_t app_stress_report_text(const void *report, int64_t elapsed_ms, char *buffer, size_t size)
{
    (void)elapsed_ms;      /* equal runs, equal bytes */
    return bw_report_stress(&((const app_stress_report *)report)->data, buffer, size);
}

void app_stress_report_free(app_stress_report *report)
{
    app_jobs_free(&report->shock_jobs);
    free(report->traces);
    free(report->commands);
    free(report->amounts);
}

bool app_stress_report_possible(const char *command, bool one_shock, bool sampled)
{
    if (one_shock)
        app_say(APP_USAGE, "%s: found --report with --one-shock, expected one of them: a report shows how a path goes on", command);
    else if (sampled)
        app_say(APP_USAGE, "%s: found --report with --runs, expected one of them: a report shows every path that was played", command);
    else if (app_ranks_size() > 1)
        app_say(APP_USAGE, "%s: found --report under mpirun, expected it of a run by one program with --threads", command);
    else
        return true;
    return false;
}
