#include "app/stress_result.h"

#include <jansson.h>
#include <stdlib.h>

#include "app/run.h"
#include "app/stress_report.h"

static size_t write_screen(const void *result, int64_t elapsed_ms, char *buffer, size_t size)
{
    (void)elapsed_ms;
    return bw_stress_screen(result, buffer, size);
}

static size_t write_json(const void *result, int64_t elapsed_ms, char *buffer, size_t size)
{
    return bw_stress_json(result, elapsed_ms, buffer, size);
}

static bool write_report(app_output *to, app_stress_report *told, const app_stress_played *played, const bw_stress_result *result)
{
    return app_stress_report_finish(told, played, result) && app_output_write_text(to, app_stress_report_text, told, 0);
}

/* A figure that too few paths leave unknown passes no gate. */
static app_exit gate(const app_stress_outputs *outputs, const bw_stress_result *result)
{
    switch (bw_condition_holds(outputs->condition, result, NULL)) {
    case BW_CONDITION_FALSE:
        return APP_DONE;
    case BW_CONDITION_TRUE:
        return app_say(APP_BREACHED, "--fail-if %s holds", outputs->fail_if);
    default:
        return app_say(APP_BREACHED, "--fail-if %s: found too few paths to say so, expected more --paths", outputs->fail_if);
    }
}

static void result_of(bw_stress_result *result, const bw_stress_facts *facts, const app_stress_played *played, int64_t *scratch)
{
    if (played->screened != NULL)
        bw_stress_result_screened(result, facts, played->screened, played->outcomes, played->count, played->paths, scratch);
    else
        bw_stress_result_of(result, facts, played->outcomes, played->count, scratch);
}

app_exit app_stress_tell(const app_stress_outputs *outputs, const bw_stress_facts *facts, const app_stress_played *played,
                         app_exit end)
{
    bw_stress_result result;
    int64_t *scratch = malloc(played->count * sizeof *scratch);
    if (scratch == NULL)
        return app_say(APP_SYSTEM, "no memory for the result");
    result_of(&result, facts, played, scratch);
    free(scratch);
    int64_t elapsed_ms = (app_run_clock_ns() - outputs->begin_ns) / 1000000;
    app_output none = {.stream = NULL}, *json = outputs->json != NULL ? outputs->json : &none;
    app_output absent = {.stream = NULL}, *report = outputs->report != NULL ? outputs->report : &absent;
    bool good = (outputs->json == NULL || app_output_write_text(json, write_json, &result, elapsed_ms)) &&
                (outputs->report == NULL || write_report(report, outputs->told, played, &result));
    bool ready = good && app_outputs_ready((app_output *const[]){json, report}, 2);   /* the screen comes when nothing else can fail */
    good = good && (!ready || app_output_write_text(outputs->screen, write_screen, &result, elapsed_ms));
    if (!good && !app_output_trouble(json) && !app_output_trouble(report) && !app_output_trouble(outputs->screen))
        app_say(APP_SYSTEM, "no memory for the result");
    if (!good || !ready || !app_outputs_keep((app_output *const[]){outputs->screen, json, report}, 3))
        return APP_SYSTEM;
    return end == APP_DONE && outputs->fail_if != NULL ? gate(outputs, &result) : end;
}

/* ---- shards ---- */

static json_t *facts_json(const bw_stress_facts *facts)
{
    json_t *markets = json_array();
    for (uint32_t m = 0; m < facts->market_count; m++)
        json_array_append_new(markets, json_string(facts->markets[m]));
    return json_pack("{s:s, s:s, s:s, s:I, s:o}", "title", facts->title, "reproduce", facts->reproduce, "asset", facts->asset,
                     "decimals", (json_int_t)facts->decimals, "markets", markets);
}

bool app_shard_write(FILE *stream, const bw_stress_facts *facts, uint64_t first, uint64_t total,
                     const bw_stress_outcome *outcomes, uint64_t count)
{
    bw_stress_shard head = bw_stress_shard_of(facts, first, total, outcomes, count);
    json_t *json = facts_json(facts);
    bool good = json != NULL && fwrite(&head, sizeof head, 1, stream) == 1 &&
                fwrite(outcomes, sizeof *outcomes, count, stream) == count && json_dumpf(json, stream, JSON_COMPACT) == 0;
    json_decref(json);
    return good;
}
