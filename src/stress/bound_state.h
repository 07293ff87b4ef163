/* bound_state.h - the book as the bound reads it: sorted thresholds, their sums, accounts with several positions.

       side s = 2 x item + (1 if short); D sides in all; an entry of a list is one position

   A position of notional x and share w of its account's equity E and slack S = E - M has the thresholds w S / (x (1 + rho if
   short)) and w E / x. Lists are by side and by kind: accounts of one position without collateral (alone), and the others
   (joint), whose lots may be sold with a slip. */
#ifndef BW_STRESS_BOUND_STATE_H
#define BW_STRESS_BOUND_STATE_H

#include "stress/bound.h"

enum { BW_BOUND_ALONE, BW_BOUND_JOINT, BW_BOUND_KINDS, BW_BOUND_STRIDE = 32 };

typedef struct bw_bound_list {
    uint64_t first, count;           /* in the arrays below */
    uint64_t part_first;             /* joint: in `parts`, one row of `sides` numbers per BW_BOUND_STRIDE entries, and one */
} bw_bound_list;

typedef struct bw_bound_entry {
    double liquidation, gap;         /* thresholds, while the lists are made */
    double notional, share;          /* x, w E */
    uint64_t account;                /* joint: its number among the joint */
} bw_bound_entry;

typedef struct bw_bound_joint {
    double equity, slack;
    uint64_t first;                  /* its positions, until the next one's */
} bw_bound_joint;

typedef struct bw_bound_position {
    double notional;
    uint32_t side, reserved;
} bw_bound_position;

/* Whoever takes what is liquidated. */
typedef struct bw_bound_takers {
    double makers_least, desks_least;       /* equity of the one with least, INFINITY: there are none */
    double makers_margin, desks_margin;     /* 1: must keep maintenance margin, or send orders of their own; 0: not */
    double desks_all;                       /* together */
} bw_bound_takers;

struct bw_bound {
    uint32_t sides, items, market_count, unsafe;   /* unsafe: makers or desks are short of margin from the beginning */
    double mark_ticks[BW_BOUND_ITEMS];
    double rho[BW_BOUND_ITEMS];             /* highest maintenance rate; collateral: 0 */
    double all[BW_BOUND_SIDES];             /* open interest of those in the lists, at the opening marks */
    double discount;                        /* largest of the desks */
    bool backstop_pays;
    bw_liquidity_params liquidity[BW_MARKETS_MAX];
    bw_bound_takers takers;
    bw_bound_list lists[BW_BOUND_KINDS][BW_BOUND_SIDES];
    uint64_t entry_count, joint_count, position_count, part_count;
    double *liquidation, *liquidated;       /* rising thresholds; sum of notionals up to and with the entry */
    double *gap, *gap_notional, *gap_share; /* rising thresholds of the gap; sums of x and of w E */
    double *parts;                          /* joint: sums of all notionals of the accounts crossed, by side */
    bw_bound_joint *joint;                  /* one more at the end */
    bw_bound_position *positions;
};

#endif
