/* bench.c - `breakwater bench`: how fast, with a hash of the result and a reference twin beside it. */
#include "app/bench.h"

#include "app/command.h"
#include "app/files.h"
#include "app/message.h"
#include "app/options.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char HELP[] =
    "usage: breakwater bench [--only NAME[,NAME]] [--accounts N] [--runs N] [--seed N] [--json FILE|-]\n"
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
    "  model           price paths of the stress laboratory: a day in 240 steps, 8 markets and 64\n";

typedef struct bench_row {
    const char *name;                    /* other names that its results may have stand after a comma */
    int (*run)(const app_bench_options *, app_bench_result *);
} bench_row;

static const bench_row ROWS[] = {
    {"mark,scan", app_bench_mark_scan}, {"liquidate", app_bench_liquidate}, {"trade", app_bench_trade},
    {"adl", app_bench_adl},             {"haircut", app_bench_haircut},     {"crash", app_bench_crash},
    {"model", app_bench_model},
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

static void print_json(FILE *stream, const app_bench_result *r)
{
    char hash[24];
    snprintf(hash, sizeof hash, "%016" PRIx64, r->result_hash);
    json_t *line = json_pack("{s:s, s:s, s:I, s:I, s:f, s:f, s:I, s:f, s:s, s:s, s:s}", "schema", "breakwater-bench/1",
        "name", r->name, "accounts", (json_int_t)r->accounts, "positions", (json_int_t)r->positions,
        "best_ns", r->best_ns, "median_ns", r->median_ns, "runs", (json_int_t)r->runs, "rate_per_s", r->rate_per_s,
        "result_hash", hash, "limit", r->limit, "note", r->note);
    if (r->p99_ns > 0) {
        json_object_set_new(line, "p50_ns", json_real(r->median_ns));
        json_object_set_new(line, "p99_ns", json_real(r->p99_ns));
    }
    if (r->visits >= 0)
        json_object_set_new(line, "visits", json_real(r->visits));
    if (r->bytes_per_account > 0)
        json_object_set_new(line, "bytes_per_account", json_real(r->bytes_per_account));
    json_dumpf(line, stream, JSON_COMPACT | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(6));
    fputc('\n', stream);
    json_decref(line);
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

static bool known(const char *only)
{
    for (const char *at = only; *at; at += *at == ',') {
        size_t part = strcspn(at, ",");
        bool found = false;
        for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
            found |= names(ROWS[i].name, at, part);
        if (!found) {
            app_say(APP_USAGE, "bench: found '%.*s', expected mark, scan, liquidate, trade, adl, haircut, crash or model",
                    (int)part, at);
            return false;
        }
        at += part;
    }
    return true;
}

static void print(const app_bench_result *result, FILE *screen, FILE *json)
{
    print_line(screen, result);
    if (json)
        print_json(json, result);
}

/* Whether the line must have the hash of the one before it. */
static bool is_twin(const app_bench_result *result)
{
    return strstr(result->name, "-reference") || strstr(result->name, "-rule");
}

static app_exit run_all(const app_bench_options *options, FILE *screen, FILE *json)
{
    app_bench_result results[APP_BENCH_RESULTS], first = calibration();
    bool agree = true;
    print(&first, screen, json);
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        int count = wanted(&ROWS[i], options->only) ? ROWS[i].run(options, results) : 0;
        for (int r = 0; r < count; r++) {
            print(&results[r], screen, json);
            if (r && is_twin(&results[r]) && results[r].result_hash != results[r - 1].result_hash)
                agree = false;
        }
    }
    return agree ? APP_DONE : app_say(APP_CHECK_FAILED, "bench: a twin has another result_hash");
}

static app_exit run(int argc, char **argv)
{
    app_bench_options options = {.accounts = 1000000, .runs = 9, .seed = 1};
    const char *json_path = NULL;
    const app_option list[] = {{"--only", APP_OPTION_TEXT, &options.only}, {"--json", APP_OPTION_TEXT, &json_path},
                               {"--accounts", APP_OPTION_NUMBER, &options.accounts},
                               {"--runs", APP_OPTION_NUMBER, &options.runs},
                               {"--seed", APP_OPTION_NUMBER, &options.seed}, {NULL, APP_OPTION_FLAG, NULL}};
    if (!app_options_read("bench", argc, argv, list, "", NULL, 0) || (options.only && !known(options.only)))
        return APP_USAGE;
    if (options.accounts < 1024 || options.accounts > 20000000 || options.runs < 1 || options.runs > 1000)
        return app_say(APP_USAGE, "bench: --accounts takes 1024..20000000, --runs 1..1000");
    options.accounts -= options.accounts % 128u;
    app_output json;
    if (json_path && !app_output_open(&json, json_path))
        return APP_SYSTEM;
    bool to_stdout = json_path && strcmp(json_path, "-") == 0;
    app_exit end = run_all(&options, to_stdout ? stderr : stdout, json_path ? json.stream : NULL);
    if (json_path && !app_output_keep(&json))
        return APP_SYSTEM;
    return end;
}

const app_command APP_BENCH = {"bench", "how fast, with a hash of every result", HELP, run};
