# An order may go below the bankruptcy price by a gap that the fund has set aside. (R11, R9)
# At 92 alice's 2 BTC (184) go out whole, zero value 180 = 90.0 each. A gap of 1% of 184 = 1.84 is reserved, so the limit is
# (180 - 1.84) / 2 = 89.08, rounded up to 89.1. Eva buys all at 89.1 = 178.2: alice is flat with 0, the fund pays 1.8, and
# the reserve is free again. Fund 10 - 1.8 = 8.2; eva has 2 x 2.9 = 5.8 unrealised.
asset   USDC decimals 6
pool    main asset USDC full-close-under 1000 order-gap 0.01
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
expect  order-lots alice BTC-PERP 2
expect  order-gap alice BTC-PERP 1.84
expect  order-limit alice BTC-PERP 89.1
expect  reserved-gap main 1.84
expect  fund main 10
fill    alice BTC-PERP 2 @ 89.0 taker eva refused limit_price
fill    alice BTC-PERP 2 @ 89.1 taker eva
expect  gap BTC-PERP 1.8
expect  fund paid 1.8
expect  fund main 8.2
expect  reserved-gap main 0
expect  balance alice 0
expect  size alice BTC-PERP 0
expect  state alice healthy
expect  equity eva 105.8
expect  size bob BTC-PERP -2
expect  equity bob 116
expect  deleveraged bob 0
