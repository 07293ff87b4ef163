#include "calibrate/words.h"

#include <math.h>
#include <stdio.h>

static const char *const KEYS[BW_MOMENTS] = {"sd", "kurtosis", "kurtosis_day", "acf_hour", "acf_day", "acf_week",
                                             "quantile_0.1", "quantile_99.9", "mean_excess", "drawdown"};
static const char *const WORDS[BW_MOMENTS] = {
    "sd of a move", "kurtosis", "kurtosis of a day", "|move|: correlation, 1 h", "  1 day", "  1 week", "worst move in 1,000",
    "best move in 1,000", "mean excess beyond 4 sd", "worst fall of a day, yearly"};

const char *bw_moment_key(bw_moment moment)
{
    return KEYS[moment];
}

const char *bw_moment_words(bw_moment moment)
{
    return WORDS[moment];
}

static double noise_of(const bw_calibrated *result)
{
    return sqrt(1 + (double)result->prices->row_count / result->fit.simulated_rows);
}

bool bw_moment_z(const bw_calibrated *result, uint32_t m, bw_moment moment, double *z)
{
    double error = result->fit.block_moment[m][moment] * noise_of(result);
    *z = error > 0 ? (result->fit.data.moment[m][moment] - result->fit.model.moment[m][moment]) / error : 0;
    return error > 0;
}

bool bw_figure_z(const bw_calibrated *result, uint32_t figure, double *z)
{
    const bw_fit *fit = &result->fit;
    double error = fit->block[figure] * noise_of(result);
    bool known = error > 0 && fit->data.known[figure] && fit->model.known[figure];
    *z = known ? (fit->data.figure[figure] - fit->model.figure[figure]) / error : 0;
    return known;
}

void bw_page_real(bw_page *page, double x)
{
    char text[64];
    double size = fabs(x), edge = 100;
    int places = 0;
    if (size < 5e-8)
        edge = 0;
    while (places < 7 && size < edge) {
        places++;
        edge /= 10;
    }
    snprintf(text, sizeof text, "%.*f", places, x);
    bw_page_put(page, text);
}
