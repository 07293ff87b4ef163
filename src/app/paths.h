/* paths.h - many simulated paths of one story, each played whole on the engine: what `stress`, `fund`, `exposure` share.

       STORY ─> book stands ─> app_paths_stand ─> app_paths_play, as often as wanted ─> app_paths_leave
                 (between)      snapshot, model      │
                                                     ├─ job 0: model's prices -> play -> outcome ┐
                                                     ├─ job 1 ...                                ├─> outcomes, by job
                                                     └─ ... shared out among processes           ┘

   A path is a pure function of (story, options, variant, seed, number): which process plays it changes nothing. Processes, not
   threads: each forks from the book that stands and shares its pages until it writes them (snapshot.h, crew.h).

   One shock --one-shock: a path is a single move of all prices, and the accelerator plays many at once (one_shock.h). Hooks are not
             called
   Variants  the same paths under other conditions: before a path is played the command's hook `begin` may send commands, or
             change the play's settings and the model. All is undone before the next path
   Blocks    jobs are played in blocks of APP_PATHS_BLOCK; after each block `enough` is asked, so where a run ends does not
             depend on the number of processes
   Ranks     of mpirun (ranks.h) play a round of one block each, every n-th job each, and have all its outcomes afterwards: what a
             command makes of outcomes and of jobs->records is the same on all ranks. What its hooks count elsewhere is this
             rank's own, until app_ranks_fold
   Partial   after Ctrl-C the outcomes up to the first job that is missing count: paths that take long (crashes) must not be
             the ones left out */
#ifndef BW_APP_PATHS_H
#define BW_APP_PATHS_H

#include "app/crew.h"
#include "app/draws.h"
#include "app/one_shock.h"
#include "app/options.h"
#include "app/run.h"
#include "app/snapshot.h"
#include "app/stress_result.h"
#include "stress/outcome.h"
#include "world/model.h"

enum { APP_PATHS_BLOCK = 512, APP_PATHS_OPTIONS = 9 + APP_DRAWS_OPTIONS };
#define APP_PATHS_MAX UINT64_C(100000000)


/* What a command does around each path; each may be NULL. `worker` is below run.threads, in one process one path at a time. */
typedef struct app_paths_hooks {
    /* The book is as it stood; prices are there, nothing is played. False: as app_run_play_path. */
    bool (*begin)(app_paths *paths, const app_jobs *jobs, uint32_t worker, uint64_t path);
    /* Events of a command, as the watch of outcomes sees them. */
    void (*see)(app_paths *paths, uint32_t worker, const bw_story_observation *seen);
    /* The path is over; its outcome. */
    void (*end)(app_paths *paths, const app_jobs *jobs, uint32_t worker, uint64_t path, const bw_stress_outcome *outcome);
    void *context;                 /* of whoever set them */
} app_paths_hooks;

struct app_paths {
    app_run run;                   /* first: the story's host is given the run */
    const char *command, *file;
    uint64_t count, first, end;    /* paths of the whole run; those of this shard: first <= path < end */
    uint64_t seed, step_count;
    const char *horizon;           /* as given */
    int64_t horizon_ns;
    app_paths_hooks hooks;
    uint32_t worker;               /* of the process that plays; while it plays */

    app_one_shock shock;
    app_draws draws;               /* what the paths are drawn from */
    bw_model *model;               /* of the story: items, steps, horizon and caps of all that is drawn */
    bw_path *path;                 /* refilled for every path */
    double *moves;                 /* of one path: step_count x items */
    int64_t open_ticks[BW_MARKETS_MAX];
    app_snapshot snapshot;
    uint64_t settings_hash;        /* of the book that stands and of the model: shards must agree */
    uint64_t book_hash[2];
    char fault[512];               /* of the model's parameters; "" otherwise */
    bool stood;                    /* the book stood: there may be outcomes */
};

/* Paths that are played together, under one variant. */
struct app_jobs {
    uint64_t count;                /* job j plays path list[j], or first + j where there is no list */
    uint64_t first;
    const uint64_t *list;
    uint32_t variant;              /* the command's own number; 0: as the story says */
    const bw_draw *source;         /* NULL: what the command line says */
    const char *what;              /* for the progress, "" or "a fund of 10M: " */
    void (*draw)(const app_jobs *jobs, uint64_t path, double *log_move);   /* prices from nowhere else; NULL: of the source */
    bool (*enough)(const app_jobs *jobs);   /* asked after each block; NULL: never enough */
    void *context;                 /* of these two */
    bw_stress_outcome *outcomes;   /* by job, made by app_jobs_make */
    uint8_t *played;               /* 1: the outcome stands */
    void *records;                 /* of the command's own, one by job, in memory that the processes share; NULL: none */
    size_t record_size;
    uint64_t done;                 /* outcomes that count: those of jobs 0 .. done - 1 */
};

/* Outcomes in memory that the processes share. False: none is there. */
bool app_jobs_make(app_jobs *jobs);
void app_jobs_free(app_jobs *jobs);
uint64_t app_jobs_path(const app_jobs *jobs, uint64_t job);

/* ---- when the book stands ---- */

/* The book as it stands is kept, the model made. */
bw_story_result app_paths_stand(app_paths *paths, bw_story *story);
/* DONE too after Ctrl-C. jobs->done outcomes are good, and the book is as it stood. */
bw_story_result app_paths_play(app_paths *paths, bw_story *story, app_jobs *jobs);
/* The book is again as it stood. `result`: what all came to; the story's message is kept. */
void app_paths_leave(app_paths *paths, bw_story *story, bw_story_result result);
/* All ranks have come here (ranks.h), with `*result` each. False: the caller returns *result, which is DONE after Ctrl-C. */
bool app_paths_step(bw_story *story, uint64_t print, bw_story_result *result);
/* A crew's end as the story's. */
bw_story_result app_paths_crew_end(bw_story *story, const app_crew *crew, app_crew_end end);
/* The model, the opening prices, and room for one path of prices. False: paths->fault, or no memory. For whoever does not stand:
   `run --path`. */
bool app_paths_make_model(app_paths *paths);
/* Prices of path `path`, and the play that goes by them: what every path begins with. */
bw_model_told app_paths_draw(app_paths *paths, const app_jobs *jobs, uint64_t path);
/* The same without the play: paths->moves alone. */
bw_model_told app_paths_moves(app_paths *paths, const app_jobs *jobs, uint64_t path);
/* What the model says of a path, as flags of an outcome. */
uint32_t app_paths_flags(const bw_model_told *told);
/* Settings of the story's model over the horizon asked for. */
bw_model_params app_paths_model_params(const app_paths *paths);

/* ---- paths_options.c: what the commands have in common ---- */

/* Defaults, and the options --paths --horizon --steps --seed --accounts --fund --threads and those of draws.h, ended by no mark: `options` has room
   for APP_PATHS_OPTIONS and the command's own. Returns how many. */
uint32_t app_paths_options(app_paths *paths, const char *command, app_option *options);
/* In range; false with a message. */
bool app_paths_valid(app_paths *paths);
/* --shard I/N and --out, which belong together: sets which paths are this shard's. It has no result of its own, so `other` options
   are refused with it. False with a message. */
bool app_paths_shard_valid(app_paths *paths, const char *part, const char *out, bool other);
/* What the results are called; strings live in `paths` and in `text` (of `size` bytes): the command line that does it again,
   but for the command's own options. */
void app_paths_describe(const app_paths *paths, bw_stress_facts *facts, char *text, size_t size);
/* After app_run_story: says what went wrong. Returns whether results may be written: *end may be APP_INTERRUPTED then. */
bool app_paths_finish(app_paths *paths, app_exit *end, uint64_t done);
void app_paths_free(app_paths *paths);

#endif
