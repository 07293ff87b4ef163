/* parse_market.c - markets, brackets, collaterals: what has ticks and lots. */
#include <string.h>

#include "base/checked.h"
#include "story/parse.h"

/* With these, a price of 2^40 ticks and a size of 2^53 lots can be written exactly (decimal.h). */
enum { TICK_MANTISSA_MAX = 999999, LOT_MANTISSA_MAX = 999, POWER_MAX = 12 };
#define PRICE_MAX_DEFAULT (INT64_C(1) << 24)

static bool take_unit(bw_story_cursor *cursor, const char *expected, int64_t mantissa_max, bw_story_unit *unit)
{
    bw_story_decimal value;
    bw_story_number number;
    if (!bw_story_take_decimal(cursor, expected, &value))
        return false;
    number = bw_story_decimal_unit(value, mantissa_max, unit);
    return number == BW_STORY_NUMBER_OK || bw_story_wrong_before(cursor, expected);
}

static bool take_tick(bw_story_cursor *cursor, bw_story_unit *tick)
{
    return take_unit(cursor, "a tick above 0 with at most 6 significant digits", TICK_MANTISSA_MAX, tick);
}

/* --- brackets --- */

/* Splits FLOOR:IMR:MMR into three words for a cursor of its own. */
static bool split_bracket(const bw_story_word *word, char *copy, size_t size, bw_story_word parts[3])
{
    uint32_t part = 0;
    if (word->length >= size)
        return false;
    memcpy(copy, word->text, word->length + 1);
    parts[0] = (bw_story_word){copy, 0, word->line};
    for (uint32_t i = 0; i < word->length; i++) {
        if (copy[i] != ':') {
            parts[part].length++;
        } else if (part < 2) {
            copy[i] = 0;
            parts[++part] = (bw_story_word){copy + i + 1, 0, word->line};
        } else {
            return false;
        }
    }
    return part == 2;
}

static bool take_bracket(bw_story_cursor *cursor, uint16_t asset, bw_bracket *bracket)
{
    char copy[128];
    bw_story_word parts[3];
    int64_t imr, mmr;
    const char *expected = "a bracket FLOOR:IMR:MMR such as 0:0.05:0.025";
    if (!bw_story_more(cursor) || !split_bracket(&cursor->words[cursor->next], copy, sizeof copy, parts))
        return bw_story_wrong(cursor, expected, NULL);
    bw_story_cursor inner = *cursor;
    inner.words = parts;
    inner.count = 3;
    inner.next = 0;
    if (!bw_story_take_amount(&inner, asset, &bracket->floor) || !bw_story_take_rate(&inner, 6, &imr) ||
        !bw_story_take_rate(&inner, 6, &mmr))
        return false;
    if (imr < 0 || mmr < 0 || imr > UINT32_MAX || mmr > UINT32_MAX)
        return bw_story_wrong(cursor, expected, NULL);
    bracket->imr_ppm = (uint32_t)imr;
    bracket->mmr_ppm = (uint32_t)mmr;
    cursor->next++;
    return true;
}

static bool next_is_bracket(const bw_story_cursor *cursor)
{
    return bw_story_more(cursor) && strchr(cursor->words[cursor->next].text, ':') != NULL;
}

static bool take_brackets(bw_story_cursor *cursor, uint16_t asset, bw_command_brackets *brackets)
{
    memset(brackets->brackets, 0, sizeof brackets->brackets);
    brackets->count = 0;
    do {
        if (brackets->count == BW_BRACKETS)
            return bw_story_wrong(cursor, "at most 16 brackets", NULL);
        if (!take_bracket(cursor, asset, &brackets->brackets[brackets->count++]))
            return false;
    } while (next_is_bracket(cursor));
    return true;
}

static void plan_brackets(bw_story_plan *plan, uint16_t market, const bw_command_brackets *brackets)
{
    bw_command_brackets *command = bw_story_plan_add(plan, BW_COMMAND_BRACKETS, sizeof *command);
    bw_command header = command->header;
    *command = *brackets;
    command->header = header;
    command->market = market;
}

bool bw_story_parse_brackets(bw_story_cursor *cursor, bw_story_plan *plan)
{
    bw_command_brackets brackets = {0};
    uint16_t market;
    if (!bw_story_take_market(cursor, &market))
        return false;
    uint16_t asset = bw_story_pool_asset(cursor->book, bw_story_market_pool(cursor->book, market));
    if (!take_brackets(cursor, asset, &brackets))
        return false;
    plan_brackets(plan, market, &brackets);
    return true;
}

/* --- markets --- */

typedef struct {
    bw_story_market market;
    bw_command_brackets brackets;   /* count 0: none on this line */
    bw_story_seen seen;
    bool is_new;
} market_line;

static bool take_underlying(bw_story_cursor *cursor, bw_command_market *market)
{
    char name[BW_STORY_NAME];
    if (!bw_story_take_name(cursor, "the name of what the market follows", name, sizeof name))
        return false;
    market->underlying = bw_story_owner(cursor->book, name);
    return true;
}

/* The settings that need more than their value: pool, tick, lot, underlying, brackets, in the table's order. */
static bool take_own(bw_story_cursor *cursor, uint32_t which, market_line *line)
{
    bw_command_market *command = &line->market.command;
    uint16_t asset = bw_story_pool_asset(cursor->book, command->pool);
    if (which < 3 && !line->is_new)
        return bw_story_wrong_before(cursor, "a setting that a market may change");
    switch (which) {
    case 0:
        return bw_story_take_pool(cursor, &command->pool);
    case 1:
        return take_tick(cursor, &line->market.tick);
    case 2:
        return take_unit(cursor, "a lot above 0 with at most 3 significant digits", LOT_MANTISSA_MAX,
                         &line->market.lot);
    case 3:
        return take_underlying(cursor, command);
    default:
        if (asset == BW_NONE16)
            return bw_story_wrong_before(cursor, "the market's pool before it");
        return take_brackets(cursor, asset, &line->brackets);
    }
}

static bool take_market_setting(bw_story_cursor *cursor, market_line *line)
{
    const bw_story_setting *setting;
    if (!bw_story_take_setting(cursor, bw_story_settings_of_market, "a setting of a market", &line->seen, &setting))
        return false;
    if (setting->value == BW_STORY_OWN)
        return take_own(cursor, (uint32_t)(setting - bw_story_settings_of_market), line);
    bw_story_scales scales = {bw_story_pool_asset(cursor->book, line->market.command.pool), line->market.tick,
                              line->market.lot};
    if (setting->value == BW_STORY_AMOUNT && scales.asset == BW_NONE16)
        return bw_story_wrong_before(cursor, "the market's pool before it");
    return bw_story_take_value(cursor, setting, &scales, &line->market.command);
}

/* tick x lot in smallest units of the asset; inverse: lot / tick. */
static bool set_tick_value(bw_story_cursor *cursor, bw_story_market *market)
{
    bw_story_unit tick = market->tick, lot = market->lot;
    int32_t decimals = (int32_t)cursor->book->assets[bw_story_pool_asset(cursor->book, market->command.pool)].decimals;
    bw_story_decimal value = {tick.mantissa * lot.mantissa, -(tick.exponent + lot.exponent)};
    bw_story_unit unit = {1, -decimals};
    if (market->command.kind == BW_MARKET_INVERSE) {
        value = (bw_story_decimal){lot.mantissa, -lot.exponent};
        unit = (bw_story_unit){tick.mantissa, tick.exponent - decimals};
    }
    if (bw_story_decimal_count(value, unit, &market->command.tick_value) == BW_STORY_NUMBER_OK &&
        market->command.tick_value >= 1)
        return true;
    return bw_story_wrong(cursor, market->command.kind == BW_MARKET_INVERSE
                          ? "lot / tick to be a whole number of the asset's smallest units"
                          : "tick x lot to be a whole number of the asset's smallest units", NULL);
}

/* The largest open interest for which all declared markets together stay inside the envelope (R1). */
static int64_t default_interest(const bw_story_cursor *cursor, const bw_command_market *market)
{
    int64_t share = (BW_VALUE_MAX - 1) / (int64_t)cursor->book->market_max / market->tick_value;
    if (market->kind == BW_MARKET_LINEAR)
        share /= market->price_max > 0 ? market->price_max : 1;
    return share < 1 ? 1 : share > BW_SIZE_MAX ? BW_SIZE_MAX : share;
}

static bool finish_market(bw_story_cursor *cursor, bw_story_market *market)
{
    if (market->command.pool == BW_NONE16)
        return bw_story_wrong(cursor, "the market's pool", NULL);
    if (market->tick.mantissa == 0)
        return bw_story_wrong(cursor, "the market's tick", NULL);
    if (market->lot.mantissa == 0)
        return bw_story_wrong(cursor, "the market's lot", NULL);
    if (!set_tick_value(cursor, market))
        return false;
    if (market->command.open_interest_max == 0)
        market->command.open_interest_max = default_interest(cursor, &market->command);
    return true;
}

static bool take_market_name(bw_story_cursor *cursor, bw_story_plan *plan, market_line *line)
{
    bw_story_book *book = cursor->book;
    uint16_t pool;
    if (bw_story_accept_market(cursor, &plan->number)) {
        line->market = book->markets[plan->number];
        return true;
    }
    if (bw_story_accept_pool(cursor, &pool))
        return bw_story_wrong_before(cursor, "a name that no pool has");
    if (book->market_count == book->market_max)
        return bw_story_wrong(cursor, "no more markets than `limits` declares", NULL);
    line->is_new = true;
    line->market.command = (bw_command_market){.pool = BW_NONE16, .price_max = PRICE_MAX_DEFAULT, .min_slice = 1};
    plan->number = (uint16_t)book->market_count;
    if (!bw_story_take_name(cursor, "a name for the market", line->market.name, BW_NAME))
        return false;
    memcpy(line->market.command.name, line->market.name, BW_NAME);
    return true;
}

bool bw_story_parse_market(bw_story_cursor *cursor, bw_story_plan *plan)
{
    market_line line = {0};
    if (!take_market_name(cursor, plan, &line))
        return false;
    bool brackets_only = !line.is_new && bw_story_more(cursor);
    while (bw_story_more(cursor)) {
        uint32_t before = line.brackets.count;
        if (!take_market_setting(cursor, &line))
            return false;
        brackets_only = brackets_only && line.brackets.count != before;
    }
    if (!finish_market(cursor, &line.market))
        return false;
    if (!brackets_only) {
        bw_command_market *command = bw_story_plan_add(plan, BW_COMMAND_MARKET, sizeof *command);
        line.market.command.header = command->header;
        line.market.command.market = plan->number;
        *command = line.market.command;
        plan->defines = BW_STORY_NEW_MARKET;
        plan->thing.market = line.market;
    }
    if (line.brackets.count > 0)
        plan_brackets(plan, plan->number, &line.brackets);
    return true;
}

bool bw_story_parse_status(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint16_t market;
    uint32_t status;
    if (!bw_story_take_market(cursor, &market) || !bw_story_take_choice(cursor, bw_story_status_words, &status))
        return false;
    bw_command_status *command = bw_story_plan_add(plan, BW_COMMAND_STATUS, sizeof *command);
    command->market = market;
    command->status = (uint8_t)status;
    return true;
}

/* --- collateral --- */

/* Value of one smallest unit at one tick, in smallest units of the pool's asset: mantissa x 10^power as a fraction. */
static bool set_tick_fraction(bw_story_cursor *cursor, bw_story_collateral *collateral)
{
    const bw_story_book *book = cursor->book;
    bw_command_collateral *command = &collateral->command;
    uint16_t settlement = bw_story_pool_asset(book, command->pool);
    int32_t power = collateral->tick.exponent + (int32_t)book->assets[settlement].decimals -
                    (int32_t)book->assets[command->asset].decimals;
    if (power > POWER_MAX || power < -POWER_MAX ||
        !bw_mul_checked(collateral->tick.mantissa, bw_story_power(power > 0 ? power : 0), &command->tick_num))
        return bw_story_wrong(cursor, "a tick nearer to 1", NULL);
    command->tick_den = bw_story_power(power < 0 ? -power : 0);
    return true;
}

/* Keeps amount x price below 2^56 of the settlement asset's units. */
static int64_t default_amount(const bw_command_collateral *command)
{
    int64_t amount;
    int64_t value_per_tick_max = (INT64_C(1) << 56) / (command->price_max > 0 ? command->price_max : 1);
    if (!bw_mul_checked(value_per_tick_max, command->tick_den, &amount))
        amount = INT64_MAX;
    amount /= command->tick_num;
    return amount < 1 ? 1 : amount > BW_SIZE_MAX ? BW_SIZE_MAX : amount;
}

static bool take_collateral_setting(bw_story_cursor *cursor, bw_story_seen *seen, bw_story_collateral *collateral)
{
    const bw_story_setting *setting;
    bw_command_collateral *command = &collateral->command;
    if (!bw_story_take_setting(cursor, bw_story_settings_of_collateral, "a setting of a collateral", seen, &setting))
        return false;
    if (setting->value != BW_STORY_OWN)
        return bw_story_take_value(cursor, setting, &(bw_story_scales){.tick = collateral->tick}, command);
    switch (setting - bw_story_settings_of_collateral) {
    case 0:
        return bw_story_take_pool(cursor, &command->pool);
    case 1:
        return take_tick(cursor, &collateral->tick);
    default:
        return bw_story_take_amount(cursor, command->asset, &command->amount_max);
    }
}

bool bw_story_parse_collateral(bw_story_cursor *cursor, bw_story_plan *plan)
{
    bw_story_book *book = cursor->book;
    bw_story_collateral collateral = {.command = {.pool = BW_NONE16, .price_max = PRICE_MAX_DEFAULT}};
    bw_command_collateral *planned = &collateral.command;
    bw_story_seen seen = {.count = 0};
    if (!bw_story_take_asset(cursor, &planned->asset))
        return false;
    while (bw_story_more(cursor))
        if (!take_collateral_setting(cursor, &seen, &collateral))
            return false;
    if (planned->pool == BW_NONE16)
        return bw_story_wrong(cursor, "the collateral's pool", NULL);
    if (collateral.tick.mantissa == 0)
        return bw_story_wrong(cursor, "the collateral's tick", NULL);
    if (!set_tick_fraction(cursor, &collateral))
        return false;
    if (planned->amount_max == 0)
        planned->amount_max = default_amount(planned);
    if (!bw_story_find_collateral(book, planned->asset, planned->pool, &plan->number)) {
        if (book->collateral_count == book->collateral_max)
            return bw_story_wrong(cursor, "no more collaterals than `limits` declares", NULL);
        plan->number = (uint16_t)book->collateral_count;
    }
    bw_command_collateral *command = bw_story_plan_add(plan, BW_COMMAND_COLLATERAL, sizeof *command);
    planned->header = command->header;
    planned->collateral = plan->number;
    *command = *planned;
    plan->defines = BW_STORY_NEW_COLLATERAL;
    plan->thing.collateral = collateral;
    return true;
}
