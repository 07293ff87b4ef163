/* bench_mark.c - `mark`: a small tick on all markets through bw_step; `scan`: everybody checked exactly, the oracle. */
#include "app/bench.h"

#include "base/hash.h"
#include "base/mix.h"
#include "base/random.h"
#include "engine/prices.h"
#include "engine/state.h"

#include <stdio.h>
#include <stdlib.h>

enum { MARKETS = 8, TICKS = 2000, SAMPLE_MAX = 100, WARM_UP = 500, CHECKS = 20000000 };

static uint64_t accounts_hash(const uint32_t *accounts, uint32_t count, uint64_t seed)
{
    uint64_t hash = seed;
    for (uint32_t i = 0; i < count; i++)
        hash = bw_mix_pair_u64(hash, accounts[i]);
    return hash;
}

/* What a tick came to: its prices and who was found. */
static uint64_t prices_hash(const int64_t prices[MARKETS], uint64_t hash)
{
    for (uint32_t m = 0; m < MARKETS; m++)
        hash = bw_mix_pair_u64(hash, (uint64_t)prices[m]);
    return hash;
}

/* Every how many ticks the reference checks everybody: about CHECKS accounts in all, so that few accounts are checked at
   every tick and somebody is found. */
static uint32_t sample_of(uint64_t accounts)
{
    uint64_t sample = accounts * TICKS / CHECKS;
    return sample < 1 ? 1 : sample > SAMPLE_MAX ? SAMPLE_MAX : (uint32_t)sample;
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
static uint32_t reference_tick(app_bench_venue *bench, const int64_t prices[MARKETS], uint32_t *list, uint64_t *hash,
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
    *hash = accounts_hash(list, count, prices_hash(prices, *hash));
    return count;
}

/* The prices that now hold, and the unhealthy accounts of the command's first round, as its events name them. */
static uint64_t events_hash(const app_bench_venue *bench, uint32_t count, uint64_t hash)
{
    int64_t prices[MARKETS];
    for (uint32_t m = 0; m < MARKETS; m++)
        prices[m] = bw_market_at(bench->venue, m)->mark;
    hash = prices_hash(prices, hash);
    for (uint32_t i = 0; i < count && bench->events[i].type != BW_EVENT_ROUND; i++)
        if (bench->events[i].type == BW_EVENT_UNHEALTHY)
            hash = bw_mix_pair_u64(hash, bench->events[i].account - 1u);
    return hash;
}

/* Times of the ticks and of the sampled reference, and what both found. */
typedef struct ticks {
    app_bench_venue bench;
    uint64_t times[TICKS], reference[TICKS];
    uint64_t hash, hash_reference, visits, sum, found;
    uint32_t sample, samples;
    uint32_t list[1u << 20];
} ticks;

static void ticks_run(ticks *t, uint64_t seed)
{
    int64_t prices[MARKETS];
    bw_venue_view before, after;
    for (uint32_t m = 0; m < MARKETS; m++)
        prices[m] = APP_BENCH_PRICE;
    t->hash = t->hash_reference = 1;
    for (uint32_t tick = 0; tick < WARM_UP; tick++) {
        walk(seed, TICKS + tick, prices);
        app_bench_mark(&t->bench, MARKETS, prices);
    }
    bw_venue_get(t->bench.venue, &before);
    for (uint32_t tick = 0; tick < TICKS; tick++) {
        walk(seed, tick, prices);
        bool sample = tick % t->sample == t->sample - 1;
        if (sample)
            t->found += reference_tick(&t->bench, prices, t->list, &t->hash_reference, &t->reference[t->samples++]);
        uint64_t seen = t->bench.events_seen, start = app_clock_ns();
        app_bench_mark(&t->bench, MARKETS, prices);
        t->times[tick] = app_clock_ns() - start;
        t->sum += t->times[tick];
        if (sample)
            t->hash = events_hash(&t->bench, (uint32_t)(t->bench.events_seen - seen), t->hash);
    }
    bw_venue_get(t->bench.venue, &after);
    t->visits = after.visited - before.visited;
}

static void mark_result(ticks *t, app_bench_result *mark)
{
    app_bench_describe(mark, &t->bench, "mark");
    app_bench_times(mark, t->times, TICKS);
    mark->rate_per_s = 1e9 * TICKS / (double)t->sum;
    mark->result_hash = t->hash;
    mark->visits = (double)t->visits / TICKS;
    mark->bytes_per_account = (double)bw_venue_persistent(&t->bench.limits) / (double)mark->accounts;
    mark->limit = "visits x a DRAM access (155-250 ns) per cold line";
    snprintf(mark->note, sizeof mark->note,
             "a tick of 5 bp on 8 markets, bw_step, after 500 ticks; mean %.1f us, %.0f ns per visited account",
             (double)t->sum / TICKS / 1e3, t->visits ? (double)t->sum / (double)t->visits : 0);
}

static void twin_result(ticks *t, app_bench_result *twin)
{
    app_bench_describe(twin, &t->bench, "mark-reference");
    app_bench_times(twin, t->reference, t->samples);
    twin->rate_per_s = 1e9 / twin->median_ns;
    twin->result_hash = t->hash_reference;
    twin->limit = "as scan";
    snprintf(twin->note, sizeof twin->note, "%u ticks: all accounts checked exactly, no index; %llu found", t->samples,
             (unsigned long long)t->found);
}

static void scan_result(ticks *t, uint64_t runs, app_bench_result *scan)
{
    app_bench_describe(scan, &t->bench, "scan");
    if (runs > TICKS)
        runs = TICKS;
    for (uint64_t r = 0; r < runs; r++) {
        app_bench_poll();
        uint64_t start = app_clock_ns();
        uint32_t count = bw_scan(t->bench.venue, t->list, 1u << 20);
        t->times[r] = app_clock_ns() - start;
        scan->result_hash = accounts_hash(t->list, count, 1);
    }
    app_bench_times(scan, t->times, runs);
    scan->rate_per_s = 1e9 * (double)scan->accounts / scan->median_ns;
    scan->limit = "112 B per account at 35 GB/s: 310 M accounts/s";
    snprintf(scan->note, sizeof scan->note, "everybody checked exactly after a fall of 5%%, plain code; rate in accounts/s");
}

/* The same by the public view of each account, one at a time. */
static void scan_twin_result(ticks *t, app_bench_result *twin)
{
    uint64_t start = app_clock_ns();
    uint32_t count = 0, accounts;
    app_bench_describe(twin, &t->bench, "scan-reference");
    accounts = (uint32_t)twin->accounts;
    for (uint32_t a = 0; a < accounts; a++) {
        bw_account_view view;
        bw_account_get(t->bench.venue, bw_account_id(t->bench.venue, a), &view);
        if (view.equity < view.mm || view.equity < 0)
            t->list[count++ & ((1u << 20) - 1u)] = a;
    }
    t->reference[0] = app_clock_ns() - start;
    twin->result_hash = accounts_hash(t->list, count, 1);
    app_bench_times(twin, t->reference, 1);
    twin->rate_per_s = 1e9 * (double)accounts / twin->median_ns;
    snprintf(twin->note, sizeof twin->note, "bw_account_get of everybody; rate in accounts/s");
}

int app_bench_mark_scan(const app_bench_options *options, app_bench_result *results)
{
    ticks *t = calloc(1, sizeof *t);
    app_bench_spec spec = {.accounts = options->accounts, .positions = 3, .markets = MARKETS, .seed = options->seed,
                           .equity_min_ppm = 27000, .imr_ppm = 26000, .pool = app_bench_pool(),
                           .desk_balance = INT64_C(1) << 58, .fund = INT64_C(1) << 50};
    if (!t || !app_bench_venue_new(&t->bench, &spec)) {
        free(t);
        return 0;
    }
    t->sample = sample_of(options->accounts);
    ticks_run(t, options->seed);
    mark_result(t, &results[0]);
    twin_result(t, &results[1]);
    app_bench_mark_plain(&t->bench, MARKETS, 950000);   /* so that there is somebody to find */
    scan_result(t, options->runs, &results[2]);
    scan_twin_result(t, &results[3]);
    app_bench_venue_free(&t->bench);
    free(t);
    return 4;
}
