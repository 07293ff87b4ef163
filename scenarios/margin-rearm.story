# Whatever changes an account's money or size moves its liquidation price in the same step. (R7)
# Long 1.5 from 100 with d: liquidated where d - 1.5 x (100 - p) < 0.0375p, p < (150 - d) / 1.4625. 20: 88.89, 15: 92.31,
# 25: 85.47; rounded down to ticks. With 1.0 left of it: p < (100 - 25) / 0.975 = 76.92. At 77.0 alice has 2 against 1.925, at
# 76.9 1.9 against 1.9225: closed down to 0.494 (0.494 x 76.9 x 5% = 1.89943; 0.495: 1.903275).
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 20 USDC
deposit bob 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
expect  trigger alice BTC-PERP 88.8
withdraw alice 5 USDC
expect  trigger alice BTC-PERP 92.3
deposit alice 10 USDC
expect  trigger alice BTC-PERP 85.4
trade   BTC-PERP buy bob sell alice 0.5 @ 100.0
expect  trigger alice BTC-PERP 76.9
mark    BTC-PERP 77.0
expect  liquidated 0
expect  equity alice 2
mark    BTC-PERP 76.9
expect  liquidated 1
expect  size alice BTC-PERP 0.494
expect  equity alice 1.9
expect  equity bob 123.1
expect  gap 0
