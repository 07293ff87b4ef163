/* fund_play.c - the sizes of the fund, played one after the other on the same paths; the stress set of single defaults. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/fund_report.h"
#include "stress/shock.h"
#include "story/session.h"

/* ---- one size ---- */

static bool set_fund(app_fund *fund, int64_t size)
{
    return app_run_fund(&fund->paths.run, size - fund->present);
}

/* One shock: its book is that of the size. */
static bw_story_result shock_of(app_fund *fund, bw_story *story, int64_t size)
{
    if (!fund->paths.shock.asked)
        return BW_STORY_DONE;
    if (!set_fund(fund, size))
        return bw_story_fail(story, BW_STORY_WRONG, "found a fund that cannot be set to the size");
    bw_story_result result = app_one_shock_read(&fund->paths, story);
    app_snapshot_restore(&fund->paths.snapshot, &fund->paths.run.sources);
    return result;
}

static bool begin(app_paths *paths, const app_jobs *jobs, uint32_t worker, uint64_t path)
{
    app_fund *fund = (void *)paths;
    (void)jobs, (void)worker, (void)path;
    return set_fund(fund, fund->setting);
}

bool app_fund_paid(app_fund *fund, const bw_story *story, int64_t size, int64_t *paid)
{
    bw_bound_params params;
    app_screen_params(&fund->paths, story, &params);
    bool set = set_fund(fund, size);
    *paid = set ? bw_bound_paid(&params) : 0;
    app_snapshot_restore(&fund->paths.snapshot, &fund->paths.run.sources);
    return set;
}

/* A fund that no size reaches. */
static int64_t largest_fund(const app_fund *fund)
{
    int64_t largest = fund->sizes[fund->size_count - 1];
    return largest < APP_FUND_MOST / 64 ? 64 * largest : APP_FUND_MOST;
}

/* What the paths came to with the largest fund: where it paid all, that gap takes the place of the bound. False: above it. */
static bool keep_gaps(app_fund *fund, const app_jobs *jobs, char *message, size_t size)
{
    app_screen *bounds = &fund->bounds;
    for (uint64_t j = 0; j < jobs->done; j++) {
        const bw_stress_outcome *outcome = &jobs->outcomes[j];
        uint64_t i = jobs->list[j] - bounds->first;
        bool charged = bw_stress_charged(outcome) || outcome->venue_paid > 0;
        if (!charged && (double)outcome->gap > bounds->gap[i]) {
            snprintf(message, size, "path %llu: found a gap of %lld where the certified bound is %.0f minor units: this is a fault of "
                     "the program, please report it", (unsigned long long)jobs->list[j], (long long)outcome->gap, bounds->gap[i]);
            return false;
        }
        bounds->gap[i] = charged ? INFINITY : (double)outcome->gap;
        bounds->known[i] = 1;
    }
    return true;
}

/* Paths that a bound leaves open are played once with the largest fund. As long as it pays all gaps, a smaller fund that can do so
   changes nothing: with each fund that is sure to pay this path's gap, the path is the same and nobody is charged. */
static bw_story_result find_gaps(app_fund *fund, bw_story *story)
{
    char message[APP_RUN_TEXT];
    app_screen *bounds = &fund->bounds;
    app_jobs jobs = {.count = app_screen_unknown(bounds, NULL), .what = "with the largest fund: "};
    if (jobs.count == 0 || fund->paths.shock.asked)
        return jobs.count > 0 ? app_screen_refine(&fund->paths, story, bounds) : BW_STORY_DONE;
    uint64_t *list = malloc(jobs.count * sizeof *list);
    bw_story_result result = BW_STORY_DONE;
    if (list == NULL || !app_jobs_make(&jobs))
        result = bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the paths");
    else {
        app_screen_unknown(bounds, list);
        jobs.list = list;
        fund->setting = largest_fund(fund);
        result = app_paths_play(&fund->paths, story, &jobs);
        fund->result.opened += jobs.done;
        if (result == BW_STORY_DONE && !keep_gaps(fund, &jobs, message, sizeof message))
            result = bw_story_fail(story, BW_STORY_FAILED, message);
    }
    free(list);
    app_jobs_free(&jobs);
    return result;
}

static bool choose(app_fund *fund, app_jobs *jobs)
{
    app_screen *bounds = &fund->bounds;
    jobs->count = fund->paths.count;
    if (!fund->screened)
        return true;
    free(bounds->list);
    free(bounds->strata);
    bounds->list = NULL;
    bounds->strata = NULL;
    bounds->listed = bounds->passed = 0;
    if (!app_screen_choose(bounds, 0, 0, 0))
        return false;
    jobs->list = bounds->list;
    jobs->count = bounds->listed;
    return true;
}

/* Plays one size and keeps its point. */
static bw_story_result play_size(app_fund *fund, bw_story *story, int64_t size)
{
    char what[64], message[APP_RUN_TEXT];
    app_jobs jobs = {.what = what};
    if (fund->screened && !app_fund_paid(fund, story, size, &fund->bounds.paid))
        return bw_story_fail(story, BW_STORY_WRONG, "found a fund that cannot be set to the size");
    bw_story_result result = fund->screened ? find_gaps(fund, story) : BW_STORY_DONE;
    if (result != BW_STORY_DONE || app_interrupted)
        return result;
    snprintf(what, sizeof what, "fund of %lld: ", (long long)(size / 1000000));
    fund->setting = size;
    if (!choose(fund, &jobs) || !app_jobs_make(&jobs))
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the paths");
    result = shock_of(fund, story, size);
    if (result == BW_STORY_DONE)
        result = app_paths_play(&fund->paths, story, &jobs);
    if (result == BW_STORY_DONE && fund->screened && !app_screen_holds(&fund->bounds, &jobs, message, sizeof message))
        result = bw_story_fail(story, BW_STORY_FAILED, message);
    int64_t *scratch = malloc((jobs.count + 1) * sizeof *scratch);
    if (result == BW_STORY_DONE && scratch == NULL)
        result = bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the result");
    if (result == BW_STORY_DONE && jobs.done == jobs.count) {
        bw_fund_point point = bw_fund_point_runs(size, jobs.outcomes, jobs.count, fund->paths.count, scratch);
        bw_fund_points_add(fund->result.points, &fund->result.point_count, point);
        const struct { bw_hash before; int64_t size; uint64_t hits; int64_t mean; } link = {
            fund->hash, size, point.p_socialized.hits, point.expected_socialized.value};
        fund->hash = bw_hash128(&link, sizeof link, 0);
    }
    free(scratch);
    app_jobs_free(&jobs);
    return result;
}

/* ---- all sizes ---- */

/* A quarter to eight times the present fund; without one, parts of the open interest. */
static void default_sizes(app_fund *fund)
{
    static const int64_t quarters[] = {1, 2, 4, 8, 16, 32};
    int64_t unit = fund->present / 4;
    if (fund->present == 0) {
        const bw_book_stats *stats = &fund->paths.run.world.book->stats;
        fund->sizes[fund->size_count++] = 0;
        for (uint32_t m = 0; m < stats->market_count; m++)
            unit += stats->market[m].open_interest / 400;
    }
    unit = unit > 0 ? unit : 1000000;
    for (uint32_t i = 0; i < sizeof quarters / sizeof *quarters; i++)
        if (unit <= APP_FUND_MOST / quarters[i])
            fund->sizes[fund->size_count++] = quarters[i] * unit;
}

/* Further sizes between those played, until the least one that meets the tail is known well enough. */
static bw_story_result refine(app_fund *fund, bw_story *story, int64_t tail)
{
    enum { ROUNDS = 8 };
    bw_story_result result = BW_STORY_DONE;
    int64_t least = fund->present - fund->shared;
    least = fund->sizes[0] / 64 > least ? fund->sizes[0] / 64 : least;
    for (uint32_t i = 0; i < ROUNDS && result == BW_STORY_DONE && !app_interrupted; i++) {
        int64_t size = bw_fund_next(fund->result.points, fund->result.point_count, tail, least, largest_fund(fund));
        if (size < 0)
            break;
        result = play_size(fund, story, size);
    }
    return result;
}

static bw_story_result play_sizes(app_fund *fund, bw_story *story)
{
    bw_story_result result = BW_STORY_DONE;
    bool given = fund->sizes_given;
    const bw_fund_settings *set = &fund->settings;
    int64_t tail = bw_fund_newsvendor_tail(set->capital_rate, set->shortfall_cost, fund->paths.horizon_ns);
    for (uint32_t i = fund->size_count; i-- > 0 && result == BW_STORY_DONE && !app_interrupted;)      /* the quickest first */
        result = play_size(fund, story, fund->sizes[i]);
    for (uint32_t i = 0; i < 2 && result == BW_STORY_DONE && !given && !app_interrupted; i++) {
        int64_t wanted = i == 0 ? set->target : tail;
        if (wanted >= bw_stress_least_tail(fund->paths.count) && wanted < BW_STRESS_ONE)
            result = refine(fund, story, wanted);
    }
    return result;
}

/* ---- one condition changed at a time ---- */

static bw_story_result compare(app_fund *fund, bw_story *story, const app_variant *variant, const app_variant_run *base)
{
    app_variant_run run;
    bw_story_result result = app_variant_play(&fund->paths, story, variant, &run);
    bool whole = result == BW_STORY_DONE && !run.refused && run.jobs.done == run.jobs.count;
    if (whole && fund->result.pair_count < BW_PAIRED_ROWS)
        fund->pairs[fund->result.pair_count++] = app_variant_compare(&fund->paths, variant->name, base, &run);
    app_variant_free(&run);
    return result;
}

static bw_story_result play_sensitivities(app_fund *fund, bw_story *story)
{
    app_variant_run base;
    fund->paths.hooks.begin = NULL;
    bw_story_result result = app_variant_play(&fund->paths, story, NULL, &base);
    bool whole = result == BW_STORY_DONE && base.jobs.done == base.jobs.count;
    for (const app_variant *v = APP_SENSITIVITIES; whole && v->name != NULL && result == BW_STORY_DONE && !app_interrupted; v++)
        result = compare(fund, story, v, &base);
    app_variant_free(&base);
    return result;
}

/* ---- other models ---- */

static bw_story_result play_model(app_fund *fund, bw_story *story, bw_draw_kind kind)
{
    app_variant_run run;
    bw_draw draw;
    bool made;
    bw_story_result result = app_draws_other(&fund->paths.draws, story, fund->paths.model, kind, &draw, &made);
    if (result != BW_STORY_DONE || !made)
        return result;
    result = app_variant_draw(&fund->paths, story, &draw, &run);
    int64_t *scratch = malloc((run.jobs.count + 1) * sizeof *scratch);
    if (result == BW_STORY_DONE && scratch != NULL && run.jobs.done == run.jobs.count) {
        bw_fund_point point = bw_fund_point_runs(fund->present, run.jobs.outcomes, run.jobs.count, fund->paths.count, scratch);
        fund->ranges[fund->result.model_count++] = (bw_fund_model){bw_draw_word(kind), point.p_socialized, point.expected_socialized};
    }
    free(scratch);
    app_variant_free(&run);
    return result;
}

static bw_story_result play_models(app_fund *fund, bw_story *story)
{
    static const bw_draw_kind kinds[] = {BW_DRAW_MODEL, BW_DRAW_T_ONLY, BW_DRAW_BOOTSTRAP, BW_DRAW_WORST_DAYS};
    bw_story_result result = BW_STORY_DONE;
    fund->paths.hooks.begin = NULL;
    for (uint32_t i = 0; i < 4 && result == BW_STORY_DONE && !app_interrupted; i++)
        result = play_model(fund, story, kinds[i]);
    return result;
}

/* ---- the stress set ---- */

static int64_t of_row(const bw_cover_row *row, bool given, uint32_t owners)
{
    const bw_cover_reading *reading = given ? &row->given : &row->endogenous;
    return owners == 1 ? reading->cover1 : owners == 2 ? reading->cover2 : reading->all;
}

uint32_t app_fund_worst(const app_fund *fund, bool given, uint32_t owners)
{
    uint32_t worst = 0;
    for (uint32_t i = 1; i < fund->row_count; i++)
        if (of_row(&fund->rows[i], given, owners) > of_row(&fund->rows[worst], given, owners))
            worst = i;
    return worst;
}

static bw_story_result stress_set(app_fund *fund, bw_story *story)
{
    const app_world *world = &fund->paths.run.world;
    const bw_cover_params params = {.venue = story->venue, .market_first = world->play_params.market_first,
                                    .market_count = (uint16_t)world->market_count,
                                    .collateral = app_run_has_collateral(&fund->paths.run),
                                    .liquidity = world->play_params.liquidity};
    const char *names[BW_MARKETS_MAX];
    uint32_t sectors[BW_MARKETS_MAX];
    for (uint32_t m = 0; m < world->market_count; m++) {
        names[m] = world->markets[m].name;
        sectors[m] = world->model_params.item[m].sector;
    }
    fund->scenarios = calloc(BW_COVER_SCENARIOS, sizeof *fund->scenarios);
    fund->rows = calloc(BW_COVER_SCENARIOS, sizeof *fund->rows);
    void *memory = aligned_alloc(64, bw_covers_footprint(&params));
    if (fund->scenarios == NULL || fund->rows == NULL || memory == NULL) {
        free(memory);
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the stress set");
    }
    bw_covers *covers = bw_covers_new(memory, &params);
    uint32_t count = bw_cover_scenarios(&params, names, sectors, fund->scenarios);
    app_progress_begin(&fund->paths.run.progress);
    for (; fund->row_count < count && !app_interrupted; fund->row_count++) {
        app_progress_show(&fund->paths.run.progress, "defaults of single owners", fund->row_count, count);
        fund->rows[fund->row_count] = bw_covers_of(covers, &fund->scenarios[fund->row_count]);
    }
    app_progress_end(&fund->paths.run.progress);
    free(memory);
    return BW_STORY_DONE;
}

/* ---- when the book stands ---- */

static bw_story_result bound_paths(app_fund *fund, bw_story *story, bool run)
{
    bw_bound_params params;
    app_screen_params(&fund->paths, story, &params);
    const char *fault = bw_bound_fault(&params);
    fund->screened = fault == NULL;
    snprintf(fund->unscreened, sizeof fund->unscreened, "%s", fault != NULL ? fault : "");
    fund->bounds = (app_screen){.first = 0, .count = fund->paths.count};
    if (!fund->screened)
        return BW_STORY_DONE;
    bw_story_result result = app_screen_make(&fund->paths, story, &fund->bounds);
    if (result == BW_STORY_DONE && !app_fund_paid(fund, story, fund->sizes[0], &fund->bounds.paid))
        result = bw_story_fail(story, BW_STORY_WRONG, "found a fund that cannot be set to the smallest size");
    return result == BW_STORY_DONE && run ? app_screen_run(&fund->paths, story, &fund->bounds) : result;
}

/* All sizes, by the way that the rules allow. */
static bw_story_result find_curve(app_fund *fund, bw_story *story)
{
    int64_t capital;
    bool one_set = fund->paths.shock.asked && bw_shock_fund_first(story->venue, &capital);
    bw_story_result result = bound_paths(fund, story, !one_set);
    if (result != BW_STORY_DONE)
        return result;
    result = one_set ? app_fund_shock(fund, story, capital) : play_sizes(fund, story);
    for (uint64_t i = 0; fund->paths.shock.asked && fund->bounds.known != NULL && i < fund->bounds.count; i++)
        fund->result.opened += fund->bounds.known[i];
    return result;
}

bw_story_result app_fund_between(app_run *run, bw_story *story)
{
    app_fund *fund = (void *)run;
    bw_pool_view pool;
    bw_story_result result = app_paths_stand(&fund->paths, story);
    fund->paths.hooks.begin = begin;
    if (bw_pool_get(story->venue, 0, &pool)) {
        fund->present = pool.fund;
        fund->shared = pool.shared_fund;
    }
    if (!fund->sizes_given)
        default_sizes(fund);
    for (uint32_t i = 0; result == BW_STORY_DONE && i < fund->size_count; i++)
        if (fund->sizes[i] < fund->present - fund->shared)
            result = bw_story_fail(story, BW_STORY_WRONG, "found a size of the fund below what the markets' own parts hold");
    if (result == BW_STORY_DONE)
        result = stress_set(fund, story);
    if (result == BW_STORY_DONE)
        result = find_curve(fund, story);
    if (result == BW_STORY_DONE)
        result = shock_of(fund, story, fund->present);
    if (result == BW_STORY_DONE && fund->sensitivities && !app_interrupted)
        result = play_sensitivities(fund, story);
    fund->paths.hooks.begin = NULL;
    if (result == BW_STORY_DONE && fund->models && !app_interrupted)
        result = play_models(fund, story);
    if (result == BW_STORY_DONE && fund->reverses && !app_interrupted)
        result = app_reverse_play(&fund->paths, story, fund->reverse, &fund->result.reverse_count);
    if (result == BW_STORY_DONE && fund->report != NULL && !app_interrupted)
        result = app_fund_report_play(fund, story);
    app_paths_leave(&fund->paths, story, result);
    return result;
}
