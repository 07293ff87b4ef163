# Two losers of a mark cannot pay, and nothing is in the fund: what each winner keeps is floored, the last gets what is left. (R19, R16)
# Vega 0002-STTL-008, case 3 (vega-mr-03-soc-case3-two-defaults): party1 owes 2,400 and has 2,000, party3 owes 5,600 and has
# 3,000: 3,000 are missing. Gains of the mark: party2 7,200 (its last 10 lots have none), party5 800, party4 800, in all 8,800;
# 3,000 x 7,200 / 8,800 = 2,454.5 and 3,000 x 800 / 8,800 = 272.7 are rounded up to 2,455, 273 and 273, which is 1 too much:
# party4, the last, gives 272. Party4 is flat by then: a haircut would pass it over, the clawback of the settlement does not.
asset   CASH decimals 0
pool    main asset CASH settle-on mark clawback base period-gains rounding ratio16
  quantity  backstop | adl
  money     fund | carryover
market  FUT pool main tick 1 lot 1 brackets 0:0.01:0.005
account network
desk    network share 1 discount 0.999999 market-max 1000000000 fund-desk
deposit party1 2000 CASH
deposit party3 3000 CASH
deposit party6 100000000 CASH
deposit party2 10000 CASH
deposit party5 100000000 CASH
deposit party4 10000 CASH
mark    FUT 100
trade   FUT buy party2 sell party1 30 @ 100 | FUT buy party2 sell party3 60 @ 100
trade   FUT buy party4 sell party3 10 @ 100 | FUT buy party5 sell party6 10 @ 100
trade   FUT buy party2 sell party4 10 @ 180
mark    FUT 180
expect  gap 3000
expect  carryover paid 3000
expect  haircut party2 2455
expect  haircut party5 273
expect  haircut party4 272
expect  balance party2 14745
expect  balance party5 100000527
expect  balance party4 10528
expect  balance party6 99999200
expect  balance party1 0
expect  balance party3 0
expect  size network FUT -100
expect  fund main 0
expect  carryover main 0
