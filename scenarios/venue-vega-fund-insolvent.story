# The fund holds a losing position itself and has only half of what it owes. (R12, R19)
# Vega (vega-sr-09-fund-as-party-insolvent): fund 500; the network and money owe 1,000 each, party is due 2,000 and gets 1,500.
# The network has its 20 lots from weak, who was left with nothing at 150. At 100 it has lost 1,000, of which the fund pays what
# it has; the other 500 are a gap, and party's gain is cut by it. The network's lots leave by ADL (Vega keeps them).
asset   CASH decimals 0
pool    main asset CASH settle-on mark
  quantity  backstop | adl
  money     fund | haircut base period-gains scope pool rounding ratio16 | carryover
market  FUT pool main tick 1 lot 1 brackets 0:0.01:0.005
account network
desk    network share 1 discount 0.999999 market-max 1000000000 fund-desk
fund    main deposit 500
deposit weak 200 CASH
deposit money 5000 CASH
deposit party 100000 CASH
mark    FUT 160
trade   FUT buy weak sell party 20 @ 160
mark    FUT 150
expect  size network FUT 20
expect  balance weak 0
expect  balance party 100200
expect  fund main 500
trade   FUT buy money sell party 20 @ 150
mark    FUT 100
expect  gap 500
expect  fund main 0
expect  haircut party 500
expect  balance party 101700
expect  balance money 4000
expect  size network FUT 0
expect  size party FUT -20
expect  carryover main 0
