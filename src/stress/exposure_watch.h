/* exposure_watch.h - one process's eye on one path: the venue's events in, what happened to each account out.

       begin ──> see ... see ──> end ──> bw_exposure_add to the records of all who were touched
         ↑                        │  └── bw_exposure_watch_get: one account's part
         └────── the next path ───┘

   Shapes    a path may touch every account, and close `closes` positions in all; beyond that the path's accounts are flagged
             short of room. Begin and end cost what the path touched. Memory from the caller at a 64-byte boundary, zeroed
             pages that need not be touched: 64 bytes an account and 72 a close
   Units     of exposure.h; `half_spread_ppb`: of the next mark, for the counterfactual `reopen`
   Errors    footprint 0: a limit is 0 or too large
   Order     the same events give the same figures, however the venue sliced its work */
#ifndef BW_STRESS_EXPOSURE_WATCH_H
#define BW_STRESS_EXPOSURE_WATCH_H

#include "stress/exposure.h"
#include "stress/exposure_book.h"

typedef struct bw_exposure_watch bw_exposure_watch;

size_t bw_exposure_watch_footprint(const bw_exposure_book *book, uint32_t closes);
bw_exposure_watch *bw_exposure_watch_new(void *memory, const bw_exposure_book *book, uint32_t closes, int64_t half_spread_ppb);

void bw_exposure_watch_begin(bw_exposure_watch *watch);
/* After every bw_step, `work` too: all events of the call, and the venue as the call left it. */
void bw_exposure_watch_see(bw_exposure_watch *watch, const bw_venue *venue, const bw_event *events, uint32_t count);
/* The path is over: counterfactuals are valued at the last marks. Records and bins by account number; NULL: nothing is added. */
void bw_exposure_watch_end(bw_exposure_watch *watch, bw_exposure_record *records, bw_exposure_bins *bins);

/* After `end`: the account's part of the path; zeros if it was not touched. */
bw_exposure_path bw_exposure_watch_get(const bw_exposure_watch *watch, uint32_t account_number);
/* After `end`: accounts of this path that were touched, and the account number of the index-th. */
uint32_t bw_exposure_watch_touched(const bw_exposure_watch *watch);
uint32_t bw_exposure_watch_number(const bw_exposure_watch *watch, uint32_t index);

#endif
