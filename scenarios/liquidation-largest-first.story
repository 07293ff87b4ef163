# Of several positions the one with the largest margin is closed first, and others only if that is not enough. (R11)
# Alice: 1 BTC at 100 (margin 2.5) and 20 ETH at 10 with 20. ETH falls to 9.30: equity 20 - 14 = 6 against 2.5 + 4.65.
# 6 covers BTC's 5 and 1 of ETH: notional 20, 2.15 ETH (19.995; IM 0.99975). 17.85 ETH go; BTC is not touched.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
deposit alice 20 USDC
deposit bob 100 USDC
deposit dora 100 USDC
mark    BTC-PERP 100.0 ETH-PERP 10.00
trade   BTC-PERP buy alice sell bob 1 @ 100.0
trade   ETH-PERP buy alice sell dora 20 @ 10.00
mark    ETH-PERP 9.30
expect  closed alice ETH-PERP 17.85
expect  closed alice BTC-PERP 0
expect  size alice ETH-PERP 2.15
expect  size alice BTC-PERP 1
expect  equity alice 6
expect  im alice 5.99975
expect  size dora ETH-PERP -2.15
expect  equity dora 114
expect  size bob BTC-PERP -1
expect  equity bob 100
expect  gap 0
