/* session.c - one command of a story: its prefixes and suffix, its plan, and what the venue made of it. */
#include "story/session.h"

#include <string.h>

#include "base/assert.h"

/* 2025-01-01T00:00:00Z */
#define TIME_START (INT64_C(1735689600) * 1000000000)
#define SECOND INT64_C(1000000000)

static const bw_limits LIMITS_DEFAULT = {
    .assets = 8, .pools = 4, .markets = 16, .collaterals = 8, .accounts = 64, .positions = 512,
    .positions_per_account = 16, .holdings = 128, .orders = 64, .desks = 8, .command_ids = 64, .trigger_bits = 4,
    .work_max = 256, .split = BW_SPLIT_MARGIN, .stakes = 64, .owners = 1, .aging = 1, .indexed = 1,
};

size_t bw_story_footprint(void)
{
    return sizeof(bw_story);
}

bw_story *bw_story_new(void *memory, const bw_story_host *host, const bw_story_options *options)
{
    bw_story *story = memory;
    story->host = *host;
    story->options = *options;
    story->limits = LIMITS_DEFAULT;
    story->time_next = story->time_last = story->time_shown = TIME_START;
    story->time_step = SECOND;
    return story;
}

/* --- messages --- */

static void put_place(bw_story *story, uint32_t line)
{
    bw_story_text_clear(&story->message);
    if (story->depth > 0)
        bw_story_put(&story->message, story->frames[story->depth - 1].file.name);
    bw_story_put(&story->message, ":");
    bw_story_put_unsigned(&story->message, line);
    bw_story_put(&story->message, ": ");
}

bw_story_result bw_story_fail(bw_story *story, bw_story_result result, const char *text)
{
    put_place(story, story->line);
    bw_story_put(&story->message, text);
    return result;
}

bw_story_result bw_story_fail_at(bw_story *story)
{
    put_place(story, story->error.line);
    bw_story_put_bytes(&story->message, story->error.text.bytes, story->error.text.length);
    return BW_STORY_WRONG;
}

const char *bw_story_message(const bw_story *story)
{
    return story->message.bytes;
}

const bw_story_counts *bw_story_count(const bw_story *story)
{
    return &story->counts;
}

const bw_limits *bw_story_limits(const bw_story *story)
{
    return &story->limits;
}

bw_venue *bw_story_venue(const bw_story *story)
{
    return story->venue;
}

bw_story_book *bw_story_names(bw_story *story)
{
    return &story->book;
}

int64_t bw_story_time(const bw_story *story)
{
    return story->time_next;
}

void bw_story_sums_stop(bw_story *story)
{
    story->sums_stopped = true;
}

void bw_story_time_set(bw_story *story, int64_t time_ns)
{
    story->time_next = time_ns;
}

/* --- the venue --- */

/* The limit at fault is the one in whose place the default would do; all together may be too much. */
static bw_story_result fail_limits(bw_story *story, const bw_limits *limits)
{
    bw_story_text text = {0};
    const char *word = NULL;
    for (const bw_story_setting *setting = bw_story_settings_of_limits; setting->word != NULL && word == NULL; setting++) {
        bw_limits other = *limits;
        if (setting->value != BW_STORY_COUNT)
            continue;
        memcpy((uint8_t *)&other + setting->offset, (const uint8_t *)&LIMITS_DEFAULT + setting->offset, sizeof(uint32_t));
        if (bw_venue_footprint(&other) != 0)
            word = setting->word;
    }
    bw_story_put(&text, "found limits out of range");
    bw_story_put(&text, word != NULL ? ": " : "");
    bw_story_put(&text, word != NULL ? word : "");
    bw_story_put(&text, ", expected those of breakwater.h");
    return bw_story_fail(story, BW_STORY_WRONG, text.bytes);
}

bw_story_result bw_story_declare(bw_story *story, const bw_limits *limits)
{
    bw_limits wanted = *limits;
    if (story->book.assets != NULL)
        return bw_story_fail(story, BW_STORY_WRONG, "found 'limits', expected it before all other commands");
    if (bw_venue_footprint(&wanted) == 0)
        return fail_limits(story, &wanted);
    story->limits = wanted;
    return BW_STORY_DONE;
}

static void *take_memory(bw_story *story, size_t bytes)
{
    return story->host.memory(story->host.context, bytes);
}

/* Everything that the limits size; parse_only needs the names alone. */
bw_story_result bw_story_ready(bw_story *story)
{
    const bw_limits *limits = &story->limits;
    if (story->book.assets != NULL)
        return BW_STORY_DONE;
    if (story->options.tune) {
        story->limits.work_max = story->options.work_max;
        story->limits.split = story->options.split;
    }
    uint32_t sum_max = bw_story_sums_max(limits);
    void *names = take_memory(story, bw_story_book_footprint(limits));
    bw_story_sum *sums = take_memory(story, sum_max * sizeof *sums);
    if (names == NULL || sums == NULL)
        return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the names");
    bw_story_sums_new(&story->sums, sums, sum_max);
    if (!story->options.parse_only) {
        void *block = take_memory(story, bw_venue_footprint(limits));
        story->events = take_memory(story, bw_events_max(limits) * sizeof(bw_event));
        story->scan = take_memory(story, limits->accounts * sizeof(uint32_t));
        if (block == NULL || story->events == NULL || story->scan == NULL)
            return bw_story_fail(story, BW_STORY_SYSTEM, "no memory for the venue");
        story->venue = bw_venue_new(block, limits);
        if (story->venue == NULL)
            return bw_story_fail(story, BW_STORY_WRONG, "the venue refuses these limits");
    }
    bw_story_book_new(&story->book, names, limits);
    return BW_STORY_DONE;
}

/* --- trace --- */

static bool write_line(bw_story *story, bw_story_text *line)
{
    bw_story_put(line, "\n");
    return story->host.trace(story->host.context, line->bytes, line->length);
}

/* A line with the new date, when the day is another than that of the line before. */
static bool write_day(bw_story *story, int64_t time_ns)
{
    bool same = story->time_shown / BW_STORY_DAY_NS == time_ns / BW_STORY_DAY_NS;
    story->time_shown = time_ns;
    if (same)
        return true;
    bw_story_text_clear(&story->scratch);
    bw_story_put_date(&story->scratch, time_ns);
    return write_line(story, &story->scratch);
}

static bool trace_events(bw_story *story, const bw_command *command, uint32_t count, bool first)
{
    if (story->host.trace == NULL)
        return true;
    if (!write_day(story, command->time_ns))
        return false;
    if (first && (count == 0 || !bw_story_trace_heads(&story->events[0]))) {
        bw_story_trace_command(&story->scratch, &story->book, command);
        if (!write_line(story, &story->scratch))
            return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (bw_story_trace_skips(&story->events[i]))
            continue;
        bw_story_trace_event(&story->scratch, &story->book, command->time_ns, &story->events[i]);
        if (!write_line(story, &story->scratch))
            return false;
    }
    return true;
}

static bool trace_refusal(bw_story *story, const bw_command *command, bw_status status)
{
    if (story->host.trace == NULL)
        return true;
    bw_story_trace_refusal(&story->scratch, &story->book, command, status);
    return write_line(story, &story->scratch);
}

/* --- sending --- */

static void note_event(bw_story *story, const bw_event *event)
{
    if (bw_story_trace_skips(event))
        return;
    if (!story->sums_stopped)
        bw_story_sums_add(&story->sums, event);
    story->counts.rounds += event->type == BW_EVENT_ROUND;
    if (event->type == BW_EVENT_ORDER_OPENED)
        bw_story_note_order(&story->book, event->account, event->market, event->other);
    if (event->type == BW_EVENT_REFUSED && event->refused.number >= 0 && event->refused.number < BW_TRADES_MAX)
        story->entry_status[event->refused.number] = (uint8_t)event->refused.status;
}

/* Hands the events of one call to everybody who wants them. */
static bool deliver(bw_story *story, const bw_command *command, bw_status status, uint32_t count, bool first)
{
    story->counts.events += count;
    for (uint32_t i = 0; i < count; i++)
        note_event(story, &story->events[i]);
    if (story->host.observe != NULL) {
        bw_story_observation seen = {
            .file = story->depth > 0 ? story->frames[story->depth - 1].file.name : "", .line = story->line,
            .command = command, .status = status, .events = story->events, .event_count = count,
            .more = status == BW_MORE};
        story->host.observe(story->host.context, &seen);
    }
    if (status > BW_MORE)
        return trace_refusal(story, command, status);
    return trace_events(story, command, count, first);
}

static bw_story_result check_after(bw_story *story, const bw_command *command)
{
    bw_story_text text;
    if (!story->options.check ||
        bw_story_check(story->venue, &story->book, story->scan, story->limits.accounts, &text))
        return BW_STORY_DONE;
    bw_story_text message = {0};
    bw_story_put(&message, "check failed after ");
    bw_story_put(&message, bw_command_word(command->type));
    bw_story_put(&message, ": ");
    bw_story_put(&message, text.bytes);
    return bw_story_fail(story, BW_STORY_FAILED, message.bytes);
}

/* bw_trade_check must foretell what bw_step does. */
static bw_story_result check_trade(bw_story *story, const bw_command *command, bw_status foretold, bw_status status)
{
    if (!story->options.check || command->type != BW_COMMAND_TRADE || foretold == status ||
        status == BW_DUPLICATE || status == BW_TIME_REVERSED || status == BW_MORE)
        return BW_STORY_DONE;
    bw_story_text message = {0};
    bw_story_put(&message, "check failed after trade: bw_trade_check says ");
    bw_story_put(&message, bw_status_word(foretold));
    bw_story_put(&message, ", bw_step ");
    bw_story_put(&message, bw_status_word(status));
    return bw_story_fail(story, BW_STORY_FAILED, message.bytes);
}

static void put_accepted(bw_story *story, const bw_command *command)
{
    if (command->type == BW_COMMAND_MARKS)
        bw_story_sums_clear(&story->sums);
    if (story->plan.command_count > 0 && (const void *)command == story->plan.bytes)
        bw_story_plan_commit(&story->book, &story->plan);
}

bw_story_result bw_story_send(bw_story *story, const bw_command *command, bw_status *status)
{
    bw_command_work work = {.header = {.size = sizeof work, .type = BW_COMMAND_WORK, .version = 1,
                                       .time_ns = command->time_ns}};
    bw_status foretold = BW_OK;
    uint32_t count = 0;
    *status = BW_OK;
    story->counts.commands++;
    if (story->options.parse_only) {
        put_accepted(story, command);
        return BW_STORY_DONE;
    }
    if (story->options.check && command->type == BW_COMMAND_TRADE)
        foretold = bw_trade_check(story->venue, &((const bw_command_trade *)(const void *)command)->trade, NULL);
    memset(story->entry_status, 0, sizeof story->entry_status);
    *status = bw_step(story->venue, command, story->events, &count);
    if (*status <= BW_MORE)
        put_accepted(story, command);
    story->counts.refused += *status > BW_MORE;
    bw_status first_status = *status;
    bool written = deliver(story, command, *status, count, true);
    while (written && *status == BW_MORE) {
        *status = bw_step(story->venue, &work.header, story->events, &count);
        written = deliver(story, command, *status, count, false);
    }
    if (!written)
        return bw_story_fail(story, BW_STORY_SYSTEM, "the trace cannot be written");
    bw_story_result result = check_trade(story, command, foretold, first_status);
    return result == BW_STORY_DONE ? check_after(story, command) : result;
}

/* --- one command --- */

/* `fault`: what is wrong with a setting, or NULL: the refusal's own sentence says enough. */
static void put_refusal(bw_story_text *text, bw_status status, const char *fault)
{
    bw_story_put(text, "found the refusal '");
    bw_story_put(text, bw_status_word(status));
    bw_story_put(text, "' (");
    bw_story_put(text, fault != NULL ? fault : bw_status_sentence(status));
    bw_story_put(text, "), expected ");
}

static bw_story_result compare_status(bw_story *story, bw_status status, bw_status expected, const char *fault)
{
    bw_story_text text = {0};
    if (status == expected || (status <= BW_MORE && expected == BW_OK))
        return BW_STORY_DONE;
    if (status > BW_MORE)
        put_refusal(&text, status, fault);
    else
        bw_story_put(&text, "found it accepted, expected ");
    if (expected == BW_OK) {
        bw_story_put(&text, "it to be accepted");
    } else {
        bw_story_put(&text, "the refusal '");
        bw_story_put(&text, bw_status_word(expected));
        bw_story_put(&text, "'");
    }
    return bw_story_fail(story, BW_STORY_FAILED, text.bytes);
}

static bw_story_result compare_entries(bw_story *story)
{
    bw_story_result result = BW_STORY_DONE;
    if (story->plan.entries_free || story->options.parse_only)
        return result;
    for (uint32_t i = 0; i < story->plan.entry_count && result == BW_STORY_DONE; i++)
        result = compare_status(story, (bw_status)story->entry_status[i], (bw_status)story->plan.entry_refusals[i], NULL);
    return result;
}

static void advance(bw_story *story, int64_t time_ns, bw_status status)
{
    if (status != BW_TIME_REVERSED)
        story->time_last = time_ns;
    if (__builtin_add_overflow(story->time_last, story->time_step, &story->time_next))
        story->time_next = story->time_last;
}

/* Sends the plan's commands at one time, up to the first that is refused. */
static bw_story_result run_plan(bw_story *story, bw_status expected)
{
    uint8_t *at = story->plan.bytes;
    int64_t time_ns = story->time_next;
    bw_status status = BW_OK;
    const char *fault = NULL;
    bw_story_result result = BW_STORY_DONE;
    for (uint32_t i = 0; i < story->plan.command_count && status <= BW_MORE && result == BW_STORY_DONE; i++) {
        bw_command *command = (void *)at;
        at += (command->size + 7) & ~7u;
        command->time_ns = time_ns;
        command->command_id = i == 0 ? story->command_id : 0;
        result = bw_story_send(story, command, &status);
        if (status == BW_BAD_SETTING)
            fault = bw_setting_fault(story->venue, command);
    }
    story->command_id = 0;
    advance(story, time_ns, status);
    if (story->options.parse_only)
        status = expected;
    if (result == BW_STORY_DONE)
        result = compare_status(story, status, expected, fault);
    return result == BW_STORY_DONE && status <= BW_MORE ? compare_entries(story) : result;
}

/* `refused STATUS` at the end belongs to the line, but in a batch of trades to its entry. */
static bool take_refused(bw_story_cursor *cursor, bw_status *expected)
{
    *expected = BW_OK;
    if (cursor->count < 2 || !bw_story_word_is(&cursor->words[cursor->count - 2], bw_story_word_refused))
        return true;
    bool batch = bw_story_next_is(cursor, "trade");
    for (uint32_t i = cursor->next; batch && i < cursor->count; i++)
        if (bw_story_word_is(&cursor->words[i], "|"))
            return true;
    bw_story_cursor suffix = *cursor;
    suffix.next = cursor->count - 1;
    cursor->count -= 2;
    return bw_story_take_status(&suffix, expected);
}

/* --- the commands that are the story's own --- */

static bw_story_result run_limits(bw_story *story, bw_story_cursor *cursor)
{
    bw_limits limits = story->limits;
    const bw_story_setting *setting;
    bw_story_seen seen = {.count = 0};
    while (bw_story_more(cursor)) {
        if (!bw_story_take_setting(cursor, bw_story_settings_of_limits, "a limit", &seen, &setting))
            return bw_story_fail_at(story);
        bool taken = setting->value == BW_STORY_OWN ? bw_story_take_choice(cursor, bw_story_split_words, &limits.split)
                                                    : bw_story_take_value(cursor, setting, NULL, &limits);
        if (!taken)
            return bw_story_fail_at(story);
    }
    if (story->limits_declared)
        return bw_story_fail(story, BW_STORY_WRONG, "found 'limits' again, expected it once");
    story->limits_declared = true;
    return bw_story_declare(story, &limits);
}

static bw_story_result run_include(bw_story *story, bw_story_cursor *cursor)
{
    char path[BW_STORY_PATH];
    if (!bw_story_more(cursor) || cursor->words[cursor->next].length >= sizeof path) {
        bw_story_wrong(cursor, "a file", NULL);
        return bw_story_fail_at(story);
    }
    memcpy(path, cursor->words[cursor->next].text, cursor->words[cursor->next].length + 1);
    cursor->next++;
    if (!bw_story_take_end(cursor))
        return bw_story_fail_at(story);
    return bw_story_include(story, path);
}

static bw_story_result run_step(bw_story *story, bw_story_cursor *cursor)
{
    int64_t duration_ns;
    if (!bw_story_take_duration(cursor, &duration_ns) || !bw_story_take_end(cursor))
        return bw_story_fail_at(story);
    int64_t before = story->time_next - story->time_last;
    if (before == story->time_step)   /* no `at` is pending */
        story->time_next = story->time_last + duration_ns;
    story->time_step = duration_ns;
    return BW_STORY_DONE;
}

static bw_story_result run_expect(bw_story *story, bw_story_cursor *cursor)
{
    bw_story_text text;
    story->counts.expectations++;
    switch (bw_story_expect(cursor, &story->sums, &text)) {
    case BW_STORY_HOLDS:
        return BW_STORY_DONE;
    case BW_STORY_FAILS:
        return bw_story_fail(story, BW_STORY_FAILED, text.bytes);
    default:
        return bw_story_fail_at(story);
    }
}

static bw_story_result run_show(bw_story *story, bw_story_cursor *cursor)
{
    if (!bw_story_show_line(cursor, &story->scratch))
        return bw_story_fail_at(story);
    if (story->host.trace != NULL && !write_line(story, &story->scratch))
        return bw_story_fail(story, BW_STORY_SYSTEM, "the trace cannot be written");
    return BW_STORY_DONE;
}

typedef struct {
    const char *word;
    bw_story_result (*run)(bw_story *story, bw_story_cursor *cursor);
    bool before_venue;   /* needs no venue */
} statement;

static const statement STATEMENTS[] = {
    {"limits", run_limits, true}, {"include", run_include, true}, {"step", run_step, true},
    {"expect", run_expect, false}, {"show", run_show, false}, {NULL, NULL, false},
};

static bw_story_result run_directive(bw_story *story, bw_story_cursor *cursor, bool *known)
{
    const bw_story_directive *directive = story->host.directives;
    for (; directive != NULL && directive->word != NULL; directive++)
        if (bw_story_next_is(cursor, directive->word)) {
            *known = true;
            return directive->run(story->host.context, story, cursor->words + cursor->next,
                                  cursor->count - cursor->next);
        }
    *known = false;
    return BW_STORY_DONE;
}

/* at TIME, id N */
static bool take_prefixes(bw_story *story, bw_story_cursor *cursor)
{
    bw_story_seen seen = {.count = 0};
    for (;;) {
        if (bw_story_accept(cursor, bw_story_word_at)) {
            if (!bw_story_once(cursor, &seen) || !bw_story_take_time(cursor, &story->time_next))
                return false;
        } else if (bw_story_accept(cursor, bw_story_word_id)) {
            if (!bw_story_once(cursor, &seen) ||
                !bw_story_take_whole(cursor, INT64_MAX, "a whole number", &story->command_id))
                return false;
        } else {
            return true;
        }
    }
}

/* What `breakwater run` adds: known here only to say so. */
static const char *const WORLD_WORDS[] = {"title", "notes", "generate", "liquidity", "runs", "model", "path", NULL};

static bw_story_result unknown_word(bw_story *story, bw_story_cursor *cursor)
{
    bw_story_nearest nearest;
    bw_story_nearest_new(&nearest, cursor->words[cursor->next].text);
    for (const char *const *word = bw_story_command_words; *word != NULL; word++)
        bw_story_nearest_offer(&nearest, *word);
    const bw_story_directive *directive = story->host.directives;
    for (; directive != NULL && directive->word != NULL; directive++)
        bw_story_nearest_offer(&nearest, directive->word);
    bw_story_wrong(cursor, "a command", nearest.best);
    for (const char *const *word = WORLD_WORDS; *word != NULL; word++)
        if (bw_story_next_is(cursor, *word))
            bw_story_wrong(cursor, "a command of a plain story: it is a word of 'breakwater run'", NULL);
    return bw_story_fail_at(story);
}

bw_story_cursor bw_story_read(bw_story *story, const bw_story_word *words, uint32_t count)
{
    return (bw_story_cursor){.words = words, .count = count, .book = &story->book, .error = &story->error,
                             .venue = story->venue, .now_ns = story->time_next, .last_ns = story->time_last};
}

static bw_story_result run_command(bw_story *story, bw_story_cursor *cursor)
{
    bw_status expected;
    bool known;
    bw_story_result result = run_directive(story, cursor, &known);
    if (known)
        return result;
    result = bw_story_ready(story);
    if (result != BW_STORY_DONE)
        return result;
    cursor->venue = story->venue;
    if (!take_refused(cursor, &expected))
        return bw_story_fail_at(story);
    if (!bw_story_parse(cursor, &story->plan, &known))
        return known ? bw_story_fail_at(story) : unknown_word(story, cursor);
    return run_plan(story, expected);
}

bw_story_result bw_story_execute(bw_story *story)
{
    bw_story_cursor cursor = bw_story_read(story, story->lexer.words, story->lexer.word_count);
    story->line = story->lexer.words[0].line;
    if (!take_prefixes(story, &cursor))
        return bw_story_fail_at(story);
    if (!bw_story_more(&cursor))
        return BW_STORY_DONE;
    cursor.now_ns = story->time_next;
    for (const statement *row = STATEMENTS; row->word != NULL; row++) {
        if (!bw_story_accept(&cursor, row->word))
            continue;
        bw_story_result result = row->before_venue ? BW_STORY_DONE : bw_story_ready(story);
        cursor.venue = story->venue;
        return result == BW_STORY_DONE ? row->run(story, &cursor) : result;
    }
    return run_command(story, &cursor);
}
