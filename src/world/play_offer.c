/* play_offer.c - book sync: the order book's lots as one list of offers (R11). */
#include "world/play.h"

#include <string.h>

enum { OFFERS = 16 };

static bw_take_side side_of(const bw_play_order *order)
{
    return order->lots > 0 ? BW_TAKE_SELL : BW_TAKE_BUY;
}

/* What the book would take of the order now, in slices, each at the price where the one before it ended, makers in turn. On a
   copy of the book: an offer that is not taken leaves no trace. Returns how many. */
static uint32_t offers_of(const bw_play *play, const bw_play_order *order, bw_offer *offers)
{
    bw_liquidity book = play->liquidity[order->market];
    int64_t left = bw_play_order_slice(play, order), slice = (left + OFFERS - 1) / OFFERS;
    uint32_t count = 0;
    while (left > 0 && count < OFFERS) {
        bw_liquidity_fill fill = bw_liquidity_take(&book, slice < left ? slice : left, side_of(order), order->limit,
                                                   play->mark[order->market]);
        if (fill.lots == 0)
            break;
        uint64_t maker = play->params.makers[(play->maker_next + count) % play->params.maker_count];
        offers[count++] = (bw_offer){.taker = maker, .lots = fill.lots, .price = fill.price_ticks};
        left -= fill.lots;
    }
    return count;
}

/* What was taken of the list has used the book. */
static void book_use(bw_play *play, bw_play_order *order)
{
    bw_liquidity_fill used = bw_liquidity_take(&play->liquidity[order->market], play->sold, side_of(order), order->limit,
                                               play->mark[order->market]);
    order->lots += order->lots > 0 ? -play->sold : play->sold;
    play->stats.fills++;
    play->stats.filled += used.value;
}

bool bw_play_offer(bw_play *play, bw_play_order *order)
{
    bw_command_liquidate *command = (void *)play->command;
    bw_status status = BW_OK;
    memset(command, 0, sizeof *command + OFFERS * sizeof(bw_offer));
    command->count = play->params.maker_count ? offers_of(play, order, command->offers) : 0;
    if (command->count == 0)
        return true;                     /* nobody is there: the order's time decides */
    command->header = (bw_command){.size = (uint32_t)(sizeof *command + command->count * sizeof(bw_offer)),
                                   .type = BW_COMMAND_LIQUIDATE, .version = 1, .time_ns = play->time_ns,
                                   .account = order->account};
    command->market = (uint16_t)(play->params.market_first + order->market);
    play->maker_next = (play->maker_next + command->count) % play->params.maker_count;
    play->sold = 0;
    if (!play->host.send(play->host.context, &command->header, &status))
        return false;
    if (play->sold)
        book_use(play, order);
    else
        play->stats.fills_refused++;
    return true;
}
