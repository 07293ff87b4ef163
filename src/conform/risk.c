/* risk.c - see risk.h. */
#include "conform/risk.h"

bw_amount bw_risk_value(bw_trial *trial, bw_amount size, bw_ratio price)
{
    return bw_trial_zero(trial, size, price.num, price.den);
}

static bw_amount margin_of(bw_trial *trial, bw_amount size, bw_ratio price, int64_t rate_ppm)
{
    int64_t margin = 0;
    bool fits = bw_margin_at_rate(size.minor, price.num.minor, price.den.minor, rate_ppm, &margin);
    return bw_trial_keep(trial, fits, margin);
}

static void price_missing(bw_trial *trial, const char *name)
{
    bw_json setting = bw_json_get(&trial->root, "market"), markets = bw_json_get(&setting, "markets");
    bw_json at = bw_json_get(&markets, name);
    bw_trial_wrong(trial, &at, "a market of the case");
}

bw_margins bw_risk_of(bw_trial *trial, const bw_party *party)
{
    bw_amount equity = party->cash, mm = bw_amount_of(0), im = bw_amount_of(0);
    for (uint32_t m = 0; m < trial->market_count; m++) {
        const bw_trial_market *market = &trial->markets[m];
        bw_amount size = party->position[m];
        if (!market->is_priced && bw_amount_sign(size) != 0)
            price_missing(trial, market->name);
        equity = bw_trial_add(trial, equity, bw_risk_value(trial, size, market->price));
        mm = bw_trial_add(trial, mm, margin_of(trial, size, market->price, market->mm_ppm));
        im = bw_trial_add(trial, im, margin_of(trial, size, market->price, market->im_ppm));
    }
    return (bw_margins){equity.minor, mm.minor, im.minor};
}

bool bw_risk_zero(bw_trial *trial, const bw_party *party, uint32_t market, bw_amount change, bw_amount *zero)
{
    const bw_trial_market *at = &trial->markets[market];
    bw_amount size = party->position[market], after = bw_trial_add(trial, size, change);
    *zero = bw_amount_of(0);
    if (bw_amount_sign(size) == 0 || bw_amount_sign(size) != -bw_amount_sign(change) ||
        bw_amount_less(bw_trial_size(size), bw_trial_size(change)))
        return false;
    bw_margins now = bw_risk_of(trial, party);
    bw_amount value = bw_trial_sub(trial, bw_risk_value(trial, size, at->price), bw_risk_value(trial, after, at->price));
    bw_amount part = bw_trial_sub(trial, margin_of(trial, size, at->price, at->mm_ppm),
                                  margin_of(trial, after, at->price, at->mm_ppm));
    int64_t amount = 0;
    bool fits = bw_zero_value_try(value.minor, now.equity, part.minor, now.mm, &amount);
    *zero = bw_trial_keep(trial, fits, amount);
    return true;
}

void bw_risk_post(bw_trial *trial, bw_party *party, uint32_t market, bw_amount change, bw_amount cash)
{
    party->position[market] = bw_trial_add(trial, party->position[market], change);
    party->cash = bw_trial_add(trial, party->cash, cash);
}

bool bw_risk_exchange(bw_trial *trial, bw_party *party, bw_party *other, uint32_t market, bw_amount change, bw_amount cash)
{
    bw_party party_before = *party, other_before = *other;
    bw_margins from = bw_risk_of(trial, party), other_from = bw_risk_of(trial, other);
    bw_risk_post(trial, party, market, change, cash);
    bw_risk_post(trial, other, market, bw_trial_negate(change), bw_trial_negate(cash));
    bw_margins to = bw_risk_of(trial, party), other_to = bw_risk_of(trial, other);
    if (bw_margin_allows_forced(&from, &to) && bw_margin_allows_forced(&other_from, &other_to))
        return true;
    *party = party_before;
    *other = other_before;
    return false;
}

bool bw_risk_fill_of(bw_trial *trial, const bw_party *party, uint32_t market, bool buys, bw_amount qty, bw_ratio price,
                     int64_t fee_ppm, bw_risk_fill *fill)
{
    bw_amount gross = bw_trial_floor(trial, qty, price.num, price.den), zero;
    fill->change = buys ? qty : bw_trial_negate(qty);
    fill->cash = buys ? bw_trial_negate(gross) : gross;
    if (!bw_risk_zero(trial, party, market, fill->change, &zero))
        return false;
    bw_fill_effect effect = bw_fill_effect_of(fill->cash.minor, zero.minor);
    bw_amount gap = bw_trial_keep(trial, true, effect.gap);
    bw_amount surplus = bw_trial_keep(trial, true, effect.surplus);
    bw_amount fee = bw_amount_of(bw_liquidation_fee((uint32_t)fee_ppm, fill->cash.minor, surplus.minor));
    fill->fund_delta = bw_trial_sub(trial, fee, gap);
    return true;
}

/* --------------------------------------------------------------------------------------------------- deleverage */

static void put_fill(bw_json_node *fills, const char *counterparty, bw_amount qty, bw_amount cash)
{
    bw_json_node *fill = bw_json_new_object();
    bw_json_put(fill, "counterparty", bw_json_new_text(counterparty));
    bw_json_put(fill, "qty", bw_json_new_wide(bw_wide_of(qty.minor)));
    bw_json_put(fill, "cash_delta_account", bw_json_new_wide(bw_wide_of(cash.minor)));
    bw_json_append(fills, fill);
}

/* What closing `change` of the account's position brings in: its zero value, or its value at the market's price. */
static bool price_of(bw_trial *trial, const bw_party *party, uint32_t market, bw_amount change, bool at_oracle,
                     bw_amount *cash)
{
    bw_ratio price = trial->markets[market].price;
    bw_amount size = party->position[market];
    if (!at_oracle)
        return bw_risk_zero(trial, party, market, change, cash);
    *cash = bw_trial_sub(trial, bw_risk_value(trial, size, price),
                         bw_risk_value(trial, bw_trial_add(trial, size, change), price));
    return true;
}

static bw_amount candidate_close(bw_trial *trial, bw_party *party, bw_party *other, uint32_t market, bw_amount wanted,
                                 bool at_oracle, bw_json_node *fills)
{
    const bw_amount none = bw_amount_of(0);
    bw_amount have = other->position[market], cash;
    if (party == other || bw_amount_sign(wanted) == 0 || bw_amount_sign(have) != bw_amount_sign(wanted))
        return none;
    bw_amount size = bw_amount_min(bw_trial_size(wanted), bw_trial_size(have));
    bw_amount change = bw_amount_sign(wanted) < 0 ? bw_trial_negate(size) : size;
    if (!price_of(trial, party, market, change, at_oracle, &cash) ||
        !bw_risk_exchange(trial, party, other, market, change, cash))
        return none;
    put_fill(fills, other->id, size, cash);
    return change;
}

bw_amount bw_risk_deleverage(bw_trial *trial)
{
    static const char *const prices[] = {"bankruptcy", "oracle"};
    uint32_t market = bw_trial_market_of(trial, &trial->event, "market");
    bw_party *party = bw_trial_party(trial, &trial->event, "account");
    bw_amount left = bw_trial_get(trial, &trial->event, "qty_delta"), size = party->position[market];
    bool at_oracle = bw_trial_choice(trial, &trial->event, "at", prices, 2) == 1;
    bw_json candidates = bw_trial_get_list(trial, &trial->event, "candidates");
    bw_json_node *fills = bw_json_new_array();
    bool spared = bw_trial_get_flag(trial, &trial->event, "only_if_equity_negative") &&
                  bw_gap_of(bw_risk_of(trial, party).equity) == 0;
    bool reduces = bw_amount_sign(size) == -bw_amount_sign(left);
    if (!spared && reduces && bw_amount_less(bw_trial_size(size), bw_trial_size(left)))
        left = bw_trial_negate(size);
    uint32_t count = bw_json_kind_of(&candidates) == BW_JSON_ARRAY ? bw_json_count(&candidates) : 0;
    for (uint32_t n = 0; n < count && !trial->wrong; n++) {
        bw_json name = bw_json_item(&candidates, n);
        bw_party *other = bw_trial_party_named(trial, &name, false);
        if (!spared && reduces)
            left = bw_trial_sub(trial, left, candidate_close(trial, party, other, market, left, at_oracle, fills));
    }
    bw_json_put(trial->out, "fills", fills);
    bw_trial_put(trial, "remaining", bw_trial_size(left));
    return left;
}

/* ---------------------------------------------------------------------------------------------------------- show */

void bw_risk_show(bw_trial *trial)
{
    bw_json_node *open = bw_json_within(trial->out, "open_interest");
    bw_amount longs[BW_TRIAL_MARKETS] = {{0}};
    for (uint32_t n = 0; n < trial->now.party_count; n++) {
        const bw_party *party = &trial->parties[n];
        bw_json_node *account = bw_json_within(bw_json_within(trial->out, "accounts"), party->id);
        bw_json_node *positions = bw_json_within(account, "positions");
        bw_trial_put_field(trial, party, "cash", party->cash);
        for (uint32_t m = 0; m < trial->market_count; m++) {
            if (bw_amount_sign(party->position[m]) != 0)
                bw_json_put(positions, trial->markets[m].name, bw_json_new_wide(bw_wide_of(party->position[m].minor)));
            longs[m] = bw_trial_add(trial, longs[m], bw_trial_positive(party->position[m]));
        }
    }
    for (uint32_t m = 0; m < trial->market_count; m++)
        bw_json_put(open, trial->markets[m].name, bw_json_new_wide(bw_wide_of(longs[m].minor)));
}
