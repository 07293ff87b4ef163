# Attack: close a victim's position lot by lot, so that the roundings of its cost add up. (R4, R3)
# Expected: not a unit. Three lots cost 0.1000 + 0.1001 + 0.1001 = 0.3002, which no third divides. Sold one by one at 100.0
# they bring 0.3000: the loss is 0.0002, however it is split, and the other side has won exactly that.
asset   USDC decimals 6
pool    main asset USDC
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 1 USDC
deposit bob 1 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 0.001 @ 100.0
trade   BTC-PERP buy alice sell bob 0.001 @ 100.1
trade   BTC-PERP buy alice sell bob 0.001 @ 100.1
trade   BTC-PERP buy bob sell alice 0.001 @ 100.0
expect  equity alice 0.9998
trade   BTC-PERP buy bob sell alice 0.001 @ 100.0
expect  equity alice 0.9998
trade   BTC-PERP buy bob sell alice 0.001 @ 100.0
expect  balance alice 0.9998
expect  balance bob 1.0002
expect  positions 0
expect  dust 0
