# The zero value of a long's only position is what it owes: the limit of its order. (R8, R11)
# Case: dydx4-bp-01-long-below-mm
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/liquidations_test.go,
#   TestGetBankruptcyPriceInQuoteQuantums: long slightly below maintenance
# A bought 0.1 BTC at 60000 with 1499: cash in the case's sense -4501. At 50000 it has 499 against 500. To close all of it
# takes 5000 - 499 = 4501, or 45010 a BTC. One tick less is refused; at 45010 A is left with nothing, and nobody lacks
# anything.
asset   USDC decimals 6
pool    main asset USDC full-close-under 1000000
  quantity  book | adl score visit-order allocate queue
  money     fund | carryover
market  BTC-USD pool main tick 1 lot 0.0001 brackets 0:0.2:0.1
deposit a 1499 USDC
deposit b 10000 USDC
mark    BTC-USD 60000
trade   BTC-USD buy a sell b 0.1 @ 60000
mark    BTC-USD 50000
expect  equity a 499
expect  mm a 500
expect  order-lots a BTC-USD 0.1
expect  order-limit a BTC-USD 45010
fill    a BTC-USD 0.1 @ 45009 taker b refused limit_price
fill    a BTC-USD 0.1 @ 45010 taker b
expect  balance a 0
expect  gap 0
expect  surplus a 0
expect  balance b 11499
