#include "app/signals.h"

#include <stddef.h>

volatile sig_atomic_t app_interrupted;

static void on_interrupt(int number)
{
    (void)number;
    app_interrupted = 1;
}

void app_signals_ignore(void)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

void app_signals_catch(void)
{
    struct sigaction action = {.sa_handler = on_interrupt};   /* no SA_RESTART: a read that waits comes back */
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    struct sigaction before;
    if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler != SIG_IGN)   /* not under nohup */
        sigaction(SIGHUP, &action, NULL);
}
