/* fund_layer.c - the layers `fund` and `shared-fund`: what the fund pays of a loss (R10, R14).

       loss ──> room (usable, event, market) ──> bucket ──> shared part, pro rata to what the losses still lack
                  all-or-nothing: both at once, the whole loss or nothing, loss after loss
                  may-go-negative: the shared part pays what is asked

   Rounding  with a fee the fund pays ceil(loss x (1 + fee)), or takes floor(money / (1 + fee)) of the loss for less; what it
             pays above the loss it takes goes to the desk; nothing is paid that takes nothing */
#include "engine/formula.h"
#include "engine/fund.h"
#include "engine/loss.h"

#include "money/money.h"

#define MILLION 1000000

bool bw_loss_of(const bw_venue *venue, uint32_t pool, uint32_t n, bw_layer_at *at)
{
    at->pool = pool;
    at->side = n % 2u;
    at->market = n / 2u;
    if (n >= 2u * venue->market_count) {
        at->market = BW_NONE16;
        at->side = BW_LONG;
        at->loss = &(bw_at_pool_round(venue) + pool)->loss;
        return true;
    }
    at->loss = bw_loss_at(venue, at->market, at->side);
    return bw_market_at(venue, at->market)->pool == pool;
}

static const bw_command_pool *settings_of(const bw_venue *venue, uint32_t pool)
{
    return &bw_pool_at(venue, pool)->settings;
}

/* What the fund's caps leave for this loss: per round, per event, per market and window (R14). */
static int64_t fund_room(const bw_venue *venue, const bw_layer_at *at)
{
    const bw_command_pool *set = settings_of(venue, at->pool);
    bw_fund_caps caps = {.fund = bw_at_pool_round(venue)[at->pool].usable, .event_cap = at->loss->event_left,
                         .window_cap = BW_FUND_UNCAPPED, .market_cap = BW_FUND_UNCAPPED};
    if (set->market_cap && at->market != BW_NONE16) {
        caps.market_cap = set->market_cap;
        caps.market_paid = bw_market_cold_at(venue, at->market)->window_paid;
    }
    return bw_fund_room(&caps);
}

/* ------------------------------------------------------------------------------------------- the liquidator's fee */

/* Who gets the fee: the desk that took most lots of the loss (ties: the first defined), else the pool's first; BW_NONE32 if
   the pool has none, and then there is no fee. */
static uint32_t fee_desk(const bw_venue *venue, const bw_layer_at *at)
{
    uint32_t first = bw_pool_at(venue, at->pool)->desk_first, found = first ? first - 1u : BW_NONE32;
    int64_t most = 0;
    for (uint32_t d = 0; at->market != BW_NONE16 && d < venue->desk_count; d++) {
        int64_t lots = bw_at_desk_lots(venue)[(2u * at->market + at->side) * venue->limits.desks + d];
        if (lots > most) {
            most = lots;
            found = d;
        }
    }
    return found;
}

/* What the fund pays, and of what loss it relieves, for at most `room` of its money. */
static bw_fund_takeover takeover(const bw_venue *venue, const bw_layer_at *at, int64_t left, int64_t room)
{
    int64_t fee = fee_desk(venue, at) == BW_NONE32 ? 0 : at->layer->fraction_ppm;
    bw_fund_takeover result = {0};
    bool fits = bw_fund_takeover_of(left, bw_wide_of(MILLION + fee), bw_wide_of(MILLION), 1, room, &result);
    BW_ASSERT(fits);
    return result.taken ? result : (bw_fund_takeover){0};
}

/* The money that relieves the account of all of `left`. */
static int64_t asked(const bw_venue *venue, const bw_layer_at *at, int64_t left)
{
    return takeover(venue, at, left, BW_VALUE_MAX).paid;
}

static void fee_post(bw_writer *writer, const bw_layer_at *at, int64_t fee)
{
    bw_venue *venue = writer->venue;
    if (fee == 0)
        return;
    uint32_t account = bw_at_desk(venue)[fee_desk(venue, at)].account;
    bw_round_touch_money(writer, account);
    bw_balance_add(venue, account, fee);
    bw_event *event = bw_emit(writer, BW_EVENT_POSTED, at->loss->event);
    event->account = bw_cold_at(venue, account)->id;
    event->pool = (uint16_t)at->pool;
    event->market = (uint16_t)at->market;
    event->asset = settings_of(venue, at->pool)->asset;
    event->posted.amount = fee;
    event->posted.balance = bw_warm_at(venue, account)->balance;
    event->posted.equity = bw_account_equity(venue, account);
    event->posted.command = BW_COMMAND_DESK;
    bw_emit_done(writer, event);
}

/* --------------------------------------------------------------------------------------------------------- paying */

/* `bucket`: the market number or BW_NONE16 for the shared part. */
static void fund_pay(bw_writer *writer, const bw_layer_at *at, bw_layer layer, uint32_t bucket, bw_fund_takeover pays)
{
    bw_venue *venue = writer->venue;
    bw_pool_round *round = bw_at_pool_round(venue) + at->pool;
    bw_pool *pool = bw_pool_at(venue, at->pool);
    if (pays.taken == 0)
        return;
    bw_fund_debit(venue, at->pool, bucket, pays.paid);
    *(bucket == BW_NONE16 ? &round->shared_usable : &bw_at_bucket_usable(venue)[bucket]) -= pays.paid;
    round->usable -= pays.paid;
    at->loss->event_left -= pays.paid;
    pool->window_paid += pays.paid;
    if (at->market != BW_NONE16)
        bw_market_cold_at(venue, at->market)->window_paid += pays.paid;
    bw_layer_paid(writer, at, layer, pays.taken, 0, bw_fund_total(pool));
    fee_post(writer, at, pays.paid - pays.taken);
    bw_fund_trigger(writer, at->pool, at->loss->event);
}

/* Bucket and shared part together pay the whole loss, or neither pays. */
static void whole_or_nothing(bw_writer *writer, const bw_layer_at *at, int64_t bucket)
{
    const bw_venue *venue = writer->venue;
    int64_t left = at->loss->left, ask = asked(venue, at, left);
    int64_t room = bw_min(fund_room(venue, at), bucket + bw_at_pool_round(venue)[at->pool].shared_usable);
    if (bw_fund_amount(ask, room, true, false) == 0)
        return;
    bw_fund_takeover first = {.paid = bw_min(bucket, ask)};
    if (first.paid)
        first.taken = first.paid == ask ? left : bw_max(1, takeover(venue, at, left, first.paid).taken);
    fund_pay(writer, at, BW_LAYER_FUND, at->market, first);
    fund_pay(writer, at, BW_LAYER_FUND, BW_NONE16, (bw_fund_takeover){ask - first.paid, left - first.taken});
}

void bw_fund_layer(bw_writer *writer, const bw_layer_at *at)
{
    const bw_venue *venue = writer->venue;
    int64_t bucket = at->market == BW_NONE16 ? 0 : bw_at_bucket_usable(venue)[at->market];
    if (settings_of(venue, at->pool)->all_or_nothing)
        whole_or_nothing(writer, at, bucket);
    else if (bucket) {
        int64_t room = bw_min(fund_room(venue, at), bucket);
        fund_pay(writer, at, BW_LAYER_FUND, at->market, takeover(venue, at, at->loss->left, room));
    }
}

/* ----------------------------------------------------------------------------------------------------- shared part */

bool bw_fund_pays_shared(const bw_venue *venue, const bw_layer_at *at)
{
    if (settings_of(venue, at->pool)->all_or_nothing)
        return false;
    return at->layer->kind == BW_LAYER_SHARED_FUND ||
           (at->layer->kind == BW_LAYER_FUND && !bw_pool_names_shared(bw_pool_at(venue, at->pool)));
}

bool bw_shared_gather(bw_writer *writer, const bw_layer_at *at)
{
    bw_venue *venue = writer->venue;
    bool bottomless = settings_of(venue, at->pool)->may_go_negative;
    for (uint32_t n = 0; n <= 2u * venue->market_count; n++) {
        bw_layer_at each = {.layer = at->layer};
        int64_t left = bw_loss_of(venue, at->pool, n, &each) ? each.loss->left : 0;
        int64_t ask = left ? asked(venue, &each, left) : 0;
        int64_t room = ask ? bw_fund_amount(ask, fund_room(venue, &each), false, bottomless) : 0;
        bw_round_payer_add(venue, n, ask, room, 0, n);
    }
    return true;
}

int64_t bw_shared_budget(const bw_venue *venue, uint32_t pool)
{
    const bw_pool_round *round = bw_at_pool_round(venue) + pool;
    return settings_of(venue, pool)->may_go_negative ? BW_VALUE_MAX : bw_min(round->usable, round->shared_usable);
}

void bw_shared_apply(bw_writer *writer, const bw_layer_at *at, uint32_t n)
{
    bw_venue *venue = writer->venue;
    int64_t charge = bw_at_payer_charge(venue)[n];
    bw_layer_at each = {.layer = at->layer};
    if (charge == 0 || !bw_loss_of(venue, at->pool, n, &each))
        return;
    if (!settings_of(venue, at->pool)->may_go_negative)
        charge = bw_min(charge, bw_min(fund_room(venue, &each), bw_at_pool_round(venue)[at->pool].shared_usable));
    fund_pay(writer, &each, (bw_layer)at->layer->kind, BW_NONE16, takeover(venue, &each, each.loss->left, charge));
}
