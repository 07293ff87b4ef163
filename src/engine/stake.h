/* stake.h - who owns how much of a pool's fund (R14).

       value of a share = fund / shares

   Units     shares; minor units of the pool's settlement asset
   Rounding  shares bought and money paid are floored, shares given for a withdrawal are rounded up: never at the cost of
             those who stay
   Holds     I12 records' shares sum to the pool's staked ones; the rest of its shares are the venue's own */
#ifndef BW_ENGINE_STAKE_H
#define BW_ENGINE_STAKE_H

#include "engine/emit.h"
#include "engine/state.h"

/* The venue's own deposit has raised the fund from `before`: it buys shares as a stake does. None while there are no shares,
   or while the fund was worth nothing: who refills it then gives to all who have shares. */
void bw_venue_deposited(bw_pool *pool, int64_t before);

/* Shares the venue gives up for taking `amount` out of the fund; false if its own are not enough. */
bool bw_venue_shares_to_give(const bw_pool *pool, int64_t amount, int64_t *shares);

/* An account's shares, and what they are worth now, rounded down. */
int64_t bw_account_shares(const bw_venue *venue, uint32_t account);
int64_t bw_account_stake_value(const bw_venue *venue, uint32_t account);

/* I12; *where: the account or pool at which it fails. */
bool bw_stakes_valid(const bw_venue *venue, uint64_t *where);

#endif
