/* ends.c - settle, expire, resolve, touch: what happens once the ordinary rounds are over (R19, R15). */
#include "engine/commands.h"
#include "engine/fund.h"
#include "engine/index.h"
#include "engine/loss.h"
#include "engine/prices.h"
#include "engine/settings.h"

#include "money/money.h"

bw_status bw_check_settle(const bw_venue *venue, const bw_command *command)
{
    return ((const bw_command_settle *)(const void *)command)->pool < venue->pool_count ? BW_OK : BW_UNKNOWN_POOL;
}

void bw_apply_settle(bw_writer *writer, const bw_command *command)
{
    bw_progress *progress = bw_at_progress(writer->venue);
    progress->ending = BW_COMMAND_SETTLE;
    progress->ending_item = ((const bw_command_settle *)(const void *)command)->pool;
}

bw_status bw_check_touch(const bw_venue *venue, const bw_command *command)
{
    return ((const bw_command_touch *)(const void *)command)->pool < venue->pool_count ? BW_OK : BW_UNKNOWN_POOL;
}

void bw_apply_touch(bw_writer *writer, const bw_command *command)
{
    bw_progress *progress = bw_at_progress(writer->venue);
    progress->ending = BW_COMMAND_TOUCH;
    progress->ending_item = ((const bw_command_touch *)(const void *)command)->pool;
}

bool bw_ending_next(bw_venue *venue)
{
    bw_progress *progress = bw_at_progress(venue);
    uint64_t *due = bw_at_dirty(venue) + BW_DIRTY_COLLECTED;
    for (uint32_t word = 0; !progress->ending && word < BW_DIRTY_WORDS; word++) {
        if (due[word] == 0)
            continue;
        progress->ending = BW_COMMAND_SETTLE;
        progress->ending_item = word * 64u + (uint32_t)__builtin_ctzll(due[word]);
        due[word] &= due[word] - 1u;
    }
    return progress->ending != 0;
}

static bw_status end_check(const bw_venue *venue, uint32_t market, int64_t price, uint32_t terminal)
{
    if (market >= venue->market_count)
        return BW_UNKNOWN_MARKET;
    if (bw_end_fault(venue, market, terminal))
        return BW_BAD_SETTING;
    if (bw_market_at(venue, market)->status >= BW_MARKET_SETTLING)
        return BW_MARKET_CLOSED;
    return price >= 1 && price <= bw_market_cold_at(venue, market)->settings.price_max ? BW_OK : BW_BAD_AMOUNT;
}

/* What the layers of the venue's own money could pay for one loss of the market now, under the caps (R14). */
static int64_t venue_money(bw_venue *venue, uint32_t market)
{
    uint32_t number = bw_market_at(venue, market)->pool;
    bw_fund_advance(venue, number);
    const bw_pool *pool = bw_pool_at(venue, number);
    const bw_command_pool *set = &pool->settings;
    const bw_market_cold *cold = bw_market_cold_at(venue, market);
    int64_t held = 0, capital = 0;
    for (uint32_t i = 0; i < set->money_count; i++) {
        uint32_t kind = set->money[i].kind;
        held += kind == BW_LAYER_FUND ? cold->fund : 0;
        if (kind == BW_LAYER_SHARED_FUND || (kind == BW_LAYER_FUND && !bw_pool_names_shared(pool)))
            held += pool->shared_fund;
        capital += kind == BW_LAYER_CAPITAL ? pool->capital : 0;
    }
    bw_fund_caps caps = {.fund = bw_min(held, bw_fund_usable(venue, number)),
                         .event_cap = set->event_cap ? set->event_cap : BW_FUND_UNCAPPED, .window_cap = BW_FUND_UNCAPPED,
                         .market_cap = set->market_cap ? set->market_cap : BW_FUND_UNCAPPED,
                         .market_paid = cold->window_paid};
    return bw_fund_room(&caps) + capital;
}

/* The desks of a market's pool together: what they hold in it, at what cost, and what they have besides it. */
typedef struct desks {
    int64_t lots, cost, rest;
} desks;

static desks desks_of(const bw_venue *venue, uint32_t market)
{
    desks sum = {0};
    uint32_t d = bw_pool_at(venue, bw_market_at(venue, market)->pool)->desk_first;
    for (; d; d = bw_at_desk(venue)[d - 1u].next) {
        uint32_t account = bw_at_desk(venue)[d - 1u].account, position = bw_position_find(venue, account, market);
        sum.rest += bw_account_equity(venue, account);
        if (position == 0)
            continue;
        sum.lots += bw_position_at(venue, position)->size;
        sum.cost += bw_position_cost(venue, position);
        sum.rest -= bw_position_upnl(venue, position);
    }
    sum.rest = bw_max(0, sum.rest);
    return sum;
}

/* The end price nearest to the target at which the desks, with what they have besides and what the venue's money can pay,
   owe the market's other holders nothing: these hold what the desks lack, and what they paid for it is what the desks got. */
static int64_t terminal_price(bw_venue *venue, uint32_t market, int64_t target)
{
    const bw_market *at = bw_market_at(venue, market);
    desks sum = desks_of(venue, market);
    int64_t price = target;
    int64_t excess = bw_min(venue_money(venue, market) + sum.rest, BW_VALUE_MAX - 1 + bw_min(0, sum.cost));
    bool fits = bw_terminal_price(-sum.lots * at->factor, sum.cost, excess, target, 1, &price);
    BW_ASSERT(fits);
    return bw_max(1, bw_min(price, bw_market_cold_at(venue, market)->settings.price_max));
}

static void end_begin(bw_writer *writer, uint32_t type, uint16_t market, int64_t target, bool terminal)
{
    bw_venue *venue = writer->venue;
    int64_t price = terminal ? terminal_price(venue, market, target) : target;
    bw_progress *progress = bw_at_progress(venue);
    bw_mark entry = {.price = price, .kind = BW_MARK_MARKET, .item = market};
    int64_t previous = bw_market_at(venue, market)->mark;
    bw_mark_set(venue, market, price);
    bw_market_at(venue, market)->status = BW_MARKET_SETTLING;
    bw_mark_event(writer, &entry, previous, terminal ? target : 0);
    progress->ending = type;
    progress->ending_item = market;
    /* of its holders, those that are bankrupt and wait must not (R11) */
    if (bw_pool_at(venue, bw_market_at(venue, market)->pool)->waiting)
        progress->recheck_market = market + 1u;
}

bw_status bw_check_expire(const bw_venue *venue, const bw_command *command)
{
    const bw_command_expire *c = (const void *)command;
    return end_check(venue, c->market, c->price, c->terminal);
}

void bw_apply_expire(bw_writer *writer, const bw_command *command)
{
    const bw_command_expire *c = (const void *)command;
    end_begin(writer, BW_COMMAND_EXPIRE, c->market, c->price, c->terminal);
}

bw_status bw_check_resolve(const bw_venue *venue, const bw_command *command)
{
    const bw_command_resolve *c = (const void *)command;
    return end_check(venue, c->market, c->price, c->terminal);
}

void bw_apply_resolve(bw_writer *writer, const bw_command *command)
{
    const bw_command_resolve *c = (const void *)command;
    end_begin(writer, BW_COMMAND_RESOLVE, c->market, c->price, c->terminal);
}

/* ------------------------------------------------------------------- open carryover out of profits, then pay */

/* A clawback is a haircut whose budget is the open carryover: at `settle` of the pool as its setting says, by default of the
   period's gains; at `resolve` of the market's profits. */
static const bw_money_layer clawback_pool = {.kind = BW_LAYER_HAIRCUT, .base = BW_BASE_PERIOD_GAINS,
    .scope = BW_SCOPE_POOL, .rule = BW_RULE_CAPPED_PRO_RATA, .fraction_ppm = 1000000};
static const bw_money_layer clawback_market = {.kind = BW_LAYER_HAIRCUT, .base = BW_BASE_POSITIVE_UPNL,
    .scope = BW_SCOPE_MARKET, .side = BW_SIDE_BOTH, .rule = BW_RULE_CAPPED_PRO_RATA, .fraction_ppm = 1000000};

/* What ends, or is touched, is a pool; otherwise a market. */
static bool is_of_pool(const bw_progress *progress)
{
    return progress->ending == BW_COMMAND_SETTLE || progress->ending == BW_COMMAND_TOUCH;
}

static bw_layer_at clawback_at(const bw_venue *venue)
{
    const bw_progress *progress = bw_at_progress(venue);
    bool settles = is_of_pool(progress);
    uint32_t item = progress->ending_item;
    const bw_money_layer *own = settles ? &bw_pool_at(venue, item)->settings.clawback : &clawback_market;
    bw_layer_at at = {.layer = own->kind ? own : &clawback_pool,
                      .pool = settles ? item : bw_market_at(venue, item)->pool, .market = settles ? BW_NONE16 : item};
    return at;
}

static int64_t open_carryover(const bw_venue *venue)
{
    const bw_progress *progress = bw_at_progress(venue);
    if (progress->ending == BW_COMMAND_SETTLE)
        return bw_pool_at(venue, progress->ending_item)->carried;
    return progress->ending == BW_COMMAND_RESOLVE
               ? bw_market_cold_at(venue, progress->ending_item)->carryover.amount : 0;
}

static void carryover_reduce(bw_venue *venue, uint32_t pool, uint32_t market, int64_t amount)
{
    if (market == BW_NONE16) {
        bw_carryover_repay(venue, pool, amount);
        return;
    }
    bw_carryover *at = &bw_market_cold_at(venue, market)->carryover;
    at->amount -= amount;
    if (at->amount == 0)
        at->since_ns = 0;
    bw_pool_at(venue, pool)->carried -= amount;
}

enum { STEP_GATHER, STEP_BEGIN, STEP_ALLOCATE, STEP_CHARGE, STEP_PAY, STEPS };

/* One account of the settled pool: every u goes from cost to balance, its profit is free. */
static bool settle_pay(bw_writer *writer, uint32_t pool, uint32_t account)
{
    bw_venue *venue = writer->venue;
    if (account >= venue->account_count)
        return true;
    bw_cold *cold = bw_cold_at(venue, account);
    const bw_hot *hot = bw_hot_at(venue, account);
    bw_warm *warm = bw_warm_at(venue, account);
    if (cold->pool != pool)
        return false;
    if (bw_pool_at(venue, pool)->indexes & BW_INDEXES_BALANCES)
        bw_round_touch_money(writer, account);             /* a larger balance has more to lose by its index */
    bw_balance_meet(writer, account);
    for (uint32_t p = hot->extent; p < hot->extent + hot->count; p++) {
        int64_t upnl = bw_position_upnl(venue, p);
        bw_position_meet(writer, p);
        bw_cost_add(venue, p, upnl);
        bw_balance_add(venue, account, upnl);
        bw_event *event = bw_emit(writer, BW_EVENT_SETTLED, BW_NONE32);
        event->account = cold->id;
        event->pool = (uint16_t)pool;
        event->market = bw_position_at(venue, p)->market;
        event->settled.moved = upnl;
        event->settled.lots = bw_position_at(venue, p)->size;
        event->settled.balance = warm->balance;
        bw_emit_done(writer, event);
    }
    bw_fund_desk_sweep(writer, account);
    bw_profit_settle(venue, account);
    warm->period_base = warm->balance;
    bw_round_visit_debt(venue, account);
    return false;
}

/* One account of the touched pool. */
static bool touch_meet(bw_writer *writer, uint32_t pool, uint32_t account)
{
    if (account >= writer->venue->account_count)
        return true;
    if (bw_cold_at(writer->venue, account)->pool == pool)
        bw_account_meet(writer, account);
    return false;
}

/* The last holder of a side's list: the cheapest one to take off it. 0 if there is none. */
static uint32_t last_holder(const bw_venue *venue, uint32_t market, uint32_t side)
{
    const bw_chunk *chunks = bw_at_chunk(venue);
    uint32_t chunk = bw_market_cold_at(venue, market)->chunk[side];
    return chunk ? chunks[chunk].position[chunks[chunk].count - 1u] : 0;
}

/* What the indexes of the market have taken over and no lot is left to pay is carried over (R15). */
static void index_end(bw_writer *writer, uint32_t market)
{
    bw_venue *venue = writer->venue;
    uint32_t pool = bw_market_at(venue, market)->pool;
    int64_t units = bw_index_close(venue, market);
    if (units == 0)
        return;
    bw_carryover_add(venue, pool, market, units);
    bw_event *event = bw_emit(writer, BW_EVENT_INDEXED, BW_NONE32);
    event->pool = (uint16_t)pool;
    event->market = (uint16_t)market;
    event->indexed.charge = -units;
    event->indexed.shift = bw_market_at(venue, market)->index_shift;
    bw_emit_done(writer, event);
}

/* One position of the ended market is closed at the end price. `residue` collects what rounding leaves (inverse). */
static bool market_pay(bw_writer *writer, uint32_t market)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    uint32_t position = last_holder(venue, market, BW_LONG);
    if (position == 0)
        position = last_holder(venue, market, BW_SHORT);
    if (position == 0) {
        bw_pool *pool = bw_pool_at(venue, bw_market_at(venue, market)->pool);
        BW_ASSERT(progress->residue >= 0);
        index_end(writer, market);
        bw_at_asset(venue)[pool->settings.asset].dust += progress->residue;
        pool->external -= progress->residue;
        bw_market_at(venue, market)->status = BW_MARKET_RESOLVED;
        return true;
    }
    const bw_position *at = bw_position_at(venue, position);
    uint32_t account = at->account;
    int64_t size = at->size, upnl = bw_position_upnl(venue, position), value = bw_value(bw_market_at(venue, market), size);
    bw_round_touch(writer, account);
    bw_position_meet(writer, position);
    if (at->order)
        bw_order_end(writer, at->order, BW_ORDER_WITHDRAWN, BW_NONE32);
    bw_position_change(venue, position, -size, -value);
    progress->residue -= value;
    bw_event *event = bw_emit(writer, BW_EVENT_SETTLED, BW_NONE32);
    event->account = bw_cold_at(venue, account)->id;
    event->pool = bw_market_at(venue, market)->pool;
    event->market = (uint16_t)market;
    event->settled.moved = upnl;
    event->settled.lots = size;
    event->settled.balance = bw_warm_at(venue, account)->balance;
    bw_emit_done(writer, event);
    return false;
}

/* One payer of the clawback; what he gives beyond the carryover the pool holds until all have given. */
static void clawback_charge(bw_writer *writer, const bw_layer_at *at, uint32_t n)
{
    bw_venue *venue = writer->venue;
    int64_t charge = bw_at_payer_charge(venue)[n], part = bw_min(charge, open_carryover(venue));
    bw_haircut_apply(writer, at, n);
    carryover_reduce(venue, at->pool, at->market, part);
    bw_pool_at(venue, at->pool)->ceil_carried += charge - part;
}

static void clawback_begin(bw_writer *writer, const bw_layer_at *at)
{
    bw_venue *venue = writer->venue;
    int64_t open = open_carryover(venue), budget = bw_excess_use(writer, at, open);
    carryover_reduce(venue, at->pool, at->market, open - budget);
    bw_round_allocate_begin(venue, (bw_rule)at->layer->rule, (bw_rounding)at->layer->rounding, budget);
}

/* Settles, touches or pays one account or position. */
static bool pay(bw_writer *writer)
{
    bw_progress *progress = bw_at_progress(writer->venue);
    uint32_t item = progress->ending_item;
    if (progress->ending == BW_COMMAND_SETTLE)
        return settle_pay(writer, item, progress->at[4]++);
    return progress->ending == BW_COMMAND_TOUCH ? touch_meet(writer, item, progress->at[4]++) : market_pay(writer, item);
}

/* at[3]: step, at[4..7]: its cursors. */
bool bw_phase_end(bw_writer *writer)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    uint32_t *cursor = progress->at;
    bw_layer_at at = clawback_at(venue);
    bool done = true;
    if (cursor[3] == STEP_GATHER && open_carryover(venue)) {
        if ((cursor[4] | cursor[5] | cursor[6] | cursor[7]) == 0)
            progress->payer_count = 0;
        done = bw_haircut_gather(writer, &at);
    } else if (cursor[3] == STEP_BEGIN && progress->payer_count)
        clawback_begin(writer, &at);
    else if (cursor[3] == STEP_ALLOCATE && progress->payer_count)
        done = bw_round_allocate_run(writer);
    else if (cursor[3] == STEP_CHARGE && cursor[4] < progress->payer_count) {
        clawback_charge(writer, &at, cursor[4]++);
        done = false;
    } else if (cursor[3] == STEP_CHARGE && progress->payer_count)
        bw_excess_place(writer, &at, progress->machine.charged - progress->machine.budget);
    else if (cursor[3] == STEP_PAY)
        done = pay(writer);
    if (!done)
        return false;
    cursor[3]++;
    cursor[4] = cursor[5] = cursor[6] = cursor[7] = 0;
    if (cursor[3] < STEPS)
        return false;
    progress->ending = progress->ending_item = progress->payer_count = 0;
    return true;
}
