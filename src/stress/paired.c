#include "stress/paired.h"

#include <math.h>
#include <string.h>

#include "stress/fund.h"
#include "stress/law.h"

static uint64_t path_of(const bw_paired_run *run, uint64_t i)
{
    return i >= run->count ? UINT64_MAX : run->list != NULL ? run->list[i] : i;
}

/* Sums over the paths that either lists. */
typedef struct {
    bw_wide a, b, squares;           /* squares: of b - a, in units of 2^shift */
    uint64_t differ;
} sums;

enum { SHIFT = 10 };                 /* 2^10 minor units: squares of 2^62 x 10^8 paths fit */

static void add(bw_paired *p, sums *s, int64_t a, int64_t b)
{
    int64_t apart = (b - a) >> SHIFT;
    p->only_a += a > 0 && b == 0;
    p->only_b += b > 0 && a == 0;
    p->both += a > 0 && b > 0;
    s->a = bw_wide_add_int64(s->a, a);
    s->b = bw_wide_add_int64(s->b, b);
    s->squares = bw_wide_add_mul(s->squares, apart, apart);
    s->differ += a != b;
}

/* Each count has an interval of its own; the difference is as far off as both together at right angles. */
static void bound_chance(bw_paired *p)
{
    double n = (double)p->paths, only_a = (double)p->only_a / n, only_b = (double)p->only_b / n;
    bw_interval a = bw_interval_chance(p->only_a, p->paths, BW_STRESS_LEVEL);
    bw_interval b = bw_interval_chance(p->only_b, p->paths, BW_STRESS_LEVEL);
    p->difference = only_b - only_a;
    p->low = p->difference - sqrt((only_b - b.low) * (only_b - b.low) + (a.high - only_a) * (a.high - only_a));
    p->high = p->difference + sqrt((b.high - only_b) * (b.high - only_b) + (only_a - a.low) * (only_a - a.low));
}

static int64_t mean_of(bw_wide sum, uint64_t paths)
{
    bw_wide twice = bw_wide_add_int64(bw_wide_scale(sum, 2), (int64_t)paths);
    return bw_wide_to_int64(bw_wide_div_floor(twice, bw_wide_of(2 * (int64_t)paths)));
}

static void bound_mean(bw_paired *p, const sums *s)
{
    double n = (double)p->paths, scale = 1 << SHIFT;
    bw_wide difference = bw_wide_sub(s->b, s->a);
    p->mean_a = mean_of(s->a, p->paths);
    p->mean_b = mean_of(s->b, p->paths);
    p->mean_difference = mean_of(difference, p->paths);
    p->mean_bounded = s->differ >= BW_STRESS_TAIL_LEAST;
    if (!p->mean_bounded)
        return;
    double mean = bw_interval_real(difference) / n / scale, square = bw_interval_real(s->squares) / n;
    double variance = square - mean * mean, score = bw_law_normal_quantile(1 - (1 - BW_STRESS_LEVEL) / 2);
    double half = score * sqrt((variance > 0 ? variance : 0) / n) * scale + scale;
    p->mean_low = p->mean_difference - (int64_t)ceil(half);
    p->mean_high = p->mean_difference + (int64_t)ceil(half);
}

bw_paired bw_paired_of(const char *name, bw_paired_run a, bw_paired_run b, uint64_t paths)
{
    bw_paired p = {.paths = paths};
    sums s = {bw_wide_of(0), bw_wide_of(0), bw_wide_of(0), 0};
    BW_ASSERT(paths > 0);
    for (uint64_t i = 0, k = 0; i < a.count || k < b.count;) {
        uint64_t of_a = path_of(&a, i), of_b = path_of(&b, k), path = of_a < of_b ? of_a : of_b;
        add(&p, &s, of_a == path ? bw_fund_borne(&a.outcomes[i]) : 0, of_b == path ? bw_fund_borne(&b.outcomes[k]) : 0);
        i += of_a == path;
        k += of_b == path;
    }
    strncpy(p.name, name, sizeof p.name - 1);
    p.a = bw_stress_chance_of(p.only_a + p.both, paths);
    p.b = bw_stress_chance_of(p.only_b + p.both, paths);
    bound_chance(&p);
    bound_mean(&p, &s);
    return p;
}
