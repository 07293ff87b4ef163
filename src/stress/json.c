/* json.c - the result as breakwater-stress/1, and the fund's as breakwater-fund/1. */
#include "stress/figures.h"
#include "stress/fund.h"
#include "stress/result.h"
#include "stress/tail.h"
#include "world/real.h"

#define PICO 1000000000000

int64_t bw_chance_floor(double x)
{
    return (int64_t)(x * PICO);
}

int64_t bw_chance_ceil(double x)
{
    int64_t whole = bw_chance_floor(x);
    whole += (double)whole < x * PICO;
    return whole < PICO ? whole : PICO;
}

int64_t bw_chance_value(const bw_stress_chance *chance)
{
    if (chance->paths == 0)
        return 0;
    if (chance->weighted)
        return (int64_t)(chance->estimate * PICO + .5);
    bw_wide twice = bw_wide_add_int64(bw_wide_scale(bw_wide_mul((int64_t)chance->hits, PICO), 2), (int64_t)chance->paths);
    return bw_wide_to_int64(bw_wide_div_floor(twice, bw_wide_mul((int64_t)chance->paths, 2)));
}

/* ---------------------------------------------------------------------------------------------------------- figures */

void bw_object_figure(bw_object *object, const char *key, const bw_stress_figure *figure)
{
    if (!figure->known) {
        bw_object_null(object, key);
        return;
    }
    bw_object_begin(object, key, '{');
    bw_object_money(object, "value", figure->value);
    if (figure->bounded) {
        bw_object_money(object, "low", figure->low);
        bw_object_money(object, "high", figure->high);
    } else {
        bw_object_null(object, "low");
        bw_object_null(object, "high");
    }
    bw_object_count(object, "paths", figure->paths);
    bw_object_end(object, '}');
}

void bw_object_chance(bw_object *object, const char *key, const bw_stress_chance *chance)
{
    bw_object_begin(object, key, '{');
    bw_object_rate(object, "value", bw_chance_value(chance), BW_CHANCE_PLACES);
    bw_object_rate(object, "low", bw_chance_floor(chance->interval.low), BW_CHANCE_PLACES);
    bw_object_rate(object, "high", bw_chance_ceil(chance->interval.high), BW_CHANCE_PLACES);
    bw_object_count(object, "hits", chance->hits);
    bw_object_end(object, '}');
}

void bw_object_hash(bw_object *object, const char *key, uint64_t low, uint64_t high)
{
    bw_object_key(object, key);
    bw_page_char(&object->page, '"');
    bw_page_hex(&object->page, high);
    bw_page_hex(&object->page, low);
    bw_page_char(&object->page, '"');
}

void bw_object_seconds(bw_object *object, const char *key, int64_t time_ns)
{
    uint32_t places = 9;
    for (; places > 0 && time_ns % 10 == 0; places--)
        time_ns /= 10;
    bw_object_key(object, key);
    bw_page_amount(&object->page, time_ns, places);
}

void bw_object_series(bw_object *o, const char *key, const bw_stress_series *series)
{
    bw_object_begin(o, key, '{');
    bw_object_figure(o, "mean", &series->mean);
    bw_object_begin(o, "var", '{');
    for (uint32_t i = 0; i < BW_STRESS_LEVELS; i++)
        bw_object_figure(o, bw_stress_level_words[i], &series->var[i]);
    bw_object_end(o, '}');
    bw_object_begin(o, "es", '{');
    for (uint32_t i = 0; i < BW_STRESS_LEVELS; i++)
        bw_object_figure(o, bw_stress_level_words[i], &series->es[i]);
    bw_object_end(o, '}');
    bw_object_money(o, "largest", series->largest);
    bw_object_chance(o, "p_positive", &series->positive);
    bw_object_end(o, '}');
}

/* ----------------------------------------------------------------------------------------------------------- stress */

void bw_object_head(bw_object *o, const char *schema, const bw_stress_facts *facts, uint64_t paths)
{
    bw_object_text(o, "schema", schema);
    bw_object_text(o, "title", facts->title);
    bw_object_text(o, "reproduce", facts->reproduce);
    bw_object_count(o, "paths", paths);
    bw_object_count(o, "seed", facts->seed);
    bw_object_seconds(o, "horizon_seconds", facts->horizon_ns);
    bw_object_flag(o, "one_shock", facts->one_shock);
    bw_object_text(o, "asset", facts->asset);
    bw_object_flag(o, "partial", facts->partial);
}

static void put_screened(bw_object *o, const bw_stress_result *result)
{
    const bw_stress_screened *screened = result->screened;
    if (screened == NULL) {
        bw_object_null(o, "screen");
        return;
    }
    bw_object_begin(o, "screen", '{');
    bw_object_money(o, "paid", screened->paid);
    bw_object_count(o, "control_paths", screened->control);
    bw_object_count(o, "passed_paths", screened->passed);
    bw_object_count(o, "played_paths", result->played);
    bw_object_begin(o, "strata", '[');
    for (uint32_t h = 0; screened->plan != NULL && h < screened->plan->count; h++) {
        bw_object_begin(o, NULL, '{');
        bw_object_count(o, "paths", screened->plan->strata[h].paths);
        bw_object_count(o, "played", screened->plan->strata[h].played);
        bw_object_end(o, '}');
    }
    bw_object_end(o, ']');
    bw_object_end(o, '}');
}

void bw_object_foot(bw_object *o, const bw_stress_facts *facts, bw_hash hash, int64_t elapsed_ms)
{
    bw_object_key(o, "settings_hash");
    bw_page_char(&o->page, '"');
    bw_page_hex(&o->page, facts->settings_hash);
    bw_page_char(&o->page, '"');
    bw_object_hash(o, "result_hash", hash.low, hash.high);
    bw_object_key(o, "elapsed_seconds");
    bw_page_amount(&o->page, elapsed_ms, 3);
    bw_object_end(o, '}');
    bw_page_char(&o->page, '\n');
}

static void put_origins(bw_object *o, const bw_stress_result *result)
{
    bw_object_begin(o, "origins", '[');
    for (uint32_t i = 0; i < result->origin_count; i++) {
        const bw_stress_origin *origin = &result->origins[i];
        bw_object_begin(o, NULL, '{');
        if (origin->market == BW_NONE16)
            bw_object_null(o, "market");
        else if (result->facts->markets != NULL && origin->market < result->facts->market_count)
            bw_object_text(o, "market", result->facts->markets[origin->market]);
        else
            bw_object_count(o, "market", origin->market);
        if (origin->market == BW_NONE16)
            bw_object_null(o, "side");
        else
            bw_object_text(o, "side", origin->shorts ? "short" : "long");
        bw_object_count(o, "paths", origin->paths);
        bw_object_rate(o, "share_of_gap", origin->share_ppm, 6);
        bw_object_end(o, '}');
    }
    bw_object_end(o, ']');
}

static void put_tail(bw_object *o, const bw_stress_result *result)
{
    bw_object_begin(o, "causes", '[');
    for (uint32_t i = 0; i < result->cause_count; i++) {
        bw_object_begin(o, NULL, '{');
        bw_object_text(o, "cause", bw_stress_cause_word(&result->causes[i]));
        bw_object_count(o, "paths", result->causes[i].paths);
        bw_object_rate(o, "share_of_gap", result->causes[i].share_ppm, 6);
        bw_object_end(o, '}');
    }
    bw_object_end(o, ']');
    bw_object_rate(o, "largest_account_share_of_gap", result->largest_share_ppm, 6);
    bw_object_begin(o, "largest_accounts", '[');
    for (uint32_t i = 0; i < result->owner_count; i++) {
        bw_object_begin(o, NULL, '{');
        bw_object_count(o, "account", result->owners[i].account);
        bw_object_count(o, "paths", result->owners[i].paths);
        bw_object_rate(o, "share_of_gap", result->owners[i].share_ppm, 6);
        bw_object_end(o, '}');
    }
    bw_object_end(o, ']');
}

size_t bw_stress_json(const bw_stress_result *result, int64_t elapsed_ms, char *buffer, size_t size)
{
    bw_object o = bw_object_open(buffer, size, result->facts->decimals);
    bw_object_begin(&o, NULL, '{');
    bw_object_head(&o, "breakwater-stress/1", result->facts, result->paths);
    bw_object_begin(&o, "series", '{');
    bw_object_series(&o, "gap", &result->gap);
    bw_object_series(&o, "fund_use", &result->fund_use);
    bw_object_series(&o, "socialized", &result->socialized);
    bw_object_end(&o, '}');
    bw_object_chance(&o, "p_liquidation", &result->p_liquidation);
    bw_object_chance(&o, "p_adl", &result->p_adl);
    bw_object_chance(&o, "p_haircut", &result->p_haircut);
    bw_object_chance(&o, "p_carryover", &result->p_carryover);
    bw_object_chance(&o, "p_socialized", &result->p_socialized);
    bw_object_chance(&o, "p_charged", &result->p_charged);
    bw_object_figure(&o, "liquidated_notional", &result->liquidated_notional);
    bw_object_figure(&o, "adl_notional", &result->adl_notional);
    if (result->first_adl_ns < 0)
        bw_object_null(&o, "median_seconds_to_first_adl");
    else
        bw_object_seconds(&o, "median_seconds_to_first_adl", result->first_adl_ns);
    bw_object_count(&o, "clipped_paths", result->clipped);
    bw_object_rate(&o, "clipped_share_of_gap", result->clipped_share_ppm, 6);
    bw_object_count(&o, "incomplete_paths", result->incomplete);
    bw_object_count(&o, "worst_path", result->worst_path);
    put_origins(&o, result);
    put_tail(&o, result);
    put_screened(&o, result);
    bw_object_foot(&o, result->facts, result->hash, elapsed_ms);
    return bw_page_end(&o.page);
}

/* ------------------------------------------------------------------------------------------------------------- fund */

static void put_point(bw_object *o, const bw_fund_point *point)
{
    bw_object_begin(o, NULL, '{');
    bw_object_money(o, "fund", point->fund);
    bw_object_chance(o, "p_socialized", &point->p_socialized);
    bw_object_figure(o, "expected_socialized", &point->expected_socialized);
    bw_object_rate(o, "p_fitted", bw_chance_ceil(point->p_fitted), BW_CHANCE_PLACES);
    bw_object_money(o, "expected_fitted", (int64_t)point->expected_fitted);
    bw_object_count(o, "played_paths", point->played);
    bw_object_end(o, '}');
}

static void put_cover(bw_object *o, const char *key, bool known, int64_t amount)
{
    if (known)
        bw_object_money(o, key, amount);
    else
        bw_object_null(o, key);
}

/* Ends of a difference, which may lie below 0, in 1e-12 outward. */
static void put_signed(bw_object *o, const char *key, double x, int side)
{
    double scaled = x * PICO;
    int64_t whole = (int64_t)scaled;
    if (side != 0 && (double)whole != scaled)
        whole += side > 0 ? scaled > 0 : -(scaled < 0);
    bw_object_rate(o, key, whole, BW_CHANCE_PLACES);
}

static void put_pair(bw_object *o, const bw_paired *pair)
{
    bw_object_begin(o, NULL, '{');
    bw_object_text(o, "name", pair->name);
    bw_object_chance(o, "p_base", &pair->a);
    bw_object_chance(o, "p_changed", &pair->b);
    bw_object_begin(o, "p_difference", '{');
    put_signed(o, "value", pair->difference, 0);
    put_signed(o, "low", pair->low, -1);
    put_signed(o, "high", pair->high, 1);
    bw_object_end(o, '}');
    bw_object_count(o, "paths_only_base", pair->only_a);
    bw_object_count(o, "paths_only_changed", pair->only_b);
    bw_object_begin(o, "expected_difference", '{');
    bw_object_money(o, "value", pair->mean_difference);
    if (pair->mean_bounded) {
        bw_object_money(o, "low", pair->mean_low);
        bw_object_money(o, "high", pair->mean_high);
    } else {
        bw_object_null(o, "low");
        bw_object_null(o, "high");
    }
    bw_object_end(o, '}');
    bw_object_end(o, '}');
}

static void put_pairs(bw_object *o, const bw_fund_result *fund)
{
    bw_object_begin(o, "sensitivities", '[');
    for (uint32_t i = 0; i < fund->pair_count; i++)
        put_pair(o, &fund->pairs[i]);
    bw_object_end(o, ']');
}

/* Price over its opening price less 1, per item that moves, in millionths. */
static void put_moves(bw_object *o, const bw_fund_result *fund, const bw_reverse_row *row)
{
    bw_object_begin(o, "moves", '{');
    for (uint32_t m = 0; m < fund->facts->market_count && m < BW_MARKETS_MAX; m++)
        if (row->unit[m] != 0)
            bw_object_rate(o, fund->facts->markets[m], (int64_t)((bw_real_exp(row->unit[m] * row->size) - 1) * 1e6), 6);
    bw_object_end(o, '}');
}

static void put_reverse(bw_object *o, const bw_fund_result *fund)
{
    bw_object_begin(o, "reverse", '[');
    for (uint32_t i = 0; i < fund->reverse_count; i++) {
        const bw_reverse_row *row = &fund->reverse[i];
        bw_object_begin(o, NULL, '{');
        bw_object_text(o, "name", row->name);
        bw_object_flag(o, "exhausts", row->size > 0);
        bw_object_rate(o, row->joint ? "standard_deviations" : "log_move", (int64_t)(row->size * 1e6), 6);
        put_moves(o, fund, row);
        bw_object_money(o, "traders_pay", row->borne);
        if (row->chance.paths > 0)
            bw_object_chance(o, "p_so_far", &row->chance);
        else
            bw_object_null(o, "p_so_far");
        bw_object_flag(o, "larger_ones_do_not", row->gap_above);
        bw_object_end(o, '}');
    }
    bw_object_end(o, ']');
}

size_t bw_fund_json(const bw_fund_result *fund, int64_t elapsed_ms, char *buffer, size_t size)
{
    bw_object o = bw_object_open(buffer, size, fund->facts->decimals);
    bw_object_begin(&o, NULL, '{');
    bw_object_head(&o, "breakwater-fund/1", fund->facts, fund->paths);
    bw_object_text(&o, "method", fund->runs ? "runs per size, common random numbers" : "one set of paths");
    if (fund->present >= 0)
        bw_object_money(&o, "present_fund", fund->present);
    else
        bw_object_null(&o, "present_fund");
    bw_object_flag(&o, "falls", fund->falls);
    bw_object_count(&o, "opened_paths", fund->opened);
    bw_object_begin(&o, "curve", '[');
    for (uint32_t i = 0; i < fund->point_count; i++)
        put_point(&o, &fund->points[i]);
    bw_object_end(&o, ']');
    bw_object_rate(&o, "simultaneous_band", bw_chance_ceil(fund->band < 1 ? fund->band : 1), BW_CHANCE_PLACES);
    bw_object_rate(&o, "target", fund->settings.target, 9);
    bw_object_figure(&o, "smallest_fund", &fund->smallest);
    bw_object_rate(&o, "newsvendor_tail", fund->newsvendor_tail, 9);
    bw_object_figure(&o, "newsvendor", &fund->newsvendor);
    put_cover(&o, "cover1", fund->covers.known, fund->covers.cover1);
    put_cover(&o, "cover2", fund->covers.known, fund->covers.cover2);
    put_cover(&o, "cover_all", fund->covers.known, fund->covers.cover_all);
    put_pairs(&o, fund);
    put_reverse(&o, fund);
    bw_object_begin(&o, "models", '[');
    for (uint32_t i = 0; i < fund->model_count; i++) {
        bw_object_begin(&o, NULL, '{');
        bw_object_text(&o, "name", fund->models[i].name);
        bw_object_chance(&o, "p_socialized", &fund->models[i].p_socialized);
        bw_object_figure(&o, "expected_socialized", &fund->models[i].expected_socialized);
        bw_object_end(&o, '}');
    }
    bw_object_end(&o, ']');
    bw_object_foot(&o, fund->facts, fund->hash, elapsed_ms);
    return bw_page_end(&o.page);
}
