# dYdX v4, TestPlacePerpetualLiquidation_Deleveraging, "fully filled": Carl, cash 50499, short 1 BTC, is filled at 50000. (R11)
# Case: dydx4-lw-01-filled-with-fee
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/liquidations_test.go,
#   TestPlacePerpetualLiquidation_Deleveraging: fully filled
# His 499 are surplus; the fee is min(floor(0.5% of 50000), 499) = 250. He keeps 249, the fund has 250, Dave's cash is 100000.
include venue-dydx4-world.story
deposit carl 10499 USDC
deposit dave 90000 USDC
mark    BTC-USD 40000
trade   BTC-USD buy dave sell carl 1 @ 40000
mark    BTC-USD 50000
expect  equity carl 499
expect  order-lots carl BTC-USD 1
liquidate carl BTC-USD 1 @ 50000 taker dave
expect  closed carl BTC-USD via book 1
expect  balance carl 249
expect  balance dave 100000
expect  fund main 250
expect  state carl healthy
