/* bench.c - `breakwater bench`: how fast, with a hash of the result and a reference twin beside it. */
#include "app/bench.h"

#include "app/command.h"
#include "app/outputs.h"
#include "app/message.h"
#include "app/options.h"
#include "app/signals.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char HELP[] =
    "usage: breakwater bench [NAME[,NAME]] [--only NAME[,NAME]] [--accounts N] [--runs N] [--seed N] [--json FILE|-]\n"
    "\n"
    "Times the engine on one thread. Every line has a hash of what was computed; NAME-reference is plain code for the\n"
    "same, with the same hash. A fixed calibration loop comes first: compare machines by it.\n"
    "\n"
    "  mark, scan      a tick of 5 bp on 8 markets, accounts x 3 positions; everybody checked exactly\n"
    "  liquidate       5% of the accounts breach at once, solvent; then bankrupt\n"
    "  trade           fills between random accounts, one by one and in groups\n"
    "  adl             one account fails against all others; the queue is closed to a depth of 1%\n"
    "  haircut         one gap is cut from the profits of all others\n"
    "                  for both also NAME-rule: the rule alone, scores and allocation from arrays\n"
    "  crash           64 markets fall, 5% breach, 20% are visited, no liquidity: the round and its longest call\n"
    "  model           price paths of the stress laboratory: a day in 240 steps, 8 markets and 64\n"
    "  stress          the waterfall of one shock, all accounts, 8 markets x 1 position and 64 x 4; NumPy beside it; whole paths\n"
    "\n"
    "Ctrl-C ends it; the lines that were finished are kept.\n"
    "\n"
    "exit codes: 0 done; 1 a twin has another hash; 2 the command line is wrong; 5 no memory, or an output cannot be\n"
    "written; 130 interrupted\n";

/* Of the one command that runs: a benchmark that must end, ends from within. */
static app_output screen, json;

typedef struct bench_row {
    const char *name;                    /* other names that its results may have stand after a comma */
    int (*run)(const app_bench_options *, app_bench_result *);
} bench_row;

static const bench_row ROWS[] = {
    {"mark,scan", app_bench_mark_scan}, {"liquidate", app_bench_liquidate}, {"trade", app_bench_trade},
    {"adl", app_bench_adl},             {"haircut", app_bench_haircut},     {"crash", app_bench_crash},
    {"model", app_bench_model},         {"stress", app_bench_stress},
};

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

void app_bench_times(app_bench_result *result, uint64_t *times, uint64_t count)
{
    qsort(times, count, sizeof *times, by_value);
    result->runs = count;
    result->best_ns = (double)times[0];
    result->median_ns = (double)times[count / 2u];
    result->p99_ns = count >= 100 ? (double)times[count * 99u / 100u] : 0;
}

void app_bench_describe(app_bench_result *result, const app_bench_venue *bench, const char *name)
{
    bw_venue_view view;
    bw_venue_get(bench->venue, &view);
    memset(result, 0, sizeof *result);
    snprintf(result->name, sizeof result->name, "%s", name);
    result->accounts = view.accounts;
    result->positions = view.positions;
    result->visits = -1;
    result->limit = "";
}

/* --------------------------------------------------------------------------------------------------- output */

/* "123.456": rates have no exponent and no binary fraction. */
static json_t *rate_text(double rate, int decimals)
{
    char text[64];
    snprintf(text, sizeof text, "%.*f", decimals, rate);
    return json_string(text);
}

static json_t *whole(double value)
{
    return json_integer((json_int_t)(value + 0.5));
}

static bool print_json(const app_bench_result *r)
{
    char hash[24];
    snprintf(hash, sizeof hash, "%016" PRIx64, r->result_hash);
    json_t *line = json_pack("{s:s, s:s, s:I, s:I, s:o, s:o, s:I, s:o, s:s, s:s, s:s}", "schema", "breakwater-bench/1",
        "name", r->name, "accounts", (json_int_t)r->accounts, "positions", (json_int_t)r->positions,
        "best_ns", whole(r->best_ns), "median_ns", whole(r->median_ns), "runs", (json_int_t)r->runs,
        "rate_per_s", rate_text(r->rate_per_s, 3), "result_hash", hash, "limit", r->limit, "note", r->note);
    if (r->p99_ns > 0) {
        json_object_set_new(line, "p50_ns", whole(r->median_ns));
        json_object_set_new(line, "p99_ns", whole(r->p99_ns));
    }
    if (r->visits >= 0)
        json_object_set_new(line, "visits", rate_text(r->visits, 3));
    if (r->bytes_per_account > 0)
        json_object_set_new(line, "bytes_per_account", rate_text(r->bytes_per_account, 3));
    char *text = json_dumps(line, JSON_COMPACT | JSON_PRESERVE_ORDER);
    json_decref(line);
    bool good = text != NULL && app_output_write(&json, text, strlen(text)) && app_output_write(&json, "\n", 1);
    free(text);
    return good;
}

static void print_time(FILE *stream, double ns)
{
    const char *unit = ns < 1e4 ? "ns" : ns < 1e7 ? "us" : "ms";
    fprintf(stream, "%9.1f %s", ns < 1e4 ? ns : ns < 1e7 ? ns / 1e3 : ns / 1e6, unit);
}

static void print_line(FILE *stream, const app_bench_result *r)
{
    fprintf(stream, "%-22s %9" PRIu64 "  best", r->name, r->accounts);
    print_time(stream, r->best_ns);
    fputs("  median", stream);
    print_time(stream, r->median_ns);
    if (r->p99_ns > 0) {
        fputs("  p99", stream);
        print_time(stream, r->p99_ns);
    }
    fprintf(stream, "  %9.4g/s  %016" PRIx64 "\n    %s", r->rate_per_s, r->result_hash, r->note);
    if (r->visits >= 0)
        fprintf(stream, "; %.1f visits", r->visits);
    if (r->bytes_per_account > 0)
        fprintf(stream, "; %.0f bytes per account", r->bytes_per_account);
    fprintf(stream, "%s%s\n", r->limit[0] ? "; limit: " : "", r->limit);
    fflush(stream);
}

/* A chain of dependent multiplications: the machine's clock, whatever else is measured. */
static app_bench_result calibration(void)
{
    app_bench_result result = {.name = "calibration", .visits = -1, .limit = "4 cycles each",
                               .note = "50 million dependent 64-bit multiplications"};
    uint64_t times[9], x = 88172645463325252u;
    for (uint32_t r = 0; r < 9; r++) {
        uint64_t start = app_clock_ns();
        for (uint32_t i = 0; i < 50000000u; i++)
            x = x * 6364136223846793005u + 1442695040888963407u;
        times[r] = app_clock_ns() - start;
    }
    app_bench_times(&result, times, 9);
    result.rate_per_s = 50000000.0 * 1e9 / result.median_ns;
    result.result_hash = x;
    return result;
}

/* ---------------------------------------------------------------------------------------------------- select */

/* Whether `word` stands in a list by commas. */
static bool names(const char *list, const char *word, size_t length)
{
    for (const char *at = list; *at; at += *at == ',') {
        size_t part = strcspn(at, ",");
        if (part == length && memcmp(at, word, part) == 0)
            return true;
        at += part;
    }
    return false;
}

/* The row's names and `only` have one in common. */
static bool wanted(const bench_row *row, const char *only)
{
    if (!only)
        return true;
    for (const char *at = row->name; *at; at += *at == ',') {
        size_t part = strcspn(at, ",");
        if (names(only, at, part))
            return true;
        at += part;
    }
    return false;
}

/* A row that makes more than was asked for shows what was: "scan" and "scan-reference", not "mark". */
static bool shown(const bench_row *row, const char *result, const char *only)
{
    size_t length = strcspn(result, "-");
    return !only || !names(row->name, result, length) || names(only, result, length);
}

static bool known(const char *only)
{
    for (const char *at = only;;) {
        size_t part = strcspn(at, ",");
        bool found = false;
        for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
            found |= names(ROWS[i].name, at, part);
        if (!found) {
            app_say(APP_USAGE, "bench: found '%.*s', expected mark, scan, liquidate, trade, adl, haircut, crash, model or stress",
                    (int)part, at);
            return false;
        }
        if (at[part] == 0)
            return true;
        if (names(at + part + 1, at, part)) {
            app_say(APP_USAGE, "bench: found '%.*s' again, expected it once", (int)part, at);
            return false;
        }
        at += part + 1;
    }
}

/* Lines are flushed as they come. False: one cannot be written. */
static bool print(const app_bench_result *result)
{
    print_line(screen.stream, result);
    if (ferror(screen.stream) && screen.error == 0)
        screen.error = errno;
    return screen.error == 0 && (json.stream == NULL || print_json(result));
}

/* Whether the line must have the hash of the one before it. */
static bool is_twin(const app_bench_result *result)
{
    return strstr(result->name, "-reference") || strstr(result->name, "-rule");
}

static app_exit run_row(const bench_row *row, const app_bench_options *options, bool *agree)
{
    app_bench_result results[APP_BENCH_RESULTS];
    int count = row->run(options, results);
    for (int r = 0; r < count; r++) {
        if (shown(row, results[r].name, options->only) && !print(&results[r]))
            return APP_SYSTEM;
        if (r && is_twin(&results[r]) && results[r].result_hash != results[r - 1].result_hash)
            *agree = false;
    }
    return count > 0 ? APP_DONE : app_say(APP_SYSTEM, "bench: no memory for %s with %" PRIu64 " accounts", row->name,
                                          options->accounts);
}

static app_exit run_all(const app_bench_options *options)
{
    app_bench_result first = calibration();
    bool agree = true;
    app_exit end = print(&first) ? APP_DONE : APP_SYSTEM;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0] && end == APP_DONE; i++) {
        app_bench_poll();
        if (wanted(&ROWS[i], options->only))
            end = run_row(&ROWS[i], options, &agree);
    }
    return agree || end != APP_DONE ? end : app_say(APP_CHECK_FAILED, "bench: a twin has another result_hash");
}

/* The lines that were finished are whole: they are kept whatever ended the command. */
static app_exit finish(app_exit end)
{
    return app_outputs_keep((app_output *const[]){&screen, &json}, 2) ? end : APP_SYSTEM;
}

void app_bench_poll(void)
{
    if (app_interrupted)
        exit((int)finish(APP_INTERRUPTED));
}

static app_exit run(int argc, char **argv)
{
    app_bench_options options = {.accounts = 1000000, .runs = 9, .seed = 1};
    const char *json_path = NULL;
    const app_option list[] = {{"--only", APP_OPTION_TEXT, &options.only}, {"--json", APP_OPTION_TEXT, &json_path},
                               {"--accounts", APP_OPTION_NUMBER, &options.accounts},
                               {"--runs", APP_OPTION_NUMBER, &options.runs},
                               {"--seed", APP_OPTION_NUMBER, &options.seed}, {NULL, APP_OPTION_FLAG, NULL}};
    const char *group = argc > 1 && argv[1][0] != '-' ? argv[1] : NULL;
    if (!app_options_read("bench", argc - (group != NULL), argv + (group != NULL), list, "", NULL, 0))
        return APP_USAGE;
    if (group && options.only)
        return app_say(APP_USAGE, "bench: found '%s' and --only, expected one of them", group);
    options.only = group ? group : options.only;
    if (options.only && !known(options.only))
        return APP_USAGE;
    if (options.accounts < 1024 || options.accounts > 20000000)
        return app_say(APP_USAGE, "bench: found --accounts %" PRIu64 ", expected 1024 to 20000000", options.accounts);
    if (options.runs < 1 || options.runs > 1000)
        return app_say(APP_USAGE, "bench: found --runs %" PRIu64 ", expected 1 to 1000", options.runs);
    options.accounts -= options.accounts % 128u;
    if (json_path && !app_output_open(&json, json_path))
        return APP_SYSTEM;
    app_output_standard(&screen, json_path && strcmp(json_path, "-") == 0 ? stderr : stdout);
    app_signals_catch();
    return finish(run_all(&options));
}

const app_command APP_BENCH = {"bench", "how fast, with a hash of every result", HELP, run};
