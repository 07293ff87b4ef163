/* object.h - JSON put on a page: keys and values of objects and arrays, with the forms of the outside contract.

       begin(NULL, '{') ──> text, count, money, rate, null, begin("series", '{') ... end('}') ──> end('}') ──> a newline

   Shapes    ", " and ": " between; one line
   Units     money: minor units of an asset with `decimals`, as a decimal string; rates as decimal strings
   Rounding  none
   Errors    none */
#ifndef BW_METRICS_OBJECT_H
#define BW_METRICS_OBJECT_H

#include "metrics/page.h"

typedef struct bw_object {
    bw_page page;
    uint32_t decimals;               /* of money that follows */
    bool first;                      /* nothing stands yet in the object or array that is open */
} bw_object;

bw_object bw_object_open(char *buffer, size_t size, uint32_t decimals);

/* '{' or '['; key NULL: in an array, or the whole. */
void bw_object_begin(bw_object *object, const char *key, char bracket);
void bw_object_end(bw_object *object, char bracket);

void bw_object_key(bw_object *object, const char *key);
void bw_object_text(bw_object *object, const char *key, const char *text);
void bw_object_count(bw_object *object, const char *key, uint64_t value);
void bw_object_money(bw_object *object, const char *key, int64_t amount);
/* value / 10^places. */
void bw_object_rate(bw_object *object, const char *key, int64_t value, uint32_t places);
void bw_object_null(bw_object *object, const char *key);
void bw_object_flag(bw_object *object, const char *key, bool value);

#endif
