#include "story/decimal.h"

#include "base/checked.h"

enum { DIGITS_MAX = 18 };

int64_t bw_story_power(int32_t exponent)
{
    int64_t power = 1;
    for (int32_t i = 0; i < exponent && i < DIGITS_MAX; i++)
        power *= 10;
    return power;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Appends a run of digits; zeros after the point that end the fraction were cut off before. */
static bool add_digits(const char *text, size_t length, int64_t *value)
{
    for (size_t i = 0; i < length; i++)
        if (!bw_mul_checked(*value, 10, value) || !bw_add_checked(*value, text[i] - '0', value))
            return false;
    return true;
}

static size_t digit_run(const char *text, size_t length)
{
    size_t run = 0;
    while (run < length && is_digit(text[run]))
        run++;
    return run;
}

bw_story_number bw_story_decimal_parse(const char *text, size_t length, bw_story_decimal *decimal)
{
    size_t sign = length > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    size_t whole = digit_run(text + sign, length - sign);
    size_t at = sign + whole, fraction = 0;
    if (whole == 0)
        return BW_STORY_NUMBER_NONE;
    if (at < length) {
        fraction = text[at] == '.' ? digit_run(text + at + 1, length - at - 1) : 0;
        if (fraction == 0 || at + 1 + fraction != length)
            return BW_STORY_NUMBER_NONE;
    }
    while (fraction > 0 && text[at + fraction] == '0')
        fraction--;
    int64_t digits = 0;
    if (fraction > DIGITS_MAX)
        return BW_STORY_NUMBER_FINE;
    if (!add_digits(text + sign, whole, &digits) || !add_digits(text + at + 1, fraction, &digits))
        return BW_STORY_NUMBER_LARGE;
    decimal->digits = text[0] == '-' ? -digits : digits;
    decimal->scale = (int32_t)fraction;
    return BW_STORY_NUMBER_OK;
}

bw_story_number bw_story_decimal_count(bw_story_decimal decimal, bw_story_unit unit, int64_t *count)
{
    int64_t digits = decimal.digits;
    int32_t power = -decimal.scale - unit.exponent;
    *count = 0;
    if (digits == 0)
        return BW_STORY_NUMBER_OK;
    if (power > DIGITS_MAX)
        return BW_STORY_NUMBER_LARGE;
    if (power < -DIGITS_MAX)
        return BW_STORY_NUMBER_FINE;
    if (power >= 0 && !bw_mul_checked(digits, bw_story_power(power), &digits))
        return BW_STORY_NUMBER_LARGE;
    if (power < 0) {
        if (digits % bw_story_power(-power) != 0)
            return BW_STORY_NUMBER_FINE;
        digits /= bw_story_power(-power);
    }
    if (digits % unit.mantissa != 0)
        return BW_STORY_NUMBER_FINE;
    *count = digits / unit.mantissa;
    return BW_STORY_NUMBER_OK;
}

bw_story_number bw_story_decimal_unit(bw_story_decimal decimal, int64_t mantissa_max, bw_story_unit *unit)
{
    if (decimal.digits <= 0)
        return BW_STORY_NUMBER_LARGE;
    unit->mantissa = decimal.digits;
    unit->exponent = -decimal.scale;
    while (unit->mantissa % 10 == 0) {
        unit->mantissa /= 10;
        unit->exponent++;
    }
    return unit->mantissa <= mantissa_max ? BW_STORY_NUMBER_OK : BW_STORY_NUMBER_LARGE;
}

bw_story_unit bw_story_unit_of_asset(uint32_t decimals)
{
    return (bw_story_unit){1, -(int32_t)decimals};
}

/* --- durations and times --- */

typedef struct {
    const char *suffix;
    bw_story_unit ns;  /* nanoseconds */
} duration_suffix;

static const duration_suffix SUFFIXES[] = {
    {"ns", {1, 0}}, {"us", {1, 3}}, {"ms", {1, 6}}, {"s", {1, 9}}, {"m", {6, 10}}, {"h", {36, 11}}, {"d", {864, 11}},
};

static bool suffix_is(const char *text, size_t length, const char *suffix)
{
    size_t i = 0;
    while (i < length && suffix[i] != 0 && text[i] == suffix[i])
        i++;
    return i == length && suffix[i] == 0;
}

static bw_story_number duration_of(bw_story_decimal number, bw_story_unit ns, int64_t *duration_ns)
{
    int64_t scaled;
    if (!bw_mul_checked(number.digits, ns.mantissa, &scaled))
        return BW_STORY_NUMBER_LARGE;
    bw_story_decimal product = {scaled, number.scale};
    return bw_story_decimal_count(product, (bw_story_unit){1, -ns.exponent}, duration_ns);
}

bw_story_number bw_story_duration_parse(const char *text, size_t length, int64_t *duration_ns)
{
    size_t end = length;
    while (end > 0 && !is_digit(text[end - 1]))
        end--;
    bw_story_decimal number;
    bw_story_number status = bw_story_decimal_parse(text, end, &number);
    if (status != BW_STORY_NUMBER_OK)
        return status;
    if (number.digits < 0)
        return BW_STORY_NUMBER_NONE;
    for (size_t i = 0; i < sizeof SUFFIXES / sizeof *SUFFIXES; i++)
        if (suffix_is(text + end, length - end, SUFFIXES[i].suffix))
            return duration_of(number, SUFFIXES[i].ns, duration_ns);
    return BW_STORY_NUMBER_NONE;
}

/* Howard Hinnant's civil calendar: days since 1970-01-01 of a proleptic Gregorian date, and back. */
static int64_t day_of_date(int64_t year, uint32_t month, uint32_t month_day)
{
    year -= month <= 2;
    int64_t era = year / 400;
    int64_t year_of_era = year - era * 400;
    int64_t shifted = month > 2 ? month - 3 : month + 9;
    int64_t day_of_year = (153 * shifted + 2) / 5 + month_day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void bw_story_date_of_day(int64_t day, int64_t *year, uint32_t *month, uint32_t *month_day)
{
    day += 719468;
    int64_t era = (day >= 0 ? day : day - 146096) / 146097;
    int64_t day_of_era = day - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * day_of_year + 2) / 153;
    *month_day = (uint32_t)(day_of_year - (153 * shifted + 2) / 5 + 1);
    *month = (uint32_t)(shifted < 10 ? shifted + 3 : shifted - 9);
    *year = year_of_era + era * 400 + (*month <= 2);
}

/* Exactly `width` digits at `text`. */
static bool fixed_digits(const char *text, size_t width, uint32_t *value)
{
    *value = 0;
    for (size_t i = 0; i < width; i++) {
        if (!is_digit(text[i]))
            return false;
        *value = *value * 10 + (uint32_t)(text[i] - '0');
    }
    return true;
}

/* HH:MM:SS[.f] of `length` bytes, f of 1 to 9 digits. */
static bool time_of_day(const char *text, size_t length, int64_t *ns)
{
    uint32_t hour, minute, second, fraction = 0;
    if (length < 8 || text[2] != ':' || text[5] != ':' || !fixed_digits(text, 2, &hour) ||
        !fixed_digits(text + 3, 2, &minute) || !fixed_digits(text + 6, 2, &second))
        return false;
    size_t digits = length > 8 ? length - 9 : 0;
    if (length > 8 && (text[8] != '.' || digits < 1 || digits > 9 || !fixed_digits(text + 9, digits, &fraction)))
        return false;
    if (hour > 23 || minute > 59 || second > 59)
        return false;
    *ns = ((int64_t)hour * 3600 + minute * 60 + second) * 1000000000 +
          fraction * bw_story_power(9 - (int32_t)digits);
    return true;
}

static const uint8_t MONTH_DAYS[12] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static bool date_at(const char *text, int64_t *day)
{
    uint32_t year, month, month_day;
    if (!fixed_digits(text, 4, &year) || text[4] != '-' || !fixed_digits(text + 5, 2, &month) || text[7] != '-' ||
        !fixed_digits(text + 8, 2, &month_day) || text[10] != 'T')
        return false;
    if (year < 1970 || year > 2261 || month < 1 || month > 12 || month_day < 1 || month_day > MONTH_DAYS[month - 1])
        return false;
    *day = day_of_date(year, month, month_day);
    int64_t year_back;
    uint32_t month_back, day_back;
    bw_story_date_of_day(*day, &year_back, &month_back, &day_back);
    return day_back == month_day;
}

bw_story_number bw_story_time_parse(const char *text, size_t length, int64_t now_ns, int64_t last_ns,
                                    int64_t *time_ns)
{
    int64_t day = now_ns / BW_STORY_DAY_NS, ns;
    if (length > 1 && text[0] == '+') {
        bw_story_number status = bw_story_duration_parse(text + 1, length - 1, &ns);
        if (status == BW_STORY_NUMBER_OK && !bw_add_checked(last_ns, ns, time_ns))
            status = BW_STORY_NUMBER_LARGE;
        return status;
    }
    if (length > 12 && text[length - 1] == 'Z' && date_at(text, &day)) {
        text += 11;
        length -= 12;
    }
    if (!time_of_day(text, length, &ns))
        return BW_STORY_NUMBER_NONE;
    *time_ns = day * BW_STORY_DAY_NS + ns;
    return BW_STORY_NUMBER_OK;
}
