/* trace.c - what commands did by themselves; trace_round.c holds what they brought about. */
#include "story/trace.h"

#include "story/language.h"
#include "story/trace_round.h"

bool bw_story_trace_heads(const bw_event *event)
{
    bool of_round = event->type == BW_EVENT_POSTED && event->posted.command == BW_COMMAND_DESK;
    bool of_offer = event->type == BW_EVENT_REFUSED && event->refused.command == BW_COMMAND_LIQUIDATE;
    return event->type <= BW_EVENT_FUNDED && event->cause == BW_NONE32 && !of_round && !of_offer;
}

bool bw_story_trace_skips(const bw_event *event)
{
    return event->type == BW_EVENT_ROUND && event->round.unhealthy == 0 && event->round.bankrupt == 0 &&
           event->round.gap == 0 && event->round.deleveraged == 0 && event->round.charged == 0;
}

static void put_time(bw_story_text *line, int64_t time_ns)
{
    bw_story_put_clock(line, time_ns);
    bw_story_put(line, " ");
}

static void put_named_amount(bw_story_text *line, const bw_story_book *book, uint16_t asset, int64_t amount)
{
    bw_story_put_amount(line, book, asset, amount);
    bw_story_put(line, " ");
    bw_story_put_asset(line, book, asset);
}

static const char *choice_word(const char *const *choices, int64_t index)
{
    for (int64_t i = 0; choices[i] != NULL; i++)
        if (i == index)
            return choices[i];
    return "unknown";
}

/* --- configuration and accounts --- */

static void put_configured(bw_story_text *line, const bw_story_book *book, const bw_event *event)
{
    uint16_t number = (uint16_t)event->configured.number;
    bw_story_put(line, bw_command_word((uint16_t)event->configured.command));
    bw_story_put(line, " ");
    switch (event->configured.command) {
    case BW_COMMAND_ASSET:
        bw_story_put_asset(line, book, number);
        break;
    case BW_COMMAND_POOL:
        bw_story_put_pool(line, book, number);
        break;
    case BW_COMMAND_COLLATERAL:
        if (number < book->collateral_count) {
            bw_story_put_asset(line, book, book->collaterals[number].command.asset);
            bw_story_put(line, " in ");
            bw_story_put_pool(line, book, book->collaterals[number].command.pool);
        }
        break;
    case BW_COMMAND_DESK:
        bw_story_put_account(line, book, event->account);
        break;
    default:
        bw_story_put_market(line, book, number);
        break;
    }
    if (event->configured.command == BW_COMMAND_STATUS) {
        bw_story_put(line, " ");
        bw_story_put(line, choice_word(bw_story_status_words, event->configured.status));
    }
}

static void put_opened(bw_story_text *line, const bw_story_book *book, const bw_event *event)
{
    bw_story_put(line, "account ");
    bw_story_put_account(line, book, event->account);
    if (event->pool != BW_NONE16) {
        bw_story_put(line, " in ");
        bw_story_put_pool(line, book, event->pool);
    }
    if (event->account_.isolated >= 0 && event->account_.isolated < BW_NONE16) {
        bw_story_put(line, ", isolated to ");
        bw_story_put_market(line, book, (uint16_t)event->account_.isolated);
    }
    for (int64_t bit = 0; bw_story_flag_words[bit] != NULL; bit++)
        if (event->account_.flags >> bit & 1) {
            bw_story_put(line, ", ");
            bw_story_put(line, bw_story_flag_words[bit]);
        }
}

/* --- money --- */

static const char *posted_verb(const bw_event *event)
{
    switch (event->posted.command) {
    case BW_COMMAND_DEPOSIT:
        return " deposits ";
    case BW_COMMAND_WITHDRAW:
        return " withdraws ";
    case BW_COMMAND_TRANSFER:
        return event->posted.amount < 0 ? " hands over " : " receives ";
    case BW_COMMAND_CONVERT:
        return event->posted.amount < 0 ? " sells outside " : " gets from outside ";
    case BW_COMMAND_DESK:
        return event->posted.amount < 0 ? " gives the fund " : " gets from the fund ";
    default:
        return event->posted.amount < 0 ? " is adjusted by -" : " is adjusted by ";
    }
}

static void put_fund_posted(bw_story_text *line, const bw_story_book *book, const bw_event *event)
{
    bw_story_put(line, "fund ");
    bw_story_put_pool(line, book, event->pool);
    bw_story_put(line, " ");
    bw_story_put(line, choice_word(bw_story_fund_move_words, (int64_t)event->posted.reason));
    bw_story_put(line, " ");
    put_named_amount(line, book, event->asset, event->posted.amount);
    if (event->market != BW_NONE16) {
        bw_story_put(line, ", bucket of ");
        bw_story_put_market(line, book, event->market);
    }
    bw_story_put(line, ": fund ");
    bw_story_put_amount(line, book, event->asset, event->posted.balance);
    bw_story_put(line, " (R14)");
}

static void put_posted(bw_story_text *line, const bw_story_book *book, const bw_event *event)
{
    if (event->posted.command == BW_COMMAND_FUND) {
        put_fund_posted(line, book, event);
        return;
    }
    bw_story_put_account(line, book, event->account);
    bw_story_put(line, posted_verb(event));
    put_named_amount(line, book, event->asset, event->posted.amount < 0 ? -event->posted.amount : event->posted.amount);
    bw_story_put(line, ": balance ");
    bw_story_put_amount(line, book, event->asset, event->posted.balance);
    bw_story_put(line, ", equity ");
    bw_story_put_money(line, book, event->pool, event->posted.equity);
    bw_story_put(line, event->posted.command == BW_COMMAND_DESK ? " (R12)" : " (R2)");
}

static void put_traded(bw_story_text *line, const bw_story_book *book, const bw_event *event)
{
    uint16_t pool = bw_story_market_pool(book, event->market);
    bw_story_put(line, "trade ");
    bw_story_put_market(line, book, event->market);
    bw_story_put(line, ": ");
    bw_story_put_account(line, book, event->account);
    bw_story_put(line, " buys ");
    bw_story_put_size(line, book, event->market, event->traded.lots);
    bw_story_put(line, " from ");
    bw_story_put_account(line, book, event->other);
    bw_story_put(line, " at ");
    bw_story_put_price(line, book, event->market, event->traded.price);
    if (event->traded.fee_buyer != 0 || event->traded.fee_seller != 0) {
        bw_story_put(line, ", fees ");
        bw_story_put_money(line, book, pool, event->traded.fee_buyer);
        bw_story_put(line, " and ");
        bw_story_put_money(line, book, pool, event->traded.fee_seller);
    }
    bw_story_put(line, "; sizes now ");
    bw_story_put_size(line, book, event->market, event->traded.size_buyer);
    bw_story_put(line, " and ");
    bw_story_put_size(line, book, event->market, event->traded.size_seller);
    bw_story_put(line, " (R4)");
}

static void put_refused(bw_story_text *line, const bw_story_book *book, const bw_event *event)
{
    bool offer = event->refused.command == BW_COMMAND_LIQUIDATE;
    bw_story_put(line, offer ? "offer " : "trade ");
    bw_story_put_integer(line, event->refused.number + 1);
    bw_story_put(line, offer ? " of " : " of the batch, ");
    bw_story_put_account(line, book, event->account);
    bw_story_put(line, offer ? " to " : " with ");
    bw_story_put_account(line, book, event->other);
    bw_story_put(line, offer ? " is not taken: " : ", is refused: ");
    bw_story_put(line, bw_status_word((bw_status)event->refused.status));
    bw_story_put(line, offer ? " (R11)" : " (R4a)");
}

/* --- prices --- */

static void put_marked_price(bw_story_text *line, const bw_story_book *book, const bw_event *event, int64_t price)
{
    uint16_t item = (uint16_t)event->marked.item;
    if (event->marked.kind != BW_MARK_COLLATERAL) {
        bw_story_put_price(line, book, item, price);
    } else if (item < book->collateral_count) {
        bw_story_unit tick = book->collaterals[item].tick;
        bw_story_put_units(line, price, tick, tick.exponent < 0 ? -tick.exponent : 0);
    }
}

static void put_marked(bw_story_text *line, const bw_story_book *book, const bw_event *event)
{
    static const char *const KINDS[] = {"mark ", "index ", "collateral ", NULL};
    uint16_t item = (uint16_t)event->marked.item;
    bw_story_put(line, choice_word(KINDS, event->marked.kind));
    if (event->marked.kind == BW_MARK_COLLATERAL)
        bw_story_put_asset(line, book, item < book->collateral_count ? book->collaterals[item].command.asset : item);
    else
        bw_story_put_market(line, book, item);
    bw_story_put(line, " ");
    put_marked_price(line, book, event, event->marked.price);
    if (event->marked.previous == 0)
        return;
    bw_story_put(line, " (was ");
    put_marked_price(line, book, event, event->marked.previous);
    bw_story_put(line, ")");
    if (event->marked.target == 0)
        return;
    bw_story_put(line, ", terminal: target ");
    put_marked_price(line, book, event, event->marked.target);
    bw_story_put(line, " (R19)");
}

static void put_funded(bw_story_text *line, const bw_story_book *book, const bw_event *event)
{
    bool longs_pay = event->funded.move >= 0;
    bw_story_put(line, "funding ");
    bw_story_put_market(line, book, event->market);
    bw_story_put(line, " ");
    bw_story_put_units(line, event->funded.rate_ppb, (bw_story_unit){1, -9}, 0);
    bw_story_put(line, longs_pay ? ": longs pay " : ": shorts pay ");
    bw_story_put_money(line, book, bw_story_market_pool(book, event->market),
                       longs_pay ? event->funded.move : -event->funded.move);
    bw_story_put(line, " per lot (R4)");
}

static void put_reserved(bw_story_text *line, const bw_story_book *book, const bw_event *event)
{
    bw_story_put(line, "order margin of ");
    bw_story_put_account(line, book, event->account);
    bw_story_put(line, " is ");
    bw_story_put_money(line, book, bw_story_event_pool(book, event), event->reserved.amount);
    bw_story_put(line, " (R4a)");
}

void bw_story_trace_event(bw_story_text *line, const bw_story_book *book, int64_t time_ns, const bw_event *event)
{
    bw_story_text_clear(line);
    if (bw_story_trace_heads(event))
        put_time(line, time_ns);
    else if (event->type <= BW_EVENT_FUNDED)
        bw_story_put(line, "  ");
    switch (event->type) {
    case BW_EVENT_CONFIGURED:
        put_configured(line, book, event);
        break;
    case BW_EVENT_ACCOUNT:
        put_opened(line, book, event);
        break;
    case BW_EVENT_POSTED:
        put_posted(line, book, event);
        break;
    case BW_EVENT_TRADED:
        put_traded(line, book, event);
        break;
    case BW_EVENT_REFUSED:
        put_refused(line, book, event);
        break;
    case BW_EVENT_RESERVED:
        put_reserved(line, book, event);
        break;
    case BW_EVENT_MARKED:
        put_marked(line, book, event);
        break;
    case BW_EVENT_FUNDED:
        put_funded(line, book, event);
        break;
    default:
        bw_story_trace_caused(line, book, time_ns, event);
        break;
    }
}

/* --- commands without an event of their own --- */

static void put_command_fund(bw_story_text *line, const bw_story_book *book, const bw_command_fund *fund)
{
    bw_story_put(line, " ");
    bw_story_put_pool(line, book, fund->pool);
    bw_story_put(line, " ");
    bw_story_put(line, choice_word(bw_story_fund_move_words, fund->move));
    bw_story_put(line, " ");
    bw_story_put_money(line, book, fund->pool, fund->amount);
    if (fund->market != BW_NONE16) {
        bw_story_put(line, ", bucket of ");
        bw_story_put_market(line, book, fund->market);
    }
}

static void put_end(bw_story_text *line, const bw_story_book *book, uint16_t market, int64_t price)
{
    bw_story_put(line, " ");
    bw_story_put_market(line, book, market);
    bw_story_put(line, " at ");
    bw_story_put_price(line, book, market, price);
    bw_story_put(line, " (R19)");
}

/* "of alice on BTC-PERP"; `lots` and `price` if the order is filled. */
static void put_order(bw_story_text *line, const bw_story_book *book, uint64_t order, const bw_command_fill *fill)
{
    bw_story_order found;
    if (!bw_story_find_order(book, order, &found))
        return;
    bw_story_put(line, " of ");
    bw_story_put_account(line, book, found.account);
    bw_story_put(line, ": ");
    if (fill != NULL) {
        bw_story_put_size(line, book, found.market, fill->lots);
        bw_story_put(line, " ");
    }
    bw_story_put_market(line, book, found.market);
    if (fill == NULL)
        return;
    bw_story_put(line, " at ");
    bw_story_put_price(line, book, found.market, fill->price);
    bw_story_put(line, " to ");
    bw_story_put_account(line, book, fill->header.account);
}

static void put_liquidate(bw_story_text *line, const bw_story_book *book, const bw_command_liquidate *command)
{
    bw_story_put(line, " ");
    bw_story_put_account(line, book, command->header.account);
    bw_story_put(line, ": ");
    bw_story_put_market(line, book, command->market);
    bw_story_put(line, ", ");
    bw_story_put_integer(line, command->count);
    bw_story_put(line, command->count == 1 ? " offer (R11)" : " offers (R11)");
}

static void put_details(bw_story_text *line, const bw_story_book *book, const bw_command *command)
{
    const void *body = command;
    const bw_command_expire *expire = body;
    const bw_command_resolve *resolve = body;
    const bw_command_settle *settle = body;
    const bw_command_touch *touch = body;
    switch (command->type) {
    case BW_COMMAND_FUND:
        put_command_fund(line, book, body);
        break;
    case BW_COMMAND_FILL:
        put_order(line, book, ((const bw_command_fill *)body)->order, body);
        break;
    case BW_COMMAND_LIQUIDATE:
        put_liquidate(line, book, body);
        break;
    case BW_COMMAND_END_ORDER:
        put_order(line, book, ((const bw_command_end_order *)body)->order, NULL);
        break;
    case BW_COMMAND_EXPIRE:
        put_end(line, book, expire->market, expire->price);
        break;
    case BW_COMMAND_RESOLVE:
        put_end(line, book, resolve->market, resolve->price);
        break;
    case BW_COMMAND_SETTLE:
        bw_story_put(line, " ");
        bw_story_put_pool(line, book, settle->pool);
        bw_story_put(line, " (R19)");
        break;
    case BW_COMMAND_TOUCH:
        bw_story_put(line, " ");
        bw_story_put_pool(line, book, touch->pool);
        bw_story_put(line, " (R15)");
        break;
    default:
        if (command->account != 0) {
            bw_story_put(line, " ");
            bw_story_put_account(line, book, command->account);
        }
        break;
    }
}

/* "end_order" is written "end order". */
static void put_command_word(bw_story_text *line, const bw_command *command)
{
    for (const char *word = bw_command_word(command->type); *word != 0; word++)
        bw_story_put_bytes(line, *word == '_' ? " " : word, 1);
}

void bw_story_trace_command(bw_story_text *line, const bw_story_book *book, const bw_command *command)
{
    bw_story_text_clear(line);
    put_time(line, command->time_ns);
    put_command_word(line, command);
    put_details(line, book, command);
}

void bw_story_trace_refusal(bw_story_text *line, const bw_story_book *book, const bw_command *command, bw_status status)
{
    bw_story_text_clear(line);
    put_time(line, command->time_ns);
    put_command_word(line, command);
    if (command->account != 0) {
        bw_story_put(line, " of ");
        bw_story_put_account(line, book, command->account);
    }
    bw_story_put(line, " is refused: ");
    bw_story_put(line, bw_status_word(status));
    bw_story_put(line, ", ");
    bw_story_put(line, bw_status_sentence(status));
    bw_story_put(line, " (R22)");
}
