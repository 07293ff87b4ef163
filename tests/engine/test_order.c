/* test_order.c - what must not matter: the order of entries in a batch of marks, and the names of accounts (R21).

   A stream is played on two venues side by side, the second gets every command changed: entries permuted, or ids
   renamed. Queues by tied ranks are decided by ids, so renamed worlds allocate in proportion; roundings that end in
   an order of ids stay, with a tolerance of their own. */
#include "random_world.h"
#include "witness.h"

#include "engine/state.h"

typedef struct run {
    lab labs[2];
    world world;
    uint64_t command, compared, apart;
    uint64_t (*rename)(uint64_t id);
    bool stopped;                      /* the two worlds have come apart by a unit: what follows may differ more */
} run;

/* ------------------------------------------------------------------------------------------------- permuted */

static void permute(world *w, const bw_command *command, world_command *other)
{
    memcpy(other, command, command->size);
    if (command->type != BW_COMMAND_MARKS || command->size < sizeof(bw_command_marks))
        return;
    bw_command_marks *c = &other->marks;
    uint64_t state = w->counter;
    if (command->size != sizeof *c + c->count * sizeof(bw_mark))
        return;
    for (uint32_t i = c->count; i > 1; i--) {
        uint32_t j = (uint32_t)check_random_below(&state, i);
        bw_mark mark = c->marks[i - 1];
        c->marks[i - 1] = c->marks[j];
        c->marks[j] = mark;
    }
}

static uint32_t first_after_marks(const lab *l)
{
    uint32_t i = 0;
    while (i < l->count && l->events[i].type == BW_EVENT_MARKED)
        i++;
    return i;
}

static void permuted_compare(const run *r)
{
    const lab *a = &r->labs[0], *b = &r->labs[1];
    uint32_t marks = first_after_marks(a);
    lab_check(a->count == b->count && marks == first_after_marks(b), "%u events, not %u", b->count, a->count);
    for (uint32_t i = marks; i < a->count; i++)
        lab_check(memcmp(a->events + i, b->events + i, sizeof(bw_event)) == 0, "event %u differs", i);
}

/* The states are the same but for the chain of hashes, which knows the order. */
static void permuted_states(const run *r)
{
    bw_venue *a = r->labs[0].memory, *b = r->labs[1].memory;
    bw_hash chain = b->chain;
    b->chain = a->chain;
    lab_check(memcmp(a, b, r->labs[0].persistent) == 0, "the states differ");
    b->chain = chain;
}

static void send_permuted(void *context, const bw_command *command)
{
    static world_command other;
    run *r = context;
    lab_says("seed %llu command %llu (%s)", (unsigned long long)r->world.seed, (unsigned long long)r->command++,
             bw_command_word(command->type));
    permute(&r->world, command, &other);
    bw_status a = lab_send(&r->labs[0], command), b = lab_send(&r->labs[1], &other.header);
    lab_check((a > BW_MORE) == (b > BW_MORE), "%s, not %s", bw_status_word(b), bw_status_word(a));
    permuted_compare(r);
    if (a == BW_OK)
        permuted_states(r);
    world_observe(&r->world, r->labs[0].events, r->labs[0].count);
}

/* -------------------------------------------------------------------------------------------------- renamed */

static uint64_t order_kept(uint64_t id)
{
    return id * 3u + 1000u;
}

static uint64_t order_reversed(uint64_t id)
{
    return id ? 1000000u - id : 0;
}

static uint64_t order_lost(uint64_t id)
{
    return id ? (id * UINT64_C(0x9e3779b97f4a7c15)) >> 1 : 0;
}

/* Rules that end in an order of ids for ties give way to shares. */
static void untie(bw_command_pool *c)
{
    for (uint32_t k = 0; k < c->money_count && k < BW_MONEY_LAYERS; k++)
        if (c->money[k].rule == BW_RULE_QUEUE)
            c->money[k].rule = BW_RULE_CAPPED_PRO_RATA;
    if (c->adl_rule == BW_RULE_QUEUE)
        c->adl_score = BW_SCORE_VISIT_ORDER;
}

static void rename_trade(const run *r, bw_trade *t)
{
    t->buyer = r->rename(t->buyer);
    t->seller = r->rename(t->seller);
}

static void rename_command(const run *r, world_command *c)
{
    if (c->header.account)
        c->header.account = r->rename(c->header.account);
    if (c->header.type == BW_COMMAND_TRADE)
        rename_trade(r, &c->trade.trade);
    if (c->header.type == BW_COMMAND_TRANSFER)
        c->transfer.to = r->rename(c->transfer.to);
    if (c->header.type == BW_COMMAND_LIQUIDATE)
        for (uint32_t i = 0; i < c->liquidate.count; i++)
            c->liquidate.offers[i].taker = r->rename(c->liquidate.offers[i].taker);
    if (c->header.type == BW_COMMAND_TRADES)
        for (uint32_t i = 0; i < c->trades.count; i++)
            rename_trade(r, &c->trades.trades[i]);
}

static bool within(int64_t a, int64_t b, int64_t units)
{
    return a - b <= units && b - a <= units;
}

/* By how much one charge may differ, by the roundings of the pool (R16): a unit; where the excess goes back by id, all of it:
   a unit a payer, and with a ratio of 16 decimals what its error of 2^-54 makes of the largest weight. */
static int64_t charge_units(const lab *l, uint16_t pool)
{
    const bw_command_pool *c = &bw_pool_at(l->venue, pool)->settings;
    bool by_id = c->clawback.rounding == BW_ROUNDING_FLOOR_LAST || c->clawback.rounding == BW_ROUNDING_RATIO16;
    for (uint32_t k = 0; k < c->money_count; k++)
        by_id |= c->money[k].rounding == BW_ROUNDING_FLOOR_LAST || c->money[k].rounding == BW_ROUNDING_RATIO16;
    int64_t weight = 0;
    for (uint32_t i = 0; i < l->count; i++)
        if (l->events[i].type == BW_EVENT_CHARGED && l->events[i].charged.weight > weight)
            weight = l->events[i].charged.weight;
    return by_id ? (int64_t)l->venue->account_count * (1 + (weight >> 53)) : 1;
}

/* Charges may differ by `units`, closes by a lot per allocation, layers by a unit; types and accounts are the same where
   nothing was given to nobody, so worlds that came apart are left. */
static void charge_compare(const bw_event *a, const bw_event *b, int64_t units)
{
    if (a->type == BW_EVENT_CHARGED)
        lab_check(within(a->charged.charge, b->charged.charge, units) && a->charged.weight == b->charged.weight,
                  "charge %lld, not %lld", (long long)b->charged.charge, (long long)a->charged.charge);
    if (a->type == BW_EVENT_LEG && !a->leg.closing)
        lab_check(within(a->leg.lots, b->leg.lots, 1), "lots %lld, not %lld", (long long)b->leg.lots, (long long)a->leg.lots);
    if (a->type == BW_EVENT_LOSS)
        for (int layer = 0; layer < BW_LAYERS; layer++)
            lab_check(within(a->loss.paid[layer], b->loss.paid[layer], 1), "layer %d: %lld, not %lld", layer,
                      (long long)b->loss.paid[layer], (long long)a->loss.paid[layer]);
}

static bool same_values(const bw_event *a, const bw_event *b)
{
    if (a->type == BW_EVENT_CONFIGURED || a->type == BW_EVENT_ACCOUNT || a->type == BW_EVENT_POSTED)
        return true;                     /* hashes and reasons name accounts */
    if (a->type == BW_EVENT_LOSS)
        return memcmp(a->loss.paid, b->loss.paid, sizeof a->loss.paid) == 0;
    return memcmp(a->values, b->values, sizeof a->values) == 0;
}

static void renamed_compare(run *r)
{
    const lab *a = &r->labs[0], *b = &r->labs[1];
    for (uint32_t i = 0; i < a->count && i < b->count && !r->stopped; i++) {
        const bw_event *x = a->events + i, *y = b->events + i;
        if (x->type != y->type || r->rename(x->account) != y->account) {
            r->stopped = true;           /* a unit went to another account, which has an event of its own */
            return;
        }
        r->compared++;
        if (!same_values(x, y)) {
            charge_compare(x, y, x->type == BW_EVENT_CHARGED ? charge_units(a, x->pool) : 1);
            r->stopped = true;
        }
    }
    lab_check(r->stopped || a->count == b->count, "%u events, not %u", b->count, a->count);
}

/* What a lot is worth at most: an account that gives a lot more pays for a lot more. */
static int64_t lot_value(const bw_venue *venue)
{
    bw_market_view m;
    int64_t most = 0;
    for (uint16_t market = 0; bw_market_get(venue, market, &m); market++) {
        int64_t value = m.kind == BW_MARKET_LINEAR ? m.mark * m.tick_value : m.mark ? m.tick_value / m.mark + 1 : 0;
        most = value > most ? value : most;
    }
    return most;
}

/* The first command that differs: every account's equity differs by less than a unit or lot for each allocation. */
static void apart_compare(run *r)
{
    bw_venue_view venue;
    int64_t allocations = 2, units = 1;
    for (uint16_t pool = 0; pool < r->labs[0].venue->pool_count; pool++) {
        int64_t own = charge_units(&r->labs[0], pool);
        units = own > units ? own : units;
    }
    for (uint32_t i = 0; i < r->labs[0].count; i++)
        allocations += r->labs[0].events[i].type == BW_EVENT_LOSS || r->labs[0].events[i].type == BW_EVENT_LEG ||
                       r->labs[0].events[i].type == BW_EVENT_ATTRIBUTED;
    int64_t tolerance = allocations * (7 + units + lot_value(r->labs[0].venue));
    bw_venue_get(r->labs[0].venue, &venue);
    for (uint32_t n = 0; n < venue.accounts; n++) {
        bw_account_view a, b;
        bw_account_get(r->labs[0].venue, bw_account_id(r->labs[0].venue, n), &a);
        bw_account_get(r->labs[1].venue, bw_account_id(r->labs[1].venue, n), &b);
        lab_check(within(a.equity, b.equity, tolerance), "account number %u: equity %lld, not %lld", n,
                  (long long)b.equity, (long long)a.equity);
    }
    r->apart++;
}

static void send_renamed(void *context, const bw_command *command)
{
    static world_command own, other;
    run *r = context;
    if (r->stopped)
        return;
    lab_says("seed %llu command %llu (%s)", (unsigned long long)r->world.seed, (unsigned long long)r->command++,
             bw_command_word(command->type));
    memcpy(&own, command, command->size);
    if (command->type == BW_COMMAND_POOL)
        untie(&own.pool);
    memcpy(&other, &own, command->size);
    rename_command(r, &other);
    bw_status a = lab_send(&r->labs[0], &own.header), b = lab_send(&r->labs[1], &other.header);
    lab_check(a == b, "%s, not %s", bw_status_word(b), bw_status_word(a));
    renamed_compare(r);
    if (r->stopped)
        apart_compare(r);
    world_observe(&r->world, r->labs[0].events, r->labs[0].count);
}

/* ------------------------------------------------------------------------------------------------------ runs */

static void world_run(run *r, uint64_t seed, world_send *send, uint32_t commands)
{
    static world_command c;
    world_new(&r->world, seed);
    r->world.wild = false;
    r->command = 0;
    r->stopped = false;
    for (int i = 0; i < 2; i++)
        lab_new(&r->labs[i], &r->world.limits);
    world_setup(&r->world, send, r);
    for (uint32_t i = 0; i < commands && !r->stopped; i++)
        send(r, world_next(&r->world, r->labs[0].venue, &c));
    for (int i = 0; i < 2; i++)
        lab_free(&r->labs[i]);
}

static void test_permuted(void **state)
{
    (void)state;
    static run r;
    uint64_t seed = check_seed();
    for (uint64_t i = 0; i < 60; i++)
        world_run(&r, seed * 1000 + 700 + i, send_permuted, 250);
}

static void test_renamed(void **state)
{
    (void)state;
    static run r;
    static uint64_t (*const renames[])(uint64_t) = {order_kept, order_reversed, order_lost};
    uint64_t seed = check_seed();
    for (uint64_t i = 0; i < 120; i++) {
        r.rename = renames[i % 3];
        world_run(&r, seed * 1000 + 800 + i / 3, send_renamed, 250);
    }
    printf("# %llu events compared; %llu worlds came apart by a unit\n", (unsigned long long)r.compared,
           (unsigned long long)r.apart);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_permuted), cmocka_unit_test(test_renamed)};
    return cmocka_run_group_tests_name("engine order", tests, NULL, NULL);
}
