/* Every scenarios/NAME.story, with --check, gives the lines of scenarios/NAME.trace, word for word; and the same lines
   however the work is sliced (R21) and however slack is split over the triggers (R7). scripts/retrace.sh rewrites the
   traces. A story with `generate` belongs to `breakwater run` and is left out. */
#include <dirent.h>
#include <unistd.h>

#include "check.h"
#include "story/session.h"

enum { STORIES_MAX = 512 };

typedef struct {
    FILE *files[BW_STORY_DEPTH];
    void *blocks[16];
    int block_count;
    char *trace;
    size_t length, size;
} host_state;

static char folder[2048];
static char *names[STORIES_MAX];

static void *host_memory(void *context, size_t bytes)
{
    host_state *host = context;
    assert_true(host->block_count < 16);
    char *block = calloc(1, bytes + 64);
    host->blocks[host->block_count++] = block;
    return block + (64 - (uintptr_t)block % 64);
}

static bool host_open(void *context, uint32_t depth, const char *path, const char *from, bw_story_file *file)
{
    host_state *host = context;
    (void)from;
    snprintf(file->name, sizeof file->name, "%s", path);
    file->identity[0] = depth + 1;   /* cycles are test_parse's business */
    char full[4096];
    snprintf(full, sizeof full, "%s/%s", folder, path);
    host->files[depth] = fopen(full, "rb");
    return host->files[depth] != NULL;
}

static int64_t host_read(void *context, uint32_t depth, void *bytes, size_t size)
{
    return (int64_t)fread(bytes, 1, size, ((host_state *)context)->files[depth]);
}

static void host_close(void *context, uint32_t depth)
{
    fclose(((host_state *)context)->files[depth]);
}

static bool host_trace(void *context, const char *line, size_t length)
{
    host_state *host = context;
    if (host->length + length + 1 > host->size) {
        host->size = (host->size + length) * 2 + 4096;
        host->trace = realloc(host->trace, host->size);
    }
    memcpy(host->trace + host->length, line, length);
    host->length += length;
    host->trace[host->length] = 0;
    return true;
}

/* The trace of a story, to be freed; fails the test if the story does. */
static char *run(const char *name, bw_story_options options)
{
    host_state state = {0};
    bw_story_host host = {.context = &state, .memory = host_memory, .open = host_open, .read = host_read,
                          .close = host_close, .trace = host_trace};
    bw_story *story = bw_story_new(host_memory(&state, bw_story_footprint()), &host, &options);
    bw_story_result result = bw_story_run(story, name);
    char message[BW_STORY_TEXT];
    snprintf(message, sizeof message, "%s", bw_story_message(story));
    while (state.block_count > 0)
        free(state.blocks[--state.block_count]);
    if (result != BW_STORY_DONE) {
        free(state.trace);
        fail_msg("%s", message);
    }
    return state.trace != NULL ? state.trace : strdup("");
}

static char *read_whole(const char *path)
{
    FILE *stream = fopen(path, "rb");
    if (stream == NULL)
        return NULL;
    fseek(stream, 0, SEEK_END);
    size_t size = (size_t)ftell(stream);
    rewind(stream);
    char *text = calloc(1, size + 1);
    assert_int_equal(fread(text, 1, size, stream), size);
    fclose(stream);
    return text;
}

/* Prints the first line that differs. */
static void same_text(const char *what, const char *expected, const char *found)
{
    int line = 1;
    while (*expected != 0 && *found != 0) {
        size_t length_expected = strcspn(expected, "\n"), length_found = strcspn(found, "\n");
        if (length_expected != length_found || memcmp(expected, found, length_found) != 0)
            break;
        expected += length_expected + (expected[length_expected] == '\n');
        found += length_found + (found[length_found] == '\n');
        line++;
    }
    if (*expected != 0 || *found != 0)
        fail_msg("%s, line %d:\nexpected %.*s\nfound    %.*s", what, line, (int)strcspn(expected, "\n"), expected,
                 (int)strcspn(found, "\n"), found);
}

static bool has(const char *name, const char *word)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    char *text = read_whole(path);
    bool found = strstr(text, word) != NULL;
    free(text);
    return found;
}

static void story_matches(void **state)
{
    const char *name = *state;
    char path[4096];
    snprintf(path, sizeof path, "%s/%.*s.trace", folder, (int)(strlen(name) - 6), name);
    char *expected = read_whole(path), *found = run(name, (bw_story_options){.check = true});
    if (expected == NULL)
        fail_msg("%s is missing: scripts/retrace.sh writes it", path);
    same_text(path, expected, found);
    free(found);
    static const uint32_t WORKS[] = {1, 7, 0};
    for (int i = 0; i < 3; i++) {
        found = run(name, (bw_story_options){.tune = true, .work_max = WORKS[i]});
        same_text("with work sliced otherwise", expected, found);
        free(found);
    }
    /* a trigger is where the split shows, and nowhere else */
    bool shows_triggers = has(name, "trigger") || has(name, "position");
    for (uint32_t split = BW_SPLIT_EQUAL; split <= BW_SPLIT_FIRST && !shows_triggers; split++) {
        found = run(name, (bw_story_options){.check = true, .tune = true, .work_max = 64, .split = split});
        same_text("with slack split otherwise", expected, found);
        free(found);
    }
    free(expected);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static size_t find_stories(void)
{
    size_t count = 0;
    const char *root = getenv("BW_SOURCE_DIR");
    snprintf(folder, sizeof folder, "%s/scenarios", root ? root : ".");
    DIR *opened = opendir(folder);
    for (struct dirent *entry; opened != NULL && (entry = readdir(opened)) != NULL;) {
        size_t length = strlen(entry->d_name);
        if (length > 6 && strcmp(entry->d_name + length - 6, ".story") == 0 && !has(entry->d_name, "\ngenerate") &&
            count < STORIES_MAX)
            names[count++] = strdup(entry->d_name);
    }
    if (opened != NULL)
        closedir(opened);
    qsort(names, count, sizeof *names, by_name);
    return count;
}

static void there_are_stories(void **state)
{
    (void)state;
    assert_non_null(names[0]);
}

int main(void)
{
    static struct CMUnitTest tests[STORIES_MAX + 1];
    size_t count = find_stories();
    for (size_t i = 0; i < count; i++)
        tests[i] = (struct CMUnitTest){names[i], story_matches, NULL, NULL, names[i]};
    tests[count] = (struct CMUnitTest)cmocka_unit_test(there_are_stories);
    int failed = _cmocka_run_group_tests("stories", tests, count + 1, NULL, NULL);
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    return failed;
}
