/* step.c - the one function: check, then apply, then as much of the round as the call may do (R21, R22). */
#include "engine/commands.h"
#include "engine/round.h"

typedef struct handler {
    uint32_t size;                       /* of the command; 0: unknown type */
    bool longer;                         /* entries follow */
    bw_status (*check)(const bw_venue *, const bw_command *);
    void (*apply)(bw_writer *, const bw_command *);
} handler;

static const handler handlers[] = {
#define X(name, TYPE) \
    [BW_COMMAND_##TYPE] = {sizeof(bw_command_##name), BW_COMMAND_##TYPE == BW_COMMAND_TRADES || \
                           BW_COMMAND_##TYPE == BW_COMMAND_MARKS || BW_COMMAND_##TYPE == BW_COMMAND_LIQUIDATE, \
                           bw_check_##name, bw_apply_##name},
    BW_HANDLERS(X)
#undef X
};

static const handler *handler_of(const bw_command *command)
{
    if (command->type >= sizeof handlers / sizeof handlers[0])
        return NULL;
    const handler *h = &handlers[command->type];
    bool fits = h->size && (h->longer ? command->size >= h->size : command->size == h->size);
    return fits && command->size <= 65536u && command->version == 1 && command->reserved == 0 ? h : NULL;
}

/* --------------------------------------------------------------------------------------- remembered commands */

static bool is_duplicate(const bw_venue *venue, uint64_t id)
{
    uint32_t value;
    return id && bw_table_find(&venue->command_table, bw_at_command_slot(venue), id, &value);
}

static void remember(bw_venue *venue, uint64_t id)
{
    if (id == 0)
        return;
    uint64_t *ring = bw_at_command_id(venue);
    uint32_t place = venue->command_next;
    if (ring[place])
        bw_table_remove(&venue->command_table, bw_at_command_slot(venue), ring[place]);
    ring[place] = id;
    bw_table_insert(&venue->command_table, bw_at_command_slot(venue), id, place);
    venue->command_next = (place + 1u) & (venue->limits.command_ids - 1u);
}

/* ------------------------------------------------------------------------------------------------------ step */

static bw_status check(const bw_venue *venue, const bw_command *command, const handler *h)
{
    if (!h)
        return BW_BAD_COMMAND;
    if (bw_at_progress(venue)->open)
        return BW_ROUND_OPEN;
    if (command->time_ns < venue->time_ns)
        return BW_TIME_REVERSED;
    if (is_duplicate(venue, command->command_id))
        return BW_DUPLICATE;
    return h->check(venue, command);
}

/* Work until the round ends; the scratch is zero again when it does (I11). */
static bw_status run(bw_writer *writer, uint32_t *event_count)
{
    bw_progress *progress = bw_at_progress(writer->venue);
    bool done = bw_round_run(writer);
    progress->open = !done;
    *event_count = writer->count;
    return done ? BW_OK : BW_MORE;
}

bw_status bw_step(bw_venue *venue, const bw_command *command, bw_event *events, uint32_t *event_count)
{
    BW_ASSERT(venue->magic == BW_MAGIC && venue->format == BW_FORMAT && ((uintptr_t)command & 7u) == 0);
    bw_writer writer = {.venue = venue, .events = events};
    bw_progress *progress = bw_at_progress(venue);
    *event_count = 0;
    if (command->type == BW_COMMAND_WORK && command->size == sizeof(bw_command_work))
        return progress->open ? run(&writer, event_count) : BW_NO_ROUND;
    if (command->seq && command->seq != venue->seq + 1u)
        return BW_BAD_SEQUENCE;
    const handler *h = handler_of(command);
    bw_status status = check(venue, command, h);
    venue->seq++;
    if (status)
        return status;
    /* accepted: from here on nothing can fail */
    venue->time_ns = command->time_ns;
    remember(venue, command->command_id);
    progress->seq = venue->seq;
    progress->event_index = 0;
    bw_chain(venue, command, command->size);
    h->apply(&writer, command);
    if (!bw_round_open(venue)) {
        *event_count = writer.count;
        return BW_OK;
    }
    return run(&writer, event_count);
}
