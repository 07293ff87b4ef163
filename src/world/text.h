/* text.h - builds a short message in a fixed buffer; what does not fit is cut, never written past.

   Holds     buffer[used] == 0 and used < size, size > 0 */
#ifndef BW_WORLD_TEXT_H
#define BW_WORLD_TEXT_H

#include "base/types.h"

typedef struct {
    char *buffer;
    size_t size;
    size_t used;
} bw_text;

static inline bw_text bw_text_open(char *buffer, size_t size)
{
    buffer[0] = 0;
    return (bw_text){buffer, size, 0};
}

static inline void bw_text_put(bw_text *text, const char *word)
{
    for (; *word && text->used + 1 < text->size; word++)
        text->buffer[text->used++] = *word;
    text->buffer[text->used] = 0;
}

static inline void bw_text_put_integer(bw_text *text, int64_t value)
{
    char digits[24];
    uint32_t at = sizeof digits;
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    digits[--at] = 0;
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (value < 0)
        digits[--at] = '-';
    bw_text_put(text, digits + at);
}

#endif
