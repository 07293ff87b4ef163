# dYdX v4, "unfilled and cannot be deleveraged due to non-overlapping bankruptcy prices": at 50000 Carl has -1, cash 49999, and
# the only other side, Dave, cash -50000, has 0. The fund is empty: no fill, and Dave cannot pay. (R11, R13, R17)
# Case: dydx4-lw-06-no-fill-no-adl
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/liquidations_test.go, ... unfilled and cannot be deleveraged
#   due to non-overlapping bankruptcy prices
# dYdX leaves both as they are and tries again in the next block. Here Dave waits as well, so that his lots are not his to trade;
# and nothing of Carl's stays: what nobody may take at zero value is closed at the mark, and the 1 that he lacks is carried over
# until the fund takes money in, which repays it. (Their cash comes about by a settlement and a correction by hand.)
include venue-dydx4-world.story
deposit carl 9999 USDC
deposit dave 8000 USDC
deposit erin 1 USDC                          # somebody must have what Carl lacks
mark    BTC-USD 40000
trade   BTC-USD buy dave sell carl 1 @ 40000
mark    BTC-USD 50000
settle  main
adjust  dave -18000 USDC
expect  equity carl -1
expect  equity dave 0
expect  cost carl BTC-USD -50000
expect  cost dave BTC-USD 50000
expect  orders 2
liquidate carl BTC-USD 0.25 @ 50000 taker dave
expect  closed carl BTC-USD via book 0
expect  closed carl BTC-USD via other 1
expect  deleveraged dave 0
expect  balance carl 0
expect  balance dave 0
expect  carryover main 1
expect  orders 0
fund    main deposit 3
expect  carryover main 0
expect  fund main 2
