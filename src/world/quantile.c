#include "world/quantile.h"

#include "world/real.h"

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

/* The axis on which ln value is linear. */
static double axis(double u, bool in_tail)
{
    return in_tail ? -bw_real_ln(1 - u) : bw_normal_quantile(u);
}

double bw_quantile_at(const bw_quantile_table *table, double u)
{
    uint32_t i = 0;
    while (i + 2 < table->count && u >= table->below[i + 1])
        i++;
    bool in_tail = table->below[i] >= TAIL_BEGIN;
    double from = axis(table->below[i], in_tail), to = axis(table->below[i + 1], in_tail);
    double low = bw_real_ln(table->value[i]), high = bw_real_ln(table->value[i + 1]);
    double value = bw_real_exp(low + (high - low) * (axis(u, in_tail) - from) / (to - from));
    double most = table->value[table->count - 1];
    return value < most ? value : most;
}

double bw_normal_correlation(double rank_correlation)
{
    return 2 * bw_real_sine(3.14159265358979323846 * rank_correlation / 6);
}
