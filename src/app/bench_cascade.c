/* bench_cascade.c - `stress`, its last line: whole paths of the reference book on the engine, as `breakwater stress` plays them. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/bench.h"
#include "app/files.h"
#include "app/message.h"
#include "app/paths.h"
#include "story/session.h"

enum { PATHS = 64, ACCOUNTS = 100000 };

typedef struct cascade {
    app_paths paths;                     /* first: the story's host is given the run */
    const app_bench_options *options;
    app_bench_result *result;
    bool done;
} cascade;

static uint64_t cpu_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* All paths once; a path's time. */
static bw_story_result play(cascade *work, bw_story *story, uint64_t *each_ns)
{
    app_jobs jobs = {.count = PATHS, .what = ""};
    if (!app_jobs_make(&jobs))
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the paths");
    uint64_t start = cpu_ns();
    bw_story_result result = app_paths_play(&work->paths, story, &jobs);
    *each_ns = (cpu_ns() - start) / PATHS;
    work->result->result_hash = bw_hash64(jobs.outcomes, PATHS * sizeof *jobs.outcomes, 0);
    app_jobs_free(&jobs);
    return result;
}

static bw_story_result between(app_run *run, bw_story *story)
{
    cascade *work = (void *)run;
    app_bench_result *line = work->result;
    uint64_t times[APP_BENCH_RUNS], runs = app_bench_runs(work->options);
    bw_venue_view view;
    bw_story_result result = app_paths_stand(&work->paths, story);
    bw_venue_get(story->venue, &view);
    *line = (app_bench_result){.name = "stress-cascade", .accounts = view.accounts, .positions = view.positions, .visits = -1,
                               .limit = ""};
    for (uint64_t r = 0; r < runs && result == BW_STORY_DONE; r++)
        result = play(work, story, &times[r]);
    if (result == BW_STORY_DONE && !app_interrupted) {
        app_bench_times(line, times, runs);
        line->rate_per_s = 1e9 / line->median_ns;
        snprintf(line->note, sizeof line->note, "CPU time, a path: a day in 240 steps on the engine; mean of %d; rate in paths/s", PATHS);
        work->done = true;
    }
    app_paths_leave(&work->paths, story, result);
    return result;
}

int app_bench_cascade(const app_bench_options *options, app_bench_result *result)
{
    char file[640];
    app_option unused[APP_PATHS_OPTIONS];
    cascade *work = calloc(1, sizeof *work);
    if (work == NULL || !app_file_find("scenarios/reference.story", file, sizeof file)) {
        free(work);
        app_say(APP_DONE, "bench: stress-cascade is left out: found no scenarios/reference.story");
        return 0;
    }
    app_paths *paths = &work->paths;
    work->options = options;
    work->result = result;
    app_paths_options(paths, "bench", unused);
    paths->count = PATHS;
    paths->seed = options->seed;
    paths->file = file;
    paths->run.accounts = options->accounts < ACCOUNTS ? options->accounts : ACCOUNTS;
    paths->run.between = between;
    if (app_paths_valid(paths) && app_run_story(&paths->run, file, NULL) != APP_DONE && !app_interrupted)
        app_say(APP_DONE, "bench: stress-cascade is left out: %s", bw_story_message(paths->run.story));
    int count = work->done;
    app_paths_free(paths);
    free(work);
    return count;
}
