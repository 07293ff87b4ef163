#include "story/expect.h"

#include <string.h>

typedef struct {
    const bw_story_subject *subject;
    uint64_t account;
    uint16_t market, pool, asset;
    bool of_asset;             /* balance of an asset that was named */
    uint32_t sum;              /* bw_story_sum_kind, for sums */
    uint32_t comparison;       /* bw_story_comparison */
    const char *const *words;  /* values that are words (state, status), or NULL */
    int64_t wanted, found;
} expectation;

static const char *word_at(const bw_story_cursor *cursor, uint32_t ahead)
{
    return cursor->next + ahead < cursor->count ? cursor->words[cursor->next + ahead].text : "";
}

/* --- which subject --- */

/* A word may stand for several subjects; those that name a market come before those that do not. */
static bool fits(const bw_story_cursor *cursor, const bw_story_subject *subject)
{
    uint16_t market;
    switch (subject->kind) {
    case BW_STORY_OF_POSITION:
        return bw_story_find_market(cursor->book, word_at(cursor, 2), &market);
    case BW_STORY_OF_MARKET:
        return bw_story_find_market(cursor->book, word_at(cursor, 1), &market);
    default:
        return false;
    }
}

static bool take_subject(bw_story_cursor *cursor, const bw_story_subject **subject)
{
    const bw_story_subject *last = NULL;
    bw_story_nearest nearest;
    bw_story_nearest_new(&nearest, word_at(cursor, 0));
    for (const bw_story_subject *row = bw_story_subjects; row->word != NULL; row++) {
        bw_story_nearest_offer(&nearest, row->word);
        if (strcmp(row->word, word_at(cursor, 0)) != 0)
            continue;
        bool keep = last != NULL && fits(cursor, last);
        bool worse = last != NULL && !fits(cursor, row) &&
                     (row->kind == BW_STORY_OF_POSITION || row->kind == BW_STORY_OF_MARKET);
        if (!keep && !worse)
            last = row;
    }
    *subject = last;
    if (last == NULL)
        return bw_story_wrong(cursor, "something to expect", nearest.best);
    cursor->next++;
    return true;
}

/* LAYER paid */
static bool accept_paid(bw_story_cursor *cursor, uint32_t *layer)
{
    if (strcmp(word_at(cursor, 1), bw_story_word_paid) != 0)
        return false;
    for (uint32_t i = 0; bw_story_layer_words[i] != NULL; i++)
        if (bw_story_accept(cursor, bw_story_layer_words[i])) {
            cursor->next++;
            *layer = i;
            return true;
        }
    return false;
}

/* --- what it is about --- */

static bool take_account(bw_story_cursor *cursor, expectation *e)
{
    if (!bw_story_take_account(cursor, &e->account))
        return false;
    e->pool = cursor->book->accounts[e->account - 1].pool;
    return true;
}

static bool take_market(bw_story_cursor *cursor, expectation *e)
{
    if (!bw_story_take_market(cursor, &e->market))
        return false;
    e->pool = bw_story_market_pool(cursor->book, e->market);
    return true;
}

static bool take_scope(bw_story_cursor *cursor, expectation *e, bool with_market)
{
    e->market = BW_NONE16;
    e->pool = 0;
    if (with_market && bw_story_accept_market(cursor, &e->market))
        e->pool = bw_story_market_pool(cursor->book, e->market);
    else
        bw_story_accept_pool(cursor, &e->pool);
    return cursor->book->pool_count > 0 || bw_story_wrong(cursor, "a pool before it", NULL);
}

static bool take_leg(bw_story_cursor *cursor, expectation *e)
{
    uint32_t via = BW_STORY_VIA_ALL;
    if (!take_account(cursor, e) || !take_market(cursor, e))
        return false;
    if (bw_story_accept(cursor, bw_story_word_via) && !bw_story_take_choice(cursor, bw_story_via_words, &via))
        return false;
    e->sum += via;
    return true;
}

static bool take_about(bw_story_cursor *cursor, expectation *e)
{
    e->sum = (uint32_t)e->subject->offset;
    switch (e->subject->kind) {
    case BW_STORY_OF_STATE:
        e->words = bw_story_state_words;
        return take_account(cursor, e);
    case BW_STORY_OF_CHARGE:
        return take_account(cursor, e);
    case BW_STORY_OF_ACCOUNT:
        if (!take_account(cursor, e))
            return false;
        e->of_asset = strcmp(e->subject->word, "balance") == 0 && bw_story_accept_asset(cursor, &e->asset);
        return true;
    case BW_STORY_OF_POSITION:
    case BW_STORY_OF_ORDER:
        return take_account(cursor, e) && take_market(cursor, e);
    case BW_STORY_OF_LEG:
        return take_leg(cursor, e);
    case BW_STORY_OF_STATUS:
        e->words = bw_story_status_words;
        return take_market(cursor, e);
    case BW_STORY_OF_MARKET:
        return take_market(cursor, e);
    case BW_STORY_OF_POOL:
        return take_scope(cursor, e, false);
    case BW_STORY_OF_GAP:
        return take_scope(cursor, e, true);
    default:
        return true;
    }
}

static bool take_wanted(bw_story_cursor *cursor, expectation *e)
{
    uint32_t word;
    for (uint32_t i = 0; bw_story_comparison_words[i] != NULL; i++)
        if (bw_story_accept(cursor, bw_story_comparison_words[i])) {
            e->comparison = i;
            break;
        }
    if (e->words != NULL) {
        if (!bw_story_take_choice(cursor, e->words, &word))
            return false;
        e->wanted = word;
        return true;
    }
    if (!e->of_asset)
        e->asset = bw_story_pool_asset(cursor->book, e->pool);
    switch (e->subject->measure) {
    case BW_STORY_IN_MONEY:
        return bw_story_take_amount(cursor, e->asset, &e->wanted);
    case BW_STORY_IN_LOTS:
        return bw_story_take_size(cursor, e->market, &e->wanted);
    case BW_STORY_IN_TICKS:
        return bw_story_take_price(cursor, e->market, &e->wanted);
    default:
        return bw_story_take_units(cursor, (bw_story_unit){1, 0}, "a whole number", &e->wanted);
    }
}

/* --- what there is --- */

static int64_t field_of(const void *view, const bw_story_subject *subject)
{
    const uint8_t *at = (const uint8_t *)view + subject->offset;
    int64_t value = 0;
    memcpy(&value, at, subject->bytes <= sizeof value ? subject->bytes : 0);   /* little-endian, unsigned if short */
    return value;
}

static int64_t find_position(const bw_venue *venue, const expectation *e)
{
    bw_position_view view;
    if (strcmp(e->subject->word, "light") == 0)
        return bw_position_light(venue, e->account, e->market);
    return bw_position_get(venue, e->account, e->market, &view) ? field_of(&view, e->subject) : 0;
}

static int64_t find_view(const bw_venue *venue, const expectation *e)
{
    bw_account_view account;
    bw_market_view market;
    bw_pool_view pool;
    bw_venue_view whole;
    switch (e->subject->kind) {
    case BW_STORY_OF_ACCOUNT:
    case BW_STORY_OF_STATE:
        if (e->of_asset)
            return bw_account_balance(venue, e->account, e->asset);
        return bw_account_get(venue, e->account, &account) ? field_of(&account, e->subject) : 0;
    case BW_STORY_OF_POSITION:
        return find_position(venue, e);
    case BW_STORY_OF_MARKET:
    case BW_STORY_OF_STATUS:
        return bw_market_get(venue, e->market, &market) ? field_of(&market, e->subject) : 0;
    case BW_STORY_OF_POOL:
        return bw_pool_get(venue, e->pool, &pool) ? field_of(&pool, e->subject) : 0;
    default:
        bw_venue_get(venue, &whole);
        return field_of(&whole, e->subject);
    }
}

static int64_t find(const bw_venue *venue, const bw_story_sums *sums, const expectation *e)
{
    switch (e->subject->kind) {
    case BW_STORY_OF_GAP:
        return bw_story_sums_get(sums, e->sum, 0, e->market, e->market == BW_NONE16 ? e->pool : 0);
    case BW_STORY_OF_CHARGE:
        return bw_story_sums_get(sums, e->sum, e->account, 0, 0);
    case BW_STORY_OF_LEG:
    case BW_STORY_OF_ORDER:
        return bw_story_sums_get(sums, e->sum, e->account, e->market, 0);
    case BW_STORY_OF_COUNT:
        return bw_story_sums_get(sums, e->sum, 0, 0, 0);
    default:
        return find_view(venue, e);
    }
}

static bool holds(const expectation *e)
{
    switch ((bw_story_comparison)e->comparison) {
    case BW_STORY_EQUAL: return e->found == e->wanted;
    case BW_STORY_DIFFERS: return e->found != e->wanted;
    case BW_STORY_LESS: return e->found < e->wanted;
    case BW_STORY_GREATER: return e->found > e->wanted;
    case BW_STORY_AT_MOST: return e->found <= e->wanted;
    case BW_STORY_AT_LEAST: return e->found >= e->wanted;
    }
    return false;
}

/* --- the message --- */

static void put_value(bw_story_text *text, const bw_story_book *book, const expectation *e, int64_t value)
{
    if (e->words != NULL) {
        for (int64_t i = 0; e->words[i] != NULL; i++)
            if (i == value)
                bw_story_put(text, e->words[i]);
        return;
    }
    switch (e->subject->measure) {
    case BW_STORY_IN_MONEY:
        bw_story_put_amount(text, book, e->asset, value);
        break;
    case BW_STORY_IN_LOTS:
        bw_story_put_size(text, book, e->market, value);
        break;
    case BW_STORY_IN_TICKS:
        bw_story_put_price(text, book, e->market, value);
        break;
    default:
        bw_story_put_integer(text, value);
        break;
    }
}

static void put_failure(bw_story_text *text, const bw_story_cursor *cursor, uint32_t start, uint32_t end,
                        const expectation *e)
{
    bw_story_text_clear(text);
    bw_story_put(text, "found ");
    put_value(text, cursor->book, e, e->found);
    bw_story_put(text, ", expected ");
    for (uint32_t i = start; i < end; i++) {
        bw_story_put(text, cursor->words[i].text);
        bw_story_put(text, " ");
    }
    if (e->comparison != BW_STORY_EQUAL) {
        bw_story_put(text, bw_story_comparison_words[e->comparison]);
        bw_story_put(text, " ");
    }
    put_value(text, cursor->book, e, e->wanted);
}

bw_story_verdict bw_story_expect(bw_story_cursor *cursor, const bw_story_sums *sums, bw_story_text *text)
{
    static const bw_story_subject PAID = {"paid", BW_STORY_OF_GAP, BW_STORY_IN_MONEY, BW_STORY_SUM_PAID, 8};
    expectation e = {.subject = &PAID, .asset = BW_NONE16, .market = BW_NONE16};
    uint32_t layer = 0, start = cursor->next;
    bool paid = accept_paid(cursor, &layer);
    if ((!paid && !take_subject(cursor, &e.subject)) || !take_about(cursor, &e))
        return BW_STORY_MALFORMED;
    e.sum += paid ? layer : 0;
    uint32_t end = cursor->next;
    if (!take_wanted(cursor, &e) || !bw_story_take_end(cursor))
        return BW_STORY_MALFORMED;
    if (cursor->venue == NULL)
        return BW_STORY_HOLDS;
    e.found = find(cursor->venue, sums, &e);
    bool lost = sums->lost && e.subject->kind >= BW_STORY_OF_GAP;
    if (holds(&e) && !lost)
        return BW_STORY_HOLDS;
    put_failure(text, cursor, start, end, &e);
    if (lost)
        bw_story_put(text, " (too many events since the mark to sum)");
    return BW_STORY_FAILS;
}
