/* emit.h - writing events, and the chain of hashes over them (R21, R23).

   A writer lives for one call of bw_step. Every event gets (seq, index) of the command that opened the round, whichever
   call writes it, and goes into the chain one by one: neither depends on how the work was sliced. */
#ifndef BW_ENGINE_EMIT_H
#define BW_ENGINE_EMIT_H

#include "engine/state.h"

typedef struct bw_writer {
    bw_venue *venue;
    bw_event *events;
    uint32_t count;
    uint32_t units, units_max;           /* work done in this call, and what it may do */
    uint32_t events_max;                 /* a unit is begun only while no more were written */
} bw_writer;

/* Begins one unit more of a phase's work; false if the call may do no more. */
static inline bool bw_unit_take(bw_writer *writer)
{
    if (writer->units >= writer->units_max || writer->count > writer->events_max)
        return false;
    writer->units++;
    return true;
}

/* The next event, zeroed, with seq, index and type set and market, pool, asset "none"; valid until bw_emit_done. */
bw_event *bw_emit(bw_writer *writer, bw_event_type type, uint32_t cause);

/* Seals the event into the chain hash; returns its index (for later causes). */
uint32_t bw_emit_done(bw_writer *writer, const bw_event *event);

/* chain = H(chain, H(bytes)), XXH3-128 both. */
void bw_chain(bw_venue *venue, const void *data, size_t size);

#endif
