/* lab.c - see lab.h. */
#include "lab.h"

#include "engine/state.h"

#define CANARY 0xa5

static char said[256] = "nothing";

void lab_says(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(said, sizeof said, format, arguments);
    va_end(arguments);
}

const char *lab_said(void)
{
    return said;
}

static const lab *latest;

void lab_trace(void)
{
    const char *text = getenv("BW_TRACE");
    uint32_t most = text ? (uint32_t)strtoul(text, NULL, 0) : 0;
    if (!latest || !latest->events)
        return;
    for (uint32_t i = latest->count > most ? latest->count - most : 0; i < latest->count; i++) {
        const bw_event *e = latest->events + i;
        printf("# %u %s cause %d pool %d market %d account %llu other %llu:", e->index, bw_event_word(e->type),
               (int)e->cause, (int16_t)e->pool, (int16_t)e->market, (unsigned long long)e->account,
               (unsigned long long)e->other);
        for (int k = 0; k < 11; k++)
            printf(" %lld", (long long)e->values[k]);
        printf("\n");
    }
}

static void stopped(const char *file, int line, const char *text)
{
    fflush(stdout);
    fprintf(stderr, "%s:%d: assertion failed: %s\n  in %s\n", file, line, text, said);
    lab_trace();
    fflush(stdout);
}

static uint32_t buffer_room(const bw_limits *limits)
{
    return bw_events_max(limits);
}

static void canaries_set(lab *l)
{
    memset(l->buffer + l->buffer_count, CANARY, 16u * sizeof(bw_event));
}

static void canaries_check(const lab *l, uint32_t written)
{
    const unsigned char *behind = (const void *)(l->buffer + l->buffer_count);
    lab_check(written <= l->buffer_count, "%u events of %u", written, l->buffer_count);
    for (size_t i = 0; i < 16u * sizeof(bw_event); i++)
        lab_check(behind[i] == CANARY, "canary %zu behind %u events, %u written", i, l->buffer_count, written);
}

void lab_new(lab *l, const bw_limits *limits)
{
    bw_assert_hook_set(stopped);
    *l = (lab){.limits = *limits};
    l->footprint = bw_venue_footprint(limits);
    l->persistent = bw_venue_persistent(limits);
    assert_true(l->footprint > 0);
    l->memory = aligned_alloc(64, l->footprint);
    l->before = aligned_alloc(64, l->footprint);
    memset(l->memory, 0, l->footprint);
    memset(l->before, 0, l->footprint);
    l->venue = bw_venue_new(l->memory, limits);
    assert_non_null(l->venue);
    l->buffer_count = buffer_room(limits);
    l->buffer = malloc((l->buffer_count + 16u) * sizeof(bw_event));
    assert_non_null(l->buffer);
    canaries_set(l);
}

void lab_free(lab *l)
{
    latest = NULL;
    free(l->memory);
    free(l->before);
    free(l->buffer);
    free(l->events);
    *l = (lab){0};
}

const bw_venue *lab_before(const lab *l)
{
    return l->before;
}

static void collect(lab *l, uint32_t written)
{
    if (l->count + written > l->room) {
        l->room = 2u * (l->count + written) + 64u;
        l->events = realloc(l->events, l->room * sizeof(bw_event));
        assert_non_null(l->events);
    }
    if (written)
        memcpy(l->events + l->count, l->buffer, written * sizeof(bw_event));
    l->count += written;
}

/* After a refusal only the sequence number differs, and nothing at all is left in the scratch. */
static void refusal_check(lab *l, bw_status status, uint64_t seq)
{
    bw_venue *before = l->before;
    uint64_t now = l->venue->seq;
    lab_check(now == seq || now == seq + 1u, "sequence %llu after %llu", (unsigned long long)now,
              (unsigned long long)seq);
    before->seq = now;
    lab_check(memcmp(l->before, l->memory, l->footprint) == 0, "refused (%s) but the block changed",
              bw_status_word(status));
    before->seq = seq;
}

bw_status lab_send(lab *l, const bw_command *command)
{
    bw_command_work work = {{.size = sizeof work, .type = BW_COMMAND_WORK, .version = 1}};
    uint32_t written = 0;
    memcpy(l->before, l->memory, l->footprint);
    latest = l;
    l->count = 0;
    l->calls = 1;
    bw_status first = bw_step(l->venue, command, l->buffer, &written), status = first;
    canaries_check(l, written);
    collect(l, written);
    if (status > BW_MORE) {
        lab_check(written == 0, "%u events of a refused command", written);
        refusal_check(l, status, ((const bw_venue *)l->before)->seq);
    }
    while (status == BW_MORE) {
        if (l->watch_slices) {
            uint64_t where = 0;
            uint32_t broken = bw_venue_valid(l->venue, &where);
            lab_check(broken == 0, "I%u at %llu between calls", broken, (unsigned long long)where);
        }
        status = bw_step(l->venue, &work.header, l->buffer, &written);
        canaries_check(l, written);
        collect(l, written);
        l->calls++;
        lab_check(l->calls < 300000u && l->count < 300000u, "%s never ends", bw_command_word(command->type));
    }
    return status;
}
