# What a closed-out account still has goes to the fund with its position. (R12, R19)
# Vega (vega-sr-13-confiscate-leftover-margin): 100 are left, fund 1,000 -> 1,100. Party is long 25 from 100 with 250; at 94 it
# has 100, maintenance margin is 118. The network takes all 25 at zero value, that is for 100 less than they are worth; at the
# settlement of the same mark this gain is the fund's.
asset   CASH decimals 0
pool    main asset CASH settle-on mark
  quantity  backstop | adl
  money     fund | haircut base period-gains scope pool rounding ratio16 | carryover
market  FUT pool main tick 1 lot 1 brackets 0:0.1:0.05
account network
desk    network share 1 discount 0.999999 market-max 1000000000 fund-desk
pool    main full-close-under 1000000
fund    main deposit 1000
deposit party 250 CASH
deposit cp 100000 CASH
mark    FUT 100
trade   FUT buy party sell cp 25 @ 100
mark    FUT 94
expect  liquidated 1
expect  gap 0
expect  balance party 0
expect  size party FUT 0
expect  size network FUT 25
expect  fund main 1100
expect  balance network 0
expect  balance cp 100150
