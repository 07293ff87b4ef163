/* run_runs.c - the word `runs`: traders who leave as the fund falls (docs/runs.md). */
#include "app/run.h"
#include "story/session.h"

#define RUNS(word, field) {word, offsetof(bw_runs_params, field)}
static const app_run_setting RUNS_SETTINGS[] = {
    RUNS("from", from), RUNS("hazard", hazard), RUNS("withdraw", withdraw), RUNS("close", close), RUNS("slip", slip), {NULL, 0},
};

static bool take_runs(bw_story_cursor *cursor, bw_runs_params *params)
{
    bw_story_seen seen = {.count = 0};
    while (bw_story_more(cursor)) {
        bw_story_nearest nearest = app_run_nearest(cursor);
        const app_run_setting *setting = app_run_accept(cursor, RUNS_SETTINGS, &nearest);
        if (setting == NULL)
            return bw_story_wrong(cursor, "a setting of the runs", nearest.best);
        if (!bw_story_once(cursor, &seen) ||
            !app_run_take_number(cursor, (double *)(void *)((char *)params + setting->offset)))
            return false;
        if (!bw_runs_params_valid(params))
            return bw_story_wrong_before(cursor, "a share from 0 to 1 (from: below 1; hazard: up to 1000000 an hour)");
    }
    return true;
}

bw_story_result app_run_runs(void *context, bw_story *story, const bw_story_word *words, uint32_t count)
{
    app_world *world = &((app_run *)context)->world;
    bw_story_cursor cursor = app_run_words(story, words, count);
    bw_runs_params params = world->play_params.runs;
    if (!world->generated)
        return bw_story_fail(story, BW_STORY_WRONG, "found 'runs', expected 'generate' before it");
    params.enabled = 1;
    if (!take_runs(&cursor, &params))
        return bw_story_fail_at(story);
    world->play_params.runs = params;
    return BW_STORY_DONE;
}
