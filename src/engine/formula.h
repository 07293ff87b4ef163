/* formula.h - the waterfall's arithmetic as pure functions of integers (R24).

       venue ────┐
                 ├──> formula ──> money          conform calls with a case's numbers what the venue calls with its own
       conform ──┘

   Units     minor units, lots, ticks of whatever the caller counts in; rates in ppm unless a scale is named
   Shapes    every int64 lies in (-2^62, 2^62) unless said, products are taken in 128 bits
   Rounding  in the name or in the comment (R3): requirements up, credits down
   Errors    functions that return bool return false, and leave the result untouched, when it does not fit or a divisor is
             not positive; the others cannot fail on such numbers, bw_zero_value excepted: it stops the program
   Callers   those marked "pure" serve `conform` alone: the venue has no such mechanism, or a form of its own */
#ifndef BW_ENGINE_FORMULA_H
#define BW_ENGINE_FORMULA_H

#include "breakwater.h"
#include "money/wide.h"

/* --- margin (R6) --- */

/* ceil(|size| x num / den x rate / 10^6): margin of a position at one rate where the price num / den is no whole tick.
   With num = den = 1 it is the engine's bw_margin_line without a deduction. rate_ppm <= 10^6. Pure. */
bool bw_margin_at_rate(int64_t size, int64_t num, int64_t den, int64_t rate_ppm, int64_t *margin);

/* --- zero value, gap, surplus (R8, R9) --- */

/* Zero value of a part: value - equity x margin_part / margin, the quotient toward minus infinity; value - equity where
   margin is 0. Money for which the part is closed without changing equity per unit of margin. */
int64_t bw_zero_value(int64_t value, int64_t equity, int64_t margin_part, int64_t margin);
bool bw_zero_value_try(int64_t value, int64_t equity, int64_t margin_part, int64_t margin, int64_t *zero);

/* A fill that brings in `cash` for a part of that zero value: what is better is surplus, what is worse a gap. */
typedef struct bw_fill_effect {
    int64_t surplus, gap;                /* one of them is 0 */
} bw_fill_effect;
bw_fill_effect bw_fill_effect_of(int64_t cash, int64_t zero);

/* Fee on a fill, out of its surplus only: min(floor(|value| x rate), surplus left), not below 0. rate_ppm <= 10^6. */
int64_t bw_liquidation_fee(uint32_t rate_ppm, int64_t value, int64_t surplus);

/* What an account of this equity lacks: max(0, -equity). */
int64_t bw_gap_of(int64_t equity);

/* --- trade rule (R4a) --- */

typedef struct bw_margins {
    int64_t equity, mm, im;
} bw_margins;

/* Whether an account may go from `before` to `after`: afterwards equity covers initial margin, or the trade only reduces,
   equity is not below 0 and equity per maintenance margin does not fall. */
bool bw_margin_allows(const bw_margins *before, const bw_margins *after, bool reduces);

/* The same for a transfer that liquidation forces at zero value: an account that was below its initial margin may stay
   below zero, if its maintenance margin does not rise and equity per margin does not fall; without margin afterwards it
   must not be below zero [dYdX v4]. */
bool bw_margin_allows_forced(const bw_margins *before, const bw_margins *after);

/* --- fund (R14) --- */

#define BW_FUND_UNCAPPED (-1)

/* Every cap that holds at once. A cap below 0 is none; *_paid is what was paid under it already. `reserved` is promised to
   others and counts against every cap. */
typedef struct bw_fund_caps {
    int64_t fund, floor, reserved;
    int64_t event_cap, window_cap, window_paid, market_cap, market_paid;
} bw_fund_caps;

/* max(0, min(fund - floor, caps less what they paid) - reserved). */
int64_t bw_fund_room(const bw_fund_caps *caps);

/* What the fund pays of `asked` with that room: the smaller; all or nothing: all of it or 0; bottomless (it may go
   negative): all of it. */
int64_t bw_fund_amount(int64_t asked, int64_t room, bool all_or_nothing, bool bottomless);

/* A cap as a share: floor(base x share / whole), at most 2^62 - 1; 0 for a base not above 0. whole > 0, share >= 0. */
int64_t bw_fund_share_cap(int64_t base, int64_t share, int64_t whole);

/* Start of the window of that length that `time` lies in, when windows follow each other from `start`; `start` itself for
   a time before it. length > 0; times are any int64 less than 2^63 apart. */
int64_t bw_window_start(int64_t start, int64_t time, int64_t length);

/* Somebody takes over a loss of `deficit` for the fund's money: num / den of it per unit of loss, his fee included. The fund
   pays whole `unit`s, rounded up, at most `fund`; `taken` is what that pays for, rounded down, at most `deficit`. */
typedef struct bw_fund_takeover {
    int64_t paid, taken;
} bw_fund_takeover;
bool bw_fund_takeover_of(int64_t deficit, bw_wide num, bw_wide den, int64_t unit, int64_t fund, bw_fund_takeover *result);

/* --- haircut (R15) --- */

/* Most that a payer may be charged: floor(fraction x min(base left, max(0, equity))). fraction_ppm <= 10^6. */
int64_t bw_haircut_cap(int64_t base_left, int64_t equity, uint32_t fraction_ppm);

/* Profit not yet released (R18): max(0, max(0, profit) - released). */
int64_t bw_locked_profit(int64_t profit, int64_t released);

/* A charge of `budget` over `lots` by an index: the step per lot in units of 1/scale, of budget x scale + *carried over lots,
   rounded down, up, or to the nearest with halves up [MCDEX]. *carried gets what the step leaves of that, below 0 what it
   takes beyond. False, and nothing changed, without lots or where it does not fit. */
bool bw_index_step(bw_step_rounding rounding, int64_t budget, bw_wide lots, bw_wide scale, bw_wide *carried, bw_wide *step);

/* What `size` owes for the steps since its last touch: floor((size x steps + *remainder) / scale); keeps the remainder. */
bool bw_index_charge(int64_t size, bw_wide steps, bw_wide scale, bw_wide *remainder, int64_t *charge);

/* Fall of a multiplier of balances when `loss` is spread over `total` of them: index x loss / total, at most the index; 0
   without balances. index, loss, total >= 0. Rounding: floor leaves the loss a little uncovered, ceil covers it. Pure: the
   venue's index of balances rises in steps (bw_index_step). */
int64_t bw_dilution_floor(int64_t index, int64_t loss, int64_t total);
int64_t bw_dilution_ceil(int64_t index, int64_t loss, int64_t total);

/* What a claim on assets is worth, in units of 1/scale: min(scale, floor(assets x scale / claims)), not below 0; scale
   when there are no claims. Pure: a withdrawal takes its share at once (bw_claim_due), without a rounded rate. */
int64_t bw_backing_rate(int64_t assets, int64_t claims, int64_t scale);

/* What is kept of a profit, in units of 1/scale: scale - min(floor(shortfall x scale / positive), cut_max); scale without a
   shortfall or profits. Pure: the venue's haircuts are allocated, not multiplied. */
int64_t bw_keep_factor(int64_t shortfall, int64_t positive, int64_t cut_max, int64_t scale);

/* amount x num / den with the ratio first cut to 64 binary places, both floored [Percolator]. Stores a rounded ratio, which
   R3 forbids the venue. amount, num >= 0, den > 0. Pure. */
bool bw_scaled_floor(int64_t amount, int64_t num, int64_t den, int64_t *result);

/* --- claims, ends (R17, R19) --- */

/* What may be paid on a claim now: max(0, min(face, floor(face x num / den)) - paid). face, num >= 0, den > 0. */
int64_t bw_claim_due(int64_t face, int64_t num, int64_t den, int64_t paid);

/* Price at which a market can be paid out: the target if users hold no net position; else the nearest to it that `excess`
   can pay, moved one unit against the net side: min(best, target) - 1 for net longs, max(best, target) + 1 for net shorts,
   best = -((net_quote - excess) x scale / net_base), toward zero. net_quote: what users received less what they paid. */
bool bw_terminal_price(int64_t net_base, int64_t net_quote, int64_t excess, int64_t target, int64_t scale, int64_t *price);

/* What a bankrupt account is worth in an auction that falls from its value (at most 0) to its margin requirement (below 0)
   in `length`: linear in `elapsed`, toward zero; 0 where nothing is required. Pure [Derive]. */
int64_t bw_auction_value(int64_t value, int64_t requirement, int64_t elapsed, int64_t length);

#endif
