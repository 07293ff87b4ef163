/* compare_play.c - the book once, then venue after venue from the same bytes. */
#include <stdlib.h>
#include <string.h>

#include "app/compare.h"
#include "app/snapshot.h"
#include "base/assert.h"
#include "story/session.h"

/* The venue's rules as a command for pool 0 of this story: number, asset and name are the story's. */
static bw_command_pool rules_of(const app_venue *venue, const bw_story *story)
{
    bw_command_pool pool = venue->pool;
    const bw_command_pool *own = &story->book.pools[0].command;
    pool.header = (bw_command){.size = sizeof pool, .type = BW_COMMAND_POOL, .version = 1,
                               .time_ns = bw_story_time(story)};
    memcpy(pool.name, own->name, sizeof pool.name);
    pool.pool = 0;
    pool.asset = own->asset;
    return pool;
}

static bw_story_result wrong_venue(app_run *run, const app_venue *venue, const char *text)
{
    snprintf(run->message, sizeof run->message, "%s:%u: %s", venue->path, venue->line, text);
    return BW_STORY_WRONG;
}

/* Sends the venue's rules to the book that stands. */
bw_story_result app_venue_rules(app_run *run, bw_story *story, const app_venue *venue)
{
    const bw_story_asset *asset = &story->book.assets[story->book.pools[0].command.asset];
    bw_command_pool pool = rules_of(venue, story);
    bw_status status;
    char text[320];
    if (asset->decimals != venue->decimals) {
        snprintf(text, sizeof text, "found an asset with %u decimals, expected %u as '%s' has in the story",
                 venue->decimals, asset->decimals, asset->name);
        return wrong_venue(run, venue, text);
    }
    bw_story_result result = bw_story_send(story, &pool.header, &status);
    if (result != BW_STORY_DONE || status <= BW_MORE)
        return result;
    const char *fault = bw_setting_fault(story->venue, &pool.header);
    snprintf(text, sizeof text, "found rules that the story's book refuses: '%s' (%s)", bw_status_word(status),
             fault != NULL ? fault : bw_status_sentence(status));
    return wrong_venue(run, venue, text);
}

/* The end of a period, where the venue has one. */
bw_story_result app_venue_settle(bw_story *story, const app_venue *venue, int64_t time_ns)
{
    bw_command_settle settle = {.header = {.size = sizeof settle, .type = BW_COMMAND_SETTLE, .version = 1,
                                           .time_ns = time_ns}};
    bw_status status = BW_OK;
    bw_story_result result = venue->settles ? bw_story_send(story, &settle.header, &status) : BW_STORY_DONE;
    BW_ASSERT(status <= BW_MORE);
    return result;
}

static bool write_row(app_compare *work, const app_venue *venue, bw_comparison_row *row)
{
    app_run *run = &work->run;
    app_run_facts told = {.rules = {0}};
    *row = (bw_comparison_row){.rounds = 0};
    if (!app_run_describe(run, work->file, &told)) {
        app_run_forget(&told);
        return false;
    }
    const bw_metrics_result *result = bw_metrics_finish(run->metrics, run->story->venue, &told.facts);
    row->columns = result->columns;
    row->rounds = result->rounds;
    row->commands = result->commands;
    row->lost_records = result->lost_records;
    row->settings_hash = result->settings_hash;
    row->conservation_error = result->pools[0].conservation_error;
    memcpy(row->state_hash, result->state_hash, sizeof row->state_hash);
    memcpy(row->venue, venue->name, sizeof row->venue);
    app_run_rules(&venue->pool, row->rules, sizeof row->rules);
    size_t used = strlen(row->rules);
    snprintf(row->rules + used, sizeof row->rules - used, "%s", venue->settles ? "; settled after the last price" : "");
    work->time_open_ns = result->time_open_ns;
    work->time_end_ns = result->time_end_ns;
    app_run_forget(&told);
    return true;
}

/* One venue, from the book that stands to the end. */
static bw_story_result play_venue(app_compare *work, bw_story *story, uint32_t number)
{
    app_run *run = &work->run;
    const app_venue *venue = &work->venues[number];
    char what[APP_VENUE_NAME + 64];
    bw_story_result result = app_venue_rules(run, story, venue);
    if (result != BW_STORY_DONE)
        return result;
    app_run_begin(run, run->world.play->time_ns);
    snprintf(what, sizeof what, "comparing, %u of %u: %s", number + 1, work->venue_count, venue->name);
    if (!app_run_play_path(run, what, number, work->venue_count))
        return app_run_stopped(run, story);
    result = app_venue_settle(story, venue, run->world.play->time_ns);
    if (result != BW_STORY_DONE)
        return result;
    if (!write_row(work, venue, &work->rows[number]))
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the result");
    work->row_count++;
    return BW_STORY_DONE;
}

/* Back to the book that stands. Its hash says so. */
static void put_back(app_compare *work, bw_story *story, const app_snapshot *snapshot)
{
    uint64_t hash[2];
    app_snapshot_restore(snapshot, &work->run.sources);
    bw_state_hash(story->venue, hash);
    BW_ASSERT(memcmp(hash, work->book_hash, sizeof hash) == 0);
}

static bw_story_result play_all(app_compare *work, bw_story *story, const app_snapshot *snapshot)
{
    bw_story_result result = BW_STORY_DONE;
    for (uint32_t i = 0; i < work->venue_count && result == BW_STORY_DONE; i++)
        result = app_venue_rules(&work->run, story, &work->venues[i]);
    if (result != BW_STORY_DONE)
        return result;
    work->played = true;
    app_run_say_check(&work->run, story, work->venue_count);
    app_progress_begin(&work->run.progress);
    for (uint32_t i = 0; i < work->venue_count && result == BW_STORY_DONE; i++) {
        put_back(work, story, snapshot);
        result = play_venue(work, story, i);
        if (result != BW_STORY_DONE && !app_interrupted)
            snprintf(work->run.message, sizeof work->run.message, "%s under the rules of %s", bw_story_message(story),
                     work->venues[i].name);
    }
    app_progress_end(&work->run.progress);
    return result;
}

bw_story_result app_compare_between(app_run *run, bw_story *story)
{
    app_compare *work = (void *)run;
    app_snapshot snapshot;
    bw_story_result result;
    app_progress_end(&run->progress);
    bw_story_sums_stop(story);
    bw_state_hash(story->venue, work->book_hash);
    if (app_run_metrics(run) == NULL || !app_snapshot_take(&snapshot, &run->sources))
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for a copy of the book");
    result = play_all(work, story, &snapshot);
    app_snapshot_free(&snapshot);
    work->end = app_run_exit(result);
    return result != BW_STORY_DONE ? result : BW_STORY_FAILED;   /* what follows in the story is not run */
}
