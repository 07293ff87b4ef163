/* run_path.c - one simulated path of the stress laboratory, with all that `run` tells of a story. */
#include "app/run_path.h"

#include <string.h>

#include "story/session.h"

static bw_story_result between(app_run *run, bw_story *story)
{
    app_paths *paths = (void *)run;
    if (!app_paths_make_model(paths))
        return paths->fault[0] ? bw_story_fail(story, BW_STORY_WRONG, paths->fault)
                               : bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the path");
    paths->draws.draw = bw_draw_of_model(BW_DRAW_MODEL, paths->model);
    app_paths_draw(paths, NULL, paths->first);
    run->world.path = paths->path;
    return app_run_play_event(run, story);
}

bool app_run_path_valid(app_paths *paths, const app_run_path_given *given)
{
    const char *alone = given->horizon != NULL             ? "--horizon"
                        : given->step_count != APP_RUN_GIVEN ? "--steps"
                        : given->seed != APP_RUN_GIVEN       ? "--path-seed"
                                                             : NULL;
    if (given->number == APP_RUN_GIVEN && alone == NULL)
        return true;
    if (given->number == APP_RUN_GIVEN)
        app_say(APP_USAGE, "run: found %s without --path, expected both: it says which simulated path is played", alone);
    else if (given->number >= APP_PATHS_MAX)
        app_say(APP_USAGE, "run: found --path %llu, expected 0 to %llu", (unsigned long long)given->number,
                (unsigned long long)APP_PATHS_MAX - 1);
    else if (given->seed != APP_RUN_GIVEN && given->seed > INT64_MAX)
        app_say(APP_USAGE, "run: found --path-seed %llu, expected at most 2^63 - 1", (unsigned long long)given->seed);
    else {
        paths->command = "run";
        paths->first = given->number;
        paths->count = 1;
        paths->horizon = given->horizon != NULL ? given->horizon : "1d";
        paths->step_count = given->step_count != APP_RUN_GIVEN ? given->step_count : 240;
        paths->seed = given->seed != APP_RUN_GIVEN ? given->seed : 1;
        paths->run.drawn = true;
        paths->run.between = between;
        return app_paths_valid(paths);
    }
    return false;
}

void app_run_path_describe(const app_paths *paths, app_run_facts *told)
{
    size_t length = strlen(told->reproduce);
    unsigned long long number = paths->first, steps = paths->step_count, seed = paths->seed;
    snprintf(told->reproduce + length, sizeof told->reproduce - length, " --path %llu --horizon %s --steps %llu --path-seed %llu",
             number, paths->horizon, steps, seed);
    snprintf(told->title, sizeof told->title, "%s: simulated path %llu", told->facts.title, number);
    snprintf(told->notes, sizeof told->notes,
             "Prices are not those of the day that the story replays: they are path %llu of the model of the stress laboratory (seed "
             "%llu, %s in %llu steps, docs/stress.md), the one that 'breakwater stress' plays under this number.",
             number, seed, paths->horizon, steps);
    told->facts.title = told->title;
    told->facts.notes = told->notes;
}
