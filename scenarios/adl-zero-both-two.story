# Price zero-both, two counterparties: each gets the equity behind the lots he closes. (R13, R8)
# Case: dydx4-dl-12-two-counterparties
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/deleveraging_test.go,
#   TestOffsetSubaccountPerpetualPosition: multiple offsetting subaccounts
# Carl of adl-zero-both-solvent, short 1 with 4999, against two longs of half his size. Each half of his margin carries
# 2499.5: 72500 + 2500 + 2499.5 for Dora, the same for Dave.
asset   USDC decimals 6
pool    main asset USDC full-close-under 1000000
  quantity  adl score visit-order allocate queue
  money     fund | deleveraged price zero-both | carryover
market  BTC-USD pool main tick 100 lot 0.00000001 brackets 0:0.2:0.1
deposit carl 9999 USDC
deposit dora 72500 USDC
deposit dave 72500 USDC
mark    BTC-USD 45000
trade   BTC-USD buy dora sell carl 0.5 @ 45000
trade   BTC-USD buy dave sell carl 0.5 @ 45000
mark    BTC-USD 50000
expect  taken dora BTC-USD via profit 0.5
expect  taken dave BTC-USD via profit 0.5
expect  balance dora 77499.5
expect  balance dave 77499.5
expect  balance carl 0
expect  gap 0
