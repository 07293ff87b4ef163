/* witness.h - what must be true after every command, asked of a venue and of the events it wrote.

   witness_state     conservation of every asset, customers' money of every pool, bw_venue_valid, the exhaustive scan finds
                     none but WORKING accounts, nobody below zero, dust never falls, claims are what the events charged and repaid
   witness_events    R9, R10: gaps of BANKRUPT, ATTRIBUTED and LOSS agree; layers sum to the gap; who paid adds up to
                     what the layers say; nobody is charged below zero or above his cap; carryover only when every
                     payer's cap was used; R16: what roundings take too much is less than a unit a payer, and stands
                     where the events say
   Both fail the test (lab.h) at the first difference. */
#ifndef BW_TEST_WITNESS_H
#define BW_TEST_WITNESS_H

#include "lab.h"

enum { WITNESS_ACCOUNTS = 64 };

typedef struct witness {
    int64_t dust[16];
    int64_t claim[WITNESS_ACCOUNTS];   /* by account number: charges less repayments, from the events */
    uint64_t rounds_most;          /* rounds that one command took, at most */
    uint64_t rounds, losses, carryovers, bankrupt, deleveraged, charged, orders, fills, surpluses, converted, repaid,
        recovered, triggered, settled, rated, rounded, held_used, indexed, met, penalties, untaken, offers_refused, desk_legs,
        accepted, refused;
} witness;

void witness_state(witness *w, const lab *l);
void witness_events(witness *w, const lab *l, const bw_command *command);

/* Both, and counts. */
void witness_command(witness *w, const lab *l, const bw_command *command, bw_status status);

/* A new venue begins: what is remembered of the last one is forgotten, the counts go on. */
void witness_begin(witness *w);

/* One line of what was seen. */
void witness_say(const witness *w);

#endif
