# The fund pays only so much in one window; the next window is a new one. (R14, R17)
# Cap 8 an hour. 12:10, mark 80: ann (0.5, 5) is 5 short, the fund pays 5. 12:20, mark 75: ben (2, 45) is 5 short; 3 are left
# of the cap, 2 are carried over. 14:30, mark 58: cy (1, 40) is 2 short, paid in full. Fund 100 - 5 - 3 - 2 = 90.
asset   USDC decimals 6
pool    main asset USDC window 1h window-cap 8
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 100
deposit ann 5 USDC
deposit ben 45 USDC
deposit cy 40 USDC
deposit bob 500 USDC
at 2025-01-01T12:00:00Z mark BTC-PERP 100.0
trade   BTC-PERP buy ann sell bob 0.5 @ 100.0
trade   BTC-PERP buy ben sell bob 2 @ 100.0
trade   BTC-PERP buy cy sell bob 1 @ 100.0
at 12:10:00 mark BTC-PERP 80.0
expect  gap 5
expect  fund paid 5
expect  size ben BTC-PERP 2
at 12:20:00 mark BTC-PERP 75.0
expect  gap 5
expect  fund paid 3
expect  carryover paid 2
expect  size cy BTC-PERP 1
at 14:30:00 mark BTC-PERP 58.0
expect  gap 2
expect  fund paid 2
expect  carryover paid 0
expect  fund main 90
expect  carryover BTC-PERP 2
expect  balance bob 602
