/* liquidity.h - what the order book of one market takes, at what price, and how that moves the mark.

       bw_liquidity_advance ──> bw_liquidity_take, any number ──> bw_liquidity_shift ──> next mark
        time and volatility      fills of this moment             ln of the price moved

   Model     sweep of the book    depth within relative distance d of the mark D(d) = D (d/1%)^.67;
                                  so the last price is d = 1% (U/D)^1.49 after U was taken, convex
             impact on the mark   I(Q) = sign(Q) Y s (|Q| / V)^.5, Q = sum of what was taken, decaying
                                  with tau: concave, whatever the slices were; exponent 1: linear
             permanent            P = lambda q per order, lambda = theta s / volume_daily: linear
             price                ln p = exogenous + mark_share (I + P)
             D and V              = base x thin, thin = max((volatility / realised)^a, floor), at most
                                  1; it falls at once and returns with tau_depth
             use                  U is what was taken on that side and has not been refilled; it
                                  decays with tau_use, so a second order goes on where the first ended
             participation        at most phi x V x dt between two advances, both sides together
   Execution book           (default; what was calibrated) sweeps what is left, batch after batch, within phi; the mark
                            moves by I
             one-order      the whole order at once: the sweep alone says what it pays and how far the mark goes, I = d(U)
                            of the side that was swept; no phi
             sliced         slice_share of the order a batch; it pays the mean of I(Q) over the slice; no phi
             participation  whatever phi lets through; it pays as if sliced
             What a mark that was set since has taken of I or d is not paid again (bw_liquidity_mark)
   Holds     an order cut into slices at one moment takes the same lots, costs the same (but one tick
             of rounding per slice) and moves the mark the same; no lot fills beyond the limit;
             P of a round trip is 0
   Units     notional in USD of the mark, rates per day, times ns, sizes lots, prices ticks,
             value minor units
   Rounding  lots down; the average price against the taker to a whole tick, never beyond the limit;
             value exact: lots x price x tick_value
   Errors    none; bw_liquidity_params_valid must hold
   Source    Amberdata (.67), CoinDesk Research (depth), Donier & Bonart 2014
             (square root, Y), FTI and Kaiko (thinning); what is marked [A] is an assumption */
#ifndef BW_WORLD_LIQUIDITY_H
#define BW_WORLD_LIQUIDITY_H

#include "world/facts.h"

typedef enum {
    BW_EXECUTION_BOOK,
    BW_EXECUTION_ONE_ORDER,
    BW_EXECUTION_SLICED,
    BW_EXECUTION_PARTICIPATION,
    BW_EXECUTIONS
} bw_execution;

typedef struct {
    double depth;            /* D: USD of one side within 1% in normal times */
    double volume_daily;     /* V: USD a day in normal times [A] */
    double volatility;       /* s: of a normal day, ln; what realised volatility is compared with */
    double sweep_exponent;   /* .67, measured between 10 and 100 bp */
    double impact;           /* Y: 1 (.5 to 1.5) [A] */
    double impact_exponent;  /* .5; 1: linear */
    double permanent;        /* theta: .2 (0 to .5) [A] */
    double thin_exponent;    /* a: 1 (.5 to 2) [A] */
    double thin_floor;       /* .05 (.02 to .2): depth fell by more than 90% on key venues */
    double tau_impact_s;     /* 40 (15 to 120) [A] */
    double tau_depth_s;      /* 1800 [A] */
    double tau_use_s;        /* 15 [A] */
    double participation;    /* phi: 1 [A]; 0: no limit */
    double mark_share;       /* 1: impact moves the mark in full; 0: the path already contains it */
    double slice_share;      /* of an order a batch when sliced: .25 [A] */
    int64_t execution;       /* bw_execution */
} bw_liquidity_params;

/* "book", "one-order", "sliced", "participation"; NULL behind the last. */
extern const char *const bw_execution_words[BW_EXECUTIONS + 1];

/* The defaults of a class. Depth: BTC 20M, ETH 8M, large 2.5M across major venues (CoinDesk
   Research); mid 0.8M, small 0.2M [A]. Volatility .026 .036 .045 .07 .14. Volume 40, 25, 8, 1.5,
   0.2 billion [A]. All are meant to be calibrated. */
bw_liquidity_params bw_liquidity_params_default(bw_market_class market_class);

/* Finite; positive where a quotient or time needs it; floor in (0, 1]; exponents in (0, 1]; phi above 0 for `participation`. */
bool bw_liquidity_params_valid(const bw_liquidity_params *params);

typedef struct {
    bw_liquidity_params params;
    int64_t tick_value;
    double thin;             /* present share of normal depth and volume, thin_floor to 1 */
    double used[2];          /* U of buyers [0] and sellers [1], USD */
    double swept[2];         /* the same in multiples of D as it was then: a book that thins later does not move the mark */
    double moved;            /* what the last mark took of I or d, signed */
    double net;              /* Q, USD, bought less sold */
    double permanent_log;    /* P summed */
    double allowance;        /* USD that may still be taken before the next advance */
} bw_liquidity;

typedef enum { BW_TAKE_BUY, BW_TAKE_SELL } bw_take_side;

typedef struct {
    int64_t lots;
    int64_t price_ticks;     /* average, as rounded; 0 if no lot was filled */
    int64_t value;           /* lots x price_ticks x tick_value */
} bw_liquidity_fill;

/* Normal depth, nothing used, no impact, no allowance until the first advance. */
void bw_liquidity_init(bw_liquidity *state, const bw_liquidity_params *params, int64_t tick_value);

/* Moves time on by dt_ns >= 0; realised_daily is the market's volatility now, scaled to a day. */
void bw_liquidity_advance(bw_liquidity *state, int64_t dt_ns, double realised_daily);

/* Takes up to `lots` >= 0 at prices not worse than limit_ticks; mark and limit are positive. */
bw_liquidity_fill bw_liquidity_take(bw_liquidity *state, int64_t lots, bw_take_side side,
                                    int64_t limit_ticks, int64_t mark_ticks);

/* Lots of an order of `whole` lots, `left` of them not done, that are tried in this batch. */
int64_t bw_liquidity_slice(const bw_liquidity *state, int64_t whole, int64_t left);

/* What impact adds to the exogenous log price, for bw_path_ticks. */
double bw_liquidity_shift(const bw_liquidity *state);
/* The same for a mark that is set now: whoever trades after it does not pay again for what it has moved. */
double bw_liquidity_mark(bw_liquidity *state);

/* Bound of |shift| if at most `notional` USD is taken in one direction at the thinnest depth, whatever the slices. */
double bw_liquidity_shift_max(const bw_liquidity_params *params, double notional);

/* Exponentially weighted volatility per day of a log price seen every dt_ns: feed one return. */
double bw_volatility_update(double volatility_daily, double log_return, int64_t dt_ns,
                            double tau_s);

#endif
