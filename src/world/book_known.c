/* book_known.c - accounts that are known by name: they stand as their lines say, and the book is generated around them. */
#include <string.h>

#include "world/book_work.h"
#include "world/text.h"

#define VALUE_MAX 1e16   /* minor units of one position: 10 billion USD; all lines together stay far below 2^62 */

static bool begins_account(const bw_known_fact *known, uint32_t line)
{
    return line == 0 || strcmp(known[line].account, known[line - 1].account) != 0;
}

uint32_t bw_book_known_count(const bw_known_fact *known, uint32_t known_count)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < known_count; i++)
        count += begins_account(known, i);
    return count;
}

/* The first account of the same owner. */
static uint64_t owner_of(const bw_known_fact *known, uint32_t line)
{
    uint64_t account = 0;
    for (uint32_t i = 0; i <= line; i++) {
        account += begins_account(known, i);
        if (strcmp(known[i].owner, known[line].owner) == 0)
            return account;
    }
    return account;
}

/* Positions, owner, and the equity in the balance's place until bw_book_settle_entries has taken the profit off. */
void bw_book_place_known(bw_book_work *work)
{
    const bw_known_fact *known = work->params->known;
    bw_book *book = work->book;
    uint32_t account = 0;
    work->known_positions = work->params->known_count;
    book->known_count = bw_book_known_count(known, work->params->known_count);
    for (uint32_t i = 0; i < work->known_positions; i++) {
        account += i > 0 && begins_account(known, i);
        bw_book_account *owner = &book->accounts[account];
        if (begins_account(known, i))
            *owner = (bw_book_account){.balance = known[i].equity, .owner = owner_of(known, i), .position_first = i};
        owner->position_count++;
        int64_t lots = known[i].lots < 0 ? -known[i].lots : known[i].lots;
        work->wanted[i] = (double)lots * bw_book_lot_usd(work, known[i].market);
        book->positions[i] = (bw_book_position){account, known[i].market, known[i].lots, known[i].entry_ticks};
    }
}

/* ---- whether they stand ---- */

static void put_usd(bw_text *text, int64_t minor)
{
    static const int64_t unit = 1000000;
    char cents[4];
    bw_text_put_integer(text, minor / unit);
    int64_t left = minor % unit / 10000;
    cents[0] = '.';
    cents[1] = (char)('0' + left / 10);
    cents[2] = (char)('0' + left % 10);
    cents[3] = 0;
    bw_text_put(text, cents);
}

/* The error's field; its two texts are opened for what was found and what was expected. */
static void refuse(bw_facts_error *error, const bw_known_fact *fact, const char *field, bw_text *found, bw_text *expected)
{
    memset(error, 0, sizeof *error);
    error->line = fact->line;
    bw_text text = bw_text_open(error->field, sizeof error->field);
    bw_text_put(&text, field);
    *found = bw_text_open(error->found, sizeof error->found);
    *expected = bw_text_open(error->expected, sizeof error->expected);
}

static bool refuse_equity(bw_facts_error *error, const bw_known_fact *fact, int64_t least, const char *what)
{
    bw_text found, expected;
    refuse(error, fact, "equity_usd", &found, &expected);
    put_usd(&found, fact->equity);
    bw_text_put(&expected, "at least ");
    put_usd(&expected, least + 10000 - 1);   /* to the next cent */
    bw_text_put(&expected, what);
    return false;
}

static bool refuse_lots(bw_facts_error *error, const bw_known_fact *fact)
{
    bw_text found, expected;
    refuse(error, fact, "coins", &found, &expected);
    bw_text_put_integer(&found, fact->lots < 0 ? -fact->lots : fact->lots);
    bw_text_put(&found, " lots");
    bw_text_put(&expected, "a position of at most 10 billion USD");
    return false;
}

/* USD of a position at the higher of the two prices, as a double: it may be anything. */
static bool is_too_large(const bw_known_fact *fact, const bw_market_facts *market, int64_t open)
{
    double lots = fact->lots < 0 ? -(double)fact->lots : (double)fact->lots;
    double ticks = (double)(fact->entry_ticks > open ? fact->entry_ticks : open);
    return lots * ticks * (double)market->tick_value > VALUE_MAX;
}

bool bw_book_known_fits(const bw_known_fact *known, uint32_t known_count, const bw_market_facts *markets,
                        const int64_t *open_ticks, bw_facts_error *error)
{
    int64_t profit = 0, margin = 0;
    for (uint32_t i = 0; i < known_count; i++) {
        const bw_known_fact *fact = &known[i];
        const bw_market_facts *market = &markets[fact->market];
        int64_t open = open_ticks[fact->market];
        if (begins_account(known, i))
            profit = margin = 0;
        if (is_too_large(fact, market, open))
            return refuse_lots(error, fact);
        profit += fact->lots * (open - fact->entry_ticks) * market->tick_value;
        margin += bw_market_initial_margin(market, bw_market_notional(market, fact->lots, open));
        if (i + 1 < known_count && !begins_account(known, i + 1))
            continue;
        if (fact->equity < margin)
            return refuse_equity(error, fact, margin, ", the initial margin at the opening price");
        if (fact->equity < profit)
            return refuse_equity(error, fact, profit, ", the profit at the opening price");
    }
    return true;
}
