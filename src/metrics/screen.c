/* screen.c - the first screen: what happened, who paid, who was hit, what is owed, how near the replay came. */
#include "metrics/page.h"
#include "metrics/state.h"

enum { WIDTH = 96, VALUE = 56, SHARE = 66, INDENT = 2 };

typedef struct {
    bw_page page;
    const bw_metrics_result *result;
    const bw_metrics_pool *pool;
    const char *asset;
    uint32_t decimals;
} screen;

static void put(screen *s, const char *text)
{
    bw_page_put(&s->page, text);
}

static void line_end(screen *s)
{
    bw_page_char(&s->page, '\n');
}

static void count(screen *s, uint64_t value, const char *after)
{
    bw_page_grouped(&s->page, (int64_t)value);
    put(s, after);
}

/* "1 account", "2 accounts" */
static void accounts(screen *s, uint64_t value, const char *after)
{
    count(s, value, value == 1 ? " account" : " accounts");
    put(s, after);
}

/* "812M USDC" */
static void money(screen *s, int64_t amount)
{
    bw_page_short(&s->page, amount, s->decimals);
    put(s, " ");
    put(s, s->asset);
}

static void heading(screen *s, const char *text)
{
    line_end(s);
    put(s, text);
    line_end(s);
}

static void percent_right(screen *s, int64_t ppm, size_t column)
{
    char bytes[BW_PAGE_WORD];
    bw_page word = bw_page_open(bytes, sizeof bytes);
    bw_page_percent(&word, ppm, 1);
    bw_page_end(&word);
    bw_page_right(&s->page, bytes, column);
}

static void amount_right(screen *s, int64_t amount, size_t column)
{
    char bytes[BW_PAGE_WORD];
    bw_page word = bw_page_open(bytes, sizeof bytes);
    bw_page_amount_grouped(&word, amount, s->decimals);
    bw_page_end(&word);
    bw_page_right(&s->page, bytes, column);
}

/* ----------------------------------------------------------------------------------------------------------- parts */

static void put_title(screen *s)
{
    const bw_metrics_result *result = s->result;
    put(s, result->facts->title);
    if (result->facts->partial)
        put(s, "  -- INTERRUPTED: a partial result");
    line_end(s);
    bw_page_repeat(&s->page, '=', WIDTH);
    line_end(s);
    count(s, result->accounts, " accounts, ");
    count(s, result->market_count, " markets, ");
    bw_page_date(&s->page, result->time_open_ns);
    put(s, " ");
    bw_page_clock(&s->page, result->time_open_ns, 0);
    put(s, " to ");
    bw_page_clock(&s->page, result->time_end_ns, 0);
    put(s, " UTC, ");
    count(s, result->batch_count, " batches of prices, seed ");
    bw_page_unsigned(&s->page, result->facts->seed);
    line_end(s);
}

/* "Prices fell, at their lowest: BTC -9.3%, ETH -14.2%." */
static void put_moves(screen *s)
{
    const char *word = bw_metrics_moves_word(s->result, 5);
    uint32_t shown = 0;
    put(s, "  ");
    put(s, word != NULL ? word : "No price moved");
    for (uint32_t i = 0; i < s->result->market_count && shown < 5; i++) {
        uint32_t market = s->result->by_adl[i];
        int64_t ppm = bw_metrics_move_ppm(&s->result->markets[market]);
        if (ppm == 0)
            continue;
        put(s, shown++ > 0 ? ", " : ": ");
        put(s, s->result->facts->markets[market].name);
        put(s, ppm > 0 ? " +" : " ");
        bw_page_percent(&s->page, ppm, 1);
    }
    put(s, ".\n");
}

/* "The collateral USDE fell by 31.6% ..." */
static void put_collaterals(screen *s)
{
    for (uint32_t i = 0; i < s->result->collateral_count && s->result->facts->collaterals != NULL; i++) {
        const bw_metrics_collateral *at = &s->result->collaterals[i];
        if (at->price_open == 0)
            continue;
        put(s, "  The collateral ");
        put(s, s->result->facts->collaterals[i].asset);
        put(s, " fell, at its lowest by ");
        bw_page_percent(&s->page, bw_metrics_fall_ppm(at), 1);
        put(s, ", and ended at ");
        bw_page_percent(&s->page, bw_metrics_ppm(at->price_end, at->price_open), 1);
        put(s, " of where it began.\n");
    }
    if (s->pool->converted == 0)
        return;
    put(s, "  For the debts of those who had put it up the desks took collateral that counted ");
    money(s, s->pool->converted);
    put(s, ".\n");
}

static void put_delay(screen *s)
{
    const bw_metrics_result *result = s->result;
    if (result->first_adl_ns < 0 || result->first_liquidation_ns < 0)
        return;
    put(s, "  The first liquidation came at ");
    bw_page_clock(&s->page, result->first_liquidation_ns, 0);
    put(s, ", the first ADL ");
    bw_page_amount(&s->page, (result->first_adl_ns - result->first_liquidation_ns + 50000000) / 100000000, 1);
    put(s, " seconds later.\n");
}

static void put_adl(screen *s)
{
    const bw_metrics_flow *flow = &s->pool->flow;
    if (flow->adl == 0) {
        put(s, "  There was a taker for all of it: nobody was deleveraged (ADL).\n");
        return;
    }
    put(s, "  For ");
    money(s, flow->adl);
    put(s, " there was no taker left: positions of ");
    count(s, s->pool->adl_accounts, " winners were closed at mark (ADL);\n  ");
    percent_right(s, bw_metrics_ppm(flow->adl_of_desks, flow->adl), 0);
    put(s, " of that closed the desks' own inventory.\n");
}

static void put_runs(screen *s)
{
    const bw_metrics_runs *runs = s->result->facts->runs;
    if (runs == NULL)
        return;
    put(s, "  As the fund fell ");
    count(s, runs->accounts, " traders left: they withdrew ");
    money(s, runs->withdrawn);
    put(s, " and closed positions of ");
    money(s, runs->closed);
    put(s, ".\n");
}

static void put_events(screen *s)
{
    const bw_metrics_flow *flow = &s->pool->flow;
    heading(s, "WHAT HAPPENED");
    put_moves(s);
    put_collaterals(s);
    put(s, "  ");
    accounts(s, s->pool->liquidated_accounts, " fell below the margin they need: positions of ");
    money(s, flow->liquidated);
    put(s, " were force-closed.\n  The order book took ");
    money(s, flow->book);
    put(s, " of it, the backstop desks ");
    money(s, flow->backstop);
    put(s, ".\n");
    put_adl(s);
    put_delay(s);
    put_runs(s);
    put(s, "  ");
    accounts(s, s->pool->bankrupt_accounts, " ended below zero. What was lacking is the gap: ");
    money(s, flow->gap);
    put(s, ".\n");
}

static void put_layer(screen *s, const char *name, int64_t paid)
{
    bw_page_repeat(&s->page, ' ', INDENT);
    put(s, name);
    amount_right(s, paid, VALUE);
    percent_right(s, bw_metrics_ppm(paid, s->pool->flow.gap), SHARE);
    int64_t bar = bw_metrics_ppm(paid, s->pool->flow.gap) * 28 / 1000000;
    put(s, bar > 0 ? "  " : "");
    bw_page_repeat(&s->page, '#', (size_t)bar);
    line_end(s);
}

static void put_paid(screen *s)
{
    static const char *const NAMES[BW_LAYERS] = {"insurance fund", "shared fund", "venue's own capital",
                                                 "backstop desks", "deleveraged winners", "haircut of winners",
                                                 "nobody yet (carried over)"};
    int64_t sum = 0;
    line_end(s);
    put(s, "WHO PAID THE GAP");
    bw_page_right(&s->page, s->asset, VALUE);
    bw_page_right(&s->page, "share", SHARE);
    line_end(s);
    for (uint32_t layer = 0; layer < BW_LAYERS; layer++) {
        put_layer(s, NAMES[layer], s->pool->flow.paid[layer]);
        bw_metrics_sum(&sum, s->pool->flow.paid[layer]);
    }
    bw_page_repeat(&s->page, ' ', INDENT);
    bw_page_repeat(&s->page, '-', SHARE - INDENT);
    line_end(s);
    put(s, "  the gap");
    amount_right(s, s->pool->flow.gap, VALUE);
    put(s, sum == s->pool->flow.gap ? "    exact: the seven lines add up to it\n" : "    THE LINES DO NOT ADD UP\n");
}

static void put_spread(screen *s, const char *what, const bw_metrics_spread *spread)
{
    if (spread->total == 0)
        return;
    put(s, "  Of the ");
    put(s, what);
    put(s, " (");
    count(s, spread->accounts, " accounts): largest 1 ");
    bw_page_percent(&s->page, bw_metrics_ppm(spread->top_1, spread->total), 1);
    put(s, ", 10 ");
    bw_page_percent(&s->page, bw_metrics_ppm(spread->top_10, spread->total), 1);
    put(s, ", 100 ");
    bw_page_percent(&s->page, bw_metrics_ppm(spread->top_100, spread->total), 1);
    put(s, "; Gini ");
    bw_page_scaled(&s->page, spread->gini_ppm, 6, 0, 2);
    put(s, ".\n");
}

static void put_hit(screen *s)
{
    heading(s, "WHO WAS HIT");
    put(s, "  ");
    count(s, s->pool->liquidated_accounts, " liquidated, ");
    count(s, s->pool->bankrupt_accounts, " bankrupt, ");
    count(s, s->pool->adl_accounts, " deleveraged, ");
    count(s, s->pool->haircut_accounts, " cut by a haircut, of ");
    count(s, s->pool->accounts ? s->pool->accounts : s->result->accounts, ".\n");
    put_spread(s, "ADL notional", &s->pool->adl_spread);
    put_spread(s, "charges", &s->pool->charge_spread);
    if (s->pool->flow.adl > 0) {
        put(s, "  ");
        if (s->result->market_count > 3) {
            put(s, "Top 3 markets: ");
            bw_page_percent(&s->page, bw_metrics_ppm(s->result->adl_top_3_markets, s->pool->flow.adl), 1);
            put(s, " of ADL. ");
        }
        put(s, "Prices per batch and market: ");
        put(s, s->result->price_violations == 0 ? "one, always.\n" : "NOT ALWAYS ONE.\n");
    }
}

static void put_owed(screen *s)
{
    heading(s, "WHAT IS STILL OWED");
    put(s, "  Loss nobody has paid yet: ");
    bw_page_amount_grouped(&s->page, s->pool->carryover, s->decimals);
    put(s, " ");
    put(s, s->asset);
    put(s, ". Claims of payers to be repaid: ");
    bw_page_amount_grouped(&s->page, s->pool->claims, s->decimals);
    put(s, ".\n  Fund: ");
    money(s, s->pool->fund_open);
    put(s, " before, ");
    money(s, s->pool->fund_end);
    put(s, " after. Desks' equity: ");
    bw_page_short(&s->page, s->pool->desks_open, s->decimals);
    put(s, " before, ");
    bw_page_short(&s->page, s->pool->desks_end, s->decimals);
    put(s, " after.\n");
}

static void put_holding(screen *s)
{
    static const char *const NAMES[BW_HORIZONS] = {"at once ", ", after 1 s ", ", after 5 s ", ", at the end "};
    if (s->pool->winners == 0)
        return;
    heading(s, "WHAT WINNERS LOST AGAINST HOLDING ON   (negative: being closed saved them money)");
    put(s, "  ");
    for (uint32_t h = 0; h < BW_HORIZONS; h++) {
        put(s, NAMES[h]);
        money(s, s->pool->lost[h]);
    }
    put(s, ".\n  At the end ");
    count(s, s->pool->winners_behind, " of ");
    count(s, s->pool->winners, " stood worse than had they held; most for one account: ");
    money(s, s->pool->lost_most);
    put(s, ".\n");
}

/* ------------------------------------------------------------------------------------------- measured and replayed */

static void put_row(screen *s, const bw_metrics_row *row)
{
    put(s, "  ");
    put(s, row->label);
    if (row->market != BW_NONE16) {
        put(s, " ");
        put(s, s->result->facts->markets[row->market].name);
    }
    bw_page_tab(&s->page, 36);
    put(s, bw_metrics_unit(row->unit));
    bw_page_right(&s->page, row->measured, 56);
    bw_page_right(&s->page, *row->replayed ? row->replayed : "-", 70);
    if (row->ratio_ppm >= 0) {
        char bytes[BW_PAGE_WORD];
        bw_page word = bw_page_open(bytes, sizeof bytes);
        bw_page_char(&word, 'x');
        bw_page_scaled(&word, row->ratio_ppm, 6, 0, 2);
        bw_page_end(&word);
        bw_page_right(&s->page, bytes, 80);
    }
    line_end(s);
}

static void put_rows(screen *s)
{
    if (s->result->row_count == 0)
        return;
    line_end(s);
    put(s, "MEASURED AGAINST REPLAYED");
    bw_page_right(&s->page, "measured", 56);
    bw_page_right(&s->page, "replayed", 70);
    bw_page_right(&s->page, "ratio", 80);
    line_end(s);
    for (uint32_t i = 0; i < s->result->row_count; i++)
        put_row(s, &s->result->rows[i]);
}

/* The items of one kind, wrapped; `shown` counts all that were named so far. */
static void put_source(screen *s, const char *word, const char *provenance, const char *name, uint32_t *shown, bool *first)
{
    if (provenance[0] != word[0])
        return;
    if (*first) {
        put(s, (*shown)++ == 0 ? "\nWHERE THE PRICES COME FROM\n  " : "  ");
        put(s, word);
        bw_page_tab(&s->page, 15);
    }
    *first = false;
    if (s->page.length - s->page.line > WIDTH - 12) {
        line_end(s);
        bw_page_tab(&s->page, 15);
    }
    put(s, name);
    put(s, " ");
}

static void put_provenance(screen *s)
{
    static const char *const WORDS[] = {"measured", "other venue", "shaped"};
    const bw_metrics_facts *facts = s->result->facts;
    uint32_t shown = 0;
    for (uint32_t kind = 0; kind < 3; kind++) {
        bool first = true;
        for (uint32_t m = 0; m < s->result->market_count; m++)
            put_source(s, WORDS[kind], facts->markets[m].provenance, facts->markets[m].name, &shown, &first);
        for (uint32_t i = 0; i < s->result->collateral_count && facts->collaterals != NULL; i++)
            put_source(s, WORDS[kind], facts->collaterals[i].provenance, facts->collaterals[i].asset, &shown, &first);
        if (!first)
            line_end(s);
    }
}

static void put_foot(screen *s)
{
    const bw_metrics_result *result = s->result;
    line_end(s);
    count(s, result->commands, " commands, ");
    count(s, result->events, " events, ");
    count(s, result->rounds, " rounds; conservation error ");
    bw_page_integer(&s->page, s->pool->conservation_error);
    put(s, "; state ");
    bw_page_hex(&s->page, result->state_hash[1]);
    bw_page_hex(&s->page, result->state_hash[0]);
    line_end(s);
    if (result->lost_records > 0) {
        count(s, result->lost_records, " figures did not fit the memory given to the metrics: sums per account are short\n");
    }
}

size_t bw_metrics_screen(const bw_metrics_result *result, char *buffer, size_t size)
{
    screen s = {.page = bw_page_open(buffer, size), .result = result};
    if (result->pool_count == 0) {
        put(&s, "Nothing ran: the venue has no pool.\n");
        return bw_page_end(&s.page);
    }
    s.pool = &result->pools[0];
    s.asset = result->facts->pools[0].asset;
    s.decimals = result->facts->pools[0].decimals;
    put_title(&s);
    put_events(&s);
    put_paid(&s);
    put_hit(&s);
    put_owed(&s);
    put_holding(&s);
    put_rows(&s);
    put_provenance(&s);
    put_foot(&s);
    return bw_page_end(&s.page);
}
