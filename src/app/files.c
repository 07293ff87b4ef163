#include "app/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/outputs.h"
#include "app/ranks.h"
#include "app/signals.h"

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
    file->trouble = "its name is too long";
    if (!join(path, from, file->name, sizeof file->name))
        return false;
    file->trouble = "stdin reaches only one of the ranks that mpirun has started";
    if (is_stdin && app_ranks_size() > 1)
        return false;
    int descriptor = is_stdin ? dup(STDIN_FILENO) : open(file->name, O_RDONLY | O_CLOEXEC);
    file->trouble = strerror(errno);
    if (descriptor < 0)
        return false;
    bool known = fstat(descriptor, &found) == 0;
    if (!known || S_ISDIR(found.st_mode) || app_output_is(&found)) {
        file->trouble = !known ? strerror(errno) : S_ISDIR(found.st_mode) ? "it is a folder" : "it is an output too";
        close(descriptor);
        return false;
    }
    file->trouble = "";
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
    while (count < 0 && errno == EINTR && !app_interrupted);
    if (count < 0 && app_interrupted)
        return 0;
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

/* --- a file as a whole --- */

char *app_file_read(const char *path, size_t *size)
{
    FILE *stream = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    char *bytes = NULL;
    bool bad = stream == NULL;
    *size = 0;
    for (size_t room = 1u << 16; !bad; room *= 2) {
        char *grown = realloc(bytes, room);
        bad = grown == NULL;
        if (bad)
            break;
        bytes = grown;
        *size += fread(bytes + *size, 1, room - *size, stream);
        bad = ferror(stream) != 0;
        if (*size < room)
            break;
    }
    int reason = errno;
    if (stream != NULL && stream != stdin)
        fclose(stream);
    if (bad)
        free(bytes);
    errno = reason;
    return bad ? NULL : bytes;
}

bool app_file_find(const char *name, char *path, size_t size)
{
    static const char *const PLACES[] = {"..", "../share/breakwater"};
    char program[512];
    snprintf(path, size, "%s", name);
    if (access(path, R_OK) == 0)
        return true;
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0)
        return false;
    program[length] = 0;
    *strrchr(program, '/') = 0;
    for (uint32_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
        snprintf(path, size, "%s/%s/%s", program, PLACES[i], name);
        if (access(path, R_OK) == 0)
            return true;
    }
    return false;
}
