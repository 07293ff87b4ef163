/* compare.c - `breakwater compare`: the command line, and the results. */
#include "app/compare.h"

#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "app/options.h"
#include "report/report.h"
#include "story/session.h"

static const char HELP[] =
    "usage: breakwater compare STORY|- --venues A,B,...|all [--folder DIR] [--accounts N] [--seed N]\n"
    "                          [--fund AMOUNT] [--json FILE|-] [--report FILE.html] [--check] [--threads N]\n"
    "\n"
    "Plays one crash under the loss rules of several venues and says what each would have made of it. The story is\n"
    "one for 'breakwater run', with 'generate' and 'path': its book is made once, and every venue begins with the\n"
    "same positions, prices, order book, fund, capital and desks. Only the rules of its first pool change.\n"
    "\n"
    "  --venues A,B     venues by the names of their files, or files NAME.story of your own\n"
    "  --venues all     every venue of the folder\n"
    "  --folder DIR     where the files are; otherwise 'venues' here, or where they were installed\n"
    "  --accounts N     traders of the generated book (4 to 16000000)\n"
    "  --seed N         of the generated book\n"
    "  --fund AMOUNT    so much of the pool's asset is deposited in the shared part of the insurance fund before the\n"
    "                   event begins, the same for every venue, besides what the story deposits\n"
    "  --json FILE|-    the result as one JSON object (schema breakwater-compare/1)\n"
    "  --report FILE    the result as one HTML file with pictures and tables\n"
    "  --check          after every command: conservation, all invariants, and that nobody unhealthy was missed\n"
    "  --threads N      accepted; one path is played by one thread\n"
    "\n"
    "A venue's file is a story of 'asset', 'pool', 'limits' if its rules need one, and 'settle' if a period ends with\n"
    "the day. All files are checked before the first is played. What follows 'path' in the story is not run. The\n"
    "columns are defined in docs/metrics.md, the venues in venues/README.md. Columns that are 0 in every row are left\n"
    "out of the tables, not of the JSON.\n"
    "\n"
    "Ctrl-C ends the comparison and writes the venues that were finished, marked as partial.\n"
    "\n"
    "exit codes: 0 done; 1 --check failed; 2 the command line is wrong; 3 an input is wrong; 5 an output cannot be\n"
    "written; 130 interrupted\n";

typedef struct {
    app_compare compare;
    app_output screen, json, report;
    bool want_json, want_report;
    const char *list, *folder;
    int64_t begin_ns;
} job;

static void drop_all(job *work)
{
    app_output_drop(&work->screen);
    app_output_drop(&work->json);
    app_output_drop(&work->report);
}

/* ---- writing ---- */

static size_t write_screen(const void *comparison, int64_t elapsed_ms, char *buffer, size_t size)
{
    (void)elapsed_ms;
    return bw_comparison_screen(comparison, buffer, size);
}

static size_t write_report(const void *comparison, int64_t elapsed_ms, char *buffer, size_t size)
{
    (void)elapsed_ms;
    return bw_report_comparison(comparison, buffer, size);
}

static size_t write_json(const void *comparison, int64_t elapsed_ms, char *buffer, size_t size)
{
    return bw_comparison_json(comparison, elapsed_ms, buffer, size);
}

static void describe(const job *work, bw_comparison *comparison, char *reproduce, size_t size)
{
    const app_compare *compare = &work->compare;
    const app_run *run = &compare->run;
    const bw_story_book *names = &run->story->book;
    const bw_story_asset *asset = &names->assets[names->pools[0].command.asset];
    bw_venue_view view;
    bw_venue_get(run->story->venue, &view);
    snprintf(reproduce, size, "breakwater compare %s --venues %s --accounts %u --seed %llu", compare->file, work->list,
             run->world.book_params.account_count, (unsigned long long)run->world.book_params.seed);
    if (run->fund_text != NULL) {
        size_t length = strlen(reproduce);
        snprintf(reproduce + length, size - length, " --fund %s", run->fund_text);
    }
    *comparison = (bw_comparison){
        .title = run->title[0] ? run->title : compare->file, .reproduce = reproduce, .asset = asset->name,
        .decimals = asset->decimals, .market_count = view.markets, .accounts = view.accounts,
        .generated = compare->played ? run->world.book_params.account_count : 0,
        .seed = run->world.book_params.seed, .book_hash = {compare->book_hash[0], compare->book_hash[1]},
        .time_open_ns = compare->time_open_ns, .time_end_ns = compare->time_end_ns,
        .partial = compare->row_count < compare->venue_count, .rows = compare->rows, .row_count = compare->row_count};
}

static app_exit write_results(job *work)
{
    bw_comparison comparison;
    char reproduce[2 * BW_STORY_PATH];
    describe(work, &comparison, reproduce, sizeof reproduce);
    int64_t elapsed_ms = (app_run_clock_ns() - work->begin_ns) / 1000000;
    bool good = (!work->want_json || app_output_write_text(&work->json, write_json, &comparison, elapsed_ms)) &&
                (!work->want_report || app_output_write_text(&work->report, write_report, &comparison, elapsed_ms));
    bool ready = good && app_outputs_ready((app_output *const[]){&work->json, &work->report}, 2);
    good = good && (!ready || app_output_write_text(&work->screen, write_screen, &comparison, elapsed_ms));
    if (!good && !app_output_trouble(&work->json) && !app_output_trouble(&work->report) && !app_output_trouble(&work->screen))
        app_say(APP_SYSTEM, "no memory for the result");
    app_output *const outputs[] = {&work->screen, &work->json, &work->report};
    return good && ready && app_outputs_keep(outputs, 3) ? APP_DONE : APP_SYSTEM;
}

/* What was played is written, all of it or, after Ctrl-C or a failed check, the venues before; what is wrong writes
   nothing. */
static app_exit finish(job *work, app_exit end)
{
    app_compare *compare = &work->compare;
    app_run *run = &compare->run;
    if (compare->played)
        end = compare->end;
    else if (end == APP_DONE)
        end = app_say(APP_INPUT, "%s: found no 'path', expected a story that generates a book and plays prices on it",
                      compare->file);
    else if (end != APP_INTERRUPTED)
        app_say_at(end, run->message[0] ? run->message : bw_story_message(run->story));
    if (compare->played && (end == APP_CHECK_FAILED || end == APP_SYSTEM || end == APP_INPUT))
        app_say_at(end, run->message);
    bool stands = run->story != NULL && run->story->venue != NULL && run->story->book.pool_count > 0;
    bool told = compare->played || (end == APP_INTERRUPTED && stands);
    if (!told || end == APP_SYSTEM || end == APP_INPUT) {
        drop_all(work);
        return end;
    }
    app_exit written = write_results(work);
    if (written != APP_DONE)
        drop_all(work);
    return written != APP_DONE ? written : end;
}

/* ---- playing ---- */

static app_exit run_story(job *work)
{
    return finish(work, app_run_story(&work->compare.run, work->compare.file, NULL));
}

/* Every venue's file is read before the story is. */
static app_exit read_venues(job *work)
{
    app_compare *compare = &work->compare;
    app_exit end = app_venues_find("compare", work->list, work->folder, compare->venues, &compare->venue_count);
    for (uint32_t i = 0; i < compare->venue_count && end == APP_DONE; i++)
        end = app_venue_read(&compare->venues[i]);
    return end;
}

static bool is_stdout(const char *path)
{
    return path != NULL && strcmp(path, "-") == 0;
}

static bool open_outputs(job *work, const char *json, const char *report)
{
    app_output_standard(&work->screen, is_stdout(json) || is_stdout(report) ? stderr : stdout);
    work->want_json = json != NULL;
    work->want_report = report != NULL;
    if ((json == NULL || app_output_open(&work->json, json)) &&
        (report == NULL || app_output_open(&work->report, report)))
        return true;
    drop_all(work);
    return false;
}

/* The venues' files are inputs as the story is. */
static app_exit play(job *work, const char *json, const char *report)
{
    const app_compare *compare = &work->compare;
    const app_output_name outputs[] = {{"--json", json}, {"--report", report}};
    for (uint32_t i = 0; i < compare->venue_count; i++) {
        const char *const file[] = {compare->venues[i].path};
        if (!app_outputs_apart("compare", outputs, 2, file, 1))
            return APP_USAGE;
    }
    return open_outputs(work, json, report) ? run_story(work) : APP_SYSTEM;
}

static app_exit compare_all(job *work, const char *json, const char *report)
{
    app_compare *compare = &work->compare;
    compare->venues = calloc(APP_VENUES_MAX, sizeof *compare->venues);
    compare->rows = calloc(APP_VENUES_MAX, sizeof *compare->rows);
    app_exit end = APP_SYSTEM;
    if (compare->venues == NULL || compare->rows == NULL)
        app_say(end, "no memory for a comparison");
    else if ((end = read_venues(work)) == APP_DONE)
        end = play(work, json, report);
    free(compare->rows);
    free(compare->venues);
    return end;
}

static app_exit compare(int argc, char **argv)
{
    const char *json = NULL, *report = NULL;
    job *work = calloc(1, sizeof *work);
    if (work == NULL)
        return app_say(APP_SYSTEM, "no memory for a comparison");
    app_run *run = &work->compare.run;
    work->begin_ns = app_run_clock_ns();
    run->accounts = run->seed = APP_RUN_GIVEN;
    run->threads = 1;
    run->columns = true;
    run->between = app_compare_between;
    const app_option options[] = {
        {"--venues", APP_OPTION_TEXT, &work->list}, {"--folder", APP_OPTION_TEXT, &work->folder},
        {"--accounts", APP_OPTION_NUMBER, &run->accounts}, {"--seed", APP_OPTION_NUMBER, &run->seed},
        {"--threads", APP_OPTION_NUMBER, &run->threads}, {"--fund", APP_OPTION_TEXT, &run->fund_text},
        {"--json", APP_OPTION_TEXT, &json}, {"--report", APP_OPTION_TEXT, &report}, {"--check", APP_OPTION_FLAG, &run->check},
        {NULL, APP_OPTION_FLAG, NULL},
    };
    app_exit end = APP_USAGE;
    if (app_options_read("compare", argc, argv, options, "STORY or -", &work->compare.file, 1) &&
        app_outputs_apart("compare", (const app_output_name[]){{"--json", json}, {"--report", report}}, 2,
                          &work->compare.file, 1) &&
        app_run_numbers_valid("compare", run)) {
        if (work->list == NULL)
            app_say(APP_USAGE, "compare: found no --venues, expected --venues A,B,... or --venues all");
        else
            end = compare_all(work, json, report);
    }
    free(run->notes);
    app_sources_free(&run->sources);
    free(work);
    return end;
}

const app_command APP_COMPARE = {"compare", "plays one crash under many venues' rules", HELP, compare};
