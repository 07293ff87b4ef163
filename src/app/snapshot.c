#include "app/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

bool app_snapshot_take(app_snapshot *snapshot, const app_sources *sources)
{
    *snapshot = (app_snapshot){.count = 0};
    for (int i = 0; i < sources->block_count; i++) {
        void *copy = malloc(sources->sizes[i]);
        if (copy == NULL) {
            app_snapshot_free(snapshot);
            return false;
        }
        memcpy(copy, sources->blocks[i], sources->sizes[i]);
        snapshot->copies[snapshot->count++] = copy;
    }
    return true;
}

void app_snapshot_restore(const app_snapshot *snapshot, app_sources *sources)
{
    BW_ASSERT(snapshot->count == sources->block_count);
    for (int i = 0; i < snapshot->count; i++)
        memcpy(sources->blocks[i], snapshot->copies[i], sources->sizes[i]);
}

void app_snapshot_free(app_snapshot *snapshot)
{
    while (snapshot->count > 0)
        free(snapshot->copies[--snapshot->count]);
}
