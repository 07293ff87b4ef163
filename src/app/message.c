#include "app/message.h"

#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/ranks.h"
#include "base/utf8.h"

bool app_has_colour(FILE *stream)
{
    const char *no_colour = getenv("NO_COLOR");
    return (no_colour == NULL || no_colour[0] == 0) && isatty(fileno(stream));
}

static void print_coloured(const char *text)
{
    bool colour = app_has_colour(stderr);
    if (app_ranks_keeps(text))
        return;
    fflush(stdout);   /* what came before it is read before it */
    fputs(colour ? "\033[31m" : "", stderr);
    for (; *text != 0; text++)
        fputc((unsigned char)*text < 0x20 || *text == 0x7f ? '?' : *text, stderr);
    fputs(colour ? "\033[0m\n" : "\n", stderr);
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

void app_message_json(FILE *stream, const char *text)
{
    fputc('"', stream);
    while (*text != 0) {
        uint32_t length = bw_utf8_length(text);
        if (length == 0)
            fputs("\\ufffd", stream);
        else if ((unsigned char)*text < 0x20)
            fprintf(stream, "\\u%04x", (unsigned)(unsigned char)*text);
        else
            fprintf(stream, "%s%.*s", *text == '"' || *text == '\\' ? "\\" : "", (int)length, text);
        text += length > 0 ? length : 1;
    }
    fputc('"', stream);
}

app_exit app_say_at(app_exit end, const char *text)
{
    print_coloured(text);
    return end;
}
