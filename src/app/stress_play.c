/* stress_play.c - the paths of a stress run: prices of the model, played on the book that stands, by several processes. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/snapshot.h"
#include "app/stress.h"
#include "base/assert.h"
#include "story/session.h"
#include "stress/condition.h"

/* What the processes of a run share besides the outcomes. */
typedef struct shared {
    _Atomic uint64_t next, done;   /* path to play next; paths played, for the progress */
    _Atomic int failed;            /* bw_story_result of the first path that could not be played */
    char message[2 * BW_STORY_PATH];
} shared;

/* ---- one path ---- */

static bool to_end(bw_play *play)
{
    while (!bw_play_ended(play))
        if (app_interrupted || !bw_play_batch(play))
            return false;
    return bw_play_touch(play);
}

/* Plays path number `path` from the book that stands. False: interrupted, or the venue refused what it must accept. */
static bool play_path(app_stress *work, const app_snapshot *snapshot, uint64_t path)
{
    app_run *run = &work->run;
    bw_model_told told;
    app_snapshot_restore(snapshot, &run->sources);
    bw_model_path(work->model, work->seed, path, work->moves, &told);
    bw_play *play = run->world.play;
    bw_model_to_path(work->model, work->open_ticks, work->moves, work->path);
    play->path = work->path;
    play->params.liquidation_every = 1;
    play->params.runs_seed = work->seed;
    play->params.runs_path = path;
    bw_stress_watch_begin(run->watch, play->time_ns);
    if (!to_end(play))
        return false;
    work->outcomes[path - work->first] =
        bw_stress_watch_end(run->watch, run->story->venue, told.clipped ? BW_STRESS_CLIPPED : 0);
    work->played_bits[path - work->first] = 1;
    return true;
}

/* ---- a block of paths ---- */

static void play_some(app_stress *work, bw_story *story, const app_snapshot *snapshot, shared *all, uint64_t end)
{
    for (uint64_t path; !app_interrupted && !all->failed && (path = atomic_fetch_add(&all->next, 1)) < end;) {
        if (play_path(work, snapshot, path)) {
            atomic_fetch_add(&all->done, 1);
            continue;
        }
        int none = 0;
        bw_story_result result = app_interrupted ? BW_STORY_DONE : app_run_stopped(&work->run, story);
        if (result != BW_STORY_DONE && atomic_compare_exchange_strong(&all->failed, &none, (int)result))
            snprintf(all->message, sizeof all->message, "path %llu: %s", (unsigned long long)path, bw_story_message(story));
        return;
    }
}

/* How often losses were socialized so far: shown while it runs. Quick paths come first, so it is no estimate of the result. */
static void show(app_stress *work, const shared *all)
{
    uint64_t hits = 0, seen = 0;
    char what[160];
    for (uint64_t i = 0; i < work->end - work->first; i++) {
        seen += work->played_bits[i];
        hits += work->played_bits[i] && work->outcomes[i].socialized > 0;
    }
    bw_stress_chance chance = bw_stress_chance_of(hits, seen);
    snprintf(what, sizeof what, "%llu of %llu paths, losses socialized in %.2f%% (%.2f%% to %.2f%%)", (unsigned long long)seen,
             (unsigned long long)(work->end - work->first), seen > 0 ? 100. * (double)hits / (double)seen : 0.,
             100 * chance.interval.low, 100 * chance.interval.high);
    app_progress_show(&work->run.progress, what, all->done, work->end - work->first);
}

/* Waits for the processes, with progress; Ctrl-C is passed on to them. False: one was killed. */
static bool wait_all(app_stress *work, const shared *all, const pid_t *workers, uint32_t count)
{
    bool whole = true, told = false;
    for (uint32_t left = count; left > 0;) {
        for (uint32_t i = 0; app_interrupted && !told && i < count; i++)
            kill(workers[i], SIGINT);
        told = app_interrupted != 0;
        int status;
        pid_t ended = waitpid(-1, &status, WNOHANG);
        if (ended > 0) {
            left--;
            whole &= WIFEXITED(status) && WEXITSTATUS(status) == 0;
            continue;
        }
        if (ended < 0 && errno != EINTR)
            return false;
        show(work, all);
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
    return whole;
}

static bw_story_result play_block(app_stress *work, bw_story *story, const app_snapshot *snapshot, shared *all, uint64_t end)
{
    uint32_t count = (uint32_t)work->run.threads;
    pid_t workers[1024];
    if (count == 1) {
        play_some(work, story, snapshot, all, end);
        return BW_STORY_DONE;
    }
    fflush(NULL);
    for (uint32_t i = 0; i < count; i++) {
        workers[i] = fork();
        if (workers[i] == 0) {
            play_some(work, story, snapshot, all, end);
            _exit(0);
        }
        if (workers[i] < 0)
            count = i;             /* those that are there do all of it */
    }
    if (count == 0)
        return bw_story_fail(story, BW_STORY_SYSTEM, "no process for the paths");
    return wait_all(work, all, workers, count) ? BW_STORY_DONE : bw_story_fail(story, BW_STORY_SYSTEM, "a process was killed");
}

/* ---- all blocks ---- */

/* Outcomes that count: those before the first path that is missing. */
static uint64_t prefix(const app_stress *work)
{
    uint64_t count = 0;
    while (count < work->end - work->first && work->played_bits[count])
        count++;
    return count;
}

static bool enough(const app_stress *work)
{
    uint64_t hits = 0, count = prefix(work);
    for (uint64_t i = 0; i < count; i++)
        hits += work->outcomes[i].socialized > 0;
    return work->until_part > 0 && bw_until_reached(hits, count, work->until_part);
}

static bw_story_result play_all(app_stress *work, bw_story *story, const app_snapshot *snapshot, shared *all)
{
    bw_story_result result = BW_STORY_DONE;
    uint64_t first = work->first;
    while (result == BW_STORY_DONE && first < work->end && !app_interrupted && !enough(work)) {
        uint64_t end = work->end - first < APP_STRESS_BLOCK ? work->end : first + APP_STRESS_BLOCK;
        all->next = first;
        result = play_block(work, story, snapshot, all, end);
        if (result == BW_STORY_DONE && all->failed)
            result = bw_story_fail(story, (bw_story_result)all->failed, all->message);
        first = end;
    }
    work->played = prefix(work);
    return result;
}

/* The market's opening prices, and room for one path of prices. */
static bool make_model(app_stress *work)
{
    app_world *world = &work->run.world;
    bw_model_params params = world->model_params;
    params.horizon_s = (double)work->horizon_ns / 1e9;
    params.step_count = (uint32_t)work->step_count;
    if (bw_model_fault(&params, work->fault, sizeof work->fault) != NULL)
        return false;
    const struct { uint64_t book[2], model, play; } settings = {{work->book_hash[0], work->book_hash[1]},
                                                                bw_hash64(&params, sizeof params, 0),
                                                                bw_play_settings_hash(&world->play_params)};
    work->settings_hash = bw_hash64(&settings, sizeof settings, 0);
    void *memory = calloc(1, bw_model_footprint(&params));
    work->model = memory != NULL ? bw_model_new(memory, &params) : NULL;
    uint32_t items = work->model != NULL ? bw_model_item_count(work->model) : 0;
    work->moves = calloc((size_t)work->step_count * items + 1, sizeof *work->moves);
    if (work->model == NULL || work->moves == NULL)
        return false;
    bw_path_params path = bw_model_path_params(work->model, world->play->time_ns);
    int64_t step_ns = bw_model_step_ns(work->model);
    size_t size = bw_path_steps_footprint(&path, step_ns, items);
    void *room = size > 0 ? calloc(1, size) : NULL;
    for (uint32_t m = 0; m < items; m++)
        work->open_ticks[m] = world->play->mark[m];
    return room != NULL && bw_path_steps_new(room, size, &path, step_ns, world->markets, items, &work->path) == BW_PATH_OK;
}

static void *shared_memory(size_t bytes)
{
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory != MAP_FAILED ? memory : NULL;
}

bw_story_result app_stress_between(app_run *run, bw_story *story)
{
    app_stress *work = (void *)run;
    app_snapshot snapshot;
    uint64_t count = work->end - work->first;
    shared *all = shared_memory(sizeof *all);
    work->outcomes = shared_memory(count * sizeof *work->outcomes);
    work->played_bits = shared_memory(count);
    app_progress_end(&run->progress);
    bw_story_sums_stop(story);
    bw_state_hash(story->venue, work->book_hash);
    bool made = all != NULL && work->outcomes != NULL && work->played_bits != NULL && run->watch != NULL && make_model(work);
    if (!made && work->fault[0])
        return bw_story_fail(story, BW_STORY_WRONG, work->fault);
    if (!made || !app_snapshot_take(&snapshot, &run->sources))
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the paths");
    work->stood = true;
    app_progress_begin(&run->progress);
    bw_story_result result = play_all(work, story, &snapshot, all);
    app_progress_end(&run->progress);
    app_snapshot_restore(&snapshot, &run->sources);
    app_snapshot_free(&snapshot);
    munmap(all, sizeof *all);
    return result;
}
