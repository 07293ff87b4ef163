/* conform.c - `breakwater conform`: runs a folder of cases of other venues and says which of them hold. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/command.h"
#include "app/message.h"
#include "app/options.h"
#include "app/outputs.h"
#include "app/signals.h"
#include "conform/conform.h"

#define FILE_BYTES_MAX (INT64_C(16) << 20)
#define INDEX_NAME "INDEX.json"

static const char HELP[] =
    "usage: breakwater conform DIR [--json FILE|-]\n"
    "\n"
    "Runs every case DIR/*.json of the schema conformance/1 through the functions that the venue itself calls and compares\n"
    "what comes out with what the case expects (docs/conform.md). INDEX.json is left out. In the order of the ids:\n"
    "\n"
    "  PASS id    FAIL id: field: expected X, got Y    SKIP id: reason\n"
    "\n"
    "  --json FILE|-    the same, one JSON object a line (schema breakwater-conform/1), the counts last\n"
    "\n"
    "A file that is no such case fails, with its name and the field at fault.\n"
    "\n"
    "exit codes: 0 no case failed; 1 one did, or is malformed; 2 the command line is wrong; 3 DIR is no folder, has no\n"
    "such file, or all are of another schema, and nothing was run;\n"
    "5 an output cannot be written; 130 interrupted, after the cases that were run\n";

/* A file of the folder. */
typedef struct case_file {
    char *path, *id;                     /* id: the case's, or the file's name without .json */
    bw_conform_case *opened;             /* NULL: it is no case, and `wrong` says why */
    bw_conform_verdict wrong;
    bool is_other;                       /* of another schema */
} case_file;

typedef struct conform_run {
    case_file *files;
    size_t count, room;
    app_output json, screen;
    bool want_json;
    uint64_t passed, failed, skipped;
} conform_run;

/* --------------------------------------------------------------------------------------------------------- folder */

static bool is_case_name(const char *name)
{
    size_t length = strlen(name);
    return name[0] != '.' && length > 5 && strcmp(name + length - 5, ".json") == 0 && strcmp(name, INDEX_NAME) != 0;
}

static bool file_add(conform_run *run, const char *folder, const char *name)
{
    if (run->count == run->room) {
        size_t room = run->room > 0 ? 2 * run->room : 64;
        case_file *files = realloc(run->files, room * sizeof *files);
        if (files == NULL)
            return false;
        run->files = files;
        run->room = room;
    }
    case_file *file = &run->files[run->count];
    size_t length = strlen(folder), slash = length > 0 && folder[length - 1] != '/';
    *file = (case_file){.path = malloc(length + slash + strlen(name) + 1), .id = strdup(name)};
    run->count++;
    if (file->path == NULL || file->id == NULL)
        return false;
    sprintf(file->path, "%s%s%s", folder, slash ? "/" : "", name);
    file->id[strlen(name) - 5] = 0;
    for (char *c = file->id; *c != 0; c++)   /* a name that no line can hold is shown with '?' */
        *c = (unsigned char)*c <= 0x20 || (unsigned char)*c == 0x7f ? '?' : *c;
    return true;
}

static app_exit folder_read(conform_run *run, const char *folder)
{
    DIR *stream = opendir(folder);
    app_exit end = APP_DONE;
    if (stream == NULL && errno == ENOENT)
        return app_say(APP_INPUT, "%s: found nothing, expected a folder of cases", folder);
    if (stream == NULL && errno == ENOTDIR)
        return app_say(APP_INPUT, "%s: found a file, expected a folder of cases", folder);
    if (stream == NULL)
        return app_say(APP_INPUT, "%s: cannot be read: %s", folder, strerror(errno));
    for (struct dirent *entry = readdir(stream); entry != NULL && end == APP_DONE; entry = readdir(stream))
        if (is_case_name(entry->d_name) && !file_add(run, folder, entry->d_name))
            end = app_say(APP_SYSTEM, "no memory for the cases of '%s'", folder);
    closedir(stream);
    if (end == APP_DONE && run->count == 0)
        end = app_say(APP_INPUT, "%s: found no file '*.json', expected cases of schema '%s'", folder, BW_CONFORM_SCHEMA);
    return end;
}

static void is_no_case(case_file *file, const char *field, const char *expected, const char *got)
{
    file->wrong = (bw_conform_verdict){.outcome = BW_CONFORM_FAIL, .malformed = true};
    snprintf(file->wrong.field, sizeof file->wrong.field, "%s", field);
    snprintf(file->wrong.expected, sizeof file->wrong.expected, "%s", expected);
    snprintf(file->wrong.got, sizeof file->wrong.got, "%s", got);
}

/* The text of a plain file of at most 16 MiB; NULL: it is none, or there is no memory (*end). */
static char *file_text(case_file *file, size_t *length, app_exit *end)
{
    static const char WANTED[] = "one of at most 16 MiB that can be read";
    struct stat found;
    char *text = NULL, size[32];
    errno = 0;
    bool there = stat(file->path, &found) == 0;
    FILE *stream = there && S_ISREG(found.st_mode) ? fopen(file->path, "rb") : NULL;
    if (stream == NULL) {
        is_no_case(file, "file", WANTED, errno != 0 ? strerror(errno) : S_ISDIR(found.st_mode) ? "a folder" : "no plain file");
    } else if (found.st_size > FILE_BYTES_MAX) {
        snprintf(size, sizeof size, "%lld bytes", (long long)found.st_size);
        is_no_case(file, "file", WANTED, size);
    } else if ((text = malloc((size_t)found.st_size + 1)) == NULL) {
        *end = app_say(APP_SYSTEM, "no memory for '%s'", file->path);
    } else {
        *length = fread(text, 1, (size_t)found.st_size, stream);
    }
    if (stream != NULL)
        fclose(stream);
    return text;
}

static void case_parse(case_file *file, const char *text, size_t length)
{
    char message[256], place[32];
    uint32_t line;
    bw_conform_found found = bw_conform_open(text, length, &file->opened, message, sizeof message, &line);
    snprintf(place, sizeof place, "line %u", line);
    if (found == BW_CONFORM_MALFORMED)
        is_no_case(file, place, "JSON", message);
    else if (found == BW_CONFORM_NO_OBJECT)
        is_no_case(file, "file", "an object of schema '" BW_CONFORM_SCHEMA "'", message);
    else if (found != BW_CONFORM_CASE)
        is_no_case(file, "schema", "'" BW_CONFORM_SCHEMA "'", message);
    file->is_other = found == BW_CONFORM_OTHER;
}

static app_exit case_open(case_file *file)
{
    app_exit end = APP_DONE;
    size_t length = 0;
    char *text = file_text(file, &length, &end);
    if (text == NULL)
        return end;
    case_parse(file, text, length);
    free(text);
    const char *id = file->opened != NULL ? bw_conform_id(file->opened) : NULL;
    if (id == NULL)
        return APP_DONE;
    free(file->id);
    file->id = strdup(id);
    return file->id != NULL ? APP_DONE : app_say(APP_SYSTEM, "no memory for '%s'", file->path);
}

static int by_id(const void *a, const void *b)
{
    const case_file *one = a, *other = b;
    int order = strcmp(one->id, other->id);
    return order != 0 ? order : strcmp(one->path, other->path);
}

/* ------------------------------------------------------------------------------------------------------- verdicts */

static void put_text(FILE *stream, const char *key, const char *text)
{
    fprintf(stream, ", \"%s\": ", key);
    if (text[0] == 0) {
        fputs("null", stream);
        return;
    }
    app_message_json(stream, text);
}

static void verdict_json(FILE *stream, const case_file *file, const bw_conform_verdict *verdict)
{
    static const char *const words[] = {"pass", "fail", "skip"};
    fputs("{\"schema\": \"breakwater-conform/1\"", stream);
    put_text(stream, "id", file->id);
    put_text(stream, "verdict", words[verdict->outcome]);
    put_text(stream, "field", verdict->field);
    put_text(stream, "expected", verdict->expected);
    put_text(stream, "got", verdict->got);
    put_text(stream, "reason", verdict->reason);
    fputs("}\n", stream);
}

static void verdict_show(conform_run *run, const case_file *file, bw_conform_verdict *verdict)
{
    FILE *screen = run->screen.stream;
    if (verdict->malformed)
        snprintf(verdict->reason, sizeof verdict->reason, "%.200s is malformed", file->path);
    if (verdict->outcome == BW_CONFORM_PASS)
        fprintf(screen, "PASS %s\n", file->id);
    else if (verdict->outcome == BW_CONFORM_SKIP)
        fprintf(screen, "SKIP %s: %s\n", file->id, verdict->reason);
    else
        fprintf(screen, "FAIL %s: %s%s%s: expected %s, got %s\n", file->id, verdict->malformed ? file->path : "",
                verdict->malformed ? ": " : "", verdict->field, verdict->expected, verdict->got);
    if (run->want_json)
        verdict_json(run->json.stream, file, verdict);
    run->passed += verdict->outcome == BW_CONFORM_PASS;
    run->failed += verdict->outcome == BW_CONFORM_FAIL;
    run->skipped += verdict->outcome == BW_CONFORM_SKIP;
}

/* A case that is none is wrong whatever it says; so is the second of two with one id. */
static bool case_judge(const conform_run *run, size_t n, bw_conform_verdict *verdict)
{
    const case_file *file = &run->files[n];
    *verdict = file->wrong;
    if (file->opened == NULL)
        return true;
    if (n == 0 || strcmp(file->id, run->files[n - 1].id) != 0)
        return bw_conform_run(file->opened, verdict);
    *verdict = (bw_conform_verdict){.outcome = BW_CONFORM_FAIL, .malformed = true};
    snprintf(verdict->field, sizeof verdict->field, "id");
    snprintf(verdict->expected, sizeof verdict->expected, "one that no other file has");
    snprintf(verdict->got, sizeof verdict->got, "that of %.300s", run->files[n - 1].path);
    return true;
}

/* A folder all of whose files are of another schema is none of cases. */
static app_exit cases_open(conform_run *run)
{
    size_t others = 0;
    for (size_t n = 0; n < run->count; n++) {
        app_exit end = case_open(&run->files[n]);
        if (end != APP_DONE)
            return end;
        others += run->files[n].is_other;
    }
    qsort(run->files, run->count, sizeof *run->files, by_id);
    return others < run->count ? APP_DONE : app_say(APP_INPUT, "%s: schema: found %s, expected '%s'", run->files[0].path,
                                                    run->files[0].wrong.got, BW_CONFORM_SCHEMA);
}

static app_exit cases_run(conform_run *run)
{
    app_exit end = cases_open(run);
    if (end != APP_DONE)
        return end;
    for (size_t n = 0; n < run->count && !app_interrupted; n++) {
        bw_conform_verdict verdict;
        if (!case_judge(run, n, &verdict))
            return app_say(APP_SYSTEM, "no memory for '%s'", run->files[n].path);
        verdict_show(run, &run->files[n], &verdict);
    }
    fprintf(run->screen.stream, "%llu passed, %llu failed, %llu skipped\n", (unsigned long long)run->passed,
            (unsigned long long)run->failed, (unsigned long long)run->skipped);
    if (run->want_json)
        fprintf(run->json.stream,
                "{\"schema\": \"breakwater-conform/1\", \"passed\": %llu, \"failed\": %llu, \"skipped\": %llu}\n",
                (unsigned long long)run->passed, (unsigned long long)run->failed, (unsigned long long)run->skipped);
    return app_interrupted ? APP_INTERRUPTED : run->failed > 0 ? APP_CHECK_FAILED : APP_DONE;
}

static void run_free(conform_run *run)
{
    for (size_t n = 0; n < run->count; n++) {
        bw_conform_drop(run->files[n].opened);
        free(run->files[n].path);
        free(run->files[n].id);
    }
    free(run->files);
}

static app_exit conform(int argc, char **argv)
{
    const char *folder = NULL, *json = NULL;
    const app_option options[] = {{"--json", APP_OPTION_TEXT, &json}, {NULL, APP_OPTION_FLAG, NULL}};
    conform_run run = {0};
    if (!app_options_read("conform", argc, argv, options, "DIR", &folder, 1))
        return APP_USAGE;
    run.want_json = json != NULL;
    app_output_standard(&run.screen, json != NULL && strcmp(json, "-") == 0 ? stderr : stdout);
    app_signals_catch();
    app_exit end = folder_read(&run, folder);
    if (end == APP_DONE && json != NULL && !app_output_open(&run.json, json))
        end = APP_SYSTEM;
    if (end == APP_DONE)
        end = cases_run(&run);
    run_free(&run);
    if (end != APP_DONE && end != APP_CHECK_FAILED && end != APP_INTERRUPTED)
        app_output_drop(&run.json);
    return app_outputs_keep((app_output *const[]){&run.screen, &run.json}, 2) ? end : APP_SYSTEM;
}

const app_command APP_CONFORM = {"conform", "runs other venues' test cases through the venue's own formulas", HELP, conform};
