#include "world/play.h"

#include <string.h>

#include "base/hash.h"
#include "world/real.h"

bw_play_params bw_play_params_default(void)
{
    return (bw_play_params){.collateral = BW_NONE16, .price_room = 4, .liquidation_every = 2, .volatility_tau_s = 300,
                            .user_first = 1, .order_max = 1u << 16, .runs = bw_runs_params_default()};
}

/* None of the three has padding. */
uint64_t bw_play_settings_hash(const bw_play_params *params)
{
    const int64_t outage[2] = {params->outage_from_ns, params->outage_ns};
    uint64_t hash = bw_hash64(params->liquidity, params->market_count * sizeof *params->liquidity, 0);
    hash = bw_hash64(&params->runs, sizeof params->runs, hash);
    return bw_hash64(outage, sizeof outage, hash);
}

size_t bw_play_footprint(uint32_t order_max)
{
    return sizeof(bw_play) + order_max * sizeof(bw_play_order);
}

/* Records of positions: at most 1.9 a user as books are generated, twice that while extents grow, and every market
   for the makers, desks and pasts. */
bw_limits bw_play_limits(uint32_t account_count, uint32_t market_count, uint32_t extra)
{
    uint32_t accounts = account_count + market_count + extra;
    return (bw_limits){.assets = 4, .pools = 2, .markets = market_count, .collaterals = 2, .accounts = accounts,
                       .positions = 4u * accounts + 128u * (extra + market_count), .positions_per_account = 64,
                       .holdings = 64, .orders = accounts < 1u << 20 ? accounts : 1u << 20, .desks = 8,
                       .command_ids = 64, .trigger_bits = 12, .work_max = 4096, .split = BW_SPLIT_MARGIN};
}

bw_play *bw_play_new(void *memory, const bw_play_params *params, const bw_play_host *host, const bw_venue *venue,
                     const bw_market_facts *markets, const bw_path *path, const bw_book *book)
{
    bw_play *play = memory;
    play->params = *params;
    play->host = *host;
    play->venue = venue;
    play->markets = markets;
    play->path = path;
    play->book = book;
    play->time_ns = bw_path_batch_time(path, 0);
    for (uint32_t m = 0; m < params->market_count; m++) {
        bw_liquidity_init(&play->liquidity[m], &params->liquidity[m], markets[m].tick_value);
        play->volatility[m] = params->liquidity[m].volatility;
        play->mark[m] = bw_path_ticks(path, m, play->time_ns, 0);
    }
    if (params->collateral != BW_NONE16)
        play->mark[params->market_count] = bw_path_ticks(path, params->market_count, play->time_ns, 0);
    return play;
}

bool bw_play_send(bw_play *play, const bw_command *command, uint16_t market)
{
    bw_status status = BW_OK;
    if (!play->host.send(play->host.context, command, &status))
        return false;
    if (status <= BW_MORE)
        return true;
    play->trouble = (bw_play_trouble){command->type, market, status, command->account};
    return false;
}

static void see_order(bw_play *play, const bw_event *event)
{
    uint32_t market = (uint32_t)(event->market - play->params.market_first);
    if (event->market < play->params.market_first || market >= play->params.market_count)
        return;
    play->stats.orders++;
    play->stats.ordered += bw_market_notional(&play->markets[market], event->order_opened.lots,
                                              event->order_opened.mark);
    if (play->order_count == play->params.order_max) {
        play->stats.orders_unseen++;
        return;
    }
    play->orders[play->order_count++] = (bw_play_order){
        .account = event->account, .order = event->other, .lots = event->order_opened.lots,
        .whole = event->order_opened.lots, .limit = event->order_opened.limit, .market = market};
}

void bw_play_see(bw_play *play, const bw_event *events, uint32_t event_count)
{
    for (uint32_t i = 0; i < event_count; i++) {
        if (events[i].type == BW_EVENT_ORDER_OPENED)
            see_order(play, &events[i]);
        else if (events[i].type == BW_EVENT_REFUSED && events[i].refused.command != BW_COMMAND_LIQUIDATE)
            play->stats.entries_refused++;
        else if (events[i].type == BW_EVENT_LEG && events[i].leg.closing && events[i].leg.via == BW_VIA_BOOK)
            play->sold += events[i].leg.lots < 0 ? -events[i].leg.lots : events[i].leg.lots;
    }
}

/* ---- one batch ---- */

bool bw_play_send_marks(bw_play *play, bool moved)
{
    bw_command_marks *command = (void *)play->command;
    uint32_t markets = play->params.market_count, count = moved ? markets : 0;
    if (moved && play->params.collateral != BW_NONE16)
        count++;
    size_t size = sizeof *command + count * sizeof(bw_mark);
    memset(command, 0, size);
    command->header = (bw_command){.size = (uint32_t)size, .type = BW_COMMAND_MARKS, .version = 1,
                                   .time_ns = play->time_ns};
    command->count = count;
    for (uint32_t m = 0; m < count; m++)
        command->marks[m] = (bw_mark){.price = play->mark[m], .kind = BW_MARK_MARKET,
                                      .item = (uint16_t)(play->params.market_first + m)};
    if (count > markets) {
        command->marks[markets].kind = BW_MARK_COLLATERAL;
        command->marks[markets].item = play->params.collateral;
    }
    return bw_play_send(play, &command->header, BW_NONE16);
}

/* After an outage the whole of it lies between two prices. */
static void move_prices(bw_play *play)
{
    int64_t dt_ns = play->path->params.batch_ns * play->params.liquidation_every + play->dark_ns;
    play->dark_ns = 0;
    for (uint32_t m = 0; m < play->params.market_count; m++) {
        double shift = bw_liquidity_mark(&play->liquidity[m]);
        int64_t mark = bw_path_ticks(play->path, m, play->time_ns, shift);
        double change = bw_real_ln((double)mark / (double)play->mark[m]);
        play->volatility[m] = bw_volatility_update(play->volatility[m], change, dt_ns,
                                                   play->params.volatility_tau_s);
        play->mark[m] = mark;
    }
    if (play->params.collateral != BW_NONE16)
        play->mark[play->params.market_count] = bw_path_ticks(play->path, play->params.market_count, play->time_ns, 0);
}

static void rest_liquidity(bw_play *play)
{
    for (uint32_t m = 0; m < play->params.market_count; m++)
        bw_liquidity_advance(&play->liquidity[m], play->path->params.batch_ns, play->volatility[m]);
}

/* Sends the fill to the next maker whose margin allows it. False: the host stopped. */
static bool fill_order(bw_play *play, const bw_play_order *order, const bw_liquidity_fill *fill)
{
    bw_command_fill command = {.header = {.size = sizeof command, .type = BW_COMMAND_FILL, .version = 1,
                                          .time_ns = play->time_ns},
                               .order = order->order, .lots = fill->lots, .price = fill->price_ticks};
    for (uint32_t tried = 0; tried < play->params.maker_count; tried++) {
        bw_status status = BW_OK;
        command.header.account = play->params.makers[play->maker_next];
        play->maker_next = (play->maker_next + 1) % play->params.maker_count;
        if (!play->host.send(play->host.context, &command.header, &status))
            return false;
        if (status <= BW_MORE) {
            play->stats.fills++;
            play->stats.filled += fill->value;
            return true;
        }
        if (status == BW_BOOK_MODE) {
            play->sync = 1;
            return true;
        }
        play->stats.fills_refused++;
        if (status != BW_INITIAL_MARGIN && status != BW_IN_LIQUIDATION && status != BW_POSITION_LIMIT)
            return true;
    }
    return true;
}

static bool is_live(const bw_play *play, const bw_play_order *order)
{
    bw_position_view view;
    uint16_t market = (uint16_t)(play->params.market_first + order->market);
    return bw_position_get(play->venue, order->account, market, &view) && view.order == order->order;
}

int64_t bw_play_order_slice(const bw_play *play, const bw_play_order *order)
{
    int64_t left = order->lots > 0 ? order->lots : -order->lots, whole = order->whole > 0 ? order->whole : -order->whole;
    return bw_liquidity_slice(&play->liquidity[order->market], whole, left);
}

/* What the book takes of one order at today's mark. False: the host stopped. */
static bool take_order(bw_play *play, bw_play_order *order)
{
    bw_take_side side = order->lots > 0 ? BW_TAKE_SELL : BW_TAKE_BUY;
    int64_t lots = bw_play_order_slice(play, order);
    if (play->sync)
        return bw_play_offer(play, order);
    bw_liquidity before = play->liquidity[order->market];
    bw_liquidity_fill fill = bw_liquidity_take(&play->liquidity[order->market], lots, side, order->limit,
                                               play->mark[order->market]);
    if (fill.lots == 0)
        return true;
    if (!fill_order(play, order, &fill))
        return false;
    if (play->sync) {                    /* found out just now: nothing was taken */
        play->liquidity[order->market] = before;
        return bw_play_offer(play, order);
    }
    order->lots += side == BW_TAKE_SELL ? -fill.lots : fill.lots;
    return true;
}

/* All orders that are out, in the order in which they were sent; those that ended drop out. */
static bool take_orders(bw_play *play)
{
    uint32_t count = play->order_count, kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!is_live(play, &play->orders[i]))
            continue;
        if (!take_order(play, &play->orders[i]))
            return false;
        if (play->orders[i].lots != 0)
            play->orders[kept++] = play->orders[i];
    }
    play->order_count = kept;
    return true;
}

/* The venue stands still: no clock, no price, no order. Other books go on, so depth recovers. */
static bool is_dark(const bw_play *play)
{
    int64_t since_ns = play->time_ns - play->params.outage_from_ns;
    return since_ns >= 0 && since_ns < play->params.outage_ns;
}

bool bw_play_batch(bw_play *play)
{
    bool runs = play->params.runs.enabled != 0;
    if (runs && play->batch == 0)
        bw_play_runs_begin(play);
    play->batch++;
    play->time_ns = bw_path_batch_time(play->path, play->batch);
    rest_liquidity(play);
    if (is_dark(play)) {
        play->dark_ns += play->path->params.batch_ns;
        return true;
    }
    bool moved = (play->batch - 1) % play->params.liquidation_every == 0 || play->dark_ns > 0;
    if (moved)
        move_prices(play);
    return bw_play_send_marks(play, moved) && take_orders(play) && (!runs || bw_play_runs(play));
}

bool bw_play_ended(const bw_play *play)
{
    return play->batch + 1 >= bw_path_batch_count(play->path);
}

bool bw_play_touch(bw_play *play)
{
    bw_pool_view pool;
    bw_command_touch touch = {.header = {.size = sizeof touch, .type = BW_COMMAND_TOUCH, .version = 1, .time_ns = play->time_ns}};
    bool sent = true;
    for (; sent && bw_pool_get(play->venue, touch.pool, &pool); touch.pool++)
        sent = !pool.indexes || bw_play_send(play, &touch.header, BW_NONE16);
    return sent;
}
