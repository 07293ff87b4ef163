/* test_fund.c - the fund's caps and early triggers (R14), carryover and claims (R17), funding's remainder (R4). */
#include "small_venue.h"

static const bw_bracket brackets[] = {{0, 0, 0}};
static const int64_t million = 1000000;

/* Market at 1,000,000 ticks of one unit; 1 is long against 2, each with `money`. */
static void begin(lab *l, const bw_command_pool *pool, int64_t fund, int64_t money)
{
    bw_command_market market = small_market_settings(BW_MARKET_LINEAR, 1, 4000000);
    market.funded = 1;
    small_begin(l, &small_limits, pool);
    small_market(l, &market, brackets, 1, million);
    for (uint64_t id = 1; id <= 2; id++) {
        small_account(l, id);
        if (money)
            small_deposit(l, id, money);
    }
    if (fund)
        assert_int_equal(small_fund(l, BW_FUND_DEPOSIT, BW_NONE16, fund), BW_OK);
    assert_int_equal(small_trade(l, 1, 2, 1, million), BW_OK);
}

static bw_pool_view pool_view(const lab *l)
{
    bw_pool_view view = {0};
    assert_true(bw_pool_get(l->venue, 0, &view));
    return view;
}

static bw_command_pool fund_only(void)
{
    bw_command_pool c = small_pool_settings();
    c.money[1] = (bw_money_layer){.kind = BW_LAYER_CARRYOVER};
    c.money_count = 2;
    return c;
}

/* The gap of account 1 when the mark falls by money + gap. */
static const bw_event *lose(lab *l, int64_t money, int64_t gap)
{
    assert_int_equal(small_marks(l, 0, million - money - gap), BW_OK);
    const bw_event *loss = small_event(l, BW_EVENT_LOSS);
    assert_non_null(loss);
    assert_int_equal(loss->loss.gap, gap);
    return loss;
}

/* Bybit: the pool stands at its peak of 1,000,000; a loss of 350,000: the pool pays 300,000, 50,000 go on, the trigger
   is set; it clears when the drawdown is below 25%. */
static void test_drawdown(void **unused)
{
    (void)unused;
    lab l;
    bw_command_pool pool = fund_only();
    pool.drawdown_set_ppm = 300000;
    pool.drawdown_clear_ppm = 250000;
    pool.carryover_share_ppm = 0;
    begin(&l, &pool, million, 1000);
    assert_int_equal(pool_view(&l).usable, 300000);
    const bw_event *loss = lose(&l, 1000, 350000);
    assert_int_equal(loss->loss.paid[BW_LAYER_FUND], 300000);
    assert_int_equal(loss->loss.paid[BW_LAYER_CARRYOVER], 50000);
    assert_int_equal(pool_view(&l).drawdown, 1);
    assert_int_equal(pool_view(&l).usable, 0);
    assert_int_equal(small_fund(&l, BW_FUND_DEPOSIT, BW_NONE16, 50000), BW_OK);    /* drawdown 25%: stays */
    assert_int_equal(pool_view(&l).drawdown, 1);
    assert_int_equal(small_fund(&l, BW_FUND_DEPOSIT, BW_NONE16, 1), BW_OK);
    assert_int_equal(pool_view(&l).drawdown, 0);
    assert_int_equal(pool_view(&l).usable, 50001);
    lab_free(&l);
}

/* OKX, Bybit: an empty fund sets the other trigger; any money clears it. */
static void test_empty(void **unused)
{
    (void)unused;
    lab l;
    bw_command_pool pool = fund_only();
    begin(&l, &pool, 5000, 1000);
    const bw_event *loss = lose(&l, 1000, 7000);
    assert_int_equal(loss->loss.paid[BW_LAYER_FUND], 5000);
    assert_int_equal(loss->loss.paid[BW_LAYER_CARRYOVER], 2000);
    assert_int_equal(pool_view(&l).empty, 1);
    assert_int_equal(small_fund(&l, BW_FUND_DEPOSIT, BW_NONE16, 2000), BW_OK);     /* all of it repays carryover */
    assert_int_equal(pool_view(&l).carryover, 0);
    assert_int_equal(pool_view(&l).empty, 1);
    assert_int_equal(small_fund(&l, BW_FUND_DEPOSIT, BW_NONE16, 1), BW_OK);
    assert_int_equal(pool_view(&l).empty, 0);
    lab_free(&l);
}

typedef struct caps_case {
    int64_t floor, event, window, market, bucket, expected;
} caps_case;

/* Caps hold together: the least of them decides. Bucket first, then the shared part. */
static void test_caps(void **unused)
{
    (void)unused;
    static const caps_case cases[] = {
        {0, 0, 0, 0, 0, 9000},          {4000, 0, 0, 0, 0, 6000},       {0, 2500, 0, 0, 0, 2500},
        {0, 0, 1500, 0, 0, 1500},       {0, 0, 0, 700, 0, 700},         {9999, 2500, 1500, 700, 0, 1},
        {10000, 0, 0, 0, 0, 0},         {0, 2500, 1500, 700, 5000, 700}, {0, 0, 0, 0, 3000, 9000},
        {3000, 8000, 7500, 0, 10000, 7000},
    };
    for (uint32_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        lab l;
        bw_command_pool pool = fund_only();
        pool.fund_floor = cases[i].floor;
        pool.event_cap = cases[i].event;
        pool.window_cap = cases[i].window;
        pool.market_cap = cases[i].market;
        begin(&l, &pool, 10000, 1000);
        if (cases[i].bucket)
            assert_int_equal(small_fund(&l, BW_FUND_TO_MARKET, 0, cases[i].bucket), BW_OK);
        lab_says("caps %u", i);
        const bw_event *loss = lose(&l, 1000, 9000);
        assert_int_equal(loss->loss.paid[BW_LAYER_FUND], cases[i].expected);
        assert_int_equal(pool_view(&l).fund, 10000 - cases[i].expected);
        lab_free(&l);
    }
}

static void trade_in(lab *l, uint16_t market, uint64_t buyer, uint64_t seller)
{
    bw_command_trade c = {SMALL_HEADER(trade, TRADE, 0)};
    c.trade = (bw_trade){.buyer = buyer, .seller = seller, .lots = 1, .price = million, .market = market};
    assert_int_equal(lab_send(l, &c.header), BW_OK);
}

/* Two markets lose 1,000 each in one batch while the fund may pay 1,500; what it paid for each. */
static void two_markets_lose(int64_t bucket, int64_t paid[2])
{
    lab l;
    bw_command_pool pool = fund_only();
    pool.window_cap = 1500;
    begin(&l, &pool, 10000, 1000);
    bw_command_market market = small_market_settings(BW_MARKET_LINEAR, 1, 4000000);
    market.market = 1;
    small_market(&l, &market, brackets, 1, million);
    for (uint64_t id = 3; id <= 4; id++) {
        small_account(&l, id);
        small_deposit(&l, id, 1000);
    }
    trade_in(&l, 1, 3, 4);
    struct { bw_command_marks c; bw_mark marks[2]; } m = {.c = {.count = 2}};
    m.c.header = small_header(sizeof m, BW_COMMAND_MARKS, 0);
    for (uint16_t i = 0; i < 2; i++) {
        m.marks[i] = (bw_mark){.price = million - 2000, .item = i};
        if (bucket)
            assert_int_equal(small_fund(&l, BW_FUND_TO_MARKET, i, bucket), BW_OK);
    }
    assert_int_equal(lab_send(&l, &m.c.header), BW_OK);
    paid[0] = paid[1] = 0;
    for (uint32_t i = 0; i < l.count; i++)
        if (l.events[i].type == BW_EVENT_LOSS)
            paid[l.events[i].market] += l.events[i].loss.paid[BW_LAYER_FUND];
    assert_int_equal(pool_view(&l).fund, 10000 - 1500);
    lab_free(&l);
}

/* Out of the shared part in proportion to what they lack; buckets pay market by market; one cap for both. */
static void test_cap_of_two_markets(void **unused)
{
    (void)unused;
    int64_t paid[2];
    two_markets_lose(0, paid);
    assert_int_equal(paid[0], 750);
    assert_int_equal(paid[1], 750);
    two_markets_lose(2000, paid);
    assert_int_equal(paid[0], 1000);
    assert_int_equal(paid[1], 500);
    two_markets_lose(500, paid);
    assert_int_equal(paid[0] + paid[1], 1500);
}

/* A window's cap counts from the window's start; the next window has its own. */
static void test_window(void **unused)
{
    (void)unused;
    lab l;
    bw_command_pool pool = fund_only();
    pool.window_cap = 1000;
    pool.window_ns = 100;
    begin(&l, &pool, 10000, 1000);
    assert_int_equal(lose(&l, 1000, 3000)->loss.paid[BW_LAYER_FUND], 1000);
    assert_int_equal(pool_view(&l).usable, 0);
    bw_command_fund deposit = {SMALL_HEADER(fund, FUND, 0), .amount = 3000, .market = BW_NONE16};
    deposit.header.time_ns = 250;
    assert_int_equal(lab_send(&l, &deposit.header), BW_OK);
    assert_int_equal(pool_view(&l).carryover, 0);
    assert_int_equal(pool_view(&l).usable, 1000);
    lab_free(&l);
}

/* Without a layer that pays, all is carried over; deposits repay it, the oldest first. */
static void test_carryover(void **unused)
{
    (void)unused;
    lab l;
    bw_command_pool pool = fund_only();
    pool.money[0] = pool.money[1];
    pool.money_count = 1;
    pool.carryover_share_ppm = 500000;
    begin(&l, &pool, 0, 1000);
    assert_int_equal(lose(&l, 1000, 8001)->loss.paid[BW_LAYER_CARRYOVER], 8001);
    assert_int_equal(small_view(&l, 1).equity, 0);
    assert_int_equal(small_fund(&l, BW_FUND_DEPOSIT, BW_NONE16, 3001), BW_OK);
    assert_int_equal(pool_view(&l).carryover, 8001 - 1500);
    assert_int_equal(pool_view(&l).fund, 1501);
    assert_int_equal(small_withdraw(&l, 2, small_view(&l, 2).balance), BW_WITHDRAWAL_GATED);
    assert_int_equal(small_withdraw(&l, 2, 1000), BW_OK);
    lab_free(&l);
}

/* An order that goes out near the end of time expires at the end of time, not before its beginning. */
static void test_late_order(void **unused)
{
    (void)unused;
    lab l;
    static const bw_bracket some[] = {{0, 2000, 1000}};
    bw_command_pool pool = fund_only();
    bw_command_market market = small_market_settings(BW_MARKET_LINEAR, 1, 4000000);
    memcpy(pool.quantity, (uint8_t[3]){BW_QUANTITY_BOOK, BW_QUANTITY_ADL}, 3);
    pool.order_life_ns = INT64_C(1) << 61;
    small_begin(&l, &small_limits, &pool);
    small_market(&l, &market, some, 1, million);
    for (uint64_t id = 1; id <= 2; id++) {
        small_account(&l, id);
        small_deposit(&l, id, 2000);
    }
    assert_int_equal(small_trade(&l, 1, 2, 1, million), BW_OK);
    struct { bw_command_marks c; bw_mark mark; } m = {.c = {.count = 1}, .mark = {.price = million - 1500}};
    m.c.header = small_header(sizeof m, BW_COMMAND_MARKS, 0);
    m.c.header.time_ns = INT64_MAX - 5;
    assert_int_equal(lab_send(&l, &m.c.header), BW_OK);
    const bw_event *opened = small_event(&l, BW_EVENT_ORDER_OPENED);
    assert_non_null(opened);
    assert_true(opened->order_opened.expiry_ns == INT64_MAX);
    lab_free(&l);
}

/* Funding: whole parts move, the remainder is carried on: after any number of steps the sum is floored once. */
static void test_funding_carries(void **unused)
{
    (void)unused;
    lab l;
    bw_command_pool pool = small_pool_settings();
    uint64_t state = check_seed();
    begin(&l, &pool, 0, INT64_C(1) << 40);
    int64_t exact = 0, before = small_view(&l, 1).equity, other = small_view(&l, 2).equity;   /* 10^-9 units */
    for (uint32_t i = 0; i < 500; i++) {
        int64_t rate = (int64_t)check_random_below(&state, 40001) - 20000;
        assert_int_equal(small_funding(&l, 0, rate), BW_OK);
        exact += rate * million;
        int64_t paid = exact / 1000000000 - (exact % 1000000000 < 0);
        assert_int_equal(before - small_view(&l, 1).equity, paid);
        assert_int_equal(small_view(&l, 2).equity - other, paid);
    }
    lab_free(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_drawdown), cmocka_unit_test(test_empty),
                                       cmocka_unit_test(test_caps),     cmocka_unit_test(test_cap_of_two_markets),
                                       cmocka_unit_test(test_window),
                                       cmocka_unit_test(test_carryover), cmocka_unit_test(test_late_order),
                                       cmocka_unit_test(test_funding_carries)};
    return cmocka_run_group_tests_name("engine fund", tests, NULL, NULL);
}
