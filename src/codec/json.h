/* json.h - JSON in: a tree that knows where each of its values stands; and trees made to compare with it.

       text ── bw_json_parse ──> tree ── bw_json_root, _get, _item, _next ──> place ── bw_json_wide, _string, ... ──> value

   A place is a value and the way to it, so that a message can say "events[2].book[0].qty". It points to the place it was
   reached from, which must live as long. A key that is not there gives a place without a value, of kind BW_JSON_NOTHING.

   Shapes    objects with each key once; depth at most 2,048; valid UTF-8
   Numbers   integers in strings, "-12": base 10, no sign but '-', no blanks, |x| < 10^36
   Errors    bw_json_parse: NULL and a message; readers return false or NULL. No memory for a tree that is made stops the
             program */
#ifndef BW_CODEC_JSON_H
#define BW_CODEC_JSON_H

#include "base/types.h"
#include "money/wide.h"

typedef struct json_t bw_json_node;      /* a tree, or a part of one */

typedef struct bw_json {
    const bw_json_node *node;            /* NULL: nothing there */
    const struct bw_json *parent;        /* NULL: the root */
    const char *key;                     /* in an object; NULL: in an array */
    uint32_t index;
} bw_json;

typedef enum bw_json_kind {
    BW_JSON_NOTHING, BW_JSON_OBJECT, BW_JSON_ARRAY, BW_JSON_STRING, BW_JSON_NUMBER, BW_JSON_BOOLEAN, BW_JSON_NULL
} bw_json_kind;

#define BW_JSON_FOUND 80                 /* bytes that bw_json_found needs at most */
#define BW_JSON_WIDE_TEXT 48             /* bytes of any bw_wide as text */

/* The tree of a text, to be dropped; NULL with what is wrong in `message` ("string or '}' expected near end of file") and
   its line. */
bw_json_node *bw_json_parse(const char *text, size_t length, char *message, size_t size, uint32_t *line);
void bw_json_drop(bw_json_node *node);

bw_json bw_json_root(const bw_json_node *node);
bw_json bw_json_get(const bw_json *object, const char *key);
bw_json bw_json_item(const bw_json *array, uint32_t index);
/* Members of an object in the order of the text; *cursor NULL starts, false: no more. */
bool bw_json_next(const bw_json *object, void **cursor, bw_json *member);

bw_json_kind bw_json_kind_of(const bw_json *at);
/* Items of an array, members of an object, else 0. */
uint32_t bw_json_count(const bw_json *at);
/* The text of a string, else NULL. It has no NUL inside. */
const char *bw_json_string(const bw_json *at);
bool bw_json_boolean(const bw_json *at, bool *value);
bool bw_json_wide(const bw_json *at, bw_wide *value);
/* The number that a text is, by the rule above; whether it would be one if it were not too long. */
bool bw_json_wide_of(const char *text, bw_wide *value);
bool bw_json_is_integer(const char *text);

/* Where it stands, "events[2].qty", cut to `size`. Returns `text`. */
const char *bw_json_path(const bw_json *at, char *text, size_t size);
/* What stands there, for a message: 'X' with control characters replaced, "an object", "nothing". Returns `text`. */
const char *bw_json_found(const bw_json *at, char *text, size_t size);

/* Trees that are made. What is put into a tree belongs to it; a key that is there already is replaced. */
bw_json_node *bw_json_new_object(void);
bw_json_node *bw_json_new_array(void);
bw_json_node *bw_json_new_text(const char *text);
bw_json_node *bw_json_new_boolean(bool value);
bw_json_node *bw_json_new_wide(bw_wide value);
void bw_json_put(bw_json_node *object, const char *key, bw_json_node *value);
void bw_json_append(bw_json_node *array, bw_json_node *value);
/* The object of that key, made if there is none. */
bw_json_node *bw_json_within(bw_json_node *object, const char *key);

/* A number as its digits; returns `text`. */
const char *bw_json_digits(bw_wide value, char text[BW_JSON_WIDE_TEXT]);

#endif
