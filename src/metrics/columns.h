/* columns.h - the columns of `compare`: what a set of rules did to one book, as figures that mean the same in every row.

       bw_metrics (limits.owners > 0) ── finish ──> bw_metrics_result.columns ──> table, JSON, report

   Every column is one line of BW_COLUMN_LIST and one row of docs/metrics.md, which says formula, unit, sign and source;
   a test compares the two. Nothing else names a column.

   Shapes    pool 0, from `begin` to the end. An account is one that is no desk: desks are the venue's side
   Units     by kind: minor units of the pool's asset; counts; parts per million (a share is at most 1,000,000, a ratio
             may be more)
   Rounding  shares and ratios down; all else exact
   Errors    `exists` is false where there is nothing to divide, or where the limits did not ask for it */
#ifndef BW_METRICS_COLUMNS_H
#define BW_METRICS_COLUMNS_H

#include "breakwater.h"

typedef enum bw_column_kind { BW_COLUMN_MONEY, BW_COLUMN_COUNT, BW_COLUMN_SHARE, BW_COLUMN_RATIO } bw_column_kind;

/* X(NAME, "id", KIND, "heading", "in words") */
#define BW_COLUMN_LIST(X)                                                                                             \
    X(GAP, "gap", MONEY, "gap", "what bankrupt accounts lacked when they were closed")                                \
    X(PAID_FUND, "paid_fund", MONEY, "fund", "paid by the insurance fund's buckets")                                  \
    X(PAID_SHARED_FUND, "paid_shared_fund", MONEY, "shared", "paid by the fund's shared part")                        \
    X(PAID_CAPITAL, "paid_capital", MONEY, "capital", "paid by the venue's own capital")                              \
    X(PAID_BACKSTOP, "paid_backstop", MONEY, "desks", "paid by the desks that took the positions")                    \
    X(PAID_DELEVERAGED, "paid_deleveraged", MONEY, "delever", "paid by winners whose positions were closed")          \
    X(PAID_HAIRCUT, "paid_haircut", MONEY, "haircut", "paid by a haircut")                                            \
    X(PAID_CARRYOVER, "paid_carryover", MONEY, "carried", "nobody could pay it at the time")                          \
    X(CARRYOVER, "carryover", MONEY, "owed", "still unpaid at the end")                                               \
    X(CLAIMS, "claims", MONEY, "claims",                                                                              \
      "what payers bore, recorded as owed to them; repaid only where refund-share is set")                            \
    X(DESKS_RESULT, "desks_result", MONEY, "desk +-",                                                                 \
      "how the desks' equity changed: what they took over or bought as collateral gained or lost")                    \
    X(LIQUIDATED_NOTIONAL, "liquidated_notional", MONEY, "liquid.", "positions that were force-closed")               \
    X(BANKRUPT_ACCOUNTS, "bankrupt_accounts", COUNT, "below 0", "accounts that ended below zero")                    \
    X(ACCOUNTS_TOUCHED, "accounts_touched", COUNT, "touched", "accounts deleveraged or charged")                      \
    X(ADL_NOTIONAL, "adl_notional", MONEY, "ADL", "winners' positions closed against their will")                     \
    X(TAKEN_MARK, "taken_mark", MONEY, "taken", "taken from accounts against mark")                                   \
    X(TAKEN_0S, "taken_0s", MONEY, "0 s", "what they lost against holding on, at once")                               \
    X(TAKEN_1S, "taken_1s", MONEY, "1 s", "... at the first price 1 s later or more")                                 \
    X(TAKEN_5S, "taken_5s", MONEY, "5 s", "... at the first price 5 s later or more")                                 \
    X(NEEDED, "needed", MONEY, "needed", "what others than the venue, its fund and its desks had to bear")            \
    X(OVERSHOOT, "overshoot", MONEY, "over 0s", "taken at once less needed; negative: nobody paid that part yet")     \
    X(OVERSHOOT_1S, "overshoot_1s", MONEY, "over 1s",                                                                 \
      "taken after 1 s less needed; negative: nobody paid that part yet")                                             \
    X(OVERSHOOT_5S, "overshoot_5s", MONEY, "over 5s",                                                                 \
      "taken after 5 s less needed; negative: nobody paid that part yet")                                             \
    X(LARGEST_FRACTION_EQUITY, "largest_fraction_equity", SHARE, "worst",                                             \
      "most of its equity one account lost in a round; lower is kinder")                                              \
    X(LARGEST_FRACTION_POSITION, "largest_fraction_position", SHARE, "pos.",                                          \
      "most of a position that ADL closed; lower is kinder")                                                          \
    X(TOP10_SHARE, "top10_share", SHARE, "top 10", "share of all charges that the ten largest payers bore")           \
    X(GINI, "gini", SHARE, "Gini", "how unequal the charges were: 0 all the same, 1 one paid all")                    \
    X(HEDGE_DAMAGE, "hedge_damage", MONEY, "hedge",                                                                   \
      "net risk that ADL added to the owners it touched; lower is kinder")                                            \
    X(RANK_INVERSIONS, "rank_inversions", SHARE, "ranks",                                                             \
      "pairs of winners whose order charges turned round; lower is kinder")                                           \
    X(PTSR, "ptsr", RATIO, "PTSR", "what the largest winner kept, for one unit of gap; higher is kinder")             \
    X(PMR, "pmr", SHARE, "PMR", "share of the touched winners' profit that survived; higher is kinder")               \
    X(LOST_NOT_IN_PROFIT, "lost_not_in_profit", COUNT, "no gain", "accounts charged though they were not in profit")

typedef enum bw_column {
#define X(name, id, kind, heading, words) BW_COL_##name,
    BW_COLUMN_LIST(X)
#undef X
    BW_COLUMNS
} bw_column;

typedef struct bw_column_row {
    const char *id, *heading, *words;
    bw_column_kind kind;
} bw_column_row;
extern const bw_column_row bw_column_rows[BW_COLUMNS];

typedef struct bw_columns {
    int64_t value[BW_COLUMNS];
    bool exists[BW_COLUMNS];
} bw_columns;

#endif
