/* parse_account.c - accounts, desks, and money that moves between them, the fund and the outside. */
#include <string.h>

#include "story/parse.h"

static bw_command_account *plan_account(bw_story_cursor *cursor, bw_story_plan *plan, const char *name, uint16_t pool)
{
    bw_command_account *command = bw_story_plan_add(plan, BW_COMMAND_ACCOUNT, sizeof *command);
    command->header.account = cursor->book->account_count + 1;
    command->owner = bw_story_owner(cursor->book, name);
    command->pool = pool;
    command->isolated = BW_NONE16;
    plan->defines = BW_STORY_NEW_ACCOUNT;
    plan->thing.account = (bw_story_account){.pool = pool};
    memcpy(plan->thing.account.name, name, BW_STORY_NAME);
    return command;
}

static bool take_flags(bw_story_cursor *cursor, uint32_t *flags)
{
    uint32_t bit;
    if (!bw_story_take_choice(cursor, bw_story_flag_words, &bit))
        return false;
    *flags |= 1u << bit;
    return true;
}

static bool next_is_flag(const bw_story_cursor *cursor)
{
    for (const char *const *flag = bw_story_flag_words; *flag != NULL; flag++)
        if (bw_story_next_is(cursor, *flag))
            return true;
    return false;
}

static bool take_owner(bw_story_cursor *cursor, uint64_t *owner)
{
    char name[BW_STORY_NAME];
    if (!bw_story_take_name(cursor, "a person's name", name, sizeof name))
        return false;
    *owner = bw_story_owner(cursor->book, name);
    return true;
}

static bool take_account_setting(bw_story_cursor *cursor, bw_story_seen *seen, bw_command_account *command)
{
    const bw_story_setting *setting;
    if (next_is_flag(cursor))
        return take_flags(cursor, &command->flags) && bw_story_once(cursor, seen);
    if (!bw_story_take_setting(cursor, bw_story_settings_of_account, "a setting of an account", seen, &setting))
        return false;
    switch (setting - bw_story_settings_of_account) {
    case 0:
        return bw_story_take_pool(cursor, &command->pool);
    case 1:
        return bw_story_take_market(cursor, &command->isolated);
    case 2:
        return take_owner(cursor, &command->owner);
    case 3:
        return take_owner(cursor, &command->group);
    default:
        return bw_story_take_whole(cursor, INT64_MAX, "a whole number", &command->tag);
    }
}

bool bw_story_parse_account(bw_story_cursor *cursor, bw_story_plan *plan)
{
    char name[BW_STORY_NAME];
    bw_story_seen seen = {.count = 0};
    uint64_t known;
    if (!bw_story_take_name(cursor, "a name for the account", name, sizeof name))
        return false;
    bw_command_account *command = plan_account(cursor, plan, name, BW_NONE16);
    if (bw_story_find_account(cursor->book, name, &known)) {
        command->header.account = known;   /* the venue refuses it: account_exists */
        plan->defines = BW_STORY_NEW_NONE;
    }
    while (bw_story_more(cursor))
        if (!take_account_setting(cursor, &seen, command))
            return false;
    if (command->pool == BW_NONE16 && command->isolated != BW_NONE16)
        command->pool = bw_story_market_pool(cursor->book, command->isolated);
    if (command->pool == BW_NONE16)
        command->pool = 0;
    if (cursor->book->pool_count == 0)
        return bw_story_wrong(cursor, "a pool before the first account", NULL);
    plan->thing.account.pool = command->pool;
    return true;
}

bool bw_story_parse_flags(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint64_t account;
    uint32_t flags = 0;
    bw_story_seen seen = {.count = 0};
    if (!bw_story_take_account(cursor, &account))
        return false;
    if (!bw_story_accept(cursor, bw_story_word_none))
        do {
            if (!take_flags(cursor, &flags) || !bw_story_once(cursor, &seen))
                return false;
        } while (bw_story_more(cursor));
    bw_command_flags *command = bw_story_plan_add(plan, BW_COMMAND_FLAGS, sizeof *command);
    command->header.account = account;
    command->flags = flags;
    return true;
}

bool bw_story_parse_desk(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint64_t account;
    const bw_story_setting *setting;
    bw_story_seen seen = {.count = 0};
    if (!bw_story_take_account(cursor, &account))
        return false;
    bw_command_desk *command = bw_story_plan_add(plan, BW_COMMAND_DESK, sizeof *command);
    command->header.account = account;
    bw_story_scales scales = {.asset = bw_story_pool_asset(cursor->book, cursor->book->accounts[account - 1].pool)};
    while (bw_story_more(cursor))
        if (!bw_story_take_setting(cursor, bw_story_settings_of_desk, "a setting of a desk", &seen, &setting) ||
            !bw_story_take_value(cursor, setting, &scales, command))
            return false;
    return true;
}

/* --- money --- */

/* AMOUNT ASSET: the amount is read in the units of the asset after it. */
static bool take_amount_of(bw_story_cursor *cursor, int64_t *amount, uint16_t *asset)
{
    uint32_t at = cursor->next;
    bw_story_decimal number;
    if (!bw_story_take_decimal(cursor, "an amount", &number) || !bw_story_take_asset(cursor, asset))
        return false;
    cursor->next = at;
    if (!bw_story_take_amount(cursor, *asset, amount))
        return false;
    cursor->next++;
    return true;
}

/* The pool of an account that a deposit opens: the first that settles in the asset, else that takes it. */
static bool pool_for(const bw_story_book *book, uint16_t asset, uint16_t *pool)
{
    for (uint32_t i = 0; i < book->pool_count; i++)
        if (book->pools[i].command.asset == asset) {
            *pool = (uint16_t)i;
            return true;
        }
    for (uint32_t i = 0; i < book->collateral_count; i++)
        if (book->collaterals[i].command.asset == asset) {
            *pool = book->collaterals[i].command.pool;
            return true;
        }
    return false;
}

bool bw_story_parse_deposit(bw_story_cursor *cursor, bw_story_plan *plan)
{
    char name[BW_STORY_NAME];
    uint64_t account;
    int64_t amount;
    uint16_t asset, pool;
    if (!bw_story_take_name(cursor, "an account", name, sizeof name) || !take_amount_of(cursor, &amount, &asset))
        return false;
    if (!bw_story_find_account(cursor->book, name, &account)) {
        if (!pool_for(cursor->book, asset, &pool))
            return bw_story_wrong_before(cursor, "an asset that a pool takes");
        account = plan_account(cursor, plan, name, pool)->header.account;
    }
    bw_command_deposit *command = bw_story_plan_add(plan, BW_COMMAND_DEPOSIT, sizeof *command);
    command->header.account = account;
    command->amount = amount;
    command->asset = asset;
    return true;
}

bool bw_story_parse_withdraw(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint64_t account;
    int64_t amount;
    uint16_t asset;
    if (!bw_story_take_account(cursor, &account) || !take_amount_of(cursor, &amount, &asset))
        return false;
    bw_command_withdraw *command = bw_story_plan_add(plan, BW_COMMAND_WITHDRAW, sizeof *command);
    command->header.account = account;
    command->amount = amount;
    command->asset = asset;
    return true;
}

bool bw_story_parse_transfer(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint64_t from, to;
    int64_t amount;
    uint16_t asset;
    if (!bw_story_take_account(cursor, &from) || !bw_story_take_account(cursor, &to) ||
        !take_amount_of(cursor, &amount, &asset))
        return false;
    bw_command_transfer *command = bw_story_plan_add(plan, BW_COMMAND_TRANSFER, sizeof *command);
    command->header.account = from;
    command->to = to;
    command->amount = amount;
    command->asset = asset;
    return true;
}

bool bw_story_parse_adjust(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint64_t account, reason = 0;
    int64_t amount;
    uint16_t asset;
    if (!bw_story_take_account(cursor, &account) || !take_amount_of(cursor, &amount, &asset))
        return false;
    if (bw_story_accept(cursor, bw_story_word_reason) &&
        !bw_story_take_whole(cursor, INT64_MAX, "a whole number", &reason))
        return false;
    bw_command_adjust *command = bw_story_plan_add(plan, BW_COMMAND_ADJUST, sizeof *command);
    command->header.account = account;
    command->amount = amount;
    command->reason = reason;
    command->asset = asset;
    return true;
}

bool bw_story_parse_fund(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint16_t pool, market = BW_NONE16;
    uint32_t move;
    int64_t amount;
    if (!bw_story_take_pool(cursor, &pool) || !bw_story_take_choice(cursor, bw_story_fund_move_words, &move) ||
        !bw_story_take_amount(cursor, bw_story_pool_asset(cursor->book, pool), &amount))
        return false;
    if (bw_story_accept(cursor, bw_story_word_market) && !bw_story_take_market(cursor, &market))
        return false;
    bw_command_fund *command = bw_story_plan_add(plan, BW_COMMAND_FUND, sizeof *command);
    command->amount = amount;
    command->pool = pool;
    command->market = market;
    command->move = (uint8_t)move;
    return true;
}

bool bw_story_parse_stake(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint64_t account;
    int64_t amount;
    if (!bw_story_take_account(cursor, &account))
        return false;
    uint16_t asset = bw_story_pool_asset(cursor->book, cursor->book->accounts[account - 1].pool);
    if (!bw_story_take_amount(cursor, asset, &amount))
        return false;
    bw_command_stake *command = bw_story_plan_add(plan, BW_COMMAND_STAKE, sizeof *command);
    command->header.account = account;
    command->amount = amount;
    return true;
}

bool bw_story_parse_unstake(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint64_t account, shares;
    if (!bw_story_take_account(cursor, &account) ||
        !bw_story_take_whole(cursor, INT64_MAX, "a whole number of shares", &shares))
        return false;
    bw_command_unstake *command = bw_story_plan_add(plan, BW_COMMAND_UNSTAKE, sizeof *command);
    command->header.account = account;
    command->shares = (int64_t)shares;
    return true;
}

bool bw_story_parse_convert(bw_story_cursor *cursor, bw_story_plan *plan)
{
    uint64_t account;
    int64_t amount, proceeds;
    uint16_t asset;
    if (!bw_story_take_account(cursor, &account) || !take_amount_of(cursor, &amount, &asset) ||
        !bw_story_take_word(cursor, bw_story_word_proceeds))
        return false;
    uint16_t settlement = bw_story_pool_asset(cursor->book, cursor->book->accounts[account - 1].pool);
    if (!bw_story_take_amount(cursor, settlement, &proceeds))
        return false;
    bw_command_convert *command = bw_story_plan_add(plan, BW_COMMAND_CONVERT, sizeof *command);
    command->header.account = account;
    command->amount = amount;
    command->proceeds = proceeds;
    command->asset = asset;
    return true;
}
