#include "app/draws.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/files.h"
#include "base/hash.h"
#include "story/decimal.h"
#include "story/session.h"
#include "story/word.h"

enum { MOVES_LEAST = 500 };

static const char *const WORDS[] = {[BW_DRAW_MODEL] = "model", [BW_DRAW_BOOTSTRAP] = "bootstrap", [BW_DRAW_T_ONLY] = "t-only",
                                    [BW_DRAW_WORST_DAYS] = "worst-days", [BW_DRAW_REPLAY] = "replay"};

void app_draws_options(app_draws *draws, app_option *options)
{
    const app_option own[] = {
        {"--draw", APP_OPTION_TEXT, &draws->kind}, {"--history", APP_OPTION_TEXT, &draws->history},
        {"--block", APP_OPTION_TEXT, &draws->block}, {"--worst", APP_OPTION_TEXT, &draws->worst},
        {"--scale", APP_OPTION_TEXT, &draws->scale},
    };
    memcpy(options, own, sizeof own);
}

/* ---- the command line ---- */

static bool kind_valid(app_draws *draws, const char *command)
{
    bw_story_nearest nearest;
    draws->wish.kind = BW_DRAW_MODEL;
    if (draws->kind == NULL)
        return true;
    bw_story_nearest_new(&nearest, draws->kind);
    for (uint32_t k = 0; k < BW_DRAW_KINDS; k++) {
        draws->wish.kind = (bw_draw_kind)k;
        if (strcmp(draws->kind, WORDS[k]) == 0)
            return true;
        bw_story_nearest_offer(&nearest, WORDS[k]);
    }
    app_say(APP_USAGE, "%s: found --draw %s, expected model, t-only, bootstrap, worst-days or replay%s%s%s", command, draws->kind,
            nearest.best != NULL ? "; did you mean '" : "", nearest.best != NULL ? nearest.best : "", nearest.best != NULL ? "'?" : "");
    return false;
}

static bool number_valid(const char *command, const char *option, const char *text, const char *otherwise, double low, double high,
                         double *value)
{
    bw_story_decimal decimal;
    const char *given = text != NULL ? text : otherwise;
    size_t length = strlen(given);
    bool percent = length > 0 && given[length - 1] == '%';
    if (bw_story_decimal_parse(given, length - percent, &decimal) == BW_STORY_NUMBER_OK) {
        *value = (double)decimal.digits / (double)bw_story_power(decimal.scale) / (percent ? 100 : 1);
        if (*value >= low && *value <= high)
            return true;
    }
    app_say(APP_USAGE, "%s: found %s %s, expected a number from %g to %g", command, option, given, low, high);
    return false;
}

static bool block_valid(app_draws *draws, const char *command)
{
    int64_t block = INT64_C(86400000000000);
    if (draws->block != NULL && (bw_story_duration_parse(draws->block, strlen(draws->block), &block) != BW_STORY_NUMBER_OK || block <= 0)) {
        app_say(APP_USAGE, "%s: found --block %s, expected a time such as 6h or 1d", command, draws->block);
        return false;
    }
    draws->wish.block_s = (double)block / 1e9;
    return true;
}

bool app_draws_valid(app_draws *draws, const char *command)
{
    if (!kind_valid(draws, command) || !block_valid(draws, command) ||
        !number_valid(command, "--worst", draws->worst, "1%", 1e-6, 1, &draws->wish.worst_share) ||
        !number_valid(command, "--scale", draws->scale, "1.5", .01, 10, &draws->wish.scale))
        return false;
    bool historical = draws->wish.kind != BW_DRAW_MODEL && draws->wish.kind != BW_DRAW_T_ONLY;
    if (historical && draws->history == NULL) {
        app_say(APP_USAGE, "%s: found --draw %s without --history, expected a file of prices", command, draws->kind);
        return false;
    }
    if (draws->history != NULL && !historical && !draws->others) {
        app_say(APP_USAGE, "%s: found --history without --draw, expected --draw bootstrap, worst-days or replay%s", command,
                strcmp(command, "fund") == 0 ? ", or --models" : "");
        return false;
    }
    if (draws->history != NULL || (draws->block == NULL && draws->worst == NULL && draws->scale == NULL))
        return true;
    app_say(APP_USAGE, "%s: found --block, --worst or --scale without --history, expected a file of prices", command);
    return false;
}

/* ---- the history ---- */

static bw_story_result read_history(app_draws *draws, bw_story *story)
{
    size_t size;
    char message[1024];
    bw_facts_error error;
    if (draws->history == NULL || draws->prices != NULL)
        return BW_STORY_DONE;
    char *text = app_file_read(draws->history, &size);
    if (text == NULL) {
        snprintf(message, sizeof message, "%s: found no file that can be read (%s), expected prices", draws->history, strerror(errno));
        return bw_story_fail(story, BW_STORY_WRONG, message);
    }
    draws->memory = malloc(bw_prices_footprint(text, size));
    bw_story_result result = BW_STORY_DONE;
    if (draws->memory == NULL)
        result = bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the history of prices");
    else if (!bw_prices_read(text, size, MOVES_LEAST, draws->memory, &draws->prices, &error)) {
        bw_facts_error_print(&error, draws->history, message, sizeof message);
        result = bw_story_fail(story, BW_STORY_WRONG, message);
    } else
        draws->hash = bw_hash64(text, size, 1);
    free(text);
    return result;
}

static bw_story_result of_prices(app_draws *draws, bw_story *story, const bw_model *model, bw_draw_kind kind, bw_draw *draw)
{
    char fault[512], message[1024];
    bw_draw_wish wish = draws->wish;
    wish.kind = kind;
    wish.names = draws->names;
    wish.from_ns = draws->prices->first_ns;
    if (bw_draw_of_prices(draw, &wish, model, draws->prices, fault, sizeof fault) == NULL)
        return BW_STORY_DONE;
    snprintf(message, sizeof message, "%s: %s", draws->history, fault);
    return bw_story_fail(story, BW_STORY_WRONG, message);
}

static bw_story_result of_t(app_draws *draws, bw_story *story, const bw_model *model, bw_draw *draw)
{
    if (draws->t_only == NULL) {
        bw_model_params params = bw_draw_t_only(bw_model_params_of(model));
        void *memory = calloc(1, bw_model_footprint(&params));
        if (memory == NULL)
            return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for a price model");
        draws->t_only = bw_model_new(memory, &params);
    }
    *draw = bw_draw_of_model(BW_DRAW_T_ONLY, draws->t_only);
    return BW_STORY_DONE;
}

bw_story_result app_draws_other(app_draws *draws, bw_story *story, const bw_model *model, bw_draw_kind kind, bw_draw *draw, bool *made)
{
    *made = true;
    if (kind == BW_DRAW_MODEL) {
        *draw = bw_draw_of_model(BW_DRAW_MODEL, model);
        return BW_STORY_DONE;
    }
    if (kind == BW_DRAW_T_ONLY)
        return of_t(draws, story, model, draw);
    *made = draws->prices != NULL;
    return *made ? of_prices(draws, story, model, kind, draw) : BW_STORY_DONE;
}

bw_story_result app_draws_make(app_draws *draws, app_run *run, bw_story *story, const bw_model *model)
{
    bool made;
    for (uint32_t m = 0; m < run->world.market_count + app_run_has_collateral(run) && m < BW_MARKETS_MAX; m++)
        draws->names[m] = run->world.markets[m].name;
    bw_story_result result = read_history(draws, story);
    if (result == BW_STORY_DONE)
        result = app_draws_other(draws, story, model, draws->wish.kind, &draws->draw, &made);
    if (draws->wish.kind != BW_DRAW_MODEL || draws->hash != 0) {
        const struct { uint64_t text, kind; double block, worst, scale; } seen = {
            draws->hash, draws->wish.kind, draws->wish.block_s, draws->wish.worst_share, draws->wish.scale};
        draws->hash = draws->wish.kind != BW_DRAW_MODEL ? bw_hash64(&seen, sizeof seen, 0) : 0;
    }
    return result;
}

void app_draws_describe(const app_draws *draws, char *text, size_t size)
{
    const struct { const char *option, *value; } given[] = {{"--draw", draws->kind}, {"--history", draws->history},
                                                            {"--block", draws->block}, {"--worst", draws->worst},
                                                            {"--scale", draws->scale}};
    size_t length = 0;
    text[0] = 0;
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (given[i].value != NULL && length < size)
            length += (size_t)snprintf(text + length, size - length, " %s %s", given[i].option, given[i].value);
}

void app_draws_free(app_draws *draws)
{
    free(draws->memory);
    free(draws->t_only);
}
