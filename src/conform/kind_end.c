/* kind_end.c - claim-payout and terminal-price: profits paid from money that is there, prices that it can pay (R17, R19). */
#include <string.h>

#include "conform/trial.h"

/* --------------------------------------------------------------------------------------------------- claim-payout */

static void settle_claim(bw_trial *trial)
{
    bw_party *party = bw_trial_party(trial, &trial->event, "id");
    bw_amount paid = bw_trial_draw(trial, &trial->now.fund, bw_amount_of(0), party->claim);
    party->claim = bw_trial_sub(trial, party->claim, paid);
    party->cash = bw_trial_add(trial, party->cash, paid);
    bw_trial_put(trial, "paid", paid);
    bw_trial_put(trial, "value", paid);
    bw_trial_put(trial, "claim_left", party->claim);
    bw_trial_put(trial, "cash_after", party->cash);
}

static bw_amount due(bw_trial *trial, bw_amount face, bw_ratio rate, bw_amount paid)
{
    int64_t amount = bw_claim_due(bw_trial_positive(face).minor, bw_trial_positive(rate.num).minor, rate.den.minor,
                                  paid.minor);
    return bw_trial_keep(trial, true, amount);
}

static void top_up(bw_trial *trial)
{
    bw_party *party = bw_trial_party(trial, &trial->event, "id");
    bw_ratio rate = bw_trial_has(&trial->event, "rate") ? bw_trial_get_ratio(trial, &trial->event, "rate") : party->rate;
    bw_amount asked = due(trial, party->face, rate, party->paid);
    bw_amount paid = bw_trial_draw(trial, &trial->now.fund, bw_amount_of(0), asked);
    party->paid = bw_trial_add(trial, party->paid, paid);
    bw_trial_put(trial, "paid", paid);
    bw_trial_put(trial, "value", paid);
    bw_trial_put(trial, "paid_now", paid);
    bw_trial_put(trial, "paid_total", party->paid);
    bw_trial_put_flag(trial, "finished", bw_amount_equal(party->paid, party->face));
}

static void claimable(bw_trial *trial)
{
    bw_amount face = bw_trial_get_least(trial, &trial->event, "face", 0);
    bw_amount paid = bw_trial_get(trial, &trial->event, "paid");
    bw_trial_put(trial, "value", due(trial, face, bw_trial_get_ratio(trial, &trial->event, "rate"), paid));
}

/* `pool` and `vault` are two names of one thing. */
static void begin_claims(bw_trial *trial)
{
    const bw_amount none = bw_amount_of(0);
    const char *name = bw_trial_has(&trial->initial, "pool") ? "pool" : "vault";
    trial->now.fund = bw_trial_get_or(trial, &trial->initial, name, none);
}

static bool run_claims(bw_trial *trial, const char *type)
{
    bool is_claimable = strcmp(type, "claimable") == 0;
    if (!is_claimable && !bw_trial_has(&trial->initial, "pool"))
        bw_trial_need(trial, "vault ");
    if (is_claimable)
        claimable(trial);
    else if (strcmp(type, "settle-claim") == 0)
        settle_claim(trial);
    else if (strcmp(type, "top-up") == 0)
        top_up(trial);
    else if (strcmp(type, "refill") == 0)
        trial->now.fund = bw_trial_add(trial, trial->now.fund, bw_trial_get_least(trial, &trial->event, "amount", 0));
    else
        return false;
    return true;
}

static void show_claims(bw_trial *trial)
{
    bw_trial_put(trial, "pool", trial->now.fund);
    bw_trial_put(trial, "vault", trial->now.fund);
    bw_trial_put(trial, "pool_after", trial->now.fund);
    for (uint32_t n = 0; n < trial->now.party_count; n++) {
        bw_trial_put_field(trial, &trial->parties[n], "cash", trial->parties[n].cash);
        bw_trial_put_field(trial, &trial->parties[n], "claim", trial->parties[n].claim);
        bw_trial_put_field(trial, &trial->parties[n], "paid", trial->parties[n].paid);
    }
}

/* ------------------------------------------------------------------------------------------------- terminal-price */

enum { PRICE, PRICED };

static bw_amount size_scale(bw_trial *trial)
{
    return bw_trial_keep_wide(trial, bw_trial_unit_scale(trial, "qty", bw_wide_of(1)));
}

static void terminal_price(bw_trial *trial)
{
    bw_amount net_base = bw_trial_get(trial, &trial->event, "net_base");
    bw_amount net_quote = bw_trial_get(trial, &trial->event, "net_quote");
    bw_amount excess = bw_trial_get(trial, &trial->event, "excess");
    bw_amount target = bw_trial_get(trial, &trial->event, "target");
    int64_t price = 0;
    bool fits = bw_terminal_price(net_base.minor, net_quote.minor, excess.minor, target.minor, size_scale(trial).minor,
                                  &price);
    trial->now.more[PRICE] = bw_trial_keep(trial, fits, price);
    trial->now.more[PRICED] = bw_amount_of(1);
    bw_trial_put(trial, "price", trial->now.more[PRICE]);
    bw_trial_put(trial, "value", trial->now.more[PRICE]);
}

/* Value toward zero, plus what was paid and received for it, less the fee on the value, rounded down. */
static void terminal_settle(bw_trial *trial)
{
    bw_trial_need(trial, "pool ");
    bw_party *party = bw_trial_party(trial, &trial->event, "id");
    int64_t rate = bw_trial_get_ppm(trial, &trial->event, "fee_ppm");
    bw_amount value = bw_trial_zero(trial, party->qty, trial->now.more[PRICE], size_scale(trial));
    bw_amount fee = bw_trial_floor(trial, bw_trial_size(value), bw_amount_of(rate), bw_amount_of(BW_PPM));
    bw_amount received = bw_trial_sub(trial, bw_trial_add(trial, value, party->quote), fee);
    if (bw_amount_sign(trial->now.more[PRICED]) == 0)
        bw_trial_wrong(trial, &trial->event, "a terminal-price before it");
    party->cash = bw_trial_add(trial, party->cash, received);
    party->qty = party->quote = bw_amount_of(0);
    trial->now.fund = bw_trial_sub(trial, trial->now.fund, received);
    bw_trial_put(trial, "fee", fee);
    bw_trial_put(trial, "value", received);
}

static void begin_terminal(bw_trial *trial)
{
    trial->now.fund = bw_trial_get_or(trial, &trial->initial, "pool", bw_amount_of(0));
}

static bool run_terminal(bw_trial *trial, const char *type)
{
    if (strcmp(type, "terminal-price") == 0)
        terminal_price(trial);
    else if (strcmp(type, "terminal-settle") == 0)
        terminal_settle(trial);
    else
        return false;
    return true;
}

static void show_terminal(bw_trial *trial)
{
    bw_trial_put(trial, "pool", trial->now.fund);
    bw_trial_put(trial, "final_pool", trial->now.fund);
    for (uint32_t n = 0; n < trial->now.party_count; n++) {
        bw_trial_put_of(trial, "cash", &trial->parties[n], trial->parties[n].cash);
        bw_trial_put_of(trial, "final_cash", &trial->parties[n], trial->parties[n].cash);
        bw_trial_put_field(trial, &trial->parties[n], "cash", trial->parties[n].cash);
    }
}

const bw_kind BW_KIND_CLAIM_PAYOUT = {"claim-payout", "cash claim |face paid rate ", begin_claims, run_claims, show_claims};
const bw_kind BW_KIND_TERMINAL_PRICE = {"terminal-price", "cash qty quote ", begin_terminal, run_terminal, show_terminal};
