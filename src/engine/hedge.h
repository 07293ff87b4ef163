/* hedge.h - which positions hedge each other: what the accounts of an owner hold of an underlying together (R13
   hedge-aware).

   Shapes    the accounts of an owner form a ring through bw_cold.owner_next, found by bw_venue.owner_table (24 bytes an
             account, only with limits `owners`); an account without owner, or a venue without the table, stands alone
   Units     minor units of the pool's settlement asset; long positive, short negative, whatever the market's kind
   Cost      one net figure reads all positions of the owner: it is no constant unit of work
   Holds     part of I3: each owner's ring holds all of his accounts once, and no other */
#ifndef BW_ENGINE_HEDGE_H
#define BW_ENGINE_HEDGE_H

#include "engine/state.h"

/* Puts an account that was just opened into the ring of its owner. */
void bw_owner_join(bw_venue *venue, uint32_t account);

/* Whether the rings hold; `where`: the account number that does not. */
bool bw_owners_valid(const bw_venue *venue, uint64_t *where);

/* Signed notional of a position at the mark: its size at the round's start, outside a round its size. */
int64_t bw_hedge_part(const bw_venue *venue, uint32_t position);

/* The sum of these over all positions in the underlying of this one that its owner has in this pool. A market without
   underlying is its own. */
int64_t bw_hedge_net(const bw_venue *venue, uint32_t position);

#endif
