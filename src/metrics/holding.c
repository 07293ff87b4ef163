/* holding.c - what winners lost against holding: the closed lots at later marks, and what was charged.

       removed position = -lots;  lost(d) = value(removed, mark at t + d) - value(removed, mark at t) + charges

   The mark at t + d is the first one set at or after t + d: the next price at which the account could have acted. Where
   the run ends before, it is the last one. A close waits in a ring until its last horizon is over; for the end of the run
   the closes of an account in a market are kept as one sum. */
#include "metrics/state.h"

enum { SECOND = 1000000000 };
static const int64_t DELAY_NS[BW_HORIZON_END] = {0, SECOND, 5 * (int64_t)SECOND};

int64_t bw_metrics_value(const bw_market_view *market, int64_t lots, int64_t price)
{
    if (market->kind == BW_MARKET_LINEAR)
        return bw_wide_to_int64(bw_wide_scale(bw_wide_mul(lots, price), market->tick_value));
    return bw_wide_to_int64(bw_wide_div_floor(bw_wide_mul(-lots, market->tick_value), bw_wide_of(price)));
}

/* ---------------------------------------------------------------------------------------------------------- closes */

/* The account's sum in a market, made if it is not there; false: no room. */
static bool pair_of(bw_metrics *metrics, uint32_t record, uint16_t market, uint32_t *number)
{
    uint64_t key = (uint64_t)record << 16 | market;
    if (bw_table_find(&metrics->pair_table, metrics->pair_slots, key, number))
        return true;
    if (metrics->pair_count == metrics->limits.closes)
        return false;
    *number = metrics->pair_count++;
    bw_table_insert(&metrics->pair_table, metrics->pair_slots, key, *number);
    metrics->pairs[*number] = (bw_metrics_pair){.record = record, .market = market};
    return true;
}

void bw_metrics_close_new(bw_metrics *metrics, uint32_t record, uint16_t market)
{
    uint64_t waiting = metrics->close_count - metrics->close_due[BW_HORIZON_5S];
    if (waiting >= metrics->limits.closes || !pair_of(metrics, record, market, &metrics->open_close.pair)) {
        metrics->lost_records++;
        return;
    }
    *bw_metrics_close_at(metrics, metrics->close_count) =
        (bw_metrics_close){.record = record, .batch = metrics->batch_count - 1, .market = market};
    metrics->open_close.close_plus_one = ++metrics->close_count;
}

void bw_metrics_close_leg(bw_metrics *metrics, const bw_event *event)
{
    if (metrics->open_close.close_plus_one == 0)
        return;
    bw_metrics_close *close = bw_metrics_close_at(metrics, metrics->open_close.close_plus_one - 1);
    bw_metrics_pair *pair = &metrics->pairs[metrics->open_close.pair];
    bw_metrics_sum(&close->lots, event->leg.lots);
    bw_metrics_sum(&close->value, event->leg.value);
    bw_metrics_sum(&pair->lots, event->leg.lots);
    bw_metrics_sum(&pair->value, event->leg.value);
}

/* --------------------------------------------------------------------------------------------------------- horizons */

/* value - value(lots, the market's mark in the latest batch); 0 where there is no mark. */
static int64_t lost_at_latest(const bw_metrics *metrics, const bw_venue *venue, uint16_t market, int64_t lots, int64_t value)
{
    bw_market_view view;
    if (market >= metrics->limits.markets || !bw_market_get(venue, market, &view))
        return 0;
    int64_t mark = metrics->marks[(size_t)(metrics->batch_count - 1) * metrics->limits.markets + market];
    return mark > 0 ? value - bw_metrics_value(&view, lots, mark) : 0;
}

static bool is_due(const bw_metrics *metrics, const bw_metrics_close *close, uint32_t horizon)
{
    const bw_metrics_batch *latest = &metrics->batches[metrics->batch_count - 1];
    return latest->time_ns >= metrics->batches[close->batch].time_ns + DELAY_NS[horizon];
}

void bw_metrics_holding_due(bw_metrics *metrics, const bw_venue *venue)
{
    for (uint32_t h = 0; h < BW_HORIZON_END; h++)
        for (; metrics->close_due[h] < metrics->close_count; metrics->close_due[h]++) {
            const bw_metrics_close *close = bw_metrics_close_at(metrics, metrics->close_due[h]);
            if (!is_due(metrics, close, h))
                break;
            bw_metrics_sum(&metrics->held[close->record].lost[h],
                           lost_at_latest(metrics, venue, close->market, close->lots, close->value));
        }
}

/* Closes that still wait, and all of them for the end: as if the latest marks were the last. */
static void hold_rest(bw_metrics *metrics, const bw_venue *venue)
{
    for (uint32_t h = 0; h < BW_HORIZON_END; h++)
        for (uint64_t i = metrics->close_due[h]; i < metrics->close_count; i++) {
            const bw_metrics_close *close = bw_metrics_close_at(metrics, i);
            bw_metrics_sum(&metrics->records[close->record].lost[h],
                           lost_at_latest(metrics, venue, close->market, close->lots, close->value));
        }
    for (uint32_t i = 0; i < metrics->pair_count; i++) {
        const bw_metrics_pair *pair = &metrics->pairs[i];
        bw_metrics_sum(&metrics->records[pair->record].lost[BW_HORIZON_END],
                       lost_at_latest(metrics, venue, pair->market, pair->lots, pair->value));
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
    for (uint32_t i = 0; i < metrics->record_count; i++) {
        for (uint32_t h = 0; h < BW_HORIZON_END; h++)
            metrics->records[i].lost[h] = metrics->held[i].lost[h];
        metrics->records[i].lost[BW_HORIZON_END] = 0;
    }
    hold_rest(metrics, venue);
    for (uint32_t i = 0; i < metrics->record_count; i++)
        sum_record(metrics, &metrics->records[i]);
}
