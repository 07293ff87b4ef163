# The end of a market: both sides are closed at its end price, whoever has won. (R19)
# Case: dydx4-dl-17-oracle-both-healthy
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/deleveraging_test.go,
#   TestProcessDeleveragingAtOraclePrice: well vs well
# Carl sold 1 BTC at 40000 with 60000: 100000 less the 50000 that it costs at the end are 50000. Dave bought it with 90000:
# 50000 and 50000 are 100000. Nothing is charged to either.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score visit-order allocate queue
  money     fund | deleveraged price zero-both | carryover
market  BTC-USD pool main tick 100 lot 0.00000001 brackets 0:0.2:0.1
deposit carl 60000 USDC
deposit dave 90000 USDC
mark    BTC-USD 40000
trade   BTC-USD buy dave sell carl 1 @ 40000
resolve BTC-USD 50000
expect  balance carl 50000
expect  balance dave 100000
expect  gap 0
expect  deleveraged dave 0
expect  positions 0
expect  status BTC-USD resolved
