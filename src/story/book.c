#include "story/book.h"

#include <string.h>

#include "base/hash.h"

static size_t aligned(size_t bytes)
{
    return (bytes + 63) & ~(size_t)63;
}

static uint32_t slots_for(uint32_t names)
{
    uint32_t slots = 16;
    while (slots < names * 2)
        slots *= 2;
    return slots;
}

/* Owners and groups: each account may name one of each. */
static uint32_t owners_for(const bw_limits *limits)
{
    return limits->accounts * 2 + 16;
}

size_t bw_story_book_footprint(const bw_limits *limits)
{
    return aligned(limits->assets * sizeof(bw_story_asset)) + aligned(limits->pools * sizeof(bw_story_pool)) +
           aligned(limits->markets * sizeof(bw_story_market)) +
           aligned(limits->collaterals * sizeof(bw_story_collateral)) +
           aligned(limits->accounts * sizeof(bw_story_account)) +
           aligned((size_t)owners_for(limits) * BW_STORY_NAME) +
           aligned(slots_for(limits->accounts) * sizeof(uint32_t)) +
           aligned(slots_for(owners_for(limits)) * sizeof(uint32_t));
}

static void *carve(char **memory, size_t bytes)
{
    void *part = *memory;
    *memory += aligned(bytes);
    return part;
}

void bw_story_book_new(bw_story_book *book, void *memory, const bw_limits *limits)
{
    char *at = memory;
    *book = (bw_story_book){.asset_max = limits->assets, .pool_max = limits->pools, .market_max = limits->markets,
                            .collateral_max = limits->collaterals, .account_max = limits->accounts,
                            .owner_max = owners_for(limits)};
    book->assets = carve(&at, limits->assets * sizeof *book->assets);
    book->pools = carve(&at, limits->pools * sizeof *book->pools);
    book->markets = carve(&at, limits->markets * sizeof *book->markets);
    book->collaterals = carve(&at, limits->collaterals * sizeof *book->collaterals);
    book->accounts = carve(&at, limits->accounts * sizeof *book->accounts);
    book->owners = carve(&at, (size_t)book->owner_max * BW_STORY_NAME);
    book->account_index.slot_count = slots_for(limits->accounts);
    book->account_index.slots = carve(&at, book->account_index.slot_count * sizeof(uint32_t));
    book->owner_index.slot_count = slots_for(book->owner_max);
    book->owner_index.slots = carve(&at, book->owner_index.slot_count * sizeof(uint32_t));
}

/* --- look-up --- */

bool bw_story_find_asset(const bw_story_book *book, const char *name, uint16_t *asset)
{
    for (uint32_t i = 0; i < book->asset_count; i++)
        if (strcmp(book->assets[i].name, name) == 0) {
            *asset = (uint16_t)i;
            return true;
        }
    return false;
}

bool bw_story_find_pool(const bw_story_book *book, const char *name, uint16_t *pool)
{
    for (uint32_t i = 0; i < book->pool_count; i++)
        if (strcmp(book->pools[i].name, name) == 0) {
            *pool = (uint16_t)i;
            return true;
        }
    return false;
}

bool bw_story_find_market(const bw_story_book *book, const char *name, uint16_t *market)
{
    for (uint32_t i = 0; i < book->market_count; i++)
        if (strcmp(book->markets[i].name, name) == 0) {
            *market = (uint16_t)i;
            return true;
        }
    return false;
}

bool bw_story_find_collateral(const bw_story_book *book, uint16_t asset, uint16_t pool, uint16_t *collateral)
{
    for (uint32_t i = 0; i < book->collateral_count; i++)
        if (book->collaterals[i].command.asset == asset && book->collaterals[i].command.pool == pool) {
            *collateral = (uint16_t)i;
            return true;
        }
    return false;
}

/* The slot that holds `name`, or the free one where it belongs. */
static uint32_t *slot_of(const bw_story_index *index, const char *names, size_t stride, const char *name)
{
    uint32_t slot = (uint32_t)bw_hash64(name, strlen(name), 0) & (index->slot_count - 1);
    while (index->slots[slot] != 0 && strcmp(names + (index->slots[slot] - 1) * stride, name) != 0)
        slot = (slot + 1) & (index->slot_count - 1);
    return &index->slots[slot];
}

static uint32_t *account_slot(const bw_story_book *book, const char *name)
{
    return slot_of(&book->account_index, (const char *)book->accounts, sizeof *book->accounts, name);
}

bool bw_story_find_account(const bw_story_book *book, const char *name, uint64_t *account)
{
    *account = *account_slot(book, name);
    return *account != 0;
}

bool bw_story_add_account(bw_story_book *book, const char *name, uint16_t pool)
{
    uint32_t *slot = account_slot(book, name);
    if (book->account_count == book->account_max || *slot != 0)
        return false;
    bw_story_account *account = &book->accounts[book->account_count++];
    strncpy(account->name, name, sizeof account->name - 1);
    account->pool = pool;
    *slot = book->account_count;
    return true;
}

uint64_t bw_story_owner(bw_story_book *book, const char *name)
{
    uint32_t *slot = slot_of(&book->owner_index, (const char *)book->owners, BW_STORY_NAME, name);
    if (*slot == 0 && book->owner_count < book->owner_max) {
        strncpy(book->owners[book->owner_count++], name, BW_STORY_NAME - 1);
        *slot = book->owner_count;
    }
    return *slot;
}

uint64_t bw_story_last_order(const bw_story_book *book, uint64_t account, uint16_t market)
{
    for (uint32_t back = 1; back <= BW_STORY_ORDERS; back++) {
        const bw_story_order *order = &book->orders[(book->order_next - back) % BW_STORY_ORDERS];
        if (order->order != 0 && order->account == account && order->market == market)
            return order->order;
    }
    return 0;
}

bool bw_story_find_order(const bw_story_book *book, uint64_t order, bw_story_order *found)
{
    for (uint32_t i = 0; order != 0 && i < BW_STORY_ORDERS; i++)
        if (book->orders[i].order == order) {
            *found = book->orders[i];
            return true;
        }
    return false;
}

void bw_story_note_order(bw_story_book *book, uint64_t account, uint16_t market, uint64_t order)
{
    book->orders[book->order_next++ % BW_STORY_ORDERS] = (bw_story_order){account, order, market};
}

/* --- writing --- */

/* A name, or "#number" where there is none. */
static void put_name(bw_story_text *text, const char *name, uint64_t number)
{
    bw_story_put(text, name != NULL ? name : "#");
    if (name == NULL)
        bw_story_put_unsigned(text, number);
}

void bw_story_put_account(bw_story_text *text, const bw_story_book *book, uint64_t account)
{
    bool known = account > 0 && account <= book->account_count;
    put_name(text, known ? book->accounts[account - 1].name : NULL, account);
}

void bw_story_put_asset(bw_story_text *text, const bw_story_book *book, uint16_t asset)
{
    put_name(text, asset < book->asset_count ? book->assets[asset].name : NULL, asset);
}

void bw_story_put_pool(bw_story_text *text, const bw_story_book *book, uint16_t pool)
{
    put_name(text, pool < book->pool_count ? book->pools[pool].name : NULL, pool);
}

void bw_story_put_market(bw_story_text *text, const bw_story_book *book, uint16_t market)
{
    put_name(text, market < book->market_count ? book->markets[market].name : NULL, market);
}

void bw_story_put_amount(bw_story_text *text, const bw_story_book *book, uint16_t asset, int64_t amount)
{
    uint32_t decimals = asset < book->asset_count ? book->assets[asset].decimals : 0;
    bw_story_put_units(text, amount, bw_story_unit_of_asset(decimals), 2);
}

void bw_story_put_money(bw_story_text *text, const bw_story_book *book, uint16_t pool, int64_t amount)
{
    bw_story_put_amount(text, book, bw_story_pool_asset(book, pool), amount);
}

void bw_story_put_price(bw_story_text *text, const bw_story_book *book, uint16_t market, int64_t price)
{
    bw_story_unit tick = market < book->market_count ? book->markets[market].tick : (bw_story_unit){1, 0};
    bw_story_put_units(text, price, tick, tick.exponent < 0 ? -tick.exponent : 0);
}

void bw_story_put_size(bw_story_text *text, const bw_story_book *book, uint16_t market, int64_t lots)
{
    bw_story_put_units(text, lots, market < book->market_count ? book->markets[market].lot : (bw_story_unit){1, 0}, 0);
}

uint16_t bw_story_pool_asset(const bw_story_book *book, uint16_t pool)
{
    return pool < book->pool_count ? book->pools[pool].command.asset : BW_NONE16;
}

uint16_t bw_story_market_pool(const bw_story_book *book, uint16_t market)
{
    return market < book->market_count ? book->markets[market].command.pool : BW_NONE16;
}
