/* bench_model.c - `model`: price paths of the stress laboratory, a day in 240 steps, at 8 and at 64 markets. */
#include "app/bench.h"

#include "base/hash.h"
#include "world/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATHS = 512, STEPS = 240 };

typedef void path_of(const bw_model *, uint64_t, uint64_t, double *, bw_model_told *);

/* All paths once; the time of one, on average. */
static uint64_t paths_run(const bw_model *model, path_of *draw, uint64_t seed, double *move, uint64_t *hash)
{
    size_t size = sizeof *move * STEPS * bw_model_item_count(model);
    uint64_t took = 0;
    *hash = 1;
    for (uint64_t path = 0; path < PATHS; path++) {
        app_bench_poll();
        bw_model_told told;
        uint64_t start = app_clock_ns();
        draw(model, seed, path, move, &told);
        took += app_clock_ns() - start;
        *hash = bw_hash64(&told, sizeof told, bw_hash64(move, size, *hash));
    }
    return took / PATHS;
}

static void result_of(const bw_model *model, path_of *draw, uint64_t runs, uint64_t seed, double *move,
                      app_bench_result *result)
{
    uint64_t times[APP_BENCH_RUNS];
    uint32_t markets = bw_model_item_count(model);
    *result = (app_bench_result){.visits = -1, .limit = ""};
    for (uint64_t r = 0; r < runs; r++)
        times[r] = paths_run(model, draw, seed, move, &result->result_hash);
    app_bench_times(result, times, runs);
    result->rate_per_s = 1e9 / result->median_ns;
    snprintf(result->name, sizeof result->name, "model-%u%s", markets, draw == bw_model_path ? "" : "-reference");
    snprintf(result->note, sizeof result->note, "a path of %u markets x %d steps, mean of %d; %.1f ns per market and step",
             markets, STEPS, PATHS, result->median_ns / STEPS / markets);
}

static bool bench_markets(const app_bench_options *options, uint32_t markets, app_bench_result *results)
{
    bw_market_facts *facts = calloc(BW_MARKETS_MAX, sizeof *facts);
    double *move = calloc((size_t)STEPS * markets, sizeof *move);
    for (uint32_t m = 0; facts && m < markets; m++)
        facts[m].class = (bw_market_class)(m % BW_MARKET_CLASS_COUNT);
    bw_model_params params = {0};
    if (facts)
        params = bw_model_params_default(facts, markets, 0);
    params.step_count = STEPS;
    void *memory = facts && move ? malloc(bw_model_footprint(&params)) : NULL;
    if (memory) {
        const bw_model *model = bw_model_new(memory, &params);
        result_of(model, bw_model_path, app_bench_runs(options), options->seed, move, &results[0]);
        results[0].limit = "a block of Philox and two normals per market and two steps";
        result_of(model, bw_model_path_reference, 1, options->seed, move, &results[1]);
    }
    free(memory);
    free(move);
    free(facts);
    return memory != NULL;
}

int app_bench_model(const app_bench_options *options, app_bench_result *results)
{
    return bench_markets(options, 8, &results[0]) && bench_markets(options, 64, &results[2]) ? 4 : 0;
}
