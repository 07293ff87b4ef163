/* Outputs of every command: all of them or none, never an input, one file for each, kept when the command is stopped. */
#include "shell.h"

#include <sys/stat.h>

#define J "$R/2025-03-26-jelly.story --accounts 1000"

/* A few lines that are a story, in the folder under this name. */
static void story_at(const char *name)
{
    char line[512];
    snprintf(line, sizeof line, "printf 'asset USDC decimals 6\\npool main asset USDC\\n' >%s", name);
    must(line, 0);
}

static void refused(const char *line, const char *message)
{
    must(line, 2);
    assert_string_equal(out, "");
    assert_string_equal(err, message);
}

static void an_input_is_no_output(void **state)
{
    (void)state;
    story_at("in.story");
    must("cp in.story in.kept; ln -s in.story in.link", 0);
    refused("breakwater story in.story --json in.story",
            "breakwater: story: found the input 'in.story' as the output of --json, expected another file\n");
    refused("breakwater story ./in.story --trace in.link",
            "breakwater: story: found the input './in.story' as the output of --trace, expected another file\n");
    refused("breakwater run in.link --report in.story",
            "breakwater: run: found the input 'in.link' as the output of --report, expected another file\n");
    refused("breakwater compare $S --venues in.story --json in.story",
            "breakwater: compare: found the input 'in.story' as the output of --json, expected another file\n");
    refused("breakwater stress in.story --json in.story",
            "breakwater: stress: found the input 'in.story' as the output of --json, expected another file\n");
    refused("breakwater merge in.kept in.story --json in.story",
            "breakwater: merge: found the input 'in.story' as the output of --json, expected another file\n");
    must("echo include in.story >in.two; breakwater story in.two --json in.story", 3);
    assert_string_equal(err, "in.two:1: found the file 'in.story', which cannot be opened (it is an output too), "
                             "expected a story\n");
    must("cp $D/markets.csv in.csv; echo generate in.csv >in.two; breakwater run in.two --json in.csv", 3);
    one_line();
    must("cmp in.story in.kept && cmp in.csv $D/markets.csv && rm in.*", 0);
    nothing_is_left();
}

static void one_file_for_each(void **state)
{
    (void)state;
    story_at("in.story");
    refused("breakwater story in.story --json z --trace ./z",
            "breakwater: story: found 'z' as the output of --trace and of --json, expected two files\n");
    refused("breakwater run " J " --json z --report z",
            "breakwater: run: found 'z' as the output of --json and of --report, expected two files\n");
    must("breakwater story in.story --json /dev/null --trace /dev/null", 0);
    must("rm in.*", 0);
    nothing_is_left();
}

/* What is no plain file of its own is written as it comes: behind links, in a pipe, under a redirection. */
static void devices(void **state)
{
    (void)state;
    story_at("in.story");
    must("breakwater story in.story --json /dev/stdout --trace /dev/null | grep -c breakwater-story/1", 0);
    must("breakwater story in.story --json /dev/stderr 2>&1 >/dev/null | grep -c breakwater-story/1", 0);
    must("breakwater story in.story --json /dev/stdout >in.both; grep -c breakwater-story/1 in.both; grep -c 'asset USDC' in.both", 0);
    assert_string_equal(out, "1\n1\n");
    must("mkfifo in.pipe; cat in.pipe >in.read & breakwater story in.story --json in.pipe && wait && grep -c story/1 in.read && "
         "test -p in.pipe", 0);
    must("rm in.*", 0);
    nothing_is_left();
}

static void all_or_none(void **state)
{
    (void)state;
    must("echo old >in.keep", 0);
    static const char *const LINES[] = {
        "breakwater run " J " --report in.keep --json /dev/full", "breakwater run " J " --json in.keep --report /dev/full",
        "breakwater run " J " --json in.keep --trace /dev/full", "breakwater run " J " --json in.keep >/dev/full",
        "ulimit -f 4; breakwater run " J " --json x --report in.keep",
        "breakwater stress " J " --paths 2 --steps 4 --json in.keep >/dev/full",
        "breakwater stress " J " --paths 2 --steps 4 --json /dev/full",
    };
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        must(LINES[i], 5);
        one_line();
        assert_true(strstr(err, "No space left on device") != NULL || strstr(err, "File too large") != NULL);
        assert_string_equal(out, "");
        must("grep -qx old in.keep", 0);
    }
    must("rm in.*", 0);
    nothing_is_left();
}

static void links_and_modes_stay(void **state)
{
    (void)state;
    story_at("in.story");
    must("mkdir in; ln -s in/file in.link; breakwater story in.story --json in.link && test -L in.link && test -s in/file", 0);
    must("chmod 640 in/file; umask 077; breakwater story in.story --json in.link && stat -c %a in/file", 0);
    assert_non_null(strstr(out, "\n640\n"));
    must("ln -s in.ring in.gnir; ln -s in.gnir in.ring; breakwater story in.story --json in.ring", 5);
    one_line();
    must("rm -r in in.*", 0);
    nothing_is_left();
}

/* As root every folder takes files, so there it is tried as somebody else. */
static void written_in_place(void **state)
{
    (void)state;
    story_at("in.story");
    must("chmod 755 .; mkdir in; echo a long line that was there before, and longer than the trace >in/file; chmod 666 in/file; chmod 555 in; "
         "as=; test $(id -u) != 0 || as='setpriv --reuid 65534 --clear-groups'; "
         "$as true || exit 0; $as breakwater story in.story --trace in/file && cat in/file && chmod 755 in && ls in | grep -v file; "
         "chmod 755 in", 0);
    if (out[0] != 0)
        assert_string_equal(out, "00:00:00 asset USDC\n00:00:01 pool main\n");
    must("rm -r in in.*", 0);
    nothing_is_left();
}

static void wait_for(const char *line, int code)
{
    must(line, code);
    must("! ls | grep tmp-", 0);
}

/* Whichever signal, whichever command: what there is, whole, and nothing else. */
static void stopped(void **state)
{
    (void)state;
    wait_for("mkfifo in.pipe; exec 9<>in.pipe; printf 'asset USDC decimals 6\\npool main asset USDC\\n' >&9; "
             "timeout --preserve-status -s INT 1 breakwater story in.pipe --json x.json --trace x.trace", 130);
    json_t *json = json_of("x.json");
    assert_true(json_is_true(json_object_get(json, "partial")));
    assert_string_equal(json_string_value(json_object_get(json, "message")), "interrupted");
    json_decref(json);
    must("grep -qx '00:00:00 asset USDC' x.trace && rm x.*", 0);
    wait_for("timeout --preserve-status -s TERM 2 breakwater bench --accounts 8000000 --only mark --json x.json", 130);
    json = json_of("x.json");
    assert_string_equal(json_string_value(json_object_get(json, "name")), "calibration");
    json_decref(json);
    wait_for("timeout --preserve-status -s TERM 3 breakwater stress $R/2025-03-26-jelly.story --accounts 2000 --paths 100000 "
             "--threads 2 --json x.json", 130);
    json = json_of("x.json");
    assert_true(json_is_true(json_object_get(json, "partial")));
    json_decref(json);
    wait_for("timeout --preserve-status -s TERM 2 breakwater run $S --accounts 400000 --json x.json", 130);
    json = json_of("x.json");
    assert_true(json_is_true(json_object_get(json, "partial")));
    json_decref(json);
    must("rm x.* in.*", 0);
    nothing_is_left();
}

/* A file may be called anything; JSON is UTF-8, and a message is one line. */
static void odd_names(void **state)
{
    (void)state;
    story_at("in.story");
    must("n=$(printf 'in\\377\\303\\251.story'); cp in.story \"$n\"; breakwater story \"$n\" --json x.json; "
         "breakwater run \"$n\" --json y.json; cp $V/okx.story \"$n\"; breakwater compare $S --accounts 100 --venues \"$n\" --json z.json", 0);
    static const char *const FILES[] = {"x.json", "y.json", "z.json"};
    for (size_t i = 0; i < 3; i++)
        json_decref(json_of(FILES[i]));
    json_t *json = json_of("x.json");
    assert_string_equal(json_string_value(json_object_get(json, "file")), "in\xef\xbf\xbd\xc3\xa9.story");
    json_decref(json);
    must("rm ?.json in*; n=$(printf 'no\\nsuch\\033[2J'); breakwater story \"$n\"", 3);
    one_line();
    assert_null(strchr(err, 27));
    must("breakwater story - --x$(printf '\\n')y", 2);
    one_line();
    nothing_is_left();
}

/* No doubles: times are whole nanoseconds, rates decimal texts. Of so few accounts some fail all the same. */
static void bench_lines(void **state)
{
    static const char *const WHOLE[] = {"accounts", "positions", "best_ns", "median_ns", "runs"};
    (void)state;
    must("for s in 1 2; do breakwater bench --only mark --accounts 1024 --seed $s --json $s.json; done; cat 1.json", 0);
    assert_null(strstr(strstr(out, "{\"schema\""), "e+"));
    must("grep '\"mark' 1.json >a; grep '\"mark' 2.json >b; head -n 1 a >x; tail -n 1 a >y; head -n 1 b >z", 0);
    json_t *mark = json_of("x"), *twin = json_of("y"), *other = json_of("z");
    for (size_t i = 0; i < sizeof WHOLE / sizeof *WHOLE; i++)
        assert_true(count(mark, WHOLE[i]) > 0);
    const char *hash = json_string_value(json_object_get(mark, "result_hash"));
    assert_string_equal(json_string_value(json_object_get(twin, "name")), "mark-reference");
    assert_string_equal(hash, json_string_value(json_object_get(twin, "result_hash")));
    assert_string_not_equal(hash, json_string_value(json_object_get(other, "result_hash")));
    const char *rate = json_string_value(json_object_get(mark, "rate_per_s"));
    assert_int_equal(strspn(rate, "0123456789."), strlen(rate));
    assert_null(strstr(json_string_value(json_object_get(twin, "note")), "; 0 found"));
    json_decref(mark);
    json_decref(twin);
    json_decref(other);
    must("breakwater bench --only scan --accounts 1024 --runs 1 --json - 2>in | grep -c '\"mark'", 1);
    must("breakwater bench --only scan --accounts 1024 --runs 1 >/dev/full", 5);
    one_line();
    must("rm a b x y z 1.json 2.json in", 0);
}

/* The waterfall of one shock and its twin in NumPy, if there is one: the program itself compares their hashes. */
static void bench_twin(void **state)
{
    (void)state;
    must("PATH=$PATH:/usr/bin; breakwater bench stress --accounts 2048 --runs 1 --json x.json; grep -c '\"stress-' x.json; rm x.json", 0);
    if (strstr(err, "found no NumPy") != NULL)
        skip();
    assert_non_null(strstr(out, "stress-8-reference"));
    assert_non_null(strstr(out, "stress-64-reference"));
    assert_non_null(strstr(out, "stress-8-screen"));
    assert_non_null(strstr(out, "stress-64-screen"));
    assert_non_null(strstr(out, "stress-cascade"));
}

#ifndef __SANITIZE_ADDRESS__   /* which reserves more than any limit */
static void bench_without_memory(void **state)
{
    (void)state;
    must("ulimit -v 200000; breakwater bench --accounts 5000000 --only mark", 5);
    one_line();
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_input_is_no_output), cmocka_unit_test(one_file_for_each), cmocka_unit_test(devices),
        cmocka_unit_test(all_or_none),
        cmocka_unit_test(links_and_modes_stay), cmocka_unit_test(written_in_place), cmocka_unit_test(stopped),
        cmocka_unit_test(odd_names),
        cmocka_unit_test(bench_lines),
        cmocka_unit_test(bench_twin),
#ifndef __SANITIZE_ADDRESS__
        cmocka_unit_test(bench_without_memory),
#endif
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
