/* book.h - the names of a story and the units behind them.

   The venue knows numbers and ids; which account is "alice", and that a tick of BTC-PERP is 0.1 USDC, stands here.

   Shapes    as many of each as the venue's limits say; the caller's memory, zeroed
   Units     tick: settlement money per unit of size; lot: size; an asset's unit: 10^-decimals
   Errors    a full table: the caller checks `..._max` before adding
   Order     assets, pools, markets, collaterals are numbered from 0 in the order of their lines, accounts have the
             ids 1, 2, 3... in the order of their opening */
#ifndef BW_STORY_BOOK_H
#define BW_STORY_BOOK_H

#include "breakwater.h"
#include "story/decimal.h"
#include "story/text.h"

#define BW_STORY_NAME 32   /* bytes of an account's or owner's name, with the zero byte */

typedef struct bw_story_asset {
    char name[BW_NAME];
    uint32_t decimals;
} bw_story_asset;

typedef struct bw_story_pool {
    char name[BW_NAME];
    bw_command_pool command;         /* the last accepted one: a later line changes only what it names */
} bw_story_pool;

typedef struct bw_story_market {
    char name[BW_NAME];
    bw_story_unit tick, lot;
    bw_command_market command;
} bw_story_market;

typedef struct bw_story_collateral {
    bw_story_unit tick;
    bw_command_collateral command;
} bw_story_collateral;

typedef struct bw_story_account {
    char name[BW_STORY_NAME];
    uint16_t pool;
} bw_story_account;

/* Names by hash: open addressing over indices. */
typedef struct bw_story_index {
    uint32_t *slots;                 /* index + 1, or 0; slot_count is a power of two above twice the names */
    uint32_t slot_count;
} bw_story_index;

typedef struct bw_story_order {
    uint64_t account, order;
    uint16_t market;
} bw_story_order;
#define BW_STORY_ORDERS 256

typedef struct bw_story_book {
    uint32_t asset_count, pool_count, market_count, collateral_count, account_count, owner_count;
    uint32_t asset_max, pool_max, market_max, collateral_max, account_max, owner_max;
    bw_story_asset *assets;
    bw_story_pool *pools;
    bw_story_market *markets;
    bw_story_collateral *collaterals;
    bw_story_account *accounts;
    char (*owners)[BW_STORY_NAME];   /* owners and groups: number = index + 1 */
    bw_story_index account_index, owner_index;
    bw_story_order orders[BW_STORY_ORDERS];   /* the last liquidation orders, a ring */
    uint32_t order_next;
} bw_story_book;

/* Bytes of the tables for these limits, and the book over them. */
size_t bw_story_book_footprint(const bw_limits *limits);
void bw_story_book_new(bw_story_book *book, void *memory, const bw_limits *limits);

/* Number of the thing of this name; false if there is none. */
bool bw_story_find_asset(const bw_story_book *book, const char *name, uint16_t *asset);
bool bw_story_find_pool(const bw_story_book *book, const char *name, uint16_t *pool);
bool bw_story_find_market(const bw_story_book *book, const char *name, uint16_t *market);
bool bw_story_find_account(const bw_story_book *book, const char *name, uint64_t *account);
bool bw_story_find_collateral(const bw_story_book *book, uint16_t asset, uint16_t pool, uint16_t *collateral);

/* Opens the next account id under a name that is not in use. False if the table is full. */
bool bw_story_add_account(bw_story_book *book, const char *name, uint16_t pool);
/* The number of an owner or group, given on first use; 0 if the table is full. */
uint64_t bw_story_owner(bw_story_book *book, const char *name);

/* The last liquidation order of a position that the story has seen; 0 if none. */
uint64_t bw_story_last_order(const bw_story_book *book, uint64_t account, uint16_t market);
/* Whose liquidation order this was; false if the story has not seen it, or long ago. */
bool bw_story_find_order(const bw_story_book *book, uint64_t order, bw_story_order *found);
void bw_story_note_order(bw_story_book *book, uint64_t account, uint16_t market, uint64_t order);

/* The name of an account; "#7" for an id without one. */
void bw_story_put_account(bw_story_text *text, const bw_story_book *book, uint64_t account);
void bw_story_put_asset(bw_story_text *text, const bw_story_book *book, uint16_t asset);
void bw_story_put_pool(bw_story_text *text, const bw_story_book *book, uint16_t pool);
void bw_story_put_market(bw_story_text *text, const bw_story_book *book, uint16_t market);
/* An amount of an asset, with two decimals at least (fewer if the asset has fewer); a pool's is in its asset. */
void bw_story_put_amount(bw_story_text *text, const bw_story_book *book, uint16_t asset, int64_t amount);
void bw_story_put_money(bw_story_text *text, const bw_story_book *book, uint16_t pool, int64_t amount);
/* A price in the tick's decimals, and a size without trailing zeros. */
void bw_story_put_price(bw_story_text *text, const bw_story_book *book, uint16_t market, int64_t price);
void bw_story_put_size(bw_story_text *text, const bw_story_book *book, uint16_t market, int64_t lots);
/* The asset in which a pool or a market settles; BW_NONE16 if the number is unknown. */
uint16_t bw_story_pool_asset(const bw_story_book *book, uint16_t pool);
uint16_t bw_story_market_pool(const bw_story_book *book, uint16_t market);

#endif
