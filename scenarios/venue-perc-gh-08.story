# A shortfall is cut from profits: half of them, all, at most 30%; nobody's where there are none or none is needed. (R15)
# Case: perc-gh-08-keep-factor-rows
# Source: aeyakovenko/percolator, programs/router/src/state/pnl_vesting.rs, test_calculate_haircut_fraction_* (rows)
# No margin, so that who has nothing may hold anything. (1) 500 missing of 1,000: half is kept. (2) 2,000 missing: early has
# taken 1,000 of the profit in money, which is no profit any more; w2, short from 2,000, has won 1,000: nothing is kept,
# 1,000 are carried over. (3) Fraction 30%: 500 missing of 1,000, 300 are cut: 70% are kept, 200 carried over. (5) 1,000
# missing, profits 0, for early has all of it in money and w5 sold at the last price. (4) Nothing is missing: nothing is cut
# of the 1,000.
asset   USD decimals 0
pool    main asset USD
  quantity  adl
  money     haircut base positive-upnl scope pool | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0:0
account w1 pool main
account w3 pool main
account w4 pool main
account l2 pool main
account l5 pool main
account early pool main
deposit w2 1000 USD
deposit w5 1000 USD
deposit l1 500 USD
deposit l3 500 USD
deposit l4 1000 USD
mark    PERP 2000
trade   PERP buy l1 sell w1 1 @ 2000
mark    PERP 1000
expect  gap 500
expect  haircut w1 500
expect  balance w1 500
mark    PERP 3000
trade   PERP buy l2 sell early 1 @ 3000
trade   PERP buy early sell w2 1 @ 2000
mark    PERP 1000
expect  gap 2000
expect  haircut w2 1000
expect  balance w2 1000
expect  haircut early 0
expect  balance early 1000
expect  carryover paid 1000
pool    main money haircut base positive-upnl scope pool fraction 0.3 | carryover
mark    PERP 2000
trade   PERP buy l3 sell w3 1 @ 2000
mark    PERP 1000
expect  gap 500
expect  haircut w3 300
expect  balance w3 700
expect  carryover paid 200
mark    PERP 2000
trade   PERP buy l5 sell early 1 @ 2000
trade   PERP buy early sell w5 1 @ 1000
mark    PERP 1000
expect  gap 1000
expect  haircut paid 0
expect  balance w5 1000
expect  balance early 2000
expect  carryover paid 1000
mark    PERP 2000
trade   PERP buy l4 sell w4 1 @ 2000
mark    PERP 1000
expect  gap 0
expect  haircut paid 0
expect  upnl w4 1000
