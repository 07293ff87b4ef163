/* run_world.c - the words that a story for `breakwater run` adds: title, notes, generate, path; liquidity is in run_liquidity.c,
   model in run_model.c. */
#include <stdlib.h>
#include <string.h>

#include "app/run.h"
#include "story/session.h"

#define TEXT_MAX (64u << 20)   /* a file of facts is smaller */
#define PRICES_MAX 65536u
#define MEASURED_MAX 256u
#define EXTRA_MARKETS 8u
#define EXTRA_ACCOUNTS 256u    /* desks, makers and whoever else a story opens by name */

/* ---- settings that are plain numbers ---- */

#define BOOK(word, field) {word, offsetof(bw_book_params, field)}
static const app_run_setting BOOK_SETTINGS[] = {
    BOOK("notional-account-rank", notional_account_rank), BOOK("leverage-weight", leverage_weight),
    BOOK("pnl-leverage", pnl_leverage_score), BOOK("pnl-market", pnl_market_score), BOOK("pnl-spread", pnl_spread),
    BOOK("loss-spread", loss_spread), BOOK("long-leverage", long_leverage),
    BOOK("open-interest-multiple", open_interest_multiple), BOOK("short-share", short_share),
    BOOK("hedge-share", hedge_share), BOOK("large-notional", large_notional),
    BOOK("position-share-max", position_share_max), BOOK("margin-buffer", margin_buffer),
    BOOK("owner-share", owner_share), BOOK("holder-share", holder_share), BOOK("holder-from", holder_from),
    BOOK("holder-to", holder_to), {NULL, 0},
};

/* A cursor behind the directive's own word. */
bw_story_cursor app_run_words(bw_story *story, const bw_story_word *words, uint32_t count)
{
    bw_story_cursor cursor = bw_story_read(story, words, count);
    bw_story_accept(&cursor, words[0].text);
    return cursor;
}

bool app_run_take_number(bw_story_cursor *cursor, double *value)
{
    bw_story_decimal decimal;
    if (!bw_story_take_decimal(cursor, "a number", &decimal))
        return false;
    *value = (double)decimal.digits / (double)bw_story_power(decimal.scale);
    return true;
}

const app_run_setting *app_run_accept(bw_story_cursor *cursor, const app_run_setting *settings, bw_story_nearest *nearest)
{
    for (; settings->word != NULL; settings++) {
        if (bw_story_accept(cursor, settings->word))
            return settings;
        bw_story_nearest_offer(nearest, settings->word);
    }
    return NULL;
}

bw_story_nearest app_run_nearest(const bw_story_cursor *cursor)
{
    bw_story_nearest nearest;
    bw_story_nearest_new(&nearest, bw_story_more(cursor) ? cursor->words[cursor->next].text : "");
    return nearest;
}

/* ---- files beside the story ---- */

static bool take_file(bw_story_cursor *cursor, const char **name)
{
    if (!bw_story_more(cursor))
        return bw_story_wrong(cursor, "a file", NULL);
    *name = cursor->words[cursor->next++].text;
    return true;
}

static bw_story_result wrong_file(app_run *run, const char *text)
{
    snprintf(run->message, sizeof run->message, "%s", text);
    return BW_STORY_WRONG;
}

/* The whole file in malloc'ed memory, with a zero byte behind it. `path` gets its name as opened. */
static bw_story_result read_text(app_run *run, bw_story *story, const char *name, char path[BW_STORY_PATH],
                                 char **text, size_t *size)
{
    bw_story_file file = {0};
    const char *from = story->frames[story->depth - 1].file.name;
    if (!app_sources_open(&run->sources, BW_STORY_DEPTH - 1, name, from, &file)) {
        char message[BW_STORY_PATH + 192];
        snprintf(message, sizeof message, "found the file '%s', which cannot be opened (%s), expected a file of facts", name,
                 file.trouble);
        return bw_story_fail(story, BW_STORY_WRONG, message);
    }
    snprintf(path, BW_STORY_PATH, "%s", file.name);
    size_t room = 1u << 16;
    char *bytes = malloc(room + 1);
    int64_t got = 0;
    *size = 0;
    while (bytes != NULL && *size < TEXT_MAX &&
           (got = app_sources_read(&run->sources, BW_STORY_DEPTH - 1, bytes + *size, room - *size)) > 0) {
        *size += (size_t)got;
        if (*size == room) {
            char *larger = realloc(bytes, 2 * room + 1);
            if (larger == NULL)
                free(bytes);
            bytes = larger;
            room *= 2;
        }
    }
    app_sources_close(&run->sources, BW_STORY_DEPTH - 1);
    if (bytes == NULL)
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for a file");
    bytes[*size] = 0;
    *text = bytes;
    if (got >= 0 && *size < TEXT_MAX)
        return BW_STORY_DONE;
    free(bytes);
    return bw_story_fail(story, BW_STORY_WRONG, got < 0 ? "a file cannot be read" : "a file is larger than 64 MiB");
}

bw_story_result app_run_facts_wrong(app_run *run, const bw_facts_error *error, const char *path)
{
    char text[APP_RUN_TEXT];
    bw_facts_error_print(error, path, text, sizeof text);
    return wrong_file(run, text);
}

void *app_run_memory(app_run *run, bw_story *story, size_t bytes, bw_story_result *result)
{
    void *memory = bytes ? app_sources_memory(&run->sources, bytes) : NULL;
    *result = memory != NULL ? BW_STORY_DONE : bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the world");
    return memory;
}

static bw_story_result read_markets(app_run *run, bw_story *story, const char *name)
{
    app_world *world = &run->world;
    bw_story_result result;
    bw_facts_error error;
    char path[BW_STORY_PATH], *text;
    size_t size;
    world->markets = app_run_memory(run, story, (BW_MARKETS_MAX + 1) * sizeof *world->markets, &result);
    if (result != BW_STORY_DONE || (result = read_text(run, story, name, path, &text, &size)) != BW_STORY_DONE)
        return result;
    if (!bw_facts_read_markets(text, size, world->markets, BW_MARKETS_MAX, &world->market_count, &error))
        result = app_run_facts_wrong(run, &error, path);
    free(text);
    return result;
}

static bw_story_result read_prices(app_run *run, bw_story *story, const char *name, bw_price_fact *prices,
                                   uint32_t *count)
{
    bw_facts_error error;
    char path[BW_STORY_PATH], *text;
    size_t size;
    bw_story_result result = read_text(run, story, name, path, &text, &size);
    if (result != BW_STORY_DONE)
        return result;
    uint32_t items = run->world.market_count + app_run_has_collateral(run);
    if (!bw_facts_read_prices(text, size, run->world.markets, items, prices, PRICES_MAX, count, &error))
        result = app_run_facts_wrong(run, &error, path);
    free(text);
    return result;
}

static bw_story_result read_known(app_run *run, bw_story *story, const char *name)
{
    app_world *world = &run->world;
    bw_book_params *params = &world->book_params;
    bw_story_result result;
    bw_facts_error error;
    char *text;
    size_t size;
    bw_known_fact *known = app_run_memory(run, story, BW_BOOK_KNOWN_MAX * sizeof *known, &result);
    if (result != BW_STORY_DONE ||
        (result = read_text(run, story, name, world->known_path, &text, &size)) != BW_STORY_DONE)
        return result;
    if (!bw_facts_read_known(text, size, world->markets, world->market_count, known, BW_BOOK_KNOWN_MAX,
                             &params->known_count, &error))
        result = app_run_facts_wrong(run, &error, world->known_path);
    params->known = known;
    free(text);
    return result;
}

static bw_story_result read_measured(app_run *run, bw_story *story, const char *name)
{
    app_world *world = &run->world;
    bw_story_result result;
    bw_facts_error error;
    char path[BW_STORY_PATH], *text;
    size_t size;
    world->measured = app_run_memory(run, story, MEASURED_MAX * sizeof *world->measured, &result);
    if (result != BW_STORY_DONE || (result = read_text(run, story, name, path, &text, &size)) != BW_STORY_DONE)
        return result;
    if (!bw_facts_read_measured(text, size, world->measured, MEASURED_MAX, &world->measured_count, &error))
        result = app_run_facts_wrong(run, &error, path);
    free(text);
    return result;
}

/* ---- title, notes ---- */

static bw_story_result run_title(void *context, bw_story *story, const bw_story_word *words, uint32_t count)
{
    app_run *run = context;
    size_t used = 0;
    (void)story;
    for (uint32_t i = 1; i < count && used + words[i].length + 2 < sizeof run->title; i++) {
        if (used > 0)
            run->title[used++] = ' ';
        memcpy(run->title + used, words[i].text, words[i].length);
        used += words[i].length;
    }
    run->title[used] = 0;
    return BW_STORY_DONE;
}

static bw_story_result run_notes(void *context, bw_story *story, const bw_story_word *words, uint32_t count)
{
    app_run *run = context;
    bw_story_cursor cursor = app_run_words(story, words, count);
    const char *name = "";
    char path[BW_STORY_PATH], *text;
    size_t size;
    if (!take_file(&cursor, &name) || !bw_story_take_end(&cursor))
        return bw_story_fail_at(story);
    bw_story_result result = read_text(run, story, name, path, &text, &size);
    if (result != BW_STORY_DONE)
        return result;
    free(run->notes);
    run->notes = text;
    return BW_STORY_DONE;
}

/* ---- generate ---- */

static bool take_book_settings(bw_story_cursor *cursor, bw_book_params *params, const char **known)
{
    bw_story_seen seen = {.count = 0};
    while (bw_story_more(cursor)) {
        bw_story_nearest nearest = app_run_nearest(cursor);
        uint64_t whole;
        bw_story_nearest_offer(&nearest, "accounts");
        bw_story_nearest_offer(&nearest, "seed");
        bw_story_nearest_offer(&nearest, "known");
        if (bw_story_accept(cursor, "accounts")) {
            if (!bw_story_once(cursor, &seen) ||
                !bw_story_take_whole(cursor, BW_BOOK_ACCOUNTS_MAX, "4 to 16000000 accounts", &whole))
                return false;
            params->account_count = (uint32_t)whole;
        } else if (bw_story_accept(cursor, "seed")) {
            if (!bw_story_once(cursor, &seen) || !bw_story_take_whole(cursor, INT64_MAX, "a whole number", &params->seed))
                return false;
        } else if (bw_story_accept(cursor, "known")) {
            if (!bw_story_once(cursor, &seen) || !take_file(cursor, known))
                return false;
        } else {
            const app_run_setting *setting = app_run_accept(cursor, BOOK_SETTINGS, &nearest);
            if (setting == NULL)
                return bw_story_wrong(cursor, "a setting of the book", nearest.best);
            if (!bw_story_once(cursor, &seen) || !app_run_take_number(cursor, (double *)(void *)((char *)params + setting->offset)))
                return false;
        }
    }
    return true;
}

static bw_story_result run_generate(void *context, bw_story *story, const bw_story_word *words, uint32_t count)
{
    app_run *run = context;
    app_world *world = &run->world;
    bw_story_cursor cursor = app_run_words(story, words, count);
    const char *name = "", *known = NULL;
    if (world->generated)
        return bw_story_fail(story, BW_STORY_WRONG, "found 'generate' again, expected it once");
    if (story->book.assets != NULL)
        return bw_story_fail(story, BW_STORY_WRONG, "found 'generate', expected it before the venue's first command");
    world->book_params = bw_book_params_default();
    if (!take_file(&cursor, &name) || !take_book_settings(&cursor, &world->book_params, &known))
        return bw_story_fail_at(story);
    if (run->accounts != APP_RUN_GIVEN)
        world->book_params.account_count = (uint32_t)run->accounts;
    if (run->seed != APP_RUN_GIVEN)
        world->book_params.seed = run->seed;
    bw_story_result result = read_markets(run, story, name);
    if (result == BW_STORY_DONE && known != NULL)
        result = read_known(run, story, known);
    if (result != BW_STORY_DONE)
        return result;
    world->play_params = bw_play_params_default();
    world->play_params.market_count = world->market_count;
    for (uint32_t m = 0; m < world->market_count; m++)
        world->play_params.liquidity[m] = bw_liquidity_params_default(world->markets[m].class);
    world->model_params = bw_model_params_default(world->markets, world->market_count, app_run_has_collateral(run));
    world->generated = true;
    bw_limits limits = bw_play_limits(world->book_params.account_count, world->market_count, EXTRA_ACCOUNTS);
    limits.markets += EXTRA_MARKETS;
    if (app_run_has_collateral(run))
        limits.holdings += world->book_params.account_count;
    limits.owners = 1;   /* Breakwater's own rules need it: score hedge-aware */
    if (run->columns)    /* whatever the rules of a venue may need */
        limits.aging = limits.indexed = limits.stakes = 1;
    world->play_params.order_max = limits.orders;
    return bw_story_declare(story, &limits);
}

/* ---- whom a line is about ---- */

bool app_run_concerns(const bw_market_facts *market, const char *word)
{
    return strcmp(word, "all") == 0 || strcmp(word, market->name) == 0 ||
           strcmp(word, bw_market_class_word(market->class)) == 0;
}

bool app_run_is_known(bw_story_cursor *cursor, const app_world *world, const char *besides)
{
    bw_story_nearest nearest = app_run_nearest(cursor);
    const char *word = bw_story_more(cursor) ? cursor->words[cursor->next].text : "";
    for (uint32_t m = 0; m < world->market_count; m++) {
        if (app_run_concerns(&world->markets[m], word))
            return true;
        bw_story_nearest_offer(&nearest, world->markets[m].name);
    }
    if (besides == NULL)
        return bw_story_wrong(cursor, "'all', a class or a market of the scenario", nearest.best);
    bw_story_nearest_offer(&nearest, besides);
    return strcmp(word, besides) == 0 ||
           bw_story_wrong(cursor, "'all', a class, a market of the scenario or 'collateral'", nearest.best);
}

/* ---- path ---- */

static bool take_every(bw_story_cursor *cursor, uint32_t *every)
{
    uint64_t whole = 0;
    if (!bw_story_take_whole(cursor, 1000, "a whole number from 1 to 1000 after every", &whole))
        return false;
    *every = (uint32_t)whole;
    return whole > 0 || bw_story_wrong_before(cursor, "1 or more after every");
}

/* `from TIME for DURATION`, behind the word outage. */
static bool take_outage(bw_story_cursor *cursor, bw_play_params *play)
{
    if (!bw_story_accept(cursor, "from"))
        return bw_story_wrong(cursor, "'from TIME for DURATION' after outage", NULL);
    if (!bw_story_take_time(cursor, &play->outage_from_ns))
        return false;
    if (!bw_story_accept(cursor, "for"))
        return bw_story_wrong(cursor, "'for DURATION' after the beginning of the outage", NULL);
    return bw_story_take_duration(cursor, &play->outage_ns) &&
           (play->outage_ns > 0 || bw_story_wrong_before(cursor, "a duration above 0"));
}

static bool take_path_settings(bw_story_cursor *cursor, bw_path_params *params, const char **measured,
                               app_world *world)
{
    static const char *const WORDS[] = {"measured", "from", "to", "batch", "guard", "every", "outage", NULL};
    bw_story_seen seen = {.count = 0};
    uint32_t which;
    while (bw_story_more(cursor)) {
        if (!bw_story_take_choice(cursor, WORDS, &which) || !bw_story_once(cursor, &seen))
            return false;
        bool taken = which == 0   ? take_file(cursor, measured)
                     : which == 1 ? bw_story_take_time(cursor, &params->start_ns)
                     : which == 2 ? bw_story_take_time(cursor, &params->end_ns)
                     : which == 3 ? bw_story_take_duration(cursor, &params->batch_ns)
                     : which == 4 ? bw_story_take_duration(cursor, &params->guard_ns)
                     : which == 5 ? take_every(cursor, &world->play_params.liquidation_every)
                                  : take_outage(cursor, &world->play_params);
        if (!taken)
            return false;
    }
    return true;
}

static bool outage_fits(const bw_play_params *play, const bw_path_params *path)
{
    return play->outage_ns == 0 || (play->outage_from_ns > path->start_ns && play->outage_from_ns < path->end_ns &&
                                    play->outage_ns <= path->end_ns - play->outage_from_ns);
}

static bw_story_result run_path(void *context, bw_story *story, const bw_story_word *words, uint32_t count)
{
    app_run *run = context;
    app_world *world = &run->world;
    bw_story_cursor cursor = app_run_words(story, words, count);
    bw_path_params params = bw_path_params_default();
    const char *prices_name = "", *measured_name = NULL;
    uint32_t price_count = 0;
    if (!world->generated || story->book.pool_count == 0)
        return bw_story_fail(story, BW_STORY_WRONG, "found 'path', expected 'generate', an asset and a pool before it");
    if (story->book.assets[story->book.pools[0].command.asset].decimals != 6)
        return bw_story_fail(story, BW_STORY_WRONG, "found a pool whose asset has not 6 decimals, expected 6");
    if (world->played)
        return bw_story_fail(story, BW_STORY_WRONG, "found 'path' again, expected it once");
    if (!take_file(&cursor, &prices_name) || !take_path_settings(&cursor, &params, &measured_name, world))
        return bw_story_fail_at(story);
    if (!outage_fits(&world->play_params, &params))
        return bw_story_fail(story, BW_STORY_WRONG, "found an outage that is not within the path, expected it between from and to");
    bw_price_fact *prices = malloc(PRICES_MAX * sizeof *prices);
    bool pending = story->time_next - story->time_last != story->time_step;   /* an `at` that no command has used */
    if (params.start_ns < (pending ? story->time_next : story->time_last)) {
        free(prices);
        return bw_story_fail(story, BW_STORY_WRONG, "found a path from before the story's time, expected from later, or 'at' "
                                                    "earlier");
    }
    bw_story_result result = prices != NULL ? BW_STORY_DONE
                                            : bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the prices");
    if (result == BW_STORY_DONE && measured_name != NULL)
        result = read_measured(run, story, measured_name);
    if (result == BW_STORY_DONE && app_run_collateral_find(run, story, &result))
        result = read_prices(run, story, prices_name, prices, &price_count);
    app_run_collateral_prices(run, prices, price_count);
    if (result == BW_STORY_DONE)
        result = app_run_play(run, story, &params, prices, price_count);
    free(prices);
    return result;
}

const bw_story_directive APP_RUN_DIRECTIVES[] = {
    {"title", run_title}, {"notes", run_notes}, {"generate", run_generate}, {"liquidity", app_run_liquidity},
    {"runs", app_run_runs}, {"model", app_run_model}, {"path", run_path}, {NULL, NULL},
};
