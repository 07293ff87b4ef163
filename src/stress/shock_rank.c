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
    if (shock->first[account + 1u] - shock->first[account] == 1u)
        return (double)shock->net[account] / (double)bw_abs(shock->size[place]);
    for (uint32_t i = shock->first[account]; i < shock->first[account + 1u]; i++)
        notional += (double)bw_abs(shock->lot[i].size * shock->unit[shock->lot[i].market]);
    return (double)bw_shock_base_equity(shock, account) / notional;
}

static int by_margin(const void *a, const void *b)
{
    double x = ((const shock_ranked *)a)->margin, y = ((const shock_ranked *)b)->margin;
    return (x > y) - (x < y);
}

/* Least margin, and the entries between which the chunk's positions were opened; a cost of the wrong sign wins without bound. */
static void chunk_make(bw_shock *shock, const shock_ranked *from, uint32_t count)
{
    shock_chunk *chunk = &shock->chunk[shock->chunk_count++];
    *chunk = (shock_chunk){.margin = from->margin, .entry_low = 1e300, .entry_high = 0};
    for (uint32_t i = 0; i < count; i++) {
        double entry = (double)shock->cost[from[i].place] / (double)shock->size[from[i].place];
        chunk->entry_low = entry < chunk->entry_low ? entry : chunk->entry_low;
        chunk->entry_high = entry > chunk->entry_high ? entry : chunk->entry_high;
    }
}

static void ranking_new(bw_shock *shock, uint32_t number, bool single, shock_ranking *ranking)
{
    const shock_side *side = &shock->side[number];
    shock_ranked *all = &shock->ranked[shock->ranked_count];
    uint32_t count = 0;
    for (uint32_t p = side->first; p < side->first + side->count; p++) {
        uint32_t a = shock->account[p];
        if ((shock->first[a + 1u] - shock->first[a] == 1u) == single)
            all[count++] = (shock_ranked){.margin = margin_of(shock, p), .place = p, .account = a};
    }
    qsort(all, count, sizeof *all, by_margin);
    *ranking = (shock_ranking){.first = shock->ranked_count, .count = count, .chunk_first = shock->chunk_count};
    for (uint32_t i = 0; i < count; i += CHUNK)
        chunk_make(shock, all + i, count - i < CHUNK ? count - i : CHUNK);
    shock->ranked_count += count;
}

bool bw_shock_ranks(const bw_shock *shock)
{
    bw_score score = (bw_score)shock->pool.adl_score;
    return shock->pool.adl_rule == BW_RULE_QUEUE &&
           (score == BW_SCORE_PNL_X_LEVERAGE || score == BW_SCORE_LEVERAGE || score == BW_SCORE_HYPERLIQUID_DOC ||
            score == BW_SCORE_HYPERLIQUID_OBSERVED);
}

void bw_shock_rank_new(bw_shock *shock)
{
    for (uint32_t m = 0; m < shock->markets; m++)
        shock->unit[m] = shock->previous_unit[m];
    for (uint32_t number = 0; bw_shock_ranks(shock) && number < 2u * shock->markets; number++)
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

/* At least what the score makes of mark and entry. */
static double part_bound(const bw_shock *shock, const shock_chunk *chunk, uint32_t number)
{
    double unit = (double)shock->unit[number / 2u];
    bw_score score = (bw_score)shock->pool.adl_score;
    if (score == BW_SCORE_LEVERAGE)
        return 1;
    if (score == BW_SCORE_HYPERLIQUID_DOC)
        return chunk->entry_low > 0 ? unit / chunk->entry_low : -1;
    if (number % 2u)
        return chunk->entry_high > unit ? 1 - unit / chunk->entry_high : 0;
    if (chunk->entry_low <= 0)
        return -1;
    return unit > chunk->entry_low ? unit / chunk->entry_low - 1 : 0;
}

static int64_t key_bound(const bw_shock *shock, const shock_chunk *chunk, uint32_t number, bool single)
{
    double leverage = leverage_bound(shock, chunk, number, single), part = part_bound(shock, chunk, number);
    double bound = (part * (1 << 20) + 2) * (leverage * (1 << 20) + 2) * (1 + 1e-9);
    return leverage < 0 || part < 0 || bound > 4e18 ? BW_VALUE_MAX : (int64_t)bound;
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
        __builtin_prefetch(&shock->first[from[i].account]);
        __builtin_prefetch(&shock->net[from[i].account]);
        __builtin_prefetch(&shock->size[from[i].place]);
        __builtin_prefetch(&shock->cost[from[i].place]);
    }
    for (uint32_t i = 0; i < count; i++)
        __builtin_prefetch(&shock->lot[shock->first[from[i].account]]);
}

static void ranking_gather(bw_shock *shock, uint32_t number, bool single, int64_t lots, reach *r)
{
    const shock_ranking *ranking = &shock->ranking[2u * number + single];
    const shock_ranked *all = &shock->ranked[ranking->first];
    uint32_t chunks = (ranking->count + CHUNK - 1u) / CHUNK;
    int64_t *bound = shock->bound, most = 0;
    for (uint32_t c = chunks; c-- > 0;) {
        int64_t own = key_bound(shock, &shock->chunk[ranking->chunk_first + c], number, single);
        bound[c] = most = own > most ? own : most;
    }
    r->level = BW_SHOCK_BUCKETS - 1u;
    r->above = 0;
    for (uint32_t c = 0; c < chunks && reach_above(r, bound[c]) < lots; c++) {
        uint32_t from = c * CHUNK, to = from + CHUNK < ranking->count ? from + CHUNK : ranking->count;
        ask_memory(shock, all + from, to - from);
        for (uint32_t i = from; i < to; i++)
            if (!bw_shock_place_entered(shock, all[i].place))
                bw_shock_candidate_consider(shock, number, all[i].place);
        reach_count(shock, r);
    }
}

void bw_shock_rank_gather(bw_shock *shock, uint32_t number, int64_t lots)
{
    reach r = {.lots = shock->scratch->bucket};
    for (uint32_t b = 0; b < BW_SHOCK_BUCKETS; b++)
        r.lots[b] = 0;
    r.level = BW_SHOCK_BUCKETS - 1u;
    reach_count(shock, &r);
    ranking_gather(shock, number, true, lots, &r);
    ranking_gather(shock, number, false, lots, &r);
}
