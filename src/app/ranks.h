/* ranks.h - a command whose paths several ranks of mpirun split: they go in step, and end as one.

       main: app_ranks_begin ─> command ─> ... app_ranks_step, app_ranks_share after every block of paths ... ─> app_ranks_end

   Every rank runs the whole command: it makes the book, plays its part of each block, has the outcomes of all afterwards, and
   comes to the same result. Only rank 0 is heard: the others write to /dev/null and say nothing.

   Alone     without mpirun there is one rank, number 0, and every call returns at once
   Trouble   a rank that fails is known to all at their next step. They end with its exit code; rank 0 says its message.
             Ctrl-C on one is Ctrl-C on all
   Errors    the ranks must be the same run: command line, story and files. What differs is told and exit 3 */
#ifndef BW_APP_RANKS_H
#define BW_APP_RANKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/exit.h"

/* main.c: before and after a command. Begin loads MPI only for a command that splits paths, and only under mpirun; not
   APP_DONE: the command is not run. What end returns is the exit code of all ranks. */
app_exit app_ranks_begin(int argc, char **argv);
app_exit app_ranks_end(app_exit end);

uint32_t app_ranks_rank(void);
uint32_t app_ranks_size(void);

/* All ranks have come here, with the same `print` (of what they must agree in) and none with a failure; otherwise false, and
   the caller gives up: app_ranks_message says why; NULL: because of Ctrl-C, which is no failure. A Ctrl-C on any rank is one on
   all afterwards (app_interrupted). */
bool app_ranks_step(uint64_t print, bool failed);
const char *app_ranks_message(void);

/* Of `count` pieces of work the rank does number rank, rank + size, ...: how many, and which. */
uint64_t app_ranks_count(uint64_t count);
uint64_t app_ranks_piece(uint64_t own);
/* Afterwards all ranks have the records of all pieces. After a step. */
void app_ranks_share(void *records, size_t record_size, uint64_t count);

/* message.c: whether rank 0 will say it, or nobody. Kept until the end, where it may be. */
bool app_ranks_keeps(const char *message);

#endif
