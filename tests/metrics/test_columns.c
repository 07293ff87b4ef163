/* The columns of `compare`: a hand-made event with every figure by hand, hedges told as stories, random worlds against the
   plainest way of counting, and the table of docs/metrics.md against the list in the code. */
#include "engine/random_world.h"
#include "stream.h"
#include "story/memory_story.h"

static const bw_metrics_limits LIMITS = {.accounts = 16, .markets = 2, .pools = 1, .desks = 2, .batches = 8, .closes = 8,
                                         .owners = 16};
static const bw_metrics_facts FACTS = {.title = "t", .reproduce = "", .rules = "", .notes = "", .pools = stream_pools,
                                       .markets = stream_markets};

/* ---- by hand ---- */

static void charge(stream *s, uint64_t account, int64_t amount, int64_t profit, int64_t equity)
{
    stream_charge(s, account, BW_LAYER_HAIRCUT, amount);
    s->events[s->count - 1].charged.profit = profit;
    s->events[s->count - 1].charged.equity = equity;
}

static void taking(stream *s, uint64_t account, int64_t lots, int64_t value, int64_t size, int64_t cost, int64_t gain)
{
    stream_taking(s, account, 3, BW_VIA_PROFIT, lots, value, size, cost)->leg.balance_after = gain;
}

static void loss(stream *s, int64_t fund, int64_t deleveraged, int64_t haircut, int64_t carryover)
{
    bw_event *event = stream_event(s, BW_EVENT_LOSS, 0, 0);
    event->loss.gap = fund + deleveraged + haircut + carryover;
    event->loss.paid[BW_LAYER_FUND] = fund;
    event->loss.paid[BW_LAYER_DELEVERAGED] = deleveraged;
    event->loss.paid[BW_LAYER_HAIRCUT] = haircut;
    event->loss.paid[BW_LAYER_CARRYOVER] = carryover;
}

/* 10.0 s, mark 800: 2 is closed (short 20), 4 in part (2 of 10); 700 are lacking: fund 300, 2 pays 150 of its 1,000, 5 pays
   120 of 600 with a profit of 600, 6 pays 80 of 2,000 without one, 50 stay open.
   12.6 s, mark 850: 130 are lacking: 5 pays 100 (profit 130), 7 pays 10 (profit 590), the desk 20.
   17.0 s, mark 700. */
static void two_losses(stream *s)
{
    stream_batch(s, 100, 0, 800);
    taking(s, 2, 5, 4000, -20, -20000, 1000);
    taking(s, 2, 15, 12000, -15, -15000, 3000);
    taking(s, 4, 2, 1600, -10, -8500, 100);
    loss(s, 300, 150, 200, 50);
    charge(s, 2, 150, 4000, 850);
    charge(s, 5, 120, 600, 480);
    charge(s, 6, 80, 0, 1920);
    stream_event(s, BW_EVENT_ROUND, BW_NONE16, 0);
    stream_batch(s, 126, 0, 850);
    loss(s, 0, 0, 130, 0);
    charge(s, 5, 60, 130, 440);
    charge(s, 5, 40, 130, 400);
    charge(s, 7, 10, 590, 1000);
    charge(s, STREAM_DESK, 20, 900, 5000);
    stream_event(s, BW_EVENT_ROUND, BW_NONE16, 0);
    stream_batch(s, 170, 0, 700);
}

static void column(const bw_columns *columns, bw_column which, int64_t expected)
{
    if (!columns->exists[which] || columns->value[which] != expected)
        fail_msg("%s: %lld, expected %lld", bw_column_rows[which].id, (long long)columns->value[which],
                 (long long)expected);
}

static void every_column_by_hand(void **state)
{
    (void)state;
    stream s;
    stream_new(&s, &LIMITS);
    two_losses(&s);
    const bw_columns *c = &stream_finish(&s, &FACTS)->columns;
    column(c, BW_COL_GAP, 830);
    column(c, BW_COL_PAID_FUND, 300);
    column(c, BW_COL_PAID_SHARED_FUND, 0);
    column(c, BW_COL_PAID_DELEVERAGED, 150);
    column(c, BW_COL_PAID_HAIRCUT, 330);
    column(c, BW_COL_PAID_CARRYOVER, 50);
    column(c, BW_COL_ACCOUNTS_TOUCHED, 5);        /* 2 4 5 6 7; the desk is none */
    column(c, BW_COL_ADL_NOTIONAL, 17600);
    /* 2: charged 150; its 20 lots, 16,000 at 800, cost 17,000 at 850 (-1,000) and 14,000 at 700 (+2,000).
       4: 2 lots: 0, -100, +200. 5: 220. 6: 80. 7: 10. */
    column(c, BW_COL_TAKEN_MARK, 150 + 0 + 220 + 80 + 10);
    column(c, BW_COL_TAKEN_0S, 460);
    column(c, BW_COL_TAKEN_1S, 310);              /* 2 gained 850, 4 gained 100: they took nothing back from the others */
    column(c, BW_COL_TAKEN_5S, 2150 + 200 + 310);
    column(c, BW_COL_NEEDED, 830 - 300 - 20);     /* the fund's and the desk's are the venue's */
    column(c, BW_COL_OVERSHOOT, -50);             /* what stayed open */
    column(c, BW_COL_OVERSHOOT_1S, -200);
    column(c, BW_COL_OVERSHOOT_5S, 2150);
    column(c, BW_COL_LARGEST_FRACTION_EQUITY, 200000);   /* 120 of 600, and 60 + 40 of 500; 150 of 1,000 is less */
    column(c, BW_COL_LARGEST_FRACTION_POSITION, 1000000);
    column(c, BW_COL_TOP10_SHARE, 1000000);
    column(c, BW_COL_GINI, 380435);               /* 10 80 150 220: 3000 / 1840 - 5/4 */
    /* 2: 4,000, 3,850 left; 5: 600, 380; 7: 590, 580; 4: 100, 100; 6: 0, -80. 5 falls behind 7 */
    column(c, BW_COL_RANK_INVERSIONS, 100000);
    column(c, BW_COL_PTSR, INT64_C(1000000) * 3850 / 830);
    column(c, BW_COL_PMR, INT64_C(1000000) * (3850 + 380 + 580 + 100) / (4000 + 600 + 590 + 100));
    column(c, BW_COL_LOST_NOT_IN_PROFIT, 1);
    stream_free(&s);
}

static void finishing_twice_changes_nothing(void **state)
{
    (void)state;
    stream s;
    stream_new(&s, &LIMITS);
    stream_batch(&s, 100, 0, 800);
    taking(&s, 2, 20, 16000, -20, -20000, 4000);
    loss(&s, 0, 0, 10, 0);
    charge(&s, 2, 10, 4000, 100);
    bw_columns first = stream_finish(&s, &FACTS)->columns;
    bw_columns second = stream_finish(&s, &FACTS)->columns;
    assert_memory_equal(&first, &second, sizeof first);
    column(&first, BW_COL_TAKEN_5S, 10);          /* no later price: the last one */
    stream_batch(&s, 160, 0, 700);
    second = stream_finish(&s, &FACTS)->columns;
    column(&second, BW_COL_TAKEN_5S, 2010);
    column(&second, BW_COL_PTSR, 399000000);      /* 3,990 of 4,000 left, 10 lacking */
    stream_free(&s);
}

/* A ring of 8: more closes than that pass, a few at a time. */
static void closes_wait_in_a_ring(void **state)
{
    (void)state;
    stream s;
    bw_metrics_limits long_one = LIMITS;
    long_one.batches = 32;
    stream_new(&s, &long_one);
    for (int64_t round = 0; round < 9; round++) {
        stream_batch(&s, 100 + 60 * round, 0, 800);
        taking(&s, 2, 1, 800, -100, -100000, 200);
        taking(&s, 4, 1, 800, -100, -100000, 200);
        stream_batch(&s, 130 + 60 * round, 0, 790);
    }
    const bw_metrics_result *r = stream_finish(&s, &FACTS);
    assert_int_equal(r->lost_records, 0);
    column(&r->columns, BW_COL_TAKEN_0S, 0);
    column(&r->columns, BW_COL_TAKEN_1S, 18 * 10);   /* 3 s later each lot is bought back 10 cheaper */
    column(&r->columns, BW_COL_TAKEN_5S, 2 * 10);    /* after 6 s the price is 800 again; the last closes end at 790 */
    stream_free(&s);
}

/* Nobody charged: nothing to divide. Not asked for: nothing counted. */
static void what_does_not_exist(void **state)
{
    (void)state;
    stream s;
    stream_new(&s, &LIMITS);
    stream_batch(&s, 100, 0, 800);
    const bw_columns *c = &stream_finish(&s, &FACTS)->columns;
    assert_false(c->exists[BW_COL_PTSR] || c->exists[BW_COL_PMR] || c->exists[BW_COL_RANK_INVERSIONS] ||
                 c->exists[BW_COL_GINI] || c->exists[BW_COL_TOP10_SHARE]);
    assert_true(c->exists[BW_COL_HEDGE_DAMAGE] && c->exists[BW_COL_NEEDED]);
    stream_free(&s);
    bw_metrics_limits none = LIMITS;
    none.owners = 0;
    stream_new(&s, &none);
    two_losses(&s);
    c = &stream_finish(&s, &FACTS)->columns;
    assert_false(c->exists[BW_COL_HEDGE_DAMAGE] || c->exists[BW_COL_PTSR]);
    column(c, BW_COL_NEEDED, 510);
    stream_free(&s);
}

/* ---- hedges, as stories ---- */

static bw_metrics *story_metrics;

static void story_observe(void *context, const bw_story_observation *seen)
{
    memory_story *m = context;
    bw_metrics_add(story_metrics, bw_story_venue(m->story), seen->command, seen->events, seen->event_count);
    if (seen->command->type == BW_COMMAND_MARKS && seen->line == 5)
        bw_metrics_begin(story_metrics, bw_story_venue(m->story), seen->command->time_ns);
}

static bw_columns columns_of(const char *text)
{
    memory_story m = {.files = NULL};
    memory_file file = {"t", text, 0};
    bw_metrics_limits limits = {.accounts = 64, .markets = 16, .pools = 4, .desks = 8, .batches = 32, .closes = 64,
                                .owners = 64};
    bw_story_host host = {.context = &m, .memory = memory_story_memory, .open = memory_story_open,
                          .read = memory_story_read, .close = memory_story_close, .observe = story_observe};
    bw_story_options options = {.check = true};
    story_metrics = bw_metrics_new(memory_story_memory(&m, bw_metrics_footprint(&limits)), &limits);
    m.files = &file;
    m.file_count = 1;
    m.story = bw_story_new(memory_story_memory(&m, bw_story_footprint()), &host, &options);
    if (bw_story_run(m.story, "t") != BW_STORY_DONE)
        fail_msg("%s", bw_story_message(m.story));
    bw_metrics_market_facts markets[16] = {{.name = ""}};
    bw_metrics_pool_facts pools[4] = {{"", "", 0}};
    bw_metrics_facts facts = {.title = "", .reproduce = "", .rules = "", .notes = "", .pools = pools, .markets = markets};
    bw_columns columns = bw_metrics_finish(story_metrics, bw_story_venue(m.story), &facts)->columns;
    memory_story_free(&m);
    return columns;
}

#define WORLD                                                                                      \
    "asset   USDC decimals 2\n"                                                                    \
    "pool    main asset USDC quantity adl score pnl money deleveraged price mark | carryover\n"    \
    "market  A pool main tick 1 lot 1 underlying X brackets 0:0.1:0.05\n"                                    \
    "market  B pool main tick 1 lot 1 underlying X brackets 0:0.1:0.05\n"                                    \
    "mark    A 100 B 100\n"                                                                        \
    "account one owner olga\n"                                                                     \
    "account two owner olga\n"                                                                     \
    "deposit one 1000 USDC\n"                                                                      \
    "deposit two 1000 USDC\n"                                                                      \
    "deposit eva 1000 USDC\n"                                                                      \
    "deposit dan 15 USDC\n"

/* Olga is short 1 of A in one account and long 1 of it in another: net 0. Eva is short too, from 95. Dan, long 1, is bankrupt at 80: her
   short is closed, and she is net long 80. */
static void a_hedge_of_two_accounts(void **state)
{
    (void)state;
    bw_columns c = columns_of(WORLD
        "trade   A buy dan sell one 1 @ 100\n"
        "trade   A buy two sell eva 1 @ 95\n"
        "mark    A 80\n");
    column(&c, BW_COL_ADL_NOTIONAL, 8000);
    column(&c, BW_COL_HEDGE_DAMAGE, 8000);
}

/* The same across markets of one underlying: short A, long B. B stands at 110. Before: |80 - 110| = 30 short of A and long of
   B net 30 long; after: 110 long. */
static void a_hedge_of_two_markets(void **state)
{
    (void)state;
    bw_columns c = columns_of(WORLD
        "trade   A buy dan sell one 1 @ 100\n"
        "trade   B buy two sell eva 1 @ 100\n"
        "mark    A 80 B 110\n");
    column(&c, BW_COL_HEDGE_DAMAGE, 11000 - 3000);
}

/* Without the hedge ADL takes risk away: no damage. */
static void no_hedge_no_damage(void **state)
{
    (void)state;
    bw_columns c = columns_of(WORLD
        "trade   A buy dan sell one 1 @ 100\n"
        "mark    A 80\n");
    column(&c, BW_COL_ADL_NOTIONAL, 8000);
    column(&c, BW_COL_HEDGE_DAMAGE, 0);
}

/* ---- random worlds against the plainest way of counting ---- */

enum { RUNS = 60, COMMANDS = 300 };

/* Everything of one account, batch by batch. */
typedef struct {
    int64_t realised[COMMANDS + 2], profit[COMMANDS + 2], charged[COMMANDS + 2], round_charged;
    uint64_t round;
    bool touched;
} plain_account;

typedef struct {
    lab lab;
    world world;
    bw_metrics *metrics;
    plain_account account[WORLD_ACCOUNTS];
    uint32_t batch;
    uint64_t inversions, pairs, batch_seq, round;
    int64_t gap, charged, kept, survived, profit, hedge, fraction;
    bool begun;
} run;

static uint32_t index_of(uint64_t id)
{
    for (uint32_t i = 0; i < WORLD_ACCOUNTS; i++)
        if (world_account_id(i) == id)
            return i;
    fail_msg("unknown account");
    return 0;
}

static bool is_desk(const run *r, uint64_t id)
{
    bw_account_view view;
    return bw_account_get(r->lab.venue, id, &view) && view.desk != BW_NONE16;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t plain_after(const plain_account *a, int64_t before)
{
    for (uint32_t b = 0; b < COMMANDS + 2; b++)
        before -= a->charged[b];
    return before;
}

static int64_t plain_before(const plain_account *a)
{
    int64_t most = 0, earlier = 0;
    for (uint32_t b = 0; b < COMMANDS + 2; b++) {
        most = larger(most, larger(a->realised[b], a->profit[b]) + (a->realised[b] || a->profit[b] ? earlier : 0));
        earlier += a->charged[b];
    }
    return most;
}

static void plain_end(run *r)
{
    int64_t most = -1;
    for (uint32_t i = 0; i < WORLD_ACCOUNTS; i++) {
        const plain_account *a = &r->account[i];
        int64_t before = plain_before(a), after = plain_after(a, before);
        if (!a->touched)
            continue;
        if (before > most)
            r->kept = larger(0, after);
        most = larger(most, before);
        r->survived += larger(0, after);
        r->profit += before;
        for (uint32_t k = 0; k < WORLD_ACCOUNTS; k++) {
            const plain_account *b = &r->account[k];
            if (!b->touched || before <= plain_before(b))
                continue;
            r->pairs++;
            r->inversions += after < plain_after(b, plain_before(b));
        }
    }
}

static void plain_event(run *r, const bw_event *e)
{
    if (e->type == BW_EVENT_MARKED && e->marked.kind == BW_MARK_MARKET && e->seq != r->batch_seq) {
        r->batch++;
        r->batch_seq = e->seq;
    }
    r->round += e->type == BW_EVENT_ROUND;
    if (e->pool != 0)
        return;
    r->gap += e->type == BW_EVENT_LOSS ? e->loss.gap : 0;
    bool leg = e->type == BW_EVENT_LEG && !e->leg.closing && e->leg.via >= BW_VIA_PROFIT;
    if ((!leg && e->type != BW_EVENT_CHARGED) || is_desk(r, e->account))
        return;
    plain_account *a = &r->account[index_of(e->account)];
    a->touched = true;
    if (leg) {
        a->realised[r->batch] += larger(0, e->leg.balance_after - e->leg.balance_before);
        return;
    }
    a->charged[r->batch] += e->charged.charge;
    r->charged += e->charged.charge;
    a->profit[r->batch] = larger(a->profit[r->batch], e->charged.profit);
    uint64_t round = r->round * 1000000 + e->seq;
    a->round_charged = (a->round == round ? a->round_charged : 0) + e->charged.charge;
    a->round = round;
    if (e->charged.equity + a->round_charged > 0)
        r->fraction = larger(r->fraction, (int64_t)((__int128)a->round_charged * 1000000 /
                                                    (e->charged.equity + a->round_charged)));
}

static int64_t value_of(const bw_market_view *market, int64_t lots)
{
    if (market->kind == BW_MARKET_LINEAR)
        return lots * market->mark * market->tick_value;
    __int128 top = -(__int128)lots * market->tick_value;
    return (int64_t)(top >= 0 || top % market->mark == 0 ? top / market->mark : top / market->mark - 1);
}

/* What the command's ADL legs changed of an account's size. */
static int64_t adl_lots(const run *r, uint64_t account, uint16_t market)
{
    int64_t lots = 0;
    for (uint32_t i = 0; !is_desk(r, account) && i < r->lab.count; i++) {
        const bw_event *e = &r->lab.events[i];
        if (e->type == BW_EVENT_LEG && !e->leg.closing && e->leg.via >= BW_VIA_PROFIT && e->account == account &&
            e->market == market && e->pool == 0)
            lots += e->leg.lots;
    }
    return lots;
}

/* Net risk of an owner over every account and market: as it is, and with the closes of the command put back. */
static int64_t net_risk(const run *r, uint64_t owner, bool put_back)
{
    __int128 net[WORLD_MARKETS] = {0};
    int64_t risk = 0;
    bw_account_view view;
    bw_market_view market;
    bw_position_view position;
    for (uint32_t i = 0; i < WORLD_ACCOUNTS; i++)
        for (uint16_t m = 0; m < WORLD_MARKETS && bw_market_get(r->lab.venue, m, &market); m++) {
            if (!bw_account_get(r->lab.venue, world_account_id(i), &view) || view.owner != owner)
                continue;
            int64_t size = bw_position_get(r->lab.venue, view.id, m, &position) ? position.size : 0;
            size -= put_back ? adl_lots(r, view.id, m) : 0;
            net[market.underlying == 7 ? 0 : m] += market.mark > 0 ? value_of(&market, size) : 0;
        }
    for (uint32_t m = 0; m < WORLD_MARKETS; m++)
        risk += (int64_t)(net[m] < 0 ? -net[m] : net[m]);
    return risk;
}

static void plain_hedge(run *r)
{
    uint64_t owners[WORLD_ACCOUNTS];
    uint32_t count = 0;
    bw_account_view view;
    for (uint32_t i = 0; i < r->lab.count; i++) {
        const bw_event *e = &r->lab.events[i];
        bool known = false;
        if (e->type != BW_EVENT_LEG || e->leg.closing || e->leg.via < BW_VIA_PROFIT || e->pool != 0 ||
            is_desk(r, e->account) || !bw_account_get(r->lab.venue, e->account, &view))
            continue;
        for (uint32_t k = 0; k < count; k++)
            known = known || owners[k] == view.owner;
        if (!known)
            owners[count++] = view.owner;
    }
    for (uint32_t k = 0; k < count; k++)
        r->hedge += larger(0, net_risk(r, owners[k], false) - net_risk(r, owners[k], true));
}

/* Markets 0 and 1 hedge each other. */
static const bw_command *with_underlying(const bw_command *command, bw_command_market *copy)
{
    if (command->type != BW_COMMAND_MARKET || command->size != sizeof *copy)
        return command;
    memcpy(copy, command, sizeof *copy);
    copy->underlying = copy->market < 2 ? 7 : 0;
    return &copy->header;
}

static void send(void *context, const bw_command *command)
{
    run *r = context;
    bw_command_market market;
    command = with_underlying(command, &market);
    lab_send(&r->lab, command);
    world_observe(&r->world, r->lab.events, r->lab.count);
    bw_metrics_add(r->metrics, r->lab.venue, command, r->lab.events, r->lab.count);
    for (uint32_t i = 0; r->begun && i < r->lab.count; i++)
        plain_event(r, &r->lab.events[i]);
    if (r->begun)
        plain_hedge(r);
}

static bw_columns play(run *r, uint64_t seed)
{
    static bw_metrics_market_facts markets[WORLD_MARKETS];
    static const bw_metrics_pool_facts pools[WORLD_POOLS] = {{"a", "X", 0}, {"b", "Y", 3}, {"c", "Z", 9}};
    bw_metrics_facts facts = {.title = "", .reproduce = "", .rules = "", .notes = "", .pools = pools, .markets = markets};
    bw_metrics_limits limits = {.accounts = WORLD_ACCOUNTS, .markets = WORLD_MARKETS, .pools = WORLD_POOLS,
                                .desks = WORLD_ACCOUNTS, .batches = COMMANDS + 1, .closes = 65536,
                                .owners = WORLD_ACCOUNTS};
    world_command command;
    world_new(&r->world, seed);
    lab_new(&r->lab, &r->world.limits);
    size_t bytes = (bw_metrics_footprint(&limits) + 63) / 64 * 64;
    void *memory = aligned_alloc(64, bytes);
    memset(memory, 0, bytes);
    r->metrics = bw_metrics_new(memory, &limits);
    for (uint32_t m = 0; m < WORLD_MARKETS; m++)
        markets[m] = (bw_metrics_market_facts){.name = "M", .provenance = "", .tick_nano = 1, .measured_adl = -1,
                                               .measured_liquidated = -1};
    world_setup(&r->world, send, r);
    bw_venue_view view;
    bw_venue_get(r->lab.venue, &view);
    bw_metrics_begin(r->metrics, r->lab.venue, view.time_ns);
    r->begun = true;
    for (uint32_t i = 0; i < COMMANDS; i++)
        send(r, world_next(&r->world, r->lab.venue, &command));
    const bw_metrics_result *result = bw_metrics_finish(r->metrics, r->lab.venue, &facts);
    assert_int_equal(result->lost_records, 0);
    plain_end(r);
    bw_columns columns = result->columns;
    free(r->metrics);
    lab_free(&r->lab);
    return columns;
}

static void ratio(const bw_columns *columns, bw_column which, int64_t part, int64_t whole)
{
    if (whole > 0)
        column(columns, which, (int64_t)((__int128)part * 1000000 / whole));
    else
        assert_false(columns->exists[which]);
}

static void random_worlds_against_the_plain_way(void **state)
{
    (void)state;
    uint64_t inversions = 0, pairs = 0;
    int64_t hedge = 0;
    for (uint64_t seed = 1; seed <= RUNS; seed++) {
        run r = {.gap = 0};
        lab_says("seed %llu", (unsigned long long)seed);
        bw_columns columns = play(&r, seed);
        column(&columns, BW_COL_HEDGE_DAMAGE, r.hedge);
        column(&columns, BW_COL_LARGEST_FRACTION_EQUITY, r.fraction);
        bool charged = r.charged > 0;
        ratio(&columns, BW_COL_RANK_INVERSIONS, (int64_t)r.inversions, charged ? (int64_t)r.pairs : 0);
        ratio(&columns, BW_COL_PTSR, r.kept, charged ? r.gap : 0);
        ratio(&columns, BW_COL_PMR, r.survived, charged ? r.profit : 0);
        inversions += r.inversions;
        pairs += r.pairs;
        hedge += r.hedge / 1000;
    }
    printf("# %d worlds: %llu of %llu pairs turned round, hedge damage %lld thousand\n", RUNS,
           (unsigned long long)inversions, (unsigned long long)pairs, (long long)hedge);
    assert_true(inversions > 0 && pairs > inversions && hedge > 0);
}

/* ---- the list and its definitions ---- */

static void every_column_is_defined_once(void **state)
{
    (void)state;
    char path[1024], key[64];
    static char text[1u << 17];
    snprintf(path, sizeof path, "%s/docs/metrics.md", getenv("BW_SOURCE_DIR") ? getenv("BW_SOURCE_DIR") : ".");
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    fclose(file);
    const char *section = strstr(text, "## Columns of `compare`");
    assert_non_null(section);
    for (uint32_t i = 0; i < BW_COLUMNS; i++) {
        snprintf(key, sizeof key, "\n| `%s` |", bw_column_rows[i].id);
        const char *row = strstr(section, key);
        if (row == NULL || strstr(row + 1, key) != NULL)
            fail_msg("docs/metrics.md defines %s not once", bw_column_rows[i].id);
        for (uint32_t k = 0; k < i; k++)
            assert_string_not_equal(bw_column_rows[i].id, bw_column_rows[k].id);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_by_hand), cmocka_unit_test(finishing_twice_changes_nothing),
        cmocka_unit_test(closes_wait_in_a_ring), cmocka_unit_test(what_does_not_exist),
        cmocka_unit_test(a_hedge_of_two_accounts), cmocka_unit_test(a_hedge_of_two_markets),
        cmocka_unit_test(no_hedge_no_damage), cmocka_unit_test(random_worlds_against_the_plain_way),
        cmocka_unit_test(every_column_is_defined_once)};
    return cmocka_run_group_tests_name("metrics/columns", tests, NULL, NULL);
}
