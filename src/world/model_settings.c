/* model_settings.c - the settings of the price model: words, ranges, defaults and where these come from. */
#include <stdio.h>
#include <string.h>

#include "world/model.h"

#define ALL(word, field) word, BW_MODEL_OF_ALL, offsetof(bw_model_params, field)
#define ITEM(word, field) word, BW_MODEL_OF_ITEM, offsetof(bw_model_item, field)
#define EACH(x) {x, x, x, x, x}

const bw_model_setting bw_model_settings[BW_MODEL_SETTINGS] = {
    {ALL("factor-sd", factor_sd), 0, 5, EACH(.023), .023, "[A]", "sd of a day of the common factor",
     "with own-sd and jumps BTC's day has .028; .02 to .051 [S5]"},
    {ALL("mixing-max", mixing_max), 1, 1000, EACH(25), 25, "[A]", "cap of T: the variance of a wild step over a normal one's", ""},
    {ALL("vol-reversion", vol_reversion), .001, 1000, EACH(2), 2, "[A]", "k: return of ln volatility to normal, per day", ""},
    {ALL("vol-of-vol", vol_of_vol), 0, 2, EACH(.5), .5, "[A]", "w: sd of ln volatility", ""},
    {ALL("vol-jump", vol_jump), 0, 5, EACH(.5), .5, "[A]", "what a common jump adds to ln volatility", "see *Why these jumps*"},
    {ALL("leverage-effect", leverage_effect), -1, 1, EACH(-.3), -.3, "[A]",
     "correlation of ln volatility's moves with the factor's", "sign: jumps of volatility and price are anticorrelated [S1]"},
    {ALL("jumps", jumps), 0, 1000, EACH(.03), .03, "[M]", "L: common jumps a day that no jump brought; range .01 to .05",
     "SVCJ of BTC about .04 a day [S1]; with the jumps they bring L is .043"},
    {ALL("jump-branching", jump_branching), 0, .95, EACH(.3), .3, "[A]", "further common jumps that a jump brings",
     "clusters: [S2], [S3]"},
    {ALL("jump-decay", jump_decay_h), .001, 10000, EACH(2.4), 2.4, "[A]", "hours in which that falls by e", ""},
    {ALL("jump-down-share", jump_down_share), 0, 1, EACH(.7), .7, "[A]", "share of common jumps that go down", ""},
    {ALL("jump-down", jump_down), 0, 2, EACH(.045), .045, "[A]", "mean ln size of those, at jump-beta 1", "see *Why these jumps*"},
    {ALL("jump-up", jump_up), 0, 2, EACH(.03), .03, "[A]", "mean ln size of the others", "see *Why these jumps*"},
    {ITEM("beta", beta), -20, 20, {1, 1.3, 1.5, 1.65, 1.5}, 0, "[A]", "diffusive move per move of the factor",
     "without jumps a correlation with BTC of .84 .76 .50 .20 [C]"},
    {ITEM("sector-load", sector_load), -20, 20, EACH(0), 0, "[A]", "the same for the sector", "not measured: none"},
    {"sector-sd", BW_MODEL_OF_SECTOR, 0, 0, 5, EACH(.02), .02, "[A]", "sd of a day of the market's sector", ""},
    {ITEM("own-sd", own_sd), 0, 5, {.0071, .0155, .0249, .0566, .1349}, .002, "[A]", "sd of a day of the market alone",
     "so that a day without jumps has .024 .034 .043 .07 .15 [C]"},
    {ITEM("tail", tail), 2.1, 100, {4, 4, 4, 3.5, 3}, 3, "[A]", "nu: degrees of freedom of a step, its volatility known",
     "Hill 2.7-3.2 on 1 h moves of this model, jumps and all [C]"},
    {ITEM("jump-beta", jump_beta), -50, 50, {1, 1.3, 1.75, 3, 5}, .1, "[C]", "move per common jump; by median",
     "falls of 36 markets over BTC's on 10 October 2025: large 1.5-2, mid 2-4, small 4-6"},
    {ITEM("jump-spread", jump_spread), 0, 3, {.3, .3, .4, .5, .6}, .5, "[C]", "sd of ln of that move among markets",
     "spread of the row above"},
    {ITEM("own-jumps", own_jumps), 0, 1000, {.001, .002, .003, .007, .02}, .002, "[A]",
     "jumps a day of the market alone: squeeze, delisting, oracle", ""},
    {ITEM("own-jump-size", own_jump_size), 0, .99, {.06, .08, .10, .18, .40}, .1, "[A]", "mean ln size of those, up and down alike",
     "JELLY: x 4 is 1.39"},
    {ITEM("step-low", step_low), -20, -.0001, EACH(-3), -3, "[A]", "lowest ln move of a step", "part of the model: see *Caps*"},
    {ITEM("step-high", step_high), .0001, 5, EACH(1.5), .05, "[A]", "highest", ""},
    {ITEM("horizon-low", horizon_low), -20, -.0001, EACH(-3), -3, "[A]", "lowest ln move since the opening", ""},
    {ITEM("horizon-high", horizon_high), .0001, 5, EACH(1.5), .05, "[A]", "highest", ""},
};

const bw_model_setting *bw_model_setting_find(const char *word)
{
    for (uint32_t i = 0; i < BW_MODEL_SETTINGS; i++)
        if (strcmp(bw_model_settings[i].word, word) == 0)
            return &bw_model_settings[i];
    return NULL;
}

void bw_model_setting_row(const bw_model_setting *setting, char *buffer, size_t buffer_size)
{
    char values[160];
    const double *v = setting->value;
    if (setting->scope == BW_MODEL_OF_ALL)
        snprintf(values, sizeof values, "%g | | | | |", v[0]);
    else
        snprintf(values, sizeof values, "%g | %g | %g | %g | %g | %g", v[0], v[1], v[2], v[3], v[4], setting->collateral);
    snprintf(buffer, buffer_size, "| `%s` | %s | %s | %g to %g | %s | %s |", setting->word, setting->meaning, values,
             setting->low, setting->high, setting->tag, setting->source);
}

static double *place_of(bw_model_params *params, const bw_model_setting *setting, uint32_t item)
{
    switch (setting->scope) {
    case BW_MODEL_OF_ALL: return (double *)(void *)((char *)params + setting->offset);
    case BW_MODEL_OF_SECTOR: return &params->sector_sd[params->item[item].sector];
    case BW_MODEL_OF_ITEM: break;
    }
    return (double *)(void *)((char *)&params->item[item] + setting->offset);
}

void bw_model_setting_put(bw_model_params *params, const bw_model_setting *setting, uint32_t item, double value)
{
    *place_of(params, setting, item) = value;
}

double bw_model_setting_get(const bw_model_params *params, const bw_model_setting *setting, uint32_t item)
{
    return *place_of((bw_model_params *)(uintptr_t)params, setting, item);
}

static void put_defaults(bw_model_params *params, uint32_t item, const bw_market_facts *market)
{
    for (uint32_t i = 0; i < BW_MODEL_SETTINGS; i++) {
        const bw_model_setting *setting = &bw_model_settings[i];
        if (setting->scope == BW_MODEL_OF_ITEM)
            bw_model_setting_put(params, setting, item, market != NULL ? setting->value[market->class] : setting->collateral);
    }
    params->item[item].sector = market != NULL ? (uint32_t)market->class : BW_MARKET_CLASS_COUNT;
}

bw_model_params bw_model_params_default(const bw_market_facts *markets, uint32_t market_count, uint32_t collateral)
{
    bw_model_params params = {.market_count = market_count, .collateral = collateral, .step_count = 240, .horizon_s = 86400};
    for (uint32_t i = 0; i < BW_MODEL_SETTINGS; i++)
        if (bw_model_settings[i].scope == BW_MODEL_OF_ALL)
            bw_model_setting_put(&params, &bw_model_settings[i], 0, bw_model_settings[i].value[0]);
    for (uint32_t s = 0; s < BW_MODEL_SECTORS; s++)
        params.sector_sd[s] = .02;
    for (uint32_t i = 0; i < market_count && i < BW_MARKETS_MAX; i++)
        put_defaults(&params, i, &markets[i]);
    if (collateral && market_count < BW_MARKETS_MAX)
        put_defaults(&params, market_count, NULL);
    return params;
}

/* ---- faults ---- */

static bool in(double x, double low, double high)
{
    return x >= low && x <= high; /* false for not-a-number */
}

static const char *shape_fault(const bw_model_params *p, char *buffer, size_t size)
{
    if (p->collateral > 1 || p->market_count < 1 || p->market_count > BW_MARKETS_MAX - p->collateral)
        snprintf(buffer, size, "found %u markets, expected 1 to 64, a collateral among them", p->market_count);
    else if (p->step_count < 1)
        snprintf(buffer, size, "found a horizon shorter than a step, expected at least one step");
    else if (p->step_count > BW_MODEL_STEPS_MAX)
        snprintf(buffer, size, "found %u steps, expected at most %u", p->step_count, BW_MODEL_STEPS_MAX);
    else if (!in(p->horizon_s, 1e-6 * p->step_count, 366 * 86400.0))
        snprintf(buffer, size, "found a horizon of %g s, expected a microsecond a step to 366 days", p->horizon_s);
    else
        return NULL;
    return buffer;
}

static const char *range_fault(const bw_model_params *p, uint32_t item, char *buffer, size_t size)
{
    for (uint32_t i = 0; i < BW_MODEL_SETTINGS; i++) {
        const bw_model_setting *setting = &bw_model_settings[i];
        double value = bw_model_setting_get(p, setting, item);
        if (in(value, setting->low, setting->high))
            continue;
        snprintf(buffer, size, "found %s %g, expected %g to %g", setting->word, value, setting->low, setting->high);
        return buffer;
    }
    return NULL;
}

/* Means without which E[price] would be the caps' alone. */
static const char *jump_fault(const bw_model_params *p, const bw_model_item *item, char *buffer, size_t size)
{
    double up = item->jump_beta > 0 ? item->jump_beta * p->jump_up : -item->jump_beta * p->jump_down;
    if (up < 1)
        return NULL;
    snprintf(buffer, size,
             "found jump-beta %g with a mean jump upwards of %g, expected their product below 1: else E[price] exists only by the caps",
             item->jump_beta, item->jump_beta > 0 ? p->jump_up : p->jump_down);
    return buffer;
}

const char *bw_model_fault(const bw_model_params *params, char *buffer, size_t buffer_size)
{
    const char *fault = shape_fault(params, buffer, buffer_size);
    for (uint32_t i = 0; fault == NULL && i < params->market_count + params->collateral; i++) {
        if (params->item[i].sector >= BW_MODEL_SECTORS) {
            snprintf(buffer, buffer_size, "found sector %u, expected 0 to %u", params->item[i].sector, BW_MODEL_SECTORS - 1);
            return buffer;
        }
        fault = range_fault(params, i, buffer, buffer_size);
        if (fault == NULL)
            fault = jump_fault(params, &params->item[i], buffer, buffer_size);
    }
    return fault;
}
