/* factor.h - correlation matrices: one factor's loadings, whether a matrix can be one, the nearest that can.

       matrix ──bw_factor_loadings──> load[m], so that load_a load_b comes near the correlation of a and b
          └────bw_factor_spectrum───> eigenvalues ──any below 0?──> bw_factor_nearest

   Shapes    matrices [a x count + b], 1 <= count <= BW_MARKETS_MAX, symmetric
   Loadings  principal factor with communalities repeated to convergence: what a market has of its own is taken out, so BTC's
             own share does not pull down the others (a regression on BTC or the first component of the whole matrix do that).
             With two markets one correlation cannot say whose it is: both get its root; with one market the loading is
             BW_FACTOR_ALONE. Between -.995 and .995; their sum is not negative
   Nearest   in the sum of squares, diagonal 1, no eigenvalue below 0: Higham 2002, alternating projections with Dykstra's
             correction
   Errors    none
   Source    Harman 1976 (principal factor); Jacobi 1846 (eigenvalues by rotations) */
#ifndef BW_CALIBRATE_FACTOR_H
#define BW_CALIBRATE_FACTOR_H

#include "world/facts.h"

#define BW_FACTOR_ALONE .962      /* the model's BTC: .025 / sqrt(.025^2 + .0071^2) */
#define BW_FACTOR_MOST .995
#define BW_FACTOR_CELLS ((size_t)BW_MARKETS_MAX * BW_MARKETS_MAX)

void bw_factor_loadings(const double *correlation, uint32_t count, double *load);

/* Eigenvalues, rising; vectors[a x count + k] belongs to value[k], if wanted (may be NULL). */
void bw_factor_spectrum(const double *matrix, uint32_t count, double *value, double *vectors);

void bw_factor_nearest(const double *matrix, uint32_t count, double *nearest);

#endif
