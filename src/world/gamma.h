/* gamma.h - the gamma law in plain arithmetic: its probabilities and, from a normal score, its value.

       score z ──> P(Z < z) ──> the x with P(G < x) = P(Z < z)      G of shape a, rate 1

   Rounding  relative error below 1e-12 for the smaller of the two probabilities, and for the value what bw_normal_below has:
             4e-11 to |z| = 5, 1e-8 to 8.5; the same bits on every machine (real.h)
   Shapes    1 <= a <= 100, x > 0, |z| <= 8.5
   Errors    none within those limits
   Work      at most 64 steps of Newton's method of at most 600 terms; about 5 and 30 are usual
   Source    series and continued fraction of the incomplete gamma function (DLMF 8.7.1, 8.9.2); Stirling's series of
             ln Gamma(a) from a = 12 on (DLMF 5.11.1); Wilson and Hilferty 1931 for the first guess */
#ifndef BW_WORLD_GAMMA_H
#define BW_WORLD_GAMMA_H

#include "base/types.h"

/* ln of the gamma function, a > 0. */
double bw_gamma_ln(double a);

/* P(G < x) and P(G > x). */
double bw_gamma_below(double shape, double x);
double bw_gamma_above(double shape, double x);

/* The density of G at x, times x: d P(G < x) / d ln x. */
double bw_gamma_density_ln(double shape, double x);

double bw_gamma_quantile(double shape, double score);

#endif
