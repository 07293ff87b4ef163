# Haircut by index on balances: one multiplier for everybody's money, who paid in later counts from then on. (R15)
# Alice (20) is long 2 from 100 against bob (20): at 80 she lacks 20, bob is closed at mark and has 60. 20 of the 160 that lie on
# balances, an eighth: bob 7.5, carol 7.5, dan 5; the multiplier is 7/8. What is owed is off the balance at once, claims come
# when somebody is touched. Dan, who has 35 left, pays in 150. Erin (10) is long 1.5 from 80 against bob: at 60 she lacks 20,
# bob has 82.5. 20 of 320, a sixteenth, old money and new: bob 5.15625, carol 3.28125, dan 11.5625. [Mango v4, marginfi, Drift v2]
# By the rule's own roundings: they count for 82.5 x 8/7 = 94.285714, 60 and 185 x 8/7 = 211.428571, in all 365.714285, and of
# the 20 bob owes 94.285714/365.714285, which is 5.1562499944, floored, carol 3.2812500064, dan 11.5624999991: a unit less for
# two of them, which the pool carries on to the next step.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl allocate queue
  money     haircut base balance scope pool apply index | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 20 USDC
deposit bob 20 USDC
deposit carol 60 USDC
deposit dan 40 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
mark    BTC-PERP 80.0
expect  gap 20
expect  haircut paid 20
expect  balance bob 52.5
expect  balance carol 52.5
expect  balance dan 35
expect  claim dan 0
deposit dan 150 USDC
expect  haircut dan 5
expect  claim dan 5
expect  balance dan 185
deposit erin 10 USDC
trade   BTC-PERP buy erin sell bob 1.5 @ 80.0
mark    BTC-PERP 60.0
expect  gap 20
expect  balance bob 77.343751
expect  balance carol 49.21875
expect  balance dan 173.437501
withdraw carol 49.21875 USDC
expect  claim carol 10.78125
expect  carryover main 0
touch   main
expect  claim bob 12.656249
expect  claim dan 16.562499
expect  balance bob 77.343751
expect  balance dan 173.437501
