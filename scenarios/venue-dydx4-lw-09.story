# dYdX v4, "subaccount becomes non-liquidatable - deleveraging is skipped": at 50000 Carl, cash 54999, has 4999 where 5000 must
# stay. 0.25 at 50000 bring 1249.75 more than zero value, less the fee of 0.5%, 62.5. Now 4936.5 cover the 3750 of 0.75 BTC. The
# second offer, at 60000, would need 2563.5: refused, and nobody is deleveraged. (R11)
# Case: dydx4-lw-09-no-adl-when-equity-positive
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/liquidations_test.go, ... subaccount becomes non-liquidatable -
#   deleveraging is skipped
include venue-dydx4-world.story
deposit carl 14999 USDC
deposit dave 90000 USDC
mark    BTC-USD 40000
trade   BTC-USD buy dave sell carl 1 @ 40000
mark    BTC-USD 50000
expect  state carl working
liquidate carl BTC-USD 0.25 @ 50000 taker dave | 1 @ 60000 taker dave
expect  closed carl BTC-USD 0.25
expect  surplus carl 1249.75
expect  liquidation-fee carl 62.5
expect  size carl BTC-USD -0.75
expect  balance carl 12436.5                 # cash 42436.5, of it 30000 are the cost of 0.75 at 40000
expect  cost carl BTC-USD -30000
expect  balance dave 92500                   # cash 62500
expect  cost dave BTC-USD 30000
expect  fund main 62.5
expect  state carl healthy
expect  orders 0
