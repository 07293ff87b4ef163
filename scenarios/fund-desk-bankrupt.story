# A desk whose balance is the fund loses more than the fund has: what is missing cuts the gains of that mark. (R12, R15)
# Vega, testMTMWithNetworkLossSoc (vega-sr-09-fund-as-party-insolvent): network and money lose 1,000 each, party wins 2,000.
# The fund has 500, all of which goes; money pays in full; 1,500 of 2,000 are collected, so party gets 1,500. Here the
# network's lots then leave by ADL, as those of every desk that is bankrupt; Vega keeps them.
asset   CASH decimals 0
pool    main asset CASH settle-on mark
  quantity  backstop | adl
  money     fund | haircut base period-gains scope pool | carryover
market  FUT pool main tick 1 lot 1 brackets 0:0.01:0.005
account network
desk    network share 1 discount 0.999999 market-max 1000000 fund-desk
fund    main deposit 500
deposit money 5000 CASH
deposit party 10000 CASH
mark    FUT 300
trade   FUT buy network sell party 10 @ 300 | FUT buy money sell party 10 @ 300
mark    FUT 200
expect  fund main 0
expect  gap 500
expect  fund paid 0
expect  haircut paid 500
expect  haircut party 500
expect  balance party 11500
expect  balance money 4000
expect  balance network 0
expect  size network FUT 0
expect  size party FUT -10
expect  carryover main 0
