#include "calibrate/check.h"

#include <math.h>

#include "stress/law.h"
#include "world/real.h"
#include "world/select.h"

#define FEW 10u

/* ---- sorting ---- */

static void sift(double *value, size_t top, size_t count)
{
    double kept = value[top];
    for (size_t child = 2 * top + 1; child < count; child = 2 * top + 1) {
        child += child + 1 < count && value[child + 1] > value[child];
        if (value[child] <= kept)
            break;
        value[top] = value[child];
        top = child;
    }
    value[top] = kept;
}

void bw_sort(double *value, uint32_t count)
{
    for (size_t i = count / 2; i-- > 0;)
        sift(value, i, count);
    for (size_t i = count; i-- > 1;) {
        double kept = value[0];
        value[0] = value[i];
        value[i] = kept;
        sift(value, 0, i);
    }
}

/* ---- tails ---- */

/* |value| with the `share` largest at the end of scratch; the value before them is the threshold. How many these are. */
static uint32_t largest(const double *value, uint32_t count, double share, double *scratch)
{
    uint32_t beyond = (uint32_t)(share * count);
    for (uint32_t i = 0; i < count; i++)
        scratch[i] = fabs(value[i]);
    if (beyond > 0 && beyond < count)
        bw_select(scratch, count, count - beyond - 1);
    return beyond < count ? beyond : 0;
}

bw_hill bw_hill_of(const double *value, uint32_t count, double share, double *scratch)
{
    uint32_t beyond = largest(value, count, share, scratch);
    double sum = 0;
    if (beyond < FEW || scratch[count - beyond - 1] <= 0)
        return (bw_hill){.beyond = beyond, .known = false};
    for (uint32_t i = count - beyond; i < count; i++)
        sum += bw_real_ln(scratch[i] / scratch[count - beyond - 1]);
    double index = sum > 0 ? beyond / sum : 100, half = 1.96 * index / sqrt(beyond);
    return (bw_hill){index, index - half > 0 ? index - half : 0, index + half, beyond, sum > 0};
}

double bw_gpd_shape(const double *value, uint32_t count, double share, double *scratch, bool *known)
{
    uint32_t beyond = largest(value, count, share, scratch);
    *known = beyond >= FEW;
    if (!*known)
        return 0;
    double threshold = scratch[count - beyond - 1], *excess = scratch + count - beyond, whole = 0, weighted = 0;
    bw_sort(excess, beyond);
    for (uint32_t i = 0; i < beyond; i++) {
        double above = (excess[i] - threshold) / beyond;
        whole += above;
        weighted += above * (1 - (i + .65) / beyond);
    }
    *known = whole - 2 * weighted > 0;
    return *known ? 2 - whole / (whole - 2 * weighted) : 0;
}

double bw_tail_dependence(const double *a, const double *b, double edge_a, double edge_b, uint32_t count, double share)
{
    uint32_t both = 0;
    for (uint32_t i = 0; i < count; i++)
        both += a[i] < edge_a && b[i] < edge_b;
    return both / (share * count);
}

/* ---- distributions ---- */

static double kolmogorov_above(double x)
{
    double sum = 0;
    if (x < .2)
        return 1;
    for (int k = 1; k <= 100; k++)
        sum += (k % 2 ? 2 : -2) * bw_real_exp(-2.0 * k * k * x * x);
    return sum < 0 ? 0 : sum > 1 ? 1 : sum;
}

double bw_kolmogorov_p(double *a, uint32_t a_count, double *b, uint32_t b_count, double *distance)
{
    double most = 0;
    bw_sort(a, a_count);
    bw_sort(b, b_count);
    for (uint32_t i = 0, k = 0; i < a_count && k < b_count;) {
        double x = a[i] < b[k] ? a[i] : b[k];
        while (i < a_count && a[i] == x)
            i++;
        while (k < b_count && b[k] == x)
            k++;
        double apart = fabs((double)i / a_count - (double)k / b_count);
        most = apart > most ? apart : most;
    }
    double n = (double)a_count * b_count / ((double)a_count + b_count), root = sqrt(n);
    *distance = most;
    return kolmogorov_above(most * (root + .12 + .11 / root));
}

static double chi_square_above(double x, double freedom)
{
    double below = x > 0 ? bw_law_gamma_below(x / 2, freedom / 2) : 0;
    return below < 1 ? 1 - below : 0;
}

double bw_ljung_box_p(const double *value, const uint32_t *age, uint32_t count, uint32_t lags, double *q)
{
    double mean = 0, square = 0;
    for (uint32_t i = 0; i < count; i++)
        mean += value[i] / count;
    for (uint32_t i = 0; i < count; i++)
        square += (value[i] - mean) * (value[i] - mean);
    *q = 0;
    for (uint32_t lag = 1; lag <= lags && square > 0; lag++) {
        double cross = 0;
        for (uint32_t i = lag; i < count; i++)
            if (age[i] >= lag)
                cross += (value[i] - mean) * (value[i - lag] - mean);
        *q += (double)count * (count + 2.0) * (cross / square) * (cross / square) / ((double)count - lag);
    }
    return chi_square_above(*q, lags);
}

/* ---- exceedances ---- */

/* n ln p with 0 ln 0 = 0. */
static double part(double n, double p)
{
    return n > 0 ? n * bw_real_ln(p > 1e-300 ? p : 1e-300) : 0;
}

static double likelihood(double hits, double misses, double p)
{
    return part(hits, p) + part(misses, 1 - p);
}

bw_exceedances bw_exceedances_of(const uint8_t *hit, uint32_t rows, double p)
{
    double after[2][2] = {{0}};
    bw_exceedances e = {.rows = rows, .p_count = 1, .p_apart = 1};
    for (uint32_t i = 0; i < rows; i++) {
        e.hits += hit[i];
        if (i > 0)
            after[hit[i - 1]][hit[i]]++;
    }
    if (rows < 2)
        return e;
    double misses = rows - e.hits;
    e.p_count = chi_square_above(2 * (likelihood(e.hits, misses, (double)e.hits / rows) - likelihood(e.hits, misses, p)), 1);
    double calm = after[0][0] + after[0][1], wild = after[1][0] + after[1][1];
    if (wild == 0 || calm == 0)
        return e;
    double any = (after[0][1] + after[1][1]) / (calm + wild);
    double apart = likelihood(after[0][1], after[0][0], after[0][1] / calm) +
                   likelihood(after[1][1], after[1][0], after[1][1] / wild);
    e.p_apart = chi_square_above(2 * (apart - likelihood(after[0][1] + after[1][1], after[0][0] + after[1][0], any)), 1);
    return e;
}
