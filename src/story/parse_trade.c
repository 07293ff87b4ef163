/* parse_trade.c - trades, orders, fills, marks and the ends of a market. */
#include <string.h>

#include "story/parse.h"

/* --- trades --- */

static uint16_t asset_of_market(const bw_story_book *book, uint16_t market)
{
    return bw_story_pool_asset(book, bw_story_market_pool(book, market));
}

/* MARKET buy NAME sell NAME SIZE @ PRICE [fee AMOUNT AMOUNT] */
static bool take_trade(bw_story_cursor *cursor, bw_trade *trade)
{
    memset(trade, 0, sizeof *trade);
    if (!bw_story_take_market(cursor, &trade->market) || !bw_story_take_word(cursor, bw_story_word_buy) ||
        !bw_story_take_account(cursor, &trade->buyer) || !bw_story_take_word(cursor, bw_story_word_sell) ||
        !bw_story_take_account(cursor, &trade->seller) ||
        !bw_story_take_size(cursor, trade->market, &trade->lots) || !bw_story_take_word(cursor, "@") ||
        !bw_story_take_price(cursor, trade->market, &trade->price))
        return false;
    uint16_t asset = asset_of_market(cursor->book, trade->market);
    return !bw_story_accept(cursor, bw_story_word_fee) ||
           (bw_story_take_amount(cursor, asset, &trade->fee_buyer) &&
            bw_story_take_amount(cursor, asset, &trade->fee_seller));
}

static bw_command_trades *plan_trades(bw_story_plan *plan, uint32_t count)
{
    bw_command_trades *command =
        bw_story_plan_add(plan, BW_COMMAND_TRADES, sizeof *command + count * sizeof command->trades[0]);
    command->count = count;
    plan->entry_count = count;
    return command;
}

static uint32_t entries_left(const bw_story_cursor *cursor)
{
    uint32_t entries = 1;
    for (uint32_t i = cursor->next; i < cursor->count; i++)
        entries += bw_story_word_is(&cursor->words[i], "|");
    return entries;
}

static bool parse_trades(bw_story_cursor *cursor, bw_story_plan *plan, uint32_t count)
{
    if (count > BW_TRADES_MAX)
        return bw_story_wrong(cursor, "at most 1024 trades", NULL);
    bw_command_trades *command = plan_trades(plan, count);
    for (uint32_t i = 0; i < count; i++) {
        bw_status status = BW_OK;
        if ((i > 0 && !bw_story_take_word(cursor, "|")) || !take_trade(cursor, &command->trades[i]))
            return false;
        if (bw_story_accept(cursor, bw_story_word_refused) && !bw_story_take_status(cursor, &status))
            return false;
        plan->entry_refusals[i] = (uint8_t)status;
    }
    return true;
}

bool bw_story_parse_trade(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint32_t count = entries_left(cursor);
    bw_trade trade;
    if (count > 1)
        return parse_trades(cursor, plan, count);
    if (!take_trade(cursor, &trade))
        return false;
    bw_command_trade *command = bw_story_plan_add(plan, BW_COMMAND_TRADE, sizeof *command);
    command->trade = trade;
    return true;
}

/* --- orders --- */

/* The live liquidation order of the position, else the last one the story has seen, else 0. */
static uint64_t order_of(const bw_story_cursor *cursor, uint64_t account, uint16_t market)
{
    bw_position_view view;
    if (cursor->venue != NULL && bw_position_get(cursor->venue, account, market, &view) && view.order != 0)
        return view.order;
    return bw_story_last_order(cursor->book, account, market);
}

static bool parse_order_margin(bw_story_cursor *cursor, bw_story_plan *plan, uint64_t account)
{
    int64_t amount;
    uint16_t pool = cursor->book->accounts[account - 1].pool;
    if (!bw_story_take_amount(cursor, bw_story_pool_asset(cursor->book, pool), &amount))
        return false;
    bw_command_reserve *command = bw_story_plan_add(plan, BW_COMMAND_RESERVE, sizeof *command);
    command->header.account = account;
    command->amount = amount;
    return true;
}

bool bw_story_parse_order(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint64_t account;
    uint16_t market;
    if (!bw_story_take_account(cursor, &account))
        return false;
    if (bw_story_accept(cursor, bw_story_word_margin))
        return parse_order_margin(cursor, plan, account);
    if (!bw_story_accept(cursor, bw_story_word_end))
        return bw_story_wrong(cursor, "margin or end", NULL);
    if (!bw_story_take_market(cursor, &market))
        return false;
    bw_command_end_order *command = bw_story_plan_add(plan, BW_COMMAND_END_ORDER, sizeof *command);
    command->header.account = account;
    command->order = order_of(cursor, account, market);
    return true;
}

/* SIZE @ PRICE taker NAME */
static bool take_offer(bw_story_cursor *cursor, uint16_t market, bw_offer *offer)
{
    return bw_story_take_size(cursor, market, &offer->lots) && bw_story_take_word(cursor, "@") &&
           bw_story_take_price(cursor, market, &offer->price) && bw_story_take_word(cursor, bw_story_word_taker) &&
           bw_story_take_account(cursor, &offer->taker);
}

bool bw_story_parse_fill(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint64_t account;
    uint16_t market;
    bw_offer offer;
    if (!bw_story_take_account(cursor, &account) || !bw_story_take_market(cursor, &market) ||
        !take_offer(cursor, market, &offer))
        return false;
    bw_command_fill *command = bw_story_plan_add(plan, BW_COMMAND_FILL, sizeof *command);
    command->header.account = offer.taker;
    command->order = order_of(cursor, account, market);
    command->lots = offer.lots;
    command->price = offer.price;
    return true;
}

/* --- book sync --- */

bool bw_story_parse_liquidate(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint64_t account;
    uint16_t market;
    uint32_t count = entries_left(cursor);
    if (!bw_story_take_account(cursor, &account) || !bw_story_take_market(cursor, &market))
        return false;
    if (!bw_story_more(cursor))
        count = 0;
    if (count > BW_OFFERS_MAX)
        return bw_story_wrong(cursor, "at most 256 offers", NULL);
    bw_command_liquidate *command =
        bw_story_plan_add(plan, BW_COMMAND_LIQUIDATE, sizeof *command + count * sizeof command->offers[0]);
    command->header.account = account;
    command->market = market;
    command->count = count;
    for (uint32_t i = 0; i < count; i++)
        if ((i > 0 && !bw_story_take_word(cursor, "|")) || !take_offer(cursor, market, &command->offers[i]))
            return false;
    return true;
}

/* --- marks --- */

typedef struct {
    bw_story_cursor *cursor;
    bw_command_marks *command;
    uint32_t at;               /* the name that a price belongs to */
} mark_line;

static bool add_mark(mark_line *line, bw_mark_kind kind, uint16_t item, int64_t price)
{
    if (line->command->count == BW_MARKS_MAX)
        return bw_story_wrong_before(line->cursor, "at most 4000 prices");
    for (uint32_t i = 0; i < line->command->count; i++)
        if (line->command->marks[i].kind == (uint16_t)kind && line->command->marks[i].item == item)
            return bw_story_again(line->cursor, line->at);
    line->command->marks[line->command->count++] = (bw_mark){.price = price, .kind = (uint16_t)kind, .item = item};
    return true;
}

/* One price for every pool that takes the asset, each in its own ticks. */
static bool take_collateral_mark(mark_line *line)
{
    bw_story_cursor *cursor = line->cursor;
    const bw_story_book *book = cursor->book;
    uint16_t asset;
    bool any = false;
    line->at = cursor->next;
    if (!bw_story_take_asset(cursor, &asset))
        return false;
    uint32_t at = cursor->next;
    for (uint32_t i = 0; i < book->collateral_count; i++) {
        int64_t price;
        if (book->collaterals[i].command.asset != asset)
            continue;
        cursor->next = at;
        if (!bw_story_take_units(cursor, book->collaterals[i].tick, "a price, a multiple of the collateral's tick",
                                 &price) ||
            !add_mark(line, BW_MARK_COLLATERAL, (uint16_t)i, price))
            return false;
        any = true;
    }
    return any || bw_story_wrong_before(cursor, "an asset that is a collateral");
}

static bool take_mark(mark_line *line)
{
    bw_story_cursor *cursor = line->cursor;
    uint16_t market;
    int64_t price;
    if (bw_story_accept(cursor, bw_story_word_collateral))
        return take_collateral_mark(line);
    bw_mark_kind kind = bw_story_accept(cursor, bw_story_word_index) ? BW_MARK_INDEX : BW_MARK_MARKET;
    line->at = cursor->next;
    return bw_story_take_market(cursor, &market) && bw_story_take_price(cursor, market, &price) &&
           add_mark(line, kind, market, price);
}

bool bw_story_parse_mark(bw_story_cursor *cursor, bw_story_plan *plan)
{
    size_t most = sizeof(bw_command_marks) + BW_MARKS_MAX * sizeof(bw_mark);
    mark_line line = {.cursor = cursor, .command = bw_story_plan_add(plan, BW_COMMAND_MARKS, most)};
    do {
        if (!take_mark(&line))
            return false;
    } while (bw_story_more(cursor));
    line.command->header.size = (uint32_t)(sizeof(bw_command_marks) + line.command->count * sizeof(bw_mark));
    return true;
}

/* --- funding and ends --- */

bool bw_story_parse_funding(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint16_t market;
    int64_t rate_ppb;
    if (!bw_story_take_market(cursor, &market) || !bw_story_take_rate(cursor, 9, &rate_ppb))
        return false;
    bw_command_funding *command = bw_story_plan_add(plan, BW_COMMAND_FUNDING, sizeof *command);
    command->market = market;
    command->rate_ppb = rate_ppb;
    return true;
}

bool bw_story_parse_settle(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint16_t pool;
    if (!bw_story_take_pool(cursor, &pool))
        return false;
    bw_command_settle *command = bw_story_plan_add(plan, BW_COMMAND_SETTLE, sizeof *command);
    command->pool = pool;
    return true;
}

bool bw_story_parse_touch(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint16_t pool;
    if (!bw_story_take_pool(cursor, &pool))
        return false;
    bw_command_touch *command = bw_story_plan_add(plan, BW_COMMAND_TOUCH, sizeof *command);
    command->pool = pool;
    return true;
}

static bool take_market_price(bw_story_cursor *cursor, uint16_t *market, int64_t *price)
{
    return bw_story_take_market(cursor, market) && bw_story_take_price(cursor, *market, price);
}

bool bw_story_parse_expire(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint16_t market;
    int64_t price;
    if (!take_market_price(cursor, &market, &price))
        return false;
    bw_command_expire *command = bw_story_plan_add(plan, BW_COMMAND_EXPIRE, sizeof *command);
    command->market = market;
    command->price = price;
    command->terminal = bw_story_accept(cursor, bw_story_word_terminal);
    return true;
}

bool bw_story_parse_resolve(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint16_t market;
    int64_t price;
    if (!take_market_price(cursor, &market, &price))
        return false;
    bw_command_resolve *command = bw_story_plan_add(plan, BW_COMMAND_RESOLVE, sizeof *command);
    command->market = market;
    command->price = price;
    command->terminal = bw_story_accept(cursor, bw_story_word_terminal);
    return true;
}

/* --- roll --- */

/* The next account from *index on with a position on this side (+1 long, -1 short). */
typedef struct {
    uint32_t index;
    uint64_t account;
    int64_t left;
} side_walk;

static bool walk(const bw_venue *venue, uint32_t account_count, uint16_t market, int side, side_walk *at)
{
    bw_position_view view;
    while (at->left == 0 && at->index < account_count) {
        at->account = bw_account_id(venue, at->index++);
        if (bw_position_get(venue, at->account, market, &view) && (side > 0 ? view.size > 0 : view.size < 0))
            at->left = view.size > 0 ? view.size : -view.size;
    }
    return at->left > 0;
}

/* Longs against shorts, each in the order of their accounts; the sizes sum to zero, so both end together. */
static bool pair_positions(bw_story_cursor *cursor, uint16_t market, const bw_trade *like, bw_command_trades *command)
{
    bw_venue_view view;
    side_walk longs = {0}, shorts = {0};
    bw_venue_get(cursor->venue, &view);
    while (walk(cursor->venue, view.accounts, market, 1, &longs) &&
           walk(cursor->venue, view.accounts, market, -1, &shorts)) {
        int64_t lots = longs.left < shorts.left ? longs.left : shorts.left;
        if (command->count == BW_TRADES_MAX)
            return bw_story_wrong_before(cursor, "at most 1024 positions to roll");
        bw_trade *trade = &command->trades[command->count++];
        *trade = *like;
        trade->buyer = longs.account;
        trade->seller = shorts.account;
        trade->lots = lots;
        longs.left -= lots;
        shorts.left -= lots;
    }
    return true;
}

bool bw_story_parse_roll(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint16_t from;
    int64_t price;
    bw_trade like = {0};
    if (!take_market_price(cursor, &from, &price) || !bw_story_take_word(cursor, bw_story_word_into) ||
        !bw_story_take_market(cursor, &like.market))
        return false;
    bw_story_unit old = cursor->book->markets[from].lot, fresh = cursor->book->markets[like.market].lot;
    if (old.mantissa != fresh.mantissa || old.exponent != fresh.exponent)
        return bw_story_wrong_before(cursor, "a market with the same lot");
    if (!bw_story_take_word(cursor, "@") || !bw_story_take_price(cursor, like.market, &like.price))
        return false;
    bw_command_expire *expire = bw_story_plan_add(plan, BW_COMMAND_EXPIRE, sizeof *expire);
    expire->market = from;
    expire->price = price;
    bw_command_trades *trades = plan_trades(plan, BW_TRADES_MAX);
    trades->count = 0;
    plan->entries_free = true;
    if (cursor->venue != NULL && !pair_positions(cursor, from, &like, trades))
        return false;
    plan->entry_count = trades->count;
    trades->header.size = (uint32_t)(sizeof *trades + trades->count * sizeof trades->trades[0]);
    plan->command_count -= trades->count == 0;
    return true;
}
