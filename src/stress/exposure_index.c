#include "stress/exposure_index.h"

#include "metrics/state.h"

static void *take(char *base, size_t *at, uint64_t count, size_t size)
{
    *at = (*at + 63) / 64 * 64;
    void *taken = base ? base + *at : NULL;
    *at += count * size;
    return taken;
}

static uint32_t list_count(const bw_exposure_book *book)
{
    return 2 * book->market_count;
}

static size_t layout(bw_exposure_index *to, char *base, const bw_exposure_book *book)
{
    size_t at = sizeof(bw_exposure_index);
    to->first = take(base, &at, list_count(book) + 1, sizeof *to->first);
    to->sorted = take(base, &at, book->account_count, sizeof *to->sorted);
    to->price = take(base, &at, book->account_count, sizeof *to->price);
    return (at + 63) / 64 * 64;
}

size_t bw_exposure_index_footprint(const bw_exposure_book *book)
{
    bw_exposure_index measured;
    return layout(&measured, NULL, book);
}

static uint32_t list_of(const bw_exposure_standing *standing)
{
    return 2u * standing->market + standing->is_short;
}

/* Where the account is liquidated; a position that never is: below or above all prices. */
static int64_t price_of(const bw_exposure_standing *standing, const bw_venue *venue, uint64_t id)
{
    bw_account_view account;
    bw_position_view position;
    if (!standing->is_trader || standing->market == BW_NONE16 || !bw_account_get(venue, id, &account) ||
        account.position_count != 1 || account.collateral_value != 0 || !bw_position_get(venue, id, standing->market, &position))
        return BW_EXPOSURE_NOT_SINGLE;
    return position.trigger == 0 && standing->is_short ? INT64_MAX : position.trigger;
}

bw_exposure_index *bw_exposure_index_new(void *memory, const bw_exposure_book *book, const bw_venue *venue)
{
    bw_exposure_index *index = memory;
    BW_ASSERT((uintptr_t)memory % 64 == 0);
    *index = (bw_exposure_index){.book = book};
    layout(index, memory, book);
    for (uint32_t i = 0; i < book->account_count; i++) {
        index->price[i] = price_of(&book->standings[i], venue, bw_account_id(venue, i));
        if (index->price[i] != BW_EXPOSURE_NOT_SINGLE)
            index->first[list_of(&book->standings[i]) + 1]++;
    }
    for (uint32_t l = 0; l < list_count(book); l++)
        index->first[l + 1] += index->first[l];
    for (uint32_t i = book->account_count; i-- > 0;)       /* from behind: first[l + 1] walks down to where list l begins */
        if (index->price[i] != BW_EXPOSURE_NOT_SINGLE)
            index->sorted[--index->first[list_of(&book->standings[i]) + 1]] = index->price[i];
    uint32_t all = bw_exposure_index_count(index);
    for (uint32_t l = 0; l < list_count(book); l++)        /* ... so the beginnings stand one place too far */
        index->first[l] = index->first[l + 1];
    index->first[list_count(book)] = all;
    for (uint32_t l = 0; l < list_count(book); l++)
        bw_metrics_sort(index->sorted + index->first[l], index->first[l + 1] - index->first[l]);
    return index;
}

uint32_t bw_exposure_index_count(const bw_exposure_index *index)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < index->book->account_count; i++)
        count += index->price[i] != BW_EXPOSURE_NOT_SINGLE;
    return count;
}

/* The first of a list that is at least `price`; the list's end: none is. */
static uint32_t at_least(const bw_exposure_index *index, uint32_t list, int64_t price)
{
    uint32_t low = index->first[list], high = index->first[list + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (index->sorted[middle] >= price)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* Longs from the lowest mark upward are liquidated: +1 at the first of them. Shorts up to the highest: +1 at the last. */
void bw_exposure_index_add(const bw_exposure_index *index, const int64_t *low, const int64_t *high, uint64_t *counts)
{
    for (uint32_t m = 0; m < index->book->market_count; m++) {
        uint32_t longs = at_least(index, 2 * m, low[m]), shorts = at_least(index, 2 * m + 1, high[m] + 1);
        if (longs < index->first[2 * m + 1])
            __atomic_fetch_add(&counts[longs], 1, __ATOMIC_RELAXED);
        if (shorts > index->first[2 * m + 1])
            __atomic_fetch_add(&counts[shorts - 1], 1, __ATOMIC_RELAXED);
    }
}

void bw_exposure_index_sum(const bw_exposure_index *index, uint64_t *counts)
{
    for (uint32_t m = 0; m < index->book->market_count; m++) {
        for (uint32_t i = index->first[2 * m] + 1; i < index->first[2 * m + 1]; i++)
            counts[i] += counts[i - 1];
        for (uint32_t i = index->first[2 * m + 2]; i-- > index->first[2 * m + 1] + 1;)
            counts[i - 1] += counts[i];
    }
}

bool bw_exposure_index_hits(const bw_exposure_index *index, uint32_t account_number, const uint64_t *hits, uint64_t *result)
{
    int64_t price = index->price[account_number];
    if (price == BW_EXPOSURE_NOT_SINGLE)
        return false;
    *result = hits[at_least(index, list_of(&index->book->standings[account_number]), price)];
    return true;
}
