/* volatility.c - see volatility.h. */
#include "engine/volatility.h"

#include "engine/margin.h"

#define DAY_NS (INT64_C(86400) * 1000000000)
#define CHANGE_MAX 4000000               /* ppm: a larger step counts as this; keeps variance below 2^62 */

/* floor(sqrt(x)) for x >= 0. */
static int64_t root_floor(int64_t x)
{
    uint64_t value = (uint64_t)x, root = 0;
    for (uint64_t bit = UINT64_C(1) << 62; bit; bit >>= 2) {
        if (value >= root + bit) {
            value -= root + bit;
            root = (root >> 1) + bit;
        } else
            root >>= 1;
    }
    return (int64_t)root;
}

int64_t bw_volatility_ppm(const bw_venue *venue, uint32_t market)
{
    return root_floor(bw_market_cold_at(venue, market)->variance);
}

uint32_t bw_volatility_scale(const bw_command_market *settings, int64_t volatility_ppm)
{
    int64_t base = settings->vol_base_ppm, step = settings->vol_step_ppm;
    if (base == 0 || volatility_ppm <= base)
        return 1000000;
    int64_t excess = bw_mul_div_floor(volatility_ppm - base, 1000000, base);
    int64_t scale = 1000000 + excess / step * step;
    return (uint32_t)bw_min(scale, settings->vol_max_ppm);
}

void bw_volatility_add(bw_venue *venue, uint32_t number, int64_t previous)
{
    bw_market_cold *cold = bw_market_cold_at(venue, number);
    bw_market *market = bw_market_at(venue, number);
    int64_t window = cold->settings.vol_window_ns;
    if (window == 0 || previous == 0) {
        cold->variance_ns = venue->time_ns;
        return;
    }
    int64_t change = bw_min(bw_abs(market->mark - previous) * 1000000 / previous, CHANGE_MAX);
    int64_t passed = bw_min(venue->time_ns - cold->variance_ns, 1000 * DAY_NS);
    bw_wide sum = bw_wide_add_mul(bw_wide_mul(cold->variance, window), change * change, DAY_NS);
    cold->variance = bw_wide_to_int64(bw_wide_div_floor(sum, bw_wide_of(window + passed)));
    cold->variance_ns = venue->time_ns;
    market->im_scale_ppm = bw_volatility_scale(&cold->settings, bw_volatility_ppm(venue, number));
}
