/* shock.c - the book of a venue, and the scenarios one after the other. */
#include "stress/shock_work.h"

#include "base/mix.h"

#include <string.h>

/* ------------------------------------------------------------------------------------------------------ memory */

enum { LOTS_OF_LINE = 64 / sizeof(shock_lot) };

static void *take(char *base, size_t *at, uint64_t count, size_t size)
{
    *at = (*at + 63u) / 64u * 64u;
    void *taken = base ? base + *at : NULL;
    *at += (count + 1u) * size;
    return taken;
}

#define TAKE(field, count) (to->field = take(base, &at, (count), sizeof *to->field))

static size_t lay_book(bw_shock *to, char *base, size_t at, uint64_t accounts, uint64_t places, uint64_t markets)
{
    TAKE(head, accounts);
    TAKE(balance, accounts);
    TAKE(exempt, accounts);
    TAKE(id, accounts);
    TAKE(owner_next, accounts);
    TAKE(lot, 2u * places + LOTS_OF_LINE);
    TAKE(size, places);
    TAKE(cost, places);
    TAKE(account, places);
    TAKE(side, 2u * markets);
    TAKE(bucket_start, markets);
    TAKE(market_paid_start, markets);
    TAKE(previous_unit, markets);
    TAKE(limit, places);
    TAKE(who, places);
    TAKE(sum, places + 1u);
    TAKE(ranked, places);
    TAKE(chunk, places / 64u + 4u * markets + 1u);
    TAKE(ranking, 4u * markets);
    TAKE(bound, places / 64u + 1u);
    TAKE(line_base, accounts);
    TAKE(line_account, accounts);
    TAKE(line_first, accounts + 1u);
    TAKE(line_need, accounts);
    TAKE(line_lot, accounts);
    TAKE(hot_list, places);
    TAKE(line_slope, places);
    TAKE(line_thin, places);
    TAKE(line_thinner, places);
    TAKE(thinner_flags, accounts);
    TAKE(thin_flags, accounts);
    TAKE(thin_account, accounts);
    TAKE(thin_lot, accounts);
    TAKE(thin_at, accounts + 1u);
    TAKE(thin_side, places);
    TAKE(figures, accounts);
    TAKE(hot, places);
    TAKE(hot_first, 4u * markets);
    TAKE(line_market, places);
    TAKE(price_bound, markets);
    TAKE(price_start, markets);
    TAKE(flags, accounts);
    TAKE(flagged, accounts);
    TAKE(row, markets * BW_SHOCK_LANES);
    TAKE(row_max, markets);
    return at;
}

static size_t lay_scenario(bw_shock *to, char *base, size_t at, uint64_t accounts, uint64_t places, uint64_t markets)
{
    uint64_t payers = (accounts > places ? accounts : places) + 2u * markets + 1u;
    TAKE(price, markets);
    TAKE(unit, markets);
    TAKE(bucket, markets);
    TAKE(bucket_usable, markets);
    TAKE(market_paid, markets);
    TAKE(bits, to->shape.word_count);
    TAKE(place_bits, places / 64u + 1u);
    TAKE(mark, accounts);
    TAKE(list, places);
    TAKE(slot, places);
    TAKE(journal, 2u * places);
    TAKE(entry, accounts);
    TAKE(position, places);
    TAKE(order, places);
    TAKE(cases, accounts);
    TAKE(closing, places);
    TAKE(loss, 2u * markets + 1u);
    TAKE(side_first, 2u * markets);
    TAKE(touched, accounts);
    TAKE(light, accounts);
    TAKE(place_cut, places);
    TAKE(payer, accounts);
    TAKE(cut, places);
    TAKE(payers.weight, payers);
    TAKE(payers.cap, payers);
    TAKE(payers.rank, payers);
    TAKE(payers.charge, payers);
    TAKE(payers.id, payers);
    TAKE(winners, payers);
    TAKE(payers.item, payers);
    TAKE(scratch, 1u);
    return at;
}

static size_t layout(bw_shock *to, char *base, const bw_venue *venue)
{
    uint64_t accounts = venue->account_count, places = venue->position_count, markets = venue->market_count;
    to->shape = bw_bitmap_shape_of((uint32_t)accounts);
    size_t at = sizeof *to;
    TAKE(place_of, venue->position_top + 1u);
    at = lay_book(to, base, at, accounts, places, markets);
    return (lay_scenario(to, base, at, accounts, places, markets) + 63u) / 64u * 64u;
}

size_t bw_shock_footprint(const bw_venue *venue)
{
    bw_shock measured;
    return layout(&measured, NULL, venue);
}

/* -------------------------------------------------------------------------------------------------------- book */

/* The holders of a side, the oldest chunk first: places are numbered so, because a list loses its last holder to the place of
   the one that leaves. */
static uint32_t side_read(bw_shock *shock, uint32_t side, uint32_t first)
{
    const bw_venue *venue = shock->venue;
    const bw_market_cold *market = bw_market_cold_at(venue, side / 2u);
    const bw_chunk *chunks = bw_at_chunk(venue);
    uint32_t count = market->holders[side % 2u], before = count;
    for (uint32_t c = market->chunk[side % 2u]; c; c = chunks[c].next) {
        before -= chunks[c].count;
        for (uint32_t i = 0; i < chunks[c].count; i++) {
            uint32_t position = chunks[c].position[i], place = first + before + i;
            shock->size[place] = bw_position_at(venue, position)->size;
            shock->cost[place] = bw_position_cost(venue, position);
            shock->account[place] = bw_position_at(venue, position)->account;
            shock->place_of[position] = place;
        }
    }
    BW_ASSERT(before == 0);
    shock->side[side] = (shock_side){.first = first, .count = count, .live = count};
    return first + count;
}

static uint32_t account_read(bw_shock *shock, uint32_t account, uint32_t at)
{
    const bw_venue *venue = shock->venue;
    const bw_hot *hot = bw_hot_at(venue, account);
    if (hot->count <= LOTS_OF_LINE && at % LOTS_OF_LINE + hot->count > LOTS_OF_LINE)
        at += LOTS_OF_LINE - at % LOTS_OF_LINE;
    shock->head[account].first = at;
    shock->balance[account] = shock->head[account].net = bw_warm_at(venue, account)->balance;
    shock->exempt[account] = (hot->flags & BW_HOT_EXEMPT) != 0;
    shock->any_exempt |= shock->exempt[account];
    shock->id[account] = bw_cold_at(venue, account)->id;
    shock->owner_next[account] = bw_cold_at(venue, account)->owner_next;
    for (uint32_t i = 0; i < hot->count; i++) {
        const bw_position *position = bw_position_at(venue, hot->extent + i);
        uint32_t place = shock->place_of[hot->extent + i];
        shock->lot[at++] = (shock_lot){.size = position->size, .place = place, .market = position->market};
        shock->head[account].net -= shock->cost[place];
    }
    return shock->head[account].end = at;
}

static void market_read(bw_shock *shock, uint32_t m)
{
    const bw_market *market = bw_market_at(shock->venue, m);
    shock->bucket_start[m] = bw_market_cold_at(shock->venue, m)->fund;
    shock->previous_unit[m] = market->mark * market->factor;
    shock->price_start[m] = market->mark;
}

bw_shock *bw_shock_new(void *memory, const bw_venue *venue)
{
    BW_ASSERT(bw_shock_fault(venue) == NULL && (uintptr_t)memory % 64u == 0);
    bw_shock *shock = memory;
    const bw_pool *pool = bw_pool_at(venue, 0);
    layout(shock, memory, venue);
    shock->venue = venue;
    shock->pool = pool->settings;
    shock->waits = pool->settings.quantity[0] == BW_QUANTITY_BOOK;
    shock->mixed = pool->settings.adl_tie == BW_TIE_MIX;
    shock->markets = venue->market_count;
    shock->accounts = venue->account_count;
    shock->seq = venue->seq + 1u;
    for (uint32_t side = 0; side < 2u * shock->markets; side++)
        shock->places = side_read(shock, side, shock->places);
    for (uint32_t a = 0, at = 0; a < shock->accounts; a++)
        at = account_read(shock, a, at);
    for (uint32_t m = 0; m < shock->markets; m++)
        market_read(shock, m);
    for (uint32_t p = 0; p < shock->places; p++)
        shock->list[p] = shock->slot[p] = p;
    bw_shock_stand_at(shock, venue->time_ns);
    bw_shock_rank_new(shock);
    bw_shock_find_new(shock);
    bw_shock_gap_new(shock);
    return shock;
}

/* ---------------------------------------------------------------------------------------------------- scenario */

static void rounds_run(bw_shock *shock);

static uint64_t charges_sum(const bw_shock *shock)
{
    uint64_t sum = 0;
    for (uint32_t e = 0; e < shock->entry_count; e++)
        if (shock->entry[e].charged)
            sum += bw_mix_pair_u64(shock->entry[e].account, (uint64_t)shock->entry[e].charged);
    for (uint32_t i = 0; i < shock->payer_count; i++)
        sum += bw_mix_pair_u64(shock->payer[i], (uint64_t)shock->light[shock->payer[i]].paid);
    return sum;
}

static void origin_name(bw_shock *shock)
{
    bw_stress_outcome *out = &shock->outcome;
    int64_t largest = 0;
    for (uint32_t i = 0; i <= 2u * shock->markets; i++) {
        bool of_market = i < 2u * shock->markets;
        if (shock->loss[i].gap_in_all <= largest)
            continue;
        largest = shock->loss[i].gap_in_all;
        out->origin = of_market ? (uint16_t)(i / 2u) : BW_NONE16;
        out->flags = (out->flags & ~(uint32_t)BW_STRESS_ORIGIN_SHORT) | (of_market && i % 2u ? BW_STRESS_ORIGIN_SHORT : 0u);
    }
}

void bw_shock_prices_set(bw_shock *shock, const int64_t *ticks)
{
    for (uint32_t m = 0; m < shock->markets; m++) {
        shock->price[m] = ticks[m];
        shock->unit[m] = ticks[m] * bw_market_at(shock->venue, m)->factor;
    }
}

static void scenario_begin(bw_shock *shock, const int64_t *ticks)
{
    bw_shock_prices_set(shock, ticks);
    shock->judged = shock->rounds = 0;
    shock->outcome = (bw_stress_outcome){.first_adl_ns = -1, .origin = BW_NONE16, .carryover = shock->fund_start.carried};
}

static bool anybody(const bw_shock *shock)
{
    return bw_bitmap_next(&shock->shape, shock->bits, 0) != BW_BITMAP_NONE;
}

static bw_shock_told scenario_play(bw_shock *shock, const int64_t *ticks, uint32_t lane)
{
    scenario_begin(shock, ticks);
    shock->lane = lane;
    bw_shock_find(shock, lane);
    if (!anybody(shock))
        return (bw_shock_told){.outcome = shock->outcome, .judged = shock->judged};
    bw_shock_rank_scenario(shock);
    rounds_run(shock);
    origin_name(shock);
    shock->outcome.carryover = shock->fund.carried;
    return (bw_shock_told){shock->outcome, charges_sum(shock), shock->rounds, shock->judged};
}

void bw_shock_play(bw_shock *shock, const int64_t *ticks, uint64_t count, bw_shock_see *see, void *context)
{
    for (uint64_t begin = 0; begin < count; begin += BW_SHOCK_LANES) {
        uint32_t lanes = count - begin < BW_SHOCK_LANES ? (uint32_t)(count - begin) : BW_SHOCK_LANES;
        const int64_t *block = ticks + begin * shock->markets;
        bw_shock_find_block(shock, block, lanes);
        for (uint32_t lane = 0; lane < lanes; lane++) {
            bw_shock_told told = scenario_play(shock, block + (size_t)lane * shock->markets, lane);
            see(context, shock, begin + lane, &told);
            bw_shock_forget(shock);
        }
    }
}

/* ------------------------------------------------------------------------------------------------------ rounds */

static uint32_t case_bankrupt(const bw_shock *shock, uint32_t entry, shock_case *at)
{
    *at = (shock_case){.entry = entry, .equity = bw_shock_entry_equity(shock, &shock->entry[entry])};
    return at->bankrupt = at->equity < 0;
}

static uint32_t bits_take(bw_shock *shock, uint32_t *accounts)
{
    uint32_t count = 0;
    for (uint32_t a = bw_bitmap_next(&shock->shape, shock->bits, 0); a != BW_BITMAP_NONE;
         a = bw_bitmap_next(&shock->shape, shock->bits, a + 1u)) {
        bw_bitmap_clear(&shock->shape, shock->bits, a);
        accounts[count++] = a;
    }
    return count;
}

/* Everybody whose bit is set, in the order of their numbers, is a case of this round. */
static void cases_take(bw_shock *shock)
{
    uint32_t *accounts = shock->payers.item, count = bits_take(shock, accounts);
    shock->case_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        shock_case *at = &shock->cases[shock->case_count++];
        bw_shock_ask(shock, i + 16u < count ? accounts[i + 16u] : BW_NONE32, i + 8u < count ? accounts[i + 8u] : BW_NONE32);
        uint32_t entry = bw_shock_enter(shock, accounts[i]);
        bw_shock_touch(shock, entry);
        if (case_bankrupt(shock, entry, at) && !(shock->entry[entry].met & 1u)) {
            shock->entry[entry].met |= 1u;
            shock->outcome.bankrupt_accounts++;
        }
    }
}

/* Positions of size 0 go; the last takes their place, as the engine's records do. */
static void compact(bw_shock *shock, shock_entry *entry)
{
    for (uint32_t i = entry->first; i < entry->first + entry->count;) {
        shock_position *at = &shock->position[shock->order[i]];
        at->shadowed = 0;
        at->next_shadow = 0;
        at->charged = at->lots_adl = 0;
        if (at->size)
            i++;
        else
            shock->order[i] = shock->order[entry->first + --entry->count];
    }
}

/* Those whom the round made unhealthy, or left so, are judged in the next; if there are any, who paid gets an entry. */
static void rearm(bw_shock *shock)
{
    for (uint32_t i = 0; i < shock->payer_count; i++) {
        uint32_t account = shock->payer[i];
        if (bw_shock_light_equity(shock, account) < bw_shock_base_mm(shock, account))
            bw_bitmap_set(&shock->shape, shock->bits, account);
    }
    for (uint32_t i = 0; i < shock->touched_count; i++) {
        shock_entry *entry = &shock->entry[shock->touched[i]];
        int64_t mm, equity = bw_shock_entry_health(shock, entry, &mm);
        if (equity < 0 || (equity < mm && entry->orders == 0))
            bw_bitmap_set(&shock->shape, shock->bits, entry->account);
        else
            entry->sliced = 0;
    }
    while (anybody(shock) && shock->payer_count)
        bw_shock_enter(shock, shock->payer[shock->payer_count - 1u]);
    for (uint32_t i = 0; i < shock->touched_count; i++) {
        compact(shock, &shock->entry[shock->touched[i]]);
        shock->entry[shock->touched[i]].charged_round = 0;
    }
}

static void round_begin(bw_shock *shock)
{
    shock->round++;
    shock->touched_count = shock->closing_count = 0;
    for (uint32_t i = 0; i <= 2u * shock->markets; i++) {
        int64_t in_all = shock->loss[i].gap_in_all;
        shock->loss[i] = (shock_loss){.gap_in_all = in_all};
    }
}

/* Where the book is asked first there is one round: whom it leaves unhealthy is solvent, since no charge takes more than there
   is, and sends orders out. */
static void rounds_run(bw_shock *shock)
{
    shock->fund = shock->fund_start;
    memcpy(shock->bucket, shock->bucket_start, shock->markets * sizeof *shock->bucket);
    memcpy(shock->market_paid, shock->market_paid_start, shock->markets * sizeof *shock->market_paid);
    for (uint32_t i = 0; i <= 2u * shock->markets; i++)
        shock->loss[i].gap_in_all = 0;
    while (anybody(shock)) {
        round_begin(shock);
        bw_shock_fund_freeze(shock);
        cases_take(shock);
        for (uint32_t i = 0; i < shock->case_count; i++)
            bw_shock_plan(shock, &shock->cases[i]);
        bw_shock_fund_refreeze(shock);
        bw_shock_net(shock);
        bw_shock_adl(shock);
        bw_shock_zero(shock);
        bw_shock_layers(shock);
        shock->rounds++;
        if (shock->waits)
            break;
        rearm(shock);
    }
}

/* ------------------------------------------------------------------------------------------------------- views */

bw_shock_account bw_shock_account_of(const bw_shock *shock, uint32_t account)
{
    int64_t paid = shock->light[account].paid;
    if (shock->mark[account] == 0)
        return (bw_shock_account){.balance = shock->balance[account] - shock->light[account].balance_cut, .charged = paid,
                                  .equity = bw_shock_light_equity(shock, account), .touched = paid != 0};
    const shock_entry *entry = &shock->entry[shock->mark[account] - 1u];
    return (bw_shock_account){entry->balance, bw_shock_entry_equity(shock, entry), entry->gap, entry->charged,
                              entry->liquidated, entry->deleveraged, entry->round != 0, 0};
}

int64_t bw_shock_size_of(const bw_shock *shock, uint32_t account, uint32_t market, int64_t *cost)
{
    *cost = 0;
    if (shock->mark[account]) {
        const shock_entry *entry = &shock->entry[shock->mark[account] - 1u];
        for (uint32_t i = entry->first; i < entry->first + entry->count; i++)
            if (shock->position[shock->order[i]].market == market) {
                *cost = shock->position[shock->order[i]].cost;
                return shock->position[shock->order[i]].size;
            }
        return 0;
    }
    for (uint32_t i = shock->head[account].first; i < shock->head[account].end; i++)
        if (shock->lot[i].market == market) {
            *cost = shock->cost[shock->lot[i].place] + shock->place_cut[shock->lot[i].place];
            return shock->lot[i].size;
        }
    return 0;
}

uint32_t bw_shock_touched(const bw_shock *shock) { return shock->entry_count + shock->payer_count; }
uint32_t bw_shock_touched_at(const bw_shock *shock, uint32_t i)
{
    return i < shock->entry_count ? shock->entry[i].account : shock->payer[i - shock->entry_count];
}
