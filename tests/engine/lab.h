/* lab.h - a venue under test: its memory, the events of its last command, and its block before that command.

       lab_new ──> lab_send, lab_send ... ──> lab_free
                     └── sends work until the command is done; collects the events of all its calls

   Holds     canaries behind the events buffer are untouched after every call; a refused command leaves the block
             bit-identical but for the sequence number (R22) */
#ifndef BW_TEST_LAB_H
#define BW_TEST_LAB_H

#include "check.h"
#include "breakwater.h"

typedef struct lab {
    bw_limits limits;
    bw_venue *venue;
    void *memory;
    size_t persistent, footprint;
    void *before;              /* the persistent part before the last command */
    bw_event *buffer;          /* what bw_step writes to */
    uint32_t buffer_count;
    bw_event *events;          /* of the last command, all calls */
    uint32_t count, room;
    uint32_t calls;            /* of the last command */
    bool watch_slices;         /* bw_venue_valid between the calls of a command too */
} lab;

void lab_new(lab *l, const bw_limits *limits);
void lab_free(lab *l);
bw_status lab_send(lab *l, const bw_command *command);

/* A view of the venue as it was before the last command: read-only, queries only. */
const bw_venue *lab_before(const lab *l);

/* What the running test does now, for the message when the program stops. */
void lab_says(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *lab_said(void);

/* With BW_TRACE=n in the environment: the last n events of the command, as numbers. */
void lab_trace(void);

/* lab_check(cond, ...): fails the test with what it does and a message. */
#define lab_check(condition, ...)                                                              \
    do {                                                                                       \
        if (!(condition)) {                                                                    \
            printf("# %s: %s\n#   ", lab_said(), #condition);                                  \
            printf(__VA_ARGS__);                                                               \
            printf("\n");                                                                      \
            lab_trace();                                                                       \
            fflush(stdout);                                                                    \
            fail();                                                                            \
        }                                                                                      \
    } while (0)

#endif
