#include "app/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/ranks.h"
#include "base/assert.h"
#include "story/session.h"

enum { ONE_SHOCK_BLOCKS = 256 };    /* of one round of one rank */

/* ---- one path ---- */

bw_model_told app_paths_moves(app_paths *paths, const app_jobs *jobs, uint64_t path)
{
    const bw_draw *source = jobs != NULL && jobs->source != NULL ? jobs->source : &paths->draws.draw;
    bw_model_told told = {.clipped = 0};
    if (jobs != NULL && jobs->draw != NULL)
        jobs->draw(jobs, path, paths->moves);
    else
        bw_draw_path(source, paths->seed, path, paths->moves, &told);
    return told;
}

bw_model_told app_paths_draw(app_paths *paths, const app_jobs *jobs, uint64_t path)
{
    bw_play *play = paths->run.world.play;
    bw_model_told told = app_paths_moves(paths, jobs, path);
    bw_model_to_path(paths->model, paths->open_ticks, paths->moves, paths->path);
    play->path = paths->path;
    play->params.liquidation_every = 1;
    play->params.runs_seed = paths->seed;
    play->params.runs_path = path;
    return told;
}

static bool to_end(bw_play *play)
{
    while (!bw_play_ended(play))
        if (app_interrupted || !bw_play_batch(play))
            return false;
    return bw_play_touch(play);
}

uint64_t app_jobs_path(const app_jobs *jobs, uint64_t job)
{
    return jobs->list != NULL ? jobs->list[job] : jobs->first + job;
}

uint32_t app_paths_flags(const bw_model_told *told)
{
    return (told->clipped ? BW_STRESS_CLIPPED : 0u) | (told->common_jumps ? BW_STRESS_COMMON_JUMP : 0u) |
           (told->own_jumps ? BW_STRESS_OWN_JUMP : 0u);
}

/* Plays a job's path from the book that stands. False: interrupted, or the venue refused what it must accept. */
static bool play_job(app_paths *paths, app_jobs *jobs, uint32_t worker, uint64_t job)
{
    app_run *run = &paths->run;
    uint64_t path = app_jobs_path(jobs, job);
    app_snapshot_restore(&paths->snapshot, &run->sources);
    bw_model_told told = app_paths_draw(paths, jobs, path);
    bw_play *play = run->world.play;
    paths->worker = worker;
    bw_stress_watch_begin(run->watch, play->time_ns);
    if (paths->hooks.begin != NULL && !paths->hooks.begin(paths, jobs, worker, path))
        return false;
    if (!to_end(play))
        return false;
    bw_stress_outcome *outcome = &jobs->outcomes[job];
    *outcome = bw_stress_watch_end(run->watch, run->story->venue, app_paths_flags(&told));
    if (paths->hooks.end != NULL)
        paths->hooks.end(paths, jobs, worker, path, outcome);
    jobs->played[job] = 1;
    return true;
}

/* ---- a block of jobs ---- */

typedef struct {
    app_paths *paths;
    bw_story *story;
    app_jobs *jobs;
    uint64_t first, size;          /* of the round; this rank has every app_ranks_size()th job, or piece, from its own number on */
} block;

static int play_piece(void *context, uint32_t worker, uint64_t piece, char *message)
{
    block *at = context;
    uint64_t job = at->first + app_ranks_piece(piece);
    if (play_job(at->paths, at->jobs, worker, job))
        return 0;
    if (app_interrupted)
        return -1;
    bw_story_result result = app_run_stopped(&at->paths->run, at->story);
    const char *text = bw_story_message(at->story), *end = strstr(text, ": ");      /* the place is said again by whoever passes it on */
    snprintf(message, APP_CREW_TEXT, "path %llu: %s", (unsigned long long)app_jobs_path(at->jobs, job), end != NULL ? end + 2 : text);
    return (int)result;
}

/* One shock: a piece is many jobs. */
static int shock_piece(void *context, uint32_t worker, uint64_t piece, char *message)
{
    block *at = context;
    uint64_t first = app_ranks_piece(piece) * APP_ONE_SHOCK_PIECE, left = at->size - first;
    (void)worker, (void)message;
    return app_one_shock_play(at->paths, at->jobs, at->first + first,
                              (uint32_t)(left < APP_ONE_SHOCK_PIECE ? left : APP_ONE_SHOCK_PIECE)) ? 0 : -1;
}

/* How often traders paid for others so far: shown while it runs. Quick paths come first, so it is no estimate of the result. */
static void show(void *context, uint64_t done, uint64_t count)
{
    const block *at = context;
    const app_jobs *jobs = at->jobs;
    app_progress *progress = &at->paths->run.progress;
    uint64_t hits = 0, seen = 0;
    char what[200];
    (void)done, (void)count;
    if (!app_progress_due(progress))
        return;
    for (uint64_t j = 0; j < jobs->count; j++) {
        seen += jobs->played[j];
        hits += jobs->played[j] && bw_stress_charged(&jobs->outcomes[j]);
    }
    bw_stress_chance chance = bw_stress_chance_of(hits, seen);
    snprintf(what, sizeof what, "%s%llu of %llu paths, %.0f a second, traders charged on %.2f%% (%.2f%% to %.2f%%)", jobs->what,
             (unsigned long long)seen, (unsigned long long)jobs->count, app_progress_rate(progress, seen),
             seen > 0 ? 100. * (double)hits / (double)seen : 0., 100 * chance.interval.low, 100 * chance.interval.high);
    app_progress_show(progress, what, seen, jobs->count);
}

bw_story_result app_paths_crew_end(bw_story *story, const app_crew *crew, app_crew_end end)
{
    switch (end) {
    case APP_CREW_DONE:
        return BW_STORY_DONE;
    case APP_CREW_FAILED:
        return bw_story_fail(story, (bw_story_result)crew->fault, crew->message);
    default:
        return bw_story_fail(story, BW_STORY_SYSTEM, crew->message);
    }
}

/* ---- all blocks ---- */

/* Whole pieces of one shock, as ranks share them. */
static uint64_t room_of(const app_jobs *jobs)
{
    return jobs->count + APP_ONE_SHOCK_PIECE;
}

bool app_jobs_make(app_jobs *jobs)
{
    jobs->outcomes = app_crew_memory(room_of(jobs) * sizeof *jobs->outcomes);
    jobs->played = app_crew_memory(room_of(jobs));
    return jobs->outcomes != NULL && jobs->played != NULL;
}

void app_jobs_free(app_jobs *jobs)
{
    app_crew_free(jobs->outcomes, room_of(jobs) * sizeof *jobs->outcomes);
    app_crew_free(jobs->played, room_of(jobs));
    jobs->outcomes = NULL;
    jobs->played = NULL;
}

/* Jobs that stand count, block by block, until it is enough: the blocks of one round may not be played to the last. */
static bool count_blocks(app_jobs *jobs, uint64_t start)
{
    while (jobs->done < jobs->count && jobs->played[jobs->done]) {
        jobs->done++;
        if ((jobs->done - start) % APP_PATHS_BLOCK == 0 && jobs->enough != NULL && jobs->enough(jobs))
            return true;
    }
    return false;
}

bool app_paths_step(bw_story *story, uint64_t print, bw_story_result *result)
{
    if (app_ranks_step(print, *result != BW_STORY_DONE))
        return true;
    if (*result == BW_STORY_DONE && app_ranks_message() != NULL)
        *result = bw_story_fail(story, BW_STORY_WRONG, app_ranks_message());
    return false;
}

/* What all ranks must agree in. */
static uint64_t print_of(const app_paths *paths, const app_jobs *jobs)
{
    uint64_t words[] = {paths->settings_hash, paths->seed, jobs->first, jobs->count, jobs->variant, jobs->done};
    return bw_hash64(words, sizeof words, jobs->list != NULL ? bw_hash64(jobs->list, jobs->count * sizeof *jobs->list, 0) : 0);
}

/* A round of this rank, then what the others made of theirs. */
static bw_story_result play_round(block *at, app_crew *crew, uint64_t print)
{
    app_jobs *jobs = at->jobs;
    uint64_t each = at->paths->shock.asked ? APP_ONE_SHOCK_PIECE : 1, pieces = (at->size + each - 1) / each;
    bw_story_result result = app_paths_crew_end(at->story, crew, app_crew_run(crew, app_ranks_count(pieces)));
    if (!app_paths_step(at->story, print + at->first, &result))
        return result;
    app_ranks_share(jobs->outcomes + at->first, each * sizeof *jobs->outcomes, pieces);
    if (jobs->records != NULL)
        app_ranks_share((char *)jobs->records + at->first * jobs->record_size, each * jobs->record_size, pieces);
    app_ranks_share(jobs->played + at->first, each * sizeof *jobs->played, pieces);
    return result;
}

/* Jobs of one round: a block for each rank (of one shock, many), but where a path too many would leave its trace in what the command counts itself. */
static uint64_t round_of(const app_paths *paths, const app_jobs *jobs)
{
    bool counts = paths->hooks.see != NULL || paths->hooks.end != NULL;
    if (paths->shock.asked)
        return (uint64_t)ONE_SHOCK_BLOCKS * APP_PATHS_BLOCK * app_ranks_size();
    return APP_PATHS_BLOCK * (uint64_t)(jobs->enough != NULL && counts ? 1 : app_ranks_size());
}

bw_story_result app_paths_play(app_paths *paths, bw_story *story, app_jobs *jobs)
{
    bw_story_result result = BW_STORY_DONE;
    uint64_t start = jobs->done, print = print_of(paths, jobs), round = round_of(paths, jobs);
    block at = {paths, story, jobs, start, 0};
    app_crew crew = {.processes = (uint32_t)paths->run.threads, .piece = paths->shock.asked ? shock_piece : play_piece, .watch = show, .context = &at};
    bool over = jobs->enough != NULL && jobs->enough(jobs);
    if (!app_paths_step(story, print, &result))
        return result;
    app_progress_begin(&paths->run.progress);
    while (result == BW_STORY_DONE && !over && at.first < jobs->count && !app_interrupted) {
        uint64_t left = jobs->count - at.first;
        at.size = left < round ? left : round;
        result = play_round(&at, &crew, print);
        over = count_blocks(jobs, start);
        at.first += at.size;
    }
    app_progress_end(&paths->run.progress);
    if (result == BW_STORY_DONE)         /* one process has played in the caller himself */
        app_snapshot_restore(&paths->snapshot, &paths->run.sources);
    return result;
}

/* ---- before and after ---- */

bw_model_params app_paths_model_params(const app_paths *paths)
{
    bw_model_params params = paths->run.world.model_params;
    params.horizon_s = (double)paths->horizon_ns / 1e9;
    params.step_count = (uint32_t)paths->step_count;
    return params;
}

bool app_paths_make_model(app_paths *paths)
{
    app_world *world = &paths->run.world;
    bw_model_params params = app_paths_model_params(paths);
    if (bw_model_fault(&params, paths->fault, sizeof paths->fault) != NULL)
        return false;
    const struct { uint64_t book[2], model, play; } settings = {{paths->book_hash[0], paths->book_hash[1]},
                                                                bw_hash64(&params, sizeof params, paths->shock.asked),
                                                                bw_play_settings_hash(&world->play_params)};
    paths->settings_hash = bw_hash64(&settings, sizeof settings, 0);
    void *memory = calloc(1, bw_model_footprint(&params));
    paths->model = memory != NULL ? bw_model_new(memory, &params) : NULL;
    uint32_t items = paths->model != NULL ? bw_model_item_count(paths->model) : 0;
    paths->moves = calloc((size_t)paths->step_count * items + 1, sizeof *paths->moves);
    if (paths->model == NULL || paths->moves == NULL)
        return false;
    bw_path_params path = bw_model_path_params(paths->model, world->play->time_ns);
    int64_t step_ns = bw_model_step_ns(paths->model);
    size_t size = bw_path_steps_footprint(&path, step_ns, items);
    void *room = size > 0 ? calloc(1, size) : NULL;
    for (uint32_t m = 0; m < items; m++)
        paths->open_ticks[m] = world->play->mark[m];
    return room != NULL && bw_path_steps_new(room, size, &path, step_ns, world->markets, items, &paths->path) == BW_PATH_OK;
}

static void seen(app_run *run, const bw_story_observation *observation)
{
    app_paths *paths = (void *)run;
    if (paths->hooks.see != NULL)
        paths->hooks.see(paths, paths->worker, observation);
}

bw_story_result app_paths_stand(app_paths *paths, bw_story *story)
{
    app_run *run = &paths->run;
    app_progress_end(&run->progress);
    bw_story_sums_stop(story);
    bw_state_hash(story->venue, paths->book_hash);
    bool made = run->watch != NULL && app_paths_make_model(paths);
    if (!made && paths->fault[0])
        return bw_story_fail(story, BW_STORY_WRONG, paths->fault);
    if (!made || !app_snapshot_take(&paths->snapshot, &run->sources))
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the paths");
    bw_story_result result = app_draws_make(&paths->draws, run, story, paths->model);
    if (result == BW_STORY_DONE && paths->shock.asked)
        result = app_one_shock_read(paths, story);
    paths->settings_hash ^= paths->draws.hash;
    paths->stood = true;
    run->seen = seen;
    return result;
}

void app_paths_leave(app_paths *paths, bw_story *story, bw_story_result result)
{
    app_run *run = &paths->run;
    if (!paths->stood)
        return;
    if (result != BW_STORY_DONE && !run->message[0])      /* the story's own message goes back with the book */
        snprintf(run->message, sizeof run->message, "%s", bw_story_message(story));
    run->seen = NULL;
    app_snapshot_restore(&paths->snapshot, &run->sources);
    app_snapshot_free(&paths->snapshot);
}
