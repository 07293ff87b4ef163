/* run_model.c - the word `model`: how the stress laboratory draws prices (docs/stress.md). */
#include <string.h>

#include "app/run.h"
#include "story/session.h"

#define COLLATERAL "collateral"

static bool is_meant(const app_world *world, const char *whom, uint32_t item)
{
    return item == world->market_count ? strcmp(whom, COLLATERAL) == 0
                                       : app_run_concerns(&world->markets[item], whom);
}

static void set_items(const app_world *world, bw_model_params *params, const char *whom, const bw_model_setting *setting,
                      double value)
{
    for (uint32_t i = 0; i < world->market_count + params->collateral; i++)
        if (is_meant(world, whom, i))
            bw_model_setting_put(params, setting, i, value);
}

static bool take_sector(bw_story_cursor *cursor, const app_world *world, bw_model_params *params, const char *whom)
{
    uint64_t sector;
    if (!bw_story_take_whole(cursor, BW_MODEL_SECTORS - 1, "a sector from 0 to 15", &sector))
        return false;
    for (uint32_t i = 0; i < world->market_count + params->collateral; i++)
        if (is_meant(world, whom, i))
            params->item[i].sector = (uint32_t)sector;
    return true;
}

static const bw_model_setting *accept_setting(bw_story_cursor *cursor, bw_story_nearest *nearest)
{
    for (uint32_t s = 0; s < BW_MODEL_SETTINGS; s++) {
        if (bw_story_next_is(cursor, bw_model_settings[s].word))
            return &bw_model_settings[s];
        bw_story_nearest_offer(nearest, bw_model_settings[s].word);
    }
    return NULL;
}

static bool take_settings(bw_story_cursor *cursor, const app_world *world, bw_model_params *params, const char *whom)
{
    bw_story_seen seen = {.count = 0};
    while (bw_story_more(cursor)) {
        bw_story_nearest nearest = app_run_nearest(cursor);
        double value;
        bw_story_nearest_offer(&nearest, "sector");
        if (bw_story_accept(cursor, "sector")) {
            if (!bw_story_once(cursor, &seen) || !take_sector(cursor, world, params, whom))
                return false;
            continue;
        }
        const bw_model_setting *setting = accept_setting(cursor, &nearest);
        if (setting == NULL)
            return bw_story_wrong(cursor, "a setting of the model", nearest.best);
        if (setting->scope == BW_MODEL_OF_ALL && strcmp(whom, "all") != 0)
            return bw_story_wrong(cursor, "it after 'model all': it is one for all markets", NULL);
        cursor->next++;
        if (!bw_story_once(cursor, &seen) || !app_run_take_number(cursor, &value))
            return false;
        set_items(world, params, whom, setting, value);
    }
    return true;
}

bw_story_result app_run_model(void *context, bw_story *story, const bw_story_word *words, uint32_t count)
{
    app_world *world = &((app_run *)context)->world;
    bw_story_cursor cursor = app_run_words(story, words, count);
    char fault[APP_RUN_TEXT];
    if (!world->generated)
        return bw_story_fail(story, BW_STORY_WRONG, "found 'model', expected 'generate' before it");
    bw_model_params params = world->model_params;
    if (!app_run_is_known(&cursor, world, params.collateral ? COLLATERAL : NULL))
        return bw_story_fail_at(story);
    const char *whom = cursor.words[cursor.next++].text;
    if (!take_settings(&cursor, world, &params, whom))
        return bw_story_fail_at(story);
    if (bw_model_fault(&params, fault, sizeof fault) != NULL)
        return bw_story_fail(story, BW_STORY_WRONG, fault);
    world->model_params = params;
    return BW_STORY_DONE;
}
