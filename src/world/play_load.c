/* play_load.c - the book becomes a venue's state: markets, the past, users, their debts and their trades. */
#include <string.h>

#include "world/play.h"

#define LOTS_ROOM 4     /* open interest it takes, over the book's */
#define DEBT_PRICE 3    /* times the opening price: below params.price_room */

static int64_t magnitude(int64_t x)
{
    return x < 0 ? -x : x;
}

static uint16_t number_of(const bw_play *play, uint32_t market)
{
    return (uint16_t)(play->params.market_first + market);
}

/* ---- markets ---- */

static int64_t price_highest(const bw_play *play, uint32_t market)
{
    int64_t low, high, end_ns = bw_path_batch_time(play->path, bw_path_batch_count(play->path) - 1);
    bw_path_range(play->path, market, play->time_ns, end_ns, &low, &high);
    high = high > play->mark[market] ? high : play->mark[market];
    for (uint32_t i = 0; i < play->book->position_count; i++)
        if (play->book->positions[i].market == market && play->book->positions[i].entry_ticks > high)
            high = play->book->positions[i].entry_ticks;
    return high;
}

bw_command_market bw_play_market(const bw_play *play, uint32_t m)
{
    bw_command_market command = {.header = {.size = sizeof command, .type = BW_COMMAND_MARKET, .version = 1,
                                            .time_ns = play->time_ns},
                                 .market = number_of(play, m), .pool = play->params.pool,
                                 .kind = BW_MARKET_LINEAR, .tick_value = play->markets[m].tick_value, .min_slice = 1};
    int64_t price_max = play->params.price_room * price_highest(play, m), lots = play->book->stats.market[m].lots_side;
    command.price_max = price_max < BW_PRICE_MAX ? price_max : BW_PRICE_MAX;
    command.open_interest_max = LOTS_ROOM * (lots > 0 ? lots : 1);
    command.position_max = command.open_interest_max;
    memcpy(command.name, play->markets[m].name, strlen(play->markets[m].name));
    return command;
}

static bool send_brackets(bw_play *play, uint32_t m)
{
    const bw_market_facts *facts = &play->markets[m];
    bw_command_brackets command = {.header = {.size = sizeof command, .type = BW_COMMAND_BRACKETS, .version = 1,
                                              .time_ns = play->time_ns},
                                   .market = number_of(play, m), .count = (uint16_t)facts->bracket_count};
    for (uint32_t i = 0; i < facts->bracket_count; i++)
        command.brackets[i] = (bw_bracket){facts->bracket[i].floor, (uint32_t)facts->bracket[i].initial_ppm,
                                           (uint32_t)facts->bracket[i].maintenance_ppm};
    return bw_play_send(play, &command.header, command.market);
}

bool bw_play_open(bw_play *play)
{
    for (uint32_t m = 0; m < play->params.market_count; m++) {
        bw_command_market command = bw_play_market(play, m);
        if (!bw_play_send(play, &command.header, command.market) || !send_brackets(play, m))
            return false;
    }
    return bw_play_send_marks(play, true);
}

/* ---- debts ---- */

static int64_t lot_value(const bw_play *play, uint32_t market)
{
    return play->mark[market] * play->markets[market].tick_value;
}

/* Where debts are made: in the market with the smallest lot, so that the steps can be small. */
static uint32_t debt_market(const bw_play *play)
{
    uint32_t best = 0;
    for (uint32_t m = 1; m < play->params.market_count; m++)
        if (lot_value(play, m) < lot_value(play, best))
            best = m;
    return best;
}

/* What one lot loses that is bought at DEBT_PRICE times the opening price and sold at it. */
static int64_t debt_per_lot(const bw_play *play)
{
    return (DEBT_PRICE - 1) * lot_value(play, debt_market(play));
}

/* Lots whose loss is the debt or a little more. */
static int64_t debt_lots(const bw_play *play, const bw_book_account *account)
{
    int64_t per_lot = debt_per_lot(play);
    return account->balance < 0 ? (-account->balance + per_lot - 1) / per_lot : 0;
}

/* What is paid in: the balance, or what the debt's lots lose beyond the debt. */
static int64_t deposit_of(const bw_play *play, const bw_book_account *account)
{
    return account->balance + debt_lots(play, account) * debt_per_lot(play);
}

/* Lots of a step: at the opening price worth no more than the account, so that any initial margin is covered. */
static int64_t debt_step(const bw_play *play, const bw_book_account *account)
{
    uint32_t market = debt_market(play);
    int64_t worth = account->balance + (int64_t)((double)account->collateral * play->book->collateral_value);
    int64_t most = play->book->stats.market[market].lots_side, step = worth / lot_value(play, market);
    step = step < most ? step : most;
    return step > 1 ? step : 1;
}

/* Value of the largest step of anybody. */
static int64_t debt_step_most(const bw_play *play)
{
    int64_t most = 0;
    for (uint32_t i = 0; i < play->book->account_count; i++) {
        const bw_book_account *account = &play->book->accounts[i];
        int64_t step = account->balance < 0 ? debt_step(play, account) : 0;
        most = step > most ? step : most;
    }
    return most * lot_value(play, debt_market(play));
}

/* ---- accounts ---- */

static bool send_account(bw_play *play, uint64_t id, uint64_t owner, uint32_t flags)
{
    bw_command_account command = {.header = {.size = sizeof command, .type = BW_COMMAND_ACCOUNT, .version = 1,
                                             .time_ns = play->time_ns, .account = id},
                                  .owner = owner, .pool = play->params.pool, .isolated = BW_NONE16, .flags = flags};
    return bw_play_send(play, &command.header, BW_NONE16);
}

static bool send_deposit(bw_play *play, uint64_t id, uint16_t asset, int64_t amount)
{
    bw_command_deposit command = {.header = {.size = sizeof command, .type = BW_COMMAND_DEPOSIT, .version = 1,
                                             .time_ns = play->time_ns, .account = id},
                                  .amount = amount, .asset = asset};
    return amount == 0 || bw_play_send(play, &command.header, BW_NONE16);
}

/* Enough for any order of the trades: the worst profit and the full value of everything, per market. */
bool bw_play_past_open(bw_play *play)
{
    int64_t need[BW_MARKETS_MAX] = {0};
    for (uint32_t i = 0; i < play->book->position_count; i++) {
        const bw_book_position *at = &play->book->positions[i];
        int64_t open = play->mark[at->market];
        need[at->market] += magnitude(at->lots) * (magnitude(at->entry_ticks - open) + open) *
                            play->markets[at->market].tick_value;
    }
    need[debt_market(play)] += 2 * debt_step_most(play);
    for (uint32_t m = 0; m < play->params.market_count; m++) {
        uint64_t id = play->params.past_first + m;
        if (!send_account(play, id, id, 0) || !send_deposit(play, id, play->params.asset, need[m] + 1))
            return false;
    }
    return true;
}

bool bw_play_past_close(bw_play *play)
{
    for (uint32_t m = 0; m < play->params.market_count; m++) {
        uint64_t id = play->params.past_first + m;
        bw_command_withdraw out = {.header = {.size = sizeof out, .type = BW_COMMAND_WITHDRAW, .version = 1,
                                              .time_ns = play->time_ns, .account = id},
                                   .amount = bw_account_balance(play->venue, id, play->params.asset),
                                   .asset = play->params.asset};
        bw_command_flags closed = {.header = {.size = sizeof closed, .type = BW_COMMAND_FLAGS, .version = 1,
                                              .time_ns = play->time_ns, .account = id},
                                   .flags = BW_FLAG_CLOSED};
        if ((out.amount > 0 && !bw_play_send(play, &out.header, number_of(play, m))) ||
            !bw_play_send(play, &closed.header, number_of(play, m)))
            return false;
    }
    return true;
}

/* ---- trades ---- */

static bool flush_trades(bw_play *play)
{
    bw_command_trades *command = (void *)play->command;
    if (play->entry_count == 0)
        return true;
    command->header = (bw_command){.size = (uint32_t)(sizeof *command + play->entry_count * sizeof(bw_trade)),
                                   .type = BW_COMMAND_TRADES, .version = 1, .time_ns = play->time_ns};
    command->count = play->entry_count;
    command->reserved = 0;
    play->entry_count = 0;
    if (!bw_play_send(play, &command->header, BW_NONE16))
        return false;
    if (play->stats.entries_refused == 0)
        return true;
    play->trouble = (bw_play_trouble){BW_COMMAND_TRADES, BW_NONE16, BW_INITIAL_MARGIN, 0};
    return false;
}

static bool add_trade(bw_play *play, uint64_t user, const bw_book_position *at)
{
    bw_command_trades *command = (void *)play->command;
    uint64_t past = play->params.past_first + at->market;
    bw_trade *trade = &command->trades[play->entry_count++];
    *trade = (bw_trade){.buyer = at->lots > 0 ? user : past, .seller = at->lots > 0 ? past : user,
                        .lots = magnitude(at->lots), .price = at->entry_ticks,
                        .market = number_of(play, at->market)};
    return play->entry_count < BW_TRADES_MAX || flush_trades(play);
}

static bool add_round_trip(bw_play *play, uint64_t user, int64_t lots)
{
    uint32_t market = debt_market(play);
    int64_t open = play->mark[market];
    const bw_book_position in = {.market = market, .lots = lots, .entry_ticks = DEBT_PRICE * open};
    const bw_book_position out = {.market = market, .lots = -lots, .entry_ticks = open};
    return add_trade(play, user, &in) && add_trade(play, user, &out);
}

static bool trade_debt(bw_play *play, uint64_t user, const bw_book_account *account)
{
    int64_t step = debt_step(play, account);
    for (int64_t left = debt_lots(play, account), lots; left > 0; left -= lots) {
        lots = left < step ? left : step;
        if (!add_round_trip(play, user, lots))
            return false;
    }
    return true;
}

/* What the position adds to equity, less what it adds to initial margin, at the opening prices. */
static int64_t free_equity(const bw_play *play, const bw_book_position *at)
{
    const bw_market_facts *facts = &play->markets[at->market];
    int64_t open = play->mark[at->market];
    return at->lots * (open - at->entry_ticks) * facts->tick_value -
           bw_market_initial_margin(facts, bw_market_notional(facts, at->lots, open));
}

static bool trade_positions(bw_play *play, uint64_t user, const bw_book_account *account)
{
    const bw_book_position *positions = &play->book->positions[account->position_first];
    uint32_t order[BW_BOOK_POSITIONS_MAX];
    int64_t added[BW_BOOK_POSITIONS_MAX];
    for (uint32_t i = 0; i < account->position_count; i++) {
        int64_t own = free_equity(play, &positions[i]);
        uint32_t place = i;
        for (; place > 0 && added[place - 1] < own; place--) {
            added[place] = added[place - 1];
            order[place] = order[place - 1];
        }
        added[place] = own;
        order[place] = i;
    }
    for (uint32_t i = 0; i < account->position_count; i++)
        if (!add_trade(play, user, &positions[order[i]]))
            return false;
    return true;
}

bool bw_play_load(bw_play *play, uint32_t first, uint32_t count)
{
    for (uint32_t i = first; i < first + count; i++) {
        const bw_book_account *account = &play->book->accounts[i];
        uint64_t user = play->params.user_first + i;
        if (!send_account(play, user, play->params.user_first - 1 + account->owner, 0) ||
            !send_deposit(play, user, play->params.asset, deposit_of(play, account)) ||
            !send_deposit(play, user, play->params.collateral_asset, account->collateral))
            return false;
    }
    for (uint32_t i = first; i < first + count; i++)
        if (!trade_debt(play, play->params.user_first + i, &play->book->accounts[i]) ||
            !trade_positions(play, play->params.user_first + i, &play->book->accounts[i]))
            return false;
    return flush_trades(play);
}
