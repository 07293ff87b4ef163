# Attack: many small moves of one market at a time, so that no single one touches an account that they ruin together. (R7)
# Expected: it is found at the very tick. Alice (12) is long 1 BTC at 100 and 10 ETH at 10. BTC 97: 9. ETH 9.70: 6. BTC 96: 5
# against 2.4 + 2.425: healthy. ETH 9.68: 4.8 against 2.4 + 2.42 = 4.82: not. ETH has the larger margin and goes whole, as
# BTC's initial margin of 4.8 takes all there is. Zoe, with twice the money, is not touched.
limits  split equal
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
deposit alice 12 USDC
deposit zoe 24 USDC
deposit bob 200 USDC
mark    BTC-PERP 100.0 ETH-PERP 10.00
trade   BTC-PERP buy alice sell bob 1 @ 100.0 | ETH-PERP buy alice sell bob 10 @ 10.00
trade   BTC-PERP buy zoe sell bob 1 @ 100.0 | ETH-PERP buy zoe sell bob 10 @ 10.00
mark    BTC-PERP 97.0
expect  state alice healthy
mark    ETH-PERP 9.70
expect  state alice healthy
expect  equity alice 6
mark    BTC-PERP 96.0
expect  equity alice 5
expect  mm alice 4.825
expect  liquidated 0
mark    ETH-PERP 9.68
expect  liquidated 1
expect  closed alice ETH-PERP 10
expect  size alice ETH-PERP 0
expect  size alice BTC-PERP 1
expect  equity alice 4.8
expect  im alice 4.8
expect  size zoe ETH-PERP 10
expect  equity zoe 16.8
expect  gap 0
