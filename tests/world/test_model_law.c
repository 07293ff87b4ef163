/* The price model against closed forms: the gamma law, volatility, tails, correlation, jumps, caps. A figure may be 4 of its
   own standard errors (from 50 batches) off, and these must be small enough to say something. */
#include "model_case.h"

#include "world/gamma.h"
#include "world/model_work.h"
#include "world/real.h"

#define BATCHES 50u

/* ---- figures from many paths ---- */

typedef struct {
    double value[BATCHES];
} batches;

static void near_law(const char *what, const batches *b, double law, double error_max)
{
    double mean = 0, square = 0;
    for (uint32_t i = 0; i < BATCHES; i++)
        mean += b->value[i] / BATCHES;
    for (uint32_t i = 0; i < BATCHES; i++)
        square += (b->value[i] - mean) * (b->value[i] - mean);
    double error = sqrt(square / (BATCHES - 1) / BATCHES);
    printf("# %s: %.6g +- %.2g, law %.6g\n", what, mean, error, law);
    assert_true(error <= error_max * fabs(law) || error <= 1e-12);
    assert_true(fabs(mean - law) <= 4 * error + 1e-12);
}

/* Sums of powers of two series, for moments and correlation. */
typedef struct {
    double count, x, y, xx, yy, xy, xxxx;
} sums;

static void add(sums *s, double x, double y)
{
    s->count++;
    s->x += x;
    s->y += y;
    s->xx += x * x;
    s->yy += y * y;
    s->xy += x * y;
    s->xxxx += x * x * x * x;
}

static double correlation(const sums *s)
{
    double n = s->count;
    return (s->xy - s->x * s->y / n) / sqrt((s->xx - s->x * s->x / n) * (s->yy - s->y * s->y / n));
}

/* Markets without jumps; the factor alone unless a test adds to it; nearly normal steps. */
static bw_model_params plain(uint32_t markets, uint32_t steps)
{
    bw_model_params p = case_params(markets, 0);
    p.step_count = steps;
    p.jumps = p.jump_branching = p.vol_of_vol = p.vol_jump = p.leverage_effect = 0;
    p.mixing_max = 1000;
    p.factor_sd = .025;
    p.jump_down_share = .7;
    p.jump_down = .08;
    p.jump_up = .05;
    for (uint32_t m = 0; m < markets; m++) {
        p.item[m].own_jumps = p.item[m].own_sd = p.item[m].sector_load = 0;
        p.item[m].beta = 1;
        p.item[m].tail = 100;
    }
    return p;
}

typedef void each_path(void *context, uint32_t batch, const double *move, const bw_model_told *told);

static void draw(const bw_model_params *p, uint32_t paths, each_path *each, void *context)
{
    bw_model *model = case_model(p);
    double *move = malloc(sizeof *move * p->step_count * p->market_count);
    uint64_t seed = check_seed();
    bw_model_told told;
    for (uint32_t i = 0; i < paths; i++) {
        bw_model_path(model, seed, i, move, &told);
        each(context, i % BATCHES, move, &told);
    }
    free(move);
    free(model);
}

/* Of the first two markets' moves at the end. */
static void add_ends(void *context, uint32_t batch, const double *move, const bw_model_told *told)
{
    (void)told;
    add((sums *)context + batch, move[0], move[1]);
}

/* ---- gamma ---- */

static void gamma_values(void **state)
{
    (void)state;
    for (int a = 1; a < 150; a++) {
        assert_true(fabs(bw_gamma_ln(a) - lgamma(a)) <= 4e-15 * (1 + fabs(lgamma(a))));
        assert_true(fabs(bw_gamma_ln(a + .3) - lgamma(a + .3)) <= 4e-15 * (1 + fabs(lgamma(a + .3))));
    }
    for (double x = 1e-9; x < 100; x *= 1.7) { /* shapes 1 and 2: elementary */
        assert_true(fabs(bw_gamma_below(1, x) / -expm1(-x) - 1) < 1e-12);
        assert_true(fabs(bw_gamma_above(1, x) / exp(-x) - 1) < 1e-12);
        assert_true(fabs(bw_gamma_above(2, x) / (exp(-x) * (1 + x)) - 1) < 1e-12);
    }
}

static void gamma_quantiles(void **state)
{
    (void)state;
    for (double a = 1; a <= 50; a *= 1.1)
        for (double z = -8.5; z <= 8.5; z += .125) {
            double x = bw_gamma_quantile(a, z), share = bw_normal_below(-fabs(z));
            double got = z < 0 ? bw_gamma_below(a, x) : bw_gamma_above(a, x);
            if (!(fabs(got / share - 1) < 1e-12) || !(fabs(share / (erfc(fabs(z) / sqrt(2)) / 2) - 1) < 1e-8))
                fail_msg("shape %g score %g: %g is not %g", a, z, got, share);
        }
    for (double z = -5; z <= 5; z += .25) /* shape 1: -ln of the upper probability */
        assert_true(fabs(bw_gamma_quantile(1, z) / -log(.5 * erfc(z / sqrt(2))) - 1) < (z < -4 ? 1e-8 : 1e-10));
}

static void mixing_table(void **state)
{
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        static const double TAIL[] = {2.1, 3, 4, 100};
        bw_model_params p = plain(2, 1);
        p.item[0].tail = p.item[1].tail = TAIL[kind];
        bw_model *model = case_model(&p);
        for (double z = -8.21; z < 8.21; z += .00937) {
            double t = (TAIL[kind] - 2) / 2 / bw_gamma_quantile(TAIL[kind] / 2, -z), cap = p.mixing_max;
            assert_true(fabs(model_root(model, 0, z) / sqrt(t < cap ? t : cap) - 1) < 1e-7);
        }
        free(model);
    }
}

static void normals_in_bulk(void **state)
{
    uint64_t seed = check_seed(), bits[203];
    double z[203];
    (void)state;
    for (int round = 0; round < 500; round++) {
        for (uint32_t i = 0; i < 203; i++)
            bits[i] = round ? check_random(&seed) : i < 100 ? i << 10 : ~(uint64_t)0 - (i << 10);
        bw_normal_fill(bits, z, 203);
        for (uint32_t i = 0; i < 203; i++) {
            double one = bw_normal_quantile(bw_random_real_of(bits[i]));
            assert_memory_equal(&z[i], &one, sizeof one);
        }
    }
}

/* ---- diffusion ---- */

static void squares(void *context, uint32_t batch, const double *move, const bw_model_told *told)
{
    (void)told;
    for (uint32_t t = 0; t < 24; t++) {
        double x = move[2 * t] - (t ? move[2 * t - 2] : 0);
        add((sums *)context + batch, x, t == 23 ? x : 0);
    }
}

/* E v^2 = 1 from the first step to the last. */
static void volatility_is_one_on_average(void **state)
{
    (void)state;
    static sums s[BATCHES];
    batches all, last, mean;
    bw_model_params p = plain(2, 24);
    p.vol_of_vol = .5;
    p.leverage_effect = -.5;
    draw(&p, 60000, squares, s);
    for (uint32_t b = 0; b < BATCHES; b++) {
        all.value[b] = s[b].xx / s[b].count;
        last.value[b] = s[b].yy / s[b].count * 24;
        mean.value[b] = s[b].x / s[b].count / .001 + 1;
    }
    near_law("variance of a step", &all, .025 * .025 / 24, .01);
    near_law("of the last", &last, .025 * .025 / 24, .02);
    near_law("drift in .001, and 1", &mean, 1, .01);
}

/* E min(T, M) and E min(T, M)^2 for tail 4: G of shape 2 and rate 2, T = 1/(2G). */
static double mixing_moment(double cap, int power)
{
    double g = .5 / cap, sum = pow(cap, power) * (1 - exp(-2 * g) * (1 + 2 * g));
    if (power == 1)
        return sum + exp(-2 * g);
    for (double ln = log(g); ln < log(40); ln += 1e-4) /* integral of e^{-2g} / g */
        sum += exp(-2 * exp(ln + 5e-5)) * 1e-4;
    return sum;
}

static void daily_sd_and_kurtosis(void **state)
{
    (void)state;
    static sums s[BATCHES];
    batches variance, kurtosis;
    bw_model_params p = plain(2, 1);
    p.item[0].tail = 4;
    p.item[0].beta = 1.3;
    p.item[0].own_sd = .0155;
    p.item[0].sector_load = .5;
    p.sector_sd[0] = .01;
    p.mixing_max = 4;
    p.vol_of_vol = .2;
    draw(&p, 800000, add_ends, s);
    for (uint32_t b = 0; b < BATCHES; b++) {
        variance.value[b] = s[b].xx / s[b].count;
        kurtosis.value[b] = s[b].xxxx / s[b].count / (s[b].xx / s[b].count) / (s[b].xx / s[b].count);
    }
    double law = .025 * .025 * 1.69 + .0155 * .0155 + .005 * .005, first = mixing_moment(4, 1);
    near_law("variance of a day", &variance, law * first, .005);
    near_law("kurtosis", &kurtosis, 3 * exp(4 * .04) * mixing_moment(4, 2) / first / first, .02);
}

static void correlation_of_loadings(void **state)
{
    (void)state;
    static sums s[2][BATCHES];
    batches factor, sector;
    bw_model_params p = plain(2, 1);
    p.item[0].own_sd = .0071;
    p.item[1].beta = 1.3;
    p.item[1].own_sd = .0155;
    draw(&p, 200000, add_ends, s[0]);
    p.item[1].sector = 0;
    p.item[0].sector_load = 1;
    p.item[1].sector_load = -1;
    p.sector_sd[0] = .01;
    draw(&p, 200000, add_ends, s[1]);
    for (uint32_t b = 0; b < BATCHES; b++) {
        factor.value[b] = correlation(&s[0][b]);
        sector.value[b] = correlation(&s[1][b]);
    }
    double a = .025 * .025 + .0071 * .0071, e = .025 * .025 * 1.69 + .0155 * .0155, f = .025 * .025 * 1.3;
    near_law("correlation by the factor", &factor, f / sqrt(a * e), .002);
    near_law("and the sector, opposed", &sector, (f - 1e-4) / sqrt((a + 1e-4) * (e + 1e-4)), .004);
}

static void pairs_of_steps(void *context, uint32_t batch, const double *move, const bw_model_told *told)
{
    double next = move[2] - move[0];
    (void)told;
    add((sums *)context + batch, move[0], next * next);
}

/* E[x_t x_{t+1}^2]: volatility answers the factor. */
static void leverage_effect(void **state)
{
    (void)state;
    static sums s[BATCHES];
    batches cross;
    bw_model_params p = plain(2, 2);
    p.vol_of_vol = .5;
    p.leverage_effect = -.9;
    draw(&p, 400000, pairs_of_steps, s);
    double keep = exp(-2 * .5), w2 = .25, shock2 = w2 * (1 - keep * keep), scale = pow(.025 * sqrt(.5), 3);
    double root = sqrt(49) * exp(lgamma(49.5) - lgamma(50)); /* E sqrt(T) of tail 100 */
    for (uint32_t b = 0; b < BATCHES; b++)
        cross.value[b] = s[b].xy / s[b].count / scale;
    near_law("volatility after a move", &cross,
             root * exp((1 + 2 * keep) * (1 + 2 * keep) * w2 / 2 - 3 * w2) * 2 * sqrt(shock2) * -.9 * exp(2 * shock2), .05);
}

/* ---- jumps ---- */

static void counts(void *context, uint32_t batch, const double *move, const bw_model_told *told)
{
    (void)move;
    add((sums *)context + batch, told->common_jumps, told->own_jumps);
}

static void jumps_are_as_many(double branching, double fano_low, double fano_high)
{
    static sums s[BATCHES];
    batches common, own;
    double fano = 0;
    bw_model_params p = plain(2, 720);
    p.jumps = 2;
    p.jump_branching = branching;
    p.jump_decay_h = 1;
    p.item[0].own_jumps = 3; /* above one cell of the 12 bits and its share, and below one */
    p.item[1].own_jumps = .1;
    memset(s, 0, sizeof s);
    draw(&p, 10000, counts, s);
    for (uint32_t b = 0; b < BATCHES; b++) {
        double mean = s[b].x / s[b].count;
        common.value[b] = mean;
        own.value[b] = s[b].y / s[b].count;
        fano += (s[b].xx / s[b].count - mean * mean) / mean / BATCHES;
    }
    printf("# variance over mean of the count: %.3f\n", fano);
    assert_true(fano > fano_low && fano < fano_high);
    near_law("own jumps", &own, 720 * (-expm1(-3.0 / 720) - expm1(-.1 / 720)), .02);
    if (branching == 0)
        near_law("common jumps", &common, -720 * expm1(-2.0 / 720), .02);
    for (uint32_t b = 0; b < BATCHES; b++)      /* P = 1 - exp(-I D) loses I D / 2, where I is about that of a cluster */
        common.value[b] *= 1 + (branching == 0 ? 0 : .5 * (4 + 12) / 720);
    if (branching != 0)
        near_law("clustered common jumps", &common, 2 / (1 - branching), .02);
}

static void jump_counts(void **state)
{
    (void)state;
    jumps_are_as_many(0, .95, 1.05);
    jumps_are_as_many(.5, 2.5, 4);
}

static void jumped(void *context, uint32_t batch, const double *move, const bw_model_told *told)
{
    (void)told;
    add((sums *)context + batch, move[0] != 0, move[1] != 0);
}

static void jump_correlations(void **state)
{
    (void)state;
    static sums s[2][BATCHES];
    batches count, size, mean;
    bw_model_params p = plain(2, 1);
    p.factor_sd = 0;
    p.horizon_s = 864; /* a hundredth of a day */
    p.jumps = 5;
    p.item[0].own_jumps = 2;
    p.item[1].own_jumps = 4;
    draw(&p, 400000, jumped, s[0]);
    p.jumps = 100; /* in a day: one for certain */
    p.horizon_s = 86400;
    p.item[0].own_jumps = p.item[1].own_jumps = 0;
    p.item[0].jump_spread = p.item[1].jump_spread = .3;
    draw(&p, 400000, add_ends, s[1]);
    for (uint32_t b = 0; b < BATCHES; b++) {
        count.value[b] = correlation(&s[0][b]);
        size.value[b] = correlation(&s[1][b]);
        mean.value[b] = s[1][b].x / s[1][b].count;
    }
    double none = exp(-.11), a = exp(-.07), b = exp(-.09), ea = .3 * .05 - .7 * .08, eaa = 2 * (.7 * .0064 + .3 * .0025);
    double law = (none - a * b) / sqrt(a * (1 - a) * b * (1 - b));
    assert_true(fabs(law / (5 / sqrt(7 * 9)) - 1) < .05); /* the formula for short steps */
    near_law("correlation of counts", &count, law, .01);
    near_law("correlation of sizes", &size, (eaa - ea * ea) / (eaa * exp(.09) - ea * ea), .01);
    near_law("mean size", &mean, ea, .01);
}

/* A jump of size 0 still raises the volatility of the next step by exp(vol-jump). */
static void volatility_jumps(void **state)
{
    (void)state;
    static sums s[BATCHES];
    batches ratio;
    bw_model_params p = plain(2, 2);
    p.jumps = 100;
    p.jump_down = p.jump_up = 0;
    p.vol_jump = .8;
    draw(&p, 200000, pairs_of_steps, s);
    for (uint32_t b = 0; b < BATCHES; b++)
        ratio.value[b] = s[b].y / s[b].xx;
    near_law("variance after a jump over before", &ratio, exp(1.6), .01);
}

/* ---- caps ---- */

static double t4_above(double t) /* P(t of 4 degrees > t) */
{
    double r = 1 + t * t / 4;
    return .5 - 3.0 / 8 * t / sqrt(r) * (1 - t * t / r / 12);
}

static void clips(void *context, uint32_t batch, const double *move, const bw_model_told *told)
{
    assert_true(move[0] >= -3 && move[0] <= 1.5 && told->clipped == (told->clipped_steps > 0));
    if (move[0] == -3 || move[0] == 1.5)
        assert_true(told->clipped);
    add((sums *)context + batch, told->clipped, told->clipped_steps);
}

static void clip_share(void **state)
{
    (void)state;
    static sums s[BATCHES];
    batches share, steps;
    bw_model_params p = plain(1, 1);
    p.factor_sd = 1;
    p.item[0].tail = 4;
    draw(&p, 200000, clips, s);
    for (uint32_t b = 0; b < BATCHES; b++) {
        share.value[b] = s[b].x / s[b].count;
        steps.value[b] = s[b].y / s[b].count;
    }
    double law = t4_above(1.5 / sqrt(.5)) + t4_above(3 / sqrt(.5));
    near_law("share of clipped paths", &share, law, .02);
    near_law("clipped steps a path", &steps, law, .02);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gamma_values), cmocka_unit_test(gamma_quantiles), cmocka_unit_test(mixing_table),
        cmocka_unit_test(normals_in_bulk), cmocka_unit_test(volatility_is_one_on_average),
        cmocka_unit_test(daily_sd_and_kurtosis), cmocka_unit_test(correlation_of_loadings),
        cmocka_unit_test(leverage_effect), cmocka_unit_test(jump_counts), cmocka_unit_test(jump_correlations),
        cmocka_unit_test(volatility_jumps), cmocka_unit_test(clip_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
