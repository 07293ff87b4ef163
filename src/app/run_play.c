/* run_play.c - plays the world a story has set up: names, memory, progress, stopping and checking around world/play. */
#include <string.h>

#include "app/run.h"
#include "engine/fund.h"
#include "engine/state.h"
#include "story/session.h"

#define STRESS_ROOM 32u   /* drawn prices go as far as the model's caps, and liquidations move them further */
#define LOAD_PART 4096u   /* accounts between two looks at the progress */

/* ---- the play's commands go the story's way ---- */

/* Accounts and deposits are many and simple: checked with the group of trades that follows them. */
static bool is_checked(const bw_command *command)
{
    return command->type != BW_COMMAND_ACCOUNT && command->type != BW_COMMAND_DEPOSIT;
}

static bool send(void *context, const bw_command *command, bw_status *status)
{
    app_run *run = context;
    if (app_interrupted)
        return false;
    run->story->options.check = run->check && is_checked(command);
    run->stopped = bw_story_send(run->story, command, status);
    run->story->options.check = run->check;
    return run->stopped == BW_STORY_DONE;
}

/* ---- names ---- */

static bw_story_unit unit_of_nano(int64_t nano)
{
    bw_story_unit unit = {nano, -9};
    while (unit.mantissa % 10 == 0) {
        unit.mantissa /= 10;
        unit.exponent++;
    }
    return unit;
}

static bool name_account(bw_story_book *names, const char *letter, const char *name, uint64_t number)
{
    char text[BW_STORY_NAME];
    if (name != NULL)
        snprintf(text, sizeof text, "%s-%s", letter, name);
    else
        snprintf(text, sizeof text, "%s%06llu", letter, (unsigned long long)number);
    return bw_story_add_account(names, text, 0);
}

/* Known accounts have their own names, the others numbers. */
static bool name_users(const app_world *world, bw_story_book *names)
{
    const bw_book_params *params = &world->book_params;
    bool named = true;
    uint32_t account = 0;
    for (uint32_t i = 0; named && i < params->known_count; i++) {
        if (i > 0 && strcmp(params->known[i].account, params->known[i - 1].account) == 0)
            continue;
        named = bw_story_add_account(names, params->known[i].account, 0);
        account++;
    }
    for (; named && account < params->account_count; account++)
        named = name_account(names, "u", NULL, account + 1);
    return named;
}

static bw_story_result name_everything(app_run *run, bw_story *story)
{
    app_world *world = &run->world;
    bw_story_book *names = &story->book;
    bool named = names->market_count + world->market_count <= names->market_max;
    for (uint32_t m = 0; named && m < world->market_count && !app_interrupted; m++) {
        bw_story_market *market = &names->markets[names->market_count++];
        *market = (bw_story_market){.tick = unit_of_nano(world->markets[m].tick_nano),
                                    .lot = unit_of_nano(world->markets[m].lot_nano),
                                    .command = bw_play_market(world->play, m)};
        strcpy(market->name, world->markets[m].name);
    }
    named = named && name_users(world, names);
    for (uint32_t m = 0; named && m < world->market_count; m++)
        named = name_account(names, "past", world->markets[m].name, 0);
    if (app_interrupted)
        return bw_story_fail(story, BW_STORY_FAILED, "interrupted");
    return named ? BW_STORY_DONE
                 : bw_story_fail(story, BW_STORY_WRONG, "the book's names do not fit: no account of a story may be "
                                                        "called u000001, past-MARKET or like one of the known accounts, "
                                                        "and 'limits' must not be given");
}

/* ---- the world's parts ---- */

static bw_story_result make_path(app_run *run, bw_story *story, const bw_path_params *params,
                                 const bw_price_fact *prices, uint32_t price_count)
{
    static const char *const TROUBLE[] = {
        "", "found a path that does not begin before it ends, expected from before to",
        "found a market whose prices do not fit its provenance", "no memory for the path",
        "found a market without prices that cannot be shaped: no adl_high_usd and adl_low_usd, no market with a venue's "
        "prices, or a median that never falls"};
    app_world *world = &run->world;
    bw_story_result result;
    uint32_t items = world->market_count + app_run_has_collateral(run);
    size_t size = bw_path_footprint(params, world->markets, items, price_count);
    if (size == 0)
        return bw_story_fail(story, BW_STORY_WRONG, params->start_ns >= params->end_ns ? TROUBLE[BW_PATH_PARAMS]
                             : params->batch_ns <= 0 ? "found a batch of no time, expected one above 0"
                             : params->guard_ns < 0  ? "found a guard below 0, expected 0 or more"
                                                     : "found a batch too short, expected at most 100,000 batches");
    void *memory = app_run_memory(run, story, size, &result);
    if (result != BW_STORY_DONE)
        return result;
    bw_path_status status = bw_path_new(memory, size, params, world->markets, items, prices, price_count,
                                        &world->path);
    return status == BW_PATH_OK ? BW_STORY_DONE : bw_story_fail(story, BW_STORY_WRONG, TROUBLE[status]);
}

static bool is_stopped(void)
{
    return app_interrupted != 0;
}

static bw_story_result make_book(app_run *run, bw_story *story)
{
    static const char *const TROUBLE[] = {"", "found a setting of the book out of range",
                                          "found too few accounts: a market with a known account lacks others on a side",
                                          "found a market without opening price, open interest or users",
                                          "no memory for the book", "interrupted"};
    app_world *world = &run->world;
    bw_story_result result;
    int64_t open_ticks[BW_MARKETS_MAX];
    size_t size = bw_book_footprint(world->book_params.account_count);
    void *memory = app_run_memory(run, story, size, &result);
    if (result != BW_STORY_DONE)
        return result;
    for (uint32_t m = 0; m < world->market_count; m++)
        open_ticks[m] = bw_path_ticks(world->path, m, bw_path_batch_time(world->path, 0), 0);
    bw_facts_error error;
    if (!bw_book_known_fits(world->book_params.known, world->book_params.known_count, world->markets, open_ticks, &error))
        return app_run_facts_wrong(run, &error, world->known_path);
    app_run_collateral_value(run, story);
    world->book_params.stopped = is_stopped;
    bw_book_status status = bw_book_new(memory, size, &world->book_params, world->markets, world->market_count,
                                        open_ticks, &world->book);
    return status == BW_BOOK_OK ? app_run_collateral_room(run, story)
                                : bw_story_fail(story, BW_STORY_WRONG, TROUBLE[status]);
}

/* The story's accounts that are flagged market-maker take the liquidations. */
static void find_makers(app_run *run, const bw_venue *venue, uint32_t account_count)
{
    bw_play_params *params = &run->world.play_params;
    bw_account_view view;
    for (uint32_t i = 0; i < account_count && params->maker_count < BW_PLAY_MAKERS_MAX; i++)
        if (bw_account_get(venue, i + 1, &view) && (view.flags & BW_FLAG_MARKET_MAKER))
            params->makers[params->maker_count++] = view.id;
}

static bw_story_result make_play(app_run *run, bw_story *story)
{
    app_world *world = &run->world;
    const bw_play_host host = {run, send};
    bw_story_result result;
    void *memory = app_run_memory(run, story, bw_play_footprint(world->play_params.order_max), &result);
    if (result != BW_STORY_DONE)
        return result;
    world->play_params.pool = 0;
    if (run->stresses || run->drawn)
        world->play_params.price_room = STRESS_ROOM;
    world->play_params.asset = story->book.pools[0].command.asset;
    world->play_params.market_first = (uint16_t)story->book.market_count;
    world->play_params.user_first = story->book.account_count + 1u;
    world->play_params.past_first = world->play_params.user_first + world->book_params.account_count;
    world->play_params.runs_seed = world->book_params.seed;
    find_makers(run, story->venue, story->book.account_count);
    world->play = bw_play_new(memory, &world->play_params, &host, story->venue, world->markets, world->path,
                              world->book);
    return name_everything(run, story);
}

/* ---- playing ---- */

static bool load(app_run *run)
{
    app_world *world = &run->world;
    uint32_t users = world->book_params.account_count;
    app_progress_begin(&run->progress);
    if (!bw_play_open(world->play) || !bw_play_past_open(world->play))
        return false;
    for (uint32_t first = 0; first < users; first += LOAD_PART) {
        app_progress_show(&run->progress, "loading the book", first, users);
        if (!bw_play_load(world->play, first, users - first < LOAD_PART ? users - first : LOAD_PART))
            return false;
    }
    return bw_play_past_close(world->play);
}

bool app_run_fund(app_run *run, int64_t more)
{
    bw_play *play = run->world.play;
    bw_command_fund command = {.header = {.size = sizeof command, .type = BW_COMMAND_FUND, .version = 1,
                                          .time_ns = play->time_ns},
                               .amount = more < 0 ? -more : more, .pool = play->params.pool, .market = BW_NONE16,
                               .move = more < 0 ? BW_FUND_WITHDRAW : BW_FUND_DEPOSIT};
    if (more != 0 && !bw_play_send(play, &command.header, BW_NONE16))
        return false;
    if (more != 0 && (run->stresses || run->drawn))
        bw_fund_rebase(run->story->venue, play->params.pool);
    return true;
}

bool app_run_play_path(app_run *run, const char *what, uint32_t part, uint32_t parts)
{
    app_world *world = &run->world;
    uint64_t batches = bw_path_batch_count(world->path);
    while (!bw_play_ended(world->play)) {
        app_progress_show(&run->progress, what, part * batches + world->play->batch, parts * batches);
        if (!bw_play_batch(world->play))
            return false;
    }
    return bw_play_touch(world->play);
}

/* Prices that a market does not know, as a sentence; false: it is not that. */
static bool price_beyond(const app_world *world, char *text, size_t size)
{
    const bw_play *play = world->play;
    for (uint32_t m = 0; play->trouble.command == BW_COMMAND_MARKS && m < world->market_count; m++) {
        int64_t most = bw_market_cold_at(play->venue, play->params.market_first + m)->settings.price_max;
        if (play->mark[m] <= most)
            continue;
        snprintf(text, size, "found %s at %lld ticks, expected at most %lld, the highest price that its market knows: caps of the price "
                 "model ('model all horizon-high') may lie too far", world->markets[m].name, (long long)play->mark[m], (long long)most);
        return true;
    }
    return false;
}

/* By Ctrl-C, by the story (a check, the trace), or by a refusal. */
bw_story_result app_run_stopped(app_run *run, bw_story *story)
{
    const bw_play_trouble *trouble = &run->world.play->trouble;
    char text[APP_RUN_TEXT];
    if (app_interrupted)
        return bw_story_fail(story, BW_STORY_FAILED, "interrupted");
    if (trouble->command == 0)
        return run->stopped != BW_STORY_DONE ? run->stopped : BW_STORY_SYSTEM;
    if (price_beyond(&run->world, text, sizeof text))
        return bw_story_fail(story, BW_STORY_WRONG, text);
    snprintf(text, sizeof text, "the book does not fit the venue: %s of account %llu is refused: %s",
             bw_command_word(trouble->command), (unsigned long long)trouble->account,
             bw_status_sentence((bw_status)trouble->status));
    return bw_story_fail(story, BW_STORY_WRONG, text);
}

/* How many commands a crash has was counted: two a batch and about 75 fills for 1,000 accounts. */
void app_run_say_check(const app_run *run, bw_story *story, uint32_t parts)
{
    bw_story_text text;
    int64_t begin = app_run_clock_ns();
    if (!run->check)
        return;
    bw_story_check(story->venue, &story->book, story->scan, story->limits.accounts, &text);
    double ms = (double)(app_run_clock_ns() - begin) / 1e6;
    double commands = parts * (bw_path_batch_count(run->world.path) + .075 * run->world.book_params.account_count);
    fprintf(stderr, "breakwater: --check: %.1f ms after each of about %.0f commands of the crash: about %.0f s\n", ms,
            commands, ms * commands / 1000);
}

bw_story_result app_run_play_event(app_run *run, bw_story *story)
{
    bw_play *play = run->world.play;
    app_run_begin(run, play->time_ns);
    app_run_say_check(run, story, 1);
    app_progress_begin(&run->progress);
    bool done = app_run_play_path(run, "playing the crash", 0, 1);
    app_progress_end(&run->progress);
    bw_story_time_set(story, play->time_ns);
    return done ? BW_STORY_DONE : app_run_stopped(run, story);
}

bw_story_result app_run_play(app_run *run, bw_story *story, const bw_path_params *path, bw_price_fact *prices,
                             uint32_t price_count)
{
    app_world *world = &run->world;
    bw_story_result result = bw_story_ready(story);
    if (result == BW_STORY_DONE)
        result = make_path(run, story, path, prices, price_count);
    if (result == BW_STORY_DONE)
        result = make_book(run, story);
    if (result == BW_STORY_DONE)
        result = make_play(run, story);
    if (result != BW_STORY_DONE)
        return result;
    world->played = true;
    bool done = load(run) && app_run_fund(run, run->fund_text != NULL ? run->fund : 0);
    if (done && run->between != NULL) {
        bw_story_time_set(story, world->play->time_ns);
        return run->between(run, story);
    }
    if (done)
        return app_run_play_event(run, story);
    app_progress_end(&run->progress);
    bw_story_time_set(story, world->play->time_ns);
    return app_run_stopped(run, story);
}
