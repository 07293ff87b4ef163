# Half of a bankrupt long is closed against one short, at half of its zero value; at equity 0 nothing is. (R13, R8)
# Case: dydx1-dl-01-partial-long
# Case: dydx1-dl-05-refuse-borderline
# Source: dydxprotocol/perpetual, test/p1Deleveraging.test.ts, Succeeds partially deleveraging a long position;
#   Cannot deleverage a long position that is not underwater
# Long bought 10 at 100 with 500, short sold 10 with 500: cash in the case's sense -500 and 1500. At 50 long has 0 and stays
# (no margin, so that only equity decides). At 49.999999 it lacks 0.00001. A bankrupt account is always closed whole, so the
# half is constructed: other's 5 short are visited first, then 5 of short's 10. Short pays half of what long lacks,
# 0.000005, and buys its 5 for 250: 1500 - 250 = 1250 = 750 + 500.
asset   USD decimals 6
pool    main asset USD
  quantity  adl score visit-order allocate queue
  money     fund | deleveraged price zero-both | carryover
market  X pool main tick 0.000001 lot 1 price-max 1000 open-interest-max 1000 brackets 0:0:0
deposit long 500 USD
deposit other 400 USD
deposit short 500 USD
deposit bull 1000 USD
mark    X 100
trade   X buy long sell short 10 @ 100
trade   X buy bull sell other 5 @ 100
mark    X 50
expect  liquidated 0
expect  equity long 0
expect  size long X 10
mark    X 49.999999
expect  bankrupt 1
expect  gap 0.00001
expect  taken other X via profit 5
expect  taken short X via profit 5
expect  deleveraged short 0.000005
expect  size short X -5
expect  balance short 750
expect  cost short X -500
expect  deleveraged other 0.000005
expect  balance other 650
expect  balance long 0
expect  size long X 0
expect  equity bull 749.999995
