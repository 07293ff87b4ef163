# What is reserved for a live order cannot be taken out of the fund. (R11, R14)
# As in liquidation-order-gap 1.84 of the fund's 10 are reserved: 8.16 may leave, not more. The order is then filled with a
# gap of 1.8; 0.04 are left.
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
expect  reserved-gap main 1.84
fund    main withdraw 8.160001 refused insufficient
fund    main withdraw 8.16
fill    alice BTC-PERP 2 @ 89.1 taker eva
expect  gap 1.8
expect  fund main 0.04
expect  reserved-gap main 0
expect  balance alice 0
expect  equity bob 116
expect  deleveraged bob 0
