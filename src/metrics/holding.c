/* holding.c - what winners lost against holding: the closed lots at later marks, and what was charged.

       removed position = -lots;  lost(d) = value(removed, mark at t + d) - value(removed, mark at t) + charges

   The mark at t + d is the first one set at or after t + d: the next price at which the account could have acted. Where
   the run ends before, it is the last one. */
#include "metrics/state.h"

enum { SECOND = 1000000000 };
/* Closes come in the order of time, so the batch that a horizon reaches only moves on. */
typedef struct {
    uint32_t batch[BW_HORIZONS];
} cursors;

static const int64_t DELAY_NS[BW_HORIZONS] = {0, SECOND, 5 * (int64_t)SECOND, 0};

/* The batch whose marks a close of `batch` is held until; `from` is a batch known to be early enough. */
static uint32_t batch_after(const bw_metrics *metrics, uint32_t from, int64_t time_ns)
{
    uint32_t last = metrics->batch_count - 1;
    while (from < last && metrics->batches[from].time_ns < time_ns)
        from++;
    return from;
}

/* value(lots, price), as the engine values a position: down for inverse markets (R1). */
static int64_t value_at(const bw_market_view *market, int64_t lots, int64_t price)
{
    if (market->kind == BW_MARKET_LINEAR)
        return bw_wide_to_int64(bw_wide_scale(bw_wide_mul(lots, price), market->tick_value));
    return bw_wide_to_int64(bw_wide_div_floor(bw_wide_mul(-lots, market->tick_value), bw_wide_of(price)));
}

static void hold(bw_metrics *metrics, const bw_venue *venue, const bw_metrics_close *close, cursors *cursor)
{
    bw_metrics_account *record = &metrics->records[close->record];
    bw_market_view market;
    if (close->market >= metrics->limits.markets || !bw_market_get(venue, close->market, &market))
        return;
    int64_t time_ns = metrics->batches[close->batch].time_ns;
    for (uint32_t h = 0; h < BW_HORIZONS; h++) {
        uint32_t batch = metrics->batch_count - 1;
        if (h != BW_HORIZON_END) {
            uint32_t from = cursor->batch[h] > close->batch ? cursor->batch[h] : close->batch;
            batch = cursor->batch[h] = batch_after(metrics, from, time_ns + DELAY_NS[h]);
        }
        int64_t mark = metrics->marks[(size_t)batch * metrics->limits.markets + close->market];
        if (mark > 0)
            bw_metrics_sum(&record->lost[h], close->value - value_at(&market, close->lots, mark));
    }
}

static void sum_record(bw_metrics *metrics, bw_metrics_account *record)
{
    if (record->pool >= metrics->limits.pools || !(record->flags & (BW_METRICS_DELEVERAGED | BW_METRICS_CHARGED)))
        return;
    bw_metrics_pool *pool = &metrics->pools[record->pool];
    for (uint32_t h = 0; h < BW_HORIZONS; h++) {
        bw_metrics_sum(&record->lost[h], record->charged);
        bw_metrics_sum(&pool->lost[h], record->lost[h]);
    }
    pool->winners++;
    pool->winners_behind += record->lost[BW_HORIZON_END] > 0;
    if (record->lost[BW_HORIZON_END] > pool->lost_most)
        pool->lost_most = record->lost[BW_HORIZON_END];
}

void bw_metrics_holding(bw_metrics *metrics, const bw_venue *venue)
{
    cursors cursor = {{0}};
    for (uint32_t i = 0; i < metrics->record_count; i++)
        for (uint32_t h = 0; h < BW_HORIZONS; h++)
            metrics->records[i].lost[h] = 0;
    for (uint32_t i = 0; i < metrics->close_count; i++)
        hold(metrics, venue, &metrics->closes[i], &cursor);
    for (uint32_t i = 0; i < metrics->record_count; i++)
        sum_record(metrics, &metrics->records[i]);
}
