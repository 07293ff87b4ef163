# Settlement on every mark: who loses pays at once, who wins has it in cash; a shortfall cuts the gains of that mark. (R19, R15)
# Vega 0002-STTL-009, case 1 (vega-mr-01-soc-case1): short 100 lots with 5,000, mark 100 -> 180 costs 8,000. The gains of this
# mark are party2's 8,000 (its purchase at 180 has none) and aux2's 80: of the missing 3,000 x 8,000/8,080 = 2,970.3 and 3,000 x
# 80/8,080 = 29.7, rounded up 2,971 and 30; party2, the last, gets the 1 too much back: they get 5,030 and 50. The lots go to the network desk at mark. The second mark settles as well: what party2
# got then is not asked for again when 20 are missing later, and the carried loss is 0.
asset   CASH decimals 0
pool    main asset CASH settle-on mark
  quantity  backstop | adl
  money     fund | haircut base period-gains scope pool rounding ratio16 | carryover
market  FUT pool main tick 1 lot 1 funded brackets 0:0.01:0.005
account network
desk    network share 1 discount 0.999999 market-max 1000000 fund-desk
deposit party1 5000 CASH
deposit aux1 100000000 CASH
deposit aux2 100000000 CASH
deposit party2 50000 CASH
deposit party3 50000 CASH
mark    FUT 100
trade   FUT buy party2 sell party1 100 @ 100 | FUT buy aux2 sell aux1 1 @ 100
trade   FUT buy party2 sell party3 100 @ 180
mark    FUT 180
expect  gap 3000
expect  fund paid 0
expect  haircut party2 2970
expect  haircut aux2 30
expect  balance party1 0
expect  balance party2 55030
expect  balance aux2 100000050
expect  balance aux1 99999920
expect  balance party3 50000
expect  size party1 FUT 0
expect  size party2 FUT 200
expect  size party3 FUT -100
expect  size network FUT -100
expect  period-gain party2 0
expect  upnl party2 FUT 0
expect  fund main 0
mark    FUT 179
# the network's 100 short have won 100, which are the fund's
expect  fund main 100
expect  balance network 0
expect  balance party2 54830
expect  balance party3 50100
expect  carryover main 0
# funding moves money like a mark, and is settled like one: 1.79 a lot, of which 1 moves now
funding FUT 0.01
expect  balance party2 54630
expect  balance party3 50200
expect  fund main 200
expect  upnl party2 FUT 0
