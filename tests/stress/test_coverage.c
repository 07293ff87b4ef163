/* Do the intervals hold what they promise? Many runs with fresh seeds on laws whose truth is known: how often the interval at
   95% contains it.

       binomial law of hits ──> exact coverage of Clopper-Pearson and Wilson, no chance involved
       drawn paths          ──> coverage of VaR, mean, ES, weighted counts, with the band that chance leaves

   An interval that is never narrow would pass too: mean widths are compared with the least that is possible. BW_COVERAGE=n
   takes n times as many runs (docs/testing.md). */
#include "check.h"
#include "base/random_real.h"
#include "stress/condition.h"
#include "stress/law.h"
#include "stress/series.h"
#include "world/real.h"

enum { RUNS = 400 };

static uint64_t seed;

static uint32_t runs(void)
{
    const char *text = getenv("BW_COVERAGE");
    uint32_t times = text ? (uint32_t)strtoul(text, NULL, 10) : 1;
    return RUNS * (times > 0 ? times : 1);
}

/* Half the 99% band of a share of n that is .95: with another seed than the usual one some check may fall out of it. */
static double band(uint32_t n)
{
    return 2.5758 * __builtin_sqrt(.95 * .05 / n);
}

static void covers(const char *what, uint32_t hit, uint32_t of, double least, double most)
{
    double share = (double)hit / of;
    printf("# %-58s %.4f of %u\n", what, share, of);
    assert_true(share >= least - band(of) && share <= most);
}

/* ---------------------------------------------------------------------------------------------------- chances, exactly */

typedef bw_interval chance_interval(uint64_t hits, uint64_t n, double level);

/* Sum of the binomial law over the counts whose interval contains P. */
static double coverage_of(chance_interval *interval, uint64_t n, double p)
{
    double sum = 0, mean = (double)n * p, reach = 12 * __builtin_sqrt(mean + 1) + 20;
    for (uint64_t k = mean > reach ? (uint64_t)(mean - reach) : 0; k <= n && (double)k < mean + reach; k++) {
        bw_interval i = interval(k, n, .95);
        if (i.low <= p && p <= i.high)
            sum += bw_law_binomial_most(k, n, p) - (k > 0 ? bw_law_binomial_most(k - 1, n, p) : 0);
    }
    return sum;
}

/* Clopper-Pearson never covers less than it says. The rule in use may, since Wilson may: by how much stands here. */
static void chances_are_covered(void **state)
{
    (void)state;
    static const double chances[] = {1e-2, 1e-3, 1e-4};
    static const uint64_t paths[] = {1000, 3000, 10000, 30000, 100000, 300000, 1000000};
    double least = 1, exact = 1;
    for (uint32_t i = 0; i < 3; i++)
        for (uint32_t j = 0; j < sizeof paths / sizeof *paths; j++) {
            double expected = chances[i] * (double)paths[j];
            double a = coverage_of(bw_interval_clopper_pearson, paths[j], chances[i]);
            double b = coverage_of(bw_interval_chance, paths[j], chances[i]);
            printf("# P %.0e, %7llu paths, %8.1f hits expected: Clopper-Pearson %.4f, in use %.4f\n", chances[i],
                   (unsigned long long)paths[j], expected, a, b);
            exact = a < exact ? a : exact;
            least = b < least ? b : least;
            assert_true(a >= .95 && (expected < 20 || a < .985));
            assert_true(expected < 2 || b < (expected < 20 ? .995 : .985));   /* few hits: the law is too coarse for less */
            assert_true(expected < 100 || (b > .945 && b < .956));
        }
    printf("# least: Clopper-Pearson %.4f, in use %.4f\n", exact, least);
    assert_true(least >= .92);
}

/* Where few hits make the law coarsest, at every expected count from .1 to 40. */
static void the_rule_in_use_never_falls_far(void **state)
{
    (void)state;
    double least = 1, at = 0;
    for (double expected = .1; expected < 40; expected *= 1.01) {
        double share = coverage_of(bw_interval_chance, 100000, expected / 100000);
        if (share < least) {
            least = share;
            at = expected;
        }
    }
    printf("# least coverage %.4f at %.2f hits expected\n", least, at);
    assert_true(least >= .92);
}

/* Nothing can happen: the interval must contain 0, always, and shrink as 3.69 / N. */
static void a_chance_of_nothing_is_covered(void **state)
{
    (void)state;
    for (uint64_t n = 1; n < 100000000; n *= 10) {
        bw_interval i = bw_interval_chance(0, n, .95);
        assert_true(i.low == 0 && i.high < 3.69 / (double)n && (n < 100 || i.high > 3.6 / (double)n));
    }
}

/* ----------------------------------------------------------------------------------------------------------- the laws */

/* Amount at share u of the paths, rising in u: the quantile function of a law, so that its truth is known. */
typedef int64_t law(double u);

/* Pareto with three moments and a bit, as fat as losses are. */
static int64_t heavy(double u)
{
    return (int64_t)(1e9 * bw_real_power(1 - u, -1 / 3.5));
}

/* Two ways to lose: nothing on 99%, small losses on .9%, ruin on .1%. */
static int64_t two_modes(double u)
{
    return u < .99 ? 0 : u < .999 ? (int64_t)(1e6 + 1e9 * (u - .99)) : (int64_t)(1e10 + 1e13 * (u - .999));
}

/* Losses come in lots of a thousand million. */
static int64_t lattice(double u)
{
    return u < .9 ? 0 : heavy((u - .9) * 10) / 1000000000 * 1000000000;
}

static int64_t none(double u)
{
    (void)u;
    return 0;
}

static int64_t even(double u)
{
    return (int64_t)(1e9 * u);
}

static const struct { const char *name; law *of; } laws[] = {
    {"heavy tail", heavy}, {"two modes", two_modes}, {"lattice", lattice}, {"nothing", none}, {"even", even}};

enum { PATHS = 60000, LAWS = 5 };
static int64_t paths[PATHS];

static void draw(law *of, uint64_t run, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++)
        paths[i] = of(bw_random_real(seed, run, i));
}

/* Mean of the law beyond a level, by its quantile function at a million even shares. */
static double truth_beyond(law *of, double level)
{
    double sum = 0;
    for (int i = 0; i < 1000000; i++)
        sum += (double)of(level + (1 - level) * (i + .5) / 1000000);
    return sum / 1000000;
}

/* ------------------------------------------------------------------------------------------------ drawn: VaR, mean, ES */

typedef struct {
    uint64_t count;
    uint32_t level;
} size_of;

/* Each law at the size where each level has 30 to 100 paths beyond it. On a lattice or beside a jump more than 95% is right:
   the interval's ends are themselves amounts of the law. */
static void value_at_risk_is_covered(void **state)
{
    (void)state;
    static const size_of sizes[] = {{2000, 0}, {5000, 1}, {40000, 2}};
    for (uint32_t l = 0; l < LAWS; l++)
        for (uint32_t s = 0; s < 3; s++) {
            uint32_t hit = 0, of = s == 2 ? runs() / 4 : runs();
            double tail = (double)bw_stress_tails[sizes[s].level] / BW_STRESS_ONE;
            int64_t truth = laws[l].of(1 - tail * (1 + 1e-12));
            for (uint32_t run = 0; run < of; run++) {
                draw(laws[l].of, (uint64_t)(l * 3 + s) << 32 | run, sizes[s].count);
                bw_stress_sort(paths, sizes[s].count);
                bw_stress_figure var = bw_stress_quantile(bw_stress_amounts_of(paths, sizes[s].count), bw_stress_tails[sizes[s].level]);
                assert_true(var.bounded);
                hit += var.low <= truth && truth <= var.high;
            }
            char what[80];
            snprintf(what, sizeof what, "VaR %s%%, %s", bw_stress_level_words[sizes[s].level], laws[l].name);
            bool smooth = laws[l].of == heavy || laws[l].of == even;
            covers(what, hit, of, .95, smooth ? .99 + (of < 200 ? .01 : 0) : 1);
        }
}

/* The width of the VaR's interval is what theory allows: 2 z sqrt(q p / N) / density. */
static void value_at_risk_is_as_narrow_as_possible(void **state)
{
    (void)state;
    double width = 0;
    for (uint32_t run = 0; run < 100; run++) {
        draw(even, (uint64_t)77 << 32 | run, 10000);
        bw_stress_sort(paths, 10000);
        bw_stress_figure var = bw_stress_quantile(bw_stress_amounts_of(paths, 10000), bw_stress_tails[1]);
        width += (double)(var.high - var.low) / 100;
    }
    double least = 2 * 1.96 * __builtin_sqrt(.99 * .01 / 10000) * 1e9;
    printf("# mean width %.3f of the least\n", width / least);
    assert_true(width > .95 * least && width < 1.1 * least);
}

/* Normal intervals: nearly right with ample paths, too narrow by a known bit with heavy tails. */
static void means_are_covered(void **state)
{
    (void)state;
    for (uint32_t l = 0; l < LAWS; l++) {
        double truth = truth_beyond(laws[l].of, 0);
        uint32_t hit = 0, bounded = 0;
        for (uint32_t run = 0; run < runs(); run++) {
            draw(laws[l].of, (uint64_t)(40 + l) << 32 | run, 20000);
            bw_stress_sort(paths, 20000);
            bw_stress_figure mean = bw_stress_mean_beyond(bw_stress_amounts_of(paths, 20000), 0);
            hit += mean.bounded && (double)mean.low <= truth && truth <= (double)mean.high;
            bounded += mean.bounded;
        }
        if (laws[l].of == none) {
            assert_int_equal(bounded, 0);                  /* no path shows a loss: no width is told */
            continue;
        }
        assert_int_equal(bounded, runs());
        char what[80];
        snprintf(what, sizeof what, "mean, %s", laws[l].name);
        covers(what, hit, bounded, laws[l].of == two_modes ? .92 : .94, .99);
    }
}

static void shortfalls_are_covered_with_ample_tails(void **state)
{
    (void)state;
    static const struct { uint64_t count; double least; } sizes[] = {{12000, .90}, {60000, .92}};   /* 120, 600 beyond 99% */
    double truth = truth_beyond(heavy, .99);
    for (uint32_t s = 0; s < 2; s++) {
        uint32_t hit = 0, of = s ? runs() / 4 : runs() / 2;
        for (uint32_t run = 0; run < of; run++) {
            draw(heavy, (uint64_t)(60 + s) << 32 | run, sizes[s].count);
            bw_stress_sort(paths, sizes[s].count);
            bw_stress_figure es = bw_stress_shortfall(bw_stress_amounts_of(paths, sizes[s].count), bw_stress_tails[1]);
            assert_true(es.bounded);
            hit += (double)es.low <= truth && truth <= (double)es.high;
        }
        char what[80];
        snprintf(what, sizeof what, "ES 99%%, heavy tail, %llu paths beyond", (unsigned long long)sizes[s].count / 100);
        covers(what, hit, of, sizes[s].least, 1);
    }
}

/* ------------------------------------------------------------------------------------------------------ weighted counts */

/* Number of hits of n draws, each with probability p, by their distances. */
static uint64_t count_hits(uint64_t stream, uint64_t n, double p)
{
    double at = 0, miss = -bw_real_ln(1 - p);
    for (uint64_t hits = 0;; hits++) {
        at += 1 + (double)(int64_t)(-bw_real_ln(bw_random_real(seed, stream, hits)) / miss);
        if (at > (double)n)
            return hits;
    }
}

/* Three strata of which the rarest was drawn most: conservative, but not without end. */
static void weighted_counts_are_covered(void **state)
{
    (void)state;
    static const struct { double share, chance; uint64_t drawn; } strata[] = {{.9, 1e-5, 20000}, {.09, 1e-4, 20000},
                                                                              {.01, 2e-3, 5000}};
    double truth = 0;
    uint32_t hit = 0;
    for (uint32_t h = 0; h < 3; h++)
        truth += strata[h].share * strata[h].chance;
    for (uint32_t run = 0; run < 4 * runs(); run++) {
        double sum = 0, squares = 0, largest = 0;
        for (uint32_t h = 0; h < 3; h++) {
            double weight = strata[h].share / (double)strata[h].drawn;
            double count = (double)count_hits((uint64_t)(80 + h) << 32 | run, strata[h].drawn, strata[h].chance);
            sum += weight * count;
            squares += weight * weight * count;
            largest = weight > largest ? weight : largest;
        }
        bw_interval i = bw_interval_weighted(sum, squares, largest, .95);
        hit += i.low <= truth && truth <= i.high;
    }
    covers("weighted counts", hit, 4 * runs(), .95, 1);
}

/* Paths are played by the thousand until half the interval is 20% of P: a rule that looks at what it estimates costs a little
   coverage. */
static void stopping_by_width_costs_little(void **state)
{
    (void)state;
    static const double chances[] = {1e-2, 1e-3};
    for (uint32_t c = 0; c < 2; c++) {
        uint32_t hit = 0;
        double played = 0, batch = c == 0 ? 1000 : 10000;
        for (uint32_t run = 0; run < runs(); run++) {
            uint64_t hits = 0, n = 0;
            for (uint64_t b = 0; !bw_until_reached(hits, n, BW_STRESS_ONE / 5); b++) {
                hits += count_hits((uint64_t)(90 + c) << 40 | (uint64_t)run << 16 | b, (uint64_t)batch, chances[c]);
                n += (uint64_t)batch;
            }
            bw_interval i = bw_interval_chance(hits, n, .95);
            hit += i.low <= chances[c] && chances[c] <= i.high;
            played += (double)n / runs();
        }
        char what[80];
        snprintf(what, sizeof what, "P %.0e, until ci=20%%, %.0f paths on average", chances[c], played);
        covers(what, hit, runs(), .93, .99);
        assert_true(played * chances[c] > 80 && played * chances[c] < 130);    /* (1.96 / .2)^2 = 96 hits, and a batch */
    }
}

static int set_up(void **state)
{
    (void)state;
    seed = check_seed();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chances_are_covered), cmocka_unit_test(the_rule_in_use_never_falls_far),
        cmocka_unit_test(a_chance_of_nothing_is_covered), cmocka_unit_test(value_at_risk_is_covered),
        cmocka_unit_test(value_at_risk_is_as_narrow_as_possible), cmocka_unit_test(means_are_covered),
        cmocka_unit_test(shortfalls_are_covered_with_ample_tails), cmocka_unit_test(weighted_counts_are_covered),
        cmocka_unit_test(stopping_by_width_costs_little)};
    return cmocka_run_group_tests_name("stress/coverage", tests, set_up, NULL);
}
