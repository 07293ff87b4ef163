# Dues of one unit: what each keeps would round to nothing. (R16, R19)
# Vega (vega-sr-07-tiny-amounts-residual-exceeds-due) owes three winners 1 each and has 2: the floors of 2/3 are 0, and the last
# gets both units, one more than he is owed. Here nobody gains by another's loss: rounded up, all three charges are 1, of the 2
# too much win2, the last, gets 1 back, and win1 before him the other. They keep 0, 1 and 1, not 0, 0 and 2.
asset   CASH decimals 0
pool    main asset CASH settle-on mark
  quantity  backstop | adl
  money     fund | haircut base period-gains scope pool rounding floor-last | carryover
market  FUT pool main tick 1 lot 1 brackets 0:0.1:0.05
account network
desk    network share 1 discount 0.999999 market-max 1000000000 fund-desk
deposit loss1 2 CASH
deposit win3 100 CASH
deposit win1 100 CASH
deposit win2 100 CASH
mark    FUT 5
trade   FUT buy win3 sell loss1 1 @ 5 | FUT buy win1 sell loss1 1 @ 5 | FUT buy win2 sell loss1 1 @ 5
mark    FUT 6
expect  gap 1
expect  haircut win3 1
expect  haircut win1 0
expect  haircut win2 0
expect  balance win3 100
expect  balance win1 101
expect  balance win2 101
expect  balance loss1 0
