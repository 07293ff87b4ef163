/* Other venues' numbers, told as stories: a story names the cases (docs/conform.md) that it tells by their whole id, on a line
   `# Case: drift-cp-01-pool-short` or anywhere else in its comments. At least 40 are told; each by a story that has its row
   in scenarios/README.md; none of them is among those of docs/conform.md that no story can tell; and where the cases are
   there (../shared/conformance), each is one of them. */
#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>

#include "check.h"

enum { CASES_MAX = 1024, ID_MAX = 64, TOLD_MIN = 40 };

typedef struct {
    char id[ID_MAX], story[256];
} told_case;

static char root[2048];
static told_case told[CASES_MAX];
static uint32_t told_count;

/* ------------------------------------------------------------------------------------------------------------ help */

/* The whole file, to be freed; NULL if there is none. */
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

static char *read_in(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s/%s", root, folder, name);
    return read_whole(path);
}

static bool in_word(char c)
{
    return islower((unsigned char)c) || isdigit((unsigned char)c) || c == '-';
}

/* `needle` as a word of its own: neither letter, digit nor '-' before or after it. */
static bool has_word(const char *text, const char *needle)
{
    size_t length = strlen(needle);
    for (const char *at = strstr(text, needle); at != NULL; at = strstr(at + 1, needle))
        if ((at == text || !in_word(at[-1])) && !in_word(at[length]))
            return true;
    return false;
}

/* Does the word begin as an id does: VENUE-KIND-NUMBER, two letters and two digits? Words such as `venue-...` do not. */
static bool begins_as_id(const char *word)
{
    static const char *const VENUES[] = {"curie", "derive", "drift", "dydx1", "dydx4", "mango", "mcdex", "orderly", "perc",
                                         "vega"};
    for (size_t i = 0; i < sizeof VENUES / sizeof *VENUES; i++) {
        size_t length = strlen(VENUES[i]);
        const char *rest = word + length;
        if (strncmp(word, VENUES[i], length) == 0 && rest[0] == '-' && islower((unsigned char)rest[1]) &&
            islower((unsigned char)rest[2]) && rest[3] == '-' && isdigit((unsigned char)rest[4]) &&
            isdigit((unsigned char)rest[5]) && !isdigit((unsigned char)rest[6]))
            return true;
    }
    return false;
}

/* A whole id goes on after the number: -WORDS, which do not end in '-'. */
static bool is_whole_id(const char *id)
{
    if (!begins_as_id(id))
        return false;
    const char *rest = strchr(strchr(id, '-') + 1, '-') + 3;
    size_t words = 0;
    while (in_word(rest[words]))
        words++;
    return rest[0] == '-' && words > 1 && rest[words] == 0 && rest[words - 1] != '-' && strstr(id, "--") == NULL;
}

static void tell(const char *id, const char *story)
{
    assert_true(told_count < CASES_MAX);
    snprintf(told[told_count].id, sizeof told[0].id, "%s", id);
    snprintf(told[told_count].story, sizeof told[0].story, "%s", story);
    told_count++;
}

/* `# Case: ` and what follows on its line, whatever that is; of other comments the words that are whole ids. */
static void read_comment(const char *line, size_t length, const char *story)
{
    static const char CASE[] = "# Case: ";
    if (length >= sizeof CASE - 1 && memcmp(line, CASE, sizeof CASE - 1) == 0) {
        char id[ID_MAX] = "";
        size_t rest = length - (sizeof CASE - 1);
        memcpy(id, line + sizeof CASE - 1, rest < ID_MAX ? rest : ID_MAX - 1);
        tell(id, story);
        return;
    }
    for (size_t i = 0; i < length;) {
        size_t end = i;
        while (end < length && in_word(line[end]))
            end++;
        if (end > i && end - i < ID_MAX) {
            char word[ID_MAX] = "";
            memcpy(word, line + i, end - i);
            if (is_whole_id(word))
                tell(word, story);
        }
        i = end + 1;
    }
}

static void read_story(const char *name)
{
    char *text = read_in("scenarios", name);
    assert_non_null(text);
    for (const char *line = text; *line != 0;) {
        size_t length = strcspn(line, "\n");
        const char *comment = memchr(line, '#', length);
        if (comment != NULL)
            read_comment(comment, (size_t)(line + length - comment), name);
        line += length + (line[length] == '\n');
    }
    free(text);
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const told_case *)a)->id, ((const told_case *)b)->id);
}

static int find(void **unused)
{
    (void)unused;
    snprintf(root, sizeof root, "%s", getenv("BW_SOURCE_DIR") ? getenv("BW_SOURCE_DIR") : ".");
    char path[4096];
    snprintf(path, sizeof path, "%s/scenarios", root);
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        size_t length = strlen(entry->d_name);
        if (length > 6 && strcmp(entry->d_name + length - 6, ".story") == 0)
            read_story(entry->d_name);
    }
    if (folder != NULL)
        closedir(folder);
    qsort(told, told_count, sizeof *told, by_id);
    return 0;
}

/* ----------------------------------------------------------------------------------------------------------- tests */

static void ids_are_whole(void **unused)
{
    (void)unused;
    for (uint32_t i = 0; i < told_count; i++)
        if (!is_whole_id(told[i].id))
            fail_msg("scenarios/%s: found '%s', expected the whole id of a case", told[i].story, told[i].id);
}

static void enough_are_told(void **unused)
{
    (void)unused;
    uint32_t different = 0;
    for (uint32_t i = 0; i < told_count; i++)
        different += i == 0 || strcmp(told[i].id, told[i - 1].id) != 0;
    print_message("# %u cases of other venues are told as stories\n", different);
    assert_true(different >= TOLD_MIN);
}

static void each_has_its_source(void **unused)
{
    (void)unused;
    for (uint32_t i = 0; i < told_count; i++) {
        char *text = read_in("scenarios", told[i].story);
        if (strstr(text, "# Case: ") != NULL && strstr(text, "\n# Source: ") == NULL)
            fail_msg("scenarios/%s: a case without the line '# Source: owner/repository, path, case'", told[i].story);
        free(text);
    }
}

static void each_has_its_row(void **unused)
{
    (void)unused;
    char *readme = read_in("scenarios", "README.md");
    assert_non_null(readme);
    for (uint32_t i = 0; i < told_count; i++) {
        char link[300];
        snprintf(link, sizeof link, "](%s)", told[i].story);
        if (strstr(readme, link) == NULL)
            fail_msg("scenarios/README.md has no row for %s, which tells %s", told[i].story, told[i].id);
    }
    free(readme);
}

/* The section of docs/conform.md that lists them, to its end. */
static void untold_are_not_told(void **unused)
{
    (void)unused;
    char *text = read_in("docs", "conform.md");
    assert_non_null(text);
    char *section = strstr(text, "\n## What no story tells\n");
    assert_non_null(section);
    char *end = strstr(section + 1, "\n## ");
    if (end != NULL)
        *end = 0;
    for (uint32_t i = 0; i < told_count; i++)
        if (has_word(section, told[i].id))
            fail_msg("%s is told by %s, and docs/conform.md says that no story can", told[i].id, told[i].story);
    free(text);
}

static void each_is_a_case(void **unused)
{
    (void)unused;
    char *index = read_in("../shared/conformance", "INDEX.json");
    if (index == NULL) {
        print_message("# ../shared/conformance is not there\n");
        skip();
    }
    for (uint32_t i = 0; i < told_count; i++) {
        char quoted[ID_MAX + 2];
        snprintf(quoted, sizeof quoted, "\"%s\"", told[i].id);
        if (strstr(index, quoted) == NULL)
            fail_msg("scenarios/%s: there is no case '%s'", told[i].story, told[i].id);
    }
    free(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_whole),       cmocka_unit_test(enough_are_told),
        cmocka_unit_test(each_has_its_source), cmocka_unit_test(each_has_its_row),
        cmocka_unit_test(untold_are_not_told), cmocka_unit_test(each_is_a_case),
    };
    return cmocka_run_group_tests(tests, find, NULL);
}
