/* compare.h - what a case expects against what its events wrote down.

       expected.rows[n]           event n: "refused", "accepted", its main value, or an object of its outputs
       expected.steps[].after=n   event n: the listed outputs
       any other key              the last event that wrote it; `refused`: any event

   Only listed keys are compared, but `positions` as a whole: a market that is not listed is none. Integers may differ by
   market.tolerance, fractions are compared by their products. After `expected` come those keys of `derived` that some event
   wrote. */
#ifndef BW_CONFORM_COMPARE_H
#define BW_CONFORM_COMPARE_H

#include "conform/conform.h"
#include "conform/trial.h"

/* `outs`: an output per event. Fills field, expected and got of the verdict where something differs, and then returns
   false. A case that asserts nothing, or asserts it in the wrong form, sets trial->wrong. */
bool bw_trial_compare(bw_trial *trial, bw_json_node *const *outs, uint32_t count, bw_conform_verdict *verdict);

#endif
