/* kind_profit.c - profit-haircut: a loss taken from profits that are not yet free, then from the fund, then nobody (R15, R17).

       absorb-loss        locked profit (R18), largest remainder ──> fund above floor and reserve ──> uncovered
       recover-uncovered  positive profit ──> uncovered falls */
#include <string.h>

#include "conform/trial.h"

enum { FLOOR, RESERVED, UNCOVERED };

/* Takes up to `loss` from the profits, matured ones too if `all`; returns what was taken. */
static bw_amount profits_take(bw_trial *trial, bw_amount loss, bool all)
{
    bw_shares shares;
    bw_amount taken = bw_amount_of(0);
    if (!bw_trial_shares_new(trial, &shares, trial->now.party_count))
        return taken;
    for (uint32_t n = 0; n < shares.count; n++) {
        const bw_party *party = &trial->parties[n];
        shares.weight[n] = bw_locked_profit(party->pnl.minor, all ? 0 : bw_trial_positive(party->matured).minor);
        shares.cap[n] = bw_haircut_cap(shares.weight[n], shares.weight[n], BW_PPM);
    }
    taken = bw_trial_share(trial, BW_ALLOCATE_LARGEST_REMAINDER, loss, &shares);
    bw_json_within(trial->out, "charge");
    for (uint32_t n = 0; n < shares.count; n++) {
        bw_party *party = &trial->parties[n];
        party->pnl = bw_trial_sub(trial, party->pnl, bw_amount_of(shares.charge[n]));
        if (shares.charge[n])
            party->matured = bw_amount_min(party->matured, bw_trial_positive(party->pnl));
        bw_trial_put_of(trial, "charge", party, bw_amount_of(shares.charge[n]));
    }
    bw_trial_shares_free(&shares);
    bw_trial_put(trial, "charges_total", taken);
    bw_trial_put(trial, "taken", taken);
    return taken;
}

static void absorb(bw_trial *trial)
{
    bw_amount loss = bw_trial_get_least(trial, &trial->event, "loss", 0);
    bw_amount left = bw_trial_sub(trial, loss, profits_take(trial, loss, false));
    bw_fund_caps caps = {.fund = trial->now.fund.minor, .floor = trial->now.more[FLOOR].minor,
                         .reserved = trial->now.more[RESERVED].minor, .event_cap = BW_FUND_UNCAPPED,
                         .window_cap = BW_FUND_UNCAPPED, .market_cap = BW_FUND_UNCAPPED};
    bw_amount paid = bw_amount_of(bw_fund_amount(left.minor, bw_fund_room(&caps), false, false));
    bool asked = bw_amount_sign(left) > 0;
    trial->now.fund = bw_trial_sub(trial, trial->now.fund, paid);
    left = bw_trial_sub(trial, left, paid);
    trial->now.more[UNCOVERED] = bw_trial_add(trial, trial->now.more[UNCOVERED], left);
    bool at_floor = asked && !bw_amount_less(trial->now.more[FLOOR], trial->now.fund);
    bw_trial_put(trial, "fund_paid", paid);
    bw_trial_put_flag(trial, "risk_reduction_only", at_floor || bw_amount_sign(trial->now.more[UNCOVERED]) > 0);
}

static void recover(bw_trial *trial)
{
    bw_amount taken = profits_take(trial, trial->now.more[UNCOVERED], true);
    trial->now.more[UNCOVERED] = bw_trial_sub(trial, trial->now.more[UNCOVERED], taken);
    bw_trial_put_flag(trial, "risk_reduction_only", bw_amount_sign(trial->now.more[UNCOVERED]) > 0);
}

static void begin(bw_trial *trial)
{
    const bw_amount none = bw_amount_of(0);
    bw_trial_need(trial, "accounts fund fund_floor fund_reserved ");
    trial->now.fund = bw_trial_get(trial, &trial->initial, "fund");
    trial->now.more[FLOOR] = bw_trial_get_least(trial, &trial->initial, "fund_floor", 0);
    trial->now.more[RESERVED] = bw_trial_get_least(trial, &trial->initial, "fund_reserved", 0);
    trial->now.more[UNCOVERED] = bw_trial_get_or(trial, &trial->initial, "uncovered", none);
    if (bw_amount_sign(trial->now.more[UNCOVERED]) < 0)
        trial->now.more[UNCOVERED] = bw_trial_get_least(trial, &trial->initial, "uncovered", 0);
}

static bool run(bw_trial *trial, const char *type)
{
    if (strcmp(type, "absorb-loss") == 0)
        absorb(trial);
    else if (strcmp(type, "recover-uncovered") == 0)
        recover(trial);
    else
        return false;
    return true;
}

static void show(bw_trial *trial)
{
    bw_trial_put(trial, "fund_after", trial->now.fund);
    bw_trial_put(trial, "uncovered", trial->now.more[UNCOVERED]);
    for (uint32_t n = 0; n < trial->now.party_count; n++) {
        const bw_party *party = &trial->parties[n];
        bw_trial_put_of(trial, "pnl_after", party, party->pnl);
        bw_trial_put_of(trial, "matured_after", party, party->matured);
        bw_trial_put_of(trial, "capital_after", party, party->capital);
    }
}

const bw_kind BW_KIND_PROFIT_HAIRCUT = {"profit-haircut", "capital pnl matured ", begin, run, show};
