#include "story/cursor.h"

#include <string.h>

#include "base/assert.h"

enum { SHOWN_MAX = 40 };

bool bw_story_more(const bw_story_cursor *cursor)
{
    return cursor->next < cursor->count;
}

bool bw_story_next_is(const bw_story_cursor *cursor, const char *word)
{
    return bw_story_more(cursor) && bw_story_word_is(&cursor->words[cursor->next], word);
}

bool bw_story_accept(bw_story_cursor *cursor, const char *word)
{
    bool is = bw_story_next_is(cursor, word);
    cursor->next += is;
    return is;
}

/* --- messages --- */

static void put_found(bw_story_text *text, const bw_story_word *word)
{
    if (word == NULL) {
        bw_story_put(text, "found the end of the line");
        return;
    }
    bw_story_put(text, "found '");
    bw_story_put_bytes(text, word->text, word->length > SHOWN_MAX ? SHOWN_MAX : word->length);
    bw_story_put(text, word->length > SHOWN_MAX ? "...'" : "'");
}

static bool wrong_at(bw_story_cursor *cursor, uint32_t at, const char *expected, const char *meant)
{
    bw_story_text *text = &cursor->error->text;
    const bw_story_word *word = at < cursor->count ? &cursor->words[at] : NULL;
    cursor->error->line = word != NULL ? word->line : cursor->count > 0 ? cursor->words[cursor->count - 1].line : 0;
    bw_story_text_clear(text);
    put_found(text, word);
    bw_story_put(text, ", expected ");
    bw_story_put(text, expected);
    if (meant != NULL) {
        bw_story_put(text, "; did you mean '");
        bw_story_put(text, meant);
        bw_story_put(text, "'?");
    }
    return false;
}

bool bw_story_wrong(bw_story_cursor *cursor, const char *expected, const char *meant)
{
    return wrong_at(cursor, cursor->next, expected, meant);
}

bool bw_story_wrong_before(bw_story_cursor *cursor, const char *expected)
{
    return wrong_at(cursor, cursor->next - 1, expected, NULL);
}

bool bw_story_wrong_number(bw_story_cursor *cursor, bw_story_number number, const char *expected)
{
    if (number == BW_STORY_NUMBER_LARGE)
        expected = "a number that fits 64 bits";
    return wrong_at(cursor, cursor->next, expected, NULL);
}

/* --- words --- */

bool bw_story_again(bw_story_cursor *cursor, uint32_t at)
{
    bw_story_text *text = &cursor->error->text;
    cursor->error->line = cursor->words[at].line;
    bw_story_text_clear(text);
    put_found(text, &cursor->words[at]);
    bw_story_put(text, " again, expected it once");
    return false;
}

bool bw_story_once(bw_story_cursor *cursor, bw_story_seen *seen)
{
    const char *word = cursor->words[cursor->next - 1].text;
    for (uint32_t i = 0; i < seen->count; i++)
        if (strcmp(seen->words[i], word) == 0)
            return bw_story_again(cursor, cursor->next - 1);
    BW_ASSERT(seen->count < BW_STORY_SEEN);
    seen->words[seen->count++] = word;
    return true;
}

static const char *next_text(const bw_story_cursor *cursor)
{
    return bw_story_more(cursor) ? cursor->words[cursor->next].text : "";
}

bool bw_story_take_word(bw_story_cursor *cursor, const char *word)
{
    char expected[40] = "'";
    if (bw_story_accept(cursor, word))
        return true;
    strncat(expected, word, sizeof expected - 3);
    strcat(expected, "'");
    return bw_story_wrong(cursor, expected, NULL);
}

bool bw_story_take_end(bw_story_cursor *cursor)
{
    return !bw_story_more(cursor) || bw_story_wrong(cursor, "the end of the line", NULL);
}

/* "equal, margin or first" */
static void put_choices(bw_story_text *text, const char *const *choices)
{
    for (uint32_t i = 0; choices[i] != NULL; i++) {
        if (choices[i][0] == 0)
            continue;
        if (text->length > 0)
            bw_story_put(text, choices[i + 1] == NULL ? " or " : ", ");
        bw_story_put(text, choices[i]);
    }
}

bool bw_story_take_choice(bw_story_cursor *cursor, const char *const *choices, uint32_t *choice)
{
    bw_story_text expected = {0};
    bw_story_nearest nearest;
    bw_story_nearest_new(&nearest, next_text(cursor));
    for (uint32_t i = 0; choices[i] != NULL; i++) {
        if (choices[i][0] != 0 && bw_story_accept(cursor, choices[i])) {
            *choice = i;
            return true;
        }
        bw_story_nearest_offer(&nearest, choices[i]);
    }
    put_choices(&expected, choices);
    return bw_story_wrong(cursor, expected.bytes, nearest.best);
}

bool bw_story_next_setting(const bw_story_cursor *cursor, const bw_story_setting *settings)
{
    for (; settings->word != NULL; settings++)
        if (bw_story_next_is(cursor, settings->word))
            return true;
    return false;
}

bool bw_story_take_setting(bw_story_cursor *cursor, const bw_story_setting *settings, const char *expected,
                           bw_story_seen *seen, const bw_story_setting **setting)
{
    bw_story_nearest nearest;
    bw_story_nearest_new(&nearest, next_text(cursor));
    for (; settings->word != NULL; settings++) {
        if (bw_story_accept(cursor, settings->word)) {
            *setting = settings;
            return bw_story_once(cursor, seen);
        }
        bw_story_nearest_offer(&nearest, settings->word);
    }
    return bw_story_wrong(cursor, expected, nearest.best);
}

/* --- numbers --- */

static bw_story_number parse_next(const bw_story_cursor *cursor, bw_story_decimal *value)
{
    const bw_story_word *word = &cursor->words[cursor->next];
    return bw_story_more(cursor) ? bw_story_decimal_parse(word->text, word->length, value) : BW_STORY_NUMBER_NONE;
}

bool bw_story_take_decimal(bw_story_cursor *cursor, const char *expected, bw_story_decimal *value)
{
    bw_story_number number = parse_next(cursor, value);
    if (number != BW_STORY_NUMBER_OK)
        return bw_story_wrong_number(cursor, number, expected);
    cursor->next++;
    return true;
}

bool bw_story_take_units(bw_story_cursor *cursor, bw_story_unit unit, const char *expected, int64_t *count)
{
    bw_story_decimal value;
    bw_story_number number = parse_next(cursor, &value);
    if (number == BW_STORY_NUMBER_OK)
        number = bw_story_decimal_count(value, unit, count);
    if (number != BW_STORY_NUMBER_OK)
        return bw_story_wrong_number(cursor, number, expected);
    cursor->next++;
    return true;
}

bool bw_story_take_whole(bw_story_cursor *cursor, uint64_t most, const char *expected, uint64_t *value)
{
    int64_t count;
    bw_story_decimal decimal;
    bw_story_number number = parse_next(cursor, &decimal);
    if (number == BW_STORY_NUMBER_OK)
        number = bw_story_decimal_count(decimal, (bw_story_unit){1, 0}, &count);
    if (number != BW_STORY_NUMBER_OK || count < 0 || (uint64_t)count > most)
        return bw_story_wrong_number(cursor, number, expected);
    *value = (uint64_t)count;
    cursor->next++;
    return true;
}

static void put_decimals(bw_story_text *text, uint32_t decimals)
{
    bw_story_put_unsigned(text, decimals);
    bw_story_put(text, decimals == 1 ? " decimal" : " decimals");
}

bool bw_story_take_rate(bw_story_cursor *cursor, int32_t decimals, int64_t *rate)
{
    bw_story_text expected = {0};
    bw_story_put(&expected, "a rate with at most ");
    put_decimals(&expected, (uint32_t)decimals);
    return bw_story_take_units(cursor, (bw_story_unit){1, -decimals}, expected.bytes, rate);
}

bool bw_story_take_amount(bw_story_cursor *cursor, uint16_t asset, int64_t *amount)
{
    bw_story_text expected = {0};
    bw_story_put(&expected, "an amount of ");
    bw_story_put_asset(&expected, cursor->book, asset);
    bw_story_put(&expected, " with at most ");
    put_decimals(&expected, cursor->book->assets[asset].decimals);
    return bw_story_take_units(cursor, bw_story_unit_of_asset(cursor->book->assets[asset].decimals), expected.bytes,
                               amount);
}

/* "a price, a multiple of the tick 0.1". An unknown unit is asked for first. */
static bool take_multiple(bw_story_cursor *cursor, const char *what, const char *of, bw_story_unit unit, int64_t *count)
{
    bw_story_text expected = {0};
    if (unit.mantissa == 0) {
        bw_story_put(&expected, of);
        bw_story_put(&expected, " before it");
        return bw_story_wrong_before(cursor, expected.bytes);
    }
    bw_story_put(&expected, what);
    bw_story_put(&expected, ", a multiple of the ");
    bw_story_put(&expected, of);
    bw_story_put(&expected, " ");
    bw_story_put_units(&expected, 1, unit, 0);
    return bw_story_take_units(cursor, unit, expected.bytes, count);
}

bool bw_story_take_price(bw_story_cursor *cursor, uint16_t market, int64_t *price)
{
    return take_multiple(cursor, "a price", "tick", cursor->book->markets[market].tick, price);
}

bool bw_story_take_size(bw_story_cursor *cursor, uint16_t market, int64_t *lots)
{
    return take_multiple(cursor, "a size", "lot", cursor->book->markets[market].lot, lots);
}

bool bw_story_take_duration(bw_story_cursor *cursor, int64_t *duration_ns)
{
    const bw_story_word *word = &cursor->words[cursor->next];
    bw_story_number number = BW_STORY_NUMBER_NONE;
    if (bw_story_more(cursor))
        number = bw_story_duration_parse(word->text, word->length, duration_ns);
    if (number != BW_STORY_NUMBER_OK)
        return bw_story_wrong_number(cursor, number, "a duration such as 8h, 30s or 500ms");
    cursor->next++;
    return true;
}

bool bw_story_take_time(bw_story_cursor *cursor, int64_t *time_ns)
{
    const bw_story_word *word = &cursor->words[cursor->next];
    bw_story_number number = BW_STORY_NUMBER_NONE;
    if (bw_story_more(cursor))
        number = bw_story_time_parse(word->text, word->length, cursor->now_ns, cursor->last_ns, time_ns);
    if (number != BW_STORY_NUMBER_OK)
        return bw_story_wrong_number(cursor, number, "a time such as 21:15:03, 2025-10-10T21:15:03Z or +3s");
    cursor->next++;
    return true;
}

bool bw_story_take_status(bw_story_cursor *cursor, bw_status *status)
{
    bw_story_nearest nearest;
    bw_story_nearest_new(&nearest, next_text(cursor));
#define X(name, number, word, sentence)                                       \
    if (number > BW_MORE && bw_story_accept(cursor, word)) {                   \
        *status = BW_##name;                                                  \
        return true;                                                          \
    }                                                                         \
    bw_story_nearest_offer(&nearest, word);
    BW_STATUS_LIST(X)
#undef X
    return bw_story_wrong(cursor, "the word of a refusal", nearest.best);
}

/* --- names --- */

bool bw_story_accept_asset(bw_story_cursor *cursor, uint16_t *asset)
{
    bool is = bw_story_more(cursor) && bw_story_find_asset(cursor->book, next_text(cursor), asset);
    cursor->next += is;
    return is;
}

bool bw_story_accept_pool(bw_story_cursor *cursor, uint16_t *pool)
{
    bool is = bw_story_more(cursor) && bw_story_find_pool(cursor->book, next_text(cursor), pool);
    cursor->next += is;
    return is;
}

bool bw_story_accept_market(bw_story_cursor *cursor, uint16_t *market)
{
    bool is = bw_story_more(cursor) && bw_story_find_market(cursor->book, next_text(cursor), market);
    cursor->next += is;
    return is;
}

static bool wrong_name(bw_story_cursor *cursor, const char *expected, const char *names, size_t stride, uint32_t count)
{
    bw_story_nearest nearest;
    bw_story_nearest_new(&nearest, next_text(cursor));
    for (uint32_t i = 0; i < count; i++)
        bw_story_nearest_offer(&nearest, names + i * stride);
    return bw_story_wrong(cursor, expected, nearest.best);
}

bool bw_story_take_asset(bw_story_cursor *cursor, uint16_t *asset)
{
    const bw_story_book *book = cursor->book;
    return bw_story_accept_asset(cursor, asset) ||
           wrong_name(cursor, "an asset", (const char *)book->assets, sizeof *book->assets, book->asset_count);
}

bool bw_story_take_pool(bw_story_cursor *cursor, uint16_t *pool)
{
    const bw_story_book *book = cursor->book;
    return bw_story_accept_pool(cursor, pool) ||
           wrong_name(cursor, "a pool", (const char *)book->pools, sizeof *book->pools, book->pool_count);
}

bool bw_story_take_market(bw_story_cursor *cursor, uint16_t *market)
{
    const bw_story_book *book = cursor->book;
    return bw_story_accept_market(cursor, market) ||
           wrong_name(cursor, "a market", (const char *)book->markets, sizeof *book->markets, book->market_count);
}

bool bw_story_take_account(bw_story_cursor *cursor, uint64_t *account)
{
    const bw_story_book *book = cursor->book;
    if (bw_story_more(cursor) && bw_story_find_account(book, next_text(cursor), account)) {
        cursor->next++;
        return true;
    }
    return wrong_name(cursor, "an account", (const char *)book->accounts, sizeof *book->accounts, book->account_count);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name_byte(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

bool bw_story_take_name(bw_story_cursor *cursor, const char *expected, char *name, size_t size)
{
    const bw_story_word *word = &cursor->words[cursor->next];
    bool good = bw_story_more(cursor) && word->length < size && is_letter(word->text[0]);
    for (uint32_t i = 0; good && i < word->length; i++)
        good = is_name_byte(word->text[i]);
    if (!good)
        return bw_story_wrong(cursor, expected, NULL);
    memset(name, 0, size);
    memcpy(name, word->text, word->length);
    cursor->next++;
    return true;
}

/* --- settings --- */

static bool take_u32(bw_story_cursor *cursor, const bw_story_setting *setting, void *at)
{
    uint64_t count = 0;
    int64_t rate = 0;
    uint32_t at_next = cursor->next, value;
    if (setting->value == BW_STORY_COUNT) {
        if (!bw_story_take_whole(cursor, UINT32_MAX, "a whole number below 2^32", &count))
            return false;
        value = (uint32_t)count;
    } else {
        if (!bw_story_take_rate(cursor, 6, &rate))
            return false;
        if (rate < 0 || rate > UINT32_MAX) {
            cursor->next = at_next;
            return bw_story_wrong(cursor, "a rate from 0 to 4294", NULL);
        }
        value = (uint32_t)rate;
    }
    memcpy(at, &value, sizeof value);
    return true;
}

static bool take_i64(bw_story_cursor *cursor, const bw_story_setting *setting, const bw_story_scales *scales, void *at)
{
    int64_t value = -1;
    bool taken = false;
    switch (setting->value) {
    case BW_STORY_DEBT:
        taken = bw_story_accept(cursor, bw_story_word_none) || bw_story_take_amount(cursor, scales->asset, &value);
        break;
    case BW_STORY_AMOUNT:
        taken = bw_story_take_amount(cursor, scales->asset, &value);
        break;
    case BW_STORY_DURATION:
        taken = bw_story_take_duration(cursor, &value);
        break;
    case BW_STORY_TIME:
        taken = bw_story_take_time(cursor, &value);
        break;
    case BW_STORY_PRICE:
        taken = take_multiple(cursor, "a price", "tick", scales->tick, &value);
        break;
    default:
        taken = take_multiple(cursor, "a size", "lot", scales->lot, &value);
        break;
    }
    memcpy(at, &value, taken ? sizeof value : 0);
    return taken;
}

bool bw_story_take_value(bw_story_cursor *cursor, const bw_story_setting *setting, const bw_story_scales *scales,
                         void *body)
{
    uint8_t *at = (uint8_t *)body + setting->offset;
    uint32_t choice;
    switch (setting->value) {
    case BW_STORY_COUNT:
    case BW_STORY_RATE:
        return take_u32(cursor, setting, at);
    case BW_STORY_YES:
    case BW_STORY_NO:
        *at = setting->value == BW_STORY_YES;
        return true;
    case BW_STORY_CHOICE:
        if (!bw_story_take_choice(cursor, setting->choices, &choice))
            return false;
        *at = (uint8_t)choice;
        return true;
    default:
        return take_i64(cursor, setting, scales, at);
    }
}
