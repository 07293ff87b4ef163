/* shock_rank.c - the queue's first winners without a look at all of them.

       holders of a side, least equity per notional first, in chunks ──bound of a chunk's keys──> the chunks the queue can reach

   A key is a product: what the position won, times the leverage of its account. The order by equity per notional at the start
   bounds the leverage at any prices: of single positions exactly, since they move with one price; of others by the largest move
   of the scenario. Bounds are doubles made larger than their roundings; who is taken is decided by exact keys. */
#include "stress/shock_work.h"

#include <stdlib.h>

enum { CHUNK = 64 };

/* ------------------------------------------------------------------------------------------------------- order */

static double margin_of(const bw_shock *shock, uint32_t place)
{
    uint32_t account = shock->account[place];
    double notional = 0;
    if (shock->head[account].end - shock->head[account].first == 1u)
        return (double)shock->head[account].net / (double)bw_abs(shock->size[place]);
    for (uint32_t i = shock->head[account].first; i < shock->head[account].end; i++)
        notional += (double)bw_abs(shock->lot[i].size * shock->unit[shock->lot[i].market]);
    return (double)bw_shock_base_equity(shock, account) / notional;
}

static int by_margin(const void *a, const void *b)
{
    double x = ((const shock_ranked *)a)->margin, y = ((const shock_ranked *)b)->margin;
    return (x > y) - (x < y);
}

static void entries_join(shock_entries *to, const shock_entries *with)
{
    to->low = with->low < to->low ? with->low : to->low;
    to->high = with->high > to->high ? with->high : to->high;
}

/* Least margin, and the entries between which the chunk's positions were opened; a cost of the wrong sign wins without bound. */
static const shock_chunk *chunk_make(bw_shock *shock, const shock_ranked *from, uint32_t count)
{
    shock_chunk *chunk = &shock->chunk[shock->chunk_count++];
    *chunk = (shock_chunk){.margin = from->margin, .entries = {.low = 1e300}};
    for (uint32_t i = 0; i < count; i++) {
        double entry = (double)shock->cost[from[i].place] / (double)shock->size[from[i].place];
        entries_join(&chunk->entries, &(shock_entries){entry, entry});
    }
    return chunk;
}

static void ranking_new(bw_shock *shock, uint32_t number, bool single, shock_ranking *ranking)
{
    const shock_side *side = &shock->side[number];
    shock_ranked *all = &shock->ranked[shock->ranked_count];
    uint32_t count = 0;
    for (uint32_t p = side->first; p < side->first + side->count; p++) {
        uint32_t a = shock->account[p];
        if ((shock->head[a].end - shock->head[a].first == 1u) == single)
            all[count++] = (shock_ranked){.margin = margin_of(shock, p), .place = p, .account = a};
    }
    qsort(all, count, sizeof *all, by_margin);
    *ranking = (shock_ranking){.entries = {.low = 1e300}, .first = shock->ranked_count, .count = count, .chunk_first = shock->chunk_count};
    for (uint32_t i = 0; i < count; i += CHUNK) {
        const shock_chunk *chunk = chunk_make(shock, all + i, count - i < CHUNK ? count - i : CHUNK);
        entries_join(&ranking->entries, &chunk->entries);
    }
    shock->ranked_count += count;
}

/* What Hyperliquid's observed score makes of a loss falls with leverage: no bound of it helps there. */
bool bw_shock_ranks(const bw_shock *shock, bool profit)
{
    bw_score score = (bw_score)shock->pool.adl_score;
    return shock->pool.adl_rule == BW_RULE_QUEUE &&
           (score == BW_SCORE_PNL_X_LEVERAGE || score == BW_SCORE_LEVERAGE || score == BW_SCORE_HYPERLIQUID_DOC ||
            (score == BW_SCORE_HYPERLIQUID_OBSERVED && profit));
}

void bw_shock_rank_new(bw_shock *shock)
{
    for (uint32_t m = 0; m < shock->markets; m++)
        shock->unit[m] = shock->previous_unit[m];
    for (uint32_t number = 0; bw_shock_ranks(shock, true) && number < 2u * shock->markets; number++)
        for (uint32_t single = 0; single < 2u; single++)
            ranking_new(shock, number, single != 0, &shock->ranking[2u * number + single]);
}

/* ------------------------------------------------------------------------------------------------------ bounds */

void bw_shock_rank_scenario(bw_shock *shock)
{
    double move = 0, rise = 0;
    for (uint32_t m = 0; m < shock->markets; m++) {
        double ratio = (double)shock->unit[m] / (double)shock->previous_unit[m], by = ratio < 1 ? 1 - ratio : ratio - 1;
        move = by > move ? by : move;
        rise = ratio > rise ? ratio : rise;
    }
    shock->largest_move = move;
    shock->largest_rise = rise;
}

/* At least n / E of any account of the chunk; below 0: no bound. */
static double leverage_bound(const bw_shock *shock, const shock_chunk *chunk, uint32_t number, bool single)
{
    double unit = (double)shock->unit[number / 2u], margin = chunk->margin;
    if (single) {
        double left = (number % 2u ? margin - unit : margin + unit) - 1e-12 * (unit + (margin < 0 ? -margin : margin));
        return left > 0 ? unit / left : -1;
    }
    double left = margin - shock->largest_move - 1e-9;
    return left > 0 ? shock->largest_rise / left : -1;
}

/* At least (mark - entry) / entry of a long, (entry - mark) / entry of a short; above 0: somebody may be in profit. A short
   whose cost has the wrong sign has lost more than all of it. */
#define HUGE 1e300
static double gain_bound(double unit, const shock_entries *entries, bool is_short)
{
    if (is_short)
        return entries->high > unit / 2 ? 1 - unit / entries->high : -1;
    return entries->low > 0 ? unit / entries->low - 1 : HUGE;
}

/* At least what the score multiplies with the leverage. */
static double part_bound(bw_score score, double unit, const shock_entries *entries, double gain)
{
    if (score == BW_SCORE_LEVERAGE)
        return 1;
    if (score == BW_SCORE_HYPERLIQUID_DOC)
        return entries->low > 0 ? unit / entries->low : HUGE;
    return gain;
}

/* At least the product, of keys below 0 the quotient, in units of 2^-40 or 2^-20; leverage below 0: not bounded. Each floor takes
   less than 1. */
static double key_of_bounds(double part, double leverage)
{
    const double one = 1 << 20;
    double scaled = part * one + 2;
    if (scaled > 0)
        return part >= HUGE || leverage < 0 ? HUGE : scaled * (leverage * one + 2) * (1 + 1e-9);
    return leverage < 0 ? 1 : scaled * one / (leverage * one + 2) * (1 - 1e-9) + 1;
}

/* The same as a number; NOBODY: the pass takes nobody there. */
#define NOBODY INT64_MIN
static int64_t key_bound(const bw_shock *shock, const shock_entries *entries, uint32_t number, bool profit, double leverage)
{
    double unit = (double)shock->unit[number / 2u], gain = gain_bound(unit, entries, number % 2u);
    if (profit && gain < -1e-9)
        return NOBODY;
    double bound = key_of_bounds(part_bound((bw_score)shock->pool.adl_score, unit, entries, gain), leverage);
    return bound > 4e18 ? BW_VALUE_MAX : (int64_t)bound;
}

static int64_t chunk_bound(const bw_shock *shock, const shock_chunk *chunk, uint32_t number, bool single, bool profit)
{
    return key_bound(shock, &chunk->entries, number, profit, leverage_bound(shock, chunk, number, single));
}

/* -------------------------------------------------------------------------------------------------------- reach */

/* What the candidates so far ask for, by bucket of their keys; `above`: of the buckets beyond `level`. */
typedef struct reach {
    int64_t *lots, above;
    uint32_t level, counted;
} reach;

static void reach_count(const bw_shock *shock, reach *r)
{
    const shock_payers *payers = &shock->payers;
    for (; r->counted < payers->count; r->counted++) {
        uint32_t bucket = bw_shock_bucket_of(payers->rank[r->counted]);
        r->lots[bucket] += payers->weight[r->counted];
        r->above += bucket > r->level ? payers->weight[r->counted] : 0;
    }
}

/* Lots of candidates whose keys lie in buckets beyond that of the bound. Bounds never rise. */
static int64_t reach_above(reach *r, int64_t bound)
{
    for (uint32_t bucket = bw_shock_bucket_of(bound); r->level > bucket; r->level--)
        r->above += r->lots[r->level];
    return r->above;
}

static void ask_memory(const bw_shock *shock, const shock_ranked *from, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        __builtin_prefetch(&shock->head[from[i].account]);
        __builtin_prefetch(&shock->size[from[i].place]);
        __builtin_prefetch(&shock->cost[from[i].place]);
    }
    for (uint32_t i = 0; i < count; i++)
        __builtin_prefetch(&shock->lot[shock->head[from[i].account].first]);
}

static void ranking_gather(bw_shock *shock, uint32_t number, bool single, bool profit, int64_t lots, reach *r)
{
    const shock_ranking *ranking = &shock->ranking[2u * number + single];
    const shock_ranked *all = &shock->ranked[ranking->first];
    uint32_t chunks = (ranking->count + CHUNK - 1u) / CHUNK;
    int64_t *bound = shock->bound, most = NOBODY;
    for (uint32_t c = chunks; c-- > 0;) {
        int64_t own = chunk_bound(shock, &shock->chunk[ranking->chunk_first + c], number, single, profit);
        bound[c] = most = own > most ? own : most;
    }
    for (uint32_t c = 0; c < chunks && bound[c] != NOBODY && reach_above(r, bound[c]) < lots; c++) {
        uint32_t from = c * CHUNK, to = from + CHUNK < ranking->count ? from + CHUNK : ranking->count;
        ask_memory(shock, all + from, to - from);
        for (uint32_t i = from; i < to; i++)
            if (!bw_shock_place_entered(shock, all[i].place))
                bw_shock_candidate_consider(shock, number, all[i].place, profit, NULL);
        reach_count(shock, r);
    }
}

/* With those entered as the only candidates so far. */
static void reach_begin(bw_shock *shock, uint32_t number, bool profit, reach *r)
{
    bw_shock_entered_gather(shock, number, profit);
    *r = (reach){.lots = shock->scratch->bucket, .level = BW_SHOCK_BUCKETS - 1u};
    for (uint32_t b = 0; b < BW_SHOCK_BUCKETS; b++)
        r->lots[b] = 0;
    reach_count(shock, r);
}

static uint32_t thin_list(bw_shock *shock, uint32_t number, bool thinner)
{
    uint32_t count = 0;
    for (uint32_t h = shock->hot_first[2u * number + thinner]; h; h = shock->hot[h].next)
        shock->hot_list[count++] = h;
    return count;
}

/* Asks memory for what the lot after next will need: its account and itself, then its place. */
static void thin_ask(const bw_shock *shock, uint32_t i, uint32_t count)
{
    enum { AHEAD = 8 };
    if (i + 2u * AHEAD < count) {
        const shock_hot *far = &shock->hot[shock->hot_list[i + 2u * AHEAD]];
        __builtin_prefetch(&shock->lot[far->lot]);
        __builtin_prefetch(&shock->head[shock->figures[far->figures].account]);
    }
    if (i + AHEAD < count) {
        uint32_t place = shock->lot[shock->hot[shock->hot_list[i + AHEAD]].lot].place;
        __builtin_prefetch(&shock->size[place]);
        __builtin_prefetch(&shock->cost[place]);
    }
}

static void thin_consider(bw_shock *shock, uint32_t number, bool profit, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const shock_hot *hot = &shock->hot[shock->hot_list[i]];
        shock_figures *figures = &shock->figures[hot->figures];
        uint32_t place = shock->lot[hot->lot].place;
        thin_ask(shock, i, count);
        if (bw_shock_place_entered(shock, place))
            continue;
        if (!figures->known)
            *figures = bw_shock_figures_of(shock, figures->account);
        bw_shock_candidate_consider(shock, number, place, profit, figures);
    }
}

/* Those whose accounts have a leverage above 1 / thin, the thinner first. True if the queue reaches none of the others. */
static bool thin_gather(bw_shock *shock, uint32_t number, bool profit, int64_t lots, reach *r)
{
    const shock_entries *entries = &shock->ranking[2u * number].entries;
    if (shock->ranking[2u * number].count == 0 || key_bound(shock, entries, number, profit, -1) == NOBODY)
        return true;
    for (uint32_t thinner = 2; thinner-- > 0;) {
        if (shock->thin[thinner] <= 0)
            return false;
        if (shock->figures_count == UINT32_MAX)
            bw_shock_find_thin(shock);
        thin_consider(shock, number, profit, thin_list(shock, number, thinner));
        reach_count(shock, r);
        if (reach_above(r, key_bound(shock, entries, number, profit, 1 / shock->thin[thinner])) >= lots)
            return true;
    }
    return false;
}

void bw_shock_rank_gather(bw_shock *shock, uint32_t number, bool profit, int64_t lots)
{
    reach r;
    reach_begin(shock, number, profit, &r);
    if (!thin_gather(shock, number, profit, lots, &r)) {
        reach_begin(shock, number, profit, &r);
        ranking_gather(shock, number, false, profit, lots, &r);
    }
    r.level = BW_SHOCK_BUCKETS - 1u;
    r.above = 0;
    ranking_gather(shock, number, true, profit, lots, &r);
}
