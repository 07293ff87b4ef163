/* exposure.h - what simulated paths did to every trader: one record of integers for each account.

       venue ── bw_exposure_book ──> who stands, owners, opening marks        (once; read by every process)
       path  ── watch: see, see ... end ──> the path's touched accounts ──┬── bw_exposure_add ──> records, shared
                                                                          └── bw_exposure_path of one account that is shown

   Charge    of a path, in three parts, none below 0, and their sum:
             haircut      what CHARGED events of the layer haircut took
             adl cost     closed by ADL: (value of the lots as closed - their value at the mark then) + charges of the layer
                          deleveraged
             liquidation  force-closed: (value as closed - value at the mark then) + fees, penalties, surplus that was repaid
                          to earlier payers, - the gap that others bore. The discount on collateral that a desk takes is in
                          none of them
   Closed    lots closed by ADL (or force-closed) at the opening mark, of the account's notional at the opening marks
   Delta     what ADL left unhedged: over commands, max(0, rise of the owner's net risk), by owner and underlying as in
             metrics/hedge.c; of an owner with several accounts that one command closed, it is the first's
   Move      of the market of the event that first reached the account on the path (the account's largest market, where it
             was the pool's), from its opening mark to its mark then
   Lost      by what was taken, against a counterfactual that is named: `hold`, ADL had not closed, and the position was
             marked at the end of the path; `reopen`, what ADL closed is opened again at the next mark plus half a spread.
             Plus haircuts, charges and the cost of liquidations as above (whose counterfactual is the mark: a position
             without margin cannot be held). May be below 0: being closed saved money
   Shapes    pool 0. 128 bytes an account, and 64 of histogram. Records are sums, largest and least values: whatever
             process adds which path, and in whatever order, the result is the same
   Units     minor units of the pool's asset; ppm; moves in 1/10,000
   Rounding  shares and moves down, the squares' unit up
   Source    docs/exposure.md */
#ifndef BW_STRESS_EXPOSURE_H
#define BW_STRESS_EXPOSURE_H

#include "base/assert.h"
#include "base/types.h"

enum bw_exposure_flag {
    BW_EXPOSURE_LIQUIDATED = 1,      /* force-closed in part or whole, or collateral was converted */
    BW_EXPOSURE_ADL = 2,             /* deleveraged */
    BW_EXPOSURE_CUT = 4,             /* charged by a haircut */
    BW_EXPOSURE_BANKRUPT = 8,        /* zeroed at a gap */
    BW_EXPOSURE_SHORT_OF_ROOM = 16   /* the path had more closes than there is room for: figures may be too low */
};

enum bw_exposure_counterfactual { BW_EXPOSURE_HOLD, BW_EXPOSURE_REOPEN, BW_EXPOSURE_COUNTERFACTUALS };

#define BW_EXPOSURE_NO_MOVE UINT32_MAX

/* What one path did to one account. */
typedef struct bw_exposure_path {
    int64_t haircut, adl_cost, liquidation;
    int64_t lost[BW_EXPOSURE_COUNTERFACTUALS];
    int64_t delta_left;
    int64_t adl_notional;            /* closed by ADL, as the trades were */
    uint32_t closed_ppm, forced_ppm; /* by ADL, by liquidation; at most 1,000,000 each */
    uint32_t move;                   /* 2 x |move| in bp, + 1 if upward; BW_EXPOSURE_NO_MOVE: nothing reached him */
    uint32_t flags;                  /* bw_exposure_flag; 0: not touched, and all else is 0 */
} bw_exposure_path;
BW_STATIC_ASSERT(sizeof(bw_exposure_path) == 72, "no padding: it is shared between processes, and compared");

static inline int64_t bw_exposure_charge(const bw_exposure_path *path)
{
    return path->haircut + path->adl_cost + path->liquidation;
}

/* Of all paths. Zeros (and `move` 0: none yet) are the record of an account that nothing reached. */
typedef struct bw_exposure_record {
    uint32_t liquidated, adl, cut, bankrupt, touched, charged;   /* paths; touched: any of the first three; charged: > 0 */
    uint32_t move;                   /* the nearest of all paths, + 2, as in bw_exposure_path; 0: none */
    uint32_t delta_paths;            /* with something left unhedged */
    int64_t haircut, adl_cost, liquidation;
    int64_t lost[BW_EXPOSURE_COUNTERFACTUALS];
    int64_t delta_left;
    uint64_t closed_ppm, forced_ppm;
    int64_t charge_max;
    uint64_t squares_low, squares_high;   /* 128 bits: of the charges in units of 1e-6 of the account's scale, up */
    int64_t adl_notional;
} bw_exposure_record;
BW_STATIC_ASSERT(sizeof(bw_exposure_record) == 128, "two cache lines");

/* Paths by charge over the account's scale s (its opening equity, at least one unit): bin b holds s 2^(b-12) <= charge <
   s 2^(b-11); the first also what is smaller, the last what is larger. Paths without a charge are in none. */
enum { BW_EXPOSURE_BINS = 16, BW_EXPOSURE_BIN_OF_SCALE = 12 };
typedef struct bw_exposure_bins {
    uint32_t paths[BW_EXPOSURE_BINS];
} bw_exposure_bins;

uint32_t bw_exposure_bin(int64_t charge, int64_t scale);
/* The least charge of a bin, and the least that is above it (of the last bin: INT64_MAX). */
int64_t bw_exposure_bin_low(uint32_t bin, int64_t scale);
int64_t bw_exposure_bin_high(uint32_t bin, int64_t scale);

/* Adds a path to records that other processes add to at the same time. Nothing for an untouched one. */
void bw_exposure_add(bw_exposure_record *record, bw_exposure_bins *bins, const bw_exposure_path *path, int64_t scale);
/* Adds the paths of one record to another, as when shards are joined. */
void bw_exposure_merge(bw_exposure_record *record, bw_exposure_bins *bins, const bw_exposure_record *other,
                       const bw_exposure_bins *other_bins);

#endif
