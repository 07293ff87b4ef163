#include "world/select.h"

static void swap(double *a, double *b)
{
    double kept = *a;
    *a = *b;
    *b = kept;
}

static double pivot_of(const double *value, size_t low, size_t high)
{
    double a = value[low], b = value[low + (high - low) / 2], c = value[high];
    return a < b ? (b < c ? b : a < c ? c : a) : (a < c ? a : b < c ? c : b);
}

/* Parts of [*low, *high] that the pivot separates: up to *j no larger, from *i no smaller; between them the pivot itself. */
static void split(double *value, int64_t low, int64_t high, int64_t *i, int64_t *j)
{
    double pivot = pivot_of(value, (size_t)low, (size_t)high);
    *i = low;
    *j = high;
    while (*i <= *j) {
        while (value[*i] < pivot)
            ++*i;
        while (value[*j] > pivot)
            --*j;
        if (*i <= *j)
            swap(&value[(*i)++], &value[(*j)--]);
    }
}

double bw_select(double *value, size_t count, size_t rank)
{
    int64_t low = 0, high = (int64_t)count - 1, at = (int64_t)rank, i, j;
    while (low < high) {
        split(value, low, high, &i, &j);
        if (at > j && at < i)
            break;
        high = at <= j ? j : high;
        low = at >= i ? i : low;
    }
    return value[rank];
}

double bw_select_quantile(double *value, size_t count, double p)
{
    return bw_select(value, count, (size_t)(p * (double)(count - 1)));
}
