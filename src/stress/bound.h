/* bound.h - a certified upper bound of a path's gap, from few of its prices.

       the book that stands ──bw_bound_new──> thresholds, sorted, with their sums ─┐
       new lows, new highs, largest step of every market on a path ────────────────┴─bw_bound_of──> gap at most U

   Use       where U is at most what the fund is certain to pay, nobody is charged on that path: it counts as an exact zero of
             `socialized` and need not be played. The last bit of U decides at most whether a path is played, never a figure
   Account   with equity E, maintenance margin M, notionals x_j at the opening marks, and d_j the adverse relative move of j at its
             worst, rho_j the highest maintenance rate of its market:
             liquidated only if  sum x_j d_j (1 + rho_j if short) > E - M
             its gap at most     (sum x_j (d_j + slip_j) - E)+ , and at most sum x_j (step against j), since at the step
                                 before it was not bankrupt
   Alone     (one position, no collateral): nothing of it is ever sold below the price at which E is 0, so it is bankrupt at the
             first price beyond h = E / x, and its gap x (that price - h). Where part of it was closed before, at a move d <= h,
             y (h' - d) <= x (h - d) holds for what is left: it may fail later, at h' > h, with less
   Lists     a share w_j of E - M, and of E, is given to each position by its risk; by (sum)+ <= sum of ()+ the book splits into
             one sorted list per market and side, read by a binary search: O(markets x log positions)
   Scan      where the lists certify nothing, the same without the split, over all accounts with several positions
   Impact    orders of those who may be liquidated move prices, and more may be liquidated: Q -> prices -> Q is repeated from
             Q = 0 until nobody is new. While what was sold is at most that Q, prices stay within these; so, batch after batch, it
             is at most that Q. The book is as thin as the largest step makes it, what was sold is never forgotten
   slip      of lots sold in the book: that of the last lot of a sweep of all Q; sold to a desk: its discount; at most rho.
             Times the highest price
   Makers    hold at worst all that was sold, bought at the highest, valued at the lowest price: if one could be short of margin
             then, U is infinite. Desks: the same, without one's margin where it has none; what they lack beyond their equity,
             less what they paid of gaps, is part of U
   Holds     gap <= U as long as no account was charged for others, so U <= T proves it where the fund pays all gaps up to T.
             Monotone: wider prices never lower U
   Fault     rules under which this is not proved are refused with a sentence: penalties, orders that may make a gap, book sync,
             zero-both, a fund that is a desk, withdrawals or an outage during the path
   Shapes    any number of accounts; at most BW_MARKETS_MAX markets and one collateral; memory from the caller
   Units     minor units of the pool's asset, as double; moves ln of the price; prices ticks
   Rounding  outward
   Source    subadditivity of (.)+; docs/stress-estimates.md, "The certified bound" */
#ifndef BW_STRESS_BOUND_H
#define BW_STRESS_BOUND_H

#include "breakwater.h"
#include "world/liquidity.h"

#define BW_BOUND_ITEMS (BW_MARKETS_MAX + 1u)
#define BW_BOUND_SIDES (2u * BW_BOUND_ITEMS)

typedef struct bw_bound_params {
    const bw_venue *venue;               /* the book that stands, its rules: pool 0; read by _new only */
    uint16_t market_first, market_count; /* the venue's markets are market_first .., all linear */
    uint32_t collateral;                 /* 1: item market_count is the collateral that accounts hold */
    const bw_liquidity_params *liquidity;
    int64_t mark_ticks[BW_BOUND_ITEMS];  /* at the opening */
    double risk[BW_BOUND_ITEMS];         /* sd of a day, > 0: how an account's equity is split among its positions */
    bool runs;                           /* traders may withdraw during a path */
    bool outage;                         /* prices stand still for a time and then jump */
} bw_bound_params;

/* Why nothing can be certified under these rules; NULL: it can. */
const char *bw_bound_fault(const bw_bound_params *params);
/* T: of gaps up to this no account is charged, whatever their order; 0: of none. */
int64_t bw_bound_paid(const bw_bound_params *params);

typedef struct bw_bound bw_bound;

/* Scans the book: O(accounts x markets). */
size_t bw_bound_footprint(const bw_bound_params *params);
/* In that much memory at a 64-byte boundary. O(positions log positions). */
bw_bound *bw_bound_new(void *memory, const bw_bound_params *params);

enum { BW_BOUND_RECORDS = 24, BW_BOUND_EVENTS = 4 };

/* What the bound needs to know of the prices of one item, as |ln| of price over the opening price, without the impact of
   liquidations. Records: every new low (of low[]) and new high, rising; few small ones stand for the next larger one. */
typedef struct bw_bound_moves {
    double fall, rise;                   /* largest move from one step to the next, down and up, >= 0 */
    uint32_t low_count, high_count;
    double low[BW_BOUND_RECORDS], high[BW_BOUND_RECORDS];
    /* The steps at which markets moved most, the same for all items: the move of this item there, and its extremes until then.
       Of all other steps the largest. */
    uint32_t event_count, reserved;
    double event_fall[BW_BOUND_EVENTS], event_rise[BW_BOUND_EVENTS], event_low[BW_BOUND_EVENTS], event_high[BW_BOUND_EVENTS];
    double rest_fall, rest_rise;
} bw_bound_moves;

/* Of log_move as bw_model_path fills it: moves[item_count]. */
void bw_bound_moves_of(const double *log_move, uint32_t step_count, uint32_t item_count, bw_bound_moves *moves);

typedef struct bw_bound_told {
    double gap;                /* U; INFINITY: no bound */
    double surrogate;          /* what the gap would be at most if liquidations moved no price and makers were safe: orders paths */
    double liquidated;         /* notional at the opening marks of those who may be liquidated; 0: nobody is */
    uint32_t rounds;           /* until Q stood still */
    uint32_t scanned;          /* 1: the lists did not certify */
} bw_bound_told;

/* step_ns: between two prices. `enough`: a U up to this need not be made smaller. */
bw_bound_told bw_bound_of(const bw_bound *bound, const bw_bound_moves *moves, int64_t step_ns, double enough);

/* U of the gap of one shock (shock.h): all items move once by log_move[item_count] and nothing is sold, so nobody's price is
   worse than that. The lists alone, without the scan; INFINITY: a maker or desk has inventory of its own. */
double bw_bound_of_shock(const bw_bound *bound, const double *log_move);

#endif
