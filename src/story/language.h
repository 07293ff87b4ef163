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

extern const bw_story_setting BW_STORY_LIMITS[], BW_STORY_POOL[], BW_STORY_MARKET[], BW_STORY_COLLATERAL[],
    BW_STORY_DESK[], BW_STORY_ACCOUNT[], BW_STORY_ADL[], BW_STORY_DELEVERAGED[], BW_STORY_HAIRCUT[];

extern const char *const BW_STORY_LAYERS[];        /* bw_layer */
extern const char *const BW_STORY_QUANTITIES[];    /* bw_quantity; entry 0 is no word */
extern const char *const BW_STORY_STATUSES[];      /* bw_market_status */
extern const char *const BW_STORY_STATES[];        /* bw_state */
extern const char *const BW_STORY_SPLITS[];        /* bw_split */
extern const char *const BW_STORY_FLAGS[];         /* bit of the account flag */
extern const char *const BW_STORY_FUND_MOVES[];    /* bw_fund_move */
extern const char *const BW_STORY_VIAS[];          /* bw_via */
extern const char *const BW_STORY_COMPARISONS[];   /* bw_story_comparison */
extern const char *const BW_STORY_SHOWS[];         /* bw_story_show */

typedef enum bw_story_comparison {
    BW_STORY_EQUAL, BW_STORY_DIFFERS, BW_STORY_LESS, BW_STORY_GREATER, BW_STORY_AT_MOST, BW_STORY_AT_LEAST
} bw_story_comparison;

typedef enum bw_story_show {
    BW_STORY_SHOW_ACCOUNT, BW_STORY_SHOW_POSITION, BW_STORY_SHOW_MARKET, BW_STORY_SHOW_POOL, BW_STORY_SHOW_FUND,
    BW_STORY_SHOW_VENUE
} bw_story_show;

/* Words that stand for themselves inside a command. X(NAME, word) */
#define BW_STORY_LITERAL_LIST(X)                                                                                      \
    X(AT, "at") X(ID, "id") X(REFUSED, "refused") X(DECIMALS, "decimals") X(POOL, "pool") X(MARKET, "market")          \
    X(BUY, "buy") X(SELL, "sell") X(FEE, "fee") X(MARGIN, "margin") X(END, "end") X(TAKER, "taker")                    \
    X(PROCEEDS, "proceeds") X(INDEX, "index") X(COLLATERAL, "collateral") X(INTO, "into") X(REASON, "reason")          \
    X(NONE, "none") X(PAID, "paid") X(VIA, "via") X(GATE, "gate")

#define X(name, word) extern const char BW_STORY_##name##_WORD[];
BW_STORY_LITERAL_LIST(X)
#undef X

/* What `expect` can compare. X(NAME, word, kind); a word may have several kinds (an account's or a position's upnl). */
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
extern const bw_story_subject BW_STORY_SUBJECTS[];

/* Every command word; the parsers' table and the session's directives together. */
extern const char *const BW_STORY_COMMANDS[];

/* All words of the language, with repetitions; returns how many there are (at most `max` are written). */
uint32_t bw_story_words(const char **words, uint32_t max);

#endif
