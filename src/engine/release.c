/* release.c - what may leave an account: profit once it is released, money while a loss is open (R18). */
#include "engine/account.h"
#include "engine/formula.h"
#include "engine/fund.h"

int64_t bw_account_locked(const bw_venue *venue, uint32_t account)
{
    const bw_warm *warm = bw_warm_at(venue, account);
    if (bw_pool_at(venue, bw_cold_at(venue, account)->pool)->settings.profit_release == BW_PROFIT_IMMEDIATE)
        return 0;
    return bw_locked_profit(warm->balance - warm->net_deposits, warm->released);
}

int64_t bw_pool_customers_money(const bw_pool *pool)
{
    return pool->external - pool->shared_fund - pool->buckets - pool->capital - pool->fees - pool->ceil_carried;
}

/* What is left of `released` while the pool carries loss over; `principal`: balance less profit. */
static int64_t gate(const bw_pool *pool, int64_t released, int64_t principal)
{
    int64_t money = bw_pool_customers_money(pool);
    if (pool->carried == 0)
        return released;
    switch (pool->settings.withdraw_mode) {
    case BW_WITHDRAW_OPEN: return bw_min(released, money);
    case BW_WITHDRAW_RATE: return money > 0 ? released : 0;
    default: return bw_min(released, principal);
    }
}

bw_withdrawable bw_account_withdrawable(const bw_venue *venue, uint32_t account)
{
    const bw_warm *warm = bw_warm_at(venue, account);
    bw_assessment now = bw_account_assess(venue, account);
    if (bw_fund_desk(venue, bw_cold_at(venue, account)->pool) == account)
        return (bw_withdrawable){0};                       /* what it has is the fund's, and leaves as such (R12) */
    int64_t most = bw_min(warm->balance, now.equity - now.im - warm->order_margin);
    int64_t released = most - bw_account_locked(venue, account);
    int64_t profit = bw_max(0, warm->balance - warm->net_deposits);
    int64_t open = gate(bw_pool_at(venue, bw_cold_at(venue, account)->pool), released, warm->balance - profit);
    return (bw_withdrawable){bw_max(0, most), bw_max(0, released), bw_max(0, open)};
}

int64_t bw_withdrawal_loss(const bw_pool *pool, int64_t amount)
{
    int64_t money = bw_pool_customers_money(pool);
    if (pool->carried == 0 || pool->settings.withdraw_mode != BW_WITHDRAW_RATE)
        return 0;
    return bw_min(amount - bw_claim_due(amount, bw_max(0, money), money + pool->carried, 0), pool->carried);
}
