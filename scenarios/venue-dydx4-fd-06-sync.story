# dYdX v4, TestGetLiquidationInsuranceFundDelta, "fund must cover": a long of 0.1 BTC that cost 5100 too much is worth 5000 at
# 50000; at 50490 it brings 5049, 51 less than zero value. The fund pays 51 exactly, or the fill is not taken. (R9, R11, R14)
# Case: dydx4-fd-06-fund-pays-long
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/liquidations_test.go, TestGetLiquidationInsuranceFundDelta:
#   long below, fund must cover
include venue-dydx4-world.story
deposit carl 1900 USDC
deposit dave 90000 USDC
mark    BTC-USD 70000
trade   BTC-USD buy carl sell dave 0.1 @ 70000
fund    main deposit 50.999999
mark    BTC-USD 50000
expect  equity carl -100
liquidate carl BTC-USD 0.1 @ 50490 taker dave
expect  closed carl BTC-USD via book 0
expect  deleveraged dave 100
fund    main deposit 0.000001
deposit erin 1900 USDC
mark    BTC-USD 70000
trade   BTC-USD buy erin sell dave 0.1 @ 70000
mark    BTC-USD 50000
liquidate erin BTC-USD 0.1 @ 50490 taker dave
expect  closed erin BTC-USD via book 0.1
expect  fund paid 51
expect  fund main 0
expect  balance erin 0
