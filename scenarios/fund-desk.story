# A desk whose balance is the fund: what it wins is the fund's at each mark, what it loses the fund pays. (R12, R19)
# Vega 0003-MTMK-015 / 0012-POSR-016 (vega-mr-12-fund-trades-through-rounds). At 100 risk has nothing left: the network takes
# its long at mark, the fund still has 10,000. Risk comes back with 20 and goes short: net -1. At 120 it owes 40 and has 20:
# the fund pays 20, the network's own long wins 20: 10,000 - 20 + 20. Risk's 2 short make the network 1 short, which wins 60
# at 60. At 70 the network loses 10 and stays what it is: it is not bankrupt while the fund has money.
asset   CASH decimals 0
pool    main asset CASH settle-on mark
  quantity  backstop | adl
  money     fund | haircut base period-gains scope pool | carryover
market  FUT pool main tick 1 lot 1 brackets 0:0.1:0.05
account network
desk    network share 1 discount 0.999999 market-max 1000000 fund-desk
fund    main deposit 10000
deposit risk 100 CASH
deposit cp 10000000000 CASH
mark    FUT 200
trade   FUT buy risk sell cp 1 @ 200
mark    FUT 100
expect  fund main 10000
expect  size network FUT 1
expect  size risk FUT 0
expect  balance risk 0
expect  balance cp 10000000100
deposit risk 20 CASH
trade   FUT buy cp sell risk 2 @ 100
mark    FUT 120
expect  gap 20
expect  fund paid 20
expect  fund main 10000
expect  size network FUT -1
expect  balance risk 0
expect  balance network 0
mark    FUT 60
expect  fund main 10060
expect  size network FUT -1
mark    FUT 70
expect  fund main 10050
expect  gap 0
expect  bankrupt 0
expect  size network FUT -1
expect  equity network 0
# settled by command only: what the fund paid is no loss made good by gains of the desk, it has lost 20 in the period
pool    main settle-on command
mark    FUT 90
expect  fund main 10030
expect  balance network 20
expect  period-gain network -20
settle  main
expect  balance network 0
expect  period-gain network 0
mark    FUT 70
settle  main
expect  fund main 10050
# the network sells and buys on the fund's credit, but its money leaves by the fund only
deposit network 5 CASH
withdraw network 5 CASH refused insufficient
trade   FUT buy network sell cp 1 @ 75
expect  fund main 10050
expect  size network FUT 0
settle  main
expect  fund main 10050
expect  balance network 0
# a pool has one fund, so one such desk
account other
desk    other share 1 market-max 1000 fund-desk refused bad_setting
