/* story.c - `breakwater story`: runs a story and prints its trace. */
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "app/files.h"
#include "app/message.h"
#include "app/options.h"
#include "app/signals.h"
#include "app/story_totals.h"

static const char HELP[] =
    "usage: breakwater story FILE|- [--trace FILE|-] [--check] [--json FILE|-]\n"
    "\n"
    "Runs a story (docs/story.md): every line is a command, every event of the venue a line of the trace.\n"
    "\n"
    "  --trace FILE|-   the trace goes there instead of stdout\n"
    "  --check          after every command: conservation, all invariants, and that nobody unhealthy was missed\n"
    "  --json FILE|-    who paid, as one JSON object (schema breakwater-story/1)\n"
    "\n"
    "Ctrl-C ends the story after the command it is at; trace and JSON are kept, marked as partial. The trace is kept\n"
    "too when a line is wrong: it shows what came before.\n"
    "\n"
    "exit codes: 0 every expectation held; 1 one did not, or a command was refused unexpectedly, or --check failed;\n"
    "2 the command line is wrong; 3 the story is wrong; 5 an output cannot be written; 130 interrupted\n";

typedef struct {
    app_sources sources;
    app_output trace, json;
    app_story_totals totals;
    bool want_json;
} story_run;

static void *host_memory(void *context, size_t bytes)
{
    return app_sources_memory(&((story_run *)context)->sources, bytes);
}

static bool host_open(void *context, uint32_t depth, const char *path, const char *from, bw_story_file *file)
{
    return app_sources_open(&((story_run *)context)->sources, depth, path, from, file);
}

static int64_t host_read(void *context, uint32_t depth, void *bytes, size_t size)
{
    /* after Ctrl-C the story just ends */
    return app_interrupted ? 0 : app_sources_read(&((story_run *)context)->sources, depth, bytes, size);
}

static void host_close(void *context, uint32_t depth)
{
    app_sources_close(&((story_run *)context)->sources, depth);
}

static bool host_trace(void *context, const char *line, size_t length)
{
    return app_output_write(&((story_run *)context)->trace, line, length);
}

static void host_observe(void *context, const bw_story_observation *seen)
{
    story_run *run = context;
    for (uint32_t i = 0; i < seen->event_count; i++)
        app_story_totals_add(&run->totals, &seen->events[i]);
}

static app_exit exit_of(bw_story_result result)
{
    if (app_interrupted)
        return APP_INTERRUPTED;
    switch (result) {
    case BW_STORY_DONE: return APP_DONE;
    case BW_STORY_FAILED: return APP_CHECK_FAILED;
    case BW_STORY_WRONG: return APP_INPUT;
    case BW_STORY_SYSTEM: return APP_SYSTEM;
    }
    return APP_SYSTEM;
}

/* A story that ran to its end, to a failed check or to Ctrl-C has a trace and a result; one that is wrong has the trace of
   what came before. */
static app_exit finish(story_run *run, const bw_story *story, const char *file, app_exit end)
{
    bool told = end == APP_DONE || end == APP_CHECK_FAILED || end == APP_INTERRUPTED;
    bool traced = told || (end == APP_INPUT && bw_story_count(story)->commands > 0);
    if (end == APP_CHECK_FAILED || end == APP_INPUT || (end == APP_SYSTEM && !app_output_trouble(&run->trace)))
        app_say_at(end, bw_story_message(story));
    if (told && run->want_json)
        app_story_json(run->json.stream, &run->totals, story, file, end == APP_DONE, end == APP_INTERRUPTED);
    if (!traced && run->trace.path != NULL)
        app_output_drop(&run->trace);
    if (!told)
        app_output_drop(&run->json);
    bool kept = app_outputs_keep((app_output *const[]){&run->trace, &run->json}, 2);
    return kept || end == APP_SYSTEM ? end : APP_SYSTEM;
}

static app_exit run_story(story_run *run, const char *file, bool check)
{
    bw_story_host host = {.context = run, .memory = host_memory, .open = host_open, .read = host_read,
                          .close = host_close, .trace = host_trace, .observe = host_observe};
    bw_story_options options = {.check = check};
    void *memory = app_sources_memory(&run->sources, bw_story_footprint());
    if (memory == NULL)
        return app_say(APP_SYSTEM, "no memory for a story");
    bw_story *story = bw_story_new(memory, &host, &options);
    run->totals.names = bw_story_names(story);
    app_signals_catch();
    app_exit end = exit_of(bw_story_run(story, file));
    return finish(run, story, file, end);
}

/* The trace is the screen unless it was asked for: with --json - it gives way to stderr. */
static bool open_outputs(story_run *run, const char *trace, const char *json)
{
    bool json_on_stdout = json != NULL && strcmp(json, "-") == 0;
    run->want_json = json != NULL;
    if (trace == NULL)
        app_output_standard(&run->trace, json_on_stdout ? stderr : stdout);
    else if (!app_output_open(&run->trace, trace))
        return false;
    if (json == NULL || app_output_open(&run->json, json))
        return true;
    app_output_drop(&run->trace);
    return false;
}

static app_exit story(int argc, char **argv)
{
    const char *file = NULL, *trace = NULL, *json = NULL;
    bool check = false;
    const app_option options[] = {
        {"--trace", APP_OPTION_TEXT, &trace}, {"--json", APP_OPTION_TEXT, &json},
        {"--check", APP_OPTION_FLAG, &check}, {NULL, APP_OPTION_FLAG, NULL},
    };
    if (!app_options_read("story", argc, argv, options, "FILE or -", &file, 1) ||
        !app_outputs_apart("story", (const app_output_name[]){{"--trace", trace}, {"--json", json}}, 2, &file, 1))
        return APP_USAGE;
    story_run *run = calloc(1, sizeof *run);
    if (run == NULL)
        return app_say(APP_SYSTEM, "no memory for a story");
    app_exit end = open_outputs(run, trace, json) ? run_story(run, file, check) : APP_SYSTEM;
    app_story_totals_free(&run->totals);
    app_sources_free(&run->sources);
    free(run);
    return end;
}

const app_command APP_STORY = {"story", "runs a story and prints its trace", HELP, story};
