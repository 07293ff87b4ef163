/* signals.h - how a command is asked to stop, and what must not stop it.

       Ctrl-C, SIGTERM ──> app_interrupted ──> the command ends what it is at, writes what it has, exit 130

   A write to a closed pipe or past a limit fails as any other write does (exit 5) in place of killing the program, so
   that nothing is left behind. */
#ifndef BW_APP_SIGNALS_H
#define BW_APP_SIGNALS_H

#include <signal.h>

extern volatile sig_atomic_t app_interrupted;

/* For the whole program: SIGPIPE and SIGXFSZ are ignored. */
void app_signals_ignore(void);
/* For a command that writes results: SIGINT, SIGTERM and SIGHUP (unless ignored) set app_interrupted. A read that waits is
   ended by them. */
void app_signals_catch(void);

#endif
