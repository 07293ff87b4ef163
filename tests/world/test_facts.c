/* The reader of facts: every fault is named with line, field, found and expected; no bytes harm. */
#include "scenario.h"

#define HEADER                                                                                   \
    "market,class,tick_usd,lot,brackets,open_interest_musd,adl_musd,liquidated_musd,users,"  \
    "adl_price_usd,adl_high_usd,adl_low_usd,winner_pnl_pct,loser_pnl_pct,provenance\n"
#define BTC "BTC,btc,1,0.000001,0:0.025:0.0125,10,6.5,5,20,106428,107400.0,102950.0,12,8.4,measured\n"

static void markets_refused(const char *text, const char *expected)
{
    static bw_market_facts markets[4];
    uint32_t count = 7;
    bw_facts_error error;
    char message[256];
    assert_false(bw_facts_read_markets(text, strlen(text), markets, 4, &count, &error));
    bw_facts_error_print(&error, "m.csv", message, sizeof message);
    assert_string_equal(message, expected);
    assert_int_equal(count, 0);
}

static void prices_refused(const char *text, const char *expected)
{
    bw_market_facts markets[2] = {{.name = "BTC", .tick_nano = BW_NANO},
                                  {.name = "kPEPE", .tick_nano = 10}};
    bw_price_fact facts[3];
    uint32_t count = 7;
    bw_facts_error error;
    char message[256];
    assert_false(bw_facts_read_prices(text, strlen(text), markets, 2, facts, 3, &count, &error));
    bw_facts_error_print(&error, "p.csv", message, sizeof message);
    assert_string_equal(message, expected);
    assert_int_equal(count, 0);
}

static void scenario_is_read(void **state)
{
    (void)state;
    const scenario *s = scenario_read();
    uint32_t words[3] = {0};
    assert_int_equal(s->market_count, 36);
    assert_int_equal(s->price_count, 547);
    for (uint32_t m = 0; m < s->market_count; m++) {
        words[s->market[m].provenance]++;
        assert_int_equal(s->market[m].tick_value, 1);
        assert_true(s->open_ticks[m] >= 100000 && s->open_ticks[m] < 1000000); /* six digits */
    }
    assert_int_equal(words[BW_PROVENANCE_MEASURED], 11);
    assert_int_equal(words[BW_PROVENANCE_OTHER_VENUE], 23);
    assert_int_equal(words[BW_PROVENANCE_SHAPED], 2);
    const bw_market_facts *btc = &s->market[0];
    assert_string_equal(btc->name, "BTC");
    assert_int_equal(btc->adl_notional, 620890000000000);
    assert_int_equal(btc->bracket[1].floor, 150000000000000);
    assert_int_equal(btc->winner_pnl_ppm, 120000);
    assert_string_equal(s->measured[0].metric, "adl_notional_total");
    assert_string_equal(s->measured[0].value, "2103.1");
    assert_int_equal(s->measured[0].value_nano, 2103100000000);
}

static void sums_agree_with_measured(void **state)
{
    (void)state;
    const scenario *s = scenario_read();
    int64_t adl = 0, liquidated = 0;
    for (uint32_t m = 0; m < s->market_count; m++) {
        adl += s->market[m].adl_notional;
        liquidated += s->market[m].liquidated;
    }
    for (uint32_t i = 0; i < s->measured_count; i++) {
        if (strcmp(s->measured[i].metric, "adl_notional_36_markets") == 0)
            assert_int_equal(s->measured[i].value_nano, adl / 1000);
        if (strcmp(s->measured[i].metric, "liquidated_one_sided_36_markets") == 0)
            assert_int_equal(s->measured[i].value_nano, liquidated / 1000);
    }
    assert_int_equal(adl, 2041380000000000);
    assert_int_equal(liquidated, 1644300000000000);
}

static void header_faults(void **state)
{
    (void)state;
    markets_refused("", "m.csv:1: header: found 'end of file', expected a header line");
    markets_refused("# only a comment\n",
                    "m.csv:1: header: found 'end of file', expected a header line");
    markets_refused("market,tick_usd\n",
                    "m.csv:1: header: found 'tick_usd', expected column 2 to be class");
    markets_refused("market,class\n",
                    "m.csv:1: header: found 'end of line', expected column 3 to be tick_usd");
}

static void line_faults(void **state)
{
    (void)state;
    static char text[8000];
    markets_refused(HEADER "BTC,btc,1\n", "m.csv:2: line: found '3 fields', expected 15 fields");
    markets_refused(HEADER "# a comment\nBTC,btc", /* a truncated file */
                    "m.csv:3: line: found 'BTC,btc', expected a line that ends with a line feed");
    markets_refused(HEADER BTC BTC, "m.csv:3: market: found 'BTC', expected a name not used before");
    strcpy(text, HEADER);
    memset(text + strlen(HEADER), 'x', 5000);
    markets_refused(text, "m.csv:2: line: found 'xxxxxxxxxxxxxxxxxxxx', expected a line of less than "
                          "4096 bytes");
}

#define WITH(class, tick, lot, brackets, low, provenance)                                        \
    HEADER "BTC," class "," tick "," lot "," brackets ",10,6.5,5,20,106428,107400," low          \
           ",12,8.4," provenance "\n"

static void market_faults(void **state)
{
    (void)state;
    markets_refused(WITH("btc", "1", "0.000001", "0:0.025:0.0125", "102950", "mesured"),
                    "m.csv:2: provenance: found 'mesured', expected measured, other venue or "
                    "shaped; did you mean 'measured'?");
    markets_refused(WITH("huge", "1", "0.000001", "0:0.025:0.0125", "102950", "measured"),
                    "m.csv:2: class: found 'huge', expected btc, eth, large, mid or small");
    markets_refused(WITH("btc", "1e-3", "0.000001", "0:0.025:0.0125", "102950", "measured"),
                    "m.csv:2: tick_usd: found '1e-3', expected a number with at most 9 decimals");
    markets_refused(WITH("btc", "0.1", "0.000001", "0:0.025:0.0125", "102950", "measured"),
                    "m.csv:2: lot: found '0.000001', expected tick x lot to be a whole number of "
                    "0.000001 USD");
    markets_refused(WITH("btc", "1", "0.000001", "0:0.0125:0.025", "102950", "measured"),
                    "m.csv:2: brackets: found '0:0.0125:0.025', expected up to 8 rising "
                    "floor:initial:maintenance, the first at 0");
    markets_refused(WITH("btc", "1", "0.000001", "0:0.025:0.0125 5:0.02:0.01", "102950", "measured"),
                    "m.csv:2: brackets: found '0:0.025:0.0125 5:0.02:0.01', expected up to 8 rising "
                    "floor:initial:maintenance, the first at 0");
    markets_refused(WITH("btc", "1", "0.000001", "0:0.025:0.0125", "107401", "measured"),
                    "m.csv:2: adl_low_usd: found '107401', expected at most adl_high_usd");
    markets_refused(WITH("btc", "1", "0.000001", "0:0.025:0.0125", "0", "measured"),
                    "m.csv:2: adl_low_usd: found '0', expected a number from 1 to "
                    "9223372036854775807 in units of 1e-9");
}

#define P "market,time,price_usd,source\n"

static void price_faults(void **state)
{
    (void)state;
    prices_refused(P "BTD,2025-10-10T21:16:04Z,1,binance-1m\n",
                   "p.csv:2: market: found 'BTD', expected a market of the list; did you mean 'BTC'?");
    prices_refused(P "BTC,2025-13-10T21:16:04Z,1,binance-1m\n",
                   "p.csv:2: time: found '2025-13-10T21:16:04Z', expected a time like "
                   "2025-10-10T21:16:04Z");
    prices_refused(P "BTC,2025-02-29T21:16:04Z,1,binance-1m\n",
                   "p.csv:2: time: found '2025-02-29T21:16:04Z', expected a time like "
                   "2025-10-10T21:16:04Z");
    prices_refused(P "BTC,2025-10-10T21:16:04Z,-1,binance-1m\n",
                   "p.csv:2: price_usd: found '-1', expected a number from 1 to "
                   "9223372036854775807 in units of 1e-9");
    prices_refused(P "BTC,2025-10-10T21:16:04Z,.5,binance-1m\n",
                   "p.csv:2: price_usd: found '.5', expected a number with at most 9 decimals");
    prices_refused(P "BTC,2025-10-10T21:16:04Z,5.,binance-1m\n",
                   "p.csv:2: price_usd: found '5.', expected a number with at most 9 decimals");
    prices_refused(P "BTC,2025-10-10T21:16:04Z,0.5,binance-1m\n", /* below one tick */
                   "p.csv:2: price_usd: found '0.5', expected a price of 1 to 2^40 ticks");
    prices_refused(P "BTC,2025-10-10T21:16:04Z,99999999999999999999,binance-1m\n",
                   "p.csv:2: price_usd: found '99999999999999999999', expected a number with at most "
                   "9 decimals");
    prices_refused(P "BTC,2025-10-10T21:16:04Z,5,shapd\n",
                   "p.csv:2: source: found 'shapd', expected a source tag; did you mean 'shaped'?");
    prices_refused(P "BTC,2025-10-10T21:16:04Z,5,binance-1m\nBTC,2025-10-10T21:16:04Z,5,binance-1m\n",
                   "p.csv:3: time: found '2025-10-10T21:16:04Z', expected a later time than the line "
                   "before");
    prices_refused(P "kPEPE,2025-10-10T21:16:04Z,5,binance-1m\nBTC,2025-10-10T21:17:04Z,5,binance-1m\n",
                   "p.csv:3: market: found 'BTC', expected markets in the order of the market list");
    prices_refused(P "BTC,2025-10-10T21:16:04Z,5,binance-1m\r\r\n",
                   "p.csv:2: source: found 'binance-1m?', expected a source tag; did you mean "
                   "'binance-1m'?");
}

static void times_are_exact(void **state)
{
    (void)state;
    const char *text = P "BTC,1970-01-01T00:00:00Z,2,binance-1m\nBTC,2024-02-29T00:00:01Z,2,binance-1m\n"
                         "BTC,2025-10-10T21:16:04Z,2,binance-1m\n";
    bw_market_facts market = {.name = "BTC", .tick_nano = BW_NANO};
    bw_price_fact facts[3];
    uint32_t count;
    bw_facts_error error;
    assert_true(bw_facts_read_prices(text, strlen(text), &market, 1, facts, 3, &count, &error));
    assert_int_equal(facts[0].time_ns, 0);
    assert_int_equal(facts[1].time_ns, 1709164801 * (int64_t)BW_NANO);
    assert_int_equal(facts[2].time_ns, 1760130964 * (int64_t)BW_NANO);
}

/* Margins of R6: rates of the bracket, continuous at its floor, rounded up. */
static void margin_is_continuous(void **state)
{
    (void)state;
    const bw_market_facts *btc = &scenario_read()->market[0];
    int64_t floor = btc->bracket[1].floor;
    assert_int_equal(bw_market_initial_margin(btc, 1), 1);
    assert_int_equal(bw_market_initial_margin(btc, 1000000), 25000);
    assert_int_equal(bw_market_maintenance_margin(btc, 1000001), 12501);
    assert_int_equal(bw_market_initial_margin(btc, floor), floor / 40);
    assert_int_equal(bw_market_initial_margin(btc, 2 * floor), floor / 40 + floor / 20);
    assert_int_equal(bw_market_maintenance_margin(btc, 2 * floor), floor / 80 + floor / 40);
}

/* One text with bytes changed and its end cut off, in a block of exactly its size. */
static bool spoiled_is_read(const scenario *s, const char *text, size_t size, bool is_markets,
                            uint64_t *seed)
{
    static bw_price_fact facts[2000];
    static bw_market_facts markets[BW_MARKETS_MAX];
    uint32_t count;
    bw_facts_error error;
    char message[200];
    size_t cut = 1 + check_random_below(seed, size);
    char *copy = malloc(cut);
    memcpy(copy, text, cut);
    for (uint64_t i = check_random_below(seed, 4); i > 0; i--)
        copy[check_random_below(seed, cut)] = (char)check_random(seed);
    bool fine = is_markets
                    ? bw_facts_read_markets(copy, cut, markets, BW_MARKETS_MAX, &count, &error)
                    : bw_facts_read_prices(copy, cut, s->market, s->market_count, facts, 2000,
                                           &count, &error);
    assert_int_equal(fine, error.line == 0);
    bw_facts_error_print(&error, "spoiled.csv", message, sizeof message);
    free(copy);
    return fine;
}

static void spoiled_bytes_do_no_harm(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    const scenario *s = scenario_read();
    size_t size[2];
    char *text[2] = {scenario_text("prices.csv", &size[0]), scenario_text("markets.csv", &size[1])};
    uint32_t read_count = 0;
    for (uint32_t round = 0; round < 4000; round++)
        read_count += spoiled_is_read(s, text[round % 2], size[round % 2], round % 2, &seed);
    assert_true(read_count > 0 && read_count < 4000);
    free(text[0]);
    free(text[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenario_is_read),        cmocka_unit_test(sums_agree_with_measured),
        cmocka_unit_test(header_faults),           cmocka_unit_test(line_faults),
        cmocka_unit_test(market_faults),           cmocka_unit_test(price_faults),
        cmocka_unit_test(times_are_exact),         cmocka_unit_test(margin_is_continuous),
        cmocka_unit_test(spoiled_bytes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
