/* memory_story.h - a story whose files are strings, for tests.

   memory_story_run(files, count, options) runs the first file; the result, message and trace stay until the next run.
   Memory is freed by memory_story_free(). */
#ifndef BW_MEMORY_STORY_H
#define BW_MEMORY_STORY_H

#include "check.h"
#include "story/session.h"

typedef struct memory_file {
    const char *name, *text;
    size_t length;           /* 0: of the string */
} memory_file;

typedef struct memory_story {
    const memory_file *files;
    size_t file_count;
    size_t open[BW_STORY_DEPTH], at[BW_STORY_DEPTH];
    size_t read_max;         /* bytes per read; 0: as many as asked for */
    void *blocks[64];
    int block_count, block_max;   /* block_max 0: no limit but the array */
    char *trace;
    size_t trace_length;
    bw_story *story;
    bw_story_result result;
} memory_story;

static inline void *memory_story_memory(void *context, size_t bytes)
{
    memory_story *m = context;
    if (m->block_count == 64 || (m->block_max > 0 && m->block_count >= m->block_max))
        return NULL;
    char *block = calloc(1, bytes + 64);
    assert_non_null(block);
    m->blocks[m->block_count++] = block;
    return block + (64 - (uintptr_t)block % 64);
}

static inline bool memory_story_open(void *context, uint32_t depth, const char *path, const char *from,
                                     bw_story_file *file)
{
    memory_story *m = context;
    (void)from;
    for (size_t i = 0; i < m->file_count; i++)
        if (strcmp(m->files[i].name, path) == 0) {
            snprintf(file->name, sizeof file->name, "%s", path);
            file->identity[0] = i;
            m->open[depth] = i;
            m->at[depth] = 0;
            return true;
        }
    return false;
}

static inline int64_t memory_story_read(void *context, uint32_t depth, void *bytes, size_t size)
{
    memory_story *m = context;
    const memory_file *file = &m->files[m->open[depth]];
    size_t length = file->length ? file->length : strlen(file->text);
    size_t left = length - m->at[depth];
    size = left < size ? left : size;
    if (m->read_max > 0 && size > m->read_max)
        size = m->read_max;
    memcpy(bytes, file->text + m->at[depth], size);
    m->at[depth] += size;
    return (int64_t)size;
}

static inline void memory_story_close(void *context, uint32_t depth)
{
    (void)context;
    (void)depth;
}

static inline bool memory_story_trace(void *context, const char *line, size_t length)
{
    memory_story *m = context;
    m->trace = realloc(m->trace, m->trace_length + length + 1);
    memcpy(m->trace + m->trace_length, line, length);
    m->trace_length += length;
    m->trace[m->trace_length] = 0;
    return true;
}

static inline void memory_story_free(memory_story *m)
{
    while (m->block_count > 0)
        free(m->blocks[--m->block_count]);
    free(m->trace);
    m->trace = NULL;
    m->trace_length = 0;
}

static inline bw_story_result memory_story_run(memory_story *m, const memory_file *files, size_t count,
                                               const bw_story_directive *directives, bw_story_options options)
{
    bw_story_host host = {.context = m, .memory = memory_story_memory, .open = memory_story_open,
                          .read = memory_story_read, .close = memory_story_close, .trace = memory_story_trace,
                          .directives = directives};
    int block_max = m->block_max;
    memory_story_free(m);
    m->block_max = 0;
    m->files = files;
    m->file_count = count;
    m->story = bw_story_new(memory_story_memory(m, bw_story_footprint()), &host, &options);
    m->block_max = block_max;
    m->result = bw_story_run(m->story, files[0].name);
    return m->result;
}

/* One story text, parsed only. */
static inline bw_story_result memory_story_parse(memory_story *m, const char *text)
{
    memory_file file = {"t", text, 0};
    return memory_story_run(m, &file, 1, NULL, (bw_story_options){.parse_only = true});
}

#endif
