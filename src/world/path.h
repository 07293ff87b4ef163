/* path.h - the exogenous price of every market at every moment, from single price facts.

       facts (market, time, price, source) ──> points of one market ──> log-linear between points
       no facts ──> the median of the others' log moves, scaled into the market's known range

   Joining   A market with facts of the deleveraging venue itself is `measured`: from its first to
             its last such fact only those are points; outside, the other venue's facts are, but
             none nearer than guard_ns to the first or last, so that the difference in level between
             the venues is spread over the gap and is no jump. Its size, ln(own price / other venue's
             path at that moment), is kept as join_before and join_after; where the other venue has
             only a point every 5 minutes it is mostly that path's own coarseness.
   Given     a market with facts all tagged `published` or `shaped` is `shaped` too: its path goes through them
   Shaping   m(t) = median over markets with facts of a venue of ln p(t) - ln p(level_time), linear between the
             points of a grid. A `shaped` market without facts stands at
             ln adl_high + k (m(t) - m(anchor_time)), k = ln(adl_low/adl_high) / (min m - m(anchor)),
             so it passes adl_high at the anchor and touches adl_low when the median is lowest.
   Steps     or the prices come from elsewhere (model.h) and no fact is read: bw_path_steps_new lays out points every step_ns
             from start_ns to end_ns, bw_path_steps_fill writes their prices, again and again for path after path; every
             market is `shaped`
   Outside   before the first point and after the last the price stands still
   Caution   real prices contain the impact of real liquidations (see liquidity.h, mark_share)
   Shapes    at most BW_MARKETS_MAX markets; memory from the caller, bw_path_footprint bytes at an
             8-byte boundary; no pointers inside, so it may be copied
   Units     times ns since the Unix epoch, prices ticks
   Rounding  to the nearest tick, at least 1
   Errors    bw_path_status; every later call with an index in range answers
   Source    scenarios/2025-10-10/README.md */
#ifndef BW_WORLD_PATH_H
#define BW_WORLD_PATH_H

#include "world/facts.h"

typedef struct {
    int64_t start_ns;    /* grid of shaped markets, and of bw_path_batch_time */
    int64_t end_ns;
    int64_t batch_ns;    /* 3.1 s: the event's deleveraging clock */
    int64_t guard_ns;    /* 60 s */
    int64_t level_ns;    /* 21:15:00, before the first liquidation */
    int64_t anchor_ns;   /* 21:16:04, the first deleveraging */
} bw_path_params;

typedef enum {
    BW_PATH_OK,
    BW_PATH_PARAMS,       /* start < end, batch > 0, at most 100,000 batches */
    BW_PATH_PROVENANCE,   /* a market's facts do not fit its provenance */
    BW_PATH_MEMORY,       /* too little memory or not at an 8-byte boundary */
    BW_PATH_UNSHAPEABLE   /* no market with facts of a venue, a median that never falls, or no adl_high and adl_low */
} bw_path_status;

typedef struct {
    int64_t time_ns;
    double log_usd;
    int64_t source; /* bw_price_source */
} bw_path_point;

typedef struct {
    uint32_t point_first;
    uint32_t point_count;
    int64_t provenance; /* bw_provenance */
    double tick_usd;
    double join_before; /* 0 where there is no such joint */
    double join_after;
} bw_path_market;

typedef struct {
    bw_path_params params;
    uint32_t market_count;
    uint32_t point_count;
    bw_path_market market[BW_MARKETS_MAX];
    bw_path_point point[];
} bw_path;

/* 2025-10-10, 20:45:00 to 21:45:00, the values named above. */
bw_path_params bw_path_params_default(void);

/* Bytes for these facts; 0 if the parameters are refused. */
size_t bw_path_footprint(const bw_path_params *params, const bw_market_facts *markets,
                         uint32_t market_count, uint32_t fact_count);

/* Facts as bw_facts_read_prices leaves them. On any status but BW_PATH_OK memory holds nothing. */
bw_path_status bw_path_new(void *memory, size_t memory_size, const bw_path_params *params,
                           const bw_market_facts *markets, uint32_t market_count,
                           const bw_price_fact *facts, uint32_t fact_count, bw_path **path);

/* Room for and layout of points every step_ns: (end - start) / step_ns + 1 a market, at most 100,001. Until the first
   fill every price is 1 USD. Of the facts only the ticks are read. Footprint 0 and BW_PATH_PARAMS: step_ns < 1 or parameters
   out of range. */
size_t bw_path_steps_footprint(const bw_path_params *params, int64_t step_ns, uint32_t market_count);
bw_path_status bw_path_steps_new(void *memory, size_t memory_size, const bw_path_params *params, int64_t step_ns,
                                 const bw_market_facts *markets, uint32_t market_count, bw_path **path);

/* Of a path of bw_path_steps_new: market m stands at open_log[m] (ln USD) at start_ns and at open_log[m] +
   move[i x market_count + m] a step later, i = 0, 1, ... Only the prices are written. */
void bw_path_steps_fill(bw_path *path, const double *open_log, const double *move);

/* ln of the price in USD; the exact interpolation, before ticks. */
double bw_path_log(const bw_path *path, uint32_t market, int64_t time_ns);

/* The price in ticks of that log price plus `shift` (an impact from liquidity.h; 0 for none). */
int64_t bw_path_ticks(const bw_path *path, uint32_t market, int64_t time_ns, double shift);

/* Whose price it is at that moment: of the point at or before it (the first, if earlier). */
bw_price_source bw_path_source(const bw_path *path, uint32_t market, int64_t time_ns);

/* Lowest and highest price of the path itself from `from_ns` to `to_ns`, both included. */
void bw_path_range(const bw_path *path, uint32_t market, int64_t from_ns, int64_t to_ns,
                   int64_t *low_ticks, int64_t *high_ticks);

/* Batches of the grid and their times, the first at start_ns. */
uint32_t bw_path_batch_count(const bw_path *path);
int64_t bw_path_batch_time(const bw_path *path, uint32_t batch);

#endif
