/* html.h - whether a report is one well-formed file that needs no other. */
#ifndef BW_TEST_REPORT_HTML_H
#define BW_TEST_REPORT_HTML_H

#include "check.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static inline bool is_void(const char *name)
{
    return strcmp(name, "meta") == 0 || strcmp(name, "!doctype") == 0;
}

/* Past an attribute list up to '>' or "/>"; every value is quoted and holds no '<'. Returns true for "/>". */
static inline bool attributes_end(const char **at)
{
    bool slash = false;
    for (; **at != '>'; ++*at) {
        assert_true(**at != 0 && **at != '<');
        slash = **at == '/';
        if (**at != '"')
            continue;
        for (++*at; **at != '"'; ++*at)
            assert_true(**at != 0 && **at != '<');
    }
    ++*at;
    return slash;
}

static inline void check_entity(const char *at)
{
    static const char *const KNOWN[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&nbsp;"};
    for (size_t i = 0; i < sizeof KNOWN / sizeof KNOWN[0]; i++)
        if (strncmp(at, KNOWN[i], strlen(KNOWN[i])) == 0)
            return;
    fail_msg("a bare & at: %.40s", at);
}

static inline void check_tags(const char *text)
{
    char open[64][16];
    uint32_t depth = 0;
    for (const char *at = text; *at;) {
        if (*at == '&')
            check_entity(at);
        if (*at != '<') {
            assert_true(*at++ != '>' || strncmp(open[depth - 1], "style", 5) == 0);
            continue;
        }
        char name[16] = {0};
        bool end = at[1] == '/';
        at += 1 + end;
        for (size_t i = 0; (isalnum((unsigned char)*at) || *at == '!') && i < 15; at++)
            name[i++] = *at;
        bool empty = attributes_end(&at);
        if (end) {
            if (depth == 0 || strcmp(open[depth - 1], name) != 0)
                fail_msg("</%s> closes <%s> at: %.60s", name, depth ? open[depth - 1] : "", at);
            depth--;
        } else if (!empty && !is_void(name)) {
            assert_true(depth < 64);
            memcpy(open[depth++], name, sizeof name);
        }
    }
    assert_int_equal(depth, 0);
}

/* Every point of every path, and every text and bar, lies inside its picture. */
static inline void check_places(const char *text)
{
    for (const char *at = text; (at = strstr(at, "<svg viewBox=\"0 0 760 ")) != NULL;) {
        double height = atof(at + 22);
        const char *end = strstr(at, "</svg>");
        for (const char *y = at; (y = strstr(y, " y=\"")) != NULL && y < end; y++)
            assert_true(atof(y + 4) >= 0 && atof(y + 4) <= height);
        for (const char *h = at; (h = strstr(h, " height=\"")) != NULL && h < end; h++)
            assert_true(atof(h + 9) <= 78);   /* no bar is higher than a lane */
        for (const char *path = at; (path = strstr(path, " d=\"")) != NULL && path < end; path++)
            for (const char *p = path + 4; *p != '"'; p++)
                if (*p == ' ')
                    assert_true(atof(p + 1) >= 0 && atof(p + 1) <= height);
        at = end;
    }
}

static inline void check_nothing_fetched(const char *text)
{
    static const char *const BANNED[] = {"http:", "https:", "src=", "href=", "@import", "<script", "<link", "<img", "url(h",
                                         "url(\"", "//", "javascript:", "data:"};
    for (size_t i = 0; i < sizeof BANNED / sizeof BANNED[0]; i++)
        if (strstr(text, BANNED[i]) != NULL)
            fail_msg("%s in: %.60s", BANNED[i], strstr(text, BANNED[i]));
    for (const char *at = text; (at = strstr(at, "url(")) != NULL; at++)
        assert_int_equal(at[4], '#');
}

static inline uint32_t times(const char *text, const char *word)
{
    uint32_t count = 0;
    for (; (text = strstr(text, word)) != NULL; text++)
        count++;
    return count;
}

#endif
