/* trial.h - a case on trial: its state, what its events read, and what they write down.

       case ──> begin: accounts, fund, markets ──> event: numbers in ─> formulas ─> numbers out ──> outputs of the event
                                                     └── refused: the state is put back

   Numbers   bw_amount, in (-2^62, 2^62): so a sum of two never overflows. One that leaves the range sets `too_wide`, one
             that cannot be read sets `wrong`; both stick, what is computed after them is not looked at, and every function
             here and in engine/formula.h survives any numbers in the range
   Outputs   per event one tree: "fund_after": "12", "accounts": {"a": {"cash": "3"}}; the main one is called "value"
   Names     of functions: bw_trial_get reads, bw_trial_put writes, the others compute */
#ifndef BW_CONFORM_TRIAL_H
#define BW_CONFORM_TRIAL_H

#include "allocate/allocate.h"
#include "codec/json.h"
#include "engine/formula.h"
#include "money/money.h"

#define BW_TRIAL_MARKETS 16

typedef struct bw_ratio {
    bw_amount num, den;                  /* den > 0 */
} bw_ratio;

/* An account. A kind uses the fields that it reads. */
typedef struct bw_party {
    const char *id;
    bw_amount cash, qty, cost;
    bw_amount capital, pnl, matured, principal, realized;
    bw_amount claim, face, paid, quote;
    bw_amount index_at, entry_loss, entry_price;
    bw_amount value;
    bw_ratio rate;
    bw_wide wide_cash, open_notional;    /* liquidate-at-index */
    bool is_wide, listed;
    bw_amount position[BW_TRIAL_MARKETS];
} bw_party;

typedef struct bw_trial_market {
    const char *name;
    bw_ratio price;
    int64_t mm_ppm, im_ppm;
    bool is_priced;                      /* false: known from a position alone [dYdX v1] */
} bw_trial_market;

/* All that events change. */
typedef struct bw_figures {
    bw_amount fund, index_long, index_short;
    uint32_t party_count;
    bw_amount more[12];                  /* named by the kind */
} bw_figures;

typedef struct bw_trial {
    bw_json root, initial, events, policy, units;
    bw_json event;                       /* the running one */
    bool literal_residue, anomalous, wide_flag, ratio_flag;   /* of the case */

    bw_figures now, before, first;         /* running, before this event, before the first */
    bw_party *parties, *parties_before, *parties_first;
    uint32_t party_room;
    uint32_t *party_slots;               /* by hash of the id: number of the party + 1; 0: none. slot_mask + 1 of them */
    uint32_t slot_mask;
    bw_trial_market markets[BW_TRIAL_MARKETS];
    uint32_t market_count;

    bool refused;
    bw_json_node *out;                   /* outputs of the running event */

    bool wrong, too_wide, no_memory;
    char field[256], found[BW_JSON_FOUND], wanted[128];

    bw_allocation_scratch scratch;
} bw_trial;

/* A kind of case. */
typedef struct bw_kind {
    const char *name;
    /* The fields that an account has, in one of several forms, blank after each: "cash qty |cost qty "; NULL: no accounts. */
    const char *account_forms;
    void (*begin)(bw_trial *trial);
    /* Runs trial->event of that type; false: no such type. */
    bool (*run)(bw_trial *trial, const char *type);
    /* Writes the state after an event. */
    void (*show)(bw_trial *trial);
} bw_kind;

extern const bw_kind BW_KIND_SETTLE_ROUND, BW_KIND_MARK_ROUND, BW_KIND_PROFIT_HAIRCUT, BW_KIND_INDEX_SOCIALISE,
    BW_KIND_CLAIMS_DILUTION, BW_KIND_GLOBAL_HAIRCUT, BW_KIND_CLAIM_PAYOUT, BW_KIND_TERMINAL_PRICE,
    BW_KIND_QUANTITY_SCALE, BW_KIND_FUND_DRAW, BW_KIND_FUND_DELTA, BW_KIND_BANKRUPTCY_PRICE, BW_KIND_DELEVERAGE,
    BW_KIND_LIQUIDATION_WATERFALL, BW_KIND_BANKRUPTCY_TAKEOVER;

/* --- reading --- */

/* The value at `at` is not what was expected: the first such stands. */
void bw_trial_wrong(bw_trial *trial, const bw_json *at, const char *expected);

/* An integer: that must be there; that may be missing; not below `least`; a rate of 0 to 10^6. */
bw_amount bw_trial_get(bw_trial *trial, const bw_json *from, const char *key);
bw_amount bw_trial_get_or(bw_trial *trial, const bw_json *from, const char *key, bw_amount otherwise);
bw_amount bw_trial_get_least(bw_trial *trial, const bw_json *from, const char *key, int64_t least);
int64_t bw_trial_get_ppm(bw_trial *trial, const bw_json *from, const char *key);
/* Of at most 30 digits. */
bw_wide bw_trial_get_wide(bw_trial *trial, const bw_json *from, const char *key);
/* {"num", "den"} with den > 0, or an integer. */
bw_ratio bw_trial_get_ratio(bw_trial *trial, const bw_json *from, const char *key);
/* A text; never NULL. */
const char *bw_trial_get_word(bw_trial *trial, const bw_json *from, const char *key);
/* true or false; false if missing. */
bool bw_trial_get_flag(bw_trial *trial, const bw_json *from, const char *key);
bool bw_trial_has(const bw_json *from, const char *key);
/* Fields of `initial` that the event needs, each followed by a blank: the first one missing is wrong. */
void bw_trial_need(bw_trial *trial, const char *keys);
/* An array that must be there; that may be missing. Its items are read with bw_json_item. */
bw_json bw_trial_get_list(bw_trial *trial, const bw_json *from, const char *key);

/* Whether policy.rounding.KEY, or policy.summary, has these words in it: a rule that kinds share in two forms. */
bool bw_trial_rounding_says(const bw_trial *trial, const char *key, const char *words);
bool bw_trial_policy_says(const bw_trial *trial, const char *words);
/* Whether there is a policy, and one that can be computed here (policy.c); the reason, if not. */
bool bw_trial_policy_fits(const bw_trial *trial, char *reason, size_t size);
/* How many of units.KEY make one: 10^9 for "1e-9 base", 1000 for "0.001 contract"; `otherwise` if it starts with no such
   number. At most 10^30. */
bw_wide bw_trial_unit_scale(const bw_trial *trial, const char *key, bw_wide otherwise);

/* The account of an event's field; an account that is not declared is wrong, or is opened with nothing. Never NULL. */
bw_party *bw_trial_party(bw_trial *trial, const bw_json *from, const char *key);
bw_party *bw_trial_party_open(bw_trial *trial, const bw_json *from, const char *key);
bw_party *bw_trial_party_named(bw_trial *trial, const bw_json *name, bool open);
/* Number of the market of an event's field. */
uint32_t bw_trial_market_of(bw_trial *trial, const bw_json *from, const char *key);
/* One word of several, by number; the first if it is none of them. */
uint32_t bw_trial_choice(bw_trial *trial, const bw_json *from, const char *key, const char *const *words, uint32_t count);

/* --- computing --- */

bw_amount bw_trial_keep(bw_trial *trial, bool fits, int64_t result);
bw_amount bw_trial_keep_wide(bw_trial *trial, bw_wide result);
bw_amount bw_trial_add(bw_trial *trial, bw_amount a, bw_amount b);
bw_amount bw_trial_sub(bw_trial *trial, bw_amount a, bw_amount b);
bw_amount bw_trial_negate(bw_amount a);
bw_amount bw_trial_positive(bw_amount a);     /* max(0, a) */
bw_amount bw_trial_size(bw_amount a);         /* |a| */
/* a x b / c; c 0 or a result out of range is too wide. */
bw_amount bw_trial_floor(bw_trial *trial, bw_amount a, bw_amount b, bw_amount c);
bw_amount bw_trial_ceil(bw_trial *trial, bw_amount a, bw_amount b, bw_amount c);
bw_amount bw_trial_zero(bw_trial *trial, bw_amount a, bw_amount b, bw_amount c);
bw_amount bw_trial_value(bw_trial *trial, bw_amount size, bw_amount price);   /* size x price */

/* Takes what `from` can pay of `asked`, by R14 without other caps; returns it. */
bw_amount bw_trial_draw(bw_trial *trial, bw_amount *from, bw_amount floor, bw_amount asked);

/* Payers or payees: parallel arrays of `count` entries; weight and cap at least 0. charge is the result (R16). */
typedef struct bw_shares {
    int64_t *weight, *cap, *charge;
    uint64_t *id;
    uint32_t count;
} bw_shares;
bool bw_trial_shares_new(bw_trial *trial, bw_shares *shares, uint32_t count);
void bw_trial_shares_free(bw_shares *shares);
/* capped-pro-rata of the budget; returns the sum of the charges. */
bw_amount bw_trial_share(bw_trial *trial, bw_allocate_rounding rounding, bw_amount budget, bw_shares *shares);

/* --- writing --- */

void bw_trial_put(bw_trial *trial, const char *key, bw_amount value);
void bw_trial_put_wide(bw_trial *trial, const char *key, bw_wide value);
void bw_trial_put_flag(bw_trial *trial, const char *key, bool value);
void bw_trial_put_word(bw_trial *trial, const char *key, const char *word);
void bw_trial_put_ratio(bw_trial *trial, const char *key, bw_amount num, bw_amount den);
/* KEY.ID, KEY.ID.FIELD */
void bw_trial_put_of(bw_trial *trial, const char *key, const bw_party *party, bw_amount value);
void bw_trial_put_field(bw_trial *trial, const bw_party *party, const char *field, bw_amount value);

/* --- state --- */

bool bw_trial_begin(bw_trial *trial, const bw_kind *kind);
/* Back to the state before the first event. */
void bw_trial_reset(bw_trial *trial);

#endif
