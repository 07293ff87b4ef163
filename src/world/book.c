#include "world/book.h"

#include <string.h>

#include "world/book_work.h"

#define POSITIONS_PER_ACCOUNT 3u /* room; the mean is 1.75 */

bw_book_params bw_book_params_default(void)
{
    return (bw_book_params){.seed = 1,
                            .account_count = 100000,
                            .notional_account_rank = .71,
                            .leverage_weight = .4,
                            .pnl_leverage_score = -.93,
                            .pnl_market_score = .9,
                            .pnl_spread = .52,
                            .loss_spread = .4,
                            .long_leverage = 1,
                            .open_interest_multiple = 1,
                            .short_share = .5,
                            .hedge_share = .15,
                            .large_notional = 20000,
                            .position_share_max = .25,
                            .margin_buffer = .05,
                            .owner_share = .02,
                            .desk_balance = {40000000000000, 20000000000000}};
}

static bool in(double x, double low, double high)
{
    return x >= low && x <= high; /* false for not-a-number */
}

static bool params_fit(const bw_book_params *p)
{
    for (uint32_t i = 0; i < BW_BOOK_DESKS; i++)
        if (p->desk_balance[i] < 0)
            return false;
    return p->account_count >= 4 && p->account_count <= BW_BOOK_ACCOUNTS_MAX &&
           in(p->notional_account_rank, -1, 1) && in(p->leverage_weight, 0, 1) && in(p->pnl_leverage_score, -1, 1) &&
           in(p->pnl_market_score, -1, 1) && in(p->pnl_spread, 0, 3) && in(p->loss_spread, 0, 3) &&
           in(p->long_leverage, .01, 100) && in(p->open_interest_multiple, 1e-4, 100) &&
           in(p->short_share, 0, 1) && in(p->hedge_share, 0, 1) && in(p->large_notional, 0, 1e15) &&
           in(p->position_share_max, 0, 1) && in(p->margin_buffer, 0, 10) && in(p->owner_share, 0, 1) &&
           in(p->holder_share, 0, 1) && in(p->holder_from, 0, 100) && in(p->holder_to, p->holder_from, 100) &&
           (p->holder_share == 0 || in(p->collateral_value, 1e-9, 1e9));
}

/* Every amount below stays far under 2^62: prices under 2^40 ticks, one side under 4e17 minor units
   (4e11 USD). */
static bool markets_fit(const bw_market_facts *markets, uint32_t market_count,
                        const int64_t *open_ticks, double multiple)
{
    double users = 0;
    if (market_count == 0 || market_count > BW_MARKETS_MAX)
        return false;
    for (uint32_t m = 0; m < market_count; m++) {
        double side = (double)markets[m].open_interest * multiple;
        double lot = (double)open_ticks[m] * (double)markets[m].tick_value;
        if (open_ticks[m] < 1 || open_ticks[m] > BW_PRICE_TICKS_MAX || markets[m].tick_value < 1 ||
            markets[m].bracket_count == 0 || markets[m].adl_price_ticks < 0 || !(side >= lot) ||
            !(side <= 4e17) || lot > 1e15 ||
            markets[m].adl_price_ticks > 1000 * open_ticks[m])
            return false;
        users += (double)markets[m].users;
    }
    return users > 0;
}

typedef struct {
    uint8_t *base;
    size_t used;
} room;

static void *room_take(room *from, size_t count, size_t size)
{
    void *at = from->base ? from->base + from->used : NULL;
    from->used += (count * size + 7) & ~(size_t)7;
    return at;
}

/* The same walk with base NULL measures; what is kept comes first. */
static size_t rooms_lay(uint8_t *base, uint32_t account_count, bw_book_work *work)
{
    room from = {base, 0};
    size_t n = account_count, positions = n * POSITIONS_PER_ACCOUNT;
    work->position_max = (uint32_t)positions;
    work->book = room_take(&from, 1, sizeof(bw_book));
    bw_book_account *accounts = room_take(&from, n + BW_BOOK_DESKS, sizeof *accounts);
    bw_book_position *held = room_take(&from, positions, sizeof *held);
    if (base != NULL) {
        work->book->accounts = accounts;
        work->book->positions = held;
    }
    work->notional = room_take(&from, n, sizeof(double));
    work->account_value = room_take(&from, n, sizeof(double));
    work->wanted = room_take(&from, positions, sizeof(double));
    work->key = room_take(&from, 2 * n, sizeof(uint64_t));
    work->profit_score = room_take(&from, n, sizeof(float));
    work->order = room_take(&from, n, sizeof(uint32_t));
    work->side = room_take(&from, n, sizeof(uint8_t));
    return from.used;
}

size_t bw_book_footprint(uint32_t account_count)
{
    bw_book_work work;
    if (account_count < 4 || account_count > BW_BOOK_ACCOUNTS_MAX)
        return 0;
    return rooms_lay(NULL, account_count, &work);
}

size_t bw_book_kept(const bw_book *book)
{
    return (size_t)((const uint8_t *)(book->positions + book->position_count) -
                    (const uint8_t *)book);
}

static void stats_begin(bw_book_work *work)
{
    bw_book_stats *stats = &work->book->stats;
    stats->market_count = work->market_count;
    for (uint32_t m = 0; m < work->market_count; m++) {
        stats->market[m].open_ticks = work->open_ticks[m];
        stats->market[m].open_interest_target =
            (int64_t)((double)work->markets[m].open_interest * work->params->open_interest_multiple);
    }
}

/* Ids of persons: most accounts stand alone, some belong to the one before. */
static void owners_set(bw_book_work *work)
{
    bw_book_account *accounts = work->book->accounts;
    uint32_t count = work->params->account_count, known = work->book->known_count;
    for (uint32_t a = known; a < count; a++) {
        double u = bw_random_real_of(bw_book_draw(work, a, BW_BOOK_DRAW_BUFFER).word[1]);
        bool joined = a > known && u < work->params->owner_share;
        accounts[a].owner = joined ? accounts[a - 1].owner : a + 1;
    }
    for (uint32_t desk = 0; desk < BW_BOOK_DESKS; desk++)
        accounts[count + desk] = (bw_book_account){.balance = work->params->desk_balance[desk],
                                                   .owner = (uint64_t)count + desk + 1,
                                                   .position_first = work->book->position_count};
    work->book->account_count = count + BW_BOOK_DESKS;
}

/* Drops the positions that lost their market's other side. */
static void positions_close_up(bw_book *book, uint32_t user_count)
{
    uint32_t next = 0;
    for (uint32_t a = 0; a < user_count; a++) {
        bw_book_account *account = &book->accounts[a];
        uint32_t first = account->position_first, count = account->position_count;
        account->position_first = next;
        for (uint32_t i = first; i < first + count; i++)
            if (book->positions[i].lots != 0)
                book->positions[next++] = book->positions[i];
        account->position_count = next - account->position_first;
    }
    book->position_count = next;
}

bw_book_status bw_book_new(void *memory, size_t memory_size, const bw_book_params *params,
                           const bw_market_facts *markets, uint32_t market_count,
                           const int64_t *open_ticks, bw_book **book)
{
    *book = NULL;
    if (!params_fit(params))
        return BW_BOOK_PARAMS;
    if (!markets_fit(markets, market_count, open_ticks, params->open_interest_multiple))
        return BW_BOOK_MARKETS;
    uint32_t known_count = bw_book_known_count(params->known, params->known_count);
    if (params->known_count > BW_BOOK_KNOWN_MAX || known_count + 4 > params->account_count ||
        params->known_count + params->account_count - known_count > POSITIONS_PER_ACCOUNT * params->account_count)
        return BW_BOOK_KNOWN;
    if (memory_size < bw_book_footprint(params->account_count) || (uintptr_t)memory % 8 != 0)
        return BW_BOOK_MEMORY;
    bw_book_work work = {.params = params,
                         .markets = markets,
                         .open_ticks = open_ticks,
                         .market_count = market_count};
    rooms_lay(memory, params->account_count, &work);
    memset(&work.book->stats, 0, sizeof work.book->stats);
    work.book->collateral_value = params->holder_share > 0 ? params->collateral_value : 0;
    stats_begin(&work);
    bw_book_place_known(&work);
    bw_book_draw_accounts(&work);
    if (!bw_book_stopped(&work, 0))
        bw_book_match_markets(&work);
    if (bw_book_stopped(&work, 0))
        return BW_BOOK_STOPPED;   /* what was broken off is not gone on with */
    if (!bw_book_match_lots(&work))
        return BW_BOOK_KNOWN;
    positions_close_up(work.book, params->account_count);
    if (!bw_book_stopped(&work, 0))
        bw_book_settle_entries(&work);
    if (bw_book_stopped(&work, 0))
        return BW_BOOK_STOPPED;
    owners_set(&work);
    *book = work.book;
    return BW_BOOK_OK;
}

/* ---- queries ---- */

static int64_t position_notional(const bw_book_position *position, const bw_market_facts *markets,
                                 const int64_t *ticks)
{
    return bw_market_notional(&markets[position->market], position->lots, ticks[position->market]);
}

int64_t bw_book_equity(const bw_book *book, const bw_market_facts *markets, uint32_t account,
                       const int64_t *ticks)
{
    const bw_book_account *owner = &book->accounts[account];
    int64_t equity = owner->balance + (int64_t)((double)owner->collateral * book->collateral_value);
    for (uint32_t i = 0; i < owner->position_count; i++) {
        const bw_book_position *position = &book->positions[owner->position_first + i];
        equity += position->lots * (ticks[position->market] - position->entry_ticks) *
                  markets[position->market].tick_value;
    }
    return equity;
}

int64_t bw_book_initial_margin(const bw_book *book, const bw_market_facts *markets,
                               uint32_t account, const int64_t *ticks)
{
    const bw_book_account *owner = &book->accounts[account];
    int64_t sum = 0;
    for (uint32_t i = 0; i < owner->position_count; i++) {
        const bw_book_position *position = &book->positions[owner->position_first + i];
        sum += bw_market_initial_margin(&markets[position->market],
                                        position_notional(position, markets, ticks));
    }
    return sum;
}

int64_t bw_book_maintenance_margin(const bw_book *book, const bw_market_facts *markets,
                                   uint32_t account, const int64_t *ticks)
{
    const bw_book_account *owner = &book->accounts[account];
    int64_t sum = 0;
    for (uint32_t i = 0; i < owner->position_count; i++) {
        const bw_book_position *position = &book->positions[owner->position_first + i];
        sum += bw_market_maintenance_margin(&markets[position->market],
                                            position_notional(position, markets, ticks));
    }
    return sum;
}

int64_t bw_book_notional(const bw_book *book, const bw_market_facts *markets, uint32_t account,
                         const int64_t *ticks)
{
    const bw_book_account *owner = &book->accounts[account];
    int64_t sum = 0;
    for (uint32_t i = 0; i < owner->position_count; i++)
        sum += position_notional(&book->positions[owner->position_first + i], markets, ticks);
    return sum;
}
