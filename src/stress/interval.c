#include "stress/interval.h"

#include <math.h>

#include "stress/law.h"
#include "world/real.h"

/* ----------------------------------------------------------------------------------------------------------- chances */

/* P with P(B >= hits | P) = a: what `hits` say at least; 0 without a hit. */
static double least(uint64_t hits, uint64_t n, double a)
{
    if (hits == 0)
        return 0;
    if (hits == n)                   /* P^n = a */
        return bw_real_exp(bw_real_ln(a) / (double)n);
    return bw_law_beta_quantile(a, (double)hits, (double)(n - hits) + 1);
}

/* P with P(B <= hits | P) = a: what they say at most; exact without a hit: (1 - P)^n = a. */
static double most(uint64_t hits, uint64_t n, double a)
{
    if (hits == n)
        return 1;
    if (hits == 0)
        return bw_law_one_less_exp(-bw_real_ln(a) / (double)n);
    return bw_law_beta_quantile(1 - a, (double)hits + 1, (double)(n - hits));
}

double bw_interval_chance_least(uint64_t hits, uint64_t n, double level)
{
    return least(hits, n, 1 - level);
}

double bw_interval_chance_most(uint64_t hits, uint64_t n, double level)
{
    return most(hits, n, 1 - level);
}

bw_interval bw_interval_clopper_pearson(uint64_t hits, uint64_t n, double level)
{
    BW_ASSERT(n > 0 && hits <= n);
    double a = (1 - level) / 2;
    return (bw_interval){least(hits, n, a), most(hits, n, a)};
}

bw_interval bw_interval_wilson(uint64_t hits, uint64_t n, double level)
{
    BW_ASSERT(n > 0 && hits <= n);
    double z = bw_law_normal_quantile((1 + level) / 2), count = (double)n, p = (double)hits / count;
    double centre = p + z * z / (2 * count), half = z * sqrt(p * (1 - p) / count + z * z / (4 * count * count));
    double scale = 1 + z * z / count, low = (centre - half) / scale, high = (centre + half) / scale;
    return (bw_interval){low > 0 ? low : 0, high < 1 ? high : 1};
}

bw_interval bw_interval_chance(uint64_t hits, uint64_t n, double level)
{
    uint64_t fewer = hits < n - hits ? hits : n - hits;
    return fewer < BW_STRESS_FEW_HITS ? bw_interval_clopper_pearson(hits, n, level) : bw_interval_wilson(hits, n, level);
}

bw_interval bw_interval_weighted(double sum, double squares, double largest, double level)
{
    double a = (1 - level) / 2, raised = sum + largest, spread = squares + largest * largest;
    double low = sum > 0 ? squares / (2 * sum) * bw_law_chi_square_quantile(a, 2 * sum * sum / squares) : 0;
    double high = raised > 0 ? spread / (2 * raised) * bw_law_chi_square_quantile(1 - a, 2 * raised * raised / spread) : 0;
    return (bw_interval){low, high};
}

/* --------------------------------------------------------------------------------------------------------- quantiles */

/* Values beyond the quantile: B of n with P = tail. Fewer than `high` of them is as unlikely as a, and so is `low` or more. */
bool bw_interval_ranks(uint64_t n, double tail, double level, bw_interval_rank *ranks)
{
    double a = (1 - level) / 2;
    if (n == 0 || bw_law_binomial_most(0, n, tail) > a || bw_law_binomial_least(n, n, tail) > a)
        return false;
    uint64_t within = 1, beyond = n;
    while (beyond - within > 1) {    /* P(B <= within - 1) <= a, and not for beyond */
        uint64_t middle = within + (beyond - within) / 2;
        if (bw_law_binomial_most(middle - 1, n, tail) <= a)
            within = middle;
        else
            beyond = middle;
    }
    ranks->high = within;
    uint64_t below = within;
    beyond = n;
    while (beyond - below > 1) {     /* P(B >= beyond) <= a, and not for below */
        uint64_t middle = below + (beyond - below) / 2;
        if (bw_law_binomial_least(middle, n, tail) <= a)
            beyond = middle;
        else
            below = middle;
    }
    ranks->low = beyond;
    return true;
}

/* (1 - tail)^n <= a, and tail^n <= a. */
uint64_t bw_interval_ranks_need(double tail, double level)
{
    double rarer = tail < 1 - tail ? tail : 1 - tail;
    double n = bw_real_ln((1 - level) / 2) / bw_real_ln(1 - rarer);
    bw_interval_rank ranks;
    uint64_t need = (uint64_t)(n * (1 - 1e-9));
    while (!bw_interval_ranks(need, tail, level, &ranks))
        need++;
    return need;
}

/* ------------------------------------------------------------------------------------------------------------- means */

double bw_interval_real(bw_wide a)
{
    bool negative = bw_wide_sign(a) < 0;
    bw_wide size = negative ? bw_wide_negate(a) : a;
    uint32_t length = bw_wide_bit_length(size), drop = length > 64 ? length - 64 : 0;
    double value = (double)bw_wide_shift_low(size, drop);
    for (; drop > 0; drop--)
        value *= 2;
    return negative ? -value : value;
}

static int64_t beyond(int64_t value, int64_t above)
{
    return value > above ? value - above : 0;
}

static uint32_t bits_of(uint64_t x)
{
    return x == 0 ? 0 : 64u - (uint32_t)__builtin_clzll(x);
}

static uint64_t size_of(int64_t apart)
{
    return apart < 0 ? 0 - (uint64_t)apart : (uint64_t)apart;
}

bw_interval_sums bw_interval_sums_of(const int64_t *values, uint64_t listed, uint64_t n, int64_t above)
{
    bw_interval_sums sums = {.n = n, .sum = bw_wide_of(0), .squares = bw_wide_of(0)};
    BW_ASSERT(n > 0 && n < (uint64_t)1 << 60 && listed <= n && (listed == n || above >= 0));
    for (uint64_t i = 0; i < listed; i++) {
        int64_t value = beyond(values[i], above);
        sums.sum = bw_wide_add_int64(sums.sum, value);
        sums.positive += value > 0;
    }
    sums.centre = bw_wide_to_int64(bw_wide_div_floor(sums.sum, bw_wide_of((int64_t)n)));
    uint64_t farthest = listed < n ? size_of(sums.centre) : 0;
    for (uint64_t i = 0; i < listed; i++) {
        uint64_t size = size_of(beyond(values[i], above) - sums.centre);
        farthest = size > farthest ? size : farthest;
    }
    while (2 * (bits_of(farthest) - sums.shift) + bits_of(n) > 126)
        sums.shift++;
    for (uint64_t i = 0; i < listed; i++) {
        int64_t apart = (beyond(values[i], above) - sums.centre) >> sums.shift;
        sums.squares = bw_wide_add_mul(sums.squares, apart, apart);
    }
    int64_t zero = -sums.centre >> sums.shift;
    sums.squares = bw_wide_add(sums.squares, bw_wide_scale(bw_wide_mul(zero, zero), (int64_t)(n - listed)));
    return sums;
}

double bw_interval_mean_half(const bw_interval_sums *sums, double level)
{
    double n = (double)sums->n, unit = 1;
    if (sums->n < 2)
        return 0;
    for (uint32_t i = 0; i < sums->shift; i++)
        unit *= 2;
    bw_wide rest = bw_wide_sub(sums->sum, bw_wide_mul(sums->centre, (int64_t)sums->n));   /* 0 <= rest < n */
    double fraction = bw_interval_real(rest) / n;
    double squares = bw_interval_real(sums->squares) * unit * unit - n * fraction * fraction;
    squares = squares > 0 ? squares : 0;
    return bw_law_normal_quantile((1 + level) / 2) * sqrt(squares / (n - 1) / n);
}
