# A short that is bankrupt by a hundred-thousandth is closed whole at its zero value. (R13, R8)
# Case: dydx1-dl-02-full-short
# Source: dydxprotocol/perpetual, test/p1Deleveraging.test.ts, Succeeds fully deleveraging a short position
# Long bought 10 at 100 with 500, short sold them with 500: cash in the case's sense -500 and 1500. At 150.000001 short
# lacks 10 x 50.000001 - 500 = 0.00001. Its zero value is 1500: long sells for that and has 1000, 0.00001 less than at the
# mark.
asset   USD decimals 6
pool    main asset USD
  quantity  adl score visit-order allocate queue
  money     fund | deleveraged price zero-both | carryover
market  X pool main tick 0.000001 lot 1 price-max 1000 open-interest-max 1000 brackets 0:0:0
deposit long 500 USD
deposit short 500 USD
mark    X 100
trade   X buy long sell short 10 @ 100
mark    X 150
expect  liquidated 0
expect  equity short 0
mark    X 150.000001
expect  bankrupt 1
expect  gap 0.00001
expect  deleveraged long 0.00001
expect  balance long 1000
expect  balance short 0
expect  positions 0
