/* penalty.h - what an account pays for being closed, whatever the surplus (R11).

       lots closed, at mark ──> penalty: fund's part ──> bucket, at once or at the round's end (penalty-first)
                                          desk's part ──> the desk that took the lots | the pool's first other | the fund

   Rounding  each part is floor(rate x |value at mark|)
   Holds     I1: what the account loses, fund and desk get */
#ifndef BW_ENGINE_PENALTY_H
#define BW_ENGINE_PENALTY_H

#include "engine/emit.h"
#include "engine/state.h"

typedef struct bw_penalty {
    int64_t value;                       /* of the lots at mark, unsigned */
    int64_t fund, desk;                  /* the parts; without a desk the fund's has both */
    uint32_t taker;                      /* account of the desk; BW_NONE32: none */
} bw_penalty;

/* For `lots` (unsigned) of the account in the market, taken by account `other`. */
bw_penalty bw_penalty_of(const bw_venue *venue, uint32_t account, uint32_t market, int64_t lots, uint32_t other);

/* Least that a solvent account gets for the lots, by discount or price zero-both: zero value and the penalty, so that nobody
   gains what the penalty must take, but not more than their value at mark. `value` and `zero` are signed money of the lots. */
int64_t bw_penalty_least(const bw_penalty *penalty, int64_t value, int64_t zero);

/* Account to desk, with the event PENALTY; the fund's part is the caller's. The accounts' triggers are, too. */
void bw_penalty_take(bw_writer *writer, uint32_t account, uint32_t market, const bw_penalty *penalty, uint32_t cause);

/* The same inside a round, for a case that closes `lots` of one side of the market: the fund's part is credited at the
   round's end, or at once, and then the round may spend it as far as the caps allow. Returns what the account paid. */
int64_t bw_penalty_round(bw_writer *writer, bw_case *at, uint32_t market, uint32_t side, int64_t lots, uint32_t other,
                         uint32_t cause);

#endif
