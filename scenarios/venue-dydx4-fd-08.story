# A fill that is worth next to nothing: the fee rounds to 0, and all of the surplus is the account's. (R9, R3)
# Case: dydx4-fd-08-zero-value-fill
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/liquidations_test.go,
#   TestGetLiquidationInsuranceFundDelta: delta quote quantums is zero
# A sold 0.1 BTC at 40000 with 900. At 47000 it has 200 against 470, its zero value is 4900. Somebody sells the 0.1 to it
# for one tick, 0.000001: in the case this rounds to nothing; here one unit is the least that a lot of 0.1 can cost. Either
# way 0.5% of it is less than a unit: the fund gets nothing, A has 900 + 4000 - 0.000001.
asset   USDC decimals 6
pool    main asset USDC full-close-under 1000000 liquidation-fee 0.005
  quantity  book | adl score visit-order allocate queue
  money     fund | carryover
market  BTC-USD pool main tick 0.00001 lot 0.1 price-max 100000 open-interest-max 10 brackets 0:0.2:0.1
deposit a 900 USDC
deposit b 10000 USDC
mark    BTC-USD 40000
trade   BTC-USD buy b sell a 0.1 @ 40000
mark    BTC-USD 47000
expect  order-limit a BTC-USD 49000
fill    a BTC-USD 0.1 @ 0.00001 taker b
expect  surplus a 4899.999999
expect  liquidation-fee a 0
expect  fund main 0
expect  balance a 4899.999999
expect  gap 0
