/* condition.h - a figure of a result compared with a number: --fail-if, and when there are paths enough: --until.

       NAME OP NUMBER          p_haircut>0.1%     var_gap_99.9 >= 2500000     smallest_fund_high>1000000

       NAME    p_liquidation p_adl p_haircut p_carryover p_socialized p_charged
               mean_S var_S_L es_S_L    S: gap fund_use socialized    L: 95 99 99.9 99.99
               smallest_fund newsvendor
               each also with _low or _high: the ends of its interval at 95%
       OP      > >= < <=
       NUMBER  a decimal of at most 16 digits; chances also in %; money in units of the asset

   Rounding  none: counts and money are compared exactly, ends of a chance's interval as the doubles they are
   Errors    a sentence: what was found, what was expected, the nearest name
   Unknown   a figure that N is too small for is neither above nor below anything: a gate shall not pass on it */
#ifndef BW_STRESS_CONDITION_H
#define BW_STRESS_CONDITION_H

#include "stress/fund.h"

typedef enum bw_condition_end { BW_CONDITION_FALSE, BW_CONDITION_TRUE, BW_CONDITION_UNKNOWN } bw_condition_end;

typedef struct bw_condition {
    uint16_t kind;                   /* of the name: condition.c */
    uint8_t series, level, side;     /* side: 0 value, 1 low, 2 high */
    bool below, equal;               /* below: < or <=; equal: holds at equality */
    int64_t digits;                  /* NUMBER = digits / 10^places */
    uint32_t places;
} bw_condition;

/* False with a sentence in `message`. */
bool bw_condition_parse(const char *text, bw_condition *condition, char *message, size_t size);

/* The same for names of another result: all there are, by number, with their parts; kinds below BW_CONDITION_CHANCES are chances.
   False: no such number. `such_as`: "a figure such as p_haircut". */
enum { BW_CONDITION_NAME = 48, BW_CONDITION_CHANCES = 5, BW_CONDITION_SIDES = 3 };
typedef bool bw_condition_names(uint32_t number, bw_condition *parts, char word[BW_CONDITION_NAME]);
bool bw_condition_parse_with(const char *text, bw_condition_names *names, const char *such_as, bw_condition *condition,
                             char *message, size_t size);
/* "", "_low", "_high" */
extern const char *const bw_condition_sides[BW_CONDITION_SIDES];
bw_condition_end bw_condition_chance(const bw_condition *condition, const bw_stress_chance *chance);
bw_condition_end bw_condition_figure(const bw_condition *condition, const bw_stress_figure *figure, uint32_t decimals);

/* `fund` may be NULL: smallest_fund and newsvendor are then unknown. */
bw_condition_end bw_condition_holds(const bw_condition *condition, const bw_stress_result *result, const bw_fund_result *fund);
/* It reads figures that only bw_fund_result has. */
bool bw_condition_of_fund(const bw_condition *condition);

/* "ci=5%": half the width of the interval of P at most this part of P. In 1e-9 of P. */
bool bw_until_parse(const char *text, int64_t *part, char *message, size_t size);
/* Do the counts so far reach it? Never without a hit. Ask at sizes fixed beforehand (every 1,000 paths, say), not after every
   hit: stopping where the width happens to be small biases P. */
bool bw_until_reached(uint64_t hits, uint64_t paths, int64_t part);

#endif
