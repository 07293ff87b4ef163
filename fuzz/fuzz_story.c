/* fuzz_story.c - libFuzzer target: bytes are a story, run with --check. Whatever it says, it ends with one of the
   declared results, its message is one line, and no check fails. */
#include "story/story.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS = 16, MEMORY_MOST = 48 << 20 };

typedef struct host {
    const uint8_t *data;
    size_t size, at;
    void *blocks[BLOCKS];
    uint32_t block_count;
} host;

static void *memory(void *context, size_t bytes)
{
    host *h = context;
    if (bytes > MEMORY_MOST || h->block_count == BLOCKS)
        return NULL;
    char *block = calloc(1, bytes + 64);
    h->blocks[h->block_count++] = block;
    return block ? block + (64 - (uintptr_t)block % 64) : NULL;
}

static bool open_file(void *context, uint32_t depth, const char *path, const char *from, bw_story_file *file)
{
    host *h = context;
    (void)from;
    if (depth > 0)
        return false;
    snprintf(file->name, sizeof file->name, "%s", path);
    file->identity[0] = 1;
    h->at = 0;
    return true;
}

static int64_t read_file(void *context, uint32_t depth, void *bytes, size_t size)
{
    host *h = context;
    (void)depth;
    size_t left = h->size - h->at, n = size < left ? size : left;
    memcpy(bytes, h->data + h->at, n);
    h->at += n;
    return (int64_t)n;
}

static void close_file(void *context, uint32_t depth)
{
    (void)context;
    (void)depth;
}

static bool trace(void *context, const char *line, size_t length)
{
    (void)context;
    if (length == 0 || line[length - 1] != '\n' || memchr(line, '\n', length - 1))
        abort();
    return true;
}

static void judge(const bw_story *story, bw_story_result result)
{
    const char *message = bw_story_message(story);
    bool known = result == BW_STORY_DONE || result == BW_STORY_FAILED || result == BW_STORY_WRONG ||
                 result == BW_STORY_SYSTEM;
    bool said = result == BW_STORY_DONE || message[0];
    const char *text = strchr(message, ' ');     /* after FILE:LINE: */
    bool check = text && strncmp(text + 1, "check failed", 12) == 0;
    if (!known || !said || strchr(message, '\n') || check) {
        fprintf(stderr, "result %d: %s\n", (int)result, message);
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    host h = {.data = data, .size = size};
    bw_story_host calls = {.context = &h, .memory = memory, .open = open_file, .read = read_file, .close = close_file,
                           .trace = trace};
    bw_story_options options = {.check = true};
    bw_story *story = bw_story_new(memory(&h, bw_story_footprint()), &calls, &options);
    judge(story, bw_story_run(story, "fuzz"));
    while (h.block_count > 0)
        free(h.blocks[--h.block_count]);
    return 0;
}
