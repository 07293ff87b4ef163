/* bench_adl.c - `adl` and `haircut`: one account fails against a million winners.

       NAME                 bw_step                                                    ──> sizes or claims
       NAME-reference       venue ──read──> arrays ──score (adl only)──> keys ──sort──> charges
       NAME-rule                            arrays ──score──> keys ──bw_allocate──> charges
       NAME-rule-reference                  arrays ──score──> keys ──sort──> charges

   All four have the same hash: what everybody has left of his position, or was cut. */
#include "app/bench.h"

#include "allocate/allocate.h"
#include "app/message.h"
#include "base/mix.h"
#include "engine/account.h"
#include "engine/adl.h"
#include "engine/state.h"

#include <stdio.h>
#include <stdlib.h>

#define FALL_PPM 900000

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
    *lots = market.open_interest * lots_ppm / 1000000;
    int64_t notional = *lots * APP_BENCH_PRICE * APP_BENCH_TICK_VALUE;
    app_bench_account(bench, options->accounts + 1u, notional / 16);
    bw_trade trade = {.buyer = options->accounts + 1u, .seller = 1, .lots = *lots, .price = APP_BENCH_PRICE};
    app_bench_trade_one(bench, &trade);
    return app_bench_keep(bench);
}

/* -------------------------------------------------------------------------------------------------- the crowd */

/* Everybody but the whale and the failed, by number of account: what the rule reads, and what it charges. */
typedef struct crowd {
    bw_allocate_rule rule;
    uint32_t count;
    int64_t budget;
    int64_t *upnl, *cost, *notional, *equity;   /* what the score reads */
    int64_t *weight, *cap;                      /* queue: lots, both; else the profit and what of it may be cut */
    int64_t *rank, *charge;                     /* queue: the score */
    uint64_t *id;                               /* queue: mixed with the command's number, as ties are (R13) */
} crowd;

static bool crowd_new(crowd *c, bw_allocate_rule rule, uint64_t accounts, int64_t budget)
{
    *c = (crowd){.rule = rule, .count = (uint32_t)accounts - 1u, .budget = budget};
    int64_t **const columns[] = {&c->upnl, &c->cost, &c->notional, &c->equity,
                                 &c->weight, &c->cap, &c->rank, &c->charge};
    const size_t count = sizeof columns / sizeof *columns;
    int64_t *block = calloc((count + 1u) * c->count, sizeof *block);
    if (!block) {
        app_say(APP_SYSTEM, "bench: no memory for %u payers", c->count);
        return false;
    }
    for (size_t k = 0; k < count; k++)
        *columns[k] = block + k * c->count;
    c->id = (uint64_t *)(block + count * c->count);
    return true;
}

static void crowd_free(crowd *c)
{
    free(c->upnl);
}

/* As the engine gathers them, at the present marks. The fall is the next command: ties are mixed with its number. */
static void crowd_read(crowd *c, const app_bench_venue *bench)
{
    const bw_venue *venue = bench->venue;
    for (uint32_t i = 0; i < c->count; i++) {
        uint32_t account = i + 1u, position = bw_hot_at(venue, account)->extent;
        bw_assessment now = bw_account_assess(venue, account);
        int64_t lots = bw_abs(bw_position_at(venue, position)->size);
        bool queue = c->rule == BW_ALLOCATE_QUEUE;
        c->upnl[i] = bw_position_upnl(venue, position);
        c->cost[i] = bw_position_cost(venue, position);
        c->notional[i] = now.notional;
        c->equity[i] = now.equity;
        c->weight[i] = queue ? lots : bw_max(0, c->upnl[i]);
        c->cap[i] = queue ? lots : bw_min(c->weight[i], bw_max(0, now.equity));
        c->id[i] = bw_cold_at(venue, account)->id;
        if (queue)
            c->id[i] = bw_mix_pair_u64(venue->seq + 1u, c->id[i]);
    }
}

static void crowd_score(crowd *c)
{
    if (c->rule != BW_ALLOCATE_QUEUE)
        return;
    for (uint32_t i = 0; i < c->count; i++) {
        bw_score_input in = {.upnl = c->upnl[i], .cost = c->cost[i],
                             .notional = c->notional[i], .equity = c->equity[i]};
        c->rank[i] = bw_score_key(BW_SCORE_PNL_X_LEVERAGE, &in);
    }
}

/* Returns how often the payers were passed over. */
static uint32_t crowd_allocate(crowd *c)
{
    static bw_allocation_scratch scratch;
    bw_payers payers = {.weight = c->weight, .cap = c->cap, .rank = c->rank, .id = c->id, .count = c->count};
    bw_allocation machine;
    bw_allocate_begin(&machine, c->rule, BW_ALLOCATE_LARGEST_REMAINDER, c->budget, c->count);
    uint32_t units;
    do
        units = UINT32_MAX;
    while (!bw_allocate_run(&machine, &scratch, &payers, c->charge, &units));
    return machine.pass_count;
}

/* As app_bench_sizes and claims_hash: shorts that are left, or what was cut. */
static uint64_t crowd_hash(const crowd *c)
{
    uint64_t hash = 1;
    for (uint32_t i = 0; i < c->count; i++)
        hash = bw_mix_pair_u64(hash, (uint64_t)(c->charge[i] - (c->rule == BW_ALLOCATE_QUEUE ? c->cap[i] : 0)));
    return hash;
}

/* ------------------------------------------------------------------------------------------------------ plain */

typedef struct ranked {
    int64_t key;
    uint64_t tie;
    uint32_t index, reserved;
} ranked;

static int by_rank(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->key != y->key)
        return x->key > y->key ? -1 : 1;
    return (x->tie > y->tie) - (x->tie < y->tie);
}

/* Sort everybody, take from the top. */
static void queue_plain(crowd *c, ranked *all)
{
    int64_t left = c->budget;
    for (uint32_t i = 0; i < c->count; i++)
        all[i] = (ranked){c->rank[i], c->id[i], i, 0};
    qsort(all, c->count, sizeof *all, by_rank);
    for (uint32_t n = 0; n < c->count; n++) {
        uint32_t i = all[n].index;
        c->charge[i] = bw_min(c->cap[i], left);
        left -= c->charge[i];
    }
}

/* Whose share is not below his cap pays the cap, until there is nobody else like that. The others are charged -1 for
   now; *left is what they pay, *sum their weight. */
static void caps_plain(crowd *c, int64_t *left, int64_t *sum)
{
    *left = c->budget;
    *sum = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        *sum += c->weight[i];
        c->charge[i] = -1;
    }
    for (bool again = true; again;) {
        again = false;
        for (uint32_t i = 0; i < c->count; i++) {
            if (c->charge[i] >= 0 || c->cap[i] > bw_mul_div_floor(*left, c->weight[i], *sum))
                continue;
            c->charge[i] = c->cap[i];
            *left -= c->cap[i];
            *sum -= c->weight[i];
            again = true;
        }
    }
}

/* Largest remainder by a sort: floors first, then one unit each to the largest remainders, ties to the lower id. */
static void shares_plain(crowd *c, ranked *all)
{
    int64_t budget, sum, left;
    uint32_t count = 0;
    caps_plain(c, &budget, &sum);
    left = budget;
    for (uint32_t i = 0; i < c->count; i++) {
        if (c->charge[i] >= 0)
            continue;
        bw_wide product = bw_wide_mul(budget, c->weight[i]);
        c->charge[i] = bw_wide_to_int64(bw_wide_div_floor(product, bw_wide_of(sum)));
        left -= c->charge[i];
        all[count++] = (ranked){bw_wide_to_int64(bw_wide_mod_floor(product, bw_wide_of(sum))), c->id[i], i, 0};
    }
    qsort(all, count, sizeof *all, by_rank);
    for (uint32_t n = 0; n < count && left; n++, left--)
        c->charge[all[n].index]++;
}

static void crowd_plain(crowd *c)
{
    ranked *all = malloc(c->count * sizeof *all);
    if (c->rule == BW_ALLOCATE_QUEUE)
        queue_plain(c, all);
    else
        shares_plain(c, all);
    free(all);
}

/* ------------------------------------------------------------------------------------------------------ lines */

/* Ends a line of accounts/s. */
static void line_end(app_bench_result *result, uint64_t *times, uint64_t runs)
{
    app_bench_times(result, times, runs);
    result->rate_per_s = 1e9 * (double)result->accounts / result->median_ns;
}

typedef uint64_t hash_function(const app_bench_venue *bench, uint64_t first, uint64_t last);

/* Runs the fall from the kept state; the hash is of what `hash_of` reads from the state after it. */
static void engine_line(app_bench_venue *bench, const app_bench_options *options, hash_function *hash_of,
                        const char *name, app_bench_result *result)
{
    uint64_t times[APP_BENCH_RUNS], runs = app_bench_runs(options);
    app_bench_describe(result, bench, name);
    for (uint64_t r = 0; r < runs; r++) {
        app_bench_restore(bench);
        times[r] = app_bench_mark_all(bench, 1, FALL_PPM);
        result->result_hash = hash_of(bench, 1, options->accounts);
    }
    line_end(result, times, runs);
    snprintf(result->note, sizeof result->note,
             "bw_step; %.0f events in %.0f calls, longest %.2f ms; rate in accounts/s",
             (double)bench->events_seen, (double)bench->calls, (double)bench->longest_call_ns / 1e6);
}

/* Quickest runs of the two parts of a rule. */
typedef struct parts {
    uint64_t score_ns, allocate_ns;
    uint32_t passes;
} parts;

static void rule_note(const crowd *c, const parts *best, char *note, size_t size)
{
    char score[32] = "";
    uint32_t whole = 0;
    for (uint32_t i = 0; i < c->count; i++)
        whole += c->charge[i] == c->cap[i];
    if (c->rule == BW_ALLOCATE_QUEUE)
        snprintf(score, sizeof score, "score %.2f ms, ", (double)best->score_ns / 1e6);
    snprintf(note, size, "%s%s %.2f ms in %u passes; %u of %u payers to their caps; rate in accounts/s", score,
             bw_allocate_rule_name(c->rule), (double)best->allocate_ns / 1e6, best->passes, whole, c->count);
}

/* The rule alone, on the arrays as they were read: scores, if it ranks, and the allocation. */
static void rule_line(const app_bench_venue *bench, const app_bench_options *options, crowd *c, const char *name,
                      app_bench_result *result)
{
    uint64_t times[APP_BENCH_RUNS], runs = app_bench_runs(options);
    parts best = {UINT64_MAX, UINT64_MAX, 0};
    app_bench_describe(result, bench, name);
    for (uint64_t r = 0; r < runs; r++) {
        uint64_t start = app_clock_ns();
        crowd_score(c);
        uint64_t scored = app_clock_ns();
        best.passes = crowd_allocate(c);
        uint64_t end = app_clock_ns();
        times[r] = end - start;
        best.score_ns = scored - start < best.score_ns ? scored - start : best.score_ns;
        best.allocate_ns = end - scored < best.allocate_ns ? end - scored : best.allocate_ns;
    }
    line_end(result, times, runs);
    result->result_hash = crowd_hash(c);
    rule_note(c, &best, result->note, sizeof result->note);
}

/* The same by a sort; with `reads`, out of the venue instead of from arrays. */
static void plain_line(const app_bench_venue *bench, crowd *c, bool reads, const char *name, app_bench_result *result)
{
    uint64_t times[3];
    app_bench_describe(result, bench, name);
    for (uint64_t r = 0; r < 3; r++) {
        uint64_t start = app_clock_ns();
        if (reads)
            crowd_read(c, bench);
        crowd_score(c);
        crowd_plain(c);
        times[r] = app_clock_ns() - start;
    }
    line_end(result, times, 3);
    result->result_hash = crowd_hash(c);
    snprintf(result->note, sizeof result->note, "%s%s: no trades, no money, no events", reads ? "read, " : "",
             c->rule == BW_ALLOCATE_QUEUE ? "score, qsort, take" : "floors, qsort of remainders");
}

/* The lines NAME-reference, NAME-rule and NAME-rule-reference, from the marks after the fall. */
static int crowd_lines(app_bench_venue *bench, const app_bench_options *options, bw_allocate_rule rule, int64_t budget,
                       app_bench_result *results)
{
    crowd c;
    char name[3][32];
    static const char *const suffix[] = {"-reference", "-rule", "-rule-reference"};
    if (!crowd_new(&c, rule, options->accounts, budget))
        return 0;
    for (int i = 0; i < 3; i++)
        snprintf(name[i], sizeof name[i], "%s%s", rule == BW_ALLOCATE_QUEUE ? "adl" : "haircut", suffix[i]);
    app_bench_restore(bench);
    app_bench_mark_plain(bench, 1, FALL_PPM);
    plain_line(bench, &c, true, name[0], &results[0]);
    rule_line(bench, options, &c, name[1], &results[1]);
    plain_line(bench, &c, false, name[2], &results[2]);
    crowd_free(&c);
    return 3;
}

int app_bench_adl(const app_bench_options *options, app_bench_result *results)
{
    app_bench_venue bench;
    int64_t lots;
    if (!victim_new(&bench, options, 4096, 10000, false, &lots))
        return 0;
    engine_line(&bench, options, app_bench_sizes, "adl", &results[0]);
    results[0].limit = "1.2 ms a million: read, histogram, compress";
    int count = crowd_lines(&bench, options, BW_ALLOCATE_QUEUE, lots, &results[1]);
    results[2].limit = "1.2 ms a million: read, histogram, compress; aim 3 ms";
    app_bench_venue_free(&bench);
    return count > 0 ? 1 + count : 0;
}

static uint64_t claims_hash(const app_bench_venue *bench, uint64_t first, uint64_t last)
{
    uint64_t hash = 1;
    for (uint64_t a = first; a < last; a++)
        hash = bw_mix_pair_u64(hash, (uint64_t)bw_cold_at(bench->venue, (uint32_t)a)->claim);
    return hash;
}

int app_bench_haircut(const app_bench_options *options, app_bench_result *results)
{
    app_bench_venue bench;
    int64_t lots;
    if (!victim_new(&bench, options, 4096, 1000, true, &lots))
        return 0;
    engine_line(&bench, options, claims_hash, "haircut", &results[0]);
    results[0].limit = "0.45 ms a million, plus 1 ms for the remainders";
    int64_t lost = lots * APP_BENCH_PRICE / 10 * APP_BENCH_TICK_VALUE;
    int64_t deposit = lots * APP_BENCH_PRICE * APP_BENCH_TICK_VALUE / 16;
    int count = crowd_lines(&bench, options, BW_ALLOCATE_CAPPED_PRO_RATA, lost - deposit, &results[1]);
    results[2].limit = "0.45 ms a million, plus 1 ms for the remainders; aim 4 ms";
    app_bench_venue_free(&bench);
    return count > 0 ? 1 + count : 0;
}
