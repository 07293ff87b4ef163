/* trade.c - the trade rule (R4a), trades one by one and in groups. */
#include "engine/account.h"
#include "engine/commands.h"
#include "engine/fund.h"
#include "engine/index.h"
#include "engine/round.h"
#include "engine/trigger.h"

#include "money/money.h"

#define FEE_MAX ((int64_t)1 << 60)

static bool within_band(const bw_venue *venue, uint32_t market, int64_t price)
{
    int64_t mark = bw_market_at(venue, market)->mark;
    uint32_t band = bw_market_cold_at(venue, market)->settings.band_ppm;
    return band == 0 || bw_abs(price - mark) <= bw_ppm_floor(mark, band);
}

bw_status bw_price_check(const bw_venue *venue, uint32_t market, int64_t lots, int64_t price)
{
    if (market >= venue->market_count)
        return BW_UNKNOWN_MARKET;
    const bw_market *at = bw_market_at(venue, market);
    const bw_command_market *set = &bw_market_cold_at(venue, market)->settings;
    if (at->status >= BW_MARKET_HALTED || at->bracket_count == 0)
        return BW_MARKET_CLOSED;
    if (at->mark == 0)
        return BW_NO_PRICE;
    if (lots < 1 || lots > set->open_interest_max || price < 1 || price > set->price_max)
        return BW_BAD_AMOUNT;
    if (bw_value_at(at, -lots, price) == 0)
        return BW_VALUE_ZERO;
    return within_band(venue, market, price) ? BW_OK : BW_PRICE_BAND;
}

bw_assessment bw_assess_after(const bw_venue *venue, const bw_side_trade *side, const bw_assessment *before, int64_t size)
{
    const bw_market *market = bw_market_at(venue, side->market);
    int64_t value_before = bw_value(market, size), value_after = bw_value(market, size + side->lots);
    bw_assessment after = *before;
    after.equity += value_after - value_before - side->value - side->fee;
    if (size) {
        after.mm -= bw_mm(venue, side->market, bw_abs(value_before));
        after.im -= bw_im(venue, side->market, bw_abs(value_before));
    }
    if (size + side->lots) {
        after.mm += bw_mm(venue, side->market, bw_abs(value_after));
        after.im += bw_im(venue, side->market, bw_abs(value_after));
    }
    return after;
}

static bw_status margin_check(const bw_venue *venue, const bw_side_trade *side, int64_t size, bool reduces)
{
    bw_assessment before = bw_account_assess(venue, side->account);
    before.equity += bw_fund_desk_backing(venue, side->account);
    bw_assessment after = bw_assess_after(venue, side, &before, size);
    bw_margins from = {before.equity, before.mm, before.im};
    bw_margins to = {after.equity, after.mm, after.im + bw_warm_at(venue, side->account)->order_margin};
    return bw_margin_allows(&from, &to, reduces) ? BW_OK : BW_INITIAL_MARGIN;
}

/* What a live liquidation order leaves of the position for its owner to trade. */
static bool touches_reserved(const bw_venue *venue, uint32_t position, int64_t size_after)
{
    uint32_t order = position ? bw_position_at(venue, position)->order : 0;
    return order && bw_abs(size_after) < bw_order_at(venue, order)->lots_left;
}

static bw_status limits_check(const bw_venue *venue, const bw_side_trade *side, uint32_t position, int64_t size,
                              bool reduces)
{
    const bw_command_market *set = &bw_market_cold_at(venue, side->market)->settings;
    uint32_t isolated = bw_cold_at(venue, side->account)->isolated;
    if (isolated != BW_NONE16 && isolated != side->market)
        return BW_ISOLATED;
    if (bw_market_at(venue, side->market)->status == BW_MARKET_REDUCE_ONLY && !reduces)
        return BW_REDUCE_ONLY;
    bool working = (bw_hot_at(venue, side->account)->flags & BW_HOT_WORKING) != 0;
    if (working && (!reduces || touches_reserved(venue, position, size + side->lots)))
        return BW_IN_LIQUIDATION;
    if (!reduces && bw_abs(size + side->lots) > set->position_max)
        return BW_POSITION_LIMIT;
    /* claims, carryover and a bottomless fund grow with every crash: they stay within int64 if no risk is added on top of
       too many */
    const bw_pool *pool = bw_pool_at(venue, bw_cold_at(venue, side->account)->pool);
    if (!reduces &&
        (bw_pool_claims(pool) > BW_VALUE_MAX / 4 || pool->carried > BW_VALUE_MAX / 4 || pool->shared_fund < -BW_VALUE_MAX / 4))
        return BW_CAPACITY;
    return position || bw_position_room(venue, side->account) ? BW_OK : BW_CAPACITY;
}

bw_status bw_side_check(const bw_venue *venue, const bw_side_trade *side)
{
    uint32_t position = bw_position_find(venue, side->account, side->market);
    int64_t size = position ? bw_position_at(venue, position)->size : 0;
    bool reduces = size && (size < 0) != (side->lots < 0) && bw_abs(side->lots) <= bw_abs(size);
    bw_status status = limits_check(venue, side, position, size, reduces);
    return status ? status : margin_check(venue, side, size, reduces);
}

/* Change of the long side's lots when a position goes from `size` to size + lots. */
static int64_t long_change(const bw_venue *venue, uint32_t account, uint32_t market, int64_t lots)
{
    uint32_t position = bw_position_find(venue, account, market);
    int64_t size = position ? bw_position_at(venue, position)->size : 0;
    return bw_max(size + lots, 0) - bw_max(size, 0);
}

static bw_status open_interest_check(const bw_venue *venue, const bw_side_trade *buyer, const bw_side_trade *seller)
{
    const bw_market_cold *market = bw_market_cold_at(venue, buyer->market);
    int64_t change = long_change(venue, buyer->account, buyer->market, buyer->lots) +
                     long_change(venue, seller->account, seller->market, seller->lots);
    return change > 0 && market->open_interest + change > market->settings.open_interest_max
               ? BW_OPEN_INTEREST_LIMIT : BW_OK;
}

/* Resolves ids, fills both sides of a trade; a refusal if they do not belong together. */
static bw_status sides_of(const bw_venue *venue, const bw_trade *trade, bw_side_trade *buyer, bw_side_trade *seller,
                          uint64_t *refused)
{
    bw_status status = bw_price_check(venue, trade->market, trade->lots, trade->price);
    if (status)
        return status;
    int64_t value = bw_value_at(bw_market_at(venue, trade->market), trade->lots, trade->price);
    *buyer = (bw_side_trade){0, trade->market, trade->lots, value, trade->fee_buyer};
    *seller = (bw_side_trade){0, trade->market, -trade->lots, -value, trade->fee_seller};
    *refused = trade->buyer;
    if ((status = bw_account_named(venue, trade->buyer, &buyer->account)))
        return status;
    *refused = trade->seller;
    if ((status = bw_account_named(venue, trade->seller, &seller->account)))
        return status;
    *refused = 0;
    if (buyer->account == seller->account)
        return BW_SELF_TRADE;
    uint32_t pool = bw_market_at(venue, trade->market)->pool;
    if (bw_cold_at(venue, buyer->account)->pool != pool || bw_cold_at(venue, seller->account)->pool != pool)
        return BW_WRONG_POOL;
    bool fees_valid = trade->fee_buyer >= -FEE_MAX && trade->fee_buyer <= FEE_MAX && trade->fee_seller >= -FEE_MAX &&
                      trade->fee_seller <= FEE_MAX && trade->fee_buyer + trade->fee_seller >= 0;
    return fees_valid ? BW_OK : BW_BAD_AMOUNT;
}

static bw_status trade_check(const bw_venue *venue, const bw_trade *trade, bw_side_trade *buyer,
                             bw_side_trade *seller, uint64_t *refused)
{
    bw_status status = sides_of(venue, trade, buyer, seller, refused);
    if (status || (status = open_interest_check(venue, buyer, seller)))
        return status;
    *refused = trade->buyer;
    if ((status = bw_side_check(venue, buyer)))
        return status;
    *refused = trade->seller;
    if ((status = bw_side_check(venue, seller)))
        return status;
    *refused = 0;
    bool both_open = !bw_position_find(venue, buyer->account, buyer->market) &&
                     !bw_position_find(venue, seller->account, seller->market);
    return both_open && !bw_position_room_both(venue, buyer->account, seller->account) ? BW_CAPACITY : BW_OK;
}

bw_status bw_trade_check(const bw_venue *venue, const bw_trade *trade, uint64_t *refused_account)
{
    bw_side_trade buyer, seller;
    uint64_t refused = 0;
    bw_status status = bw_at_progress(venue)->open ? BW_ROUND_OPEN
                                                   : trade_check(venue, trade, &buyer, &seller, &refused);
    if (refused_account)
        *refused_account = refused;
    return status;
}

/* ---------------------------------------------------------------------------------------------------- apply */

/* The pool keeps its fees, less the fund's share of them (R14). */
static void fees_post(bw_writer *writer, uint32_t market, int64_t fees, uint32_t cause)
{
    uint32_t number = bw_market_at(writer->venue, market)->pool;
    bw_pool *pool = bw_pool_at(writer->venue, number);
    int64_t share = bw_ppm_floor(fees, pool->settings.fee_share_ppm);
    pool->fees += fees - share;
    if (share)
        bw_fund_credit(writer, number, BW_NONE16, share, cause);
}

/* Records are moved by a position that is opened beyond the extent, or closed. */
static bool records_move(const bw_venue *venue, const bw_side_trade *side, uint32_t position)
{
    if (position == 0)
        return bw_position_opening_moves(venue, side->account);
    return bw_position_at(venue, position)->size + side->lots == 0;
}

static void side_apply(bw_writer *writer, const bw_side_trade *side)
{
    bw_venue *venue = writer->venue;
    uint32_t position = bw_position_find(venue, side->account, side->market);
    bw_balance_meet(writer, side->account);
    if (position)
        bw_position_meet(writer, position);
    if (records_move(venue, side, position))
        bw_trigger_disarm(venue, side->account);
    else if (position)
        bw_trigger_disarm_position(venue, position);
    if (position == 0)
        position = bw_position_open(venue, side->account, side->market);
    BW_ASSERT(position != 0);
    bw_position_change(venue, position, side->lots, side->value);
    if (side->fee)
        bw_balance_add(venue, side->account, -side->fee);
    if (bw_position_at(venue, position)->size == 0)
        bw_account_compact(venue, side->account);
    bw_account_touch(venue, side->account);
}

static int64_t size_of(const bw_venue *venue, uint32_t account, uint32_t market)
{
    uint32_t position = bw_position_find(venue, account, market);
    return position ? bw_position_at(venue, position)->size : 0;
}

static void trade_apply(bw_writer *writer, const bw_trade *trade, const bw_side_trade *buyer,
                        const bw_side_trade *seller)
{
    bw_venue *venue = writer->venue;
    side_apply(writer, buyer);
    side_apply(writer, seller);
    bw_event *event = bw_emit(writer, BW_EVENT_TRADED, BW_NONE32);
    event->pool = bw_market_at(venue, trade->market)->pool;
    event->market = trade->market;
    event->account = trade->buyer;
    event->other = trade->seller;
    event->traded.lots = trade->lots;
    event->traded.price = trade->price;
    event->traded.value = buyer->value;
    event->traded.fee_buyer = trade->fee_buyer;
    event->traded.fee_seller = trade->fee_seller;
    event->traded.balance_buyer = bw_warm_at(venue, buyer->account)->balance;
    event->traded.balance_seller = bw_warm_at(venue, seller->account)->balance;
    event->traded.size_buyer = size_of(venue, buyer->account, trade->market);
    event->traded.size_seller = size_of(venue, seller->account, trade->market);
    uint32_t index = bw_emit_done(writer, event);
    if (trade->fee_buyer + trade->fee_seller)
        fees_post(writer, trade->market, trade->fee_buyer + trade->fee_seller, index);
}

enum { AHEAD = 8 };

/* Asks memory for all that `count` trades, at most AHEAD of them, will read and change of their accounts. */
static void trades_prefetch(const bw_venue *venue, const bw_trade *trades, uint32_t count)
{
    const bw_table_slot *slots = bw_at_account_slot(venue);
    uint32_t accounts[2u * AHEAD], found = 0;
    for (uint32_t i = 0; i < count; i++) {
        bw_table_prefetch(&venue->account_table, slots, trades[i].buyer);
        bw_table_prefetch(&venue->account_table, slots, trades[i].seller);
    }
    for (uint32_t i = 0; i < count; i++) {
        found += bw_account_find(venue, trades[i].buyer, &accounts[found]);
        found += bw_account_find(venue, trades[i].seller, &accounts[found]);
    }
    bw_accounts_prefetch(venue, accounts, found);
    bw_moves_prefetch(venue, accounts, found);
}

bw_status bw_check_trade(const bw_venue *venue, const bw_command *command)
{
    const bw_trade *trade = &((const bw_command_trade *)(const void *)command)->trade;
    bw_side_trade buyer, seller;
    uint64_t refused = 0;
    trades_prefetch(venue, trade, 1);
    return trade_check(venue, trade, &buyer, &seller, &refused);
}

void bw_apply_trade(bw_writer *writer, const bw_command *command)
{
    const bw_trade *trade = &((const bw_command_trade *)(const void *)command)->trade;
    bw_side_trade buyer, seller;
    uint64_t refused;
    sides_of(writer->venue, trade, &buyer, &seller, &refused);
    trade_apply(writer, trade, &buyer, &seller);
}

bw_status bw_check_trades(const bw_venue *venue, const bw_command *command)
{
    const bw_command_trades *c = (const void *)command;
    (void)venue;
    bool fits = c->count <= BW_TRADES_MAX && command->size == sizeof *c + c->count * sizeof(bw_trade);
    return fits ? BW_OK : BW_BAD_COMMAND;
}

static void refused_event(bw_writer *writer, uint32_t number, bw_status status, const bw_trade *trade)
{
    bw_event *event = bw_emit(writer, BW_EVENT_REFUSED, BW_NONE32);
    event->account = trade->buyer;
    event->other = trade->seller;
    event->market = trade->market;
    event->refused.number = number;
    event->refused.status = status;
    bw_emit_done(writer, event);
}

void bw_apply_trades(bw_writer *writer, const bw_command *command)
{
    const bw_command_trades *c = (const void *)command;
    for (uint32_t i = 0; i < c->count; i++) {
        bw_side_trade buyer, seller;
        uint64_t refused;
        if (i % AHEAD == 0)
            trades_prefetch(writer->venue, &c->trades[i], c->count - i < AHEAD ? c->count - i : AHEAD);
        bw_status status = trade_check(writer->venue, &c->trades[i], &buyer, &seller, &refused);
        if (status == BW_OK)
            trade_apply(writer, &c->trades[i], &buyer, &seller);
        else
            refused_event(writer, i, status, &c->trades[i]);
    }
}
