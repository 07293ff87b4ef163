#include "stress/law.h"

#include <math.h>

#include "world/real.h"

#define TWO_PI 6.28318530717958647693
#define HALF_LN_TWO_PI 0.918938533204672741780
#define SMALL 1e-16                  /* a term or factor of this size ends a sum */
#define TINY 1e-300                  /* stands for 0 in a denominator of Lentz's method */

enum { TERMS_MOST = 1000000, STEPS_MOST = 400 };

/* ------------------------------------------------------------------------------------------------------ saddle point */

/* ln Gamma(x + 1) - (x ln x - x + ln sqrt(2 pi x)) by Stirling's series: x >= 15, next term below 1e-17. */
static double stirling(double x)
{
    double s = 1 / (x * x);
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - (1.0 / 1188 - (691.0 / 360360 - s / 156) * s) * s) * s) *
            s) * s) / x;
}

double bw_law_ln_gamma(double x)
{
    double product = 1;
    for (; x < 16; x++)
        product *= x;
    return (x - .5) * bw_real_ln(x) - x + HALF_LN_TWO_PI + stirling(x) - bw_real_ln(product);
}

/* What Stirling's formula without its series leaves out, for every x > 0. */
static double rest(double x)
{
    if (x >= 15)
        return stirling(x);
    return bw_law_ln_gamma(x + 1) - ((x + .5) * bw_real_ln(x) - x + HALF_LN_TWO_PI);
}

/* x ln(x / m) - (x - m) >= 0, by its series where x is near m; the difference x - m comes from the caller, who may know it
   better than x and m. */
static double deviance(double x, double m, double apart)
{
    double v = apart / (x + m);
    if (v >= .1 || v <= -.1)
        return x * bw_real_ln(x / m) - apart;
    double sum = apart * v, term = 2 * x * v;
    for (uint32_t odd = 3; odd < 40; odd += 2) {
        term *= v * v;
        sum += term / odd;
    }
    return sum;
}

/* Gamma(a + b + 1) / (Gamma(a + 1) Gamma(b + 1)) x^a y^b, y = 1 - x: the binomial density for shapes that need not be whole. */
static double binomial_density(double x, double y, double a, double b)
{
    double n = a + b, apart = x < y ? a - n * x : n * y - b;
    double exponent = rest(n) - rest(a) - rest(b) - deviance(a, n * x, apart) - deviance(b, n * y, -apart);
    return exponent < -700 ? 0 : bw_real_exp(exponent) * sqrt(n / (TWO_PI * a * b));
}

/* x^a e^-x / Gamma(a + 1) */
static double poisson_density(double x, double a)
{
    double exponent = -rest(a) - deviance(a, x, a - x);
    return exponent < -700 ? 0 : bw_real_exp(exponent) / sqrt(TWO_PI * a);
}

/* ----------------------------------------------------------------------------------------------- continued fractions */

/* 1 / (1 + d1 / (1 + d2 / ...)) and the like: numerators and denominators come one by one. */
typedef struct {
    double value, c, d;
} fraction;

static double no_zero(double x)
{
    return x < TINY && x > -TINY ? TINY : x;
}

/* The next term: value = ... + numerator / (denominator + ...). Returns by how much the value changed. */
static double lentz(fraction *f, double numerator, double denominator)
{
    f->d = 1 / no_zero(denominator + numerator * f->d);
    f->c = no_zero(denominator + numerator / f->c);
    double factor = f->c * f->d;
    f->value *= factor;
    return factor > 1 ? factor - 1 : 1 - factor;
}

/* I_x(a, b) for x below its mean, y = 1 - x. */
static double beta_low(double x, double y, double a, double b)
{
    fraction f = {1, 1, 0};
    for (uint32_t m = 0; m < TERMS_MOST; m++) {
        double even = a + 2.0 * m;
        double change = lentz(&f, -(a + m) * (a + b + m) * x / (even * (even + 1)), 1);
        double k = m + 1.0;
        double other = lentz(&f, k * (b - k) * x / ((even + 1) * (even + 2)), 1);
        if (change < SMALL * 4 && other < SMALL * 4)
            break;
    }
    return binomial_density(x, y, a, b) * b / (a + b) / f.value;
}

/* I_x(a, b); x and y = 1 - x both, since the smaller of them carries the digits. */
static double beta_of(double x, double y, double a, double b)
{
    if (!(x > 0))
        return 0;
    if (!(y > 0))
        return 1;
    return x < (a + 1) / (a + b + 2) ? beta_low(x, y, a, b) : 1 - beta_low(y, x, b, a);
}

double bw_law_beta_below(double x, double a, double b)
{
    return beta_of(x, 1 - x, a, b);
}

static double gamma_low(double x, double a)
{
    double sum = 1, term = 1;
    for (uint32_t n = 1; n < TERMS_MOST && term > sum * SMALL; n++) {
        term *= x / (a + n);
        sum += term;
    }
    return poisson_density(x, a) * sum;
}

static double gamma_high(double x, double a)
{
    fraction f = {TINY, TINY, 0};
    double change = lentz(&f, 1, x + 1 - a);
    for (uint32_t n = 1; n < TERMS_MOST && change >= SMALL * 4; n++)
        change = lentz(&f, -(double)n * (n - a), x + 2 * (double)n + 1 - a);
    return poisson_density(x, a) * a * f.value;
}

double bw_law_gamma_below(double x, double shape)
{
    if (!(x > 0))
        return 0;
    return x < shape + 1 ? gamma_low(x, shape) : 1 - gamma_high(x, shape);
}

/* --------------------------------------------------------------------------------------------------------- quantiles */

/* Where the root must be, and the guess. */
typedef struct {
    double low, high, x;
} bracket;

static double between(const bracket *at)
{
    if (at->low <= 0)
        return at->high / 64;
    return at->high > 4 * at->low ? sqrt(at->low) * sqrt(at->high) : (at->low + at->high) / 2;
}

/* One step of Newton that stays within; false: it would not move. */
static bool step(bracket *at, double excess, double density)
{
    double move = density > 0 ? excess / density : at->high, next = at->x - move;
    if (excess == 0 || (move < 4 * SMALL * at->x && move > -4 * SMALL * at->x))
        return false;
    if (excess < 0)
        at->low = at->x;
    else
        at->high = at->x;
    at->x = next > at->low && next < at->high ? next : between(at);
    return at->x != at->low && at->x != at->high;
}

double bw_law_beta_quantile(double p, double a, double b)
{
    bracket at = {0, 1, a / (a + b)};
    for (uint32_t i = 0; i < STEPS_MOST; i++) {
        double excess = bw_law_beta_below(at.x, a, b) - p;
        double density = binomial_density(at.x, 1 - at.x, a, b) * (a / (a + b)) * b / (at.x * (1 - at.x));
        if (!step(&at, excess, density))
            break;
    }
    return at.x;
}

double bw_law_gamma_quantile(double p, double shape)
{
    bracket at = {0, shape + 1, shape};
    while (bw_law_gamma_below(at.high, shape) < p && at.high < 1e300)
        at.high *= 2;
    for (uint32_t i = 0; i < STEPS_MOST; i++) {
        double excess = bw_law_gamma_below(at.x, shape) - p;
        if (!step(&at, excess, poisson_density(at.x, shape) * shape / at.x))
            break;
    }
    return at.x;
}

double bw_law_chi_square_quantile(double p, double freedom)
{
    return 2 * bw_law_gamma_quantile(p, freedom / 2);
}

double bw_law_normal_quantile(double p)
{
    double z = bw_normal_quantile(p);
    double density = bw_real_exp(-z * z / 2) / sqrt(TWO_PI);
    return z - (z < 0 ? bw_normal_below(z) - p : (1 - p) - bw_normal_below(-z)) / density;
}

/* ------------------------------------------------------------------------------------------------------------ counts */

double bw_law_binomial_most(uint64_t k, uint64_t n, double p)
{
    return k >= n ? 1 : beta_of(1 - p, p, (double)(n - k), (double)k + 1);
}

double bw_law_binomial_least(uint64_t k, uint64_t n, double p)
{
    return k == 0 ? 1 : k > n ? 0 : beta_of(p, 1 - p, (double)k, (double)(n - k) + 1);
}

double bw_law_one_less_exp(double y)
{
    if (y > .25)
        return 1 - bw_real_exp(-y);
    double sum = 0;
    for (int n = 14; n > 0; n--)     /* y (1 - y/2 (1 - y/3 (...))) */
        sum = y / n * (1 - sum);
    return sum;
}
