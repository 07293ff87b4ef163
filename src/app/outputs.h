/* outputs.h - outputs that are whole or not there, all of a command or none.

       app_outputs_apart ──> app_output_open ──> write to FILE.tmp-PID ─┬─ app_outputs_keep ──> all flushed, then renamed
         exit 2: one file twice,                                        └─ app_output_drop  ──> removed
         or an input of the command

   A link is written through: what it names is replaced. The file keeps its mode. Where the folder takes no new file, a
   file that may be written is written in place, at the end. A device or a pipe is written as it comes.

   Errors    false after one line of message, "'FILE' cannot be written: REASON"; the caller returns APP_SYSTEM */
#ifndef BW_APP_OUTPUTS_H
#define BW_APP_OUTPUTS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct stat;

typedef struct app_output {
    FILE *stream;             /* NULL: none, or closed and ready to be renamed */
    const char *path;         /* as given; NULL: a standard stream, written as it comes */
    char *target, *temporary; /* behind all links; NULL: written as it comes, or in place */
    int in_place;             /* file descriptor + 1 of a file that its folder does not let us replace; 0: none */
    int error;                /* errno of the first write that failed */
} app_output;

/* An output as the command line names it, with the option it stands behind. NULL: not given. */
typedef struct app_output_name {
    const char *option, *path;
} app_output_name;

/* No file twice, and none that is one of the inputs (NULL and "-" are none); otherwise false after a message: APP_USAGE.
   Files are told apart by what they are, not by their names. */
bool app_outputs_apart(const char *command, const app_output_name *outputs, int output_count,
                       const char *const *inputs, int input_count);

/* `path` may be "-": stdout. */
bool app_output_open(app_output *output, const char *path);
/* A standard stream as an output. */
void app_output_standard(app_output *output, FILE *stream);
/* False once a write has failed; the reason is kept for app_output_trouble. */
bool app_output_write(app_output *output, const void *bytes, size_t length);
/* A text of a result into `buffer`, as in metrics.h: at most `size` bytes with the closing zero; returns its whole length. */
typedef size_t app_output_text(const void *result, int64_t elapsed_ms, char *buffer, size_t size);
/* The same for a text, which is made first. False: no memory for it, or a write has failed. */
bool app_output_write_text(app_output *output, app_output_text *text, const void *result, int64_t elapsed_ms);
/* Whether a write has failed: says so. */
bool app_output_trouble(const app_output *output);

/* Flushed, checked, closed; nothing is renamed yet. After a false all are to be dropped. */
bool app_outputs_ready(app_output *const *outputs, int count);
/* The same, then renamed. After a false the files that were not renamed yet are as they were before. */
bool app_outputs_keep(app_output *const *outputs, int count);
bool app_output_keep(app_output *output);
void app_output_drop(app_output *output);

/* Whether this file is an output that the command has opened. */
bool app_output_is(const struct stat *file);

#endif
