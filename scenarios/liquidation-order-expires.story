# An order lives until the next batch; what it could not sell is deleveraged. (R11, R13)
# Of the 1.131 lots sent out at 92 eva buys 0.131. The next batch brings the same price: the order ends, alice has 4 against
# 1.869 x 92 x 2.5% = 4.2987, and the other 1.000 is closed against bob, at mark. 0.869 is left, as in liquidation-partial.
asset   USDC decimals 6
pool    main asset USDC
  quantity  book | adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 20 USDC
deposit bob 100 USDC
deposit eva 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
mark    BTC-PERP 92.0
fill    alice BTC-PERP 0.131 @ 92.0 taker eva
expect  state alice working
expect  orders 1
mark    BTC-PERP 92.0
expect  orders 0
expect  closed alice BTC-PERP 1
expect  taken bob BTC-PERP via profit 1
expect  size alice BTC-PERP 0.869
expect  equity alice 4
expect  state alice healthy
expect  size bob BTC-PERP -1
expect  equity bob 116
expect  size eva BTC-PERP 0.131
expect  equity eva 100
expect  gap 0
