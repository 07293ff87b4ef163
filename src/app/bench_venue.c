/* bench_venue.c - a venue full of accounts, loaded through the same commands as any other. */
#include "app/bench.h"

#include "app/message.h"
#include "base/mix.h"
#include "base/random.h"
#include "engine/prices.h"
#include "engine/state.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#define GROUP 512u

uint64_t app_clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

bw_command_pool app_bench_pool(void)
{
    bw_command_pool pool = {
        .quantity = {BW_QUANTITY_BACKSTOP, BW_QUANTITY_ADL}, .money_count = 4,
        .money = {{.kind = BW_LAYER_FUND},
                  {.kind = BW_LAYER_DELEVERAGED, .price = BW_ADL_PRICE_ZERO, .rule = BW_RULE_CAPPED_PRO_RATA},
                  {.kind = BW_LAYER_HAIRCUT, .base = BW_BASE_POSITIVE_UPNL, .rule = BW_RULE_CAPPED_PRO_RATA,
                   .fraction_ppm = 1000000},
                  {.kind = BW_LAYER_CARRYOVER}},
        .adl_score = BW_SCORE_PNL_X_LEVERAGE, .adl_rule = BW_RULE_QUEUE, .carryover_share_ppm = 1000000, .debt_max = -1};
    return pool;
}

static bw_command header(app_bench_venue *bench, uint16_t type, size_t size)
{
    bench->time_ns += 1000;
    return (bw_command){.size = (uint32_t)size, .type = type, .version = 1, .time_ns = bench->time_ns};
}

/* A group says in events which of its trades were refused; a benchmark has none. */
static void refused_never(const bw_event *events, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (events[i].type == BW_EVENT_REFUSED) {
            app_say(APP_SYSTEM, "bench: the venue refused a trade: %s", bw_status_word((bw_status)events[i].refused.status));
            abort();
        }
}

void app_bench_step(app_bench_venue *bench, bw_command *command)
{
    bw_command_work work = {{.size = sizeof work, .type = BW_COMMAND_WORK, .version = 1}};
    const bw_command *next = command;
    app_bench_poll();
    for (;;) {
        uint32_t count;
        uint64_t start = app_clock_ns();
        bw_status status = bw_step(bench->venue, next, bench->events, &count);
        uint64_t took = app_clock_ns() - start;
        bench->longest_call_ns = took > bench->longest_call_ns ? took : bench->longest_call_ns;
        bench->calls++;
        bench->calls_ns += took;
        bench->events_seen += count;
        refused_never(bench->events, count);
        if (bench->watch)
            bench->watch(bench->watch_context, bench->events, count);
        if (status == BW_OK)
            return;
        if (status != BW_MORE) {
            app_say(APP_SYSTEM, "bench: the venue refused a command: %s", bw_status_word(status));
            abort();
        }
        next = &work.header;
    }
}

void app_bench_mark(app_bench_venue *bench, uint32_t markets, const int64_t *prices)
{
    _Alignas(8) char bytes[sizeof(bw_command_marks) + 64u * sizeof(bw_mark)];
    bw_command_marks *marks = (bw_command_marks *)(void *)bytes;
    size_t size = sizeof *marks + markets * sizeof(bw_mark);
    marks->header = header(bench, BW_COMMAND_MARKS, size);
    marks->count = markets;
    marks->reserved = 0;
    for (uint32_t m = 0; m < markets; m++)
        marks->marks[m] = (bw_mark){.price = prices[m], .kind = BW_MARK_MARKET, .item = (uint16_t)m};
    app_bench_step(bench, &marks->header);
}

uint64_t app_bench_mark_all(app_bench_venue *bench, uint32_t markets, int64_t ppm)
{
    int64_t prices[64];
    for (uint32_t m = 0; m < markets; m++)
        prices[m] = APP_BENCH_PRICE * ppm / 1000000;
    app_bench_mark(bench, markets, prices);
    return bench->calls_ns;
}

void app_bench_mark_plain(app_bench_venue *bench, uint32_t markets, int64_t ppm)
{
    for (uint32_t m = 0; m < markets; m++)
        bw_mark_set(bench->venue, m, APP_BENCH_PRICE * ppm / 1000000);
    for (uint32_t i = 0; i < 2u * BW_DIRTY_WORDS; i++)
        bw_at_dirty(bench->venue)[i] = 0;
}

uint64_t app_bench_sizes(const app_bench_venue *bench, uint64_t first, uint64_t last)
{
    uint64_t hash = 1;
    for (uint64_t a = first; a < last; a++) {
        const bw_hot *hot = bw_hot_at(bench->venue, (uint32_t)a);
        int64_t lots = 0;
        for (uint32_t i = 0; i < hot->count; i++)
            lots += bw_position_at(bench->venue, hot->extent + i)->size;
        hash = bw_mix_pair_u64(hash, (uint64_t)lots);
    }
    return hash;
}

uint64_t app_bench_runs(const app_bench_options *options)
{
    return options->runs < APP_BENCH_RUNS ? options->runs : APP_BENCH_RUNS;
}

/* ------------------------------------------------------------------------------------------------- settings */

static void configure(app_bench_venue *bench, const app_bench_spec *spec)
{
    bw_command_asset asset = {.header = header(bench, BW_COMMAND_ASSET, sizeof asset), .name = "USDC", .decimals = 6};
    app_bench_step(bench, &asset.header);
    bw_command_pool pool = spec->pool;
    pool.header = header(bench, BW_COMMAND_POOL, sizeof pool);
    memcpy(pool.name, "main", 5);
    app_bench_step(bench, &pool.header);
    int64_t prices[64];
    for (uint32_t m = 0; m < spec->markets; m++) {
        bw_command_market market = {.header = header(bench, BW_COMMAND_MARKET, sizeof market), .name = "M",
            .market = (uint16_t)m, .tick_value = APP_BENCH_TICK_VALUE, .price_max = 10 * APP_BENCH_PRICE,
            .open_interest_max = (INT64_C(1) << 61) / spec->markets / (10 * APP_BENCH_PRICE * APP_BENCH_TICK_VALUE),
            .min_slice = 1};
        app_bench_step(bench, &market.header);
        bw_command_brackets brackets = {.header = header(bench, BW_COMMAND_BRACKETS, sizeof brackets),
            .market = (uint16_t)m, .count = 2,
            .brackets = {{0, spec->imr_ppm ? spec->imr_ppm : 50000, 25000}, {INT64_C(1) << 55, 100000, 50000}}};
        app_bench_step(bench, &brackets.header);
        prices[m] = APP_BENCH_PRICE;
    }
    app_bench_mark(bench, spec->markets, prices);
}

/* ------------------------------------------------------------------------------------------------- accounts */

static uint64_t draw(const app_bench_spec *spec, uint64_t stream, uint64_t counter, uint64_t bound)
{
    return bw_random_below_u64(spec->seed, stream, counter, bound);
}

/* Lots of an account's j-th position: 1..1000. */
static int64_t lots_of(const app_bench_spec *spec, uint64_t pair, uint32_t j)
{
    return 1 + (int64_t)draw(spec, 1, pair * 64u + j, 1000);
}

static void account_open(app_bench_venue *bench, uint64_t id, int64_t amount)
{
    bw_command_account account = {.header = header(bench, BW_COMMAND_ACCOUNT, sizeof account), .owner = id,
                                  .isolated = BW_NONE16};
    account.header.account = id;
    app_bench_step(bench, &account.header);
    bw_command_deposit deposit = {.header = header(bench, BW_COMMAND_DEPOSIT, sizeof deposit), .amount = amount};
    deposit.header.account = id;
    app_bench_step(bench, &deposit.header);
}

/* The counterparty of account i of the first half, far from it in memory: a bijection onto the second half. One for all
   its positions, so that records of accounts lie side by side as they do after a restart. */
static uint64_t partner_of(const app_bench_spec *spec, uint64_t i)
{
    uint64_t half = spec->accounts / 2u;
    return half + (i + 64u * 7919u) % half;
}

static uint64_t pair_of(const app_bench_spec *spec, uint64_t account)
{
    uint64_t half = spec->accounts / 2u;
    return account < half ? account : (account - half + half - 64u * 7919u % half) % half;
}

static uint16_t market_of(const app_bench_spec *spec, uint64_t i, uint32_t j)
{
    uint32_t stride = spec->markets > 3u ? 3u : 1u;
    return (uint16_t)((i + j * stride) % spec->markets);
}

/* Notional of all positions of an account, to size its deposit before it trades. */
static int64_t notional_of(const app_bench_spec *spec, uint64_t account)
{
    int64_t lots = 0;
    if (spec->whale)
        return account ? lots_of(spec, account - 1u, 0) * APP_BENCH_PRICE * APP_BENCH_TICK_VALUE : 0;
    for (uint32_t j = 0; j < spec->positions; j++)
        lots += lots_of(spec, pair_of(spec, account), j);
    return lots * APP_BENCH_PRICE * APP_BENCH_TICK_VALUE;
}

/* Equity over notional, ppm. With no upper bound given: leverage as measured of the users of 10 October 2025 (1% above
   12.6, 5% above 5.22, 10% above 2.77, half above 0.424, the rest below). */
static int64_t equity_ppm(const app_bench_spec *spec, uint64_t account)
{
    static const struct { uint32_t upto, low, high; } measured[] = {
        {100, 0, 79365}, {500, 79365, 191571}, {1000, 191571, 361011}, {5000, 361011, 2358491}, {10000, 2358491, 10000000}};
    if (spec->equity_max_ppm)
        return spec->equity_min_ppm + (int64_t)draw(spec, 2, account, spec->equity_max_ppm - spec->equity_min_ppm + 1u);
    uint64_t rank = draw(spec, 2, account, 10000), k = 0;
    while (rank >= measured[k].upto)
        k++;
    int64_t ppm = measured[k].low + (int64_t)draw(spec, 4, account, measured[k].high - measured[k].low);
    return ppm < spec->equity_min_ppm ? spec->equity_min_ppm : ppm;
}

static void accounts_open(app_bench_venue *bench, const app_bench_spec *spec)
{
    for (uint64_t a = 0; a < spec->accounts; a++) {
        int64_t ppm = equity_ppm(spec, a);
        int64_t notional = notional_of(spec, a);
        account_open(bench, a + 1u, spec->whale && a == 0 ? INT64_C(1) << 57 : notional / 1000000 * ppm + 1);
    }
    if (spec->desk_balance == 0)
        return;
    account_open(bench, spec->accounts + 1u, spec->desk_balance);
    bw_command_desk desk = {.header = header(bench, BW_COMMAND_DESK, sizeof desk), .share_ppm = 1000000,
                            .market_max = INT64_C(1) << 61};
    desk.header.account = spec->accounts + 1u;
    app_bench_step(bench, &desk.header);
}

static bw_trade trade_of(const app_bench_spec *spec, uint64_t i, uint32_t j)
{
    uint64_t a = i + 1u, b = partner_of(spec, i) + 1u;
    bool swap = !spec->one_side && (draw(spec, 3, i * 64u + j, 2) != 0);
    return (bw_trade){.buyer = swap ? b : a, .seller = swap ? a : b, .lots = lots_of(spec, i, j),
                      .price = APP_BENCH_PRICE, .market = market_of(spec, i, j)};
}

/* With a whale account 1 buys from everybody else. */
static uint64_t trade_count(const app_bench_spec *spec)
{
    return spec->whale ? spec->accounts - 1u : spec->accounts / 2u * spec->positions;
}

static bw_trade trade_number(const app_bench_spec *spec, uint64_t n)
{
    if (!spec->whale)
        return trade_of(spec, n / spec->positions, (uint32_t)(n % spec->positions));
    return (bw_trade){.buyer = 1, .seller = n + 2u, .lots = lots_of(spec, n, 0), .price = APP_BENCH_PRICE};
}

static void trades_load(app_bench_venue *bench, const app_bench_spec *spec)
{
    size_t size = sizeof(bw_command_trades) + GROUP * sizeof(bw_trade);
    bw_command_trades *group = aligned_alloc(64, (size + 63u) & ~(size_t)63u);
    uint64_t total = trade_count(spec);
    for (uint64_t n = 0; n < total;) {
        uint32_t count = 0;
        while (count < GROUP && n < total)
            group->trades[count++] = trade_number(spec, n++);
        app_bench_trade_group(bench, group, count);
    }
    free(group);
}

static void fund_load(app_bench_venue *bench, const app_bench_spec *spec)
{
    if (spec->fund == 0)
        return;
    bw_command_fund fund = {.header = header(bench, BW_COMMAND_FUND, sizeof fund), .amount = spec->fund,
                            .market = BW_NONE16, .move = BW_FUND_DEPOSIT};
    app_bench_step(bench, &fund.header);
}

bool app_bench_venue_new(app_bench_venue *bench, const app_bench_spec *spec)
{
    uint64_t accounts = spec->accounts;
    *bench = (app_bench_venue){.limits = {
        .assets = 1, .pools = 1, .markets = spec->markets, .accounts = (uint32_t)accounts + 1u,
        .positions = (uint32_t)(accounts * spec->positions + accounts / 64u + 4096u + spec->spare), .positions_per_account = 64,
        .orders = 1024, .desks = 2, .command_ids = 65536, .trigger_bits = 12, .work_max = spec->work_max}};
    bench->footprint = bw_venue_footprint(&bench->limits);
    bench->memory = mmap(NULL, bench->footprint, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    bench->events = malloc(bw_events_max(&bench->limits) * sizeof(bw_event));
    if (bench->memory == MAP_FAILED || !bench->events)
        return false;
    madvise(bench->memory, bench->footprint, MADV_HUGEPAGE);
    bench->venue = bw_venue_new(bench->memory, &bench->limits);
    configure(bench, spec);
    accounts_open(bench, spec);
    trades_load(bench, spec);
    fund_load(bench, spec);
    app_bench_reset(bench);
    return true;
}

void app_bench_reset(app_bench_venue *bench)
{
    bench->events_seen = bench->longest_call_ns = bench->calls = bench->calls_ns = 0;
}

bool app_bench_keep(app_bench_venue *bench)
{
    bench->kept_size = bw_venue_persistent(&bench->limits);
    bench->kept = malloc(bench->kept_size);
    if (!bench->kept)
        return false;
    memcpy(bench->kept, bench->memory, bench->kept_size);
    return true;
}

void app_bench_restore(app_bench_venue *bench)
{
    memcpy(bench->memory, bench->kept, bench->kept_size);
    app_bench_reset(bench);
}

void app_bench_account(app_bench_venue *bench, uint64_t id, int64_t amount)
{
    account_open(bench, id, amount);
}

void app_bench_trade_one(app_bench_venue *bench, const bw_trade *trade)
{
    bw_command_trade command = {.header = header(bench, BW_COMMAND_TRADE, sizeof command), .trade = *trade};
    app_bench_step(bench, &command.header);
}

void app_bench_trade_group(app_bench_venue *bench, bw_command_trades *group, uint32_t count)
{
    group->header = header(bench, BW_COMMAND_TRADES, sizeof *group + count * sizeof(bw_trade));
    group->count = count;
    group->reserved = 0;
    app_bench_step(bench, &group->header);
}

void app_bench_venue_free(app_bench_venue *bench)
{
    munmap(bench->memory, bench->footprint);
    free(bench->events);
    free(bench->kept);
}
