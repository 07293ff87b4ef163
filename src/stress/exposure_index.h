/* exposure_index.h - who is liquidated by prices alone, for all traders with one position at once.

       liquidation prices ── sorted, a list per market and side ──> index
       lowest and highest mark of each market on a path ── binary search per list ──> +1 at a rank     (every path)
       ── summed once ──> hits of every such trader

   First order  Prices move the marks and nothing else does: no impact of liquidations, no ADL, no haircut, no fees of others. So
                it is not the chance of being liquidated here, but what of it the price model alone decides; on a book whose
                marks do not move and where nobody is charged it is the same number
   Shapes    traders with exactly one position and no collateral; 16 bytes an account and 8 a list, and the caller's counts: a
             number for each account
   Units     ticks
   Errors    none
   Work      a path: O(markets x log positions); the sums: O(accounts)
   Source    docs/exposure.md */
#ifndef BW_STRESS_EXPOSURE_INDEX_H
#define BW_STRESS_EXPOSURE_INDEX_H

#include "stress/exposure_book.h"

typedef struct bw_exposure_index {
    const bw_exposure_book *book;
    uint32_t *first;                 /* of list 2 x market + is_short, and one more: where it begins in `sorted` */
    int64_t *sorted;                 /* liquidation prices, rising within a list */
    int64_t *price;                  /* by account number; BW_EXPOSURE_NOT_SINGLE */
} bw_exposure_index;

#define BW_EXPOSURE_NOT_SINGLE (-1)

size_t bw_exposure_index_footprint(const bw_exposure_book *book);
/* In zeroed memory at a 64-byte boundary. */
bw_exposure_index *bw_exposure_index_new(void *memory, const bw_exposure_book *book, const bw_venue *venue);
/* Traders in it. */
uint32_t bw_exposure_index_count(const bw_exposure_index *index);

/* One path: lowest and highest mark by market number, 1 and above. Other processes may add at the same time. */
void bw_exposure_index_add(const bw_exposure_index *index, const int64_t *low, const int64_t *high, uint64_t *counts);
/* Once, after all paths: makes hits of counts. */
void bw_exposure_index_sum(const bw_exposure_index *index, uint64_t *counts);
/* Paths on which the account was liquidated at first order; false: it has not exactly one position. */
bool bw_exposure_index_hits(const bw_exposure_index *index, uint32_t account_number, const uint64_t *hits, uint64_t *result);

#endif
