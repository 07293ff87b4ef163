/* fund_shock.c - one shock: every size of the fund from one set of paths. Gaps below what the smallest size needs stay unknown. */
#include <math.h>
#include <stdlib.h>

#include "app/fund.h"
#include "story/session.h"

/* Gaps above `paid`, less what capital pays of them, rising. False: no memory. */
static bool collect(app_fund *fund, int64_t capital)
{
    const app_screen *bounds = &fund->bounds;
    uint64_t count = 0;
    for (uint64_t i = 0; i < bounds->count; i++)
        count += bounds->gap[i] > (double)bounds->paid;
    free(fund->borne);
    fund->borne = malloc((count + 1) * sizeof *fund->borne);
    fund->borne_count = 0;
    for (uint64_t i = 0; fund->borne != NULL && i < bounds->count; i++)
        if (bounds->gap[i] > (double)bounds->paid && (int64_t)bounds->gap[i] > capital)
            fund->borne[fund->borne_count++] = (int64_t)bounds->gap[i] - capital;
    if (fund->borne != NULL)
        bw_stress_sort(fund->borne, fund->borne_count);
    return fund->borne != NULL;
}

static uint64_t count_above(const app_screen *bounds, double amount)
{
    uint64_t count = 0;
    for (uint64_t i = 0; i < bounds->count; i++)
        count += bounds->gap[i] > amount;
    return count;
}

/* The largest power of two, or half as much again, that more than `count` bounds are above; 0: there is none. */
static int64_t cut_for(const app_screen *bounds, double count)
{
    int64_t cut = INT64_C(1) << 62;
    while (cut > 0 && (double)count_above(bounds, (double)cut) <= count) {
        int64_t half = cut / 4 * 3;
        if ((double)count_above(bounds, (double)half) > count)
            return half;
        cut /= 2;
    }
    return cut;
}

/* Of how many paths the largest gaps must be known, for the sizes that are asked for. */
static double paths_wanted(const app_fund *fund)
{
    const bw_fund_settings *set = &fund->settings;
    const int64_t tails[] = {set->target, bw_fund_newsvendor_tail(set->capital_rate, set->shortfall_cost, fund->paths.horizon_ns)};
    double wanted = 0;
    for (uint32_t i = 0; i < 2; i++) {
        double count = (double)tails[i] / BW_STRESS_ONE * (double)fund->paths.count;
        count += 2 * sqrt(count) + 1;                   /* the upper end of its interval too */
        if (tails[i] >= bw_stress_least_tail(fund->paths.count) && tails[i] < BW_STRESS_ONE && count > wanted)
            wanted = count;
    }
    return wanted;
}

/* Gaps from the largest down, as far as it takes: where bounds say that the rest is smaller, nobody asks for it. */
static bw_story_result find_gaps(app_fund *fund, bw_story *story, int64_t least)
{
    app_screen *bounds = &fund->bounds;
    double wanted = paths_wanted(fund);
    bounds->paid = INT64_MAX;
    bw_story_result result = app_screen_run(&fund->paths, story, bounds);
    for (bool known = false; result == BW_STORY_DONE && !known;) {
        int64_t cut = cut_for(bounds, wanted), lower = bounds->paid / 4 * 3;
        bounds->paid = cut < bounds->paid ? cut : lower;
        result = app_screen_refine(&fund->paths, story, bounds);
        known = bounds->paid == 0 || (double)count_above(bounds, (double)bounds->paid) > wanted;
    }
    if (result == BW_STORY_DONE && bounds->paid > least) {
        bounds->paid = least;
        result = app_screen_refine(&fund->paths, story, bounds);
    }
    return result;
}

bw_story_result app_fund_shock(app_fund *fund, bw_story *story, int64_t capital)
{
    bw_story_result result = find_gaps(fund, story, fund->sizes[0] + capital);
    if (result != BW_STORY_DONE)
        return result;
    if (!collect(fund, capital))
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the gaps");
    const struct { uint64_t settings, seed, paths, gaps; } print = {
        fund->paths.settings_hash, fund->paths.seed, fund->paths.count, bw_hash64(fund->borne, fund->borne_count * sizeof *fund->borne, 0)};
    fund->hash = bw_hash128(&print, sizeof print, 0);
    fund->one_set = true;
    fund->result.point_count = 1;        /* there is a result */
    return BW_STORY_DONE;
}
