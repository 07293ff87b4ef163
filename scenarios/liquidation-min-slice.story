# A liquidation closes at least the market's smallest slice. (R11)
# With 3% initial and 2.5% maintenance margin little need be closed: at 92.2 alice has 4.4 against 4.61; 4.4 carries 1.590
# BTC (1.590 x 92.2 x 3% = 4.39794; 1.591: 4.400706), so 0.410 would do. The smallest slice is 0.5.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 min-slice 0.5 brackets 0:0.03:0.025
deposit alice 20 USDC
deposit bob 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
mark    BTC-PERP 92.2
expect  closed alice BTC-PERP 0.5
expect  size alice BTC-PERP 1.5
expect  equity alice 4.4
expect  equity bob 115.6
expect  state alice healthy
market  BTC-PERP min-slice 0.001
mark    BTC-PERP 91.3
# Now the same without it: 4.4 - 1.5 x 0.9 = 3.05 against 3.42375; 3.05 carries 1.113 (3.048507; 1.114: 3.051246).
expect  closed alice BTC-PERP 0.387
expect  size alice BTC-PERP 1.113
expect  equity alice 3.05
