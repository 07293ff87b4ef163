/* book.h - generates the book of a venue: accounts, positions, collateral, two backstop desks, from a seed.

       seed, account ──> correlated scores ──> notional, account value, leverage
                                           └─> profit of a short, market by market
       notional ──> 1 to 12 positions ──> market and side ──> lots, longs = shorts exactly
       account value, entry prices ──> balance, every account above its initial margin
       accounts known by name ──> the first users, exactly as given; the rest is generated around them
       holders ──> part of their equity, or a multiple of it, in a collateral; what it exceeds is owed

   Users     The measured distributions are those of the 19,337 users who were *deleveraged*, nearly
             all of them shorts in profit; nothing was measured of the others. They stand here for
             all users, longs included: an assumption.
   Scale     The accounts together are the venue: open interest per market and side is the facts'
             (times open_interest_multiple) whatever the number of accounts. All notionals and
             account values are multiplied by one factor, stats.scale, near 1 at 100,000 accounts.
   Draws     Notional and account value take their measured quantiles, joined by their rank
             correlation. Their quotient is then up to three times the measured leverage above its
             median: the figures do not fit each other, probably because the measured leverage leaves
             out who stood above 40. leverage_weight moves account value between the two (0: it is as
             measured; 1: leverage is). Ranks take the quantiles (rank + 1/2) / N, so totals hardly
             depend on the seed although the tail is heavy; who holds what does, and with it what a
             crash liquidates (1.9 to 2.8 of 5.3 billion USD for the seeds 1 to 3). Every number is
             a pure function of (seed, account, purpose).
   Markets   Small accounts choose by the number of users deleveraged per market, those with higher
             profits the markets with higher profits; accounts above large_notional, largest first,
             by the open interest left. Only the latter's lots are fitted to reach the total.
   Prices    A short entered at adl_price x (1 + profit), the mean of the profits per market being
             winner_pnl; a long at adl_price x (1 + loss), spread round loser_pnl. Where that would
             leave less than no balance (more profit than equity), entries move toward the opening
             price. The entries of the two sides do not cancel (stats.entry_residual): the rest was
             realised earlier by traders who left.
   Known     their lots count into the open interest of their market (which grows where they exceed it) and their
             equity is given; nothing of them is drawn
   Holders   a share of the others holds collateral worth u x equity, u even between holder_from and holder_to;
             where that is more than the account's own money, the balance is below zero: a debt. Nobody with less
             than 10 USD besides his profit holds any
   Health    equity >= initial margin x (1 + margin_buffer) at the opening price, in a new venue
   Shapes    account_count users, then BW_BOOK_DESKS desks without positions; the positions of an
             account stand together; never two of one market
   Units     lots, ticks, minor units of a six-decimal asset (see facts.h)
   Order     accounts by index, positions by account
   Holds     per market sum of lots = 0; balance >= 0; lots never 0
   Rounding  lots and prices to the nearest whole, money down; the doubles before that are the same
             on every machine (real.h)
   Errors    bw_book_status
   Source    quantile.h; scenarios/2025-10-10/README.md */
#ifndef BW_WORLD_BOOK_H
#define BW_WORLD_BOOK_H

#include "world/facts.h"

#define BW_BOOK_DESKS 2u
#define BW_BOOK_ACCOUNTS_MAX 16000000u
#define BW_BOOK_POSITIONS_MAX 12u /* per account */
#define BW_BOOK_KNOWN_MAX 256u /* lines of known accounts */

typedef struct {
    uint64_t seed;
    uint32_t account_count;           /* users; 4 to BW_BOOK_ACCOUNTS_MAX */
    double notional_account_rank;     /* Spearman as drawn: .71; .76 after the move below */
    double leverage_weight;           /* see Draws: .4 */
    double pnl_leverage_score;        /* correlation of normal scores; gives Spearman -.72 */
    double pnl_market_score;          /* how far profit decides the market: 0 to 1 */
    double pnl_spread;                /* sd of ln profit within a market */
    double loss_spread;               /* the same of a long's loss */
    double long_leverage;             /* divides the account value of longs: 1 */
    double open_interest_multiple;    /* of the facts' open interest: 1 */
    double short_share;               /* of small accounts */
    double hedge_share;               /* of positions opposite to the account's side */
    double large_notional;            /* USD; see Markets */
    double position_share_max;        /* of one side's open interest, for one position if possible */
    double margin_buffer;             /* least equity above initial margin, as a share of it */
    double owner_share;               /* of accounts that belong to the owner of the one before */
    int64_t desk_balance[BW_BOOK_DESKS]; /* minor units; limited: [A] 40M and 20M USD */
    const bw_known_fact *known;       /* as bw_facts_read_known leaves them; NULL: none */
    uint32_t known_count;             /* lines */
    double holder_share;              /* of accounts that hold the collateral: 0 */
    double holder_from, holder_to;    /* its counted value at the opening price, in multiples of equity */
    double collateral_value;          /* counted minor units of one minor unit of it at the opening price */
    bool (*stopped)(void);            /* asked now and then: true ends the work with BW_BOOK_STOPPED; NULL: never */
} bw_book_params;

typedef struct {
    int64_t balance;          /* below 0: owed for collateral */
    int64_t collateral;       /* minor units of the collateral */
    uint64_t owner;
    uint32_t position_first;
    uint32_t position_count;
} bw_book_account;

typedef struct {
    uint32_t account;
    uint32_t market;
    int64_t lots; /* > 0 long, < 0 short */
    int64_t entry_ticks;
} bw_book_position;

typedef struct {
    int64_t open_ticks;
    int64_t lots_side;        /* longs = shorts */
    int64_t open_interest;    /* of one side, minor units at the opening price */
    int64_t open_interest_target;
    int64_t entry_residual;   /* sum of lots x entry x tick_value over both sides, minor units */
    uint32_t long_count;
    uint32_t short_count;
    double short_pnl_percent; /* mean over shorts of entry / adl_price - 1 */
} bw_book_market_stats;

typedef struct {
    double scale;
    int64_t notional;         /* both sides, all markets, minor units */
    int64_t equity;           /* users, at the opening price */
    uint32_t holder_count;    /* accounts with collateral */
    int64_t collateral;       /* what they hold, counted, minor units */
    int64_t debt;             /* what they owe, minor units */
    uint32_t raised_count;    /* accounts whose equity was raised to health */
    uint32_t moved_count;     /* accounts whose entries were moved */
    uint32_t market_count;
    bw_book_market_stats market[BW_MARKETS_MAX];
} bw_book_stats;

typedef struct {
    uint32_t account_count;   /* users and desks; desks are the last BW_BOOK_DESKS */
    uint32_t position_count;
    uint32_t known_count;     /* accounts known by name: the first ones */
    double collateral_value;
    bw_book_account *accounts;
    bw_book_position *positions;
    bw_book_stats stats;
} bw_book;

typedef enum {
    BW_BOOK_OK,
    BW_BOOK_PARAMS,  /* a parameter out of its range */
    BW_BOOK_KNOWN,   /* too few accounts around the known ones: a market would lack a side */
    BW_BOOK_MARKETS, /* none, too many, an opening price out of range, no open interest, no users */
    BW_BOOK_MEMORY,  /* too little, or not at an 8-byte boundary */
    BW_BOOK_STOPPED  /* by params->stopped: there is no book */
} bw_book_status;

/* Seed 1, 100,000 accounts and the values named above. */
bw_book_params bw_book_params_default(void);

/* Whether every known account stands at the opening prices: equity at least its initial margin, and no profit above its
   equity. False with the line at fault. */
bool bw_book_known_fits(const bw_known_fact *known, uint32_t known_count, const bw_market_facts *markets,
                        const int64_t *open_ticks, bw_facts_error *error);

/* Bytes, working room included: about 170 per account. 0 if account_count is out of range. */
size_t bw_book_footprint(uint32_t account_count);

/* Makes a book in memory; open_ticks has the opening price of each market. *book points into memory,
   whose first bw_book_kept bytes must stay; the rest was working room. */
bw_book_status bw_book_new(void *memory, size_t memory_size, const bw_book_params *params,
                           const bw_market_facts *markets, uint32_t market_count,
                           const int64_t *open_ticks, bw_book **book);
size_t bw_book_kept(const bw_book *book);

/* At these prices, in minor units: balance + collateral as counted at the opening + profit; sums of R6 over the positions; sum
   of |value|. */
int64_t bw_book_equity(const bw_book *book, const bw_market_facts *markets, uint32_t account,
                       const int64_t *ticks);
int64_t bw_book_initial_margin(const bw_book *book, const bw_market_facts *markets,
                               uint32_t account, const int64_t *ticks);
int64_t bw_book_maintenance_margin(const bw_book *book, const bw_market_facts *markets,
                                   uint32_t account, const int64_t *ticks);
int64_t bw_book_notional(const bw_book *book, const bw_market_facts *markets, uint32_t account,
                         const int64_t *ticks);

#endif
