/* files.h - the files of a story, and its memory: the host's half of story.h.

   Errors    false with the reason in file->trouble ("No such file or directory"); a file that is an output of the same
             command is refused (outputs.h) */
#ifndef BW_APP_FILES_H
#define BW_APP_FILES_H

#include "app/outputs.h"
#include "story/story.h"

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

/* Where a file or folder of the project is: here, beside the program's folder, or where it was installed. False: nowhere. */
bool app_file_find(const char *name, char *path, size_t size);

/* A whole file, or standard input ("-"); free it. NULL: it cannot be read, or no memory; errno says why. */
char *app_file_read(const char *path, size_t *size);

#endif
