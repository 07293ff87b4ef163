#include "world/gamma.h"

#include <math.h>

#include "world/real.h"

#define TERMS_MAX 600
#define NEWTON_MAX 64
#define LN_ROOT_TWO_PI 9.18938533204672741780e-01

double bw_gamma_ln(double a)
{
    static const double series[] = {1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156};
    double product = 1, sum = 0;
    for (; a < 12; a += 1) /* Gamma(a + 1) = a Gamma(a) */
        product *= a;
    double square = 1 / (a * a), power = 1 / a;
    for (int i = 0; i < 7; i++, power *= square)
        sum += series[i] * power;
    return (a - .5) * bw_real_ln(a) - a + LN_ROOT_TWO_PI + sum - bw_real_ln(product);
}

double bw_gamma_density_ln(double shape, double x)
{
    return bw_real_exp(shape * bw_real_ln(x) - x - bw_gamma_ln(shape));
}

/* P(G < x) over bw_gamma_density_ln: all terms are positive. */
static double series_below(double shape, double x)
{
    double term = 1 / shape, sum = term;
    for (int n = 1; n < TERMS_MAX && term > sum * 1e-17; n++) {
        term *= x / (shape + n);
        sum += term;
    }
    return sum;
}

/* P(G > x) over bw_gamma_density_ln, x > shape + 1: Lentz's way through the continued fraction. */
static double fraction_above(double shape, double x)
{
    double b = x + 1 - shape, c = 1e300, d = 1 / b, product = d;
    for (int n = 1; n < TERMS_MAX; n++) {
        double a = -n * (n - shape);
        b += 2;
        d = 1 / (a * d + b);
        c = b + a / c;
        double factor = c * d;
        product *= factor;
        if (fabs(factor - 1) < 1e-16)
            break;
    }
    return product;
}

double bw_gamma_below(double shape, double x)
{
    double density = bw_gamma_density_ln(shape, x);
    return x < shape + 1 ? density * series_below(shape, x) : 1 - density * fraction_above(shape, x);
}

double bw_gamma_above(double shape, double x)
{
    double density = bw_gamma_density_ln(shape, x);
    return x < shape + 1 ? 1 - density * series_below(shape, x) : density * fraction_above(shape, x);
}

static double guess(double shape, double score)
{
    double root = 1 - 1 / (9 * shape) + score / (3 * sqrt(shape));
    if (root > .4)
        return bw_real_ln(shape) + 3 * bw_real_ln(root);
    return (bw_real_ln(bw_normal_below(score)) + bw_gamma_ln(shape + 1)) / shape; /* P(G < x) ~ x^a / Gamma(a + 1) */
}

double bw_gamma_quantile(double shape, double score)
{
    /* ln of the smaller probability as a function of ln x is concave: from its first step on Newton's method comes
       from one side and cannot leave */
    double target = bw_real_ln(bw_normal_below(score < 0 ? score : -score)), ln_x = guess(shape, score);
    for (int i = 0; i < NEWTON_MAX; i++) {
        double x = bw_real_exp(ln_x);
        double probability = score < 0 ? bw_gamma_below(shape, x) : bw_gamma_above(shape, x);
        double slope = bw_gamma_density_ln(shape, x) / probability;
        double step = (bw_real_ln(probability) - target) / (score < 0 ? slope : -slope);
        ln_x -= step;
        if (fabs(step) < 1e-14 * (1 + fabs(ln_x)))
            break;
    }
    return bw_real_exp(ln_x);
}
