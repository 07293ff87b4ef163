#define _GNU_SOURCE
#include "app/snapshot.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/assert.h"

static bool is_zero(const unsigned char *bytes, size_t size)
{
    return bytes[0] == 0 && memcmp(bytes, bytes + 1, size - 1) == 0;
}

static bool page_write(int file, const char *bytes, size_t size, off_t at)
{
    while (size > 0) {
        ssize_t written = pwrite(file, bytes, size, at);
        if (written <= 0)
            return false;
        bytes += written;
        size -= (size_t)written;
        at += written;
    }
    return true;
}

/* A file in memory with the block's bytes; -1: there is no room. */
static int file_of(const char *block, size_t size)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    int file = memfd_create("breakwater", MFD_CLOEXEC);
    if (file < 0)
        return -1;
    bool kept = ftruncate(file, (off_t)size) == 0;
    for (size_t at = 0; kept && at < size; at += page)
        kept = is_zero((const unsigned char *)block + at, page) || page_write(file, block + at, page, (off_t)at);
    if (kept)
        return file;
    close(file);
    return -1;
}

static bool show(void *block, size_t size, int file)
{
    return mmap(block, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE, file, 0) == block;
}

bool app_snapshot_take(app_snapshot *snapshot, const app_sources *sources)
{
    *snapshot = (app_snapshot){.count = 0};
    for (int i = 0; i < sources->block_count; i++) {
        int file = file_of(sources->blocks[i], sources->sizes[i]);
        if (file < 0) {
            app_snapshot_free(snapshot);
            return false;
        }
        snapshot->files[snapshot->count++] = file;
    }
    if (app_snapshot_return(snapshot, sources))
        return true;
    app_snapshot_free(snapshot);
    return false;
}

bool app_snapshot_return(const app_snapshot *snapshot, const app_sources *sources)
{
    BW_ASSERT(snapshot->count == sources->block_count);
    for (int i = 0; i < snapshot->count; i++)
        if (!show(sources->blocks[i], sources->sizes[i], snapshot->files[i]))
            return false;
    return true;
}

void app_snapshot_restore(const app_snapshot *snapshot, app_sources *sources)
{
    BW_ASSERT(snapshot->count == sources->block_count);
    for (int i = 0; i < snapshot->count; i++) {
        int status = madvise(sources->blocks[i], sources->sizes[i], MADV_DONTNEED);
        BW_ASSERT(status == 0);
    }
}

void app_snapshot_free(app_snapshot *snapshot)
{
    while (snapshot->count > 0)
        close(snapshot->files[--snapshot->count]);
}
