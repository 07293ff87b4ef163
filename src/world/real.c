#include "world/real.h"

#include <math.h>
#include <string.h>

#define LN2_HIGH 6.93147180369123816490e-01 /* 33 bits: k times it is exact */
#define LN2_LOW 1.90821492927058770002e-10
#define LN2_INVERSE 1.44269504088896338700e+00
#define SQRT_HALF 7.07106781186547524401e-01

static const double inverse[25] = {0,        1,        1.0 / 2,  1.0 / 3,  1.0 / 4,  1.0 / 5,  1.0 / 6,
                                   1.0 / 7,  1.0 / 8,  1.0 / 9,  1.0 / 10, 1.0 / 11, 1.0 / 12, 1.0 / 13,
                                   1.0 / 14, 1.0 / 15, 1.0 / 16, 1.0 / 17, 1.0 / 18, 1.0 / 19, 1.0 / 20,
                                   1.0 / 21, 1.0 / 22, 1.0 / 23, 1.0 / 24};

/* 2^k, -1022 <= k <= 1023. */
static double power_of_two(int64_t k)
{
    uint64_t bits = (uint64_t)(k + 1023) << 52;
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

double bw_real_exp(double x)
{
    x = x > -707 ? x : -707;
    x = x < 709 ? x : 709;
    int64_t k = (int64_t)(x * LN2_INVERSE + (x < 0 ? -.5 : .5));
    double r = x - (double)k * LN2_HIGH - (double)k * LN2_LOW;
    double sum = 1;
    for (int n = 14; n > 0; n--) /* |r| <= .35: the next term is below 1e-18 */
        sum = 1 + sum * (r * inverse[n]);
    return sum * power_of_two(k);
}

double bw_real_ln(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int64_t k = (int64_t)(bits >> 52) - 1022;
    bits = (bits & 0xfffffffffffffu) | (uint64_t)1022 << 52; /* 1/2 <= m < 1 */
    double m;
    memcpy(&m, &bits, sizeof m);
    if (m < SQRT_HALF) {
        m *= 2;
        k--;
    }
    double f = (m - 1) / (m + 1), s = f * f, sum = 0;
    for (int n = 23; n > 1; n -= 2) /* s <= .0295: the next term is below 1e-18 */
        sum = (sum + inverse[n]) * s;
    return (double)k * LN2_HIGH + (2 * f * (1 + sum) + (double)k * LN2_LOW);
}

double bw_real_power(double x, double exponent)
{
    return x > 0 ? bw_real_exp(exponent * bw_real_ln(x)) : 0;
}

double bw_real_sine(double x)
{
    double sum = 1;
    for (int n = 18; n > 0; n -= 2)
        sum = 1 - sum * x * x / (n * (n + 1));
    return x * sum;
}

static double horner(const double *coefficient, int count, double x)
{
    double sum = coefficient[0];
    for (int i = 1; i < count; i++)
        sum = sum * x + coefficient[i];
    return sum;
}

#define TAIL .02425

static double quantile_middle(double u)
{
    static const double above[6] = {-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                                    1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
    static const double below[6] = {-5.447609879822406e+01, 1.615858368580409e+02,  -1.556989798598866e+02,
                                    6.680131188771972e+01,  -1.328068155288572e+01, 1};
    double q = u - .5;
    return q * horner(above, 6, q * q) / horner(below, 6, q * q);
}

static double quantile_tail(double u)
{
    static const double above[6] = {-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                                    -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
    static const double below[5] = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                                    3.754408661907416e+00, 1};
    double q = sqrt(-2 * bw_real_ln(u < .5 ? u : 1 - u));
    double z = horner(above, 6, q) / horner(below, 5, q);
    return u < .5 ? z : -z;
}

double bw_normal_quantile(double u)
{
    return u < TAIL || u > 1 - TAIL ? quantile_tail(u) : quantile_middle(u);
}

/* bw_random_real_of without a conversion, which SIMD lacks: 1 + k 2^-52 has the bits k behind its exponent. */
static double real_of_bits(uint64_t bits)
{
    double x;
    bits = bits >> 12 | (uint64_t)1023 << 52;
    memcpy(&x, &bits, sizeof x);
    return x - 1 + 0x1p-53;
}

void bw_normal_fill(const uint64_t *bits, double *z, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        z[i] = quantile_middle(real_of_bits(bits[i]));
    for (uint32_t i = 0; i < count; i++) {
        double u = real_of_bits(bits[i]);
        if (u < TAIL || u > 1 - TAIL)
            z[i] = quantile_tail(u);
    }
}

double bw_normal_below(double z)
{
    static const double above[7] = {3.52624965998911e-02, 7.00383064443688e-01,
                                    6.37396220353165e+00, 3.39128660783830e+01,
                                    1.12079291497871e+02, 2.21213596169931e+02,
                                    2.20206867912376e+02};
    static const double below[8] = {8.83883476483184e-02, 1.75566716318264e+00,
                                    1.60641775792070e+01, 8.67807322029461e+01,
                                    2.96564248779674e+02, 6.37333633378831e+02,
                                    7.93826512519948e+02, 4.40413735824752e+02};
    double x = z < 0 ? -z : z;
    double density = bw_real_exp(-x * x / 2), share;
    if (x < 7.07106781186547)
        share = density * horner(above, 7, x) / horner(below, 8, x);
    else
        share = density / (x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + .65))))) / 2.506628274631;
    return z < 0 ? share : 1 - share;
}
