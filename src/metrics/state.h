/* state.h - what the files of this room share: the sums behind a result, in the caller's memory.

   Holds     a record exists for every account something happened to; records stand in the order of first mention */
#ifndef BW_METRICS_STATE_H
#define BW_METRICS_STATE_H

#include "metrics/metrics.h"

#include "base/assert.h"
#include "base/table.h"
#include "money/wide.h"

/* One deleveraged position, as the horizons need it: `lots` of its change were worth `value`. */
typedef struct bw_metrics_close {
    uint32_t record, batch;
    int64_t lots, value;
    uint16_t market, reserved[3];
} bw_metrics_close;

/* The price that ADL had in a market's latest batch: value / lots. */
typedef struct bw_metrics_price {
    uint32_t batch_plus_one;
    uint32_t reserved;
    int64_t lots, value;
} bw_metrics_price;

/* The close that the next leg may belong to. */
typedef struct bw_metrics_open_close {
    uint64_t seq, account;
    uint32_t close_plus_one;       /* its place in the list; 0: there was no room */
    uint16_t market;
    bool is_open;
} bw_metrics_open_close;

struct bw_metrics {
    bw_metrics_limits limits;
    bw_table table;
    bool begun;
    uint32_t record_count, close_count, batch_count, desk_count, market_count;
    uint64_t seq_seen, commands, events, rounds, lost_records;
    int64_t begin_ns, first_liquidation_ns, first_adl_ns;
    bw_metrics_open_close open_close;
    bw_table_slot *slots;
    bw_metrics_account *records;
    bw_metrics_close *closes;
    bw_metrics_batch *batches;
    int64_t *marks;
    bw_metrics_market *markets;
    bw_wide *market_lots;          /* closed by ADL */
    bw_metrics_price *prices;
    bw_metrics_pool *pools;
    uint64_t *desks;
    int64_t *amounts;              /* scratch: one per record */
    uint16_t *by_adl;
    bw_metrics_result result;
};

static inline int64_t bw_metrics_abs(int64_t x)
{
    return x < 0 ? -x : x;
}

/* *sum += amount; sums of a venue's amounts fit (R1's envelope), so a wrap is a bug. */
static inline void bw_metrics_sum(int64_t *sum, int64_t amount)
{
    bool overflow = __builtin_add_overflow(*sum, amount, sum);
    BW_ASSERT(!overflow);
}

/* part / whole in ppm, to the nearest, halves up; 0 of nothing is 0. */
static inline int64_t bw_metrics_ppm(int64_t part, int64_t whole)
{
    if (whole <= 0)
        return 0;
    bw_wide twice = bw_wide_add_int64(bw_wide_mul(part, 2000000), whole);
    return bw_wide_to_int64(bw_wide_div_floor(twice, bw_wide_mul(whole, 2)));
}

/* Sorts rising; nothing but the values decides. */
void bw_metrics_sort(int64_t *amounts, uint32_t count);
/* How `count` amounts are spread; sorts them. Amounts of 0 and below do not count. */
void bw_metrics_spread_of(int64_t *amounts, uint32_t count, bw_metrics_spread *spread);
/* What winners lost against holding, into the records and pools. */
void bw_metrics_holding(bw_metrics *metrics, const bw_venue *venue);
/* The rows of measured.csv that this run can answer. */
void bw_metrics_compare(bw_metrics_result *result);

#endif
