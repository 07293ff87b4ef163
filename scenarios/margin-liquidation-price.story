# For a single position the trigger is the liquidation price, exact to the tick. (R7, R6, R11)
# Long 1.5 from 100 with 10: 10 - 1.5 x (100 - p) < 1.5p x 2.5% means 1.4625p < 140, p < 95.726: first tick 95.7.
# Short 1.5 with 50: 50 - 1.5 x (p - 100) < 1.5p x 2.5% means 1.5375p > 200, p > 130.081: first tick 130.1.
# At 95.8 alice has 3.70 against 3.5925: nothing happens. At 95.7 she has 3.55 against 3.58875 and is closed down to
# 0.741 BTC: 0.741 x 95.7 x 5% = 3.5457 fits 3.55, 0.742 would need 3.5505.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 10 USDC
deposit bob 50 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 1.5 @ 100.0
expect  trigger alice BTC-PERP 95.7
expect  trigger bob BTC-PERP 130.1
mark    BTC-PERP 95.8
expect  state alice healthy
expect  equity alice 3.7
expect  mm alice 3.5925
expect  size alice BTC-PERP 1.5
expect  liquidated 0
mark    BTC-PERP 95.7
expect  liquidated 1
expect  size alice BTC-PERP 0.741
expect  equity alice 3.55
expect  size bob BTC-PERP -0.741
expect  equity bob 56.45
expect  gap 0
