# Attack: a market in which nobody is left to pay. (R10, R15, R17)
# Expected: nothing fails, the loss is carried over. Alice (6) and carl (16) hold both sides of BTC; carl also 5 ETH from 20.
# BTC 90, ETH 14: both have -4. Carl's BTC profit of 10 is no cap, he has nothing: alice's 4 are carried over. His own 4, of
# ETH, fay pays out of her 30.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
  money     fund | haircut base positive-upnl | carryover
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
deposit alice 6 USDC
deposit carl 16 USDC
deposit fay 100 USDC
deposit eva 100 USDC
mark    BTC-PERP 100.0 ETH-PERP 20.00
trade   BTC-PERP buy alice sell carl 1 @ 100.0
trade   ETH-PERP buy carl sell fay 5 @ 20.00
mark    BTC-PERP 90.0 ETH-PERP 14.00
expect  bankrupt 2
expect  gap BTC-PERP 4
expect  gap ETH-PERP 4
expect  haircut carl 0
expect  haircut fay 4
expect  carryover BTC-PERP 4
expect  carryover ETH-PERP 0
expect  balance fay 126
expect  balance alice 0
expect  balance carl 0
expect  balance eva 100
expect  positions 0
