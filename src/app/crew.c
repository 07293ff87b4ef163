#define _GNU_SOURCE
#include "app/crew.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/signals.h"

/* What the processes share besides the results. */
typedef struct {
    _Atomic uint64_t next, done;
    _Atomic int fault;
    char message[APP_CREW_TEXT];
} shared;

void *app_crew_memory(size_t bytes)
{
    void *memory = mmap(NULL, bytes ? bytes : 1, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory != MAP_FAILED ? memory : NULL;
}

void app_crew_free(void *memory, size_t bytes)
{
    if (memory != NULL)
        munmap(memory, bytes ? bytes : 1);
}

static int do_piece(const app_crew *crew, shared *all, uint32_t worker, uint64_t piece)
{
    char message[APP_CREW_TEXT] = "";
    int none = 0, end = crew->piece(crew->context, worker, piece, message);
    if (end == 0)
        atomic_fetch_add(&all->done, 1);
    else if (end > 0 && atomic_compare_exchange_strong(&all->fault, &none, end))
        memcpy(all->message, message, sizeof message);
    return end;
}

static void work(const app_crew *crew, shared *all, uint32_t worker, uint64_t count)
{
    for (uint64_t piece; !app_interrupted && !all->fault && (piece = atomic_fetch_add(&all->next, 1)) < count;) {
        if (do_piece(crew, all, worker, piece) != 0)
            return;
        if (crew->processes == 1 && crew->watch != NULL)
            crew->watch(crew->context, all->done, count);
    }
}

/* Waits for the processes; Ctrl-C is passed on to them. False: one was killed. */
static bool wait_all(const app_crew *crew, const shared *all, const pid_t *workers, uint32_t workers_count, uint64_t count)
{
    bool whole = true, told = false;
    for (uint32_t left = workers_count; left > 0;) {
        for (uint32_t i = 0; app_interrupted && !told && i < workers_count; i++)
            kill(workers[i], SIGINT);
        told = app_interrupted != 0;
        int status;
        pid_t ended = waitpid(-1, &status, WNOHANG);
        if (ended > 0) {
            left--;
            whole &= WIFEXITED(status) && WEXITSTATUS(status) == 0;
            continue;
        }
        if (ended < 0 && errno != EINTR)
            return false;
        if (crew->watch != NULL)
            crew->watch(crew->context, all->done, count);
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
    return whole;
}

static app_crew_end spread(app_crew *crew, shared *all, uint64_t count)
{
    pid_t workers[APP_CREW_MAX];
    uint32_t made = 0;
    fflush(NULL);
    for (; made < crew->processes && made < count; made++) {
        workers[made] = fork();
        if (workers[made] == 0) {
            work(crew, all, made, count);
            _exit(0);
        }
        if (workers[made] < 0)
            break;                 /* those that are there do all of it */
    }
    if (made == 0 && count > 0)
        snprintf(crew->message, sizeof crew->message, "no process for the paths");
    else if (!wait_all(crew, all, workers, made, count))
        snprintf(crew->message, sizeof crew->message, "a process was killed");
    else
        return APP_CREW_DONE;
    return APP_CREW_SYSTEM;
}

app_crew_end app_crew_run(app_crew *crew, uint64_t count)
{
    app_crew_end end = APP_CREW_DONE;
    shared *all = app_crew_memory(sizeof *all);
    if (all == NULL) {
        snprintf(crew->message, sizeof crew->message, "no memory for the processes");
        return APP_CREW_SYSTEM;
    }
    if (crew->processes == 1)
        work(crew, all, 0, count);
    else
        end = spread(crew, all, count);
    if (end == APP_CREW_DONE && all->fault != 0) {
        crew->fault = all->fault;
        memcpy(crew->message, all->message, sizeof crew->message);
        end = APP_CREW_FAILED;
    }
    app_crew_free(all, sizeof *all);
    return end;
}
