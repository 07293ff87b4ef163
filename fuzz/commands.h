/* commands.h - how bytes stand for a venue and commands, shared by the fuzz target and by what writes its corpus.

       [world] [work_max and split]  then commands:  [type] [account] [time step] [entries] body...

   world     one of FUZZ_WORLDS random worlds (tests/engine/random_world.h), set up
   type      bw_command_type; from 0xf0 on: body is the whole command, header too, as it stands
   account   account number, 255: none; its id is put into the header
   entries   of a trades, marks or liquidate command, else ignored */
#ifndef BW_FUZZ_COMMANDS_H
#define BW_FUZZ_COMMANDS_H

#include "random_world.h"

enum { FUZZ_WORLDS = 16, FUZZ_RAW = 0xf0, FUZZ_ENTRIES = 12, FUZZ_COMMANDS = 200 };

/* Bytes of a command of the type with so many entries, header included; 0: no such type. */
static inline uint32_t fuzz_size(uint32_t type, uint32_t entries)
{
    switch (type) {
#define X(name, TYPE) case BW_COMMAND_##TYPE: return (uint32_t)sizeof(bw_command_##name);
    X(asset, ASSET) X(pool, POOL) X(collateral, COLLATERAL) X(market, MARKET) X(brackets, BRACKETS) X(desk, DESK)
    X(status, STATUS) X(account, ACCOUNT) X(flags, FLAGS) X(deposit, DEPOSIT) X(withdraw, WITHDRAW)
    X(transfer, TRANSFER) X(adjust, ADJUST) X(trade, TRADE) X(reserve, RESERVE) X(funding, FUNDING) X(fill, FILL)
    X(end_order, END_ORDER) X(fund, FUND) X(settle, SETTLE) X(expire, EXPIRE) X(resolve, RESOLVE) X(convert, CONVERT)
    X(touch, TOUCH) X(stake, STAKE) X(unstake, UNSTAKE)
#undef X
    case BW_COMMAND_TRADES: return (uint32_t)(sizeof(bw_command_trades) + entries * sizeof(bw_trade));
    case BW_COMMAND_MARKS: return (uint32_t)(sizeof(bw_command_marks) + entries * sizeof(bw_mark));
    case BW_COMMAND_LIQUIDATE: return (uint32_t)(sizeof(bw_command_liquidate) + entries * sizeof(bw_offer));
    default: return 0;
    }
}

#endif
