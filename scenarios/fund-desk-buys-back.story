# The network takes a solvent account over with all it has left, and buys back above the mark with a fee. (R12, R14)
# Vega 0003-MTMK-003 (vega-mr-18-mtm-with-fund): party1 is short from 1,000 and pays 5,000 of its 5,122 at 6,000;
# 122 are less than its maintenance margin of 300: the desk takes the lot at its zero value, 122 better than the mark, so
# the fund holds 10,122. It buys back at 6,001 and pays a fee of ceil(0.1 x 6,001) = 601: 10,122 - 1 - 601 = 9,520.
asset   CASH decimals 0
pool    main asset CASH settle-on mark
  quantity  backstop | adl
  money     fund | haircut base period-gains scope pool | carryover
market  FUT pool main tick 1 lot 1 brackets 0:0.1:0.05
account network
desk    network share 1 discount 0.999999 market-max 1000000 fund-desk
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
expect  balance party2 14900
expect  balance party1 0
expect  balance party3 10000
expect  size network FUT -1
expect  fund main 10122
expect  gap 0
trade   FUT buy network sell aux 1 @ 6001 fee 601 0
expect  fund main 9520
expect  fees main 601
mark    FUT 6000
expect  fund main 9520
expect  size network FUT 0
expect  balance aux 995001
