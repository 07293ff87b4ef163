/* run_host.c - the host of a story that is run: memory and files from app_sources, every event into play and metrics. */
#include "app/run.h"

#include <string.h>

#include "story/session.h"

/* ---- the story's host ---- */

static void *host_memory(void *context, size_t bytes)
{
    return app_sources_memory(&((app_run *)context)->sources, bytes);
}

static bool host_open(void *context, uint32_t depth, const char *path, const char *from, bw_story_file *file)
{
    return app_sources_open(&((app_run *)context)->sources, depth, path, from, file);
}

/* After Ctrl-C the story just ends. */
static int64_t host_read(void *context, uint32_t depth, void *bytes, size_t size)
{
    return app_interrupted ? 0 : app_sources_read(&((app_run *)context)->sources, depth, bytes, size);
}

static void host_close(void *context, uint32_t depth)
{
    app_sources_close(&((app_run *)context)->sources, depth);
}

bw_metrics *app_run_metrics(app_run *run)
{
    const bw_limits *limits = bw_story_limits(run->story);
    bw_metrics_limits size = {.accounts = limits->accounts, .markets = limits->markets, .pools = limits->pools,
                              .desks = limits->desks, .batches = 4096, .closes = 4 * limits->accounts + 1024,
                              .owners = run->columns ? limits->accounts : 0};
    if (run->metrics == NULL) {
        void *memory = app_sources_memory(&run->sources, bw_metrics_footprint(&size));
        run->metrics = memory != NULL ? bw_metrics_new(memory, &size) : NULL;
    }
    return run->metrics;
}

/* Made with the first event, so that it knows the desks; NULL: no memory, which app_stress_between finds. */
static bw_stress_watch *watch_of(app_run *run)
{
    const bw_limits *limits = bw_story_limits(run->story);
    bw_stress_watch_limits size = {.accounts = limits->accounts, .markets = limits->markets, .desks = limits->desks};
    if (run->watch == NULL) {
        void *memory = app_sources_memory(&run->sources, bw_stress_watch_footprint(&size));
        run->watch = memory != NULL ? bw_stress_watch_new(memory, &size) : NULL;
    }
    return run->watch;
}

void app_run_begin(app_run *run, int64_t time_ns)
{
    run->metrics_begun = true;
    if (app_run_metrics(run) != NULL)
        bw_metrics_begin(run->metrics, bw_story_venue(run->story), time_ns);
}

/* A plain story's event begins with its first trade; a world's when its book stands. */
static void host_observe(void *context, const bw_story_observation *seen)
{
    app_run *run = context;
    if (run->world.play != NULL)
        bw_play_see(run->world.play, seen->events, seen->event_count);
    if (run->stresses) {
        if (watch_of(run) != NULL)
            bw_stress_watch_see(run->watch, seen->command->time_ns, seen->events, seen->event_count);
        if (run->seen != NULL)
            run->seen(run, seen);
        return;
    }
    if (app_run_metrics(run) == NULL)
        return;
    bw_metrics_add(run->metrics, bw_story_venue(run->story), seen->command, seen->events, seen->event_count);
    bool trades = seen->command->type == BW_COMMAND_TRADE || seen->command->type == BW_COMMAND_TRADES;
    if (!run->metrics_begun && !run->world.generated && trades && seen->status == BW_OK)
        app_run_begin(run, seen->command->time_ns);
}

/* ---- what the commands that run a story share ---- */

app_exit app_run_exit(bw_story_result result)
{
    static const app_exit ENDS[] = {[BW_STORY_DONE] = APP_DONE, [BW_STORY_FAILED] = APP_CHECK_FAILED,
                                    [BW_STORY_WRONG] = APP_INPUT, [BW_STORY_SYSTEM] = APP_SYSTEM};
    return app_interrupted ? APP_INTERRUPTED : ENDS[result];
}

app_exit app_run_story(app_run *run, const char *file, bool (*trace)(void *context, const char *line, size_t length))
{
    const bw_story_host host = {.context = run, .memory = host_memory, .open = host_open, .read = host_read,
                                .close = host_close, .trace = trace, .observe = host_observe,
                                .directives = APP_RUN_DIRECTIVES};
    const bw_story_options options = {.check = run->check};
    void *memory = app_sources_memory(&run->sources, bw_story_footprint());
    if (memory == NULL) {
        snprintf(run->message, sizeof run->message, "breakwater: no memory for a story");
        return APP_SYSTEM;
    }
    run->story = bw_story_new(memory, &host, &options);
    app_signals_catch();
    return app_run_exit(bw_story_run(run->story, file));
}

#define FUND_MAX INT64_C(500000000000000000)

/* An amount of the first pool's asset: 6 decimals, as every story with 'generate' has. */
static bool fund_valid(const char *command, app_run *run)
{
    bw_story_decimal decimal;
    const char *text = run->fund_text;
    if (text == NULL)
        return true;
    if (text[0] >= '0' && text[0] <= '9' &&
        bw_story_decimal_parse(text, strlen(text), &decimal) == BW_STORY_NUMBER_OK &&
        bw_story_decimal_count(decimal, bw_story_unit_of_asset(6), &run->fund) == BW_STORY_NUMBER_OK && run->fund > 0 &&
        run->fund <= FUND_MAX)
        return true;
    app_say(APP_USAGE, "%s: found --fund %s, expected an amount above 0 and up to 500000000000, with at most 6 decimals",
            command, text);
    return false;
}

bool app_run_numbers_valid(const char *command, app_run *run)
{
    if (run->accounts != APP_RUN_GIVEN && (run->accounts < 4 || run->accounts > BW_BOOK_ACCOUNTS_MAX))
        app_say(APP_USAGE, "%s: found --accounts %llu, expected 4 to %u", command, (unsigned long long)run->accounts,
                BW_BOOK_ACCOUNTS_MAX);
    else if (run->seed != APP_RUN_GIVEN && run->seed > INT64_MAX)
        app_say(APP_USAGE, "%s: found --seed %llu, expected at most 2^63 - 1", command, (unsigned long long)run->seed);
    else if (run->threads < 1 || run->threads > 1024)
        app_say(APP_USAGE, "%s: found --threads %llu, expected 1 to 1024", command, (unsigned long long)run->threads);
    else
        return fund_valid(command, run);
    return false;
}
