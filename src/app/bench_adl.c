/* bench_adl.c - `adl` and `haircut`: one account fails against a million winners. */
#include "app/bench.h"

#include "base/mix.h"
#include "engine/account.h"
#include "engine/adl.h"
#include "engine/state.h"

#include <stdio.h>
#include <stdlib.h>


typedef struct ranked {
    int64_t key, lots;
    uint64_t tie;
    uint32_t account, reserved;
} ranked;

static int by_rank(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->key != y->key)
        return x->key > y->key ? -1 : 1;
    return (x->tie > y->tie) - (x->tie < y->tie);
}

/* One account fails with `lots_ppm` of the lots that all others are short. */
static bool victim_new(app_bench_venue *bench, const app_bench_options *options, uint32_t work_max, int64_t lots_ppm,
                       bool cuts, int64_t *lots)
{
    app_bench_spec spec = {.accounts = options->accounts, .positions = 1, .markets = 1, .seed = options->seed,
                           .equity_min_ppm = 200000, .equity_max_ppm = 1000000, .work_max = work_max, .whale = true,
                           .pool = app_bench_pool()};
    spec.pool.quantity[0] = BW_QUANTITY_ADL;
    spec.pool.quantity[1] = BW_QUANTITY_END;
    if (cuts)
        spec.pool.money[1].price = BW_ADL_PRICE_MARK;
    if (!app_bench_venue_new(bench, &spec))
        return false;
    bw_market_view market;
    bw_market_get(bench->venue, 0, &market);
    *lots = market.open_interest / 1000000 * lots_ppm;
    int64_t notional = *lots * APP_BENCH_PRICE * APP_BENCH_TICK_VALUE;
    app_bench_account(bench, options->accounts + 1u, notional / 16);
    bw_trade trade = {.buyer = options->accounts + 1u, .seller = 1, .lots = *lots, .price = APP_BENCH_PRICE};
    app_bench_trade_one(bench, &trade);
    return app_bench_keep(bench);
}

/* Sort everybody, take from the top: the sizes that must result. */
static uint64_t adl_plain(app_bench_venue *bench, const app_bench_options *options, int64_t lots, uint64_t *took)
{
    ranked *all = malloc(options->accounts * sizeof *all);
    int64_t *size = calloc(options->accounts, sizeof *size);
    uint64_t count = 0, hash = 1, seq = bw_at_progress(bench->venue)->seq;
    uint64_t start = app_clock_ns();
    for (uint32_t a = 1; a < options->accounts; a++) {
        uint32_t p = bw_hot_at(bench->venue, a)->extent;
        all[count++] = (ranked){bw_position_score(bench->venue, p, BW_SCORE_PNL_X_LEVERAGE),
                                bw_abs(bw_position_at(bench->venue, p)->size),
                                bw_mix_pair_u64(seq, bw_cold_at(bench->venue, a)->id), a, 0};
    }
    qsort(all, count, sizeof *all, by_rank);
    for (uint64_t i = 0; i < count; i++) {
        int64_t taken = all[i].lots < lots ? all[i].lots : lots;
        size[all[i].account] = taken - all[i].lots;
        lots -= taken;
    }
    *took = app_clock_ns() - start;
    for (uint64_t a = 1; a < options->accounts; a++)
        hash = bw_mix_pair_u64(hash, (uint64_t)size[a]);
    free(all);
    free(size);
    return hash;
}

/* Runs the fall from the kept state; the hash is of what `hash_of` reads from the state after it. */
typedef uint64_t hash_function(const app_bench_venue *bench, uint64_t first, uint64_t last);

static void engine_runs(app_bench_venue *bench, const app_bench_options *options, hash_function *hash_of,
                        app_bench_result *result, const char *name)
{
    uint64_t times[APP_BENCH_RUNS], runs = app_bench_runs(options);
    app_bench_describe(result, bench, name);
    for (uint64_t r = 0; r < runs; r++) {
        app_bench_restore(bench);
        times[r] = app_bench_mark_all(bench, 1, 900000);
        result->result_hash = hash_of(bench, 1, options->accounts);
    }
    app_bench_times(result, times, runs);
    result->rate_per_s = 1e9 * (double)options->accounts / result->median_ns;
    snprintf(result->note, sizeof result->note, "bw_step; %.0f events in %.0f calls, longest %.2f ms; rate in accounts/s",
             (double)bench->events_seen, (double)bench->calls, (double)bench->longest_call_ns / 1e6);
}

typedef uint64_t plain_function(app_bench_venue *bench, const app_bench_options *options, int64_t budget, uint64_t *took);

static void plain_runs(app_bench_venue *bench, const app_bench_options *options, int64_t budget, plain_function *plain,
                       app_bench_result *result, const char *name)
{
    uint64_t times[3];
    app_bench_describe(result, bench, name);
    app_bench_restore(bench);
    app_bench_mark_plain(bench, 1, 900000);
    for (uint64_t r = 0; r < 3; r++)
        result->result_hash = plain(bench, options, budget, &times[r]);
    app_bench_times(result, times, 3);
    result->rate_per_s = 1e9 * (double)options->accounts / result->median_ns;
}

int app_bench_adl(const app_bench_options *options, app_bench_result *results)
{
    app_bench_venue bench;
    int64_t lots;
    if (!victim_new(&bench, options, 4096, 10000, false, &lots))
        return 0;
    engine_runs(&bench, options, app_bench_sizes, &results[0], "adl");
    results[0].limit = "1.2 ms a million: read, histogram, compress";
    plain_runs(&bench, options, lots, adl_plain, &results[1], "adl-reference");
    snprintf(results[1].note, sizeof results[1].note, "score, qsort, take: no trades, no money, no events");
    app_bench_venue_free(&bench);
    return 2;
}

/* ---------------------------------------------------------------------------------------------------- haircut */

static uint64_t claims_hash(const app_bench_venue *bench, uint64_t first, uint64_t last)
{
    uint64_t hash = 1;
    for (uint64_t a = first; a < last; a++)
        hash = bw_mix_pair_u64(hash, (uint64_t)bw_cold_at(bench->venue, (uint32_t)a)->claim);
    return hash;
}

/* Largest remainder by a sort: floors first, then one unit each to the largest remainders, ties to the lower id. */
static uint64_t haircut_plain(app_bench_venue *bench, const app_bench_options *options, int64_t gap, uint64_t *took)
{
    ranked *all = malloc(options->accounts * sizeof *all);
    int64_t *charge = calloc(options->accounts, sizeof *charge), sum = 0, left = gap;
    uint64_t start = app_clock_ns(), hash = 1, count = 0;
    for (uint32_t a = 1; a < options->accounts; a++)
        sum += bw_max(0, bw_position_upnl(bench->venue, bw_hot_at(bench->venue, a)->extent));
    for (uint32_t a = 1; a < options->accounts; a++) {
        int64_t weight = bw_max(0, bw_position_upnl(bench->venue, bw_hot_at(bench->venue, a)->extent));
        charge[a] = bw_mul_div_floor(gap, weight, sum);
        left -= charge[a];
        int64_t rest = bw_wide_to_int64(bw_wide_mod_floor(bw_wide_mul(gap, weight), bw_wide_of(sum)));
        all[count++] = (ranked){rest, 0, a, a, 0};
    }
    qsort(all, count, sizeof *all, by_rank);
    for (uint64_t i = 0; i < count && left; i++, left--)
        charge[all[i].account]++;
    *took = app_clock_ns() - start;
    for (uint64_t a = 1; a < options->accounts; a++)
        hash = bw_mix_pair_u64(hash, (uint64_t)charge[a]);
    free(all);
    free(charge);
    return hash;
}

int app_bench_haircut(const app_bench_options *options, app_bench_result *results)
{
    app_bench_venue bench;
    int64_t lots;
    if (!victim_new(&bench, options, 4096, 1000, true, &lots))
        return 0;
    engine_runs(&bench, options, claims_hash, &results[0], "haircut");
    results[0].limit = "0.45 ms a million, plus 1 ms for the remainders";
    int64_t lost = lots * APP_BENCH_PRICE / 10 * APP_BENCH_TICK_VALUE;
    int64_t deposit = lots * APP_BENCH_PRICE * APP_BENCH_TICK_VALUE / 16;
    plain_runs(&bench, options, lost - deposit, haircut_plain, &results[1], "haircut-reference");
    snprintf(results[1].note, sizeof results[1].note, "weights, floors, qsort of remainders: no caps, no money, no events");
    app_bench_venue_free(&bench);
    return 2;
}
