/* facts.h - the facts of a scenario: markets, single prices, measured figures; read from CSV text.

       text in memory ──> line ──> fields ──> typed record        the first fault ends the reading
                          (order, count)  (number, word, range)   with line, field, found, expected

   Form      UTF-8 text; lines end with LF, the last one too; '#' lines are comments; the first other
             line is the header, word for word; fields are split at ',', no quotes, no blanks around
   Shapes    at most BW_MARKETS_MAX markets of BW_BRACKETS_MAX brackets; lines below 4,096 bytes
   Units     prices and lots in units of 1e-9 (USD, coin) or whole ticks; money in minor units of a
             six-decimal asset; rates in parts per million; time in ns since the Unix epoch
   Order     prices: markets in the order of the market list, times of one market strictly rising
   Rounding  none: a number with more decimals than its unit holds is refused
   Errors    bw_facts_error; nothing is kept of a text that has one; no bytes can do more harm
   Columns   of the markets: what a deleveraging was measured to be (adl_*, liquidated_musd) may be missing; of known
             accounts see bw_facts_read_known
   Source    scenarios/README.md (columns) */
#ifndef BW_WORLD_FACTS_H
#define BW_WORLD_FACTS_H

#include "base/types.h"

#define BW_MARKETS_MAX 64u
#define BW_BRACKETS_MAX 8u
#define BW_FACT_NAME_MAX 16u   /* bytes with the closing zero */
#define BW_FACT_TEXT_MAX 160u  /* the same, for the text of a measured figure */
#define BW_KNOWN_POSITIONS_MAX 12u /* of one known account */
#define BW_NANO 1000000000
#define BW_PRICE_TICKS_MAX ((int64_t)1 << 40)

/* Where a market's path comes from; the words are the CSV's and the screen's. */
typedef enum {
    BW_PROVENANCE_MEASURED,    /* "measured": the venue's own prices while it deleveraged */
    BW_PROVENANCE_OTHER_VENUE, /* "other venue" */
    BW_PROVENANCE_SHAPED       /* "shaped": through single published prices, or from the median path of the others */
} bw_provenance;

typedef enum {
    BW_SOURCE_HYPERLIQUID_ADL,
    BW_SOURCE_BINANCE_1M,
    BW_SOURCE_BINANCE_5M,
    BW_SOURCE_BINANCE_15M,
    BW_SOURCE_BYBIT_15M,
    BW_SOURCE_BINANCE_1H, /* open of the hourly candle at its hour; its high or low at a moment that the file assumes */
    BW_SOURCE_PUBLISHED, /* a price that somebody named for that moment: the file's head says who */
    BW_SOURCE_SHAPED,    /* assumed: by the file between published prices, or made by path.h */
    BW_SOURCE_COUNT
} bw_price_source;

/* Defaults of liquidity.h hang on this. */
typedef enum {
    BW_MARKET_BTC,
    BW_MARKET_ETH,
    BW_MARKET_LARGE,
    BW_MARKET_MID,
    BW_MARKET_SMALL,
    BW_MARKET_CLASS_COUNT
} bw_market_class;

/* From notional floor on these rates hold (R6). */
typedef struct {
    int64_t floor; /* minor units */
    int64_t initial_ppm;
    int64_t maintenance_ppm;
} bw_market_bracket;

typedef struct {
    char name[BW_FACT_NAME_MAX];
    bw_market_class class;
    bw_provenance provenance;
    int64_t tick_nano;  /* USD x 1e-9 of one tick */
    int64_t lot_nano;   /* coins x 1e-9 of one lot */
    int64_t tick_value; /* minor units per tick and lot; whole, at least 1 */
    uint32_t bracket_count;
    bw_market_bracket bracket[BW_BRACKETS_MAX];
    int64_t open_interest;    /* per side, minor units, assumed */
    int64_t adl_notional;     /* minor units, measured; -1: not known */
    int64_t liquidated;       /* one side, minor units, measured; -1: not known */
    int64_t users;            /* traders of the market, in proportion to the other markets' */
    int64_t adl_price_ticks;  /* average of the deleveraging fills; 0: not known */
    int64_t adl_high_ticks;   /* highest and lowest of them; 0: not known */
    int64_t adl_low_ticks;
    int64_t winner_pnl_ppm;   /* mean profit of the shorts over notional at adl_price, else at the opening price */
    int64_t loser_pnl_ppm;    /* the same of the longs' loss */
} bw_market_facts;

/* One position of an account that is known by name. Lines of one account stand together and repeat owner and equity. */
typedef struct {
    char account[BW_FACT_NAME_MAX];
    char owner[BW_FACT_NAME_MAX]; /* accounts with the same word belong to one person */
    uint32_t line;            /* in the file, for later complaints */
    uint32_t market;
    int64_t lots;             /* > 0 long, < 0 short */
    int64_t entry_ticks;
    int64_t equity;           /* of the account at the opening price, minor units */
} bw_known_fact;

typedef struct {
    uint32_t market; /* index into the market list */
    bw_price_source source;
    int64_t time_ns;
    int64_t price_nano; /* USD x 1e-9 */
} bw_price_fact;

typedef struct {
    char metric[BW_FACT_TEXT_MAX];
    char unit[BW_FACT_NAME_MAX];
    char source[BW_FACT_TEXT_MAX];
    char value[32]; /* as written, a checked decimal */
    int64_t value_nano;
} bw_measured_fact;

typedef struct {
    uint32_t line;                  /* from 1; 0: no error */
    char field[24];                 /* column name, or "line" or "header" */
    char found[48];                 /* unprintable bytes as '?' */
    char expected[96];
    char hint[BW_FACT_NAME_MAX];    /* nearest known word, or "" */
} bw_facts_error;

/* Each returns false and fills *error at the first fault. *_max is the room behind the array. */
bool bw_facts_read_markets(const char *text, size_t size, bw_market_facts *markets,
                           uint32_t market_max, uint32_t *market_count, bw_facts_error *error);
bool bw_facts_read_prices(const char *text, size_t size, const bw_market_facts *markets,
                          uint32_t market_count, bw_price_fact *facts, uint32_t fact_max,
                          uint32_t *fact_count, bw_facts_error *error);
/* Columns account, owner, market, side (long or short), coins, entry_usd, equity_usd, source. At most 12 positions an
   account, never two of one market. */
bool bw_facts_read_known(const char *text, size_t size, const bw_market_facts *markets, uint32_t market_count,
                         bw_known_fact *facts, uint32_t fact_max, uint32_t *fact_count, bw_facts_error *error);
bool bw_facts_read_measured(const char *text, size_t size, bw_measured_fact *facts,
                            uint32_t fact_max, uint32_t *fact_count, bw_facts_error *error);

/* "FILE:LINE: FIELD: found 'X', expected Y; did you mean 'Z'?" into buffer, cut to fit. */
void bw_facts_error_print(const bw_facts_error *error, const char *file, char *buffer,
                          size_t buffer_size);

const char *bw_provenance_word(bw_provenance provenance);
const char *bw_price_source_word(bw_price_source source);
const char *bw_market_class_word(bw_market_class market_class);

/* |lots x ticks| x tick_value. */
int64_t bw_market_notional(const bw_market_facts *market, int64_t lots, int64_t ticks);

/* R6 for one position of that notional: rates of its bracket less the floored deductions that make
   the requirement continuous; rounded up; initial is never below maintenance. */
int64_t bw_market_initial_margin(const bw_market_facts *market, int64_t notional);
int64_t bw_market_maintenance_margin(const bw_market_facts *market, int64_t notional);

#endif
