/* exposure_play.c - the paths of an exposure run, under the story's rules, under shocks, under other venues' rules. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "app/exposure.h"
#include "app/ranks.h"
#include "base/assert.h"
#include "story/session.h"

enum { LINE = 64 };

/* ---- around each path ---- */

/* From here to release(), Ctrl-C waits. */
static void hold(app_exposure *work)
{
    sigset_t asked;
    sigemptyset(&asked);
    sigaddset(&asked, SIGINT);
    sigaddset(&asked, SIGTERM);
    sigaddset(&asked, SIGHUP);
    sigprocmask(SIG_BLOCK, &asked, &work->held);
    work->interrupted = app_interrupted;
    app_interrupted = 0;
}

static void release(app_exposure *work)
{
    if (work->interrupted)
        app_interrupted = 1;
    work->interrupted = 0;
    sigprocmask(SIG_SETMASK, &work->held, NULL);
}

static const app_venue *venue_of(const app_exposure *work, const app_jobs *jobs)
{
    return jobs->variant >= APP_EXPOSURE_VENUE ? &work->venues[jobs->variant - APP_EXPOSURE_VENUE] : NULL;
}

static bool begin(app_paths *paths, const app_jobs *jobs, uint32_t worker, uint64_t path)
{
    app_exposure *work = (void *)paths;
    app_run *run = &paths->run;
    const app_venue *venue = venue_of(work, jobs);
    (void)worker;
    hold(work);
    if (venue != NULL && app_venue_rules(run, run->story, venue) != BW_STORY_DONE)
        return false;
    if (jobs->variant == APP_EXPOSURE_SHOCK)
        run->world.play->path = app_exposure_shock_path(work, path);
    bw_exposure_watch_begin(work->watch);
    return true;
}

static void see(app_paths *paths, uint32_t worker, const bw_story_observation *seen)
{
    const app_exposure *work = (void *)paths;
    (void)worker;
    bw_exposure_watch_see(work->watch, paths->run.story->venue, seen->events, seen->event_count);
}

static void end(app_paths *paths, const app_jobs *jobs, uint32_t worker, uint64_t path, const bw_stress_outcome *outcome)
{
    app_exposure *work = (void *)paths;
    const app_venue *venue = venue_of(work, jobs);
    (void)worker, (void)outcome;
    if (venue != NULL)
        app_venue_settle(paths->run.story, venue, paths->run.world.play->time_ns);
    bw_exposure_watch_end(work->watch, work->all ? work->records : NULL, work->bins);
    bw_exposure_path *parts = jobs->variant == APP_EXPOSURE_HERE    ? work->parts
                              : jobs->variant == APP_EXPOSURE_SHOCK ? work->shock_parts
                                                                    : work->venue_parts;
    if (!work->all)
        parts[path] = bw_exposure_watch_get(work->watch, work->number);
    release(work);
}

/* ---- memory ---- */

/* Pages of zeros, taken when they are written; *whole is what to free. */
static void *private_memory(size_t bytes, void **whole)
{
    *whole = bytes > 0 ? calloc(1, bytes + LINE) : NULL;
    return *whole != NULL ? (void *)(((uintptr_t)*whole + LINE - 1) / LINE * LINE) : NULL;
}

static bool make_shared(app_exposure *work)
{
    uint64_t accounts = work->book->account_count;
    if (work->all) {
        work->records = app_crew_memory(accounts * sizeof *work->records);
        work->bins = app_crew_memory(accounts * sizeof *work->bins);
        return work->records != NULL && work->bins != NULL;
    }
    work->parts = app_crew_memory(work->paths.count * sizeof *work->parts);
    work->shock_parts = app_crew_memory(APP_EXPOSURE_SHOCKS * sizeof *work->shock_parts);
    if (work->venue_count > 0)
        work->venue_parts = app_crew_memory(work->paths.count * sizeof *work->venue_parts);
    return work->parts != NULL && work->shock_parts != NULL && (work->venue_count == 0 || work->venue_parts != NULL);
}

static bool make_all(app_exposure *work, const bw_venue *venue)
{
    void *memory = private_memory(bw_exposure_book_footprint(venue), &work->book_memory);
    if (memory == NULL)
        return false;
    work->book = bw_exposure_book_new(memory, venue);
    uint32_t closes = 2 * work->book->account_count + 65536;
    memory = private_memory(bw_exposure_watch_footprint(work->book, closes), &work->watch_memory);
    if (memory == NULL || !make_shared(work))
        return false;
    work->watch = bw_exposure_watch_new(memory, work->book, closes, work->half_spread_ppb);
    return work->all || app_exposure_shocks_make(work);
}

void app_exposure_free(app_exposure *work)
{
    uint64_t accounts = work->book != NULL ? work->book->account_count : 0;
    app_crew_free(work->records, accounts * sizeof *work->records);
    app_crew_free(work->bins, accounts * sizeof *work->bins);
    app_crew_free(work->parts, work->paths.count * sizeof *work->parts);
    app_crew_free(work->shock_parts, APP_EXPOSURE_SHOCKS * sizeof *work->shock_parts);
    app_crew_free(work->venue_parts, work->paths.count * sizeof *work->venue_parts);
    app_crew_free(work->first_hits, accounts * sizeof *work->first_hits);
    app_jobs_free(&work->jobs);
    free(work->first_of);
    free(work->book_memory);
    free(work->watch_memory);
    free(work->shock_path);
    free(work->shock_moves);
    free(work->venues);
}

/* ---- whom it is about ---- */

static bw_story_result unknown_account(app_exposure *work, const bw_story_book *names)
{
    app_run *run = &work->paths.run;
    bw_story_nearest nearest;
    bw_story_nearest_new(&nearest, work->account);
    for (uint32_t i = 0; i < names->account_count; i++)
        bw_story_nearest_offer(&nearest, names->accounts[i].name);
    int length = snprintf(run->message, sizeof run->message, "%s: found --account '%s', expected the name or number of a trader",
                          work->paths.file, work->account);
    if (nearest.best != NULL && length > 0 && (size_t)length < sizeof run->message)
        snprintf(run->message + length, sizeof run->message - (size_t)length, "; did you mean '%s'?", nearest.best);
    return BW_STORY_WRONG;
}

static bool is_number(const char *text)
{
    return text[0] && text[strspn(text, "0123456789")] == 0 && strlen(text) < 19;
}

/* A name goes before a number. */
static bw_story_result find_account(app_exposure *work, const bw_story *story)
{
    if (!bw_story_find_account(&story->book, work->account, &work->id)) {
        if (!is_number(work->account))
            return unknown_account(work, &story->book);
        work->id = strtoull(work->account, NULL, 10);
    }
    bw_account_view view;
    if (!bw_exposure_find(work->book, work->id, &work->number) || !bw_account_get(story->venue, work->id, &view))
        return unknown_account(work, &story->book);
    if (work->book->standings[work->number].is_trader)
        return BW_STORY_DONE;
    app_run *run = &work->paths.run;
    snprintf(run->message, sizeof run->message, "%s: found --account '%s', %s, expected a trader of the first pool",
             work->paths.file, work->account,
             view.desk != BW_NONE16 ? "which is a desk" : view.pool != 0 ? "which is of another pool" : "which is closed");
    return BW_STORY_WRONG;
}

static bw_story_result find_market(app_exposure *work, const bw_story *story)
{
    app_run *run = &work->paths.run;
    bw_story_nearest nearest;
    work->shock_number = BW_NONE16;
    if (work->shock_market == NULL || bw_story_find_market(&story->book, work->shock_market, &work->shock_number))
        return BW_STORY_DONE;
    bw_story_nearest_new(&nearest, work->shock_market);
    for (uint32_t i = 0; i < story->book.market_count; i++)
        bw_story_nearest_offer(&nearest, story->book.markets[i].name);
    snprintf(run->message, sizeof run->message, "%s: found --market '%s', expected a market%s%s%s", work->paths.file,
             work->shock_market, nearest.best != NULL ? "; did you mean '" : "", nearest.best != NULL ? nearest.best : "",
             nearest.best != NULL ? "'?" : "");
    return BW_STORY_WRONG;
}

/* ---- the runs ---- */

/* Asked after each block: was he reached often enough? */
static bool enough(const app_jobs *jobs)
{
    const app_exposure *work = jobs->context;
    uint64_t hits = 0;
    for (uint64_t i = 0; i < jobs->done; i++)
        hits += (work->parts[i].flags & (BW_EXPOSURE_LIQUIDATED | BW_EXPOSURE_ADL | BW_EXPOSURE_CUT)) != 0;
    return bw_until_reached(hits, jobs->done, work->until_part);
}

static void add_record(void *to, const void *from)
{
    bw_exposure_bins none = {{0}}, other = {{0}};
    bw_exposure_merge(to, &none, from, &other);
}

static void add_bins(void *to, const void *from)
{
    bw_exposure_record none = {0}, other = {0};
    bw_exposure_merge(&none, to, &other, from);
}

static bw_story_result play_here(app_exposure *work, bw_story *story)
{
    app_jobs *jobs = &work->jobs;
    *jobs = (app_jobs){.count = work->paths.end - work->paths.first, .first = work->paths.first, .what = "",
                       .enough = work->until_part > 0 ? enough : NULL, .context = work,
                       .variant = APP_EXPOSURE_HERE};
    if (!app_jobs_make(jobs))
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the paths");
    jobs->records = work->parts;
    jobs->record_size = sizeof *work->parts;
    bw_story_result result = app_paths_play(&work->paths, story, jobs);
    if (result == BW_STORY_DONE && work->all) {
        app_ranks_fold(work->records, sizeof *work->records, work->book->account_count, add_record);
        app_ranks_fold(work->bins, sizeof *work->bins, work->book->account_count, add_bins);
    }
    return result;
}

static bw_story_result play_shocks(app_exposure *work, bw_story *story)
{
    app_jobs jobs = {.count = APP_EXPOSURE_SHOCKS, .what = "moves of the markets: ", .variant = APP_EXPOSURE_SHOCK,
                     .records = work->shock_parts, .record_size = sizeof *work->shock_parts};
    bw_story_result result = BW_STORY_DONE;
    if (!app_jobs_make(&jobs))
        result = bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the shocks");
    else
        result = app_paths_play(&work->paths, story, &jobs);
    if (result == BW_STORY_DONE && jobs.done == jobs.count)
        app_exposure_shocks_take(work, jobs.outcomes);
    app_jobs_free(&jobs);
    return result;
}

/* The venue's row, and what it costs more than here. */
static void take_venue(app_exposure *work, const app_venue *venue)
{
    char text[2 * BW_STORY_PATH];
    bw_stress_facts run;
    bw_exposure_venue *told = &work->told[work->told_count++];
    app_paths_describe(&work->paths, &run, text, sizeof text);
    bw_exposure_facts facts = app_exposure_facts(work, &run);
    *told = (bw_exposure_venue){.name = venue->name, .row = app_exposure_row(work, &facts, work->venue_parts)};
    told->paired = bw_exposure_pair(work->venue_parts, work->parts, facts.paths, &told->more, &told->more_low, &told->more_high);
}

/* As many paths as were played here. */
static bw_story_result play_venue(app_exposure *work, bw_story *story, uint32_t number)
{
    const app_venue *venue = &work->venues[number];
    char what[APP_VENUE_NAME + 8];
    snprintf(what, sizeof what, "%s: ", venue->name);
    app_jobs jobs = {.count = work->jobs.done, .what = what, .variant = APP_EXPOSURE_VENUE + number,
                     .records = work->venue_parts, .record_size = sizeof *work->venue_parts};
    bw_story_result result = BW_STORY_DONE;
    if (!app_jobs_make(&jobs))
        result = bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the paths");
    else
        result = app_paths_play(&work->paths, story, &jobs);
    if (result == BW_STORY_DONE && jobs.done == jobs.count)
        take_venue(work, venue);
    app_jobs_free(&jobs);
    return result;
}

/* Every venue's rules are sent once before the first path: what is refused is refused at once. */
static bw_story_result check_venues(app_exposure *work, bw_story *story)
{
    bw_story_result result = BW_STORY_DONE;
    for (uint32_t v = 0; v < work->venue_count && result == BW_STORY_DONE; v++)
        result = app_venue_rules(&work->paths.run, story, &work->venues[v]);
    if (result == BW_STORY_DONE)
        app_snapshot_restore(&work->paths.snapshot, &work->paths.run.sources);
    return result;
}

static bw_story_result play_all(app_exposure *work, bw_story *story)
{
    bw_story_result result = play_here(work, story);
    if (work->all)
        return result;
    if (result == BW_STORY_DONE && !app_interrupted && !work->no_moves)
        result = play_shocks(work, story);
    for (uint32_t v = 0; v < work->venue_count && result == BW_STORY_DONE && !app_interrupted; v++)
        result = play_venue(work, story, v);
    return result;
}

bw_story_result app_exposure_between(app_run *run, bw_story *story)
{
    app_exposure *work = (void *)run;
    app_paths *paths = &work->paths;
    bool made = make_all(work, story->venue);
    if (!made)
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the accounts");
    bw_story_result result = work->all ? BW_STORY_DONE : find_account(work, story);
    if (result == BW_STORY_DONE)
        result = find_market(work, story);
    if (result != BW_STORY_DONE)
        return result;
    if (!work->all)
        app_exposure_places(work, story->venue);
    result = app_paths_stand(paths, story);
    if (result == BW_STORY_DONE && work->venue_count > 0)
        result = check_venues(work, story);
    if (result == BW_STORY_DONE && work->first_asked > 0)
        result = app_exposure_first_order(work, story);
    if (result == BW_STORY_DONE) {
        paths->hooks = (app_paths_hooks){.begin = begin, .see = see, .end = end};
        result = play_all(work, story);
    }
    app_paths_leave(paths, story, result);
    return result;
}
