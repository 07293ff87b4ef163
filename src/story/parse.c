#include "story/parse.h"

#include <string.h>

#include "base/assert.h"

typedef struct {
    const char *word;
    bw_story_parser *parse;
} command_parser;

#define PARSER(name) {#name, bw_story_parse_##name}
static const command_parser PARSERS[] = {
    PARSER(asset), PARSER(pool), PARSER(market), PARSER(brackets), PARSER(collateral), PARSER(status), PARSER(account),
    PARSER(flags), PARSER(desk), PARSER(deposit), PARSER(withdraw), PARSER(transfer), PARSER(adjust), PARSER(fund),
    PARSER(trade), PARSER(order), PARSER(fill), PARSER(liquidate), PARSER(convert), PARSER(stake), PARSER(unstake), PARSER(mark),
    PARSER(funding), PARSER(settle), PARSER(touch), PARSER(expire), PARSER(resolve), PARSER(roll), {NULL, NULL},
};

void *bw_story_plan_add(bw_story_plan *plan, bw_command_type type, size_t size)
{
    size = (size + 7) & ~(size_t)7;
    BW_ASSERT(size <= BW_STORY_PLAN - plan->used);
    bw_command *command = (void *)(plan->bytes + plan->used);
    memset(command, 0, size);
    command->size = (uint32_t)size;
    command->type = (uint16_t)type;
    command->version = 1;
    plan->used += (uint32_t)size;
    plan->command_count++;
    return command;
}

bool bw_story_parse(bw_story_cursor *cursor, bw_story_plan *plan, bool *known)
{
    plan->command_count = plan->used = plan->entry_count = 0;
    plan->defines = BW_STORY_NEW_NONE;
    plan->entries_free = false;
    for (const command_parser *parser = PARSERS; parser->word != NULL; parser++) {
        *known = bw_story_accept(cursor, parser->word);
        if (*known)
            return parser->parse(cursor, plan) && bw_story_take_end(cursor);
    }
    return false;
}

void bw_story_plan_commit(bw_story_book *book, const bw_story_plan *plan)
{
    uint16_t number = plan->number;
    switch (plan->defines) {
    case BW_STORY_NEW_ASSET:
        book->assets[number] = plan->thing.asset;
        book->asset_count += number == book->asset_count;
        break;
    case BW_STORY_NEW_POOL:
        book->pools[number] = plan->thing.pool;
        book->pool_count += number == book->pool_count;
        break;
    case BW_STORY_NEW_MARKET:
        book->markets[number] = plan->thing.market;
        book->market_count += number == book->market_count;
        break;
    case BW_STORY_NEW_COLLATERAL:
        book->collaterals[number] = plan->thing.collateral;
        book->collateral_count += number == book->collateral_count;
        break;
    case BW_STORY_NEW_ACCOUNT:
        bw_story_add_account(book, plan->thing.account.name, plan->thing.account.pool);
        break;
    case BW_STORY_NEW_NONE:
        break;
    }
}
