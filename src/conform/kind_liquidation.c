/* kind_liquidation.c - liquidation-waterfall: several layers one after the other (R9, R10, R11, R14, R15).

       liquidate-vs-book   offers in order ──> each only if the fund can pay its gap, whole or not ──> the rest: deleverage
       liquidate-takeover  penalties to liquidator and fund ──> hole ──> fund ──> index of the opposite side [MCDEX]
       auction-bid         a bankrupt account's value falls; the fund pays the bidder [Derive]
       liquidate-at-index  penalty ──> hole ──> the fund, which may go below zero [Perp Curie] */
#include <string.h>

#include "conform/risk.h"

/* ----------------------------------------------------------------------------------------------- against the book */

typedef struct bw_book_order {
    bw_party *party;
    uint32_t market;
    bool buys;
    bw_ratio limit;
    int64_t fee_ppm;
    bw_amount left;
} bw_book_order;

static bool within_limit(const bw_book_order *order, bw_ratio price)
{
    int worse = bw_product_compare(price.num.minor, order->limit.den.minor, order->limit.num.minor, price.den.minor);
    return order->buys ? worse <= 0 : worse >= 0;
}

/* One offer; false: the fund cannot pay the gap. */
static bool offer_take(bw_trial *trial, bw_book_order *order, const bw_json *offer)
{
    bw_party *maker = bw_trial_party(trial, offer, "maker");
    bw_ratio price = bw_trial_get_ratio(trial, offer, "price");
    bw_amount qty = bw_amount_min(order->left, bw_trial_get_least(trial, offer, "qty", 0)), paid;
    bw_risk_fill fill;
    if (bw_amount_sign(qty) == 0)
        return true;
    if (!bw_risk_fill_of(trial, order->party, order->market, order->buys, qty, price, order->fee_ppm, &fill))
        return false;
    paid = bw_amount_of(bw_gap_of(fill.fund_delta.minor));
    if (bw_fund_amount(paid.minor, bw_trial_positive(trial->now.fund).minor, true, false) != paid.minor)
        return false;
    bw_risk_post(trial, order->party, order->market, fill.change, bw_trial_sub(trial, fill.cash, fill.fund_delta));
    bw_risk_post(trial, maker, order->market, bw_trial_negate(fill.change), bw_trial_negate(fill.cash));
    trial->now.fund = bw_trial_add(trial, trial->now.fund, fill.fund_delta);
    order->left = bw_trial_sub(trial, order->left, qty);
    return true;
}

static void liquidate_vs_book(bw_trial *trial)
{
    static const char *const sides[] = {"sell", "buy"};
    bw_trial_need(trial, "fund ");
    bw_amount qty = bw_trial_get_least(trial, &trial->event, "qty", 0);
    bw_book_order order = {.party = bw_trial_party(trial, &trial->event, "account"),
                           .market = bw_trial_market_of(trial, &trial->event, "market"),
                           .buys = bw_trial_choice(trial, &trial->event, "side", sides, 2) == 1,
                           .limit = bw_trial_get_ratio(trial, &trial->event, "limit_price"),
                           .fee_ppm = bw_trial_get_ppm(trial, &trial->event, "fee_ppm"), .left = qty};
    bw_json book = bw_trial_get_list(trial, &trial->event, "book");
    uint32_t count = bw_json_kind_of(&book) == BW_JSON_ARRAY ? bw_json_count(&book) : 0;
    bool payable = true;
    for (uint32_t n = 0; n < count && payable && bw_amount_sign(order.left) > 0 && !trial->wrong; n++) {
        bw_json offer = bw_json_item(&book, n);
        if (!within_limit(&order, bw_trial_get_ratio(trial, &offer, "price")))
            break;
        payable = offer_take(trial, &order, &offer);
    }
    bool any = bw_amount_less(order.left, qty), all = bw_amount_sign(order.left) == 0;
    bw_trial_put(trial, "filled", bw_trial_sub(trial, qty, order.left));
    bw_trial_put_word(trial, "status", !payable ? "needs-deleverage" : all ? "filled" : any ? "partially-filled" : "unfilled");
}

static void deleverage(bw_trial *trial)
{
    bw_risk_deleverage(trial);
}

/* ------------------------------------------------------------------------------------------------------- takeover */

static bw_amount part_of(bw_trial *trial, bw_amount value, const char *rate)
{
    return bw_trial_floor(trial, value, bw_amount_of(bw_trial_get_ppm(trial, &trial->event, rate)), bw_amount_of(BW_PPM));
}

/* Sum of the sizes on one side. */
static bw_amount side_size(bw_trial *trial, int side)
{
    bw_amount sum = bw_amount_of(0);
    for (uint32_t n = 0; n < trial->now.party_count; n++)
        if (bw_amount_sign(trial->parties[n].qty) == side)
            sum = bw_trial_add(trial, sum, bw_trial_size(trial->parties[n].qty));
    return sum;
}

/* What the fund cannot pay raises the index of the side opposite to `side`; refused if nobody is there. */
static bw_amount socialise(bw_trial *trial, int side, bw_amount loss)
{
    bw_wide scale = bw_trial_unit_scale(trial, "qty", bw_wide_of(1)), step = bw_wide_of(0), carried = bw_wide_of(0);
    bw_amount lots = side_size(trial, -side), *index = side > 0 ? &trial->now.index_short : &trial->now.index_long;
    if (bw_amount_sign(loss) == 0)
        return loss;
    trial->refused = bw_amount_sign(lots) == 0;
    bool fits = trial->refused ||
                bw_index_step(BW_STEP_HALF_UP, loss.minor, bw_wide_of(lots.minor), scale, &carried, &step);
    bw_trial_keep(trial, fits, 0);
    bw_amount delta = bw_trial_keep_wide(trial, step);
    *index = bw_trial_add(trial, *index, delta);
    return delta;
}

/* Profit or loss of the part at the price, then the penalties, both on its value whatever is left; fund first. */
static void liquidate_takeover(bw_trial *trial)
{
    bw_trial_need(trial, "fund index_long index_short ");
    bw_party *party = bw_trial_party(trial, &trial->event, "account");
    bw_party *taker = bw_trial_party(trial, &trial->event, "liquidator");
    bw_amount qty = bw_trial_get_least(trial, &trial->event, "qty", 0), price = bw_trial_get(trial, &trial->event, "price");
    int side = bw_amount_sign(party->qty);
    trial->refused = bw_amount_less(bw_trial_size(party->qty), qty);
    if (trial->refused)
        return;
    bw_amount signed_qty = side < 0 ? bw_trial_negate(qty) : qty, value = bw_trial_value(trial, qty, price);
    bw_amount gained = bw_trial_value(trial, signed_qty, bw_trial_sub(trial, price, party->entry_price));
    bw_amount to_taker = part_of(trial, value, "penalty_liquidator_ppm"), to_fund = part_of(trial, value, "penalty_fund_ppm");
    bw_amount penalty = bw_trial_add(trial, to_taker, to_fund);
    party->cash = bw_trial_add(trial, party->cash, bw_trial_sub(trial, gained, penalty));
    taker->cash = bw_trial_add(trial, taker->cash, to_taker);
    trial->now.fund = bw_trial_add(trial, trial->now.fund, to_fund);
    party->qty = bw_trial_sub(trial, party->qty, signed_qty);
    taker->qty = bw_trial_add(trial, taker->qty, signed_qty);
    bw_amount hole = bw_amount_of(bw_gap_of(party->cash.minor));
    party->cash = bw_trial_add(trial, party->cash, hole);
    bw_amount paid = bw_trial_draw(trial, &trial->now.fund, bw_amount_of(0), hole);
    bw_amount delta = socialise(trial, side, bw_trial_sub(trial, hole, paid));
    bw_trial_put(trial, "hole", hole);
    bw_trial_put(trial, "fund_paid", paid);
    bw_trial_put(trial, "index_delta", delta);
}

/* ---------------------------------------------------------------------------------------------- auction, at index */

static void auction_bid(bw_trial *trial)
{
    bw_amount length = bw_trial_get_least(trial, &trial->event, "T", 1);
    bw_amount elapsed = bw_trial_get_least(trial, &trial->event, "t", 0);
    bw_amount requirement = bw_trial_get(trial, &trial->event, "mm"), start = bw_trial_get(trial, &trial->event, "mtm");
    bw_amount value = bw_amount_of(bw_auction_value(start.minor, requirement.minor, elapsed.minor, length.minor));
    bw_amount rate = bw_amount_of(bw_trial_get_ppm(trial, &trial->event, "share_ppm"));
    bw_amount bid = bw_trial_zero(trial, value, rate, bw_amount_of(BW_PPM));
    bw_amount owed = bw_amount_of(bw_gap_of(bid.minor));
    bw_amount paid = bw_trial_draw(trial, &trial->now.fund, bw_amount_of(0), owed);
    bw_trial_put(trial, "price", value);
    bw_trial_put(trial, "bid", bid);
    bw_trial_put(trial, "value", bid);
    bw_trial_put(trial, "paid", owed);
    bw_trial_put(trial, "fund_paid", paid);
    bw_trial_put(trial, "socialised", bw_trial_sub(trial, owed, paid));
}

/* a x ppm / 10^6, floored; |a| < 10^30, so nothing can overflow. */
static bw_wide wide_part(bw_trial *trial, bw_wide a, const char *rate)
{
    int64_t ppm = bw_trial_get_ppm(trial, &trial->event, rate);
    return bw_wide_div_floor(bw_wide_scale(a, ppm), bw_wide_of(BW_PPM));
}

/* Cash and notional in 10^-18, the fund in 10^-6: the hole is rounded up to that, what the fund then has down. */
static void liquidate_at_index(bw_trial *trial)
{
    static const int64_t FINE = INT64_C(1000000000000);
    const bw_wide none = bw_wide_of(0), fine = bw_wide_of(FINE);
    bw_trial_need(trial, "fund ");
    bw_party *party = bw_trial_party(trial, &trial->event, "account");
    bw_wide exchanged = bw_trial_get_wide(trial, &trial->event, "exchanged_notional");
    bw_wide penalty = wide_part(trial, exchanged, "penalty_ppm");
    bw_wide rate = bw_wide_of(bw_trial_get_ppm(trial, &trial->event, "fund_share_ppm"));
    bw_wide to_fund = bw_wide_div_floor(bw_wide_scale(penalty, bw_wide_to_int64(rate)), bw_wide_of(BW_PPM));
    bw_wide left = bw_wide_sub(bw_wide_add(bw_wide_add(party->wide_cash, exchanged), party->open_notional), penalty);
    bw_wide lacks = bw_wide_max(none, bw_wide_negate(left)), value = bw_wide_max(none, left);
    bw_amount hole = bw_trial_keep_wide(trial, bw_wide_div_ceil(lacks, fine));
    trial->now.fund = bw_trial_sub(trial, trial->now.fund, bw_amount_of(bw_fund_amount(hole.minor, 0, false, true)));
    bw_wide worth = bw_wide_add(bw_wide_mul(trial->now.fund.minor, FINE), to_fund);
    if (!party->is_wide)
        bw_trial_wrong(trial, &trial->event, "an account with open_notional");
    party->wide_cash = value;
    party->open_notional = none;
    bw_trial_put(trial, "hole", hole);
    bw_trial_put(trial, "fund_cash", trial->now.fund);
    bw_trial_put_wide(trial, "fund_value", bw_wide_div_floor(worth, fine));
}

/* ----------------------------------------------------------------------------------------------------------- kind */

static void begin(bw_trial *trial)
{
    const bw_amount none = bw_amount_of(0);
    trial->now.fund = bw_trial_get_or(trial, &trial->initial, "fund", none);
    trial->now.index_long = bw_trial_get_or(trial, &trial->initial, "index_long", none);
    trial->now.index_short = bw_trial_get_or(trial, &trial->initial, "index_short", none);
}

static bool run(bw_trial *trial, const char *type)
{
    const struct { const char *type; void (*run)(bw_trial *trial); } events[] = {
        {"liquidate-vs-book", liquidate_vs_book}, {"deleverage", deleverage}, {"liquidate-takeover", liquidate_takeover},
        {"auction-bid", auction_bid}, {"liquidate-at-index", liquidate_at_index},
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
    bw_trial_put(trial, "fund", trial->now.fund);
    bw_trial_put(trial, "fund_after", trial->now.fund);
    bw_trial_put(trial, "index_long", trial->now.index_long);
    bw_trial_put(trial, "index_short", trial->now.index_short);
    for (uint32_t n = 0; n < trial->now.party_count; n++) {
        const bw_party *party = &trial->parties[n];
        bw_trial_put_field(trial, party, "qty", party->qty);
        if (party->is_wide) {
            bw_json_node *account = bw_json_within(bw_json_within(trial->out, "accounts"), party->id);
            bw_json_put(account, "value", bw_json_new_wide(party->wide_cash));
        }
    }
}

const bw_kind BW_KIND_LIQUIDATION_WATERFALL = {"liquidation-waterfall",
                                               "cash positions |cash qty entry_price |cash open_notional position ", begin, run,
                                               show};
