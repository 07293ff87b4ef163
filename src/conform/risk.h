/* risk.h - accounts with positions in the markets of a case: value, margin, zero value, and closing a part (R4a, R6, R8, R9).

   A case's `cash` is that before the positions' value: balance less costs, so equity = cash + sum of values.
   Rounding  value toward zero, margins up, zero value as in R8; cash of a fill down [dYdX v4] */
#ifndef BW_CONFORM_RISK_H
#define BW_CONFORM_RISK_H

#include "conform/trial.h"

/* size x price, toward zero. */
bw_amount bw_risk_value(bw_trial *trial, bw_amount size, bw_ratio price);

/* Equity and margins of an account at the markets' prices. */
bw_margins bw_risk_of(bw_trial *trial, const bw_party *party);

/* Money that closing `change` of a position brings in at zero equity change per margin; false if it is no reduction. */
bool bw_risk_zero(bw_trial *trial, const bw_party *party, uint32_t market, bw_amount change, bw_amount *zero);

/* Both accounts at once, undone (false) unless both are allowed to by R4a as forced: `party` changes by `change` and `cash`,
   `other` by the opposite. */
bool bw_risk_exchange(bw_trial *trial, bw_party *party, bw_party *other, uint32_t market, bw_amount change, bw_amount cash);

/* A fill that closes `qty` of a position at a price: what it brings in, and what the fund gets (fee) or pays (< 0). */
typedef struct bw_risk_fill {
    bw_amount change, cash, fund_delta;
} bw_risk_fill;
bool bw_risk_fill_of(bw_trial *trial, const bw_party *party, uint32_t market, bool buys, bw_amount qty, bw_ratio price,
                     int64_t fee_ppm, bw_risk_fill *fill);

/* Changes one account. */
void bw_risk_post(bw_trial *trial, bw_party *party, uint32_t market, bw_amount change, bw_amount cash);

/* Event `deleverage`: candidates in order, each up to his whole position; writes fills and remaining, returns the latter. */
bw_amount bw_risk_deleverage(bw_trial *trial);

/* Writes accounts.ID.cash and .positions, and open_interest. */
void bw_risk_show(bw_trial *trial);

#endif
