/* account.h - an account's positions and money: reading them together, changing one of them exactly.

       trade, close, funding ──> bw_position_change ──> cost, balance, size, net, open interest, holders
       deposit, fee, charge  ──> bw_balance_add / bw_cost_add

   Units     lots; minor units of the pool's settlement asset
   Rounding  the cost released by a reducing trade goes toward zero (R4)
   Holds     I1 conservation per change, I3 net, I4 holders and open interest */
#ifndef BW_ENGINE_ACCOUNT_H
#define BW_ENGINE_ACCOUNT_H

#include "engine/margin.h"
#include "engine/state.h"

/* R5, R6: equity; maintenance and initial margin; margin without min_mm; total notional. */
typedef struct bw_assessment {
    int64_t equity, mm, im, margin, notional;
} bw_assessment;

/* Adds up one account at the present marks. `im`, `margin`, `notional` are filled too. */
bw_assessment bw_account_assess(const bw_venue *venue, uint32_t account);

/* Equity alone; equity and maintenance margin, the path of every visit (R5, R6). */
int64_t bw_account_equity(const bw_venue *venue, uint32_t account);
int64_t bw_account_health(const bw_venue *venue, uint32_t account, int64_t *mm);

static inline bool bw_is_unhealthy(int64_t equity, int64_t mm) { return equity < mm || equity < 0; }

/* Sum of collateral values (R5). */
int64_t bw_account_collateral(const bw_venue *venue, uint32_t account);

/* Sum of u over the positions; with `balance` this is what R15 and R18 call realised plus unrealised. */
int64_t bw_account_upnl(const bw_venue *venue, uint32_t account);

/* Effective cost and unrealised profit u of a position at the mark (R4). */
int64_t bw_position_cost(const bw_venue *venue, uint32_t position);
int64_t bw_position_upnl(const bw_venue *venue, uint32_t position);

/* The position of an account in a market, or 0. */
uint32_t bw_position_find(const bw_venue *venue, uint32_t account, uint32_t market);

/* As above, opened with size 0 if there is none; 0 if the venue or the account has no room. May move the account's
   position records; the account's triggers must be disarmed. */
uint32_t bw_position_open(bw_venue *venue, uint32_t account, uint32_t market);

/* Whether bw_position_open would succeed for one more market of the account; for both accounts, one after the other,
   each of which has room alone. */
bool bw_position_room(const bw_venue *venue, uint32_t account);
bool bw_position_room_both(const bw_venue *venue, uint32_t a, uint32_t b);

/* Whether opening a position in one more market would move the account's records. */
bool bw_position_opening_moves(const bw_venue *venue, uint32_t account);

/* Asks memory for what moving the records of those accounts that have no room for a position more will touch. */
void bw_moves_prefetch(const bw_venue *venue, const uint32_t *accounts, uint32_t count);

/* The trade of R4: size changes by `lots`, and cost - balance by exactly `value` (what the lots are worth in this
   trade, signed as the lots: positive when buying a linear market). Position and balance owe nothing for an index (R15). */
void bw_position_change(bw_venue *venue, uint32_t position, int64_t lots, int64_t value);

/* Removes the account's positions of size 0 that no order holds; frees the extent when none is left. The account's
   triggers must be disarmed. */
void bw_account_compact(bw_venue *venue, uint32_t account);

/* Money in or out of the settlement balance, and of a position's cost (a haircut raises it by what it takes). What is won
   or lost so is profit or loss (R18). */
void bw_balance_add(bw_venue *venue, uint32_t account, int64_t amount);
/* A haircut by index is booked: the balance counts for what it did (R15). */
void bw_balance_charge(bw_venue *venue, uint32_t account, int64_t amount);
void bw_cost_add(bw_venue *venue, uint32_t position, int64_t amount);

/* Money paid in, or (amount < 0) out: balance and net deposits, which do not fall below 0, and the base of period gains. A
   profit that is paid out leaves the part that is free first. */
void bw_balance_deposit(bw_venue *venue, uint32_t account, int64_t amount);

/* max(0, balance - net deposits) (R18). */
static inline int64_t bw_profit(const bw_warm *warm) { return bw_max(0, warm->balance - warm->net_deposits); }

/* The profit has changed from `before` by gain or loss: a gain is locked, a loss takes what is locked first. Profit that
   was lost is no longer released: won again, it is new profit (R18). Under `aging` a gain p makes what is locked, l, wait
   for the mean of what l and p had to wait, ceil((l x rest + p x age) / (l + p)): a later profit delays an earlier one and
   leaves with it, so that in units times time as much is locked as if each waited alone. */
void bw_profit_age(bw_venue *venue, uint32_t account, int64_t before);
static inline void bw_profit_follow(bw_venue *venue, uint32_t account, int64_t before)
{
    bw_warm *warm = bw_warm_at(venue, account);
    if (venue->limits.aging)
        bw_profit_age(venue, account, before);
    else if (warm->released)
        warm->released = bw_min(warm->released, bw_profit(warm));
}

/* `settle` frees the profit, unless the pool frees it by age. */
void bw_profit_settle(bw_venue *venue, uint32_t account);

/* Asks memory for what reading the holders after this one will touch, 16 holders at a time: a list is dense, what it
   names is anywhere in memory. Positions are asked for first, then their accounts, then the accounts' positions; these not, if
   `sizes_only`. */
void bw_holders_prefetch(const bw_venue *venue, uint32_t chunk, uint32_t place, bool sizes_only);

/* The account's balance of a collateral, or 0; opened with amount 0 if `open` and there is room. */
uint32_t bw_holding_find(const bw_venue *venue, uint32_t account, uint32_t collateral);
uint32_t bw_holding_open(bw_venue *venue, uint32_t account, uint32_t collateral);
/* Frees the account's holdings of amount 0. Triggers must be disarmed. */
void bw_holding_compact(bw_venue *venue, uint32_t account);

/* R18, step by step: what balance and margin leave of the settlement balance; less what is locked; what may leave of it
   while a loss is open, or the fractions of an index are nobody's yet: in a pool that has charged by index never more than the
   customers' money and what is carried; then under `gate` at most balance - profit, under `open` what the customers' money can pay, under
   `rate` all as long as there is any. At `time_ns`, not before the venue's. Each at least 0 and at most the one before;
   the last is what may be asked for. */
typedef struct bw_withdrawable {
    int64_t by_margin, by_release, by_gate;
} bw_withdrawable;
bw_withdrawable bw_account_withdrawable(const bw_venue *venue, uint32_t account, int64_t time_ns);

/* Money A that is there for the pool's customers (R18): external less fund (not below 0), capital, fees and what
   ceil-carry took beyond its budget. By conservation their claims L = sum of balances - sum of costs = A + carried + what
   the fund lacks to 0. May be below 0. O(1). */
int64_t bw_pool_customers_money(const bw_pool *pool);

/* What a withdrawal of `amount` > 0 loses under `rate` (R18): amount - floor(amount x A / L), at most what is carried; 0
   while nothing is carried and in the other modes. The share paid never falls by it: (A - paid) / (L - amount) >= A / L, and
   who takes the last claim takes the last unit. Claims are net: where accounts owe debts on collateral, L is less than what
   the others claim, so that the loss is somewhat larger than their share. */
int64_t bw_withdrawal_loss(const bw_pool *pool, int64_t amount);

/* Profit that is not yet released (R18), now or (under `aging`) at a later time; rounded up to whole units. */
int64_t bw_account_locked(const bw_venue *venue, uint32_t account);
int64_t bw_account_locked_at(const bw_venue *venue, uint32_t account, int64_t time_ns);

/* The account number of an id; false if there is none. */
bool bw_account_find(const bw_venue *venue, uint64_t id, uint32_t *account);

#endif
