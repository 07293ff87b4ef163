/* exposure_state.h - what the files of the watch share: the sums of one path, by account and by position. */
#ifndef BW_STRESS_EXPOSURE_STATE_H
#define BW_STRESS_EXPOSURE_STATE_H

#include "stress/exposure_watch.h"

/* One account on this path. Sums that may be below 0: `slip` of ADL against the mark, `forced` of liquidations. */
typedef struct bw_exposure_touch {
    int64_t haircut, deleveraged, slip, forced, reopened, delta_left, adl_notional;
    uint32_t number, close_first;    /* account; its closes, plus one */
    uint32_t flags, move;
} bw_exposure_touch;

/* Closes of one account in one market. */
typedef struct bw_exposure_close {
    int64_t adl_lots, adl_value;     /* as the legs changed the position */
    int64_t forced_lots;             /* without sign */
    int64_t waiting_lots, waiting_value;   /* closed by ADL, reopened at the next mark */
    int64_t cut_lots;                /* by ADL in the command under way */
    uint32_t touch, next;            /* next: of the account, plus one */
    uint32_t waiting_next;           /* of the market, plus one */
    uint16_t market, reserved;
    uint64_t spare;
} bw_exposure_close;
BW_STATIC_ASSERT(sizeof(bw_exposure_close) == 72, "as the header says");

struct bw_exposure_watch {
    const bw_exposure_book *book;
    uint32_t close_max, close_count, touch_count, cut_count;
    int64_t half_spread_ppb;
    uint32_t *touch_of;              /* by account number, plus one; 0: not touched */
    bw_exposure_touch *touches;
    bw_exposure_close *closes;
    uint32_t *cuts;                  /* closes with cut_lots */
    bw_market_view *markets;         /* as the book's, at the present marks */
    uint32_t *waiting;               /* by market: the first close that waits for its next mark, plus one */
    bool short_of_room;
};

static inline bw_exposure_close *bw_exposure_close_at(const bw_exposure_watch *watch, uint32_t plus_one)
{
    return plus_one ? &watch->closes[plus_one - 1] : NULL;
}

/* exposure_delta.c: no round is open: what the cuts since the last call did to net risks. */
void bw_exposure_delta(bw_exposure_watch *watch, const bw_venue *venue);

#endif
