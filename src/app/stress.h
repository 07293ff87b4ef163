/* stress.h - `breakwater stress`: many simulated paths of one story, each played whole on the engine.

       STORY ─> book stands ─> snapshot ─┬─ path 0: model's prices -> play -> outcome ┐
                                         ├─ path 1 ...                                ├─> outcomes in the order of the paths
                                         └─ ... shared out among processes            ┘        -> estimates with intervals

   A path is a pure function of (story, options, seed, number): which process plays it changes nothing. Processes, not threads:
   each forks from the book that stands and shares its pages until it writes them (snapshot.h).

   Blocks    paths are played in blocks of APP_STRESS_BLOCK; after each block --until is asked, so where a run ends does not
             depend on the number of processes
   Partial   after Ctrl-C the outcomes up to the first path that is missing count: paths that take long (crashes) must not be
             the ones left out */
#ifndef BW_APP_STRESS_H
#define BW_APP_STRESS_H

#include "app/run.h"
#include "app/stress_result.h"
#include "stress/outcome.h"
#include "world/model.h"

enum { APP_STRESS_BLOCK = 512 };

typedef struct app_stress {
    app_run run;                   /* first: the story's host is given the run */
    const char *file;
    uint64_t paths, first, end;    /* of the whole run; this shard's: first <= path < end */
    uint64_t seed;
    uint64_t step_count;
    int64_t horizon_ns;
    int64_t until_part;            /* half-width of the interval over the value at which to stop, in 1e-9; 0: never */
    bw_model *model;
    bw_path *path;                 /* refilled for every path */
    double *moves;                 /* of one path: step_count x items */
    int64_t open_ticks[BW_MARKETS_MAX];
    bw_stress_outcome *outcomes;   /* of this shard, shared by the processes */
    uint8_t *played_bits;          /* 1: the outcome stands; shared too */
    uint64_t played;               /* outcomes that count: those of first .. first + played - 1 */
    uint64_t settings_hash;        /* of the book that stands and of the model: shards must agree */
    uint64_t book_hash[2];
    char fault[512];               /* of the model's parameters; "" otherwise */
    bool stood;                    /* the book stood, and paths were played */
} app_stress;

/* stress_play.c: what app_run calls when the book stands: plays all paths of the shard. */
bw_story_result app_stress_between(app_run *run, bw_story *story);

#endif
