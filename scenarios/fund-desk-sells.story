# The network sells what it took over at bad prices and is marked on the rest: the fund bears all of it. (R12, R19)
# Vega, position resolution case 2 (vega-mr-21-resolution-2): the loser's last 12,000 come with his 290 long. Sold at 140, 1
# and 40 while the mark is 150: 10 + 149 + 110 = 269 less; then 287 x 30 = 8,610 at 120: 12,000 - 269 - 8,610 = 3,121.
asset   CASH decimals 0
pool    main asset CASH settle-on mark
  quantity  backstop | adl
  money     fund | haircut base period-gains scope pool | carryover
market  FUT pool main tick 1 lot 1 brackets 0:0.3:0.28
account network
desk    network share 1 discount 0.999999 market-max 1000000 fund-desk
deposit loser 14900 CASH
deposit sell 1000000000000 CASH
deposit buy 1000000000000 CASH
deposit aux 1000000000000 CASH
deposit aux2 1000000000000 CASH
mark    FUT 160
trade   FUT buy loser sell sell 290 @ 160 | FUT buy aux sell aux2 1 @ 160
mark    FUT 150
# equity 12,000 is less than 0.28 x 43,500 = 12,180
expect  size network FUT 290
expect  balance loser 0
expect  fund main 12000
trade   FUT buy buy sell network 1 @ 140
trade   FUT buy aux sell network 1 @ 1
mark    FUT 150
expect  fund main 11841
trade   FUT buy buy sell network 1 @ 40
expect  fund main 11731
# 11,731 would not pay for a loss of 287 x 100
trade   FUT buy buy sell network 287 @ 50 refused initial_margin
mark    FUT 150
trade   FUT buy buy sell sell 1 @ 120
mark    FUT 120
expect  fund main 3121
expect  size network FUT 287
expect  gap 0
