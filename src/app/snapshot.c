#define _GNU_SOURCE
#include "app/snapshot.h"

#include <fcntl.h>
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

/* The file's bytes, and a view of them. */
static bool block_keep(app_snapshot *snapshot, const char *block, size_t size)
{
    int i = snapshot->count, file = file_of(block, size);
    if (file < 0)
        return false;
    void *view = mmap(NULL, size, PROT_READ, MAP_SHARED | MAP_NORESERVE, file, 0);
    if (view == MAP_FAILED) {
        close(file);
        return false;
    }
    snapshot->files[i] = file;
    snapshot->views[i] = view;
    snapshot->sizes[i] = size;
    snapshot->count++;
    return true;
}

bool app_snapshot_take(app_snapshot *snapshot, const app_sources *sources)
{
    *snapshot = (app_snapshot){.count = 0};
    for (int i = 0; i < sources->block_count; i++) {
        if (block_keep(snapshot, sources->blocks[i], sources->sizes[i]))
            continue;
        app_snapshot_free(snapshot);
        return false;
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

/* ---- going back ---- */

#define PAGE_PRESENT (UINT64_C(1) << 63)
#define PAGE_SWAPPED (UINT64_C(1) << 62)
#define PAGE_OF_FILE (UINT64_C(1) << 61)     /* shows the file, not a copy */

enum { GIVEN_UP_EVERY = 64, PAGES_READ = 4096 };

/* What the system says of this process's pages; opened anew after a fork. */
static struct {
    pid_t process;
    int file;                        /* -1: it says nothing */
    unsigned restored;               /* times since pages were given up */
} pages;

static bool pages_say(const char *from, size_t count, uint64_t *entries)
{
    off_t place = (off_t)((uintptr_t)from / (size_t)sysconf(_SC_PAGESIZE) * sizeof *entries);
    ssize_t size = (ssize_t)(count * sizeof *entries);
    return pread(pages.file, entries, (size_t)size, place) == size;
}

static bool is_own(uint64_t entry)
{
    return (entry & (PAGE_PRESENT | PAGE_SWAPPED)) && !(entry & PAGE_OF_FILE);
}

/* Whether it tells a page of one's own from one of a file: not all systems that have the file mean it. */
static bool pages_mean_it(const char *view)
{
    volatile char own = *(const volatile char *)view;
    uint64_t of_own, of_file;
    return pages_say((const char *)&own, 1, &of_own) && pages_say(view, 1, &of_file) && is_own(of_own) && (of_file & PAGE_OF_FILE);
}

static void pages_open(const char *view)
{
    if (pages.process == getpid())
        return;
    if (pages.process != 0 && pages.file >= 0)
        close(pages.file);
    pages.process = getpid();
    pages.file = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    pages.restored = 0;
    if (pages.file >= 0 && !pages_mean_it(view)) {
        close(pages.file);
        pages.file = -1;
    }
}

/* Writes the block's own pages again. False: the system does not say which these are. */
static bool rewrite(char *block, const char *view, size_t size)
{
    uint64_t entries[PAGES_READ];
    size_t page = (size_t)sysconf(_SC_PAGESIZE), count = size / page;
    for (size_t at = 0; at < count; at += PAGES_READ) {
        size_t many = count - at < PAGES_READ ? count - at : PAGES_READ;
        if (!pages_say(block + at * page, many, entries))
            return false;
        for (size_t i = 0; i < many; i++)
            if (is_own(entries[i]))
                memcpy(block + (at + i) * page, view + (at + i) * page, page);
    }
    return true;
}

static void give_up(char *block, size_t size)
{
    int status = madvise(block, size, MADV_DONTNEED);
    BW_ASSERT(status == 0);
}

void app_snapshot_restore(const app_snapshot *snapshot, app_sources *sources)
{
    BW_ASSERT(snapshot->count == sources->block_count);
    pages_open(snapshot->views[0]);
    bool keep = pages.file >= 0 && ++pages.restored % GIVEN_UP_EVERY != 0;
    for (int i = 0; i < snapshot->count; i++)
        if (!keep || !rewrite(sources->blocks[i], snapshot->views[i], sources->sizes[i]))
            give_up(sources->blocks[i], sources->sizes[i]);
}

void app_snapshot_free(app_snapshot *snapshot)
{
    while (snapshot->count > 0) {
        int i = --snapshot->count;
        munmap(snapshot->views[i], snapshot->sizes[i]);
        close(snapshot->files[i]);
    }
}
