/* number.c - see trial.h: numbers read from a case and kept in range. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conform/trial.h"

#define RANGE ((INT64_C(1) << 62) - 1)
#define WIDE_DIGITS 30

/* ------------------------------------------------------------------------------------------------------- reading */

void bw_trial_wrong(bw_trial *trial, const bw_json *at, const char *expected)
{
    if (trial->wrong)
        return;
    trial->wrong = true;
    bw_json_path(at, trial->field, sizeof trial->field);
    bw_json_found(at, trial->found, sizeof trial->found);
    snprintf(trial->wanted, sizeof trial->wanted, "%s", expected);
}

static void too_wide(bw_trial *trial, const bw_json *at)
{
    if (!trial->too_wide)
        bw_json_path(at, trial->field, sizeof trial->field);
    trial->too_wide = true;
}

static bool in_range(bw_wide a)
{
    return !bw_wide_less(a, bw_wide_of(-RANGE)) && !bw_wide_less(bw_wide_of(RANGE), a);
}

static bw_amount amount_at(bw_trial *trial, const bw_json *at)
{
    const char *text = bw_json_string(at);
    bw_wide value;
    if (text == NULL || !bw_json_is_integer(text))
        bw_trial_wrong(trial, at, "an integer in a text");
    else if (!bw_json_wide_of(text, &value) || !in_range(value))
        too_wide(trial, at);
    else
        return bw_amount_of(bw_wide_to_int64(value));
    return bw_amount_of(0);
}

bool bw_trial_has(const bw_json *from, const char *key)
{
    bw_json at = bw_json_get(from, key);
    return bw_json_kind_of(&at) != BW_JSON_NOTHING;
}

bw_amount bw_trial_get(bw_trial *trial, const bw_json *from, const char *key)
{
    bw_json at = bw_json_get(from, key);
    return amount_at(trial, &at);
}

bw_amount bw_trial_get_or(bw_trial *trial, const bw_json *from, const char *key, bw_amount otherwise)
{
    return bw_trial_has(from, key) ? bw_trial_get(trial, from, key) : otherwise;
}

bw_amount bw_trial_get_least(bw_trial *trial, const bw_json *from, const char *key, int64_t least)
{
    bw_json at = bw_json_get(from, key);
    bw_amount value = amount_at(trial, &at);
    if (!bw_amount_less(value, bw_amount_of(least)))
        return value;
    bw_trial_wrong(trial, &at, least == 0 ? "an integer of at least 0" : "an integer of at least 1");
    return bw_amount_of(least);
}

int64_t bw_trial_get_ppm(bw_trial *trial, const bw_json *from, const char *key)
{
    bw_json at = bw_json_get(from, key);
    int64_t rate = amount_at(trial, &at).minor;
    if (rate >= 0 && rate <= BW_PPM)
        return rate;
    bw_trial_wrong(trial, &at, "a rate of 0 to 1000000");
    return 0;
}

bw_wide bw_trial_get_wide(bw_trial *trial, const bw_json *from, const char *key)
{
    bw_json at = bw_json_get(from, key);
    const char *text = bw_json_string(&at);
    bw_wide value = bw_wide_of(0);
    if (text == NULL || !bw_json_is_integer(text))
        bw_trial_wrong(trial, &at, "an integer in a text");
    else if (strlen(text) > WIDE_DIGITS || !bw_json_wide_of(text, &value))
        too_wide(trial, &at);
    return value;
}

bw_ratio bw_trial_get_ratio(bw_trial *trial, const bw_json *from, const char *key)
{
    bw_json at = bw_json_get(from, key);
    if (bw_json_kind_of(&at) != BW_JSON_OBJECT)
        return (bw_ratio){amount_at(trial, &at), bw_amount_of(1)};
    return (bw_ratio){bw_trial_get(trial, &at, "num"), bw_trial_get_least(trial, &at, "den", 1)};
}

const char *bw_trial_get_word(bw_trial *trial, const bw_json *from, const char *key)
{
    bw_json at = bw_json_get(from, key);
    const char *word = bw_json_string(&at);
    if (word == NULL)
        bw_trial_wrong(trial, &at, "a text");
    return word != NULL ? word : "";
}

bool bw_trial_get_flag(bw_trial *trial, const bw_json *from, const char *key)
{
    bw_json at = bw_json_get(from, key);
    bool value = false;
    if (bw_json_kind_of(&at) != BW_JSON_NOTHING && !bw_json_boolean(&at, &value))
        bw_trial_wrong(trial, &at, "true or false");
    return value;
}

bw_json bw_trial_get_list(bw_trial *trial, const bw_json *from, const char *key)
{
    bw_json at = bw_json_get(from, key);
    if (bw_json_kind_of(&at) != BW_JSON_ARRAY)
        bw_trial_wrong(trial, &at, "an array");
    return at;
}

uint32_t bw_trial_choice(bw_trial *trial, const bw_json *from, const char *key, const char *const *words, uint32_t count)
{
    bw_json at = bw_json_get(from, key);
    const char *word = bw_json_string(&at);
    char expected[sizeof trial->wanted] = "";
    for (uint32_t n = 0; n < count; n++) {
        size_t length = strlen(expected);
        if (word != NULL && strcmp(word, words[n]) == 0)
            return n;
        snprintf(expected + length, sizeof expected - length, "%s'%s'", n > 0 ? " or " : "", words[n]);
    }
    bw_trial_wrong(trial, &at, expected);
    return 0;
}

bool bw_trial_rounding_says(const bw_trial *trial, const char *key, const char *words)
{
    bw_json rounding = bw_json_get(&trial->policy, "rounding"), at = bw_json_get(&rounding, key);
    const char *text = bw_json_string(&at);
    return text != NULL && strstr(text, words) != NULL;
}

bool bw_trial_policy_says(const bw_trial *trial, const char *words)
{
    bw_json at = bw_json_get(&trial->policy, "summary");
    const char *text = bw_json_string(&at);
    return text != NULL && strstr(text, words) != NULL;
}

static bw_wide power10(uint32_t exponent)
{
    bw_wide power = bw_wide_of(1);
    while (exponent-- > 0)
        power = bw_wide_scale(power, 10);
    return power;
}

bw_wide bw_trial_unit_scale(const bw_trial *trial, const char *key, bw_wide otherwise)
{
    bw_json at = bw_json_get(&trial->units, key);
    const char *text = bw_json_string(&at);
    if (text == NULL)
        return otherwise;
    if (strncmp(text, "1e-", 3) == 0) {
        char *end;
        unsigned long exponent = strtoul(text + 3, &end, 10);
        return end == text + 3 || exponent > 30 ? otherwise : power10((uint32_t)exponent);
    }
    size_t zeros = strncmp(text, "0.", 2) == 0 ? strspn(text + 2, "0") : 0;
    bool is_part = strncmp(text, "0.", 2) == 0 && zeros < 30 && text[2 + zeros] == '1';
    return is_part ? power10((uint32_t)zeros + 1) : otherwise;
}

/* ----------------------------------------------------------------------------------------------------- computing */

bw_amount bw_trial_keep_wide(bw_trial *trial, bw_wide result)
{
    if (in_range(result))
        return bw_amount_of(bw_wide_to_int64(result));
    too_wide(trial, &trial->event);
    return bw_amount_of(0);
}

bw_amount bw_trial_keep(bw_trial *trial, bool fits, int64_t result)
{
    if (fits)
        return bw_trial_keep_wide(trial, bw_wide_of(result));
    too_wide(trial, &trial->event);
    return bw_amount_of(0);
}

bw_amount bw_trial_add(bw_trial *trial, bw_amount a, bw_amount b)
{
    return bw_trial_keep(trial, true, bw_amount_add(a, b).minor);
}

bw_amount bw_trial_sub(bw_trial *trial, bw_amount a, bw_amount b)
{
    return bw_trial_keep(trial, true, bw_amount_sub(a, b).minor);
}

bw_amount bw_trial_negate(bw_amount a)
{
    return bw_amount_negate(a);
}

bw_amount bw_trial_positive(bw_amount a)
{
    return bw_amount_max(a, bw_amount_of(0));
}

bw_amount bw_trial_size(bw_amount a)
{
    return bw_amount_max(a, bw_amount_negate(a));
}

bw_amount bw_trial_floor(bw_trial *trial, bw_amount a, bw_amount b, bw_amount c)
{
    int64_t result = 0;
    bool fits = bw_mul_div_floor_try(a.minor, b.minor, c.minor, &result);
    return bw_trial_keep(trial, fits, result);
}

bw_amount bw_trial_ceil(bw_trial *trial, bw_amount a, bw_amount b, bw_amount c)
{
    int64_t result = 0;
    bool fits = bw_mul_div_ceil_try(a.minor, b.minor, c.minor, &result);
    return bw_trial_keep(trial, fits, result);
}

bw_amount bw_trial_zero(bw_trial *trial, bw_amount a, bw_amount b, bw_amount c)
{
    int64_t result = 0;
    bool fits = bw_mul_div_zero_try(a.minor, b.minor, c.minor, &result);
    return bw_trial_keep(trial, fits, result);
}

bw_amount bw_trial_value(bw_trial *trial, bw_amount size, bw_amount price)
{
    return bw_trial_floor(trial, size, price, bw_amount_of(1));
}

bw_amount bw_trial_draw(bw_trial *trial, bw_amount *from, bw_amount floor, bw_amount asked)
{
    bw_fund_caps caps = {.fund = from->minor, .floor = floor.minor, .event_cap = BW_FUND_UNCAPPED,
                         .window_cap = BW_FUND_UNCAPPED, .market_cap = BW_FUND_UNCAPPED};
    bw_amount paid = bw_amount_of(bw_fund_amount(bw_trial_positive(asked).minor, bw_fund_room(&caps), false, false));
    *from = bw_trial_sub(trial, *from, paid);
    return paid;
}

bool bw_trial_shares_new(bw_trial *trial, bw_shares *shares, uint32_t count)
{
    size_t room = count > 0 ? count : 1;
    *shares = (bw_shares){.weight = calloc(room, sizeof(int64_t)), .cap = calloc(room, sizeof(int64_t)),
                          .charge = calloc(room, sizeof(int64_t)), .id = calloc(room, sizeof(uint64_t)), .count = count};
    for (uint32_t n = 0; shares->id != NULL && n < count; n++)
        shares->id[n] = n;
    if (shares->weight != NULL && shares->cap != NULL && shares->charge != NULL && shares->id != NULL &&
        count <= BW_ALLOCATE_COUNT_MAX)
        return true;
    bw_trial_shares_free(shares);
    trial->no_memory = true;
    return false;
}

void bw_trial_shares_free(bw_shares *shares)
{
    free(shares->weight);
    free(shares->cap);
    free(shares->charge);
    free(shares->id);
    *shares = (bw_shares){0};
}

bw_amount bw_trial_share(bw_trial *trial, bw_allocate_rounding rounding, bw_amount budget, bw_shares *shares)
{
    const bw_payers payers = {.weight = shares->weight, .cap = shares->cap, .id = shares->id, .count = shares->count};
    int64_t sum = bw_allocate(BW_ALLOCATE_CAPPED_PRO_RATA, rounding, bw_trial_positive(budget).minor, &payers,
                              shares->charge, &trial->scratch);
    return bw_trial_keep(trial, true, sum);
}
