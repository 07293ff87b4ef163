/* fixture.h - a made-up result of the size and shape of the main job's, for looking at the report. Figures are invented;
   only names, and the measured sides of the comparison, are real. */
#ifndef BW_TEST_REPORT_FIXTURE_H
#define BW_TEST_REPORT_FIXTURE_H

#include <string.h>

#include "metrics/metrics.h"

enum { FIXTURE_MARKETS = 14, FIXTURE_BATCHES = 640 };
#define FIXTURE_USD INT64_C(1000000)          /* minor units */
#define FIXTURE_MUSD (1000000 * FIXTURE_USD)

typedef struct {
    bw_metrics_result result;
    bw_metrics_facts facts;
    bw_metrics_pool_facts pool_facts;
    bw_metrics_market_facts market_facts[FIXTURE_MARKETS];
    bw_metrics_measured measured[6];
    bw_metrics_pool pool;
    bw_metrics_market markets[FIXTURE_MARKETS];
    bw_metrics_batch batches[FIXTURE_BATCHES];
    int64_t marks[FIXTURE_BATCHES * FIXTURE_MARKETS];
    uint16_t by_adl[FIXTURE_MARKETS];
} fixture;

static const struct {
    const char *name, *provenance;
    int64_t adl_k, liquidated_k, open_ticks, fall_permille;   /* thousands of USD */
} FIXTURE_FACTS[FIXTURE_MARKETS] = {
    {"BTC", "measured", 620890, 584400, 112138, 84},      {"ETH", "measured", 458010, 300100, 375600, 121},
    {"SOL", "measured", 276200, 170900, 202000, 262},     {"HYPE", "measured", 189930, 151100, 404000, 215},
    {"XPL", "measured", 65850, 51200, 78000, 418},        {"PUMP", "other venue", 57290, 30100, 51000, 475},
    {"ENA", "other venue", 42490, 22000, 46500, 520},     {"AVAX", "other venue", 36640, 21000, 256000, 533},
    {"FARTCOIN", "other venue", 31990, 20500, 56000, 610}, {"XRP", "measured", 31420, 36000, 262000, 380},
    {"DOGE", "other venue", 25000, 19000, 22400, 460},    {"SUI", "other venue", 21000, 15000, 311000, 640},
    {"LAUNCHCOIN", "shaped", 4000, 1900, 9100, 480},      {"PURR", "shaped", 1100, 300, 18000, 455}};

/* Rises from 0 to 1000 between two batches, then stays. */
static inline int64_t fixture_ramp(int64_t at, int64_t from, int64_t until)
{
    return at <= from ? 0 : at >= until ? 1000 : (at - from) * 1000 / (until - from);
}

static inline void fixture_marks(fixture *f, int64_t b)
{
    for (int64_t m = 0; m < FIXTURE_MARKETS; m++) {
        int64_t depth = fixture_ramp(b, 90, 112) * 3 / 10 + fixture_ramp(b, 112, 158) * 7 / 10 -
                        fixture_ramp(b, 160, 330) * (4 + m % 3) / 10;
        int64_t wave = (b * 7 + m * 13) % 17 - 8;
        f->marks[b * FIXTURE_MARKETS + m] =
            FIXTURE_FACTS[m].open_ticks * (1000000 - FIXTURE_FACTS[m].fall_permille * depth + wave * 150) / 1000000;
    }
}

static inline void fixture_flow_add(bw_metrics_flow *to, const bw_metrics_flow *from)
{
    to->liquidated += from->liquidated;
    to->book += from->book;
    to->backstop += from->backstop;
    to->adl += from->adl;
    to->adl_of_desks += from->adl_of_desks;
    to->gap += from->gap;
    for (uint32_t i = 0; i < BW_LAYERS; i++)
        to->paid[i] += from->paid[i];
    to->adl_legs += from->adl_legs;
    to->adl_closes += from->adl_closes;
    to->closes_whole += from->closes_whole;
    to->closes_in_profit += from->closes_in_profit;
}

static inline bw_metrics_flow fixture_flow(int64_t b)
{
    bw_metrics_flow flow = {0};
    if (b < 97 || b > 230 || b % 2)
        return flow;
    int64_t height = b < 150 ? b - 90 : 300 / (b - 140) + 1;
    flow.liquidated = height * 1050 * FIXTURE_USD * 1000 / 3 + b * 104729;
    flow.book = flow.liquidated * (b < 118 ? 80 : 35) / 100;
    flow.backstop = flow.liquidated - flow.book;
    if (b >= 117) {
        flow.adl = flow.backstop * 9 / 10 + (b % 8 == 0 ? 9 * FIXTURE_MUSD : 0);
        flow.adl_of_desks = flow.adl * 95 / 100;
        flow.adl_legs = (uint64_t)height * 9 + 5;
        flow.adl_closes = (uint64_t)height * 7 + 4;
        flow.closes_whole = flow.adl_closes * 92 / 100;
        flow.closes_in_profit = flow.adl_closes * 99 / 100;
        flow.gap = height * 6131 * FIXTURE_USD + 7 * b;
        int64_t left = flow.gap;
        flow.paid[BW_LAYER_FUND] = b < 140 ? left : left / 9;
        left -= flow.paid[BW_LAYER_FUND];
        flow.paid[BW_LAYER_CAPITAL] = left / 7;
        left -= flow.paid[BW_LAYER_CAPITAL];
        flow.paid[BW_LAYER_DELEVERAGED] = left * 6 / 10;
        left -= flow.paid[BW_LAYER_DELEVERAGED];
        flow.paid[BW_LAYER_HAIRCUT] = left * 9 / 10;
        flow.paid[BW_LAYER_CARRYOVER] = left - flow.paid[BW_LAYER_HAIRCUT];
    }
    return flow;
}

static inline void fixture_batches(fixture *f)
{
    int64_t fund = 11 * FIXTURE_MUSD, capital = 4 * FIXTURE_MUSD, carried = 0;
    for (int64_t b = 0; b < FIXTURE_BATCHES; b++) {
        bw_metrics_batch *batch = &f->batches[b];
        batch->time_ns = INT64_C(1760130602000000000) + b * 3100000000;
        batch->seq = (uint64_t)(1000 + b);
        batch->flow = fixture_flow(b);
        fixture_flow_add(&f->pool.flow, &batch->flow);
        fund -= batch->flow.paid[BW_LAYER_FUND];
        fund += batch->flow.liquidated / 2000;
        capital -= batch->flow.paid[BW_LAYER_CAPITAL];
        carried += batch->flow.paid[BW_LAYER_CARRYOVER];
        batch->fund = fund;
        batch->capital = capital;
        batch->desks = 60 * FIXTURE_MUSD - fixture_ramp(b, 100, 190) * 44 * FIXTURE_MUSD / 1000 +
                       fixture_ramp(b, 200, 300) * 9 * FIXTURE_MUSD / 1000;
        batch->carryover = carried;
        fixture_marks(f, b);
    }
    f->pool.carryover = carried;
    f->pool.fund_end = fund;
    f->pool.capital_end = capital;
}

static inline void fixture_markets(fixture *f)
{
    for (uint32_t m = 0; m < FIXTURE_MARKETS; m++) {
        bw_metrics_market *market = &f->markets[m];
        f->market_facts[m] = (bw_metrics_market_facts){
            FIXTURE_FACTS[m].name, FIXTURE_FACTS[m].provenance, m == 0 ? 1000000000 : 10000000,
            FIXTURE_FACTS[m].adl_k * 1000 * FIXTURE_USD, FIXTURE_FACTS[m].liquidated_k * 1000 * FIXTURE_USD};
        market->flow.adl = FIXTURE_FACTS[m].adl_k * (700 + 53 * (m * 5 % 11)) * FIXTURE_USD + m;
        market->flow.liquidated = FIXTURE_FACTS[m].liquidated_k * (800 + 41 * (m * 7 % 9)) * FIXTURE_USD;
        market->flow.adl_closes = (uint64_t)FIXTURE_FACTS[m].adl_k / 190 + 3;
        market->flow.closes_whole = market->flow.adl_closes * 9 / 10;
        market->flow.gap = market->flow.adl / 170;
        market->mark_open = f->marks[m];
        market->mark_low = market->mark_high = market->mark_open;
        for (uint32_t b = 0; b < FIXTURE_BATCHES; b++) {
            int64_t mark = f->marks[b * FIXTURE_MARKETS + m];
            market->mark_low = mark < market->mark_low ? mark : market->mark_low;
            market->mark_high = mark > market->mark_high ? mark : market->mark_high;
            market->mark_end = mark;
        }
        market->adl_price_low = market->mark_low;
        market->adl_price_high = market->mark_open * 95 / 100;
        market->adl_price_average = market->mark_open * 90 / 100;
        market->adl_batches = market->adl_prices = 18;
        f->by_adl[m] = (uint16_t)m;
    }
}

static inline void fixture_spreads(fixture *f)
{
    bw_metrics_pool *pool = &f->pool;
    pool->adl_spread = (bw_metrics_spread){.accounts = 18211, .total = pool->flow.adl, .top_1 = pool->flow.adl * 12 / 100,
        .top_10 = pool->flow.adl * 41 / 100, .top_100 = pool->flow.adl * 74 / 100, .gini_ppm = 961400};
    pool->charge_spread = (bw_metrics_spread){.accounts = 9114, .total = pool->charged, .top_1 = pool->charged * 4 / 100,
        .top_10 = pool->charged * 22 / 100, .top_100 = pool->charged * 55 / 100, .gini_ppm = 842100};
    for (int64_t i = 0; i <= BW_METRICS_LORENZ; i++) {
        int64_t x = i * 10000, cube = x * x / 1000000 * x / 1000000;
        pool->charge_spread.lorenz_ppm[i] = cube * x / 1000000;
        pool->adl_spread.lorenz_ppm[i] = cube * cube / 1000000 * cube / 1000000 * cube / 1000000;
    }
}

static inline void fixture_facts(fixture *f)
{
    f->pool_facts = (bw_metrics_pool_facts){"main", "USDC", 6};
    static const bw_metrics_measured MEASURED[6] = {
        {"adl_notional_total", "musd", "2103.1", "replay: sum over every second with auto-deleveraging"},
        {"adl_users", "count", "19337", "replay: users closed"},
        {"adl_top3_share", "percent", "64.4", "replay: share of the three largest markets in the notional"},
        {"first_liquidation_to_first_adl", "seconds", "61.7", "replay: 21:15:03 to 21:16:04"},
        {"liquidated_pnl_36_markets", "musd", "-566.1", "replay: sum over the same markets"},
        {"lowest_adl_price_btc", "usd", "102950", "replay"}};
    memcpy(f->measured, MEASURED, sizeof MEASURED);
    f->facts = (bw_metrics_facts){
        .title = "The crash of 10 October 2025", .reproduce = "breakwater run scenarios/2025-10-10.story --seed 1",
        .rules = "fund | capital | deleveraged price previous-mark | haircut base positive-upnl | carryover",
        .notes = "Figures of this fixture are invented.\nThe book is drawn; its largest accounts decide the concentration.",
        .seed = 1, .pools = &f->pool_facts, .markets = f->market_facts, .measured = f->measured, .measured_count = 6};
}

static inline void fixture_rows(fixture *f)
{
    static const char *const LABELS[6] = {"ADL notional", "Accounts deleveraged", "ADL in the top 3 markets",
                                          "First liquidation to first ADL", "PnL of the liquidated", "Lowest ADL price"};
    static const char *const REPLAYED[6] = {"1874.20", "18211", "61.10", "58.90", "-498.33", "102701"};
    static const int64_t RATIOS[6] = {891162, 941769, 948758, 954619, 880286, 997581};
    f->result.row_count = 6;
    for (uint32_t i = 0; i < 6; i++) {
        bw_metrics_row *row = &f->result.rows[i];
        *row = (bw_metrics_row){.metric = f->measured[i].metric, .unit = f->measured[i].unit,
                                .measured = f->measured[i].value, .source = f->measured[i].source, .label = LABELS[i],
                                .ratio_ppm = RATIOS[i], .market = i == 5 ? 0 : BW_NONE16};
        strcpy(row->replayed, REPLAYED[i]);
    }
}

static inline void fixture_new(fixture *f)
{
    memset(f, 0, sizeof *f);
    fixture_batches(f);
    fixture_markets(f);
    bw_metrics_pool *pool = &f->pool;
    pool->accounts = 100002;
    pool->liquidated_accounts = 6134;
    pool->bankrupt_accounts = 1412;
    pool->adl_accounts = 18211;
    pool->haircut_accounts = 8222;
    pool->charged_accounts = 9114;
    pool->charged = pool->claims = pool->flow.paid[BW_LAYER_DELEVERAGED] + pool->flow.paid[BW_LAYER_HAIRCUT];
    pool->fund_open = 11 * FIXTURE_MUSD;
    pool->desks_open = 60 * FIXTURE_MUSD;
    pool->desks_end = 25 * FIXTURE_MUSD;
    pool->winners = 19001;
    pool->winners_behind = 7211;
    pool->lost_most = 9 * FIXTURE_MUSD;
    pool->lost[0] = pool->charged;
    pool->lost[1] = pool->charged + 13 * FIXTURE_MUSD;
    pool->lost[2] = pool->charged + 21 * FIXTURE_MUSD + 5;
    pool->lost[3] = -212 * FIXTURE_MUSD;
    fixture_spreads(f);
    fixture_facts(f);
    f->result = (bw_metrics_result){
        .facts = &f->facts, .accounts = 100002, .commands = 40011, .events = 2904112, .rounds = 96,
        .settings_hash = 0x0123456789abcdef, .state_hash = {0x1122334455667788, 0x99aabbccddeeff00},
        .time_open_ns = f->batches[0].time_ns, .time_end_ns = f->batches[FIXTURE_BATCHES - 1].time_ns,
        .first_liquidation_ns = f->batches[98].time_ns, .first_adl_ns = f->batches[118].time_ns, .adl_batches = 57,
        .adl_seconds = 57, .adl_top_3_markets = pool->flow.adl * 61 / 100, .pool_count = 1,
        .market_count = FIXTURE_MARKETS, .batch_count = FIXTURE_BATCHES, .pools = &f->pool, .markets = f->markets,
        .by_adl = f->by_adl, .batches = f->batches, .marks = f->marks, .mark_stride = FIXTURE_MARKETS};
    fixture_rows(f);
}

#endif
