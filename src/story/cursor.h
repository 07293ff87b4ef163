/* cursor.h - taking the words of one command, one after the other.

   Every bw_story_take_... reads the next word, converts it exactly, and steps over it. If the word is not what is
   wanted it writes the one-line message and returns false; the caller just returns false too.

       found 'BTC-PREP', expected a market; did you mean 'BTC-PERP'?

   Units     as the name says; amounts in the asset given, prices in ticks, sizes in lots
   Errors    false, with error->line and error->text */
#ifndef BW_STORY_CURSOR_H
#define BW_STORY_CURSOR_H

#include "story/book.h"
#include "story/language.h"
#include "story/word.h"

typedef struct bw_story_error {
    uint32_t line;
    bw_story_text text;
} bw_story_error;

typedef struct bw_story_cursor {
    const bw_story_word *words;
    uint32_t count, next;
    bw_story_book *book;
    bw_story_error *error;
    const bw_venue *venue;     /* for names of orders and for `roll`; NULL: parse only */
    int64_t now_ns, last_ns;   /* for times: the command's own time, and that of the command before */
} bw_story_cursor;

/* Words that may stand once: settings of one thing. */
enum { BW_STORY_SEEN = 64 };
typedef struct bw_story_seen {
    const char *words[BW_STORY_SEEN];
    uint32_t count;
} bw_story_seen;

/* Is there a word left; is the next one this; step over it if it is this. */
bool bw_story_more(const bw_story_cursor *cursor);
bool bw_story_next_is(const bw_story_cursor *cursor, const char *word);
bool bw_story_accept(bw_story_cursor *cursor, const char *word);

/* The message about the next word (or the end of the line). Always false. `meant` may be NULL. */
bool bw_story_wrong(bw_story_cursor *cursor, const char *expected, const char *meant);
/* The same about the word before, which was taken already. */
bool bw_story_wrong_before(bw_story_cursor *cursor, const char *expected);
/* The same about a number, by what is the matter with it. `unit` in words: "a multiple of the tick 0.1". */
bool bw_story_wrong_number(bw_story_cursor *cursor, bw_story_number number, const char *expected);

/* "found 'X' again, expected it once" about the word at this place. Always false. */
bool bw_story_again(bw_story_cursor *cursor, uint32_t at);
/* The word before has not been seen yet, and now it has; or it is wrong. */
bool bw_story_once(bw_story_cursor *cursor, bw_story_seen *seen);

bool bw_story_take_word(bw_story_cursor *cursor, const char *word);
bool bw_story_take_end(bw_story_cursor *cursor);
/* The index in a list that ends with NULL. */
bool bw_story_take_choice(bw_story_cursor *cursor, const char *const *choices, uint32_t *choice);
bool bw_story_take_setting(bw_story_cursor *cursor, const bw_story_setting *settings, const char *expected,
                           bw_story_seen *seen, const bw_story_setting **setting);
/* Is the next word one of these settings. */
bool bw_story_next_setting(const bw_story_cursor *cursor, const bw_story_setting *settings);

bool bw_story_take_whole(bw_story_cursor *cursor, uint64_t most, const char *expected, uint64_t *value);
bool bw_story_take_decimal(bw_story_cursor *cursor, const char *expected, bw_story_decimal *value);
bool bw_story_take_units(bw_story_cursor *cursor, bw_story_unit unit, const char *expected, int64_t *count);
bool bw_story_take_rate(bw_story_cursor *cursor, int32_t decimals, int64_t *rate);
bool bw_story_take_amount(bw_story_cursor *cursor, uint16_t asset, int64_t *amount);
bool bw_story_take_price(bw_story_cursor *cursor, uint16_t market, int64_t *price);
bool bw_story_take_size(bw_story_cursor *cursor, uint16_t market, int64_t *lots);
bool bw_story_take_duration(bw_story_cursor *cursor, int64_t *duration_ns);
bool bw_story_take_time(bw_story_cursor *cursor, int64_t *time_ns);
/* A refusal's word (breakwater.h). */
bool bw_story_take_status(bw_story_cursor *cursor, bw_status *status);

bool bw_story_take_asset(bw_story_cursor *cursor, uint16_t *asset);
bool bw_story_take_pool(bw_story_cursor *cursor, uint16_t *pool);
bool bw_story_take_market(bw_story_cursor *cursor, uint16_t *market);
bool bw_story_take_account(bw_story_cursor *cursor, uint64_t *account);
/* A name to give: letters, digits, - _ . from a letter on, at most size - 1 bytes; copied. */
bool bw_story_take_name(bw_story_cursor *cursor, const char *expected, char *name, size_t size);

/* Is the next word the name of such a thing: steps over it and is true; otherwise leaves everything. */
bool bw_story_accept_asset(bw_story_cursor *cursor, uint16_t *asset);
bool bw_story_accept_pool(bw_story_cursor *cursor, uint16_t *pool);
bool bw_story_accept_market(bw_story_cursor *cursor, uint16_t *market);

/* Units in which the settings of a command are read. mantissa 0: not known yet. */
typedef struct bw_story_scales {
    uint16_t asset;
    bw_story_unit tick, lot;
} bw_story_scales;
/* The value of a setting, stored at its offset in `body`. OWN settings are the caller's. */
bool bw_story_take_value(bw_story_cursor *cursor, const bw_story_setting *setting, const bw_story_scales *scales,
                         void *body);

#endif
