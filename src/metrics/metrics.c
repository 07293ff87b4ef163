/* metrics.c - memory, and every command and event into the sums. */
#include "metrics/state.h"

#include <string.h>

/* ---------------------------------------------------------------------------------------------------------- memory */

/* Takes `count` x `size` bytes at a multiple of 64; NULL base only measures. */
static void *take(char *base, size_t *at, uint64_t count, size_t size)
{
    *at = (*at + 63) / 64 * 64;
    void *taken = base ? base + *at : NULL;
    *at += count * size;
    return taken;
}

/* What only the columns of `compare` need. */
static size_t layout_columns(bw_metrics *to, char *base, size_t at, const bw_metrics_limits *limits)
{
    to->touches = take(base, &at, limits->accounts, sizeof *to->touches);
    to->standings = take(base, &at, 2 * (uint64_t)limits->accounts, sizeof *to->standings);
    to->cuts = take(base, &at, limits->closes, sizeof *to->cuts);
    to->record_owners = take(base, &at, limits->accounts, sizeof *to->record_owners);
    to->views = take(base, &at, limits->markets, sizeof *to->views);
    to->peers = take(base, &at, limits->markets, sizeof *to->peers);
    to->owners.slots = take(base, &at, 1, bw_table_footprint(limits->owners));
    to->owners.next = take(base, &at, limits->owners, sizeof *to->owners.next);
    return at;
}

static size_t layout(bw_metrics *to, char *base, const bw_metrics_limits *limits)
{
    size_t at = sizeof(bw_metrics);
    uint64_t marks = (uint64_t)limits->batches * limits->markets;
    to->slots = take(base, &at, 1, bw_table_footprint(limits->accounts));
    to->records = take(base, &at, limits->accounts, sizeof *to->records);
    to->amounts = take(base, &at, limits->accounts, sizeof *to->amounts);
    to->closes = take(base, &at, limits->closes, sizeof *to->closes);
    to->held = take(base, &at, limits->accounts, sizeof *to->held);
    to->pair_slots = take(base, &at, 1, bw_table_footprint(limits->closes));
    to->pairs = take(base, &at, limits->closes, sizeof *to->pairs);
    to->batches = take(base, &at, limits->batches, sizeof *to->batches);
    to->marks = take(base, &at, marks, sizeof *to->marks);
    to->markets = take(base, &at, limits->markets, sizeof *to->markets);
    to->market_lots = take(base, &at, limits->markets, sizeof *to->market_lots);
    to->prices = take(base, &at, limits->markets, sizeof *to->prices);
    to->by_adl = take(base, &at, limits->markets, sizeof *to->by_adl);
    to->pools = take(base, &at, limits->pools, sizeof *to->pools);
    to->desks = take(base, &at, limits->desks, sizeof *to->desks);
    return limits->owners > 0 ? layout_columns(to, base, at, limits) : at;
}

static bool limits_valid(const bw_metrics_limits *limits)
{
    return limits->accounts > 0 && limits->accounts <= BW_TABLE_COUNT_MAX && limits->markets > 0 &&
           limits->markets <= UINT16_MAX && limits->owners <= BW_TABLE_COUNT_MAX && limits->pools > 0 &&
           limits->pools <= UINT16_MAX && limits->batches > 0 && limits->closes > 0 && limits->closes <= BW_TABLE_COUNT_MAX;
}

size_t bw_metrics_footprint(const bw_metrics_limits *limits)
{
    bw_metrics measured;
    return limits_valid(limits) ? layout(&measured, NULL, limits) : 0;
}

bw_metrics *bw_metrics_new(void *memory, const bw_metrics_limits *limits)
{
    BW_ASSERT(limits_valid(limits) && (uintptr_t)memory % 64 == 0);
    bw_metrics *metrics = memory;
    *metrics = (bw_metrics){.limits = *limits, .first_liquidation_ns = -1, .first_adl_ns = -1};
    layout(metrics, memory, limits);
    bw_table_new(&metrics->table, metrics->slots, limits->accounts);
    bw_table_new(&metrics->pair_table, metrics->pair_slots, limits->closes);
    if (limits->owners > 0)
        bw_table_new(&metrics->owners.table, metrics->owners.slots, limits->owners);
    return metrics;
}

/* --------------------------------------------------------------------------------------------------------- records */

/* The account's record, made if it is not there; NULL when there is no room. */
static bw_metrics_account *record_of(bw_metrics *metrics, uint64_t account, uint16_t pool)
{
    uint32_t number;
    if (bw_table_find(&metrics->table, metrics->slots, account, &number))
        return &metrics->records[number];
    if (metrics->record_count == metrics->limits.accounts) {
        metrics->lost_records++;
        return NULL;
    }
    number = metrics->record_count++;
    bw_table_insert(&metrics->table, metrics->slots, account, number);
    metrics->records[number] = (bw_metrics_account){.id = account, .pool = pool};
    return &metrics->records[number];
}

static void flag(bw_metrics *metrics, const bw_event *event, uint32_t flags)
{
    bw_metrics_account *record = record_of(metrics, event->account, event->pool);
    if (record)
        record->flags = (uint16_t)(record->flags | flags);
}

bool bw_metrics_is_desk(const bw_metrics *metrics, uint64_t account)
{
    for (uint32_t i = 0; i < metrics->desk_count; i++)
        if (metrics->desks[i] == account)
            return true;
    return false;
}

static void desk_add(bw_metrics *metrics, uint64_t account)
{
    if (bw_metrics_is_desk(metrics, account))
        return;
    if (metrics->desk_count == metrics->limits.desks)
        metrics->lost_records++;
    else
        metrics->desks[metrics->desk_count++] = account;
}

static bw_metrics_pool *pool_of(bw_metrics *metrics, const bw_event *event)
{
    if (event->pool < metrics->limits.pools)
        return &metrics->pools[event->pool];
    metrics->lost_records++;
    return NULL;
}

bool bw_metrics_account_get(const bw_metrics *metrics, uint64_t account, bw_metrics_account *result)
{
    uint32_t number;
    if (!bw_table_find(&metrics->table, metrics->slots, account, &number))
        return false;
    *result = metrics->records[number];
    return true;
}

/* --------------------------------------------------------------------------------------------------------- batches */

/* Money of pool 0 after what just happened; the last call of a batch leaves its end. */
static void batch_money(bw_metrics *metrics, const bw_venue *venue, bw_metrics_batch *batch)
{
    bw_pool_view pool;
    bw_account_view account;
    if (!bw_pool_get(venue, 0, &pool))
        return;
    batch->fund = pool.fund;
    batch->capital = pool.capital;
    batch->carryover = pool.carryover;
    batch->desks = 0;
    for (uint32_t i = 0; i < metrics->desk_count; i++)
        if (bw_account_get(venue, metrics->desks[i], &account) && account.pool == 0)
            bw_metrics_sum(&batch->desks, account.equity);
}

static int64_t *marks_of(const bw_metrics *metrics, uint32_t batch)
{
    return metrics->marks + (size_t)batch * metrics->limits.markets;
}

/* The next batch, with the marks of the one before; without room the last one takes the rest. */
static bw_metrics_batch *batch_open(bw_metrics *metrics, const bw_venue *venue, uint64_t seq, int64_t time_ns)
{
    uint32_t n = metrics->batch_count;
    if (n > 0)
        bw_metrics_holding_due(metrics, venue);
    if (n == metrics->limits.batches) {
        metrics->lost_records++;
        return &metrics->batches[n - 1];
    }
    if (n > 0)
        memcpy(marks_of(metrics, n), marks_of(metrics, n - 1), metrics->limits.markets * sizeof *metrics->marks);
    metrics->batches[n] = (bw_metrics_batch){.time_ns = time_ns, .seq = seq,
                                             .collateral = n > 0 ? metrics->batches[n - 1].collateral : 0};
    metrics->batch_count++;
    return &metrics->batches[n];
}

static void add_collateral_price(bw_metrics *metrics, const bw_event *event)
{
    if (event->marked.item < 0 || event->marked.item >= BW_METRICS_COLLATERALS)
        return;
    bw_metrics_collateral *at = &metrics->collaterals[event->marked.item];
    if (at->price_open == 0)
        at->price_open = at->price_low = event->marked.previous > 0 ? event->marked.previous : event->marked.price;
    at->price_low = event->marked.price < at->price_low ? event->marked.price : at->price_low;
    at->price_end = event->marked.price;
    if (event->marked.item != 0 || metrics->batch_count == 0)
        return;
    for (uint32_t b = metrics->batch_count; b-- > 0 && metrics->batches[b].collateral == 0;)
        metrics->batches[b].collateral = at->price_open;   /* before its first price since the beginning */
    metrics->batches[metrics->batch_count - 1].collateral = event->marked.price;
}

static void add_mark(bw_metrics *metrics, const bw_venue *venue, const bw_event *event, int64_t time_ns)
{
    if (event->marked.kind == BW_MARK_COLLATERAL)
        add_collateral_price(metrics, event);
    if (event->marked.kind != BW_MARK_MARKET)
        return;
    if (event->marked.item < 0 || event->marked.item >= metrics->limits.markets) {
        metrics->lost_records++;
        return;
    }
    bw_metrics_batch *batch = &metrics->batches[metrics->batch_count - 1];
    if (batch->seq != event->seq)
        batch = batch_open(metrics, venue, event->seq, time_ns);
    batch->seq = event->seq;
    marks_of(metrics, metrics->batch_count - 1)[event->marked.item] = event->marked.price;
}

static void pools_open(bw_metrics *metrics, const bw_venue *venue)
{
    bw_pool_view view;
    bw_account_view account;
    for (uint16_t p = 0; p < metrics->limits.pools && bw_pool_get(venue, p, &view); p++) {
        metrics->pools[p].fund_open = view.fund;
        metrics->pools[p].capital_open = view.capital;
        metrics->pools[p].desks_open = 0;
    }
    for (uint32_t i = 0; i < metrics->desk_count; i++)
        if (bw_account_get(venue, metrics->desks[i], &account) && account.pool < metrics->limits.pools)
            bw_metrics_sum(&metrics->pools[account.pool].desks_open, account.equity);
}

void bw_metrics_begin(bw_metrics *metrics, const bw_venue *venue, int64_t time_ns)
{
    BW_ASSERT(!metrics->begun);
    bw_market_view market;
    metrics->begun = true;
    metrics->begin_ns = time_ns;
    pools_open(metrics, venue);
    bw_metrics_batch *batch = batch_open(metrics, venue, metrics->seq_seen, time_ns);
    for (uint16_t m = 0; m < metrics->limits.markets && bw_market_get(venue, m, &market); m++)
        marks_of(metrics, 0)[m] = market.mark;
    batch_money(metrics, venue, batch);
}

/* ---------------------------------------------------------------------------------------------------------- events */

/* The sums that an event of a market or pool belongs to: its batch (pool 0), market and pool. */
typedef struct {
    bw_metrics_flow *flow[3];
    uint32_t count;
} flows;

static flows flows_of(bw_metrics *metrics, const bw_event *event)
{
    flows to = {.count = 0};
    bw_metrics_pool *pool = pool_of(metrics, event);
    if (pool)
        to.flow[to.count++] = &pool->flow;
    if (event->pool == 0)
        to.flow[to.count++] = &metrics->batches[metrics->batch_count - 1].flow;
    if (event->market < metrics->limits.markets)
        to.flow[to.count++] = &metrics->markets[event->market].flow;
    return to;
}

/* Adds to one member of every flow; the member is named by its place in the struct. */
static void flows_sum(const flows *to, size_t member, int64_t amount)
{
    for (uint32_t i = 0; i < to->count; i++)
        bw_metrics_sum((int64_t *)(void *)((char *)to->flow[i] + member), amount);
}

static void flows_count(const flows *to, size_t member)
{
    for (uint32_t i = 0; i < to->count; i++)
        ++*(uint64_t *)(void *)((char *)to->flow[i] + member);
}

#define SUM(to, member, amount) flows_sum(to, offsetof(bw_metrics_flow, member), amount)
#define COUNT(to, member) flows_count(to, offsetof(bw_metrics_flow, member))

static int64_t realised(const bw_event *event)
{
    return event->leg.balance_after - event->leg.balance_before;
}

static void add_closing_leg(bw_metrics *metrics, const bw_event *event, const flows *to, int64_t time_ns)
{
    int64_t notional = bw_metrics_abs(event->leg.value);
    bw_metrics_account *record = record_of(metrics, event->account, event->pool);
    if (record)
        record->flags |= BW_METRICS_LIQUIDATED;
    if (event->leg.via == BW_VIA_BOOK)
        SUM(to, book, notional);
    if (bw_metrics_is_desk(metrics, event->account))
        return;
    if (metrics->first_liquidation_ns < 0)
        metrics->first_liquidation_ns = time_ns;
    SUM(to, liquidated, notional);
    if (record)
        bw_metrics_sum(&record->liquidated, notional);
    if (event->pool < metrics->limits.pools)
        bw_metrics_sum(&metrics->pools[event->pool].liquidated_pnl, realised(event));
}

/* Was the position in profit before the leg? u = size x value / lots - cost, value / lots being the mark. */
static bool in_profit(const bw_event *event)
{
    int sign = bw_product_compare(event->leg.size_before, event->leg.value, event->leg.cost_before, event->leg.lots);
    return event->leg.lots < 0 ? sign < 0 : sign > 0;
}

static bool belongs(const bw_metrics_open_close *open, const bw_event *event)
{
    return open->is_open && open->seq == event->seq && open->account == event->account &&
           open->market == event->market;
}

static void close_begin(bw_metrics *metrics, const bw_event *event, const flows *to)
{
    metrics->open_close = (bw_metrics_open_close){
        .seq = event->seq, .account = event->account, .size_before = event->leg.size_before, .market = event->market,
        .is_open = true};
    COUNT(to, adl_closes);
    if (in_profit(event))
        COUNT(to, closes_in_profit);
    bw_metrics_account *record = record_of(metrics, event->account, event->pool);
    if (record != NULL)
        bw_metrics_close_new(metrics, (uint32_t)(record - metrics->records), event->market);
}

/* The same price as the batch's first ADL leg of this market? Inverse values are rounded by less than a unit each. */
static bool same_price(const bw_metrics_price *price, const bw_event *event, bool inverse)
{
    bw_wide a = bw_wide_mul(price->value, event->leg.lots), b = bw_wide_mul(event->leg.value, price->lots);
    bw_wide apart = bw_wide_sub(a, b);
    if (bw_wide_sign(apart) < 0)
        apart = bw_wide_negate(apart);
    int64_t slack = inverse ? bw_metrics_abs(event->leg.lots) + bw_metrics_abs(price->lots) : 0;
    return bw_wide_compare(apart, bw_wide_of(slack)) <= 0;
}

static void add_price(bw_metrics *metrics, const bw_venue *venue, const bw_event *event)
{
    bw_metrics_price *price = &metrics->prices[event->market];
    bw_metrics_market *market = &metrics->markets[event->market];
    bw_market_view view = {.kind = BW_MARKET_LINEAR};
    bw_market_get(venue, event->market, &view);
    bool next = price->batch_plus_one != metrics->batch_count;
    if (!next && same_price(price, event, view.kind == BW_MARKET_INVERSE))
        return;
    market->adl_batches += next;
    market->adl_prices++;
    *price = (bw_metrics_price){metrics->batch_count, 0, event->leg.lots, event->leg.value};
    int64_t mark = marks_of(metrics, metrics->batch_count - 1)[event->market];
    if (market->adl_price_low == 0 || mark < market->adl_price_low)
        market->adl_price_low = mark;
    if (mark > market->adl_price_high)
        market->adl_price_high = mark;
}

/* The part of the position that its close has taken so far, and what it realised, for the columns. */
static void touch_leg(bw_metrics *metrics, bw_metrics_account *record, const bw_event *event)
{
    bw_metrics_open_close *open = &metrics->open_close;
    int64_t fraction;
    bw_metrics_sum(&open->lots, event->leg.lots);
    if (metrics->limits.owners == 0 || event->pool != 0 || bw_metrics_is_desk(metrics, event->account))
        return;
    bw_metrics_touch_leg(metrics, (uint32_t)(record - metrics->records), event);
    if (bw_mul_div_floor_try(bw_metrics_abs(open->lots), 1000000, bw_metrics_abs(open->size_before), &fraction) &&
        fraction > metrics->fraction_position)
        metrics->fraction_position = fraction;
}

static void add_adl_leg(bw_metrics *metrics, const bw_venue *venue, const bw_event *event, const flows *to,
                        int64_t time_ns)
{
    int64_t notional = bw_metrics_abs(event->leg.value);
    SUM(to, adl, notional);
    COUNT(to, adl_legs);
    if (bw_metrics_is_desk(metrics, event->other))
        SUM(to, adl_of_desks, notional);
    if (metrics->first_adl_ns < 0)
        metrics->first_adl_ns = time_ns;
    if (!belongs(&metrics->open_close, event))
        close_begin(metrics, event, to);
    if (event->leg.size_after == 0)   /* no further leg of this close can follow */
        COUNT(to, closes_whole);
    bw_metrics_close_leg(metrics, event);
    bw_metrics_account *record = record_of(metrics, event->account, event->pool);
    if (record) {
        record->flags |= BW_METRICS_DELEVERAGED;
        bw_metrics_sum(&record->adl, notional);
        touch_leg(metrics, record, event);
    }
    if (event->pool < metrics->limits.pools)
        bw_metrics_sum(&metrics->pools[event->pool].adl_pnl, realised(event));
    if (event->market < metrics->limits.markets) {
        bw_wide *lots = &metrics->market_lots[event->market];
        *lots = bw_wide_add_int64(*lots, bw_metrics_abs(event->leg.lots));
        add_price(metrics, venue, event);
    }
}

static void add_leg(bw_metrics *metrics, const bw_venue *venue, const bw_event *event, int64_t time_ns)
{
    flows to = flows_of(metrics, event);
    uint32_t via = event->leg.via;
    if (event->leg.closing)
        add_closing_leg(metrics, event, &to, time_ns);
    else if (via == BW_VIA_BACKSTOP)
        SUM(&to, backstop, bw_metrics_abs(event->leg.value));
    else if (via == BW_VIA_PROFIT || via == BW_VIA_DESK || via == BW_VIA_OTHER)
        add_adl_leg(metrics, venue, event, &to, time_ns);
}

static void add_loss(bw_metrics *metrics, const bw_event *event)
{
    flows to = flows_of(metrics, event);
    SUM(&to, gap, event->loss.gap);
    for (uint32_t layer = 0; layer < BW_LAYERS; layer++)
        flows_sum(&to, offsetof(bw_metrics_flow, paid) + layer * sizeof(int64_t), event->loss.paid[layer]);
}

static void add_charge(bw_metrics *metrics, const bw_event *event)
{
    bw_metrics_pool *pool = pool_of(metrics, event);
    bw_metrics_account *record = record_of(metrics, event->account, event->pool);
    bool haircut = event->charged.layer == BW_LAYER_HAIRCUT;
    if (pool)
        bw_metrics_sum(&pool->charged, event->charged.charge);
    if (record == NULL)
        return;
    record->flags |= haircut ? BW_METRICS_CHARGED | BW_METRICS_HAIRCUT : BW_METRICS_CHARGED;
    bw_metrics_sum(&record->charged, event->charged.charge);
    if (metrics->limits.owners > 0 && event->pool == 0 && !bw_metrics_is_desk(metrics, event->account))
        bw_metrics_touch_charge(metrics, (uint32_t)(record - metrics->records), event);
}

static void add_converted(bw_metrics *metrics, const bw_event *event)
{
    bw_metrics_pool *pool = pool_of(metrics, event);
    if (pool)
        bw_metrics_sum(&pool->converted, event->converted.value);
    flag(metrics, event, BW_METRICS_LIQUIDATED);
}

static void add_surplus(bw_metrics *metrics, const bw_event *event)
{
    bw_metrics_pool *pool = pool_of(metrics, event);
    if (pool == NULL)
        return;
    bw_metrics_sum(&pool->surplus, event->surplus.surplus);
    bw_metrics_sum(&pool->surplus_repaid, event->surplus.repaid);
}

static void add_event(bw_metrics *metrics, const bw_venue *venue, const bw_event *event, int64_t time_ns)
{
    switch (event->type) {
    case BW_EVENT_MARKED: add_mark(metrics, venue, event, time_ns); break;
    case BW_EVENT_LEG: add_leg(metrics, venue, event, time_ns); break;
    case BW_EVENT_LOSS: add_loss(metrics, event); break;
    case BW_EVENT_CHARGED: add_charge(metrics, event); break;
    case BW_EVENT_SURPLUS: add_surplus(metrics, event); break;
    case BW_EVENT_BANKRUPT: flag(metrics, event, BW_METRICS_BANKRUPT); break;
    case BW_EVENT_CONVERTED: add_converted(metrics, event); break;
    default: break;
    }
}

/* What counts from the start, before and after `begin`. */
static void add_always(bw_metrics *metrics, const bw_command *command, const bw_event *event)
{
    if (event->type == BW_EVENT_ACCOUNT && command->type == BW_COMMAND_ACCOUNT) {
        bw_metrics_pool *pool = pool_of(metrics, event);
        if (pool)
            pool->accounts++;
        bw_metrics_owner_add(metrics, event);
    }
    if (event->type == BW_EVENT_CONFIGURED && event->configured.command == BW_COMMAND_DESK)
        desk_add(metrics, event->account);
    metrics->rounds += event->type == BW_EVENT_ROUND;
}

enum { AHEAD_SLOT = 12, AHEAD_RECORD = 6 };

/* Of an event to come: first where its account's record is found, then the record and the sum of its closes. */
static void prefetch(const bw_metrics *metrics, const bw_event *events, uint32_t i, uint32_t count)
{
    uint32_t number;
    if (i + AHEAD_SLOT < count)
        bw_table_prefetch(&metrics->table, metrics->slots, events[i + AHEAD_SLOT].account);
    if (i + AHEAD_RECORD >= count || events[i + AHEAD_RECORD].type != BW_EVENT_LEG ||
        !bw_table_find(&metrics->table, metrics->slots, events[i + AHEAD_RECORD].account, &number))
        return;
    __builtin_prefetch(&metrics->records[number]);
    bw_table_prefetch(&metrics->pair_table, metrics->pair_slots, (uint64_t)number << 16 | events[i + AHEAD_RECORD].market);
}

void bw_metrics_add(bw_metrics *metrics, const bw_venue *venue, const bw_command *command, const bw_event *events,
                    uint32_t event_count)
{
    bw_venue_view view;
    bw_venue_get(venue, &view);
    metrics->commands += view.seq != metrics->seq_seen;
    metrics->seq_seen = view.seq;
    metrics->events += event_count;
    for (uint32_t i = 0; i < event_count; i++) {
        prefetch(metrics, events, i, event_count);
        add_always(metrics, command, &events[i]);
        if (metrics->begun)
            add_event(metrics, venue, &events[i], view.time_ns);
    }
    if (metrics->begun && event_count > 0)
        batch_money(metrics, venue, &metrics->batches[metrics->batch_count - 1]);
    if (metrics->limits.owners > 0 && !view.open)
        bw_metrics_hedge(metrics, venue);
}
