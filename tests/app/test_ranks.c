/* One answer on any number of processes and of ranks of mpirun; ranks end together, with one message and one exit code.
   Without MPICH, or in a build without it, what needs it is skipped. */
#include "shell.h"

#include <stdbool.h>

#define STRESS "breakwater stress $R/2025-03-26-jelly.story --accounts 500 "
#define REFERENCE "breakwater stress $R/reference.story --accounts 500 "
#define PLAIN " | sed 's/\"elapsed_seconds\":[^,}]*/\"elapsed_seconds\": 0/' "
/* Libraries of MPI may keep memory until the end: leaks are not asked for here. More ranks than cores is what these tests want. */
#define MPIRUN "ASAN_OPTIONS=detect_leaks=0 $(command -v mpirun.mpich || command -v mpirun) "

static bool has_mpi;

static int look_for_mpi(void **state)
{
    const char *build = getenv("BW_BUILD_DIR");
    char path[512];
    snprintf(path, sizeof path, "%s/breakwater-mpi.so", build ? build : "build");
    if (make_folder(state) != 0)
        return 1;
    has_mpi = access(path, F_OK) == 0 && shell("M=$(command -v mpirun.mpich || command -v mpirun) && $M --version | grep -q HYDRA") == 0;
    if (!has_mpi)
        printf("# no MPICH: the ranks are not tested\n");
    return 0;
}

static void hash_of(const char *file, char hash[40])
{
    json_t *json = json_of(file);
    snprintf(hash, 40, "%s", json_string_value(json_object_get(json, "result_hash")));
    json_decref(json);
}

/* Contract: result_hash for 1, 2, 4 processes and 1, 2, 4 ranks; more, every byte but the time. */
static void one_answer_everywhere(void **state)
{
    static const char *const WAYS[] = {
        STRESS "--paths 600 --threads 2", STRESS "--paths 600 --threads 4", MPIRUN "-n 1 " STRESS "--paths 600",
        MPIRUN "-n 2 " STRESS "--paths 600", MPIRUN "-n 4 " STRESS "--paths 600",
        MPIRUN "-n 2 " STRESS "--paths 600 --threads 2", MPIRUN "-n 4 " STRESS "--paths 600 --threads 3"};
    char first[40], hash[40], way[32], line[1024];
    (void)state;
    must(STRESS "--paths 600 --json - 2>screen" PLAIN ">one && test -s one", 0);
    hash_of("one", first);
    for (size_t i = 0; i < (has_mpi ? sizeof WAYS / sizeof *WAYS : 2); i++) {
        snprintf(line, sizeof line, "%s --json - 2>screen-%zu" PLAIN ">way-%zu", WAYS[i], i, i);
        must(line, 0);
        snprintf(way, sizeof way, "way-%zu", i);
        hash_of(way, hash);
        assert_string_equal(hash, first);
        snprintf(line, sizeof line, "cmp way-%zu one && cmp screen-%zu screen", i, i);
        must(line, 0);
    }
    must("rm one screen way-* screen-*", 0);
}

/* Fewer paths than ranks; an end by --until that is neither the first block nor a whole number of rounds; bounds; a shard. */
static void the_same_paths_are_played(void **state)
{
    (void)state;
    if (!has_mpi)
        skip();
    must(STRESS "--paths 3 --json - 2>/dev/null" PLAIN ">one && test -s one", 0);
    must(MPIRUN "-n 4 " STRESS "--paths 3 --json - 2>/dev/null" PLAIN "| cmp - one", 0);
    must(STRESS "--paths 6000 --until ci=20% --json - 2>/dev/null" PLAIN ">one && test -s one", 0);
    json_t *json = json_of("one");
    long long paths = count(json, "paths");
    printf("# stopped after %lld paths\n", paths);
    assert_true(paths > 512 && paths < 6000 && paths % 512 == 0 && paths % 2048 != 0);
    json_decref(json);
    must(MPIRUN "-n 2 " STRESS "--paths 6000 --until ci=20% --json - 2>/dev/null" PLAIN "| cmp - one", 0);
    must(MPIRUN "-n 4 " STRESS "--paths 6000 --until ci=20% --threads 2 --json - 2>/dev/null" PLAIN "| cmp - one", 0);
    must(STRESS "--paths 3000 --screen --control 50 --json - 2>/dev/null" PLAIN ">one && test -s one", 0);
    must(MPIRUN "-n 2 " STRESS "--paths 3000 --screen --control 50 --json - 2>/dev/null" PLAIN "| cmp - one", 0);
    must(MPIRUN "-n 4 " STRESS "--paths 3000 --screen --control 50 --threads 2 --json - 2>/dev/null" PLAIN "| cmp - one", 0);
    must(REFERENCE "--paths 70000 --one-shock --horizon 12h --screen --json - 2>/dev/null" PLAIN ">one && test -s one", 0);
    must(MPIRUN "-n 3 " REFERENCE "--paths 70000 --one-shock --horizon 12h --screen --threads 2 --json - 2>/dev/null" PLAIN "| cmp - one", 0);
    must(REFERENCE "--paths 3000 --one-shock --horizon 12h --json - 2>/dev/null" PLAIN ">one && test -s one", 0);
    must(MPIRUN "-n 4 " REFERENCE "--paths 3000 --one-shock --horizon 12h --json - 2>/dev/null" PLAIN "| cmp - one", 0);
    must(STRESS "--paths 90 --shard 2/3 --out one", 0);
    must(MPIRUN "-n 3 " STRESS "--paths 90 --shard 2/3 --out two && cmp one two && rm one two", 0);
}

/* Several runs one after the other, and what is tried next depends on what came out. */
static void the_fund_too(void **state)
{
    (void)state;
    if (!has_mpi)
        skip();
    must("breakwater fund $R/2025-03-26-jelly.story --accounts 500 --paths 600 --json - 2>/dev/null" PLAIN ">one && test -s one", 0);
    must(MPIRUN "-n 3 breakwater fund $R/2025-03-26-jelly.story --accounts 500 --paths 600 --json - 2>/dev/null" PLAIN
                "| cmp - one && rm one", 0);
    must("breakwater fund $R/reference.story --accounts 500 --paths 20000 --one-shock --json - 2>/dev/null" PLAIN ">one && test -s one", 0);
    must(MPIRUN "-n 3 breakwater fund $R/reference.story --accounts 500 --paths 20000 --one-shock --json - 2>/dev/null" PLAIN
                "| cmp - one && rm one", 0);
}

/* What is counted by account, and what is kept by path: here, under moves of the markets and another venue's rules. */
static void exposure_too(void **state)
{
    static const char *const WHAT[] = {"--all --paths 1100", "--account u000123 --paths 300 --venues binance --folder $V",
                                       "--account u000123 --paths 4000 --no-moves --until ci=20%"};
    (void)state;
    if (!has_mpi)
        skip();
    for (size_t i = 0; i < sizeof WHAT / sizeof *WHAT; i++)
        for (int ranks = 1; ranks <= 3; ranks++) {
            char line[1024], mpirun[256] = "";
            if (ranks > 1)
                snprintf(mpirun, sizeof mpirun, MPIRUN "-n %d ", ranks);
            snprintf(line, sizeof line, "%sbreakwater exposure $R/2025-03-26-jelly.story --accounts 500 %s --json - 2>/dev/null"
                     PLAIN "%s", mpirun, WHAT[i], ranks > 1 ? "| cmp - one" : ">one && test -s one");
            must(line, 0);
        }
    must("rm one", 0);
}

/* Only rank 0 is heard, and only once. */
static void one_message_and_one_code(void **state)
{
    static const struct {
        const char *line, *says;
        int code;
    } CASES[] = {
        {STRESS "--paths 50 --fail-if 'p_liquidation>0.5' --json x.json && false", "--fail-if p_liquidation>0.5 holds", 4},
        {STRESS "--pats 50", "did you mean '--paths'?", 2},
        {"breakwater stress nowhere.story", "nowhere.story: found a file that cannot be opened", 3},
        {"breakwater stress - <$R/2025-03-26-jelly.story", "stdin reaches only one", 3},
        {STRESS "--paths 5 --json /dev/full", "cannot be written", 5},
        {STRESS "--paths 5 --json no/x.json", "cannot be written", 5},
        {STRESS "--paths 5 : -n 1 " STRESS "--paths 6", "other command lines on other ranks", 2}};
    (void)state;
    if (!has_mpi)
        skip();
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char line[1024];
        snprintf(line, sizeof line, MPIRUN "-n 3 %s", CASES[i].line);
        must(line, CASES[i].code);
        one_line();
        assert_non_null(strstr(err, CASES[i].says));
        assert_null(strstr(err, "on rank"));
    }
    must("test -e x.json && rm x.json", 0);
}

/* Each rank in a folder of its own, so that one of them has another story: broken, missing, or only different. */
static void one_rank_in_trouble(void **state)
{
    static const struct {
        const char *does, *says;
    } CASES[] = {
        {"echo nonsense >$(ls in-1/*.story)", "2025-03-26-jelly.story:1: found 'nonsense', expected a command, on rank 1 of 3"},
        {"rm in-1/*.story", "found a file that cannot be opened (No such file or directory), expected a story, on rank 1 of 3"},
        {"sed -i 's/^fund .*//' in-1/*.story", "the ranks have different stories or files, expected the same on all machines"}};
    (void)state;
    if (!has_mpi)
        skip();
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char line[1024];
        must("rm -rf in-?; for i in 0 1 2; do mkdir in-$i && cp -r $R/2025-03-26-jelly* in-$i || exit; done", 0);
        must(CASES[i].does, 0);
        snprintf(line, sizeof line, MPIRUN "-n 3 sh -c 'cd in-$PMI_RANK && exec breakwater stress 2025-03-26-jelly.story --accounts 500 "
                                           "--paths 10 --json x.json'");
        must(line, 3);
        one_line();
        if (strstr(err, CASES[i].says) == NULL)
            fail_msg("said: %s", err);
        must("! ls in-?/x.json* 2>/dev/null", 0);
    }
    must("rm -r in-?", 0);
}

/* On a busy machine mpirun itself now and then ends with 0 on Ctrl-C; the result tells that the ranks stopped. */
static void ctrl_c_stops_all(void **state)
{
    (void)state;
    if (!has_mpi)
        skip();
    must(MPIRUN "-n 3 " STRESS "--paths 1000001 --threads 2 --json x.json >screen 2>/dev/null & sleep 3; kill -INT $!; wait $!; "
                "code=$?; for i in 1 2 3 4 5 6 7 8; do test -e x.json || sleep 0.5; done; test $code -eq 130 || test $code -eq 0", 0);
    json_t *json = json_of("x.json");
    printf("# interrupted after %lld paths\n", count(json, "paths"));
    assert_true(count(json, "paths") > 0 && count(json, "paths") < 1000001 && json_is_true(json_object_get(json, "partial")));
    json_decref(json);
    must("rm x.json screen; sleep 0.2; ! pgrep -f '[s]tress.*--paths 1000001'", 0);
}

/* A signal to one rank alone; then one that ends without a word. */
static void one_rank_ends_all(void **state)
{
    (void)state;
    if (!has_mpi)
        skip();
    must(MPIRUN "-n 2 " STRESS "--paths 1000002 --json x.json >screen 2>/dev/null & sleep 3; "
                "kill -INT $(pgrep -f '^breakwater.*--paths 1000002' | tail -n 1); wait $!", 130);
    must("rm x.json screen; ! pgrep -f '[s]tress.*--paths 1000002'", 0);
    assert_int_not_equal(shell(MPIRUN "-n 2 " STRESS "--paths 1000003 --json x.json & sleep 3; "
                               "kill -KILL $(pgrep -f '^breakwater.*--paths 1000003' | tail -n 1); wait $!"), 0);
    must("! test -e x.json; rm -f x.json*; sleep 0.5; ! pgrep -f '[s]tress.*--paths 1000003'", 0);
}

/* A copy of the program that has no module beside it: alone it does everything, as one of several it refuses. */
static void built_without_mpi(void **state)
{
    (void)state;
    must("cp $(command -v breakwater) alone && PMI_SIZE=1 PMI_RANK=0 ./alone stress $R/2025-03-26-jelly.story --accounts 500 --paths 5", 0);
    must("PMI_SIZE=2 PMI_RANK=0 ./alone stress $R/2025-03-26-jelly.story --paths 5 --json x.json", 5);
    one_line();
    assert_non_null(strstr(err, "breakwater-mpi.so"));
    must("PMI_SIZE=2 PMI_RANK=1 ./alone stress $R/2025-03-26-jelly.story --paths 5 --json x.json", 5);
    assert_string_equal(err, "");
    must("echo x >breakwater-mpi.so; PMI_SIZE=2 PMI_RANK=0 ./alone stress $R/2025-03-26-jelly.story --paths 5 --json x.json", 5);
    one_line();
    assert_non_null(strstr(err, "breakwater-mpi.so does not load"));
    must("PMI_SIZE=2 PMI_RANK=0 ./alone story $R/adl-pnl.story >/dev/null; test $? -eq 0", 0);
    must("OMPI_COMM_WORLD_SIZE=2 OMPI_COMM_WORLD_RANK=0 ./alone stress $R/2025-03-26-jelly.story --paths 5 --json x.json", 5);
    assert_non_null(strstr(err, "expected that of MPICH"));
    must("! test -e x.json && rm alone breakwater-mpi.so", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_answer_everywhere), cmocka_unit_test(the_same_paths_are_played), cmocka_unit_test(the_fund_too),
        cmocka_unit_test(exposure_too),
        cmocka_unit_test(one_message_and_one_code), cmocka_unit_test(one_rank_in_trouble), cmocka_unit_test(ctrl_c_stops_all),
        cmocka_unit_test(one_rank_ends_all), cmocka_unit_test(built_without_mpi)};
    return cmocka_run_group_tests_name("app ranks", tests, look_for_mpi, remove_folder);
}
