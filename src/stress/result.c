#include "stress/result.h"

#include "metrics/state.h"
#include "stress/tail.h"

/* ----------------------------------------------------------------------------------------------------------- series */

/* One member of every outcome, by its place in the struct. */
static void gather(const bw_stress_outcome *outcomes, uint64_t count, size_t member, int64_t *amounts)
{
    for (uint64_t i = 0; i < count; i++)
        amounts[i] = *(const int64_t *)(const void *)((const char *)&outcomes[i] + member);
}

static bw_stress_series series_of(const bw_stress_outcome *outcomes, uint64_t count, uint64_t paths, size_t member,
                                  int64_t *scratch)
{
    gather(outcomes, count, member, scratch);
    bw_stress_sort(scratch, count);
    return bw_stress_series_of((bw_stress_amounts){scratch, count, paths});
}

static bw_stress_figure mean_of(const bw_stress_outcome *outcomes, uint64_t count, size_t member, int64_t *scratch)
{
    gather(outcomes, count, member, scratch);
    return bw_stress_mean_beyond(bw_stress_amounts_of(scratch, count), 0);
}

static bw_stress_chance chance_of(const bw_stress_outcome *outcomes, uint64_t count, uint64_t paths, uint32_t flag)
{
    uint64_t hits = 0;
    for (uint64_t i = 0; i < count; i++)
        hits += (outcomes[i].flags & flag) != 0;
    return bw_stress_chance_of(hits, paths);
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

static void find_origins(bw_stress_result *result, const bw_stress_outcome *outcomes, uint64_t count, int64_t above,
                         bw_wide whole)
{
    origin_sum sums[ORIGINS_SEEN] = {{.gap = bw_wide_of(0), .market = BW_NONE16}};
    uint32_t seen = 1;
    for (uint64_t i = 0; i < count; i++) {
        if (outcomes[i].gap <= above)
            continue;
        bool shorts = (outcomes[i].flags & BW_STRESS_ORIGIN_SHORT) != 0;
        origin_sum *sum = origin_at(sums, &seen, outcomes[i].origin, shorts);
        sum->gap = bw_wide_add_int64(sum->gap, outcomes[i].gap);
        sum->paths++;
    }
    for (uint32_t i = 0; i < seen; i++)
        if (sums[i].paths > 0)
            insert_origin(result, (bw_stress_origin){.market = sums[i].market, .shorts = sums[i].shorts,
                                                     .paths = sums[i].paths, .share_ppm = bw_stress_share(sums[i].gap, whole)});
}

/* Of the gaps above `above`: 0, or what a screened run knows of all paths. */
static void scan_paths(bw_stress_result *result, const bw_stress_outcome *outcomes, uint64_t count, int64_t above)
{
    bw_wide whole = bw_wide_of(0), clipped = bw_wide_of(0);
    for (uint64_t i = 0; i < count; i++) {
        int64_t gap = outcomes[i].gap > above ? outcomes[i].gap : 0;
        whole = bw_wide_add_int64(whole, gap);
        result->incomplete += (outcomes[i].flags & BW_STRESS_INCOMPLETE) != 0;
        if (outcomes[i].gap > outcomes[result->worst_path].gap)
            result->worst_path = i;
        if (!(outcomes[i].flags & BW_STRESS_CLIPPED))
            continue;
        result->clipped++;
        clipped = bw_wide_add_int64(clipped, gap);
    }
    result->clipped_share_ppm = bw_stress_share(clipped, whole);
    find_origins(result, outcomes, count, above, whole);
    bw_stress_tail_of(result, outcomes, count, above, whole);
}

/* What rests on paths that were all played. */
static void common_of(bw_stress_result *result, const bw_stress_outcome *outcomes, uint64_t count, int64_t *scratch)
{
    result->p_liquidation = chance_of(outcomes, count, count, BW_STRESS_LIQUIDATION);
    result->p_adl = chance_of(outcomes, count, count, BW_STRESS_ADL);
    result->first_adl_ns = median_adl(outcomes, count, scratch);
    result->adl_notional = mean_of(outcomes, count, offsetof(bw_stress_outcome, adl_notional), scratch);
    result->liquidated_notional = mean_of(outcomes, count, offsetof(bw_stress_outcome, liquidated_notional), scratch);
    result->fund_use = series_of(outcomes, count, count, offsetof(bw_stress_outcome, fund_use), scratch);
    result->gap = series_of(outcomes, count, count, offsetof(bw_stress_outcome, gap), scratch);
}

/* What is zero on paths that were not played. */
static void charged_of(bw_stress_result *result, const bw_stress_outcome *outcomes, uint64_t count, uint64_t paths,
                       int64_t *scratch)
{
    result->p_haircut = chance_of(outcomes, count, paths, BW_STRESS_HAIRCUT);
    result->p_carryover = chance_of(outcomes, count, paths, BW_STRESS_CARRYOVER);
    result->socialized = series_of(outcomes, count, paths, offsetof(bw_stress_outcome, socialized), scratch);
    result->p_socialized = result->socialized.positive;
    uint64_t charged = 0;
    for (uint64_t i = 0; i < count; i++)
        charged += bw_stress_charged(&outcomes[i]);
    result->p_charged = bw_stress_chance_of(charged, paths);
}

void bw_stress_result_of(bw_stress_result *result, const bw_stress_facts *facts, const bw_stress_outcome *outcomes,
                         uint64_t count, int64_t *scratch)
{
    BW_ASSERT(count > 0);
    *result = (bw_stress_result){.facts = facts, .paths = count, .played = count};
    scan_paths(result, outcomes, count, 0);
    charged_of(result, outcomes, count, count, scratch);
    common_of(result, outcomes, count, scratch);
    result->hash = bw_hash128(outcomes, count * sizeof *outcomes, 0);
}

/* ---------------------------------------------------------------------------------------------------------- screened */

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* A level of all paths where it lies above `paid`; else that of the control, which cannot be above `paid` either. */
static void merge_level(bw_stress_figure *var, bw_stress_figure *es, bw_stress_figure all_var, bw_stress_figure all_es,
                        int64_t paid)
{
    if (!all_var.known)
        return;
    if (all_var.value > paid) {
        *var = all_var;
        *es = all_es;
        return;
    }
    var->value = least(var->value, paid);
    var->low = least(var->low, var->value);
    if (all_var.high <= paid)
        var->high = least(var->high, paid);
}

static void merge_series(bw_stress_series *series, const bw_stress_outcome *outcomes, uint64_t count, uint64_t paths, size_t member,
                         int64_t paid, int64_t *scratch)
{
    bw_stress_series all = series_of(outcomes, count, paths, member, scratch);
    for (uint32_t i = 0; i < BW_STRESS_LEVELS; i++)
        merge_level(&series->var[i], &series->es[i], all.var[i], all.es[i], paid);
    series->largest = all.largest;
}

/* ---- two phases ---- */

typedef struct {
    const bw_phase_plan *plan;
    bw_phase_amount *amounts;
    uint64_t count, all;             /* played, and of how many paths: those behind the control */
} phases;

/* One amount of every path played behind the control; a flag counts as an amount of 1. */
static phases phases_of(const bw_stress_screened *screened, const bw_stress_outcome *outcomes, uint64_t count, uint64_t paths,
                        size_t member, uint32_t flag, bw_phase_amount *room)
{
    phases p = {screened->plan, room, 0, paths - screened->control};
    for (uint64_t i = screened->control; i < count; i++) {
        const char *at = (const char *)&outcomes[i] + member;
        int64_t amount = flag != 0 ? (outcomes[i].flags & flag) != 0 : *(const int64_t *)(const void *)at;
        room[p.count++] = (bw_phase_amount){.amount = amount, .stratum = screened->strata[i]};
    }
    bw_phase_sort(room, room + count, p.count);
    return p;
}

static bw_stress_chance weighted_chance(const phases *p)
{
    bw_phase_chance chance = bw_phase_beyond(p->plan, p->amounts, p->count, p->all, 0);
    return (bw_stress_chance){.hits = chance.hits, .paths = p->all, .interval = {chance.low, chance.high}, .weighted = true,
                              .estimate = chance.value};
}

static bw_stress_series weighted_series(const phases *p)
{
    bw_stress_series series = {.paths = p->all, .positive = weighted_chance(p),
                               .largest = p->count > 0 ? p->amounts[p->count - 1].amount : 0,
                               .mean = bw_phase_mean(p->plan, p->amounts, p->count, p->all)};
    for (uint32_t i = 0; i < BW_STRESS_LEVELS; i++)
        series.var[i] = bw_phase_quantile(p->plan, p->amounts, p->count, p->all, bw_stress_tails[i], &series.es[i]);
    return series;
}

static void weigh(bw_stress_result *result, const bw_stress_outcome *outcomes, uint64_t count, uint64_t paths,
                  bw_phase_amount *room)
{
    const bw_stress_screened *screened = result->screened;
    phases p = phases_of(screened, outcomes, count, paths, 0, BW_STRESS_HAIRCUT, room);
    result->p_haircut = weighted_chance(&p);
    p = phases_of(screened, outcomes, count, paths, 0, BW_STRESS_CARRYOVER, room);
    result->p_carryover = weighted_chance(&p);
    p = phases_of(screened, outcomes, count, paths, offsetof(bw_stress_outcome, socialized), 0, room);
    result->socialized = weighted_series(&p);
    result->p_socialized = result->socialized.positive;
    p = phases_of(screened, outcomes, count, paths, offsetof(bw_stress_outcome, deleveraged), 0, room);
    for (uint64_t i = screened->control, k = 0; i < count; i++, k++)
        room[k] = (bw_phase_amount){.amount = bw_stress_charged(&outcomes[i]), .stratum = screened->strata[i]};
    bw_phase_sort(room, room + count, p.count);
    result->p_charged = weighted_chance(&p);
    const size_t members[] = {offsetof(bw_stress_outcome, gap), offsetof(bw_stress_outcome, fund_use)};
    bw_stress_series *const series[] = {&result->gap, &result->fund_use};
    for (uint32_t k = 0; k < 2; k++) {
        p = phases_of(screened, outcomes, count, paths, members[k], 0, room);
        int64_t most = p.count > 0 ? room[p.count - 1].amount : 0;
        series[k]->largest = most > series[k]->largest ? most : series[k]->largest;
        for (uint32_t i = 0; i < BW_STRESS_LEVELS; i++) {
            bw_stress_figure es, var = bw_phase_quantile(p.plan, p.amounts, p.count, p.all, bw_stress_tails[i], &es);
            merge_level(&series[k]->var[i], &series[k]->es[i], var, es, screened->paid);
        }
    }
}

static bw_hash hash_screened(const bw_stress_screened *screened, const bw_stress_outcome *outcomes, uint64_t count)
{
    uint64_t control = screened->control < count ? screened->control : count;
    bw_hash hash = bw_hash128(outcomes, control * sizeof *outcomes, 0);
    for (uint64_t i = control; i < count; i++) {
        if (outcomes[i].gap <= screened->paid)
            continue;
        const struct { bw_hash before; uint64_t path; bw_stress_outcome outcome; } link = {hash, screened->list[i], outcomes[i]};
        hash = bw_hash128(&link, sizeof link, 0);
    }
    return hash;
}

void bw_stress_result_screened(bw_stress_result *result, const bw_stress_facts *facts, const bw_stress_screened *screened,
                               const bw_stress_outcome *outcomes, uint64_t count, uint64_t paths, int64_t *scratch,
                               bw_phase_amount *room)
{
    uint64_t control = screened->control < count ? screened->control : count;
    BW_ASSERT(count > 0 && control > 0 && count <= paths);
    *result = (bw_stress_result){.facts = facts, .screened = screened, .paths = paths, .played = count};
    scan_paths(result, outcomes, count, screened->paid);
    result->worst_path = screened->list[result->worst_path];
    charged_of(result, outcomes, count, paths, scratch);
    common_of(result, outcomes, control, scratch);
    if (screened->plan != NULL) {
        weigh(result, outcomes, count, paths, room);
    } else {
        merge_series(&result->fund_use, outcomes, count, paths, offsetof(bw_stress_outcome, fund_use), screened->paid, scratch);
        merge_series(&result->gap, outcomes, count, paths, offsetof(bw_stress_outcome, gap), screened->paid, scratch);
    }
    result->hash = hash_screened(screened, outcomes, count);
}
