/* adl.c - lots of the closing set against each other, then against opposite positions, at mark (R13; price zero-both: at
   zero value).

       closing set ──NET──> what is left ──> in profit ──> desks ──> others ──> lots reserved by orders
                                              └── each: gather candidates, allocate lots (R16), close at mark */
#include "engine/adl.h"

#include "engine/hedge.h"
#include "engine/index.h"
#include "engine/penalty.h"
#include "engine/round.h"
#include "engine/trigger.h"
#include "engine/zero_both.h"

#include "base/mix.h"
#include "money/money.h"

#define SCORE_BITS 20
#define SCORE_MAX ((int64_t)1 << 62)

/* ---------------------------------------------------------------------------------------------------- scores */

static int64_t saturated(bw_wide x)
{
    int64_t value = bw_wide_to_int64_saturated(x);
    return value > SCORE_MAX ? SCORE_MAX : value < -SCORE_MAX ? -SCORE_MAX : value;
}

/* floor(numerator x 2^20 / max(1, denominator)), saturating. */
static int64_t quotient(int64_t numerator, int64_t denominator)
{
    denominator = bw_max(1, denominator);
    if (bw_abs(numerator) < (int64_t)1 << (62 - SCORE_BITS)) {   /* the same in 64 bits */
        int64_t scaled = numerator * ((int64_t)1 << SCORE_BITS), whole = scaled / denominator;
        return whole - (scaled % denominator < 0);
    }
    bw_wide scaled = bw_wide_mul(numerator, (int64_t)1 << SCORE_BITS);
    return saturated(bw_wide_div_floor(scaled, bw_wide_of(denominator)));
}

/* n / E of the account, u / |cost| of the position, and mark over entry, each scaled. */
static int64_t leverage_of(const bw_score_input *in) { return quotient(in->notional, in->equity); }
static int64_t gain_of(const bw_score_input *in) { return quotient(in->upnl, bw_abs(in->cost)); }
static int64_t ratio_of(const bw_score_input *in) { return quotient(bw_abs(in->value), bw_abs(in->cost)); }

/* MM over balance and profit of the account; 0 where these are not above 0, as Binance says. */
static int64_t margin_ratio_of(const bw_score_input *in)
{
    int64_t money = in->balance + in->account_upnl;
    return money > 0 ? quotient(in->mm, money) : 0;
}

int64_t bw_hedge_key(int64_t net, int64_t part)
{
    bw_wide left = bw_wide_sub(bw_wide_of(net), bw_wide_of(part));
    if (bw_wide_sign(left) < 0)
        left = bw_wide_sub(bw_wide_of(part), bw_wide_of(net));
    return saturated(bw_wide_sub(net < 0 ? bw_wide_negate(bw_wide_of(net)) : bw_wide_of(net), left));
}

int64_t bw_score_key(bw_score score, const bw_score_input *in)
{
    const int64_t one = (int64_t)1 << SCORE_BITS;
    int64_t part;
    switch (score) {
    case BW_SCORE_PNL_X_LEVERAGE:
        part = gain_of(in);
        return part > 0 ? saturated(bw_wide_mul(part, leverage_of(in))) : quotient(part, leverage_of(in));
    case BW_SCORE_PNL:
        return in->upnl;
    case BW_SCORE_SIZE:
        return bw_abs(in->size);
    case BW_SCORE_VISIT_ORDER:
        return -(int64_t)in->turn;
    case BW_SCORE_HYPERLIQUID_DOC:
        return saturated(bw_wide_mul(ratio_of(in), leverage_of(in)));
    case BW_SCORE_HYPERLIQUID_OBSERVED:
        part = ratio_of(in) - one;
        return saturated(bw_wide_mul(in->size < 0 ? -part : part, leverage_of(in)));
    case BW_SCORE_LEVERAGE:
        return leverage_of(in);
    case BW_SCORE_BINANCE:
        part = quotient(bw_max(0, in->account_upnl), in->balance);
        return saturated(bw_wide_mul(part, margin_ratio_of(in)));
    case BW_SCORE_HEDGE_AWARE:
        return bw_hedge_key(in->net, in->part);
    case BW_SCORES:
        break;
    }
    BW_ASSERT(!"a score");
    return 0;
}

static bool reads_account(bw_score score)
{
    return score != BW_SCORE_PNL && score != BW_SCORE_SIZE && score != BW_SCORE_VISIT_ORDER && score != BW_SCORE_HEDGE_AWARE;
}

/* What a score reads of the position. */
static bw_score_input position_input(const bw_venue *venue, uint32_t position)
{
    const bw_position *at = bw_position_at(venue, position);
    bw_score_input in = {.cost = bw_position_cost(venue, position), .size = at->size, .account = at->account,
                         .value = bw_value(bw_market_at(venue, at->market), at->size)};
    in.upnl = in.value - in.cost;
    return in;
}

/* ... and of its account: notional and equity, in one pass over its positions. */
static void account_input(const bw_venue *venue, bw_score_input *in)
{
    const bw_hot *hot = bw_hot_at(venue, in->account);
    const bw_position *at = bw_position_at(venue, hot->extent), *end = at + hot->count;
    in->equity = bw_net(venue, in->account);
    for (; at < end; at++) {
        const bw_market *market = bw_market_at(venue, at->market);
        int64_t value = bw_value(market, at->size);
        in->notional += bw_abs(value);
        in->equity += value - at->size * market->offset[bw_side_of(at->size)];
        if (bw_market_owed(market))
            in->equity -= bw_position_owed(venue, (uint32_t)(at - bw_position_at(venue, 0)));
    }
    if (hot->flags & BW_HOT_HOLDINGS)
        in->equity += bw_account_collateral(venue, in->account);
}

/* The account with which a visit starts in the round of command `seq`. */
static uint32_t visit_start(const bw_venue *venue, const bw_command_pool *pool, uint64_t seq)
{
    return pool->adl_start == BW_START_MIX ? (uint32_t)(bw_mix_u64(seq) % venue->account_count) : 0;
}

/* All that the pool's score reads of the position's account and owner. `start`: of the visit. */
static void score_input(const bw_venue *venue, uint32_t position, bw_score score, uint32_t start, bw_score_input *in)
{
    if (score == BW_SCORE_HEDGE_AWARE) {
        in->part = bw_hedge_part(venue, position);
        in->net = bw_hedge_net(venue, position);
    }
    in->turn = bw_visit_turn(in->account, start, venue->account_count);
    if (score == BW_SCORE_BINANCE) {
        in->equity = bw_account_health(venue, in->account, &in->mm);
        in->balance = bw_balance(venue, in->account);
        in->account_upnl = bw_account_upnl(venue, in->account);
    } else if (reads_account(score))
        account_input(venue, in);
}

int64_t bw_position_score(const bw_venue *venue, uint32_t position)
{
    const bw_market *market = bw_market_at(venue, bw_position_at(venue, position)->market);
    const bw_command_pool *pool = &bw_pool_at(venue, market->pool)->settings;
    bw_score_input in = position_input(venue, position);
    score_input(venue, position, (bw_score)pool->adl_score, visit_start(venue, pool, venue->seq + 1u), &in);
    return bw_score_key((bw_score)pool->adl_score, &in);
}

/* ----------------------------------------------------------------------------------------------------- trades */

/* Drops entries that are closed from the head of the list; the first that has lots left, or 0. */
static uint32_t first_open(const bw_venue *venue, bw_loss *loss)
{
    while (loss->closing_first && bw_at_closing(venue)[loss->closing_first].lots == 0)
        loss->closing_first = bw_at_closing(venue)[loss->closing_first].next;
    return loss->closing_first;
}

/* `lots` of a closing entry of `side` meet `other`: at mark, or, `at_zero`, at the closed account's zero value. Returns the
   event of the other's leg. */
static uint32_t close_lots(bw_writer *writer, bw_closing *closing, uint32_t side, uint32_t other, int64_t lots,
                          int64_t score, bw_via via, bool at_zero)
{
    bw_venue *venue = writer->venue;
    bw_case *at = bw_at_cases(venue) + closing->case_number;
    uint32_t position = bw_closing_position(venue, closing);
    int64_t part = side == BW_SHORT ? -lots : lots;
    int64_t value = bw_value(bw_market_at(venue, closing->market), lots);
    if (side == BW_SHORT)
        value = -value;
    uint64_t other_id = bw_cold_at(venue, bw_position_at(venue, other)->account)->id;
    int64_t zero = bw_case_zero_value(venue, at, position, lots);
    bool solvent = !(at->flags & BW_CASE_BANKRUPT);
    if (at_zero && solvent)
        value = bw_zero_both_value(venue, at, closing->market, lots, value, zero);
    bw_leg closed = {position, at->event, other_id, -part, -value, zero, via, true};
    uint32_t index = bw_leg_apply(writer, &closed);
    bw_leg took = {other, index, bw_cold_at(venue, at->account)->id, part, value, score, via, via == BW_VIA_NETTED};
    uint32_t taken = bw_leg_apply(writer, &took);
    bw_penalty_round(writer, at, closing->market, side, lots, BW_NONE32, index);
    closing->lots -= lots;
    bw_loss_at(venue, closing->market, side)->lots_left -= lots;
    if (at_zero && !solvent)
        bw_zero_both_pay(writer, closing, other, lots, zero - value, index);
    return taken;
}

/* One pair of opposite closing entries. at[0]: market. */
bool bw_phase_net(bw_writer *writer)
{
    bw_venue *venue = writer->venue;
    uint32_t *at = bw_at_progress(venue)->at;
    if (at[0] >= venue->market_count)
        return true;
    bw_loss *longs = bw_loss_at(venue, at[0], BW_LONG), *shorts = bw_loss_at(venue, at[0], BW_SHORT);
    uint32_t a = first_open(venue, longs), b = first_open(venue, shorts);
    if (a == 0 || b == 0) {
        at[0]++;
        return false;
    }
    bw_closing *closing = bw_at_closing(venue) + a, *other = bw_at_closing(venue) + b;
    int64_t lots = bw_min(closing->lots, other->lots);
    uint32_t position = bw_closing_position(venue, other);
    int64_t zero = bw_case_zero_value(venue, bw_at_cases(venue) + other->case_number, position, lots);
    uint32_t leg = close_lots(writer, closing, BW_LONG, position, lots, zero, BW_VIA_NETTED, false);
    bw_penalty_round(writer, bw_at_cases(venue) + other->case_number, at[0], BW_SHORT, lots, BW_NONE32, leg);
    other->lots -= lots;
    shorts->lots_left -= lots;
    return false;
}

/* -------------------------------------------------------------------------------------------------- gathering */

enum { PASS_PROFIT, PASS_DESKS, PASS_OTHERS, PASS_RESERVED, PASSES };

/* Lots of an opposite position that a pass may take. */
static int64_t lots_free(const bw_venue *venue, uint32_t position, uint32_t pass, int64_t upnl)
{
    const bw_position *at = bw_position_at(venue, position);
    const bw_hot *hot = bw_hot_at(venue, at->account);
    bool desk = (hot->flags & BW_HOT_DESK) != 0;
    int64_t reserved = at->order && pass != PASS_RESERVED ? bw_order_at(venue, at->order)->lots_left : 0;
    if (pass == PASS_PROFIT && (desk || (hot->flags & BW_HOT_EXEMPT) || upnl <= 0))
        return 0;
    if (pass == PASS_DESKS && !desk)
        return 0;
    return bw_abs(at->size) - reserved;
}

/* Price zero-both: an account that may not take the lots of the next closing entry, as many as it can, is not asked.
   Lots reserved by orders come last, and go at mark where they may not go at zero value. */
static bool refuses(bw_venue *venue, uint32_t position, uint32_t pass, int64_t lots)
{
    const bw_position *at = bw_position_at(venue, position);
    if (pass == PASS_RESERVED || !bw_zero_both_layer(venue, at->market))
        return false;
    bw_loss *loss = bw_loss_at(venue, at->market, 1u - bw_side_of(at->size));
    const bw_closing *closing = bw_at_closing(venue) + first_open(venue, loss);
    return !bw_zero_both_allows(venue, closing, position, bw_min(lots, closing->lots));
}

/* ------------------------------------------------------------------------------------------------ a queue's end

   A queue serves the highest keys until its lots are found. Once the candidates gathered so far have enough of them, whoever has a
   lower key gets none, and need not be looked at: what he would have been charged is 0. Candidates' lots are added up by steps of
   their keys, eight to a doubling. Scores that a position's size bounds: `size` itself, and `hedge-aware`, |net| - |net - part| <=
   |part|, of the size at the round's start. */

/* The step of a key; keys of 0 and below have step 0. */
static uint32_t step_of(int64_t key)
{
    if (key < 8)
        return key > 0 ? (uint32_t)key : 0;
    uint32_t bit = 63u - (uint32_t)__builtin_clzll((uint64_t)key);
    return 8u * (bit - 2u) + (uint32_t)(key >> (bit - 3u) & 7);
}

/* The least key of a step. */
static int64_t step_key(uint32_t step)
{
    return step < 16 ? (int64_t)step : (int64_t)(8u + step % 8u) << (step / 8u - 1u);
}

static void queue_start(bw_venue *venue, uint32_t market, const bw_command_pool *pool)
{
    bw_queue *queue = &bw_at_progress(venue)->queue;
    bool bounded = pool->adl_score == BW_SCORE_SIZE ||
                   (pool->adl_score == BW_SCORE_HEDGE_AWARE && bw_market_at(venue, market)->kind == BW_MARKET_LINEAR);
    *queue = (bw_queue){.unit = pool->adl_score == BW_SCORE_SIZE ? 1 : bw_market_at(venue, market)->unit,
                        .bounded = bounded && pool->adl_rule == BW_RULE_QUEUE};
    bw_at_progress(venue)->payer_count = 0;
}

/* A candidate joined. `wanted`: the queue's lots. */
static void queue_join(bw_queue *queue, int64_t key, int64_t lots, int64_t wanted)
{
    uint32_t step = step_of(key), least = queue->least;
    if (!queue->bounded || step < least)
        return;
    queue->lots[step] += lots;                     /* of one side of a market: below 2^63 (R1) */
    queue->found += lots;
    while (queue->found - queue->lots[queue->least] >= wanted)
        queue->found -= queue->lots[queue->least++];
    if (queue->least > least)
        queue->lots_least = (step_key(queue->least) - 1) / queue->unit + 1;
}

/* Whether the queue ends before this position. */
static bool beyond_queue(const bw_venue *venue, uint32_t position)
{
    return bw_abs(bw_position_at(venue, position)->size) < bw_at_progress(venue)->queue.lots_least &&
           (bw_at_progress(venue)->shadow_count == 0 || bw_at_shadow_of(venue)[position] == 0);
}

static void candidate_consider(bw_venue *venue, uint32_t position, uint32_t pass, const bw_command_pool *pool,
                               uint32_t start, int64_t wanted)
{
    bw_score score = (bw_score)pool->adl_score;
    bw_score_input in = position_input(venue, position);
    int64_t lots = lots_free(venue, position, pass, in.upnl);
    if (lots <= 0 || refuses(venue, position, pass, lots))
        return;
    score_input(venue, position, score, start, &in);
    uint64_t id = bw_cold_at(venue, in.account)->id;
    if (pool->adl_tie == BW_TIE_MIX)
        id = bw_mix_pair_u64(bw_at_progress(venue)->seq, id);
    int64_t key = bw_score_key(score, &in);
    bw_round_payer_add(venue, position, lots, lots, key, id);
    queue_join(&bw_at_progress(venue)->queue, key, lots, wanted);
}

/* Holders of the opposite side, one a unit. at[3]: chunk, at[4]: place. True when all were seen. */
static bool gather(bw_writer *writer, uint32_t market, uint32_t side, uint32_t pass)
{
    bw_venue *venue = writer->venue;
    uint32_t *at = bw_at_progress(venue)->at;
    const bw_chunk *chunks = bw_at_chunk(venue);
    const bw_command_pool *pool = &bw_pool_at(venue, bw_market_at(venue, market)->pool)->settings;
    uint32_t start = visit_start(venue, pool, bw_at_progress(venue)->seq);
    uint32_t chunk = at[3] ? at[3] : bw_market_cold_at(venue, market)->chunk[1u - side];
    if (chunk == 0)
        return true;
    do {
        uint32_t position = chunks[chunk].position[at[4]];
        bw_holders_prefetch(venue, chunk, at[4], bw_at_progress(venue)->queue.lots_least > 0);
        if (!beyond_queue(venue, position))
            candidate_consider(venue, position, pass, pool, start, bw_loss_at(venue, market, side)->lots_left);
        if (++at[4] == chunks[chunk].count) {
            at[4] = 0;
            chunk = chunks[chunk].next;
        }
        at[3] = chunk;
    } while (chunk && bw_unit_take(writer));
    return chunk == 0;
}

/* ------------------------------------------------------------------------------------------------------ apply */

static bw_via via_of(uint32_t pass)
{
    return pass == PASS_PROFIT ? BW_VIA_PROFIT : pass == PASS_DESKS ? BW_VIA_DESK : BW_VIA_OTHER;
}

/* Lots that an order has reserved are needed. A bankrupt account whose last wait so ends is closed whole: it does not wait anew
   (R11). */
static void order_take(bw_writer *writer, uint32_t account, uint32_t order)
{
    bw_venue *venue = writer->venue;
    bool waited = bw_sync_seen(venue, account) && bw_account_equity(venue, account) < 0;
    bw_order_end(writer, order, BW_ORDER_DELEVERAGED, BW_NONE32);
    bw_hot *hot = bw_hot_at(venue, account);
    if (!waited || (hot->flags & BW_HOT_WORKING))
        return;
    hot->flags |= BW_HOT_ENDED;
    bw_round_visit(venue, account);                        /* though money that comes in this round may save it */
}

/* The deleveraged side of a close: its shadow, and its order if lots of it are needed. */
static void deleverage(bw_writer *writer, uint32_t position, int64_t lots)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    const bw_position *at = bw_position_at(venue, position);
    bw_round_touch(writer, at->account);
    bw_shadow *shadow = bw_at_shadow(venue) + bw_shadow_take(venue, position);
    progress->deleveraged += shadow->lots_adl == 0;
    shadow->lots_adl += lots;
    if (at->order && bw_abs(at->size) - lots < bw_order_at(venue, at->order)->lots_left)
        order_take(writer, at->account, at->order);
}

enum { SOME_REFUSED = 1, SOME_CLOSED = 2 };

/* One close of the allocated lots. at[5]: payer; its charge shrinks to what is still to close. at[6]: what happened. */
static bool apply(bw_writer *writer, uint32_t market, uint32_t side, uint32_t pass)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    bw_loss *loss = bw_loss_at(venue, market, side);
    uint32_t n = progress->at[5];
    if (n >= progress->payer_count)
        return true;
    int64_t *charge = bw_at_payer_charge(venue) + n;
    bw_payers_prefetch(venue, n);
    while (*charge == 0 && n + 1u < progress->payer_count && bw_unit_take(writer))
        charge = bw_at_payer_charge(venue) + ++n;
    progress->at[5] = n + (*charge == 0);
    if (*charge == 0)
        return false;
    uint32_t position = bw_at_payer_item(venue)[n];
    bw_closing *closing = bw_at_closing(venue) + first_open(venue, loss);
    int64_t lots = bw_min(*charge, closing->lots);
    bool asked = bw_zero_both_layer(venue, market) != NULL;
    bool at_zero = asked && bw_zero_both_allows(venue, closing, position, lots);
    if (asked && !at_zero && pass != PASS_RESERVED) {
        *charge = 0;
        progress->at[6] |= SOME_REFUSED;
        return false;
    }
    deleverage(writer, position, lots);
    close_lots(writer, closing, side, position, lots, bw_at_payer_rank(venue)[n], via_of(pass), at_zero);
    *charge -= lots;
    progress->at[6] |= SOME_CLOSED;
    return false;
}

static void stage_next(bw_progress *progress)
{
    progress->at[2]++;
    progress->at[3] = progress->at[4] = progress->at[5] = 0;
}

enum { STAGE_GATHER, STAGE_BEGIN, STAGE_ALLOCATE, STAGE_APPLY, STAGES };

/* at[0]: market and side, at[1]: pass, at[2]: stage. */
bool bw_phase_adl(bw_writer *writer)
{
    bw_venue *venue = writer->venue;
    bw_progress *progress = bw_at_progress(venue);
    uint32_t *at = progress->at;
    if (at[0] >= 2u * venue->market_count)
        return true;
    uint32_t market = at[0] / 2u, side = at[0] % 2u;
    const bw_loss *loss = bw_loss_at(venue, market, side);
    const bw_command_pool *pool = &bw_pool_at(venue, bw_market_at(venue, market)->pool)->settings;
    if (loss->lots_left == 0) {
        at[0]++;
        at[1] = at[2] = at[6] = 0;
        return false;
    }
    BW_ASSERT(at[1] < PASSES);
    bool done = true;
    if (at[2] == STAGE_GATHER) {
        if (at[3] == 0 && at[4] == 0)
            queue_start(venue, market, pool);
        done = gather(writer, market, side, at[1]);
    } else if (at[2] == STAGE_BEGIN)
        bw_round_allocate_begin(venue, (bw_rule)pool->adl_rule, BW_ROUNDING_LARGEST_REMAINDER, loss->lots_left);
    else if (at[2] == STAGE_ALLOCATE)
        done = bw_round_allocate_run(writer);
    else
        done = apply(writer, market, side, at[1]);
    if (!done)
        return false;
    stage_next(progress);
    if (at[2] == STAGES) {
        at[1] += at[6] != (SOME_REFUSED | SOME_CLOSED);   /* what some refused is offered to the others once more */
        at[2] = at[6] = 0;
    }
    return false;
}
