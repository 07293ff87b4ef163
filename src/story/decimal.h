/* decimal.h - numbers of a story: exact decimals, never rounded.

       "79.9" ── bw_story_decimal_parse ──> 799 x 10^-1 ── bw_story_decimal_count ──> 799 units of 0.1

   Shapes    a decimal is digits x 10^-scale, scale 0..18; a unit is mantissa x 10^exponent, mantissa > 0 without
             trailing zeros (an asset's smallest unit, a tick, a lot)
   Rounding  none: what is not a whole count of units is an error
   Errors    a bw_story_number */
#ifndef BW_STORY_DECIMAL_H
#define BW_STORY_DECIMAL_H

#include "base/types.h"

typedef struct bw_story_decimal {
    int64_t digits;
    int32_t scale;
} bw_story_decimal;

typedef struct bw_story_unit {
    int64_t mantissa;
    int32_t exponent;
} bw_story_unit;

typedef enum bw_story_number {
    BW_STORY_NUMBER_OK,
    BW_STORY_NUMBER_NONE,    /* not a number: [-+]digits[.digits] */
    BW_STORY_NUMBER_LARGE,   /* does not fit 64 bits */
    BW_STORY_NUMBER_FINE,    /* not a whole count of units */
} bw_story_number;

bw_story_number bw_story_decimal_parse(const char *text, size_t length, bw_story_decimal *decimal);
/* decimal / unit, if that is whole. */
bw_story_number bw_story_decimal_count(bw_story_decimal decimal, bw_story_unit unit, int64_t *count);
/* A positive decimal as a unit. BW_STORY_NUMBER_LARGE if its mantissa exceeds mantissa_max or it is not positive. */
bw_story_number bw_story_decimal_unit(bw_story_decimal decimal, int64_t mantissa_max, bw_story_unit *unit);
/* The smallest unit of an asset. */
bw_story_unit bw_story_unit_of_asset(uint32_t decimals);
/* 10^exponent, exponent 0..18. */
int64_t bw_story_power(int32_t exponent);

/* "500ms", "8h": nanoseconds; the number may have decimals. */
bw_story_number bw_story_duration_parse(const char *text, size_t length, int64_t *duration_ns);
/* "2025-10-10T21:15:03Z", "21:15:03.5" (of the day of now_ns), "+3s" (after last_ns). Nanoseconds since the epoch. */
bw_story_number bw_story_time_parse(const char *text, size_t length, int64_t now_ns, int64_t last_ns,
                                    int64_t *time_ns);

/* Civil calendar, UTC: the date of a day number since the epoch. */
void bw_story_date_of_day(int64_t day, int64_t *year, uint32_t *month, uint32_t *month_day);

#define BW_STORY_DAY_NS (INT64_C(86400) * 1000000000)

#endif
