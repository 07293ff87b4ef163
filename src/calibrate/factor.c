#include "calibrate/factor.h"

#include <math.h>
#include <string.h>

#define SWEEPS 60u
#define ROUNDS 200u
#define PROJECTIONS 400u
#define EDGE 1e-9        /* the least eigenvalue that the nearest matrix is given */

/* ---- eigenvalues ---- */

/* Turns rows and columns p and q of the matrix, and the vectors, so that matrix[p][q] is 0. */
static void rotate(double *a, double *v, uint32_t n, uint32_t p, uint32_t q)
{
    double theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
    double t = 1 / (fabs(theta) + sqrt(theta * theta + 1)), c, s;
    t = theta < 0 ? -t : t;
    c = 1 / sqrt(t * t + 1);
    s = t * c;
    for (uint32_t k = 0; k < n; k++) {
        double x = a[k * n + p], y = a[k * n + q];
        a[k * n + p] = c * x - s * y;
        a[k * n + q] = s * x + c * y;
    }
    for (uint32_t k = 0; k < n; k++) {
        double x = a[p * n + k], y = a[q * n + k];
        a[p * n + k] = c * x - s * y;
        a[q * n + k] = s * x + c * y;
    }
    for (uint32_t k = 0; k < n; k++) {
        double x = v[k * n + p], y = v[k * n + q];
        v[k * n + p] = c * x - s * y;
        v[k * n + q] = s * x + c * y;
    }
}

static double off_diagonal(const double *a, uint32_t n)
{
    double sum = 0;
    for (uint32_t p = 0; p < n; p++)
        for (uint32_t q = 0; q < p; q++)
            sum += a[p * n + q] * a[p * n + q];
    return sum;
}

/* By value; the vectors follow. */
static void sort_spectrum(double *value, double *v, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = i + 1; k < n; k++) {
            if (value[k] >= value[i])
                continue;
            double kept = value[i];
            value[i] = value[k];
            value[k] = kept;
            for (uint32_t a = 0; a < n; a++) {
                kept = v[a * n + i];
                v[a * n + i] = v[a * n + k];
                v[a * n + k] = kept;
            }
        }
}

void bw_factor_spectrum(const double *matrix, uint32_t count, double *value, double *vectors)
{
    double a[BW_FACTOR_CELLS], own[BW_FACTOR_CELLS], *v = vectors != NULL ? vectors : own;
    memcpy(a, matrix, sizeof *a * count * count);
    for (uint32_t i = 0; i < count * count; i++)
        v[i] = i % (count + 1) == 0 ? 1 : 0;
    for (uint32_t sweep = 0; sweep < SWEEPS && off_diagonal(a, count) > 1e-26; sweep++)
        for (uint32_t p = 0; p < count; p++)
            for (uint32_t q = p + 1; q < count; q++)
                if (fabs(a[p * count + q]) > 1e-300)
                    rotate(a, v, count, p, q);
    for (uint32_t i = 0; i < count; i++)
        value[i] = a[i * count + i];
    sort_spectrum(value, v, count);
}

/* ---- loadings ---- */

static double within(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

/* The largest eigenvalue's vector times its root, of the matrix with these communalities on its diagonal. */
static void component(const double *correlation, uint32_t n, const double *communality, double *load)
{
    double from[BW_MARKETS_MAX], length = 0;
    memcpy(from, load, sizeof *from * n);
    for (uint32_t power = 0; power < 30; power++) {
        length = 0;
        for (uint32_t a = 0; a < n; a++) {
            double sum = communality[a] * from[a];
            for (uint32_t b = 0; b < n; b++)
                sum += b == a ? 0 : correlation[a * n + b] * from[b];
            load[a] = sum;
            length += sum * sum;
        }
        length = sqrt(length);
        for (uint32_t a = 0; a < n; a++)
            from[a] = length > 0 ? load[a] / length : 0;
    }
    for (uint32_t a = 0; a < n; a++)
        load[a] = from[a] * sqrt(length);
}

void bw_factor_loadings(const double *correlation, uint32_t count, double *load)
{
    double communality[BW_MARKETS_MAX], sum = 0, moved = 1;
    for (uint32_t a = 0; a < count; a++) {
        communality[a] = .6;
        load[a] = count == 1 ? BW_FACTOR_ALONE : 1;
    }
    if (count == 2) {
        load[0] = within(sqrt(fabs(correlation[1])), 0, BW_FACTOR_MOST);
        load[1] = correlation[1] < 0 ? -load[0] : load[0];
    }
    for (uint32_t round = 0; count > 2 && round < ROUNDS && moved > 1e-9; round++) {
        component(correlation, count, communality, load);
        moved = 0;
        for (uint32_t a = 0; a < count; a++) {
            load[a] = within(load[a], -BW_FACTOR_MOST, BW_FACTOR_MOST);
            moved += fabs(load[a] * load[a] - communality[a]);
            communality[a] = load[a] * load[a];
        }
    }
    for (uint32_t a = 0; a < count; a++)
        sum += load[a];
    for (uint32_t a = 0; a < count && sum < 0; a++)
        load[a] = -load[a];
}

/* ---- the nearest ---- */

static void project_positive(double *a, uint32_t n)
{
    double value[BW_MARKETS_MAX], v[BW_FACTOR_CELLS];
    bw_factor_spectrum(a, n, value, v);
    for (uint32_t p = 0; p < n; p++)
        for (uint32_t q = 0; q < n; q++) {
            double sum = 0;
            for (uint32_t k = 0; k < n; k++)
                sum += v[p * n + k] * (value[k] > EDGE ? value[k] : EDGE) * v[q * n + k];
            a[p * n + q] = sum;
        }
}

void bw_factor_nearest(const double *matrix, uint32_t count, double *nearest)
{
    double correction[BW_FACTOR_CELLS] = {0}, before[BW_FACTOR_CELLS], moved = 1;
    uint32_t cells = count * count;
    memcpy(nearest, matrix, sizeof *nearest * cells);
    for (uint32_t round = 0; round < PROJECTIONS && moved > 1e-10; round++) {
        double *r = before, old[BW_FACTOR_CELLS];
        memcpy(old, nearest, sizeof *old * cells);
        for (uint32_t i = 0; i < cells; i++)
            r[i] = nearest[i] - correction[i];
        memcpy(nearest, r, sizeof *nearest * cells);
        project_positive(nearest, count);
        for (uint32_t i = 0; i < cells; i++)
            correction[i] = nearest[i] - r[i];
        moved = 0;
        for (uint32_t i = 0; i < cells; i++) {
            nearest[i] = i % (count + 1) == 0 ? 1 : nearest[i];
            moved = fabs(nearest[i] - old[i]) > moved ? fabs(nearest[i] - old[i]) : moved;
        }
    }
}
