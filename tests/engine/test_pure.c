/* test_pure.c - the pure parts of margin, zero value, scores and cost (R4, R6, R8, R13), by other formulas and by
   published examples. */
#include "small_venue.h"

#include "engine/adl.h"
#include "engine/round.h"

typedef __int128 wide;

static wide floor_div(wide a, wide b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* -------------------------------------------------------------------------------------------------- brackets */

static uint16_t random_brackets(uint64_t *state, bw_bracket *out)
{
    uint16_t count = (uint16_t)(1 + check_random_below(state, 5));
    int64_t floor = 0;
    uint32_t imr = (uint32_t)check_random_below(state, 400000), mmr = (uint32_t)check_random_below(state, imr + 1u);
    for (uint16_t k = 0; k < count; k++) {
        out[k] = (bw_bracket){floor, imr, mmr};
        floor += 1 + (int64_t)check_random_bits(state, 12);
        imr += (uint32_t)check_random_below(state, (1000000 - imr) / 2 + 1);
        uint32_t most = imr < 999999 ? imr : 999999;
        mmr += (uint32_t)check_random_below(state, most - mmr + 1);
    }
    return count;
}

static int64_t margin_by_parts(const bw_bracket *b, uint16_t count, int64_t n, bool initial)
{
    wide millionths = 0;
    for (uint16_t k = 0; k < count; k++) {
        int64_t top = k + 1 < count && b[k + 1].floor < n ? b[k + 1].floor : n;
        if (top > b[k].floor)
            millionths += (wide)(top - b[k].floor) * (initial ? b[k].imr_ppm : b[k].mmr_ppm);
    }
    return (int64_t)((millionths + 999999) / 1000000);
}

static void brackets_check(const lab *l, const bw_bracket *b, uint16_t count, int64_t min_mm)
{
    int64_t mm_before = 0, im_before = 0, slack_before = 0;
    for (int64_t n = 1; n < 9000; n += n < 300 ? 1 : 7) {
        int64_t mm = bw_mm(l->venue, 0, n), im = bw_im(l->venue, 0, n), plain = bw_mm_plain(l->venue, 0, n);
        int64_t expected = margin_by_parts(b, count, n, false), initial = margin_by_parts(b, count, n, true);
        expected = expected < min_mm ? min_mm : expected;
        lab_check(mm == expected, "mm of %lld is %lld, not %lld", (long long)n, (long long)mm, (long long)expected);
        lab_check(im == (initial > mm ? initial : mm), "im of %lld is %lld", (long long)n, (long long)im);
        lab_check(mm >= mm_before && im >= im_before && n - plain >= slack_before, "not monotone at %lld", (long long)n);
        mm_before = mm;
        im_before = im;
        slack_before = n - plain;
    }
}

/* The largest notional that a margin carries, against trying them all. */
static void notional_check(const lab *l)
{
    for (int64_t margin = 0; margin < 1200; margin += 13) {
        int64_t n = bw_notional_for_im(l->venue, 0, margin);
        if (n >= 0 && n < BW_VALUE_MAX)
            lab_check(bw_im(l->venue, 0, n) <= margin, "im of %lld exceeds %lld", (long long)n, (long long)margin);
        if (n < 1 << 30)
            lab_check(bw_im(l->venue, 0, n + 1) > margin, "%lld is not the largest notional for %lld", (long long)n,
                      (long long)margin);
    }
}

static void test_brackets(void **unused)
{
    (void)unused;
    uint64_t state = check_seed();
    for (uint32_t i = 0; i < 60; i++) {
        lab l;
        bw_bracket b[5] = {{0}};
        uint16_t count = random_brackets(&state, b);
        bw_command_pool pool = small_pool_settings();
        bw_command_market market = small_market_settings(BW_MARKET_LINEAR, 1, 1000);
        market.min_mm = i % 2 ? (int64_t)check_random_below(&state, 300) : 0;
        lab_says("brackets %u", i);
        small_begin(&l, &small_limits, &pool);
        small_market(&l, &market, b, count, 10);
        brackets_check(&l, b, count, market.min_mm);
        notional_check(&l);
        lab_free(&l);
    }
}

/* Binance: deduction of a bracket = floor x (rate - previous rate) + previous deduction; at a floor both rates agree. */
static void test_bracket_floor(void **unused)
{
    (void)unused;
    lab l;
    static const bw_bracket b[] = {{0, 50000, 25000}, {1000000, 100000, 50000}, {3000001, 333333, 111111}};
    bw_command_pool pool = small_pool_settings();
    bw_command_market market = small_market_settings(BW_MARKET_LINEAR, 1, 1000);
    small_begin(&l, &small_limits, &pool);
    small_market(&l, &market, b, 3, 10);
    assert_int_equal(bw_mm(l.venue, 0, 1000000), 25000);
    assert_int_equal(bw_mm(l.venue, 0, 1000001), 25001);
    assert_int_equal(bw_im(l.venue, 0, 2000000), 150000);
    assert_int_equal(bw_mm(l.venue, 0, 2000000), 75000);
    assert_int_equal(bw_im(l.venue, 0, 3000001), 250001);
    lab_free(&l);
}

/* ------------------------------------------------------------------------------------------------ zero value */

static void test_zero_value_published(void **unused)
{
    (void)unused;
    /* Bybit: linear long 100 @ 500, margin 1000, wallet 100 -> 489 */
    assert_int_equal(bw_zero_value(50000, 1100, 77, 77), 48900);
    assert_int_equal(bw_zero_value(50000, 1100, 77, 77) / 100, 489);
    /* Bybit: inverse long, entry 7890.08 at 50x -> 7735.37 (100,000 contracts of 1 USD, satoshi, cents) */
    int64_t amount = INT64_C(100000) * INT64_C(10000000000), n = amount / 789008, equity = n / 50;
    assert_int_equal(amount / -bw_zero_value(-n, equity, 1, 1), 773537);
    /* M = 0 and nothing to weigh by: the whole equity */
    assert_int_equal(bw_zero_value(100, -30, 0, 0), 130);
}

/* Parts in any order sum to the whole: what is left takes the rest. */
static void test_zero_value_parts(void **unused)
{
    (void)unused;
    uint64_t state = check_seed();
    for (uint32_t i = 0; i < 20000; i++) {
        int64_t margin = 1 + (int64_t)check_random_bits(&state, 30), equity = (int64_t)check_random_bits(&state, 40);
        equity = check_random_below(&state, 2) ? -equity : equity;
        int64_t value = (int64_t)check_random_bits(&state, 40), left = margin, rest = equity, given = 0;
        while (left > 0) {
            int64_t part = 1 + (int64_t)check_random_below(&state, (uint64_t)left);
            int64_t zero = bw_zero_value(value, rest, part, left);
            assert_true(value - zero == (int64_t)floor_div((wide)rest * part, left));
            given += value - zero;
            rest -= value - zero;
            left -= part;
        }
        assert_int_equal(given, equity);
    }
}

static void test_liquidation_fee(void **unused)
{
    (void)unused;
    assert_int_equal(bw_liquidation_fee(5000, 10000, 100), 50);
    assert_int_equal(bw_liquidation_fee(5000, -10000, 100), 50);
    assert_int_equal(bw_liquidation_fee(5000, 10000, 20), 20);
    assert_int_equal(bw_liquidation_fee(5000, 10000, -3), 0);
    assert_int_equal(bw_liquidation_fee(5000, 399, 100), 1);
}

/* ---------------------------------------------------------------------------------------------------- scores */

static int64_t clipped(wide x)
{
    wide most = (wide)1 << 62;
    return (int64_t)(x > most ? most : x < -most ? -most : x);
}

static int64_t quotient(int64_t a, int64_t b)
{
    return clipped(floor_div((wide)a * (1 << 20), b < 1 ? 1 : b));
}

static int64_t magnitude_of(int64_t x)
{
    return x < 0 ? -x : x;
}

static int64_t expected_score(bw_score score, const bw_score_input *in)
{
    int64_t leverage = quotient(in->notional, in->equity), gain = quotient(in->upnl, magnitude_of(in->cost));
    int64_t ratio = quotient(magnitude_of(in->value), magnitude_of(in->cost)), one = 1 << 20;
    switch (score) {
    case BW_SCORE_PNL_X_LEVERAGE: return gain > 0 ? clipped((wide)gain * leverage) : quotient(gain, leverage);
    case BW_SCORE_PNL: return in->upnl;
    case BW_SCORE_SIZE: return magnitude_of(in->size);
    case BW_SCORE_VISIT_ORDER: return -(int64_t)in->turn;
    case BW_SCORE_HYPERLIQUID_DOC: return clipped((wide)ratio * leverage);
    case BW_SCORE_LEVERAGE: return leverage;
    case BW_SCORE_BINANCE:
        ratio = in->balance + in->account_upnl > 0 ? quotient(in->mm, in->balance + in->account_upnl) : 0;
        return clipped((wide)quotient(in->account_upnl < 0 ? 0 : in->account_upnl, in->balance) * ratio);
    default: return clipped((wide)(in->size < 0 ? one - ratio : ratio - one) * leverage);
    }
}

static void test_scores(void **unused)
{
    (void)unused;
    uint64_t state = check_seed();
    for (uint32_t i = 0; i < 20000; i++) {
        bw_score_input in = {.cost = (int64_t)check_random_bits(&state, 60), .value = (int64_t)check_random_bits(&state, 60),
                             .size = 1 + (int64_t)check_random_bits(&state, 50), .turn = (uint32_t)i,
                             .notional = (int64_t)check_random_bits(&state, 61),
                             .equity = (int64_t)check_random_bits(&state, 60)};
        if (i % 2) {
            in.cost = -in.cost;
            in.value = -in.value;
            in.size = -in.size;
        }
        in.upnl = in.value - in.cost;
        in.balance = (int64_t)check_random_bits(&state, 60) * (i % 3 ? 1 : -1);
        in.account_upnl = (int64_t)check_random_bits(&state, 60) * (i % 5 ? 1 : -1);
        in.mm = (int64_t)check_random_bits(&state, 60);
        for (int score = 0; score < BW_SCORE_HEDGE_AWARE; score++)
            assert_true(bw_score_key((bw_score)score, &in) == expected_score((bw_score)score, &in));
    }
    /* profit 20% at leverage 5 stands before profit 50% at leverage 1 */
    bw_score_input a = {.upnl = 20, .cost = 100, .value = 120, .size = 1, .notional = 120, .equity = 24};
    bw_score_input b = {.upnl = 50, .cost = 100, .value = 150, .size = 1, .notional = 150, .equity = 150};
    assert_true(bw_score_key(BW_SCORE_PNL_X_LEVERAGE, &a) > bw_score_key(BW_SCORE_PNL_X_LEVERAGE, &b));
    assert_true(bw_score_key(BW_SCORE_PNL, &a) < bw_score_key(BW_SCORE_PNL, &b));
    /* profit 40 on a balance of 80, margin 12 of 120: 0.5 x 0.1 in units of 2^-40, each factor floored */
    bw_score_input c = {.upnl = 40, .cost = 100, .value = 140, .size = 1, .balance = 80, .account_upnl = 40, .mm = 12};
    assert_true(bw_score_key(BW_SCORE_BINANCE, &c) == INT64_C(524288) * 104857);
    /* a visit of five accounts that starts at number 3: 3 4 0 1 2 */
    for (uint32_t account = 0; account < 5; account++)
        assert_int_equal(bw_visit_turn(account, 3, 5), (account + 2) % 5);
    c.balance = -50;
    assert_true(bw_score_key(BW_SCORE_BINANCE, &c) == 0);
}

/* ------------------------------------------------------------------------------------------------------ cost */

typedef struct ledger {
    int64_t size, cost, balance;
} ledger;

static int64_t toward_zero(int64_t a, int64_t b, int64_t c)
{
    return (int64_t)((wide)a * b / c);
}

/* R4 by hand: a reducing part releases cost x closed / size, toward zero; what turns the position opens at its value. */
static void ledger_trade(ledger *at, int64_t lots, int64_t value)
{
    bool against = at->size && (at->size < 0) != (lots < 0);
    int64_t size = magnitude_of(at->size), all = magnitude_of(lots), closed = against ? (all < size ? all : size) : 0;
    int64_t released = closed == 0 ? 0 : closed == size ? at->cost : toward_zero(at->cost, closed, size);
    int64_t opening = against ? toward_zero(value, all - closed, all) : value;
    at->balance += -(value - opening) - released;
    at->cost += opening - released;
    at->size += lots;
}

static void ledger_check(const lab *l, uint64_t id, const ledger *at)
{
    bw_position_view view = {0};
    bool open = bw_position_get(l->venue, id, 0, &view);
    lab_check(open == (at->size != 0), "account %llu: open %d", (unsigned long long)id, open);
    lab_check(view.size == at->size && view.cost == at->cost && small_view(l, id).balance == at->balance,
              "account %llu: size %lld cost %lld balance %lld, not %lld %lld %lld", (unsigned long long)id,
              (long long)view.size, (long long)view.cost, (long long)small_view(l, id).balance, (long long)at->size,
              (long long)at->cost, (long long)at->balance);
}

static void cost_run(uint64_t *state, bw_market_kind kind)
{
    lab l;
    static const bw_bracket b[] = {{0, 0, 0}};
    ledger at[4] = {{0}};
    bw_command_pool pool = small_pool_settings();
    bw_command_market market = small_market_settings(kind, kind == BW_MARKET_LINEAR ? 3 : 100000, 1000);
    small_begin(&l, &small_limits, &pool);
    small_market(&l, &market, b, 1, 500);
    for (uint64_t id = 1; id <= 3; id++) {
        small_account(&l, id);
        small_deposit(&l, id, 100000000);
        at[id].balance = 100000000;
    }
    for (uint32_t i = 0; i < 200; i++) {
        uint64_t buyer = 1 + check_random_below(state, 3), seller = 1 + (buyer + check_random_below(state, 2)) % 3;
        int64_t lots = 1 + (int64_t)check_random_below(state, 60), price = 400 + (int64_t)check_random_below(state, 200);
        lab_says("kind %d, trade %u: %lld lots at %lld", kind, i, (long long)lots, (long long)price);
        assert_int_equal(small_trade(&l, buyer, seller, lots, price), BW_OK);
        int64_t value = kind == BW_MARKET_LINEAR ? lots * price * 3 : (int64_t)floor_div(-(wide)lots * 100000, price);
        ledger_trade(&at[buyer], lots, value);
        ledger_trade(&at[seller], -lots, -value);
        ledger_check(&l, buyer, &at[buyer]);
        ledger_check(&l, seller, &at[seller]);
    }
    lab_free(&l);
}

static void test_cost(void **unused)
{
    (void)unused;
    uint64_t state = check_seed();
    for (uint32_t i = 0; i < 20; i++)
        cost_run(&state, i % 2 ? BW_MARKET_INVERSE : BW_MARKET_LINEAR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_brackets),           cmocka_unit_test(test_bracket_floor),
        cmocka_unit_test(test_zero_value_published), cmocka_unit_test(test_zero_value_parts),
        cmocka_unit_test(test_liquidation_fee),    cmocka_unit_test(test_scores),
        cmocka_unit_test(test_cost)};
    return cmocka_run_group_tests_name("engine pure parts", tests, NULL, NULL);
}
