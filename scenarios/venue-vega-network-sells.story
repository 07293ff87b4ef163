# The network sells what it took over at bad prices, then the rest loses with the mark. (R12, R19)
# Vega (vega-mr-21-resolution-2): at 150 the loser's 290 lots are taken over with the 12,000 that are left. One goes at 140, one
# at 1: 159 lost; one at 40: 110 lost; the other 287 lose 30 each: 12,000 - 159 - 110 - 8,610 = 3,121. Margin is so high here
# that 12,000 do not do: 28.5% of 43,500 is 12,397.5.
asset   CASH decimals 0
pool    main asset CASH settle-on mark
  quantity  backstop | adl
  money     fund | haircut base period-gains scope pool rounding ratio16 | carryover
market  FUT pool main tick 1 lot 1 brackets 0:0.29:0.285
account network
desk    network share 1 discount 0.999999 market-max 1000000000 fund-desk
pool    main full-close-under 1000000
deposit loser 13450 CASH
deposit sell 1000000000000 CASH
deposit buy 1000000000000 CASH
deposit aux 1000000000000 CASH
deposit aux2 1000000000000 CASH
mark    FUT 155
trade   FUT buy loser sell sell 290 @ 155 | FUT buy aux sell aux2 1 @ 155
mark    FUT 150
expect  balance loser 0
expect  size network FUT 290
expect  fund main 12000
trade   FUT buy buy sell network 1 @ 140
trade   FUT buy aux sell network 1 @ 1
settle  main
expect  fund main 11841
trade   FUT buy buy sell network 1 @ 40
settle  main
expect  fund main 11731
trade   FUT buy buy sell sell 1 @ 120
mark    FUT 120
expect  fund main 3121
expect  size network FUT 287
