/* Single defaults, by hand: a small book, owners of several accounts, two readings. */
#include "engine/small_venue.h"
#include "stress/covers.h"

static bw_liquidity_params book = {.depth = 1e6, .volume_daily = 1e9, .volatility = .03, .sweep_exponent = .67, .impact = 0,
                                   .thin_exponent = 1, .thin_floor = .05, .tau_impact_s = 40, .tau_depth_s = 1800, .tau_use_s = 15};

static void open_account(lab *l, uint64_t id, uint64_t owner, int64_t amount)
{
    bw_command_account c = {SMALL_HEADER(account, ACCOUNT, id), .isolated = BW_NONE16, .owner = owner};
    assert_int_equal(lab_send(l, &c.header), BW_OK);
    assert_int_equal(small_deposit(l, id, amount), BW_OK);
}

/* Mark 100. Owner 7: accounts 1 (long 100, equity 2,000) and 2 (long 10, equity 5,000, rich); owner 8: account 3 (long 50, 1,000);
   account 4 alone (long 40, 800); account 5 short 200 with 100,000. */
static void book_of(lab *l)
{
    bw_command_pool pool = small_pool_settings();
    bw_command_market market = small_market_settings(BW_MARKET_LINEAR, 1, 10000);
    static const bw_bracket brackets[] = {{0, 100000, 50000}};
    static const int64_t lots[] = {100, 10, 50, 40}, amounts[] = {2000, 5000, 1000, 800};
    static const uint64_t owners[] = {7, 7, 8, 0};
    small_begin(l, &small_limits, &pool);
    small_market(l, &market, brackets, 1, 100);
    open_account(l, 5, 0, 100000);
    for (uint64_t i = 0; i < 4; i++) {
        open_account(l, i + 1, owners[i], amounts[i]);
        assert_int_equal(small_trade(l, i + 1, 5, lots[i], 100), BW_OK);
    }
}

static bw_cover_row at_move(const lab *l, double move)
{
    static uint8_t memory[1 << 16] __attribute__((aligned(64)));
    const bw_cover_params params = {.venue = l->venue, .market_count = 1, .liquidity = &book};
    bw_cover_scenario scenario = {.move = {move}};
    assert_true(bw_covers_footprint(&params) <= sizeof memory);
    return bw_covers_of(bw_covers_new(memory, &params), &scenario);
}

static void losses_are_those_by_hand(void **state)
{
    lab l;
    (void)state;
    book.impact = 0;
    book_of(&l);
    /* at 70: account 1 lost 3,000 of 2,000; 2 is rich; 3 lost 1,500 of 1,000; 4 lost 1,200 of 800 */
    bw_cover_row row = at_move(&l, -.3);
    assert_int_equal(row.given.cover1, 1000);
    assert_int_equal(row.given.cover2, 1500);
    assert_int_equal(row.given.all, 1900);
    assert_int_equal(row.given.first, 7);
    assert_int_equal(row.given.second, 8);
    assert_int_equal(row.given.owners, 3);
    assert_int_equal(row.given.half, 1);
    assert_int_equal(row.given.most, 3);
    assert_true(row.endogenous.cover1 == 1000 && row.endogenous.cover2 == 1500 && row.endogenous.all == 1900);
    row = at_move(&l, .3);                  /* the short has enough */
    assert_int_equal(row.given.all, 0);
    assert_int_equal(row.given.first, 0);
    lab_free(&l);
}

/* Closing costs hit those who are closed: all, or only those whose margin fails. */
static void readings_differ_by_who_is_closed(void **state)
{
    lab l;
    (void)state;
    book_of(&l);
    book.impact = 2000;                     /* 50 lots at 86: 2/3 x 4,300 x 2000 x .03 x sqrt(.0043 / 1e3) = 356.7 */
    book.volume_daily = 1e3;
    bw_cover_row row = at_move(&l, -.14);   /* account 3: equity 300 of margin 215; account 1: 600 of 430, costs 1,008.8 */
    assert_int_equal(row.endogenous.all, 0);
    assert_int_equal(row.given.cover1, 1009 - 600);
    assert_int_equal(row.given.cover2, 1009 - 600 + 357 - 300);
    row = at_move(&l, -.18);                /* account 1: 200 of 410: fails, and now its costs count in both */
    assert_true(row.endogenous.cover1 > 700 && row.endogenous.cover1 == row.given.cover1);
    lab_free(&l);
}

static void the_stress_set(void **state)
{
    static bw_cover_scenario set[BW_COVER_SCENARIOS];
    static const char *const names[] = {"BTC", "ETH", "DOGE"};
    static const uint32_t sectors[] = {0, 3, 3};
    const bw_cover_params params = {.market_count = 3, .collateral = 1};
    (void)state;
    uint32_t count = bw_cover_scenarios(&params, names, sectors, set);
    assert_int_equal(count, 12 + 12 + 3 * 12 + 10);
    assert_string_equal(set[0].name, "all markets -60%");
    assert_string_equal(set[12].name, "sector 3 -60%");
    assert_string_equal(set[24].name, "BTC -60%");
    assert_string_equal(set[count - 1].name, "collateral -100%");
    assert_true(set[12].move[0] == 0 && set[12].move[1] == -.6 && set[12].move[2] == -.6 && set[12].move[3] == 0);
    assert_true(set[count - 1].move[3] == -1 && set[count - 1].move[0] == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(losses_are_those_by_hand), cmocka_unit_test(readings_differ_by_who_is_closed),
                                       cmocka_unit_test(the_stress_set)};
    return cmocka_run_group_tests_name("stress/covers", tests, NULL, NULL);
}
