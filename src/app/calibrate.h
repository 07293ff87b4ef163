/* calibrate.h - `breakwater calibrate`: prices to the model's settings, and simulated prices.

       PRICES.csv ──> calibrate/calibrate.h ──> screen, JSON, lines for a story, simulated prices of the fitted model
       --simulate ──> the model's defaults ──> simulated prices */
#ifndef BW_APP_CALIBRATE_H
#define BW_APP_CALIBRATE_H

#include "app/outputs.h"
#include "calibrate/calibrate.h"

/* A history of that many rows after the first, log moves simulated from the parameters; every market begins at 100. False: no
   memory, or it cannot be written. */
bool app_calibrate_prices(app_output *output, const bw_model_params *params, const char *const *names, int64_t first_ns,
                          int64_t interval_ns, uint32_t row_count, uint64_t seed);

/* Parameters of markets "BTC,ETH,SOL:large" by their classes; names point into `list`, which is cut. False after a message. */
bool app_calibrate_markets(char *list, bw_model_params *params, const char **names);

#endif
