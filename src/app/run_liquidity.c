/* run_liquidity.c - the word `liquidity`: what the order book takes, and how liquidations come to it. */
#include <string.h>

#include "app/run.h"
#include "story/session.h"

#define LIQUIDITY(word, field) {word, offsetof(bw_liquidity_params, field)}
static const app_run_setting LIQUIDITY_SETTINGS[] = {
    LIQUIDITY("depth", depth), LIQUIDITY("volume", volume_daily), LIQUIDITY("volatility", volatility),
    LIQUIDITY("sweep-exponent", sweep_exponent), LIQUIDITY("impact", impact), LIQUIDITY("permanent", permanent),
    LIQUIDITY("thin-exponent", thin_exponent), LIQUIDITY("thin-floor", thin_floor),
    LIQUIDITY("tau-impact", tau_impact_s), LIQUIDITY("tau-depth", tau_depth_s), LIQUIDITY("tau-use", tau_use_s),
    LIQUIDITY("participation", participation), LIQUIDITY("mark-share", mark_share),
    LIQUIDITY("impact-exponent", impact_exponent), LIQUIDITY("slice-share", slice_share), {NULL, 0},
};
static const char *const MULTIPLES[] = {"depth-multiple", "volume-multiple", NULL};

/* One setting of every market that the line is about. */
static void set_liquidity(app_world *world, const char *whom, const app_run_setting *setting, int multiple,
                          double value)
{
    for (uint32_t m = 0; m < world->market_count; m++) {
        bw_liquidity_params *params = &world->play_params.liquidity[m];
        if (!app_run_concerns(&world->markets[m], whom))
            continue;
        if (setting != NULL)
            *(double *)(void *)((char *)params + setting->offset) = value;
        else if (multiple == 0)
            params->depth *= value;
        else
            params->volume_daily *= value;
    }
}

static bool take_execution(bw_story_cursor *cursor, app_world *world, const char *whom)
{
    uint32_t which;
    if (!bw_story_take_choice(cursor, bw_execution_words, &which))
        return false;
    for (uint32_t m = 0; m < world->market_count; m++)
        if (app_run_concerns(&world->markets[m], whom))
            world->play_params.liquidity[m].execution = which;
    return true;
}

/* A number, or `multiple` of what there is. */
static bool take_setting(bw_story_cursor *cursor, app_world *world, const char *whom, bw_story_nearest *nearest,
                         bw_story_seen *seen)
{
    double value;
    int multiple = 0;
    while (MULTIPLES[multiple] != NULL && !bw_story_next_is(cursor, MULTIPLES[multiple]))
        bw_story_nearest_offer(nearest, MULTIPLES[multiple++]);
    const app_run_setting *setting = NULL;
    if (MULTIPLES[multiple] != NULL)
        bw_story_accept(cursor, MULTIPLES[multiple]);
    else if ((setting = app_run_accept(cursor, LIQUIDITY_SETTINGS, nearest)) == NULL)
        return bw_story_wrong(cursor, "a setting of the liquidity", nearest->best);
    if (!bw_story_once(cursor, seen) || !app_run_take_number(cursor, &value))
        return false;
    set_liquidity(world, whom, setting, multiple, value);
    return true;
}

static bool take_liquidity(bw_story_cursor *cursor, app_world *world, const char *whom)
{
    bw_story_seen seen = {.count = 0};
    while (bw_story_more(cursor)) {
        bw_story_nearest nearest = app_run_nearest(cursor);
        bw_story_nearest_offer(&nearest, "execution");
        if (bw_story_accept(cursor, "execution")) {
            if (!bw_story_once(cursor, &seen) || !take_execution(cursor, world, whom))
                return false;
        } else if (!take_setting(cursor, world, whom, &nearest, &seen)) {
            return false;
        }
    }
    return true;
}

/* At fault is the setting in whose place the default would do. */
static bw_story_result wrong_liquidity(bw_story *story, const bw_liquidity_params *params, bw_market_class class)
{
    char text[128];
    const bw_liquidity_params usual = bw_liquidity_params_default(class);
    const char *word = "setting";
    for (const app_run_setting *setting = LIQUIDITY_SETTINGS; setting->word != NULL; setting++) {
        bw_liquidity_params other = *params;
        memcpy((char *)&other + setting->offset, (const char *)&usual + setting->offset, sizeof(double));
        if (bw_liquidity_params_valid(&other))
            word = setting->word;
    }
    snprintf(text, sizeof text, "found a liquidity %s out of range, expected one of docs/liquidity.md", word);
    return bw_story_fail(story, BW_STORY_WRONG, text);
}

bw_story_result app_run_liquidity(void *context, bw_story *story, const bw_story_word *words, uint32_t count)
{
    app_world *world = &((app_run *)context)->world;
    bw_story_cursor cursor = app_run_words(story, words, count);
    if (!world->generated)
        return bw_story_fail(story, BW_STORY_WRONG, "found 'liquidity', expected 'generate' before it");
    if (!app_run_is_known(&cursor, world, NULL))
        return bw_story_fail_at(story);
    const char *whom = cursor.words[cursor.next++].text;
    if (!take_liquidity(&cursor, world, whom))
        return bw_story_fail_at(story);
    for (uint32_t m = 0; m < world->market_count; m++)
        if (!bw_liquidity_params_valid(&world->play_params.liquidity[m]))
            return wrong_liquidity(story, &world->play_params.liquidity[m], world->markets[m].class);
    return BW_STORY_DONE;
}
