/* shell.h - the program as a user calls it: shell commands in a folder of the test's own, and what they printed.

   $S is the scenario of 2025-10-10, $D its facts, $R the folder of scenarios, $V that of venues. */
#ifndef BW_TEST_SHELL_H
#define BW_TEST_SHELL_H

#include <jansson.h>

#include "check.h"

static char folder[] = "/tmp/breakwater-run-XXXXXX";
static char out[1u << 20], err[65536];

static inline void slurp(const char *name, char *text, size_t size)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *stream = fopen(path, "rb");
    text[0] = 0;
    if (stream == NULL)
        return;
    text[fread(text, 1, size - 1, stream)] = 0;
    fclose(stream);
}

/* Runs a shell command in the folder; $S is the scenario, $D its facts. Returns the exit code. */
static inline int shell(const char *line)
{
    char command[8192];
    const char *build = getenv("BW_BUILD_DIR"), *root = getenv("BW_SOURCE_DIR");
    snprintf(command, sizeof command,
             "R=%s/scenarios; S=$R/2025-10-10.story D=$R/2025-10-10 V=%s/venues; PATH=%s:$PATH; cd %s && { %s; } >out 2>err",
             root ? root : ".", root ? root : ".", build ? build : "build", folder, line);
    int status = system(command);
    assert_true(WIFEXITED(status));
    slurp("out", out, sizeof out);
    slurp("err", err, sizeof err);
    return WEXITSTATUS(status);
}

static inline void must(const char *line, int code)
{
    int got = shell(line);
    if (got != code)
        fail_msg("%s: exit %d, expected %d\n%s", line, got, code, err);
}

static inline void one_line(void)
{
    const char *end = strchr(err, '\n');
    assert_non_null(end);
    assert_int_equal(end[1], 0);
}

/* Nothing but what the shell itself left. */
static inline void nothing_is_left(void)
{
    must("ls | grep -v -e '^out$' -e '^err$' -e '^in' | wc -l", 0);
    assert_int_equal(atoi(out), 0);
}

static inline json_t *json_of(const char *name)
{
    char path[256];
    json_error_t trouble;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    json_t *json = json_load_file(path, JSON_DISABLE_EOF_CHECK, &trouble);
    if (json == NULL)
        fail_msg("%s: %s", name, trouble.text);
    return json;
}

/* A decimal string of a six-decimal asset in minor units. */
static inline long long money(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    assert_non_null(text);
    const char *point = strchr(text, '.');
    assert_non_null(point);
    assert_int_equal(strlen(point), 7);
    long long whole = atoll(text), part = atoll(point + 1);
    return whole * 1000000 + (text[0] == '-' ? -part : part);
}

static inline long long count(const json_t *object, const char *key)
{
    assert_true(json_is_integer(json_object_get(object, key)));
    return json_integer_value(json_object_get(object, key));
}

static inline int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static inline int remove_folder(void **state)
{
    char line[256];
    (void)state;
    snprintf(line, sizeof line, "rm -rf '%s'", folder);
    return system(line);
}

/* A text of an object. */
static inline const char *word(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    assert_non_null(text);
    return text;
}

#endif
