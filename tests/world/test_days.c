/* Days without a measured deleveraging: columns that may be missing, accounts known by name, collateral bought on credit. */
#include "scenario.h"

#include "base/hash.h"
#include "world/play.h"

#define MARKETS                                                                                                       \
    "market,class,tick_usd,lot,brackets,open_interest_musd,users,winner_pnl_pct,loser_pnl_pct,provenance\n"           \
    "BTC,btc,1,0.000001,0:0.025:0.0125,100,10,3,3,shaped\n"                                                          \
    "JELLY,small,0.00000001,100,0:0.09:0.045,5.5,5,30,30,shaped\n"
#define PRICES                                                                                                        \
    "market,time,price_usd,source\nBTC,2025-03-26T13:00:00Z,88150,published\n"                                         \
    "JELLY,2025-03-26T13:00:00Z,0.0103,published\nJELLY,2025-03-26T13:10:00Z,0.0412,shaped\n"                         \
    "USDE,2025-03-26T13:00:00Z,1,published\nUSDE,2025-03-26T13:10:00Z,0.36,shaped\n"
#define KNOWN "account,owner,market,side,coins,entry_usd,equity_usd,source\n"
#define SHORT "short,trader,JELLY,short,398000000,0.0095,396000,a report\n"
#define LONGS "long-a,trader,JELLY,long,226000000,0.0095,2129000,a report\nlong-a,trader,BTC,long,1,88000,2129000,a report\n"

typedef struct {
    bw_market_facts market[3];   /* the third: the collateral's path */
    bw_price_fact price[8];
    bw_known_fact known[8];
    uint32_t market_count, price_count, known_count;
    bw_path *path;
    int64_t open[3];
} day;

static int64_t at(int minute)
{
    return (int64_t)(1742994000 + 60 * minute) * BW_NANO;   /* 2025-03-26T13:00:00Z */
}

static bw_path_params path_params(void)
{
    bw_path_params params = bw_path_params_default();
    params.start_ns = at(0);
    params.end_ns = at(12);
    params.batch_ns = 10 * (int64_t)BW_NANO;
    return params;
}

static day day_read(const char *known)
{
    day d = {.market = {[2] = {.name = "USDE", .tick_nano = 100000, .provenance = BW_PROVENANCE_SHAPED}}};
    bw_facts_error error;
    bw_path_params params = path_params();
    bw_market_facts collateral = d.market[2];
    assert_true(bw_facts_read_markets(MARKETS, strlen(MARKETS), d.market, 2, &d.market_count, &error));
    d.market[2] = collateral;
    assert_true(bw_facts_read_prices(PRICES, strlen(PRICES), d.market, 3, d.price, 8, &d.price_count, &error));
    if (!bw_facts_read_known(known, strlen(known), d.market, 2, d.known, 8, &d.known_count, &error))
        scenario_refused(&error, "known.csv");
    size_t size = bw_path_footprint(&params, d.market, 3, d.price_count);
    assert_int_equal(bw_path_new(malloc(size), size, &params, d.market, 3, d.price, d.price_count, &d.path), BW_PATH_OK);
    for (uint32_t m = 0; m < 3; m++)
        d.open[m] = bw_path_ticks(d.path, m, at(0), 0);
    return d;
}

static bw_book_status book_make(const day *d, const bw_book_params *params, void **memory, bw_book **book)
{
    size_t size = bw_book_footprint(params->account_count);
    *memory = malloc(size);
    return bw_book_new(*memory, size, params, d->market, d->market_count, d->open, book);
}

static bw_book_params params_of(const day *d, uint32_t accounts)
{
    bw_book_params params = bw_book_params_default();
    params.account_count = accounts;
    params.known = d->known;
    params.known_count = d->known_count;
    return params;
}

/* ---- files ---- */

static void measured_columns_may_be_missing(void **state)
{
    (void)state;
    day d = day_read(KNOWN);
    assert_int_equal(d.market_count, 2);
    assert_int_equal(d.market[1].adl_notional, -1);
    assert_int_equal(d.market[1].liquidated, -1);
    assert_int_equal(d.market[1].adl_price_ticks, 0);
    assert_int_equal(d.market[1].users, 5);
    assert_int_equal(d.market[1].winner_pnl_ppm, 300000);
    free(d.path);
}

static void markets_refused(const char *text, const char *expected)
{
    bw_market_facts markets[4];
    uint32_t count = 7;
    bw_facts_error error;
    char message[256];
    assert_false(bw_facts_read_markets(text, strlen(text), markets, 4, &count, &error));
    bw_facts_error_print(&error, "m.csv", message, sizeof message);
    assert_string_equal(message, expected);
    assert_int_equal(count, 0);
}

#define HEAD "market,class,tick_usd,lot,brackets,open_interest_musd,"
#define LINE "BTC,btc,1,0.000001,0:0.025:0.0125,100,"

static void other_headers_are_refused(void **state)
{
    (void)state;
    markets_refused(HEAD "adl_msd,users,winner_pnl_pct,loser_pnl_pct,provenance\n",
                    "m.csv:1: header: found 'adl_msd', expected column 7 to be adl_musd or liquidated_musd or users");
    markets_refused(HEAD "users,liquidated_musd,winner_pnl_pct,loser_pnl_pct,provenance\n",
                    "m.csv:1: header: found 'liquidated_musd', expected column 8 to be adl_price_usd or adl_high_usd or "
                    "adl_low_usd or winner_pnl_pct");
    markets_refused(HEAD "users,winner_pnl_pct\n",
                    "m.csv:1: header: found 'end of line', expected column 9 to be loser_pnl_pct");
    markets_refused(HEAD "users,winner_pnl_pct,loser_pnl_pct,provenance,more\n",
                    "m.csv:1: header: found 'more', expected no further column");
    markets_refused(HEAD "users,winner_pnl_pct,loser_pnl_pct,provenance\n" LINE "1,2,10,3,3,shaped\n",
                    "m.csv:2: line: found '12 fields', expected 10 fields");
    markets_refused(HEAD "users,winner_pnl_pct,loser_pnl_pct,provenance\n" LINE "10,3,shaped\n",
                    "m.csv:2: line: found '9 fields', expected 10 fields");
    markets_refused(HEAD "users,winner_pnl_pct,loser_pnl_pct,provenance\n" LINE ",3,3,shaped\n",
                    "m.csv:2: users: found '', expected a value");
    markets_refused(HEAD "users,adl_high_usd,winner_pnl_pct,loser_pnl_pct,provenance\n" LINE "10,9,3,3,shaped\n",
                    "m.csv:2: adl_low_usd: found '', expected adl_high_usd and adl_low_usd both or neither");
}

static void known_refused(const char *text, const char *expected)
{
    day d = day_read(KNOWN);
    bw_known_fact known[3];
    uint32_t count = 7;
    bw_facts_error error;
    char message[256];
    assert_false(bw_facts_read_known(text, strlen(text), d.market, 2, known, 3, &count, &error));
    bw_facts_error_print(&error, "k.csv", message, sizeof message);
    assert_string_equal(message, expected);
    assert_int_equal(count, 0);
    free(d.path);
}

static void wrong_known_accounts_are_refused(void **state)
{
    (void)state;
    known_refused(KNOWN "a,b,JELY,long,100,0.01,5,x\n",
                  "k.csv:2: market: found 'JELY', expected a market of the list; did you mean 'JELLY'?");
    known_refused(KNOWN "a,b,JELLY,log,100,0.01,5,x\n",
                  "k.csv:2: side: found 'log', expected long or short; did you mean 'long'?");
    known_refused(KNOWN "a,b,JELLY,long,150,0.01,5,x\n",
                  "k.csv:2: coins: found '150', expected a whole number of the market's lots");
    known_refused(KNOWN "1a,b,JELLY,long,100,0.01,5,x\n",
                  "k.csv:2: account: found '1a', expected a name of letters, digits, '-' and '_' that begins with a letter");
    known_refused(KNOWN "a,b,JELLY,long,100,0.01,0,x\n",
                  "k.csv:2: equity_usd: found '0', expected a number from 1 to 1152921504606846976 in units of 1e-6");
    known_refused(KNOWN SHORT "b,x,BTC,long,1,88000,9000,x\nshort,trader,BTC,long,1,88000,396000,x\n",
                  "k.csv:4: account: found 'short', expected the lines of an account to follow each other");
    known_refused(KNOWN SHORT "short,trader,JELLY,long,100,0.01,396000,x\n",
                  "k.csv:3: market: found 'JELLY', expected every market of an account once");
    known_refused(KNOWN SHORT "short,other,BTC,long,1,88000,396000,x\n",
                  "k.csv:3: owner: found 'other', expected the owner of the account's line before");
    known_refused(KNOWN SHORT "short,trader,BTC,long,1,88000,396001,x\n",
                  "k.csv:3: equity_usd: found '396001', expected the equity of the account's line before");
    known_refused(KNOWN SHORT LONGS "b,b,BTC,long,1,88000,9000,x\n", "k.csv:5: account: found 'b', expected no further line");
}

/* ---- path ---- */

static void given_points_are_met(void **state)
{
    (void)state;
    day d = day_read(KNOWN);
    assert_int_equal(bw_path_ticks(d.path, 1, at(0), 0), 1030000);
    assert_int_equal(bw_path_ticks(d.path, 1, at(5), 0), 2060000);   /* half way to four times */
    assert_int_equal(bw_path_ticks(d.path, 1, at(11), 0), 4120000);
    assert_int_equal(bw_path_ticks(d.path, 0, at(11), 0), 88150);
    assert_int_equal(bw_path_ticks(d.path, 2, at(5), 0), 6000);
    assert_int_equal(bw_path_source(d.path, 1, at(3)), BW_SOURCE_PUBLISHED);
    free(d.path);
}

static void provenance_tells_which_points(void **state)
{
    (void)state;
    day d = day_read(KNOWN);
    bw_path_params params = path_params();
    size_t size = bw_path_footprint(&params, d.market, 3, d.price_count);
    void *memory = malloc(size);
    bw_path *path;
    d.market[0].provenance = BW_PROVENANCE_OTHER_VENUE;   /* but its point is a published one */
    assert_int_equal(bw_path_new(memory, size, &params, d.market, 3, d.price, d.price_count, &path), BW_PATH_PROVENANCE);
    d.market[0].provenance = BW_PROVENANCE_SHAPED;
    d.price[0].source = BW_SOURCE_BINANCE_1M;
    assert_int_equal(bw_path_new(memory, size, &params, d.market, 3, d.price, d.price_count, &path), BW_PATH_PROVENANCE);
    free(memory);
    free(d.path);
}

/* ---- known accounts ---- */

static void known_accounts_stand_as_given(void **state)
{
    (void)state;
    day d = day_read(KNOWN SHORT LONGS);
    bw_book_params params = params_of(&d, 3000);
    void *memory;
    bw_book *book;
    int64_t sum[2] = {0}, others[2] = {0};
    assert_int_equal(book_make(&d, &params, &memory, &book), BW_BOOK_OK);
    assert_int_equal(book->known_count, 2);
    assert_int_equal(book->accounts[0].position_count, 1);
    assert_int_equal(book->accounts[1].position_count, 2);
    assert_int_equal(book->accounts[0].owner, book->accounts[1].owner);
    assert_int_not_equal(book->accounts[2].owner, book->accounts[1].owner);
    assert_int_equal(book->positions[0].lots, -3980000);
    assert_int_equal(book->positions[1].entry_ticks, 950000);
    assert_int_equal(book->positions[2].lots, 1000000);
    assert_int_equal(bw_book_equity(book, d.market, 0, d.open), 396000000000);
    assert_int_equal(bw_book_equity(book, d.market, 1, d.open), 2129000000000);
    assert_int_equal(book->accounts[0].balance, 396000000000 + 3980000 * (int64_t)80000);   /* the loss is not realised */
    for (uint32_t i = 0; i < book->position_count; i++) {
        sum[book->positions[i].market] += book->positions[i].lots;
        others[book->positions[i].lots > 0] += i >= 3 && book->positions[i].market == 1;
    }
    assert_int_equal(sum[0], 0);
    assert_int_equal(sum[1], 0);
    assert_true(others[0] > 0 && others[1] > 0);
    assert_in_range(book->stats.market[1].open_interest, 5500000000000, 5510000000000);   /* not on top of the target */
    free(memory);
    free(d.path);
}

static void does_not_fit(const char *known, const char *expected)
{
    day d = day_read(known);
    bw_facts_error error;
    char message[256];
    assert_false(bw_book_known_fits(d.known, d.known_count, d.market, d.open, &error));
    bw_facts_error_print(&error, "k.csv", message, sizeof message);
    assert_string_equal(message, expected);
    free(d.path);
}

static void accounts_that_cannot_stand_are_named(void **state)
{
    (void)state;
    day d = day_read(KNOWN SHORT LONGS);
    bw_facts_error error;
    assert_true(bw_book_known_fits(d.known, d.known_count, d.market, d.open, &error));
    free(d.path);
    does_not_fit(KNOWN "short,trader,JELLY,short,398000000,0.0095,368945.99,x\n",   /* 0.09 x 4,099,400 */
                 "k.csv:2: equity_usd: found '368945.99', expected at least 368946.00, the initial margin at the opening price");
    does_not_fit(KNOWN "short,trader,JELLY,short,398000000,0.0203,3979999.99,x\n",  /* 398,000,000 x 0.01 */
                 "k.csv:2: equity_usd: found '3979999.99', expected at least 3980000.00, the profit at the opening price");
    does_not_fit(KNOWN "short,trader,BTC,short,200000,88000,396000,x\n",
                 "k.csv:2: coins: found '200000000000 lots', expected a position of at most 10 billion USD");
}

/* The same on every machine. */
static void same_seed_same_book(void **state)
{
    (void)state;
    day d = day_read(KNOWN SHORT LONGS);
    bw_book_params params = params_of(&d, 3000);
    params.holder_share = .3;
    params.holder_from = .5;
    params.holder_to = 4;
    params.collateral_value = .9;
    void *memory;
    bw_book *book;
    assert_int_equal(book_make(&d, &params, &memory, &book), BW_BOOK_OK);
    uint64_t hash = 0;
    for (uint32_t a = 0; a < book->account_count; a++) {
        const bw_book_account *account = &book->accounts[a];
        const uint64_t words[] = {(uint64_t)account->balance, (uint64_t)account->collateral, account->owner};
        hash = bw_hash64(words, sizeof words, hash);
    }
    hash = bw_hash64(book->positions, book->position_count * sizeof book->positions[0], hash);
    printf("# book hash %016llx\n", (unsigned long long)hash);
    assert_int_equal(hash, 0x379be6683c91c143);
    free(memory);
    free(d.path);
}

static void too_few_around_them_are_refused(void **state)
{
    (void)state;
    day d = day_read(KNOWN SHORT LONGS);
    bw_book_params params = params_of(&d, 5);
    void *memory;
    bw_book *book;
    assert_int_equal(book_make(&d, &params, &memory, &book), BW_BOOK_KNOWN);
    assert_null(book);
    free(memory);
    uint32_t refused = 0;
    for (params.account_count = 6; params.account_count < 40; params.account_count++) {
        bw_book_status status = book_make(&d, &params, &memory, &book);
        assert_true(status == BW_BOOK_OK || status == BW_BOOK_KNOWN);
        refused += status == BW_BOOK_KNOWN;
        free(memory);
    }
    assert_true(refused > 0);
    free(d.path);
}

/* ---- collateral ---- */

static bw_book_params params_with_holders(const day *d, uint32_t accounts)
{
    bw_book_params params = params_of(d, accounts);
    params.holder_share = .3;
    params.holder_from = .5;
    params.holder_to = 4;
    params.collateral_value = .9;   /* a dollar less a tenth */
    return params;
}

/* Nobody's equity changes by what it is held in. */
static void holders_have_the_same_equity(void **state)
{
    (void)state;
    day d = day_read(KNOWN SHORT);
    bw_book_params plain = params_of(&d, 4000), with = params_with_holders(&d, 4000);
    void *memory[2];
    bw_book *book[2];
    uint32_t holders = 0, debtors = 0;
    assert_int_equal(book_make(&d, &plain, &memory[0], &book[0]), BW_BOOK_OK);
    assert_int_equal(book_make(&d, &with, &memory[1], &book[1]), BW_BOOK_OK);
    for (uint32_t a = 0; a < 4000; a++) {
        const bw_book_account *account = &book[1]->accounts[a];
        int64_t equity = bw_book_equity(book[0], d.market, a, d.open);
        int64_t more = bw_book_equity(book[1], d.market, a, d.open) - equity;
        assert_true(more == 0 || (account->collateral > 0 && more == 2));
        holders += account->collateral > 0;
        debtors += account->balance < 0;
        if (account->collateral > 0)
            assert_true((double)account->collateral * .9 >= .5 * (double)equity - 2 &&
                        (double)account->collateral * .9 <= 4 * (double)equity + 2);
    }
    assert_int_equal(book[1]->accounts[0].collateral, 0);   /* a known account has what its line says */
    assert_in_range(holders, 900, 1300);
    assert_int_equal(holders, book[1]->stats.holder_count);
    assert_true(debtors > holders / 2 && book[1]->stats.debt > 0);
    for (uint32_t i = 0; i < 2; i++)
        free(memory[i]);
    free(d.path);
}

/* ---- played ---- */

#define USERS 800u

typedef struct {
    bw_venue *venue;
    bw_event *events;
    bw_play *play;
    bw_book *book;
    void *book_memory;
    uint32_t *scan;
    int64_t gap, converted;
    bool checked;
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
        w->gap += w->events[i].type == BW_EVENT_LOSS ? w->events[i].loss.gap : 0;
        w->converted += w->events[i].type == BW_EVENT_CONVERTED ? w->events[i].converted.value : 0;
    }
}

static void rules_hold(const world *w)
{
    bw_conservation sums;
    uint64_t where = 0;
    for (uint16_t asset = 0; asset < 2; asset++) {
        assert_true(bw_conservation_get(w->venue, asset, &sums));
        assert_int_equal(sums.error, 0);
    }
    assert_int_equal(bw_venue_valid(w->venue, &where), 0);
}

static bool send(void *context, const bw_command *command, bw_status *status)
{
    world *w = context;
    const bw_command_work work = {{.size = sizeof work, .type = BW_COMMAND_WORK, .version = 1}};
    uint32_t count = 0;
    *status = bw_step(w->venue, command, w->events, &count);
    see(w, count);
    while (*status == BW_MORE) {
        *status = bw_step(w->venue, &work.header, w->events, &count);
        see(w, count);
    }
    if (w->checked)
        rules_hold(w);
    return true;
}

static void must(world *w, const void *command)
{
    bw_status status = BW_BAD_COMMAND;
    assert_true(send(w, command, &status));
    assert_int_equal(status, BW_OK);
}

#define HEADER(struct_name, TYPE, id) .header = {.size = sizeof(struct_name), .type = BW_COMMAND_##TYPE, .version = 1, \
                                                 .account = id}

/* USDT and USDE, a desk (1) and a maker (2); the collateral counts 0.9 of its price. */
static void found_venue(world *w)
{
    bw_command_asset assets[2] = {{HEADER(assets[0], ASSET, 0), .name = "USDT", .decimals = 6},
                                  {HEADER(assets[0], ASSET, 0), .asset = 1, .name = "USDE", .decimals = 6}};
    bw_command_pool pool = {HEADER(pool, POOL, 0), .name = "main", .quantity = {BW_QUANTITY_BOOK, BW_QUANTITY_ADL},
                            .money_count = 1, .money = {{.kind = BW_LAYER_CARRYOVER}}, .adl_score = BW_SCORE_PNL,
                            .adl_rule = BW_RULE_QUEUE, .window_ns = BW_NANO, .carryover_share_ppm = 1000000, .debt_max = -1};
    bw_command_collateral collateral = {HEADER(collateral, COLLATERAL, 0), .asset = 1, .haircut_ppm = 100000, .tick_num = 1,
                                        .tick_den = 10000, .price_max = 20000, .amount_max = (int64_t)1 << 52};
    must(w, &assets[0]);
    must(w, &assets[1]);
    must(w, &pool);
    for (uint64_t id = 1; id <= 2; id++) {
        bw_command_account account = {HEADER(account, ACCOUNT, id), .owner = id, .isolated = BW_NONE16,
                                      .flags = id == 2 ? BW_FLAG_MARKET_MAKER : 0};
        bw_command_deposit deposit = {HEADER(deposit, DEPOSIT, id), .amount = 1000000000000000};
        must(w, &account);
        must(w, &deposit);
    }
    bw_command_desk desk = {HEADER(desk, DESK, 1), .share_ppm = 1000000, .market_max = 1};
    must(w, &desk);
    must(w, &collateral);
}

static void found(world *w, const day *d, uint32_t work_max)
{
    bw_book_params book = params_with_holders(d, USERS);
    bw_limits limits = bw_play_limits(USERS, 2, 16);
    limits.holdings += USERS;
    limits.trigger_bits = 5;
    limits.work_max = work_max;
    assert_int_equal(book_make(d, &book, &w->book_memory, &w->book), BW_BOOK_OK);
    w->venue = bw_venue_new(zeroed(bw_venue_footprint(&limits)), &limits);
    w->events = zeroed(bw_events_max(&limits) * sizeof(bw_event));
    bw_play_params params = bw_play_params_default();
    params.market_count = 2;
    params.collateral = 0;
    params.collateral_asset = 1;
    params.user_first = 3;
    params.past_first = 3 + USERS;
    params.maker_count = 1;
    params.makers[0] = 2;
    for (uint32_t m = 0; m < 2; m++)
        params.liquidity[m] = bw_liquidity_params_default(d->market[m].class);
    const bw_play_host host = {w, send};
    w->play = bw_play_new(zeroed(bw_play_footprint(params.order_max)), &params, &host, w->venue, d->market, d->path, w->book);
    found_venue(w);
    bool loaded = bw_play_open(w->play) && bw_play_past_open(w->play) && bw_play_load(w->play, 0, USERS) &&
                  bw_play_past_close(w->play);
    if (!loaded)
        fail_msg("%s of account %llu: %s", bw_command_word(w->play->trouble.command),
                 (unsigned long long)w->play->trouble.account, bw_status_sentence((bw_status)w->play->trouble.status));
}

static void forget(world *w)
{
    free(w->venue);
    free(w->events);
    free(w->play);
    free(w->book_memory);
}

/* To the unit: what is owed, what is held, what it counts. */
static void debts_and_collateral_are_loaded(void **state)
{
    (void)state;
    day d = day_read(KNOWN SHORT);
    world w = {.gap = 0};
    uint32_t debtors = 0;
    found(&w, &d, 4096);
    for (uint32_t a = 0; a < USERS; a++) {
        const bw_book_account *account = &w.book->accounts[a];
        bw_account_view view;
        assert_true(bw_account_get(w.venue, 3 + a, &view));
        assert_int_equal(bw_account_balance(w.venue, 3 + a, 0), account->balance);
        assert_int_equal(bw_account_balance(w.venue, 3 + a, 1), account->collateral);
        assert_in_range(view.equity - bw_book_equity(w.book, d.market, a, d.open) + 1, 0, 2);
        assert_int_equal(view.position_count, account->position_count);
        debtors += account->balance < 0;
    }
    assert_true(debtors > 50);
    assert_int_equal(w.gap, 0);
    rules_hold(&w);
    forget(&w);
    free(d.path);
}

static void play_to_end(world *w)
{
    while (!bw_play_ended(w->play))
        assert_true(bw_play_batch(w->play));
}

/* Its fall alone makes a gap: JELLY's known short is worth less than what is converted. */
static void a_collateral_that_falls_makes_a_gap(void **state)
{
    (void)state;
    day d = day_read(KNOWN);
    world w = {.checked = false};
    d.price[2].price_nano = d.price[1].price_nano;   /* JELLY stands still */
    bw_path_params params = path_params();
    size_t size = bw_path_footprint(&params, d.market, 3, d.price_count);
    assert_int_equal(bw_path_new(d.path, size, &params, d.market, 3, d.price, d.price_count, &d.path), BW_PATH_OK);
    found(&w, &d, 4096);
    w.checked = true;
    play_to_end(&w);
    assert_true(w.converted > 0 && w.gap > 0);
    assert_true(bw_account_balance(w.venue, 1, 1) > 0);   /* the desk has it */
    forget(&w);
    free(d.path);
}

static void hash_of(uint32_t work_max, uint64_t hash[2])
{
    day d = day_read(KNOWN SHORT);
    world w = {.gap = 0};
    found(&w, &d, work_max);
    play_to_end(&w);
    bw_state_hash(w.venue, hash);
    forget(&w);
    free(d.path);
}

static void same_bytes_however_it_is_sliced(void **state)
{
    uint64_t first[2], again[2], sliced[2];
    (void)state;
    hash_of(4096, first);
    hash_of(4096, again);
    hash_of(5, sliced);
    assert_memory_equal(first, again, sizeof first);
    assert_memory_equal(first, sliced, sizeof first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measured_columns_may_be_missing),
        cmocka_unit_test(other_headers_are_refused),
        cmocka_unit_test(wrong_known_accounts_are_refused),
        cmocka_unit_test(given_points_are_met),
        cmocka_unit_test(provenance_tells_which_points),
        cmocka_unit_test(known_accounts_stand_as_given),
        cmocka_unit_test(accounts_that_cannot_stand_are_named),
        cmocka_unit_test(same_seed_same_book),
        cmocka_unit_test(too_few_around_them_are_refused),
        cmocka_unit_test(holders_have_the_same_equity),
        cmocka_unit_test(debts_and_collateral_are_loaded),
        cmocka_unit_test(a_collateral_that_falls_makes_a_gap),
        cmocka_unit_test(same_bytes_however_it_is_sliced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
