/* exposure_result.h - records of all traders, and the paths of one, as figures with intervals.

       records ──> row of an account ──┬──> table of the worst, summary by market and by size     (--all)
                                       │
       paths of one account ──> detail ┴──> with shocks, queue, other venues                      (--account)

   Units     minor units of the asset; shares in ppm; moves in bp; drag in 1/100 bp of the opening equity a year
   Rounding  means up; drag to the nearest; histogram amounts outward
   Errors    a figure that too few paths cannot tell is not `known`, one without an interval not `bounded`
   Holds     an account's row is a function of its record alone: the same whether it is asked for alone or among all
   Source    docs/exposure.md */
#ifndef BW_STRESS_EXPOSURE_RESULT_H
#define BW_STRESS_EXPOSURE_RESULT_H

#include "stress/condition.h"
#include "stress/exposure.h"
#include "stress/exposure_book.h"
#include "stress/result.h"
#include "world/facts.h"

/* ------------------------------------------------------------------------------------------------------------- rows */

#define BW_EXPOSURE_TAIL 10000000    /* 1% in 1e-9: tail charges are means of the worst path in 100 */

/* What all figures of a run have in common. */
typedef struct bw_exposure_facts {
    const bw_stress_facts *run;
    uint64_t paths;
    bw_hash hash;                    /* of all records, by account number */
    uint32_t counterfactual;         /* bw_exposure_counterfactual */
    int64_t half_spread_ppb;
    uint64_t first_paths;            /* of the chances at first order; 0: not asked for */
} bw_exposure_facts;

typedef struct bw_exposure_drag {
    bool known, bounded;             /* known: the account has equity */
    int64_t value, low, high;        /* 1/100 bp a year */
} bw_exposure_drag;

typedef struct bw_exposure_row {
    uint64_t id;
    const char *name;
    bw_exposure_standing standing;
    bw_stress_chance liquidated, adl, cut, touched;
    bw_stress_figure expected;       /* charge; its interval from the squares */
    bw_stress_figure tail;           /* mean charge of the worst 1%: from the histogram, so at most `value` and at least tail_least */
    int64_t tail_least;
    int64_t haircut, adl_cost, liquidation;   /* means, up */
    int64_t charge_max;
    bw_exposure_drag drag;           /* against facts->counterfactual; the value alone */
    uint32_t closed_ppm, forced_ppm; /* means over the paths on which he was deleveraged, liquidated */
    int64_t delta_left;              /* mean over the paths on which he was deleveraged */
    uint32_t move;                   /* as in bw_exposure_path: the nearest that reached him */
    bool first_known;                /* he has one position, and it was asked for */
    bw_stress_chance first_order;    /* liquidated by prices alone: exposure_index.h; filled in by the caller */
} bw_exposure_row;

/* Intervals of chances by hits: the few, which cost most, are there already. */
typedef struct bw_exposure_intervals {
    double level;
    bw_interval few[BW_STRESS_FEW_HITS];
} bw_exposure_intervals;

/* So that all of `count` intervals hold at once with BW_STRESS_LEVEL (Bonferroni); 1: each by itself. */
bw_exposure_intervals bw_exposure_intervals_of(uint64_t paths, uint64_t count);

bw_exposure_row bw_exposure_row_of(const bw_exposure_facts *facts, const bw_exposure_intervals *intervals,
                                   const bw_exposure_standing *standing, const bw_exposure_record *record,
                                   const bw_exposure_bins *bins);

/* Account numbers of the traders with the largest sums of charges, falling; ties: lower number. Returns how many there are:
   traders without a charge are not among them. */
uint32_t bw_exposure_worst(const bw_exposure_book *book, const bw_exposure_record *records, uint32_t most, uint32_t *numbers);

/* ---------------------------------------------------------------------------------------------------------- summary */

enum { BW_EXPOSURE_DECILES = 10 };

/* Sums over traders; hits summed over traders too. */
typedef struct bw_exposure_group {
    uint64_t traders, reached;       /* reached: on any path */
    uint64_t liquidated, adl, cut;
    bw_wide equity, notional, charge, lost;
} bw_exposure_group;

typedef struct bw_exposure_summary {
    bw_exposure_group all, of_market[BW_MARKETS_MAX][2], of_size[BW_EXPOSURE_DECILES];   /* [market][is_short]; smallest first */
    int64_t size_least[BW_EXPOSURE_DECILES];   /* notional of the decile's smallest */
} bw_exposure_summary;

/* Traders with a position; a market is that of a trader's largest position. `scratch`: an amount an account. */
void bw_exposure_summarize(bw_exposure_summary *summary, const bw_exposure_book *book, const bw_exposure_record *records,
                           uint32_t counterfactual, int64_t *scratch);
/* Drag of all together: what they lost over what they have. */
int64_t bw_exposure_group_drag(const bw_exposure_facts *facts, const bw_exposure_group *group);
/* sum / (traders x paths) in 1e-12, to the nearest; of nobody 0. */
int64_t bw_exposure_group_chance(const bw_exposure_facts *facts, const bw_exposure_group *group, uint64_t hits);

/* ----------------------------------------------------------------------------------------------------------- detail */

/* One account at a move of the markets. */
typedef struct bw_exposure_shock {
    int32_t move_bp;                 /* of the prices outside; below 0: a fall */
    int64_t gap;                     /* of the venue then */
    bw_exposure_path path;
} bw_exposure_shock;

/* Place in the ADL queue of one of his positions, now. */
typedef struct bw_exposure_place {
    uint16_t market, light;          /* light: fifths, 5 first; 0: not in profit, so nobody closes him now */
    bool is_short;
    uint32_t before, in_profit, holders;   /* of his side: who are closed before him, who are in profit, all */
    int64_t notional, profit, notional_before;   /* profit: of the position, may be below 0 */
} bw_exposure_place;

/* The same trader and paths under one venue's rules. */
typedef struct bw_exposure_venue {
    const char *name;
    bw_exposure_row row;
    bool paired;                     /* below is known */
    int64_t more, more_low, more_high;   /* mean charge there less mean charge here, path by path */
} bw_exposure_venue;

enum { BW_EXPOSURE_QUARTERS = 4 };

typedef struct bw_exposure_detail {
    bw_stress_series charge;         /* exact, from the paths: mean, VaR, ES */
    bw_stress_figure haircut, adl_cost, liquidation;
    bw_exposure_drag drag[BW_EXPOSURE_COUNTERFACTUALS];
    uint64_t closed_paths[BW_EXPOSURE_QUARTERS];   /* deleveraged paths by part closed: up to 25%, 50%, 75%, more */
    uint64_t closed_whole;
    uint64_t delta_paths;
    int64_t delta_mean, delta_most;  /* mean: over these paths, up */
    uint32_t move_middle;            /* of the moves that reached him, the lower of two; BW_EXPOSURE_NO_MOVE: none */
    uint64_t worst_path;             /* with the largest charge; ties: the first */
    uint64_t short_of_room;          /* paths */
    uint32_t shock_count, place_count, venue_count;
    const bw_exposure_shock *shocks; /* rising by move */
    const char *shock_of;            /* which markets move: "all markets", a name */
    const bw_exposure_place *places;
    const bw_exposure_venue *venues;
} bw_exposure_detail;

/* From the account's paths in their order. `scratch`: room for as many amounts. Shocks, places, venues: as they were. */
void bw_exposure_detail_of(bw_exposure_detail *detail, const bw_exposure_facts *facts, const bw_exposure_standing *standing,
                           const bw_exposure_path *paths, int64_t *scratch);
/* Mean difference of charges on the same paths with its normal interval; false: fewer than BW_STRESS_TAIL_LEAST paths differ,
   and only the mean is told. */
bool bw_exposure_pair(const bw_exposure_path *there, const bw_exposure_path *here, uint64_t count, int64_t *mean, int64_t *low,
                      int64_t *high);

/* ------------------------------------------------------------------------------------------------------- conditions
   NAME OP NUMBER as in condition.h; NAME: p_liquidated p_adl p_haircut p_reached expected_charge tail_charge drag_bp, each also with
   _low or _high. */
bool bw_exposure_condition_parse(const char *text, bw_condition *condition, char *message, size_t size);
bw_condition_end bw_exposure_condition_holds(const bw_condition *condition, const bw_exposure_facts *facts, const bw_exposure_row *row);

/* ---------------------------------------------------------------------------------------------------------- writing
   As in metrics.h: at most `size` bytes with the closing zero; returns the length of the whole text without it. */

/* breakwater-exposure/1 in pieces: head, rows, foot. `detail` and `summary`: either may be NULL. */
size_t bw_exposure_json_head(const bw_exposure_facts *facts, char *buffer, size_t size);
size_t bw_exposure_json_row(const bw_exposure_facts *facts, const bw_exposure_row *row, bool first, char *buffer, size_t size);
size_t bw_exposure_json_foot(const bw_exposure_facts *facts, const bw_exposure_detail *detail, const bw_exposure_summary *summary,
                             int64_t elapsed_ms, char *buffer, size_t size);

/* At most 100 columns, ends with a newline. */
size_t bw_exposure_screen_one(const bw_exposure_facts *facts, const bw_exposure_row *row, const bw_exposure_detail *detail,
                              char *buffer, size_t size);
size_t bw_exposure_screen_all(const bw_exposure_facts *facts, const bw_exposure_summary *summary, const bw_exposure_row *worst,
                              uint32_t worst_count, char *buffer, size_t size);

#endif
