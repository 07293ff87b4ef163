/* The loop that plays a path: the book stands in the venue as it was generated, and every command keeps every rule. */
#include "scenario.h"

#include "world/model.h"
#include "world/play.h"

#define USERS 1500u
static const int64_t fund_paid_in = 5000000000000;
#define MINUTE (60 * (int64_t)BW_NANO)

typedef struct {
    bw_venue *venue;
    bw_event *events;
    bw_play *play;
    bw_path *path;
    bw_book *book;
    void *book_memory;
    int64_t open[BW_MARKETS_MAX];
    uint32_t *scan;
    uint64_t commands, left;       /* commands until the host stops */
    uint64_t legs[6];              /* by bw_via, of the closed */
    int64_t gap;
    bool funded;                   /* a fund of one million pays first */
    double run_hazard;             /* an hour; 0: nobody runs */
    bool checked, sync, drawn;     /* drawn: the path is one of the model's */
    int64_t outage_from_ns, outage_ns, last_ns;   /* last_ns: of the last command with prices */
    double mark_share;             /* 0: the default of all markets */
    bw_execution execution;
} world;

static void *zeroed(size_t size)
{
    void *memory = NULL;
    assert_int_equal(posix_memalign(&memory, 64, (size + 63) / 64 * 64), 0);
    return memset(memory, 0, size);
}

static void see(world *w, uint32_t count)
{
    bw_play_see(w->play, w->events, count);
    for (uint32_t i = 0; i < count; i++) {
        if (w->events[i].type == BW_EVENT_LEG && w->events[i].leg.closing)
            w->legs[w->events[i].leg.via]++;
        if (w->events[i].type == BW_EVENT_LOSS)
            w->gap += w->events[i].loss.gap;
    }
}

static void rules_hold(const world *w)
{
    bw_conservation sums;
    uint64_t where = 0;
    assert_true(bw_conservation_get(w->venue, 0, &sums));
    assert_int_equal(sums.error, 0);
    assert_int_equal(bw_venue_valid(w->venue, &where), 0);
    uint32_t count = bw_scan(w->venue, w->scan, USERS);
    for (uint32_t i = 0; i < count; i++) {
        bw_account_view view;
        assert_true(bw_account_get(w->venue, bw_account_id(w->venue, w->scan[i]), &view));
        assert_int_equal(view.state, BW_WORKING);
    }
}

static bool send(void *context, const bw_command *command, bw_status *status)
{
    world *w = context;
    const bw_command_work work = {{.size = sizeof work, .type = BW_COMMAND_WORK, .version = 1}};
    uint32_t count = 0;
    if (w->left-- == 0)
        return false;
    w->commands++;
    if (command->time_ns >= w->outage_from_ns && command->time_ns < w->outage_from_ns + w->outage_ns)
        fail_msg("a command at %lld, within the outage", (long long)command->time_ns);
    if (command->type == BW_COMMAND_MARKS && ((const bw_command_marks *)(const void *)command)->count > 0)
        w->last_ns = command->time_ns;
    *status = bw_step(w->venue, command, w->events, &count);
    see(w, count);
    while (*status == BW_MORE) {
        *status = bw_step(w->venue, &work.header, w->events, &count);
        see(w, count);
    }
    if (w->checked && command->type != BW_COMMAND_ACCOUNT && command->type != BW_COMMAND_DEPOSIT)
        rules_hold(w);
    return true;
}

static void must(world *w, const void *command)
{
    bw_status status = BW_BAD_COMMAND;
    assert_true(send(w, command, &status));
    assert_int_equal(status, BW_OK);
}

#define HEAD(struct_name, TYPE, id) .header = {.size = sizeof(struct_name), .type = BW_COMMAND_##TYPE, .version = 1, \
                                               .account = id}

/* An asset, a pool of the venue's own kind, a desk (account 1) and two makers (2, 3). */
static void found_venue(world *w)
{
    bw_command_asset asset = {HEAD(asset, ASSET, 0), .name = "USDC", .decimals = 6};
    bw_command_pool pool = {HEAD(pool, POOL, 0), .name = "main",
                            .quantity = {BW_QUANTITY_BOOK, BW_QUANTITY_BACKSTOP, BW_QUANTITY_ADL}, .money_count = 4,
                            .money = {{.kind = BW_LAYER_BACKSTOP},
                                      {.kind = BW_LAYER_DELEVERAGED, .price = BW_ADL_PRICE_PREVIOUS_MARK,
                                       .rule = BW_RULE_CAPPED_PRO_RATA},
                                      {.kind = BW_LAYER_HAIRCUT, .rule = BW_RULE_CAPPED_PRO_RATA,
                                       .fraction_ppm = 1000000},
                                      {.kind = BW_LAYER_CARRYOVER}},
                            .adl_score = BW_SCORE_HYPERLIQUID_OBSERVED, .adl_rule = BW_RULE_QUEUE,
                            .order_life_ns = 10 * (int64_t)BW_NANO, .window_ns = 8 * 60 * MINUTE,
                            .carryover_share_ppm = 1000000, .debt_max = -1};
    if (w->sync) {
        pool.book_mode = BW_BOOK_SYNC;
        pool.money[0].kind = BW_LAYER_FUND;
    }
    if (w->funded) {
        memmove(pool.money + 1, pool.money, 4 * sizeof pool.money[0]);
        pool.money[0] = (bw_money_layer){.kind = BW_LAYER_SHARED_FUND};
        pool.money_count = 5;
    }
    must(w, &asset);
    must(w, &pool);
    bw_command_fund fund = {HEAD(fund, FUND, 0), .amount = fund_paid_in, .market = BW_NONE16};
    if (w->funded)
        fund.amount = 1000000000000;
    if (w->sync || w->funded)
        must(w, &fund);
    for (uint64_t id = 1; id <= 3; id++) {
        bw_command_account account = {HEAD(account, ACCOUNT, id), .owner = id, .isolated = BW_NONE16,
                                      .flags = id == 1 ? 0 : BW_FLAG_MARKET_MAKER};
        bw_command_deposit deposit = {HEAD(deposit, DEPOSIT, id), .amount = 20000000000000};
        must(w, &account);
        must(w, &deposit);
    }
    bw_command_desk desk = {HEAD(desk, DESK, 1), .share_ppm = 1000000, .discount_ppm = 50000,
                            .market_max = 1000000000000000};
    must(w, &desk);
}

/* Four minutes in 24 steps, batches of 3.1 s: a market that falls. */
static void draw_path(world *w)
{
    const scenario *s = scenario_read();
    bw_model_params params = bw_model_params_default(s->market, s->market_count, 0);
    bw_model_told told;
    params.horizon_s = 240;
    params.step_count = 24;
    params.jumps = 500;            /* one or two without those that they bring, all down */
    params.jump_down_share = 1;
    params.jump_down = .02;
    bw_model *model = bw_model_new(zeroed(bw_model_footprint(&params)), &params);
    double *move = zeroed(sizeof *move * params.step_count * s->market_count);
    bw_path_params at = bw_model_path_params(model, bw_path_params_default().level_ns);
    at.batch_ns = bw_path_params_default().batch_ns;
    size_t size = bw_path_steps_footprint(&at, bw_model_step_ns(model), s->market_count);
    assert_int_equal(bw_path_steps_new(zeroed(size), size, &at, bw_model_step_ns(model), s->market, s->market_count,
                                       &w->path), BW_PATH_OK);
    bw_model_path(model, 1, 0, move, &told);
    bw_model_to_path(model, s->open_ticks, move, w->path);
    printf("# drawn: %u common jumps, BTC %+.3f\n", told.common_jumps, move[23 * s->market_count]);
    free(move);
    free(model);
}

/* 21:15:00 to 21:19:00 of the scenario, cut short to keep the test quick. */
static void make_path(world *w)
{
    const scenario *s = scenario_read();
    bw_path_params params = bw_path_params_default();
    params.start_ns = params.level_ns;
    params.end_ns = params.level_ns + 4 * MINUTE;
    size_t size = bw_path_footprint(&params, s->market, s->market_count, s->price_count);
    assert_int_equal(bw_path_new(zeroed(size), size, &params, s->market, s->market_count, s->price, s->price_count,
                                 &w->path), BW_PATH_OK);
}

static void make_book(world *w)
{
    const scenario *s = scenario_read();
    bw_book_params params = bw_book_params_default();
    params.account_count = USERS;
    size_t size = bw_book_footprint(USERS);
    w->book_memory = zeroed(size);
    for (uint32_t m = 0; m < s->market_count; m++)   /* what is shaped depends on the window */
        w->open[m] = bw_path_ticks(w->path, m, bw_path_batch_time(w->path, 0), 0);
    assert_int_equal(bw_book_new(w->book_memory, size, &params, s->market, s->market_count, w->open, &w->book),
                     BW_BOOK_OK);
}

static world make(uint32_t work_max)
{
    return (world){.left = UINT64_MAX, .commands = work_max};
}

static void found(world *w)
{
    const scenario *s = scenario_read();
    bw_limits limits = bw_play_limits(USERS, s->market_count, 16);
    limits.trigger_bits = 5;   /* a small calendar: the invariants are asked for thousands of times */
    limits.work_max = (uint32_t)w->commands;
    w->commands = 0;
    if (w->drawn)
        draw_path(w);
    else
        make_path(w);
    make_book(w);
    w->venue = bw_venue_new(zeroed(bw_venue_footprint(&limits)), &limits);
    assert_non_null(w->venue);
    w->events = zeroed(bw_events_max(&limits) * sizeof(bw_event));
    w->scan = zeroed(USERS * sizeof *w->scan);
    bw_play_params params = bw_play_params_default();
    params.market_count = s->market_count;
    params.user_first = 4;
    params.past_first = 4 + USERS;
    params.maker_count = 2;
    params.makers[0] = 2;
    params.makers[1] = 3;
    for (uint32_t m = 0; m < s->market_count; m++)
        params.liquidity[m] = bw_liquidity_params_default(s->market[m].class);
    for (uint32_t m = 0; m < s->market_count; m++) {
        params.liquidity[m].execution = w->execution;
        if (w->mark_share != 0)
            params.liquidity[m].mark_share = w->mark_share;
    }
    params.runs.enabled = w->run_hazard != 0;
    params.runs.hazard = w->run_hazard;
    params.runs_seed = 5;
    params.outage_from_ns = w->outage_from_ns;
    params.outage_ns = w->outage_ns;
    const bw_play_host host = {w, send};
    w->play = bw_play_new(zeroed(bw_play_footprint(params.order_max)), &params, &host, w->venue, s->market, w->path,
                          w->book);
    found_venue(w);
}

static bool load(world *w)
{
    return bw_play_open(w->play) && bw_play_past_open(w->play) && bw_play_load(w->play, 0, 500) &&
           bw_play_load(w->play, 500, USERS - 500) && bw_play_past_close(w->play);
}

static void play_to_end(world *w)
{
    while (!bw_play_ended(w->play))
        assert_true(bw_play_batch(w->play));
}

static void forget(world *w)
{
    free(w->venue);
    free(w->events);
    free(w->scan);
    free(w->play);
    free(w->path);
    free(w->book_memory);
}

/* Every position with its lots and its real entry, every account with its equity, the past gone. */
static void the_book_stands(void **state)
{
    const scenario *s = scenario_read();
    world w = make(4096);
    (void)state;
    found(&w);
    assert_true(load(&w));
    for (uint32_t a = 0; a < USERS; a++) {
        const bw_book_account *account = &w.book->accounts[a];
        bw_account_view view;
        assert_true(bw_account_get(w.venue, 4 + a, &view));
        assert_int_equal(view.equity, bw_book_equity(w.book, s->market, a, w.open));
        assert_int_equal(view.balance, account->balance);
        assert_int_equal(view.position_count, account->position_count);
        assert_int_equal(view.im, bw_book_initial_margin(w.book, s->market, a, w.open));
        for (uint32_t i = 0; i < account->position_count; i++) {
            const bw_book_position *wanted = &w.book->positions[account->position_first + i];
            bw_position_view position;
            assert_true(bw_position_get(w.venue, 4 + a, (uint16_t)wanted->market, &position));
            assert_int_equal(position.size, wanted->lots);
            assert_int_equal(position.cost, wanted->lots * wanted->entry_ticks * s->market[wanted->market].tick_value);
        }
    }
    for (uint32_t m = 0; m < s->market_count; m++) {
        bw_account_view past;
        assert_true(bw_account_get(w.venue, 4 + USERS + m, &past));
        assert_int_equal(past.balance, 0);
        assert_int_equal(past.position_count, 0);
        assert_true(past.flags & BW_FLAG_CLOSED);
    }
    rules_hold(&w);
    assert_int_equal(bw_scan(w.venue, w.scan, USERS), 0);
    forget(&w);
}

static void every_command_keeps_the_rules(void **state)
{
    world w = make(4096);
    (void)state;
    found(&w);
    assert_true(load(&w));
    w.checked = true;
    play_to_end(&w);
    const bw_play_stats *stats = &w.play->stats;
    printf("# %llu commands, %llu orders, %llu fills (%llu refused), %lld of %lld M USD; legs: book %llu, backstop "
           "%llu, netted %llu, profit %llu, desk %llu, other %llu; gap %lld\n",
           (unsigned long long)w.commands, (unsigned long long)stats->orders, (unsigned long long)stats->fills,
           (unsigned long long)stats->fills_refused, (long long)(stats->filled / 1000000000000),
           (long long)(stats->ordered / 1000000000000), (unsigned long long)w.legs[0], (unsigned long long)w.legs[1],
           (unsigned long long)w.legs[2], (unsigned long long)w.legs[3], (unsigned long long)w.legs[4],
           (unsigned long long)w.legs[5], (long long)w.gap);
    assert_true(stats->orders > 0 && stats->fills > 0 && stats->filled > 0 && stats->filled < stats->ordered);
    assert_int_equal(stats->orders_unseen, 0);
    assert_true(w.legs[BW_VIA_BOOK] > 0 && w.legs[BW_VIA_BACKSTOP] > 0 && w.legs[BW_VIA_PROFIT] > 0);
    forget(&w);
}

/* A pool with book sync gets lists of offers; the fund pays what they lack. */
static void offers_come_in_lists(void **state)
{
    world w = make(4096);
    (void)state;
    w.sync = true;
    found(&w);
    assert_true(load(&w));
    w.checked = true;
    play_to_end(&w);
    bw_pool_view pool;
    assert_true(bw_pool_get(w.venue, 0, &pool));
    const bw_play_stats *stats = &w.play->stats;
    printf("# lists of offers: %llu orders, %llu lists taken (%llu not), %lld of %lld M USD; legs: book %llu, backstop %llu, "
           "profit %llu; gap %lld, fund %lld\n", (unsigned long long)stats->orders, (unsigned long long)stats->fills,
           (unsigned long long)stats->fills_refused, (long long)(stats->filled / 1000000000000),
           (long long)(stats->ordered / 1000000000000), (unsigned long long)w.legs[BW_VIA_BOOK],
           (unsigned long long)w.legs[BW_VIA_BACKSTOP], (unsigned long long)w.legs[BW_VIA_PROFIT], (long long)w.gap,
           (long long)pool.fund);
    assert_true(stats->fills > 0 && stats->filled > 0 && stats->filled < stats->ordered);
    assert_true(w.legs[BW_VIA_BOOK] > stats->fills && pool.fund < fund_paid_in);
    forget(&w);
}

/* A path that was drawn is played like one that was measured. */
static void drawn_prices_are_played(void **state)
{
    world w = make(4096);
    (void)state;
    w.drawn = true;
    found(&w);
    assert_true(load(&w));
    w.checked = true;
    play_to_end(&w);
    const bw_play_stats *stats = &w.play->stats;
    assert_int_equal(w.play->batch + 1, bw_path_batch_count(w.path));
    assert_int_equal(w.play->trouble.command, 0);
    assert_true(stats->orders > 0 && stats->fills > 0 && w.legs[BW_VIA_PROFIT] > 0 && w.gap > 0);
    forget(&w);
}

/* While the venue stands still nothing reaches it; then prices jump to where the path is, in the first batch. */
static void an_outage_is_silent_and_ends_in_a_jump(void **state)
{
    const scenario *s = scenario_read();
    world w = make(4096);
    (void)state;
    w.outage_from_ns = bw_path_params_default().level_ns + 70 * (int64_t)BW_NANO;
    w.outage_ns = 90 * (int64_t)BW_NANO;
    w.mark_share = 1e-9;
    w.execution = BW_EXECUTION_ONE_ORDER;
    found(&w);
    assert_true(load(&w));
    w.checked = true;
    uint32_t btc = scenario_market(s, "BTC"), silent = 0;
    int64_t before = 0;
    while (!bw_play_ended(w.play)) {
        uint64_t commands = w.commands;
        bool dark = w.play->dark_ns > 0;
        assert_true(bw_play_batch(w.play));
        if (w.commands == commands)
            silent++;
        else if (!dark)
            before = silent ? before : w.play->mark[btc];
        else
            break;
    }
    int64_t now = bw_path_ticks(w.path, btc, w.play->time_ns, 0);
    printf("# %u batches without a command, BTC %lld then %lld\n", silent, (long long)before, (long long)w.play->mark[btc]);
    assert_int_equal(silent, 29);
    assert_true(w.play->time_ns >= w.outage_from_ns + w.outage_ns && w.last_ns == w.play->time_ns);
    assert_true(llabs(w.play->mark[btc] - now) <= 1 && before - now > now / 100);
    play_to_end(&w);
    assert_true(w.gap > 0);
    forget(&w);
}

/* Those who leave as the fund falls take their money and press the prices: what is lacking in the end is more, every rule holds
   after each of their commands, and however often it is played it comes to the same. */
static void a_run_makes_it_worse(void **state)
{
    int64_t gap[3] = {0};
    uint64_t hash[2][2];
    (void)state;
    for (uint32_t i = 0; i < 3; i++) {
        world w = make(i == 2 ? 7 : 4096);
        w.funded = true;
        w.run_hazard = i > 0 ? 200 : 0;
        found(&w);
        assert_true(load(&w));
        w.checked = i == 1;
        play_to_end(&w);
        const bw_play_stats *stats = &w.play->stats;
        printf("# %llu left with %lld M USD, closed %lld M USD; gap %lld USD\n", (unsigned long long)stats->runs,
               (long long)(stats->runs_withdrawn / 1000000000000), (long long)(stats->runs_closed / 1000000000000),
               (long long)(w.gap / 1000000));
        assert_true((stats->runs > 200 && stats->runs_withdrawn > 0 && stats->runs_closed > 0) == (i > 0));
        gap[i] = w.gap;
        if (i > 0)
            bw_state_hash(w.venue, hash[i - 1]);
        forget(&w);
    }
    assert_true(gap[1] > gap[0] && gap[2] == gap[1]);
    assert_memory_equal(hash[0], hash[1], sizeof hash[0]);
}

/* Prices react to liquidations: with mark_share 0 they do not. */
static void liquidations_move_the_marks(void **state)
{
    const scenario *s = scenario_read();
    int64_t mark[2][BW_MARKETS_MAX], path = 0;
    (void)state;
    for (uint32_t i = 0; i < 2; i++) {
        world w = make(4096);
        w.mark_share = i ? 1 : 1e-12;
        found(&w);
        assert_true(load(&w));
        play_to_end(&w);
        memcpy(mark[i], w.play->mark, sizeof mark[i]);
        for (uint32_t m = 0; i == 0 && m < s->market_count; m++)
            path += llabs(mark[0][m] - bw_path_ticks(w.path, m, w.last_ns, 0));
        forget(&w);
    }
    uint32_t lower = 0;
    for (uint32_t m = 0; m < s->market_count; m++)
        lower += mark[1][m] < mark[0][m];
    printf("# %u of %u markets end lower where liquidations move the marks\n", lower, s->market_count);
    assert_int_equal(path, 0);
    assert_true(lower >= s->market_count / 4);
}

static void hash_of(uint32_t work_max, uint64_t hash[4])
{
    world w = make(work_max);
    bw_venue_view view;
    found(&w);
    assert_true(load(&w));
    play_to_end(&w);
    bw_venue_get(w.venue, &view);
    bw_state_hash(w.venue, hash);
    hash[2] = view.chain_hash[0];
    hash[3] = view.chain_hash[1];
    forget(&w);
}

static void same_bytes_however_it_is_sliced(void **state)
{
    uint64_t first[4], again[4], sliced[4];
    (void)state;
    hash_of(4096, first);
    hash_of(4096, again);
    hash_of(7, sliced);
    assert_memory_equal(first, again, sizeof first);
    assert_memory_equal(first, sliced, sizeof first);
}

/* A host may stop anywhere; what was done until then is a valid venue. */
static void the_host_can_stop(void **state)
{
    const uint64_t stops[] = {20, 100, 1500, 3100, 3400};
    (void)state;
    for (uint32_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        world w = make(4096);
        found(&w);
        w.left = stops[i];
        bool going = load(&w);
        while (going && !bw_play_ended(w.play))
            going = bw_play_batch(w.play);
        assert_true(!going || w.commands < stops[i]);
        assert_int_equal(w.play->trouble.command, 0);
        rules_hold(&w);
        forget(&w);
    }
}

static void a_book_that_does_not_fit_is_refused(void **state)
{
    world w = make(4096);
    (void)state;
    found(&w);
    for (uint32_t a = 0; a < USERS; a++)
        w.book->accounts[a].balance /= 2;
    assert_false(load(&w));
    assert_int_equal(w.play->trouble.command, BW_COMMAND_TRADES);
    assert_true(w.play->stats.entries_refused > 0);
    forget(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_book_stands),
        cmocka_unit_test(every_command_keeps_the_rules),
        cmocka_unit_test(offers_come_in_lists),
        cmocka_unit_test(drawn_prices_are_played),
        cmocka_unit_test(an_outage_is_silent_and_ends_in_a_jump),
        cmocka_unit_test(a_run_makes_it_worse),
        cmocka_unit_test(liquidations_move_the_marks),
        cmocka_unit_test(same_bytes_however_it_is_sliced),
        cmocka_unit_test(the_host_can_stop),
        cmocka_unit_test(a_book_that_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
