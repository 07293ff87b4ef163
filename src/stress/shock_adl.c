/* shock_adl.c - lots of the closing set against each other, then against opposite positions (R13): engine/adl.c.

       all holders of the side ──keys──> histogram: only those whom the queue can reach ──bw_allocate──> winners
                                                                         winners in the order of the list ──> closes

   The order of the closes matters by single units only: a partial close releases cost toward zero. It is that of the engine. */
#include "stress/shock_work.h"

#include "base/mix.h"
#include "engine/adl.h"
#include "money/money.h"

#include <stdlib.h>

enum { PASS_PROFIT, PASS_OTHERS, PASS_RESERVED, PASSES };

static uint32_t first_open(const bw_shock *shock, shock_loss *loss)
{
    while (loss->closing_first && shock->closing[loss->closing_first].lots == 0)
        loss->closing_first = shock->closing[loss->closing_first].next;
    return loss->closing_first;
}

/* A liquidated position is closed by `lots`. */
static void liquidate(bw_shock *shock, shock_closing *closing, shock_loss *loss, int64_t lots)
{
    const shock_position *at = &shock->position[closing->place];
    int64_t notional = lots * shock->unit[at->market];
    bw_shock_reduce(shock, closing->place, lots);
    shock->entry[closing->entry].liquidated += notional;
    shock->outcome.liquidated_notional += notional;
    shock->outcome.flags |= BW_STRESS_LIQUIDATION;
    closing->lots -= lots;
    loss->lots_left -= lots;
}

void bw_shock_net(bw_shock *shock)
{
    for (uint32_t m = 0; m < shock->markets; m++) {
        shock_loss *longs = &shock->loss[2u * m], *shorts = longs + 1;
        for (;;) {
            uint32_t a = first_open(shock, longs), b = first_open(shock, shorts);
            if (a == 0 || b == 0)
                break;
            int64_t lots = bw_min(shock->closing[a].lots, shock->closing[b].lots);
            liquidate(shock, &shock->closing[a], longs, lots);
            liquidate(shock, &shock->closing[b], shorts, lots);
        }
    }
}

/* ------------------------------------------------------------------------------------------------------ scores */

static int64_t signed_notional(const bw_shock *shock, uint32_t market, int64_t size)
{
    return size * shock->unit[market];
}

static bool same_underlying(const bw_shock *shock, uint32_t a, uint32_t b)
{
    uint64_t of_a = bw_market_cold_at(shock->venue, a)->settings.underlying;
    return a == b || (of_a && of_a == bw_market_cold_at(shock->venue, b)->settings.underlying);
}

/* Signed notional of the account in the market's underlying at the round's start. */
static int64_t account_net(const bw_shock *shock, uint32_t account, uint32_t market)
{
    int64_t net = 0;
    if (shock->mark[account] == 0) {
        for (uint32_t i = shock->head[account].first; i < shock->head[account].end; i++)
            if (same_underlying(shock, market, shock->lot[i].market))
                net += signed_notional(shock, shock->lot[i].market, shock->lot[i].size);
        return net;
    }
    const shock_entry *entry = &shock->entry[shock->mark[account] - 1u];
    for (uint32_t i = entry->first; i < entry->first + entry->count; i++) {
        const shock_position *at = &shock->position[shock->order[i]];
        if (same_underlying(shock, market, at->market))
            net += signed_notional(shock, at->market, at->shadowed ? at->size_before : at->size);
    }
    return net;
}

static int64_t owner_net(const bw_shock *shock, uint32_t first, uint32_t market)
{
    int64_t net = 0;
    uint32_t account = first;
    do {
        net += account_net(shock, account, market);
        account = shock->owner_next[account] ? shock->owner_next[account] - 1u : account;
    } while (account != first);
    return net;
}

static void binance_input(const bw_shock *shock, bw_score_input *in)
{
    in->balance = shock->balance[in->account];
    if (shock->mark[in->account]) {
        const shock_entry *entry = &shock->entry[shock->mark[in->account] - 1u];
        in->balance = entry->balance;
        bw_shock_entry_health(shock, entry, &in->mm);
    } else
        in->mm = bw_shock_base_mm(shock, in->account);
    in->account_upnl = in->equity - in->balance;
}

/* What a score reads besides the position, its account's notional and equity. */
static int64_t key_of(const bw_shock *shock, uint32_t market, int64_t size_before, bw_score_input *in)
{
    bw_score score = (bw_score)shock->pool.adl_score;
    if (score == BW_SCORE_HEDGE_AWARE) {
        in->part = signed_notional(shock, market, size_before);
        in->net = owner_net(shock, in->account, market);
    } else if (score == BW_SCORE_BINANCE)
        binance_input(shock, in);
    else if (score == BW_SCORE_VISIT_ORDER) {
        uint32_t start = shock->pool.adl_start == BW_START_MIX ? (uint32_t)(bw_mix_u64(shock->seq) % shock->accounts) : 0;
        in->turn = bw_visit_turn(in->account, start, shock->accounts);
    }
    return bw_score_key(score, in);
}

/* -------------------------------------------------------------------------------------------------- candidates */

static int64_t lots_free(int64_t size, int64_t reserved, bool exempt, uint32_t pass, int64_t upnl)
{
    if (pass == PASS_PROFIT && (exempt || upnl <= 0))
        return 0;
    return bw_abs(size) - (pass == PASS_RESERVED ? 0 : reserved);
}

/* Its id comes when it is known who can be reached (ids_fill). */
static void candidate(bw_shock *shock, uint32_t place, int64_t lots, int64_t key)
{
    bw_shock_payer_add(shock, place, lots, lots, key, 0);
}

static void entered_candidate(bw_shock *shock, uint32_t number, uint32_t pass)
{
    const shock_position *at = &shock->position[number];
    const shock_entry *entry = &shock->entry[at->entry];
    int64_t value = at->size * shock->unit[at->market];
    bw_score_input in = {.cost = at->cost, .size = at->size, .account = entry->account, .value = value, .upnl = value - at->cost};
    int64_t lots = at->size ? lots_free(at->size, at->reserved, shock->exempt[entry->account], pass, in.upnl) : 0;
    if (lots <= 0)
        return;
    for (uint32_t i = entry->first; i < entry->first + entry->count; i++) {
        const shock_position *each = &shock->position[shock->order[i]];
        in.notional += bw_abs(each->size * shock->unit[each->market]);
    }
    in.equity = bw_shock_entry_equity(shock, entry);
    candidate(shock, at->place, lots, key_of(shock, at->market, at->shadowed ? at->size_before : at->size, &in));
}

/* Whether the account, not entered, waits with orders out: then an entry says how many lots they reserve. */
static bool is_waiting(const bw_shock *shock, uint32_t account, int64_t equity)
{
    int64_t bound = 0;
    for (uint32_t i = shock->head[account].first; i < shock->head[account].end; i++) {
        uint32_t m = shock->lot[i].market;
        bound += bw_mm_bound(bw_market_at(shock->venue, m), bw_abs(shock->lot[i].size * shock->unit[m]));
    }
    return equity < bound && equity < bw_shock_base_mm(shock, account);
}

shock_figures bw_shock_figures_of(const bw_shock *shock, uint32_t account)
{
    shock_figures figures = {.account = account, .known = 1, .equity = shock->head[account].net};
    for (uint32_t i = shock->head[account].first; i < shock->head[account].end; i++) {
        int64_t part = shock->lot[i].size * shock->unit[shock->lot[i].market];
        figures.equity += part;
        figures.notional += bw_abs(part);
    }
    figures.waits = shock->waits && is_waiting(shock, account, figures.equity);
    return figures;
}

static void figured_candidate(bw_shock *shock, uint32_t side, uint32_t place, uint32_t pass, const shock_figures *figures)
{
    int64_t value = shock->size[place] * shock->unit[side / 2u];
    bw_score_input in = {.cost = shock->cost[place], .size = shock->size[place], .account = figures->account, .value = value,
                         .upnl = value - shock->cost[place], .equity = figures->equity, .notional = figures->notional};
    int64_t lots = lots_free(in.size, 0, shock->any_exempt && shock->exempt[in.account], pass, in.upnl);
    if (lots <= 0)
        return;
    if (figures->waits) {
        uint32_t entry = bw_shock_enter(shock, in.account);
        bw_shock_plan_orders(shock, entry);
        entered_candidate(shock, bw_shock_position_at(shock, entry, place), pass);
    } else
        candidate(shock, place, lots, key_of(shock, side / 2u, in.size, &in));
}

static void base_candidate(bw_shock *shock, uint32_t side, uint32_t place, uint32_t pass)
{
    int64_t upnl = shock->size[place] * shock->unit[side / 2u] - shock->cost[place];
    if (pass == PASS_PROFIT && upnl <= 0)
        return;
    shock_figures figures = bw_shock_figures_of(shock, shock->account[place]);
    figured_candidate(shock, side, place, pass, &figures);
}

void bw_shock_candidate_consider(bw_shock *shock, uint32_t side, uint32_t place, bool profit, const shock_figures *figures)
{
    uint32_t pass = profit ? PASS_PROFIT : PASS_OTHERS;
    if (figures)
        figured_candidate(shock, side, place, pass, figures);
    else
        base_candidate(shock, side, place, pass);
}

static void entered_gather(bw_shock *shock, uint32_t number, uint32_t pass)
{
    shock->payers.count = 0;
    for (uint32_t n = shock->side_first[number]; n; n = shock->position[n].next_of_side)
        entered_candidate(shock, n, pass);
}

void bw_shock_entered_gather(bw_shock *shock, uint32_t number, bool profit)
{
    entered_gather(shock, number, profit ? PASS_PROFIT : PASS_OTHERS);
}

/* As in engine/adl.c: once the candidates so far have the lots that the queue wants, whoever holds too little for their keys gets
   none. */
typedef struct shock_queue {
    int64_t *lots, found, wanted;        /* lots of the candidates by bucket of their keys; of the buckets from `least` on */
    uint32_t least, counted;
} shock_queue;

static bool queue_bounded(const bw_shock *shock)
{
    return shock->pool.adl_rule == BW_RULE_QUEUE &&
           (shock->pool.adl_score == BW_SCORE_HEDGE_AWARE || shock->pool.adl_score == BW_SCORE_SIZE);
}

static void queue_count(const bw_shock *shock, shock_queue *queue)
{
    const shock_payers *payers = &shock->payers;
    for (; queue->counted < payers->count; queue->counted++) {
        uint32_t bucket = bw_shock_bucket_of(payers->rank[queue->counted]);
        queue->lots[bucket] += payers->weight[queue->counted];
        queue->found += bucket >= queue->least ? payers->weight[queue->counted] : 0;
    }
    while (queue->found - queue->lots[queue->least] >= queue->wanted)
        queue->found -= queue->lots[queue->least++];
}

/* After those entered: places whose keys may be in reach. */
static void gather_bounded(bw_shock *shock, uint32_t number, uint32_t pass, int64_t wanted)
{
    const shock_side *side = &shock->side[number];
    int64_t unit = shock->pool.adl_score == BW_SCORE_SIZE ? 1 : shock->unit[number / 2u];
    shock_queue queue = {.lots = shock->scratch->bucket, .wanted = wanted};
    for (uint32_t b = 0; b < BW_SHOCK_BUCKETS; b++)
        queue.lots[b] = 0;
    queue_count(shock, &queue);
    for (uint32_t p = side->first; p < side->first + side->count; p++) {
        if (bw_shock_bucket_of(bw_abs(shock->size[p]) * unit) < queue.least || bw_shock_place_entered(shock, p))
            continue;
        base_candidate(shock, number, p, pass);
        queue_count(shock, &queue);
    }
}

static void gather(bw_shock *shock, uint32_t number, uint32_t pass, int64_t lots)
{
    const shock_side *side = &shock->side[number];
    if (pass != PASS_RESERVED && bw_shock_ranks(shock, pass == PASS_PROFIT)) {
        bw_shock_rank_gather(shock, number, pass == PASS_PROFIT, lots);
        return;
    }
    entered_gather(shock, number, pass);
    if (queue_bounded(shock)) {
        gather_bounded(shock, number, pass, lots);
        return;
    }
    for (uint32_t p = side->first; p < side->first + side->count; p++)
        if (!bw_shock_place_entered(shock, p))
            base_candidate(shock, number, p, pass);
}

/* ------------------------------------------------------------------------------------------------------- queue */

static void payer_move(shock_payers *payers, uint32_t to, uint32_t from)
{
    payers->item[to] = payers->item[from];
    payers->weight[to] = payers->weight[from];
    payers->cap[to] = payers->cap[from];
    payers->rank[to] = payers->rank[from];
}

/* Leaves those whose keys lie in the buckets that the queue's first `lots` reach. */
static void reachable(bw_shock *shock, int64_t lots)
{
    shock_payers *payers = &shock->payers;
    int64_t *in_bucket = shock->scratch->bucket, sum = 0;
    uint32_t least = BW_SHOCK_BUCKETS, count = 0;
    for (uint32_t b = 0; b < BW_SHOCK_BUCKETS; b++)
        in_bucket[b] = 0;
    for (uint32_t i = 0; i < payers->count; i++)
        in_bucket[bw_shock_bucket_of(payers->rank[i])] += payers->weight[i];
    while (least > 0 && sum < lots)
        sum += in_bucket[--least];
    for (uint32_t i = 0; i < payers->count; i++)
        if (bw_shock_bucket_of(payers->rank[i]) >= least)
            payer_move(payers, count++, i);
    payers->count = count;
}

static void ids_fill(bw_shock *shock)
{
    shock_payers *payers = &shock->payers;
    for (uint32_t i = 0; i < payers->count; i++) {
        uint64_t id = shock->id[shock->account[payers->item[i]]];
        payers->id[i] = shock->mixed ? bw_mix_pair_u64(shock->seq, id) : id;
    }
}

/* ------------------------------------------------------------------------------------------------------ closes */

/* Where the place stands in the engine's list: its first chunk holds the last holders. */
static uint64_t list_order(const bw_shock *shock, const shock_side *side, uint32_t place)
{
    uint32_t slot = shock->slot[place] - side->first;
    return (uint64_t)(UINT32_MAX - slot / BW_CHUNK_ENTRIES) << 32 | slot % BW_CHUNK_ENTRIES;
}

static int by_order(const void *a, const void *b)
{
    uint64_t x = ((const shock_winner *)a)->order, y = ((const shock_winner *)b)->order;
    return (x > y) - (x < y);
}

/* Those who give lots, in the order of the list. */
static uint32_t winners_of(bw_shock *shock, const shock_side *side, shock_winner *all)
{
    const shock_payers *payers = &shock->payers;
    uint32_t count = 0;
    for (uint32_t i = 0; i < payers->count; i++)
        if (payers->charge[i])
            all[count++] = (shock_winner){list_order(shock, side, payers->item[i]), payers->charge[i], payers->item[i], 0};
    qsort(all, count, sizeof *all, by_order);
    return count;
}

/* A short queue, sorted: by key, then by id, each to his lots. The same as bw_allocate, without its histograms. */
static int by_key(const void *a, const void *b)
{
    const shock_queued *x = a, *y = b;
    if (x->key != y->key)
        return x->key > y->key ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

enum { QUEUE_SORTED = 256 };

static void queue_sorted(bw_shock *shock, int64_t lots)
{
    shock_payers *payers = &shock->payers;
    shock_queued queued[QUEUE_SORTED];
    for (uint32_t i = 0; i < payers->count; i++)
        queued[i] = (shock_queued){payers->rank[i], payers->id[i], i, 0};
    qsort(queued, payers->count, sizeof *queued, by_key);
    for (uint32_t n = 0; n < payers->count; n++) {
        uint32_t i = queued[n].payer;
        payers->charge[i] = bw_min(lots, payers->cap[i]);
        lots -= payers->charge[i];
    }
}

static void lots_allocate(bw_shock *shock, int64_t lots)
{
    bool queue = shock->pool.adl_rule == BW_RULE_QUEUE;
    if (queue)
        reachable(shock, lots);
    ids_fill(shock);
    if (queue && shock->payers.count <= QUEUE_SORTED)
        queue_sorted(shock, lots);
    else
        bw_shock_allocate(shock, (bw_rule)shock->pool.adl_rule, lots);
}

static void deleverage(bw_shock *shock, uint32_t number, int64_t lots)
{
    shock_position *at = &shock->position[number];
    shock_entry *entry = &shock->entry[at->entry];
    bw_stress_outcome *out = &shock->outcome;
    int64_t notional = lots * shock->unit[at->market];
    bw_shock_touch(shock, at->entry);
    bw_shock_shadow_take(shock, number);
    at->lots_adl += lots;
    if (at->reserved && bw_abs(at->size) - lots < at->reserved) {
        at->reserved = 0;
        entry->orders--;
    }
    bw_shock_reduce(shock, number, lots);
    entry->deleveraged += notional;
    out->adl_notional += notional;
    out->adl_legs++;
    out->flags |= BW_STRESS_ADL;
    out->first_adl_ns = 0;
    out->adl_accounts += (entry->met & 2u) == 0;
    entry->met |= 2u;
}

static void close_against(bw_shock *shock, shock_loss *loss, const shock_winner *each)
{
    uint32_t entry = bw_shock_enter(shock, shock->account[each->place]);
    uint32_t number = bw_shock_position_at(shock, entry, each->place);
    for (int64_t left = each->lots; left;) {
        shock_closing *closing = &shock->closing[first_open(shock, loss)];
        int64_t lots = bw_min(left, closing->lots);
        liquidate(shock, closing, loss, lots);
        deleverage(shock, number, lots);
        left -= lots;
    }
}

static void pass_run(bw_shock *shock, uint32_t number, uint32_t pass)
{
    shock_loss *loss = &shock->loss[number];
    gather(shock, number ^ 1u, pass, loss->lots_left);
    lots_allocate(shock, loss->lots_left);
    uint32_t count = winners_of(shock, &shock->side[number ^ 1u], shock->winners);
    for (uint32_t i = 0; i < count; i++) {
        bw_shock_ask(shock, i + 8u < count ? shock->account[shock->winners[i + 8u].place] : BW_NONE32,
                     i + 4u < count ? shock->account[shock->winners[i + 4u].place] : BW_NONE32);
        close_against(shock, loss, &shock->winners[i]);
    }
}

void bw_shock_adl(bw_shock *shock)
{
    shock->figures_count = UINT32_MAX;
    for (uint32_t i = 0; i < 2u * shock->markets; i++)
        for (uint32_t pass = 0; shock->loss[i].lots_left; pass++) {
            BW_ASSERT(pass < PASSES);
            pass_run(shock, i, pass);
        }
}
