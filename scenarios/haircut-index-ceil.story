# Step ceil: an index rises by no less than the loss; what that takes too much is residue, whole units of it go to dust. (R15, R3)
# As haircut-index-remainder, 9 over 7 lots: the step is 9/7 rounded up at its last binary place, so 7 lots are charged less
# than a unit too much. One unit of that is dust, the rest of the unit is carried to the next step: 5 and nearly 1 over 7 lots
# make nearly 15/7 in all. Bob owes 2, carl 4, dan 8, as 1/7, 2/7 and 4/7 of a unit more are only fractions. [Drift v2]
asset   COIN decimals 0
pool    main asset COIN
  quantity  adl score visit-order allocate queue
  money     haircut base size side opposing apply index step ceil | carryover
market  M pool main tick 1 lot 1 brackets 0:0.05:0.025
deposit zed 100 COIN
deposit alice 10 COIN
deposit bob 100 COIN
deposit carl 100 COIN
deposit dan 100 COIN
deposit eva 1000 COIN
mark    M 100
trade   M buy alice sell zed 1 @ 100
trade   M buy eva sell bob 1 @ 100
trade   M buy eva sell carl 2 @ 100
trade   M buy eva sell dan 4 @ 100
mark    M 80
expect  dust 1
expect  equity bob 119
expect  equity carl 138
expect  equity dan 175
deposit gina 14 COIN
trade   M buy gina sell zed 1 @ 80
mark    M 60
expect  equity bob 138
expect  equity carl 176
expect  equity dan 252
expect  dust >= 1
expect  dust <= 2
expect  carryover main 0
