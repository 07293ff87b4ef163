# An odd size at an odd price: a part is closed at its share of zero value, rounded; who took it stays valid. (R13, R8, R3)
# Case: dydx4-dl-20-rounding
# Source: dydxprotocol/v4-chain, protocol/x/clob/keeper/deleveraging_test.go, TestProcessDeleveraging_Rounding (4 rows)
# Four rows, four pools: a short with equity, a long with equity, a short without, a long without. One lot is 0.00000001 BTC
# at 4,999,999,937, so that a unit of money is 10^-13 of a dollar. The case closes 49,999,991 of 100,000,000 lots. Here all
# are closed: 50,000,009 lots by rest, whose turn is first, and the case's part by the case's counterparty, which has
# 100,000,000 and keeps 50,000,009. (z stands opposite of rest, who is a tick a lot in profit.) Equity that goes with the
# case's part: floor(E x (M - ceil(50,000,009 x 4,999,999,937 / 10)) / M), M = 49,999,999,370,000,000; then rest's:
# A: 49,990,006,300,000,000 = 24,994,998,650,899,432 + 24,995,007,649,100,568
# B: 49,989,993,700,000,000 = 24,994,992,350,900,566 + 24,995,001,349,099,434
# C: -49,989,993,700,000,000 = -24,994,992,350,900,567 + -24,995,001,349,099,433
# D: -49,990,006,300,000,000 = -24,994,998,650,899,433 + -24,995,007,649,100,567
asset   USD-A decimals 0
pool    a asset USD-A full-close-under 900000000000000000
  quantity  adl score visit-order allocate queue
  money     deleveraged price zero-both | carryover
market  BTC-A pool a tick 1 lot 1 price-max 5000000000 open-interest-max 150000009 brackets 0:0.2:0.1
deposit rest-a 55000000000000000 USD-A
deposit carl 149990000000000000 USD-A
deposit dave 900000000000000000 USD-A
deposit z-a 45000000000000000 USD-A
mark    BTC-A 4000000000
trade   BTC-A buy dave sell carl 100000000 @ 4000000000
mark    BTC-A 4900000000
trade   BTC-A buy rest-a sell z-a 50000009 @ 4999999936
mark    BTC-A 4999999937
expect  liquidated 1
expect  bankrupt 0
expect  taken rest-a BTC-A 50000009
expect  taken dave BTC-A 49999991
expect  size dave BTC-A 50000009
expect  equity dave 1024994992350899432
expect  equity rest-a 79995007699100577
expect  balance carl 0
asset   USD-B decimals 0
pool    b asset USD-B full-close-under 900000000000000000
  quantity  adl score visit-order allocate queue
  money     deleveraged price zero-both | carryover
market  BTC-B pool b tick 1 lot 1 price-max 6000000000 open-interest-max 150000009 brackets 0:0.2:0.1
deposit rest-b 60000000000000000 USD-B
deposit dave-w 149990000000000000 USD-B
deposit carl-s 400000000000000000 USD-B
deposit z-b 50000000000000000 USD-B
mark    BTC-B 6000000000
trade   BTC-B buy dave-w sell carl-s 100000000 @ 6000000000
mark    BTC-B 5100000000
trade   BTC-B buy z-b sell rest-b 50000009 @ 4999999938
mark    BTC-B 4999999937
expect  liquidated 1
expect  bankrupt 0
expect  taken rest-b BTC-B 50000009
expect  taken carl-s BTC-B 49999991
expect  size carl-s BTC-B -50000009
expect  equity carl-s 524994998650900566
expect  equity rest-b 84995001399099443
expect  balance dave-w 0
asset   USD-C decimals 0
pool    c asset USD-C full-close-under 900000000000000000
  quantity  adl score visit-order allocate queue
  money     deleveraged price zero-both | carryover
market  BTC-C pool c tick 1 lot 1 price-max 5000000000 open-interest-max 150000009 brackets 0:0.2:0.1
deposit rest-c 100000000000000000 USD-C
deposit carl-n 150010000000000000 USD-C
deposit dave-l 800000000000000000 USD-C
deposit z-c 50000000000000000 USD-C
mark    BTC-C 3000000000
trade   BTC-C buy dave-l sell carl-n 100000000 @ 3000000000
mark    BTC-C 4000000000
trade   BTC-C buy rest-c sell z-c 50000009 @ 4999999936
mark    BTC-C 4999999937
expect  liquidated 1
expect  bankrupt 1
expect  taken rest-c BTC-C 50000009
expect  taken dave-l BTC-C 49999991
expect  size dave-l BTC-C 50000009
expect  equity dave-l 975005001349099433
expect  equity rest-c 75004998700900576
expect  balance carl-n 0
asset   USD-D decimals 0
pool    d asset USD-D full-close-under 900000000000000000
  quantity  adl score visit-order allocate queue
  money     deleveraged price zero-both | carryover
market  BTC-D pool d tick 1 lot 1 price-max 7000000000 open-interest-max 150000009 brackets 0:0.2:0.1
deposit rest-d 130000000000000000 USD-D
deposit dave-n 150010000000000000 USD-D
deposit carl-t 300000000000000000 USD-D
deposit z-d 50000000000000000 USD-D
mark    BTC-D 7000000000
trade   BTC-D buy dave-n sell carl-t 100000000 @ 7000000000
mark    BTC-D 6200000000
trade   BTC-D buy z-d sell rest-d 50000009 @ 4999999938
mark    BTC-D 4999999937
expect  liquidated 1
expect  bankrupt 1
expect  taken rest-d BTC-D 50000009
expect  taken carl-t BTC-D 49999991
expect  size carl-t BTC-D -50000009
expect  equity carl-t 475005007649100567
expect  equity rest-d 105004992400899442
expect  balance dave-n 0
