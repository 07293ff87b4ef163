/* The shards of a run: the script of a Slurm job array, a shard that was killed and is made again alone, files that are not
   what `merge` expects. Slurm itself is not needed: a loop sets what it would. */
#include "shell.h"

#define STRESS "breakwater stress $R/2025-03-26-jelly.story --accounts 500 --paths 130 "
#define ARRAY "for i in %s; do SLURM_ARRAY_TASK_ID=$i $R/../scripts/slurm-stress.sh 4 in " \
              "$R/2025-03-26-jelly.story --accounts 500 --paths 130 || exit; done"

static void array(const char *numbers, int code)
{
    char line[512];
    snprintf(line, sizeof line, ARRAY, numbers);
    must(line, code);
}

static void same_as_one_run(const char *shards)
{
    char line[512];
    must(STRESS "--json - 2>/dev/null | sed 's/\"elapsed_seconds\":[^,}]*//' >whole && test -s whole", 0);
    snprintf(line, sizeof line, "breakwater merge %s --json - 2>/dev/null | sed 's/\"elapsed_seconds\":[^,}]*//' | cmp - whole && rm whole",
             shards);
    must(line, 0);
}

static void a_job_array(void **state)
{
    (void)state;
    array("2 4 1 3", 0);
    same_as_one_run("in/*.shard");
    array("1 2 3 4", 0);   /* all there: nothing is played again */
    assert_non_null(strstr(out, "in/1-of-4.shard is there"));
    must("rm in/3-of-4.shard; breakwater merge in/*.shard", 3);
    one_line();
    assert_non_null(strstr(err, "in none of the shards"));
    array("1 2 3 4", 0);
    same_as_one_run("in/*.shard");
    must("rm -r in", 0);
}

static void a_wrong_job_array(void **state)
{
    static const char *const WRONG[] = {"", "0", "5", "x"};
    (void)state;
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        char line[256];
        snprintf(line, sizeof line, "SLURM_ARRAY_TASK_ID=%s $R/../scripts/slurm-stress.sh 4 in s.story", WRONG[i]);
        must(line, 2);
        one_line();
    }
    must("SLURM_ARRAY_TASK_ID=1 $R/../scripts/slurm-stress.sh 4 in", 2);
    must("SLURM_ARRAY_TASK_ID=1 $R/../scripts/slurm-stress.sh many in s.story", 2);
    must("SLURM_ARRAY_TASK_ID=1 $R/../scripts/slurm-stress.sh 4 in nowhere.story; test $? -eq 3 && rmdir in", 0);
}

/* Killed at once or asked to end: no file of that name, and the others wait. */
static void a_killed_shard_is_made_again(void **state)
{
    (void)state;
    must("(SLURM_ARRAY_TASK_ID=2 exec $R/../scripts/slurm-stress.sh 4 in $R/2025-03-26-jelly.story --paths 1000000) & sleep 2; "
         "kill -KILL $!; wait $!; test $? -gt 128", 0);
    must("! test -e in/2-of-4.shard && ls in/2-of-4.shard.tmp-* && ! breakwater merge in/*.shard", 0);
    must("(SLURM_ARRAY_TASK_ID=2 exec $R/../scripts/slurm-stress.sh 4 in $R/2025-03-26-jelly.story --paths 1000000) & sleep 2; "
         "kill -TERM $!; wait $!", 130);
    must("! test -e in/2-of-4.shard && test $(ls in/*.tmp-* | wc -l) -eq 1", 0);
    array("1 3 4", 0);
    array("2", 0);
    same_as_one_run("in/*.shard");
    must("rm -r in", 0);
}

/* Every byte of a shard counts: changed or left out, merge says so and names the file. */
static void a_damaged_shard(void **state)
{
    char path[256], line[512];
    static char bytes[65536];
    uint64_t random = check_seed();
    (void)state;
    must(STRESS "--shard 1/5 --out 1.shard && " STRESS "--shard 1/1 --out only.shard", 0);
    snprintf(path, sizeof path, "%s/1.shard", folder);
    slurp("1.shard", bytes, sizeof bytes);
    must("wc -c <1.shard", 0);
    size_t size = (size_t)atol(out);
    assert_in_range(size, 64, sizeof bytes - 1);
    for (int round = 0; round < 60; round++) {
        size_t at = round < 30 ? (size_t)round * 2 : (size_t)check_random_below(&random, size), length = size;
        char before = bytes[at];
        if (round % 3 == 2)
            length = at;
        else
            bytes[at] = (char)(before ^ (1 << check_random_below(&random, 8)));
        FILE *stream = fopen(path, "wb");
        assert_non_null(stream);
        assert_int_equal(fwrite(bytes, 1, length, stream), length);
        fclose(stream);
        bytes[at] = before;
        snprintf(line, sizeof line, "breakwater merge %s1.shard --json x.json", round % 2 ? "" : "only.shard ");
        must(line, 3);
        one_line();
        if (strstr(err, "1.shard: found ") == NULL)
            fail_msg("byte %zu of %zu, cut to %zu: %s", at, size, length, err);
    }
    must("! test -e x.json && rm 1.shard only.shard", 0);
}

/* The second of two shards is of another run: which, and in what. */
static void shards_of_different_runs(void **state)
{
    static const struct {
        const char *options, *says;
    } CASES[] = {
        {"--paths 130 --seed 2", "other: its seed is 2, that of first is 1"},
        {"--paths 130 --horizon 1h", "other: its horizon in ns is 3600000000000, that of first is 86400000000000"},
        {"--paths 131", "other: its number of paths is 131, that of first is 130"},
        {"--paths 130 --steps 60", "other: its settings hash is "},
        {"--paths 130 --accounts 501", "other: its settings hash is "},
        {"--paths 130 --fund 5", "other: its settings hash is "}};
    (void)state;
    must(STRESS "--shard 1/2 --out first", 0);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char line[512];
        snprintf(line, sizeof line, "breakwater stress $R/2025-03-26-jelly.story %s %s --shard 2/2 --out other", CASES[i].options,
                 strstr(CASES[i].options, "--accounts") ? "" : "--accounts 500");
        must(line, 0);
        must("breakwater merge first other --json x.json", 3);
        one_line();
        if (strstr(err, CASES[i].says) == NULL)
            fail_msg("said: %s", err);
    }
    must("cp $R/2025-03-26-jelly.story in.story && cp -r $R/2025-03-26-jelly . && "
         "breakwater stress in.story --accounts 500 --paths 130 --shard 2/2 --out other", 0);
    must("breakwater merge first other --json x.json", 3);   /* the same book under another name */
    assert_non_null(strstr(err, "other: found a shard of 'breakwater stress in.story --paths 130"));
    must("rm -r first other in.story 2025-03-26-jelly; ! test -e x.json", 0);
}

static void missing_and_twice(void **state)
{
    (void)state;
    must("for i in 1 2 3; do " STRESS "--shard $i/3 --out $i.shard || exit; done", 0);
    must("breakwater merge 3.shard 1.shard", 3);
    one_line();
    assert_non_null(strstr(err, "paths 44 to 86: in none of the shards"));
    must("breakwater merge 1.shard 2.shard 3.shard 2.shard", 3);
    one_line();
    assert_non_null(strstr(err, "2.shard: paths 44 to 86 stand also in 2.shard"));
    must("cp 1.shard copy.shard; breakwater merge *.shard", 3);
    assert_non_null(strstr(err, "paths 0 to 43 stand also in"));
    must(STRESS "--shard 2/2 --out half.shard; breakwater merge 1.shard 2.shard half.shard", 3);
    assert_non_null(strstr(err, "half.shard: paths 65 to 86 stand also in 2.shard"));
    must("breakwater merge 1.shard 2.shard nowhere.shard", 3);
    assert_non_null(strstr(err, "nowhere.shard: found no file"));
    must("mkdir in.shard; breakwater merge 1.shard in.shard", 3);
    assert_non_null(strstr(err, "in.shard: found"));
    must(STRESS "--shard 131/131 --out x; " STRESS "--shard 1/131 --out x", 2);
    assert_non_null(strstr(err, "131 shards, expected at most one for each of 130 paths"));
    must("! test -e x && rm -r *.shard", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_job_array), cmocka_unit_test(a_wrong_job_array), cmocka_unit_test(a_killed_shard_is_made_again),
        cmocka_unit_test(a_damaged_shard), cmocka_unit_test(shards_of_different_runs), cmocka_unit_test(missing_and_twice)};
    return cmocka_run_group_tests_name("app shards", tests, make_folder, remove_folder);
}
