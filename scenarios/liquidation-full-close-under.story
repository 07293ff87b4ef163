# Small positions are closed whole: not worth a second visit. (R11)
# The same fall as in liquidation-partial, but positions under 200 are closed whole; alice's is 184. She is left flat
# with the 4 that her position was still worth.
asset   USDC decimals 6
pool    main asset USDC full-close-under 200
  quantity  adl score pnl-x-leverage allocate queue
market  BTC-PERP pool main tick 0.1 lot 0.001 brackets 0:0.05:0.025
deposit alice 20 USDC
deposit bob 100 USDC
mark    BTC-PERP 100.0
trade   BTC-PERP buy alice sell bob 2 @ 100.0
mark    BTC-PERP 92.0
expect  closed alice BTC-PERP 2
expect  size alice BTC-PERP 0
expect  balance alice 4
expect  size bob BTC-PERP 0
expect  balance bob 116
expect  gap 0
