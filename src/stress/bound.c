/* bound.c - the book that stands becomes sorted thresholds. */
#include <math.h>
#include <string.h>

#include "base/assert.h"
#include "engine/fund.h"
#include "engine/state.h"
#include "engine/account.h"
#include "engine/margin.h"
#include "stress/bound_state.h"

/* ---------------------------------------------------------------------------------------------------------- the rules */

static bool uses(const bw_command_pool *set, bw_quantity quantity)
{
    return set->quantity[0] == quantity || set->quantity[1] == quantity || set->quantity[2] == quantity;
}

static const char *money_fault(const bw_command_pool *set)
{
    for (uint32_t i = 0; i < set->money_count; i++)
        if (set->money[i].kind == BW_LAYER_DELEVERAGED && set->money[i].price == BW_ADL_PRICE_ZERO_BOTH)
            return "under 'price zero-both' a solvent account pays with its equity";
    return NULL;
}

const char *bw_bound_fault(const bw_bound_params *params)
{
    const bw_venue *venue = params->venue;
    const bw_command_pool *set = &bw_pool_at(venue, 0)->settings;
    if (params->runs)
        return "traders may withdraw during a path";
    if (params->outage)
        return "prices stand still during an outage, and what is missed comes at once";
    if (set->penalty_ppm || set->penalty_desk_ppm)
        return "a penalty takes from accounts whatever they have";
    if (set->order_gap_ppm)
        return "an order may be filled at a loss for the fund ('order-gap')";
    if (set->book_mode != 0)
        return "under 'book sync' bankrupt accounts wait for offers";
    for (uint32_t d = 0; d < venue->desk_count; d++)
        if (bw_at_desk(venue)[d].is_fund)
            return "the fund is a desk and may lose on what it takes";
    for (uint32_t m = 0; m < params->market_count; m++)
        if (bw_market_at(venue, params->market_first + m)->kind != BW_MARKET_LINEAR)
            return "an inverse market";
    return money_fault(set);
}

/* Whether the fund's shared part comes before anybody is asked. A list that names it means by `fund` the parts of markets alone. */
static bool fund_first(const bw_pool *pool)
{
    const bw_command_pool *set = &pool->settings;
    bool named = bw_pool_names_shared(pool);
    for (uint32_t i = 0; i < set->money_count; i++) {
        if (set->money[i].kind == (named ? BW_LAYER_SHARED_FUND : BW_LAYER_FUND))
            return true;
        if (set->money[i].kind == BW_LAYER_DELEVERAGED || set->money[i].kind == BW_LAYER_HAIRCUT)
            return false;
    }
    return false;
}

int64_t bw_bound_paid(const bw_bound_params *params)
{
    const bw_pool *pool = bw_pool_at(params->venue, 0);
    const bw_command_pool *set = &pool->settings;
    if (!fund_first(pool) || set->event_cap_ppm)
        return 0;
    int64_t paid = bw_min(bw_fund_usable(params->venue, 0), pool->shared_fund);
    if (set->event_cap)
        paid = bw_min(paid, set->event_cap);
    if (set->market_cap)
        paid = bw_min(paid, set->market_cap);
    return bw_max(paid, 0);
}

/* ------------------------------------------------------------------------------------------------------ walking the book */

/* One account as the bound sees it. */
typedef struct {
    double equity, slack;            /* slack: equity - maintenance margin */
    uint32_t count;                  /* positions, and one for collateral */
    uint32_t side[BW_BOUND_ITEMS];
    double notional[BW_BOUND_ITEMS];
    bool maker, desk, marginless;
} account;

static bool add_position(account *a, const bw_bound_params *params, const bw_position *position)
{
    const bw_market *market = bw_market_at(params->venue, position->market);
    uint32_t item = (uint32_t)(position->market - params->market_first);
    if (position->size == 0 || position->market < params->market_first || item >= params->market_count)
        return position->size == 0;
    a->side[a->count] = 2 * item + (position->size < 0);
    a->notional[a->count++] = (double)bw_abs(bw_value(market, position->size));
    return true;
}

/* False: not of this pool, or without positions and margin of its own to watch. */
static bool account_read(const bw_bound_params *params, uint32_t number, account *a)
{
    const bw_venue *venue = params->venue;
    const bw_hot *hot = bw_hot_at(venue, number);
    const bw_cold *cold = bw_cold_at(venue, number);
    if (cold->pool != 0 || (hot->flags & BW_HOT_CLOSED))
        return false;
    int64_t mm, equity = bw_account_health(venue, number, &mm);
    *a = (account){.equity = (double)equity, .slack = (double)equity - (double)mm, .desk = (hot->flags & BW_HOT_DESK) != 0,
                   .maker = (cold->flags & BW_FLAG_MARKET_MAKER) != 0, .marginless = (hot->flags & BW_HOT_MARGINLESS) != 0};
    for (uint32_t i = 0; i < hot->count; i++)
        if (!add_position(a, params, bw_position_at(venue, hot->extent + i)))
            a->slack = -INFINITY;    /* in a market without prices of its own: nothing is certain of it */
    int64_t counted = params->collateral && (hot->flags & BW_HOT_HOLDINGS) ? bw_account_collateral(venue, number) : 0;
    if (counted > 0) {
        a->side[a->count] = 2u * params->market_count;
        a->notional[a->count++] = (double)counted;
    }
    return a->maker || a->desk || a->count > 0;
}

static bool is_alone(const account *a, const bw_bound_params *params)
{
    return a->count == 1 && a->side[0] < 2u * params->market_count;
}

/* What a book needs. */
typedef struct {
    uint64_t entries, joint, positions, parts;
    uint64_t list[BW_BOUND_KINDS][BW_BOUND_SIDES];
} needs;

static uint32_t item_count(const bw_bound_params *params)
{
    return params->market_count + params->collateral;
}

static void needs_count(const bw_bound_params *params, needs *need)
{
    account a;
    memset(need, 0, sizeof *need);
    for (uint32_t i = 0; i < params->venue->account_count; i++) {
        if (!account_read(params, i, &a) || a.maker || a.desk)
            continue;
        bool alone = is_alone(&a, params);
        for (uint32_t j = 0; j < a.count; j++)
            need->list[alone ? BW_BOUND_ALONE : BW_BOUND_JOINT][a.side[j]]++;
        need->entries += a.count;
        need->joint += !alone;
        need->positions += alone ? 0 : a.count;
    }
    for (uint32_t s = 0; s < 2u * item_count(params); s++)
        need->parts += (need->list[BW_BOUND_JOINT][s] + BW_BOUND_STRIDE - 1) / BW_BOUND_STRIDE + 1;
}

/* -------------------------------------------------------------------------------------------------------------- memory */

static void *take(char **at, uint64_t count, size_t size)
{
    void *memory = *at;
    *at += (count * size + 63) / 64 * 64;
    return memory;
}

/* Lays the arrays out behind the head; NULL memory: only counts. Returns the bytes, and the room for entries at the end. */
static size_t lay_out(char *memory, const needs *need, uint32_t sides, bw_bound *bound, bw_bound_entry **entries)
{
    char *at = memory;
    bw_bound none;
    bound = bound != NULL ? bound : &none;
    take(&at, 1, sizeof *bound);
    double **const sums[] = {&bound->liquidation, &bound->liquidated, &bound->gap, &bound->gap_notional, &bound->gap_share};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        *sums[i] = take(&at, need->entries, sizeof(double));
    bound->parts = take(&at, need->parts * sides, sizeof(double));
    bound->joint = take(&at, need->joint + 1, sizeof *bound->joint);
    bound->positions = take(&at, need->positions, sizeof *bound->positions);
    *entries = take(&at, 2 * need->entries, sizeof **entries);      /* and room to merge */
    return (size_t)(at - memory);
}

size_t bw_bound_footprint(const bw_bound_params *params)
{
    needs need;
    bw_bound_entry *entries;
    needs_count(params, &need);
    return lay_out(NULL, &need, 2u * item_count(params), NULL, &entries);
}

/* --------------------------------------------------------------------------------------------------------------- lists */

/* Shares by risk, so that no position is far nearer to its threshold than the others. */
static void shares_of(const double *risk, const account *a, double *share)
{
    double sum = 0;
    for (uint32_t j = 0; j < a->count; j++)
        sum += a->notional[j] * risk[a->side[j] / 2];
    for (uint32_t j = 0; j < a->count; j++)
        share[j] = sum > 0 ? a->notional[j] * risk[a->side[j] / 2] / sum : 1. / a->count;
}

static void add_account(bw_bound *bound, const bw_bound_params *params, const account *a, bw_bound_entry *entries,
                        uint64_t filled[BW_BOUND_KINDS][BW_BOUND_SIDES])
{
    double share[BW_BOUND_ITEMS];
    bool alone = is_alone(a, params);
    uint32_t kind = alone ? BW_BOUND_ALONE : BW_BOUND_JOINT;
    shares_of(params->risk, a, share);
    for (uint32_t j = 0; j < a->count; j++) {
        uint32_t s = a->side[j];
        double x = a->notional[j], stretch = s % 2 ? 1 + bound->rho[s / 2] : 1;
        bound->all[s] += x;
        bw_bound_entry *entry = &entries[bound->lists[kind][s].first + filled[kind][s]++];
        *entry = (bw_bound_entry){.liquidation = x > 0 ? share[j] * a->slack / (x * stretch) : INFINITY,
                                  .gap = x > 0 ? share[j] * a->equity / x : INFINITY, .notional = x,
                                  .share = share[j] * a->equity, .account = bound->joint_count};
        if (!alone)
            bound->positions[bound->position_count++] = (bw_bound_position){.notional = x, .side = s};
    }
    if (!alone) {
        bound->joint[bound->joint_count++] = (bw_bound_joint){a->equity, a->slack, bound->position_count - a->count};
        bound->joint[bound->joint_count].first = bound->position_count;
    }
}

static void add_taker(bw_bound *bound, const account *a)
{
    bw_bound_takers *takers = &bound->takers;
    if (a->count > 0 || a->slack < 0)
        bound->unsafe = 1;           /* inventory of its own: not counted on */
    if (a->desk) {
        takers->desks_least = a->equity < takers->desks_least ? a->equity : takers->desks_least;
        takers->desks_margin = a->marginless ? takers->desks_margin : 1;
    } else
        takers->makers_least = a->equity < takers->makers_least ? a->equity : takers->makers_least;
}

/* Rising by liquidation or by gap; `room` as large as `entries`. Bottom-up merging: O(n log n), stable. */
static void sort(bw_bound_entry *entries, bw_bound_entry *room, uint64_t count, bool by_gap)
{
    bw_bound_entry *from = entries, *to = room;
    for (uint64_t width = 1; width < count; width *= 2) {
        for (uint64_t first = 0; first < count; first += 2 * width) {
            uint64_t middle = first + width < count ? first + width : count;
            uint64_t end = first + 2 * width < count ? first + 2 * width : count;
            for (uint64_t a = first, b = middle, k = first; k < end; k++) {
                double of_a = a < middle ? (by_gap ? from[a].gap : from[a].liquidation) : INFINITY;
                double of_b = b < end ? (by_gap ? from[b].gap : from[b].liquidation) : INFINITY;
                to[k] = a < middle && (b == end || of_a <= of_b) ? from[a++] : from[b++];
            }
        }
        bw_bound_entry *other = from;
        from = to;
        to = other;
    }
    if (from != entries)
        memcpy(entries, from, count * sizeof *entries);
}

/* All notionals of an account, by side, once; its later entries in the same list add them again: above, never below. */
static void add_parts(const bw_bound *bound, uint64_t number, double *row)
{
    for (uint64_t p = bound->joint[number].first; p < bound->joint[number + 1].first; p++)
        row[bound->positions[p].side] += bound->positions[p].notional;
}

static void fill_parts(bw_bound *bound, bw_bound_list *list, const bw_bound_entry *entries)
{
    list->part_first = bound->part_count;
    double sum[BW_BOUND_SIDES] = {0};
    for (uint64_t i = 0; i < list->count; i++) {
        if (i % BW_BOUND_STRIDE == 0)
            memcpy(bound->parts + bound->part_count++ * bound->sides, sum, bound->sides * sizeof *sum);
        add_parts(bound, entries[i].account, sum);
    }
    memcpy(bound->parts + bound->part_count++ * bound->sides, sum, bound->sides * sizeof *sum);
}

static void fill_list(bw_bound *bound, bw_bound_list *list, bw_bound_entry *entries, bw_bound_entry *room, bool joint)
{
    double notional = 0, share = 0;
    sort(entries, room, list->count, false);
    for (uint64_t i = 0; i < list->count; i++) {
        bound->liquidation[list->first + i] = entries[i].liquidation;
        bound->liquidated[list->first + i] = notional += entries[i].notional;
    }
    if (joint)
        fill_parts(bound, list, entries);
    sort(entries, room, list->count, true);
    notional = 0;
    for (uint64_t i = 0; i < list->count; i++) {
        bound->gap[list->first + i] = entries[i].gap;
        bound->gap_notional[list->first + i] = notional += entries[i].notional;
        bound->gap_share[list->first + i] = share += entries[i].share;
    }
}

/* -------------------------------------------------------------------------------------------------------------- making */

static void read_rules(bw_bound *bound, const bw_bound_params *params)
{
    const bw_venue *venue = params->venue;
    const bw_command_pool *set = &bw_pool_at(venue, 0)->settings;
    for (uint32_t m = 0; m < params->market_count; m++) {
        const bw_market *market = bw_market_at(venue, params->market_first + m);
        const bw_bracket_line *line = bw_at_bracket(venue) + (uint64_t)(params->market_first + m) * BW_BRACKETS;
        bound->rho[m] = market->bracket_count ? line[market->bracket_count - 1u].mmr_ppm / 1e6 : 1;
        bound->liquidity[m] = params->liquidity[m];
    }
    for (uint32_t d = 0; d < venue->desk_count; d++)
        if (bw_at_desk(venue)[d].discount_ppm / 1e6 > bound->discount)
            bound->discount = bw_at_desk(venue)[d].discount_ppm / 1e6;
    bound->takers = (bw_bound_takers){.makers_least = INFINITY, .desks_least = INFINITY, .makers_margin = 1};
    for (uint32_t i = 0; i < set->money_count; i++)
        bound->backstop_pays |= set->money[i].kind == BW_LAYER_BACKSTOP;
    if (!uses(set, BW_QUANTITY_BACKSTOP) && !params->collateral)
        bound->discount = 0;
}

static void read_accounts(bw_bound *bound, const bw_bound_params *params, bw_bound_entry *entries)
{
    uint64_t filled[BW_BOUND_KINDS][BW_BOUND_SIDES] = {{0}};
    account a;
    for (uint32_t i = 0; i < params->venue->account_count; i++) {
        if (!account_read(params, i, &a))
            continue;
        if (a.maker || a.desk)
            add_taker(bound, &a);
        else
            add_account(bound, params, &a, entries, filled);
    }
}

bw_bound *bw_bound_new(void *memory, const bw_bound_params *params)
{
    needs need;
    bw_bound *bound = memory;
    bw_bound_entry *entries;
    needs_count(params, &need);
    memset(bound, 0, sizeof *bound);
    bound->items = item_count(params);
    bound->sides = 2 * bound->items;
    bound->market_count = params->market_count;
    lay_out(memory, &need, bound->sides, bound, &entries);
    for (uint32_t i = 0; i < bound->items; i++)
        bound->mark_ticks[i] = (double)params->mark_ticks[i];
    read_rules(bound, params);
    for (uint32_t kind = 0; kind < BW_BOUND_KINDS; kind++)
        for (uint32_t s = 0; s < bound->sides; s++) {
            bound->lists[kind][s] = (bw_bound_list){.first = bound->entry_count, .count = need.list[kind][s]};
            bound->entry_count += need.list[kind][s];
        }
    bound->joint[0].first = 0;
    read_accounts(bound, params, entries);
    BW_ASSERT(bound->joint_count == need.joint && bound->position_count == need.positions);
    for (uint32_t kind = 0; kind < BW_BOUND_KINDS; kind++)
        for (uint32_t s = 0; s < bound->sides; s++) {
            bw_bound_list *list = &bound->lists[kind][s];
            fill_list(bound, list, entries + list->first, entries + need.entries, kind == BW_BOUND_JOINT);
        }
    return bound;
}
