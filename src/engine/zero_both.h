/* zero_both.h - the compatibility price `zero-both`: lots change hands at the closed account's zero value (R13) [dYdX v4].

   Money     zero value of the lots less their value at mark: what a solvent account gives up, and a bankrupt one lacks
   Solvent   both legs are booked at zero value: the counterparty gets the equity that stood behind the lots, less the penalty
             (R11), which the fund so never pays for him
   Bankrupt  both legs are booked at mark, and the counterparty pays the difference at once: a gap of the closed market
             and side, paid by layer `deleveraged`, with a claim (R10, R17) */
#ifndef BW_ENGINE_ZERO_BOTH_H
#define BW_ENGINE_ZERO_BOTH_H

#include "engine/loss.h"

/* The layer `deleveraged` of the market's pool if its price is zero-both; else NULL. */
const bw_money_layer *bw_zero_both_layer(const bw_venue *venue, uint32_t market);

/* Money of `lots` of the case at this price: zero value, and of a solvent account what the penalty takes, at most the value at
   mark. `value` and `zero` are signed money of the lots. */
int64_t bw_zero_both_value(const bw_venue *venue, const bw_case *at, uint32_t market, int64_t lots, int64_t value, int64_t zero);

/* Whether the holder of `other` may take `lots` of the closing entry at this price (R4a, forced): afterwards he keeps
   initial margin, or, if he had none before, his equity per margin does not fall; and he is not below zero. */
bool bw_zero_both_allows(const bw_venue *venue, const bw_closing *closing, uint32_t other, int64_t lots);

/* The legs of `lots` were booked at mark, which is `amount` >= 0 worse for the bankrupt account than zero value: the holder
   of `other` pays it now. cause: the closing leg's event. */
void bw_zero_both_pay(bw_writer *writer, const bw_closing *closing, uint32_t other, int64_t lots, int64_t amount,
                      uint32_t cause);

#endif
