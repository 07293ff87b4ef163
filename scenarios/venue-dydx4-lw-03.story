# dYdX v4, "unfilled and full position size is deleveraged": at 50500 Carl has -1; the best offer, 0.25 at 50500, would need 0.25
# of an empty fund, so nothing is filled, and Dave takes all of it at Carl's zero value, 50499. (R11, R13)
# Case: dydx4-lw-03-fund-empty-adl-all
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/liquidations_test.go, ... unfilled and full position size is
#   deleveraged
# Carl ends with 0, Dave's cash is 100499; here the price of 50499 is the mark and a charge of 1, for which he has a claim.
include venue-dydx4-world.story
deposit carl 10499 USDC
deposit dave 90000 USDC
mark    BTC-USD 40000
trade   BTC-USD buy dave sell carl 1 @ 40000
mark    BTC-USD 50500
expect  equity carl -1
liquidate carl BTC-USD 0.25 @ 50500 taker dave
expect  closed carl BTC-USD via book 0
expect  closed carl BTC-USD via profit 1
expect  balance carl 0
expect  balance dave 100499
expect  deleveraged dave 1
expect  claim dave 1
expect  fund main 0
