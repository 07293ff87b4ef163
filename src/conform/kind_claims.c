/* kind_claims.c - claims-dilution: a loss spread over balances, by a lower index or by a rate of reserve to claims (R15, R18).

       index    loss ──> fund ──> index falls by index x loss / claims: everybody's balance is worth less
       reserve  loss ──> fund ──> claims without backing: a withdrawal is paid at reserve / claims, at most 1

   Which of the two a case is, `initial` says: "index" or "reserve". The index's fall is rounded as
   policy.rounding.index_delta says, down if it does not say "ceil". The rate counts 10^-18. */
#include <string.h>

#include "conform/trial.h"

#define RATE_ONE INT64_C(1000000000000000000)

enum { CLAIMS, INDEX, RESERVE, FUND_CLAIMS };

static bool by_index(const bw_trial *trial)
{
    return bw_trial_has(&trial->initial, "index");
}

static bw_amount rate_of(const bw_trial *trial)
{
    return bw_amount_of(bw_backing_rate(trial->now.more[RESERVE].minor, trial->now.more[CLAIMS].minor, RATE_ONE));
}

static void index_lower(bw_trial *trial, bw_amount loss)
{
    bw_amount *claims = &trial->now.more[CLAIMS], *index = &trial->now.more[INDEX], before = *index;
    int64_t fall = bw_trial_rounding_says(trial, "index_delta", "ceil")
                       ? bw_dilution_ceil(index->minor, loss.minor, claims->minor)
                       : bw_dilution_floor(index->minor, loss.minor, claims->minor);
    *index = bw_trial_sub(trial, before, bw_amount_of(fall));
    if (bw_amount_sign(before) > 0)
        *claims = bw_trial_floor(trial, *claims, *index, before);
    bw_trial_put(trial, "index_delta", bw_amount_of(fall));
}

static void socialise(bw_trial *trial)
{
    bw_amount loss = bw_trial_get_least(trial, &trial->event, "loss", 0);
    bw_amount kept = bw_amount_of(bw_trial_policy_says(trial, "down to 1 unit"));
    bw_amount paid = bw_trial_draw(trial, &trial->now.fund, kept, loss);
    bw_amount left = bw_trial_sub(trial, loss, paid);
    if (by_index(trial))
        index_lower(trial, left);
    else
        trial->now.more[CLAIMS] = bw_trial_add(trial, trial->now.more[CLAIMS], left);
    bw_trial_put(trial, "fund_paid", paid);
    bw_trial_put(trial, "socialised", left);
}

/* Burns amount / rate claims, rounded down. */
static void withdraw(bw_trial *trial)
{
    bw_amount amount = bw_trial_get_least(trial, &trial->event, "amount", 0);
    trial->refused = bw_amount_less(trial->now.more[RESERVE], amount);
    if (trial->refused)
        return;
    bw_amount burned = bw_trial_floor(trial, amount, bw_amount_of(RATE_ONE), rate_of(trial));
    trial->now.more[CLAIMS] = bw_trial_sub(trial, trial->now.more[CLAIMS], burned);
    trial->now.more[RESERVE] = bw_trial_sub(trial, trial->now.more[RESERVE], amount);
    bw_trial_put(trial, "claims_burned", burned);
    bw_trial_put(trial, "value", burned);
}

/* The fund gives up claims of its own as far as claims are not backed. */
static void bail_out(bw_trial *trial)
{
    bw_trial_need(trial, "fund_claims ");
    bw_amount unbacked = bw_trial_sub(trial, trial->now.more[CLAIMS], trial->now.more[RESERVE]);
    bw_amount given = bw_trial_draw(trial, &trial->now.more[FUND_CLAIMS], bw_amount_of(0), unbacked);
    trial->now.more[CLAIMS] = bw_trial_sub(trial, trial->now.more[CLAIMS], given);
    bw_trial_put(trial, "claims_burned", given);
}

static void begin(bw_trial *trial)
{
    const bw_amount none = bw_amount_of(0);
    bw_trial_need(trial, by_index(trial) ? "claims_total index " : "claims_total reserve ");
    trial->now.more[CLAIMS] = bw_trial_get_least(trial, &trial->initial, "claims_total", 0);
    if (by_index(trial))
        trial->now.more[INDEX] = bw_trial_get_least(trial, &trial->initial, "index", 0);
    else
        trial->now.more[RESERVE] = bw_trial_get_least(trial, &trial->initial, "reserve", 0);
    trial->now.fund = bw_trial_get_or(trial, &trial->initial, "fund", none);
    trial->now.more[FUND_CLAIMS] = bw_trial_get_or(trial, &trial->initial, "fund_claims", none);
}

static bool run(bw_trial *trial, const char *type)
{
    if (!by_index(trial))
        bw_trial_put(trial, "rate_before", rate_of(trial));
    if (strcmp(type, "socialise") == 0)
        socialise(trial);
    else if (by_index(trial))
        return false;
    else if (strcmp(type, "withdraw") == 0)
        withdraw(trial);
    else if (strcmp(type, "fund-bail-out") == 0)
        bail_out(trial);
    else if (strcmp(type, "donate-reserve") == 0)
        trial->now.more[RESERVE] = bw_trial_add(trial, trial->now.more[RESERVE],
                                                bw_trial_get_least(trial, &trial->event, "amount", 0));
    else
        return false;
    return true;
}

static void show(bw_trial *trial)
{
    bw_trial_put(trial, "claims_total", trial->now.more[CLAIMS]);
    bw_trial_put(trial, "fund_claims_after", trial->now.more[FUND_CLAIMS]);
    bw_trial_put(trial, "fund_after", trial->now.fund);
    if (by_index(trial)) {
        bw_trial_put(trial, "index", trial->now.more[INDEX]);
        return;
    }
    bw_trial_put(trial, "reserve", trial->now.more[RESERVE]);
    bw_trial_put(trial, "rate", rate_of(trial));
    bw_trial_put(trial, "rate_after", rate_of(trial));
    bw_trial_put_flag(trial, "withdraw_fee_on", bw_amount_less(rate_of(trial), bw_amount_of(RATE_ONE)));
}

const bw_kind BW_KIND_CLAIMS_DILUTION = {"claims-dilution", NULL, begin, run, show};
