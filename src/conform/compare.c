/* compare.c - see compare.h. */
#include "conform/compare.h"

#include <stdio.h>
#include <string.h>

typedef struct bw_comparison {
    bw_trial *trial;
    bw_json_node *const *outs;
    uint32_t count;
    bw_wide tolerance;
    uint32_t compared;
    bw_conform_verdict *verdict;
} bw_comparison;

static bool same(bw_comparison *at, const bw_json *want, const bw_json *got);

/* ------------------------------------------------------------------------------------------------------ fractions */

/* num / den of a fraction or of an integer; den > 0. */
static bool fraction_of(const bw_json *at, bw_wide *num, bw_wide *den)
{
    bw_json top = bw_json_get(at, "num"), bottom = bw_json_get(at, "den");
    *den = bw_wide_of(1);
    if (bw_json_kind_of(at) == BW_JSON_STRING)
        return bw_json_wide(at, num);
    return bw_json_count(at) == 2 && bw_json_wide(&top, num) && bw_json_wide(&bottom, den) && bw_wide_sign(*den) > 0;
}

static bool is_fraction(const bw_json *at)
{
    bw_wide num, den;
    return bw_json_kind_of(at) == BW_JSON_OBJECT && fraction_of(at, &num, &den);
}

/* a x b; false if b is no int64 or the product does not fit. */
static bool product(bw_wide a, bw_wide b, bw_wide *result)
{
    int64_t narrow;
    return bw_wide_to_int64_try(b, &narrow) && bw_wide_scale_try(a, narrow, result);
}

static bool same_fraction(const bw_json *want, const bw_json *got)
{
    bw_wide num, den, got_num, got_den, left, right;
    return fraction_of(want, &num, &den) && fraction_of(got, &got_num, &got_den) && product(num, got_den, &left) &&
           product(got_num, den, &right) && bw_wide_equal(left, right);
}

/* --------------------------------------------------------------------------------------------------------- values */

static void text_of(const bw_json *at, char *text, size_t size)
{
    char found[BW_JSON_FOUND];
    bw_json top = bw_json_get(at, "num"), bottom = bw_json_get(at, "den");
    bw_json_found(at, found, sizeof found);
    if (is_fraction(at))
        snprintf(text, size, "%s/%s", bw_json_string(&top), bw_json_string(&bottom));
    else if (bw_json_kind_of(at) == BW_JSON_STRING && strlen(found) > 2)   /* an empty text keeps its quotes */
        snprintf(text, size, "%.*s", (int)strlen(found) - 2, found + 1);
    else
        snprintf(text, size, "%s", found);
}

static bool differs(bw_comparison *at, const bw_json *want, const bw_json *got)
{
    bw_json_path(want, at->verdict->field, sizeof at->verdict->field);
    text_of(want, at->verdict->expected, sizeof at->verdict->expected);
    text_of(got, at->verdict->got, sizeof at->verdict->got);
    return false;
}

static bool same_text(bw_comparison *at, const bw_json *want, const bw_json *got)
{
    bw_wide a, b;
    const char *text = bw_json_string(got);
    at->compared++;
    if (is_fraction(got))
        return same_fraction(want, got) || differs(at, want, got);
    if (text == NULL)
        return differs(at, want, got);
    if (!bw_json_wide(want, &a) || !bw_json_wide(got, &b))
        return strcmp(bw_json_string(want), text) == 0 || differs(at, want, got);
    bw_wide difference = bw_wide_max(bw_wide_sub(a, b), bw_wide_sub(b, a));
    return !bw_wide_less(at->tolerance, difference) || differs(at, want, got);
}

static bool same_members(bw_comparison *at, const bw_json *want, const bw_json *got)
{
    void *cursor = NULL;
    bw_json member;
    bool whole = want->key != NULL && strcmp(want->key, "positions") == 0;
    while (bw_json_next(want, &cursor, &member)) {
        bw_json other = bw_json_get(got, member.key);
        if (!same(at, &member, &other))
            return false;
    }
    if (!whole || bw_json_count(want) == bw_json_count(got))
        return true;
    for (cursor = NULL; bw_json_next(got, &cursor, &member);) {
        bw_json listed = bw_json_get(want, member.key);
        if (bw_json_kind_of(&listed) == BW_JSON_NOTHING)
            return differs(at, &listed, &member);
    }
    return true;
}

static bool same_items(bw_comparison *at, const bw_json *want, const bw_json *got)
{
    uint32_t count = bw_json_count(want);
    for (uint32_t n = 0; n < count; n++) {
        bw_json item = bw_json_item(want, n), other = bw_json_item(got, n);
        if (!same(at, &item, &other))
            return false;
    }
    if (count == bw_json_count(got))
        return true;
    bw_json none = bw_json_item(want, count), more = bw_json_item(got, count);
    return differs(at, &none, &more);
}

static bool same(bw_comparison *at, const bw_json *want, const bw_json *got)
{
    bool a = false, b = false;
    switch (bw_json_kind_of(want)) {
    case BW_JSON_STRING:
        return same_text(at, want, got);
    case BW_JSON_BOOLEAN:
        at->compared++;
        bw_json_boolean(want, &a);
        return (bw_json_boolean(got, &b) && a == b) || differs(at, want, got);
    case BW_JSON_OBJECT:
        if (is_fraction(want)) {
            at->compared++;
            return same_fraction(want, got) || differs(at, want, got);
        }
        at->compared += bw_json_count(want) == 0;
        return bw_json_kind_of(got) == BW_JSON_OBJECT ? same_members(at, want, got) : differs(at, want, got);
    case BW_JSON_ARRAY:
        at->compared += bw_json_count(want) == 0;
        return bw_json_kind_of(got) == BW_JSON_ARRAY ? same_items(at, want, got) : differs(at, want, got);
    default:
        bw_trial_wrong(at->trial, want, "a text, true or false, an object or an array");
        return true;
    }
}

/* ----------------------------------------------------------------------------------------------------- what to what */

static bool same_row(bw_comparison *at, const bw_json *want, const bw_json *out)
{
    const char *word = bw_json_string(want);
    bw_json main = bw_json_get(out, "value"), refused = bw_json_get(out, "refused");
    bool is_refused = false, says_refused = word != NULL && strcmp(word, "refused") == 0;
    if (says_refused || (word != NULL && strcmp(word, "accepted") == 0)) {
        at->compared++;
        bw_json_boolean(&refused, &is_refused);
        if (is_refused == says_refused)
            return true;
        bw_json_node *instead = bw_json_new_text(is_refused ? "refused" : "accepted");
        bw_json got = bw_json_root(instead);
        differs(at, want, &got);
        bw_json_drop(instead);
        return false;
    }
    bool of_outputs = bw_json_kind_of(want) == BW_JSON_OBJECT && !is_fraction(want);
    return same(at, want, of_outputs ? out : &main);
}

static bool same_rows(bw_comparison *at, const bw_json *rows)
{
    if (bw_json_kind_of(rows) != BW_JSON_ARRAY || bw_json_count(rows) > at->count) {
        bw_trial_wrong(at->trial, rows, "an array of at most a row per event");
        return true;
    }
    for (uint32_t n = 0; n < bw_json_count(rows); n++) {
        bw_json row = bw_json_item(rows, n), out = bw_json_root(at->outs[n]);
        if (!same_row(at, &row, &out))
            return false;
    }
    return true;
}

static bool same_step(bw_comparison *at, const bw_json *step)
{
    void *cursor = NULL;
    bw_json member, after = bw_json_get(step, "after");
    bw_wide event;
    if (!bw_json_wide(&after, &event) || bw_wide_sign(event) < 0 || !bw_wide_less(event, bw_wide_of(at->count))) {
        bw_trial_wrong(at->trial, &after, "the number of an event");
        return true;
    }
    bw_json out = bw_json_root(at->outs[bw_wide_to_int64(event)]);
    while (bw_json_next(step, &cursor, &member)) {
        bw_json got = bw_json_get(&out, member.key);
        if (strcmp(member.key, "after") != 0 && !same(at, &member, &got))
            return false;
    }
    return true;
}

static bool same_steps(bw_comparison *at, const bw_json *steps)
{
    if (bw_json_kind_of(steps) != BW_JSON_ARRAY)
        bw_trial_wrong(at->trial, steps, "an array of steps");
    for (uint32_t n = 0; n < bw_json_count(steps) && !at->trial->wrong; n++) {
        bw_json step = bw_json_item(steps, n);
        if (!same_step(at, &step))
            return false;
    }
    return true;
}

/* The output of the last event that wrote the key. `refused`: of the first event that was, if any. */
static bw_json last_out(const bw_comparison *at, const char *key)
{
    bool refused = false;
    for (uint32_t n = 0; n < at->count && strcmp(key, "refused") == 0; n++) {
        bw_json out = bw_json_root(at->outs[n]), flag = bw_json_get(&out, key);
        if (bw_json_boolean(&flag, &refused) && refused)
            return out;
    }
    for (uint32_t n = at->count; n-- > 0;) {
        bw_json out = bw_json_root(at->outs[n]), got = bw_json_get(&out, key);
        if (bw_json_kind_of(&got) != BW_JSON_NOTHING)
            return out;
    }
    return (bw_json){0};
}

static bool is_compared(const bw_comparison *at, const char *key)
{
    return !at->trial->anomalous || strcmp(key, "burned") == 0 || strcmp(key, "fund_paid") == 0;
}

/* A block: expected, or derived, of which only what some event wrote is compared. */
static bool same_block(bw_comparison *at, const char *name, bool all)
{
    bw_json block = bw_json_get(&at->trial->root, name), member;
    void *cursor = NULL;
    if (bw_json_kind_of(&block) != BW_JSON_OBJECT && (all || bw_json_kind_of(&block) != BW_JSON_NOTHING))
        bw_trial_wrong(at->trial, &block, "an object");
    while (!at->trial->wrong && bw_json_next(&block, &cursor, &member)) {
        bool good;
        bw_json out = last_out(at, member.key), got = bw_json_get(&out, member.key);
        if (!is_compared(at, member.key))
            continue;
        if (strcmp(member.key, "rows") == 0)
            good = same_rows(at, &member);
        else if (strcmp(member.key, "steps") == 0)
            good = same_steps(at, &member);
        else
            good = (!all && out.node == NULL) || same(at, &member, &got);
        if (!good)
            return false;
    }
    return true;
}

bool bw_trial_compare(bw_trial *trial, bw_json_node *const *outs, uint32_t count, bw_conform_verdict *verdict)
{
    bw_comparison at = {.trial = trial, .outs = outs, .count = count, .verdict = verdict};
    bw_json market = bw_json_get(&trial->root, "market"), expected = bw_json_get(&trial->root, "expected");
    bw_amount tolerance = bw_amount_of(0);
    if (bw_trial_has(&market, "tolerance"))
        tolerance = bw_trial_get_least(trial, &market, "tolerance", 0);
    at.tolerance = bw_wide_of(tolerance.minor);
    bool good = same_block(&at, "expected", true) && same_block(&at, "derived", false);
    if (good && at.compared == 0)
        bw_trial_wrong(trial, &expected, "something that is asserted");
    return good;
}
