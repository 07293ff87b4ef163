# The fund's own desk comes first: others' gaps see what its loss leaves, and orders keep what was promised to them. (R12, R14)
# The fund holds 45. At 60 the network's long loses 40, which the fund pays; alice, whose account is older, lacks 20: the fund
# has 5 left for her, and bob's gain pays 15. 15 come in. At 56 the network loses 4, and carl's order may make a gap of a tenth
# of 56: 5 of the 11 left are reserved. At 46 the network loses 10: the fund pays 6, and 4 are a gap like others'.
asset   CASH decimals 0
pool    main asset CASH order-gap 0.1 order-life 1h
  quantity  book | adl
  money     fund | haircut base positive-upnl scope pool | carryover
market  FUT pool main tick 1 lot 1 brackets 0:0.3:0.2
deposit alice 60 CASH
account network
desk    network share 1 market-max 1000000 fund-desk
fund    main deposit 45
deposit bob 1000 CASH
deposit carl 55 CASH
mark    FUT 100
trade   FUT buy alice sell bob 2 @ 100
trade   FUT buy network sell bob 1 @ 100
trade   FUT buy carl sell bob 1 @ 100
mark    FUT 60
expect  balance network 40
expect  equity network 0
expect  size network FUT 1
expect  gap 20
expect  fund paid 5
expect  haircut bob 15
expect  fund main 0
fund    main deposit 15
mark    FUT 56
expect  fund main 11
expect  order-gap carl FUT 5
mark    FUT 46
expect  fund main 5
expect  reserved-gap main 5
expect  gap 4
expect  fund paid 0
expect  haircut bob 4
expect  size network FUT 0
expect  size carl FUT 1
expect  equity carl 1
