#include "metrics/object.h"

#include "base/utf8.h"

bw_object bw_object_open(char *buffer, size_t size, uint32_t decimals)
{
    return (bw_object){.page = bw_page_open(buffer, size), .decimals = decimals, .first = true};
}

static void put_string(bw_page *page, const char *text)
{
    bw_page_char(page, '"');
    for (; *text; text++) {
        uint32_t length = bw_utf8_length(text);
        if (length == 0) {
            bw_page_put(page, "\\ufffd");
            continue;
        }
        for (; length > 1; length--)
            bw_page_char(page, *text++);
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            bw_page_char(page, '\\');
        if (c >= 0x20) {
            bw_page_char(page, (char)c);
            continue;
        }
        bw_page_put(page, "\\u00");
        bw_page_char(page, "0123456789abcdef"[c >> 4]);
        bw_page_char(page, "0123456789abcdef"[c & 15]);
    }
    bw_page_char(page, '"');
}

void bw_object_key(bw_object *object, const char *key)
{
    if (!object->first)
        bw_page_put(&object->page, ", ");
    object->first = false;
    if (key == NULL)
        return;
    put_string(&object->page, key);
    bw_page_put(&object->page, ": ");
}

void bw_object_begin(bw_object *object, const char *key, char bracket)
{
    bw_object_key(object, key);
    bw_page_char(&object->page, bracket);
    object->first = true;
}

void bw_object_end(bw_object *object, char bracket)
{
    bw_page_char(&object->page, bracket);
    object->first = false;
}

void bw_object_text(bw_object *object, const char *key, const char *text)
{
    bw_object_key(object, key);
    put_string(&object->page, text);
}

void bw_object_count(bw_object *object, const char *key, uint64_t value)
{
    bw_object_key(object, key);
    bw_page_unsigned(&object->page, value);
}

void bw_object_rate(bw_object *object, const char *key, int64_t value, uint32_t places)
{
    bw_object_key(object, key);
    bw_page_char(&object->page, '"');
    bw_page_amount(&object->page, value, places);
    bw_page_char(&object->page, '"');
}

void bw_object_money(bw_object *object, const char *key, int64_t amount)
{
    bw_object_rate(object, key, amount, object->decimals);
}

void bw_object_null(bw_object *object, const char *key)
{
    bw_object_key(object, key);
    bw_page_put(&object->page, "null");
}

void bw_object_flag(bw_object *object, const char *key, bool value)
{
    bw_object_key(object, key);
    bw_page_put(&object->page, value ? "true" : "false");
}
