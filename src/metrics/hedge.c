/* hedge.c - what ADL did to the net risk of the owners it touched.

       net risk of an owner = sum over underlyings of |sum over his accounts and markets of value(size, mark)|
       damage of a command  = sum over owners of max(0, net risk after it - net risk with the lots ADL closed put back)

   Only underlyings in which ADL closed something differ between the two, so nothing else is valued. */
#include "metrics/state.h"

void bw_metrics_owner_add(bw_metrics *metrics, const bw_event *event)
{
    bw_metrics_owners *owners = &metrics->owners;
    uint32_t first, number = owners->count;
    if (number == metrics->limits.owners) {
        metrics->lost_records += number > 0;
        return;
    }
    owners->count++;
    if (event->account_.owner == 0)
        return;
    if (bw_table_insert(&owners->table, owners->slots, event->account_.owner, number)) {
        owners->next[number] = number + 1;
        return;
    }
    bw_table_find(&owners->table, owners->slots, event->account_.owner, &first);
    owners->next[number] = owners->next[first];
    owners->next[first] = number + 1;
}

/* Markets without an underlying of their own name hedge only themselves. */
static uint64_t underlying_of(const bw_market_view *market, uint16_t number)
{
    return market->underlying ? market->underlying : UINT64_MAX - number;
}

/* ----------------------------------------------------------------------------------------------------------- order */

static bool goes_after(const bw_metrics_cut *a, const bw_metrics_cut *b)
{
    if (a->owner != b->owner)
        return a->owner > b->owner;
    if (a->owner == 0 && a->account != b->account)
        return a->account > b->account;
    return a->underlying != b->underlying ? a->underlying > b->underlying : a->close > b->close;
}

static void sink(bw_metrics_cut *heap, uint32_t at, uint32_t count)
{
    bw_metrics_cut cut = heap[at];
    for (uint32_t child; (child = 2 * at + 1) < count; at = child) {
        child += child + 1 < count && goes_after(&heap[child + 1], &heap[child]);
        if (!goes_after(&heap[child], &cut))
            break;
        heap[at] = heap[child];
    }
    heap[at] = cut;
}

static void sort(bw_metrics_cut *cuts, uint32_t count)
{
    for (uint32_t i = count / 2; i-- > 0;)
        sink(cuts, i, count);
    for (uint32_t end = count; end > 1; end--) {
        bw_metrics_cut last = cuts[0];
        cuts[0] = cuts[end - 1];
        cuts[end - 1] = last;
        sink(cuts, 0, end - 1);
    }
}

/* ------------------------------------------------------------------------------------------------------------ risk */

/* Closes of one owner in one underlying. */
typedef struct {
    const bw_metrics *metrics;
    const bw_venue *venue;
    const bw_metrics_cut *cuts;
    uint32_t count;
    bw_wide before, after;         /* net value */
} group;

/* What ADL added to the account's size in a market; the closes of an owner are few. */
static int64_t closed_lots(const group *at, uint64_t account, uint16_t market)
{
    int64_t lots = 0;
    for (uint32_t i = 0; i < at->count; i++)
        if (at->cuts[i].account == account && at->cuts[i].market == market)
            bw_metrics_sum(&lots, bw_metrics_close_at(at->metrics, at->cuts[i].close)->lots);
    return lots;
}

static void account_add(group *at, uint64_t account)
{
    uint16_t m = at->cuts->market;
    do {
        const bw_market_view *market = &at->metrics->views[m];
        bw_position_view position = {.size = 0};
        bw_position_get(at->venue, account, m, &position);
        int64_t before = position.size - closed_lots(at, account, m);
        if (market->mark > 0) {
            at->after = bw_wide_add_int64(at->after, bw_metrics_value(market, position.size, market->mark));
            at->before = bw_wide_add_int64(at->before, bw_metrics_value(market, before, market->mark));
        }
        m = at->metrics->peers[m];
    } while (m != at->cuts->market);
}

static bw_wide magnitude(bw_wide a)
{
    return bw_wide_sign(a) < 0 ? bw_wide_negate(a) : a;
}

/* The change of |net value| in the group's underlying. */
static bw_wide group_risk(group *at)
{
    const uint32_t *next = at->metrics->owners.next;
    uint32_t first = at->cuts->first, number = first;
    at->before = at->after = bw_wide_of(0);
    if (first == 0 || next[first - 1] == first) {
        account_add(at, at->cuts->account);
        return bw_wide_sub(magnitude(at->after), magnitude(at->before));
    }
    do {
        account_add(at, bw_account_id(at->venue, number - 1));
        number = next[number - 1];
    } while (number != first);
    return bw_wide_sub(magnitude(at->after), magnitude(at->before));
}

static bool same_owner(const bw_metrics_cut *a, const bw_metrics_cut *b)
{
    return a->owner == b->owner && (a->owner != 0 || a->account == b->account);
}

static const bw_metrics_owner *owner_of(bw_metrics *metrics, const bw_venue *venue, uint32_t record)
{
    bw_metrics_owner *owner = &metrics->record_owners[record];
    bw_account_view account;
    uint32_t first;
    if (owner->known)
        return owner;
    *owner = (bw_metrics_owner){.known = true};
    if (!bw_account_get(venue, metrics->records[record].id, &account))
        return owner;
    owner->owner = account.owner;
    if (account.owner && bw_table_find(&metrics->owners.table, metrics->owners.slots, account.owner, &first))
        owner->first = first + 1;
    return owner;
}

/* The closes since the last time that belong to accounts of pool 0, desks not counted. */
static uint32_t collect(bw_metrics *metrics, const bw_venue *venue, uint32_t market_count)
{
    uint32_t count = 0;
    for (uint64_t i = metrics->close_hedged; i < metrics->close_count; i++) {
        const bw_metrics_close *close = bw_metrics_close_at(metrics, i);
        const bw_metrics_account *record = &metrics->records[close->record];
        const bw_metrics_owner *owner = owner_of(metrics, venue, close->record);
        if (record->pool != 0 || close->market >= market_count || bw_metrics_is_desk(metrics, record->id))
            continue;
        metrics->cuts[count++] = (bw_metrics_cut){
            .owner = owner->owner, .first = owner->first, .account = record->id, .close = i, .market = close->market,
            .underlying = underlying_of(&metrics->views[close->market], close->market)};
    }
    metrics->close_hedged = metrics->close_count;
    return count;
}

/* Every market as it is now, and the rings of those that hedge each other. */
static uint32_t look_at_markets(bw_metrics *metrics, const bw_venue *venue)
{
    uint16_t count = 0;
    while (count < metrics->limits.markets && bw_market_get(venue, count, &metrics->views[count]))
        count++;
    for (uint16_t m = 0; m < count; m++) {
        uint16_t peer = (uint16_t)((m + 1) % count);
        while (underlying_of(&metrics->views[peer], peer) != underlying_of(&metrics->views[m], m))
            peer = (uint16_t)((peer + 1) % count);
        metrics->peers[m] = peer;
    }
    return count;
}

void bw_metrics_hedge(bw_metrics *metrics, const bw_venue *venue)
{
    if (metrics->close_hedged == metrics->close_count)
        return;
    group at = {.metrics = metrics, .venue = venue};
    uint32_t count = collect(metrics, venue, look_at_markets(metrics, venue));
    bw_wide risk = bw_wide_of(0);
    sort(metrics->cuts, count);
    for (uint32_t i = 0; i < count; i += at.count) {
        at.cuts = metrics->cuts + i;
        for (at.count = 1; i + at.count < count && same_owner(at.cuts, at.cuts + at.count) &&
                           at.cuts->underlying == at.cuts[at.count].underlying; at.count++)
            continue;
        risk = bw_wide_add(risk, group_risk(&at));
        if (i + at.count < count && same_owner(at.cuts, at.cuts + at.count))
            continue;   /* another underlying of this owner follows */
        if (bw_wide_sign(risk) > 0)
            bw_metrics_sum(&metrics->hedge_damage, bw_wide_to_int64(risk));
        risk = bw_wide_of(0);
    }
}
