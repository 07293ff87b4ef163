# When a position is closed, and at what: at zero value if equity is below 0, at the end price if the market ends. (R13, R19)
# Case: dydx4-dl-19-gate
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/deleveraging_test.go, TestCanDeleverageSubaccount (rows)
# Carl sold 1 BTC at 45000 with 9999, which is 54999 of cash in the case's sense. No margin, so that only equity decides: at
# 50000 he has 4999, at 54999 0: nothing happens. At 55000 he has -1: closed, and Dave gives the 1. The same book twice
# more, in markets that end: at 55000 what Carl lacks is dealt with first, as in any round, at zero value; at 50000 nobody
# lacks anything, and both are paid at that price.
asset   USDC decimals 6
pool    going asset USDC
  quantity  adl score visit-order allocate queue
  money     fund | deleveraged price zero-both | carryover
pool    ends asset USDC
  quantity  adl score visit-order allocate queue
  money     fund | deleveraged price zero-both | carryover
market  BTC-GOING pool going tick 1 lot 0.0001 brackets 0:0:0
market  BTC-UNDER pool ends tick 1 lot 0.0001 brackets 0:0:0
market  BTC-FINE pool ends tick 1 lot 0.0001 brackets 0:0:0
account carl pool going
account dave pool going
account carl-under pool ends
account dave-under pool ends
account carl-fine pool ends
account dave-fine pool ends
deposit carl 9999 USDC
deposit dave 50000 USDC
deposit carl-under 9999 USDC
deposit dave-under 50000 USDC
deposit carl-fine 9999 USDC
deposit dave-fine 50000 USDC
mark    BTC-GOING 45000 BTC-UNDER 45000 BTC-FINE 45000
trade   BTC-GOING buy dave sell carl 1 @ 45000
trade   BTC-UNDER buy dave-under sell carl-under 1 @ 45000
trade   BTC-FINE buy dave-fine sell carl-fine 1 @ 45000
mark    BTC-GOING 50000
expect  liquidated 0
expect  equity carl 4999
expect  size carl BTC-GOING -1
mark    BTC-GOING 54999
expect  liquidated 0
expect  equity carl 0
expect  size carl BTC-GOING -1
mark    BTC-GOING 55000
expect  bankrupt 1
expect  gap going 1
expect  deleveraged dave 1
expect  size carl BTC-GOING 0
expect  balance carl 0
expect  balance dave 59999
resolve BTC-UNDER 55000
expect  gap BTC-UNDER 1
expect  deleveraged dave-under 1
expect  balance carl-under 0
expect  balance dave-under 59999
resolve BTC-FINE 50000
expect  gap BTC-FINE 0
expect  deleveraged dave-fine 0
expect  balance carl-fine 4999
expect  balance dave-fine 55000
