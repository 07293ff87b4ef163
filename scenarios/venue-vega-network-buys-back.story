# A short pays and is closed out; the network buys back above the mark and pays a fee for it. (R12, R19)
# Vega (vega-mr-18-mtm-with-fund): fund 10,000. Mark 1000 -> 6000: party1 has 122 left, less than its margin, which the network
# gets with the lot: 10,122. It buys the lot from aux at 6,001, pays a fee of 601 and has lost 1: 10,122 - 601 - 1 = 9,520.
asset   CASH decimals 0
pool    main asset CASH settle-on mark
  quantity  backstop | adl
  money     fund | haircut base period-gains scope pool rounding ratio16 | carryover
market  FUT pool main tick 1 lot 1 brackets 0:0.1:0.05
account network
desk    network share 1 discount 0.999999 market-max 1000000000 fund-desk
pool    main full-close-under 1000000
fund    main deposit 10000
deposit party1 5122 CASH
deposit aux 1000000 CASH
deposit party2 9900 CASH
deposit aux2 10000 CASH
deposit party3 10000 CASH
mark    FUT 1000
trade   FUT buy party2 sell party1 1 @ 1000 | FUT buy aux2 sell aux 1 @ 1000
trade   FUT buy party2 sell party3 1 @ 6000
mark    FUT 6000
expect  gap 0
expect  balance party2 14900
expect  balance party1 0
expect  size network FUT -1
expect  fund main 10122
trade   FUT buy network sell aux 1 @ 6001 fee 601 0
expect  size network FUT 0
settle  main
expect  fund main 9520
expect  fees 601
expect  balance aux 995001
