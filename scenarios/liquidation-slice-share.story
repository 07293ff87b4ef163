# Large positions go to the book in slices, small ones whole. (R11)
# Slices of at most 20% for positions of at least 100. Alice's 2 BTC are worth 184: 0.4 of the 1.131 go out. Ann's 0.5 are
# worth 46: she has 5 - 4 = 1 against 1.15, keeps 0.217 (0.217 x 92 x 5% = 0.9982), and 0.283 go out in one order.
# Filled at mark alice still has 4, now against 1.6 x 92 x 2.5% = 3.68: healthy, no second slice. Ann has her 1.
asset   USDC decimals 6
pool    main asset USDC slice 0.2 slice-over 100
  quantity  book | adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 20 USDC
deposit ann 5 USDC
deposit bob 200 USDC
deposit eva 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
trade   BTC-PERP buy ann sell bob 0.5 @ 100.0
mark    BTC-PERP 92.0
expect  order-lots alice BTC-PERP 0.4
expect  order-lots ann BTC-PERP 0.283
expect  orders 2
fill    alice BTC-PERP 0.401 @ 92.0 taker eva refused order_ended
fill    alice BTC-PERP 0.4 @ 92.0 taker eva
fill    ann BTC-PERP 0.283 @ 92.0 taker eva
expect  orders 0
expect  size alice BTC-PERP 1.6
expect  size ann BTC-PERP 0.217
expect  equity alice 4
expect  equity ann 1
expect  state alice healthy
expect  state ann healthy
expect  size eva BTC-PERP 0.683
expect  size bob BTC-PERP -2.5
expect  equity bob 220
expect  gap 0
