/* utf8.h - where a text stops being UTF-8: file names may hold any bytes, JSON may not. */
#ifndef BW_BASE_UTF8_H
#define BW_BASE_UTF8_H

#include "base/types.h"

/* Bytes of the character that the text begins with, 1 to 4; 0: its first byte begins none. "" is 0 too. */
static inline uint32_t bw_utf8_length(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    uint32_t length = at[0] == 0     ? 0
                      : at[0] < 0x80 ? 1
                      : at[0] < 0xc2 ? 0
                      : at[0] < 0xe0 ? 2
                      : at[0] < 0xf0 ? 3
                      : at[0] < 0xf5 ? 4 : 0;
    for (uint32_t i = 1; i < length; i++)
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    bool overlong = (at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xf0 && at[1] < 0x90);
    bool beyond = (at[0] == 0xed && at[1] > 0x9f) || (at[0] == 0xf4 && at[1] > 0x8f);
    return length > 1 && (overlong || beyond) ? 0 : length;
}

#endif
