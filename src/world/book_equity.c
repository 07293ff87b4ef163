/* book_equity.c - a book's entry prices, balances and collateral, once its positions stand. */
#include "world/book_work.h"

#include <math.h>

#include "world/real.h"

#define PROFIT_SHARE_MAX .98 /* of equity that may be unrealised profit, so that balance stays above 0 */
#define PROFIT_WITHIN_SCORE .5 /* correlation of a short's profit within its market with its account's score */
#define MINOR_PER_USD 1e6
#define HOLDER_LEAST 10000000 /* minor units: who has less besides his profit holds no collateral */

/* What a short's profit is multiplied by, before its market's mean is set. */
static double profit_factor(const bw_book_work *work, uint32_t account, uint32_t slot)
{
    bw_random_block draw = bw_book_draw_slot(work, account, slot, BW_BOOK_SLOT_ENTRY);
    double own = bw_normal_quantile(bw_random_real_of(draw.word[0]));
    double r = PROFIT_WITHIN_SCORE;
    return bw_real_exp(work->params->pnl_spread *
               (r * work->profit_score[account] + sqrt(1 - r * r) * own));
}

static double loss_factor(const bw_book_work *work, uint32_t account, uint32_t slot)
{
    bw_random_block draw = bw_book_draw_slot(work, account, slot, BW_BOOK_SLOT_ENTRY);
    double spread = work->params->loss_spread;
    double own = bw_normal_quantile(bw_random_real_of(draw.word[0]));
    return bw_real_exp(spread * own - spread * spread / 2);
}

static int64_t price_of(double ticks)
{
    if (!(ticks >= 1))
        return 1;
    return ticks < (double)BW_PRICE_TICKS_MAX ? (int64_t)(ticks + .5) : BW_PRICE_TICKS_MAX;
}

/* Per market the divisor that makes the mean of the shorts' profit factors 1. */
static void factor_means(const bw_book_work *work, double mean[BW_MARKETS_MAX])
{
    const bw_book *book = work->book;
    double sum[BW_MARKETS_MAX] = {0}, count[BW_MARKETS_MAX] = {0};
    for (uint32_t i = work->known_positions; i < book->position_count; i++) {
        const bw_book_position *position = &book->positions[i];
        if (position->lots >= 0)
            continue;
        uint32_t slot = i - book->accounts[position->account].position_first;
        sum[position->market] += profit_factor(work, position->account, slot);
        count[position->market] += 1;
    }
    for (uint32_t m = 0; m < work->market_count; m++)
        mean[m] = count[m] > 0 ? sum[m] / count[m] : 1;
}

static void entry_set(const bw_book_work *work, bw_book_position *position, uint32_t slot,
                      const double mean[BW_MARKETS_MAX])
{
    const bw_market_facts *market = &work->markets[position->market];
    double edge;
    if (position->lots < 0)
        edge = (double)market->winner_pnl_ppm * 1e-6 *
               profit_factor(work, position->account, slot) / mean[position->market];
    else
        edge = (double)market->loser_pnl_ppm * 1e-6 * loss_factor(work, position->account, slot);
    position->entry_ticks = price_of((double)bw_book_reference(work, position->market) * (1 + edge));
}

/* Profit of one position at the opening price, in minor units. */
static int64_t position_profit(const bw_book_work *work, const bw_book_position *position)
{
    return position->lots * (work->open_ticks[position->market] - position->entry_ticks) *
           work->markets[position->market].tick_value;
}

static int64_t account_profit(const bw_book_work *work, uint32_t account, double *gains)
{
    const bw_book_account *owner = &work->book->accounts[account];
    int64_t sum = 0;
    *gains = 0;
    for (uint32_t i = 0; i < owner->position_count; i++) {
        int64_t profit = position_profit(work, &work->book->positions[owner->position_first + i]);
        sum += profit;
        *gains += profit > 0 ? (double)profit : 0;
    }
    return sum;
}

/* Brings the gains down until profit is at most its share of equity. */
static void entries_move(const bw_book_work *work, uint32_t account, int64_t profit, double gains,
                         int64_t equity)
{
    const bw_book_account *owner = &work->book->accounts[account];
    double keep = 1 - ((double)profit - PROFIT_SHARE_MAX * (double)equity) / gains;
    keep = keep > 0 ? keep : 0;
    for (uint32_t i = 0; i < owner->position_count; i++) {
        bw_book_position *position = &work->book->positions[owner->position_first + i];
        int64_t open = work->open_ticks[position->market];
        if (position_profit(work, position) > 0)
            position->entry_ticks =
                open + (int64_t)((double)(position->entry_ticks - open) * keep);
    }
}

/* Equity as drawn, or what health asks: a little more than the buffer, differently for each. */
static int64_t account_equity(const bw_book_work *work, uint32_t account)
{
    bw_book *book = work->book;
    double usd = work->account_value[account] * book->stats.scale;
    if (work->side[account] == BW_BOOK_LONG)
        usd /= work->params->long_leverage;
    int64_t equity = (int64_t)(usd * MINOR_PER_USD);
    int64_t margin = bw_book_initial_margin(book, work->markets, account, work->open_ticks);
    double u = bw_random_real_of(bw_book_draw(work, account, BW_BOOK_DRAW_BUFFER).word[0]);
    double buffer = work->params->margin_buffer * (1 + 8 * u * u);
    int64_t least = margin + (int64_t)((double)margin * buffer) + 1;
    if (equity >= least)
        return equity;
    book->stats.raised_count++;
    return least;
}

/* Puts `counted` of the account's money into the collateral: down to whole units of it, and the balance two units up, so
   that whoever rounds the value down still finds the equity. */
static void collateral_hold(bw_book_work *work, bw_book_account *owner, double counted)
{
    bw_book_stats *stats = &work->book->stats;
    double value = work->params->collateral_value;
    owner->collateral = (int64_t)(counted / value);
    int64_t worth = (int64_t)((double)owner->collateral * value);
    if (owner->collateral == 0)
        return;
    owner->balance += 2 - worth;
    stats->holder_count++;
    stats->collateral += worth;
    stats->debt += owner->balance < 0 ? -owner->balance : 0;
}

static void account_collateral(bw_book_work *work, uint32_t account, int64_t equity)
{
    const bw_book_params *params = work->params;
    bw_book_account *owner = &work->book->accounts[account];
    bw_random_block draw = bw_book_draw(work, account, BW_BOOK_DRAW_COLLATERAL);
    owner->collateral = 0;
    if (bw_random_real_of(draw.word[0]) >= params->holder_share || owner->balance < HOLDER_LEAST)
        return;
    double multiple = params->holder_from +
                      bw_random_real_of(draw.word[1]) * (params->holder_to - params->holder_from);
    collateral_hold(work, owner, multiple * (double)equity);
}

/* A known account has what its line says. */
static void known_settle(bw_book_work *work, uint32_t account)
{
    bw_book_account *owner = &work->book->accounts[account];
    double gains;
    work->book->stats.equity += owner->balance;   /* its equity until here */
    owner->collateral = 0;
    owner->balance -= account_profit(work, account, &gains);
}

static void account_settle(bw_book_work *work, uint32_t account)
{
    bw_book *book = work->book;
    double gains;
    int64_t equity = account_equity(work, account);
    int64_t profit = account_profit(work, account, &gains);
    if ((double)profit > PROFIT_SHARE_MAX * (double)equity) {
        entries_move(work, account, profit, gains, equity);
        profit = account_profit(work, account, &gains);
        book->stats.moved_count++;
    }
    book->accounts[account].balance = equity - profit;
    account_collateral(work, account, equity);
    book->stats.equity += equity;
}

static void stats_sum(bw_book_work *work)
{
    bw_book *book = work->book;
    for (uint32_t i = 0; i < book->position_count; i++) {
        const bw_book_position *position = &book->positions[i];
        bw_book_market_stats *stats = &book->stats.market[position->market];
        const bw_market_facts *market = &work->markets[position->market];
        stats->entry_residual += position->lots * position->entry_ticks * market->tick_value;
        if (position->lots < 0)
            stats->short_pnl_percent +=
                100 * ((double)position->entry_ticks / (double)bw_book_reference(work, position->market) - 1);
    }
    for (uint32_t m = 0; m < work->market_count; m++) {
        bw_book_market_stats *stats = &book->stats.market[m];
        book->stats.notional += 2 * stats->open_interest;
        if (stats->short_count > 0)
            stats->short_pnl_percent /= stats->short_count;
    }
}

void bw_book_settle_entries(bw_book_work *work)
{
    bw_book *book = work->book;
    double mean[BW_MARKETS_MAX];
    factor_means(work, mean);
    for (uint32_t i = work->known_positions; i < book->position_count && !bw_book_stopped(work, i); i++) {
        bw_book_position *position = &book->positions[i];
        uint32_t slot = i - book->accounts[position->account].position_first;
        entry_set(work, position, slot, mean);
    }
    for (uint32_t a = 0; a < work->params->account_count && !bw_book_stopped(work, a); a++)
        (a < book->known_count ? known_settle : account_settle)(work, a);
    stats_sum(work);
}
