/* stress.c - `breakwater stress`: the command line, and the results. */
#include "app/stress.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "app/command.h"
#include "app/options.h"
#include "story/decimal.h"
#include "story/session.h"

#define PATHS_MAX UINT64_C(100000000)

static const char HELP[] =
    "usage: breakwater stress STORY|- [--paths N] [--horizon DURATION] [--steps N] [--seed N] [--until ci=X%]\n"
    "                         [--fail-if EXPR] [--accounts N] [--fund AMOUNT] [--threads N] [--json FILE|-]\n"
    "                         [--shard I/N --out FILE]\n"
    "\n"
    "How likely is it that losses are socialized here, how much, and on whom? Plays many simulated paths of prices on the\n"
    "book that the story makes, each of them whole: order book, impact of liquidations, desks, fund, ADL, haircut. The\n"
    "story is one for 'breakwater run', with 'generate' and 'path': prices begin where its path opens, and what follows\n"
    "is the model's (docs/stress.md), by 'model' lines of the story where it has some.\n"
    "\n"
    "  --paths N        simulated paths (1 to 100000000; 1000)\n"
    "  --horizon TIME   simulated time of a path, such as 1h or 1d (1d). Part of every probability\n"
    "  --steps N        steps of prices in it (1 to 100000; 240)\n"
    "  --seed N         of the paths (1); the book keeps that of the story\n"
    "  --until ci=X%    stops once the 95% interval of P(losses are socialized) is within X% of its value\n"
    "  --fail-if EXPR   exit code 4 if it holds, such as 'p_haircut>0.001' or 'var_gap_99>1000000'\n"
    "  --accounts N     traders of the generated book (4 to 16000000)\n"
    "  --fund AMOUNT    so much is deposited in the shared part of the fund before, besides what the story deposits\n"
    "  --threads N      processes that play the paths (1); the result is the same for any number\n"
    "  --json FILE|-    the result as one JSON object (schema breakwater-stress/1)\n"
    "  --shard I/N      plays only part I of N of the paths and writes their outcomes to the file of --out, whole or not\n"
    "                   at all; 'breakwater merge' makes one result of the N files\n"
    "\n"
    "Every figure comes with its 95% interval; what too few paths cannot say is left out. docs/stress-estimates.md\n"
    "defines them. Ctrl-C ends after the paths that are under way and writes the result so far, marked as partial.\n"
    "\n"
    "exit codes: 0 done; 2 the command line is wrong; 3 an input is wrong; 4 --fail-if breached; 5 an output cannot be\n"
    "written; 130 interrupted\n";

typedef struct {
    app_stress stress;
    app_output screen, json, shard;
    bool want_json;
    const char *horizon, *until, *fail_if, *part, *out;
    bw_condition condition;
    int64_t begin_ns;
} job;

static void drop_all(job *work)
{
    app_output_drop(&work->screen);
    app_output_drop(&work->json);
    app_output_drop(&work->shard);
}

/* ---- the result ---- */

/* What the run is called, and how to play it again. */
static void describe(const job *work, bw_stress_facts *facts, char *reproduce, size_t size, const char **markets)
{
    const app_stress *stress = &work->stress;
    const app_run *run = &stress->run;
    const bw_story_book *names = &run->story->book;
    const bw_story_asset *asset = &names->assets[names->pools[0].command.asset];
    char fund[96] = "";
    if (run->fund_text != NULL)
        snprintf(fund, sizeof fund, " --fund %s", run->fund_text);
    snprintf(reproduce, size, "breakwater stress %s --paths %llu --horizon %s --steps %llu --seed %llu --accounts %u%s",
             stress->file, (unsigned long long)stress->paths, work->horizon, (unsigned long long)stress->step_count,
             (unsigned long long)stress->seed, run->world.book_params.account_count, fund);
    for (uint32_t m = 0; m < names->market_count; m++)
        markets[m] = names->markets[m].command.name;
    *facts = (bw_stress_facts){.title = run->title[0] ? run->title : stress->file, .reproduce = reproduce, .asset = asset->name,
                               .decimals = asset->decimals, .seed = stress->seed, .settings_hash = stress->settings_hash,
                               .horizon_ns = stress->horizon_ns, .partial = app_interrupted != 0, .markets = markets,
                               .market_count = names->market_count};
}

/* The outcomes of a shard, for `merge`. */
static app_exit write_shard(job *work, const bw_stress_facts *facts, app_exit end)
{
    const app_stress *stress = &work->stress;
    if (end != APP_DONE || stress->played < stress->end - stress->first) {
        drop_all(work);
        return end == APP_DONE ? APP_SYSTEM : end;
    }
    if (!app_shard_write(work->shard.stream, facts, stress->first, stress->paths, stress->outcomes, stress->played) &&
        work->shard.error == 0)
        work->shard.error = errno != 0 ? errno : EIO;
    if (!app_outputs_ready((app_output *const[]){&work->shard}, 1))
        return APP_SYSTEM;
    fprintf(work->screen.stream, "paths %llu to %llu of %llu written to %s\n", (unsigned long long)stress->first,
            (unsigned long long)stress->end - 1, (unsigned long long)stress->paths, work->out);
    return app_outputs_keep((app_output *const[]){&work->screen, &work->shard}, 2) ? APP_DONE : APP_SYSTEM;
}

static app_exit write_results(job *work, app_exit end)
{
    app_stress *stress = &work->stress;
    static const char *markets[BW_MARKETS_MAX];
    static char reproduce[2 * BW_STORY_PATH];
    bw_stress_facts facts;
    describe(work, &facts, reproduce, sizeof reproduce, markets);
    if (work->out != NULL)
        return write_shard(work, &facts, end);
    const app_stress_outputs outputs = {&work->screen, work->want_json ? &work->json : NULL, work->fail_if, &work->condition,
                                        work->begin_ns};
    return app_stress_tell(&outputs, &facts, stress->outcomes, stress->played, end);
}

static app_exit finish(job *work, app_exit end)
{
    app_stress *stress = &work->stress;
    app_run *run = &stress->run;
    if (!stress->stood && end == APP_DONE)
        end = app_say(APP_INPUT, "%s: found no 'path', expected a story that generates a book and opens markets", stress->file);
    else if (end != APP_DONE && end != APP_INTERRUPTED)
        app_say_at(end, run->message[0] ? run->message : bw_story_message(run->story));
    if (end != APP_DONE && (end != APP_INTERRUPTED || stress->played == 0)) {
        drop_all(work);
        return end;
    }
    app_exit written = write_results(work, end);
    if (written == APP_SYSTEM)
        drop_all(work);
    return written;
}

static app_exit run_story(job *work)
{
    return finish(work, app_run_story(&work->stress.run, work->stress.file, NULL));
}

/* ---- the command line ---- */

static bool number_in(const char *name, uint64_t value, uint64_t low, uint64_t high)
{
    if (value >= low && value <= high)
        return true;
    app_say(APP_USAGE, "stress: found %s %llu, expected %llu to %llu", name, (unsigned long long)value, (unsigned long long)low,
            (unsigned long long)high);
    return false;
}

static bool horizon_valid(job *work)
{
    const int64_t second = 1000000000, most = INT64_C(366) * 86400 * second;
    int64_t *horizon = &work->stress.horizon_ns;
    if (bw_story_duration_parse(work->horizon, strlen(work->horizon), horizon) == BW_STORY_NUMBER_OK && *horizon >= second &&
        *horizon <= most && *horizon / (int64_t)work->stress.step_count >= 1000000)
        return true;
    app_say(APP_USAGE, "stress: found --horizon %s, expected 1s to 366d, and at least 1ms a step", work->horizon);
    return false;
}

static bool until_valid(job *work)
{
    char message[256];
    if (work->until == NULL || bw_until_parse(work->until, &work->stress.until_part, message, sizeof message))
        return true;
    app_say(APP_USAGE, "stress: %s", message);
    return false;
}

static bool condition_valid(job *work)
{
    char message[256];
    if (work->fail_if == NULL)
        return true;
    if (!bw_condition_parse(work->fail_if, &work->condition, message, sizeof message))
        app_say(APP_USAGE, "stress: %s", message);
    else if (bw_condition_of_fund(&work->condition))
        app_say(APP_USAGE, "stress: found '%s', expected a figure of this command: the fund's size is none", work->fail_if);
    else
        return true;
    return false;
}

/* --shard I/N and --out belong together; a shard has no result of its own. */
static bool shard_valid(job *work, bool other)
{
    app_stress *stress = &work->stress;
    unsigned number, of;
    int length = 0;
    uint64_t count = stress->paths;
    stress->first = 0;
    if (work->part == NULL && work->out == NULL) {
        stress->end = count;
        return true;
    }
    if (work->part == NULL || work->out == NULL || strcmp(work->out, "-") == 0)
        app_say(APP_USAGE, "stress: found --%s without %s, expected both --shard I/N and --out FILE",
                work->part != NULL ? "shard" : "out", work->part != NULL ? "a file of --out" : "--shard");
    else if (sscanf(work->part, "%9u/%9u%n", &number, &of, &length) != 2 || work->part[length] || number < 1 || number > of)
        app_say(APP_USAGE, "stress: found --shard %s, expected I/N with 1 <= I <= N, such as 2/8", work->part);
    else if (of > stress->paths)
        app_say(APP_USAGE, "stress: found %u shards, expected at most one for each of %llu paths", of,
                (unsigned long long)stress->paths);
    else if (other)
        app_say(APP_USAGE, "stress: found --json, --until or --fail-if with --shard, expected them of 'breakwater merge'");
    else {
        bw_stress_shard_range(stress->paths, number, of, &stress->first, &count);
        stress->end = stress->first + count;
        return true;
    }
    return false;
}

static bool valid(job *work)
{
    app_stress *stress = &work->stress;
    return number_in("--paths", stress->paths, 1, PATHS_MAX) && number_in("--steps", stress->step_count, 1, BW_MODEL_STEPS_MAX) &&
           number_in("--seed", stress->seed, 0, INT64_MAX) && horizon_valid(work) && until_valid(work) && condition_valid(work) &&
           app_run_numbers_valid("stress", &stress->run);
}

static bool open_outputs(job *work, const char *json)
{
    bool piped = json != NULL && strcmp(json, "-") == 0;
    app_output_standard(&work->screen, piped ? stderr : stdout);
    work->want_json = json != NULL;
    if ((json == NULL || app_output_open(&work->json, json)) && (work->out == NULL || app_output_open(&work->shard, work->out)))
        return true;
    drop_all(work);
    return false;
}

static void forget(job *work)
{
    app_stress *stress = &work->stress;
    if (stress->outcomes != NULL)
        munmap(stress->outcomes, (stress->end - stress->first) * sizeof *stress->outcomes);
    if (stress->played_bits != NULL)
        munmap(stress->played_bits, stress->end - stress->first);
    free(stress->model);
    free(stress->path);
    free(stress->moves);
    free(stress->run.notes);
    app_sources_free(&stress->run.sources);
    free(work);
}

static app_exit stress(int argc, char **argv)
{
    const char *json = NULL;
    job *work = calloc(1, sizeof *work);
    if (work == NULL)
        return app_say(APP_SYSTEM, "no memory for a run");
    app_stress *stress = &work->stress;
    app_run *run = &stress->run;
    work->begin_ns = app_run_clock_ns();
    work->horizon = "1d";
    stress->paths = 1000;
    stress->step_count = 240;
    stress->seed = 1;
    run->accounts = run->seed = APP_RUN_GIVEN;
    run->threads = 1;
    run->stresses = true;
    run->between = app_stress_between;
    const app_option options[] = {
        {"--paths", APP_OPTION_NUMBER, &stress->paths}, {"--horizon", APP_OPTION_TEXT, &work->horizon},
        {"--steps", APP_OPTION_NUMBER, &stress->step_count}, {"--seed", APP_OPTION_NUMBER, &stress->seed},
        {"--until", APP_OPTION_TEXT, &work->until}, {"--fail-if", APP_OPTION_TEXT, &work->fail_if},
        {"--accounts", APP_OPTION_NUMBER, &run->accounts}, {"--fund", APP_OPTION_TEXT, &run->fund_text},
        {"--threads", APP_OPTION_NUMBER, &run->threads}, {"--json", APP_OPTION_TEXT, &json},
        {"--shard", APP_OPTION_TEXT, &work->part}, {"--out", APP_OPTION_TEXT, &work->out}, {NULL, APP_OPTION_FLAG, NULL},
    };
    app_exit end = APP_USAGE;
    if (app_options_read("stress", argc, argv, options, "STORY or -", &stress->file, 1) && valid(work) &&
        shard_valid(work, json != NULL || work->until != NULL || work->fail_if != NULL) &&
        app_outputs_apart("stress", (const app_output_name[]){{"--json", json}, {"--out", work->out}}, 2, &stress->file, 1))
        end = open_outputs(work, json) ? run_story(work) : APP_SYSTEM;
    forget(work);
    return end;
}

const app_command APP_STRESS = {"stress", "plays many simulated paths: how likely are socialized losses, how large", HELP, stress};
