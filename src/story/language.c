#include "story/language.h"

#include "story/sums.h"

static const char *const SCORES[] = {"pnl-x-leverage", "pnl", "size", "visit-order", "hyperliquid-doc",
                                     "hyperliquid-observed", "leverage", "binance", "hedge-aware", NULL};
static const char *const TIES[] = {"mix", "id", NULL};
static const char *const STARTS[] = {"first", "mix", NULL};
static const char *const RULES[] = {"queue", "pro-rata", "capped-pro-rata", "min-max", "equal", "risk-weighted", NULL};
static const char *const ADL_PRICES[] = {"zero", "split", "previous-mark", "mark", "zero-both", NULL};
static const char *const ROUNDINGS[] = {"largest-remainder", "floor-last", "floor-fund", "ceil-carry", "ratio16", NULL};
static const char *const CAPS[] = {"profit", "equity", NULL};
static const char *const BASES[] = {"positive-upnl", "size", "equity", "period-gains", "locked-profit", "balance",
                                    NULL};
static const char *const SCOPES[] = {"market", "pool", NULL};
static const char *const SIDES[] = {"opposing", "both", NULL};
static const char *const APPLIES[] = {"eager", "index", NULL};
static const char *const STEPS[] = {"floor-carry", "ceil", "half-up", NULL};
static const char *const PROFITS[] = {"immediate", "settlement", "aging", NULL};
static const char *const WITHDRAWALS[] = {"gate", "open", "rate", NULL};
static const char *const ATTRIBUTIONS[] = {"loss", "mm", NULL};
static const char *const SYNC_ADLS[] = {"always", "when-bankrupt", NULL};
static const char *const SETTLE_ONS[] = {"command", "mark", NULL};
static const char *const SWITCH[] = {"off", "on", NULL};

const char *const bw_story_layer_words[] = {"fund", "shared-fund", "capital", "backstop", "deleveraged", "haircut",
                                       "carryover", NULL};
const char *const bw_story_quantity_words[] = {"", "book", "backstop", "adl", NULL};
const char *const bw_story_status_words[] = {"active", "reduce-only", "halted", "settling", "resolved", NULL};
const char *const bw_story_state_words[] = {"healthy", "working", "unhealthy", NULL};
const char *const bw_story_split_words[] = {"margin", "equal", "first", NULL};
const char *const bw_story_flag_words[] = {"closed", "adl-exempt", "market-maker", NULL};
const char *const bw_story_fund_move_words[] = {"deposit", "withdraw", "capital-deposit", "capital-withdraw",
                                                "to-market", "from-market", "fees-to-fund", "fees-withdraw", NULL};
const char *const bw_story_via_words[] = {"book", "backstop", "netted", "profit", "desk", "other", NULL};
const char *const bw_story_comparison_words[] = {"=", "!=", "<", ">", "<=", ">=", NULL};
const char *const bw_story_show_words[] = {"account", "position", "market", "pool", "fund", "venue", NULL};
const char *const bw_story_command_words[] = {
    "at", "id", "step", "limits", "include", "asset", "pool", "market", "brackets", "collateral", "status", "account",
    "flags", "desk", "deposit", "withdraw", "transfer", "adjust", "fund", "trade", "order", "fill", "liquidate", "convert",
    "stake", "unstake", "mark", "funding", "settle", "touch", "expire", "resolve", "roll", "expect", "show", NULL};

#define X(name, word) const char bw_story_word_##name[] = word;
BW_STORY_LITERAL_LIST(X)
#undef X

#define SETTING(word, value, type, field) {word, value, offsetof(type, field), NULL}
#define CHOICE(word, type, field, choices) {word, BW_STORY_CHOICE, offsetof(type, field), choices}
#define OWN(word) {word, BW_STORY_OWN, 0, NULL}

const bw_story_setting bw_story_settings_of_limits[] = {
    SETTING("assets", BW_STORY_COUNT, bw_limits, assets),
    SETTING("pools", BW_STORY_COUNT, bw_limits, pools),
    SETTING("markets", BW_STORY_COUNT, bw_limits, markets),
    SETTING("collaterals", BW_STORY_COUNT, bw_limits, collaterals),
    SETTING("accounts", BW_STORY_COUNT, bw_limits, accounts),
    SETTING("positions", BW_STORY_COUNT, bw_limits, positions),
    SETTING("positions-per-account", BW_STORY_COUNT, bw_limits, positions_per_account),
    SETTING("holdings", BW_STORY_COUNT, bw_limits, holdings),
    SETTING("orders", BW_STORY_COUNT, bw_limits, orders),
    SETTING("desks", BW_STORY_COUNT, bw_limits, desks),
    SETTING("command-ids", BW_STORY_COUNT, bw_limits, command_ids),
    SETTING("stakes", BW_STORY_COUNT, bw_limits, stakes),
    SETTING("owners", BW_STORY_COUNT, bw_limits, owners),
    SETTING("aging", BW_STORY_COUNT, bw_limits, aging),
    SETTING("indexed", BW_STORY_COUNT, bw_limits, indexed),
    SETTING("trigger-bits", BW_STORY_COUNT, bw_limits, trigger_bits),
    SETTING("work-max", BW_STORY_COUNT, bw_limits, work_max),
    OWN("split"),
    {NULL, BW_STORY_OWN, 0, NULL},
};

#define POOL(word, value, field) SETTING(word, value, bw_command_pool, field)
const bw_story_setting bw_story_settings_of_pool[] = {
    OWN("asset"), OWN("quantity"), OWN("money"), OWN("clawback"),
    POOL("buffer", BW_STORY_RATE, buffer_ppm),
    POOL("liquidation-fee", BW_STORY_RATE, liquidation_fee_ppm),
    POOL("order-gap", BW_STORY_RATE, order_gap_ppm),
    POOL("order-life", BW_STORY_DURATION, order_life_ns),
    POOL("slice", BW_STORY_RATE, slice_ppm),
    POOL("slice-over", BW_STORY_AMOUNT, slice_over),
    POOL("full-close-under", BW_STORY_AMOUNT, full_close_under),
    POOL("penalty", BW_STORY_RATE, penalty_ppm),
    POOL("penalty-desk", BW_STORY_RATE, penalty_desk_ppm),
    CHOICE("penalty-first", bw_command_pool, penalty_first, SWITCH),
    CHOICE("sync-adl", bw_command_pool, sync_adl, SYNC_ADLS),
    CHOICE("attribution", bw_command_pool, attribution, ATTRIBUTIONS),
    POOL("fund-floor", BW_STORY_AMOUNT, fund_floor),
    POOL("fund-reserved", BW_STORY_AMOUNT, fund_reserved),
    POOL("event-cap-share", BW_STORY_RATE, event_cap_ppm),
    POOL("window-cap-share", BW_STORY_RATE, window_cap_ppm),
    CHOICE("all-or-nothing", bw_command_pool, all_or_nothing, SWITCH),
    CHOICE("may-go-negative", bw_command_pool, may_go_negative, SWITCH),
    POOL("unbonding", BW_STORY_DURATION, unbonding_ns),
    POOL("event-cap", BW_STORY_AMOUNT, event_cap),
    POOL("window-cap", BW_STORY_AMOUNT, window_cap),
    POOL("market-cap", BW_STORY_AMOUNT, market_cap),
    POOL("window", BW_STORY_DURATION, window_ns),
    POOL("drawdown-min", BW_STORY_AMOUNT, drawdown_min),
    POOL("drawdown-set", BW_STORY_RATE, drawdown_set_ppm),
    POOL("drawdown-clear", BW_STORY_RATE, drawdown_clear_ppm),
    POOL("fee-share", BW_STORY_RATE, fee_share_ppm),
    POOL("carryover-share", BW_STORY_RATE, carryover_share_ppm),
    POOL("refund-share", BW_STORY_RATE, refund_share_ppm),
    POOL("refund-above", BW_STORY_AMOUNT, refund_above),
    POOL("debt-max", BW_STORY_DEBT, debt_max),
    CHOICE("profit", bw_command_pool, profit_release, PROFITS),
    POOL("profit-age", BW_STORY_DURATION, profit_age_ns),
    CHOICE("withdrawals", bw_command_pool, withdraw_mode, WITHDRAWALS),
    CHOICE("settle-on", bw_command_pool, settle_on, SETTLE_ONS),
    {NULL, BW_STORY_OWN, 0, NULL},
};

const bw_story_setting bw_story_settings_of_book[] = {
    SETTING("sync", BW_STORY_YES, bw_command_pool, book_mode),
    {NULL, BW_STORY_OWN, 0, NULL},
};

const bw_story_setting bw_story_settings_of_adl[] = {
    CHOICE("score", bw_command_pool, adl_score, SCORES),
    CHOICE("allocate", bw_command_pool, adl_rule, RULES),
    CHOICE("tie", bw_command_pool, adl_tie, TIES),
    CHOICE("start", bw_command_pool, adl_start, STARTS),
    {NULL, BW_STORY_OWN, 0, NULL},
};

const bw_story_setting bw_story_settings_of_fund[] = {
    SETTING("fee", BW_STORY_RATE, bw_money_layer, fraction_ppm),
    {NULL, BW_STORY_OWN, 0, NULL},
};

const bw_story_setting bw_story_settings_of_deleveraged[] = {
    CHOICE("price", bw_money_layer, price, ADL_PRICES),
    CHOICE("cap", bw_money_layer, cap_equity, CAPS),
    CHOICE("allocate", bw_money_layer, rule, RULES),
    CHOICE("rounding", bw_money_layer, rounding, ROUNDINGS),
    {NULL, BW_STORY_OWN, 0, NULL},
};

const bw_story_setting bw_story_settings_of_haircut[] = {
    CHOICE("base", bw_money_layer, base, BASES),
    CHOICE("scope", bw_money_layer, scope, SCOPES),
    CHOICE("side", bw_money_layer, side, SIDES),
    CHOICE("cap", bw_money_layer, cap_equity, CAPS),
    CHOICE("allocate", bw_money_layer, rule, RULES),
    CHOICE("rounding", bw_money_layer, rounding, ROUNDINGS),
    SETTING("fraction", BW_STORY_RATE, bw_money_layer, fraction_ppm),
    CHOICE("apply", bw_money_layer, apply, APPLIES),
    CHOICE("step", bw_money_layer, step, STEPS),
    {NULL, BW_STORY_OWN, 0, NULL},
};

#define MARKET(word, value, field) SETTING(word, value, bw_command_market, field)
const bw_story_setting bw_story_settings_of_market[] = {
    OWN("pool"), OWN("tick"), OWN("lot"), OWN("underlying"), OWN("brackets"),
    MARKET("linear", BW_STORY_NO, kind),
    MARKET("inverse", BW_STORY_YES, kind),
    MARKET("funded", BW_STORY_YES, funded),
    MARKET("price-max", BW_STORY_PRICE, price_max),
    MARKET("open-interest-max", BW_STORY_SIZE, open_interest_max),
    MARKET("position-max", BW_STORY_SIZE, position_max),
    MARKET("min-slice", BW_STORY_SIZE, min_slice),
    MARKET("min-mm", BW_STORY_AMOUNT, min_mm),
    MARKET("band", BW_STORY_RATE, band_ppm),
    MARKET("expiry", BW_STORY_TIME, expiry_ns),
    MARKET("vol-window", BW_STORY_DURATION, vol_window_ns),
    MARKET("vol-base", BW_STORY_RATE, vol_base_ppm),
    MARKET("vol-step", BW_STORY_RATE, vol_step_ppm),
    MARKET("vol-max", BW_STORY_RATE, vol_max_ppm),
    {NULL, BW_STORY_OWN, 0, NULL},
};

const bw_story_setting bw_story_settings_of_collateral[] = {
    OWN("pool"), OWN("tick"), OWN("amount-max"),
    SETTING("haircut", BW_STORY_RATE, bw_command_collateral, haircut_ppm),
    SETTING("price-max", BW_STORY_PRICE, bw_command_collateral, price_max),
    {NULL, BW_STORY_OWN, 0, NULL},
};

const bw_story_setting bw_story_settings_of_desk[] = {
    SETTING("share", BW_STORY_RATE, bw_command_desk, share_ppm),
    SETTING("discount", BW_STORY_RATE, bw_command_desk, discount_ppm),
    SETTING("market-max", BW_STORY_AMOUNT, bw_command_desk, market_max),
    SETTING("window-max", BW_STORY_AMOUNT, bw_command_desk, window_max),
    SETTING("window", BW_STORY_DURATION, bw_command_desk, window_ns),
    SETTING("marginless", BW_STORY_YES, bw_command_desk, marginless),
    SETTING("fund-desk", BW_STORY_YES, bw_command_desk, is_fund),
    {NULL, BW_STORY_OWN, 0, NULL},
};

const bw_story_setting bw_story_settings_of_account[] = {
    OWN("pool"), OWN("isolated"), OWN("owner"), OWN("group"), OWN("tag"),
    {NULL, BW_STORY_OWN, 0, NULL},
};

#define OF_ACCOUNT(word, field) \
    {word, BW_STORY_OF_ACCOUNT, BW_STORY_IN_MONEY, offsetof(bw_account_view, field), 8}
#define OF_POSITION(word, measure, field) \
    {word, BW_STORY_OF_POSITION, measure, offsetof(bw_position_view, field), 8}
#define OF_MARKET(word, measure, field) {word, BW_STORY_OF_MARKET, measure, offsetof(bw_market_view, field), 8}
#define OF_POOL(word, measure, field, bytes) {word, BW_STORY_OF_POOL, measure, offsetof(bw_pool_view, field), bytes}
#define OF_VENUE(word, field) {word, BW_STORY_OF_VENUE, BW_STORY_IN_NUMBER, offsetof(bw_venue_view, field), 4}
#define OF_SUM(word, kind, measure, sum) {word, kind, measure, sum, 8}

const bw_story_subject bw_story_subjects[] = {
    OF_ACCOUNT("balance", balance), OF_ACCOUNT("equity", equity), OF_ACCOUNT("mm", mm), OF_ACCOUNT("im", im),
    OF_ACCOUNT("order-margin", order_margin), OF_ACCOUNT("collateral", collateral_value), OF_ACCOUNT("upnl", upnl),
    OF_ACCOUNT("net-deposits", net_deposits), OF_ACCOUNT("claim", claim), OF_ACCOUNT("period-gain", period_gain),
    OF_ACCOUNT("withdrawable", withdrawable), OF_ACCOUNT("locked-profit", locked_profit),
    OF_ACCOUNT("stake-value", stake_value),
    {"shares", BW_STORY_OF_ACCOUNT, BW_STORY_IN_NUMBER, offsetof(bw_account_view, shares), 8},
    {"state", BW_STORY_OF_STATE, BW_STORY_IN_NUMBER, offsetof(bw_account_view, state), 4},
    OF_POSITION("size", BW_STORY_IN_LOTS, size), OF_POSITION("cost", BW_STORY_IN_MONEY, cost),
    OF_POSITION("entry", BW_STORY_IN_MONEY, entry), OF_POSITION("upnl", BW_STORY_IN_MONEY, upnl),
    OF_POSITION("notional", BW_STORY_IN_MONEY, notional), OF_POSITION("mm", BW_STORY_IN_MONEY, mm),
    OF_POSITION("im", BW_STORY_IN_MONEY, im), OF_POSITION("trigger", BW_STORY_IN_TICKS, trigger),
    {"light", BW_STORY_OF_POSITION, BW_STORY_IN_NUMBER, 0, 0},
    OF_MARKET("mark", BW_STORY_IN_TICKS, mark), OF_MARKET("previous-mark", BW_STORY_IN_TICKS, previous_mark),
    OF_MARKET("index", BW_STORY_IN_TICKS, index), OF_MARKET("open-interest", BW_STORY_IN_LOTS, open_interest),
    OF_MARKET("offset-long", BW_STORY_IN_MONEY, offset_long),
    OF_MARKET("offset-short", BW_STORY_IN_MONEY, offset_short),
    OF_MARKET("fund", BW_STORY_IN_MONEY, fund), OF_MARKET("carryover", BW_STORY_IN_MONEY, carryover),
    {"status", BW_STORY_OF_STATUS, BW_STORY_IN_NUMBER, offsetof(bw_market_view, status), 1},
    OF_POOL("fund", BW_STORY_IN_MONEY, fund, 8), OF_POOL("shared-fund", BW_STORY_IN_MONEY, shared_fund, 8),
    OF_POOL("capital", BW_STORY_IN_MONEY, capital, 8), OF_POOL("fees", BW_STORY_IN_MONEY, fees, 8),
    OF_POOL("dust", BW_STORY_IN_MONEY, dust, 8), OF_POOL("carryover", BW_STORY_IN_MONEY, carryover, 8),
    OF_POOL("claims", BW_STORY_IN_MONEY, claims, 8), OF_POOL("usable", BW_STORY_IN_MONEY, usable, 8),
    OF_POOL("peak", BW_STORY_IN_MONEY, peak, 8), OF_POOL("reserved-gap", BW_STORY_IN_MONEY, reserved_gap, 8),
    OF_POOL("ceil-carried", BW_STORY_IN_MONEY, ceil_carried, 8),
    OF_POOL("drawdown", BW_STORY_IN_NUMBER, drawdown, 2), OF_POOL("empty", BW_STORY_IN_NUMBER, empty, 2),
    OF_POOL("waiting", BW_STORY_IN_NUMBER, waiting, 8),
    OF_VENUE("accounts", accounts), OF_VENUE("positions", positions), OF_VENUE("orders", orders),
    OF_VENUE("desks", desks),
    OF_SUM("gap", BW_STORY_OF_GAP, BW_STORY_IN_MONEY, BW_STORY_SUM_GAP),
    OF_SUM("deleveraged", BW_STORY_OF_CHARGE, BW_STORY_IN_MONEY, (size_t)BW_STORY_SUM_CHARGED + BW_LAYER_DELEVERAGED),
    OF_SUM("haircut", BW_STORY_OF_CHARGE, BW_STORY_IN_MONEY, (size_t)BW_STORY_SUM_CHARGED + BW_LAYER_HAIRCUT),
    OF_SUM("surplus", BW_STORY_OF_CHARGE, BW_STORY_IN_MONEY, BW_STORY_SUM_SURPLUS),
    OF_SUM("liquidation-fee", BW_STORY_OF_CHARGE, BW_STORY_IN_MONEY, BW_STORY_SUM_FEE),
    OF_SUM("penalty", BW_STORY_OF_CHARGE, BW_STORY_IN_MONEY, BW_STORY_SUM_PENALTY),
    OF_SUM("repaid", BW_STORY_OF_CHARGE, BW_STORY_IN_MONEY, BW_STORY_SUM_REPAID),
    OF_SUM("converted", BW_STORY_OF_CHARGE, BW_STORY_IN_MONEY, BW_STORY_SUM_CONVERTED),
    OF_SUM("closed", BW_STORY_OF_LEG, BW_STORY_IN_LOTS, BW_STORY_SUM_CLOSED),
    OF_SUM("taken", BW_STORY_OF_LEG, BW_STORY_IN_LOTS, BW_STORY_SUM_TAKEN),
    OF_SUM("order-lots", BW_STORY_OF_ORDER, BW_STORY_IN_LOTS, BW_STORY_SUM_ORDER_LOTS),
    OF_SUM("order-limit", BW_STORY_OF_ORDER, BW_STORY_IN_TICKS, BW_STORY_SUM_ORDER_LIMIT),
    OF_SUM("order-gap", BW_STORY_OF_ORDER, BW_STORY_IN_MONEY, BW_STORY_SUM_ORDER_GAP),
    OF_SUM("liquidated", BW_STORY_OF_COUNT, BW_STORY_IN_NUMBER, BW_STORY_SUM_LIQUIDATED),
    OF_SUM("bankrupt", BW_STORY_OF_COUNT, BW_STORY_IN_NUMBER, BW_STORY_SUM_BANKRUPT),
    OF_SUM("rounds", BW_STORY_OF_COUNT, BW_STORY_IN_NUMBER, BW_STORY_SUM_ROUNDS),
    {NULL, BW_STORY_OF_COUNT, BW_STORY_IN_NUMBER, 0, 0},
};

/* --- all words --- */

typedef struct {
    const char **words;
    uint32_t max, count;
} word_list;

static void add(word_list *list, const char *word)
{
    if (word[0] == 0)
        return;
    if (list->count < list->max)
        list->words[list->count] = word;
    list->count++;
}

static void add_choices(word_list *list, const char *const *choices)
{
    for (; *choices != NULL; choices++)
        add(list, *choices);
}

static void add_settings(word_list *list, const bw_story_setting *setting)
{
    for (; setting->word != NULL; setting++) {
        add(list, setting->word);
        if (setting->choices != NULL)
            add_choices(list, setting->choices);
    }
}

uint32_t bw_story_words(const char **words, uint32_t max)
{
    word_list list = {words, max, 0};
    const char *const *choices[] = {
        bw_story_layer_words, bw_story_quantity_words, bw_story_status_words, bw_story_state_words,
        bw_story_split_words, bw_story_flag_words, bw_story_fund_move_words, bw_story_via_words,
        bw_story_comparison_words, bw_story_show_words, bw_story_command_words};
    const bw_story_setting *settings[] = {
        bw_story_settings_of_limits, bw_story_settings_of_pool, bw_story_settings_of_book, bw_story_settings_of_adl,
        bw_story_settings_of_fund, bw_story_settings_of_deleveraged, bw_story_settings_of_haircut, bw_story_settings_of_market,
        bw_story_settings_of_collateral, bw_story_settings_of_desk, bw_story_settings_of_account};
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        add_choices(&list, choices[i]);
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        add_settings(&list, settings[i]);
#define X(name, word) add(&list, bw_story_word_##name);
    BW_STORY_LITERAL_LIST(X)
#undef X
    for (const bw_story_subject *subject = bw_story_subjects; subject->word != NULL; subject++)
        add(&list, subject->word);
    return list.count;
}
