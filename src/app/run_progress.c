/* run_progress.c - how far a run is, on a terminal. */
#include <time.h>
#include <unistd.h>

#include "app/run.h"

#define SECOND INT64_C(1000000000)

int64_t app_run_clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * SECOND + now.tv_nsec;
}

void app_progress_begin(app_progress *progress)
{
    *progress = (app_progress){.shown = isatty(STDERR_FILENO) == 1, .line = progress->line,
                               .begin_ns = app_run_clock_ns()};
}

bool app_progress_due(const app_progress *progress)
{
    return progress->shown && app_run_clock_ns() >= progress->next_ns;
}

double app_progress_rate(const app_progress *progress, uint64_t done)
{
    double spent = (double)(app_run_clock_ns() - progress->begin_ns) / 1e9;
    return spent > 0 ? (double)done / spent : 0;
}

void app_progress_show(app_progress *progress, const char *what, uint64_t done, uint64_t all)
{
    int64_t now = progress->shown ? app_run_clock_ns() : 0;
    if (!progress->shown || now < progress->next_ns || all == 0)
        return;
    progress->next_ns = now + SECOND / 5;
    double spent = (double)(now - progress->begin_ns) / 1e9, share = (double)done / (double)all;
    fprintf(stderr, "\r%s: %3.0f%%", what, 100 * share);
    if (done > 0 && spent > 1)
        fprintf(stderr, ", about %.0f s left", spent * (1 - share) / share);
    fputs("        ", stderr);
    fflush(stderr);
    progress->line = true;
}

void app_progress_end(app_progress *progress)
{
    if (progress->line)
        fputs("\r\033[K", stderr);
    progress->line = false;
}
