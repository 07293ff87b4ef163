/* json.c - the result as one object of schema breakwater-run/1, and a comparison as one of breakwater-compare/1. */
#include "metrics/comparison.h"
#include "metrics/object.h"
#include "metrics/state.h"

typedef struct {
    bw_object out;                 /* its decimals: of the pool being written */
    const bw_metrics_result *result;
} writer;

static const char *const LAYERS[BW_LAYERS] = {"fund", "shared_fund", "capital", "backstop", "deleveraged", "haircut",
                                              "carryover"};

/* A share or other quotient as a decimal of six places; null where there is nothing to divide. */
static void put_rate(writer *w, const char *key, int64_t ppm, bool exists)
{
    if (exists)
        bw_object_rate(&w->out, key, ppm, 6);
    else
        bw_object_null(&w->out, key);
}

static void put_hash(writer *w, const char *key, const uint64_t *words, uint32_t count)
{
    bw_object_key(&w->out, key);
    bw_page_char(&w->out.page, '"');
    while (count-- > 0)
        bw_page_hex(&w->out.page, words[count]);
    bw_page_char(&w->out.page, '"');
}

static void put_spread(writer *w, const char *key, const bw_metrics_spread *spread)
{
    bool any = spread->total > 0;
    bw_object_begin(&w->out, key, '{');
    bw_object_count(&w->out, "accounts", spread->accounts);
    bw_object_money(&w->out, "total", spread->total);
    put_rate(w, "top_1_share", bw_metrics_ppm(spread->top_1, spread->total), any);
    put_rate(w, "top_10_share", bw_metrics_ppm(spread->top_10, spread->total), any);
    put_rate(w, "top_100_share", bw_metrics_ppm(spread->top_100, spread->total), any);
    put_rate(w, "gini", spread->gini_ppm, any);
    bw_object_end(&w->out, '}');
}

static void put_paid(writer *w, const int64_t paid[BW_LAYERS])
{
    bw_object_begin(&w->out, "paid_by_layer", '{');
    for (uint32_t layer = 0; layer < BW_LAYERS; layer++)
        bw_object_money(&w->out, LAYERS[layer], paid[layer]);
    bw_object_end(&w->out, '}');
}

static void put_holding(writer *w, const bw_metrics_pool *pool)
{
    static const char *const HORIZON[BW_HORIZONS] = {"after_0s", "after_1s", "after_5s", "at_end"};
    bw_object_begin(&w->out, "lost_against_holding", '{');
    for (uint32_t h = 0; h < BW_HORIZONS; h++)
        bw_object_money(&w->out, HORIZON[h], pool->lost[h]);
    bw_object_count(&w->out, "winners", pool->winners);
    bw_object_count(&w->out, "winners_behind", pool->winners_behind);
    bw_object_money(&w->out, "largest", pool->lost_most);
    bw_object_end(&w->out, '}');
}

/* The money keys, of one pool. */
static void put_pool(writer *w, uint32_t number)
{
    const bw_metrics_pool *pool = &w->result->pools[number];
    w->out.decimals = w->result->facts->pools[number].decimals;
    bw_object_text(&w->out, "pool", w->result->facts->pools[number].name);
    bw_object_text(&w->out, "asset", w->result->facts->pools[number].asset);
    bw_object_count(&w->out, "liquidated_accounts", pool->liquidated_accounts);
    bw_object_count(&w->out, "bankrupt_accounts", pool->bankrupt_accounts);
    bw_object_count(&w->out, "adl_accounts", pool->adl_accounts);
    bw_object_count(&w->out, "haircut_accounts", pool->haircut_accounts);
    bw_object_count(&w->out, "charged_accounts", pool->charged_accounts);
    bw_object_money(&w->out, "liquidated_notional", pool->flow.liquidated);
    bw_object_money(&w->out, "book_notional", pool->flow.book);
    bw_object_money(&w->out, "backstop_notional", pool->flow.backstop);
    bw_object_money(&w->out, "adl_notional", pool->flow.adl);
    bw_object_money(&w->out, "adl_notional_of_desks", pool->flow.adl_of_desks);
    bw_object_count(&w->out, "adl_closes", pool->flow.adl_closes);
    bw_object_count(&w->out, "adl_closes_whole", pool->flow.closes_whole);
    bw_object_count(&w->out, "adl_closes_in_profit", pool->flow.closes_in_profit);
    bw_object_money(&w->out, "converted", pool->converted);
    bw_object_money(&w->out, "gap_total", pool->flow.gap);
    put_paid(w, pool->flow.paid);
    bw_object_money(&w->out, "charged", pool->charged);
    bw_object_money(&w->out, "carryover", pool->carryover);
    bw_object_money(&w->out, "claims", pool->claims);
    bw_object_key(&w->out, "conservation_error");
    bw_page_integer(&w->out.page, pool->conservation_error);
    bw_object_money(&w->out, "fund_before", pool->fund_open);
    bw_object_money(&w->out, "fund_after", pool->fund_end);
    bw_object_money(&w->out, "capital_before", pool->capital_open);
    bw_object_money(&w->out, "capital_after", pool->capital_end);
    bw_object_money(&w->out, "desks_before", pool->desks_open);
    bw_object_money(&w->out, "desks_after", pool->desks_end);
    put_holding(w, pool);
    put_spread(w, "adl_concentration", &pool->adl_spread);
    put_spread(w, "charge_concentration", &pool->charge_spread);
}

static void put_market(writer *w, uint32_t number)
{
    const bw_metrics_market *market = &w->result->markets[number];
    const bw_metrics_market_facts *facts = &w->result->facts->markets[number];
    w->out.decimals = market->pool < w->result->pool_count ? w->result->facts->pools[market->pool].decimals : 0;
    bw_object_begin(&w->out, NULL, '{');
    bw_object_text(&w->out, "market", facts->name);
    bw_object_text(&w->out, "provenance", facts->provenance);
    bw_object_money(&w->out, "liquidated_notional", market->flow.liquidated);
    bw_object_money(&w->out, "adl_notional", market->flow.adl);
    bw_object_count(&w->out, "adl_closes", market->flow.adl_closes);
    bw_object_count(&w->out, "adl_closes_whole", market->flow.closes_whole);
    bw_object_count(&w->out, "adl_batches", market->adl_batches);
    bw_object_count(&w->out, "adl_prices", market->adl_prices);
    bw_object_money(&w->out, "gap", market->flow.gap);
    put_paid(w, market->flow.paid);
    bw_object_end(&w->out, '}');
}

static void put_decimal(writer *w, const char *key, const char *decimal)
{
    if (*decimal)
        bw_object_text(&w->out, key, decimal);
    else
        bw_object_null(&w->out, key);
}

static void put_rows(writer *w)
{
    bw_object_begin(&w->out, "measured_vs_replayed", '[');
    for (uint32_t i = 0; i < w->result->row_count; i++) {
        const bw_metrics_row *row = &w->result->rows[i];
        bw_object_begin(&w->out, NULL, '{');
        bw_object_text(&w->out, "metric", row->metric);
        bw_object_text(&w->out, "unit", row->unit);
        put_decimal(w, "measured", row->measured);
        put_decimal(w, "replayed", row->replayed);
        bw_object_text(&w->out, "source", row->source);
        bw_object_end(&w->out, '}');
    }
    bw_object_end(&w->out, ']');
}

static void put_run(writer *w, int64_t elapsed_ms)
{
    const bw_metrics_result *result = w->result;
    bool delayed = result->first_liquidation_ns >= 0 && result->first_adl_ns >= 0;
    bw_object_count(&w->out, "seed", result->facts->seed);
    bw_object_flag(&w->out, "partial", result->facts->partial);
    bw_object_key(&w->out, "elapsed_seconds");
    bw_page_amount(&w->out.page, elapsed_ms, 3);
    bw_object_count(&w->out, "accounts", result->accounts);
    bw_object_count(&w->out, "markets", result->market_count);
    bw_object_count(&w->out, "batches", result->batch_count);
    bw_object_count(&w->out, "rounds", result->rounds);
    bw_object_count(&w->out, "commands", result->commands);
    bw_object_count(&w->out, "events", result->events);
    put_hash(w, "state_hash", result->state_hash, 2);
    put_hash(w, "settings_hash", &result->settings_hash, 1);
    bw_object_count(&w->out, "price_violations", result->price_violations);
    bw_object_count(&w->out, "lost_records", result->lost_records);
    put_rate(w, "seconds_to_first_adl", delayed ? (result->first_adl_ns - result->first_liquidation_ns) / 1000 : 0,
             delayed);
    put_rate(w, "adl_top_3_markets_share",
             result->pool_count ? bw_metrics_ppm(result->adl_top_3_markets, result->pools[0].flow.adl) : 0,
             result->pool_count && result->pools[0].flow.adl > 0);
}

static void put_runs(writer *w)
{
    const bw_metrics_runs *runs = w->result->facts->runs;
    if (runs == NULL)
        return;
    bw_object_begin(&w->out, "runs", '{');
    bw_object_count(&w->out, "accounts", runs->accounts);
    bw_object_money(&w->out, "withdrawn", runs->withdrawn);
    bw_object_money(&w->out, "closed", runs->closed);
    bw_object_end(&w->out, '}');
}

size_t bw_metrics_json(const bw_metrics_result *result, int64_t elapsed_ms, char *buffer, size_t size)
{
    writer w = {.out = bw_object_open(buffer, size, 0), .result = result};
    bw_object_begin(&w.out, NULL, '{');
    bw_object_text(&w.out, "schema", "breakwater-run/1");
    bw_object_text(&w.out, "title", result->facts->title);
    put_run(&w, elapsed_ms);
    if (result->pool_count > 0)
        put_pool(&w, 0);
    put_runs(&w);
    bw_object_begin(&w.out, "pools", '[');
    for (uint32_t p = 1; p < result->pool_count; p++) {
        bw_object_begin(&w.out, NULL, '{');
        put_pool(&w, p);
        bw_object_end(&w.out, '}');
    }
    bw_object_end(&w.out, ']');
    bw_object_begin(&w.out, "per_market", '[');
    for (uint32_t m = 0; m < result->market_count; m++)
        put_market(&w, m);
    bw_object_end(&w.out, ']');
    put_rows(&w);
    bw_object_end(&w.out, '}');
    bw_page_char(&w.out.page, '\n');
    return bw_page_end(&w.out.page);
}

/* ------------------------------------------------------------------------------------------------------ comparison */

static void put_column(writer *w, const bw_columns *columns, bw_column column)
{
    const bw_column_row *row = &bw_column_rows[column];
    int64_t value = columns->value[column];
    if (!columns->exists[column] || row->kind == BW_COLUMN_SHARE || row->kind == BW_COLUMN_RATIO)
        put_rate(w, row->id, value, columns->exists[column]);
    else if (row->kind == BW_COLUMN_MONEY)
        bw_object_money(&w->out, row->id, value);
    else
        bw_object_count(&w->out, row->id, (uint64_t)value);
}

static void put_venue(writer *w, const bw_comparison *comparison, const bw_comparison_row *row)
{
    bw_object_begin(&w->out, NULL, '{');
    bw_object_text(&w->out, "venue", row->venue);
    bw_object_text(&w->out, "asset", comparison->asset);
    for (bw_column column = 0; column < BW_COLUMNS; column++)
        put_column(w, &row->columns, column);
    bw_object_key(&w->out, "conservation_error");
    bw_page_integer(&w->out.page, row->conservation_error);
    bw_object_count(&w->out, "rounds", row->rounds);
    bw_object_count(&w->out, "commands", row->commands);
    bw_object_count(&w->out, "lost_records", row->lost_records);
    bw_object_text(&w->out, "rules", row->rules);
    put_hash(w, "settings_hash", &row->settings_hash, 1);
    put_hash(w, "state_hash", row->state_hash, 2);
    bw_object_end(&w->out, '}');
}

size_t bw_comparison_json(const bw_comparison *comparison, int64_t elapsed_ms, char *buffer, size_t size)
{
    writer w = {.out = bw_object_open(buffer, size, comparison->decimals)};
    bw_object_begin(&w.out, NULL, '{');
    bw_object_text(&w.out, "schema", "breakwater-compare/1");
    bw_object_text(&w.out, "title", comparison->title);
    bw_object_count(&w.out, "seed", comparison->seed);
    bw_object_count(&w.out, "accounts", comparison->accounts);
    bw_object_count(&w.out, "markets", comparison->market_count);
    if (comparison->book_hash[0] != 0 || comparison->book_hash[1] != 0) {
        put_hash(&w, "book_hash", comparison->book_hash, 2);
    } else {
        bw_object_key(&w.out, "book_hash");   /* stopped before there was a book */
        bw_page_put(&w.out.page, "null");
    }
    bw_object_flag(&w.out, "partial", comparison->partial);
    bw_object_key(&w.out, "elapsed_seconds");
    bw_page_amount(&w.out.page, elapsed_ms, 3);
    bw_object_begin(&w.out, "venues", '[');
    for (uint32_t i = 0; i < comparison->row_count; i++)
        put_venue(&w, comparison, &comparison->rows[i]);
    bw_object_end(&w.out, ']');
    bw_object_end(&w.out, '}');
    bw_page_char(&w.out.page, '\n');
    return bw_page_end(&w.out.page);
}
