/* write_corpus.c - writes the corpus of fuzz_command: what happens in its random worlds, as its bytes.

   Usage: write_corpus DIRECTORY */
#include "commands.h"
#include "lab.h"

typedef struct writing {
    world world;
    lab lab;
    FILE *file;
} writing;

static void prepare(void *context, const bw_command *command)
{
    writing *w = context;
    lab_send(&w->lab, command);
}

/* A command as bytes; those the format has no place for are left out. */
static void put(writing *w, const bw_command *c)
{
    uint32_t entries = 0, account = 255;
    if (c->type == BW_COMMAND_TRADES)
        entries = ((const bw_command_trades *)(const void *)c)->count;
    if (c->type == BW_COMMAND_MARKS)
        entries = ((const bw_command_marks *)(const void *)c)->count;
    if (c->type == BW_COMMAND_LIQUIDATE)
        entries = ((const bw_command_liquidate *)(const void *)c)->count;
    if (fuzz_size(c->type, entries) != c->size || entries > FUZZ_ENTRIES)
        return;
    for (uint32_t i = 0; i < WORLD_ACCOUNTS; i++)
        if (c->account == world_account_id(i))
            account = i;
    uint8_t head[4] = {(uint8_t)c->type, (uint8_t)account, 1, (uint8_t)entries};
    fwrite(head, 1, sizeof head, w->file);
    fwrite(c + 1, 1, c->size - sizeof *c, w->file);
}

static void write_world(const char *directory, uint32_t number, uint32_t commands)
{
    static writing w;
    static world_command c;
    char path[512];
    snprintf(path, sizeof path, "%s/world-%02u", directory, number);
    w = (writing){.file = fopen(path, "wb")};
    assert_non_null(w.file);
    uint8_t head[2] = {(uint8_t)number, (uint8_t)number};
    fwrite(head, 1, sizeof head, w.file);
    world_new(&w.world, number);
    lab_new(&w.lab, &w.world.limits);
    world_setup(&w.world, prepare, &w);
    for (uint32_t i = 0, kept = 0; kept < commands && i < 400; i++) {
        const bw_command *command = world_next(&w.world, w.lab.venue, &c);
        bw_status status = lab_send(&w.lab, command);
        world_observe(&w.world, w.lab.events, w.lab.count);
        if (status != BW_OK)
            continue;
        put(&w, command);
        kept++;
    }
    fclose(w.file);
    lab_free(&w.lab);
}

int main(int count, char **words)
{
    if (count != 2)
        return 2;
    for (uint32_t number = 0; number < FUZZ_WORLDS; number++)
        write_world(words[1], number, 24);
    return 0;
}
