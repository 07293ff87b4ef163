/* kind_index.c - index-socialise: a loss spread per unit of size by an index, charged when a holder is touched (R15).

       loss ──> fund ──> fee pool ──> step of the index per unit of size ──touch──> charge of one holder

   Scales come from `units`: size 1e-9 makes 10^9 of it one; an index of 1e-9 beside cash of 1e-6 counts thousandths. The
   step's rounding is policy.rounding.index_delta, where it says nothing that of the venue the event is known from: ceil
   for both sides [Drift], half up for one [MCDEX], floor with the remainder carried for book-split [Percolator].
   A fund is spent down to 1 unit where the policy says so. */
#include <string.h>

#include "conform/trial.h"

enum { FEE_POOL, TOTAL_LONG, TOTAL_SHORT };

static bw_amount narrow(bw_trial *trial, bw_wide scale)
{
    return bw_trial_keep_wide(trial, scale);
}

static bw_amount size_scale(bw_trial *trial)
{
    return narrow(trial, bw_trial_unit_scale(trial, "qty", bw_wide_of(1)));
}

/* Index units per cash unit; at least 1. */
static bw_amount index_factor(bw_trial *trial)
{
    bw_wide index = bw_trial_unit_scale(trial, "index", bw_wide_of(1)), cash = bw_trial_unit_scale(trial, "cash", bw_wide_of(1));
    return bw_amount_max(narrow(trial, bw_wide_div_floor(index, cash)), bw_amount_of(1));
}

static bw_amount step_of(bw_trial *trial, bw_amount loss, bw_amount lots, bw_step_rounding otherwise)
{
    bw_step_rounding chosen = bw_trial_rounding_says(trial, "index_delta", "half up") ? BW_STEP_HALF_UP
                      : bw_trial_rounding_says(trial, "index_delta", "ceil") ? BW_STEP_CEIL
                      : bw_trial_rounding_says(trial, "index_delta", "floor") ? BW_STEP_FLOOR_CARRY : otherwise;
    bw_wide scale = bw_wide_of(size_scale(trial).minor), step = bw_wide_of(0), carried = bw_wide_of(0);
    bool fits = bw_index_step(chosen, loss.minor, bw_wide_of(lots.minor), scale, &carried, &step);
    return fits ? bw_trial_keep_wide(trial, step) : bw_trial_keep(trial, false, 0);
}

/* Drift looks for holders before it looks for money: without any it refuses even what the fund could pay. */
static void socialise(bw_trial *trial)
{
    bw_trial_need(trial, "fund fee_pool index_long index_short total_long total_short ");
    bw_amount loss = bw_trial_get_least(trial, &trial->event, "loss", 0), none = bw_amount_of(0);
    bw_amount lots = bw_trial_add(trial, trial->now.more[TOTAL_LONG], trial->now.more[TOTAL_SHORT]);
    bw_amount kept = bw_amount_of(bw_trial_policy_says(trial, "down to 1 unit"));
    trial->refused = bw_amount_sign(lots) == 0;
    if (trial->refused)
        return;
    bw_amount paid = bw_trial_draw(trial, &trial->now.fund, kept, loss);
    bw_amount left = bw_trial_sub(trial, loss, paid);
    bw_amount fees = bw_trial_draw(trial, &trial->now.more[FEE_POOL], none, left);
    left = bw_trial_sub(trial, left, fees);
    bw_amount delta = bw_trial_value(trial, step_of(trial, left, lots, BW_STEP_CEIL), index_factor(trial));
    trial->now.index_long = bw_trial_add(trial, trial->now.index_long, delta);
    trial->now.index_short = bw_trial_sub(trial, trial->now.index_short, delta);
    bw_trial_put(trial, "fund_paid", paid);
    bw_trial_put(trial, "fee_pool_paid", fees);
    bw_trial_put(trial, "socialised", left);
    bw_trial_put(trial, "index_delta", delta);
    bw_trial_put(trial, "bankrupt_cash_after", none);
}

/* The index of shorts falls, so size x difference is what a holder owes on either side; losses away from zero (R3). */
static void touch(bw_trial *trial)
{
    bw_party *party = bw_trial_party(trial, &trial->event, "id");
    bw_amount index = bw_amount_sign(party->qty) < 0 ? trial->now.index_short : trial->now.index_long;
    bw_amount whole = bw_trial_value(trial, size_scale(trial), index_factor(trial));
    int64_t charge = 0;
    bool fits = bw_mul_div_away_try(party->qty.minor, bw_trial_sub(trial, index, party->index_at).minor, whole.minor,
                                    &charge);
    bw_amount owed = bw_trial_keep(trial, fits, charge);
    party->cash = bw_trial_sub(trial, party->cash, owed);
    party->index_at = index;
    bw_trial_put(trial, "charge", owed);
    bw_trial_put(trial, "value", owed);
}

static void socialise_side(bw_trial *trial)
{
    static const char *const sides[] = {"long", "short"};
    bw_amount loss = bw_trial_get_least(trial, &trial->event, "loss", 0);
    bool is_short = bw_trial_choice(trial, &trial->event, "side", sides, 2) == 1;
    bw_amount lots = trial->now.more[is_short ? TOTAL_SHORT : TOTAL_LONG];
    bw_amount *index = is_short ? &trial->now.index_short : &trial->now.index_long;
    trial->refused = bw_amount_sign(lots) == 0;
    if (trial->refused)
        return;
    bw_amount delta = step_of(trial, loss, lots, BW_STEP_HALF_UP);
    *index = bw_trial_add(trial, *index, delta);
    bw_trial_put(trial, "index_delta", delta);
    bw_trial_put(trial, "socialised", loss);
    bw_trial_put(trial, "value", delta);
}

/* What a holder owes for the index of his side since he came: half up, less what it stood for then. */
static void quote_charge(bw_trial *trial)
{
    const bw_party *party = bw_trial_party(trial, &trial->event, "id");
    bw_amount index = bw_amount_sign(party->qty) < 0 ? trial->now.index_short : trial->now.index_long;
    bw_wide charge = bw_wide_of(0), carried = bw_wide_of(0);
    bool fits = bw_index_step(BW_STEP_HALF_UP, bw_trial_size(party->qty).minor, bw_wide_of(size_scale(trial).minor),
                              bw_wide_of(index.minor), &carried, &charge);
    bw_amount owed = bw_trial_keep_wide(trial, charge);
    owed = bw_trial_sub(trial, bw_trial_keep(trial, fits, owed.minor), party->entry_loss);
    bw_trial_put(trial, "charge", owed);
    bw_trial_put(trial, "value", owed);
}

static void book_split(bw_trial *trial)
{
    bw_amount chunk = bw_trial_get_least(trial, &trial->event, "chunk", 0);
    bw_wide carried = bw_trial_get_wide(trial, &trial->event, "carried");
    bw_amount weight = bw_trial_get_least(trial, &trial->event, "weight", 0);
    bw_wide scale = bw_trial_unit_scale(trial, "index", bw_wide_of(1)), step = bw_wide_of(0);
    trial->refused = bw_amount_sign(weight) == 0;
    if (trial->refused)
        return;
    bool fits = bw_index_step(BW_STEP_FLOOR_CARRY, chunk.minor, bw_wide_of(weight.minor), scale, &carried, &step);
    bw_trial_keep(trial, fits, 0);
    bw_trial_put_wide(trial, "step", step);
    bw_trial_put_wide(trial, "remainder", carried);
    bw_trial_put_wide(trial, "value", step);
}

static void begin(bw_trial *trial)
{
    const bw_amount none = bw_amount_of(0);
    bw_amount sizes[2] = {none, none};
    for (uint32_t n = 0; n < trial->now.party_count; n++) {
        bw_amount *side = &sizes[bw_amount_sign(trial->parties[n].qty) < 0];
        *side = bw_trial_add(trial, *side, bw_trial_size(trial->parties[n].qty));
    }
    trial->now.fund = bw_trial_get_or(trial, &trial->initial, "fund", none);
    trial->now.more[FEE_POOL] = bw_trial_get_or(trial, &trial->initial, "fee_pool", none);
    trial->now.index_long = bw_trial_get_or(trial, &trial->initial, "index_long", none);
    trial->now.index_short = bw_trial_get_or(trial, &trial->initial, "index_short", none);
    trial->now.more[TOTAL_LONG] = bw_trial_size(bw_trial_get_or(trial, &trial->initial, "total_long", sizes[0]));
    trial->now.more[TOTAL_SHORT] = bw_trial_size(bw_trial_get_or(trial, &trial->initial, "total_short", sizes[1]));
}

static bool run(bw_trial *trial, const char *type)
{
    const struct { const char *type; void (*run)(bw_trial *trial); } events[] = {
        {"socialise", socialise}, {"touch", touch}, {"socialise-side", socialise_side}, {"quote-charge", quote_charge},
        {"book-split", book_split},
    };
    for (uint32_t n = 0; n < sizeof events / sizeof events[0]; n++)
        if (strcmp(type, events[n].type) == 0) {
            events[n].run(trial);
            return true;
        }
    return false;
}

static void show(bw_trial *trial)
{
    bw_trial_put(trial, "index_long", trial->now.index_long);
    bw_trial_put(trial, "index_short", trial->now.index_short);
    bw_trial_put(trial, "fund_after", trial->now.fund);
    bw_trial_put(trial, "fee_pool_after", trial->now.more[FEE_POOL]);
    for (uint32_t n = 0; n < trial->now.party_count; n++)
        bw_trial_put_field(trial, &trial->parties[n], "cash", trial->parties[n].cash);
}

const bw_kind BW_KIND_INDEX_SOCIALISE = {"index-socialise", "cash index_at qty |entry_loss qty ", begin, run, show};
