/* prices.c - marks and funding: what moves without anybody trading (R4, R21). */
#include "engine/account.h"
#include "engine/commands.h"
#include "engine/prices.h"
#include "engine/round.h"
#include "engine/calendar.h"
#include "engine/index.h"
#include "engine/volatility.h"

#include "money/money.h"

#define BILLION 1000000000

static bw_status mark_check(const bw_venue *venue, const bw_mark *entry)
{
    if (entry->kind > BW_MARK_COLLATERAL)
        return BW_BAD_COMMAND;
    if (entry->kind == BW_MARK_COLLATERAL) {
        if (entry->item >= venue->collateral_count)
            return BW_UNKNOWN_ASSET;
        return entry->price < 1 || entry->price > bw_at_collateral(venue)[entry->item].price_max ? BW_BAD_AMOUNT : BW_OK;
    }
    if (entry->item >= venue->market_count)
        return BW_UNKNOWN_MARKET;
    if (bw_market_at(venue, entry->item)->status >= BW_MARKET_SETTLING)
        return BW_MARKET_CLOSED;
    bool valid = entry->price >= 1 && entry->price <= bw_market_cold_at(venue, entry->item)->settings.price_max;
    return valid ? BW_OK : BW_BAD_AMOUNT;
}

/* Entries of one command name different things, so that their order does not matter. */
static bool names_twice(const bw_command_marks *c, uint32_t i)
{
    for (uint32_t j = 0; j < i; j++)
        if (c->marks[j].kind == c->marks[i].kind && c->marks[j].item == c->marks[i].item)
            return true;
    return false;
}

bw_status bw_check_marks(const bw_venue *venue, const bw_command *command)
{
    const bw_command_marks *c = (const void *)command;
    if (c->count > BW_MARKS_MAX || command->size != sizeof *c + c->count * sizeof(bw_mark))
        return BW_BAD_COMMAND;
    for (uint32_t i = 0; i < c->count; i++) {
        bw_status status = mark_check(venue, &c->marks[i]);
        if (status)
            return status;
        if (names_twice(c, i))
            return BW_BAD_COMMAND;
    }
    return BW_OK;
}

/* Width of the offset wheel's slots: about 1/16,384 of a lot's value, fixed by the first mark. */
static uint32_t wheel_shift_of(const bw_market *market)
{
    int64_t width = bw_abs(bw_value(market, -1)) / 16384;
    return width < 2 ? 0 : 63u - (uint32_t)__builtin_clzll((uint64_t)width);
}

void bw_mark_set(bw_venue *venue, uint32_t number, int64_t price)
{
    bw_market *market = bw_market_at(venue, number);
    bw_market_cold *cold = bw_market_cold_at(venue, number);
    bool first = market->mark == 0;
    cold->previous_mark = first ? price : market->mark;
    market->mark = price;
    market->unit = market->kind == BW_MARKET_LINEAR ? price * market->factor : 0;
    if (first)
        cold->wheel_shift = wheel_shift_of(market) + market->index_shift;
    bw_at_dirty(venue)[number / 64u] |= UINT64_C(1) << number % 64u;
}

/* Under settle-on mark the market's pool is settled once the rounds of this command are over (R19). */
static void settle_due(bw_venue *venue, uint32_t market)
{
    uint32_t pool = bw_market_at(venue, market)->pool;
    if (bw_pool_at(venue, pool)->settings.settle_on == BW_SETTLE_ON_MARK)
        bw_at_dirty(venue)[BW_DIRTY_COLLECTED + pool / 64u] |= UINT64_C(1) << pool % 64u;
}

static int64_t entry_apply(bw_venue *venue, const bw_mark *entry)
{
    int64_t previous;
    if (entry->kind == BW_MARK_MARKET) {
        previous = bw_market_at(venue, entry->item)->mark;
        bw_mark_set(venue, entry->item, entry->price);
        settle_due(venue, entry->item);
        bw_volatility_add(venue, entry->item, previous);
    } else if (entry->kind == BW_MARK_INDEX) {
        previous = bw_market_cold_at(venue, entry->item)->index;
        bw_market_cold_at(venue, entry->item)->index = entry->price;
    } else {
        previous = bw_at_collateral(venue)[entry->item].price;
        bw_at_collateral(venue)[entry->item].price = entry->price;
        bw_at_dirty(venue)[BW_DIRTY_WORDS + entry->item / 64u] |= UINT64_C(1) << entry->item % 64u;
    }
    return previous;
}

void bw_mark_event(bw_writer *writer, const bw_mark *entry, int64_t previous, int64_t target)
{
    bw_event *event = bw_emit(writer, BW_EVENT_MARKED, BW_NONE32);
    if (entry->kind == BW_MARK_COLLATERAL)
        event->asset = bw_at_collateral(writer->venue)[entry->item].asset;
    else
        event->market = entry->item;
    event->marked.price = entry->price;
    event->marked.previous = previous;
    event->marked.kind = entry->kind;
    event->marked.item = entry->item;
    event->marked.target = target;
    if (entry->kind == BW_MARK_MARKET) {
        event->marked.volatility_ppm = bw_volatility_ppm(writer->venue, entry->item);
        event->marked.im_scale_ppm = bw_market_at(writer->venue, entry->item)->im_scale_ppm;
    }
    bw_emit_done(writer, event);
}

/* A market that this command does not move has not moved since the previous mark either (R13 previous-mark). */
static void previous_marks_forget(bw_venue *venue)
{
    for (uint32_t m = 0; m < venue->market_count; m++)
        bw_market_cold_at(venue, m)->previous_mark = bw_market_at(venue, m)->mark;
}

void bw_apply_marks(bw_writer *writer, const bw_command *command)
{
    const bw_command_marks *c = (const void *)command;
    previous_marks_forget(writer->venue);
    for (uint32_t i = 0; i < c->count; i++)
        bw_mark_event(writer, &c->marks[i], entry_apply(writer->venue, &c->marks[i]), 0);
    bw_round_expire_orders(writer->venue);
}

/* -------------------------------------------------------------------------------------------------- funding */

/* rate x |value(1 lot)| plus what was carried: whole part moves, the rest is carried on (R4). */
static bool funding_move(const bw_venue *venue, const bw_command_funding *c, int64_t *move, int64_t *carried)
{
    int64_t value = bw_abs(bw_value(bw_market_at(venue, c->market), -1)), product;
    if (__builtin_mul_overflow(value, c->rate_ppb, &product) ||
        __builtin_add_overflow(product, bw_market_cold_at(venue, c->market)->funding_carried, &product))
        return false;
    *move = product / BILLION - (product % BILLION < 0);
    *carried = product - *move * BILLION;
    return true;
}

bw_status bw_check_funding(const bw_venue *venue, const bw_command *command)
{
    const bw_command_funding *c = (const void *)command;
    if (c->market >= venue->market_count)
        return BW_UNKNOWN_MARKET;
    const bw_market *market = bw_market_at(venue, c->market);
    if (market->status >= BW_MARKET_SETTLING || !market->funded)
        return BW_MARKET_CLOSED;
    if (market->mark == 0)
        return BW_NO_PRICE;
    if (c->rate_ppb <= -BILLION || c->rate_ppb >= BILLION)
        return BW_BAD_AMOUNT;
    int64_t move, carried, limit = bw_lot_value_max(venue, c->market) / 2;
    if (!funding_move(venue, c, &move, &carried))
        return BW_OFFSET_LIMIT;
    bool fits = bw_abs(market->offset[BW_LONG] + move) <= limit && bw_abs(market->offset[BW_SHORT] + move) <= limit;
    return fits ? BW_OK : BW_OFFSET_LIMIT;
}

void bw_apply_funding(bw_writer *writer, const bw_command *command)
{
    const bw_command_funding *c = (const void *)command;
    bw_venue *venue = writer->venue;
    bw_market *market = bw_market_at(venue, c->market);
    int64_t move = 0, carried = 0;
    funding_move(venue, c, &move, &carried);
    previous_marks_forget(venue);
    market->offset[BW_LONG] += move;
    market->offset[BW_SHORT] += move;
    bw_market_cold_at(venue, c->market)->funding_carried = carried;
    bw_at_dirty(venue)[c->market / 64u] |= UINT64_C(1) << c->market % 64u;
    settle_due(venue, c->market);
    bw_event *event = bw_emit(writer, BW_EVENT_FUNDED, BW_NONE32);
    event->pool = market->pool;
    event->market = c->market;
    event->funded.rate_ppb = c->rate_ppb;
    event->funded.move = move;
    event->funded.offset_long = market->offset[BW_LONG];
    event->funded.offset_short = market->offset[BW_SHORT];
    event->funded.carried = carried;
    bw_emit_done(writer, event);
}
