# The venue may end a liquidation order itself; its unfilled lots are deleveraged at once. (R11, R13)
# Nothing of the 1.131 was sold. Ended, they are closed against bob at 92 in the same command; a fill after that is late.
asset   USDC decimals 6
pool    main asset USDC order-life 1h
  quantity  book | adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 20 USDC
deposit bob 100 USDC
deposit eva 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
mark    BTC-PERP 92.0
expect  orders 1
order   alice end BTC-PERP
expect  orders 0
expect  size alice BTC-PERP 0.869
expect  equity alice 4
expect  state alice healthy
expect  taken bob BTC-PERP via profit 1.131
expect  equity bob 116
fill    alice BTC-PERP 0.1 @ 92.0 taker eva refused order_ended
expect  size eva BTC-PERP 0
