/* show.c - one line of key=value about a thing. */
#include "story/expect.h"

typedef struct {
    bw_story_text *text;
    const bw_story_book *book;
    uint16_t pool, market;
} show;

static void put_key(const show *s, const char *key)
{
    if (s->text->length > 0)
        bw_story_put(s->text, " ");
    bw_story_put(s->text, key);
    bw_story_put(s->text, "=");
}

static void put_word(const show *s, const char *key, const char *word)
{
    put_key(s, key);
    bw_story_put(s->text, word);
}

static void put_number(const show *s, const char *key, int64_t value)
{
    put_key(s, key);
    bw_story_put_integer(s->text, value);
}

static void put_money(const show *s, const char *key, int64_t amount)
{
    put_key(s, key);
    bw_story_put_money(s->text, s->book, s->pool, amount);
}

/* "none" for a price that was never set. */
static void put_price(const show *s, const char *key, int64_t price)
{
    put_key(s, key);
    if (price == 0)
        bw_story_put(s->text, "none");
    else
        bw_story_put_price(s->text, s->book, s->market, price);
}

static void put_size(const show *s, const char *key, int64_t lots)
{
    put_key(s, key);
    bw_story_put_size(s->text, s->book, s->market, lots);
}

/* Health as a plain fraction, "none" without margin. */
static void put_health(const show *s, int64_t health_ppm)
{
    put_key(s, "health");
    if (health_ppm == -1)
        bw_story_put(s->text, "none");
    else
        bw_story_put_units(s->text, health_ppm, (bw_story_unit){1, -6}, 2);
}

static bool show_account(bw_story_cursor *cursor, show *s)
{
    uint64_t account;
    bw_account_view view;
    if (!bw_story_take_account(cursor, &account) || !bw_story_take_end(cursor))
        return false;
    if (cursor->venue == NULL || !bw_account_get(cursor->venue, account, &view))
        return true;
    s->pool = view.pool;
    put_key(s, "account");
    bw_story_put_account(s->text, s->book, account);
    put_key(s, "pool");
    bw_story_put_pool(s->text, s->book, view.pool);
    put_word(s, "state", bw_story_state_words[view.state <= BW_UNHEALTHY ? view.state : BW_UNHEALTHY]);
    put_money(s, "balance", view.balance);
    put_money(s, "collateral", view.collateral_value);
    put_money(s, "upnl", view.upnl);
    put_money(s, "equity", view.equity);
    put_money(s, "mm", view.mm);
    put_money(s, "im", view.im);
    put_health(s, view.health_ppm);
    put_money(s, "order_margin", view.order_margin);
    put_money(s, "withdrawable", view.withdrawable);
    put_money(s, "locked_profit", view.locked_profit);
    put_money(s, "net_deposits", view.net_deposits);
    put_money(s, "period_gain", view.period_gain);
    put_money(s, "claim", view.claim);
    put_number(s, "positions", view.position_count);
    return true;
}

static bool show_position(bw_story_cursor *cursor, show *s)
{
    uint64_t account;
    bw_position_view view = {0};
    if (!bw_story_take_account(cursor, &account) || !bw_story_take_market(cursor, &s->market) ||
        !bw_story_take_end(cursor))
        return false;
    s->pool = bw_story_market_pool(s->book, s->market);
    if (cursor->venue != NULL && !bw_position_get(cursor->venue, account, s->market, &view))
        view = (bw_position_view){0};
    put_key(s, "position");
    bw_story_put_account(s->text, s->book, account);
    put_key(s, "market");
    bw_story_put_market(s->text, s->book, s->market);
    put_size(s, "size", view.size);
    put_money(s, "cost", view.cost);
    put_money(s, "entry", view.entry);
    put_money(s, "upnl", view.upnl);
    put_money(s, "notional", view.notional);
    put_money(s, "mm", view.mm);
    put_money(s, "im", view.im);
    put_price(s, "trigger", view.trigger);
    put_word(s, "order", view.order != 0 ? "live" : "none");
    if (cursor->venue != NULL)
        put_number(s, "light", bw_position_light(cursor->venue, account, s->market));
    return true;
}

static bool show_market(bw_story_cursor *cursor, show *s)
{
    bw_market_view view;
    if (!bw_story_take_market(cursor, &s->market) || !bw_story_take_end(cursor))
        return false;
    if (cursor->venue == NULL || !bw_market_get(cursor->venue, s->market, &view))
        return true;
    s->pool = view.pool;
    put_key(s, "market");
    bw_story_put_market(s->text, s->book, s->market);
    put_key(s, "pool");
    bw_story_put_pool(s->text, s->book, view.pool);
    put_word(s, "status", bw_story_status_words[view.status < BW_MARKET_STATUSES ? view.status : 0]);
    put_price(s, "mark", view.mark);
    put_price(s, "previous_mark", view.previous_mark);
    put_price(s, "index", view.index);
    put_size(s, "open_interest", view.open_interest);
    put_number(s, "longs", view.holders_long);
    put_number(s, "shorts", view.holders_short);
    put_money(s, "offset_long", view.offset_long);
    put_money(s, "offset_short", view.offset_short);
    put_money(s, "fund", view.fund);
    put_money(s, "carryover", view.carryover);
    return true;
}

static bool take_pool(bw_story_cursor *cursor, show *s, const char *key, bw_pool_view *view, bool *there)
{
    if (!bw_story_take_pool(cursor, &s->pool) || !bw_story_take_end(cursor))
        return false;
    *there = cursor->venue != NULL && bw_pool_get(cursor->venue, s->pool, view);
    put_key(s, key);
    bw_story_put_pool(s->text, s->book, s->pool);
    put_key(s, "asset");
    bw_story_put_asset(s->text, s->book, bw_story_pool_asset(s->book, s->pool));
    return true;
}

static bool show_pool(bw_story_cursor *cursor, show *s)
{
    bw_pool_view view;
    bool there;
    if (!take_pool(cursor, s, "pool", &view, &there))
        return false;
    if (!there)
        return true;
    put_money(s, "fund", view.fund);
    put_money(s, "capital", view.capital);
    put_money(s, "fees", view.fees);
    put_money(s, "dust", view.dust);
    put_money(s, "carryover", view.carryover);
    put_money(s, "claims", view.claims);
    return true;
}

static bool show_fund(bw_story_cursor *cursor, show *s)
{
    bw_pool_view view;
    bool there;
    if (!take_pool(cursor, s, "fund", &view, &there))
        return false;
    if (!there)
        return true;
    put_money(s, "balance", view.fund);
    put_money(s, "shared", view.shared_fund);
    put_money(s, "usable", view.usable);
    put_money(s, "peak", view.peak);
    put_money(s, "reserved_gap", view.reserved_gap);
    put_number(s, "drawdown", view.drawdown);
    put_number(s, "empty", view.empty);
    return true;
}

static bool show_venue(bw_story_cursor *cursor, show *s)
{
    bw_venue_view view;
    if (!bw_story_take_end(cursor))
        return false;
    if (cursor->venue == NULL)
        return true;
    bw_venue_get(cursor->venue, &view);
    put_key(s, "time");
    bw_story_put_date(s->text, view.time_ns);
    bw_story_put(s->text, "T");
    bw_story_put_clock(s->text, view.time_ns);
    bw_story_put(s->text, "Z");
    put_number(s, "assets", view.assets);
    put_number(s, "pools", view.pools);
    put_number(s, "markets", view.markets);
    put_number(s, "collaterals", view.collaterals);
    put_number(s, "accounts", view.accounts);
    put_number(s, "positions", view.positions);
    put_number(s, "orders", view.orders);
    put_number(s, "desks", view.desks);
    put_number(s, "rounds", (int64_t)view.round);
    return true;
}

bool bw_story_show_line(bw_story_cursor *cursor, bw_story_text *text)
{
    static bool (*const SHOWS[])(bw_story_cursor *, show *) = {show_account, show_position, show_market, show_pool,
                                                               show_fund, show_venue};
    show s = {text, cursor->book, 0, BW_NONE16};
    uint32_t what;
    bw_story_text_clear(text);
    return bw_story_take_choice(cursor, bw_story_show_words, &what) && SHOWS[what](cursor, &s);
}
