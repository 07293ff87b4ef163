#include "stress/condition.h"

#include <string.h>

#include "metrics/page.h"

enum { KIND_CHANCE, KIND_MEAN = KIND_CHANCE + 6, KIND_VAR, KIND_ES, KIND_SMALLEST, KIND_NEWSVENDOR };
enum { SERIES = 3, SIDES = BW_CONDITION_SIDES, NAME_BYTES = BW_CONDITION_NAME, DIGITS_MOST = 16, HINT_DISTANCE = 3 };

static const char *const chances[] = {"p_liquidation", "p_adl", "p_haircut", "p_carryover", "p_socialized", "p_charged"};
static const char *const series_words[SERIES] = {"gap", "fund_use", "socialized"};
const char *const bw_condition_sides[BW_CONDITION_SIDES] = {"", "_low", "_high"};

/* ------------------------------------------------------------------------------------------------------------ names */

static void spell(bw_page *page, const char *stem, uint32_t series, const char *level)
{
    bw_page_put(page, stem);
    bw_page_put(page, series_words[series]);
    bw_page_put(page, *level ? "_" : "");
    bw_page_put(page, level);
}

/* Every name there is, by number: its parts and its word. False: no such number. */
static bool name_at(uint32_t number, bw_condition *parts, char word[NAME_BYTES])
{
    bw_page page = bw_page_open(word, NAME_BYTES);
    uint32_t side = number % SIDES, at = number / SIDES;
    *parts = (bw_condition){.side = (uint8_t)side};
    if (at < KIND_MEAN) {
        parts->kind = (uint16_t)(KIND_CHANCE + at);
        bw_page_put(&page, chances[at]);
    } else if ((at -= KIND_MEAN) < SERIES) {
        parts->kind = KIND_MEAN;
        parts->series = (uint8_t)at;
        spell(&page, "mean_", at, "");
    } else if ((at -= SERIES) < 2 * SERIES * BW_STRESS_LEVELS) {
        parts->kind = at < SERIES * BW_STRESS_LEVELS ? KIND_VAR : KIND_ES;
        parts->series = (uint8_t)(at / BW_STRESS_LEVELS % SERIES);
        parts->level = (uint8_t)(at % BW_STRESS_LEVELS);
        spell(&page, parts->kind == KIND_VAR ? "var_" : "es_", parts->series, bw_stress_level_words[parts->level]);
    } else if ((at -= 2 * SERIES * BW_STRESS_LEVELS) < 2) {
        parts->kind = (uint16_t)(KIND_SMALLEST + at);
        bw_page_put(&page, at == 0 ? "smallest_fund" : "newsvendor");
    } else {
        return false;
    }
    bw_page_put(&page, bw_condition_sides[side]);
    bw_page_end(&page);
    return true;
}

/* Letters to put in, take out or change. */
static uint32_t distance(const char *a, size_t length, const char *b)
{
    uint32_t row[NAME_BYTES + 1];
    uint32_t width = (uint32_t)strlen(b);
    for (uint32_t j = 0; j <= width; j++)
        row[j] = j;
    for (uint32_t i = 1; i <= length; i++) {
        uint32_t corner = row[0];
        row[0] = i;
        for (uint32_t j = 1; j <= width; j++) {
            uint32_t change = corner + (a[i - 1] != b[j - 1]), least = row[j] < row[j - 1] ? row[j] : row[j - 1];
            corner = row[j];
            row[j] = change < least + 1 ? change : least + 1;
        }
    }
    return row[width];
}

/* --------------------------------------------------------------------------------------------------------- messages */

static void put_found(bw_page *page, const char *text, size_t length)
{
    bw_page_put(page, "found ");
    if (length == 0) {
        bw_page_put(page, "nothing");
        return;
    }
    bw_page_char(page, '\'');
    for (size_t i = 0; i < length && i < NAME_BYTES; i++)
        bw_page_char(page, text[i] >= ' ' && text[i] < 127 ? text[i] : '?');
    bw_page_put(page, length > NAME_BYTES ? "...'" : "'");
}

static bool refuse(char *message, size_t size, const char *text, size_t length, const char *expected)
{
    bw_page page = bw_page_open(message, size);
    put_found(&page, text, length);
    bw_page_put(&page, ", expected ");
    bw_page_put(&page, expected);
    bw_page_end(&page);
    return false;
}

static bool refuse_name(char *message, size_t size, const char *text, size_t length, bw_condition_names *names, const char *such_as)
{
    char word[NAME_BYTES], nearest[NAME_BYTES] = "";
    uint32_t least = HINT_DISTANCE + 1;
    bw_condition parts;
    for (uint32_t i = 0; length < NAME_BYTES && names(i, &parts, word); i++) {
        uint32_t apart = distance(text, length, word);
        if (apart < least) {
            least = apart;
            memcpy(nearest, word, sizeof nearest);
        }
    }
    bw_page page = bw_page_open(message, size);
    put_found(&page, text, length);
    bw_page_put(&page, ", expected a figure such as ");
    bw_page_put(&page, such_as);
    if (*nearest) {
        bw_page_put(&page, "; did you mean '");
        bw_page_put(&page, nearest);
        bw_page_put(&page, "'?");
    }
    bw_page_end(&page);
    return false;
}

/* ---------------------------------------------------------------------------------------------------------- parsing */

static const char *skip_blanks(const char *text)
{
    while (*text == ' ' || *text == '\t')
        text++;
    return text;
}

static bool of_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

static bool find_name(bw_condition_names *names, const char *text, size_t length, bw_condition *condition)
{
    char word[NAME_BYTES];
    for (uint32_t i = 0; names(i, condition, word); i++)
        if (strlen(word) == length && memcmp(word, text, length) == 0)
            return true;
    return false;
}

static bool is_chance(const bw_condition *condition)
{
    return condition->kind < KIND_MEAN;
}

/* digits / 10^places of the decimal at `text`; NULL: there is none, or it is too long. */
static const char *read_decimal(const char *text, int64_t *digits, uint32_t *places)
{
    bool point = false;
    uint32_t count = 0;
    for (*digits = 0, *places = 0; (*text >= '0' && *text <= '9') || (*text == '.' && !point && count > 0); text++) {
        if (*text == '.') {
            point = true;
            continue;
        }
        if (++count > DIGITS_MOST)
            return NULL;
        *digits = *digits * 10 + (*text - '0');
        *places += point;
    }
    return count > 0 && !(point && *places == 0) ? text : NULL;
}

static const char *read_operator(const char *text, bw_condition *condition)
{
    if (*text != '<' && *text != '>')
        return NULL;
    condition->below = *text == '<';
    condition->equal = text[1] == '=';
    return text + 1 + condition->equal;
}

bool bw_condition_parse_with(const char *text, bw_condition_names *names, const char *such_as, bw_condition *condition,
                             char *message, size_t size)
{
    const char *name = skip_blanks(text), *end = name;
    while (of_word(*end))
        end++;
    if (!find_name(names, name, (size_t)(end - name), condition))
        return refuse_name(message, size, name, (size_t)(end - name), names, such_as);
    const char *at = skip_blanks(end), *number = read_operator(at, condition);
    if (number == NULL)
        return refuse(message, size, at, strlen(at), "one of > >= < <=");
    number = skip_blanks(number);
    const char *rest = read_decimal(number, &condition->digits, &condition->places);
    const char *expected = is_chance(condition) ? "a chance, 0.001 or 0.1%" : "an amount in units of the asset, 2500000 or 0.25";
    if (rest == NULL)
        return refuse(message, size, number, strlen(number), expected);
    if (*rest == '%' && is_chance(condition)) {
        condition->places += 2;
        rest++;
    }
    if (*skip_blanks(rest))
        return refuse(message, size, number, strlen(number), expected);
    return true;
}

bool bw_condition_parse(const char *text, bw_condition *condition, char *message, size_t size)
{
    return bw_condition_parse_with(text, name_at, "p_haircut, var_gap_99 or smallest_fund", condition, message, size);
}

/* ------------------------------------------------------------------------------------------------------- evaluation */

bool bw_condition_of_fund(const bw_condition *condition)
{
    return condition->kind >= KIND_SMALLEST;
}

static bw_wide power10(uint32_t exponent)
{
    bw_wide power = bw_wide_of(1);
    for (; exponent > 0; exponent--)
        power = bw_wide_scale(power, 10);
    return power;
}

static bw_condition_end compared(const bw_condition *condition, int sign)
{
    bool holds = sign == 0 ? condition->equal : condition->below ? sign < 0 : sign > 0;
    return holds ? BW_CONDITION_TRUE : BW_CONDITION_FALSE;
}

/* numerator / denominator against digits / 10^places. Products stay below 2^63 x 10^18: within 127 bits. */
static bw_condition_end compare(const bw_condition *condition, int64_t numerator, int64_t denominator)
{
    bw_wide left = bw_wide_scale(power10(condition->places), numerator);
    return compared(condition, bw_wide_compare(left, bw_wide_mul(condition->digits, denominator)));
}

bw_condition_end bw_condition_chance(const bw_condition *condition, const bw_stress_chance *chance)
{
    if (chance->paths == 0)
        return BW_CONDITION_UNKNOWN;
    if (condition->side == 0 && !chance->weighted)
        return compare(condition, (int64_t)chance->hits, (int64_t)chance->paths);
    double end = condition->side == 0 ? chance->estimate : condition->side == 1 ? chance->interval.low : chance->interval.high;
    double number = (double)condition->digits / bw_interval_real(power10(condition->places));
    return compared(condition, (end > number) - (end < number));
}

/* The figure is in minor units: digits x 10^decimals / 10^places. */
bw_condition_end bw_condition_figure(const bw_condition *condition, const bw_stress_figure *figure, uint32_t decimals)
{
    if (!figure->known || (condition->side > 0 && !figure->bounded))
        return BW_CONDITION_UNKNOWN;
    int64_t amount = condition->side == 0 ? figure->value : condition->side == 1 ? figure->low : figure->high;
    return compare(condition, amount, bw_wide_to_int64(power10(decimals)));
}

static const bw_stress_chance *chance_of(const bw_stress_result *result, uint32_t kind)
{
    const bw_stress_chance *const all[] = {&result->p_liquidation, &result->p_adl, &result->p_haircut, &result->p_carryover,
                                           &result->p_socialized, &result->p_charged};
    return all[kind - KIND_CHANCE];
}

bw_condition_end bw_condition_holds(const bw_condition *condition, const bw_stress_result *result, const bw_fund_result *fund)
{
    static const bw_stress_figure unknown;
    const bw_stress_series *const all[SERIES] = {&result->gap, &result->fund_use, &result->socialized};
    const bw_stress_series *series = all[condition->series];
    const bw_stress_figure *figure = &unknown;
    switch (condition->kind) {
    case KIND_MEAN: figure = &series->mean; break;
    case KIND_VAR: figure = &series->var[condition->level]; break;
    case KIND_ES: figure = &series->es[condition->level]; break;
    case KIND_SMALLEST: figure = fund ? &fund->smallest : &unknown; break;
    case KIND_NEWSVENDOR: figure = fund ? &fund->newsvendor : &unknown; break;
    default: return bw_condition_chance(condition, chance_of(result, condition->kind));
    }
    return bw_condition_figure(condition, figure, result->facts->decimals);
}

/* ------------------------------------------------------------------------------------------------------------ until */

bool bw_until_parse(const char *text, int64_t *part, char *message, size_t size)
{
    int64_t digits;
    uint32_t places;
    const char *expected = "ci= and the part of P that half its interval's width may be, as ci=5%", *rest;
    if (strncmp(text, "ci=", 3) != 0 || (rest = read_decimal(text + 3, &digits, &places)) == NULL || (*rest && *rest != '%') ||
        (*rest == '%' && rest[1]))
        return refuse(message, size, text, strlen(text), expected);
    places += *rest == '%' ? 2u : 0u;
    bw_wide whole = bw_wide_div_floor(bw_wide_mul(digits, BW_STRESS_ONE), power10(places));
    if (bw_wide_sign(whole) <= 0 || !bw_wide_less(whole, bw_wide_of(BW_STRESS_ONE)))
        return refuse(message, size, text, strlen(text), "a part between 0 and 100%, as ci=5%");
    *part = bw_wide_to_int64(whole);
    return true;
}

bool bw_until_reached(uint64_t hits, uint64_t paths, int64_t part)
{
    if (hits == 0 || paths == 0)
        return false;
    bw_interval interval = bw_interval_chance(hits, paths, BW_STRESS_LEVEL);
    double half = (interval.high - interval.low) / 2, chance = (double)hits / (double)paths;
    return half <= (double)part / BW_STRESS_ONE * chance;
}
