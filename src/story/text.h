/* text.h - one line of output, built piece by piece without I/O.

   Shapes    at most BW_STORY_TEXT bytes; what does not fit is left out
   Units     a count of units (unit.h) is written as the exact decimal that it means
   Errors    none: names and numbers are bounded, so lines fit */
#ifndef BW_STORY_TEXT_H
#define BW_STORY_TEXT_H

#include "story/decimal.h"

#define BW_STORY_TEXT 1024

typedef struct bw_story_text {
    uint32_t length;
    char bytes[BW_STORY_TEXT];
} bw_story_text;

void bw_story_text_clear(bw_story_text *text);
void bw_story_put(bw_story_text *text, const char *string);
void bw_story_put_bytes(bw_story_text *text, const char *bytes, size_t length);
void bw_story_put_integer(bw_story_text *text, int64_t value);
void bw_story_put_unsigned(bw_story_text *text, uint64_t value);
/* `width` digits, with leading zeros. */
void bw_story_put_padded(bw_story_text *text, uint64_t value, uint32_t width);
/* Lower-case hex, 16 digits. */
void bw_story_put_hex(bw_story_text *text, uint64_t value);
/* count x unit, exact; trailing zeros of the fraction are dropped down to decimals_min digits (fewer if the unit has
   fewer). */
void bw_story_put_units(bw_story_text *text, int64_t count, bw_story_unit unit, int32_t decimals_min);
/* The time of day, HH:MM:SS with the fraction that is there; and the date, YYYY-MM-DD. UTC. */
void bw_story_put_clock(bw_story_text *text, int64_t time_ns);
void bw_story_put_date(bw_story_text *text, int64_t time_ns);

#endif
