# Of two longs each carries equity in proportion to its margin: the zero value of one. (R8, R11)
# Case: dydx4-bp-04-two-longs
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/liquidations_test.go,
#   TestGetBankruptcyPriceInQuoteQuantums: multiple long positions
# A holds 0.004 BTC and 0.1 ETH, worth 200 and 300, and owes 490: it bought for 320 and 450 with 280. Of its equity of 10,
# 30/50 stand behind ETH, 20/50 behind BTC: ETH closes for 294, BTC for 196, or 2940 and 49000 apiece. Both go at that: A
# has 0.
asset   USDC decimals 6
pool    main asset USDC full-close-under 1000000
  quantity  book | adl score visit-order allocate queue
  money     fund | carryover
market  BTC-USD pool main tick 1 lot 0.0001 brackets 0:0.2:0.1
market  ETH-USD pool main tick 1 lot 0.0001 brackets 0:0.2:0.1
deposit a 280 USDC
deposit b 10000 USDC
mark    BTC-USD 80000 ETH-USD 4500
trade   BTC-USD buy a sell b 0.004 @ 80000 | ETH-USD buy a sell b 0.1 @ 4500
mark    BTC-USD 50000 ETH-USD 3000
expect  equity a 10
expect  mm a 50
expect  order-limit a ETH-USD 2940
expect  order-limit a BTC-USD 49000
fill    a ETH-USD 0.1 @ 2940 taker b
expect  balance a 124
expect  equity a 4
fill    a BTC-USD 0.004 @ 49000 taker b
expect  balance a 0
expect  gap 0
