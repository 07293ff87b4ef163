#include "stress/exposure_book.h"

#include "metrics/state.h"

static void *take(char *base, size_t *at, uint64_t count, size_t size)
{
    *at = (*at + 63) / 64 * 64;
    void *taken = base ? base + *at : NULL;
    *at += count * size;
    return taken;
}

static size_t layout(bw_exposure_book *to, char *base, const bw_venue_view *view)
{
    size_t at = sizeof(bw_exposure_book);
    to->slots = take(base, &at, 1, bw_table_footprint(view->accounts));
    to->standings = take(base, &at, view->accounts, sizeof *to->standings);
    to->markets = take(base, &at, view->markets, sizeof *to->markets);
    to->peers = take(base, &at, view->markets, sizeof *to->peers);
    return (at + 63) / 64 * 64;
}

size_t bw_exposure_book_footprint(const bw_venue *venue)
{
    bw_exposure_book measured;
    bw_venue_view view;
    bw_venue_get(venue, &view);
    bool fits = view.accounts > 0 && view.accounts <= BW_TABLE_COUNT_MAX && view.markets > 0;
    return fits ? layout(&measured, NULL, &view) : 0;
}

/* ---------------------------------------------------------------------------------------------------------- markets */

/* Markets without an underlying of their own name hedge only themselves. */
static uint64_t underlying_of(const bw_exposure_book *book, uint16_t market)
{
    uint64_t underlying = book->markets[market].underlying;
    return underlying ? underlying : UINT64_MAX - market;
}

static void look_at_markets(bw_exposure_book *book, const bw_venue *venue)
{
    for (uint16_t m = 0; m < book->market_count; m++)
        bw_market_get(venue, m, &book->markets[m]);
    for (uint16_t m = 0; m < book->market_count; m++) {
        uint16_t peer = (uint16_t)((m + 1u) % book->market_count);
        while (underlying_of(book, peer) != underlying_of(book, m))
            peer = (uint16_t)((peer + 1u) % book->market_count);
        book->peers[m] = peer;
    }
}

/* --------------------------------------------------------------------------------------------------------- accounts */

static void look_at_positions(const bw_exposure_book *book, const bw_venue *venue, const bw_account_view *account,
                              bw_exposure_standing *standing)
{
    int64_t largest = 0;
    uint32_t left = account->position_count;
    for (uint16_t m = 0; m < book->market_count && left > 0; m++) {
        bw_position_view position;
        if (!bw_position_get(venue, account->id, m, &position))
            continue;
        left--;
        int64_t value = book->markets[m].mark > 0 ? bw_metrics_value(&book->markets[m], position.size, book->markets[m].mark) : 0;
        bw_metrics_sum(&standing->notional, bw_metrics_abs(value));
        if (bw_metrics_abs(value) <= largest)
            continue;
        largest = bw_metrics_abs(value);
        standing->market = m;
        standing->is_short = position.size < 0;
    }
}

static void look_at_account(bw_exposure_book *book, const bw_venue *venue, uint32_t number)
{
    bw_exposure_standing *standing = &book->standings[number];
    bw_account_view account;
    *standing = (bw_exposure_standing){.market = BW_NONE16, .next_of_owner = number};
    uint64_t id = bw_account_id(venue, number);
    if (!bw_account_get(venue, id, &account) || account.pool != 0 || (account.flags & BW_FLAG_CLOSED))
        return;
    standing->equity = account.equity;
    standing->is_trader = account.desk == BW_NONE16;
    look_at_positions(book, venue, &account, standing);
}

/* The table is free of ids yet: it serves for the owners first. */
static void look_at_owners(bw_exposure_book *book, const bw_venue *venue)
{
    bw_account_view account;
    bw_table_new(&book->table, book->slots, book->account_count);
    for (uint32_t number = 0, first; number < book->account_count; number++) {
        if (!bw_account_get(venue, bw_account_id(venue, number), &account) || account.owner == 0 ||
            bw_table_insert(&book->table, book->slots, account.owner, number))
            continue;
        bw_table_find(&book->table, book->slots, account.owner, &first);
        book->standings[number].next_of_owner = book->standings[first].next_of_owner;
        book->standings[first].next_of_owner = number;
    }
}

bw_exposure_book *bw_exposure_book_new(void *memory, const bw_venue *venue)
{
    bw_exposure_book *book = memory;
    bw_venue_view view;
    bw_venue_get(venue, &view);
    BW_ASSERT(bw_exposure_book_footprint(venue) > 0 && (uintptr_t)memory % 64 == 0);
    *book = (bw_exposure_book){.account_count = view.accounts, .market_count = view.markets};
    layout(book, memory, &view);
    look_at_markets(book, venue);
    for (uint32_t number = 0; number < view.accounts; number++)
        look_at_account(book, venue, number);
    look_at_owners(book, venue);
    bw_table_new(&book->table, book->slots, view.accounts);
    for (uint32_t number = 0; number < view.accounts; number++)
        bw_table_insert(&book->table, book->slots, bw_account_id(venue, number), number);
    return book;
}
