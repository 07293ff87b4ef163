/* select.h - order statistics without sorting all.

   Work      linear on average; the pivot is the median of three, so sorted input is no worst case
   Order     a function of the values alone */
#ifndef BW_WORLD_SELECT_H
#define BW_WORLD_SELECT_H

#include "base/types.h"

/* The value that would stand at `rank` (from 0) if value[0 .. count-1] were sorted; reorders them so that what is before it is no
   larger and what is behind it no smaller. rank < count. */
double bw_select(double *value, size_t count, size_t rank);

/* Quantile p of 0..1: the value of rank floor(p (count - 1)). Reorders. count > 0. */
double bw_select_quantile(double *value, size_t count, double p);

#endif
