# OKEx, 30 July to 3 August 2018: a long of 416,851,500 USD in the quarterly inverse contract goes bankrupt, its order finds nobody for
# three days, and at the settlement on Friday the week's winners pay what the fund lacks. (R1, R11, R19) Whatever is published is
# so here; the rest is in 2018-07-31-okex/README.md, with the sources.
# The loss: 416,851,500 USD x (1/7,483 - 1/8,020) = 3,730.0 BTC, from the two published prices. The fund had 10, the venue put in 2,500: 1,220
# are left, published as "around 1,200". Profits of the week: 416,851,500 x (1/7,483 - 1/8,421) = 6,205.0 of the trader's other side,
# and 774.0 of 52,000,000 USD against another long: 6,979.1. The rate is 1,220.0 / 6,979.1 = 17.48%; published: 17 to 18%.
# ASSUMED: entry 8,421, at which the highest leverage of 20 makes 8,020 the price of bankruptcy, who the others are, and the way between.
at 2018-07-30T17:59:00Z
asset   BTC decimals 6
pool    main asset BTC profit settlement
  order-life 67h
  quantity  book sync | adl score size allocate pro-rata
  money     shared-fund | carryover
market  BTC0928 pool main inverse tick 1 lot 100 brackets 0:0.05:0.01

# Monday 18:00 UTC, 02:00 in Hong Kong. 416,851,500 / 8,421 / 20 = 2,475.0713 BTC of margin.
at 2018-07-30T18:00:00Z
fund    main deposit 10
deposit trader 2475.0713 BTC
deposit long 3000 BTC
deposit north 9000 BTC
deposit south 5000 BTC
deposit west 3000 BTC
deposit flat 100 BTC
mark    BTC0928 8421
trade   BTC0928 buy trader sell north 250000000 @ 8421 | BTC0928 buy trader sell south 120000000 @ 8421
trade   BTC0928 buy trader sell west 46851500 @ 8421 | BTC0928 buy long sell west 52000000 @ 8421
expect  im trader <= 2475.0713

# Tuesday 20:17:14 in Hong Kong: the forced liquidation.
at 2018-07-31T12:17:14Z
mark    BTC0928 8010
expect  state trader working
expect  gap 0
expect  waiting main 1

at 2018-08-01T08:00:00Z
mark    BTC0928 7750
at 2018-08-02T08:00:00Z
mark    BTC0928 7550
expect  waiting main 1

# Friday: 2,500 BTC of the venue's own, and at 16:00 in Hong Kong the settlement.
at 2018-08-03T07:00:00Z
fund    main deposit 2500
at 2018-08-03T08:00:00Z
mark    BTC0928 7483
expect  gap >= 3729
expect  gap <= 3731
expect  shared-fund paid 2510
expect  carryover main >= 1219
expect  carryover main <= 1221
# 17 to 18% of what each has won in the week: 3,721.37, 1,786.26 and 1,471.45. Who lost or did nothing pays nothing.
settle  main
expect  carryover main 0
expect  claim north >= 632.63
expect  claim north <= 669.85
expect  claim north 650.510708
expect  claim south 312.24514
expect  claim west 257.215837
expect  claim long 0
expect  balance flat 100
expect  equity trader 0
