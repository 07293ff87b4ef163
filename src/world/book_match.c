/* book_match.c - which markets an account is in, and lots, so that both sides of every market match. */
#include "world/book_work.h"

#include <math.h>

#include "base/assert.h"
#include "world/quantile.h"
#include "world/real.h"

#define SPLIT_SPREAD 1.2 /* sd of ln share among the positions of one account [A] */

typedef struct {
    bw_book_work *work;
    uint32_t by_profit[BW_MARKETS_MAX];  /* markets, lowest winner_pnl first */
    double users_below[BW_MARKETS_MAX];  /* share of users up to and with that place */
    double left[BW_MARKETS_MAX][2];      /* USD of open interest not yet taken, per side */
} match_state;

static void order_by_profit(match_state *state)
{
    const bw_book_work *work = state->work;
    for (uint32_t m = 0; m < work->market_count; m++) {
        uint32_t at = m;
        for (; at > 0 && work->markets[state->by_profit[at - 1]].winner_pnl_ppm >
                             work->markets[m].winner_pnl_ppm; at--)
            state->by_profit[at] = state->by_profit[at - 1];
        state->by_profit[at] = m;
    }
    double sum = 0, total = 0;
    for (uint32_t m = 0; m < work->market_count; m++)
        total += (double)work->markets[m].users;
    for (uint32_t i = 0; i < work->market_count; i++) {
        sum += (double)work->markets[state->by_profit[i]].users;
        state->users_below[i] = sum / total;
    }
}

/* 1 + Poisson by inversion; larger accounts hold more. The mean of all is about 1.75. */
static uint32_t position_count(const bw_book_work *work, uint32_t account)
{
    double size = bw_real_ln(work->notional[account] / 500) / bw_real_ln(10);
    double mean = .55 + (size > 0 ? .35 * size : 0);
    double u = bw_random_real_of(bw_book_draw(work, account, BW_BOOK_DRAW_SHAPE).word[0]);
    uint32_t most = work->market_count < BW_BOOK_POSITIONS_MAX ? work->market_count
                                                               : BW_BOOK_POSITIONS_MAX;
    double term = bw_real_exp(-mean), sum = term;
    uint32_t count = 1;
    for (; count < most && u >= sum; count++) {
        term *= mean / count;
        sum += term;
    }
    return count;
}

static uint32_t market_at_share(const match_state *state, double u)
{
    uint32_t i = 0;
    while (i + 1 < state->work->market_count && u >= state->users_below[i])
        i++;
    return state->by_profit[i];
}

static uint32_t market_not_held(const match_state *state, uint64_t held)
{
    uint32_t market = 0;
    while (market + 1 < state->work->market_count && held >> market & 1)
        market++;
    return market;
}

/* By users, higher profits in markets of higher profit; if it is held already, twice again without
   regard to profit. */
static uint32_t market_by_users(const match_state *state, uint32_t account, uint32_t slot,
                                uint64_t held)
{
    const bw_book_work *work = state->work;
    double r = work->params->pnl_market_score;
    double own = bw_normal_quantile(
        bw_random_real_of(bw_book_draw_slot(work, account, slot, BW_BOOK_SLOT_MARKET).word[0]));
    double score = r * work->profit_score[account] + sqrt(1 - r * r) * own;
    uint32_t market = market_at_share(state, bw_normal_below(score));
    bw_random_block again = bw_book_draw_slot(work, account, slot, BW_BOOK_SLOT_RETRY);
    for (uint32_t i = 0; i < 2 && held >> market & 1; i++)
        market = market_at_share(state, bw_random_real_of(again.word[i]));
    return held >> market & 1 ? market_not_held(state, held) : market;
}

/* How much a market attracts a large position: what is left, if the position is not too large. */
static double attraction(const match_state *state, uint32_t market, uint32_t side, double usd,
                         uint64_t held)
{
    double target = (double)state->work->book->stats.market[market].open_interest_target * 1e-6;
    double left = state->left[market][side];
    bool fits = usd <= left && usd <= state->work->params->position_share_max * target;
    return fits && !(held >> market & 1) ? left : 0;
}

static uint32_t market_with_most_left(const match_state *state, uint32_t side, uint64_t held)
{
    uint32_t best = BW_MARKETS_MAX;
    for (uint32_t m = 0; m < state->work->market_count; m++) {
        if (held >> m & 1)
            continue;
        if (best == BW_MARKETS_MAX || state->left[m][side] > state->left[best][side])
            best = m;
    }
    return best;
}

static uint32_t market_by_room(const match_state *state, uint32_t account, uint32_t slot,
                               uint32_t side, double usd, uint64_t held)
{
    const bw_book_work *work = state->work;
    double total = 0;
    for (uint32_t m = 0; m < work->market_count; m++)
        total += attraction(state, m, side, usd, held);
    double u = bw_random_real_of(bw_book_draw_slot(work, account, slot, BW_BOOK_SLOT_MARKET).word[0]);
    double point = u * total;
    for (uint32_t m = 0; m < work->market_count && total > 0; m++) {
        double here = attraction(state, m, side, usd, held);
        if (here > 0 && point < here)
            return m;
        point -= here;
    }
    return market_with_most_left(state, side, held);
}

/* Shares of the account's notional in its positions. */
static void split_draw(const bw_book_work *work, uint32_t account, uint32_t count, double *share)
{
    double sum = 0;
    for (uint32_t slot = 0; slot < count; slot++) {
        bw_random_block draw = bw_book_draw_slot(work, account, slot, BW_BOOK_SLOT_MARKET);
        share[slot] = bw_real_exp(SPLIT_SPREAD * bw_normal_quantile(bw_random_real_of(draw.word[1])));
        sum += share[slot];
    }
    for (uint32_t slot = 0; slot < count; slot++)
        share[slot] /= sum;
}

/* The side of a large account: by what both sides still lack, so that they fill alike. */
static void side_by_room(match_state *state, uint32_t account)
{
    double left[2] = {0, 0};
    for (uint32_t m = 0; m < state->work->market_count; m++)
        for (uint32_t side = 0; side < 2; side++)
            left[side] += fmax(0, state->left[m][side]);
    double u = bw_random_real_of(bw_book_draw(state->work, account, BW_BOOK_DRAW_PROFIT).word[1]);
    state->work->side[account] = u * (left[0] + left[1]) < left[BW_BOOK_SHORT];
}

static void account_place(match_state *state, uint32_t account, bool is_large)
{
    bw_book_work *work = state->work;
    bw_book *book = work->book;
    double share[BW_BOOK_POSITIONS_MAX];
    double usd = work->notional[account] * book->stats.scale;
    uint64_t held = 0;
    bw_book_account *owner = &book->accounts[account];
    split_draw(work, account, owner->position_count, share);
    if (is_large)
        side_by_room(state, account);
    for (uint32_t slot = 0; slot < owner->position_count; slot++) {
        bw_random_block draw = bw_book_draw_slot(work, account, slot, BW_BOOK_SLOT_SIDE);
        bool flip = slot > 0 && bw_random_real_of(draw.word[0]) < work->params->hedge_share;
        uint32_t side = work->side[account] ^ flip;
        double part = usd * share[slot];
        uint32_t market = is_large ? market_by_room(state, account, slot, side, part, held)
                                   : market_by_users(state, account, slot, held);
        held |= (uint64_t)1 << market;
        state->left[market][side] -= part;
        work->wanted[owner->position_first + slot] = part;
        book->positions[owner->position_first + slot] =
            (bw_book_position){account, market, side == BW_BOOK_LONG ? 1 : -1, 0};
    }
}

/* Extents of all accounts; when the room would not suffice, the rest hold one position each. */
static void extents_make(bw_book_work *work)
{
    uint32_t count = work->params->account_count, next = work->known_positions;
    for (uint32_t a = work->book->known_count; a < count; a++) {
        uint32_t wanted = position_count(work, a);
        uint32_t spare = work->position_max - next - (count - a);
        work->book->accounts[a].position_first = next;
        work->book->accounts[a].position_count = wanted - 1 <= spare ? wanted : spare + 1;
        next += work->book->accounts[a].position_count;
    }
    work->book->position_count = next;
}

static bool is_known(const bw_book_work *work, uint32_t account)
{
    return account < work->book->known_count;
}

static bool is_large(const bw_book_work *work, uint32_t account)
{
    return !is_known(work, account) && work->notional[account] >= work->params->large_notional;
}

void bw_book_match_markets(bw_book_work *work)
{
    match_state state = {.work = work};
    bw_book_stats *stats = &work->book->stats;
    uint32_t count = work->params->account_count;
    double target = 0, drawn = 0;
    order_by_profit(&state);
    for (uint32_t m = 0; m < work->market_count; m++) {
        double side = (double)stats->market[m].open_interest_target * 1e-6;
        state.left[m][0] = state.left[m][1] = side;
    }
    for (uint32_t i = 0; i < work->known_positions; i++) {
        const bw_book_position *position = &work->book->positions[i];
        state.left[position->market][position->lots < 0] -= work->wanted[i];
    }
    for (uint32_t m = 0; m < work->market_count; m++)
        target += fmax(0, state.left[m][0]) + fmax(0, state.left[m][1]);
    for (uint32_t a = 0; a < count; a++)
        drawn += is_known(work, work->order[a]) ? 0 : work->notional[work->order[a]];
    stats->scale = target / drawn;
    extents_make(work);
    for (uint32_t a = 0; a < count && !bw_book_stopped(work, a); a++)
        if (!is_known(work, work->order[a]) && !is_large(work, work->order[a]))
            account_place(&state, work->order[a], false);
    for (uint32_t a = count; a-- > 0;)
        if (is_large(work, work->order[a]))
            account_place(&state, work->order[a], true);
}

/* ---- lots ---- */

typedef struct {
    uint32_t count;        /* positions of the side */
    uint32_t fitted_count; /* those that are fitted to the total */
    int64_t fixed_lots;    /* of the others */
    double fitted_usd;
    double passed_usd;     /* while fitting: of the fitted ones so far */
    int64_t spread_lots;   /* lots to spread over the fitted ones, beyond one each */
    int64_t given_lots;
} side_sum;

typedef side_sum side_sums[BW_MARKETS_MAX][2];

static int64_t lots_nearest(double usd, double lot_usd)
{
    double lots = usd / lot_usd;
    return lots < 1 ? 1 : (int64_t)(lots + .5);
}

static uint32_t side_of(const bw_book_position *position)
{
    return position->lots > 0 ? BW_BOOK_LONG : BW_BOOK_SHORT;
}

static bool is_fitted(const bw_book_work *work, const bw_book_position *position, bool any_large)
{
    return !is_known(work, position->account) && (!any_large || is_large(work, position->account));
}

static void sums_make(const bw_book_work *work, side_sums sums, bool any_large[BW_MARKETS_MAX][2])
{
    const bw_book *book = work->book;
    for (uint32_t i = 0; i < book->position_count; i++) {
        const bw_book_position *position = &book->positions[i];
        if (position->lots != 0 && is_large(work, position->account))
            any_large[position->market][side_of(position)] = true;
    }
    for (uint32_t i = 0; i < book->position_count; i++) {
        const bw_book_position *position = &book->positions[i];
        uint32_t m = position->market, side = side_of(position);
        if (position->lots == 0)
            continue;
        side_sum *sum = &sums[m][side];
        sum->count++;
        if (is_fitted(work, position, any_large[m][side])) {
            sum->fitted_count++;
            sum->fitted_usd += work->wanted[i];
        } else if (is_known(work, position->account)) {
            sum->fixed_lots += side == BW_BOOK_LONG ? position->lots : -position->lots;
        } else {
            sum->fixed_lots += lots_nearest(work->wanted[i], bw_book_lot_usd(work, m));
        }
    }
}

/* A market with one side only (few accounts): one position changes side, a lone one goes; never a known one. */
static void sides_mend(bw_book_work *work)
{
    uint32_t count[BW_MARKETS_MAX][2] = {{0}};
    bw_book *book = work->book;
    for (uint32_t i = 0; i < book->position_count; i++)
        count[book->positions[i].market][side_of(&book->positions[i])]++;
    for (uint32_t i = work->known_positions; i < book->position_count; i++) {
        bw_book_position *position = &book->positions[i];
        uint32_t side = side_of(position), *here = count[position->market];
        if (here[1 - side] > 0)
            continue;
        here[side]--;
        if (here[side] > 0) {
            here[1 - side]++;
            position->lots = -position->lots;
        } else {
            position->lots = 0;
        }
    }
}

/* Lots per side: the target, or more if the small accounts need it. */
static int64_t market_total(const bw_book_work *work, const side_sum sums[2], uint32_t market)
{
    double lot_usd = bw_book_lot_usd(work, market);
    double target = (double)work->book->stats.market[market].open_interest_target * 1e-6;
    int64_t total = sums[0].count == 0 ? 0 : lots_nearest(target, lot_usd);
    for (uint32_t side = 0; side < 2 && sums[side].count > 0; side++) {
        int64_t least = sums[side].fixed_lots + sums[side].fixed_lots / 50 +
                        10 * (int64_t)sums[side].fitted_count;
        total = total > least ? total : least;
    }
    return total;
}

/* One lot each, the rest in proportion by running sums: the last one makes the total exact. */
static int64_t lots_fitted(side_sum *sum, double wanted)
{
    sum->passed_usd += wanted;
    sum->fitted_count--;
    int64_t upto = sum->spread_lots;
    if (sum->fitted_count > 0)
        upto = (int64_t)((double)sum->spread_lots * (sum->passed_usd / sum->fitted_usd));
    upto = upto < sum->spread_lots ? upto : sum->spread_lots;
    int64_t lots = 1 + upto - sum->given_lots;
    sum->given_lots = upto;
    return lots;
}

static void totals_set(bw_book_work *work, side_sums sums)
{
    for (uint32_t m = 0; m < work->market_count; m++) {
        bw_book_market_stats *stats = &work->book->stats.market[m];
        stats->lots_side = market_total(work, sums[m], m);
        stats->long_count = sums[m][BW_BOOK_LONG].count;
        stats->short_count = sums[m][BW_BOOK_SHORT].count;
        stats->open_interest =
            bw_market_notional(&work->markets[m], stats->lots_side, work->open_ticks[m]);
        for (uint32_t side = 0; side < 2; side++)
            sums[m][side].spread_lots =
                stats->lots_side - sums[m][side].fixed_lots - sums[m][side].fitted_count;
    }
}

/* Where somebody is, there is also somebody on both sides whose lots can be fitted. */
static bool sides_meet(const bw_book_work *work, side_sums sums)
{
    for (uint32_t m = 0; m < work->market_count; m++)
        if (sums[m][0].count + sums[m][1].count > 0 &&
            (sums[m][0].fitted_count == 0 || sums[m][1].fitted_count == 0))
            return false;
    return true;
}

bool bw_book_match_lots(bw_book_work *work)
{
    side_sums sums = {{{0}}};
    bool any_large[BW_MARKETS_MAX][2] = {{false}};
    bw_book *book = work->book;
    sides_mend(work);
    sums_make(work, sums, any_large);
    if (!sides_meet(work, sums))
        return false;
    totals_set(work, sums);
    for (uint32_t i = work->known_positions; i < book->position_count; i++) {
        bw_book_position *position = &book->positions[i];
        uint32_t m = position->market, side = side_of(position);
        if (position->lots == 0)
            continue;
        int64_t lots = is_fitted(work, position, any_large[m][side])
                           ? lots_fitted(&sums[m][side], work->wanted[i])
                           : lots_nearest(work->wanted[i], bw_book_lot_usd(work, m));
        BW_ASSERT(lots > 0);
        position->lots = side == BW_BOOK_LONG ? lots : -lots;
    }
    return true;
}
