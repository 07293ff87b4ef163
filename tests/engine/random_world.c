/* random_world.c - how worlds are made and what happens in them. */
#include "random_make.h"

#include "base/random.h"

#include <string.h>

uint64_t world_below(world *w, uint64_t bound)
{
    return bw_random_below_u64(w->seed, 0, w->counter++, bound);
}

bool world_chance(world *w, uint32_t ppm)
{
    return world_below(w, 1000000) < ppm;
}

int64_t world_range(world *w, int64_t low, int64_t high)
{
    return high <= low ? low : low + (int64_t)world_below(w, (uint64_t)(high - low) + 1u);
}

static int64_t clamp(int64_t x, int64_t low, int64_t high)
{
    return x < low ? low : x > high ? high : x;
}

uint64_t world_account_id(uint64_t index)
{
    return 100u + 7u * index;
}

/* ------------------------------------------------------------------------------------------------- the plan */

void world_new(world *w, uint64_t seed)
{
    *w = (world){.seed = seed, .wild = true, .time_ns = 1000000000};
    static const int64_t moneys[] = {300, 5000, 1000000, 1000000000, INT64_C(1) << 50};
    w->money = moneys[world_below(w, world_chance(w, 200000) ? 5 : 4)];
    w->pools = 1u + (uint32_t)world_below(w, world_chance(w, 300000) ? WORLD_POOLS : 1);
    w->markets = w->pools + (uint32_t)world_below(w, WORLD_MARKETS + 1 - w->pools);
    w->accounts = 3u + (uint32_t)world_below(w, WORLD_ACCOUNTS - 2);
    w->collaterals = world_chance(w, 500000) ? (uint32_t)world_below(w, WORLD_COLLATERALS + 1) : 0;
    w->limits = (bw_limits){
        .assets = 6, .pools = w->pools, .markets = w->markets, .collaterals = w->collaterals,
        .accounts = w->accounts + 1u, .positions = w->accounts * 12u, .positions_per_account = WORLD_MARKETS,
        .holdings = w->accounts * 4u, .orders = 64, .desks = 4, .command_ids = 16, .stakes = 5,
        .trigger_bits = 2u + (uint32_t)world_below(w, 6), .work_max = 4096, .aging = 1};
    w->limits.owners = world_chance(w, 750000);
    w->limits.indexed = world_chance(w, 500000);
    if (world_chance(w, 150000))
        w->limits.positions = w->accounts;
    if (world_chance(w, 150000))
        w->limits.orders = (uint32_t)world_below(w, 3);
    if (world_chance(w, 150000))
        w->limits.holdings = 1u + (uint32_t)world_below(w, 6);
    if (world_chance(w, 100000))
        w->limits.positions_per_account = 1u + (uint32_t)world_below(w, 2);
}

/* ----------------------------------------------------------------------------------------------------- setup */

static const bw_command *mark_command(world *w, world_command *command, uint16_t kind, uint32_t item, int64_t price)
{
    bw_command_marks *c = world_begin(w, command, BW_COMMAND_MARKS, sizeof *c + sizeof(bw_mark));
    c->count = 1;
    c->marks[0] = (bw_mark){.price = price, .kind = kind, .item = (uint16_t)item};
    return &c->header;
}

static const bw_command *deposit_command(world *w, world_command *command, uint32_t account, int64_t amount)
{
    bw_command_deposit *c = BEGIN(w, command, deposit, DEPOSIT);
    c->header.account = world_account_id(account);
    c->asset = w->pool_asset[w->account_pool[account]];
    c->amount = amount;
    return &c->header;
}

static void setup_pools(world *w, world_command *c, world_send *send, void *context)
{
    for (uint32_t i = 0; i < 6; i++) {
        bw_command_asset *a = BEGIN(w, c, asset, ASSET);
        a->asset = (uint16_t)i;
        a->decimals = 2;
        send(context, &a->header);
    }
    bool one_asset = world_chance(w, 400000);
    for (uint32_t i = 0; i < w->pools; i++) {
        w->pool_asset[i] = (uint8_t)(one_asset ? 0 : i);
        send(context, world_pool_command(w, c, i));
    }
    for (uint32_t i = 0; i < w->collaterals; i++) {
        w->collateral_pool[i] = (uint8_t)world_below(w, w->pools);
        w->collateral_price[i] = world_range(w, 50, 500);
        send(context, world_collateral_command(w, c, i));
        send(context, mark_command(w, c, BW_MARK_COLLATERAL, i, w->collateral_price[i]));
    }
    for (uint32_t i = 0; i < w->markets; i++) {
        world_market_plan(w, i);
        send(context, world_market_command(w, c, i));
        send(context, world_brackets_command(w, c, i));
        send(context, mark_command(w, c, BW_MARK_MARKET, i, w->price_start[i]));
    }
}

void world_setup(world *w, world_send *send, void *context)
{
    static world_command c;
    setup_pools(w, &c, send, context);
    uint32_t desks = world_chance(w, 700000) ? 1u + (uint32_t)world_below(w, 3) : 0;
    for (uint32_t i = 0; i < w->accounts; i++) {
        w->account_pool[i] = (uint8_t)world_below(w, w->pools);
        w->desk[i] = i < desks;
        send(context, world_account_command(w, &c, i));
        if (w->desk[i])
            send(context, world_desk_command(w, &c, i));
        if (world_chance(w, 850000))
            send(context, deposit_command(w, &c, i, w->desk[i] ? world_magnitude(w, w->money * 4) : world_range(w, 1, w->money)));
    }
    for (uint32_t i = 0; i < w->pools; i++) {
        bw_command_fund *f = BEGIN(w, &c, fund, FUND);
        f->amount = world_magnitude(w, w->money);
        f->pool = (uint16_t)i;
        f->market = BW_NONE16;
        if (world_chance(w, 700000))
            send(context, &f->header);
    }
}

/* ---------------------------------------------------------------------------------------- money of accounts */

static const bw_command *next_marks(world *w, const bw_venue *venue, world_command *command);

static uint32_t any_account(world *w)
{
    return (uint32_t)world_below(w, w->accounts);
}

static uint16_t asset_for(world *w, uint32_t account)
{
    for (uint32_t i = 0; i < w->collaterals; i++)
        if (w->collateral_pool[i] == w->account_pool[account] && world_chance(w, 400000))
            return (uint16_t)((w->collateral_pool[i] + 1u + i) % 6u);
    return world_chance(w, 20000) ? (uint16_t)world_below(w, 8) : w->pool_asset[w->account_pool[account]];
}

static int64_t part_of(world *w, int64_t whole)
{
    if (whole <= 0 || world_chance(w, 50000))
        return world_magnitude(w, w->money);
    return world_chance(w, 250000) ? whole : world_range(w, 1, whole);
}

static const bw_command *next_deposit(world *w, world_command *command)
{
    uint32_t account = any_account(w);
    bw_command_deposit *c = BEGIN(w, command, deposit, DEPOSIT);
    c->header.account = world_account_id(account);
    c->asset = asset_for(w, account);
    c->amount = world_magnitude(w, w->money);
    return &c->header;
}

static const bw_command *next_withdraw(world *w, const bw_venue *venue, world_command *command)
{
    uint32_t account = any_account(w);
    bw_command_withdraw *c = BEGIN(w, command, withdraw, WITHDRAW);
    bw_account_view view = {0};
    c->header.account = world_account_id(account);
    c->asset = asset_for(w, account);
    bw_account_get(venue, c->header.account, &view);
    bool own = c->asset == w->pool_asset[w->account_pool[account]];
    c->amount = part_of(w, own ? view.withdrawable : bw_account_balance(venue, c->header.account, c->asset));
    return &c->header;
}

static const bw_command *next_transfer(world *w, const bw_venue *venue, world_command *command)
{
    uint32_t account = any_account(w);
    bw_command_transfer *c = BEGIN(w, command, transfer, TRANSFER);
    c->header.account = world_account_id(account);
    c->to = world_account_id(world_chance(w, 900000) ? account ^ 1u : any_account(w));
    c->asset = asset_for(w, account);
    c->amount = part_of(w, bw_account_balance(venue, c->header.account, c->asset));
    return &c->header;
}

static const bw_command *next_adjust(world *w, const bw_venue *venue, world_command *command)
{
    uint32_t account = any_account(w);
    bw_command_adjust *c = BEGIN(w, command, adjust, ADJUST);
    c->header.account = world_account_id(account);
    c->asset = asset_for(w, account);
    c->amount = world_chance(w, 500000) ? world_magnitude(w, w->money)
                                        : -part_of(w, bw_account_balance(venue, c->header.account, c->asset));
    return &c->header;
}

static const bw_command *next_convert(world *w, const bw_venue *venue, world_command *command)
{
    uint32_t account = (uint32_t)world_below(w, 3);
    if (!w->desk[account] || w->collaterals == 0)
        return next_marks(w, venue, command);
    bw_command_convert *c = BEGIN(w, command, convert, CONVERT);
    c->header.account = world_account_id(account);
    c->asset = asset_for(w, account);
    c->amount = part_of(w, bw_account_balance(venue, c->header.account, c->asset));
    c->proceeds = world_range(w, 0, w->money);
    return &c->header;
}

static const bw_command *next_stake(world *w, const bw_venue *venue, world_command *command)
{
    uint64_t account = world_account_id(any_account(w));
    bw_account_view view;
    if (world_chance(w, 500000) && bw_account_get(venue, account, &view) && view.shares) {
        bw_command_unstake *c = BEGIN(w, command, unstake, UNSTAKE);
        c->header.account = account;
        c->shares = world_chance(w, 600000) ? view.shares : part_of(w, view.shares);
        return &c->header;
    }
    bw_command_stake *c = BEGIN(w, command, stake, STAKE);
    c->header.account = account;
    c->amount = part_of(w, bw_account_get(venue, account, &view) ? view.withdrawable : w->money);
    return &c->header;
}

static const bw_command *next_reserve(world *w, world_command *command)
{
    bw_command_reserve *c = BEGIN(w, command, reserve, RESERVE);
    c->header.account = world_account_id(any_account(w));
    c->amount = world_amount_or_zero(w, 400000);
    return &c->header;
}

static const bw_command *next_fund(world *w, const bw_venue *venue, world_command *command)
{
    bw_command_fund *c = BEGIN(w, command, fund, FUND);
    bw_pool_view view = {0};
    uint32_t market = (uint32_t)world_below(w, w->markets);
    c->pool = w->market_pool[market];
    c->market = world_chance(w, 500000) ? BW_NONE16 : (uint16_t)market;
    c->move = (uint8_t)world_below(w, BW_FUND_MOVES);
    bw_pool_get(venue, c->pool, &view);
    if (c->move == BW_FUND_TO_MARKET || c->move == BW_FUND_FROM_MARKET)
        c->market = (uint16_t)market;
    int64_t there = c->move == BW_FUND_CAPITAL_WITHDRAW ? view.capital
                  : c->move >= BW_FUND_FEES_TO_FUND ? view.fees : view.fund;
    bool enters = c->move == BW_FUND_DEPOSIT || c->move == BW_FUND_CAPITAL_DEPOSIT;
    c->amount = enters ? world_magnitude(w, w->money) : part_of(w, there / 2);
    return &c->header;
}

/* ----------------------------------------------------------------------------------------------------- trades */

static int64_t price_near(world *w, uint32_t market, int64_t mark)
{
    int64_t price = mark;
    if (world_chance(w, 600000))
        price += world_range(w, -(mark / 50) - 1, mark / 50 + 1);
    else if (world_chance(w, 100000))
        price = world_range(w, 1, w->price_max[market]);
    return price < 1 ? 1 : price > w->price_max[market] ? w->price_max[market] : price;
}

/* Lots that a small multiple of the account's equity buys; or what it holds. */
static int64_t lots_for(world *w, const bw_venue *venue, uint64_t id, uint32_t market, int64_t mark)
{
    bw_account_view view = {0};
    bw_position_view position = {0};
    if (world_chance(w, 250000) && bw_position_get(venue, id, (uint16_t)market, &position))
        return position.size < 0 ? -position.size : position.size;
    bw_account_get(venue, id, &view);
    int64_t value = w->kind[market] == BW_MARKET_LINEAR ? mark * w->tick_value[market] : w->tick_value[market] / mark;
    int64_t free = view.equity - view.im - view.order_margin;
    int64_t lots = clamp(free, 1, INT64_MAX) / clamp(value, 1, INT64_MAX);
    static const int64_t halves[] = {1, 2, 4, 10, 40};
    lots = clamp(clamp(lots, 0, 1 << 20) * halves[world_below(w, 5)] / 2, 1, 100000);
    return world_chance(w, 300000) ? lots : world_range(w, 1, lots);
}

static bw_trade any_trade(world *w, const bw_venue *venue)
{
    uint32_t market = (uint32_t)world_below(w, w->markets), a = any_account(w), b = any_account(w);
    for (int i = 0; i < 40 && w->account_pool[a] != w->market_pool[market]; i++)
        a = any_account(w);
    for (int i = 0; i < 40 && (w->account_pool[b] != w->market_pool[market] || b == a); i++)
        b = any_account(w);
    bw_market_view view = {0};
    bw_market_get(venue, (uint16_t)market, &view);
    int64_t mark = view.mark > 0 ? view.mark : 1;
    bw_trade t = {.buyer = world_account_id(a), .seller = world_account_id(b), .market = (uint16_t)market};
    t.price = price_near(w, market, mark);
    t.lots = lots_for(w, venue, world_chance(w, 500000) ? t.buyer : t.seller, market, mark);
    if (world_chance(w, 500000)) {
        t.fee_buyer = world_range(w, 0, w->money / 100);
        t.fee_seller = world_range(w, -t.fee_buyer, w->money / 100);
    }
    return t;
}

/* Mostly one that is accepted, if a few tries find it. */
static bw_trade some_trade(world *w, const bw_venue *venue)
{
    uint64_t refused;
    bw_trade t = any_trade(w, venue);
    if (world_chance(w, 150000))
        return t;
    for (int i = 0; i < 8 && bw_trade_check(venue, &t, &refused) != BW_OK; i++)
        t = any_trade(w, venue);
    return t;
}

static const bw_command *next_trade(world *w, const bw_venue *venue, world_command *command)
{
    bw_command_trade *c = BEGIN(w, command, trade, TRADE);
    c->trade = some_trade(w, venue);
    return &c->header;
}

static const bw_command *next_trades(world *w, const bw_venue *venue, world_command *command)
{
    uint32_t count = (uint32_t)world_below(w, 9);
    bw_command_trades *c = world_begin(w, command, BW_COMMAND_TRADES, sizeof *c + count * sizeof(bw_trade));
    c->count = count;
    for (uint32_t i = 0; i < count; i++)
        c->trades[i] = some_trade(w, venue);
    return &c->header;
}

/* ----------------------------------------------------------------------------------------------------- prices */

static int64_t moved(world *w, int64_t price, int64_t most)
{
    int64_t ppm = world_chance(w, 650000) ? world_range(w, 960000, 1040000) : world_range(w, 500000, 2000000);
    int64_t next = price / 1000000 * ppm + price % 1000000 * ppm / 1000000 + (int64_t)world_below(w, 2);
    if (world_chance(w, 10000))
        next = world_range(w, 1, most);
    return next < 1 ? 1 : next > most ? most : next;
}

static void mark_add(world *w, const bw_venue *venue, bw_command_marks *c, uint32_t market)
{
    bw_market_view view = {0};
    bw_market_get(venue, (uint16_t)market, &view);
    if (view.status >= BW_MARKET_SETTLING && !world_chance(w, 20000))
        return;
    c->marks[c->count++] = (bw_mark){.price = moved(w, view.mark ? view.mark : w->price_start[market], w->price_max[market]),
                                     .kind = BW_MARK_MARKET, .item = (uint16_t)market};
    if (world_chance(w, 30000))
        c->marks[c->count++] = (bw_mark){.price = w->price_start[market], .kind = BW_MARK_INDEX, .item = (uint16_t)market};
}

static const bw_command *next_marks(world *w, const bw_venue *venue, world_command *command)
{
    bw_command_marks *c = world_begin(w, command, BW_COMMAND_MARKS, sizeof *c + 64u * sizeof(bw_mark));
    uint32_t some = world_chance(w, 400000) ? 1000000 : 350000;
    for (uint32_t m = 0; m < w->markets; m++)
        if (world_chance(w, some))
            mark_add(w, venue, c, m);
    for (uint32_t i = 0; i < w->collaterals; i++)
        if (world_chance(w, 250000)) {
            w->collateral_price[i] = moved(w, w->collateral_price[i], 1000);
            c->marks[c->count++] = (bw_mark){.price = w->collateral_price[i], .kind = BW_MARK_COLLATERAL, .item = (uint16_t)i};
        }
    c->header.size = (uint32_t)(sizeof *c + c->count * sizeof(bw_mark));
    return &c->header;
}

static const bw_command *next_funding(world *w, world_command *command)
{
    bw_command_funding *c = BEGIN(w, command, funding, FUNDING);
    c->market = (uint16_t)world_below(w, w->markets);
    int64_t most = world_chance(w, 800000) ? 20000000 : 500000000;
    c->rate_ppb = world_range(w, -most, most);
    return &c->header;
}

/* ------------------------------------------------------------------------------------------------------ orders */

static uint64_t any_order(world *w)
{
    if (w->order_count == 0 || world_chance(w, 20000))
        return world_below(w, 20) << 24 | world_below(w, 4);
    return w->orders[world_below(w, w->order_count)];
}

/* The position that an order closes, found by asking every account. */
static bool order_position(const world *w, const bw_venue *venue, uint64_t order, bw_position_view *view)
{
    for (uint32_t a = 0; a < w->accounts; a++)
        for (uint32_t m = 0; m < w->markets; m++)
            if (bw_position_get(venue, world_account_id(a), (uint16_t)m, view) && view->order == order)
                return true;
    return false;
}

/* Of some accounts of the pool the one with most equity to spare: it can take lots. */
static uint64_t rich_account(world *w, const bw_venue *venue, uint32_t pool)
{
    uint64_t found = world_account_id(any_account(w));
    int64_t most = -1;
    for (int i = 0; i < 8; i++) {
        uint32_t a = any_account(w);
        bw_account_view view = {0};
        bool there = w->account_pool[a] == pool && bw_account_get(venue, world_account_id(a), &view);
        if (there && view.isolated == BW_NONE16 && view.equity - view.im > most) {
            most = view.equity - view.im;
            found = view.id;
        }
    }
    return found;
}

static const bw_command *next_fill(world *w, const bw_venue *venue, world_command *command)
{
    bw_command_fill *c = BEGIN(w, command, fill, FILL);
    bw_position_view view = {.size = 1};
    bw_market_view market = {.mark = 1};
    c->order = any_order(w);
    c->header.account = world_account_id(any_account(w));
    if (order_position(w, venue, c->order, &view)) {
        bw_market_get(venue, view.market, &market);
        c->header.account = rich_account(w, venue, market.pool);
        c->price = world_chance(w, 300000) ? w->order_limit : price_near(w, view.market, market.mark);
        c->price = clamp(c->price + world_range(w, -1, 1), 1, w->price_max[view.market]);
    } else
        c->price = 1 + (int64_t)world_below(w, 100);
    int64_t size = view.size < 0 ? -view.size : view.size;
    c->lots = world_chance(w, 300000) ? size : world_range(w, 1, size);
    return &c->header;
}

/* Offers for the lots of a live order, some of them strange; now and then for another market of its account. */
static const bw_command *next_liquidate(world *w, const bw_venue *venue, world_command *command)
{
    uint32_t count = (uint32_t)world_below(w, 5);
    bw_command_liquidate *c = world_begin(w, command, BW_COMMAND_LIQUIDATE, sizeof *c + count * sizeof(bw_offer));
    bw_position_view view = {.account = world_account_id(any_account(w)), .market = (uint16_t)world_below(w, w->markets),
                             .size = 1};
    bw_market_view market = {.mark = 1};
    order_position(w, venue, any_order(w), &view);
    c->header.account = view.account;
    c->market = world_chance(w, 850000) ? view.market : (uint16_t)world_below(w, w->markets);
    bw_market_get(venue, c->market, &market);
    bw_position_get(venue, view.account, c->market, &view);
    c->count = count;
    int64_t size = view.size < 0 ? -view.size : view.size;
    for (uint32_t i = 0; i < count; i++) {
        c->offers[i].taker = world_chance(w, 900000) ? rich_account(w, venue, market.pool) : world_account_id(any_account(w));
        c->offers[i].price = price_near(w, c->market, market.mark ? market.mark : 1);
        c->offers[i].lots = world_chance(w, 300000) ? size : world_range(w, 1, size);
        if (world_chance(w, 20000))
            c->offers[i].lots = world_range(w, -2, 0);
    }
    return &c->header;
}

static const bw_command *next_end_order(world *w, world_command *command)
{
    bw_command_end_order *c = BEGIN(w, command, end_order, END_ORDER);
    c->order = any_order(w);
    return &c->header;
}

static void order_add(world *w, uint64_t id)
{
    if (w->order_count < WORLD_ORDERS)
        w->orders[w->order_count++] = id;
    else
        w->orders[w->order_next++ % WORLD_ORDERS] = id;
}

static void order_remove(world *w, uint64_t id)
{
    for (uint32_t i = 0; i < w->order_count; i++)
        if (w->orders[i] == id)
            w->orders[i] = w->orders[--w->order_count];
}

void world_observe(world *w, const bw_event *events, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (events[i].type == BW_EVENT_ORDER_OPENED) {
            order_add(w, events[i].other);
            w->order_limit = events[i].order_opened.limit;
        }
        else if (events[i].type == BW_EVENT_ORDER_ENDED && (events[i].other >> 24) % 32u != 3u)
            order_remove(w, events[i].other);    /* some stay known: late fills */
}

/* -------------------------------------------------------------------------------------------------- ends, rest */

static const bw_command *next_end(world *w, const bw_venue *venue, world_command *command)
{
    uint32_t market = (uint32_t)world_below(w, w->markets);
    bw_market_view view = {.mark = 1};
    bw_market_get(venue, (uint16_t)market, &view);
    int64_t price = moved(w, view.mark ? view.mark : 1, w->price_max[market]);
    if (world_chance(w, 500000)) {
        bw_command_expire *c = BEGIN(w, command, expire, EXPIRE);
        c->market = (uint16_t)market;
        c->price = price;
        c->terminal = world_chance(w, 400000);
        return &c->header;
    }
    bw_command_resolve *c = BEGIN(w, command, resolve, RESOLVE);
    c->market = (uint16_t)market;
    c->price = price;
    c->terminal = world_chance(w, 400000);
    return &c->header;
}

static const bw_command *next_settle(world *w, world_command *command)
{
    bw_command_settle *c = BEGIN(w, command, settle, SETTLE);
    c->pool = (uint16_t)world_below(w, w->pools);
    return &c->header;
}

static const bw_command *next_touch(world *w, world_command *command)
{
    bw_command_touch *c = BEGIN(w, command, touch, TOUCH);
    c->pool = (uint16_t)world_below(w, w->pools);
    return &c->header;
}

static const bw_command *next_status(world *w, world_command *command)
{
    bw_command_status *c = BEGIN(w, command, status, STATUS);
    c->market = (uint16_t)world_below(w, w->markets);
    c->status = (uint8_t)(world_chance(w, 850000) ? BW_MARKET_ACTIVE : world_below(w, 4));
    return &c->header;
}

static const bw_command *next_flags(world *w, world_command *command)
{
    bw_command_flags *c = BEGIN(w, command, flags, FLAGS);
    c->header.account = world_account_id(any_account(w));
    c->flags = (uint32_t)(world_chance(w, 700000) ? 0 : world_below(w, 9));
    return &c->header;
}

static const bw_command *next_setting(world *w, world_command *command)
{
    switch (world_below(w, 5)) {
    case 0: return world_pool_command(w, command, (uint32_t)world_below(w, w->pools + 1));
    case 1: return world_market_command(w, command, (uint32_t)world_below(w, w->markets));
    case 2: return world_desk_command(w, command, (uint32_t)world_below(w, world_chance(w, 900000) ? 3 : w->accounts));
    case 3: return world_account_command(w, command, any_account(w));
    default: return world_brackets_command(w, command, (uint32_t)world_below(w, w->markets));
    }
}

typedef enum choice {
    DEPOSIT, WITHDRAW, TRANSFER, ADJUST, CONVERT, STAKE, RESERVE, FUND, TRADE, TRADES, MARKS, FUNDING, FILL, END_ORDER, LIQUIDATE,
    SETTLE, END, STATUS, FLAGS, SETTING, CHOICES
} choice;

static const uint16_t weights[CHOICES] = {
    [DEPOSIT] = 60, [WITHDRAW] = 70, [TRANSFER] = 20, [ADJUST] = 25, [CONVERT] = 15, [STAKE] = 25, [RESERVE] = 15, [FUND] = 60,
    [TRADE] = 330, [TRADES] = 40, [MARKS] = 200, [FUNDING] = 50, [FILL] = 110, [END_ORDER] = 15, [LIQUIDATE] = 70, [SETTLE] = 8,
    [END] = 1, [STATUS] = 12, [FLAGS] = 6, [SETTING] = 25};

static choice choose(world *w)
{
    uint32_t sum = 0, i = 0;
    for (uint32_t n = 0; n < CHOICES; n++)
        sum += weights[n];
    uint32_t at = (uint32_t)world_below(w, sum);
    while (at >= weights[i])
        at -= weights[i++];
    return (choice)i;
}

static const bw_command *make(world *w, const bw_venue *venue, world_command *c, choice what)
{
    switch (what) {
    case DEPOSIT: return next_deposit(w, c);
    case WITHDRAW: return next_withdraw(w, venue, c);
    case TRANSFER: return next_transfer(w, venue, c);
    case ADJUST: return next_adjust(w, venue, c);
    case CONVERT: return next_convert(w, venue, c);
    case STAKE: return next_stake(w, venue, c);
    case RESERVE: return next_reserve(w, c);
    case FUND: return next_fund(w, venue, c);
    case TRADE: return next_trade(w, venue, c);
    case TRADES: return next_trades(w, venue, c);
    case MARKS: return next_marks(w, venue, c);
    case FUNDING: return next_funding(w, c);
    case FILL: return w->order_count || world_chance(w, 50000) ? next_fill(w, venue, c) : next_trade(w, venue, c);
    case END_ORDER: return w->order_count || world_chance(w, 50000) ? next_end_order(w, c) : next_marks(w, venue, c);
    case LIQUIDATE: return w->order_count || world_chance(w, 20000) ? next_liquidate(w, venue, c) : next_trade(w, venue, c);
    case SETTLE: return world_chance(w, 300000) ? next_touch(w, c) : next_settle(w, c);
    case END: return next_end(w, venue, c);
    case STATUS: return next_status(w, c);
    case FLAGS: return next_flags(w, c);
    default: return next_setting(w, c);
    }
}

/* A byte of a good command is changed: most are refused, and those that are not are strange. */
static void spoil(world *w, world_command *c)
{
    uint8_t *bytes = (uint8_t *)c;
    uint64_t at = world_below(w, c->header.size);
    bytes[at] ^= (uint8_t)(1u << world_below(w, 8));
    if (c->header.type == BW_COMMAND_WORK || (at >= 24 && at < 32))   /* the clock only moves slowly */
        bytes[at] = 0xff;
    c->header.time_ns = w->time_ns;
}

const bw_command *world_next(world *w, const bw_venue *venue, world_command *c)
{
    if (world_chance(w, 500000))
        w->time_ns += (int64_t)world_below(w, world_chance(w, 20000) ? 100000 : 400);
    make(w, venue, c, choose(w));
    if (w->wild && world_chance(w, 25000))
        spoil(w, c);
    if (world_chance(w, 30000))
        c->header.command_id = 1 + world_below(w, 30);
    if (w->wild && world_chance(w, 4000))
        c->header.time_ns -= 1000;
    return &c->header;
}
