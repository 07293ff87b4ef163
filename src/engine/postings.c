/* postings.c - accounts and money that comes, goes or moves between them (R2, R5a, R14, R18). */
#include "engine/account.h"
#include "engine/commands.h"
#include "engine/fund.h"
#include "engine/hedge.h"
#include "engine/index.h"
#include "engine/round.h"
#include "engine/stake.h"
#include "engine/trigger.h"

#define AMOUNT_MAX ((int64_t)1 << 60)

bw_status bw_account_named(const bw_venue *venue, uint64_t id, uint32_t *account)
{
    if (!bw_account_find(venue, id, account))
        return BW_UNKNOWN_ACCOUNT;
    return bw_hot_at(venue, *account)->flags & BW_HOT_CLOSED ? BW_ACCOUNT_CLOSED : BW_OK;
}

void bw_account_rearm(bw_venue *venue, uint32_t account)
{
    int64_t slack = bw_account_slack(venue, account);
    if (slack < 0)
        bw_trigger_disarm(venue, account);
    else {
        bw_hot_at(venue, account)->flags &= (uint8_t)~BW_HOT_SLICED;
        bw_work_close(venue, account);
        bw_trigger_arm(venue, account, slack);
    }
    if (slack < 0 || bw_sync_seen(venue, account))
        bw_round_visit(venue, account);
    bw_round_visit_debt(venue, account);
}

void bw_account_touch(bw_venue *venue, uint32_t account)
{
    int64_t slack = bw_account_slack(venue, account);
    if (slack >= 0) {
        bw_work_close(venue, account);
        bw_trigger_touch(venue, account, slack);
    }
    if (slack < 0 || bw_sync_seen(venue, account))
        bw_round_visit(venue, account);
    bw_round_visit_debt(venue, account);
}

/* ------------------------------------------------------------------------------------------------- accounts */

bw_status bw_check_account(const bw_venue *venue, const bw_command *command)
{
    const bw_command_account *c = (const void *)command;
    uint32_t account;
    if (command->account == 0)
        return BW_UNKNOWN_ACCOUNT;
    if (bw_account_find(venue, command->account, &account))
        return BW_ACCOUNT_EXISTS;
    if (venue->account_count >= venue->limits.accounts)
        return BW_CAPACITY;
    if (c->pool >= venue->pool_count)
        return BW_UNKNOWN_POOL;
    if (c->isolated != BW_NONE16 && c->isolated >= venue->market_count)
        return BW_UNKNOWN_MARKET;
    if (c->isolated != BW_NONE16 && bw_market_at(venue, c->isolated)->pool != c->pool)
        return BW_WRONG_POOL;
    return c->flags & ~(uint32_t)(BW_FLAG_ADL_EXEMPT | BW_FLAG_MARKET_MAKER) ? BW_BAD_SETTING : BW_OK;
}

static void flags_set(bw_venue *venue, uint32_t account, uint32_t flags)
{
    bw_hot *hot = bw_hot_at(venue, account);
    bw_cold_at(venue, account)->flags = flags;
    hot->flags &= (uint8_t) ~(BW_HOT_CLOSED | BW_HOT_EXEMPT);
    if (flags & BW_FLAG_CLOSED)
        hot->flags |= BW_HOT_CLOSED;
    if (flags & BW_FLAG_ADL_EXEMPT)
        hot->flags |= BW_HOT_EXEMPT;
}

static void account_event(bw_writer *writer, uint32_t account)
{
    const bw_cold *cold = bw_cold_at(writer->venue, account);
    bw_event *event = bw_emit(writer, BW_EVENT_ACCOUNT, BW_NONE32);
    event->account = cold->id;
    event->pool = cold->pool;
    event->account_.flags = cold->flags;
    event->account_.isolated = cold->isolated == BW_NONE16 ? -1 : cold->isolated;
    event->account_.owner = cold->owner;
    event->account_.group = cold->group;
    event->account_.tag = cold->tag;
    bw_emit_done(writer, event);
}

void bw_apply_account(bw_writer *writer, const bw_command *command)
{
    const bw_command_account *c = (const void *)command;
    bw_venue *venue = writer->venue;
    uint32_t account = venue->account_count++;
    *bw_cold_at(venue, account) = (bw_cold){.id = command->account, .owner = c->owner, .group = c->group,
                                            .tag = c->tag, .pool = c->pool, .isolated = c->isolated};
    bw_table_insert(&venue->account_table, bw_at_account_slot(venue), command->account, account);
    bw_owner_join(venue, account);
    flags_set(venue, account, c->flags);
    account_event(writer, account);
}

bw_status bw_check_flags(const bw_venue *venue, const bw_command *command)
{
    const bw_command_flags *c = (const void *)command;
    uint32_t account;
    if (!bw_account_find(venue, command->account, &account))
        return BW_UNKNOWN_ACCOUNT;
    if (c->flags & ~(uint32_t)(BW_FLAG_CLOSED | BW_FLAG_ADL_EXEMPT | BW_FLAG_MARKET_MAKER))
        return BW_BAD_SETTING;
    const bw_warm *warm = bw_warm_at(venue, account);
    const bw_hot *hot = bw_hot_at(venue, account);
    /* what a balance owes for an index is a claim that is not booked yet (R15, R17) */
    bool empty = hot->count == 0 && warm->balance == 0 && warm->holding == 0 && warm->order_margin == 0 &&
                 bw_cold_at(venue, account)->claim == 0 && bw_cold_at(venue, account)->stake == 0 &&
                 !(hot->flags & BW_HOT_DESK);
    return (c->flags & BW_FLAG_CLOSED) && !empty ? BW_NOT_EMPTY : BW_OK;
}

void bw_apply_flags(bw_writer *writer, const bw_command *command)
{
    const bw_command_flags *c = (const void *)command;
    uint32_t account = 0;
    bw_account_find(writer->venue, command->account, &account);
    flags_set(writer->venue, account, c->flags);
    account_event(writer, account);
}

/* ------------------------------------------------------------------------------------- money of one account */

/* The collateral kind by which an asset counts in a pool; BW_NONE32 if it is not taken. */
static uint32_t collateral_kind(const bw_venue *venue, uint32_t pool, uint32_t asset)
{
    for (uint32_t i = 0; i < venue->collateral_count; i++) {
        const bw_collateral *at = bw_at_collateral(venue) + i;
        if (at->pool == pool && at->asset == asset)
            return i;
    }
    return BW_NONE32;
}

static bool is_settlement(const bw_venue *venue, uint32_t account, uint32_t asset)
{
    return bw_pool_at(venue, bw_cold_at(venue, account)->pool)->settings.asset == asset;
}

/* Whether `amount` of an asset may come into the account. */
static bw_status incoming_check(const bw_venue *venue, uint32_t account, uint32_t asset, int64_t amount)
{
    uint32_t pool = bw_cold_at(venue, account)->pool;
    if (asset >= venue->asset_count)
        return BW_UNKNOWN_ASSET;
    if (amount <= 0 || amount > AMOUNT_MAX - bw_at_asset(venue)[asset].external)
        return BW_BAD_AMOUNT;
    if (is_settlement(venue, account, asset))
        return BW_OK;
    uint32_t kind = collateral_kind(venue, pool, asset);
    if (kind == BW_NONE32)
        return BW_WRONG_POOL;
    if (bw_pool_at(venue, pool)->desk_first == 0)
        return BW_NO_DESK;
    const bw_collateral *collateral = bw_at_collateral(venue) + kind;
    if (collateral->price == 0)
        return BW_NO_PRICE;
    if (amount > collateral->amount_max - collateral->amount)
        return BW_BAD_AMOUNT;
    return bw_holding_find(venue, account, kind) || venue->holding_free ||
           venue->holding_top < venue->limits.holdings ? BW_OK : BW_CAPACITY;
}

/* The other side of a posting: money in (amount > 0) or out of the venue, and of the pool that settles in it. */
static void external_add(bw_venue *venue, uint32_t pool_number, uint32_t asset, int64_t amount)
{
    bw_pool *pool = bw_pool_at(venue, pool_number);
    bw_at_asset(venue)[asset].external += amount;
    if (pool->settings.asset == asset)
        pool->external += amount;
}

static uint32_t pool_of(const bw_venue *venue, uint32_t account) { return bw_cold_at(venue, account)->pool; }

/* Money in (amount > 0) or out of an account, triggers included; no external side. */
void bw_account_post(bw_writer *writer, uint32_t account, uint32_t asset, int64_t amount)
{
    bw_venue *venue = writer->venue;
    bw_balance_meet(writer, account);
    bw_trigger_disarm(venue, account);
    if (is_settlement(venue, account, asset)) {
        bw_balance_deposit(venue, account, amount);
    } else {
        uint32_t kind = collateral_kind(venue, bw_cold_at(venue, account)->pool, asset);
        bw_holding_at(venue, bw_holding_open(venue, account, kind))->amount += amount;
        bw_at_collateral(venue)[kind].amount += amount;
        bw_holding_compact(venue, account);
    }
    bw_account_rearm(venue, account);
}

static uint32_t posted_event(bw_writer *writer, const bw_command *command, uint32_t account, uint32_t asset,
                         int64_t amount, uint64_t reason)
{
    const bw_venue *venue = writer->venue;
    bw_event *event = bw_emit(writer, BW_EVENT_POSTED, BW_NONE32);
    event->account = bw_cold_at(venue, account)->id;
    event->pool = bw_cold_at(venue, account)->pool;
    event->asset = (uint16_t)asset;
    event->posted.amount = amount;
    event->posted.balance = bw_account_balance(venue, event->account, (uint16_t)asset);
    event->posted.equity = bw_account_equity(venue, account);
    event->posted.command = command->type;
    event->posted.reason = reason;
    return bw_emit_done(writer, event);
}

bw_status bw_check_deposit(const bw_venue *venue, const bw_command *command)
{
    const bw_command_deposit *c = (const void *)command;
    uint32_t account;
    bw_status status = bw_account_named(venue, command->account, &account);
    return status ? status : incoming_check(venue, account, c->asset, c->amount);
}

void bw_apply_deposit(bw_writer *writer, const bw_command *command)
{
    const bw_command_deposit *c = (const void *)command;
    uint32_t account = 0;
    bw_account_find(writer->venue, command->account, &account);
    external_add(writer->venue, pool_of(writer->venue, account), c->asset, c->amount);
    bw_account_post(writer, account, c->asset, c->amount);
    posted_event(writer, command, account, c->asset, c->amount, 0);
}

/* R18: the first limit that an amount passes says why it is refused. */
static bw_status settlement_out_check(const bw_venue *venue, uint32_t account, int64_t amount, int64_t time_ns)
{
    bw_withdrawable most = bw_account_withdrawable(venue, account, time_ns);
    if (amount > most.by_margin)
        return BW_INSUFFICIENT;
    if (amount > most.by_release)
        return BW_PROFIT_LOCKED;
    return amount > most.by_gate ? BW_WITHDRAWAL_GATED : BW_OK;
}

static bw_status collateral_out_check(const bw_venue *venue, uint32_t account, uint32_t asset, int64_t amount)
{
    uint32_t kind = collateral_kind(venue, bw_cold_at(venue, account)->pool, asset);
    uint32_t h = kind == BW_NONE32 ? 0 : bw_holding_find(venue, account, kind);
    if (kind == BW_NONE32)
        return BW_WRONG_POOL;
    if (h == 0 || bw_holding_at(venue, h)->amount < amount)
        return BW_INSUFFICIENT;
    const bw_collateral *collateral = bw_at_collateral(venue) + kind;
    int64_t held = bw_holding_at(venue, h)->amount;
    int64_t value = bw_collateral_value(collateral, held) - bw_collateral_value(collateral, held - amount);
    bw_assessment now = bw_account_assess(venue, account);
    bool covered = now.equity - value >= now.im + bw_warm_at(venue, account)->order_margin;
    return covered ? BW_OK : BW_INSUFFICIENT;
}

/* What withdraw and transfer share: the money may leave the account at the command's time. */
bw_status bw_outgoing_check(const bw_venue *venue, uint32_t account, uint32_t asset, int64_t amount, int64_t time_ns)
{
    if (asset >= venue->asset_count)
        return BW_UNKNOWN_ASSET;
    if (amount <= 0 || amount > AMOUNT_MAX)
        return BW_BAD_AMOUNT;
    if (bw_hot_at(venue, account)->flags & BW_HOT_WORKING)
        return BW_IN_LIQUIDATION;
    return is_settlement(venue, account, asset) ? settlement_out_check(venue, account, amount, time_ns)
                                                : collateral_out_check(venue, account, asset, amount);
}

/* What of the amount is lost when it leaves the account's pool: for another pool, or (BW_NONE32) for outside. */
static int64_t leaving_loss(const bw_venue *venue, uint32_t account, uint32_t pool, uint32_t asset, int64_t amount)
{
    if (pool_of(venue, account) == pool || !is_settlement(venue, account, asset))
        return 0;
    return bw_withdrawal_loss(bw_pool_at(venue, pool_of(venue, account)), amount);
}

bw_status bw_check_withdraw(const bw_venue *venue, const bw_command *command)
{
    const bw_command_withdraw *c = (const void *)command;
    uint32_t account;
    bw_status status = bw_account_named(venue, command->account, &account);
    if (status == BW_OK)
        status = bw_outgoing_check(venue, account, c->asset, c->amount, command->time_ns);
    if (status)
        return status;
    int64_t paid = c->amount - leaving_loss(venue, account, BW_NONE32, c->asset, c->amount);
    if (paid == 0)
        return BW_BAD_AMOUNT;
    return paid > bw_at_asset(venue)[c->asset].external ? BW_INSUFFICIENT : BW_OK;
}

/* Takes `amount` from the account, `loss` of it for good: that repays carryover and gives a claim (R17, R18). */
static void account_leave(bw_writer *writer, const bw_command *command, uint32_t account, uint32_t asset, int64_t amount,
                          int64_t loss, uint64_t reason)
{
    bw_venue *venue = writer->venue;
    bw_cold *cold = bw_cold_at(venue, account);
    bw_pool *pool = bw_pool_at(venue, cold->pool);
    if (loss) {
        int64_t repaid = bw_carryover_repay(venue, cold->pool, loss);
        BW_ASSERT(repaid == loss);
        cold->claim += loss;
        pool->claims += loss;
        bw_warm_at(venue, account)->period_base += loss;
    }
    bw_account_post(writer, account, asset, -amount);
    uint32_t cause = posted_event(writer, command, account, asset, -amount, reason);
    if (loss == 0)
        return;
    bw_event *event = bw_emit(writer, BW_EVENT_RATED, cause);
    event->account = cold->id;
    event->pool = cold->pool;
    event->rated.paid = amount - loss;
    event->rated.loss = loss;
    event->rated.claim = cold->claim;
    bw_emit_done(writer, event);
}

void bw_apply_withdraw(bw_writer *writer, const bw_command *command)
{
    const bw_command_withdraw *c = (const void *)command;
    uint32_t account = 0;
    bw_account_find(writer->venue, command->account, &account);
    int64_t loss = leaving_loss(writer->venue, account, BW_NONE32, c->asset, c->amount);
    external_add(writer->venue, pool_of(writer->venue, account), c->asset, loss - c->amount);
    account_leave(writer, command, account, c->asset, c->amount, loss, 0);
}

bw_status bw_check_transfer(const bw_venue *venue, const bw_command *command)
{
    const bw_command_transfer *c = (const void *)command;
    uint32_t from, to;
    bw_status status = bw_account_named(venue, command->account, &from);
    if (status == BW_OK)
        status = bw_account_named(venue, c->to, &to);
    if (status)
        return status;
    if (from == to || bw_cold_at(venue, from)->owner != bw_cold_at(venue, to)->owner)
        return BW_OWNER_DIFFERS;
    status = bw_outgoing_check(venue, from, c->asset, c->amount, command->time_ns);
    if (status)
        return status;
    if (is_settlement(venue, from, c->asset) != is_settlement(venue, to, c->asset))
        return BW_WRONG_POOL;
    if (is_settlement(venue, to, c->asset))
        return leaving_loss(venue, from, pool_of(venue, to), c->asset, c->amount) < c->amount ? BW_OK : BW_BAD_AMOUNT;
    /* the pool's holding does not grow, so only kind and room matter */
    uint32_t kind = collateral_kind(venue, bw_cold_at(venue, to)->pool, c->asset);
    if (bw_cold_at(venue, from)->pool != bw_cold_at(venue, to)->pool)
        return BW_WRONG_POOL;
    return bw_holding_find(venue, to, kind) || venue->holding_free || venue->holding_top < venue->limits.holdings
               ? BW_OK : BW_CAPACITY;
}

void bw_apply_transfer(bw_writer *writer, const bw_command *command)
{
    const bw_command_transfer *c = (const void *)command;
    uint32_t from = 0, to = 0;
    bw_account_find(writer->venue, command->account, &from);
    bw_account_find(writer->venue, c->to, &to);
    uint32_t from_pool = pool_of(writer->venue, from), to_pool = pool_of(writer->venue, to);
    int64_t loss = leaving_loss(writer->venue, from, to_pool, c->asset, c->amount), paid = c->amount - loss;
    external_add(writer->venue, from_pool, c->asset, -paid);
    external_add(writer->venue, to_pool, c->asset, paid);
    account_leave(writer, command, from, c->asset, c->amount, loss, c->to);
    bw_account_post(writer, to, c->asset, paid);
    posted_event(writer, command, to, c->asset, paid, command->account);
}

bw_status bw_check_adjust(const bw_venue *venue, const bw_command *command)
{
    const bw_command_adjust *c = (const void *)command;
    uint32_t account;
    bw_status status = bw_account_named(venue, command->account, &account);
    if (status)
        return status;
    if (c->amount > 0)
        return incoming_check(venue, account, c->asset, c->amount);
    if (c->asset >= venue->asset_count)
        return BW_UNKNOWN_ASSET;
    if (c->amount == 0 || c->amount < -AMOUNT_MAX)
        return BW_BAD_AMOUNT;
    if (!is_settlement(venue, account, c->asset) &&
        collateral_kind(venue, bw_cold_at(venue, account)->pool, c->asset) == BW_NONE32)
        return BW_WRONG_POOL;
    bool there = bw_account_balance(venue, command->account, c->asset) >= -c->amount &&
                 bw_at_asset(venue)[c->asset].external >= -c->amount;
    return there ? BW_OK : BW_INSUFFICIENT;
}

void bw_apply_adjust(bw_writer *writer, const bw_command *command)
{
    const bw_command_adjust *c = (const void *)command;
    uint32_t account = 0;
    bw_account_find(writer->venue, command->account, &account);
    external_add(writer->venue, pool_of(writer->venue, account), c->asset, c->amount);
    bw_account_post(writer, account, c->asset, c->amount);
    posted_event(writer, command, account, c->asset, c->amount, c->reason);
}

/* --------------------------------------------------------------------------- order margin, desks' collateral */

bw_status bw_check_reserve(const bw_venue *venue, const bw_command *command)
{
    const bw_command_reserve *c = (const void *)command;
    uint32_t account;
    bw_status status = bw_account_named(venue, command->account, &account);
    if (status)
        return status;
    if (c->amount < 0 || c->amount > AMOUNT_MAX)
        return BW_BAD_AMOUNT;
    if (c->amount <= bw_warm_at(venue, account)->order_margin)
        return BW_OK;
    if (bw_hot_at(venue, account)->flags & BW_HOT_WORKING)
        return BW_IN_LIQUIDATION;
    bw_assessment now = bw_account_assess(venue, account);
    return now.equity - now.im >= c->amount ? BW_OK : BW_WORKING_MARGIN;
}

void bw_apply_reserve(bw_writer *writer, const bw_command *command)
{
    const bw_command_reserve *c = (const void *)command;
    uint32_t account = 0;
    bw_account_find(writer->venue, command->account, &account);
    bw_warm_at(writer->venue, account)->order_margin = c->amount;
    bw_event *event = bw_emit(writer, BW_EVENT_RESERVED, BW_NONE32);
    event->account = command->account;
    event->pool = bw_cold_at(writer->venue, account)->pool;
    event->reserved.amount = c->amount;
    bw_emit_done(writer, event);
}

bw_status bw_check_convert(const bw_venue *venue, const bw_command *command)
{
    const bw_command_convert *c = (const void *)command;
    uint32_t account;
    bw_status status = bw_account_named(venue, command->account, &account);
    if (status)
        return status;
    if (!(bw_hot_at(venue, account)->flags & BW_HOT_DESK))
        return BW_NO_DESK;
    if (c->asset >= venue->asset_count || is_settlement(venue, account, c->asset))
        return BW_UNKNOWN_ASSET;
    uint32_t settlement = bw_pool_at(venue, bw_cold_at(venue, account)->pool)->settings.asset;
    if (c->amount <= 0 || c->proceeds < 0 || c->proceeds > AMOUNT_MAX - bw_at_asset(venue)[settlement].external)
        return BW_BAD_AMOUNT;
    bool there = bw_account_balance(venue, command->account, c->asset) >= c->amount &&
                 bw_at_asset(venue)[c->asset].external >= c->amount;
    return there ? BW_OK : BW_INSUFFICIENT;
}

void bw_apply_convert(bw_writer *writer, const bw_command *command)
{
    const bw_command_convert *c = (const void *)command;
    bw_venue *venue = writer->venue;
    uint32_t account = 0;
    bw_account_find(venue, command->account, &account);
    uint32_t settlement = bw_pool_at(venue, bw_cold_at(venue, account)->pool)->settings.asset;
    external_add(venue, pool_of(venue, account), c->asset, -c->amount);
    external_add(venue, pool_of(venue, account), settlement, c->proceeds);
    bw_account_post(writer, account, c->asset, -c->amount);
    posted_event(writer, command, account, c->asset, -c->amount, 0);
    bw_account_post(writer, account, settlement, c->proceeds);
    posted_event(writer, command, account, settlement, c->proceeds, 0);
}

/* ------------------------------------------------------------------------------------------ the venue's money */

bw_status bw_check_fund(const bw_venue *venue, const bw_command *command)
{
    const bw_command_fund *c = (const void *)command;
    if (c->pool >= venue->pool_count)
        return BW_UNKNOWN_POOL;
    if (c->market != BW_NONE16 && (c->market >= venue->market_count || bw_market_at(venue, c->market)->pool != c->pool))
        return BW_UNKNOWN_MARKET;
    const bw_pool *pool = bw_pool_at(venue, c->pool);
    const bw_asset *asset = bw_at_asset(venue) + pool->settings.asset;
    int64_t bucket = c->market == BW_NONE16 ? pool->shared_fund : bw_market_cold_at(venue, c->market)->fund;
    bool moves = c->move == BW_FUND_TO_MARKET || c->move == BW_FUND_FROM_MARKET;
    if (c->amount <= 0 || c->move >= BW_FUND_MOVES || (moves && c->market == BW_NONE16))
        return BW_BAD_AMOUNT;
    bool enters = c->move == BW_FUND_DEPOSIT || c->move == BW_FUND_CAPITAL_DEPOSIT;
    if (enters)
        return c->amount > AMOUNT_MAX - asset->external ? BW_BAD_AMOUNT : BW_OK;
    const int64_t there[BW_FUND_MOVES] = {
        [BW_FUND_WITHDRAW] = bucket, [BW_FUND_CAPITAL_WITHDRAW] = pool->capital,
        [BW_FUND_TO_MARKET] = pool->shared_fund, [BW_FUND_FROM_MARKET] = bucket,
        [BW_FUND_FEES_TO_FUND] = pool->fees, [BW_FUND_FEES_WITHDRAW] = pool->fees};
    if (c->amount > there[c->move])
        return BW_INSUFFICIENT;
    if (c->move == BW_FUND_WITHDRAW && (pool->carried || pool->waiting))
        return BW_WITHDRAWAL_GATED;
    int64_t shares;
    if (c->move == BW_FUND_WITHDRAW && (bw_fund_total(pool) - c->amount < pool->reserved_gap ||
                                        !bw_venue_shares_to_give(pool, c->amount, &shares)))
        return BW_INSUFFICIENT;
    bool leaves = c->move == BW_FUND_WITHDRAW || c->move == BW_FUND_CAPITAL_WITHDRAW || c->move == BW_FUND_FEES_WITHDRAW;
    return leaves && c->amount > asset->external ? BW_INSUFFICIENT : BW_OK;
}

/* Bucket and shared part exchange money; the fund as a whole does not change. */
static void bucket_move(bw_venue *venue, const bw_command_fund *c, int64_t amount)
{
    bw_pool *pool = bw_pool_at(venue, c->pool);
    pool->shared_fund -= amount;
    pool->buckets += amount;
    bw_market_cold_at(venue, c->market)->fund += amount;
}

/* What is neither a plain inflow nor a move between buckets. */
static void fund_leave(bw_venue *venue, const bw_command_fund *c)
{
    bw_pool *pool = bw_pool_at(venue, c->pool);
    uint32_t asset = pool->settings.asset;
    if (c->move == BW_FUND_CAPITAL_DEPOSIT || c->move == BW_FUND_CAPITAL_WITHDRAW) {
        int64_t amount = c->move == BW_FUND_CAPITAL_DEPOSIT ? c->amount : -c->amount;
        pool->capital += amount;
        external_add(venue, c->pool, asset, amount);
    } else if (c->move == BW_FUND_FEES_WITHDRAW) {
        pool->fees -= c->amount;
        external_add(venue, c->pool, asset, -c->amount);
    } else {
        int64_t shares;
        bw_venue_shares_to_give(pool, c->amount, &shares);
        pool->shares -= shares;
        bw_fund_debit(venue, c->pool, c->market, c->amount);
        external_add(venue, c->pool, asset, -c->amount);
    }
}

void bw_apply_fund(bw_writer *writer, const bw_command *command)
{
    const bw_command_fund *c = (const void *)command;
    bw_venue *venue = writer->venue;
    bw_pool *pool = bw_pool_at(venue, c->pool);
    if (c->move == BW_FUND_DEPOSIT || c->move == BW_FUND_FEES_TO_FUND) {
        if (c->move == BW_FUND_DEPOSIT)
            external_add(venue, c->pool, pool->settings.asset, c->amount);
        else
            pool->fees -= c->amount;
        int64_t before = bw_fund_total(pool);
        bw_fund_credit(writer, c->pool, c->market, c->amount, BW_NONE32);
        if (c->move == BW_FUND_DEPOSIT)
            bw_venue_deposited(pool, before);
        bw_at_progress(venue)->refund = bw_pool_claims(pool) > 0;
        return;
    }
    if (c->move == BW_FUND_TO_MARKET || c->move == BW_FUND_FROM_MARKET)
        bucket_move(venue, c, c->move == BW_FUND_TO_MARKET ? c->amount : -c->amount);
    else
        fund_leave(venue, c);
    bw_event *event = bw_emit(writer, BW_EVENT_POSTED, BW_NONE32);
    event->pool = c->pool;
    event->market = c->market;
    event->asset = pool->settings.asset;
    event->posted.amount = c->amount;
    event->posted.balance = bw_fund_total(pool);
    event->posted.command = command->type;
    event->posted.reason = c->move;
    bw_fund_trigger(writer, c->pool, bw_emit_done(writer, event));
}
