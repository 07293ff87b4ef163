/* volatility.h - a market's volatility index: what its marks did lately (R20).

       variance' = (variance x window + r^2 x day) / (window + dt),   r = relative change of the mark, in ppm
       volatility = floor(sqrt(variance)),  ppm per square root of a day
       factor = 1 + floor((volatility - base) / base / step) x step, from 1 up to its maximum, on initial margin

   The first-order form needs no exponential, is exact in integers, and never leaves the range of what it saw.
   Maintenance margin does not follow it: it changes only by an explicit command.

   Units     ppm; ns
   Rounding  down, everywhere
   Errors    none: settings are checked at configuration */
#ifndef BW_ENGINE_VOLATILITY_H
#define BW_ENGINE_VOLATILITY_H

#include "engine/state.h"

/* Takes the step from `previous` to the market's mark into its index, at the venue's time, and sets the factor. */
void bw_volatility_add(bw_venue *venue, uint32_t market, int64_t previous);

/* The index, ppm per square root of a day; 0 if the market has none. */
int64_t bw_volatility_ppm(const bw_venue *venue, uint32_t market);

/* The factor on initial margin for a volatility, ppm (pure, R24). */
uint32_t bw_volatility_scale(const bw_command_market *settings, int64_t volatility_ppm);

#endif
