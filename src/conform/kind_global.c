/* kind_global.c - global-haircut: layers on sums of a whole venue, and users brought up to date by a factor (R10, R15).

       crisis     deficit ──> unmatured profit ──> fund ──> all equity, as a fraction of it
       catch-up   equity x scale, the ratio cut to 64 binary places; the cut from one balance, then the other
       keep       what is kept of a profit, in 10^-9
       ratio      backed part of profits: min(residual, profits) / profits

   A case flagged anomalous is compared in `burned` and `fund_paid` alone: in its source drawn fund money vanishes. */
#include <string.h>

#include "conform/trial.h"

#define KEEP_ONE INT64_C(1000000000)
#define KEEP_PER_BPS 100000

/* --------------------------------------------------------------------------------------------------------- crisis */

static bw_amount sum_of(bw_trial *trial, const char *const *keys, uint32_t count)
{
    bw_amount sum = bw_amount_of(0);
    for (uint32_t n = 0; n < count; n++)
        sum = bw_trial_add(trial, sum, bw_trial_get_least(trial, &trial->initial, keys[n], 0));
    return sum;
}

static void crisis(bw_trial *trial)
{
    static const char *const claims[] = {"principal", "realized", "unmatured"}, *const assets[] = {"collateral", "fund"};
    const bw_amount none = bw_amount_of(0);
    bw_trial_need(trial, "principal realized unmatured collateral fund ");
    bw_amount principal = bw_trial_get_least(trial, &trial->initial, "principal", 0);
    bw_amount unmatured = bw_trial_get_least(trial, &trial->initial, "unmatured", 0);
    bw_amount equity = sum_of(trial, claims, 2), untouched = equity;
    bw_amount deficit = bw_trial_positive(bw_trial_sub(trial, sum_of(trial, claims, 3), sum_of(trial, assets, 2)));
    trial->now.fund = bw_trial_get_least(trial, &trial->initial, "fund", 0);
    bw_amount burned = bw_trial_draw(trial, &unmatured, none, deficit);
    bw_amount left = bw_trial_sub(trial, deficit, burned);
    bw_amount paid = bw_trial_draw(trial, &trial->now.fund, none, left);
    left = bw_trial_sub(trial, left, paid);
    bw_amount cut = bw_trial_draw(trial, &untouched, none, left);
    bool any = bw_amount_sign(equity) > 0;
    bw_trial_put(trial, "burned", burned);
    bw_trial_put(trial, "fund_paid", paid);
    bw_trial_put(trial, "fund_after", trial->now.fund);
    bw_trial_put(trial, "unmatured_after", unmatured);
    bw_trial_put_ratio(trial, "equity_haircut", cut, any ? equity : bw_amount_of(1));
    bw_trial_put(trial, "principal_after", any ? bw_trial_floor(trial, principal, untouched, equity) : none);
    bw_trial_put_flag(trial, "solvent", !bw_amount_less(cut, left));
}

/* ---------------------------------------------------------------------------------------------------------- users */

static void catch_up(bw_trial *trial)
{
    static const char *const orders[] = {"realized", "principal"};
    bw_trial_need(trial, "scale accounts ");
    bw_party *party = bw_trial_party(trial, &trial->event, "id");
    bw_ratio scale = bw_trial_get_ratio(trial, &trial->initial, "scale");
    bool principal_first = bw_trial_has(&trial->initial, "cut_first") &&
                           bw_trial_choice(trial, &trial->initial, "cut_first", orders, 2) == 1;
    bw_amount *first = principal_first ? &party->principal : &party->realized;
    bw_amount *second = principal_first ? &party->realized : &party->principal;
    bw_amount equity = bw_trial_add(trial, party->principal, party->realized);
    int64_t kept = 0;
    bool fits = bw_scaled_floor(bw_trial_positive(equity).minor, bw_trial_positive(scale.num).minor, scale.den.minor, &kept);
    bw_amount cut = bw_trial_sub(trial, bw_trial_positive(equity), bw_trial_keep(trial, fits, kept));
    bw_amount taken = bw_trial_draw(trial, first, bw_amount_of(0), cut);
    *second = bw_trial_sub(trial, *second, bw_trial_sub(trial, cut, taken));
}

static void keep_factor(bw_trial *trial)
{
    bw_amount shortfall = bw_trial_get(trial, &trial->event, "shortfall");
    bw_amount positive = bw_trial_get(trial, &trial->event, "positive_pnl");
    bw_amount most = bw_trial_value(trial, bw_trial_get_least(trial, &trial->event, "max_bps", 0), bw_amount_of(KEEP_PER_BPS));
    bw_trial_put(trial, "value", bw_amount_of(bw_keep_factor(shortfall.minor, positive.minor, most.minor, KEEP_ONE)));
}

static void apply_keep(bw_trial *trial)
{
    bw_party *party = bw_trial_party(trial, &trial->event, "id");
    bw_amount factor = bw_trial_get_least(trial, &trial->event, "factor", 0);
    if (bw_amount_sign(party->pnl) > 0)
        party->pnl = bw_trial_floor(trial, party->pnl, factor, bw_amount_of(KEEP_ONE));
}

/* ---------------------------------------------------------------------------------------------------------- ratio */

/* Profits of all and what backs them: vault less capital and fund; {1, 1} without profits. */
static bw_ratio backed_part(bw_trial *trial)
{
    const bw_amount none = bw_amount_of(0), one = bw_amount_of(1);
    bw_trial_need(trial, "vault accounts ");
    bw_amount residual = bw_trial_get(trial, &trial->initial, "vault"), profits = none;
    residual = bw_trial_sub(trial, residual, bw_trial_get_or(trial, &trial->initial, "fund", none));
    for (uint32_t n = 0; n < trial->now.party_count; n++) {
        residual = bw_trial_sub(trial, residual, trial->parties[n].capital);
        profits = bw_trial_add(trial, profits, bw_trial_positive(trial->parties[n].pnl));
    }
    profits = bw_trial_sub(trial, profits, bw_trial_get_or(trial, &trial->initial, "unmatured", none));
    if (bw_amount_sign(profits) <= 0)
        return (bw_ratio){one, one};
    return (bw_ratio){bw_trial_draw(trial, &residual, none, profits), profits};
}

static void ratio(bw_trial *trial)
{
    bw_ratio backed = backed_part(trial);
    bw_trial_put_ratio(trial, "value", backed.num, backed.den);
    bw_trial_put(trial, "num", backed.num);
    bw_trial_put(trial, "den", backed.den);
}

static void convert_profit(bw_trial *trial)
{
    bw_party *party = bw_trial_party(trial, &trial->event, "id");
    bw_ratio backed = backed_part(trial);
    bw_amount profit = bw_trial_positive(party->pnl);
    bw_amount converted = bw_trial_floor(trial, profit, backed.num, backed.den);
    party->capital = bw_trial_add(trial, party->capital, converted);
    party->pnl = bw_trial_sub(trial, party->pnl, profit);
    bw_trial_put(trial, "value", converted);
}

static void begin(bw_trial *trial)
{
    (void)trial;
}

static bool run(bw_trial *trial, const char *type)
{
    const struct { const char *type; void (*run)(bw_trial *trial); } events[] = {
        {"crisis", crisis}, {"catch-up", catch_up}, {"keep-factor", keep_factor}, {"apply-keep", apply_keep},
        {"ratio", ratio}, {"convert-profit", convert_profit},
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
    for (uint32_t n = 0; n < trial->now.party_count; n++) {
        const bw_party *party = &trial->parties[n];
        bw_trial_put_of(trial, "pnl", party, party->pnl);
        bw_trial_put_of(trial, "capital", party, party->capital);
        bw_trial_put_field(trial, party, "pnl", party->pnl);
        bw_trial_put_field(trial, party, "capital", party->capital);
        bw_trial_put_field(trial, party, "principal", party->principal);
        bw_trial_put_field(trial, party, "realized", party->realized);
    }
}

const bw_kind BW_KIND_GLOBAL_HAIRCUT = {"global-haircut", "pnl principal |principal realized |capital pnl ", begin, run,
                                        show};
