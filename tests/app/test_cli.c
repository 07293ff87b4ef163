/* The outside contract of the program: exit codes, streams, messages, outputs that are whole or not there. */
#include <stdbool.h>
#include <sys/stat.h>

#include "check.h"

#define STORY                                                                                                         \
    "asset USDC decimals 6\\npool main asset USDC money fund | deleveraged price zero | carryover\\n"                 \
    "market BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025\\nfund main deposit 10\\n"                    \
    "deposit alice 10 USDC\\ndeposit bob 50 USDC\\nmark BTC-PERP 100.0\\n"                                            \
    "trade BTC-PERP buy alice sell bob 1.5 @ 100.0\\nmark BTC-PERP 79.9\\nexpect fund paid 10.00\\n"

#ifdef __SANITIZE_ADDRESS__
#define LITTLE_MEMORY ":"   /* the sanitizer reserves more than any limit */
#else
#define LITTLE_MEMORY "ulimit -v 400000"
#endif

static char folder[] = "/tmp/breakwater-cli-XXXXXX";
static char out[65536], err[65536];

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

static bool exists(const char *name)
{
    char path[256];
    struct stat found;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return stat(path, &found) == 0;
}

/* Runs a shell command in the folder, with `breakwater` in its path; returns its exit code. */
static int shell(const char *line)
{
    char command[8192];
    const char *build = getenv("BW_BUILD_DIR");
    snprintf(command, sizeof command, "PATH=%s:$PATH; cd %s && { %s; } >out 2>err", build ? build : "build", folder,
             line);
    int status = system(command);
    assert_true(WIFEXITED(status));
    slurp("out", out, sizeof out);
    slurp("err", err, sizeof err);
    return WEXITSTATUS(status);
}

/* breakwater ARGUMENTS, with `input` (printf escapes) on stdin. */
static int run(const char *input, const char *arguments)
{
    char line[7000];
    snprintf(line, sizeof line, "printf '%s' | breakwater %s", input, arguments);
    return shell(line);
}

static void one_line(const char *text)
{
    const char *end = strchr(text, '\n');
    assert_non_null(end);
    assert_int_equal(end[1], 0);
}

static void help_and_version(void **state)
{
    (void)state;
    assert_int_equal(run("", "--help"), 0);
    assert_non_null(strstr(out, "\n  story "));
    assert_string_equal(err, "");
    assert_int_equal(run("", "--version"), 0);
    assert_memory_equal(out, "breakwater ", 11);
    assert_int_equal(run("", "help story"), 0);
    assert_memory_equal(out, "usage: breakwater story FILE|-", 30);
    char first[sizeof out];
    memcpy(first, out, sizeof out);
    assert_int_equal(run("", "story --help"), 0);
    assert_string_equal(out, first);
}

static void wrong_command_lines(void **state)
{
    (void)state;
    static const struct {
        const char *arguments, *message;
    } CASES[] = {
        {"", "breakwater: found the end of the line, expected a command; see 'breakwater --help'\n"},
        {"strory x", "breakwater: found 'strory', expected a command; did you mean 'story'?\n"},
        {"help strory", "breakwater: found 'strory', expected a command; did you mean 'story'?\n"},
        {"story", "breakwater: story: found the end of the line, expected FILE or -\n"},
        {"story - --chek", "breakwater: story: found '--chek', expected an option; did you mean '--check'?\n"},
        {"story - --zebra", "breakwater: story: found '--zebra', expected an option; see 'breakwater help story'\n"},
        {"story a b", "breakwater: story: found 'b', expected no more than FILE or -\n"},
        {"story - --trace", "breakwater: story: found the end of the line, expected a value after --trace\n"},
        {"story - --check=yes", "breakwater: story: found '--check=yes', expected --check without a value\n"},
        {"story - --trace - --json -", "breakwater: story: found two outputs on '-', expected one\n"},
        {"story - --json a --json a", "breakwater: story: found '--json' again, expected it once\n"},
        {"story - --check --check", "breakwater: story: found '--check' again, expected it once\n"},
        {"story - --json ''", "breakwater: story: found an empty word, expected a value after --json\n"},
        {"--version extra", "breakwater: --version: found 'extra', expected no more\n"},
        {"--help extra", "breakwater: --help: found 'extra', expected no more\n"},
        {"bench extra", "breakwater: bench: found 'extra', expected mark, scan, liquidate, trade, adl, haircut, crash, model or stress\n"},
        {"bench mark extra", "breakwater: bench: found 'extra', expected options only\n"},
        {"bench mark --only adl", "breakwater: bench: found 'mark' and --only, expected one of them\n"},
        {"bench --accounts 5", "breakwater: bench: found --accounts 5, expected 1024 to 20000000\n"},
        {"bench --runs 0", "breakwater: bench: found --runs 0, expected 1 to 1000\n"},
        {"bench --only mark,", "breakwater: bench: found '', expected mark, scan, liquidate, trade, adl, haircut, crash, model or stress\n"},
        {"bench --only mark,mark", "breakwater: bench: found 'mark' again, expected it once\n"},
        {"run - --seed 18446744073709551615",
         "breakwater: run: found '18446744073709551615', expected a whole number below 2^64 - 1 after --seed\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_int_equal(run("", CASES[i].arguments), 2);
        assert_string_equal(err, CASES[i].message);
        assert_string_equal(out, "");
    }
}

static void a_story_prints_its_trace(void **state)
{
    (void)state;
    assert_int_equal(run(STORY, "story - --check"), 0);
    assert_string_equal(err, "");
    assert_memory_equal(out, "00:00:00 asset USDC\n", 20);
    assert_non_null(strstr(out, "\n  gap 20.15 of BTC-PERP longs: fund 10.00, deleveraged 10.15 (R10)\n"));
    char trace[sizeof out];
    memcpy(trace, out, sizeof out);
    assert_int_equal(run(STORY, "story - --trace kept.trace --json=kept.json"), 0);
    assert_string_equal(out, "");
    slurp("kept.trace", out, sizeof out);
    assert_string_equal(out, trace);
    assert_int_equal(run(STORY, "story --json - -- -"), 0);
    assert_string_equal(err, trace);
    char json[sizeof out];
    memcpy(json, out, sizeof out);
    one_line(json);
    slurp("kept.json", out, sizeof out);
    assert_string_equal(out, json);
    assert_memory_equal(json, "{\"schema\": \"breakwater-story/1\", ", 32);
    assert_non_null(strstr(json, "\"gap_total\": \"20.150000\", \"paid_by_layer\": {\"fund\": \"10.000000\", "
                                 "\"shared_fund\": \"0.000000\", \"capital\": \"0.000000\", \"backstop\": \"0.000000\", "
                                 "\"deleveraged\": \"10.150000\", \"haircut\": \"0.000000\", "
                                 "\"carryover\": \"0.000000\"}"));
    assert_non_null(strstr(json, "\"conservation_error\": 0,"));
    assert_non_null(strstr(json, "\"liquidated_accounts\": 1, \"bankrupt_accounts\": 1, \"adl_accounts\": 1"));
}

static void failed_checks_are_exit_1(void **state)
{
    (void)state;
    assert_int_equal(run(STORY "expect deleveraged bob 10.16\\nshow venue\\n", "story -"), 1);
    assert_string_equal(err, "-:11: found 10.15, expected deleveraged bob 10.16\n");
    assert_null(strstr(out, "time="));
    assert_int_equal(run(STORY "withdraw bob 1000 USDC\\n", "story -"), 1);
    one_line(err);
    assert_memory_equal(err, "-:11: found the refusal '", 25);
    assert_int_equal(run(STORY "withdraw bob 1 USDC refused insufficient\\n", "story -"), 1);
    assert_string_equal(err, "-:11: found it accepted, expected the refusal 'insufficient'\n");
}

static void wrong_stories_are_exit_3(void **state)
{
    (void)state;
    assert_int_equal(run("asst USDC\\n", "story -"), 3);
    assert_string_equal(err, "-:1: found 'asst', expected a command; did you mean 'asset'?\n");
    assert_int_equal(run("", "story missing.story"), 3);
    assert_string_equal(err, "missing.story: found a file that cannot be opened (No such file or directory), expected a story\n");
    assert_int_equal(run("", "story ."), 3);
    assert_string_equal(err, ".: found a file that cannot be opened (it is a folder), expected a story\n");
    assert_int_equal(run("\\ninclude gone\\n", "story -"), 3);
    assert_string_equal(err, "-:2: found the file 'gone', which cannot be opened (No such file or directory), expected a story\n");
    assert_int_equal(run("asst\\n", "story - --trace half.trace --json half.json"), 3);
    assert_false(exists("half.trace"));   /* nothing came before */
    assert_false(exists("half.json"));
    assert_int_equal(run(STORY "asst\\n", "story - --trace half.trace --json half.json"), 3);
    assert_true(exists("half.trace"));    /* what came before shows where it went wrong */
    assert_false(exists("half.json"));
    assert_int_equal(shell("tail -n 1 half.trace"), 0);
    assert_non_null(strstr(out, "gap 20.15"));
    assert_int_equal(shell("mkdir -p b; echo include two.story >b/one.story; echo include one.story >b/two.story; "
                           "breakwater story b/one.story"), 3);
    assert_string_equal(err, "b/two.story:1: found 'one.story', expected a file that does not include itself\n");
}

static void a_huge_line_is_refused_early(void **state)
{
    (void)state;
    assert_int_equal(shell("head -c 2000000000 /dev/zero | tr '\\0' x | (" LITTLE_MEMORY "; breakwater story -)"), 3);
    assert_string_equal(err, "-:1: found a line of more than 64 KiB, expected a line of a story\n");
}

static void outputs_that_cannot_be_written_are_exit_5(void **state)
{
    (void)state;
    assert_int_equal(run(STORY, "story - >/dev/full"), 5);
    one_line(err);
    assert_int_equal(run(STORY, "story - --trace /dev/full"), 5);
    one_line(err);
    assert_int_equal(run(STORY, "story - --trace none/x.trace"), 5);
    one_line(err);
    assert_int_equal(run(STORY, "story - --json none/x.json"), 5);
    one_line(err);
    assert_int_equal(run("", "--help >/dev/full"), 5);
    assert_int_equal(shell("ls | grep tmp-"), 1);   /* nothing is left behind */
}

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int tear_down(void **state)
{
    char command[256];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_and_version), cmocka_unit_test(wrong_command_lines),
        cmocka_unit_test(a_story_prints_its_trace), cmocka_unit_test(failed_checks_are_exit_1),
        cmocka_unit_test(wrong_stories_are_exit_3), cmocka_unit_test(a_huge_line_is_refused_early),
        cmocka_unit_test(outputs_that_cannot_be_written_are_exit_5),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
