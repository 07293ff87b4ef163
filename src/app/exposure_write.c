#include "app/exposure_write.h"

#include <stdlib.h>

#include "app/run.h"
#include "base/assert.h"

/* What the texts are made of; of one trader `crowd` is NULL. */
typedef struct {
    const app_exposure_crowd *crowd;
    const bw_exposure_facts *facts;
    const bw_exposure_row *row, *worst;
    const bw_exposure_detail *detail;
    const bw_exposure_summary *summary;
    uint32_t worst_count;
} result;

bw_hash app_exposure_hash(const bw_exposure_record *records, uint64_t account_count, uint64_t paths)
{
    return bw_hash128(records, account_count * sizeof *records, paths);
}

static bw_exposure_row row_of(const app_exposure_crowd *crowd, const bw_exposure_facts *facts, const bw_exposure_intervals *intervals,
                              uint32_t number)
{
    bw_exposure_row row = bw_exposure_row_of(facts, intervals, &crowd->book->standings[number], &crowd->records[number],
                                             &crowd->bins[number]);
    row.id = crowd->id_of(crowd->context, number);
    row.name = crowd->name_of(crowd->context, row.id);
    row.first_known = crowd->first_of != NULL && crowd->first_of[number] != APP_EXPOSURE_NOT_SINGLE;
    if (row.first_known)
        row.first_order = bw_stress_chance_of(crowd->first_of[number], facts->first_paths);
    return row;
}

/* ---- texts ---- */

static size_t write_screen(const void *told, int64_t elapsed_ms, char *buffer, size_t size)
{
    const result *of = told;
    (void)elapsed_ms;
    return of->crowd == NULL ? bw_exposure_screen_one(of->facts, of->row, of->detail, buffer, size)
                             : bw_exposure_screen_all(of->facts, of->summary, of->worst, of->worst_count, buffer, size);
}

static size_t write_head(const void *told, int64_t elapsed_ms, char *buffer, size_t size)
{
    (void)elapsed_ms;
    return bw_exposure_json_head(((const result *)told)->facts, buffer, size);
}

static size_t write_foot(const void *told, int64_t elapsed_ms, char *buffer, size_t size)
{
    const result *of = told;
    return bw_exposure_json_foot(of->facts, of->detail, of->summary, elapsed_ms, buffer, size);
}

static bool write_row(app_output *json, const bw_exposure_facts *facts, const bw_exposure_row *row, bool first)
{
    static char text[1 << 14];
    size_t length = bw_exposure_json_row(facts, row, first, text, sizeof text);
    BW_ASSERT(length < sizeof text);
    return app_output_write(json, text, length);
}

/* A row at a time, so that a million of them need no room; by rising number. */
static bool write_rows(app_output *json, const result *of)
{
    const app_exposure_crowd *crowd = of->crowd;
    bool first = true, good = true;
    if (crowd == NULL)
        return write_row(json, of->facts, of->row, true);
    bw_exposure_intervals intervals = bw_exposure_intervals_of(of->facts->paths, 1);
    for (uint64_t id = 1; good && id <= crowd->id_most; id++) {
        uint32_t number;
        if (!bw_exposure_find(crowd->book, id, &number) || !crowd->book->standings[number].is_trader)
            continue;
        bw_exposure_row row = row_of(crowd, of->facts, &intervals, number);
        good = write_row(json, of->facts, &row, first);
        first = false;
    }
    return good;
}

static app_exit write_texts(const app_exposure_outputs *outputs, const result *of)
{
    int64_t elapsed_ms = (app_run_clock_ns() - outputs->begin_ns) / 1000000;
    app_output none = {.stream = NULL}, *json = outputs->json != NULL ? outputs->json : &none, *screen = outputs->screen;
    bool good = outputs->json == NULL || (app_output_write_text(json, write_head, of, elapsed_ms) && write_rows(json, of) &&
                                          app_output_write_text(json, write_foot, of, elapsed_ms));
    bool ready = good && app_outputs_ready(&json, 1);
    good = good && (!ready || app_output_write_text(screen, write_screen, of, elapsed_ms));
    if (!good && !app_output_trouble(json) && !app_output_trouble(screen))
        app_say(APP_SYSTEM, "no memory for the result");
    return good && ready && app_outputs_keep((app_output *const[]){screen, json}, 2) ? APP_DONE : APP_SYSTEM;
}

/* ---- the gate ---- */

/* How many traders the condition holds for, the first of them, and of how many it cannot be told. */
typedef struct {
    uint64_t holds, unknown;
    const char *first;
} gate;

static void gate_ask(gate *at, const app_exposure_outputs *outputs, const bw_exposure_facts *facts, const bw_exposure_row *row)
{
    bw_condition_end end = bw_exposure_condition_holds(outputs->condition, facts, row);
    if (end == BW_CONDITION_TRUE && at->holds++ == 0)
        at->first = row->name;
    at->unknown += end == BW_CONDITION_UNKNOWN;
}

/* A figure that too few paths leave unknown passes no gate. */
static app_exit gate_end(const gate *at, const app_exposure_outputs *outputs)
{
    if (at->holds == 1)
        return app_say(APP_BREACHED, "--fail-if %s holds for %s", outputs->fail_if, at->first);
    if (at->holds > 1)
        return app_say(APP_BREACHED, "--fail-if %s holds for %s and %llu other%s", outputs->fail_if, at->first,
                       (unsigned long long)at->holds - 1, at->holds == 2 ? "" : "s");
    return at->unknown > 0 ? app_say(APP_BREACHED, "--fail-if %s: found too little to say so, expected more --paths or another figure",
                                     outputs->fail_if)
                           : APP_DONE;
}

static app_exit ask_all(const app_exposure_outputs *outputs, const app_exposure_crowd *crowd, const bw_exposure_facts *facts)
{
    bw_exposure_intervals intervals = bw_exposure_intervals_of(facts->paths, 1);
    gate at = {.holds = 0};
    for (uint32_t i = 0; i < crowd->book->account_count; i++) {
        if (!crowd->book->standings[i].is_trader)
            continue;
        bw_exposure_row row = row_of(crowd, facts, &intervals, i);
        gate_ask(&at, outputs, facts, &row);
    }
    return gate_end(&at, outputs);
}

/* ---- one, all ---- */

app_exit app_exposure_tell_one(const app_exposure_outputs *outputs, const bw_exposure_facts *facts, const bw_exposure_row *row,
                               const bw_exposure_detail *detail, app_exit end)
{
    const result told = {.facts = facts, .row = row, .detail = detail};
    app_exit written = write_texts(outputs, &told);
    gate at = {.holds = 0};
    if (written != APP_DONE || end != APP_DONE || outputs->fail_if == NULL)
        return written != APP_DONE ? written : end;
    gate_ask(&at, outputs, facts, row);
    return gate_end(&at, outputs);
}

/* The ranges of those shown hold all at once: three chances and a mean each. */
static uint32_t worst_of(const app_exposure_crowd *crowd, const bw_exposure_facts *facts, uint32_t top, bw_exposure_row *worst)
{
    static uint32_t numbers[APP_EXPOSURE_WORST_MAX];
    uint32_t count = top > 0 ? bw_exposure_worst(crowd->book, crowd->records, top, numbers) : 0;
    bw_exposure_intervals intervals = bw_exposure_intervals_of(facts->paths, 4 * (uint64_t)count);
    for (uint32_t i = 0; i < count; i++)
        worst[i] = row_of(crowd, facts, &intervals, numbers[i]);
    return count;
}

app_exit app_exposure_tell_all(const app_exposure_outputs *outputs, const app_exposure_crowd *crowd, const bw_exposure_facts *facts,
                               app_exit end)
{
    bw_exposure_summary *summary = calloc(1, sizeof *summary);
    bw_exposure_row *worst = calloc(APP_EXPOSURE_WORST_MAX, sizeof *worst);
    int64_t *scratch = malloc(crowd->book->account_count * sizeof *scratch);
    app_exit written = APP_SYSTEM;
    if (summary == NULL || worst == NULL || scratch == NULL) {
        app_say(written, "no memory for the result");
    } else {
        bw_exposure_summarize(summary, crowd->book, crowd->records, facts->counterfactual, scratch);
        const result told = {.crowd = crowd, .facts = facts, .summary = summary, .worst = worst,
                             .worst_count = worst_of(crowd, facts, outputs->top, worst)};
        written = write_texts(outputs, &told);
    }
    free(summary);
    free(worst);
    free(scratch);
    if (written != APP_DONE || end != APP_DONE || outputs->fail_if == NULL)
        return written != APP_DONE ? written : end;
    return ask_all(outputs, crowd, facts);
}
