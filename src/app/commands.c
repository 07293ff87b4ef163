#include "app/command.h"

#include <stddef.h>

const app_command *const APP_COMMANDS[] = {
    &APP_RUN,
    &APP_COMPARE,
    &APP_STRESS,
    &APP_EXPOSURE,
    &APP_MERGE,
    &APP_FUND,
    &APP_CALIBRATE,
    &APP_STORY,
    &APP_CONFORM,
    &APP_BENCH,
    NULL,
};
