# A short that cannot pay when the mark rises: two winners with 10^12 each, of whom the last gives a unit less. (R16, R19)
# Vega, market resolution (vega-mr-11-resolution-4): mark 180 -> 300. The loser has 10,500 and owes 12,000: 1,500 are missing.
# Gains: auxiliary2 1,200, buyside 12,000 (its purchase at 300 has none). 1,500 x 1,200 / 13,200 = 136.4 and 1,500 x 12,000 /
# 13,200 = 1,363.6: rounded up 137 + 1,364 = 1,501; buyside gets the 1 back.
asset   CASH decimals 0
pool    main asset CASH settle-on mark
  quantity  backstop | adl
  money     fund | haircut base period-gains scope pool rounding ratio16 | carryover
market  FUT pool main tick 1 lot 1 brackets 0:0.01:0.005
account network
desk    network share 1 discount 0.999999 market-max 1000000000 fund-desk
deposit loser 10500 CASH
deposit auxiliary 1000000000000 CASH
deposit auxiliary2 1000000000000 CASH
deposit buyside 1000000000000 CASH
deposit sellside 1000000000000 CASH
mark    FUT 180
trade   FUT buy buyside sell loser 100 @ 180 | FUT buy auxiliary2 sell auxiliary 10 @ 180
trade   FUT buy buyside sell sellside 1 @ 300
mark    FUT 300
expect  gap 1500
expect  haircut auxiliary2 137
expect  haircut buyside 1363
expect  balance buyside 1000000010637
expect  balance sellside 1000000000000
expect  balance loser 0
expect  fund main 0
expect  carryover main 0
