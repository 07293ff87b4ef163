/* parse.h - the words of one command to what the venue is to do.

       words ── bw_story_parse ──> plan: commands, the name they define ── session ──> bw_step

   Parsing changes nothing but the list of owners: a plan is applied by the session, and the name it defines is entered
   in the book when its first command was accepted.

   Shapes    up to BW_STORY_PLAN bytes of commands, each 8-byte aligned
   Errors    false, with the message in the cursor's error */
#ifndef BW_STORY_PARSE_H
#define BW_STORY_PARSE_H

#include "story/cursor.h"

#define BW_STORY_PLAN (2u * 65536u + 4096u)

typedef enum bw_story_defines {
    BW_STORY_NEW_NONE, BW_STORY_NEW_ASSET, BW_STORY_NEW_POOL, BW_STORY_NEW_MARKET, BW_STORY_NEW_COLLATERAL,
    BW_STORY_NEW_ACCOUNT
} bw_story_defines;

typedef struct bw_story_plan {
    uint32_t command_count, used;
    bw_story_defines defines;            /* what the first command defines, or changes the settings of */
    uint16_t number;                 /* of the asset, pool, market or collateral */
    union {
        bw_story_asset asset;
        bw_story_pool pool;
        bw_story_market market;
        bw_story_collateral collateral;
        bw_story_account account;
    } thing;
    uint32_t entry_count;                    /* of a `trades` command */
    bool entries_free;                       /* entries may be refused without having said so (roll) */
    uint8_t entry_refusals[BW_TRADES_MAX];   /* expected bw_status of each, 0: accepted */
    _Alignas(8) uint8_t bytes[BW_STORY_PLAN];
} bw_story_plan;

typedef bool bw_story_parser(bw_story_cursor *cursor, bw_story_plan *plan);

/* Plans one command (without its `at`, `id`, `refused`). False with a message if the words are wrong; *known is false if
   the first word is no command of the venue (nothing was done then). */
bool bw_story_parse(bw_story_cursor *cursor, bw_story_plan *plan, bool *known);
/* Enters what the plan defines in the book, after its first command was accepted. */
void bw_story_plan_commit(bw_story_book *book, const bw_story_plan *plan);

/* For the parsers: a new command of the plan, zeroed but for size, type, version; the plan has room for all that one
   line can ask for. */
void *bw_story_plan_add(bw_story_plan *plan, bw_command_type type, size_t size);

bool bw_story_parse_asset(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_pool(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_market(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_brackets(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_collateral(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_status(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_account(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_flags(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_desk(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_deposit(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_withdraw(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_transfer(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_adjust(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_fund(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_trade(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_order(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_fill(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_liquidate(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_convert(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_stake(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_unstake(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_mark(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_funding(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_settle(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_touch(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_expire(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_resolve(bw_story_cursor *cursor, bw_story_plan *plan);
bool bw_story_parse_roll(bw_story_cursor *cursor, bw_story_plan *plan);

#endif
