/* trace.h - events to sentences: one line per decision, with its reason and the rule's number.

       21:15:03 mark BTC-PERP 79.9 (was 100.0)
         alice is bankrupt: equity -20.15, maintenance 3.00 (R11)

   Shapes    one line per event; what a command did by itself begins with the time, what it brought about is indented
   Units     amounts with two decimals at least, prices in the tick's decimals, sizes without trailing zeros
   Errors    none: a name that the book does not know is written #number */
#ifndef BW_STORY_TRACE_H
#define BW_STORY_TRACE_H

#include "story/book.h"

/* Is there nothing to tell: the end of a round in which nothing happened. */
bool bw_story_trace_skips(const bw_event *event);
/* The event as one line without its end. */
void bw_story_trace_event(bw_story_text *line, const bw_story_book *book, int64_t time_ns, const bw_event *event);
/* Does the event's line begin with the time, so that the command needs no line of its own? */
bool bw_story_trace_heads(const bw_event *event);
/* The line of a command whose first event does not head it. */
void bw_story_trace_command(bw_story_text *line, const bw_story_book *book, const bw_command *command);
/* The line of a refused command. */
void bw_story_trace_refusal(bw_story_text *line, const bw_story_book *book, const bw_command *command,
                            bw_status status);

#endif
