/* compare_venues.c - the venues' files: where they are, and the rules in them. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/compare.h"
#include "story/session.h"

static const char SUFFIX[] = ".story";

/* ---- where ---- */

static bool is_folder(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

/* The name of a venue's file without folder and ".story"; false: it is none. */
static bool name_of(const char *path, char name[APP_VENUE_NAME])
{
    const char *slash = strrchr(path, '/');
    const char *base = slash != NULL ? slash + 1 : path;
    size_t length = strlen(base), suffix = strlen(SUFFIX);
    if (length <= suffix || length - suffix >= APP_VENUE_NAME || base[0] == '.' ||
        strcmp(base + length - suffix, SUFFIX) != 0)
        return false;
    memcpy(name, base, length - suffix);
    name[length - suffix] = 0;
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const app_venue *)a)->name, ((const app_venue *)b)->name);
}

/* Every NAME.story of a folder, by name. */
static app_exit list_folder(const char *command, const char *folder, app_venue *venues, uint32_t *count)
{
    DIR *stream = opendir(folder);
    if (stream == NULL)
        return app_say(APP_INPUT, "%s: the folder '%s' cannot be opened: %s", command, folder, strerror(errno));
    app_exit end = APP_DONE;
    for (struct dirent *entry; end == APP_DONE && (entry = readdir(stream)) != NULL;) {
        app_venue venue = {.decimals = 0};
        if (!name_of(entry->d_name, venue.name))
            continue;
        if (*count == APP_VENUES_MAX)
            end = app_say(APP_INPUT, "%s: the folder '%s' has more than %d venues, expected at most %d", command, folder,
                          APP_VENUES_MAX, APP_VENUES_MAX);
        else if (snprintf(venue.path, sizeof venue.path, "%s/%s", folder, entry->d_name) < (int)sizeof venue.path)
            venues[(*count)++] = venue;
    }
    closedir(stream);
    if (end == APP_DONE && *count == 0)
        end = app_say(APP_INPUT, "%s: the folder '%s' holds no venue, expected files NAME.story", command, folder);
    qsort(venues, *count, sizeof *venues, by_name);
    return end;
}

/* ---- which ---- */

static app_exit unknown(const char *command, const char *name, const char *folder, const app_venue *known, uint32_t count)
{
    bw_story_nearest nearest;
    bw_story_nearest_new(&nearest, name);
    for (uint32_t i = 0; i < count; i++)
        if (strcasecmp(known[i].name, name) == 0)
            nearest.best = known[i].name;
    for (uint32_t i = 0; i < count && nearest.best == NULL; i++)
        bw_story_nearest_offer(&nearest, known[i].name);
    if (nearest.best != NULL)
        return app_say(APP_INPUT, "%s: found '%s', expected a venue of '%s'; did you mean '%s'?", command, name, folder,
                       nearest.best);
    return app_say(APP_INPUT, "%s: found '%s', expected a venue of '%s' or a file NAME.story", command, name, folder);
}

/* One word of the list: a venue of the folder, or a file of one's own. */
static app_exit take_venue(const char *command, const char *word, const char *folder, const app_venue *known,
                           uint32_t known_count, app_venue *venue)
{
    for (uint32_t i = 0; i < known_count; i++)
        if (strcmp(known[i].name, word) == 0) {
            *venue = known[i];
            return APP_DONE;
        }
    *venue = (app_venue){.decimals = 0};
    if (!name_of(word, venue->name) || strlen(word) >= sizeof venue->path)
        return unknown(command, word, folder, known, known_count);
    strcpy(venue->path, word);
    return APP_DONE;
}

static app_exit take_list(const char *command, char *list, const char *folder, const app_venue *known,
                          uint32_t known_count, app_venue *venues, uint32_t *count)
{
    for (char *word = list, *next; word != NULL; word = next) {
        next = strchr(word, ',');
        if (next != NULL)
            *next++ = 0;
        if (*word == 0)
            return app_say(APP_USAGE, "%s: found nothing, expected a venue between the commas of --venues", command);
        if (strcmp(word, "all") == 0)
            return app_say(APP_USAGE, "%s: found 'all' beside other venues, expected it alone", command);
        if (*count == APP_VENUES_MAX)
            return app_say(APP_USAGE, "%s: found more than %d venues, expected at most %d", command, APP_VENUES_MAX, APP_VENUES_MAX);
        app_exit end = take_venue(command, word, folder, known, known_count, &venues[*count]);
        if (end != APP_DONE)
            return end;
        for (uint32_t i = 0; i < *count; i++)
            if (strcmp(venues[i].name, venues[*count].name) == 0)
                return app_say(APP_USAGE, "%s: found '%s' again, expected every venue once", command, word);
        ++*count;
    }
    return APP_DONE;
}

app_exit app_venues_find(const char *command, const char *list, const char *folder, app_venue *venues, uint32_t *count)
{
    char found[BW_STORY_PATH];
    uint32_t known_count = 0;
    *count = 0;
    if (folder == NULL && app_file_find("venues", found, sizeof found) && is_folder(found))
        folder = found;
    if (folder == NULL && strcmp(list, "all") == 0)
        return app_say(APP_INPUT, "%s: there is no folder 'venues' here, expected one or --folder", command);
    app_venue *known = calloc(APP_VENUES_MAX, sizeof *known);
    char *words = strdup(list);
    app_exit end = known == NULL || words == NULL ? app_say(APP_SYSTEM, "no memory for the venues") : APP_DONE;
    if (end == APP_DONE && folder != NULL)
        end = list_folder(command, folder, known, &known_count);
    if (end == APP_DONE && strcmp(list, "all") == 0) {
        memcpy(venues, known, known_count * sizeof *known);
        *count = known_count;
    } else if (end == APP_DONE) {
        end = take_list(command, words, folder != NULL ? folder : "venues", known, known_count, venues, count);
    }
    free(words);
    free(known);
    return end;
}

/* ---- rules ---- */

typedef struct {
    app_sources sources;
    app_venue *venue;
    uint32_t stranger_line;   /* a command that sets no rules; 0: none */
    uint16_t stranger;
} reading;

static void *host_memory(void *context, size_t bytes)
{
    return app_sources_memory(&((reading *)context)->sources, bytes);
}

static bool host_open(void *context, uint32_t depth, const char *path, const char *from, bw_story_file *file)
{
    return app_sources_open(&((reading *)context)->sources, depth, path, from, file);
}

static int64_t host_read(void *context, uint32_t depth, void *bytes, size_t size)
{
    return app_sources_read(&((reading *)context)->sources, depth, bytes, size);
}

static void host_close(void *context, uint32_t depth)
{
    app_sources_close(&((reading *)context)->sources, depth);
}

static void host_observe(void *context, const bw_story_observation *seen)
{
    reading *at = context;
    uint16_t type = seen->command->type;
    if (type == BW_COMMAND_POOL)
        at->venue->line = seen->line;
    else if (type == BW_COMMAND_SETTLE)
        at->venue->settles = true;
    else if (type != BW_COMMAND_ASSET && at->stranger_line == 0) {
        at->stranger_line = seen->line;
        at->stranger = type;
    }
}

/* The rules of the story's one pool. */
static app_exit take_rules(const reading *at, const bw_story *story)
{
    const bw_story_book *names = &story->book;
    app_venue *venue = at->venue;
    char text[BW_STORY_PATH + 128];
    if (at->stranger_line > 0) {
        snprintf(text, sizeof text, "%s:%u: found '%s', expected asset, pool or settle: the file of a venue sets rules",
                 venue->path, at->stranger_line, bw_command_word(at->stranger));
        return app_say_at(APP_INPUT, text);
    }
    if (names->pool_count != 1) {
        snprintf(text, sizeof text, "%s: found %u pools, expected one", venue->path, names->pool_count);
        return app_say_at(APP_INPUT, text);
    }
    venue->pool = names->pools[0].command;
    venue->decimals = names->assets[venue->pool.asset].decimals;
    return APP_DONE;
}

app_exit app_venue_read(app_venue *venue)
{
    reading at = {.venue = venue};
    bw_story_host host = {.context = &at, .memory = host_memory, .open = host_open, .read = host_read,
                          .close = host_close, .observe = host_observe};
    bw_story_options options = {.check = false};
    void *memory = app_sources_memory(&at.sources, bw_story_footprint());
    if (memory == NULL)
        return app_say(APP_SYSTEM, "no memory for a venue");
    bw_story *story = bw_story_new(memory, &host, &options);
    bw_story_result result = bw_story_run(story, venue->path);
    bool expects = bw_story_count(story)->expectations > 0;   /* a check of its own; else it is a rule that is refused */
    app_exit end = result == BW_STORY_DONE ? take_rules(&at, story)
                                           : app_say_at(result == BW_STORY_SYSTEM                ? APP_SYSTEM
                                                        : result == BW_STORY_FAILED && expects ? APP_CHECK_FAILED
                                                                                               : APP_INPUT,
                                                        bw_story_message(story));
    app_sources_free(&at.sources);
    return end;
}
