/* commands.c - the subcommands, in the order in which help lists them. */
#include "app/command.h"

#include <stddef.h>

const app_command *const APP_COMMANDS[] = {
    &APP_RUN,
    &APP_COMPARE,
    &APP_STORY,
    &APP_CONFORM,
    &APP_BENCH,
    NULL,
};
