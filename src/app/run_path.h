/* run_path.h - `breakwater run --path N`: one simulated path in place of the story's prices, played alone.

       STORY ─> book stands ─> the model's path N (app_paths_draw, as stress draws it) ─> metrics, trace, --check as ever

   The path is the one that `breakwater stress STORY` plays as number N with the same horizon, steps and seed: what it came to
   there (gap, fund, ADL, charges) it comes to here, to the last unit.

   Errors    options out of range, or of a path without one: false after a message */
#ifndef BW_APP_RUN_PATH_H
#define BW_APP_RUN_PATH_H

#include "app/paths.h"

/* As the command line has it; APP_RUN_GIVEN or NULL: not given. */
typedef struct app_run_path_given {
    uint64_t number, step_count, seed;
    const char *horizon;
} app_run_path_given;

/* Sets up the run to play that path when its book stands; nothing if none is asked for. */
bool app_run_path_valid(app_paths *paths, const app_run_path_given *given);
/* Title, notes and command line say that it is a simulated path. */
void app_run_path_describe(const app_paths *paths, app_run_facts *told);

#endif
