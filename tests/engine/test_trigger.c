/* test_trigger.c - the trigger of a single position in a market without funding is its liquidation price (R7): compared
   with brute force over every tick, by formulas that share nothing with the engine. */
#include "small_venue.h"

typedef __int128 wide;

typedef struct position_case {
    bw_market_kind kind;
    int64_t tick_value, price_max, mark, min_mm;
    bw_bracket brackets[4];
    uint16_t count;
    int64_t lots;                        /* signed */
    int64_t deposit;
} position_case;

static int64_t value_at(const position_case *c, int64_t lots, int64_t price)
{
    if (c->kind == BW_MARKET_LINEAR)
        return lots * price * c->tick_value;
    wide amount = -(wide)lots * c->tick_value;
    wide down = amount / price;
    return (int64_t)(amount % price != 0 && amount < 0 ? down - 1 : down);
}

/* Every part of the notional at the rate of its bracket, the sum rounded up once. */
static int64_t margin_at(const position_case *c, int64_t n, bool initial)
{
    wide millionths = 0;
    for (uint32_t k = 0; k < c->count; k++) {
        int64_t top = k + 1u < c->count && c->brackets[k + 1].floor < n ? c->brackets[k + 1].floor : n;
        uint32_t rate = initial ? c->brackets[k].imr_ppm : c->brackets[k].mmr_ppm;
        if (top > c->brackets[k].floor)
            millionths += (wide)(top - c->brackets[k].floor) * rate;
    }
    int64_t margin = (int64_t)((millionths + 999999) / 1000000);
    return margin < c->min_mm ? c->min_mm : margin;
}

static bool unhealthy_at(const position_case *c, int64_t balance, int64_t cost, int64_t price)
{
    int64_t value = value_at(c, c->lots, price), equity = balance + value - cost;
    return equity < 0 || equity < margin_at(c, value < 0 ? -value : value, false);
}

/* The first adverse tick that liquidates; 0: none. Past it every tick does. */
static int64_t liquidation_price(const position_case *c, int64_t balance, int64_t cost)
{
    int64_t step = c->lots > 0 ? -1 : 1, found = 0;
    for (int64_t price = c->mark; price >= 1 && price <= c->price_max; price += step) {
        bool unhealthy = unhealthy_at(c, balance, cost, price);
        lab_check(found == 0 || unhealthy, "unhealthy at %lld, healthy beyond at %lld", (long long)found, (long long)price);
        if (unhealthy && found == 0)
            found = price;
    }
    return found;
}

static position_case random_case(uint64_t *state)
{
    static const int64_t price_maxes[] = {5, 64, 300, 3000};
    position_case c = {.kind = check_random_below(state, 2) ? BW_MARKET_INVERSE : BW_MARKET_LINEAR};
    c.price_max = price_maxes[check_random_below(state, 4)];
    c.mark = 1 + (int64_t)check_random_below(state, (uint64_t)c.price_max);
    c.tick_value = 1 + (int64_t)check_random_below(state, 20);
    if (c.kind == BW_MARKET_INVERSE)
        c.tick_value *= c.mark;
    c.min_mm = check_random_below(state, 3) ? 0 : (int64_t)check_random_below(state, 500);
    c.count = (uint16_t)(1 + check_random_below(state, 4));
    int64_t floor = 0;
    uint32_t imr = (uint32_t)check_random_below(state, 300000), mmr = (uint32_t)check_random_below(state, imr + 1u);
    for (uint32_t k = 0; k < c.count; k++) {
        c.brackets[k] = (bw_bracket){floor, imr, mmr};
        floor += 1 + (int64_t)check_random_bits(state, 14);
        imr += (uint32_t)check_random_below(state, (1000000 - imr) / 2 + 1);
        uint32_t most = imr < 999999 ? imr : 999999;
        mmr += (uint32_t)check_random_below(state, most - mmr + 1);
    }
    c.lots = 1 + (int64_t)check_random_bits(state, 11);
    int64_t n = value_at(&c, c.lots, c.mark);
    n = n < 0 ? -n : n;
    c.deposit = margin_at(&c, n, true) + (int64_t)check_random_below(state, (uint64_t)n / (1 + check_random_below(state, 8)) + 2);
    c.deposit = c.deposit < 1 ? 1 : c.deposit;
    if (check_random_below(state, 2))
        c.lots = -c.lots;
    return c;
}

/* Subject 1 trades with 2, who has more than enough. False if the trade is refused. */
static bool open_case(lab *l, const position_case *c, uint32_t split)
{
    bw_command_pool pool = small_pool_settings();
    bw_command_market market = small_market_settings(c->kind, c->tick_value, c->price_max);
    bw_limits limits = small_limits;
    limits.split = split;
    market.min_mm = c->min_mm;
    small_begin(l, &limits, &pool);
    small_market(l, &market, c->brackets, c->count, c->mark);
    small_account(l, 1);
    small_account(l, 2);
    assert_int_equal(small_deposit(l, 1, c->deposit), BW_OK);
    assert_int_equal(small_deposit(l, 2, INT64_C(1) << 50), BW_OK);
    bw_status status = c->lots > 0 ? small_trade(l, 1, 2, c->lots, c->mark) : small_trade(l, 2, 1, -c->lots, c->mark);
    return status == BW_OK;
}

/* The mark goes to the last healthy tick, then to the trigger. */
static void trigger_play(lab *l, const position_case *c, int64_t tick)
{
    int64_t last = c->lots > 0 ? tick + 1 : tick - 1;
    assert_int_equal(small_marks(l, 0, last), BW_OK);
    lab_check(small_event(l, BW_EVENT_UNHEALTHY) == NULL, "liquidated at %lld, one tick early", (long long)last);
    assert_int_equal(small_marks(l, 0, tick), BW_OK);
    lab_check(small_event(l, BW_EVENT_UNHEALTHY) != NULL, "not liquidated at %lld", (long long)tick);
}

static uint32_t case_run(uint64_t *state, uint32_t number)
{
    lab l;
    position_case c = random_case(state);
    lab_says("case %u: %s %lld lots at %lld of %lld, tick value %lld, min mm %lld, deposit %lld", number,
             c.kind ? "inverse" : "linear", (long long)c.lots, (long long)c.mark, (long long)c.price_max,
             (long long)c.tick_value, (long long)c.min_mm, (long long)c.deposit);
    bool opened = open_case(&l, &c, number % 3u);
    bw_position_view view = {0};
    uint32_t kind = 0;
    if (opened && bw_position_get(l.venue, 1, 0, &view)) {
        int64_t tick = liquidation_price(&c, small_view(&l, 1).balance, view.cost);
        kind = tick ? 2 : 1;
        lab_check(view.trigger == tick, "trigger %lld, brute force %lld", (long long)view.trigger, (long long)tick);
        int64_t n = value_at(&c, c.lots, c.mark);
        lab_check(view.mm == margin_at(&c, n < 0 ? -n : n, false), "mm %lld", (long long)view.mm);
        lab_check(view.im >= view.mm && view.im >= margin_at(&c, n < 0 ? -n : n, true), "im %lld", (long long)view.im);
        if (tick)
            trigger_play(&l, &c, tick);
    }
    lab_free(&l);
    return kind;
}

static void test_single_positions(void **unused)
{
    (void)unused;
    uint64_t state = check_seed();
    uint32_t seen[3] = {0};
    for (uint32_t i = 0; i < 3000; i++)
        seen[case_run(&state, i)]++;
    printf("# %u refused, %u without, %u with a liquidation price\n", seen[0], seen[1], seen[2]);
    assert_true(seen[1] > 50 && seen[2] > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_single_positions)};
    return cmocka_run_group_tests_name("engine trigger", tests, NULL, NULL);
}
