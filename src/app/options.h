/* options.h - the command line of a subcommand.

       --name, --name VALUE, --name=VALUE, and up to `word_max` words; `--` ends the options, `-` is a word; an option stands
       once, and a number is below 2^64 - 1

   Errors    false after one line of message; the caller returns APP_USAGE */
#ifndef BW_APP_OPTIONS_H
#define BW_APP_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

typedef enum app_option_kind { APP_OPTION_FLAG, APP_OPTION_TEXT, APP_OPTION_NUMBER } app_option_kind;

typedef struct app_option {
    const char *name;      /* "--check"; NULL ends the list */
    app_option_kind kind;
    void *value;           /* bool, const char *, uint64_t */
} app_option;

/* `command` is the subcommand's name for messages; `what` names its words ("FILE"). Exactly word_count words. */
bool app_options_read(const char *command, int argc, char **argv, const app_option *options, const char *what,
                      const char **words, int word_count);
/* One to word_max words; words has room for one more, a NULL behind the last. */
bool app_options_read_some(const char *command, int argc, char **argv, const app_option *options, const char *what,
                           const char **words, int word_max);

#endif
