# dYdX v4, "partially-filled and it's not deleveraged": at 50500 Carl has -1. 0.25 at 50498 bring him 0.25 more than zero value,
# all of which is the fee. The next 0.75 at 50500 need 0.75, the fund has 0.25: refused. (R11, R9)
# Case: dydx4-lw-04-first-fill-ok-second-refused
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/liquidations_test.go, ... partially-filled and it's not deleveraged
# The test stops there, Carl at cash 37874.25 and -0.75 BTC, Dave at 62624.5 and 0.75. Here the rest is deleveraged in the same
# step: Dave's cash is 62624.5 + 37875 less the 0.75 that Carl lacks, 100498.75; the fund keeps its 0.25.
include venue-dydx4-world.story
deposit carl 10499 USDC
deposit dave 90000 USDC
mark    BTC-USD 40000
trade   BTC-USD buy dave sell carl 1 @ 40000
mark    BTC-USD 50500
liquidate carl BTC-USD 0.25 @ 50498 taker dave | 1 @ 50500 taker dave
expect  closed carl BTC-USD via book 0.25
expect  surplus carl 0.25
expect  liquidation-fee carl 0.25
expect  closed carl BTC-USD via profit 0.75
expect  deleveraged dave 0.75
expect  balance carl 0
expect  balance dave 100498.75
expect  fund main 0.25
