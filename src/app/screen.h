/* screen.h - which paths must be played: the certified bound of every path, before any is (stress/bound.h).

       app_paths_stand ─> app_screen_make ─> app_screen_run: U of each path ─> app_screen_choose ─> the paths to play
                            thresholds         all processes                     U > what the fund surely pays, and the first
                                                                                 few whatever their U: the control
   Control   tells what a certified path does not (chance of liquidation and ADL, mean of the gap), and tries the bound: a gap
             above U where U is at most what the fund pays ends the run with an error
   Errors    as app_paths_play; rules that nothing can be certified under: BW_STORY_WRONG with the reason */
#ifndef BW_APP_SCREEN_H
#define BW_APP_SCREEN_H

#include "app/paths.h"
#include "stress/bound.h"

typedef struct app_screen {
    bw_bound *bound;
    const bw_draw *source;     /* of the paths; NULL: what the command line says */
    int64_t paid;              /* of gaps up to this no trader is charged */
    uint64_t first, count;     /* paths first .. first + count - 1 */
    bool exact;                /* of paths that pass the gap itself is known, not only a bound: one shock */
    double *gap;               /* U, by path, shared by the processes; where it is known, what nobody was charged for */
    uint8_t *known;            /* 1: this gap is no bound but what a path came to: of one shock, or with a fund that paid it */
    float *surrogate;          /* bw_bound_told's; of paths that pass */
    uint64_t *list;            /* paths to play, rising, the control first */
    uint64_t control, passed, listed;   /* of the list the control; paths with U above `paid`; length of the list */
    bw_phase_plan plan;        /* if not all that passed are on the list: count > 0, and of each path its stratum */
    uint32_t *strata;
} app_screen;

/* What the bound reads of a run whose book stands. */
void app_screen_params(const app_paths *paths, const bw_story *story, bw_bound_params *params);
bw_story_result app_screen_make(app_paths *paths, bw_story *story, app_screen *screen);
bw_story_result app_screen_run(app_paths *paths, bw_story *story, app_screen *screen);
/* Paths with U above `paid` whose gap is not known, into the list, if there is one; returns how many. */
uint64_t app_screen_unknown(const app_screen *screen, uint64_t *list);
/* One shock, after a run: `paid` is lower now, and gaps of paths between are found. */
bw_story_result app_screen_refine(app_paths *paths, bw_story *story, app_screen *screen);
/* The first `control` paths and all that passed; if these are more than `runs` (0: no limit), a sample of them (stress/phase.h).
   False: no memory. */
bool app_screen_choose(app_screen *screen, uint64_t control, uint64_t runs, uint64_t seed);
/* Every outcome against its bound; false with the sentence of the first that breaks it. */
bool app_screen_holds(const app_screen *screen, const app_jobs *jobs, char *message, size_t size);
void app_screen_free(app_screen *screen);

#endif
