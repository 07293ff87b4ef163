/* spread.c - how a quantity is spread over accounts: top shares, Gini, Lorenz. */
#include "metrics/state.h"

/* ----------------------------------------------------------------------------------------------------------- order */

static void sink(int64_t *heap, uint32_t at, uint32_t count)
{
    int64_t value = heap[at];
    for (uint32_t child; (child = 2 * at + 1) < count; at = child) {
        child += child + 1 < count && heap[child + 1] > heap[child];
        if (heap[child] <= value)
            break;
        heap[at] = heap[child];
    }
    heap[at] = value;
}

/* Heapsort: no memory, no bad case. */
void bw_metrics_sort(int64_t *amounts, uint32_t count)
{
    for (uint32_t i = count / 2; i-- > 0;)
        sink(amounts, i, count);
    for (uint32_t end = count; end > 1; end--) {
        int64_t largest = amounts[0];
        amounts[0] = amounts[end - 1];
        amounts[end - 1] = largest;
        sink(amounts, 0, end - 1);
    }
}

/* ---------------------------------------------------------------------------------------------------------- spread */

static int64_t top(const int64_t *rising, uint32_t count, uint32_t first)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < first && i < count; i++)
        bw_metrics_sum(&sum, rising[count - 1 - i]);
    return sum;
}

/* G = (2 x sum of i x_i) / (n x total) - (n + 1) / n, i = 1..n in rising order; ppm to the nearest. */
static int64_t gini(const int64_t *rising, uint32_t count, int64_t total)
{
    bw_wide ranked = bw_wide_of(0);
    for (uint32_t i = 0; i < count; i++)
        ranked = bw_wide_add_mul(ranked, (int64_t)i + 1, rising[i]);
    bw_wide even = bw_wide_mul((int64_t)count + 1, total);
    bw_wide above = bw_wide_sub(bw_wide_scale(ranked, 2), even);
    bw_wide whole = bw_wide_mul((int64_t)count, total);
    bw_wide half = bw_wide_div_floor(whole, bw_wide_of(2));
    return bw_wide_to_int64(bw_wide_div_floor(bw_wide_add(bw_wide_scale(above, 1000000), half), whole));
}

/* What the smallest i% have: the first floor(n x i / 100). */
static void lorenz(const int64_t *rising, uint32_t count, int64_t total, int64_t points[BW_METRICS_LORENZ + 1])
{
    int64_t sum = 0;
    uint32_t seen = 0;
    for (uint32_t i = 0; i <= BW_METRICS_LORENZ; i++) {
        for (uint64_t until = (uint64_t)count * i / BW_METRICS_LORENZ; seen < until; seen++)
            bw_metrics_sum(&sum, rising[seen]);
        points[i] = bw_metrics_ppm(sum, total);
    }
}

void bw_metrics_spread_of(int64_t *amounts, uint32_t count, bw_metrics_spread *spread)
{
    uint32_t kept = 0;
    *spread = (bw_metrics_spread){.gini_ppm = -1};
    for (uint32_t i = 0; i < count; i++)
        if (amounts[i] > 0) {
            bw_metrics_sum(&spread->total, amounts[i]);
            amounts[kept++] = amounts[i];
        }
    spread->accounts = kept;
    if (kept == 0)
        return;
    bw_metrics_sort(amounts, kept);
    spread->top_1 = top(amounts, kept, 1);
    spread->top_10 = top(amounts, kept, 10);
    spread->top_100 = top(amounts, kept, 100);
    spread->gini_ppm = gini(amounts, kept, spread->total);
    lorenz(amounts, kept, spread->total, spread->lorenz_ppm);
}
