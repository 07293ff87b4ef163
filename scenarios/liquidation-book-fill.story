# With a book, liquidation sends out an order; fills above the bankruptcy price pay a fee and the rest is alice's. (R11, R9, R8)
# At 92: equity 4, 1.131 lots to close, bankruptcy price 92 - 4/2 = 90.0: the limit. Fill 0.5 at 91.5: alice loses 0.25,
# fee 0.5% of 45.75 = 0.22875: 3.52125 left. 89.9 is below the limit: refused. Fill 0.631 at 91.0: loses 0.631, fee 0.5%
# of 57.421 = 0.287105: 2.603145. Eva bought 1.131 for 103.171, worth 104.052: + 0.881. 2.603145 + 0.515855 + 0.881 = 4.
asset   USDC decimals 6
pool    main asset USDC liquidation-fee 0.005
  quantity  book | adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 20 USDC
deposit bob 100 USDC
deposit eva 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
mark    BTC-PERP 92.0
expect  state alice working
expect  orders 1
expect  order-lots alice BTC-PERP 1.131
expect  order-limit alice BTC-PERP 90.0
expect  size alice BTC-PERP 2
trade   BTC-PERP buy alice sell bob 0.1 @ 92.0 refused in_liquidation
withdraw alice 0.1 USDC refused in_liquidation
fill    alice BTC-PERP 0.5 @ 91.5 taker eva
expect  equity alice 3.52125
expect  fund main 0.22875
fill    alice BTC-PERP 0.1 @ 89.9 taker eva refused limit_price
fill    alice BTC-PERP 0.631 @ 91.0 taker eva
expect  equity alice 2.603145
expect  liquidation-fee alice 0.515855
expect  fund main 0.515855
expect  size alice BTC-PERP 0.869
expect  state alice healthy
expect  orders 0
fill    alice BTC-PERP 0.1 @ 92.0 taker eva refused order_ended
expect  size eva BTC-PERP 1.131
expect  equity eva 100.881
expect  size bob BTC-PERP -2
expect  equity bob 116
expect  closed alice BTC-PERP via book 1.131
expect  gap 0
