/* fund.c - `breakwater fund`: the command line, and the results. */
#include "app/fund_report.h"

#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "story/decimal.h"
#include "story/session.h"

static const char HELP[] =
    "usage: breakwater fund STORY|- [--sizes A,B,...] [--target P%] [--capital-rate R%] [--shortfall-cost K] [--paths N]\n"
    "                       [--horizon DURATION] [--steps N] [--seed N] [--accounts N] [--fund AMOUNT] [--threads N]\n"
    "                       [--sensitivities] [--reverse] [--models] [--fail-if EXPR] [--covers FILE.csv] [--json FILE|-]\n"
    "                       [--report FILE.html [--for engineer|risk|trader]] [--one-shock]\n"
    "\n"
    "How large must the insurance fund be? Plays the same simulated paths (as 'breakwater stress') once for each size of the\n"
    "fund: how likely is it that traders pay for others - deleveraged below the mark, cut by a haircut, or with a loss left\n"
    "open - and how much. Beside it what the default of the one or two worst owners would cost, as clearing houses say it.\n"
    "\n"
    "  --sizes A,B,...     sizes of the fund, rising (a quarter to eight times the present one, and what the target needs)\n"
    "  --target P%         accepted chance that traders pay, per horizon (1%)\n"
    "  --capital-rate R%   what a unit in the fund costs a year (10%)\n"
    "  --shortfall-cost K  what a unit that traders pay costs, in units of the fund's (1): the size of least cost follows\n"
    "  --paths N           simulated paths (1 to 100000000; 1000)\n"
    "  --horizon TIME      simulated time of a path, such as 1h or 1d (1d). Part of every probability\n"
    "  --steps N           steps of prices in it (1 to 100000; 240)\n"
    "  --seed N            of the paths (1); the book keeps that of the story\n"
    "  --one-shock         a path is a single move of all prices, as large as that of the horizon (1h then): where the fund pays\n"
    "                      before any trader, one set of paths gives every size at once (docs/shock.md)\n"
    "  --accounts N        traders of the generated book (4 to 16000000)\n"
    "  --fund AMOUNT       so much is deposited in the shared part of the fund before, besides what the story deposits\n"
    "  --threads N         processes that play the paths (1); the result is the same for any number\n"
    "  --sensitivities     the present fund again under one changed condition at a time: depth, volatility, jumps,\n"
    "                      correlation, margins, leverage, fee, rules; each difference with its own interval\n"
    "  --reverse           the smallest moves of prices that exhaust the present fund: all markets, each market, each sector,\n"
    "                      the collateral, up and down, and jointly; with how likely they are\n"
    "  --models            the present fund under other price models: t only, and with --history a block bootstrap and the worst\n"
    "                      days scaled. How far they differ is usually the larger error\n"
    "  --draw, --history, --block, --worst, --scale as for 'breakwater stress'\n"
    "  --fail-if EXPR      exit code 4 if it holds: 'smallest_fund>1000000', 'newsvendor_low>1e6' ...\n"
    "  --covers FILE.csv   the whole stress set of defaults, with disclosure items 4.4.3 and 4.4.7\n"
    "  --report FILE       one HTML file: that of 'stress' for these paths and the present fund, with this curve in it\n"
    "  --for WHO           for whom its first page is written: engineer, risk or trader (risk)\n"
    "  --json FILE|-       the result as one JSON object (schema breakwater-fund/1)\n"
    "\n"
    "Every figure comes with its 95% interval. docs/stress-estimates.md defines them.\n"
    "\n"
    "exit codes: 0 done; 2 the command line is wrong; 3 an input is wrong; 4 --fail-if breached; 5 an output cannot be\n"
    "written; 130 interrupted\n";

typedef struct {
    app_fund fund;                 /* first: the story's host is given the run */
    app_output screen, json, csv, report;
    bool want_json;
    const char *reader, *sizes, *target, *rate, *cost, *fail_if, *covers;
    bw_condition condition;
    int64_t begin_ns;
} job;

static void drop_all(job *work)
{
    app_output_drop(&work->screen);
    app_output_drop(&work->json);
    app_output_drop(&work->csv);
    app_output_drop(&work->report);
}

/* ---- results ---- */

static size_t write_screen(const void *result, int64_t elapsed_ms, char *buffer, size_t size)
{
    (void)elapsed_ms;
    return bw_fund_screen(result, buffer, size);
}

static size_t write_json(const void *result, int64_t elapsed_ms, char *buffer, size_t size)
{
    return bw_fund_json(result, elapsed_ms, buffer, size);
}

static bw_fund_covers covers_of(const app_fund *fund)
{
    bw_fund_covers covers = {.known = fund->row_count > 0};
    if (!covers.known)
        return covers;
    covers.cover1 = fund->rows[app_fund_worst(fund, true, 1)].given.cover1;
    covers.cover2 = fund->rows[app_fund_worst(fund, true, 2)].given.cover2;
    covers.cover_all = fund->rows[app_fund_worst(fund, true, 0)].given.all;
    snprintf(covers.scenario1, sizeof covers.scenario1, "%s", fund->scenarios[app_fund_worst(fund, true, 1)].name);
    snprintf(covers.scenario2, sizeof covers.scenario2, "%s", fund->scenarios[app_fund_worst(fund, true, 2)].name);
    snprintf(covers.scenario_all, sizeof covers.scenario_all, "%s", fund->scenarios[app_fund_worst(fund, true, 0)].name);
    covers.half = fund->rows[app_fund_worst(fund, true, 0)].given.half;
    return covers;
}

/* After Ctrl-C there is none: its paths come last. */
static bool write_report(job *work, app_exit end)
{
    if (work->fund.report == NULL)
        return true;
    if (end == APP_DONE)
        return app_fund_report_write(&work->fund, &work->report);
    app_output_drop(&work->report);
    return true;
}

/* The result of one set of paths, beside what stands in it already. */
static void tell_one_set(app_fund *fund, const bw_stress_facts *facts, const bw_fund_covers *covers)
{
    const bw_stress_result stress = {.facts = facts, .hash = fund->hash};
    const bw_fund_result before = fund->result;
    bw_fund_settings settings = fund->settings;
    settings.grid = fund->sizes;
    settings.grid_count = fund->size_count;
    bw_fund_result_of(&fund->result, &stress, (bw_stress_amounts){fund->borne, fund->borne_count, fund->paths.count}, &settings, covers);
    fund->result.present = before.present;
    fund->result.opened = before.opened;
    fund->result.pairs = before.pairs;
    fund->result.pair_count = before.pair_count;
    fund->result.reverse = before.reverse;
    fund->result.reverse_count = before.reverse_count;
    fund->result.models = before.models;
    fund->result.model_count = before.model_count;
}

static app_exit write_results(job *work, app_exit end)
{
    app_fund *fund = &work->fund;
    char reproduce[2 * BW_STORY_PATH];
    bw_stress_facts facts;
    app_paths_describe(&fund->paths, &facts, reproduce, sizeof reproduce);
    size_t length = strlen(reproduce);
    snprintf(reproduce + length, sizeof reproduce - length, "%s%s --target %s --capital-rate %s --shortfall-cost %s%s%s%s",
             work->sizes != NULL ? " --sizes " : "", work->sizes != NULL ? work->sizes : "", work->target, work->rate, work->cost,
             fund->sensitivities ? " --sensitivities" : "", fund->reverses ? " --reverse" : "", fund->models ? " --models" : "");
    bw_fund_covers covers = covers_of(fund);
    fund->result.present = fund->present;
    fund->result.pairs = fund->pairs;
    fund->result.reverse = fund->reverse;
    fund->result.models = fund->ranges;
    snprintf(fund->result.unscreened, sizeof fund->result.unscreened, "%s", fund->unscreened);
    if (fund->one_set)
        tell_one_set(fund, &facts, &covers);
    else
        bw_fund_result_runs(&fund->result, &facts, fund->paths.count, &fund->settings, &covers, fund->hash);
    int64_t elapsed_ms = (app_run_clock_ns() - work->begin_ns) / 1000000;
    app_output *const outputs[] = {&work->screen, &work->json, &work->csv, &work->report};
    bool good = (!work->want_json || app_output_write_text(&work->json, write_json, &fund->result, elapsed_ms)) &&
                (work->covers == NULL || app_output_write_text(&work->csv, app_fund_covers_csv, fund, elapsed_ms)) &&
                write_report(work, end);
    bool ready = good && app_outputs_ready(outputs + 1, 3);
    good = good && (!ready || app_output_write_text(&work->screen, write_screen, &fund->result, elapsed_ms));
    if (!good && !app_output_trouble(&work->json) && !app_output_trouble(&work->csv) && !app_output_trouble(&work->report) &&
        !app_output_trouble(&work->screen))
        app_say(APP_SYSTEM, "no memory for the result");
    if (!good || !ready || !app_outputs_keep(outputs, 4))
        return APP_SYSTEM;
    const bw_stress_result none = {.facts = &facts};
    return end == APP_DONE && work->fail_if != NULL
               ? app_condition_gate(work->fail_if, &work->condition, &none, &fund->result) : end;
}

static app_exit run_story(job *work)
{
    app_exit end = app_run_story(&work->fund.paths.run, work->fund.paths.file, NULL);
    if (!app_paths_finish(&work->fund.paths, &end, work->fund.result.point_count)) {
        drop_all(work);
        return end;
    }
    app_exit written = write_results(work, end);
    if (written == APP_SYSTEM)
        drop_all(work);
    return written;
}

/* ---- the command line ---- */

/* "0.1%" or "0.001" in 1e-9. */
static bool take_share(const char *option, const char *text, int64_t most, int64_t *share)
{
    bw_story_decimal decimal;
    size_t length = strlen(text);
    bool percent = length > 0 && text[length - 1] == '%';
    bw_story_unit unit = {1, percent ? -7 : -9};
    if (bw_story_decimal_parse(text, length - percent, &decimal) == BW_STORY_NUMBER_OK &&
        bw_story_decimal_count(decimal, unit, share) == BW_STORY_NUMBER_OK && *share > 0 && *share <= most)
        return true;
    app_say(APP_USAGE, "fund: found %s %s, expected a number above 0 and up to %lld with at most 9 decimals, or %% with 7", option,
            text, (long long)(most / BW_STRESS_ONE));
    return false;
}

static bool take_size(const char *text, size_t length, int64_t *size)
{
    bw_story_decimal decimal;
    return bw_story_decimal_parse(text, length, &decimal) == BW_STORY_NUMBER_OK &&
           bw_story_decimal_count(decimal, bw_story_unit_of_asset(6), size) == BW_STORY_NUMBER_OK && *size >= 0 &&
           *size <= APP_FUND_MOST;
}

static bool sizes_valid(job *work)
{
    app_fund *fund = &work->fund;
    fund->sizes_given = work->sizes != NULL;
    for (const char *at = work->sizes; at != NULL; fund->size_count++) {
        const char *comma = strchr(at, ',');
        size_t length = comma != NULL ? (size_t)(comma - at) : strlen(at);
        int64_t before = fund->size_count > 0 ? fund->sizes[fund->size_count - 1] : -1;
        if (fund->size_count == APP_FUND_SIZES || !take_size(at, length, &fund->sizes[fund->size_count]) ||
            fund->sizes[fund->size_count] <= before) {
            app_say(APP_USAGE, "fund: found --sizes %s, expected up to %d rising amounts such as 1000000,5000000", work->sizes,
                    APP_FUND_SIZES);
            return false;
        }
        at = comma != NULL ? comma + 1 : NULL;
    }
    return true;
}

static bool is_stdout(const char *path)
{
    return path != NULL && strcmp(path, "-") == 0;
}

static bool open_outputs(job *work, const char *json, const char *report)
{
    app_output_standard(&work->screen, is_stdout(json) || is_stdout(report) ? stderr : stdout);
    work->want_json = json != NULL;
    if ((json == NULL || app_output_open(&work->json, json)) &&
        (work->covers == NULL || app_output_open(&work->csv, work->covers)) &&
        (report == NULL || app_output_open(&work->report, report)))
        return true;
    drop_all(work);
    return false;
}

/* Room for a report, for the reader named. */
static bool report_valid(job *work, const char *report)
{
    bw_report_reader reader = BW_REPORT_RISK;
    if (work->reader != NULL && report == NULL) {
        app_say(APP_USAGE, "fund: found --for without --report, expected both");
        return false;
    }
    if (work->reader != NULL && !app_stress_report_reader("fund", work->reader, &reader))
        return false;
    if (report == NULL)
        return true;
    if (!app_stress_report_possible("fund", work->fund.paths.shock.asked, false))
        return false;
    work->fund.report = calloc(1, sizeof *work->fund.report);
    if (work->fund.report == NULL)
        app_say(APP_SYSTEM, "no memory for the report");
    else
        work->fund.report->told.data.reader = reader;
    return work->fund.report != NULL;
}

static bool valid(job *work, const char *json, const char *report)
{
    app_paths *paths = &work->fund.paths;
    bw_fund_settings *set = &work->fund.settings;
    paths->draws.others = work->fund.models;
    return app_paths_valid(paths) && sizes_valid(work) && take_share("--target", work->target, BW_STRESS_ONE, &set->target) &&
           take_share("--capital-rate", work->rate, 100 * (int64_t)BW_STRESS_ONE, &set->capital_rate) &&
           take_share("--shortfall-cost", work->cost, 1000 * (int64_t)BW_STRESS_ONE, &set->shortfall_cost) &&
           app_condition_valid("fund", work->fail_if, true, &work->condition) && report_valid(work, report) &&
           app_outputs_apart("fund", (const app_output_name[]){{"--json", json}, {"--covers", work->covers}, {"--report", report}}, 3,
                             &paths->file, 1);
}

static app_exit fund(int argc, char **argv)
{
    const char *json = NULL, *report = NULL;
    job *work = calloc(1, sizeof *work);
    if (work == NULL)
        return app_say(APP_SYSTEM, "no memory for a run");
    app_paths *paths = &work->fund.paths;
    work->begin_ns = app_run_clock_ns();
    work->target = "1%";
    work->rate = "10%";
    work->cost = "1";
    paths->run.between = app_fund_between;
    const app_option own[] = {
        {"--one-shock", APP_OPTION_FLAG, &paths->shock.asked}, {"--sizes", APP_OPTION_TEXT, &work->sizes}, {"--target", APP_OPTION_TEXT, &work->target},
        {"--capital-rate", APP_OPTION_TEXT, &work->rate}, {"--shortfall-cost", APP_OPTION_TEXT, &work->cost},
        {"--sensitivities", APP_OPTION_FLAG, &work->fund.sensitivities}, {"--reverse", APP_OPTION_FLAG, &work->fund.reverses},
        {"--models", APP_OPTION_FLAG, &work->fund.models},
        {"--fail-if", APP_OPTION_TEXT, &work->fail_if}, {"--covers", APP_OPTION_TEXT, &work->covers},
        {"--json", APP_OPTION_TEXT, &json}, {"--report", APP_OPTION_TEXT, &report}, {"--for", APP_OPTION_TEXT, &work->reader},
        {NULL, APP_OPTION_FLAG, NULL},
    };
    app_option options[APP_PATHS_OPTIONS + sizeof own / sizeof *own];
    memcpy(options + app_paths_options(paths, "fund", options), own, sizeof own);
    app_exit end = APP_USAGE;
    if (app_options_read("fund", argc, argv, options, "STORY or -", &paths->file, 1) && valid(work, json, report))
        end = open_outputs(work, json, report) ? run_story(work) : APP_SYSTEM;
    app_fund_report_free(work->fund.report);
    app_screen_free(&work->fund.bounds);
    free(work->fund.scenarios);
    free(work->fund.rows);
    free(work->fund.borne);
    app_paths_free(paths);
    free(work);
    return end;
}

const app_command APP_FUND = {"fund", "how large must the insurance fund be: a curve, with its errors", HELP, fund};
