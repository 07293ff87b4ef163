# Price zero-both: a solvent account is closed at its zero value too, and the counterparty gets what equity it had. (R13, R8)
# Case: dydx4-dl-01-short-healthy-counter
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/deleveraging_test.go,
#   TestProcessDeleveraging: Liquidated TNC>0, offsetting well-collateralized
# Carl is short 1 BTC at 50000 with equity 4999 of 5000 maintenance; his zero value is 50000 + 4999 = 54999. Dave, who holds
# the other side, sells to him at that: 95000 + 5000 + 4999. Nobody lacks anything: no gap, no claim, no fund; Carl, whom
# ADL at mark would leave 4999, has nothing.
asset   USDC decimals 6
pool    main asset USDC full-close-under 1000000
  quantity  adl score visit-order allocate queue
  money     fund | deleveraged price zero-both | carryover
market  BTC-USD pool main tick 100 lot 0.00000001 brackets 0:0.2:0.1
fund    main deposit 100
deposit carl 9999 USDC
deposit dave 95000 USDC
mark    BTC-USD 45000
trade   BTC-USD buy dave sell carl 1 @ 45000
mark    BTC-USD 50000
expect  liquidated 1
expect  bankrupt 0
expect  taken dave BTC-USD via profit 1
expect  balance carl 0
expect  balance dave 104999
expect  claim dave 0
expect  gap 0
expect  deleveraged paid 0
expect  fund main 100
expect  positions 0
