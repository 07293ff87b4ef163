/* words.h - names and numbers that the screen, the JSON and the story of a calibration share. */
#ifndef BW_CALIBRATE_WORDS_H
#define BW_CALIBRATE_WORDS_H

#include "calibrate/calibrate.h"
#include "metrics/page.h"

/* "kurtosis_day" of the JSON; "kurtosis of a day" of the screen. */
const char *bw_moment_key(bw_moment moment);
const char *bw_moment_words(bw_moment moment);

/* z of a moment of a market: (data - model) over its error, that of the simulation included. False: no error is known. */
bool bw_moment_z(const bw_calibrated *result, uint32_t m, bw_moment moment, double *z);
/* z of an average as it was fitted. */
bool bw_figure_z(const bw_calibrated *result, uint32_t figure, double *z);

/* Three significant digits, no exponent. */
void bw_page_real(bw_page *page, double x);

#endif
