/* --fail-if and --until: what is read, what is refused and how, exact comparison. */
#include "check.h"
#include "stress/condition.h"

enum { PATHS = 1000 };

static bw_stress_outcome outcomes[PATHS];
static int64_t gaps[PATHS];
static bw_stress_result result;
static bw_fund_result fund;
static const bw_stress_facts FACTS = {.title = "t", .reproduce = "", .asset = "USD", .decimals = 2, .seed = 1,
                                      .horizon_ns = 1000000000};

/* One path in 1,000 with a haircut; gap of path i: i cents. */
static int set_up(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < PATHS; i++)
        outcomes[i] = (bw_stress_outcome){.gap = i, .socialized = i == 999 ? 100 : 0, .first_adl_ns = -1,
                                          .flags = i == 999 ? BW_STRESS_HAIRCUT : 0, .origin = BW_NONE16};
    bw_stress_result_of(&result, &FACTS, outcomes, PATHS, gaps);
    bw_fund_result_of(&fund, &result, bw_stress_amounts_of(gaps, result.paths), &(bw_fund_settings){.target = 10000000}, NULL);
    return 0;
}

static bw_condition_end asked(const char *text)
{
    bw_condition condition;
    char message[256] = "";
    if (!bw_condition_parse(text, &condition, message, sizeof message)) {
        printf("# %s: %s\n", text, message);
        fail();
    }
    return bw_condition_holds(&condition, &result, &fund);
}

static void comparisons_are_exact(void **state)
{
    (void)state;
    assert_int_equal(asked("p_haircut>0.001"), BW_CONDITION_FALSE);
    assert_int_equal(asked("p_haircut>=0.001"), BW_CONDITION_TRUE);
    assert_int_equal(asked("p_haircut <= 0.1%"), BW_CONDITION_TRUE);
    assert_int_equal(asked(" p_haircut<0.1% "), BW_CONDITION_FALSE);
    assert_int_equal(asked("p_haircut>0.000999999999999"), BW_CONDITION_TRUE);
    assert_int_equal(asked("p_haircut_high>0.5%"), BW_CONDITION_TRUE);     /* 1 of 1,000: 0.0025% to 0.556% */
    assert_int_equal(asked("p_haircut_high>0.6%"), BW_CONDITION_FALSE);
    assert_int_equal(asked("p_haircut_low<0.003%"), BW_CONDITION_TRUE);
    assert_int_equal(asked("p_adl>0"), BW_CONDITION_FALSE);
    assert_int_equal(asked("p_socialized>=0.1%"), BW_CONDITION_TRUE);
    assert_int_equal(asked("var_gap_99>9.88"), BW_CONDITION_TRUE);         /* the 11th largest: 989 cents */
    assert_int_equal(asked("var_gap_99>9.89"), BW_CONDITION_FALSE);
    assert_int_equal(asked("var_gap_99>=9.890"), BW_CONDITION_TRUE);
    assert_int_equal(asked("var_gap_99_high<=9.99"), BW_CONDITION_TRUE);
    assert_int_equal(asked("es_gap_95>9.74"), BW_CONDITION_TRUE);          /* mean of 950 .. 999: 974.5, up */
    assert_int_equal(asked("es_gap_95>9.75"), BW_CONDITION_FALSE);
    assert_int_equal(asked("mean_gap>=5"), BW_CONDITION_TRUE);             /* 499.5, up */
    assert_int_equal(asked("mean_socialized<=0.01"), BW_CONDITION_TRUE);   /* 0.1 cents, up */
}

static void unknown_is_neither(void **state)
{
    (void)state;
    assert_int_equal(asked("var_gap_99.99>0"), BW_CONDITION_UNKNOWN);
    assert_int_equal(asked("var_gap_99.99<=0"), BW_CONDITION_UNKNOWN);
    assert_int_equal(asked("es_gap_99_high>0"), BW_CONDITION_UNKNOWN);     /* 10 paths beyond */
    assert_int_equal(asked("newsvendor>0"), BW_CONDITION_UNKNOWN);         /* not asked for */
    assert_int_equal(asked("smallest_fund>9.88"), BW_CONDITION_TRUE);
    bw_condition condition;
    char message[256];
    assert_true(bw_condition_parse("smallest_fund>1", &condition, message, sizeof message));
    assert_true(bw_condition_of_fund(&condition));
    assert_int_equal(bw_condition_holds(&condition, &result, NULL), BW_CONDITION_UNKNOWN);
    assert_true(bw_condition_parse("es_fund_use_99.9_low<1", &condition, message, sizeof message));
    assert_false(bw_condition_of_fund(&condition));
}

static void what_is_wrong_is_named(void **state)
{
    (void)state;
    static const char *const table[][2] = {
        {"p_hairct>0.1", "found 'p_hairct', expected a figure such as p_haircut, var_gap_99 or smallest_fund; did you mean "
                         "'p_haircut'?"},
        {"var_gap_98>1", "did you mean 'var_gap_95'?"}, {"banana>1", "found 'banana', expected a figure"}, {"", "found nothing"},
        {"p_adl", "found nothing, expected one of > >= < <="}, {"p_adl=1", "found '=1', expected one of"},
        {"p_adl>", "found nothing, expected a chance, 0.001 or 0.1%"}, {"p_adl>x", "found 'x', expected a chance"},
        {"p_adl>1.", "expected a chance"}, {"p_adl>1e-3", "found '1e-3'"}, {"p_adl>-1", "found '-1'"},
        {"mean_gap>5%", "found '5%', expected an amount in units of the asset"}, {"mean_gap>12345678901234567", "an amount"},
        {"mean_gap>1 USD", "found '1 USD'"}, {"p_adl>1%%", "found '1%%'"}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        bw_condition condition;
        char message[256] = "";
        assert_false(bw_condition_parse(table[i][0], &condition, message, sizeof message));
        if (strstr(message, table[i][1]) == NULL) {
            printf("# %s: %s\n", table[i][0], message);
            fail();
        }
    }
}

/* Whatever the text: an answer within bounds, and a message that ends. */
static void any_text_is_answered(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    static const char letters[] = "p_adlvargespmn_fund0123456789.<>=% \t\1\377";
    for (int i = 0; i < 20000; i++) {
        char text[80], message[40];
        uint32_t length = (uint32_t)check_random_below(&random, sizeof text - 1);
        for (uint32_t j = 0; j < length; j++)
            text[j] = letters[check_random_below(&random, sizeof letters - 1)];
        text[length] = 0;
        bw_condition condition;
        int64_t part;
        memset(message, 'x', sizeof message);
        if (!bw_condition_parse(text, &condition, message, sizeof message))
            assert_non_null(memchr(message, 0, sizeof message));
        bw_until_parse(text, &part, message, sizeof message);
    }
}

static void until_is_read_and_reached(void **state)
{
    (void)state;
    int64_t part = 0;
    char message[256] = "";
    assert_true(bw_until_parse("ci=5%", &part, message, sizeof message));
    assert_int_equal(part, 50000000);
    assert_true(bw_until_parse("ci=0.1", &part, message, sizeof message));
    assert_int_equal(part, 100000000);
    static const char *const bad[] = {"", "5%", "ci=", "ci=0", "ci=100%", "ci=1", "ci=5%x", "ci=-1%", "cj=5%"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(bw_until_parse(bad[i], &part, message, sizeof message));
    assert_string_equal(message, "found 'cj=5%', expected ci= and the part of P that half its interval's width may be, as ci=5%");
    assert_false(bw_until_reached(0, 1000000, 50000000));
    assert_false(bw_until_reached(1500, 1000000, 50000000));   /* 1.96 / sqrt(k): 1,537 hits for 5% */
    assert_true(bw_until_reached(1600, 1000000, 50000000));
    assert_false(bw_until_reached(5, 1000000, 500000000));
    assert_true(bw_until_reached(20, 1000000, 500000000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparisons_are_exact), cmocka_unit_test(unknown_is_neither),
        cmocka_unit_test(what_is_wrong_is_named), cmocka_unit_test(any_text_is_answered),
        cmocka_unit_test(until_is_read_and_reached)};
    return cmocka_run_group_tests_name("stress/condition", tests, set_up, NULL);
}
