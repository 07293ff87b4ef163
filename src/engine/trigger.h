/* trigger.h - when an account must be visited again (R7).

       slack S = equity - MM ──split over the account's price factors──> share ──> first adverse tick beyond it

   While no trigger of an account is crossed its losses are bounded by the shares, so it is healthy. Factors: the mark
   of each position, the charge per lot of each position in a market that is funded or charges sizes by index, the index of
   balances of its pool, the price of each collateral.
   A WORKING account has S = equity: it is visited when it goes bankrupt. One that waits bankrupt for offers has no
   trigger (R11): no price changes what becomes of it.

   Rounding  a trigger may be nearer than necessary, never farther
   Errors    none
   Holds     I8 every account outside a round is healthy or WORKING, and the losses up to its triggers are at most S */
#ifndef BW_ENGINE_TRIGGER_H
#define BW_ENGINE_TRIGGER_H

#include "engine/account.h"
#include "engine/calendar.h"

/* Takes all triggers of the account out of the index. */
void bw_trigger_disarm(bw_venue *venue, uint32_t account);

/* Takes the triggers of one position out: its size is about to change, the others' triggers may stand. */
void bw_trigger_disarm_position(bw_venue *venue, uint32_t position);

/* Arms all factors anew for slack >= 0: triggers that are armed move. */
void bw_trigger_arm(bw_venue *venue, uint32_t account, int64_t slack);

/* Lazy re-arm of a healthy account some of whose triggers were taken: those that stand stay, if what they leave of the
   slack is at least slack / (2 x factors); else all are armed anew. */
void bw_trigger_touch(bw_venue *venue, uint32_t account, int64_t slack);

/* Equity less the margin the account must keep (MM, or nothing while WORKING). */
int64_t bw_account_slack(const bw_venue *venue, uint32_t account);

/* What the factors lose up to their triggers, the last safe price or charge of each: at most the slack (I8); unarmed
   factors count up to the end of their range. Used by bw_venue_valid. */
int64_t bw_trigger_loss_bound(const bw_venue *venue, uint32_t account);

/* Asks memory for what visits of these accounts will read and re-arm, all of them at once: records, trigger nodes, the
   nodes' neighbours. Changes nothing. */
void bw_accounts_prefetch(const bw_venue *venue, const uint32_t *accounts, uint32_t count);

/* Position, holding or balance, and so account, of a trigger node. */
uint32_t bw_node_account(const bw_venue *venue, uint32_t node);

#endif
