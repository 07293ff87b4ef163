#include "story/trace_round.h"

#include "story/language.h"

/* One line, its book and the units of its event. */
typedef struct {
    bw_story_text *line;
    const bw_story_book *book;
    const bw_event *event;
    uint16_t pool;
} sentence;

uint16_t bw_story_event_pool(const bw_story_book *book, const bw_event *event)
{
    if (event->pool != BW_NONE16)
        return event->pool;
    if (event->market < book->market_count)
        return bw_story_market_pool(book, event->market);
    bool known = event->account > 0 && event->account <= book->account_count;
    return known ? book->accounts[event->account - 1].pool : 0;
}

static void put(const sentence *s, const char *text)
{
    bw_story_put(s->line, text);
}

static void put_account(const sentence *s)
{
    bw_story_put_account(s->line, s->book, s->event->account);
}

static void put_other(const sentence *s)
{
    bw_story_put_account(s->line, s->book, s->event->other);
}

/* `before`, then the amount. */
static void put_money(const sentence *s, const char *before, int64_t amount)
{
    put(s, before);
    bw_story_put_money(s->line, s->book, s->pool, amount);
}

static void put_market(const sentence *s)
{
    bw_story_put_market(s->line, s->book, s->event->market);
}

/* The words around it say who buys. */
static int64_t without_sign(int64_t value)
{
    return value < 0 ? -value : value;
}

/* "1.5 BTC-PERP" */
static void put_lots(const sentence *s, int64_t lots)
{
    bw_story_put_size(s->line, s->book, s->event->market, without_sign(lots));
    put(s, " ");
    put_market(s);
}

static void put_count(const sentence *s, int64_t count, const char *what)
{
    bw_story_put_integer(s->line, count);
    put(s, what);
}

/* "BTC-PERP longs", or "pool main" for what belongs to no market. */
static void put_side(const sentence *s, bool is_short)
{
    if (s->event->market == BW_NONE16) {
        put(s, "pool ");
        bw_story_put_pool(s->line, s->book, s->pool);
        return;
    }
    put_market(s);
    put(s, is_short ? " shorts" : " longs");
}

/* --- liquidation --- */

static void put_unhealthy(const sentence *s)
{
    put_account(s);
    put(s, s->event->unhealthy.bankrupt ? " is bankrupt" : " is unhealthy");
    put_money(s, ": equity ", s->event->unhealthy.equity);
    put_money(s, ", maintenance ", s->event->unhealthy.mm);
    put(s, " (R11)");
}

static void put_converted(const sentence *s)
{
    put(s, "desk ");
    put_other(s);
    put(s, " takes ");
    bw_story_put_amount(s->line, s->book, s->event->asset, s->event->converted.amount);
    put(s, " ");
    bw_story_put_asset(s->line, s->book, s->event->asset);
    put(s, " of ");
    put_account(s);
    put_money(s, " for ", s->event->converted.value);
    put_money(s, ", balance ", s->event->converted.balance);
    put(s, " (R5a)");
}

static bool is_sync(const sentence *s)
{
    return s->pool < s->book->pool_count && s->book->pools[s->pool].command.book_mode == BW_BOOK_SYNC;
}

static void put_order_opened(const sentence *s, int64_t time_ns)
{
    bool sync = is_sync(s);
    put_account(s);
    put(s, s->event->order_opened.lots < 0 ? " must buy " : " must sell ");
    put_lots(s, s->event->order_opened.lots);
    put(s, sync ? ", which wait for offers" : " in the book: limit ");
    if (!sync)
        bw_story_put_price(s->line, s->book, s->event->market, s->event->order_opened.limit);
    put_money(s, sync ? ": zero value " : ", zero value ", s->event->order_opened.zero_value);
    if (!sync)
        put_money(s, ", gap at most ", s->event->order_opened.max_gap);
    if (s->event->order_opened.expiry_ns > time_ns) {
        put(s, ", until ");
        bw_story_put_clock(s->line, s->event->order_opened.expiry_ns);
    } else {
        put(s, ", until the next marks");
    }
    put(s, " (R11)");
}

static void put_order_ended(const sentence *s)
{
    static const char *const REASONS[] = {"filled", "its time is up", "withdrawn", "healthy again", "bankrupt",
                                          "deleveraged", "no offer took the rest"};
    int64_t reason = s->event->order_ended.reason;
    put(s, "order of ");
    put_account(s);
    put(s, " ends: ");
    bool known = reason >= 0 && reason < (int64_t)(sizeof REASONS / sizeof *REASONS);
    put(s, known ? REASONS[reason] : "unknown reason");
    put(s, ", filled ");
    bw_story_put_size(s->line, s->book, s->event->market, s->event->order_ended.lots_filled);
    put(s, ", left ");
    put_lots(s, s->event->order_ended.lots_left);
    put(s, " (R11)");
}

/* --- legs --- */

static const char *via_rule(uint32_t via)
{
    return via == BW_VIA_BOOK ? " (R11)" : via == BW_VIA_BACKSTOP ? " (R12)" : " (R13)";
}

/* Is ADL of the event's pool at zero value, not at mark (price zero-both)? */
static bool at_zero(const sentence *s)
{
    for (uint32_t i = 0; s->pool < s->book->pool_count && i < BW_MONEY_LAYERS; i++) {
        const bw_money_layer *layer = &s->book->pools[s->pool].command.money[i];
        if (layer->kind == BW_LAYER_DELEVERAGED && layer->price == BW_ADL_PRICE_ZERO_BOTH)
            return true;
    }
    return false;
}

static void put_closing_leg(const sentence *s)
{
    put_account(s);
    put(s, " closes ");
    put_lots(s, s->event->leg.lots);
    put(s, s->event->leg.via == BW_VIA_BOOK ? " in the book with " : " against ");
    put_other(s);
    put_money(s, s->event->leg.via == BW_VIA_BOOK || at_zero(s) ? " for " : " at mark for ", without_sign(s->event->leg.value));
    put_money(s, ", zero value ", s->event->leg.score);
    put(s, s->event->leg.via == BW_VIA_BOOK ? " (R8, R11)" : " (R8)");
}

static void put_deleveraged_leg(const sentence *s)
{
    put(s, s->event->leg.via == BW_VIA_DESK ? "desk " : "");
    put_account(s);
    put(s, " is deleveraged");
    if (s->event->leg.via == BW_VIA_OTHER)
        put(s, at_zero(s) ? ", after those in profit and desks" : ", though not in profit");
    put(s, ": ");
    put_lots(s, s->event->leg.lots);
    put(s, " closed against ");
    put_other(s);
    if (at_zero(s))
        put_money(s, " for ", without_sign(s->event->leg.value));
    else
        put(s, " at mark");
    put(s, ", score ");
    bw_story_put_integer(s->line, s->event->leg.score);
    put(s, via_rule(s->event->leg.via));
}

static void put_taking_leg(const sentence *s)
{
    put(s, s->event->leg.via == BW_VIA_BACKSTOP ? "desk " : "");
    put_account(s);
    put(s, s->event->leg.via == BW_VIA_NETTED ? ", closed as well, takes " : " takes ");
    put_lots(s, s->event->leg.lots);
    put(s, " of ");
    put_other(s);
    put_money(s, " for ", without_sign(s->event->leg.value));
    put(s, via_rule(s->event->leg.via));
}

static void put_leg(const sentence *s)
{
    uint32_t via = s->event->leg.via;
    if (s->event->leg.closing)
        put_closing_leg(s);
    else if (via == BW_VIA_PROFIT || via == BW_VIA_DESK || via == BW_VIA_OTHER)
        put_deleveraged_leg(s);
    else
        put_taking_leg(s);
}

static void put_surplus(const sentence *s)
{
    int64_t kept = s->event->surplus.surplus - s->event->surplus.repaid - s->event->surplus.fee;
    put_money(s, "surplus ", s->event->surplus.surplus);
    put(s, " of ");
    put_account(s);
    put_money(s, ": repays ", s->event->surplus.repaid);
    put_money(s, ", fee ", s->event->surplus.fee);
    put_money(s, ", keeps ", kept);
    put(s, " (R9)");
}

static void put_penalty(const sentence *s)
{
    put_account(s);
    put_money(s, " pays a penalty on ", s->event->penalty.value);
    put_money(s, ": fund ", s->event->penalty.fund);
    if (s->event->penalty.desk != 0) {
        put(s, ", desk ");
        put_other(s);
        put_money(s, " ", s->event->penalty.desk);
    }
    put_money(s, ", balance ", s->event->penalty.balance);
    put(s, " (R11)");
}

/* --- who pays --- */

static void put_bankrupt(const sentence *s)
{
    put_account(s);
    put_money(s, " ends with nothing: gap ", s->event->bankrupt.gap);
    put(s, " (R9)");
}

static void put_attributed(const sentence *s)
{
    put_money(s, "", s->event->attributed.gap);
    put(s, " of ");
    if (at_zero(s))
        put_account(s);
    put(s, at_zero(s) ? "'s gap falls to " : "it falls to ");
    put_side(s, s->event->attributed.side == 1);
    if (s->event->market != BW_NONE16)
        put_money(s, ", where the account lost ", s->event->attributed.u < 0 ? -s->event->attributed.u : 0);
    put(s, " (R9)");
}

static void put_loss(const sentence *s)
{
    const char *before = ": ";
    put_money(s, "gap ", s->event->loss.gap);
    put(s, " of ");
    put_side(s, s->event->loss.settings_hash_and_side & 1);
    for (uint32_t layer = 0; layer < BW_LAYERS; layer++) {
        if (s->event->loss.paid[layer] == 0)
            continue;
        put(s, before);
        put(s, bw_story_layer_words[layer]);
        put_money(s, " ", s->event->loss.paid[layer]);
        before = ", ";
    }
    put(s, " (R10)");
}

/* What a holder owed for an index, booked as he is touched: of his lots, or of what his balance counts for. */
static void put_met(const sentence *s)
{
    bool of_market = s->event->market != BW_NONE16;
    put_account(s);
    put_money(s, " meets the haircut index: ", s->event->charged.charge);
    put(s, " charged for ");
    if (of_market)
        put_lots(s, s->event->charged.weight);
    else
        put_money(s, "", s->event->charged.weight);
    put(s, of_market ? " since the last touch" : " of balance since the last touch");
    put_money(s, ", equity ", s->event->charged.equity);
    put_money(s, ", claim ", s->event->charged.claim);
    put(s, " (R15)");
}

static void put_charged(const sentence *s)
{
    if (s->event->charged.cap == 0) {
        put_met(s);
        return;
    }
    bool deleveraged = s->event->charged.layer == BW_LAYER_DELEVERAGED;
    put_account(s);
    put_money(s, deleveraged ? " pays for being deleveraged " : " is cut by ", s->event->charged.charge);
    put(s, ": weight ");
    bw_story_put_integer(s->line, s->event->charged.weight);
    put_money(s, ", cap ", s->event->charged.cap);
    put_money(s, ", profit ", s->event->charged.profit);
    put_money(s, ", equity ", s->event->charged.equity);
    put_money(s, ", claim ", s->event->charged.claim);
    put(s, deleveraged ? " (R13)" : " (R15)");
}

static void put_payer(const sentence *s)
{
    switch (s->event->paid.layer) {
    case BW_LAYER_FUND:
        put(s, "the fund");
        break;
    case BW_LAYER_SHARED_FUND:
        put(s, "the shared fund");
        break;
    case BW_LAYER_CAPITAL:
        put(s, "the venue's capital");
        break;
    case BW_LAYER_BACKSTOP:
        put(s, "desk ");
        put_account(s);
        break;
    default:
        put(s, "carryover");
        break;
    }
}

static void put_paid(const sentence *s)
{
    bool carried = s->event->paid.layer == BW_LAYER_CARRYOVER;
    put_payer(s);
    put_money(s, carried ? " takes " : " pays ", s->event->paid.amount);
    if (s->event->market != BW_NONE16) {
        put(s, " for ");
        put_side(s, s->event->paid.side == 1);
    }
    put_money(s, carried ? ", open now " : ", left ", s->event->paid.left);
    put(s, carried ? " (R17)" : s->event->paid.layer == BW_LAYER_BACKSTOP ? " (R12)" : " (R14)");
}

static void put_credited(const sentence *s)
{
    put(s, "fund ");
    bw_story_put_pool(s->line, s->book, s->pool);
    put_money(s, " takes in ", s->event->credited.amount);
    if (s->event->market != BW_NONE16) {
        put(s, " for ");
        put_market(s);
    }
    if (s->event->credited.carryover_repaid != 0)
        put_money(s, ", of it to carryover ", s->event->credited.carryover_repaid);
    put_money(s, ": fund ", s->event->credited.fund);
    put(s, s->event->credited.carryover_repaid != 0 ? " (R14, R17)" : " (R14)");
}

static void put_repaid(const sentence *s)
{
    put_account(s);
    put_money(s, " is repaid ", s->event->repaid.amount);
    put_money(s, ", claim left ", s->event->repaid.claim);
    put(s, " (R17)");
}

static void put_recovered(const sentence *s)
{
    put_account(s);
    put_money(s, " is healthy again: equity ", s->event->recovered.equity);
    put_money(s, ", maintenance ", s->event->recovered.mm);
    put(s, " (R11)");
}

static void put_settled(const sentence *s)
{
    put_account(s);
    put_money(s, s->event->settled.moved < 0 ? " settles a loss of " : " settles a profit of ",
              without_sign(s->event->settled.moved));
    put(s, " in ");
    put_market(s);
    put_money(s, ": balance ", s->event->settled.balance);
    put(s, " (R19)");
}

static void put_round(const sentence *s)
{
    put(s, "round ");
    put_count(s, s->event->round.round, ": ");
    put_count(s, s->event->round.unhealthy, " unhealthy, ");
    put_count(s, s->event->round.bankrupt, " bankrupt, ");
    put_count(s, s->event->round.deleveraged, " deleveraged, ");
    put_count(s, s->event->round.charged, " charged");
    put_money(s, ", gap ", s->event->round.gap);
    put(s, " (R21)");
}

static void put_triggered(const sentence *s)
{
    put(s, "fund ");
    bw_story_put_pool(s->line, s->book, s->pool);
    put(s, s->event->triggered.drawdown ? ": drawdown trigger set" : ": drawdown trigger clear");
    put(s, s->event->triggered.empty ? ", empty trigger set" : ", empty trigger clear");
    put_money(s, "; fund ", s->event->triggered.fund);
    put_money(s, ", peak ", s->event->triggered.peak);
    put(s, " (R14)");
}

/* --- by index, shares of the fund, the rate of withdrawals --- */

/* A market with an index has ended. */
static void put_index_end(const sentence *s)
{
    put(s, "the haircut indexes of ");
    bw_story_put_market(s->line, s->book, s->event->market);
    put_money(s, " end: ", -s->event->indexed.charge);
    put(s, " that no lot was charged is carried over (R15, R17)");
}

static void put_indexed(const sentence *s)
{
    bool of_market = s->event->market != BW_NONE16;
    if (s->event->indexed.charge < 0) {
        put_index_end(s);
        return;
    }
    put(s, "the haircut index of ");
    put_side(s, s->event->indexed.side == 1);
    put(s, " rises by ");
    bw_story_put_integer(s->line, s->event->indexed.step);
    put(s, " / 2^");
    bw_story_put_integer(s->line, s->event->indexed.shift);
    put(s, of_market ? " a lot for " : " a unit for ");
    if (of_market)
        bw_story_put_size(s->line, s->book, s->event->market, s->event->indexed.lots);
    else
        put_money(s, "", s->event->indexed.lots);
    put_money(s, ": ", s->event->indexed.charge);
    put(s, " is due (R15)");
}

static void put_staked(const sentence *s)
{
    int64_t amount = s->event->staked.amount;
    put_account(s);
    int64_t shares = s->event->staked.shares;
    put(s, shares < 0 ? " gives " : amount > 0 ? " buys " : " asks for the value of ");
    put_count(s, without_sign(shares), " of ");
    put_count(s, s->event->staked.total - (shares < 0 ? shares : 0), " shares of fund ");
    bw_story_put_pool(s->line, s->book, s->pool);
    if (amount || shares < 0)
        put_money(s, " for ", without_sign(amount));
    put(s, " (R14)");
}

static void put_rated(const sentence *s)
{
    put_account(s);
    put_money(s, " is paid ", s->event->rated.paid);
    put_money(s, " and loses ", s->event->rated.loss);
    put_money(s, ", claim ", s->event->rated.claim);
    put(s, " (R18)");
}

static void put_rounded(const sentence *s)
{
    int64_t amount = s->event->rounded.amount;
    bool of_fund = s->event->rounded.rounding == BW_ROUNDING_FLOOR_FUND;
    put_money(s, "", without_sign(amount));
    put(s, amount < 0 ? " charged too much before pays for " : " is charged too much for ");
    put(s, s->event->rounded.layer == BW_LAYER_DELEVERAGED ? "deleveraged" : "haircut");
    if (amount > 0 && of_fund)
        put(s, ": the fund's (R16)");
    else {
        put_money(s, ", held ", s->event->rounded.held);
        put(s, " (R16)");
    }
}

/* Indentation: 2 for what happens to an account or a market, 4 for its parts. */
static const char *indent_of(const bw_event *event)
{
    switch (event->type) {
    case BW_EVENT_UNHEALTHY:
    case BW_EVENT_BANKRUPT:
    case BW_EVENT_LOSS:
    case BW_EVENT_RECOVERED:
    case BW_EVENT_SETTLED:
    case BW_EVENT_ROUND:
    case BW_EVENT_CREDITED:
        return "  ";
    default:
        return "    ";
    }
}

void bw_story_trace_caused(bw_story_text *line, const bw_story_book *book, int64_t time_ns, const bw_event *event)
{
    sentence s = {line, book, event, bw_story_event_pool(book, event)};
    put(&s, indent_of(event));
    switch (event->type) {
    case BW_EVENT_UNHEALTHY: put_unhealthy(&s); break;
    case BW_EVENT_CONVERTED: put_converted(&s); break;
    case BW_EVENT_ORDER_OPENED: put_order_opened(&s, time_ns); break;
    case BW_EVENT_ORDER_ENDED: put_order_ended(&s); break;
    case BW_EVENT_LEG: put_leg(&s); break;
    case BW_EVENT_SURPLUS: put_surplus(&s); break;
    case BW_EVENT_BANKRUPT: put_bankrupt(&s); break;
    case BW_EVENT_ATTRIBUTED: put_attributed(&s); break;
    case BW_EVENT_LOSS: put_loss(&s); break;
    case BW_EVENT_CHARGED: put_charged(&s); break;
    case BW_EVENT_PAID: put_paid(&s); break;
    case BW_EVENT_CREDITED: put_credited(&s); break;
    case BW_EVENT_REPAID: put_repaid(&s); break;
    case BW_EVENT_RECOVERED: put_recovered(&s); break;
    case BW_EVENT_SETTLED: put_settled(&s); break;
    case BW_EVENT_ROUND: put_round(&s); break;
    case BW_EVENT_TRIGGERED: put_triggered(&s); break;
    case BW_EVENT_INDEXED: put_indexed(&s); break;
    case BW_EVENT_STAKED: put_staked(&s); break;
    case BW_EVENT_RATED: put_rated(&s); break;
    case BW_EVENT_ROUNDED: put_rounded(&s); break;
    case BW_EVENT_PENALTY: put_penalty(&s); break;
    default: put(&s, "unknown event"); break;
    }
}
