/* A hand-made event whose every figure is known, and what the screen and the JSON make of it. */
#include "stream.h"

#include "metrics/page.h"

static const bw_metrics_limits LIMITS = {.accounts = 16, .markets = 2, .pools = 1, .desks = 2, .batches = 8, .closes = 8};

static const bw_metrics_measured MEASURED[] = {
    {"adl_notional_total", "musd", "0.5", "replay: sum"},
    {"adl_notional_aaa", "musd", "0.25", "replay"},
    {"adl_users", "count", "4", "replay"},
    {"adl_whole_closes", "percent", "25", "replay"},
    {"first_liquidation_to_first_adl", "seconds", "3.0", "replay"},
    {"lowest_adl_price_aaa", "usd", "16", "replay"},
    {"adl_notional_zzz", "musd", "1", "replay: a market that is not there"},
    {"liquidated_pnl_36_markets", "musd", "-0.01", "replay"},
    {"something_else", "count", "7", "replay"},
};
enum { MEASURED_COUNT = sizeof MEASURED / sizeof MEASURED[0] };

static const bw_metrics_facts FACTS = {
    .title = "A \"small\" crash", .reproduce = "breakwater run small.story", .rules = "fund | carryover", .notes = "",
    .seed = 7, .pools = stream_pools, .markets = stream_markets, .measured = MEASURED, .measured_count = MEASURED_COUNT};

/* 1 is long 15: 10 sold in the book, 5 to the desk. 3 is long 15 and bankrupt. The desk's 5 and 3's 15 are closed
   against 2 (short 20, in profit, closed whole) and 2 more of 3 against 4 (short 10, not in profit, in part). */
static void small_crash(stream *s)
{
    stream_batch(s, 100, 0, 900);
    stream_closing(s, 1, BW_VIA_BOOK, -10, -9000, -700);
    stream_taking(s, 7, 1, BW_VIA_BOOK, 10, 9000, 0, 0);
    stream_closing(s, 1, BW_VIA_BACKSTOP, -5, -4500, -300);
    stream_taking(s, STREAM_DESK, 1, BW_VIA_BACKSTOP, 5, 4500, 0, 0);
    stream_batch(s, 115, 0, 800);
    stream_closing(s, STREAM_DESK, BW_VIA_PROFIT, -5, -4000, -500);
    stream_taking(s, 2, STREAM_DESK, BW_VIA_PROFIT, 5, 4000, -20, -20000);
    stream_closing(s, 3, BW_VIA_PROFIT, -15, -12000, -2000);
    stream_taking(s, 2, 3, BW_VIA_PROFIT, 15, 12000, -15, -15000);
    stream_closing(s, 3, BW_VIA_OTHER, -2, -1600, -90);
    stream_taking(s, 4, 3, BW_VIA_OTHER, 2, 1600, -10, -7000);
    stream_event(s, BW_EVENT_BANKRUPT, BW_NONE16, 3)->bankrupt.gap = 700;
    bw_event *loss = stream_event(s, BW_EVENT_LOSS, 0, 0);
    loss->loss.gap = 700;
    loss->loss.paid[BW_LAYER_FUND] = 300;
    loss->loss.paid[BW_LAYER_DELEVERAGED] = 150;
    loss->loss.paid[BW_LAYER_HAIRCUT] = 200;
    loss->loss.paid[BW_LAYER_CARRYOVER] = 50;
    stream_charge(s, 2, BW_LAYER_DELEVERAGED, 150);
    stream_charge(s, 5, BW_LAYER_HAIRCUT, 120);
    stream_charge(s, 6, BW_LAYER_HAIRCUT, 80);
    stream_event(s, BW_EVENT_ROUND, BW_NONE16, 0);
    stream_batch(s, 126, 0, 850);
    stream_batch(s, 170, 0, 700);
}

static void sums_of_a_known_event(void **state)
{
    (void)state;
    stream s;
    stream_new(&s, &LIMITS);
    small_crash(&s);
    const bw_metrics_result *r = stream_finish(&s, &FACTS);
    const bw_metrics_pool *pool = &r->pools[0];
    assert_int_equal(pool->flow.liquidated, 9000 + 4500 + 12000 + 1600);
    assert_int_equal(pool->flow.book, 9000);
    assert_int_equal(pool->flow.backstop, 4500);
    assert_int_equal(pool->flow.adl, 4000 + 12000 + 1600);
    assert_int_equal(pool->flow.adl_of_desks, 4000);
    assert_int_equal(pool->flow.adl_legs, 3);
    assert_int_equal(pool->flow.adl_closes, 2);
    assert_int_equal(pool->flow.closes_whole, 1);
    assert_int_equal(pool->flow.closes_in_profit, 1);
    assert_int_equal(pool->flow.gap, 700);
    assert_int_equal(pool->flow.paid[BW_LAYER_HAIRCUT], 200);
    assert_int_equal(pool->liquidated_pnl, -700 - 300 - 2000 - 90);
    assert_int_equal(pool->adl_pnl, 3);
    assert_int_equal(pool->accounts, 9);
    assert_int_equal(pool->liquidated_accounts, 3);
    assert_int_equal(pool->liquidated_desks, 1);
    assert_int_equal(pool->bankrupt_accounts, 1);
    assert_int_equal(pool->adl_accounts, 2);
    assert_int_equal(pool->haircut_accounts, 2);
    assert_int_equal(pool->charged_accounts, 3);
    assert_int_equal(pool->charged, 350);
    assert_int_equal(pool->fund_open, 300);
    assert_int_equal(pool->fund_end, 300);
    assert_int_equal(pool->desks_open, 5000);
    assert_int_equal(pool->conservation_error, 0);
    assert_int_equal(r->accounts, 9);
    assert_int_equal(r->commands, 9 + 3 + 4);
    assert_int_equal(r->events, 9 + 3 + 5 + 13 + 2);
    assert_int_equal(r->rounds, 1);
    assert_int_equal(r->lost_records, 0);
    stream_free(&s);
}

static void winners_against_holding(void **state)
{
    (void)state;
    stream s;
    bw_metrics_account two, four, none;
    stream_new(&s, &LIMITS);
    small_crash(&s);
    const bw_metrics_pool *pool = &stream_finish(&s, &FACTS)->pools[0];
    /* 2: short 20 closed at 800, charged 150; then 850, then 700. */
    assert_true(bw_metrics_account_get(s.metrics, 2, &two));
    assert_int_equal(two.adl, 16000);
    assert_int_equal(two.lost[BW_HORIZON_NOW], 150);
    assert_int_equal(two.lost[BW_HORIZON_1S], -1000 + 150);
    assert_int_equal(two.lost[BW_HORIZON_5S], 2000 + 150);
    assert_int_equal(two.lost[BW_HORIZON_END], 2000 + 150);
    assert_true(bw_metrics_account_get(s.metrics, 4, &four));
    assert_int_equal(four.lost[BW_HORIZON_1S], -100);
    assert_int_equal(four.lost[BW_HORIZON_END], 200);
    assert_false(bw_metrics_account_get(s.metrics, 8, &none));
    assert_int_equal(pool->lost[BW_HORIZON_NOW], 350);
    assert_int_equal(pool->lost[BW_HORIZON_1S], -850 - 100 + 200);
    assert_int_equal(pool->lost[BW_HORIZON_END], 2150 + 200 + 200);
    assert_int_equal(pool->winners, 4);
    assert_int_equal(pool->winners_behind, 4);
    assert_int_equal(pool->lost_most, 2150);
    stream_free(&s);
}

static void markets_batches_and_prices(void **state)
{
    (void)state;
    stream s;
    stream_new(&s, &LIMITS);
    small_crash(&s);
    const bw_metrics_result *r = stream_finish(&s, &FACTS);
    const bw_metrics_market *a = &r->markets[0], *b = &r->markets[1];
    assert_int_equal(a->flow.adl, 17600);
    assert_int_equal(a->mark_open, 1000);
    assert_int_equal(a->mark_low, 700);
    assert_int_equal(a->mark_high, 1000);
    assert_int_equal(a->mark_end, 700);
    assert_int_equal(a->adl_price_average, 800);
    assert_int_equal(a->adl_price_low, 800);
    assert_int_equal(a->adl_batches, 1);
    assert_int_equal(a->adl_prices, 1);
    assert_int_equal(b->flow.adl, 0);
    assert_int_equal(b->mark_end, 2000);
    assert_int_equal(r->by_adl[0], 0);
    assert_int_equal(r->adl_top_3_markets, 17600);
    assert_int_equal(r->batch_count, 5);
    assert_int_equal(r->batches[1].flow.liquidated, 13500);
    assert_int_equal(r->batches[2].flow.adl, 17600);
    assert_int_equal(r->batches[2].fund, 300);
    assert_int_equal(r->batches[2].desks, 5000);
    assert_int_equal(r->marks[3 * r->mark_stride], 850);
    assert_int_equal(r->marks[3 * r->mark_stride + 1], 2000);
    assert_int_equal(r->first_liquidation_ns, INT64_C(110000000000));
    assert_int_equal(r->first_adl_ns, INT64_C(111500000000));
    assert_int_equal(r->adl_batches, 1);
    assert_int_equal(r->adl_seconds, 1);
    assert_int_equal(r->price_violations, 0);
    assert_int_equal(r->pools[0].adl_spread.gini_ppm, 409091);
    assert_int_equal(r->pools[0].charge_spread.gini_ppm, 133333);
    stream_free(&s);
}

static void closes_and_their_profit(void **state)
{
    (void)state;
    stream s;
    stream_new(&s, &LIMITS);
    stream_batch(&s, 10, 0, 800);
    stream_taking(&s, 2, 3, BW_VIA_PROFIT, 5, 4000, -20, -20000);   /* a short in profit */
    stream_taking(&s, 2, 3, BW_VIA_PROFIT, 5, 4000, -15, -15000);   /* the same close */
    stream_taking(&s, 4, 3, BW_VIA_PROFIT, -5, -4000, 10, 7000);    /* a long in profit */
    stream_taking(&s, 5, 3, BW_VIA_PROFIT, -10, -8000, 10, 7999);   /* another, closed whole */
    stream_taking(&s, 6, 3, BW_VIA_OTHER, -5, -4000, 10, 8000);     /* neither gain nor loss */
    stream_taking(&s, 7, 3, BW_VIA_OTHER, -5, -4000, 10, 9000);     /* a long that loses */
    stream_taking(&s, 8, 3, BW_VIA_OTHER, -5, -4000, 10, 8001);     /* and another */
    stream_batch(&s, 20, 0, 800);
    stream_taking(&s, 7, 3, BW_VIA_OTHER, -5, -4000, 5, 4500);      /* a close of its own: another batch */
    const bw_metrics_flow *flow = &stream_finish(&s, &FACTS)->pools[0].flow;
    assert_int_equal(flow->adl_legs, 8);
    assert_int_equal(flow->adl_closes, 7);
    assert_int_equal(flow->closes_in_profit, 3);
    assert_int_equal(flow->closes_whole, 2);
    stream_free(&s);
}

static void marks_of_one_command_are_one_batch(void **state)
{
    (void)state;
    stream s;
    stream_new(&s, &LIMITS);
    stream_batch(&s, 10, 0, 900);
    bw_event *index = stream_event(&s, BW_EVENT_MARKED, 1, 0);
    index->marked.price = 1;
    index->marked.kind = BW_MARK_INDEX;
    index->marked.item = 1;
    bw_event *second = stream_event(&s, BW_EVENT_MARKED, 1, 0);
    second->marked.price = 1800;
    second->marked.item = 1;
    const bw_metrics_result *r = stream_finish(&s, &FACTS);
    assert_int_equal(r->batch_count, 2);
    assert_int_equal(r->marks[r->mark_stride], 900);
    assert_int_equal(r->marks[r->mark_stride + 1], 1800);
    stream_free(&s);
}

static void stream_collateral(stream *s, int64_t previous, int64_t price)
{
    bw_event *event = stream_event(s, BW_EVENT_MARKED, BW_NONE16, 0);
    event->marked.kind = BW_MARK_COLLATERAL;
    event->marked.price = price;
    event->marked.previous = previous;
}

static void a_collaterals_way_is_kept(void **state)
{
    (void)state;
    stream s;
    stream_new(&s, &LIMITS);
    stream_batch(&s, 10, 0, 900);            /* a batch before its first price */
    stream_batch(&s, 20, 0, 900);
    stream_collateral(&s, 10000, 6500);
    bw_event *converted = stream_event(&s, BW_EVENT_CONVERTED, BW_NONE16, 3);
    converted->converted.value = 1234;
    stream_batch(&s, 30, 0, 900);
    stream_collateral(&s, 6500, 6000);
    stream_batch(&s, 40, 0, 900);
    stream_collateral(&s, 6000, 9900);
    stream_batch(&s, 50, 0, 900);
    const bw_metrics_result *r = stream_finish(&s, &FACTS);
    const int64_t way[] = {10000, 10000, 6500, 6000, 9900, 9900};
    assert_int_equal(r->batch_count, 6);
    for (uint32_t b = 0; b < 6; b++)
        assert_int_equal(r->batches[b].collateral, way[b]);
    assert_int_equal(r->collaterals[0].price_open, 10000);
    assert_int_equal(r->collaterals[0].price_low, 6000);
    assert_int_equal(r->collaterals[0].price_end, 9900);
    assert_int_equal(bw_metrics_fall_ppm(&r->collaterals[0]), 400000);
    assert_int_equal(r->pools[0].converted, 1234);
    assert_int_equal(r->pools[0].liquidated_accounts, 1);
    stream_free(&s);
}

/* Market 0 opens at 1000, market 1 at 2000. */
static void moves_say(int64_t first, int64_t second, int64_t first_ppm, int64_t second_ppm, const char *word)
{
    stream s;
    stream_new(&s, &LIMITS);
    stream_batch(&s, 10, 0, first);
    stream_batch(&s, 20, 1, second);
    stream_batch(&s, 30, 0, 1000);
    const bw_metrics_result *r = stream_finish(&s, &FACTS);
    assert_int_equal(bw_metrics_move_ppm(&r->markets[0]), first_ppm);
    assert_int_equal(bw_metrics_move_ppm(&r->markets[1]), second_ppm);
    if (word == NULL)
        assert_null(bw_metrics_moves_word(r, 5));
    else
        assert_string_equal(bw_metrics_moves_word(r, 5), word);
    stream_free(&s);
}

static void the_farther_way_is_told(void **state)
{
    (void)state;
    moves_say(900, 1900, -100000, -50000, "Prices fell, at their lowest");
    moves_say(4000, 2000, 3000000, 0, "Prices rose, at their highest");
    moves_say(4000, 1900, 3000000, -50000, "Prices moved, at their farthest");
    moves_say(1000, 2000, 0, 0, NULL);
    moves_say(1000, 1999, 0, -500, "Prices fell, at their lowest");   /* 0.05%: the least that is not 0.0% */
}

static void a_second_price_is_noticed(void **state)
{
    (void)state;
    stream s;
    stream_new(&s, &LIMITS);
    stream_batch(&s, 10, 0, 800);
    stream_taking(&s, 2, 3, BW_VIA_PROFIT, 5, 4000, -20, -20000);
    stream_taking(&s, 4, 3, BW_VIA_PROFIT, 5, 4001, -20, -20000);
    stream_batch(&s, 20, 0, 801);
    stream_taking(&s, 2, 3, BW_VIA_PROFIT, 5, 4005, -15, -15000);
    const bw_metrics_result *r = stream_finish(&s, &FACTS);
    assert_int_equal(r->price_violations, 1);
    assert_int_equal(r->markets[0].adl_batches, 2);
    assert_int_equal(r->markets[0].adl_prices, 3);
    stream_free(&s);
}

static void what_came_before_the_event_is_not_counted(void **state)
{
    (void)state;
    stream s;
    stream_new(&s, &LIMITS);
    const bw_metrics_result *r = stream_finish(&s, &FACTS);
    assert_int_equal(r->batch_count, 1);
    assert_int_equal(r->pools[0].flow.gap, 0);
    assert_int_equal(r->first_adl_ns, -1);
    assert_int_equal(r->pools[0].adl_spread.gini_ppm, -1);
    stream_free(&s);
}

static void beyond_the_limits_is_counted_as_lost(void **state)
{
    (void)state;
    stream s;
    bw_metrics_limits small = {.accounts = 2, .markets = 2, .pools = 1, .desks = 0, .batches = 2, .closes = 1};
    stream_new(&s, &small);
    small_crash(&s);
    const bw_metrics_result *r = stream_finish(&s, &FACTS);
    assert_true(r->lost_records > 0);
    assert_int_equal(r->batch_count, 2);
    assert_int_equal(r->pools[0].flow.gap, 700);
    assert_int_equal(r->pools[0].flow.adl, 17600);
    bw_metrics_limits none = LIMITS;
    none.batches = 0;
    assert_int_equal(bw_metrics_footprint(&none), 0);
    stream_free(&s);
}

/* ---------------------------------------------------------------------------------------------------------- writing */

static char *written(size_t (*write)(const bw_metrics_result *, char *, size_t), const bw_metrics_result *r)
{
    size_t length = write(r, NULL, 0);
    char *text = malloc(length + 1);
    assert_int_equal(write(r, text, length + 1), length);
    assert_int_equal(strlen(text), length);
    return text;
}

static size_t json(const bw_metrics_result *r, char *buffer, size_t size)
{
    return bw_metrics_json(r, 1234, buffer, size);
}

static void compared_with_what_was_measured(void **state)
{
    (void)state;
    static const struct { const char *replayed; int64_t ratio_ppm; uint16_t market; } WANTED[MEASURED_COUNT] = {
        {"0.00", 0, BW_NONE16}, {"0.00", 0, 0}, {"2", 500000, BW_NONE16}, {"50.00", 2000000, BW_NONE16},
        {"1.5", 500000, BW_NONE16}, {"8.00", 500000, 0}, {"", -1, BW_NONE16}, {"0.00", -1, BW_NONE16},
        {"", -1, BW_NONE16}};
    stream s;
    stream_new(&s, &LIMITS);
    small_crash(&s);
    const bw_metrics_result *r = stream_finish(&s, &FACTS);
    assert_int_equal(r->row_count, MEASURED_COUNT);
    for (uint32_t i = 0; i < MEASURED_COUNT; i++) {
        assert_string_equal(r->rows[i].replayed, WANTED[i].replayed);
        assert_int_equal(r->rows[i].ratio_ppm, WANTED[i].ratio_ppm);
        assert_int_equal(r->rows[i].market, WANTED[i].market);
    }
    assert_string_equal(r->rows[2].label, "Accounts deleveraged");
    assert_string_equal(r->rows[8].label, "something_else");
    stream_free(&s);
}

static void the_screen_says_it_all(void **state)
{
    (void)state;
    static const char *const WANTED[] = {
        "A \"small\" crash\n", "9 accounts, 2 markets, 1970-01-01 00:01:40 to 00:01:57 UTC", "AAA-PERP -30.0%",
        "the first ADL 1.5 seconds later", "insurance fund                                    3.00     42.9%  ###########\n",
        "nobody yet (carried over)                         0.50      7.1%  ##\n",
        "the gap                                           7.00    exact: the seven lines add up",
        "1 account ended below zero.", "3 liquidated, 1 bankrupt, 2 deleveraged, 2 cut by a haircut, of 9.", "one, always.",
        "at once 3.50 USDC, after 1 s -7.50 USDC", "at the end 25.5 USDC", "conservation error 0",
        "  ADL AAA-PERP   ", "M USD           0.25          0.00     x0.00\n",
        "  something_else   ", "7             -\n", "  measured     AAA-PERP",
        "  shaped       BBB"};
    stream s;
    stream_new(&s, &LIMITS);
    small_crash(&s);
    char *screen = written(bw_metrics_screen, stream_finish(&s, &FACTS));
    for (size_t i = 0; i < sizeof WANTED / sizeof WANTED[0]; i++)
        if (strstr(screen, WANTED[i]) == NULL)
            fail_msg("not on the screen: %s\n%s", WANTED[i], screen);
    for (char *line = strtok(screen, "\n"); line; line = strtok(NULL, "\n"))
        assert_true(strlen(line) <= 100);
    free(screen);
    stream_free(&s);
}

/* Reads one JSON value; stops at what follows it. */
static const char *json_value(const char *at);
static const char *json_blank(const char *at) { return at + strspn(at, " \n"); }
static const char *json_string(const char *at)
{
    assert_int_equal(*at++, '"');
    for (; *at != '"'; at++) {
        assert_true((unsigned char)*at >= 0x20);
        at += *at == '\\';
    }
    return at + 1;
}

static const char *json_list(const char *at, char end, bool keys)
{
    at = json_blank(at + 1);
    if (*at == end)
        return at + 1;
    for (;; at = json_blank(at + 1)) {
        if (keys) {
            at = json_blank(json_string(at));
            assert_int_equal(*at++, ':');
        }
        at = json_blank(json_value(json_blank(at)));
        if (*at == end)
            return at + 1;
        assert_int_equal(*at, ',');
    }
}

static const char *json_value(const char *at)
{
    if (*at == '{')
        return json_list(at, '}', true);
    if (*at == '[')
        return json_list(at, ']', false);
    if (*at == '"')
        return json_string(at);
    size_t length = strspn(at, "-.0123456789truefalsn");
    assert_true(length > 0);
    return at + length;
}

static void the_json_keeps_the_contract(void **state)
{
    (void)state;
    static const char PAID[] = "\"paid_by_layer\": {\"fund\": \"3.00\", \"shared_fund\": \"0.00\", \"capital\": "
                               "\"0.00\", \"backstop\": \"0.00\", \"deleveraged\": \"1.50\", \"haircut\": \"2.00\", "
                               "\"carryover\": \"0.50\"}";
    static const char *const WANTED[] = {
        "{\"schema\": \"breakwater-run/1\", \"title\": \"A \\\"small\\\" crash\"", "\"seed\": 7", "\"partial\": false",
        "\"elapsed_seconds\": 1.234", "\"accounts\": 9", "\"asset\": \"USDC\"", "\"liquidated_accounts\": 3",
        "\"bankrupt_accounts\": 1", "\"adl_accounts\": 2", "\"haircut_accounts\": 2", "\"adl_notional\": \"176.00\"",
        "\"gap_total\": \"7.00\"", PAID,
        "\"carryover\": \"0.00\"", "\"claims\": \"0.00\"", "\"conservation_error\": 0", "\"rounds\": 1",
        "\"commands\": 16", "\"events\": 32", "\"state_hash\": \"", "\"pools\": []",
        "{\"metric\": \"adl_users\", \"unit\": \"count\", \"measured\": \"4\", \"replayed\": \"2\", \"source\": \"replay\"}",
        "{\"metric\": \"something_else\", \"unit\": \"count\", \"measured\": \"7\", \"replayed\": null, "};
    stream s;
    stream_new(&s, &LIMITS);
    small_crash(&s);
    char *text = written(json, stream_finish(&s, &FACTS));
    for (size_t i = 0; i < sizeof WANTED / sizeof WANTED[0]; i++)
        if (strstr(text, WANTED[i]) == NULL)
            fail_msg("not in the JSON: %s\n%s", WANTED[i], text);
    assert_int_equal(strspn(strstr(text, "\"state_hash\": \"") + 15, "0123456789abcdef"), 32);
    assert_string_equal(json_value(text), "\n");
    free(text);
    stream_free(&s);
}

/* docs/metrics.md defines every key of the JSON: `key` stands in it. */
static void every_key_is_documented(void **state)
{
    (void)state;
    char path[1024], key[64], wanted[68];
    static char document[65536];
    const char *root = getenv("BW_SOURCE_DIR");
    snprintf(path, sizeof path, "%s/docs/metrics.md", root ? root : ".");
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    document[fread(document, 1, sizeof document - 1, file)] = 0;
    fclose(file);
    stream s;
    stream_new(&s, &LIMITS);
    small_crash(&s);
    char *text = written(json, stream_finish(&s, &FACTS));
    uint32_t keys = 0;
    for (const char *end = text; (end = strstr(end, "\": ")) != NULL; end++, keys++) {
        const char *begin = end;
        while (begin[-1] != '"')
            begin--;
        snprintf(key, sizeof key, "%.*s", (int)(end - begin), begin);
        bool layer = strstr("fund shared_fund capital backstop deleveraged haircut carryover", key) != NULL;
        snprintf(wanted, sizeof wanted, "`%s`", key);
        if (!layer && strstr(document, wanted) == NULL)
            fail_msg("docs/metrics.md does not define %s", key);
    }
    assert_true(keys > 100);
    free(text);
    stream_free(&s);
}

static void the_same_bytes_however_it_is_sliced(void **state)
{
    (void)state;
    char *texts[2];
    for (int i = 0; i < 2; i++) {
        stream s;
        stream_new(&s, &LIMITS);
        s.one_by_one = i == 1;
        small_crash(&s);
        if (i == 1)
            stream_finish(&s, &FACTS);   /* again below: nothing is counted twice */
        texts[i] = written(json, stream_finish(&s, &FACTS));
        stream_free(&s);
    }
    assert_string_equal(texts[0], texts[1]);
    free(texts[0]);
    free(texts[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_of_a_known_event), cmocka_unit_test(winners_against_holding),
        cmocka_unit_test(markets_batches_and_prices), cmocka_unit_test(closes_and_their_profit),
        cmocka_unit_test(marks_of_one_command_are_one_batch), cmocka_unit_test(a_second_price_is_noticed),
        cmocka_unit_test(a_collaterals_way_is_kept), cmocka_unit_test(the_farther_way_is_told),
        cmocka_unit_test(what_came_before_the_event_is_not_counted),
        cmocka_unit_test(beyond_the_limits_is_counted_as_lost), cmocka_unit_test(compared_with_what_was_measured),
        cmocka_unit_test(the_screen_says_it_all), cmocka_unit_test(the_json_keeps_the_contract),
        cmocka_unit_test(every_key_is_documented), cmocka_unit_test(the_same_bytes_however_it_is_sliced)};
    return cmocka_run_group_tests_name("metrics/metrics", tests, NULL, NULL);
}
