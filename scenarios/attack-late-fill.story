# Attack: a fill that comes after its order's lots were deleveraged. (R11, R13)
# Expected: refused. ETH 17 leaves carl 3 against 4.2: his short BTC and 0.48 of his ETH go out (3 - 3.4 < 0, so BTC whole;
# 3.52 ETH fit 3). Then BTC 90, ETH 14.60: carl has 15 + 10 - 21.6 = 3.4, alice 6 - 10 = -4. Her 1 BTC finds no other short:
# carl's reserved lot is taken, his order ends. The fund pays her 4.
asset   USDC decimals 6
pool    main asset USDC order-life 1h
  quantity  book | adl score pnl-x-leverage allocate queue
  money     fund | deleveraged price zero | haircut | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
fund    main deposit 4
deposit alice 6 USDC
deposit carl 15 USDC
deposit fay 100 USDC
deposit eva 100 USDC
mark    BTC-PERP 100.0 ETH-PERP 20.00
trade   BTC-PERP buy alice sell carl 1 @ 100.0
trade   ETH-PERP buy carl sell fay 4 @ 20.00
mark    ETH-PERP 17.00
expect  orders 2
expect  order-lots carl ETH-PERP 0.48
expect  state carl working
mark    BTC-PERP 90.0 ETH-PERP 14.60
expect  gap 4
expect  fund paid 4
expect  taken carl BTC-PERP 1
expect  size carl BTC-PERP 0
expect  balance carl 25
expect  equity carl 3.4
fill    carl BTC-PERP 1 @ 90.0 taker eva refused order_ended
expect  balance alice 0
expect  equity eva 100
expect  size fay ETH-PERP -4
expect  equity fay 121.6
