# The book and the rules of the stories venue-dydx4-...: dYdX v4's test cases (dydxprotocol/v4-chain,
# protocol/x/clob/keeper/liquidations_test.go) in units of 0.001 BTC and 0.000001 USD: BTC with 10% maintenance and 20% initial
# margin, a fee of 0.5% out of surplus, a fund that pays a fill whole or not at all, deleveraging of accounts below zero only,
# at zero value. Carl is short 1 BTC, Dave long 1, both at 40000; what a case calls cash is balance less cost. Positions under
# 1,000,000 are closed whole, as dYdX's orders are.
asset   USDC decimals 6
pool    main asset USDC quantity book sync | adl score visit-order money fund | deleveraged price zero-both | carryover
  all-or-nothing on sync-adl when-bankrupt attribution mm liquidation-fee 0.005 full-close-under 1000000
market  BTC-USD pool main tick 1 lot 0.001 brackets 0:0.2:0.1
account carl pool main
account dave pool main
