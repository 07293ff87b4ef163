#include "story/text.h"

#include <string.h>

#include "base/checked.h"

void bw_story_text_clear(bw_story_text *text)
{
    text->length = 0;
    text->bytes[0] = 0;
}

void bw_story_put_bytes(bw_story_text *text, const char *bytes, size_t length)
{
    size_t room = BW_STORY_TEXT - 1 - text->length;
    if (length > room)
        length = room;
    if (length > 0)
        memcpy(text->bytes + text->length, bytes, length);
    text->length += (uint32_t)length;
    text->bytes[text->length] = 0;
}

void bw_story_put(bw_story_text *text, const char *string)
{
    bw_story_put_bytes(text, string, strlen(string));
}

void bw_story_put_padded(bw_story_text *text, uint64_t value, uint32_t width)
{
    char digits[24];
    uint32_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0 || sizeof digits - at < width);
    bw_story_put_bytes(text, digits + at, sizeof digits - at);
}

void bw_story_put_unsigned(bw_story_text *text, uint64_t value)
{
    bw_story_put_padded(text, value, 1);
}

static uint64_t magnitude(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

void bw_story_put_integer(bw_story_text *text, int64_t value)
{
    if (value < 0)
        bw_story_put(text, "-");
    bw_story_put_unsigned(text, magnitude(value));
}

void bw_story_put_hex(bw_story_text *text, uint64_t value)
{
    char digits[16];
    for (int i = 15; i >= 0; i--, value >>= 4)
        digits[i] = "0123456789abcdef"[value & 15];
    bw_story_put_bytes(text, digits, sizeof digits);
}

void bw_story_put_units(bw_story_text *text, int64_t count, bw_story_unit unit, int32_t decimals_min)
{
    int64_t scaled;
    if (!bw_mul_checked(count, unit.mantissa, &scaled)) {
        bw_story_put_integer(text, count);
        bw_story_put(text, " units");
        return;
    }
    if (scaled < 0)
        bw_story_put(text, "-");
    uint64_t value = magnitude(scaled);
    if (unit.exponent >= 0) {
        bw_story_put_unsigned(text, value);
        for (int32_t i = 0; i < unit.exponent && value > 0; i++)
            bw_story_put(text, "0");
        return;
    }
    int32_t decimals = -unit.exponent > 18 ? 18 : -unit.exponent;
    uint64_t power = (uint64_t)bw_story_power(decimals);
    bw_story_put_unsigned(text, value / power);
    uint64_t fraction = value % power;
    while (decimals > decimals_min && decimals > 0 && fraction % 10 == 0) {
        fraction /= 10;
        decimals--;
    }
    if (decimals > 0) {
        bw_story_put(text, ".");
        bw_story_put_padded(text, fraction, (uint32_t)decimals);
    }
}

static int64_t day_of(int64_t time_ns)
{
    return time_ns / BW_STORY_DAY_NS - (time_ns % BW_STORY_DAY_NS < 0);
}

void bw_story_put_clock(bw_story_text *text, int64_t time_ns)
{
    int64_t ns = time_ns - day_of(time_ns) * BW_STORY_DAY_NS;
    uint64_t seconds = (uint64_t)(ns / 1000000000);
    bw_story_put_padded(text, seconds / 3600, 2);
    bw_story_put(text, ":");
    bw_story_put_padded(text, seconds / 60 % 60, 2);
    bw_story_put(text, ":");
    bw_story_put_padded(text, seconds % 60, 2);
    uint64_t fraction = (uint64_t)(ns % 1000000000);
    if (fraction == 0)
        return;
    uint32_t width = 9;
    for (; fraction % 10 == 0; fraction /= 10)
        width--;
    bw_story_put(text, ".");
    bw_story_put_padded(text, fraction, width);
}

void bw_story_put_date(bw_story_text *text, int64_t time_ns)
{
    int64_t year;
    uint32_t month, month_day;
    bw_story_date_of_day(day_of(time_ns), &year, &month, &month_day);
    bw_story_put_padded(text, (uint64_t)year, 4);
    bw_story_put(text, "-");
    bw_story_put_padded(text, month, 2);
    bw_story_put(text, "-");
    bw_story_put_padded(text, month_day, 2);
}
