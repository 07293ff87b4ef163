/* test_conform.c - own cases of every kind pass, notice every change of what they expect, and survive being broken; the
   cases of ../shared/conformance, if they are there, pass. */
#include <dirent.h>
#include <jansson.h>

#include "check.h"

#include "conform/conform.h"

#define FILES_MAX 400

typedef struct case_text {
    char name[256];
    json_t *tree;
} case_text;

static case_text own[FILES_MAX], theirs[FILES_MAX];
static uint32_t own_count, their_count;

/* ------------------------------------------------------------------------------------------------------------ help */

static uint32_t folder_load(const char *folder, case_text *to)
{
    uint32_t count = 0;
    DIR *stream = opendir(folder);
    for (struct dirent *entry = stream ? readdir(stream) : NULL; entry && count < FILES_MAX; entry = readdir(stream)) {
        char path[1024];
        if (!strstr(entry->d_name, ".json") || strcmp(entry->d_name, "INDEX.json") == 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        snprintf(to[count].name, sizeof to[count].name, "%s", entry->d_name);
        to[count].tree = json_load_file(path, 0, NULL);
        assert_non_null(to[count].tree);
        count++;
    }
    if (stream)
        closedir(stream);
    return count;
}

static int load(void **unused)
{
    (void)unused;
    char path[1024];
    const char *root = getenv("BW_SOURCE_DIR") ? getenv("BW_SOURCE_DIR") : ".";
    snprintf(path, sizeof path, "%s/tests/conform/cases", root);
    own_count = folder_load(path, own);
    snprintf(path, sizeof path, "%s/../shared/conformance", root);
    their_count = folder_load(path, theirs);
    print_message("# %u own cases, %u shared\n", own_count, their_count);
    return 0;
}

static int unload(void **unused)
{
    (void)unused;
    for (uint32_t n = 0; n < own_count; n++)
        json_decref(own[n].tree);
    for (uint32_t n = 0; n < their_count; n++)
        json_decref(theirs[n].tree);
    return 0;
}

/* False: it was no case of the schema. */
static bool judge_text(const char *text, size_t length, bw_conform_verdict *verdict)
{
    char message[256] = "";
    uint32_t line = 0;
    bw_conform_case *opened;
    bw_conform_found found = bw_conform_open(text, length, &opened, message, sizeof message, &line);
    assert_int_equal(found == BW_CONFORM_CASE, opened != NULL);
    if (!opened) {
        assert_true(message[0] != 0 && strchr(message, '\n') == NULL);
        assert_true(found != BW_CONFORM_MALFORMED || line > 0);
        return false;
    }
    assert_true(bw_conform_run(opened, verdict));
    bw_conform_drop(opened);
    bool failed = verdict->outcome == BW_CONFORM_FAIL;
    assert_int_equal(failed, verdict->field[0] != 0);
    assert_int_equal(failed, verdict->expected[0] != 0);
    assert_true(verdict->outcome != BW_CONFORM_SKIP || verdict->reason[0] != 0);
    return true;
}

static bool judge(const json_t *tree, bw_conform_verdict *verdict)
{
    char *text = json_dumps(tree, JSON_ENCODE_ANY);
    bool is_case = judge_text(text, strlen(text), verdict);
    free(text);
    return is_case;
}

static void expect_pass(const case_text *at)
{
    bw_conform_verdict verdict;
    assert_true(judge(at->tree, &verdict));
    if (verdict.outcome != BW_CONFORM_PASS)
        print_message("%s: %s: expected %s, got %s (%s)\n", at->name, verdict.field, verdict.expected, verdict.got,
                      verdict.reason);
    assert_int_equal(verdict.outcome, BW_CONFORM_PASS);
}

/* ------------------------------------------------------------------------------------------------------------ pass */

static void test_own(void **unused)
{
    (void)unused;
    static const char *const kinds[] = {
        "settle-round", "mark-round", "profit-haircut", "index-socialise", "claims-dilution", "global-haircut",
        "claim-payout", "terminal-price", "quantity-scale", "fund-draw", "fund-delta", "bankruptcy-price", "deleverage",
        "liquidation-waterfall", "bankruptcy-takeover"};
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        uint32_t cases = 0;
        for (uint32_t n = 0; n < own_count; n++)
            cases += strcmp(json_string_value(json_object_get(own[n].tree, "kind")), kinds[k]) == 0;
        assert_true(cases > 0);
    }
    for (uint32_t n = 0; n < own_count; n++)
        expect_pass(&own[n]);
}

static void test_shared(void **unused)
{
    (void)unused;
    if (their_count == 0)
        skip();
    for (uint32_t n = 0; n < their_count; n++)
        expect_pass(&theirs[n]);
}

/* ---------------------------------------------------------------------------------------------------------- notice */

static uint32_t tried, unnoticed;

static void expect_noticed(const case_text *at, const char *key)
{
    bw_conform_verdict verdict;
    assert_true(judge(at->tree, &verdict));
    tried++;
    if (verdict.outcome == BW_CONFORM_FAIL)
        return;
    unnoticed++;
    print_message("%s: nobody notices a change of %s\n", at->name, key);
}

static void change_leaves(const case_text *at, json_t *node, const char *key);

/* A changed value in the place of `leaf`. */
static json_t *changed(const json_t *leaf)
{
    char text[64];
    const char *old = json_string_value(leaf);
    if (json_is_boolean(leaf))
        return json_boolean(!json_is_true(leaf));
    if (!old || strspn(old, "-0123456789") != strlen(old))
        return json_string(old && strcmp(old, "refused") == 0 ? "accepted" : "refused");
    snprintf(text, sizeof text, "%lld", strtoll(old, NULL, 10) + 1000003);
    return json_string(text);
}

static void change_leaf(const case_text *at, json_t *parent, const char *key, size_t index)
{
    json_t *leaf = json_incref(key ? json_object_get(parent, key) : json_array_get(parent, index));
    if (json_is_object(leaf) || json_is_array(leaf))
        change_leaves(at, leaf, key);
    else if (!key || strcmp(key, "after") != 0) {
        if (key)
            json_object_set_new(parent, key, changed(leaf));
        else
            json_array_set_new(parent, index, changed(leaf));
        expect_noticed(at, key ? key : "an item");
        if (key)
            json_object_set(parent, key, leaf);
        else
            json_array_set(parent, index, leaf);
    }
    json_decref(leaf);
}

static void change_leaves(const case_text *at, json_t *node, const char *key)
{
    const char *name;
    json_t *value;
    size_t index;
    (void)key;
    json_object_foreach(node, name, value)
        change_leaf(at, node, name, 0);
    json_array_foreach(node, index, value)
        change_leaf(at, node, NULL, index);
}

/* Whatever a case expects, it fails if it expects something else. */
static void test_notices(void **unused)
{
    (void)unused;
    for (uint32_t n = 0; n < own_count; n++)
        if (!strstr(own[n].name, "anomalous"))
            change_leaves(&own[n], json_object_get(own[n].tree, "expected"), NULL);
    for (uint32_t n = 0; n < their_count; n++)
        if (json_array_size(json_object_get(theirs[n].tree, "flags")) == 0)
            change_leaves(&theirs[n], json_object_get(theirs[n].tree, "expected"), NULL);
    print_message("# %u changes\n", tried);
    assert_true(tried > 150);
    assert_int_equal(unnoticed, 0);
}

static void expect_verdict(const char *file, const char *path, json_t *value, bw_conform_outcome outcome, const char *field,
                           const char *expected, const char *got)
{
    json_t *tree = NULL;
    bw_conform_verdict verdict;
    char parent[128];
    for (uint32_t n = 0; n < own_count; n++)
        if (strcmp(own[n].name, file) == 0)
            tree = json_deep_copy(own[n].tree);
    assert_non_null(tree);
    json_t *at = tree;
    snprintf(parent, sizeof parent, "%s", path);
    char *step = strtok(parent, "."), *next = strtok(NULL, ".");
    for (; next; step = next, next = strtok(NULL, "."))
        at = json_is_array(at) ? json_array_get(at, strtoul(step, NULL, 10)) : json_object_get(at, step);
    if (json_is_array(at))
        json_array_set_new(at, strtoul(step, NULL, 10), value);
    else if (value)
        json_object_set_new(at, step, value);
    else
        json_object_del(at, step);
    assert_true(judge(tree, &verdict));
    json_decref(tree);
    assert_int_equal(verdict.outcome, outcome);
    if (outcome == BW_CONFORM_SKIP) {
        assert_string_equal(verdict.reason, expected);
        return;
    }
    assert_string_equal(verdict.field, field);
    assert_string_equal(verdict.expected, expected);
    assert_string_equal(verdict.got, got);
}

#define DRAW "own-fw-caps.json"

static void test_messages(void **unused)
{
    (void)unused;
    const bw_conform_outcome fail = BW_CONFORM_FAIL, passed_over = BW_CONFORM_SKIP;
    expect_verdict(DRAW, "expected.rows.1.paid", json_string("50"), fail, "expected.rows[1].paid", "50", "49");
    expect_verdict(DRAW, "expected.fund_left", json_string("1"), fail, "expected.fund_left", "1", "nothing");
    expect_verdict(DRAW, "kind", json_string("fund-drawl"), passed_over, "", "kind 'fund-drawl' is not known", "");
    expect_verdict(DRAW, "events.2.type", json_string("pull"), passed_over, "",
                   "event 'pull' of kind 'fund-draw' is not known", "");
    expect_verdict(DRAW, "events.2.want", NULL, fail, "events[2].want", "an integer in a text", "nothing");
    expect_verdict(DRAW, "events.2.want", json_integer(80), fail, "events[2].want", "an integer in a text", "the number 80");
    expect_verdict(DRAW, "events.2.want", json_string("8.0"), fail, "events[2].want", "an integer in a text", "'8.0'");
    expect_verdict(DRAW, "events.2.want", json_string("-8"), fail, "events[2].want", "an integer of at least 0", "'-8'");
    expect_verdict(DRAW, "events.2.want", json_string("4611686018427387904"), fail, "events[2].want", "numbers below 2^62",
                   "one that does not fit");
    expect_verdict(DRAW, "initial.fund", NULL, fail, "initial.fund", "what the event needs", "nothing");
    expect_verdict(DRAW, "events", json_array(), fail, "events", "at least one event", "an array");
    expect_verdict(DRAW, "expected", json_object(), fail, "expected", "something that is asserted", "an object");
    expect_verdict(DRAW, "id", json_string("two words"), fail, "id", "a name without blanks", "'two words'");
    expect_verdict("own-ix-book.json", "flags", json_pack("[s]", "wide-integers"), BW_CONFORM_PASS, "", "", "");
    expect_verdict("own-ix-book.json", "flags", json_pack("[s]", "xyz"), passed_over, "", "flag 'xyz' is not known", "");
    expect_verdict("own-sr-floor-last.json", "initial.accounts.2.cash", NULL, fail, "initial.accounts[2].cash",
                   "a field of the account", "nothing");
    expect_verdict("own-cp-pool.json", "events.1.id", json_string("w"), fail, "events[1].id", "the id of an account of the case",
                   "'w'");
    expect_verdict("own-dl-gate.json", "market.markets.M.price.den", json_string("0"), fail, "market.markets.M.price.den",
                   "an integer of at least 1", "'0'");
    expect_verdict("own-lw-book.json", "expected.accounts.b.positions.N", json_string("3"), fail,
                   "expected.accounts.b.positions.N", "3", "nothing");
    expect_verdict("own-lw-book.json", "expected.accounts.m.positions", json_object(), fail,
                   "expected.accounts.m.positions.M", "nothing", "4");
}

#define ROUND "own-sr-floor-last.json"

/* Without a policy, or with a ratio of other digits, nothing is tried; its prose decides nothing, the numbers do. */
static void test_policies(void **unused)
{
    (void)unused;
    const bw_conform_outcome passed_over = BW_CONFORM_SKIP, passes = BW_CONFORM_PASS;
    expect_verdict(ROUND, "policy.rounding.ratio_decimals", json_string("8"), passed_over, "",
                   "policy.rounding.ratio_decimals '8' is not the rule of this kind here", "");
    expect_verdict(ROUND, "policy.rounding.share", json_string("floor, never ceil"), passes, "", "", "");
    expect_verdict(ROUND, "policy.charged", json_string("distressed account"), passes, "", "", "");
    expect_verdict(ROUND, "policy", NULL, passed_over, "", "policy: found nothing, so no rule is named", "");
}

/* ---------------------------------------------------------------------------------------------------------- survive */

static const char *const odd[] = {"null", "true", "5", "-1.5", "\"\"", "\"x\"", "\"-\"", "\"0\"", "\"-1\"", "[]", "{}", "[[]]",
                                  "\"4611686018427387903\"", "\"-4611686018427387903\"", "\"9223372036854775807\"",
                                  "\"99999999999999999999999999999999999999999999\"", "\"999999999999999999999999999999\"",
                                  "{\"num\": \"1\", \"den\": \"0\"}", "{\"num\": \"4611686018427387903\", \"den\": \"1\"}",
                                  "\"network\""};

static void break_places(json_t *root, json_t *node, uint64_t *seed);

static void break_place(json_t *root, json_t *node, const char *key, uint64_t *seed)
{
    bw_conform_verdict verdict;
    json_t *old = json_incref(json_object_get(node, key));
    const char *instead = odd[check_random_below(seed, sizeof odd / sizeof odd[0])];
    json_object_set_new(node, key, json_loads(instead, JSON_DECODE_ANY, NULL));
    judge(root, &verdict);
    json_object_del(node, key);
    judge(root, &verdict);
    json_object_set(node, key, old);
    if (json_is_object(old))
        break_places(root, old, seed);
    for (size_t n = 0; n < json_array_size(old); n++)
        if (json_is_object(json_array_get(old, n)))
            break_places(root, json_array_get(old, n), seed);
    json_decref(old);
}

/* The keys are copied first: a key that is put back moves to the end. */
static void break_places(json_t *root, json_t *node, uint64_t *seed)
{
    size_t count = json_object_size(node), n = 0;
    char **keys = calloc(count + 1, sizeof *keys);
    const char *name;
    json_t *value;
    assert_non_null(keys);
    json_object_foreach(node, name, value)
        keys[n++] = strdup(name);
    for (n = 0; n < count; n++) {
        break_place(root, node, keys[n], seed);
        free(keys[n]);
    }
    free(keys);
}

/* Every field missing, and of another kind: a verdict, never a crash. */
static void test_broken(void **unused)
{
    (void)unused;
    uint64_t seed = check_seed();
    for (uint32_t n = 0; n < own_count; n++) {
        json_t *tree = json_deep_copy(own[n].tree);
        break_places(tree, tree, &seed);
        json_decref(tree);
    }
}

static void test_bytes(void **unused)
{
    (void)unused;
    uint64_t seed = check_seed();
    for (int world = 0; world < 4000; world++) {
        bw_conform_verdict verdict;
        char *text = json_dumps(own[check_random_below(&seed, own_count)].tree, 0);
        size_t length = strlen(text);
        for (uint64_t changes = 1 + check_random_below(&seed, 3); changes > 0; changes--)
            text[check_random_below(&seed, length)] = "0123456789-{}[]\",: x\n"[check_random_below(&seed, 21)];
        judge_text(text, check_random_below(&seed, 4) ? length : check_random_below(&seed, length), &verdict);
        free(text);
    }
}

static void test_same(void **unused)
{
    (void)unused;
    for (uint32_t n = 0; n < own_count; n++) {
        bw_conform_verdict a = {0}, b = {0};
        judge(own[n].tree, &a);
        judge(own[n].tree, &b);
        assert_memory_equal(&a, &b, sizeof a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_own),      cmocka_unit_test(test_shared),
                                       cmocka_unit_test(test_notices),  cmocka_unit_test(test_messages), cmocka_unit_test(test_policies),
                                       cmocka_unit_test(test_broken),   cmocka_unit_test(test_bytes),
                                       cmocka_unit_test(test_same)};
    return cmocka_run_group_tests_name("conform", tests, load, unload);
}
