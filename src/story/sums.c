#include "story/sums.h"

#include "base/hash.h"

uint32_t bw_story_sums_max(const bw_limits *limits)
{
    uint64_t wanted = 1024 + 8 * (uint64_t)limits->accounts + 4 * (uint64_t)limits->positions;
    uint32_t entries = 1024;
    while (entries < wanted && entries < 1u << 20)
        entries *= 2;
    return entries;
}

void bw_story_sums_new(bw_story_sums *sums, bw_story_sum *memory, uint32_t entry_max)
{
    *sums = (bw_story_sums){.entries = memory, .entry_max = entry_max, .period = 1};
}

void bw_story_sums_clear(bw_story_sums *sums)
{
    sums->period++;
    sums->used = 0;
    sums->lost = false;
}

static uint64_t key_of(uint32_t kind, uint16_t market, uint16_t pool)
{
    return (uint64_t)kind << 32 | (uint64_t)market << 16 | pool;
}

static bw_story_sum *entry_of(const bw_story_sums *sums, uint64_t key, uint64_t account)
{
    uint64_t both[2] = {key, account};
    uint32_t slot = (uint32_t)bw_hash64(both, sizeof both, 0) & (sums->entry_max - 1);
    for (;;) {
        bw_story_sum *entry = &sums->entries[slot];
        if (entry->period != sums->period || (entry->key == key && entry->account == account))
            return entry;
        slot = (slot + 1) & (sums->entry_max - 1);
    }
}

/* The entry, taken if it is not there; NULL when the table is three quarters full. */
static int64_t *amount_of(bw_story_sums *sums, uint32_t kind, uint64_t account, uint16_t market, uint16_t pool)
{
    uint64_t key = key_of(kind, market, pool);
    bw_story_sum *entry = entry_of(sums, key, account);
    if (entry->period != sums->period) {
        if (sums->used >= sums->entry_max / 4 * 3) {
            sums->lost = true;
            return NULL;
        }
        sums->used++;
        *entry = (bw_story_sum){.key = key, .account = account, .period = sums->period};
    }
    return &entry->amount;
}

static void add(bw_story_sums *sums, uint32_t kind, uint64_t account, uint16_t market, uint16_t pool, int64_t amount)
{
    int64_t *sum = amount != 0 ? amount_of(sums, kind, account, market, pool) : NULL;
    if (sum != NULL && __builtin_add_overflow(*sum, amount, sum))
        sums->lost = true;
}

static void set(bw_story_sums *sums, uint32_t kind, const bw_event *event, int64_t amount)
{
    int64_t *sum = amount_of(sums, kind, event->account, event->market, 0);
    if (sum != NULL)
        *sum = amount;
}

int64_t bw_story_sums_get(const bw_story_sums *sums, uint32_t kind, uint64_t account, uint16_t market, uint16_t pool)
{
    const bw_story_sum *entry = entry_of(sums, key_of(kind, market, pool), account);
    return entry->period == sums->period ? entry->amount : 0;
}

/* One amount counts for its market, if there is one, and for its pool. */
static void add_loss(bw_story_sums *sums, uint32_t kind, const bw_event *event, int64_t amount)
{
    if (event->market != BW_NONE16)
        add(sums, kind, 0, event->market, 0, amount);
    add(sums, kind, 0, BW_NONE16, event->pool, amount);
}

static void count_liquidated(bw_story_sums *sums, uint64_t account)
{
    int64_t *counted = amount_of(sums, BW_STORY_SUM_LIQUIDATED_ACCOUNT, account, 0, 0);
    if (counted != NULL && *counted == 0) {
        *counted = 1;
        add(sums, BW_STORY_SUM_LIQUIDATED, 0, 0, 0, 1);
    }
}

static void add_leg(bw_story_sums *sums, const bw_event *event)
{
    uint32_t kind = event->leg.closing ? BW_STORY_SUM_CLOSED : BW_STORY_SUM_TAKEN;
    int64_t lots = event->leg.lots < 0 ? -event->leg.lots : event->leg.lots;
    add(sums, kind + BW_STORY_VIA_ALL, event->account, event->market, 0, lots);
    if (event->leg.via < BW_STORY_VIA_ALL)
        add(sums, kind + event->leg.via, event->account, event->market, 0, lots);
    if (event->leg.closing)
        count_liquidated(sums, event->account);
}

static void add_order(bw_story_sums *sums, const bw_event *event)
{
    int64_t lots = event->order_opened.lots;
    set(sums, BW_STORY_SUM_ORDER_LOTS, event, lots < 0 ? -lots : lots);
    set(sums, BW_STORY_SUM_ORDER_LIMIT, event, event->order_opened.limit);
    set(sums, BW_STORY_SUM_ORDER_GAP, event, event->order_opened.max_gap);
}

void bw_story_sums_add(bw_story_sums *sums, const bw_event *event)
{
    switch (event->type) {
    case BW_EVENT_LEG:
        add_leg(sums, event);
        break;
    case BW_EVENT_ORDER_OPENED:
        add_order(sums, event);
        break;
    case BW_EVENT_CONVERTED:
        add(sums, BW_STORY_SUM_CONVERTED, event->account, 0, 0, event->converted.value);
        count_liquidated(sums, event->account);
        break;
    case BW_EVENT_SURPLUS:
        add(sums, BW_STORY_SUM_SURPLUS, event->account, 0, 0, event->surplus.surplus);
        add(sums, BW_STORY_SUM_FEE, event->account, 0, 0, event->surplus.fee);
        break;
    case BW_EVENT_PENALTY:
        add(sums, BW_STORY_SUM_PENALTY, event->account, 0, 0, event->penalty.fund + event->penalty.desk);
        break;
    case BW_EVENT_BANKRUPT:
        add(sums, BW_STORY_SUM_BANKRUPT, 0, 0, 0, 1);
        break;
    case BW_EVENT_LOSS:
        add_loss(sums, BW_STORY_SUM_GAP, event, event->loss.gap);
        for (uint32_t layer = 0; layer < BW_LAYERS; layer++)
            add_loss(sums, BW_STORY_SUM_PAID + layer, event, event->loss.paid[layer]);
        break;
    case BW_EVENT_CHARGED:
        if (event->charged.layer >= 0 && event->charged.layer < BW_LAYERS)
            add(sums, BW_STORY_SUM_CHARGED + (uint32_t)event->charged.layer, event->account, 0, 0,
                event->charged.charge);
        break;
    case BW_EVENT_REPAID:
        add(sums, BW_STORY_SUM_REPAID, event->account, 0, 0, event->repaid.amount);
        break;
    case BW_EVENT_ROUND:
        add(sums, BW_STORY_SUM_ROUNDS, 0, 0, 0, 1);
        break;
    default:
        break;
    }
}
