/* model_case.h - parameters and bookkeeping that the tests of the price model share. */
#ifndef BW_TEST_MODEL_CASE_H
#define BW_TEST_MODEL_CASE_H

#include "check.h"

#include <math.h>

#include "base/hash.h"
#include "world/model.h"

/* One market of each class, then round again. */
static inline bw_model_params case_params(uint32_t market_count, uint32_t collateral)
{
    static bw_market_facts facts[BW_MARKETS_MAX];
    for (uint32_t m = 0; m < market_count; m++)
        facts[m].class = (bw_market_class)(m % BW_MARKET_CLASS_COUNT);
    return bw_model_params_default(facts, market_count, collateral);
}

static inline bw_model *case_model(const bw_model_params *params)
{
    char fault[200];
    if (bw_model_fault(params, fault, sizeof fault) != NULL)
        fail_msg("%s", fault);
    return bw_model_new(malloc(bw_model_footprint(params)), params);
}

/* Moves of one path; free them. */
static inline double *case_moves(const bw_model_params *params, uint64_t seed, uint64_t path, bw_model_told *told)
{
    bw_model *model = case_model(params);
    double *move = calloc((size_t)params->step_count * bw_model_item_count(model), sizeof *move);
    bw_model_path(model, seed, path, move, told);
    free(model);
    return move;
}

#endif
