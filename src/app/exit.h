/* exit.h - how the program ends. The numbers are frozen: scripts rely on them. */
#ifndef BW_APP_EXIT_H
#define BW_APP_EXIT_H

typedef enum app_exit {
    APP_DONE = 0,           /* every check held */
    APP_CHECK_FAILED = 1,   /* an expectation, a comparison or an invariant */
    APP_USAGE = 2,          /* the command line is wrong */
    APP_INPUT = 3,          /* the content of an input is wrong, or it is missing */
    APP_BREACHED = 4,       /* --fail-if */
    APP_SYSTEM = 5,         /* output or system: disk full, no memory */
    APP_INTERRUPTED = 130,  /* partial result written */
} app_exit;

#endif
