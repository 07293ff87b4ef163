#include "world/quantile.h"

#include <math.h>

#define LARGEST_OF_19337 (1 - 0.5 / 19337)
#define TAIL_BEGIN .95

const bw_quantile_table bw_measured_notional = {
    11,
    {.01, .05, .10, .25, .50, .75, .90, .95, .99, .999, LARGEST_OF_19337},
    {1.99, 13.4, 33.3, 144.6, 481.1, 3125, 27030, 114400, 1042000, 18690000, 330400000}};

const bw_quantile_table bw_measured_account_value = {
    11,
    {.01, .05, .10, .25, .50, .75, .90, .95, .99, .999, LARGEST_OF_19337},
    {.016, 12.5, 39.4, 279, 941, 6036, 43650, 178300, 1668000, 26200000, 316000000}};

const bw_quantile_table bw_measured_leverage = {
    10,
    {.01, .05, .10, .25, .50, .75, .90, .95, .99, LARGEST_OF_19337},
    {.0034, .0081, .0585, .162, .424, .967, 2.77, 5.22, 12.6, 40}};

const bw_quantile_table bw_measured_pnl_percent = {
    11,
    {.01, .05, .10, .25, .50, .75, .90, .95, .99, .999, LARGEST_OF_19337},
    {2.3, 9.7, 13.1, 24.8, 46.9, 92.4, 167.7, 208.6, 361.6, 1423, 7719}};

static double ratio_of_polynomials(const double *above, const double *below, double x)
{
    double a = above[0], b = below[0];
    for (int i = 1; i < 6; i++) {
        a = a * x + above[i];
        b = b * x + below[i];
    }
    return a / b;
}

double bw_normal_quantile(double u)
{
    static const double middle_above[6] = {-3.969683028665376e+01, 2.209460984245205e+02,
                                           -2.759285104469687e+02, 1.383577518672690e+02,
                                           -3.066479806614716e+01, 2.506628277459239e+00};
    static const double middle_below[6] = {-5.447609879822406e+01, 1.615858368580409e+02,
                                           -1.556989798598866e+02, 6.680131188771972e+01,
                                           -1.328068155288572e+01, 1};
    static const double tail_above[6] = {-7.784894002430293e-03, -3.223964580411365e-01,
                                         -2.400758277161838e+00, -2.549732539343734e+00,
                                         4.374664141464968e+00,  2.938163982698783e+00};
    static const double tail_below[6] = {0, 7.784695709041462e-03, 3.224671290700398e-01,
                                         2.445134137142996e+00, 3.754408661907416e+00, 1};
    if (u < .02425)
        return ratio_of_polynomials(tail_above, tail_below, sqrt(-2 * log(u)));
    if (u > 1 - .02425)
        return -ratio_of_polynomials(tail_above, tail_below, sqrt(-2 * log1p(-u)));
    double q = u - .5;
    return q * ratio_of_polynomials(middle_above, middle_below, q * q);
}

double bw_normal_below(double z)
{
    return .5 * erfc(-z * M_SQRT1_2);
}

/* The axis on which ln value is linear. */
static double axis(double u, bool in_tail)
{
    return in_tail ? -log1p(-u) : bw_normal_quantile(u);
}

double bw_quantile_at(const bw_quantile_table *table, double u)
{
    uint32_t i = 0;
    while (i + 2 < table->count && u >= table->below[i + 1])
        i++;
    bool in_tail = table->below[i] >= TAIL_BEGIN;
    double from = axis(table->below[i], in_tail), to = axis(table->below[i + 1], in_tail);
    double low = log(table->value[i]), high = log(table->value[i + 1]);
    double value = exp(low + (high - low) * (axis(u, in_tail) - from) / (to - from));
    double most = table->value[table->count - 1];
    return value < most ? value : most;
}

double bw_normal_correlation(double rank_correlation)
{
    return 2 * sin(M_PI * rank_correlation / 6);
}
