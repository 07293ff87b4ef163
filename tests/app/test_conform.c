/* `breakwater conform`: verdicts in the order of ids, exit codes, streams, folders that are none. */
#include <jansson.h>

#include "check.h"

static char folder[] = "/tmp/breakwater-conform-XXXXXX";
static char out[1u << 18], err[65536];

static void slurp(const char *name, char *text, size_t size)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *stream = fopen(path, "rb");
    text[0] = 0;
    if (stream == NULL)
        return;
    text[fread(text, 1, size - 1, stream)] = 0;
    fclose(stream);
}

/* Runs a shell command in the folder; $C is where our own cases are. Returns the exit code. */
static int shell(const char *line)
{
    char command[8192];
    const char *build = getenv("BW_BUILD_DIR"), *root = getenv("BW_SOURCE_DIR");
    snprintf(command, sizeof command, "C=%s/tests/conform/cases; PATH=%s:$PATH; cd %s && { %s; } >out 2>err",
             root ? root : ".", build ? build : "build", folder, line);
    int status = system(command);
    assert_true(WIFEXITED(status));
    slurp("out", out, sizeof out);
    slurp("err", err, sizeof err);
    return WEXITSTATUS(status);
}

static uint32_t lines_of(const char *text, const char *start)
{
    uint32_t lines = 0;
    for (; *text != 0; text = strchr(text, '\n') + 1)
        lines += strncmp(text, start, strlen(start)) == 0;
    return lines;
}

static void passes(void **state)
{
    (void)state;
    assert_int_equal(shell("breakwater conform $C"), 0);
    assert_string_equal(err, "");
    assert_non_null(strstr(out, " passed, 0 failed, 0 skipped\n"));
    assert_int_equal(lines_of(out, "PASS own-"), lines_of(out, "") - 1);
    assert_int_equal(shell("breakwater conform $C | grep ^PASS >a; LC_ALL=C sort a | cmp - a"), 0);
}

/* The file names are in another order than the ids. */
static void verdicts(void **state)
{
    (void)state;
    assert_int_equal(shell("mkdir -p mixed && cd mixed && sed 's/own-fw-caps/b/; s/\"49\"/\"50\"/' $C/own-fw-caps.json >1.json"
                           " && sed 's/own-bt-cap/a/; s/bankruptcy-takeover/unheard-of/' $C/own-bt-cap.json >3.json"
                           " && sed 's/own-bt-taken/c/' $C/own-bt-taken.json >2.json && echo '[{\"id\": \"x\"}]' >INDEX.json"
                           " && echo text >README.md"), 0);
    assert_int_equal(shell("breakwater conform mixed"), 1);
    assert_string_equal(out, "SKIP a: kind 'unheard-of' is not known\n"
                             "FAIL b: expected.rows[0].paid: expected 50, got 49\n"
                             "PASS c\n"
                             "1 passed, 1 failed, 1 skipped\n");
    assert_string_equal(err, "");
}

static void malformed(void **state)
{
    (void)state;
    assert_int_equal(shell("mkdir -p broken && cd broken && printf '{\"schema\": \"conformance/1\",\\n \"id\": }' >z.json"
                           " && sed 's/\"fund_unit\": \"10\"/\"fund_unit\": \"ten\"/' $C/own-bt-taken.json >y.json"), 0);
    assert_int_equal(shell("breakwater conform broken/"), 1);
    assert_non_null(strstr(out, "FAIL own-bt-taken: broken/y.json: initial.fund_unit: expected an integer in a text, got 'ten'\n"));
    assert_non_null(strstr(out, "FAIL z: broken/z.json: line 2: expected JSON, got "));
    assert_non_null(strstr(out, "0 passed, 2 failed, 0 skipped\n"));
}

/* One rule: what is no case fails, with its file and what is wrong, and the others are run. */
static void no_cases(void **state)
{
    (void)state;
    assert_int_equal(shell("mkdir -p odd/folder.json && cd odd && echo 5 >five.json && echo null >null.json && : >empty.json"
                           " && printf '\\001\\377\\000' >binary.json && head -c 90 ../mixed/2.json >half.json && echo '[1]' >list.json"
                           " && echo '{}' >object.json && echo '{\"schema\": \"other/1\"}' >other.json && cp ../mixed/2.json good.json"
                           " && cp good.json twin.json"), 0);
    assert_int_equal(shell("breakwater conform odd"), 1);
    assert_string_equal(err, "");
    assert_int_equal(lines_of(out, "FAIL "), 10);
    static const char *const LINES[] = {
        "FAIL folder: odd/folder.json: file: expected one of at most 16 MiB that can be read, got a folder\n",
        "FAIL list: odd/list.json: file: expected an object of schema 'conformance/1', got an array\n",
        "FAIL object: odd/object.json: schema: expected 'conformance/1', got nothing\n",
        "FAIL other: odd/other.json: schema: expected 'conformance/1', got 'other/1'\n",
        "FAIL five: odd/five.json: line 1: expected JSON, got ", "FAIL empty: odd/empty.json: line 1: expected JSON, got ",
        "PASS c\nFAIL c: odd/twin.json: id: expected one that no other file has, got that of odd/good.json\n",
        "1 passed, 10 failed, 0 skipped\n",
    };
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++)
        if (strstr(out, LINES[i]) == NULL)
            fail_msg("%s lacks %s", out, LINES[i]);
    assert_int_equal(shell("mkdir alone && cp odd/list.json alone && breakwater conform alone"), 1);
}

/* A folder of many accounts, in time that grows as they do. */
static void many_accounts(void **state)
{
    (void)state;
    assert_int_equal(shell("mkdir many && awk 'BEGIN { n = 100000; printf \"{\\\"schema\\\": \\\"conformance/1\\\", "
                           "\\\"id\\\": \\\"many\\\", \\\"kind\\\": \\\"settle-round\\\", \\\"policy\\\": {}, "
                           "\\\"initial\\\": {\\\"fund\\\": \\\"7\\\", \\\"accounts\\\": [\"; "
                           "for (i = 0; i < n; i++) printf \"%s{\\\"id\\\": \\\"a%d\\\", \\\"cash\\\": \\\"1\\\"}\", i ? \",\" : \"\", i; "
                           "printf \"]}, \\\"events\\\": [{\\\"type\\\": \\\"settle\\\", \\\"losers\\\": [], \\\"winners\\\": []}], "
                           "\\\"expected\\\": {\\\"fund_after\\\": \\\"7\\\"}}\" }' >many/a.json"), 0);
    assert_int_equal(shell("timeout 20 breakwater conform many"), 0);
}

static void json(void **state)
{
    (void)state;
    const char *line = out;
    static const char *const verdict_words[] = {"skip", "fail", "pass"};
    assert_int_equal(shell("breakwater conform mixed --json -"), 1);
    assert_non_null(strstr(err, "1 passed, 1 failed, 1 skipped\n"));
    assert_memory_equal(out, "{\"schema\": \"breakwater-conform/1\"", 33);
    for (int n = 0; n < 3; n++) {
        json_t *object = json_loads(line, JSON_DISABLE_EOF_CHECK, NULL);
        assert_string_equal(json_string_value(json_object_get(object, "verdict")), verdict_words[n]);
        assert_int_equal(json_is_null(json_object_get(object, "field")), n != 1);
        assert_int_equal(json_is_null(json_object_get(object, "reason")), n != 0);
        json_decref(object);
        line = strchr(line, '\n') + 1;
    }
    assert_string_equal(line, "{\"schema\": \"breakwater-conform/1\", \"passed\": 1, \"failed\": 1, \"skipped\": 1}\n");
    assert_int_equal(shell("breakwater conform mixed --json a.json; breakwater conform mixed --json b.json; cmp a.json b.json"), 0);
}

static void one_message(const char *line, int end, const char *message)
{
    assert_int_equal(shell(line), end);
    assert_string_equal(out, "");
    assert_string_equal(err, message);
}

static void no_folder(void **state)
{
    (void)state;
    assert_int_equal(shell("mkdir -p none later"
                           " && sed 's/conformance.1/conformance\\/2/' mixed/2.json >later/a.json"), 0);
    one_message("breakwater conform gone", 3, "breakwater: gone: found nothing, expected a folder of cases\n");
    one_message("breakwater conform mixed/1.json", 3, "breakwater: mixed/1.json: found a file, expected a folder of cases\n");
    one_message("breakwater conform none", 3,
                "breakwater: none: found no file '*.json', expected cases of schema 'conformance/1'\n");
    one_message("breakwater conform later --json x.json; code=$?; test ! -e x.json && exit $code", 3,
                "breakwater: later/a.json: schema: found 'conformance/2', expected 'conformance/1'\n");
    assert_int_equal(shell("breakwater conform"), 2);
    assert_int_equal(shell("breakwater conform mixed --jsn x"), 2);
    assert_non_null(strstr(err, "did you mean '--json'?"));
    assert_int_equal(shell("breakwater conform $C >/dev/full"), 5);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[256];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(passes),    cmocka_unit_test(verdicts), cmocka_unit_test(malformed),
                                       cmocka_unit_test(no_cases),  cmocka_unit_test(many_accounts),
                                       cmocka_unit_test(json),      cmocka_unit_test(no_folder)};
    return cmocka_run_group_tests_name("app conform", tests, make_folder, remove_folder);
}
