/* touch.c - whom the event touched: profit before, what was charged of it, and how that changed their order.

       before = largest, over the batches that touched the account in profit, of
                max(gains realised by the batch's ADL legs, largest profit at a round's start) + charges of earlier batches
       after  = before - all charges
       inversions: pairs with before_i > before_j and after_i < after_j, of all pairs with different `before` */
#include "metrics/state.h"

/* The account's part in the event, moved on to the batch that is open. */
static bw_metrics_touch *touch_of(bw_metrics *metrics, uint32_t record)
{
    bw_metrics_touch *touch = &metrics->touches[record];
    if (touch->batch_plus_one == metrics->batch_count)
        return touch;
    touch->batch_plus_one = metrics->batch_count;
    touch->realised = touch->profit = 0;
    touch->charged_before = touch->charged;
    return touch;
}

static void before_raise(bw_metrics_touch *touch)
{
    int64_t before = touch->realised > touch->profit ? touch->realised : touch->profit;
    if (before == 0)
        return;
    bw_metrics_sum(&before, touch->charged_before);
    if (before > touch->before)
        touch->before = before;
}

void bw_metrics_touch_leg(bw_metrics *metrics, uint32_t record, const bw_event *event)
{
    bw_metrics_touch *touch = touch_of(metrics, record);
    int64_t realised = event->leg.balance_after - event->leg.balance_before;
    if (realised > 0)
        bw_metrics_sum(&touch->realised, realised);
    before_raise(touch);
}

/* Charges of one round against the equity before them. The last charge of the round sees all of it. */
static void fraction_add(bw_metrics *metrics, bw_metrics_touch *touch, const bw_event *event)
{
    int64_t fraction;
    if (touch->round != metrics->rounds || touch->round_seq != event->seq)
        touch->round_charged = 0;
    touch->round = metrics->rounds;
    touch->round_seq = event->seq;
    bw_metrics_sum(&touch->round_charged, event->charged.charge);
    int64_t equity = event->charged.equity;
    bw_metrics_sum(&equity, touch->round_charged);
    if (equity <= 0 || !bw_mul_div_floor_try(touch->round_charged, 1000000, equity, &fraction))
        return;
    if (fraction > metrics->fraction_equity)
        metrics->fraction_equity = fraction;
}

void bw_metrics_touch_charge(bw_metrics *metrics, uint32_t record, const bw_event *event)
{
    bw_metrics_touch *touch = touch_of(metrics, record);
    bw_metrics_sum(&touch->charged, event->charged.charge);
    if (event->charged.profit > touch->profit)
        touch->profit = event->charged.profit;
    before_raise(touch);
    if (event->charged.charge > 0 && event->charged.profit == 0)
        metrics->records[record].flags |= BW_METRICS_NOT_IN_PROFIT;
    fraction_add(metrics, touch, event);
}

/* ----------------------------------------------------------------------------------------------------- inversions */

/* Larger profit first; of equal profits the one of whom more is left, so that they make no inversion. */
static bool stands_before(const bw_metrics_standing *a, const bw_metrics_standing *b)
{
    return a->before != b->before ? a->before > b->before : a->after > b->after;
}

typedef bool order(const bw_metrics_standing *a, const bw_metrics_standing *b);

static bool keeps_more(const bw_metrics_standing *a, const bw_metrics_standing *b)
{
    return a->after >= b->after;
}

static bool stands_not_after(const bw_metrics_standing *a, const bw_metrics_standing *b)
{
    return !stands_before(b, a);
}

/* Merges two sorted halves; returns the pairs in which one of the right half goes before one of the left. */
static uint64_t merge(const bw_metrics_standing *from, uint32_t half, uint32_t count, bw_metrics_standing *to, order *first)
{
    uint64_t turned = 0;
    for (uint32_t at = 0, left = 0, right = half; at < count; at++)
        if (left < half && (right == count || first(&from[left], &from[right]))) {
            to[at] = from[left++];
        } else {
            to[at] = from[right++];
            turned += half - left;
        }
    return turned;
}

/* Sorts by merging ever longer runs, from `list` to `other` and back; returns the pairs that stood the wrong way round. The
   result stands in `list`. */
static uint64_t sort(bw_metrics_standing *list, bw_metrics_standing *other, uint32_t count, order *first)
{
    bw_metrics_standing *from = list, *to = other;
    uint64_t turned = 0;
    for (uint32_t half = 1; half < count; half *= 2) {
        for (uint32_t at = 0; at < count; at += 2 * half) {
            uint32_t left = count - at < half ? count - at : half, both = count - at < 2 * half ? count - at : 2 * half;
            turned += merge(from + at, left, both, to + at, first);
        }
        bw_metrics_standing *last = from;
        from = to;
        to = last;
    }
    for (uint32_t i = 0; from != list && i < count; i++)
        list[i] = from[i];
    return turned;
}

/* Pairs with different profits: all, less those among equals, who stand side by side. */
static uint64_t pairs_of(const bw_metrics_standing *sorted, uint32_t count)
{
    uint64_t pairs = (uint64_t)count * (count - (count > 0)) / 2, equal = 0;
    for (uint32_t i = 1; i < count; i++) {
        equal = sorted[i].before == sorted[i - 1].before ? equal + 1 : 0;
        pairs -= equal;
    }
    return pairs;
}

/* ------------------------------------------------------------------------------------------------------------ sums */

static bw_metrics_standing standing_of(const bw_metrics_touch *touch)
{
    bw_metrics_standing standing = {touch->before, touch->before};
    bw_metrics_sum(&standing.after, -touch->charged);
    return standing;
}

static int64_t positive(int64_t x)
{
    return x > 0 ? x : 0;
}

bw_metrics_ranks bw_metrics_ranks_of(const bw_metrics *metrics)
{
    bw_metrics_ranks ranks = {.survived = bw_wide_of(0), .profit = bw_wide_of(0)};
    bw_metrics_standing *list = metrics->standings, largest = {-1, 0};
    uint64_t largest_id = 0;
    uint32_t count = 0;
    for (uint32_t i = 0; i < metrics->record_count; i++) {
        if (metrics->touches[i].batch_plus_one == 0)
            continue;
        bw_metrics_standing standing = standing_of(&metrics->touches[i]);
        uint64_t id = metrics->records[i].id;
        if (standing.before > largest.before || (standing.before == largest.before && id < largest_id)) {
            largest = standing;
            largest_id = id;
        }
        ranks.charged |= metrics->touches[i].charged > 0;
        ranks.survived = bw_wide_add_int64(ranks.survived, positive(standing.after));
        ranks.profit = bw_wide_add_int64(ranks.profit, standing.before);
        list[count++] = standing;
    }
    ranks.kept = positive(largest.after);
    sort(list, list + metrics->limits.accounts, count, stands_not_after);
    ranks.pairs = pairs_of(list, count);
    ranks.inversions = sort(list, list + metrics->limits.accounts, count, keeps_more);
    return ranks;
}
