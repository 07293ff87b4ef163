/* session.h - the inside of a story (story.h): what reader.c and session.c share. */
#ifndef BW_STORY_SESSION_H
#define BW_STORY_SESSION_H

#include "story/expect.h"
#include "story/parse.h"
#include "story/story.h"
#include "story/trace.h"

enum { BW_STORY_CHUNK = 4096 };

/* An open file: the bytes that were read ahead and the line being put together. */
typedef struct bw_story_frame {
    bw_story_file file;
    uint32_t line;                 /* number of the line in `bytes` */
    uint32_t chunk_next, chunk_count;
    char chunk[BW_STORY_CHUNK];
    char bytes[BW_STORY_LINE];
} bw_story_frame;

struct bw_story {
    bw_story_host host;
    bw_story_options options;
    bw_limits limits;
    bool limits_declared;
    bw_venue *venue;
    bw_event *events;
    uint32_t *scan;
    bw_story_book book;
    bw_story_sums sums;
    bool sums_stopped;
    int64_t time_next, time_last, time_step;
    int64_t time_shown;            /* of the last trace line: a new day gets a line of its own */
    uint64_t command_id;           /* of the next command; 0: none */
    bw_story_counts counts;
    uint32_t line;                 /* of the command being run */
    uint32_t depth;                /* open files */
    bw_story_error error;
    bw_story_text message;
    bw_story_text scratch;
    uint8_t entry_status[BW_TRADES_MAX];
    bw_story_plan plan;
    bw_story_lexer lexer;
    bw_story_frame frames[BW_STORY_DEPTH];
};

/* Runs the words in the lexer as one command. */
bw_story_result bw_story_execute(bw_story *story);
/* reader.c: runs another file in place. */
bw_story_result bw_story_include(bw_story *story, const char *path);
/* check.c: every invariant of the venue; false with what differs in *text. */
bool bw_story_check(const bw_venue *venue, const bw_story_book *book, uint32_t *scan, uint32_t scan_max,
                    bw_story_text *text);

#endif
