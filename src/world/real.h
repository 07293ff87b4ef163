/* real.h - exp, ln, powers and the normal law in plain arithmetic: the same bits on every machine.

   Why       a library's versions of these differ in the last bit between processors (with and without
             fused multiply-add), and a last bit can move a price by a tick or a book by a lot
   Rounding  relative error below 1e-15 (exp, ln), absolute below 1e-13 (normal law), powers in
             proportion to their logarithm
   Errors    none: exp is clamped to [2^-1021, 2^1023]; ln and power want x > 0 (power: x = 0 gives 0)
   Holds     only + - * / and sqrt of IEEE doubles, no contraction (the build forbids it)
   Source    series of ln((1+f)/(1-f)) and e^r after reduction by ln 2; normal law: Hart 1968 as
             printed by West 2005; its inverse: Acklam, relative error below 1.2e-9 */
#ifndef BW_WORLD_REAL_H
#define BW_WORLD_REAL_H

#include "base/types.h"

double bw_real_exp(double x);
double bw_real_ln(double x);
double bw_real_power(double x, double exponent);

/* sin x for |x| <= 1. */
double bw_real_sine(double x);

/* Score z with P(Z < z) = u, 0 < u < 1. */
double bw_normal_quantile(double u);

/* bw_normal_quantile(bw_random_real_of(bits[i])) of all: the same bits in z, several at a time. */
void bw_normal_fill(const uint64_t *bits, double *z, uint32_t count);

/* P(Z < z). */
double bw_normal_below(double z);

#endif
