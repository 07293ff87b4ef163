#include "app/outputs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/message.h"
#include "app/ranks.h"

enum { LINKS_MAX = 40, OPEN_MAX_FILES = 8 };

/* --- which file is meant --- */

/* What a path names: a file that is there, or a name in a folder that is there. */
typedef struct place {
    bool known, exists;
    dev_t device;
    ino_t node;             /* of the file, or of its folder */
    char name[NAME_MAX + 1];
} place;

/* Files that this process has opened as outputs and that were there before: one command, so one list. */
static place opened[OPEN_MAX_FILES];
static int opened_count;

static const char *name_in(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* "a/b/" of "a/b/c", "." of "c". */
static void folder_of(const char *path, char folder[PATH_MAX])
{
    size_t length = (size_t)(name_in(path) - path);
    snprintf(folder, PATH_MAX, "%.*s", length > 0 ? (int)length : 1, length > 0 ? path : ".");
}

/* The path behind all links, also where the last link names nothing yet. False: too long, or links in a ring. */
static bool follow(const char *path, char target[PATH_MAX])
{
    char link[PATH_MAX], folder[PATH_MAX];
    if (snprintf(target, PATH_MAX, "%s", path) >= PATH_MAX)
        return false;
    for (int i = 0; i < LINKS_MAX; i++) {
        ssize_t length = readlink(target, link, sizeof link - 1);
        if (length < 0)
            return true;
        link[length] = 0;
        folder_of(target, folder);
        bool beside = link[0] != '/' && strchr(target, '/') != NULL;
        char joined[2 * PATH_MAX];
        if (snprintf(joined, sizeof joined, "%s%s", beside ? folder : "", link) >= PATH_MAX)
            return false;
        strcpy(target, joined);
    }
    return false;
}

/* Of plain files and of those that are not there yet; a device or a pipe may be named twice. */
static place place_of(const char *path)
{
    struct stat found;
    char target[PATH_MAX], folder[PATH_MAX];
    place at = {.known = false};
    if (path == NULL || strcmp(path, "-") == 0)
        return at;
    if (stat(path, &found) == 0) {
        at = (place){.known = S_ISREG(found.st_mode), .exists = true, .device = found.st_dev, .node = found.st_ino};
        return at;
    }
    if (!follow(path, target))
        return at;
    folder_of(target, folder);
    if (stat(folder, &found) == 0 && strlen(name_in(target)) < sizeof at.name) {
        at = (place){.known = true, .device = found.st_dev, .node = found.st_ino};
        strcpy(at.name, name_in(target));
    }
    return at;
}

static bool is_same(const place *a, const place *b)
{
    return a->known && b->known && a->exists == b->exists && a->device == b->device && a->node == b->node &&
           strcmp(a->name, b->name) == 0;
}

bool app_outputs_apart(const char *command, const app_output_name *outputs, int output_count,
                       const char *const *inputs, int input_count)
{
    int on_stdout = 0;
    for (int o = 0; o < output_count; o++)
        on_stdout += outputs[o].path != NULL && strcmp(outputs[o].path, "-") == 0;
    if (on_stdout > 1) {
        app_say(APP_USAGE, "%s: found two outputs on '-', expected one", command);
        return false;
    }
    for (int o = 0; o < output_count; o++) {
        place output = place_of(outputs[o].path);
        for (int i = 0; i < input_count; i++) {
            place input = place_of(inputs[i]);
            if (is_same(&output, &input)) {
                app_say(APP_USAGE, "%s: found the input '%s' as the output of %s, expected another file", command,
                        inputs[i], outputs[o].option);
                return false;
            }
        }
        for (int other = 0; other < o; other++) {
            place before = place_of(outputs[other].path);
            if (is_same(&output, &before)) {
                app_say(APP_USAGE, "%s: found '%s' as the output of %s and of %s, expected two files", command,
                        outputs[o].path, outputs[other].option, outputs[o].option);
                return false;
            }
        }
    }
    return true;
}

bool app_output_is(const struct stat *file)
{
    for (int i = 0; i < opened_count; i++)
        if (opened[i].device == file->st_dev && opened[i].node == file->st_ino)
            return true;
    return false;
}

/* --- opening --- */

static bool cannot_write(const char *path, int error)
{
    app_say(APP_SYSTEM, "'%s' cannot be written: %s", path, strerror(error));
    return false;
}

void app_output_standard(app_output *output, FILE *stream)
{
    *output = (app_output){.stream = app_ranks_rank() > 0 ? stdout : stream};   /* which is /dev/null there */
}

static void forget(app_output *output)
{
    free(output->target);
    free(output->temporary);
    *output = (app_output){0};
}

/* The mode and, where we may, the group of the file that is replaced. */
static void keep_mode(int descriptor, const struct stat *before)
{
    if (fchown(descriptor, (uid_t)-1, before->st_gid) == 0)
        (void)fchmod(descriptor, before->st_mode & 07777);
    else
        (void)fchmod(descriptor, before->st_mode & 0707);
}

/* The new file beside the old; false with errno. */
static bool open_beside(app_output *output, const struct stat *before)
{
    size_t size = strlen(output->target) + 32;
    output->temporary = malloc(size);
    if (output->temporary == NULL)
        return false;
    snprintf(output->temporary, size, "%s.tmp-%ld", output->target, (long)getpid());
    int descriptor = open(output->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor >= 0 && before != NULL)
        keep_mode(descriptor, before);
    output->stream = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    return output->stream != NULL;
}

/* In a folder that takes no new file: collected elsewhere, copied over the old one at the end. */
static bool open_in_place(app_output *output)
{
    int error = errno;
    free(output->temporary);
    output->temporary = NULL;
    int descriptor = error == EACCES || error == EROFS ? open(output->target, O_WRONLY | O_CLOEXEC) : -1;
    if (descriptor < 0) {
        errno = error;
        return false;
    }
    output->in_place = descriptor + 1;
    output->stream = tmpfile();
    return output->stream != NULL;
}

/* The standard stream that goes to this plain file ("/dev/stdout" under `>file`): it is written behind it. */
static int standard_of(const struct stat *file)
{
    struct stat found;
    for (int descriptor = STDOUT_FILENO; descriptor <= STDERR_FILENO; descriptor++)
        if (S_ISREG(file->st_mode) && fstat(descriptor, &found) == 0 && found.st_dev == file->st_dev &&
            found.st_ino == file->st_ino)
            return descriptor;
    return -1;
}

static bool open_file(app_output *output, const char *path)
{
    struct stat found;
    char target[PATH_MAX];
    bool exists = stat(path, &found) == 0;
    int standard = exists ? standard_of(&found) : -1;
    if (standard >= 0 || (exists && !S_ISREG(found.st_mode))) {
        output->stream = standard >= 0 ? fdopen(dup(standard), "w") : fopen(path, "w");
        return output->stream != NULL;
    }
    errno = ENAMETOOLONG;
    if (!follow(path, target))
        return false;
    output->target = strdup(target);
    if (output->target == NULL)
        return false;
    if (exists && access(target, W_OK) != 0)
        return false;
    if (exists && opened_count < OPEN_MAX_FILES)
        opened[opened_count++] = (place){.known = true, .exists = true, .device = found.st_dev, .node = found.st_ino};
    return open_beside(output, exists ? &found : NULL) || open_in_place(output);
}

bool app_output_open(app_output *output, const char *path)
{
    app_output_standard(output, stdout);
    if (strcmp(path, "-") == 0)
        return true;
    *output = (app_output){.path = path};
    if (open_file(output, app_ranks_rank() > 0 ? "/dev/null" : path))
        return true;
    cannot_write(path, errno);
    app_output_drop(output);
    return false;
}

/* --- writing and keeping --- */

bool app_output_write(app_output *output, const void *bytes, size_t length)
{
    errno = 0;
    if (output->error == 0 && fwrite(bytes, 1, length, output->stream) != length)
        output->error = errno != 0 ? errno : EIO;
    return output->error == 0;
}

bool app_output_write_text(app_output *output, app_output_text *text, const void *result, int64_t elapsed_ms)
{
    size_t size = text(result, elapsed_ms, NULL, 0) + 1;
    char *buffer = malloc(size);
    if (buffer == NULL)
        return false;
    bool good = app_output_write(output, buffer, text(result, elapsed_ms, buffer, size));
    free(buffer);
    return good;
}

bool app_output_trouble(const app_output *output)
{
    return output->error != 0 && !cannot_write(output->path != NULL ? output->path : "-", output->error);
}

/* The bytes that were collected, over those of the file. */
static bool copy_in_place(app_output *output)
{
    char bytes[65536];
    size_t got;
    int descriptor = output->in_place - 1;
    rewind(output->stream);
    bool good = ftruncate(descriptor, 0) == 0;
    while (good && (got = fread(bytes, 1, sizeof bytes, output->stream)) > 0)
        for (size_t done = 0; good && done < got;) {
            ssize_t wrote = write(descriptor, bytes + done, got - done);
            good = wrote > 0;
            done += good ? (size_t)wrote : 0;
        }
    return good && !ferror(output->stream);
}

static bool make_ready(app_output *output)
{
    FILE *stream = output->stream;
    if (stream == NULL)
        return true;
    errno = 0;
    bool good = fflush(stream) == 0 && !ferror(stream);
    if (good && output->temporary != NULL) {
        output->stream = NULL;
        good = fclose(stream) == 0;
    }
    if (!good && output->error == 0)
        output->error = errno != 0 ? errno : EIO;
    return good && output->error == 0;
}

bool app_outputs_ready(app_output *const *outputs, int count)
{
    for (int i = 0; i < count; i++)
        if (!make_ready(outputs[i])) {
            app_output_trouble(outputs[i]);
            return false;
        }
    return true;
}

/* What is ready takes its place. */
static bool put_in_place(app_output *output)
{
    bool good = true;
    if (output->temporary != NULL)
        good = rename(output->temporary, output->target) == 0;
    else if (output->in_place > 0)
        good = copy_in_place(output);
    return good || cannot_write(output->path, errno);
}

bool app_outputs_keep(app_output *const *outputs, int count)
{
    bool good = app_outputs_ready(outputs, count);
    for (int i = 0; i < count; i++) {
        good = good && put_in_place(outputs[i]);
        if (good && outputs[i]->temporary != NULL)
            outputs[i]->temporary[0] = 0;   /* it is the file now */
        app_output_drop(outputs[i]);
    }
    return good;
}

bool app_output_keep(app_output *output)
{
    return app_outputs_keep((app_output *const[]){output}, 1);
}

void app_output_drop(app_output *output)
{
    if (output->path != NULL && output->stream != NULL)
        fclose(output->stream);
    if (output->temporary != NULL && output->temporary[0] != 0)
        unlink(output->temporary);
    if (output->in_place > 0)
        close(output->in_place - 1);
    forget(output);
}
