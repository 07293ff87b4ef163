# Attack: wait untouched until profits are freed by age, so that a haircut by index takes from a profit that has aged meanwhile. (R15, R18)
# Bob wins 100 at 00:00:20, free by age in 100 s. At 01:00 the pool frees profits by settlement and charges balances by index. At
# 01:05 alice lacks 20; bob is closed with 30 more and owes them, a 64th of the 1280 that only he has. Nobody touches him until
# 01:10, when the pool frees by age again and charges nothing by index. As if he had been touched at 01:05, his profit is 130 - 20, and
# of the 100 s half are over: 55 are locked. Aged before he is charged it would be 65 of 130 and 65 - 20 = 45.
asset   USDC decimals 6
pool    main asset USDC quantity adl money carryover profit aging profit-age 100s
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit bob  1150 USDC
deposit carl 1000 USDC
deposit alice 10 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy bob sell carl 10 @ 100.0
mark    BTC-PERP 110.0
at 00:00:20 trade BTC-PERP buy carl sell bob 10 @ 110.0
expect  locked-profit bob 100
withdraw carl 900 USDC
trade   BTC-PERP buy alice sell bob 1 @ 110.0
at 00:01:00 pool main profit settlement money haircut base balance scope pool apply index | carryover
at 00:01:05 mark BTC-PERP 80.0
expect  gap 20
expect  haircut paid 20
expect  balance carl 0
expect  balance bob 1260
at 00:01:10 pool main profit aging money carryover
expect  locked-profit bob 55
