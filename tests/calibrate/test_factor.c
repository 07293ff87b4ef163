/* Correlation matrices: eigenvalues, one factor's loadings, the nearest matrix, and what is refused of a file. */
#include "check.h"

#include <math.h>

#include "calibrate/factor.h"
#include "calibrate/matrix.h"

static double real_at_random(uint64_t *seed, double low, double high)
{
    return low + (high - low) * (double)check_random_below(seed, 1u << 20) / (1 << 20);
}

static void spectrum(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    static double a[BW_FACTOR_CELLS], v[BW_FACTOR_CELLS], value[BW_MARKETS_MAX];
    for (uint32_t round = 0; round < 60; round++) {
        uint32_t n = 1 + (uint32_t)check_random_below(&seed, round < 57 ? 8 : 64);
        for (uint32_t p = 0; p < n; p++)
            for (uint32_t q = 0; q <= p; q++)
                a[p * n + q] = a[q * n + p] = real_at_random(&seed, -1, 1);
        bw_factor_spectrum(a, n, value, v);
        for (uint32_t k = 0; k < n; k++) {
            assert_true(k == 0 || value[k - 1] <= value[k]);
            for (uint32_t p = 0; p < n; p++) {           /* A v = value v, v of length 1 */
                double sum = 0, length = 0;
                for (uint32_t q = 0; q < n; q++) {
                    sum += a[p * n + q] * v[q * n + k];
                    length += v[q * n + k] * v[q * n + k];
                }
                assert_true(fabs(sum - value[k] * v[p * n + k]) < 1e-9 && fabs(length - 1) < 1e-9);
            }
        }
    }
}

/* A matrix made of loadings gives them back. */
static void loadings(void **state)
{
    (void)state;
    uint64_t seed = check_seed();
    double a[64 * 64], load[64], got[64];
    for (uint32_t round = 0; round < 200; round++) {
        uint32_t n = 3 + (uint32_t)check_random_below(&seed, 10);
        for (uint32_t p = 0; p < n; p++)
            load[p] = real_at_random(&seed, .3, .95) * (p > 2 && p % 4 == 3 ? -1 : 1);
        for (uint32_t p = 0; p < n; p++)
            for (uint32_t q = 0; q < n; q++)
                a[p * n + q] = p == q ? 1 : load[p] * load[q];
        bw_factor_loadings(a, n, got);
        double sum = 0;
        for (uint32_t p = 0; p < n; p++)
            sum += load[p];
        for (uint32_t p = 0; p < n; p++)
            if (fabs(got[p] - (sum < 0 ? -load[p] : load[p])) > 1e-3)
                fail_msg("%u markets, market %u: %g, expected %g", n, p, got[p], load[p]);
    }
    const double two[4] = {1, -.49, -.49, 1}, one[1] = {1};
    bw_factor_loadings(two, 2, got);
    assert_true(fabs(got[0] - .7) < 1e-12 && fabs(got[1] + .7) < 1e-12);
    bw_factor_loadings(one, 1, got);
    assert_true(got[0] == BW_FACTOR_ALONE);
}

/* The example of Higham 2002; and random ones: symmetric, 1 on the diagonal, no eigenvalue below 0, and no nearer by small moves. */
static void nearest(void **state)
{
    (void)state;
    const double example[9] = {1, 1, 0, 1, 1, 1, 0, 1, 1};
    double near[64], value[64], a[64];
    uint64_t seed = check_seed();
    bw_factor_nearest(example, 3, near);
    printf("# %.4f %.4f\n", near[1], near[2]);
    assert_true(fabs(near[1] - .7607) < 1e-4 && fabs(near[2] - .1573) < 1e-4 && fabs(near[5] - .7607) < 1e-4);
    for (uint32_t round = 0; round < 50; round++) {
        for (uint32_t p = 0; p < 6; p++)
            for (uint32_t q = 0; q <= p; q++)
                a[p * 6 + q] = a[q * 6 + p] = p == q ? 1 : real_at_random(&seed, -1, 1);
        bw_factor_nearest(a, 6, near);
        bw_factor_spectrum(near, 6, value, NULL);
        assert_true(value[0] > -1e-6);
        for (uint32_t p = 0; p < 6; p++)
            for (uint32_t q = 0; q < 6; q++)
                assert_true(p == q ? near[p * 6 + q] == 1 : fabs(near[p * 6 + q] - near[q * 6 + p]) < 1e-9);
        bw_factor_spectrum(a, 6, value, NULL);
        for (uint32_t i = 0; i < 36 && value[0] >= 0; i++)  /* one that can be is its own nearest */
            assert_true(fabs(near[i] - a[i]) < 1e-6);
    }
}

static void refused(const char *text, const char *expected)
{
    static bw_prices prices = {.market_count = 3, .name = {"BTC", "ETH", "SOL"}};
    double correlation[9];
    char message[BW_MATRIX_MESSAGE];
    bool good = bw_matrix_read(text, strlen(text), "c.csv", &prices, correlation, message);
    assert_true(good == (expected == NULL));
    if (!good)
        assert_string_equal(message, expected);
}

static void matrices_from_files(void **state)
{
    (void)state;
    refused("# mine\nmarket,ETH,BTC,SOL\nETH,1,.8,0.5\n", "c.csv:3: BTC: found '.8', expected a correlation from -1 to 1 of at most 9 decimals");
    refused("market,ETH,BTC,SOL\nETH,1,0.8,0.5\nBTC,0.8,1,0.6\nSOL,0.5,0.6,1.0\n", NULL);
    refused("market,ETH,BTC\n", "c.csv:1: header: found 'end of line', expected every market of the prices");
    refused("market,ETH,BTC,XRP\n", "c.csv:1: header: found 'XRP', expected each market of the prices once");
    refused("market,ETH,ETH,BTC\n", "c.csv:1: header: found 'ETH', expected each market of the prices once");
    refused("time,ETH\n", "c.csv:1: header: found 'time', expected market as the first column");
    refused("market,BTC,ETH,SOL\nETH,1,0,0\n", "c.csv:2: market: found 'ETH', expected rows in the order of the columns");
    refused("market,BTC,ETH,SOL\nBTC,0.9,0,0\n", "c.csv:2: BTC: found '0.9', expected 1 on the diagonal");
    refused("market,BTC,ETH,SOL\nBTC,1,1.2,0\n", "c.csv:2: ETH: found '1.2', expected a correlation from -1 to 1 of at most 9 decimals");
    refused("market,BTC,ETH,SOL\nBTC,1,0.5,0\nETH,0.4,1,0\n",
            "c.csv:3: BTC: found '0.4', expected the same number as in the other row of this pair");
    refused("market,BTC,ETH,SOL\nBTC,1,0.5\n", "c.csv:2: line: found 'end of line', expected a number for every column");
    refused("market,BTC,ETH,SOL\nBTC,1,0.5,0,1\n", "c.csv:2: line: found '1', expected no more numbers than columns");
    refused("market,BTC,ETH,SOL\nBTC,1,0.5,0\n", "c.csv:2: line: found 'end of file', expected a row of every market");
    refused("market,BTC,ETH,SOL\nBTC,1,1,0\nETH,1,1,1\nSOL,0,1,1\n",
            "c.csv:4: found correlations with an eigenvalue of -0.4142, expected none below 0; the nearest is BTC-ETH 0.7607, "
            "ETH-SOL 0.7607, BTC-SOL 0.1573");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(spectrum), cmocka_unit_test(loadings), cmocka_unit_test(nearest),
                                       cmocka_unit_test(matrices_from_files)};
    return cmocka_run_group_tests_name("calibrate factor", tests, NULL, NULL);
}
