/* allocate.h - who pays how much of a loss, or gets how much of a payout (R16).

       budget B, payers (weight, cap, rank, id) ──> rule ──> charges,  0 <= charge <= cap

       begin ──> sums ──> level, passes until it stands ──> threshold of the ──> charges ──> done
                   │                                        remainders  │
                   └────> place in the queue (rule queue) ──────────────┘

   Rules     capped-pro-rata  x = min(cap, l x weight), one level l
             risk-weighted    the same, weight x factor for the weight
             equal            x = min(cap, l)
             min-max          capped-pro-rata with weight = cap
             queue            higher rank first, each to its cap
             pro-rata         x = min(cap, share of B by weight); what a cap cuts off is not
                              given to others
   Holds     charge 0 where the weight is 0; sum of charges = min(B, sum of caps of payers with
             positive weight), but for pro-rata, whose sum is at most that, and for
             floor-fund and ceil-carry
   Units     whatever budget and caps are in: minor units, or lots
   Rounding  largest-remainder: every share is floored, the units left go one each to the largest
             remainders. Exact: nothing is lost or made, no rounded ratio is used.
             For compatibility, of the level rules only (a queue has no shares):
             floor-last   floored; the rest to the largest id up to his cap, then the next lower
             floor-fund   floored; the rest is not charged
             ceil-carry   rounded up, at most the cap: the sum may exceed the budget by less than
                          one unit a payer, which the caller carries
             ratio16      share = floor(weight x r), r the level as a decimal of 16 places, half
                          up; the rest, which may be negative, as in floor-last, never below 0
                          (levels of 900 and more, which that ratio cannot hold: exact shares)
             Who divides a loss where a venue divides what is left floors what is kept, so rounds
             the charges up. With weight = cap the two divisions complete each other, unit by unit:
             ceil-last    rounded up; the excess taken back from the largest id, down to 0, then
                          from the next lower: what floor-last leaves to those who keep the rest
             ceil-ratio16 share = ceil(weight x r), r half down; the rest as in ratio16, but under
                          pro-rata never given out: what ratio16 leaves
   Order     of the arrays: none, the charges do not depend on it; ties by lower id, so ids must
             differ (with equal ids the order of the array decides between them)
   Shapes    up to 2^24 payers; 0 <= B, weight, cap, factor <= 2^62 (asserted); sums in 128 bits
   Errors    none; a broken precondition stops the program
   Source    Chitra 2025 (capped pro rata is the only split-proof, scale-free, monotone rule);
             BitMEX and Binance (queue); Vega's settlement engine (ratio16, rest to the last)

   The machine. A call does at most the given number of units, one unit being one payer looked at
   in one pass, plus a constant where a pass ends (4,096 counters, or 1,024 candidates to sort). All
   progress is in bw_allocation and its scratch: integers, no pointers, so both may lie in a flat
   state and be copied. The payers must not change between begin and done. How the units are sliced changes
   nothing in the result. Passes over the payers: risk-weighted measures first 1, sums 1, level at
   most 118 whatever the caps (level.c; 1 to 6 as a rule), remainders or queue at most 18 (select.c;
   0 as a rule, 1 to 2 with ties, 0 to 2 in a queue), charges 1. */
#ifndef BW_ALLOCATE_ALLOCATE_H
#define BW_ALLOCATE_ALLOCATE_H

#include "money/share.h"
#include "money/wide.h"

#define BW_ALLOCATE_COUNT_MAX (1u << 24)
#define BW_ALLOCATE_NUMBER_MAX (INT64_C(1) << 62)
#define BW_ALLOCATE_BUCKET_COUNT 4096u
#define BW_ALLOCATE_HEAP_COUNT 1024u

typedef enum {
    BW_ALLOCATE_QUEUE,
    BW_ALLOCATE_PRO_RATA,
    BW_ALLOCATE_CAPPED_PRO_RATA,
    BW_ALLOCATE_MIN_MAX,
    BW_ALLOCATE_EQUAL,
    BW_ALLOCATE_RISK_WEIGHTED,
    BW_ALLOCATE_RULE_COUNT
} bw_allocate_rule;

typedef enum {
    BW_ALLOCATE_LARGEST_REMAINDER,
    BW_ALLOCATE_FLOOR_LAST,
    BW_ALLOCATE_FLOOR_FUND,
    BW_ALLOCATE_CEIL_CARRY,
    BW_ALLOCATE_RATIO16,
    BW_ALLOCATE_CEIL_LAST,
    BW_ALLOCATE_CEIL_RATIO16,
    BW_ALLOCATE_ROUNDING_COUNT
} bw_allocate_rounding;

/* Structure of arrays, each of count entries. */
typedef struct {
    const int64_t *weight;
    const int64_t *cap;
    const int64_t *rank;    /* queue only, else NULL: higher first */
    const int64_t *factor;  /* risk-weighted only, else NULL. weight x factor is exact while the
                               largest product is <= 2^62; above that all products lose the same
                               number of low bits (at least 1 is left of a positive product) */
    const uint64_t *id;
    uint32_t count;
} bw_payers;

/* The machine. Memory of zeros is a finished allocation of nothing. */
typedef struct {
    bw_wide weight_sum;       /* of payers with positive weight; 0 in a queue, which needs none */
    bw_wide cap_sum;          /* of the same */
    bw_wide product_max;      /* risk-weighted: the largest weight x factor */
    bw_wide fixed_weight;     /* of payers at their cap under the level of the last pass */
    bw_wide passing_cap;      /* the same while a pass runs */
    bw_wide passing_weight;
    bw_wide passing_floor;    /* sum of floored shares of the others */
    bw_share share;           /* the level */
    int64_t budget;
    int64_t target;           /* what is to be charged in all */
    int64_t charged;          /* the result, when done: sum of the charges */
    int64_t rest;             /* what the level divides: target - caps of the fixed */
    int64_t need;             /* what payers within the threshold range still get */
    int64_t weight_max;
    uint64_t fixed_high;      /* words of the key that all within the range have (select.c) */
    uint64_t fixed_low;
    uint64_t range_low;       /* the range, of the next word: above it served first, below it not */
    uint64_t range_high;
    uint64_t seen_low;        /* words seen within the range by the running pass */
    uint64_t seen_high;
    uint64_t order_low;       /* and the orders of the ids there */
    uint64_t order_high;
    int64_t ahead;            /* units for those seen above the range */
    uint32_t seen_count;
    uint32_t count;
    uint32_t cursor;
    uint32_t heap_count;
    uint32_t heap_max;        /* candidates to keep; 0: those within are served as they come */
    uint32_t pass_count;      /* passes over the payers so far */
    uint32_t weight_shift;    /* risk-weighted: low bits dropped */
    uint32_t bucket_shift;
    uint8_t phase;
    uint8_t rule;
    uint8_t rounding;
    uint8_t stage;            /* which word of the key the range is about */
    uint8_t narrow;           /* 64-bit passes are exact for these numbers */
    uint8_t guess;            /* the buckets are of guessed fractions (level.c) */
    uint16_t guess_bucket;    /* the one in which the units left end */
    int64_t ratio;            /* ratio16: the level in units of 10^-16, rounded; 0: exact shares */
    uint8_t rests;            /* what the rounding left is being divided by id (rounding.c) */
    uint8_t takes_back;       /* ... or taken back */
    uint8_t reserved[6];
} bw_allocation;

typedef struct {
    uint64_t high;            /* the words of his key (select.c) */
    uint64_t low;
    uint64_t order;
    uint32_t index;
    uint32_t reserved;
} bw_allocation_candidate;

/* Scratch: the same for any number of payers (80 KiB), contents irrelevant at begin. */
typedef struct {
    int64_t bucket[BW_ALLOCATE_BUCKET_COUNT];          /* what its payers ask for */
    uint32_t bucket_payers[BW_ALLOCATE_BUCKET_COUNT];  /* how many they are at most */
    bw_allocation_candidate heap[BW_ALLOCATE_HEAP_COUNT];
} bw_allocation_scratch;

/* Starts an allocation of budget among count payers. Touches no payer. */
void bw_allocate_begin(bw_allocation *machine, bw_allocate_rule rule,
                       bw_allocate_rounding rounding, int64_t budget, uint32_t count);

/* Works until done or until *units is used up; *units is what is left of it. True when done: then
   charge[0 .. count) and machine->charged are the result. Until then charge is undefined. */
bool bw_allocate_run(bw_allocation *machine, bw_allocation_scratch *scratch,
                     const bw_payers *payers, int64_t *charge, uint32_t *units);

/* The whole of it in one call; returns the sum of the charges. */
int64_t bw_allocate(bw_allocate_rule rule, bw_allocate_rounding rounding, int64_t budget,
                    const bw_payers *payers, int64_t *charge, bw_allocation_scratch *scratch);

/* The names a story uses, for example "capped-pro-rata", "largest-remainder". */
const char *bw_allocate_rule_name(bw_allocate_rule rule);
const char *bw_allocate_rounding_name(bw_allocate_rounding rounding);

#endif
