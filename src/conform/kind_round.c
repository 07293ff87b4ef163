/* kind_round.c - settle-round, mark-round: losers pay, the fund helps while it lasts, winners share what came in.

       owes ──> own cash ──> fund ──> collected ──> winners, pro rata of what is due where it is too little (R16) ──> rest: fund

   Where the policy keeps the ratio of collected to owed to 16 decimals, shares are those of `ratio16`, else of `floor-last`:
   what rounding leaves goes to the last winner up to his due, to the fund when it is a winner, which is the account called
   "network". A case flagged residual-overpays has no such cap (compatibility literal-residue).
   A mark's gains are those of positions: value at the mark less effective cost (R4); cost is the value at the last mark and
   of the trades since. Accounts that an order leaves out come after it. */
#include <stdlib.h>
#include <string.h>

#include "conform/trial.h"

#define NETWORK "network"

typedef struct bw_claimant {
    bw_party *party;
    bw_amount amount;                    /* owed or due, at least 0 */
} bw_claimant;

typedef struct bw_round {
    bw_claimant *losers, *winners;       /* room for every account and every item of the event's lists */
    uint32_t loser_count, winner_count;
    bw_amount collected, owed, from_fund;
} bw_round;

enum { MARK };   /* state.more[MARK] */

static bool is_network(const bw_party *party)
{
    return strcmp(party->id, NETWORK) == 0;
}

static void cash_add(bw_trial *trial, bw_party *party, bw_amount amount)
{
    bw_amount *cash = is_network(party) ? &trial->now.fund : &party->cash;
    *cash = bw_trial_add(trial, *cash, amount);
}

static bw_party *network(bw_trial *trial)
{
    for (uint32_t n = 0; n < trial->now.party_count; n++)
        if (is_network(&trial->parties[n]))
            return &trial->parties[n];
    return &trial->parties[trial->party_room];   /* begin_round opens it */
}

static bool round_new(bw_trial *trial, bw_round *round)
{
    *round = (bw_round){.losers = calloc(2u * (size_t)trial->party_room, sizeof(bw_claimant)),
                        .winners = calloc(2u * (size_t)trial->party_room, sizeof(bw_claimant))};
    trial->no_memory |= round->losers == NULL || round->winners == NULL;
    return !trial->no_memory;
}

static void round_free(bw_round *round)
{
    free(round->losers);
    free(round->winners);
}

/* ---------------------------------------------------------------------------------------------------- settlement */

static void losers_pay(bw_trial *trial, bw_round *round)
{
    for (uint32_t n = 0; n < round->loser_count; n++) {
        bw_party *party = round->losers[n].party;
        bw_amount owes = round->losers[n].amount, own = bw_amount_of(0), none = bw_amount_of(0);
        if (!is_network(party))
            own = bw_trial_draw(trial, &party->cash, none, owes);
        bw_amount lacks = bw_amount_of(bw_gap_of(bw_trial_sub(trial, own, owes).minor));
        bw_amount helped = bw_trial_draw(trial, &trial->now.fund, none, lacks);
        bw_amount booked = bw_trial_add(trial, own, helped);
        round->owed = bw_trial_add(trial, round->owed, owes);
        round->collected = bw_trial_add(trial, round->collected, booked);
        round->from_fund = bw_trial_add(trial, round->from_fund, helped);
        bw_trial_put_of(trial, "paid_in", party, own);
        bw_trial_put_of(trial, "unpaid", party, bw_trial_sub(trial, lacks, helped));
        bw_trial_put_of(trial, "loss_booked", party, booked);
    }
}

static bw_allocate_rounding rounding_of(const bw_trial *trial)
{
    bw_json rounding = bw_json_get(&trial->policy, "rounding"), decimals = bw_json_get(&rounding, "ratio_decimals");
    return bw_json_kind_of(&decimals) != BW_JSON_NOTHING ? BW_ALLOCATE_RATIO16 : BW_ALLOCATE_FLOOR_LAST;
}

/* Returns what the winners got. */
static bw_amount winners_paid(bw_trial *trial, bw_round *round)
{
    bw_shares shares;
    bw_amount paid = bw_amount_of(0);
    bool literal = trial->literal_residue && bw_amount_less(round->collected, round->owed);
    if (!bw_trial_shares_new(trial, &shares, round->winner_count))
        return paid;
    for (uint32_t n = 0; n < shares.count; n++) {
        shares.weight[n] = round->winners[n].amount.minor;
        shares.cap[n] = literal ? round->collected.minor : round->winners[n].amount.minor;
        if (is_network(round->winners[n].party))
            shares.id[n] = UINT64_MAX;
    }
    paid = bw_trial_share(trial, rounding_of(trial), round->collected, &shares);
    for (uint32_t n = 0; n < shares.count; n++) {
        bw_amount charge = bw_amount_of(shares.charge[n]);
        cash_add(trial, round->winners[n].party, charge);
        bw_trial_put_of(trial, "paid_out", round->winners[n].party, charge);
        bw_trial_put_of(trial, "haircut", round->winners[n].party,
                        bw_trial_sub(trial, round->winners[n].amount, charge));
    }
    bw_trial_shares_free(&shares);
    return paid;
}

/* Nobody is in a list that is empty: what is written down about it is an empty object all the same. */
static void put_lists(bw_trial *trial)
{
    static const char *const lists[] = {"paid_in", "unpaid", "loss_booked", "paid_out", "haircut"};
    for (uint32_t n = 0; n < sizeof lists / sizeof lists[0]; n++)
        bw_json_within(trial->out, lists[n]);
}

static void round_settle(bw_trial *trial, bw_round *round)
{
    put_lists(trial);
    losers_pay(trial, round);
    bw_amount residue = bw_trial_sub(trial, round->collected, winners_paid(trial, round));
    bool bounded = bw_trial_has(&trial->event, "residue_tolerance");
    if (bounded && bw_amount_less(bw_trial_get(trial, &trial->event, "residue_tolerance"), residue))
        trial->refused = true;
    trial->now.fund = bw_trial_add(trial, trial->now.fund, residue);
    bw_trial_put(trial, "collected", round->collected);
    bw_trial_put(trial, "from_fund", round->from_fund);
    bw_trial_put(trial, "residue_to_fund", residue);
}

/* ----------------------------------------------------------------------------------------------- settle and sweep */

static uint32_t claimants_read(bw_trial *trial, const char *list, const char *key, bw_claimant *claimants)
{
    bw_json at = bw_trial_get_list(trial, &trial->event, list);
    uint32_t count = bw_json_kind_of(&at) == BW_JSON_ARRAY ? bw_json_count(&at) : 0;
    for (uint32_t n = 0; n < count && !trial->wrong; n++) {
        bw_json item = bw_json_item(&at, n);
        claimants[n].party = bw_trial_party_open(trial, &item, "id");
        claimants[n].amount = bw_trial_get_least(trial, &item, key, 0);
    }
    return trial->wrong ? 0 : count;
}

static void settle(bw_trial *trial)
{
    bw_round round;
    if (!round_new(trial, &round)) {
        round_free(&round);
        return;
    }
    round.loser_count = claimants_read(trial, "losers", "owes", round.losers);
    round.winner_count = claimants_read(trial, "winners", "due", round.winners);
    round_settle(trial, &round);
    round_free(&round);
}

static void sweep(bw_trial *trial)
{
    bw_amount leftover = bw_trial_get_least(trial, &trial->event, "leftover", 0);
    trial->refused = bw_amount_less(bw_trial_get(trial, &trial->event, "tolerance"), leftover);
    trial->now.fund = bw_trial_add(trial, trial->now.fund, leftover);
    bw_trial_put(trial, "residue_to_fund", leftover);
}

/* All cash of an account to the fund. */
static void confiscate(bw_trial *trial)
{
    bw_party *party = bw_trial_party(trial, &trial->event, "from");
    if (is_network(party))
        return;
    trial->now.fund = bw_trial_add(trial, trial->now.fund, party->cash);
    party->cash = bw_amount_of(0);
}

/* --------------------------------------------------------------------------------------------------------- marks */

static bw_amount gain_of(bw_trial *trial, const bw_party *party, bool funding, bw_amount price)
{
    bw_amount value = bw_trial_value(trial, party->qty, price);
    return funding ? bw_trial_negate(value) : bw_trial_sub(trial, value, party->cost);
}

static void claimant_add(bw_trial *trial, bw_round *round, bw_party *party, bw_amount gain, bool as_loser)
{
    bw_claimant claimant = {party, bw_trial_positive(as_loser ? bw_trial_negate(gain) : gain)};
    if (as_loser)
        round->losers[round->loser_count++] = claimant;
    else
        round->winners[round->winner_count++] = claimant;
    party->listed |= bw_amount_sign(claimant.amount) != 0;
    (void)trial;
}

static void order_read(bw_trial *trial, bw_round *round, const char *order, bool as_loser, bool funding, bw_amount price)
{
    bw_json at = bw_trial_get_list(trial, &trial->event, order);
    uint32_t count = bw_json_kind_of(&at) == BW_JSON_ARRAY ? bw_json_count(&at) : 0;
    for (uint32_t n = 0; n < count && !trial->wrong; n++) {
        bw_json name = bw_json_item(&at, n);
        bw_party *party = bw_trial_party_named(trial, &name, true);
        bw_amount gain = gain_of(trial, party, funding, price);
        if (party->listed && bw_amount_sign(gain) == (as_loser ? -1 : 1))
            bw_trial_wrong(trial, &name, "each account once");
        claimant_add(trial, round, party, gain, as_loser);
    }
}

/* mark, funding */
static void mark(bw_trial *trial, bool funding)
{
    bw_amount price = bw_trial_get(trial, &trial->event, funding ? "longs_pay_per_unit" : "price");
    bw_round round;
    if (round_new(trial, &round)) {
        for (uint32_t n = 0; n < trial->now.party_count; n++)
            trial->parties[n].listed = false;
        order_read(trial, &round, "loser_order", true, funding, price);
        order_read(trial, &round, "winner_order", false, funding, price);
        for (uint32_t n = 0; n < trial->now.party_count && !trial->wrong; n++) {
            bw_amount gain = gain_of(trial, &trial->parties[n], funding, price);
            if (!trial->parties[n].listed && bw_amount_sign(gain) != 0)
                claimant_add(trial, &round, &trial->parties[n], gain, bw_amount_sign(gain) < 0);
        }
        round_settle(trial, &round);
        for (uint32_t n = 0; n < trial->now.party_count && !funding; n++)
            trial->parties[n].cost = bw_trial_value(trial, trial->parties[n].qty, price);
        if (!funding)
            trial->now.more[MARK] = price;
    }
    round_free(&round);
}

static void position_add(bw_trial *trial, bw_party *party, bw_amount qty, bw_amount value)
{
    party->qty = bw_trial_add(trial, party->qty, qty);
    party->cost = bw_trial_add(trial, party->cost, value);
}

static void trade(bw_trial *trial)
{
    bw_amount qty = bw_trial_get(trial, &trial->event, "qty");
    bw_amount value = bw_trial_value(trial, qty, bw_trial_get(trial, &trial->event, "price"));
    position_add(trial, bw_trial_party_open(trial, &trial->event, "buyer"), qty, value);
    position_add(trial, bw_trial_party_open(trial, &trial->event, "seller"), bw_trial_negate(qty),
                 bw_trial_negate(value));
}

static void takeover(bw_trial *trial)
{
    bw_party *from = bw_trial_party(trial, &trial->event, "from");
    if (is_network(from))
        return;
    position_add(trial, network(trial), from->qty, from->cost);
    from->qty = from->cost = bw_amount_of(0);
    confiscate(trial);
}

static void fund_position(bw_trial *trial)
{
    bw_party *party = network(trial);
    party->qty = bw_trial_get(trial, &trial->event, "qty");
    party->cost = bw_trial_value(trial, party->qty, trial->now.more[MARK]);
}

/* ----------------------------------------------------------------------------------------------------------- kinds */

static void begin_round(bw_trial *trial)
{
    bw_json_node *name = bw_json_new_text(NETWORK);
    bw_json at = bw_json_root(name);
    bw_trial_need(trial, "fund accounts ");
    trial->now.fund = bw_trial_get(trial, &trial->initial, "fund");
    bw_trial_party_named(trial, &at, true)->id = NETWORK;
    bw_json_drop(name);
}

static void begin_mark(bw_trial *trial)
{
    begin_round(trial);
    trial->now.more[MARK] = bw_trial_get(trial, &trial->initial, "mark");
    for (uint32_t n = 0; n < trial->now.party_count; n++)
        trial->parties[n].cost = bw_trial_value(trial, trial->parties[n].qty, trial->now.more[MARK]);
}

static bool run_settle(bw_trial *trial, const char *type)
{
    if (strcmp(type, "settle") == 0)
        settle(trial);
    else if (strcmp(type, "sweep") == 0)
        sweep(trial);
    else if (strcmp(type, "confiscate") == 0)
        confiscate(trial);
    else
        return false;
    return true;
}

static bool run_mark(bw_trial *trial, const char *type)
{
    if (strcmp(type, "mark") == 0 || strcmp(type, "funding") == 0)
        mark(trial, type[0] == 'f');
    else if (strcmp(type, "trade") == 0)
        trade(trial);
    else if (strcmp(type, "takeover") == 0)
        takeover(trial);
    else if (strcmp(type, "fund-fee") == 0)
        cash_add(trial, network(trial), bw_trial_negate(bw_trial_get(trial, &trial->event, "amount")));
    else if (strcmp(type, "deposit") == 0)
        cash_add(trial, bw_trial_party_open(trial, &trial->event, "id"), bw_trial_get(trial, &trial->event, "amount"));
    else if (strcmp(type, "set-fund-position") == 0)
        fund_position(trial);
    else
        return run_settle(trial, type);
    return true;
}

static void show_round(bw_trial *trial)
{
    bw_trial_put(trial, "fund_after", trial->now.fund);
    bw_trial_put(trial, "fund", trial->now.fund);
    for (uint32_t n = 0; n < trial->now.party_count; n++) {
        const bw_party *party = &trial->parties[n];
        bw_amount cash = is_network(party) ? trial->now.fund : party->cash;
        bw_trial_put_of(trial, "cash_after", party, cash);
        bw_trial_put_of(trial, "cash", party, cash);
        bw_trial_put_of(trial, "qty", party, party->qty);
        bw_trial_put_field(trial, party, "cash", cash);
        bw_trial_put_field(trial, party, "qty", party->qty);
    }
}

const bw_kind BW_KIND_SETTLE_ROUND = {"settle-round", "cash ", begin_round, run_settle, show_round};
const bw_kind BW_KIND_MARK_ROUND = {"mark-round", "cash qty ", begin_mark, run_mark, show_round};
