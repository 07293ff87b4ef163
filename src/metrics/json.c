/* json.c - the result as one object of schema breakwater-run/1, and a comparison as one of breakwater-compare/1. */
#include "base/utf8.h"
#include "metrics/comparison.h"
#include "metrics/page.h"
#include "metrics/state.h"

typedef struct {
    bw_page page;
    const bw_metrics_result *result;
    uint32_t decimals;             /* of the pool being written */
    bool first;                    /* nothing stands yet in the object or array that is open */
} writer;

static const char *const LAYERS[BW_LAYERS] = {"fund", "shared_fund", "capital", "backstop", "deleveraged", "haircut",
                                              "carryover"};

static void put_string(writer *w, const char *text)
{
    bw_page_char(&w->page, '"');
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        uint32_t length = bw_utf8_length(text);
        if (length == 0) {
            bw_page_put(&w->page, "\\ufffd");
            continue;
        }
        for (; length > 1; length--)
            bw_page_char(&w->page, *text++);
        c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            bw_page_char(&w->page, '\\');
        if (c >= 0x20) {
            bw_page_char(&w->page, (char)c);
            continue;
        }
        bw_page_put(&w->page, "\\u00");
        bw_page_char(&w->page, "0123456789abcdef"[c >> 4]);
        bw_page_char(&w->page, "0123456789abcdef"[c & 15]);
    }
    bw_page_char(&w->page, '"');
}

static void separate(writer *w)
{
    if (!w->first)
        bw_page_put(&w->page, ", ");
    w->first = false;
}

static void put_key(writer *w, const char *key)
{
    separate(w);
    put_string(w, key);
    bw_page_put(&w->page, ": ");
}

static void begin(writer *w, const char *key, char bracket)
{
    if (key)
        put_key(w, key);
    else
        separate(w);
    bw_page_char(&w->page, bracket);
    w->first = true;
}

static void end(writer *w, char bracket)
{
    bw_page_char(&w->page, bracket);
    w->first = false;
}

static void put_count(writer *w, const char *key, uint64_t value)
{
    put_key(w, key);
    bw_page_unsigned(&w->page, value);
}

static void put_text(writer *w, const char *key, const char *value)
{
    put_key(w, key);
    put_string(w, value);
}

static void put_money(writer *w, const char *key, int64_t amount)
{
    put_key(w, key);
    bw_page_char(&w->page, '"');
    bw_page_amount(&w->page, amount, w->decimals);
    bw_page_char(&w->page, '"');
}

/* A share or other quotient as a decimal of six places; null where there is nothing to divide. */
static void put_rate(writer *w, const char *key, int64_t ppm, bool exists)
{
    put_key(w, key);
    if (!exists) {
        bw_page_put(&w->page, "null");
        return;
    }
    bw_page_char(&w->page, '"');
    bw_page_amount(&w->page, ppm, 6);
    bw_page_char(&w->page, '"');
}

static void put_hash(writer *w, const char *key, const uint64_t *words, uint32_t count)
{
    put_key(w, key);
    bw_page_char(&w->page, '"');
    while (count-- > 0)
        bw_page_hex(&w->page, words[count]);
    bw_page_char(&w->page, '"');
}

static void put_spread(writer *w, const char *key, const bw_metrics_spread *spread)
{
    bool any = spread->total > 0;
    begin(w, key, '{');
    put_count(w, "accounts", spread->accounts);
    put_money(w, "total", spread->total);
    put_rate(w, "top_1_share", bw_metrics_ppm(spread->top_1, spread->total), any);
    put_rate(w, "top_10_share", bw_metrics_ppm(spread->top_10, spread->total), any);
    put_rate(w, "top_100_share", bw_metrics_ppm(spread->top_100, spread->total), any);
    put_rate(w, "gini", spread->gini_ppm, any);
    end(w, '}');
}

static void put_paid(writer *w, const int64_t paid[BW_LAYERS])
{
    begin(w, "paid_by_layer", '{');
    for (uint32_t layer = 0; layer < BW_LAYERS; layer++)
        put_money(w, LAYERS[layer], paid[layer]);
    end(w, '}');
}

static void put_holding(writer *w, const bw_metrics_pool *pool)
{
    static const char *const HORIZON[BW_HORIZONS] = {"after_0s", "after_1s", "after_5s", "at_end"};
    begin(w, "lost_against_holding", '{');
    for (uint32_t h = 0; h < BW_HORIZONS; h++)
        put_money(w, HORIZON[h], pool->lost[h]);
    put_count(w, "winners", pool->winners);
    put_count(w, "winners_behind", pool->winners_behind);
    put_money(w, "largest", pool->lost_most);
    end(w, '}');
}

/* The money keys, of one pool. */
static void put_pool(writer *w, uint32_t number)
{
    const bw_metrics_pool *pool = &w->result->pools[number];
    w->decimals = w->result->facts->pools[number].decimals;
    put_text(w, "pool", w->result->facts->pools[number].name);
    put_text(w, "asset", w->result->facts->pools[number].asset);
    put_count(w, "liquidated_accounts", pool->liquidated_accounts);
    put_count(w, "bankrupt_accounts", pool->bankrupt_accounts);
    put_count(w, "adl_accounts", pool->adl_accounts);
    put_count(w, "haircut_accounts", pool->haircut_accounts);
    put_count(w, "charged_accounts", pool->charged_accounts);
    put_money(w, "liquidated_notional", pool->flow.liquidated);
    put_money(w, "book_notional", pool->flow.book);
    put_money(w, "backstop_notional", pool->flow.backstop);
    put_money(w, "adl_notional", pool->flow.adl);
    put_money(w, "adl_notional_of_desks", pool->flow.adl_of_desks);
    put_count(w, "adl_closes", pool->flow.adl_closes);
    put_count(w, "adl_closes_whole", pool->flow.closes_whole);
    put_count(w, "adl_closes_in_profit", pool->flow.closes_in_profit);
    put_money(w, "converted", pool->converted);
    put_money(w, "gap_total", pool->flow.gap);
    put_paid(w, pool->flow.paid);
    put_money(w, "charged", pool->charged);
    put_money(w, "carryover", pool->carryover);
    put_money(w, "claims", pool->claims);
    put_key(w, "conservation_error");
    bw_page_integer(&w->page, pool->conservation_error);
    put_money(w, "fund_before", pool->fund_open);
    put_money(w, "fund_after", pool->fund_end);
    put_money(w, "capital_before", pool->capital_open);
    put_money(w, "capital_after", pool->capital_end);
    put_money(w, "desks_before", pool->desks_open);
    put_money(w, "desks_after", pool->desks_end);
    put_holding(w, pool);
    put_spread(w, "adl_concentration", &pool->adl_spread);
    put_spread(w, "charge_concentration", &pool->charge_spread);
}

static void put_market(writer *w, uint32_t number)
{
    const bw_metrics_market *market = &w->result->markets[number];
    const bw_metrics_market_facts *facts = &w->result->facts->markets[number];
    w->decimals = market->pool < w->result->pool_count ? w->result->facts->pools[market->pool].decimals : 0;
    begin(w, NULL, '{');
    put_text(w, "market", facts->name);
    put_text(w, "provenance", facts->provenance);
    put_money(w, "liquidated_notional", market->flow.liquidated);
    put_money(w, "adl_notional", market->flow.adl);
    put_count(w, "adl_closes", market->flow.adl_closes);
    put_count(w, "adl_closes_whole", market->flow.closes_whole);
    put_count(w, "adl_batches", market->adl_batches);
    put_count(w, "adl_prices", market->adl_prices);
    put_money(w, "gap", market->flow.gap);
    put_paid(w, market->flow.paid);
    end(w, '}');
}

static void put_decimal(writer *w, const char *key, const char *decimal)
{
    put_key(w, key);
    if (*decimal)
        put_string(w, decimal);
    else
        bw_page_put(&w->page, "null");
}

static void put_rows(writer *w)
{
    begin(w, "measured_vs_replayed", '[');
    for (uint32_t i = 0; i < w->result->row_count; i++) {
        const bw_metrics_row *row = &w->result->rows[i];
        begin(w, NULL, '{');
        put_text(w, "metric", row->metric);
        put_text(w, "unit", row->unit);
        put_decimal(w, "measured", row->measured);
        put_decimal(w, "replayed", row->replayed);
        put_text(w, "source", row->source);
        end(w, '}');
    }
    end(w, ']');
}

static void put_run(writer *w, int64_t elapsed_ms)
{
    const bw_metrics_result *result = w->result;
    bool delayed = result->first_liquidation_ns >= 0 && result->first_adl_ns >= 0;
    put_count(w, "seed", result->facts->seed);
    put_key(w, "partial");
    bw_page_put(&w->page, result->facts->partial ? "true" : "false");
    put_key(w, "elapsed_seconds");
    bw_page_amount(&w->page, elapsed_ms, 3);
    put_count(w, "accounts", result->accounts);
    put_count(w, "markets", result->market_count);
    put_count(w, "batches", result->batch_count);
    put_count(w, "rounds", result->rounds);
    put_count(w, "commands", result->commands);
    put_count(w, "events", result->events);
    put_hash(w, "state_hash", result->state_hash, 2);
    put_hash(w, "settings_hash", &result->settings_hash, 1);
    put_count(w, "price_violations", result->price_violations);
    put_count(w, "lost_records", result->lost_records);
    put_rate(w, "seconds_to_first_adl", delayed ? (result->first_adl_ns - result->first_liquidation_ns) / 1000 : 0,
             delayed);
    put_rate(w, "adl_top_3_markets_share",
             result->pool_count ? bw_metrics_ppm(result->adl_top_3_markets, result->pools[0].flow.adl) : 0,
             result->pool_count && result->pools[0].flow.adl > 0);
}

size_t bw_metrics_json(const bw_metrics_result *result, int64_t elapsed_ms, char *buffer, size_t size)
{
    writer w = {.page = bw_page_open(buffer, size), .result = result, .first = true};
    begin(&w, NULL, '{');
    put_text(&w, "schema", "breakwater-run/1");
    put_text(&w, "title", result->facts->title);
    put_run(&w, elapsed_ms);
    if (result->pool_count > 0)
        put_pool(&w, 0);
    begin(&w, "pools", '[');
    for (uint32_t p = 1; p < result->pool_count; p++) {
        begin(&w, NULL, '{');
        put_pool(&w, p);
        end(&w, '}');
    }
    end(&w, ']');
    begin(&w, "per_market", '[');
    for (uint32_t m = 0; m < result->market_count; m++)
        put_market(&w, m);
    end(&w, ']');
    put_rows(&w);
    end(&w, '}');
    bw_page_char(&w.page, '\n');
    return bw_page_end(&w.page);
}

/* ------------------------------------------------------------------------------------------------------ comparison */

static void put_column(writer *w, const bw_columns *columns, bw_column column)
{
    const bw_column_row *row = &bw_column_rows[column];
    int64_t value = columns->value[column];
    if (!columns->exists[column] || row->kind == BW_COLUMN_SHARE || row->kind == BW_COLUMN_RATIO)
        put_rate(w, row->id, value, columns->exists[column]);
    else if (row->kind == BW_COLUMN_MONEY)
        put_money(w, row->id, value);
    else
        put_count(w, row->id, (uint64_t)value);
}

static void put_venue(writer *w, const bw_comparison *comparison, const bw_comparison_row *row)
{
    begin(w, NULL, '{');
    put_text(w, "venue", row->venue);
    put_text(w, "asset", comparison->asset);
    for (bw_column column = 0; column < BW_COLUMNS; column++)
        put_column(w, &row->columns, column);
    put_key(w, "conservation_error");
    bw_page_integer(&w->page, row->conservation_error);
    put_count(w, "rounds", row->rounds);
    put_count(w, "commands", row->commands);
    put_count(w, "lost_records", row->lost_records);
    put_text(w, "rules", row->rules);
    put_hash(w, "settings_hash", &row->settings_hash, 1);
    put_hash(w, "state_hash", row->state_hash, 2);
    end(w, '}');
}

size_t bw_comparison_json(const bw_comparison *comparison, int64_t elapsed_ms, char *buffer, size_t size)
{
    writer w = {.page = bw_page_open(buffer, size), .decimals = comparison->decimals, .first = true};
    begin(&w, NULL, '{');
    put_text(&w, "schema", "breakwater-compare/1");
    put_text(&w, "title", comparison->title);
    put_count(&w, "seed", comparison->seed);
    put_count(&w, "accounts", comparison->accounts);
    put_count(&w, "markets", comparison->market_count);
    if (comparison->book_hash[0] != 0 || comparison->book_hash[1] != 0) {
        put_hash(&w, "book_hash", comparison->book_hash, 2);
    } else {
        put_key(&w, "book_hash");   /* stopped before there was a book */
        bw_page_put(&w.page, "null");
    }
    put_key(&w, "partial");
    bw_page_put(&w.page, comparison->partial ? "true" : "false");
    put_key(&w, "elapsed_seconds");
    bw_page_amount(&w.page, elapsed_ms, 3);
    begin(&w, "venues", '[');
    for (uint32_t i = 0; i < comparison->row_count; i++)
        put_venue(&w, comparison, &comparison->rows[i]);
    end(&w, ']');
    end(&w, '}');
    bw_page_char(&w.page, '\n');
    return bw_page_end(&w.page);
}
