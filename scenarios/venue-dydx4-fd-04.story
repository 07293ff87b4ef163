# A fill a little better than zero value: all of the surplus is fee, and no more than it. (R9, R14)
# Case: dydx4-fd-04-less-than-cap-short
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/liquidations_test.go,
#   TestGetLiquidationInsuranceFundDelta: short pays less than max
# A sold 0.1 BTC at 40000 with 900: its zero value is 4900. Constructed: the mark is 47000, where A has 200 against 470 (at
# the case's 50000 it would be bankrupt). A fill at 48951 costs 4895.1: 4.9 of surplus, less than 0.5% of it, 24.4755.
asset   USDC decimals 6
pool    main asset USDC full-close-under 1000000 liquidation-fee 0.005
  quantity  book | adl score visit-order allocate queue
  money     fund | carryover
market  BTC-USD pool main tick 1 lot 0.0001 brackets 0:0.2:0.1
deposit a 900 USDC
deposit b 10000 USDC
mark    BTC-USD 40000
trade   BTC-USD buy b sell a 0.1 @ 40000
mark    BTC-USD 47000
expect  order-limit a BTC-USD 49000
fill    a BTC-USD 0.1 @ 48951 taker b
expect  surplus a 4.9
expect  liquidation-fee a 4.9
expect  fund main 4.9
expect  balance a 0
expect  gap 0
