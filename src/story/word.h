/* word.h - the lexer: lines of bytes to the words of one command, and the nearest known word.

       "mark BTC-PERP 79.9  # crash" ──> mark | BTC-PERP | 79.9

   A command is a line and the lines after it that begin with a blank. Its words are copied into the lexer, so the
   bytes of the lines need not stay.

   Shapes    at most BW_STORY_LINE bytes of words and BW_STORY_WORDS words per command
   Errors    a text in *error, NULL if there is none; the words are then without meaning */
#ifndef BW_STORY_WORD_H
#define BW_STORY_WORD_H

#include "base/types.h"

#define BW_STORY_LINE 65536u
#define BW_STORY_WORDS 8192u

typedef struct bw_story_word {
    const char *text;   /* ends with a zero byte */
    uint32_t length;
    uint32_t line;
} bw_story_word;

typedef struct bw_story_lexer {
    uint32_t word_count;
    uint32_t used;
    bw_story_word words[BW_STORY_WORDS];
    char text[BW_STORY_LINE + BW_STORY_WORDS];
} bw_story_lexer;

typedef enum bw_story_line_kind { BW_STORY_LINE_EMPTY, BW_STORY_LINE_FIRST, BW_STORY_LINE_MORE } bw_story_line_kind;

/* What a line is: empty (blanks and a comment), the first of a command, or more of the command above. */
bw_story_line_kind bw_story_line_look(const char *bytes, size_t length);

/* Appends the words of a line. Returns NULL, or what is wrong: one of the bw_story_lex_ texts. */
const char *bw_story_lex(bw_story_lexer *lexer, const char *bytes, size_t length, uint32_t line);
void bw_story_lexer_clear(bw_story_lexer *lexer);

extern const char bw_story_lex_byte[], bw_story_lex_long[], bw_story_lex_words[];

bool bw_story_word_is(const bw_story_word *word, const char *text);

/* Edit distance (insert, delete, replace, swap of neighbours; each 1), or `most` if it is at least that. */
uint32_t bw_story_distance(const char *a, const char *b, uint32_t most);

/* Nearest word: offer candidates one by one; `best` is the nearest one close enough to be meant, or NULL. */
typedef struct bw_story_nearest {
    const char *wanted;
    const char *best;
    uint32_t distance;   /* of best; before the first: the least that is too far */
} bw_story_nearest;
void bw_story_nearest_new(bw_story_nearest *nearest, const char *wanted);
void bw_story_nearest_offer(bw_story_nearest *nearest, const char *candidate);

#endif
