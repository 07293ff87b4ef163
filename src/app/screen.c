#include "app/screen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/ranks.h"
#include "story/session.h"

enum { PIECE = 512 };          /* paths of one piece of work */

/* ---- making ---- */

static double risk_of(const bw_model_params *params, const bw_model_item *item)
{
    double factor = item->beta * params->factor_sd, sector = item->sector_load * params->sector_sd[item->sector];
    return sqrt(factor * factor + sector * sector + item->own_sd * item->own_sd) + 1e-6;
}

void app_screen_params(const app_paths *paths, const bw_story *story, bw_bound_params *params)
{
    const app_world *world = &paths->run.world;
    const bw_model_params *model = bw_model_params_of(paths->model);
    *params = (bw_bound_params){.venue = story->venue, .market_first = world->play_params.market_first,
                                .market_count = (uint16_t)world->market_count, .collateral = app_run_has_collateral(&paths->run),
                                .liquidity = world->play->params.liquidity,
                                .runs = world->play->params.runs.enabled != 0 && !paths->shock.asked,
                                .outage = world->play->params.outage_ns > 0 && !paths->shock.asked};
    for (uint32_t i = 0; i < params->market_count + params->collateral; i++) {
        params->mark_ticks[i] = paths->open_ticks[i];
        params->risk[i] = risk_of(model, &model->item[i]);
    }
}

static uint64_t pieces_of(const app_screen *screen)
{
    return (screen->count + PIECE - 1) / PIECE;
}

/* Whole pieces, as they are shared between ranks. */
static size_t bytes_of(const app_screen *screen, size_t each)
{
    return pieces_of(screen) * PIECE * each;
}

bw_story_result app_screen_make(app_paths *paths, bw_story *story, app_screen *screen)
{
    bw_bound_params params;
    app_screen_params(paths, story, &params);
    const char *fault = bw_bound_fault(&params);
    if (fault != NULL) {
        char text[APP_RUN_TEXT];
        snprintf(text, sizeof text, "found rules under which no path can be left out: %s; expected others, or no --screen", fault);
        return bw_story_fail(story, BW_STORY_WRONG, text);
    }
    void *memory = aligned_alloc(64, bw_bound_footprint(&params));
    screen->gap = app_crew_memory(bytes_of(screen, sizeof *screen->gap));
    screen->surrogate = app_crew_memory(bytes_of(screen, sizeof *screen->surrogate));
    screen->known = calloc(screen->count, 1);
    if (memory == NULL || screen->gap == NULL || screen->surrogate == NULL || screen->known == NULL) {
        free(memory);
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the bounds of the paths");
    }
    screen->bound = bw_bound_new(memory, &params);
    screen->paid = bw_bound_paid(&params);
    screen->exact = paths->shock.asked;
    return BW_STORY_DONE;
}

/* ---- the bounds ---- */

typedef struct {
    app_paths *paths;
    app_screen *screen;
    const uint64_t *waiting;       /* paths whose gaps are asked */
    uint64_t waiting_count;
    int64_t *found;                /* these gaps */
    const char *what;
    uint64_t each;                 /* paths of a piece */
} screening;

/* Of a path of several steps. */
static void bound_path(const screening *at, uint64_t i)
{
    app_screen *screen = at->screen;
    const bw_model *model = at->paths->model;
    bw_bound_moves moves[BW_BOUND_ITEMS];
    bw_bound_moves_of(at->paths->moves, bw_model_params_of(model)->step_count, bw_model_item_count(model), moves);
    bw_bound_told bound = bw_bound_of(screen->bound, moves, bw_model_step_ns(model), (double)screen->paid);
    screen->gap[i] = bound.gap;
    if (bound.gap > (double)screen->paid)
        screen->surrogate[i] = (float)bound.surrogate;
}

static void draw(const screening *at, uint64_t path)
{
    bw_model_told told;
    bw_draw_path(at->screen->source != NULL ? at->screen->source : &at->paths->draws.draw, at->paths->seed, path,
                 at->paths->moves, &told);
}

static int screen_piece(void *context, uint32_t worker, uint64_t piece, char *message)
{
    screening *at = context;
    const app_screen *screen = at->screen;
    piece = app_ranks_piece(piece);
    uint64_t end = (piece + 1) * PIECE < screen->count ? (piece + 1) * PIECE : screen->count;
    (void)worker, (void)message;
    for (uint64_t i = piece * PIECE; i < end; i++) {
        draw(at, screen->first + i);
        if (at->paths->shock.asked)
            screen->gap[i] = bw_bound_of_shock(screen->bound, at->paths->moves);
        else
            bound_path(at, i);
        if (app_interrupted)
            return -1;
    }
    return 0;
}

/* One shock: the gaps of some of the paths of `waiting`. */
static int gap_piece(void *context, uint32_t worker, uint64_t piece, char *message)
{
    screening *at = context;
    uint64_t first = app_ranks_piece(piece) * APP_ONE_SHOCK_PIECE, left = at->waiting_count - first;
    uint32_t count = left < APP_ONE_SHOCK_PIECE ? (uint32_t)left : APP_ONE_SHOCK_PIECE;
    (void)worker, (void)message;
    for (uint32_t k = 0; k < count; k++) {
        draw(at, at->waiting[first + k]);
        app_one_shock_price(at->paths, k);
    }
    app_one_shock_gaps(at->paths, count, at->found + first);
    return app_interrupted ? -1 : 0;
}

static void show(void *context, uint64_t done, uint64_t count)
{
    const screening *at = context;
    app_progress *progress = &at->paths->run.progress;
    char what[160];
    if (!app_progress_due(progress))
        return;
    snprintf(what, sizeof what, "%s of %llu paths, %.0f a second", at->what, (unsigned long long)(count * at->each),
             app_progress_rate(progress, done * at->each));
    app_progress_show(progress, what, done, count);
}

/* This rank's part of the pieces. */
static bw_story_result run_pieces(screening *at, bw_story *story, app_crew_piece *piece, uint64_t pieces)
{
    app_paths *paths = at->paths;
    app_crew crew = {.processes = (uint32_t)paths->run.threads, .piece = piece, .watch = show, .context = at};
    app_progress_begin(&paths->run.progress);
    bw_story_result result = app_paths_crew_end(story, &crew, app_crew_run(&crew, app_ranks_count(pieces)));
    app_progress_end(&paths->run.progress);
    return result;
}

static bw_story_result unless_interrupted(bw_story *story, bw_story_result result)
{
    if (result == BW_STORY_DONE && app_interrupted)
        return bw_story_fail(story, BW_STORY_FAILED, "interrupted");
    return result;
}

bw_story_result app_screen_run(app_paths *paths, bw_story *story, app_screen *screen)
{
    screening at = {.paths = paths, .screen = screen, .what = "bounds", .each = PIECE};
    bw_story_result result = run_pieces(&at, story, screen_piece, pieces_of(screen));
    if (app_paths_step(story, paths->settings_hash + screen->count, &result)) {
        app_ranks_share(screen->gap, PIECE * sizeof *screen->gap, pieces_of(screen));
        app_ranks_share(screen->surrogate, PIECE * sizeof *screen->surrogate, pieces_of(screen));
    }
    result = unless_interrupted(story, result);
    return result == BW_STORY_DONE && screen->exact ? app_screen_refine(paths, story, screen) : result;
}

uint64_t app_screen_unknown(const app_screen *screen, uint64_t *list)
{
    uint64_t count = 0;
    for (uint64_t i = 0; i < screen->count; i++) {
        if (screen->known[i] || !(screen->gap[i] > (double)screen->paid))
            continue;
        if (list != NULL)
            list[count] = screen->first + i;
        count++;
    }
    return count;
}

static void keep_found(const screening *at)
{
    for (uint64_t k = 0; k < at->waiting_count; k++) {
        uint64_t i = at->waiting[k] - at->screen->first;
        at->screen->gap[i] = (double)at->found[k];
        at->screen->surrogate[i] = (float)at->found[k];
        at->screen->known[i] = 1;
    }
}

bw_story_result app_screen_refine(app_paths *paths, bw_story *story, app_screen *screen)
{
    uint64_t count = app_screen_unknown(screen, NULL), pieces = (count + APP_ONE_SHOCK_PIECE - 1) / APP_ONE_SHOCK_PIECE;
    size_t size = pieces * APP_ONE_SHOCK_PIECE * sizeof(int64_t);
    if (count == 0)
        return BW_STORY_DONE;
    uint64_t *waiting = malloc(count * sizeof *waiting);
    screening at = {.paths = paths, .screen = screen, .waiting = waiting, .waiting_count = count, .found = app_crew_memory(size),
                    .what = "gaps", .each = APP_ONE_SHOCK_PIECE};
    bw_story_result result = BW_STORY_DONE;
    if (waiting == NULL || at.found == NULL)
        result = bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the gaps");
    else {
        app_screen_unknown(screen, waiting);
        result = run_pieces(&at, story, gap_piece, pieces);
        if (app_paths_step(story, paths->settings_hash + count, &result))
            app_ranks_share(at.found, APP_ONE_SHOCK_PIECE * sizeof *at.found, pieces);
        result = unless_interrupted(story, result);
        if (result == BW_STORY_DONE)
            keep_found(&at);
    }
    free(waiting);
    app_crew_free(at.found, size);
    return result;
}

/* ---- choosing, trying ---- */

/* Which of the paths behind the control are played, and their strata, into a table by path. */
static bool sample(app_screen *screen, uint64_t runs, uint64_t seed, uint32_t *stratum_of)
{
    uint64_t count = 0;
    bw_phase_path *paths = malloc((screen->passed + 1) * sizeof *paths);
    if (paths == NULL)
        return false;
    for (uint64_t i = screen->control; i < screen->count; i++)
        if (screen->gap[i] > (double)screen->paid)
            paths[count++] = (bw_phase_path){.number = i, .u = screen->surrogate[i]};
    if (count > runs) {
        screen->plan = bw_phase_plan_of(paths, count, runs, seed);
        for (uint64_t k = 0; k < count; k++)
            stratum_of[paths[k].number] = paths[k].played ? paths[k].stratum : UINT32_MAX;
    }
    free(paths);
    return true;
}

static bool is_listed(const app_screen *screen, const uint32_t *stratum_of, uint64_t i)
{
    if (i < screen->control)
        return true;
    return screen->gap[i] > (double)screen->paid && (screen->plan.count == 0 || stratum_of[i] != UINT32_MAX);
}

bool app_screen_choose(app_screen *screen, uint64_t control, uint64_t runs, uint64_t seed)
{
    uint64_t room = 0;
    uint32_t *stratum_of = runs > 0 ? calloc(screen->count, sizeof *stratum_of) : NULL;
    screen->control = control < screen->count ? control : screen->count;
    screen->passed = 0;
    for (uint64_t i = 0; i < screen->count; i++)
        screen->passed += screen->gap[i] > (double)screen->paid;
    bool made = runs == 0 || (stratum_of != NULL && sample(screen, runs, seed, stratum_of));
    for (uint64_t i = 0; made && i < screen->count; i++)
        room += is_listed(screen, stratum_of, i);
    screen->list = made ? malloc((room + 1) * sizeof *screen->list) : NULL;
    screen->strata = made ? malloc((room + 1) * sizeof *screen->strata) : NULL;
    made = screen->list != NULL && screen->strata != NULL;
    for (uint64_t i = 0; made && i < screen->count; i++) {
        if (!is_listed(screen, stratum_of, i))
            continue;
        screen->strata[screen->listed] = screen->plan.count > 0 ? stratum_of[i] : 0;
        screen->list[screen->listed++] = screen->first + i;
    }
    free(stratum_of);
    return made;
}

bool app_screen_holds(const app_screen *screen, const app_jobs *jobs, char *message, size_t size)
{
    for (uint64_t j = 0; j < jobs->done; j++) {
        double bound = screen->gap[app_jobs_path(jobs, j) - screen->first];
        const bw_stress_outcome *outcome = &jobs->outcomes[j];
        bool charged = outcome->socialized > 0 || outcome->deleveraged > 0, passed = bound > (double)screen->paid;
        if (passed && screen->exact && (double)outcome->gap != bound) {
            snprintf(message, size, "path %llu: found gaps of %lld and %.0f minor units: this is a fault of the program, please report it",
                     (unsigned long long)app_jobs_path(jobs, j), (long long)outcome->gap, bound);
            return false;
        }
        if (passed || (!charged && (double)outcome->gap <= bound))
            continue;
        snprintf(message, size, "path %llu: found a gap of %lld where the certified bound is %.0f minor units: this is a fault of "
                 "the program, please report it", (unsigned long long)app_jobs_path(jobs, j), (long long)outcome->gap, bound);
        return false;
    }
    return true;
}

void app_screen_free(app_screen *screen)
{
    free(screen->bound);
    free(screen->list);
    free(screen->strata);
    free(screen->known);
    app_crew_free(screen->gap, bytes_of(screen, sizeof *screen->gap));
    app_crew_free(screen->surrogate, bytes_of(screen, sizeof *screen->surrogate));
    *screen = (app_screen){.bound = NULL};
}
