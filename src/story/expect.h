/* expect.h - `expect` and `show`: looking at the venue.

   Shapes    one expectation or one line
   Units     as written: amounts in the pool's asset, prices in ticks, sizes in lots
   Errors    a bw_story_verdict; for WRONG the message is in the cursor's error, for FAILED in *text: "expected equity
             bob 12.50, found 12.49" */
#ifndef BW_STORY_EXPECT_H
#define BW_STORY_EXPECT_H

#include "story/cursor.h"
#include "story/sums.h"

typedef enum bw_story_verdict { BW_STORY_HOLDS, BW_STORY_FAILS, BW_STORY_MALFORMED } bw_story_verdict;

/* The words after `expect`. cursor->venue NULL: only parsed. */
bw_story_verdict bw_story_expect(bw_story_cursor *cursor, const bw_story_sums *sums, bw_story_text *text);
/* The words after `show`; the line goes to *text. */
bool bw_story_show_line(bw_story_cursor *cursor, bw_story_text *text);

#endif
