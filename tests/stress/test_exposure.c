/* Records of every trader: bins and sums by themselves, a path by hand, random worlds against bw_metrics on the same events. */
#include <sys/mman.h>

#include "engine/random_world.h"
#include "engine/small_venue.h"
#include "metrics/metrics.h"
#include "stress/exposure_index.h"
#include "stress/exposure_watch.h"
#include "stress/outcome.h"

enum { RUNS = 80, COMMANDS = 300, CLOSES = 4096 };

static void *zeros(size_t bytes)
{
    bytes = (bytes + 63) / 64 * 64;
    void *memory = aligned_alloc(64, bytes);
    assert_non_null(memory);
    return memset(memory, 0, bytes);
}

/* ---- records ---- */

static void bins_hold_what_they_say(void **state)
{
    static const int64_t SCALES[] = {1, 7, 4096, 1000003, INT64_C(1) << 55};
    uint64_t seed = check_seed();
    (void)state;
    for (size_t s = 0; s < sizeof SCALES / sizeof *SCALES; s++)
        for (uint32_t i = 0; i < 2000; i++) {
            int64_t charge = 1 + (int64_t)(check_random(&seed) >> (1 + check_random(&seed) % 62));
            uint32_t bin = bw_exposure_bin(charge, SCALES[s]);
            assert_true(bin == 0 || charge >= bw_exposure_bin_low(bin, SCALES[s]));
            assert_true(charge < bw_exposure_bin_high(bin, SCALES[s]) || bin == BW_EXPOSURE_BINS - 1);
        }
    assert_int_equal(bw_exposure_bin(1000003, 1000003), BW_EXPOSURE_BIN_OF_SCALE);
    assert_int_equal(bw_exposure_bin(2 * 1000003 - 1, 1000003), BW_EXPOSURE_BIN_OF_SCALE);
    assert_int_equal(bw_exposure_bin(2 * 1000003, 1000003), BW_EXPOSURE_BIN_OF_SCALE + 1);
}

static bw_exposure_path random_path(uint64_t *seed)
{
    uint64_t r = check_random(seed);
    if (r % 4 == 0)
        return (bw_exposure_path){.flags = 0};
    return (bw_exposure_path){.haircut = (int64_t)(check_random(seed) >> 24), .adl_cost = (int64_t)(r % 3 * 1000),
                              .liquidation = (int64_t)(check_random(seed) >> 50),
                              .lost = {(int64_t)(r % 999) - 500, (int64_t)(r % 77) - 40},
                              .delta_left = (int64_t)(r % 5), .adl_notional = (int64_t)(r % 91),
                              .closed_ppm = (uint32_t)(r % 1000001), .forced_ppm = (uint32_t)(r % 17),
                              .move = r % 7 == 0 ? BW_EXPOSURE_NO_MOVE : (uint32_t)(r >> 40), .flags = 1 + (uint32_t)(r >> 60)};
}

/* Three parts joined, in either order, are the whole. */
static void parts_add_up_to_the_whole(void **state)
{
    uint64_t seed = check_seed();
    bw_exposure_record whole = {0}, part[3] = {{0}}, joined = {0};
    bw_exposure_bins bins = {{0}}, part_bins[3] = {{{0}}}, joined_bins = {{0}};
    (void)state;
    for (uint32_t i = 0; i < 600; i++) {
        bw_exposure_path path = random_path(&seed);
        bw_exposure_add(&whole, &bins, &path, 12345678);
        bw_exposure_add(&part[i % 3], &part_bins[i % 3], &path, 12345678);
    }
    for (uint32_t i = 3; i-- > 0;)
        bw_exposure_merge(&joined, &joined_bins, &part[i], &part_bins[i]);
    assert_memory_equal(&joined, &whole, sizeof whole);
    assert_memory_equal(&joined_bins, &bins, sizeof bins);
    assert_true(whole.squares_high > 0 && whole.move > 0 && whole.charge_max > 0);
    uint64_t in_bins = 0;
    for (uint32_t i = 0; i < BW_EXPOSURE_BINS; i++)
        in_bins += bins.paths[i];
    assert_int_equal(in_bins, whole.charged);
}

/* Processes that add to one record at the same time lose nothing. */
static void processes_add_to_one_record(void **state)
{
    enum { PROCESSES = 4, EACH = 20000 };
    (void)state;
    bw_exposure_record *record = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    bw_exposure_bins *bins = (bw_exposure_bins *)(record + 1), want_bins = {{0}};
    bw_exposure_record want = {0};
    for (uint64_t p = 0; p < PROCESSES; p++) {
        uint64_t seed = p, again = p;
        bool child = fork() == 0;
        for (uint32_t i = 0; i < EACH; i++) {
            bw_exposure_path path = random_path(child ? &seed : &again);
            bw_exposure_add(child ? record : &want, child ? bins : &want_bins, &path, 999);
        }
        if (child)
            _exit(0);
    }
    for (uint32_t p = 0; p < PROCESSES; p++)
        wait(NULL);
    assert_memory_equal(record, &want, sizeof want);
    assert_memory_equal(bins, &want_bins, sizeof want_bins);
    munmap(record, 4096);
}

/* ---- a venue and its watch ---- */

typedef struct {
    lab lab;
    bw_exposure_book *book;
    bw_exposure_watch *watch;
    bw_exposure_record *records;
    bw_exposure_bins *bins;
} eye;

/* Opens its eye on the venue as it is. */
static void eye_open(eye *e, int64_t half_spread_ppb)
{
    e->book = bw_exposure_book_new(zeros(bw_exposure_book_footprint(e->lab.venue)), e->lab.venue);
    e->watch = bw_exposure_watch_new(zeros(bw_exposure_watch_footprint(e->book, CLOSES)), e->book, CLOSES, half_spread_ppb);
    e->records = zeros(e->book->account_count * sizeof *e->records);
    e->bins = zeros(e->book->account_count * sizeof *e->bins);
    bw_exposure_watch_begin(e->watch);
}

static void eye_close(eye *e)
{
    free(e->book);
    free(e->watch);
    free(e->records);
    free(e->bins);
    lab_free(&e->lab);
}

static bw_exposure_path path_of(const eye *e, uint64_t account)
{
    uint32_t number = 0;
    assert_true(bw_exposure_find(e->book, account, &number));
    return bw_exposure_watch_get(e->watch, number);
}

static void mark(eye *e, uint16_t market, int64_t price)
{
    assert_true(small_marks(&e->lab, market, price) <= BW_MORE);
    bw_exposure_watch_see(e->watch, e->lab.venue, e->lab.events, e->lab.count);
}

static void account(eye *e, uint64_t id, uint64_t owner, int64_t money)
{
    bw_command_account c = {SMALL_HEADER(account, ACCOUNT, id), .isolated = BW_NONE16, .owner = owner};
    assert_int_equal(lab_send(&e->lab, &c.header), BW_OK);
    assert_int_equal(small_deposit(&e->lab, id, money), BW_OK);
}

static void trade(eye *e, uint16_t market, uint64_t buyer, uint64_t seller, int64_t lots, int64_t price)
{
    bw_command_trade c = {SMALL_HEADER(trade, TRADE, 0)};
    c.trade = (bw_trade){.buyer = buyer, .seller = seller, .lots = lots, .price = price, .market = market};
    assert_int_equal(lab_send(&e->lab, &c.header), BW_OK);
}

/* Markets 0 and 1 of one underlying at 1,000, a tick on a lot is 1; margin 10% and 5%. */
static void two_markets(eye *e)
{
    static const bw_bracket bracket[] = {{.imr_ppm = 100000, .mmr_ppm = 50000}};
    bw_command_pool pool = small_pool_settings();
    small_begin(&e->lab, &small_limits, &pool);
    for (uint16_t m = 0; m < 2; m++) {
        bw_command_market market = small_market_settings(BW_MARKET_LINEAR, 1, 100000);
        market.market = m;
        market.underlying = 7;
        snprintf(market.name, sizeof market.name, "M%u", m);
        small_market(&e->lab, &market, bracket, 1, 1000);
    }
}

/* 1 is long 10 lots in market 0 with 1,500 of money; 2, of owner 9, is the short and 3, of the same owner, is long 10 in market
   1 against 4. Market 0 falls to 800: 1 has 1,500 - 2,000 = -500 and is closed against 2, who pays of his profit of 2,000 as a
   deleveraged one all that is lacking: 500. He held a hedge: 10 short and 10 long at 800 and 1,000 have a net value of +2,000,
   and without the short +10,000 is left, so 8,000 more. Market 0 then rises to 900, where he would have closed by himself: being
   closed at 800 spared him 1,000. */
static void a_deleveraged_winner_by_hand(void **state)
{
    (void)state;
    eye e = {0};
    two_markets(&e);
    account(&e, 1, 0, 1500);
    account(&e, 2, 9, 20000);
    account(&e, 3, 9, 20000);
    account(&e, 4, 0, 20000);
    trade(&e, 0, 1, 2, 10, 1000);
    trade(&e, 1, 3, 4, 10, 1000);
    eye_open(&e, 10000000);                            /* half a spread is 1% */
    mark(&e, 0, 800);
    mark(&e, 0, 850);
    mark(&e, 0, 900);
    bw_exposure_watch_end(e.watch, e.records, e.bins);
    bw_exposure_path winner = path_of(&e, 2), loser = path_of(&e, 1), hedge = path_of(&e, 3);
    assert_int_equal(winner.flags, BW_EXPOSURE_ADL);
    assert_int_equal(winner.haircut, 0);
    assert_int_equal(winner.adl_cost, 500);
    assert_int_equal(winner.closed_ppm, 1000000);
    assert_int_equal(winner.delta_left, 8000);
    assert_int_equal(winner.move, 2 * 2000);           /* 20% down */
    assert_int_equal(winner.lost[BW_EXPOSURE_HOLD], 500 - 1000);
    assert_int_equal(winner.lost[BW_EXPOSURE_REOPEN], 500 - 500 + 85);
    assert_int_equal(loser.flags, BW_EXPOSURE_LIQUIDATED | BW_EXPOSURE_BANKRUPT);
    assert_int_equal(bw_exposure_charge(&loser), 0);   /* closed at the mark, and others bore what he lacked */
    assert_int_equal(loser.forced_ppm, 1000000);
    assert_int_equal(loser.closed_ppm, 0);
    assert_int_equal(hedge.flags, 0);
    assert_int_equal(e.records[1].adl, 1);
    assert_int_equal(e.records[1].adl_cost, 500);
    assert_int_equal(e.records[1].move, 2 * 2000 + 2);
    assert_int_equal(e.records[2].touched, 0);
    assert_int_equal(e.bins[1].paths[bw_exposure_bin(500, 20000)], 1);
    assert_int_equal(bw_exposure_watch_touched(e.watch), 2);
    bw_exposure_watch_begin(e.watch);                  /* the next path knows nothing of it */
    assert_int_equal(path_of(&e, 2).flags, 0);
    eye_close(&e);
}

/* What does not fit is said, of everybody whom the path touched. */
static void too_many_closes(void **state)
{
    (void)state;
    eye e = {0};
    two_markets(&e);
    account(&e, 1, 0, 1500);
    account(&e, 2, 0, 20000);
    trade(&e, 0, 1, 2, 10, 1000);
    eye_open(&e, 0);
    free(e.watch);
    e.watch = bw_exposure_watch_new(zeros(bw_exposure_watch_footprint(e.book, 1)), e.book, 1, 0);
    bw_exposure_watch_begin(e.watch);
    mark(&e, 0, 800);
    bw_exposure_watch_end(e.watch, NULL, NULL);
    assert_true(path_of(&e, 1).flags & BW_EXPOSURE_SHORT_OF_ROOM);
    assert_int_equal(bw_exposure_watch_footprint(e.book, 0), 0);
    eye_close(&e);
}

/* ---- where the money went ---- */

enum { TRADERS = 12, MAKER = 50, STEPS = 30 };

/* What prices alone would have made of the account: its sizes before each mark, times the change. */
typedef struct {
    eye eye;
    uint64_t seed;
    int64_t marks[2], by_price[TRADERS + 1], equity[TRADERS + 1];
} books;

/* Any price rule of ADL, a fee on surplus, penalties, a fund; on half of the seeds orders go to the book first. */
static void random_venue(books *b, bool book_first)
{
    static const uint8_t PRICES[] = {BW_ADL_PRICE_MARK, BW_ADL_PRICE_ZERO, BW_ADL_PRICE_SPLIT, BW_ADL_PRICE_PREVIOUS_MARK,
                                     BW_ADL_PRICE_ZERO_BOTH};
    static const bw_bracket bracket[] = {{.imr_ppm = 100000, .mmr_ppm = 50000}};
    bw_command_pool pool = small_pool_settings();
    pool.money[1].price = PRICES[check_random(&b->seed) % 5];
    pool.quantity[0] = book_first ? BW_QUANTITY_BOOK : BW_QUANTITY_ADL;
    pool.quantity[1] = book_first ? BW_QUANTITY_ADL : BW_QUANTITY_END;
    pool.liquidation_fee_ppm = check_random(&b->seed) % 2 ? 10000 : 0;
    pool.penalty_ppm = check_random(&b->seed) % 2 ? 5000 : 0;
    pool.order_gap_ppm = check_random(&b->seed) % 2 ? 100000 : 0;   /* the fund pays what a fill lacks */
    bw_limits limits = small_limits;
    limits.accounts = TRADERS + 4;
    limits.orders = 64;
    small_begin(&b->eye.lab, &limits, &pool);
    for (uint16_t m = 0; m < 2; m++) {
        bw_command_market market = small_market_settings(BW_MARKET_LINEAR, 1, 100000);
        market.market = m;
        snprintf(market.name, sizeof market.name, "M%u", m);
        small_market(&b->eye.lab, &market, bracket, 1, 1000);
        b->marks[m] = 1000;
    }
    small_fund(&b->eye.lab, BW_FUND_DEPOSIT, BW_NONE16, 1 + (int64_t)(check_random(&b->seed) % (book_first ? 9000 : 500)));
    account(&b->eye, MAKER, 0, 10000000);
    for (uint64_t id = 1; id <= TRADERS; id++)
        account(&b->eye, id, 0, 2000 + (int64_t)(check_random(&b->seed) % 9000));
    for (uint32_t i = 0; i < 40; i++) {
        bw_command_trade c = {SMALL_HEADER(trade, TRADE, 0)};
        c.trade = (bw_trade){.buyer = 1 + check_random(&b->seed) % TRADERS, .seller = 1 + check_random(&b->seed) % TRADERS,
                             .lots = 1 + (int64_t)(check_random(&b->seed) % 9), .price = 1000, .market = (uint16_t)(i % 2)};
        lab_send(&b->eye.lab, &c.header);              /* may be refused for margin */
    }
}

static void watched(books *b)
{
    bw_exposure_watch_see(b->eye.watch, b->eye.lab.venue, b->eye.lab.events, b->eye.lab.count);
}

/* Half of every order that goes out is filled, somewhat off the mark. */
static void fill_orders(books *b)
{
    struct { uint64_t order; int64_t lots; uint16_t market; } orders[64];
    uint32_t count = 0;
    for (uint32_t i = 0; i < b->eye.lab.count && count < 64; i++) {
        const bw_event *e = &b->eye.lab.events[i];
        if (e->type != BW_EVENT_ORDER_OPENED)
            continue;
        orders[count].order = e->other;
        orders[count].lots = e->order_opened.lots;
        orders[count++].market = e->market;
    }
    for (uint32_t i = 0; i < count; i++) {
        int64_t lots = orders[i].lots / 2, off = (int64_t)(check_random(&b->seed) % 60) * (lots < 0 ? 1 : -1);
        bw_command_fill c = {SMALL_HEADER(fill, FILL, MAKER), .order = orders[i].order, .lots = lots < 0 ? -lots : lots,
                             .price = b->marks[orders[i].market] + off};
        if (lots != 0 && lab_send(&b->eye.lab, &c.header) <= BW_MORE)
            watched(b);
    }
}

static void move(books *b)
{
    uint16_t m = (uint16_t)(check_random(&b->seed) % 2);
    int64_t to = b->marks[m] + (int64_t)(check_random(&b->seed) % 241) - 120;
    to = to < 50 ? 50 : to;
    for (uint64_t id = 1; id <= TRADERS; id++) {
        bw_position_view position;
        if (bw_position_get(b->eye.lab.venue, id, m, &position))
            b->by_price[id] += position.size * (to - b->marks[m]);
    }
    b->marks[m] = to;
    mark(&b->eye, m, to);
    fill_orders(b);
}

/* What prices do not explain of an account's equity is what the path says was taken; of parts below 0, nothing. */
static void check_account(const books *b, uint64_t id, uint32_t *kinds)
{
    bw_exposure_path path = path_of(&b->eye, id);
    int64_t taken = b->equity[id] + b->by_price[id] - small_view(&b->eye.lab, id).equity - path.haircut;
    int64_t more = taken > 0 ? taken : 0;
    bool forced = path.flags & BW_EXPOSURE_LIQUIDATED, adl = path.flags & BW_EXPOSURE_ADL;
    lab_check(forced || adl || taken == 0, "account %llu: %lld taken of one who was not closed", (unsigned long long)id,
              (long long)taken);
    lab_check(forced || path.adl_cost == more, "account %llu: ADL cost %lld, taken %lld", (unsigned long long)id,
              (long long)path.adl_cost, (long long)taken);
    lab_check(adl || path.liquidation == more, "account %llu: liquidation %lld, taken %lld", (unsigned long long)id,
              (long long)path.liquidation, (long long)taken);
    lab_check(path.adl_cost + path.liquidation >= more, "account %llu: %lld and %lld, taken %lld", (unsigned long long)id,
              (long long)path.adl_cost, (long long)path.liquidation, (long long)taken);
    kinds[0] += forced && !adl && taken > 0;
    kinds[1] += forced && !adl && taken < 0;           /* others bore what he lacked */
    kinds[2] += adl && !forced && taken > 0;
    kinds[3] += path.haircut > 0;
}

static void charges_are_what_prices_do_not_explain(void **state)
{
    uint32_t kinds[4] = {0};
    uint64_t first = check_seed();
    (void)state;
    for (uint64_t run = 0; run < 200; run++) {
        books b = {.seed = first + run};
        lab_says("seed %llu", (unsigned long long)b.seed);
        random_venue(&b, run % 2);
        for (uint64_t id = 1; id <= TRADERS; id++)
            b.equity[id] = small_view(&b.eye.lab, id).equity;
        eye_open(&b.eye, 0);
        for (uint32_t i = 0; i < STEPS; i++)
            move(&b);
        bw_exposure_watch_end(b.eye.watch, b.eye.records, b.eye.bins);
        for (uint64_t id = 1; id <= TRADERS; id++)
            check_account(&b, id, kinds);
        eye_close(&b.eye);
    }
    printf("# liquidated at a cost %u, at others' cost %u, deleveraged at a cost %u, cut %u\n", kinds[0], kinds[1], kinds[2], kinds[3]);
    assert_true(kinds[0] > 50 && kinds[1] > 50 && kinds[2] > 20 && kinds[3] > 5);
}

/* The hits of the index are those of asking every account on every path. */
static void the_index_counts_everybody(void **state)
{
    enum { RANGES = 60 };
    uint64_t first = check_seed(), reached = 0, singles = 0;
    (void)state;
    for (uint64_t run = 0; run < 60; run++) {
        books b = {.seed = first + run};
        uint64_t counts[TRADERS + 8] = {0}, hits;
        int64_t low[RANGES][2], high[RANGES][2];
        random_venue(&b, false);
        eye_open(&b.eye, 0);
        bw_exposure_index *index = bw_exposure_index_new(zeros(bw_exposure_index_footprint(b.eye.book)), b.eye.book, b.eye.lab.venue);
        for (uint32_t i = 0; i < RANGES; i++) {
            for (uint32_t m = 0; m < 2; m++) {
                low[i][m] = 1000 - (int64_t)(check_random(&b.seed) % (i % 3 ? 300 : 999));
                high[i][m] = 1000 + (int64_t)(check_random(&b.seed) % (i % 3 ? 300 : 3000));
            }
            bw_exposure_index_add(index, low[i], high[i], counts);
        }
        bw_exposure_index_sum(index, counts);
        for (uint64_t id = 1; id <= TRADERS; id++) {
            bw_position_view position;
            uint64_t want = 0;
            uint32_t number = 0;
            uint16_t m = bw_position_get(b.eye.lab.venue, id, 0, &position) ? 0 : 1;
            bw_exposure_find(b.eye.book, id, &number);
            bool single = small_view(&b.eye.lab, id).position_count == 1 && bw_position_get(b.eye.lab.venue, id, m, &position);
            assert_int_equal(bw_exposure_index_hits(index, number, counts, &hits), single);
            for (uint32_t i = 0; single && position.trigger > 0 && i < RANGES; i++)
                want += position.size > 0 ? low[i][m] <= position.trigger : high[i][m] >= position.trigger;
            assert_true(!single || hits == want);
            singles += single;
            reached += single ? want : 0;
        }
        free(index);
        eye_close(&b.eye);
    }
    printf("# %llu traders with one position, %llu hits\n", (unsigned long long)singles, (unsigned long long)reached);
    assert_true(singles > 50 && reached > 300);
}

/* ---- random worlds ---- */

typedef struct {
    eye eye;
    world world;
    bw_metrics *metrics;
    bw_stress_watch *outcome;        /* the record of the path as `stress` keeps it */
    bool begun;
    uint64_t opened;                 /* accounts that came after the beginning */
    bool new_desk;                   /* so did a desk, or it changed: whose net risk is the venue's is then another question */
} run;

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
    lab *l = &r->eye.lab;
    bw_command_market market;
    command = with_underlying(command, &market);
    lab_send(l, command);
    world_observe(&r->world, l->events, l->count);
    bw_metrics_add(r->metrics, l->venue, command, l->events, l->count);
    r->new_desk |= r->begun && command->type == BW_COMMAND_DESK;
    if (r->begun)
        bw_exposure_watch_see(r->eye.watch, l->venue, l->events, l->count);
    bw_stress_watch_see(r->outcome, 0, l->events, l->count);
}

static void play(run *r, uint64_t seed)
{
    bw_metrics_limits limits = {.accounts = WORLD_ACCOUNTS, .markets = WORLD_MARKETS, .pools = WORLD_POOLS,
                                .desks = WORLD_ACCOUNTS, .batches = COMMANDS + 1, .closes = 65536, .owners = WORLD_ACCOUNTS};
    bw_stress_watch_limits seen = {.accounts = WORLD_ACCOUNTS, .markets = WORLD_MARKETS, .desks = WORLD_ACCOUNTS};
    world_command command;
    bw_venue_view view;
    world_new(&r->world, seed);
    r->outcome = bw_stress_watch_new(zeros(bw_stress_watch_footprint(&seen)), &seen);
    lab_new(&r->eye.lab, &r->world.limits);
    r->metrics = bw_metrics_new(zeros(bw_metrics_footprint(&limits)), &limits);
    world_setup(&r->world, send, r);
    bw_venue_get(r->eye.lab.venue, &view);
    bw_metrics_begin(r->metrics, r->eye.lab.venue, view.time_ns);
    eye_open(&r->eye, 0);
    bw_stress_watch_begin(r->outcome, 0);
    r->begun = true;
    for (uint32_t i = 0; i < COMMANDS; i++)
        send(r, world_next(&r->world, r->eye.lab.venue, &command));
    bw_venue_get(r->eye.lab.venue, &view);
    r->opened = view.accounts - r->eye.book->account_count;
    bw_exposure_watch_end(r->eye.watch, r->eye.records, r->eye.bins);
}

static void end(run *r)
{
    free(r->metrics);
    free(r->outcome);
    eye_close(&r->eye);
}

static const bw_metrics_pool_facts POOLS[WORLD_POOLS] = {{"a", "X", 0}, {"b", "Y", 3}, {"c", "Z", 9}};
static bw_metrics_market_facts markets[WORLD_MARKETS];
static const bw_metrics_facts FACTS = {.title = "random", .reproduce = "", .rules = "", .notes = "", .pools = POOLS,
                                       .markets = markets};

/* Sums over all accounts. */
typedef struct {
    uint64_t liquidated, adl, cut, bankrupt;
    int64_t charged, lost, delta_left, adl_notional;
} totals;

static totals totals_of(const run *r)
{
    totals sum = {0};
    for (uint32_t i = 0; i < r->eye.book->account_count; i++) {
        bw_exposure_path path = bw_exposure_watch_get(r->eye.watch, i);
        sum.liquidated += (path.flags & BW_EXPOSURE_LIQUIDATED) != 0;
        sum.adl += (path.flags & BW_EXPOSURE_ADL) != 0;
        sum.cut += (path.flags & BW_EXPOSURE_CUT) != 0;
        sum.bankrupt += (path.flags & BW_EXPOSURE_BANKRUPT) != 0;
        sum.charged += path.haircut;
        sum.lost += path.lost[BW_EXPOSURE_HOLD] - path.liquidation;
        sum.delta_left += path.delta_left;
        sum.adl_notional += path.adl_notional;
        assert_int_equal(r->eye.records[i].haircut, path.haircut);
        assert_int_equal(r->eye.records[i].delta_left, path.delta_left);
        assert_int_equal(path.flags & BW_EXPOSURE_SHORT_OF_ROOM, 0);
    }
    return sum;
}

static void records_agree_with_metrics(void **state)
{
    uint64_t adl = 0, cut = 0, bankrupt = 0, hedged = 0, lost = 0, opened = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= RUNS; seed++) {
        run r = {.begun = false};
        play(&r, seed);
        const bw_metrics_result *result = bw_metrics_finish(r.metrics, r.eye.lab.venue, &FACTS);
        const bw_metrics_pool *pool = &result->pools[0];
        totals sum = totals_of(&r);
        lab_says("seed %llu", (unsigned long long)seed);
        lab_check(sum.liquidated == pool->liquidated_accounts, "liquidated %llu, metrics %llu", (unsigned long long)sum.liquidated,
                  (unsigned long long)pool->liquidated_accounts);
        lab_check(sum.adl == pool->adl_accounts && sum.cut == pool->haircut_accounts && sum.bankrupt == pool->bankrupt_accounts,
                  "adl %llu, cut %llu, bankrupt %llu; metrics %llu, %llu, %llu", (unsigned long long)sum.adl,
                  (unsigned long long)sum.cut, (unsigned long long)sum.bankrupt, (unsigned long long)pool->adl_accounts,
                  (unsigned long long)pool->haircut_accounts, (unsigned long long)pool->bankrupt_accounts);
        lab_check(sum.lost == pool->lost[BW_HORIZON_END], "lost %lld, metrics %lld", (long long)sum.lost,
                  (long long)pool->lost[BW_HORIZON_END]);
        lab_check(r.new_desk || sum.delta_left == result->columns.value[BW_COL_HEDGE_DAMAGE], "left %lld, metrics %lld",
                  (long long)sum.delta_left, (long long)result->columns.value[BW_COL_HEDGE_DAMAGE]);
        bw_stress_outcome out = bw_stress_watch_end(r.outcome, r.eye.lab.venue, 0);
        lab_check(sum.adl_notional == out.adl_notional && sum.adl == out.adl_accounts, "ADL %lld of %llu, the path's record %lld of %u",
                  (long long)sum.adl_notional, (unsigned long long)sum.adl, (long long)out.adl_notional, out.adl_accounts);
        adl += sum.adl > 0;
        cut += sum.cut > 0;
        bankrupt += sum.bankrupt > 0;
        hedged += !r.new_desk && sum.delta_left > 0;
        lost += sum.lost != 0;
        opened += r.opened;
        end(&r);
    }
    printf("# of %d runs: ADL %llu, haircut %llu, bankrupt %llu, hedge damage %llu, lost %llu; accounts opened later %llu\n", RUNS,
           (unsigned long long)adl, (unsigned long long)cut, (unsigned long long)bankrupt, (unsigned long long)hedged,
           (unsigned long long)lost, (unsigned long long)opened);
    assert_true(adl > 5 && cut > 5 && bankrupt > 10 && hedged > 1 && lost > 5);
}

int main(void)
{
    for (uint32_t m = 0; m < WORLD_MARKETS; m++)
        markets[m] = (bw_metrics_market_facts){.name = "M", .provenance = "", .tick_nano = 1, .measured_adl = -1,
                                               .measured_liquidated = -1};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bins_hold_what_they_say),     cmocka_unit_test(parts_add_up_to_the_whole),
        cmocka_unit_test(processes_add_to_one_record), cmocka_unit_test(a_deleveraged_winner_by_hand),
        cmocka_unit_test(too_many_closes),             cmocka_unit_test(charges_are_what_prices_do_not_explain),
        cmocka_unit_test(the_index_counts_everybody),
        cmocka_unit_test(records_agree_with_metrics)};
    return cmocka_run_group_tests_name("stress/exposure", tests, NULL, NULL);
}
