/* command.h - the subcommands: one row and one file each.

   A new subcommand is a file with its app_command and a row in commands.c. */
#ifndef BW_APP_COMMAND_H
#define BW_APP_COMMAND_H

#include "app/exit.h"

typedef struct app_command {
    const char *name;
    const char *summary;   /* for the list of `breakwater --help` */
    const char *help;      /* all that `breakwater help NAME` says */
    app_exit (*run)(int argc, char **argv);   /* argv[0] is the subcommand's name */
} app_command;

/* All subcommands; ends with a NULL. */
extern const app_command *const APP_COMMANDS[];

extern const app_command APP_RUN;
extern const app_command APP_COMPARE;
extern const app_command APP_STRESS;
extern const app_command APP_EXPOSURE;
extern const app_command APP_MERGE;
extern const app_command APP_FUND;
extern const app_command APP_CALIBRATE;
extern const app_command APP_STORY;
extern const app_command APP_BENCH;
extern const app_command APP_CONFORM;

#endif
