#include "stress/outcome.h"

#include "base/table.h"
#include "metrics/state.h"

/* What an account was, as bits beside its id. */
enum { MET_BANKRUPT = 1, MET_ADL = 2, MET_HAIRCUT = 4 };

typedef struct {
    uint64_t id;
    uint32_t what, reserved;
} met;

struct bw_stress_watch {
    bw_stress_watch_limits limits;
    bw_stress_outcome outcome;
    bool begun;
    uint32_t met_count, desk_count, desks_before;   /* desks_before: known when the first path began */
    int64_t begin_ns;
    bw_table table;
    bw_table_slot *slots;
    met *mets;
    uint64_t *desks;
    int64_t *origins;                /* gap of the path by market and side; the last is the pool's own */
};

/* ---------------------------------------------------------------------------------------------------------- memory */

static void *take(char *base, size_t *at, uint64_t count, size_t size)
{
    *at = (*at + 63) / 64 * 64;
    void *taken = base ? base + *at : NULL;
    *at += count * size;
    return taken;
}

static size_t layout(bw_stress_watch *to, char *base, const bw_stress_watch_limits *limits)
{
    size_t at = sizeof(bw_stress_watch);
    to->slots = take(base, &at, 1, bw_table_footprint(limits->accounts));
    to->mets = take(base, &at, limits->accounts, sizeof *to->mets);
    to->desks = take(base, &at, limits->desks, sizeof *to->desks);
    to->origins = take(base, &at, 2 * (uint64_t)limits->markets + 1, sizeof *to->origins);
    return at;
}

static bool limits_valid(const bw_stress_watch_limits *limits)
{
    return limits->accounts > 0 && limits->accounts <= BW_TABLE_COUNT_MAX && limits->markets > 0 &&
           limits->markets <= UINT16_MAX;
}

size_t bw_stress_watch_footprint(const bw_stress_watch_limits *limits)
{
    bw_stress_watch measured;
    return limits_valid(limits) ? (layout(&measured, NULL, limits) + 63) / 64 * 64 : 0;
}

bw_stress_watch *bw_stress_watch_new(void *memory, const bw_stress_watch_limits *limits)
{
    BW_ASSERT(limits_valid(limits) && (uintptr_t)memory % 64 == 0);
    bw_stress_watch *watch = memory;
    *watch = (bw_stress_watch){.limits = *limits};
    layout(watch, memory, limits);
    bw_table_new(&watch->table, watch->slots, limits->accounts);
    return watch;
}

void bw_stress_watch_begin(bw_stress_watch *watch, int64_t time_ns)
{
    if (!watch->begun)
        watch->desks_before = watch->desk_count;
    watch->desk_count = watch->desks_before;
    for (uint32_t i = 0; i < watch->met_count; i++)
        bw_table_remove(&watch->table, watch->slots, watch->mets[i].id);
    watch->met_count = 0;
    for (uint32_t i = 0; i <= 2 * watch->limits.markets; i++)
        watch->origins[i] = 0;
    watch->outcome = (bw_stress_outcome){.first_adl_ns = -1, .origin = BW_NONE16};
    watch->begin_ns = time_ns;
    watch->begun = true;
}

/* --------------------------------------------------------------------------------------------------------- accounts */

static bool is_desk(const bw_stress_watch *watch, uint64_t account)
{
    for (uint32_t i = 0; i < watch->desk_count; i++)
        if (watch->desks[i] == account)
            return true;
    return false;
}

static void desk_add(bw_stress_watch *watch, uint64_t account)
{
    if (is_desk(watch, account))
        return;
    if (watch->desk_count == watch->limits.desks)
        watch->outcome.flags |= BW_STRESS_INCOMPLETE;
    else
        watch->desks[watch->desk_count++] = account;
}

/* Counts the account the first time that it is `what` on this path. */
static void meet(bw_stress_watch *watch, uint64_t account, uint32_t what, uint32_t *count)
{
    uint32_t number;
    if (!bw_table_find(&watch->table, watch->slots, account, &number)) {
        if (watch->met_count == watch->limits.accounts) {
            watch->outcome.flags |= BW_STRESS_INCOMPLETE;
            return;
        }
        number = watch->met_count++;
        watch->mets[number] = (met){.id = account};
        bw_table_insert(&watch->table, watch->slots, account, number);
    }
    *count += (watch->mets[number].what & what) == 0;
    watch->mets[number].what |= what;
}

/* ----------------------------------------------------------------------------------------------------------- events */

static void see_leg(bw_stress_watch *watch, const bw_event *event, int64_t time_ns)
{
    bw_stress_outcome *out = &watch->outcome;
    int64_t notional = bw_metrics_abs(event->leg.value);
    uint32_t via = event->leg.via;
    if (event->leg.closing) {
        if (is_desk(watch, event->account))
            return;
        bw_metrics_sum(&out->liquidated_notional, notional);
        out->flags |= BW_STRESS_LIQUIDATION;
    } else if (via == BW_VIA_PROFIT || via == BW_VIA_DESK || via == BW_VIA_OTHER) {
        bw_metrics_sum(&out->adl_notional, notional);
        out->adl_legs++;
        out->flags |= BW_STRESS_ADL;
        if (out->first_adl_ns < 0)
            out->first_adl_ns = time_ns - watch->begin_ns;
        meet(watch, event->account, MET_ADL, &out->adl_accounts);
    }
}

static void see_loss(bw_stress_watch *watch, const bw_event *event)
{
    bw_stress_outcome *out = &watch->outcome;
    const int64_t *paid = event->loss.paid;
    bw_metrics_sum(&out->gap, event->loss.gap);
    bw_metrics_sum(&out->fund_use, paid[BW_LAYER_FUND] + paid[BW_LAYER_SHARED_FUND]);
    bw_metrics_sum(&out->venue_paid, paid[BW_LAYER_CAPITAL] + paid[BW_LAYER_BACKSTOP]);
    bw_metrics_sum(&out->deleveraged, paid[BW_LAYER_DELEVERAGED]);
    bw_metrics_sum(&out->socialized, paid[BW_LAYER_HAIRCUT] + paid[BW_LAYER_CARRYOVER]);
    if (paid[BW_LAYER_CARRYOVER] > 0)
        out->flags |= BW_STRESS_CARRYOVER;
    uint32_t pool = 2 * watch->limits.markets, side = event->loss.settings_hash_and_side & 1;
    bool of_market = event->market < watch->limits.markets;
    bw_metrics_sum(&watch->origins[of_market ? 2u * event->market + side : pool], event->loss.gap);
}

static void see_bankrupt(bw_stress_watch *watch, const bw_event *event)
{
    bw_stress_outcome *out = &watch->outcome;
    int64_t gap = event->bankrupt.gap;
    meet(watch, event->account, MET_BANKRUPT, &out->bankrupt_accounts);
    if (gap < out->largest || gap <= 0 || (gap == out->largest && event->account >= out->largest_account))
        return;
    out->largest = gap;
    out->largest_account = event->account;
}

static void see_event(bw_stress_watch *watch, const bw_event *event, int64_t time_ns)
{
    bw_stress_outcome *out = &watch->outcome;
    switch (event->type) {
    case BW_EVENT_LEG: see_leg(watch, event, time_ns); break;
    case BW_EVENT_LOSS: see_loss(watch, event); break;
    case BW_EVENT_BANKRUPT: see_bankrupt(watch, event); break;
    case BW_EVENT_CHARGED:
        if (event->charged.layer != BW_LAYER_HAIRCUT)
            break;
        out->flags |= BW_STRESS_HAIRCUT;
        meet(watch, event->account, MET_HAIRCUT, &out->haircut_accounts);
        break;
    default: break;
    }
}

void bw_stress_watch_see(bw_stress_watch *watch, int64_t time_ns, const bw_event *events, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (events[i].type == BW_EVENT_CONFIGURED && events[i].configured.command == BW_COMMAND_DESK)
            desk_add(watch, events[i].account);
        if (watch->begun && events[i].pool == 0)
            see_event(watch, &events[i], time_ns);
    }
}

/* The largest part of the gap; ties: the lower market, longs first. */
static void name_origin(const bw_stress_watch *watch, bw_stress_outcome *out)
{
    int64_t largest = 0;
    for (uint32_t i = 0; i <= 2 * watch->limits.markets; i++) {
        if (watch->origins[i] <= largest)
            continue;
        largest = watch->origins[i];
        bool of_market = i < 2 * watch->limits.markets;
        out->origin = of_market ? (uint16_t)(i / 2) : BW_NONE16;
        out->flags = (out->flags & ~(uint32_t)BW_STRESS_ORIGIN_SHORT) | (of_market && i % 2 ? BW_STRESS_ORIGIN_SHORT : 0u);
    }
}

bw_stress_outcome bw_stress_watch_end(const bw_stress_watch *watch, const bw_venue *venue, uint32_t flags)
{
    bw_stress_outcome out = watch->outcome;
    bw_pool_view pool;
    BW_ASSERT(watch->begun);
    if (bw_pool_get(venue, 0, &pool))
        out.carryover = pool.carryover;
    out.flags |= flags;
    name_origin(watch, &out);
    return out;
}
