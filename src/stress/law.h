/* law.h - beta, gamma, binomial and normal law in plain arithmetic: the same bits on every machine.

       ln gamma ──> density by its saddle point ──> series or continued fraction ──> below ──> bracketed Newton ──> quantile

   Why       the intervals of a result must not depend on the machine's library, and N may be 10^9: differences of ln gamma
             would lose nine digits there, the saddle point form loses none
   Shapes    shapes above 0, up to 10^9; probabilities strictly between 0 and 1
   Rounding  relative error below 1e-11 for shapes up to 10^6 and 1e-9 up to 10^9, for results above 1e-280 (measured in
             tests/stress/test_law.c); ln gamma: below 3e-14 of 1 + its value; a quantile near 1: absolute
   Errors    none; below 0 the laws are 0, beyond their end 1
   Holds     only + - * / and sqrt of IEEE doubles and world/real.h
   Work      some 10 sqrt(shape) operations for a probability, 10 to 60 of these for a quantile
   Source    saddle point form: Loader 2000, "Fast and accurate computation of binomial probabilities"; continued fractions
             DLMF 8.17.22 and 8.9.2, by Lentz's method */
#ifndef BW_STRESS_LAW_H
#define BW_STRESS_LAW_H

#include "base/types.h"

double bw_law_ln_gamma(double x);

/* P(X < x) of Beta(a, b): the regularised incomplete beta function I_x(a, b). And the x at which it is p. */
double bw_law_beta_below(double x, double a, double b);
double bw_law_beta_quantile(double p, double a, double b);

/* P(X < x) of Gamma(shape, scale 1): the regularised incomplete gamma function. And the x at which it is p. */
double bw_law_gamma_below(double x, double shape);
double bw_law_gamma_quantile(double p, double shape);
/* Quantile of chi square with so many degrees of freedom, which need not be whole. */
double bw_law_chi_square_quantile(double p, double freedom);

/* B of n draws hit, each with probability p: P(B <= k) and P(B >= k), each without loss where it is small. */
double bw_law_binomial_most(uint64_t k, uint64_t n, double p);
double bw_law_binomial_least(uint64_t k, uint64_t n, double p);

/* bw_normal_quantile of world/real.h, improved from 1e-9 to 1e-13. */
double bw_law_normal_quantile(double p);

/* 1 - e^-y for y >= 0 without loss for small y. */
double bw_law_one_less_exp(double y);

#endif
