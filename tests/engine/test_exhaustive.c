/* test_exhaustive.c - every sequence of commands to a depth in a world of three accounts, one market and three prices
   (TigerBeetle's exhaustigen is the model). After every command everything that must hold is asked.

   A state that was reached before with as many commands left is not entered again: what follows it is known. The
   states' header (sequence number, chain, serials) does not take part in that comparison. */
#include "small_venue.h"
#include "witness.h"

#include "engine/state.h"

enum { DEPTH_MOST = 12, SEEN_BITS = 21 };

typedef struct action {
    uint8_t kind;                        /* bw_command_type */
    uint8_t a, b;                        /* accounts */
    int64_t amount, price;
} action;

static const action actions[] = {
    {BW_COMMAND_TRADE, 1, 2, 1, 10},   {BW_COMMAND_TRADE, 2, 1, 1, 10},  {BW_COMMAND_TRADE, 1, 3, 2, 10},
    {BW_COMMAND_TRADE, 3, 1, 2, 6},    {BW_COMMAND_TRADE, 2, 3, 3, 10},  {BW_COMMAND_TRADE, 3, 2, 1, 17},
    {BW_COMMAND_MARKS, 0, 0, 0, 6},    {BW_COMMAND_MARKS, 0, 0, 0, 10},  {BW_COMMAND_MARKS, 0, 0, 0, 17},
    {BW_COMMAND_FILL, 3, 0, 1, 6},     {BW_COMMAND_FILL, 2, 0, 1, 17},   {BW_COMMAND_END_ORDER, 0, 0, 0, 0},
    {BW_COMMAND_LIQUIDATE, 3, 0, 1, 6}, {BW_COMMAND_LIQUIDATE, 0, 0, 0, 0},
    {BW_COMMAND_WITHDRAW, 1, 0, 0, 0}, {BW_COMMAND_WITHDRAW, 3, 0, 0, 0}, {BW_COMMAND_DEPOSIT, 1, 0, 5, 0},
    {BW_COMMAND_FUND, 0, 0, 3, 0},     {BW_COMMAND_FUNDING, 0, 0, 300000000, 0}, {BW_COMMAND_SETTLE, 0, 0, 0, 0}};

enum { ACTIONS = sizeof actions / sizeof actions[0] };

typedef struct search {
    lab lab;
    witness seen;
    char *saved[DEPTH_MOST + 1];
    witness seen_saved[DEPTH_MOST + 1];
    uint64_t *known;                     /* hash of (state, commands left); 0: free */
    uint64_t steps, known_hits;
    double covered;
    char path[256];
} search;

/* -------------------------------------------------------------------------------------------------- commands */

static uint64_t live_order(const lab *l)
{
    for (uint64_t id = 1; id <= 3; id++) {
        bw_position_view view;
        if (bw_position_get(l->venue, id, 0, &view) && view.order)
            return view.order;
    }
    return 0;
}

static bw_status fill(lab *l, const action *a)
{
    bw_command_fill c = {SMALL_HEADER(fill, FILL, a->a), .order = live_order(l), .lots = a->amount, .price = a->price};
    return lab_send(l, &c.header);
}

static bw_status end_order(lab *l)
{
    bw_command_end_order c = {SMALL_HEADER(end_order, END_ORDER, 0), .order = live_order(l)};
    return lab_send(l, &c.header);
}

/* One offer of account a for lots that wait, or none. */
static bw_status liquidate(lab *l, const action *a)
{
    struct { bw_command_liquidate c; bw_offer offer; } m = {.c = {.count = a->a != 0}, .offer = {a->a, a->amount, a->price}};
    bw_position_view view;
    m.c.header = small_header(sizeof m.c + m.c.count * sizeof m.offer, BW_COMMAND_LIQUIDATE, 1);
    for (uint64_t id = 1; id <= 3; id++)
        if (bw_position_get(l->venue, id, 0, &view) && view.order)
            m.c.header.account = id;
    return lab_send(l, &m.c.header);
}

static bw_status settle(lab *l)
{
    bw_command_settle c = {SMALL_HEADER(settle, SETTLE, 0)};
    return lab_send(l, &c.header);
}

static bw_status act(lab *l, const action *a)
{
    switch (a->kind) {
    case BW_COMMAND_TRADE: return small_trade(l, a->a, a->b, a->amount, a->price);
    case BW_COMMAND_MARKS: return small_marks(l, 0, a->price);
    case BW_COMMAND_FILL: return fill(l, a);
    case BW_COMMAND_END_ORDER: return end_order(l);
    case BW_COMMAND_LIQUIDATE: return liquidate(l, a);
    case BW_COMMAND_WITHDRAW: return small_withdraw(l, a->a, small_view(l, a->a).withdrawable);
    case BW_COMMAND_DEPOSIT: return small_deposit(l, a->a, a->amount);
    case BW_COMMAND_FUND: return small_fund(l, BW_FUND_DEPOSIT, BW_NONE16, a->amount);
    case BW_COMMAND_FUNDING: return small_funding(l, 0, a->amount);
    default: return settle(l);
    }
}

/* ---------------------------------------------------------------------------------------------------- search */

/* True if the state was seen with as many commands left; else it is noted (while there is room). */
static bool is_known(search *s, uint32_t left)
{
    const char *records = (const char *)s->lab.memory + sizeof(bw_venue);
    uint64_t key = bw_hash64(records, s->lab.persistent - sizeof(bw_venue), left) | 1u;
    for (uint64_t i = key >> 1, tries = 0; tries < 64; i++, tries++) {
        uint64_t *slot = &s->known[i & ((1u << SEEN_BITS) - 1u)];
        if (*slot == key)
            return true;
        if (*slot == 0) {
            *slot = key;
            return false;
        }
    }
    return false;
}

/* All that can follow the present state; returns how many sequences that is. */
static double explore(search *s, uint32_t left, size_t at)
{
    double sequences = 0;
    if (left == 0)
        return 1;
    memcpy(s->saved[left], s->lab.memory, s->lab.footprint);
    s->seen_saved[left] = s->seen;
    for (uint32_t i = 0; i < ACTIONS; i++) {
        snprintf(s->path + at, sizeof s->path - at, " %u", i);
        lab_says("sequence%s (%s)", s->path, bw_command_word(actions[i].kind));
        bw_status status = act(&s->lab, &actions[i]);
        s->steps++;
        double below = 1;
        for (uint32_t k = 1; k < left; k++)
            below *= ACTIONS;
        if (status == BW_OK) {
            bw_command command = {.type = actions[i].kind};
            witness_command(&s->seen, &s->lab, &command, status);
            if (is_known(s, left - 1))
                s->known_hits++;
            else
                below = explore(s, left - 1, strlen(s->path));
        }
        sequences += below;              /* after a refusal the rest is what another branch of this node covers */
        memcpy(s->lab.memory, s->saved[left], s->lab.footprint);
        memcpy(s->seen.dust, s->seen_saved[left].dust, sizeof s->seen.dust);
        memcpy(s->seen.claim, s->seen_saved[left].claim, sizeof s->seen.claim);
    }
    s->path[at] = 0;
    return sequences;
}

/* --------------------------------------------------------------------------------------------------- variants */

static const struct {
    const char *name;
    uint8_t quantity[3];
    uint8_t kinds[6];
    uint8_t base, price;
    uint32_t gap_ppm;
    uint8_t rounding;
    uint8_t sync, sync_adl, penalty_first;
    uint32_t penalty_ppm;
} variants[] = {
    {"default", {BW_QUANTITY_ADL}, {BW_LAYER_FUND, BW_LAYER_DELEVERAGED, BW_LAYER_HAIRCUT, BW_LAYER_CARRYOVER},
     0, 0, 0, 0, 0, 0, 0, 0},
    {"book", {BW_QUANTITY_BOOK, BW_QUANTITY_ADL}, {BW_LAYER_FUND, BW_LAYER_HAIRCUT, BW_LAYER_CARRYOVER},
     BW_BASE_EQUITY, 0, 200000, BW_ROUNDING_RATIO16, 0, 0, 0, 0},
    {"shared fund, gains", {BW_QUANTITY_BOOK, BW_QUANTITY_ADL}, {BW_LAYER_SHARED_FUND, BW_LAYER_HAIRCUT, BW_LAYER_CARRYOVER},
     BW_BASE_PERIOD_GAINS, 0, 1000000, BW_ROUNDING_CEIL_CARRY, 0, 0, 0, 0},
    {"split, size", {BW_QUANTITY_ADL}, {BW_LAYER_DELEVERAGED, BW_LAYER_HAIRCUT, BW_LAYER_FUND, BW_LAYER_CARRYOVER}, BW_BASE_SIZE,
     BW_ADL_PRICE_SPLIT, 0, BW_ROUNDING_FLOOR_FUND, 0, 0, 0, 0},
    {"sync", {BW_QUANTITY_BOOK, BW_QUANTITY_ADL}, {BW_LAYER_FUND, BW_LAYER_DELEVERAGED, BW_LAYER_CARRYOVER}, 0, 0, 0, 0,
     BW_BOOK_SYNC, BW_SYNC_ADL_ALWAYS, 0, 0},
    {"sync when bankrupt, penalty", {BW_QUANTITY_BOOK, BW_QUANTITY_ADL}, {BW_LAYER_FUND, BW_LAYER_HAIRCUT, BW_LAYER_CARRYOVER},
     0, 0, 0, 0, BW_BOOK_SYNC, BW_SYNC_ADL_WHEN_BANKRUPT, 1, 300000},
};

static void settings(bw_command_pool *c, uint32_t v)
{
    memcpy(c->quantity, variants[v].quantity, sizeof c->quantity);
    c->money_count = 0;
    for (uint32_t k = 0; k == 0 || c->money[k - 1].kind != BW_LAYER_CARRYOVER; k++) {
        bool pool = variants[v].base == BW_BASE_EQUITY || variants[v].base == BW_BASE_PERIOD_GAINS;
        c->money[k] = (bw_money_layer){.kind = variants[v].kinds[k], .rule = BW_RULE_CAPPED_PRO_RATA};
        if (c->money[k].kind >= BW_LAYER_DELEVERAGED)
            c->money[k].rounding = variants[v].rounding;
        if (c->money[k].kind == BW_LAYER_DELEVERAGED)
            c->money[k].price = variants[v].price;
        if (c->money[k].kind == BW_LAYER_HAIRCUT) {
            c->money[k].base = variants[v].base;
            c->money[k].scope = pool ? BW_SCOPE_POOL : BW_SCOPE_MARKET;
            c->money[k].fraction_ppm = 1000000;
        }
        c->money_count++;
    }
    c->order_gap_ppm = variants[v].gap_ppm;
    c->book_mode = variants[v].sync;
    c->sync_adl = variants[v].sync_adl;
    c->penalty_ppm = variants[v].penalty_ppm;
    c->penalty_first = variants[v].penalty_first;
    c->liquidation_fee_ppm = 10000;
    c->refund_share_ppm = 500000;
    c->order_life_ns = 1000;
}

static void begin(search *s, uint32_t v)
{
    static const bw_bracket brackets[] = {{0, 200000, 100000}};
    bw_command_pool pool = small_pool_settings();
    bw_command_market market = small_market_settings(BW_MARKET_LINEAR, 1, 20);
    bw_limits limits = small_limits;
    limits.markets = 1;
    limits.accounts = 3;
    limits.positions = 6;
    limits.holdings = limits.collaterals = limits.desks = 0;
    limits.orders = 4;
    limits.trigger_bits = 2;
    market.funded = 1;
    settings(&pool, v);
    small_begin(&s->lab, &limits, &pool);
    small_market(&s->lab, &market, brackets, 1, 10);
    for (uint64_t id = 1; id <= 3; id++) {
        small_account(&s->lab, id);
        small_deposit(&s->lab, id, 3 + (int64_t)id * 3);
    }
}

static void variant_run(uint32_t v, uint32_t depth)
{
    static search s;
    s = (search){0};
    s.known = calloc((size_t)1 << SEEN_BITS, sizeof *s.known);
    assert_non_null(s.known);
    begin(&s, v);
    for (uint32_t k = 0; k <= depth; k++)
        s.saved[k] = aligned_alloc(64, s.lab.footprint);
    s.covered = explore(&s, depth, 0);
    printf("# %s: every sequence of %u commands out of %u: %.0f, by %llu commands, %llu known states\n", variants[v].name,
           depth, ACTIONS, s.covered, (unsigned long long)s.steps, (unsigned long long)s.known_hits);
    witness_say(&s.seen);
    for (uint32_t k = 0; k <= depth; k++)
        free(s.saved[k]);
    free(s.known);
    lab_free(&s.lab);
}

static void test_all_sequences(void **state)
{
    (void)state;
    const char *text = getenv("BW_DEPTH");
    uint32_t depth = text ? (uint32_t)strtoul(text, NULL, 0) : 5;
    for (uint32_t v = 0; v < sizeof variants / sizeof variants[0]; v++)
        variant_run(v, depth > DEPTH_MOST ? DEPTH_MOST : depth);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all_sequences)};
    return cmocka_run_group_tests_name("engine exhaustive", tests, NULL, NULL);
}
