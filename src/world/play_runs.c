/* play_runs.c - those who leave the venue (runs.h): part of their positions through the order book, then their money. */
#include "world/play.h"

static uint32_t trader_count(const bw_play *play)
{
    return play->book->account_count - BW_BOOK_DESKS;
}

/* What the fund has, less what it did not have. */
static int64_t fund_left(const bw_play *play)
{
    bw_pool_view pool;
    return bw_pool_get(play->venue, play->params.pool, &pool) ? pool.fund - pool.carryover : 0;
}

void bw_play_runs_begin(bw_play *play)
{
    bw_runs_begin(&play->runs, play->params.runs_seed, play->params.runs_path, trader_count(play), fund_left(play));
}

/* One side each; the next maker whose margin allows it. False: the host stopped. *done: somebody took it. */
static bool trade(bw_play *play, uint64_t user, uint16_t market, bw_take_side side, const bw_liquidity_fill *fill, bool *done)
{
    bw_command_trade command = {.header = {.size = sizeof command, .type = BW_COMMAND_TRADE, .version = 1,
                                           .time_ns = play->time_ns},
                                .trade = {.lots = fill->lots, .price = fill->price_ticks, .market = market}};
    for (uint32_t tried = 0; tried < play->params.maker_count && !*done; tried++) {
        bw_status status = BW_OK;
        uint64_t maker = play->params.makers[play->maker_next];
        play->maker_next = (play->maker_next + 1) % play->params.maker_count;
        command.trade.buyer = side == BW_TAKE_BUY ? user : maker;
        command.trade.seller = side == BW_TAKE_BUY ? maker : user;
        if (!play->host.send(play->host.context, &command.header, &status))
            return false;
        *done = status <= BW_MORE;
    }
    return true;
}

/* As much of it as the book takes within slip. What nobody takes has not used the book. */
static bool close_part(bw_play *play, uint64_t user, uint32_t m)
{
    const bw_runs_params *params = &play->params.runs;
    uint16_t market = (uint16_t)(play->params.market_first + m);
    bw_position_view position;
    if (!bw_position_get(play->venue, user, market, &position) || position.size == 0)
        return true;
    bw_take_side side = position.size > 0 ? BW_TAKE_SELL : BW_TAKE_BUY;
    int64_t size = position.size > 0 ? position.size : -position.size, mark = play->mark[m];
    int64_t away = (int64_t)((double)mark * params->slip), limit = side == BW_TAKE_BUY ? mark + away : mark - away;
    bw_liquidity before = play->liquidity[m];
    bw_liquidity_fill fill = bw_liquidity_take(&play->liquidity[m], (int64_t)((double)size * params->close), side,
                                               limit > 1 ? limit : 1, mark);
    bool done = false;
    if (fill.lots > 0 && !trade(play, user, market, side, &fill, &done))
        return false;
    if (!done)
        play->liquidity[m] = before;
    else
        play->stats.runs_closed += fill.value;
    return true;
}

static bool withdraw(bw_play *play, uint64_t user, int64_t withdrawable)
{
    bw_command_withdraw command = {.header = {.size = sizeof command, .type = BW_COMMAND_WITHDRAW, .version = 1,
                                              .time_ns = play->time_ns, .account = user},
                                   .amount = withdrawable, .asset = play->params.asset};
    bw_status status = BW_OK;
    if (play->params.runs.withdraw < 1)
        command.amount = (int64_t)((double)withdrawable * play->params.runs.withdraw);
    if (command.amount <= 0)
        return true;
    if (!play->host.send(play->host.context, &command.header, &status))
        return false;
    if (status <= BW_MORE)
        play->stats.runs_withdrawn += command.amount;
    return true;
}

/* Whoever is liquidated just then cannot. */
static bool leave(bw_play *play, uint32_t trader)
{
    const bw_book_account *account = &play->book->accounts[trader];
    uint64_t user = play->params.user_first + trader;
    bw_account_view view;
    if (!bw_account_get(play->venue, user, &view) || view.state != BW_HEALTHY)
        return true;
    play->stats.runs++;
    for (uint32_t i = 0; i < account->position_count; i++)
        if (!close_part(play, user, play->book->positions[account->position_first + i].market))
            return false;
    return !bw_account_get(play->venue, user, &view) || withdraw(play, user, view.withdrawable);
}

bool bw_play_runs(bw_play *play)
{
    uint32_t trader;
    bw_runs_pass(&play->runs, &play->params.runs, fund_left(play), play->path->params.batch_ns);
    while (bw_runs_next(&play->runs, &trader))
        if (!leave(play, trader))
            return false;
    return true;
}
