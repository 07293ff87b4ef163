/* language.h - every word of the story language, as data.

   The parsers take their words from these tables and from nowhere else, so docs/story.md can be compared with them in
   both directions (tests/story/test_language.c).

   Shapes    lists end with NULL, tables of settings with a NULL word; the index of a choice is the value it means */
#ifndef BW_STORY_LANGUAGE_H
#define BW_STORY_LANGUAGE_H

#include "breakwater.h"

/* How the value after a setting's word is read, and the type it is stored as. */
typedef enum bw_story_value {
    BW_STORY_RATE,       /* uint32_t, parts per million */
    BW_STORY_AMOUNT,     /* int64_t, of the pool's asset */
    BW_STORY_DEBT,       /* the same, or `none`: -1 */
    BW_STORY_DURATION,   /* int64_t, nanoseconds */
    BW_STORY_TIME,       /* int64_t, nanoseconds since the epoch */
    BW_STORY_PRICE,      /* int64_t, ticks of the market or collateral */
    BW_STORY_SIZE,       /* int64_t, lots */
    BW_STORY_COUNT,      /* uint32_t */
    BW_STORY_CHOICE,     /* uint8_t, the index in `choices` */
    BW_STORY_YES,        /* uint8_t 1; no value follows */
    BW_STORY_NO,         /* uint8_t 0; no value follows */
    BW_STORY_OWN,        /* the command's parser reads it */
} bw_story_value;

typedef struct bw_story_setting {
    const char *word;
    bw_story_value value;
    size_t offset;                  /* in the command (or money layer, or limits) that it sets */
    const char *const *choices;
} bw_story_setting;

extern const bw_story_setting bw_story_settings_of_limits[], bw_story_settings_of_pool[],
    bw_story_settings_of_market[], bw_story_settings_of_collateral[], bw_story_settings_of_desk[],
    bw_story_settings_of_account[], bw_story_settings_of_adl[], bw_story_settings_of_deleveraged[],
    bw_story_settings_of_haircut[], bw_story_settings_of_book[], bw_story_settings_of_fund[];

extern const char *const bw_story_layer_words[];        /* bw_layer */
extern const char *const bw_story_quantity_words[];    /* bw_quantity; entry 0 is no word */
extern const char *const bw_story_status_words[];      /* bw_market_status */
extern const char *const bw_story_state_words[];        /* bw_state */
extern const char *const bw_story_split_words[];        /* bw_split */
extern const char *const bw_story_flag_words[];         /* bit of the account flag */
extern const char *const bw_story_fund_move_words[];    /* bw_fund_move */
extern const char *const bw_story_via_words[];          /* bw_via */
extern const char *const bw_story_comparison_words[];   /* bw_story_comparison */
extern const char *const bw_story_show_words[];         /* bw_story_show */

typedef enum bw_story_comparison {
    BW_STORY_EQUAL, BW_STORY_DIFFERS, BW_STORY_LESS, BW_STORY_GREATER, BW_STORY_AT_MOST, BW_STORY_AT_LEAST
} bw_story_comparison;

typedef enum bw_story_show {
    BW_STORY_SHOW_ACCOUNT, BW_STORY_SHOW_POSITION, BW_STORY_SHOW_MARKET, BW_STORY_SHOW_POOL, BW_STORY_SHOW_FUND,
    BW_STORY_SHOW_VENUE
} bw_story_show;

/* Words that stand for themselves inside a command. X(NAME, word) */
#define BW_STORY_LITERAL_LIST(X)                                                                                      \
    X(at, "at") X(id, "id") X(refused, "refused") X(decimals, "decimals") X(pool, "pool") X(market, "market")          \
    X(buy, "buy") X(sell, "sell") X(fee, "fee") X(margin, "margin") X(end, "end") X(taker, "taker")                    \
    X(proceeds, "proceeds") X(index, "index") X(collateral, "collateral") X(into, "into") X(reason, "reason")          \
    X(none, "none") X(paid, "paid") X(via, "via") X(gate, "gate") X(terminal, "terminal")

#define X(name, word) extern const char bw_story_word_##name[];
BW_STORY_LITERAL_LIST(X)
#undef X

/* What `expect` can compare. A word may have several kinds (an account's or a position's upnl). */
typedef enum bw_story_subject_kind {
    BW_STORY_OF_ACCOUNT,     /* NAME: a field of the account view, an amount */
    BW_STORY_OF_STATE,       /* NAME: the account's state */
    BW_STORY_OF_POSITION,    /* NAME MARKET */
    BW_STORY_OF_MARKET,      /* MARKET */
    BW_STORY_OF_STATUS,      /* MARKET: its status */
    BW_STORY_OF_POOL,        /* [POOL] */
    BW_STORY_OF_VENUE,       /* a count */
    BW_STORY_OF_GAP,         /* [MARKET] [POOL]: sum over losses */
    BW_STORY_OF_CHARGE,      /* NAME: sum of amounts */
    BW_STORY_OF_LEG,         /* NAME MARKET [via VIA]: sum of lots */
    BW_STORY_OF_ORDER,       /* NAME MARKET: of the last order */
    BW_STORY_OF_COUNT,       /* a count since the previous mark */
} bw_story_subject_kind;

/* How a value is written and compared. */
typedef enum bw_story_measure {
    BW_STORY_IN_MONEY, BW_STORY_IN_LOTS, BW_STORY_IN_TICKS, BW_STORY_IN_NUMBER
} bw_story_measure;

typedef struct bw_story_subject {
    const char *word;
    bw_story_subject_kind kind;
    bw_story_measure measure;
    size_t offset;          /* in the view; for sums a bw_story_sum_kind */
    uint32_t bytes;         /* of the field: 2, 4 or 8 */
} bw_story_subject;
extern const bw_story_subject bw_story_subjects[];

/* Every command word; the parsers' table and the session's directives together. */
extern const char *const bw_story_command_words[];

/* All words of the language, with repetitions; returns how many there are (at most `max` are written). */
uint32_t bw_story_words(const char **words, uint32_t max);

#endif
