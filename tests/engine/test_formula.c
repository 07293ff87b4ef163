/* test_formula.c - the pure functions of R24: worked numbers, directions of rounding, what does not fit. */
#include "check.h"

#include "engine/formula.h"
#include "engine/margin.h"

static const bw_wide none = {0};

static int64_t narrow(bw_wide a)
{
    return bw_wide_to_int64(a);
}

/* R6: up, once, also where size x price is no whole number; at a price of 1 it is the engine's own line. */
static void test_margin(void **unused)
{
    (void)unused;
    int64_t margin = 0;
    assert_true(bw_margin_at_rate(-7, 3, 2, 50000, &margin));       /* 10.5 x 5% = 0.525 */
    assert_int_equal(margin, 1);
    assert_true(bw_margin_at_rate(20, 1, 1, 50000, &margin));
    assert_int_equal(margin, 1);
    assert_true(bw_margin_at_rate(21, 1, 1, 50000, &margin));
    assert_int_equal(margin, 2);
    assert_true(bw_margin_at_rate(1, 1, 1000000000, 1, &margin));
    assert_int_equal(margin, 1);
    assert_false(bw_margin_at_rate(1, 1, 0, 1, &margin));
    assert_false(bw_margin_at_rate(INT64_MAX / 2, INT64_MAX / 2, 1, 1000000, &margin));
    uint64_t seed = check_seed();
    for (int i = 0; i < 100000; i++) {
        int64_t n = (int64_t)check_random_bits(&seed, 61);
        int64_t rate = (int64_t)check_random_below(&seed, 1000001);
        assert_true(bw_margin_at_rate(n, 1, 1, rate, &margin));
        assert_int_equal(margin, bw_margin_line(n, (uint32_t)rate, 0, 0));
    }
}

/* R8. dYdX v4: 10,673,500 of notional are closed, 1,067,350 of the margin of 5e9, equity 49,987e6: 10,670,724.9 of it belong
   to that part. The quotient is floored, so the closing amount is rounded up. */
static void test_zero_value(void **unused)
{
    (void)unused;
    assert_int_equal(bw_zero_value(10673500, 49987000000, 1067350, 5000000000), 2776);
    assert_int_equal(bw_zero_value(100, 10, 1, 3), 97);        /* 3.33 -> 3 */
    assert_int_equal(bw_zero_value(100, -10, 1, 3), 104);      /* -3.33 -> -4: the closed account is not left short */
    assert_int_equal(bw_zero_value(100, -10, 0, 0), 110);
    int64_t zero = 5;
    assert_false(bw_zero_value_try(0, INT64_MAX / 2, INT64_MAX / 2, 1, &zero));
    assert_int_equal(zero, 5);
}

/* R9 */
static void test_fill(void **unused)
{
    (void)unused;
    bw_fill_effect effect = bw_fill_effect_of(100, 97);
    assert_int_equal(effect.surplus, 3);
    assert_int_equal(effect.gap, 0);
    effect = bw_fill_effect_of(-100, -97);
    assert_int_equal(effect.surplus, 0);
    assert_int_equal(effect.gap, 3);
    assert_int_equal(bw_liquidation_fee(5000, -10199, 3000), 50);
    assert_int_equal(bw_liquidation_fee(5000, 10199, 3), 3);
    assert_int_equal(bw_liquidation_fee(5000, 10199, -3), 0);
    assert_int_equal(bw_gap_of(-7), 7);
    assert_int_equal(bw_gap_of(7), 0);
}

/* R4a: a venue's own trade may not end below zero; a forced one may, if it makes nothing worse. */
static void test_allows(void **unused)
{
    (void)unused;
    bw_margins before = {-20, 10, 20}, half = {-10, 5, 10}, worse = {-11, 5, 10}, more = {-10, 11, 20}, flat = {0, 0, 0};
    bw_margins healthy = {20, 10, 20}, at_im = {20, 10, 20}, below_im = {19, 10, 20}, none_left = {-1, 0, 0};
    assert_false(bw_margin_allows(&before, &half, true));
    assert_true(bw_margin_allows_forced(&before, &half));
    assert_false(bw_margin_allows_forced(&before, &worse));
    assert_false(bw_margin_allows_forced(&before, &more));
    assert_true(bw_margin_allows_forced(&before, &flat));
    assert_false(bw_margin_allows_forced(&before, &none_left));
    assert_true(bw_margin_allows(&before, &at_im, false));            /* covers it exactly */
    assert_false(bw_margin_allows(&healthy, &below_im, false));
    assert_false(bw_margin_allows(&healthy, &below_im, true));        /* 19/10 < 20/10 */
    bw_margins reduced = {15, 7, 16};
    assert_true(bw_margin_allows(&healthy, &reduced, true));
    assert_false(bw_margin_allows(&healthy, &reduced, false));
    assert_false(bw_margin_allows_forced(&healthy, &reduced));        /* it was well margined before */
}

/* R14: each cap alone binds; together the smallest; what is reserved counts against all of them. */
static void test_fund_room(void **unused)
{
    (void)unused;
    bw_fund_caps caps = {.fund = 1000, .event_cap = -1, .window_cap = -1, .market_cap = -1};
    assert_int_equal(bw_fund_room(&caps), 1000);
    caps.floor = 100;
    assert_int_equal(bw_fund_room(&caps), 900);
    caps.event_cap = 800;
    assert_int_equal(bw_fund_room(&caps), 800);
    caps.window_cap = 1000;
    caps.window_paid = 300;
    assert_int_equal(bw_fund_room(&caps), 700);
    caps.market_cap = 650;
    caps.market_paid = 50;
    assert_int_equal(bw_fund_room(&caps), 600);
    caps.reserved = 150;
    assert_int_equal(bw_fund_room(&caps), 450);
    caps.reserved = 601;
    assert_int_equal(bw_fund_room(&caps), 0);
    caps.reserved = 0;
    caps.window_paid = 1001;
    assert_int_equal(bw_fund_room(&caps), 0);
    caps = (bw_fund_caps){.fund = 1000, .event_cap = 0, .window_cap = -1, .market_cap = -1};
    assert_int_equal(bw_fund_room(&caps), 0);                         /* a cap of nothing is a cap */
    caps = (bw_fund_caps){.fund = 99, .floor = 100, .event_cap = -1, .window_cap = -1, .market_cap = -1};
    assert_int_equal(bw_fund_room(&caps), 0);
}

static void test_fund_amount(void **unused)
{
    (void)unused;
    assert_int_equal(bw_fund_amount(10, 7, false, false), 7);
    assert_int_equal(bw_fund_amount(10, 7, true, false), 0);
    assert_int_equal(bw_fund_amount(7, 7, true, false), 7);
    assert_int_equal(bw_fund_amount(10, 7, false, true), 10);
    assert_int_equal(bw_fund_share_cap(999, 500, 10000), 49);         /* 49.95 */
    assert_int_equal(bw_fund_share_cap(-5, 500, 10000), 0);
    assert_int_equal(bw_fund_share_cap((INT64_C(1) << 62) - 1, 20000, 10000), (INT64_C(1) << 62) - 1);
    assert_int_equal(bw_window_start(0, 86399, 86400), 0);
    assert_int_equal(bw_window_start(0, 86400, 86400), 86400);
    assert_int_equal(bw_window_start(10, 109, 50), 60);
    assert_int_equal(bw_window_start(100, 20, 50), 100);
}

/* Mango: a deficit of 30,000 at price 20/30 in whole units: 20,000 are asked, the fund has 6,000, which cover 9,000. */
static void test_takeover(void **unused)
{
    (void)unused;
    bw_fund_takeover at = {0, 0};
    assert_true(bw_fund_takeover_of(30000, bw_wide_of(20), bw_wide_of(30), 1, 6000, &at));
    assert_int_equal(at.paid, 6000);
    assert_int_equal(at.taken, 9000);
    assert_true(bw_fund_takeover_of(1000, bw_wide_of(105), bw_wide_of(100), 1000, 5000, &at));
    assert_int_equal(at.paid, 2000);                                  /* 1,050 in whole thousands, up */
    assert_int_equal(at.taken, 1000);
    assert_true(bw_fund_takeover_of(10, bw_wide_of(3), bw_wide_of(1), 1, 8, &at));
    assert_int_equal(at.paid, 8);
    assert_int_equal(at.taken, 2);                                    /* 2.67 */
    assert_true(bw_fund_takeover_of(0, bw_wide_of(3), bw_wide_of(1), 1, 8, &at));
    assert_int_equal(at.paid, 0);
    assert_false(bw_fund_takeover_of(10, bw_wide_of(0), bw_wide_of(1), 1, 8, &at));
    assert_false(bw_fund_takeover_of(10, bw_wide_of(1), bw_wide_of(1), 0, 8, &at));
}

static void test_haircut(void **unused)
{
    (void)unused;
    assert_int_equal(bw_haircut_cap(100, 70, 500000), 35);
    assert_int_equal(bw_haircut_cap(71, 100, 500000), 35);            /* 35.5 */
    assert_int_equal(bw_haircut_cap(100, -1, 1000000), 0);
    assert_int_equal(bw_locked_profit(100, 30), 70);
    assert_int_equal(bw_locked_profit(100, 130), 0);
    assert_int_equal(bw_locked_profit(-5, 0), 0);
}

/* What a step leaves of the budget; `rounded` gets the step. */
static int64_t step_left(bw_step_rounding rounding, int64_t budget, int64_t lots, int64_t carried_before, int64_t *rounded)
{
    bw_wide step = none, carried = bw_wide_of(carried_before);
    assert_true(bw_index_step(rounding, budget, bw_wide_of(lots), bw_wide_of(1000000000), &carried, &step));
    *rounded = narrow(step);
    return narrow(carried);
}

/* Drift: 10^8 over 11 x 10^9 at scale 10^9 is 9,090,909.09. */
static void test_index_step(void **unused)
{
    (void)unused;
    const int64_t lots = 11000000000;
    int64_t step;
    assert_int_equal(step_left(BW_STEP_CEIL, 100000000, lots, 0, &step), -10000000000);   /* more than the budget */
    assert_int_equal(step, 9090910);
    assert_int_equal(step_left(BW_STEP_HALF_UP, 100000000, lots, 0, &step), 1000000000);
    assert_int_equal(step, 9090909);
    assert_int_equal(step_left(BW_STEP_HALF_UP, 1, 2000000000, 0, &step), -1000000000);   /* a half goes up */
    assert_int_equal(step, 1);
    assert_int_equal(step_left(BW_STEP_FLOOR_CARRY, 100000000, lots, 0, &step), 1000000000);
    assert_int_equal(step, 9090909);
    assert_int_equal(step_left(BW_STEP_FLOOR_CARRY, 0, lots, 1000000000, &step), 1000000000);
    assert_int_equal(step, 0);                                        /* nothing is lost on the way */
    assert_int_equal(step_left(BW_STEP_CEIL, 11, 1000000000, 0, &step), 0);
    assert_int_equal(step, 11);                                       /* an exact quotient is not rounded */
    bw_wide carried = none, unused_step = none;
    assert_false(bw_index_step(BW_STEP_CEIL, 1, none, bw_wide_of(1), &carried, &unused_step));
    assert_false(bw_index_step(BW_STEP_HALF_UP, INT64_MAX, bw_wide_of(3), bw_wide_power2(70), &carried, &unused_step));
}

/* Charges by floors with own remainders never sum to more than the budgets and fall short by less than a unit a holder. */
static void test_index_charge(void **unused)
{
    (void)unused;
    int64_t charge = 0;
    bw_wide remainder = none;
    assert_true(bw_index_charge(7, bw_wide_of(5), bw_wide_of(10), &remainder, &charge));
    assert_int_equal(charge, 3);
    assert_int_equal(narrow(remainder), 5);
    assert_true(bw_index_charge(7, bw_wide_of(5), bw_wide_of(10), &remainder, &charge));
    assert_int_equal(charge, 4);                                      /* 7 in all, to the unit */
    assert_int_equal(narrow(remainder), 0);
    assert_false(bw_index_charge(7, bw_wide_of(5), none, &remainder, &charge));
    uint64_t seed = check_seed();
    for (int world = 0; world < 2000; world++) {
        int64_t size[5], lots = 0, sum = 0, budgets = 0;
        bw_wide own[5] = {{0}}, carried = none, scale = bw_wide_of(1000000), index = none;
        for (int i = 0; i < 5; i++)
            lots += size[i] = 1 + (int64_t)check_random_bits(&seed, 40);
        for (int event = 0; event < 6; event++) {
            int64_t budget = (int64_t)check_random_bits(&seed, 40);
            bw_wide step = none;
            assert_true(bw_index_step(BW_STEP_FLOOR_CARRY, budget, bw_wide_of(lots), scale, &carried, &step));
            index = bw_wide_add(index, step);
            budgets += budget;
            for (int i = 0; i < 5; i++) {
                assert_true(bw_index_charge(size[i], step, scale, &own[i], &charge));
                sum += charge;
            }
        }
        /* budgets x scale = lots x index + carried = (sum of charges) x scale + remainders + carried */
        bw_wide back = bw_wide_add(bw_wide_scale(index, lots), carried);
        assert_true(bw_wide_equal(bw_wide_scale(scale, budgets), back));
        assert_true(sum <= budgets);
    }
}

static void test_dilution(void **unused)
{
    (void)unused;
    assert_int_equal(bw_dilution_floor(1000, 1, 3), 333);
    assert_int_equal(bw_dilution_ceil(1000, 1, 3), 334);
    assert_int_equal(bw_dilution_ceil(1000, 5, 3), 1000);             /* never below nothing */
    assert_int_equal(bw_dilution_ceil(1000, 5, 0), 0);
    assert_int_equal(bw_backing_rate(1800, 2000, 1000000000), 900000000);
    assert_int_equal(bw_backing_rate(2, 3, 1000), 666);
    assert_int_equal(bw_backing_rate(4, 3, 1000), 1000);
    assert_int_equal(bw_backing_rate(-4, 3, 1000), 0);
    assert_int_equal(bw_backing_rate(4, 0, 1000), 1000);
    assert_int_equal(bw_keep_factor(1, 3, 1000, 1000), 667);          /* the cut is floored */
    assert_int_equal(bw_keep_factor(2, 3, 500, 1000), 500);
    assert_int_equal(bw_keep_factor(5, 3, 1000, 1000), 0);
    assert_int_equal(bw_keep_factor(0, 3, 1000, 1000), 1000);
    assert_int_equal(bw_keep_factor(1, 0, 1000, 1000), 1000);
}

/* The ratio cut to 64 bits first: 3 x (1/3) is not 1. */
static void test_scaled(void **unused)
{
    (void)unused;
    int64_t part = 0;
    assert_true(bw_scaled_floor(3, 1, 3, &part));
    assert_int_equal(part, 0);
    assert_true(bw_scaled_floor(1500000, 1, 2, &part));
    assert_int_equal(part, 750000);
    assert_false(bw_scaled_floor(3, 1, 0, &part));
    assert_false(bw_scaled_floor(INT64_MAX / 2, INT64_MAX / 2, 1, &part));
}

static void test_claims(void **unused)
{
    (void)unused;
    assert_int_equal(bw_claim_due(100, 1, 3, 20), 13);                /* 33.3 - 20 */
    assert_int_equal(bw_claim_due(100, 1, 3, 40), 0);
    assert_int_equal(bw_claim_due(100, 5, 3, 40), 60);                /* never above the face */
}

/* R19. Drift: users net long 10 with 100 excess get at most 10 each, less one against them. */
static void test_terminal(void **unused)
{
    (void)unused;
    int64_t price = 0;
    assert_true(bw_terminal_price(0, 5, 7, 42, 1, &price));
    assert_int_equal(price, 42);
    assert_true(bw_terminal_price(10, 0, 105, 42, 1, &price));
    assert_int_equal(price, 9);                                       /* min(10, 42) - 1 */
    assert_true(bw_terminal_price(10, 0, 1000, 42, 1, &price));
    assert_int_equal(price, 41);
    assert_true(bw_terminal_price(-10, 505, 0, 42, 1, &price));
    assert_int_equal(price, 51);                                      /* shorts must give back 505: 50.5 -> 50, + 1 */
    assert_true(bw_terminal_price(-10, 100, 0, 42, 1, &price));
    assert_int_equal(price, 43);
    assert_true(bw_terminal_price(10, 105, 0, 42, 1, &price));
    assert_int_equal(price, -11);                                     /* -10.5 toward zero */
    assert_false(bw_terminal_price(1, 0, INT64_MAX / 2, 42, 1000, &price));
}

static void test_auction(void **unused)
{
    (void)unused;
    assert_int_equal(bw_auction_value(-100, -400, 0, 3), -100);
    assert_int_equal(bw_auction_value(-100, -400, 1, 3), -200);
    assert_int_equal(bw_auction_value(-100, -400, 3, 3), -400);
    assert_int_equal(bw_auction_value(50, -100, 1, 3), -33);          /* from 0, toward zero */
    assert_int_equal(bw_auction_value(-100, 0, 1, 3), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_margin), cmocka_unit_test(test_zero_value), cmocka_unit_test(test_fill),
        cmocka_unit_test(test_allows), cmocka_unit_test(test_fund_room), cmocka_unit_test(test_fund_amount),
        cmocka_unit_test(test_takeover), cmocka_unit_test(test_haircut), cmocka_unit_test(test_index_step),
        cmocka_unit_test(test_index_charge), cmocka_unit_test(test_dilution), cmocka_unit_test(test_scaled),
        cmocka_unit_test(test_claims), cmocka_unit_test(test_terminal), cmocka_unit_test(test_auction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
