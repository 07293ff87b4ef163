/* test_shock.c - the one-shock evaluator against the engine: random books with all layers, every account to the unit. */
#include "shock_world.h"

#include "base/mix.h"
#include "engine/small_venue.h"
#include "stress/bound.h"
#include "stress/shock.h"
#include "world/real.h"

enum { BOOKS = 1000, SHOCKS_FEW = 4, SHOCKS_MANY = 130 };   /* many: more than are looked at side by side */

/* What the books had in them, so that a test that sees nothing fails. */
typedef struct things {
    uint64_t shocks, bankrupt, adl, deleveraged, haircut, carryover, fund, capital, rounds[5], waits;
    uint64_t bounds, bounds_gap, bounds_tight;
} things;

typedef struct trial {
    shock_world world;
    void *kept;
    bw_stress_watch *watch;
    bw_shock *shock;
    const int64_t *ticks;
    int64_t gaps[SHOCKS_MANY];
    things *seen;
} trial;

static void *zeros(size_t bytes)
{
    bytes = (bytes + 63) / 64 * 64;
    void *memory = aligned_alloc(64, bytes);
    assert_non_null(memory);
    return memset(memory, 0, bytes);
}

/* ------------------------------------------------------------------------------------------------ comparison */

typedef struct account_sums {
    int64_t gap, charged, liquidated, deleveraged;
} account_sums;

static int64_t absolute(int64_t x) { return x < 0 ? -x : x; }

static account_sums sums_of(const lab *l, uint64_t id)
{
    account_sums sums = {0};
    for (uint32_t i = 0; i < l->count; i++) {
        const bw_event *e = &l->events[i];
        if (e->account != id)
            continue;
        if (e->type == BW_EVENT_BANKRUPT)
            sums.gap += e->bankrupt.gap;
        else if (e->type == BW_EVENT_CHARGED)
            sums.charged += e->charged.charge;
        else if (e->type == BW_EVENT_LEG)
            *(e->leg.closing ? &sums.liquidated : &sums.deleveraged) += absolute(e->leg.value);
    }
    return sums;
}

static void same_positions(const trial *t, const bw_shock *shock, uint32_t account, uint64_t id)
{
    for (uint16_t m = 0; m < t->world.markets; m++) {
        bw_position_view view = {0};
        int64_t cost, size = bw_shock_size_of(shock, account, m, &cost);
        bw_position_get(t->world.lab.venue, id, m, &view);
        lab_check(size == view.size && cost == view.cost, "account %llu market %u: size %lld cost %lld, engine %lld %lld",
                  (unsigned long long)id, m, (long long)size, (long long)cost, (long long)view.size, (long long)view.cost);
    }
}

static uint64_t same_accounts(const trial *t, const bw_shock *shock)
{
    uint64_t charges = 0;
    for (uint32_t a = 0; a < t->world.accounts; a++) {
        uint64_t id = bw_account_id(t->world.lab.venue, a);
        bw_shock_account ours = bw_shock_account_of(shock, a);
        account_sums engine = sums_of(&t->world.lab, id);
        bw_account_view view = {0};
        bw_account_get(t->world.lab.venue, id, &view);
        lab_check(ours.gap == engine.gap && ours.charged == engine.charged, "account %llu: gap %lld charged %lld, engine %lld %lld",
                  (unsigned long long)id, (long long)ours.gap, (long long)ours.charged, (long long)engine.gap,
                  (long long)engine.charged);
        lab_check(ours.balance == view.balance && ours.equity == view.equity, "account %llu: balance %lld, engine %lld",
                  (unsigned long long)id, (long long)ours.balance, (long long)view.balance);
        lab_check(ours.liquidated == engine.liquidated && ours.deleveraged == engine.deleveraged,
                  "account %llu: closed %lld %lld, engine %lld %lld", (unsigned long long)id, (long long)ours.liquidated,
                  (long long)ours.deleveraged, (long long)engine.liquidated, (long long)engine.deleveraged);
        same_positions(t, shock, a, id);
        if (engine.charged)
            charges += bw_mix_pair_u64(a, (uint64_t)engine.charged);
    }
    return charges;
}

static void outcome_seen(things *seen, const bw_stress_outcome *out, uint32_t rounds)
{
    seen->shocks++;
    seen->bankrupt += out->bankrupt_accounts > 0;
    seen->adl += out->adl_legs > 0;
    seen->deleveraged += out->deleveraged > 0;
    seen->haircut += out->haircut_accounts > 0;
    seen->carryover += (out->flags & BW_STRESS_CARRYOVER) != 0;
    seen->fund += out->fund_use > 0;
    seen->capital += out->venue_paid > 0;
    seen->rounds[rounds < 4 ? rounds : 4]++;
}

/* The same prices in the engine, from the venue as it stood. */
static void same_as_engine(void *context, const bw_shock *shock, uint64_t scenario, const bw_shock_told *told)
{
    trial *t = context;
    lab *l = &t->world.lab;
    bw_stress_watch_begin(t->watch, t->world.time_ns);
    shock_world_mark(&t->world, t->ticks + scenario * t->world.markets);
    bw_stress_watch_see(t->watch, t->world.time_ns, l->events, l->count);
    bw_stress_outcome engine = bw_stress_watch_end(t->watch, l->venue, 0);
    uint64_t charges = same_accounts(t, shock);
    lab_check(memcmp(&engine, &told->outcome, sizeof engine) == 0,
              "gap %lld/%lld fund %lld/%lld socialized %lld/%lld adl %lld/%lld liquidated %lld/%lld origin %u/%u",
              (long long)told->outcome.gap, (long long)engine.gap, (long long)told->outcome.fund_use, (long long)engine.fund_use,
              (long long)told->outcome.socialized, (long long)engine.socialized, (long long)told->outcome.adl_notional,
              (long long)engine.adl_notional, (long long)told->outcome.liquidated_notional,
              (long long)engine.liquidated_notional, told->outcome.origin, engine.origin);
    lab_check(charges == told->charges, "sum of charges");
    lab_check(t->gaps[scenario] == engine.gap, "gap alone %lld, engine %lld", (long long)t->gaps[scenario], (long long)engine.gap);
    outcome_seen(t->seen, &engine, told->rounds);
    memcpy(l->memory, t->kept, l->footprint);
}

/* ------------------------------------------------------------------------------------------------------ bound */

/* No gap is above the bound of its prices. */
static void below_the_bound(const trial *t, uint64_t count)
{
    static const bw_liquidity_params none[SHOCK_MARKETS];
    const shock_world *w = &t->world;
    bw_bound_params params = {.venue = w->lab.venue, .market_count = (uint16_t)w->markets, .liquidity = none};
    for (uint32_t m = 0; m < w->markets; m++) {
        bw_market_view view;
        assert_true(bw_market_get(w->lab.venue, (uint16_t)m, &view));
        params.mark_ticks[m] = view.mark;
        params.risk[m] = 1 + m;
    }
    if (bw_bound_fault(&params) != NULL)
        return;
    void *memory = zeros(bw_bound_footprint(&params));
    const bw_bound *bound = bw_bound_new(memory, &params);
    for (uint64_t i = 0; i < count; i++) {
        double move[SHOCK_MARKETS];
        for (uint32_t m = 0; m < w->markets; m++)
            move[m] = bw_real_ln(((double)t->ticks[i * w->markets + m] + (i % 2 ? .4999 : -.4999)) /      /* before it was rounded */
                                  (double)params.mark_ticks[m]);
        double most = bw_bound_of_shock(bound, move);
        lab_check(most >= (double)t->gaps[i], "bound %.0f, gap %lld", most, (long long)t->gaps[i]);
        t->seen->bounds++;
        t->seen->bounds_tight += t->gaps[i] > 0 && most < 2 * (double)t->gaps[i];
        t->seen->bounds_gap += t->gaps[i] > 0;
    }
    free(memory);
}

/* ----------------------------------------------------------------------------------------------------- trials */

static void trial_play(uint64_t seed, bool many, bool large, things *seen)
{
    trial t = {.seen = seen};
    int64_t ticks[SHOCKS_MANY * SHOCK_MARKETS];
    lab_says("book of seed %llu", (unsigned long long)seed);
    shock_world_new(&t.world, seed, large);
    lab *l = &t.world.lab;
    if (bw_shock_fault(l->venue) != NULL) {                  /* orders went out at once */
        seen->waits++;
        shock_world_free(&t.world);
        return;
    }
    bw_stress_watch_limits limits = {.accounts = t.world.accounts, .markets = t.world.markets, .desks = 1};
    void *memory = zeros(bw_shock_footprint(l->venue));
    t.watch = bw_stress_watch_new(zeros(bw_stress_watch_footprint(&limits)), &limits);
    t.kept = zeros(l->footprint);
    memcpy(t.kept, l->memory, l->footprint);
    t.shock = bw_shock_new(memory, l->venue);
    uint64_t count = many ? SHOCKS_MANY : large ? 6 * SHOCKS_FEW : 1 + shock_world_below(&t.world, SHOCKS_FEW);
    for (uint64_t i = 0; i < count; i++)
        shock_world_prices(&t.world, ticks + i * t.world.markets);
    t.ticks = ticks;
    bw_shock_gaps(t.shock, ticks, count, t.gaps);
    below_the_bound(&t, count);
    bw_shock_play(t.shock, ticks, count, same_as_engine, &t);
    free(t.kept);
    free(t.watch);
    free(memory);
    shock_world_free(&t.world);
}

static void equals_the_engine(void **state)
{
    (void)state;
    things seen = {0};
    uint64_t seed = check_seed();
    const char *text = getenv("BW_BOOKS");
    uint64_t books = text ? strtoull(text, NULL, 10) : BOOKS;
    for (uint64_t i = 0; i < books; i++)
        trial_play(bw_mix_pair_u64(seed, i), i % 100 == 0, i % 250 == 10, &seen);
    printf("# %llu shocks of %llu books: %llu bankrupt, %llu ADL, %llu fund, %llu capital, %llu deleveraged paid, %llu haircut, "
           "%llu carryover; rounds 1: %llu, 2: %llu, 3: %llu, more: %llu; %llu books began with orders\n",
           (unsigned long long)seen.shocks, (unsigned long long)books, (unsigned long long)seen.bankrupt, (unsigned long long)seen.adl,
           (unsigned long long)seen.fund, (unsigned long long)seen.capital, (unsigned long long)seen.deleveraged,
           (unsigned long long)seen.haircut, (unsigned long long)seen.carryover, (unsigned long long)seen.rounds[1],
           (unsigned long long)seen.rounds[2], (unsigned long long)seen.rounds[3], (unsigned long long)seen.rounds[4],
           (unsigned long long)seen.waits);
    printf("# %llu bounds, %llu of gaps, %llu of these below twice the gap\n", (unsigned long long)seen.bounds,
           (unsigned long long)seen.bounds_gap, (unsigned long long)seen.bounds_tight);
    if (books < BOOKS)
        return;
    assert_true(seen.bounds > 1000 && 4 * seen.bounds_tight > seen.bounds_gap);
    assert_true(seen.shocks > BOOKS && seen.bankrupt > BOOKS && seen.adl > BOOKS);
    assert_true(seen.fund > 100 && seen.capital > 100 && seen.deleveraged > 100 && seen.haircut > 100 && seen.carryover > 100);
    assert_true(seen.rounds[2] > 50);
}

/* ------------------------------------------------------------------------------------------------------- edges */

enum { LOTS = 1000000, START = 100000 };   /* a notional of 10^11 */

typedef struct edge {
    lab lab;
    bw_shock *shock;
    bw_stress_outcome outcome;
} edge;

/* Account 1 is long and account 2 short in the first `markets` of two markets. */
static void edge_new(edge *e, bool book, uint32_t markets, int64_t money_long, int64_t money_short)
{
    static const bw_bracket brackets[] = {{0, 50000, 25000}};
    bw_command_pool pool = small_pool_settings();
    if (book)
        memcpy(pool.quantity, (const uint8_t[]){BW_QUANTITY_BOOK, BW_QUANTITY_ADL, BW_QUANTITY_END}, 3);
    small_begin(&e->lab, &small_limits, &pool);
    bw_command_market market = small_market_settings(BW_MARKET_LINEAR, 1, 1 << 20);
    for (market.market = 0; market.market < 2; market.market++)
        small_market(&e->lab, &market, brackets, 1, START);
    for (uint64_t id = 1; id <= 2; id++) {
        assert_int_equal(small_account(&e->lab, id), BW_OK);
        assert_int_equal(small_deposit(&e->lab, id, id == 1 ? money_long : money_short), BW_OK);
    }
    for (uint16_t m = 0; m < markets; m++) {
        bw_command_trade c = {SMALL_HEADER(trade, TRADE, 0)};
        c.trade = (bw_trade){.buyer = 1, .seller = 2, .lots = LOTS, .price = START, .market = m};
        assert_int_equal(lab_send(&e->lab, &c.header), BW_OK);
    }
    assert_null(bw_shock_fault(e->lab.venue));
    e->shock = bw_shock_new(zeros(bw_shock_footprint(e->lab.venue)), e->lab.venue);
}

static void edge_free(edge *e)
{
    free(e->shock);
    lab_free(&e->lab);
}

static void keep_outcome(void *context, const bw_shock *shock, uint64_t scenario, const bw_shock_told *told)
{
    (void)shock;
    (void)scenario;
    ((edge *)context)->outcome = told->outcome;
}

static const bw_stress_outcome *edge_play(edge *e, int64_t first, int64_t second)
{
    bw_shock_play(e->shock, (const int64_t[]){first, second}, 1, keep_outcome, e);
    return &e->outcome;
}

/* One unit below zero of 10^11, which no float can see. */
static void one_unit_decides(void **state)
{
    (void)state;
    const int64_t loss = INT64_C(2) * LOTS * 6000, rich = INT64_C(1) << 50;
    for (int64_t more = -1; more <= 1; more++) {
        edge e;
        edge_new(&e, true, 2, loss + more, rich);
        assert_int_equal(edge_play(&e, START - 5000, START - 7000)->bankrupt_accounts, more < 0);
        assert_int_equal(e.outcome.gap, more < 0 ? 1 : 0);
        edge_free(&e);
        edge_new(&e, true, 2, rich, loss + more);
        assert_int_equal(edge_play(&e, START + 11000, START + 1000)->bankrupt_accounts, more < 0);
        edge_free(&e);
    }
}

/* Single positions, tick by tick about the prices that break them, by the definitions. */
static void every_tick(void **state)
{
    (void)state;
    const int64_t money = INT64_C(6000) * LOTS;
    for (uint32_t book = 0; book < 2u; book++) {
        edge e;
        edge_new(&e, book != 0, 1, money, money);
        for (int64_t p = START - 6100; p <= START + 6100; p++) {
            int64_t won = (p - START) * LOTS, mm = (p * LOTS * 25000 + 999999) / 1000000;
            uint32_t bankrupt = (uint32_t)(money + won < 0) + (uint32_t)(money - won < 0);
            bool liquidated = book ? bankrupt > 0 : money + won < mm || money - won < mm;
            edge_play(&e, p, START);
            lab_check(e.outcome.bankrupt_accounts == bankrupt && ((e.outcome.flags & BW_STRESS_LIQUIDATION) != 0) == liquidated,
                      "price %lld: %u bankrupt, flags %u", (long long)p, e.outcome.bankrupt_accounts, e.outcome.flags);
        }
        edge_free(&e);
    }
}

/* ----------------------------------------------------------------------------------------------------- refusals */

static void refuses(bw_command_pool pool, const char *sentence)
{
    edge e;
    edge_new(&e, true, 1, INT64_C(1) << 50, INT64_C(1) << 50);
    assert_int_equal(lab_send(&e.lab, &pool.header), BW_OK);
    assert_string_equal(bw_shock_fault(e.lab.venue), sentence);
    edge_free(&e);
}

static void says_what_it_does_not_model(void **state)
{
    (void)state;
    bw_command_pool pool = small_pool_settings();
    pool.penalty_ppm = 1000;
    refuses(pool, "one shock does not know penalties");
    pool = small_pool_settings();
    pool.money[1].price = BW_ADL_PRICE_ZERO_BOTH;
    refuses(pool, "one shock does not know price zero-both");
    pool = small_pool_settings();
    pool.money[2].rounding = BW_ROUNDING_FLOOR_FUND;
    refuses(pool, "one shock knows no rounding but largest-remainder");
    pool = small_pool_settings();
    pool.money[2].base = BW_BASE_PERIOD_GAINS;
    pool.money[2].scope = BW_SCOPE_POOL;
    refuses(pool, "one shock knows haircuts of positive-upnl, size and equity only");
    pool = small_pool_settings();
    pool.may_go_negative = 1;
    refuses(pool, "one shock does not know all-or-nothing and may-go-negative");
    edge e;
    edge_new(&e, true, 1, INT64_C(7000) * LOTS, INT64_C(1) << 50);
    assert_int_equal(small_marks(&e.lab, 0, START - 6000), BW_OK);
    assert_string_equal(bw_shock_fault(e.lab.venue), "one shock begins without live orders");
    edge_free(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_the_engine),
        cmocka_unit_test(one_unit_decides),
        cmocka_unit_test(every_tick),
        cmocka_unit_test(says_what_it_does_not_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
