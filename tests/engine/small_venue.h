/* small_venue.h - a venue with one asset and one pool, for tests that set up a case by hand: each function sends one
   command to a lab and returns its status. */
#ifndef BW_TEST_SMALL_VENUE_H
#define BW_TEST_SMALL_VENUE_H

#include "lab.h"

static const bw_limits small_limits = {
    .assets = 2, .pools = 1, .markets = 2, .collaterals = 1, .accounts = 16, .positions = 64,
    .positions_per_account = 4, .holdings = 8, .orders = 8, .desks = 2, .command_ids = 16, .trigger_bits = 4,
    .work_max = 4096};

static inline bw_command small_header(size_t size, bw_command_type type, uint64_t account)
{
    return (bw_command){.size = (uint32_t)size, .type = (uint16_t)type, .version = 1, .account = account};
}

#define SMALL_HEADER(name, TYPE, account) .header = small_header(sizeof(bw_command_##name), BW_COMMAND_##TYPE, account)

/* The default money list; fund only | deleveraged | haircut | carryover. */
static inline bw_command_pool small_pool_settings(void)
{
    bw_command_pool c = {SMALL_HEADER(pool, POOL, 0), .quantity = {BW_QUANTITY_ADL}, .debt_max = -1};
    c.money[0] = (bw_money_layer){.kind = BW_LAYER_FUND};
    c.money[1] = (bw_money_layer){.kind = BW_LAYER_DELEVERAGED, .rule = BW_RULE_CAPPED_PRO_RATA};
    c.money[2] = (bw_money_layer){.kind = BW_LAYER_HAIRCUT, .base = BW_BASE_POSITIVE_UPNL, .rule = BW_RULE_CAPPED_PRO_RATA,
                                  .fraction_ppm = 1000000};
    c.money[3] = (bw_money_layer){.kind = BW_LAYER_CARRYOVER};
    c.money_count = 4;
    c.carryover_share_ppm = 1000000;
    return c;
}

static inline void small_begin(lab *l, const bw_limits *limits, const bw_command_pool *pool)
{
    bw_command_asset asset = {SMALL_HEADER(asset, ASSET, 0)};
    lab_new(l, limits);
    for (asset.asset = 0; asset.asset < limits->assets; asset.asset++)
        assert_int_equal(lab_send(l, &asset.header), BW_OK);
    assert_int_equal(lab_send(l, &pool->header), BW_OK);
}

static inline bw_command_market small_market_settings(bw_market_kind kind, int64_t tick_value, int64_t price_max)
{
    return (bw_command_market){SMALL_HEADER(market, MARKET, 0), .kind = (uint8_t)kind, .tick_value = tick_value,
                               .price_max = price_max, .open_interest_max = 1 << 20, .min_slice = 1};
}

static inline bw_status small_marks(lab *l, uint16_t market, int64_t price)
{
    struct { bw_command_marks c; bw_mark mark; } m = {.c = {.count = 1}, .mark = {.price = price, .item = market}};
    m.c.header = small_header(sizeof m, BW_COMMAND_MARKS, 0);
    return lab_send(l, &m.c.header);
}

static inline void small_market(lab *l, const bw_command_market *settings, const bw_bracket *brackets, uint16_t count,
                                int64_t mark)
{
    bw_command_brackets b = {SMALL_HEADER(brackets, BRACKETS, 0), .market = settings->market, .count = count};
    memcpy(b.brackets, brackets, count * sizeof *brackets);
    assert_int_equal(lab_send(l, &settings->header), BW_OK);
    assert_int_equal(lab_send(l, &b.header), BW_OK);
    assert_int_equal(small_marks(l, settings->market, mark), BW_OK);
}

static inline bw_status small_account(lab *l, uint64_t id)
{
    bw_command_account c = {SMALL_HEADER(account, ACCOUNT, id), .isolated = BW_NONE16};
    return lab_send(l, &c.header);
}

static inline bw_status small_deposit(lab *l, uint64_t id, int64_t amount)
{
    bw_command_deposit c = {SMALL_HEADER(deposit, DEPOSIT, id), .amount = amount};
    return lab_send(l, &c.header);
}

static inline bw_status small_withdraw(lab *l, uint64_t id, int64_t amount)
{
    bw_command_withdraw c = {SMALL_HEADER(withdraw, WITHDRAW, id), .amount = amount};
    return lab_send(l, &c.header);
}

static inline bw_status small_adjust(lab *l, uint64_t id, int64_t amount)
{
    bw_command_adjust c = {SMALL_HEADER(adjust, ADJUST, id), .amount = amount};
    return lab_send(l, &c.header);
}

static inline bw_status small_trade(lab *l, uint64_t buyer, uint64_t seller, int64_t lots, int64_t price)
{
    bw_command_trade c = {SMALL_HEADER(trade, TRADE, 0)};
    c.trade = (bw_trade){.buyer = buyer, .seller = seller, .lots = lots, .price = price};
    return lab_send(l, &c.header);
}

static inline bw_status small_fund(lab *l, bw_fund_move move, uint16_t market, int64_t amount)
{
    bw_command_fund c = {SMALL_HEADER(fund, FUND, 0), .amount = amount, .market = market, .move = (uint8_t)move};
    return lab_send(l, &c.header);
}

static inline bw_status small_funding(lab *l, uint16_t market, int64_t rate_ppb)
{
    bw_command_funding c = {SMALL_HEADER(funding, FUNDING, 0), .rate_ppb = rate_ppb, .market = market};
    return lab_send(l, &c.header);
}

static inline bw_account_view small_view(const lab *l, uint64_t id)
{
    bw_account_view view = {0};
    assert_true(bw_account_get(l->venue, id, &view));
    return view;
}

/* The first event of a type in the last command; NULL if there is none. */
static inline const bw_event *small_event(const lab *l, bw_event_type type)
{
    for (uint32_t i = 0; i < l->count; i++)
        if (l->events[i].type == type)
            return l->events + i;
    return NULL;
}

#endif
