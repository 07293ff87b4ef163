/* tail.h - what the gaps of a result came from: causes and accounts. Of result.c. */
#ifndef BW_STRESS_TAIL_H
#define BW_STRESS_TAIL_H

#include "stress/result.h"

/* part / whole in ppm to the nearest; 0 of nothing. */
int64_t bw_stress_share(bw_wide part, bw_wide whole);
/* Fills causes, owners, largest_share_ppm from the gaps above `above`, which add up to `whole`. */
void bw_stress_tail_of(bw_stress_result *result, const bw_stress_outcome *outcomes, uint64_t count, int64_t above, bw_wide whole);
/* "falls with a common jump" */
const char *bw_stress_cause_word(const bw_stress_cause *cause);

#endif
