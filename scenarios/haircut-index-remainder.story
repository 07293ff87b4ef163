# Fractions of an index are kept, by each holder and by the market, so that nothing is lost however often anybody is touched. (R15, R3)
# One unit is the smallest money. Gap 10 at 80: zed, whose lot ADL has closed, and 7 lots that are held share it 1.25 : 8.75,
# so 1 and 9. 9/7 a lot: bob (1 lot) owes 1 and keeps 2/7, carl (2) 2 and 4/7, dan (4) 5 and 1/7; 1 unit is charged to nobody
# yet. Gap 6 at 60: 0.75 : 5.25, so zed 1 and the index 5; in all 14/7 = 2 a lot: bob 2, carl 4, dan 8, and no fraction is left.
# Carl turns his two lots to three and back in between, which touches him; bob and dan are never touched until the end.
asset   COIN decimals 0
pool    main asset COIN
  quantity  adl score visit-order allocate queue
  money     haircut base size side opposing apply index | carryover
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
expect  gap 10
expect  haircut zed 1
expect  equity zed 119
expect  equity bob 119
expect  equity carl 138
expect  equity dan 175
trade   M buy eva sell carl 1 @ 80
trade   M buy carl sell eva 1 @ 80
expect  claim carl 2
expect  equity carl 138
deposit gina 14 COIN
trade   M buy gina sell zed 1 @ 80
mark    M 60
expect  gap 6
expect  haircut zed 1
expect  equity zed 138
expect  equity bob 138
expect  equity carl 176
expect  equity dan 252
settle  main
expect  claim bob 2
expect  claim carl 4
expect  claim dan 8
expect  claim zed 2
expect  dust 0
expect  carryover main 0
