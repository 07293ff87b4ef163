#include "metrics/page.h"

#include "base/assert.h"

bw_page bw_page_open(char *buffer, size_t size)
{
    return (bw_page){.buffer = buffer, .size = size};
}

size_t bw_page_end(bw_page *page)
{
    if (page->size > 0)
        page->buffer[page->length < page->size ? page->length : page->size - 1] = 0;
    return page->length;
}

void bw_page_char(bw_page *page, char c)
{
    if (page->length + 1 < page->size)
        page->buffer[page->length] = c;
    page->length++;
    if (c == '\n')
        page->line = page->length;
}

void bw_page_put(bw_page *page, const char *text)
{
    for (; *text; text++)
        bw_page_char(page, *text);
}

void bw_page_repeat(bw_page *page, char c, size_t count)
{
    for (size_t i = 0; i < count; i++)
        bw_page_char(page, c);
}

void bw_page_tab(bw_page *page, size_t column)
{
    while (page->length - page->line < column)
        bw_page_char(page, ' ');
}

void bw_page_right(bw_page *page, const char *text, size_t column)
{
    size_t length = 0;
    while (text[length])
        length++;
    bw_page_tab(page, column > length ? column - length : 0);
    bw_page_put(page, text);
}

/* --------------------------------------------------------------------------------------------------------- numbers */

static uint64_t magnitude(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

static uint64_t power10(uint32_t exponent)
{
    uint64_t power = 1;
    BW_ASSERT(exponent <= 19);
    while (exponent-- > 0)
        power *= 10;
    return power;
}

static void digits(bw_page *page, uint64_t value, bool grouped)
{
    char bytes[32];
    uint32_t count = 0, at = sizeof bytes;
    do {
        if (grouped && count > 0 && count % 3 == 0)
            bytes[--at] = ',';
        bytes[--at] = (char)('0' + value % 10);
        value /= 10;
        count++;
    } while (value > 0);
    while (at < sizeof bytes)
        bw_page_char(page, bytes[at++]);
}

/* `value` with leading zeros to `width` digits. */
static void padded(bw_page *page, uint64_t value, uint32_t width)
{
    while (width-- > 0)
        bw_page_char(page, (char)('0' + value / power10(width) % 10));
}

static void fixed(bw_page *page, bool negative, uint64_t value, uint32_t places, bool grouped)
{
    if (negative && value > 0)
        bw_page_char(page, '-');
    digits(page, value / power10(places), grouped);
    if (places > 0) {
        bw_page_char(page, '.');
        padded(page, value % power10(places), places);
    }
}

void bw_page_integer(bw_page *page, int64_t value)
{
    fixed(page, value < 0, magnitude(value), 0, false);
}

void bw_page_unsigned(bw_page *page, uint64_t value)
{
    digits(page, value, false);
}

void bw_page_hex(bw_page *page, uint64_t value)
{
    for (uint32_t shift = 64; shift > 0; shift -= 4)
        bw_page_char(page, "0123456789abcdef"[value >> (shift - 4) & 15]);
}

void bw_page_grouped(bw_page *page, int64_t value)
{
    fixed(page, value < 0, magnitude(value), 0, true);
}

void bw_page_amount(bw_page *page, int64_t amount, uint32_t decimals)
{
    fixed(page, amount < 0, magnitude(amount), decimals, false);
}

void bw_page_amount_grouped(bw_page *page, int64_t amount, uint32_t decimals)
{
    fixed(page, amount < 0, magnitude(amount), decimals, true);
}

/* value / 10^drop, to the nearest, halves up. */
static uint64_t dropped(uint64_t value, uint32_t drop)
{
    if (drop > 19)
        return 0;
    uint64_t unit = power10(drop);
    return value / unit + (value % unit >= unit - value % unit);
}

void bw_page_scaled(bw_page *page, int64_t amount, uint32_t decimals, uint32_t shift, uint32_t places)
{
    uint64_t value = magnitude(amount);
    uint32_t have = decimals + shift;
    if (have < places) {
        fixed(page, amount < 0, value, have, true);
        return;
    }
    fixed(page, amount < 0, have == places ? value : dropped(value, have - places), places, true);
}

/* The power of ten of the leading digit says how many digits to drop, and which suffix stands for a thousand of them. */
void bw_page_short(bw_page *page, int64_t amount, uint32_t decimals)
{
    static const char SUFFIX[] = " kMBT";
    uint64_t value = magnitude(amount);
    uint32_t power = 0;    /* of the leading digit, counted in minor units */
    if (value == 0) {
        bw_page_char(page, '0');
        return;
    }
    while (power < 19 && value / power10(power) >= 10)
        power++;
    if (power >= 2 && dropped(value, power - 2) >= 1000)   /* 999.6 rounds to 1,000 */
        power++;
    if (power < decimals) {
        fixed(page, amount < 0, power > 2 ? dropped(value, power - 2) : value, decimals - (power > 2 ? power - 2 : 0), 0);
        return;
    }
    uint32_t group = (power - decimals) / 3 < 4 ? (power - decimals) / 3 : 4;
    uint32_t unit = decimals + 3 * group;
    uint32_t places = power - unit < 2 ? 2 - (power - unit) : 0;
    places = places < unit ? places : unit;
    fixed(page, amount < 0, unit > places ? dropped(value, unit - places) : value, places, true);
    if (group > 0)
        bw_page_char(page, SUFFIX[group]);
}

void bw_page_percent(bw_page *page, int64_t ppm, uint32_t places)
{
    bw_page_scaled(page, ppm, 4, 0, places);
    bw_page_char(page, '%');
}

void bw_page_price(bw_page *page, int64_t ticks, int64_t tick_nano)
{
    uint64_t unit = tick_nano > 0 ? (uint64_t)tick_nano : 1, value;
    uint32_t places = 9;
    for (; places > 0 && unit % 10 == 0; places--)
        unit /= 10;
    if (__builtin_mul_overflow(magnitude(ticks), unit, &value))
        bw_page_char(page, '?');
    else
        fixed(page, ticks < 0, value, places, true);
}

/* ------------------------------------------------------------------------------------------------------------ time */

void bw_page_clock(bw_page *page, int64_t time_ns, uint32_t places)
{
    uint64_t day = (uint64_t)(time_ns % 86400000000000);
    uint64_t second = day / 1000000000;
    padded(page, second / 3600, 2);
    bw_page_char(page, ':');
    padded(page, second / 60 % 60, 2);
    bw_page_char(page, ':');
    padded(page, second % 60, 2);
    if (places > 0) {
        bw_page_char(page, '.');
        padded(page, day % 1000000000 / power10(9 - places), places);
    }
}

/* Days since 1970 as a date of the Gregorian calendar; March begins the year, so that the leap day ends it. */
void bw_page_date(bw_page *page, int64_t time_ns)
{
    uint64_t days = (uint64_t)(time_ns / 86400000000000) + 719468;
    uint64_t era = days / 146097, in_era = days % 146097;
    uint64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    uint64_t in_year = in_era - (365 * year + year / 4 - year / 100), shifted = (5 * in_year + 2) / 153;
    uint64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    padded(page, era * 400 + year + (month <= 2), 4);
    bw_page_char(page, '-');
    padded(page, month, 2);
    bw_page_char(page, '-');
    padded(page, in_year - (153 * shifted + 2) / 5 + 1, 2);
}

/* --------------------------------------------------------------------------------------------------------- parsing */

bool bw_page_parse_nano(const char *text, int64_t *nano)
{
    bool negative = *text == '-', point = false;
    int64_t value = 0;
    uint32_t places = 0, count = 0;
    for (text += negative; *text; text++) {
        if (*text == '.' && !point) {
            point = true;
            continue;
        }
        if (*text < '0' || *text > '9' || (places += point) > 9 || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, *text - '0', &value))
            return false;
        count++;
    }
    if (count == 0 || __builtin_mul_overflow(value, (int64_t)power10(9 - places), &value))
        return false;
    *nano = negative ? -value : value;
    return true;
}
