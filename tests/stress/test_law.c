/* The laws against values computed with mpmath at 34 digits (beta by exact binomial sums); those of the usual tables among
   them: chi square .975 with 1 and 10 degrees of freedom, the limits of 3 hits in 100. */
#include "check.h"
#include "base/hash.h"
#include "stress/law.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static double worst;

static void near(double got, double want, double tolerance)
{
    double error = got > want ? got - want : want - got, size = want < 0 ? -want : want;
    error /= size > 0 ? size : 1;
    worst = error > worst ? error : worst;
    if (!(error <= tolerance)) {
        printf("# got %.17g, want %.17g, apart %.3g\n", got, want, error);
        fail();
    }
}

static void ln_gamma_is_as_printed(void **state)
{
    (void)state;
    static const double table[][2] = {
        {.1, 2.252712651734206}, {.5, 5.7236494292470009e-1}, {1.5, -1.2078223763524522e-1}, {3, 6.9314718055994531e-1},
        {10, 1.280182748008147e+1}, {14.5, 2.3862765841689085e+1}, {100, 3.591342053695754e+2},
        {1234567.5, 1.6081755672186812e+7}, {1000000000, 1.9723265827503717e+10}};
    for (size_t i = 0; i < LENGTH(table); i++)
        near(1 + bw_law_ln_gamma(table[i][0]), 1 + table[i][1], 3e-14);
}

static void beta_is_as_computed(void **state)
{
    (void)state;
    static const double below[][4] = {
        {.5, .5, .5, 5.0e-1}, {.1, 2, 3, 5.23e-2}, {.9, 20, 1, 1.2157665459056929e-1},
        {.001, 1, 5000, 9.9327888804013438e-1}, {.3, 50, 100, 1.9455183377224618e-1},
        {.4, 50, 100, 9.5557590270975621e-1}, {1e-6, 3, 1000000, 8.0301672981258648e-2},
        {5e-6, 3, 1000000, 8.753494544393331e-1}, {.01, 1000, 100000, 6.2821785448643532e-1},
        {.0095, 10000, 1000000, 1.8728672536728606e-5}};
    static const double quantile[][4] = {
        {.025, 1, 10, 2.5285785444617845e-3}, {.975, 1, 10, 3.0849710781876082e-1}, {.025, 3, 98, 6.2299715383063945e-3},
        {.975, 4, 97, 8.5176052974280035e-2}, {.025, 5, 99996, 1.6235056817057859e-5},
        {.975, 6, 99995, 1.1667943042027705e-4}, {.025, .5, .5, 1.5413331334360119e-3}, {.5, 2, 2, 5.0e-1},
        {.975, 1, 1000000, 3.6888726502064891e-6}, {.025, 10, 999991, 4.795398777545602e-6},
        {.025, 90, 11, 8.2377740225997732e-1}, {1e-6, 7, 30, 1.5061141160999151e-2}};
    for (size_t i = 0; i < LENGTH(below); i++)
        near(bw_law_beta_below(below[i][0], below[i][1], below[i][2]), below[i][3], 1e-11);
    for (size_t i = 0; i < LENGTH(quantile); i++)
        near(bw_law_beta_quantile(quantile[i][0], quantile[i][1], quantile[i][2]), quantile[i][3], 1e-11);
}

static void gamma_is_as_computed(void **state)
{
    (void)state;
    static const double below[][3] = {
        {.5, .5, 6.826894921370859e-1}, {1, 1, 6.3212055882855768e-1}, {3, 10, 1.1024881301154797e-3},
        {20, 10, 9.9500458769169241e-1}, {900, 1000, 5.4990226571178292e-4}, {1100, 1000, 9.9894067674607002e-1},
        {1e-3, 2, 4.9966679163334028e-7}};
    static const double quantile[][3] = {
        {.025, 1, 9.8206911717525591e-4}, {.975, 1, 5.023886187314889}, {.95, 2, 5.991464547107982},
        {.025, 2, 5.0635615968579751e-2}, {.975, 10, 2.0483177350807397e+1}, {.025, 10, 3.2469727802368411},
        {.99, 30, 5.0892181311517091e+1}, {.025, 200, 1.6272798250184628e+2}, {.975, 2.5, 8.392295266912966},
        {.975, 2000, 2.1258423024497755e+3}, {.001, 0.6, 1.3945398193566698e-10}};
    for (size_t i = 0; i < LENGTH(below); i++)
        near(bw_law_gamma_below(below[i][0], below[i][1]), below[i][2], 1e-11);
    for (size_t i = 0; i < LENGTH(quantile); i++)
        near(bw_law_chi_square_quantile(quantile[i][0], quantile[i][1]), quantile[i][2], 1e-11);
}

static void normal_and_counts_are_as_computed(void **state)
{
    (void)state;
    static const double normal[][2] = {
        {.975, 1.9599639845400542}, {.995, 2.5758293035489008}, {.9, 1.2815515655446005}, {.5, 0.0},
        {1e-6, -4.7534243088228989}, {.0001, -3.7190164854556806}};
    static const double most[][4] = {
        {0, 100, .05, 5.9205292203340255e-3}, {3, 1000, .01, 1.007265477201438e-2}, {120, 1000, .1, 9.8274276947337993e-1},
        {79, 1000, .1, 1.3265229731767149e-2}, {5, 100000, .0001, 6.7076504497286842e-2},
        {0, 1000000, 1e-5, 4.5397659807613027e-5}};
    for (size_t i = 0; i < LENGTH(normal); i++)
        near(bw_law_normal_quantile(normal[i][0]), normal[i][1], 1e-11);
    for (size_t i = 0; i < LENGTH(most); i++) {
        uint64_t k = (uint64_t)most[i][0], n = (uint64_t)most[i][1];
        near(bw_law_binomial_most(k, n, most[i][2]), most[i][3], 1e-11);
        near(bw_law_binomial_least(k + 1, n, most[i][2]), 1 - most[i][3], 1e-11);
    }
    near(bw_law_one_less_exp(1e-9), 9.999999995e-10, 1e-14);
    near(bw_law_one_less_exp(.2), .18126924692201815, 1e-14);
    near(bw_law_one_less_exp(3), .95021293163213605, 1e-14);
}

/* Above the table, to a thousand million draws: the quantile of a probability has that probability. */
static void quantiles_turn_back(void **state)
{
    (void)state;
    uint64_t random = check_seed();
    for (int i = 0; i < 300; i++) {
        double a = (double)check_random_bits(&random, 24) / 8 + .125, b = (double)check_random_bits(&random, 29) / 8 + .125;
        double p = ((double)check_random_below(&random, 999) + .5) / 1000;
        double x = bw_law_beta_quantile(p, a, b);
        if (x < .999999)
            near(bw_law_beta_below(x, a, b), p, 1e-9);
        near(bw_law_gamma_below(bw_law_gamma_quantile(p, a), a), p, 1e-9);
    }
    double x = bw_law_beta_quantile(.975, 101, 1e9 - 100);
    near(x, 1.2162679247722757e-7, 1e-9);
    near(x, bw_law_chi_square_quantile(.975, 202) / 2e9, 1e-6);
}

static void ends_are_certain(void **state)
{
    (void)state;
    assert_true(bw_law_beta_below(0, 2, 3) == 0 && bw_law_beta_below(1, 2, 3) == 1);
    assert_true(bw_law_beta_below(-1, 2, 3) == 0 && bw_law_beta_below(2, 2, 3) == 1);
    assert_true(bw_law_gamma_below(0, 2) == 0);
    assert_true(bw_law_binomial_most(5, 5, .1) == 1 && bw_law_binomial_least(0, 5, .1) == 1);
    assert_true(bw_law_binomial_least(6, 5, .1) == 0 && bw_law_one_less_exp(0) == 0);
}

/* Every bit of 4,000 results: the same in every build, or an interval would depend on the machine. */
static void bits_are_the_same_everywhere(void **state)
{
    (void)state;
    static double results[4000];
    uint64_t random = 1;
    for (size_t i = 0; i < LENGTH(results); i += 4) {
        double a = (double)check_random_bits(&random, 20) / 4 + .25, b = (double)check_random_bits(&random, 24) / 4 + .25;
        double p = ((double)check_random_below(&random, 999) + .5) / 1000;
        results[i] = bw_law_beta_quantile(p, a, b);
        results[i + 1] = bw_law_gamma_quantile(p, a);
        results[i + 2] = bw_law_normal_quantile(p);
        results[i + 3] = bw_law_ln_gamma(b);
    }
    uint64_t hash = bw_hash64(results, sizeof results, 0);
    if (hash != UINT64_C(0xc729d3897ac547a2))
        printf("# hash %016llx\n", (unsigned long long)hash);
    assert_true(hash == UINT64_C(0xc729d3897ac547a2));
}

static int say_worst(void **state)
{
    (void)state;
    printf("# largest error %.3g\n", worst);
    worst = 0;
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(ln_gamma_is_as_printed, say_worst),
        cmocka_unit_test_teardown(beta_is_as_computed, say_worst),
        cmocka_unit_test_teardown(gamma_is_as_computed, say_worst),
        cmocka_unit_test_teardown(normal_and_counts_are_as_computed, say_worst),
        cmocka_unit_test_teardown(quantiles_turn_back, say_worst),
        cmocka_unit_test(ends_are_certain),
        cmocka_unit_test(bits_are_the_same_everywhere)};
    return cmocka_run_group_tests_name("stress/law", tests, NULL, NULL);
}
