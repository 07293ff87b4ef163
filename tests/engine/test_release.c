/* What may leave (R18): while a loss is open, in any order and any pieces; profits that are released by age, against the
   same two buckets in fractions. */
#include "small_venue.h"

#include "engine/account.h"

enum { CUSTOMERS = 8 };
static int64_t below(uint64_t bound)
{
    static uint64_t state;
    if (state == 0)
        state = check_seed();
    return (int64_t)check_random_below(&state, bound);
}

/* Loser and winner trade, the loser cannot pay `hole`, and nobody is charged: customers 1 to 8 are left, customer 1 the winner,
   9 the loser. Their balances go to `balance`; returns their sum. */
static int64_t venue_with_hole(lab *l, bw_withdraw_mode mode, int64_t hole, int64_t balance[CUSTOMERS])
{
    bw_command_pool pool = small_pool_settings();
    bw_bracket bracket = {0, 10000, 5000};
    pool.money[0] = (bw_money_layer){.kind = BW_LAYER_CARRYOVER};
    pool.money_count = 1;
    pool.withdraw_mode = (uint8_t)mode;
    small_begin(l, &small_limits, &pool);
    bw_command_market market = small_market_settings(BW_MARKET_LINEAR, 1, 1 << 20);
    small_market(l, &market, &bracket, 1, 1 << 19);
    for (uint64_t id = 1; id <= CUSTOMERS + 1; id++)
        assert_int_equal(small_account(l, id), BW_OK);
    for (uint64_t id = 1; id <= CUSTOMERS; id++)
        if (id == 1 || below(8))
            assert_int_equal(small_deposit(l, id, id == 1 ? 6000 : 1 + below(below(2) ? 20 : 100000)), BW_OK);
    assert_int_equal(small_deposit(l, CUSTOMERS + 1, 6000), BW_OK);
    assert_int_equal(small_trade(l, 1, CUSTOMERS + 1, 1, 1 << 19), BW_OK);
    assert_int_equal(small_marks(l, 0, (1 << 19) + 6000 + hole), BW_OK);
    int64_t sum = 0;
    for (uint64_t id = 1; id <= CUSTOMERS; id++)
        sum += balance[id - 1] = small_view(l, id).balance;
    bw_pool_view view;
    bw_pool_get(l->venue, 0, &view);
    assert_int_equal(view.carryover, hole);
    return sum;
}

static int64_t external(const lab *l)
{
    bw_conservation c;
    bw_conservation_get(l->venue, 0, &c);
    assert_int_equal(c.error, 0);
    return c.external;
}

static bw_pool_view pool_view(const lab *l)
{
    bw_pool_view view = {0};
    assert_true(bw_pool_get(l->venue, 0, &view));
    return view;
}

/* One withdrawal of all or a part; its account gets at least its share of what there was at first. False if refused, which
   only happens to what is worth less than a unit. */
static bool leave(lab *l, uint64_t id, int64_t money, int64_t claims)
{
    int64_t has = small_view(l, id).balance, before = external(l);
    if (has == 0)
        return false;
    int64_t amount = below(3) ? has : 1 + below((uint64_t)has);
    int64_t share = (int64_t)((uint64_t)amount * (uint64_t)money / (uint64_t)claims);
    bw_status status = small_withdraw(l, id, amount);
    if (status == BW_OK)
        assert_true(before - external(l) >= share && before - external(l) <= amount);
    else
        assert_true(share == 0 && (status == BW_BAD_AMOUNT || (status == BW_WITHDRAWAL_GATED && before == 0)));
    return status == BW_OK;
}

/* Everybody leaves, in random order and pieces. Nobody is paid less than his share of the money as it was at first, and all
   is paid: when nobody is left, vault and carryover are empty and the claims are what was missing. */
static void test_rate(void **state)
{
    int empty = 0;
    (void)state;
    for (int round = 0; round < 300; round++) {
        lab l = {0};
        int64_t balance[CUSTOMERS], hole = 1 + below(below(2) ? 50 : 200000), left = 0;
        int64_t claims = venue_with_hole(&l, BW_WITHDRAW_RATE, hole, balance), money = external(&l);
        assert_int_equal(money, claims - hole);
        for (int i = 0; i < 200; i++)
            leave(&l, 1 + (uint64_t)below(CUSTOMERS), money, claims);
        for (uint64_t id = 1; id <= CUSTOMERS; id++)
            left += small_view(&l, id).balance;
        assert_int_equal(left - pool_view(&l).carryover, external(&l));
        assert_int_equal(pool_view(&l).claims, hole - pool_view(&l).carryover);
        empty += left == 0;
        lab_free(&l);
    }
    assert_true(empty > 100);
    printf("# 300 venues, %d empty to the unit\n", empty);
}

/* Under `open` the first take all of it: what is paid is what was asked for, until the money is gone. */
static void test_open(void **state)
{
    (void)state;
    for (int round = 0; round < 100; round++) {
        lab l = {0};
        int64_t balance[CUSTOMERS], hole = 1 + below(200000), claims = venue_with_hole(&l, BW_WITHDRAW_OPEN, hole, balance);
        int64_t money = claims - hole;
        for (uint64_t i = 0, id = 1 + (uint64_t)below(CUSTOMERS); i < CUSTOMERS; i++, id = id % CUSTOMERS + 1) {
            int64_t has = balance[id - 1], may = has < money ? has : money;
            assert_int_equal(small_view(&l, id).withdrawable, may);
            if (has > may)
                assert_int_equal(small_withdraw(&l, id, may + 1), BW_WITHDRAWAL_GATED);
            if (may)
                assert_int_equal(small_withdraw(&l, id, may), BW_OK);
            money -= may;
        }
        assert_int_equal(external(&l), 0);
        assert_int_equal(pool_view(&l).carryover, hole);
        lab_free(&l);
    }
}

/* ------------------------------------------------------------------------------------------------ profits by age */

/* The two buckets as the rule has them: what is locked becomes free in a straight line until `rest` has passed. */
typedef struct buckets {
    long double free, locked, rest;
} buckets;

static void twin_pass(buckets *b, int64_t time)
{
    long double share = (long double)time >= b->rest ? 1 : (long double)time / b->rest;
    b->free += b->locked * share;
    b->locked -= b->locked * share;
    b->rest = b->rest > (long double)time ? b->rest - (long double)time : 0;
}

static void twin_gain(buckets *b, int64_t gain, int64_t age)
{
    b->rest = (b->locked * b->rest + (long double)gain * (long double)age) / (b->locked + (long double)gain);
    b->locked += (long double)gain;
}

static void twin_take(long double *first, long double *other, int64_t loss)
{
    long double part = *first < (long double)loss ? *first : (long double)loss;
    *first -= part;
    *other -= (long double)loss - part;
}

/* A venue with account 1, whose profits the tests make: no trade, money is posted by the engine's own function. */
static bw_venue *aging_venue(lab *l, int64_t age)
{
    bw_limits limits = small_limits;
    limits.aging = 1;
    bw_command_pool pool = small_pool_settings();
    pool.profit_release = BW_PROFIT_AGING;
    pool.profit_age_ns = age;
    small_begin(l, &limits, &pool);
    assert_int_equal(small_account(l, 1), BW_OK);
    return l->venue;
}

static int64_t profit_of(const bw_venue *venue) { return bw_profit(bw_warm_at(venue, 0)); }

/* One thing happens to the account and to its twin: a gain, a loss, a payment out of what may leave, a deposit. */
static void happen(bw_venue *venue, buckets *twin, int64_t age, int64_t most)
{
    int64_t profit = profit_of(venue), locked = bw_account_locked(venue, 0), amount = 1 + below((uint64_t)most);
    switch (below(6)) {
    case 0: case 1: case 2:
        bw_balance_add(venue, 0, amount);
        twin_gain(twin, amount, age);
        break;
    case 3:
        amount = amount < profit ? amount : profit;
        bw_balance_add(venue, 0, -amount);
        twin_take(&twin->locked, &twin->free, amount);
        assert_true(bw_account_locked(venue, 0) <= locked);
        break;
    case 4:
        amount = amount < profit - locked ? amount : profit - locked;
        bw_balance_deposit(venue, 0, -bw_warm_at(venue, 0)->net_deposits - amount);
        twin_take(&twin->free, &twin->locked, amount);
        assert_int_equal(bw_account_locked(venue, 0), locked);
        break;
    default:
        bw_balance_deposit(venue, 0, amount);
        assert_int_equal(bw_account_locked(venue, 0), locked);
        assert_int_equal(profit_of(venue), profit);
    }
}

/* The engine's whole units are the twin's, rounded up; where the age is shorter than the money, a nanosecond is worth units.
   What is free never becomes less by the passing of time. */
static void test_aging(void **state)
{
    long double worst = 0;
    (void)state;
    for (int round = 0; round < 2000; round++) {
        lab l = {0};
        int64_t age = 1 + below(below(2) ? 1000 : 1000000000), most = below(2) ? 20 : 1000000;
        bw_venue *venue = aging_venue(&l, age);
        buckets twin = {0};
        for (int i = 0; i < 40; i++) {
            int64_t passed = below((uint64_t)age / 3 + 2), free = profit_of(venue) - bw_account_locked(venue, 0);
            venue->time_ns += passed;
            twin_pass(&twin, passed);
            assert_true(profit_of(venue) - bw_account_locked(venue, 0) >= free);
            long double off = (long double)bw_account_locked(venue, 0) - twin.locked;
            off = (off < 0 ? -off : off) - (long double)most * 40 / (long double)age;
            worst = off > worst ? off : worst;
            happen(venue, &twin, age, most);
            assert_in_range(bw_warm_at(venue, 0)->released, 0, profit_of(venue));
        }
        venue->time_ns += age;
        assert_int_equal(bw_account_locked(venue, 0), 0);
        lab_free(&l);
    }
    printf("# at most %.3Lf units beside the twin\n", worst);
    assert_true(worst < 2);
}

/* A unit won with every tick does not keep an old profit locked: as much is free after an age as the old profit was, and in
   the end what is locked is half of what an age brings, as if each unit waited alone. */
static void test_ticks(void **state)
{
    enum { AGE = 2000, OLD = 300 };
    const int64_t second = 1000000000;
    lab l = {0};
    bw_venue *venue = aging_venue(&l, AGE * second);
    (void)state;
    bw_balance_add(venue, 0, OLD);
    for (int i = 1; i <= 6 * AGE; i++) {
        int64_t free = profit_of(venue) - bw_account_locked(venue, 0);
        venue->time_ns += second;
        bw_balance_add(venue, 0, 1);
        assert_true(profit_of(venue) - bw_account_locked(venue, 0) >= free);
        assert_true(bw_account_locked(venue, 0) <= OLD + AGE);
        if (i == AGE)
            assert_true(profit_of(venue) - bw_account_locked(venue, 0) > OLD);
    }
    printf("# %lld locked of %lld\n", (long long)bw_account_locked(venue, 0), (long long)profit_of(venue));
    assert_in_range(bw_account_locked(venue, 0), AGE / 2 - AGE / 10, AGE / 2 + AGE / 10);
    lab_free(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rate), cmocka_unit_test(test_open),
                                       cmocka_unit_test(test_aging), cmocka_unit_test(test_ticks)};
    return cmocka_run_group_tests_name("engine release", tests, NULL, NULL);
}
