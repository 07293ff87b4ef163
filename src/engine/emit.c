/* emit.c - events and the chain hash. */
#include "engine/emit.h"

#include <string.h>

bw_event *bw_emit(bw_writer *writer, bw_event_type type, uint32_t cause)
{
    bw_progress *progress = bw_at_progress(writer->venue);
    bw_event *event = &writer->events[writer->count++];
    memset(event, 0, sizeof *event);
    event->seq = progress->seq;
    event->index = progress->event_index++;
    event->cause = cause;
    event->type = (uint16_t)type;
    event->pool = event->market = event->asset = BW_NONE16;
    return event;
}

void bw_chain(bw_venue *venue, const void *data, size_t size)
{
    bw_hash link[2] = {venue->chain, bw_hash128(data, size, 0)};
    venue->chain = bw_hash128(link, sizeof link, 0);
}

uint32_t bw_emit_done(bw_writer *writer, const bw_event *event)
{
    bw_chain(writer->venue, event, sizeof *event);
    return event->index;
}

static const struct {
    uint16_t number;
    const char *word;
} event_words[] = {
#define X(name, number, word) {number, word},
    BW_EVENT_LIST(X)
#undef X
}, command_words[] = {
#define X(name, number, word) {number, word},
    BW_COMMAND_LIST(X)
#undef X
};

const char *bw_event_word(uint16_t type)
{
    for (size_t i = 0; i < sizeof event_words / sizeof event_words[0]; i++)
        if (event_words[i].number == type)
            return event_words[i].word;
    return "unknown";
}

const char *bw_command_word(uint16_t type)
{
    for (size_t i = 0; i < sizeof command_words / sizeof command_words[0]; i++)
        if (command_words[i].number == type)
            return command_words[i].word;
    return "unknown";
}

const char *bw_status_word(bw_status status)
{
    switch (status) {
#define X(name, number, word, sentence) case BW_##name: return word;
        BW_STATUS_LIST(X)
#undef X
    }
    return "unknown";
}

const char *bw_status_sentence(bw_status status)
{
    switch (status) {
#define X(name, number, word, sentence) case BW_##name: return sentence;
        BW_STATUS_LIST(X)
#undef X
    }
    return "unknown";
}
