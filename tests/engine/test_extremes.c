/* test_extremes.c - the limits of R1: one market that fills the envelope of 2^62, sizes up to 2^53, prices up to 2^40, money up to
   2^60, with funding and indexes together. After every command all invariants are asked (no sum or product may leave its type:
   the sanitizers and the checked products of money/wide.h watch).

   BW_WORLDS: how many; BW_SEED: others; BW_WORLD: only this one. */
#include "small_venue.h"

#include "engine/state.h"

enum { PEOPLE = 6, COMMANDS = 150, MONEY_BITS = 60 };

typedef struct extreme {
    lab lab;
    uint64_t random, raised, met, gaps, seed;
    int64_t price_max, lots_max, mark;
} extreme;

static int64_t below(extreme *e, int64_t bound)
{
    return (int64_t)check_random_below(&e->random, (uint64_t)bound);
}

static int64_t magnitude(extreme *e, int64_t most)
{
    int64_t top = most >> below(e, 62);
    return 1 + below(e, top > 0 ? top : 1);
}

static bw_command_pool pool_settings(extreme *e)
{
    static const uint8_t bases[2] = {BW_BASE_SIZE, BW_BASE_BALANCE};
    bw_command_pool c = small_pool_settings();
    c.quantity[0] = BW_QUANTITY_ADL;
    c.penalty_ppm = below(e, 3) ? 0 : (uint32_t)below(e, 1000);
    c.refund_share_ppm = 1000000;
    c.withdraw_mode = (uint8_t)below(e, BW_WITHDRAW_MODES);
    c.money_count = 0;
    for (uint32_t n = 0; n < 2; n++)
        c.money[c.money_count++] = (bw_money_layer){
            .kind = BW_LAYER_HAIRCUT, .apply = BW_APPLY_INDEX, .base = bases[(n + e->seed) % 2], .step = (uint8_t)below(e, BW_STEPS),
            .scope = bases[(n + e->seed) % 2] == BW_BASE_BALANCE ? BW_SCOPE_POOL : BW_SCOPE_MARKET, .rule = BW_RULE_CAPPED_PRO_RATA,
            .side = bases[(n + e->seed) % 2] == BW_BASE_BALANCE ? BW_SIDE_OPPOSING : (uint8_t)below(e, 2), .fraction_ppm = 1000000};
    c.money[c.money_count++] = (bw_money_layer){.kind = BW_LAYER_CARRYOVER};
    return c;
}

/* tick value x price x lots just below 2^62. */
static bw_command_market market_settings(extreme *e)
{
    bool inverse = below(e, 4) == 0;
    int64_t price_bits = 1 + below(e, 40), factor_bits = below(e, 62 - price_bits);
    int64_t price_max = (int64_t)1 << price_bits, factor = (int64_t)1 << factor_bits;
    if (inverse)
        factor = (int64_t)1 << (price_bits + below(e, 62 - price_bits));
    bw_command_market c = small_market_settings(inverse ? BW_MARKET_INVERSE : BW_MARKET_LINEAR, factor, price_max);
    int64_t lots = ((INT64_C(1) << 62) - 1) / factor / (inverse ? 1 : price_max);
    c.open_interest_max = lots < 1 ? 1 : lots < BW_SIZE_MAX ? lots : BW_SIZE_MAX;
    c.funded = (uint8_t)below(e, 2);
    e->price_max = price_max;
    e->lots_max = c.open_interest_max;
    return c;
}

static void extreme_new(extreme *e, uint64_t seed)
{
    bw_limits limits = small_limits;
    limits.indexed = 1;
    limits.work_max = seed % 3 ? 4096 : 1;
    limits.split = (uint32_t)(seed % 3);
    e->seed = seed;
    e->random = seed * 977;
    bw_command_pool pool = pool_settings(e);
    bw_command_market market = market_settings(e);
    bw_bracket bracket = {0, (uint32_t)below(e, 20000), 0};
    bracket.mmr_ppm = bracket.imr_ppm / 2;
    e->mark = 1 + below(e, e->price_max);
    small_begin(&e->lab, &limits, &pool);
    small_market(&e->lab, &market, &bracket, 1, e->mark);
    for (uint64_t id = 1; id <= PEOPLE; id++) {
        small_account(&e->lab, id);
        small_deposit(&e->lab, id, magnitude(e, (INT64_C(1) << MONEY_BITS) / PEOPLE));
    }
}

static bw_status end_send(extreme *e, bw_command_type type)
{
    bw_command_settle c = {SMALL_HEADER(settle, SETTLE, 0)};
    c.header.type = (uint16_t)type;
    return lab_send(&e->lab, &c.header);
}

static void command_send(extreme *e)
{
    uint64_t a = 1 + (uint64_t)below(e, PEOPLE), b = 1 + (a + (uint64_t)below(e, PEOPLE - 1)) % PEOPLE;
    switch (below(e, 12)) {
    case 0: case 1: case 2: case 3:
        small_trade(&e->lab, a, b, magnitude(e, e->lots_max), below(e, 4) ? e->mark : 1 + below(e, e->price_max));
        break;
    case 4: case 5: case 6: {
        int64_t step = magnitude(e, e->mark), price = below(e, 2) ? e->mark + step : e->mark - step;
        e->mark = price < 1 ? 1 : price > e->price_max ? e->price_max : price;
        small_marks(&e->lab, 0, e->mark);
        break;
    }
    case 7: small_funding(&e->lab, 0, below(e, 2) ? magnitude(e, 999999999) : -magnitude(e, 999999999)); break;
    case 8: small_withdraw(&e->lab, a, small_view(&e->lab, a).withdrawable); break;
    case 9: small_deposit(&e->lab, a, magnitude(e, INT64_C(1) << (MONEY_BITS - 2))); break;
    case 10: small_fund(&e->lab, BW_FUND_DEPOSIT, BW_NONE16, magnitude(e, INT64_C(1) << (MONEY_BITS - 6))); break;
    default: end_send(e, below(e, 2) ? BW_COMMAND_TOUCH : BW_COMMAND_SETTLE); break;
    }
}

static void world_run(extreme *e, uint64_t seed)
{
    extreme_new(e, seed);
    for (uint32_t n = 0; n < COMMANDS; n++) {
        uint64_t where = 0;
        lab_says("BW_WORLD=%llu command %u", (unsigned long long)seed, n);
        if (n == COMMANDS - 1) {
            bw_command_expire c = {SMALL_HEADER(expire, EXPIRE, 0), .price = e->mark};
            lab_send(&e->lab, &c.header);
        } else
            command_send(e);
        uint32_t broken = bw_venue_valid(e->lab.venue, &where);
        lab_check(broken == 0, "I%u does not hold at %llu", broken, (unsigned long long)where);
        for (uint32_t i = 0; i < e->lab.count; i++) {
            const bw_event *event = e->lab.events + i;
            e->raised += event->type == BW_EVENT_INDEXED;
            e->met += event->type == BW_EVENT_CHARGED && event->charged.cap == 0;
            e->gaps += event->type == BW_EVENT_LOSS;
        }
    }
    lab_free(&e->lab);
}

static void test_worlds(void **state)
{
    (void)state;
    static extreme e;
    const char *text = getenv("BW_WORLDS"), *one = getenv("BW_WORLD");
    uint64_t seed = check_seed(), worlds = text ? strtoull(text, NULL, 0) : 300;
    if (one)
        world_run(&e, strtoull(one, NULL, 0));
    for (uint64_t i = 0; !one && i < worlds; i++)
        world_run(&e, seed * 1000 + i);
    printf("# losses %llu, indexes raised %llu times, holders met %llu times\n", (unsigned long long)e.gaps,
           (unsigned long long)e.raised, (unsigned long long)e.met);
    assert_true(one || (e.gaps > worlds / 4 && e.raised > worlds / 4 && e.met > worlds / 4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_worlds)};
    return cmocka_run_group_tests_name("engine extremes", tests, NULL, NULL);
}
