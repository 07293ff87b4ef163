/* merge.c - `breakwater merge`: one result of the shards of a stress run. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "app/exposure_shard.h"
#include "app/options.h"
#include "app/paths.h"
#include "app/stress_result.h"

enum { PARTS_MAX = 4096 };

static const char HELP[] =
    "usage: breakwater merge SHARD... [--json FILE|-] [--fail-if EXPR]\n"
    "\n"
    "Makes one result of the files that 'breakwater stress --shard I/N --out FILE' wrote, or of those that 'breakwater exposure\n"
    "--all --shard' wrote, in whatever order they are named: the same bytes as if one run had played all paths. Every path\n"
    "must be in exactly one of them.\n"
    "\n"
    "  --json FILE|-    the result as one JSON object (schema breakwater-stress/1 or -exposure/1)\n"
    "  --fail-if EXPR   exit code 4 if it holds, such as 'p_haircut>0.001'\n"
    "\n"
    "exit codes: 0 done; 2 the command line is wrong; 3 a file is no shard, damaged, of another run, missing or there twice;\n"
    "4 --fail-if breached; 5 an output cannot be written; 130 interrupted, and nothing is written\n";

typedef struct {
    bw_stress_part *parts;
    char **bytes;                   /* of the files */
    json_t **facts;
    uint32_t count;
    app_output screen, json;
} job;

static app_exit not_whole(const char *path, const char *what)
{
    return app_say(APP_INPUT, "%s: found %s, expected a whole shard: it is damaged or cut, and can be made again alone", path, what);
}

/* Head, as many outcomes as it says, the facts behind them, and the sum of all. */
static app_exit read_part(job *work, const char *path)
{
    size_t size;
    uint64_t sum;
    char *bytes = app_file_read(path, &size);
    const bw_stress_shard *head = (const void *)bytes;
    work->bytes[work->count] = bytes;
    if (bytes == NULL)
        return app_say(APP_INPUT, "%s: found no file that can be read, expected a shard of 'breakwater stress'", path);
    if (size < sizeof head->magic || memcmp(head->magic, BW_STRESS_MAGIC, sizeof head->magic) != 0)
        return app_say(APP_INPUT, "%s: found another file, expected a shard of 'breakwater stress'", path);
    if (size < sizeof *head + sizeof sum || head->count > (size - sizeof *head - sizeof sum) / sizeof(bw_stress_outcome))
        return not_whole(path, "fewer outcomes than it has paths");
    const bw_stress_outcome *outcomes = (const void *)(bytes + sizeof *head);
    const char *text = (const char *)(outcomes + head->count);
    size_t length = size - sizeof sum - (size_t)(text - bytes);
    memcpy(&sum, text + length, sizeof sum);
    if (sum != app_shard_sum(head, outcomes, text, length))
        return not_whole(path, "bytes that do not have the sum at its end");
    work->facts[work->count] = json_loadb(text, length, 0, NULL);
    if (work->facts[work->count] == NULL)
        return not_whole(path, "no facts behind the outcomes");
    work->parts[work->count++] = (bw_stress_part){head, outcomes, path};
    return APP_DONE;
}

/* Seed, settings, horizon and paths agree; here is what is left: how the run is called and made again. */
static bool facts_agree(const job *work)
{
    for (uint32_t i = 1; i < work->count; i++)
        if (!json_equal(work->facts[0], work->facts[i])) {
            app_say(APP_INPUT, "%s: found a shard of '%s', expected one of '%s' as in %s", work->parts[i].name,
                    json_string_value(json_object_get(work->facts[i], "reproduce")),
                    json_string_value(json_object_get(work->facts[0], "reproduce")), work->parts[0].name);
            return false;
        }
    return true;
}

static app_exit tell(job *work, const app_stress_outputs *outputs)
{
    static const char *markets[BW_MARKETS_MAX];
    bw_stress_facts facts;
    char message[512];
    uint64_t total = work->parts[0].shard->total;
    if (total == 0 || total > APP_PATHS_MAX)
        return app_say(APP_INPUT, "%s: found %llu paths, expected 1 to %llu", work->parts[0].name, (unsigned long long)total,
                       (unsigned long long)APP_PATHS_MAX);
    if (!app_shard_facts_read(work->facts[0], work->parts[0].shard, &facts, markets))
        return app_say(APP_INPUT, "%s: found other facts, expected those that 'breakwater stress' writes", work->parts[0].name);
    bw_stress_outcome *outcomes = malloc(total * sizeof *outcomes);
    if (outcomes == NULL)
        return app_say(APP_SYSTEM, "no memory for %llu paths", (unsigned long long)total);
    app_exit end = APP_INPUT;
    if (!bw_stress_merge(work->parts, work->count, outcomes, message, sizeof message))
        app_say_at(end, message);
    else if (facts_agree(work))
        end = app_stress_tell(outputs, &facts, &(app_stress_played){outcomes, total, total, NULL}, APP_DONE);
    free(outcomes);
    return end;
}

static app_exit read_all(job *work, const char *const *paths)
{
    app_exit end = APP_DONE;
    for (uint32_t i = 0; end == APP_DONE && paths[i] != NULL; i++)
        end = app_interrupted ? APP_INTERRUPTED : read_part(work, paths[i]);
    return end;
}

static bool apart(const char *json, const char *const *paths)
{
    int count = 0;
    while (paths[count] != NULL)
        count++;
    app_signals_catch();
    return app_outputs_apart("merge", (const app_output_name[]){{"--json", json}}, 1, paths, count);
}

static app_exit merge(int argc, char **argv)
{
    const char *json = NULL, *fail_if = NULL, *paths[PARTS_MAX + 1] = {NULL};
    char message[256];
    bw_condition condition;
    job work = {.parts = calloc(PARTS_MAX, sizeof *work.parts), .bytes = calloc(PARTS_MAX, sizeof *work.bytes),
                .facts = calloc(PARTS_MAX, sizeof *work.facts)};
    const app_option options[] = {{"--json", APP_OPTION_TEXT, &json}, {"--fail-if", APP_OPTION_TEXT, &fail_if},
                                  {NULL, APP_OPTION_FLAG, NULL}};
    int64_t begin_ns = app_run_clock_ns();
    app_exit end = APP_USAGE;
    if (!app_options_read_some("merge", argc, argv, options, "SHARD", paths, PARTS_MAX))
        ;
    else if (app_exposure_shard_is(paths[0]))
        end = apart(json, paths) ? app_exposure_shards_merge(paths, json, fail_if, begin_ns) : APP_USAGE;
    else if (!app_condition_valid("merge", fail_if, false, &condition))
        app_say(APP_USAGE, "merge: %s", message);
    else if (apart(json, paths) && (end = read_all(&work, paths)) == APP_DONE) {
        const app_stress_outputs outputs = {.screen = &work.screen, .json = json != NULL ? &work.json : NULL, .fail_if = fail_if,
                                            .condition = &condition, .begin_ns = begin_ns};
        app_output_standard(&work.screen, json != NULL && strcmp(json, "-") == 0 ? stderr : stdout);
        end = json == NULL || app_output_open(&work.json, json) ? tell(&work, &outputs) : APP_SYSTEM;
        if (end != APP_DONE && end != APP_BREACHED)
            app_output_drop(&work.json);
    }
    for (uint32_t i = 0; i < PARTS_MAX; i++) {
        free(work.bytes[i]);
        json_decref(work.facts[i]);
    }
    free(work.parts);
    free(work.bytes);
    free(work.facts);
    return end;
}

const app_command APP_MERGE = {"merge", "makes one result of the shards of a stress run", HELP, merge};
