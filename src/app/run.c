/* run.c - `breakwater run`: options, the story's host, and the results. */
#include "app/run.h"

#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "app/options.h"
#include "report/report.h"
#include "story/session.h"

static const char HELP[] =
    "usage: breakwater run STORY|- [--accounts N] [--seed N] [--json FILE|-] [--report FILE.html]\n"
    "                      [--trace FILE|-] [--check] [--threads N]\n"
    "\n"
    "Runs a story and says what happened and who paid. A story with 'generate' and 'path' plays a whole venue:\n"
    "a generated book of traders, real prices, an order book that takes only so much, and the loss waterfall.\n"
    "\n"
    "  --accounts N     traders of the generated book (4 to 16000000)\n"
    "  --seed N         of the generated book\n"
    "  --json FILE|-    the result as one JSON object (schema breakwater-run/1)\n"
    "  --report FILE    the result as one HTML file with pictures and tables\n"
    "  --trace FILE|-   every decision of the venue, one line each\n"
    "  --check          after every command (while loading: every group): conservation, all invariants, and that\n"
    "                   nobody unhealthy was missed\n"
    "  --threads N      accepted; one path is played by one thread\n"
    "\n"
    "Ctrl-C ends the run after the command it is at and still writes the results, marked as partial.\n"
    "\n"
    "words of a story that only this command knows:\n"
    "  title WORDS...   notes FILE\n"
    "  generate FILE [accounts N] [seed N] [setting N]...    first; FILE: scenarios/2025-10-10/markets.csv\n"
    "  liquidity all|CLASS|MARKET [setting N]...\n"
    "  path FILE [measured FILE] [from TIME] [to TIME] [batch DURATION] [guard DURATION] [every N]\n"
    "the settings are explained in docs/calibration.md\n"
    "\n"
    "exit codes: 0 done; 1 an expectation or --check failed; 2 the command line is wrong; 3 an input is wrong;\n"
    "5 an output cannot be written; 130 interrupted\n";

volatile sig_atomic_t app_run_interrupted;

typedef struct {
    app_run run;
    app_output screen, json, report, trace;
    bool want_json, want_report, want_trace;
    const char *file;
    int64_t begin_ns;
} job;

static void on_interrupt(int number)
{
    (void)number;
    app_run_interrupted = 1;
}

/* ---- the story's host ---- */

static void *host_memory(void *context, size_t bytes)
{
    return app_sources_memory(&((app_run *)context)->sources, bytes);
}

static bool host_open(void *context, uint32_t depth, const char *path, const char *from, bw_story_file *file)
{
    return app_sources_open(&((app_run *)context)->sources, depth, path, from, file);
}

/* After Ctrl-C the story just ends. */
static int64_t host_read(void *context, uint32_t depth, void *bytes, size_t size)
{
    return app_run_interrupted ? 0 : app_sources_read(&((app_run *)context)->sources, depth, bytes, size);
}

static void host_close(void *context, uint32_t depth)
{
    app_sources_close(&((app_run *)context)->sources, depth);
}

static bool host_trace(void *context, const char *line, size_t length)
{
    job *work = context;   /* run is its first member */
    return fwrite(line, 1, length, work->trace.stream) == length;
}

/* ---- metrics ---- */

static bw_metrics *metrics_of(app_run *run)
{
    const bw_limits *limits = bw_story_limits(run->story);
    bw_metrics_limits size = {.accounts = limits->accounts, .markets = limits->markets, .pools = limits->pools,
                              .desks = limits->desks, .batches = 4096, .closes = 4 * limits->accounts + 1024};
    if (run->metrics == NULL) {
        void *memory = app_sources_memory(&run->sources, bw_metrics_footprint(&size));
        run->metrics = memory != NULL ? bw_metrics_new(memory, &size) : NULL;
    }
    return run->metrics;
}

void app_run_begin(app_run *run, int64_t time_ns)
{
    run->metrics_begun = true;
    if (metrics_of(run) != NULL)
        bw_metrics_begin(run->metrics, bw_story_venue(run->story), time_ns);
}

/* A plain story's event begins with its first trade; a world's when its book stands. */
static void host_observe(void *context, const bw_story_observation *seen)
{
    app_run *run = context;
    if (run->world.play != NULL)
        bw_play_see(run->world.play, seen->events, seen->event_count);
    if (metrics_of(run) == NULL)
        return;
    bw_metrics_add(run->metrics, bw_story_venue(run->story), seen->command, seen->events, seen->event_count);
    bool trades = seen->command->type == BW_COMMAND_TRADE || seen->command->type == BW_COMMAND_TRADES;
    if (!run->metrics_begun && !run->world.generated && trades && seen->status == BW_OK)
        app_run_begin(run, seen->command->time_ns);
}

/* ---- what the venue does not know of itself ---- */

static int64_t nano_of(bw_story_unit unit)
{
    int64_t nano = unit.mantissa;
    for (int32_t e = unit.exponent; e > -9 && nano < INT64_MAX / 10; e--)
        nano *= 10;
    return nano;
}

static void fill_markets(const app_run *run, bw_metrics_market_facts *markets)
{
    const bw_story_book *names = &run->story->book;
    const app_world *world = &run->world;
    for (uint32_t i = 0; i < names->market_count; i++) {
        markets[i] = (bw_metrics_market_facts){.name = names->markets[i].name, .provenance = "",
                                               .tick_nano = nano_of(names->markets[i].tick),
                                               .measured_adl = -1, .measured_liquidated = -1};
        uint32_t m = i - world->play_params.market_first;
        if (!world->played || m >= world->market_count)
            continue;
        markets[i].provenance = bw_provenance_word(world->markets[m].provenance);
        markets[i].measured_adl = world->markets[m].adl_notional;
        markets[i].measured_liquidated = world->markets[m].liquidated;
    }
}

static void put_list(char *text, size_t size, const char *word)
{
    size_t used = strlen(text);
    snprintf(text + used, size - used, "%s%s", used > 0 ? " | " : "", word);
}

static const char *choice_of(const bw_story_setting *settings, const char *word, uint8_t choice)
{
    for (; settings->word != NULL; settings++)
        if (strcmp(settings->word, word) == 0 && settings->choices != NULL)
            return settings->choices[choice];
    return "";
}

static void describe_layer(const bw_money_layer *layer, char *text, size_t size)
{
    const char *name = bw_story_layer_words[layer->kind];
    if (layer->kind == BW_LAYER_DELEVERAGED)
        snprintf(text, size, "%s price %s", name, choice_of(bw_story_settings_of_deleveraged, "price", layer->price));
    else if (layer->kind == BW_LAYER_HAIRCUT)
        snprintf(text, size, "%s base %s", name, choice_of(bw_story_settings_of_haircut, "base", layer->base));
    else
        snprintf(text, size, "%s", name);
}

/* "quantity book | adl score pnl; money fund | deleveraged price zero | carryover" */
static void describe_rules(const bw_command_pool *pool, char *text, size_t size)
{
    char list[384] = "", entry[64];
    for (int i = 0; i < 3 && pool->quantity[i] != BW_QUANTITY_END; i++)
        put_list(list, sizeof list, bw_story_quantity_words[pool->quantity[i]]);
    snprintf(text, size, "quantity %s score %s; money ", list,
             choice_of(bw_story_settings_of_adl, "score", pool->adl_score));
    list[0] = 0;
    for (int i = 0; i < pool->money_count; i++) {
        describe_layer(&pool->money[i], entry, sizeof entry);
        put_list(list, sizeof list, entry);
    }
    size_t used = strlen(text);
    snprintf(text + used, size - used, "%s", list);
}

typedef struct {
    bw_metrics_facts facts;
    bw_metrics_pool_facts *pools;
    bw_metrics_market_facts *markets;
    bw_metrics_measured *measured;
    char rules[512], reproduce[BW_STORY_PATH + 128];
} description;

static bool describe(const job *work, description *told)
{
    const app_run *run = &work->run;
    const bw_story_book *names = &run->story->book;
    told->pools = calloc(names->pool_count + 1u, sizeof *told->pools);
    told->markets = calloc(names->market_count + 1u, sizeof *told->markets);
    told->measured = calloc(run->world.measured_count + 1u, sizeof *told->measured);
    if (told->pools == NULL || told->markets == NULL || told->measured == NULL)
        return false;
    for (uint32_t i = 0; i < names->pool_count; i++) {
        const bw_story_asset *asset = &names->assets[names->pools[i].command.asset];
        told->pools[i] = (bw_metrics_pool_facts){names->pools[i].name, asset->name, asset->decimals};
    }
    fill_markets(run, told->markets);
    for (uint32_t i = 0; i < run->world.measured_count; i++) {
        const bw_measured_fact *fact = &run->world.measured[i];
        told->measured[i] = (bw_metrics_measured){fact->metric, fact->unit, fact->value, fact->source};
    }
    describe_rules(&names->pools[0].command, told->rules, sizeof told->rules);
    int used = snprintf(told->reproduce, sizeof told->reproduce, "breakwater run %s", work->file);
    if (run->world.generated)
        snprintf(told->reproduce + used, sizeof told->reproduce - (size_t)used, " --accounts %u --seed %llu",
                 run->world.book_params.account_count, (unsigned long long)run->world.book_params.seed);
    told->facts = (bw_metrics_facts){
        .title = run->title[0] ? run->title : work->file, .reproduce = told->reproduce, .rules = told->rules,
        .notes = run->notes != NULL ? run->notes : "",
        .seed = run->world.generated ? run->world.book_params.seed : run->seed == APP_RUN_GIVEN ? 0 : run->seed,
        .partial = app_run_interrupted != 0, .pools = told->pools, .markets = told->markets,
        .measured = told->measured, .measured_count = run->world.measured_count};
    return true;
}

static void forget(description *told)
{
    free(told->pools);
    free(told->markets);
    free(told->measured);
}

/* ---- writing ---- */

typedef size_t writer(const bw_metrics_result *result, int64_t elapsed_ms, char *buffer, size_t size);

static size_t write_screen(const bw_metrics_result *result, int64_t elapsed_ms, char *buffer, size_t size)
{
    (void)elapsed_ms;
    return bw_metrics_screen(result, buffer, size);
}

static size_t write_report(const bw_metrics_result *result, int64_t elapsed_ms, char *buffer, size_t size)
{
    (void)elapsed_ms;
    return bw_report_write(result, buffer, size);
}

static bool write_with(writer *write, const bw_metrics_result *result, int64_t elapsed_ms, FILE *stream)
{
    size_t size = write(result, elapsed_ms, NULL, 0) + 1;
    char *buffer = malloc(size);
    if (buffer == NULL)
        return false;
    size_t length = write(result, elapsed_ms, buffer, size);
    bool good = fwrite(buffer, 1, length, stream) == length;
    free(buffer);
    return good;
}

static app_exit write_results(job *work)
{
    app_run *run = &work->run;
    description told = {0};
    bool empty = run->story->venue == NULL || run->story->book.pool_count == 0;
    if (empty && app_run_interrupted)
        return APP_INTERRUPTED;
    if (empty)
        return app_say(APP_INPUT, "%s: the story has no pool, so there is nothing to tell", work->file);
    if (!run->metrics_begun)
        app_run_begin(run, bw_story_time(run->story));
    if (metrics_of(run) == NULL || !describe(work, &told)) {
        forget(&told);
        return app_say(APP_SYSTEM, "no memory for the result");
    }
    const bw_metrics_result *result = bw_metrics_finish(run->metrics, run->story->venue, &told.facts);
    int64_t elapsed_ms = (app_run_clock_ns() - work->begin_ns) / 1000000;
    bool good = write_with(write_screen, result, elapsed_ms, work->screen.stream) &&
                (!work->want_json || write_with(bw_metrics_json, result, elapsed_ms, work->json.stream)) &&
                (!work->want_report || write_with(write_report, result, elapsed_ms, work->report.stream));
    forget(&told);
    return good ? APP_DONE : app_say(APP_SYSTEM, "the result cannot be written");
}

static app_exit exit_of(bw_story_result result)
{
    static const app_exit ENDS[] = {[BW_STORY_DONE] = APP_DONE, [BW_STORY_FAILED] = APP_CHECK_FAILED,
                                    [BW_STORY_WRONG] = APP_INPUT, [BW_STORY_SYSTEM] = APP_SYSTEM};
    return app_run_interrupted ? APP_INTERRUPTED : ENDS[result];
}

static void drop_all(job *work)
{
    app_output_drop(&work->screen);
    app_output_drop(&work->json);
    app_output_drop(&work->report);
    app_output_drop(&work->trace);
}

/* A story that ran to its end, to a failed check or to Ctrl-C has a result; one that is wrong has none. */
static app_exit finish(job *work, app_exit end)
{
    app_run *run = &work->run;
    if (end == APP_CHECK_FAILED || end == APP_INPUT || end == APP_SYSTEM)
        app_say_at(end, run->message[0] ? run->message : bw_story_message(run->story));
    if (end == APP_INPUT || end == APP_SYSTEM) {
        drop_all(work);
        return end;
    }
    if (!run->world.generated && (run->accounts != APP_RUN_GIVEN || run->seed != APP_RUN_GIVEN)) {
        drop_all(work);
        return app_say(APP_USAGE, "run: found --accounts or --seed, but %s generates no book", work->file);
    }
    app_exit written = write_results(work);
    if (written != APP_DONE) {
        drop_all(work);
        return written;
    }
    bool kept = app_output_keep(&work->trace);
    kept = app_output_keep(&work->json) && kept;
    kept = app_output_keep(&work->report) && kept;
    kept = app_output_keep(&work->screen) && kept;
    return kept ? end : APP_SYSTEM;
}

static app_exit run_story(job *work)
{
    app_run *run = &work->run;
    bw_story_host host = {.context = work, .memory = host_memory, .open = host_open, .read = host_read,
                          .close = host_close, .trace = work->want_trace ? host_trace : NULL,
                          .observe = host_observe, .directives = APP_RUN_DIRECTIVES};
    bw_story_options options = {.check = run->check};
    void *memory = app_sources_memory(&run->sources, bw_story_footprint());
    if (memory == NULL) {
        drop_all(work);
        return app_say(APP_SYSTEM, "no memory for a story");
    }
    run->story = bw_story_new(memory, &host, &options);
    signal(SIGINT, on_interrupt);
    return finish(work, exit_of(bw_story_run(run->story, work->file)));
}

/* ---- the command line ---- */

static bool is_stdout(const char *path)
{
    return path != NULL && strcmp(path, "-") == 0;
}

/* With a result on stdout the screen gives way to stderr. */
static bool open_outputs(job *work, const char *json, const char *report, const char *trace)
{
    app_output_standard(&work->screen, is_stdout(json) || is_stdout(report) || is_stdout(trace) ? stderr : stdout);
    work->want_json = json != NULL;
    work->want_report = report != NULL;
    work->want_trace = trace != NULL;
    if ((json == NULL || app_output_open(&work->json, json)) &&
        (report == NULL || app_output_open(&work->report, report)) &&
        (trace == NULL || app_output_open(&work->trace, trace)))
        return true;
    drop_all(work);
    return false;
}

static bool numbers_valid(const app_run *run)
{
    if (run->accounts != APP_RUN_GIVEN && (run->accounts < 4 || run->accounts > BW_BOOK_ACCOUNTS_MAX))
        app_say(APP_USAGE, "run: found --accounts %llu, expected 4 to %u", (unsigned long long)run->accounts,
                BW_BOOK_ACCOUNTS_MAX);
    else if (run->seed != APP_RUN_GIVEN && run->seed > INT64_MAX)
        app_say(APP_USAGE, "run: found --seed %llu, expected at most 2^63 - 1", (unsigned long long)run->seed);
    else if (run->threads < 1 || run->threads > 1024)
        app_say(APP_USAGE, "run: found --threads %llu, expected 1 to 1024", (unsigned long long)run->threads);
    else
        return true;
    return false;
}

static app_exit run(int argc, char **argv)
{
    const char *json = NULL, *report = NULL, *trace = NULL;
    job *work = calloc(1, sizeof *work);
    if (work == NULL)
        return app_say(APP_SYSTEM, "no memory for a run");
    work->begin_ns = app_run_clock_ns();
    work->run.accounts = work->run.seed = APP_RUN_GIVEN;
    work->run.threads = 1;
    const app_option options[] = {
        {"--accounts", APP_OPTION_NUMBER, &work->run.accounts}, {"--seed", APP_OPTION_NUMBER, &work->run.seed},
        {"--threads", APP_OPTION_NUMBER, &work->run.threads}, {"--json", APP_OPTION_TEXT, &json},
        {"--report", APP_OPTION_TEXT, &report}, {"--trace", APP_OPTION_TEXT, &trace},
        {"--check", APP_OPTION_FLAG, &work->run.check}, {NULL, APP_OPTION_FLAG, NULL},
    };
    app_exit end = APP_USAGE;
    if (app_options_read("run", argc, argv, options, "STORY or -", &work->file, 1) &&
        app_options_one_stdout("run", (const char *const[]){json, report, trace}, 3) && numbers_valid(&work->run))
        end = open_outputs(work, json, report, trace) ? run_story(work) : APP_SYSTEM;
    free(work->run.notes);
    app_sources_free(&work->run.sources);
    free(work);
    return end;
}

const app_command APP_RUN = {"run", "plays a crash and says who paid", HELP, run};
