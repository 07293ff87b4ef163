# A fill 1% below zero value is paid by the fund. (R9, R11, R14)
# Case: dydx4-fd-06-fund-pays-long
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/liquidations_test.go,
#   TestGetLiquidationInsuranceFundDelta: long below, fund must cover
# A of venue-dydx4-fd-01: 0.1 BTC, zero value 5100, mark 55000. The order may make a gap of 1% of 5500, so its limit is
# (5100 - 55) / 0.1 = 50450. A fill at 50490 brings 5049: the fund pays 51.
asset   USDC decimals 6
pool    main asset USDC full-close-under 1000000 liquidation-fee 0.005 order-gap 0.01
  quantity  book | adl score visit-order allocate queue
  money     fund | carryover
market  BTC-USD pool main tick 1 lot 0.0001 brackets 0:0.2:0.1
fund    main deposit 100
deposit a 1900 USDC
deposit b 10000 USDC
mark    BTC-USD 70000
trade   BTC-USD buy a sell b 0.1 @ 70000
mark    BTC-USD 55000
expect  order-limit a BTC-USD 50450
expect  order-gap a BTC-USD 55
fill    a BTC-USD 0.1 @ 50490 taker b
expect  gap 51
expect  fund paid 51
expect  fund main 49
expect  liquidation-fee a 0
expect  balance a 0
