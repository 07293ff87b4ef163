#include "stress/result.h"

#include "metrics/state.h"

/* ----------------------------------------------------------------------------------------------------------- series */

/* One member of every outcome, by its place in the struct. */
static void gather(const bw_stress_outcome *outcomes, uint64_t count, size_t member, int64_t *amounts)
{
    for (uint64_t i = 0; i < count; i++)
        amounts[i] = *(const int64_t *)(const void *)((const char *)&outcomes[i] + member);
}

static bw_stress_series series_of(const bw_stress_outcome *outcomes, uint64_t count, size_t member, int64_t *scratch)
{
    gather(outcomes, count, member, scratch);
    bw_stress_sort(scratch, count);
    return bw_stress_series_of(scratch, count);
}

static bw_stress_figure mean_of(const bw_stress_outcome *outcomes, uint64_t count, size_t member, int64_t *scratch)
{
    gather(outcomes, count, member, scratch);
    return bw_stress_mean_beyond(scratch, count, 0);
}

static bw_stress_chance chance_of(const bw_stress_outcome *outcomes, uint64_t count, uint32_t flag)
{
    uint64_t hits = 0;
    for (uint64_t i = 0; i < count; i++)
        hits += (outcomes[i].flags & flag) != 0;
    return bw_stress_chance_of(hits, count);
}

/* Of the paths that had ADL the middle one; of two the earlier. */
static int64_t median_adl(const bw_stress_outcome *outcomes, uint64_t count, int64_t *scratch)
{
    uint64_t found = 0;
    for (uint64_t i = 0; i < count; i++)
        if (outcomes[i].first_adl_ns >= 0)
            scratch[found++] = outcomes[i].first_adl_ns;
    bw_stress_sort(scratch, found);
    return found > 0 ? scratch[(found - 1) / 2] : -1;
}

/* ---------------------------------------------------------------------------------------------------------- origins */

/* part / whole in ppm to the nearest; sums over paths, so wide. */
static int64_t share(bw_wide part, bw_wide whole)
{
    if (bw_wide_sign(whole) <= 0)
        return 0;
    bw_wide doubled = bw_wide_add(bw_wide_scale(part, 2000000), whole);
    return bw_wide_to_int64(bw_wide_div_floor(doubled, bw_wide_scale(whole, 2)));
}

enum { ORIGINS_SEEN = 256 };         /* sides of markets that gaps came from; what is beyond counts as the pool's own */

typedef struct {
    bw_wide gap;
    uint64_t paths;
    uint16_t market;
    bool shorts;
} origin_sum;

/* Where the sums of an origin stand; a new one if there is room. The first place is the pool's own. */
static origin_sum *origin_at(origin_sum *sums, uint32_t *count, uint16_t market, bool shorts)
{
    for (uint32_t i = 0; i < *count; i++)
        if (sums[i].market == market && sums[i].shorts == shorts)
            return &sums[i];
    if (*count == ORIGINS_SEEN)
        return &sums[0];
    sums[*count] = (origin_sum){.gap = bw_wide_of(0), .market = market, .shorts = shorts};
    return &sums[(*count)++];
}

/* Larger share first; ties: lower market, longs before shorts. */
static bool before(const bw_stress_origin *a, const bw_stress_origin *b)
{
    if (a->share_ppm != b->share_ppm)
        return a->share_ppm > b->share_ppm;
    return a->market != b->market ? a->market < b->market : a->shorts < b->shorts;
}

static void insert_origin(bw_stress_result *result, bw_stress_origin origin)
{
    uint32_t at = result->origin_count;
    while (at > 0 && before(&origin, &result->origins[at - 1]))
        at--;
    if (at == BW_STRESS_ORIGINS)
        return;
    uint32_t last = result->origin_count < BW_STRESS_ORIGINS ? result->origin_count++ : BW_STRESS_ORIGINS - 1;
    for (; last > at; last--)
        result->origins[last] = result->origins[last - 1];
    result->origins[at] = origin;
}

static void find_origins(bw_stress_result *result, const bw_stress_outcome *outcomes, uint64_t count, bw_wide whole)
{
    origin_sum sums[ORIGINS_SEEN] = {{.gap = bw_wide_of(0), .market = BW_NONE16}};
    uint32_t seen = 1;
    for (uint64_t i = 0; i < count; i++) {
        if (outcomes[i].gap <= 0)
            continue;
        bool shorts = (outcomes[i].flags & BW_STRESS_ORIGIN_SHORT) != 0;
        origin_sum *sum = origin_at(sums, &seen, outcomes[i].origin, shorts);
        sum->gap = bw_wide_add_int64(sum->gap, outcomes[i].gap);
        sum->paths++;
    }
    for (uint32_t i = 0; i < seen; i++)
        if (sums[i].paths > 0)
            insert_origin(result, (bw_stress_origin){.market = sums[i].market, .shorts = sums[i].shorts,
                                                     .paths = sums[i].paths, .share_ppm = share(sums[i].gap, whole)});
}

static void scan_paths(bw_stress_result *result, const bw_stress_outcome *outcomes, uint64_t count)
{
    bw_wide whole = bw_wide_of(0), clipped = bw_wide_of(0);
    for (uint64_t i = 0; i < count; i++) {
        whole = bw_wide_add_int64(whole, outcomes[i].gap);
        result->incomplete += (outcomes[i].flags & BW_STRESS_INCOMPLETE) != 0;
        if (outcomes[i].gap > outcomes[result->worst_path].gap)
            result->worst_path = i;
        if (!(outcomes[i].flags & BW_STRESS_CLIPPED))
            continue;
        result->clipped++;
        clipped = bw_wide_add_int64(clipped, outcomes[i].gap);
    }
    result->clipped_share_ppm = share(clipped, whole);
    find_origins(result, outcomes, count, whole);
}

void bw_stress_result_of(bw_stress_result *result, const bw_stress_facts *facts, const bw_stress_outcome *outcomes,
                         uint64_t count, int64_t *scratch)
{
    BW_ASSERT(count > 0);
    *result = (bw_stress_result){.facts = facts, .paths = count};
    scan_paths(result, outcomes, count);
    result->p_liquidation = chance_of(outcomes, count, BW_STRESS_LIQUIDATION);
    result->p_adl = chance_of(outcomes, count, BW_STRESS_ADL);
    result->p_haircut = chance_of(outcomes, count, BW_STRESS_HAIRCUT);
    result->p_carryover = chance_of(outcomes, count, BW_STRESS_CARRYOVER);
    result->first_adl_ns = median_adl(outcomes, count, scratch);
    result->adl_notional = mean_of(outcomes, count, offsetof(bw_stress_outcome, adl_notional), scratch);
    result->liquidated_notional = mean_of(outcomes, count, offsetof(bw_stress_outcome, liquidated_notional), scratch);
    result->fund_use = series_of(outcomes, count, offsetof(bw_stress_outcome, fund_use), scratch);
    result->socialized = series_of(outcomes, count, offsetof(bw_stress_outcome, socialized), scratch);
    result->p_socialized = result->socialized.positive;
    result->gap = series_of(outcomes, count, offsetof(bw_stress_outcome, gap), scratch);
    result->hash = bw_hash128(outcomes, count * sizeof *outcomes, 0);
}
