# The zero value of a bankrupt short is less than its position is worth: the other side sells for that. (R8, R13)
# Case: dydx4-bp-03-short-underwater
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/liquidations_test.go,
#   TestGetBankruptcyPriceInQuoteQuantums: short below the bankruptcy price
# A sold 0.1 BTC at 40000 with 900: cash in the case's sense 4900. At 50000 it has -100, and closing all of it takes 4900. B
# bought for 4000 and so keeps a gain of 900, not of 1000.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score visit-order allocate queue
  money     fund | deleveraged price zero-both | carryover
market  BTC-USD pool main tick 1 lot 0.0001 brackets 0:0.2:0.1
deposit a 900 USDC
deposit b 1000 USDC
mark    BTC-USD 40000
trade   BTC-USD buy b sell a 0.1 @ 40000
mark    BTC-USD 50000
expect  gap 100
expect  deleveraged b 100
expect  balance a 0
expect  balance b 1900
expect  positions 0
