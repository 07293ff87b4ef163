/* bench_shock.c - `stress`: the full waterfall of one shock for a million accounts, beside a NumPy program of the same.

       venue ──bw_shock_new──> book       model, one step ──> prices     bw_shock_play ──> outcomes ──> hash
                                │                               │
                                └──────── one file ─────────────┴──> bench/stress_reference.py ──> the same hash

   The book's first positions are loaded at one price, leverage as measured on 2025-10-10; the horizon is such that about a tenth
   of the paths deleverage somebody. */
#include "app/bench.h"

#include "app/files.h"
#include "app/message.h"
#include "base/hash.h"
#include "base/mix.h"
#include "engine/state.h"
#include "stress/bound.h"
#include "stress/shock.h"
#include "world/model.h"
#include "world/real.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { SCENARIOS = 512 };

/* A book and its shocks. */
typedef struct laboratory {
    uint32_t markets, positions;
    double horizon_s;
    app_bench_venue bench;
    bw_shock *shock;
    size_t footprint;
    int64_t *ticks;                      /* [scenario][market] */
    const bw_model *model;
    void *model_memory;
    uint64_t hash, adl_paths, haircut_paths, bankrupt, judged, adl_accounts, new_ns;
} laboratory;

/* Solvent accounts wait for a book that fills nothing; the bankrupt are closed against ranked winners; the fund is small. */
static bw_command_pool pool_of(void)
{
    bw_command_pool pool = app_bench_pool();
    pool.quantity[0] = BW_QUANTITY_BOOK;
    pool.full_close_under = INT64_C(1) << 60;
    return pool;
}

/* ------------------------------------------------------------------------------------------------------ making */

static bool model_new(laboratory *lab)
{
    bw_market_facts *facts = calloc(BW_MARKETS_MAX, sizeof *facts);
    for (uint32_t m = 0; facts && m < lab->markets; m++)
        facts[m].class = (bw_market_class)(m % BW_MARKET_CLASS_COUNT);
    bw_model_params params = {0};
    if (facts)
        params = bw_model_params_default(facts, lab->markets, 0);
    params.step_count = 1;
    params.horizon_s = lab->horizon_s;
    lab->model_memory = facts ? malloc(bw_model_footprint(&params)) : NULL;
    lab->model = lab->model_memory ? bw_model_new(lab->model_memory, &params) : NULL;
    free(facts);
    return lab->model != NULL;
}

/* Prices of `count` paths from number `first` on. */
static void ticks_draw(const laboratory *lab, int64_t *ticks, uint64_t seed, uint64_t first, uint64_t count)
{
    double move[BW_MARKETS_MAX];
    for (uint64_t i = 0; i < count; i++) {
        bw_model_told told;
        bw_model_path(lab->model, seed, first + i, move, &told);
        for (uint32_t m = 0; m < lab->markets; m++) {
            int64_t tick = (int64_t)(APP_BENCH_PRICE * bw_real_exp(move[m]) + 0.5);
            ticks[i * lab->markets + m] = tick < 1 ? 1 : tick;
        }
    }
}

static bool laboratory_new(laboratory *lab, const app_bench_options *options)
{
    app_bench_spec spec = {.accounts = options->accounts, .positions = lab->positions, .markets = lab->markets,
                           .seed = options->seed, .equity_min_ppm = 50000, .work_max = 0, .pool = pool_of(),
                           .fund = (int64_t)options->accounts * 20000};
    if (!app_bench_venue_new(&lab->bench, &spec))
        return false;
    const char *fault = bw_shock_fault(lab->bench.venue);
    if (fault)
        app_say(APP_SYSTEM, "bench: %s", fault);
    lab->footprint = fault ? 0 : bw_shock_footprint(lab->bench.venue);
    void *memory = fault ? MAP_FAILED : mmap(NULL, lab->footprint, PROT_READ | PROT_WRITE,
                                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
        return false;
    madvise(memory, lab->footprint, MADV_HUGEPAGE);
    uint64_t start = app_clock_ns();
    lab->shock = bw_shock_new(memory, lab->bench.venue);
    lab->new_ns = app_clock_ns() - start;
    lab->ticks = calloc((size_t)SCENARIOS * lab->markets, sizeof *lab->ticks);
    if (!lab->ticks || !model_new(lab))
        return false;
    ticks_draw(lab, lab->ticks, options->seed, 0, SCENARIOS);
    return true;
}

static void laboratory_free(laboratory *lab)
{
    if (lab->shock)
        munmap(lab->shock, lab->footprint);
    free(lab->ticks);
    free(lab->model_memory);
    app_bench_venue_free(&lab->bench);
}

/* ------------------------------------------------------------------------------------------------------- lines */

static void see(void *context, const bw_shock *shock, uint64_t scenario, const bw_shock_told *told)
{
    laboratory *lab = context;
    const bw_stress_outcome *out = &told->outcome;
    const int64_t figures[] = {out->gap, out->fund_use, out->deleveraged, out->socialized, out->adl_notional,
                               out->bankrupt_accounts, (int64_t)told->charges};
    (void)shock;
    (void)scenario;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        lab->hash = bw_mix_pair_u64(lab->hash, (uint64_t)figures[i]);
    lab->adl_paths += out->adl_legs > 0;
    lab->adl_accounts += out->adl_accounts;
    lab->haircut_paths += out->haircut_accounts > 0;
    lab->bankrupt += out->bankrupt_accounts;
    lab->judged += told->judged;
}

/* CPU time of this thread: the twin, a process of its own, counts the same, and what else the machine does counts less. */
static uint64_t cpu_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static uint64_t play_ns(laboratory *lab)
{
    lab->hash = 1;
    lab->adl_paths = lab->haircut_paths = lab->bankrupt = lab->judged = lab->adl_accounts = 0;
    app_bench_poll();
    uint64_t start = cpu_ns();
    bw_shock_play(lab->shock, lab->ticks, SCENARIOS, see, lab);
    return (cpu_ns() - start) / SCENARIOS;
}

/* Bytes a second that one thread reads from memory: the best of five passes over 256 MiB. */
static double memory_rate(void)
{
    enum { WORDS = 1 << 25 };
    uint64_t *block = malloc(WORDS * sizeof *block), sum = 0, best = UINT64_MAX;
    if (!block)
        return 0;
    memset(block, 1, WORDS * sizeof *block);
    for (uint32_t pass = 0; pass < 5; pass++) {
        uint64_t start = app_clock_ns();
        for (uint32_t i = 0; i < WORDS; i++)
            sum += block[i];
        uint64_t took = app_clock_ns() - start;
        best = took < best ? took : best;
    }
    *(volatile uint64_t *)block = sum;
    free(block);
    return WORDS * sizeof *block * 1e9 / (double)best;
}

static const char *limit_of(const laboratory *lab, char *text, size_t size, double median_ns)
{
    if (lab->positions == 1) {
        snprintf(text, size, "%u binary searches a scenario and whoever is touched", 2 * lab->markets);
        return text;
    }
    double rate = memory_rate(), bytes = (double)lab->bench.limits.accounts * (8 + 10. * lab->positions) / BW_SHOCK_LANES;
    snprintf(text, size, "memory: %.2f MB a scenario at %.1f GB/s is %.0f%% of the time", bytes / 1e6, rate / 1e9,
             rate > 0 ? 100 * bytes * 1e9 / rate / median_ns : 0);
    return text;
}

static void describe(const laboratory *lab, const char *suffix, app_bench_result *result)
{
    char name[32];
    snprintf(name, sizeof name, "stress-%u%s", lab->markets, suffix);
    app_bench_describe(result, &lab->bench, name);
}

static void line_end(app_bench_result *result, uint64_t *times, uint64_t runs)
{
    app_bench_times(result, times, runs);
    result->rate_per_s = (double)result->accounts * 1e9 / result->median_ns;
}

static void shock_line(laboratory *lab, const app_bench_options *options, app_bench_result *result)
{
    static char limit[2][120];
    uint64_t times[APP_BENCH_RUNS], runs = app_bench_runs(options);
    describe(lab, "", result);
    for (uint64_t r = 0; r < runs; r++)
        times[r] = play_ns(lab);
    line_end(result, times, runs);
    result->result_hash = lab->hash;
    result->limit = limit_of(lab, limit[lab->positions > 1], sizeof limit[0], result->median_ns);
    snprintf(result->note, sizeof result->note, "CPU time, %u markets x %u, mean of %d; ADL in %.1f%% of paths, haircut in %.1f%%;"
             " book made in %.2f s; rate in account-scenarios/s", lab->markets, lab->positions, SCENARIOS,
             100. * (double)lab->adl_paths / SCENARIOS, 100. * (double)lab->haircut_paths / SCENARIOS, (double)lab->new_ns / 1e9);
}

/* -------------------------------------------------------------------------------------------------------- fund */

enum { FUND_PATHS = 1 << 17, FUND_HITS = 1540 };      /* hits for an interval of +-5% */

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x < y) - (x > y);
}

/* Drawing the paths, their gaps and the 99.9% quantile of these: what the size of a fund takes. */
static uint64_t fund_ns(laboratory *lab, uint64_t seed, int64_t *gaps)
{
    app_bench_poll();
    uint64_t start = cpu_ns();
    for (uint64_t path = 0; path < FUND_PATHS; path += SCENARIOS) {
        ticks_draw(lab, lab->ticks, seed, path, SCENARIOS);
        bw_shock_gaps(lab->shock, lab->ticks, SCENARIOS, gaps + path);
    }
    qsort(gaps, FUND_PATHS, sizeof *gaps, by_size);
    return (cpu_ns() - start) / FUND_PATHS;
}

static bool fund_line(laboratory *lab, const app_bench_options *options, app_bench_result *result)
{
    uint64_t times[APP_BENCH_RUNS], runs = app_bench_runs(options);
    int64_t *gaps = malloc(FUND_PATHS * sizeof *gaps);
    if (!gaps)
        return false;
    describe(lab, "-fund", result);
    for (uint64_t r = 0; r < runs; r++)
        times[r] = fund_ns(lab, options->seed, gaps);
    app_bench_times(result, times, runs);
    result->rate_per_s = 1e9 / result->median_ns;
    result->result_hash = 1;
    for (uint32_t i = 0; i < FUND_PATHS; i++)
        result->result_hash = bw_mix_pair_u64(result->result_hash, (uint64_t)gaps[i]);
    snprintf(result->note, sizeof result->note, "CPU time, a path: drawn, its gap; mean of %d; the 99.9%% fund to +-5%%: %d hits, "
             "%d paths, %.2f s; rate in paths/s", FUND_PATHS, FUND_HITS, FUND_HITS * 1000, result->median_ns * FUND_HITS / 1e6);
    free(gaps);
    return true;
}

/* ------------------------------------------------------------------------------------------------------ screen */

/* Bounds of drawn paths; how many must be looked at for each that is beyond the 1 in 1,000. */
typedef struct screen {
    const bw_bound *bound;
    double *gap;                         /* U by path */
    uint64_t *worst;                     /* paths, U falling */
    int64_t *gaps;                       /* of these */
} screen;

enum { SCREEN_PATHS = 1 << 17, SCREEN_HITS = SCREEN_PATHS / 1000, SCREEN_WORST = 32 * SCREEN_HITS };

static const bw_bound *bound_new(const laboratory *lab, void **memory)
{
    static bw_liquidity_params none[BW_MARKETS_MAX];      /* one shock reads no order book */
    bw_bound_params params = {.venue = lab->bench.venue, .market_count = (uint16_t)lab->markets, .liquidity = none};
    const bw_model_params *model = bw_model_params_of(lab->model);
    for (uint32_t m = 0; m < lab->markets; m++) {
        params.mark_ticks[m] = APP_BENCH_PRICE;
        params.risk[m] = fabs(model->item[m].beta) * model->factor_sd + model->item[m].own_sd;
    }
    *memory = aligned_alloc(64, (bw_bound_footprint(&params) + 63) / 64 * 64);
    return *memory ? bw_bound_new(*memory, &params) : NULL;
}

static uint64_t screen_ns(const laboratory *lab, const screen *at, uint64_t seed)
{
    double move[BW_MARKETS_MAX];
    app_bench_poll();
    uint64_t start = cpu_ns();
    for (uint64_t i = 0; i < SCREEN_PATHS; i++) {
        bw_model_told told;
        bw_model_path(lab->model, seed, i, move, &told);
        at->gap[i] = bw_bound_of_shock(at->bound, move);
    }
    return (cpu_ns() - start) / SCREEN_PATHS;
}

static const double *ORDER;              /* of by_bound */

static int by_bound(const void *a, const void *b)
{
    double x = ORDER[*(const uint64_t *)a], y = ORDER[*(const uint64_t *)b];
    return (x < y) - (x > y);
}

/* Paths whose bound is above the largest gap but SCREEN_HITS, over SCREEN_HITS; 0: more than SCREEN_WORST. */
static double passes_a_hit(laboratory *lab, const screen *at, uint64_t seed)
{
    for (uint64_t i = 0; i < SCREEN_PATHS; i++)
        at->worst[i] = i;
    ORDER = at->gap;
    qsort(at->worst, SCREEN_PATHS, sizeof *at->worst, by_bound);
    for (uint64_t i = 0; i < SCREEN_WORST; i += SCENARIOS) {
        uint64_t many = SCREEN_WORST - i < SCENARIOS ? SCREEN_WORST - i : SCENARIOS;
        for (uint64_t k = 0; k < many; k++)
            ticks_draw(lab, lab->ticks + k * lab->markets, seed, at->worst[i + k], 1);
        bw_shock_gaps(lab->shock, lab->ticks, many, at->gaps + i);
    }
    ticks_draw(lab, lab->ticks, seed, 0, SCENARIOS);      /* as the other lines want them */
    qsort(at->gaps, SCREEN_WORST, sizeof *at->gaps, by_size);
    double least = (double)at->gaps[SCREEN_HITS];
    uint64_t passes = 0;
    for (uint64_t i = 0; i < SCREEN_PATHS; i++)
        passes += at->gap[i] > least;
    return passes <= SCREEN_WORST ? (double)passes / SCREEN_HITS : 0;
}

static bool screen_line(laboratory *lab, const app_bench_options *options, app_bench_result *result)
{
    uint64_t times[APP_BENCH_RUNS], runs = app_bench_runs(options);
    void *memory = NULL;
    screen at = {.bound = bound_new(lab, &memory), .gap = malloc(SCREEN_PATHS * sizeof *at.gap),
                 .worst = malloc(SCREEN_PATHS * sizeof *at.worst), .gaps = malloc(SCREEN_WORST * sizeof *at.gaps)};
    bool good = at.bound && at.gap && at.worst && at.gaps;
    if (good) {
        describe(lab, "-screen", result);
        for (uint64_t r = 0; r < runs; r++)
            times[r] = screen_ns(lab, &at, options->seed);
        app_bench_times(result, times, runs);
        result->rate_per_s = 1e9 / result->median_ns;
        result->result_hash = bw_hash64(at.gap, SCREEN_PATHS * sizeof *at.gap, 0);
        double passes = passes_a_hit(lab, &at, options->seed);
        snprintf(result->note, sizeof result->note, "CPU time, a path: drawn, its bound; mean of %d; at 1 in 1,000 %.2f paths pass for each "
                 "hit; rate in paths/s", SCREEN_PATHS, passes);
    }
    free(memory);
    free(at.gap);
    free(at.worst);
    free(at.gaps);
    return good;
}

/* -------------------------------------------------------------------------------------------------------- twin */

static bool put(FILE *stream, const void *data, size_t size)
{
    return fwrite(data, 1, size, stream) == size;
}

/* Accounts in their order: balance, id, then for each place in the account size, cost, market; all int64. */
static bool accounts_put(const laboratory *lab, FILE *stream)
{
    const bw_venue *venue = lab->bench.venue;
    bool good = true;
    for (uint32_t a = 0; a < venue->account_count && good; a++) {
        int64_t row[2 + 3 * 64] = {bw_warm_at(venue, a)->balance, (int64_t)bw_cold_at(venue, a)->id};
        const bw_hot *hot = bw_hot_at(venue, a);
        for (uint32_t i = 0; i < hot->count && i < lab->positions; i++) {
            row[2u + 3u * i] = bw_position_at(venue, hot->extent + i)->size;
            row[3u + 3u * i] = bw_position_cold_at(venue, hot->extent + i)->cost;
            row[4u + 3u * i] = bw_position_at(venue, hot->extent + i)->market;
        }
        good = put(stream, row, (2u + 3u * lab->positions) * sizeof *row);
    }
    return good;
}

static bool file_put(const laboratory *lab, FILE *stream)
{
    const bw_venue *venue = lab->bench.venue;
    const int64_t head[] = {lab->markets, venue->account_count, lab->positions, SCENARIOS, (int64_t)(venue->seq + 1u),
                            bw_pool_at(venue, 0)->shared_fund, APP_BENCH_TICK_VALUE, bw_at_bracket(venue)->mmr_ppm,
                            bw_at_bracket(venue)->imr_ppm};
    return put(stream, head, sizeof head) && accounts_put(lab, stream) &&
           put(stream, lab->ticks, (size_t)SCENARIOS * lab->markets * sizeof *lab->ticks);
}

/* The first Python that has NumPy; NULL: none. */
static const char *find_python(void)
{
    static const char *const NAMES[] = {"python3", "/usr/bin/python3"};
    for (uint32_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        char line[128];
        snprintf(line, sizeof line, "%s -c 'import numpy' >/dev/null 2>&1", NAMES[i]);
        if (system(line) == 0)
            return NAMES[i];
    }
    return NULL;
}

/* Runs the script on the file; false: it did not say what it should. */
static bool twin_run(const char *python, const char *script, const char *path, uint64_t *hash, uint64_t *took_ns)
{
    char line[1200], said[128] = "";
    unsigned long long words[2];
    snprintf(line, sizeof line, "OMP_NUM_THREADS=1 %s '%s' '%s'", python, script, path);
    FILE *stream = popen(line, "r");
    bool good = stream && fgets(said, sizeof said, stream) != NULL;
    good &= stream && pclose(stream) == 0 && sscanf(said, "%llx %llu", &words[0], &words[1]) == 2;
    if (good) {
        *hash = words[0];
        *took_ns = words[1];
    }
    return good;
}

/* 1: a line; 0: there is no NumPy here, or no room for the file, which standard error says. */
static int twin_line(laboratory *lab, app_bench_result *result)
{
    char script[640], path[] = "/tmp/breakwater-bench-XXXXXX";
    const char *python = find_python();
    if (!python || !app_file_find("bench/stress_reference.py", script, sizeof script)) {
        app_say(APP_DONE, "bench: stress-%u-reference is left out: found no %s", lab->markets, python ? "script" : "NumPy");
        return 0;
    }
    int file = mkstemp(path);
    FILE *stream = file >= 0 ? fdopen(file, "wb") : NULL;
    bool written = stream && file_put(lab, stream);
    written &= stream && fclose(stream) == 0;
    uint64_t hash = 0, took = 0;
    bool good = written && twin_run(python, script, path, &hash, &took);
    if (file >= 0)
        unlink(path);
    if (!good) {
        app_say(APP_DONE, "bench: stress-%u-reference is left out: %s", lab->markets, written ? "it failed" : "its file is not written");
        return 0;
    }
    uint64_t each = took / SCENARIOS;
    describe(lab, "-reference", result);
    line_end(result, &each, 1);
    result->result_hash = hash;
    snprintf(result->note, sizeof result->note, "CPU time; NumPy over all accounts, the same %d scenarios", SCENARIOS);
    return 1;
}

static int bench_book(const app_bench_options *options, uint32_t markets, uint32_t positions, double horizon_s,
                      app_bench_result *results)
{
    laboratory lab = {.markets = markets, .positions = positions, .horizon_s = horizon_s};
    int count = 0;
    if (laboratory_new(&lab, options)) {
        shock_line(&lab, options, &results[0]);
        count = 1 + twin_line(&lab, &results[1]);
        if (positions == 1)
            count += fund_line(&lab, options, &results[count]);
        count += screen_line(&lab, options, &results[count]);
    }
    laboratory_free(&lab);
    return count;
}

int app_bench_stress(const app_bench_options *options, app_bench_result *results)
{
    int count = bench_book(options, 8, 1, 5400, results);
    int more = count ? bench_book(options, 64, 4, 2400, &results[count]) : 0;
    return more ? count + more + app_bench_cascade(options, &results[count + more]) : 0;
}
