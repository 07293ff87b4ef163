# In a cross account a gain in one market carries a loss in another, and prices of one batch count together. (R5, R21)
# Alice is long 1 BTC at 100 and short 10 ETH at 10 with 12. Both fall by a tenth in one batch: -10 + 10, equity 12.
# Then ETH alone returns to 10: equity 2 against 90 x 2.5% + 100 x 2.5% = 4.75. The larger margin, ETH, goes first and
# whole, since BTC alone needs 4.5 > 2; then BTC down to 0.444, which needs 0.444 x 90 x 5% = 1.998 <= 2 (0.445: 2.0025).
# Everything is closed at mark, so alice keeps her 2 and dora her 110.
asset   USDC decimals 6
pool    main asset USDC
  quantity  adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
deposit alice 12 USDC
deposit dora 100 USDC
mark    BTC-PERP 100.0 ETH-PERP 10.00
trade   BTC-PERP buy alice sell dora 1 @ 100.0
trade   ETH-PERP buy dora sell alice 10 @ 10.00
expect  im alice 10
mark    BTC-PERP 90.0 ETH-PERP 9.00
expect  equity alice 12
expect  mm alice 4.5
expect  liquidated 0
mark    ETH-PERP 10.00
expect  liquidated 1
expect  size alice ETH-PERP 0
expect  size alice BTC-PERP 0.444
expect  closed alice ETH-PERP 10
expect  closed alice BTC-PERP 0.556
expect  equity alice 2
expect  im alice 1.998
expect  size dora ETH-PERP 0
expect  size dora BTC-PERP -0.444
expect  equity dora 110
expect  balance dora 105.56
expect  gap 0
