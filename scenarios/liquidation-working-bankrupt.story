# An account that goes bankrupt while its order is out loses the order and is closed whole. (R11, R9)
# At 92 alice's order for 1.131 goes out, life one hour. At 88 she has 20 - 24 = -4: the order ends, all 2 BTC are closed
# against bob at mark, the fund pays the gap of 4. A fill that arrives after that finds no order.
asset   USDC decimals 6
pool    main asset USDC order-life 1h
  quantity  book | adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 10
deposit alice 20 USDC
deposit bob 100 USDC
deposit eva 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
mark    BTC-PERP 92.0
expect  state alice working
mark    BTC-PERP 88.0
expect  bankrupt 1
expect  gap 4
expect  fund paid 4
expect  orders 0
expect  size alice BTC-PERP 0
expect  balance alice 0
expect  state alice healthy
expect  taken bob BTC-PERP via profit 2
expect  balance bob 124
fill    alice BTC-PERP 1 @ 88.0 taker eva refused order_ended
expect  size eva BTC-PERP 0
expect  balance eva 100
expect  fund main 6
