/* merge.c - `breakwater merge`: one result of the shards of a stress run. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "app/options.h"
#include "app/run.h"
#include "app/stress_result.h"

enum { PARTS_MAX = 4096 };

static const char HELP[] =
    "usage: breakwater merge SHARD... [--json FILE|-] [--fail-if EXPR]\n"
    "\n"
    "Makes one result of the files that 'breakwater stress --shard I/N --out FILE' wrote, in whatever order they are named:\n"
    "the same bytes as if one run had played all paths. Every path must be in exactly one of them.\n"
    "\n"
    "  --json FILE|-    the result as one JSON object (schema breakwater-stress/1)\n"
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

static char *read_whole(const char *path, size_t *size)
{
    FILE *stream = fopen(path, "rb");
    char *bytes = NULL;
    *size = 0;
    for (size_t room = 1u << 16; stream != NULL; room *= 2) {
        char *grown = realloc(bytes, room);
        if (grown == NULL)
            break;
        bytes = grown;
        *size += fread(bytes + *size, 1, room - *size, stream);
        if (*size < room)
            break;
    }
    if (stream != NULL)
        fclose(stream);
    return bytes;
}

/* Head, as many outcomes as it says, and the facts behind them. */
static app_exit read_part(job *work, const char *path)
{
    size_t size;
    char *bytes = read_whole(path, &size);
    const bw_stress_shard *head = (const void *)bytes;
    work->bytes[work->count] = bytes;
    if (bytes == NULL)
        return app_say(APP_INPUT, "%s: found no file that can be read, expected a shard of 'breakwater stress'", path);
    if (size < sizeof *head || memcmp(head->magic, BW_STRESS_MAGIC, sizeof head->magic) != 0)
        return app_say(APP_INPUT, "%s: found another file, expected a shard of 'breakwater stress'", path);
    size_t outcomes = (size - sizeof *head) / sizeof(bw_stress_outcome);
    if (head->count > outcomes)
        return app_say(APP_INPUT, "%s: found %zu outcomes, expected %llu: the file is not whole", path, outcomes,
                       (unsigned long long)head->count);
    const char *text = bytes + sizeof *head + head->count * sizeof(bw_stress_outcome);
    work->facts[work->count] = json_loadb(text, size - (size_t)(text - bytes), 0, NULL);
    if (work->facts[work->count] == NULL)
        return app_say(APP_INPUT, "%s: found no facts behind the outcomes, expected a JSON object: the file is not whole", path);
    if (work->count > 0 && !json_equal(work->facts[0], work->facts[work->count]))
        return app_say(APP_INPUT, "%s: found a shard of another run, expected one of that of %s", path, work->parts[0].name);
    work->parts[work->count++] = (bw_stress_part){head, (const void *)(bytes + sizeof *head), path};
    return APP_DONE;
}

/* The first part's facts; false: they are not what `stress` writes. */
static bool facts_of(const job *work, bw_stress_facts *facts, const char **markets)
{
    const char *title, *reproduce, *asset;
    json_int_t decimals;
    json_t *names;
    const bw_stress_shard *head = work->parts[0].shard;
    if (json_unpack(work->facts[0], "{s:s, s:s, s:s, s:I, s:o}", "title", &title, "reproduce", &reproduce, "asset", &asset,
                    "decimals", &decimals, "markets", &names) != 0 ||
        decimals < 0 || decimals > 9 || !json_is_array(names) || json_array_size(names) > BW_MARKETS_MAX)
        return false;
    for (size_t m = 0; m < json_array_size(names); m++)
        if ((markets[m] = json_string_value(json_array_get(names, m))) == NULL)
            return false;
    *facts = (bw_stress_facts){.title = title, .reproduce = reproduce, .asset = asset, .decimals = (uint32_t)decimals,
                               .seed = head->seed, .settings_hash = head->settings_hash, .horizon_ns = head->horizon_ns,
                               .markets = markets, .market_count = (uint32_t)json_array_size(names)};
    return true;
}

static app_exit tell(job *work, const app_stress_outputs *outputs)
{
    static const char *markets[BW_MARKETS_MAX];
    bw_stress_facts facts;
    char message[512];
    uint64_t total = work->parts[0].shard->total;
    if (total == 0 || total > SIZE_MAX / sizeof(bw_stress_outcome))
        return app_say(APP_INPUT, "%s: found %llu paths, expected some", work->parts[0].name, (unsigned long long)total);
    if (!facts_of(work, &facts, markets))
        return app_say(APP_INPUT, "%s: found other facts, expected those that 'breakwater stress' writes", work->parts[0].name);
    bw_stress_outcome *outcomes = malloc(total * sizeof *outcomes);
    if (outcomes == NULL)
        return app_say(APP_SYSTEM, "no memory for %llu paths", (unsigned long long)total);
    app_exit end = APP_INPUT;
    if (bw_stress_merge(work->parts, work->count, outcomes, message, sizeof message))
        end = app_stress_tell(outputs, &facts, &(app_stress_played){outcomes, total, total, NULL}, APP_DONE);
    else
        app_say_at(end, message);
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
    else if (fail_if != NULL && !bw_condition_parse(fail_if, &condition, message, sizeof message))
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
