# The network takes over a long, wins with it, pays another's shortfall and is left with a short. (R12, R14, R19)
# Vega (vega-mr-12-fund-trades-through-rounds): fund 10,000. At 100 risk's 100 are just gone, the network has its 1 lot. Risk
# comes back with 20 and is short 2 from 100: at 120 it owes 40. The fund pays 20, the network's lot has won 20; with risk's 2
# it is short 1. At 60 it has won 60.
asset   CASH decimals 0
pool    main asset CASH settle-on mark
  quantity  backstop | adl
  money     fund | haircut base period-gains scope pool rounding ratio16 | carryover
market  FUT pool main tick 1 lot 1 brackets 0:0.01:0.005
account network
desk    network share 1 discount 0.999999 market-max 1000000000 fund-desk
fund    main deposit 10000
deposit risk 100 CASH
deposit cp 10000000000 CASH
mark    FUT 200
trade   FUT buy risk sell cp 1 @ 200
mark    FUT 100
expect  fund main 10000
expect  size network FUT 1
expect  balance risk 0
deposit risk 20 CASH
trade   FUT buy cp sell risk 2 @ 100
mark    FUT 120
expect  gap 20
expect  fund paid 20
expect  haircut paid 0
expect  fund main 10000
expect  size network FUT -1
expect  size risk FUT 0
mark    FUT 60
expect  fund main 10060
expect  size network FUT -1
