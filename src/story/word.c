#include "story/word.h"

#include <string.h>

const char bw_story_lex_byte[] = "a byte that is not text";
const char bw_story_lex_long[] = "a command of more than 64 KiB";
const char bw_story_lex_words[] = "a command of more than 8192 words";

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

bw_story_line_kind bw_story_line_look(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length && is_blank(bytes[at]))
        at++;
    if (at == length || bytes[at] == '#')
        return BW_STORY_LINE_EMPTY;
    return at == 0 ? BW_STORY_LINE_FIRST : BW_STORY_LINE_MORE;
}

void bw_story_lexer_clear(bw_story_lexer *lexer)
{
    lexer->word_count = 0;
    lexer->used = 0;
}

/* Comments may hold UTF-8, but no control bytes. */
static const char *check_comment(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (((unsigned char)bytes[i] < 0x20 && bytes[i] != '\t') || bytes[i] == 0x7f)
            return bw_story_lex_byte;
    return NULL;
}

static const char *add_word(bw_story_lexer *lexer, const char *bytes, size_t length, uint32_t line)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)bytes[i] <= 0x20 || (unsigned char)bytes[i] >= 0x7f)
            return bw_story_lex_byte;
    if (lexer->word_count == BW_STORY_WORDS)
        return bw_story_lex_words;
    if (lexer->used + length + 1 > sizeof lexer->text)
        return bw_story_lex_long;
    char *text = lexer->text + lexer->used;
    memcpy(text, bytes, length);
    text[length] = 0;
    lexer->words[lexer->word_count++] = (bw_story_word){text, (uint32_t)length, line};
    lexer->used += (uint32_t)length + 1;
    return NULL;
}

const char *bw_story_lex(bw_story_lexer *lexer, const char *bytes, size_t length, uint32_t line)
{
    size_t at = 0;
    const char *error = NULL;
    while (error == NULL && at < length) {
        if (is_blank(bytes[at])) {
            at++;
            continue;
        }
        if (bytes[at] == '#')
            return check_comment(bytes + at, length - at);
        size_t end = at;
        while (end < length && !is_blank(bytes[end]))
            end++;
        error = add_word(lexer, bytes + at, end - at, line);
        at = end;
    }
    return error;
}

bool bw_story_word_is(const bw_story_word *word, const char *text)
{
    return strcmp(word->text, text) == 0;
}

enum { DISTANCE_LENGTH = 32 };

uint32_t bw_story_distance(const char *a, const char *b, uint32_t most)
{
    size_t length_a = strnlen(a, DISTANCE_LENGTH + 1), length_b = strnlen(b, DISTANCE_LENGTH + 1);
    if (length_a > DISTANCE_LENGTH || length_b > DISTANCE_LENGTH)
        return most;
    uint32_t rows[3][DISTANCE_LENGTH + 1];   /* row i - 2, i - 1, i of the table */
    for (uint32_t j = 0; j <= length_b; j++)
        rows[1][j] = j;
    for (uint32_t i = 1; i <= length_a; i++) {
        uint32_t *before = rows[(i - 1) % 3], *above = rows[i % 3], *row = rows[(i + 1) % 3];
        row[0] = i;
        for (uint32_t j = 1; j <= length_b; j++) {
            uint32_t best = above[j - 1] + (a[i - 1] != b[j - 1]);
            best = above[j] + 1 < best ? above[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
    }
    uint32_t distance = rows[(length_a + 1) % 3][length_b];
    return distance < most ? distance : most;
}

void bw_story_nearest_new(bw_story_nearest *nearest, const char *wanted)
{
    nearest->wanted = wanted;
    nearest->best = NULL;
    nearest->distance = (uint32_t)(strnlen(wanted, DISTANCE_LENGTH) + 5) / 3;   /* a third of the letters, rounded up */
}

void bw_story_nearest_offer(bw_story_nearest *nearest, const char *candidate)
{
    uint32_t distance = bw_story_distance(nearest->wanted, candidate, nearest->distance);
    if (distance < nearest->distance) {
        nearest->distance = distance;
        nearest->best = candidate;
    }
}
