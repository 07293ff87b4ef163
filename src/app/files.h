/* files.h - outputs that are whole or not there, and the files of a story.

       app_output_open ──> write to FILE.tmp-PID ── app_output_keep ──> rename to FILE
                                                 └─ app_output_drop ──> removed

   Errors    false after one line of message; the caller returns APP_SYSTEM */
#ifndef BW_APP_FILES_H
#define BW_APP_FILES_H

#include <stdbool.h>
#include <stdio.h>

#include "story/story.h"

typedef struct app_output {
    FILE *stream;
    const char *path;     /* NULL: a standard stream, written as it comes */
    char *temporary;
} app_output;

/* `path` may be "-": stdout. */
bool app_output_open(app_output *output, const char *path);
/* A standard stream as an output. */
void app_output_standard(app_output *output, FILE *stream);
/* Flushed, checked, renamed. After a false the file is as it was before. */
bool app_output_keep(app_output *output);
void app_output_drop(app_output *output);

enum { APP_SOURCES_BLOCKS = 32 };

/* Open files and memory of one story: the host's half of story.h. */
typedef struct app_sources {
    int files[BW_STORY_DEPTH];
    void *blocks[APP_SOURCES_BLOCKS];
    size_t sizes[APP_SOURCES_BLOCKS];   /* of each block: whole pages */
    int block_count;
} app_sources;

/* Zeroed pages, which stay untouched until they are used; NULL: no memory, or one block too many. */
void *app_sources_memory(app_sources *sources, size_t bytes);
bool app_sources_open(app_sources *sources, uint32_t depth, const char *path, const char *from, bw_story_file *file);
int64_t app_sources_read(app_sources *sources, uint32_t depth, void *bytes, size_t size);
void app_sources_close(app_sources *sources, uint32_t depth);
void app_sources_free(app_sources *sources);

#endif
