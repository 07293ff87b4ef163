# A long that cannot pay when the mark falls: three winners, of whom the last keeps two units more than his floor. (R16, R19)
# Vega, close-out of a long (vega-mr-07-closeout-long): mark 150 -> 100. tt5 has 100 and owes 200: 100 are missing. Gains: ttaux
# 50, tt11 5 x 50 + 4 x 50 = 450 (it sold 21 more at 100: nothing), tt6 200, in all 700. 100 x 50/700 = 7.1, 100 x 450/700 =
# 64.3, 100 x 200/700 = 28.6: rounded up 8 + 65 + 29 = 102, of which tt6 gets 2 back.
asset   CASH decimals 0
pool    main asset CASH settle-on mark
  quantity  backstop | adl
  money     fund | haircut base period-gains scope pool rounding ratio16 | carryover
market  FUT pool main tick 1 lot 1 brackets 0:0.01:0.005
account network
desk    network share 1 discount 0.999999 market-max 1000000000 fund-desk
deposit tt4 500000 CASH
deposit tt5 100 CASH
deposit tt10 10000000 CASH
deposit t2aux 100000000 CASH
deposit ttaux 100000000 CASH
deposit tt11 10000000 CASH
deposit tt6 100000000 CASH
mark    FUT 150
trade   FUT buy tt4 sell tt6 4 @ 150 | FUT buy tt10 sell tt11 5 @ 150 | FUT buy t2aux sell ttaux 1 @ 150
trade   FUT buy tt5 sell tt11 4 @ 150
trade   FUT buy tt10 sell tt11 21 @ 100
mark    FUT 100
expect  gap 100
expect  haircut ttaux 8
expect  haircut tt11 65
expect  haircut tt6 27
expect  balance tt5 0
expect  balance ttaux 100000042
expect  balance tt11 10000385
expect  balance tt6 100000173
expect  fund main 0
expect  carryover main 0
