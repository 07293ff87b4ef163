# Price zero-both: a short that lacks 1 is closed by the long he faces, who gives up the 1. (R13, R8)
# Case: dydx4-dl-03-short-negative-equity
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/deleveraging_test.go,
#   TestProcessDeleveraging: TNC<0, offsetting well-collateralized
# Cash in the case is what an account has less what its positions cost. Carl, who sold 1 BTC at 40000 with 9999, has 49999;
# Dave, who bought it with 90000, has 50000. At 50000 Carl lacks 49999 - 50000 = -1. His zero value is 49999, so Dave sells
# for that: 50000 + 49999 = 99999. On record it is a gap of 1, which Dave pays and may claim.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score visit-order allocate queue
  money     fund | deleveraged price zero-both | carryover
market  BTC-USD pool main tick 100 lot 0.00000001 brackets 0:0.2:0.1
fund    main deposit 100
deposit carl 9999 USDC
deposit dave 90000 USDC
mark    BTC-USD 40000
trade   BTC-USD buy dave sell carl 1 @ 40000
expect  cost carl BTC-USD -40000
expect  cost dave BTC-USD 40000
mark    BTC-USD 50000
expect  bankrupt 1
expect  taken dave BTC-USD via profit 1
expect  gap 1
expect  deleveraged dave 1
expect  balance carl 0
expect  balance dave 99999
expect  claim dave 1
expect  fund main 100
expect  positions 0
