/* round.c - the driver of the phases, and those that find the unhealthy and arm everybody again. */
#include "engine/round.h"

#include "engine/commands.h"
#include "engine/fund.h"
#include "engine/index.h"
#include "engine/trigger.h"

#include <string.h>

typedef enum phase {
    PHASE_IDLE, PHASE_EXPIRE, PHASE_COLLECT, PHASE_RECHECK, PHASE_JUDGE, PHASE_PLAN, PHASE_BACKSTOP, PHASE_NET,
    PHASE_ADL, PHASE_ZERO, PHASE_LAYERS, PHASE_CREDIT, PHASE_REARM, PHASE_CLEAN, PHASE_END, PHASES
} phase;

#define EVENTS_SPARE 64u
#define AHEAD 16u

uint32_t bw_events_per_unit(const bw_limits *limits)
{
    return 2u * limits->positions_per_account + EVENTS_SPARE;
}

uint32_t bw_events_max(const bw_limits *limits)
{
    uint64_t units = limits->work_max ? limits->work_max : 1u << 16;
    uint64_t command = 4u * BW_TRADES_MAX + 4096u;
    uint64_t count = 4u * units + 2u * bw_events_per_unit(limits) + command;
    return count < UINT32_MAX ? (uint32_t)count : UINT32_MAX;
}

void bw_round_visit(bw_venue *venue, uint32_t account)
{
    bw_bitmap_set(&venue->account_shape, bw_at_crossed_bits(venue), account);
}

void bw_round_touch(bw_writer *writer, uint32_t account)
{
    bw_round_touch_money(writer, account);
    bw_trigger_disarm(writer->venue, account);
}

static bool is_touched(const bw_venue *venue, uint32_t account)
{
    return bw_bitmap_test(&venue->account_shape, bw_at_touched_bits(venue), account);
}

static bw_account_start start_now(const bw_venue *venue, uint32_t account)
{
    return (bw_account_start){bw_balance(venue, account), bw_account_locked(venue, account)};
}

static bool keeps_start(const bw_venue *venue, uint32_t account)
{
    return bw_at_pool_round(venue)[bw_cold_at(venue, account)->pool].keeps_start;
}

bw_account_start bw_round_start(const bw_venue *venue, uint32_t account)
{
    bool kept = keeps_start(venue, account) && is_touched(venue, account);
    return kept ? bw_at_account_start(venue)[account] : start_now(venue, account);
}

void bw_round_touch_money(bw_writer *writer, uint32_t account)
{
    bw_venue *venue = writer->venue;
    bw_balance_meet(writer, account);
    if (keeps_start(venue, account) && !is_touched(venue, account))
        bw_at_account_start(venue)[account] = start_now(venue, account);
    bw_bitmap_set(&venue->account_shape, bw_at_touched_bits(venue), account);
}

void bw_round_expire_orders(bw_venue *venue)
{
    bw_at_progress(venue)->expire = 1;
}

/* ------------------------------------------------------------------------------------------- shared records */

uint32_t bw_shadow_take(bw_venue *venue, uint32_t position)
{
    uint32_t *shadow_of = bw_at_shadow_of(venue);
    if (shadow_of[position])
        return shadow_of[position];
    bw_progress *progress = bw_at_progress(venue);
    const bw_position *at = bw_position_at(venue, position);
    uint32_t number = ++progress->shadow_count;
    bw_shadow *shadow = bw_at_shadow(venue) + number;
    *shadow = (bw_shadow){.position = position, .account = at->account, .size = at->size,
                          .upnl = bw_position_upnl(venue, position)};
    if (at->size) {
        bw_loss *loss = bw_loss_at(venue, at->market, bw_side_of(at->size));
        shadow->next = loss->shadow_first;
        loss->shadow_first = number;
    }
    shadow_of[position] = number;
    return number;
}

int64_t bw_shadow_base(const bw_venue *venue, uint32_t position)
{
    uint32_t number = bw_at_shadow_of(venue)[position];
    if (number == 0)
        return bw_position_upnl(venue, position);
    const bw_shadow *shadow = bw_at_shadow(venue) + number;
    return shadow->upnl - shadow->charged;
}

uint32_t bw_leg_apply(bw_writer *writer, const bw_leg *leg)
{
    bw_venue *venue = writer->venue;
    const bw_position *at = bw_position_at(venue, leg->position);
    uint32_t account = at->account;
    const bw_warm *warm = bw_warm_at(venue, account);
    bw_balance_meet(writer, account);
    bw_position_meet(writer, leg->position);
    bw_event *event = bw_emit(writer, BW_EVENT_LEG, leg->cause);
    event->account = bw_cold_at(venue, account)->id;
    event->other = leg->other;
    event->market = at->market;
    event->pool = bw_market_at(venue, at->market)->pool;
    event->leg.lots = leg->lots;
    event->leg.value = leg->value;
    event->leg.score = leg->score;
    event->leg.balance_before = warm->balance;
    event->leg.size_before = at->size;
    event->leg.cost_before = bw_position_cost(venue, leg->position);
    event->leg.equity = bw_account_equity(venue, account);
    event->leg.via = leg->via;
    event->leg.closing = leg->closing;
    bw_position_change(venue, leg->position, leg->lots, leg->value);
    event->leg.balance_after = warm->balance;
    event->leg.size_after = at->size;
    event->leg.cost_after = bw_position_cost(venue, leg->position);
    return bw_emit_done(writer, event);
}

/* ----------------------------------------------------------------------------------------------- allocation */

BW_STATIC_ASSERT((int)BW_RULE_QUEUE == (int)BW_ALLOCATE_QUEUE && (int)BW_RULES == (int)BW_ALLOCATE_RULE_COUNT &&
                 (int)BW_RULE_RISK_WEIGHTED == (int)BW_ALLOCATE_RISK_WEIGHTED, "one order of the rules");

void bw_round_payer_add(bw_venue *venue, uint32_t item, int64_t weight, int64_t cap, int64_t rank, uint64_t id)
{
    uint32_t n = bw_at_progress(venue)->payer_count++;
    bw_at_payer_item(venue)[n] = item;
    bw_at_payer_weight(venue)[n] = weight;
    bw_at_payer_cap(venue)[n] = cap;
    bw_at_payer_rank(venue)[n] = rank;
    bw_at_payer_id(venue)[n] = id;
}

/* What a payer keeps is floored: of what he gives the machine makes the ceiling. */
static const uint8_t rounding_of_charges[BW_ROUNDINGS] = {
    [BW_ROUNDING_LARGEST_REMAINDER] = BW_ALLOCATE_LARGEST_REMAINDER, [BW_ROUNDING_FLOOR_LAST] = BW_ALLOCATE_CEIL_LAST,
    [BW_ROUNDING_FLOOR_FUND] = BW_ALLOCATE_CEIL_CARRY,               [BW_ROUNDING_CEIL_CARRY] = BW_ALLOCATE_CEIL_CARRY,
    [BW_ROUNDING_RATIO16] = BW_ALLOCATE_CEIL_RATIO16};

void bw_payers_prefetch(const bw_venue *venue, uint32_t n)
{
    const bw_progress *progress = bw_at_progress(venue);
    const uint32_t *items = bw_at_payer_item(venue);
    uint32_t group[AHEAD], count = 0;
    if (n % AHEAD)
        return;
    for (uint32_t i = n + 2u * AHEAD; i < n + 3u * AHEAD && i < progress->payer_count; i++)
        __builtin_prefetch(bw_position_at(venue, items[i]));
    for (uint32_t i = n + AHEAD; i < n + 2u * AHEAD && i < progress->payer_count; i++)
        if (bw_at_payer_charge(venue)[i])
            group[count++] = bw_position_at(venue, items[i])->account;
    bw_accounts_prefetch(venue, group, count);
}

void bw_round_allocate_begin(bw_venue *venue, bw_rule rule, bw_rounding rounding, int64_t budget)
{
    bw_progress *progress = bw_at_progress(venue);
    bw_allocate_begin(&progress->machine, (bw_allocate_rule)rule, (bw_allocate_rounding)rounding_of_charges[rounding], budget,
                      progress->payer_count);
}

bool bw_round_allocate_run(bw_writer *writer)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    bw_payers payers = {.weight = bw_at_payer_weight(venue), .cap = bw_at_payer_cap(venue),
                        .rank = bw_at_payer_rank(venue), .factor = bw_at_payer_rank(venue),
                        .id = bw_at_payer_id(venue), .count = progress->payer_count};
    uint32_t units = writer->units_max - writer->units + 1u, left = units;
    bool done = bw_allocate_run(&progress->machine, bw_at_payer_scratch(venue), &payers, bw_at_payer_charge(venue), &left);
    writer->units += units - left > 1u ? units - left - 1u : 0;
    return done;
}

/* ------------------------------------------------------------------------------------------ expire, collect */

/* Ends one order whose time is up; its account goes on to backstop and ADL if it is still unhealthy. */
static bool phase_expire(bw_writer *writer)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    uint32_t pool = progress->at[0];
    if (!progress->expire || pool >= venue->pool_count)
        return true;
    uint32_t order = bw_pool_at(venue, pool)->order_first;
    if (order == 0 || bw_order_at(venue, order)->expiry_ns > venue->time_ns) {
        progress->at[0]++;
        return false;
    }
    uint32_t account = bw_order_at(venue, order)->account;
    bw_trigger_disarm(venue, account);
    bw_order_unfilled(writer, order, BW_ORDER_EXPIRED);
    return false;
}

/* The calendars and wheels of one dirty market (4), collateral or pool (1), one trigger at a time.
   at[0]: dirty word, at[1]: which of the four, at[2..3]: its cursor. */
static bw_crossing collect_one(bw_venue *venue, uint32_t word, uint32_t bit, uint32_t *node)
{
    uint32_t *at = bw_at_progress(venue)->at, item = word % BW_DIRTY_WORDS * 64u + bit;
    if (word >= 2u * BW_DIRTY_WORDS)
        return bw_wheel_cross(venue, bw_wheel_balances(venue, item), &at[2], node);
    if (word >= BW_DIRTY_WORDS)
        return bw_calendar_cross(venue, bw_calendar_collateral(venue, item), bw_at_collateral(venue)[item].price,
                                 &at[2], node);
    if (at[1] < 2u)
        return bw_calendar_cross(venue, 2u * item + at[1], bw_market_at(venue, item)->mark, &at[2], node);
    return bw_wheel_cross(venue, bw_wheel_side(item, at[1] - 2u), &at[2], node);
}

static bool phase_collect(bw_writer *writer)
{
    bw_venue *venue = writer->venue;
    uint32_t *at = bw_at_progress(venue)->at, node = 0;
    uint64_t *dirty = bw_at_dirty(venue);
    while (at[0] < BW_DIRTY_COLLECTED && dirty[at[0]] == 0)
        at[0]++;
    if (at[0] == BW_DIRTY_COLLECTED)
        return true;
    uint32_t bit = (uint32_t)__builtin_ctzll(dirty[at[0]]);
    bw_crossing crossing = collect_one(venue, at[0], bit, &node);
    if (crossing == BW_CROSSING_TAKEN)
        bw_round_visit(venue, bw_node_account(venue, node));
    if (crossing != BW_CROSSING_DONE)
        return false;
    uint32_t parts = at[0] >= BW_DIRTY_WORDS ? 1u : bw_market_at(venue, at[0] * 64u + bit)->charges & BW_CHARGES_KEPT ? 4u : 2u;
    at[2] = at[3] = 0;
    if (++at[1] >= parts) {
        at[1] = 0;
        dirty[at[0]] &= dirty[at[0]] - 1u;
    }
    return false;
}

/* Every account of a pool that charges other things by index than it did: what it owes is booked, all its triggers are armed
   anew. at[0]: account. True when all were seen. */
static bool recheck_pool(bw_writer *writer)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    uint32_t account = progress->at[0]++;
    if (account >= venue->account_count) {
        progress->recheck_pool = 0;
        return true;
    }
    if (bw_cold_at(venue, account)->pool != progress->recheck_pool - 1u)
        return false;
    bw_balance_meet(writer, account);
    bw_balance_index_follow(venue, account);
    bw_trigger_disarm(venue, account);
    bw_round_visit(venue, account);
    return false;
}

/* Every holder of a market whose brackets changed. at[0]: side, at[1]: chunk, at[2]: place. */
static bool phase_recheck(bw_writer *writer)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    uint32_t *at = progress->at;
    if (progress->recheck_pool)
        return recheck_pool(writer);
    if (progress->recheck_market == 0)
        return true;
    if (at[0] == 2u) {
        progress->recheck_market = 0;
        return true;
    }
    const bw_market_cold *market = bw_market_cold_at(venue, progress->recheck_market - 1u);
    const bw_chunk *chunks = bw_at_chunk(venue);
    uint32_t chunk = at[1] ? at[1] : market->chunk[at[0]];
    if (chunk && at[2] < chunks[chunk].count)
        bw_round_visit(venue, bw_position_at(venue, chunks[chunk].position[at[2]])->account);
    at[1] = chunk;
    if (chunk && ++at[2] < chunks[chunk].count)
        return false;
    at[2] = 0;
    at[1] = chunk ? chunks[chunk].next : 0;
    if (at[1] == 0)
        at[0]++;
    return false;
}

/* ---------------------------------------------------------------------------------------------------- judge */

static uint32_t unhealthy_event(bw_writer *writer, uint32_t account, const bw_assessment *now)
{
    bw_venue *venue = writer->venue;
    bw_event *event = bw_emit(writer, BW_EVENT_UNHEALTHY, BW_NONE32);
    event->account = bw_cold_at(venue, account)->id;
    event->pool = bw_cold_at(venue, account)->pool;
    event->unhealthy.equity = now->equity;
    event->unhealthy.mm = now->mm;
    event->unhealthy.im = now->im;
    event->unhealthy.bankrupt = now->equity < 0;
    event->unhealthy.balance = bw_warm_at(venue, account)->balance;
    event->unhealthy.notional = now->notional;
    return bw_emit_done(writer, event);
}

static bool reads_start(const bw_command_pool *pool)
{
    for (uint32_t i = 0; i < pool->money_count; i++)
        if (pool->money[i].kind == BW_LAYER_HAIRCUT &&
            (pool->money[i].base == BW_BASE_LOCKED_PROFIT || pool->money[i].base == BW_BASE_BALANCE))
            return true;
    return false;
}

/* Freezes what the fund may pay in this round (R14): once per pool, before anything is closed, and after its own desk's
   loss, which is the fund's. */
static void fund_freeze(bw_writer *writer, uint32_t pool_number)
{
    bw_venue *venue = writer->venue;
    bw_pool_round *round = bw_at_pool_round(venue) + pool_number;
    if (round->frozen)
        return;
    const bw_pool *pool = bw_pool_at(venue, pool_number);
    bw_fund_desk_cover(writer, pool_number);
    bw_fund_advance(venue, pool_number);
    bw_fund_trigger(writer, pool_number, BW_NONE32);
    round->frozen = 1;
    round->keeps_start = reads_start(&pool->settings);
    round->usable = bw_fund_usable(venue, pool_number);
    round->shared_usable = pool->shared_fund;
    round->loss.event_left = pool->settings.event_cap ? pool->settings.event_cap : BW_VALUE_MAX;
    for (uint32_t m = 0; m < venue->market_count; m++) {
        if (bw_market_at(venue, m)->pool != pool_number)
            continue;
        bw_at_bucket_usable(venue)[m] = bw_market_cold_at(venue, m)->fund;
    }
}

static void case_add(bw_writer *writer, uint32_t account, const bw_assessment *now, uint32_t flags)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    uint32_t number = ++progress->case_count;
    if (bw_hot_at(venue, account)->flags & BW_HOT_ENDED)
        flags |= BW_CASE_NO_BOOK;
    bw_case *at = bw_at_cases(venue) + number;
    *at = bw_case_start(account, now, flags);
    bw_at_case_of(venue)[account] = number;
    bw_round_touch(writer, account);
    if (flags & BW_CASE_DEBT)
        return;
    at->event = unhealthy_event(writer, account, now);
    progress->unhealthy++;
    progress->bankrupt += now->equity < 0;
}

/* A healthy account whose debt has grown beyond the limit gives collateral all the same (R5a). Not a desk: its debt is
   what it paid for collateral, and two desks would pass it to each other for ever. */
static bool debt_due(const bw_venue *venue, uint32_t account)
{
    uint32_t flags = bw_hot_at(venue, account)->flags;
    if (!(flags & BW_HOT_HOLDINGS) || (flags & BW_HOT_DESK) || bw_warm_at(venue, account)->balance >= 0)
        return false;                    /* a balance below 0 owes nothing */
    int64_t most = bw_pool_at(venue, bw_cold_at(venue, account)->pool)->settings.debt_max;
    return most >= 0 && bw_warm_at(venue, account)->balance < -most && bw_convertible(venue, account, false);
}

void bw_round_visit_debt(bw_venue *venue, uint32_t account)
{
    if (!debt_due(venue, account))
        return;
    bw_bitmap_set(&venue->account_shape, bw_at_debt_bits(venue), account);
    bw_round_visit(venue, account);
}

/* Whether the visit is for a debt that is still due. */
static bool debt_take(bw_venue *venue, uint32_t account)
{
    if (!bw_bitmap_test(&venue->account_shape, bw_at_debt_bits(venue), account))
        return false;
    bw_bitmap_clear(&venue->account_shape, bw_at_debt_bits(venue), account);
    return debt_due(venue, account);
}

/* The next account that `bits` names, in the order of their numbers; BW_BITMAP_NONE when there is none. Accounts are asked
   of memory in groups. at[0]: where to look on, at[1]: one more than the last that was asked for. */
static uint32_t next_named(bw_venue *venue, const uint64_t *bits)
{
    uint32_t *at = bw_at_progress(venue)->at, group[AHEAD], count = 0;
    uint32_t account = bw_bitmap_next(&venue->account_shape, bits, at[0]);
    if (account == BW_BITMAP_NONE)
        return account;
    at[0] = account;
    if (account < at[1])
        return account;
    for (uint32_t next = account; next != BW_BITMAP_NONE && count < AHEAD;) {
        group[count++] = next;
        next = bw_bitmap_next(&venue->account_shape, bits, next + 1u);
    }
    bw_accounts_prefetch(venue, group, count);
    at[1] = group[count - 1u] + 1u;
    return account;
}

static bool phase_judge(bw_writer *writer)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    uint64_t *bits = bw_at_crossed_bits(venue);
    uint32_t account = next_named(venue, bits);
    if (account == BW_BITMAP_NONE)
        return true;
    bw_bitmap_clear(&venue->account_shape, bits, account);
    progress->host.visited++;
    bw_hot *hot = bw_hot_at(venue, account);
    /* not for another desk: whether a price visits that one depends on how its slack is split (R7) */
    if ((hot->flags & BW_HOT_DESK) && bw_fund_desk(venue, bw_cold_at(venue, account)->pool) == account)
        bw_fund_desk_cover(writer, bw_cold_at(venue, account)->pool);
    int64_t mm, equity = bw_account_health(venue, account, &mm);
    bool waits = bw_sync_waits(venue, account, equity);
    bool working = (hot->flags & BW_HOT_WORKING) != 0;
    bool ended = (hot->flags & BW_HOT_ENDED) != 0;
    bool unhealthy = !waits && (equity < 0 || (equity < mm && (!working || ended))), debt = debt_take(venue, account);
    if (!unhealthy && !debt) {
        bw_ended_forget(venue, account);
        hot->flags &= (uint8_t)~BW_HOT_SLICED;
        if (bw_sync_bankrupt(venue, account, equity))
            return false;
        bw_work_close(venue, account);
        bw_trigger_touch(venue, account, working ? equity : equity - mm);
        return false;
    }
    fund_freeze(writer, bw_cold_at(venue, account)->pool);
    bw_assessment now = bw_account_assess(venue, account);
    case_add(writer, account, &now, unhealthy ? (equity < 0 ? BW_CASE_BANKRUPT : 0) : BW_CASE_DEBT);
    return false;
}

/* ------------------------------------------------------------------------------------------- re-arm, clean */

static bool phase_rearm(bw_writer *writer)
{
    bw_venue *venue = writer->venue;
    uint64_t *bits = bw_at_touched_bits(venue);
    uint32_t account = next_named(venue, bits);
    if (account == BW_BITMAP_NONE)
        return true;
    bw_bitmap_clear(&venue->account_shape, bits, account);
    bw_hot *hot = bw_hot_at(venue, account);
    for (uint32_t i = 0; i < hot->count; i++)
        bw_at_shadow_of(venue)[hot->extent + i] = 0;
    bw_account_compact(venue, account);
    bw_holding_compact(venue, account);
    bw_at_case_of(venue)[account] = 0;
    bw_at_charged(venue)[account] = 0;
    bw_account_rearm(venue, account);
    return false;
}

/* Puts the scratch back to zero, one market or pool a call: at[0] counts. */
static bool phase_clean(bw_writer *writer)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    uint32_t n = progress->at[0]++;
    if (n < venue->market_count) {
        bool lots = false;
        for (uint32_t side = 0; side < 2u; side++) {
            bw_loss *loss = bw_loss_at(venue, n, side);
            lots |= loss->backstop_lots != 0;
            memset(loss, 0, sizeof *loss);
        }
        bw_at_bucket_usable(venue)[n] = 0;
        if (lots)
            memset(bw_at_desk_lots(venue) + 2u * n * venue->limits.desks, 0,
                   2u * venue->limits.desks * sizeof(int64_t));
        return false;
    }
    if (n - venue->market_count < venue->pool_count) {
        memset(bw_at_pool_round(venue) + (n - venue->market_count), 0, sizeof(bw_pool_round));
        return false;
    }
    progress->case_count = progress->shadow_count = progress->closing_count = progress->payer_count = 0;
    return true;
}

/* Says what a round did, if it did anything: a visit that finds all healthy is no round. */
static void round_event(bw_writer *writer)
{
    bw_progress *progress = bw_at_progress(writer->venue);
    if ((progress->unhealthy | progress->deleveraged | progress->charged | progress->gap) == 0)
        return;
    bw_event *event = bw_emit(writer, BW_EVENT_ROUND, BW_NONE32);
    event->round.round = (int64_t)++writer->venue->round;
    event->round.unhealthy = progress->unhealthy;
    event->round.bankrupt = progress->bankrupt;
    event->round.gap = progress->gap;
    event->round.deleveraged = progress->deleveraged;
    event->round.charged = progress->charged;
    bw_emit_done(writer, event);
    progress->unhealthy = progress->bankrupt = 0;
    progress->gap = progress->deleveraged = progress->charged = 0;
}

/* --------------------------------------------------------------------------------------------------- driver */

static bool nothing_crossed(const bw_venue *venue)
{
    return bw_bitmap_next(&venue->account_shape, bw_at_crossed_bits(venue), 0) == BW_BITMAP_NONE;
}

static bool anything_dirty(const bw_venue *venue)
{
    const uint64_t *dirty = bw_at_dirty(venue);
    for (uint32_t i = 0; i < BW_DIRTY_COLLECTED; i++)
        if (dirty[i])
            return true;
    return false;
}

/* The phase after one that is done. Without an unhealthy account most of the round is skipped. */
static uint32_t next_phase(bw_writer *writer, uint32_t done)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    if (done == PHASE_JUDGE && progress->case_count == 0)
        return progress->refund ? PHASE_CREDIT : bw_ending_next(venue) ? PHASE_END : PHASE_IDLE;
    if (done == PHASE_CLEAN) {
        round_event(writer);
        if (anything_dirty(venue))
            return PHASE_COLLECT;
        if (!nothing_crossed(venue))
            return PHASE_JUDGE;
        return bw_ending_next(venue) ? PHASE_END : PHASE_IDLE;
    }
    if (done == PHASE_END)
        return PHASE_REARM;
    return done + 1u;
}

static bool phase_run(bw_writer *writer, uint32_t number)
{
    switch ((phase)number) {
    case PHASE_EXPIRE: return phase_expire(writer);
    case PHASE_COLLECT: return phase_collect(writer);
    case PHASE_RECHECK: return phase_recheck(writer);
    case PHASE_JUDGE: return phase_judge(writer);
    case PHASE_PLAN: return bw_phase_plan(writer);
    case PHASE_BACKSTOP: return bw_phase_backstop(writer);
    case PHASE_NET: return bw_phase_net(writer);
    case PHASE_ADL: return bw_phase_adl(writer);
    case PHASE_ZERO: return bw_phase_zero(writer);
    case PHASE_LAYERS: return bw_phase_layers(writer);
    case PHASE_CREDIT: return bw_phase_credit(writer);
    case PHASE_REARM: return phase_rearm(writer);
    case PHASE_CLEAN: return phase_clean(writer);
    case PHASE_END: return bw_phase_end(writer);
    case PHASE_IDLE: case PHASES: break;
    }
    BW_ASSERT(!"a phase of the round");
    return true;
}

bool bw_round_open(bw_venue *venue)
{
    bw_progress *progress = bw_at_progress(venue);
    if (!progress->expire && !progress->recheck_market && !progress->recheck_pool && !progress->ending && !progress->refund &&
        nothing_crossed(venue) && !anything_dirty(venue))
        return false;
    progress->phase = PHASE_EXPIRE;
    memset(progress->at, 0, sizeof progress->at);
    return true;
}

bool bw_round_run(bw_writer *writer)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    bw_limits limits = venue->limits;
    limits.work_max = progress->host.work_max;
    writer->units_max = limits.work_max ? limits.work_max : UINT32_MAX;
    writer->events_max = bw_events_max(&limits) - bw_events_per_unit(&limits);
    while (progress->phase != PHASE_IDLE) {
        if (!bw_unit_take(writer))
            return false;
        if (!phase_run(writer, progress->phase))
            continue;
        progress->phase = next_phase(writer, progress->phase);
        memset(progress->at, 0, sizeof progress->at);
        progress->residue = 0;
    }
    progress->expire = progress->refund = progress->ending = progress->ending_item = 0;
    return true;
}
