/* bench_mark.c - `mark`: a small tick on all markets through bw_step; `scan`: everybody checked exactly, the oracle. */
#include "app/bench.h"

#include "base/hash.h"
#include "base/mix.h"
#include "base/random.h"
#include "engine/prices.h"
#include "engine/state.h"

#include <stdio.h>
#include <stdlib.h>

enum { MARKETS = 8, TICKS = 2000, SAMPLE = 100 };

static uint64_t accounts_hash(const uint32_t *accounts, uint32_t count, uint64_t seed)
{
    uint64_t hash = seed;
    for (uint32_t i = 0; i < count; i++)
        hash = bw_mix_pair_u64(hash, accounts[i]);
    return hash;
}

/* The next price of each market: 5 bp up or down, held within 3% of the start, so that some accounts fail now and then. */
static void walk(uint64_t seed, uint64_t tick, int64_t prices[MARKETS])
{
    for (uint32_t m = 0; m < MARKETS; m++) {
        bool up = bw_random_u64(seed, 77, tick * MARKETS + m) & 1u;
        int64_t next = prices[m] + (up ? prices[m] : -prices[m]) / 2000;
        if (next > APP_BENCH_PRICE * 103 / 100 || next < APP_BENCH_PRICE * 97 / 100)
            next = prices[m] - (next - prices[m]);
        prices[m] = next;
    }
}

/* The plain check of everybody at prices not yet applied: sets them, scans, sets them back. */
static uint64_t reference_tick(app_bench_venue *bench, const int64_t prices[MARKETS], uint32_t *list, uint64_t hash,
                               uint64_t *took)
{
    int64_t before[MARKETS], previous[MARKETS];
    for (uint32_t m = 0; m < MARKETS; m++) {
        before[m] = bw_market_at(bench->venue, m)->mark;
        previous[m] = bw_market_cold_at(bench->venue, m)->previous_mark;
        bw_mark_set(bench->venue, m, prices[m]);
    }
    uint64_t start = app_clock_ns();
    uint32_t count = bw_scan(bench->venue, list, 1u << 20);
    *took = app_clock_ns() - start;
    for (uint32_t m = 0; m < MARKETS; m++) {
        bw_mark_set(bench->venue, m, before[m]);
        bw_market_cold_at(bench->venue, m)->previous_mark = previous[m];
    }
    for (uint32_t i = 0; i < 2u * BW_DIRTY_WORDS; i++)
        bw_at_dirty(bench->venue)[i] = 0;
    return accounts_hash(list, count, hash);
}

/* The unhealthy accounts of the command's first round, as its events name them. */
static uint64_t events_hash(const app_bench_venue *bench, uint32_t count, uint64_t hash)
{
    for (uint32_t i = 0; i < count && bench->events[i].type != BW_EVENT_ROUND; i++)
        if (bench->events[i].type == BW_EVENT_UNHEALTHY)
            hash = bw_mix_pair_u64(hash, bench->events[i].account - 1u);
    return hash;
}

static void describe(const app_bench_options *options, const app_bench_venue *bench, app_bench_result *result,
                     const char *name)
{
    bw_venue_view view;
    bw_venue_get(bench->venue, &view);
    snprintf(result->name, sizeof result->name, "%s", name);
    result->accounts = view.accounts;
    result->positions = view.positions;
    result->visits = -1;
    (void)options;
}

int app_bench_mark_scan(const app_bench_options *options, app_bench_result *results)
{
    app_bench_venue bench;
    app_bench_spec spec = {.accounts = options->accounts, .positions = 3, .markets = MARKETS, .seed = options->seed,
                           .equity_min_ppm = 60000, .equity_max_ppm = 1000000, .pool = app_bench_pool()};
    if (!app_bench_venue_new(&bench, &spec))
        return 0;
    uint64_t *times = malloc(TICKS * sizeof *times), *reference = malloc(TICKS * sizeof *reference);
    uint32_t *list = malloc((1u << 20) * sizeof *list), sampled = 0;
    int64_t prices[MARKETS];
    uint64_t hash = 1, hash_reference = 1, visits = 0, sum = 0;
    bw_venue_view before, after;
    for (uint32_t m = 0; m < MARKETS; m++)
        prices[m] = APP_BENCH_PRICE;
    bw_venue_get(bench.venue, &before);
    for (uint32_t tick = 0; tick < TICKS; tick++) {
        walk(options->seed, tick, prices);
        bool sample = tick % SAMPLE == SAMPLE - 1;
        if (sample)
            hash_reference = reference_tick(&bench, prices, list, hash_reference, &reference[sampled++]);
        uint64_t seen = bench.events_seen, start = app_clock_ns();
        app_bench_mark(&bench, MARKETS, prices);
        times[tick] = app_clock_ns() - start;
        sum += times[tick];
        if (sample)
            hash = events_hash(&bench, (uint32_t)(bench.events_seen - seen), hash);
    }
    bw_venue_get(bench.venue, &after);
    visits = after.visited - before.visited;
    app_bench_result *mark = &results[0], *twin = &results[1], *scan = &results[2];
    describe(options, &bench, mark, "mark");
    app_bench_times(mark, times, TICKS);
    mark->rate_per_s = 1e9 * TICKS / (double)sum;
    mark->result_hash = hash;
    mark->visits = (double)visits / TICKS;
    mark->bytes_per_account = (double)bw_venue_persistent(&bench.limits) / (double)mark->accounts;
    mark->limit = "visits x one DRAM access of each cold line, 155-250 ns";
    snprintf(mark->note, sizeof mark->note, "a tick of 5 bp on 8 markets; mean %.1f us, %.0f ns per visited account",
             (double)sum / TICKS / 1e3, visits ? (double)sum / (double)visits : 0);
    describe(options, &bench, twin, "mark-reference");
    app_bench_times(twin, reference, sampled);
    twin->rate_per_s = 1e9 / twin->median_ns;
    twin->result_hash = hash_reference;
    twin->limit = "as scan";
    snprintf(twin->note, sizeof twin->note, "every %dth tick: all accounts checked exactly, no index", SAMPLE);
    describe(options, &bench, scan, "scan");
    uint64_t scan_times[64], runs = options->runs < 64 ? options->runs : 64;
    for (uint64_t r = 0; r < runs; r++) {
        uint64_t start = app_clock_ns();
        uint32_t count = bw_scan(bench.venue, list, 1u << 20);
        scan_times[r] = app_clock_ns() - start;
        scan->result_hash = accounts_hash(list, count, 1);
    }
    app_bench_times(scan, scan_times, runs);
    scan->rate_per_s = 1e9 * (double)scan->accounts / scan->median_ns;
    scan->limit = "112 B per account at 35 GB/s: 310 M accounts/s";
    snprintf(scan->note, sizeof scan->note, "plain code, one thread; accounts/s");
    free(times);
    free(reference);
    free(list);
    app_bench_venue_free(&bench);
    return 3;
}
