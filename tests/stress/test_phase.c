/* Two-phase sampling: against playing everything, and how often its intervals hold the truth of the law. */
#include <math.h>

#include "check.h"
#include "stress/law.h"
#include "stress/phase.h"

enum { PATHS = 20000, RUNS = 100, PLAYED = 1500 };

static bw_phase_path paths[PATHS];
static int64_t truth[PATHS];         /* what a path would lose, by number */
static bw_phase_amount amounts[PATHS], room[PATHS];

/* Heavy losses, u their surrogate: good (noise 0.3) or useless (noise large), so that no stratum is safe. */
static void draw(uint64_t *random, double noise)
{
    for (uint32_t i = 0; i < PATHS; i++) {
        double z = bw_law_normal_quantile(((double)(check_random(random) >> 11) + .5) / 9007199254740992.);
        double e = bw_law_normal_quantile(((double)(check_random(random) >> 11) + .5) / 9007199254740992.);
        double loss = exp(2 * z) - 10;
        truth[i] = loss > 0 ? (int64_t)(1000 * loss) : 0;
        paths[i] = (bw_phase_path){.number = i, .u = z + noise * e};
    }
}

static uint64_t play(void)
{
    uint64_t count = 0;
    for (uint32_t i = 0; i < PATHS; i++)
        if (paths[i].played)
            amounts[count++] = (bw_phase_amount){truth[paths[i].number], paths[i].stratum, 0};
    bw_phase_sort(amounts, room, count);
    return count;
}

static void played_whole_it_is_counting(void **state)
{
    (void)state;
    uint64_t random = check_seed(), above = 0;
    draw(&random, .3);
    bw_phase_plan plan = bw_phase_plan_of(paths, PATHS, PATHS, 1);
    assert_int_equal(plan.count, 1);
    assert_int_equal(play(), PATHS);
    static int64_t plain[PATHS];
    for (uint32_t i = 0; i < PATHS; i++) {
        plain[i] = truth[i];
        above += truth[i] > 50000;
    }
    bw_stress_sort(plain, PATHS);
    bw_phase_chance chance = bw_phase_beyond(&plan, amounts, PATHS, PATHS, 50000);
    assert_int_equal(chance.hits, above);
    assert_true(fabs(chance.value * PATHS - (double)above) < 1e-6);
    for (uint32_t level = 0; level < 3; level++) {
        bw_stress_figure es, var = bw_phase_quantile(&plan, amounts, PATHS, PATHS, bw_stress_tails[level], &es);
        bw_stress_amounts all = bw_stress_amounts_of(plain, PATHS);
        assert_int_equal(var.value, bw_stress_quantile(all, bw_stress_tails[level]).value);
        assert_in_range(es.value - bw_stress_shortfall(all, bw_stress_tails[level]).value + 2, 0, 4);
        assert_true(var.low <= var.value && var.value <= var.high);
    }
    bw_stress_figure mean = bw_phase_mean(&plan, amounts, PATHS, PATHS);
    bw_stress_figure same = bw_stress_mean_beyond(bw_stress_amounts_of(plain, PATHS), 0);
    assert_in_range(mean.value - same.value + 1, 0, 2);
    assert_true(fabs((double)(mean.high - same.high)) < 2 + .01 * (double)(same.high - same.low));
}

static void strata_are_a_partition(void **state)
{
    (void)state;
    uint64_t random = check_seed(), of_paths = 0, of_played = 0;
    draw(&random, .3);
    bw_phase_plan plan = bw_phase_plan_of(paths, PATHS, PLAYED, 1);
    assert_int_equal(plan.count, BW_PHASE_STRATA);
    for (uint32_t h = 0; h < plan.count; h++) {
        of_paths += plan.strata[h].paths;
        of_played += plan.strata[h].played;
        assert_true(plan.strata[h].played > 0 && (h == 0 || plan.strata[h].least <= plan.strata[h - 1].least));
    }
    assert_int_equal(of_paths, PATHS);
    assert_true(of_played <= PLAYED && of_played > PLAYED - 32);
    assert_int_equal(plan.strata[0].played, plan.strata[0].paths);
    assert_int_equal(play(), of_played);
}

/* Truth of the law: P(exp(2 z) > 10 + k), its quantile and its mean. */
static void intervals_cover(void **state)
{
    static const double NOISES[] = {.2, .6, 5};
    (void)state;
    uint64_t random = check_seed();
    double tail = .01, z = bw_law_normal_quantile(1 - tail), quantile = 1000 * (exp(2 * z) - 10);
    for (uint32_t n = 0; n < 3; n++) {
        uint32_t chance = 0, var = 0;
        double width = 0;
        for (uint32_t run = 0; run < RUNS; run++) {
            bw_stress_figure es;
            draw(&random, NOISES[n]);
            bw_phase_plan plan = bw_phase_plan_of(paths, PATHS, PLAYED, run);
            uint64_t count = play();
            bw_phase_chance p = bw_phase_beyond(&plan, amounts, count, PATHS, (int64_t)quantile);
            bw_stress_figure v = bw_phase_quantile(&plan, amounts, count, PATHS, 10000000, &es);
            chance += p.low <= tail && tail <= p.high;
            var += v.known && (double)v.low <= quantile + 1 && quantile - 1 <= (double)v.high;
            width += (p.high - p.low) / tail / RUNS;
        }
        printf("# noise %.1f, of %d: chance %u, level %u, mean width %.2f of the chance\n", NOISES[n], RUNS, chance, var, width);
        assert_true(chance >= .92 * RUNS && var >= .92 * RUNS);
        assert_true(n > 0 || width < 1.5);         /* a good surrogate; 20,000 plays would give .28, 1,500 plays 1.1 and no tail */
    }
}

/* A stratum without a hit is not without risk. */
static void no_hit_is_not_no_risk(void **state)
{
    (void)state;
    bw_phase_plan plan = {.count = 2, .strata = {{100, 100, 1}, {900000, 1000, 0}}};
    bw_phase_amount none[] = {{5, 0, 0}};
    bw_phase_chance chance = bw_phase_beyond(&plan, none, 1, 1000000, 0);
    printf("# one hit of 100, none of 1,000 that stand for 900,000: at most %.5f\n", chance.high);
    assert_true(chance.high > .0033 && chance.high < .0034);      /* .9 x 3.68 / 1000, and the hit's own */
    assert_true(chance.value > .9e-6 && chance.value < 1.1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(played_whole_it_is_counting), cmocka_unit_test(strata_are_a_partition),
                                       cmocka_unit_test(intervals_cover), cmocka_unit_test(no_hit_is_not_no_risk)};
    return cmocka_run_group_tests_name("stress/phase", tests, NULL, NULL);
}
