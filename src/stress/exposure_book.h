/* exposure_book.h - who stands before the paths begin: accounts by number, what they have, who owns them; opening marks.

       venue at the opening ── bw_exposure_book_new ──> book ──> read by the watch of every process, changed by none

   Shapes    account number: as the venue opened them, 0 .. account_count - 1. 56 bytes an account; memory from the caller,
             at a 64-byte boundary. An account that is closed or of another pool has equity and notional 0
   Units     minor units of pool 0's asset at the opening marks
   Errors    footprint 0: no account or no market
   Work      positions are asked of the venue market by market: O(accounts x markets) at worst
   Source    owners and underlyings as in metrics/hedge.c */
#ifndef BW_STRESS_EXPOSURE_BOOK_H
#define BW_STRESS_EXPOSURE_BOOK_H

#include "base/table.h"
#include "breakwater.h"

typedef struct bw_exposure_standing {
    int64_t equity, notional;        /* notional: sum over positions of |value| */
    uint16_t market;                 /* of the largest position; ties: the lower number; BW_NONE16: no position */
    uint8_t is_short;                /* that position */
    uint8_t is_trader;               /* stands in pool 0, and is no desk */
    uint32_t next_of_owner;          /* account number of the owner's next account, in a ring; its own: he has no other */
} bw_exposure_standing;

typedef struct bw_exposure_book {
    uint32_t account_count, market_count;
    bw_table table;                  /* id to account number */
    bw_table_slot *slots;
    bw_exposure_standing *standings;
    bw_market_view *markets;         /* at the opening */
    uint16_t *peers;                 /* the next market of the same underlying, in a ring */
} bw_exposure_book;

size_t bw_exposure_book_footprint(const bw_venue *venue);
/* In zeroed memory. */
bw_exposure_book *bw_exposure_book_new(void *memory, const bw_venue *venue);

/* False: there is no such account. */
static inline bool bw_exposure_find(const bw_exposure_book *book, uint64_t account, uint32_t *number)
{
    return bw_table_find(&book->table, book->slots, account, number);
}

/* The unit of an account's charges in histogram and squares: its equity, at least 1. */
static inline int64_t bw_exposure_scale(const bw_exposure_standing *standing)
{
    return standing->equity > 0 ? standing->equity : 1;
}

#endif
