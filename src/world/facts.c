#include "world/facts.h"

#include <string.h>

#include "world/csv.h"
#include "world/text.h"

#define MUSD_MINOR_DECIMALS 12u /* a million USD with twelve decimals is 1e-6 USD: minor units */
#define MONEY_MAX ((int64_t)1 << 60)

static const char *const provenance_words[] = {"measured", "other venue", "shaped"};
static const char *const source_words[] = {"hyperliquid-adl", "binance-1m", "binance-5m", "binance-15m",
                                           "bybit-15m",       "binance-1h", "published",  "shaped"};
static const char *const class_words[] = {"btc", "eth", "large", "mid", "small"};

const char *bw_provenance_word(bw_provenance provenance)
{
    return provenance_words[provenance];
}

const char *bw_price_source_word(bw_price_source source)
{
    return source_words[source];
}

const char *bw_market_class_word(bw_market_class market_class)
{
    return class_words[market_class];
}

void bw_facts_error_print(const bw_facts_error *error, const char *file, char *buffer,
                          size_t buffer_size)
{
    bw_text text = bw_text_open(buffer, buffer_size);
    bw_text_put(&text, file);
    bw_text_put(&text, ":");
    bw_text_put_integer(&text, error->line);
    bw_text_put(&text, ": ");
    bw_text_put(&text, error->field);
    bw_text_put(&text, ": found '");
    bw_text_put(&text, error->found);
    bw_text_put(&text, "', expected ");
    bw_text_put(&text, error->expected);
    if (error->hint[0] == 0)
        return;
    bw_text_put(&text, "; did you mean '");
    bw_text_put(&text, error->hint);
    bw_text_put(&text, "'?");
}

/* ---- markets ---- */

enum {
    M_MARKET, M_CLASS, M_TICK, M_LOT, M_BRACKETS, M_OPEN_INTEREST, M_ADL, M_LIQUIDATED, M_USERS,
    M_ADL_PRICE, M_ADL_HIGH, M_ADL_LOW, M_WINNER, M_LOSER, M_PROVENANCE, M_COUNT
};

static const char *const market_columns[M_COUNT] = {
    "market", "class", "tick_usd", "lot", "brackets", "open_interest_musd", "adl_musd",
    "liquidated_musd", "users", "adl_price_usd", "adl_high_usd", "adl_low_usd",
    "winner_pnl_pct", "loser_pnl_pct", "provenance"};
/* Of a day without deleveraging, or whose deleveraging nobody has measured. */
static const uint32_t market_optional = 1u << M_ADL | 1u << M_LIQUIDATED | 1u << M_ADL_PRICE | 1u << M_ADL_HIGH |
                                        1u << M_ADL_LOW;

static bool market_grid(bw_csv *csv, bw_market_facts *market)
{
    if (!bw_csv_decimal(csv, M_TICK, 9, 1, (int64_t)1000 * BW_NANO, &market->tick_nano) ||
        !bw_csv_decimal(csv, M_LOT, 9, 1, (int64_t)1000000 * BW_NANO, &market->lot_nano))
        return false;
    /* nano x nano / 1e12 = minor units: tick <= 1e12 and lot <= 1e15 need the check */
    int64_t product;
    if (__builtin_mul_overflow(market->tick_nano, market->lot_nano, &product) ||
        product % 1000000000000 != 0)
        return bw_csv_refuse(csv, M_LOT, "tick x lot to be a whole number of 0.000001 USD");
    market->tick_value = product / 1000000000000;
    return true;
}

/* One "floor:initial:maintenance" of brackets, in the text from *at to end. */
static bool bracket_parse(const char **at, const char *end, bw_market_bracket *bracket)
{
    int64_t *to[3] = {&bracket->floor, &bracket->initial_ppm, &bracket->maintenance_ppm};
    const char *stop = memchr(*at, ' ', (size_t)(end - *at));
    stop = stop ? stop : end;
    for (uint32_t i = 0; i < 3; i++) {
        const char *colon = memchr(*at, ':', (size_t)(stop - *at));
        const char *part_end = i < 2 ? colon : stop;
        if (part_end == NULL || !bw_csv_decimal_parse(*at, (size_t)(part_end - *at), 6, to[i]))
            return false;
        *at = i < 2 ? part_end + 1 : part_end;
    }
    *at += *at < end;
    return true;
}

/* R6: maintenance at most initial, below one; floors and rates rise; the first floor is 0. */
static bool bracket_fits(const bw_market_bracket *bracket, const bw_market_bracket *before)
{
    if (bracket->maintenance_ppm < 1 || bracket->maintenance_ppm > bracket->initial_ppm ||
        bracket->maintenance_ppm >= 1000000 || bracket->initial_ppm > 1000000)
        return false;
    if (before == NULL)
        return bracket->floor == 0;
    return bracket->floor > before->floor && bracket->floor <= MONEY_MAX &&
           bracket->initial_ppm >= before->initial_ppm &&
           bracket->maintenance_ppm >= before->maintenance_ppm;
}

static bool market_brackets(bw_csv *csv, bw_market_facts *market)
{
    static const char *const expected = "up to 8 rising floor:initial:maintenance, the first at 0";
    const char *at = csv->field[M_BRACKETS].begin;
    const char *end = at + csv->field[M_BRACKETS].size;
    market->bracket_count = 0;
    while (at < end) {
        uint32_t i = market->bracket_count;
        if (i == BW_BRACKETS_MAX || !bracket_parse(&at, end, &market->bracket[i]) ||
            !bracket_fits(&market->bracket[i], i ? &market->bracket[i - 1] : NULL))
            return bw_csv_refuse(csv, M_BRACKETS, expected);
        market->bracket_count++;
    }
    return true;
}

/* 0 where the column is missing. */
static bool price_ticks(bw_csv *csv, uint32_t column, int64_t tick_nano, int64_t *ticks)
{
    int64_t nano;
    *ticks = 0;
    if (!bw_csv_has(csv, column))
        return true;
    if (!bw_csv_decimal(csv, column, 9, 1, INT64_MAX, &nano))
        return false;
    *ticks = nano / tick_nano + (nano % tick_nano >= tick_nano - tick_nano / 2);
    if (*ticks < 1 || *ticks > BW_PRICE_TICKS_MAX)
        return bw_csv_refuse(csv, column, "a price of 1 to 2^40 ticks");
    return true;
}

static bool market_prices(bw_csv *csv, bw_market_facts *market)
{
    if (!price_ticks(csv, M_ADL_PRICE, market->tick_nano, &market->adl_price_ticks) ||
        !price_ticks(csv, M_ADL_HIGH, market->tick_nano, &market->adl_high_ticks) ||
        !price_ticks(csv, M_ADL_LOW, market->tick_nano, &market->adl_low_ticks))
        return false;
    if (bw_csv_has(csv, M_ADL_HIGH) != bw_csv_has(csv, M_ADL_LOW))
        return bw_csv_refuse(csv, M_ADL_LOW, "adl_high_usd and adl_low_usd both or neither");
    if (market->adl_low_ticks > market->adl_high_ticks)
        return bw_csv_refuse(csv, M_ADL_LOW, "at most adl_high_usd");
    return true;
}

static bool market_amounts(bw_csv *csv, bw_market_facts *market)
{
    const uint32_t d = MUSD_MINOR_DECIMALS;
    market->adl_notional = market->liquidated = -1;
    return bw_csv_decimal(csv, M_OPEN_INTEREST, d, 0, MONEY_MAX, &market->open_interest) &&
           (!bw_csv_has(csv, M_ADL) || bw_csv_decimal(csv, M_ADL, d, 0, MONEY_MAX, &market->adl_notional)) &&
           (!bw_csv_has(csv, M_LIQUIDATED) ||
            bw_csv_decimal(csv, M_LIQUIDATED, d, 0, MONEY_MAX, &market->liquidated)) &&
           bw_csv_decimal(csv, M_USERS, 0, 0, 1000000000, &market->users) &&
           bw_csv_decimal(csv, M_WINNER, 4, 0, 100000000, &market->winner_pnl_ppm) &&
           bw_csv_decimal(csv, M_LOSER, 4, 0, 100000000, &market->loser_pnl_ppm);
}

static bool market_words(bw_csv *csv, bw_market_facts *market)
{
    uint32_t index;
    if (!bw_csv_copy(csv, M_MARKET, market->name, sizeof market->name) ||
        !bw_csv_word(csv, M_CLASS, class_words, BW_MARKET_CLASS_COUNT,
                     "btc, eth, large, mid or small", &index))
        return false;
    market->class = (bw_market_class)index;
    if (!bw_csv_word(csv, M_PROVENANCE, provenance_words, 3, "measured, other venue or shaped",
                     &index))
        return false;
    market->provenance = (bw_provenance)index;
    return true;
}

bool bw_facts_read_markets(const char *text, size_t size, bw_market_facts *markets,
                           uint32_t market_max, uint32_t *market_count, bw_facts_error *error)
{
    bw_csv csv;
    uint32_t count = 0;
    *market_count = 0;
    if (!bw_csv_open(&csv, text, size, market_columns, M_COUNT, market_optional, error))
        return false;
    while (bw_csv_next(&csv)) {
        if (count == market_max || count == BW_MARKETS_MAX)
            return bw_csv_refuse(&csv, M_MARKET, "no further market");
        bw_market_facts *market = &markets[count];
        memset(market, 0, sizeof *market);
        if (!market_words(&csv, market) || !market_grid(&csv, market) ||
            !market_brackets(&csv, market) || !market_amounts(&csv, market) ||
            !market_prices(&csv, market))
            return false;
        for (uint32_t i = 0; i < count; i++)
            if (strcmp(markets[i].name, market->name) == 0)
                return bw_csv_refuse(&csv, M_MARKET, "a name not used before");
        count++;
    }
    if (error->line != 0)
        return false;
    *market_count = count;
    return true;
}

/* ---- prices ---- */

static const char *const price_columns[] = {"market", "time", "price_usd", "source"};

static bool price_ordered(bw_csv *csv, const bw_price_fact *fact, const bw_price_fact *before)
{
    if (before == NULL || fact->market > before->market)
        return true;
    if (fact->market < before->market)
        return bw_csv_refuse(csv, 0, "markets in the order of the market list");
    if (fact->time_ns <= before->time_ns)
        return bw_csv_refuse(csv, 1, "a later time than the line before");
    return true;
}

static bool price_read(bw_csv *csv, const char *const *names, const bw_market_facts *markets,
                       uint32_t market_count, bw_price_fact *fact)
{
    uint32_t source;
    if (!bw_csv_word(csv, 0, names, market_count, "a market of the list", &fact->market) ||
        !bw_csv_time(csv, 1, &fact->time_ns) ||
        !bw_csv_decimal(csv, 2, 9, 1, INT64_MAX, &fact->price_nano) ||
        !bw_csv_word(csv, 3, source_words, BW_SOURCE_COUNT, "a source tag", &source))
        return false;
    if (fact->price_nano / markets[fact->market].tick_nano < 1 ||
        fact->price_nano / markets[fact->market].tick_nano >= BW_PRICE_TICKS_MAX)
        return bw_csv_refuse(csv, 2, "a price of 1 to 2^40 ticks");
    fact->source = (bw_price_source)source;
    return true;
}

bool bw_facts_read_prices(const char *text, size_t size, const bw_market_facts *markets,
                          uint32_t market_count, bw_price_fact *facts, uint32_t fact_max,
                          uint32_t *fact_count, bw_facts_error *error)
{
    bw_csv csv;
    const char *names[BW_MARKETS_MAX];
    uint32_t count = 0;
    *fact_count = 0;
    for (uint32_t i = 0; i < market_count; i++)
        names[i] = markets[i].name;
    if (!bw_csv_open(&csv, text, size, price_columns, 4, 0, error))
        return false;
    while (bw_csv_next(&csv)) {
        if (count == fact_max)
            return bw_csv_refuse(&csv, 0, "no further line");
        if (!price_read(&csv, names, markets, market_count, &facts[count]) ||
            !price_ordered(&csv, &facts[count], count ? &facts[count - 1] : NULL))
            return false;
        count++;
    }
    if (error->line != 0)
        return false;
    *fact_count = count;
    return true;
}

/* ---- known accounts ---- */

enum { L_ACCOUNT, L_OWNER, L_MARKET, L_SIDE, L_COINS, L_ENTRY, L_EQUITY, L_SOURCE, L_COUNT };

static const char *const known_columns[L_COUNT] = {"account", "owner", "market", "side",
                                                   "coins", "entry_usd", "equity_usd", "source"};
static const char *const side_words[] = {"long", "short"};

/* A name that a story can use: letters, digits, '-' and '_'. */
static bool known_name(bw_csv *csv, uint32_t column, char to[BW_FACT_NAME_MAX])
{
    bw_csv_field field = csv->field[column];
    for (size_t i = 0; i < field.size; i++) {
        char c = field.begin[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && !(i > 0 && ((c >= '0' && c <= '9') || c == '-' || c == '_')))
            return bw_csv_refuse(csv, column, "a name of letters, digits, '-' and '_' that begins with a letter");
    }
    return bw_csv_copy(csv, column, to, BW_FACT_NAME_MAX);
}

static bool known_size(bw_csv *csv, const bw_market_facts *market, bool is_short, bw_known_fact *fact)
{
    int64_t coins;
    if (!bw_csv_decimal(csv, L_COINS, 9, 1, INT64_MAX, &coins))
        return false;
    if (coins % market->lot_nano != 0)
        return bw_csv_refuse(csv, L_COINS, "a whole number of the market's lots");
    int64_t lots = coins / market->lot_nano;
    fact->lots = is_short ? -lots : lots;
    return price_ticks(csv, L_ENTRY, market->tick_nano, &fact->entry_ticks);
}

static bool known_read(bw_csv *csv, const char *const *names, const bw_market_facts *markets, uint32_t market_count,
                       bw_known_fact *fact)
{
    uint32_t side = 0;
    char source[BW_FACT_TEXT_MAX];
    memset(fact, 0, sizeof *fact);
    fact->line = csv->line;
    return known_name(csv, L_ACCOUNT, fact->account) && known_name(csv, L_OWNER, fact->owner) &&
           bw_csv_word(csv, L_MARKET, names, market_count, "a market of the list", &fact->market) &&
           bw_csv_word(csv, L_SIDE, side_words, 2, "long or short", &side) &&
           known_size(csv, &markets[fact->market], side == 1, fact) &&
           bw_csv_decimal(csv, L_EQUITY, 6, 1, MONEY_MAX, &fact->equity) &&
           bw_csv_copy(csv, L_SOURCE, source, sizeof source);
}

/* Against the lines before: one account's lines are neighbours, agree, and name every market once. */
static bool known_fits(bw_csv *csv, const bw_known_fact *facts, uint32_t count)
{
    const bw_known_fact *fact = &facts[count];
    uint32_t positions = 1;
    bool neighbour = true;
    for (uint32_t i = count; i-- > 0;) {
        bool same = strcmp(facts[i].account, fact->account) == 0;
        if (same && !neighbour)
            return bw_csv_refuse(csv, L_ACCOUNT, "the lines of an account to follow each other");
        if (!same) {
            neighbour = false;
            continue;
        }
        if (facts[i].market == fact->market)
            return bw_csv_refuse(csv, L_MARKET, "every market of an account once");
        if (strcmp(facts[i].owner, fact->owner) != 0)
            return bw_csv_refuse(csv, L_OWNER, "the owner of the account's line before");
        if (facts[i].equity != fact->equity)
            return bw_csv_refuse(csv, L_EQUITY, "the equity of the account's line before");
        positions++;
    }
    return positions <= BW_KNOWN_POSITIONS_MAX || bw_csv_refuse(csv, L_ACCOUNT, "at most 12 positions of an account");
}

bool bw_facts_read_known(const char *text, size_t size, const bw_market_facts *markets, uint32_t market_count,
                         bw_known_fact *facts, uint32_t fact_max, uint32_t *fact_count, bw_facts_error *error)
{
    bw_csv csv;
    const char *names[BW_MARKETS_MAX];
    uint32_t count = 0;
    *fact_count = 0;
    for (uint32_t i = 0; i < market_count; i++)
        names[i] = markets[i].name;
    if (!bw_csv_open(&csv, text, size, known_columns, L_COUNT, 0, error))
        return false;
    while (bw_csv_next(&csv)) {
        if (count == fact_max)
            return bw_csv_refuse(&csv, L_ACCOUNT, "no further line");
        if (!known_read(&csv, names, markets, market_count, &facts[count]) || !known_fits(&csv, facts, count))
            return false;
        count++;
    }
    if (error->line != 0)
        return false;
    *fact_count = count;
    return true;
}

/* ---- measured figures ---- */

static const char *const measured_columns[] = {"metric", "unit", "value", "source"};

bool bw_facts_read_measured(const char *text, size_t size, bw_measured_fact *facts,
                            uint32_t fact_max, uint32_t *fact_count, bw_facts_error *error)
{
    bw_csv csv;
    uint32_t count = 0;
    *fact_count = 0;
    if (!bw_csv_open(&csv, text, size, measured_columns, 4, 0, error))
        return false;
    while (bw_csv_next(&csv)) {
        if (count == fact_max)
            return bw_csv_refuse(&csv, 0, "no further line");
        bw_measured_fact *fact = &facts[count];
        if (!bw_csv_copy(&csv, 0, fact->metric, sizeof fact->metric) ||
            !bw_csv_copy(&csv, 1, fact->unit, sizeof fact->unit) ||
            !bw_csv_decimal(&csv, 2, 9, -INT64_MAX, INT64_MAX, &fact->value_nano) ||
            !bw_csv_copy(&csv, 2, fact->value, sizeof fact->value) ||
            !bw_csv_copy(&csv, 3, fact->source, sizeof fact->source))
            return false;
        for (uint32_t i = 0; i < count; i++)
            if (strcmp(facts[i].metric, fact->metric) == 0)
                return bw_csv_refuse(&csv, 0, "a metric not used before");
        count++;
    }
    if (error->line != 0)
        return false;
    *fact_count = count;
    return true;
}

/* ---- margin ---- */

int64_t bw_market_notional(const bw_market_facts *market, int64_t lots, int64_t ticks)
{
    int64_t value = lots * ticks * market->tick_value;
    return value < 0 ? -value : value;
}

static int64_t ppm_ceil(int64_t amount, int64_t ppm)
{
    return amount / 1000000 * ppm + (amount % 1000000 * ppm + 999999) / 1000000;
}

static int64_t ppm_floor(int64_t amount, int64_t ppm)
{
    return amount / 1000000 * ppm + amount % 1000000 * ppm / 1000000;
}

int64_t bw_market_maintenance_margin(const bw_market_facts *market, int64_t notional)
{
    int64_t deduction = 0;
    uint32_t k = 0;
    for (; k + 1 < market->bracket_count && notional >= market->bracket[k + 1].floor; k++) {
        const bw_market_bracket *next = &market->bracket[k + 1];
        deduction += ppm_floor(next->floor,
                               next->maintenance_ppm - market->bracket[k].maintenance_ppm);
    }
    return ppm_ceil(notional, market->bracket[k].maintenance_ppm) - deduction;
}

int64_t bw_market_initial_margin(const bw_market_facts *market, int64_t notional)
{
    int64_t deduction = 0;
    uint32_t k = 0;
    for (; k + 1 < market->bracket_count && notional >= market->bracket[k + 1].floor; k++) {
        const bw_market_bracket *next = &market->bracket[k + 1];
        deduction += ppm_floor(next->floor, next->initial_ppm - market->bracket[k].initial_ppm);
    }
    int64_t initial = ppm_ceil(notional, market->bracket[k].initial_ppm) - deduction;
    int64_t maintenance = bw_market_maintenance_margin(market, notional);
    return initial > maintenance ? initial : maintenance;
}
