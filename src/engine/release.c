/* release.c - what may leave an account: profit once it is released, money while a loss is open (R18). */
#include "engine/account.h"
#include "engine/formula.h"
#include "engine/index.h"
#include "engine/fund.h"

/* ------------------------------------------------------------------------------------------------- profits by age */

/* A profit as it stands at some time: whole units free and locked, of one more the fraction part / parts, and how long until
   all of it is free. The units locked include the one that is under way. */
typedef struct stand {
    int64_t free, locked, part, parts, rest_ns;
} stand;

static stand stand_at(const bw_venue *venue, uint32_t account, int64_t profit, int64_t time_ns)
{
    const bw_aging *at = bw_at_aging(venue) + account;
    int64_t released = bw_warm_at(venue, account)->released, locked = profit - released;
    if (time_ns >= at->until_ns)
        return (stand){.free = profit, .parts = 1};
    int64_t age = time_ns - at->since_ns, length = at->until_ns - at->since_ns;
    bw_wide aged = bw_wide_mul(locked, age), parts = bw_wide_of(length);
    int64_t moved = bw_wide_to_int64(bw_wide_div_floor(aged, parts));
    return (stand){.free = released + moved, .locked = locked - moved, .parts = length,
                   .part = bw_wide_to_int64(bw_wide_mod_floor(aged, parts)), .rest_ns = at->until_ns - time_ns};
}

/* Writes it back. The fraction is kept as time: the line is one that began when none of the locked units was under way,
   time up, and not longer ago than `age_ns`. */
static void stand_set(bw_venue *venue, uint32_t account, const stand *s, int64_t age_ns)
{
    bw_wide begun = bw_wide_of(0);
    if (s->locked)
        begun = bw_wide_div_floor(bw_wide_mul(s->rest_ns, s->part),
                                  bw_wide_sub(bw_wide_mul(s->locked, s->parts), bw_wide_of(s->part)));
    int64_t ago = bw_min(bw_wide_to_int64_saturated(begun), age_ns);
    bw_warm_at(venue, account)->released = s->free;
    bw_at_aging(venue)[account] = (bw_aging){venue->time_ns - ago, venue->time_ns + (s->locked ? s->rest_ns : 0)};
}

static const bw_command_pool *settings_of(const bw_venue *venue, uint32_t account)
{
    return &bw_pool_at(venue, bw_cold_at(venue, account)->pool)->settings;
}

static bool ages(const bw_venue *venue, uint32_t account)
{
    return settings_of(venue, account)->profit_release == BW_PROFIT_AGING;
}

/* Locked units that `gain` more join, and how long they wait together. */
static void gain_lock(stand *s, int64_t gain, int64_t age_ns)
{
    bw_wide waits = bw_wide_add_mul(bw_wide_mul(s->locked, s->rest_ns), gain, age_ns);
    s->locked += gain;
    s->rest_ns = bw_wide_to_int64(bw_wide_div_ceil(waits, bw_wide_of(s->locked)));
}

/* `loss` units less: of the first kind as many as there are, then of the other. */
static void lose(int64_t *first, int64_t *other, int64_t loss)
{
    int64_t part = bw_min(loss, *first);
    *first -= part;
    *other -= loss - part;
}

void bw_profit_age(bw_venue *venue, uint32_t account, int64_t before)
{
    bw_warm *warm = bw_warm_at(venue, account);
    int64_t after = bw_profit(warm), age_ns = settings_of(venue, account)->profit_age_ns;
    if (!ages(venue, account)) {
        warm->released = bw_min(warm->released, after);
        return;
    }
    if (after == before)
        return;
    stand now = stand_at(venue, account, before, venue->time_ns);
    if (after > before)
        gain_lock(&now, after - before, age_ns);
    else
        lose(&now.locked, &now.free, before - after);
    stand_set(venue, account, &now, age_ns);
}

/* A profit of `before` was paid out in part: what was free left first. */
static void paid_out(bw_venue *venue, uint32_t account, int64_t before)
{
    bw_warm *warm = bw_warm_at(venue, account);
    int64_t after = bw_profit(warm);
    if (ages(venue, account) && after < before) {
        stand now = stand_at(venue, account, before, venue->time_ns);
        lose(&now.free, &now.locked, before - after);
        stand_set(venue, account, &now, settings_of(venue, account)->profit_age_ns);
    } else
        warm->released = bw_max(0, warm->released - (before - after));
}

void bw_balance_deposit(bw_venue *venue, uint32_t account, int64_t amount)
{
    bw_warm *warm = bw_warm_at(venue, account);
    int64_t before = bw_profit(warm);
    warm->balance += amount;
    warm->net_deposits = bw_max(0, warm->net_deposits + amount);
    warm->period_base += amount;
    bw_hot_at(venue, account)->net += amount;
    paid_out(venue, account, before);
    if (venue->balances_count)
        bw_balance_index_follow(venue, account);
}

void bw_profit_settle(bw_venue *venue, uint32_t account)
{
    bw_warm *warm = bw_warm_at(venue, account);
    if (!ages(venue, account))
        warm->released = bw_profit(warm);
}

/* ------------------------------------------------------------------------------------------------- what may leave */

int64_t bw_account_locked_at(const bw_venue *venue, uint32_t account, int64_t time_ns)
{
    const bw_warm *warm = bw_warm_at(venue, account);
    bw_profit_release release = (bw_profit_release)settings_of(venue, account)->profit_release;
    if (release == BW_PROFIT_IMMEDIATE)
        return 0;
    if (release == BW_PROFIT_AGING)
        return stand_at(venue, account, bw_profit(warm), time_ns).locked;
    return bw_locked_profit(bw_balance(venue, account) - warm->net_deposits, warm->released);
}

int64_t bw_account_locked(const bw_venue *venue, uint32_t account)
{
    return bw_account_locked_at(venue, account, venue->time_ns);
}

int64_t bw_pool_customers_money(const bw_pool *pool)
{
    return pool->external - bw_max(0, bw_fund_total(pool)) - pool->capital - pool->fees - pool->ceil_carried;
}

/* What is left of `released` while a loss is open; `principal`: balance less profit. */
static int64_t gate(const bw_pool *pool, int64_t released, int64_t principal)
{
    int64_t money = bw_max(0, bw_pool_customers_money(pool));
    if (pool->raised)                    /* what an index has not charged to anybody yet is not there (R15) */
        released = bw_min(released, money + pool->carried);
    if (!bw_loss_is_open(pool))
        return released;
    switch (pool->settings.withdraw_mode) {
    case BW_WITHDRAW_OPEN: return bw_min(released, money);
    case BW_WITHDRAW_RATE:               /* what a waiting account will lack has no rate yet: profits stay */
        return money > 0 ? pool->waiting ? bw_min(released, principal) : released : 0;
    default: return bw_min(released, principal);
    }
}

bw_withdrawable bw_account_withdrawable(const bw_venue *venue, uint32_t account, int64_t time_ns)
{
    const bw_warm *warm = bw_warm_at(venue, account);
    bw_assessment now = bw_account_assess(venue, account);
    if (bw_fund_desk(venue, bw_cold_at(venue, account)->pool) == account)
        return (bw_withdrawable){0};                       /* what it has is the fund's, and leaves as such (R12) */
    int64_t balance = bw_balance(venue, account), most = bw_min(balance, now.equity - now.im - warm->order_margin);
    int64_t released = most - bw_account_locked_at(venue, account, time_ns);
    int64_t profit = bw_max(0, balance - warm->net_deposits);
    int64_t open = gate(bw_pool_at(venue, bw_cold_at(venue, account)->pool), released, balance - profit);
    return (bw_withdrawable){bw_max(0, most), bw_max(0, released), bw_max(0, open)};
}

int64_t bw_withdrawal_loss(const bw_pool *pool, int64_t amount)
{
    int64_t money = bw_pool_customers_money(pool);
    if (pool->carried == 0 || pool->settings.withdraw_mode != BW_WITHDRAW_RATE)
        return 0;
    return bw_min(amount - bw_claim_due(amount, bw_max(0, money), money + pool->carried, 0), pool->carried);
}
