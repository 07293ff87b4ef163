# The fund covers what the losers of a mark lack, to the last unit: no winner is cut. (R14, R19)
# Vega 0002-STTL-008, case 5 (vega-mr-05-soc-case5-fund-exact): party1 owes 30 x 80 = 2,400 and has 2,000, party3 owes 70 x 80
# = 5,600 and has 3,000: 400 + 2,600 = 3,000 are missing, and the fund holds 3,000. Party4 sold its 10 lots within the
# interval at the new mark: its 800 are paid like all others.
asset   CASH decimals 0
pool    main asset CASH settle-on mark
  quantity  backstop | adl
  money     fund | haircut base period-gains scope pool | carryover
market  FUT pool main tick 1 lot 1 brackets 0:0.01:0.005
account network
desk    network share 1 discount 0.999999 market-max 1000000 fund-desk
fund    main deposit 3000
deposit party1 2000 CASH
deposit party3 3000 CASH
deposit aux1 100000000 CASH
deposit party2 10000 CASH
deposit aux2 100000000 CASH
deposit party4 10000 CASH
mark    FUT 100
trade   FUT buy party2 sell party1 30 @ 100 | FUT buy party2 sell party3 60 @ 100
trade   FUT buy party4 sell party3 10 @ 100 | FUT buy aux2 sell aux1 1 @ 100
trade   FUT buy party2 sell party4 10 @ 180
mark    FUT 180
expect  gap 3000
expect  fund paid 3000
expect  fund main 0
expect  bankrupt 2
expect  haircut party2 0
expect  haircut party4 0
expect  balance party1 0
expect  balance party3 0
expect  balance party4 10800
expect  balance party2 17200
expect  balance aux2 100000080
expect  balance aux1 99999920
expect  size network FUT -100
expect  carryover main 0
