#include "app/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/message.h"

/* --- outputs --- */

void app_output_standard(app_output *output, FILE *stream)
{
    *output = (app_output){.stream = stream};
}

static bool cannot_write(const char *path)
{
    app_say(APP_SYSTEM, "'%s' cannot be written: %s", path, strerror(errno));
    return false;
}

/* Something that is there and is no plain file (/dev/stderr, a pipe) is written as it comes. */
static bool is_special(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && !S_ISREG(found.st_mode);
}

bool app_output_open(app_output *output, const char *path)
{
    app_output_standard(output, stdout);
    if (strcmp(path, "-") == 0)
        return true;
    output->path = path;
    size_t size = strlen(path) + 32;
    output->temporary = malloc(size);
    if (output->temporary == NULL)
        return cannot_write(path);
    if (is_special(path))
        snprintf(output->temporary, size, "%s", path);
    else
        snprintf(output->temporary, size, "%s.tmp-%ld", path, (long)getpid());
    output->stream = fopen(output->temporary, "w");
    if (output->stream != NULL)
        return true;
    cannot_write(path);
    free(output->temporary);
    output->temporary = NULL;
    return false;
}

static void forget(app_output *output)
{
    free(output->temporary);
    *output = (app_output){0};
}

bool app_output_keep(app_output *output)
{
    FILE *stream = output->stream;
    if (stream == NULL)
        return true;
    bool good = fflush(stream) == 0 && !ferror(stream);
    if (output->path == NULL) {
        forget(output);
        return good || cannot_write("-");
    }
    good = fclose(stream) == 0 && good;
    if (good && strcmp(output->temporary, output->path) != 0)
        good = rename(output->temporary, output->path) == 0;
    if (!good) {
        cannot_write(output->path);
        if (strcmp(output->temporary, output->path) != 0)
            unlink(output->temporary);
    }
    forget(output);
    return good;
}

void app_output_drop(app_output *output)
{
    if (output->path != NULL && output->stream != NULL) {
        fclose(output->stream);
        if (strcmp(output->temporary, output->path) != 0)
            unlink(output->temporary);
    }
    forget(output);
}

/* --- the files of a story --- */

void *app_sources_memory(app_sources *sources, size_t bytes)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    if (sources->block_count == APP_SOURCES_BLOCKS || bytes == 0 || bytes > SIZE_MAX - page)
        return NULL;
    size_t size = (bytes + page - 1) / page * page;
    void *block = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (block == MAP_FAILED)
        return NULL;
    sources->sizes[sources->block_count] = size;
    sources->blocks[sources->block_count++] = block;
    return block;
}

/* `path` beside the file `from`. */
static bool join(const char *path, const char *from, char *name, size_t size)
{
    const char *slash = strrchr(from, '/');
    size_t folder = path[0] != '/' && slash != NULL ? (size_t)(slash - from) + 1 : 0;
    if (folder + strlen(path) >= size)
        return false;
    memcpy(name, from, folder);
    strcpy(name + folder, path);
    return true;
}

bool app_sources_open(app_sources *sources, uint32_t depth, const char *path, const char *from, bw_story_file *file)
{
    struct stat found;
    bool is_stdin = strcmp(path, "-") == 0 && from[0] == 0;
    if (!join(path, from, file->name, sizeof file->name))
        return false;
    int descriptor = is_stdin ? dup(STDIN_FILENO) : open(file->name, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    if (fstat(descriptor, &found) != 0 || S_ISDIR(found.st_mode)) {
        close(descriptor);
        return false;
    }
    file->identity[0] = (uint64_t)found.st_dev;
    file->identity[1] = (uint64_t)found.st_ino;
    file->endless = !S_ISREG(found.st_mode);
    sources->files[depth] = descriptor;
    return true;
}

int64_t app_sources_read(app_sources *sources, uint32_t depth, void *bytes, size_t size)
{
    ssize_t count;
    do
        count = read(sources->files[depth], bytes, size);
    while (count < 0 && errno == EINTR);
    return count;
}

void app_sources_close(app_sources *sources, uint32_t depth)
{
    close(sources->files[depth]);
}

void app_sources_free(app_sources *sources)
{
    while (sources->block_count > 0) {
        sources->block_count--;
        munmap(sources->blocks[sources->block_count], sources->sizes[sources->block_count]);
    }
}
