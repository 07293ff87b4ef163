#include "app/stress_result.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

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

bool app_condition_valid(const char *command, const char *text, bool of_fund, bw_condition *condition)
{
    char message[256];
    if (text == NULL)
        return true;
    if (!bw_condition_parse(text, condition, message, sizeof message))
        app_say(APP_USAGE, "%s: %s", command, message);
    else if (bw_condition_of_fund(condition) != of_fund)
        app_say(APP_USAGE, "%s: found '%s', expected %s", command, text,
                of_fund ? "smallest_fund or newsvendor: other figures are those of 'breakwater stress'"
                        : "a figure of this command: the fund's size is one of 'breakwater fund'");
    else
        return true;
    return false;
}

/* A figure that too few paths leave unknown passes no gate. */
app_exit app_condition_gate(const char *text, const bw_condition *condition, const bw_stress_result *result,
                            const bw_fund_result *fund)
{
    switch (bw_condition_holds(condition, result, fund)) {
    case BW_CONDITION_FALSE:
        return APP_DONE;
    case BW_CONDITION_TRUE:
        return app_say(APP_BREACHED, "--fail-if %s holds", text);
    default:
        return app_say(APP_BREACHED, "--fail-if %s: found too few paths%s to say so, expected more%s", text,
                       fund != NULL ? " or sizes" : "", fund != NULL ? "" : " --paths");
    }
}

static void result_of(bw_stress_result *result, const bw_stress_facts *facts, const app_stress_played *played, int64_t *scratch,
                      bw_phase_amount *room)
{
    if (played->screened != NULL)
        bw_stress_result_screened(result, facts, played->screened, played->outcomes, played->count, played->paths, scratch, room);
    else
        bw_stress_result_of(result, facts, played->outcomes, played->count, scratch);
}

app_exit app_stress_tell(const app_stress_outputs *outputs, const bw_stress_facts *facts, const app_stress_played *played,
                         app_exit end)
{
    bw_stress_result result;
    int64_t *scratch = malloc(played->count * sizeof *scratch);
    bool phased = played->screened != NULL && played->screened->plan != NULL;
    bw_phase_amount *room = phased ? malloc(2 * played->count * sizeof *room) : NULL;
    if (scratch == NULL || (phased && room == NULL))
        return app_say(APP_SYSTEM, "no memory for the result");
    result_of(&result, facts, played, scratch, room);
    free(scratch);
    free(room);
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
    return end == APP_DONE && outputs->fail_if != NULL ? app_condition_gate(outputs->fail_if, outputs->condition, &result, NULL) : end;
}

/* ---- shards ---- */

json_t *app_shard_facts(const bw_stress_facts *facts)
{
    json_t *markets = json_array();
    for (uint32_t m = 0; m < facts->market_count; m++)
        json_array_append_new(markets, json_string(facts->markets[m]));
    return json_pack("{s:s, s:s, s:s, s:I, s:o}", "title", facts->title, "reproduce", facts->reproduce, "asset", facts->asset,
                     "decimals", (json_int_t)facts->decimals, "markets", markets);
}

uint64_t app_shard_sum(const bw_stress_shard *head, const bw_stress_outcome *outcomes, const char *text, size_t length)
{
    uint64_t sum = bw_hash64(head, sizeof *head, 0);
    sum = bw_hash64(outcomes, head->count * sizeof *outcomes, sum);
    return bw_hash64(text, length, sum);
}

bool app_shard_facts_read(json_t *json, const bw_stress_shard *head, bw_stress_facts *facts, const char **markets)
{
    const char *title, *reproduce, *asset;
    json_int_t decimals;
    json_t *names;
    if (json_unpack(json, "{s:s, s:s, s:s, s:I, s:o}", "title", &title, "reproduce", &reproduce, "asset", &asset, "decimals",
                    &decimals, "markets", &names) != 0 ||
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

bool app_shard_write(FILE *stream, const bw_stress_facts *facts, uint64_t first, uint64_t total,
                     const bw_stress_outcome *outcomes, uint64_t count)
{
    bw_stress_shard head = bw_stress_shard_of(facts, first, total, outcomes, count);
    json_t *json = app_shard_facts(facts);
    char *text = json != NULL ? json_dumps(json, JSON_COMPACT) : NULL;
    uint64_t sum = text != NULL ? app_shard_sum(&head, outcomes, text, strlen(text)) : 0;
    bool good = text != NULL && fwrite(&head, sizeof head, 1, stream) == 1 &&
                fwrite(outcomes, sizeof *outcomes, count, stream) == count && fputs(text, stream) >= 0 &&
                fwrite(&sum, sizeof sum, 1, stream) == 1;
    free(text);
    json_decref(json);
    return good;
}
