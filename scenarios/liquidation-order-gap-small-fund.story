# A fund that has less than the order's gap reserves what it has, and the limit is that much higher. (R11)
# 1% of 184 would be 1.84; the fund has 1: limit (180 - 1) / 2 = 89.5. Without a fund the limit would be 90.0.
asset   USDC decimals 6
pool    main asset USDC full-close-under 1000 order-gap 0.01
  quantity  book | adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
fund    main deposit 1
deposit alice 20 USDC
deposit bob 100 USDC
deposit eva 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
mark    BTC-PERP 92.0
expect  order-gap alice BTC-PERP 1
expect  order-limit alice BTC-PERP 89.5
expect  reserved-gap main 1
fill    alice BTC-PERP 2 @ 89.5 taker eva
expect  gap 1
expect  fund main 0
expect  balance alice 0
expect  equity eva 105
expect  equity bob 116
