/* bench_liquidate.c - `liquidate` and `crash`: many accounts breach at once, each run from the same kept state. */
#include "app/bench.h"

#include "base/mix.h"
#include "engine/account.h"
#include "engine/state.h"

#include <stdio.h>
#include <stdlib.h>


/* -------------------------------------------------------------------------------------------------- liquidate */

/* What a long of one position should be after the fall: by trial of every smaller size until initial margin holds. */
static int64_t size_after_plain(const app_bench_venue *bench, uint32_t account, int64_t price)
{
    const bw_hot *hot = bw_hot_at(bench->venue, account);
    int64_t size = hot->count ? bw_position_at(bench->venue, hot->extent)->size : 0;
    int64_t unit = price * APP_BENCH_TICK_VALUE, equity = hot->net + size * unit;
    if (size <= 0 || equity * 40 >= size * unit)
        return size;
    if (equity < 0)
        return 0;
    while (size && equity * 20 < size * unit)
        size--;
    return size;
}

static uint64_t plain_hash(const app_bench_venue *bench, uint64_t accounts, int64_t price, uint64_t *took, uint64_t *closed)
{
    uint64_t start = app_clock_ns(), hash = 1;
    *closed = 0;
    for (uint64_t a = 0; a < accounts; a++) {
        const bw_hot *hot = bw_hot_at(bench->venue, (uint32_t)a);
        int64_t before = hot->count ? bw_position_at(bench->venue, hot->extent)->size : 0;
        int64_t after = size_after_plain(bench, (uint32_t)a, price);
        *closed += after != before;
        hash = bw_mix_pair_u64(hash, (uint64_t)after);
    }
    *took = app_clock_ns() - start;
    return hash;
}

static void liquidate_lines(const app_bench_options *options, app_bench_venue *bench, int64_t ppm, const char *what,
                            app_bench_result *results)
{
    uint64_t times[2][APP_BENCH_RUNS], hash[2] = {0}, closed = 0, runs = app_bench_runs(options);
    uint64_t half = options->accounts / 2u;
    for (uint64_t r = 0; r < runs; r++) {
        app_bench_restore(bench);
        hash[1] = plain_hash(bench, half, APP_BENCH_PRICE * ppm / 1000000, &times[1][r], &closed);
        times[0][r] = app_bench_mark_all(bench, 8, ppm);
        hash[0] = app_bench_sizes(bench, 0, half);
    }
    char name[32];
    snprintf(name, sizeof name, "%s", what);
    app_bench_describe(&results[0], bench, name);
    app_bench_times(&results[0], times[0], runs);
    results[0].rate_per_s = 1e9 * (double)closed / results[0].median_ns;
    results[0].result_hash = hash[0];
    results[0].limit = "15-25 M/s (estimate): two random lines each";
    snprintf(results[0].note, sizeof results[0].note,
             "%llu accounts breach at once, desk takes, %.1f events each, longest call %.2f ms; rate in liquidations/s",
             (unsigned long long)closed, closed ? (double)bench->events_seen / (double)closed : 0,
             (double)bench->longest_call_ns / 1e6);
    snprintf(name, sizeof name, "%s-reference", what);
    app_bench_describe(&results[1], bench, name);
    app_bench_times(&results[1], times[1], runs);
    results[1].rate_per_s = 1e9 * (double)closed / results[1].median_ns;
    results[1].result_hash = hash[1];
    snprintf(results[1].note, sizeof results[1].note,
             "sizes only, by trial: no desk, no money, no events, no index");
}

/* A fee on top may leave a nearly bankrupt account unhealthy, which the plain reference does not follow: `fee_ppm` is 0
   where there are such accounts. */
static bool liquidate_fall(const app_bench_options *options, int64_t ppm, const char *what, uint32_t fee_ppm,
                           app_bench_result *results)
{
    app_bench_venue bench;
    app_bench_spec spec = {.accounts = options->accounts, .positions = 1, .markets = 8, .seed = options->seed,
                           .equity_min_ppm = 51000, .equity_max_ppm = 83500, .work_max = 4096, .one_side = true,
                           .pool = app_bench_pool(), .desk_balance = INT64_C(1) << 58, .fund = INT64_C(1) << 50};
    spec.pool.liquidation_fee_ppm = fee_ppm;
    if (!app_bench_venue_new(&bench, &spec) || !app_bench_keep(&bench))
        return false;
    liquidate_lines(options, &bench, ppm, what, results);
    app_bench_venue_free(&bench);
    return true;
}

int app_bench_liquidate(const app_bench_options *options, app_bench_result *results)
{
    if (!liquidate_fall(options, 970000, "liquidate", 500, &results[0]))
        return 0;
    return liquidate_fall(options, 945730, "liquidate-bankrupt", 0, &results[2]) ? 4 : 0;
}

/* ------------------------------------------------------------------------------------------------------ crash */

/* Books of three positions each, long or short by the toss of a coin, so that most are hedged in part: the fall crosses
   a trigger of theirs and they are visited, yet they are healthy. Leverage is spread so that 5% of the accounts breach
   and 20% are visited, whatever their number. The fund has enough for the gaps of the bankrupt. */
enum { CRASH_MARKETS = 64, CRASH_PPM = 900000, CRASH_EQUITY_MIN = 51000, CRASH_EQUITY_MAX = 365000 };
#define CRASH_FUND_PER_ACCOUNT (INT64_C(1) << 21)

/* Events of the fall that a plain scan can foresee: who is unhealthy when the prices arrive. */
static uint64_t foreseen(app_bench_venue *bench, uint32_t *list, uint32_t *count, uint64_t *took)
{
    app_bench_mark_plain(bench, CRASH_MARKETS, CRASH_PPM);
    uint64_t start = app_clock_ns(), hash = 1;
    *count = bw_scan(bench->venue, list, 1u << 24);
    *took = app_clock_ns() - start;
    for (uint32_t i = 0; i < *count; i++)
        hash = bw_mix_pair_u64(hash, list[i]);
    return hash;
}

typedef struct crash {
    app_bench_venue bench;
    uint64_t times[2][APP_BENCH_RUNS], hash[2], visited;
    uint32_t breached, bankrupt;
    bool first;                          /* the first round is not over */
    uint32_t list[1u << 24];
} crash;

/* The same from what the engine found: accounts judged unhealthy in the first round. */
static void crash_watch(void *context, const bw_event *events, uint32_t count)
{
    crash *c = context;
    for (uint32_t i = 0; i < count && c->first; i++) {
        if (events[i].type == BW_EVENT_UNHEALTHY) {
            c->hash[0] = bw_mix_pair_u64(c->hash[0], events[i].account - 1u);
            c->bankrupt += events[i].unhealthy.bankrupt != 0;
        }
        c->first = events[i].type != BW_EVENT_ROUND;
    }
}

/* Both from the kept state: the plain scan, then the engine. */
static void crash_run(crash *c, uint64_t r)
{
    bw_venue_view before, after;
    app_bench_restore(&c->bench);
    c->hash[1] = foreseen(&c->bench, c->list, &c->breached, &c->times[1][r]);
    app_bench_restore(&c->bench);
    bw_venue_get(c->bench.venue, &before);
    c->hash[0] = 1;
    c->bankrupt = 0;
    c->first = true;
    c->times[0][r] = app_bench_mark_all(&c->bench, CRASH_MARKETS, CRASH_PPM);
    bw_venue_get(c->bench.venue, &after);
    c->visited = after.visited - before.visited;
}

static void crash_result(crash *c, uint64_t runs, app_bench_result *results)
{
    app_bench_describe(&results[0], &c->bench, "crash");
    app_bench_times(&results[0], c->times[0], runs);
    double percent = 100.0 / (double)results[0].accounts;
    results[0].rate_per_s = 1e9 * (double)results[0].accounts / results[0].median_ns;
    results[0].result_hash = c->hash[0];
    results[0].visits = (double)c->visited;
    results[0].limit = "10-15 ms (sum of rooflines)";
    snprintf(results[0].note, sizeof results[0].note,
             "64 markets fall 10%%, ADL only; breach %.2f%% (%.2f%% bankrupt), visited %.2f%%; "
             "%llu calls, longest %.2f ms, %.1f events per breach",
             c->breached * percent, c->bankrupt * percent, (double)c->visited * percent,
             (unsigned long long)c->bench.calls, (double)c->bench.longest_call_ns / 1e6,
             c->breached ? (double)c->bench.events_seen / c->breached : 0);
    app_bench_describe(&results[1], &c->bench, "crash-reference");
    app_bench_times(&results[1], c->times[1], runs);
    results[1].rate_per_s = 1e9 * (double)results[1].accounts / results[1].median_ns;
    results[1].result_hash = c->hash[1];
    snprintf(results[1].note, sizeof results[1].note, "who is unhealthy, by checking everybody: nothing is closed");
}

int app_bench_crash(const app_bench_options *options, app_bench_result *results)
{
    crash *c = calloc(1, sizeof *c);
    uint64_t runs = app_bench_runs(options);
    app_bench_spec spec = {.accounts = options->accounts, .positions = 3, .markets = CRASH_MARKETS,
                           .seed = options->seed, .equity_min_ppm = CRASH_EQUITY_MIN,
                           .equity_max_ppm = CRASH_EQUITY_MAX, .work_max = 4096, .pool = app_bench_pool(),
                           .fund = (int64_t)options->accounts * CRASH_FUND_PER_ACCOUNT};
    spec.pool.quantity[0] = BW_QUANTITY_ADL;
    spec.pool.quantity[1] = BW_QUANTITY_END;
    if (!c || !app_bench_venue_new(&c->bench, &spec) || !app_bench_keep(&c->bench)) {
        free(c);
        return 0;
    }
    c->bench.watch = crash_watch;
    c->bench.watch_context = c;
    for (uint64_t r = 0; r < runs; r++)
        crash_run(c, r);
    crash_result(c, runs, results);
    app_bench_venue_free(&c->bench);
    free(c);
    return 2;
}
