/* paths_options.c - what the commands that play paths have in common: options, names of results, ends. */
#include <stdlib.h>
#include <string.h>

#include "app/paths.h"
#include "story/decimal.h"
#include "story/session.h"

uint32_t app_paths_options(app_paths *paths, const char *command, app_option *options)
{
    app_run *run = &paths->run;
    paths->command = command;
    paths->count = 1000;
    paths->step_count = APP_RUN_GIVEN;
    paths->seed = 1;
    run->accounts = run->seed = APP_RUN_GIVEN;
    run->threads = 1;
    run->stresses = true;
    const app_option common[] = {
        {"--paths", APP_OPTION_NUMBER, &paths->count}, {"--horizon", APP_OPTION_TEXT, &paths->horizon},
        {"--steps", APP_OPTION_NUMBER, &paths->step_count}, {"--seed", APP_OPTION_NUMBER, &paths->seed},
        {"--accounts", APP_OPTION_NUMBER, &run->accounts}, {"--fund", APP_OPTION_TEXT, &run->fund_text},
        {"--threads", APP_OPTION_NUMBER, &run->threads},
    };
    memcpy(options, common, sizeof common);
    app_draws_options(&paths->draws, options + sizeof common / sizeof *common);
    return sizeof common / sizeof *common + APP_DRAWS_OPTIONS;
}

static bool number_in(const app_paths *paths, const char *name, uint64_t value, uint64_t low, uint64_t high)
{
    if (value >= low && value <= high)
        return true;
    app_say(APP_USAGE, "%s: found %s %llu, expected %llu to %llu", paths->command, name, (unsigned long long)value,
            (unsigned long long)low, (unsigned long long)high);
    return false;
}

static bool horizon_valid(app_paths *paths)
{
    const int64_t second = 1000000000, most = INT64_C(366) * 86400 * second;
    int64_t *horizon = &paths->horizon_ns;
    if (bw_story_duration_parse(paths->horizon, strlen(paths->horizon), horizon) == BW_STORY_NUMBER_OK && *horizon >= second &&
        *horizon <= most && *horizon / (int64_t)paths->step_count >= 1000000)
        return true;
    app_say(APP_USAGE, "%s: found --horizon %s, expected 1s to 366d, and at least 1ms a step", paths->command, paths->horizon);
    return false;
}

/* What was not given: a day in 240 steps, of one shock one step of an hour. */
static bool steps_valid(app_paths *paths)
{
    bool one = paths->shock.asked;
    if (one && paths->step_count != APP_RUN_GIVEN) {
        app_say(APP_USAGE, "%s: found --steps with --one-shock, expected one of them: a shock is one step", paths->command);
        return false;
    }
    if (paths->step_count == APP_RUN_GIVEN)
        paths->step_count = one ? 1 : 240;
    if (paths->horizon == NULL)
        paths->horizon = one ? "1h" : "1d";
    return true;
}

bool app_paths_valid(app_paths *paths)
{
    bool drawn = steps_valid(paths) && app_draws_valid(&paths->draws, paths->command);
    if (paths->draws.wish.kind == BW_DRAW_REPLAY)
        paths->count = 1;                  /* every path is the same */
    paths->end = paths->count;
    return drawn && number_in(paths, "--paths", paths->count, 1, APP_PATHS_MAX) &&
           number_in(paths, "--steps", paths->step_count, 1, BW_MODEL_STEPS_MAX) &&
           number_in(paths, "--seed", paths->seed, 0, INT64_MAX) && horizon_valid(paths) &&
           app_run_numbers_valid(paths->command, &paths->run);
}

bool app_paths_shard_valid(app_paths *paths, const char *part, const char *out, bool other)
{
    unsigned number, of;
    int length = 0;
    uint64_t count = paths->count;
    if (part == NULL && out == NULL)
        return true;
    if (part == NULL || out == NULL || strcmp(out, "-") == 0)
        app_say(APP_USAGE, "%s: found --%s without %s, expected both --shard I/N and --out FILE", paths->command,
                part != NULL ? "shard" : "out", part != NULL ? "a file of --out" : "--shard");
    else if (sscanf(part, "%9u/%9u%n", &number, &of, &length) != 2 || part[length] || number < 1 || number > of)
        app_say(APP_USAGE, "%s: found --shard %s, expected I/N with 1 <= I <= N, such as 2/8", paths->command, part);
    else if (of > paths->count)
        app_say(APP_USAGE, "%s: found %u shards, expected at most one for each of %llu paths", paths->command, of,
                (unsigned long long)paths->count);
    else if (paths->shock.asked)
        app_say(APP_USAGE, "%s: found --shard with --one-shock, expected one of them", paths->command);
    else if (other)
        app_say(APP_USAGE, "%s: found --json, --until or --fail-if with --shard, expected them of 'breakwater merge'", paths->command);
    else {
        bw_stress_shard_range(paths->count, number, of, &paths->first, &count);
        paths->end = paths->first + count;
        return true;
    }
    return false;
}

void app_paths_describe(const app_paths *paths, bw_stress_facts *facts, char *text, size_t size)
{
    static const char *markets[BW_MARKETS_MAX];
    const app_run *run = &paths->run;
    const bw_story_book *names = &run->story->book;
    const bw_story_asset *asset = &names->assets[names->pools[0].command.asset];
    char fund[96] = "", draws[BW_STORY_PATH], steps[48] = " --one-shock";
    if (!paths->shock.asked)
        snprintf(steps, sizeof steps, " --steps %llu", (unsigned long long)paths->step_count);
    if (run->fund_text != NULL)
        snprintf(fund, sizeof fund, " --fund %s", run->fund_text);
    app_draws_describe(&paths->draws, draws, sizeof draws);
    snprintf(text, size, "breakwater %s %s --paths %llu --horizon %s%s --seed %llu --accounts %u%s%s", paths->command,
             paths->file, (unsigned long long)paths->count, paths->horizon, steps,
             (unsigned long long)paths->seed, run->world.book_params.account_count, fund, draws);
    for (uint32_t m = 0; m < names->market_count; m++)
        markets[m] = names->markets[m].command.name;
    *facts = (bw_stress_facts){.title = run->title[0] ? run->title : paths->file, .reproduce = text, .asset = asset->name,
                               .decimals = asset->decimals, .seed = paths->seed, .settings_hash = paths->settings_hash,
                               .horizon_ns = paths->horizon_ns, .one_shock = paths->shock.asked, .partial = app_interrupted != 0, .markets = markets,
                               .market_count = names->market_count};
}

bool app_paths_finish(app_paths *paths, app_exit *end, uint64_t done)
{
    const app_run *run = &paths->run;
    if (!paths->stood && *end == APP_DONE)
        *end = app_say(APP_INPUT, "%s: found no 'path', expected a story that generates a book and opens markets", paths->file);
    else if (*end != APP_DONE && *end != APP_INTERRUPTED)
        app_say_at(*end, run->message[0] ? run->message : bw_story_message(run->story));
    if (*end == APP_INTERRUPTED && done == 0)
        app_say(APP_INTERRUPTED, "interrupted before there was a result: nothing is written");
    return *end == APP_DONE || (*end == APP_INTERRUPTED && done > 0);
}

void app_paths_free(app_paths *paths)
{
    app_draws_free(&paths->draws);
    app_one_shock_free(&paths->shock);
    free(paths->model);
    free(paths->path);
    free(paths->moves);
    free(paths->run.notes);
    app_sources_free(&paths->run.sources);
}
