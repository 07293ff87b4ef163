/* snapshot.h - the memory of a story's run, kept and put back.

       the book stands ── take ──> copy ── restore ──> the book stands again, as if nothing had been played

   All that a run changes while it plays lies in the blocks of its app_sources (venue, story, play, metrics), and they
   point to nothing outside that playing changes. So a copy of the blocks is a copy of the run.

   Errors    take: false when there is no memory for the copy; nothing is kept then
   Holds     no block may be added between take and restore (asserted) */
#ifndef BW_APP_SNAPSHOT_H
#define BW_APP_SNAPSHOT_H

#include "app/files.h"

typedef struct app_snapshot {
    void *copies[APP_SOURCES_BLOCKS];
    int count;
} app_snapshot;

bool app_snapshot_take(app_snapshot *snapshot, const app_sources *sources);
/* Work: O(bytes of all blocks). */
void app_snapshot_restore(const app_snapshot *snapshot, app_sources *sources);
void app_snapshot_free(app_snapshot *snapshot);

#endif
