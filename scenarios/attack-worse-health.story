# Attack: a liquidation that makes health worse. (R8, R11)
# Expected: the limit forbids it. At 92 alice has 4 / 4.6; 0.5 sold at the limit of 90.0 leave 3 / 3.45, the same. One tick
# below is refused and changes nothing.
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
expect  equity alice 4
expect  mm alice 4.6
fill    alice BTC-PERP 0.5 @ 89.9 taker eva refused limit_price
expect  equity alice 4
fill    alice BTC-PERP 0.5 @ 90.0 taker eva
expect  equity alice 3
expect  mm alice 3.45
expect  gap 0
expect  surplus alice 0
expect  equity eva 101
expect  equity bob 116
