#include "app/options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/message.h"
#include "story/word.h"

static const app_option *find_option(const app_option *options, const char *word, size_t length)
{
    for (; options->name != NULL; options++)
        if (strlen(options->name) == length && strncmp(options->name, word, length) == 0)
            return options;
    return NULL;
}

static bool say_unknown(const char *command, const app_option *options, const char *word)
{
    bw_story_nearest nearest;
    bw_story_nearest_new(&nearest, word);
    for (; options->name != NULL; options++)
        bw_story_nearest_offer(&nearest, options->name);
    if (nearest.best != NULL)
        app_say(APP_USAGE, "%s: found '%s', expected an option; did you mean '%s'?", command, word, nearest.best);
    else
        app_say(APP_USAGE, "%s: found '%s', expected an option; see 'breakwater help %s'", command, word, command);
    return false;
}

static bool set_number(const char *command, const app_option *option, const char *text)
{
    char *end;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != 0 || errno != 0 || number == UINT64_MAX) {
        app_say(APP_USAGE, "%s: found '%s', expected a whole number below 2^64 - 1 after %s", command, text, option->name);
        return false;
    }
    *(uint64_t *)option->value = number;
    return true;
}

/* Takes the option at argv[*at], and the word after it if it needs one. `taken`: those before it, a bit each. */
static bool take_option(const char *command, int argc, char **argv, int *at, const app_option *options, uint64_t *taken)
{
    const char *word = argv[*at];
    const char *equals = strchr(word, '=');
    const app_option *option = find_option(options, word, equals ? (size_t)(equals - word) : strlen(word));
    if (option == NULL)
        return say_unknown(command, options, word);
    uint64_t bit = UINT64_C(1) << (option - options);
    if (*taken & bit) {
        app_say(APP_USAGE, "%s: found '%s' again, expected it once", command, option->name);
        return false;
    }
    *taken |= bit;
    if (option->kind == APP_OPTION_FLAG) {
        if (equals != NULL) {
            app_say(APP_USAGE, "%s: found '%s', expected %s without a value", command, word, option->name);
            return false;
        }
        *(bool *)option->value = true;
        return true;
    }
    const char *text = equals != NULL ? equals + 1 : *at + 1 < argc ? argv[++*at] : NULL;
    if (text == NULL || text[0] == 0) {
        app_say(APP_USAGE, "%s: found %s, expected a value after %s", command,
                text == NULL ? "the end of the line" : "an empty word", option->name);
        return false;
    }
    if (option->kind == APP_OPTION_NUMBER)
        return set_number(command, option, text);
    *(const char **)option->value = text;
    return true;
}

/* The words found, at most word_max; -1 after a message. */
static int take_all(const char *command, int argc, char **argv, const app_option *options, const char *what,
                    const char **words, int word_max)
{
    int count = 0;
    uint64_t taken = 0;
    bool options_end = false;
    for (int at = 1; at < argc; at++) {
        bool is_option = !options_end && argv[at][0] == '-' && argv[at][1] != 0;
        if (is_option && strcmp(argv[at], "--") == 0) {
            options_end = true;
        } else if (is_option) {
            if (!take_option(command, argc, argv, &at, options, &taken))
                return -1;
        } else if (count == word_max) {
            app_say(APP_USAGE, "%s: found '%s', expected %s%s", command, argv[at],
                    word_max > 0 ? "no more than " : "options only", what);
            return -1;
        } else {
            words[count++] = argv[at];
        }
    }
    return count;
}

static bool say_none(const char *command, const char *what)
{
    app_say(APP_USAGE, "%s: found the end of the line, expected %s", command, what);
    return false;
}

bool app_options_read(const char *command, int argc, char **argv, const app_option *options, const char *what,
                      const char **words, int word_count)
{
    int count = take_all(command, argc, argv, options, what, words, word_count);
    return count == word_count || (count >= 0 && say_none(command, what));
}

bool app_options_read_some(const char *command, int argc, char **argv, const app_option *options, const char *what,
                           const char **words, int word_max)
{
    int count = take_all(command, argc, argv, options, what, words, word_max);
    words[count > 0 ? count : 0] = NULL;
    return count > 0 || (count == 0 && say_none(command, what));
}
