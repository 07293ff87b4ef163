#include "world/path.h"

#include <string.h>

#include "world/real.h"

#define BATCHES_MAX 100000

bw_path_params bw_path_params_default(void)
{
    const int64_t day = 1760054400 * (int64_t)BW_NANO; /* 2025-10-10T00:00:00Z */
    const int64_t minute = 60 * (int64_t)BW_NANO;
    return (bw_path_params){.start_ns = day + (20 * 60 + 45) * minute,
                            .end_ns = day + (21 * 60 + 45) * minute,
                            .batch_ns = 3100000000,
                            .guard_ns = minute,
                            .level_ns = day + (21 * 60 + 15) * minute,
                            .anchor_ns = day + (21 * 60 + 16) * minute + 4 * (int64_t)BW_NANO};
}

static bool params_fit(const bw_path_params *p)
{
    return p->start_ns >= 0 && p->start_ns < p->end_ns && p->batch_ns > 0 && p->guard_ns >= 0 &&
           (p->end_ns - p->start_ns) / p->batch_ns < BATCHES_MAX && p->level_ns >= 0 &&
           p->anchor_ns >= 0;
}

static uint32_t grid_count(const bw_path_params *p)
{
    return (uint32_t)((p->end_ns - p->start_ns) / p->batch_ns) + 1;
}

size_t bw_path_footprint(const bw_path_params *params, const bw_market_facts *markets,
                         uint32_t market_count, uint32_t fact_count)
{
    size_t point_max = fact_count;
    if (!params_fit(params) || market_count == 0 || market_count > BW_MARKETS_MAX)
        return 0;
    for (uint32_t m = 0; m < market_count; m++)
        if (markets[m].provenance == BW_PROVENANCE_SHAPED)
            point_max += grid_count(params);
    return sizeof(bw_path) + point_max * sizeof(bw_path_point);
}

/* Index of the last point at or before time_ns, from first; count > 0; the first if all are later. */
static uint32_t point_find(const bw_path_point *point, uint32_t count, int64_t time_ns)
{
    uint32_t low = 0, high = count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (point[middle].time_ns <= time_ns)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static double points_log(const bw_path_point *point, uint32_t count, int64_t time_ns)
{
    uint32_t i = point_find(point, count, time_ns);
    if (time_ns <= point[i].time_ns || i + 1 == count)
        return point[i].log_usd;
    double span = (double)(point[i + 1].time_ns - point[i].time_ns);
    double share = (double)(time_ns - point[i].time_ns) / span;
    return point[i].log_usd + share * (point[i + 1].log_usd - point[i].log_usd);
}

double bw_path_log(const bw_path *path, uint32_t market, int64_t time_ns)
{
    const bw_path_market *m = &path->market[market];
    return points_log(path->point + m->point_first, m->point_count, time_ns);
}

int64_t bw_path_ticks(const bw_path *path, uint32_t market, int64_t time_ns, double shift)
{
    double ticks = bw_real_exp(bw_path_log(path, market, time_ns) + shift) / path->market[market].tick_usd;
    if (!(ticks >= 1))
        return 1;
    return ticks < (double)BW_PRICE_TICKS_MAX ? (int64_t)(ticks + 0.5) : BW_PRICE_TICKS_MAX;
}

bw_price_source bw_path_source(const bw_path *path, uint32_t market, int64_t time_ns)
{
    const bw_path_market *m = &path->market[market];
    const bw_path_point *point = path->point + m->point_first;
    return (bw_price_source)point[point_find(point, m->point_count, time_ns)].source;
}

void bw_path_range(const bw_path *path, uint32_t market, int64_t from_ns, int64_t to_ns,
                   int64_t *low_ticks, int64_t *high_ticks)
{
    const bw_path_market *m = &path->market[market];
    *low_ticks = *high_ticks = bw_path_ticks(path, market, from_ns, 0);
    for (uint32_t i = 0; i <= m->point_count; i++) { /* log-linear: extremes lie at points or ends */
        int64_t time = i < m->point_count ? path->point[m->point_first + i].time_ns : to_ns;
        if (time < from_ns || time > to_ns)
            continue;
        int64_t ticks = bw_path_ticks(path, market, time, 0);
        *low_ticks = ticks < *low_ticks ? ticks : *low_ticks;
        *high_ticks = ticks > *high_ticks ? ticks : *high_ticks;
    }
}

uint32_t bw_path_batch_count(const bw_path *path)
{
    return grid_count(&path->params);
}

int64_t bw_path_batch_time(const bw_path *path, uint32_t batch)
{
    return path->params.start_ns + (int64_t)batch * path->params.batch_ns;
}

/* ---- making ---- */

typedef struct {
    const bw_price_fact *fact;
    uint32_t count;
    int64_t own_first_ns; /* of the deleveraging venue; own_count 0: none */
    int64_t own_last_ns;
    uint32_t own_count;
    uint32_t given_count; /* published prices and what the file assumes between them */
} market_slice;

static market_slice slice_find(const bw_price_fact *facts, uint32_t fact_count, uint32_t market)
{
    market_slice slice = {0};
    for (uint32_t i = 0; i < fact_count; i++) {
        if (facts[i].market != market)
            continue;
        if (slice.count++ == 0)
            slice.fact = &facts[i];
        slice.given_count += facts[i].source == BW_SOURCE_PUBLISHED || facts[i].source == BW_SOURCE_SHAPED;
        if (facts[i].source != BW_SOURCE_HYPERLIQUID_ADL)
            continue;
        if (slice.own_count++ == 0)
            slice.own_first_ns = facts[i].time_ns;
        slice.own_last_ns = facts[i].time_ns;
    }
    return slice;
}

static bool provenance_fits(bw_provenance provenance, const market_slice *slice)
{
    switch (provenance) {
    case BW_PROVENANCE_MEASURED: return slice->own_count > 0 && slice->given_count == 0;
    case BW_PROVENANCE_OTHER_VENUE: return slice->count > 0 && slice->own_count == 0 && slice->given_count == 0;
    case BW_PROVENANCE_SHAPED: return slice->count == slice->given_count;
    }
    return false;
}

static bw_path_point point_of(const bw_price_fact *fact)
{
    return (bw_path_point){fact->time_ns, bw_real_ln((double)fact->price_nano / BW_NANO), fact->source};
}

/* Whether the other venue's fact may be a point beside the venue's own. */
static bool other_is_kept(const market_slice *slice, int64_t time_ns, int64_t guard_ns)
{
    return slice->own_count == 0 || time_ns <= slice->own_first_ns - guard_ns ||
           time_ns >= slice->own_last_ns + guard_ns;
}

/* ln of the other venue's own path at time_ns, all its facts used; false if it has none. */
static bool other_log(const market_slice *slice, int64_t time_ns, double *log_usd)
{
    const bw_price_fact *before = NULL, *after = NULL;
    for (uint32_t i = 0; i < slice->count; i++) {
        const bw_price_fact *fact = &slice->fact[i];
        if (fact->source == BW_SOURCE_HYPERLIQUID_ADL)
            continue;
        if (fact->time_ns <= time_ns)
            before = fact;
        else if (after == NULL)
            after = fact;
    }
    if (before == NULL || after == NULL)
        return false;
    const bw_path_point pair[2] = {point_of(before), point_of(after)};
    *log_usd = points_log(pair, 2, time_ns);
    return true;
}

static double join_size(const market_slice *slice, int64_t time_ns, double own_log)
{
    double other;
    return other_log(slice, time_ns, &other) ? own_log - other : 0;
}

static void market_points(bw_path *path, uint32_t market, const market_slice *slice)
{
    bw_path_market *m = &path->market[market];
    for (uint32_t i = 0; i < slice->count; i++) {
        const bw_price_fact *fact = &slice->fact[i];
        bool own = fact->source == BW_SOURCE_HYPERLIQUID_ADL;
        if (!own && !other_is_kept(slice, fact->time_ns, path->params.guard_ns))
            continue;
        bw_path_point point = point_of(fact);
        path->point[path->point_count++] = point;
        m->point_count++;
        if (own && fact->time_ns == slice->own_first_ns)
            m->join_before = join_size(slice, fact->time_ns, point.log_usd);
        if (own && fact->time_ns == slice->own_last_ns)
            m->join_after = join_size(slice, fact->time_ns, point.log_usd);
    }
}

/* Median log move since level_ns of the markets with facts; false if there is none. */
static bool median_move(const bw_path *path, int64_t time_ns, double *median)
{
    double move[BW_MARKETS_MAX];
    uint32_t count = 0;
    for (uint32_t m = 0; m < path->market_count; m++) {
        if (path->market[m].provenance == BW_PROVENANCE_SHAPED)
            continue;
        double now = bw_path_log(path, m, time_ns);
        double x = now - bw_path_log(path, m, path->params.level_ns);
        uint32_t at = count++;
        for (; at > 0 && move[at - 1] > x; at--)
            move[at] = move[at - 1];
        move[at] = x;
    }
    if (count > 0)
        *median = (move[(count - 1) / 2] + move[count / 2]) / 2;
    return count > 0;
}

/* Fills the grid of one shaped market; false if the median never falls below its anchor. */
static bool market_shape(bw_path *path, uint32_t market, const bw_market_facts *facts)
{
    bw_path_market *m = &path->market[market];
    double anchor, lowest, move = 0;
    if (facts->adl_high_ticks == 0 || !median_move(path, path->params.anchor_ns, &anchor))
        return false;
    lowest = anchor;
    bw_path_point *point = path->point + path->point_count;
    uint32_t count = grid_count(&path->params);
    for (uint32_t i = 0; i < count; i++) {
        median_move(path, bw_path_batch_time(path, i), &move);
        point[i] = (bw_path_point){bw_path_batch_time(path, i), move, BW_SOURCE_SHAPED};
        lowest = move < lowest ? move : lowest;
    }
    if (lowest >= anchor)
        return false;
    double high = bw_real_ln((double)facts->adl_high_ticks * m->tick_usd);
    double k = bw_real_ln((double)facts->adl_low_ticks / (double)facts->adl_high_ticks) / (lowest - anchor);
    for (uint32_t i = 0; i < count; i++)
        point[i].log_usd = high + k * (point[i].log_usd - anchor);
    m->point_count = count;
    path->point_count += count;
    return true;
}

static bw_path_status markets_fill(bw_path *path, const bw_market_facts *markets,
                                   const bw_price_fact *facts, uint32_t fact_count)
{
    for (uint32_t m = 0; m < path->market_count; m++) {
        market_slice slice = slice_find(facts, fact_count, m);
        if (!provenance_fits(markets[m].provenance, &slice))
            return BW_PATH_PROVENANCE;
        path->market[m] = (bw_path_market){.point_first = path->point_count,
                                           .provenance = markets[m].provenance,
                                           .tick_usd = (double)markets[m].tick_nano / BW_NANO};
        market_points(path, m, &slice);
    }
    for (uint32_t m = 0; m < path->market_count; m++) {
        if (markets[m].provenance != BW_PROVENANCE_SHAPED || path->market[m].point_count > 0)
            continue;
        path->market[m].point_first = path->point_count;
        if (!market_shape(path, m, &markets[m]))
            return BW_PATH_UNSHAPEABLE;
    }
    return BW_PATH_OK;
}

/* A path without prices in the caller's memory, of which it needs `needed` bytes; 0: the parameters are out of range. */
static bw_path_status begin(void *memory, size_t memory_size, size_t needed, const bw_path_params *params, uint32_t market_count)
{
    if (needed == 0)
        return BW_PATH_PARAMS;
    if (memory_size < needed || (uintptr_t)memory % 8 != 0)
        return BW_PATH_MEMORY;
    memset(memory, 0, needed);
    bw_path *made = memory;
    made->params = *params;
    made->market_count = market_count;
    return BW_PATH_OK;
}

bw_path_status bw_path_new(void *memory, size_t memory_size, const bw_path_params *params,
                           const bw_market_facts *markets, uint32_t market_count,
                           const bw_price_fact *facts, uint32_t fact_count, bw_path **path)
{
    size_t needed = bw_path_footprint(params, markets, market_count, fact_count);
    *path = NULL;
    bw_path_status status = begin(memory, memory_size, needed, params, market_count);
    if (status != BW_PATH_OK)
        return status;
    bw_path *made = memory;
    status = markets_fill(made, markets, facts, fact_count);
    if (status == BW_PATH_OK)
        *path = made;
    return status;
}

/* ---- steps ---- */

static uint32_t step_points(const bw_path_params *params, int64_t step_ns)
{
    return (uint32_t)((params->end_ns - params->start_ns) / step_ns) + 1;
}

size_t bw_path_steps_footprint(const bw_path_params *params, int64_t step_ns, uint32_t market_count)
{
    if (!params_fit(params) || step_ns < 1 || market_count == 0 || market_count > BW_MARKETS_MAX ||
        (params->end_ns - params->start_ns) / step_ns > BATCHES_MAX)
        return 0;
    return sizeof(bw_path) + (size_t)step_points(params, step_ns) * market_count * sizeof(bw_path_point);
}

bw_path_status bw_path_steps_new(void *memory, size_t memory_size, const bw_path_params *params, int64_t step_ns,
                                 const bw_market_facts *markets, uint32_t market_count, bw_path **path)
{
    size_t needed = bw_path_steps_footprint(params, step_ns, market_count);
    *path = NULL;
    bw_path_status status = begin(memory, memory_size, needed, params, market_count);
    if (status != BW_PATH_OK)
        return status;
    bw_path *made = memory;
    uint32_t count = step_points(params, step_ns);
    for (uint32_t m = 0; m < market_count; m++) {
        made->market[m] = (bw_path_market){.point_first = made->point_count, .point_count = count,
                                           .provenance = BW_PROVENANCE_SHAPED,
                                           .tick_usd = (double)markets[m].tick_nano / BW_NANO};
        for (uint32_t i = 0; i < count; i++)
            made->point[made->point_count++] =
                (bw_path_point){.time_ns = params->start_ns + (int64_t)i * step_ns, .source = BW_SOURCE_SHAPED};
    }
    *path = made;
    return BW_PATH_OK;
}

void bw_path_steps_fill(bw_path *path, const double *open_log, const double *move)
{
    for (uint32_t m = 0; m < path->market_count; m++) {
        bw_path_point *point = path->point + path->market[m].point_first;
        point[0].log_usd = open_log[m];
        for (uint32_t i = 1; i < path->market[m].point_count; i++)
            point[i].log_usd = open_log[m] + move[(size_t)(i - 1) * path->market_count + m];
    }
}
