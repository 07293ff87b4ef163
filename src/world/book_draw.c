/* book_draw.c - what is drawn for each account of a book: notional, account value, leverage, how much it has won. */
#include "world/book_work.h"

#include <math.h>
#include <string.h>

#include "world/quantile.h"
#include "world/real.h"

/* Stable radix sort by the upper 32 bits; the lower ones carry the account. */
static void keys_sort(uint64_t *key, uint64_t *spare, uint32_t count)
{
    for (uint32_t shift = 32; shift < 64; shift += 8) {
        uint32_t first[256] = {0}, sum = 0;
        for (uint32_t i = 0; i < count; i++)
            first[key[i] >> shift & 255]++;
        for (uint32_t digit = 0; digit < 256; digit++) {
            uint32_t here = first[digit];
            first[digit] = sum;
            sum += here;
        }
        for (uint32_t i = 0; i < count; i++)
            spare[first[key[i] >> shift & 255]++] = key[i];
        uint64_t *other = key;
        key = spare;
        spare = other;
    } /* four passes: the result is back where it was */
}

/* 32 bits that rise as x does. */
static uint64_t key_of(double x)
{
    float narrow = (float)x;
    uint32_t bits;
    memcpy(&bits, &narrow, sizeof bits);
    return bits >> 31 ? ~bits : bits | 0x80000000u;
}

static double rank_share(uint32_t rank, uint32_t count)
{
    return ((double)rank + .5) / count;
}

/* Notional by rank of the first number; leaves its score in account_value for the next step. */
static void draw_notional(bw_book_work *work)
{
    uint32_t count = work->params->account_count;
    for (uint32_t a = 0; a < count && !bw_book_stopped(work, a); a++)
        work->key[a] = (bw_book_draw(work, a, BW_BOOK_DRAW_SIZE).word[0] >> 32 << 32) | a;
    keys_sort(work->key, work->key + count, count);
    for (uint32_t rank = 0; rank < count && !bw_book_stopped(work, rank); rank++) {
        uint32_t account = (uint32_t)work->key[rank];
        double u = rank_share(rank, count);
        work->order[rank] = account;
        work->notional[account] = bw_quantile_at(&bw_measured_notional, u);
        work->account_value[account] = bw_normal_quantile(u);
    }
}

/* Account value by rank of a score that goes with notional. */
static void draw_account_value(bw_book_work *work)
{
    uint32_t count = work->params->account_count;
    double r = bw_normal_correlation(work->params->notional_account_rank);
    for (uint32_t a = 0; a < count && !bw_book_stopped(work, a); a++) {
        double own = bw_normal_quantile(
            bw_random_real_of(bw_book_draw(work, a, BW_BOOK_DRAW_SIZE).word[1]));
        double score = r * work->account_value[a] + sqrt(1 - r * r) * own;
        work->key[a] = key_of(score) << 32 | a;
    }
    keys_sort(work->key, work->key + count, count);
    for (uint32_t rank = 0; rank < count && !bw_book_stopped(work, rank); rank++)
        work->account_value[(uint32_t)work->key[rank]] =
            bw_quantile_at(&bw_measured_account_value, rank_share(rank, count));
}

/* Moves account value toward what the measured leverage of the same rank would make it. */
static void draw_leverage(bw_book_work *work)
{
    uint32_t count = work->params->account_count;
    double weight = work->params->leverage_weight;
    for (uint32_t a = 0; a < count && !bw_book_stopped(work, a); a++)
        work->key[a] = key_of(work->notional[a] / work->account_value[a]) << 32 | a;
    keys_sort(work->key, work->key + count, count);
    for (uint32_t rank = 0; rank < count && !bw_book_stopped(work, rank); rank++) {
        uint32_t account = (uint32_t)work->key[rank];
        double leverage = bw_quantile_at(&bw_measured_leverage, rank_share(rank, count));
        double drawn = work->notional[account] / work->account_value[account];
        work->account_value[account] *= bw_real_power(drawn / leverage, weight);
    }
}

/* A score of profit against ln leverage; leverage is what the two draws above make it. */
static void draw_profit_score(bw_book_work *work)
{
    uint32_t count = work->params->account_count;
    double sum = 0, squares = 0, r = work->params->pnl_leverage_score;
    for (uint32_t a = 0; a < count && !bw_book_stopped(work, a); a++) {
        double leverage = bw_real_ln(work->notional[a] / work->account_value[a]);
        sum += leverage;
        squares += leverage * leverage;
    }
    double mean = sum / count, spread = sqrt(squares / count - mean * mean + 1e-12);
    for (uint32_t a = 0; a < count && !bw_book_stopped(work, a); a++) {
        bw_random_block draw = bw_book_draw(work, a, BW_BOOK_DRAW_PROFIT);
        double own = bw_normal_quantile(bw_random_real_of(draw.word[0]));
        double leverage = (bw_real_ln(work->notional[a] / work->account_value[a]) - mean) / spread;
        work->profit_score[a] = (float)(r * leverage + sqrt(1 - r * r) * own);
        work->side[a] = bw_random_real_of(draw.word[1]) < work->params->short_share;
    }
}

void bw_book_draw_accounts(bw_book_work *work)
{
    static void (*const STEPS[])(bw_book_work *) = {draw_notional, draw_account_value, draw_leverage, draw_profit_score};
    for (uint32_t i = 0; i < sizeof STEPS / sizeof *STEPS && !bw_book_stopped(work, 0); i++)
        STEPS[i](work);
}
