/* json.c - see json.h. */
#include "codec/json.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define DIGITS_MAX 36

/* ------------------------------------------------------------------------------------------------------------ in */

bw_json_node *bw_json_parse(const char *text, size_t length, char *message, size_t size, uint32_t *line)
{
    json_error_t error;
    json_t *node = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
    if (node == NULL) {
        snprintf(message, size, "%s", error.text);
        *line = error.line > 0 ? (uint32_t)error.line : 1;
    }
    return node;
}

void bw_json_drop(bw_json_node *node)
{
    json_decref(node);
}

bw_json bw_json_root(const bw_json_node *node)
{
    return (bw_json){.node = node};
}

bw_json bw_json_get(const bw_json *object, const char *key)
{
    return (bw_json){.node = json_object_get(object->node, key), .parent = object, .key = key};
}

bw_json bw_json_item(const bw_json *array, uint32_t index)
{
    return (bw_json){.node = json_array_get(array->node, index), .parent = array, .index = index};
}

bool bw_json_next(const bw_json *object, void **cursor, bw_json *member)
{
    json_t *node = (json_t *)(uintptr_t)object->node;
    *cursor = *cursor == NULL ? json_object_iter(node) : json_object_iter_next(node, *cursor);
    if (*cursor == NULL)
        return false;
    *member = (bw_json){.node = json_object_iter_value(*cursor), .parent = object, .key = json_object_iter_key(*cursor)};
    return true;
}

bw_json_kind bw_json_kind_of(const bw_json *at)
{
    if (at->node == NULL)
        return BW_JSON_NOTHING;
    switch (json_typeof(at->node)) {
    case JSON_OBJECT: return BW_JSON_OBJECT;
    case JSON_ARRAY: return BW_JSON_ARRAY;
    case JSON_STRING: return BW_JSON_STRING;
    case JSON_TRUE: case JSON_FALSE: return BW_JSON_BOOLEAN;
    case JSON_NULL: return BW_JSON_NULL;
    default: return BW_JSON_NUMBER;
    }
}

uint32_t bw_json_count(const bw_json *at)
{
    return (uint32_t)(json_is_array(at->node) ? json_array_size(at->node) : json_object_size(at->node));
}

const char *bw_json_string(const bw_json *at)
{
    return json_string_value(at->node);
}

bool bw_json_boolean(const bw_json *at, bool *value)
{
    if (!json_is_boolean(at->node))
        return false;
    *value = json_is_true(at->node);
    return true;
}

bool bw_json_is_integer(const char *text)
{
    const char *digit = text + (*text == '-');
    return *digit != 0 && digit[strspn(digit, "0123456789")] == 0;
}

bool bw_json_wide_of(const char *text, bw_wide *value)
{
    bw_wide sum = bw_wide_of(0);
    bool negative = *text == '-';
    const char *digit = text + negative;
    if (!bw_json_is_integer(text) || strlen(digit) > DIGITS_MAX)
        return false;
    for (; *digit != 0; digit++)
        sum = bw_wide_add_int64(bw_wide_scale(sum, 10), *digit - '0');
    *value = negative ? bw_wide_negate(sum) : sum;
    return true;
}

bool bw_json_wide(const bw_json *at, bw_wide *value)
{
    const char *text = bw_json_string(at);
    return text != NULL && bw_json_wide_of(text, value);
}

/* ------------------------------------------------------------------------------------------------------ messages */

/* Copies a text that others wrote so that it stays on its line. */
static void copy_plain(char *to, size_t size, const char *from)
{
    size_t n = 0;
    for (; from[n] != 0 && n + 1 < size; n++)
        to[n] = (unsigned char)from[n] < 0x20 || from[n] == 0x7f ? '?' : from[n];
    to[n] = 0;
}

const char *bw_json_path(const bw_json *at, char *text, size_t size)
{
    const bw_json *way[64];
    uint32_t depth = 0;
    size_t length = 0;
    for (; at->parent != NULL && depth < sizeof way / sizeof way[0]; at = at->parent)
        way[depth++] = at;
    text[0] = 0;
    while (depth > 0 && length + 1 < size) {
        const bw_json *step = way[--depth];
        char key[BW_JSON_FOUND];
        copy_plain(key, sizeof key, step->key != NULL ? step->key : "");
        if (step->key == NULL)
            snprintf(text + length, size - length, "[%u]", step->index);
        else
            snprintf(text + length, size - length, "%s%s", length > 0 ? "." : "", key);
        length += strlen(text + length);
    }
    return text;
}

static const char *name_of(bw_json_kind kind)
{
    static const char *const names[] = {"nothing", "an object", "an array", "a text", "a number", "true", "null"};
    return names[kind];
}

const char *bw_json_found(const bw_json *at, char *text, size_t size)
{
    bw_json_kind kind = bw_json_kind_of(at);
    if (kind == BW_JSON_STRING) {
        char plain[BW_JSON_FOUND - 8];
        copy_plain(plain, sizeof plain, bw_json_string(at));
        snprintf(text, size, strlen(plain) + 1 < sizeof plain ? "'%s'" : "'%s...'", plain);
    } else if (kind == BW_JSON_BOOLEAN) {
        snprintf(text, size, "%s", json_is_true(at->node) ? "true" : "false");
    } else if (json_is_integer(at->node)) {
        snprintf(text, size, "the number %lld", (long long)json_integer_value(at->node));
    } else {
        snprintf(text, size, "%s", name_of(kind));
    }
    return text;
}

/* ---------------------------------------------------------------------------------------------------------- made */

static json_t *made(json_t *node)
{
    BW_ASSERT(node != NULL);
    return node;
}

bw_json_node *bw_json_new_object(void)
{
    return made(json_object());
}

bw_json_node *bw_json_new_array(void)
{
    return made(json_array());
}

bw_json_node *bw_json_new_text(const char *text)
{
    return made(json_string(text));
}

bw_json_node *bw_json_new_boolean(bool value)
{
    return made(json_boolean(value));
}

const char *bw_json_digits(bw_wide value, char text[BW_JSON_WIDE_TEXT])
{
    char reversed[BW_JSON_WIDE_TEXT];
    uint32_t count = 0, length = 0;
    bool negative = bw_wide_sign(value) < 0;
    do {   /* digit by digit from below, without negating: the lowest number has no opposite */
        int64_t digit = bw_wide_to_int64(bw_wide_sub(value, bw_wide_scale(bw_wide_div_zero(value, bw_wide_of(10)), 10)));
        reversed[count++] = (char)('0' + (digit < 0 ? -digit : digit));
        value = bw_wide_div_zero(value, bw_wide_of(10));
    } while (bw_wide_sign(value) != 0);
    if (negative)
        text[length++] = '-';
    while (count > 0)
        text[length++] = reversed[--count];
    text[length] = 0;
    return text;
}

bw_json_node *bw_json_new_wide(bw_wide value)
{
    char text[BW_JSON_WIDE_TEXT];
    return bw_json_new_text(bw_json_digits(value, text));
}

void bw_json_put(bw_json_node *object, const char *key, bw_json_node *value)
{
    int failed = json_object_set_new(object, key, value);
    BW_ASSERT(!failed);
}

void bw_json_append(bw_json_node *array, bw_json_node *value)
{
    int failed = json_array_append_new(array, value);
    BW_ASSERT(!failed);
}

bw_json_node *bw_json_within(bw_json_node *object, const char *key)
{
    json_t *found = json_object_get(object, key);
    if (found == NULL) {
        found = bw_json_new_object();
        bw_json_put(object, key, found);
    }
    return found;
}
