#include "app/message.h"

#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

bool app_has_colour(FILE *stream)
{
    const char *no_colour = getenv("NO_COLOR");
    return (no_colour == NULL || no_colour[0] == 0) && isatty(fileno(stream));
}

static void print_coloured(const char *text)
{
    bool colour = app_has_colour(stderr);
    fflush(stdout);   /* what came before it is read before it */
    fprintf(stderr, colour ? "\033[31m%s\033[0m\n" : "%s\n", text);
}

app_exit app_say(app_exit end, const char *format, ...)
{
    char text[2048];
    va_list arguments;
    int length = snprintf(text, sizeof text, "breakwater: ");
    va_start(arguments, format);
    vsnprintf(text + length, sizeof text - (size_t)length, format, arguments);
    va_end(arguments);
    print_coloured(text);
    return end;
}

app_exit app_say_at(app_exit end, const char *text)
{
    print_coloured(text);
    return end;
}
