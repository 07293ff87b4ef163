/* shock_world.c - see shock_world.h. */
#include "shock_world.h"

uint64_t shock_world_below(shock_world *w, uint64_t bound)
{
    return check_random_below(&w->seed, bound);
}

static bool chance(shock_world *w, uint32_t percent)
{
    return shock_world_below(w, 100) < percent;
}

static int64_t between(shock_world *w, int64_t low, int64_t high)
{
    return low + (int64_t)shock_world_below(w, (uint64_t)(high - low + 1));
}

static bw_command header(const shock_world *w, size_t size, bw_command_type type, uint64_t account)
{
    return (bw_command){.size = (uint32_t)size, .type = (uint16_t)type, .version = 1, .time_ns = w->time_ns, .account = account};
}

#define HEADER(w, name, TYPE, account) .header = header(w, sizeof(bw_command_##name), BW_COMMAND_##TYPE, account)

static void must(shock_world *w, const bw_command *command)
{
    bw_status status = lab_send(&w->lab, command);
    lab_check(status == BW_OK, "%s: %s", bw_command_word(command->type), bw_status_word(status));
}

/* ---------------------------------------------------------------------------------------------------- settings */

static bw_money_layer haircut(shock_world *w)
{
    bw_money_layer layer = {.kind = BW_LAYER_HAIRCUT, .fraction_ppm = chance(w, 50) ? 1000000 : 500000};
    const bw_base bases[] = {BW_BASE_POSITIVE_UPNL, BW_BASE_POSITIVE_UPNL, BW_BASE_SIZE, BW_BASE_EQUITY};
    const bw_rule rules[] = {BW_RULE_CAPPED_PRO_RATA, BW_RULE_CAPPED_PRO_RATA, BW_RULE_QUEUE, BW_RULE_PRO_RATA,
                             BW_RULE_MIN_MAX, BW_RULE_EQUAL};
    layer.base = (uint8_t)bases[shock_world_below(w, 4)];
    layer.rule = (uint8_t)rules[shock_world_below(w, 6)];
    layer.cap_equity = chance(w, 15);
    layer.scope = layer.base == BW_BASE_EQUITY || (layer.base == BW_BASE_POSITIVE_UPNL && chance(w, 40)) ? BW_SCOPE_POOL
                                                                                                       : BW_SCOPE_MARKET;
    layer.side = layer.base == BW_BASE_SIZE && chance(w, 50) ? BW_SIDE_BOTH : BW_SIDE_OPPOSING;
    return layer;
}

static void layer_add(bw_command_pool *pool, bw_money_layer layer)
{
    pool->money[pool->money_count++] = layer;
}

/* Money layers in a random order, carryover last. */
static void money_draw(shock_world *w, bw_command_pool *pool)
{
    const bw_adl_price prices[] = {BW_ADL_PRICE_ZERO, BW_ADL_PRICE_ZERO, BW_ADL_PRICE_SPLIT, BW_ADL_PRICE_PREVIOUS_MARK,
                                   BW_ADL_PRICE_MARK};
    if (chance(w, 85))
        layer_add(pool, (bw_money_layer){.kind = BW_LAYER_FUND});
    if (chance(w, 50))
        layer_add(pool, (bw_money_layer){.kind = BW_LAYER_SHARED_FUND});
    if (chance(w, 40))
        layer_add(pool, (bw_money_layer){.kind = BW_LAYER_CAPITAL});
    if (chance(w, 20))
        layer_add(pool, (bw_money_layer){.kind = BW_LAYER_BACKSTOP});
    if (chance(w, 70))
        layer_add(pool, (bw_money_layer){.kind = BW_LAYER_DELEVERAGED, .price = (uint8_t)prices[shock_world_below(w, 5)],
                                         .cap_equity = chance(w, 30), .rule = (uint8_t)shock_world_below(w, BW_RULE_RISK_WEIGHTED)});
    for (uint64_t n = shock_world_below(w, 4); n > 0; n--)
        layer_add(pool, haircut(w));
    for (uint32_t i = pool->money_count; i > 1; i--) {
        uint64_t j = shock_world_below(w, i);
        bw_money_layer kept = pool->money[i - 1u];
        pool->money[i - 1u] = pool->money[j];
        pool->money[j] = kept;
    }
    layer_add(pool, (bw_money_layer){.kind = BW_LAYER_CARRYOVER});
}

static void fund_draw(shock_world *w, bw_command_pool *pool)
{
    pool->fund_floor = chance(w, 15) ? between(w, 0, 100000) : 0;
    pool->event_cap = chance(w, 15) ? between(w, 1, 1000000) : 0;
    pool->event_cap_ppm = chance(w, 10) ? 30000 : 0;
    pool->window_cap = chance(w, 10) ? between(w, 1, 1000000) : 0;
    pool->window_cap_ppm = chance(w, 10) ? 500000 : 0;
    pool->market_cap = chance(w, 10) ? between(w, 1, 1000000) : 0;
    if (chance(w, 15)) {
        pool->drawdown_set_ppm = 300000;
        pool->drawdown_clear_ppm = 250000;
    }
}

static bw_command_pool pool_draw(shock_world *w)
{
    static const uint8_t lists[4][3] = {{BW_QUANTITY_ADL}, {BW_QUANTITY_BOOK, BW_QUANTITY_ADL},
                                        {BW_QUANTITY_BOOK, BW_QUANTITY_BACKSTOP, BW_QUANTITY_ADL},
                                        {BW_QUANTITY_BACKSTOP, BW_QUANTITY_ADL}};
    bw_command_pool pool = {HEADER(w, pool, POOL, 0), .debt_max = -1};
    memcpy(pool.quantity, lists[shock_world_below(w, 4)], sizeof pool.quantity);
    money_draw(w, &pool);
    fund_draw(w, &pool);
    pool.adl_score = (uint8_t)shock_world_below(w, BW_SCORES);
    pool.adl_rule = (uint8_t)(chance(w, 60) ? BW_RULE_QUEUE : (bw_rule)shock_world_below(w, BW_RULE_RISK_WEIGHTED));
    pool.adl_tie = (uint8_t)shock_world_below(w, BW_TIES);
    pool.adl_start = pool.adl_score == BW_SCORE_VISIT_ORDER && chance(w, 50) ? BW_START_MIX : BW_START_FIRST;
    pool.attribution = (uint8_t)(chance(w, 30) ? BW_ATTRIBUTION_MM : BW_ATTRIBUTION_LOSS);
    pool.buffer_ppm = chance(w, 50) ? 100000 : 0;
    pool.slice_ppm = chance(w, 30) ? 200000 : 0;
    pool.slice_over = between(w, 0, 2000000);
    pool.full_close_under = chance(w, 30) ? between(w, 0, 3000000) : 0;
    pool.carryover_share_ppm = 1000000;
    pool.refund_share_ppm = chance(w, 30) ? 500000 : 0;
    pool.order_life_ns = 1000000000;
    return pool;
}

/* ------------------------------------------------------------------------------------------------------- venue */

static void market_new(shock_world *w, uint32_t m)
{
    w->mark[m] = between(w, 100, 1000) * (chance(w, 50) ? 1 : 100);
    w->price_max[m] = 8 * w->mark[m];
    bw_command_market market = {HEADER(w, market, MARKET, 0), .market = (uint16_t)m, .kind = BW_MARKET_LINEAR,
                                .tick_value = between(w, 1, 10), .price_max = w->price_max[m], .open_interest_max = 1 << 24,
                                .min_slice = between(w, 1, 5), .min_mm = chance(w, 30) ? between(w, 1, 20000) : 0,
                                .underlying = chance(w, 50) ? 7 : 0, .funded = 1};
    must(w, &market.header);
    uint32_t mmr = (uint32_t)between(w, 5000, 60000), imr = mmr * 2u;
    bw_command_brackets b = {HEADER(w, brackets, BRACKETS, 0), .market = (uint16_t)m, .count = (uint16_t)between(w, 1, 3)};
    const bw_bracket all[3] = {{0, imr, mmr}, {between(w, 100000, 5000000), imr + 20001, mmr + 10007},
                               {between(w, 6000000, 30000000), imr + 150000, mmr + 90000}};
    memcpy(b.brackets, all, b.count * sizeof *all);
    must(w, &b.header);
}

static int64_t unit_of(const shock_world *w, uint16_t m)
{
    bw_market_view view;
    bw_market_get(w->lab.venue, m, &view);
    return view.mark * view.tick_value;
}

/* Two accounts trade; each is paid in what its margin needs, and as little more as a shock may find. */
static void trade_draw(shock_world *w)
{
    bw_command_trade c = {HEADER(w, trade, TRADE, 0)};
    uint16_t m = (uint16_t)shock_world_below(w, w->markets);
    bw_market_view view;
    bw_market_get(w->lab.venue, m, &view);
    int64_t lots = between(w, 1, chance(w, 20) ? 3000 : 200);
    c.trade = (bw_trade){.buyer = 1u + shock_world_below(w, w->accounts), .seller = 1u + shock_world_below(w, w->accounts),
                         .lots = lots, .price = view.mark + between(w, -view.mark / 40, view.mark / 40), .market = m};
    for (uint32_t i = 0; i < 2u; i++) {
        bw_command_deposit d = {HEADER(w, deposit, DEPOSIT, i ? c.trade.buyer : c.trade.seller),
                                .amount = 1 + lots * unit_of(w, m) / 1000 * between(w, 30, chance(w, 20) ? 1500 : 250)};
        if (chance(w, 80))
            must(w, &d.header);
    }
    lab_send(&w->lab, &c.header);                     /* initial margin may forbid it */
}

static void accounts_new(shock_world *w)
{
    for (uint64_t id = 1; id <= w->accounts; id++) {
        bw_command_account a = {HEADER(w, account, ACCOUNT, id), .isolated = BW_NONE16,
                                .owner = chance(w, 40) ? 1u + shock_world_below(w, 5) : 1000u + id,
                                .flags = chance(w, 5) ? BW_FLAG_ADL_EXEMPT : 0};
        must(w, &a.header);
    }
}

static void fund_new(shock_world *w)
{
    bw_command_fund c = {HEADER(w, fund, FUND, 0), .market = BW_NONE16};
    c.amount = chance(w, 70) ? between(w, 1, chance(w, 50) ? 100000 : 5000000) : 0;
    if (c.amount)
        must(w, &c.header);
    for (uint16_t m = 0; m < w->markets && c.amount > 4; m++)
        if (chance(w, 40)) {
            bw_command_fund move = {HEADER(w, fund, FUND, 0), .market = m, .move = BW_FUND_TO_MARKET, .amount = c.amount / 5};
            must(w, &move.header);
        }
    bw_command_fund capital = {HEADER(w, fund, FUND, 0), .market = BW_NONE16, .move = BW_FUND_CAPITAL_DEPOSIT,
                               .amount = between(w, 1, 200000)};
    if (chance(w, 50))
        must(w, &capital.header);
}

void shock_world_new(shock_world *w, uint64_t seed, bool large)
{
    *w = (shock_world){.seed = seed, .time_ns = 1000000000};
    w->markets = 1u + (uint32_t)shock_world_below(w, SHOCK_MARKETS);
    w->accounts = chance(w, 10) ? SHOCK_ACCOUNTS : (uint32_t)between(w, 4, 32);
    if (large) {
        w->markets = 2;
        w->accounts = SHOCK_ACCOUNTS_LARGE;
    }
    bw_limits limits = {.assets = 1, .pools = 1, .markets = w->markets, .accounts = w->accounts, .orders = 1024,
                        .positions = 8u * w->accounts + 64u, .positions_per_account = 8, .command_ids = 16, .owners = 1,
                        .trigger_bits = 4, .work_max = 4096};
    lab_new(&w->lab, &limits);
    bw_command_asset asset = {HEADER(w, asset, ASSET, 0)};
    must(w, &asset.header);
    for (;;) {
        bw_command_pool pool = pool_draw(w);
        if (large) {
            pool.adl_rule = BW_RULE_QUEUE;
            pool.adl_score = chance(w, 50) ? BW_SCORE_PNL_X_LEVERAGE : BW_SCORE_HYPERLIQUID_OBSERVED;
        }
        if (lab_send(&w->lab, &pool.header) == BW_OK)
            break;
    }
    for (uint32_t m = 0; m < w->markets; m++)
        market_new(w, m);
    shock_world_mark(w, w->mark);
    accounts_new(w);
    for (uint64_t n = w->accounts * (large ? 2u : 1u + shock_world_below(w, 6)); n > 0; n--)
        trade_draw(w);
    for (uint16_t m = 0; m < w->markets; m++) {
        bw_command_funding funding = {HEADER(w, funding, FUNDING, 0), .rate_ppb = between(w, -2000000, 2000000), .market = m};
        if (chance(w, 50))
            must(w, &funding.header);
    }
    fund_new(w);
    /* prices move a little, and whoever had to send orders out gets rid of them */
    int64_t ticks[SHOCK_MARKETS];
    for (uint32_t m = 0; m < w->markets; m++)
        ticks[m] = w->mark[m] + between(w, -w->mark[m] / 200, w->mark[m] / 200);
    shock_world_mark(w, ticks);
}

void shock_world_free(shock_world *w)
{
    lab_free(&w->lab);
}

/* ------------------------------------------------------------------------------------------------------ shocks */

void shock_world_prices(shock_world *w, int64_t *ticks)
{
    int64_t common = chance(w, 50) ? between(w, -60, 60) : 0, own = chance(w, 50) ? 60 : 10;
    for (uint32_t m = 0; m < w->markets; m++) {
        int64_t percent = common + between(w, -own, own);
        bool far = chance(w, 3);
        ticks[m] = far ? between(w, 1, w->price_max[m]) : w->mark[m] + w->mark[m] * percent / 100 + between(w, -3, 3);
        ticks[m] = ticks[m] < 1 ? 1 : ticks[m] > w->price_max[m] ? w->price_max[m] : ticks[m];
    }
}

void shock_world_mark(shock_world *w, const int64_t *ticks)
{
    struct { bw_command_marks c; bw_mark marks[SHOCK_MARKETS]; } m = {.c = {.count = w->markets}};
    m.c.header = header(w, sizeof m.c + w->markets * sizeof(bw_mark), BW_COMMAND_MARKS, 0);
    for (uint32_t i = 0; i < w->markets; i++)
        m.marks[i] = (bw_mark){.price = ticks[i], .item = (uint16_t)i};
    must(w, &m.c.header);
}
