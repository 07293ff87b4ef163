/* crew.h - work that is cut into numbered pieces, done by several processes that share memory.

       pieces 0 .. count - 1 ──> processes 0 .. n - 1, each takes the next piece that nobody has ──> results in shared memory

   A process, not a thread: each is forked from the caller, sees all that he has, and changes only its own copy of it, but for
   what lies in memory of app_crew_memory. Which process does which piece is left to chance, so a piece may depend on its number
   alone.

   Ends      when all pieces are done; after Ctrl-C, which is passed on, with those that were under way; when a piece fails, at
             once. One process: in the caller himself, nothing is forked
   Errors    app_crew_end, with the message of the first piece that failed */
#ifndef BW_APP_CREW_H
#define BW_APP_CREW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { APP_CREW_MAX = 1024, APP_CREW_TEXT = 1024 };

typedef enum app_crew_end {
    APP_CREW_DONE,         /* all pieces, or those before Ctrl-C */
    APP_CREW_FAILED,       /* a piece failed: `fault` and `message` are its own */
    APP_CREW_SYSTEM        /* no process, or one was killed: `message` */
} app_crew_end;

typedef struct app_crew app_crew;
/* Does piece `piece` as process `worker`. 0: done; below 0: interrupted; above 0: failed, with a sentence in `message`. */
typedef int app_crew_piece(void *context, uint32_t worker, uint64_t piece, char *message);
/* Called five times a second in the caller while others work. */
typedef void app_crew_watch(void *context, uint64_t done, uint64_t count);

struct app_crew {
    uint32_t processes;    /* 1 to APP_CREW_MAX */
    app_crew_piece *piece;
    app_crew_watch *watch; /* NULL: none */
    void *context;
    int fault;
    char message[APP_CREW_TEXT];
};

app_crew_end app_crew_run(app_crew *crew, uint64_t count);

/* Zeroed memory that the processes of later crews share; pages are taken when they are written. NULL: there is none. */
void *app_crew_memory(size_t bytes);
void app_crew_free(void *memory, size_t bytes);

#endif
