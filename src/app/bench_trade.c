/* bench_trade.c - `trade`: fills between random accounts, with look-up, margin check, fees, re-arm and events. */
#include "app/bench.h"

#include "base/mix.h"
#include "base/random.h"
#include "engine/state.h"

#include <stdio.h>
#include <stdlib.h>

enum { TRADES = 200000, GROUP = 512, MARKETS = 8 };

static bw_trade draw(const app_bench_options *options, uint64_t n)
{
    uint64_t a = bw_random_below_u64(options->seed, 11, n, options->accounts);
    uint64_t b = bw_random_below_u64(options->seed, 12, n, options->accounts - 1u);
    return (bw_trade){.buyer = a + 1u, .seller = (b >= a ? b + 1u : b) + 1u, .lots = 1 + (int64_t)(n % 7u),
                      .price = APP_BENCH_PRICE + (int64_t)(n % 21u) - 10, .fee_buyer = 50, .fee_seller = 20,
                      .market = (uint16_t)(n % MARKETS)};
}

/* What the trades must have done: fees kept, and every account's balance less cost, by plain sums. */
static uint64_t state_hash(const app_bench_venue *bench, uint64_t accounts)
{
    uint64_t hash = 1;
    for (uint32_t a = 0; a < accounts; a++)
        hash = bw_mix_pair_u64(hash, (uint64_t)bw_hot_at(bench->venue, a)->net);
    return hash;
}

/* The ledger alone: net of each account moves by value and fee; no margin, no index, no events. */
static uint64_t ledger_run(const app_bench_options *options, int64_t *net, uint64_t *took)
{
    uint64_t start = app_clock_ns(), hash = 1;
    for (uint64_t n = 0; n < TRADES; n++) {
        bw_trade trade = draw(options, n);
        int64_t value = trade.lots * trade.price * APP_BENCH_TICK_VALUE;
        net[trade.buyer - 1u] -= value + trade.fee_buyer;
        net[trade.seller - 1u] += value - trade.fee_seller;
    }
    *took = app_clock_ns() - start;
    for (uint64_t a = 0; a < options->accounts; a++)
        hash = bw_mix_pair_u64(hash, (uint64_t)net[a]);
    return hash;
}

static void groups_run(app_bench_venue *bench, const app_bench_options *options, bw_command_trades *group)
{
    for (uint64_t n = 0; n < TRADES;) {
        uint32_t count = 0;
        while (count < GROUP && n < TRADES)
            group->trades[count++] = draw(options, n++);
        app_bench_trade_group(bench, group, count);
    }
}

static void result_of(app_bench_result *result, const app_bench_venue *bench, const char *name, uint64_t *times,
                      uint64_t runs, uint64_t hash, const char *note)
{
    app_bench_describe(result, bench, name);
    app_bench_times(result, times, runs);
    result->rate_per_s = 1e9 * TRADES / result->median_ns;
    result->result_hash = hash;
    result->limit = "about 20 random lines a trade at 48-66 M/s: 2.5-3 M/s";
    snprintf(result->note, sizeof result->note, "%d trades, %s; rate in trades/s", TRADES, note);
}

int app_bench_trade(const app_bench_options *options, app_bench_result *results)
{
    app_bench_venue bench;
    app_bench_spec spec = {.accounts = options->accounts, .positions = 3, .markets = MARKETS, .seed = options->seed,
                           .equity_min_ppm = 300000, .equity_max_ppm = 1000000, .spare = 8 * TRADES, .pool = app_bench_pool()};
    int64_t *net = malloc(options->accounts * sizeof *net);
    bw_command_trades *group = aligned_alloc(64, 65536);
    uint64_t times[3][64], runs = options->runs < 64 ? options->runs : 64, hash[3] = {0};
    if (!net || !group || !app_bench_venue_new(&bench, &spec) || !app_bench_keep(&bench))
        return 0;
    for (uint64_t r = 0; r < runs; r++) {
        app_bench_restore(&bench);
        for (uint64_t n = 0; n < TRADES; n++) {
            bw_trade trade = draw(options, n);
            app_bench_trade_one(&bench, &trade);
        }
        times[0][r] = bench.calls_ns;
        hash[0] = state_hash(&bench, options->accounts);
        app_bench_restore(&bench);
        groups_run(&bench, options, group);
        times[1][r] = bench.calls_ns;
        hash[1] = state_hash(&bench, options->accounts);
        app_bench_restore(&bench);
        for (uint32_t a = 0; a < options->accounts; a++)
            net[a] = bw_hot_at(bench.venue, a)->net;
        hash[2] = ledger_run(options, net, &times[2][r]);
    }
    result_of(&results[0], &bench, "trade", times[0], runs, hash[0], "one command each");
    result_of(&results[1], &bench, "trade-groups", times[1], runs, hash[1], "512 to a command");
    result_of(&results[2], &bench, "trade-reference", times[2], runs, hash[2],
              "two sums of a ledger: no margin, no index, no events");
    free(net);
    free(group);
    app_bench_venue_free(&bench);
    return 3;
}
