/* snapshot.h - the memory of a story's run, kept and put back.

       the book stands ── take ──> pages shared, copied on the first write ── restore ──> written pages as they were

   All that a run changes while it plays lies in the blocks of its app_sources (venue, story, play, metrics), and they
   point to nothing outside that playing changes. So a copy of the blocks is a copy of the run. The copy is a file in memory
   which the blocks themselves then show: what a path writes gets a page of its own. Going back, the bytes of such pages are
   written again, since the next path will mostly write the same ones, and a page of one's own is dear to get; from time to
   time all are given up. A process forked after take plays on its own, from the same pages.

   Work      take: O(bytes of all blocks), pages of zeros not kept; restore: O(pages written since they were last given up)
   Errors    take: false when there is no memory for the copy; the run stands as before, and may go on
   Holds     no block may be added between take and restore (asserted) */
#ifndef BW_APP_SNAPSHOT_H
#define BW_APP_SNAPSHOT_H

#include "app/files.h"

typedef struct app_snapshot {
    int files[APP_SOURCES_BLOCKS];
    char *views[APP_SOURCES_BLOCKS];     /* of the files, to read */
    size_t sizes[APP_SOURCES_BLOCKS];
    int count;
} app_snapshot;

bool app_snapshot_take(app_snapshot *snapshot, const app_sources *sources);
void app_snapshot_restore(const app_snapshot *snapshot, app_sources *sources);
/* The blocks show this copy again, after another was taken since. False: the system refused; the run is lost. */
bool app_snapshot_return(const app_snapshot *snapshot, const app_sources *sources);
/* The blocks stay as they are. */
void app_snapshot_free(app_snapshot *snapshot);

#endif
