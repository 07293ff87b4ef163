/* write_corpus.c - writes the corpus of fuzz_command: what happens in its random worlds, as its bytes. A world's file ends with
   the last command that brought something no file had before: a type of command that is accepted, or a type of event. Fails,
   and names them, if commands are in no file that must be in one.

   Usage: write_corpus DIRECTORY */
#include "commands.h"
#include "lab.h"

enum { TRIES = 1200, COMMANDS_LEAST = 24, BYTES_MOST = 8192 };

typedef struct writing {
    world world;
    lab lab;
    int64_t time_ns;                     /* as the target will count it */
    uint8_t bytes[BYTES_MOST];
    size_t size, worth;                  /* of it so much is worth keeping */
} writing;

static bool commands_seen[256], events_seen[256];

static void prepare(void *context, const bw_command *command)
{
    writing *w = context;
    lab_send(&w->lab, command);
}

/* Entries of a command, as its byte says. */
static uint32_t entries_of(const bw_command *c)
{
    const void *command = c;
    switch (c->type) {
    case BW_COMMAND_TRADES: return ((const bw_command_trades *)command)->count;
    case BW_COMMAND_MARKS: return ((const bw_command_marks *)command)->count;
    case BW_COMMAND_LIQUIDATE: return ((const bw_command_liquidate *)command)->count;
    default: return 0;
    }
}

/* The least step that brings the target's clock to the command's time, if one does. */
static uint8_t step_to(writing *w, int64_t time_ns)
{
    int64_t step = 0;
    while (step < 255 && w->time_ns + step * step < time_ns)
        step++;
    w->time_ns += step * step;
    return (uint8_t)step;
}

/* A command as bytes; those the format has no place for are left out. False: the file is full. */
static bool put(writing *w, const bw_command *c)
{
    uint32_t entries = entries_of(c), account = 255;
    if (fuzz_size(c->type, entries) != c->size || entries > FUZZ_ENTRIES)
        return true;
    size_t body = c->size - sizeof *c;
    if (w->size + 4u + body > BYTES_MOST)
        return false;
    for (uint32_t i = 0; i < WORLD_ACCOUNTS; i++)
        if (c->account == world_account_id(i))
            account = i;
    uint8_t head[4] = {(uint8_t)c->type, (uint8_t)account, step_to(w, c->time_ns), (uint8_t)entries};
    memcpy(w->bytes + w->size, head, sizeof head);
    memcpy(w->bytes + w->size + sizeof head, c + 1, body);
    w->size += sizeof head + body;
    return true;
}

/* Whether the command or one of its events is the first of its type. */
static bool is_news(const writing *w, const bw_command *c)
{
    bool news = !commands_seen[c->type];
    commands_seen[c->type] = true;
    for (uint32_t i = 0; i < w->lab.count; i++) {
        news |= !events_seen[w->lab.events[i].type];
        events_seen[w->lab.events[i].type] = true;
    }
    return news;
}

static void play(writing *w)
{
    static world_command c;
    for (uint32_t i = 0, kept = 0; i < TRIES && kept < FUZZ_COMMANDS; i++) {
        const bw_command *command = world_next(&w->world, w->lab.venue, &c);
        bw_status status = lab_send(&w->lab, command);
        world_observe(&w->world, w->lab.events, w->lab.count);
        if (status != BW_OK)
            continue;
        if (!put(w, command))
            return;
        kept++;
        if (is_news(w, command) || kept <= COMMANDS_LEAST)
            w->worth = w->size;
    }
}

static void write_world(const char *directory, uint32_t number)
{
    static writing w;
    char path[512];
    snprintf(path, sizeof path, "%s/world-%02u", directory, number);
    w = (writing){.bytes = {(uint8_t)number, (uint8_t)number}, .size = 2};
    world_new(&w.world, number);
    lab_new(&w.lab, &w.world.limits);
    world_setup(&w.world, prepare, &w);
    w.time_ns = w.world.time_ns;
    play(&w);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(w.bytes, 1, w.worth, file), w.worth);
    assert_int_equal(fclose(file), 0);
    lab_free(&w.lab);
}

/* What is rare in a random world, and must not be missing. */
static const bw_command_type MUST[] = {
    BW_COMMAND_POOL, BW_COMMAND_TRADES, BW_COMMAND_FUNDING, BW_COMMAND_FILL, BW_COMMAND_END_ORDER, BW_COMMAND_LIQUIDATE,
    BW_COMMAND_STAKE, BW_COMMAND_UNSTAKE, BW_COMMAND_SETTLE, BW_COMMAND_TOUCH, BW_COMMAND_EXPIRE};

int main(int count, char **words)
{
    if (count != 2)
        return 2;
    for (uint32_t number = 0; number < FUZZ_WORLDS; number++)
        write_world(words[1], number);
    int missing = 0;
    for (size_t i = 0; i < sizeof MUST / sizeof *MUST; i++)
        if (!commands_seen[MUST[i]])
            missing += fprintf(stderr, "in no file: command %s\n", bw_command_word((uint16_t)MUST[i])) > 0;
    if (!events_seen[BW_EVENT_INDEXED])
        missing += fprintf(stderr, "in no file: a haircut by index\n") > 0;
    return missing > 0;
}
