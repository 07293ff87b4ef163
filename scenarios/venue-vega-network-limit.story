# The network cannot buy at a price that its fund does not cover: nobody's gain is cut for its trades. (R12, R4a)
# Vega (vega-mr-09-closeout-short-fund-buys-back) takes over a short of 4 at 20 with the 100 that are left, buys back at 50 with a
# fee of 20, has lost 140, pays the 100 it has and cuts the seller's gain of 120 by 40. Here this trade is refused: the fund-desk
# trades with its equity and what the fund could give it, 100. At 40 it loses 80 and 20 of fee, all it has; the seller gets his
# 80 whole. (The smallest maintenance margin is here to make 100 too
# little. A desk gets a position for at most its value less, so 80 of the 100: the other 20 are paid into the fund here.)
asset   CASH decimals 0
pool    main asset CASH settle-on mark full-close-under 1000000
  quantity  backstop | adl
  money     fund | haircut base period-gains scope pool rounding ratio16 | carryover
market  FUT pool main tick 1 lot 1 min-mm 101 brackets 0:0.01:0.005
account network
desk    network share 1 discount 0.999999 market-max 1000000000 fund-desk
deposit tt15 104 CASH
deposit tt14 10000000 CASH
deposit tt16 10000000 CASH
mark    FUT 19
trade   FUT buy tt16 sell tt15 4 @ 19
mark    FUT 20
expect  size network FUT -4
expect  balance tt15 20
expect  fund main 80
fund    main deposit 20
trade   FUT buy network sell tt14 4 @ 50 fee 20 0 refused initial_margin
trade   FUT buy network sell tt14 4 @ 40 fee 20 0
mark    FUT 20
expect  gap 0
expect  fund main 0
expect  size network FUT 0
expect  size tt14 FUT -4
expect  balance tt14 10000080
