# With a buffer more is closed: until equity covers initial margin and a tenth. (R11)
# The same fall as in liquidation-partial: equity 4 at 92. Now 4 >= 1.1 x IM is wanted: 4 / (1.1 x 5%) = 72.727 of
# notional, 0.790 BTC (IM 3.634, x 1.1 = 3.9974; 0.791 would be 4.00246). So 1.210 are closed instead of 1.131.
asset   USDC decimals 6
pool    main asset USDC buffer 0.1
  quantity  adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 20 USDC
deposit bob 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
mark    BTC-PERP 92.0
expect  closed alice BTC-PERP 1.21
expect  size alice BTC-PERP 0.79
expect  equity alice 4
expect  im alice 3.634
expect  equity bob 116
expect  gap 0
