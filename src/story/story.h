/* story.h - a story and the venue it drives.

       FILE ── open, read ──> lines ── words ──> plan ── bw_step ──> events ──> trace, observer, sums
        │                                                  ▲                       │
        └── include (same names, time, limits)             └── directives ─────────┘  (generate, path, liquidity)

   A story is pure: the program that runs it supplies memory, files, and a place for the lines of the trace. It creates
   its venue with the first command after `limits`, and holds the names of everything in it.

       bw_story *story = bw_story_new(memory of bw_story_footprint() bytes, &host, &options);
       result = bw_story_run(story, "crash.story");
       if (result != BW_STORY_DONE) say(bw_story_message(story));

   Shapes    one venue; one event buffer of bw_events_max entries
   Units     docs/story.md
   Errors    a bw_story_result, the exit code it means, and one line of message: FILE:LINE: found 'X', expected Y
   Holds     nothing of a command is applied before all its words were understood (R22) */
#ifndef BW_STORY_STORY_H
#define BW_STORY_STORY_H

#include "breakwater.h"
#include "story/cursor.h"

typedef struct bw_story bw_story;

typedef enum bw_story_result {
    BW_STORY_DONE = 0,
    BW_STORY_FAILED = 1,   /* an expectation, a refusal, or a check */
    BW_STORY_WRONG = 3,    /* the text, or a file that is not there */
    BW_STORY_SYSTEM = 5,   /* no memory, or the trace cannot be written */
} bw_story_result;

#define BW_STORY_PATH 1024
#define BW_STORY_DEPTH 16   /* files open at once: one story and what it includes */

/* A file as the host has opened it: its name in messages, and what it is, so that a story does not include itself. */
typedef struct bw_story_file {
    char name[BW_STORY_PATH];
    uint64_t identity[2];
    bool endless;            /* not a file (a pipe): may be open twice */
    const char *trouble;     /* why it cannot be opened; NULL or "": not told */
} bw_story_file;

/* One call of bw_step. A command that needs several is observed several times, `more` true but for the last. */
typedef struct bw_story_observation {
    const char *file;
    uint32_t line;
    const bw_command *command;   /* the story's command, also for the calls with `work` */
    bw_status status;
    const bw_event *events;
    uint32_t event_count;
    bool more;
} bw_story_observation;

/* A word that the language does not know: `words` are the whole command. On trouble the handler calls bw_story_fail and
   returns its result. */
typedef bw_story_result bw_story_handler(void *context, bw_story *story, const bw_story_word *words, uint32_t count);
typedef struct bw_story_directive {
    const char *word;            /* NULL ends the list */
    bw_story_handler *run;
} bw_story_directive;

typedef struct bw_story_host {
    void *context;
    /* Zeroed memory, aligned to 64 bytes, that lives as long as the story; NULL: there is none. */
    void *(*memory)(void *context, size_t bytes);
    /* Opens `path`, relative to the file `from` ("" for the first), as number `depth`; false: it cannot be opened. */
    bool (*open)(void *context, uint32_t depth, const char *path, const char *from, bw_story_file *file);
    /* Bytes read, 0 at the end, negative if it failed. */
    int64_t (*read)(void *context, uint32_t depth, void *bytes, size_t size);
    void (*close)(void *context, uint32_t depth);
    /* One line of the trace, ending in a newline; false: it cannot be written. NULL: no trace. */
    bool (*trace)(void *context, const char *line, size_t length);
    void (*observe)(void *context, const bw_story_observation *observation);   /* may be NULL */
    const bw_story_directive *directives;                                      /* may be NULL */
} bw_story_host;

typedef struct bw_story_options {
    bool check;                  /* after every command: conservation, bw_venue_valid, exhaustive scan */
    bool parse_only;             /* nothing is sent, nothing compared; every command counts as accepted */
    bool tune;                   /* the two below hold in place of what the story says: no result depends on them */
    uint32_t work_max, split;    /* as in bw_limits */
} bw_story_options;

typedef struct bw_story_counts {
    uint64_t commands, refused, events, rounds, expectations;
} bw_story_counts;

size_t bw_story_footprint(void);
/* A story without a venue yet, in zeroed memory aligned to 64 bytes. */
bw_story *bw_story_new(void *memory, const bw_story_host *host, const bw_story_options *options);

/* Runs a file to its end or to the first trouble. */
bw_story_result bw_story_run(bw_story *story, const char *path);

/* The message of the first trouble, without a newline; "" if there was none. */
const char *bw_story_message(const bw_story *story);
const bw_story_counts *bw_story_count(const bw_story *story);
const bw_limits *bw_story_limits(const bw_story *story);
/* NULL before the first command. */
bw_venue *bw_story_venue(const bw_story *story);
bw_story_book *bw_story_names(bw_story *story);

/* --- for directives --- */

/* Declares limits in place of the small defaults: WRONG after the first command. */
bw_story_result bw_story_declare(bw_story *story, const bw_limits *limits);
/* Creates the venue now, if it is not there yet. */
bw_story_result bw_story_ready(bw_story *story);
/* Sends a command with all the work it causes; header.time_ns and the rest are the caller's. Traced, observed, checked
   and summed like a line of the story. *status may be a refusal, which is no failure here. */
bw_story_result bw_story_send(bw_story *story, const bw_command *command, bw_status *status);
/* The time of the next command, and moving it. */
int64_t bw_story_time(const bw_story *story);
void bw_story_time_set(bw_story *story, int64_t time_ns);
/* From here on events are not summed for `expect`: for a program that lets no line follow, and plays many events. */
void bw_story_sums_stop(bw_story *story);
/* A cursor over a directive's words, past the first. Its errors become the story's by bw_story_fail_at. */
bw_story_cursor bw_story_read(bw_story *story, const bw_story_word *words, uint32_t count);
bw_story_result bw_story_fail(bw_story *story, bw_story_result result, const char *text);
bw_story_result bw_story_fail_at(bw_story *story);

#endif
