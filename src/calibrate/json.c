/* json.c - a calibration as breakwater-calibrate/1. Numbers that are not whole are decimal strings of nine decimals. */
#include <math.h>

#include "calibrate/words.h"
#include "metrics/object.h"
#include "world/real.h"

#define NANO 1e9
#define MOST 9e9

static void put(bw_object *o, const char *key, double x)
{
    if (isnan(x)) {
        bw_object_null(o, key);
        return;
    }
    double kept = x > MOST ? MOST : x < -MOST ? -MOST : x;
    bw_object_rate(o, key, (int64_t)(kept * NANO + (kept < 0 ? -.5 : .5)), 9);
}

static void put_if(bw_object *o, const char *key, double x, bool known)
{
    if (known)
        put(o, key, x);
    else
        bw_object_null(o, key);
}

static void put_time(bw_object *o, const char *key, int64_t time_ns)
{
    bw_object_count(o, key, (uint64_t)(time_ns / 1000000000));
}

/* ---- what was read ---- */

static void put_history(bw_object *o, const bw_prices *prices)
{
    bw_object_count(o, "moves", prices->row_count);
    bw_object_count(o, "interval_seconds", (uint64_t)(prices->interval_ns / 1000000000));
    put_time(o, "first_time", prices->first_ns);
    put_time(o, "last_time", prices->last_ns);
    bw_object_count(o, "gap_count", prices->gap_count);
    bw_object_count(o, "gaps_cut", prices->cut_count);
    bw_object_count(o, "rows_missing", prices->missing_count);
    bw_object_begin(o, "gaps", '[');
    for (uint32_t i = 0; i < prices->gap_count && i < BW_PRICES_GAPS_SHOWN; i++) {
        bw_object_begin(o, NULL, '{');
        put_time(o, "after_time", prices->gap[i].after_ns);
        bw_object_count(o, "rows_missing", prices->gap[i].missing);
        bw_object_flag(o, "bridged", prices->gap[i].bridged);
        bw_object_end(o, '}');
    }
    bw_object_end(o, ']');
}

/* ---- parameters ---- */

static void put_value(bw_object *o, const bw_model_setting *setting, const bw_calibrated *result, uint32_t m)
{
    bw_calibrated_value value;
    if (!bw_calibrated_of(result, setting, m, &value))
        return;
    bw_object_begin(o, setting->word, '{');
    put(o, "value", value.value);
    put(o, "low", value.low);
    put(o, "high", value.high);
    put(o, "default", bw_model_setting_get(&result->start, setting, m));
    put_if(o, "events", value.events, value.events >= 0);
    bw_object_text(o, "basis", value.prior ? "prior, not data" : "data");
    bw_object_end(o, '}');
}

static void put_values(bw_object *o, const bw_calibrated *result, bw_model_scope scope, uint32_t m)
{
    bw_object_begin(o, "parameters", '{');
    for (uint32_t s = 0; s < BW_MODEL_SETTINGS; s++)
        if (bw_model_settings[s].scope == scope)
            put_value(o, &bw_model_settings[s], result, m);
    bw_object_end(o, '}');
}

static void put_kept(bw_object *o, const bw_calibrated *result)
{
    bw_calibrated_value value;
    bw_object_begin(o, "kept_at_default", '[');
    for (uint32_t s = 0; s < BW_MODEL_SETTINGS; s++)
        if (!bw_calibrated_of(result, &bw_model_settings[s], 0, &value))
            bw_object_text(o, NULL, bw_model_settings[s].word);
    bw_object_end(o, ']');
}

/* E A^2 and E A of a common jump (docs/stress.md). */
static double size_correlation(const bw_model_params *p, double spread)
{
    double squares = 2 * (p->jump_down_share * p->jump_down * p->jump_down + (1 - p->jump_down_share) * p->jump_up * p->jump_up);
    double mean = (1 - p->jump_down_share) * p->jump_up - p->jump_down_share * p->jump_down;
    double whole = squares * bw_real_exp(spread * spread) - mean * mean;
    return whole > 0 ? (squares - mean * mean) / whole : 1;
}

/* Of the counts of jumps of a market and the reference over a short step. */
static double count_correlation(const bw_calibrated *result, uint32_t m)
{
    const bw_model_params *p = &result->fit.params;
    double a = p->jumps + p->item[m].own_jumps, b = p->jumps + p->item[result->fit.reference].own_jumps;
    return a > 0 && b > 0 ? p->jumps / sqrt(a * b) : 0;
}

/* ---- a market ---- */

static void put_moments(bw_object *o, const bw_calibrated *result, uint32_t m)
{
    bw_object_begin(o, "moments", '{');
    for (bw_moment k = 0; k < BW_MOMENTS; k++) {
        double z;
        bool known = bw_moment_z(result, m, k, &z);
        bw_object_begin(o, bw_moment_key(k), '{');
        put(o, "data", result->fit.data.moment[m][k]);
        put(o, "model", result->fit.model.moment[m][k]);
        put(o, "se", result->fit.block_moment[m][k]);
        put_if(o, "z", z, known);
        bw_object_end(o, '}');
    }
    bw_object_end(o, '}');
}

static void put_hills(bw_object *o, const bw_calibrated_market *market)
{
    bw_object_begin(o, "hill", '[');
    for (uint32_t t = 0; t < BW_CALIBRATE_TAILS; t++) {
        const bw_hill *hill = &market->hill[t];
        bw_object_begin(o, NULL, '{');
        put(o, "share", bw_calibrate_tails[t]);
        bw_object_count(o, "beyond", hill->beyond);
        put_if(o, "value", hill->index, hill->known);
        put_if(o, "low", hill->low, hill->known);
        put_if(o, "high", hill->high, hill->known);
        put_if(o, "model", market->hill_model[t].index, market->hill_model[t].known);
        bw_object_end(o, '}');
    }
    bw_object_end(o, ']');
    put_if(o, "gpd_xi", market->gpd, market->gpd_known);
    put_if(o, "gpd_xi_model", market->gpd_model, market->gpd_model_known);
}

static void put_exceedances(bw_object *o, const char *key, const bw_exceedances *of)
{
    static const char *const LEVELS[BW_CALIBRATE_LEVELS] = {"99", "99.9"};
    bw_object_begin(o, key, '{');
    for (uint32_t k = 0; k < BW_CALIBRATE_LEVELS; k++) {
        bw_object_begin(o, LEVELS[k], '{');
        bw_object_count(o, "rows", of[k].rows);
        bw_object_count(o, "hits", of[k].hits);
        put(o, "expected", bw_calibrate_levels[k] * of[k].rows);
        put(o, "kupiec_p", of[k].p_count);
        put(o, "christoffersen_p", of[k].p_apart);
        bw_object_end(o, '}');
    }
    bw_object_end(o, '}');
}

static void put_market(bw_object *o, const bw_calibrated *result, uint32_t m)
{
    const bw_calibrated_market *market = &result->market[m];
    bw_object_begin(o, NULL, '{');
    bw_object_text(o, "market", result->prices->name[m]);
    bw_object_text(o, "class", bw_market_class_word(market->class));
    put_values(o, result, BW_MODEL_OF_ITEM, m);
    put_moments(o, result, m);
    put_hills(o, market);
    put(o, "pit_distance", market->pit_distance);
    put(o, "pit_p", market->pit_p);
    put(o, "ljung_box_q", market->ljung_box_q);
    put(o, "ljung_box_p", market->ljung_box_p);
    put(o, "ljung_box_standardised_q", market->ljung_box_x_q);
    put(o, "ljung_box_standardised_p", market->ljung_box_x_p);
    bw_object_count(o, "own_jumps_found", result->fit.data.own[m]);
    put(o, "jump_count_correlation", count_correlation(result, m));
    put(o, "jump_size_correlation", size_correlation(&result->fit.params, result->fit.params.item[m].jump_spread));
    if (result->out_of_sample) {
        put_exceedances(o, "falls_out_of_sample", market->fall);
        put_exceedances(o, "rises_out_of_sample", market->rise);
    } else {
        bw_object_null(o, "falls_out_of_sample");
        bw_object_null(o, "rises_out_of_sample");
    }
    bw_object_end(o, '}');
}

/* ---- together ---- */

static void put_matrix(bw_object *o, const char *key, const double *matrix, uint32_t count)
{
    bw_object_begin(o, key, '[');
    for (uint32_t a = 0; a < count; a++) {
        bw_object_begin(o, NULL, '[');
        for (uint32_t b = 0; b < count; b++)
            put(o, NULL, matrix[a * count + b]);
        bw_object_end(o, ']');
    }
    bw_object_end(o, ']');
}

static void put_pair(bw_object *o, const char *key, const bw_calibrated *result, const uint32_t pair[2], const double *data,
                     const double *model)
{
    uint32_t at = pair[0] * result->prices->market_count + pair[1];
    if (result->prices->market_count < 2) {
        bw_object_null(o, key);
        return;
    }
    bw_object_begin(o, key, '{');
    bw_object_text(o, "a", result->prices->name[pair[0]]);
    bw_object_text(o, "b", result->prices->name[pair[1]]);
    put(o, "data", data[at]);
    put(o, "model", model[at]);
    bw_object_end(o, '}');
}

static void put_together(bw_object *o, const bw_calibrated *result)
{
    uint32_t count = result->prices->market_count;
    put_matrix(o, "correlation", result->correlation, count);
    put_matrix(o, "correlation_model", result->correlation_model, count);
    put_matrix(o, "tail_dependence", result->tail, count);
    put_matrix(o, "tail_dependence_model", result->tail_model, count);
    put_pair(o, "largest_correlation_misfit", result, result->worst_pair, result->correlation, result->correlation_model);
    put_pair(o, "largest_tail_misfit", result, result->worst_tail_pair, result->tail, result->tail_model);
    bw_object_flag(o, "correlation_given", result->correlation_given);
}

/* ---- jumps ---- */

static void put_jumps(bw_object *o, const bw_calibrated *result)
{
    bw_object_begin(o, "jumps", '{');
    bw_object_count(o, "found", result->fit.data.found);
    bw_object_count(o, "strong_falls", result->fit.data.down);
    bw_object_count(o, "strong_rises", result->fit.data.up);
    put(o, "false_share", result->fit.quiet_share);
    put(o, "events", result->events);
    bw_object_count(o, "events_needed", BW_CALIBRATE_EVENTS);
    put(o, "threshold", result->grid.threshold);
    put(o, "strong_threshold", result->grid.strong);
    bw_object_end(o, '}');
    put(o, "exogenous_share", result->exogenous_share);
    bw_object_begin(o, "day_by_exogenous_share", '[');
    for (uint32_t i = 0; i < 3; i++) {
        bw_object_begin(o, NULL, '{');
        put(o, "exogenous_share", result->day[i].share);
        put(o, "jumps_a_day", result->day[i].jumps_a_day);
        put(o, "sd", result->day[i].sd);
        put(o, "kurtosis", result->day[i].kurtosis);
        put(o, "worst_in_1000", result->day[i].worst_in_1000);
        bw_object_end(o, '}');
    }
    bw_object_end(o, ']');
    bw_object_text(o, "note", "jumps in past prices contain the liquidations they set off; a story whose liquidations move the marks "
                              "counts these twice unless exogenous_share is below 1, and prices alone cannot tell it");
}

size_t bw_calibrate_json(const bw_calibrated *result, const char *title, int64_t elapsed_ms, char *buffer, size_t size)
{
    bw_object object = bw_object_open(buffer, size, 0), *o = &object;
    bw_object_begin(o, NULL, '{');
    bw_object_text(o, "schema", "breakwater-calibrate/1");
    bw_object_text(o, "prices", title);
    put_history(o, result->prices);
    bw_object_text(o, "reference", result->prices->name[result->fit.reference]);
    put_values(o, result, BW_MODEL_OF_ALL, 0);
    put_kept(o, result);
    bw_object_begin(o, "markets", '[');
    for (uint32_t m = 0; m < result->prices->market_count; m++)
        put_market(o, result, m);
    bw_object_end(o, ']');
    put_together(o, result);
    put_jumps(o, result);
    put(o, "misfit", result->fit.misfit);
    bw_object_count(o, "simulated_moves", result->fit.simulated_rows);
    bw_object_rate(o, "elapsed_seconds", elapsed_ms, 3);
    bw_object_end(o, '}');
    bw_page_char(&o->page, '\n');
    return bw_page_end(&o->page);
}
