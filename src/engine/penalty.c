/* penalty.c - see penalty.h. */
#include "engine/penalty.h"

#include "engine/fund.h"
#include "engine/index.h"
#include "engine/round.h"

#include "money/money.h"
#include "money/ppm.h"

static bool is_desk(const bw_venue *venue, uint32_t account)
{
    return account != BW_NONE32 && (bw_hot_at(venue, account)->flags & BW_HOT_DESK);
}

/* The pool's first desk that is open and not the account itself; BW_NONE32 if there is none. */
static uint32_t first_desk(const bw_venue *venue, uint32_t account)
{
    uint32_t desk = bw_pool_at(venue, bw_cold_at(venue, account)->pool)->desk_first;
    for (; desk; desk = bw_at_desk(venue)[desk - 1u].next) {
        uint32_t owner = bw_at_desk(venue)[desk - 1u].account;
        if (owner != account && !(bw_hot_at(venue, owner)->flags & BW_HOT_CLOSED))
            return owner;
    }
    return BW_NONE32;
}

bw_penalty bw_penalty_of(const bw_venue *venue, uint32_t account, uint32_t market, int64_t lots, uint32_t other)
{
    const bw_command_pool *set = &bw_pool_at(venue, bw_market_at(venue, market)->pool)->settings;
    bw_penalty result = {.value = bw_abs(bw_value(bw_market_at(venue, market), lots)), .taker = BW_NONE32};
    if (set->penalty_ppm == 0 && set->penalty_desk_ppm == 0)
        return result;
    result.fund = bw_ppm_floor(result.value, set->penalty_ppm);
    int64_t part = bw_ppm_floor(result.value, set->penalty_desk_ppm);
    result.taker = is_desk(venue, other) ? other : first_desk(venue, account);
    *(result.taker == BW_NONE32 ? &result.fund : &result.desk) += part;
    return result;
}

int64_t bw_penalty_least(const bw_penalty *penalty, int64_t value, int64_t zero)
{
    return bw_min(value, zero + penalty->fund + penalty->desk);
}

void bw_penalty_take(bw_writer *writer, uint32_t account, uint32_t market, const bw_penalty *penalty, uint32_t cause)
{
    bw_venue *venue = writer->venue;
    if (penalty->fund == 0 && penalty->desk == 0)
        return;
    bw_balance_meet(writer, account);
    if (penalty->desk)
        bw_balance_meet(writer, penalty->taker);
    bw_balance_add(venue, account, -penalty->fund - penalty->desk);
    bw_event *event = bw_emit(writer, BW_EVENT_PENALTY, cause);
    event->account = bw_cold_at(venue, account)->id;
    event->market = (uint16_t)market;
    event->pool = bw_market_at(venue, market)->pool;
    event->penalty.value = penalty->value;
    event->penalty.fund = penalty->fund;
    event->penalty.desk = penalty->desk;
    event->penalty.balance = bw_warm_at(venue, account)->balance;
    if (penalty->desk) {
        bw_balance_add(venue, penalty->taker, penalty->desk);
        event->other = bw_cold_at(venue, penalty->taker)->id;
        event->penalty.desk_balance = bw_warm_at(venue, penalty->taker)->balance;
    }
    bw_emit_done(writer, event);
}

/* The round's fund was frozen before: it grows by what came in, as far as floor, triggers and the window's cap allow. */
static void spend_at_once(bw_writer *writer, uint32_t market, int64_t amount, uint32_t cause)
{
    bw_venue *venue = writer->venue;
    uint32_t pool = bw_market_at(venue, market)->pool;
    bw_pool_round *round = bw_at_pool_round(venue) + pool;
    int64_t rest = bw_fund_inflow(venue, pool, amount);
    bw_fund_credit(writer, pool, market, amount, cause);
    round->usable = bw_min(round->usable + rest, bw_fund_usable(venue, pool));
    bw_at_bucket_usable(venue)[market] += rest;
}

int64_t bw_penalty_round(bw_writer *writer, bw_case *at, uint32_t market, uint32_t side, int64_t lots, uint32_t other,
                         uint32_t cause)
{
    bw_venue *venue = writer->venue;
    const bw_command_pool *set = &bw_pool_at(venue, bw_market_at(venue, market)->pool)->settings;
    bw_penalty penalty = bw_penalty_of(venue, at->account, market, lots, other);
    if (penalty.fund == 0 && penalty.desk == 0)
        return 0;
    at->flags |= BW_CASE_PENALTY;
    if (penalty.desk)
        bw_round_touch_money(writer, penalty.taker);
    bw_penalty_take(writer, at->account, market, &penalty, cause);
    if (set->penalty_first)
        spend_at_once(writer, market, penalty.fund, cause);
    else
        bw_loss_at(venue, market, side)->surplus += penalty.fund;
    return penalty.fund + penalty.desk;
}
