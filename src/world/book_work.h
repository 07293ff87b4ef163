/* book_work.h - the steps of book.c and the room they share; not for other files.

       book_known.c   bw_book_place_known       the known accounts' positions, as given
       book_draw.c    bw_book_draw_accounts     notional, account value, profit score per account
       book_match.c   bw_book_match_markets     positions: market and side, USD wanted
                      bw_book_match_lots        USD -> lots, longs = shorts
       book_equity.c  bw_book_settle_entries    entry prices; balance; health
       book.c         memory, parameters, order of the steps, queries */
#ifndef BW_WORLD_BOOK_WORK_H
#define BW_WORLD_BOOK_WORK_H

#include "base/random_real.h"
#include "world/book.h"

/* What a random number is for; position slots follow at BW_BOOK_DRAW_SLOT. */
enum {
    BW_BOOK_DRAW_SIZE,
    BW_BOOK_DRAW_PROFIT,
    BW_BOOK_DRAW_SHAPE,
    BW_BOOK_DRAW_BUFFER,
    BW_BOOK_DRAW_COLLATERAL,
    BW_BOOK_DRAW_SLOT = 16
};
enum {
    BW_BOOK_SLOT_MARKET,
    BW_BOOK_SLOT_RETRY,
    BW_BOOK_SLOT_SIDE,
    BW_BOOK_SLOT_ENTRY,
    BW_BOOK_SLOT_DRAWS
};

enum { BW_BOOK_LONG, BW_BOOK_SHORT };

typedef struct {
    const bw_book_params *params;
    const bw_market_facts *markets;
    const int64_t *open_ticks;
    uint32_t market_count;
    bw_book *book;
    double *notional;      /* per account, USD, before scale */
    double *account_value; /* per account, USD, before scale */
    float *profit_score;   /* per account */
    uint8_t *side;         /* per account: BW_BOOK_LONG or BW_BOOK_SHORT */
    uint32_t *order;       /* accounts, smallest notional first */
    uint64_t *key;         /* two of account_count, for sorting */
    double *wanted;        /* per position, USD after scale */
    uint32_t position_max;
    uint32_t known_positions; /* of the known accounts: the first ones; nothing below is drawn for them */
} bw_book_work;

/* In a loop, with its number: looked at every 4,096th time. */
static inline bool bw_book_stopped(const bw_book_work *work, uint32_t number)
{
    return number % 4096u == 0 && work->params->stopped != NULL && work->params->stopped();
}

static inline bw_random_block bw_book_draw(const bw_book_work *work, uint32_t account,
                                           uint32_t purpose)
{
    return bw_random_block_at(work->params->seed, account, purpose);
}

static inline bw_random_block bw_book_draw_slot(const bw_book_work *work, uint32_t account,
                                                uint32_t slot, uint32_t purpose)
{
    return bw_book_draw(work, account,
                        BW_BOOK_DRAW_SLOT + slot * BW_BOOK_SLOT_DRAWS + purpose);
}

/* USD of one lot at the opening price. */
static inline double bw_book_lot_usd(const bw_book_work *work, uint32_t market)
{
    return (double)work->open_ticks[market] * (double)work->markets[market].tick_value * 1e-6;
}

/* What entries are a profit or a loss to: the average of the deleveraging fills, or the opening price. */
static inline int64_t bw_book_reference(const bw_book_work *work, uint32_t market)
{
    int64_t ticks = work->markets[market].adl_price_ticks;
    return ticks > 0 ? ticks : work->open_ticks[market];
}

/* Accounts in the lines. */
uint32_t bw_book_known_count(const bw_known_fact *known, uint32_t known_count);
void bw_book_place_known(bw_book_work *work);
void bw_book_draw_accounts(bw_book_work *work);
void bw_book_match_markets(bw_book_work *work);
/* False: a market with a known account lacks others on a side. */
bool bw_book_match_lots(bw_book_work *work);
void bw_book_settle_entries(bw_book_work *work);

#endif
