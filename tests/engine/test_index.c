/* test_index.c - haircuts by index (R15): touching a holder never, now and then, or after every command comes to the same, to
   the unit; and so does every order of touches in a small market. */
#include "random_world.h"
#include "small_venue.h"
#include "witness.h"

#include "engine/account.h"
#include "engine/index.h"

/* ---------------------------------------------------------------------------------------------------------- twins */

enum { WORLDS = 120, COMMANDS = 250, NEVER = 0, SOMETIMES, ALWAYS, TWINS };

typedef struct run {
    lab labs[TWINS];
    world world;
    uint64_t touch, command, met, raised;
} run;

/* Meets what an account owes, as any command that changes it would. */
static void meet(lab *l, uint32_t account)
{
    bw_writer writer = {.venue = l->venue, .events = l->buffer};
    const bw_hot *hot = bw_hot_at(l->venue, account);
    for (uint32_t p = hot->extent; p < hot->extent + hot->count; p++)
        bw_position_meet(&writer, p);
    bw_balance_meet(&writer, account);
}

static void meet_some(run *r, uint32_t twin)
{
    lab *l = &r->labs[twin];
    for (uint32_t a = 0; a < l->venue->account_count; a++)
        if (twin == ALWAYS || check_random_below(&r->touch, 4) == 0)
            meet(l, a);
}

static bool is_met(const bw_event *e)
{
    return e->type == BW_EVENT_CHARGED && e->charged.cap == 0;
}

/* The next event from *n on that does not say that somebody was met. */
static const bw_event *next_event(const lab *l, uint32_t *n)
{
    while (*n < l->count && is_met(l->events + *n))
        ++*n;
    return *n < l->count ? l->events + (*n)++ : NULL;
}

/* Claims are given when somebody is met, so they differ until then. */
static bw_event without_claim(const bw_event *event)
{
    bw_event e = *event;
    e.index = 0;
    e.cause = 0;
    if (e.type == BW_EVENT_CHARGED)
        e.charged.claim = 0;
    if (e.type == BW_EVENT_RATED)
        e.rated.claim = 0;
    return e;
}

static void events_compare(const run *r, uint32_t twin)
{
    const lab *a = &r->labs[NEVER], *b = &r->labs[twin];
    for (uint32_t n = 0, m = 0;;) {
        const bw_event *first = next_event(a, &n), *second = next_event(b, &m);
        lab_check((first == NULL) == (second == NULL), "twin %u: one event more", twin);
        if (first == NULL)
            return;
        bw_event one = without_claim(first), other = without_claim(second);
        lab_check(memcmp(&one, &other, sizeof one) == 0, "twin %u: event %u (%s) differs", twin, n - 1,
                  bw_event_word(first->type));
    }
}

static int64_t owed_by(const lab *l, const bw_account_view *account, uint32_t markets)
{
    int64_t sum = account->owed;
    for (uint16_t market = 0; market < markets; market++) {
        bw_position_view held = {0};
        if (bw_position_get(l->venue, account->id, market, &held))
            sum += held.owed;
    }
    return sum;
}

static void accounts_compare(const run *r, uint32_t twin)
{
    const lab *labs[2] = {&r->labs[NEVER], &r->labs[twin]};
    bw_venue_view venue;
    bw_venue_get(labs[0]->venue, &venue);
    for (uint32_t n = 0; n < venue.accounts; n++) {
        bw_account_view view[2];
        for (uint32_t i = 0; i < 2; i++) {
            bw_account_get(labs[i]->venue, bw_account_id(labs[i]->venue, n), &view[i]);
            view[i].claim += owed_by(labs[i], &view[i], venue.markets);
            view[i].owed = 0;
        }
        lab_check(memcmp(&view[0], &view[1], sizeof view[0]) == 0, "twin %u: account %llu: equity %lld, %lld; claim %lld, %lld",
                  twin, (unsigned long long)view[0].id, (long long)view[0].equity, (long long)view[1].equity,
                  (long long)view[0].claim, (long long)view[1].claim);
    }
}

static bw_status twin_send(run *r, uint32_t twin, const bw_command *command)
{
    lab *l = &r->labs[twin];
    uint64_t where = 0;
    if (twin != NEVER)
        meet_some(r, twin);
    bw_status status = lab_send(l, command);
    uint32_t broken = bw_venue_valid(l->venue, &where);
    lab_check(broken == 0, "twin %u: I%u does not hold at %llu", twin, broken, (unsigned long long)where);
    for (uint32_t i = 0; i < l->count; i++) {
        r->met += is_met(l->events + i);
        r->raised += twin == NEVER && l->events[i].type == BW_EVENT_INDEXED;
    }
    return status;
}

static void command_send(void *context, const bw_command *command)
{
    run *r = context;
    lab_says("seed %llu command %llu (%s)", (unsigned long long)r->world.seed, (unsigned long long)r->command++,
             bw_command_word(command->type));
    bw_status first = twin_send(r, NEVER, command);
    for (uint32_t twin = 1; twin < TWINS; twin++) {
        bw_status status = twin_send(r, twin, command);
        lab_check(status == first, "twin %u: %s, not %s", twin, bw_status_word(status), bw_status_word(first));
        events_compare(r, twin);
        accounts_compare(r, twin);
    }
    world_observe(&r->world, r->labs[0].events, r->labs[0].count);
}

static void world_run(run *r, uint64_t seed)
{
    static world_command c;
    world_new(&r->world, seed);
    r->world.limits.indexed = 1;
    r->touch = seed;
    r->command = 0;
    for (uint32_t twin = 0; twin < TWINS; twin++)
        lab_new(&r->labs[twin], &r->world.limits);
    world_setup(&r->world, command_send, r);
    for (uint32_t i = 0; i < COMMANDS; i++)
        command_send(r, world_next(&r->world, r->labs[0].venue, &c));
    for (uint32_t twin = 0; twin < TWINS; twin++)
        lab_free(&r->labs[twin]);
}

static void test_twins(void **state)
{
    (void)state;
    static run r;
    const char *text = getenv("BW_WORLDS");
    uint64_t seed = check_seed(), worlds = text ? strtoull(text, NULL, 0) : WORLDS;
    for (uint64_t i = 0; i < worlds; i++)
        world_run(&r, seed * 1000 + 700 + i);
    printf("# indexes raised %llu times, holders met %llu times\n", (unsigned long long)r.raised, (unsigned long long)r.met);
    assert_true(r.raised > 100 && r.met > 1000);
}

/* ------------------------------------------------------------------------------------------- every order of touches */

enum { HOLDERS = 3, DEPTH = 6, ACTIONS = HOLDERS + 2 };

typedef struct small {
    lab lab;
    int64_t lots[HOLDERS];
    uint64_t ids[HOLDERS];
} small;

/* A market that charges sizes by index: three shorts of 3, 5 and 7 lots against a long. */
static void small_new(small *s)
{
    static const int64_t lots[HOLDERS] = {3, 5, 7};
    bw_limits limits = small_limits;
    bw_command_pool pool = small_pool_settings();
    bw_command_market market = small_market_settings(BW_MARKET_LINEAR, 1000, 1 << 10);
    bw_bracket bracket = {0, 50000, 25000};
    limits.indexed = 1;
    pool.money[2] = (bw_money_layer){.kind = BW_LAYER_HAIRCUT, .base = BW_BASE_SIZE, .rule = BW_RULE_CAPPED_PRO_RATA,
                                     .fraction_ppm = 1000000, .apply = BW_APPLY_INDEX};
    small_begin(&s->lab, &limits, &pool);
    small_market(&s->lab, &market, &bracket, 1, 100);
    small_account(&s->lab, 1);
    small_deposit(&s->lab, 1, 1000000);
    for (uint32_t i = 0; i < HOLDERS; i++) {
        s->ids[i] = 10 + i;
        s->lots[i] = lots[i];
        small_account(&s->lab, s->ids[i]);
        small_deposit(&s->lab, s->ids[i], 1000000);
        assert_int_equal(small_trade(&s->lab, 1, s->ids[i], lots[i], 100), BW_OK);
    }
}

/* The index of the shorts rises by a third, or by three sevenths, of a unit. */
static int64_t index_raise(small *s, uint32_t action)
{
    bw_market *market = bw_market_at(s->lab.venue, 0);
    int64_t scale = (int64_t)1 << market->index_shift, step = action == HOLDERS ? scale / 3 : scale * 3 / 7;
    bw_market_cold_at(s->lab.venue, 0)->haircut[BW_SHORT].steps += step;
    market->charges |= BW_CHARGES_OWED;
    return step;
}

/* floor(lots x all steps / 2^shift) is what is met and owed together, whatever the order. */
static void order_check(small *s, const int64_t *balances, int64_t steps)
{
    uint32_t shift = bw_market_at(s->lab.venue, 0)->index_shift;
    for (uint32_t i = 0; i < HOLDERS; i++) {
        bw_position_view held = {0};
        bw_account_view view;
        bw_position_get(s->lab.venue, s->ids[i], 0, &held);
        bw_account_get(s->lab.venue, s->ids[i], &view);
        int64_t due = (int64_t)((__uint128_t)((uint64_t)s->lots[i]) * (uint64_t)steps >> shift);
        assert_int_equal(view.equity, balances[i] - due);
        assert_int_equal(view.claim + held.owed, due);
    }
}

static void test_orders(void **state)
{
    (void)state;
    static small s;
    small_new(&s);
    int64_t balances[HOLDERS];
    void *start = malloc(s.lab.footprint);
    uint32_t sequences = 1;
    memcpy(start, s.lab.memory, s.lab.footprint);
    for (uint32_t i = 0; i < HOLDERS; i++) {
        bw_account_view view;
        bw_account_get(s.lab.venue, s.ids[i], &view);
        balances[i] = view.equity;
    }
    for (uint32_t i = 0; i < DEPTH; i++)
        sequences *= ACTIONS;
    for (uint32_t n = 0; n < sequences; n++) {
        int64_t steps = 0;
        memcpy(s.lab.memory, start, s.lab.footprint);
        for (uint32_t i = 0, left = n; i < DEPTH; i++, left /= ACTIONS) {
            uint32_t action = left % ACTIONS;
            lab_says("sequence %u, step %u", n, i);
            if (action < HOLDERS)
                meet(&s.lab, action + 1);
            else
                steps += index_raise(&s, action);
            order_check(&s, balances, steps);
        }
    }
    free(start);
    lab_free(&s.lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_twins), cmocka_unit_test(test_orders)};
    return cmocka_run_group_tests_name("engine index", tests, NULL, NULL);
}
