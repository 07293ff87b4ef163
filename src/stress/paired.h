/* paired.h - two conditions on the same paths: what the difference is, with the error of the difference.

       outcomes under A, by path ─┐
       outcomes under B, by path ─┴── bw_paired_of ──> P(B) - P(A), E(B) - E(A), each with its interval

   Paired    both meet the same prices, so most paths agree and only those where they differ count: the interval of the
             difference is far narrower than that of two figures each by itself
   P         traders pay for others at all. With b paths where only B charges and c where only A does, P(B) - P(A) = (b - c)/N;
             interval: those of b/N and c/N (interval.h) joined at right angles (Zou and Donner 2008)
   E         what traders pay, over all paths; interval: normal, of the differences, none with fewer than 100 that are not 0
   Shapes    paths not listed charge nobody; lists rise
   Units     minor units
   Rounding  E to the nearest, ends outward */
#ifndef BW_STRESS_PAIRED_H
#define BW_STRESS_PAIRED_H

#include "stress/outcome.h"
#include "stress/series.h"

enum { BW_PAIRED_NAME = 64, BW_PAIRED_ROWS = 64 };

typedef struct bw_paired_run {
    const bw_stress_outcome *outcomes;
    const uint64_t *list;            /* numbers of their paths; NULL: 0, 1, 2, ... */
    uint64_t count;
} bw_paired_run;

typedef struct bw_paired {
    char name[BW_PAIRED_NAME];
    uint64_t paths, only_a, only_b, both;
    bw_stress_chance a, b;
    double difference, low, high;    /* of P */
    int64_t mean_a, mean_b, mean_difference, mean_low, mean_high;
    bool mean_bounded;
} bw_paired;

bw_paired bw_paired_of(const char *name, bw_paired_run a, bw_paired_run b, uint64_t paths);

#endif
