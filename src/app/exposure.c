/* exposure.c - `breakwater exposure`: the command line, and the results. */
#include "app/exposure.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "app/exposure_shard.h"
#include "story/decimal.h"
#include "story/session.h"

static const char HELP[] =
    "usage: breakwater exposure STORY|- --account NAME|ID [--venues A,B,...|all] [--folder DIR] [--market NAME]\n"
    "                           [--no-moves] [--until ci=X%] [--fail-if EXPR] [--half-spread BP]\n"
    "                           [--counterfactual hold|reopen] [--first-order N]\n"
    "                           [--paths N] [--horizon DURATION] [--steps N] [--seed N] [--accounts N] [--fund AMOUNT]\n"
    "                           [--threads N] [--json FILE|-]\n"
    "       breakwater exposure STORY|- --all [--top N] [--shard I/N --out FILE] [the same]\n"
    "\n"
    "What may happen to you here, before it happens? Plays many simulated paths of prices on the book that the story makes,\n"
    "as 'breakwater stress' does, and follows one trader, or every one: how often he is liquidated, deleveraged, cut by a\n"
    "haircut; what that costs him; how much of his position is closed and what is left unhedged; how large a move reaches\n"
    "him; what it takes from his strategy in a year; and what other venues' rules would do to him on the same paths.\n"
    "\n"
    "  --account NAME   a trader of the story: 'u000123' of the generated book, a known account, one of the story's own;\n"
    "                   or his number\n"
    "  --all            every trader, on the screen those with the largest mean charges, in the JSON all\n"
    "  --top N          how many of them on the screen (0 to 1000; 20)\n"
    "  --shard I/N      with --all: plays only part I of N of the paths and writes their records to the file of --out, whole or\n"
    "                   not at all; 'breakwater merge' makes one result of the N files\n"
    "  --venues A,B     the same trader on the same paths under these venues' rules: names of their files, or files\n"
    "                   NAME.story of your own; 'all': every venue of the folder\n"
    "  --folder DIR     where the files are; otherwise 'venues' here, or where they were installed\n"
    "  --market NAME    the curve of moves moves this market alone, not all of them\n"
    "  --no-moves       leaves that curve out: 18 moves, most of them large, take a while\n"
    "  --until ci=X%    stops once the 95% interval of P(the trader is reached) is within X% of its value\n"
    "  --fail-if EXPR   exit code 4 if it holds for the trader, or with --all for any, such as 'p_adl>0.01', 'drag_bp>50'\n"
    "  --counterfactual hold    the drag in the rows is against positions held to the end of the path (default)\n"
    "  --counterfactual reopen  against what ADL closed being opened again at the next mark plus half a spread\n"
    "  --half-spread BP that half spread in basis points (0 to 10000; 5)\n"
    "  --first-order N  besides, N model paths (up to 100000000) that are not played: how often prices alone, without what\n"
    "                   liquidations do to marks and book, reach the liquidation price of who has one position\n"
    "  --paths N        simulated paths (1 to 100000000; 1000)\n"
    "  --horizon TIME   simulated time of a path, such as 1h or 1d (1d). Part of every probability\n"
    "  --steps N        steps of prices in it (1 to 100000; 240)\n"
    "  --seed N         of the paths (1); the book keeps that of the story\n"
    "  --draw KIND      where prices come from, and --history FILE, --block, --worst, --scale: as for 'breakwater stress'\n"
    "  --accounts N     traders of the generated book (4 to 16000000)\n"
    "  --fund AMOUNT    so much is deposited in the shared part of the fund before, besides what the story deposits\n"
    "  --threads N      processes that play the paths (1); the result is the same for any number\n"
    "  --json FILE|-    the result as one JSON object (schema breakwater-exposure/1)\n"
    "\n"
    "docs/exposure.md defines every figure. Ctrl-C ends after the paths that are under way and writes the result so far,\n"
    "marked as partial.\n"
    "\n"
    "exit codes: 0 done; 2 the command line is wrong; 3 an input is wrong; 4 --fail-if breached; 5 an output cannot be\n"
    "written; 130 interrupted\n";

typedef struct {
    app_exposure exposure;
    app_output screen, json, shard;
    bool want_json;
    const char *list, *folder, *until, *half_spread, *counterfactual, *fail_if, *part, *out;
    bw_condition condition;
    uint64_t top;
    uint32_t counterfactual_number;
    int64_t begin_ns;
} job;

static void drop_all(job *work)
{
    app_output_drop(&work->screen);
    app_output_drop(&work->json);
    app_output_drop(&work->shard);
}

/* ---- figures ---- */

bw_exposure_facts app_exposure_facts(const app_exposure *work, const bw_stress_facts *run)
{
    const job *of = (const void *)work;
    bw_exposure_facts facts = {.run = run, .paths = work->jobs.done, .counterfactual = of->counterfactual_number,
                               .half_spread_ppb = work->half_spread_ppb, .first_paths = work->first_paths};
    facts.hash = work->all ? app_exposure_hash(work->records, work->book->account_count, facts.paths)
                           : bw_hash128(work->parts, facts.paths * sizeof *work->parts, work->id);
    return facts;
}

static const char *name_of(const void *context, uint64_t id)
{
    const bw_story_book *names = &((const app_exposure *)context)->paths.run.story->book;
    return id >= 1 && id <= names->account_count ? names->accounts[id - 1].name : "";
}

static uint64_t id_of(const void *context, uint32_t number)
{
    return bw_account_id(((const app_exposure *)context)->paths.run.story->venue, number);
}

bw_exposure_row app_exposure_row(const app_exposure *work, const bw_exposure_facts *facts, const bw_exposure_path *parts)
{
    const bw_exposure_standing *standing = &work->book->standings[work->number];
    bw_exposure_intervals intervals = bw_exposure_intervals_of(facts->paths, 1);
    bw_exposure_record record = {0};
    bw_exposure_bins bins = {{0}};
    for (uint64_t i = 0; i < facts->paths; i++)
        bw_exposure_add(&record, &bins, &parts[i], bw_exposure_scale(standing));
    bw_exposure_row row = bw_exposure_row_of(facts, &intervals, standing, &record, &bins);
    row.id = work->id;
    row.name = name_of(work, work->id);
    row.first_known = facts->first_paths > 0 && work->first_of[work->number] != APP_EXPOSURE_NOT_SINGLE;
    if (row.first_known)
        row.first_order = bw_stress_chance_of(work->first_of[work->number], facts->first_paths);
    return row;
}

/* ---- the result ---- */

static app_exit tell_one(const job *work, const app_exposure_outputs *outputs, const bw_exposure_facts *facts, app_exit end)
{
    const app_exposure *of = &work->exposure;
    bw_exposure_row row = app_exposure_row(of, facts, of->parts);
    bw_exposure_detail detail = {.shocks = of->shocks, .shock_count = of->shock_count, .places = of->places,
                                 .place_count = of->place_count, .venues = of->told, .venue_count = of->told_count,
                                 .shock_of = of->shock_market != NULL ? of->shock_market : "all markets"};
    int64_t *scratch = malloc(facts->paths * sizeof *scratch);
    if (scratch == NULL)
        return app_say(APP_SYSTEM, "no memory for the result");
    bw_exposure_detail_of(&detail, facts, &row.standing, of->parts, scratch);
    free(scratch);
    return app_exposure_tell_one(outputs, facts, &row, &detail, end);
}

static app_exposure_crowd crowd_of(const app_exposure *of)
{
    return (app_exposure_crowd){.book = of->book, .records = of->records, .bins = of->bins, .first_of = of->first_of,
                                .id_most = of->paths.run.story->book.account_count, .id_of = id_of, .name_of = name_of, .context = of};
}

/* The records of a shard, for `merge`: of all its paths or none. */
static app_exit write_shard(job *work, const app_exposure_crowd *crowd, const bw_exposure_facts *facts, app_exit end)
{
    const app_paths *paths = &work->exposure.paths;
    if (end != APP_DONE || facts->paths < paths->end - paths->first)
        return end == APP_DONE ? APP_SYSTEM : end;
    if (!app_exposure_shard_write(work->shard.stream, crowd, facts, paths->first, paths->count) && work->shard.error == 0)
        work->shard.error = errno != 0 ? errno : EIO;
    if (!app_outputs_ready((app_output *const[]){&work->shard}, 1))
        return APP_SYSTEM;
    fprintf(work->screen.stream, "paths %llu to %llu of %llu written to %s\n", (unsigned long long)paths->first,
            (unsigned long long)paths->end - 1, (unsigned long long)paths->count, work->out);
    return app_outputs_keep((app_output *const[]){&work->screen, &work->shard}, 2) ? APP_DONE : APP_SYSTEM;
}

/* The command line that does it again: with the command's own options. */
static void add_own(const job *work, char *text, size_t size)
{
    const app_exposure *of = &work->exposure;
    size_t at = strlen(text);
    if (of->all)
        snprintf(text + at, size - at, " --all");
    else
        snprintf(text + at, size - at, " --account %s", of->account);
    if (of->no_moves && (at = strlen(text)) < size)
        snprintf(text + at, size - at, " --no-moves");
    if (of->first_asked > 0 && (at = strlen(text)) < size)
        snprintf(text + at, size - at, " --first-order %llu", (unsigned long long)of->first_asked);
    const struct { const char *name, *value; } own[] = {
        {"--venues", work->list}, {"--folder", work->folder}, {"--market", of->shock_market}, {"--until", work->until},
        {"--half-spread", work->half_spread}, {"--counterfactual", work->counterfactual}};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (own[i].value != NULL && (at = strlen(text)) < size)
            snprintf(text + at, size - at, " %s %s", own[i].name, own[i].value);
}

static app_exit run_story(job *work)
{
    app_exposure *of = &work->exposure;
    char reproduce[4 * BW_STORY_PATH];
    bw_stress_facts run;
    app_exit end = app_run_story(&of->paths.run, of->paths.file, NULL);
    if (!app_paths_finish(&of->paths, &end, of->jobs.done)) {
        drop_all(work);
        return end;
    }
    app_paths_describe(&of->paths, &run, reproduce, sizeof reproduce);
    add_own(work, reproduce, sizeof reproduce);
    bw_exposure_facts facts = app_exposure_facts(of, &run);
    const app_exposure_outputs outputs = {&work->screen, work->want_json ? &work->json : NULL, (uint32_t)work->top, work->fail_if,
                                          &work->condition, work->begin_ns};
    const app_exposure_crowd crowd = crowd_of(of);
    app_exit told = work->out != NULL ? write_shard(work, &crowd, &facts, end)
                    : of->all         ? app_exposure_tell_all(&outputs, &crowd, &facts, end)
                                      : tell_one(work, &outputs, &facts, end);
    if (told == APP_SYSTEM || (work->out != NULL && told != APP_DONE))
        drop_all(work);
    return told;
}

/* ---- the command line ---- */

static bool wrong(const char *format, const char *found)
{
    app_say(APP_USAGE, format, found);
    return false;
}

static bool who_valid(const job *work)
{
    const app_exposure *of = &work->exposure;
    if (of->all == (of->account != NULL))
        return wrong("exposure: found %s --account and --all, expected one of them", of->all ? "both" : "neither");
    if (of->all && (work->list != NULL || of->shock_market != NULL || work->until != NULL || of->no_moves))
        return wrong("exposure: found %s with --all, expected it with --account",
                     work->list != NULL ? "--venues" : work->until != NULL ? "--until" : of->no_moves ? "--no-moves" : "--market");
    if (!of->all && (work->part != NULL || work->out != NULL))
        return wrong("exposure: found %s with --account, expected it with --all", work->part != NULL ? "--shard" : "--out");
    if (of->first_asked > 0 && work->part != NULL)
        return wrong("exposure: found --first-order with --shard %s, expected one of them", work->part);
    if (work->folder != NULL && work->list == NULL)
        return wrong("exposure: found --folder %s without --venues, expected both", work->folder);
    if (of->first_asked > APP_PATHS_MAX) {
        app_say(APP_USAGE, "exposure: found --first-order %llu, expected 0 to %llu", (unsigned long long)of->first_asked,
                (unsigned long long)APP_PATHS_MAX);
        return false;
    }
    if (work->top <= APP_EXPOSURE_WORST_MAX)
        return true;
    app_say(APP_USAGE, "exposure: found --top %llu, expected 0 to %d", (unsigned long long)work->top, APP_EXPOSURE_WORST_MAX);
    return false;
}

/* A basis point is 100,000 of 1e-9. */
static bool spread_valid(job *work)
{
    const char *text = work->half_spread != NULL ? work->half_spread : "5";
    bw_story_decimal decimal;
    int64_t *ppb = &work->exposure.half_spread_ppb;
    if (text[0] >= '0' && text[0] <= '9' && bw_story_decimal_parse(text, strlen(text), &decimal) == BW_STORY_NUMBER_OK &&
        bw_story_decimal_count(decimal, bw_story_unit_of_asset(5), ppb) == BW_STORY_NUMBER_OK && *ppb <= 1000000000)
        return true;
    return wrong("exposure: found --half-spread %s, expected 0 to 10000 basis points, with at most 5 decimals", text);
}

static bool counterfactual_valid(job *work)
{
    const char *text = work->counterfactual != NULL ? work->counterfactual : "hold";
    work->counterfactual_number = strcmp(text, "reopen") == 0 ? BW_EXPOSURE_REOPEN : BW_EXPOSURE_HOLD;
    return strcmp(text, "hold") == 0 || strcmp(text, "reopen") == 0 ||
           wrong("exposure: found --counterfactual '%s', expected hold or reopen", text);
}

static bool until_valid(job *work)
{
    char message[256];
    return work->until == NULL || bw_until_parse(work->until, &work->exposure.until_part, message, sizeof message) ||
           wrong("exposure: %s", message);
}

static bool condition_valid(job *work)
{
    char message[256];
    return work->fail_if == NULL || bw_exposure_condition_parse(work->fail_if, &work->condition, message, sizeof message) ||
           wrong("exposure: %s", message);
}

/* Every venue's file is read before the story is; it is an input as the story is. */
static app_exit read_venues(job *work, const app_output_name outputs[2])
{
    app_exposure *of = &work->exposure;
    app_exit end = APP_DONE;
    if (work->list == NULL)
        return end;
    of->venues = calloc(APP_VENUES_MAX, sizeof *of->venues);
    if (of->venues == NULL)
        return app_say(APP_SYSTEM, "no memory for the venues");
    of->paths.run.columns = true;    /* the book has the memory that their rules may need */
    end = app_venues_find("exposure", work->list, work->folder, of->venues, &of->venue_count);
    for (uint32_t i = 0; i < of->venue_count && end == APP_DONE; i++) {
        const char *const file[] = {of->venues[i].path};
        end = app_outputs_apart("exposure", outputs, 2, file, 1) ? app_venue_read(&of->venues[i]) : APP_USAGE;
    }
    return end;
}

static app_exit play(job *work, const char *json)
{
    const app_output_name output[] = {{"--json", json}, {"--out", work->out}};
    app_exit end = read_venues(work, output);
    if (end != APP_DONE)
        return end;
    bool piped = json != NULL && strcmp(json, "-") == 0;
    app_output_standard(&work->screen, piped ? stderr : stdout);
    work->want_json = json != NULL;
    if ((json == NULL || app_output_open(&work->json, json)) && (work->out == NULL || app_output_open(&work->shard, work->out)))
        return run_story(work);
    drop_all(work);
    return APP_SYSTEM;
}

static app_exit exposure(int argc, char **argv)
{
    const char *json = NULL;
    job *work = calloc(1, sizeof *work);
    if (work == NULL)
        return app_say(APP_SYSTEM, "no memory for a run");
    app_exposure *of = &work->exposure;
    app_paths *paths = &of->paths;
    work->begin_ns = app_run_clock_ns();
    work->top = 20;
    paths->run.between = app_exposure_between;
    const app_option own[] = {
        {"--account", APP_OPTION_TEXT, &of->account}, {"--all", APP_OPTION_FLAG, &of->all},
        {"--top", APP_OPTION_NUMBER, &work->top}, {"--venues", APP_OPTION_TEXT, &work->list},
        {"--folder", APP_OPTION_TEXT, &work->folder}, {"--market", APP_OPTION_TEXT, &of->shock_market},
        {"--no-moves", APP_OPTION_FLAG, &of->no_moves}, {"--until", APP_OPTION_TEXT, &work->until},
        {"--half-spread", APP_OPTION_TEXT, &work->half_spread},
        {"--counterfactual", APP_OPTION_TEXT, &work->counterfactual}, {"--fail-if", APP_OPTION_TEXT, &work->fail_if},
        {"--first-order", APP_OPTION_NUMBER, &of->first_asked}, {"--shard", APP_OPTION_TEXT, &work->part},
        {"--out", APP_OPTION_TEXT, &work->out}, {"--json", APP_OPTION_TEXT, &json},
        {NULL, APP_OPTION_FLAG, NULL},
    };
    app_option options[APP_PATHS_OPTIONS + sizeof own / sizeof *own];
    memcpy(options + app_paths_options(paths, "exposure", options), own, sizeof own);
    app_exit end = APP_USAGE;
    if (app_options_read("exposure", argc, argv, options, "STORY or -", &paths->file, 1) && app_paths_valid(paths) &&
        who_valid(work) && spread_valid(work) && counterfactual_valid(work) && until_valid(work) && condition_valid(work) &&
        app_paths_shard_valid(paths, work->part, work->out, json != NULL || work->fail_if != NULL) &&
        app_outputs_apart("exposure", (const app_output_name[]){{"--json", json}, {"--out", work->out}}, 2, &paths->file, 1))
        end = play(work, json);
    app_exposure_free(of);
    app_paths_free(paths);
    free(work);
    return end;
}

const app_command APP_EXPOSURE = {"exposure", "what simulated paths do to one trader, or to every one", HELP, exposure};
