/* kind_account.c - bankruptcy-price, fund-delta, deleverage: what closing a part of an account's position is worth, to it, to
   the fund, to a counterparty (R4a, R8, R9, R13). */
#include <string.h>

#include "conform/risk.h"

static void refuse(bw_trial *trial, bool refused)
{
    trial->refused = refused;
}

/* ------------------------------------------------------------------------------------------------- one's own close */

static void quote_close(bw_trial *trial)
{
    uint32_t market = bw_trial_market_of(trial, &trial->event, "market");
    const bw_party *party = bw_trial_party(trial, &trial->event, "account");
    bw_amount zero;
    refuse(trial, !bw_risk_zero(trial, party, market, bw_trial_get(trial, &trial->event, "qty_delta"), &zero));
    if (trial->refused)
        return;
    bw_trial_put(trial, "cash_delta", zero);
    bw_trial_put(trial, "value", zero);
}

static void close_fill(bw_trial *trial)
{
    static const char *const sides[] = {"sell", "buy"};
    uint32_t market = bw_trial_market_of(trial, &trial->event, "market");
    const bw_party *party = bw_trial_party(trial, &trial->event, "account");
    bool buys = bw_trial_choice(trial, &trial->event, "side", sides, 2) == 1;
    bw_amount qty = bw_trial_get_least(trial, &trial->event, "qty", 0);
    bw_ratio price = bw_trial_get_ratio(trial, &trial->event, "price");
    int64_t fee_ppm = bw_trial_get_ppm(trial, &trial->event, "fee_ppm");
    bw_risk_fill fill;
    refuse(trial, !bw_risk_fill_of(trial, party, market, buys, qty, price, fee_ppm, &fill));
    if (trial->refused)
        return;
    bw_trial_put(trial, "fund_delta", fill.fund_delta);
    bw_trial_put(trial, "value", fill.fund_delta);
}

/* A fund that pays all or nothing. */
static void fund_change(bw_trial *trial)
{
    bw_amount fund = bw_trial_get(trial, &trial->event, "fund"), change = bw_trial_get(trial, &trial->event, "change");
    int64_t gap = bw_gap_of(change.minor);
    int64_t paid = bw_fund_amount(gap, bw_trial_positive(fund).minor, true, false);
    refuse(trial, paid != gap);
    bw_trial_put_flag(trial, "allowed", paid == gap);
    bw_trial_put_flag(trial, "value", paid == gap);
}

/* ------------------------------------------------------------------------------------------------------ deleverage */

static void deleverage(bw_trial *trial)
{
    bw_risk_deleverage(trial);
}

/* From the state before the first event; accepted when nothing remains. */
static void deleverage_independent(bw_trial *trial)
{
    bw_trial_reset(trial);
    bool done = bw_amount_sign(bw_risk_deleverage(trial)) == 0;
    refuse(trial, !done);
}

static void gate(bw_trial *trial)
{
    uint32_t market = bw_trial_market_of(trial, &trial->event, "market");
    const bw_party *party = bw_trial_party(trial, &trial->event, "account");
    bw_ratio usual = trial->markets[market].price;
    bool is_final = bw_trial_get_flag(trial, &trial->event, "final_settlement");
    trial->markets[market].price = bw_trial_get_ratio(trial, &trial->event, "price");
    bool lacks = bw_gap_of(bw_risk_of(trial, party).equity) > 0;
    trial->markets[market].price = usual;
    bw_trial_put_flag(trial, "at_bankruptcy", lacks);
    bw_trial_put_flag(trial, "at_oracle", !lacks && is_final);
}

/* dYdX v1: at the price at which the closed account's cash covers its position, cash x amount / position, rounded up. */
static void deleverage_pair(bw_trial *trial)
{
    uint32_t market = bw_trial_market_of(trial, &trial->event, "market");
    bw_party *party = bw_trial_party(trial, &trial->event, "account");
    bw_party *other = bw_trial_party(trial, &trial->event, "counterparty");
    bw_amount most = bw_trial_get_least(trial, &trial->event, "amount", 0);
    bw_ratio oracle = bw_trial_get_ratio(trial, &trial->event, "oracle_price");
    bw_amount size = party->position[market], have = other->position[market];
    bool lacks = bw_wide_sign(bw_wide_add_mul(bw_wide_mul(party->cash.minor, oracle.den.minor), size.minor,
                                              oracle.num.minor)) < 0;
    bool opposite = bw_amount_sign(size) != 0 && bw_amount_sign(size) == -bw_amount_sign(have);
    bool worthless = bw_amount_sign(party->cash) < 0 && bw_amount_sign(size) < 0;
    refuse(trial, !lacks || !opposite || worthless);
    if (trial->refused)
        return;
    bw_amount amount = bw_amount_min(most, bw_amount_min(bw_trial_size(size), bw_trial_size(have)));
    bw_amount money = bw_trial_ceil(trial, party->cash, amount, bw_trial_size(size));
    bw_amount change = bw_amount_sign(size) < 0 ? amount : bw_trial_negate(amount);
    bw_risk_post(trial, party, market, change, bw_trial_negate(money));
    bw_risk_post(trial, other, market, bw_trial_negate(change), money);
}

/* Orderly: funding accrued since the last index is added to the cost, in units of 10^-17, toward zero. */
static void transfer_position(bw_trial *trial)
{
    static const int64_t FUNDING_UNIT = INT64_C(100000000000000000);
    bw_party *party = bw_trial_party(trial, &trial->event, "id");
    bw_amount index = bw_trial_get(trial, &trial->event, "index");
    bw_amount accrued = bw_trial_zero(trial, party->qty, bw_trial_sub(trial, index, party->index_at),
                                      bw_amount_of(FUNDING_UNIT));
    bw_amount cost = bw_trial_add(trial, bw_trial_get(trial, &trial->event, "cost"),
                                  bw_trial_get(trial, &trial->event, "fee"));
    party->cost = bw_trial_add(trial, party->cost, bw_trial_add(trial, accrued, cost));
    party->qty = bw_trial_add(trial, party->qty, bw_trial_get(trial, &trial->event, "qty"));
    party->index_at = index;
}

static void begin(bw_trial *trial)
{
    bw_trial_need(trial, "accounts ");
}

static void begin_delta(bw_trial *trial)
{
    (void)trial;   /* fund-change needs no account */
}

static bool run(bw_trial *trial, const char *type)
{
    const struct { const char *type; void (*run)(bw_trial *trial); } events[] = {
        {"quote-close", quote_close}, {"close-fill", close_fill}, {"fund-change", fund_change},
        {"deleverage", deleverage}, {"deleverage-independent", deleverage_independent}, {"gate", gate},
        {"deleverage-pair", deleverage_pair}, {"transfer-position", transfer_position},
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
    bw_risk_show(trial);
    for (uint32_t n = 0; n < trial->now.party_count; n++) {
        bw_trial_put_field(trial, &trial->parties[n], "cost", trial->parties[n].cost);
        bw_trial_put_field(trial, &trial->parties[n], "qty", trial->parties[n].qty);
        bw_trial_put_field(trial, &trial->parties[n], "index_at", trial->parties[n].index_at);
    }
}

const bw_kind BW_KIND_BANKRUPTCY_PRICE = {"bankruptcy-price", "cash positions ", begin, run, show};
const bw_kind BW_KIND_FUND_DELTA = {"fund-delta", "cash positions ", begin_delta, run, show};
const bw_kind BW_KIND_DELEVERAGE = {"deleverage", "cash positions |cost qty index_at ", begin, run, show};
