/* stress_report_play.c - further plays for the report: single shocks by the depth of the order book, the worst paths watched. */
#include <stdlib.h>
#include <string.h>

#include "app/stress_report.h"
#include "story/session.h"
#include "world/real.h"

/* ---- shocks ---- */

/* Falls, and the rises that undo them. */
static const int64_t MOVES_PPM[BW_REPORT_MOVES] = {-600000, -400000, -200000, -100000, 100000, 250000, 650000, 1500000};
static const int64_t DEPTHS_PERCENT[BW_REPORT_DEPTHS] = {25, 50, 100, 200, 400};
enum { SHOCK_PART = 24 };          /* of the horizon in which the whole move comes: an hour of a day */

static uint32_t shock_steps(const app_paths *paths)
{
    return paths->step_count > SHOCK_PART ? (uint32_t)paths->step_count / SHOCK_PART : 1;
}

static void scale(bw_liquidity_params *params, double factor)
{
    params->depth *= factor;
    params->volume_daily *= factor;
}

/* Prices of the shock in place of those drawn, an order book of its depth. */
static bool shock_begin(app_paths *paths, const app_jobs *jobs, uint32_t worker, uint64_t cell)
{
    bw_play *play = paths->run.world.play;
    uint32_t items = bw_model_item_count(paths->model), steps = shock_steps(paths), markets = paths->run.world.market_count;
    double whole = bw_real_ln(1 + (double)MOVES_PPM[cell % BW_REPORT_MOVES] / 1e6);
    double factor = (double)DEPTHS_PERCENT[cell / BW_REPORT_MOVES] / 100;
    (void)jobs, (void)worker;
    for (uint64_t t = 0; t < paths->step_count; t++)
        for (uint32_t m = 0; m < items; m++)
            paths->moves[t * items + m] = m >= markets ? 0 : t + 1 < steps ? whole * (double)(t + 1) / steps : whole;
    bw_model_to_path(paths->model, paths->open_ticks, paths->moves, paths->path);
    for (uint32_t m = 0; m < markets; m++) {
        scale(&play->params.liquidity[m], factor);
        scale(&play->liquidity[m].params, factor);
    }
    return true;
}

bw_story_result app_stress_report_shocks(app_stress_report *report, app_paths *paths, bw_story *story)
{
    app_jobs *jobs = &report->shock_jobs;
    const app_paths_hooks kept = paths->hooks;
    *jobs = (app_jobs){.count = BW_REPORT_MOVES * BW_REPORT_DEPTHS, .what = "shocks for the report: "};
    if (!app_jobs_make(jobs))
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the report");
    paths->hooks = (app_paths_hooks){.begin = shock_begin};
    bw_story_result result = app_paths_play(paths, story, jobs);
    paths->hooks = kept;
    if (result != BW_STORY_DONE || jobs->done < jobs->count)
        return result;
    bw_report_shocks *shocks = &report->shocks;
    *shocks = (bw_report_shocks){.move_count = BW_REPORT_MOVES, .depth_count = BW_REPORT_DEPTHS, .cells = jobs->outcomes,
                                 .within_ns = paths->horizon_ns / (int64_t)paths->step_count * shock_steps(paths)};
    memcpy(shocks->move_ppm, MOVES_PPM, sizeof MOVES_PPM);
    memcpy(shocks->depth_percent, DEPTHS_PERCENT, sizeof DEPTHS_PERCENT);
    report->data.shocks = shocks;
    return result;
}

/* ---- the worst paths ---- */

/* State at a point of a path; not seen where nothing was sent. */
typedef struct {
    bool seen;
    int64_t gap, liquidated, adl;
    int64_t mark[BW_MARKETS_MAX];
} moment;

typedef struct {
    uint64_t list[BW_REPORT_WORST];        /* numbers of the paths, rising */
    uint32_t rank[BW_REPORT_WORST];        /* of each: 0 is the worst */
    uint32_t count, points;
    uint32_t now;                          /* the path being played, of this process */
    moment *moments;                       /* of all, shared: path after path, points of each */
} recorder;

/* Rank by gap, the first path of equal ones first. */
static void choose(recorder *to, const app_stress_played *played, const app_paths *paths)
{
    uint64_t worst[BW_REPORT_WORST];
    const bw_stress_outcome *outcomes = played->outcomes;
    for (uint64_t i = 0; i < played->count; i++) {
        uint32_t place = to->count;
        while (place > 0 && outcomes[i].gap > outcomes[worst[place - 1]].gap)
            place--;
        if (outcomes[i].gap == 0 || place == BW_REPORT_WORST)
            continue;
        uint32_t kept = to->count < BW_REPORT_WORST ? to->count : BW_REPORT_WORST - 1;
        memmove(&worst[place + 1], &worst[place], (kept - place) * sizeof *worst);
        worst[place] = i;
        to->count = kept + 1;
    }
    for (uint32_t i = 0; i < to->count; i++) {
        uint64_t path = played->screened != NULL ? played->screened->list[worst[i]] : paths->first + worst[i];
        uint32_t place = i;
        for (; place > 0 && to->list[place - 1] > path; place--) {
            to->list[place] = to->list[place - 1];
            to->rank[place] = to->rank[place - 1];
        }
        to->list[place] = path;
        to->rank[place] = i;
    }
}

static bool watch_begin(app_paths *paths, const app_jobs *jobs, uint32_t worker, uint64_t path)
{
    recorder *at = paths->hooks.context;
    (void)jobs, (void)worker;
    for (at->now = 0; at->list[at->now] != path;)
        at->now++;
    return true;
}

static void note(const app_paths *paths, const recorder *at, uint32_t point, const bw_stress_outcome *outcome)
{
    const bw_play *play = paths->run.world.play;
    moment *to = &at->moments[at->now * at->points + point];
    *to = (moment){.seen = true, .gap = outcome->gap, .liquidated = outcome->liquidated_notional, .adl = outcome->adl_notional};
    memcpy(to->mark, play->mark, sizeof to->mark);
}

/* The last state before the next point stands. */
static void watch_see(app_paths *paths, uint32_t worker, const bw_story_observation *seen)
{
    const recorder *at = paths->hooks.context;
    const app_run *run = &paths->run;
    uint32_t last = bw_path_batch_count(paths->path) - 1, batch = run->world.play->batch;
    (void)worker, (void)seen;
    bw_stress_outcome outcome = bw_stress_watch_end(run->watch, run->story->venue, 0);
    note(paths, at, (uint32_t)((uint64_t)batch * (at->points - 1) / last), &outcome);
}

static void watch_end(app_paths *paths, const app_jobs *jobs, uint32_t worker, uint64_t path, const bw_stress_outcome *outcome)
{
    const recorder *at = paths->hooks.context;
    (void)jobs, (void)worker, (void)path;
    note(paths, at, at->points - 1, outcome);
}

/* ---- from moments to lines ---- */

static int64_t move_of(int64_t mark, int64_t open)
{
    return open > 0 ? (int64_t)(1e6 * ((double)mark / (double)open - 1)) : 0;
}

static double widest(const app_paths *paths, const moment *moments, uint32_t points, uint32_t item)
{
    double widest = 0;
    for (uint32_t i = 0; i < points; i++) {
        double ratio = (double)moments[i].mark[item] / (double)paths->open_ticks[item];
        ratio = ratio > 0 && ratio < 1 ? 1 / ratio : ratio;
        widest = ratio > widest ? ratio : widest;
    }
    return widest;
}

/* The market at fault, the one that moved furthest, the first: each once. */
static uint32_t choose_lines(const app_paths *paths, const bw_stress_outcome *outcome, const moment *moments, uint32_t points,
                             uint32_t lines[BW_REPORT_LINES])
{
    const app_world *world = &paths->run.world;
    uint32_t items = bw_model_item_count(paths->model), far = 0, count = 0;
    for (uint32_t m = 1; m < items; m++)
        if (widest(paths, moments, points, m) > widest(paths, moments, points, far))
            far = m;
    uint32_t origin = outcome->origin == BW_NONE16 ? 0 : outcome->origin - (uint32_t)world->play_params.market_first;
    const uint32_t wanted[BW_REPORT_LINES] = {origin < items ? origin : 0, far, 0};
    for (uint32_t i = 0; i < BW_REPORT_LINES; i++) {
        bool there = false;
        for (uint32_t k = 0; k < count; k++)
            there |= lines[k] == wanted[i];
        if (!there)
            lines[count++] = wanted[i];
    }
    return count;
}

static void fill_trace(const app_paths *paths, bw_report_trace *trace, moment *moments, uint32_t points)
{
    uint32_t lines[BW_REPORT_LINES];
    if (!moments[0].seen)
        memcpy(moments[0].mark, paths->open_ticks, sizeof moments[0].mark);
    for (uint32_t i = 1; i < points; i++)
        if (!moments[i].seen)
            moments[i] = moments[i - 1];
    trace->point_count = points;
    trace->line_count = choose_lines(paths, &trace->outcome, moments, points, lines);
    for (uint32_t i = 0; i < points; i++) {
        trace->gap[i] = moments[i].gap;
        trace->liquidated[i] = moments[i].liquidated;
        trace->adl[i] = moments[i].adl;
        for (uint32_t l = 0; l < trace->line_count; l++)
            trace->move_ppm[l][i] = move_of(moments[i].mark[lines[l]], paths->open_ticks[lines[l]]);
    }
    for (uint32_t l = 0; l < trace->line_count; l++)
        trace->line_name[l] = paths->run.world.markets[lines[l]].name;
}

static void command_of(const app_paths *paths, uint64_t path, char *text)
{
    char fund[96] = "";
    if (paths->draws.wish.kind != BW_DRAW_MODEL) {
        snprintf(text, APP_REPORT_COMMAND, "none: 'breakwater run --path' plays paths of the story's model, and this one is of another source");
        return;
    }
    if (paths->run.fund_text != NULL)
        snprintf(fund, sizeof fund, " --fund %s", paths->run.fund_text);
    snprintf(text, APP_REPORT_COMMAND, "breakwater run %s --accounts %u%s --path %llu --horizon %s --steps %llu --path-seed %llu",
             paths->file, paths->run.world.book_params.account_count, fund, (unsigned long long)path, paths->horizon,
             (unsigned long long)paths->step_count, (unsigned long long)paths->seed);
}

static bool traces_of(app_stress_report *report, const app_paths *paths, const recorder *from, const app_jobs *jobs)
{
    report->traces = calloc(from->count, sizeof *report->traces);
    report->commands = calloc(from->count, sizeof *report->commands);
    if (report->traces == NULL || report->commands == NULL)
        return false;
    for (uint32_t i = 0; i < from->count; i++) {
        bw_report_trace *trace = &report->traces[from->rank[i]];
        trace->path = from->list[i];
        trace->outcome = jobs->outcomes[i];
        trace->command = report->commands[from->rank[i]];
        command_of(paths, trace->path, report->commands[from->rank[i]]);
        fill_trace(paths, trace, &from->moments[i * from->points], from->points);
    }
    report->data.traces = report->traces;
    report->data.trace_count = from->count;
    return true;
}

static bw_story_result play_worst(app_stress_report *report, app_paths *paths, bw_story *story, recorder *to, app_jobs *jobs)
{
    const app_paths_hooks kept = paths->hooks;
    paths->hooks = (app_paths_hooks){.begin = watch_begin, .see = watch_see, .end = watch_end, .context = to};
    bw_story_result result = app_paths_play(paths, story, jobs);
    paths->hooks = kept;
    if (result == BW_STORY_DONE && jobs->done == jobs->count && !traces_of(report, paths, to, jobs))
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the report");
    return result;
}

bw_story_result app_stress_report_worst(app_stress_report *report, app_paths *paths, bw_story *story, const app_stress_played *played)
{
    recorder to = {.points = paths->step_count + 1 < BW_REPORT_POINTS ? (uint32_t)paths->step_count + 1 : BW_REPORT_POINTS};
    choose(&to, played, paths);
    if (to.count == 0)
        return BW_STORY_DONE;
    app_jobs jobs = {.count = to.count, .list = to.list, .what = "the worst paths again: "};
    size_t bytes = (size_t)to.count * to.points * sizeof *to.moments;
    to.moments = app_crew_memory(bytes);
    bw_story_result result = to.moments != NULL && app_jobs_make(&jobs)
                                 ? play_worst(report, paths, story, &to, &jobs)
                                 : bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the report");
    app_crew_free(to.moments, bytes);
    app_jobs_free(&jobs);
    return result;
}
