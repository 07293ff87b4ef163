# Price zero-both: what a bankrupt account lacks is paid by the counterparty as he is closed, before the fund is asked. (R13, R10)
# Case: dydx4-dl-11-long-closed
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/deleveraging_test.go,
#   TestOffsetSubaccountPerpetualPosition: one offsetting subaccount for deleveraged long
# Carl bought 1 at 68800 with 13801; at 50000 he has 13801 - 18800 = -4999. Dave, short 1 with 31200, is closed at mark for
# a gain of 18800 and pays 4999: 45001, as if he had bought at Carl's zero value of 54999. It is a gap like any other, of
# BTC-USD longs, and gives Dave a claim. The fund stands before `deleveraged` in the list and could pay it, but finds
# nothing left.
asset   USDC decimals 6
pool    main asset USDC full-close-under 1000000
  quantity  adl score visit-order allocate queue
  money     fund | deleveraged price zero-both | carryover
market  BTC-USD pool main tick 100 lot 0.00000001 brackets 0:0.2:0.1
fund    main deposit 10000
deposit carl 13801 USDC
deposit dave 31200 USDC
mark    BTC-USD 68800
trade   BTC-USD buy carl sell dave 1 @ 68800
mark    BTC-USD 50000
expect  bankrupt 1
expect  taken dave BTC-USD via profit 1
expect  gap 4999
expect  deleveraged paid 4999
expect  deleveraged dave 4999
expect  fund paid 0
expect  carryover paid 0
expect  balance carl 0
expect  balance dave 45001
expect  claim dave 4999
expect  fund main 10000
expect  positions 0
