/* reverse.h - reverse stress: the smallest move of prices after which the fund does not suffice.

       directions ─> sizes on a grid, all scanned ─> first size at which traders pay ─> bisected between it and the one before
         (per item: ln of the price at size 1)

   The move comes at once, in the first step, and prices stand from then on; what liquidations do to prices comes on top. Scanned,
   not bisected from the start: hedged books and liquidations make it possible that a larger move charges nobody.
   Directions  all markets by the same factor, down and up; each sector of several; each market; the collateral down; and JOINT
               directions drawn in the model's factor space, so that they are moves as it makes them together
   Likelihood  of a direction of one item or a group: paths of the model on which the mean ln price of the group is that far away
               at the end of any step, of all paths; of a joint direction: its length in standard deviations of a day's diffusion
   Bound       sizes whose bound shows that nobody is charged are not played */
#ifndef BW_APP_REVERSE_H
#define BW_APP_REVERSE_H

#include "app/screen.h"
#include "stress/reverse.h"

/* Fills rows; count BW_REVERSE_ROWS at most. The book stands before and after. `paths` of the model tell the likelihood. */
bw_story_result app_reverse_play(app_paths *paths, bw_story *story, bw_reverse_row *rows, uint32_t *count);

#endif
