/* parse_pool.c - assets, and pools with their two lists (R10). */
#include <string.h>

#include "story/parse.h"

enum { PPM_ONE = 1000000 };

bool bw_story_parse_asset(bw_story_cursor *cursor, bw_story_plan *plan)
{
    bw_story_book *book = cursor->book;
    char name[BW_NAME];
    uint64_t decimals;
    uint16_t other;
    if (bw_story_find_asset(book, bw_story_more(cursor) ? cursor->words[cursor->next].text : "", &other) ||
        book->asset_count == book->asset_max)
        return bw_story_wrong(cursor, book->asset_count == book->asset_max ? "no more assets than `limits` declares"
                                                                         : "a name that is not in use", NULL);
    if (!bw_story_take_name(cursor, "a name for the asset", name, sizeof name) ||
        !bw_story_take_word(cursor, bw_story_word_decimals) ||
        !bw_story_take_whole(cursor, 255, "decimals from 0 to 9", &decimals))
        return false;
    bw_command_asset *command = bw_story_plan_add(plan, BW_COMMAND_ASSET, sizeof *command);
    memcpy(command->name, name, sizeof name);
    command->asset = plan->number = (uint16_t)book->asset_count;
    command->decimals = (uint8_t)decimals;
    plan->defines = BW_STORY_NEW_ASSET;
    plan->thing.asset = (bw_story_asset){.decimals = (uint32_t)decimals};
    memcpy(plan->thing.asset.name, name, sizeof name);
    return true;
}

/* --- the two lists --- */

static const bw_story_scales NO_SCALES = {0};

/* Options of a list's entry, in any order, until a word is none of them. */
static bool take_options(bw_story_cursor *cursor, const bw_story_setting *options, void *body)
{
    const bw_story_setting *option;
    bw_story_seen seen = {.count = 0};
    while (bw_story_next_setting(cursor, options))
        if (!bw_story_take_setting(cursor, options, "", &seen, &option) ||
            !bw_story_take_value(cursor, option, &NO_SCALES, body))
            return false;
    return true;
}

static bool take_quantity(bw_story_cursor *cursor, bw_command_pool *pool)
{
    uint32_t count = 0, kind;
    memset(pool->quantity, 0, sizeof pool->quantity);
    pool->book_mode = BW_BOOK_ORDERS;
    do {
        if (count == sizeof pool->quantity)
            return bw_story_wrong_before(cursor, "at most three layers");
        if (!bw_story_take_choice(cursor, bw_story_quantity_words, &kind))
            return false;
        pool->quantity[count++] = (uint8_t)kind;
        if (kind == BW_QUANTITY_BOOK && !take_options(cursor, bw_story_settings_of_book, pool))
            return false;
        if (kind == BW_QUANTITY_ADL && !take_options(cursor, bw_story_settings_of_adl, pool))
            return false;
    } while (bw_story_accept(cursor, "|"));
    return true;
}

static bw_money_layer default_layer(uint32_t kind)
{
    bw_money_layer layer = {.kind = (uint8_t)kind};
    if (kind == BW_LAYER_DELEVERAGED || kind == BW_LAYER_HAIRCUT)
        layer.rule = BW_RULE_CAPPED_PRO_RATA;
    if (kind == BW_LAYER_HAIRCUT)
        layer.fraction_ppm = PPM_ONE;
    return layer;
}

/* What may stand after the word of a layer; NULL: nothing. */
static const bw_story_setting *layer_options(uint32_t kind)
{
    switch (kind) {
    case BW_LAYER_FUND: case BW_LAYER_SHARED_FUND: return bw_story_settings_of_fund;
    case BW_LAYER_DELEVERAGED: return bw_story_settings_of_deleveraged;
    case BW_LAYER_HAIRCUT: return bw_story_settings_of_haircut;
    default: return NULL;
    }
}

static bool take_money(bw_story_cursor *cursor, bw_command_pool *pool)
{
    uint32_t kind;
    memset(pool->money, 0, sizeof pool->money);
    pool->money_count = 0;
    do {
        if (pool->money_count == BW_MONEY_LAYERS)
            return bw_story_wrong_before(cursor, "at most ten layers");
        if (!bw_story_take_choice(cursor, bw_story_layer_words, &kind))
            return false;
        bw_money_layer *layer = &pool->money[pool->money_count++];
        *layer = default_layer(kind);
        if (layer_options(kind) != NULL && !take_options(cursor, layer_options(kind), layer))
            return false;
    } while (bw_story_accept(cursor, "|"));
    return true;
}

/* How `settle` takes what is carried: a haircut of the pool, by default of the period's gains. */
static bool take_clawback(bw_story_cursor *cursor, bw_command_pool *pool)
{
    pool->clawback = default_layer(BW_LAYER_HAIRCUT);
    pool->clawback.base = BW_BASE_PERIOD_GAINS;
    pool->clawback.scope = BW_SCOPE_POOL;
    return take_options(cursor, bw_story_settings_of_haircut, &pool->clawback);
}

static bw_command_pool default_pool(void)
{
    static const uint8_t MONEY[] = {BW_LAYER_FUND, BW_LAYER_SHARED_FUND, BW_LAYER_CAPITAL, BW_LAYER_DELEVERAGED,
                                    BW_LAYER_HAIRCUT, BW_LAYER_CARRYOVER};
    bw_command_pool pool = {.asset = BW_NONE16, .quantity = {BW_QUANTITY_BOOK, BW_QUANTITY_ADL},
                            .money_count = sizeof MONEY, .adl_rule = BW_RULE_QUEUE,
                            .carryover_share_ppm = PPM_ONE, .debt_max = -1};
    for (uint32_t i = 0; i < sizeof MONEY; i++)
        pool.money[i] = default_layer(MONEY[i]);
    return pool;
}

/* --- the pool --- */

static bool take_pool_setting(bw_story_cursor *cursor, bw_story_seen *seen, bw_command_pool *pool)
{
    const bw_story_setting *setting;
    if (!bw_story_take_setting(cursor, bw_story_settings_of_pool, "a setting of a pool", seen, &setting))
        return false;
    bool wants_amount = setting->value == BW_STORY_AMOUNT || setting->value == BW_STORY_DEBT;
    if (wants_amount && pool->asset == BW_NONE16)
        return bw_story_wrong_before(cursor, "the pool's asset before it");
    if (setting->value != BW_STORY_OWN)
        return bw_story_take_value(cursor, setting, &(bw_story_scales){.asset = pool->asset}, pool);
    switch (setting - bw_story_settings_of_pool) {
    case 0: return bw_story_take_asset(cursor, &pool->asset);
    case 1: return take_quantity(cursor, pool);
    case 2: return take_money(cursor, pool);
    default: return take_clawback(cursor, pool);
    }
}

bool bw_story_parse_pool(bw_story_cursor *cursor, bw_story_plan *plan)
{
    bw_story_book *book = cursor->book;
    bw_command_pool pool = default_pool();
    bw_story_seen seen = {.count = 0};
    uint16_t market;
    if (bw_story_accept_pool(cursor, &plan->number)) {
        pool = book->pools[plan->number].command;
    } else {
        if (bw_story_accept_market(cursor, &market))
            return bw_story_wrong_before(cursor, "a name that no market has");
        if (book->pool_count == book->pool_max)
            return bw_story_wrong(cursor, "no more pools than `limits` declares", NULL);
        if (!bw_story_take_name(cursor, "a name for the pool", pool.name, sizeof pool.name))
            return false;
        plan->number = (uint16_t)book->pool_count;
    }
    while (bw_story_more(cursor))
        if (!take_pool_setting(cursor, &seen, &pool))
            return false;
    if (pool.asset == BW_NONE16)
        return bw_story_wrong(cursor, "the pool's asset", NULL);
    bw_command_pool *command = bw_story_plan_add(plan, BW_COMMAND_POOL, sizeof *command);
    pool.header = command->header;
    pool.pool = plan->number;
    *command = pool;
    plan->defines = BW_STORY_NEW_POOL;
    memcpy(plan->thing.pool.name, pool.name, sizeof pool.name);
    plan->thing.pool.command = pool;
    return true;
}
