/* docs/story.md and the parser know the same words, and every example of the document is understood. */
#include <ctype.h>

#include "memory_story.h"

static char *document(void)
{
    char path[4096];
    const char *root = getenv("BW_SOURCE_DIR");
    snprintf(path, sizeof path, "%s/docs/story.md", root ? root : ".");
    FILE *stream = fopen(path, "r");
    assert_non_null(stream);
    char *text = calloc(1, 1 << 20);
    assert_true(fread(text, 1, (1 << 20) - 1, stream) > 0);
    fclose(stream);
    return text;
}

/* Appends the fenced blocks of this kind to `out`; returns how many there are. */
static int blocks(const char *text, const char *kind, char *out)
{
    char fence[32];
    int count = 0;
    snprintf(fence, sizeof fence, "\n```%s\n", kind);
    out[0] = 0;
    for (const char *at = strstr(text, fence); at != NULL; at = strstr(at, fence)) {
        at += strlen(fence);
        const char *end = strstr(at, "\n```");
        assert_non_null(end);
        strncat(out, at, (size_t)(end - at) + 1);
        at = end;
        count++;
    }
    return count;
}

static bool known(const char *const *words, uint32_t count, const char *word)
{
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

/* Words of the grammar: [a-z][a-z0-9-]*, and the comparisons. Prose is marked by the line `IS`. */
static uint32_t grammar_words(char *grammar, const char **words, uint32_t max)
{
    uint32_t count = 0;
    char *prose = strstr(grammar, "IS           nothing, or one of ");
    assert_non_null(prose);
    memset(prose, ' ', strlen("IS           nothing, or one of "));
    for (char *word = strtok(grammar, " \n[]()|/,"); word != NULL; word = strtok(NULL, " \n[]()|/,")) {
        bool lower = islower((unsigned char)word[0]) != 0, comparison = strchr("=!<>", word[0]) != NULL;
        for (char *c = word; lower && *c != 0; c++)
            lower = islower((unsigned char)*c) || isdigit((unsigned char)*c) || *c == '-';
        if (!lower && !comparison)
            continue;
        assert_true(count < max);
        words[count++] = word;
    }
    return count;
}

static void the_document_has_the_words_of_the_parser(void **state)
{
    (void)state;
    char *text = document(), *grammar = calloc(1, 1 << 20);
    const char *written[4096], *parsed[4096];
    assert_int_equal(blocks(text, "grammar", grammar), 1);
    uint32_t written_count = grammar_words(grammar, written, 4096), parsed_count = bw_story_words(parsed, 4096);
    assert_true(written_count > 150 && parsed_count > 150 && parsed_count <= 4096);
    int missing = 0;
    for (uint32_t i = 0; i < written_count; i++)
        if (!known(parsed, parsed_count, written[i]) && ++missing)
            print_message("docs/story.md has '%s', the parser does not\n", written[i]);
    for (uint32_t i = 0; i < parsed_count; i++)
        if (!known(written, written_count, parsed[i]) && ++missing)
            print_message("the parser has '%s', docs/story.md does not\n", parsed[i]);
    free(grammar);
    free(text);
    assert_int_equal(missing, 0);
}

static void every_example_is_understood(void **state)
{
    (void)state;
    char *text = document(), *story = calloc(1, 1 << 20), *limits = calloc(1, 1 << 20);
    memory_story m = {0};
    assert_true(blocks(text, "story", story) > 8);
    assert_int_equal(blocks(text, "limits", limits), 1);
    strcat(limits, story);
    if (memory_story_parse(&m, limits) != BW_STORY_DONE)
        fail_msg("%s", bw_story_message(m.story));
    assert_true(bw_story_count(m.story)->expectations > 50);
    memory_story_free(&m);
    free(limits);
    free(story);
    free(text);
}

/* Every command word stands in an example at the beginning of a line. */
static void every_command_has_an_example(void **state)
{
    (void)state;
    char *text = document(), *all = calloc(1, 1 << 21), *part = calloc(1, 1 << 20);
    static const char *const KINDS[] = {"story", "limits", "include"};
    for (int i = 0; i < 3; i++) {
        blocks(text, KINDS[i], part);
        strcat(all, "\n");
        strcat(all, part);
    }
    for (const char *const *word = bw_story_command_words; *word != NULL; word++) {
        char line[64];
        snprintf(line, sizeof line, "\n%s ", *word);
        if (strstr(all, line) == NULL)
            fail_msg("docs/story.md has no example of '%s'", *word);
    }
    free(part);
    free(all);
    free(text);
}

static void frozen_words_are_there(void **state)
{
    (void)state;
    static const char *const FROZEN[] = {
        "include", "asset", "pool", "quantity", "money", "market", "fund", "account", "deposit", "withdraw",
        "transfer", "adjust", "trade", "order", "fill", "liquidate", "mark", "funding", "settle", "expire", "resolve", "roll",
        "status", "expect", "show"};
    const char *words[4096];
    uint32_t count = bw_story_words(words, 4096);
    for (size_t i = 0; i < sizeof FROZEN / sizeof *FROZEN; i++)
        assert_true(known(words, count, FROZEN[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_document_has_the_words_of_the_parser), cmocka_unit_test(every_example_is_understood),
        cmocka_unit_test(every_command_has_an_example), cmocka_unit_test(frozen_words_are_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
