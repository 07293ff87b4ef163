/* compare.c - measured against replayed: each line of measured.csv beside the run's own figure (docs/metrics.md). */
#include "metrics/page.h"
#include "metrics/state.h"

/* Which figure answers a metric. The later ones end in a market's name. */
typedef enum figure {
    ADL_NOTIONAL, ADL_LEGS, ADL_SECONDS, ADL_ACCOUNTS, TOP_3_SHARE, TOP_10_SHARE, IN_PROFIT, ADL_PNL, WHOLE, OF_DESKS,
    PRICES, ADL_SPACING, LIQUIDATION_SPACING, DELAY, LIQUIDATED, LIQUIDATED_PNL, GAP,
    MARKET_ADL, MARKET_LOWEST_ADL, MARKET_LOWEST, NO_FIGURE
} figure;

static const struct {
    const char *metric, *label;
    figure figure;
} METRICS[] = {
    {"adl_notional_total", "ADL notional", ADL_NOTIONAL},
    {"adl_notional_36_markets", "ADL notional, the 36 markets", ADL_NOTIONAL},
    {"adl_fills", "ADL fills", ADL_LEGS},
    {"adl_seconds", "Seconds with ADL", ADL_SECONDS},
    {"adl_users", "Accounts deleveraged", ADL_ACCOUNTS},
    {"adl_top3_share", "ADL in the top 3 markets", TOP_3_SHARE},
    {"adl_top10_users_share", "ADL of the top 10 accounts", TOP_10_SHARE},
    {"adl_in_profit_fills", "Deleveraged in profit", IN_PROFIT},
    {"adl_winners_pnl_total", "Profit realised by ADL", ADL_PNL},
    {"adl_whole_closes", "Closes of a whole position", WHOLE},
    {"adl_against_backstop", "ADL that closed desks", OF_DESKS},
    {"adl_prices_per_second_and_market", "ADL prices per batch, market", PRICES},
    {"adl_spacing", "Least time between ADL", ADL_SPACING},
    {"liquidation_spacing", "Least time, liquidations", LIQUIDATION_SPACING},
    {"first_liquidation_to_first_adl", "First liquidation to first ADL", DELAY},
    {"liquidated_one_sided_36_markets", "Liquidated, one side", LIQUIDATED},
    {"liquidated_pnl_36_markets", "PnL of the liquidated", LIQUIDATED_PNL},
    {"negative_equity_published", "Negative equity, published", GAP},
    {"negative_equity_without_repeats", "Negative equity, no repeats", GAP},
    {"lowest_adl_price_", "Lowest ADL price", MARKET_LOWEST_ADL},
    {"lowest_price_", "Lowest price", MARKET_LOWEST},
    {"adl_notional_", "ADL", MARKET_ADL},
};
enum { METRIC_COUNT = sizeof METRICS / sizeof METRICS[0] };

const char *bw_metrics_unit(const char *unit)
{
    static const char *const WORDS[][2] = {{"musd", "M USD"}, {"percent", "%"}, {"seconds", "s"}, {"usd", "USD"},
                                           {"count", ""}};
    for (uint32_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        const char *a = unit, *b = WORDS[i][0];
        while (*a && *a == *b) {
            a++;
            b++;
        }
        if (*a == *b)
            return WORDS[i][1];
    }
    return unit;
}

/* What is left of `text` after `prefix`; NULL: it does not begin so. */
static const char *after(const char *text, const char *prefix)
{
    while (*prefix)
        if (*text++ != *prefix++)
            return NULL;
    return text;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Does `text` begin with the market's name (up to '-'), alone or followed by '_'? */
static bool names(const char *text, const char *market)
{
    for (; *market && *market != '-'; market++, text++)
        if (lower(*market) != lower(*text))
            return false;
    return *text == 0 || *text == '_';
}

static uint16_t market_named(const bw_metrics_result *result, const char *text)
{
    for (uint32_t m = 0; m < result->market_count; m++)
        if (names(text, result->facts->markets[m].name))
            return (uint16_t)m;
    return BW_NONE16;
}

/* The figure for a metric's name, with the market it is of. */
static figure figure_of(const bw_metrics_result *result, bw_metrics_row *row)
{
    row->market = BW_NONE16;
    row->label = row->metric;
    for (uint32_t i = 0; i < METRIC_COUNT; i++) {
        const char *rest = after(row->metric, METRICS[i].metric);
        if (rest == NULL || (METRICS[i].figure < MARKET_ADL && *rest))
            continue;
        if (METRICS[i].figure >= MARKET_ADL && (row->market = market_named(result, rest)) == BW_NONE16) {
            if (result->market_count == 0)   /* stopped before there were any */
                row->label = METRICS[i].label;
            continue;
        }
        row->label = METRICS[i].label;
        return METRICS[i].figure;
    }
    return NO_FIGURE;
}

/* Least time between two batches with ADL, or with liquidations; -1: there are not two. */
static int64_t spacing(const bw_metrics_result *result, bool adl)
{
    int64_t least = -1, last = -1;
    for (uint32_t b = 0; b < result->batch_count; b++) {
        const bw_metrics_batch *batch = &result->batches[b];
        if ((adl ? batch->flow.adl : batch->flow.liquidated) == 0)
            continue;
        if (last >= 0 && (least < 0 || batch->time_ns - last < least))
            least = batch->time_ns - last;
        last = batch->time_ns;
    }
    return least;
}

static void put_millions(const bw_metrics_result *result, bw_page *page, int64_t amount)
{
    uint32_t have = result->facts->pools[0].decimals + 6;
    bw_wide scaled = bw_wide_mul(bw_metrics_abs(amount), 2);
    bw_wide unit = bw_wide_of(1);
    for (uint32_t i = 2; i < have; i++)
        unit = bw_wide_scale(unit, 10);
    int64_t cents = bw_wide_to_int64(bw_wide_div_floor(bw_wide_add(scaled, unit), bw_wide_scale(unit, 2)));
    bw_page_amount(page, amount < 0 ? -cents : cents, 2);
}

static void put_seconds(bw_page *page, int64_t time_ns)
{
    if (time_ns >= 0)
        bw_page_amount(page, (time_ns + 50000000) / 100000000, 1);
}

static void put_share(bw_page *page, int64_t part, int64_t whole)
{
    if (whole > 0)
        bw_page_amount(page, (bw_metrics_ppm(part, whole) + 50) / 100, 2);
}

/* A price in its own decimals, without groups of digits. */
static void put_price(bw_page *page, int64_t ticks, int64_t tick_nano)
{
    int64_t unit = tick_nano > 0 ? tick_nano : 1;
    uint32_t places = 9;
    for (; places > 0 && unit % 10 == 0; places--)
        unit /= 10;
    if (ticks > 0)
        bw_page_amount(page, bw_wide_to_int64(bw_wide_mul(ticks, unit)), places);
}

static void put_prices(const bw_metrics_result *result, bw_page *page)
{
    int64_t prices = 0, batches = 0;
    for (uint32_t m = 0; m < result->market_count; m++) {
        prices += (int64_t)result->markets[m].adl_prices;
        batches += (int64_t)result->markets[m].adl_batches;
    }
    if (batches > 0 && prices == batches)
        bw_page_char(page, '1');
    else if (batches > 0)
        bw_page_amount(page, bw_metrics_ppm(prices, batches) / 1000, 3);
}

static void put_market_figure(const bw_metrics_result *result, bw_page *page, figure which, uint16_t number)
{
    const bw_metrics_market *market = &result->markets[number];
    int64_t tick_nano = result->facts->markets[number].tick_nano;
    if (which == MARKET_ADL)
        put_millions(result, page, market->flow.adl);
    else
        put_price(page, which == MARKET_LOWEST ? market->mark_low : market->adl_price_low, tick_nano);
}

static void put_figure(const bw_metrics_result *result, bw_page *page, figure which, uint16_t market)
{
    const bw_metrics_pool *pool = &result->pools[0];
    const bw_metrics_flow *flow = &pool->flow;
    bool both = result->first_liquidation_ns >= 0 && result->first_adl_ns >= 0;
    switch (which) {
    case ADL_NOTIONAL: put_millions(result, page, flow->adl); break;
    case ADL_LEGS: bw_page_unsigned(page, flow->adl_legs); break;
    case ADL_SECONDS: bw_page_unsigned(page, result->adl_seconds); break;
    case ADL_ACCOUNTS: bw_page_unsigned(page, pool->adl_accounts); break;
    case TOP_3_SHARE: put_share(page, result->adl_top_3_markets, flow->adl); break;
    case TOP_10_SHARE: put_share(page, pool->adl_spread.top_10, pool->adl_spread.total); break;
    case IN_PROFIT: put_share(page, (int64_t)flow->closes_in_profit, (int64_t)flow->adl_closes); break;
    case ADL_PNL: put_millions(result, page, pool->adl_pnl); break;
    case WHOLE: put_share(page, (int64_t)flow->closes_whole, (int64_t)flow->adl_closes); break;
    case OF_DESKS: put_share(page, flow->adl_of_desks, flow->adl); break;
    case PRICES: put_prices(result, page); break;
    case ADL_SPACING: put_seconds(page, spacing(result, true)); break;
    case LIQUIDATION_SPACING: put_seconds(page, spacing(result, false)); break;
    case DELAY: put_seconds(page, both ? result->first_adl_ns - result->first_liquidation_ns : -1); break;
    case LIQUIDATED: put_millions(result, page, flow->liquidated); break;
    case LIQUIDATED_PNL: put_millions(result, page, pool->liquidated_pnl); break;
    case GAP: put_millions(result, page, flow->gap); break;
    case MARKET_ADL:
    case MARKET_LOWEST_ADL:
    case MARKET_LOWEST: put_market_figure(result, page, which, market); break;
    case NO_FIGURE: break;
    }
}

static int64_t ratio(const char *replayed, const char *measured)
{
    int64_t a, b, result;
    if (!bw_page_parse_nano(replayed, &a) || !bw_page_parse_nano(measured, &b) || b == 0 || (a < 0) != (b < 0))
        return -1;
    return bw_mul_div_floor_try(bw_metrics_abs(a), 1000000, bw_metrics_abs(b), &result) ? result : -1;
}

void bw_metrics_compare(bw_metrics_result *result)
{
    const bw_metrics_facts *facts = result->facts;
    result->row_count = 0;
    for (uint32_t i = 0; i < facts->measured_count && i < BW_METRICS_ROWS && result->pool_count > 0; i++) {
        const bw_metrics_measured *measured = &facts->measured[i];
        bw_metrics_row *row = &result->rows[result->row_count++];
        *row = (bw_metrics_row){.metric = measured->metric, .unit = measured->unit, .measured = measured->value,
                                .source = measured->source};
        figure which = figure_of(result, row);
        bw_page page = bw_page_open(row->replayed, sizeof row->replayed);
        put_figure(result, &page, which, row->market);
        bw_page_end(&page);
        row->ratio_ppm = ratio(row->replayed, row->measured);
    }
}
