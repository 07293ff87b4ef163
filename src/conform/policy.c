/* policy.c - whether a case's policy names the rule that its kind computes here.

   The policy is prose. Only words that name a rule are looked at: how something is rounded, who is charged, in proportion to
   what. A text without such a word says nothing; one that has some, and none of those of the kind, is another rule. */
#include "conform/trial.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { FLOOR = 1, CEIL = 2, HALF = 4, ZERO = 8, AWAY = 16, LARGEST = 32, LAST = 64 };
enum { WINNERS = 1, BOTH = 2, ONE = 4, OFFSETTING = 8, ALL = 16, POSITIVE = 32, FUND = 64, LOSERS = 128 };
enum { GAIN = 1, PROFIT = 2, EQUITY = 4, SIZE = 8, BALANCE = 16, MARGIN = 32, FACE = 64, CLOSED = 128, FIRST = 256 };

typedef struct naming {
    const char *word;
    uint32_t bit;
} naming;

/* Of these the first in the text counts: "round half up", "ceil (toward the closed account)". */
static const naming ROUNDINGS[] = {
    {"floor", FLOOR}, {"down", FLOOR}, {"ceil", CEIL}, {"half", HALF}, {"toward zero", ZERO}, {"truncate", ZERO},
    {"away from zero", AWAY}, {"largest-remainder", LARGEST}, {"largest remainder", LARGEST}, {"last", LAST}, {NULL, 0},
};
/* Of these all count. */
static const naming CHARGED[] = {
    {"winner", WINNERS}, {"both sides", BOTH}, {"opposite side", ONE}, {"one side", ONE}, {"offsetting", OFFSETTING},
    {"all users", ALL}, {"everyone", ALL}, {"all depositors", ALL}, {"positive pnl", POSITIVE}, {"fund", FUND},
    {"loser", LOSERS}, {NULL, 0},
};
static const naming PROPORTIONAL[] = {
    {"gain", GAIN}, {"pnl", PROFIT}, {"profit", PROFIT}, {"equity", EQUITY}, {"size", SIZE}, {"balance", BALANCE},
    {"margin", MARGIN}, {"face", FACE}, {"closed part", CLOSED}, {"first come", FIRST}, {NULL, 0},
};

typedef struct kind_rule {
    const char *kind;
    uint32_t charged, proportional;      /* 0: not looked at */
    struct {
        const char *key;
        uint32_t may;
    } rounding[5];
} kind_rule;

static const kind_rule RULES[] = {
    {"settle-round", WINNERS, GAIN, {{"share", FLOOR}, {"residual", LAST}, {"ratio_rounding", HALF}}},
    {"mark-round", WINNERS, GAIN, {{"share", FLOOR}, {"residual", LAST}, {"ratio_rounding", HALF}}},
    {"profit-haircut", POSITIVE, PROFIT, {{"share", FLOOR}, {"residual", LARGEST}}},
    {"index-socialise", BOTH | ONE, SIZE, {{"index_delta", FLOOR | CEIL | HALF}}},
    {"claims-dilution", ALL, BALANCE, {{"index_delta", FLOOR | CEIL}, {"rate", FLOOR}}},
    {"global-haircut", ALL | POSITIVE, PROFIT | EQUITY, {{"balances", ZERO | FLOOR}, {"fraction", FLOOR}, {"scale", FLOOR}}},
    {"claim-payout", 0, FACE | FIRST, {{"share", FLOOR}}},
    {"terminal-price", 0, SIZE, {{"best", ZERO}}},
    {"quantity-scale", 0, SIZE, {{"factor", FLOOR}, {"size", CEIL}}},
    {"fund-draw", FUND, 0, {{"caps", FLOOR}}},
    {"fund-delta", 0, 0, {{"closing_amount", CEIL}, {"fee", FLOOR}}},
    {"bankruptcy-price", 0, MARGIN | CLOSED, {{"closing_amount", CEIL}}},
    {"deleverage", OFFSETTING, CLOSED, {{"closing_amount", CEIL}}},
    {"liquidation-waterfall", 0, 0, {{"closing_amount", CEIL}, {"fee", FLOOR}, {"fund_value", FLOOR}, {"hole", AWAY},
                                     {"index_delta", FLOOR | CEIL | HALF}}},
    {"bankruptcy-takeover", BOTH, SIZE, {{"fund_draw", CEIL}}},
};

/* The text in lower case, cut: rules are named at its beginning. "" if it is none. */
static const char *lower_of(const bw_json *at, char lower[256])
{
    const char *text = bw_json_string(at);
    size_t n = 0;
    for (; text != NULL && text[n] != 0 && n < 255; n++)
        lower[n] = (char)tolower((unsigned char)text[n]);
    lower[n] = 0;
    return lower;
}

/* As a word: "unrounded" has no "round", "last-winner" has "last". */
static const char *word_in(const char *text, const char *word)
{
    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word))
        if (at == text || !isalpha((unsigned char)at[-1]))
            return at;
    return NULL;
}

static uint32_t first_named(const char *text, const naming *names)
{
    const char *first = NULL;
    uint32_t bit = 0;
    for (; names->word != NULL; names++) {
        const char *at = word_in(text, names->word);
        if (at == NULL || (first != NULL && at > first))
            continue;
        first = at;
        bit = names->bit;
    }
    return bit;
}

static uint32_t all_named(const char *text, const naming *names)
{
    uint32_t bits = 0;
    for (; names->word != NULL; names++)
        bits |= word_in(text, names->word) != NULL ? names->bit : 0;
    return bits;
}

static bool says_other(const bw_json *at, uint32_t named, uint32_t may, char *reason, size_t size)
{
    char place[96], found[BW_JSON_FOUND];
    if (named == 0 || (named & may) != 0)
        return false;
    snprintf(reason, size, "%s %s is not the rule of this kind here", bw_json_path(at, place, sizeof place),
             bw_json_found(at, found, sizeof found));
    return true;
}

static bool rounds_other(const bw_trial *trial, const kind_rule *rule, char *reason, size_t size)
{
    char lower[256];
    bw_json rounding = bw_json_get(&trial->policy, "rounding"), decimals = bw_json_get(&rounding, "ratio_decimals");
    const char *text = bw_json_string(&decimals);
    if (text != NULL && says_other(&decimals, 1, strcmp(text, "16") == 0, reason, size))
        return true;
    for (uint32_t n = 0; n < 5 && rule->rounding[n].key != NULL; n++) {
        bw_json at = bw_json_get(&rounding, rule->rounding[n].key);
        if (says_other(&at, first_named(lower_of(&at, lower), ROUNDINGS), rule->rounding[n].may, reason, size))
            return true;
    }
    return false;
}

bool bw_trial_policy_fits(const bw_trial *trial, const char *kind, char *reason, size_t size)
{
    char lower[256];
    bw_json charged = bw_json_get(&trial->policy, "charged"), shares = bw_json_get(&trial->policy, "proportional_to");
    if (bw_json_kind_of(&trial->policy) == BW_JSON_NOTHING) {
        snprintf(reason, size, "policy: found nothing, so no rule is named");
        return false;
    }
    for (uint32_t n = 0; n < sizeof RULES / sizeof RULES[0]; n++) {
        const kind_rule *rule = &RULES[n];
        if (strcmp(rule->kind, kind) != 0)
            continue;
        if (rounds_other(trial, rule, reason, size))
            return false;
        if (rule->charged != 0 &&
            says_other(&charged, all_named(lower_of(&charged, lower), CHARGED), rule->charged | FUND, reason, size))
            return false;
        return rule->proportional == 0 ||
               !says_other(&shares, all_named(lower_of(&shares, lower), PROPORTIONAL), rule->proportional, reason, size);
    }
    return true;
}
