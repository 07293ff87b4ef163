/* trace_round.h - the sentences of a round: liquidation, ADL, who pays (part of trace.h). */
#ifndef BW_STORY_TRACE_ROUND_H
#define BW_STORY_TRACE_ROUND_H

#include "story/book.h"

/* Appends the line of an event that something else brought about, with its indentation. */
void bw_story_trace_caused(bw_story_text *line, const bw_story_book *book, int64_t time_ns, const bw_event *event);
/* The pool in whose asset an event's money is: its own, its market's, its account's, else the first. */
uint16_t bw_story_event_pool(const bw_story_book *book, const bw_event *event);

#endif
