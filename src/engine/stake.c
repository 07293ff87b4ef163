/* stake.c - shares of a pool's fund: bought, asked back, paid after a time (R14).

       stake    account ──amount──> shared part of the fund; floor(amount x shares / value) new shares
       unstake  asks: their value now is the most they will be paid ──unbonding_ns──> again: pays, the shares are gone

   Whoever has shares bears the fund's losses and has its gains in proportion, until he is paid. The venue's own shares are
   those that no record has: what was in the fund before the first stake, and what its deposits bought since. */
#include "engine/stake.h"

#include "engine/account.h"
#include "engine/commands.h"
#include "engine/fund.h"
#include "money/money.h"

#define SHARES_MAX (BW_VALUE_MAX / 4)

static bw_stake *stake_at(const bw_venue *venue, uint32_t account)
{
    return bw_at_stake(venue) + bw_cold_at(venue, account)->stake;
}

static bool has_stake(const bw_venue *venue, uint32_t account)
{
    return bw_cold_at(venue, account)->stake != 0;
}

static bw_pool *pool_of(const bw_venue *venue, uint32_t account)
{
    return bw_pool_at(venue, bw_cold_at(venue, account)->pool);
}

/* Shares that `amount` buys while the fund is worth `value`: one a unit where there are none yet; 0 if the fund is worth
   nothing or they are too many. */
static int64_t shares_for(const bw_pool *pool, int64_t value, int64_t amount)
{
    int64_t total = pool->shares ? pool->shares : bw_max(0, value), shares;
    if (total == 0)
        return amount <= SHARES_MAX ? amount : 0;
    bool fits = value > 0 && bw_mul_div_floor_try(amount, total, value, &shares) && shares <= SHARES_MAX - total;
    return fits ? shares : 0;
}

/* What `shares` are worth now, rounded down. */
static int64_t worth(const bw_pool *pool, int64_t shares)
{
    return pool->shares ? bw_mul_div_floor(shares, bw_max(0, bw_fund_total(pool)), pool->shares) : 0;
}

int64_t bw_account_shares(const bw_venue *venue, uint32_t account)
{
    return has_stake(venue, account) ? stake_at(venue, account)->shares : 0;
}

int64_t bw_account_stake_value(const bw_venue *venue, uint32_t account)
{
    return worth(pool_of(venue, account), bw_account_shares(venue, account));
}

/* Nobody joins before a loss that others bear is paid, nor leaves before it: R14's late entrant. */
static bool loss_open(const bw_pool *pool)
{
    return pool->carried || pool->waiting || pool->drawdown || pool->empty;
}

bw_status bw_check_stake(const bw_venue *venue, const bw_command *command)
{
    const bw_command_stake *c = (const void *)command;
    uint32_t account;
    bw_status status = bw_account_named(venue, command->account, &account);
    if (status)
        return status;
    const bw_pool *pool = pool_of(venue, account);
    if ((status = bw_outgoing_check(venue, account, pool->settings.asset, c->amount, command->time_ns)))
        return status;
    if (loss_open(pool))
        return BW_LOSS_OPEN;
    if (!has_stake(venue, account) && venue->stake_free == 0 && venue->stake_top >= venue->limits.stakes)
        return BW_CAPACITY;
    return shares_for(pool, bw_fund_total(pool), c->amount) > 0 ? BW_OK : BW_BAD_AMOUNT;
}

static void staked_event(bw_writer *writer, uint32_t account, int64_t shares, int64_t amount)
{
    const bw_venue *venue = writer->venue;
    const bw_pool *pool = pool_of(venue, account);
    bw_event *event = bw_emit(writer, BW_EVENT_STAKED, BW_NONE32);
    event->account = bw_cold_at(venue, account)->id;
    event->pool = bw_cold_at(venue, account)->pool;
    event->asset = pool->settings.asset;
    event->staked.shares = shares;
    event->staked.amount = amount;
    event->staked.total = pool->shares;
    event->staked.fund = bw_fund_total(pool);
    bw_fund_trigger(writer, event->pool, bw_emit_done(writer, event));
}

static void record_open(bw_venue *venue, uint32_t account)
{
    uint32_t record = venue->stake_free;
    if (record)
        venue->stake_free = bw_at_stake(venue)[record].next;
    else
        record = ++venue->stake_top;
    bw_at_stake(venue)[record] = (bw_stake){.account = account};
    bw_cold_at(venue, account)->stake = record;
    venue->stake_count++;
}

static void record_close(bw_venue *venue, uint32_t account)
{
    uint32_t record = bw_cold_at(venue, account)->stake;
    bw_at_stake(venue)[record] = (bw_stake){.next = venue->stake_free};
    venue->stake_free = record;
    venue->stake_count--;
    bw_cold_at(venue, account)->stake = 0;
}

/* Money between an account and the shared part of its pool's fund: no inflow, so no carryover is repaid with it. */
static void fund_move(bw_writer *writer, uint32_t account, int64_t amount)
{
    bw_venue *venue = writer->venue;
    uint32_t number = bw_cold_at(venue, account)->pool;
    bw_fund_advance(venue, number);
    bw_account_post(writer, account, bw_pool_at(venue, number)->settings.asset, -amount);
    bw_pool_at(venue, number)->shared_fund += amount;
    bw_fund_advance(venue, number);
}

void bw_apply_stake(bw_writer *writer, const bw_command *command)
{
    const bw_command_stake *c = (const void *)command;
    bw_venue *venue = writer->venue;
    uint32_t account = 0;
    bw_account_find(venue, command->account, &account);
    bw_pool *pool = pool_of(venue, account);
    int64_t shares = shares_for(pool, bw_fund_total(pool), c->amount);
    if (pool->shares == 0)
        pool->shares = bw_max(0, bw_fund_total(pool));
    if (!has_stake(venue, account))
        record_open(venue, account);
    stake_at(venue, account)->shares += shares;
    pool->shares += shares;
    pool->staked += shares;
    fund_move(writer, account, c->amount);
    staked_event(writer, account, shares, c->amount);
}

/* What the shares asked for are paid: their value then or now, whichever is less. */
static int64_t due(const bw_pool *pool, const bw_stake *stake)
{
    return bw_min(stake->asked_value, worth(pool, stake->asked));
}

static bw_status pay_check(const bw_pool *pool, const bw_stake *stake, int64_t time_ns)
{
    if (time_ns < stake->asked_ns + pool->settings.unbonding_ns)
        return BW_UNBONDING;
    if (loss_open(pool))
        return BW_LOSS_OPEN;
    int64_t amount = due(pool, stake), kept = bw_max(pool->settings.fund_floor, pool->reserved_gap);
    return amount <= pool->shared_fund && bw_fund_total(pool) - amount >= kept ? BW_OK : BW_INSUFFICIENT;
}

bw_status bw_check_unstake(const bw_venue *venue, const bw_command *command)
{
    const bw_command_unstake *c = (const void *)command;
    uint32_t account;
    bw_status status = bw_account_named(venue, command->account, &account);
    if (status)
        return status;
    if (c->shares <= 0)
        return BW_BAD_AMOUNT;
    const bw_stake *stake = has_stake(venue, account) ? stake_at(venue, account) : NULL;
    if (!stake || c->shares > stake->shares)
        return BW_INSUFFICIENT;
    if (stake->asked == 0)
        return BW_OK;
    return stake->asked == c->shares ? pay_check(pool_of(venue, account), stake, command->time_ns) : BW_UNBONDING;
}

static void pay(bw_writer *writer, uint32_t account)
{
    bw_venue *venue = writer->venue;
    bw_stake *stake = stake_at(venue, account);
    bw_pool *pool = pool_of(venue, account);
    int64_t amount = due(pool, stake), shares = stake->asked;
    stake->shares -= shares;
    pool->shares -= shares;
    pool->staked -= shares;
    stake->asked = stake->asked_value = stake->asked_ns = 0;
    if (stake->shares == 0)
        record_close(venue, account);
    fund_move(writer, account, -amount);
    staked_event(writer, account, -shares, -amount);
}

void bw_apply_unstake(bw_writer *writer, const bw_command *command)
{
    const bw_command_unstake *c = (const void *)command;
    bw_venue *venue = writer->venue;
    uint32_t account = 0;
    bw_account_find(venue, command->account, &account);
    bw_stake *stake = stake_at(venue, account);
    if (stake->asked) {
        pay(writer, account);
        return;
    }
    stake->asked = c->shares;
    stake->asked_value = worth(pool_of(venue, account), c->shares);
    stake->asked_ns = venue->time_ns;
    staked_event(writer, account, c->shares, 0);
}

/* --------------------------------------------------------------------------------------- the venue's own part */

void bw_venue_deposited(bw_pool *pool, int64_t before)
{
    if (pool->shares)
        pool->shares += shares_for(pool, before, bw_fund_total(pool) - before);
}

bool bw_venue_shares_to_give(const bw_pool *pool, int64_t amount, int64_t *shares)
{
    *shares = 0;
    if (pool->shares == 0)
        return true;
    int64_t value = bw_fund_total(pool);
    return value > 0 && bw_mul_div_ceil_try(amount, pool->shares, value, shares) &&
           *shares <= pool->shares - pool->staked;
}

static int64_t staked_in(const bw_venue *venue, uint32_t pool)
{
    int64_t sum = 0;
    for (uint32_t s = 1; s <= venue->stake_top; s++)
        if (bw_at_stake(venue)[s].shares && bw_cold_at(venue, bw_at_stake(venue)[s].account)->pool == pool)
            sum += bw_at_stake(venue)[s].shares;
    return sum;
}

bool bw_stakes_valid(const bw_venue *venue, uint64_t *where)
{
    uint32_t held = 0;
    for (uint32_t a = 0; a < venue->account_count; a++) {
        uint32_t record = bw_cold_at(venue, a)->stake;
        *where = a;
        if (record == 0)
            continue;
        const bw_stake *stake = bw_at_stake(venue) + record;
        held++;
        if (record > venue->stake_top || stake->account != a || stake->shares <= 0 || stake->asked > stake->shares ||
            stake->asked < 0 || stake->asked_value < 0)
            return false;
    }
    for (uint32_t p = 0; p < venue->pool_count; p++) {
        *where = p;
        const bw_pool *pool = bw_pool_at(venue, p);
        if (pool->staked != staked_in(venue, p) || pool->shares < pool->staked)
            return false;
    }
    *where = held;
    return held == venue->stake_count;
}
