/* message.h - one line to stderr, and whether a stream may have colours.

       breakwater: unknown option '--chek'; did you mean '--check'?
       crash.story:7: found 'BTC-PREP', expected a market; did you mean 'BTC-PERP'? */
#ifndef BW_APP_MESSAGE_H
#define BW_APP_MESSAGE_H

#include <stdbool.h>
#include <stdio.h>

#include "app/exit.h"

/* "breakwater: TEXT", or TEXT alone when it names a file; the format is printf's. A message is one line: what a name holds
   of control characters is shown as '?'. Returns `end`. */
app_exit app_say(app_exit end, const char *format, ...) __attribute__((format(printf, 2, 3)));
app_exit app_say_at(app_exit end, const char *text);
/* The text as a JSON string, quotes and all; what is no UTF-8 becomes U+FFFD. */
void app_message_json(FILE *stream, const char *text);
/* A terminal, and NO_COLOR is not set. */
bool app_has_colour(FILE *stream);

#endif
