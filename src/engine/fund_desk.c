/* fund_desk.c - a desk whose balance is the fund: see fund.h (R12). */
#include "engine/account.h"
#include "engine/fund.h"
#include "engine/formula.h"
#include "engine/index.h"
#include "engine/round.h"

uint32_t bw_fund_desk(const bw_venue *venue, uint32_t pool)
{
    for (uint32_t d = bw_pool_at(venue, pool)->desk_first; d; d = bw_at_desk(venue)[d - 1u].next)
        if (bw_at_desk(venue)[d - 1u].is_fund)
            return bw_at_desk(venue)[d - 1u].account;
    return BW_NONE32;
}

static int64_t unreserved(const bw_pool *pool)
{
    return bw_max(0, pool->shared_fund - pool->reserved_gap);
}

int64_t bw_fund_desk_backing(const bw_venue *venue, uint32_t account)
{
    if (!(bw_hot_at(venue, account)->flags & BW_HOT_DESK))
        return 0;
    uint32_t pool = bw_cold_at(venue, account)->pool;
    return bw_fund_desk(venue, pool) == account ? unreserved(bw_pool_at(venue, pool)) : 0;
}

/* Money between desk and shared part, amount > 0 to the desk: neither a gain of the desk nor an inflow of the fund. */
static void move(bw_writer *writer, uint32_t account, int64_t amount)
{
    bw_venue *venue = writer->venue;
    uint32_t number = bw_cold_at(venue, account)->pool;
    bw_pool *pool = bw_pool_at(venue, number);
    bw_warm *warm = bw_warm_at(venue, account);
    if (amount == 0)
        return;
    bw_balance_meet(writer, account);
    bw_fund_advance(venue, number);
    pool->shared_fund -= amount;
    bw_fund_advance(venue, number);
    bw_balance_add(venue, account, amount);
    warm->net_deposits = bw_max(0, warm->net_deposits + amount);
    warm->period_base += amount;
    bw_event *event = bw_emit(writer, BW_EVENT_POSTED, BW_NONE32);
    event->account = bw_cold_at(venue, account)->id;
    event->pool = (uint16_t)number;
    event->asset = pool->settings.asset;
    event->posted.amount = amount;
    event->posted.balance = warm->balance;
    event->posted.equity = bw_account_equity(venue, account);
    event->posted.command = BW_COMMAND_DESK;
    bw_fund_trigger(writer, number, bw_emit_done(writer, event));
}

void bw_fund_desk_cover(bw_writer *writer, uint32_t pool)
{
    bw_venue *venue = writer->venue;
    uint32_t account = bw_fund_desk(venue, pool);
    if (account == BW_NONE32)
        return;
    int64_t lacks = bw_gap_of(bw_account_equity(venue, account));
    move(writer, account, bw_min(lacks, unreserved(bw_pool_at(venue, pool))));
}

void bw_fund_desk_sweep(bw_writer *writer, uint32_t account)
{
    bw_venue *venue = writer->venue;
    uint32_t pool = bw_cold_at(venue, account)->pool;
    if (bw_fund_desk(venue, pool) != account)
        return;
    bw_round_touch_money(writer, account);
    int64_t balance = bw_warm_at(venue, account)->balance;
    move(writer, account, balance > 0 ? -balance : bw_min(-balance, unreserved(bw_pool_at(venue, pool))));
}
